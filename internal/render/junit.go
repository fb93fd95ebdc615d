package render

import (
	"bufio"
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/maildoctor/maildoctor/internal/report"
)

// The elements stand in the order that the XSD of Ant's JUnit task wants, with
// nothing but what Jenkins' own XSD has as well; both are met. A test case there
// has no output of its own.
type junitSuite struct {
	Package    string          `xml:"package,attr"`
	ID         int             `xml:"id,attr"`
	Name       string          `xml:"name,attr"`
	Timestamp  string          `xml:"timestamp,attr"` // UTC, without a zone
	Hostname   string          `xml:"hostname,attr"`
	Tests      int             `xml:"tests,attr"`
	Failures   int             `xml:"failures,attr"`
	Errors     int             `xml:"errors,attr"`
	Skipped    int             `xml:"skipped,attr"`
	Time       string          `xml:"time,attr"` // seconds
	Properties []junitProperty `xml:"properties>property"`
	Cases      []junitCase     `xml:"testcase"`
	Out        junitText       `xml:"system-out"`
	Err        junitText       `xml:"system-err"`
}

type junitProperty struct {
	Name  string `xml:"name,attr"`
	Value string `xml:"value,attr"`
}

// A junitCase has one of its elements at most.
type junitCase struct {
	Class   string       `xml:"classname,attr"`
	Name    string       `xml:"name,attr"`
	Time    int          `xml:"time,attr"` // a check takes none: the looking is done before
	Skipped *junitReason `xml:"skipped"`
	Error   *junitReason `xml:"error"`
	Failure *junitReason `xml:"failure"`
}

// A junitReason says it twice: Jenkins shows the message and the text, GitLab
// the text alone.
type junitReason struct {
	Type    string `xml:"type,attr,omitempty"`
	Message string `xml:"message,attr"`
	Text    string `xml:",cdata"`
}

type junitText struct {
	Text string `xml:",cdata"`
}

// writeJUnit writes a suite for each subject, with a test case for each check. There
// may be thousands: each is made and written by itself.
func writeJUnit(w io.Writer, r report.Report, _ Options) error {
	out := bufio.NewWriter(w)
	out.WriteString(xml.Header)
	e := xml.NewEncoder(out)
	e.Indent("", "  ")
	all, one := element("testsuites"), element("testsuite")
	err := e.EncodeToken(all)
	for s := range junitOf(r) {
		if err = cmp.Or(err, e.EncodeElement(s, one)); err != nil {
			break
		}
	}
	if err = cmp.Or(err, e.EncodeToken(all.End()), e.Close()); err != nil {
		return fmt.Errorf("encode report: %w", err)
	}
	out.WriteByte('\n')
	return out.Flush()
}

func element(name string) xml.StartElement { return xml.StartElement{Name: xml.Name{Local: name}} }

// junitOf are the suites of a report. One that ended badly has one that says so.
func junitOf(r report.Report) iter.Seq[*junitSuite] {
	pages := r.Catalogue
	r.Catalogue = nil // words of ours, to be kept as they are
	run, only := cleanedRun(r), len(r.Subjects) == 1
	return func(yield func(*junitSuite) bool) {
		names, fine, c := map[string]int{}, true, cleaner{}
		for i, s := range r.Subjects {
			s := c.subject(s)
			name := orNone(s.Name)
			if names[name]++; names[name] > 1 { // GitLab takes two cases of one name for one
				name += fmt.Sprintf(" (%d)", names[name])
			}
			j := newSuite(run, i, name)
			j.Time = suiteTime(run, s, only)
			j.subject(s, pages, run.Run.FailOn)
			fine = fine && j.Failures+j.Errors == 0
			if !yield(j) {
				return
			}
		}
		if r.Exit != 0 && fine {
			j := newSuite(run, len(r.Subjects), "maildoctor")
			j.wrong("exit-status", fmt.Sprintf("maildoctor ended with status %d", r.Exit))
			yield(j)
		}
	}
}

func newSuite(r report.Report, id int, name string) *junitSuite {
	return &junitSuite{Package: "maildoctor", ID: id, Name: name, Hostname: "localhost", // that of the machine is nobody's business
		Timestamp: r.Run.Started.UTC().Format("2006-01-02T15:04:05"), Time: "0",
		Properties: []junitProperty{{"version", r.Tool.Version}, {"command", r.Command}, {"fail-on", r.Run.FailOn}}}
}

