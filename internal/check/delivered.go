package check

import (
	"slices"
	"strings"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/facts"
	"github.com/maildoctor/maildoctor/internal/report"
)

// What became of login, envelope and message, for the report and its verdict.

func reportedLogin(f *facts.Facts) report.Auth {
	l := f.Login()
	out := report.Auth{BeforeTLS: facts.Mechanisms(f.Main.Ext), AfterTLS: facts.Mechanisms(f.Main.ExtTLS), Login: string(l.State)}
	switch {
	case l.Attempt == nil && f.Case.Asked.Account != nil:
		out.Why = l.Why
	case l.Attempt != nil:
		out.Mechanism, out.Reply = l.Attempt.Mechanism, replyText(l.Attempt.Reply)
		if l.Attempt.Fault != nil {
			out.Why = clip(l.Attempt.Fault.Text)
		}
	}
	return out
}

func reportedEnvelope(f *facts.Facts) *report.Envelope {
	e := f.Envelope()
	if e.Session == nil && f.Case.Asked.Envelope == nil {
		return nil
	}
	out := &report.Envelope{From: e.Sender.Address, Result: string(e.Sender.State), Reply: replyText(e.Sender.Reply()), Recipients: []report.Recipient{}, Proves: proves(f, e)}
	for _, r := range e.Recipients {
		out.Recipients = append(out.Recipients, report.Recipient{To: r.Address, Result: string(r.State), Reply: replyText(r.Reply())})
	}
	return out
}

// proves says what the answers to MAIL and RCPT are worth. They never show that
// a message would be taken.
func proves(f *facts.Facts, e facts.Envelope) string {
	p := providerFor(f)
	switch {
	case e.Session == nil:
		return "Nothing is proved: " + e.Why + "."
	case e.Sender.State == facts.StateNotTried && e.Sender.Step != nil && e.Sender.Step.Fault != nil:
		return "Nothing is proved: " + strings.TrimSuffix(e.Sender.Step.Fault.Text, ".") + "."
	case f.Delivery().Session != nil && f.Delivery().State != facts.StateAccepted:
		return "The server accepts sender and recipients as above, and " + afterEnvelope(f.Delivery()) + "."
	case f.Delivery().State == facts.StateAccepted:
		return "The server took the message for the recipients that it accepted; whether it arrives, and where, is not proved by its answer."
	case e.Sender.State != facts.StateAccepted && tooBigSaid(e.Sender.Reply(), e.Sender.Step.Sent):
		return "The answer is about the size that was announced (" + announced(e.Sender.Step.Sent) + "); nothing is proved about sender and recipients."
	case e.Sender.State != facts.StateAccepted:
		return "The answer is about this sender; nothing is proved about recipients and messages."
	case p != nil && p.ID == "resend":
		return "Nothing is proved about From and the recipients: Resend judges them only after the message."
	case !slices.ContainsFunc(e.Recipients, func(r facts.Answer) bool { return r.State == facts.StateAccepted }):
		return "The server begins a message from this sender; nothing is proved about one that it would take: many judge the sender only at RCPT or after the message."
	}
	return "The server says whom it would take mail from and for; that it takes or delivers a message is not proved: it can refuse after DATA, and some servers accept every recipient."
}

// afterEnvelope is what became of a message that was not accepted, in half a
// sentence.
func afterEnvelope(d facts.Delivery) string {
	at := "after it was sent"
	if d.Step.Name == evidence.StepData {
		at = "at DATA"
	}
	switch {
	case d.State == facts.StateRefused:
		return "then refused the message " + at
	case d.State == facts.StateDeferred:
		return "then put the message off " + at
	case mayHaveIt(d):
		return "it is not known whether the server took the message"
	}
	return "the message was not sent"
}

func reportedDelivery(f *facts.Facts) *report.Delivery {
	d := f.Delivery()
	if d.Session == nil {
		return nil
	}
	out := &report.Delivery{Result: string(d.State), QueueID: d.QueueID}
	if d.State == facts.StateUnknown && !mayHaveIt(d) { // DATA did not go on
		out.Result = string(facts.StateNotTried)
	}
	if d.Step.Name == evidence.StepMessage || d.State != facts.StateUnknown || d.Step.Reply != nil && d.Step.Reply.Code != 354 {
		out.Reply = replyText(d.Step.Reply)
	}
	if f.Case.Message != nil {
		out.MessageID = f.Case.Message.MessageID
	}
	return out
}

// addMessage says which message was sent, or would be.
func addMessage(s *report.Subject, c *evidence.Case) {
	m := c.Message
	s.Message = &report.Message{Via: m.Via, MessageID: m.MessageID, Run: m.Run, Subject: m.Subject, File: m.File, Size: m.Size, HidBcc: m.HidBcc, DryRun: m.DryRun, Text: m.Text}
	if e := c.Asked.Envelope; e != nil {
		s.Message.From, s.Message.To = e.From, e.To
	}
	if !m.DryRun {
		return
	}
	way := c.Target.Name()
	if m.Via == "resend" {
		way = "Resend's API"
	}
	s.Name, s.Healthy, s.Endpoint, s.Use = way, healthy(s.Findings), nil, nil // nothing was seen of a server
	s.Sessions, s.Lookups = nil, nil
	for i := range s.Outcomes {
		if o := &s.Outcomes[i]; s.Kind == "endpoint" && o.Status == report.NotRun {
			o.Reason = "a dry run contacts nobody"
		}
	}
	s.Verdict = "nothing was sent: this is the message that would go to " + list(s.Message.To) + " by " + way
}

