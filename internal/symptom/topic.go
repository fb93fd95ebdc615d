package symptom

import (
	"slices"
	"strings"

	"github.com/maildoctor/maildoctor/internal/provider"
)

// topicKind is what the words around a place are about.
type topicKind uint8

const (
	noTopic topicKind = iota
	mailTopic
	otherTopic
)

// reachLines is how many lines away a word still tells what a text is about.
const reachLines = 40

// A clue is a word about a topic, and where it stands.
type clue struct {
	at, level int
	mail      bool
}

// mostClues bounds the clues of one line: a line that repeats itself tells no
// more.
const mostClues = 64

// clues are the words about a topic by line, with the replies, which only mail
// servers give.
func (s *scene) clues() map[int][]clue {
	by := map[int][]clue{}
	note := func(c clue) {
		if line := s.t.line(c.at); len(by[line]) < mostClues {
			by[line] = append(by[line], c)
		}
	}
	for _, h := range s.in.hits {
		if k := s.c.kind[h.phrase]; k.level > 0 && (k.mail || k.level == 2 || !s.isLink(h)) {
			note(clue{h.from, k.level, k.mail})
		}
	}
	s.notePorts(note)
	for _, r := range s.replies {
		switch {
		case r.framed && smtpOnly[r.code] && s.t.marks[s.t.line(r.from)].folded == r.from:
			note(clue{r.from, 1, true})
		case r.enhanced == "" || !r.framed:
		case r.code != 0:
			note(clue{r.from, 2, true})
		default:
			note(clue{r.from, 1, true})
		}
	}
	return by
}

// smtpOnly are reply codes that no other protocol with three digits has; one that
// begins its line was copied from a client.
var smtpOnly = map[int]bool{534: true, 535: true, 538: true, 554: true, 571: true}

// notePorts takes the ports of servers as words: what stands beside
// 127.0.0.1:6379 is about Redis, whatever server the text names elsewhere.
func (s *scene) notePorts(note func(clue)) {
	folded := s.t.folded[s.in.from:s.in.to]
	for i := strings.IndexByte(folded, ':'); i >= 0; {
		end := i + 1
		for end < len(folded) && digit(folded[end]) {
			end++
		}
		if port := portNumber(folded[i+1 : end]); services[port] && !mistaken[port] || submission[port] {
			from := strings.LastIndexAny(folded[max(i-maxHost, 0):i], " \"'/@=(<,>") + max(i-maxHost, 0) + 1
			if host := plausible(folded[from:i]); host != "" && named(host) && !sourceFile(host) {
				note(clue{s.in.from + i, 2, submission[port]})
			}
		}
		next := strings.IndexByte(folded[end:], ':')
		if next < 0 {
			return
		}
		i = end + next
	}
}

// mistaken are ports of other services that a mail client is set to by mistake,
// and that of the name server, which stands in every failed lookup.
var mistaken = map[uint16]bool{21: true, 22: true, 53: true, 80: true, 443: true, 8080: true, 8443: true}

// maxHost bounds how far back from a port its host is looked for.
const maxHost = 64

// topicAt tells what the words around a place are about, and how plainly. The
// nearest line that says anything decides; on one line the plainer word does,
// and of two names the one that stands nearer.
func (s *scene) topicAt(place int) (topicKind, int) {
	line := s.t.line(place)
	for d := range reachLines + 1 {
		var mail, other sign
		take := func(c clue) {
			if c.mail {
				mail.take(c.level, abs(c.at-place))
			} else {
				other.take(c.level, abs(c.at-place))
			}
		}
		for _, at := range []int{line - d, line + d} {
			for _, c := range s.words[at] {
				take(c)
			}
		}
		if d == 0 {
			s.noteServer(func(isMail bool, level int) { take(clue{place, level, isMail}) })
		}
		switch {
		case mail.beats(other):
			return mailTopic, mail.level
		case other.level > 0:
			return otherTopic, other.level
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
	case reading[s.Port]:
	case submission[s.Port] || known:
		note(true, 2)
	case s.says("smtp", "mail"):
	case services[s.Port]:
		note(false, 2)
	case s.Port != 0 && !mailLike(s.Port):
		note(false, 1)
	}
}

// mailLike reports whether a port ends like one of mail, as those do that a
// container or a tunnel maps: 10587, 3025.
func mailLike(port uint16) bool {
	return port%1000 == 25 || port%1000 == 465 || port%1000 == 587
}

// isLink reports whether an address is one that mail servers and libraries
// print themselves.
func (s *scene) isLink(h hit) bool {
	for id := range s.c.link {
		if slices.ContainsFunc(s.places[id], func(l hit) bool { return l.from == h.from }) {
			return true
		}
	}
	return false
}
