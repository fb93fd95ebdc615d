package facts

import (
	"strings"
	"testing"

	"github.com/maildoctor/maildoctor/internal/evidence"
)

// said makes a step with a reply.
func said(name evidence.StepName, sent string, code int, lines ...string) evidence.Step {
	return evidence.Step{Name: name, Sent: sent, Reply: &evidence.Reply{Code: code, Lines: lines}}
}

func lost(name evidence.StepName, sent string) evidence.Step {
	return evidence.Step{Name: name, Sent: sent, Fault: &evidence.Fault{Class: evidence.EOF, Text: "EOF"}}
}

func tries(results ...string) []evidence.Attempt {
	var out []evidence.Attempt
	for _, r := range results {
		mechanism, result, _ := strings.Cut(r, " ")
		a := evidence.Attempt{Mechanism: mechanism, Result: result}
		switch result {
		case evidence.LoginAccepted:
			a.Reply = &evidence.Reply{Code: 235}
		case evidence.LoginRefused:
			a.Reply = &evidence.Reply{Code: 535}
		case "later":
			a.Result, a.Reply = evidence.LoginRefused, &evidence.Reply{Code: 454}
		}
		out = append(out, a)
	}
	return out
}

func talked(role evidence.Role, logins []evidence.Attempt, steps ...evidence.Step) evidence.Session {
	return evidence.Session{Role: role, Host: "mail.example.org", Port: 587, Peer: "192.0.2.25", Logins: logins, Steps: steps}
}

func asking(sessions ...evidence.Session) *Facts {
	return Of(&evidence.Case{Sessions: sessions, Asked: evidence.Asked{Account: &evidence.Account{User: "app"}}})
}

