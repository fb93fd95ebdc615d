package conf

import "strings"

// shellWord is one word of a command line, read as a POSIX shell does.
type shellWord struct {
	span
	text     string      // with quotes and escapes undone, variables left out
	at       []int       // where in the text that was read each byte of text comes from
	in       []byte      // the quote that each byte of text stands in, 0 for none
	refs     []reference // their places are those in the text that was read
	refAt    []int       // where in text their values belong
	command  bool        // a command is run for a part of it
	unclosed bool
}

// shellWords reads the words of the statement that begins at from, and says where
// the next one begins.
func shellWords(raw string, from int) (words []shellWord, next int) {
	for i := from; i < len(raw); {
		switch c := raw[i]; {
		case c == '\n' || c == ';' || c == '&' || c == '|':
			return words, i + 1
		case c == ' ' || c == '\t' || c == '\r':
			i++
		case c == '\\' && continues(raw, i) > 0:
			i = continues(raw, i)
		case c == '#':
			for i < len(raw) && raw[i] != '\n' {
				i++
			}
		default:
			w := readShellWord(raw, i)
			words = append(words, w)
			i = w.to
		}
	}
	return words, len(raw)
}

// continues is where the text goes on behind a backslash at the end of a line; 0
// where the backslash is none. Blanks behind it are forgiven.
func continues(raw string, i int) int {
	at := envSkip(raw, i+1, len(raw), " \t\r")
	if at < len(raw) && raw[at] == '\n' {
		return at + 1
	}
	return 0
}

// readShellWord reads the word at from, which holds at least one character.
func readShellWord(raw string, from int) shellWord {
	l := &shellLexer{raw: raw, w: shellWord{span: span{from, from}}}
	i := from
	for i < len(raw) && strings.IndexByte(" \t\r\n;&|", raw[i]) < 0 {
		i = l.step(i)
	}
	if i == from {
		i = min(from+1, len(raw))
	}
	l.w.to, l.w.text = i, string(l.text)
	return l.w
}

type shellLexer struct {
	raw  string
	w    shellWord
	text []byte
}

func (l *shellLexer) add(c byte, at int, quote byte) {
	l.text = append(l.text, c)
	l.w.at = append(l.w.at, at)
	l.w.in = append(l.w.in, quote)
}

// step reads what stands at i outside quotes.
func (l *shellLexer) step(i int) int {
	switch c := l.raw[i]; c {
	case '\'':
		n := strings.IndexByte(l.raw[i+1:], '\'')
		if n < 0 {
			return l.open(i)
		}
		for j := i + 1; j < i+1+n; j++ {
			l.add(l.raw[j], j, '\'')
		}
		return i + n + 2
	case '"':
		return l.double(i)
	case '\\':
		if n := continues(l.raw, i); n > 0 && n == i+2 {
			return n
		}
		if i+1 < len(l.raw) && l.raw[i+1] != '\r' && l.raw[i+1] != '\n' {
			l.add(l.raw[i+1], i+1, 0)
			return i + 2
		}
		return i + 1
	case '$', '`':
		return l.dollar(i, 0)
	default:
		l.add(c, i, 0)
		return i + 1
	}
}

// open reads a quote that nothing closes: it ends with its line.
func (l *shellLexer) open(i int) int {
	l.w.unclosed = true
	j := i + 1
	for ; j < len(l.raw) && l.raw[j] != '\n'; j++ {
		l.add(l.raw[j], j, l.raw[i])
	}
	return j
}

func (l *shellLexer) double(i int) int {
	end := closingDouble(l.raw, i)
	if end < 0 {
		return l.open(i)
	}
	for j := i + 1; j < end; {
		c := l.raw[j]
		switch {
		case c == '\\' && j+1 < end && l.raw[j+1] == '\n':
			j += 2
		case c == '\\' && j+1 < end && strings.IndexByte("$`\"\\", l.raw[j+1]) >= 0:
			l.add(l.raw[j+1], j+1, '"')
			j += 2
		case c == '$' || c == '`':
			j = min(l.dollar(j, '"'), end)
		default:
			l.add(c, j, '"')
			j++
		}
	}
	return end + 1
}

func closingDouble(raw string, i int) int {
	for j := i + 1; j < len(raw); j++ {
		switch raw[j] {
		case '\\':
			j++
		case '"':
			return j
		}
	}
	return -1
}

// dollar reads a variable or a command in a word.
func (l *shellLexer) dollar(i int, quote byte) int {
	if l.raw[i] == '`' || strings.HasPrefix(l.raw[i:], "$(") {
		l.w.command = true
		return l.substitution(i)
	}
	ref, ok := readReference(l.raw, i, dollarShell)
	if ok = ok && !strings.Contains(l.raw[i:max(i, ref.to)], "\n"); !ok {
		ref.to = i
	}
	if !ok {
		l.add('$', i, quote)
		return i + 1
	}
	l.w.refs = append(l.w.refs, ref)
	l.w.refAt = append(l.w.refAt, len(l.text))
	return ref.to
}

