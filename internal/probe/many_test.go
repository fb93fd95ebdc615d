package probe_test

import (
	"context"
	"net"
	"net/netip"
	"os"
	"runtime"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/maildoctor/maildoctor/internal/check"
	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/fakemail"
	"github.com/maildoctor/maildoctor/internal/probe"
	"github.com/maildoctor/maildoctor/internal/target"
)

// TestFewConnections: among many targets, one that is in order sees one
// connection, whatever its port; one that is not is still told.
func TestFewConnections(t *testing.T) {
	t.Parallel()
	ca, conf := testAuthority(t)
	starttls := fakemail.Script{Mode: target.STARTTLS, TLS: conf}.Serve
	implicit := fakemail.Script{Mode: target.Implicit, TLS: conf}.Serve
	for _, c := range []struct {
		name  string
		port  uint16
		serve fakemail.Handler
		mode  target.Mode
		most  int
	}{
		{"STARTTLS", 587, starttls, target.STARTTLS, 1},
		{"STARTTLS that greets after a look-up", 587, fakemail.Script{Mode: target.STARTTLS, TLS: conf, Greeting: fakemail.Reply{Text: "220 mail.example.test ESMTP", Delay: 300 * time.Millisecond}}.Serve, target.STARTTLS, 1},
		{"STARTTLS on 25", 25, starttls, target.STARTTLS, 1},
		{"implicit TLS", 465, implicit, target.Implicit, 1},
		{"no convention", 4587, starttls, target.STARTTLS, 1},
		{"implicit TLS, no convention", 4465, implicit, target.Implicit, 2},
		{"STARTTLS behind 465", 465, starttls, target.STARTTLS, 2},
		{"implicit TLS behind 587", 587, implicit, target.Implicit, 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s, err := fakemail.Listen(c.serve)
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			k := newCase(c.port, "")
			k.Asked.Few = true
			o := mapped(s, c.port)
			o.Limits = probe.DefaultLimits()
			probe.Endpoint(t.Context(), probe.Env{Dial: farAway(0), Now: time.Now, Roots: ca.Pool(), Chains: &probe.Chains{}}, o, &k)
			at := 0
			var main *evidence.Session
			for i := range k.Sessions {
				if k.Sessions[i].Port == c.port {
					at++
				}
				if k.Sessions[i].Role == evidence.Main {
					main = &k.Sessions[i]
				}
			}
			if at > c.most {
				t.Errorf("%d connections, want %d at most", at, c.most)
			}
			if main == nil || main.TLS == nil || main.TLS.Verified.Chain != evidence.ChainOK || main.ExtTLS == nil {
				t.Errorf("the main session did not come to its end: %+v", main)
			}
		})
	}
}

// TestChainsAreRemembered: what is remembered is what is found anew, and a chain for another
// name is another one.
func TestChainsAreRemembered(t *testing.T) {
	t.Parallel()
	ca, conf := testAuthority(t)
	s, err := fakemail.Listen(fakemail.Script{Mode: target.Implicit, TLS: conf}.Serve)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	chains := &probe.Chains{}
	look := func(name string, chains *probe.Chains) evidence.TLS {
		k := newCase(465, "")
		k.Asked.Few, k.Asked.ServerName = true, name
		probe.Endpoint(t.Context(), probe.Env{Dial: farAway(0), Now: time.Now, Roots: ca.Pool(), Chains: chains}, mapped(s, 465), &k)
		for _, s := range k.Sessions {
			if s.TLS != nil {
				return *s.TLS
			}
		}
		t.Fatalf("no handshake: %+v", k.Sessions)
		return evidence.TLS{}
	}
	for range 2 {
		for _, name := range []string{"", "other.example.test"} {
			with, without := look(name, chains), look(name, nil)
			if with.Verified.Name != without.Verified.Name || with.Verified.Chain != without.Verified.Chain || len(with.Chain) != len(without.Chain) || len(with.Verified.Path) != len(without.Verified.Path) {
				t.Errorf("%q: remembered %+v, found %+v", name, with.Verified, without.Verified)
			}
		}
	}
}

// TestWaitingForAPlaceCountsForNothing: neither in the times of the steps nor in
// the limit of the whole.
func TestWaitingForAPlaceCountsForNothing(t *testing.T) {
	t.Parallel()
	ca, conf := testAuthority(t)
	s, err := fakemail.Listen(fakemail.Script{Mode: target.STARTTLS, TLS: conf}.Serve)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	const wait = time.Hour
	var ahead time.Duration
	k, o := newCase(587, ""), mapped(s, 587)
	k.Asked.Few, o.Whole = true, time.Minute
	left := 0
	o.Enter = func(_ context.Context, addrs []netip.Addr) func() {
		if len(addrs) != 1 {
			t.Errorf("a place at %v", addrs)
		}
		ahead = wait // the clock goes on by an hour
		return func() { left++ }
	}
	probe.Endpoint(t.Context(), probe.Env{Dial: farAway(0), Now: func() time.Time { return time.Now().Add(ahead) }, Roots: ca.Pool()}, o, &k)
	if k.Cut != "" || k.Elapsed >= wait || left != 1 {
		t.Errorf("cut %q after %s; places given back: %d", k.Cut, k.Elapsed, left)
	}
	for _, s := range k.Sessions {
		for _, st := range s.Steps {
			if st.At >= wait || st.Took >= wait {
				t.Errorf("%s at %s took %s", st.Name, st.At, st.Took)
			}
		}
	}
}

