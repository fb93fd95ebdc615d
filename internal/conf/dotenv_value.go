package conf

import "strings"

// value reads what stands behind the = (or :) at eq.
func (r *dotenvReader) value(e *Entry, eq, end int) {
	from := envSkip(r.raw, eq+1, end, " \t\v\f")
	r.vars.over = false
	switch {
	case r.t.Flavour == EnvFile:
		r.verbatim(e, eq+1, end)
	case r.rules.quotes == `"'` && !r.rules.blanks:
		r.shell(e, eq, end)
	case from < end && strings.IndexByte(r.rules.quotes, r.raw[from]) >= 0:
		r.quoted(e, from, end, r.raw[eq-1] != ' ' && from == eq+1)
	default:
		r.unquoted(e, from, end)
		r.leading(e, eq, from)
	}
	if len(e.Quirks) == 0 || !e.Off {
		r.look(e)
	}
}

// leading notes the blanks before a value, which docker --env-file would keep.
func (r *dotenvReader) leading(e *Entry, eq, from int) {
	if r.t.Flavour != Usual || from == eq+1 || e.value.len() == 0 || envBlank(r.raw[eq-1]) {
		return
	}
	e.value.from = eq + 1
	r.quirk(e, LeadingBlank, "most readers drop the blank before the value; docker --env-file would keep it", e.Value)
}

// verbatim reads a value as docker --env-file does: all of it.
func (r *dotenvReader) verbatim(e *Entry, from, end int) {
	e.value = span{from, end}
	e.Value = r.raw[from:end]
	trimmed := strings.TrimSpace(e.Value)
	looks := trimmed
	if n := len(looks); n > 1 && strings.IndexByte("\"'`", looks[0]) >= 0 {
		if to := strings.LastIndexByte(looks, looks[0]); to > 0 && (to == n-1 || strings.HasPrefix(strings.TrimSpace(looks[to+1:]), "#")) {
			looks = looks[1:to]
			r.quirk(e, KeptQuotes, "docker --env-file undoes no quotes: they are part of the value", looks)
		}
	}
	if cut, ok := beforeComment(trimmed); ok && looks == trimmed {
		r.quirk(e, KeptHash, "docker --env-file knows no comments behind a value: it is part of the value", cut)
		looks = cut
	}
	if strings.HasPrefix(e.Value, " ") || strings.HasPrefix(e.Value, "\t") {
		r.quirk(e, LeadingBlank, "docker --env-file keeps the blank before the value", looks)
	}
	if strings.HasSuffix(e.Value, " ") || strings.HasSuffix(e.Value, "\t") {
		r.quirk(e, TrailingBlank, "docker --env-file keeps the blank behind the value", looks)
	}
}

// beforeComment is a text without the comment that it looks to have.
func beforeComment(s string) (string, bool) {
	for i := 0; i < len(s); i++ {
		if s[i] == '#' && (i == 0 && len(s) > 1 && s[1] == ' ' || i > 0 && envBlank(s[i-1])) {
			return strings.TrimRight(s[:i], " \t"), true
		}
	}
	return s, false
}

// quoted reads a value in quotes. tight says that the quote follows the = at
// once, without which phpdotenv reads no second line.
func (r *dotenvReader) quoted(e *Entry, from, end int, tight bool) {
	q := r.raw[from]
	to := r.closing(from, end, tight)
	if to < 0 {
		r.unclosed(e, from, end)
		return
	}
	after := envTrimEnd(r.raw, to+1, r.lines.line(to).to)
	rest := strings.TrimSpace(r.raw[to+1 : after])
	if rest != "" && rest[0] != '#' {
		r.stray(e, from, envTrimBlanks(r.raw, from, after))
		return
	}
	e.value, e.Quote = span{from, to + 1}, string(q)
	r.take(e, r.raw[from+1:to])
}

