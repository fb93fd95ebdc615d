package render

import (
	"fmt"
	"io"
	"strings"

	"github.com/maildoctor/maildoctor/internal/report"
)

// A section is one part of a page: paragraphs, or a list.
type section struct {
	title    string
	text     string
	items    []string
	numbered bool
}

// sections are the parts of a page that have something to say.
func sections(p report.Page) []section {
	all := []section{
		{title: "What was seen", text: p.Seen},
		{title: "Why it matters", text: p.Why},
		{title: "How to fix it", items: p.Fix, numbered: len(p.Fix) > 1},
		{title: "How to tell it from its neighbours", text: p.Tell},
		{title: "What clients print", items: p.Words},
		{title: "References", items: p.Refs},
	}
	out := all[:0]
	for _, s := range all {
		if s.text != "" || len(s.items) > 0 {
			out = append(out, s)
		}
	}
	return out
}

func (s section) bullet(i int) string {
	if s.numbered {
		return fmt.Sprintf("%d. ", i+1)
	}
	return "- "
}

// pageText writes a page for a terminal. The text is the catalogue's own.
func pageText(w io.Writer, p report.Page, o Options) error {
	t := newPrinter(o)
	t.hang(p.ID+": ", t.bold, p.Title, t.bold)
	t.line(paint(t.severity(p.Severity), string(p.Severity)) + ": " + severityWords(p.Severity))
	for _, s := range sections(p) {
		t.heading(s.title)
		if s.text != "" {
			t.para("  ", s.text)
		}
		for i, item := range s.items {
			t.hang("  "+s.bullet(i), t.dim, item, nil)
		}
	}
	_, err := io.WriteString(w, t.b.String())
	return err
}

// severityWords says what a severity means for the mail.
func severityWords(s report.Severity) string {
	switch s {
	case report.Error:
		return "mail will not arrive"
	case report.Warning:
		return "mail may stop, or is unsafe"
	}
	return "worth knowing"
}

// pageMarkdown writes a page as one section of CHECKS.md; the heading is the
// id alone, so that its anchor is the id.
func pageMarkdown(w io.Writer, p report.Page, o Options) error {
	m := &markdown{o: o}
	m.block("## %s", p.ID)
	m.block("**%s.** %s: %s.", prose(p.Title), sentence(string(p.Severity)), severityWords(p.Severity))
	for _, s := range sections(p) {
		m.block("### %s", s.title)
		for _, par := range paragraphs(s.text) {
			m.block("%s", prose(par))
		}
		var items []string
		for i, item := range s.items {
			items = append(items, s.bullet(i)+pageItem(s.title, item))
		}
		m.list(items)
	}
	_, err := io.WriteString(w, m.b.String())
	return err
}

// pageItem writes a client's words as code, a URL as a link, the rest as prose.
func pageItem(title, item string) string {
	switch {
	case title == "What clients print":
		return mdCode(item)
	case isLink(item):
		return "<" + item + ">"
	}
	return prose(item)
}

// paragraphs splits text at its line ends, empty lines left out.
func paragraphs(text string) []string {
	var out []string
	for p := range strings.SplitSeq(text, "\n") {
		if strings.TrimSpace(p) != "" {
			out = append(out, p)
		}
	}
	return out
}

// prose escapes text of ours, which marks code with backticks, outside of it.
func prose(s string) string {
	parts := strings.Split(s, "`")
	for i := 0; i < len(parts); i += 2 {
		parts[i] = angles.Replace(parts[i])
	}
	return strings.Join(parts, "`")
}

var angles = strings.NewReplacer("<", `\<`, ">", `\>`, "*", `\*`)

// sentence puts the first letter in upper case.
func sentence(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
