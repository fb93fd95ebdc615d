package resendapi_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/fakemail"
	"github.com/maildoctor/maildoctor/internal/probe"
	"github.com/maildoctor/maildoctor/internal/resendapi"
)

// TestEnvironmentIsNotFollowed: RESEND_BASE_URL, which the SDK reads when the
// process begins, neither makes it panic nor leads the key elsewhere.
// noSuchName is what dialling by a name that is not there gives.
var noSuchName = &probe.NameError{Lookup: evidence.Lookup{Name: "x.test", Faults: []evidence.LookupFault{{Fault: evidence.Fault{Class: evidence.NXDomain, Text: "NXDOMAIN"}}}}}

func TestEnvironmentIsNotFollowed(t *testing.T) {
	t.Parallel()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	foreign := listen(t, fakemail.ResendAPI{})
	for name, value := range map[string]string{"bracket": "http://[::1", "no scheme": "://x", "empty": "", "http": "http://api.resend.com", "foreign": foreign.URL(), "other": "https://evil.example.test/"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := listen(t, fakemail.ResendAPI{Key: canary})
			cmd := exec.CommandContext(t.Context(), exe)
			cmd.Env = append(os.Environ(), "RESEND_BASE_URL="+value, childBase+"="+s.URL())
			out, err := cmd.Output()
			var r evidence.Resend
			if err != nil || json.Unmarshal(out, &r) != nil || len(r.Calls) != 1 || r.Calls[0].Object != "list" {
				t.Errorf("the child says %s, %v", out, err)
			}
			if len(s.Asked()) != 1 || len(foreign.Asked()) != 0 {
				t.Errorf("asked %d times, elsewhere %d times", len(s.Asked()), len(foreign.Asked()))
			}
		})
	}
}

// TestRedirects: none is followed, and least of all to clear text.
func TestRedirects(t *testing.T) {
	t.Parallel()
	a := ca(t)
	clear := listen(t, fakemail.ResendAPI{})
	for name, to := range map[string]string{
		"clear text":  clear.URL(),
		"same server": "/elsewhere",
		"bad":         "http://[::1",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, status := range []int{301, 302, 303, 307, 308} {
				api := fails(fakemail.Fail{Status: status, Type: "text/plain", Header: map[string]string{"Location": to + "?k=secret"}, Body: "moved"})
				api.TLS = a.config(t, "localhost")
				s := listen(t, api)
				r := look(t, s, []string{"a.test"}, a.trusted(t))
				call := only(t, r)
				if call.Status != status || len(s.Asked()) != 1 || len(clear.Asked()) != 0 || call.Fault != nil || strings.Contains(call.Header["location"], "secret") {
					t.Errorf("got %+v, asked %q and %q", call, paths(s), paths(clear))
				}
				if want := strings.TrimSuffix(clear.URL(), "/"); name == "clear text" && call.Header["location"] != want {
					t.Errorf("location is %q, want %q", call.Header["location"], want)
				}
			}
		})
	}
}

// authority issues for the double's address.
type authority struct{ *fakemail.Authority }

func ca(t *testing.T) authority {
	t.Helper()
	a, err := fakemail.NewAuthority("Test CA", time.Now())
	if err != nil {
		t.Fatal(err)
	}
	return authority{a}
}

