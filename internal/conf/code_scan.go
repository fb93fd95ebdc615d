package conf

import "strings"

type tokenKind uint8

const (
	tEnd    tokenKind = iota
	tWord             // an identifier or keyword, its sigil included ($x, @x)
	tNum              // a number
	tStr              // a string
	tSym              // a symbol or atom, its colon included
	tOp               // an operator, comma, semicolon
	tOpen             // ( [ {
	tClose            // ) ] }
	tSubst            // ${x} of HOCON
	tOpaque           // a regex, a here-document, a word list: code that is stepped over
)

// token is one token. The last one of a text is a tEnd.
type token struct {
	from, to   int
	match      int // of a tOpen: the index of its tClose, or of the token where it ends for want of one
	notes      int // comments that stand before it, counted from the beginning
	kind       tokenKind
	nl         bool  // a line ends before it
	live       bool  // a string with something to be evaluated in it
	open, shut uint8 // of a string: the bytes before and behind its content
}

// note is a comment up to the line end that has a line of its own.
type note struct{ line, text span }

// scanner cuts a stretch of text into tokens.
type scanner struct {
	raw      string
	at, end  int
	lang     *traits
	toks     []token
	notes    []note
	nl       bool
	unclosed [256]bool // a quote that no quote closes down to the end: such strings end with the line
	docs     []string  // here-documents of Ruby that begin on the next line
	noDocs   bool      // one had no end: what looks like them is none
	noCode   int       // up to here no code within a string ends
}

func scanCode(raw string, of span, l *traits) ([]token, []note) {
	s := &scanner{raw: raw[:of.to], at: of.from, end: of.to, lang: l, nl: true}
	if l.flavour == PHP && strings.Contains(raw[of.from:of.to], "<?php") {
		s.html()
	}
	for s.at < s.end {
		s.next()
	}
	s.add(tEnd, s.end)
	match(s.raw, s.toks)
	return s.toks, s.notes
}

// html steps over what stands outside the PHP tags.
func (s *scanner) html() {
	i := strings.Index(s.raw[s.at:], "<?php")
	if i < 0 {
		s.at = s.end
		return
	}
	s.at += i + len("<?php")
	s.nl = true
}

func (s *scanner) add(k tokenKind, to int) *token {
	s.toks = append(s.toks, token{from: s.at, to: to, kind: k, nl: s.nl, notes: len(s.notes)})
	s.at, s.nl = to, false
	return &s.toks[len(s.toks)-1]
}

func (s *scanner) peek(i int) byte {
	if s.at+i < s.end && s.at+i >= 0 {
		return s.raw[s.at+i]
	}
	return 0
}

func (s *scanner) has(prefix string) bool { return strings.HasPrefix(s.raw[s.at:], prefix) }

func (s *scanner) next() {
	c := s.raw[s.at]
	switch {
	case c == '\n':
		s.at++
		s.nl = true
		s.skipDocs()
	case c == ' ' || c == '\t' || c == '\r' || c == '\f':
		s.at++
	case c == '\\' && s.lang.flavour != PHP:
		s.continued()
	case s.comment() || s.special() || s.str():
	case isDigit(c):
		s.add(tNum, s.number())
	case s.isWordStart():
		s.add(tWord, s.word())
	case strings.IndexByte("([{", c) >= 0:
		s.add(tOpen, s.at+1)
	case strings.IndexByte(")]}", c) >= 0:
		s.add(tClose, s.at+1)
	default:
		s.add(tOp, s.at+s.operator())
	}
}

// continued steps over a backslash that joins two lines.
func (s *scanner) continued() {
	rest := s.raw[s.at+1:]
	switch {
	case strings.HasPrefix(rest, "\n"):
		s.at += 2
	case strings.HasPrefix(rest, "\r\n"):
		s.at += 3
	default:
		s.add(tOp, s.at+1)
	}
}

