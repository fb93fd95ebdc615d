package fakemail

import (
	"bytes"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"time"
)

// Limits of what a server keeps of one connection, in bytes.
const (
	maxReceived = 64 << 10 // enough for a transcript and the largest ClientHello
	maxUnread   = 1 << 20
)

// End says how a connection ended.
type End string

// The ends of a connection.
const (
	StillOpen   End = ""
	EndedByEOF  End = "eof"    // the client closed
	EndedReset  End = "reset"  // the client, or its system, reset
	EndedServer End = "server" // this side closed first
)

// Seen is what one connection brought.
type Seen struct {
	Peer     netip.AddrPort
	Opened   time.Time
	Closed   time.Time            // zero while the conversation goes on
	Ended    End                  // how the receiving side ended
	Early    bool                 // the client spoke before this side sent a byte
	First    time.Duration        // from Opened to the first byte received; zero when none came
	Received []byte               // below TLS, at most 64 KiB
	Lines    []string             // lines read in clear text, without their ends
	LinesTLS []string             // lines read under TLS
	Hello    *Hello               // the ClientHello, once one was read as such
	TLS      *tls.ConnectionState // set when a handshake succeeded
	Users    []string             // that logged in
	Messages []Message            // that were taken
	Err      error                // why the conversation ended before its script did
}

// Hello is what matters of a ClientHello.
type Hello struct {
	ServerName string
	Versions   []uint16
	Groups     []tls.CurveID
}

// Quit tells whether the client's last word was QUIT.
func (s Seen) Quit() bool {
	lines := slices.Concat(s.Lines, s.LinesTLS)
	return len(lines) > 0 && strings.EqualFold(lines[len(lines)-1], "QUIT")
}

// socket is a TCP connection that is always being read, so that an early byte
// and a departure are noticed while the script sleeps.
type socket struct {
	net.Conn // Read is replaced
	tcp      *net.TCPConn
	gone     chan struct{} // closed when nothing more will come

	mu     sync.Mutex
	more   *sync.Cond
	unread []byte
	err    error // why nothing more will come
	sent   bool
	seen   Seen
}

func newSocket(tcp *net.TCPConn) *socket {
	s := &socket{Conn: tcp, tcp: tcp, gone: make(chan struct{})}
	s.more = sync.NewCond(&s.mu)
	s.seen.Opened = time.Now()
	s.seen.Peer = tcp.RemoteAddr().(*net.TCPAddr).AddrPort()
	return s
}

// pump reads until the connection ends.
func (s *socket) pump() {
	defer close(s.gone)
	buf := make([]byte, 16<<10)
	for {
		n, err := s.tcp.Read(buf)
		if !s.took(buf[:n], err) {
			return
		}
	}
}

func (s *socket) took(b []byte, err error) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	defer s.more.Broadcast()
	if len(b) > 0 && s.seen.First == 0 {
		s.seen.First = max(time.Since(s.seen.Opened), 1)
		s.seen.Early = !s.sent
	}
	s.unread = append(s.unread, b...)
	s.seen.Received = append(s.seen.Received, b[:min(len(b), maxReceived-len(s.seen.Received))]...)
	if err == nil && len(s.unread) > maxUnread {
		err = errors.New("more unread bytes than a server keeps")
	}
	if err != nil {
		s.err = err
		s.seen.Ended = endOf(err)
	}
	return err == nil
}

func endOf(err error) End {
	switch {
	case errors.Is(err, io.EOF):
		return EndedByEOF
	case errors.Is(err, net.ErrClosed):
		return EndedServer
	default:
		return EndedReset
	}
}

// Read returns what the pump took, in order, then the reason why it ended.
func (s *socket) Read(p []byte) (int, error) {
	b, err := s.peek(1)
	if err != nil {
		return 0, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	n := copy(p, b)
	s.unread = s.unread[n:]
	return n, nil
}

// peek waits until n bytes are unread and returns all that are, without taking
// them. Only the conversation itself may call it.
func (s *socket) peek(n int) ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(s.unread) < n {
		if s.err != nil {
			return nil, s.err
		}
		s.more.Wait()
	}
	return bytes.Clone(s.unread), nil
}

func (s *socket) Write(p []byte) (int, error) {
	s.note(func() { s.sent = true })
	return s.tcp.Write(p)
}

// reset closes with a RST. Without SO_LINGER it would be a FIN; nothing depends
// on which of the two came, so that its error is of no use.
func (s *socket) reset() {
	s.tcp.SetLinger(0)
	s.tcp.Close()
}

// note changes the record of the connection.
func (s *socket) note(change func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change()
}

func (s *socket) snapshot() Seen {
	s.mu.Lock()
	defer s.mu.Unlock()
	seen := s.seen
	seen.Received = bytes.Clone(seen.Received)
	seen.Lines = slices.Clone(seen.Lines)
	seen.LinesTLS = slices.Clone(seen.LinesTLS)
	seen.Users = slices.Clone(seen.Users)
	seen.Messages = slices.Clone(seen.Messages)
	return seen
}
