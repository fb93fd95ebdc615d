package conf

import (
	"sort"
	"strings"
	"unicode/utf8"
)

// lines knows where the lines of a text begin.
type lines struct {
	raw    string
	starts []int
}

func newLines(raw string) *lines {
	l := &lines{raw: raw, starts: []int{0}}
	for i := range len(raw) {
		if raw[i] == '\n' {
			l.starts = append(l.starts, i+1)
		}
	}
	return l
}

// at is the line and column, from 1, of an offset. The column counts characters.
func (l *lines) at(offset int) (line, column int) {
	i := sort.SearchInts(l.starts, offset+1) - 1
	return i + 1, utf8.RuneCountInString(l.raw[l.starts[i]:offset]) + 1
}

// line is the span of the line that holds an offset, its line end included.
func (l *lines) line(offset int) span {
	i := sort.SearchInts(l.starts, offset+1) - 1
	end := len(l.raw)
	if i+1 < len(l.starts) {
		end = l.starts[i+1]
	}
	return span{l.starts[i], end}
}

// newline is the line end of a text: what its first line has.
func newline(raw string) string {
	if i := strings.IndexByte(raw, '\n'); i > 0 && raw[i-1] == '\r' {
		return "\r\n"
	}
	return "\n"
}
