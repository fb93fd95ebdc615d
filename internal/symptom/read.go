package symptom

import (
	"slices"
	"strings"
	"sync"

	"github.com/maildoctor/maildoctor/internal/provider"
	"github.com/maildoctor/maildoctor/internal/target"
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

// compiled is the table made ready for matching, once.
type compiled struct {
	index
	rows []compiledRow
	kind []topic // by phrase; level 0 for phrases that say nothing about the topic
	link map[int]bool
	at   map[int]stage
	// by phrase, the first that is there wins
	stacks, providers []named2
}

type named2 struct {
	phrase int
	name   string
}

type compiledRow struct{ any, with, not []int }

var table = sync.OnceValue(func() *compiled {
	c := &compiled{link: map[int]bool{}, at: map[int]stage{}}
	for i := range Rows {
		r := &Rows[i]
		c.rows = append(c.rows, compiledRow{any: c.all(r.Any), with: c.all(r.With), not: c.all(r.Not)})
	}
	topicOf := map[int]topic{}
	for _, t := range topics {
		topicOf[c.add(t.says)] = t
	}
	for _, l := range links {
		c.link[c.add(l)] = true
	}
	for _, s := range stageNames {
		c.at[c.add(s.says)] = s.stage
	}
	for _, s := range stacks {
		c.stacks = append(c.stacks, named2{c.add(s.says), s.stack})
	}
	for _, w := range wordings {
		c.providers = append(c.providers, named2{c.add(w.says), w.provider})
	}
	c.kind = make([]topic, len(c.phrases))
	for id, t := range topicOf {
		c.kind[id] = t
	}
	return c
})

func (c *compiled) all(patterns []string) []int {
	var out []int
	for _, p := range patterns {
		out = append(out, c.add(strings.ToLower(p)))
	}
	return out
}

// Find picks the stretch of a text that explains most, and says at which line
// it begins, from 1. Of a text that is not about mail it picks nothing. It
// takes any bytes; the time grows with their number.
func Find(raw string) (line int, stretch string) {
	t, c := fold(raw), table()
	var best incident
	confidence := 0.0
	looked := map[string]bool{}
	for _, in := range incidents(t, c, c.find(t.folded)) {
		if sign := in.signature(); looked[sign] {
			continue // a log repeats itself
		} else {
			looked[sign] = true
		}
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
	return from + 1, raw[t.marks[from].raw:end]
}

// clearer is how much more a later stretch has to tell than the first one.
const clearer = 0.15

// Read explains a stretch of text, as Find picks it, as one incident.
func Read(stretch string) Reading {
	t, c := fold(stretch), table()
	return newScene(t, c, incident{0, len(t.folded), c.find(t.folded)}).read()
}

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

// scene is one incident with what was made of it; rows are held against it.
type scene struct {
	Context
	t       *text
	c       *compiled
	in      incident
	places  map[int][]hit // by phrase
	replies []reply
	reached stage
}

func newScene(t *text, c *compiled, in incident) *scene {
	s := &scene{t: t, c: c, in: in, places: map[int][]hit{}}
	for _, h := range in.hits {
		s.places[h.phrase] = append(s.places[h.phrase], h)
	}
	s.Context = contextOf(t.folded[in.from:in.to])
	s.Stack = s.firstOf(c.stacks)
	if s.Provider == "" {
		s.Provider = s.firstOf(c.providers)
	}
	s.replies = numbers(t, in.from, in.to)
	for i := range s.replies {
		s.replies[i].stage = s.stageOf(s.replies[i])
	}
	s.reached = s.howFar()
	if s.Mode == target.NoMode {
		s.Mode = s.modeByWords()
	}
	return s
}

func (s *scene) firstOf(list []named2) string {
	for _, n := range list {
		if len(s.places[n.phrase]) > 0 {
			return n.name
		}
	}
	return ""
}

// says reports whether one of the patterns stands in the incident. They have
// to be words of the table: see also Row.With.
func (s *scene) says(patterns ...string) bool {
	for _, p := range patterns {
		if strings.Contains(s.t.folded[s.in.from:s.in.to], p) {
			return true
		}
	}
	return false
}

// stageOf is the command that a reply answers: the nearest one named before
// it, or right after it ("in reply to MAIL FROM command").
func (s *scene) stageOf(r reply) stage {
	const before, after = 240, 300
	best, at := unknownStage, -1
	for id, st := range s.c.at {
		for _, h := range s.places[id] {
			if h.to <= r.from && h.from > at && r.from-h.to < before {
				best, at = st, h.from
			}
		}
	}
	if i := strings.Index(s.t.folded[r.to:min(s.in.to, r.to+after)], "in reply to "); i >= 0 {
		rest := s.t.folded[r.to+i+len("in reply to "):]
		for _, w := range []struct {
			says  string
			stage stage
		}{{"mail from", mailFrom}, {"rcpt to", rcptTo}, {"end of data", content}, {"data", content}, {"auth", login}, {"ehlo", hello}, {"helo", hello}, {"starttls", startTLS}} {
			if strings.HasPrefix(rest, w.says) {
				return w.stage
			}
		}
	}
	if best != unknownStage {
		return best
	}
	for id, st := range s.c.at {
		for _, h := range s.places[id] {
			if h.from >= r.to && h.from-r.to < after && (at < 0 || h.from < at) {
				best, at = st, h.from
			}
		}
	}
	return best
}

// howFar is how far the conversation came, as far as a transcript shows it.
func (s *scene) howFar() stage {
	for _, w := range []struct {
		stage stage
		says  []string
	}{
		{login, []string{"250-auth", "250 auth", "2.0.0 ready to start tls", "334 ", "auth plain", "235 2.7.0"}},
		{hello, []string{"250-", "250 8bitmime", "> ehlo", "c: ehlo", "client -> server: ehlo"}},
		{greeting, []string{" 220 ", " 220-", `"220 `}},
		{connecting, []string{"* connected to ", "connection: opened", "connection established to", "connected(", "connected to"}},
	} {
		if s.says(w.says...) {
			return w.stage
		}
	}
	return unknownStage
}

// modeByWords is how the client is set, where no scheme tells.
func (s *scene) modeByWords() target.Mode {
	switch {
	case s.says("smtpsecure: ssl", "smtpsecure: 'ssl'", "secure: true", "secure:true", `"secure":true`, "use_ssl=true", "email_use_ssl", "smtp_ssl", "first record does not look like a tls", "is_tls_enabled = true", "ssl_connect error to", "ssl_connect returned"):
		return target.Implicit
	case s.says("starttls", "stream_socket_enable_crypto", "could not convert socket to tls", "email_use_tls", "smtpsecure: tls"):
		return target.STARTTLS
	case s.says("secure: false", "secure:false"):
		return target.Cleartext
	}
	return target.NoMode
}

// read holds every row against the scene.
func (s *scene) read() Reading {
	r := Reading{Context: s.Context}
	add := func(c Cause) {
		if !slices.ContainsFunc(r.Causes, func(o Cause) bool { return o.ID == c.ID }) {
			r.Causes = append(r.Causes, c)
		}
	}
	var or []string
	for i := range Rows {
		row := &Rows[i]
		from, to, ok := s.matches(row, s.c.rows[i])
		if !ok {
			continue
		}
		conf := row.Confidence
		if conf == 0 {
			conf = 0.9
		}
		if row.Words != own {
			switch s.topicAt(from) {
			case otherTopic:
				continue
			case noTopic:
				if row.Words == shared {
					continue
				}
				conf = min(conf, 0.6)
			}
		}
		switch {
		case len(r.Causes) == 0:
			or = row.Or
		case slices.Contains(parents, row.ID):
			continue // says no more than the cause that is known
		default:
			conf = min(conf, r.Causes[len(r.Causes)-1].Confidence) * 0.5
		}
		c := s.cause(row.ID, conf, from, to)
		c.Row = i
		add(c)
		if len(r.Causes) == 1 && len(or) > 0 {
			for n, id := range or {
				add(Cause{ID: id, Confidence: round(conf * 0.5 / float64(n+1)), Row: -1})
			}
		}
		if len(r.Causes) >= maxCauses {
			break
		}
	}
	slices.SortStableFunc(r.Causes[min(1, len(r.Causes)):], func(a, b Cause) int {
		switch {
		case a.Confidence > b.Confidence:
			return -1
		case a.Confidence < b.Confidence:
			return 1
		}
		return 0
	})
	r.Causes = r.Causes[:min(len(r.Causes), maxCauses)]
	return r
}

// parents are causes that tell only at which step it failed.
var parents = []string{"connect-failed-unspecified", "tls-handshake-failed", "cert-verify-failed"}

// maxCauses bounds the list: who reads five causes reads none.
const maxCauses = 4

func round(f float64) float64 { return float64(int(f*100+0.5)) / 100 }

// cause is one with words of its own, which stand in the folded text.
func (s *scene) cause(id string, conf float64, from, to int) Cause {
	line := s.t.line(from)
	c := Cause{ID: id, Confidence: round(conf), Line: line + 1, Text: s.t.rawLine(line)}
	c.From, c.To = unfold(c.Text, from-s.t.marks[line].folded, to-s.t.marks[line].folded)
	return c
}

// matches reports whether a row holds, and for which words.
func (s *scene) matches(row *Row, c compiledRow) (from, to int, ok bool) {
	if len(c.any) > 0 {
		i := slices.IndexFunc(c.any, func(id int) bool { return len(s.places[id]) > 0 })
		if i < 0 {
			return 0, 0, false
		}
		first := s.places[c.any[i]][0]
		from, to = first.from, first.to
	}
	if len(c.with) > 0 && !s.has(c.with) || s.has(c.not) {
		return 0, 0, false
	}
	if row.Reply != nil {
		i := slices.IndexFunc(s.replies, row.Reply.is)
		if i < 0 {
			return 0, 0, false
		}
		if len(c.any) == 0 {
			from, to = s.replies[i].from, s.replies[i].to
		}
	}
	return from, to, row.When == nil || row.When(s)
}

func (s *scene) has(ids []int) bool {
	return slices.ContainsFunc(ids, func(id int) bool { return len(s.places[id]) > 0 })
}

// What the words around a place are about.
const (
	noTopic = iota
	mailTopic
	otherTopic
)

// reach is how many lines away a word still tells what a text is about.
const reachLines = 40

// topicAt tells what the words around a place are about. The nearest line that
// says anything decides; on one line the plainer word does, and of two names
// the one that stands nearer.
func (s *scene) topicAt(place int) int {
	line := s.t.line(place)
	var by [reachLines + 1]struct{ mail, other sign }
	note := func(at int, mail bool, level int) {
		d := abs(s.t.line(at) - line)
		if d > reachLines {
			return
		}
		if mail {
			by[d].mail.take(level, abs(at-place))
		} else {
			by[d].other.take(level, abs(at-place))
		}
	}
	for id, hits := range s.places {
		k := s.c.kind[id]
		for _, h := range hits {
			if k.level > 0 && (k.mail || k.level == 2 || !s.isLink(h)) {
				note(h.from, k.mail, k.level)
			}
		}
	}
	for _, r := range s.replies {
		switch {
		case r.enhanced == "" || !r.framed:
		case r.code != 0:
			note(r.from, true, 2)
		default:
			note(r.from, true, 1)
		}
	}
	s.noteServer(func(mail bool, level int) { note(place, mail, level) })
	for _, l := range by {
		switch {
		case l.mail.beats(l.other):
			return mailTopic
		case l.other.level > 0:
			return otherTopic
		}
	}
	return noTopic
}

// sign is the plainest word about a topic on one line, and how far it stands.
type sign struct{ level, distance int }

func (s *sign) take(level, distance int) {
	if level > s.level || level == s.level && distance < s.distance {
		s.level, s.distance = level, distance
	}
}

func (s sign) beats(o sign) bool {
	return s.level > o.level || s.level == 2 && o.level == 2 && s.distance < o.distance
}

func abs(n int) int { return max(n, -n) }

// noteServer says what host and port tell about the topic.
func (s *scene) noteServer(note func(mail bool, level int)) {
	_, known := provider.ByHost(s.Host)
	switch {
	case submission[s.Port] || known:
		note(true, 2)
	case s.says("smtp", "mail"):
	case services[s.Port]:
		note(false, 2)
	case s.Port != 0:
		note(false, 1)
	}
}

func (s *scene) isLink(h hit) bool {
	for id := range s.c.link {
		for _, l := range s.places[id] {
			if l.from == h.from {
				return true
			}
		}
	}
	return false
}
