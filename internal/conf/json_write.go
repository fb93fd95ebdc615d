package conf

import (
	"bytes"
	"encoding/json"
	"strings"
)

// writeJSON keeps a string a string: there are readers that take "true" and not
// true.
func writeJSON(t *Text, value string, typ Type, like Entry) string {
	text := jsonValue(value, typ, like.Quote != "")
	if s := like.value; s.from > 0 && s.len() == 0 && s.from <= len(t.Raw) && t.Raw[s.from-1] == ':' {
		return " " + text
	}
	return text
}

func jsonValue(value string, typ Type, quoted bool) string {
	switch {
	case typ == Null:
		return "null"
	case typ == Expr || typ == Branch:
		return value
	case quoted, typ == Number && !jsonNumber.MatchString(value), typ == Bool && value != "true" && value != "false", typ == String:
		return jsonString(value)
	}
	return value
}

// jsonString is a value in double quotes. <, > and & stay as they are.
func jsonString(v string) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		// A string can always be encoded.
		return `""`
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// lineJSON puts a member behind its sibling, on a line of its own where the
// sibling has one. The comma that may follow the sibling then follows the new one.
func lineJSON(t *Text, key, value string, typ Type, like Entry) (int, string) {
	if like.key == (span{}) {
		like = treeLast(t, key)
	}
	if like.key == (span{}) {
		return jsonEmpty(t, key, value, typ)
	}
	like = treeNearest(t, key, like)
	own := jsonOwnKey(t.Raw, like.key)
	decoded := newJSONReader(t.Raw[own.from:own.to]).word()
	parts := treeRest(key, like, decoded.value, decoded.quote)
	colon := strings.TrimLeft(t.Raw[own.to:], " \t\r\n")
	valueFrom := len(t.Raw) - len(strings.TrimLeft(strings.TrimPrefix(colon, ":"), " \t\r\n"))
	end := like.value.to
	if like.value == (span{}) {
		end = jsonSkip(t.Raw, valueFrom)
	}
	sep := t.Raw[own.to:valueFrom]
	if strings.Trim(sep, ": \t") != "" || sep == "" {
		sep = ": "
	}
	member := jsonMember(parts, value, typ, sep)
	start := strings.LastIndexByte(t.Raw[:own.from], '\n') + 1
	indent := t.Raw[start:own.from]
	switch {
	case strings.Trim(indent, " \t") == "" && (start > 0 || strings.Contains(t.Raw, "\n")):
		return jsonPlace(t.Raw, end, newline(t.Raw)+indent, member)
	case sep == ":":
		return end, "," + member
	}
	return end, ", " + member
}

// jsonPlace puts a member on a line behind a value that ends at end. A comment
// behind the comma stays on its line.
func jsonPlace(raw string, end int, before, member string) (int, string) {
	rest := raw[end : end+lineLen(raw[end:])]
	if after, ok := strings.CutPrefix(strings.TrimLeft(rest, " \t"), ","); ok {
		if c := strings.TrimLeft(after, " \t"); strings.HasPrefix(c, "//") || strings.HasPrefix(c, "/*") && strings.HasSuffix(strings.TrimRight(c, " \t"), "*/") {
			return end + len(rest), before + member + ","
		}
	}
	return end, "," + before + member
}

// jsonEmpty is the first member of a text that has none.
func jsonEmpty(t *Text, key, value string, typ Type) (int, string) {
	member := jsonMember(strings.Split(key, "."), value, typ, ": ")
	if i := strings.IndexByte(t.Raw, '{'); i >= 0 {
		return i + 1, member
	}
	return len(t.Raw), treeGap(t.Raw, newline(t.Raw)) + member + newline(t.Raw)
}

// jsonOwnKey is the whole key, quotes included, that a key span is the last part
// of.
func jsonOwnKey(raw string, s span) span {
	for _, q := range jsonQuotes {
		for _, end := range q.end {
			if s.to < len(raw) && strings.HasPrefix(raw[s.to:], string(end)) {
				if i := strings.LastIndex(raw[:s.from], q.open); i >= 0 {
					return span{i, s.to + len(string(end))}
				}
			}
		}
	}
	from := s.from
	for from > 0 && strings.IndexByte(",:{}[] \t\r\n\"'", raw[from-1]) < 0 {
		from--
	}
	return span{from, s.to}
}

func jsonMember(parts []string, value string, typ Type, sep string) string {
	text := jsonString(parts[0]) + sep
	if len(parts) > 1 {
		return text + "{" + jsonMember(parts[1:], value, typ, sep) + "}"
	}
	return text + jsonValue(value, typ, false)
}
