package probe_test

import (
	"context"
	"crypto/hmac"
	"crypto/md5"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"net"
	"net/netip"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/fakemail"
	"github.com/maildoctor/maildoctor/internal/probe"
	"github.com/maildoctor/maildoctor/internal/secret"
	"github.com/maildoctor/maildoctor/internal/target"
)

const (
	user     = "user@example.test"
	password = "canary-7#x/+Secret"
)

var everyMechanism = []string{"SCRAM-SHA-256-PLUS", "SCRAM-SHA-256", "SCRAM-SHA-1-PLUS", "SCRAM-SHA-1", "CRAM-MD5", "PLAIN", "LOGIN", "XOAUTH2"}

// accounts are those of the servers.
func accounts() map[string]string { return map[string]string{user: password} }

func account() *probe.Account { return &probe.Account{User: user, Password: secret.New(password)} }

// submission is a run that goes on after EHLO. The server counts as far away:
// what protects the password is TLS.
type submission struct {
	serve fakemail.Handler
	port  uint16 // 0: 587
	o     probe.Options
	as    target.Mode
	near  bool // the server counts as on this machine
	roots *x509.CertPool
}

func (sub submission) run(t *testing.T) (evidence.Case, *fakemail.Server) {
	t.Helper()
	s, err := fakemail.Listen(sub.serve)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return sub.to(t, s), s
}

func (sub submission) to(t *testing.T, s *fakemail.Server) evidence.Case {
	t.Helper()
	if sub.port == 0 {
		sub.port = 587
	}
	m := mapped(s, sub.port)
	if sub.o.Limits.Reply == 0 {
		sub.o.Limits = probe.Limits{Connect: 5 * time.Second, Greeting: 5 * time.Second, Reply: 5 * time.Second}
	}
	sub.o.Mappings = m.Mappings
	c := newCase(sub.port, sub.as)
	probe.Endpoint(t.Context(), probe.Env{Dial: onlyTo(s), Now: time.Now, Roots: sub.roots, Proxied: !sub.near}, sub.o, &c)
	return c
}

// everyLine is what a server was sent, over all its connections.
func everyLine(t *testing.T, s *fakemail.Server) []string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	seen, err := s.Ended(ctx, 1)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, c := range seen {
		out = append(append(out, c.Lines...), c.LinesTLS...)
	}
	return out
}

// count is how many of the lines have the verb.
func count(lines []string, verb string) int {
	n := 0
	for _, l := range lines {
		if l == verb || strings.HasPrefix(l, verb+" ") {
			n++
		}
	}
	return n
}

// logins are the attempts of a session: mechanism and result.
func logins(s evidence.Session) string {
	var out []string
	for _, a := range s.Logins {
		out = append(out, a.Mechanism+" "+a.Result)
	}
	return strings.Join(out, ", ")
}

// accountBy forces a mechanism where it is not tried unasked.
func accountBy(mechanism string) *probe.Account {
	a := account()
	if mechanism == "XOAUTH2" {
		a.Mechanism = mechanism
	}
	return a
}

func TestLogin(t *testing.T) {
	t.Parallel()
	ca, conf := testAuthority(t)
	for port, mode := range map[uint16]target.Mode{587: target.STARTTLS, 465: target.Implicit} {
		for _, version := range []uint16{tls.VersionTLS12, tls.VersionTLS13} {
			for _, mechanism := range everyMechanism {
				t.Run(string(mode)+"/"+tls.VersionName(version)+"/"+mechanism, func(t *testing.T) {
					t.Parallel()
					conf := conf.Clone()
					conf.MinVersion, conf.MaxVersion = version, version
					sub := submission{port: port, roots: ca.Pool(), o: probe.Options{Account: accountBy(mechanism)},
						serve: fakemail.Script{Mode: mode, TLS: conf, Accounts: accounts(), Mechanisms: []string{mechanism}}.Serve}
					c, s := sub.run(t)
					if m := mainOf(t, c); logins(m) != mechanism+" accepted" || m.Logins[0].Reply.Code != 235 || m.Logins[0].Detail != "" {
						t.Errorf("right password: %+v, %s", m.Logins, steps(m))
					}
					if lines := everyLine(t, s); count(lines, "AUTH") != 1 || !slices.Equal(s.Conns()[0].Users, []string{user}) {
						t.Errorf("right password: sent %q", lines)
					}
					sub.o.Account.Password = secret.New("another")
					c, s = sub.run(t)
					if m := mainOf(t, c); logins(m) != mechanism+" refused" || m.Logins[0].Reply.Code != 535 {
						t.Errorf("wrong password: %+v, %s", m.Logins, steps(m))
					}
					if lines := everyLine(t, s); count(lines, "AUTH") != 1 {
						t.Errorf("wrong password: sent %q", lines)
					}
				})
			}
		}
	}
}