// closing is where the quote that opens at from closes; -1 when it does not. One
// that closes amid another line closed on none.
func (r *dotenvReader) closing(from, end int, tight bool) int {
	q := r.raw[from]
	escaped := -1
	limit := len(r.raw)
	if r.t.Flavour == PHPDotenv && (q == '\'' || !tight) || r.t.Entries == nil {
		limit = end
	}
	for i := from + 1; i < limit; i++ {
		switch {
		case r.raw[i] == '\\' && r.rules.skipsEscaped(r.t.Flavour, q) && i+1 < limit:
			if i++; r.raw[i] == q && i < end {
				escaped = i
			}
		case r.raw[i] == q:
			if i > end && !r.clean(i+1) {
				return -1
			}
			return i
		}
	}
	// The patterns of these readers fall back to a quote behind a backslash.
	if f := r.t.Flavour; escaped >= 0 && (f == NodeDotenv || f == RubyDotenv || f == PythonDotenv) && r.clean(escaped+1) {
		return escaped
	}
	return -1
}

// clean reports whether nothing but a comment follows on the line.
func (r *dotenvReader) clean(at int) bool {
	line := r.lines.line(at)
	if at > 0 && r.raw[at-1] == '\n' {
		return true
	}
	rest := strings.TrimSpace(r.raw[min(at, line.to):line.to])
	return rest == "" || rest[0] == '#'
}

// unclosed reads a value whose quote is open: as if it were none.
func (r *dotenvReader) unclosed(e *Entry, from, end int) {
	looks := span{from, envTrimBlanks(r.raw, from, end)}
	text := "the quote is not closed"
	switch r.t.Flavour {
	case NodeDotenv, RubyDotenv:
		r.unquoted(e, from, end)
		text = "the quote is not closed: it is part of the value"
	case PythonDotenv:
		text = "the quote is not closed: python-dotenv passes over the line"
	case PHPDotenv, SymfonyEnv, ComposeEnv:
		r.refuse(from, "a quote is not closed")
	}
	if r.t.Flavour != NodeDotenv && r.t.Flavour != RubyDotenv {
		e.Value = r.raw[from+1 : looks.to]
	}
	e.value = looks
	r.quirk(e, Unclosed, text, r.raw[from+1:looks.to])
}

// stray reads a value with more behind its closing quote.
func (r *dotenvReader) stray(e *Entry, from, to int) {
	q := r.raw[from]
	e.value, e.Value = span{from, to}, r.raw[from:to]
	if f := r.t.Flavour; f == NodeDotenv || f == RubyDotenv {
		cut, _, _ := strings.Cut(r.raw[from:to], "#")
		cut = strings.TrimRight(cut, " \t\r")
		if len(cut) > 1 && cut[len(cut)-1] == q {
			e.Quote = string(q)
			r.take(e, cut[1:len(cut)-1])
		} else {
			r.take(e, cut)
		}
		if len(cut) < to-from {
			r.quirk(e, CutAtHash, "the # begins a comment: what follows is not part of the value", r.raw[from+1:to])
		}
		return
	}
	if r.rules.strict {
		r.refuse(from, "text follows the closing quote")
	}
	looks := r.raw[from:to]
	if looks[len(looks)-1] == q {
		looks = looks[1 : len(looks)-1]
	}
	r.quirk(e, BadSyntax, "text follows the closing quote", looks)
}

// unquoted reads a value without quotes, up to the comment.
func (r *dotenvReader) unquoted(e *Entry, from, end int) {
	text := r.raw[from:envTrimBlanks(r.raw, from, end)]
	looks, _ := beforeComment(text)
	if from > 0 && envBlank(r.raw[from-1]) && strings.HasPrefix(text, "#") && r.rules.hash == hashCuts {
		looks = ""
	}
	cut := text
	switch r.rules.hash {
	case hashCuts:
		cut, _, _ = strings.Cut(text, "#")
		cut = strings.TrimRight(cut, " \t")
	case hashAfterBlank:
		cut = r.cutAfterBlank(text)
	}
	e.value = span{from, from + len(looks)}
	if len(cut) > len(looks) {
		e.value.to = from + len(cut)
	}
	if e.value.len() == 0 && from > 0 && envBlank(r.raw[from-1]) {
		e.value = r.emptyAfterSign(from)
	}
	r.take(e, cut)
	switch {
	case len(cut) < len(looks):
		r.quirk(e, CutAtHash, "the # begins a comment: what follows is not part of the value", looks)
	case len(cut) > len(looks):
		r.quirk(e, KeptHash, "what looks like a comment is part of the value", looks)
	}
	if r.rules.solid && strings.ContainsAny(cut, " \t") {
		r.refuse(from, "a value with blanks stands without quotes")
		r.quirk(e, BadSyntax, "a value with blanks needs quotes: the reader refuses the whole file", looks)
	}
}