// TestOutOfSockets: that this machine has no socket left is no finding about a
// server, and the case says that it is not whole.
func TestOutOfSockets(t *testing.T) {
	t.Parallel()
	for _, errno := range []error{syscall.EMFILE, syscall.ENFILE, syscall.ENOBUFS} {
		k := newCase(587, "")
		dial := func(context.Context, string, string) (net.Conn, error) {
			return nil, &net.OpError{Op: "dial", Net: "tcp", Err: os.NewSyscallError("socket", errno)}
		}
		limits := probe.Limits{Connect: 60 * time.Millisecond, Greeting: time.Second, Reply: time.Second}
		probe.Endpoint(t.Context(), probe.Env{Dial: dial, Now: time.Now}, probe.Options{Limits: limits, Mappings: []target.Mapping{{Host: k.Target.Host, Port: 587, Addr: netip.MustParseAddr("192.0.2.1"), ToPort: 587}}}, &k)
		findings, _ := check.Judge(&k)
		if k.Cut == "" || len(findings) > 0 {
			t.Errorf("%v: cut %q, findings %+v", errno, k.Cut, findings)
		}
		d := &probe.DNS{Servers: []netip.AddrPort{netip.MustParseAddrPort("192.0.2.53:53")}, Dial: dial}
		k = newCase(587, "")
		probe.Endpoint(t.Context(), probe.Env{Dial: dial, Resolver: d, Now: time.Now}, probe.Options{Limits: probe.DefaultLimits()}, &k)
		if findings, _ = check.Judge(&k); k.Cut == "" || len(findings) > 0 {
			t.Errorf("%v at the look-up: cut %q, findings %+v", errno, k.Cut, findings)
		}
	}
}

// TestSocketsComeFree: other conversations of ours end, and this one goes on.
func TestSocketsComeFree(t *testing.T) {
	t.Parallel()
	ca, conf := testAuthority(t)
	s, err := fakemail.Listen(fakemail.Script{Mode: target.STARTTLS, TLS: conf}.Serve)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var dials atomic.Int32
	k, there := newCase(587, ""), farAway(0)
	k.Asked.Few = true
	dial := func(ctx context.Context, network, address string) (net.Conn, error) {
		if dials.Add(1) < 3 {
			return nil, &net.OpError{Op: "dial", Net: "tcp", Err: os.NewSyscallError("socket", syscall.EMFILE)}
		}
		return there(ctx, network, address)
	}
	probe.Endpoint(t.Context(), probe.Env{Dial: dial, Now: time.Now, Roots: ca.Pool()}, mapped(s, 587), &k)
	if k.Cut != "" || len(k.Sessions) != 1 || k.Sessions[0].ExtTLS == nil {
		t.Errorf("cut %q, sessions %+v", k.Cut, k.Sessions)
	}
}

// TestEndOfTheRunIsNoTimeout: a socket may notice the end of the run before its
// context does, and that says nothing of the server.
func TestEndOfTheRunIsNoTimeout(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
	defer cancel()
	k := newCase(587, "")
	dial := func(ctx context.Context, _, _ string) (net.Conn, error) {
		end, _ := ctx.Deadline()
		for time.Now().Before(end) {
			runtime.Gosched()
		}
		return nil, &net.OpError{Op: "dial", Net: "tcp", Err: os.ErrDeadlineExceeded}
	}
	probe.Endpoint(ctx, probe.Env{Dial: dial, Now: time.Now}, probe.Options{Limits: probe.DefaultLimits(), Mappings: []target.Mapping{{Host: k.Target.Host, Port: 587, Addr: netip.MustParseAddr("192.0.2.1"), ToPort: 587}}}, &k)
	if findings, _ := check.Judge(&k); k.Cut != "timeout" || len(findings) > 0 {
		t.Errorf("cut %q, findings %+v", k.Cut, findings)
	}
}

// TestEndOfTheRunIsNoDeadDNS: a DNS server that had no time to answer is not blamed,
// and one that had is.
func TestEndOfTheRunIsNoDeadDNS(t *testing.T) {
	t.Parallel()
	silent, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	for limit, want := range map[time.Duration]int{time.Microsecond: 0, 40 * time.Millisecond: 0, 2600 * time.Millisecond: 1} {
		ctx, cancel := context.WithTimeout(t.Context(), limit)
		d := &probe.DNS{Servers: []netip.AddrPort{netip.MustParseAddrPort(silent.LocalAddr().String())}, Dial: (&net.Dialer{}).DialContext}
		k := newCase(587, "")
		probe.Endpoint(ctx, probe.Env{Dial: farAway(0), Resolver: d, Now: time.Now}, probe.Options{Limits: probe.DefaultLimits()}, &k)
		cancel()
		if findings, _ := check.Judge(&k); want == 0 && k.Cut != "timeout" || len(findings) != want {
			t.Errorf("within %s: cut %q, findings %+v", limit, k.Cut, findings)
		}
	}
}
