package check

import (
	"slices"
	"strings"
	"testing"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/report"
	"github.com/maildoctor/maildoctor/internal/target"
)

// TestMission is the case that the program exists for: the finding must name
// cause, proof, remedy and words without the rest of the report.
func TestMission(t *testing.T) {
	t.Parallel()
	s := Subject(mission())
	if got, want := s.Verdict, "587 greets in clear text and wants STARTTLS; a client set to implicit TLS fails here"; got != want {
		t.Errorf("verdict %q, want %q", got, want)
	}
	if len(s.Findings) != 1 {
		t.Fatalf("findings %v, want tls-on-starttls-port alone", ids(s.Findings))
	}
	f := s.Findings[0]
	for _, want := range []string{"wrong version number", "first record does not look like a TLS handshake", "Unsupported or unrecognized SSL message", `"220 mail.example.org ESMTP Postfix"`} {
		if !strings.Contains(f.Detail, want) {
			t.Errorf("detail %q lacks %q", f.Detail, want)
		}
	}
	wantFix := []string{"Keep port 587 and set the client to STARTTLS: tried from here, works", "Or keep implicit TLS and set port 465: tried from here, works"}
	if !slices.Equal(f.Fix, wantFix) {
		t.Errorf("fix %q, want %q", f.Fix, wantFix)
	}
	if len(f.Try) < 2 || f.Try[0].Port != 587 || f.Try[0].Result != report.Works || f.Try[0].Session != 1 || f.Try[1].Port != 465 || f.Try[1].Result != report.Works {
		t.Errorf("try %+v, want 587 by session 1 and 465, both work", f.Try)
	}
	if want := (report.Quote{From: "session 2, answer to the ClientHello", Text: "220 mail.example.org ESMTP Postfix"}); f.Evidence[0] != want {
		t.Errorf("evidence %+v, want %+v first", f.Evidence, want)
	}
	if u := s.Use; u == nil || u.Port != 587 || u.Mode != target.STARTTLS || u.Proof != "tried: works" || u.Password == "" || u.Username == "" {
		t.Errorf("use %+v, want 587 with STARTTLS, tried, with user name and password kinds", u)
	}
	if i := slices.IndexFunc(s.Use.Apps, func(a report.App) bool { return a.Name == "Coolify" }); i < 0 || !strings.Contains(strings.Join(s.Use.Apps[i].Lines, "\n"), "StartTLS") {
		t.Errorf("apps %+v, want Coolify with StartTLS", s.Use.Apps)
	}
}

// TestMismatchFixIsProven: a remedy that was seen to fail is not recommended.
func TestMismatchFixIsProven(t *testing.T) {
	t.Parallel()
	closed := wants(target.Implicit, refusedDial(evidence.Remedy, 465, evidence.Refused, "connection refused"))
	c := as(target.Implicit, endpointCase(587, main587(secured()), drawn(587), closed))
	fix := Subject(c).Findings[0].Fix
	if want := []string{"Keep port 587 and set the client to STARTTLS: tried from here, works"}; !slices.Equal(fix, want) {
		t.Errorf("fix %q, want %q", fix, want)
	}
}

func results(s report.Subject) string {
	var out []string
	for _, c := range s.Endpoint.Clients {
		out = append(out, c.Result)
	}
	return strings.Join(out, " ")
}

