package check

import (
	"fmt"
	"strings"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/facts"
	"github.com/maildoctor/maildoctor/internal/report"
)

// handshake are the checks of the TLS handshake, the certificate aside.
var handshake = []Check{
	{
		ID:       "tls-handshake-failed",
		Title:    "The TLS handshake fails",
		Severity: report.Error,
		Seen:     "A TLS handshake was begun, and ended with an alert, a closed connection, silence, or bytes that are not TLS.",
		Why:      "No client gets an encrypted session here, so no login and no mail.",
		Fix: []string{
			"If the server is yours: look into its log at the time of this run; look at its certificate, key and cipher settings",
			"Otherwise tell its operator, with the alert shown here, and use another port meanwhile",
		},
		Tell:  "starttls-refused never begins the handshake. tls-version-too-old, tls-hello-intolerant and client-cert-required are handshakes that fail for a known reason.",
		Refs:  []string{"RFC 8446 6.2", "RFC 5246 7.2.2"},
		Needs: handshakeBegun,
		Find:  handshakeFailed,
	},
	{
		ID:       "tls-hello-intolerant",
		Title:    "The TLS handshake fails with a modern ClientHello and works with an older one",
		Severity: report.Error,
		Seen:     "The first handshake was cut off or not answered; another with a smaller or older ClientHello succeeded.",
		Why:      "Clients with current TLS libraries send TLS 1.3 and a post-quantum key share of more than 1 KB. An old device between or the server cannot cope, so new clients fail where old ones work.",
		Fix: []string{
			"Update or bypass the firewall, load balancer or proxy in front of the server",
			"Until then, limit this client to what works here (Go: GODEBUG=tlsmlkem=0; OpenSSL: Groups = X25519, or MaxProtocol = TLSv1.2)",
		},
		Tell:  "tls-handshake-failed fails whatever is offered.",
		Refs:  []string{"RFC 8446 D", "https://tldr.fail"},
		Needs: helloRetried,
		Find:  intolerant,
	},
	{
		ID:       "tls-version-too-old",
		Title:    "The server speaks only TLS 1.0 or 1.1",
		Severity: report.Error,
		Seen:     "The handshake offered TLS 1.0 to 1.3, and the server chose 1.0 or 1.1.",
		Why:      "Current clients refuse these versions; they were retired in 2021.",
		Fix: []string{
			"If the server is yours: update it or its TLS library, and allow TLS 1.2 and 1.3",
			"Until then, and only for this server, lower the client's limit (OpenSSL: MinProtocol = TLSv1 and SECLEVEL=0)",
		},
		Tell:  "tls-old-versions-accepted also speaks newer ones; there nothing fails.",
		Refs:  []string{"RFC 8996 2", "RFC 9325 3.1.1"},
		Needs: handshakeDone,
		Find:  tooOld,
	},
	{
		ID:       "tls-old-versions-accepted",
		Title:    "The server still accepts TLS 1.0 or 1.1",
		Severity: report.Note,
		Seen:     "A handshake limited to TLS 1.1 succeeded.",
		Why:      "Up-to-date clients are not affected. Audits ask to switch these versions off.",
		Fix:      []string{"If the server is yours: set the lowest version to TLS 1.2 (Postfix: smtpd_tls_protocols = >=TLSv1.2)"},
		Tell:     "tls-version-too-old speaks nothing newer.",
		Refs:     []string{"RFC 8996 2", "RFC 9325 3.1.1"},
		Needs:    all(handshakeDone, oldTried),
		Find:     oldAccepted,
	},
	{
		ID:       "tls-old-key-exchange",
		Title:    "The session has no forward secrecy: static RSA key exchange",
		Severity: report.Warning,
		Seen:     "The handshake settled on a cipher with static RSA key exchange, though better ones were offered.",
		Why:      "Go refuses such servers by default, and other libraries are about to. Who gets the key later can read recorded sessions.",
		Fix: []string{
			"If the server is yours: allow ECDHE ciphers, or TLS 1.3",
			"Until then, a Go client needs GODEBUG=tlsrsakex=1",
		},
		Tell:  "tls-weak-crypto-rejected concerns the certificate's key and signature.",
		Refs:  []string{"RFC 9325 4.1"},
		Needs: handshakeDone,
		Find:  staticRSA,
	},
	{
		ID:       "client-cert-required",
		Title:    "The server demands a client certificate",
		Severity: report.Error,
		Seen:     "The server asked for a client certificate, got none, and ended the session.",
		Why:      "Clients without a certificate cannot send here, whatever their password.",
		Fix: []string{
			"Set certificate and key of the client in the application, and try them here: maildoctor probe --cert FILE --key FILE HOST:PORT",
			"Or use a port that takes logins by password",
		},
		Tell:  "client-cert-requested asks as well, and goes on without one.",
		Refs:  []string{"RFC 8446 4.3.2", "RFC 8446 6.2"},
		Needs: clientCertAsked,
		Find:  certDemanded,
	},
	{
		ID:       "client-cert-requested",
		Title:    "The server asks for a client certificate and goes on without one",
		Severity: report.Note,
		Seen:     "The handshake held a request for a client certificate; without one the session went on.",
		Why:      "It does no harm. A few clients show a dialogue or an error when asked.",
		Fix:      []string{"If the server is yours and does not use client certificates: switch the request off (Postfix: smtpd_tls_ask_ccert = no)"},
		Tell:     "client-cert-required ends the session without one.",
		Refs:     []string{"RFC 8446 4.3.2"},
		Needs:    clientCertAsked,
		Find:     certRequested,
	},
}

