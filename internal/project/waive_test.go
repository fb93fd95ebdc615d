package project

import (
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/maildoctor/maildoctor/internal/report"
)

// run is a run over a server and a file, with findings of these severities; "" is
// a check that passed.
func run(server, file report.Severity) []report.Subject {
	subject := func(s report.Subject, id string, severity report.Severity, at *report.Origin) report.Subject {
		status := report.Passed
		if severity != "" {
			status = report.Found
			s.Findings = append(s.Findings, report.Finding{ID: id, Severity: severity, Source: at})
		}
		s.Outcomes = []report.Outcome{{Check: id, Status: status}}
		return s
	}
	all := []report.Subject{
		subject(report.Subject{Kind: "endpoint", Name: "mail.example.org:587"}, "cert-expires-soon", server, nil),
		subject(report.Subject{Kind: "settings", Name: "app/.env: mail.example.org:587", Settings: &report.Settings{File: "./app/.env", Channel: "smtp"}, Endpoint: &report.Endpoint{Host: "mail.example.org", Port: 587}},
			"tls-on-starttls-port", file, &report.Origin{File: "./app/.env", Line: 3, Key: "MAIL_SCHEME"}),
	}
	report.AddFingerprints(all, nil)
	return all
}

// waived says of each finding by what it is waived.
func waived(subjects []report.Subject) string {
	var out []string
	for _, s := range subjects {
		for _, f := range s.Findings {
			by := "counts"
			if f.Waived != nil {
				by = f.Waived.By
			}
			out = append(out, f.ID+" "+by)
		}
	}
	return strings.Join(out, ", ")
}

func TestRules(t *testing.T) {
	t.Parallel()
	const soon, wrong = "cert-expires-soon ", "tls-on-starttls-port "
	for name, c := range map[string]struct {
		rule  Rule
		want  string
		ended int
	}{
		"any subject":       {Rule{ID: "cert-expires-soon"}, soon + "project, " + wrong + "counts", 0},
		"the last day":      {Rule{ID: "cert-expires-soon", Until: "2027-03-31"}, soon + "project, " + wrong + "counts", 0},
		"the day after":     {Rule{ID: "cert-expires-soon", Until: "2027-03-30"}, soon + "counts, " + wrong + "counts", 1},
		"ended, not needed": {Rule{ID: "cert-expired", Until: "2027-03-30"}, soon + "counts, " + wrong + "counts", 0},
		"by server":         {Rule{ID: "cert-expires-soon", Subject: "*.example.org:587"}, soon + "project, " + wrong + "counts", 0},
		"another server":    {Rule{ID: "cert-expires-soon", Subject: "*.example.org:465"}, soon + "counts, " + wrong + "counts", 0},
		"by file":           {Rule{ID: "tls-on-starttls-port", Subject: "app/.env"}, soon + "counts, " + wrong + "project", 0},
		"server of a file":  {Rule{ID: "tls-on-starttls-port", Subject: "mail.example.org:*"}, soon + "counts, " + wrong + "project", 0},
		"never":             {Rule{ID: "expectation-missed"}, soon + "counts, " + wrong + "counts", 0},
	} {
		subjects := run(report.Warning, report.Error)
		w := Waivers{File: &File{Name: "p.yaml", Ignore: []Rule{c.rule}}, Today: "2027-03-31"}
		ended := w.Apply(subjects)
		if got := waived(subjects); got != c.want || len(ended) != c.ended {
			t.Errorf("%s: %s; %d ended, want %s; %d", name, got, len(ended), c.want, c.ended)
		}
	}
}

func TestWaiverSaysWhy(t *testing.T) {
	t.Parallel()
	subjects := run(report.Warning, "")
	Waivers{File: &File{Name: "p.yaml", Ignore: []Rule{{ID: "cert-expires-soon", Reason: "it renews itself", Until: "2027-03-31"}}}, Today: "2027-01-01"}.Apply(subjects)
	want := report.Waiver{By: "project", File: "p.yaml", Reason: "it renews itself", Until: "2027-03-31"}
	if got := subjects[0].Findings[0].Waived; got == nil || *got != want {
		t.Errorf("waiver %+v, want %+v", got, want)
	}
}