// comment steps over a comment and keeps the ones that have their line alone.
func (s *scanner) comment() bool {
	if s.lang.block && s.has("/*") {
		if i := strings.Index(s.raw[s.at+2:], "*/"); i >= 0 {
			s.nl = s.nl || strings.Contains(s.raw[s.at:s.at+2+i], "\n")
			s.at += i + 4
		} else {
			s.at = s.end
		}
		return true
	}
	for _, mark := range s.lang.comments {
		if !s.has(mark) || mark == "#" && s.lang.flavour == PHP && s.peek(1) == '[' {
			continue
		}
		to := s.lineEnd(s.at)
		if s.lang.flavour == PHP {
			if i := strings.Index(s.raw[s.at:to], "?>"); i >= 0 {
				to = s.at + i
			}
		}
		from := s.at
		for from > 0 && (s.raw[from-1] == ' ' || s.raw[from-1] == '\t') {
			from--
		}
		if s.nl && (from == 0 || s.raw[from-1] == '\n') {
			s.notes = append(s.notes, note{span{from, to}, span{s.at + len(mark), to}})
		}
		s.at = to
		return true
	}
	return false
}

// lineEnd is where the line that holds i ends, its line end left out.
func (s *scanner) lineEnd(i int) int {
	n := strings.IndexByte(s.raw[i:s.end], '\n')
	if n < 0 {
		return s.end
	}
	if n > 0 && s.raw[i+n-1] == '\r' {
		n--
	}
	return i + n
}

// operators are those of more than one character, the longest first.
var operators = []string{
	"===", "!==", "<=>", "?->", "...", "||=", "??=", "&&=", "**=", "<<<",
	"=>", "->", "::", "==", "!=", "<=", ">=", "&&", "||", "??", "?:", "?.", "&.", "+=", "-=", ":=", ".=", "|>", "<-", "=~", "++", "--",
}

func (s *scanner) operator() int {
	for _, o := range operators {
		if s.has(o) {
			return len(o)
		}
	}
	return 1
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' || c == '_' || c >= 0x80 }

func isWordByte(c byte) bool { return isLetter(c) || isDigit(c) }

func (s *scanner) isWordStart() bool {
	c := s.raw[s.at]
	switch {
	case isLetter(c):
		return true
	case c == '$':
		return s.lang.flavour == PHP || s.lang.flavour == JS || s.lang.flavour == Ruby
	case c == '@':
		return (s.lang.flavour == Ruby || s.lang.flavour == Elixir) && (isLetter(s.peek(1)) || s.peek(1) == '@')
	case c == '\\':
		return s.lang.flavour == PHP && isLetter(s.peek(1))
	}
	return false
}

// word is the end of the identifier that begins here.
func (s *scanner) word() int {
	f, i := s.lang.flavour, s.at+1
	for i < s.end {
		c := s.raw[i]
		ok := isWordByte(c) || c == '$' && f == JS || c == '-' && f == HOCON || c == '@' && f == Ruby && i == s.at+1 ||
			c == '\\' && f == PHP && i+1 < s.end && isLetter(s.raw[i+1])
		if !ok {
			break
		}
		i++
	}
	if (f == Ruby || f == Elixir) && i < s.end && (s.raw[i] == '?' || s.raw[i] == '!') && (i+1 == s.end || s.raw[i+1] != '=') {
		i++
	}
	return i
}

func (s *scanner) number() int {
	i := s.at
	for i < s.end && (isDigit(s.raw[i]) || s.raw[i] == '_' || s.raw[i]|0x20 >= 'a' && s.raw[i]|0x20 <= 'z') {
		i++
	}
	if i+1 < s.end && s.raw[i] == '.' && isDigit(s.raw[i+1]) {
		for i++; i < s.end && (isDigit(s.raw[i]) || s.raw[i] == '_' || s.raw[i]|0x20 == 'e'); i++ {
		}
	}
	return i
}

// match finds the end of every bracket. A bracket that is not closed ends where
// the one around it does; one that closes nothing is stepped over.
func match(raw string, toks []token) {
	var stack []int
	var open [3]int
	for i := range toks {
		t := &toks[i]
		switch t.kind {
		case tOpen:
			stack = append(stack, i)
			open[strings.IndexByte("([{", raw[t.from])]++
		case tClose:
			k := strings.IndexByte(")]}", raw[t.from])
			if open[k] == 0 {
				t.kind = tOp
				continue
			}
			for done := false; !done; stack = stack[:len(stack)-1] {
				top := stack[len(stack)-1]
				kind := strings.IndexByte("([{", raw[toks[top].from])
				toks[top].match = i
				open[kind]--
				done = kind == k
			}
		}
	}
	for _, i := range stack {
		toks[i].match = len(toks) - 1
	}
}
