package check

import (
	"fmt"
	"slices"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/facts"
	"github.com/maildoctor/maildoctor/internal/report"
	"github.com/maildoctor/maildoctor/internal/target"
)

// The results of a client, beside those of a trial.
const (
	worksUnencrypted = "works-unencrypted"
	unknownResult    = "unknown"

	seen    = "seen"
	derived = "derived"
)

// view is what the table of clients is made from.
type view struct {
	*facts.Facts
	whole *report.Finding // stops every client, whatever its mode
	tls   *report.Finding // stops every client that uses TLS here
}

func viewOf(f *facts.Facts, findings []report.Finding) view {
	v := view{Facts: f}
	for i := range findings {
		id := findings[i].ID
		switch {
		case findings[i].Severity == report.Note && !f.Case.Asked.NoPort:
		case v.whole == nil && stopsAll(f, findings[i]):
			v.whole = &findings[i]
		case v.tls == nil && slices.Contains(stopsTLS, id):
			v.tls = &findings[i]
		}
	}
	return v
}

// stopsTLS are the checks that stop a client which uses TLS and verifies
// certificates.
var stopsTLS = []string{
	"starttls-refused", "tls-handshake-failed", "tls-hello-intolerant", "tls-version-too-old", "client-cert-required",
	"cert-expired", "cert-not-yet-valid", "cert-self-signed", "cert-missing-intermediate", "cert-unknown-ca",
	"cert-name-mismatch", "cert-wrong-usage", "tls-weak-crypto-rejected", "local-missing-ca-bundle", "hosting-smtp-redirect",
	"local-proxy-or-antivirus-mitm", "session-timeout", "connection-dropped-mid-session", "greeting-timeout", "connection-closed-before-greeting",
	"helo-rejected", "protocol-error",
}

// stopsAll reports whether a finding lies before or outside TLS and ends every
// session.
func stopsAll(f *facts.Facts, found report.Finding) bool {
	in := func(topic []Check) bool {
		return slices.ContainsFunc(topic, func(c Check) bool { return c.ID == found.ID })
	}
	switch {
	case found.Severity == report.Warning:
		return false
	case f.Reach != facts.Open:
		return in(names) || in(connection) || in(greeting) || in(protocol)
	case in(protocol):
		return true
	case found.Severity != report.Error:
		return f.Main.Greeting != nil && f.Main.Greeting.Code >= 400 && in(greeting)
	}
	return (in(greeting) || in(session)) && !brokeUnderTLS(f)
}

// brokeUnderTLS reports whether the main session failed at STARTTLS or later,
// which a client without TLS never reaches.
func brokeUnderTLS(f *facts.Facts) bool {
	if f.Mode != target.STARTTLS {
		return false
	}
	st := facts.Broken(f.Main)
	return st != nil && st.Name != evidence.StepGreeting && st.Name != evidence.StepEHLO && st.Name != evidence.StepHELO
}

// clients says what a client of each mode meets here.
func clients(f *facts.Facts, findings []report.Finding) []report.Client {
	v := viewOf(f, findings)
	out := []report.Client{}
	for _, word := range target.ClientModes() {
		m := target.Mode(word)
		c := v.client(m)
		c.Mode = m
		if c.Says == nil {
			c.Says = []string{}
		}
		out = append(out, c)
	}
	return out
}

func (v view) client(m target.Mode) report.Client {
	switch {
	case v.whole != nil && v.Reach != facts.Open:
		return v.stopped(m, v.whole)
	case otherProtocol(v.Facts):
		return v.foreign(m)
	case m == target.Implicit && (v.Mode == target.STARTTLS || v.Mode == target.Cleartext || greetsInClear(v.Facts)):
		return v.mismatch(m)
	case m != target.Implicit && v.Mode == target.Implicit:
		return v.mismatch(m)
	case v.whole != nil:
		return v.stopped(m, v.whole)
	case !known(v.Mode) && v.tls != nil && facts.OpenedTLS(v.Main):
		return v.halfKnown(m)
	case !known(v.Mode):
		return report.Client{Result: unknownResult, Proof: derived, Detail: "the TLS mode of the server is not known"}
	case v.Mode == target.Cleartext:
		return v.plain(m)
	case m == target.Cleartext:
		return v.withoutTLS()
	}
	return v.overTLS(m)
}

func fails(proof, detail, id string) report.Client {
	return report.Client{Result: report.Fails, Proof: proof, Detail: detail, Says: says(id)}
}

// stopped is a client that meets a finding.
func (v view) stopped(m target.Mode, by *report.Finding) report.Client {
	return fails(v.proof(m), report.Within(by.Summary), by.ID)
}

// proof says whether a session was held that began as a client of mode m does
// and came to a result. Where no connection comes about, all begin alike.
func (v view) proof(m target.Mode) string {
	for _, s := range v.Sessions {
		if !facts.Connected(s) && facts.Broken(s) != nil {
			return seen
		}
		if s.Role != evidence.Poke && facts.OpenedTLS(s) == (m == target.Implicit) && v.told(s) {
			return seen
		}
	}
	if v.Reach == facts.Unresolved {
		return seen
	}
	return derived
}

// told reports whether a session met something. One that listened and was
// ended by us tells only when it was held on purpose, for --as.
func (v view) told(s *evidence.Session) bool {
	if len(s.Steps) < 2 {
		return false
	}
	return s.First != nil || s.Greeting != nil || s.TLS != nil || facts.Broken(s) != nil || s.Cut && v.Claimed() != target.NoMode
}

