package conf

import "strings"

// value reads a value. It says nothing of quirks but those that change how the
// text is read.
func (r *wordsReader) value(w word) kvValue {
	v := kvValue{span: w.value, text: r.raw[w.value.from:w.value.to]}
	switch r.flavour {
	case MSMTP:
		if w.alien {
			v.text = strings.TrimLeft(v.text[1:], " \t")
			v.quirks = append(v.quirks, Quirk{Kind: BadSyntax, Text: "msmtp knows no =: it stands for a part of the name or the value"})
		}
		if len(v.text) >= 2 && v.text[0] == '"' && kvQuoted(v.text) {
			v.text, v.quote = v.text[1:len(v.text)-1], `"`
		}
		if w.alien {
			lead := ""
			if w.value.from == w.key.to {
				lead = " "
			}
			v.quirks[0].Fix = lead + wordsForm(MSMTP, v.text, v.quote)
		}
	case Postfix:
		v.text = postfixJoin(v.text)
	case SSMTP:
		ssmtpToken(&v)
	case Debconf:
		debconfWord(&v)
	case Usual:
		scanQuoted(&v, "#", false)
	}
	return v
}

// postfixJoin puts the lines of a value together, without the comments between.
func postfixJoin(s string) string {
	if !strings.Contains(s, "\n") {
		return s
	}
	var b strings.Builder
	for line := range strings.SplitSeq(s, "\n") {
		if !strings.HasPrefix(strings.TrimSpace(line), "#") {
			b.WriteString(strings.TrimRight(line, " \t\r"))
		}
	}
	return strings.TrimSpace(b.String())
}

// ssmtpToken reads a value as sSMTP does: up to a #, = or blank, and there is no
// way to write these. The span holds what was meant.
func ssmtpToken(v *kvValue) {
	s := v.text
	i := strings.IndexAny(s, "#= \t")
	if i < 0 {
		return
	}
	v.text = s[:i]
	switch {
	case s[i] == '#':
		v.quirks = append(v.quirks, Quirk{Kind: CutAtHash, Text: "the value ends before the #: a comment begins there, and sSMTP has no quotes"})
	case strings.HasPrefix(strings.TrimLeft(s[i:], " \t"), "#"):
		v.span.to = v.span.from + i
	default:
		v.quirks = append(v.quirks, Quirk{Kind: BadSyntax, Text: "the value ends before the first = or blank, and sSMTP has no quotes"})
	}
}

// debconfWord reads a value as a shell does, without variables.
func debconfWord(v *kvValue) {
	s := v.text
	var b strings.Builder
	at := 0
	for at < len(s) && !kvBlank(s[at]) {
		switch c := s[at]; c {
		case '\'', '"':
			i := strings.IndexByte(s[at+1:], c)
			if i < 0 {
				v.quirks = append(v.quirks, Quirk{Kind: Unclosed, Text: "the quote is not closed", Fix: debconfQuote(s[at+1:])})
				i = len(s) - at - 1
				s += string(c)
			}
			b.WriteString(s[at+1 : at+1+i])
			v.quote = string(c)
			at += i + 2
		case '\\':
			if at+1 < len(s) {
				b.WriteByte(s[at+1])
			}
			at += 2
		default:
			b.WriteByte(c)
			at++
		}
	}
	v.text = b.String()
	v.span.to = v.span.from + min(at, v.span.len())
}

func debconfQuote(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }

// quirks are what the reader made of a value that its writer may not have meant.
func (r *wordsReader) quirks(v kvValue) []Quirk {
	var out []Quirk
	fix := func(value string) string { return wordsForm(r.flavour, value, "") }
	s := v.text
	if r.flavour == SSMTP || r.flavour == Debconf {
		if r.flavour == SSMTP && kvQuoted(s) {
			out = append(out, Quirk{Kind: KeptQuotes, Text: "the quotes are part of the value: sSMTP knows none", Fix: fix(s[1 : len(s)-1])})
		}
		return append(out, kvOddities(s, fix)...)
	}
	switch {
	case v.quote != "" || s == "" || len(v.quirks) > 0:
	case kvQuoted(s):
		out = append(out, Quirk{Kind: KeptQuotes, Text: "the quotes are part of the value", Fix: fix(s[1 : len(s)-1])})
	case s[0] == '"' && (r.flavour == MSMTP || r.flavour == Usual):
		out = append(out, Quirk{Kind: Unclosed, Text: "the quote is not closed and is part of the value", Fix: fix(s[1:])})
	}
	if i := kvComment(s, "#"); i >= 0 && v.quote == "" {
		out = append(out, Quirk{Kind: KeptHash, Text: "what looks like a comment is part of the value", Fix: fix(strings.TrimRight(s[:i], " \t"))})
	}
	return append(out, kvOddities(s, fix)...)
}

// wordsForm is the raw form of a value, with a quote if need be.
func wordsForm(f Flavour, value, quote string) string {
	value = kvOneLine(value)
	forms := []string{value}
	switch f {
	case Debconf:
		return debconfQuote(value)
	case MSMTP:
		forms = []string{value, `"` + value + `"`}
		if strings.HasPrefix(value, "=") {
			forms = forms[1:]
		}
	case Usual:
		forms = []string{value, `"` + value + `"`, "'" + value + "'"}
	}
	if quote != "" && len(forms) > 1 {
		forms = append([]string{quote + value + quote}, forms...)
	}
	return kvPick(value, forms, func(form string) string {
		return wordsAlone(f, form)
	})
}

// wordsAlone is what a reader makes of a raw value.
func wordsAlone(f Flavour, raw string) string {
	r := &wordsReader{kv: kv{raw: raw, lines: newLines(raw)}, flavour: f}
	return r.value(word{value: kvTrim(raw, 0, len(raw))}).text
}
