package check

import (
	"slices"
	"strings"

	"github.com/maildoctor/maildoctor/internal/facts"
	"github.com/maildoctor/maildoctor/internal/report"
	"github.com/maildoctor/maildoctor/internal/target"
)

// better is the outcome that says more of what the settings and the server told:
// found, then passed, then not run. Of two reasons not to run, that of the side
// that could have told counts.
func (c Check) better(settings, server report.Outcome) report.Outcome {
	rank := []report.Status{report.NotRun, report.Passed, report.Found}
	switch a, b := slices.Index(rank, settings.Status), slices.Index(rank, server.Status); {
	case a > b, a == b && c.Find == nil && c.Settings != nil:
		return settings
	}
	return server
}

// joined puts together what the settings tell and what was seen of their server:
// one finding, with the setting to change and the proof.
func joined(f *facts.Facts, c Check, told, seen []report.Finding) []report.Finding {
	if len(seen) == 0 {
		return told
	}
	s := f.Case.Settings
	if i := slices.IndexFunc(told, func(x report.Finding) bool { return x.Summary == seen[0].Summary }); i > 0 {
		told[0], told[i] = told[i], told[0]
	}
	for i := range seen {
		x := &seen[i]
		switch {
		case len(told) > 0:
			x.Source, x.Evidence = told[0].Source, slices.Concat(told[0].Evidence, x.Evidence)
			if s.Want != nil || !needsTLSHere(c.ID, f) {
				x.Fix = slices.Concat(withProof(f, told[0].Fix, x.Try), proofs(x.Fix))
			}
		case s.Want != nil && about(c.ID):
			x.Source, x.Fix = switchOrigin(s), slices.Concat(withProof(f, s.Want.Steps, x.Try), proofs(x.Fix))
			x.Evidence = slices.Concat(settingQuote(s), x.Evidence)
		}
		if s.Mode.Why != "" && f.Claimed() == s.Mode.Is && restsOnMode(c.ID) {
			x.Detail = s.Mode.Why + " " + x.Detail
		}
		if s.Doubt && f.Claimed() == s.Mode.Is && (len(told) > 0 || restsOnMode(c.ID)) {
			c.doubt(x)
		}
	}
	if len(told) > 1 {
		return slices.Concat(seen, told[1:])
	}
	return seen
}

// needsTLSHere reports whether the steps of the settings alone ask the server for
// the TLS that it was seen to lack.
func needsTLSHere(id string, f *facts.Facts) bool {
	return id == "cleartext-submission" && f.Mode == target.Cleartext
}

// about reports whether a finding is cured by another mode or port.
func about(id string) bool {
	return restsOnMode(id) || slices.Contains([]string{"connection-refused", "connect-timeout-blocked-port", "wrong-protocol-imap-pop", "wrong-protocol-http", "wrong-protocol-other", "port-convention"}, id)
}

// restsOnMode reports whether a finding holds only for a client that is set as
// these settings are read.
func restsOnMode(id string) bool {
	return slices.Contains([]string{"tls-on-starttls-port", "tls-on-plaintext-server", "starttls-on-tls-port", "starttls-not-offered", "tls-required-by-server", "auth-needs-tls"}, id)
}

// disproved reports whether settings tell a finding from what such ports and hosts
// have as a rule, so that a server that was seen to be otherwise counts more.
func disproved(id string) bool {
	return slices.Contains([]string{"tls-on-starttls-port", "starttls-on-tls-port", "starttls-not-offered", "wrong-protocol-http", "wrong-protocol-imap-pop", "wrong-protocol-other"}, id)
}

// withProof are the steps of the settings, the last with what came of the
// endpoint that they lead to.
func withProof(f *facts.Facts, steps []string, try []report.Trial) []string {
	want := f.Case.Settings.Want
	if want == nil || len(steps) == 0 {
		return steps
	}
	mode := want.Mode
	if mode == target.Opportunistic {
		mode = target.STARTTLS
	}
	i := slices.IndexFunc(try, func(t report.Trial) bool { return t.Port == want.Port && t.Mode == mode })
	if i < 0 || want.Host != "" {
		return steps
	}
	out := slices.Clone(steps)
	at := len(out) - 1
	for at > 0 && (strings.HasPrefix(out[at], "Or ") || strings.HasPrefix(out[at], "Then ")) { // other ways to make the same change
		at--
	}
	out[at] += tried(try[i])
	return out
}

// proofs are the steps of a live finding that say what was tried elsewhere than
// where the settings lead.
func proofs(steps []string) []string {
	return slices.DeleteFunc(slices.Clone(steps), func(s string) bool {
		return !strings.Contains(s, "tried") || strings.HasPrefix(s, "Keep port")
	})
}

// oneCause mends what two checks would say of one mistake: a client that is told
// to use no encryption, at a server that was seen to have it.
func oneCause(f *facts.Facts, findings []report.Finding, outcomes []report.Outcome) ([]report.Finding, []report.Outcome) {
	at := func(id string) int {
		return slices.IndexFunc(findings, func(x report.Finding) bool { return x.ID == id })
	}
	guess, proof := at("cleartext-submission"), max(at("tls-required-by-server"), at("auth-needs-tls"))
	if guess < 0 || f.Mode != target.STARTTLS {
		return findings, outcomes
	}
	if proof < 0 {
		if required := f.Required(); required != nil && !*required {
			findings[guess].Severity = report.Warning
			findings[guess].Detail += " This server was seen to take mail without TLS."
		}
		return findings, outcomes
	}
	if x := &findings[proof]; x.Source == nil {
		told := findings[guess]
		x.Source, x.Evidence = told.Source, slices.Concat(told.Evidence, x.Evidence)
		x.Fix = slices.Concat(told.Fix, proofs(x.Fix))
	}
	for i := range outcomes {
		if outcomes[i].Check == "cleartext-submission" {
			outcomes[i].Status = report.Passed
		}
	}
	return slices.Delete(findings, guess, guess+1), outcomes
}
