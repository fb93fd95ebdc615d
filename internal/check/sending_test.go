package check

import (
	"strings"
	"testing"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/facts"
	"github.com/maildoctor/maildoctor/internal/report"
)

// forReal makes a case one of a real message.
func forReal(c *evidence.Case) *evidence.Case {
	c.Message = &evidence.Message{Via: "smtp", MessageID: "run1@client.example.net", Run: "run1", Size: 812}
	return c
}

// TestVerdictOfAMessage: first what became of the message, then what else is wrong.
func TestVerdictOfAMessage(t *testing.T) {
	t.Parallel()
	const deferred = "the message was not taken (put off; maildoctor does not try again, a mail server would)"
	ready := func() *talk { return underTLS(after...).in().taken() }
	early := forReal(asked(ready().step(evidence.StepData, "DATA", reply(250, "Ok"), nil)))
	data := func() *talk { return ready().step(evidence.StepData, "DATA", reply(354, "Go on"), nil) }
	expired := sentAll()
	expired.Sessions[0].TLS = leaf(func(c *evidence.Cert) { c.NotAfter = now.AddDate(0, 0, -3) })
	large := sentAll()
	large.Message.Size = 20_000_000
	partly := forReal(asked(underTLS(after...).in().taken().rcpt("c@example.net", 550, "5.1.1 User unknown").message(250, "Ok: queued as 4Xy")))
	for name, tt := range map[string]struct {
		c       *evidence.Case
		found   string
		verdict string // a part of it
		detail  string // of the first finding
	}{
		"DATA 250":           {early, "error protocol-error", "DATA was answered with 250, not 354", "The message was not sent"},
		"put off after dot":  {forReal(asked(ready().message(451, "4.7.1 Please try again later"))), "error greylisted", deferred, "Nobody tries again"},
		"put off at RCPT":    {forReal(asked(underTLS(after...).in().mail(250, "Ok").rcpt("b@example.net", 450, "4.2.0 Greylisted"))), "error greylisted", deferred, "Nobody tries again"},
		"dry run":            {asked(underTLS(after...).in().mail(250, "Ok").rcpt("b@example.net", 450, "4.2.0 Greylisted")), "warning greylisted", "with a warning: ", ""},
		"no room, dry run":   {refusing("rcpt", own, "", 452, "4.3.1 Insufficient system storage"), "error server-temporary-failure", ", but the envelope is put off: ", ""},
		"certificate":        {expired, "error cert-expired", "587 speaks STARTTLS and accepted the message as 4XyZ12AbC; but ", ""},
		"one of two":         {partly, "error recipient-unknown", " and accepted the message as 4Xy; but the recipient's mailbox does not exist", ""},
		"over the limit":     {large, "note message-too-large", "587 speaks STARTTLS and accepted the message as 4XyZ12AbC", ""},
		"timeout after dot":  {forReal(asked(data().fault(evidence.StepMessage, "(812 bytes)", evidence.Timeout, "no answer in time"))), "error session-timeout", "nobody knows whether the message was taken (look in the mailbox", "look in the mailbox"},
		"garbage after dot":  {forReal(asked(data().fault(evidence.StepMessage, "(812 bytes)", evidence.Protocol, "no reply code"))), "error protocol-error", "nobody knows whether the message was taken (look in the mailbox", "look in the mailbox"},
		"refused and no end": {forReal(asked(data().step(evidence.StepMessage, "(812 bytes)", reply(550, "no"), &evidence.Fault{Class: evidence.Limit, Text: "too long"}))), "error protocol-error", "mail does not go out", "too long."},
		"refused after dot":  {forReal(asked(ready().message(554, "5.7.1 rejected as spam"))), "error content-rejected", ", but the message is refused: ", ""},
		"replied 354 at end": {forReal(asked(data().step(evidence.StepMessage, "(812 bytes)", reply(354, "Go on"), nil))), "error protocol-error", "nobody knows whether", "look in the mailbox"},
	} {
		s := Subject(tt.c)
		if got := ids(s.Findings); len(got) == 0 || got[0] != tt.found {
			t.Errorf("%s: %v, want %s first", name, got, tt.found)
			continue
		}
		if !strings.Contains(s.Verdict, tt.verdict) || !strings.Contains(s.Findings[0].Detail, tt.detail) {
			t.Errorf("%s: verdict %q, detail %q\nwant %q, %q", name, s.Verdict, s.Findings[0].Detail, tt.verdict, tt.detail)
		}
		if s.Healthy != (tt.found == "note message-too-large") {
			t.Errorf("%s: healthy %v", name, s.Healthy)
		}
	}
}

