package probe

import (
	"encoding/base64"
	"regexp"
	"slices"
	"strings"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/secret"
	"github.com/maildoctor/maildoctor/internal/wire"
)

// masked stands where a secret, or what was made of one, is not written down.
const masked = "****"

// secrets knows what must not be written down of a session that logs in. The
// nil secrets, of other sessions, change nothing.
type secrets struct {
	scrub *secret.Scrubber
	lines []string // in base64, as sent
}

func newSecrets(password secret.Text) *secrets {
	return &secrets{scrub: secret.NewScrubber(password)}
}

// sends makes an answer known: as it goes over the line and, where it holds a
// secret, what stands in it.
func (s *secrets) sends(answer string, holds bool) {
	line := base64.StdEncoding.EncodeToString([]byte(answer))
	s.lines = append(s.lines, line)
	s.scrub.AddSent(line)
	if !holds {
		return
	}
	s.scrub.AddSent(answer)
	if i := strings.LastIndex(answer, ",p="); i >= 0 { // the proof of SCRAM
		s.scrub.AddSent(answer[i+len(",p="):])
	}
	if i := strings.LastIndexByte(answer, ' '); i >= 0 { // the digest of CRAM-MD5
		s.scrub.AddSent(answer[i+1:])
	}
}

// piece is text that may be cut from a line in base64: servers quote the
// beginning of what they did not understand.
var piece = regexp.MustCompile(`[A-Za-z0-9+/=]{6,}`)

// text takes what is known out of a text.
func (s *secrets) text(text string) string {
	if s == nil {
		return text
	}
	return piece.ReplaceAllStringFunc(s.scrub.Text(text), func(p string) string {
		if slices.ContainsFunc(s.lines, func(l string) bool { return strings.Contains(l, p) }) {
			return masked
		}
		return p
	})
}

// clean takes it out of a reply.
func (s *secrets) clean(rep *evidence.Reply) {
	if s == nil || rep == nil {
		return
	}
	rep.Enhanced = s.text(rep.Enhanced)
	for i, l := range rep.Lines {
		rep.Lines[i] = s.text(l)
	}
}

// prompts are the challenges of LOGIN, which tell nothing.
var prompts = []string{"username:", "user name", "password:", "password"}

// hideChallenge masks a challenge in its reply, and returns it: together with
// the answer it would do to try passwords on. A reply with several codes may
// hold one, too.
func hideChallenge(rep *evidence.Reply, mechanism string) string {
	if rep == nil || rep.Code/100 != 3 && !slices.Contains(rep.Quirks, wire.MixedCodes) {
		return ""
	}
	raw := strings.Join(rep.Lines, "")
	b, err := decoded(raw)
	prompt := strings.ToLower(strings.TrimRight(string(b), "\x00 "))
	if mechanism == "LOGIN" && err == nil && len(rep.Lines) == 1 && slices.Contains(prompts, prompt) {
		return raw
	}
	rep.Enhanced = ""
	for i, l := range rep.Lines {
		if l != "" {
			rep.Lines[i] = masked
		}
	}
	return raw
}

// shownLine is what is written down of a line that was sent to log in.
func shownLine(line, mechanism string) string {
	switch {
	case line == "*", line == "AUTH "+mechanism:
		return line
	case strings.HasPrefix(line, "AUTH "):
		return "AUTH " + mechanism + " " + masked
	}
	return masked
}
