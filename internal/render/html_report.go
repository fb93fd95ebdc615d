package render

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/report"
	"github.com/maildoctor/maildoctor/internal/target"
)

// What the template of a report is handed: words and numbers in the order in
// which they are shown. Every text is clean; the template escapes it.

type htmlReport struct {
	Title, About, Made string
	Cut                bool // the run ended early
	Several            bool
	Summary            string // of a run over many targets
	Sheets             []htmlSheet
	Subjects           []htmlSubject
	Run                []htmlRow
	More               string // check of the worst finding
}

type htmlSubject struct {
	ID                   string
	State, Mark          string
	Name, Verdict, Short string
	Recommended          bool
	As, Ending           string
	Context, Settings    []htmlRow
	Findings, Waived     []htmlFinding
	Guesses              []htmlGuess
	Corrected            []htmlFile
	Hint, Restart        string
	Use                  *htmlUse
	Clients              []htmlClient
	ClientsUnknown       bool
	Seen                 htmlTable
	Addresses            htmlTable
	Waterfall            *htmlWaterfall
	Chains               []htmlChain
	Versions             *htmlVersions
	Tables               []htmlTable
	Note                 string
	Message              []htmlRow
	MessageText          string
	Next                 []string
	Passed, NotRun       string
	Reasons              []htmlReason
	Transcript           []htmlSession
	TranscriptTitle      string
}

// An htmlSheet is a table with numbers.
type htmlSheet struct {
	Title string
	Head  []string
	Rows  [][]string
}

// An htmlRow is a row for the template.
type htmlRow struct {
	Label, Took, Text string
	Bad               bool
}

type htmlTable struct {
	Title string
	Rows  []htmlRow
}

type htmlFinding struct {
	ID                                   string // of the element
	Severity, Check, Summary, At, Waiver string
	Quotes                               []htmlQuote
	Detail, Fix                          []string
	Trials                               []htmlTrial
	URL                                  string
}

// An htmlQuote is a quote, parted where the words that tell begin and end.
type htmlQuote struct{ From, Before, Match, After string }

type htmlTrial struct{ Name, Result, Class string }

type htmlGuess struct{ Confidence, Check, Summary, Detail string }

type htmlFile struct {
	Name string
	Diff []htmlLine
}

// An htmlLine is a line of a diff: '-', '+' or a place.
type htmlLine struct {
	Gone, Come bool
	Text       string
}

type htmlUse struct {
	Title string
	Rows  []htmlRow
	Apps  []report.App
}

type htmlClient struct {
	Mode, Result, Class, Detail string
	Says                        []string
}

type htmlReason struct {
	Reason string
	Checks string
}

type htmlSession struct {
	Title string
	Rows  []htmlRow
}

func newHTMLReport(r report.Report, o Options) *htmlReport {
	h := &htmlReport{About: about(r.Subjects), Made: stamp(r.Run.Started), Cut: !r.Complete, Several: len(r.Subjects) > 1,
		Run: htmlRows(runRows(r)), More: worstID(r.Subjects)}
	if r.Summary != nil {
		h.Summary, h.About = summaryWords(*r.Summary), count(r.Summary.Targets, "target")
		for _, t := range summaryTables(*r.Summary) {
			h.Sheets = append(h.Sheets, htmlSheet{t.title, t.head, t.rows})
		}
	}
	h.Title = "maildoctor: " + h.About
	for i, s := range r.Subjects {
		h.Subjects = append(h.Subjects, newHTMLSubject(fmt.Sprintf("s%d", i+1), s, r.Run, o))
	}
	return h
}

// about names what a report is about.
func about(subjects []report.Subject) string {
	switch len(subjects) {
	case 0:
		return "nothing was looked at"
	case 1:
		return subjects[0].Name
	}
	return count(len(subjects), kindOf(subjects))
}

func newHTMLSubject(id string, s report.Subject, run report.Run, o Options) htmlSubject {
	x := htmlSubject{
		ID: id, State: string(state(s)), Mark: o.mark(state(s)), Name: s.Name, Verdict: verdict(s), Short: withoutName(s),
		Recommended: s.Recommended, Ending: ending(s.Cut),
		Context: htmlRows(contextRows(s.Context)), Settings: htmlRows(settingsRows(s.Settings)),
		Use: newHTMLUse(s.Use), Seen: newHTMLTable("Seen"+seenSuffix(s.Endpoint), seen(s, o)),
		Addresses: newHTMLTable("Addresses", addressRows(s.Endpoint)),
		Waterfall: newWaterfall(id, s), Chains: newChains(id, s, run.Started), Versions: newVersions(id, s.Endpoint),
		Message: htmlRows(sentRows(s.Message)), Next: s.Next, Transcript: newTranscript(s.Sessions),
		TranscriptTitle: "Transcript: " + count(len(s.Sessions), "session"),
	}
	if s.As != target.NoMode {
		x.As = modeWords(s.As)
	}
	if s.Message != nil {
		x.MessageText = strings.TrimRight(s.Message.Text, "\n")
	}
	x.findings(s)
	x.correction(s, o)
	x.clients(s.Endpoint)
	x.resend(s.Resend, o)
	x.outcomes(s)
	return x
}

