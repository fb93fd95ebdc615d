package conf

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// yamlAt is where in the tree a node stands.
type yamlAt struct {
	path   string
	parent string // the path of the map or list around it
	depth  int
	indent int  // of the parent, -1 for the root
	flow   bool // within brackets
	key    yamlScalar
	keyed  bool // a key, not a list, holds it
	whole  int  // where what Remove takes out begins; -1 for the begin of the line
	next   int  // where the next one begins that shares the line; 0 for none
}

func (at yamlAt) below(path string) yamlAt {
	return yamlAt{path: path, parent: at.path, depth: at.depth + 1, indent: at.indent, flow: at.flow, whole: -1}
}

// full reports whether no more is read.
func (y *yamlReader) full(at yamlAt) bool {
	return len(y.entries) >= maxTreeEntries || at.depth > maxTreeDepth || len(at.path) > maxTreePath ||
		len(y.active) > 0 && y.aliases > maxAliasEntries
}

// node reads what stands below a key, in a list or at the root. It returns where
// it ends.
func (y *yamlReader) node(n *yaml.Node, at yamlAt) int {
	if y.full(at) {
		return y.offset(n)
	}
	switch n.Kind {
	case yaml.MappingNode, yaml.SequenceNode:
		return y.branch(n, at)
	case yaml.AliasNode:
		return y.alias(n, at)
	case yaml.ScalarNode:
		s := y.scalar(n, at.indent)
		y.value(n, s, at)
		return s.end
	}
	return y.offset(n)
}

// add appends an entry and completes its places.
func (y *yamlReader) add(e Entry, at yamlAt, from, end int) int {
	if at.keyed {
		e.key, from = lastPart(y.raw, at.key.inner), at.key.from
	}
	e.Key = at.path
	e.Line, e.Column = y.place.at(from)
	y.entries = append(y.entries, e)
	if len(y.active) > 0 {
		y.aliases++
	} else if at.keyed && !at.flow {
		y.homes = append(y.homes, yamlHome{from, at.indent, at.parent, e.Key, e.Type == Null || e.Type == Branch})
	}
	y.setWhole(len(y.entries)-1, at, from, end)
	return len(y.entries) - 1
}

// setWhole tells what Remove takes out: lines, or within brackets and behind a
// dash the entry with what parts it from its neighbour.
func (y *yamlReader) setWhole(i int, at yamlAt, from, end int) {
	line, alone := y.place.alone(from)
	switch {
	case at.flow && at.whole >= 0:
		y.entries[i].whole = span{at.whole, max(end, at.whole)}
	case at.flow:
		y.entries[i].whole = span{from, max(from, end, at.next)}
	case !alone && at.next >= line.to:
		y.entries[i].whole = span{from, at.next}
	default:
		y.entries[i].whole = span{line.from, max(line.to, y.lineEnd(end))}
	}
}

// lineEnd is the end of the line that something ends on.
func (y *yamlReader) lineEnd(end int) int {
	if end > 0 && y.raw[end-1] == '\n' {
		return end
	}
	return y.place.ln.line(end).to
}

// branch reads a map or a list.
func (y *yamlReader) branch(n *yaml.Node, at yamlAt) int {
	from := y.offset(n)
	text, tag, _ := y.properties(from)
	flow := n.Style&yaml.FlowStyle != 0
	if end := y.template(text, flow); end > 0 || tag >= 0 && flow && !strings.HasPrefix(n.Tag, "!!") {
		if end == 0 {
			end = y.bracketEnd(text)
		}
		y.add(Entry{Type: Expr, Value: y.raw[from:end], value: span{from, end}}, at, from, end)
		return end
	}
	i := -1
	if at.keyed {
		i = y.add(Entry{Type: Branch}, at, from, from)
	}
	in := at.below(at.path)
	in.flow = flow
	end := from
	if n.Kind == yaml.MappingNode {
		end = y.mapping(n, in)
	} else {
		end = y.sequence(n, in)
	}
	if flow {
		end = max(end, y.bracketEnd(text))
	}
	if i >= 0 {
		y.setWhole(i, at, at.key.from, end)
	}
	return end
}

// maxTemplate bounds the search for the end of a template.
const maxTemplate = 1_000

// template is the end of {{ x }}, which YAML takes for a map within a map; 0
// where there is none.
func (y *yamlReader) template(from int, flow bool) int {
	if !flow || !strings.HasPrefix(y.raw[from:], "{{") {
		return 0
	}
	line := y.raw[from : from+lineLen(y.raw[from:min(from+maxTemplate, len(y.raw))])]
	if i := strings.Index(line, "}}"); i >= 0 {
		return from + i + 2
	}
	return 0
}

