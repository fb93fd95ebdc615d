package probe_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"net"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/fakemail"
	"github.com/maildoctor/maildoctor/internal/probe"
	"github.com/maildoctor/maildoctor/internal/target"
)

const host = "mail.example.test"

// testAuthority is an authority and a server's configuration for host.
func testAuthority(t testing.TB) (*fakemail.Authority, *tls.Config) {
	t.Helper()
	ca, err := fakemail.NewAuthority("Probe Test", time.Now())
	if err != nil {
		t.Fatal(err)
	}
	conf, err := ca.Config(fakemail.Leaf{Names: []string{host}})
	if err != nil {
		t.Fatal(err)
	}
	return ca, conf
}

func newCase(port uint16, as target.Mode) evidence.Case {
	return evidence.Case{Now: time.Now(), Target: target.Target{Host: host, Port: port}, Asked: evidence.Asked{As: as}}
}

// mapped leads host and port to the server; the other ports of host lead to
// its address, too.
func mapped(s *fakemail.Server, port uint16) probe.Options {
	to := s.Addr()
	return probe.Options{Limits: quick(), Mappings: []target.Mapping{{Host: host, Port: port, Addr: to.Addr(), ToPort: to.Port()}}}
}

// quick limits keep the tests of silent servers short.
func quick() probe.Limits {
	return probe.Limits{Connect: 2 * time.Second, Greeting: 1500 * time.Millisecond, Reply: time.Second}
}

// look probes a server at a port of convention, as a client set to as.
func look(t *testing.T, serve fakemail.Handler, port uint16, as target.Mode, roots *x509.CertPool) (evidence.Case, *fakemail.Server) {
	t.Helper()
	s, err := fakemail.Listen(serve)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	c := newCase(port, as)
	probe.Endpoint(t.Context(), probe.Env{Dial: onlyTo(s), Now: time.Now, Roots: roots}, mapped(s, port), &c)
	return c, s
}

// counted dials as dial does and keeps the largest number of connections that
// were open at a time.
func counted(dial func(context.Context, string, string) (net.Conn, error), open, most *atomic.Int32) func(context.Context, string, string) (net.Conn, error) {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		c, err := dial(ctx, network, address)
		if err != nil {
			return nil, err
		}
		n := open.Add(1)
		for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
		}
		return &countedConn{Conn: c, open: open}, nil
	}
}

type countedConn struct {
	net.Conn
	open *atomic.Int32
	once sync.Once
}

func (c *countedConn) Close() error {
	c.once.Do(func() { c.open.Add(-1) })
	return c.Conn.Close()
}

// TestConnectionsAreBounded: three at a time, six in all, and none is left.
func TestConnectionsAreBounded(t *testing.T) {
	t.Parallel()
	_, conf := testAuthority(t)
	for name, serve := range map[string]fakemail.Handler{
		"STARTTLS": fakemail.Script{Mode: target.STARTTLS, TLS: conf}.Serve,
		"implicit": fakemail.Script{Mode: target.Implicit, TLS: conf}.Serve,
		"silent":   fakemail.Silent,
		"alert":    fakemail.Steps{fakemail.AwaitClientHello(), fakemail.RefuseHello(40)}.Serve,
		"closes":   fakemail.CloseAtOnce,
		"web":      fakemail.HTTP,
		"clear":    fakemail.Script{}.Serve,
	} {
		for _, port := range []uint16{465, 587, 4000} {
			t.Run(name+target.Join("", port), func(t *testing.T) {
				t.Parallel()
				s, err := fakemail.Listen(serve)
				if err != nil {
					t.Fatal(err)
				}
				defer s.Close()
				var open, most atomic.Int32
				c := newCase(port, "")
				probe.Endpoint(t.Context(), probe.Env{Dial: counted(onlyTo(s), &open, &most), Now: time.Now}, mapped(s, port), &c)
				if most.Load() > 3 || len(s.Conns()) > 6 || open.Load() != 0 {
					t.Errorf("%d at a time, %d in all, %d left; want 3, 6 and 0 at most", most.Load(), len(s.Conns()), open.Load())
				}
			})
		}
	}
}

// onlyTo dials the server under test; other ports of its address refuse.
func onlyTo(s *fakemail.Server) func(context.Context, string, string) (net.Conn, error) {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		if address != s.Addr().String() {
			gone, err := fakemail.Refused()
			if err != nil {
				return nil, err
			}
			address = gone.String()
		}
		var d net.Dialer
		return d.DialContext(ctx, network, address)
	}
}

