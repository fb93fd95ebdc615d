//go:build e2e && linux

package e2e

import (
	"bytes"
	"context"
	"encoding/json"
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
	browser, node := program(t, "chromium", "chromium"), program(t, "node", "nodejs")
	// The one drives the browser, the other knows the rules of accessibility that a
	// program can check.
	lib := modules(t, "playwright-core@1.56.1", "axe-core@4.14.1")
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
