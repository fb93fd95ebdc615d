package render

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/maildoctor/maildoctor/internal/report"
	"github.com/maildoctor/maildoctor/internal/target"
)

// writeMarkdown writes a report for a ticket: everything, in the order in which it
// is read, with what is long folded in; it reads well on a forge and as plain text.
func writeMarkdown(w io.Writer, r report.Report, o Options) error {
	if r.Summary != nil {
		return writeManyMarkdown(w, r, o)
	}
	limit := ticketBytes
	if o.Verbose {
		limit = 0
	}
	_, err := io.WriteString(w, ticket(cleaned(r), Options{Verbose: true, Plain: o.Plain}, limit))
	return err
}

// A markdown collects blocks; an empty line stands between two of them.
type markdown struct {
	b strings.Builder
	o Options
}

func (m *markdown) block(format string, args ...any) {
	if m.b.Len() > 0 {
		m.b.WriteByte('\n')
	}
	fmt.Fprintf(&m.b, format+"\n", args...)
}

func (m *markdown) list(items []string) {
	if len(items) > 0 {
		m.block("%s", strings.Join(items, "\n"))
	}
}

// mostListed is how many verdicts a list has.
const mostListed = 200

func (m *markdown) summary(subjects []report.Subject) {
	m.block("## maildoctor: %s", count(len(subjects), kindOf(subjects)))
	var items []string
	for i, s := range subjects {
		if i == mostListed {
			items = append(items, fmt.Sprintf("- and %d more", len(subjects)-i))
			break
		}
		item := "- " + m.mark(s) + mdText(verdict(s))
		if s.Recommended {
			item += " **(use this one)**"
		}
		items = append(items, item)
	}
	m.list(items)
}

// kindOf is what the subjects of a run are.
func kindOf(subjects []report.Subject) string {
	if len(subjects) > 0 && !slices.ContainsFunc(subjects, func(s report.Subject) bool { return s.Kind != "resend" }) {
		return "key"
	}
	for _, s := range subjects {
		if s.Kind != "settings" {
			return "endpoint"
		}
	}
	return "channel"
}

// mark is the subject's mark; a dash would start a list.
func (m *markdown) mark(s report.Subject) string {
	if state(s) == useless {
		return ""
	}
	return m.o.mark(state(s)) + " "
}

// first is what a reader needs first: what is wrong, and what to do.
func (m *markdown) first(s report.Subject, apps bool) {
	m.heading(s)
	m.findings(s)
	m.correction(s)
	m.use(s.Use, apps)
	m.next(s.Next)
	m.known(s)
}

func (m *markdown) heading(s report.Subject) {
	m.block("## %s%s", m.mark(s), mdText(verdict(s)))
	if s.As != target.NoMode {
		m.block("Judged as a client that is set to **%s**.", mdText(modeWords(s.As)))
	}
	if text := ending(s.Cut); text != "" {
		m.block("**%s**", mdText(text))
	}
}

// environment says where and when the report was made.
func (m *markdown) environment(r report.Report) {
	rows := runRows(r)
	for i := range rows {
		switch rows[i].label {
		case "Command", "Proxy":
			rows[i].text = mdCode(rows[i].text)
		default:
			rows[i].text = mdText(rows[i].text)
		}
	}
	m.table([2]string{"What", "Value"}, rows)
}

func (m *markdown) table(head [2]string, rows []row) { m.block("%s", mdTable(head, rows)) }

// details is what was seen, for who wants to know.
func (m *markdown) details(s report.Subject) {
	m.context(s)
	m.settings(s)
	if s.Endpoint != nil {
		m.clients(s.Endpoint.Clients)
	}
	m.seen(s)
	m.resend(s.Resend)
	m.message(s.Message)
	if !told(s) {
		m.notRun(s.Outcomes)
	}
}

func (m *markdown) findings(s report.Subject) {
	sure, guesses := bySureness(s)
	for _, f := range sure {
		m.finding(f, hostOf(s))
	}
	m.guesses(guesses)
}

// finding writes one finding, under a heading of its own.
func (m *markdown) finding(f report.Finding, host string) {
	m.block("### [%s] %s: %s", mdText(string(f.Severity)), mdText(f.ID), mdText(f.Summary))
	if f.Source != nil {
		m.block("At %s", mdCode(origin(*f.Source)))
	}
	var quotes []string
	for _, q := range f.Evidence {
		quotes = append(quotes, "- "+quoted(q))
	}
	m.list(quotes)
	for p := range strings.SplitSeq(f.Detail, "\n") {
		if p != "" {
			m.block("%s", mdText(p))
		}
	}
	m.fix(f, host)
	if strings.HasPrefix(f.URL, "https://") {
		m.block("More: <%s>", urlSafe.Replace(f.URL))
	}
}

