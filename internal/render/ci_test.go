package render

import (
	"strings"
	"testing"

	"github.com/maildoctor/maildoctor/internal/check"
	"github.com/maildoctor/maildoctor/internal/report"
)

// inCI is a report as cli hands it to the formats for CI systems: with
// fingerprints and places, the last finding waived where there are several, and
// with pages of the checks that found something.
func inCI(t *testing.T, stem string) report.Report {
	t.Helper()
	return ready(load(t, stem))
}

func ready(r report.Report) report.Report {
	report.AddFingerprints(r.Subjects, keep)
	seen := map[string]bool{}
	for i := range r.Subjects {
		s := &r.Subjects[i]
		for j := range s.Findings {
			f := &s.Findings[j]
			if f.Source != nil {
				f.At = &report.Place{File: "deploy/" + f.Source.File, Line: f.Source.Line, Column: f.Source.Column}
			}
			if !seen[f.ID] {
				r.Catalogue = append(r.Catalogue, report.Page{ID: f.ID, Title: "Title of " + f.ID, Severity: f.Severity, Seen: "What was seen.",
					Why: "Why it matters.", Fix: []string{"Do this"}, URL: "https://example.org/#" + f.ID})
			}
			seen[f.ID] = true
		}
		if n := len(s.Findings); n > 1 {
			s.Findings[n-1].Waived = &report.Waiver{By: "baseline", File: "baseline.json", Reason: "known", Until: "2027-03-31"}
		}
	}
	return r
}

// hostileInCI are hostile reports with hostile places and waivers, and the whole
// catalogue.
func hostileInCI(t *testing.T) map[string]report.Report {
	t.Helper()
	out := map[string]report.Report{}
	for name, r := range hostileReports(t) {
		r = ready(r)
		r.Catalogue = check.Pages()
		for _, s := range r.Subjects {
			for j := range s.Findings {
				if f := &s.Findings[j]; f.Waived != nil {
					f.Waived = &report.Waiver{By: "project", File: evil, Reason: evil, Until: evil}
					f.At = &report.Place{File: evil, Line: -1, Column: -7}
				}
			}
		}
		out[name] = r
	}
	return out
}

// TestMissedStandsLast: of findings alike, formats that list those of all subjects
// tell a missed expectation after the causes, as each subject does.
func TestMissedStandsLast(t *testing.T) {
	t.Parallel()
	r := twoFindings()
	cause := r.Subjects[0]
	cause.Findings = []report.Finding{{ID: "cert-expired", Severity: report.Error, Confidence: 0.9, Summary: "The certificate expired", Fingerprint: "aa"}}
	missed := cause
	missed.Findings = []report.Finding{{ID: report.ExpectationMissed, Severity: report.Error, Confidence: 1, Summary: "Not the mode that was expected", Fingerprint: "bb"}}
	r.Subjects = []report.Subject{missed, cause}
	for _, format := range []string{"github", "gitlab"} {
		doc := write(t, format, r, Options{})
		if a, b := strings.Index(doc, "The certificate expired"), strings.Index(doc, "Not the mode"); a < 0 || b < a {
			t.Errorf("%s: the cause stands at %d, the missed expectation at %d", format, a, b)
		}
	}
}

// twoFindings is a subject with an error, which is waived by a baseline, and a note.
func twoFindings() report.Report {
	return report.Report{Exit: 0, Complete: true, Run: report.Run{FailOn: "note"}, Subjects: []report.Subject{{Kind: "endpoint", Name: "mail.example.org:587",
		Verdict: "mail.example.org:587 is looked at",
		Findings: []report.Finding{
			{ID: "cert-expired", Severity: report.Error, Confidence: 1, Summary: "The certificate expired", Fingerprint: "aa", Waived: &report.Waiver{By: "baseline", File: "base.json", Reason: "known", Until: "2027-03-31"}},
			{ID: "greeting-slow", Severity: report.Note, Confidence: 0.5, Summary: "The greeting is slow", Fingerprint: "bb"},
		},
		Outcomes: []report.Outcome{{Check: "cert-expired", Status: report.Found}, {Check: "greeting-slow", Status: report.Found}, {Check: "dns-timeout", Status: report.NotRun, Reason: "no server"}, {Check: "cert-self-signed", Status: report.Passed}}}}}
}
