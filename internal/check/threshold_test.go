package check

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/report"
	"github.com/maildoctor/maildoctor/internal/target"
)

// severityOf is the severity of a check's finding, or "".
func severityOf(c *evidence.Case, id string) report.Severity {
	findings, _ := Judge(c)
	for _, f := range findings {
		if f.ID == id {
			return f.Severity
		}
	}
	return ""
}

// TestExpiresSoon walks both bounds: a third of the lifetime, and 21 days.
func TestExpiresSoon(t *testing.T) {
	t.Parallel()
	day := 24 * time.Hour
	tests := []struct {
		life, left time.Duration
		want       bool
	}{
		{90 * day, 22 * day, false}, // below a third, above 21 days
		{90 * day, 21 * day, true},
		{365 * day, 60 * day, false},
		{365 * day, 20 * day, true},
		{6 * day, 2 * day, false}, // a third of a short life
		{6 * day, 2*day - time.Hour, true},
		{90 * day, time.Second, true},
		{90 * day, 0, false}, // its last moment
	}
	for _, tt := range tests {
		c := endpointCase(587, main587(leaf(func(c *evidence.Cert) {
			c.NotBefore, c.NotAfter = now.Add(tt.left-tt.life), now.Add(tt.left)
		})))
		if got := severityOf(c, "cert-expires-soon") == report.Warning; got != tt.want {
			t.Errorf("%v left of %v: warned %v, want %v", tt.left, tt.life, got, tt.want)
		}
	}
}

// TestExpiresSoonThoughUntrusted: the days left are said of a bad chain, too.
func TestExpiresSoonThoughUntrusted(t *testing.T) {
	t.Parallel()
	x := untrusted(evidence.ChainSelfSigned, func(x *evidence.TLS) {
		x.Chain = x.Chain[:1]
		x.Chain[0].NotBefore, x.Chain[0].NotAfter = now.AddDate(0, 0, -85), now.AddDate(0, 0, 5)
	})
	if got := severityOf(endpointCase(587, main587(x)), "cert-expires-soon"); got != report.Warning {
		t.Errorf("self-signed, 5 days left: %q, want warning", got)
	}
}

func TestGreetingSlow(t *testing.T) {
	t.Parallel()
	for took, want := range map[time.Duration]report.Severity{
		slowGreeting - time.Millisecond: "", slowGreeting: report.Note, lateGreeting - time.Millisecond: report.Note, lateGreeting: report.Warning,
	} {
		if got := severityOf(slowBy(took)(), "greeting-slow"); got != want {
			t.Errorf("greeting after %v: %q, want %q", took, got, want)
		}
	}
}

// TestNoPortSpeaksOnce: of a run over all ports one subject holds the error.
func TestNoPortSpeaksOnce(t *testing.T) {
	t.Parallel()
	ports := target.SubmissionPorts()
	var said []uint16
	for _, own := range ports {
		c := endpointCase(own, refusedDial(evidence.Main, own, evidence.Refused, "connection refused"))
		c.Asked.NoPort = true
		for _, p := range ports {
			if p != own {
				c.Siblings = append(c.Siblings, evidence.Sibling{Port: p, Mode: target.Unknown})
			}
		}
		if severityOf(c, "no-submission-port") == report.Error {
			said = append(said, own)
		}
	}
	if !slices.Equal(said, []uint16{587}) {
		t.Errorf("no-submission-port said by %v, want 587 alone", said)
	}
}

// TestRedirect: a provider's own certificate under another of its names is no
// web host in between.
func TestRedirect(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"server42.webhost.example": "hosting-smtp-redirect",
		"relay.brevo.com":          "cert-name-mismatch",
		"*.smtp-relay.brevo.com":   "cert-name-mismatch",
	} {
		x := with(func(x *evidence.TLS) { x.Chain[0].Names, x.Verified.Name = []string{name}, false })
		findings, _ := Judge(host(endpointCase(587, main587(x)), "smtp-relay.brevo.com"))
		if got := ids(findings); !slices.Equal(got, []string{"error " + want}) {
			t.Errorf("certificate for %s: %v, want %s", name, got, want)
		}
	}
}