// quoted is a piece of evidence, with the words of it that tell.
func quoted(q report.Quote) string {
	text := mdText(q.From) + ": " + mdCode(q.Text)
	if q.Match != "" && q.Match != q.Text {
		text += ", which says " + mdCode(q.Match)
	}
	return text
}

// urlSafe keeps an autolink from ending early (CommonMark 6.5), and free of entities,
// which cmark reads there.
var urlSafe = strings.NewReplacer("<", "%3C", ">", "%3E", " ", "%20", "&", "%26")

func (m *markdown) fix(f report.Finding, host string) {
	var items []string
	for i, step := range f.Fix {
		items = append(items, fmt.Sprintf("%d. %s", i+1, mdText(step)))
	}
	if len(items) > 0 {
		m.block("**Fix**")
		m.list(items)
	}
	items = nil
	for _, t := range f.Try {
		items = append(items, fmt.Sprintf("- %s: **%s**", mdText(trialName(t, host)), mdText(tried(t))))
	}
	if len(items) > 0 {
		m.block("**Remedies**")
		m.list(items)
	}
}

func (m *markdown) clients(clients []report.Client) {
	if len(clients) == 0 {
		return
	}
	m.block("### A client set to ... would here ...")
	var rows []row
	var says []string
	for _, c := range clients {
		text := "**" + mdText(clientResult(c)) + "**"
		if c.Detail != "" {
			text += ": " + mdText(c.Detail)
		}
		rows = append(rows, row{label: mdText(modeWords(c.Mode)), text: text})
		if len(c.Says) > 0 {
			says = append(says, fmt.Sprintf("- %s: %s", mdText(modeWords(c.Mode)), codes(c.Says)))
		}
	}
	m.table([2]string{"a client set to", "would here"}, rows)
	if len(says) > 0 {
		m.block("What the stack of such a client prints:")
		m.list(says)
	}
}

func codes(list []string) string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = mdCode(s)
	}
	return strings.Join(out, ", ")
}

func (m *markdown) use(u *report.Use, apps bool) {
	if u == nil {
		return
	}
	m.block("### %s", mdText(because("Use these settings", u.Proof)))
	rows := useRows(u)
	for i := range rows {
		rows[i].text = mdText(rows[i].text)
	}
	m.table([2]string{"Setting", "Value"}, rows)
	if apps {
		m.apps(u, "")
	}
}

// apps is how applications write the settings; of names the subject where there
// are several.
func (m *markdown) apps(u *report.Use, of string) {
	if u == nil || len(u.Apps) == 0 {
		return
	}
	var lines []string
	for i, a := range u.Apps {
		if i > 0 {
			lines = append(lines, "")
		}
		lines = append(append(lines, a.Name+":"), indented(a.Lines)...)
	}
	m.folded("How applications write this"+of, lines)
}

func indented(lines []string) []string {
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = "  " + l
	}
	return out
}

// folded writes lines that open on a click, or below a heading where there is to be
// no HTML. The empty lines make forges read Markdown within the element (CommonMark
// 4.6).
func (m *markdown) folded(title string, lines []string) {
	if m.o.Plain {
		m.block("### %s", title)
		m.block("%s", mdFence("text", lines))
		return
	}
	m.block("<details>\n<summary>%s</summary>\n\n%s\n\n</details>", title, mdFence("text", lines))
}

// seen writes the phases as the text format has them.
func (m *markdown) seen(s report.Subject) {
	t := newPrinter(Options{Verbose: true, Plain: m.o.Plain})
	t.rows(seen(s, t.o))
	if rows := addressRows(s.Endpoint); rows != nil {
		t.heading("Addresses")
		t.rows(rows)
	}
	if t.b.Len() == 0 {
		return
	}
	m.block("### Seen%s", seenSuffix(s.Endpoint))
	m.block("%s", mdFence("text", strings.Split(strings.TrimRight(t.b.String(), "\n"), "\n")))
}

func (m *markdown) notRun(outcomes []report.Outcome) {
	total, by := notRun(outcomes)
	if total+passed(outcomes) == 0 {
		return
	}
	items := []string{fmt.Sprintf("- passed: %s", count(passed(outcomes), "check"))}
	for _, y := range by {
		items = append(items, fmt.Sprintf("- not run, %s: %s", mdText(y.reason), count(len(y.checks), "check")))
	}
	m.block("### Checks")
	m.list(items)
}

func (m *markdown) transcript(s report.Subject, of string) {
	var lines []string
	for i, x := range s.Sessions {
		if i > 0 {
			lines = append(lines, "")
		}
		lines = append(lines, sessionTitle(x))
		for _, r := range transcript(x) {
			lines = append(lines, fmt.Sprintf("%9s  %s %s", r.took, r.label, r.text))
		}
	}
	if len(lines) > 0 {
		m.folded("Transcript"+of+": "+count(len(s.Sessions), "session"), lines)
	}
}
