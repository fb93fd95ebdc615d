package fakemail

import (
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
)

// maxLine bounds a line that a server reads, in bytes.
const maxLine = 64 << 10

// Conn is one connection, as a Handler sees it: clear text until Handshake
// succeeds, TLS from then on. Its methods end with an error when the client
// leaves or the server is closed; a handler returns then.
type Conn struct {
	srv *Server
	raw *socket
	tls *tls.Conn // nil: clear text
}

// Secure tells whether the connection is under TLS.
func (c *Conn) Secure() bool { return c.tls != nil }

// Send writes text as it stands, in one write.
func (c *Conn) Send(text string) error {
	_, err := io.WriteString(c.stream(), text)
	return c.failed(err)
}

// Drip writes text byte by byte, with a pause after each.
func (c *Conn) Drip(text string, every time.Duration) error {
	for i := range len(text) {
		if err := c.Send(text[i : i+1]); err != nil {
			return err
		}
		if err := c.Pause(every); err != nil {
			return err
		}
	}
	return nil
}

// Line reads a line and returns it without its end, CRLF or bare LF.
func (c *Conn) Line() (string, error) {
	line, err := c.rawLine()
	return strings.TrimSuffix(strings.TrimSuffix(line, "\n"), "\r"), err
}

// rawLine reads a line and returns it with its end.
func (c *Conn) rawLine() (string, error) {
	var line []byte
	for b := make([]byte, 1); b[0] != '\n'; {
		if len(line) == maxLine {
			return "", c.failed(fmt.Errorf("line of more than %d bytes", maxLine))
		}
		if _, err := io.ReadFull(c.stream(), b); err != nil {
			return "", c.failed(err)
		}
		line = append(line, b[0])
	}
	text := strings.TrimSuffix(strings.TrimSuffix(string(line), "\n"), "\r")
	c.raw.note(func() {
		if c.Secure() {
			c.raw.seen.LinesTLS = append(c.raw.seen.LinesTLS, text)
		} else {
			c.raw.seen.Lines = append(c.raw.seen.Lines, text)
		}
	})
	return string(line), nil
}

// Some waits for the client to say anything and takes what is there.
func (c *Conn) Some() ([]byte, error) {
	buf := make([]byte, 4<<10)
	n, err := c.stream().Read(buf)
	return buf[:n], c.failed(err)
}

// ClientHello waits for a whole TLS handshake record and returns it without
// taking it, so that Handshake can follow. Anything but a handshake record is
// an error.
func (c *Conn) ClientHello() ([]byte, error) {
	const header = 5 // RFC 8446 5.1: type, version, length
	b, err := c.raw.peek(header)
	if err != nil {
		return nil, c.failed(err)
	}
	if b[0] != 22 {
		return nil, c.failed(fmt.Errorf("wait for ClientHello: got %q", b))
	}
	n := header + int(b[3])<<8 + int(b[4])
	if b, err = c.raw.peek(n); err != nil {
		return nil, c.failed(err)
	}
	return b[:n], nil
}

// Handshake takes the server's part of a TLS handshake.
func (c *Conn) Handshake(config *tls.Config) error {
	if config == nil {
		return c.failed(errors.New("handshake without a TLS configuration"))
	}
	t := tls.Server(c.raw, c.watched(config))
	if err := t.Handshake(); err != nil {
		return c.failed(err)
	}
	c.tls = t
	state := t.ConnectionState()
	c.raw.note(func() { c.raw.seen.TLS = &state })
	return nil
}

// watched returns config with the ClientHello written down on its way.
func (c *Conn) watched(config *tls.Config) *tls.Config {
	watched := config.Clone()
	watched.GetConfigForClient = func(hello *tls.ClientHelloInfo) (*tls.Config, error) {
		c.raw.note(func() {
			c.raw.seen.Hello = &Hello{hello.ServerName, hello.SupportedVersions, hello.SupportedCurves}
		})
		if config.GetConfigForClient == nil {
			return nil, nil
		}
		return config.GetConfigForClient(hello)
	}
	return watched
}

// Pause waits by the server's clock; it ends early, with an error, when the
// client leaves or the server is closed.
func (c *Conn) Pause(d time.Duration) error {
	if d == 0 {
		return nil
	}
	select {
	case <-c.srv.after(d):
		return nil
	case <-c.raw.gone:
		return c.failed(io.EOF)
	}
}

// Hold says nothing more until the client leaves or the server is closed.
func (c *Conn) Hold() error {
	<-c.raw.gone
	return io.EOF
}

// Reset ends the connection with a TCP RST in place of a FIN.
func (c *Conn) Reset() { c.raw.reset() }

func (c *Conn) stream() io.ReadWriter {
	if c.tls != nil {
		return c.tls
	}
	return c.raw
}

// failed writes down the first error of the conversation and returns err.
func (c *Conn) failed(err error) error {
	if err != nil {
		c.raw.note(func() {
			if c.raw.seen.Err == nil {
				c.raw.seen.Err = err
			}
		})
	}
	return err
}

// end closes the connection after its conversation, with a close_notify under
// TLS, and waits until the pump has stopped.
func (c *Conn) end() {
	if c.tls != nil {
		c.tls.Close()
	}
	c.raw.Close()
	<-c.raw.gone
	c.raw.note(func() { c.raw.seen.Closed = time.Now() })
}
