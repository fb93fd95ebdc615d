package render

import (
	"fmt"
	"strings"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/report"
)

// What became of what was asked for beyond the handshake: login, envelope, message.

// loginRows says what became of the login.
func loginRows(a report.Auth) []row {
	switch {
	case a.Mechanism != "":
		return []row{{text: resultText(loginResult(a), "with "+a.Mechanism, a.Reply, a.Why), bad: a.Login != "accepted"}}
	case a.Why != "":
		return []row{{text: "not tried: " + a.Why, bad: true}}
	}
	return nil
}

// loginResult is the result in the words of envelopes: one that the server answered
// for now has no verdict and is put off (RFC 5321 4.2.1).
func loginResult(a report.Auth) string {
	if a.Login == "unknown" && a.Why == "" && strings.HasPrefix(a.Reply, "4") {
		return "deferred"
	}
	return a.Login
}

// envelopeRows says what was answered to sender and recipients, and what that is
// worth. A sender that was kept back has its reason, which is all there is to say.
func envelopeRows(e *report.Envelope, withheld string) []row {
	if e == nil {
		return nil
	}
	from := e.From
	if from == "" {
		from = "<>"
	}
	kept := e.Result == "not-tried" && withheld != ""
	result := resultText(e.Result, "", e.Reply, "")
	if kept {
		result += ": " + withheld
	}
	rows := []row{{label: "envelope", text: "from " + from + ": " + result, bad: e.Result != "accepted"}}
	for _, r := range e.Recipients {
		rows = append(rows, row{text: "to " + r.To + ": " + resultText(r.Result, "", r.Reply, ""), bad: r.Result != "accepted"})
	}
	if kept {
		return rows
	}
	return append(rows, row{text: e.Proves})
}

// withheld is why MAIL was not sent though the session came to it; "" where it was.
func withheld(s report.Subject) string {
	for _, x := range s.Sessions {
		for _, st := range x.Steps {
			if x.Role == evidence.Main && st.Name == evidence.StepMail && st.Sent == "" && st.Fault != nil && st.Fault.Class == evidence.Other {
				return st.Fault.Text
			}
		}
	}
	return ""
}

// messageRows says what was answered to the message.
func messageRows(d *report.Delivery) []row {
	if d == nil {
		return nil
	}
	as := ""
	if d.QueueID != "" {
		as = "as " + d.QueueID
	}
	result := d.Result
	if result == "not-tried" {
		result = "not sent"
	}
	rows := []row{{label: "message", text: resultText(result, as, d.Reply, ""), bad: d.Result != "accepted"}}
	if d.MessageID != "" {
		rows = append(rows, row{text: "Message-ID " + d.MessageID})
	}
	return rows
}

// resultText is a result with how it came about and the first line of the reply.
func resultText(result, how, reply, why string) string {
	text := map[string]string{"unknown": "no verdict", "not-tried": "not tried", "deferred": "put off"}[result]
	if text == "" {
		text = result
	}
	if how != "" {
		text += " " + how
	}
	lines := strings.Split(strings.ReplaceAll(reply, `\n`, "\n"), "\n") // line ends are cleaned to \n by now
	first := lines[0]
	switch {
	case len(lines) > 1:
		text += fmt.Sprintf(" (%s, %s)", first, count(len(lines), "line"))
	case first != "":
		text += " (" + first + ")"
	case why != "":
		text += " (" + why + ")"
	}
	return text
}
