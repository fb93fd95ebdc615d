package coolify

import (
	"fmt"
	"slices"
	"strings"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/provider"
	"github.com/maildoctor/maildoctor/internal/redact"
	"github.com/maildoctor/maildoctor/internal/settings"
	"github.com/maildoctor/maildoctor/internal/symptom"
	"github.com/maildoctor/maildoctor/internal/target"
)

// longestQuote bounds what is shown of an exception, in bytes.
const longestQuote = 400

// failure is the last mail job that failed, with what its words mean.
type failure struct {
	at, text string // without secrets
	cause    string // id of the catalogue; empty: not known
	host     string
	port     uint16
}

// lastFailure reads the newest line of failed_jobs.
func lastFailure(all []Failure) failure {
	if len(all) == 0 {
		return failure{}
	}
	last := slices.MaxFunc(all, func(a, b Failure) int { return strings.Compare(a.At, b.At) })
	text := redact.Text(strings.ToValidUTF8(last.Text, "?"))
	if len(text) > longestQuote {
		text = strings.ToValidUTF8(text[:longestQuote], "") + "..."
	}
	at, _, _ := strings.Cut(last.At, ".")
	reading := symptom.Read(text)
	f := failure{at: at, text: text, host: reading.Context.Host, port: reading.Context.Port}
	if len(reading.Causes) > 0 {
		f.cause = reading.Causes[0].ID
	}
	return f
}

// proof is what the failure tells of its server.
func (f failure) proof() (settings.Proof, bool) {
	if f.cause != "tls-on-starttls-port" || f.host == "" || f.port == 0 {
		return settings.Proof{}, false
	}
	return settings.Proof{Host: f.host, Works: []settings.Tried{{Port: f.port, Mode: target.STARTTLS}}}, true
}

// failures puts the last mail job that failed with the settings that it tells of.
func (r *reader) failures() {
	f := r.failed
	if f.text == "" || len(r.out) == 0 {
		return
	}
	s := r.of(f.host)
	m := evidence.Remark{Check: f.cause, Severity: "note", From: evidence.Origin{File: "failed_jobs", Key: "exception"}, Quote: f.text,
		Summary: fmt.Sprintf("The last mail job that failed did so on %s", f.at), Detail: "It is what Coolify met then; the settings may have changed since."}
	switch {
	case explained(s, f.cause) && provider.Expected(s.Host.V, portOf(s.Port.V)) != target.NoMode:
		s.Mode.Why = strings.TrimSpace(fmt.Sprintf("%s The last mail job that failed says so, on %s: %s.", s.Mode.Why, f.at, strings.TrimSuffix(f.text, ".")))
		return
	case explained(s, f.cause): // nothing but the failure tells what the port speaks
		m.Severity, m.Fix = "error", s.Want.Steps
		m.Summary = fmt.Sprintf("%s fails, and the last mail job that failed says why", s.Mode.Says)
		m.Detail = strings.TrimSpace(fmt.Sprintf("It is of %s. %s", f.at, s.Mode.Why))
	case f.cause != "":
	case strings.Contains(f.text, "No email settings found"), strings.Contains(f.text, "Transactional emails are not active"):
		m.Check, m.Fix = "mailer-switched-off", []string{"Switch on SMTP or Resend where the mail was to be sent from"}
	case strings.Contains(f.text, "MAC is invalid"), strings.Contains(f.text, "payload is invalid"):
		m.Check, m.Fix = "client-config-invalid", []string{"See that APP_KEY is the one with which the settings were stored"}
	default:
		m.Check, m.Fix = "client-config-invalid", []string{"Read the whole error in Horizon (/horizon/failed)"}
		m.Summary += ", with an error that is not known here"
	}
	s.Remarks = append(s.Remarks, m)
}

// of is the channel that names a host, else the first.
func (r *reader) of(host string) *evidence.Settings {
	for i := range r.out {
		if host != "" && r.out[i].InForce && strings.EqualFold(r.out[i].Host.V, host) {
			return &r.out[i]
		}
	}
	return &r.out[0]
}

// explained reports whether an error is what the settings themselves lead to.
func explained(s *evidence.Settings, id string) bool {
	if s.Want == nil {
		return false
	}
	switch id {
	case "tls-on-starttls-port", "tls-on-plaintext-server":
		return s.Mode.Is == target.Implicit
	case "starttls-on-tls-port", "greeting-timeout":
		return s.Mode.Is != target.Implicit
	case "tls-required-by-server":
		return s.Mode.Is == target.Cleartext
	}
	return false
}