// bracketEnd is the place behind the bracket that closes the one at from.
func (y *yamlReader) bracketEnd(from int) int {
	depth := 0
	for i := from; i < len(y.raw); i++ {
		switch c := y.raw[i]; {
		case c == '[' || c == '{':
			depth++
		case c == ']' || c == '}':
			if depth--; depth == 0 {
				return i + 1
			}
		case (c == '"' || c == '\'') && strings.IndexByte(" \t\r\n,:[{", y.raw[max(from, i-1)]) >= 0:
			if i = doubleEnd(y.raw, i) - 1; c == '\'' {
				i = singleEnd(y.raw, i) - 1
			}
		case c == '#' && strings.IndexByte(" \t\r\n", y.raw[max(from, i-1)]) >= 0:
			i += lineLen(y.raw[i:])
		}
	}
	return len(y.raw)
}

func (y *yamlReader) sequence(n *yaml.Node, at yamlAt) int {
	end, dash := y.offset(n), 0
	if !at.flow {
		_, dash = y.place.ln.at(min(end, len(y.raw)))
		at.indent = dash - 1
	}
	for i, item := range n.Content {
		in := at.below(treeIndex(at.path, i))
		if at.flow && i > 0 {
			in.whole = backOver(y.raw, y.comma(y.offset(item)))
		}
		if at.flow && i == 0 && len(n.Content) > 1 {
			in.next = y.offset(n.Content[1])
		}
		end = max(end, y.node(item, in))
	}
	return end
}

// comma is the place of the comma before an offset, or the offset.
func (y *yamlReader) comma(at int) int {
	if i := backOver(y.raw, at); i > 0 && y.raw[i-1] == ',' {
		return i - 1
	}
	return at
}

func (y *yamlReader) mapping(n *yaml.Node, at yamlAt) int {
	end := y.offset(n)
	own, twice := y.keys(n)
	earlier := map[string]int{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, v := n.Content[i], n.Content[i+1]
		if isMerge(k) {
			from := y.offset(v)
			y.merge(v, at, own, 0)
			end = max(end, from+len(yamlWord(y.raw[from:])))
			continue
		}
		next := 0
		if i == 0 && len(n.Content) > 2 {
			next = y.offset(n.Content[2])
		}
		if j, ok := earlier[k.Value]; ok && twice[k.Value] && j < len(y.entries) {
			y.entries[j].Quirks = append(y.entries[j].Quirks, duplicateQuirk)
		}
		earlier[k.Value] = len(y.entries)
		end = max(end, y.pair(k, v, at, next, i > 0))
	}
	return end
}

func isMerge(k *yaml.Node) bool {
	return k.Kind == yaml.ScalarNode && k.Value == "<<" && k.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) == 0
}

// keys are the keys that a map itself has, and those that stand twice: most
// readers refuse the text, and the last one counts for the rest.
func (y *yamlReader) keys(n *yaml.Node) (all, twice map[string]bool) {
	first := map[string]int{}
	all, twice = map[string]bool{}, map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		k := n.Content[i]
		if k.Kind != yaml.ScalarNode || isMerge(k) {
			continue
		}
		if was, ok := first[k.Value]; ok && y.broken == "" {
			y.broken = fmt.Sprintf("line %d: a key stands twice in the same map; first on line %d", y.realLine(k.Line), y.realLine(was))
		}
		twice[k.Value] = all[k.Value]
		all[k.Value] = true
		first[k.Value] = k.Line
	}
	return all, twice
}

func (y *yamlReader) pair(k, v *yaml.Node, at yamlAt, next int, later bool) int {
	name := k
	if k.Kind == yaml.AliasNode {
		name = k.Alias
	}
	key := y.scalarOrAlias(k, at.indent)
	if name.Kind != yaml.ScalarNode {
		return key.end
	}
	in := at.below(treePath(at.path, name.Value))
	in.key, in.keyed, in.next = key, true, next
	if !at.flow {
		_, column := y.place.at(key.from)
		in.indent = column - 1
	} else if later {
		in.whole = backOver(y.raw, y.comma(key.from))
		in.next = 0
	}
	return max(y.node(v, in), key.end)
}

func (y *yamlReader) scalarOrAlias(n *yaml.Node, indent int) yamlScalar {
	if n.Kind == yaml.ScalarNode {
		s := y.scalar(n, indent)
		if s.span == (span{}) {
			s.span, s.inner = span{s.end, s.end}, span{s.end, s.end}
		}
		return s
	}
	from := min(y.offset(n), len(y.raw))
	end := from
	if n.Kind == yaml.AliasNode {
		end = from + len(yamlWord(y.raw[from:]))
	}
	return yamlScalar{span: span{from, end}, inner: span{from, end}, end: end}
}

