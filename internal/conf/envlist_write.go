package conf

import (
	"strings"

	"go.yaml.in/yaml/v4"
)

func writeEnvList(t *Text, value string, typ Type, like Entry) string {
	r := readEnvList(t.Raw)
	return r.write(value, like, r.styleOf(like))
}

// styleOf is the style of the entry at the same place.
func (r *envListReader) styleOf(like Entry) envStyle {
	for i, e := range r.t.Entries {
		if e.key == like.key && e.value == like.value {
			return r.styles[i]
		}
	}
	return envStyle{}
}

// write is the raw form of a value in the place of like's.
func (r *envListReader) write(value string, like Entry, s envStyle) string {
	if s.compose {
		value = strings.ReplaceAll(value, "$", "$$")
	}
	if !s.item {
		lead := ""
		if v := like.value; v.len() == 0 && v.from > 0 && v.from < len(r.raw)+1 && r.raw[v.from-1] == ':' {
			lead = " "
		}
		return lead + envScalar(value, like.Quote, s)
	}
	sign := ""
	if like.Type == Null {
		sign = "="
	}
	switch like.Quote {
	case `"`:
		quoted := yamlDouble(value)
		return sign + quoted[1:len(quoted)-1]
	case `'`:
		return sign + strings.ReplaceAll(value, `'`, `''`)
	}
	return sign + value
}

// envScalar is a YAML scalar that reads as the value, in the quote that is asked
// for where that serves.
func envScalar(value, quote string, s envStyle) string {
	single := `'` + strings.ReplaceAll(value, `'`, `''`) + `'`
	switch {
	case quote == "" && !s.flow && plainScalar(value, s.strings):
		return value
	case quote != `"` && scalarReads(single, value) && !strings.Contains(value, "\n"):
		if quote == `'` || strings.ContainsAny(value, `\"`) {
			return single
		}
	}
	return yamlDouble(value)
}

// plainScalar reports whether YAML readers old and new take a text without quotes
// for what it is. A number or a bool is the same to a container.
func plainScalar(value string, stringsOnly bool) bool {
	n, ok := loadScalar("k: " + value + "\n")
	if !ok || n.Value != value || n.Style != 0 || value == "" || strings.ContainsAny(value, "\n\r\t{}[]") || baseSixty.MatchString(value) {
		return false
	}
	switch yamlType(n) {
	case String:
		return true
	case Number:
		return !stringsOnly && plainTens.MatchString(value)
	case Bool:
		return !stringsOnly && (value == "true" || value == "false")
	}
	return false
}

func scalarReads(raw, value string) bool {
	n, ok := loadScalar("k: " + raw + "\n")
	return ok && n.Value == value
}

// loadScalar reads a map of one key and returns its value.
func loadScalar(s string) (*yaml.Node, bool) {
	docs, err := loadYAML(s)
	if err != nil || len(docs) != 1 || len(docs[0].Content) != 1 {
		return nil, false
	}
	m := docs[0].Content[0]
	if m.Kind != yaml.MappingNode || len(m.Content) != 2 || m.Content[1].Kind != yaml.ScalarNode {
		return nil, false
	}
	return m.Content[1], true
}

func lineEnvList(t *Text, key, value string, typ Type, like Entry) (int, string) {
	r := readEnvList(t.Raw)
	if like.whole == (span{}) {
		for _, e := range r.t.Entries {
			if !e.Off {
				like = e
			}
		}
	}
	if like.whole == (span{}) {
		return r.ended(len(t.Raw), key+": "+envScalar(value, `"`, envStyle{})+newline(t.Raw))
	}
	s := r.styleOf(like)
	if s.compose {
		value = strings.ReplaceAll(value, "$", "$$")
	}
	switch {
	case s.flow:
		return r.flowLine(key, value, like, s)
	case s.pair:
		return r.ended(like.whole.to, r.pairLine(key, value, like))
	case s.item:
		indent := r.margin(like)
		return r.ended(like.whole.to, indent+r.dash(like)+envItem(key+"="+value, like.Quote)+newline(t.Raw))
	}
	between := r.raw[like.key.to:max(like.value.from, like.key.to)]
	if colon := strings.IndexByte(between, ':'); colon < 0 || like.Type == Null || like.Quote == "|" || strings.ContainsAny(between, "\n&!") {
		between = ": "
		if colon > 0 {
			between = r.raw[like.key.to:like.key.to+colon] + between
		}
	}
	quote := like.Quote
	if like.Type == Null {
		quote = `"`
	}
	prefix := r.margin(like) + strings.TrimLeft(r.raw[like.whole.from:like.key.from], "#; \t")
	return r.ended(like.whole.to, prefix+key+between+envScalar(value, quote, s)+newline(t.Raw))
}

// ended sees to it that a new line begins on one of its own.
func (r *envListReader) ended(at int, line string) (int, string) {
	if at > 0 && r.raw[at-1] != '\n' {
		nl := newline(r.raw)
		return at, nl + strings.TrimSuffix(line, nl)
	}
	return at, line
}

// margin is what an entry is indented by.
func (r *envListReader) margin(e Entry) string {
	from := lineStart(r.raw, e.key.from)
	line := r.raw[from:e.key.from]
	return line[:len(line)-len(strings.TrimLeft(line, " "))]
}

// dash is the sign of a list element with the blanks behind it.
func (r *envListReader) dash(e Entry) string {
	line := r.raw[lineStart(r.raw, e.key.from):e.key.from]
	if i := strings.LastIndexByte(line, '-'); i >= 0 {
		return "-" + strings.Repeat(" ", max(1, len(line)-1-i-len(strings.TrimLeft(line[i+1:], " "))))
	}
	return "- "
}

// envItem is a list element, in quotes where it needs them.
func envItem(text, quote string) string {
	n, ok := loadScalar("k: " + text + "\n")
	plain := ok && n.Value == text && n.Style == 0
	switch {
	case quote == `'` && !strings.Contains(text, "\n"):
		return `'` + strings.ReplaceAll(text, `'`, `''`) + `'`
	case quote == "" && plain:
		return text
	}
	return yamlDouble(text)
}

// flowLine is an element within brackets.
func (r *envListReader) flowLine(key, value string, like Entry, s envStyle) (int, string) {
	at := like.value.to
	if s.item && like.Quote != "" {
		at++
	}
	if s.item {
		return at, ", " + yamlDouble(key+"="+value)
	}
	return at, ", " + key + ": " + yamlDouble(value)
}

// pairLine is an element with name and value.
func (r *envListReader) pairLine(key, value string, like Entry) string {
	nl := newline(r.raw)
	indent := r.margin(like)
	if from := lineStart(r.raw, like.key.from); !strings.HasPrefix(strings.TrimLeft(r.raw[from:], " "), "-") {
		indent = indent[:max(0, len(indent)-2)]
	}
	quote := like.Quote
	if quote != `'` {
		quote = `"`
	}
	return indent + "- name: " + key + nl + indent + "  value: " + envScalar(value, quote, envStyle{strings: true}) + nl
}
