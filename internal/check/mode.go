package check

import (
	"fmt"
	"strings"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/facts"
	"github.com/maildoctor/maildoctor/internal/report"
	"github.com/maildoctor/maildoctor/internal/symptom"
	"github.com/maildoctor/maildoctor/internal/target"
)

// mode are the checks of the client's TLS mode against the server's.
var mode = []Check{
	{
		ID:       "tls-on-starttls-port",
		Title:    "The client speaks implicit TLS to a port that starts in clear text",
		Severity: report.Error,
		Seen:     "The server greets in clear text and offers STARTTLS; the client is set to implicit TLS.",
		Why:      "The client sends a TLS ClientHello first and reads the server's 220 greeting as a TLS record. It stops before a login is tried; no mail goes out.",
		Fix: []string{
			"Keep the port and set the client to STARTTLS",
			"Or keep implicit TLS and set the port that speaks it, by convention 465",
		},
		Tell:     "tls-on-plaintext-server prints the same words, but the server has no TLS at all. starttls-on-tls-port is the mirror image: silence, not an error at once.",
		Refs:     []string{"RFC 3207 4", "RFC 8314 3.3", "RFC 8446 5.1"},
		Needs:    all(claims, modeKnown),
		Find:     tlsOnSTARTTLS,
		Settings: setImplicit,
	},
	{
		ID:       "tls-on-plaintext-server",
		Title:    "The client speaks TLS to a server that has none",
		Severity: report.Error,
		Seen:     "The server greets in clear text and does not offer STARTTLS; the client is set to implicit TLS.",
		Why:      "The client reads the server's greeting as a TLS record and stops.",
		Fix: []string{
			"Set the client to no encryption, when this is a local test server or relay",
			"Otherwise use a port of the server that has TLS, such as 465, or switch TLS on at the server",
		},
		Tell:  "tls-on-starttls-port prints the same words; there the server offers STARTTLS.",
		Refs:  []string{"RFC 8446 5.1"},
		Needs: all(claims, modeKnown),
		Find:  tlsOnPlain,
	},
	{
		ID:       "starttls-on-tls-port",
		Title:    "The client waits for a greeting on a port that speaks implicit TLS",
		Severity: report.Error,
		Seen:     "The server answers a TLS ClientHello and says nothing before; the client is set to STARTTLS or clear text.",
		Why:      "Client and server each wait for the other, until the client's time limit or the server's. The client never prints a TLS error, only that no greeting came.",
		Fix: []string{
			"Keep the port and set the client to implicit TLS (also called SSL, SMTPS or SSL/TLS)",
			"Or keep STARTTLS and set port 587",
		},
		Tell:     "greeting-timeout looks the same to the client; there the server does not answer TLS either.",
		Refs:     []string{"RFC 8314 3.3", "RFC 5321 3.1"},
		Needs:    all(claims, modeKnown),
		Find:     starttlsOnTLS,
		Settings: setNotImplicit,
	},
	{
		ID:       "starttls-not-offered",
		Title:    "The server does not offer STARTTLS",
		Severity: report.Error,
		Seen:     "The EHLO answer does not list STARTTLS, and the client requires it or the provider is known to offer it.",
		Why:      "A client that requires STARTTLS stops here. Where the provider offers it elsewhere, something between takes it out.",
		Fix: []string{
			"Use a port of the server that has TLS: 465 with implicit TLS, or 587",
			"If the server is yours: give it a certificate and switch STARTTLS on",
			"Only for a local test server: set the client to no encryption",
		},
		Tell:     "starttls-refused offers it and then refuses; starttls-stripped shows the traces of a device between.",
		Refs:     []string{"RFC 3207 4", "RFC 3207 6"},
		Needs:    all(modeKnown, extended, expectsSTARTTLS),
		Find:     notOffered,
		Settings: setDemandsNearby,
	},
	{
		ID:       "tls-required-by-server",
		Title:    "The server takes mail only over TLS",
		Severity: report.Error,
		Replies:  atEnvelope,
		Seen:     "MAIL FROM without TLS was refused with the request for STARTTLS; the client is set to clear text.",
		Why:      "A client without encryption is refused before any message.",
		Fix:      []string{"Set the client to STARTTLS on this port", "Or set implicit TLS and port 465"},
		Tell:     "auth-needs-tls lets mail begin in clear text, but no login.",
		Refs:     []string{"RFC 3207 4.3", "RFC 3463 3.8"},
		Needs: func(f *facts.Facts) string {
			if why := claims(f); why != "" {
				return why
			}
			if f.Required() == nil {
				return "it was not seen whether the server requires STARTTLS"
			}
			return ""
		},
		Find: tlsRequired,
	},
	{
		ID:       "port-convention",
		Title:    "The port speaks another TLS mode than its number stands for",
		Severity: report.Warning,
		Seen:     "Port 465 (or 2465, 8465) begins in clear text, or port 587 (or 2587, 2525) speaks implicit TLS.",
		Why:      "Most applications choose the mode by the port number and fail here. Whoever follows the provider's usual settings is misled.",
		Fix: []string{
			"Set the client's mode by hand to what the port speaks",
			"If the server is yours: let 465 speak implicit TLS and 587 STARTTLS",
		},
		Tell:  "tls-on-starttls-port and starttls-on-tls-port are clients in the wrong mode on a port that keeps the convention.",
		Refs:  []string{"RFC 8314 3.3", "RFC 8314 7.3", "RFC 6409 3.1"},
		Needs: modeKnown,
		Find:  unconventional,
	},
}

