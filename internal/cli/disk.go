package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/maildoctor/maildoctor/internal/report"
	"github.com/maildoctor/maildoctor/internal/settings"
)

// disk is the file system by the names that people type, relative ones and
// those with .. among them, which fs.FS of os does not take. "-" is the standard
// input.
type disk struct{ stdin io.Reader }

func (d disk) Open(name string) (fs.File, error) {
	if name == "-" {
		return stream{d.stdin}, nil
	}
	name = filepath.FromSlash(name)
	if info, err := os.Stat(name); err == nil && !info.IsDir() && !info.Mode().IsRegular() && !handed(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: errNoFile}
	}
	return os.Open(name)
}

// errNoFile is what a pipe, a socket or a device is: opening one may never end.
var errNoFile = errors.New("it is no regular file")

// handed reports whether a name is one that a shell hands over, such as that of
// <(command).
func handed(name string) bool {
	return strings.HasPrefix(name, "/dev/") || strings.HasPrefix(name, "/proc/self/fd/")
}

func (d disk) Stat(name string) (fs.FileInfo, error) {
	if name == "-" {
		return stream{d.stdin}, nil
	}
	return os.Stat(filepath.FromSlash(name))
}

func (d disk) ReadDir(name string) ([]fs.DirEntry, error) {
	return os.ReadDir(filepath.FromSlash(name))
}

// stream is the standard input as a file.
type stream struct{ r io.Reader }

func (s stream) Read(b []byte) (int, error) { return s.r.Read(b) }
func (stream) Close() error                 { return nil }
func (s stream) Stat() (fs.FileInfo, error) { return s, nil }
func (stream) Name() string                 { return "-" }
func (stream) Size() int64                  { return 0 }
func (stream) Mode() fs.FileMode            { return 0 }
func (stream) ModTime() time.Time           { return time.Time{} }
func (stream) IsDir() bool                  { return false }
func (stream) Sys() any                     { return nil }

// printDiff prints the corrected lines alone.
func (a *applications) printDiff(sys *Sys, out *sink, subjects []report.Subject) error {
	var b strings.Builder
	hidden := false
	for _, s := range subjects {
		for _, c := range s.Corrected {
			fmt.Fprintf(&b, "--- %s\n+++ %s\n%s\n", c.File, c.File, strings.Join(c.Diff, "\n"))
		}
		for _, ch := range s.Changes {
			hidden = hidden || ch.Hide
		}
	}
	if hidden {
		fmt.Fprintf(sys.Stderr, "maildoctor: %s stands for a secret; only --write carries it\n", settings.Kept)
	}
	if err := out.papers[0].text(b.String()); err != nil {
		return fmt.Errorf("write diff: %w", err)
	}
	out.settle(subjects)
	if status := out.status(subjects); status != exitOK {
		return exitError(status)
	}
	return nil
}

// writeAll writes the corrections into the files, each file once: several
// applications may stand in one.
func (a *applications) writeAll(sys *Sys) error {
	var all []settings.Correction
	for _, app := range a.apps {
		all = append(all, app.corrections...)
	}
	for _, c := range settings.Joined(all) {
		backup, err := writeFile(c)
		if err != nil {
			return err
		}
		fmt.Fprintf(sys.Stderr, "maildoctor: %s is corrected; the old text is in %s\n", c.File, backup)
	}
	return nil
}

// writeFile replaces a file by its correction: the old text is kept beside it,
// the new one comes under its name in one step, and neither happens where the
// file has changed since it was read.
func writeFile(c settings.Correction) (backup string, err error) {
	if c.File == settings.Stdin {
		return "", usage("--write cannot write into the standard input; name the file")
	}
	name, err := filepath.EvalSymlinks(c.File)
	if err != nil {
		return "", fmt.Errorf("--write: %w", err)
	}
	info, err := os.Stat(name)
	if err != nil {
		return "", fmt.Errorf("--write: %w", err)
	}
	now, err := os.ReadFile(name)
	if err != nil {
		return "", fmt.Errorf("--write: %w", err)
	}
	if string(now) != c.Was {
		return "", fmt.Errorf("--write: %s was changed meanwhile and is left alone; run maildoctor check again", c.File)
	}
	if backup, err = keep(name, now, info.Mode()); err != nil {
		return "", err
	}
	if err := replace(name, literal(c.Bytes), info); err != nil {
		return backup, fmt.Errorf("--write: %w", err)
	}
	return backup, nil
}

// keep writes the old text beside the file, under a name that is not taken.
func keep(name string, text []byte, mode fs.FileMode) (string, error) {
	for i := 0; ; i++ {
		backup := name + ".bak"
		if i > 0 {
			backup = fmt.Sprintf("%s.bak%d", name, i)
		}
		f, err := os.OpenFile(backup, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode.Perm())
		if os.IsExist(err) {
			continue
		}
		if err != nil {
			return "", fmt.Errorf("--write: %w", err)
		}
		_, err = f.Write(text)
		if e := f.Close(); err == nil {
			err = e
		}
		if err != nil {
			return "", fmt.Errorf("--write: %w", err)
		}
		return backup, nil
	}
}