// TestWaiverEnds: what an earlier run waived counts once nothing covers it.
func TestWaiverEnds(t *testing.T) {
	t.Parallel()
	subjects := run(report.Warning, report.Error)
	Waivers{File: &File{Ignore: []Rule{{ID: "cert-expires-soon"}}}, Baseline: written(t, Waivers{}, run("", report.Error))}.Apply(subjects)
	if got := waived(subjects); got != "cert-expires-soon project, tls-on-starttls-port baseline" {
		t.Fatalf("the earlier run: %s", got)
	}
	Waivers{}.Apply(subjects)
	if got := waived(subjects); got != "cert-expires-soon counts, tls-on-starttls-port counts" {
		t.Errorf("without its rule and its baseline: %s", got)
	}
}

func TestFits(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		pattern, name string
		want          bool
	}{
		{"a", "a", true}, {"a", "ab", false}, {"*", "", true}, {"?", "", false}, {"a?c", "abc", true},
		{"*.env", "app/sub/.env", true}, {"*.example.org:*", "mail.example.org:587", true}, {"*a*b", "xaxbxb", true}, {"*a*b", "xaxbx", false},
		{"[2001:db8::25]:587", "[2001:db8::25]:587", true}, {"", "a", false},
	} {
		if got := fits(c.pattern, c.name); got != c.want {
			t.Errorf("fits(%q, %q) = %v", c.pattern, c.name, got)
		}
	}
}

// written is the baseline of a run, written and read again.
func written(t *testing.T, w Waivers, subjects []report.Subject) *Baseline {
	t.Helper()
	text, err := w.Accept("b.json", subjects).Text()
	if err != nil {
		t.Fatal(err)
	}
	b, err := ReadBaseline("b.json", string(text))
	if err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	again, err := b.Text()
	if err != nil || string(again) != string(text) {
		t.Errorf("read and written again:\n%s\nwas\n%s", again, text)
	}
	return b
}

func TestBaseline(t *testing.T) {
	t.Parallel()
	first := run(report.Warning, report.Warning)
	b := written(t, Waivers{}, first)
	if got := waived(first); got != "cert-expires-soon baseline, tls-on-starttls-port baseline" {
		t.Errorf("the run that writes the baseline: %s", got)
	}
	if want := (Known{ID: "tls-on-starttls-port", Severity: "warning", Subject: "app/.env: mail.example.org:587", File: "app/.env", Key: "MAIL_SCHEME", Fingerprint: first[1].Findings[0].Fingerprint}); b.Findings[1] != want {
		t.Errorf("known %+v, want %+v", b.Findings[1], want)
	}

	w := Waivers{Baseline: b}
	for name, c := range map[string]struct {
		server, file report.Severity
		want         string
		gone         int
	}{
		"same":   {report.Warning, report.Warning, "cert-expires-soon baseline, tls-on-starttls-port baseline", 0},
		"milder": {report.Note, report.Warning, "cert-expires-soon baseline, tls-on-starttls-port baseline", 0},
		"worse":  {report.Warning, report.Error, "cert-expires-soon baseline, tls-on-starttls-port counts", 0},
		"gone":   {"", report.Warning, "tls-on-starttls-port baseline", 1},
	} {
		subjects := run(c.server, c.file)
		w.Apply(subjects)
		if got := waived(subjects); got != c.want || len(w.Gone(subjects)) != c.gone {
			t.Errorf("%s: %s, gone %v; want %s, %d", name, got, w.Gone(subjects), c.want, c.gone)
		}
	}
}

