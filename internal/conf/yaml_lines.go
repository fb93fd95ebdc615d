package conf

import (
	"regexp"
	"strings"

	"go.yaml.in/yaml/v4"
)

// yamlFrame is a map or a list that lines stand in.
type yamlFrame struct {
	indent int
	list   bool
	path   string
	n      int  // elements of a list so far
	last   int  // the entry of the last key, -1 for none
	open   bool // that key has no value yet
}

// tolerant reads line by line what a YAML reader refuses: the indentation tells
// what belongs to what, and a line that is no key or element is passed over.
func (y *yamlReader) tolerant(s span) {
	y.measure(s)
	frames := []yamlFrame{{indent: -1, last: -1}}
	skip := s.from
	for l := range treeLines(y.raw, s) {
		if l.from < skip || isDocumentMark(y.raw[l.from:l.to]) || len(y.entries) >= maxTreeEntries {
			continue
		}
		text := y.trimEnd(l)
		at := y.blanks(l.from, text)
		if at == text || y.raw[at] == '#' {
			continue
		}
		frames, skip = y.tolerantLine(frames, l.from, at, text)
	}
}

// trimEnd is the end of what a line says.
func (y *yamlReader) trimEnd(l span) int {
	return l.from + len(strings.TrimRight(y.raw[l.from:l.to], " \t\r\n"))
}

// blanks is the first place from i on that is no blank.
func (y *yamlReader) blanks(i, end int) int {
	for i < end && (y.raw[i] == ' ' || y.raw[i] == '\t') {
		i++
	}
	return i
}

// width is how far a place on a line is indented. A tab counts as two blanks,
// the usual step.
func (y *yamlReader) width(from, at int) int {
	return at - from + strings.Count(y.raw[from:at], "\t")
}

// tolerantLine reads the line that begins at from, its text from at to end. It
// returns where the value ends when that is on a later line.
func (y *yamlReader) tolerantLine(frames []yamlFrame, from, at, end int) ([]yamlFrame, int) {
	for at < end && y.raw[at] == '-' && (at+1 == end || y.raw[at+1] == ' ' || y.raw[at+1] == '\t') {
		frames = y.dash(frames, y.width(from, at))
		at = y.blanks(at+1, end)
	}
	if at == end || len(frames) > maxTreeDepth {
		return frames, 0
	}
	key, value, ok := y.lineKey(at, end)
	if !ok {
		return frames, y.element(frames, at, end, from)
	}
	indent := y.width(from, key.from)
	frames = y.mapAt(frames, indent)
	top := &frames[len(frames)-1]
	e, stop := y.lineValue(value, end, indent)
	e.key, e.Key = lastPart(y.raw, key.inner), treePath(top.path, unquoteKey(y.raw, key))
	if len(e.Key) > maxTreePath {
		return frames, stop
	}
	e.whole = span{from, y.lineEnd(max(end, stop))}
	e.Line, e.Column = y.place.at(key.from)
	y.entries = append(y.entries, e)
	y.homes = append(y.homes, yamlHome{e.whole.from, indent, top.path, e.Key, e.Type == Null})
	top.last, top.open = len(y.entries)-1, e.Type == Null && e.Quote == "" && e.value.len() == 0
	return frames, stop
}

// dash opens or continues the list of a dash.
func (y *yamlReader) dash(frames []yamlFrame, indent int) []yamlFrame {
	for len(frames) > 1 && frames[len(frames)-1].indent > indent {
		frames = frames[:len(frames)-1]
	}
	top := &frames[len(frames)-1]
	if top.list && top.indent == indent {
		top.n++
		return frames
	}
	return append(frames, yamlFrame{indent: indent, list: true, path: y.parentPath(top), n: 1, last: -1})
}

// parentPath is the path of what begins below the last key or element.
func (y *yamlReader) parentPath(top *yamlFrame) string {
	switch {
	case top.list:
		return treeIndex(top.path, max(0, top.n-1))
	case top.open && top.last >= 0:
		e := &y.entries[top.last]
		e.Type, e.value = Branch, span{}
		return e.Key
	}
	return top.path
}

