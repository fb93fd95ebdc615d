package check

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/facts"
	"github.com/maildoctor/maildoctor/internal/provider"
	"github.com/maildoctor/maildoctor/internal/report"
)

const (
	ses        = "email-smtp.eu-west-1.amazonaws.com"
	office     = "smtp.office365.com"
	gmail      = "smtp.gmail.com"
	resendHost = "smtp.resend.com"
	own        = "mail.example.org"
)

// refusals are replies as servers give them, with the one cause that each is.
var refusals = []struct {
	step  evidence.StepName
	host  string
	user  string // "" is app@example.org
	code  int
	reply string
	want  string
}{
	// RFC 4954 6, and the same code with other words
	{"auth", own, "", 535, "5.7.8 Error: authentication failed: UGFzc3dvcmQ6", "auth-bad-credentials"},
	{"auth", own, "", 535, "no", "auth-bad-credentials"},
	{"auth", own, "", 550, "no", "auth-bad-credentials"},
	{"auth", own, "", 454, "4.7.0 Temporary authentication failure", "server-temporary-failure"},
	{"auth", own, "", 454, "4.7.8 Authentication failed", "server-temporary-failure"},
	{"auth", own, "", 421, "4.7.0 Error: too many errors", "server-temporary-failure"},
	{"auth", own, "", 504, "5.5.4 Command parameter not implemented", "auth-mechanism-unsupported"},
	{"auth", own, "", 538, "5.7.11 Encryption required for requested authentication mechanism", "auth-needs-tls"},
	{"auth", own, "", 530, "5.7.0 Must issue a STARTTLS command first", "auth-needs-tls"},
	{"auth", own, "", 530, "no", "auth-needs-tls"},
	{"auth", own, "", 503, "5.5.1 Error: authentication not enabled", "auth-not-offered"},
	{"auth", own, "", 502, "5.5.1 Command not implemented", "auth-not-offered"},
	{"auth", own, "", 535, "5.7.0 Account locked: your account has been locked", "account-suspended-or-locked"},
	{"auth", own, "", 421, "4.7.0 Too many failed login attempts", "rate-limited"},

	// providers
	{"auth", "smtp-relay.brevo.com", "a1b2c3001@smtp-brevo.com", 525, "5.7.1 Unauthorized IP address", "ip-not-authorised"},
	{"auth", "smtp-relay.brevo.com", "a1b2c3001@smtp-brevo.com", 535, "5.7.8 Authentication failed", "auth-bad-credentials"},
	{"auth", "smtp-relay.brevo.com", "", 535, "5.7.8 Authentication failed", "provider-username-convention"},
	{"auth", office, "", 535, "5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled for more information.", "auth-disabled-by-admin"},
	{"auth", office, "", 535, "5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox.", "auth-disabled-by-admin"},
	{"auth", office, "", 535, "5.7.139 Authentication unsuccessful, basic authentication is disabled.", "auth-disabled-by-admin"},
	{"auth", office, "", 535, "5.7.139 Authentication unsuccessful, user is locked by your organization's security defaults policy. Contact your administrator.", "auth-disabled-by-admin"},
	{"auth", office, "", 535, "5.7.139 Authentication unsuccessful, the request did not meet the criteria to be authenticated successfully.", "auth-disabled-by-admin"},
	{"auth", office, "", 535, "5.7.139 Authentication unsuccessful, the user credentials were incorrect.", "auth-bad-credentials"},
	{"auth", office, "", 535, "5.7.3 Authentication unsuccessful", "auth-bad-credentials"},
	{"auth", office, "", 550, "5.7.30 Basic authentication is not supported for Client Submission.", "auth-disabled-by-admin"},
	{"auth", office, "", 504, "5.7.4 Unrecognized authentication type", "auth-mechanism-unsupported"},
	{"mail", office, "", 530, "5.7.57 Client not authenticated to send mail", "auth-required"},
	{"message", office, "", 550, "5.7.60 SMTP; Client does not have permissions to send as this sender", "sender-not-owned"},
	{"message", office, "", 550, "5.1.8 Access denied, bad outbound sender", "account-suspended-or-locked"},
	{"auth", gmail, "", 534, "5.7.9 Application-specific password required", "auth-app-password-required"},
	{"auth", gmail, "", 535, "5.7.8 Username and Password not accepted. https://support.google.com/mail/?p=BadCredentials - gsmtp", "auth-app-password-required"},
	{"auth", gmail, "", 534, "5.7.14 Please log in with your web browser and then try again", "auth-app-password-required"},
	{"auth", gmail, "", 454, "4.7.0 Cannot authenticate due to a temporary system problem", "server-temporary-failure"},
	{"mail", gmail, "", 530, "5.5.1 Authentication Required", "auth-required"},
	{"message", gmail, "", 550, "5.4.5 Daily user sending limit exceeded", "quota-exceeded"},
	{"message", gmail, "", 552, "5.2.3 Your message exceeded Google's message size limits", "message-too-large"},
	{"auth", ses, "AKIAIOSFODNN7EXAMPLE", 535, "Authentication Credentials Invalid", "auth-bad-credentials"},
	{"auth", ses, "", 535, "Authentication Credentials Invalid", "provider-username-convention"},
	{"auth", ses, "AKIAIOSFODNN7EXAMPLE", 535, "Account not subscribed to SES", "account-suspended-or-locked"},
	{"message", ses, "", 554, "Message rejected: Email address is not verified. The following identities failed the check in region EU-WEST-1: a@example.org", "sender-not-verified"},
	{"message", ses, "", 454, "Throttling failure: Daily message quota exceeded", "quota-exceeded"},
	{"message", ses, "", 454, "Throttling failure: Maximum sending rate exceeded", "rate-limited"},
	{"auth", "smtp.sendgrid.net", "app@example.org", 535, "Authentication failed: Bad username / password", "provider-username-convention"},
	{"auth", "smtp.sendgrid.net", "apikey", 535, "Authentication failed: Bad username / password", "auth-bad-credentials"},
	{"auth", "smtp.sendgrid.net", "apikey", 451, "Authentication failed: Maximum credits exceeded", "quota-exceeded"},
	{"mail", "smtp.sendgrid.net", "apikey", 550, "Unauthenticated senders not allowed", "auth-required"},
	{"message", "smtp.sendgrid.net", "apikey", 550, "The from address does not match a verified Sender Identity. Mail cannot be sent until this error is resolved.", "sender-not-verified"},
	{"auth", resendHost, "Resend", 535, "Invalid username", "provider-username-convention"},
	{"auth", resendHost, "resend", 535, "Authentication credentials invalid", "resend-key-invalid"},
	{"auth", resendHost, "resend", 535, "API key not found", "resend-key-invalid"},
	{"auth", resendHost, "resend", 535, "no", "resend-key-invalid"},
	{"auth", resendHost, "resend", 538, "Error: Must issue a STARTTLS command first", "auth-needs-tls"},
	{"message", resendHost, "resend", 450, "You can only send testing emails to your own email address (a@example.org). To send emails to other recipients, please verify a domain at resend.com/domains", "resend-testing-only"},
	{"message", resendHost, "resend", 550, "The associated domain with your API key is not verified. Please, create a new API key with full access or with a verified domain.", "resend-domain-not-verified"},
	{"message", resendHost, "resend", 450, "The example.org domain is not verified. Please, add and verify your domain on https://resend.com/domains", "resend-domain-not-verified"},
	{"message", resendHost, "resend", 450, "Missing `html` or `text` field.", "resend-invalid-request"},
	{"message", resendHost, "resend", 450, "Too many requests. You can only make 2 requests per second.", "rate-limited"},
	{"auth", "smtp.yandex.com", "", 535, "5.7.8 Error: authentication failed: This user does not have access rights to this service", "auth-disabled-by-admin"},
	{"auth", "smtp.yandex.com", "", 535, "5.7.8 Error: authentication failed: Invalid user or password!", "auth-app-password-required"},
	{"auth", "smtpout.secureserver.net", "", 535, "Authentication not allowed on IBSMTP Servers. IB401", "auth-bad-credentials"},
	{"message", "smtpout.secureserver.net", "", 550, "Blank From: addresses are not allowed. Provide a valid From. IB501", "sender-address-invalid"},
	{"mail", "smtp.zoho.com", "", 553, "Relaying disallowed as a@example.org", "sender-not-owned"},
	{"auth", "smtp.zoho.com", "", 535, "Authentication Failed", "auth-bad-credentials"},
	{"auth", "smtp.mail.yahoo.com", "", 535, "5.7.0 (#AUTH005) Too many bad auth attempts.", "auth-app-password-required"},
	{"auth", "smtp.mail.me.com", "", 535, "5.7.8 Error: authentication failed: authentication failure", "auth-app-password-required"},
	{"mail", "smtp.mail.me.com", "", 550, "5.7.0 From address is not one of your addresses", "sender-not-owned"},
	{"auth", "smtp.qq.com", "", 535, "Login Fail. Please enter your authorization code to login. More information in http://service.mail.qq.com/cgi-bin/help?subtype=1&&id=28&&no=1001256", "auth-app-password-required"},
	{"auth", "smtp.163.com", "", 535, "Error: authentication failed", "auth-app-password-required"},
	{"auth", "smtp.163.com", "", 550, "User has no permission", "auth-disabled-by-admin"},
	{"mail", "smtp.163.com", "", 553, "Mail from must equal authorized user", "sender-not-owned"},
	{"auth", "smtp.mailgun.org", "", 535, "Authentication failed", "auth-bad-credentials"},
	{"rcpt", "smtp.mailgun.org", "", 421, "Domain sandbox1a2b.mailgun.org is not allowed to send: Free accounts are for test purposes only. Please upgrade or add the address to your authorized recipients.", "sender-not-verified"},
	{"message", "smtp.postmarkapp.com", "1a2b3c4d-1111-2222-3333-444455556666", 550, "5.7.1 Sender signature not defined for From address", "sender-not-verified"},
	{"auth", "mail.gmx.net", "", 535, "Authentication credentials invalid", "auth-bad-credentials"},
	{"message", "mail.gmx.net", "", 554, "Transaction failed: Reject due to policy restrictions.", "content-rejected"},

	// sender, recipients, message
	{"mail", own, "", 553, "5.7.1 <a@example.org>: Sender address rejected: not owned by user app", "sender-not-owned"},
	{"mail", own, "", 501, "5.1.7 Bad sender address syntax", "sender-address-invalid"},
	{"mail", own, "", 552, "5.3.4 Message size exceeds fixed limit", "message-too-large"},
	{"mail", own, "", 552, "no", "message-too-large"},
	{"mail", own, "", 452, "4.3.1 Insufficient system storage", "server-temporary-failure"},
	{"mail", own, "", 550, "mailbox unavailable", "sender-not-owned"},
	{"mail", own, "", 530, "5.7.0 Must issue a STARTTLS command first", "tls-required-by-server"},
	{"mail", own, "", 500, "what", "protocol-error"},
	{"rcpt", own, "", 550, "5.1.1 <b@example.net>: Recipient address rejected: User unknown in local recipient table", "recipient-unknown"},
	{"rcpt", own, "", 550, "mailbox unavailable", "recipient-unknown"},
	{"rcpt", own, "", 454, "4.7.1 <b@example.net>: Relay access denied", "relay-denied"},
	{"rcpt", own, "", 550, "5.7.1 Relaying denied", "relay-denied"},
	{"rcpt", own, "", 450, "4.2.0 <b@example.net>: Recipient address rejected: Greylisted, see http://postgrey.schweikert.ch/help/example.net.html", "greylisted"},
	{"rcpt", own, "", 451, "4.7.1 Please try again later", "greylisted"},
	{"rcpt", own, "", 450, "no", "greylisted"},
	{"rcpt", own, "", 452, "4.2.2 Mailbox full", "recipient-mailbox-full"},
	{"rcpt", own, "", 501, "5.1.3 Bad recipient address syntax", "recipient-address-invalid"},
	{"rcpt", own, "", 554, "5.7.1 Service unavailable; Client host [192.0.2.7] blocked using zen.spamhaus.org", "ip-reputation-blocked"},
	{"rcpt", own, "", 450, "4.7.25 Client host rejected: cannot find your hostname, [192.0.2.7]", "reverse-dns-missing"},
	{"rcpt", own, "", 504, "5.5.2 <localhost>: Helo command rejected: need fully-qualified hostname", "helo-rejected"},
	{"message", own, "", 554, "5.7.1 Message rejected as spam by Content Filtering.", "content-rejected"},
	{"message", own, "", 550, "5.7.26 This mail is unauthenticated", "domain-auth-failed"},
	{"message", own, "", 451, "4.3.0 Temporary local problem", "server-temporary-failure"},
	{"message", own, "", 550, "no", "content-rejected"},
}