// TestBaselineKeepsOthers: what was not looked at is neither gone nor left out.
func TestBaselineKeepsOthers(t *testing.T) {
	t.Parallel()
	w := Waivers{Baseline: written(t, Waivers{}, run(report.Warning, report.Warning))}
	server := run("", "")[:1]
	if gone := w.Gone(server); len(gone) != 1 || gone[0].Subject != "mail.example.org:587" {
		t.Errorf("gone %+v, want that of the server alone", gone)
	}
	b := written(t, w, server)
	if len(b.Findings) != 1 || b.Findings[0].File != "app/.env" {
		t.Errorf("the new baseline has %+v, want that of the file alone", b.Findings)
	}
	server[0].Outcomes[0].Status = report.NotRun
	if gone := w.Gone(server); len(gone) != 0 {
		t.Errorf("gone %+v, though the check did not run", gone)
	}
}

// TestBaselineCleaned: a name that is not safe to show is told again all the same.
func TestBaselineCleaned(t *testing.T) {
	t.Parallel()
	looked := func(severity report.Severity) []report.Subject {
		subjects := run(severity, severity)
		subjects[0].Name = "mail.example.org:587\x1b[2J"
		subjects[1].Name, subjects[1].Settings.File = "one", "./app/\u202evne."
		if severity == "" {
			subjects[1].Name = "another" // is told by its file
		} else {
			subjects[1].Findings[0].Source = nil
		}
		return subjects
	}
	w := Waivers{Clean: func(s string) string { return strings.Trim(strconv.QuoteToASCII(s), `"`) }}
	w.Baseline = written(t, w, looked(report.Warning))
	if k := w.Baseline.Findings; k[0].Subject != `mail.example.org:587\x1b[2J` || k[1].File != `app/\u202evne.` {
		t.Errorf("the baseline is not safe to show: %+v", k)
	}
	if gone := w.Gone(looked("")); len(gone) != 2 {
		t.Errorf("gone %+v, want both", gone)
	}
	if b := w.Accept("b.json", looked("")); len(b.Findings) != 0 {
		t.Errorf("the new baseline has %+v, want none", b.Findings)
	}
}

// fleet is a run over n servers and n files, with findings of one severity.
func fleet(n int, severity report.Severity) []report.Subject {
	var all []report.Subject
	for i := range n {
		pair := run(severity, severity)
		pair[0].Name = fmt.Sprintf("mail%d.example.org:587", i)
		pair[1].Settings.File = fmt.Sprintf("app%d/.env", i)
		if severity != "" {
			pair[1].Findings[0].Source = nil
		}
		all = append(all, pair...)
	}
	report.AddFingerprints(all, nil)
	return all
}

// TestGoneAsksOnce: what a file is called costs a look at the disk.
func TestGoneAsksOnce(t *testing.T) {
	t.Parallel()
	const n = 5
	asked := 0
	w := Waivers{Baseline: written(t, Waivers{}, fleet(n, report.Warning)), Path: func(name string) string { asked++; return name }}
	if gone := w.Gone(fleet(n, "")); len(gone) != 2*n || asked != n {
		t.Errorf("%d gone, %d looks for %d files", len(gone), asked, n)
	}
}

func BenchmarkBaseline(b *testing.B) {
	const n = 10000
	first, w := fleet(n, report.Warning), Waivers{}
	text, err := w.Accept("b.json", first).Text()
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if w.Baseline, err = ReadBaseline("b.json", string(text)); err != nil {
			b.Fatal(err)
		}
		w.Apply(first)
		if kept := len(w.Accept("b.json", first).Findings); kept != 2*n {
			b.Fatalf("%d kept", kept)
		}
	}
}

// TestBaselineLeavesOut: neither what a rule waives nor what always counts.
func TestBaselineLeavesOut(t *testing.T) {
	t.Parallel()
	subjects := run(report.Warning, report.Warning)
	subjects[0].Findings = append(subjects[0].Findings, report.Finding{ID: "expectation-missed", Severity: report.Error, Fingerprint: "f"})
	w := Waivers{File: &File{Ignore: []Rule{{ID: "cert-expires-soon"}}}}
	w.Apply(subjects)
	b := w.Accept("b.json", subjects)
	if len(b.Findings) != 1 || b.Findings[0].ID != "tls-on-starttls-port" {
		t.Errorf("the baseline has %+v", b.Findings)
	}
	if got, want := waived(subjects), "cert-expires-soon project, expectation-missed counts, tls-on-starttls-port baseline"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	again := run(report.Warning, report.Warning)
	again[0].Findings[0] = report.Finding{ID: "expectation-missed", Severity: report.Error, Fingerprint: "f"}
	b, err := ReadBaseline("b.json", head+`[{"id": "expectation-missed", "severity": "error", "fingerprint": "f"}]}`)
	if err != nil {
		t.Fatal(err)
	}
	Waivers{Baseline: b}.Apply(again)
	if again[0].Findings[0].Waived != nil {
		t.Error("a baseline waives what the run was asked for")
	}
}

