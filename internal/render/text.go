package render

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/fatih/color"

	"github.com/maildoctor/maildoctor/internal/report"
	"github.com/maildoctor/maildoctor/internal/target"
)

func writeText(w io.Writer, r report.Report, o Options) error {
	if r.Summary != nil {
		return writeManyText(w, r, o)
	}
	t := newPrinter(o)
	t.report(cleaned(r))
	_, err := io.WriteString(w, t.b.String())
	return err
}

func (t *printer) report(r report.Report) {
	if len(r.Subjects) > 1 {
		t.summary(r.Subjects)
		t.blank()
	}
	brief := recommended(r.Subjects) && !t.o.Verbose
	for i, s := range r.Subjects {
		if brief && aside(r.Subjects, s) {
			continue // the summary says all there is
		}
		if i > 0 {
			t.blank()
			t.blank()
		}
		t.verdict(s)
		if brief && !s.Recommended {
			t.findings(s)
			t.known(s)
			continue
		}
		t.subject(s)
	}
	t.footer(r)
}

// recommended reports whether one of the subjects is to be used rather than
// the others; the others are then told briefly.
func recommended(subjects []report.Subject) bool {
	for _, s := range subjects {
		if s.Recommended {
			return true
		}
	}
	return false
}

// summary lists the subjects with their verdicts.
func (t *printer) summary(subjects []report.Subject) {
	names := 0
	for _, s := range subjects {
		names = max(names, width(s.Name))
	}
	for _, s := range subjects {
		t.summaryLine(s, names)
	}
}

// summaryLine is the line of one subject, its name in a column.
func (t *printer) summaryLine(s report.Subject, names int) {
	marks := 1
	if t.o.Plain {
		marks = len("warning:")
	}
	sign := pad(t.o.mark(state(s)), marks)
	text := withoutName(s)
	if s.Recommended {
		text += " (use this one)"
	}
	name := pad(s.Name, names)
	lead := sign + " " + name + "  "
	if 2*width(lead) > t.width { // a column beside it would be too narrow to read
		t.hang(sign+" ", t.stateColor(state(s)), s.Name, t.bold)
		t.hang(strings.Repeat(" ", width(sign)+3), nil, text, nil)
		return
	}
	for i, line := range wrap(text, t.width-width(lead)) {
		if i > 0 {
			t.line(strings.Repeat(" ", width(lead)) + line)
			continue
		}
		t.line(paint(t.stateColor(state(s)), sign) + " " + paint(t.bold, name) + "  " + line)
	}
}

func (t *printer) verdict(s report.Subject) {
	t.hang(t.o.mark(state(s))+" ", t.stateColor(state(s)), verdict(s), t.bold)
	if s.As != target.NoMode {
		t.hang("  ", nil, "Judged as a client that is set to "+modeWords(s.As)+".", t.dim)
	}
	if text := ending(s.Cut); text != "" {
		t.hang("  ", nil, text, t.yellow)
	}
}

// subject writes everything below the verdict.
func (t *printer) subject(s report.Subject) {
	t.context(s)
	t.settings(s)
	t.seen(s)
	t.resend(s.Resend)
	t.message(s.Message)
	t.findings(s)
	t.known(s)
	t.correction(s)
	if s.Endpoint != nil {
		t.clients(s.Endpoint.Clients)
	}
	t.use(s.Use)
	t.next(s.Next)
	if !told(s) {
		t.notRun(s)
	}
	if t.o.Verbose {
		t.transcript(s)
	}
}

func (t *printer) seen(s report.Subject) {
	rows := seen(s, t.o)
	if len(rows) == 0 {
		return
	}
	t.heading("Seen" + seenSuffix(s.Endpoint))
	t.rows(rows)
	if rows := addressRows(s.Endpoint); rows != nil {
		t.heading("Addresses")
		if n := len(rows) - fewAddresses; n > 0 && !t.o.Verbose {
			rows = append(rows[:fewAddresses], row{text: fmt.Sprintf("%d more with -v", n)})
		}
		t.rows(rows)
	}
}

// seenSuffix tells the cost of looking: " in 236 ms, over 4 connections".
func seenSuffix(e *report.Endpoint) string {
	if e == nil || e.Connections == 0 {
		return ""
	}
	return fmt.Sprintf(" in %s, over %s", tookMS(&e.Timing.Total), count(e.Connections, "connection"))
}

func (t *printer) findings(s report.Subject) {
	sure, guesses := bySureness(s)
	for _, f := range sure {
		t.finding(f, hostOf(s))
	}
	t.guesses(guesses)
}

// hostOf is the host that a subject is about, "" for other subjects.
func hostOf(s report.Subject) string {
	if s.Endpoint == nil {
		return ""
	}
	return s.Endpoint.Host
}

