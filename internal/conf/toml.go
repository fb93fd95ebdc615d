package conf

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"
)

// tomlResumes bounds how often reading starts anew behind a mistake: each time
// the rest of the text may be read.
const tomlResumes = 20

// tomlReader reads TOML. base is where in the text the stretch begins that the
// parser sees.
type tomlReader struct {
	kv
	base   int
	table  []string
	arrays map[string]int // how many elements an array of tables has
	parser unstable.Parser
}

func parseTOML(raw string, _ Flavour) *Text {
	r := &tomlReader{kv: kv{raw: raw, lines: newLines(raw)}, arrays: map[string]int{}}
	at := 0
	if strings.HasPrefix(raw, "\ufeff") {
		at = len("\ufeff")
	}
	for n := 0; at < len(raw); n++ {
		stop := len(raw)
		if n >= tomlResumes {
			_, stop = kvLine(raw, at)
		}
		at = r.run(at, stop)
	}
	r.duplicates(false)
	for _, e := range r.entries {
		if len(e.Quirks) > 0 && e.Quirks[len(e.Quirks)-1].Kind == Duplicate {
			r.refuse(e.key.from, "the key is defined twice")
		}
	}
	return &Text{Entries: r.entries, Broken: r.broken}
}

// run reads from an offset to stop or to a mistake, and returns where to go on.
func (r *tomlReader) run(at, stop int) int {
	data := []byte(r.raw[at:stop])
	r.base = at
	r.parser = unstable.Parser{KeepComments: true}
	r.parser.Reset(data)
	done := 0 // what is behind the last expression
	for r.parser.NextExpression() {
		n := r.parser.Expression()
		done = max(done, r.expression(n))
	}
	err := r.parser.Error()
	if err == nil {
		return stop
	}
	at = r.statement(max(at, done), stop)
	r.mistake(min(at, stop-1), err, cap(data))
	if at >= stop {
		return stop
	}
	_, next := kvLine(r.raw, at)
	r.byHand(at)
	return next
}

// statement is the line of the first statement from an offset on, past empty
// lines and comments.
func (r *tomlReader) statement(at, stop int) int {
	for at < stop {
		end, next := kvLine(r.raw, at)
		body := kvTrim(r.raw, at, end)
		if body.len() > 0 && (r.raw[body.from] != '#' || next >= stop) {
			break
		}
		at = next
	}
	return at
}

// mistake notes where the parser gave up. capacity is that of what it was given.
func (r *tomlReader) mistake(at int, err error, capacity int) {
	var syntax *unstable.ParserError
	if errors.As(err, &syntax) && syntax.Highlight != nil {
		at = max(at, min(r.base+capacity-cap(syntax.Highlight), len(r.raw)-1))
	}
	r.refuse(at, "this is not valid TOML")
}

// expression reads a table header, a key with its value or a comment, and returns
// the place of the next line.
func (r *tomlReader) expression(n *unstable.Node) int {
	switch n.Kind {
	case unstable.Table, unstable.ArrayTable:
		key, last := r.path(n.Key())
		r.open(key, n.Kind == unstable.ArrayTable)
		return r.lines.line(last.to).to
	case unstable.KeyValue:
		whole := r.lines.line(r.span(n.Raw).from)
		end := max(whole.to, r.lines.line(max(whole.from, r.span(n.Raw).to-1)).to)
		r.keyValue(r.table, n, span{max(whole.from, r.base), end}, false)
		return end
	case unstable.Comment:
		return r.comment(r.span(n.Raw))
	}
	return 0
}

// open enters a table. Its path goes through the last element of each array of
// tables on the way.
func (r *tomlReader) open(key []string, array bool) {
	var path []string
	for i, k := range key {
		path = append(path, k)
		id := strings.Join(path, "\x00")
		n, ok := r.arrays[id]
		if array && i == len(key)-1 {
			n++
			r.arrays[id] = n
			ok = true
		}
		if ok {
			path = append(path, strconv.Itoa(n-1))
		}
	}
	r.table = path
}

func (r *tomlReader) span(raw unstable.Range) span {
	return span{r.base + int(raw.Offset), r.base + int(raw.Offset) + int(raw.Length)}
}

// path is a dotted key and the span of its last part.
func (r *tomlReader) path(it unstable.Iterator) (parts []string, last span) {
	for it.Next() {
		parts = append(parts, string(it.Node().Data))
		last = r.span(it.Node().Raw)
	}
	return parts, last
}

func (r *tomlReader) keyValue(parent []string, n *unstable.Node, whole span, off bool) {
	key, last := r.path(n.Key())
	e := Entry{key: last, whole: whole, Off: off}
	r.value(append(parent[:len(parent):len(parent)], key...), n.Value(), e)
}

// value adds the entries of a value: one, or those of its elements.
func (r *tomlReader) value(path []string, n *unstable.Node, e Entry) {
	switch n.Kind {
	case unstable.Array:
		r.elements(path, n, e)
	case unstable.InlineTable:
		for _, m := range r.members(n) {
			r.keyValue(path, m.node, m.whole, e.Off)
		}
	case unstable.Comment, unstable.Invalid:
	default:
		e.Key, e.value = Join(path...), r.span(n.Raw)
		raw := r.raw[e.value.from:e.value.to]
		e.Value, e.Type = string(n.Data), tomlType(n.Kind)
		if e.Type == String && n.Kind == unstable.String {
			e.Quote = raw[:1]
			if strings.HasPrefix(raw, strings.Repeat(e.Quote, 3)) && len(raw) >= 6 {
				e.Quote = raw[:3]
			}
		}
		if !e.Off {
			e.Quirks = kvOddities(e.Value, tomlBasic)
		}
		r.put(e)
	}
}

