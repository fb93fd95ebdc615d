package check

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/report"
	"github.com/maildoctor/maildoctor/internal/target"
)

var update = flag.Bool("update", false, "write testdata/cases and testdata/ids.txt")

const (
	casesDir = "../../testdata/cases"
	idsFile  = "../../testdata/ids.txt"
)

func TestMain(m *testing.M) {
	flag.Parse()
	if *update {
		if err := writeSamples(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	os.Exit(m.Run())
}

// TestCases judges every recording under testdata/cases: a found-* file has
// the finding of its directory and no other error, a passed-* file passed the
// check. Recordings of users may be added as they are.
func TestCases(t *testing.T) {
	t.Parallel()
	for _, c := range Catalogue() {
		t.Run(c.ID, func(t *testing.T) {
			t.Parallel()
			for _, pattern := range recordings(c) {
				files, err := filepath.Glob(filepath.Join(casesDir, c.ID, pattern+".json"))
				if err != nil || len(files) == 0 {
					t.Fatalf("no %s.json in testdata/cases/%s (%v)", pattern, c.ID, err)
				}
				for _, file := range files {
					kind, _, _ := strings.Cut(pattern, "-")
					expectCase(t, c, kind, file)
				}
			}
		})
	}
}

// recordings are the files that a check must have. Those of checks that only a
// text tells are for TestToldCases.
func recordings(c Check) []string {
	var out []string
	switch {
	case c.Find != nil || configures(c):
		out = []string{"found-*", "passed-*"}
	case c.ID == "auth-wrong-region-or-host": // no reply names it: it is what another cause may be
		return []string{"passed-reply*"}
	case c.Replies != nil:
		out = []string{"found-reply*", "passed-reply*"}
	case c.Settings == nil:
		return nil
	}
	out = append(out, "found-settings")
	switch {
	case c.Settings == nil:
		return out[:2]
	case c.ID != "resend-key-invalid": // only Resend can tell that a key is good
		out = append(out, "passed-settings")
	}
	return out
}

// configures reports whether a check is about settings alone.
func configures(c Check) bool {
	return slices.ContainsFunc(configuration, func(x Check) bool { return x.ID == c.ID })
}

func expectCase(t *testing.T, c Check, kind, file string) {
	t.Helper()
	findings, outcomes := Judge(load(t, file))
	i := slices.IndexFunc(outcomes, func(o report.Outcome) bool { return o.Check == c.ID })
	if got, want := outcomes[i].Status, report.Status(kind); got != want {
		t.Errorf("%s: %s is %q (%s), want %q; findings %v", file, c.ID, got, outcomes[i].Reason, want, ids(findings))
	}
	if kind == "passed" {
		return
	}
	for _, f := range findings {
		if f.Severity == report.Error && f.ID != c.ID {
			t.Errorf("%s: also found %s (%s)", file, f.ID, f.Summary)
		}
	}
}

func load(t *testing.T, file string) *evidence.Case {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var rec evidence.Recording
	if err := json.Unmarshal(text, &rec); err != nil || len(rec.Cases) != 1 {
		t.Fatalf("%s: want a recording of one case, got %d (%v)", file, len(rec.Cases), err)
	}
	return &rec.Cases[0]
}

func writeSamples() error {
	told, err := toldSamples()
	if err != nil {
		return err
	}
	for _, s := range slices.Concat(samples(), told) {
		rec := evidence.Recording{Schema: evidence.Schema, Tool: "maildoctor", Command: "probe", Cases: []evidence.Case{*s.make()}}
		if rec.Cases[0].Settings != nil {
			rec.Command = "check"
		} else if rec.Cases[0].Resend != nil {
			rec.Command = "resend"
		}
		text, err := json.MarshalIndent(rec, "", " ")
		if err != nil {
			return err
		}
		dir := filepath.Join(casesDir, s.id)
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, s.name+".json"), append(text, '\n'), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// TestSamples keeps the files and the functions that made them together.
func TestSamples(t *testing.T) {
	t.Parallel()
	for _, s := range samples() {
		got := load(t, filepath.Join(casesDir, s.id, s.name+".json"))
		want := *s.make()
		text, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		var back evidence.Case
		if err := json.Unmarshal(text, &back); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(*got, back) {
			t.Errorf("%s/%s.json differs from its sample; run go test ./internal/check -update", s.id, s.name)
		}
	}
}

func ids(findings []report.Finding) []string {
	out := []string{}
	for _, f := range findings {
		out = append(out, string(f.Severity)+" "+f.ID)
	}
	return out
}

func TestNoEvidenceNeverPasses(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]*evidence.Case{
		"empty":         {},
		"port only":     {Target: target.Target{Host: "mail.example.org", Port: 587, Typed: "mail.example.org:587"}},
		"no settings":   {Settings: &evidence.Settings{}},
		"channel alone": {Settings: &evidence.Settings{Channel: "smtp", App: "Laravel", InForce: true}},
		"no answers":    {Resend: &evidence.Resend{}},
		"key alone":     {Resend: &evidence.Resend{Key: evidence.ResendKey{Prefix: "re_AbCdEfGh"}, From: "noreply@example.org", Asked: []string{"example.org"}}},
		"key of none":   {Settings: &evidence.Settings{}, Resend: &evidence.Resend{}},
		"claimed":       {Target: target.Target{Host: "smtp-relay.brevo.com", Port: 587}, Asked: evidence.Asked{As: target.Implicit}, Cut: "timeout"},
		"asked": {Target: target.Target{Host: "mail.example.org", Port: 587}, Message: &evidence.Message{Via: "smtp", Size: 100},
			Asked: evidence.Asked{Account: &evidence.Account{User: "app"}, Envelope: &evidence.Envelope{From: "a@example.org", To: []string{"b@example.net"}, Size: 100}}},
		"asked at Resend": {Target: target.Target{Host: "smtp.resend.com", Port: 587}, Asked: evidence.Asked{Account: &evidence.Account{}}},
	} {
		findings, outcomes := Judge(c)
		if len(findings) != 0 {
			t.Errorf("%s: findings without evidence: %v", name, ids(findings))
		}
		for _, o := range outcomes {
			if o.Status != report.NotRun || o.Reason == "" {
				t.Errorf("%s: %s is %q with reason %q, want not-run with a reason", name, o.Check, o.Status, o.Reason)
			}
		}
		if len(outcomes) != len(Catalogue()) {
			t.Errorf("%s: %d outcomes for %d checks", name, len(outcomes), len(Catalogue()))
		}
	}
}

// TestIDs: ids are a promise; testdata/ids.txt only grows.
func TestIDs(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(idsFile)
	if err != nil && !*update {
		t.Fatal(err)
	}
	released := strings.Fields(string(text))
	have := map[string]bool{}
	for _, c := range Catalogue() {
		if have[c.ID] {
			t.Errorf("check %q stands in the catalogue twice", c.ID)
		}
		have[c.ID] = true
		if !slices.Contains(released, c.ID) {
			if *update {
				released = append(released, c.ID)
				continue
			}
			t.Errorf("check %q is not in testdata/ids.txt; run go test ./internal/check -update", c.ID)
		}
	}
	for _, id := range released {
		if !have[id] {
			t.Errorf("check %q was released and is gone from the catalogue", id)
		}
	}
	if *update {
		slices.Sort(released)
		if err := os.WriteFile(idsFile, []byte(strings.Join(released, "\n")+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func TestPagesAreComplete(t *testing.T) {
	t.Parallel()
	for _, p := range Pages() {
		for field, text := range map[string]string{"title": p.Title, "seen": p.Seen, "why": p.Why, "tell": p.Tell, "severity": string(p.Severity)} {
			if text == "" {
				t.Errorf("%s: no %s", p.ID, field)
			}
		}
		if len(p.Fix) == 0 || len(p.Refs) == 0 && p.ID != "expectation-missed" {
			t.Errorf("%s: %d steps to fix, %d references", p.ID, len(p.Fix), len(p.Refs))
		}
		if strings.Contains(p.Title+p.Seen+p.Why+p.Tell+strings.Join(p.Fix, ""), "!") {
			t.Errorf("%s: exclamation mark", p.ID)
		}
		if p.URL != URL(p.ID) || !strings.HasSuffix(p.URL, "#"+p.ID) {
			t.Errorf("%s: URL %q", p.ID, p.URL)
		}
		if tell := linked(p.Tell); tell != "" {
			if _, ok := ByID(tell); !ok {
				t.Errorf("%s: tells it from %q, which is no check", p.ID, tell)
			}
		}
	}
}

// linked is the first word of a text when it looks like a check's id.
func linked(text string) string {
	word, _, _ := strings.Cut(text, " ")
	if strings.Contains(word, "-") && word == strings.ToLower(word) {
		return strings.TrimRight(word, ".,;")
	}
	return ""
}

// TestFindingsReadWell holds every finding of every case against the rules for
// text: one line of summary, steps that begin with a verb's capital.
func TestFindingsReadWell(t *testing.T) {
	t.Parallel()
	for _, s := range samples() {
		for _, f := range Subject(s.make()).Findings {
			if n := utf8.RuneCountInString(f.Summary); n == 0 || n > 100 || strings.HasSuffix(f.Summary, ".") || strings.Contains(f.Summary, "\n") {
				t.Errorf("%s/%s: %s: summary of %d columns: %q", s.id, s.name, f.ID, n, f.Summary)
			}
			if f.Severity.Rank() == 0 || f.Confidence <= 0 || f.Confidence > 1 {
				t.Errorf("%s/%s: %s: severity %q, confidence %v", s.id, s.name, f.ID, f.Severity, f.Confidence)
			}
			if len(f.Fix) == 0 || f.Detail == "" || f.Evidence == nil || f.Try == nil {
				t.Errorf("%s/%s: %s: fix %q, detail %q, evidence %v, try %v", s.id, s.name, f.ID, f.Fix, f.Detail, f.Evidence, f.Try)
			}
			if strings.Contains(f.Summary+f.Detail+strings.Join(f.Fix, ""), "%!") {
				t.Errorf("%s/%s: %s: broken format in %q %q", s.id, s.name, f.ID, f.Summary, f.Detail)
			}
		}
	}
}

func TestFindingsStandWorstFirst(t *testing.T) {
	t.Parallel()
	for _, s := range samples() {
		findings, _ := Judge(s.make())
		for i := 1; i < len(findings); i++ {
			a, b := findings[i-1], findings[i]
			if a.Severity.Rank() < b.Severity.Rank() || a.Severity == b.Severity && a.Confidence < b.Confidence {
				t.Errorf("%s/%s: %s %s %v stands before %s %s %v", s.id, s.name, a.Severity, a.ID, a.Confidence, b.Severity, b.ID, b.Confidence)
			}
		}
	}
}

// TestHealthyIsQuiet: a server as it should be has nothing above a note.
func TestHealthyIsQuiet(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]*evidence.Case{"587": healthy587(), "465": healthy465(), "brevo": host(healthy587(), "smtp-relay.brevo.com")} {
		if findings, _ := Judge(c); len(findings) != 0 {
			t.Errorf("%s: findings %v, want none", name, ids(findings))
		}
	}
}

// TestPartialCases judges every fault cut short at every place: nothing may
// panic, and there is one outcome for each check.
func TestPartialCases(t *testing.T) {
	t.Parallel()
	for _, s := range samples() {
		if strings.HasPrefix(s.name, "passed-") {
			continue // most of them are the same healthy server
		}
		for _, c := range truncations(s.make) {
			subject := Subject(c)
			if len(subject.Outcomes) != len(Catalogue()) {
				t.Fatalf("%s/%s: %d outcomes for %d checks", s.id, s.name, len(subject.Outcomes), len(Catalogue()))
			}
		}
	}
}

// truncations are variants of a case with parts missing.
func truncations(fresh func() *evidence.Case) []*evidence.Case {
	var out []*evidence.Case
	add := func(change func(*evidence.Case)) {
		c := fresh()
		change(c)
		out = append(out, c)
	}
	for i := range fresh().Sessions {
		add(func(c *evidence.Case) { c.Sessions = c.Sessions[:i] })
		add(func(c *evidence.Case) { c.Sessions = slices.Delete(c.Sessions, i, i+1) })
		for j := range fresh().Sessions[i].Steps {
			add(func(c *evidence.Case) { c.Sessions[i].Steps = c.Sessions[i].Steps[:j] })
			add(func(c *evidence.Case) { c.Sessions[i].Steps[j].Reply, c.Sessions[i].Steps[j].Fault = nil, nil })
			add(func(c *evidence.Case) {
				c.Sessions[i].Steps[j].Fault = &evidence.Fault{Class: evidence.Cancelled, Text: "ended by us"}
				c.Cut = "timeout"
			})
			add(func(c *evidence.Case) { c.Sessions[i].Steps[j].Fault = &evidence.Fault{Class: evidence.EOF} })
		}
		for _, blank := range []func(*evidence.Session){
			func(s *evidence.Session) { s.Greeting = nil }, func(s *evidence.Session) { s.First = nil },
			func(s *evidence.Session) { s.Ext = nil }, func(s *evidence.Session) { s.ExtTLS = nil },
			func(s *evidence.Session) { s.TLS = nil }, func(s *evidence.Session) { s.TLS = &evidence.TLS{} },
			func(s *evidence.Session) { s.Steps = nil }, func(s *evidence.Session) { s.Greeting = &evidence.Reply{} },
			func(s *evidence.Session) { s.First = &evidence.Bytes{} }, func(s *evidence.Session) { s.Peer = "" },
			func(s *evidence.Session) { s.Role = evidence.Spare },
			func(s *evidence.Session) {
				s.TLS = &evidence.TLS{Version: "1.2", Chain: []evidence.Cert{{}}, Verified: evidence.Verified{Chain: evidence.ChainUnknownCA}}
			},
		} {
			add(func(c *evidence.Case) { blank(&c.Sessions[i]) })
		}
	}
	add(func(c *evidence.Case) { c.Lookups = nil })
	add(func(c *evidence.Case) { c.Target = target.Target{} })
	add(func(c *evidence.Case) { c.Here = evidence.Here{} })
	for _, m := range []target.Mode{target.Implicit, target.STARTTLS, target.Opportunistic, target.Cleartext, "nonsense"} {
		add(func(c *evidence.Case) { c.Asked.As = m })
	}
	add(func(c *evidence.Case) { c.Asked.NoPort = true })
	add(func(c *evidence.Case) { c.Asked.Expect = map[string]string{"nonsense": "", "days>=": "x", "tls>=": ""} })
	return out
}
