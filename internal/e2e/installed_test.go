//go:build e2e && linux

package e2e

import (
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// program finds a program that reads reports. Where it is missing, its Debian
// package is installed on this machine: a browser does not run from a tree beside
// the system's as the servers do.
func program(t *testing.T, name, pkg string) string {
	t.Helper()
	if path, err := exec.LookPath(name); err == nil {
		return path
	}
	const script = `apt-get install -q -y --no-install-recommends "$1" || { apt-get update -q && apt-get install -q -y --no-install-recommends "$1"; }`
	cmd := exec.CommandContext(t.Context(), "sh", "-c", script, "sh", pkg)
	cmd.Env = append(os.Environ(), "DEBIAN_FRONTEND=noninteractive", "LC_ALL=C")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s is missing: apt-get install %s: %v\n%s", name, pkg, err, out)
	}
	path, err := exec.LookPath(name)
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// modules returns a directory whose node_modules are these npm packages, made on
// first use. Its name carries a hash of what was asked for.
func modules(t *testing.T, packages ...string) string {
	t.Helper()
	npm := program(t, "npm", "npm")
	sum := sha256.Sum256(fmt.Append(nil, packages))
	dir := filepath.Join(cacheDir(), fmt.Sprintf("npm-%x", sum[:6]))
	if _, err := os.Stat(dir); err == nil {
		return dir
	}
	fresh, err := os.MkdirTemp(cacheDir(), "npm-new-")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(fresh)
	args := []string{"install", "--prefix", fresh, "--ignore-scripts", "--no-audit", "--no-fund", "--legacy-peer-deps"}
	if out, err := exec.CommandContext(t.Context(), npm, append(args, packages...)...).CombinedOutput(); err != nil {
		t.Fatalf("npm install: %v\n%s", err, out)
	}
	if err := os.Rename(fresh, dir); err != nil { // whole or absent, also after an interrupt
		t.Fatal(err)
	}
	return dir
}
