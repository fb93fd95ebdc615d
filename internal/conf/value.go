package conf

import "strings"

// Value is the kind of a text that is one value and nothing else, such as a mail
// URL in a secret's file.
const Value Kind = "value"

// ValueKey is the key of the only entry of such a text.
const ValueKey = "value"

func parseValue(raw string, _ Flavour) *Text {
	text := strings.TrimSpace(raw)
	if text == "" {
		return &Text{}
	}
	from := strings.Index(raw, text)
	at := span{from, from + len(text)}
	line, column := newLines(raw).at(from)
	return &Text{Entries: []Entry{{Key: ValueKey, Value: text, Type: String, Line: line, Column: column, value: at, whole: at}}}
}

func writeValue(_ *Text, value string, _ Type, _ Entry) string { return value }

// lineValue: there is no room for a second value.
func lineValue(t *Text, _, _ string, _ Type, _ Entry) (int, string) { return len(t.Raw), "" }