// mapAt opens or continues the map of a key. A key that is indented deeper than
// one with a value belongs beside it.
func (y *yamlReader) mapAt(frames []yamlFrame, indent int) []yamlFrame {
	for len(frames) > 1 && (frames[len(frames)-1].indent > indent || frames[len(frames)-1].indent == indent && frames[len(frames)-1].list) {
		frames = frames[:len(frames)-1]
	}
	top := &frames[len(frames)-1]
	if top.list || top.indent < indent && (top.indent < 0 || top.open) {
		return append(frames, yamlFrame{indent: indent, path: y.parentPath(top), last: -1})
	}
	return frames
}

// element adds an element of a list that is no map.
func (y *yamlReader) element(frames []yamlFrame, at, end, from int) int {
	top := &frames[len(frames)-1]
	if !top.list || y.raw[y.blanks(from, end)] != '-' {
		return 0
	}
	e, stop := y.lineValue(at, end, top.indent)
	e.Key = treeIndex(top.path, max(0, top.n-1))
	e.whole = span{from, y.lineEnd(max(end, stop))}
	e.Line, e.Column = y.place.at(at)
	y.entries = append(y.entries, e)
	return stop
}

// lineKey finds the key that stands at at, and where its value begins. A name
// whose colon lacks its blank is a key as well.
func (y *yamlReader) lineKey(at, end int) (key yamlScalar, value int, ok bool) {
	line := y.raw[at:end]
	switch {
	case line == "":
		return key, 0, false
	case line[0] == '"' || line[0] == '\'':
		if key.end = at + quotedLen(line); key.end < at+2 {
			return key, 0, false
		}
		key.span, key.inner, key.quote = span{at, key.end}, span{at + 1, key.end - 1}, line[:1]
	default:
		n := keyLen(line)
		if n == 0 {
			return key, 0, false
		}
		key.end = at + n
		key.span, key.inner = span{at, key.end}, span{at, key.end}
	}
	colon := y.blanks(key.end, end)
	if colon == end || y.raw[colon] != ':' || colon+1 < end && key.quote != "" && y.raw[colon+1] != ' ' {
		return key, 0, false
	}
	return key, colon + 1, true
}

// quotedLen is the length of the quoted text that a line begins with, 0 where
// the quote is not closed.
func quotedLen(line string) int {
	end := doubleEnd(line, 0)
	if line[0] == '\'' {
		end = singleEnd(line, 0)
	}
	if end < 2 || line[end-1] != line[0] || line[0] == '"' && end == len(line) && strings.HasSuffix(line, `\"`) {
		return 0
	}
	return end
}

var bareKey = regexp.MustCompile(`^([A-Za-z_][\w.-]*):[^\s/:]`)

// keyLen is the length of the unquoted key that a line begins with.
func keyLen(line string) int {
	if strings.IndexByte("#&*!|>%@`[]{},?", line[0]) >= 0 {
		return 0
	}
	for i := 0; i < len(line); i++ {
		if line[i] == ':' && (i+1 == len(line) || line[i+1] == ' ' || line[i+1] == '\t') {
			return len(strings.TrimRight(line[:i], " \t"))
		}
		if line[i] == '#' && i > 0 && (line[i-1] == ' ' || line[i-1] == '\t') {
			break
		}
	}
	if m := bareKey.FindStringSubmatch(line); m != nil {
		return len(m[1])
	}
	return 0
}

func unquoteKey(raw string, key yamlScalar) string {
	if key.quote == "" {
		return raw[key.from:key.to]
	}
	return unquoteYAML(raw[key.from:key.to])
}

// unquoteYAML reads a quoted text as YAML does. One that YAML refuses stays as
// it is within the quotes.
func unquoteYAML(quoted string) string {
	docs, err := loadYAML(quoted)
	if err != nil || len(docs) != 1 || len(docs[0].Content) != 1 || docs[0].Content[0].Kind != yaml.ScalarNode {
		return quoted[1 : len(quoted)-1]
	}
	return docs[0].Content[0].Value
}

// lineValue reads the value that begins behind from. It returns where that ends
// when it goes beyond the line.
func (y *yamlReader) lineValue(from, end, indent int) (Entry, int) {
	at := y.blanks(from, end)
	if at == end || y.raw[at] == '#' && at > from {
		e := Entry{Type: Null, value: span{from, from}}
		if q, ok := y.cutAtHash(yamlScalar{end: from}, &e); ok {
			e.Quirks = append(e.Quirks, q)
		}
		return e, 0
	}
	var e Entry
	stop := 0
	switch y.raw[at] {
	case '"', '\'':
		e = y.lineQuoted(at, end)
	case '|', '>':
		stop = y.blockEnd(at, indent)
		e = Entry{Type: String, Quote: "|", value: span{at, stop}, Value: blockText(y.raw[at:stop])}
		y.blocks = append(y.blocks, e.value)
	case '{', '[':
		e = y.lineFlow(at, end)
	default:
		e = y.linePlain(at, end)
	}
	treeExpr(&e)
	e.Quirks = append(e.Quirks, treeQuirks(e.Value, e.Type)...)
	return e, stop
}

