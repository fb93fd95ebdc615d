package check

import (
	"slices"
	"strings"
	"time"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/facts"
	"github.com/maildoctor/maildoctor/internal/report"
	"github.com/maildoctor/maildoctor/internal/target"
)

// Subject says all about one case: the endpoint's facts, what clients meet,
// which settings to use, the findings and outcomes, and the transcript.
func Subject(c *evidence.Case) report.Subject {
	s := subjectOf(c)
	if c.Message != nil {
		addMessage(&s, c)
	}
	return s
}

func subjectOf(c *evidence.Case) report.Subject {
	f := facts.Of(c)
	if c.Pasted != nil {
		return pastedSubject(f)
	}
	if c.Settings != nil {
		return settingsSubject(f)
	}
	if c.Resend != nil {
		return resendSubject(f)
	}
	findings, outcomes := judge(f)
	s := report.Subject{
		Kind: "endpoint", Name: c.Target.Name(), Cut: c.Cut, As: f.Claimed(),
		Healthy: healthy(findings) && ended(f) && asDone(f), Endpoint: endpoint(f, findings), Use: use(f),
		Findings: findings, Outcomes: outcomes, Sessions: c.Sessions, Lookups: c.Lookups,
	}
	s.Verdict = verdict(f, findings)
	return s
}

// ended reports whether the main session came to its end: EHLO was answered,
// under TLS where the port has it. A port among many that is not open has
// nothing to end.
func ended(f *facts.Facts) bool {
	switch {
	case f.Case.Asked.NoPort && f.Case.Cut == "" && f.Reach != facts.Open:
		return true
	case f.Protocol != "smtp":
		return otherProtocol(f)
	case f.Mode == target.Cleartext:
		return f.Main.Ext != nil
	}
	return f.Main.ExtTLS != nil
}

func healthy(findings []report.Finding) bool {
	return !slices.ContainsFunc(findings, func(f report.Finding) bool { return f.Severity != report.Note })
}

func endpoint(f *facts.Facts, findings []report.Finding) *report.Endpoint {
	e := &report.Endpoint{
		Host: f.Case.Target.Host, Port: f.Case.Target.Port, Reach: string(f.Reach), Protocol: f.Protocol, Mode: f.Mode,
		STARTTLSRequired: f.Required(), Addresses: reported(f), Greeting: replyText(f.Main.Greeting), SizeLimit: f.SizeLimit(),
		TLS:          tlsFacts(f),
		Capabilities: report.Capabilities{BeforeTLS: lines(f.Main.Ext), AfterTLS: lines(f.Main.ExtTLS)},
		Auth:         reportedLogin(f), Envelope: reportedEnvelope(f), Delivery: reportedDelivery(f),
		Clients: clients(f, findings), Timing: timing(f), Connections: connections(f),
	}
	if f.Reach != facts.Open {
		e.Mode = target.NoMode
	}
	if p := providerFor(f); p != nil {
		e.Provider = p.ID
	}
	return e
}

func lines(e *evidence.Extensions) []string {
	out := []string{}
	if e == nil {
		return out
	}
	for _, k := range e.Keywords {
		if k.Raw != "" {
			out = append(out, k.Raw)
		} else {
			out = append(out, strings.TrimSpace(k.Name+" "+k.Params))
		}
	}
	return out
}

func reported(f *facts.Facts) []report.Address {
	out := []report.Address{}
	for _, a := range f.Addresses {
		r := report.Address{IP: a.IP, Family: a.Family, Result: string(a.Reach), Source: a.Source, ConnectMS: connectMS(a)}
		if a.Reach == facts.Open && len(a.With(evidence.Main)) > 0 {
			r.Mode = a.Mode
		}
		if a.TLSTried() {
			r.Certificate = a.Certificate.Status
		}
		out = append(out, r)
	}
	return out
}

// connectMS is the time of the first connection that came about.
func connectMS(a facts.Address) *float64 {
	for _, s := range append([]*evidence.Session{a.Main}, a.Sessions...) {
		if st := facts.Step(s, evidence.StepConnect); st != nil && st.Fault == nil {
			return ms(st.Took)
		}
	}
	return nil
}

func ms(d time.Duration) *float64 {
	v := float64(d.Microseconds()) / 1000
	return &v
}

func tlsFacts(f *facts.Facts) *report.TLS {
	if !f.TLSTried() {
		return nil
	}
	out := &report.TLS{Certificate: reportedCertificate(f)}
	out.Versions, out.VersionsTested = f.Versions()
	if f.TLS != nil {
		out.Negotiated, out.Cipher, out.Group, out.ClientCert = f.TLS.Version, f.TLS.Cipher, f.TLS.Group, f.TLS.ClientCert
	}
	return out
}

func reportedCertificate(f *facts.Facts) *report.Certificate {
	c := f.Certificate
	out := &report.Certificate{Status: c.Status, Problems: c.Problems, Names: []string{}}
	leaf := c.Leaf
	if leaf == nil {
		return out
	}
	out.Subject, out.Names, out.Issuer = leaf.Subject, append(out.Names, leaf.Names...), leaf.Issuer
	out.NotBefore, out.NotAfter = leaf.NotBefore, leaf.NotAfter
	out.Key, out.Signature, out.SHA256 = leaf.Key, leaf.Signature, leaf.Fingerprint
	if !leaf.NotAfter.IsZero() {
		days := facts.Days(f.Case.Now, leaf.NotAfter)
		out.DaysLeft = &days
	}
	return out
}

// connections counts the connections dialled to the endpoint and for it.
func connections(f *facts.Facts) int {
	n := 0
	for i := range f.Case.Sessions {
		if len(f.Case.Sessions[i].Steps) > 0 {
			n++
		}
	}
	return n
}

// timing is the main session by phase.
func timing(f *facts.Facts) report.Timing {
	t := report.Timing{Total: *ms(f.Case.Elapsed)}
	for _, l := range f.Case.Lookups {
		if l.Kind == "address" && l.Source == "dns" {
			t.DNS = ms(l.Took)
		}
	}
	t.Connect = took(f.Main, evidence.StepConnect)
	t.Greeting = took(f.Main, evidence.StepGreeting)
	if t.Greeting == nil {
		t.Greeting = took(f.Main, evidence.StepGreetingTLS)
	}
	t.TLS = took(f.Main, evidence.StepTLS)
	var mode time.Duration
	for _, s := range f.Sessions {
		if s.ModeKnown > 0 && (mode == 0 || s.ModeKnown < mode) {
			mode = s.ModeKnown
		}
	}
	if mode > 0 {
		t.Mode = ms(mode)
	}
	return t
}

func took(s *evidence.Session, name evidence.StepName) *float64 {
	if st := facts.Step(s, name); st != nil && st.Fault == nil {
		return ms(st.Took)
	}
	return nil
}
