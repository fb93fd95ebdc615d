package cli

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/maildoctor/maildoctor/internal/settings"
)

// put writes a file of a directory of its own.
func put(t *testing.T, name, text string, mode fs.FileMode) string {
	t.Helper()
	full := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(full, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
	return full
}

func has(t *testing.T, name, want string) {
	t.Helper()
	got, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("%s holds %q, want %q", filepath.Base(name), got, want)
	}
}

// listed are the names in the directory of a file.
func listed(t *testing.T, name string) string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(name))
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return strings.Join(out, " ")
}

func TestWriteFile(t *testing.T) {
	t.Parallel()
	name := put(t, ".env", "\ufeffA=1\r\nB=2\r\n", 0o640)
	backup, err := writeFile(settings.Correction{File: name, Was: "\ufeffA=1\r\nB=2\r\n", Bytes: "\ufeffA=1\r\nB=3\r\n"})
	if err != nil || backup != name+".bak" {
		t.Fatalf("backup %q, error %v", backup, err)
	}
	has(t, name, "\ufeffA=1\r\nB=3\r\n")
	has(t, backup, "\ufeffA=1\r\nB=2\r\n")
	if backup, err = writeFile(settings.Correction{File: name, Was: "\ufeffA=1\r\nB=3\r\n", Bytes: "A=4\n"}); err != nil || backup != name+".bak1" {
		t.Fatalf("second backup %q, error %v", backup, err)
	}
	has(t, name+".bak", "\ufeffA=1\r\nB=2\r\n")
	has(t, name+".bak1", "\ufeffA=1\r\nB=3\r\n")
	if got := listed(t, name); got != ".env .env.bak .env.bak1" {
		t.Errorf("the directory holds %s", got)
	}
	if runtime.GOOS == "windows" {
		return
	}
	for _, n := range []string{name, name + ".bak", name + ".bak1"} {
		if info, err := os.Stat(n); err != nil || info.Mode().Perm() != 0o640 {
			t.Errorf("%s: %v, %v", n, info.Mode(), err)
		}
	}
}

// TestWriteKeepsTheRest: line ends, the byte order mark and a last line without an
// end stay as they are.
func TestWriteKeepsTheRest(t *testing.T) {
	t.Parallel()
	const text = "\ufeffMAIL_MAILER=smtp\r\nMAIL_SCHEME=smtps\r\n\r\nMAIL_HOST=smtp.example.com\r\nMAIL_PASSWORD='a b'\t\r\nMAIL_PORT=587"
	name := put(t, ".env", text, 0o600)
	apps, troubles := settings.Load(disk{}, []string{name}, settings.Options{Dialect: "laravel-11plus"})
	if len(apps) != 1 || len(troubles) != 0 {
		t.Fatalf("%d applications, %v", len(apps), troubles)
	}
	for _, c := range settings.Correct(apps[0], settings.Proof{}) {
		if _, err := writeFile(c); err != nil {
			t.Fatal(err)
		}
	}
	has(t, name, strings.Replace(text, "=smtps", "=smtp", 1))
	has(t, name+".bak", text)
}

// TestWriteFileChangedMeanwhile: what somebody else wrote is not lost.
func TestWriteFileChangedMeanwhile(t *testing.T) {
	t.Parallel()
	name := put(t, ".env", "A=theirs\n", 0o600)
	_, err := writeFile(settings.Correction{File: name, Was: "A=1\n", Bytes: "A=2\n"})
	if err == nil || !strings.Contains(err.Error(), "was changed meanwhile") || strings.Contains(err.Error(), "theirs") {
		t.Errorf("error %v", err)
	}
	has(t, name, "A=theirs\n")
	if got := listed(t, name); got != ".env" {
		t.Errorf("the directory holds %s", got)
	}
}

// TestWriteFileFollowsLinks: the file changes, and the link stays one.
func TestWriteFileFollowsLinks(t *testing.T) {
	t.Parallel()
	name := put(t, "real.env", "A=1\n", 0o600)
	link := filepath.Join(t.TempDir(), ".env")
	if err := os.Symlink(name, link); err != nil {
		t.Skip(err)
	}
	backup, err := writeFile(settings.Correction{File: link, Was: "A=1\n", Bytes: "A=2\n"})
	if err != nil || filepath.Base(backup) != "real.env.bak" {
		t.Fatalf("backup %q, error %v", backup, err)
	}
	has(t, name, "A=2\n")
	if info, err := os.Lstat(link); err != nil || info.Mode()&fs.ModeSymlink == 0 {
		t.Errorf("the link is %v, %v", info.Mode(), err)
	}
}

func TestWriteFileRefuses(t *testing.T) {
	t.Parallel()
	if _, err := writeFile(settings.Correction{File: settings.Stdin}); err == nil || !strings.Contains(err.Error(), "standard input") {
		t.Errorf("standard input: %v", err)
	}
	if _, err := writeFile(settings.Correction{File: filepath.Join(t.TempDir(), "gone")}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file that is gone: %v", err)
	}
	if runtime.GOOS == "windows" || os.Geteuid() == 0 {
		return
	}
	name := put(t, ".env", "A=1\n", 0o600)
	if err := os.Chmod(filepath.Dir(name), 0o500); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(filepath.Dir(name), 0o700)
	if _, err := writeFile(settings.Correction{File: name, Was: "A=1\n", Bytes: "A=2\n"}); !errors.Is(err, fs.ErrPermission) {
		t.Errorf("a directory that may not be written: %v", err)
	}
	has(t, name, "A=1\n")
}

// TestDisk: names as people type them, and "-".
func TestDisk(t *testing.T) {
	t.Parallel()
	name := put(t, "x.env", "A=1\n", 0o600)
	d := disk{stdin: strings.NewReader("B=2\n")}
	for path, want := range map[string]string{name: "A=1\n", filepath.Dir(name) + "/../" + filepath.Base(filepath.Dir(name)) + "/./x.env": "A=1\n", "-": "B=2\n"} {
		f, err := d.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(f)
		if err != nil || string(got) != want {
			t.Errorf("%s reads %q, %v; want %q", path, got, err, want)
		}
		if info, err := f.Stat(); err != nil || info.IsDir() {
			t.Errorf("%s: %v, %v", path, info, err)
		}
		if err := f.Close(); err != nil {
			t.Error(err)
		}
		if info, err := fs.Stat(d, path); err != nil || info.IsDir() {
			t.Errorf("%s: %v, %v", path, info, err)
		}
	}
	if entries, err := fs.ReadDir(d, filepath.Dir(name)); err != nil || len(entries) != 1 {
		t.Errorf("%v, %v", entries, err)
	}
	if _, err := d.Open(name + ".gone"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("error %v", err)
	}
}