func tomlType(k unstable.Kind) Type {
	switch k {
	case unstable.Bool:
		return Bool
	case unstable.Integer, unstable.Float:
		return Number
	}
	return String
}

// tomlMember is a key with its value in an inline table, and what Remove takes out.
type tomlMember struct {
	node  *unstable.Node
	whole span
	end   int // of the member itself
}

// members are those of an inline table. Each takes the comma behind it along, the
// last one that before it.
func (r *tomlReader) members(n *unstable.Node) []tomlMember {
	var all []tomlMember
	for it := n.Children(); it.Next(); {
		if m := it.Node(); m.Kind == unstable.KeyValue {
			own := kvTrim(r.raw, r.span(m.Raw).from, r.span(m.Raw).to)
			all = append(all, tomlMember{m, own, own.to})
		}
	}
	tomlCommas(all)
	return all
}

// tomlCommas gives each member the comma behind it, the last one that before it.
func tomlCommas(all []tomlMember) {
	n := len(all) - 1
	for i := range n {
		all[i].whole.to = all[i+1].whole.from
	}
	if n > 0 {
		all[n].whole.from = all[n-1].end
	}
}

// elements adds those of an array: their key is its place in the array. Remove
// takes a single one out where all are plain values.
func (r *tomlReader) elements(path []string, n *unstable.Node, e Entry) {
	var all []tomlMember
	plain := true
	for it := n.Children(); it.Next(); {
		c := it.Node()
		if c.Kind == unstable.Comment {
			continue
		}
		plain = plain && c.Kind != unstable.Array && c.Kind != unstable.InlineTable
		own := r.span(c.Raw)
		all = append(all, tomlMember{c, own, own.to})
	}
	tomlCommas(all)
	for i, m := range all {
		if plain {
			e.whole = m.whole
		}
		r.value(append(path[:len(path):len(path)], strconv.Itoa(i)), m.node, e)
	}
}

// tomlOff is a commented line that looks like an entry.
var tomlOff = regexp.MustCompile(`^[# \t]+([A-Za-z0-9_.-]+)[ \t]*=[ \t]*\S`)

// comment reads an entry that is commented out, and returns the place of the next
// line.
func (r *tomlReader) comment(c span) int {
	line := r.lines.line(c.from)
	end, next := kvLine(r.raw, line.from)
	m := tomlOff.FindStringIndex(r.raw[c.from:end])
	if strings.TrimSpace(r.raw[max(line.from, r.base):c.from]) != "" || m == nil {
		return next
	}
	from := kvUncomment(r.raw, c.from, end)
	one := &tomlReader{kv: kv{raw: r.raw, lines: r.lines}, base: from, table: r.table}
	one.parser.Reset([]byte(r.raw[from:end]))
	if !one.parser.NextExpression() || one.parser.Expression().Kind != unstable.KeyValue {
		return next
	}
	one.keyValue(r.table, one.parser.Expression(), span{max(line.from, r.base), next}, true)
	if len(one.entries) == 1 && one.entries[0].value.from > one.entries[0].key.to {
		r.entries = append(r.entries, one.entries...)
	}
	return next
}

// tomlLoose is a line that is wrong TOML and yet a key with its value.
var tomlLoose = regexp.MustCompile(`^[ \t]*([A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*)[ \t]*[=:][ \t]*`)

// byHand reads the line of a mistake: a value without its quotes is the most
// frequent one.
func (r *tomlReader) byHand(at int) {
	end, next := kvLine(r.raw, at)
	line := r.raw[at:end]
	m := tomlLoose.FindStringSubmatchIndex(line)
	if m == nil {
		return
	}
	body := kvTrim(r.raw, at+m[1], end)
	v := kvValue{span: body, text: r.raw[body.from:body.to]}
	scanQuoted(&v, "#", false)
	if v.text == "" || strings.ContainsAny(v.text[:1], "[{") {
		return
	}
	v.text = strings.Trim(v.text, `"'`)
	r.put(Entry{
		Key: Join(append(r.table[:len(r.table):len(r.table)], line[m[2]:m[3]])...), Value: v.text,
		Quirks: []Quirk{{Kind: BadSyntax, Text: "TOML refuses this value", Fix: tomlLooseFix(v.text)}},
		key:    span{at + m[2] + strings.LastIndexByte(line[m[2]:m[3]], '.') + 1, at + m[3]}, value: v.span, whole: span{at, next},
	})
}

func tomlLooseFix(value string) string {
	if low := strings.ToLower(value); low == "true" || low == "false" {
		return low
	}
	return tomlBasic(value)
}

// tomlBasic is a value as a basic string.
func tomlBasic(value string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, c := range value {
		switch {
		case c == '"' || c == '\\':
			b.WriteByte('\\')
			b.WriteRune(c)
		case c == '\n':
			b.WriteString(`\n`)
		case c == '\r':
			b.WriteString(`\r`)
		case c == '\t':
			b.WriteString(`\t`)
		case c < 0x20 || c == 0x7f:
			fmt.Fprintf(&b, `\u%04X`, c)
		default:
			b.WriteRune(c)
		}
	}
	b.WriteByte('"')
	return b.String()
}