// refusing is the case of one refusal.
func refusing(step evidence.StepName, host, user string, code int, reply string) *evidence.Case {
	c := atStep(step, host, code, reply)()
	if user != "" {
		c.Asked.Account.User = user
	}
	return c
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	for _, tt := range refusals {
		var got []string
		findings, _ := Judge(refusing(tt.step, tt.host, tt.user, tt.code, tt.reply))
		for _, f := range findings {
			offline := tt.user == "Resend" || tt.host == "smtp.163.com" && f.ID == "provider-port-unknown"
			if f.Severity != report.Note && (f.ID == tt.want || !offline) {
				got = append(got, f.ID)
			}
		}
		if len(got) != 1 || got[0] != tt.want {
			t.Errorf("%s at %s as %q: %d %s: found %v, want %s alone", tt.step, tt.host, tt.user, tt.code, tt.reply, got, tt.want)
		}
	}
}

// TestEveryRefusalIsOneFinding: whatever the code, a refusal is one finding, of a
// check that speaks of that step, and none of the others is passed by it.
func TestEveryRefusalIsOneFinding(t *testing.T) {
	t.Parallel()
	for _, step := range []evidence.StepName{evidence.StepAuth, evidence.StepMail, evidence.StepRcpt, evidence.StepMessage} {
		for code := 400; code < 600; code++ {
			findings, _ := Judge(refusing(step, own, "", code, "no"))
			if len(findings) != 1 || findings[0].Severity == report.Note || !means(findings[0].ID, step) {
				t.Errorf("%d to %s: %v, want one finding of that step", code, step, ids(findings))
			}
		}
	}
}

