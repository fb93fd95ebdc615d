package conf

import "strings"

// special reads what only some languages have: symbols, regexes, word lists,
// here-documents, substitutions.
func (s *scanner) special() bool {
	c := s.raw[s.at]
	switch s.lang.flavour {
	case PHP:
		return s.phpTag(c) || c == '<' && s.phpDoc()
	case JS:
		return c == '/' && s.regex()
	case Groovy:
		return c == '/' && s.regex()
	case Ruby:
		return s.symbol(c) || c == '/' && s.regex() || c == '%' && s.percent() || c == '<' && s.rubyDoc()
	case Elixir:
		return s.symbol(c) || c == '~' && s.sigil()
	case HOCON:
		return c == '$' && s.substitution()
	}
	return false
}

func (s *scanner) phpTag(c byte) bool {
	if c == '?' && s.has("?>") {
		s.add(tOp, s.at+2)
		s.html()
		return true
	}
	if c == '<' && s.has("<?php") {
		s.add(tOp, s.at+5)
		return true
	}
	return false
}

// operandBefore says whether the last token ends an operand, so that a slash or
// a percent sign divides.
func (s *scanner) operandBefore() bool {
	if len(s.toks) == 0 {
		return false
	}
	t := s.toks[len(s.toks)-1]
	switch t.kind {
	case tWord:
		switch s.raw[t.from:t.to] {
		case "return", "typeof", "case", "in", "of", "if", "unless", "and", "or", "not", "when", "do", "else", "puts":
			return false
		}
		return true
	case tNum, tStr, tSym, tClose, tOpaque:
		return true
	}
	return false
}

// regex reads a regular expression that ends on its line.
func (s *scanner) regex() bool {
	if s.operandBefore() {
		return false
	}
	class := false
	for i := s.at + 1; i < s.end && s.raw[i] != '\n'; i++ {
		switch c := s.raw[i]; {
		case c == '\\':
			i++
		case c == '[':
			class = true
		case c == ']':
			class = false
		case c == '/' && !class:
			for i++; i < s.end && isLetter(s.raw[i]); i++ {
			}
			s.add(tOpaque, i)
			return true
		}
	}
	return false
}

// symbol reads :name and :"name".
func (s *scanner) symbol(c byte) bool {
	if c != ':' || s.at > 0 && (isWordByte(s.raw[s.at-1]) || strings.IndexByte(`:"')]?!`, s.raw[s.at-1]) >= 0) {
		return false
	}
	if isLetter(s.peek(1)) {
		s.at++
		to := s.word()
		s.at--
		s.add(tSym, to)
		return true
	}
	if s.peek(1) == '"' {
		if to, _ := s.closing(s.at+2, '"'); to >= 0 {
			s.add(tSym, to+1)
			return true
		}
	}
	return false
}

// closers are the brackets that end what begins with their partner.
func closer(c byte) byte {
	if i := strings.IndexByte("([{<", c); i >= 0 {
		return ")]}>"[i]
	}
	return c
}

// percent reads the literals of Ruby that begin with a percent sign.
func (s *scanner) percent() bool {
	if s.operandBefore() {
		return false
	}
	i := s.at + 1
	if i < s.end && strings.IndexByte("wWiIqQ", s.raw[i]) >= 0 {
		i++
	}
	if i >= s.end || strings.IndexByte("([{<|!/", s.raw[i]) < 0 {
		return false
	}
	return s.delimited(i)
}

// delimited reads up to the delimiter that belongs to the one at i.
func (s *scanner) delimited(i int) bool {
	open, shut, depth := s.raw[i], closer(s.raw[i]), 0
	if s.unclosed[shut] {
		return false
	}
	for i++; i < s.end; i++ {
		switch c := s.raw[i]; {
		case c == '\\':
			i++
		case c == shut && depth == 0:
			s.add(tOpaque, i+1)
			return true
		case c == shut:
			depth--
		case c == open:
			depth++
		}
	}
	s.unclosed[shut] = true
	return false
}

// sigil reads ~c"text", ~s(text), ~w[a b], ~r/x/ of Elixir. Strings in quotes
// are strings; the rest is code.
func (s *scanner) sigil() bool {
	if !isLetter(s.peek(1)) || s.peek(2) == 0 || strings.IndexByte("([{<|/'\"", s.peek(2)) < 0 {
		return false
	}
	if (s.peek(1) == 'c' || s.peek(1) == 's') && s.peek(2) == '"' && s.peek(3) != '"' {
		return s.quoted(2)
	}
	return s.delimited(s.at + 2)
}

