package cli

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// drawn opens a paper as a command does before any traffic.
func drawn(t *testing.T, name string) *paper {
	t.Helper()
	p := &paper{}
	if err := p.create("--output", name); err != nil {
		t.Fatal(err)
	}
	return p
}

// TestPaperComesWhole: until a report is whole, its file is what it was.
func TestPaperComesWhole(t *testing.T) {
	t.Parallel()
	name := put(t, "mail.prom", "old\n", 0o640)
	p := drawn(t, name)
	has(t, name, "old\n")
	err := p.write(func(w io.Writer) error {
		_, err := io.WriteString(w, strings.Repeat("new\n", 5000)) // more than a buffer
		has(t, name, "old\n")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	has(t, name, strings.Repeat("new\n", 5000))
	if info, err := os.Stat(name); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o640 {
		t.Errorf("mode %v, error %v, want the mode it had, 0640", info.Mode(), err)
	}
	if got := listed(t, name); got != "mail.prom" {
		t.Errorf("in the directory: %s", got)
	}
}

// TestPaperFails: what cannot be finished changes nothing and leaves nothing.
func TestPaperFails(t *testing.T) {
	t.Parallel()
	name := put(t, "r.json", "old\n", 0o644)
	broken := errors.New("broken")
	for _, file := range []string{name, filepath.Join(filepath.Dir(name), "fresh")} {
		err := drawn(t, file).write(func(w io.Writer) error {
			_, _ = io.WriteString(w, "half")
			return broken
		})
		if !errors.Is(err, broken) {
			t.Errorf("%s: error %v", file, err)
		}
	}
	has(t, name, "old\n")
	if got := listed(t, name); got != "r.json" {
		t.Errorf("in the directory: %s", got)
	}
}

// TestPaperNotAllowed: a file that cannot be written is an error at once, named as
// it was typed.
func TestPaperNotAllowed(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, name := range []string{filepath.Join(dir, "none", "r.json"), dir} {
		var wrong usageError
		if err := (&paper{}).create("--output", name); !errors.As(err, &wrong) || !strings.Contains(err.Error(), "open "+name+":") {
			t.Errorf("%s: error %v, want wrong usage that names it", name, err)
		}
	}
	if os.Geteuid() <= 0 {
		t.Skip("the mode of a directory does not stop this user")
	}
	kept := put(t, "r.json", "old\n", 0o444)
	if err := (&paper{}).create("--output", kept); err == nil {
		t.Error("a file that is read-only was opened")
	}
	if err := os.Chmod(dir, 0o555); err != nil {
		t.Fatal(err)
	}
	if err := (&paper{}).create("--output", filepath.Join(dir, "r.json")); err == nil || !strings.Contains(err.Error(), "open "+filepath.Join(dir, "r.json")) {
		t.Errorf("in a directory that is read-only: error %v", err)
	}
}

// TestPaperBehindLinks: links go on pointing where they did, also where nothing is yet.
func TestPaperBehindLinks(t *testing.T) {
	t.Parallel()
	name := put(t, "r.json", "old\n", 0o644)
	dir := filepath.Dir(name)
	for link, to := range map[string]string{"one": "r.json", "two": "one", "dangling": "fresh.json", "absolute": filepath.Join(dir, "far.json")} {
		if err := os.Symlink(to, filepath.Join(dir, link)); err != nil {
			t.Skip(err)
		}
	}
	for link, file := range map[string]string{"two": "r.json", "dangling": "fresh.json", "absolute": "far.json"} {
		if err := drawn(t, filepath.Join(dir, link)).text("new " + link + "\n"); err != nil {
			t.Fatal(err)
		}
		has(t, filepath.Join(dir, file), "new "+link+"\n")
		if info, err := os.Lstat(filepath.Join(dir, link)); err != nil || info.Mode()&os.ModeSymlink == 0 {
			t.Errorf("%s is no link any more (%v)", link, err)
		}
	}
	if got, want := listed(t, name), "absolute dangling far.json fresh.json one r.json two"; got != want {
		t.Errorf("in the directory: %s, want %s", got, want)
	}
	if err := os.Symlink("loop", filepath.Join(dir, "loop")); err != nil {
		t.Fatal(err)
	}
	if err := (&paper{}).create("--output", filepath.Join(dir, "loop")); err == nil {
		t.Error("a link to itself was opened")
	}
}

// TestOrdinary: what is not to be replaced.
func TestOrdinary(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("there are no such names")
	}
	link := filepath.Join(t.TempDir(), "out")
	if err := os.Symlink("/dev/stdout", link); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"/dev/null", "/dev/stdout", "/dev/fd/1", link, t.TempDir(), filepath.Join(link, "x")} {
		if file, ok := ordinary(name); ok {
			t.Errorf("%s would be replaced as %s", name, file)
		}
	}
}