const head = `{"schema": "maildoctor.baseline/1", "findings": `

var wrongBaselines = []struct{ name, text, want string }{
	{"empty", "", "1:1: the file ends too early to be a baseline; --write-baseline writes one"},
	{"cut", head, "1:49: the file ends too early to be a baseline; --write-baseline writes one"},
	{"no JSON", "{\n  schema: 1\n}\n", "2:3: this is no JSON; --write-baseline writes a baseline"},
	{"a list", "[]", "1:1: this is not a baseline, which is a JSON object"},
	{"no schema", `{"findings": []}`, "1:1: there is no schema; this is no baseline of maildoctor, and --write-baseline writes one"},
	{"a report", `{"schema": "maildoctor.report/1"}`, `1:12: the schema is not "maildoctor.baseline/1"; this is no baseline that this maildoctor reads, and --write-baseline writes one`},
	{"findings as object", head + "{}}", "1:49: this is not a list of findings"},
	{"a finding as text", head + `["x"]}`, `1:50: "" of this finding cannot be a JSON string`},
	{"a number as id", head + `[` + "\n" + `{"id": 1}]}`, `2:1: "id" of this finding cannot be a JSON number`},
	{"no fingerprint", head + `[{"id": "cert-expired", "severity": "error"}]}`, "1:50: this finding lacks its id or its fingerprint"},
	{"bad severity", head + `[{"id": "cert-expired", "severity": "bad", "fingerprint": "f"}]}`, "1:50: the severity of this finding is none of error, warning, note"},
	{"twice", head + `[{"id": "a", "severity": "note", "fingerprint": "f"},` + "\n" + ` {"id": "a", "severity": "note", "fingerprint": "f"}]}`, "2:2: this finding stands twice"},
	{"not merged", head + "[\n<<<<<<< HEAD\n]}", "2:1: this is no JSON; two versions of the file were not merged"},
	{"more", head + "[]}\n{}", "2:1: this is no JSON; --write-baseline writes a baseline"},
}

func TestReadBaselineRefuses(t *testing.T) {
	t.Parallel()
	for _, c := range wrongBaselines {
		if b, err := ReadBaseline("b.json", c.text); err == nil || err.Error() != "b.json:"+c.want {
			t.Errorf("%s: %+v\n got %v\nwant b.json:%s", c.name, b, err, c.want)
		}
	}
}

func FuzzReadBaseline(f *testing.F) {
	f.Add(head + `[{"id": "a", "severity": "note", "subject": "s", "fingerprint": "f"}], "more": {}}`)
	for _, c := range wrongBaselines {
		f.Add(c.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		b, err := ReadBaseline("p.yaml", text)
		var all Errors
		switch {
		case err == nil && b.Schema != BaselineSchema:
			t.Fatalf("read without its schema: %+v", b)
		case err == nil:
		case !errors.As(err, &all) || !place.MatchString(err.Error()):
			t.Fatalf("the error has no place: %v", err)
		}
	})
}

// TestReadNewerBaseline: fields of newer releases are passed over.
func TestReadNewerBaseline(t *testing.T) {
	t.Parallel()
	b, err := ReadBaseline("b.json", head+`[{"id": "a", "severity": "note", "subject": "s", "fingerprint": "f", "more": [1]}], "more": {"x": 1}}`)
	if want := []Known{{ID: "a", Severity: "note", Subject: "s", Fingerprint: "f"}}; err != nil || !reflect.DeepEqual(b.Findings, want) {
		t.Errorf("%+v, %v", b, err)
	}
}