// TestLoginIsTranscribed: what is written down of each mechanism, and that the
// session goes on to its QUIT.
func TestLoginIsTranscribed(t *testing.T) {
	t.Parallel()
	ca, conf := testAuthority(t)
	for mechanism, want := range map[string]string{
		"PLAIN":         "AUTH PLAIN ****=235",
		"LOGIN":         "AUTH LOGIN=334 VXNlcm5hbWU6|****=334 UGFzc3dvcmQ6|****=235",
		"CRAM-MD5":      "AUTH CRAM-MD5=334 ****|****=235",
		"SCRAM-SHA-256": "AUTH SCRAM-SHA-256 ****=334 ****|****=334 ****|****=235",
		"XOAUTH2":       "AUTH XOAUTH2 ****=235",
	} {
		t.Run(mechanism, func(t *testing.T) {
			t.Parallel()
			var mu sync.Mutex
			var watched []string
			c, s := submission{roots: ca.Pool(), serve: fakemail.Script{Mode: target.STARTTLS, TLS: conf, Accounts: accounts(), Mechanisms: []string{mechanism}}.Serve,
				o: probe.Options{Account: accountBy(mechanism), Watch: func(step string) {
					mu.Lock()
					defer mu.Unlock()
					watched = append(watched, step)
				}}}.run(t)
			var got []string
			for _, st := range mainOf(t, c).Steps {
				if st.Name == evidence.StepAuth || st.Name == evidence.StepAuthMore {
					line := st.Sent + "=" + string([]byte{byte('0' + st.Reply.Code/100), byte('0' + st.Reply.Code/10%10), byte('0' + st.Reply.Code%10)})
					if st.Reply.Code == 334 {
						line += " " + strings.Join(st.Reply.Lines, "|")
					}
					got = append(got, line)
				}
			}
			if g := strings.Join(got, "|"); g != want {
				t.Errorf("got %s, want %s", g, want)
			}
			if lines := everyLine(t, s); !s.Conns()[0].Quit() || !slices.Contains(watched, "auth") {
				t.Errorf("sent %q, watched %q; want QUIT at the end, and auth", lines, watched)
			}
		})
	}
}

func TestMechanismIsChosen(t *testing.T) {
	t.Parallel()
	ca, conf := testAuthority(t)
	all := strings.Join(everyMechanism, " ")
	for name, test := range map[string]struct {
		offer  []string
		forced string
		clear  bool
		want   string // the attempt; else why there is none
	}{
		"the strongest":             {[]string{"AUTH " + all}, "", false, "SCRAM-SHA-256-PLUS accepted"},
		"in whatever order":         {[]string{"AUTH LOGIN PLAIN CRAM-MD5 SCRAM-SHA-1 SCRAM-SHA-256"}, "", false, "SCRAM-SHA-256 accepted"},
		"PLUS of the weaker":        {[]string{"AUTH LOGIN SCRAM-SHA-1 SCRAM-SHA-1-PLUS"}, "", false, "SCRAM-SHA-1-PLUS accepted"},
		"CRAM-MD5":                  {[]string{"AUTH LOGIN PLAIN CRAM-MD5 NTLM"}, "", false, "CRAM-MD5 accepted"},
		"PLAIN before LOGIN":        {[]string{"AUTH LOGIN PLAIN"}, "", false, "PLAIN accepted"},
		"a token is not a password": {[]string{"AUTH XOAUTH2 LOGIN"}, "", false, "LOGIN accepted"},
		"a token alone":             {[]string{"AUTH XOAUTH2 NTLM"}, "", false, "the server takes OAuth tokens only (XOAUTH2); give a token with --auth XOAUTH2"},
		"two lines":                 {[]string{"AUTH LOGIN", "AUTH CRAM-MD5"}, "", false, "CRAM-MD5 accepted"},
		"the old form":              {[]string{"AUTH=LOGIN"}, "", false, "LOGIN accepted"},
		"lower case":                {[]string{"auth plain"}, "", false, "PLAIN accepted"},
		"no PLUS without TLS":       {[]string{"AUTH " + all}, "", true, "SCRAM-SHA-256 accepted"},
		"forced":                    {[]string{"AUTH " + all}, "LOGIN", false, "LOGIN accepted"},
		"forced token":              {[]string{"AUTH " + all}, "XOAUTH2", false, "XOAUTH2 accepted"},
		"forced, not offered":       {[]string{"AUTH PLAIN LOGIN"}, "CRAM-MD5", false, "the server does not offer CRAM-MD5, but PLAIN LOGIN"},
		"part of a name":            {[]string{"AUTH SCRAM-SHA-1-PLUS"}, "SCRAM-SHA-1", false, "the server does not offer SCRAM-SHA-1, but SCRAM-SHA-1-PLUS"},
		"forced, unknown":           {[]string{"AUTH NTLM"}, "NTLM", false, "maildoctor does not speak NTLM"},
		"forced PLUS without TLS":   {[]string{"AUTH " + all}, "SCRAM-SHA-1-PLUS", true, "SCRAM-SHA-1-PLUS is tied to TLS, and the line is not encrypted"},
		"none known":                {[]string{"AUTH NTLM GSSAPI"}, "", false, "the server offers no mechanism that maildoctor speaks, but NTLM GSSAPI"},
		"none":                      {[]string{"SIZE 1"}, "", false, "the server offers no login"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			script := fakemail.Script{Mode: target.STARTTLS, TLS: conf, Caps: []string{"SIZE 1"}, CapsTLS: test.offer, Accounts: accounts(), Mechanisms: everyMechanism}
			if test.clear {
				script.Mode, script.Caps = target.Cleartext, test.offer
			}
			a := account()
			a.Mechanism = test.forced
			c, s := submission{roots: ca.Pool(), serve: script.Serve, near: test.clear, o: probe.Options{Account: a}}.run(t)
			m := mainOf(t, c)
			if got := logins(m) + m.NoLogin; got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
			if lines := everyLine(t, s); m.NoLogin != "" && count(lines, "AUTH") != 0 {
				t.Errorf("sent %q", lines)
			}
		})
	}
}

// TestWhatTheEHLOBeforeTLSOffered does not count under TLS.
func TestWhatTheEHLOBeforeTLSOffered(t *testing.T) {
	t.Parallel()
	ca, conf := testAuthority(t)
	c, _ := submission{roots: ca.Pool(), o: probe.Options{Account: account()},
		serve: fakemail.Script{Mode: target.STARTTLS, TLS: conf, Caps: []string{"AUTH PLAIN"}, CapsTLS: []string{"SIZE 1"}, Accounts: accounts()}.Serve}.run(t)
	if m := mainOf(t, c); m.NoLogin != "the server offers no login" {
		t.Errorf("got %q, %s", m.NoLogin, logins(m))
	}
}

