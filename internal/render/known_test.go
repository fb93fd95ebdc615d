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
