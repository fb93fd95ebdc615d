package conf

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// parseJSON reads a whole file or a fragment of one: members without their outer
// braces, one object on each line, a piece that ends with the braces of what it
// was cut from. Comments and trailing commas are passed over.
func parseJSON(raw string, f Flavour) *Text {
	j := newJSONReader(raw)
	j.comments = f == JSONC
	j.top()
	return &Text{Entries: j.entries, Broken: j.broken()}
}

// jsonReader collects the entries of one text.
type jsonReader struct {
	raw     string
	place   treePlace
	entries []Entry
	at      int
	faults  []jsonFault // what a strict parser refuses, the first ones

	comments bool // and commas behind the last element are no faults
}

// jsonFault is something that a strict parser refuses.
type jsonFault struct {
	offset int
	reason string
}

func newJSONReader(raw string) *jsonReader {
	return &jsonReader{raw: raw, place: newTreePlace(raw), at: len(raw) - len(strings.TrimPrefix(raw, "\ufeff"))}
}

// fault keeps the first fault: the others mostly follow from it.
func (j *jsonReader) fault(offset int, reason string) {
	if len(j.faults) == 0 {
		j.faults = append(j.faults, jsonFault{offset, reason})
	}
}

// broken tells what a strict parser says to the text where that is a whole file.
// A byte order mark is no fault: those who write one read it.
func (j *jsonReader) broken() string {
	text := strings.TrimPrefix(j.raw, "\ufeff")
	if begin := newJSONReader(text); !begin.whole() {
		return ""
	}
	err := strictJSON(text)
	if err == nil || j.comments && len(j.faults) == 0 {
		return ""
	}
	f := jsonFault{0, "the text is not valid JSON"}
	var se *json.SyntaxError
	if errors.As(err, &se) {
		f.offset = len(j.raw) - len(text) + max(0, int(se.Offset)-1)
	}
	if len(j.faults) > 0 {
		f = j.faults[0]
	}
	line, _ := j.place.ln.at(min(f.offset, len(j.raw)))
	return fmt.Sprintf("line %d: %s", line, f.reason)
}

// whole reports whether the text begins as a file does.
func (j *jsonReader) whole() bool {
	j.skip(&jsonIn{list: true})
	return j.at < len(j.raw) && (j.raw[j.at] == '{' || j.raw[j.at] == '[')
}

// strictJSON reads the values of a text, one or one on each line.
func strictJSON(text string) error {
	d := json.NewDecoder(strings.NewReader(text))
	for {
		var v json.RawMessage
		switch err := d.Decode(&v); {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
	}
}

// top reads what stands at the top of the text.
func (j *jsonReader) top() {
	in := jsonIn{first: true, comma: -1, prev: -1, top: true, names: map[string]int{}}
	for {
		j.skip(&in)
		if j.at >= len(j.raw) {
			return
		}
		switch j.raw[j.at] {
		case '{', '[':
			j.value(jsonAt{}, &in)
			in.first = true
		case '}', ']', ':':
			// The end of what the fragment was cut from.
			j.at++
			in.first = true
		case ',':
			j.at++
		default:
			j.member("", 0, &in)
		}
	}
}

// jsonIn is the object or list that is being read.
type jsonIn struct {
	path  string
	depth int
	first bool           // no member was read yet
	comma int            // the comma before the member to come, -1 for none
	prev  int            // the end of the value before, -1 for none
	names map[string]int // the entries of its keys
	list  bool
	top   bool // not within braces: next does not see its members
	n     int
}

// jsonAt is where a value stands.
type jsonAt struct {
	path  string
	depth int
	keyed bool
	key   span // without its quotes
	from  int  // of the member
}

// container reads an object or a list up to what closes it.
func (j *jsonReader) container(path string, depth int) {
	open := j.at
	in := jsonIn{path: path, depth: depth, first: true, comma: -1, prev: -1, list: j.raw[open] == '[', names: map[string]int{}}
	closer := byte('}')
	if in.list {
		closer = ']'
	}
	for j.at++; ; {
		j.skip(&in)
		if j.at >= len(j.raw) {
			j.fault(open, "a brace or bracket is not closed")
			return
		}
		switch c := j.raw[j.at]; {
		case c == '}' || c == ']':
			j.close(&in, c, closer)
			return
		case c == ',':
			j.comma(&in)
		default:
			j.next(&in)
		}
	}
}

func (j *jsonReader) close(in *jsonIn, c, want byte) {
	if in.comma >= 0 {
		if !j.comments {
			j.fault(in.comma, "a comma stands behind the last element")
		}
	}
	if c != want {
		j.fault(j.at, "a brace and a bracket are mixed up")
	}
	j.at++
}

func (j *jsonReader) comma(in *jsonIn) {
	if in.first || in.comma >= 0 {
		j.fault(j.at, "a comma stands where none can be")
	}
	in.comma = j.at
	j.at++
}

// next reads a member or an element.
func (j *jsonReader) next(in *jsonIn) {
	if !in.first && in.comma < 0 {
		j.fault(in.prev, "a comma is missing behind the value")
	}
	from, own := j.at, -1
	if in.list {
		own = j.value(jsonAt{path: treeIndex(in.path, in.n), depth: in.depth + 1, from: from}, in)
		in.n++
	} else {
		own = j.member(in.path, in.depth, in)
	}
	if j.at == from {
		j.at++
	}
	if own >= 0 {
		j.wholes(in, own, from)
	}
	in.first, in.comma, in.prev = false, -1, j.at
}

// wholes tells what Remove takes out with the entry i, which begins at from and
// was just read: the comma before it goes too, or with the first one that behind
// it.
func (j *jsonReader) wholes(in *jsonIn, i, from int) {
	e := &j.entries[i]
	if in.comma >= 0 && strings.Trim(j.raw[in.comma+1:from], " \t\r\n") == "" {
		e.whole = span{in.comma, j.at}
		return
	}
	end := j.at
	for end < len(j.raw) && (j.raw[end] == ' ' || j.raw[end] == '\t') {
		end++
	}
	if end < len(j.raw) && j.raw[end] == ',' {
		end++
	} else {
		end = j.at
	}
	line, alone := j.place.alone(from)
	if rest := strings.TrimLeft(j.raw[end:min(len(j.raw), j.place.ln.line(end).to)], " \t\r"); alone && (rest == "" || rest[0] == '\n') {
		e.whole = span{line.from, max(end, j.place.ln.line(end).to)}
		return
	}
	for end > j.at && end < len(j.raw) && (j.raw[end] == ' ' || j.raw[end] == '\t') {
		end++
	}
	e.whole = span{from, end}
}

// member reads a key with its value. It returns the entry, -1 for none.
func (j *jsonReader) member(path string, depth int, in *jsonIn) int {
	from := j.at
	key := j.word()
	j.skip(in)
	if j.at >= len(j.raw) || j.raw[j.at] != ':' {
		j.fault(from, "a key or the colon behind it is missing")
		j.at = max(j.at, from+1)
		return -1
	}
	if key.quote != `"` {
		j.fault(from, "a key is not in double quotes")
	}
	j.at++
	j.skip(in)
	i := j.value(jsonAt{path: treePath(path, key.value), depth: depth + 1, keyed: true, key: key.inner, from: from}, in)
	if i < 0 {
		return -1
	}
	if was, ok := in.names[key.value]; ok {
		j.entries[was].Quirks = append(j.entries[was].Quirks, duplicateQuirk)
	}
	in.names[key.value] = i
	if in.top {
		j.wholes(in, i, from)
	}
	return i
}
