package render

import (
	"fmt"
	"slices"
	"strings"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/report"
	"github.com/maildoctor/maildoctor/internal/target"
)

// A row is one line of what was seen: a phase, how long it took, what came.
type row struct {
	label string
	took  string
	text  string
	bad   bool // it failed
}

// How much of a list is shown when not everything is asked for.
const (
	fewNames     = 4
	fewAddresses = 8
	fewApps      = 4
	fewReasons   = 4
)

// limit is n, or no limit when everything is to be shown.
func (o Options) limit(n int) int {
	if o.Verbose {
		return -1
	}
	return n
}

// seen returns the phases of the subject in the order they happened.
func seen(s report.Subject, o Options) []row {
	var rows []row
	if s.Kind != "resend" { // its look-ups stand with the records
		rows = lookupRows(s)
	}
	if m := mainSession(s); m != nil && s.Kind != "resend" {
		for _, st := range m.Steps {
			rows = append(rows, stepRows(s, m, st, o)...)
		}
	}
	if e := s.Endpoint; e != nil {
		rows = append(rows, endpointRows(e, withheld(s))...)
	}
	return append(rows, resendRows(s, o)...)
}

// mainSession is the session that the endpoint's facts come from: the one to
// the first address that answers.
func mainSession(s report.Subject) *evidence.Session {
	var first *evidence.Session
	for i := range s.Sessions {
		m := &s.Sessions[i]
		if m.Role != evidence.Main {
			continue
		}
		if first == nil {
			first = m
		}
		if s.Endpoint != nil && m.Peer == firstOpen(s.Endpoint) {
			return m
		}
	}
	return first
}

func firstOpen(e *report.Endpoint) string {
	for _, a := range e.Addresses {
		if a.Result == "open" {
			return a.IP
		}
	}
	return ""
}

func lookupRows(s report.Subject) []row {
	var rows []row
	for _, l := range s.Lookups {
		if l.Skipped != "" || l.Source == "literal" {
			continue
		}
		r := row{label: "name", took: took(l.Took), text: lookupText(l), bad: len(l.Addrs)+len(l.MX) == 0}
		if s.Endpoint != nil && l.Name != s.Endpoint.Host {
			r.text = l.Name + ": " + r.text
		}
		if l.Kind == "mx" {
			r.label = "MX"
		}
		rows = append(rows, r)
	}
	return rows
}

func lookupText(l evidence.Lookup) string {
	var found []string
	for _, a := range l.Addrs {
		found = append(found, a.IP)
	}
	for _, m := range l.MX {
		found = append(found, fmt.Sprintf("%s (%d)", m.Host, m.Pref))
	}
	text := strings.Join(found, ", ")
	switch {
	case len(found) == 0:
		text = lookupFaults(l)
	case len(l.Addrs) > 2: // they are listed one by one
		text = count(len(l.Addrs), "address")
	}
	if len(l.Chain) > 0 {
		text += ", by way of " + strings.Join(l.Chain, ", ")
	}
	switch l.Source {
	case "hosts":
		text += " (hosts file)"
	case "connect-to":
		text += " (--connect-to)"
	}
	return text
}

func lookupFaults(l evidence.Lookup) string {
	var texts []string
	for _, f := range l.Faults {
		t := f.Fault.Text
		if f.Type != "" {
			t = f.Type + ": " + t
		}
		if !slices.Contains(texts, t) {
			texts = append(texts, t)
		}
	}
	if len(texts) == 0 {
		return "no address"
	}
	return strings.Join(texts, "; ")
}

// stepRows says one step of the main session; the certificate comes with the
// TLS handshake that showed it.
func stepRows(s report.Subject, m *evidence.Session, st evidence.Step, o Options) []row {
	switch st.Name {
	case evidence.StepConnect, evidence.StepProxy, evidence.StepGreeting, evidence.StepGreetingTLS, evidence.StepEHLO, evidence.StepHELO,
		evidence.StepLHLO, evidence.StepSTARTTLS, evidence.StepTLS, evidence.StepEHLOTLS:
	default:
		return nil // MAIL, RSET and QUIT stand in the transcript
	}
	r := row{label: stepLabel(st.Name), took: took(st.Took), text: stepText(m, st)}
	if st.Fault != nil {
		r.text, r.bad = st.Fault.Text, true
		if st.Name == evidence.StepConnect {
			r.text = target.Join(m.Peer, m.Port) + ": " + r.text
		}
	}
	rows := []row{r}
	if st.Name == evidence.StepTLS && s.Endpoint != nil {
		rows = append(rows, tlsRows(s.Endpoint.TLS, o)...)
	}
	return rows
}

