package check

import (
	"fmt"
	"slices"
	"strings"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/report"
)

// notSentID is the check of a message that Resend was given, or was to be given.
const notSentID = "message-not-sent"

// emailsPage lists what an account has sent.
const emailsPage = "https://resend.com/emails"

// resendSend are the checks of a message by Resend's API.
var resendSend = []Check{
	{
		ID:       notSentID,
		Title:    "The message was not sent, or nobody knows whether it was",
		Severity: report.Error,
		Seen:     "A message was to go through Resend's API, and no answer with the id of a message came.",
		Why:      "Without that id Resend has not taken the message. Where the answer was lost on the way, it may have taken it all the same.",
		Fix: []string{
			"Look at " + emailsPage + " whether the message is there, before it is sent again",
			"Run maildoctor resend with the same key, which says what is wrong without sending",
		},
		Tell:   "A refusal whose cause is known is found as that cause: resend-domain-not-verified, resend-key-invalid, quota-exceeded, rate-limited. undelivered mail was accepted first.",
		Refs:   []string{"https://resend.com/docs/api-reference/emails/send-email", "RFC 9110 9.2.2"},
		Needs:  unasked(nothingSaid),
		Resend: messageNotSent,
	},
}

// A fate is what became of a message that was to go through the API.
type fate int

const (
	noMessage fate = iota // none was to be sent
	taken                 // Resend gave an id
	untaken               // it was not sent
	inDoubt               // it may have been sent: the answer is lost
)

// fate is what became of the message, and the call that tells; nil where none was
// made.
func (q *inquiry) fate() (fate, *evidence.Call) {
	calls := q.calls(evidence.CallSend)
	if q.message != nil && (q.message.DryRun || q.message.Via != "resend") || q.message == nil && len(calls) == 0 && len(q.SentTo) == 0 {
		return noMessage, nil
	}
	out, last := untaken, (*evidence.Call)(nil)
	for _, c := range calls {
		switch last = c; {
		case c.Created != "":
			return taken, c
		case mayHaveGone(c):
			out = inDoubt
		}
	}
	return out, last
}

// mayHaveGone reports whether a request may have been obeyed though its answer did
// not come, or not whole. A peer is noted when the connection stands, so that
// without one no request went out.
func mayHaveGone(c *evidence.Call) bool {
	switch {
	case c.Status == 0:
		return c.Peer != ""
	case c.Status >= 200 && c.Status < 300:
		return c.Broken || c.Fault != nil || c.Type == "application/json" || c.Type == "" && c.Body == ""
	}
	return c.Error == atWork || c.Status == 500 || slices.Contains(gateways, c.Status)
}

// atWork is the error for a request whose idempotency key belongs to another that is
// still under way, and may send the message (409).
const atWork = "concurrent_idempotent_requests"

// gateways are the statuses of a gateway that lost the answer.
var gateways = []int{502, 504, 520, 524}

// alarmOf is that of an answer which leaves a key unknown: an error where it kept a
// message from being sent, and where the key alone was asked about and SMTP did not
// take it, since silence is no success.
func (q *inquiry) alarmOf(c *evidence.Call) report.Severity {
	x := q.login()
	if c.Name == evidence.CallSend || !q.settings && (x == nil || x.Result != evidence.LoginAccepted) {
		return report.Error
	}
	return report.Warning
}

// messageNotSent is what no other check explains; that is told by ask.
func messageNotSent(q *inquiry) (string, []report.Finding) {
	what, c := q.fate()
	switch {
	case what == noMessage:
		return unsent, nil
	case what == taken, q.explained:
		return "", nil
	case what == inDoubt:
		return "", one(report.Finding{Summary: "Resend may have taken the message: " + lostWords(c), Evidence: callQuote(c),
			Detail: "The request went out, and the answer that would tell is not there.", Fix: []string{q.lookForIt(), "Send it again where it is not there"}})
	case c == nil:
		return "", one(report.Finding{Summary: "Nothing was asked of Resend, and no message was sent", Detail: "The run ended before, or the key is not one that can be shown to Resend.",
			Fix: []string{"Run maildoctor send again, with a key of " + keysPage}})
	case c.Status == 0:
		return "", one(report.Finding{Summary: "The message did not get to Resend: " + callText(c), Detail: "No connection stood that could have carried it.", Evidence: callQuote(c), Fix: []string{"Run maildoctor send again"}})
	}
	return "", one(report.Finding{Summary: "Resend did not take the message: " + clipTo(callText(c), 60), Detail: "The answer has no id of a message.", Evidence: callQuote(c),
		Fix: []string{"Read the answer above, and look at " + emailsPage + " and https://resend-status.com", "Run maildoctor resend with the same key, which says what is wrong without sending"}})
}

// lostWords say how the answer got lost, in half a sentence.
func lostWords(c *evidence.Call) string {
	switch {
	case c == nil:
		return "no answer came"
	case c.Fault != nil && c.Fault.Class == evidence.Cancelled:
		return "the run was ended while it waited for the answer"
	case c.Status == 0 && c.Fault != nil && c.Fault.Class == evidence.Timeout:
		return "no answer came in time"
	case c.Status == 0 && c.Fault != nil:
		return "the connection ended before the answer: " + clipTo(callText(c), 60)
	case c.Error == atWork:
		return "Resend is at work on a request with the same idempotency key"
	case c.Status >= 300 && !slices.Contains(gateways, c.Status):
		return fmt.Sprintf("Resend answered %d, which leaves it open", c.Status)
	case c.Status >= 300:
		return fmt.Sprintf("a gateway answered %d in its place", c.Status)
	case strings.TrimSpace(c.Body) == "" && c.Fault == nil:
		return fmt.Sprintf("the answer %d is empty", c.Status)
	case c.Broken || c.Fault != nil:
		return fmt.Sprintf("the answer %d breaks off", c.Status)
	}
	return fmt.Sprintf("the answer %d names no message", c.Status)
}

// lookForIt is the first step where the answer is lost.
func (q *inquiry) lookForIt() string {
	if q.message != nil && q.message.Run != "" {
		return fmt.Sprintf("Look at %s for the message of the run %s before it is sent again", emailsPage, q.message.Run)
	}
	return "Look at " + emailsPage + " for the message of this run before it is sent again"
}

// sentVerdict is the answer in one line where a message was to be sent.
func (q *inquiry) sentVerdict(what fate, c *evidence.Call, findings []report.Finding) string {
	worst := worstOf(findings)
	switch {
	case what == taken && worst != nil:
		return fmt.Sprintf("Resend accepted the message as %s, with a warning: %s", oneLine(c.Created), half(worst.Summary))
	case what == taken:
		return "Resend accepted the message as " + oneLine(c.Created)
	case what == inDoubt:
		return "it is not known whether the message was sent: " + strings.TrimPrefix(lostWords(c), "Resend may have taken the message: ")
	case worst == nil:
		return "the message was not sent: " + clipTo(callText(c), 60)
	}
	return "the message was not sent: " + half(worst.Summary)
}

// clipTo is the beginning of a text, in characters.
func clipTo(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "..."
	}
	return s
}
