package cli

import (
	"bytes"
	"cmp"
	"context"
	"io"
	"runtime/debug"
	"slices"
	"strings"
	"sync"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/project"
	"github.com/maildoctor/maildoctor/internal/render"
	"github.com/maildoctor/maildoctor/internal/report"
)

// manyOptions are the flags of a run over many targets.
type manyOptions struct {
	from   string
	jobs   int
	resume string
}

const (
	defaultJobs = 64
	maxJobs     = 1024

	// gcPercent trades memory for time where nothing is kept: all that
	// conversations make is thrown away.
	gcPercent = 400
)

func (o *manyOptions) add(c *cobra.Command) {
	f := c.Flags()
	f.StringVarP(&o.from, "file", "f", "", "look at the targets in `FILE`, one a line; - is the standard input")
	f.IntVarP(&o.jobs, "jobs", "j", defaultJobs, "with -f, look at `N` endpoints side by side")
	f.StringVar(&o.resume, "resume", "", "with -f, note in `FILE` what is done, and leave out what stands there already")
}

func (o *probeOptions) validateMany(args []string, flags *pflag.FlagSet) error {
	switch {
	case o.many.from == "" && (o.many.resume != "" || flags.Changed("jobs")):
		return usage("--jobs and --resume are for many targets; add -f FILE")
	case o.many.from == "":
		return nil
	case len(args) > 0:
		return usage("the targets come from %q or from the command line, not from both", o.many.from)
	case o.many.jobs < 1 || o.many.jobs > maxJobs:
		return usage("--jobs %d is not from 1 to %d", o.many.jobs, maxJobs)
	case o.wait > 0:
		return usage("--wait is for one server; leave it out with -f")
	case o.account.asked() || o.envelope.from != "" || len(o.envelope.to) > 0:
		return usage("a login or an envelope is for one server; leave them out with -f")
	case o.many.resume != "" && o.record != "":
		return usage("--record holds the evidence of one run, and --resume makes one of several; give one of the two")
	}
	return o.onlyWriter(o.many.resume, "--resume")
}

// many is a run over many targets.
type many struct {
	*job
	o       *probeOptions
	e       *examination
	visits  []visit
	journal *journal
	bar     *bar
	keeps   bool // some report is written at the end, of all subjects

	mu       sync.Mutex
	tally    report.Tally
	outcomes interned
	subjects [][]report.Subject // by target
	cases    [][]evidence.Case  // by target, for --record
	earlier  int
	looked   int
	ended    []project.Rule // of the project file, though they are needed
	exit     int
	failed   error
}

func runMany(ctx context.Context, sys *Sys, o *probeOptions, flags *pflag.FlagSet) error {
	targets, err := readTargets(sys, o.many.from)
	if err != nil {
		return err
	}
	expect, err := o.expected(flags, false)
	if err != nil {
		return err
	}
	if err := o.load(sys, flags); err != nil {
		return err
	}
	if targets, err = o.targets(targets); err != nil {
		return err
	}
	all, err := o.visits(targets, visit{}, expect, flags)
	if err != nil {
		return err
	}
	way, err := o.network.open(sys)
	if err != nil {
		return err
	}
	j, err := begin(ctx, sys, &o.output, &o.network, o.record, run{command: "probe", flags: flags, here: way.here})
	if err != nil {
		return err
	}
	defer j.close()
	m := &many{job: j, o: o, e: o.examination(sys, way), visits: all, subjects: make([][]report.Subject, len(all)), cases: make([][]evidence.Case, len(all))}
	m.e.allPorts, m.e.few, m.e.enter = o.allPorts, !o.deep, newPoliteness().enter
	m.e.progress = &progress{sys: sys} // silent: the bar says how far it is
	return m.run()
}

// run looks at every target and writes the reports.
func (m *many) run() error {
	if err := m.open(); err != nil {
		return err
	}
	if !m.keeps {
		defer debug.SetGCPercent(debug.SetGCPercent(gcPercent))
	}
	ctx, cancel := context.WithCancel(m.ctx)
	defer cancel()
	next := make(chan int)
	go func() {
		defer close(next)
		for i := range m.visits {
			select {
			case next <- i:
			case <-ctx.Done():
				return
			}
		}
	}()
	places := make(chan struct{}, m.o.many.jobs)
	sideBySide(min(m.o.many.jobs, len(m.visits)), func(int) {
		for i := range next {
			if m.one(ctx, i, places) != nil {
				cancel()
			}
		}
	})
	m.bar.clear()
	return m.finish()
}