// asDone reports whether what was asked beyond the handshake was done and has a
// verdict: a login, an envelope, a message.
func asDone(f *facts.Facts) bool { return undone(f) == "" }

// undone is what was asked and has no verdict, in words that end a sentence.
func undone(f *facts.Facts) string {
	asked, e, d := f.Case.Asked, f.Envelope(), f.Delivery()
	switch l := f.Login(); {
	case f.Protocol != "smtp" || asked.NoPort && f.Reach != facts.Open:
		return ""
	case asked.Account != nil && l.State == facts.StateNotTried:
		return "nobody logged in: " + l.Why
	case l.State == facts.StateUnknown:
		return "the login came to no verdict"
	case asked.Envelope != nil && e.Session == nil:
		return "the envelope was not tried: " + e.Why
	case e.Session != nil && slices.ContainsFunc(append([]facts.Answer{e.Sender}, e.Recipients...), func(a facts.Answer) bool {
		return a.State == facts.StateUnknown || a.State == facts.StateNotTried
	}):
		return "the envelope came to no verdict"
	case mayHaveIt(d):
		return "the message got no answer and may have been taken: look in the mailbox before you send it again"
	case d.State == facts.StateUnknown:
		return "the message was not sent"
	case f.Case.Message != nil && f.Case.Message.Via == "smtp" && !f.Case.Message.DryRun && d.State == facts.StateNotTried:
		return "the message was not sent: " + d.Why
	}
	return ""
}

// cameOf is what was done beyond the handshake, and accepted, in words that go
// on a sentence; "" where nothing was.
func cameOf(f *facts.Facts) string {
	d := f.Delivery()
	switch {
	case d.State == facts.StateAccepted && d.QueueID != "":
		return " and accepted the message as " + oneLine(d.QueueID)
	case d.State == facts.StateAccepted:
		return " and accepted the message"
	}
	login, envelope := f.Login().State == facts.StateAccepted, allTaken(f) == "" || senderOnly(f)
	switch {
	case login && envelope:
		return " and accepts login and envelope"
	case login:
		return " and accepts the login"
	case envelope:
		return " and accepts the envelope"
	}
	return ""
}

// senderOnly reports whether MAIL was accepted and no recipient asked for.
func senderOnly(f *facts.Facts) bool {
	e := f.Envelope()
	return e.Session != nil && e.Sender.State == facts.StateAccepted && len(e.Recipients) == 0
}

// refusedAt joins the worst finding to what the port speaks: what was refused,
// where it is a refusal.
func refusedAt(f *facts.Facts, worst *report.Finding) string {
	a := readAnswers(f)
	refused := a.of(worst.ID)
	if len(refused) == 0 && mayHaveIt(f.Delivery()) {
		return ", but nobody knows whether the message was taken (look in the mailbox before you send it again): "
	}
	if len(refused) == 0 {
		return ", but mail does not go out: "
	}
	switch refused[0].step {
	case evidence.StepAuth:
		switch {
		case a.login.State == facts.StateRefused:
			return ", but the login is refused: "
		case a.putOff(refused[0]):
			return ", but the login is put off: "
		}
		return ", but the login fails: "
	case evidence.StepMail, evidence.StepRcpt:
		if a.putOff(refused[0]) {
			return ", but " + putOffWords(f, "the envelope") + ": "
		}
		return ", but the envelope is refused: "
	}
	if a.putOff(refused[0]) {
		return ", but " + putOffWords(f, "the message") + ": "
	}
	return ", but the message is refused: "
}

// putOffWords say of what is put off that it did not arrive.
func putOffWords(f *facts.Facts, what string) string {
	if !realMessage(f) {
		return what + " is put off"
	}
	return "the message was not taken (put off; maildoctor does not try again, a mail server would)"
}

// mayHaveIt reports whether a message went out and nobody knows whether it was
// taken.
func mayHaveIt(d facts.Delivery) bool {
	return d.State == facts.StateUnknown && d.Step.Name == evidence.StepMessage
}

// notTaken is what begins the verdict on a real message that was put off, or whose
// answer got lost; "" for any other.
func notTaken(f *facts.Facts, worst *report.Finding) string {
	a := readAnswers(f)
	refused := a.of(worst.ID)
	later := len(refused) > 0 && refused[0].step != evidence.StepAuth && a.putOff(refused[0])
	if !realMessage(f) || !later && !mayHaveIt(a.delivery) {
		return ""
	}
	return strings.TrimPrefix(refusedAt(f, worst), ", but ")
}