func (l *shellLexer) lineEnd(i int) int {
	if n := strings.IndexByte(l.raw[i:], '\n'); n >= 0 {
		return i + n
	}
	return len(l.raw)
}

// substitution is where a command in a word ends: at its closing sign, or with
// the line.
func (l *shellLexer) substitution(i int) int {
	end := l.lineEnd(i)
	if l.raw[i] == '`' {
		if n := strings.IndexByte(l.raw[i+1:end], '`'); n >= 0 {
			return i + n + 2
		}
		return end
	}
	depth := 0
	for j := i + 1; j < end; j++ {
		switch l.raw[j] {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return j + 1
			}
		}
	}
	return end
}

// expand is the text from a byte on with the variables in it, those that have a
// value by it and the others by their fallback.
func (w *shellWord) expand(from int, vars *variables) (string, []reference) {
	var b strings.Builder
	var refs []reference
	at := from
	for i, ref := range w.refs {
		if w.refAt[i] < from {
			continue
		}
		b.WriteString(w.text[at:w.refAt[i]])
		at = w.refAt[i]
		value, ok := vars.get(ref.name, b.Len())
		if ref.found = ok; !ok {
			value = ref.fallback
		}
		b.WriteString(value)
		refs = append(refs, ref)
	}
	b.WriteString(w.text[at:])
	return b.String(), refs
}

// noter takes a quirk down, with what the value looks to be.
type noter func(e *Entry, k QuirkKind, text, wanted string)

// assign reads the value of an assignment whose = is at a byte of the text, and
// notes what the shell did to it. eq is -1 for a value without a name.
func (w *shellWord) assign(e *Entry, raw string, eq int, vars *variables, note noter) {
	e.value, e.Quote = w.valueSpan(raw, eq)
	vars.over = false
	value, refs := w.expand(eq+1, vars)
	e.Value, e.Type = value, String
	if vars.over {
		e.Type, e.Value = Expr, raw[e.value.from:e.value.to]
		e.Quirks = append(e.Quirks, Quirk{Kind: Unresolved, Text: overLimit})
		return
	}
	looks := raw[e.value.from:e.value.to]
	if len(e.Quote) > 0 && strings.HasPrefix(looks, e.Quote) && len(looks) > 1 && strings.HasSuffix(looks, e.Quote) {
		looks = looks[1 : len(looks)-1]
	}
	if ref, ok := onlyRef(w.text[eq+1:], refs); ok && !ref.found && !w.command {
		e.Type, e.Env, e.Value = Expr, ref.name, ref.fallback
		return
	}
	if w.command {
		e.Type, e.Value = Expr, looks
		return
	}
	for _, ref := range refs {
		if ref.found || ref.hasFallback {
			continue
		}
		if ref.braced {
			e.Quirks = append(e.Quirks, Quirk{Kind: Unresolved, Text: "a variable in the value has no value here"})
			continue
		}
		note(e, Expanded, "a $ in the value was taken for a variable of the shell", looks)
		break
	}
	if w.dropsBackslash(raw, eq) {
		note(e, Escaped, "the shell drops the backslash", looks)
	}
	if w.unclosed {
		note(e, Unclosed, "the quote is not closed", strings.TrimLeft(looks, `"'`))
	}
}

// dropsBackslash reports whether a backslash behind the = is lost that stands
// before a letter, which needs none.
func (w *shellWord) dropsBackslash(raw string, eq int) bool {
	for i := eq + 1; i < len(w.at); i++ {
		if at := w.at[i]; w.in[i] == 0 && at > 0 && raw[at-1] == '\\' && wordByte(raw[at]) {
			return true
		}
	}
	return false
}

// onlyRef is the reference that is all of a value.
func onlyRef(rest string, refs []reference) (reference, bool) {
	if rest == "" && len(refs) == 1 {
		return refs[0], true
	}
	return reference{}, false
}

// valueSpan is where the value behind the = stands. A quote that opened before
// the name is not part of it.
func (w *shellWord) valueSpan(raw string, eq int) (span, string) {
	from, open := w.from, byte(0)
	if eq >= 0 {
		from, open = w.at[eq]+1, w.in[eq]
		if open != 0 && from < w.to-1 && raw[from] == open {
			from, open = from+1, 0 // 'KEY='value
		}
	}
	s := span{from, w.to}
	if open == 0 {
		return s, quoteAround(raw[s.from:s.to])
	}
	if w.to-1 >= from && raw[w.to-1] == open && strings.IndexByte(raw[from:w.to-1], open) < 0 {
		s.to--
	}
	return s, string(open)
}

// quoteAround is the quote that a raw word stands in from end to end.
func quoteAround(s string) string {
	if len(s) < 2 || s[0] != '"' && s[0] != '\'' {
		return ""
	}
	end := strings.IndexByte(s[1:], '\'') + 1
	if s[0] == '"' {
		end = closingDouble(s, 0)
	}
	if end == len(s)-1 {
		return s[:1]
	}
	return ""
}
