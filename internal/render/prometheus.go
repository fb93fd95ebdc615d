package render

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/maildoctor/maildoctor/internal/report"
	"github.com/maildoctor/maildoctor/internal/target"
)

// writePrometheus writes gauges in the text format of Prometheus 0.0.4, as the
// textfile collector of its node exporter reads it: without timestamps, in base
// units, each family once. A state is a set of series of which one is 1, so that
// a rule can name the state that it waits for.
func writePrometheus(w io.Writer, r report.Report, _ Options) error {
	m := &metrics{}
	m.run(cleanedRun(r))
	names, c := map[string]bool{}, cleaner{}
	for _, s := range r.Subjects {
		s := c.subject(s)
		m.subject(s, identity(s, names), r.Run.Started)
	}
	return m.write(w)
}

// A family is one metric with its series.
type family struct {
	name, help string
	series     []series
}

// series is one line: its labels as they are written, and its value.
type series struct {
	labels string
	value  float64
}

// A label of a series. One without a value is as good as none, and left out.
type label struct{ name, value string }

// metrics are the families, in the order in which they were first met.
type metrics struct {
	families []*family
	written  map[string]bool // name and labels of each series
}

// add adds a series. The format allows one line for each set of labels; where a
// server or an account names a thing twice, the first one stands.
func (m *metrics) add(name, help string, value float64, labels ...label) {
	s := series{labels: labelText(labels), value: value}
	if m.written[name+s.labels] {
		return
	}
	if m.written == nil {
		m.written = map[string]bool{}
	}
	m.written[name+s.labels] = true
	i := slices.IndexFunc(m.families, func(f *family) bool { return f.name == name })
	if i < 0 {
		i = len(m.families)
		m.families = append(m.families, &family{name: name, help: help})
	}
	m.families[i].series = append(m.families[i].series, s)
}

// flag adds a series that is 1 or 0.
func (m *metrics) flag(name, help string, on bool, labels ...label) {
	value := 0.0
	if on {
		value = 1
	}
	m.add(name, help, value, labels...)
}

// state adds a series for each state that there can be, the one that is, 1. One that
// nobody has heard of has a series, too.
func (m *metrics) state(name, help, key, is string, all []string, labels []label) {
	if is != "" && !slices.Contains(all, is) {
		all = append(slices.Clip(all), is)
	}
	for _, s := range all {
		m.flag(name, help, s == is, with(labels, label{key, s})...)
	}
}

// with returns the labels and more, and leaves those as they are.
func with(labels []label, more ...label) []label { return append(slices.Clip(labels), more...) }

func labelText(labels []label) string {
	var list []string
	for _, l := range labels {
		if l.value != "" {
			list = append(list, l.name+`="`+labelValue.Replace(l.value)+`"`)
		}
	}
	if list == nil {
		return ""
	}
	return "{" + strings.Join(list, ",") + "}"
}

