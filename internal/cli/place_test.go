package cli

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/maildoctor/maildoctor/internal/report"
)

// TestPlaces: where a CI system shows a finding, from the root of the repository.
func TestPlaces(t *testing.T) {
	root := t.TempDir()
	if err := os.MkdirAll(filepath.Join(root, "app", "config"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(root, "app", ".env"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	t.Chdir(filepath.Join(root, "app"))
	root, _ = filepath.EvalSymlinks(root)
	settings := &report.Settings{File: ".env"}
	cases := []struct {
		name, env, sarif string
		settings         *report.Settings
		source           *report.Origin
		want             report.Place
	}{
		{"a line", root, "", settings, &report.Origin{File: "./config/mail.php", Line: 3, Column: 7}, report.Place{File: "app/config/mail.php", Line: 3, Column: 7}},
		{"a file without a line", root, "", nil, &report.Origin{File: ".env"}, report.Place{File: "app/.env"}},
		{"a table of a database", root, "", settings, &report.Origin{File: "instance_settings", Key: "smtp_port"}, report.Place{File: "app/.env"}},
		{"no file at all", root, "", nil, nil, report.Place{}},
		{"the named file", root, "config/mail.php", nil, nil, report.Place{File: "app/config/mail.php"}},
		{"a file named from the root of the disk", root, filepath.Join(root, ".github", "workflows", "mail.yml"), nil, nil, report.Place{File: ".github/workflows/mail.yml"}},
		{"another directory's pipeline", "/nowhere", "", settings, &report.Origin{File: ".env", Line: 1}, report.Place{File: ".env", Line: 1}},
		{"a file outside", root, "", nil, &report.Origin{File: "/etc/msmtprc", Line: 2}, report.Place{File: "/etc/msmtprc", Line: 2}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			sys := &Sys{Getenv: func(name string) string {
				if name == "GITHUB_WORKSPACE" {
					return c.env
				}
				return ""
			}}
			subjects := []report.Subject{{Settings: c.settings, Findings: []report.Finding{{Source: c.source}}}}
			(&output{sarifFile: c.sarif}).place(repository(sys), subjects)
			var got report.Place
			if at := subjects[0].Findings[0].At; at != nil {
				got = *at
			}
			if got != c.want {
				t.Errorf("at %+v, want %+v", got, c.want)
			}
		})
	}
}

// TestUpToRoot: what stands above a repository, or outside of one, is not looked at.
func TestUpToRoot(t *testing.T) {
	top, _ := filepath.EvalSymlinks(t.TempDir())
	repo, deep := filepath.Join(top, "repo"), filepath.Join(top, "repo", "app", "config")
	if err := os.MkdirAll(deep, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(repo, ".git"), []byte("gitdir: elsewhere\n"), 0o644); err != nil { // as in a worktree
		t.Fatal(err)
	}
	for _, c := range []struct {
		here, root string
		want       []string
	}{
		{deep, repo, []string{".", "..", filepath.Join("..", "..")}},
		{repo, repo, []string{"."}},
		{top, top, []string{"."}},
	} {
		t.Chdir(c.here)
		if got := upToRoot(); !slices.Equal(got, c.want) {
			t.Errorf("from %s: %q, want %q", c.here, got, c.want)
		}
		if got := repository(&Sys{Getenv: func(string) string { return "" }}); got != c.root {
			t.Errorf("the root above %s is %s, want %s", c.here, got, c.root)
		}
	}
}
