package fakemail

import (
	"crypto/tls"
	"slices"
	"strings"
	"time"
)

// Peer is a server that is ready to use.
type Peer struct {
	Name     string
	Protocol string // as the report names it; "unknown" where no name can be had
	Serve    Handler
}

// Foreign lists servers that do not speak SMTP, all in clear text.
func Foreign() []Peer {
	return []Peer{
		{"http", "http", HTTP},
		{"ssh", "ssh", Steps{Send("SSH-2.0-OpenSSH_9.9\r\n"), AwaitAny(), Send("Invalid SSH identification string.\r\n")}.Serve},
		{"imap", "imap", chat("* OK [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED] imap.example.test ready", "* BAD Unknown command")},
		{"pop3", "pop3", chat("+OK pop.example.test ready", "-ERR Unknown command")},
		{"ftp", "ftp", chat("220 (vsFTPd 3.0.5)", "530 Please login with USER and PASS.")},
		{"nntp", "nntp", chat("200 news.example.test InterNetNews NNRP server ready (posting ok)", "500 What?")},
		{"sieve", "sieve", chat("\"IMPLEMENTATION\" \"Example Pigeonhole\"\r\n\"SIEVE\" \"fileinto reject\"\r\n\"STARTTLS\"\r\nOK \"sieve ready\"", "NO \"Unknown command\"")},
		{"mysql", "mysql", Steps{Send(mysqlHandshake()), AwaitAny()}.Serve},
		{"irc", "irc", chat(":irc.example.test NOTICE * :*** Looking up your hostname...", ":irc.example.test 451 * :You have not registered")},
		{"telnet", "telnet", Steps{Send("\xff\xfd\x18\xff\xfd\x20\xff\xfb\x01mail login: "), Hold()}.Serve},
		{"redis", "redis", Steps{Forever(Expect(""), Send("-ERR unknown command\r\n"))}.Serve},
		{"rdp", "rdp", RDP},
		{"qmqp", "qmqp", QMQP},
		{"echo", "echo", Echo},
		{"lmtp", "lmtp", Script{LMTP: true}.Serve},
	}
}

// chat greets and answers every line alike.
func chat(greeting, answer string) Handler {
	return Steps{Send(greeting + "\r\n"), Forever(Expect(""), Send(answer+"\r\n"))}.Serve
}

// HTTP is a web server that is spoken to in the wrong way: nginx answers so to
// EHLO, and to a ClientHello on a clear-text port.
func HTTP(c *Conn) {
	const answer = "HTTP/1.1 400 Bad Request\r\nServer: nginx\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n" +
		"<html><head><title>400 Bad Request</title></head></html>\r\n"
	if _, err := c.Some(); err == nil {
		c.Send(answer) // the conversation is over, arrived or not
	}
}

// OverTLS puts a handler under implicit TLS: HTTPS, IMAPS and so on.
func OverTLS(config *tls.Config, serve Handler) Handler {
	return func(c *Conn) {
		if c.Handshake(config) == nil {
			serve(c)
		}
	}
}

// RDP takes an X.224 connection request in a TPKT (MS-RDPBCGR 2.2.1.1) and
// hangs up on anything else.
func RDP(c *Conn) {
	first, err := c.Some()
	if err != nil || first[0] != 3 {
		return
	}
	if c.Send("\x03\x00\x00\x13\x0e\xd0\x00\x00\x12\x34\x00\x02\x00\x08\x00\x01\x00\x00\x00") == nil {
		c.Hold()
	}
}

// QMQP waits for a netstring, whose length comes first, and hangs up on
// anything else.
func QMQP(c *Conn) {
	first, err := c.Some()
	if err != nil || first[0] < '0' || first[0] > '9' {
		return
	}
	if c.Send("13:Dnot accepted,") == nil {
		c.Hold()
	}
}

// Echo sends back what comes.
func Echo(c *Conn) {
	for {
		b, err := c.Some()
		if err != nil || c.Send(string(b)) != nil {
			return
		}
	}
}

// Silent takes the connection and says nothing.
func Silent(c *Conn) { c.Hold() }