// TestInterruptedMessage: what was cut off after the message went out may have
// arrived.
func TestInterruptedMessage(t *testing.T) {
	t.Parallel()
	c := forReal(asked(underTLS(after...).in().taken().step(evidence.StepData, "DATA", reply(354, "Go on"), nil).fault(evidence.StepMessage, "(812 bytes)", evidence.Cancelled, "interrupted")))
	c.Cut = "interrupted"
	if s := Subject(c); s.Healthy || !strings.Contains(s.Verdict, "cut short (interrupted)") || !strings.Contains(s.Verdict, "look in the mailbox before you send it again") {
		t.Errorf("healthy %v, %q", s.Healthy, s.Verdict)
	}
}

// TestDataWithout354: a message whose DATA was not gone on with was not sent.
func TestDataWithout354(t *testing.T) {
	t.Parallel()
	c := forReal(asked(underTLS(after...).in().taken().step(evidence.StepData, "DATA", reply(250, "Ok"), nil)))
	if d := facts.Of(c).Delivery(); d.State != facts.StateUnknown {
		t.Errorf("DATA with 250 is %s, want unknown", d.State)
	}
}

// TestSizeRefused: what a refusal for the size proves, and the one line that
// announces it.
func TestSizeRefused(t *testing.T) {
	t.Parallel()
	c := asked(underTLS(after...).in().step(evidence.StepMail, "MAIL FROM:<app@example.org> SIZE=52428800", reply(552, "5.3.4 Message size exceeds fixed limit"), nil))
	c.Asked.Envelope.Size = 52428800
	s := Subject(c)
	if got := s.Endpoint.Envelope.Proves; !strings.Contains(got, "about the size that was announced (SIZE=52428800)") {
		t.Errorf("proves %q", got)
	}
	var f report.Finding
	for _, x := range s.Findings {
		if x.ID == "message-too-large" {
			f = x
		}
	}
	if len(f.Evidence) == 0 || f.Evidence[0].Text != "250 SIZE 10240000" {
		t.Errorf("evidence %+v, want the SIZE line first", f.Evidence)
	}
}

// TestDryRunSawNothing: nothing was seen, and nothing is said to be missing.
func TestDryRunSawNothing(t *testing.T) {
	t.Parallel()
	c := asked(underTLS(after...))
	c.Message = &evidence.Message{Via: "smtp", DryRun: true}
	c.Asked.Envelope = &evidence.Envelope{From: "a@example.org", To: []string{"b@example.net"}}
	s := Subject(c)
	if len(s.Sessions)+len(s.Lookups) != 0 || s.Endpoint != nil || s.Use != nil {
		t.Errorf("%d sessions, %d look-ups, %v, %v, want nothing", len(s.Sessions), len(s.Lookups), s.Endpoint, s.Use)
	}
	for _, o := range s.Outcomes {
		if o.Status == report.NotRun && o.Reason != "a dry run contacts nobody" {
			t.Errorf("%s was not run: %s", o.Check, o.Reason)
		}
	}
}

// TestRefusedIsNotTaken: a message that was refused has not arrived, whatever else
// is wrong with the reply.
func TestRefusedIsNotTaken(t *testing.T) {
	t.Parallel()
	limit := &evidence.Fault{Class: evidence.Limit, Text: "too long"}
	c := forReal(asked(underTLS(after...).in().taken().step(evidence.StepData, "DATA", reply(354, "Go on"), nil).step(evidence.StepMessage, "(812 bytes)", reply(550, "no"), limit)))
	if d := mustJudge(c)[0].Detail; strings.Contains(d, "may have taken") {
		t.Errorf("detail %q", d)
	}
}

// TestVerdictOfAMessageBySettings: with settings as well, it is said first.
func TestVerdictOfAMessageBySettings(t *testing.T) {
	t.Parallel()
	ready := func() *talk { return underTLS(after...).in().taken() }
	expired := sentAll()
	expired.Sessions[0].TLS = leaf(func(c *evidence.Cert) { c.NotAfter = now.AddDate(0, 0, -3) })
	for name, tt := range map[string]struct {
		c    *evidence.Case
		want string
	}{
		"put off":  {forReal(asked(ready().message(451, "4.7.1 Please try again later"))), "The message was not taken (put off; maildoctor does not try again, a mail server would): "},
		"lost":     {forReal(asked(ready().step(evidence.StepData, "DATA", reply(354, "Go on"), nil).fault(evidence.StepMessage, "(812 bytes)", evidence.EOF, "EOF"))), "Nobody knows whether the message was taken (look in the mailbox before you send it again): "},
		"accepted": {expired, "The server accepted the message as 4XyZ12AbC; but the certificate "},
		"refused":  {forReal(asked(ready().message(554, "5.7.1 rejected as spam"))), "The message is refused for what it holds (554"},
	} {
		tt.c.Settings = settled(onHost(own))
		if s := Subject(tt.c); !strings.HasPrefix(s.Verdict, tt.want) {
			t.Errorf("%s: %q, want it to begin with %q", name, s.Verdict, tt.want)
		}
	}
}
