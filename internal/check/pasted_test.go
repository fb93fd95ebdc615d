package check

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/report"
	"github.com/maildoctor/maildoctor/internal/target"
)

// sesText is a login refused by a regional host: the one text that speaks of
// the wrong region, and only as a possibility.
const sesText = "smtplib.SMTPAuthenticationError: (535, b'Authentication Credentials Invalid') at email-smtp.us-east-1.amazonaws.com:587"

// toldSamples are the cases of the checks that only a pasted text tells of: the
// first text of the symptom table each.
func toldSamples() ([]sample, error) {
	f, err := os.Open("../symptom/testdata/samples.jsonl")
	if err != nil {
		return nil, err
	}
	defer f.Close()
	texts := map[string]string{"auth-wrong-region-or-host": sesText}
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var s struct{ Row, Text string }
		if err := json.Unmarshal(lines.Bytes(), &s); err != nil {
			return nil, err
		}
		if id, _, _ := strings.Cut(s.Row, "/"); texts[id] == "" {
			texts[id] = s.Text
		}
	}
	var out []sample
	for _, c := range Catalogue() {
		if c.Find == nil && !configures(c) && !onlyAsked(c) && c.ID != "recipient-refused-by-policy" { // no text was met that tells of it alone
			out = append(out, sample{c.ID, "found-text", func() *evidence.Case { return toldCase(texts[c.ID]) }})
		}
	}
	return out, nil
}

func toldCase(text string) *evidence.Case {
	return &evidence.Case{Now: time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC), Pasted: &evidence.Pasted{Name: "pasted text", Line: 1, Text: text, Size: len(text)}}
}

// TestToldCases: the recorded texts mean the check of their directory, first of
// all where the text can tell.
func TestToldCases(t *testing.T) {
	t.Parallel()
	all, err := toldSamples()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range all {
		c := load(t, filepath.Join(casesDir, s.id, s.name+".json"))
		if want := s.make().Pasted.Text; c.Pasted.Text != want {
			t.Errorf("%s: the recording holds %q, want %q; run go test ./internal/check -update", s.id, c.Pasted.Text, want)
		}
		findings, outcomes := Judge(c)
		if len(outcomes) != len(Catalogue()) || !has(findings, s.id) || status(outcomes, s.id) != report.Found {
			t.Errorf("%s: findings %v, outcome %q", s.id, ids(findings), status(outcomes, s.id))
			continue
		}
		if findings[0].ID != s.id && s.id != "auth-wrong-region-or-host" {
			t.Errorf("%s: the text is taken for %s first", s.id, findings[0].ID)
		}
		for _, o := range outcomes {
			if o.Status == report.Passed {
				t.Errorf("%s: %s is passed; a text shows nothing to be in order", s.id, o.Check)
			}
		}
	}
}

// TestToldFindingsReadWell holds what is said about texts against the rules.
func TestToldFindingsReadWell(t *testing.T) {
	t.Parallel()
	all, err := toldSamples()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range all {
		sub := Subject(s.make())
		if sub.Kind != "error-text" || sub.Context == nil || sub.Healthy || sub.Verdict == "" {
			t.Errorf("%s: subject %+v", s.id, sub)
		}
		for i, f := range sub.Findings {
			if f.Severity != report.Error || f.Confidence <= 0 || f.Confidence > 1 || f.Summary == "" || f.Detail == "" || len(f.Fix) == 0 || f.URL != URL(f.ID) {
				t.Errorf("%s: finding %+v", s.id, f)
			}
			if i > 0 && f.Confidence > sub.Findings[i-1].Confidence {
				t.Errorf("%s: %s stands before the surer %s", s.id, sub.Findings[i-1].ID, f.ID)
			}
		}
		if q := sub.Findings[0].Evidence; len(q) != 1 || q[0].From != "line 1" && !strings.HasPrefix(q[0].From, "line ") || !strings.Contains(q[0].Text, q[0].Match) {
			t.Errorf("%s: evidence %+v", s.id, q)
		}
	}
}

func TestNothingTold(t *testing.T) {
	t.Parallel()
	s := Subject(toldCase(""))
	if len(s.Findings) != 0 || s.Verdict != "nothing in this text tells of mail that was not sent" || s.Context != nil || len(s.Next) != 0 {
		t.Errorf("subject of an empty stretch: %+v", s)
	}
}

