package probe

import (
	"strings"
	"testing"
)

func TestProtocolOf(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"":                                       "unknown",
		"220 mail.example.org ESMTP Postfix\r\n": "smtp",
		"220 finn.example.org ready\r\n":         "smtp",
		"220 news.example.org ready\r\n":         "smtp",
		"554 5.7.1 go away\r\n":                  "smtp",
		"220 (vsFTPd 3.0.3)\r\n":                 "ftp",
		"220 ProFTPD Server ready.\r\n":          "ftp",
		"220 ftp.example.org ESMTP\r\n":          "smtp",
		"220 host LMTP ready\r\n":                "lmtp",
		"200 news.example.org ready\r\n":         "nntp",
		"201 no posting\r\n":                     "nntp",
		"* OK [CAPABILITY IMAP4rev1] ready":      "imap",
		"+OK Dovecot ready.\r\n":                 "pop3",
		"SSH-2.0-OpenSSH_9.2\r\n":                "ssh",
		"HTTP/1.1 400 Bad Request\r\n":           "http",
		"<!DOCTYPE html><html>":                  "http",
		"-ERR unknown command 'EHLO'\r\n":        "redis",
		"\"IMPLEMENTATION\" \"Dovecot\"\r\n":     "sieve",
		":irc.example.org NOTICE AUTH :hi\r\n":   "irc",
		"\xff\xfd\x18\xff\xfd\x20":               "telnet",
		"\x4a\x00\x00\x00\x0a8.0.36\x00":         "mysql",
		"\x03\x00\x00\x13\x0e\xd0\x00":           "rdp",
		"22:Dnot accepted here yet":              "qmqp",
		"Welcome to the machine":                 "unknown",
		"-ERR [AUTH] no":                         "pop3",
	} {
		if got := protocolOf([]byte(in), nil); got != want {
			t.Errorf("%q: %s, want %s", in, got, want)
		}
	}
	if got := protocolOf([]byte("EHLO maildoctor.invalid\r\n"), []byte("EHLO maildoctor.invalid\r\n")); got != "echo" {
		t.Errorf("what we sent: %s, want echo", got)
	}
}

func FuzzFirst(f *testing.F) {
	f.Add([]byte("220 mail\r\n"), []byte("EHLO x\r\n"))
	f.Add([]byte{0xff, 0xf0}, []byte(nil))
	f.Fuzz(func(t *testing.T, in, sent []byte) {
		b := first(in, sent, "clear", "EHLO")
		if b.Protocol == "" || strings.ContainsAny(b.Text, "\r\n\x00\x1b") {
			t.Errorf("%q: %+v", in, b)
		}
	})
}
