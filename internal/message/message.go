// Package message makes the one real message that "maildoctor send" sends, and
// reads one from a file. It has no network, no clock, no files and no
// environment: time, run and version are arguments, and nothing in a message
// tells of the machine it was made on.
package message

import (
	"encoding/base32"
	"fmt"
	"io"
	"strings"
	"time"
)

// Draft is what a test message is made of. CR and LF are refused everywhere but
// in Text; so are other control characters.
type Draft struct {
	From    string   // one mailbox: "a@b" or "Name <a@b>"
	To      []string // one mailbox each; at least one
	ReplyTo string   // empty: none
	Subject string   // empty: ours
	Text    string   // any UTF-8 but NUL, any line ends; empty: ours
	Run     string   // as NewRun makes it
	Now     time.Time
	Version string // of maildoctor; empty: not named
	Domain  string // right side of the Message-ID; empty: From's domain
	Channel string // in words: ".env, Laravel, smtp.example.org:587"; empty: not named
}

// Built is a message and its envelope, ready to be sent. Compose and Parse make
// it; the zero Built is invalid.
type Built struct {
	Bytes     []byte   // all line ends are CRLF, one at the end; no dot is stuffed
	MessageID string   // without angle brackets; empty where a file has none
	Subject   string   // decoded
	Text      string   // the plain text, decoded, lines end in LF; empty where a file has none that can be read
	From      string   // of the envelope, as it stands in MAIL FROM between the angle brackets
	To        []string // of the envelope: To, Cc and Bcc, each once; empty where a file names nobody
	HidBcc    bool     // a Bcc field was taken out; who stands in it is in To
}

const (
	maxSize   = 25 << 20 // bytes of a message; what the large providers take
	maxHeader = 1 << 20  // bytes of its header; a hundred times what is usual
	maxLine   = 998      // bytes of a line without its CRLF (RFC 5322 2.1.1)
	maxTo     = 100      // recipients that every server must take (RFC 5321 4.5.3.1.8)
	runChars  = 12       // 60 bits: no two runs meet
)

// NewRun makes the id of a run: 12 characters of lower case base32.
func NewRun(random io.Reader) (string, error) {
	b := make([]byte, 8)
	if _, err := io.ReadFull(random, b); err != nil {
		return "", fmt.Errorf("make a run id: %w", err)
	}
	return strings.ToLower(base32.StdEncoding.EncodeToString(b))[:runChars], nil
}

// IdempotencyKey is Resend's Idempotency-Key of a run: the same message is not
// sent twice within a day.
func IdempotencyKey(run string) string { return "maildoctor-" + run }