func (a authority) config(t *testing.T, name string) *tls.Config {
	t.Helper()
	c, err := a.Config(fakemail.Leaf{Names: []string{name}, IPs: []netip.Addr{netip.MustParseAddr("127.0.0.1")}})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func (a authority) trusted(t *testing.T) func(*resendapi.Options) { return trusting(t, a.Pool()) }

func trusting(t *testing.T, roots *x509.CertPool) func(*resendapi.Options) {
	tr := resendapi.NewTransport((&net.Dialer{}).DialContext, roots, nil)
	t.Cleanup(tr.CloseIdleConnections)
	return func(o *resendapi.Options) { o.HTTP = tr }
}

// TestTLS: HTTP/2 over a certificate that is verified.
func TestTLS(t *testing.T) {
	t.Parallel()
	a := ca(t)
	s := listen(t, fakemail.ResendAPI{Key: canary, Domains: domains(1), TLS: a.config(t, "localhost")})
	r := look(t, s, []string{"d0.example.test"}, a.trusted(t))
	if len(r.Calls) != 3 || len(r.Domains[0].Records) != 3 || r.Calls[0].Peer != s.Addr().String() {
		t.Errorf("got %+v", r)
	}
	if got := s.Asked()[0].Proto; got != "HTTP/2.0" {
		t.Errorf("spoke %q", got)
	}
}

func TestFaults(t *testing.T) {
	t.Parallel()
	a, rogue := ca(t), ca(t)
	plain := listen(t, fakemail.ResendAPI{})
	secure := listen(t, fakemail.ResendAPI{TLS: a.config(t, "localhost")})
	old := listen(t, fakemail.ResendAPI{TLS: fakemail.TLS10(a.config(t, "localhost"))})
	drops := listen(t, fails(fakemail.Fail{Drops: true}))
	hangs := listen(t, fails(fakemail.Fail{Hangs: true}))
	refused, err := fakemail.Refused()
	if err != nil {
		t.Fatal(err)
	}
	dialFails := func(err error) func(*resendapi.Options) {
		return func(o *resendapi.Options) {
			o.HTTP = resendapi.NewTransport(func(context.Context, string, string) (net.Conn, error) { return nil, err }, nil, nil)
		}
	}
	tests := map[string]struct {
		base   string
		change func(*resendapi.Options)
		class  evidence.Class
		text   string
	}{
		"refused":     {"http://" + refused.String(), nil, evidence.Refused, "refused"},
		"unknown CA":  {secure.URL(), trusting(t, rogue.Pool()), evidence.TLSFailed, "issued by CN=Test CA Issuing CA"},
		"no roots":    {secure.URL(), nil, evidence.TLSFailed, "unknown authority"},
		"old TLS":     {old.URL(), a.trusted(t), evidence.TLSAlert, "protocol_version"},
		"clear text":  {"https" + strings.TrimPrefix(plain.URL(), "http"), nil, evidence.NotTLS, "clear text"},
		"dropped":     {drops.URL(), nil, evidence.EOF, "EOF"},
		"slow":        {hangs.URL(), func(o *resendapi.Options) { o.Timeout = 50 * time.Millisecond }, evidence.Timeout, "no answer in time"},
		"no name":     {"https://x.test", dialFails(noSuchName), evidence.NXDomain, "NXDOMAIN"},
		"Go's lookup": {"https://x.test", dialFails(&net.OpError{Op: "dial", Err: &net.DNSError{Err: "no such host", Name: "x.test", IsNotFound: true}}), evidence.NXDomain, "no such host"},
		"DNS timeout": {"https://x.test", dialFails(&net.DNSError{Err: "i/o timeout", IsTimeout: true}), evidence.DNSTimeout, "i/o timeout"},
		"with a key":  {"https://x.test", dialFails(errors.New("no way to " + canary)), evidence.Other, "no way to ****"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			change := []func(*resendapi.Options){}
			if tt.change != nil {
				change = append(change, tt.change)
			}
			r := &evidence.Resend{Asked: []string{"a.test"}}
			client(t, tt.base, change...).Look(t.Context(), r)
			clean(t, r)
			call := only(t, r)
			if call.Status != 0 || call.Fault == nil || call.Fault.Class != tt.class || !strings.Contains(call.Fault.Text, tt.text) {
				t.Errorf("got %+v, %+v, want %s %q", call, call.Fault, tt.class, tt.text)
			}
		})
	}
}

// TestLimit: each call has a deadline of its own, its answer's body included.
func TestLimit(t *testing.T) {
	t.Parallel()
	s := listen(t, fakemail.ResendAPI{})
	saw := 0
	watch := roundTrip(func(req *http.Request) (*http.Response, error) {
		if end, ok := req.Context().Deadline(); !ok || time.Until(end) > 3*time.Second {
			t.Errorf("the call may take until %v", end)
		}
		saw++
		return transport(t).RoundTrip(req)
	})
	if r := look(t, s, nil, func(o *resendapi.Options) { o.HTTP, o.Timeout = watch, 3*time.Second }); saw != 2 || len(r.Calls) != 2 {
		t.Errorf("saw %d requests, %d calls", saw, len(r.Calls))
	}
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }

