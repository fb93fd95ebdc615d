package cli

import (
	"bytes"
	"cmp"
	"io"
	"slices"
	"strings"
	"sync"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/project"
	"github.com/maildoctor/maildoctor/internal/render"
	"github.com/maildoctor/maildoctor/internal/report"
)

// collection is what a run over many targets has seen: counted, written at once
// where a report is written line by line, and kept for the others.
type collection struct {
	job     *job
	verbose bool
	keeps   bool // some report is written at the end, of all subjects
	lined   bool // some report is written line by line
	records bool

	mu       sync.Mutex
	tally    report.Tally
	outcomes interned
	subjects [][]report.Subject // by target
	cases    [][]evidence.Case  // by target, for --record
	earlier  int
	looked   int
	ended    []project.Rule // of the project file, though they are needed
	exit     int
	cut      bool
}

// result is what was seen of one target.
type result struct {
	target   string // as it was typed
	subjects []report.Subject
	cases    []evidence.Case
	earlier  bool // by a run that this one goes on with
	partial  bool // the end of the run cut it: it is shown, and counts as not looked at
}

func newCollection(j *job, o *probeOptions, targets int) *collection {
	c := &collection{job: j, verbose: o.verbose, records: o.record != "", keeps: o.project.writeBaseline}
	for _, p := range j.out.papers {
		c.lined = c.lined || p.format.Lines
		c.keeps = c.keeps || !p.format.Lines
	}
	if c.keeps {
		c.subjects = make([][]report.Subject, targets)
	}
	if c.records {
		c.cases = make([][]evidence.Case, targets)
	}
	return c
}

// streams reports whether all that is seen is written at once, and nothing kept.
func (c *collection) streams() bool { return !c.keeps && !c.records }

// begin writes the first line of reports that have lines.
func (c *collection) begin() error {
	head := c.job.out.report(c.job.sys, c.job.run, nil)
	return c.write(func(w io.Writer) error { return render.NDJSONRun(w, head) })
}

// write writes more of each report that has lines.
func (c *collection) write(f func(io.Writer) error) error {
	var failed error
	for _, p := range c.job.out.papers {
		if p.format.Lines {
			failed = cmp.Or(failed, p.stream(f))
		}
	}
	return failed
}

// take counts what was seen of a target, and writes and keeps what is wanted.
// clear makes place on the terminal before something is written.
func (c *collection) take(i int, r result, clear func()) error {
	ended := c.job.out.settle(r.subjects)
	c.job.out.o.place(c.job.out.root, r.subjects)
	c.slim(r.subjects)
	lines, err := c.lines(r)
	if err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.count(r, ended)
	if c.keeps {
		c.outcomes.share(r.subjects)
		c.subjects[i] = r.subjects
	}
	if c.records {
		c.cases[i] = r.cases
	}
	if len(lines) == 0 {
		return nil
	}
	clear()
	return c.write(func(w io.Writer) error { _, err := w.Write(lines); return err })
}

// lines are the subjects of a target as NDJSON, where somebody wants them.
func (c *collection) lines(r result) ([]byte, error) {
	if !c.lined {
		return nil, nil
	}
	return lines(render.Line{Target: r.target}, r.subjects, render.Options{Verbose: c.verbose})
}

// lines are subjects as NDJSON; each line is like the one given.
func lines(like render.Line, subjects []report.Subject, o render.Options) ([]byte, error) {
	var b bytes.Buffer
	for i := range subjects {
		like.Part, like.Of, like.Subject = i+1, len(subjects), &subjects[i]
		if err := render.NDJSONSubject(&b, like, o); err != nil {
			return nil, err
		}
	}
	return b.Bytes(), nil
}

// count adds up what the exit status and the summary say.
func (c *collection) count(r result, ended []project.Rule) {
	c.cut = c.cut || cut(r.subjects)
	if r.partial {
		return
	}
	c.looked++
	if r.earlier {
		c.earlier++
	}
	c.exit = max(c.exit, c.job.out.status(r.subjects))
	for _, s := range r.subjects {
		c.tally.Add(s)
	}
	for _, e := range ended {
		if !slices.Contains(c.ended, e) {
			c.ended = append(c.ended, e)
		}
	}
}

// slim drops what the reports of many targets do not show: with thousands of
// them, the transcripts alone would fill the memory.
func (c *collection) slim(subjects []report.Subject) {
	if c.verbose {
		return
	}
	for i := range subjects {
		subjects[i].Sessions, subjects[i].Lookups = nil, nil
		if subjects[i].Use != nil {
			subjects[i].Use.Apps = nil
		}
	}
}

// finish writes what is written at the end, of a run over so many targets.
func (c *collection) finish(targets int) error {
	summary := c.tally.Summary()
	summary.Targets, summary.Earlier, summary.Left, summary.Took = c.looked, c.earlier, targets-c.looked, c.job.sys.Now().Sub(c.job.started)
	r := c.job.run
	r.summary, r.cut = &summary, c.cut || summary.Left > 0
	if !c.keeps { // else the subjects say it
		r.exit = func(int) int { return c.exit }
		c.job.out.o.project.late(c.job.sys, c.ended)
	}
	notRecorded := c.job.rec.write(c.job.sys, r.command, slices.Concat(c.cases...))
	return cmp.Or(notRecorded, c.job.out.write(c.job.ctx, c.job.sys, r, slices.Concat(c.subjects...)))
}

// interned shares lists of outcomes: servers that are alike have the same ones.
type interned map[string][]report.Outcome

func (all *interned) share(subjects []report.Subject) {
	for i := range subjects {
		var b strings.Builder
		for _, o := range subjects[i].Outcomes {
			b.WriteString(o.Check + "\x00" + string(o.Status) + "\x00" + o.Reason + "\x00")
		}
		if *all == nil {
			*all = interned{}
		}
		if same, ok := (*all)[b.String()]; ok {
			subjects[i].Outcomes = same
			continue
		}
		(*all)[b.String()] = subjects[i].Outcomes
	}
}
