// Package render writes a report, or a page of the catalogue, in one of the
// formats of a table. It opens nothing, reads no clock and judges nothing; all
// text that came from outside passes through Clean on its way.
package render

import (
	"io"

	"github.com/maildoctor/maildoctor/internal/report"
)

// Options say how to write. The zero value is 80 columns, without colour, with
// glyphs and without the transcript.
type Options struct {
	Color   bool // ANSI colours, text only
	Width   int  // columns to fill, text only; 0 is 80; at least 40, at most 100
	Verbose bool // everything: transcript, all apps, each check that was not run; in markdown, however long
	Plain   bool // words in place of glyphs such as a tick; no HTML in markdown
	Written bool // the corrected lines are in their files already
}

// The bounds of Options.Width: longer lines are hard to read, shorter ones hold
// no sentence. Below narrowWidth settings stand below the name of their
// application.
const (
	defaultWidth = 80
	minWidth     = 40
	narrowWidth  = 70
	maxWidth     = 100
)

func (o Options) columns() int {
	if o.Width == 0 {
		return defaultWidth
	}
	return min(max(o.Width, minWidth), maxWidth)
}

// Format is a way to write a report. Page is nil where a page of the catalogue
// makes no sense.
type Format struct {
	Name  string
	Help  string // one line for --help, without a full stop
	Write func(io.Writer, report.Report, Options) error
	Page  func(io.Writer, report.Page, Options) error
	Lines bool // a subject a line, which can be written as it comes (Line)
}

// Formats are all formats, the default one first.
var Formats = []Format{
	{Name: "text", Help: "for reading in a terminal", Write: writeText, Page: pageText},
	{Name: "markdown", Help: "for a ticket; with --plain without HTML, for Jira and e-mail", Write: writeMarkdown, Page: pageMarkdown},
	{Name: "json", Help: "for programs, schema " + report.Schema, Write: writeJSON, Page: pageJSON},
	{Name: "ndjson", Help: "for programs, a subject a line, each as it comes with probe -f", Write: writeNDJSON, Lines: true},
	{Name: "prometheus", Help: "metrics for the textfile collector of a node exporter", Write: writePrometheus},
	{Name: "junit", Help: "for the test pages of CI systems, one test case a check", Write: writeJUnit},
	{Name: "sarif", Help: "for code scanning, SARIF 2.1.0; see --sarif-file", Write: writeSARIF},
	{Name: "github", Help: "annotations of GitHub Actions, which shows ten of a kind; the whole report goes to the job summary", Write: writeGitHub},
	{Name: "gitlab", Help: "for GitLab, a Code Quality report", Write: writeGitLab},
	{Name: "html", Help: "for a browser: one file with pictures, to attach or print", Write: writeHTML, Page: writeHTMLPage},
}

// ByName returns the format called name.
func ByName(name string) (Format, bool) {
	for _, f := range Formats {
		if f.Name == name {
			return f, true
		}
	}
	return Format{}, false
}
