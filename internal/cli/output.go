package cli

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"github.com/maildoctor/maildoctor/internal/check"
	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/report"
)

// sink is where the report goes, opened before any traffic.
type sink struct {
	o       *output
	papers  []*paper // the main one first
	root    repository
	written bool // the corrections
}

// run is what a report says about the run itself.
type run struct {
	command string
	args    []string
	flags   *pflag.FlagSet
	exit    func(findings int) int // overrides the status that the findings give; may be nil
	summary *report.Summary        // of many targets
	cut     bool                   // it is not whole, whatever the subjects say
	started time.Time
	ended   time.Time // zero: now
	record  string    // what is judged again: by whom it was recorded
	here    evidence.Here
	masked  map[string]string // values of flags that stand for those which hold a secret
}

// write prints the report and returns its exit status as an error.
func (s *sink) write(ctx context.Context, sys *Sys, r run, subjects []report.Subject) error {
	s.o.project.late(sys, s.settle(subjects))
	interrupted := errors.Is(ctx.Err(), context.Canceled)
	whole := !r.cut && !cut(subjects) && !interrupted
	unwritten := s.accept(sys, subjects, whole)
	s.o.place(s.root, subjects)
	rep := s.report(sys, r, subjects)
	rep.Exit = s.status(subjects)
	if r.exit != nil {
		rep.Exit = r.exit(rep.Exit)
	}
	if r.cut || cut(subjects) {
		rep.Exit, rep.Complete = max(rep.Exit, exitFindings), false
	}
	if interrupted {
		rep.Exit, rep.Complete = exitInterrupted, false
	}
	if unwritten != nil {
		rep.Exit = exitFailed
	}
	if err := cmp.Or(s.print(sys, rep), unwritten); err != nil {
		return err
	}
	if rep.Exit != exitOK {
		return exitError(rep.Exit)
	}
	return nil
}

// report is the report of a run, but for its exit status.
func (s *sink) report(sys *Sys, r run, subjects []report.Subject) report.Report {
	ended := r.ended
	if ended.IsZero() {
		ended = sys.Now()
	}
	return report.Report{
		Schema: report.Schema, Tool: report.Tool{Name: "maildoctor", Version: sys.version()},
		Command: r.command, Complete: true, Summary: r.summary, Subjects: subjects, Catalogue: check.Pages(),
		Run: report.Run{Started: r.started, Took: ended.Sub(r.started), CommandLine: commandLine(r), Here: r.here, FailOn: s.o.failOn.value, Config: s.o.project.name(), Recorded: r.record},
	}
}

// print writes the report in every form that was asked for.
func (s *sink) print(sys *Sys, rep report.Report) error {
	var failed error
	for _, p := range s.papers {
		if p.lines != nil {
			failed = cmp.Or(failed, p.end(rep))
			continue
		}
		failed = cmp.Or(failed, p.write(func(w io.Writer) error { return p.format.Write(w, rep, s.options(sys, p)) }))
	}
	s.summarise(sys, rep)
	if failed != nil {
		return fmt.Errorf("write report: %w", failed)
	}
	return nil
}

// cut reports whether the run did not come to its end at one of its subjects.
func cut(subjects []report.Subject) bool {
	return slices.ContainsFunc(subjects, func(sub report.Subject) bool { return sub.Cut != "" })
}

// status is the exit status for these subjects, whose findings are settled.
func (s *sink) status(subjects []report.Subject) int {
	for _, sub := range subjects {
		for _, f := range sub.Findings {
			if s.o.reports(f.ID) && f.Counts(s.o.failOn.value) {
				return exitFindings
			}
		}
		if unsent(sub) && s.o.failOn.value != report.Never { // --only says what to report, not that it went well
			return exitFindings
		}
	}
	return exitOK
}

// unsent reports whether a message that was to be sent was not accepted.
func unsent(s report.Subject) bool {
	switch {
	case s.Message == nil || s.Message.DryRun:
		return false
	case s.Message.Via == viaResend:
		return s.Resend == nil || s.Resend.Sent == nil
	}
	return s.Endpoint == nil || s.Endpoint.Delivery == nil || s.Endpoint.Delivery.Result != evidence.LoginAccepted
}

// well says that there is nothing to wait for: the run was whole, and has no
// finding at or above --fail-on (an error, where that is never).
func (s *sink) well(subjects []report.Subject) bool {
	s.settle(subjects)
	strict := *s.o
	if strict.failOn.value == report.Never {
		strict.failOn = &choice{value: string(report.Error)}
	}
	return !cut(subjects) && (&sink{o: &strict}).status(subjects) == exitOK
}

// reports says whether --only and --skip leave a check in.
func (o *output) reports(id string) bool {
	return (len(o.only) == 0 || slices.Contains(o.only, id) || slices.Contains(check.Asked(), id)) && !slices.Contains(o.skip, id)
}

// leaveOut takes out what --only and --skip leave out: such a check was not run.
func (s *sink) leaveOut(subjects []report.Subject) {
	for i := range subjects {
		sub := &subjects[i]
		sub.Findings = slices.DeleteFunc(sub.Findings, func(f report.Finding) bool { return !s.o.reports(f.ID) })
		for j, out := range sub.Outcomes {
			if !s.o.reports(out.Check) {
				sub.Outcomes[j] = report.Outcome{Check: out.Check, Status: report.NotRun, Reason: "left out by --only or --skip"}
			}
		}
	}
}

// commandLine is what to type to get the same report.
func commandLine(r run) string { return "maildoctor " + arguments(r) }

// arguments are those of a run, for a shell, without the flags leftOut. Of all
// flags only --proxy and --user can hold a secret; they are written without it.
func arguments(r run, leftOut ...string) string {
	words := append([]string{r.command}, r.args...)
	r.flags.Visit(func(f *pflag.Flag) {
		if slices.Contains(leftOut, f.Name) {
			return
		}
		value := f.Value.String()
		if f.Name == "proxy" {
			value = r.here.Proxy
		}
		if masked, ok := r.masked[f.Name]; ok {
			value = masked
		}
		switch list, ok := f.Value.(pflag.SliceValue); {
		case f.Value.Type() == "bool":
			if value == "true" {
				words = append(words, "--"+f.Name)
			}
		case ok:
			for _, v := range list.GetSlice() {
				words = append(words, "--"+f.Name, v)
			}
		default:
			words = append(words, "--"+f.Name, value)
		}
	})
	for i, w := range words {
		words[i] = quoted(w)
	}
	return strings.Join(words, " ")
}

// quoted is a word as a POSIX shell takes it.
func quoted(w string) string {
	if w != "" && !strings.ContainsAny(w, " \t\r\n'\"`$&|;<>()*?[]{}!#~\\") {
		return w
	}
	return "'" + strings.ReplaceAll(w, "'", `'\''`) + "'"
}

// recorder writes the evidence to the file of --record; the zero value writes none.
type recorder struct{ paper *paper }

func openRecord(name string) (recorder, error) {
	if name == "" {
		return recorder{}, nil
	}
	p := &paper{}
	return recorder{p}, p.create("--record", name)
}

func (r recorder) write(sys *Sys, command string, cases []evidence.Case) error {
	if r.paper == nil {
		return nil
	}
	err := r.paper.write(func(w io.Writer) error {
		enc := json.NewEncoder(w)
		enc.SetIndent("", " ")
		return enc.Encode(evidence.Recording{Schema: evidence.Schema, Tool: "maildoctor " + sys.version(), Command: command, Cases: cases})
	})
	if err != nil {
		return fmt.Errorf("write --record file: %w", err)
	}
	return nil
}