// labelValue escapes what the format has for the end of a value or of a line.
var labelValue = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`)

func (m *metrics) write(w io.Writer) error {
	out := bufio.NewWriter(w)
	for _, f := range m.families {
		fmt.Fprintf(out, "# HELP %s %s\n# TYPE %s gauge\n", f.name, f.help, f.name)
		for _, s := range f.series {
			fmt.Fprintf(out, "%s%s %s\n", f.name, s.labels, strconv.FormatFloat(s.value, 'f', -1, 64))
		}
	}
	return out.Flush()
}

// identity are the labels of a subject. Its name is made one that no other has.
func identity(s report.Subject, names map[string]bool) []label {
	name := s.Name
	for i := 2; names[name]; i++ {
		name = strings.TrimSpace(fmt.Sprintf("%s (%d)", s.Name, i))
	}
	names[name] = true
	labels := []label{{"subject", name}}
	if host, port := server(s); host != "" {
		at := host
		if port != 0 {
			at = target.Join(host, port)
		}
		labels = append(labels, label{"endpoint", at}, label{"host", host}, label{"port", number(port)})
	}
	if set := s.Settings; set != nil {
		labels = append(labels, label{"file", set.File}, label{"channel", set.Channel})
	}
	return labels
}

// server is the host and port that a subject is about.
func server(s report.Subject) (string, uint16) {
	switch {
	case s.Endpoint != nil:
		return s.Endpoint.Host, s.Endpoint.Port
	case s.Settings != nil:
		return s.Settings.Host, s.Settings.Port
	case s.Context != nil:
		return s.Context.Host, s.Context.Port
	}
	return "", 0
}

// number is a port, "" for none.
func number(port uint16) string {
	if port == 0 {
		return ""
	}
	return strconv.Itoa(int(port))
}

// run tells of the run itself. A hash of what was typed tells it from others, for a
// collector refuses two files that have a series in common. What was typed may hold
// addresses of people, and is nobody's business there.
func (m *metrics) run(r report.Report) {
	sum := sha256.Sum256([]byte(r.Run.CommandLine))
	id := []label{{"run", hex.EncodeToString(sum[:4])}, {"command", r.Command}}
	m.add("maildoctor_build_info", "The maildoctor that wrote this.", 1, with(id, label{"version", r.Tool.Version})...)
	if !r.Run.Started.IsZero() {
		m.add("maildoctor_run_timestamp_seconds", "When the run began, since 1970; alert on its age, for what cannot run cannot fail.", unix(r.Run.Started), id...)
	}
	m.add("maildoctor_run_duration_seconds", "How long the run took.", r.Run.Took.Seconds(), id...)
	m.flag("maildoctor_run_complete", "Whether the run came to its end (1), or a time limit or a signal cut it (0).", r.Complete, id...)
	m.add("maildoctor_exit_status", "Exit status of maildoctor: 0 nothing at or above --fail-on, 1 findings, 130 interrupted.", float64(r.Exit), id...)
}

func unix(t time.Time) float64 { return float64(t.UnixMilli()) / 1000 }

func (m *metrics) subject(s report.Subject, id []label, started time.Time) {
	m.flag("maildoctor_healthy", "Whether the subject has no finding of severity error or warning.", s.Healthy, id...)
	m.endpoint(s.Endpoint, id, started)
	m.settings(s.Settings, id)
	m.resend(s.Resend, id)
	m.findings(s.Findings, id)
	m.outcomes(s.Outcomes, id)
}

// The states that a report knows beside those of package report. Others may come;
// they have a series when they do.
var (
	serverModes  = []string{"implicit", "starttls", "cleartext", "unknown"}
	keyStates    = []string{"full-access", "send-only", "inactive", "suspended", "invalid", "missing", "oauth", "unknown"}
	domainStates = []string{"verified", "partially_verified", "pending", "not_started", "failed", "temporary_failure", "unknown"}
	recordStates = []string{"ok", "missing", "wrong", "not-run"}
	statuses     = []report.Status{report.Passed, report.Found, report.NotRun}
)

func (m *metrics) endpoint(e *report.Endpoint, id []label, started time.Time) {
	if e == nil {
		return
	}
	m.flag("maildoctor_up", "Whether an address of the endpoint took the connection.", e.Reach == "open", id...)
	m.state("maildoctor_reach", "What came of connecting; the state that holds is 1.", "state", e.Reach, report.Reaches(), id)
	for _, a := range e.Addresses {
		m.flag("maildoctor_address_up", "Whether this address took the connection.", a.Result == "open", with(id, label{"ip", a.IP}, label{"family", a.Family})...)
	}
	mode := e.Mode
	if mode == target.NoMode {
		mode = target.Unknown
	}
	m.state("maildoctor_mode", "How TLS comes to a connection; the mode that holds is 1.", "mode", string(mode), serverModes, id)
	if e.STARTTLSRequired != nil {
		m.flag("maildoctor_starttls_required", "Whether mail without TLS is refused.", *e.STARTTLSRequired, id...)
	}
	m.tls(e.TLS, id, started)
	m.timing(e.Timing, id)
	m.add("maildoctor_connections", "Connections that were made to the endpoint.", float64(e.Connections), id...)
	if e.SizeLimit > 0 {
		m.add("maildoctor_message_size_limit_bytes", "Largest message that the server says it takes.", float64(e.SizeLimit), id...)
	}
	m.answers(e, id)
}

func (m *metrics) tls(t *report.TLS, id []label, started time.Time) {
	if t == nil {
		return
	}
	if t.Negotiated != "" {
		m.add("maildoctor_tls_info", "The TLS version, cipher and key exchange that were negotiated.", 1,
			with(id, label{"version", t.Negotiated}, label{"cipher", t.Cipher}, label{"group", t.Group})...)
	}
	for _, v := range t.VersionsTested {
		m.flag("maildoctor_tls_version_accepted", "Whether the server takes this TLS version; only versions that were tried.", slices.Contains(t.Versions, v), with(id, label{"version", v})...)
	}
	c := t.Certificate
	if c == nil {
		return
	}
	m.state("maildoctor_certificate_status", "What is wrong first with the certificate; the state that holds is 1.", "status", c.Status, report.CertificateStatuses(), id)
	if c.NotAfter.IsZero() {
		return
	}
	m.add("maildoctor_certificate_not_after_timestamp_seconds", "When the certificate ends, since 1970.", unix(c.NotAfter), id...)
	if !started.IsZero() {
		m.add("maildoctor_certificate_expiry_seconds", "How long the certificate was valid yet when the run began; divide by 86400 for days.", c.NotAfter.Sub(started).Seconds(), id...)
	}
}

func (m *metrics) timing(t report.Timing, id []label) {
	for _, p := range []struct {
		phase string
		ms    *float64
	}{{"dns", t.DNS}, {"connect", t.Connect}, {"greeting", t.Greeting}, {"tls", t.TLS}, {"mode", t.Mode}, {"total", &t.Total}} {
		if p.ms != nil {
			m.add("maildoctor_phase_duration_seconds", "How long a phase of the main session took; mode is from the start until the mode was known.", *p.ms/1000, with(id, label{"phase", p.phase})...)
		}
	}
}

// answers are what became of login, envelope and message. The addresses of people
// are counted, not named.
func (m *metrics) answers(e *report.Endpoint, id []label) {
	m.state("maildoctor_login", "What came of a login; the result that holds is 1.", "result", e.Auth.Login, report.Logins(), id)
	if e.Envelope != nil {
		m.state("maildoctor_envelope", "What was answered to the sender (MAIL); the result that holds is 1.", "result", e.Envelope.Result, report.Answers(), id)
		by := map[string]int{}
		for _, r := range e.Envelope.Recipients {
			by[r.Result]++
		}
		tallied(m, "maildoctor_recipients", "Recipients (RCPT) by what was answered.", "result", report.Answers(), by, id)
	}
	if e.Delivery != nil {
		m.state("maildoctor_delivery", "What was answered to the message; the result that holds is 1.", "result", e.Delivery.Result, report.Answers(), id)
	}
}

// tallied adds how many there are of each kind, none included.
func tallied[K ~string](m *metrics, name, help, key string, all []K, by map[K]int, id []label) {
	for _, k := range all {
		m.add(name, help, float64(by[k]), with(id, label{key, string(k)})...)
	}
}

func (m *metrics) settings(s *report.Settings, id []label) {
	if s == nil || s.Channel == "" {
		return
	}
	m.flag("maildoctor_settings_in_force", "Whether the application sends by this channel.", s.InForce, id...)
	if s.Channel == "smtp" {
		m.state("maildoctor_settings_mode", "How the application is set to use TLS; the mode that holds is 1.", "mode", string(s.Mode), target.ClientModes(), id)
	}
}

func (m *metrics) resend(r *report.Resend, id []label) {
	if r == nil {
		return
	}
	m.state("maildoctor_resend_key", "What the Resend API key may do; the status that holds is 1.", "status", r.Key.Status, keyStates, id)
	for _, d := range r.Domains {
		of := with(id, label{"domain", d.Name})
		m.state("maildoctor_resend_domain", "What Resend says of a domain; the status that holds is 1.", "status", d.Status, domainStates, of)
		by := map[string]int{}
		for _, rec := range d.Records {
			by[rec.DNS]++
		}
		tallied(m, "maildoctor_resend_records", "DNS records that Resend asks for, by what DNS has.", "state", recordStates, by, of)
	}
	for _, p := range r.SMTP {
		at := with(id, label{"smtp_port", number(p.Port)})
		m.flag("maildoctor_resend_smtp_up", "Whether a port of Resend's SMTP server took the connection.", p.Reach == "open", at...)
		m.state("maildoctor_resend_smtp_login", "What came of a login with the key; the result that holds is 1.", "result", p.Login, report.Logins(), at)
	}
}

// findings are counted by severity, none included, and by check. Those that are
// waived stand apart, and do not count.
func (m *metrics) findings(list []report.Finding, id []label) {
	type kind struct {
		id       string
		severity report.Severity
		waived   bool
	}
	counted, waived := map[report.Severity]int{}, map[report.Severity]int{}
	var kinds []kind
	by := map[kind]int{}
	for _, f := range list {
		k := kind{f.ID, f.Severity, f.Waived != nil}
		if by[k]++; by[k] == 1 {
			kinds = append(kinds, k)
		}
		if k.waived {
			waived[f.Severity]++
		} else {
			counted[f.Severity]++
		}
	}
	tallied(m, "maildoctor_findings", "Findings by severity, without those that a baseline or the project file waives.", "severity", report.Severities(), counted, id)
	tallied(m, "maildoctor_findings_waived", "Findings by severity that a baseline or the project file waives.", "severity", report.Severities(), waived, id)
	for _, k := range kinds {
		m.add("maildoctor_finding", "Findings of one check.", float64(by[k]), with(id, label{"id", k.id}, label{"severity", string(k.severity)}, label{"waived", strconv.FormatBool(k.waived)})...)
	}
}

func (m *metrics) outcomes(list []report.Outcome, id []label) {
	by := map[report.Status]int{}
	for _, o := range list {
		by[o.Status]++
	}
	tallied(m, "maildoctor_checks", "Checks by what became of them; what could not be looked at is not-run.", "status", statuses, by, id)
}
