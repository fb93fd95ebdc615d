package symptom

import (
	"fmt"
	"slices"
	"strings"

	"github.com/maildoctor/maildoctor/internal/provider"
)

// Answered is a refusal that was seen in a session: what it answers is known,
// and which server gave it.
type Answered struct {
	Step     string // "auth", "mail", "rcpt", "data" or "message"
	Sent     string // the command, without arguments that are nobody's business: "AUTH PLAIN", "MAIL FROM"
	Code     int
	Enhanced string
	Lines    []string
	Host     string // the server's name
	Port     uint16
}

// ReadReply explains a refusal by the rows that explain texts. It needs no words
// of mail around it, and guesses neither the command nor the server.
func ReadReply(a Answered) Reading {
	t, c := fold(a.text()), table()
	s := newScene(t, c, incident{0, len(t.folded), c.find(t.folded)})
	s.Context = Context{Host: strings.ToLower(a.Host), Port: a.Port}
	if p, ok := provider.ByHost(a.Host); ok {
		s.Provider = p.ID
	} else {
		s.Provider = s.firstOf(c.providers)
	}
	from := max(strings.LastIndex(t.folded, fmt.Sprintf(" %d", a.Code))+1, 0)
	s.replies = []reply{{code: a.Code, enhanced: a.Enhanced, stage: a.stage(), framed: true, from: from, to: from + len("535")}}
	s.seen = true
	return s.read()
}

// text is the exchange as a transcript has it.
func (a Answered) text() string {
	var b strings.Builder
	b.WriteString(a.Sent)
	for i, l := range a.Lines {
		sep := "-"
		if i == len(a.Lines)-1 {
			sep = " "
		}
		fmt.Fprintf(&b, "\n%d%s%s", a.Code, sep, l)
	}
	if len(a.Lines) == 0 {
		fmt.Fprintf(&b, "\n%d", a.Code)
	}
	return b.String()
}

func (a Answered) stage() stage {
	i := slices.Index([]string{"auth", "mail", "rcpt", "data", "message"}, a.Step)
	return []stage{unknownStage, login, mailFrom, rcptTo, content, content}[i+1]
}
