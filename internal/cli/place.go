package cli

import (
	"os"
	"path/filepath"

	"github.com/maildoctor/maildoctor/internal/report"
)

// place says of every finding where in the repository it is: at its own line,
// else in the file of the settings, else in the file of --sarif-file.
func (o *output) place(in repository, subjects []report.Subject) {
	for i := range subjects {
		for j := range subjects[i].Findings {
			f := &subjects[i].Findings[j]
			f.At = placeOf(subjects[i], *f)
			if f.At == nil && o.sarifFile != "" {
				f.At = &report.Place{File: o.sarifFile}
			}
			if f.At != nil {
				f.At.File = in.name(f.At.File)
			}
		}
	}
}

// placeOf is where a finding is; nil where that is in no file. What has a line
// is a file; a table of a database and the environment have none.
func placeOf(s report.Subject, f report.Finding) *report.Place {
	if o := f.Source; o != nil && (o.Line > 0 || regular(o.File)) {
		return &report.Place{File: o.File, Line: o.Line, Column: o.Column}
	}
	if s.Settings != nil && regular(s.Settings.File) {
		return &report.Place{File: s.Settings.File}
	}
	return nil
}

// repository names files as a CI system does: from the root that it names itself,
// where the file lies there; else from the nearest directory above the file with a
// .git; else from the working directory.
type repository struct {
	roots []string
	here  string
}

func newRepository(sys *Sys) repository {
	var r repository
	r.here, _ = os.Getwd()
	for _, name := range []string{"GITHUB_WORKSPACE", "CI_PROJECT_DIR"} {
		if dir := sys.Getenv(name); dir != "" {
			r.roots = append(r.roots, dir)
		}
	}
	return r
}

// name is a file from the root, with slashes; as it is where it lies elsewhere.
func (r repository) name(file string) string {
	full, err := filepath.Abs(file)
	if err != nil {
		return filepath.ToSlash(file)
	}
	for _, root := range append(r.roots[:len(r.roots):len(r.roots)], gitRoot(filepath.Dir(full)), r.here) {
		if rel, err := filepath.Rel(root, full); root != "" && err == nil && filepath.IsLocal(rel) {
			return filepath.ToSlash(rel)
		}
	}
	return filepath.ToSlash(file)
}

// gitRoot is the nearest directory with a .git, here or above; "" without one.
func gitRoot(here string) string {
	for dir := here; ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, ".git")); err == nil {
			return dir
		}
		if dir == filepath.Dir(dir) {
			return ""
		}
	}
}

func regular(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.Mode().IsRegular()
}
