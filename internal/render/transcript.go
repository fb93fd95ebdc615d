package render

import (
	"fmt"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/target"
)

// maxReplyLines is how many lines of one reply a transcript shows; real EHLO
// replies have a dozen.
const maxReplyLines = 40

// sessionTitle names a session: "session 2 (remedy) to 192.0.2.1:465: ...".
func sessionTitle(s evidence.Session) string {
	title := fmt.Sprintf("session %d (%s) to %s", s.ID, s.Role, target.Join(s.Peer, s.Port))
	if s.Why != "" {
		title += ": " + s.Why
	}
	return title
}

// transcript writes a session: C: what was sent, S: what came, -- what
// happened; took is the offset from the start of the run.
func transcript(s evidence.Session) []row {
	var rows []row
	for _, st := range s.Steps {
		if st.Sent != "" {
			rows = append(rows, row{took: took(st.At), label: "C:", text: sent(st)})
		}
		at := took(st.At + st.Took)
		for _, line := range received(s, st) {
			rows = append(rows, row{took: at, label: "S:", text: line})
			at = ""
		}
		if text, bad := happened(s, st); text != "" {
			rows = append(rows, row{took: took(st.At + st.Took), label: "--", text: text, bad: bad})
		}
	}
	if s.Injected != "" {
		rows = append(rows, row{label: "S:", text: s.Injected + " (before the handshake)", bad: true})
	}
	if s.Cut {
		rows = append(rows, row{label: "--", text: "ended by maildoctor: no longer needed"})
	}
	return rows
}

func sent(st evidence.Step) string {
	if st.Name == evidence.StepTLS {
		return "(" + st.Sent + ")"
	}
	return st.Sent
}

// received are the lines of the step's reply, or the first bytes of what is no
// SMTP where they belong.
func received(s evidence.Session, st evidence.Step) []string {
	if st.Reply != nil {
		return replyLines(st.Reply, maxReplyLines)
	}
	if s.First == nil || st.Fault == nil || st.Fault.Class == evidence.Timeout {
		return nil
	}
	switch st.Name {
	case evidence.StepTLS, evidence.StepGreeting, evidence.StepGreetingTLS, evidence.StepPoke:
		return []string{s.First.Text}
	}
	return nil
}

// happened says what came of a step that is not a matter of lines.
func happened(s evidence.Session, st evidence.Step) (text string, bad bool) {
	switch {
	case st.Fault != nil && st.Fault.Class == evidence.Cancelled:
		return string(st.Name) + ": " + st.Fault.Text, false
	case st.Fault != nil:
		return string(st.Name) + ": " + st.Fault.Text, true
	case st.Name == evidence.StepConnect:
		return "connected", false
	case st.Name == evidence.StepTLS:
		return tlsText(s.TLS), false
	}
	return "", false
}