// substitution reads ${x} and ${?x}.
func (s *scanner) substitution() bool {
	if s.peek(1) != '{' {
		return false
	}
	i := strings.IndexAny(s.raw[s.at:min(s.end, s.at+maxCode)], "}\n")
	if i < 0 || s.raw[s.at+i] != '}' {
		return false
	}
	s.add(tSubst, s.at+i+1)
	return true
}

// phpDoc reads <<<X up to the line that begins with X.
func (s *scanner) phpDoc() bool {
	if s.noDocs || !s.has("<<<") {
		return false
	}
	name := strings.Trim(strings.TrimSpace(s.raw[s.at+3:s.lineEnd(s.at)]), `'"`)
	body := strings.IndexByte(s.raw[s.at:], '\n')
	if !isName(name) || body < 0 {
		return false
	}
	to, _ := s.docEnd(s.at+body+1, name)
	if to < 0 {
		s.noDocs = true
		return false
	}
	s.add(tOpaque, to)
	return true
}

// docEnd is the end of the word that ends a here-document, and of its line.
func (s *scanner) docEnd(from int, name string) (word, line int) {
	for i := from; i < s.end; {
		eol := strings.IndexByte(s.raw[i:s.end], '\n') + 1
		if eol == 0 {
			eol = s.end - i
		}
		text := strings.TrimLeft(s.raw[i:i+eol], " \t")
		if strings.HasPrefix(text, name) && (len(text) == len(name) || !isWordByte(text[len(name)])) {
			return i + eol - len(text) + len(name), i + eol
		}
		i += eol
	}
	return -1, -1
}

func isName(s string) bool {
	for i := range len(s) {
		if !isWordByte(s[i]) || i == 0 && isDigit(s[i]) {
			return false
		}
	}
	return s != ""
}

// rubyDoc notes a here-document whose text begins on the next line.
func (s *scanner) rubyDoc() bool {
	rest := s.raw[s.at:s.lineEnd(s.at)]
	if s.noDocs || !strings.HasPrefix(rest, "<<") {
		return false
	}
	name := strings.TrimLeft(rest[2:], "~-")
	name = strings.TrimLeft(name, `'"`)
	n := 0
	for n < len(name) && isWordByte(name[n]) {
		n++
	}
	if n == 0 || name[0] < 'A' || name[0] > 'Z' {
		return false
	}
	to := s.at + len(rest) - len(name) + n
	if to < s.end && (s.raw[to] == '"' || s.raw[to] == '\'') {
		to++
	}
	s.docs = append(s.docs, name[:n])
	s.add(tOpaque, to)
	return true
}

// skipDocs steps over the here-documents that begin on this line.
func (s *scanner) skipDocs() {
	for _, name := range s.docs {
		if _, to := s.docEnd(s.at, name); to >= 0 && !s.noDocs {
			s.at = to
		} else {
			s.noDocs = true
		}
	}
	s.docs = s.docs[:0]
}

// str reads a string, its prefix included.
func (s *scanner) str() bool {
	prefix := 0
	if s.lang.flavour == Python {
		for prefix < 3 && strings.IndexByte("rRbBuUfF", s.peek(prefix)) >= 0 && s.peek(prefix) != 0 {
			prefix++
		}
	}
	if prefix > 2 || strings.IndexByte(s.lang.quotes, s.peek(prefix)) < 0 || s.peek(prefix) == 0 {
		return false
	}
	if s.lang.triple && s.peek(prefix+1) == s.peek(prefix) && s.peek(prefix+2) == s.peek(prefix) && s.tripled(prefix) {
		return true
	}
	return s.quoted(prefix)
}

func (s *scanner) tripled(prefix int) bool {
	from := s.at + prefix + 3
	q := s.raw[from-3 : from]
	for i := from; i < s.end; i++ {
		if s.raw[i] == '\\' && s.lang.flavour != HOCON {
			i++
		} else if s.raw[i] == q[0] && strings.HasPrefix(s.raw[i:], q) {
			for s.lang.flavour == HOCON && i+3 < s.end && s.raw[i+3] == '"' {
				i++ // HOCON: more quotes at the end belong to the text
			}
			live := s.lang.flavour != HOCON && s.evaluates(s.raw[s.at:from], s.raw[from:i])
			t := s.add(tStr, i+3)
			t.open, t.shut, t.live = uint8(prefix+3), 3, live
			return true
		}
	}
	return false
}

