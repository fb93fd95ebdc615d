package probe

import (
	"cmp"
	"context"
	"errors"
	"net"
	"os"
	"sync"
	"time"

	"github.com/maildoctor/maildoctor/internal/evidence"
)

// headSize is how much of each direction is kept to tell what a peer is.
const headSize = 512

// link is a connection that remembers how a conversation began and ends when
// its context does. Reads come from one goroutine at a time.
type link struct {
	net.Conn
	ctx  context.Context
	stop func() bool

	mu      sync.Mutex
	in, out []byte // first bytes since the last mark
	holds   bool   // writes are held back, in held
	held    []byte
	came    time.Time // when the first of in came
}

func newLink(ctx context.Context, c net.Conn) *link {
	l := &link{Conn: c, ctx: ctx}
	l.stop = context.AfterFunc(ctx, func() { l.setDeadline(time.Unix(1, 0)) })
	return l
}

// limit bounds everything up to the next call.
func (l *link) limit(d time.Time) {
	if l.ctx.Err() == nil {
		l.setDeadline(d)
	}
	if l.ctx.Err() != nil { // it ended meanwhile, perhaps before our deadline was set
		l.setDeadline(time.Unix(1, 0))
	}
}

func (l *link) setDeadline(d time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	_ = l.Conn.SetDeadline(d)
}

func (l *link) Read(p []byte) (int, error) {
	n, err := l.Conn.Read(p)
	l.saw(p[:n])
	return n, err
}

// saw remembers what came.
func (l *link) saw(b []byte) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.in) == 0 && len(b) > 0 {
		l.came = time.Now()
	}
	l.in = append(l.in, b[:min(len(b), headSize-len(l.in))]...)
}

func (l *link) Write(p []byte) (int, error) {
	l.mu.Lock()
	l.out = append(l.out, p[:min(len(p), headSize-len(l.out))]...)
	held := l.holds
	if held {
		l.held = append(l.held, p...)
	}
	l.mu.Unlock()
	if held {
		return len(p), nil
	}
	return l.Conn.Write(p)
}

// together sends what f writes in one piece: QUIT and the end of TLS are one
// packet then, and one wake-up of the peer.
func (l *link) together(within time.Duration, f func() error) error {
	l.mu.Lock()
	l.holds = true
	l.mu.Unlock()
	err := f()
	l.mu.Lock()
	l.holds = false
	held := l.held
	l.held = nil
	l.mu.Unlock()
	if len(held) > 0 {
		l.limit(time.Now().Add(within)) // crypto/tls has ended the time for writing with close_notify
		_, sent := l.Conn.Write(held)
		err = cmp.Or(err, sent)
	}
	return err
}

// mark forgets what was remembered of both directions, so that head and sent
// speak of what follows.
func (l *link) mark() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.in, l.out = nil, nil
}

// cameAt is when the peer began to speak since the last mark.
func (l *link) cameAt() time.Time {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.came
}

func (l *link) head() (in, out []byte) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return append([]byte(nil), l.in...), append([]byte(nil), l.out...)
}

// Close ends the connection. Nothing is waited for.
func (l *link) Close() error {
	l.stop()
	return l.Conn.Close()
}

// fault turns an error of this connection into data: what ended by our own
// will is class cancelled, or a time-out where the peer was given up.
func (l *link) fault(err error) *evidence.Fault { return ctxFault(l.ctx, err) }

func ctxFault(ctx context.Context, err error) *evidence.Fault {
	if cause := context.Cause(ctx); cause != nil && (errors.Is(err, os.ErrDeadlineExceeded) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) || errors.Is(err, net.ErrClosed)) {
		if errors.Is(cause, errLate) {
			return &evidence.Fault{Class: evidence.Timeout, Text: cause.Error()}
		}
		return &evidence.Fault{Class: evidence.Cancelled, Text: cause.Error()}
	}
	return faultOf(err)
}