// TestProviderSpeaks: the words of a provider bring its own meaning and remedy.
func TestProviderSpeaks(t *testing.T) {
	t.Parallel()
	s := Subject(toldCase("smtp-relay.brevo.com:587 said: 525 5.7.1 Unauthorized IP address"))
	f := s.Findings[0]
	if f.ID != "ip-not-authorised" || !strings.Contains(f.Detail, "Brevo (formerly Sendinblue) says this for") || !strings.Contains(f.Fix[0], "Authorized IPs") {
		t.Errorf("finding %+v", f)
	}
}

func TestNext(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, want string }{
		{`could not be established with host "ssl://smtp-relay.brevo.com:587": wrong version number`, "maildoctor probe smtp-relay.brevo.com:587 --as implicit"},
		{"Unable to connect with STARTTLS: smtp.gmail.com:587 certificate verify failed", "maildoctor probe smtp.gmail.com:587 --as starttls"},
		{"nodemailer: getaddrinfo ENOTFOUND smtp.example.org", "maildoctor probe smtp.example.org"},
		{"535 5.7.8 Username and Password not accepted - gsmtp", "maildoctor probe smtp.gmail.com:465"},
		{"SMTP Error: Could not authenticate.", ""},
	} {
		if got := strings.Join(Subject(toldCase(c.text)).Next, "; "); got != c.want {
			t.Errorf("after %q: run %q, want %q", c.text, got, c.want)
		}
	}
}

// TestProbeSettles: what a probe saw confirms the cause, or rules it out.
func TestProbeSettles(t *testing.T) {
	t.Parallel()
	seen := as(target.Implicit, host(endpointCase(587, main587(secured()), drawn(587), enforced(), oldRefused(), remedy(465, target.Implicit)), "smtp-relay.brevo.com"))
	seen.Pasted = toldCase(`could not be established with host "ssl://smtp-relay.brevo.com:587": wrong version number`).Pasted
	s := Subject(seen)
	first := s.Findings[0]
	if first.ID != "tls-on-starttls-port" || first.Confidence != confirmed || len(first.Try) == 0 || s.Endpoint == nil || first.Evidence[0].From != "line 1" {
		t.Errorf("confirmed: %+v", first)
	}
	if !strings.Contains(s.Verdict, "confirmed by the probe") {
		t.Errorf("verdict %q", s.Verdict)
	}
	healthy := host(healthy587(), "smtp-relay.brevo.com")
	healthy.Pasted = toldCase("gomail: dial tcp: lookup smtp-relay.brevo.com: no such host").Pasted
	for _, f := range Subject(healthy).Findings {
		if f.ID == "dns-no-such-host" && (f.Confidence != ruledOut || !strings.HasPrefix(f.Detail, "Ruled out")) {
			t.Errorf("not ruled out: %+v", f)
		}
	}
}

func TestExcerpt(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("ä", 500)
	for _, c := range []struct{ line, words, want string }{
		{"  the words here  ", "words", "the words here"},
		{long + "words" + long, "words", "…" + strings.Repeat("ä", 50) + "words" + strings.Repeat("ä", 50) + "…"},
		{"words", "words", "words"},
	} {
		from := strings.Index(c.line, c.words)
		text, words := excerpt(c.line, from, from+len(c.words))
		if text != c.want || words != c.words {
			t.Errorf("excerpt of %.20q: %q with %q, want %q", c.line, text, words, c.want)
		}
	}
}

// TestStepsFit: the first steps are about the words, the host and the provider
// at hand, and none is for another provider.
func TestStepsFit(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, first, without string }{
		{`The "tls" scheme is not supported; supported schemes for mailer "smtp" are: "smtp", "smtps".`, "MAIL_SCHEME", "QQ:"},
		{`getaddrinfo for mailpit failed: Temporary failure in name resolution: Connection could not be established with host "mailpit:1025"`, `"mailpit" has no dot`, "QQ:"},
		{"535-5.7.8 Username and Password not accepted. https://support.google.com/mail/?p=BadCredentials - gsmtp", "app password", "QQ: "},
		{"connection to smtp.example.com:587 failed: nodemailer: wrong version number", "Keep port 587", "Or keep implicit TLS and set port 465"},
	} {
		findings := Subject(toldCase(c.text)).Findings
		if len(findings) == 0 {
			t.Errorf("%s: nothing found", c.text)
			continue
		}
		steps := findings[0].Fix
		if len(steps) == 0 || !strings.Contains(steps[0], c.first) {
			t.Errorf("%s: the first step of %q does not say %q", c.text, steps, c.first)
		}
		if strings.Contains(strings.Join(steps, "\n"), c.without) {
			t.Errorf("%s: %q has a step with %q", c.text, steps, c.without)
		}
	}
}
