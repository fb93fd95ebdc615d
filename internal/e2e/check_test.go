//go:build e2e && linux

package e2e

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// wrong are settings that name the other mode than their server speaks; @host and
// @port are put in, canary must not come out.
var wrong = []struct {
	name, file, server, text, finding, right string
}{
	{"Laravel", ".env", "postfix-required", "MAIL_MAILER=smtp\nMAIL_SCHEME=smtps\nMAIL_HOST=@host\nMAIL_PORT=@port\nMAIL_USERNAME=me@e2e.test\nMAIL_PASSWORD=canary-7f3\n", "tls-on-starttls-port", "MAIL_SCHEME=smtp\n"},
	{"Django", "settings.py", "postfix-required", "EMAIL_HOST = '@host'\nEMAIL_PORT = @port\nEMAIL_USE_SSL = True\nEMAIL_HOST_USER = 'me@e2e.test'\nEMAIL_HOST_PASSWORD = 'canary-7f3'\n", "tls-on-starttls-port", "EMAIL_USE_TLS = True\n"},
	{"nodemailer", "mail.js", "exim-implicit", "const nodemailer = require('nodemailer');\nconst t = nodemailer.createTransport({ host: '@host', port: @port, secure: false, auth: { user: 'me@e2e.test', pass: 'canary-7f3' } });\n", "starttls-on-tls-port", "secure: true"},
	{"n8n", "compose.yaml", "exim-implicit", "services:\n  flow:\n    image: n8nio/n8n:1.77.3\n    environment:\n      N8N_EMAIL_MODE: smtp\n      N8N_SMTP_HOST: @host\n      N8N_SMTP_PORT: @port\n      N8N_SMTP_SSL: \"false\"\n      N8N_SMTP_USER: me@e2e.test\n      N8N_SMTP_PASS: canary-7f3\n", "starttls-on-tls-port", "N8N_SMTP_SSL: \"true\"\n"},
}

// TestCheck proves that settings are wrong by a real server, writes the corrected
// lines, and proves that they work.
func TestCheck(t *testing.T) {
	for _, w := range wrong {
		t.Run(w.name, func(t *testing.T) {
			e := byName(t, w.server)
			file := filepath.Join(t.TempDir(), w.file)
			text := strings.NewReplacer("@host", e.host(), "@port", strconv.Itoa(int(e.ask))).Replace(w.text)
			if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			first := checkFile(t, 1, file, append(mapped(e), "--write")...)
			if !strings.Contains(first, w.finding) || !strings.Contains(first, "tried from here, works") {
				t.Errorf("%s is not found, or its remedy was not tried:\n%s", w.finding, first)
			}
			fixed, err := os.ReadFile(file)
			if err != nil || !strings.Contains(string(fixed), w.right) {
				t.Fatalf("%v, corrected:\n%s", err, fixed)
			}
			if again := checkFile(t, 0, file, mapped(e)...); !strings.Contains(again, "tried, works") {
				t.Errorf("corrected, and not proved:\n%s", again)
			}
		})
	}
}

func checkFile(t *testing.T, exit int, file string, args ...string) string {
	t.Helper()
	cmd := exec.Command(*binary, append([]string{"check", file}, args...)...)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	_ = cmd.Run()
	if got := cmd.ProcessState.ExitCode(); got != exit {
		t.Fatalf("exit %d, want %d:\n%s", got, exit, &out)
	}
	if strings.Contains(out.String(), "canary") {
		t.Errorf("the password is printed:\n%s", &out)
	}
	return strings.Join(strings.Fields(out.String()), " ") // as one line: it is wrapped
}
