package check

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/facts"
	"github.com/maildoctor/maildoctor/internal/report"
)

// Why a check was not run on what Resend answered.
const (
	onlyResend  = "only Resend was asked"
	nothingSaid = "nothing was asked of Resend"
	switchedOff = "the key belongs to a way to send that is switched off"
)

// An inquiry is what was asked of Resend about a key and its domains, as the
// checks read it.
type inquiry struct {
	*evidence.Resend
	now       time.Time
	lookups   []evidence.Lookup
	status    keyStatus
	call      *evidence.Call    // the one that tells the status; nil where none does
	message   *evidence.Message // that was to be sent; nil where none was, or by older recordings
	settings  bool              // the key stands in the settings of an application
	explained bool              // another check says why a message was not sent; see ask
	asPass    bool              // the key is the password of SMTP settings that are in force
}

func inquiryOf(c *evidence.Case) *inquiry {
	q := &inquiry{Resend: c.Resend, now: c.Now, lookups: c.Lookups, message: c.Message, settings: c.Settings != nil}
	q.status, q.call = resendKeyOf(c.Resend)
	q.asPass = c.Resend.AlsoPassword || c.Settings != nil && c.Settings.KeyInUse
	return q
}

// judgeResend judges what was learnt of a Resend key.
func judgeResend(c *evidence.Case) ([]report.Finding, []report.Outcome) {
	q := inquiryOf(c)
	findings, outcomes := []report.Finding{}, []report.Outcome{}
	for _, c := range Catalogue() {
		found, outcome := c.ask(q)
		findings, outcomes = append(findings, found...), append(outcomes, outcome)
	}
	slices.SortStableFunc(findings, report.WorstFirst)
	return findings, outcomes
}

// ask judges an inquiry. Of a key that is switched off nothing counts but whether
// it still works.
func (c Check) ask(q *inquiry) ([]report.Finding, report.Outcome) {
	notRun := report.Outcome{Check: c.ID, Status: report.NotRun, Reason: onlyResend}
	if c.Resend == nil {
		return nil, notRun
	}
	if q.Kept && c.ID != keptKey && (q.status.settled() || !slices.Contains(leavesUnknown, c.ID)) {
		notRun.Reason = switchedOff
		return nil, notRun
	}
	if c.ID == notSentID {
		q.explained = q.saidWhy()
	}
	why, found := c.Resend(q)
	for i := range found {
		found[i].Detail = cmp.Or(found[i].Detail, c.Why)
		if q.Kept && c.ID != keptKey {
			found[i] = ofKept(found[i])
		}
		c.complete(&found[i], 0)
		if what, _ := q.fate(); what == inDoubt && c.ID != notSentID && found[i].Severity == report.Error {
			found[i].Fix = slices.Concat([]string{q.lookForIt()}, found[i].Fix)
		}
	}
	switch {
	case len(found) > 0:
		return found, report.Outcome{Check: c.ID, Status: report.Found}
	case why != "":
		notRun.Reason = why
		return nil, notRun
	}
	return nil, report.Outcome{Check: c.ID, Status: report.Passed}
}

// leavesUnknown are the checks of answers that leave a key unknown.
var leavesUnknown = []string{"resend-unreachable", "resend-answer-unclear", "resend-wrong-server", "resend-cloudflare-block", "rate-limited", "server-temporary-failure"}

// ofKept is a finding that leaves it open whether a key that is switched off is
// alive: no mail depends on it.
func ofKept(f report.Finding) report.Finding {
	why := ": " + half(strings.TrimSuffix(f.Summary, "; the key was not judged"))
	const open = "Whether the kept key is alive is not known"
	for utf8.RuneCountInString(open+why) > summaryWidth {
		why = why[:max(0, strings.LastIndex(why, ": "))]
	}
	f.Severity, f.Summary = report.Warning, open+why
	f.Detail = "Where it is alive, whoever reads it in the settings, a backup or a log can send with it. " + f.Detail
	return f
}

// saidWhy reports whether an error that another check finds says why a message was
// not sent.
func (q *inquiry) saidWhy() bool {
	if what, _ := q.fate(); what == noMessage || what == taken {
		return false
	}
	for _, c := range Catalogue() {
		if c.Resend == nil || c.ID == notSentID {
			continue
		}
		_, found := c.Resend(q)
		if slices.ContainsFunc(found, func(f report.Finding) bool { return cmp.Or(f.Severity, c.Severity) == report.Error }) {
			return true
		}
	}
	return false
}