func TestSecondAttempt(t *testing.T) {
	t.Parallel()
	ca, conf := testAuthority(t)
	wrong := account()
	wrong.Password = secret.New("another")
	b64 := func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }
	answers := func(text string, then fakemail.Then) fakemail.Script {
		return fakemail.Script{RepliesTLS: map[string]fakemail.Reply{"AUTH": {Text: text, Then: then}}}
	}
	for name, test := range map[string]struct {
		script  fakemail.Script
		offer   string
		account *probe.Account
		want    string
	}{
		"hashed":                   {fakemail.Script{Hashed: true}, "SCRAM-SHA-256 CRAM-MD5 PLAIN LOGIN", account(), "SCRAM-SHA-256 refused, PLAIN accepted"},
		"hashed, LOGIN alone":      {fakemail.Script{Hashed: true}, "CRAM-MD5 LOGIN", account(), "CRAM-MD5 refused, LOGIN accepted"},
		"hashed, nothing else":     {fakemail.Script{Hashed: true}, "SCRAM-SHA-1 CRAM-MD5", account(), "SCRAM-SHA-1 refused"},
		"refused twice":            {fakemail.Script{}, "SCRAM-SHA-256 CRAM-MD5 PLAIN LOGIN", wrong, "SCRAM-SHA-256 refused, PLAIN refused"},
		"PLAIN refused":            {fakemail.Script{}, "PLAIN LOGIN", wrong, "PLAIN refused"},
		"another refusal":          {answers("534 5.7.9 use an app password", 0), "CRAM-MD5 PLAIN", account(), "CRAM-MD5 refused"},
		"mechanism not taken":      {fakemail.Script{Mechanisms: []string{"LOGIN"}}, "PLAIN LOGIN", account(), "PLAIN broken, LOGIN accepted"},
		"no mechanism taken":       {answers("504 5.5.4 no", 0), "CRAM-MD5 PLAIN LOGIN", account(), "CRAM-MD5 broken, PLAIN broken"},
		"the password itself next": {answers("504 5.5.4 no", 0), "SCRAM-SHA-256 CRAM-MD5 LOGIN", account(), "SCRAM-SHA-256 broken, LOGIN broken"},
		"syntax":                   {answers("501 5.5.2 no", 0), "PLAIN LOGIN", account(), "PLAIN broken, LOGIN broken"},
		"for now":                  {answers("454 4.7.0 later", 0), "PLAIN LOGIN", account(), "PLAIN broken"},
		"421":                      {answers("421 4.7.0 bye", fakemail.ThenClose), "PLAIN LOGIN", account(), "PLAIN broken"},
		"closed":                   {answers("", fakemail.ThenClose), "PLAIN LOGIN", account(), "PLAIN broken eof"},
		"silent":                   {answers("", fakemail.ThenHang), "PLAIN LOGIN", account(), "PLAIN broken timeout"},
		"no reply":                 {answers("* OK", 0), "PLAIN LOGIN", account(), "PLAIN broken protocol"},
		"not base64":               {answers("334 !!!", 0), "CRAM-MD5 LOGIN", account(), "CRAM-MD5 broken protocol, LOGIN broken protocol"},
		"a challenge for nothing":  {answers("334 "+b64("what?"), 0), "PLAIN", account(), "PLAIN broken protocol"},
		"CRAM-MD5 without one":     {answers("334 ", 0), "CRAM-MD5", account(), "CRAM-MD5 broken protocol"},
		"no SCRAM message":         {answers("334 "+b64("hello"), 0), "SCRAM-SHA-1", account(), "SCRAM-SHA-1 broken protocol"},
		"signature before proof":   {answers("334 "+b64("v=AAAA"), 0), "SCRAM-SHA-1", account(), "SCRAM-SHA-1 broken protocol"},
		"a nonce that is not ours": {answers("334 "+b64("r=x,s=c2FsdA==,i=4096"), 0), "SCRAM-SHA-1", account(), "SCRAM-SHA-1 broken protocol"},
		"endless hashing":          {answers("334 "+b64("r=x,s=c2FsdA==,i=2000000000"), 0), "SCRAM-SHA-1", account(), "SCRAM-SHA-1 broken limit"},
		"354":                      {answers("354 go on", 0), "PLAIN", account(), "PLAIN broken"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			script := test.script
			script.Mode, script.TLS, script.Accounts, script.CapsTLS = target.STARTTLS, conf, accounts(), []string{"AUTH " + test.offer}
			if script.Mechanisms == nil {
				script.Mechanisms = strings.Fields(test.offer)
			}
			o := probe.Options{Account: test.account, Limits: quick(), Envelope: &evidence.Envelope{From: "a@example.test"}}
			c, s := submission{roots: ca.Pool(), serve: script.Serve, o: o}.run(t)
			m := mainOf(t, c)
			var got []string
			for _, a := range m.Logins {
				one := a.Mechanism + " " + a.Result
				if a.Fault != nil {
					one += " " + string(a.Fault.Class)
				}
				got = append(got, one)
			}
			if g := strings.Join(got, ", "); g != test.want {
				t.Errorf("got %s, want %s (%s)", g, test.want, steps(m))
			}
			lines := everyLine(t, s)
			if accepted := strings.Contains(test.want, "accepted"); accepted != slices.Contains(lines, "MAIL FROM:<a@example.test>") {
				t.Errorf("the envelope is for those who are logged in: %q", lines)
			}
		})
	}
}

