package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/maildoctor/maildoctor/internal/cli"
)

// written makes the pages in a directory of their own.
func written(t *testing.T) (pages []string) {
	t.Helper()
	dir := t.TempDir()
	if err := manuals(dir, "1700000000"); err != nil {
		t.Fatal(err)
	}
	pages, err := filepath.Glob(filepath.Join(dir, "*.1"))
	if err != nil || len(pages) < 8 {
		t.Fatalf("pages %q, %v", pages, err)
	}
	return pages
}

// TestManuals: a page for every command, with the sections that people look for,
// and the same page each time.
func TestManuals(t *testing.T) {
	t.Parallel()
	again := written(t)
	for i, file := range written(t) {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if other, err := os.ReadFile(again[i]); err != nil || !bytes.Equal(text, other) {
			t.Errorf("%s differs from one time to the other (%v)", filepath.Base(file), err)
		}
		for _, want := range []string{`"2023-11-14"`, ".SH NAME\nmaildoctor", ".SH SYNOPSIS", ".SH DESCRIPTION\n", ".SH OPTIONS\n", ".SH EXIT STATUS\n", "MAILDOCTOR_PASSWORD", ".SH FILES\n", ".SH SEE ALSO\n"} {
			if !strings.Contains(string(text), want) {
				t.Errorf("%s has no %q", filepath.Base(file), want)
			}
		}
	}
	probe, err := os.ReadFile(filepath.Join(filepath.Dir(again[0]), "maildoctor-probe.1"))
	if err != nil || !strings.Contains(string(probe), ".SS Login\n") || !strings.Contains(string(probe), `\fB\-\-password\-stdin\fP`) || !strings.Contains(string(probe), ".B tls>=\n") {
		t.Errorf("maildoctor-probe.1: %v\n%s", err, probe)
	}
	for _, c := range documented(cli.Command()) {
		if !slices.ContainsFunc(again, func(file string) bool { return filepath.Base(file) == pageName(c)+".1" }) {
			t.Errorf("%s has no page", c.CommandPath())
		}
	}
}

// TestMandoc: a reader of manual pages that is no other's has nothing to say.
func TestMandoc(t *testing.T) {
	t.Parallel()
	mandoc, err := exec.LookPath("mandoc")
	if err != nil {
		t.Skip("mandoc is not installed")
	}
	pages := written(t)
	if out, err := exec.CommandContext(t.Context(), mandoc, append([]string{"-Tlint", "-Wwarning"}, pages...)...).CombinedOutput(); err != nil || len(out) > 0 {
		t.Errorf("mandoc: %v\n%s", err, out)
	}
}

func TestRoff(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		".env":              `\&.env`,
		"a\n.b":             "a\n\\&.b",
		`it's "\n" ~ ^ -x`:  `it\(aqs \(dq\en\(dq \(ti \(ha \-x`,
		"'quoted' at first": `\(aqquoted\(aq at first`,
	} {
		if got := roff(in); got != want {
			t.Errorf("roff(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestPageDate(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{"": "", "0": "1970-01-01", "1700000000": "2023-11-14"} {
		if got, err := pageDate(in); got != want || err != nil {
			t.Errorf("pageDate(%q) = %q, %v; want %q", in, got, err, want)
		}
	}
	if _, err := pageDate("yesterday"); err == nil {
		t.Error("a date that is none was taken")
	}
}

// TestCompletions: a script for every shell.
func TestCompletions(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := completions(dir); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"maildoctor.bash": "__start_maildoctor", "_maildoctor": "#compdef maildoctor", "maildoctor.fish": "complete -c maildoctor", "maildoctor.ps1": "Register-ArgumentCompleter"} {
		if text, err := os.ReadFile(filepath.Join(dir, name)); err != nil || !strings.Contains(string(text), want) {
			t.Errorf("%s: %v, no %q in it", name, err, want)
		}
	}
}

// TestCask: Homebrew wants every page by its name.
func TestCask(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.Join("..", "..", ".goreleaser.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range documented(cli.Command()) {
		if want := "      - man/" + pageName(c) + ".1\n"; !strings.Contains(string(text), want) {
			t.Errorf(".goreleaser.yaml lacks the page of %s; add %q", c.CommandPath(), strings.TrimSpace(want))
		}
	}
}
