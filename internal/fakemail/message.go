package fakemail

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Message is one that a server took.
type Message struct {
	From string
	To   []string
	Text string // as it came, without the dots that were added on the way
}

var (
	pathOf = regexp.MustCompile(`<([^>]*)>`)
	sizeOf = regexp.MustCompile(`(?i) SIZE=([0-9]+)`)
)

// envelope answers MAIL or RCPT.
func (d dialog) envelope(verb, line string) Reply {
	address := ""
	if m := pathOf.FindStringSubmatch(line); m != nil {
		address = m[1]
	}
	if r, ok := d.Addresses[address]; ok {
		return r
	}
	if verb == "RCPT" {
		d.to = append(d.to, address)
		return Reply{Text: "250 2.1.5 Ok"}
	}
	if no := d.refusal(line); no != "" {
		return Reply{Text: no}
	}
	d.from, d.to = address, nil
	return Reply{Text: "250 2.1.0 Ok"}
}

// refusal is why MAIL is not taken; empty when it is.
func (d dialog) refusal(line string) string {
	size := sizeOf.FindStringSubmatch(line)
	switch {
	case d.RequireTLS && !d.Secure():
		return "530 5.7.0 Must issue a STARTTLS command first"
	case d.RequireAuth && d.user == "":
		return "530 5.7.0 Authentication required"
	case size != nil && d.tooLarge(size[1]):
		return tooLarge
	}
	return ""
}

const tooLarge = "552 5.3.4 Message size exceeds fixed limit"

func (d dialog) tooLarge(size string) bool {
	n, err := strconv.ParseInt(size, 10, 64)
	return d.SizeLimit > 0 && (err != nil || n > d.SizeLimit)
}

// data takes a message up to the line with the dot (RFC 5321 4.5.2). A line
// that ends in a bare LF is none: its dot does not end the message.
func (d dialog) data() bool {
	if !d.say(Reply{Text: "354 End data with <CR><LF>.<CR><LF>"}) {
		return false
	}
	var text strings.Builder
	for begins := true; ; {
		line, err := d.rawLine()
		if err != nil {
			return false
		}
		if begins && line == ".\r\n" {
			return d.take(text.String())
		}
		if begins {
			line = strings.TrimPrefix(line, ".")
		}
		text.WriteString(line)
		begins = strings.HasSuffix(line, "\r\n")
	}
}

func (d dialog) take(text string) bool {
	if d.tooLarge(fmt.Sprint(len(text))) {
		return d.say(Reply{Text: tooLarge})
	}
	d.raw.note(func() { d.raw.seen.Messages = append(d.raw.seen.Messages, Message{d.from, d.to, text}) })
	if r, ok := d.override("."); ok {
		return d.say(r)
	}
	return d.say(Reply{Text: "250 2.0.0 Ok: queued"})
}
