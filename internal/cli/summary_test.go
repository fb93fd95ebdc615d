package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/report"
)

// talkative is a report with a transcript of so many bytes.
func talkative(n int) report.Report {
	const line = 500
	x := evidence.Session{Role: evidence.Main}
	for range n/line + 1 {
		x.Steps = append(x.Steps, evidence.Step{Name: evidence.StepEHLO, Sent: strings.Repeat("x", line)})
	}
	return report.Report{Subjects: []report.Subject{{Kind: "endpoint", Name: "mail.example.org:587", Verdict: "mail.example.org:587 is looked at", Sessions: []evidence.Session{x}}}}
}

// TestSummaryFits: what GitHub would drop for its length goes as far as it may, and
// what is there already counts.
func TestSummaryFits(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name            string
		there, said     int
		transcript, cut bool
		fails           bool
	}{
		{name: "short", said: 1000, transcript: true},
		{name: "behind another", there: 1000, said: 1000, transcript: true},
		{name: "too long", said: maxSummary, cut: true},
		{name: "too long with what is there", there: maxSummary - 5000, said: 10000, cut: true},
		{name: "full", there: maxSummary, said: 1000, fails: true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			file := filepath.Join(t.TempDir(), "summary")
			if err := os.WriteFile(file, []byte(strings.Repeat("-", tt.there)), 0o644); err != nil {
				t.Fatal(err)
			}
			if err := addSummary(file, talkative(tt.said)); (err != nil) != tt.fails {
				t.Fatalf("got %v, want an error: %v", err, tt.fails)
			}
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := string(b[tt.there:])
			if len(b) > maxSummary || strings.Contains(got, "<details>") != tt.transcript || strings.Contains(strings.ToLower(got), "left out") != tt.cut {
				t.Errorf("%d bytes, beginning %.100q", len(b), got)
			}
			if !tt.fails && !strings.Contains(got, "is looked at") || tt.there > 0 && !tt.fails && !strings.HasPrefix(got, "\n## ") {
				t.Errorf("got %.200q", got)
			}
		})
	}
}
