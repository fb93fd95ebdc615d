package probe

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/idna"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/wire"
)

// MaxRecipients is how many recipients are tried.
const MaxRecipients = 10

// envelope tries the sender and the recipients (RFC 5321 3.3), and then sends
// the message to those that were taken; without a message it takes all back, and
// nothing is sent. What cannot be said is a step without Sent, with a fault of
// class other.
func (t *talk) envelope() {
	e := t.r.o.Envelope
	if t.unspeakable(e) || !t.mail(e) {
		return
	}
	taken, stands := t.recipients(e.To)
	if !stands {
		return
	}
	if t.r.o.Message == nil || taken == 0 || !t.mayCarry() {
		t.command(evidence.StepReset, "RSET")
		return
	}
	t.send()
}

// unspeakable holds back an envelope with an address that would be read as
// something else.
func (t *talk) unspeakable(e *evidence.Envelope) bool {
	const text = "the address holds control characters or angle brackets, which would be read as a command"
	switch {
	case !harmless(e.From):
		t.withhold(evidence.StepMail, text)
	case slices.ContainsFunc(e.To, func(to string) bool { return !harmless(to) }):
		t.withhold(evidence.StepRcpt, text)
	case len(e.To) > MaxRecipients:
		t.withhold(evidence.StepRcpt, fmt.Sprintf("%d recipients are more than the %d that are tried", len(e.To), MaxRecipients))
	default:
		return false
	}
	return true
}

func harmless(address string) bool {
	return utf8.ValidString(address) && !strings.ContainsFunc(address, func(c rune) bool { return c == '<' || c == '>' || unicode.IsControl(c) })
}

// withhold writes down a step that was not taken.
func (t *talk) withhold(name evidence.StepName, text string) {
	t.add(evidence.Step{Name: name, Fault: &evidence.Fault{Class: evidence.Other, Text: text}, At: t.r.since()})
	t.unsent = true
}

// mail sends MAIL and reports whether the sender was taken.
func (t *talk) mail(e *evidence.Envelope) bool {
	path, why := t.path(e.From)
	if why != "" {
		t.withhold(evidence.StepMail, why)
		return false
	}
	rep, fault := t.command(evidence.StepMail, "MAIL FROM:<"+path+">"+t.mailParams(e))
	return fault == nil && rep.Code/100 == 2
}

// mailParams announces what the server knows to read, and no more (RFC 5321 2.2.1).
func (t *talk) mailParams(e *evidence.Envelope) string {
	params, message := "", t.r.o.Message
	size := e.Size
	if message != nil {
		size = max(size, int64(len(normalised(message))))
	}
	if size > 0 && wire.Has(t.ext(), "SIZE") {
		params += fmt.Sprintf(" SIZE=%d", size)
	}
	if !isASCII(string(message)) && wire.Has(t.ext(), "8BITMIME") {
		params += " BODY=8BITMIME"
	}
	if (!isASCII(e.From+strings.Join(e.To, "")) || utf8Header(message)) && wire.Has(t.ext(), "SMTPUTF8") {
		params += " SMTPUTF8"
	}
	return params
}

// recipients sends RCPT for each. It reports how many were taken, and whether
// the session still stands.
func (t *talk) recipients(to []string) (taken int, stands bool) {
	for _, address := range to {
		path, why := t.path(address)
		if why != "" {
			t.withhold(evidence.StepRcpt, why)
			continue
		}
		rep, fault := t.command(evidence.StepRcpt, "RCPT TO:<"+path+">")
		switch {
		case fault != nil, rep.Code == 421:
			return taken, false
		case rep.Code/100 == 2:
			taken++
		}
	}
	return taken, true
}

var domains = idna.New(idna.MapForLookup(), idna.BidiRule(), idna.StrictDomainName(false), idna.Transitional(false))

// path is an address as this server can read it: with the domain in ASCII where
// SMTPUTF8 is not offered (RFC 6531 3.2), or why there is no such form.
func (t *talk) path(address string) (path, why string) {
	if isASCII(address) || wire.Has(t.ext(), "SMTPUTF8") {
		return address, ""
	}
	at := strings.LastIndexByte(address, '@')
	local, domain := address[:at+1], address[at+1:]
	if at < 0 || !isASCII(local) {
		return "", "the server does not offer SMTPUTF8, which an address needs that is not ASCII before the @"
	}
	ascii, err := domains.ToASCII(domain)
	if err != nil || !isASCII(ascii) {
		return "", "the domain of the address has no form in ASCII"
	}
	return local + ascii, ""
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(c rune) bool { return c >= utf8.RuneSelf })
}
