package probe

import (
	"bytes"
	"io"
	"time"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/wire"
)

// reader reads replies from a connection, in clear text or under TLS, and
// remembers the first bytes of what it read.
type reader struct {
	link *link
	w    io.Writer
	src  *tee
	wire *wire.Reader
}

// tee remembers the first bytes that are read through it.
type tee struct {
	r    io.Reader
	head []byte
}

func (t *tee) Read(p []byte) (int, error) {
	n, err := t.r.Read(p)
	t.head = append(t.head, p[:min(n, headSize-len(t.head))]...)
	return n, err
}

func newReader(l *link) *reader {
	rd := &reader{link: l}
	rd.over(l)
	return rd
}

// over goes on over another layer: TLS. What was buffered in clear text is
// thrown away (RFC 3207 4.2).
func (rd *reader) over(c io.ReadWriter) {
	rd.w, rd.src = c, &tee{r: c}
	rd.wire = wire.NewReader(rd.src)
}

// reply reads one reply; nil when nothing of one came.
func (rd *reader) reply() (*evidence.Reply, error) {
	rep, err := rd.wire.ReadReply()
	if err != nil && len(rep.Lines) == 0 {
		return nil, err
	}
	return &rep, err
}

func (rd *reader) buffered() []byte { return rd.wire.Buffered() }

// seen returns the first bytes of what was read on this layer.
func (rd *reader) seen() []byte { return bytes.Clone(rd.src.head) }

// moreWait is how long the rest of a line is waited for, when its beginning
// has shown already that it is no reply.
const moreWait = 100 * time.Millisecond

// more reads on for a moment, so that what is quoted is a whole line.
func (rd *reader) more() {
	rd.link.limit(time.Now().Add(moreWait))
	var b [headSize]byte
	for len(rd.src.head) < headSize && !bytes.ContainsRune(rd.src.head, '\n') {
		if _, err := rd.src.Read(b[:]); err != nil {
			return
		}
	}
}

// watch tells when the peer speaks on a connection that is not read yet.
type watch struct {
	rd   *reader
	done chan struct{}
	own  chan struct{} // closed when bytes came
}

// ownBytes begins to wait for the peer to speak.
func (t *talk) ownBytes() *watch {
	w := &watch{rd: t.rd, done: make(chan struct{}), own: make(chan struct{})}
	t.conn.limit(time.Time{})
	go func() {
		defer close(w.done)
		if w.rd.wire.Peek() == nil {
			close(w.own)
		}
	}()
	return w
}

// wait returns a channel that is closed when the peer spoke; never, without a
// watch.
func (w *watch) wait() <-chan struct{} {
	if w == nil {
		return nil
	}
	return w.own
}

func (w *watch) came() bool {
	select {
	case <-w.wait():
		return true
	default:
		return false
	}
}

// stop calls the waiting read back. What it read stays buffered.
func (w *watch) stop() {
	w.rd.link.limit(time.Unix(1, 0))
	<-w.done
	w.rd.link.limit(time.Time{})
}