// mainOf returns the main session, failing without one.
func mainOf(t *testing.T, c evidence.Case) evidence.Session {
	t.Helper()
	i := slices.IndexFunc(c.Sessions, func(s evidence.Session) bool { return s.Role == evidence.Main })
	if i < 0 {
		t.Fatalf("no main session among %d", len(c.Sessions))
	}
	return c.Sessions[i]
}

// steps names the steps of a session, with the class of a fault.
func steps(s evidence.Session) string {
	var out []string
	for _, st := range s.Steps {
		name := string(st.Name)
		if st.Fault != nil {
			name += "!" + string(st.Fault.Class)
		}
		out = append(out, name)
	}
	return strings.Join(out, " ")
}

func TestMainSession(t *testing.T) {
	t.Parallel()
	ca, conf := testAuthority(t)
	starttls := fakemail.Script{Mode: target.STARTTLS, TLS: conf}
	const overSTARTTLS, overTLS, clear = "connect greeting ehlo starttls tls ehlo-tls quit", "connect tls greeting-tls ehlo-tls quit", "connect greeting ehlo quit"
	for _, c := range []struct {
		name  string
		serve fakemail.Handler
		port  uint16
		want  string
	}{
		{"STARTTLS on 587", starttls.Serve, 587, overSTARTTLS},
		{"STARTTLS on 465", starttls.Serve, 465, overSTARTTLS},
		{"STARTTLS on a port without a convention", starttls.Serve, 4000, overSTARTTLS},
		{"implicit on 465", fakemail.Script{Mode: target.Implicit, TLS: conf}.Serve, 465, overTLS},
		{"implicit on 587", fakemail.Script{Mode: target.Implicit, TLS: conf}.Serve, 587, overTLS},
		{"implicit on a port without a convention", fakemail.Script{Mode: target.Implicit, TLS: conf}.Serve, 4000, overTLS},
		{"clear text on 25", fakemail.Script{}.Serve, 25, clear},
		{"clear text on 465", fakemail.Script{}.Serve, 465, clear},
		{"HELO only", fakemail.Script{Replies: map[string]fakemail.Reply{"EHLO": {Text: "502 5.5.1 no"}}}.Serve, 587, "connect greeting ehlo helo quit"},
		{"554 greeting", fakemail.Script{Greeting: fakemail.Reply{Text: "554 5.7.1 go away"}}.Serve, 587, "connect greeting quit"},
		{"STARTTLS refused", fakemail.Script{Mode: target.STARTTLS, TLS: conf, Replies: map[string]fakemail.Reply{"STARTTLS": {Text: "454 4.7.0 TLS not available"}}}.Serve, 587, "connect greeting ehlo starttls quit"},
		{"plain text in place of TLS", fakemail.Script{Mode: target.STARTTLS, TLS: conf, InsteadOfTLS: &fakemail.Reply{Text: "220 still here"}}.Serve, 587, "connect greeting ehlo starttls tls!not-tls"},
		{"closed at once", fakemail.CloseAtOnce, 587, "connect greeting!eof"},
		{"LMTP", fakemail.Script{LMTP: true}.Serve, 4000, "connect greeting lhlo quit"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, _ := look(t, c.serve, c.port, "", ca.Pool())
			if m := mainOf(t, got); steps(m) != c.want {
				t.Errorf("main session: %s, want %s", steps(m), c.want)
			}
			if got.Cut != "" || got.Elapsed == 0 {
				t.Errorf("cut %q, elapsed %v; want a whole run", got.Cut, got.Elapsed)
			}
		})
	}
}

func TestForeignProtocols(t *testing.T) {
	t.Parallel()
	for _, peer := range fakemail.Foreign() {
		ports := []uint16{587, 465, 4000}
		switch peer.Protocol {
		case "qmqp":
			ports = []uint16{628}
		case "rdp", "redis": // silent until spoken to: each takes seconds
			ports = []uint16{465}
		}
		for _, port := range ports {
			t.Run(peer.Name+"/"+target.Join("", port), func(t *testing.T) {
				t.Parallel()
				s, err := fakemail.Listen(peer.Serve)
				if err != nil {
					t.Fatal(err)
				}
				defer s.Close()
				c := newCase(port, "")
				o := mapped(s, port)
				o.Limits = probe.Limits{Connect: 2 * time.Second, Greeting: 8 * time.Second, Reply: 8 * time.Second}
				probe.Endpoint(t.Context(), probe.Env{Dial: onlyTo(s), Now: time.Now}, o, &c)
				var seen []string
				for _, k := range c.Sessions {
					if k.First != nil {
						seen = append(seen, k.First.Protocol)
					}
				}
				if !slices.Contains(seen, peer.Protocol) {
					t.Errorf("saw %v, want %s", seen, peer.Protocol)
				}
			})
		}
	}
}

