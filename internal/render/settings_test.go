package render

import (
	"strings"
	"testing"

	"github.com/maildoctor/maildoctor/internal/report"
	"github.com/maildoctor/maildoctor/internal/target"
)

// TestSettingsRows: how an application sends, in words; what is not set has no row.
func TestSettingsRows(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		s         *report.Settings
		want, not string
	}{
		"SMTP":    {&report.Settings{App: "Django", Channel: "smtp", InForce: true, Host: "mail.example.org", Port: 587, Mode: target.STARTTLS, PasswordSet: true}, "Sends by: SMTP|Server: mail.example.org:587|Encryption: STARTTLS|Password: set", "by MAIL"},
		"release": {&report.Settings{App: "Laravel", AppVersion: "11.36", Channel: "smtp", InForce: true, Mode: target.Implicit, Says: "MAIL_SCHEME=smtps"}, "Application: Laravel, release 11.36|Sends by: SMTP|Encryption: implicit TLS, by MAIL_SCHEME=smtps|Password: not set here", "Server"},
		"Resend":  {&report.Settings{App: "Ghost", Channel: "resend", InForce: true, APIKeySet: true}, "Sends by: the API of Resend|API key: set", "Password"},
		"idle":    {&report.Settings{App: "Ghost", Channel: "resend", Idle: "MAIL_MAILER=smtp"}, "Sends by: the API of Resend, which is not in force: MAIL_MAILER=smtp|API key: not set here", "Server"},
		"no why":  {&report.Settings{App: "Ghost", Channel: "log"}, "Sends by: log, which is not in force", ": none"},
		"unread":  {&report.Settings{App: "mail.db", File: "mail.db"}, "", "mail.db"},
		"nothing": {nil, "", ":"},
	}
	for name, tt := range tests {
		var rows []string
		for _, r := range settingsRows(tt.s) {
			rows = append(rows, r.label+": "+r.text)
		}
		if got := strings.Join(rows, "|"); !strings.Contains(got, tt.want) || strings.Contains(got, tt.not) {
			t.Errorf("%s: %q, want %q without %q", name, got, tt.want, tt.not)
		}
	}
}

// TestServerOnce: the head line of settings has the server once.
func TestServerOnce(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, verdict, want string }{
		{".env: mail.example.org:587", "Laravel connects to mail.example.org:587 with STARTTLS", ".env: Laravel connects to mail.example.org:587 with STARTTLS"},
		{".env: mail.example.org:587", "Port 587 starts in clear text", ".env: mail.example.org:587: Port 587 starts in clear text"},
		{".env: resend", "Laravel: resend is not in force", ".env: Laravel: resend is not in force"},
		{"mail.db", "mail.db could not be looked at", "mail.db could not be looked at"},
	} {
		if got := verdict(report.Subject{Kind: "settings", Name: tt.name, Verdict: tt.verdict}); got != tt.want {
			t.Errorf("%q, want %q", got, tt.want)
		}
	}
}

// TestCorrection: the lines to change stand in every format, with how to have
// them written; a secret is named where one is in them.
func TestCorrection(t *testing.T) {
	t.Parallel()
	r := load(t, "settings-laravel")
	text, doc := write(t, "text", r, Options{}), write(t, "markdown", r, Options{})
	for _, want := range []string{"  @@ -3 +3 @@\n  -MAIL_SCHEME=smtps\n  +MAIL_SCHEME=smtp\n", "maildoctor check --write", "<kept> is the secret"} {
		if !strings.Contains(text, want) {
			t.Errorf("text lacks %q", want)
		}
	}
	if want := "```diff\n--- .env\n+++ .env\n@@ -3 +3 @@\n-MAIL_SCHEME=smtps\n"; !strings.Contains(doc, want) {
		t.Errorf("markdown lacks %q", want)
	}
	if coloured := write(t, "text", r, Options{Color: true}); !strings.Contains(coloured, "\x1b[31;1m-MAIL_SCHEME=smtps") || !strings.Contains(coloured, "\x1b[32;1m+MAIL_SCHEME=smtp") {
		t.Error("no colours of a diff")
	}
	if joined := write(t, "text", load(t, "settings-joined"), Options{}); strings.Contains(joined, "<kept> is the secret") {
		t.Error("a secret is named where none is changed")
	}
}
