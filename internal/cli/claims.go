package cli

import (
	"path/filepath"
	"strings"
)

// claim is a file that a flag reads or writes.
type claim struct {
	flag, file string
	reads      bool
}

// claims are the files of the reports and of the baseline.
func (o *output) claims() []claim {
	out := []claim{{flag: "--output", file: o.file}, {flag: "--baseline", file: o.project.baseline}}
	if o.project.file != nil {
		out = append(out, claim{"the project file", o.project.file.Name, true})
	}
	for _, f := range o.formats.files {
		out = append(out, claim{flag: "--format " + f.format, file: f.file})
	}
	return out
}

// read are the claims of arguments that are read.
func read(files []string) []claim {
	var out []claim
	for _, f := range files {
		out = append(out, claim{"what is read", f, true})
	}
	return out
}

// apart refuses two claims to one file, however it is spelled: one would be lost.
func apart(all []claim) error {
	seen := map[string]claim{}
	for _, c := range all {
		name := realName(c.file)
		if c.file == "" || c.file == "-" || strings.HasPrefix(name, "/dev/") {
			continue
		}
		if first, ok := seen[name]; ok && !(first.reads && c.reads) {
			return usage("%s and %s name the same file %q", first.flag, c.flag, c.file)
		}
		seen[name] = c
	}
	return nil
}

// realName is the one name of a file, without links; one that is not there yet has
// a directory that is.
func realName(name string) string {
	full, err := filepath.Abs(name)
	if err != nil {
		return filepath.Clean(name)
	}
	if name, err := filepath.EvalSymlinks(full); err == nil {
		return name
	}
	if dir, err := filepath.EvalSymlinks(filepath.Dir(full)); err == nil {
		return filepath.Join(dir, filepath.Base(full))
	}
	return full
}
