package symptom

import (
	"cmp"
	"slices"
)

// Reading is what a text says. The zero Reading says nothing: the text is not
// about mail that does not arrive.
type Reading struct {
	Context Context
	Causes  []Cause // likeliest first
}

// Cause is one explanation of a text.
type Cause struct {
	ID         string
	Confidence float64 // 0 to 1
	Row        int     // its place in Rows; -1 for an alternative without words of its own
	Line       int     // of the matching words, from 1; 0 without any
	Text       string  // that line as it was pasted
	From, To   int     // the matching words in Text, in bytes
}

// Read explains a stretch of text, as Find picks it, as one incident.
func Read(stretch string) Reading {
	t, c := fold(stretch), table()
	return newScene(t, c, incident{0, len(t.folded), c.find(t.folded)}).read()
}

// read holds every row against the scene. The first that holds is the cause;
// what it can be mistaken for and the rows after it are alternatives.
func (s *scene) read() Reading {
	r := Reading{Context: s.Context}
	for i := range Rows {
		c, ok := s.explain(i)
		switch {
		case !ok || len(r.Causes) > 0 && (len(Rows[i].Any) == 0 || slices.Contains(parents, c.ID)):
		case len(r.Causes) == 0:
			r.Causes = append(r.Causes, c)
			for n, id := range Rows[i].Or {
				r.add(Cause{ID: id, Confidence: round(c.Confidence * lesser / float64(n+1)), Row: -1})
			}
		default:
			c.Confidence = round(min(c.Confidence, r.Causes[len(r.Causes)-1].Confidence) * lesser)
			r.add(c)
		}
		if len(r.Causes) >= maxCauses {
			break
		}
	}
	r.sort()
	return r
}

// lesser is how much less likely an alternative is than what it may be
// mistaken for. maxCauses bounds the list: who reads five causes reads none.
const (
	lesser    = 0.5
	maxCauses = 4
)

// parents are causes that tell only at which step it failed: beside another
// cause they say nothing, no more than a bare reply code does.
var parents = []string{"connect-failed-unspecified", "tls-handshake-failed", "cert-verify-failed"}

// add takes an alternative that is not there yet.
func (r *Reading) add(c Cause) {
	if !slices.ContainsFunc(r.Causes, func(o Cause) bool { return o.ID == c.ID }) {
		r.Causes = append(r.Causes, c)
	}
}

// sort puts the likelier alternatives first, behind the cause.
func (r *Reading) sort() {
	r.Causes = r.Causes[:min(len(r.Causes), maxCauses)]
	if len(r.Causes) > 1 {
		slices.SortStableFunc(r.Causes[1:], func(a, b Cause) int { return cmp.Compare(b.Confidence, a.Confidence) })
	}
}

func round(f float64) float64 { return float64(int(f*100+0.5)) / 100 }

// explain is the cause by the i-th row, if it holds.
func (s *scene) explain(i int) (Cause, bool) {
	row := &Rows[i]
	sure := cmp.Or(row.Confidence, usual)
	h, topic, ok := s.matches(row, s.c.rows[i])
	if !ok {
		return Cause{}, false
	}
	if row.Words != own && topic == noTopic {
		sure = min(sure, unproven)
	}
	line := s.t.line(h.from)
	c := Cause{ID: row.ID, Confidence: round(sure), Row: i, Line: s.t.number(line), Text: s.t.rawLine(line)}
	c.From, c.To = unfold(c.Text, h.from-s.t.marks[line].folded, h.to-s.t.marks[line].folded)
	return c, true
}

// usual is the confidence of a row that names none, unproven the most that
// words have which everybody says, without a word of mail.
const (
	usual    = 0.9
	unproven = 0.6
)

// matches reports whether a row holds, for which words, and what those around
// them are about.
func (s *scene) matches(row *Row, c compiledRow) (hit, topicKind, bool) {
	if len(c.with) > 0 && !s.has(c.with) || s.has(c.not) {
		return hit{}, noTopic, false
	}
	places, ok := s.candidates(row, c)
	if !ok || row.When != nil && !row.When(s) {
		return hit{}, noTopic, false
	}
	if row.Words == own || s.seen {
		return places[0], mailTopic, true
	}
	return s.aboutMail(places, row.Words)
}

// candidates are the places of the row's words, those of its first words
// first; of a row that goes by numbers, the replies.
func (s *scene) candidates(row *Row, c compiledRow) ([]hit, bool) {
	var places []hit
	if row.Reply != nil {
		for _, r := range s.replies {
			if row.Reply.is(r) {
				places = append(places, hit{from: r.from, to: r.to})
			}
		}
		if len(places) == 0 || len(c.any) == 0 {
			return places, len(places) > 0
		}
		places = nil
	}
	for _, id := range c.any {
		places = append(places, s.places[id]...)
	}
	return places, len(places) > 0
}

// mostPlaces bounds how many places of the same words are looked at.
const mostPlaces = 16

// aboutMail picks the first place whose surroundings name mail, else one where
// they hint at it while no other place names something else, else, for words
// that may stand alone, the first where none is about anything else.
func (s *scene) aboutMail(places []hit, words speech) (hit, topicKind, bool) {
	hinted, foreign := -1, 0
	for i, h := range places[:min(len(places), mostPlaces)] {
		switch topic, level := s.topicAt(h.from); {
		case topic == mailTopic && level > 1:
			return h, mailTopic, true
		case topic == mailTopic && hinted < 0:
			hinted = i
		case topic == otherTopic:
			foreign = max(foreign, level)
		}
	}
	if hinted >= 0 && foreign < 2 {
		return places[hinted], mailTopic, true
	}
	return places[0], noTopic, words == bare && hinted < 0 && foreign == 0
}

func (s *scene) has(ids []int) bool {
	return slices.ContainsFunc(ids, func(id int) bool { return len(s.places[id]) > 0 })
}
