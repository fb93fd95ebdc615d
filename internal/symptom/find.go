package symptom

// Find picks the stretch of a text that explains most, and says at which line
// it begins, from 1. Of a text that is not about mail it picks nothing. It
// takes any bytes; the time grows with their number.
func Find(raw string) (line int, stretch string) {
	t, c := fold(raw), table()
	var best incident
	confidence := 0.0
	looked := map[string]bool{}
	for _, in := range incidents(t, c, c.find(t.folded)) {
		sign := in.signature()
		if looked[sign] {
			continue // a log repeats itself
		}
		looked[sign] = true
		r := newScene(t, c, in).read()
		if len(r.Causes) > 0 && r.Causes[0].Confidence > confidence+clearer {
			best, confidence = in, r.Causes[0].Confidence
		}
		if confidence+clearer >= 1 {
			break
		}
	}
	if confidence == 0 {
		return 0, ""
	}
	from, to := t.line(best.from), t.line(max(best.to-1, best.from))
	end := len(raw)
	if to+1 < len(t.marks) {
		end = t.marks[to+1].raw
	}
	return t.number(from), raw[t.marks[from].raw:end]
}

// clearer is how much more a later stretch has to tell than the first one.
const clearer = 0.15

// An incident is a stretch of a text that belongs together.
type incident struct {
	from, to int // in the folded text
	hits     []hit
}

// signature tells incidents apart by the phrases in them.
func (in incident) signature() string {
	b := make([]byte, 0, 2*len(in.hits))
	for _, h := range in.hits {
		b = append(b, byte(h.phrase), byte(h.phrase>>8))
	}
	return string(b)
}

// A text of few lines is one incident. A long log is cut where nothing was
// matched for a while.
const (
	fewLines = 100
	apart    = 12
	around   = 3   // lines shown before and after what was matched
	most     = 150 // incidents looked at
)

func incidents(t *text, c *compiled, hits []hit) []incident {
	if len(t.marks) <= fewLines {
		return []incident{{0, len(t.folded), hits}}
	}
	var out []incident
	begin, last := -1, 0
	close := func(upto int) {
		if begin >= 0 {
			out = append(out, cut(t, hits[begin:upto], t.line(hits[begin].from)-around, last+around))
		}
	}
	for i, h := range hits {
		if c.kind[h.phrase].level > 0 && !c.kind[h.phrase].mail || c.link[h.phrase] {
			continue // words about other things open no incident
		}
		line := t.line(h.from)
		if begin < 0 || line > last+apart || line > t.line(hits[begin].from)+fewLines-2*around {
			close(i)
			if len(out) == most {
				return out
			}
			begin = i
		}
		last = line
	}
	close(len(hits))
	return out
}

// cut is the incident of these hits, with some lines around.
func cut(t *text, hits []hit, first, last int) incident {
	in := incident{from: t.marks[max(first, 0)].folded, to: len(t.folded), hits: hits}
	if last+1 < len(t.marks) {
		in.to = t.marks[last+1].folded
	}
	return in
}
