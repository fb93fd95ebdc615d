package check

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/report"
	"github.com/maildoctor/maildoctor/internal/target"
)

// helloAnswered is a session whose EHLO got a code other than 250.
func helloAnswered(code int) *evidence.Case {
	return endpointCase(587, dial(evidence.Main, 587, evidence.Listens).hi().step(evidence.StepEHLO, "EHLO client.example.net", reply(code, "x"), nil))
}

// cutShort is a run that was interrupted while it waited for the greeting.
func cutShort() *evidence.Case {
	waiting := dial(evidence.Main, 587, evidence.Listens).fault(evidence.StepGreeting, "", evidence.Cancelled, "interrupted")
	closed := dial(evidence.Opening, 587, evidence.SpeaksTLS).fault(evidence.StepTLS, "ClientHello", evidence.EOF, "EOF")
	c := endpointCase(587, waiting, closed)
	c.Cut, c.Elapsed = "interrupted", 1500*time.Millisecond
	return c
}

// TestUnfinishedIsNotHealthy: what did not come to its end is never fine.
func TestUnfinishedIsNotHealthy(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		c    *evidence.Case
		want string // finding, then verdict
	}{
		"EHLO 220":     {helloAnswered(220), "protocol-error 587 answers, but mail does not go out: the answer to EHLO has the code 220 in place of 250"},
		"EHLO 354":     {helloAnswered(354), "protocol-error 587 answers, but mail does not go out: the answer to EHLO has the code 354 in place of 250"},
		"greeting 250": {greets(250, "hi")(), "greeting-malformed 25 answers, but mail does not go out: mail.example.org:25 greets with 250 in place of 220"},
		"interrupted":  {cutShort(), " 587 is not known: looking was cut after 1.5 s"},
		"no end":       {endpointCase(587, dial(evidence.Main, 587, evidence.Listens).hi().ehlo(before...)), " 587 speaks STARTTLS; the session did not come to its end"},
	}
	for name, tt := range tests {
		s := Subject(tt.c)
		got := ""
		for _, f := range s.Findings {
			if f.Severity == report.Error {
				got = f.ID
			}
		}
		if got += " " + s.Verdict; got != tt.want || s.Healthy {
			t.Errorf("%s: healthy %v, %q\nwant %q", name, s.Healthy, got, tt.want)
		}
	}
}

// TestClientOfEachMode: a row is true of its mode, and seen only where a
// session began as such a client does.
func TestClientOfEachMode(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		c        *evidence.Case
		implicit string
		clear    string
	}{
		"refusal":          {greets(554, "no")(), "derived takes the clear-text greeting", "seen mail.example.org:25 greets with a refusal"},
		"refusal to both":  {endpointCase(587, dial(evidence.Main, 587, evidence.Listens).greeted(554, "no"), drawn(587)), "seen takes the clear-text greeting", "seen mail.example.org:587 greets with a refusal"},
		"EHLO 220":         {helloAnswered(220), "derived takes the clear-text greeting", "seen the answer to EHLO"},
		"implicit":         {endpointCase(465, main465(leaf(func(c *evidence.Cert) { c.NotAfter = now.AddDate(0, 0, -3) }))), "seen the certificate", "derived waits for a greeting that never comes"},
		"IMAP":             {speaksOther(587, "imap", `"* OK ready\r\n"`, "")(), "derived takes clear text for a broken TLS record", "seen is greeted by IMAP"},
		"connection fails": {refused587(), "seen mail.example.org:587 refuses", "seen mail.example.org:587 refuses"},
	}
	for name, tt := range tests {
		for _, c := range Subject(tt.c).Endpoint.Clients {
			want := map[target.Mode]string{target.Implicit: tt.implicit, target.Cleartext: tt.clear}[c.Mode]
			if got := c.Proof + " " + c.Detail; !strings.HasPrefix(got, want) {
				t.Errorf("%s, %s: %q, want %q", name, c.Mode, got, want)
			}
		}
	}
}

// TestOpenWays: a fix does not name what the trials below it answer.
func TestOpenWays(t *testing.T) {
	t.Parallel()
	both := []string{"Use a port of the server that has TLS: 465 with implicit TLS, or 587 with STARTTLS", "Ask"}
	fails := report.Trial{Port: 465, Mode: target.Implicit, Result: report.Fails}
	works := report.Trial{Port: 2525, Mode: target.STARTTLS, Result: report.Works}
	tests := map[string]struct {
		trials []report.Trial
		own    uint16
		want   string
	}{
		"untried":            {nil, 25, both[0] + "|Ask"},
		"465 fails":          {[]report.Trial{fails}, 25, "Use a port of the server that has TLS: 587 with STARTTLS|Ask"},
		"587 is this one":    {nil, 587, "Use a port of the server that has TLS: 465 with implicit TLS|Ask"},
		"nothing left":       {[]report.Trial{fails}, 587, "Ask"},
		"another port works": {[]report.Trial{works}, 25, "Ask"},
	}
	for name, tt := range tests {
		if got := strings.Join(openWays(both, tt.trials, tt.own), "|"); got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}

// TestUnaskedPortIsNotExpected: of many ports only the open ones are held
// against --expect.
func TestUnaskedPortIsNotExpected(t *testing.T) {
	t.Parallel()
	for _, many := range []bool{false, true} {
		c := refused587()
		c.Asked.Expect, c.Asked.NoPort = map[string]string{"mode=": "starttls"}, many
		found := slices.ContainsFunc(Subject(c).Findings, func(f report.Finding) bool { return f.ID == report.ExpectationMissed })
		if found == many {
			t.Errorf("closed port, one of many %v: missed %v, want %v", many, found, !many)
		}
	}
}

// TestUseLeavesOut: settings that were just seen to fail, and an MX that takes
// no logins.
func TestUseLeavesOut(t *testing.T) {
	t.Parallel()
	refuses := dial(evidence.Main, 587, evidence.Listens).hi().ehlo(before...).step(evidence.StepSTARTTLS, "STARTTLS", reply(454, "no"), nil)
	mx := dial(evidence.Main, 25, evidence.Listens).hi().ehlo("STARTTLS").starttls().tls(secured()).ehloTLS("SIZE 1")
	for name, c := range map[string]*evidence.Case{"STARTTLS refused": endpointCase(587, refuses), "MX": endpointCase(25, mx)} {
		if u := Subject(c).Use; u != nil {
			t.Errorf("%s: recommends %d %s (%s), want nothing", name, u.Port, u.Mode, u.Proof)
		}
	}
}

// TestDaysAgree: the summary and the facts count the same days.
func TestDaysAgree(t *testing.T) {
	t.Parallel()
	s := Subject(endpointCase(465, main465(leaf(func(c *evidence.Cert) { c.NotAfter = now.Add(-250 * time.Hour) }))))
	if got := s.Findings[0].Summary; !strings.HasSuffix(got, "expired 11 days ago") || *s.Endpoint.TLS.Certificate.DaysLeft != -11 {
		t.Errorf("%q beside %d days left", got, *s.Endpoint.TLS.Certificate.DaysLeft)
	}
}
