package fakemail

import (
	"crypto/tls"
	"io"
	"net"
	"net/textproto"
	"strings"
	"testing"

	"github.com/maildoctor/maildoctor/internal/target"
)

func TestForeign(t *testing.T) {
	t.Parallel()
	// What each says to a client that sends EHLO, from the beginning.
	want := map[string]string{
		"http":   "HTTP/1.1 400 Bad Request\r\n",
		"ssh":    "SSH-2.0-",
		"imap":   "* OK [CAPABILITY IMAP4rev1",
		"pop3":   "+OK ",
		"ftp":    "220 (vsFTPd",
		"nntp":   "200 news",
		"sieve":  "\"IMPLEMENTATION\"",
		"mysql":  "\x4a\x00\x00\x00\x0a8.0.41\x00",
		"irc":    ":irc.example.test NOTICE",
		"telnet": "\xff\xfd",
		"redis":  "-ERR",
		"rdp":    "",
		"qmqp":   "",
		"echo":   "EHLO a\r\n",
		"lmtp":   "220 mail.example.test LMTP\r\n500 ",
	}
	for _, p := range Foreign() {
		t.Run(p.Name, func(t *testing.T) {
			t.Parallel()
			begins, ok := want[p.Name]
			got := talk(t, p.Serve, "EHLO a")
			if !ok || !strings.HasPrefix(got, begins) || begins == "" && got != "" {
				t.Errorf("got %q, want it to begin with %q", got, begins)
			}
		})
	}
	if len(want) != len(Foreign()) {
		t.Errorf("%d peers, %d expectations", len(Foreign()), len(want))
	}
}

func TestForeignInTheirOwnTongue(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		serve Handler
		send  string
		want  string
	}{
		"rdp":             {RDP, "\x03\x00\x00\x0b\x06\xe0\x00\x00\x00\x00\x00", "\x03\x00\x00\x13\x0e\xd0"},
		"qmqp":            {QMQP, "3:abc,", "13:Dnot accepted,"},
		"proxy":           {BehindProxy(Script{}.Serve), "PROXY UNKNOWN", "220 mail.example.test ESMTP\r\n"},
		"proxy unwrapped": {BehindProxy(Script{}.Serve), "EHLO a", ""},
		"close":           {CloseAtOnce, "", ""},
		"silent":          {Silent, "EHLO a", ""},
		"http to TLS":     {HTTP, "\x16\x03\x01", "HTTP/1.1 400"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := talk(t, test.serve, test.send)
			if !strings.HasPrefix(got, test.want) || test.want == "" && got != "" {
				t.Errorf("sent %q, got %q, want %q", test.send, got, test.want)
			}
		})
	}
}

func TestResetAtOnce(t *testing.T) {
	t.Parallel()
	c, err := net.Dial("tcp", listen(t, ResetAtOnce).Addr().String())
	if err != nil {
		return // the RST can be there before connect has returned
	}
	defer c.Close()
	if got, err := io.ReadAll(c); err == nil {
		t.Errorf("read %q to the end, want a reset", got)
	}
}

func TestOverTLS(t *testing.T) {
	t.Parallel()
	ca := authority(t)
	s := listen(t, OverTLS(config(t, ca, leaf()), HTTP))
	c := tls.Client(dial(t, s.Addr()), trusts(ca, "mail.example.test"))
	io.WriteString(c, "EHLO a\r\n")
	expect(t, c, "HTTP/1.1 400")
}

func TestHostile(t *testing.T) {
	t.Parallel()
	// A part of what each sends before its first pause.
	want := map[string]string{
		"endless-banner":   strings.Repeat("220-mail.example.test still greeting\r\n", 10_000),
		"endless-line":     strings.Repeat("A", 2<<20),
		"line-of-1-MiB":    strings.Repeat("A", 1<<20) + "\r\n",
		"no-newline":       "220 mail.example.test ESMTP",
		"half-reply":       "220-mail.example.test\r\n",
		"drip":             "2",
		"nul":              "\x00",
		"ansi":             "\x1b[2J",
		"bidi":             "\u202e",
		"invalid-utf8":     "\xff\xfe\xc3 ",
		"workflow-command": "220-::error file=a.go::mail.example.test\r\n",
		"bare-lf":          "ESMTP\n",
		"bare-cr":          "ESMTP\r",
		"mixed-codes":      "\r\n250 ESMTP\r\n",
		"mixed-ehlo-codes": "250-mail.example.test\r\n550 SIZE\r\n",
		"10000-ehlo-lines": strings.Repeat("250-X-NOTHING\r\n", 9_999) + "250 X-NOTHING\r\n",
		"masked":           "250 XXXXXXXA\r\n",
		"no-code":          "welcome",
		"tls-garbage":      "\x16\x03\x01\x40\x00\xa5",
	}
	for _, p := range Hostile() {
		t.Run(p.Name, func(t *testing.T) {
			t.Parallel()
			s := listen(t, p.Serve)
			c := dial(t, s.Addr())
			io.WriteString(c, "EHLO a\r\n")
			part, ok := want[p.Name]
			if got := readUntil(c, part); !ok || !strings.Contains(got, part) {
				t.Errorf("got %.200q (%d bytes), want %.100q in it", got, len(got), part)
			}
		})
	}
	if len(want) != len(Hostile()) {
		t.Errorf("%d peers, %d expectations", len(Hostile()), len(want))
	}
}

// readUntil reads until part has come or nothing more comes.
func readUntil(r io.Reader, part string) string {
	var got strings.Builder
	buf := make([]byte, 64<<10)
	for {
		n, err := r.Read(buf)
		got.Write(buf[:n])
		if err != nil || got.Len() >= len(part) && strings.Contains(got.String(), part) {
			return got.String()
		}
	}
}

// net/textproto is a reader of another make: what behaves passes it.
func TestTextproto(t *testing.T) {
	t.Parallel()
	s := listen(t, Script{Mode: target.STARTTLS}.Serve)
	c := textproto.NewConn(dial(t, s.Addr()))
	if _, _, err := c.ReadResponse(220); err != nil {
		t.Fatal(err)
	}
	if err := c.PrintfLine("EHLO a"); err != nil {
		t.Fatal(err)
	}
	if _, text, err := c.ReadResponse(250); err != nil || !strings.HasSuffix(text, "\nSTARTTLS") {
		t.Errorf("EHLO answered with %q, %v; want STARTTLS at the end", text, err)
	}
}