// TLS alerts that speak of a missing or bad client certificate (RFC 8446 6.2).
const (
	alertBadCertificate      = 42
	alertCertificateUnknown  = 46
	alertCertificateRequired = 116
	alertHandshakeFailure    = 40
)

// alertWords says what an alert means (RFC 8446 6.2, RFC 5246 7.2.2).
var alertWords = map[int]string{
	10:  "it got a message it did not expect",
	20:  "a record was damaged on the way",
	40:  "it shares no cipher, group or signature with the client, or has no certificate to show",
	42:  "it does not like the client's certificate, or misses one",
	46:  "it cannot accept the client's certificate",
	47:  "it finds a value in the ClientHello that it does not allow",
	48:  "it does not know the authority of the client's certificate",
	50:  "it cannot read the message",
	70:  "it speaks none of the TLS versions offered",
	71:  "it finds the offered ciphers too weak",
	80:  "it failed for a reason of its own",
	86:  "it takes the client for a downgrade",
	109: "it misses an extension",
	112: "it does not know the host name that was asked for (SNI)",
	116: "it demands a client certificate",
	120: "it does not know the application protocol that was asked for (ALPN)",
}

// clientCertMissing reports whether the session ended for want of a client
// certificate: one was asked for, and the handshake or the first exchange
// after it failed. Under TLS 1.3 the server's refusal comes after the
// client's side of the handshake is done.
func clientCertMissing(f *facts.Facts) bool {
	s := f.Main
	if s.TLS == nil {
		return false
	}
	if certComplaint(s) != nil {
		return true
	}
	st := facts.Broken(s)
	if st == nil {
		return false
	}
	if st.Fault.Alert == alertCertificateRequired {
		return true
	}
	if s.TLS.ClientCert != "requested" {
		return false
	}
	switch st.Name {
	case evidence.StepTLS:
		switch st.Fault.Alert {
		case alertHandshakeFailure, alertBadCertificate, alertCertificateUnknown:
			return true
		}
		return st.Fault.Class == evidence.EOF || st.Fault.Class == evidence.Reset
	case evidence.StepEHLOTLS, evidence.StepGreetingTLS:
		return st.Fault.Class == evidence.TLSAlert || st.Fault.Class == evidence.EOF || st.Fault.Class == evidence.Reset
	}
	return false
}

// certComplaint is a refusal under TLS that asks for a client certificate, as
// Postfix says it at the first command (421 4.7.1 No client certificate
// presented); nil when there is none.
func certComplaint(s *evidence.Session) *evidence.Step {
	for _, name := range []evidence.StepName{evidence.StepGreetingTLS, evidence.StepEHLOTLS} {
		st := facts.Step(s, name)
		if s.TLS.ClientCert != "" && st != nil && st.Reply != nil && st.Reply.Code >= 400 &&
			strings.Contains(strings.ToLower(strings.Join(st.Reply.Lines, " ")), "certificate") {
			return st
		}
	}
	return nil
}

// worksWithOtherHello is the session that succeeded with another ClientHello
// after the main one had failed, or nil.
func worksWithOtherHello(f *facts.Facts) *evidence.Session {
	if f.Main.TLS != nil && f.Main.TLS.Version != "" {
		return nil
	}
	for _, s := range f.With(evidence.Hello) {
		if s.TLS != nil && s.TLS.Version != "" {
			return s
		}
	}
	return nil
}

