package render

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"time"
)

// An axis maps time to hundredths of the width of a picture.
//
// Runs hold steps of 0.2 ms beside waits of 12 s. A logarithmic axis shows both,
// but bars that begin late then look short whatever they took, and a reader
// compares the lengths of bars. So the axis is linear and is cut: where nothing
// begins or ends in any row, and for several times as long as all the rest
// takes, the stretch is drawn short, with a mark and its length. Between cuts
// lengths can be compared, and what is too short to see is drawn with a least
// width.
type axis struct {
	stretches []stretch
	perUnit   float64 // width of a nanosecond where nothing is cut
}

// A stretch is a part of the axis in which nothing begins or ends.
type stretch struct {
	from, to  time.Duration
	at, width float64
	cut       bool
}

const (
	full     = 100.0
	tooLong  = 3                     // times as long as all that is shorter: cut
	worthCut = 10 * time.Millisecond // nothing shorter is cut
	leastCut = 12.0                  // width of a cut
	mostCuts = 36.0                  // width of all cuts together, where many others want room
	room     = 10.0                  // width for each of the others; cuts have the rest
)

// newAxis makes the axis for these moments; 0 is one of them.
func newAxis(moments []time.Duration) axis {
	moments = append(slices.Clone(moments), 0)
	slices.Sort(moments)
	moments = slices.Compact(moments)
	var a axis
	for i := 1; i < len(moments); i++ {
		a.stretches = append(a.stretches, stretch{from: moments[i-1], to: moments[i]})
	}
	a.cut()
	a.place()
	return a
}

// cut marks the stretches to be drawn short: the few that are much longer than
// all others together.
func (a *axis) cut() {
	var lengths []time.Duration
	for _, s := range a.stretches {
		lengths = append(lengths, s.to-s.from)
	}
	slices.Sort(lengths)
	limit, sum := time.Duration(math.MaxInt64), time.Duration(0)
	for i, l := range lengths {
		if cuts := len(lengths) - i; l >= worthCut && l/tooLong > sum && i >= 2*cuts {
			limit = l
		}
		sum += l
	}
	for i := range a.stretches {
		a.stretches[i].cut = a.stretches[i].to-a.stretches[i].from >= limit
	}
}

// place gives each stretch its width.
func (a *axis) place() {
	var rest time.Duration
	cuts, others := 0, 0
	for _, s := range a.stretches {
		if s.cut {
			cuts++
			continue
		}
		others++
		rest += s.to - s.from
	}
	each := 0.0
	if cuts > 0 {
		each = max(min(leastCut, mostCuts/float64(cuts)), (full-room*float64(others))/float64(cuts))
	}
	if rest > 0 {
		a.perUnit = (full - each*float64(cuts)) / float64(rest)
	}
	at := 0.0
	for i := range a.stretches {
		s := &a.stretches[i]
		s.at, s.width = at, each
		if !s.cut {
			s.width = float64(s.to-s.from) * a.perUnit
		}
		at += s.width
	}
}

// at is where a moment stands.
func (a axis) at(d time.Duration) float64 {
	for _, s := range a.stretches {
		if d <= s.to {
			return s.at + s.width*max(0, float64(d-s.from))/float64(s.to-s.from)
		}
	}
	if len(a.stretches) == 0 {
		return 0
	}
	return full
}

// An htmlTick is a line across the rows, with its time.
type htmlTick struct{ X, Anchor, Label string }

// An htmlCut is where the axis is cut, and for how long.
type htmlCut struct{ X, Mid, Width, Label string }

const (
	leastTick = 17.0 // width between two ticks; five labels fit on a telephone
	nearCut   = 15.0 // width between a tick and the label in the middle of a cut
)

// ticks are at round times, away from the cuts, which have labels of their own.
func (a axis) ticks() []htmlTick {
	if a.perUnit == 0 {
		return nil
	}
	step := roundStep(time.Duration(leastTick / a.perUnit))
	var out []htmlTick
	last := -leastTick
	for _, s := range a.stretches {
		if s.cut {
			continue
		}
		for d := roundUp(s.from, step); d <= s.to && d >= s.from; d += step { // a sum that is too large is negative
			x, least := a.at(d), leastTick
			if anchor(x) == "end" { // its label stands to the left of it
				least *= 1.5
			}
			if x-last >= least-0.01 && !a.nearCut(x) {
				out = append(out, htmlTick{percent(x), anchor(x), clock(d, step)})
				last = x
			}
		}
	}
	return out
}

// nearCut reports whether a label at x would meet the one of a cut.
func (a axis) nearCut(x float64) bool {
	return slices.ContainsFunc(a.stretches, func(s stretch) bool { return s.cut && math.Abs(x-s.at-s.width/2) < nearCut })
}

// cuts are the marks of the stretches that are drawn short.
func (a axis) cuts() []htmlCut {
	var out []htmlCut
	for _, s := range a.stretches {
		if s.cut {
			out = append(out, htmlCut{percent(s.at), percent(s.at + s.width/2), percent(s.width), took(s.to - s.from)})
		}
	}
	return out
}

// roundStep is the least of 1, 2, 5, 10, ... microseconds that is not below d.
func roundStep(d time.Duration) time.Duration {
	for unit := time.Microsecond; unit < math.MaxInt64/10; unit *= 10 {
		for _, n := range []time.Duration{1, 2, 5} {
			if n*unit >= d {
				return n * unit
			}
		}
	}
	return math.MaxInt64
}

// roundUp is the first multiple of step from d on.
func roundUp(d, step time.Duration) time.Duration {
	if rest := d % step; rest > 0 {
		return d - rest + step
	}
	return d
}

// clock writes a round time: "0.5 ms", "20 ms", "12.02 s".
func clock(d, step time.Duration) string {
	unit, name := time.Millisecond, " ms"
	if d >= time.Second {
		unit, name = time.Second, " s"
	}
	decimals := 0
	for u := unit; step%u != 0 && u > time.Microsecond; u /= 10 {
		decimals++
	}
	if d == 0 {
		return "0"
	}
	return strconv.FormatFloat(float64(d)/float64(unit), 'f', decimals, 64) + name
}

// anchor keeps a label within the picture (SVG 2, text-anchor).
func anchor(x float64) string {
	switch {
	case x < 4:
		return "start"
	case x > full-4:
		return "end"
	}
	return "middle"
}

// percent writes a number for SVG, never NaN or infinite.
func percent(x float64) string {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		x = 0
	}
	return fmt.Sprintf("%.2f%%", min(max(x, 0), full))
}
