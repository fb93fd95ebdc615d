package probe

import (
	"bytes"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/wire"
)

// messageWait is how long a part of the message may take, and the reply to its
// end. RFC 5321 4.5.3.2 wants 3 minutes for the one and 10 for the other: a
// server may scan the message first, and one that is given up too early makes a
// second copy. Nobody watches a terminal that long.
const messageWait = time.Minute

// chunk is the part of a message that is written under one limit.
const chunk = 32 << 10

// mayCarry holds back a message that this server cannot take as it is (RFC
// 6152 3); a relay would have to encode it anew.
func (t *talk) mayCarry() bool {
	message := t.r.o.Message
	switch {
	case !isASCII(string(message)) && !wire.Has(t.ext(), "8BITMIME"):
		t.withhold(evidence.StepData, "the message holds 8-bit characters, and the server does not offer 8BITMIME")
	case utf8Header(message) && !wire.Has(t.ext(), "SMTPUTF8"):
		t.withhold(evidence.StepData, "the header of the message holds UTF-8, and the server does not offer SMTPUTF8")
	default:
		return true
	}
	return false
}

// utf8Header reports whether a header field holds UTF-8 (RFC 6532 3.2); bytes in
// other charsets were never allowed there, and no extension makes them so.
func utf8Header(message []byte) bool {
	header, _, _ := bytes.Cut(normalised(message), []byte("\r\n\r\n"))
	return !isASCII(string(header)) && utf8.Valid(header)
}

// send sends the message to the recipients that were taken.
func (t *talk) send() {
	rep, fault := t.command(evidence.StepData, "DATA")
	if fault != nil || rep.Code == 421 {
		return
	}
	if rep.Code != 354 {
		t.command(evidence.StepReset, "RSET")
		return
	}
	text := normalised(t.r.o.Message)
	t.step(evidence.StepMessage, fmt.Sprintf("(%d bytes)", len(text)), t.messageLimit(), func() (*evidence.Reply, error) {
		return t.write(append(stuffed(text), ".\r\n"...))
	})
}

func (t *talk) messageLimit() time.Duration { return max(messageWait, t.r.o.Limits.Reply) }

// write sends a message part by part and reads the reply to its end. A server
// that hangs up meanwhile may have said why.
func (t *talk) write(text []byte) (*evidence.Reply, error) {
	for len(text) > 0 {
		t.conn.limit(time.Now().Add(t.messageLimit()))
		n, err := t.rd.w.Write(text[:min(chunk, len(text))])
		if err != nil {
			t.conn.limit(time.Now().Add(moreWait))
			rep, _ := t.rd.reply()
			return rep, err
		}
		text = text[n:]
	}
	t.conn.limit(time.Now().Add(t.messageLimit()))
	return t.rd.reply()
}

// normalised is a message whose lines end in CRLF, the last one too: a CR or an
// LF alone must not go out (RFC 5321 2.3.8).
func normalised(message []byte) []byte {
	text := strings.NewReplacer("\r\n", "\r\n", "\r", "\r\n", "\n", "\r\n").Replace(string(message))
	if text != "" && !strings.HasSuffix(text, "\r\n") {
		text += "\r\n"
	}
	return []byte(text)
}

// stuffed doubles the dot that a line begins with (RFC 5321 4.5.2).
func stuffed(text []byte) []byte {
	out := bytes.ReplaceAll(text, []byte("\r\n."), []byte("\r\n.."))
	if bytes.HasPrefix(out, []byte(".")) {
		out = append([]byte("."), out...)
	}
	return out
}
