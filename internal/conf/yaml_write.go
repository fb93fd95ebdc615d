package conf

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// writeYAML keeps the quote that a value stands in. An unquoted one stays so
// when it still means a string.
func writeYAML(t *Text, value string, typ Type, like Entry) string {
	text := yamlValue(value, typ, like)
	if s := like.value; s.from > 0 && s.from <= len(t.Raw) && (s.len() == 0 || like.Type == Null) && strings.IndexByte(":-", t.Raw[s.from-1]) >= 0 {
		// The key had no value, not even a blank behind its colon.
		return " " + text
	}
	return text
}

func yamlValue(value string, typ Type, like Entry) string {
	value = strings.ToValidUTF8(value, "\ufffd")
	switch {
	case typ == Expr || typ == Branch:
		return value
	case typ == Null:
		return "null"
	case (typ == Bool || typ == Number) && like.Quote == "" && yamlPlain(value, typ):
		return value
	case typ == String && like.Quote == "" && yamlPlain(value, String):
		return value
	case like.Quote != `"` && !strings.ContainsFunc(value, needsEscape):
		return "'" + strings.ReplaceAll(value, "'", "''") + "'"
	}
	return yamlDouble(value)
}

// yamlPlain reports whether a value can stand without quotes, in brackets as
// well, and be of that type to all readers.
func yamlPlain(v string, typ Type) bool {
	if v == "" || strings.ContainsFunc(v, needsEscape) || strings.ContainsAny(v, ",[]{}") || isDocumentMark(v) || strings.HasSuffix(v, ":") {
		return false
	}
	n := yamlScalarNode(v)
	if n == nil || yamlType(n) != typ {
		return false
	}
	if keyLen("k: "+v) != 1 || yamlScalarNode("- "+v) != nil {
		return false
	}
	return typ != String || !baseSixty.MatchString(v) && !leadZeroes.MatchString(v) && !slices.Contains(yamlWords, v)
}

// yamlWords mean something to one reader or other: YAML 1.1 had y and n for
// bools, = for a default and << for a merge.
var yamlWords = []string{"y", "Y", "n", "N", "=", "<<"}

// needsEscape reports whether r can only stand in double quotes.
func needsEscape(r rune) bool {
	return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' || r == '\ufeff' || !unicode.IsPrint(r) && r != ' ' && r != '\u00a0'
}

// yamlDouble is a value in double quotes.
func yamlDouble(v string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range strings.ToValidUTF8(v, "\ufffd") {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r == '\r':
			b.WriteString(`\r`)
		case needsEscape(r) && r > 0xffff:
			fmt.Fprintf(&b, `\U%08x`, r)
		case needsEscape(r):
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// lineYAML puts a new key behind its sibling, in the sibling's column. Where
// the path goes deeper than the sibling's map, it goes into the map that is
// there already, or makes one; a sibling with dots in its key has the rest of
// the path as one key beside it.
func lineYAML(t *Text, key, value string, typ Type, like Entry) (int, string) {
	nl := newline(t.Raw)
	if like.key == (span{}) {
		like = treeLast(t, key)
	}
	if like.key == (span{}) {
		return len(t.Raw), treeGap(t.Raw, nl) + yamlNested(strings.Split(key, "."), value, typ, "", Entry{}, nl)
	}
	like = treeNearest(t, key, like)
	own := yamlOwnKey(t.Raw, like.key)
	parts := treeRest(key, like, unquoteKey(t.Raw, own), own.quote)
	style := like
	if like.Type != String || typ != String || like.Quote == "|" {
		style.Quote = ""
	}
	if yamlInBrackets(t.Raw, own.from, like) {
		at := max(like.value.to, like.whole.to)
		if like.Type != Branch {
			at = like.value.to
		}
		return at, ", " + yamlFlow(parts, value, typ, style)
	}
	at := treeEnd(t, like)
	if line := newLines(t.Raw).line(own.from); at < line.to {
		at = line.to
	}
	start := strings.LastIndexByte(t.Raw[:own.from], '\n') + 1
	indent := strings.Map(func(r rune) rune {
		if r == '\t' {
			return r
		}
		return ' '
	}, strings.TrimPrefix(t.Raw[start:own.from], "\ufeff"))
	return at, treeGap(t.Raw[:at], nl) + yamlNested(parts, value, typ, indent, style, nl)
}

// yamlOwnKey is the whole key that a key span is the last part of.
func yamlOwnKey(raw string, s span) yamlScalar {
	if s.to < len(raw) && (raw[s.to] == '"' || raw[s.to] == '\'') {
		if i := strings.LastIndexByte(raw[:s.from], raw[s.to]); i >= 0 {
			return yamlScalar{span: span{i, s.to + 1}, inner: span{i + 1, s.to}, quote: raw[s.to : s.to+1]}
		}
	}
	from := s.from
	for from > 0 && strings.IndexByte(" \t\r\n{,[#", raw[from-1]) < 0 {
		from--
	}
	return yamlScalar{span: span{from, s.to}, inner: span{from, s.to}}
}

// yamlInBrackets reports whether an entry stands in { }: what Remove takes out
// is no whole line then, and no key behind a dash.
func yamlInBrackets(raw string, key int, like Entry) bool {
	before := strings.TrimRight(raw[:key], " \t\r\n")
	return before != "" && strings.HasSuffix(before, "{") || strings.HasSuffix(before, ",") && like.whole.from < key
}

// yamlNested writes a key, and the maps around it that are not there yet.
func yamlNested(parts []string, value string, typ Type, indent string, like Entry, nl string) string {
	var b strings.Builder
	for i, p := range parts {
		b.WriteString(indent)
		b.WriteString(yamlKey(p))
		if i < len(parts)-1 {
			b.WriteString(":" + nl)
			indent += "  "
		}
	}
	b.WriteString(": " + yamlValue(value, typ, like) + nl)
	return b.String()
}

func yamlFlow(parts []string, value string, typ Type, like Entry) string {
	text := yamlKey(parts[0]) + ": "
	if len(parts) > 1 {
		return text + "{" + yamlFlow(parts[1:], value, typ, like) + "}"
	}
	return text + yamlValue(value, typ, like)
}

func yamlKey(k string) string {
	if yamlPlain(k, String) && utf8.ValidString(k) {
		return k
	}
	return yamlDouble(k)
}
