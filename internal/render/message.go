package render

import (
	"strings"

	"github.com/maildoctor/maildoctor/internal/report"
)

// sentRows are the message that was sent, or would be.
func sentRows(m *report.Message) []row {
	if m == nil {
		return nil
	}
	var rows []row
	add := func(label, text string) {
		if text != "" {
			rows = append(rows, row{label: label, text: text})
		}
	}
	from := m.From
	if from == "" && m.Via == "smtp" {
		from = "<> (the null sender of bounces)"
	}
	add("From", from)
	add("To", strings.Join(m.To, ", "))
	add("Subject", m.Subject)
	add("Message-ID", m.MessageID)
	if m.File == "" {
		add("Run", m.Run+", in the header X-Maildoctor-Run")
	}
	add("File", m.File)
	if m.HidBcc {
		add("Bcc", "taken out of the header, as every mail program does")
	}
	return rows
}

// message writes which message it is, and the whole of it where it was not sent.
func (t *printer) message(m *report.Message) {
	rows := sentRows(m)
	if rows == nil {
		return
	}
	t.heading("Message")
	t.rows(rows)
	if m.Text == "" {
		return
	}
	t.blank()
	for line := range strings.SplitSeq(strings.TrimRight(m.Text, "\n"), "\n") {
		t.line("  " + paint(t.dim, line))
	}
}

func (m *markdown) message(s *report.Message) {
	rows := sentRows(s)
	if rows == nil {
		return
	}
	for i := range rows {
		rows[i].text = mdText(rows[i].text)
	}
	m.block("### Message")
	m.table([2]string{"Field", "Value"}, rows)
	if !m.o.Plain {
		m.text(s, "")
	}
}

// text is the whole of a message that was not sent; of names the subject where there
// are several.
func (m *markdown) text(s *report.Message, of string) {
	if s != nil && s.Text != "" {
		m.folded("The message"+of, strings.Split(strings.TrimRight(s.Text, "\n"), "\n"))
	}
}
