// Package packaging holds tests only, of what people install maildoctor with and
// run it by: install.sh, action.yml, the hook of pre-commit, the examples.
package packaging

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/pem"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

var root = filepath.Join("..", "..")

// program stands for maildoctor: it writes down its arguments and where it runs,
// makes the reports and the summary that are asked for, and ends as it is told to.
const program = `#!/bin/sh
[ "$1" != version ] || { echo maildoctor v1.2.3 in a test; exit 0; }
[ -z "${DIRECTORY:-}" ] || pwd -P >"$DIRECTORY"
for a in "$@"; do
	printf '%s\n' "$a" >>"$ARGUMENTS"
	case $a in *=/*) echo "a report" >"${a#*=}" ;; esac
done
[ -z "${GITHUB_STEP_SUMMARY:-}" ] || echo "a report" >>"$GITHUB_STEP_SUMMARY"
exit "$STATUS_WANTED"
`

// release is a server of one release, laid out as a forge does. sums names the
// checksum that checksums.txt has for an archive.
func release(t *testing.T, sums func(archive []byte) string) string {
	t.Helper()
	var archive bytes.Buffer
	gz := gzip.NewWriter(&archive)
	tw := tar.NewWriter(gz)
	if err := tw.WriteHeader(&tar.Header{Name: "maildoctor", Mode: 0o755, Size: int64(len(program))}); err != nil {
		t.Fatal(err)
	}
	if _, err := tw.Write([]byte(program)); err != nil {
		t.Fatal(err)
	}
	if tw.Close() != nil || gz.Close() != nil {
		t.Fatal("the archive cannot be written")
	}
	mux := http.NewServeMux()
	for _, path := range []string{"/latest/download/", "/download/v1.2.3/"} {
		mux.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) {
			switch name := filepath.Base(r.URL.Path); {
			case name == "checksums.txt":
				fmt.Fprint(w, sums(archive.Bytes()))
			case strings.HasSuffix(name, ".tar.gz"):
				w.Write(archive.Bytes())
			default:
				http.NotFound(w, r)
			}
		})
	}
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s.URL
}

// rightSums are the true ones, for every system that the tests may run on.
func rightSums(archive []byte) string {
	var b strings.Builder
	for _, system := range []string{"linux", "darwin"} {
		for _, processor := range []string{"amd64", "arm64"} {
			fmt.Fprintf(&b, "%x  maildoctor_%s_%s.tar.gz\n", sha256.Sum256(archive), system, processor)
		}
	}
	return b.String()
}

// install installs from a server into a directory.
func install(t *testing.T, base, dir string, args ...string) (string, error) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("install.sh wants a POSIX shell")
	}
	_, noCurl := exec.LookPath("curl")
	if _, noWget := exec.LookPath("wget"); noCurl != nil && noWget != nil {
		t.Skip("neither curl nor wget is installed")
	}
	return run(t, []string{"MAILDOCTOR_BASE_URL=" + base, "BINDIR=" + dir}, args...)
}

// run runs install.sh as it is run from the net, and returns what it said.
func run(t *testing.T, env []string, args ...string) (string, error) {
	t.Helper()
	script, err := os.ReadFile(filepath.Join(root, "install.sh"))
	if err != nil {
		t.Fatal(err)
	}
	work := t.TempDir()
	c := exec.CommandContext(t.Context(), "sh", append([]string{"-s", "--"}, args...)...) // as in curl ... | sh
	c.Stdin = bytes.NewReader(script)
	c.Env = append(append(os.Environ(), "TMPDIR="+work, "NO_PROXY=*", "no_proxy=*"), env...)
	out, err := c.CombinedOutput()
	if left := names(t, work); left != "" {
		t.Errorf("install.sh %q left %q in the directory for temporary files", args, left)
	}
	return string(out), err
}

func TestInstall(t *testing.T) {
	t.Parallel()
	base := release(t, rightSums)
	for _, args := range [][]string{nil, {"--version", "latest"}, {"--version", "v1.2.3"}, {"--version", "1.2.3"}} {
		dir := filepath.Join(t.TempDir(), "not there yet")
		out, err := install(t, base, dir, args...)
		if err != nil || !strings.Contains(out, "installed maildoctor v1.2.3 in a test as "+dir) {
			t.Errorf("install.sh %q: %v, %s", args, err, out)
		}
		if got := names(t, dir); got != "maildoctor" {
			t.Errorf("install.sh %q left %q", args, got)
		}
	}
	dir := t.TempDir()
	if out, err := install(t, base, "/nonexistent", "--dir", dir); err != nil || names(t, dir) != "maildoctor" {
		t.Errorf("install.sh --dir: %v, %s", err, out)
	}
}