// TestEveryRejectionOfAProvider: the words of the table have one meaning each.
func TestEveryRejectionOfAProvider(t *testing.T) {
	t.Parallel()
	steps := map[string]evidence.StepName{"AUTH": evidence.StepAuth, "MAIL": evidence.StepMail, "RCPT": evidence.StepRcpt, "DATA": evidence.StepMessage}
	for _, p := range provider.All() {
		for _, r := range p.Rejections {
			for _, verb := range r.Stages {
				if r.Protocol != "" || len(p.Hosts) == 0 {
					continue
				}
				c := refusing(steps[verb], strings.ReplaceAll(p.Hosts[0], "*", "x"), p.Username.Literal, r.Code, strings.TrimSpace(r.Enhanced+" "+r.Text))
				n := 0
				for _, f := range mustJudge(c) {
					if f.Severity != report.Note && f.ID != "provider-port-unknown" {
						n++
					}
				}
				if n != 1 {
					t.Errorf("%s, %s: %d %s: %d findings, want 1", p.ID, verb, r.Code, r.Text, n)
				}
			}
		}
	}
}

func mustJudge(c *evidence.Case) []report.Finding {
	findings, _ := Judge(c)
	return findings
}

// TestStatusesAfter: what was asked and answered is passed, what was not is not
// run and says why.
func TestStatusesAfter(t *testing.T) {
	t.Parallel()
	loggedIn := asked(underTLS(after...).in())
	dryRun := asked(underTLS(after...).in().taken())
	greylisted := asked(underTLS(after...).in().mail(250, "Ok").rcpt("b@example.net", 450, "4.2.0 Greylisted"))
	partly := asked(underTLS(after...).in().mail(250, "Ok").rcpt("b@example.net", 250, "Ok").rcpt("c@example.net", 550, "5.1.1 User unknown"))
	later := asked(underTLS(after...).auth("PLAIN", 454, "4.7.0 Temporary authentication failure"))
	never := asked(unsafe(underTLS(after...), "the certificate does not hold"))
	mailAlone := asked(underTLS(after...).in().mail(250, "Ok"))
	mailAlone.Asked.Envelope.To = []string{"b@example.net"}
	for _, tt := range []struct {
		name  string
		c     *evidence.Case
		check string
		want  string // status and reason
	}{
		{"no login", healthy587(), "auth-bad-credentials", "not-run nobody logged in"},
		{"no envelope", healthy587(), "recipient-unknown", "not-run no envelope was sent"},
		{"no message", healthy587(), "content-rejected", "not-run no message was sent"},
		{"not tried", never, "auth-bad-credentials", "not-run no login was tried: the certificate does not hold"},
		{"for now", later, "auth-bad-credentials", "not-run the login came to no verdict"},
		{"for now", later, "server-temporary-failure", "found "},
		{"for now", later, "recipient-unknown", "not-run no envelope was sent"},
		{"login", loggedIn, "auth-bad-credentials", "passed "},
		{"login", loggedIn, "auth-oauth-token-invalid", "not-run no login with an OAuth token was tried"},
		{"login", loggedIn, "resend-key-invalid", "not-run the server is not one of Resend's"},
		{"login", loggedIn, "account-suspended-or-locked", "not-run no message was sent"},
		{"dry run", dryRun, "recipient-unknown", "passed "},
		{"dry run", dryRun, "sender-address-invalid", "passed "},
		{"dry run", dryRun, "sender-not-verified", "not-run no message was sent"},
		{"dry run", dryRun, "sender-not-owned", "not-run no message was sent"},
		{"dry run", dryRun, "content-rejected", "not-run no message was sent"},
		{"dry run", dryRun, "server-temporary-failure", "not-run no message was sent"},
		{"greylisted", greylisted, "greylisted", "found "},
		{"greylisted", greylisted, "sender-address-invalid", "not-run no recipient was accepted, and many servers judge the sender only then"},
		{"greylisted", greylisted, "recipient-unknown", "not-run not every recipient was accepted"},
		{"partly", partly, "recipient-unknown", "found "},
		{"partly", partly, "relay-denied", "not-run not every recipient was accepted"},
		{"partly", partly, "sender-address-invalid", "passed "},
		{"at Resend", host(asked(underTLS(after...).in().taken()), resendHost), "resend-domain-not-verified", "not-run no message was sent"},
		{"at Resend", host(asked(underTLS(after...).in().taken()), resendHost), "sender-address-invalid", "not-run Resend judges sender and recipients only after the message"},
		{"at Resend", host(asked(underTLS(after...).in().taken()), resendHost), "recipient-unknown", "not-run Resend judges sender and recipients only after the message"},
		{"MAIL alone", mailAlone, "recipient-unknown", "not-run no recipient was tried"},
		{"MAIL alone", mailAlone, "sender-address-invalid", "not-run no recipient was accepted, and many servers judge the sender only then"},
		{"sent", sentAll(), "sender-not-owned", "passed "},
	} {
		_, outcomes := Judge(tt.c)
		o := outcomes[slices.IndexFunc(outcomes, func(o report.Outcome) bool { return o.Check == tt.check })]
		if got := string(o.Status) + " " + o.Reason; got != tt.want {
			t.Errorf("%s: %s is %q, want %q", tt.name, tt.check, got, tt.want)
		}
	}
}

