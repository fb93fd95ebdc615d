package check

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/facts"
	"github.com/maildoctor/maildoctor/internal/report"
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
		Seen:     "The same user name and password were refused with one mechanism and accepted with another; or what the server sent in a login makes no sense, so that it came to no verdict; or it took a SCRAM login without its own proof.",
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
	l := f.Login()
	if l.Attempt != nil && l.Attempt.Impostor {
		return one(impostor(f, l))
	}
	if l.State != facts.StateNotTried || l.Session == nil || !l.Session.Unsafe {
		return nil
	}
	out := report.Finding{
		Summary:  "The credentials were not sent: " + clip(l.Session.NoLogin),
		Detail:   fmt.Sprintf("%s offers AUTH %s here. A password that is sent over this line can be read on the way, or ends with somebody else.", f.Case.Target.Name(), strings.Join(facts.Mechanisms(f.LastExt()), " ")),
		Evidence: append(authLines(f.Main, f.Main.Ext, "EHLO"), authLines(f.Main, f.Main.ExtTLS, "EHLO under TLS")...),
		Try:      elsewhere(f),
	}
	return one(out)
}

// impostor is a server that claims to be the right one and does not know the
// password, or stands at the end of another TLS session than ours.
func impostor(f *facts.Facts, l facts.Login) report.Finding {
	a := l.Attempt
	why := "it does not know the password (its proof is wrong)"
	if a.Detail != "" {
		why = "it stands at the end of another TLS session (" + clip(a.Detail) + ")"
	}
	return report.Finding{
		Confidence: 0.85,
		Summary:    fmt.Sprintf("%s may not be who it claims to be: %s", f.Case.Target.Name(), why),
		Detail:     fmt.Sprintf("%s lets the server prove that it knows the password. This one did not, as somebody in between would not, such as a proxy or a virus scanner that opens TLS. The password itself was not sent.", a.Mechanism),
		Fix: []string{
			"Compare the certificate with that of the provider, and look whether a proxy or a virus scanner on the way opens TLS",
			"If the server is yours: see that it keeps this password for " + a.Mechanism + ", and that nothing before it ends TLS",
		},
		Evidence: []report.Quote{{From: at(l.Session, "AUTH "+a.Mechanism), Text: clip(cmp.Or(faultText(a.Fault), a.Detail))}},
	}
}

func faultText(f *evidence.Fault) string {
	if f == nil {
		return ""
	}
	return f.Text
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
			Detail:   "User name and password were not judged: what the server sends does not belong to this mechanism, and clients stop here.",
			Fix: []string{
				"Set the client to another mechanism where the server offers one (maildoctor probe --auth tries it)",
				"If the server is yours: update its login service, or take " + l.Attempt.Mechanism + " out of the offer (Dovecot: auth_mechanisms, Postfix with Cyrus SASL: mech_list)",
				"Otherwise tell its operator, with the transcript of this run (-v)",
			},
			Evidence: gaveUp(l.Session, l.Attempt),
		})
	}
	failed := l.Failed()
	if len(failed) == 0 {
		return unproved(l)
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
		return unproved(l)
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
	if l.State != facts.StateUnknown || l.Attempt.Impostor {
		return false
	}
	if facts.GaveUp(l.Session, l.Attempt) {
		return true
	}
	return (l.Attempt.Reply == nil || l.Attempt.Reply.Code < 400 || senselessAnswer(l.Attempt.Fault)) && facts.Broken(l.Session) == nil &&
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

// gaveUp quotes why an attempt was given up, and what the server said to that.
func gaveUp(s *evidence.Session, a *evidence.Attempt) []report.Quote {
	out := []report.Quote{attempted(s, a)}
	if a.Fault != nil && a.Fault.Text != "" && a.Reply != nil && a.Reply.Code >= 400 {
		out = append(out, replied(s, "AUTH "+a.Mechanism+", given up", a.Reply))
	}
	return out
}

// unproved finds a server that took a SCRAM login and did not prove that it knows
// the password, which is half of what the mechanism is for (RFC 5802 5).
func unproved(l facts.Login) []report.Finding {
	a := l.Attempt
	if l.State != facts.StateAccepted || !strings.HasPrefix(a.Mechanism, "SCRAM-") || a.Detail == "" {
		return nil
	}
	return one(report.Finding{
		Summary:  fmt.Sprintf("The server takes %s and does not prove that it knows the password", a.Mechanism),
		Detail:   "The login was accepted without the server's own proof. Strict clients end the session here, and whoever stands in between could say the same.",
		Fix:      []string{"Set the client to PLAIN or LOGIN under TLS, which need no such proof", "If the server is yours: update its login service; the proof belongs to the last challenge (RFC 5802 5)"},
		Evidence: []report.Quote{{From: at(l.Session, "AUTH "+a.Mechanism), Text: clip(a.Detail)}},
	})
}
