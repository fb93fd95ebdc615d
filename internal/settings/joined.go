package settings

import (
	"slices"
	"strings"
)

// Joined are corrections of which no two are of one file: those of several
// applications that share a file are put together. What two of them would make
// of the same lines is left to the first one.
func Joined(all []Correction) []Correction {
	var out []Correction
	for _, c := range all {
		i := slices.IndexFunc(out, func(o Correction) bool { return o.File == c.File })
		if i < 0 {
			out = append(out, c)
			continue
		}
		out[i].Bytes = bothIn(c.Was, out[i].Bytes, c.Bytes)
		out[i].Changes = append(slices.Clone(out[i].Changes), c.Changes...)
	}
	return out
}

// bothIn is a text with the changes that two others made of it.
func bothIn(text, first, second string) string {
	was, a, b := strings.SplitAfter(text, "\n"), strings.SplitAfter(first, "\n"), strings.SplitAfter(second, "\n")
	mine := hunks(was, a)
	type piece struct {
		hunk
		lines []string
	}
	var all []piece
	for _, h := range mine {
		all = append(all, piece{h, a[h.at:h.until]})
	}
	for _, h := range hunks(was, b) {
		if !slices.ContainsFunc(mine, h.meets) {
			all = append(all, piece{h, b[h.at:h.until]})
		}
	}
	slices.SortStableFunc(all, func(x, y piece) int { return x.from - y.from })
	var out strings.Builder
	at := 0
	for _, p := range all {
		out.WriteString(strings.Join(was[at:p.from], "") + strings.Join(p.lines, ""))
		at = p.to
	}
	out.WriteString(strings.Join(was[at:], ""))
	return out.String()
}

// meets reports whether two changes are of the same lines. One that only puts
// lines in has none, and meets what changes those around it.
func (h hunk) meets(o hunk) bool {
	if h.from < h.to && o.from < o.to {
		return h.from < o.to && o.from < h.to
	}
	return h.from <= o.to && o.from <= h.to
}