func TestAttemptsAreShared(t *testing.T) {
	t.Parallel()
	ca, conf := testAuthority(t)
	for name, test := range map[string]struct {
		budget   *probe.Attempts
		password string
		offer    string
		want     []string // of each run
	}{
		"refused for good":             {probe.NewAttempts(), "another", "PLAIN LOGIN", []string{"PLAIN refused", "the account was refused before"}},
		"refused twice":                {probe.NewAttempts(), "another", "CRAM-MD5 PLAIN", []string{"CRAM-MD5 refused, PLAIN refused", "the account was refused before"}},
		"one that is accepted is free": {probe.NewAttempts(), password, "PLAIN LOGIN", []string{"PLAIN accepted", "PLAIN accepted", "PLAIN accepted"}},
		"a password is no token":       {probe.NewAttempts(), password, "XOAUTH2", []string{"the server takes OAuth tokens only (XOAUTH2); give a token with --auth XOAUTH2"}},
		"none":                         {new(probe.Attempts), password, "PLAIN", []string{"the attempts to log in are used up"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := &probe.Account{User: user, Password: secret.New(test.password), Attempts: test.budget}
			script := fakemail.Script{Mode: target.STARTTLS, TLS: conf, Accounts: accounts(), Mechanisms: strings.Fields(test.offer)}
			refused := 0
			for i, want := range test.want {
				c, _ := submission{roots: ca.Pool(), serve: script.Serve, o: probe.Options{Account: a}}.run(t)
				m := mainOf(t, c)
				if got := logins(m) + m.NoLogin; got != want {
					t.Errorf("run %d: got %q, want %q", i, got, want)
				}
				refused += strings.Count(logins(m), "refused")
			}
			if refused > probe.MaxAttempts {
				t.Errorf("%d attempts were refused", refused)
			}
		})
	}
}

// TestLineIsNotSafe: nothing of the account goes over such a line, unless the
// caller insists or the server is on this machine.
func TestLineIsNotSafe(t *testing.T) {
	t.Parallel()
	ca, conf := testAuthority(t)
	rogue, err := fakemail.NewAuthority("Rogue", time.Now())
	if err != nil {
		t.Fatal(err)
	}
	now, names := time.Now(), []string{host}
	self, err := fakemail.SelfSigned(fakemail.Leaf{Names: names}, now)
	if err != nil {
		t.Fatal(err)
	}
	issue := func(a *fakemail.Authority, l fakemail.Leaf) fakemail.Script {
		conf, err := a.Config(l)
		if err != nil {
			t.Fatal(err)
		}
		return fakemail.Script{Mode: target.STARTTLS, TLS: conf}
	}
	rsa := issue(ca, fakemail.Leaf{Names: names, Key: fakemail.RSA2048}).TLS
	weak := rsa.Clone()
	weak.MaxVersion, weak.CipherSuites = tls.VersionTLS12, []uint16{tls.TLS_ECDHE_RSA_WITH_RC4_128_SHA}
	const unverified = "the certificate is not verified: "
	for name, test := range map[string]struct {
		script fakemail.Script
		roots  *x509.CertPool
		want   string
	}{
		"clear text":           {fakemail.Script{Caps: []string{"AUTH PLAIN"}}, ca.Pool(), "the line is not encrypted"},
		"injected":             {fakemail.Script{Mode: target.STARTTLS, TLS: conf, Inject: "250 x\r\n"}, ca.Pool(), "bytes were injected into the line before TLS"},
		"TLS 1.0":              {fakemail.Script{Mode: target.STARTTLS, TLS: fakemail.TLS10(rsa)}, ca.Pool(), "TLS 1.0 is not safe"},
		"RC4":                  {fakemail.Script{Mode: target.STARTTLS, TLS: weak}, ca.Pool(), "the cipher TLS_ECDHE_RSA_WITH_RC4_128_SHA is not safe"},
		"no root store":        {fakemail.Script{Mode: target.STARTTLS, TLS: conf}, nil, unverified + "there is no root store"},
		"expired":              {issue(ca, fakemail.Leaf{Names: names, NotBefore: now.AddDate(0, 0, -90), NotAfter: now.AddDate(0, 0, -1)}), ca.Pool(), unverified + "expired"},
		"of tomorrow":          {issue(ca, fakemail.Leaf{Names: names, NotBefore: now.AddDate(0, 0, 1)}), ca.Pool(), unverified + "not valid yet"},
		"expired intermediate": {issue(ca, fakemail.Leaf{Names: names, Chain: fakemail.ExpiredIntermediate}), ca.Pool(), unverified + "expired"},
		"other name":           {issue(ca, fakemail.Leaf{Names: []string{"other.example.test"}}), ca.Pool(), unverified + "it is for another name"},
		"missing intermediate": {issue(ca, fakemail.Leaf{Names: names, Chain: fakemail.LeafOnly}), ca.Pool(), unverified + "its authority is not known here"},
		"unknown authority":    {issue(rogue, fakemail.Leaf{Names: names}), ca.Pool(), unverified + "its authority is not known here"},
		"self-signed":          {fakemail.Script{Mode: target.STARTTLS, TLS: &tls.Config{Certificates: []tls.Certificate{self}}}, ca.Pool(), unverified + "its authority is not known here"},
		"for clients":          {issue(ca, fakemail.Leaf{Names: names, Usage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}}), ca.Pool(), unverified + "not for servers"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test.script.Accounts = accounts()
			o := probe.Options{Account: account(), Envelope: &evidence.Envelope{From: "a@example.test"}}
			far := submission{roots: test.roots, serve: test.script.Serve, o: o}
			c, s := far.run(t)
			m := mainOf(t, c)
			if m.NoLogin != test.want || len(m.Logins) != 0 {
				t.Errorf("got %q, %s, want %q", m.NoLogin, logins(m), test.want)
			}
			if lines := everyLine(t, s); count(lines, "AUTH") != 0 || slices.Contains(lines, "MAIL FROM:<a@example.test>") {
				t.Errorf("sent %q", lines)
			}
			near := far
			near.near = true
			far.o.Account.Insecure = true
			for _, sub := range []submission{near, far} {
				if c, _ := sub.run(t); logins(mainOf(t, c)) != "PLAIN accepted" {
					t.Errorf("near %v: %q, %s, want a login", sub.near, mainOf(t, c).NoLogin, logins(mainOf(t, c)))
				}
			}
		})
	}
}

