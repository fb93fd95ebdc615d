// Package check holds the catalogue: what maildoctor looks for in the
// evidence, what it says when it finds it, and the page that explains it. The
// checks are pure: no network, no clock, no files; they read Case.Now.
package check

import (
	"cmp"
	"slices"
	"sync"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/facts"
	"github.com/maildoctor/maildoctor/internal/report"
)

// Check is one entry of the catalogue: its page and how it is found.
type Check struct {
	ID       string          // topic-problem; never renamed, never reused
	Title    string          // the problem in a few words
	Severity report.Severity // what a finding gets that names none
	Seen     string          // what was seen when this is found
	Why      string          // why it matters to the mail
	Fix      []string        // what to do; a finding without its own gets these
	Tell     string          // how to tell it from its neighbours
	Refs     []string        // RFC sections and addresses

	// Needs says why the check cannot look, or "" when it can.
	Needs func(*facts.Facts) string
	// Find returns what is wrong. It is called only when Needs returned "". Both
	// are nil where only the answers of the server, or a text that somebody
	// pasted, tell.
	Find func(*facts.Facts) []report.Finding
	// Replies are the steps whose refusal by the server may mean this; what one
	// means is read in one place, see readAnswers. Shown says why the answers do
	// not show that all is well, "" where they do; nil: they never do.
	Replies []evidence.StepName
	Shown   func(*facts.Facts) string
	// Settings is what an application's settings tell, or why they tell nothing.
	// Remarks of the dialect that name this check are found beside it. It is nil
	// where only a server or a text tells.
	Settings func(*evidence.Settings) (notRun string, found []report.Finding)
	// Resend is what Resend, and DNS for its domains, tell of a key and its sender,
	// or why they tell nothing. It is nil where they have no say.
	Resend func(*inquiry) (notRun string, found []report.Finding)
}

// sure is the confidence of a finding that names none: the evidence is direct.
const sure = 0.95

// site is where CHECKS.md can be read.
const site = "https://github.com/maildoctor/maildoctor/blob/main/CHECKS.md#"

// Catalogue lists all checks, topic by topic in the order of a conversation. The list
// is shared: it is not to be changed.
func Catalogue() []Check { return catalogue() }

var catalogue = sync.OnceValue(func() []Check {
	return slices.Concat(names, connection, ports, greeting, protocol, session, mode, encryption, handshake, certificate, foreign, login, logins, account, envelope, message, resend, resendSend, resendKey, resendDomains, resendRecords, resendSMTP, application, configuration, expect, closing)
})

// ByID finds a check.
func ByID(id string) (Check, bool) {
	c, ok := byID()[id]
	return c, ok
}

var byID = sync.OnceValue(func() map[string]Check {
	all := map[string]Check{}
	for _, c := range Catalogue() {
		all[c.ID] = c
	}
	return all
})

// URL is the address of a check's page.
func URL(id string) string { return site + id }

// Judge runs the catalogue over a case. Every check has exactly one outcome;
// findings stand worst first, then most confident first.
func Judge(c *evidence.Case) ([]report.Finding, []report.Outcome) {
	return judge(facts.Of(c))
}

func judge(f *facts.Facts) ([]report.Finding, []report.Outcome) {
	switch {
	case f.Case.Pasted != nil:
		return judgePasted(f)
	case f.Case.Settings != nil:
		return judgeSettings(f)
	case f.Case.Resend != nil:
		return judgeResend(f.Case)
	}
	return judgeSeen(f)
}

// judgeSeen judges what was seen of a server.
func judgeSeen(f *facts.Facts) ([]report.Finding, []report.Outcome) {
	findings, outcomes, said := []report.Finding{}, []report.Outcome{}, readAnswers(f)
	for _, c := range Catalogue() {
		found, outcome := c.run(f, said)
		findings = append(findings, found...)
		outcomes = append(outcomes, outcome)
	}
	slices.SortStableFunc(findings, report.WorstFirst)
	return closed(f, findings, outcomes)
}

func (c Check) run(f *facts.Facts, said *answers) ([]report.Finding, report.Outcome) {
	found, o := c.look(f)
	return said.judge(c, found, o)
}

// look is what a check finds by itself.
func (c Check) look(f *facts.Facts) ([]report.Finding, report.Outcome) {
	if c.Needs == nil {
		return nil, report.Outcome{Check: c.ID, Status: report.NotRun}
	}
	if why := c.Needs(f); why != "" {
		return nil, report.Outcome{Check: c.ID, Status: report.NotRun, Reason: why}
	}
	found := c.Find(f)
	for i := range found {
		c.complete(&found[i], f.Case.Target.Port)
	}
	status := report.Passed
	if len(found) > 0 {
		status = report.Found
	}
	return found, report.Outcome{Check: c.ID, Status: status}
}

// complete fills in what a finding leaves to its check.
func (c Check) complete(f *report.Finding, port uint16) {
	f.ID, f.URL = c.ID, URL(c.ID)
	f.Severity = cmp.Or(f.Severity, c.Severity)
	f.Confidence = cmp.Or(f.Confidence, sure)
	if f.Fix == nil {
		f.Fix = slices.Concat(triedFirst(f.Try), openWays(c.Fix, f.Try, port))
	}
	if f.Try == nil {
		f.Try = []report.Trial{}
	}
	if f.Evidence == nil {
		f.Evidence = []report.Quote{}
	}
}

// one is a finding as the result of Find.
func one(f report.Finding) []report.Finding { return []report.Finding{f} }
