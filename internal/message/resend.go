package message

import (
	"errors"
	"fmt"
	"net/mail"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Resend is a message as Resend's API takes it. Date and Message-ID are not in
// it, since Resend writes its own; the run in Headers tells the message.
type Resend struct {
	From        string // "Name <a@b>", in UTF-8
	To, CC, BCC []string
	ReplyTo     string // empty: none
	Subject     string
	Text, HTML  string            // one of them may be empty
	Headers     map[string]string // all other fields
	Attachments []Attachment
}

// ForResend is the message in the fields of Resend's API. The recipients are
// those of the envelope: who stands neither in To nor in Cc becomes Bcc. What
// the API cannot carry is an error.
func (b *Built) ForResend() (*Resend, error) {
	r, err := b.forResend()
	if err != nil {
		return nil, fmt.Errorf("the API of Resend cannot carry this message: %w; send it by SMTP", err)
	}
	return r, nil
}

func (b *Built) forResend() (*Resend, error) {
	fields, body, err := split(b.Bytes)
	if err != nil {
		return nil, err
	}
	r := &Resend{Subject: b.Subject}
	if r.From, err = author(fields, b.From); err != nil {
		return nil, err
	}
	if err := r.recipients(fields, b.To); err != nil {
		return nil, err
	}
	if r.ReplyTo, err = replyTo(fields); err != nil {
		return nil, err
	}
	if bad(r.Subject) {
		return nil, errors.New("its Subject has a control character in it, or is not UTF-8")
	}
	if r.Headers, err = others(fields); err != nil {
		return nil, err
	}
	var c content
	if err := c.read(mimeHeader(fields), body, place{}); err != nil {
		return nil, err
	}
	if c.text == "" && c.html == "" {
		return nil, errors.New("it has neither a plain text nor HTML")
	}
	r.Text, r.HTML, r.Attachments = c.text, c.html, c.files
	return r, nil
}

func bad(s string) bool {
	return !utf8.ValidString(s) || strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) && r != '\t' })
}

// author is the From field; the API has no other sender.
func author(fields []field, sender string) (string, error) {
	from, err := list(fields, "From")
	if err != nil {
		return "", err
	}
	if len(from) != 1 || envelope(from[0]) != sender {
		return "", errors.New("its sender is not its author")
	}
	return display(from[0])
}

func replyTo(fields []field) (string, error) {
	to, err := list(fields, "Reply-To")
	switch {
	case err != nil || len(to) == 0:
		return "", err
	case len(to) > 1:
		return "", fmt.Errorf("it has %d addresses in Reply-To", len(to))
	}
	return display(to[0])
}

// recipients shares out those of the envelope.
func (r *Resend) recipients(fields []field, envelopeTo []string) error {
	left := slices.Clone(envelopeTo)
	for _, f := range []struct {
		name string
		into *[]string
	}{{"To", &r.To}, {"Cc", &r.CC}} {
		addrs, err := list(fields, f.name)
		if err != nil {
			return err
		}
		for _, a := range addrs {
			i := slices.Index(left, envelope(a))
			if i < 0 {
				continue
			}
			left = slices.Delete(left, i, i+1)
			s, err := display(a)
			if err != nil {
				return err
			}
			*f.into = append(*f.into, s)
		}
	}
	switch {
	case len(r.To) > 0:
		r.BCC = left
	case len(envelopeTo) == 0:
		return errors.New("it has no recipient")
	case len(envelopeTo) > 1 || len(left) == 0:
		return errors.New("none of its recipients stands in To")
	default:
		r.To = left
	}
	return nil
}

func list(fields []field, name string) ([]*mail.Address, error) {
	var out []*mail.Address
	for _, f := range fields {
		if f.is(name) {
			l, err := f.mailboxes()
			if err != nil {
				return nil, err
			}
			out = append(out, l...)
		}
	}
	return out, nil
}

// display writes an address for people: the name is not encoded.
func display(a *mail.Address) (string, error) {
	name := strings.Join(strings.Fields(a.Name), " ")
	switch {
	case name == "":
		return envelope(a), nil
	case bad(name) || strings.ContainsRune(name, utf8.RuneError):
		return "", fmt.Errorf("the name of %s has a control character in it, or is in an unknown charset", quote(a.Address))
	case strings.ContainsAny(name, `()<>[]:;@\,."`):
		name = `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(name) + `"`
	}
	return name + " <" + envelope(a) + ">", nil
}

// others are the fields that are neither the API's own nor left by an earlier
// way of the message.
func others(fields []field) (map[string]string, error) {
	out := map[string]string{}
	seen := map[string]bool{}
	for _, f := range fields {
		name := strings.ToLower(f.name)
		if f.value == "" || slices.Contains(notHeaders, name) || strings.HasPrefix(name, "content-") || strings.HasPrefix(name, "arc-") {
			continue
		}
		if seen[name] {
			return nil, fmt.Errorf("it has more than one %s field", f.name)
		}
		if bad(f.value) {
			return nil, fmt.Errorf("its %s has a control character in it, or is not UTF-8", f.name)
		}
		seen[name] = true
		out[f.name] = f.value
	}
	return out, nil
}

var notHeaders = []string{
	"from", "sender", "to", "cc", "bcc", "reply-to", "subject", "date", "message-id", "mime-version", "resent-bcc",
	"return-path", "received", "x-received", "delivered-to", "dkim-signature", "domainkey-signature", "authentication-results", "received-spf",
}