func TestTokenRefused(t *testing.T) {
	t.Parallel()
	ca, conf := testAuthority(t)
	a := accountBy("XOAUTH2")
	a.Password = secret.New("another")
	c, s := submission{roots: ca.Pool(), o: probe.Options{Account: a}, serve: fakemail.Script{Mode: target.STARTTLS, TLS: conf, Accounts: accounts(), Mechanisms: []string{"XOAUTH2"}}.Serve}.run(t)
	m := mainOf(t, c)
	if logins(m) != "XOAUTH2 refused" || m.Logins[0].Reply.Code != 535 || m.Logins[0].Detail != `{"status":"400","schemes":"Bearer","scope":"https://mail.example.test/"}` {
		t.Errorf("got %+v", m.Logins)
	}
	if lines := everyLine(t, s); !slices.Contains(lines, "") {
		t.Errorf("sent %q, want an empty answer to the error", lines)
	}
}

// under is a server that offers AUTH under TLS and then takes the steps.
func under(conf *tls.Config, offer string, then ...fakemail.Step) fakemail.Handler {
	const ehlo = "250-mail.example.test\r\n"
	return append(fakemail.Steps{fakemail.Send("220 mail.example.test ESMTP\r\n"), fakemail.Expect("EHLO"), fakemail.Send(ehlo + "250 STARTTLS\r\n"), fakemail.Expect("STARTTLS"),
		fakemail.Send("220 go\r\n"), fakemail.TLS(conf), fakemail.Expect("EHLO"), fakemail.Send(ehlo + "250 AUTH " + offer + "\r\n")}, then...).Serve
}

// TestServerDoesNotProve: a SCRAM server that says yes at once.
func TestServerDoesNotProve(t *testing.T) {
	t.Parallel()
	ca, conf := testAuthority(t)
	c, _ := submission{roots: ca.Pool(), o: probe.Options{Account: account()},
		serve: under(conf, "SCRAM-SHA-256", fakemail.Expect("AUTH"), fakemail.Send("235 yes\r\n"), fakemail.Expect("QUIT"))}.run(t)
	if m := mainOf(t, c); logins(m) != "SCRAM-SHA-256 accepted" || !strings.Contains(m.Logins[0].Detail, "did not prove") {
		t.Errorf("got %+v", m.Logins)
	}
}

// TestImpostor: a server whose proof is wrong, or whose TLS session is not ours, gets
// nothing more: least of all the password itself.
func TestImpostor(t *testing.T) {
	t.Parallel()
	ca, conf := testAuthority(t)
	b64 := base64.StdEncoding.EncodeToString
	first := func(c *fakemail.Conn) error { // goes on with the client's own nonce
		line, err := c.Line()
		if err != nil {
			return err
		}
		hello, err := base64.StdEncoding.DecodeString(line[strings.LastIndexByte(line, ' ')+1:])
		if err != nil {
			return err
		}
		nonce := string(hello[strings.LastIndex(string(hello), "r=")+2:])
		return c.Send("334 " + b64([]byte("r="+nonce+"x,s=c2FsdA==,i=4096")) + "\r\n")
	}
	for name, test := range map[string]struct {
		proof, detail, want string
	}{
		"wrong proof":     {"v=AAAAAAAAAAAAAAAAAAAAAAAAAAA=", "", "SCRAM-SHA-256 broken"},
		"another session": {"e=channel-bindings-dont-match", "channel-bindings-dont-match", "SCRAM-SHA-256 refused"},
	} {
		mine := account()
		mine.Attempts = probe.NewAttempts()
		c, s := submission{roots: ca.Pool(), o: probe.Options{Account: mine},
			serve: under(conf, "SCRAM-SHA-256 PLAIN", first, fakemail.Expect(""), fakemail.Send("334 "+b64([]byte(test.proof))+"\r\n"), fakemail.Expect(""), fakemail.Send("535 no\r\n"), fakemail.AwaitAny())}.run(t)
		m := mainOf(t, c)
		if logins(m) != test.want && logins(m) != "SCRAM-SHA-256 broken" || !m.Logins[0].Impostor || m.Logins[0].Detail != test.detail || count(everyLine(t, s), "AUTH") != 1 {
			t.Errorf("%s: got %+v, sent %q", name, m.Logins, everyLine(t, s))
		}
		plain := fakemail.Script{Mode: target.STARTTLS, TLS: conf, Accounts: accounts(), Mechanisms: []string{"PLAIN"}}
		c, _ = submission{roots: ca.Pool(), o: probe.Options{Account: mine}, serve: plain.Serve}.run(t)
		if m := mainOf(t, c); len(m.Logins) > 0 || m.NoLogin != "somebody may stand between this machine and the server" {
			t.Errorf("%s: the next run of the command got %+v, %q", name, m.Logins, m.NoLogin)
		}
	}
}

// TestLongInitialResponse: a token that does not fit a command line follows the
// command (RFC 4954 4).
func TestLongInitialResponse(t *testing.T) {
	t.Parallel()
	ca, conf := testAuthority(t)
	token := strings.Repeat("t0ken", 300)
	c, s := submission{roots: ca.Pool(), o: probe.Options{Account: &probe.Account{User: user, Password: secret.New(token), Mechanism: "XOAUTH2"}},
		serve: fakemail.Script{Mode: target.STARTTLS, TLS: conf, Accounts: map[string]string{user: token}, Mechanisms: []string{"XOAUTH2"}}.Serve}.run(t)
	if m := mainOf(t, c); logins(m) != "XOAUTH2 accepted" || !slices.Contains(everyLine(t, s), "AUTH XOAUTH2") {
		t.Errorf("got %+v", m.Logins)
	}
}