// greetsInClear reports whether an SMTP greeting or refusal came outside TLS.
func greetsInClear(f *facts.Facts) bool {
	for _, s := range f.Sessions {
		if s.Role == evidence.Poke {
			continue
		}
		if s.Greeting != nil && !facts.OpenedTLS(s) || s.First != nil && s.First.Protocol == "smtp" && s.First.Under != "tls" {
			return true
		}
	}
	return false
}

// foreign is a client of a port that speaks something other than SMTP. What it
// meets depends on who speaks first, and on whether TLS stands before it.
func (v view) foreign(m target.Mode) report.Client {
	s := speaking(v.Facts)
	name := protocolName(v.Protocol)
	underTLS := facts.OpenedTLS(s) && s.TLS != nil
	unasked := s.First == nil || s.First.InReply == "" || s.First.Protocol == "smtp"
	by := "wrong-protocol-other"
	if v.whole != nil {
		by = v.whole.ID
	}
	switch {
	case m != target.Implicit && underTLS:
		return fails(v.proof(m), "waits for a greeting that never comes; the port speaks TLS, and "+name+" under it", "starttls-on-tls-port")
	case m == target.Implicit && !underTLS:
		return fails(v.proof(m), "takes clear text for a broken TLS record; the port speaks "+name, "tls-on-starttls-port")
	case s.Greeting != nil:
		return fails(v.proof(m), "is greeted as by SMTP, and meets "+name+" at EHLO", by)
	case unasked:
		return fails(v.proof(m), "is greeted by "+name+", not by SMTP", by)
	}
	return fails(v.proof(m), "waits for a greeting that never comes; "+name+" waits for the client", by)
}

// plain is a client of a server that offers no TLS.
func (v view) plain(m target.Mode) report.Client {
	without, id := "the server has none", "starttls-not-offered"
	detail := "STARTTLS is not offered"
	if facts.Masked(v.Main.Ext) != "" {
		without, id = "STARTTLS is written over by a device between", "starttls-stripped"
		detail = without
	}
	if m == target.STARTTLS {
		return fails(seen, detail, id)
	}
	return report.Client{Result: worksUnencrypted, Proof: seen, Detail: "without encryption; " + without}
}

// halfKnown is a client of a port where TLS fails before it is certain that
// the port speaks it.
func (v view) halfKnown(m target.Mode) report.Client {
	if m == target.Implicit {
		return v.stopped(m, v.tls)
	}
	for _, s := range v.With(evidence.Opening) {
		if facts.FaultAt(s, evidence.StepGreeting).Class == evidence.Timeout {
			return fails(seen, "no greeting comes", "greeting-timeout")
		}
	}
	return report.Client{Result: unknownResult, Proof: derived, Detail: "the TLS mode of the server is not known"}
}

func (v view) mismatch(m target.Mode) report.Client {
	proof := v.proof(m)
	switch {
	case m != target.Implicit:
		return fails(proof, "waits for a greeting that never comes; the port speaks implicit TLS", "starttls-on-tls-port")
	case v.Mode == target.Cleartext && facts.Masked(v.Main.Ext) == "":
		return fails(proof, "takes the clear-text greeting for a broken TLS record; the server has no TLS", "tls-on-plaintext-server")
	}
	return fails(proof, "takes the clear-text greeting for a broken TLS record", "tls-on-starttls-port")
}

// withoutTLS is a client set to clear text on a server with STARTTLS.
func (v view) withoutTLS() report.Client {
	required := v.Required()
	_, reply := v.ClearMail()
	switch {
	case required == nil:
		return report.Client{Result: unknownResult, Proof: derived, Detail: "it was not seen whether mail is taken without TLS"}
	case *required:
		return fails(seen, fmt.Sprintf("refused before STARTTLS (%d)", code(reply)), "tls-required-by-server")
	case len(facts.Mechanisms(v.Main.Ext)) == 0 && len(facts.Mechanisms(v.Main.ExtTLS)) > 0:
		return report.Client{Result: report.Fails, Proof: seen, Detail: "no login is offered before STARTTLS", Says: says("auth-needs-tls")}
	}
	return report.Client{Result: worksUnencrypted, Proof: seen, Detail: "without encryption; STARTTLS is not enforced"}
}

func code(r *evidence.Reply) int {
	if r == nil {
		return 0
	}
	return r.Code
}

// overTLS is a client in the mode that the server speaks.
func (v view) overTLS(m target.Mode) report.Client {
	if v.tls != nil {
		if m == target.Opportunistic && v.tls.ID == "starttls-refused" {
			return report.Client{Result: unknownResult, Proof: derived, Detail: "STARTTLS is refused; some clients go on in clear text, others stop", Says: says("starttls-refused")}
		}
		return v.stopped(m, v.tls)
	}
	got := facts.Try(v.Main, v.Mode, v.Case.Now)
	switch {
	case got.Works:
		return report.Client{Result: report.Works, Proof: seen, Detail: "TLS " + v.TLS.Version + ", certificate verified"}
	case got.Known:
		return report.Client{Result: report.Fails, Proof: seen, Detail: got.Detail}
	}
	return report.Client{Result: unknownResult, Proof: derived, Detail: "the session did not come that far"}
}