// TestClose: no connection outlives the client.
func TestClose(t *testing.T) {
	t.Parallel()
	s := listen(t, fakemail.ResendAPI{})
	ended := make(chan struct{}, 8)
	dialled := 0
	dial := func(ctx context.Context, network, address string) (net.Conn, error) {
		c, err := (&net.Dialer{}).DialContext(ctx, network, address)
		dialled++
		return closing{c, ended}, err
	}
	c := client(t, s.URL(), func(o *resendapi.Options) { o.HTTP = resendapi.NewTransport(dial, nil, nil) })
	c.Look(t.Context(), &evidence.Resend{})
	if dialled != 1 || len(ended) != 0 {
		t.Errorf("dialled %d times, %d ended", dialled, len(ended))
	}
	c.Close()
	select {
	case <-ended:
	case <-time.After(10 * time.Second):
		t.Error("the connection is still open")
	}
}

type closing struct {
	net.Conn
	ended chan<- struct{}
}

func (c closing) Close() error {
	c.ended <- struct{}{}
	return c.Conn.Close()
}

// TestNoRoots: without a root store the system's is not taken in its place.
func TestNoRoots(t *testing.T) {
	t.Parallel()
	if transport(t).TLSClientConfig.RootCAs == nil {
		t.Error("the system's roots are taken")
	}
}

// TestBadHandshake: what fails on our side of a handshake is told apart from
// other failures.
func TestBadHandshake(t *testing.T) {
	t.Parallel()
	p, err := fakemail.Listen(func(c *fakemail.Conn) {
		_, _ = c.ClientHello()
		_ = c.Send("\x16\x03\x03\x00\x04\x63\x00\x00\x00") // a handshake message that there is not
		_ = c.Hold()
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Close() })
	r := &evidence.Resend{}
	client(t, "https://"+p.Addr().String()).Look(t.Context(), r)
	if call := only(t, r); call.Fault == nil || call.Fault.Class != evidence.TLSFailed {
		t.Errorf("got %+v, %+v", call, call.Fault)
	}
}

// TestWrongName: a certificate for another name.
func TestWrongName(t *testing.T) {
	t.Parallel()
	a := ca(t)
	c, err := a.Config(fakemail.Leaf{Names: []string{"other.example.test"}})
	if err != nil {
		t.Fatal(err)
	}
	s := listen(t, fakemail.ResendAPI{TLS: c})
	if call := only(t, look(t, s, nil, a.trusted(t))); call.Fault == nil || call.Fault.Class != evidence.TLSFailed || len(s.Asked()) != 0 {
		t.Errorf("got %+v, %+v", call, call.Fault)
	}
}

func TestInterrupted(t *testing.T) {
	t.Parallel()
	s := listen(t, fails(fakemail.Fail{Hangs: true}))
	ctx, cancel := context.WithCancelCause(t.Context())
	r := &evidence.Resend{}
	c := client(t, s.URL(), func(o *resendapi.Options) {
		o.Watch = func(string) { time.AfterFunc(20*time.Millisecond, func() { cancel(errors.New("interrupted")) }) }
	})
	c.Look(ctx, r)
	if call := only(t, r); call.Fault == nil || call.Fault.Class != evidence.Cancelled {
		t.Errorf("got %+v, %+v", call, call.Fault)
	}
	c.Look(ctx, r)
	if len(r.Calls) != 1 {
		t.Errorf("calls after the end: %q", calls(r))
	}
}

