package conf

import (
	"regexp"
	"slices"
	"strings"
)

// yamlHome is a key of the text and the map that it stands in.
type yamlHome struct {
	offset, indent int
	parent, key    string // paths
	open           bool   // it has no value, or children
}

// yamlOff is a line that is commented out: the blanks before its mark, those
// behind it and the key.
var yamlOff = regexp.MustCompile(`^([ \t]*)#([ \t]*)([A-Za-z_][\w.-]*|"[\w.-]+"|'[\w.-]+')[ \t]*:(?:[ \t]|\r?\n?$)`)

// yamlOffs reads the lines that are commented out, in the order of the text.
type yamlOffs struct {
	y      *yamlReader
	frames []yamlHome // the keys that a line may stand below or beside, the innermost last
	next   int        // the first of the keys behind the line
	above  []yamlHome // the keys that are off on the lines right above, by the column of the key
}

// off adds the keys that are commented out, with the path of the map that stands
// around them.
func (y *yamlReader) off(s span) {
	slices.SortFunc(y.blocks, func(a, b span) int { return a.from - b.from })
	o := yamlOffs{y: y}
	var found []Entry
	block := 0
	for l := range treeLines(y.raw, s) {
		o.pass(l.to)
		for block < len(y.blocks) && y.blocks[block].to <= l.from {
			block++
		}
		if block < len(y.blocks) && y.blocks[block].from < l.from || len(found) >= maxTreeEntries {
			continue
		}
		if e, ok := o.read(l); ok {
			found = append(found, e)
		}
	}
	y.entries = interleave(y.entries, found)
}

// interleave puts the entries that are off in their places. What an alias
// repeats stands at its anchor and is no guide.
func interleave(entries, off []Entry) []Entry {
	if len(off) == 0 {
		return entries
	}
	all := make([]Entry, 0, len(entries)+len(off))
	for _, e := range entries {
		for len(off) > 0 && off[0].whole.from < max(e.key.from, e.value.from) && off[0].whole.from < max(e.whole.from, e.key.from) {
			all = append(all, off[0])
			off = off[1:]
		}
		all = append(all, e)
	}
	return append(all, off...)
}

// pass takes in the keys up to the end of a line.
func (o *yamlOffs) pass(end int) {
	for ; o.next < len(o.y.homes) && o.y.homes[o.next].offset < end; o.next++ {
		h := o.y.homes[o.next]
		n := len(o.frames)
		for n > 0 && o.frames[n-1].indent >= h.indent {
			n--
		}
		o.frames = append(o.frames[:n], h)
		o.above = nil
	}
}

func (o *yamlOffs) read(l span) (Entry, bool) {
	line := o.y.raw[l.from:l.to]
	m := yamlOff.FindStringSubmatchIndex(line)
	if m == nil {
		if strings.TrimSpace(line) == "" {
			o.above = nil
		}
		return Entry{}, false
	}
	mark, column := m[2]+m[3], m[6]
	parent, alone, ok := o.parent(mark, column)
	if !ok {
		return Entry{}, false
	}
	end := o.y.trimEnd(l)
	at := l.from + column
	key, value, ok := o.y.lineKey(at, end)
	if from := o.y.blanks(value, end); !ok || from < end && (o.y.raw[from] == '|' || o.y.raw[from] == '>') {
		return Entry{}, false
	}
	e, _ := o.y.lineValue(value, end, column)
	e.Key, e.key, e.Off, e.whole = treePath(parent, unquoteKey(o.y.raw, key)), lastPart(o.y.raw, key.inner), true, l
	e.Line, e.Column = o.y.place.ln.at(at)
	o.push(yamlHome{at, column, parent, e.Key, e.Type == Null})
	if !alone {
		// Without its mark the line would stand at the wrong indentation: a value
		// right behind the mark keeps Enable from it.
		e.value = span{l.from + mark + 1, l.from + mark + 1}
	}
	return e, len(e.Key) <= maxTreePath
}

func (o *yamlOffs) push(h yamlHome) {
	for len(o.above) > 0 && o.above[len(o.above)-1].indent >= h.indent {
		o.above = o.above[:len(o.above)-1]
	}
	o.above = append(o.above, h)
}

// parent is the path of the map that a line belongs to whose comment mark and
// key stand in these columns, from 0. The line can be put in force alone when
// the key would then stand in that map's column.
func (o *yamlOffs) parent(mark, column int) (path string, alone, ok bool) {
	for i := len(o.above) - 1; i >= 0; i-- {
		if h := o.above[i]; h.indent < column && h.open {
			return h.key, false, true
		} else if h.indent == column && i > 0 {
			return h.parent, false, true
		}
	}
	if column > mark+2 {
		// The mark was put before the blanks of the line, or over the first of them.
		if path, ok = o.column(column - 1); !ok {
			path, ok = o.column(column)
		}
		return path, false, ok
	}
	if deeper, ok := o.continued(mark); ok {
		return deeper, false, true
	}
	path, ok = o.column(mark)
	return path, ok, ok
}

// continued is the map that goes on behind the line, where that stands deeper
// than the comment mark: the mark was put at the margin.
func (o *yamlOffs) continued(mark int) (string, bool) {
	if o.next >= len(o.y.homes) || o.y.homes[o.next].indent <= mark {
		return "", false
	}
	next := o.y.homes[o.next]
	for i := len(o.frames) - 1; i >= 0; i-- {
		if f := o.frames[i]; f.indent == next.indent && f.parent == next.parent {
			return f.parent, true
		}
	}
	return "", false
}

// column is the path of the map whose keys stand in a column.
func (o *yamlOffs) column(indent int) (string, bool) {
	for i := len(o.frames) - 1; i >= 0; i-- {
		switch f := o.frames[i]; {
		case f.indent == indent:
			return f.parent, true
		case f.indent < indent:
			return f.key, f.open && i == len(o.frames)-1
		}
	}
	if o.next < len(o.y.homes) {
		return o.y.homes[o.next].parent, o.y.homes[o.next].indent == indent
	}
	return "", indent == 0
}