// TestFollows: what only comes of an earlier refusal is no finding of its own.
func TestFollows(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		t    *talk
		want string
	}{
		"MAIL after a refused login": {underTLS(after...).auth("PLAIN", 535, "5.7.8 no").mail(530, "5.7.0 Authentication required"), "auth-bad-credentials"},
		"RCPT after a refused MAIL":  {underTLS(after...).in().mail(553, "5.7.1 not owned by user app").rcpt("b@example.net", 503, "5.5.1 need MAIL command"), "sender-not-owned"},
		"DATA without recipients": {underTLS(after...).in().mail(250, "Ok").rcpt("b@example.net", 550, "5.1.1 User unknown").
			step(evidence.StepData, "DATA", reply(554, "5.5.1 Error: no valid recipients"), nil), "recipient-unknown"},
		"a mechanism before the one that decides": {underTLS(after...).auth("CRAM-MD5", 504, "no").auth("PLAIN", 535, "5.7.8 no"), "auth-bad-credentials"},
		"the same twice": {underTLS(after...).in().mail(250, "Ok").rcpt("b@example.net", 550, "5.1.1 User unknown").rcpt("c@example.net", 550, "5.1.1 User unknown"), "recipient-unknown"},
	} {
		findings, _ := Judge(asked(tt.t))
		if len(findings) != 1 || findings[0].ID != tt.want {
			t.Errorf("%s: %v, want %s alone", name, ids(findings), tt.want)
		}
	}
}