// quoted reads a string whose quote stands behind a prefix. One that is not
// closed ends with its line.
func (s *scanner) quoted(prefix int) bool {
	from := s.at + prefix + 1
	q := s.raw[from-1]
	to, live := s.closing(from, q)
	shut := uint8(1)
	if to < 0 {
		to, shut = s.lineEnd(from), 0
	}
	live = live || s.evaluates(s.raw[s.at:from], s.raw[from:to])
	t := s.add(tStr, to+int(shut))
	t.open, t.shut, t.live = uint8(prefix+1), shut, live
	return true
}

// closing is where the quote stands that ends a string, or -1. Code within
// the string may hold quotes of its own.
func (s *scanner) closing(from int, q byte) (at int, live bool) {
	if s.unclosed[q] {
		return s.onLine(from, q), false
	}
	multi := strings.IndexByte(s.lang.multiline, q) >= 0
	mark := s.codeMark(q)
	raw := s.lang.flavour == Go && q == '`'
	for i := from; i < s.end; i++ {
		c := s.raw[i]
		switch {
		case c == '\\' && !raw:
			i++
			if !multi && i < s.end && s.raw[i] == '\n' && s.lang.flavour != JS && s.lang.flavour != Python {
				return -1, live
			}
		case c == q:
			return i, live
		case c == '\n' && !multi:
			return -1, live
		case mark != "" && c == mark[0] && strings.HasPrefix(s.raw[i:], mark):
			if end := s.codeEnd(i + len(mark)); end > 0 {
				i, live = end, true
			}
		}
	}
	if multi {
		s.unclosed[q] = true
		return s.onLine(from, q), false
	}
	return -1, live
}

// onLine is closing for strings that end on their line.
func (s *scanner) onLine(from int, q byte) int {
	for i := from; i < s.end && s.raw[i] != '\n'; i++ {
		if s.raw[i] == '\\' {
			i++
		} else if s.raw[i] == q {
			return i
		}
	}
	return -1
}

// codeMark is what begins code within a string.
func (s *scanner) codeMark(q byte) string {
	switch f := s.lang.flavour; {
	case f == JS && q == '`', f == Groovy && q == '"':
		return "${"
	case (f == Ruby || f == Elixir) && q == '"':
		return "#{"
	}
	return ""
}

// maxCodeInString bounds the search for the end of code within a string.
const maxCodeInString = 2000

// codeEnd is where the brace stands that ends code within a string, or 0. Where
// there was none, the next stretch is not searched again: the cost stays linear.
func (s *scanner) codeEnd(from int) int {
	if from < s.noCode {
		return 0
	}
	end := min(s.end, from+maxCodeInString)
	depth, open := 0, ""
	for i := from; i < end; i++ {
		switch c := s.raw[i]; c {
		case '{':
			depth++
		case '}':
			if depth == 0 {
				return i
			}
			depth--
		case '"', '\'', '`':
			if strings.IndexByte(open, c) >= 0 {
				continue
			}
			if to := strings.IndexByte(s.raw[i+1:end], c); to >= 0 {
				i += to + 1
			} else {
				open += string(c)
			}
		}
	}
	s.noCode = end
	return 0
}

// evaluates says whether the language replaces something in the string.
func (s *scanner) evaluates(head, body string) bool {
	switch s.lang.flavour {
	case PHP:
		return strings.HasSuffix(head, `"`) && unescaped(body, "$", func(c byte) bool { return isLetter(c) || c == '{' })
	case JS:
		return head == "`" && unescaped(body, "${", nil)
	case Python:
		return strings.ContainsAny(head, "fF") && strings.Contains(body, "{")
	case Ruby, Elixir:
		return strings.HasSuffix(head, `"`) && unescaped(body, "#{", nil)
	case Groovy:
		return strings.HasSuffix(head, `"`) && unescaped(body, "$", func(c byte) bool { return isLetter(c) || c == '{' })
	}
	return false
}

// unescaped looks for a mark without a backslash before it, with a byte behind
// it that next accepts.
func unescaped(body, mark string, next func(byte) bool) bool {
	for i := 0; i < len(body); i++ {
		if body[i] == '\\' {
			i++
			continue
		}
		if strings.HasPrefix(body[i:], mark) && (next == nil || i+len(mark) < len(body) && next(body[i+len(mark)])) {
			return true
		}
	}
	return false
}