func TestLogin(t *testing.T) {
	t.Parallel()
	silent := talked(evidence.Main, nil)
	silent.NoLogin = "the line is not encrypted"
	for name, tt := range map[string]struct {
		f    *Facts
		want string // state, mechanism, why
	}{
		"nothing asked":              {Of(&evidence.Case{}), "not-tried  no login was asked for"},
		"asked, no session":          {asking(), "not-tried  the session did not come that far"},
		"asked, not done":            {asking(silent), "not-tried  the line is not encrypted"},
		"accepted":                   {asking(talked(evidence.Main, tries("PLAIN accepted"))), "accepted PLAIN "},
		"refused":                    {asking(talked(evidence.Main, tries("PLAIN refused"))), "refused PLAIN "},
		"refused for now":            {asking(talked(evidence.Main, tries("PLAIN later"))), "unknown PLAIN "},
		"broken":                     {asking(talked(evidence.Main, tries("PLAIN broken"))), "unknown PLAIN "},
		"the last decides":           {asking(talked(evidence.Main, tries("CRAM-MD5 broken", "PLAIN refused"))), "refused PLAIN "},
		"accepted wins":              {asking(talked(evidence.Main, tries("PLAIN accepted")), talked(evidence.Main, tries("LOGIN refused"))), "accepted PLAIN "},
		"an attempt beats its lack":  {asking(silent, talked(evidence.Main, tries("PLAIN refused")), silent), "refused PLAIN "},
		"remedies are another place": {asking(talked(evidence.Remedy, tries("PLAIN accepted"))), "not-tried  the session did not come that far"},
	} {
		l := tt.f.Login()
		mechanism := ""
		if l.Attempt != nil {
			mechanism = l.Attempt.Mechanism
		}
		if got := strings.Join([]string{string(l.State), mechanism, l.Why}, " "); got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}

func TestFailedBefore(t *testing.T) {
	t.Parallel()
	for want, logins := range map[string][]evidence.Attempt{
		"SCRAM-SHA-256 CRAM-MD5": tries("SCRAM-SHA-256 refused", "CRAM-MD5 broken", "PLAIN accepted"),
		"":                       tries("SCRAM-SHA-256 refused", "PLAIN refused"),
	} {
		var got []string
		for _, a := range asking(talked(evidence.Main, logins)).Login().Failed() {
			got = append(got, a.Mechanism)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("failed before: %q, want %q", got, want)
		}
	}
}

func TestEnvelope(t *testing.T) {
	t.Parallel()
	mail := said(evidence.StepMail, "MAIL FROM:<a@example.org> SIZE=5", 250, "Ok")
	asked := &evidence.Envelope{From: "a@example.org", To: []string{"b@example.net", "c@example.net"}}
	for name, tt := range map[string]struct {
		c    evidence.Case
		want string // sender, recipients, why
	}{
		"nothing asked": {evidence.Case{}, " not-tried|no envelope was asked for"},
		"not reached": {evidence.Case{Asked: evidence.Asked{Envelope: asked}},
			"a@example.org not-tried|b@example.net not-tried|c@example.net not-tried|the session did not come that far"},
		"login refused": {evidence.Case{Asked: evidence.Asked{Envelope: asked}, Sessions: []evidence.Session{talked(evidence.Main, tries("PLAIN refused"))}},
			"a@example.org not-tried|b@example.net not-tried|c@example.net not-tried|the login was refused"},
		"each has its answer": {evidence.Case{Asked: evidence.Asked{Envelope: asked}, Sessions: []evidence.Session{talked(evidence.Main, nil, mail,
			said(evidence.StepRcpt, "RCPT TO:<b@example.net>", 250, "Ok"), said(evidence.StepRcpt, "RCPT TO:<c@example.net>", 450, "4.2.0 Greylisted"))}},
			"a@example.org accepted|b@example.net accepted|c@example.net deferred|"},
		"sender refused": {evidence.Case{Asked: evidence.Asked{Envelope: asked}, Sessions: []evidence.Session{talked(evidence.Main, nil,
			said(evidence.StepMail, "MAIL FROM:<a@example.org>", 553, "5.7.1 not owned"))}},
			"a@example.org refused|b@example.net not-tried|c@example.net not-tried|"},
		"answer lost": {evidence.Case{Sessions: []evidence.Session{talked(evidence.Main, nil, mail, lost(evidence.StepRcpt, `RCPT TO:<"b>c"@example.net>`))}},
			`a@example.org accepted|"b>c"@example.net unknown|`},
		"without TLS it is another question": {evidence.Case{Sessions: []evidence.Session{talked(evidence.Clear, nil, mail)}},
			" not-tried|no envelope was asked for"},
		"the session that logged in": {evidence.Case{Sessions: []evidence.Session{talked(evidence.Main, tries("PLAIN accepted"), mail),
			talked(evidence.Main, nil, said(evidence.StepMail, "MAIL FROM:<a@example.org>", 530, "no"))}}, "a@example.org accepted|"},
	} {
		e := Of(&tt.c).Envelope()
		parts := []string{e.Sender.Address + " " + string(e.Sender.State)}
		for _, r := range e.Recipients {
			parts = append(parts, r.Address+" "+string(r.State))
		}
		if got := strings.Join(append(parts, e.Why), "|"); got != tt.want {
			t.Errorf("%s:\n got %q\nwant %q", name, got, tt.want)
		}
	}
}

func TestDelivery(t *testing.T) {
	t.Parallel()
	sent := &evidence.Message{Via: "smtp"}
	at := func(host string, steps ...evidence.Step) evidence.Case {
		s := talked(evidence.Main, nil, steps...)
		s.Host = host
		return evidence.Case{Message: sent, Sessions: []evidence.Session{s}}
	}
	data := said(evidence.StepData, "DATA", 354, "Go ahead")
	for name, tt := range map[string]struct {
		c    evidence.Case
		want string // state, queue id, why
	}{
		"no message":   {evidence.Case{}, "not-tried||no message was sent"},
		"dry run":      {evidence.Case{Message: &evidence.Message{Via: "smtp", DryRun: true}}, "not-tried||no message was sent"},
		"not reached":  {evidence.Case{Message: sent}, "not-tried||the session did not come that far"},
		"accepted":     {at("mail.example.org", data, said(evidence.StepMessage, "", 250, "2.0.0 Ok: queued as 4XyZ")), "accepted|4XyZ|"},
		"refused":      {at("mail.example.org", data, said(evidence.StepMessage, "", 554, "5.7.1 Spam")), "refused||"},
		"for now":      {at("mail.example.org", data, said(evidence.StepMessage, "", 451, "4.3.0 later")), "deferred||"},
		"DATA refused": {at("mail.example.org", said(evidence.StepData, "DATA", 554, "no valid recipients")), "refused||"},
		"answer lost":  {at("mail.example.org", data, lost(evidence.StepMessage, "")), "unknown||"},
		"after 354":    {at("mail.example.org", data), "unknown||"},
		"a 450 of Resend is for good": {at("smtp.resend.com", data,
			said(evidence.StepMessage, "", 450, "You can only send testing emails to your own email address (a@example.org). To send emails to other recipients, please verify a domain at resend.com/domains")), "refused||"},
		"not so elsewhere": {at("mail.example.org", data,
			said(evidence.StepMessage, "", 450, "You can only send testing emails to your own email address (a@example.org). To send emails to other recipients, please verify a domain at resend.com/domains")), "deferred||"},
	} {
		d := Of(&tt.c).Delivery()
		if got := strings.Join([]string{string(d.State), d.QueueID, d.Why}, "|"); got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}

func TestQueueID(t *testing.T) {
	t.Parallel()
	for server, tt := range map[string]struct{ line, want string }{
		"Postfix":    {"2.0.0 Ok: queued as 4R5d2z1WkTz9sT", "4R5d2z1WkTz9sT"},
		"Exim":       {"OK id=1rAbCd-000000012ab-3Kx9", "1rAbCd-000000012ab-3Kx9"},
		"OpenSMTPD":  {"2.0.0 6f3a1b2c Message accepted for delivery", "6f3a1b2c"},
		"sendmail":   {"2.0.0 3AQA1b2c012345 Message accepted for delivery", "3AQA1b2c012345"},
		"Dovecot":    {"2.0.0 <app@example.org> aBcD1fGhZWUQEQAAx1y2zw Saved", "aBcD1fGhZWUQEQAAx1y2zw"},
		"Exchange":   {"2.6.0 <m@example.org> [InternalId=12345678901234, Hostname=AM0PR01MB1234.eurprd01.prod.exchangelabs.com] 8192 bytes in 0.211, 37.9 KB/sec Queued mail for delivery", "12345678901234"},
		"Amazon SES": {"Ok 0102018c0a1b2c3d-11112222-3333-4444-5555-666677778888-000000", "0102018c0a1b2c3d-11112222-3333-4444-5555-666677778888-000000"},
		"SendGrid":   {"Ok: queued as xYz12AbCQ-6dEfGhIjKlMn", "xYz12AbCQ-6dEfGhIjKlMn"},
		"Gmail":      {"2.0.0 OK  1732449600 ffacd0b85a97d-3825fb537fcsm1234567f8f.42 - gsmtp", "ffacd0b85a97d-3825fb537fcsm1234567f8f.42"},
		"Brevo":      {"2.0.0 OK: queued as <202611261200.12345678901@smtp-relay.mailin.fr>", "202611261200.12345678901@smtp-relay.mailin.fr"},
		"Mailjet":    {"OK queued as 11112222-3333-4444-5555-666677778888", "11112222-3333-4444-5555-666677778888"},
		"Yandex":     {"2.0.0 Ok: queued on mail-nwsmtp-smtp-production-main-12.iva.yp-c.yandex.net 1732449600-AbCdEf12Gh", "1732449600-AbCdEf12Gh"},
		"QQ":         {"OK: queued as.", ""},
		"163":        {"Mail OK queued as gzga-smtp-mtada-g1-2,_____wDnbw1234.5678S2 1732449600", "gzga-smtp-mtada-g1-2,_____wDnbw1234.5678S2"},
		"GMX":        {"Requested mail action okay, completed: id=1MAbCd-1tRsTu0AbC-00XyZ1", "1MAbCd-1tRsTu0AbC-00XyZ1"},
		"Stalwart":   {"2.0.0 Message queued with id 2f1a0b3c4d.", "2f1a0b3c4d"},
		"Haraka":     {"Message Queued (1A2B3C4D-5E6F-7A8B-9C0D-1E2F3A4B5C6D.1)", "1A2B3C4D-5E6F-7A8B-9C0D-1E2F3A4B5C6D.1"},
		"qmail":      {"ok 1732449600 qp 12345", "1732449600 qp 12345"},
		"SparkPost":  {"2.0.0 OK 4E/B5-12345-ABCDEF67", "4E/B5-12345-ABCDEF67"},
		"a UUID":     {"Accepted, 11112222-3333-4444-5555-666677778888", "11112222-3333-4444-5555-666677778888"},
		"Mailgun":    {"Great success", ""},
		"plain":      {"OK", ""},
		"no id":      {"2.0.0 Ok", ""},
		"hostile":    {"queued as " + strings.Repeat("A", 500), ""},
	} {
		if got := QueueID([]string{tt.line}); got != tt.want {
			t.Errorf("%s: %q from %q, want %q", server, got, tt.line, tt.want)
		}
	}
}

// TestKeptBack: an address that was never sent has no verdict, since nobody gave one.
func TestKeptBack(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		step evidence.Step
		want State
	}{
		{evidence.Step{Name: evidence.StepRcpt, Fault: &evidence.Fault{Class: evidence.Other, Text: "SMTPUTF8 is not offered"}}, StateNotTried},
		{evidence.Step{Name: evidence.StepRcpt, Sent: "RCPT TO:<a@b>", Fault: &evidence.Fault{Class: evidence.Timeout}}, StateUnknown},
	} {
		if got := stateOf("", &c.step); got != c.want {
			t.Errorf("%+v is %s, want %s", c.step, got, c.want)
		}
	}
}
