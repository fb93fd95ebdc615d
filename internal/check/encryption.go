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

// encryption are the checks of STARTTLS and of its absence.
var encryption = []Check{
	{
		ID:       "starttls-stripped",
		Title:    "A device between writes over STARTTLS",
		Severity: report.Warning,
		Seen:     "The EHLO answer holds a line such as XXXXXXXA where STARTTLS belongs.",
		Why:      "A firewall with SMTP inspection keeps the session readable for itself. Clients that require TLS fail, others send passwords in clear text.",
		Fix: []string{
			"Switch SMTP inspection off on the firewall (Cisco: no inspect esmtp, no fixup protocol smtp)",
			"Or use port 465 with implicit TLS, which such devices do not read",
		},
		Tell:  "starttls-not-offered has no trace of a device; the server itself may lack TLS.",
		Refs:  []string{"RFC 3207 6", "RFC 7672 1.3"},
		Needs: extended,
		Find:  stripped,
	},
	{
		ID:       "starttls-refused",
		Title:    "The server offers STARTTLS and refuses it",
		Severity: report.Error,
		Seen:     "STARTTLS was listed by EHLO and answered with 4xx or 5xx.",
		Why:      "TLS does not come about. Usually the server cannot read its certificate or key. Clients that require TLS fail.",
		Fix: []string{
			"If the server is yours: look into its log; certificate and key files must exist, match, and be readable",
			"Otherwise tell its operator, and use another port meanwhile",
		},
		Tell:  "tls-handshake-failed accepts STARTTLS with 220 and fails afterwards.",
		Refs:  []string{"RFC 3207 4"},
		Needs: startTLSTried,
		Find:  refusedSTARTTLS,
	},
	{
		ID:       "starttls-injection",
		Title:    "Bytes in clear text came after STARTTLS was accepted",
		Severity: report.Warning,
		Seen:     "After the 220 to STARTTLS, and before the TLS handshake, more bytes came in clear text.",
		Why:      "Somebody between could put replies into the protected session. Careful clients end the connection.",
		Fix: []string{
			"If the server is yours: update it; it has to drop what is in its buffers when STARTTLS begins",
			"Look for a proxy between that answers in place of the server",
		},
		Tell:  "tls-handshake-failed is a handshake that fails for another reason.",
		Refs:  []string{"RFC 3207 4.2", "RFC 3207 6", "CVE-2011-0411", "CVE-2021-38371"},
		Needs: startTLSTried,
		Find:  injected,
	},
	{
		ID:       "cleartext-submission",
		Title:    "Mail and password would travel unencrypted",
		Severity: report.Warning,
		Seen:     "The server offers no TLS: it greets in clear text and EHLO does not list STARTTLS.",
		Why:      "Whoever is on the way can read and change messages and passwords. Clients that require TLS refuse to send.",
		Fix: []string{
			"Use a port of the server that has TLS: 465 with implicit TLS, or 587 with STARTTLS",
			"If the server is yours: give it a certificate and switch STARTTLS on",
			"If the provider does offer STARTTLS, look for a firewall that takes it out",
		},
		Tell:     "starttls-not-offered is the same seen by a client that requires STARTTLS; starttls-stripped shows the traces of a device between.",
		Refs:     []string{"RFC 8314 3", "RFC 6409 3.3"},
		Needs:    all(modeKnown, extended),
		Find:     cleartext,
		Settings: setCleartext,
	},
}

// startTLSTried: STARTTLS was sent and answered.
func startTLSTried(f *facts.Facts) string {
	if st := facts.Step(f.Main, evidence.StepSTARTTLS); st != nil && st.Reply != nil {
		return ""
	}
	return "STARTTLS was not answered or not sent"
}