func TestClients(t *testing.T) {
	t.Parallel()
	expired := func() *evidence.TLS { return leaf(func(c *evidence.Cert) { c.NotAfter = now.AddDate(0, 0, -3) }) }
	refusedSTARTTLS := endpointCase(587, dial(evidence.Main, 587, evidence.Listens).hi().ehlo(before...).step(evidence.StepSTARTTLS, "STARTTLS", reply(454, "4.7.0 TLS not available"), nil), optional())
	tests := map[string]struct {
		c    *evidence.Case
		want string // implicit, starttls, opportunistic, cleartext
	}{
		"STARTTLS enforced":    {healthy587(), "fails works works fails"},
		"STARTTLS optional":    {endpointCase(587, main587(secured())), "fails works works unknown"},
		"login under TLS only": {endpointCase(587, main587(secured()), optional()), "fails works works fails"},
		"implicit":             {healthy465(), "works fails fails fails"},
		"clear text":           {plain(25, "PIPELINING"), "fails fails works-unencrypted works-unencrypted"},
		"expired":              {endpointCase(465, main465(expired())), "fails fails fails fails"},
		"expired STARTTLS":     {endpointCase(587, main587(expired()), enforced()), "fails fails fails fails"},
		"STARTTLS refused":     {refusedSTARTTLS, "fails fails unknown works-unencrypted"},
		"refused":              {refused587(), "fails fails fails fails"},
		"filtered":             {filtered587(), "fails fails fails fails"},
		"one of many closed":   {noPort(evidence.Sibling{Port: 465, Works: true})(), "fails fails fails fails"},
		"silent":               {silent587(), "fails fails fails fails"},
		"HTTP":                 {speaksOther(587, "http", `"HTTP/1.1 400 Bad Request\r\n"`, "ClientHello")(), "fails fails fails fails"},
		"rejected":             {greets(554, "no")(), "fails fails fails fails"},
		"nothing seen":         {&evidence.Case{}, "unknown unknown unknown unknown"},
	}
	for name, tt := range tests {
		if got := results(Subject(tt.c)); got != tt.want {
			t.Errorf("%s: %s, want %s", name, got, tt.want)
		}
	}
}

// TestHealthyStillAnswers: a healthy port 587 answers the ticket of a client
// in the wrong mode.
func TestHealthyStillAnswers(t *testing.T) {
	t.Parallel()
	for _, c := range Subject(healthy587()).Endpoint.Clients {
		if c.Mode == target.Implicit && !slices.Contains(c.Says, "wrong version number") {
			t.Errorf("implicit client says %q, want wrong version number among them", c.Says)
		}
	}
}

func TestVerdict(t *testing.T) {
	t.Parallel()
	tests := []struct {
		c    *evidence.Case
		want string
	}{
		{healthy587(), "587 speaks STARTTLS and is ready for use"},
		{healthy465(), "465 speaks implicit TLS and is ready for use"},
		{as(target.STARTTLS, healthy465()), "465 speaks implicit TLS; a client set to STARTTLS fails here"},
		{refused587(), "587 cannot be used: the connection is refused"},
		{speaksOther(22, "ssh", `"SSH-2.0-x"`, "")(), "22 speaks SSH, not SMTP"},
		{&evidence.Case{Target: target.Target{Host: "h", Port: 587}, Cut: "timeout"}, "587 is not known: looking was cut after 0.0 s"},
		{endpointCase(587, main587(leaf(func(c *evidence.Cert) { c.NotAfter = now.AddDate(0, 0, -3) }))), "587 speaks STARTTLS, but mail does not go out: the certificate of mail.example.org expired 3 days ago"},
	}
	for _, tt := range tests {
		if got := Subject(tt.c).Verdict; got != tt.want {
			t.Errorf("got %q\nwant %q", got, tt.want)
		}
	}
}

// TestOneCauseOneFinding: a fault early in the conversation raises nothing of
// what it kept from being seen.
func TestOneCauseOneFinding(t *testing.T) {
	t.Parallel()
	for _, s := range samples() {
		if strings.HasPrefix(s.name, "passed-") {
			continue
		}
		findings, _ := Judge(s.make())
		for _, f := range findings {
			if f.ID != s.id && f.Severity != report.Note && s.id != "provider-port-unknown" {
				t.Errorf("%s/%s: also found %s %s", s.id, s.name, f.Severity, f.ID)
			}
		}
	}
}

