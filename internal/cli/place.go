package cli

import (
	"cmp"
	"os"
	"path/filepath"

	"github.com/maildoctor/maildoctor/internal/report"
)

// place says of every finding where in the repository it is: at its own line,
// else in the file of the settings, else in the file of --sarif-file.
func (o *output) place(root string, subjects []report.Subject) {
	for i := range subjects {
		for j := range subjects[i].Findings {
			f := &subjects[i].Findings[j]
			f.At = placeOf(subjects[i], *f)
			if f.At == nil && o.sarifFile != "" {
				f.At = &report.Place{File: o.sarifFile}
			}
			if f.At != nil {
				f.At.File = fromRoot(root, f.At.File)
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

// repository is the directory that a CI system takes for the root: what it says
// itself, else the nearest one with a .git, else the working directory.
func repository(sys *Sys) string {
	here, err := os.Getwd()
	if err != nil {
		return ""
	}
	for _, name := range []string{"GITHUB_WORKSPACE", "CI_PROJECT_DIR"} {
		if dir := sys.Getenv(name); dir != "" && holds(dir, here) {
			return dir
		}
	}
	return cmp.Or(gitRoot(here), here)
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

func holds(dir, here string) bool {
	rel, err := filepath.Rel(dir, here)
	return err == nil && filepath.IsLocal(rel)
}

// fromRoot is a file from the root, with slashes; as it is where it lies elsewhere.
func fromRoot(root, file string) string {
	full, err := filepath.Abs(file)
	if err != nil || root == "" {
		return filepath.ToSlash(file)
	}
	rel, err := filepath.Rel(root, full)
	if err != nil || !filepath.IsLocal(rel) {
		return filepath.ToSlash(file)
	}
	return filepath.ToSlash(rel)
}

func regular(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.Mode().IsRegular()
}