// TestServerProvesTooEarly: before there is a key, its signature can be told by
// anybody.
func TestServerProvesTooEarly(t *testing.T) {
	t.Parallel()
	ca, conf := testAuthority(t)
	mac := func(key []byte, text string) []byte {
		m := hmac.New(sha256.New, key)
		m.Write([]byte(text))
		return m.Sum(nil)
	}
	b64 := base64.StdEncoding.EncodeToString
	signature := b64([]byte("v=" + b64(mac(mac(nil, "Server Key"), ""))))
	c, s := submission{roots: ca.Pool(), o: probe.Options{Account: account()},
		serve: under(conf, "SCRAM-SHA-256", fakemail.Expect("AUTH"), fakemail.Send("334 "+signature+"\r\n"), fakemail.Expect(""), fakemail.Send("235 yes\r\n"), fakemail.Expect("QUIT"))}.run(t)
	if m := mainOf(t, c); logins(m) != "SCRAM-SHA-256 broken" || !slices.Contains(everyLine(t, s), "*") {
		t.Errorf("got %+v", m.Logins)
	}
}

// TestDigestIsNotWrittenDown: passwords can be tried on it.
func TestDigestIsNotWrittenDown(t *testing.T) {
	t.Parallel()
	ca, conf := testAuthority(t)
	const challenge = "<1@mail.example.test>"
	m := hmac.New(md5.New, []byte(password))
	m.Write([]byte(challenge))
	digest := hex.EncodeToString(m.Sum(nil))
	first := fakemail.Send("334 " + base64.StdEncoding.EncodeToString([]byte(challenge)) + "\r\n")
	for _, told := range []string{digest, user + " " + digest, user + "/" + digest} {
		c, s := submission{roots: ca.Pool(), o: probe.Options{Account: account()},
			serve: under(conf, "CRAM-MD5", fakemail.Expect("AUTH"), first, fakemail.Expect(base64.StdEncoding.EncodeToString([]byte(user+" "+digest))), fakemail.Send("535 not "+told+"\r\n"), fakemail.Expect("QUIT"))}.run(t)
		text, err := json.Marshal(c)
		if m := mainOf(t, c); err != nil || logins(m) != "CRAM-MD5 refused" || strings.Contains(string(text), digest) {
			t.Errorf("%s: got %+v, %q", told, m.Logins, everyLine(t, s))
		}
	}
}

// TestChallengeIsNotWrittenDown, in a reply of two codes either.
func TestChallengeIsNotWrittenDown(t *testing.T) {
	t.Parallel()
	ca, conf := testAuthority(t)
	c, _ := submission{roots: ca.Pool(), o: probe.Options{Account: account()},
		serve: under(conf, "CRAM-MD5", fakemail.Expect("AUTH"), fakemail.Send("334-PDFAY2hhbGxlbmdlPg==\r\n535 no\r\n"), fakemail.Expect("QUIT"))}.run(t)
	if m := mainOf(t, c); logins(m) != "CRAM-MD5 refused" || !slices.Equal(m.Logins[0].Reply.Lines, []string{"****", "****"}) {
		t.Errorf("got %+v", m.Logins)
	}
}

// TestWhatSCRAMCannotCarry: the string preparation of SCRAM (RFC 8265 4.2)
// forbids control characters, PLAIN does not.
func TestWhatSCRAMCannotCarry(t *testing.T) {
	t.Parallel()
	ca, conf := testAuthority(t)
	for _, odd := range []struct {
		user, password string
		class          evidence.Class
		lines          int // AUTH
	}{
		{"user\x7f", password, evidence.Other, 1},
		{user, "\x7f" + password, evidence.Protocol, 2},
	} {
		c, s := submission{roots: ca.Pool(), o: probe.Options{Account: &probe.Account{User: odd.user, Password: secret.New(odd.password)}},
			serve: fakemail.Script{Mode: target.STARTTLS, TLS: conf, Accounts: map[string]string{odd.user: odd.password}, Mechanisms: everyMechanism}.Serve}.run(t)
		m := mainOf(t, c)
		if logins(m) != "SCRAM-SHA-256-PLUS broken, PLAIN accepted" || m.Logins[0].Fault.Class != odd.class || count(everyLine(t, s), "AUTH") != odd.lines {
			t.Errorf("user %q: got %+v, sent %q", odd.user, m.Logins, everyLine(t, s))
		}
		checkLeaks(t, c)
	}
}

// TestLoginIsInterrupted: what is known so far stays, and nothing follows.
func TestLoginIsInterrupted(t *testing.T) {
	t.Parallel()
	ca, conf := testAuthority(t)
	reached := make(chan struct{})
	s, err := fakemail.Listen(under(conf, "PLAIN LOGIN", fakemail.Expect("AUTH"), func(c *fakemail.Conn) error {
		close(reached)
		return c.Hold()
	}))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	ctx, cancel := context.WithCancel(t.Context())
	go func() { <-reached; cancel() }()
	c := newCase(587, "")
	o := mapped(s, 587)
	o.Account, o.Envelope, o.Message = account(), &evidence.Envelope{To: []string{"b@example.test"}}, []byte("x")
	probe.Endpoint(ctx, probe.Env{Dial: onlyTo(s), Now: time.Now, Roots: ca.Pool(), Proxied: true}, o, &c)
	m := mainOf(t, c)
	if c.Cut != "interrupted" || logins(m) != "PLAIN broken" || m.Logins[0].Fault.Class != evidence.Cancelled || !strings.HasSuffix(steps(m), "ehlo-tls auth!cancelled") {
		t.Errorf("cut %q: %+v, %s", c.Cut, m.Logins, steps(m))
	}
}

