package render

import (
	"fmt"
	"slices"
	"strings"

	"github.com/maildoctor/maildoctor/internal/report"
)

// A listed is a finding with its subject, for the formats that list the findings
// of all subjects.
type listed struct {
	report.Finding
	of report.Subject
}

// everything is every finding of a report, worst first.
func everything(r report.Report) []listed {
	var out []listed
	for _, s := range r.Subjects {
		for _, f := range s.Findings {
			out = append(out, listed{f, s})
		}
	}
	slices.SortStableFunc(out, func(a, b listed) int { return report.WorstFirst(a.Finding, b.Finding) })
	return out
}

// headline is the summary as a sentence, with its subject before it where it
// does not name that itself.
func (f listed) headline() string {
	text := f.Summary
	if f.of.Name != "" && !strings.Contains(text, f.of.Name) {
		text = f.of.Name + ": " + text
	}
	return period(text)
}

func period(s string) string {
	if s == "" || strings.ContainsAny(s[len(s)-1:], ".!?") {
		return s
	}
	return s + "."
}

// brief are the lines of a finding for a place that shows plain text: what is
// wrong, what says so, what to do, and what was tried.
func (f listed) brief() []string {
	out := []string{f.headline()}
	for _, q := range f.Evidence {
		out = append(out, q.From+": "+q.Text)
	}
	for i, step := range f.Fix {
		lead := "Fix: "
		if len(f.Fix) > 1 {
			lead = fmt.Sprintf("Fix %d: ", i+1)
		}
		out = append(out, lead+step)
	}
	for _, t := range f.Try {
		out = append(out, sentence(trialName(t, hostOf(f.of)))+": "+tried(t))
	}
	return out
}
