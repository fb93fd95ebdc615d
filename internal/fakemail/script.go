package fakemail

import (
	"crypto/tls"
	"strings"
	"time"

	"github.com/maildoctor/maildoctor/internal/target"
)

// Script is an SMTP server. The zero Script speaks clear text, behaves, and
// takes any message; each field that is set is one way to misbehave.
//
//	Script{Mode: target.STARTTLS, TLS: config, RequireTLS: true}.Serve
type Script struct {
	Mode target.Mode // Implicit, STARTTLS, or else clear text
	TLS  *tls.Config // certificate, versions, client certificates
	LMTP bool        // takes LHLO and refuses EHLO and HELO (RFC 2033 4.1)

	Greeting Reply    // empty: "220 mail.example.test ESMTP"
	Caps     []string // EHLO keywords before TLS, STARTTLS aside; nil: usual ones
	CapsTLS  []string // under TLS; nil: Caps and AUTH PLAIN LOGIN

	RequireTLS bool             // clear-text MAIL gets 530 (RFC 3207 4)
	SizeLimit  int64            // a larger message gets 552 (RFC 1870 6); 0: none is too large
	Addresses  map[string]Reply // by address, in place of the usual reply to MAIL or RCPT with it
	Replies    map[string]Reply // by verb in upper case, in place of the usual reply
	RepliesTLS map[string]Reply // the same, under TLS, before Replies

	Accounts    map[string]string // password by user; nil: every login gets 535 at once
	Mechanisms  []string          // that a login may use, offered under TLS; nil: PLAIN LOGIN
	Hashed      bool              // passwords are kept hashed: mechanisms that do not send them refuse every one
	RequireAuth bool              // MAIL without a login gets 530 (RFC 4954 6)
	AuthReply   *Reply            // what every login gets in the end, whatever it brought

	BeforeTLS    Step   // taken where a handshake begins; an error ends the conversation there
	Inject       string // sent in one segment with the 220 to STARTTLS
	InsteadOfTLS *Reply // follows the 220 to STARTTLS, in place of the handshake; then clear text goes on
	AfterTLS     Reply  // follows the handshake of STARTTLS, where a server stays silent

	LineEnd string // empty: CRLF
}

// Reply is what a script says and does at one point. The zero Reply says
// nothing and goes on.
type Reply struct {
	Text  string        // lines separated by \n; ends are added; empty: nothing is sent
	Delay time.Duration // before the text
	Every time.Duration // between its bytes; 0: all at once
	Then  Then
}

// Then is what follows a reply.
type Then int

// What can follow a reply.
const (
	ThenGoOn  Then = iota
	ThenClose      // FIN, after a close_notify under TLS
	ThenReset      // RST
	ThenHang       // silence until the client leaves
)

// Serve holds one conversation; it is a Handler.
func (s Script) Serve(c *Conn) {
	d := dialog{Script: s, Conn: c, state: &state{}}
	if s.Mode == target.Implicit && !d.handshake() {
		return
	}
	if !d.say(d.greeting()) {
		return
	}
	for {
		line, err := c.Line()
		if err != nil || !d.answer(line) {
			return
		}
	}
}

// dialog is a script at work on one connection.
type dialog struct {
	Script
	*Conn
	*state
}

// state is what a conversation has come to.
type state struct {
	user string // that has logged in
	from string
	to   []string
}

// say plays a reply; false means that the conversation is over.
func (d dialog) say(r Reply) bool {
	if d.Pause(r.Delay) != nil {
		return false
	}
	if r.Text != "" && d.write(r) != nil {
		return false
	}
	switch r.Then {
	case ThenClose:
		return false
	case ThenReset:
		d.Reset()
		return false
	case ThenHang:
		return d.Hold() == nil
	}
	return true
}

func (d dialog) write(r Reply) error {
	text := d.lines(r.Text)
	if r.Every > 0 {
		return d.Drip(text, r.Every)
	}
	return d.Send(text)
}

// lines gives each line of text its end.
func (d dialog) lines(text string) string {
	end := d.LineEnd
	if end == "" {
		end = "\r\n"
	}
	return strings.ReplaceAll(text, "\n", end) + end
}

func (d dialog) greeting() Reply {
	r := d.Greeting
	if r.Text == "" && r.Then == ThenGoOn {
		r.Text = "220 mail.example.test ESMTP"
		if d.LMTP {
			r.Text = "220 mail.example.test LMTP"
		}
	}
	return r
}

// answer replies to a command line; false means that the conversation is over.
func (d dialog) answer(line string) bool {
	verb, _, _ := strings.Cut(strings.ToUpper(line), " ")
	if r, ok := d.override(verb); ok {
		return d.say(r)
	}
	switch verb {
	case "STARTTLS":
		return d.startTLS()
	case "AUTH":
		return d.auth(line)
	case "MAIL", "RCPT":
		return d.say(d.envelope(verb, line))
	case "DATA":
		return d.data()
	case "QUIT":
		d.say(Reply{Text: "221 2.0.0 Bye"})
		return false
	}
	return d.say(Reply{Text: d.usual(verb)})
}

func (d dialog) override(verb string) (Reply, bool) {
	if r, ok := d.RepliesTLS[verb]; ok && d.Secure() {
		return r, true
	}
	r, ok := d.Replies[verb]
	return r, ok
}

// usual is the reply of a server that behaves.
func (d dialog) usual(verb string) string {
	switch verb {
	case "EHLO", "HELO", "LHLO":
		return d.hello(verb)
	case "RSET", "NOOP":
		return "250 2.0.0 Ok"
	}
	return "502 5.5.2 Error: command not recognized"
}

func (d dialog) hello(verb string) string {
	if d.LMTP != (verb == "LHLO") {
		return "500 5.5.1 Command unrecognized"
	}
	lines := []string{"mail.example.test"}
	if verb != "HELO" {
		lines = append(lines, d.caps()...)
	}
	last := len(lines) - 1
	for i, text := range lines {
		sep := "-"
		if i == last {
			sep = " "
		}
		lines[i] = "250" + sep + text
	}
	return strings.Join(lines, "\n")
}

func (d dialog) caps() []string {
	caps := d.Caps
	if caps == nil {
		caps = []string{"PIPELINING", "SIZE 10485760", "ENHANCEDSTATUSCODES", "8BITMIME"}
	}
	switch {
	case d.Secure() && d.CapsTLS != nil:
		return d.CapsTLS
	case d.Secure():
		return append(caps[:len(caps):len(caps)], "AUTH "+strings.Join(d.mechanisms(), " "))
	case d.Mode == target.STARTTLS:
		return append(caps[:len(caps):len(caps)], "STARTTLS")
	}
	return caps
}

// startTLS answers STARTTLS and shakes hands (RFC 3207 4). What came in clear
// text behind the command is left where the handshake trips over it.
func (d dialog) startTLS() bool {
	if d.Mode != target.STARTTLS || d.Secure() {
		return d.say(Reply{Text: "503 5.5.1 STARTTLS not available"})
	}
	if d.Send(d.lines("220 2.0.0 Ready to start TLS")+d.Inject) != nil {
		return false
	}
	if d.InsteadOfTLS != nil {
		return d.say(*d.InsteadOfTLS)
	}
	*d.state = state{}
	return d.handshake() && d.say(d.AfterTLS)
}

func (d dialog) handshake() bool {
	if d.BeforeTLS != nil && d.BeforeTLS(d.Conn) != nil {
		return false
	}
	return d.Handshake(d.TLS) == nil
}
