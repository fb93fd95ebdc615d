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

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/maildoctor/maildoctor/internal/project"
	"github.com/maildoctor/maildoctor/internal/render"
	"github.com/maildoctor/maildoctor/internal/report"
)

// maxProject bounds what is read as a project file, maxBaseline what as a
// baseline: ten thousand findings are 3 MiB.
const (
	maxProject  = 1 << 20
	maxBaseline = 64 << 20
)

// projectOptions are the flags of the project file and of the baseline, and what
// was read by them.
type projectOptions struct {
	config        string
	noConfig      bool
	baseline      string
	writeBaseline bool

	file  *project.File // nil: none
	dir   string        // of the file, as seen from here
	known *project.Baseline
	paper *paper // of the baseline to write
	today string
	root  repository
}

func (o *projectOptions) add(c *cobra.Command) {
	f := c.Flags()
	f.StringVar(&o.config, "config", "", "read the project `FILE` in place of "+project.Name+" here or above, up to the root of the repository")
	f.BoolVar(&o.noConfig, "no-config", false, "read no project file")
	f.StringVar(&o.baseline, "baseline", "", "findings in `FILE` do not count, unless they are worse now")
	f.BoolVar(&o.writeBaseline, "write-baseline", false, "write what is found into the baseline, that of --baseline or of the project file; what it knows of other subjects stays")
}

// load reads the project file and the baseline, and takes over from the file what
// no flag says. Nothing is contacted before it.
func (o *output) load(sys *Sys, flags *pflag.FlagSet) error {
	p := &o.project
	p.today, p.root = sys.Now().Format(time.DateOnly), newRepository(sys)
	name, err := p.find()
	if err != nil {
		return err
	}
	if name != "" {
		if err := p.read(name); err != nil {
			return err
		}
	}
	// explain tells what a text means, and is no gate unless it is asked to be.
	if own := flags.Lookup("fail-on"); p.file != nil && p.file.FailOn != "" && !own.Changed && own.DefValue == string(report.Error) {
		o.failOn.value = p.file.FailOn
	}
	return p.openBaseline()
}

// find is the project file: the one that was named, else the nearest one from here
// up to the root of the repository. Outside of a repository only this directory is
// looked at: what stands above may be anybody's. "" is none.
func (o *projectOptions) find() (string, error) {
	switch {
	case o.config != "" && o.noConfig:
		return "", usage("--config names a project file and --no-config wants none; give one of the two")
	case o.noConfig:
		return "", nil
	case o.config != "":
		return o.config, nil
	}
	for _, dir := range upToRoot() {
		if name, err := projectFile(dir); name != "" || err != nil {
			return name, err
		}
	}
	return "", nil
}

// upToRoot are this directory and those above it up to the root of the repository,
// as seen from here; outside of one this directory alone.
func upToRoot() []string {
	here, err := os.Getwd()
	if err != nil {
		return nil
	}
	out := []string{"."}
	root := gitRoot(here)
	for dir, up := here, "."; root != "" && dir != root; dir = filepath.Dir(dir) {
		up = filepath.Join(up, "..")
		out = append(out, up)
	}
	return out
}

// projectFile is the project file of a directory, "" where there is none. One
// that is called otherwise by mistake would be passed over in silence.
func projectFile(dir string) (string, error) {
	name := filepath.Join(dir, project.Name)
	if _, err := os.Lstat(name); err == nil {
		return name, nil
	}
	other := strings.TrimSuffix(name, ".yaml") + ".yml"
	if _, err := os.Lstat(other); err == nil {
		return "", usage("%s is not read; call it %s, or give --config %s or --no-config", other, project.Name, other)
	}
	return "", nil
}

func (o *projectOptions) read(name string) error {
	text, err := readText(name, maxProject)
	if err != nil {
		return usage("read the project file: %w", err)
	}
	o.file, err = project.Read(filepath.ToSlash(name), text, didYouMean)
	if err != nil {
		return usageError{err}
	}
	o.dir = filepath.Dir(name)
	return nil
}

// readText reads a regular file of so many bytes at most.
func readText(name string, limit int64) (string, error) {
	f, err := disk{}.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err == nil && int64(len(text)) > limit {
		err = fmt.Errorf("%s is over %d MiB", name, limit>>20)
	}
	return string(text), err
}

