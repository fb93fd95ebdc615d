package conf

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// The bounds of what is read from one text. The entries that aliases repeat are
// bounded apart: a few hundred bytes of nested aliases stand for billions.
const (
	maxTreeEntries  = 200_000
	maxAliasEntries = 5_000
	maxTreeDepth    = 100
	maxTreePath     = 4_096 // bytes of a path
)

// parseYAML reads all documents of raw. What a YAML reader refuses is read line
// by line.
func parseYAML(raw string, _ Flavour) *Text {
	t := &Text{}
	bom := len(raw) - len(strings.TrimPrefix(raw, "\ufeff"))
	y := newYAMLReader(raw)
	broken := y.region(span{bom, len(raw)})
	if broken != "" {
		if whole := newYAMLReader(raw); whole.fragments(span{bom, len(raw)}) {
			y, broken = whole, ""
		}
	}
	if broken == "" {
		broken = y.broken
	} else {
		y = newYAMLReader(raw)
		y.tolerant(span{bom, len(raw)})
	}
	y.off(span{bom, len(raw)})
	t.Entries, t.Broken = y.entries, broken
	return t
}

// yamlReader collects the entries of one text.
type yamlReader struct {
	raw     string
	place   treePlace
	entries []Entry
	broken  string // what strict readers refuse though the grammar allows it

	marks   []yamlMark          // the lines of the region, as YAML counts them
	steps   []int               // the offset of every runeStep-th character of the region
	starred bool                // there is a *, perhaps of an alias
	aliases int                 // entries that aliases made
	active  map[*yaml.Node]bool // the anchors that are being repeated
	blocks  []span              // scalars of several lines: a # in them is no comment
	homes   []yamlHome          // the keys on lines of their own, for those that are commented out
}

func newYAMLReader(raw string) *yamlReader {
	return &yamlReader{raw: raw, place: newTreePlace(raw), active: map[*yaml.Node]bool{}, starred: strings.Contains(raw, "*")}
}

// region reads a stretch of the text with a YAML reader. It returns why that
// reader refuses it.
func (y *yamlReader) region(s span) string {
	y.measure(s)
	docs, err := loadYAML(y.raw[s.from:s.to])
	if err != nil {
		return y.reason(err, s)
	}
	for _, d := range docs {
		for _, n := range d.Content {
			y.node(n, yamlAt{indent: -1})
		}
	}
	return ""
}

// loadYAML returns the documents of s. The module panics where it meets a state
// that it does not expect; such a text counts as refused.
func loadYAML(s string) (docs []*yaml.Node, err error) {
	defer func() {
		if recover() != nil {
			docs, err = nil, errors.New("the YAML reader gave up")
		}
	}()
	if !utf8.ValidString(s) {
		return nil, errYAMLEncoding
	}
	l, err := yaml.NewLoader(strings.NewReader(s))
	if err != nil {
		return nil, err
	}
	for {
		n := new(yaml.Node)
		switch err := l.Load(n); {
		case errors.Is(err, io.EOF):
			return docs, nil
		case err != nil:
			return nil, err
		}
		docs = append(docs, n)
	}
}

var errYAMLEncoding = errors.New("the text is not UTF-8")

// fragments reads a text that begins indented: pieces cut out of a file, each
// with an indentation of its own. It reports whether all of them can be read.
func (y *yamlReader) fragments(s span) bool {
	parts := y.split(s)
	if len(parts) < 2 {
		return false
	}
	for _, p := range parts {
		if y.region(p) != "" {
			return false
		}
	}
	return true
}

// split cuts where a line stands left of the one that its piece began with. A
// text that begins at the margin is one piece.
func (y *yamlReader) split(s span) []span {
	var parts []span
	base, from := -1, s.from
	for l := range treeLines(y.raw, s) {
		text := strings.TrimLeft(y.raw[l.from:l.to], " ")
		indent := l.len() - len(text)
		if strings.TrimSpace(text) == "" || text[0] == '#' {
			continue
		}
		if base >= 0 && indent < base {
			parts = append(parts, span{from, l.from})
			from, base = l.from, indent
		}
		if base < 0 {
			base = indent
		}
	}
	return append(parts, span{from, s.to})
}

// yamlReason says in words for people what a complaint means.
type yamlReason struct {
	part    string // of the complaint
	context bool   // the line is that of the context: where the construct began that the reader could not end
	reason  string
}

