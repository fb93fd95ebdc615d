package check

import (
	"strings"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/target"
)

// The functions here write what a probe that logs in, tries an envelope or sends
// a message would have seen.

// underTLS is a STARTTLS session up to the EHLO under TLS.
func underTLS(offers ...string) *talk {
	t := dial(evidence.Main, 587, evidence.Listens).hi().ehlo(before...).starttls().tls(secured())
	t.s.ModeKnown, t.s.ExtTLS = 3*rtt, extensions(offers)
	return t.step(evidence.StepEHLOTLS, "EHLO client.example.net", reply(250, append([]string{"mail.example.org"}, offers...)...), nil)
}

// auth is an attempt to log in that ended with a reply.
func (t *talk) auth(mechanism string, code int, lines ...string) *talk {
	result := evidence.LoginRefused
	switch {
	case code/100 == 2:
		result = evidence.LoginAccepted
	case code == 504 || code == 538 || code/100 == 3:
		result = evidence.LoginBroken
	}
	r := reply(code, lines...)
	t.s.Logins = append(t.s.Logins, evidence.Attempt{Mechanism: mechanism, Result: result, Reply: r, At: t.at, Took: rtt})
	return t.step(evidence.StepAuth, "AUTH "+mechanism+" <credentials>", r, nil)
}

func (t *talk) in() *talk { return t.auth("PLAIN", 235, "2.7.0 Authentication successful") }

func (t *talk) mail(code int, lines ...string) *talk {
	return t.step(evidence.StepMail, "MAIL FROM:<app@example.org>", reply(code, lines...), nil)
}

func (t *talk) rcpt(to string, code int, lines ...string) *talk {
	return t.step(evidence.StepRcpt, "RCPT TO:<"+to+">", reply(code, lines...), nil)
}

// taken is an envelope that is accepted.
func (t *talk) taken() *talk {
	return t.mail(250, "2.1.0 Ok").rcpt("b@example.net", 250, "2.1.5 Ok")
}

func (t *talk) message(code int, lines ...string) *talk {
	return t.step(evidence.StepData, "DATA", reply(354, "End data with <CR><LF>.<CR><LF>"), nil).step(evidence.StepMessage, "", reply(code, lines...), nil)
}

func (t *talk) bye() *talk { return t.step(evidence.StepQuit, "QUIT", nil, nil) }

// asked is a case in which a login, an envelope and, where the session came to
// it, a message were asked for.
func asked(t *talk) *evidence.Case {
	c := endpointCase(587, t.bye())
	c.Asked.Account = &evidence.Account{User: "app@example.org", Password: evidence.Secret{Set: true}}
	for _, st := range t.s.Steps {
		switch st.Name {
		case evidence.StepMail:
			c.Asked.Envelope = &evidence.Envelope{From: "app@example.org"}
		case evidence.StepRcpt:
			c.Asked.Envelope.To = append(c.Asked.Envelope.To, strings.TrimSuffix(strings.TrimPrefix(st.Sent, "RCPT TO:<"), ">"))
		case evidence.StepMessage:
			c.Message = &evidence.Message{Via: "smtp", MessageID: "run1@client.example.net", Run: "run1", Size: 812}
		}
	}
	return c
}

// sentAll is a message that goes through.
func sentAll() *evidence.Case {
	return asked(underTLS(after...).in().taken().message(250, "2.0.0 Ok: queued as 4XyZ12AbC"))
}

// loggingIn changes whom a case logs in as.
func loggingIn(name string, c *evidence.Case) *evidence.Case {
	c.Asked.Account.User = name
	return c
}

// atStep is a case whose server refuses a step.
func atStep(step evidence.StepName, server string, code int, lines ...string) func() *evidence.Case {
	return func() *evidence.Case {
		t := underTLS(after...)
		switch step {
		case evidence.StepAuth:
			t.auth("PLAIN", code, lines...)
		case evidence.StepMail:
			t.in().mail(code, lines...)
		case evidence.StepRcpt:
			t.in().mail(250, "2.1.0 Ok").rcpt("b@example.net", code, lines...)
		case evidence.StepMessage:
			t.in().taken().message(code, lines...)
		}
		c := asked(t)
		if server != "" {
			c = host(c, server)
		}
		if server == "smtp.resend.com" {
			c.Asked.Account.User = "resend"
		}
		return c
	}
}

// unsafe is a session that would not log in.
func unsafe(t *talk, why string) *talk {
	t.s.NoLogin = why
	return t
}

// openly is one that would not for the line.
func openly(t *talk, why string) *talk {
	t.s.Unsafe = true
	return unsafe(t, why)
}

