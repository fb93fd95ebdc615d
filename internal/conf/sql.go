package conf

import (
	"regexp"
	"strings"
)

// SQL is statements, or the answer to one, in which a table of settings holds a
// name and a value a row: PrestaShop's ps_configuration, options tables.
const SQL Kind = "sql"

// The ways in which a name and its value stand in such a text.
var sqlRows = []struct {
	re          *regexp.Regexp
	name, value int // groups; the value with its quotes
}{
	// UPDATE t SET value = 'v' WHERE name = 'n'
	{regexp.MustCompile("(?im)^[ \\t]*UPDATE\\s+\\S+\\s+SET\\s+[`\"]?value[`\"]?\\s*=\\s*('(?:[^']|'')*'|\\S+)\\s+WHERE\\s+[`\"]?(?:name|key|id)[`\"]?\\s*=\\s*'([^']+)'[^\\n]*"), 2, 1},
	// INSERT ... ('n', 'v') and further rows of VALUES
	{regexp.MustCompile(`(?m)\(\s*(?:\d+\s*,\s*)?(?:NULL\s*,\s*){0,3}'([A-Z][A-Z0-9_]{3,})'\s*,\s*('(?:[^']|'')*'|NULL|\d+)`), 1, 2},
	// | n | v | as clients print a table
	{regexp.MustCompile(`(?m)^[ \t]*\|?(?:[ \t]*\d+[ \t]*\|)?(?:[ \t]*NULL[ \t]*\|)*[ \t]*([A-Z][A-Z0-9_]{3,})[ \t]*\|[ \t]*([^|\n]*?)[ \t]*(?:\|[^\n]*)?$`), 1, 2},
}

func parseSQL(raw string, _ Flavour) *Text {
	l := newLines(raw)
	t := &Text{}
	for _, row := range sqlRows {
		for _, m := range row.re.FindAllStringSubmatchIndex(raw, -1) {
			name, value := span{m[2*row.name], m[2*row.name+1]}, span{m[2*row.value], m[2*row.value+1]}
			t.Entries = append(t.Entries, sqlEntry(raw, l, name, value, l.line(m[0])))
		}
	}
	return t
}

func sqlEntry(raw string, l *lines, name, value, whole span) Entry {
	e := Entry{Key: raw[name.from:name.to], Type: String, key: name, value: value, whole: whole}
	e.Line, e.Column = l.at(name.from)
	text := raw[value.from:value.to]
	switch {
	case strings.EqualFold(text, "NULL"):
		e.Type = Null
	case strings.HasPrefix(text, "'"):
		e.Quote = "'"
		text = strings.ReplaceAll(strings.TrimSuffix(text[1:], "'"), "''", "'")
	}
	e.Value = text
	return e
}

func writeSQL(_ *Text, value string, _ Type, like Entry) string {
	if like.Quote == "" && like.Type != Null {
		return value
	}
	return "'" + strings.ReplaceAll(value, "'", "''") + "'"
}

// lineSQL repeats the statement of the neighbour, where it is an UPDATE.
func lineSQL(t *Text, key, value string, typ Type, like Entry) (int, string) {
	line := t.Raw[like.whole.from:like.whole.to]
	if like.whole == (span{}) || !strings.HasPrefix(strings.ToUpper(strings.TrimSpace(line)), "UPDATE") {
		return len(t.Raw), ""
	}
	at := func(s span) (int, int) { return s.from - like.whole.from, s.to - like.whole.from }
	vf, vt := at(like.value)
	kf, kt := at(like.key)
	text := line[:vf] + writeSQL(t, value, typ, like) + line[vt:kf] + key + line[kt:]
	if !strings.HasSuffix(text, "\n") {
		text = newline(t.Raw) + text
	}
	return like.whole.to, text
}