// TestRefusalIsToldWhole: the finding quotes the server, names the other causes
// and says what a code hides.
func TestRefusalIsToldWhole(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		c                       *evidence.Case
		summary, detail, quoted string
	}{
		{refusing("auth", own, "", 535, "5.7.8 Error: authentication failed"), "(535 to AUTH PLAIN)", "If that is not it: ", "535 5.7.8 Error: authentication failed"},
		{refusing("auth", "smtp.mailgun.org", "", 535, "Authentication failed"), "(535 to AUTH PLAIN)", "auth-wrong-region-or-host (the credentials belong to another region", "535 Authentication failed"},
		{refusing("message", resendHost, "resend", 450, "Missing `html` or `text` field."), "(450 to the message)", "In spite of the code 450", "450 Missing"},
		{asked(underTLS(after...).in().mail(250, "Ok").rcpt("b@example.net", 550, "5.1.1 User unknown").rcpt("c@example.net", 550, "5.1.1 User unknown")), "(2 of 2 recipients)", "", "550 5.1.1"},
		{refusing("rcpt", own, "", 550, "5.1.1 User unknown"), "(550 to RCPT b@example.net)", "", "550 5.1.1"},
	} {
		f := mustJudge(tt.c)[0]
		if !strings.HasSuffix(f.Summary, tt.summary) || !strings.Contains(f.Detail, tt.detail) || len(f.Evidence) == 0 || !strings.HasPrefix(f.Evidence[0].Text, tt.quoted) {
			t.Errorf("summary %q, detail %q, evidence %+v\nwant %q, %q, %q", f.Summary, f.Detail, f.Evidence, tt.summary, tt.detail, tt.quoted)
		}
	}
}

// TestSeveritiesOfAnswers: a refusal is an error, what a queue outlives a warning.
func TestSeveritiesOfAnswers(t *testing.T) {
	t.Parallel()
	wanting := asked(unsafe(underTLS(after...), "CRAM-MD5 is not offered"))
	wanting.Asked.Account.Mechanism = "CRAM-MD5"
	senseless := underTLS(after...).auth("SCRAM-SHA-256", 334, "v=")
	senseless.s.Logins[0].Fault = &evidence.Fault{Class: evidence.Protocol, Text: "the signature of the server is wrong"}
	for _, tt := range []struct {
		c    *evidence.Case
		want string
	}{
		{refusing("auth", own, "", 535, "no"), "error auth-bad-credentials"},
		{refusing("auth", own, "", 504, "no"), "error auth-mechanism-unsupported"},
		{refusing("mail", own, "", 503, "no"), "error protocol-error"},
		{refusing("rcpt", own, "", 450, "4.2.0 Greylisted"), "warning greylisted"},
		{asked(unsafe(underTLS("SIZE 1"), "no login is offered")), "error auth-not-offered"},
		{wanting, "error auth-mechanism-unsupported"},
		{asked(senseless), "error auth-mechanism-broken"},
		{asked(underTLS(after...).fault(evidence.StepAuth, "AUTH PLAIN <credentials>", evidence.EOF, "EOF")), "error connection-dropped-mid-session"},
		{asked(underTLS(after...).in().fault(evidence.StepMail, "MAIL FROM:<app@example.org>", evidence.Timeout, "no answer in time")), "error session-timeout"},
		{asked(unsafe(dial(evidence.Main, 2526, evidence.Listens).hi().ehlo("SIZE 1"), "no login is offered")), "error auth-not-offered"},
	} {
		if got := ids(mustJudge(tt.c)); len(got) == 0 || got[0] != tt.want {
			t.Errorf("found %v, want %s first", got, tt.want)
		}
	}
}

// TestAccessDenied: Postfix says the same to a stranger and to whoever a policy
// keeps out; who logged in is no stranger.
func TestAccessDenied(t *testing.T) {
	t.Parallel()
	denied := func(what string) []string {
		return []string{"5.7.1 <x@example.org>: " + what + " rejected: Access denied"}
	}
	stranger := func(talk *talk) *evidence.Case {
		c := asked(talk)
		c.Asked.Account = nil
		return c
	}
	for _, tt := range []struct {
		name string
		c    *evidence.Case
		want string
	}{
		{"recipient, not logged in", stranger(underTLS(after...).mail(250, "Ok").rcpt("b@example.net", 554, denied("Recipient address")...)), "error auth-required"},
		{"client, not logged in", stranger(underTLS(after...).mail(250, "Ok").rcpt("b@example.net", 554, denied("Client host")...)), "error auth-required"},
		{"recipient, no login offered", stranger(underTLS("SIZE 1").mail(250, "Ok").rcpt("b@example.net", 554, denied("Recipient address")...)), "error relay-denied"},
		{"sender, logged in", asked(underTLS(after...).in().mail(554, denied("Sender address")...)), "error sender-not-owned"},
		{"recipient, logged in", asked(underTLS(after...).in().mail(250, "Ok").rcpt("b@example.net", 554, denied("Recipient address")...)), "error relay-denied"},
	} {
		if got := ids(mustJudge(tt.c)); len(got) == 0 || !slices.Contains(got, tt.want) {
			t.Errorf("%s: found %v, want %s", tt.name, got, tt.want)
		}
	}
}

