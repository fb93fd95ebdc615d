package check

import (
	"slices"
	"strings"
	"testing"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/facts"
	"github.com/maildoctor/maildoctor/internal/report"
)

func wentOn() *talk {
	return underTLS(after...).in().taken().step(evidence.StepData, "DATA", reply(354, "Go on"), nil)
}

// withheld is a session whose step was kept back, and why.
func (t *talk) withheld(step evidence.StepName, why string) *talk {
	return t.fault(step, "", evidence.Other, why)
}

// TestLookBeforeSendingAgain: where a message may have been taken, nobody is told to
// try again.
func TestLookBeforeSendingAgain(t *testing.T) {
	t.Parallel()
	for _, class := range []evidence.Class{evidence.Timeout, evidence.EOF} {
		f := mustJudge(forReal(asked(wentOn().fault(evidence.StepMessage, "(812 bytes)", class, "no end"))))[0]
		if fix := strings.Join(f.Fix, "\n"); strings.Contains(fix, "Try again") || !strings.Contains(f.Fix[0], "Look in the mailbox") {
			t.Errorf("%s: %q", class, f.Fix)
		}
	}
	if f := mustJudge(asked(underTLS(after...).in().fault(evidence.StepMail, "MAIL FROM:<app@example.org>", evidence.Timeout, "no answer in time")))[0]; !strings.Contains(strings.Join(f.Fix, "\n"), "Try again") {
		t.Errorf("at MAIL: %q", f.Fix)
	}
}

// TestProvesAfterData: what an envelope proves where the message has an answer.
func TestProvesAfterData(t *testing.T) {
	t.Parallel()
	ready := func() *talk { return underTLS(after...).in().taken() }
	for name, tt := range map[string]struct {
		t    *talk
		want string
	}{
		"refused at DATA":   {ready().step(evidence.StepData, "DATA", reply(554, "5.7.1 no"), nil), "then refused the message at DATA"},
		"refused after dot": {ready().message(554, "5.7.1 spam"), "then refused the message after it was sent"},
		"put off after dot": {ready().message(451, "4.7.1 later"), "then put the message off after it was sent"},
		"no answer":         {wentOn().fault(evidence.StepMessage, "(812 bytes)", evidence.EOF, "EOF"), "it is not known whether the server took the message"},
		"DATA 250":          {ready().step(evidence.StepData, "DATA", reply(250, "Ok"), nil), "the message was not sent"},
	} {
		got := Subject(forReal(asked(tt.t))).Endpoint.Envelope.Proves
		if !strings.Contains(got, tt.want) || strings.Contains(got, "it can refuse after DATA") {
			t.Errorf("%s: %q, want %q in it", name, got, tt.want)
		}
	}
}

// TestAnswerToTheMessage: 221 takes the message and is not what belongs there.
func TestAnswerToTheMessage(t *testing.T) {
	t.Parallel()
	for _, code := range []int{221, 251, 200} {
		s := Subject(forReal(asked(underTLS(after...).in().taken().message(code, "2.0.0 Bye"))))
		if got := ids(s.Findings); !slices.Equal(got, []string{"warning protocol-error"}) || !strings.Contains(s.Verdict, "accepted the message, with a warning: the message was answered with") {
			t.Errorf("%d: %v, %q", code, got, s.Verdict)
		}
	}
	if got := alarms(sentAll()); got != "" {
		t.Errorf("250: %q", got)
	}
}

// TestCutBeforeMail: a run that was cut says that nothing was sent, and why checks
// were not run.
func TestCutBeforeMail(t *testing.T) {
	t.Parallel()
	for name, x := range map[string]*talk{
		"at MAIL":     underTLS(after...).in().fault(evidence.StepMail, "MAIL FROM:<app@example.org>", evidence.Cancelled, "interrupted"),
		"before MAIL": underTLS(after...).in(),
	} {
		c := asked(x)
		c.Asked.Envelope = &evidence.Envelope{From: "app@example.org", To: []string{"b@example.net"}}
		c = forReal(c)
		c.Cut = "interrupted"
		s := Subject(c)
		if !strings.Contains(s.Verdict, "cut short (interrupted): the message was not sent") {
			t.Errorf("%s: %q", name, s.Verdict)
		}
		for _, id := range []string{"sender-address-invalid", "recipient-unknown", "content-rejected"} {
			if o := outcomeOf(c, id); o.Status != report.NotRun || !strings.Contains(o.Reason, "the run was cut") {
				t.Errorf("%s: %s is %+v", name, id, o)
			}
		}
	}
}

// TestNotSentAfterData: a message whose DATA did not go on was not sent.
func TestNotSentAfterData(t *testing.T) {
	t.Parallel()
	c := forReal(asked(underTLS(after...).in().taken().step(evidence.StepData, "DATA", reply(250, "Ok"), nil)))
	if d := Subject(c).Endpoint.Delivery; d == nil || d.Result != string(facts.StateNotTried) || d.Reply != "250 Ok" {
		t.Errorf("%+v", d)
	}
}

// TestWithheld: what was kept back names the address that was asked for, and why.
func TestWithheld(t *testing.T) {
	t.Parallel()
	const why = "the server does not offer SMTPUTF8"
	c := asked(underTLS(after...).in().withheld(evidence.StepMail, why))
	c.Asked.Envelope = &evidence.Envelope{From: "jörg@example.org", To: []string{"b@example.net"}}
	if e := Subject(c).Endpoint.Envelope; e.From != "jörg@example.org" || e.Result != "not-tried" || e.Proves != "Nothing is proved: "+why+"." {
		t.Errorf("%+v", e)
	}
	bits := forReal(asked(underTLS(after...).in().taken().withheld(evidence.StepData, "the message holds 8-bit characters, and the server does not offer 8BITMIME")))
	if f := mustJudge(bits)[0]; f.ID != undoneID || !strings.Contains(f.Fix[0], "RFC 2047") || !strings.Contains(f.Fix[1], "8BITMIME") {
		t.Errorf("%s: %q", f.ID, f.Fix)
	}
}

// TestMissedExpectation: it says what is not there, and stands after an error that
// says why.
func TestMissedExpectation(t *testing.T) {
	t.Parallel()
	for expect, want := range map[string]string{
		"days>=": "Expected days>=14, no certificate was seen: the server has no TLS",
		"tls>=":  "Expected tls>=14, no TLS was seen: the server has none",
	} {
		c := plain(2526, "SIZE 1")
		c.Asked.Expect = map[string]string{expect: "14"}
		if f := foundOf(c, report.ExpectationMissed); f == nil || f.Summary != want {
			t.Errorf("%s: %+v", expect, f)
		}
	}
	c := refusing("auth", own, "", 535, "no")
	c.Asked.Expect = map[string]string{"login=": "accepted"}
	if got := ids(mustJudge(c)); !slices.Equal(got, []string{"error auth-bad-credentials", "error expectation-missed"}) {
		t.Errorf("found %v", got)
	}
}
