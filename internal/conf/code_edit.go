package conf

import (
	"regexp"
	"strings"
)

// whole is what Remove takes out: the lines of an item that has them alone,
// otherwise the item with one comma.
func (r *reader) whole(p place) span {
	end := max(p.item.to, p.sep.to)
	last := p.sep == (span{})
	if last && p.prev != (span{}) && (r.lang.strict || p.kind == args) {
		return span{p.prev.from, p.item.to}
	}
	if r.alone(p) {
		return r.fullLines(span{p.item.from, end})
	}
	if last && p.prev != (span{}) {
		return span{p.prev.from, p.item.to}
	}
	for !last && end < len(r.raw) && (r.raw[end] == ' ' || r.raw[end] == '\t') {
		end++
	}
	return span{p.item.from, end}
}

// alone says whether an item has its lines to itself, a comment aside.
func (r *reader) alone(p place) bool {
	return r.indent(p.item.from) >= 0 && r.restBlank(max(p.item.to, p.sep.to))
}

// indent is where the line of a place begins when only blanks stand before it,
// or -1.
func (r *reader) indent(at int) int {
	i := at
	for i > 0 && (r.raw[i-1] == ' ' || r.raw[i-1] == '\t') {
		i--
	}
	if i > 0 && r.raw[i-1] != '\n' {
		return -1
	}
	return i
}

// restBlank says whether nothing but a comment follows on the line.
func (r *reader) restBlank(at int) bool {
	for at < len(r.raw) && (r.raw[at] == ' ' || r.raw[at] == '\t' || r.raw[at] == '\r') {
		at++
	}
	return at >= len(r.raw) || r.raw[at] == '\n' || r.remark(at)
}

func (r *reader) remark(at int) bool {
	for _, mark := range r.lang.comments {
		if strings.HasPrefix(r.raw[at:], mark) {
			return true
		}
	}
	return false
}

// fullLines is the lines that a stretch touches.
func (r *reader) fullLines(s span) span {
	from := strings.LastIndexByte(r.raw[:s.from], '\n') + 1
	to := strings.IndexByte(r.raw[s.to:], '\n')
	if to < 0 {
		return span{from, len(r.raw)}
	}
	return span{from, s.to + to + 1}
}

var (
	numeral    = regexp.MustCompile(`^-?\d+(\.\d+)?$`)
	identifier = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)
)

func writeCode(t *Text, value string, typ Type, like Entry) string {
	l := language(t.Raw, t.Flavour)
	old := t.Raw[like.value.from:like.value.to]
	text := writeLiteral(t, l, value, typ, like.Quote)
	switch {
	case typ == String && like.Quote == ":" && l.flavour != PHP:
		text = ":" + value
		if !identifier.MatchString(value) {
			text = ":" + enquote(value, `"`, l.flavour)
		}
	case typ == String && l.flavour == Elixir && strings.HasPrefix(old, "~c"):
		text = "~c" + enquote(value, `"`, l.flavour)
	case typ == String && l.flavour == Python && (strings.HasPrefix(old, "b'") || strings.HasPrefix(old, `b"`)):
		text = "b" + text
	case strings.HasPrefix(old, "(") && like.Type == Expr && like.Env == "" && like.key.to == like.value.from:
		text = "(" + text + ")" // the arguments of a call
	case l.flavour == HOCON && typ == Bool && (like.Value == "yes" || like.Value == "no"):
		text = map[string]string{l.yes: "yes", l.no: "no"}[text]
	case l.flavour == HOCON && typ == Bool && (like.Value == "on" || like.Value == "off"):
		text = map[string]string{l.yes: "on", l.no: "off"}[text]
	case l.flavour == HOCON && typ == String && like.Type == String && like.Quote == "" && plain.MatchString(value):
		text = value
	}
	return text
}

// plain are the texts that HOCON reads as strings without quotes.
var plain = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_.-]*$`)

// writeLiteral writes a value in a quote, or in that which the text uses most
// nearly.
func writeLiteral(t *Text, l *traits, value string, typ Type, quote string) string {
	switch {
	case typ == Expr:
		return value
	case typ == Null:
		return l.null
	case typ == Bool && isWord(value, "true", "yes", "on", "1"):
		return l.yes
	case typ == Bool && isWord(value, "false", "no", "off", "0", ""):
		return l.no
	case typ == Number && numeral.MatchString(value):
		return value
	}
	if quote == "" || quote == ":" {
		quote = usualQuote(t, l)
	}
	return enquote(value, quote, l.flavour)
}

func isWord(s string, words ...string) bool {
	for _, w := range words {
		if strings.EqualFold(s, w) {
			return true
		}
	}
	return false
}

// usualQuote is the quote of the first string of the text.
func usualQuote(t *Text, l *traits) string {
	for _, e := range t.Entries {
		if e.Type == String && (e.Quote == "'" && l.flavour != Elixir || e.Quote == `"`) {
			return e.Quote
		}
	}
	return l.quote
}