func tlsOnSTARTTLS(f *facts.Facts) []report.Finding {
	if f.Claimed() != target.Implicit || f.Mode != target.STARTTLS {
		return nil
	}
	port, try := f.Case.Target.Port, trials(f)
	return one(report.Finding{
		Confidence: proven(f, target.Implicit),
		Summary:    fmt.Sprintf("Port %d starts in clear text (STARTTLS), and the client is set to implicit TLS", port),
		Detail: fmt.Sprintf("%s greets in clear text and offers STARTTLS. A client that is set to implicit TLS sends a TLS ClientHello first "+
			"and reads the answer %q as a broken TLS record. That is all its error message means: no certificate and no password is involved.%s",
			f.Case.Target.Name(), greetingLine(f), printed("tls-on-starttls-port")),
		Fix:      mismatchFix(f, try),
		Try:      try,
		Evidence: append(wrongWay(f, target.Implicit), mainProof(f)...),
	})
}

func tlsOnPlain(f *facts.Facts) []report.Finding {
	if f.Claimed() != target.Implicit || f.Mode != target.Cleartext {
		return nil
	}
	fix := append(triedFirst(elsewhere(f)), openWays([]string{"Use a port of the server that has TLS: 465 with implicit TLS"}, elsewhere(f), f.Case.Target.Port)...)
	fix = append(fix, "If the server is yours: switch TLS on")
	if local(f) {
		fix = []string{fmt.Sprintf("Keep port %d and set the client to no encryption", f.Case.Target.Port) + tried(here(f))}
	}
	return one(report.Finding{
		Confidence: proven(f, target.Implicit),
		Fix:        fix,
		Summary:    fmt.Sprintf("Port %d has no TLS, and the client is set to implicit TLS", f.Case.Target.Port),
		Detail: fmt.Sprintf("%s greets in clear text and does not offer STARTTLS. A client that is set to implicit TLS reads the answer %q as a broken TLS record.%s",
			f.Case.Target.Name(), greetingLine(f), printed("tls-on-plaintext-server")),
		Try:      trials(f),
		Evidence: append(wrongWay(f, target.Implicit), mainProof(f)...),
	})
}

func starttlsOnTLS(f *facts.Facts) []report.Finding {
	as := f.Claimed()
	if f.Mode != target.Implicit || as == target.Implicit {
		return nil
	}
	try := trials(f)
	return one(report.Finding{
		Confidence: proven(f, as),
		Summary:    fmt.Sprintf("Port %d speaks implicit TLS, and the client is set to %s", f.Case.Target.Port, modeWords(as)),
		Detail: fmt.Sprintf("%s waits for a TLS ClientHello and says nothing before. A client that is set to %s waits for the greeting, until one side gives up.%s",
			f.Case.Target.Name(), modeWords(as), printed("starttls-on-tls-port")),
		Fix:      mismatchFix(f, try),
		Try:      try,
		Evidence: append(wrongWay(f, as), mainProof(f)...),
	})
}