// TestCredentialsOffline: the shape of the credentials tells before the server
// does, and is nothing once it took them.
func TestCredentialsOffline(t *testing.T) {
	t.Parallel()
	account := func(server string, a evidence.Account, talk *talk) *evidence.Case {
		c := host(asked(talk), server)
		c.Cut = "interrupted"
		c.Asked.Account = &a
		return c
	}
	silent := func() *talk { return unsafe(underTLS(after...), "the run was cut") }
	wrong := evidence.Account{User: "app@example.org", Password: evidence.Secret{Set: true, Placeholder: true, Wrong: "a Brevo API key"}, Blank: true, Quoted: true}
	accepted := account("smtp.sendgrid.net", wrong, underTLS(after...).in())
	if _, outcomes := Judge(accepted); status(outcomes, "setting-placeholder") != report.Passed {
		t.Error("a placeholder that the server takes is not passed")
	}
	const all = "error provider-password-kind,error provider-username-convention,note setting-placeholder,warning setting-mangled,warning setting-mangled"
	for name, tt := range map[string]struct {
		c    *evidence.Case
		want string
	}{
		"nothing tried":      {account("smtp.sendgrid.net", wrong, silent()), all},
		"accepted":           {accepted, ""},
		"the right word":     {account("smtp.sendgrid.net", evidence.Account{User: "apikey"}, silent()), ""},
		"masked":             {account("smtp.sendgrid.net", evidence.Account{User: "1a2b…"}, silent()), ""},
		"unknown provider":   {account(own, evidence.Account{User: "app@example.org"}, silent()), ""},
		"refused because of": {account("smtp.sendgrid.net", evidence.Account{User: "app"}, underTLS(after...).auth("PLAIN", 535, "Authentication failed: Bad username / password")), "error provider-username-convention"},
	} {
		got := ids(mustJudge(tt.c))
		slices.Sort(got)
		if strings.Join(got, ",") != tt.want {
			t.Errorf("%s: %v, want %s", name, got, tt.want)
		}
	}
}

// TestSettingsAndLogin: with settings, the server's answer and the setting are one
// finding; a login that is accepted disproves what the settings look like.
func TestSettingsAndLogin(t *testing.T) {
	t.Parallel()
	at := func(talk *talk) *evidence.Case {
		c := host(asked(talk), "smtp.sendgrid.net")
		c.Settings = settled(onHost("smtp.sendgrid.net"), remarking(evidence.Remark{Check: "provider-username-convention", From: inEnv(4, "MAIL_USERNAME"),
			Summary: `MAIL_USERNAME is "app@example.org"; the user name at SendGrid is the word apikey`, Fix: []string{"Set MAIL_USERNAME in .env (line 4) to apikey"}}))
		return c
	}
	refused := mustJudge(at(underTLS(after...).auth("PLAIN", 535, "Authentication failed: Bad username / password")))
	if len(refused) != 1 || refused[0].ID != "provider-username-convention" || refused[0].Source == nil || refused[0].Source.Line != 4 || !strings.Contains(fmt.Sprint(refused[0].Evidence), "535") {
		t.Errorf("refused: %+v, want one finding with the line and the reply", refused)
	}
	if accepted := mustJudge(at(underTLS(after...).in())); len(accepted) != 0 {
		t.Errorf("accepted: %v, want nothing", ids(accepted))
	}
}

func TestVerdictOfAnswers(t *testing.T) {
	t.Parallel()
	lost := asked(underTLS(after...).in().taken().step(evidence.StepData, "DATA", reply(354, "Go on"), nil).fault(evidence.StepMessage, "", evidence.EOF, "EOF"))
	for _, tt := range []struct {
		c       *evidence.Case
		verdict string
		healthy bool
	}{
		{asked(underTLS(after...).in()), "587 speaks STARTTLS and accepts the login", true},
		{asked(underTLS(after...).in().taken()), "587 speaks STARTTLS and accepts login and envelope", true},
		{sentAll(), "587 speaks STARTTLS and accepted the message as 4XyZ12AbC", true},
		{asked(underTLS(after...)), "587 speaks STARTTLS; nobody logged in: the session did not come that far", false},
		{refusing("auth", own, "", 535, "no"), "587 speaks STARTTLS, but the login is refused: the server refuses user name and password (535 to AUTH PLAIN)", false},
		{refusing("auth", own, "", 454, "no"), "587 speaks STARTTLS, but the login is put off: the server has a passing trouble of its own (454 to AUTH PLAIN)", false},
		{refusing("rcpt", own, "", 550, "no"), "587 speaks STARTTLS, but the envelope is refused: the recipient's mailbox does not exist (550 to RCPT b@example.net)", false},
		{refusing("message", own, "", 550, "no"), "587 speaks STARTTLS, but the message is refused: the message is refused for what it holds (550 to the message)", false},
		{lost, "587 speaks STARTTLS, but nobody knows whether the message was taken (look in the mailbox before you send it again): mail.example.org:587 ends the connection at the message", false},
	} {
		s := Subject(tt.c)
		if s.Verdict != tt.verdict || s.Healthy != tt.healthy {
			t.Errorf("healthy %v: %q\nwant %v: %q", s.Healthy, s.Verdict, tt.healthy, tt.verdict)
		}
	}
}