func (j *junitSuite) subject(s report.Subject, pages []report.Page, failOn string) {
	j.Properties = append(j.Properties, junitProperty{"verdict", verdict(s)})
	for _, id := range checksOf(s, pages) {
		j.check(id, s, failOn)
	}
	if text := ending(s.Cut); text != "" {
		j.wrong("complete", text)
	}
}

// suiteTime is how many seconds a subject took: the whole run where it is the only one, else
// the session that is reported.
func suiteTime(r report.Report, s report.Subject, only bool) string {
	took := time.Duration(0)
	switch {
	case only:
		took = r.Run.Took
	case s.Endpoint != nil:
		took = time.Duration(s.Endpoint.Timing.Total * float64(time.Millisecond))
	}
	return strconv.FormatFloat(max(took, 0).Seconds(), 'f', 3, 64)
}

// checksOf are the ids of all checks, in the order of the catalogue, and then
// those that it no longer has.
func checksOf(s report.Subject, pages []report.Page) []string {
	var out []string
	for _, p := range pages {
		out = append(out, p.ID)
	}
	add := func(id string) {
		if !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	for _, o := range s.Outcomes {
		add(o.Check)
	}
	for _, f := range s.Findings {
		add(f.ID)
	}
	return out
}

// check adds the case of a check. A finding that does not make the run fail is
// told in the output of the suite; a case all of whose findings are waived is
// skipped, for one that passes is taken for one that found nothing.
func (j *junitSuite) check(id string, s report.Subject, failOn string) {
	c := j.newCase(id)
	var failed []report.Finding
	var known []string // why it does not count
	found := 0
	for _, f := range s.Findings {
		if f.ID != id {
			continue
		}
		found++
		switch {
		case f.Counts(failOn):
			failed = append(failed, f)
			continue
		case f.Waived != nil:
			known = append(known, waiver(*f.Waived))
		}
		j.Out.Text += findingText(f, hostOf(s)) + "\n"
	}
	why, notRun := whyNotRun(s, id)
	switch {
	case len(failed) > 0:
		c.Failure = failure(failed, hostOf(s))
		j.Failures++
	case found == 0 && notRun:
		c.Skipped = skipped(why)
	case found > 0 && found == len(known):
		c.Skipped = skipped(knownTitle + ": " + strings.Join(slices.Compact(known), "; "))
	}
	if c.Skipped != nil {
		j.Skipped++
	}
	j.Cases = append(j.Cases, c)
}

func skipped(why string) *junitReason { return &junitReason{Message: why, Text: why} }

// newCase is a case of the suite. Jenkins takes what stands before the last dot
// of a class for its package, and lists packages: so that is the subject's name,
// whatever dots are in it.
func (j *junitSuite) newCase(name string) junitCase {
	j.Tests++
	return junitCase{Class: j.Name + ".checks", Name: name}
}

// wrong adds a case that says why the suite is not to be trusted.
func (j *junitSuite) wrong(name, text string) {
	c := j.newCase(name)
	c.Error = &junitReason{Type: "incomplete", Message: text, Text: text}
	j.Errors++
	j.Cases = append(j.Cases, c)
}

// whyNotRun is the reason of a check that was not run. One that nobody speaks of
// was not run either.
func whyNotRun(s report.Subject, id string) (string, bool) {
	for _, o := range s.Outcomes {
		if o.Check == id {
			return orNone(o.Reason), o.Status == report.NotRun
		}
	}
	return "not among the checks of this report", true
}

// failure is one element for all findings of a check, the first of which is the
// worst.
func failure(findings []report.Finding, host string) *junitReason {
	first := findings[0]
	out := &junitReason{Type: first.ID + "/" + string(first.Severity), Message: first.Summary}
	if n := len(findings) - 1; n > 0 {
		out.Message += fmt.Sprintf(" (and %d more)", n)
	}
	var parts []string
	for _, f := range findings {
		parts = append(parts, findingText(f, host))
	}
	out.Text = strings.Join(parts, "\n")
	return out
}

// findingText is a finding as the text format has it.
func findingText(f report.Finding, host string) string {
	t := newPrinter(Options{Plain: true, Width: maxWidth})
	t.finding(f, host)
	if f.Waived != nil {
		t.blank()
		t.hang("  ", nil, waiver(*f.Waived), nil)
	}
	return strings.TrimLeft(t.b.String(), "\n")
}
