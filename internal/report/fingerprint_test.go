package report

import (
	"strings"
	"testing"
)

// TestFingerprints: the same again after an edit, never the same twice.
func TestFingerprints(t *testing.T) {
	t.Parallel()
	make := func(line int, summary string) []Subject {
		return []Subject{
			{Kind: "endpoint", Name: "mail.example.org:587", Findings: []Finding{{ID: "a"}, {ID: "a"}, {ID: "b"}}},
			{Kind: "endpoint", Name: "mail.example.org:465", Findings: []Finding{{ID: "a"}}},
			{Kind: "settings", Name: ".env", Settings: &Settings{File: ".env", Channel: "smtp"}, Findings: []Finding{
				{ID: "a", Summary: summary, Source: &Origin{File: "./.env", Line: line, Key: "MAIL_PORT"}},
				{ID: "a", Summary: summary, Source: &Origin{File: ".env", Line: line, Key: "MAIL_HOST"}}, {ID: "a"},
			}},
		}
	}
	one, two := make(3, "port 587"), make(9, "port 25")
	AddFingerprints(one, nil)
	AddFingerprints(two, nil)
	seen := map[string]bool{}
	for i, s := range one {
		for j, f := range s.Findings {
			if seen[f.Fingerprint] || len(f.Fingerprint) != 32 {
				t.Errorf("subject %d, finding %d: fingerprint %q is not its own", i, j, f.Fingerprint)
			}
			seen[f.Fingerprint] = true
			if other := two[i].Findings[j].Fingerprint; other != f.Fingerprint {
				t.Errorf("subject %d, finding %d: %q became %q by an edit", i, j, f.Fingerprint, other)
			}
		}
	}
}

// TestFingerprintsElsewhere: the same when the run is started in a directory below.
func TestFingerprintsElsewhere(t *testing.T) {
	t.Parallel()
	at := func(file string) []Subject {
		return []Subject{{Kind: "settings", Settings: &Settings{File: file, Channel: "smtp"}, Findings: []Finding{{ID: "a"}, {ID: "b", Source: &Origin{File: file}}}}}
	}
	here, below := at("app/.env"), at("../app/.env")
	AddFingerprints(here, nil)
	AddFingerprints(below, func(file string) string { return strings.TrimPrefix(file, "../") })
	for i := range here[0].Findings {
		if a, b := here[0].Findings[i].Fingerprint, below[0].Findings[i].Fingerprint; a != b {
			t.Errorf("finding %d: %s here, %s below", i, a, b)
		}
	}
}

func TestSlashPath(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{`.\app\.env`: "app/.env", "./app//x/../.env": "app/.env", "../.env": "../.env", "/etc/msmtprc": "/etc/msmtprc"} {
		if got := SlashPath(name); got != want {
			t.Errorf("SlashPath(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestCounts(t *testing.T) {
	t.Parallel()
	warning := Finding{Severity: Warning}
	waived := Finding{Severity: Error, Waived: &Waiver{By: "baseline"}}
	for _, c := range []struct {
		f      Finding
		failOn string
		want   bool
	}{{warning, "warning", true}, {warning, "note", true}, {warning, "error", false}, {warning, "never", false}, {waived, "note", false}} {
		if got := c.f.Counts(c.failOn); got != c.want {
			t.Errorf("%+v counts at %q: %v", c.f, c.failOn, got)
		}
	}
}
