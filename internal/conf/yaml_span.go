package conf

import (
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// runeStep is how many characters part the offsets that measure keeps.
const runeStep = 32

// yamlMark is where a line begins: in bytes, and in characters from the begin of
// the region.
type yamlMark struct{ offset, runes int }

// measure finds the lines of a stretch as YAML counts them: CR, NEL and the
// Unicode separators end lines as well.
func (y *yamlReader) measure(s span) {
	y.marks, y.steps = []yamlMark{{s.from, 0}}, nil
	runes, next := 0, s.from
	for i, r := range y.raw[s.from:s.to] {
		i += s.from
		if runes%runeStep == 0 {
			y.steps = append(y.steps, i)
		}
		runes++
		// Of CR LF, only the LF ends the line.
		if n := breakLen(y.raw[i:s.to]); n > 0 && i >= next && (r != '\r' || n == 1) {
			next = i + n
			y.marks = append(y.marks, yamlMark{next, runes})
		}
	}
}

// breakLen is the length of the line break that s begins with.
func breakLen(s string) int {
	switch {
	case strings.HasPrefix(s, "\r\n"), strings.HasPrefix(s, "\u0085"):
		return 2
	case s != "" && (s[0] == '\n' || s[0] == '\r'):
		return 1
	case strings.HasPrefix(s, "\u2028"), strings.HasPrefix(s, "\u2029"):
		return 3
	}
	return 0
}

// offset is where a node begins. Its tag and anchor belong to it.
func (y *yamlReader) offset(n *yaml.Node) int {
	if n.Line < 1 || n.Line > len(y.marks) {
		return len(y.raw)
	}
	runes := y.marks[n.Line-1].runes + n.Column - 1
	if runes/runeStep >= len(y.steps) {
		return len(y.raw)
	}
	at := y.steps[runes/runeStep]
	for range runes % runeStep {
		_, w := utf8.DecodeRuneInString(y.raw[at:])
		at += w
	}
	return at
}

// yamlScalar is where a scalar stands.
type yamlScalar struct {
	span          // with its tag, without its anchor; none where it is empty
	inner  span   // without quotes and tag
	end    int    // behind it, or where it would stand
	quote  string // as in Entry
	anchor bool   // an anchor names it
}

// scalar finds a scalar whose parent is indented by indent; the root's is -1.
func (y *yamlReader) scalar(n *yaml.Node, indent int) yamlScalar {
	from := y.offset(n)
	text, tag, worded := y.properties(from)
	s := yamlScalar{anchor: n.Anchor != ""}
	switch {
	case n.Style&yaml.DoubleQuotedStyle != 0:
		s.quote, s.end = `"`, doubleEnd(y.raw, text)
	case n.Style&yaml.SingleQuotedStyle != 0:
		s.quote, s.end = "'", singleEnd(y.raw, text)
	case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		s.quote, s.end = "|", y.blockEnd(text, indent)
	case n.Value == "":
		s.end = worded
		if worded > from {
			s.span = span{from, worded}
		}
		return s
	default:
		if s.end = y.plainEnd(text, n.Value); s.end < 0 {
			s.end = from
			return s
		}
	}
	s.span, s.inner = span{text, s.end}, span{text, s.end}
	if s.quote == `"` || s.quote == "'" {
		s.inner = span{text + 1, s.end - 1}
	}
	if tag >= 0 {
		s.from = tag
	}
	if strings.Contains(y.raw[text:s.end], "\n") {
		y.blocks = append(y.blocks, s.span)
	}
	return s
}

// properties skips the tag and the anchor at from. It tells where a tag begins
// that no anchor follows, -1 for none, and where the last of them ends.
func (y *yamlReader) properties(from int) (text, tag, end int) {
	text, tag, end = from, -1, from
	for text < len(y.raw) && (y.raw[text] == '&' || y.raw[text] == '!') {
		if tag = -1; y.raw[text] == '!' {
			tag = text
		}
		end = text + len(yamlWord(y.raw[text:]))
		text = y.skipSpace(end)
	}
	return text, tag, end
}

// yamlWord is what s begins with up to a blank or what ends a value in brackets.
func yamlWord(s string) string {
	if strings.HasPrefix(s, "!<") {
		if i := strings.IndexByte(s, '>'); i > 0 {
			return s[:i+1]
		}
	}
	if i := strings.IndexAny(s, " \t\r\n,[]{}"); i >= 0 {
		return s[:i]
	}
	return s
}

// skipSpace passes blanks, line breaks and comments.
func (y *yamlReader) skipSpace(i int) int {
	for i < len(y.raw) {
		if n := breakLen(y.raw[i:]); n > 0 {
			i += n
		} else if c := y.raw[i]; c == ' ' || c == '\t' {
			i++
		} else if c == '#' && i > 0 && strings.IndexByte(" \t\r\n", y.raw[i-1]) >= 0 {
			i += lineLen(y.raw[i:])
		} else {
			break
		}
	}
	return i
}

// lineLen is the length of the line that s begins with, its end not included.
func lineLen(s string) int {
	if i := strings.IndexAny(s, "\r\n"); i >= 0 {
		return i
	}
	return len(s)
}

// doubleEnd is the place behind the double quote that closes the one at i.
func doubleEnd(raw string, i int) int {
	for i++; i < len(raw); i++ {
		switch raw[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(raw)
}

// singleEnd is the place behind the single quote that closes the one at i.
func singleEnd(raw string, i int) int {
	for i++; i < len(raw); i++ {
		if raw[i] != '\'' {
			continue
		}
		if i+1 >= len(raw) || raw[i+1] != '\'' {
			return i + 1
		}
		i++
	}
	return len(raw)
}

// plainEnd follows an unquoted value through the text; a line break in it and
// the blanks around it are one blank or some line feeds of the value. It returns
// -1 where the two differ.
func (y *yamlReader) plainEnd(i int, value string) int {
	for j := 0; j < len(value); {
		k := i
		for k < len(y.raw) && (y.raw[k] == ' ' || y.raw[k] == '\t') {
			k++
		}
		switch {
		case k < len(y.raw) && breakLen(y.raw[k:]) > 0:
			j += len(value[j:]) - len(strings.TrimLeft(value[j:], " \n\u2028\u2029"))
			i += len(y.raw[i:]) - len(strings.TrimLeft(y.raw[i:], " \t\r\n\u0085\u2028\u2029"))
		case k > i && strings.HasPrefix(value[j:], y.raw[i:k]):
			j += k - i
			i = k
		case k == i && i < len(y.raw) && y.raw[i] == value[j]:
			i++
			j++
		default:
			return -1
		}
	}
	return i
}

// blockEnd is the end of the last line with a text of a block scalar that begins
// at i: the lines that are indented deeper than its parent, as deep as the first.
func (y *yamlReader) blockEnd(i, indent int) int {
	end := i + lineLen(y.raw[i:])
	deep := -1
	if header := y.raw[i:end]; strings.ContainsAny(yamlWord(header), "123456789") {
		w := yamlWord(header)
		deep = max(indent, 0) + int(w[strings.IndexAny(w, "123456789")]-'0')
	}
	for at := end; at < len(y.raw); {
		at += breakLen(y.raw[at:])
		line := y.raw[at : at+lineLen(y.raw[at:])]
		text := strings.TrimLeft(line, " ")
		depth := len(line) - len(text)
		if text != "" {
			if deep < 0 {
				deep = max(depth, indent+1)
			}
			if depth < deep || indent < 0 && depth == 0 && isDocumentMark(line) {
				break
			}
			end = at + len(line)
		}
		at += len(line)
	}
	return end
}

func isDocumentMark(line string) bool {
	return strings.HasPrefix(line, "---") || strings.HasPrefix(line, "...")
}
