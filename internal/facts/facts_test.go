package facts

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/target"
)

var now = time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)

func fault(name evidence.StepName, class evidence.Class) evidence.Step {
	return evidence.Step{Name: name, Fault: &evidence.Fault{Class: class, Text: string(class)}}
}

func done(name evidence.StepName) evidence.Step { return evidence.Step{Name: name} }

func replied(name evidence.StepName, code int, text string) evidence.Step {
	return evidence.Step{Name: name, Reply: &evidence.Reply{Code: code, Lines: []string{text}}}
}

func session(role evidence.Role, opens evidence.Opens, steps ...evidence.Step) evidence.Session {
	return evidence.Session{Role: role, Opens: opens, Peer: "192.0.2.1", Family: "ipv4", Steps: steps}
}

func of(sessions ...evidence.Session) *Facts {
	return Of(&evidence.Case{Now: now, Target: target.Target{Host: "h", Port: 587}, Sessions: sessions})
}

func ext(lines ...string) *evidence.Extensions {
	e := &evidence.Extensions{}
	for _, l := range lines {
		name, params, _ := strings.Cut(l, " ")
		e.Keywords = append(e.Keywords, evidence.Keyword{Name: name, Params: params, Raw: l})
	}
	return e
}

func greeted(s evidence.Session, e *evidence.Extensions) evidence.Session {
	s.Greeting, s.Ext = &evidence.Reply{Code: 220, Lines: []string{"h ESMTP"}}, e
	return s
}

func TestReach(t *testing.T) {
	t.Parallel()
	connect := done(evidence.StepConnect)
	proxied := session(evidence.Poke, evidence.SpeaksRaw, connect, evidence.Step{Name: evidence.StepPoke, Sent: "PROXY UNKNOWN", Reply: &evidence.Reply{Code: 220}})
	waiting := session(evidence.Main, evidence.Listens, connect, fault(evidence.StepGreeting, evidence.Timeout))
	tests := map[string]struct {
		sessions []evidence.Session
		want     Reach
	}{
		"greeted":                {[]evidence.Session{greeted(session(evidence.Main, evidence.Listens, connect), nil)}, Open},
		"refused":                {[]evidence.Session{session(evidence.Main, evidence.Undecided, fault(evidence.StepConnect, evidence.Refused))}, Refused},
		"no answer to SYN":       {[]evidence.Session{session(evidence.Main, evidence.Undecided, fault(evidence.StepConnect, evidence.Timeout))}, Filtered},
		"no route":               {[]evidence.Session{session(evidence.Main, evidence.Undecided, fault(evidence.StepConnect, evidence.Unreachable))}, Unreachable},
		"forbidden here":         {[]evidence.Session{session(evidence.Main, evidence.Undecided, fault(evidence.StepConnect, evidence.Denied))}, Unreachable},
		"proxy failed":           {[]evidence.Session{session(evidence.Main, evidence.Undecided, connect, fault(evidence.StepProxy, evidence.Proxy))}, Unreachable},
		"closed":                 {[]evidence.Session{session(evidence.Main, evidence.Listens, connect, fault(evidence.StepGreeting, evidence.EOF))}, Closed},
		"reset":                  {[]evidence.Session{session(evidence.Main, evidence.Listens, connect, fault(evidence.StepGreeting, evidence.Reset))}, Reset},
		"silent":                 {[]evidence.Session{waiting}, Silent},
		"main has the first say": {[]evidence.Session{session(evidence.Opening, evidence.SpeaksTLS, connect, fault(evidence.StepTLS, evidence.EOF)), waiting}, Silent},
		"alert":                  {[]evidence.Session{session(evidence.Main, evidence.SpeaksTLS, connect, fault(evidence.StepTLS, evidence.TLSAlert))}, Open},
		"endless reply":          {[]evidence.Session{session(evidence.Main, evidence.Listens, connect, fault(evidence.StepGreeting, evidence.Limit))}, Open},
		"greets the proxy only":  {[]evidence.Session{waiting, proxied}, Silent},
		"cut while connecting":   {[]evidence.Session{session(evidence.Main, evidence.Undecided, fault(evidence.StepConnect, evidence.Cancelled))}, NotTried},
		"cut while listening":    {[]evidence.Session{{Role: evidence.Main, Peer: "192.0.2.1", Cut: true, Steps: []evidence.Step{connect, fault(evidence.StepGreeting, evidence.Cancelled)}}}, NotTried},
		"connect only":           {[]evidence.Session{session(evidence.Reach, evidence.Connects, connect)}, Open},
		"nothing":                {nil, NotTried},
	}
	for name, tt := range tests {
		if got := of(tt.sessions...).Reach; got != tt.want {
			t.Errorf("%s: reach %q, want %q", name, got, tt.want)
		}
	}
}

