package conf

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// treePlace turns offsets into lines and columns. It is quick where they grow,
// on one long line too.
type treePlace struct {
	ln                   *lines
	offset, line, column int
}

func newTreePlace(raw string) treePlace {
	return treePlace{ln: newLines(raw), line: 1, column: 1}
}

// at is the line and column of an offset.
func (p *treePlace) at(offset int) (line, column int) {
	start := p.ln.line(offset).from
	if start == p.ln.line(p.offset).from && p.offset <= offset {
		p.column += utf8.RuneCountInString(p.ln.raw[p.offset:offset])
	} else {
		p.line, p.column = p.ln.at(offset)
	}
	p.offset = offset
	return p.line, p.column
}

// treeLines yields the lines of a stretch, their line ends included.
func treeLines(raw string, s span) func(func(span) bool) {
	return func(yield func(span) bool) {
		for at := s.from; at < s.to; {
			end := s.to
			if i := strings.IndexByte(raw[at:s.to], '\n'); i >= 0 {
				end = at + i + 1
			}
			if !yield(span{at, end}) {
				return
			}
			at = end
		}
	}
}

// treePath is the path of a child. That of a text's root is empty.
func treePath(parent, name string) string {
	if parent == "" {
		return name
	}
	return Join(parent, name)
}

func treeIndex(parent string, i int) string { return treePath(parent, strconv.Itoa(i)) }

// lastPart is the part of a key's span behind its last dot: what Rename writes.
func lastPart(raw string, s span) span {
	return span{s.from + strings.LastIndexByte(raw[s.from:s.to], '.') + 1, s.to}
}

// alone reports whether only blanks stand before an offset on its line, and
// returns the line, its line end included.
func (p *treePlace) alone(offset int) (line span, alone bool) {
	line = p.ln.line(offset)
	return line, strings.TrimLeft(p.ln.raw[line.from:offset], " \t") == ""
}

// backOver is where the blanks and line ends before an offset begin.
func backOver(raw string, at int) int { return len(strings.TrimRight(raw[:at], " \t\r\n")) }

// treeGap ends the last line before something is added.
func treeGap(before, nl string) string {
	if before == "" || strings.HasSuffix(before, "\n") {
		return ""
	}
	return nl
}

// treeParent is the path that an entry's own key, dots included, stands below.
func treeParent(e Entry, own string) string {
	return strings.TrimSuffix(strings.TrimSuffix(e.Key, own), ".")
}

// treeRest is what of a new path is written beside an entry: the part below its
// parent, as one key where its own key has dots.
func treeRest(key string, like Entry, own, quote string) []string {
	parent := treeParent(like, own)
	rest, ok := key, true
	if parent != "" {
		rest, ok = strings.CutPrefix(key, parent+".")
	}
	switch {
	case !ok:
		return []string{key[strings.LastIndexByte(key, '.')+1:]}
	case strings.Contains(own, "."):
		return []string{rest}
	}
	return strings.Split(rest, ".")
}

// treeNearest is the entry to put a new path beside: the last one of the deepest
// map on its way that is there already, or else like.
func treeNearest(t *Text, key string, like Entry) Entry {
	best, depth := like, -1
	for _, e := range t.Entries {
		if e.Off || e.key == (span{}) || e.Scope != like.Scope || e.Type == Null {
			continue
		}
		parent := e.Key[:max(0, strings.LastIndexByte(e.Key, '.'))]
		if parent != "" && strings.HasPrefix(key, parent+".") && len(parent) >= depth && len(parent) > len(treeShared(key, like.Key)) {
			best, depth = e, len(parent)
		}
	}
	return best
}

// treeShared is the path that two paths have in common, without the last part of
// the second.
func treeShared(key, like string) string {
	parent := like[:max(0, strings.LastIndexByte(like, '.'))]
	for parent != "" && !strings.HasPrefix(key, parent+".") {
		parent = parent[:max(0, strings.LastIndexByte(parent, '.'))]
	}
	return parent
}

// treeLast is the entry at the end of a text that a path without a sibling is
// put beside: the last one without a parent.
func treeLast(t *Text, key string) Entry {
	best := Entry{}
	for _, e := range t.Entries {
		if !e.Off && e.key != (span{}) && (best.key == (span{}) || e.Column <= best.Column) {
			best = e
		}
	}
	return best
}

// treeEnd is the end of the last line of an entry and of what stands below it.
func treeEnd(t *Text, e Entry) int {
	end := lineBegin(t.Raw, e.whole.to)
	for _, c := range t.Entries {
		if !c.Off && c.Scope == e.Scope && strings.HasPrefix(c.Key, e.Key+".") && c.whole.from >= e.whole.from {
			end = max(end, lineBegin(t.Raw, c.whole.to))
		}
	}
	return end
}

// lineBegin is the end of a text, or where the line begins that an offset is on:
// what Remove takes out of an entry behind a dash ends at the next key.
func lineBegin(raw string, at int) int {
	if at == len(raw) {
		return at
	}
	return strings.LastIndexByte(raw[:at], '\n') + 1
}
