package render

import (
	"strings"
	"testing"

	"github.com/maildoctor/maildoctor/internal/report"
)

// TestKnownStandsApart: what is waived is told, does not count, and makes nothing
// look well.
func TestKnownStandsApart(t *testing.T) {
	t.Parallel()
	r := load(t, "brevo-587-as-implicit")
	s := &r.Subjects[0]
	s.Findings[0].Waived = &report.Waiver{By: "project", File: ".maildoctor.yml", Until: "2027-03-31", Reason: "the relay moves in spring"}
	s.Findings[1].Waived = &report.Waiver{By: "baseline", File: "known.json"}
	s.Healthy = true
	for format, want := range map[string][]string{
		"text":     {"! smtp-relay", "Known, not counted", "[error] tls-on-starttls-port: ", "ignored by .maildoctor.yml until 2027-03-31: the relay moves in spring", "[note] starttls-required: ", "in the baseline known.json"},
		"markdown": {"## ! smtp-relay", "### Known, not counted", "- [error] tls-on-starttls-port: ", "(ignored by .maildoctor.yml until 2027-03-31: the relay moves in spring)", "- [note] starttls-required: ", "(in the baseline known.json)"},
	} {
		doc := write(t, format, r, Options{Width: 100})
		rest := strings.Join(strings.Fields(doc), " ")
		for _, w := range want {
			_, after, ok := strings.Cut(rest, w)
			if !ok {
				t.Fatalf("%s: no %q after the one before it in\n%s", format, w, doc)
			}
			rest = after
		}
		if strings.Contains(doc, "Fix") || strings.Contains(doc, "explain tls-on") {
			t.Errorf("%s: what is waived is told as what counts:\n%s", format, doc)
		}
	}
	s.Findings = s.Findings[1:]
	if got := write(t, "text", r, Options{}); !strings.HasPrefix(got, "✓ ") {
		t.Errorf("a note that is known casts doubt: %.80q", got)
	}
}

// TestKnownIsNotAside: where one subject is to be used, what is known of another is
// told all the same.
func TestKnownIsNotAside(t *testing.T) {
	t.Parallel()
	r := load(t, "no-port")
	for i := range r.Subjects {
		for j := range r.Subjects[i].Findings {
			r.Subjects[i].Findings[j].Waived = &report.Waiver{By: "baseline", File: "known.json"}
		}
	}
	for _, format := range []string{"text", "markdown"} {
		if got := write(t, format, r, Options{}); !strings.Contains(got, "[warning] starttls-not-enforced") || strings.Contains(got, "Fix") {
			t.Errorf("%s:\n%s", format, got)
		}
	}
}

// TestKnownOfMany: a run over many targets says how many findings are known, and its
// tables where their subjects are.
func TestKnownOfMany(t *testing.T) {
	t.Parallel()
	r := load(t, "many")
	known, tally := 0, report.Tally{}
	for i := range r.Subjects {
		for j := range r.Subjects[i].Findings {
			if f := &r.Subjects[i].Findings[j]; f.ID == "connection-refused" || f.ID == "wrong-protocol-http" {
				f.Waived = &report.Waiver{By: report.ByBaseline, File: "known.json"}
				known++
			}
		}
		tally.Add(r.Subjects[i])
	}
	summary := tally.Summary()
	r.Summary = &summary
	const words = ": 3 ready for use; 2 findings are known and not counted"
	for format, table := range map[string]string{
		"text":     "provider endpoints ready warnings errors other other 6 3 0 1 2",
		"markdown": "provider | endpoints | ready | warnings | errors | other |",
		"html":     "providerendpointsreadywarningserrorsother other63012",
	} {
		got := write(t, format, r, Options{})
		if format == "html" {
			got = visibleText(t, got)
		}
		got = strings.Join(strings.Fields(got), " ")
		if known != 2 || !strings.Contains(got, words) || !strings.Contains(got, table) {
			t.Errorf("%s: no %q or no %q", format, words, table)
		}
	}
	if got := write(t, "text", r, Options{Verbose: true}); strings.Count(got, knownTitle) != known {
		t.Errorf("%d servers with a known finding are told in full, want %d:\n%s", strings.Count(got, knownTitle), known, got)
	}
	summary.Waived = 1
	if got := write(t, "text", r, Options{Width: 100}); !strings.Contains(got, "1 finding is known and not counted") {
		t.Errorf("one finding:\n%s", got)
	}
}