func TestUnresolved(t *testing.T) {
	t.Parallel()
	lookup := func(class evidence.Class) *evidence.Case {
		return &evidence.Case{Target: target.Target{Host: "h"}, Lookups: []evidence.Lookup{{Name: "h", Kind: "address", Source: "dns",
			Faults: []evidence.LookupFault{{Fault: evidence.Fault{Class: class}}}}}}
	}
	if got := Of(lookup(evidence.NXDomain)).Reach; got != Unresolved {
		t.Errorf("NXDOMAIN: reach %q, want %q", got, Unresolved)
	}
	if got := Of(lookup(evidence.Cancelled)).Reach; got != NotTried {
		t.Errorf("cancelled: reach %q, want %q", got, NotTried)
	}
}

func TestSpeaker(t *testing.T) {
	t.Parallel()
	dead := session(evidence.Main, evidence.Undecided, fault(evidence.StepConnect, evidence.Refused))
	alive := greeted(session(evidence.Main, evidence.Listens, done(evidence.StepConnect)), ext("STARTTLS"))
	alive.Peer = "192.0.2.2"
	later := alive
	later.Peer = "192.0.2.3"
	f := of(dead, alive, later)
	if f.IP != "192.0.2.2" || f.Reach != Open || f.Mode != target.STARTTLS || len(f.Addresses) != 3 {
		t.Errorf("speaker %s, reach %q, mode %q of %d addresses; want the first that answers", f.IP, f.Reach, f.Mode, len(f.Addresses))
	}
}

func TestMode(t *testing.T) {
	t.Parallel()
	connect := done(evidence.StepConnect)
	listens := session(evidence.Main, evidence.Listens, connect)
	tls := session(evidence.Main, evidence.SpeaksTLS, connect, done(evidence.StepTLS))
	tls.TLS = &evidence.TLS{Version: "1.3"}
	hello := tls
	hello.Role = evidence.Hello
	http := tls
	http.First = &evidence.Bytes{Protocol: "http", Under: "tls"}
	lmtp := greeted(listens, ext("PIPELINING"))
	lmtp.First = &evidence.Bytes{Protocol: "lmtp"}
	rejected := listens
	rejected.Greeting = &evidence.Reply{Code: 554}
	mixed := greeted(session(evidence.Main, evidence.Listens, connect, replied(evidence.StepEHLO, 250, "h")), nil)
	died := greeted(session(evidence.Main, evidence.Listens, connect, fault(evidence.StepEHLO, evidence.EOF)), nil)
	tests := map[string]struct {
		sessions []evidence.Session
		want     target.Mode
	}{
		"offered":                   {[]evidence.Session{greeted(listens, ext("starttls"))}, target.STARTTLS},
		"not offered":               {[]evidence.Session{greeted(listens, ext("PIPELINING"))}, target.Cleartext},
		"masked":                    {[]evidence.Session{greeted(listens, ext("XXXXXXXA"))}, target.Cleartext},
		"HELO only":                 {[]evidence.Session{greeted(listens, &evidence.Extensions{HELO: true})}, target.Cleartext},
		"EHLO answered, unreadable": {[]evidence.Session{mixed}, target.Cleartext},
		"dies at EHLO":              {[]evidence.Session{died}, target.Unknown},
		"rejected":                  {[]evidence.Session{rejected}, target.Unknown},
		"implicit":                  {[]evidence.Session{tls}, target.Implicit},
		"alert at once":             {[]evidence.Session{session(evidence.Main, evidence.SpeaksTLS, connect, fault(evidence.StepTLS, evidence.TLSAlert))}, target.Implicit},
		"closed at ClientHello":     {[]evidence.Session{session(evidence.Main, evidence.SpeaksTLS, connect, fault(evidence.StepTLS, evidence.EOF))}, target.Unknown},
		"other ClientHello works":   {[]evidence.Session{session(evidence.Main, evidence.SpeaksTLS, connect, fault(evidence.StepTLS, evidence.Reset)), hello}, target.Implicit},
		"HTTPS":                     {[]evidence.Session{http}, target.Unknown},
		"LMTP":                      {[]evidence.Session{lmtp}, target.Unknown},
		"clear wins over an opening that met TLS": {[]evidence.Session{greeted(listens, ext("STARTTLS")), hello}, target.STARTTLS},
	}
	for name, tt := range tests {
		if got := of(tt.sessions...).Mode; got != tt.want {
			t.Errorf("%s: mode %q, want %q", name, got, tt.want)
		}
	}
}

