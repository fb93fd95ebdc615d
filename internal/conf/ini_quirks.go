package conf

import (
	"regexp"
	"strings"
)

// continued adds the indented lines below to a value, as Python's configparser
// does. indent is that of the key.
func (r *iniReader) continued(v *kvValue, indent int) {
	empty, key := 0, false
	var b strings.Builder
	b.WriteString(v.text)
	for end := v.end; ; {
		_, at := kvLine(r.raw, end)
		if at >= len(r.raw) {
			break
		}
		end, _ = kvLine(r.raw, at)
		body := kvTrim(r.raw, at, end)
		if body.len() == 0 {
			empty++
			continue
		}
		if c := r.raw[body.from]; c == '#' || c == ';' {
			continue
		}
		if body.from-at <= indent {
			break
		}
		line := r.raw[body.from:body.to]
		if r.flavour == ConfigParser {
			line = strings.ReplaceAll(line, "%%", "%")
		}
		_, _, like := r.key(body.from, body.to, "=")
		key = key || like
		b.WriteString(strings.Repeat("\n", empty+1) + line)
		v.span.from, v.span.to, v.end, empty = min(v.span.from, body.from), body.to, end, 0
	}
	v.text = b.String()
	if key {
		v.quirks = append(v.quirks, Quirk{Kind: BadSyntax, Text: "the indented line below, which looks like another key, is part of the value"})
	}
}

// quirks are what the reader made of a value that its writer may not have meant.
func (r *iniReader) quirks(v kvValue) []Quirk {
	var out []Quirk
	fix := func(value string) string { return iniForm(r.flavour, value, "", "") }
	raw := r.raw[v.span.from:v.span.to]
	if r.python() {
		out = r.pythonQuirks(v.text, raw)
	} else if v.quote == "" && len(v.quirks) == 0 {
		out = append(out, openQuote(v.text, fix)...)
	}
	if r.flavour == GoINI && interpolated.MatchString(v.text) {
		out = append(out, Quirk{Kind: Expanded, Text: "%(name)s is replaced with the value of another key"})
	}
	return append(out, kvOddities(v.text, fix)...)
}

// openQuote is the quirk of a quote at the beginning of a value that the reader
// left where it is. One that is closed further in belongs there: it surrounds the
// name before an address.
func openQuote(value string, fix func(string) string) []Quirk {
	switch {
	case value == "" || value[0] != '"' && value[0] != '\'':
		return nil
	case kvQuoted(value):
		return []Quirk{{Kind: KeptQuotes, Text: "the quotes are part of the value: there is another one between them", Fix: fix(value[1 : len(value)-1])}}
	case !strings.Contains(value[1:], value[:1]):
		return []Quirk{{Kind: Unclosed, Text: "the quote is not closed and is part of the value", Fix: fix(value[1:])}}
	}
	return nil
}

// interpolated finds a reference to another key.
var interpolated = regexp.MustCompile(`%\([^()]*\)s`)

func (r *iniReader) pythonQuirks(value, raw string) []Quirk {
	var out []Quirk
	if kvQuoted(value) {
		out = append(out, Quirk{Kind: KeptQuotes, Text: "the quotes are part of the value: this reader knows none", Fix: raw[1 : len(raw)-1]})
	}
	if i := kvComment(value, "#;"); i >= 0 && !strings.Contains(value, "\n") {
		out = append(out, Quirk{Kind: KeptHash, Text: "what looks like a comment is part of the value", Fix: strings.TrimSpace(raw[:kvComment(raw, "#;")])})
	}
	if r.flavour == RawConfigParser {
		return out
	}
	rest := strings.ReplaceAll(raw, "%%", "")
	if interpolated.MatchString(rest) {
		out = append(out, Quirk{Kind: Expanded, Text: "%(name)s is replaced with the value of another key"})
		rest = interpolated.ReplaceAllString(rest, "")
	}
	if strings.Contains(rest, "%") {
		fix := strings.ReplaceAll(strings.ReplaceAll(raw, "%%", "%"), "%", "%%")
		out = append(out, Quirk{Kind: Escaped, Text: "% begins a reference to another key; as a character it is written %%", Fix: fix})
	}
	return out
}
