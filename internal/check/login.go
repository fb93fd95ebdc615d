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

// login are the checks of the login that the server offers.
var login = []Check{
	{
		ID:       "auth-not-offered",
		Title:    "The server offers no login",
		Severity: report.Warning,
		Replies:  atLogin,
		Seen:     "On a submission port, the EHLO answer lists no AUTH mechanism, under TLS as well.",
		Why:      "A client that has user name and password stops here with an error. Without a login the server may refuse to relay.",
		Fix: []string{
			"Use the provider's submission host and port; this may be a server for incoming mail",
			"If the server is yours: switch SMTP AUTH on for this port (Postfix: smtpd_sasl_auth_enable) and see that its login service runs",
			"If this is an open internal relay: take user name and password out of the application",
		},
		Tell:  "auth-needs-tls offers a login under TLS only.",
		Refs:  []string{"RFC 4954 3", "RFC 6409 4.3"},
		Needs: all(extended, submissionOrLogin, helloEnded),
		Find:  noLogin,
	},
	{
		ID:       "auth-in-cleartext",
		Title:    "The server takes passwords without encryption",
		Severity: report.Warning,
		Seen:     "The EHLO answer before TLS lists AUTH with a mechanism that sends the secret itself: PLAIN, LOGIN, XOAUTH2 or OAUTHBEARER.",
		Why:      "A client without TLS sends its password readable for everybody on the way.",
		Fix: []string{
			"Set the client to require TLS, so that it never sends a password in clear text",
			"If the server is yours: offer AUTH under TLS only (Postfix: smtpd_tls_auth_only = yes)",
		},
		Tell:  "cleartext-submission is a server that has no TLS at all and no login.",
		Refs:  []string{"RFC 4954 4", "RFC 4616 5"},
		Needs: all(extended, modeKnown),
		Find:  clearLogin,
	},
	{
		ID:       "auth-needs-tls",
		Title:    "The server offers a login only under TLS",
		Severity: report.Error,
		Replies:  untilRcpt,
		Seen:     "AUTH is listed after STARTTLS and not before; the client is set to clear text.",
		Why:      "A client without TLS finds no login and stops, or is refused when it tries.",
		Fix:      []string{"Set the client to STARTTLS on this port", "Or set implicit TLS and port 465"},
		Tell:     "tls-required-by-server refuses even MAIL FROM in clear text; auth-not-offered has no login under TLS either.",
		Refs:     []string{"RFC 4954 4", "RFC 3207 4.2"},
		Needs:    all(claims, extended, tlsUp),
		Find:     loginNeedsTLS,
	},
	{
		ID:       "auth-mechanism-unsupported",
		Title:    "The server offers only login mechanisms that applications seldom have",
		Severity: report.Note,
		Replies:  atLogin,
		Seen:     "Neither PLAIN nor LOGIN is among the mechanisms offered, the one that was used was refused as such, or a password was to log in where OAuth tokens alone are taken, or mechanisms that maildoctor does not speak.",
		Why:      "Most applications know PLAIN and LOGIN. Without them they report that no mechanism fits, whatever the password.",
		Fix: []string{
			"See whether the application knows one of the mechanisms offered, and set it",
			"With XOAUTH2 alone, the provider wants OAuth tokens in place of passwords: set up OAuth, or use its HTTP API or a relay",
			"If the server is yours: offer PLAIN and LOGIN under TLS",
		},
		Tell:  "auth-not-offered has no mechanism at all.",
		Refs:  []string{"RFC 4954 4", "RFC 4616", "RFC 7628"},
		Needs: extended,
		Find:  rareMechanisms,
	},
}

// submission: the port is one that applications log in at.
func submission(f *facts.Facts) string {
	if submissionPort(f.Case.Target.Port) {
		return ""
	}
	return "the port is none that applications usually log in at"
}

// tlsUp: EHLO was answered under TLS.
func tlsUp(f *facts.Facts) string {
	if f.Main.ExtTLS != nil {
		return ""
	}
	return "EHLO was not answered under TLS"
}

// submissionOrLogin: the port is one that applications log in at, or a login
// was asked for.
func submissionOrLogin(f *facts.Facts) string {
	if f.Case.Asked.Account != nil {
		return ""
	}
	return submission(f)
}

// helloEnded: the EHLO answer that counts was seen, that under TLS. A server
// without TLS has no other; whether it lacks a login matters to those who log in.
func helloEnded(f *facts.Facts) string {
	if f.Case.Asked.Account != nil && f.Mode == target.Cleartext {
		return ""
	}
	return tlsUp(f)
}

