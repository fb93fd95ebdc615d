package render

import (
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	junit "github.com/joshdk/go-junit"

	"github.com/maildoctor/maildoctor/internal/check"
	"github.com/maildoctor/maildoctor/internal/report"
)

// ingest reads a JUnit report with a reader that is not ours.
func ingest(t *testing.T, doc string) []junit.Suite {
	t.Helper()
	suites, err := junit.Ingest([]byte(doc))
	if err != nil {
		t.Fatalf("%v in\n%.2000s", err, doc)
	}
	return suites
}

func junitStatuses(s junit.Suite) map[string]junit.Status {
	out := map[string]junit.Status{}
	for _, c := range s.Tests {
		out[c.Name] = c.Status
	}
	return out
}

// TestJUnitVerdicts: what counts fails, what is too mild passes and is told, what is
// waived or was not run is skipped with its reason.
func TestJUnitVerdicts(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		failOn     string
		waived     bool
		cert, slow junit.Status
	}{
		{"note", true, junit.StatusSkipped, junit.StatusFailed},
		{"warning", false, junit.StatusFailed, junit.StatusPassed},
		{"error", true, junit.StatusSkipped, junit.StatusPassed},
		{"never", false, junit.StatusPassed, junit.StatusPassed},
	} {
		r := twoFindings()
		r.Run.FailOn = tt.failOn
		if !tt.waived {
			r.Subjects[0].Findings[0].Waived = nil
		}
		suites := ingest(t, write(t, "junit", r, Options{}))
		got := junitStatuses(suites[0])
		if len(suites) != 1 || got["cert-expired"] != tt.cert || got["greeting-slow"] != tt.slow || got["dns-timeout"] != junit.StatusSkipped || got["cert-self-signed"] != junit.StatusPassed {
			t.Errorf("--fail-on %s, waived %v: got %v", tt.failOn, tt.waived, got)
		}
		for id, told := range map[string]bool{"cert-expired": tt.cert != junit.StatusFailed, "greeting-slow": tt.slow != junit.StatusFailed} {
			if strings.Contains(suites[0].SystemOut, id+":") != told {
				t.Errorf("--fail-on %s, waived %v: %s in %q is %v", tt.failOn, tt.waived, id, suites[0].SystemOut, !told)
			}
		}
		if tt.waived && !strings.Contains(suites[0].SystemOut, "in the baseline base.json until 2027-03-31: known") {
			t.Errorf("no reason of the waiver in %q", suites[0].SystemOut)
		}
	}
}

// TestJUnitWaived: a case says why it does not count; one of several findings that is
// waived leaves the case to the others.
func TestJUnitWaived(t *testing.T) {
	t.Parallel()
	r := twoFindings()
	f := r.Subjects[0].Findings
	doc := write(t, "junit", r, Options{})
	if want := `<skipped message="Known, not counted: in the baseline base.json until 2027-03-31: known">`; !strings.Contains(doc, want) || !strings.Contains(doc, ` skipped="2"`) {
		t.Errorf("no %q, or not two skipped, in\n%s", want, doc)
	}
	f[1].ID, f[1].Waived = f[0].ID, f[0].Waived
	if got := junitStatuses(ingest(t, write(t, "junit", r, Options{}))[0]); got[f[0].ID] != junit.StatusSkipped {
		t.Errorf("both waived: %v", got)
	}
	f[1].Waived, r.Run.FailOn = nil, "error"
	if got := junitStatuses(ingest(t, write(t, "junit", r, Options{}))[0]); got[f[0].ID] != junit.StatusPassed {
		t.Errorf("one waived, one too mild: %v", got)
	}
	r.Run.FailOn = "note"
	if got := junitStatuses(ingest(t, write(t, "junit", r, Options{}))[0]); got[f[0].ID] != junit.StatusFailed {
		t.Errorf("one waived, one that counts: %v", got)
	}
}

// TestJUnitFollowsTheCatalogue: each subject has one case for each check, in the
// order of the catalogue.
func TestJUnitFollowsTheCatalogue(t *testing.T) {
	t.Parallel()
	var ids []string
	for _, p := range check.Pages() {
		ids = append(ids, p.ID)
	}
	r := load(t, "resend-full")
	r.Catalogue = check.Pages()
	for _, s := range ingest(t, write(t, "junit", r, Options{})) {
		var got []string
		for _, c := range s.Tests {
			got = append(got, c.Name)
			if c.Classname != s.Name+".checks" {
				t.Errorf("class %q", c.Classname)
			}
		}
		if !slices.Equal(got, ids) {
			t.Errorf("got %q, want the catalogue", got)
		}
	}
}

// TestJUnitSeveral: several findings of a check are one failure.
func TestJUnitSeveral(t *testing.T) {
	t.Parallel()
	r := twoFindings()
	f := &r.Subjects[0].Findings[0]
	f.ID, f.Waived, f.Evidence = "greeting-slow", nil, []report.Quote{{From: "session 1", Text: "a ]]> b"}}
	got := write(t, "junit", r, Options{})
	for _, want := range []string{`type="greeting-slow/error" message="The certificate expired (and 1 more)"`, "The greeting is slow", `failures="1"`} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	for _, c := range ingest(t, got)[0].Tests {
		if c.Name == "greeting-slow" && !strings.Contains(c.Error.Error(), "a ]]> b") {
			t.Errorf("the quote is another: %v", c.Error)
		}
	}
}

