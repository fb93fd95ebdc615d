package render

import (
	"fmt"
	"strings"

	"github.com/maildoctor/maildoctor/internal/report"
	"github.com/maildoctor/maildoctor/internal/target"
)

// quote writes a piece of evidence, and marks the words of it that tell.
func (t *printer) quote(bar string, q report.Quote) {
	lines := wrap(q.From+": "+q.Text, t.width-width(bar))
	if q.Match == "" {
		lines = folded(lines, t.width-width(bar))
	}
	marks := underlines(lines, len(q.From)+2, q.Match)
	for i, line := range lines {
		t.line(paint(t.dim, bar) + line)
		if marks[i] != "" && !t.o.Plain {
			t.line(paint(t.dim, bar) + paint(t.bold, marks[i]))
		}
	}
	if t.o.Plain && q.Match != "" {
		t.hang(bar, t.dim, "the words that tell: "+q.Match, nil)
	}
}

func longestWord(s string) int {
	n := 0
	for word := range strings.FieldsSeq(s) {
		n = max(n, width(word))
	}
	return n
}

// folded breaks what is still too long: an answer may be one word.
func folded(lines []string, columns int) []string {
	var out []string
	for _, line := range lines {
		from, used := 0, 0
		for i, r := range line {
			if n := runeWidth(r); used+n > columns && used > 0 {
				out, from, used = append(out, line[from:i]), i, n
			} else {
				used += n
			}
		}
		out = append(out, line[from:])
	}
	return out
}

// underlines are the carets to stand under the wrapped lines of a text, where
// words of it are; from is where in the text the words may begin.
func underlines(lines []string, from int, words string) []string {
	marks := make([]string, len(lines))
	words = strings.Join(strings.Fields(words), " ")
	text := strings.Join(lines, " ")
	at := strings.Index(text[min(from, len(text)):], words)
	if at < 0 || words == "" {
		return marks
	}
	start, end := from+at, from+at+len(words)
	begin := 0
	for i, line := range lines {
		a, b := max(start-begin, 0), min(end-begin, len(line))
		if a < b {
			marks[i] = strings.Repeat(" ", width(line[:a])) + strings.Repeat("^", width(line[a:b]))
		}
		begin += len(line) + 1
	}
	return marks
}

// contextRows are what an error text gave away about client and server.
func contextRows(c *report.Context) []row {
	if c == nil {
		return nil
	}
	server := c.Host
	switch {
	case c.Host != "" && c.Port != 0:
		server = target.Join(c.Host, c.Port)
	case c.Port != 0:
		server = "port " + target.Join("", c.Port)[1:]
	}
	var rows []row
	for _, r := range []row{{label: "Library", text: c.Stack}, {label: "Server", text: server}, {label: "Provider", text: c.Provider}} {
		if r.text != "" {
			rows = append(rows, r)
		}
	}
	if c.Mode != target.NoMode {
		rows = append(rows, row{label: "Client set to", text: modeWords(c.Mode)})
	}
	return rows
}

// context writes what was read from an error text, and what to run next.
func (t *printer) context(s report.Subject) {
	if rows := contextRows(s.Context); len(rows) > 0 {
		t.heading("Read from the text")
		t.rows(rows)
	}
}

func (t *printer) next(commands []string) {
	if len(commands) == 0 {
		return
	}
	t.heading("Next, to prove it")
	for _, c := range commands {
		t.line("  " + paint(t.bold, c))
	}
}

func (m *markdown) context(s report.Subject) {
	rows := contextRows(s.Context)
	for i := range rows {
		rows[i].text = mdText(rows[i].text)
	}
	if len(rows) > 0 {
		m.block("### Read from the text")
		m.table([2]string{"What", "Value"}, rows)
	}
}

func (m *markdown) next(commands []string) {
	if len(commands) > 0 {
		m.block("### Next, to prove it")
		m.block("%s", mdFence("sh", commands))
	}
}

// told reports whether the subject is an error text alone: its checks looked
// at nothing.
func told(s report.Subject) bool { return s.Kind == "error-text" && s.Endpoint == nil }

// bySureness parts what an error text means from what else it could mean. The
// findings of other subjects are all sure. What is waived is neither.
func bySureness(s report.Subject) (sure, guesses []report.Finding) {
	for i, f := range s.Findings {
		if f.Waived != nil {
			continue
		}
		if s.Kind == "error-text" && i > 0 && f.Confidence <= 0.5 {
			guesses = append(guesses, f)
			continue
		}
		sure = append(sure, f)
	}
	return sure, guesses
}

// guesses lists what else an error text could mean, and how to tell.
func (t *printer) guesses(list []report.Finding) {
	if len(list) == 0 {
		return
	}
	t.heading("Less likely")
	for _, f := range list {
		t.hang(fmt.Sprintf("  %.2f  ", f.Confidence), t.dim, f.ID+": "+f.Summary, t.bold)
		t.para("        ", f.Detail)
	}
}

func (m *markdown) guesses(list []report.Finding) {
	if len(list) == 0 {
		return
	}
	m.block("### Less likely")
	var items []string
	for _, f := range list {
		items = append(items, fmt.Sprintf("- **%s** (%.2f): %s. %s", mdText(f.ID), f.Confidence, mdText(f.Summary), mdText(f.Detail)))
	}
	m.list(items)
}
