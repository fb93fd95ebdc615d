package check

import (
	"cmp"
	"slices"

	"github.com/maildoctor/maildoctor/internal/facts"
)

// What the answers of the server have to be for a check to be passed.

// loggedIn: the login was accepted.
func loggedIn(f *facts.Facts) string {
	switch l := f.Login(); l.State {
	case facts.StateAccepted:
		return ""
	case facts.StateNotTried:
		if f.Case.Asked.Account == nil {
			return "nobody logged in"
		}
		return "no login was tried: " + l.Why
	case facts.StateRefused:
		return "the login was refused for another reason"
	}
	return "the login came to no verdict"
}

// withToken: a login with an OAuth token was accepted.
func withToken(f *facts.Facts) string {
	if l := f.Login(); l.Attempt != nil && !oauth(l.Attempt.Mechanism) {
		return "no login with an OAuth token was tried"
	}
	return loggedIn(f)
}

// recipientsTaken: MAIL and every RCPT was accepted, at a server that judges them.
func recipientsTaken(f *facts.Facts) string { return cmp.Or(judgedLater(f), allTaken(f)) }

// judgedLater: Resend accepts every envelope, and judges it with the message.
func judgedLater(f *facts.Facts) string {
	if p := providerFor(f); p != nil && p.ID == "resend" && f.Envelope().Session != nil && f.Delivery().State != facts.StateAccepted {
		return "Resend judges sender and recipients only after the message"
	}
	return ""
}

// runCut is why an answer is missing where the run ended before it came.
const runCut = "the run was cut"

// cutAt reports whether an answer is missing since the run was cut.
func cutAt(f *facts.Facts, a facts.Answer) bool {
	return f.Case.Cut != "" && a.State == facts.StateUnknown && a.Reply() == nil
}

// untriedEnvelope says why there is no answer to MAIL; "" when there may be one.
func untriedEnvelope(f *facts.Facts) string {
	e := f.Envelope()
	switch {
	case e.Session == nil && f.Case.Asked.Envelope == nil && f.Case.Message == nil:
		return "no envelope was sent"
	case e.Session == nil:
		return "no envelope was tried: " + e.Why
	case cutAt(f, e.Sender):
		return runCut
	}
	return ""
}

// allTaken: the sender and every recipient was accepted.
func allTaken(f *facts.Facts) string {
	if why := untriedEnvelope(f); why != "" {
		return why
	}
	e := f.Envelope()
	switch {
	case e.Sender.State != facts.StateAccepted:
		return "the sender was not accepted"
	case !slices.ContainsFunc(e.Recipients, func(r facts.Answer) bool { return r.Step != nil }):
		return "no recipient was tried"
	case slices.ContainsFunc(e.Recipients, func(r facts.Answer) bool { return r.State != facts.StateAccepted }):
		return "not every recipient was accepted"
	}
	return ""
}

// senderTaken: MAIL was accepted, and a recipient too. Many servers judge the
// sender only then.
func senderTaken(f *facts.Facts) string {
	if why := cmp.Or(judgedLater(f), untriedEnvelope(f)); why != "" {
		return why
	}
	e := f.Envelope()
	switch {
	case e.Sender.State != facts.StateAccepted:
		return "the sender was refused for another reason, or got no answer"
	case !slices.ContainsFunc(e.Recipients, func(r facts.Answer) bool { return r.State == facts.StateAccepted }):
		return "no recipient was accepted, and many servers judge the sender only then"
	}
	return ""
}

// messageTaken: the message was accepted.
func messageTaken(f *facts.Facts) string {
	switch d := f.Delivery(); d.State {
	case facts.StateAccepted:
		return ""
	case facts.StateNotTried:
		return cmp.Or(d.Why, "no message was sent")
	case facts.StateUnknown:
		if f.Case.Cut != "" {
			return runCut
		}
		return "the message got no answer"
	}
	return "the message was refused for another reason"
}

// ofResend: the server is one of Resend's, which alone says this.
func ofResend(shown func(*facts.Facts) string) func(*facts.Facts) string {
	return func(f *facts.Facts) string {
		if p := providerFor(f); p == nil || p.ID != "resend" {
			return "the server is not one of Resend's"
		}
		return shown(f)
	}
}
