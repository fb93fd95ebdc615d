package render

import (
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"strings"

	"github.com/maildoctor/maildoctor/internal/report"
)

// The HTML format is one file that needs nothing else: no script, no font, no
// picture from elsewhere, and a policy that forbids them, so that a report which
// was mailed around or attached to a ticket cannot do more than be read.

//go:embed html
var htmlFiles embed.FS

// An htmlDoc is what every page has, and one of the bodies.
type htmlDoc struct {
	Title  string
	Policy string
	Style  template.CSS
	Report *htmlReport
	Page   *htmlPage
}

func writeHTML(w io.Writer, r report.Report, o Options) error {
	more := 0
	if r.Summary != nil {
		r.Subjects, more = notInOrder(r.Subjects)
	}
	h := newHTMLReport(cleaned(r), Options{Verbose: true, Written: o.Written})
	if more > 0 {
		h.Summary += fmt.Sprintf("; below are the first %d that are not in order", mostInTicket)
	}
	return writeDoc(w, htmlDoc{Title: h.Title, Report: h})
}

func writeDoc(w io.Writer, d htmlDoc) error {
	css, err := htmlFiles.ReadFile("html/style.css")
	if err != nil {
		return fmt.Errorf("read style: %w", err)
	}
	d.Style, d.Policy = template.CSS(css), policy(css)
	t, err := template.ParseFS(htmlFiles, "html/*.html")
	if err != nil {
		return fmt.Errorf("read template: %w", err)
	}
	var b strings.Builder
	if err := t.ExecuteTemplate(&b, "doc.html", d); err != nil {
		return fmt.Errorf("write HTML: %w", err)
	}
	_, err = io.WriteString(w, b.String())
	return err
}

// policy lets the page have its own style sheet and nothing else (Content
// Security Policy Level 3, 2.4 and 6.7.2.2).
func policy(css []byte) string {
	sum := sha256.Sum256(css)
	return fmt.Sprintf("default-src 'none'; style-src 'sha256-%s'; img-src 'none'; script-src 'none'; base-uri 'none'; form-action 'none'",
		base64.StdEncoding.EncodeToString(sum[:]))
}

// An htmlPage is a page of the catalogue.
type htmlPage struct {
	ID, Title, Severity, Means string
	Sections                   []htmlSection
}

type htmlSection struct {
	Title    string
	Text     [][]htmlPart // paragraphs
	Items    [][]htmlPart
	Numbered bool
}

// An htmlPart is a piece of prose: plain, code, or a link.
type htmlPart struct{ Text, Code, Link string }

func writeHTMLPage(w io.Writer, p report.Page, _ Options) error {
	h := &htmlPage{ID: p.ID, Title: p.Title, Severity: string(p.Severity), Means: severityWords(p.Severity)}
	for _, s := range sections(p) {
		x := htmlSection{Title: s.title, Numbered: s.numbered}
		for _, par := range paragraphs(s.text) {
			x.Text = append(x.Text, htmlProse(par))
		}
		for _, item := range s.items {
			x.Items = append(x.Items, htmlItem(s.title, item))
		}
		h.Sections = append(h.Sections, x)
	}
	return writeDoc(w, htmlDoc{Title: p.ID + ": " + p.Title, Page: h})
}

// htmlItem is pageItem for HTML.
func htmlItem(title, item string) []htmlPart {
	switch {
	case title == "What clients print":
		return []htmlPart{{Code: item}}
	case isLink(item):
		return []htmlPart{{Link: item}}
	}
	return htmlProse(item)
}

// htmlProse parts text of ours at its backticks.
func htmlProse(s string) []htmlPart {
	var out []htmlPart
	for i, part := range strings.Split(s, "`") {
		switch {
		case part == "":
		case i%2 == 1:
			out = append(out, htmlPart{Code: part})
		default:
			out = append(out, htmlPart{Text: part})
		}
	}
	return out
}

// isLink reports whether a text is a web address and nothing more.
func isLink(s string) bool { return strings.HasPrefix(s, "https://") && !strings.Contains(s, " ") }
