package check

import (
	"strings"
	"testing"

	"github.com/maildoctor/maildoctor/internal/evidence"
)

// TestKeptKeyThatSends: nobody is told to delete a key that is the password of the
// SMTP settings in force.
func TestKeptKeyThatSends(t *testing.T) {
	t.Parallel()
	idle := func(s *evidence.Settings) { s.InForce, s.Idle = false, "MAIL_MAILER=smtp" }
	used := func(s *evidence.Settings) { s.KeyInUse = true }
	remark := func(s *evidence.Settings) {
		s.Remarks = append(s.Remarks, evidence.Remark{Check: keptKey, Summary: "resend_api_key is still stored", Fix: []string{"Clear it", "Delete it at " + keysPage + " where nothing else uses it"}})
	}
	asked := func(also bool, answer adjust) *evidence.Case {
		c := resendAsked(answer, func(c *evidence.Case) { c.Resend.Kept, c.Resend.AlsoPassword = true, also })()
		c.Settings = settled(byResend, idle)
		return c
	}
	fine := func(*evidence.Case) {}
	tests := map[string]struct {
		c    *evidence.Case
		want string
	}{
		"settings alone": {read(byResend, idle, used)(), "note RESEND_API_KEY (re_AbCdEfGh...) is kept for the API, and is the password in force"},
		"a remark":       {read(byResend, idle, used, remark)(), "note resend_api_key is still stored"},
		"alive":          {asked(true, fine), "note The API key re_AbCdEfGh is kept for the API, and sends over SMTP: it is the password in force"},
		"dead":           {asked(true, answering(401, "validation_error", "API key is invalid")), "warning The API key re_AbCdEfGh is the password of SMTP, too, and Resend does not take it: it is invalid"},
	}
	for name, tt := range tests {
		if got := said(tt.c, keptKey); got != tt.want {
			t.Errorf("%s: %q\nwant %q", name, got, tt.want)
			continue
		}
		f := foundOf(tt.c, keptKey)
		if steps := strings.Join(f.Fix, "\n"); strings.Contains(steps, "Delete") || !strings.Contains(steps+f.Detail, "SMTP") {
			t.Errorf("%s: %q, %q", name, f.Detail, f.Fix)
		}
	}
	if f := foundOf(asked(false, fine), keptKey); !strings.HasPrefix(f.Fix[0], "Delete the key") {
		t.Errorf("of a key that nothing uses: %q", f.Fix)
	}
}

// TestResendWithoutAKey: where Resend is what sends, no key is an error; an
// example's is a note, as every placeholder is, which says what comes of it.
func TestResendWithoutAKey(t *testing.T) {
	t.Parallel()
	example := func(s *evidence.Settings) { s.APIKey.Placeholder, s.APIKey.Prefix = true, "" }
	idle := func(s *evidence.Settings) { s.InForce, s.Idle = false, "MAIL_MAILER=smtp" }
	missing := func(s *evidence.Settings) {
		s.APIKey = evidence.Secret{From: evidence.Origin{Key: "RESEND_API_KEY"}}
		s.Remarks = append(s.Remarks, evidence.Remark{Check: "setting-missing", From: evidence.Origin{File: ".env", Key: "RESEND_API_KEY"}, Summary: "Resend is chosen (MAIL_MAILER=resend), and there is no API key"})
	}
	asked := resendAsked(answering(401, "validation_error", "API key is invalid"), shape(evidence.ShapePlaceholder))()
	asked.Settings = settled(byResend, example)
	for name, tt := range map[string]struct {
		c    *evidence.Case
		want string
	}{
		"example":       {read(byResend, example)(), ""},
		"example, kept": {read(byResend, example, idle)(), ""},
		"no line":       {read(byResend, missing)(), "error setting-missing"},
		"asked":         {asked, "error resend-key-invalid"},
	} {
		if got := alarms(tt.c); got != tt.want {
			t.Errorf("%s: found %q, want %q", name, got, tt.want)
		}
	}
	if f := foundOf(read(byResend, example)(), "setting-placeholder"); !strings.HasSuffix(f.Summary, "Resend refuses every message") {
		t.Errorf("the key of an example: %q", f.Summary)
	}
}