// CloseAtOnce hangs up without a byte.
func CloseAtOnce(*Conn) {}

// ResetAtOnce resets without a byte. A client may learn of it while it still
// connects.
func ResetAtOnce(c *Conn) { c.Reset() }

// BehindProxy expects a PROXY protocol header of version 1 before anything
// else, as a server behind a load balancer does, and hangs up on any other line.
func BehindProxy(serve Handler) Handler {
	return func(c *Conn) {
		if line, err := c.Line(); err == nil && strings.HasPrefix(line, "PROXY ") {
			serve(c)
		}
	}
}

// Hostile lists servers that speak SMTP, more or less, and strain the client's
// reader. None of them has TLS.
func Hostile() []Peer {
	return []Peer{
		{"endless-banner", "smtp", Steps{Forever(Send("220-mail.example.test still greeting\r\n"))}.Serve},
		{"endless-line", "unknown", Steps{Send("220 "), Forever(Send(strings.Repeat("A", 4<<10)))}.Serve},
		{"line-of-1-MiB", "smtp", Steps{Send("220 " + strings.Repeat("A", 1<<20) + "\r\n"), Hold()}.Serve},
		{"no-newline", "smtp", Steps{Send("220 mail.example.test ESMTP"), Hold()}.Serve},
		{"half-reply", "smtp", Steps{Send("220-mail.example.test\r\n")}.Serve},
		{"drip", "smtp", Steps{Drip("220 mail.example.test ESMTP and so on, a byte a second\r\n", time.Second), Hold()}.Serve},
		{"nul", "smtp", greets("220 mail\x00.example.test ESMTP")},
		{"ansi", "smtp", greets("220 \x1b[2J\x1b[31mmail.example.test\x1b]0;title\x07 ESMTP")},
		{"bidi", "smtp", greets("220 mail.example.test \u202eTSET\u2066 ESMTP")},
		{"invalid-utf8", "smtp", greets("220 mail.example.test \xff\xfe\xc3 ESMTP")},
		{"workflow-command", "smtp", greets("220-::error file=a.go::mail.example.test\n220 ]]> | ESMTP")},
		{"bare-lf", "smtp", Script{LineEnd: "\n"}.Serve},
		{"bare-cr", "smtp", Steps{Send("220 mail.example.test ESMTP\r"), Hold()}.Serve},
		{"mixed-codes", "smtp", greets("220-mail.example.test\n250 ESMTP")},
		{"mixed-ehlo-codes", "smtp", Script{Replies: map[string]Reply{"EHLO": {Text: "250-mail.example.test\n550 SIZE"}}}.Serve},
		{"10000-ehlo-lines", "smtp", Script{Caps: slices.Repeat([]string{"X-NOTHING"}, 10_000)}.Serve},
		{"masked", "smtp", Masked().Serve},
		{"no-code", "unknown", Steps{Send("welcome to mail.example.test\r\n"), Hold()}.Serve},
		{"tls-garbage", "unknown", Steps{Send("\x16\x03\x01\x40\x00" + strings.Repeat("\xa5", 512)), Hold()}.Serve},
	}
}

func greets(text string) Handler {
	return Script{Greeting: Reply{Text: text}}.Serve
}

// Masked is a server behind a firewall that blots out the greeting and every
// keyword it does not know, STARTTLS among them (Cisco PIX and ASA).
func Masked() Script {
	return Script{
		Greeting: Reply{Text: "220 " + strings.Repeat("*", 40)},
		Caps:     []string{"SIZE 10485760", "8BITMIME", "XXXXXXXA"},
	}
}

// mysqlHandshake is a HandshakeV10 packet: length, sequence number, protocol
// version 10, server version, thread, salt, capabilities.
func mysqlHandshake() string {
	payload := "\x0a8.0.41\x00" + "\x08\x00\x00\x00" + "saltsalt\x00" + "\xff\xf7" + "\xff" + "\x02\x00" + "\xff\xdf" + "\x15" +
		strings.Repeat("\x00", 10) + "moresaltmore\x00" + "caching_sha2_password\x00"
	return string([]byte{byte(len(payload)), 0, 0, 0}) + payload
}