// loginSamples are the cases of what a server answers to login, envelope and
// message.
func loginSamples() []sample {
	const login, mail, rcpt, message = evidence.StepAuth, evidence.StepMail, evidence.StepRcpt, evidence.StepMessage
	var out []sample
	found := func(id string, c func() *evidence.Case) { out = append(out, sample{id, "found-reply", c}) }
	passed := func(c func() *evidence.Case, ids ...string) {
		for _, id := range ids {
			out = append(out, sample{id, "passed-reply", c})
		}
	}
	found("auth-bad-credentials", atStep(login, "", 535, "5.7.8 Error: authentication failed"))
	found("auth-app-password-required", atStep(login, "smtp.gmail.com", 535, "5.7.8 Username and Password not accepted. For more information, go to", "5.7.8 https://support.google.com/mail/?p=BadCredentials a1 - gsmtp"))
	found("auth-disabled-by-admin", atStep(login, "smtp.office365.com", 535, "5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled for more information."))
	found("auth-required", func() *evidence.Case {
		c := asked(underTLS(after...).mail(530, "5.7.0 Authentication required"))
		c.Asked.Account = nil
		return c
	})
	found("auth-oauth-token-invalid", func() *evidence.Case {
		return asked(underTLS("AUTH XOAUTH2 PLAIN").auth("XOAUTH2", 535, "5.7.8 Authentication failed"))
	})
	found("provider-username-convention", atStep(login, "smtp.sendgrid.net", 535, "Authentication failed: Bad username / password"))
	found("account-suspended-or-locked", atStep(login, "", 535, "5.7.0 Your account has been suspended"))
	found("ip-not-authorised", atStep(login, "smtp-relay.brevo.com", 525, "5.7.1 Unauthorized IP address"))
	found("sender-not-verified", atStep(message, "email-smtp.eu-west-1.amazonaws.com", 554, "Message rejected: Email address is not verified. The following identities failed the check in region EU-WEST-1: app@example.org"))
	found("sender-not-owned", atStep(mail, "", 553, "5.7.1 <app@example.org>: Sender address rejected: not owned by user app"))
	found("sender-address-invalid", atStep(rcpt, "", 450, "4.1.8 <app@example.org>: Sender address rejected: Domain not found"))
	found("relay-denied", atStep(rcpt, "", 554, "5.7.1 <b@example.net>: Relay access denied"))
	found("recipient-unknown", atStep(rcpt, "", 550, "5.1.1 <b@example.net>: Recipient address rejected: User unknown in virtual mailbox table"))
	found("recipient-refused-by-policy", atStep(rcpt, "", 550, "5.7.1 <b@example.net>: Recipient address rejected: refused by policy"))
	found("recipient-address-invalid", atStep(rcpt, "", 501, "5.1.3 Bad recipient address syntax"))
	found("recipient-mailbox-full", atStep(rcpt, "", 452, "4.2.2 The recipient's inbox is out of storage space"))
	found("recipient-suppressed", atStep(message, "", 550, "5.1.1 Address is on the suppression list"))
	found("domain-auth-failed", atStep(message, "", 550, "5.7.26 Unauthenticated email from example.org is not accepted due to domain's DMARC policy."))
	found("message-too-large", atStep(mail, "", 552, "5.3.4 Message size exceeds fixed limit"))
	found("content-rejected", atStep(message, "", 554, "5.7.1 Spam message rejected"))
	found("quota-exceeded", func() *evidence.Case {
		return loggingIn("apikey", atStep(login, "smtp.sendgrid.net", 451, "Authentication failed: Maximum credits exceeded")())
	})
	found("greylisted", atStep(rcpt, "", 450, "4.2.0 <b@example.net>: Recipient address rejected: Greylisted"))
	found("server-temporary-failure", atStep(login, "", 454, "4.7.0 Temporary authentication failure: Connection lost to authentication server"))
	found("resend-key-invalid", atStep(login, "smtp.resend.com", 535, "API key not found"))
	found("resend-key-restricted", atStep(message, "smtp.resend.com", 450, "This API key is restricted to only send emails from example.net"))
	found("resend-domain-not-verified", atStep(message, "smtp.resend.com", 550, "The associated domain with your API key is not verified. Please, create a new API key with full access or with a verified domain."))
	found("resend-testing-only", atStep(message, "smtp.resend.com", 450, "You can only send testing emails to your own email address (owner@example.org). To send emails to other recipients, please verify a domain at resend.com/domains"))
	found("resend-invalid-request", atStep(message, "smtp.resend.com", 450, "Missing `html` or `text` field."))
	found("rate-limited", atStep(message, "", 451, "4.7.1 Rate limit exceeded"))
	found("ip-reputation-blocked", atStep(rcpt, "", 554, "5.7.1 Service unavailable; Client host [192.0.2.7] blocked using zen.spamhaus.org"))
	found("reverse-dns-missing", atStep(rcpt, "", 450, "4.7.1 Client host rejected: cannot find your reverse hostname, [192.0.2.7]"))
	found("helo-rejected", atStep(rcpt, "", 504, "5.5.2 <localhost>: Helo command rejected: need fully-qualified hostname"))
	found("protocol-error", atStep(mail, "", 503, "5.5.1 Bad sequence of commands"))
	found("auth-mechanism-unsupported", atStep(login, "", 504, "5.7.4 Unrecognized authentication type"))
	found("auth-needs-tls", atStep(login, "smtp.resend.com", 538, "Error: Must issue a STARTTLS command first"))
	found("auth-not-offered", func() *evidence.Case {
		return asked(unsafe(underTLS("PIPELINING", "SIZE 10240000"), "the server offers no login"))
	})
	found("login-unsafe", func() *evidence.Case {
		return asked(openly(dial(evidence.Main, 587, evidence.Listens).hi().ehlo("SIZE 10240000", "AUTH PLAIN LOGIN"), "the line is not encrypted"))
	})
	found("auth-mechanism-broken", func() *evidence.Case {
		return asked(underTLS("AUTH CRAM-MD5 PLAIN LOGIN").auth("CRAM-MD5", 535, "5.7.8 Error: authentication failed: authentication failure").in())
	})
	found("smtputf8-not-offered", func() *evidence.Case {
		c := asked(underTLS(after...).in())
		c.Asked.Envelope = &evidence.Envelope{From: "app@example.org", To: []string{"jörg@example.net"}}
		return c
	})

	found("asked-not-done", func() *evidence.Case {
		return asked(unsafe(underTLS("AUTH PLAIN LOGIN", "SIZE 10240000"), "the user name or the password holds a control character that no mechanism can carry"))
	})

	loggedIn := func() *evidence.Case { return asked(underTLS(after...).in()) }
	dryRun := func() *evidence.Case { return asked(underTLS(after...).in().taken()) }
	resent := func() *evidence.Case { return loggingIn("resend", host(sentAll(), "smtp.resend.com")) }
	passed(loggedIn, "auth-bad-credentials", "auth-app-password-required", "auth-disabled-by-admin", "auth-wrong-region-or-host", "provider-username-convention", "login-unsafe", "auth-mechanism-broken", "asked-not-done")
	passed(func() *evidence.Case {
		return asked(underTLS("AUTH XOAUTH2 PLAIN").auth("XOAUTH2", 235, "2.7.0 Accepted"))
	}, "auth-oauth-token-invalid")
	passed(dryRun, "auth-required", "ip-not-authorised", "sender-address-invalid", "relay-denied", "recipient-unknown", "recipient-refused-by-policy", "recipient-address-invalid", "greylisted")
	passed(sentAll, "account-suspended-or-locked", "sender-not-verified", "sender-not-owned", "recipient-mailbox-full", "recipient-suppressed",
		"domain-auth-failed", "message-too-large", "content-rejected", "quota-exceeded", "server-temporary-failure")
	passed(resent, "resend-key-invalid", "resend-key-restricted", "resend-domain-not-verified", "resend-testing-only", "resend-invalid-request")
	passed(func() *evidence.Case {
		c := asked(underTLS(append([]string{"SMTPUTF8"}, after...)...).in().mail(250, "2.1.0 Ok").rcpt("jörg@example.net", 250, "2.1.5 Ok"))
		return c
	}, "smtputf8-not-offered")
	return append(out, []sample{
		{"setting-placeholder", "found-account", func() *evidence.Case {
			c := atStep(login, "", 535, "5.7.8 Error: authentication failed")()
			c.Asked.Account.Password.Placeholder = true
			return c
		}},
		{"provider-password-kind", "found-account", func() *evidence.Case {
			c := loggingIn("app1234567@smtp-brevo.com", atStep(login, "smtp-relay.brevo.com", 535, "5.7.8 Authentication failed")())
			c.Asked.Account.Password.Wrong = "an API key"
			return c
		}},
		{"auth-mechanism-unsupported", "found-none-spoken", func() *evidence.Case {
			return asked(unsafe(underTLS("AUTH GSSAPI NTLM", "SIZE 10240000"), "the server offers no mechanism that maildoctor speaks, but GSSAPI NTLM"))
		}},
		{"setting-mangled", "found-account", func() *evidence.Case {
			c := atStep(login, "", 535, "5.7.8 Error: authentication failed")()
			c.Asked.Account.Quoted = true
			return c
		}},
		{"message-too-large", "found-announced", func() *evidence.Case {
			c := loggingIn("app", loggedIn())
			c.Asked.Envelope = &evidence.Envelope{From: "app@example.org", To: []string{"b@example.net"}, Size: 52428800}
			return c
		}},
		{"tls-required-by-server", "found-at-login", func() *evidence.Case {
			c := asked(dial(evidence.Main, 587, evidence.Listens).hi().ehlo("SIZE 1000", "AUTH PLAIN", "STARTTLS").mail(530, "5.7.0 Must issue a STARTTLS command first"))
			c.Sessions, c.Asked.Account = c.Sessions[:1], nil
			return as(target.Cleartext, c)
		}},
	}...)
}
