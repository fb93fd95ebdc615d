package fakemail

import (
	"context"
	"errors"
	"io"
	"net"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestListenOnlyOnLoopback(t *testing.T) {
	t.Parallel()
	_, err := Loopback{Addr: netip.MustParseAddrPort("0.0.0.0:0")}.Listen(Silent)
	if err == nil || !strings.Contains(err.Error(), `"0.0.0.0:0"`) {
		t.Errorf("Listen on 0.0.0.0: got error %v, want one that names the address", err)
	}
	s := listen(t, Silent)
	if a := s.Addr(); !a.Addr().IsLoopback() || a.Port() == 0 {
		t.Errorf("Addr() = %v, want a loopback address with a port", a)
	}
}

func TestListenOnIPv6(t *testing.T) {
	t.Parallel()
	s, err := Loopback{Addr: netip.MustParseAddrPort("[::1]:0")}.Listen(CloseAtOnce)
	if err != nil {
		t.Skip("no IPv6 on this machine:", err)
	}
	defer s.Close()
	if _, err := io.ReadAll(dial(t, s.Addr())); err != nil {
		t.Errorf("read from %v: %v", s.Addr(), err)
	}
}

func TestRefused(t *testing.T) {
	t.Parallel()
	addr, err := Refused()
	if err != nil {
		t.Fatal(err)
	}
	if c, err := net.Dial("tcp", addr.String()); err == nil {
		c.Close()
		t.Errorf("dial %v: got a connection, want it refused", addr)
	}
}

// Every handler that could go on for ever ends with Close, whether the client
// reads, writes or does nothing.
func TestCloseEndsEverything(t *testing.T) {
	t.Parallel()
	never := func(time.Duration) <-chan time.Time { return nil }
	handlers := map[string]Handler{
		"silent":  Silent,
		"line":    Steps{Expect("")}.Serve,
		"pause":   Steps{Pause(time.Hour)}.Serve,
		"hang":    Script{Greeting: Reply{Then: ThenHang}}.Serve,
		"tls":     OverTLS(nil, Silent),
		"any":     Steps{AwaitAny()}.Serve,
		"hello":   Steps{AwaitClientHello()}.Serve,
		"healthy": Script{}.Serve,
	}
	for _, p := range slices.Concat(Foreign(), Hostile()) {
		handlers[p.Name] = p.Serve
	}
	for name, serve := range handlers {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, err := Loopback{After: never}.Listen(serve)
			if err != nil {
				t.Fatal(err)
			}
			dial(t, s.Addr())
			arrived(t, s)
			closeInTime(t, s)
			if seen := s.Conns(); len(seen) != 1 || seen[0].Closed.IsZero() {
				t.Errorf("after Close: got %+v, want one connection that has ended", seen)
			}
			if err := s.Close(); err != nil {
				t.Errorf("second Close: %v", err)
			}
		})
	}
}

func closeInTime(t *testing.T, s *Server) {
	t.Helper()
	done := make(chan error)
	go func() { done <- s.Close() }()
	select {
	case err := <-done:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(patience):
		t.Fatal("Close did not return")
	}
}

// arrived waits until the server has taken a connection.
func arrived(t *testing.T, s *Server) {
	t.Helper()
	ctx := waiting(t)
	for len(s.Conns()) == 0 {
		s.mu.Lock()
		changed := s.changed
		s.mu.Unlock()
		if len(s.Conns()) > 0 {
			return
		}
		select {
		case <-changed:
		case <-ctx.Done():
			t.Fatal("no connection arrived")
		}
	}
}

func TestSeen(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		client func(net.Conn)
		serve  Handler
		early  bool
		quit   bool
		ended  End
		lines  []string
	}{
		"polite": {
			client: func(c net.Conn) {
				io.ReadFull(c, make([]byte, 5))
				io.WriteString(c, "EHLO me\r\nquit\r\n")
				io.ReadAll(c)
			},
			serve: Steps{Send("220 a"), Expect("EHLO"), Expect("QUIT")}.Serve,
			quit:  true, ended: EndedServer, lines: []string{"EHLO me", "quit"},
		},
		"early talker that just leaves": {
			client: func(c net.Conn) { io.WriteString(c, "EHLO me\n") },
			serve:  Steps{Expect("EHLO"), Send("220 a\r\n"), Expect("QUIT")}.Serve,
			early:  true, ended: EndedByEOF, lines: []string{"EHLO me"},
		},
		"quit and gone": {
			client: func(c net.Conn) {
				io.ReadFull(c, make([]byte, 5))
				io.WriteString(c, "QUIT\r\n")
			},
			serve: Steps{Send("220 a"), Expect("QUIT"), Hold()}.Serve,
			quit:  true, ended: EndedByEOF, lines: []string{"QUIT"},
		},
		"reset": {
			client: func(c net.Conn) { c.(*net.TCPConn).SetLinger(0) },
			serve:  Silent, ended: EndedReset,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := listen(t, test.serve)
			c := dial(t, s.Addr())
			test.client(c)
			c.Close()
			got := ended(t, s, 1)[0]
			if got.Early != test.early || got.Quit() != test.quit || got.Ended != test.ended || !slices.Equal(got.Lines, test.lines) {
				t.Errorf("got early %v, quit %v, ended %q, lines %q; want %v, %v, %q, %q",
					got.Early, got.Quit(), got.Ended, got.Lines, test.early, test.quit, test.ended, test.lines)
			}
			if sent := strings.Join(strings.Fields(string(got.Received)), " "); sent != strings.Join(got.Lines, " ") {
				t.Errorf("received %q, want the bytes of %q", got.Received, got.Lines)
			}
			if got.Peer.String() != c.LocalAddr().String() {
				t.Errorf("Peer = %v, want %v", got.Peer, c.LocalAddr())
			}
		})
	}
}

func TestSeenKeepsWhyAScriptEnded(t *testing.T) {
	t.Parallel()
	s := listen(t, Steps{Expect("EHLO")}.Serve)
	io.WriteString(dial(t, s.Addr()), "HELO me\r\n")
	got := ended(t, s, 1)[0].Err
	if got == nil || !strings.Contains(got.Error(), `got "HELO me"`) {
		t.Errorf("Err = %v, want one that quotes the line", got)
	}
}

func TestEndedGivesUp(t *testing.T) {
	t.Parallel()
	s := listen(t, Silent)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Ended(ctx, 1); !errors.Is(err, context.Canceled) {
		t.Errorf("Ended with a cancelled context: got %v, want %v", err, context.Canceled)
	}
}

// The pauses are those of the injected clock, not of the system's.
func TestDripFollowsTheClock(t *testing.T) {
	t.Parallel()
	var asked []time.Duration
	after := func(d time.Duration) <-chan time.Time {
		asked = append(asked, d) // one conversation: no lock is needed before Close
		tick := make(chan time.Time, 1)
		tick <- time.Time{}
		return tick
	}
	s, err := Loopback{After: after}.Listen(Script{Greeting: Reply{Text: "220 a", Delay: time.Minute, Every: time.Second, Then: ThenClose}}.Serve)
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(dial(t, s.Addr()))
	if err != nil || string(got) != "220 a\r\n" {
		t.Errorf("read %q, %v; want the greeting", got, err)
	}
	s.Close()
	want := append([]time.Duration{time.Minute}, slices.Repeat([]time.Duration{time.Second}, len(got))...)
	if !slices.Equal(asked, want) {
		t.Errorf("pauses %v, want %v", asked, want)
	}
}