func TestRequired(t *testing.T) {
	t.Parallel()
	yes, no := true, false
	tests := []struct {
		code int
		text string
		want *bool
	}{
		{250, "2.1.0 Ok", &no},
		{530, "5.7.0 Must issue a STARTTLS command first", &yes},
		{530, "Authentication required", &no},
		{451, "TLS required", &yes},
		{550, "5.7.10 Encryption needed", &yes},
		{503, "use STARTTLS first", &yes},
		{550, "5.7.1 The domain is not verified", nil},
		{451, "4.3.0 Temporary lookup failure", nil},
		{421, "4.7.0 TLS please, closing", nil},
		{503, "5.5.1 please authenticate first", &no},
	}
	main := greeted(session(evidence.Main, evidence.Listens, done(evidence.StepConnect)), ext("STARTTLS"))
	for _, tt := range tests {
		clear := session(evidence.Clear, evidence.Listens, done(evidence.StepConnect), replied(evidence.StepMail, tt.code, tt.text))
		got := of(main, clear).Required()
		if (got == nil) != (tt.want == nil) || got != nil && *got != *tt.want {
			t.Errorf("%d %s: required %v, want %v", tt.code, tt.text, word(got), word(tt.want))
		}
	}
	if got := of(main).Required(); got != nil {
		t.Errorf("without a clear-text session: required %v, want unknown", word(got))
	}
}

func word(b *bool) string {
	switch {
	case b == nil:
		return "unknown"
	case *b:
		return "yes"
	}
	return "no"
}

func TestMechanisms(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		e    *evidence.Extensions
		want []string
	}{
		"none":          {ext("SIZE 1"), []string{}},
		"nil":           {nil, []string{}},
		"plain":         {ext("AUTH PLAIN LOGIN"), []string{"PLAIN", "LOGIN"}},
		"lower case":    {ext("auth login plain"), []string{"LOGIN", "PLAIN"}},
		"old form":      {ext("AUTH=LOGIN PLAIN"), []string{"LOGIN", "PLAIN"}},
		"several lines": {ext("AUTH PLAIN", "AUTH=LOGIN PLAIN", "AUTH CRAM-MD5"), []string{"PLAIN", "LOGIN", "CRAM-MD5"}},
		"no mechanism":  {ext("AUTH"), []string{}},
		"sign apart":    {ext("AUTH =LOGIN"), []string{"LOGIN"}},
	}
	for name, tt := range tests {
		if got := Mechanisms(tt.e); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}

func TestMasked(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]bool{"XXXXXXXA": true, "xxxxxxxx": true, "XXXXXXXB": true, "STARTTLS": false, "X-STARTT": false, "XCLIENT NAME": false} {
		if got := Masked(ext(line)) != ""; got != want {
			t.Errorf("%s: masked %v, want %v", line, got, want)
		}
	}
}

func TestSizeLimit(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]int64{"SIZE 10240000": 10240000, "size 5": 5, "SIZE": 0, "SIZE 0": 0, "SIZE -1": 0, "SIZE 99999999999999999999": 0} {
		if got := of(greeted(session(evidence.Main, evidence.Listens), ext(line))).SizeLimit(); got != want {
			t.Errorf("%s: %d, want %d", line, got, want)
		}
	}
}