// TestReportedAnswers: the report says what was answered, and what that is worth.
func TestReportedAnswers(t *testing.T) {
	t.Parallel()
	e := Subject(asked(underTLS(after...).in().mail(250, "2.1.0 Ok").rcpt("b@example.net", 450, "4.2.0 Greylisted"))).Endpoint
	if e.Auth.Login != "accepted" || e.Auth.Mechanism != "PLAIN" || !strings.HasPrefix(e.Auth.Reply, "235 ") || e.Auth.Why != "" {
		t.Errorf("auth %+v", e.Auth)
	}
	if v := e.Envelope; v.From != "app@example.org" || v.Result != "accepted" || len(v.Recipients) != 1 || v.Recipients[0] != (report.Recipient{To: "b@example.net", Result: "deferred", Reply: "450 4.2.0 Greylisted"}) {
		t.Errorf("envelope %+v", v)
	}
	if d := Subject(sentAll()).Endpoint.Delivery; *d != (report.Delivery{Result: "accepted", QueueID: "4XyZ12AbC", Reply: "250 2.0.0 Ok: queued as 4XyZ12AbC", MessageID: "run1@client.example.net"}) {
		t.Errorf("delivery %+v", d)
	}
	if e := Subject(healthy587()).Endpoint; e.Envelope != nil || e.Delivery != nil || e.Auth.Login != "not-tried" || e.Auth.Why != "" {
		t.Errorf("nothing asked: %+v %+v %+v", e.Auth, e.Envelope, e.Delivery)
	}
	for server, want := range map[string]string{own: "that it takes or delivers a message is not proved", resendHost: "Nothing is proved about From"} {
		if got := Subject(host(asked(underTLS(after...).in().taken()), server)).Endpoint.Envelope.Proves; !strings.Contains(got, want) {
			t.Errorf("%s: proves %q, want %q in it", server, got, want)
		}
	}
}

func TestExpectAnswers(t *testing.T) {
	t.Parallel()
	login, dry := asked(underTLS(after...).in()), asked(underTLS(after...).in().taken())
	for _, tt := range []struct {
		c    *evidence.Case
		key  string
		met  bool
		want string
	}{
		{login, "login=accepted", true, ""},
		{login, "login=refused", false, "Expected login=refused, seen: accepted"},
		{refusing("auth", own, "", 535, "no"), "login=refused", true, ""},
		{healthy587(), "login=accepted", false, "Expected login=accepted, nothing was seen of it"},
		{dry, "envelope=accepted", true, ""},
		{login, "envelope=accepted", false, "Expected envelope=accepted, nothing was seen of it"},
		{refusing("rcpt", own, "", 550, "no"), "envelope=accepted", false, "Expected envelope=accepted, seen: refused"},
	} {
		expect, err := ParseExpect(tt.key)
		if err != nil {
			t.Fatal(err)
		}
		tt.c.Asked.Expect = expect
		got := ""
		for _, f := range mustJudge(tt.c) {
			if f.ID == report.ExpectationMissed {
				got = f.Summary
			}
		}
		if got != tt.want || (got == "") != tt.met {
			t.Errorf("%s: %q, want %q", tt.key, got, tt.want)
		}
	}
	if _, err := ParseExpect("envelope=refused"); err == nil {
		t.Error("envelope=refused is taken, and nothing gives it")
	}
}