// TestMismatchIsProved: the client that is set wrong is held for real, and the
// remedy on the same port as well.
func TestMismatchIsProved(t *testing.T) {
	t.Parallel()
	ca, conf := testAuthority(t)
	c, _ := look(t, fakemail.Script{Mode: target.STARTTLS, TLS: conf}.Serve, 587, target.Implicit, ca.Pool())
	i := slices.IndexFunc(c.Sessions, func(s evidence.Session) bool { return s.Role == evidence.Opening && s.Wants == target.Implicit })
	if i < 0 {
		t.Fatal("no session of the client that is set to implicit TLS")
	}
	s := c.Sessions[i]
	if steps(s) != "connect tls!not-tls" || s.First == nil || s.First.Protocol != "smtp" || !strings.HasPrefix(s.First.Text, "220 ") {
		t.Errorf("client: %s, first %+v, want the greeting in place of TLS", steps(s), s.First)
	}
	if m := mainOf(t, c); m.TLS == nil || m.TLS.Version != "1.3" || m.TLS.Verified.Chain != evidence.ChainOK || !m.TLS.Verified.Name || m.ExtTLS == nil {
		t.Errorf("main session did not prove STARTTLS: %+v", m.TLS)
	}
	if !slices.ContainsFunc(c.Sessions, func(s evidence.Session) bool { return s.Role == evidence.Remedy && s.Port == 465 }) {
		t.Error("port 465 was not tried")
	}
}

func TestChains(t *testing.T) {
	t.Parallel()
	ca, _ := testAuthority(t)
	rogue, err := fakemail.NewAuthority("Rogue", time.Now())
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	self, err := fakemail.SelfSigned(fakemail.Leaf{Names: []string{host}}, now)
	if err != nil {
		t.Fatal(err)
	}
	issue := func(a *fakemail.Authority, l fakemail.Leaf) *tls.Config {
		conf, err := a.Config(l)
		if err != nil {
			t.Fatal(err)
		}
		return conf
	}
	names := []string{host}
	for _, c := range []struct {
		name string
		conf *tls.Config
		want string
		host bool
	}{
		{"good", issue(ca, fakemail.Leaf{Names: names}), evidence.ChainOK, true},
		{"reversed", issue(ca, fakemail.Leaf{Names: names, Chain: fakemail.Reversed}), evidence.ChainOK, true},
		{"expired leaf", issue(ca, fakemail.Leaf{Names: names, NotBefore: now.AddDate(0, 0, -90), NotAfter: now.AddDate(0, 0, -1)}), evidence.ChainOK, true},
		{"leaf that expired before its authority was renewed", issue(ca, fakemail.Leaf{Names: names, NotBefore: now.AddDate(-12, 0, 0), NotAfter: now.AddDate(-11, 0, 0)}), evidence.ChainOK, true},
		{"leaf of tomorrow", issue(ca, fakemail.Leaf{Names: names, NotBefore: now.AddDate(0, 0, 1)}), evidence.ChainOK, true},
		{"expired intermediate", issue(ca, fakemail.Leaf{Names: names, Chain: fakemail.ExpiredIntermediate}), evidence.ChainOK, true},
		{"other name", issue(ca, fakemail.Leaf{Names: []string{"other.example.test"}}), evidence.ChainOK, false},
		{"missing intermediate", issue(ca, fakemail.Leaf{Names: names, Chain: fakemail.LeafOnly}), evidence.ChainMissingIntermediate, true},
		{"unknown authority", issue(rogue, fakemail.Leaf{Names: names}), evidence.ChainUnknownCA, true},
		{"unknown authority with its root", issue(rogue, fakemail.Leaf{Names: names, Chain: fakemail.WithRoot}), evidence.ChainUnknownCA, true},
		{"self-signed", &tls.Config{Certificates: []tls.Certificate{self}}, evidence.ChainSelfSigned, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, _ := look(t, fakemail.Script{Mode: target.Implicit, TLS: c.conf}.Serve, 465, "", ca.Pool())
			m := mainOf(t, got)
			if m.TLS == nil || m.TLS.Verified.Chain != c.want || m.TLS.Verified.Name != c.host {
				t.Errorf("got %+v, want chain %s, name %v", m.TLS, c.want, c.host)
			}
		})
	}
	t.Run("no root store", func(t *testing.T) {
		t.Parallel()
		got, _ := look(t, fakemail.Script{Mode: target.Implicit, TLS: issue(ca, fakemail.Leaf{Names: names})}.Serve, 465, "", nil)
		if m := mainOf(t, got); m.TLS == nil || m.TLS.Verified.Chain != evidence.ChainNoRoots {
			t.Errorf("got %+v, want %s", m.TLS, evidence.ChainNoRoots)
		}
	})
}