func htmlRows(rows []row) []htmlRow {
	var out []htmlRow
	for _, r := range rows {
		out = append(out, htmlRow{Label: r.label, Took: r.took, Text: r.text, Bad: r.bad})
	}
	return out
}

func newHTMLTable(title string, rows []row) htmlTable {
	return htmlTable{Title: title, Rows: htmlRows(rows)}
}

func (x *htmlSubject) findings(s report.Subject) {
	sure, guesses := bySureness(s)
	for i, f := range sure {
		x.Findings = append(x.Findings, newHTMLFinding(fmt.Sprintf("%s-f%d", x.ID, i+1), f, hostOf(s)))
	}
	for i, f := range waived(s) {
		h := newHTMLFinding(fmt.Sprintf("%s-w%d", x.ID, i+1), f, hostOf(s))
		h.Waiver = waiver(*f.Waived)
		x.Waived = append(x.Waived, h)
	}
	for _, f := range guesses {
		x.Guesses = append(x.Guesses, htmlGuess{fmt.Sprintf("%.2f", f.Confidence), f.ID, f.Summary, f.Detail})
	}
}

func newHTMLFinding(id string, f report.Finding, host string) htmlFinding {
	h := htmlFinding{ID: id, Severity: string(f.Severity), Check: f.ID, Summary: cmp.Or(f.Summary, f.ID, "no summary"), Detail: paragraphs(f.Detail), Fix: f.Fix}
	if f.Source != nil {
		h.At = origin(*f.Source)
	}
	if isLink(f.URL) {
		h.URL = f.URL
	}
	for _, q := range f.Evidence {
		h.Quotes = append(h.Quotes, parted(q))
	}
	for _, t := range f.Try {
		h.Trials = append(h.Trials, htmlTrial{trialName(t, host), tried(t), t.Result})
	}
	return h
}

// parted finds the words that tell in a quote.
func parted(q report.Quote) htmlQuote {
	text, words := strings.Join(strings.Fields(q.Text), " "), strings.Join(strings.Fields(q.Match), " ")
	if before, after, ok := strings.Cut(text, words); ok && words != "" {
		return htmlQuote{q.From, before, words, after}
	}
	return htmlQuote{From: q.From, Before: q.Text}
}

func (x *htmlSubject) correction(s report.Subject, o Options) {
	if len(s.Corrected) == 0 {
		return
	}
	for _, c := range s.Corrected {
		f := htmlFile{Name: c.File}
		for _, l := range c.Diff {
			f.Diff = append(f.Diff, htmlLine{strings.HasPrefix(l, "-"), strings.HasPrefix(l, "+"), l})
		}
		x.Corrected = append(x.Corrected, f)
	}
	x.Hint = correctionHint(s, o.Written)
	if s.Settings != nil && s.Settings.Restart != "" {
		x.Restart = "Then: " + lowerFirst(s.Settings.Restart)
	}
}

func newHTMLUse(u *report.Use) *htmlUse {
	if u == nil {
		return nil
	}
	return &htmlUse{because("Use these settings", u.Proof), htmlRows(useRows(u)), u.Apps}
}

func (x *htmlSubject) clients(e *report.Endpoint) {
	if e == nil || len(e.Clients) == 0 {
		return
	}
	if x.ClientsUnknown = allUnknown(e.Clients); x.ClientsUnknown {
		return
	}
	for _, c := range e.Clients {
		x.Clients = append(x.Clients, htmlClient{modeWords(c.Mode), clientResult(c), c.Result, c.Detail, c.Says})
	}
}

func (x *htmlSubject) resend(r *report.Resend, o Options) {
	if r == nil {
		return
	}
	add := func(title string, rows []row) {
		if len(rows) > 0 {
			x.Tables = append(x.Tables, newHTMLTable(title, rows))
		}
	}
	add("Domains at Resend", domainRows(r))
	for _, d := range r.Domains {
		add("DNS records of "+d.Name, recordRows(d, o))
	}
	add("SMTP at smtp.resend.com", portRows(r))
	x.Note = smtpNote(r)
	if r.Partial {
		x.Note = strings.TrimSpace("There are more domains than were listed. " + x.Note)
	}
}

func (x *htmlSubject) outcomes(s report.Subject) {
	if told(s) {
		return
	}
	total, by := notRun(s.Outcomes)
	if n := passed(s.Outcomes); n > 0 {
		x.Passed = "passed: " + count(n, "check")
	}
	if total == 0 {
		return
	}
	x.NotRun = "not run: " + count(total, "check")
	for _, y := range by {
		x.Reasons = append(x.Reasons, htmlReason{fmt.Sprintf("%s (%d)", y.reason, len(y.checks)), strings.Join(y.checks, ", ")})
	}
}

func newTranscript(sessions []evidence.Session) []htmlSession {
	var out []htmlSession
	for _, s := range sessions {
		out = append(out, htmlSession{sessionTitle(s), htmlRows(transcript(s))})
	}
	return out
}
