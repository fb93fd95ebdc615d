package symptom

import (
	"slices"
	"strings"
)

// An index finds many phrases in one pass over a folded text. Each phrase has
// an anchor, four of its bytes; the pass looks up every four bytes of the text
// in a small table, and compares the whole phrase only where an anchor stands.
// So the time grows with the length of the text, not with the phrases.
type index struct {
	phrases []phrase
	ids     map[string]int
	heads   [1 << 14]int16 // first phrase with this anchor, plus one
}

// phrase is a compiled pattern: lower case, "…" stands for up to within bytes
// of anything, "|" at either end for the end of a word.
type phrase struct {
	parts       []string
	open, close bool // has to begin, to end at the end of a word
	anchor      int  // offset of the anchor in the first part
	next        int16
}

// within is how much of a text a "…" may stand for.
const within = 160

// add compiles a pattern, once, and returns its number. Its first part has
// four bytes at least.
func (x *index) add(pattern string) int {
	if x.ids == nil {
		x.ids = map[string]int{}
	}
	if id, ok := x.ids[pattern]; ok {
		return id
	}
	p := phrase{open: strings.HasPrefix(pattern, "|"), close: strings.HasSuffix(pattern, "|")}
	p.parts = strings.Split(strings.Trim(pattern, "|"), "…")
	id := len(x.phrases)
	p.anchor = x.quietest(p.parts[0])
	slot := anchorSlot(p.parts[0][p.anchor:])
	p.next, x.heads[slot] = x.heads[slot], int16(id+1)
	x.phrases = append(x.phrases, p)
	x.ids[pattern] = id
	return id
}

// quietest is the offset in s whose four bytes the fewest phrases have as
// their anchor.
func (x *index) quietest(s string) int {
	best, fewest := 0, len(x.phrases)+1
	for i := 0; i+4 <= len(s); i++ {
		n := 0
		for p := x.heads[anchorSlot(s[i:])]; p > 0; p = x.phrases[p-1].next {
			n++
		}
		if n < fewest {
			best, fewest = i, n
		}
	}
	return best
}

func anchorSlot(s string) uint32 {
	gram := uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24
	return (gram * 2654435761) >> 18
}

// hit is a phrase found: which, and from where to where in the folded text.
type hit struct{ phrase, from, to int }

// often bounds how many times one phrase is noted: a hostile or long log
// repeats itself, and the first places tell as much as the last.
const often = 200

// find returns the hits in s, in the order of where they begin.
func (x *index) find(s string) []hit {
	var hits []hit
	seen := make([]int, len(x.phrases))
	for i := 0; i+4 <= len(s); i++ {
		for n := x.heads[anchorSlot(s[i:i+4])]; n > 0; n = x.phrases[n-1].next {
			p := &x.phrases[n-1]
			if seen[n-1] == often {
				continue
			}
			if to := p.at(s, i-p.anchor); to > 0 {
				seen[n-1]++
				hits = append(hits, hit{phrase: int(n - 1), from: i - p.anchor, to: to})
			}
		}
	}
	slices.SortStableFunc(hits, func(a, b hit) int { return a.from - b.from })
	return hits
}

// at is where the phrase that begins at an offset ends, or 0.
func (p *phrase) at(s string, from int) int {
	if from < 0 || !strings.HasPrefix(s[from:], p.parts[0]) || p.open && from > 0 && wordByte(s[from-1]) {
		return 0
	}
	to := from + len(p.parts[0])
	for _, part := range p.parts[1:] {
		i := strings.Index(s[to:min(len(s), to+within+len(part))], part)
		if i < 0 {
			return 0
		}
		to += i + len(part)
	}
	if p.close && to < len(s) && wordByte(s[to]) {
		return 0
	}
	return to
}

// wordByte is a letter of ASCII, a digit or an underscore. Letters beyond
// ASCII are none: Chinese stands next to an English word without a blank.
func wordByte(c byte) bool {
	return c == '_' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z'
}