// TestJUnitNeverHidesAnEnd: a run that did not end well has an error or a failure.
func TestJUnitNeverHidesAnEnd(t *testing.T) {
	t.Parallel()
	cut := twoFindings()
	cut.Run.FailOn, cut.Exit, cut.Complete, cut.Subjects[0].Cut = "never", 1, false, "timeout"
	unsent := twoFindings()
	unsent.Run.FailOn, unsent.Exit = "error", 1
	for name, r := range map[string]report.Report{"cut": cut, "no finding": unsent, "no subject": {Exit: 130}} {
		errs := 0
		for _, s := range ingest(t, write(t, "junit", r, Options{})) {
			errs += s.Totals.Error
		}
		if errs != 1 {
			t.Errorf("%s: %d errors, want one", name, errs)
		}
	}
	if got := junitStatuses(ingest(t, write(t, "junit", cut, Options{}))[0]); got["complete"] != junit.StatusError {
		t.Errorf("a subject that was cut short: got %v", got)
	}
	for _, stem := range stems(t) {
		r, wrong := load(t, stem), 0
		for _, s := range ingest(t, write(t, "junit", r, Options{})) {
			wrong += s.Totals.Error + s.Totals.Failed
		}
		if (wrong > 0) != (r.Exit != 0) {
			t.Errorf("%s ends with %d: %d errors and failures", stem, r.Exit, wrong)
		}
	}
}

// TestJUnitNames: two subjects of one name keep their cases apart.
func TestJUnitNames(t *testing.T) {
	t.Parallel()
	r := twoFindings()
	r.Subjects = append(r.Subjects, r.Subjects[0])
	suites := ingest(t, write(t, "junit", r, Options{}))
	if suites[0].Name == suites[1].Name || suites[0].Tests[0].Classname == suites[1].Tests[0].Classname {
		t.Errorf("both are called %q", suites[0].Name)
	}
}

// shape is what the XSDs want of the document: which attributes and which
// elements, in which order.
var shape = map[string]struct{ attrs, children string }{
	"testsuites": {"", "testsuite"},
	"testsuite":  {"package id name timestamp hostname tests failures errors skipped time", "properties testcase system-out system-err"},
	"properties": {"", "property"},
	"property":   {"name value", ""},
	"testcase":   {"classname name time", "skipped error failure"},
	"skipped":    {"message", ""},
	"error":      {"type message", ""},
	"failure":    {"type message", ""},
	"system-out": {"", ""},
	"system-err": {"", ""},
}

// TestJUnitHostile: whatever stands in a report, the document is well-formed, in
// shape, and its numbers are right.
func TestJUnitHostile(t *testing.T) {
	t.Parallel()
	for name, r := range hostileInCI(t) {
		doc := write(t, "junit", r, Options{})
		harmless(t, name, doc)
		inShape(t, name, doc)
		for _, s := range ingest(t, doc) {
			if s.Name == "" || s.Name != "maildoctor" && len(s.Tests) < len(r.Catalogue) {
				t.Errorf("%s: suite %q has %d tests", name, s.Name, len(s.Tests))
			}
		}
	}
}

// inShape walks the document with the standard library, which refuses what XML
// 1.0 does.
func inShape(t *testing.T, name, doc string) {
	t.Helper()
	var open []string
	last := []int{-1}
	for d := xml.NewDecoder(strings.NewReader(doc)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			if len(open) > 0 {
				at := slices.Index(strings.Fields(shape[open[len(open)-1]].children), e.Name.Local)
				if at < last[len(last)-1] || at < 0 {
					t.Fatalf("%s: %s does not belong there in %q", name, e.Name.Local, open)
				}
				last[len(last)-1] = at
			}
			var attrs []string
			for _, a := range e.Attr {
				attrs = append(attrs, a.Name.Local)
				if a.Name.Local == "timestamp" {
					if _, err := time.Parse("2006-01-02T15:04:05", a.Value); err != nil {
						t.Error(err)
					}
				}
			}
			if got := strings.Join(attrs, " "); got != shape[e.Name.Local].attrs {
				t.Fatalf("%s: %s has %q", name, e.Name.Local, got)
			}
			open, last = append(open, e.Name.Local), append(last, -1)
		case xml.EndElement:
			open, last = open[:len(open)-1], last[:len(last)-1]
		}
	}
}

// FuzzJUnit: a text reads back as its clean form, from an attribute and from the
// body.
func FuzzJUnit(f *testing.F) {
	for _, s := range []string{"plain", evil, "]]>", "\ufffe\uffff", "\x00\x1f\x7f", "]]", "&lt;"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r := twoFindings()
		bad := &r.Subjects[0].Findings[1]
		bad.Summary, bad.Evidence = text, []report.Quote{{From: "x", Text: text}}
		r.Subjects[0].Outcomes[2].Reason = text
		var b strings.Builder
		if err := writeJUnit(&b, r, Options{}); err != nil {
			t.Fatal(err)
		}
		var doc struct {
			Suites []junitSuite `xml:"testsuite"`
		}
		if err := xml.Unmarshal([]byte(b.String()), &doc); err != nil {
			t.Fatalf("%v in %q", err, b.String())
		}
		cases := doc.Suites[0].Cases
		if got := cases[1].Failure; got == nil || got.Message != Clean(text) {
			t.Errorf("message %+v, want %q", got, Clean(text))
		}
		if got := cases[2].Skipped; got == nil || got.Text != orNone(Clean(text)) {
			t.Errorf("reason %+v, want %q", got, Clean(text))
		}
	})
}