// handshakeBroken is the failed step of the handshake, or nil. Where TLS was
// only tried on, to see whether the port speaks it, nothing failed.
func handshakeBroken(f *facts.Facts) *evidence.Step {
	st := facts.Broken(f.Main)
	if st == nil {
		return nil
	}
	underTLS := st.Fault.Class == evidence.TLSAlert || st.Fault.Class == evidence.TLSFailed
	if st.Name == evidence.StepTLS || underTLS && (st.Name == evidence.StepEHLOTLS || st.Name == evidence.StepGreetingTLS) {
		return st
	}
	return nil
}

func handshakeFailed(f *facts.Facts) []report.Finding {
	st := handshakeBroken(f)
	if st == nil || worksWithOtherHello(f) != nil || clientCertMissing(f) {
		return nil
	}
	return one(failedHandshake(f, st))
}

func failedHandshake(f *facts.Facts, st *evidence.Step) report.Finding {
	after := ""
	if !facts.OpenedTLS(f.Main) {
		after = " after STARTTLS"
	}
	return report.Finding{
		Summary:  fmt.Sprintf("The TLS handshake with %s fails%s: %s", f.Case.Target.Name(), after, shortFault(st.Fault)),
		Detail:   strings.TrimSpace(longFault(st) + hello(f)),
		Evidence: stepQuotes(f.Main, st),
		Try:      elsewhere(f),
	}
}

func shortFault(ft *evidence.Fault) string {
	switch ft.Class {
	case evidence.TLSAlert:
		return fmt.Sprintf("alert %d", ft.Alert)
	case evidence.EOF:
		return "connection closed"
	case evidence.Reset:
		return "connection reset"
	case evidence.Timeout:
		return "no answer"
	case evidence.NotTLS:
		return "the answer is not TLS"
	}
	return "no agreement"
}

func longFault(st *evidence.Step) string {
	switch ft := st.Fault; ft.Class {
	case evidence.TLSAlert:
		if words := alertWords[ft.Alert]; words != "" {
			return fmt.Sprintf("The server sent alert %d: %s. Its log knows more.", ft.Alert, words)
		}
		return fmt.Sprintf("The server sent alert %d. Its log knows more.", ft.Alert)
	case evidence.EOF:
		return "The server closed the connection without an alert. Its log, or that of a device between, knows more."
	case evidence.Reset:
		return "The connection was reset in the handshake. A device between that dislikes the ClientHello does this as well as a server without a certificate."
	case evidence.Timeout:
		return strings.TrimSpace("The ClientHello was not answered. Packets above a certain size may get lost on the way (MTU), or the TLS side of the server hangs. " + waited(st))
	case evidence.NotTLS:
		return "What came in answer to the ClientHello is no TLS record: the server went on in clear text."
	default:
		return "The two sides found no agreement: " + strings.TrimSuffix(ft.Text, ".") + "."
	}
}

// hello says what else was tried.
func hello(f *facts.Facts) string {
	n := 0
	for _, s := range f.With(evidence.Hello) {
		if facts.Broken(s) != nil {
			n++
		}
	}
	if n == 0 {
		return ""
	}
	return " A smaller ClientHello fails as well."
}

// helloRetried: a handshake failed, and another ClientHello was tried.
func helloRetried(f *facts.Facts) string {
	for _, s := range f.With(evidence.Hello) {
		if !s.Cut && (facts.Broken(s) != nil || s.TLS != nil) {
			return ""
		}
	}
	if f.Main.TLS != nil && f.Main.TLS.Version != "" && mayBeSMTP(f) == "" {
		return "" // the first ClientHello was taken
	}
	return "no second ClientHello was tried"
}

func intolerant(f *facts.Facts) []report.Finding {
	s := worksWithOtherHello(f)
	st := handshakeBroken(f)
	if s == nil || st == nil {
		return nil
	}
	cause := "The cause is an old device between or the server's TLS library."
	if st.Fault.Class == evidence.Timeout {
		cause = "The cause is an old device between, or packets above a certain size get lost on the way (MTU)."
	}
	how := "a smaller one, without a post-quantum key share,"
	if s.Ceiling != "" {
		how = "one that offers TLS " + s.Ceiling + " at most"
	}
	return one(report.Finding{
		Summary:  fmt.Sprintf("%s cannot cope with a modern ClientHello", f.Case.Target.Name()),
		Detail:   fmt.Sprintf("The usual ClientHello failed (%s); %s succeeded with TLS %s. ", shortFault(st.Fault), how, s.TLS.Version) + cause,
		Evidence: []report.Quote{faulted(f.Main, st), {From: at(s, s.Why), Text: "ServerHello, TLS " + s.TLS.Version}},
		Try:      elsewhere(f),
	})
}

