package report

import "testing"

// TestRetell: the headline is about what makes the run fail.
func TestRetell(t *testing.T) {
	t.Parallel()
	known := Finding{ID: "cert-expired", Severity: Error, Summary: "The certificate expired", Waived: &Waiver{By: ByBaseline}}
	fresh := Finding{ID: "client-config-invalid", Severity: Error, Summary: "MAIL_PORT is no port"}
	missed := Finding{ID: ExpectationMissed, Severity: Error, Summary: "Expected mode=implicit"}
	note := Finding{ID: "n", Severity: Note, Summary: "A note"}
	for _, c := range []struct {
		verdict  string
		findings []Finding
		want     string
	}{
		{".env: The certificate expired", []Finding{known, fresh}, ".env: MAIL_PORT is no port"},
		{"587 speaks STARTTLS, but the certificate expired", []Finding{known, missed}, "587 speaks STARTTLS, but expected mode=implicit"},
		{"587 speaks STARTTLS, but the certificate expired", []Finding{known, missed, fresh}, "587 speaks STARTTLS, but MAIL_PORT is no port"},
		{"587 speaks STARTTLS, but the certificate expired", []Finding{known, note}, "587 speaks STARTTLS, but the certificate expired"},
		{".env: MAIL_PORT is no port", []Finding{known, fresh}, ".env: MAIL_PORT is no port"},
	} {
		s := []Subject{{Verdict: c.verdict, Findings: c.findings}}
		Retell(s)
		if s[0].Verdict != c.want {
			t.Errorf("%q became %q, want %q", c.verdict, s[0].Verdict, c.want)
		}
	}
}
