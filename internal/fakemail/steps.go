package fakemail

import (
	"crypto/tls"
	"errors"
	"fmt"
	"strings"
	"time"
)

// Steps is a conversation below the level of Script, one step after the other.
// The connection is closed after the last, or after one that failed.
//
//	Steps{Send("220 "), Pause(time.Second), Send("late\r\n"), Expect("EHLO"), Reset()}.Serve
type Steps []Step

// Step is one thing said, awaited or done.
type Step func(*Conn) error

// Serve takes the steps; it is a Handler.
func (s Steps) Serve(c *Conn) {
	for _, step := range s {
		if step(c) != nil {
			return
		}
	}
}

// Send writes text as it stands, in one write.
func Send(text string) Step {
	return func(c *Conn) error { return c.Send(text) }
}

// Expect reads a line, which has to begin with prefix in whatever case.
func Expect(prefix string) Step {
	return func(c *Conn) error {
		line, err := c.Line()
		if err == nil && !hasPrefixFold(line, prefix) {
			err = c.failed(fmt.Errorf("expect %q: got %q", prefix, line))
		}
		return err
	}
}

func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

// AwaitAny waits until the client says anything, and takes it.
func AwaitAny() Step {
	return func(c *Conn) error {
		_, err := c.Some()
		return err
	}
}

// AwaitClientHello waits until the client has sent a TLS handshake record.
func AwaitClientHello() Step {
	return func(c *Conn) error {
		_, err := c.ClientHello()
		return err
	}
}

// TLS takes the server's part of a handshake; what follows is under TLS.
func TLS(config *tls.Config) Step {
	return func(c *Conn) error { return c.Handshake(config) }
}

// RefuseHello answers the ClientHello with a fatal TLS alert, such as 40
// handshake_failure (RFC 8446 6), and ends the conversation.
func RefuseHello(alert uint8) Step {
	return func(c *Conn) error {
		if _, err := c.ClientHello(); err != nil {
			return err
		}
		if err := c.Send(string([]byte{21, 3, 3, 0, 2, 2, alert})); err != nil {
			return err
		}
		return errEnd
	}
}

// ResetHelloOver resets a ClientHello record of more than size bytes, as
// middleboxes do that expect it in one segment; smaller ones pass.
func ResetHelloOver(size int) Step {
	return func(c *Conn) error {
		hello, err := c.ClientHello()
		if err == nil && len(hello) > size {
			c.Reset()
			err = errEnd
		}
		return err
	}
}

// Pause waits by the server's clock.
func Pause(d time.Duration) Step {
	return func(c *Conn) error { return c.Pause(d) }
}

// Drip writes text byte by byte, with a pause after each.
func Drip(text string, every time.Duration) Step {
	return func(c *Conn) error { return c.Drip(text, every) }
}

// Hold says nothing more until the client leaves.
func Hold() Step { return (*Conn).Hold }

// Reset ends the connection with a RST.
func Reset() Step {
	return func(c *Conn) error {
		c.Reset()
		return errEnd
	}
}

// errEnd is how a step ends a conversation as planned.
var errEnd = errors.New("conversation ended as planned")

// Forever takes the steps again and again.
func Forever(steps ...Step) Step {
	return func(c *Conn) error {
		for {
			for _, step := range steps {
				if err := step(c); err != nil {
					return err
				}
			}
		}
	}
}
