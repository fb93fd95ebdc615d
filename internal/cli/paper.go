package cli

import (
	"bufio"
	"cmp"
	"io"
	"os"

	"github.com/maildoctor/maildoctor/internal/render"
	"github.com/maildoctor/maildoctor/internal/report"
)

// paper is one report: its format, and what it is written to.
type paper struct {
	format render.Format
	w      io.Writer
	file   *os.File // to close; nil for the standard output

	lines *bufio.Writer // of a report that is written as results come; nil: it is not
}

// open opens what the reports are written to, the main one first.
func (o *output) open(sys *Sys) (*sink, error) {
	if err := o.twice(); err != nil {
		return nil, err
	}
	s := &sink{o: o, root: repository(sys)}
	main, _ := render.ByName(o.formats.main())
	s.papers = append(s.papers, &paper{format: main, w: sys.Stdout})
	if o.file != "" {
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

func (p *paper) create(flag, name string) error {
	file, err := os.Create(name)
	if err != nil {
		return usage("%s: %w", flag, err)
	}
	p.w, p.file = file, file
	return nil
}

// write has f write the whole paper.
func (p *paper) write(f func(io.Writer) error) error {
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

// text writes a text of ours in place of a report.
func (p *paper) text(s string) error {
	return p.write(func(w io.Writer) error { _, err := io.WriteString(w, s); return err })
}

// options are how a paper is written: colours go to the standard output alone,
// unless they are asked for.
func (s *sink) options(sys *Sys, p *paper) render.Options {
	width, is := terminal(p.w)
	return render.Options{
		Color: p.file == nil && sys.color(s.o.color.value, p.w) || s.o.color.value == "always",
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
