package check

import (
	"fmt"
	"slices"
	"strings"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/facts"
	"github.com/maildoctor/maildoctor/internal/report"
	"github.com/maildoctor/maildoctor/internal/target"
)

// logins are the checks of how a login went, whatever it was refused for.
var logins = []Check{
	{
		ID:       "login-unsafe",
		Title:    "The credentials were not sent: the line is not safe",
		Severity: report.Error,
		Seen:     "A login was asked for, and the line has no TLS, an old version of it, or a certificate that does not hold. maildoctor does not send a password there.",
		Why:      "An application with these settings sends its password readable for others, or to whoever answers, or it stops before the login. Whether the credentials are good is not known.",
		Fix: []string{
			"Set the client to a port and mode with TLS, and mend the certificate where that is what fails",
			"Where the line is meant to be like this, in a test or a network of your own, repeat with --insecure-login",
		},
		Tell:  "auth-in-cleartext is a server that would take the password; auth-needs-tls is a server that would not; the cert- checks say what is wrong with a certificate.",
		Refs:  []string{"RFC 4954 9", "RFC 8314 3", "RFC 9325 3.2"},
		Needs: all(asksLogin, extended, offersLogin, loginReached),
		Find:  unsafeLogin,
	},
	{
		ID:       "auth-mechanism-broken",
		Title:    "The server offers a login mechanism that does not work",
		Severity: report.Warning,
		Seen:     "The same user name and password were refused with one mechanism and accepted with another; or what the server sent in a login makes no sense, so that it came to no verdict.",
		Why:      "A client that picks the strongest mechanism offered fails with the right password, and does not try the next one. Servers that keep only hashes of passwords cannot do CRAM-MD5, and often offer it all the same.",
		Fix: []string{
			"Set the client to the mechanism that was accepted (PLAIN or LOGIN under TLS)",
			"If the server is yours: take the mechanism out of the offer, or store the passwords in the form that it needs (Dovecot: auth_mechanisms, Postfix with Cyrus SASL: mech_list)",
		},
		Tell:  "auth-mechanism-unsupported is a mechanism that is not offered, or not taken at all; auth-bad-credentials is refused with every mechanism.",
		Refs:  []string{"RFC 4954 4", "RFC 5802", "RFC 2195"},
		Needs: loginTried,
		Find:  brokenMechanism,
	},
}

// asksLogin: a login was asked for.
func asksLogin(f *facts.Facts) string {
	if f.Case.Asked.Account == nil {
		return "nobody logged in"
	}
	return ""
}

// offersLogin: the server offers a login.
func offersLogin(f *facts.Facts) string {
	if len(facts.Mechanisms(f.LastExt())) == 0 {
		return "the server offers no login"
	}
	return ""
}

// loginReached: the session came to the login, and tried it or told why not.
func loginReached(f *facts.Facts) string {
	if l := f.Login(); l.Attempt == nil && (l.Session == nil || l.Session.NoLogin == "") {
		return "no login was tried: " + l.Why
	}
	return ""
}

func unsafeLogin(f *facts.Facts) []report.Finding {
	l, danger := f.Login(), danger(f)
	if l.State != facts.StateNotTried || f.Case.Asked.Account.Insecure || danger == "" {
		return nil
	}
	out := report.Finding{
		Summary:  "The credentials were not sent: " + danger,
		Detail:   fmt.Sprintf("%s offers AUTH %s here. A password that is sent over this line can be read on the way, or ends with somebody else.", f.Case.Target.Name(), strings.Join(facts.Mechanisms(f.LastExt()), " ")),
		Evidence: append(authLines(f.Main, f.Main.Ext, "EHLO"), authLines(f.Main, f.Main.ExtTLS, "EHLO under TLS")...),
		Try:      elsewhere(f),
	}
	out.Evidence = append(out.Evidence, report.Quote{From: fmt.Sprintf("session %d", l.Session.ID), Text: clip(l.Session.NoLogin)})
	return one(out)
}

// danger is why a password is not safe on the line of the main session; "" where
// it is, or where that was not seen.
func danger(f *facts.Facts) string {
	switch {
	case f.Mode == target.Cleartext && f.TLS == nil:
		return "the line is not encrypted"
	case f.TLS == nil || f.TLS.Version == "":
		return ""
	case f.Main.Injected != "":
		return "what came before the handshake may be from somebody else"
	case f.TLS.Version < "1.2":
		return "TLS " + f.TLS.Version + " is not safe"
	case strings.Contains(f.TLS.Cipher, "RC4") || strings.Contains(f.TLS.Cipher, "3DES"):
		return "the cipher is not safe (" + f.TLS.Cipher + ")"
	case !f.Certificate.Judged():
		return "the certificate was not verified"
	case f.Certificate.Status != facts.CertificateOK:
		return "the certificate does not hold (" + f.Certificate.Status + ")"
	}
	return ""
}

// loginTried: a login was accepted, or what the server sent made no sense. One
// that is refused tells nothing about the mechanism.
func loginTried(f *facts.Facts) string {
	if l := f.Login(); l.Attempt != nil && senseless(l) {
		return ""
	}
	return loggedIn(f)
}

func brokenMechanism(f *facts.Facts) []report.Finding {
	l := f.Login()
	if senseless(l) {
		return one(report.Finding{
			Severity: report.Error,
			Summary:  fmt.Sprintf("The login with %s comes to no verdict", l.Attempt.Mechanism),
			Detail:   "The server neither accepts nor refuses user name and password: what it sends does not belong to this mechanism. Clients stop here.",
			Evidence: []report.Quote{attempted(l.Session, l.Attempt)},
		})
	}
	failed := l.Failed()
	if len(failed) == 0 {
		return nil
	}
	var names []string
	var quotes []report.Quote
	for _, a := range failed {
		if a.Mechanism == l.Attempt.Mechanism || slices.Contains(names, a.Mechanism) {
			continue
		}
		names = append(names, a.Mechanism)
		quotes = append(quotes, attempted(l.Session, a))
	}
	if len(names) == 0 {
		return nil
	}
	return one(report.Finding{
		Summary:  fmt.Sprintf("The login with %s fails, and with %s it is accepted", list(names), l.Attempt.Mechanism),
		Detail:   fmt.Sprintf("User name and password are good: %s took them. A client that prefers %s fails with them.", l.Attempt.Mechanism, list(names)),
		Fix:      []string{"Set the client to " + l.Attempt.Mechanism, "If the server is yours: take " + list(names) + " out of what it offers, or store the passwords in the form that it needs"},
		Evidence: append(quotes, attempted(l.Session, l.Attempt)),
	})
}

// senseless reports whether a login ended without a refusal and without a fault
// of the connection, which has its own finding.
func senseless(l facts.Login) bool {
	return l.State == facts.StateUnknown && (l.Attempt.Reply == nil || l.Attempt.Reply.Code < 400) && facts.Broken(l.Session) == nil &&
		(l.Attempt.Fault == nil || l.Attempt.Fault.Class != evidence.Cancelled)
}

// attempted quotes how an attempt to log in ended.
func attempted(s *evidence.Session, a *evidence.Attempt) report.Quote {
	q := report.Quote{From: at(s, "AUTH "+a.Mechanism), Text: a.Result}
	switch {
	case a.Fault != nil && a.Fault.Text != "":
		q.Text = clip(a.Fault.Text)
	case a.Reply != nil:
		q.Text = replyText(a.Reply)
	}
	return q
}