func noLogin(f *facts.Facts) []report.Finding {
	if len(facts.Mechanisms(f.LastExt())) > 0 {
		return nil
	}
	out := report.Finding{
		Summary:  f.Case.Target.Name() + " offers no login",
		Detail:   "Its EHLO answer under TLS lists no AUTH mechanism." + printed("auth-not-offered"),
		Evidence: ehloTLSQuote(f),
	}
	if f.Mode == target.Cleartext {
		out.Detail = "Its EHLO answer lists no AUTH mechanism, and it has no TLS." + printed("auth-not-offered")
	}
	if f.Case.Asked.Account != nil {
		out.Severity = report.Error
		out.Summary += ", so that nobody can log in"
		out.Detail = "A login was asked for. " + out.Detail
	}
	return one(out)
}

func ehloTLSQuote(f *facts.Facts) []report.Quote {
	if st := facts.Step(f.Main, evidence.StepEHLOTLS); st != nil && st.Reply != nil {
		return []report.Quote{replied(f.Main, "EHLO under TLS", st.Reply)}
	}
	return ehloQuote(f)
}

// authLines quotes the AUTH lines of an EHLO answer.
func authLines(s *evidence.Session, e *evidence.Extensions, what string) []report.Quote {
	var out []report.Quote
	if e == nil {
		return nil
	}
	for _, k := range e.Keywords {
		if strings.HasPrefix(strings.ToUpper(k.Name), "AUTH") {
			out = append(out, report.Quote{From: at(s, what), Text: clip("250 " + k.Raw)})
		}
	}
	return out
}

func clearLogin(f *facts.Facts) []report.Finding {
	mechanisms := slices.DeleteFunc(slices.Clone(facts.Mechanisms(f.Main.Ext)), func(m string) bool { return !readable(m) })
	if len(mechanisms) == 0 || f.Mode == target.Implicit {
		return nil
	}
	if f.Mode == target.Cleartext && submissionPort(f.Case.Target.Port) && !local(f) {
		return nil // cleartext-submission says so, or the mismatch with the client
	}
	out := report.Finding{
		Summary:  f.Case.Target.Name() + " takes passwords without encryption",
		Detail:   fmt.Sprintf("Before TLS it offers AUTH %s, and it has no TLS.", strings.Join(mechanisms, " ")),
		Evidence: authLines(f.Main, f.Main.Ext, "EHLO"),
		Try:      elsewhere(f),
	}
	switch {
	case f.Mode == target.STARTTLS:
		out.Severity = report.Note
		out.Detail = fmt.Sprintf("It offers AUTH %s before STARTTLS as well. A client that is not set to use TLS sends its password in clear text.", strings.Join(mechanisms, " "))
	case local(f):
		out.Severity = report.Note
		fallthrough
	default:
		out.Fix = append(triedFirst(out.Try),
			"Use a port of the server that has TLS, or a server on this machine or in a network of your own only",
			"If the server is yours: give it a certificate, switch STARTTLS on, and offer AUTH under TLS only")
	}
	return one(out)
}

func loginNeedsTLS(f *facts.Facts) []report.Finding {
	before, after := facts.Mechanisms(f.Main.Ext), facts.Mechanisms(f.Main.ExtTLS)
	if f.Claimed() != target.Cleartext || f.Mode != target.STARTTLS || len(before) > 0 || len(after) == 0 {
		return nil
	}
	if r := f.Required(); r != nil && *r {
		return nil // refused already at MAIL
	}
	return one(report.Finding{
		Confidence: 0.9,
		Summary:    fmt.Sprintf("Port %d offers a login only under TLS, and the client is set to no encryption", f.Case.Target.Port),
		Fix:        []string{fmt.Sprintf("Keep port %d and set the client to STARTTLS", f.Case.Target.Port) + tried(here(f))},
		Detail:     fmt.Sprintf("AUTH %s appears after STARTTLS and not before. A client with a password finds no login.%s", strings.Join(after, " "), printed("auth-needs-tls")),
		Evidence:   append(ehloQuote(f), authLines(f.Main, f.Main.ExtTLS, "EHLO under TLS")...),
		Try:        trials(f),
	})
}

// common are the mechanisms that practically every mail library has.
var common = []string{"PLAIN", "LOGIN"}

