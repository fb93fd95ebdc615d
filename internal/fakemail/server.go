// Package fakemail holds servers that misbehave on purpose, for the tests and
// for the demo: scripted SMTP, other protocols, a certificate authority,
// doubles of DNS and of Resend's API, and the demo's scenarios. Everything listens on loopback only and has
// ended when Close returns. It shares no code with the probe, because a mistake
// in both would cancel out, and it never judges what it sees.
package fakemail

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"sync"
	"time"
)

// Handler holds one conversation. The connection is closed when it returns.
type Handler func(*Conn)

// Loopback says where and by which clock a server runs. The zero Loopback is
// 127.0.0.1, a free port and the system's clock.
type Loopback struct {
	Addr  netip.AddrPort                       // must be a loopback address
	After func(time.Duration) <-chan time.Time // the clock of pauses and drips
}

// Listen starts a server on a free port of 127.0.0.1.
func Listen(serve Handler) (*Server, error) { return Loopback{}.Listen(serve) }

// Listen starts a server. It accepts connections before Listen returns.
func (l Loopback) Listen(serve Handler) (*Server, error) {
	if !l.Addr.IsValid() {
		l.Addr = netip.AddrPortFrom(netip.AddrFrom4([4]byte{127, 0, 0, 1}), 0)
	}
	if !l.Addr.Addr().IsLoopback() {
		return nil, fmt.Errorf("listen on %q: not a loopback address, use 127.0.0.1 or ::1", l.Addr)
	}
	if l.After == nil {
		l.After = time.After
	}
	ln, err := net.ListenTCP("tcp", net.TCPAddrFromAddrPort(l.Addr))
	if err != nil {
		return nil, fmt.Errorf("listen on loopback: %w", err)
	}
	s := &Server{ln: ln, serve: serve, after: l.After, changed: make(chan struct{})}
	s.work.Go(s.accept)
	return s, nil
}

// Server is a TCP server on loopback. Listen makes one.
type Server struct {
	ln    *net.TCPListener
	serve Handler
	after func(time.Duration) <-chan time.Time
	work  sync.WaitGroup

	mu      sync.Mutex
	closed  bool
	conns   []*Conn
	changed chan struct{} // closed and replaced whenever a connection comes or ends
}

// Addr is the address to connect to.
func (s *Server) Addr() netip.AddrPort {
	return s.ln.Addr().(*net.TCPAddr).AddrPort()
}

// Close ends every conversation and waits until nothing of the server runs.
// It may be called more than once.
func (s *Server) Close() error {
	s.mu.Lock()
	first := !s.closed
	s.closed = true
	open := s.conns
	s.mu.Unlock()

	var err error
	if first {
		err = s.ln.Close()
		for _, c := range open {
			c.raw.Close()
		}
	}
	s.work.Wait()
	return err
}

// Conns tells what was seen so far, in the order of accepting.
func (s *Server) Conns() []Seen {
	s.mu.Lock()
	defer s.mu.Unlock()
	seen := make([]Seen, len(s.conns))
	for i, c := range s.conns {
		seen[i] = c.raw.snapshot()
	}
	return seen
}

// Ended waits until at least n connections came and all that came have ended,
// so that the last line of a client that did not wait for its reply is in.
func (s *Server) Ended(ctx context.Context, n int) ([]Seen, error) {
	for {
		s.mu.Lock()
		changed := s.changed
		s.mu.Unlock()
		seen := s.Conns()
		if len(seen) >= n && allEnded(seen) {
			return seen, nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return seen, fmt.Errorf("wait for %d connections to end: %w", n, ctx.Err())
		}
	}
}

func allEnded(seen []Seen) bool {
	for _, s := range seen {
		if s.Closed.IsZero() {
			return false
		}
	}
	return true
}

func (s *Server) accept() {
	for {
		tcp, err := s.ln.AcceptTCP()
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err != nil {
			continue // the client left before it was accepted
		}
		s.start(&Conn{srv: s, raw: newSocket(tcp)})
	}
}

func (s *Server) start(c *Conn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		c.raw.Close()
		return
	}
	s.conns = append(s.conns, c)
	s.announce()
	s.work.Go(c.raw.pump)
	s.work.Go(func() {
		s.serve(c)
		c.end()
		s.mu.Lock()
		defer s.mu.Unlock()
		s.announce()
	})
}

// announce wakes those who wait in Ended. The caller holds mu.
func (s *Server) announce() {
	close(s.changed)
	s.changed = make(chan struct{})
}

// Refused returns an address of 127.0.0.1 where nobody listens: its port was
// free a moment ago. Take it after the other servers of a test have started.
func Refused() (netip.AddrPort, error) {
	s, err := Listen(func(*Conn) {})
	if err != nil {
		return netip.AddrPort{}, err
	}
	return s.Addr(), s.Close()
}
