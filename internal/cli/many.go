package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"strconv"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
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
	o.jobs = defaultJobs
	f.VarP(&jobs{&o.jobs}, "jobs", "j", "with -f, look at `N` endpoints side by side")
	f.StringVar(&o.resume, "resume", "", "with -f, note in `FILE` what is done, and leave out what stands there already")
}

// jobs is a number of things to do side by side.
type jobs struct{ to *int }

func (j *jobs) Type() string { return "N" }
func (j *jobs) String() string {
	if j.to == nil {
		return ""
	}
	return strconv.Itoa(*j.to)
}
func (j *jobs) Set(s string) error {
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 || n > maxJobs {
		return fmt.Errorf("%q is no number from 1 to %d", s, maxJobs)
	}
	*j.to = n
	return nil
}

func (o *probeOptions) validateMany(args []string, flags *pflag.FlagSet) error {
	switch {
	case o.many.from == "" && (o.many.resume != "" || flags.Changed("jobs")):
		return usage("--jobs and --resume are for many targets; add -f FILE")
	case o.many.from == "":
		return nil
	case len(args) > 0:
		return usage("the targets come from %q or from the command line, not from both", o.many.from)
	case o.wait > 0:
		return usage("--wait is for one server; leave it out with -f")
	case o.account.asked() || o.envelope.from != "" || len(o.envelope.to) > 0:
		return usage("a login or an envelope is for one server; leave them out with -f")
	case o.many.resume != "" && o.record != "":
		return usage("--record holds the evidence of one run, and --resume makes one of several; give one of the two")
	}
	return nil
}

// many is a run over many targets.
type many struct {
	*job
	o       *probeOptions
	e       *examination
	visits  []visit
	journal *journal
	all     *collection
	bar     *bar
}

func runMany(ctx context.Context, sys *Sys, o *probeOptions, flags *pflag.FlagSet) error {
	targets, err := readTargets(sys, o.many.from)
	if err != nil {
		return err
	}
	visits, way, err := o.plan(sys, targets, flags)
	if err != nil {
		return err
	}
	r := run{command: "probe", flags: flags, here: way.here}
	done, err := readJournal(sys, o.many.resume, o.failOn.value, r)
	if err != nil {
		return err
	}
	j, err := begin(ctx, sys, &o.output, &o.network, o.record, r, claim{"-f", o.many.from, true}, claim{flag: "--resume", file: o.many.resume})
	if err != nil {
		return err
	}
	defer j.close()
	m := &many{job: j, o: o, e: o.examination(sys, way), visits: visits, journal: done, all: newCollection(j, o, len(visits))}
	m.e.allPorts, m.e.few, m.e.enter = o.allPorts, !o.deep, newPoliteness().enter
	m.e.progress = &progress{sys: sys} // silent: the bar says how far it is
	return m.run()
}

// run looks at every target and writes the reports, as far as they can be.
func (m *many) run() error {
	failed := cmp.Or(m.journal.open(m.started), m.all.begin())
	if failed == nil {
		if m.all.streams() && m.sys.Getenv("GOGC") == "" {
			defer debug.SetGCPercent(debug.SetGCPercent(gcPercent))
		}
		m.bar = newBar(m.sys, len(m.visits)-m.journal.count(m.visits), m.o.plain)
		failed = m.look()
		m.bar.end()
	}
	failed = cmp.Or(failed, m.journal.close())
	err := m.all.finish(len(m.visits))
	return cmp.Or(failed, err)
}

// look makes the visits, so many at a time, until all are made or one of its
// results cannot be written.
func (m *many) look() error {
	ctx, cancel := context.WithCancelCause(m.ctx)
	defer cancel(nil)
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
		defer func() {
			if p := recover(); p != nil {
				cancel(nil) // the others end soon, and Main tells
				panic(p)
			}
		}()
		for i := range next {
			if err := m.one(ctx, i, places); err != nil {
				cancel(err)
			}
		}
	})
	if m.ctx.Err() != nil && errors.Is(context.Cause(ctx), m.ctx.Err()) {
		return nil // interrupted, or over its time: the report says so
	}
	return context.Cause(ctx)
}

// one looks at one target, unless that was done before.
func (m *many) one(ctx context.Context, i int, places chan struct{}) error {
	v := m.visits[i]
	if done := m.journal.take(v); done != nil {
		return m.all.take(i, result{target: v.Typed, subjects: done, earlier: true}, m.bar.clear)
	}
	cases := m.e.one(ctx, v, places)
	subjects := judgeAll(cases)
	partial := ctx.Err() != nil && cut(subjects) // by the end of the run
	err := m.all.take(i, result{target: v.Typed, subjects: subjects, cases: cases, partial: partial}, m.bar.clear)
	if !cut(subjects) {
		err = cmp.Or(err, m.journal.add(v, subjects))
	}
	m.bar.step()
	return err
}
