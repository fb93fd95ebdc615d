package settings

import (
	"strings"
	"testing"

	"github.com/maildoctor/maildoctor/internal/evidence"
)

// TestChosenWithoutAKey: a way to send that is chosen is one, though no line holds
// its key.
func TestChosenWithoutAKey(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		text string
		want string // the channels, "!" before the one in force, and what is missing
	}{
		"no line": {"APP_KEY=base64:AAAA\nMAIL_MAILER=resend\nMAIL_FROM_ADDRESS=a@example.org\n", "!resend without RESEND_API_KEY"},
		"empty":   {"APP_KEY=base64:AAAA\nMAIL_MAILER=resend\nRESEND_API_KEY=\nMAIL_FROM_ADDRESS=a@example.org\n", "!resend"},
		"beside":  {"APP_KEY=base64:AAAA\nMAIL_MAILER=resend\nMAIL_HOST=mail.example.org\nMAIL_PORT=587\nMAIL_FROM_ADDRESS=a@example.org\n", "!resend without RESEND_API_KEY, smtp"},
		"smtp":    {"APP_KEY=base64:AAAA\nMAIL_MAILER=smtp\nMAIL_HOST=mail.example.org\nMAIL_PORT=587\nMAIL_FROM_ADDRESS=a@example.org\n", "!smtp"},
	} {
		apps, _ := Load(files(".env", tt.text), []string{".env"}, Options{Dialect: "laravel-11plus"})
		if len(apps) != 1 {
			t.Errorf("%s: %d applications", name, len(apps))
			continue
		}
		var got []string
		for _, c := range apps[0].Channels(Proof{}) {
			words := c.Evidence.Channel
			if c.Evidence.InForce {
				words = "!" + words
			}
			for _, r := range c.Evidence.Remarks {
				if r.Check == "setting-missing" && r.Severity == "" {
					words += " without " + r.From.Key
				}
			}
			if c.Evidence.Channel == "resend" && c.Evidence.APIKey == (evidence.Secret{}) {
				words += " (nameless)"
			}
			got = append(got, words)
		}
		if s := strings.Join(got, ", "); s != tt.want {
			t.Errorf("%s: %q, want %q", name, s, tt.want)
		}
	}
}