func stripped(f *facts.Facts) []report.Finding {
	raw := facts.Masked(f.Main.Ext)
	if raw == "" {
		return nil
	}
	out := report.Finding{
		Summary:  "A device between writes over STARTTLS in the EHLO answer",
		Detail:   fmt.Sprintf("Where STARTTLS belongs, EHLO shows %q. Firewalls with SMTP inspection do this; the server itself is likely to offer STARTTLS.", raw),
		Evidence: append(greetingQuote(f.Main), ehloQuote(f)...),
		Try:      elsewhere(f),
	}
	if f.Claimed() == target.STARTTLS {
		out.Severity = report.Error
	}
	return one(out)
}

func refusedSTARTTLS(f *facts.Facts) []report.Finding {
	r := facts.ReplyAt(f.Main, evidence.StepSTARTTLS)
	if r.Code == 220 {
		return nil
	}
	out := report.Finding{
		Summary:  fmt.Sprintf("%s offers STARTTLS and refuses it (%d)", f.Case.Target.Name(), r.Code),
		Detail:   "TLS does not come about on this port. The usual reason is a certificate or key that the server cannot use." + printed("starttls-refused"),
		Evidence: append(ehloLine(f.Main, "STARTTLS"), replied(f.Main, "STARTTLS", &r)),
		Try:      elsewhere(f),
	}
	if as := f.Claimed(); as == target.Cleartext || as == target.Opportunistic {
		out.Severity = report.Warning
	}
	return one(out)
}

func injected(f *facts.Facts) []report.Finding {
	if f.Main.Injected == "" {
		return nil
	}
	return one(report.Finding{
		Summary:  "Bytes in clear text came between STARTTLS and the TLS handshake",
		Detail:   "They belong to neither. A server that keeps them lets somebody between speak inside the protected session.",
		Evidence: []report.Quote{{From: at(f.Main, "after the 220 to STARTTLS"), Text: clip(f.Main.Injected)}},
	})
}

// submissionPorts are the ports applications hand mail in at.
func submissionPort(port uint16) bool {
	return port != 25 && slices.Contains(target.SubmissionPorts(), port) || port == 8465
}

// local reports whether the host is by its name this machine or a neighbour in
// a container network, as test servers are.
func local(f *facts.Facts) bool {
	host := f.Case.Target.Host
	return host == "localhost" || strings.HasSuffix(host, ".localhost") || !strings.ContainsAny(host, ".:") ||
		host == "::1" || strings.HasPrefix(host, "127.") || host == "host.docker.internal"
}

func cleartext(f *facts.Facts) []report.Finding {
	if f.Mode != target.Cleartext || f.Main.Ext == nil || f.Main.Ext.HELO || facts.Masked(f.Main.Ext) != "" {
		return nil
	}
	if as := f.Claimed(); as == target.Implicit || as == target.STARTTLS || promisedMode(f) == target.STARTTLS {
		return nil // the mismatch has its own finding
	}
	exposed := submissionPort(f.Case.Target.Port) && !local(f)
	if len(facts.Mechanisms(f.Main.Ext)) > 0 && !exposed {
		return nil // auth-in-cleartext says so
	}
	out := report.Finding{
		Summary:  f.Case.Target.Name() + " offers no TLS: mail and password travel unencrypted",
		Detail:   "It greets in clear text, and its EHLO answer does not list STARTTLS.",
		Evidence: ehloQuote(f),
		Try:      elsewhere(f),
	}
	switch {
	case local(f):
		out.Severity = report.Note
		out.Summary = f.Case.Target.Name() + " offers no TLS"
		out.Detail += " On this machine or inside a container network that is usual."
	case f.Case.Asked.Account != nil && loginReached(f) == "" && len(unsafeLogin(f)) > 0:
		out.Severity = report.Note // login-unsafe says what comes of it
	case !exposed:
		out.Severity = report.Note
		out.Summary = f.Case.Target.Name() + " offers no TLS"
		out.Detail += fmt.Sprintf(" Port %d is none that applications log in at.", f.Case.Target.Port)
	}
	return one(out)
}