func certs() *evidence.TLS {
	leaf := evidence.Cert{Subject: "leaf", Names: []string{"h"}, NotBefore: now.AddDate(0, -1, 0), NotAfter: now.AddDate(0, 1, 0), Key: "RSA 2048", KeyBits: 2048, Signature: "SHA256-RSA", ServerAuth: true}
	root := evidence.Cert{Subject: "root", NotBefore: now.AddDate(-9, 0, 0), NotAfter: now.AddDate(9, 0, 0), Key: "RSA 4096", KeyBits: 4096, Signature: "SHA1-RSA", SelfIssued: true, CA: true}
	return &evidence.TLS{Version: "1.3", Chain: []evidence.Cert{leaf}, Verified: evidence.Verified{Chain: evidence.ChainOK, Path: []evidence.Cert{leaf, root}, Name: true}}
}

func TestCertificate(t *testing.T) {
	t.Parallel()
	both := func(x *evidence.TLS, change func(*evidence.Cert)) {
		change(&x.Chain[0])
		x.Verified.Path[0] = x.Chain[0]
	}
	tests := map[string]struct {
		change func(*evidence.TLS)
		want   string // status, then all problems
	}{
		"ok, the root's SHA-1 does not count": {func(*evidence.TLS) {}, "ok"},
		"expired":                             {func(x *evidence.TLS) { both(x, func(c *evidence.Cert) { c.NotAfter = now.Add(-time.Second) }) }, "expired expired"},
		"valid to the last moment":            {func(x *evidence.TLS) { both(x, func(c *evidence.Cert) { c.NotAfter = now }) }, "ok"},
		"expired in the path only":            {func(x *evidence.TLS) { x.Verified.Path[1].NotAfter = now.AddDate(0, 0, -1) }, "expired expired"},
		"not yet":                             {func(x *evidence.TLS) { both(x, func(c *evidence.Cert) { c.NotBefore = now.Add(time.Hour) }) }, "not-yet-valid not-yet-valid"},
		"self-signed for another name": {func(x *evidence.TLS) {
			x.Verified = evidence.Verified{Chain: evidence.ChainSelfSigned}
		}, "self-signed self-signed name-mismatch"},
		"expired and unknown": {func(x *evidence.TLS) {
			x.Chain[0].NotAfter = now.AddDate(0, 0, -1)
			x.Verified = evidence.Verified{Chain: evidence.ChainUnknownCA, Name: true}
		}, "expired expired unknown-ca"},
		"missing intermediate": {func(x *evidence.TLS) {
			x.Verified = evidence.Verified{Chain: evidence.ChainMissingIntermediate, Name: true}
		}, "missing-intermediate missing-intermediate"},
		"name":                   {func(x *evidence.TLS) { x.Verified.Name = false }, "name-mismatch name-mismatch"},
		"1024 bits":              {func(x *evidence.TLS) { both(x, func(c *evidence.Cert) { c.Key, c.KeyBits = "RSA 1024", 1024 }) }, "weak weak"},
		"256 bits of ECDSA":      {func(x *evidence.TLS) { both(x, func(c *evidence.Cert) { c.Key, c.KeyBits = "ECDSA P-256", 256 }) }, "ok"},
		"SHA-1":                  {func(x *evidence.TLS) { both(x, func(c *evidence.Cert) { c.Signature = "SHA1-RSA" }) }, "weak weak"},
		"for clients":            {func(x *evidence.TLS) { both(x, func(c *evidence.Cert) { c.ServerAuth = false }) }, "wrong-usage wrong-usage"},
		"no roots":               {func(x *evidence.TLS) { x.Verified = evidence.Verified{Chain: evidence.ChainNoRoots, Name: true} }, "not-verified"},
		"not compared":           {func(x *evidence.TLS) { x.Verified = evidence.Verified{} }, "not-verified"},
		"handshake not that far": {func(x *evidence.TLS) { x.Chain = nil }, "not-verified"},
	}
	for name, tt := range tests {
		x := certs()
		tt.change(x)
		c := certificate(x, now)
		if got := strings.Join(append([]string{c.Status}, c.Problems...), " "); got != tt.want {
			t.Errorf("%s: %s, want %s", name, got, tt.want)
		}
	}
}