// mismatchFix names the setting to change: the mode on this port, or the port
// for this mode, in the order in which they are proven.
func mismatchFix(f *facts.Facts, try []report.Trial) []string {
	var fix []string
	port := f.Case.Target.Port
	own := here(f)
	fix = append(fix, fmt.Sprintf("Keep port %d and set the client to %s", port, modeWords(f.Mode))+tried(own))
	want := f.Claimed()
	if want == target.Opportunistic {
		want = target.STARTTLS
	}
	if t, ok := trialOf(elsewhere(f), want); ok && t.Result != report.Fails {
		fix = append(fix, fmt.Sprintf("Or keep %s and set port %d", modeWords(want), t.Port)+tried(t))
	}
	if own.Result == report.Fails && len(fix) > 1 {
		fix[0], fix[1] = strings.Replace(fix[1], "Or keep", "Keep", 1), fix[0]
	}
	return fix
}

func tried(t report.Trial) string {
	switch t.Result {
	case report.Works:
		return ": tried from here, works"
	case report.Fails:
		return " (that fails as well: " + t.Detail + ")"
	}
	return " (not tried)"
}

// proven is the confidence of a mismatch: a client of that mode was seen to
// fail, or it follows from the mode of the server.
func proven(f *facts.Facts, m target.Mode) float64 {
	if len(wrongWay(f, m)) > 0 {
		return 0.99
	}
	return sure
}

// wrongWay quotes the session that was opened as a client of the mode would.
func wrongWay(f *facts.Facts, m target.Mode) []report.Quote {
	s := wrongSession(f, m)
	if s == nil {
		return nil
	}
	var out []report.Quote
	if s.First != nil {
		out = append(out, first(s))
	}
	if st := facts.Broken(s); st != nil {
		out = append(out, faulted(s, st))
	}
	if len(out) == 0 && s.Cut {
		out = append(out, report.Quote{From: at(s, "the greeting"), Text: cutWords(s)})
	}
	return out
}

// wrongSession is an opening session that began as a client of mode m does.
func wrongSession(f *facts.Facts, m target.Mode) *evidence.Session {
	opens := evidence.Listens
	if m == target.Implicit {
		opens = evidence.SpeaksTLS
	}
	for _, s := range f.With(evidence.Opening) {
		if s.Opens == opens && len(s.Steps) > 1 && (s.First != nil || facts.Broken(s) != nil || s.Cut) {
			return s
		}
	}
	return nil
}

// cutWords says what a session showed that we ended.
func cutWords(s *evidence.Session) string {
	for i := range s.Steps {
		if fault := s.Steps[i].Fault; fault != nil && fault.Text != "" {
			return clip(fault.Text)
		}
	}
	return "no greeting until the session was ended"
}

// mainProof quotes what shows the server's own mode.
func mainProof(f *facts.Facts) []report.Quote {
	if f.Mode == target.Implicit {
		return tlsProof(f)
	}
	return append(greetingQuote(f.Main), ehloLine(f.Main, "STARTTLS")...)
}

func tlsProof(f *facts.Facts) []report.Quote {
	if f.TLS == nil || f.TLS.Version == "" {
		return nil
	}
	out := []report.Quote{{From: at(f.Main, "answer to the ClientHello"), Text: "ServerHello, TLS " + f.TLS.Version}}
	return append(out, greetingQuote(f.Main)...)
}

func greetingLine(f *facts.Facts) string {
	for _, s := range f.With(evidence.Opening) {
		if s.First != nil && s.First.InReply == "ClientHello" {
			return first(s).Text
		}
	}
	line, _, _ := strings.Cut(replyText(f.Main.Greeting), "\n")
	return line
}

// mostStacks is how many libraries a sentence quotes; the table of clients has
// all their words.
const mostStacks = 4