// TestProxyHeaderSentToGreeter: a server that greets anyway waits for no
// header, whatever it says to one.
func TestProxyHeaderSentToGreeter(t *testing.T) {
	t.Parallel()
	poke := dial(evidence.Poke, 587, evidence.SpeaksRaw)
	poke.s.Greeting = reply(220, "mail.example.org ESMTP")
	poke.step(evidence.StepPoke, "PROXY UNKNOWN", poke.s.Greeting, nil)
	if got := severityOf(endpointCase(587, main587(secured()), poke), "proxy-protocol-expected"); got != "" {
		t.Errorf("greets at once: %q, want nothing", got)
	}
	late := dial(evidence.Main, 587, evidence.Listens).greeted(421, "4.3.0 Server local error")
	findings, _ := Judge(endpointCase(587, late, poke))
	if got := ids(findings); !slices.Equal(got, []string{"error proxy-protocol-expected"}) {
		t.Errorf("421 without the header, 220 with it: %v, want proxy-protocol-expected", got)
	}
}

// TestUseWhatWorks: the block recommends what was seen to work, encrypted
// before unencrypted, and never clear text to a distant server.
func TestUseWhatWorks(t *testing.T) {
	t.Parallel()
	expired := leaf(func(c *evidence.Cert) { c.NotAfter = now.AddDate(0, 0, -3) })
	tests := map[string]struct {
		c    *evidence.Case
		want string
	}{
		"healthy":                  {healthy587(), "587 starttls tried: works"},
		"filtered, 2525 works":     {filtered587(), "2525 starttls tried: works"},
		"clear text, 465 works":    {endpointCase(587, dial(evidence.Main, 587, evidence.Listens).hi().ehlo("SIZE 1"), remedy(465, target.Implicit)), "465 implicit tried: works"},
		"clear text alone":         {plain(587, "SIZE 1"), ""},
		"clear text, catcher":      {host(plain(1025, "SIZE 1"), "mailpit"), "1025 cleartext tried: works"},
		"expired, to be mended":    {endpointCase(587, main587(expired)), "587 starttls tried: fails until mended (certificate: expired)"},
		"refused":                  {refused587(), ""},
		"refused, known provider":  {host(refused587(), "smtp-relay.brevo.com"), "2525 starttls not tried"},
		"another protocol, no row": {speaksOther(143, "imap", `"* OK ready\r\n"`, "")(), ""},
	}
	for name, tt := range tests {
		got := ""
		if u := Subject(tt.c).Use; u != nil {
			got = fmt.Sprint(u.Port, " ", u.Mode, " ", u.Proof)
		}
		if got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}

// TestFixNeverDropsEncryption: that clear text works is no advice to use it.
func TestFixNeverDropsEncryption(t *testing.T) {
	t.Parallel()
	c := as(target.Implicit, endpointCase(587, dial(evidence.Main, 587, evidence.Listens).hi().ehlo("SIZE 1"), drawn(587)))
	for _, step := range Subject(c).Findings[0].Fix {
		if strings.Contains(step, "tried from here") {
			t.Errorf("advice %q on a distant server without TLS", step)
		}
	}
}

// TestVerdictNamesTheCause: a missed expectation does not hide why.
func TestVerdictNamesTheCause(t *testing.T) {
	t.Parallel()
	c := endpointCase(587, main587(leaf(func(c *evidence.Cert) { c.NotAfter = now.AddDate(0, 0, -3) })))
	c.Asked.Expect = map[string]string{"days>=": "14"}
	s := Subject(c)
	if !strings.Contains(s.Verdict, "expired") || s.Findings[0].ID != "cert-expired" {
		t.Errorf("verdict %q of %v, want the expired certificate named", s.Verdict, ids(s.Findings))
	}
}

func TestOrderOfFindings(t *testing.T) {
	t.Parallel()
	x := untrusted(evidence.ChainMissingIntermediate, func(x *evidence.TLS) {
		x.Chain = x.Chain[:1]
		x.Chain[0].IssuerURL, x.Chain[0].Names, x.Verified.Name = "", []string{"other.example.org"}, false
	})
	findings, _ := Judge(endpointCase(587, main587(x)))
	if got, want := ids(findings), []string{"error cert-name-mismatch", "error cert-missing-intermediate"}; !slices.Equal(got, want) {
		t.Errorf("findings %v, want %v: the more certain first", got, want)
	}
}
