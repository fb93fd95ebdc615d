package coolify

import (
	"fmt"
	"slices"
	"strings"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/redact"
	"github.com/maildoctor/maildoctor/internal/symptom"
	"github.com/maildoctor/maildoctor/internal/target"
)

// longestQuote bounds what is shown of an exception, in bytes.
const longestQuote = 400

// failures puts the last mail job that failed with the settings that it tells of.
func (r *reader) failures() {
	if len(r.in.Failed) == 0 || len(r.out) == 0 {
		return
	}
	f := slices.MaxFunc(r.in.Failed, func(a, b Failure) int { return strings.Compare(a.At, b.At) })
	text := redact.Text(strings.ToValidUTF8(f.Text, "?"))
	if len(text) > longestQuote {
		text = strings.ToValidUTF8(text[:longestQuote], "") + "..."
	}
	reading := symptom.Read(text)
	s := r.of(reading.Context.Host)
	at, _, _ := strings.Cut(f.At, ".")
	if len(reading.Causes) > 0 && explained(s, reading.Causes[0].ID) {
		s.Mode.Why = strings.TrimSpace(fmt.Sprintf("%s The last mail job that failed says so, on %s: %s.", s.Mode.Why, at, strings.TrimSuffix(text, ".")))
		return
	}
	m := evidence.Remark{Severity: "note", From: evidence.Origin{File: "failed_jobs", Key: "exception"}, Quote: text,
		Summary: fmt.Sprintf("The last mail job that failed did so on %s", at), Detail: "It is what Coolify met then; the settings may have changed since."}
	switch {
	case len(reading.Causes) > 0:
		m.Check = reading.Causes[0].ID
	case strings.Contains(text, "No email settings found"), strings.Contains(text, "Transactional emails are not active"):
		m.Check, m.Fix = "mailer-switched-off", []string{"Switch on SMTP or Resend where the mail was to be sent from"}
	case strings.Contains(text, "MAC is invalid"), strings.Contains(text, "payload is invalid"):
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