// TestHostileServersAreBounded: whatever comes, the run ends within its limits
// and no goroutine or connection stays.
func TestHostileServersAreBounded(t *testing.T) {
	t.Parallel()
	for _, peer := range fakemail.Hostile() {
		t.Run(peer.Name, func(t *testing.T) {
			t.Parallel()
			begin := time.Now()
			c, s := look(t, peer.Serve, 587, "", nil)
			if took := time.Since(begin); took > 10*time.Second {
				t.Errorf("took %v", took)
			}
			if m := mainOf(t, c); len(m.Steps) < 2 {
				t.Errorf("main session: %s", steps(m))
			}
			if n := len(s.Conns()); n > 6 {
				t.Errorf("%d connections, want 6 at most", n)
			}
		})
	}
}

// TestIsPolite: no byte before the greeting on a port that greets, QUIT at the
// end, MAIL is followed by RSET, and nothing else is asked.
func TestIsPolite(t *testing.T) {
	t.Parallel()
	ca, conf := testAuthority(t)
	_, s := look(t, fakemail.Script{Mode: target.STARTTLS, TLS: conf}.Serve, 587, "", ca.Pool())
	seen, err := s.Ended(t.Context(), 2)
	if err != nil {
		t.Fatal(err)
	}
	for i, conn := range seen {
		for _, l := range conn.Lines {
			verb, _, _ := strings.Cut(l, " ")
			if !slices.Contains([]string{"EHLO", "STARTTLS", "MAIL", "RSET", "QUIT"}, verb) {
				t.Errorf("connection %d got %q", i, l)
			}
		}
		if slices.Contains(conn.Lines, "MAIL FROM:<>") && !slices.Contains(conn.Lines, "RSET") {
			t.Errorf("connection %d: MAIL without RSET: %q", i, conn.Lines)
		}
	}
	if !seen[0].Quit() {
		t.Errorf("the main connection ended without QUIT: %q", seen[0].Lines)
	}
}

// TestInterrupted: the end of the context gives what is known so far.
func TestInterrupted(t *testing.T) {
	t.Parallel()
	reached := make(chan struct{}, 8)
	s, err := fakemail.Listen(func(c *fakemail.Conn) {
		c.Send("220 mail.example.test ESMTP\r\n")
		if _, err := c.Line(); err == nil {
			reached <- struct{}{}
		}
		c.Hold()
	})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	ctx, cancel := context.WithCancel(t.Context())
	go func() { <-reached; cancel() }()
	c := newCase(587, "")
	probe.Endpoint(ctx, probe.Env{Dial: onlyTo(s), Now: time.Now}, mapped(s, 587), &c)
	m := mainOf(t, c)
	if c.Cut != "interrupted" || m.Greeting == nil || steps(m) != "connect greeting ehlo!cancelled" {
		t.Errorf("cut %q, main session %s; want the greeting and the cut", c.Cut, steps(m))
	}
}

func TestRefused(t *testing.T) {
	t.Parallel()
	gone, err := fakemail.Refused()
	if err != nil {
		t.Fatal(err)
	}
	c := newCase(587, "")
	o := probe.Options{Limits: quick(), Mappings: []target.Mapping{{Host: host, Port: 587, Addr: gone.Addr(), ToPort: gone.Port()}}}
	dial := func(ctx context.Context, network, _ string) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, network, gone.String())
	}
	probe.Endpoint(t.Context(), probe.Env{Dial: dial, Now: time.Now}, o, &c)
	if m := mainOf(t, c); steps(m) != "connect!refused" {
		t.Errorf("main session: %s", steps(m))
	}
	remedies := 0
	for _, s := range c.Sessions {
		if s.Role == evidence.Remedy {
			remedies++
		}
	}
	if remedies < 3 {
		t.Errorf("%d other ports tried, want the submission ports", remedies)
	}
}

// TestShortLimits: a run whose steps are given up before anything could become
// known still ends by itself.
func TestShortLimits(t *testing.T) {
	t.Parallel()
	s, err := fakemail.Listen(fakemail.Silent)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for _, port := range []uint16{25, 465, 587, 4000} {
		c := newCase(port, "")
		o := mapped(s, port)
		o.Limits = probe.Limits{Connect: time.Second, Greeting: 100 * time.Millisecond, Reply: 100 * time.Millisecond}
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
		probe.Endpoint(ctx, probe.Env{Dial: onlyTo(s), Now: time.Now}, o, &c)
		cancel()
		if c.Cut != "" {
			t.Errorf("port %d: cut by %s", port, c.Cut)
		}
	}
}
