//go:build e2e && linux

package e2e

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestCanary looks for the password, and for every form in which it goes over
// the line, in what is printed in any format and in the record.
func TestCanary(t *testing.T) {
	postfix, exim, submission := byName(t, "postfix-accounts"), byName(t, "exim-required"), byName(t, "dovecot-submission")
	file := laravel(t, postfix, odd.name, quoted(odd.password), odd.name)
	bad := laravel(t, exim, app.name, wrongPassword, app.name)
	type command struct {
		name string
		user user
		args []string
	}
	commands := []command{
		{"check", user{}, append([]string{"check", file, "--login", "--from", odd.name, "--to", inbox}, mapped(postfix)...)},
		{"check wrong", user{}, append([]string{"check", bad, "--login"}, mapped(exim)...)},
		{"send", odd, append([]string{"send", "--user", odd.name, "--from", odd.name, "--to", inbox}, submission.asked()...)},
		{"send settings", user{}, append([]string{"send", "--settings", file, "--to", nobody}, mapped(postfix)...)},
		{"send dry", odd, append([]string{"send", "--user", odd.name, "--from", odd.name, "--to", inbox, "--dry-run"}, submission.asked()...)},
		{"token", user{app.name, token(app.name, time.Now().Add(-time.Hour)), false}, append([]string{"probe", "--user", app.name, "--auth", "XOAUTH2"}, postfix.asked()...)},
	}
	for _, m := range []string{"PLAIN", "LOGIN", "CRAM-MD5", "SCRAM-SHA-256"} {
		commands = append(commands,
			command{m, odd, append([]string{"probe", "--user", odd.name, "--auth", m, "--from", odd.name, "--to", inbox}, exim.asked()...)},
			command{m + " wrong", user{odd.name, wrongPassword, false}, append([]string{"probe", "--user", odd.name, "--auth", m}, postfix.asked()...)})
	}
	for _, c := range commands {
		t.Run(c.name, func(t *testing.T) {
			record := filepath.Join(t.TempDir(), "record.json")
			for _, format := range [][]string{{"text"}, {"text", "-v"}, {"markdown"}, {"markdown", "-v"}, {"markdown", "--plain"}, {"prometheus"}, {"json"}, {"json", "-v"}} {
				var env []string
				if c.user.password != "" {
					env = asUser(c.user)
				}
				args := slices.Concat(c.args, []string{"--record", record, "--format"}, format)
				if p := maildoctor(t, "", env, args...); p.exit > 1 || p.stdout == "" {
					t.Fatalf("exit %d\n%s\n%s", p.exit, p.stdout, p.stderr)
				}
				text, err := os.ReadFile(record)
				if err != nil {
					t.Fatal(err)
				}
				quiet(t, "the record", string(text))
				if err := os.Remove(record); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// TestLeaks: the forms are found where they are.
func TestLeaks(t *testing.T) {
	for _, text := range []string{
		"AGFwcEBib3guZTJlLnRlc3QAY2FuYXJ5LTdmM2E5Yw==", // PLAIN
		"Y2FuYXJ5LTdmM2E5Yw==",                         // LOGIN
		"YXBwQGJveC5lMmUudGVzdCBi",                     // CRAM-MD5
		"biwsbj1hcHBAYm94LmUyZS50ZXN0LHI9eA==",         // SCRAM
		"636e6172",
	} {
		if got := slices.ContainsFunc(leaks(), func(form string) bool { return strings.Contains(text, form) }); got != (text != "636e6172") {
			t.Errorf("%q: %t", text, got)
		}
	}
}
