package check

import (
	"slices"
	"strings"
	"testing"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/facts"
	"github.com/maildoctor/maildoctor/internal/report"
)

// givenUp is a login that maildoctor cancels, with what the server says to that.
func givenUp(mechanism string, code int, lines ...string) *talk {
	t := underTLS("AUTH " + mechanism)
	from := t.at
	t.step(evidence.StepAuth, "AUTH "+mechanism, reply(334, "****"), nil)
	t.step(evidence.StepAuthMore, "*", reply(code, lines...), nil)
	result := evidence.LoginBroken
	if code == 535 {
		result = evidence.LoginRefused
	}
	t.s.Logins = append(t.s.Logins, evidence.Attempt{Mechanism: mechanism, Result: result, Reply: reply(code, lines...), At: from, Took: 2 * rtt,
		Fault: &evidence.Fault{Class: evidence.Protocol, Text: mechanism + ": the challenge is not base64"}})
	return t
}

// tokensOnly is a server that takes no password.
func tokensOnly() *evidence.Case {
	return asked(unsafe(underTLS("AUTH XOAUTH2", "SIZE 10240000"), "the server takes OAuth tokens only (XOAUTH2); give a token with --auth XOAUTH2"))
}

// appPasswordAt is a login at Gmail with what looks like an app password.
func appPasswordAt(code int, reply string) *evidence.Case {
	c := refusing("auth", gmail, "", code, reply)
	c.Asked.Account.Password.Kind = "app password"
	return c
}

// TestRefusalsInOwnWords: what the codes hide, and what fits better than the page
// of the check.
func TestRefusalsInOwnWords(t *testing.T) {
	t.Parallel()
	twice := func(code int) *evidence.Case {
		return asked(underTLS(after...).auth("PLAIN", code, "5.5.4 no").auth("LOGIN", code, "5.5.4 no again"))
	}
	closed := underTLS(after...).fault(evidence.StepAuth, "AUTH PLAIN ****", evidence.EOF, "EOF")
	closed.s.Logins = []evidence.Attempt{{Mechanism: "PLAIN", Result: evidence.LoginBroken, Fault: &evidence.Fault{Class: evidence.EOF, Text: "EOF"}}}
	unproved := underTLS("AUTH SCRAM-SHA-256 PLAIN").auth("SCRAM-SHA-256", 235, "ok")
	unproved.s.Logins[0].Detail = "the server did not prove that it knows the password (RFC 5802 5)"
	for name, tt := range map[string]struct {
		c             *evidence.Case
		want          string
		with, without string // in summary, detail, fix and evidence
	}{
		"given up, 501":                    {asked(givenUp("CRAM-MD5", 501, "5.7.0 Authentication cancelled")), "error auth-mechanism-broken", "not judged|the challenge is not base64|501 5.7.0", "wrong password"},
		"given up, 535":                    {asked(givenUp("SCRAM-SHA-256", 535, "5.7.8 Error: authentication failed")), "error auth-mechanism-broken", "not judged", "wrong password"},
		"given up and closed":              {asked(givenUp("SCRAM-SHA-256", 535, "no").closesAfter()), "error auth-mechanism-broken", "not judged", ""},
		"password transition":              {refusing("auth", own, "", 432, "4.7.12 A password transition is needed"), "error auth-mechanism-unsupported", "set anew", "connections"},
		"password transition, another way": {asked(underTLS("AUTH SCRAM-SHA-256").auth("SCRAM-SHA-256", 432, "4.7.12 A password transition is needed")), "error auth-mechanism-unsupported", "one login with the password itself|Log in once with PLAIN", "connections"},
		"app password":                     {appPasswordAt(535, "5.7.8 Username and Password not accepted. https://support.google.com/mail/?p=BadCredentials - gsmtp"), "error auth-bad-credentials", "shape of an app password|revoked|another account", "switch 2-Step"},
		"app password wanted":              {appPasswordAt(534, "5.7.9 Application-specific password required"), "error auth-app-password-required", "", "revoked"},
		"too many failed":                  {refusing("auth", own, "", 421, "4.7.0 Too many failed logins, try again later"), "error rate-limited", "Stop trying|old password", "pooling"},
		"538 under TLS":                    {refusing("auth", own, "", 538, "5.7.11 Encryption required for requested authentication mechanism"), "error auth-needs-tls", "under TLS|contradicts", "Set the client to STARTTLS on this port"},
		"500 twice":                        {twice(500), "error protocol-error", "AUTH PLAIN|no again", "Take user name"},
		"501 twice":                        {twice(501), "error protocol-error", "AUTH PLAIN|no again", "Take user name"},
		"504 twice":                        {twice(504), "error auth-mechanism-unsupported", "AUTH PLAIN|no again|not judged", "Take user name"},
		"tokens only":                      {tokensOnly(), "error auth-mechanism-unsupported", "A password cannot log in here|--auth XOAUTH2", ""},
		"client denied":                    {asked(underTLS(after...).in().mail(250, "Ok").rcpt("b@example.net", 554, "5.7.1 <x[192.0.2.7]>: Client host rejected: Access denied")), "error ip-not-authorised", "the login was accepted", "Set user name and password"},
		"relaying, logged in":              {refusing("rcpt", own, "", 554, "5.7.1 <b@example.net>: Relay access denied"), "error relay-denied", "The login was accepted", "auth-required"},
		"policy":                           {refusing("rcpt", own, "", 550, "5.7.1 refused by policy"), "error recipient-refused-by-policy", "550 5.7.1 refused by policy", ""},
		"5.7.1 alone":                      {refusing("rcpt", own, "", 550, "5.7.1 no"), "error recipient-refused-by-policy", "", ""},
		"mailbox busy":                     {refusing("rcpt", own, "", 450, "4.2.1 Mailbox busy"), "error server-temporary-failure", "", "grey"},
		"5.1.8":                            {refusing("mail", own, "", 550, "5.1.8 no"), "error sender-address-invalid", "refuses the sender's address or its domain|If that is not it: |account-suspended-or-locked", "malformed"},
		"closed at AUTH":                   {asked(closed), "error connection-dropped-mid-session", "when the password is wrong", ""},
		"no proof":                         {asked(unproved), "warning auth-mechanism-broken", "does not prove that it knows the password", ""},
		"a reply without an end":           {asked(underTLS(after...).in().step(evidence.StepMail, "MAIL FROM:<app@example.org>", reply(550, "no"), &evidence.Fault{Class: evidence.Limit, Text: "the reply has more than 1,000 lines"})), "error protocol-error", "1,000 lines", ""},
	} {
		findings := mustJudge(tt.c)
		var got []string
		for _, id := range ids(findings) {
			if !strings.HasPrefix(id, "note ") {
				got = append(got, id)
			}
		}
		if len(got) != 1 || got[0] != tt.want {
			t.Errorf("%s: found %v, want %s alone", name, got, tt.want)
			continue
		}
		text := whole(findings[0])
		for part := range strings.SplitSeq(tt.with, "|") {
			if !strings.Contains(text, part) {
				t.Errorf("%s: %q is not in %s", name, part, text)
			}
		}
		if tt.without != "" && strings.Contains(text, tt.without) {
			t.Errorf("%s: %q is in %s", name, tt.without, text)
		}
	}
}

