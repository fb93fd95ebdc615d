package render

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/maildoctor/maildoctor/internal/check"
	"github.com/maildoctor/maildoctor/internal/report"
)

// readSARIF reads a log with a library that is not ours, which knows every
// property of the standard and has its schema.
func readSARIF(t *testing.T, name, doc string) *sarif.Run {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(doc))
	d.DisallowUnknownFields()
	if err := d.Decode(&sarif.Report{}); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	log, err := sarif.FromString(doc)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if len(log.Runs) != 1 {
		t.Fatalf("%s: %d runs", name, len(log.Runs))
	}
	log.Runs[0].NewlineSequences = []string{"\r\n", "\n"} // the library forgets the default of the standard
	if err := log.Validate(); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return log.Runs[0]
}

func TestSARIFHostile(t *testing.T) {
	t.Parallel()
	for name, r := range hostileInCI(t) {
		doc := write(t, "sarif", r, Options{})
		harmless(t, name, doc)
		run := readSARIF(t, name, doc)
		if n := len(everything(r)); len(run.Results) != n {
			t.Errorf("%s: %d results of %d findings", name, len(run.Results), n)
		}
		for _, x := range run.Results {
			if rule := run.Tool.Driver.Rules[x.RuleIndex]; *rule.ID != *x.RuleID || len(x.Locations) != 1 {
				t.Errorf("%s: %s points to %s, from %d places", name, *x.RuleID, *rule.ID, len(x.Locations))
			}
			harmless(t, name, *x.Message.Text)
			harmless(t, name, *x.Message.Markdown)
			if at := x.Locations[0].PhysicalLocation; at != nil {
				if _, err := url.Parse(*at.ArtifactLocation.URI); err != nil || *at.Region.StartLine < 1 {
					t.Errorf("%s: %v, line %d", name, err, *at.Region.StartLine)
				}
			}
		}
	}
}

// TestSARIFRules: every check is a rule, with what code scanning shows of one and
// within its limits.
func TestSARIFRules(t *testing.T) {
	t.Parallel()
	r := load(t, "healthy-587")
	r.Catalogue = check.Pages()
	rules := readSARIF(t, "rules", write(t, "sarif", r, Options{})).Tool.Driver.Rules
	if len(rules) != len(r.Catalogue) {
		t.Fatalf("%d rules for %d checks", len(rules), len(r.Catalogue))
	}
	const limit = 1024 // characters of a description that GitHub takes
	for i, rule := range rules {
		p := r.Catalogue[i]
		if *rule.ID != p.ID || *rule.HelpURI != p.URL || rule.DefaultConfiguration.Level != string(p.Severity) ||
			len(*rule.ShortDescription.Text) > limit || len(*rule.FullDescription.Text) > limit ||
			!strings.Contains(*rule.Help.Text, "How to fix it") || !strings.Contains(*rule.Help.Markdown, "### How to fix it") ||
			rule.Properties.Properties["precision"] == nil || rule.Properties.Properties["problem.severity"] == nil {
			t.Errorf("%s: %+v", p.ID, rule)
		}
	}
}

// TestSARIFWaived: a run says of all results whether they are suppressed and how
// they stand against the baseline, or of none (SARIF 3.27.23, 3.27.24).
func TestSARIFWaived(t *testing.T) {
	t.Parallel()
	const all, none = 2, 0
	for _, tt := range []struct {
		by                    string
		suppressions, against int
	}{{"baseline", all, all}, {"project", all, none}, {"", none, none}} {
		r := twoFindings()
		r.Subjects[0].Findings[0].Waived.By = tt.by
		if tt.by == "" {
			r.Subjects[0].Findings[0].Waived = nil
		}
		doc := write(t, "sarif", r, Options{})
		if got := strings.Count(doc, `"suppressions": [`); got != tt.suppressions {
			t.Errorf("%q: %d results with suppressions, want %d", tt.by, got, tt.suppressions)
		}
		if got := strings.Count(doc, `"baselineState"`); got != tt.against {
			t.Errorf("%q: %d results with a state, want %d", tt.by, got, tt.against)
		}
		x := readSARIF(t, tt.by, doc).Results[0]
		if told := len(x.Suppressions) == 1 && strings.HasSuffix(*x.Suppressions[0].Justification, " base.json until 2027-03-31: known"); told != (tt.by != "") {
			t.Errorf("%q: %+v", tt.by, x.Suppressions)
		}
		if tt.by == "baseline" && *x.BaselineState != "unchanged" {
			t.Errorf("the state is %s", *x.BaselineState)
		}
	}
}

