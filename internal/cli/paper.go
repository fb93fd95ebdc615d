package cli

import (
	"bufio"
	"cmp"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/maildoctor/maildoctor/internal/render"
	"github.com/maildoctor/maildoctor/internal/report"
)

// paper is one report: its format, and where it goes: to a stream that is open, or
// under a name, whole, once it is written.
type paper struct {
	format render.Format
	w      io.Writer
	file   *os.File // w, where it is to be closed; nil for the standard output
	name   string   // "": it goes to w

	lines *bufio.Writer // of a report that is written as results come; nil: it is not
}

// open opens what the reports are written to, the main one first. The others are
// files that the command reads or writes beside them.
func (o *output) open(sys *Sys, others ...claim) (*sink, error) {
	if err := apart(append(o.claims(), others...)); err != nil {
		return nil, err
	}
	s := &sink{o: o, root: newRepository(sys)}
	main, _ := render.ByName(o.formats.main())
	s.papers = append(s.papers, &paper{format: main, w: sys.Stdout})
	if o.file != "" && o.file != "-" {
		if err := s.papers[0].create("--output", o.file); err != nil {
			return nil, err
		}
	}
	for _, f := range o.formats.files {
		format, _ := render.ByName(f.format)
		p := &paper{format: format}
		if err := p.create("--format "+f.format, f.file); err != nil {
			return nil, err
		}
		s.papers = append(s.papers, p)
	}
	return s, nil
}

// create makes sure, before anything is contacted, that the paper can be written. A
// regular file, or one that is not there yet, keeps what it has until the report is
// whole: who collects reports, such as a node exporter, never reads half of one. One
// that is written line by line is there to be read meanwhile.
func (p *paper) create(flag, name string) error {
	if file, ok := ordinary(name); ok && !p.format.Lines {
		err := replaceable(file)
		if err == nil {
			p.w, p.name = nil, file
			return nil
		}
		if _, gone := os.Stat(file); gone != nil {
			return usage("%s: %w", flag, named(name, err))
		}
	}
	file, err := os.Create(name)
	if err != nil {
		return usage("%s: %w", flag, err)
	}
	p.w, p.file = file, file
	return nil
}

// replaceable tries what replace does, and leaves nothing behind: a file that may
// not be written is not to be replaced, and one may be put beside it.
func replaceable(name string) error {
	f, err := os.OpenFile(name, os.O_WRONLY, 0)
	if err == nil {
		f.Close()
	}
	if err != nil && !os.IsNotExist(err) {
		return err
	}
	if f, err = beside(name, 0o600); err != nil {
		return err
	}
	f.Close()
	return os.Remove(f.Name())
}

// named tells an error of a file beside the one that was typed as its own.
func named(name string, err error) error {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return &fs.PathError{Op: e.Op, Path: name, Err: e.Err}
	}
	return err
}

// maxLinks is how many symbolic links lead to a file at most, as in Linux.
const maxLinks = 40

// ordinary follows the links to a regular file, or to one that is not there yet. It
// is false for devices and pipes, and for the names of open files such as
// /dev/stdout: what stands behind those is not to be replaced, even where a shell
// has put a regular file there.
func ordinary(name string) (string, bool) {
	for range maxLinks {
		dir, err := filepath.EvalSymlinks(filepath.Dir(name))
		if err != nil || ofOpenFiles(dir) {
			return "", false
		}
		name = filepath.Join(dir, filepath.Base(name))
		info, err := os.Lstat(name)
		if os.IsNotExist(err) {
			return name, true
		}
		if err != nil || info.Mode()&fs.ModeSymlink == 0 {
			return name, err == nil && info.Mode().IsRegular()
		}
		to, err := os.Readlink(name)
		if err != nil {
			return "", false
		}
		if !filepath.IsAbs(to) {
			to = filepath.Join(dir, to)
		}
		name = to
	}
	return "", false
}

// ofOpenFiles reports whether the names in a directory are those of open files.
func ofOpenFiles(dir string) bool {
	return dir == "/dev" || dir == "/dev/fd" || strings.HasPrefix(dir, "/proc/")
}

// write has f write the whole paper.
func (p *paper) write(f func(io.Writer) error) error {
	if p.name != "" {
		return p.place(f)
	}
	w := bufio.NewWriter(p.w)
	err := cmp.Or(f(w), w.Flush())
	if p.file != nil {
		err = cmp.Or(err, p.file.Close())
	}
	return err
}

// stream has f write more of a paper whose lines are written as they come.
func (p *paper) stream(f func(io.Writer) error) error {
	if p.lines == nil {
		p.lines = bufio.NewWriter(p.w)
	}
	return cmp.Or(f(p.lines), p.lines.Flush())
}

// end writes the last line of such a paper.
func (p *paper) end(rep report.Report) error {
	err := p.stream(func(w io.Writer) error { return render.NDJSONEnd(w, rep) })
	if p.file != nil {
		err = cmp.Or(err, p.file.Close())
	}
	return err
}

// place has f write the whole paper, and puts it under its name. A file that is
// mounted by itself, as into a container, cannot be replaced, and is written anew.
func (p *paper) place(f func(io.Writer) error) error {
	was, err := os.Stat(p.name)
	if err != nil {
		was = nil
	}
	err = replace(p.name, f, was)
	if _, ok := errors.AsType[*os.LinkError](err); !ok || was == nil {
		return err
	}
	anew, err := os.Create(p.name)
	if err != nil {
		return err
	}
	return (&paper{w: anew, file: anew}).write(f)
}

// text writes a text of ours in place of a report.
func (p *paper) text(s string) error {
	return p.write(literal(s))
}

// literal writes a text as it is.
func literal(s string) func(io.Writer) error {
	return func(w io.Writer) error { _, err := io.WriteString(w, s); return err }
}

// options are how a paper is written: colours go to the standard output alone,
// unless they are asked for.
func (s *sink) options(sys *Sys, p *paper) render.Options {
	width, is := terminal(p.w)
	standard := p.file == nil && p.name == ""
	return render.Options{
		Color: standard && sys.color(s.o.color.value, p.w) || s.o.color.value == "always",
		Width: width, Verbose: s.o.verbose, Written: s.written, Plain: s.o.plain || is && sys.Getenv("TERM") == "dumb",
	}
}

// page writes a page of the catalogue in every form that was asked for.
func (s *sink) page(sys *Sys, page report.Page) error {
	for _, p := range s.papers {
		if err := p.write(func(w io.Writer) error { return p.format.Page(w, page, s.options(sys, p)) }); err != nil {
			return err
		}
	}
	return nil
}