func rareMechanisms(f *facts.Facts) []report.Finding {
	mechanisms := facts.Mechanisms(f.LastExt())
	if a := f.Case.Asked.Account; a != nil && a.Mechanism != "" && len(mechanisms) > 0 && !slices.Contains(mechanisms, a.Mechanism) && f.Login().Attempt == nil && helloSeen(f) == "" {
		return one(report.Finding{
			Severity: report.Error,
			Summary:  "The server does not offer the login with " + a.Mechanism,
			Detail:   fmt.Sprintf("It was asked for. Offered are %s.", list(mechanisms)),
			Evidence: append(authLines(f.Main, f.Main.Ext, "EHLO"), authLines(f.Main, f.Main.ExtTLS, "EHLO under TLS")...),
		})
	}
	if a := f.Case.Asked.Account; a != nil && a.Mechanism == "" && oauthOffered(mechanisms) && f.Login().Attempt == nil && helloSeen(f) == "" {
		return one(report.Finding{
			Severity: report.Error,
			Summary:  "A password cannot log in here: the server takes " + list(mechanisms) + " only",
			Detail:   "OAuth tokens stand in place of passwords. The password was not sent." + printed("auth-mechanism-unsupported"),
			Fix: []string{
				"Set up OAuth in the application, and give maildoctor a token in place of the password with --auth XOAUTH2",
				"Or send through the HTTP API or a relay of the provider, or through a provider that takes passwords",
				"If the server is yours: offer PLAIN and LOGIN under TLS",
			},
			Evidence: append(authLines(f.Main, f.Main.Ext, "EHLO"), authLines(f.Main, f.Main.ExtTLS, "EHLO under TLS")...),
		})
	}
	if a := f.Case.Asked.Account; a != nil && a.Mechanism == "" && len(mechanisms) > 0 && !slices.ContainsFunc(mechanisms, takesPassword) && f.Login().Attempt == nil && helloSeen(f) == "" {
		return one(unspoken(f, mechanisms))
	}
	if len(mechanisms) == 0 || slices.ContainsFunc(mechanisms, func(m string) bool { return slices.Contains(common, m) }) {
		return nil
	}
	out := report.Finding{
		Summary:  "The login needs " + list(mechanisms) + "; PLAIN and LOGIN are not offered",
		Detail:   "Most applications know PLAIN and LOGIN only." + printed("auth-mechanism-unsupported"),
		Evidence: append(authLines(f.Main, f.Main.Ext, "EHLO"), authLines(f.Main, f.Main.ExtTLS, "EHLO under TLS")...),
	}
	if oauthOnly(mechanisms) && !withOwnToken(f) {
		out.Severity = report.Warning
		out.Detail = "The server takes OAuth tokens only; a password cannot log in here." + printed("auth-mechanism-unsupported")
	}
	return one(out)
}

// unspoken is a server whose mechanisms maildoctor does not know: a password was not
// tried there.
func unspoken(f *facts.Facts, mechanisms []string) report.Finding {
	return report.Finding{
		Severity: report.Error,
		Summary:  "maildoctor speaks none of the mechanisms offered: " + list(mechanisms),
		Detail: "A password was to log in, and was not sent; whether it is good is not known. NTLM and DIGEST-MD5 take one in exchanges that maildoctor does not speak. " +
			"GSSAPI wants a ticket of Kerberos in its place, EXTERNAL a client certificate, XOAUTH2 and OAUTHBEARER a token." + printed("auth-mechanism-unsupported"),
		Fix: []string{
			"See whether the application knows one of the mechanisms offered; most know PLAIN and LOGIN only",
			"Use another port or host of the provider that offers PLAIN or LOGIN under TLS",
			"If the server is yours: offer PLAIN and LOGIN under TLS (Exchange: Basic authentication on the receive connector)",
		},
		Evidence: append(authLines(f.Main, f.Main.Ext, "EHLO"), authLines(f.Main, f.Main.ExtTLS, "EHLO under TLS")...),
	}
}

// takesPassword reports whether maildoctor can log in with a password by this
// mechanism.
func takesPassword(mechanism string) bool {
	return slices.Contains([]string{"PLAIN", "LOGIN", "CRAM-MD5", "SCRAM-SHA-1", "SCRAM-SHA-1-PLUS", "SCRAM-SHA-256", "SCRAM-SHA-256-PLUS"}, mechanism)
}

// withOwnToken reports whether the login was to be one with a token.
func withOwnToken(f *facts.Facts) bool {
	a := f.Case.Asked.Account
	return a != nil && oauth(a.Mechanism)
}

// readable reports whether a mechanism sends the password, or the token in its
// place, as it is (RFC 4616 2, RFC 7628 3.1): the others send a proof of it, or none.
func readable(mechanism string) bool { return slices.Contains(common, mechanism) || oauth(mechanism) }

func oauthOnly(mechanisms []string) bool {
	return !slices.ContainsFunc(mechanisms, func(m string) bool { return m != "XOAUTH2" && m != "OAUTHBEARER" })
}

// oauthOffered reports whether tokens are taken, and a password by no mechanism.
func oauthOffered(mechanisms []string) bool {
	return slices.ContainsFunc(mechanisms, oauth) && !slices.ContainsFunc(mechanisms, func(m string) bool {
		return slices.Contains(common, m) || strings.HasPrefix(m, "SCRAM-") || strings.HasSuffix(m, "-MD5") || m == "NTLM"
	})
}
