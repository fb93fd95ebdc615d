package render

import (
	"strings"

	"github.com/fatih/color"

	"github.com/maildoctor/maildoctor/internal/report"
)

// A palette holds the colours of one report. A nil colour leaves text as is.
type palette struct {
	bold, dim, red, yellow, green, cyan *color.Color
}

func newPalette(on bool) palette {
	style := func(attrs ...color.Attribute) *color.Color {
		c := color.New(attrs...)
		if on {
			c.EnableColor()
		} else {
			c.DisableColor()
		}
		return c
	}
	return palette{
		bold:   style(color.Bold),
		dim:    style(color.Faint),
		red:    style(color.FgRed, color.Bold),
		yellow: style(color.FgYellow, color.Bold),
		green:  style(color.FgGreen, color.Bold),
		cyan:   style(color.FgCyan, color.Bold),
	}
}

// severity is the colour of a severity.
func (p palette) severity(s report.Severity) *color.Color {
	switch s {
	case report.Error:
		return p.red
	case report.Warning:
		return p.yellow
	}
	return p.cyan
}

func paint(c *color.Color, s string) string {
	if c == nil || s == "" {
		return s
	}
	return c.Sprint(s)
}

// A verdictState is what a subject comes to, for its mark and colour.
type verdictState string

const (
	good    verdictState = "ok"
	bad     verdictState = "error"
	doubt   verdictState = "warning" // or not looked at in full, or what is wrong is waived
	useless verdictState = "note"    // nothing there, and nothing wrong with that
)

func state(s report.Subject) verdictState {
	switch sev := worst(s); {
	case sev == report.Error:
		return bad
	case sev == report.Warning || s.Cut != "" || worstKnown(s).Rank() >= report.Warning.Rank():
		return doubt
	case s.Endpoint != nil && s.Endpoint.Reach != "open", s.Kind == "error-text" && s.Context == nil:
		return useless
	case (s.Endpoint != nil || s.Kind == "error-text" || s.Kind == "resend") && !s.Healthy: // not finished, or its findings were left out
		return doubt
	}
	return good
}

// mark is the sign of a state, or its word.
func (o Options) mark(s verdictState) string {
	if o.Plain {
		return string(s) + ":"
	}
	switch s {
	case bad:
		return "✗"
	case doubt:
		return "!"
	case useless:
		return "-"
	}
	return "✓"
}

func (p palette) stateColor(s verdictState) *color.Color {
	switch s {
	case bad:
		return p.red
	case doubt:
		return p.yellow
	case useless:
		return p.dim
	}
	return p.green
}

// resultColor is the colour of what comes of a client or a remedy.
func (p palette) resultColor(result string) *color.Color {
	switch result {
	case report.Works:
		return p.green
	case report.Fails:
		return p.red
	case report.NotTried:
		return p.dim
	}
	return p.yellow
}

// minText is the fewest columns that text is squeezed into.
const minText = 20

// A printer lays out lines of at most width columns.
type printer struct {
	b     strings.Builder
	width int
	o     Options
	palette
}

func newPrinter(o Options) *printer {
	return &printer{width: o.columns(), o: o, palette: newPalette(o.Color)}
}

func (t *printer) blank() { t.b.WriteByte('\n') }

func (t *printer) line(s string) {
	t.b.WriteString(strings.TrimRight(s, " "))
	t.b.WriteByte('\n')
}

// heading starts a section.
func (t *printer) heading(s string) {
	t.blank()
	t.hang("", nil, s, t.bold)
}

// hang writes lead and then the text, wrapped and indented to stand beside it;
// a lead that leaves no room for text has lines to itself.
func (t *printer) hang(lead string, lc *color.Color, text string, tc *color.Color) {
	if blanks := len(lead) - len(strings.TrimLeft(lead, " ")); t.width-width(lead) < minText && width(lead)-blanks > minText {
		indent := strings.Repeat(" ", min(blanks, t.width/2))
		t.lines(indent, nil, wrap(lead, t.width-len(indent)), lc)
		t.lines(indent+"    ", nil, wrap(text, t.width-len(indent)-4), tc)
		return
	}
	t.lines(lead, lc, wrap(text, t.width-width(lead)), tc)
}

// lines writes lead and then the lines, indented to stand beside it.
func (t *printer) lines(lead string, lc *color.Color, lines []string, tc *color.Color) {
	for i, line := range lines {
		if i == 0 {
			t.line(paint(lc, lead) + paint(tc, line))
			continue
		}
		t.line(strings.Repeat(" ", width(lead)) + paint(tc, line))
	}
}

// para writes text in paragraphs, one for each of its lines, indented.
func (t *printer) para(indent, text string) {
	for p := range strings.SplitSeq(text, "\n") {
		t.hang(indent, nil, p, nil)
	}
}

// rows writes labelled lines: label, time, text, the text failed ones red.
func (t *printer) rows(rows []row) {
	labels, times := 0, 0
	for _, r := range rows {
		labels, times = max(labels, width(r.label)), max(times, width(r.took))
	}
	for _, r := range rows {
		var tc *color.Color
		if r.bad {
			tc = t.red
		}
		lead := "  " + pad(r.label, labels) + "  "
		if times > 0 {
			lead += padLeft(r.took, times) + "  "
		}
		if t.width-width(lead) < minText && strings.TrimSpace(lead) == "" { // it goes on with what has lines to itself
			lead = "      "
		}
		if room := t.width - width(lead); room >= minText && longestWord(r.text) > t.width { // an answer of one word; a fingerprint stays whole
			t.lines(lead, t.dim, folded(wrap(r.text, room), room), tc)
			continue
		}
		t.hang(lead, t.dim, r.text, tc)
	}
}