// TestSeverities holds the rules: what is dead is an error, what is closed
// beside an open port a note.
func TestSeverities(t *testing.T) {
	t.Parallel()
	worst := func(c *evidence.Case) report.Severity {
		findings, _ := Judge(c)
		if len(findings) == 0 {
			return ""
		}
		return findings[0].Severity
	}
	tests := map[string]struct {
		c    *evidence.Case
		want report.Severity
	}{
		"refused":                       {refused587(), report.Error},
		"filtered":                      {filtered587(), report.Error},
		"silent":                        {silent587(), report.Error},
		"rejected":                      {greets(421, "busy")(), report.Error},
		"closed beside a working port":  {noPort(evidence.Sibling{Port: 465, Works: true})(), report.Note},
		"no IPv6 here":                  {noIPv6(), report.Note},
		"clear text on 587":             {plain(587, "SIZE 1"), report.Warning},
		"clear text on 25":              {plain(25, "SIZE 1"), report.Note},
		"clear text in a container net": {host(plain(587, "SIZE 1"), "mailpit"), report.Note},
		"expired, client without TLS":   {as(target.Cleartext, expired25()), report.Warning},
	}
	for name, tt := range tests {
		if got := worst(tt.c); got != tt.want {
			findings, _ := Judge(tt.c)
			t.Errorf("%s: %q, want %q; findings %v", name, got, tt.want, ids(findings))
		}
	}
}

func expired25() *evidence.Case {
	x := leaf(func(c *evidence.Cert) { c.NotAfter = now.AddDate(0, 0, -3) })
	return endpointCase(25, dial(evidence.Main, 25, evidence.Listens).hi().ehlo(before...).starttls().tls(x).ehloTLS("SIZE 1"))
}

func noIPv6() *evidence.Case {
	c := twoAddresses(endpointCase(587, main587(secured()), second(refusedDial(evidence.Main, 587, evidence.Unreachable, "network is unreachable"), "2001:db8::25", "ipv6")), "2001:db8::25", "ipv6")
	c.Here.HasIPv6 = false
	return c
}

func TestSubjectFacts(t *testing.T) {
	t.Parallel()
	e := Subject(healthy587()).Endpoint
	if e.Reach != "open" || e.Protocol != "smtp" || e.Mode != target.STARTTLS || e.STARTTLSRequired == nil || !*e.STARTTLSRequired || e.SizeLimit != 10240000 {
		t.Errorf("endpoint %+v", e)
	}
	if got, want := strings.Join(e.TLS.Versions, " ")+"|"+strings.Join(e.TLS.VersionsTested, " "), "1.3|1.0 1.1 1.3"; got != want {
		t.Errorf("versions %q, want %q", got, want)
	}
	if c := e.TLS.Certificate; c.Status != "ok" || len(c.Problems) != 0 || c.DaysLeft == nil || *c.DaysLeft != 70 {
		t.Errorf("certificate %+v", c)
	}
	if e.Timing.Connect == nil || *e.Timing.Connect != 20 || e.Timing.Mode == nil || *e.Timing.Mode != 60 || e.Connections != 3 {
		t.Errorf("timing %+v, %d connections", e.Timing, e.Connections)
	}
	if dead := Subject(refused587()).Endpoint; dead.TLS != nil || dead.Mode != "" || dead.Addresses[0].Result != "refused" {
		t.Errorf("refused endpoint %+v", dead)
	}
}

// TestHostileTextIsQuotedRaw: cleaning is the renderer's, so that JSON keeps
// what came.
func TestHostileTextIsQuotedRaw(t *testing.T) {
	t.Parallel()
	c := endpointCase(25, dial(evidence.Main, 25, evidence.Listens).greeted(554, "\x1b[31mno\x07 ::error::"))
	f := Subject(c).Findings[0]
	if want := "554 \x1b[31mno\x07 ::error::"; f.Evidence[0].Text != want {
		t.Errorf("quoted %q, want %q", f.Evidence[0].Text, want)
	}
}

func TestFirstText(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		`"220 a\r\n"`:     "220 a",
		`220 a\r\n500 b`:  "220 a\r\n500 b",
		`"220 a\x1`:       "220 a",
		`"220 a\r\n\`:     "220 a",
		`"SSH-2.0 \"q\""`: `SSH-2.0 "q"`,
		``:                "",
	} {
		if got := firstText(&evidence.Bytes{Text: in}); got != want {
			t.Errorf("%s: got %q, want %q", in, got, want)
		}
	}
}
