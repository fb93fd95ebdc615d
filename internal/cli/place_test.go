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
			(&output{sarifFile: c.sarif}).place(newRepository(sys), subjects)
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

// TestPlacesFromElsewhere: a container that mounts the repository runs in another
// directory.
func TestPlacesFromElsewhere(t *testing.T) {
	top, _ := filepath.EvalSymlinks(t.TempDir())
	if err := os.MkdirAll(filepath.Join(top, "src", "app", ".git"), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	file := filepath.Join(top, "src", "app", ".env")
	for workspace, want := range map[string]string{"": ".env", filepath.Join(top, "src"): "app/.env", "/nowhere": ".env"} {
		in := newRepository(&Sys{Getenv: func(name string) string {
			if name == "CI_PROJECT_DIR" {
				return workspace
			}
			return ""
		}})
		if got := in.name(file); got != want {
			t.Errorf("in the workspace %q: %s, want %s", workspace, got, want)
		}
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
		in := newRepository(&Sys{Getenv: func(string) string { return "" }})
		want, _ := filepath.Rel(c.root, filepath.Join(c.here, "x.env"))
		for _, file := range []string{"x.env", filepath.Join(c.here, "x.env")} {
			if got := in.name(file); got != filepath.ToSlash(want) {
				t.Errorf("from %s: %s is %s, want %s", c.here, file, got, want)
			}
		}
	}
}