// TestUnsafeLine: credentials that were not sent are found by the line, not by the
// words of the session.
func TestUnsafeLine(t *testing.T) {
	t.Parallel()
	selfSigned := untrusted(evidence.ChainSelfSigned, func(x *evidence.TLS) {})
	badCert := underTLS(after...)
	badCert.s.TLS = selfSigned
	cut := asked(underTLS(after...))
	forged := underTLS("AUTH SCRAM-SHA-256 PLAIN").auth("SCRAM-SHA-256", 501, "5.7.0 cancelled")
	forged.s.Logins[0].Result, forged.s.Logins[0].Impostor, forged.s.Logins[0].Fault = evidence.LoginBroken, true, &evidence.Fault{Class: evidence.Protocol, Text: "SCRAM-SHA-256: its proof is wrong"}
	for name, tt := range map[string]struct {
		c    *evidence.Case
		want string
	}{
		"clear text":  {asked(openly(dial(evidence.Main, 2526, evidence.Listens).hi().ehlo("AUTH PLAIN"), "the line is not encrypted")), "The credentials were not sent: the line is not encrypted"},
		"certificate": {asked(openly(badCert, "the certificate is not verified: expired")), "The credentials were not sent: the certificate is not verified: expired"},
		"impostor":    {asked(forged), "mail.example.org:587 may not be who it claims to be: it does not know the password (its proof is wrong)"},
		"safe":        {asked(unsafe(underTLS(after...), "x")), ""},
		"cut":         {cut, ""},
	} {
		got := ""
		for _, f := range mustJudge(tt.c) {
			if f.ID == "login-unsafe" {
				got = f.Summary
			}
		}
		if got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
	_, outcomes := Judge(cut)
	if got := status(outcomes, "login-unsafe"); got != report.NotRun {
		t.Errorf("cut before the login: %s, want not-run", got)
	}
}

// TestShownNeedsAnswers: without an answer no check is shown to be in order.
func TestShownNeedsAnswers(t *testing.T) {
	t.Parallel()
	none := facts.Of(healthy587())
	for _, c := range Catalogue() {
		if c.Shown != nil && c.Shown(none) == "" {
			t.Errorf("%s is shown to be in order without an answer", c.ID)
		}
		if c.Needs == nil && c.Shown == nil {
			t.Errorf("%s never says why it was not run", c.ID)
		}
		if c.Find == nil && c.Needs == nil && c.Replies == nil {
			t.Errorf("%s is found by nothing", c.ID)
		}
	}
}

// TestDetailsOfAnswers: what is ruled out is not named, what is said once is not
// said again, and a message whose answer got lost may have been taken.
func TestDetailsOfAnswers(t *testing.T) {
	t.Parallel()
	lost := asked(underTLS(after...).in().taken().step(evidence.StepData, "DATA", reply(354, "Go on"), nil).fault(evidence.StepMessage, "", evidence.EOF, "EOF"))
	for _, tt := range []struct {
		c             *evidence.Case
		with, without string
	}{
		{refusing("auth", "smtp.sendgrid.net", "apikey", 535, "Authentication failed: Bad username / password"), "the key is wrong or revoked", "auth-app-password-required"},
		{refusing("auth", "smtp.sendgrid.net", "apikey", 535, "Authentication failed: Bad username / password"), "", "provider-username-convention"},
		{refusing("message", resendHost, "resend", 450, "You can only send testing emails to your own email address (a@example.org). To send emails to other recipients, please verify a domain at resend.com/domains"), "In spite of the 450", "In spite of the code"},
		{lost, "may have taken the message", "%!"},
	} {
		if f := mustJudge(tt.c)[0]; !strings.Contains(f.Detail, tt.with) || strings.Contains(f.Detail, tt.without) {
			t.Errorf("%s: %q, want it with %q and without %q", f.ID, f.Detail, tt.with, tt.without)
		}
	}
	if f := mustJudge(refusing("auth", "smtp.sendgrid.net", "app", 535, "Authentication failed: Bad username / password"))[0]; !strings.HasPrefix(f.Summary, `The user name is "app"`) {
		t.Errorf("summary %q does not name the user", f.Summary)
	}
}

// TestChallengeIsQuoted: what an OAuth challenge says stands beside the reply.
func TestChallengeIsQuoted(t *testing.T) {
	t.Parallel()
	c := asked(underTLS("AUTH XOAUTH2").auth("XOAUTH2", 535, "5.7.8 no"))
	c.Sessions[0].Logins[0].Detail = `{"status":"400","schemes":"Bearer"}`
	f := mustJudge(c)[0]
	if n := len(f.Evidence); f.ID != "auth-oauth-token-invalid" || n != 2 || !strings.Contains(f.Evidence[n-1].Text, "Bearer") {
		t.Errorf("%s with %+v, want the challenge behind the reply", f.ID, f.Evidence)
	}
}

// TestEdgesOfAnswers: a limit that is kept, a domain that needs no SMTPUTF8, a dry
// run, and what was cut.
func TestEdgesOfAnswers(t *testing.T) {
	t.Parallel()
	envelope := func(e evidence.Envelope) *evidence.Case {
		c := asked(underTLS(after...).in().taken())
		c.Asked.Envelope = &e
		return c
	}
	insecure := asked(unsafe(dial(evidence.Main, 2526, evidence.Listens).hi().ehlo("AUTH PLAIN"), "x"))
	insecure.Asked.Account.Insecure = true
	for _, tt := range []struct {
		c     *evidence.Case
		check string
		want  report.Status
	}{
		{envelope(evidence.Envelope{From: "app@example.org", To: []string{"b@example.net"}, Size: 10240000}), "message-too-large", report.Passed},
		{envelope(evidence.Envelope{From: "app@example.org", To: []string{"b@example.net"}, Size: 10240001}), "message-too-large", report.Found},
		{envelope(evidence.Envelope{From: "app@bücher.example", To: []string{"b@example.net"}}), "smtputf8-not-offered", report.NotRun},
		{insecure, "login-unsafe", report.Passed},
	} {
		if _, outcomes := Judge(tt.c); status(outcomes, tt.check) != tt.want {
			t.Errorf("%s is %s, want %s", tt.check, status(outcomes, tt.check), tt.want)
		}
	}
	dry := asked(underTLS(after...))
	dry.Sessions, dry.Message = nil, &evidence.Message{Via: "smtp", DryRun: true}
	dry.Asked.Envelope = &evidence.Envelope{From: "a@example.org", To: []string{"b@example.net"}}
	cut := asked(underTLS(after...).in().taken().step(evidence.StepData, "DATA", reply(354, "Go on"), nil).fault(evidence.StepMessage, "", evidence.Cancelled, "interrupted"))
	cutLogin := underTLS(after...).fault(evidence.StepAuth, "AUTH PLAIN <credentials>", evidence.Cancelled, "interrupted")
	cutLogin.s.Logins = []evidence.Attempt{{Mechanism: "PLAIN", Result: evidence.LoginBroken, Fault: &evidence.Fault{Class: evidence.Cancelled, Text: "interrupted"}}}
	for name, tt := range map[string]struct {
		c    *evidence.Case
		want string
	}{
		"dry run":   {dry, "nothing was sent: this is the message that would go to b@example.net by mail.example.org:587"},
		"cut":       {cut, "587 speaks STARTTLS; the message got no answer and may have been taken: look in the mailbox before you send it again"},
		"cut login": {asked(cutLogin), "587 speaks STARTTLS; the login came to no verdict"},
	} {
		if s := Subject(tt.c); s.Verdict != tt.want || s.Healthy != (name == "dry run") {
			t.Errorf("%s: healthy %v, %q, want %q", name, s.Healthy, s.Verdict, tt.want)
		}
	}
}