func TestSARIFArtifact(t *testing.T) {
	t.Parallel()
	for file, want := range map[string]sarifArtifact{
		"deploy/.env":      {"deploy/.env", "%SRCROOT%"},
		"a b/ü#?%.env":     {"a%20b/%C3%BC%23%3F%25.env", "%SRCROOT%"},
		"a:b.env":          {"./a:b.env", "%SRCROOT%"},
		"/etc/mail rc":     {"file:///etc/mail%20rc", ""},
		"C:/mail/app.conf": {"file:///C:/mail/app.conf", ""},
	} {
		if got := artifact(file); got != want {
			t.Errorf("%q: got %+v, want %+v", file, got, want)
		}
	}
}

// TestSARIFFixes: a fix is the whole correction of one file, byte for byte, or
// none is given.
func TestSARIFFixes(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name   string
		change func(*report.Subject)
		want   bool
	}{
		{"as it is", func(*report.Subject) {}, true},
		{"a secret", func(s *report.Subject) { s.Changes[0].Hide = true }, false},
		{"a secret in the line", func(s *report.Subject) { s.Corrected[0].Diff[2] = "+A=<kept>" }, false},
		{"a line that had to be cleaned", func(s *report.Subject) { s.Corrected[0].Diff[2] += "\x1b" }, false},
		{"a line more", func(s *report.Subject) { s.Corrected[0].Diff = append(s.Corrected[0].Diff, "+B=1") }, false},
		{"a line that goes", func(s *report.Subject) { s.Corrected[0].Diff = []string{"@@ -6 +5,0 @@", "-A=1"} }, false},
		{"no diff", func(s *report.Subject) { s.Corrected[0].Diff = nil }, false},
		{"two files", func(s *report.Subject) { s.Corrected = append(s.Corrected, report.Corrected{File: "b"}) }, false},
		{"another file", func(s *report.Subject) { s.Corrected[0].File = "b" }, false},
		{"another line", func(s *report.Subject) { s.Changes[0].Line++ }, false},
		{"no place", func(s *report.Subject) { s.Findings[0].At = nil }, false},
	} {
		r := inCI(t, "settings-joined")
		s := &r.Subjects[0]
		tt.change(s)
		if got := len(readSARIF(t, tt.name, write(t, "sarif", r, Options{})).Results[0].Fixes) == 1; got != tt.want {
			t.Errorf("%s: a fix is %v, want %v", tt.name, got, tt.want)
		}
	}
	if strings.Contains(write(t, "sarif", inCI(t, "settings-joined"), Options{Written: true}), `"fixes"`) {
		t.Error("a fix of what is written already")
	}
}

// TestSARIFEnd: a run that was cut says so, and one that found nothing has a list
// of no results: a null would say that nothing was looked for (SARIF 3.14.23).
func TestSARIFEnd(t *testing.T) {
	t.Parallel()
	if got := write(t, "sarif", load(t, "healthy-587"), Options{}); !strings.Contains(got, `"results": []`) {
		t.Error("no empty list")
	}
	for stem, want := range map[string]bool{"cert-expired": true, "interrupted": false} {
		r := load(t, stem)
		r.Exit = 1
		x := readSARIF(t, stem, write(t, "sarif", r, Options{})).Invocations[0]
		if *x.ExecutionSuccessful != want || (len(x.ToolExecutionNotifications) == 0) != want {
			t.Errorf("%s: %v, %d notifications", stem, *x.ExecutionSuccessful, len(x.ToolExecutionNotifications))
		}
	}
}
