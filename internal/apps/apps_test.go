package apps

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/maildoctor/maildoctor/internal/report"
	"github.com/maildoctor/maildoctor/internal/target"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestLines compares every application in every mode with testdata.
func TestLines(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		golden string
		host   string
		port   uint16
		mode   target.Mode
		user   string
	}{
		{"implicit", "smtp.resend.com", 465, target.Implicit, "resend"},
		{"starttls", "smtp-relay.brevo.com", 587, target.STARTTLS, ""},
		{"cleartext", "mailpit", 1025, target.Cleartext, ""},
		{"implicit-2465", "smtp.resend.com", 2465, target.Implicit, "resend"},
		{"starttls-465", "mail.example.org", 465, target.STARTTLS, "me@example.org"},
		{"cleartext-login", "2001:db8::25", 25, target.Cleartext, `o'neil "x" $y\z`},
	} {
		t.Run(tt.golden, func(t *testing.T) {
			t.Parallel()
			golden(t, tt.golden, text(Lines(tt.host, tt.port, tt.mode, tt.user)))
		})
	}
}

// TestGoldens keeps testdata from holding a file that nothing reads.
func TestGoldens(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*")
	if got, want := len(files), 6; err != nil || got != want {
		t.Errorf("testdata holds %v (%v), want %d files", files, err, want)
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name+".txt")
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs:\ngot:\n%s\nwant:\n%s", file, got, want)
	}
}

func text(all []report.App) string {
	var b strings.Builder
	for _, app := range all {
		fmt.Fprintf(&b, "== %s\n%s\n", app.Name, strings.Join(app.Lines, "\n"))
	}
	return b.String()
}

// TestModesDiffer wants each application to tell the modes apart, at the same
// port, and to name the host in each.
func TestModesDiffer(t *testing.T) {
	t.Parallel()
	const host, user = "mail.example.org", "me"
	modes := []target.Mode{target.Implicit, target.STARTTLS, target.Cleartext}
	for i := range table {
		seen := map[string]target.Mode{}
		for _, mode := range modes {
			app := Lines(host, 2500, mode, user)[i]
			lines := strings.Join(app.Lines, "\n")
			if other, ok := seen[lines]; ok {
				t.Errorf("%s: %s is written as %s is:\n%s", app.Name, mode, other, lines)
			}
			seen[lines] = mode
			if !strings.Contains(lines, host) || !strings.Contains(lines, "2500") {
				t.Errorf("%s, %s: host or port is missing:\n%s", app.Name, mode, lines)
			}
		}
	}
}

func TestNames(t *testing.T) {
	t.Parallel()
	var names []string
	for _, app := range table {
		if app.name == "" || slices.Contains(names, app.name) {
			t.Errorf("name %q is empty or stands twice", app.name)
		}
		names = append(names, app.name)
	}
}

func TestOtherModes(t *testing.T) {
	t.Parallel()
	for _, mode := range []target.Mode{target.NoMode, target.Opportunistic, target.Unknown, "other"} {
		if got := Lines("mail.example.org", 587, mode, ""); got != nil {
			t.Errorf("Lines(%q) = %v, want nil", mode, got)
		}
	}
}

// TestLogin wants the placeholders with TLS, and no login in clear text unless
// a user name is given.
func TestLogin(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		mode target.Mode
		user string
		want bool
	}{
		{target.Implicit, "", true},
		{target.STARTTLS, "", true},
		{target.Cleartext, "", false},
		{target.Cleartext, "me", true},
	} {
		for _, app := range Lines("mail.example.org", 25, tt.mode, tt.user) {
			lines := strings.Join(app.Lines, "\n")
			if got := strings.Contains(lines, "<your SMTP password"); got != tt.want {
				t.Errorf("%s, %s, user %q: password is asked for: %v, want %v", app.Name, tt.mode, tt.user, got, tt.want)
			}
		}
	}
}

// TestPrintable keeps tabs and line breaks out of what goes to a terminal.
func TestPrintable(t *testing.T) {
	t.Parallel()
	for _, mode := range []target.Mode{target.Implicit, target.STARTTLS, target.Cleartext} {
		for _, app := range Lines("mail.example.org", 587, mode, "me") {
			for _, line := range app.Lines {
				if i := strings.IndexFunc(line, func(r rune) bool { return r < ' ' }); i >= 0 {
					t.Errorf("%s: %q has a control character", app.Name, line)
				}
			}
		}
	}
}