// stepLabel names a step for people.
func stepLabel(n evidence.StepName) string {
	switch n {
	case evidence.StepGreetingTLS:
		return "greeting"
	case evidence.StepEHLOTLS:
		return "EHLO in TLS"
	case evidence.StepConnect, evidence.StepProxy, evidence.StepGreeting, evidence.StepMessage:
		return string(n)
	case evidence.StepAuthMore:
		return "AUTH, answer"
	case evidence.StepPoke:
		return "a line"
	}
	return strings.ToUpper(string(n))
}

func stepText(m *evidence.Session, st evidence.Step) string {
	switch st.Name {
	case evidence.StepConnect:
		return target.Join(m.Peer, m.Port) + " answers"
	case evidence.StepTLS:
		return tlsText(m.TLS)
	case evidence.StepEHLO, evidence.StepLHLO:
		if m.Ext != nil && !m.Ext.HELO {
			return keywords(m.Ext)
		}
	case evidence.StepEHLOTLS:
		if m.ExtTLS != nil {
			return keywords(m.ExtTLS)
		}
	}
	if st.Reply == nil {
		return "no answer"
	}
	first := cutLong(replyLines(st.Reply, 1)[0])
	if n := len(st.Reply.Lines); n > 1 {
		return fmt.Sprintf("%s (%s)", first, count(n, "line"))
	}
	return first
}

// rowBytes is how much of one reply a row shows; the transcript has the whole.
const rowBytes = 500

// cutLong cuts what no reader wants whole, and says so.
func cutLong(s string) string {
	if len(s) <= rowBytes {
		return s
	}
	cut := strings.ToValidUTF8(s[:rowBytes], "")
	return fmt.Sprintf("%s... (and %d more bytes)", cut, len(s)-len(cut))
}

func keywords(x *evidence.Extensions) string {
	var list []string
	for _, k := range x.Keywords {
		list = append(list, strings.TrimSpace(k.Name+" "+k.Params))
	}
	if len(list) == 0 {
		return "no extensions"
	}
	return some(list, 24) // no real server has more
}

func tlsText(t *evidence.TLS) string {
	if t == nil || t.Version == "" {
		return "no handshake"
	}
	parts := []string{"TLS " + t.Version}
	for _, p := range []string{t.Cipher, t.Group} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	switch t.ClientCert {
	case "requested":
		parts = append(parts, "asks for a client certificate")
	case "sent":
		parts = append(parts, "client certificate sent")
	}
	return strings.Join(parts, ", ")
}

func tlsRows(t *report.TLS, o Options) []row {
	if t == nil {
		return nil
	}
	var rows []row
	if refused := without(t.VersionsTested, t.Versions); len(refused) > 0 && len(t.Versions) > 0 {
		text := fmt.Sprintf("takes TLS %s; does not take %s", strings.Join(t.Versions, ", "), strings.Join(refused, ", "))
		if untried := without([]string{"1.2"}, t.VersionsTested); len(untried) > 0 {
			text += "; 1.2 was not tried (--deep)"
		}
		rows = append(rows, row{text: text})
	}
	if c := t.Certificate; c != nil && c.Status != "not-verified" {
		rows = append(rows, certRows(c, o)...)
	}
	return rows
}

func without(list, taken []string) []string {
	var out []string
	for _, s := range list {
		if !slices.Contains(taken, s) {
			out = append(out, s)
		}
	}
	return out
}

func certRows(c *report.Certificate, o Options) []row {
	status := c.Status
	if len(c.Problems) > 1 {
		status = strings.Join(c.Problems, ", ")
	}
	names := some(c.Names, o.limit(fewNames))
	if names == "" {
		names = "no names"
	}
	rows := []row{
		{label: "certificate", text: status + ": " + validity(c), bad: c.Status != "ok"},
		{text: "for " + names},
	}
	if c.Issuer != "" {
		rows = append(rows, row{text: "from " + c.Issuer})
	}
	if o.Verbose {
		rows = append(rows, row{text: fmt.Sprintf("key %s, signature %s", c.Key, c.Signature)},
			row{text: "SHA-256 " + c.SHA256})
	}
	return rows
}