// TestInstallPath: who cannot call it by its name is told so.
func TestInstallPath(t *testing.T) {
	t.Parallel()
	base, dir := release(t, rightSums), t.TempDir()
	const said = "is not in PATH"
	if out, err := install(t, base, dir); err != nil || !strings.Contains(out, dir+" "+said) {
		t.Errorf("%v, %s; want %q", err, out, said)
	}
	if out, err := run(t, []string{"MAILDOCTOR_BASE_URL=" + base, "BINDIR=" + dir, "PATH=" + os.Getenv("PATH") + ":" + dir}); err != nil || strings.Contains(out, said) {
		t.Errorf("%v, %s; want no %q", err, out, said)
	}
}

// withoutCurl is a PATH that holds what install.sh calls, and wget in place of curl.
func withoutCurl(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"wget", "awk", "cat", "chmod", "cp", "cut", "grep", "gzip", "mkdir", "mktemp", "mv", "rm", "sh", "sha256sum", "tar", "uname"} {
		path, err := exec.LookPath(name)
		if err != nil {
			t.Skipf("no %s", name)
		}
		if err := os.Symlink(path, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	if out, err := exec.CommandContext(t.Context(), "wget", "--version").Output(); err != nil || !strings.HasPrefix(string(out), "GNU Wget") {
		t.Skip("wget is not GNU's, which takes the certificate of a test")
	}
	return dir
}

// TestInstallByWget: it keeps to https as curl does, and follows redirects there.
func TestInstallByWget(t *testing.T) {
	t.Parallel()
	path, plain := withoutCurl(t), release(t, rightSums)
	to := func(base string) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, base+r.URL.Path, http.StatusFound) })
	}
	files, err := url.Parse(plain)
	if err != nil {
		t.Fatal(err)
	}
	secure := httptest.NewTLSServer(httputil.NewSingleHostReverseProxy(files))
	t.Cleanup(secure.Close)
	rc, ca := filepath.Join(t.TempDir(), "wgetrc"), filepath.Join(t.TempDir(), "ca.pem")
	cert := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: secure.Certificate().Raw})
	if err := errors.Join(os.WriteFile(ca, cert, 0o644), os.WriteFile(rc, []byte("ca_certificate = "+ca+"\n"), 0o644)); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		base http.Handler // nil: base is that of a mirror without TLS
		want string       // "": it is installed
	}{
		"a mirror without TLS":  {},
		"a redirect to https":   {base: to(secure.URL)},
		"a redirect to http":    {base: to(plain), want: "was redirected to http, and is not taken"},
		"a redirect that fails": {base: to(secure.URL + "/none"), want: "cannot download"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			base, dir := plain, t.TempDir()
			if c.base != nil {
				s := httptest.NewTLSServer(c.base)
				t.Cleanup(s.Close)
				base = s.URL
			}
			out, err := run(t, []string{"MAILDOCTOR_BASE_URL=" + base, "BINDIR=" + dir, "PATH=" + path, "WGETRC=" + rc})
			if installed := names(t, dir) == "maildoctor"; installed != (c.want == "") || (err == nil) != installed || !strings.Contains(out, c.want) {
				t.Errorf("installed %v: %v, %s; want %q", installed, err, out, c.want)
			}
		})
	}
}

// TestInstallRefuses: what does not verify is not installed, and what was there
// stays.
func TestInstallRefuses(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		sums func([]byte) string
		args []string
		want string
	}{
		"wrong checksum": {sums: func([]byte) string { return rightSums([]byte("another")) }, want: "nothing was installed"},
		"no checksum":    {sums: func([]byte) string { return "" }, want: "does not name"},
		"of another": {sums: func(a []byte) string {
			return strings.ReplaceAll(rightSums(a), "maildoctor_", "xmaildoctor_")
		}, want: "does not name"},
		"no such release": {sums: rightSums, args: []string{"--version", "v9.9.9"}, want: "cannot download"},
		"path":            {sums: rightSums, args: []string{"--version", "v1/../../x"}, want: "is not a version"},
		"option":          {sums: rightSums, args: []string{"--version", "-x"}, want: "is not a version"},
		"unknown flag":    {sums: rightSums, args: []string{"--colour", "x"}, want: "usage:"},
		"no value":        {sums: rightSums, args: []string{"--dir"}, want: "usage:"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, "maildoctor"), []byte("the old one"), 0o755); err != nil {
				t.Fatal(err)
			}
			out, err := install(t, release(t, tt.sums), dir, tt.args...)
			if err == nil || !strings.Contains(out, tt.want) {
				t.Errorf("%v, %s; want an error with %q", err, out, tt.want)
			}
			if old, err := os.ReadFile(filepath.Join(dir, "maildoctor")); err != nil || string(old) != "the old one" || names(t, dir) != "maildoctor" {
				t.Errorf("left %q: %s, %v", names(t, dir), old, err)
			}
		})
	}
}

// names lists a directory.
func names(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return strings.Join(out, " ")
}