// below is a file that the project file names, as seen from here.
func (o *projectOptions) below(name string) string {
	name = filepath.FromSlash(name)
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(o.dir, name)
}

// openBaseline reads the baseline, where there is one, and makes sure that it can
// be written, where it is to be.
func (o *projectOptions) openBaseline() error {
	at := "--baseline"
	if o.baseline == "" && o.file != nil && o.file.Baseline != "" {
		at = fmt.Sprintf("%s:%d:%d", o.file.Name, o.file.At.Line, o.file.At.Column)
		o.baseline = o.below(o.file.Baseline)
	}
	if o.baseline == "" {
		if o.writeBaseline {
			return usage("--write-baseline does not know which file to write; add --baseline FILE")
		}
		return nil
	}
	text, err := readText(o.baseline, maxBaseline)
	switch {
	case errors.Is(err, fs.ErrNotExist) && o.writeBaseline:
	case errors.Is(err, fs.ErrNotExist):
		return usage("%s: there is no %s; add --write-baseline to write it from this run", at, o.baseline)
	case err != nil:
		return usage("%s: %w", at, err)
	case o.writeBaseline && strings.TrimSpace(text) == "": // nothing is known yet
	default:
		if o.known, err = project.ReadBaseline(filepath.ToSlash(o.baseline), text); err != nil {
			return usageError{err}
		}
	}
	if !o.writeBaseline {
		return nil
	}
	o.paper = &paper{}
	return o.paper.create("--write-baseline", o.baseline)
}

// waivers are what keeps findings of this run from counting.
func (o *projectOptions) waivers() project.Waivers {
	return project.Waivers{File: o.file, Baseline: o.known, Today: o.today, Path: o.path, Clean: render.Clean}
}

// path is a file as the project calls it, wherever the run was started. What is no
// file, such as the environment, keeps its name.
func (o *projectOptions) path(name string) string {
	if _, err := os.Stat(name); err != nil {
		return name
	}
	return o.root.name(name)
}

// name is the project file that was used.
func (o *projectOptions) name() string {
	if o.file == nil {
		return ""
	}
	return o.file.Name
}

// settle makes of findings those that are reported, and of these those that count:
// what --only and --skip leave out goes, each gets its fingerprint, and what is
// waived is marked. Every judgement on a run is made of settled findings.
func (s *sink) settle(subjects []report.Subject) (ended []project.Rule) {
	s.leaveOut(subjects)
	report.AddFingerprints(subjects, s.o.project.path)
	ended = s.o.project.waivers().Apply(subjects)
	report.Retell(subjects)
	return ended
}

// accept writes the baseline from this run, and has its findings not count, unless
// the run is not whole.
func (s *sink) accept(sys *Sys, subjects []report.Subject, whole bool) error {
	o := &s.o.project
	switch {
	case !o.writeBaseline:
		s.gone(sys, subjects)
		return nil
	case !whole:
		fmt.Fprintf(sys.Stderr, "maildoctor: %s is left as it was: the run was not complete\n", o.baseline)
		return nil
	}
	b := o.waivers().Accept(filepath.ToSlash(o.baseline), subjects)
	text, err := b.Text()
	if err == nil {
		err = o.paper.text(string(text))
	}
	if err != nil {
		return fmt.Errorf("write baseline: %w", err)
	}
	fmt.Fprintf(sys.Stderr, "maildoctor: %s holds %d %s\n", o.baseline, len(b.Findings), render.Plural(len(b.Findings), "finding", "findings"))
	return nil
}

// gone says how many findings of the baseline are there no more.
func (s *sink) gone(sys *Sys, subjects []report.Subject) {
	o := &s.o.project
	if n := len(o.waivers().Gone(subjects)); n > 0 {
		fmt.Fprintf(sys.Stderr, "maildoctor: %d %s; --write-baseline takes %s out of %s\n", n,
			render.Plural(n, "known finding is gone", "known findings are gone"), render.Plural(n, "it", "them"), o.baseline)
	}
}

// late says which rules of the project file have ended, though they are needed.
func (o *projectOptions) late(sys *Sys, ended []project.Rule) {
	for _, r := range ended {
		fmt.Fprintf(sys.Stderr, "maildoctor: %s:%d:%d: the rule for %s ended on %s, and its findings count again\n", o.file.Name, r.Line, r.Column, r.ID, r.Until)
	}
}
