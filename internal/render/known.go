package render

import (
	"fmt"

	"github.com/maildoctor/maildoctor/internal/report"
)

// waived are the findings that a baseline or the project file knows of.
func waived(s report.Subject) []report.Finding {
	var out []report.Finding
	for _, f := range s.Findings {
		if f.Waived != nil {
			out = append(out, f)
		}
	}
	return out
}

// knownTitle is above the findings that are waived.
const knownTitle = "Known, not counted"

// waiver says who waived a finding, until when and why: "ignored by maildoctor.yml
// until 2027-03-31: the relay moves in spring".
func waiver(w report.Waiver) string {
	text := "ignored by " + w.File
	if w.By == report.ByBaseline {
		text = "in the baseline " + w.File
	}
	if w.Until != "" {
		text += " until " + w.Until
	}
	if w.Reason != "" {
		text += ": " + w.Reason
	}
	return text
}

// known writes the findings that are waived, in short.
func (t *printer) known(s report.Subject) {
	list := waived(s)
	if len(list) == 0 {
		return
	}
	t.heading(knownTitle)
	for _, f := range list {
		t.hang(fmt.Sprintf("  [%s] ", f.Severity), t.dim, f.ID+": "+f.Summary, nil)
		t.hang("    ", nil, waiver(*f.Waived), t.dim)
	}
}

func (m *markdown) known(s report.Subject) {
	list := waived(s)
	if len(list) == 0 {
		return
	}
	m.block("### %s", knownTitle)
	var items []string
	for _, f := range list {
		items = append(items, fmt.Sprintf("- [%s] %s: %s (%s)", mdText(string(f.Severity)), mdText(f.ID), mdText(f.Summary), mdText(waiver(*f.Waived))))
	}
	m.list(items)
}