func validity(c *report.Certificate) string {
	until := c.NotAfter.Format("2006-01-02")
	switch {
	case c.DaysLeft == nil:
		return "valid until " + until
	case *c.DaysLeft < 0:
		return fmt.Sprintf("expired %s ago, on %s", count(-*c.DaysLeft, "day"), until)
	}
	return fmt.Sprintf("%s left, until %s", count(*c.DaysLeft, "day"), until)
}

// endpointRows says what more than one session showed.
func endpointRows(e *report.Endpoint, withheld string) []row {
	var rows []row
	if e.STARTTLSRequired != nil {
		text := "mail is taken without TLS: STARTTLS is not required"
		if *e.STARTTLSRequired {
			text = "mail is refused without TLS: STARTTLS is required"
		}
		rows = append(rows, row{label: "clear text", text: text})
	}
	if len(e.Capabilities.BeforeTLS)+len(e.Capabilities.AfterTLS) > 0 {
		rows = append(rows, row{label: "login", text: loginText(e)})
	}
	rows = append(rows, loginRows(e.Auth)...)
	rows = append(rows, envelopeRows(e.Envelope, withheld)...)
	return append(rows, messageRows(e.Delivery)...)
}

func loginText(e *report.Endpoint) string {
	before, after := strings.Join(e.Auth.BeforeTLS, ", "), strings.Join(e.Auth.AfterTLS, ", ")
	var text string
	underTLS := e.Mode == "implicit" || e.Mode == "starttls"
	switch {
	case underTLS && len(e.Capabilities.AfterTLS) == 0:
		text = "not known: EHLO under TLS was not answered"
		if before != "" {
			text = before + " in clear text; under TLS " + text
		}
	case before == "" && after == "":
		text = "none offered"
	case before == "":
		text = after + ", under TLS only"
	case after == "" && len(e.Capabilities.AfterTLS) == 0:
		text = before + ", in clear text"
	case before == after:
		text = before + ", in clear text as well as under TLS"
	default:
		text = fmt.Sprintf("%s in clear text; %s under TLS", before, orNone(after))
	}
	return text
}

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}

// addressRows lists the addresses when there is more than one.
func addressRows(e *report.Endpoint) []row {
	if e == nil || len(e.Addresses) < 2 {
		return nil
	}
	var rows []row
	for _, a := range e.Addresses {
		text := a.Result
		if a.Mode != target.NoMode && a.Mode != target.Unknown {
			text += ", " + modeWords(a.Mode)
		}
		if a.Certificate != "" && a.Certificate != "not-verified" {
			text += ", certificate " + a.Certificate
		}
		if a.Source != "" && a.Source != "dns" {
			text += " (" + a.Source + ")"
		}
		rows = append(rows, row{label: a.IP, took: tookMS(a.ConnectMS), text: text, bad: a.Result != "open"})
	}
	return rows
}

// A tally is a reason and the checks that were not run for it.
type tally struct {
	reason string
	checks []string
}

// notRun groups the checks that could not look by reason, the commonest first.
func notRun(outcomes []report.Outcome) (total int, by []tally) {
	for _, o := range outcomes {
		if o.Status != report.NotRun {
			continue
		}
		total++
		i := slices.IndexFunc(by, func(t tally) bool { return t.reason == o.Reason })
		if i < 0 {
			i = len(by)
			by = append(by, tally{reason: o.Reason})
		}
		by[i].checks = append(by[i].checks, o.Check)
	}
	slices.SortStableFunc(by, func(a, b tally) int { return len(b.checks) - len(a.checks) })
	return total, by
}

// notRunLine says how many checks were not run and why.
func notRunLine(total int, by []tally) string {
	var reasons []string
	for i, t := range by {
		if i == fewReasons && len(by) > fewReasons+1 {
			reasons = append(reasons, count(len(by)-i, "other reason"))
			break
		}
		reasons = append(reasons, fmt.Sprintf("%s: %d", t.reason, len(t.checks)))
	}
	return fmt.Sprintf("not run: %s (%s)", count(total, "check"), strings.Join(reasons, "; "))
}

func passed(outcomes []report.Outcome) int {
	n := 0
	for _, o := range outcomes {
		if o.Status == report.Passed {
			n++
		}
	}
	return n
}