// cutAfterBlank cuts the comment off where a blank must stand before it. Compose
// takes no tab for one.
func (r *dotenvReader) cutAfterBlank(text string) string {
	for i := 1; i < len(text); i++ {
		if text[i] == '#' && (text[i-1] == ' ' || text[i-1] == '\t' && r.t.Flavour == PythonDotenv) {
			return strings.TrimRight(text[:i], " \t")
		}
	}
	return text
}

// emptyAfterSign is the place right behind the = for a value that is empty.
func (r *dotenvReader) emptyAfterSign(from int) span {
	at := from
	for at > 0 && envBlank(r.raw[at-1]) {
		at--
	}
	return span{at, at}
}

// take decodes the raw text of a value and notes what its escapes and variables did.
func (r *dotenvReader) take(e *Entry, raw string) {
	d := decode(raw, r.rules.escapesIn(e.Quote), r.rules.dollarsIn(e.Quote), r.vars)
	e.Value = d.text
	if r.vars.over {
		e.Type, e.Value = Expr, raw
		r.mark(e, Unresolved, overLimit)
		return
	}
	if ref, ok := d.whole(raw); ok && ref.braced && !ref.found {
		e.Type, e.Env, e.Value = Expr, ref.name, ref.fallback
		if !ref.hasFallback {
			r.mark(e, Unresolved, ref.name+" has no value in this file")
		}
		return
	}
	if d.command {
		e.Type, e.Value = Expr, raw
		return
	}
	if d.wrong != "" {
		r.refuse(e.key.from, d.wrong)
		r.quirk(e, BadSyntax, d.wrong+": the reader refuses the whole file", raw)
	}
	if d.escaped && d.wrong == "" {
		r.quirk(e, Escaped, "a backslash was taken for an escape", raw)
	}
	for _, ref := range d.refs {
		switch {
		case ref.found:
		case ref.braced && !ref.hasFallback:
			r.mark(e, Unresolved, "a variable in the value has no value in this file")
		case !ref.braced:
			r.quirk(e, Expanded, "a $ in the value was taken for a variable", raw)
			return
		}
	}
}

// look notes what is in a value that nobody sees.
func (r *dotenvReader) look(e *Entry) {
	if e.Type != String {
		return
	}
	for _, k := range looksOf(e.Value, e.Quote != "") {
		r.quirk(e, k.kind, k.text, k.wanted)
	}
}

// shell reads a value as a shell that sources the file does.
func (r *dotenvReader) shell(e *Entry, eq, end int) {
	limit := end
	if r.t.Entries != nil {
		limit = len(r.raw)
	}
	w := readShellWord(r.raw[:limit], e.key.from)
	n := strings.IndexByte(w.text, '=')
	if n < 0 || w.at[n] != eq {
		e.value = span{eq + 1, eq + 1}
		return
	}
	w.assign(e, r.raw, n, r.vars, r.quirk)
	if e.Env != "" && e.Value == "" {
		r.mark(e, Unresolved, e.Env+" has no value in this file")
	}
	if strings.HasSuffix(e.Value, "\r") {
		r.quirk(e, TrailingBlank, "the CR of the line end is part of the value", strings.TrimSuffix(e.Value, "\r"))
	}
	after := envTrimEnd(r.raw, w.to, r.lines.line(max(w.to-1, 0)).to)
	rest := strings.TrimSpace(r.raw[w.to:max(after, w.to)])
	if rest != "" && rest[0] != '#' {
		e.value.to = envTrimBlanks(r.raw, w.to, after)
		r.quirk(e, BadSyntax, "the value ends at the blank: the shell takes what follows for a command", r.raw[e.value.from:e.value.to])
	}
}