// open reads what an earlier run has done, and begins the reports that are
// written as the results come.
func (m *many) open() error {
	if m.o.many.resume != "" {
		question := m.out.report(m.sys, m.job.run, nil)
		question.Run.CommandLine = arguments(m.job.run, "file", "jobs", "resume", "format", "output", "color", "verbose", "plain", "fail-on")
		var err error
		if m.journal, err = openJournal(m.o.many.resume, question); err != nil {
			return err
		}
	}
	m.keeps = m.o.project.writeBaseline
	for _, p := range m.out.papers {
		if !p.format.Lines {
			m.keeps = true
			continue
		}
		if err := p.stream(func(w io.Writer) error { return render.NDJSONRun(w, m.out.report(m.sys, m.job.run, nil)) }); err != nil {
			return err
		}
	}
	m.bar = newBar(m.sys, len(m.visits), m.o.plain)
	return nil
}

// one looks at one target, unless that was done before.
func (m *many) one(ctx context.Context, i int, places chan struct{}) error {
	v := m.visits[i]
	if m.journal != nil {
		if done := m.journal.done[v.Typed]; done != nil {
			return m.take(i, done, nil, true)
		}
	}
	cases := m.e.one(ctx, v, places)
	subjects := judgeAll(cases)
	if ctx.Err() != nil && cut(subjects) {
		return nil // the end of the run cut it: it counts as not looked at, and the next run looks again
	}
	return m.take(i, subjects, cases, false)
}

// take counts what was seen of a target, and writes and keeps what is wanted.
func (m *many) take(i int, subjects []report.Subject, cases []evidence.Case, earlier bool) error {
	ended := m.out.settle(subjects)
	m.out.o.place(m.out.root, subjects)
	m.slim(subjects)
	lines, err := m.lines(m.visits[i].Typed, subjects, earlier)
	m.mu.Lock()
	defer m.mu.Unlock()
	m.failed = cmp.Or(m.failed, err)
	m.ended = append(m.ended, ended...)
	for _, p := range m.out.papers {
		if p.format.Lines && !earlier {
			m.bar.clear()
			m.failed = cmp.Or(m.failed, p.stream(func(w io.Writer) error { _, err := w.Write(lines); return err }))
		}
	}
	if !earlier && !cut(subjects) {
		m.failed = cmp.Or(m.failed, m.journal.add(m.visits[i].Typed, subjects))
	}
	m.count(subjects, earlier)
	if m.keeps {
		m.outcomes.share(subjects)
		m.subjects[i] = subjects
	}
	if m.o.record != "" {
		m.cases[i] = cases
	}
	m.bar.step()
	return m.failed
}

// lines are the subjects of a target as NDJSON.
func (m *many) lines(typed string, subjects []report.Subject, earlier bool) ([]byte, error) {
	var b bytes.Buffer
	if earlier {
		return nil, nil
	}
	for i := range subjects {
		l := render.Line{Target: typed, Part: i + 1, Of: len(subjects), Subject: &subjects[i]}
		if err := render.NDJSONSubject(&b, l, render.Options{Verbose: m.o.verbose}); err != nil {
			return nil, err
		}
	}
	return b.Bytes(), nil
}

// count adds up what the exit status and the summary say.
func (m *many) count(subjects []report.Subject, earlier bool) {
	m.looked++
	if earlier {
		m.earlier++
	}
	m.exit = max(m.exit, m.out.status(subjects))
	if cut(subjects) {
		m.exit = max(m.exit, exitFindings)
	}
	for _, s := range subjects {
		m.tally.Add(s)
	}
}

// slim drops what the reports of many targets do not show: with thousands of
// them, the transcripts alone would fill the memory.
func (m *many) slim(subjects []report.Subject) {
	if m.o.verbose {
		return
	}
	for i := range subjects {
		subjects[i].Sessions, subjects[i].Lookups = nil, nil
		if subjects[i].Use != nil {
			subjects[i].Use.Apps = nil
		}
	}
}

// finish writes what is written at the end.
func (m *many) finish() error {
	if m.failed == nil {
		m.failed = m.journal.close()
	}
	if m.failed != nil {
		return m.failed
	}
	summary := m.tally.Summary()
	summary.Targets, summary.Earlier, summary.Left, summary.Took = m.looked, m.earlier, len(m.visits)-m.looked, m.sys.Now().Sub(m.started)
	m.summary = &summary
	m.job.exit = func(findings int) int {
		if summary.Left > 0 {
			findings = max(findings, exitFindings)
		}
		if !m.keeps {
			findings = max(findings, m.exit)
		}
		return findings
	}
	var cases []evidence.Case
	for _, c := range m.cases {
		cases = append(cases, c...)
	}
	var subjects []report.Subject
	for _, s := range m.subjects {
		subjects = append(subjects, s...)
	}
	if !m.keeps {
		m.o.project.late(m.sys, distinct(m.ended))
	}
	notRecorded := m.rec.write(m.sys, m.command, cases)
	return cmp.Or(notRecorded, m.out.write(m.ctx, m.sys, m.job.run, subjects))
}

// distinct are the rules, each once.
func distinct(rules []project.Rule) []project.Rule {
	var out []project.Rule
	for _, r := range rules {
		if !slices.Contains(out, r) {
			out = append(out, r)
		}
	}
	return out
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