// closesAfter is a server that hangs up where the login was given up.
func (t *talk) closesAfter() *talk {
	t.s.Steps[len(t.s.Steps)-1].Fault = &evidence.Fault{Class: evidence.EOF, Text: "EOF"}
	return t
}

// whole is all that a finding says.
func whole(f report.Finding) string {
	parts := append([]string{f.Summary, f.Detail}, f.Fix...)
	for _, q := range f.Evidence {
		parts = append(parts, q.From+": "+q.Text)
	}
	return strings.Join(parts, "\n")
}

// TestOtherProvidersAreNotNamed: a report about one provider says what it takes,
// and nothing of others.
func TestOtherProvidersAreNotNamed(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		host, user, reply string
		code              int
		with, without     string
	}{
		{ses, "AKIAIOSFODNN7EXAMPLE", "Authentication Credentials Invalid", 535, "SES console|IAM-derived SMTP password", "SendGrid|Resend|Brevo"},
		{ses, "app", "Authentication Credentials Invalid", 535, "an IAM access key id", "SendGrid|Resend|Brevo|Postmark"},
		{"live.smtp.mailtrap.io", "app@example.org", "5.7.0 Invalid login or password", 535, "user name to api", "SendGrid|Resend|Brevo"},
		{"smtp-relay.brevo.com", "app@example.org", "5.7.8 Authentication failed", 535, "the SMTP login of the SMTP & API page|SMTP key", "SendGrid|Resend|Amazon"},
		{"smtp.fastmail.com", "app@fastmail.com", "5.7.8 authentication failed", 535, "full e-mail address|app password", "Yahoo|Google|QQ"},
		{"smtp.postmarkapp.com", "app", "no", 535, "the Server API token, the same value as the password", "SendGrid|MailPace"},
		{office, "app@example.org", "5.7.3 Authentication unsuccessful", 535, "the user principal name", "Google|Yahoo"},
		{"smtp.zoho.eu", "app@example.org", "Authentication Failed", 535, "application-specific one with 2FA", "Google|Yahoo|Mailgun"},
		{"smtp.mailgun.org", "", "4.7.0 Daily limit exceeded", 451, "", "SendGrid|Amazon|Gmail"},
	} {
		for _, f := range mustJudge(refusing("auth", tt.host, tt.user, tt.code, tt.reply)) {
			if f.Severity != report.Error {
				continue
			}
			own := strings.Join(f.Fix, "\n")
			if first := strings.HasPrefix(f.Fix[0], "Set what ") || strings.HasPrefix(f.Fix[0], "Set the user name "); first != (tt.with != "") {
				t.Errorf("%s as %q, %s: begins with %q", tt.host, tt.user, f.ID, f.Fix[0])
			}
			for part := range strings.SplitSeq(tt.with, "|") {
				if !strings.Contains(own, part) {
					t.Errorf("%s as %q, %s: %q is not in the steps\n%s", tt.host, tt.user, f.ID, part, own)
				}
			}
			for other := range strings.SplitSeq(tt.without, "|") {
				if text := whole(f); strings.Contains(text, other) {
					t.Errorf("%s as %q, %s: %s is named in\n%s", tt.host, tt.user, f.ID, other, text)
				}
			}
		}
	}
}