func (t *printer) finding(f report.Finding, host string) {
	t.blank()
	lead := fmt.Sprintf("[%s] ", f.Severity)
	lines := wrap(f.ID+": "+f.Summary, t.width-len(lead))
	t.lines(lead, t.severity(f.Severity), lines, t.bold)
	if f.Source != nil {
		t.hang("  at ", t.dim, origin(*f.Source), nil)
	}
	bar := "  │ "
	if t.o.Plain {
		bar = "  | "
	}
	for _, q := range f.Evidence {
		t.quote(bar, q)
	}
	if f.Detail != "" {
		t.blank()
		t.para("  ", f.Detail)
	}
	if len(f.Fix) > 0 {
		t.blank()
		t.steps("  ", f.Fix)
	}
	t.trials(f.Try, host)
}

// origin names a place: ".env:12: MAIL_ENCRYPTION".
func origin(o report.Origin) string {
	s := o.File
	for _, n := range []int{o.Line, o.Column} {
		if n > 0 {
			s += fmt.Sprintf(":%d", n)
		}
	}
	if o.Key != "" {
		s += ": " + o.Key
	}
	return s
}

// steps writes a list of things to do, numbered when there are several.
func (t *printer) steps(indent string, steps []string) {
	for i, step := range steps {
		lead := indent + "Fix: "
		if len(steps) > 1 {
			lead = fmt.Sprintf("%s  %d. ", indent, i+1)
		}
		if len(steps) > 1 && i == 0 {
			t.line(indent + paint(t.bold, "Fix:"))
		}
		t.hang(lead, t.bold, step, nil)
	}
}

func (t *printer) trials(trials []report.Trial, host string) {
	if len(trials) == 0 {
		return
	}
	t.blank()
	t.line("  " + paint(t.bold, "Remedies:"))
	names := 0
	for _, tr := range trials {
		names = max(names, width(trialName(tr, host)))
	}
	for _, tr := range trials {
		t.hang("    "+pad(trialName(tr, host), names)+"  ", nil, tried(tr), t.resultColor(tr.Result))
	}
}

// trialName names a remedy, with its host when it is not the subject's.
func trialName(tr report.Trial, host string) string {
	where := fmt.Sprintf("port %d", tr.Port)
	if tr.Host != host && tr.Host != "" {
		where = target.Join(tr.Host, tr.Port)
	}
	return where + " with " + modeWords(tr.Mode)
}

// clients writes the table of what clients set this or that way would meet.
func (t *printer) clients(clients []report.Client) {
	if len(clients) == 0 {
		return
	}
	t.heading("A client set to ... would here ...")
	if allUnknown(clients) {
		t.hang("  ", nil, "Not known: looking did not come that far.", t.dim)
		return
	}
	modes, results := 0, 0
	for _, c := range clients {
		modes = max(modes, width(modeWords(c.Mode)))
		results = max(results, width(clientResult(c)))
	}
	var said []string
	for _, c := range clients {
		t.client(c, modes, results)
		if len(c.Says) > 0 && slices.Equal(c.Says, said) {
			t.line("    says: the same")
			continue
		}
		t.says(c.Says)
		said = c.Says
	}
}

// client is a row of that table, its columns below each other where there is no
// room for them side by side.
func (t *printer) client(c report.Client, modes, results int) {
	mode, result, tc := modeWords(c.Mode), clientResult(c), t.resultColor(c.Result)
	lead := "  " + pad(mode, modes) + "  "
	indent := strings.Repeat(" ", width(lead)+results+2)
	if t.width-width(indent) < minText {
		t.hang("  "+mode+": ", nil, result, tc)
		t.hang("    ", nil, c.Detail, nil)
		return
	}
	gap := strings.Repeat(" ", results-width(result)+2)
	lines := wrap(c.Detail, t.width-width(indent))
	t.line(lead + paint(tc, result) + gap + lines[0])
	for _, line := range lines[1:] {
		t.line(indent + line)
	}
}

func allUnknown(clients []report.Client) bool {
	for _, c := range clients {
		if c.Result != "unknown" {
			return false
		}
	}
	return true
}

// clientResult completes "a client set to ... would here", and tells what was
// seen from what follows from other sessions: "fail (seen)".
func clientResult(c report.Client) string {
	verb := c.Result
	switch c.Result {
	case "works":
		verb = "work"
	case "fails":
		verb = "fail"
	case "works-unencrypted":
		verb = "work in clear"
	case "unknown":
		return "unknown"
	}
	return because(verb, c.Proof)
}

// says writes the words that a client's stack prints, each phrase unbroken so
// that a search for it finds this report.
func (t *printer) says(says []string) {
	if len(says) == 0 {
		return
	}
	const lead = "    says: "
	t.lines(lead, t.dim, phrases(says, t.width-width(lead)), nil)
}

// phrases quotes the phrases and joins them into lines of at most columns,
// unless a single phrase is longer.
func phrases(list []string, columns int) []string {
	var lines []string
	last := 0 // columns used in the last line
	for i, p := range list {
		p = `"` + Clean(p) + `"`
		if i < len(list)-1 {
			p += ","
		}
		if i > 0 && last+1+width(p) <= columns {
			lines[len(lines)-1] += " " + p
			last += 1 + width(p)
			continue
		}
		lines = append(lines, wrap(p, columns)...)
		last = width(lines[len(lines)-1])
	}
	return lines
}

