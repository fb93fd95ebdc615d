package check

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/facts"
	"github.com/maildoctor/maildoctor/internal/report"
)

// Quotes are kept short enough to be read; the transcript has the whole.
const (
	maxQuoteLines = 6
	maxQuoteBytes = 500
)

// at names a place in the transcript: "session 2, EHLO".
func at(s *evidence.Session, what string) string {
	return fmt.Sprintf("session %d, %s", s.ID, what)
}

// replied quotes a reply in the server's own words.
func replied(s *evidence.Session, what string, r *evidence.Reply) report.Quote {
	return report.Quote{From: at(s, what), Text: replyText(r)}
}

// replyText writes a reply as it came over the line.
func replyText(r *evidence.Reply) string {
	if r == nil {
		return ""
	}
	lines := r.Lines
	if len(lines) == 0 {
		return strconv.Itoa(r.Code)
	}
	var b strings.Builder
	for i, l := range lines {
		if i == maxQuoteLines {
			fmt.Fprintf(&b, "\n... and %d more lines", len(lines)-i)
			break
		}
		sep := "-"
		if i == len(lines)-1 {
			sep = " "
		}
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(strings.TrimRight(strconv.Itoa(r.Code)+sep+l, " "))
	}
	return clip(b.String())
}

func clip(s string) string {
	if len(s) > maxQuoteBytes {
		cut := strings.ToValidUTF8(s[:maxQuoteBytes], "")
		return fmt.Sprintf("%s... (and %d more bytes)", cut, len(s)-len(cut))
	}
	return s
}

// faulted quotes the fault of a step.
func faulted(s *evidence.Session, st *evidence.Step) report.Quote {
	if st == nil || st.Fault == nil {
		return report.Quote{From: at(s, "end"), Text: ""}
	}
	text := st.Fault.Text
	if text == "" {
		text = string(st.Fault.Class)
	}
	what := facts.Phase(st.Name)
	if st.Name == evidence.StepConnect {
		what = "connect to " + s.Peer
	}
	return report.Quote{From: at(s, what), Text: clip(text)}
}

// first quotes the bytes that were no SMTP reply to what was sent. Of a
// greeting its first line is enough: what follows answers the ClientHello as
// if it were commands.
func first(s *evidence.Session) report.Quote {
	what := "first bytes"
	if s.First.InReply != "" {
		what = "answer to the " + s.First.InReply
	}
	if s.First.Under == "tls" {
		what += " under TLS"
	}
	text := firstText(s.First)
	if s.First.Protocol == "smtp" {
		text, _, _ = strings.Cut(text, "\r\n")
	}
	return report.Quote{From: at(s, what), Text: text}
}

// longestEscape is the length of \U0010ffff, the longest escape of Go.
const longestEscape = 10

// firstText undoes the quoting of the recording, which may end in the middle
// of an escape; render cleans it.
func firstText(b *evidence.Bytes) string {
	if text, err := strconv.Unquote(b.Text); err == nil {
		return clip(strings.TrimRight(text, "\r\n"))
	}
	quoted := strings.TrimPrefix(b.Text, `"`)
	for cut := 0; cut <= min(longestEscape, len(quoted)); cut++ {
		if text, err := strconv.Unquote(`"` + quoted[:len(quoted)-cut] + `"`); err == nil {
			return clip(strings.TrimRight(text, "\r\n"))
		}
	}
	return clip(b.Text)
}

// ehloLine quotes one keyword of the EHLO answer before TLS.
func ehloLine(s *evidence.Session, name string) []report.Quote {
	if s.Ext == nil {
		return nil
	}
	for _, k := range s.Ext.Keywords {
		if strings.EqualFold(k.Name, name) {
			return []report.Quote{{From: at(s, "EHLO"), Text: "250 " + k.Raw}}
		}
	}
	return nil
}

// greetingQuote quotes the greeting of a session, when there was one.
func greetingQuote(s *evidence.Session) []report.Quote {
	if s.Greeting == nil {
		return nil
	}
	return []report.Quote{replied(s, "greeting", s.Greeting)}
}

// list writes names for people: "a, b and c", at most six of them.
func list(names []string) string {
	const most = 6
	if len(names) > most {
		return strings.Join(names[:most], ", ") + fmt.Sprintf(" and %d more", len(names)-most)
	}
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}
