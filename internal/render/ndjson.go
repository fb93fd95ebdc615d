package render

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"github.com/maildoctor/maildoctor/internal/report"
)

// Line is one line of NDJSON: one of the three is set. A run begins with Run,
// has a Subject a line, and ends with End; a file that lacks End was cut off.
type Line struct {
	Run *RunLine `json:"run,omitempty"`

	Target  string          `json:"target,omitempty"` // as it was typed
	Asked   string          `json:"asked,omitempty"`  // in a file of --resume: what was asked of it beside the flags
	Part    int             `json:"part,omitempty"`   // from 1; a target without a port has several subjects
	Of      int             `json:"of,omitempty"`
	Checks  *Checks         `json:"checks,omitempty"`
	Subject *report.Subject `json:"subject,omitempty"`

	End *EndLine `json:"end,omitempty"`
}

// RunLine says what run it is.
type RunLine struct {
	Schema  string      `json:"schema"`
	Tool    report.Tool `json:"tool"`
	Command string      `json:"command"`
	report.Run
}

// Checks counts the outcomes of a subject. Those that were not run say nothing.
type Checks struct {
	Passed int `json:"passed"`
	Found  int `json:"found"`
	NotRun int `json:"not_run"`
}

// EndLine says how the run ended.
type EndLine struct {
	Exit     int             `json:"exit"`
	Complete bool            `json:"complete"`
	Took     time.Duration   `json:"took_ns"`
	Summary  *report.Summary `json:"summary,omitempty"`
}

// writeNDJSON writes a report line by line. Transcript, look-ups, outcomes and
// the lines of applications are for Options.Verbose.
func writeNDJSON(w io.Writer, r report.Report, o Options) error {
	if err := NDJSONRun(w, r); err != nil {
		return err
	}
	for _, s := range r.Subjects {
		if err := NDJSONSubject(w, Line{Target: s.Name, Part: 1, Of: 1, Subject: &s}, o); err != nil {
			return err
		}
	}
	return NDJSONEnd(w, r)
}

// NDJSONRun writes the first line.
func NDJSONRun(w io.Writer, r report.Report) error {
	return line(w, Line{Run: &RunLine{r.Schema, r.Tool, r.Command, r.Run}})
}

// NDJSONSubject writes the line of a subject, in one Write.
func NDJSONSubject(w io.Writer, l Line, o Options) error {
	s := *l.Subject
	l.Subject, l.Checks = &s, &Checks{}
	for _, x := range s.Outcomes {
		switch x.Status {
		case report.Passed:
			l.Checks.Passed++
		case report.Found:
			l.Checks.Found++
		case report.NotRun:
			l.Checks.NotRun++
		}
	}
	if !o.Verbose {
		s.Sessions, s.Lookups, s.Outcomes = nil, nil, nil
		if s.Use != nil {
			use := *s.Use
			use.Apps, s.Use = nil, &use
		}
	}
	return line(w, l)
}

// NDJSONEnd writes the last line.
func NDJSONEnd(w io.Writer, r report.Report) error {
	return line(w, Line{End: &EndLine{r.Exit, r.Complete, r.Run.Took, r.Summary}})
}

func line(w io.Writer, l Line) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(rewrite(l, keep)); err != nil {
		return fmt.Errorf("encode report: %w", err)
	}
	_, err := w.Write(escapeHidden(b.Bytes()))
	return err
}