func tooOld(f *facts.Facts) []report.Finding {
	if f.TLS.Version != "1.0" && f.TLS.Version != "1.1" {
		return nil
	}
	if s := worksWithOtherHello(f); s != nil {
		return nil // limited by us
	}
	return one(report.Finding{
		Summary:  fmt.Sprintf("%s speaks nothing newer than TLS %s", f.Case.Target.Name(), f.TLS.Version),
		Detail:   fmt.Sprintf("Offered were TLS 1.0 to 1.3, and the server chose %s. Current clients refuse it.%s", f.TLS.Version, printed("tls-version-too-old")),
		Evidence: []report.Quote{{From: at(f.Main, "ServerHello"), Text: strings.TrimSpace("TLS " + f.TLS.Version + " " + f.TLS.Cipher)}},
		Try:      elsewhere(f),
	})
}

// oldTried: TLS 1.0 or 1.1 was offered alone, and the answer came.
func oldTried(f *facts.Facts) string {
	_, tested := f.Versions()
	for _, v := range tested {
		if v < "1.2" {
			return ""
		}
	}
	return "no handshake limited to TLS 1.1 came to an end"
}

func oldAccepted(f *facts.Facts) []report.Finding {
	accepted, _ := f.Versions()
	var old []string
	newer := false
	for _, v := range accepted {
		if v < "1.2" {
			old = append(old, v)
		} else {
			newer = true
		}
	}
	if len(old) == 0 || !newer {
		return nil
	}
	out := report.Finding{
		Summary: fmt.Sprintf("%s still accepts TLS %s", f.Case.Target.Name(), list(old)),
		Detail:  fmt.Sprintf("With a client of today it settles on TLS %s.", f.TLS.Version),
	}
	for _, s := range f.With(evidence.Ceiling) {
		if s.TLS != nil && s.TLS.Version != "" && s.TLS.Version < "1.2" {
			out.Evidence = append(out.Evidence, report.Quote{From: at(s, "ServerHello"), Text: strings.TrimSpace("TLS " + s.TLS.Version + " " + s.TLS.Cipher)})
		}
	}
	return one(out)
}

func staticRSA(f *facts.Facts) []report.Finding {
	if !f.TLS.StaticRSA {
		return nil
	}
	return one(report.Finding{
		Summary:  "The TLS session has no forward secrecy (static RSA key exchange)",
		Detail:   fmt.Sprintf("Of all that was offered the server chose %s. Go clients refuse it by default.", f.TLS.Cipher),
		Evidence: []report.Quote{{From: at(f.Main, "ServerHello"), Text: strings.TrimSpace("TLS " + f.TLS.Version + " " + f.TLS.Cipher)}},
		Try:      elsewhere(f),
	})
}

// clientCertAsked: a handshake went far enough for the server to ask.
func clientCertAsked(f *facts.Facts) string {
	if why := handshakeBegun(f); why != "" {
		return why
	}
	if f.Main.TLS == nil || f.Main.TLS.Version == "" && !clientCertMissing(f) {
		return "no handshake came as far as a request for a client certificate"
	}
	return ""
}

func certDemanded(f *facts.Facts) []report.Finding {
	if !clientCertMissing(f) {
		return nil
	}
	out := report.Finding{
		Confidence: 0.9,
		Summary:    f.Case.Target.Name() + " demands a client certificate",
		Detail:     "The server asked for a certificate of the client, got none, and ended the session.",
		Try:        elsewhere(f),
	}
	if st := certComplaint(f.Main); st != nil {
		out.Evidence = []report.Quote{replied(f.Main, facts.Phase(st.Name), st.Reply)}
	} else {
		out.Evidence = []report.Quote{faulted(f.Main, facts.Broken(f.Main))}
	}
	if f.Main.TLS.ClientCert == "sent" {
		out.Detail = "The server asked for a certificate of the client, and did not accept the one it got."
	}
	return one(out)
}

func certRequested(f *facts.Facts) []report.Finding {
	if f.Main.TLS.ClientCert != "requested" || clientCertMissing(f) {
		return nil
	}
	return one(report.Finding{
		Summary:  f.Case.Target.Name() + " asks for a client certificate and goes on without one",
		Detail:   "None was sent, and the session went on.",
		Evidence: []report.Quote{{From: at(f.Main, "the TLS handshake"), Text: "CertificateRequest"}},
	})
}
