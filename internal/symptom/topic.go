package symptom

import "github.com/maildoctor/maildoctor/internal/provider"

// topicKind is what the words around a place are about.
type topicKind uint8

const (
	noTopic topicKind = iota
	mailTopic
	otherTopic
)

// reachLines is how many lines away a word still tells what a text is about.
const reachLines = 40

// topicAt tells what the words around a place are about, and how plainly. The nearest line that
// says anything decides; on one line the plainer word does, and of two names
// the one that stands nearer.
func (s *scene) topicAt(place int) (topicKind, int) {
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
			return mailTopic, l.mail.level
		case l.other.level > 0:
			return otherTopic, l.other.level
		}
	}
	return noTopic, 0
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
