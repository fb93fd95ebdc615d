package cli

import (
	"cmp"
	"context"

	"github.com/maildoctor/maildoctor/internal/evidence"
)

// job is a command that looks, from the moment that nothing is wrong with what was
// typed: where its findings go, and for how long it looks.
type job struct {
	run
	sys   *Sys
	ctx   context.Context
	out   *sink
	rec   recorder
	close func() // gives back what begin took
}

// begin opens what is written to; others are the files that the command reads or
// writes itself. Nothing is contacted before it.
func begin(ctx context.Context, sys *Sys, o *output, n *network, record string, r run, others ...claim) (*job, error) {
	others = append(others, claim{flag: "--record", file: record}, claim{"--ca-file", n.caFile, true}, claim{"--cert", n.cert, true}, claim{"--key", n.key, true})
	out, err := o.open(sys, others...)
	if err != nil {
		return nil, err
	}
	rec, err := openRecord(record)
	if err != nil {
		return nil, err
	}
	ctx, stop := interruptible(ctx)
	ctx, cancel := n.within(ctx)
	r.started = sys.Now()
	return &job{run: r, sys: sys, ctx: ctx, out: out, rec: rec, close: func() { cancel(); stop() }}, nil
}

// report writes the evidence and what it amounts to. The exit status is its error.
func (j *job) report(cases []evidence.Case) error {
	notRecorded := j.rec.write(j.sys, j.command, cases)
	return cmp.Or(notRecorded, j.out.write(j.ctx, j.sys, j.run, judgeAll(cases)))
}
