package render

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/maildoctor/maildoctor/internal/report"
)

// writeManyText writes a run over many targets: a line each, in the order of the
// list, then what they have in common. Options.Verbose adds each that has an error
// or a warning, one that is known included, in full. Subjects are cleaned one by one: there may be thousands.
func writeManyText(w io.Writer, r report.Report, o Options) error {
	out := bufio.NewWriter(w)
	names := 0
	for _, s := range r.Subjects {
		names = min(max(names, width(Clean(s.Name))), o.columns()/2)
	}
	var c cleaner
	for _, s := range r.Subjects {
		t := newPrinter(o)
		t.summaryLine(c.subject(s), names)
		out.WriteString(t.b.String())
	}
	for _, s := range r.Subjects {
		if o.Verbose && max(worst(s).Rank(), worstKnown(s).Rank()) >= report.Warning.Rank() {
			t, s := newPrinter(o), c.subject(s)
			t.blank()
			t.verdict(s)
			t.subject(s)
			out.WriteString("\n" + t.b.String())
		}
	}
	t := newPrinter(o)
	foot := cleanedRun(r)
	t.tables(*foot.Summary)
	foot.Subjects = worstOnly(r)
	t.footer(foot)
	out.WriteString(t.b.String())
	return out.Flush()
}

// worstOnly is the subject with the worst finding: the footer names its page.
func worstOnly(r report.Report) []report.Subject {
	id := worstID(r.Subjects)
	if id == "" {
		return nil
	}
	return []report.Subject{{Findings: []report.Finding{{ID: Clean(id), Severity: report.Error}}}}
}

// tables writes what the subjects have in common.
func (t *printer) tables(s report.Summary) {
	for _, table := range summaryTables(s) {
		t.heading(table.title)
		widths := table.widths()
		if sum(widths)+2*len(widths) > t.width { // columns do not fit
			t.stacked(table)
			continue
		}
		for i, cells := range append([][]string{table.head}, table.rows...) {
			line := "  " + pad(cells[0], widths[0])
			for j, c := range cells[1:] {
				line += "  " + padLeft(c, widths[j+1])
			}
			if i == 0 {
				line = paint(t.dim, line)
			}
			t.line(line)
		}
	}
	t.blank()
	t.hang("", nil, summaryWords(s), t.bold)
}

// enoughForRate is how many targets a rate says something of.
const enoughForRate = 100

// stacked writes a table whose rows are sentences.
func (t *printer) stacked(s sheet) {
	for _, cells := range s.rows {
		var rest []string
		for i, c := range cells[1:] {
			rest = append(rest, s.head[i+1]+" "+c)
		}
		t.hang("  ", nil, cells[0]+": "+strings.Join(rest, ", "), nil)
	}
}

func sum(list []int) int {
	n := 0
	for _, x := range list {
		n += x
	}
	return n
}

// summaryWords says how much was looked at, in one sentence.
func summaryWords(s report.Summary) string {
	text := fmt.Sprintf("%s in %s", count(s.Targets, "target"), took(s.Took))
	if now := s.Targets - s.Earlier; now >= enoughForRate && s.Took > 0 {
		text += fmt.Sprintf(" (%.0f a second)", float64(now)/s.Took.Seconds())
	}
	if s.Subjects != s.Targets {
		text += ", " + count(s.Subjects, "endpoint")
	}
	text += fmt.Sprintf(": %d ready for use", s.Healthy)
	if s.Waived > 0 {
		text += "; " + count(s.Waived, "finding") + Plural(s.Waived, " is", " are") + " known and not counted"
	}
	if s.Earlier > 0 {
		text += fmt.Sprintf("; %d of them were looked at earlier", s.Earlier)
	}
	if s.Left > 0 {
		text += fmt.Sprintf("; %d were not looked at", s.Left)
	}
	return text
}

// sheet is a small table; the first column is words, the others are numbers.
type sheet struct {
	title string
	head  []string
	rows  [][]string
}

func (s sheet) widths() []int {
	out := make([]int, len(s.head))
	for _, cells := range append([][]string{s.head}, s.rows...) {
		for i, c := range cells {
			out[i] = max(out[i], width(c))
		}
	}
	return out
}

// summaryTables are those of findings, providers and modes; empty ones are left out.
func summaryTables(s report.Summary) []sheet {
	findings := sheet{title: "Findings", head: []string{"finding", "severity", "endpoints"}}
	for _, k := range s.Findings {
		findings.rows = append(findings.rows, []string{k.ID, string(k.Severity), fmt.Sprint(k.Subjects)})
	}
	tables := []sheet{findings, groupSheet("Providers", "provider", s.Providers), groupSheet("Modes", "mode", s.Modes)}
	out := tables[:0]
	for _, t := range tables {
		if len(t.rows) > 0 {
			out = append(out, t)
		}
	}
	return out
}

func groupSheet(title, name string, groups []report.Group) sheet {
	s := sheet{title: title, head: []string{name, "endpoints", "ready", "warnings", "errors", "other"}}
	for _, g := range groups {
		s.rows = append(s.rows, []string{g.Name, fmt.Sprint(g.Subjects), fmt.Sprint(g.Healthy), fmt.Sprint(g.Warnings), fmt.Sprint(g.Errors), fmt.Sprint(g.Other)})
	}
	if !slices.ContainsFunc(groups, func(g report.Group) bool { return g.Other > 0 }) {
		s.dropLast()
	}
	return s
}

// dropLast leaves the last column out.
func (s *sheet) dropLast() {
	last := len(s.head) - 1
	s.head = s.head[:last]
	for i := range s.rows {
		s.rows[i] = s.rows[i][:last]
	}
}

// mostInTicket is how many subjects a ticket or a page lists.
const mostInTicket = 100

// notInOrder are the first subjects that have an error or a warning, and how many
// more there are.
func notInOrder(all []report.Subject) (first []report.Subject, more int) {
	for _, s := range all {
		switch {
		case state(s) == good || state(s) == useless:
		case len(first) == mostInTicket:
			more++
		default:
			first = append(first, s)
		}
	}
	return first, more
}

// writeManyMarkdown writes the tables of a run over many targets, and those that
// have an error or a warning.
func writeManyMarkdown(w io.Writer, r report.Report, o Options) error {
	m := &markdown{o: Options{Verbose: true, Plain: o.Plain}}
	run := cleanedRun(r)
	m.block("## maildoctor: %s", mdText(summaryWords(*run.Summary)))
	for _, t := range summaryTables(*run.Summary) {
		m.block("### %s", t.title)
		for _, cells := range t.rows {
			for i := range cells {
				cells[i] = mdText(cells[i])
			}
		}
		m.block("%s", mdGrid(t.head, t.rows))
	}
	var items []string
	wrong, more := notInOrder(r.Subjects)
	var c cleaner
	for _, s := range wrong {
		s := c.subject(s)
		items = append(items, "- "+m.mark(s)+mdText(verdict(s)))
	}
	if more > 0 {
		items = append(items, fmt.Sprintf("- and %d more", more))
	}
	if len(items) > 0 {
		m.block("### Not in order")
		m.list(items)
	}
	m.block("### This run")
	m.environment(run)
	_, err := io.WriteString(w, m.b.String())
	return err
}