// TestMangledPasswordIsTheCause: a password that its file mangles is what a refused
// login comes from.
func TestMangledPasswordIsTheCause(t *testing.T) {
	t.Parallel()
	mangled := func(key string, line int) evidence.Remark {
		return evidence.Remark{Check: "setting-mangled", Severity: "warning", From: inEnv(line, key), Summary: key + " is not read as it looks: it ends in a blank",
			Fix: []string{"Write the value of " + key + " without them"}}
	}
	c := asked(underTLS(after...).auth("PLAIN", 535, "5.7.8 Error: authentication failed"))
	c.Settings = settled(onHost(own), remarking(mangled("MAIL_FROM_NAME", 9)), remarking(mangled("MAIL_PASSWORD", 5)))
	c.Settings.Password = evidence.Secret{Set: true, From: inEnv(5, "MAIL_PASSWORD")}
	findings := mustJudge(c)
	first := findings[0]
	if first.ID != "setting-mangled" || first.Severity != report.Error || !strings.HasPrefix(first.Summary, "MAIL_PASSWORD") || first.Source == nil || first.Source.Line != 5 || !strings.Contains(whole(first), "535 5.7.8") || !strings.HasPrefix(first.Detail, "The server refuses the login, most likely for this.") {
		t.Errorf("first is %s %s, source %+v: %s", first.Severity, first.ID, first.Source, whole(first))
	}
	if slices.ContainsFunc(findings, func(f report.Finding) bool { return f.ID == "auth-bad-credentials" }) {
		t.Errorf("two findings for one mistake: %v", ids(findings))
	}
}

// TestUnansweredExpectations: what nothing was asked about cannot be expected.
func TestUnansweredExpectations(t *testing.T) {
	t.Parallel()
	for want, a := range map[string]evidence.Asked{
		"login=":    {Expect: map[string]string{"login=": "accepted", "mode=": "starttls"}},
		"envelope=": {Expect: map[string]string{"envelope=": "accepted", "login=": "accepted"}, Account: &evidence.Account{}},
		"":          {Expect: map[string]string{"envelope=": "accepted"}, Envelope: &evidence.Envelope{}},
	} {
		if got := Unanswerable(a); got != want {
			t.Errorf("%v: %q, want %q", a.Expect, got, want)
		}
	}
}

// TestUseNamesTheUser: what logged in is what to set.
func TestUseNamesTheUser(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		c    *evidence.Case
		want string
	}{
		"accepted": {asked(underTLS(after...).in()), "app@example.org"},
		"masked":   {loggingIn("****", asked(underTLS(after...).in())), ""},
		"refused":  {refusing("auth", own, "", 535, "no"), ""},
	} {
		u := Subject(tt.c).Use
		if u == nil || u.Username != tt.want {
			t.Errorf("%s: %+v, want the user %q", name, u, tt.want)
			continue
		}
		if in := strings.Contains(strings.Join(u.Apps[0].Lines, "\n"), "app@example.org"); in != (tt.want != "") {
			t.Errorf("%s: lines %q", name, u.Apps[0].Lines)
		}
	}
}

// TestQuotesSayWhatIsLeftOut: a line of thousands of characters is cut.
func TestQuotesSayWhatIsLeftOut(t *testing.T) {
	t.Parallel()
	got := clip(strings.Repeat("é", 2000))
	if len(got) > maxQuoteBytes+40 || !strings.HasSuffix(got, "... (and 3500 more bytes)") {
		t.Errorf("%q", got)
	}
}

// TestGivenUpIsNoRefusal: what the server says to a cancelled login is no verdict.
func TestGivenUpIsNoRefusal(t *testing.T) {
	t.Parallel()
	if l := facts.Of(asked(givenUp("SCRAM-SHA-256", 535, "no"))).Login(); l.State != facts.StateUnknown {
		t.Errorf("the login is %s, want unknown", l.State)
	}
}

// TestUseKeepsTheLogin: a login that was used stands in the lines, in clear text
// and masked as well.
func TestUseKeepsTheLogin(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ user, want string }{
		"named":  {"app@example.org", "app@example.org"},
		"masked": {"****", "<your SMTP user name>"},
	} {
		c := endpointCase(2526, dial(evidence.Main, 2526, evidence.Listens).hi().ehlo("AUTH PLAIN").in().bye())
		c.Target.Host, c.Sessions[0].Host = "127.0.0.1", "127.0.0.1"
		c.Asked.Account = &evidence.Account{User: tt.user, Password: evidence.Secret{Set: true}}
		u := Subject(c).Use
		if u == nil || !strings.Contains(strings.Join(u.Apps[1].Lines, "\n"), tt.want) {
			t.Errorf("%s: %+v, want %q in the lines", name, u, tt.want)
		}
	}
}
