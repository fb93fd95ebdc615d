package cli

import (
	"cmp"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/maildoctor/maildoctor/internal/render"
	"github.com/maildoctor/maildoctor/internal/report"
)

// maxSummary is how much GitHub takes as the summary of a step, from all that
// ran in it; it drops the whole of a longer one.
const maxSummary = 1 << 20

// summarise appends the report to the summary of the step that GitHub shows on
// the page of the run, where the format is github and there is one. Nobody asked
// for it by a flag, so a summary that cannot be written is said and changes
// nothing else.
func (s *sink) summarise(sys *Sys, rep report.Report) {
	file := sys.Getenv("GITHUB_STEP_SUMMARY")
	if file == "" || !slices.Contains(s.o.formats.names(), "github") {
		return
	}
	if err := addSummary(file, rep); err != nil {
		fmt.Fprintf(sys.Stderr, "maildoctor: the summary of the step was not written: %v\n", err)
	}
}

func addSummary(name string, rep report.Report) error {
	f, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	text, err := summary(f, rep)
	if err == nil {
		_, err = f.WriteString(text)
	}
	return cmp.Or(err, f.Close())
}

// summary is the whole report in Markdown, or as much of it as a ticket takes, or
// that without the transcripts, where more is too much for what is left of the file.
func summary(f *os.File, rep report.Report) (string, error) {
	info, err := f.Stat()
	if err != nil {
		return "", err
	}
	before := ""
	if info.Size() > 0 {
		before = "\n"
	}
	room := maxSummary - int(info.Size()) - len(before)
	text, err := markdown(rep, render.Options{Verbose: true})
	if len(text) > room && err == nil {
		text, err = markdown(rep, render.Options{})
	}
	if len(text) > room && err == nil {
		text, err = markdown(withoutTranscripts(rep), render.Options{})
		text += "\nThe transcripts are left out: GitHub takes 1 MiB for the summary of a step.\n"
	}
	if len(text) > room && err == nil {
		err = fmt.Errorf("the report has %d bytes, and GitHub takes %d more of this step", len(text), max(room, 0))
	}
	return before + text, err
}

func markdown(rep report.Report, o render.Options) (string, error) {
	format, _ := render.ByName("markdown")
	var b strings.Builder
	err := format.Write(&b, rep, o)
	return b.String(), err
}

func withoutTranscripts(rep report.Report) report.Report {
	rep.Subjects = slices.Clone(rep.Subjects)
	for i := range rep.Subjects {
		rep.Subjects[i].Sessions = nil
	}
	return rep
}