// merge reads the maps that << takes over. A key that the map has itself, or had
// from an earlier one, is left out.
func (y *yamlReader) merge(v *yaml.Node, at yamlAt, have map[string]bool, depth int) {
	if v.Kind == yaml.AliasNode {
		v = v.Alias
	}
	if depth > maxTreeDepth || y.active[v] || y.full(at) {
		return
	}
	y.active[v] = true
	defer delete(y.active, v)
	if v.Kind == yaml.SequenceNode {
		for _, item := range v.Content {
			y.merge(item, at, have, depth+1)
		}
		return
	}
	if v.Kind != yaml.MappingNode {
		return
	}
	in := at
	in.flow = v.Style&yaml.FlowStyle != 0
	own := map[string]bool{}
	for i := 0; i+1 < len(v.Content); i += 2 {
		if k := v.Content[i]; k.Kind == yaml.ScalarNode && !isMerge(k) && !have[k.Value] {
			own[k.Value] = true
			y.pair(k, v.Content[i+1], in, 0, i > 0)
		}
	}
	for k := range own {
		have[k] = true
	}
	for i := 0; i+1 < len(v.Content); i += 2 {
		if isMerge(v.Content[i]) {
			y.merge(v.Content[i+1], at, have, depth+1)
		}
	}
}

// alias reads what an alias stands for, in its own place. A scalar can be set
// where the alias stands; what a map or list holds stands at the anchor.
func (y *yamlReader) alias(n *yaml.Node, at yamlAt) int {
	from := y.offset(n)
	end := from + len(yamlWord(y.raw[from:]))
	to := n.Alias
	if to == nil || y.active[to] {
		return end
	}
	if to.Kind == yaml.ScalarNode {
		s := yamlScalar{span: span{from, end}, inner: span{from, end}, end: end}
		y.value(to, s, at)
		return end
	}
	y.active[to] = true
	defer delete(y.active, to)
	at.indent = -1
	i := len(y.entries)
	y.node(to, at)
	if at.keyed && i < len(y.entries) {
		y.setWhole(i, at, at.key.from, end)
	}
	return end
}

// value adds the entry of a scalar.
func (y *yamlReader) value(n *yaml.Node, s yamlScalar, at yamlAt) {
	if !at.keyed && s.span == (span{}) {
		s.span = span{s.end, s.end}
	}
	e := Entry{Value: n.Value, Quote: s.quote, value: s.span}
	e.Type = yamlType(n)
	if s.anchor && n.Value == "" && y.starred {
		e.value = span{} // an alias may need the anchor
	} else if s.span == (span{}) && at.keyed {
		e.value = y.emptyValue(at.key.to)
	}
	plain := s.quote == "" && n.Style&yaml.TaggedStyle == 0
	switch {
	case s.quote == "" && n.Value == "" && s.span != (span{}) && strings.HasPrefix(y.raw[s.from:], "*"):
		// An alias of nothing.
	case s.quote == "" && n.Value == "" && s.span != (span{}) && at.keyed:
		e.Quirks = append(e.Quirks, reservedQuirk(y.raw[s.from:s.to]))
	case e.Type == Expr:
		e.Env, e.Value = homeAssistantEnv(n, y.raw[s.from:s.to])
	default:
		treeExpr(&e)
	}
	if e.Type == Null {
		e.Value = ""
	}
	if plain {
		e.Quirks = append(e.Quirks, y.plainQuirks(n.Value, s, &e)...)
	}
	e.Quirks = append(e.Quirks, treeQuirks(e.Value, e.Type)...)
	y.add(e, at, s.from, s.end)
}

// emptyValue is the place for the value of a key that has none.
func (y *yamlReader) emptyValue(keyEnd int) span {
	i := keyEnd
	for i < len(y.raw) && (y.raw[i] == ' ' || y.raw[i] == '\t') {
		i++
	}
	if i >= len(y.raw) || y.raw[i] != ':' {
		return span{}
	}
	i++
	end := i
	for end < len(y.raw) && (y.raw[end] == ' ' || y.raw[end] == '\t') {
		end++
	}
	if end > i && (end == len(y.raw) || breakLen(y.raw[end:]) > 0) {
		return span{i + 1, end}
	}
	return span{i, i}
}

// yamlBools are what YAML 1.1 takes for a bool besides true and false. PyYAML
// and Psych do; YAML 1.2 reads strings.
var yamlBools = []string{"yes", "Yes", "YES", "no", "No", "NO", "on", "On", "ON", "off", "Off", "OFF"}

func yamlType(n *yaml.Node) Type {
	switch n.ShortTag() {
	case "!!bool":
		return Bool
	case "!!int", "!!float":
		return Number
	case "!!null":
		return Null
	case "!!str", "!!timestamp", "!!binary", "!!merge":
		if n.Style == 0 && slices.Contains(yamlBools, n.Value) {
			return Bool
		}
		return String
	}
	return Expr
}