// TestTimeIsUp: the time limit of the whole run, with a cause of its own.
func TestTimeIsUp(t *testing.T) {
	t.Parallel()
	s := listen(t, fails(fakemail.Fail{Hangs: true}))
	ctx, cancel := context.WithTimeoutCause(t.Context(), 50*time.Millisecond, errors.New("the run took too long"))
	defer cancel()
	r := &evidence.Resend{}
	client(t, s.URL()).Look(ctx, r)
	if call := only(t, r); call.Fault == nil || call.Fault.Class != evidence.Timeout {
		t.Errorf("got %+v, %+v", call, call.Fault)
	}
}

// TestLocalhostElsewhere: http is for loopback, whatever a hosts file says.
func TestLocalhostElsewhere(t *testing.T) {
	t.Parallel()
	wrote := make(chan []byte, 1)
	dial := func(context.Context, string, string) (net.Conn, error) {
		ours, theirs := net.Pipe()
		go func() {
			b := make([]byte, 4096)
			n, _ := theirs.Read(b)
			wrote <- b[:n]
		}()
		return elsewhere{ours}, nil
	}
	r := &evidence.Resend{}
	client(t, "http://localhost:4010", func(o *resendapi.Options) { o.HTTP = resendapi.NewTransport(dial, nil, nil) }).Look(t.Context(), r)
	if call := only(t, r); call.Fault == nil || !strings.Contains(call.Fault.Text, "not on loopback") {
		t.Errorf("got %+v", call)
	}
	if got := <-wrote; len(got) > 0 {
		t.Errorf("%q went out", got)
	}
}

type elsewhere struct{ net.Conn }

func (elsewhere) RemoteAddr() net.Addr {
	return net.TCPAddrFromAddrPort(netip.MustParseAddrPort("192.0.2.1:4010"))
}

// TestProxy: CONNECT carries no key, a refusal is the proxy's, and clear text
// never takes one.
func TestProxy(t *testing.T) {
	t.Parallel()
	got := make(chan string, 1)
	p, err := fakemail.Listen(func(c *fakemail.Conn) {
		line, _ := c.Line()
		got <- line
		_ = c.Send("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Close() })
	via := func(*http.Request) (*url.URL, error) { return &url.URL{Scheme: "http", Host: p.Addr().String()}, nil }
	through := func(o *resendapi.Options) { o.HTTP = resendapi.NewTransport((&net.Dialer{}).DialContext, nil, via) }
	r := &evidence.Resend{}
	client(t, "https://api.resend.com", through).Look(t.Context(), r)
	if call := only(t, r); call.Fault == nil || call.Fault.Class != evidence.Proxy || !strings.Contains(call.Fault.Text, "407") {
		t.Errorf("got %+v, %+v", call, call.Fault)
	}
	if line := <-got; line != "CONNECT api.resend.com:443 HTTP/1.1" {
		t.Errorf("the proxy got %q", line)
	}
	gone := func(*http.Request) (*url.URL, error) { return &url.URL{Scheme: "http", Host: "proxy.test:3128"}, nil }
	noName := func(context.Context, string, string) (net.Conn, error) {
		return nil, noSuchName
	}
	r = &evidence.Resend{}
	client(t, "https://api.resend.com", func(o *resendapi.Options) { o.HTTP = resendapi.NewTransport(noName, nil, gone) }).Look(t.Context(), r)
	if call := only(t, r); call.Fault == nil || call.Fault.Class != evidence.Proxy || call.Fault.Text != "proxy: NXDOMAIN" {
		t.Errorf("got %+v, %+v", call, call.Fault)
	}
	s := listen(t, fakemail.ResendAPI{})
	if r := look(t, s, nil, through); len(r.Calls) != 2 {
		t.Errorf("got %+v", r.Calls)
	}
}

// TestBasePath: what stands before the paths is kept.
func TestBasePath(t *testing.T) {
	t.Parallel()
	s := listen(t, fakemail.ResendAPI{})
	r := &evidence.Resend{}
	client(t, s.URL()+"proxy").Look(t.Context(), r)
	same(t, "requests", paths(s), []string{"/proxy/domains?limit=100"})
	if call := only(t, r); call.Path != "/domains?limit=100" || call.Error != "not_found" {
		t.Errorf("got %+v", call)
	}
}