// TestInitialResponseNotRead: the server asks for what came with AUTH.
func TestInitialResponseNotRead(t *testing.T) {
	t.Parallel()
	ca, conf := testAuthority(t)
	want := base64.StdEncoding.EncodeToString([]byte("\x00" + user + "\x00" + password))
	c, s := submission{roots: ca.Pool(), o: probe.Options{Account: account()},
		serve: under(conf, "PLAIN", fakemail.Expect("AUTH"), fakemail.Send("334 \r\n"), fakemail.Expect(want), fakemail.Send("235 yes\r\n"), fakemail.Expect("QUIT"))}.run(t)
	if m := mainOf(t, c); logins(m) != "PLAIN accepted" {
		t.Errorf("got %s, %q", steps(m), everyLine(t, s))
	}
}

// leaks finds a secret in a text, in clear, or in base64 at any alignment.
func leaks(text string) string {
	if strings.Contains(text, "canary") || strings.Contains(text, "Secret") {
		return "in clear text"
	}
	for _, w := range regexp.MustCompile(`[A-Za-z0-9+/]{6,}`).FindAllString(strings.ReplaceAll(text, `\/`, "/"), -1) {
		for i := range min(4, len(w)) {
			cut := w[i : len(w)-(len(w)-i)%4]
			if b, err := base64.RawStdEncoding.DecodeString(cut); err == nil && (strings.Contains(string(b), "canar") || strings.Contains(string(b), "Secre")) {
				return "in base64: " + w
			}
		}
	}
	return ""
}

func TestLeaksFinds(t *testing.T) {
	t.Parallel()
	for _, text := range []string{password, "x " + base64.StdEncoding.EncodeToString([]byte(password)), base64.StdEncoding.EncodeToString([]byte("\x00a\x00" + password)), base64.StdEncoding.EncodeToString([]byte("\x00ab\x00" + password))[:12]} {
		if leaks(text) == "" {
			t.Errorf("%q is not seen", text)
		}
	}
}

// echo gives back what it was sent, in every way that a server may: whole, cut,
// decoded, in one line or several, in replies, challenges and what is no reply.
func echo(reply func(line, plain string) string) fakemail.Step {
	return fakemail.Forever(func(c *fakemail.Conn) error {
		line, err := c.Line()
		if err != nil {
			return err
		}
		words := strings.Fields(line + " -")
		sent := words[0]
		if strings.HasPrefix(line, "AUTH ") && len(words) > 3 {
			sent = words[2]
		}
		plain, _ := base64.StdEncoding.DecodeString(sent)
		return c.Send(reply(sent, string(plain)))
	})
}

func TestSecretsAreNotWrittenDown(t *testing.T) {
	t.Parallel()
	ca, conf := testAuthority(t)
	b64 := base64.StdEncoding.EncodeToString
	flat := func(s string) string { return strings.NewReplacer("\r", "", "\n", "").Replace(s) }
	servers := map[string]func(line, plain string) string{
		"refuses": func(line, plain string) string { return "535 5.7.8 <" + line + "> <" + flat(plain) + ">\r\n" },
		"accepts": func(line, plain string) string {
			return "235-" + line + "\r\n235 " + flat(plain) + " " + password + "\r\n"
		},
		"cuts": func(line, _ string) string { return "500 line too long: \"" + line[:len(line)*2/3] + "...\"\r\n" },
		"asks": func(line, plain string) string { return "334 " + b64([]byte(plain+password)) + "\r\n" },
		"asks in JSON": func(_, plain string) string {
			text, _ := json.Marshal(map[string]string{"error": plain + password})
			return "334 " + b64(text) + "\r\n"
		},
		"asks badly":  func(line, plain string) string { return "334 " + password + line + "\r\n" },
		"mixes codes": func(line, plain string) string { return "334-" + line + "\r\n535 " + password + "\r\n" },
		"no reply":    func(line, plain string) string { return "235-" + line + "\r\n" + password + " " + line + "\r\n" },
		"for now":     func(line, plain string) string { return "454 4.7.0 " + line + password + "\r\n" },
	}
	for _, mechanism := range everyMechanism {
		for name, reply := range servers {
			t.Run(mechanism+"/"+name, func(t *testing.T) {
				t.Parallel()
				a := account()
				a.Mechanism = mechanism
				c, _ := submission{roots: ca.Pool(), serve: under(conf, mechanism, echo(reply)),
					o: probe.Options{Account: a, Limits: quick(), Envelope: &evidence.Envelope{From: "a@example.test", To: []string{"b@example.test"}}}}.run(t)
				checkLeaks(t, c)
			})
		}
		t.Run(mechanism, func(t *testing.T) {
			t.Parallel()
			a := account()
			a.Mechanism = mechanism
			for _, known := range []map[string]string{accounts(), {user: "other"}} {
				c, _ := submission{roots: ca.Pool(), serve: fakemail.Script{Mode: target.STARTTLS, TLS: conf, Accounts: known, Mechanisms: everyMechanism}.Serve, o: probe.Options{Account: a}}.run(t)
				checkLeaks(t, c)
			}
		})
	}
}

func checkLeaks(t *testing.T, c evidence.Case) {
	t.Helper()
	if len(mainOf(t, c).Logins) == 0 {
		t.Fatal("there was no login")
	}
	var text strings.Builder
	enc := json.NewEncoder(&text)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(c); err != nil {
		t.Fatal(err)
	}
	if where := leaks(text.String()); where != "" {
		t.Errorf("the case holds the password %s: %s", where, text.String())
	}
}