func (t *printer) use(u *report.Use) {
	if u == nil {
		return
	}
	t.heading(because("Use these settings", u.Proof))
	rows := useRows(u)
	for _, r := range rows {
		t.hang("  "+pad(r.label, len("Encryption"))+"  ", t.dim, r.text, nil)
	}
	if len(u.Apps) > 0 {
		t.blank()
		t.apps(u.Apps)
	}
}

// useRows are the settings themselves, for every format.
func useRows(u *report.Use) []row {
	rows := []row{
		{label: "Host", text: u.Host},
		{label: "Port", text: fmt.Sprint(u.Port)},
		{label: "Encryption", text: modeWords(u.Mode)},
	}
	hint := ""
	if u.Unverified {
		hint = " (not verified)"
	}
	if u.Username != "" {
		rows = append(rows, row{label: "User name", text: u.Username + hint})
	}
	if u.Password != "" {
		rows = append(rows, row{label: "Password", text: u.Password + hint})
	}
	if u.Source != "" {
		rows = append(rows, row{label: "Source", text: u.Source})
	}
	return rows
}

// apps shows how applications write the settings: a handful, all with -v.
func (t *printer) apps(apps []report.App) {
	shown := apps
	if !t.o.Verbose && len(apps) > fewApps {
		shown = apps[:fewApps]
	}
	names := 0
	for _, a := range shown {
		names = max(names, width(a.Name))
	}
	for _, a := range shown {
		if t.width < narrowWidth {
			t.hang("  ", nil, a.Name, t.dim)
			t.app("    ", a.Lines)
			continue
		}
		t.app("  "+pad(a.Name, names)+"  ", a.Lines)
	}
	if rest := apps[len(shown):]; len(rest) > 0 {
		var more []string
		for _, a := range rest {
			more = append(more, a.Name)
		}
		t.hang("  with -v: ", t.dim, strings.Join(more, ", "), t.dim)
	}
}

// app writes an app's lines as they are, so that they can be copied.
func (t *printer) app(lead string, lines []string) {
	if len(lines) > 0 {
		t.lines(lead, t.dim, lines, nil)
	}
}

func (t *printer) notRun(s report.Subject) {
	total, by := notRun(s.Outcomes)
	if total > 0 || passed(s.Outcomes) > 0 {
		t.blank()
	}
	if n := passed(s.Outcomes); n > 0 {
		t.line(paint(t.dim, "passed: "+count(n, "check")))
	}
	if total == 0 {
		return
	}
	if !t.o.Verbose {
		t.hang("", nil, notRunLine(total, by), t.dim)
		return
	}
	t.line(paint(t.dim, fmt.Sprintf("not run: %s", count(total, "check"))))
	for _, y := range by {
		lead, longest := "  "+y.reason+": ", 0
		for _, id := range y.checks {
			longest = max(longest, width(id+","))
		}
		if width(lead)+longest > t.width {
			t.hang("  ", nil, y.reason+":", t.dim)
			lead = "    "
		}
		t.hang(lead, t.dim, strings.Join(y.checks, ", "), nil)
	}
}

func (t *printer) transcript(s report.Subject) {
	if len(s.Sessions) == 0 {
		return
	}
	t.heading("Transcript")
	for i, x := range s.Sessions {
		if i > 0 {
			t.blank()
		}
		t.hang("  ", nil, sessionTitle(x), t.bold)
		for _, r := range transcript(x) {
			var tc *color.Color
			if r.bad {
				tc = t.red
			}
			t.hang("  "+padLeft(r.took, len("1234.5 ms"))+"  "+r.label+" ", t.dim, r.text, tc)
		}
	}
}

// footer points to the page of the worst finding and says when this was.
func (t *printer) footer(r report.Report) {
	t.blank()
	if id := worstID(r.Subjects); id != "" {
		t.line("More: " + paint(t.bold, "maildoctor explain "+id))
	}
	text := fmt.Sprintf("%s %s, %s", r.Tool.Name, r.Tool.Version, stamp(r.Run.Started))
	if r.Run.Here.Inside != "" {
		text += ", from inside " + r.Run.Here.Inside
	}
	if !r.Complete {
		text += ", incomplete"
	}
	t.hang("", nil, text, t.dim)
}

func stamp(at time.Time) string { return at.Format("2006-01-02 15:04:05 -07:00") }

// worstID is the check of the worst finding of all that counts, the first of its kind.
func worstID(subjects []report.Subject) string {
	id, rank := "", 0
	for _, s := range subjects {
		for _, f := range s.Findings {
			if f.Waived == nil && f.Severity.Rank() > rank {
				id, rank = f.ID, f.Severity.Rank()
			}
		}
	}
	return id
}
