package conf

import (
	"regexp"
	"strings"
	"unicode"
)

// scan reads the value that begins at from, in a line that ends at end. It says
// nothing of quirks but those that change how the text is read.
func (r *iniReader) scan(from, end int) kvValue {
	body := kvTrim(r.raw, from, end)
	if r.python() || r.flavour == GoINI {
		// These two take off every blank that Unicode knows.
		s := strings.TrimLeftFunc(r.raw[body.from:body.to], unicode.IsSpace)
		body.from = body.to - len(s)
		body.to = body.from + len(strings.TrimRightFunc(s, unicode.IsSpace))
	}
	v := kvValue{span: body, end: end, text: r.raw[body.from:body.to]}
	switch {
	case r.python():
		if r.flavour == ConfigParser {
			v.text = strings.ReplaceAll(v.text, "%%", "%")
		}
	case r.flavour == GoINI:
		r.scanGo(&v, end)
	case r.flavour == PHPINI:
		scanQuoted(&v, ";", true)
	default:
		scanQuoted(&v, ";#", false)
	}
	return v
}

// scanGo reads a value as gopkg.in/ini does by default: raw between backticks or
// triple quotes, which end at the last such quote of the line; elsewhere # and ;
// begin a comment wherever they stand, within quotes too.
func (r *iniReader) scanGo(v *kvValue, end int) {
	s := v.text
	for _, q := range []string{`"""`, "`"} {
		if strings.HasPrefix(s, q) {
			r.scanRaw(v, q, end)
			return
		}
	}
	if strings.HasSuffix(s, `\`) {
		r.scanJoined(v)
		return
	}
	if i := strings.IndexAny(s, "#;"); i >= 0 {
		r.cut(v, i)
	}
	r.strip(v)
	goEnv(v)
}

// strip takes off quotes that surround a value, where it holds no other.
func (r *iniReader) strip(v *kvValue) {
	s := v.text
	if kvQuoted(s) && strings.IndexByte(s[1:], s[0]) == len(s)-2 {
		v.text, v.quote = s[1:len(s)-1], s[:1]
	}
}

// cut ends a value at the comment that begins at i. What follows without a blank
// before it was meant to belong to the value: the span holds it.
func (r *iniReader) cut(v *kvValue, i int) {
	s := v.text
	v.text = strings.TrimRight(s[:i], " \t")
	v.span.to = v.span.from + len(v.text)
	if i > 0 && kvBlank(s[i-1]) || i == 0 && (len(s) == 1 || kvBlank(s[1])) {
		return
	}
	meant := s
	if j := kvComment(s, "#;"); j >= 0 {
		meant = strings.TrimRight(s[:j], " \t")
	}
	v.span.to = v.span.from + len(meant)
	if kvQuoted(meant) {
		meant = meant[1 : len(meant)-1]
	}
	v.quirks = append(v.quirks, Quirk{
		Kind: CutAtHash, Text: "the value ends before the " + s[i:i+1] + ": a comment begins there, in quotes too",
		Fix: r.fix(meant, ""),
	})
}

// scanRaw reads a value between backticks or triple quotes, over lines when need be.
func (r *iniReader) scanRaw(v *kvValue, q string, end int) {
	v.quote = q
	line := r.raw[v.span.from:end]
	if i := strings.LastIndex(line[len(q):], q); i >= 0 {
		v.text = line[len(q) : len(q)+i]
		v.span.to = v.span.from + i + 2*len(q)
		return
	}
	if to, ok := r.closing(q, end); ok {
		v.text = r.raw[v.span.from+len(q) : to-len(q)]
		v.span.to = to
		v.end, _ = kvLine(r.raw, to)
		return
	}
	r.unclosed = append(r.unclosed, q)
	r.refuse(v.span.from, "a quote is not closed")
	v.text = v.text[len(q):]
	v.quirks = append(v.quirks, Quirk{Kind: Unclosed, Text: "the quote is not closed", Fix: r.fix(v.text, q)})
}

// closing is the end of the last q in the first line below an offset that has one.
func (r *iniReader) closing(q string, end int) (int, bool) {
	for _, u := range r.unclosed {
		if u == q {
			return 0, false
		}
	}
	i := strings.Index(r.raw[end:], q)
	if i < 0 {
		return 0, false
	}
	from := end + i
	to, _ := kvLine(r.raw, from)
	return from + strings.LastIndex(r.raw[from:to], q) + len(q), true
}

// scanJoined reads a value that a backslash continues in the next line.
func (r *iniReader) scanJoined(v *kvValue) {
	first := v.span
	var b strings.Builder
	line := v.text
	for strings.HasSuffix(line, `\`) {
		b.WriteString(strings.TrimSuffix(line, `\`))
		line = ""
		_, at := kvLine(r.raw, v.end)
		if at >= len(r.raw) {
			break
		}
		end, _ := kvLine(r.raw, at)
		body := kvTrim(r.raw, at, end)
		v.end = end
		if body.len() == 0 {
			break
		}
		v.span.to = body.to
		line = r.raw[body.from:body.to]
	}
	b.WriteString(line)
	v.text = b.String()
	v.quirks = append(v.quirks, Quirk{
		Kind: Escaped, Text: "the backslash at the end joins the next line to the value",
		Fix: "`" + r.raw[first.from:first.to] + "`" + r.raw[first.to:v.span.to],
	})
}

// grafanaEnv is how Grafana's files name a variable.
var grafanaEnv = regexp.MustCompile(`^\$(?:__env)?\{(\w+)\}$`)

// goEnv finds a variable in place of a value.
func goEnv(v *kvValue) {
	if m := grafanaEnv.FindStringSubmatch(v.text); m != nil {
		v.text, v.env, v.typ = "", m[1], Expr
	} else if strings.HasPrefix(v.text, "$__") && strings.HasSuffix(v.text, "}") {
		v.typ = Expr
	}
}

// scanQuoted reads a value that may stand in quotes and have a comment behind it,
// which begins at one of the marks: with a blank before it, or, where tight, anywhere.
func scanQuoted(v *kvValue, marks string, tight bool) {
	s := v.text
	if s == "" {
		return
	}
	if s[0] == '"' || s[0] == '\'' {
		if i := strings.IndexByte(s[1:], s[0]); i >= 0 && closes(s[i+2:], marks) {
			v.text, v.quote = s[1:1+i], s[:1]
			v.span.to = v.span.from + i + 2
			return
		}
	}
	i := kvComment(s, marks)
	if tight {
		i = strings.IndexAny(s, marks)
	} else if strings.IndexByte(marks, s[0]) >= 0 {
		i = 0
	}
	if i < 0 {
		return
	}
	v.text = strings.TrimRight(s[:i], " \t")
	v.span.to = v.span.from + len(v.text)
	if (i == 0 || !kvBlank(s[i-1])) && i+1 < len(s) && !kvBlank(s[i+1]) {
		v.span.to = v.span.from + len(s)
		v.quirks = append(v.quirks, Quirk{Kind: CutAtHash, Text: "the value ends before the " + s[i:i+1] + ": a comment begins there", Fix: quoteEither(s)})
	}
}

// closes reports whether nothing but a comment stands behind a quote.
func closes(rest, marks string) bool {
	rest = strings.TrimLeft(rest, " \t")
	return rest == "" || strings.IndexByte(marks, rest[0]) >= 0
}

// quoteEither puts a value into quotes that it does not hold itself; "" when it
// holds both.
func quoteEither(s string) string {
	for _, q := range []string{`"`, "'"} {
		if !strings.Contains(s, q) {
			return q + s + q
		}
	}
	return ""
}

// fix is the raw form of what was meant. A value on its own is read to find such
// a form and has none.
func (r *iniReader) fix(value, quote string) string {
	if r.alone {
		return ""
	}
	return iniForm(r.flavour, value, quote, "")
}

// iniForm is the raw form of a value, with a quote if need be, to stand before
// tail.
func iniForm(f Flavour, value, quote, tail string) string {
	value = kvOneLine(value)
	forms := []string{value, `"` + value + `"`, "'" + value + "'"}
	switch f {
	case ConfigParser:
		return strings.ReplaceAll(value, "%", "%%")
	case RawConfigParser:
		return value
	case GoINI:
		forms = []string{value, "`" + value + "`", `"""` + value + `"""`}
	}
	if quote != "" {
		forms = append([]string{quote + value + quote}, forms...)
	}
	return kvPick(value, forms, func(form string) string {
		return iniAlone(f, form+tail)
	})
}

// iniAlone is what a reader makes of a raw value.
func iniAlone(f Flavour, raw string) string {
	r := &iniReader{kv: kv{raw: raw, lines: newLines(raw)}, flavour: f, alone: true}
	v := r.scan(0, len(raw))
	if v.typ == Expr || r.broken != "" {
		return "\x00"
	}
	return v.text
}