// printed names the words of client libraries, for those who search for them.
func printed(id string) string {
	var out []string
	stacks := map[string]bool{}
	for _, p := range symptom.Said(id) {
		if p.Stack != "the server" && !stacks[p.Stack] && len(out) < mostStacks {
			stacks[p.Stack] = true
			out = append(out, fmt.Sprintf("%s %q", p.Stack, p.Text))
		}
	}
	if len(out) == 0 {
		return ""
	}
	return " Clients print: " + strings.Join(out, "; ") + "."
}

// expectsSTARTTLS: the client requires STARTTLS, or the provider is known to
// offer it on this port.
func expectsSTARTTLS(f *facts.Facts) string {
	if f.Claimed() == target.STARTTLS || promisedMode(f) == target.STARTTLS {
		return ""
	}
	return "neither the client (--as) nor a known provider requires STARTTLS here"
}

func notOffered(f *facts.Facts) []report.Finding {
	if f.Mode != target.Cleartext || facts.Masked(f.Main.Ext) != "" {
		return nil
	}
	out := report.Finding{
		Summary:  f.Case.Target.Name() + " does not offer STARTTLS",
		Detail:   "Its EHLO answer does not list STARTTLS.",
		Evidence: ehloQuote(f),
		Try:      elsewhere(f),
	}
	if p := providerFor(f); p != nil && promisedMode(f) == target.STARTTLS {
		out.Detail += fmt.Sprintf(" %s is known to offer it on this port: a firewall or proxy between may have taken it out.", p.Name)
	}
	if f.Claimed() != target.STARTTLS {
		out.Severity = report.Warning
	} else {
		out.Detail += " A client that requires it stops here." + printed("starttls-not-offered")
	}
	return one(out)
}

// ehloQuote quotes the EHLO answer before TLS.
func ehloQuote(f *facts.Facts) []report.Quote {
	if st := facts.Step(f.Main, evidence.StepEHLO); st != nil && st.Reply != nil {
		return []report.Quote{replied(f.Main, "EHLO", st.Reply)}
	}
	return nil
}

func tlsRequired(f *facts.Facts) []report.Finding {
	required := f.Required()
	if f.Claimed() != target.Cleartext || required == nil || !*required {
		return nil
	}
	out := report.Finding{
		Summary: fmt.Sprintf("Port %d takes mail only over TLS, and the client is set to no encryption", f.Case.Target.Port),
		Detail:  f.Case.Target.Name() + " refuses MAIL FROM before STARTTLS." + printed("tls-required-by-server"),
		Fix:     []string{fmt.Sprintf("Keep port %d and set the client to STARTTLS", f.Case.Target.Port) + tried(here(f))},
		Try:     trials(f),
	}
	if s, r := f.ClearMail(); s != nil {
		out.Evidence = []report.Quote{replied(s, "answer to MAIL FROM without TLS", r)}
	}
	return one(out)
}

func unconventional(f *facts.Facts) []report.Finding {
	usual := target.ModeByPort(f.Case.Target.Port)
	port := f.Case.Target.Port
	if usual == target.NoMode || port == 25 || f.Protocol != "smtp" && f.Protocol != "" {
		return nil
	}
	if (usual == target.Implicit) == (f.Mode == target.Implicit) || promisedMode(f) == f.Mode {
		return nil
	}
	if as := f.Claimed(); as != target.NoMode && (as == target.Implicit) != (f.Mode == target.Implicit) {
		return nil // the mismatch has its own finding
	}
	return one(report.Finding{
		Summary:  fmt.Sprintf("Port %d speaks %s; its number stands for %s", port, modeName(f.Mode), modeWords(usual)),
		Detail:   "Applications that choose the mode by the port number fail here.",
		Evidence: mainProof(f),
		Fix: []string{
			fmt.Sprintf("Set the client to %s by hand", modeWords(f.Mode)),
			fmt.Sprintf("If the server is yours: let port %d speak %s", port, modeWords(usual)),
		},
	})
}

// modeName names the mode of a server, where modeWords names a client's.
func modeName(m target.Mode) string {
	if m == target.Cleartext {
		return "clear text"
	}
	return modeWords(m)
}
