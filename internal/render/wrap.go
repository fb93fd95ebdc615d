package render

import (
	"strings"
	"unicode"
)

// width returns how many columns s takes in a terminal.
func width(s string) int {
	n := 0
	for _, r := range s {
		n += runeWidth(r)
	}
	return n
}

// wide are the ranges of East Asian wide and fullwidth characters and of emoji
// (Unicode Standard Annex 11), in order.
var wide = [...][2]rune{
	{0x1100, 0x115f}, {0x231a, 0x231b}, {0x23e9, 0x23ec}, {0x2e80, 0x303e}, {0x3041, 0x4dbf},
	{0x4e00, 0xa4cf}, {0xa960, 0xa97c}, {0xac00, 0xd7a3}, {0xf900, 0xfaff}, {0xfe30, 0xfe6f},
	{0xff00, 0xff60}, {0xffe0, 0xffe6}, {0x1f300, 0x1f64f}, {0x1f680, 0x1f6ff}, {0x1f900, 0x1f9ff},
	{0x20000, 0x3fffd},
}

func runeWidth(r rune) int {
	if r < 0x300 {
		return 1 // neither wide nor combining
	}
	if unicode.In(r, unicode.Mn, unicode.Me) {
		return 0
	}
	for _, w := range wide {
		if r >= w[0] && r <= w[1] {
			return 2
		}
	}
	return 1
}

// pad fills s with blanks up to n columns.
func pad(s string, n int) string {
	return s + strings.Repeat(" ", max(0, n-width(s)))
}

// padLeft puts blanks before s up to n columns.
func padLeft(s string, n int) string {
	return strings.Repeat(" ", max(0, n-width(s))) + s
}

// wrap breaks s at blanks into lines of at most columns; a longer word has a
// line to itself. The result has at least one line.
func wrap(s string, columns int) []string {
	lines := []string{""}
	used := 0
	for i, word := range strings.Fields(s) {
		n := width(word)
		switch {
		case i == 0:
			lines[0], used = word, n
		case used+1+n <= columns:
			lines[len(lines)-1] += " " + word
			used += 1 + n
		default:
			lines, used = append(lines, word), n
		}
	}
	return lines
}

// Wrap is wrap, for texts that are no report.
func Wrap(s string, columns int) []string { return wrap(s, columns) }