// yamlReasons are the reader's complaints in words for people. None of the
// reader's own words is shown: some of them quote the text.
var yamlReasons = []yamlReason{
	{"found a tab", false, "a tab indents the line; YAML takes blanks only"},
	{"mixed spaces and tabs", false, "a tab indents the line; YAML takes blanks only"},
	{"cannot start any token", false, "an unquoted value begins with a character that YAML reserves; put it in quotes"},
	{"unknown anchor", false, "an unquoted value begins with *, which YAML takes for an alias; put it in quotes"},
	{"undefined tag handle", false, "an unquoted value begins with !, which YAML takes for a tag; put it in quotes"},
	{"while scanning a tag", true, "an unquoted value begins with !, which YAML takes for a tag; put it in quotes"},
	{"while scanning an anchor", true, "an unquoted value begins with &, which YAML takes for an anchor; put it in quotes"},
	{"while scanning an alias", true, "an unquoted value begins with *, which YAML takes for an alias; put it in quotes"},
	{"unknown escape character", false, "a backslash in double quotes begins no escape that YAML knows; use single quotes"},
	{"hexadecimal number", true, "a backslash in double quotes begins an escape that is not complete; use single quotes"},
	{"while scanning a quoted scalar", true, "a quote is not closed"},
	{"while parsing a flow", true, "a bracket or brace is not closed"},
	{"could not find expected ':'", true, "the line is no \"key: value\"; a colon with a blank behind it is missing"},
	{"block sequence entries", false, "a list element stands where none can be"},
	{"while parsing a block collection", false, "the indentation does not fit the list above"},
	{"while parsing a block mapping", false, "the indentation does not fit the keys above, or text follows a closing quote"},
	{"did not find expected <document start>", false, "the indentation does not fit the lines above"},
	{"while scanning a block scalar", false, "the indentation of a text block is wrong"},
	{"control characters", false, "a control character stands in the text"},
	{"exceeded max depth", false, "it is nested too deeply"},
}

// Trouble is why a text cannot be read, and where: both count from 1.
type Trouble struct {
	Line, Column int
	Reason       string // in words of ours, which do not quote the text
}

// LoadYAML returns the documents of a text, or why a YAML reader refuses it.
func LoadYAML(raw string) ([]*yaml.Node, *Trouble) {
	y := newYAMLReader(raw)
	all := span{len(raw) - len(strings.TrimPrefix(raw, "\ufeff")), len(raw)}
	y.measure(all)
	docs, err := loadYAML(raw[all.from:])
	if err != nil {
		t := y.trouble(err, all)
		return nil, &t
	}
	return docs, nil
}

func (y *yamlReader) reason(err error, s span) string {
	t := y.trouble(err, s)
	return fmt.Sprintf("line %d: %s", t.Line, t.Reason)
}

func (y *yamlReader) trouble(err error, s span) Trouble {
	line, column := y.place.ln.at(s.from)
	if errors.Is(err, errYAMLEncoding) {
		at := s.from
		for at < s.to {
			r, n := utf8.DecodeRuneInString(y.raw[at:s.to])
			if r == utf8.RuneError && n == 1 {
				break
			}
			at += n
		}
		line, column = y.place.ln.at(at)
		return Trouble{line, column, "the text is not UTF-8"}
	}
	var le *yaml.LoadError
	if !errors.As(err, &le) {
		return Trouble{line, column, "a YAML reader refuses the text"}
	}
	words := le.Message + " " + le.ContextMsg
	mark := le.Mark
	if mark.Line == 0 {
		mark = le.ContextMark
	}
	reason := "the text is not valid YAML"
	if strings.Contains(words, "mapping values") {
		reason = y.misplaced(mark.Line)
	}
	i := slices.IndexFunc(yamlReasons, func(r yamlReason) bool { return strings.Contains(words, r.part) })
	if i >= 0 {
		reason = yamlReasons[i].reason
		if yamlReasons[i].context && le.ContextMark.Line > 0 {
			mark = le.ContextMark
		}
	}
	line, column = y.realPlace(mark)
	return Trouble{line, column, y.tabbed(mark.Line, reason)}
}

// realPlace is a place that YAML counted, as people count them.
func (y *yamlReader) realPlace(mark yaml.Mark) (line, column int) {
	if mark.Line < 1 || mark.Line > len(y.marks) {
		// The reader gives no place for control characters.
		from := y.marks[0].offset
		at := strings.IndexFunc(y.raw[from:], func(r rune) bool { return treeControl(r) && !strings.ContainsRune("\t\r\n", r) })
		return y.place.ln.at(from + max(0, at))
	}
	line, _ = y.place.ln.at(y.marks[mark.Line-1].offset)
	return line, max(mark.Column, 1)
}

// realLine is a line that YAML counted, as people count them.
func (y *yamlReader) realLine(line int) int {
	line, _ = y.realPlace(yaml.Mark{Line: line})
	return line
}

// misplaced tells what a colon does wrong that makes no key.
func (y *yamlReader) misplaced(mark int) string {
	line := y.markLine(mark)
	if key, rest, ok := strings.Cut(line, ": "); ok && strings.TrimSpace(key) != "" && strings.Contains(rest, ": ") {
		return "an unquoted value holds a colon with a blank behind it; put it in quotes"
	}
	if above := strings.TrimSpace(y.markLine(mark - 1)); above != "" && !strings.Contains(above, ": ") && !strings.HasSuffix(above, ":") {
		return "the line above is no \"key: value\"; a blank behind its colon is missing, or the colon"
	}
	return "the indentation does not fit the key above, which has a value already"
}

// tabbed blames the tab where a line begins with one.
func (y *yamlReader) tabbed(mark int, reason string) string {
	line := y.markLine(mark)
	if strings.Contains(line[:len(line)-len(strings.TrimLeft(line, " \t"))], "\t") {
		return yamlReasons[0].reason
	}
	return reason
}

func (y *yamlReader) markLine(mark int) string {
	if mark < 1 || mark > len(y.marks) {
		return ""
	}
	end := len(y.raw)
	if mark < len(y.marks) {
		end = y.marks[mark].offset
	}
	return y.raw[y.marks[mark-1].offset:end]
}
