package symptom

import (
	"strings"

	"github.com/maildoctor/maildoctor/internal/target"
)

// scene is one incident with what was made of it; rows are held against it.
type scene struct {
	Context
	t       *text
	c       *compiled
	in      incident
	places  map[int][]hit // by phrase
	replies []reply
	words   map[int][]clue // by line
	reached stage
	seen    bool // in a session with a mail server: no words of mail are needed
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
	s.words = s.clues()
	s.reached = s.howFar()
	if s.Mode == target.NoMode {
		s.Mode = s.modeByWords()
	}
	return s
}

func (s *scene) firstOf(list []naming) string {
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