// TestUserIsTheSecret: as with a Postmark token, which is both.
func TestUserIsTheSecret(t *testing.T) {
	t.Parallel()
	ca, conf := testAuthority(t)
	a := &probe.Account{User: password, Password: secret.New(password)}
	for _, mechanism := range []string{"PLAIN", "LOGIN", "CRAM-MD5"} {
		c, _ := submission{roots: ca.Pool(), o: probe.Options{Account: a},
			serve: under(conf, mechanism, echo(func(line, plain string) string { return "535 " + line + " " + plain + "\r\n" }))}.run(t)
		checkLeaks(t, c)
	}
}

// TestUserIsShown: it tells which account was refused.
func TestUserIsShown(t *testing.T) {
	t.Parallel()
	ca, conf := testAuthority(t)
	c, _ := submission{roots: ca.Pool(), o: probe.Options{Account: account()},
		serve: fakemail.Script{Mode: target.STARTTLS, TLS: conf, RepliesTLS: map[string]fakemail.Reply{"AUTH": {Text: "535 5.7.8 no such user " + user}}}.Serve}.run(t)
	if m := mainOf(t, c); len(m.Logins) != 1 || m.Logins[0].Reply.Lines[0] != "5.7.8 no such user "+user {
		t.Errorf("got %+v", m.Logins)
	}
}

// TestOneSessionLogsIn, of all addresses and remedies.
func TestOneSessionLogsIn(t *testing.T) {
	t.Parallel()
	ca, conf := testAuthority(t)
	listen := func(mode target.Mode) *fakemail.Server {
		s, err := fakemail.Listen(fakemail.Script{Mode: mode, TLS: conf, Accounts: accounts()}.Serve)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Close() })
		return s
	}
	main, remedy := listen(target.STARTTLS), listen(target.Implicit)
	dial := func(ctx context.Context, network, address string) (net.Conn, error) {
		to := remedy.Addr()
		if strings.HasSuffix(address, ":587") {
			to = main.Addr()
		}
		var d net.Dialer
		return d.DialContext(ctx, network, to.String())
	}
	var addrs []netip.Addr
	for _, ip := range []string{"192.0.2.1", "192.0.2.2", "192.0.2.3"} {
		addrs = append(addrs, netip.MustParseAddr(ip))
	}
	c := newCase(587, target.Implicit)
	o := probe.Options{Limits: quick(), Account: account(), Envelope: &evidence.Envelope{From: "a@example.test", To: []string{"b@example.test"}}}
	probe.Endpoint(t.Context(), probe.Env{Dial: dial, Now: time.Now, Roots: ca.Pool(), Resolver: resolver(t, fakemail.Zone{host: {Addrs: addrs}})}, o, &c)
	mains, with := 0, 0
	for _, s := range c.Sessions {
		if s.Role == evidence.Main {
			mains++
		}
		if len(s.Logins) > 0 {
			with++
		}
		if s.NoLogin != "" || s.Role != evidence.Main && len(s.Logins) > 0 {
			t.Errorf("session %d, %s: %q, %s", s.ID, s.Role, s.NoLogin, logins(s))
		}
	}
	lines := everyLine(t, main)
	if mains != 3 || with != 1 || count(lines, "AUTH") != 1 || count(lines, "RCPT") != 1 {
		t.Errorf("%d main sessions, %d with a login; sent %q", mains, with, lines)
	}
	if seen := everyLine(t, remedy); count(seen, "EHLO") == 0 || count(seen, "AUTH")+count(seen, "MAIL") != 0 {
		t.Errorf("the remedy sent %q", seen)
	}
}

// TestSafeAddressLogsIn: one that is not does not stand in its way.
func TestSafeAddressLogsIn(t *testing.T) {
	t.Parallel()
	ca, conf := testAuthority(t)
	expired, err := ca.Config(fakemail.Leaf{Names: []string{host}, NotBefore: time.Now().AddDate(0, 0, -90), NotAfter: time.Now().AddDate(0, 0, -1)})
	if err != nil {
		t.Fatal(err)
	}
	left := make(chan struct{}) // closed when the main session at the bad address is over
	var once sync.Once
	bad, err := fakemail.Listen(func(c *fakemail.Conn) {
		fakemail.Script{Mode: target.STARTTLS, TLS: expired, Accounts: accounts()}.Serve(c)
		if c.Secure() {
			once.Do(func() { close(left) })
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	defer bad.Close()
	good, err := fakemail.Listen(func(c *fakemail.Conn) {
		select {
		case <-left:
		case <-time.After(5 * time.Second):
		}
		fakemail.Script{Mode: target.STARTTLS, TLS: conf, Accounts: accounts()}.Serve(c)
	})
	if err != nil {
		t.Fatal(err)
	}
	defer good.Close()
	dial := func(ctx context.Context, network, address string) (net.Conn, error) {
		to := good.Addr()
		if strings.HasPrefix(address, "192.0.2.1:") {
			to = bad.Addr()
		}
		var d net.Dialer
		return d.DialContext(ctx, network, to.String())
	}
	c := newCase(587, "")
	o := probe.Options{Limits: probe.DefaultLimits(), Account: account()}
	zone := fakemail.Zone{host: {Addrs: []netip.Addr{netip.MustParseAddr("192.0.2.1"), netip.MustParseAddr("192.0.2.2")}}}
	probe.Endpoint(t.Context(), probe.Env{Dial: dial, Now: time.Now, Roots: ca.Pool(), Resolver: resolver(t, zone)}, o, &c)
	got := map[string]string{}
	for _, s := range c.Sessions {
		if s.Role == evidence.Main {
			got[s.Peer] = logins(s) + s.NoLogin
		}
	}
	if got["192.0.2.1"] != "the certificate is not verified: expired" || got["192.0.2.2"] != "PLAIN accepted" {
		t.Errorf("got %q", got)
	}
}