func TestVersions(t *testing.T) {
	t.Parallel()
	with := func(role evidence.Role, ceiling, version string, class evidence.Class) evidence.Session {
		s := session(role, evidence.SpeaksTLS, done(evidence.StepConnect))
		s.Ceiling = ceiling
		if version != "" {
			s.TLS = &evidence.TLS{Version: version}
			s.Steps = append(s.Steps, done(evidence.StepTLS))
		} else {
			s.Steps = append(s.Steps, fault(evidence.StepTLS, class))
		}
		return s
	}
	tests := map[string]struct {
		sessions []evidence.Session
		want     string // accepted | tested
	}{
		"1.3, old ones refused":    {[]evidence.Session{with(evidence.Main, "", "1.3", ""), with(evidence.Ceiling, "1.1", "", evidence.TLSAlert)}, "1.3|1.0 1.1 1.3"},
		"1.2 at most":              {[]evidence.Session{with(evidence.Main, "", "1.2", "")}, "1.2|1.2 1.3"},
		"old ones accepted":        {[]evidence.Session{with(evidence.Main, "", "1.3", ""), with(evidence.Ceiling, "1.1", "1.0", "")}, "1.0 1.3|1.0 1.1 1.3"},
		"unanswered tells nothing": {[]evidence.Session{with(evidence.Main, "", "1.3", ""), with(evidence.Ceiling, "1.1", "", evidence.Timeout)}, "1.3|1.3"},
		"cut tells nothing":        {[]evidence.Session{with(evidence.Ceiling, "1.1", "", evidence.Cancelled)}, "|"},
	}
	for name, tt := range tests {
		f := of(tt.sessions...)
		accepted, tested := f.Versions()
		if got := strings.Join(accepted, " ") + "|" + strings.Join(tested, " "); got != tt.want {
			t.Errorf("%s: %s, want %s", name, got, tt.want)
		}
	}
}

func TestDays(t *testing.T) {
	t.Parallel()
	for d, want := range map[time.Duration]int{0: 0, 23 * time.Hour: 0, 24 * time.Hour: 1, -time.Hour: -1, -24 * time.Hour: -1, -25 * time.Hour: -2} {
		if got := Days(now, now.Add(d)); got != want {
			t.Errorf("%v: %d days, want %d", d, got, want)
		}
	}
}

func TestTry(t *testing.T) {
	t.Parallel()
	connect := done(evidence.StepConnect)
	good := session(evidence.Remedy, evidence.SpeaksTLS, connect, done(evidence.StepTLS))
	good.TLS, good.ExtTLS = certs(), ext("AUTH PLAIN")
	change := func(f func(*evidence.Session)) evidence.Session {
		s := good
		s.TLS = certs()
		f(&s)
		return s
	}
	plain := greeted(session(evidence.Remedy, evidence.Listens, connect), ext("SIZE 1"))
	tests := map[string]struct {
		s    evidence.Session
		mode target.Mode
		want Trial
	}{
		"works":                {good, target.Implicit, Trial{Known: true, Works: true}},
		"old TLS":              {change(func(s *evidence.Session) { s.TLS.Version = "1.1" }), target.Implicit, Trial{Known: true, Detail: "TLS 1.1 is the newest version it speaks"}},
		"bad certificate":      {change(func(s *evidence.Session) { s.TLS.Verified.Name = false }), target.Implicit, Trial{Known: true, Detail: "certificate: name-mismatch"}},
		"no EHLO":              {change(func(s *evidence.Session) { s.ExtTLS = nil }), target.Implicit, Trial{}},
		"another mode":         {good, target.STARTTLS, Trial{}},
		"refused":              {session(evidence.Remedy, evidence.Undecided, fault(evidence.StepConnect, evidence.Refused)), target.Implicit, Trial{Known: true, Detail: "connection refused"}},
		"quit does not count":  {change(func(s *evidence.Session) { s.Steps = append(s.Steps, fault(evidence.StepQuit, evidence.EOF)) }), target.Implicit, Trial{Known: true, Works: true}},
		"rejected":             {evidence.Session{Greeting: &evidence.Reply{Code: 554}}, target.STARTTLS, Trial{Known: true, Detail: "the greeting is a refusal (554)"}},
		"STARTTLS not offered": {plain, target.STARTTLS, Trial{Known: true, Detail: "STARTTLS is not offered"}},
		"clear text":           {plain, target.Cleartext, Trial{Known: true, Works: true}},
		"opportunistic, plain": {plain, target.Opportunistic, Trial{Known: true, Works: true}},
		"nothing":              {evidence.Session{}, target.Implicit, Trial{}},
	}
	for name, tt := range tests {
		if got := Try(&tt.s, tt.mode, now); got != tt.want {
			t.Errorf("%s: %+v, want %+v", name, got, tt.want)
		}
	}
}