// withResend joins what the settings tell, and what was seen of their server, with
// what Resend says of their key and sender: one finding, at the setting.
func (c Check) withResend(whole *evidence.Case, told []report.Finding, outcome report.Outcome) ([]report.Finding, report.Outcome) {
	if whole.Resend == nil || c.Resend == nil {
		return told, outcome
	}
	found, o := c.ask(inquiryOf(whole))
	if whole.Resend.Unasked != "" && outcome.Status == report.NotRun {
		outcome.Reason = "Resend was not asked: " + whole.Resend.Unasked
	}
	if o.Status == report.NotRun {
		return told, outcome
	}
	if len(found) == 0 {
		return told, c.better(outcome, o)
	}
	for i := range found {
		if found[i].Source == nil {
			found[i].Source = settingBehind(c.ID, whole.Settings)
		}
	}
	if len(told) > 0 {
		x := &found[0]
		x.Source, x.Evidence = cmp.Or(told[0].Source, x.Source), slices.Concat(told[0].Evidence, x.Evidence)
		for _, step := range told[0].Fix {
			if c.ID != keptKey && !slices.Contains(x.Fix, step) { // what to do with a kept key follows from its state
				x.Fix = append(x.Fix, step)
			}
		}
		found = append(found, told[1:]...)
	}
	return found, report.Outcome{Check: c.ID, Status: report.Found}
}

// settingBehind is the setting that a finding of Resend is about: the sender, or
// the key.
func settingBehind(id string, s *evidence.Settings) *report.Origin {
	from, key := originOf(s.From.From), originOf(s.APIKey.From)
	switch {
	case id == "resend-domain-not-verified" || id == "resend-testing-only" || id == "resend-key-restricted":
		return cmp.Or(from, key)
	case strings.HasPrefix(id, "resend-record") || id == "dmarc-missing" || id == "resend-fallback-missing" || id == "resend-domain-partial":
		return from
	}
	if key == nil && s.Channel == "smtp" {
		return originOf(s.Password.From)
	}
	return key
}

// serverOnly leaves to the checks of a server what was looked up for it: the
// records of sending domains are no business of theirs.
func serverOnly(f *facts.Facts) *facts.Facts {
	if f.Case.Resend == nil {
		return f
	}
	c := *f.Case
	c.Lookups = slices.DeleteFunc(slices.Clone(c.Lookups), func(l evidence.Lookup) bool {
		return l.Kind != "address" || l.Name != c.Target.Host
	})
	return facts.Of(&c)
}

// callQuote quotes what a call brought.
func callQuote(c *evidence.Call) []report.Quote {
	if c == nil {
		return nil
	}
	return []report.Quote{{From: strings.TrimSpace(c.Method + " " + c.Path), Text: clip(callText(c))}}
}

// callText is the answer in its own words.
func callText(c *evidence.Call) string {
	switch {
	case c.Status == 0 && c.Fault != nil:
		return cmp.Or(c.Fault.Text, string(c.Fault.Class))
	case c.Status == 0:
		return "no answer"
	}
	text := fmt.Sprint(c.Status)
	said := cmp.Or(c.Message, c.Body)
	switch {
	case c.Error != "" && said != "":
		text += " " + c.Error + ": " + said
	case c.Error != "" || said != "":
		text += " " + c.Error + said
	case c.Type != "":
		text += " " + c.Type
	}
	return text
}

// calls are those of a name.
func (q *inquiry) calls(name string) []*evidence.Call {
	var out []*evidence.Call
	for i := range q.Calls {
		if q.Calls[i].Name == name {
			out = append(out, &q.Calls[i])
		}
	}
	return out
}

// said is the call that came to this status: the one that settles the key's, or
// one that was to send a message.
func (q *inquiry) said(s keyStatus) *evidence.Call {
	if q.status == s {
		return q.call
	}
	if what, _ := q.fate(); what == taken {
		return nil // an earlier answer is of no account
	}
	for _, c := range slices.Backward(q.calls(evidence.CallSend)) {
		if statusOf(c) == s && !unfit(q.Resend, c) {
			return c
		}
	}
	return nil
}
