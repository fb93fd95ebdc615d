//go:build e2e && linux

package e2e

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// pageTime bounds one run of the browser over all pages.
const pageTime = 2 * time.Minute

// modules are the npm packages that the pages are looked at with, and nothing
// below them: playwright-core drives the browser, axe-core knows the rules of
// accessibility that a program can check.
var modules = []string{"playwright-core@1.56.1", "axe-core@4.14.1"}

// pages are the reports that a browser opens, of each kind one: how each is made.
func pages(t *testing.T) map[string][]string {
	t.Helper()
	healthy := cases[slices.IndexFunc(cases, func(e *endpoint) bool {
		return e.want.Mode == "starttls" && e.want.Certificate == "ok" && e.want.Exit == 0
	})]
	recorded := func(name string) []string {
		return []string{"judge", filepath.Join("..", "..", "testdata", "cases", name+".json")}
	}
	return map[string][]string{
		"healthy":    append([]string{"probe", "--ca-file", running.pki.rootFile}, healthy.asked()...),
		"mode":       {"demo", "tls-on-starttls-port"},
		"expired":    recorded("cert-expired/found-intermediate"),
		"no-chain":   recorded("cert-missing-intermediate/found-leaf-alone"),
		"slow":       recorded("greeting-slow/found-8s"),
		"resend":     recorded("resend-smtp-blocked/found-asked"),
		"error-text": {"explain", `SSL operation failed with code 1: error:0A00010B:SSL routines::wrong version number at smtp.example.org:587`},
		"settings":   {"check", "--offline", filepath.Join("..", "..", "testdata", "examples", "laravel", ".env")},
		"several":    {"check", "--offline", filepath.Join("..", "..", "testdata", "examples", "laravel"), filepath.Join("..", "..", "testdata", "examples", "nodemailer")},
		"page":       {"explain", "cert-expired"},
	}
}

// TestPages opens HTML reports in Chromium, light and dark, wide and narrow, and
// prints them: the browser has nothing to complain of and asks for nothing, no
// text covers another or leaves the page, and axe-core finds no violation. With
// MAILDOCTOR_E2E_PICTURES=DIR the screenshots and PDFs stay there.
func TestPages(t *testing.T) {
	browser, node, lib := browserTools(t)
	dir := t.TempDir()
	var files []string
	for name, args := range pages(t) {
		file := filepath.Join(dir, name+".html")
		if p := maildoctor(t, "", nil, append(args, "--format", "html", "--output", file)...); p.exit > 1 {
			t.Fatalf("maildoctor %q: exit %d: %s", args, p.exit, p.stderr)
		}
		files = append(files, file)
	}
	args := append([]string{"testdata/browse.mjs", lib, browser, os.Getenv("MAILDOCTOR_E2E_PICTURES")}, files...)
	ctx, cancel := context.WithTimeout(t.Context(), pageTime)
	defer cancel()
	cmd := exec.CommandContext(ctx, node, args...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("browse: %v\n%s", err, &stderr)
	}
	seen := 0
	for line := range strings.Lines(string(out)) {
		var page struct {
			File     string
			Problems []string
		}
		if err := json.Unmarshal([]byte(line), &page); err != nil {
			t.Fatalf("%v in %q", err, line)
		}
		seen++
		for _, problem := range page.Problems {
			t.Errorf("%s: %s", page.File, problem)
		}
	}
	if seen != len(files) {
		t.Errorf("the browser opened %d of %d pages", seen, len(files))
	}
}

// browserTools are the browser, the program that runs its script, and where the
// script's modules are. What is missing is installed: Debian's packages with apt,
// for a browser does not run from a tree beside the system's as the servers do.
func browserTools(t *testing.T) (browser, node, lib string) {
	t.Helper()
	paths := make([]string, 3)
	for i, name := range []string{"chromium", "node", "npm"} {
		path, err := program(name, map[string]string{"node": "nodejs"}[name])
		if err != nil {
			t.Fatal(err)
		}
		paths[i] = path
	}
	lib = filepath.Join(cacheDir(), "npm-"+strings.NewReplacer("@", "-").Replace(strings.Join(modules, "-")))
	if _, err := os.Stat(filepath.Join(lib, "node_modules", "axe-core")); err == nil {
		return paths[0], paths[1], lib
	}
	if err := os.MkdirAll(lib, 0o755); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), paths[2], append([]string{"install", "--prefix", lib, "--no-audit", "--no-fund", "--ignore-scripts", "--no-save"}, modules...)...)
	if out, err := cmd.CombinedOutput(); err != nil {
		os.RemoveAll(lib)
		t.Fatalf("npm install: %v\n%s", err, out)
	}
	return paths[0], paths[1], lib
}

// program finds a program, and installs its package where it is missing; the
// package is called like the program unless it has a name of its own.
func program(name, pkg string) (string, error) {
	if path, err := exec.LookPath(name); err == nil {
		return path, nil
	}
	if pkg == "" {
		pkg = name
	}
	const script = `apt-get install -q -y --no-install-recommends "$1" || { apt-get update -q && apt-get install -q -y --no-install-recommends "$1"; }`
	cmd := exec.Command("sh", "-c", script, "sh", pkg)
	cmd.Env = append(os.Environ(), "DEBIAN_FRONTEND=noninteractive", "LC_ALL=C")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("apt-get install %s: %w\n%s", pkg, err, out)
	}
	return exec.LookPath(name)
}
