package probe

import (
	"bytes"
	"regexp"
	"strconv"

	"github.com/maildoctor/maildoctor/internal/evidence"
)

// maxQuote is how much of foreign bytes is kept as evidence.
const maxQuote = 200

// first describes bytes that are no SMTP greeting.
func first(in, sent []byte, under, inReply string) *evidence.Bytes {
	q := strconv.Quote(string(in[:min(len(in), maxQuote)]))
	return &evidence.Bytes{Protocol: protocolOf(in, sent), Under: under, Text: q[1 : len(q)-1], InReply: inReply}
}

var (
	smtpGreeting = regexp.MustCompile(`^[2-5][0-9][0-9][ -]`)
	ftpWords     = regexp.MustCompile(`(?i)\bftp|ftpd\b|filezilla|pure-ftpd|proftpd|vsftpd`)
	smtpWords    = regexp.MustCompile(`(?i)e?smtp|\bmail\b|postfix|exim|sendmail|mx\b`)
	lmtpWords    = regexp.MustCompile(`\bLMTP\b`)
	ircLine      = regexp.MustCompile(`^(:\S+ (NOTICE|[0-9]{3}) |NOTICE |ERROR :|PING :)`)
	redisError   = regexp.MustCompile(`^-(ERR (unknown command|wrong number|Protocol error|unbalanced)|DENIED|NOAUTH|NOPERM|LOADING|MISCONF)`)
	sieveLine    = regexp.MustCompile(`(?i)^"?(IMPLEMENTATION|SIEVE|SASL|VERSION)"? "`)
)

// protocolOf names what speaks, from its first bytes and what we sent to get
// them; "smtp" for what looks like an SMTP greeting, "unknown" for the rest.
func protocolOf(in, sent []byte) string {
	switch {
	case len(in) == 0:
		return "unknown"
	case len(sent) > 0 && bytes.HasPrefix(in, sent[:min(len(sent), 16)]):
		return "echo"
	case bytes.HasPrefix(in, []byte("HTTP/")), bytes.HasPrefix(bytes.ToLower(bytes.TrimSpace(in)), []byte("<!doctype html")), bytes.HasPrefix(bytes.ToLower(bytes.TrimSpace(in)), []byte("<html")):
		return "http"
	case bytes.HasPrefix(in, []byte("SSH-")):
		return "ssh"
	case bytes.HasPrefix(in, []byte("* OK")), bytes.HasPrefix(in, []byte("* PREAUTH")), bytes.HasPrefix(in, []byte("* BYE")):
		return "imap"
	case redisError.Match(in):
		return "redis"
	case bytes.HasPrefix(in, []byte("+OK")), bytes.HasPrefix(in, []byte("-ERR")):
		return "pop3"
	case sieveLine.Match(in):
		return "sieve"
	case ircLine.Match(in):
		return "irc"
	case in[0] == 0xff && len(in) > 1 && in[1] >= 0xf0: // IAC and a command (RFC 854)
		return "telnet"
	case isMySQL(in):
		return "mysql"
	case bytes.HasPrefix(in, []byte{3, 0, 0}) && len(in) > 5 && in[5] == 0xd0: // TPKT, X.224 connection confirm
		return "rdp"
	case netstring.Match(in):
		return "qmqp"
	case smtpGreeting.Match(in):
		return replyProtocol(in)
	}
	return "unknown"
}

// netstring is the form of QMQP replies: length, colon, K, Z or D and a text.
var netstring = regexp.MustCompile(`^[0-9]{1,4}:[KZD]`)

// replyProtocol tells apart the protocols that greet with three digits.
func replyProtocol(in []byte) string {
	line, _, _ := bytes.Cut(in, []byte("\n"))
	switch {
	case bytes.HasPrefix(line, []byte("200 ")), bytes.HasPrefix(line, []byte("201 ")): // RFC 3977 5.1.1
		return "nntp"
	case lmtpWords.Match(line):
		return "lmtp"
	case ftpWords.Match(line) && !smtpWords.Match(line):
		return "ftp"
	}
	return "smtp"
}

// isMySQL recognises the server's handshake packet: length, sequence 0,
// protocol 10 and a version, or an error packet in its place ("Host is blocked").
func isMySQL(in []byte) bool {
	if len(in) < 6 || in[3] != 0 {
		return false
	}
	return in[4] == 0x0a && in[5] >= '0' && in[5] <= '9' || in[4] == 0xff && bytes.Contains(in, []byte("Host"))
}