func (y *yamlReader) lineQuoted(at, end int) Entry {
	line := y.raw[at:end]
	n := quotedLen(line)
	if n == 0 {
		return Entry{Type: String, Quote: line[:1], Value: line[1:], value: span{at, end},
			Quirks: []Quirk{{Kind: Unclosed, Text: "the quote is not closed", Fix: yamlDouble(line[1:])}}}
	}
	e := Entry{Type: String, Quote: line[:1], Value: unquoteYAML(line[:n]), value: span{at, at + n}}
	rest := strings.TrimLeft(line[n:], " \t")
	if rest != "" && rest[0] != '#' {
		e.Quirks = append(e.Quirks, Quirk{Kind: BadSyntax, Text: "text follows the closing quote"})
	}
	return e
}

// blockText is the value of a text block, without the finer points of its header.
func blockText(raw string) string {
	all := strings.Split(strings.ReplaceAll(raw, "\r", ""), "\n")
	for i := range all {
		all[i] = strings.TrimSpace(all[i])
	}
	return strings.Join(all[1:], "\n")
}

// lineFlow is a value in brackets, or a template.
func (y *yamlReader) lineFlow(at, end int) Entry {
	text := y.raw[at:end]
	if i := strings.LastIndex(text, "}}"); strings.HasPrefix(text, "{{") && i > 0 {
		return Entry{Type: Expr, Value: text[:i+2], value: span{at, at + i + 2}}
	}
	if i := strings.LastIndexAny(text, "]}"); i > 0 {
		return Entry{Type: Expr, Value: text[:i+1], value: span{at, at + i + 1}}
	}
	return Entry{Type: String, Value: text, value: span{at, end},
		Quirks: []Quirk{{Kind: BadSyntax, Text: "a bracket or brace is not closed", Fix: yamlDouble(text)}}}
}

// linePlain is an unquoted value, with the tag that stands before it.
func (y *yamlReader) linePlain(at, end int) Entry {
	text := y.raw[at:end]
	for i := 1; i < len(text); i++ {
		if text[i] == '#' && (text[i-1] == ' ' || text[i-1] == '\t') {
			text = strings.TrimRight(text[:i], " \t")
			break
		}
	}
	s := yamlScalar{span: span{at, at + len(text)}, end: at + len(text)}
	e := Entry{Type: String, Value: text, value: s.span}
	switch n := yamlScalarNode(text); {
	case text[0] == '!' && len(yamlWord(text)) < len(text):
		e.Type = Expr
	case text[0] == '*' && strings.Contains(y.raw, "&"+text[1:]):
		e.Type = Expr
	case strings.IndexByte("%@`*&!", text[0]) >= 0:
		e.Quirks = append(e.Quirks, Quirk{Kind: BadSyntax, Text: "an unquoted value begins with a character that YAML reserves", Fix: yamlDouble(text)})
	case strings.Contains(text, ": "):
		e.Quirks = append(e.Quirks, Quirk{Kind: BadSyntax, Text: "an unquoted value holds a colon with a blank behind it", Fix: yamlDouble(text)})
	case n != nil:
		if e.Type = yamlType(n); e.Type == Null {
			e.Value = ""
		}
		e.Quirks = append(e.Quirks, y.plainQuirks(text, s, &e)...)
	}
	if y.raw[at-1] == ':' {
		e.Quirks = append(e.Quirks, Quirk{Kind: BadSyntax, Text: "a blank behind the colon is missing", Fix: " " + text})
	}
	return e
}

// yamlScalarNode is the node of an unquoted value, nil where YAML reads anything
// else.
func yamlScalarNode(text string) *yaml.Node {
	docs, err := loadYAML(text)
	if err != nil || len(docs) != 1 || len(docs[0].Content) != 1 {
		return nil
	}
	n := docs[0].Content[0]
	if n.Kind != yaml.ScalarNode || n.Value != text || n.Style != 0 || n.Anchor != "" {
		return nil
	}
	return n
}
