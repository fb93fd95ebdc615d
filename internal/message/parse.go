package message

import (
	"bytes"
	"errors"
	"fmt"
	"mime"
	"net/mail"
	"strings"
	"unicode/utf8"
)

// Parse reads a message from a file. It is sent as it is, but for line ends,
// which become CRLF, and for Bcc, which is taken out. The envelope comes from
// the header: From, or Sender where there is one, and To, Cc and Bcc.
func Parse(eml []byte) (*Built, error) {
	switch {
	case len(bytes.TrimSpace(eml)) == 0:
		return nil, errors.New("the message is empty")
	case len(eml) > maxSize:
		return nil, fmt.Errorf("the message has %d bytes; %d are allowed", len(eml), maxSize)
	case bytes.HasPrefix(eml, []byte("\xef\xbb\xbf")):
		return nil, errors.New("the message begins with a byte order mark; save it as UTF-8 without one")
	case bytes.HasPrefix(eml, []byte("From ")):
		return nil, errors.New("line 1 is a mailbox file's \"From \" line; give one message, without that line")
	}
	raw := crlf(eml)
	if len(raw) > maxSize {
		return nil, fmt.Errorf("the message has %d bytes with its line ends; %d are allowed", len(raw), maxSize)
	}
	if err := checkLines(raw); err != nil {
		return nil, err
	}
	fields, body, err := split(raw)
	if err != nil {
		return nil, err
	}
	b := &Built{}
	if err := b.envelope(fields); err != nil {
		return nil, err
	}
	b.Bytes = make([]byte, 0, len(raw))
	for _, f := range fields {
		if f.is("Bcc") || f.is("Resent-Bcc") {
			b.HidBcc = true
			continue
		}
		b.Bytes = append(b.Bytes, f.raw...)
	}
	b.Bytes = append(append(b.Bytes, "\r\n"...), body...)
	b.MessageID = messageID(first(fields, "Message-ID"))
	b.Subject = decodeWords(first(fields, "Subject"))
	b.Text = readText(fields, body)
	return b, nil
}

// crlf turns every line end into CRLF, and adds one to a last line that has
// none. Several CR before an LF are one line end: so a conversion leaves them
// that was run twice. Any other CR is one by itself.
func crlf(in []byte) []byte {
	out := make([]byte, 0, len(in)+len(in)/32+2)
	for len(in) > 0 {
		line, rest, ended := bytes.Cut(in, []byte("\n"))
		if ended {
			line = bytes.TrimRight(line, "\r")
		}
		out = append(out, bytes.ReplaceAll(line, []byte("\r"), []byte("\r\n"))...)
		if ended || !bytes.HasSuffix(line, []byte("\r")) {
			out = append(out, "\r\n"...)
		}
		in = rest
	}
	return out
}

// checkLines refuses what cannot be sent with DATA (RFC 5322 2.1.1, 2.2).
func checkLines(raw []byte) error {
	n := 0
	for line := range bytes.SplitSeq(raw, []byte("\r\n")) {
		n++
		if bytes.IndexByte(line, 0) >= 0 {
			return fmt.Errorf("line %d has a NUL byte in it, so this is no text file; save the message as an .eml file", n)
		}
		if len(line) > maxLine {
			return fmt.Errorf("line %d has %d bytes; %d are allowed; encode that part as quoted-printable or base64", n, len(line), maxLine)
		}
	}
	return nil
}

// field is one field of a header.
type field struct {
	name  string
	value string // unfolded, without the blanks around it
	raw   []byte // as it stands, with all its lines and line ends
	line  int    // the first of them, from 1
}

func (f field) is(name string) bool { return strings.EqualFold(f.name, name) }

// split takes a message apart at the first empty line (RFC 5322 2.1). A message
// may be a header alone.
func split(raw []byte) (fields []field, body []byte, err error) {
	size := 0
	for n := 1; len(raw) > 0; n++ {
		end := bytes.Index(raw, []byte("\r\n"))
		line, rest := raw[:end], raw[end+2:]
		if len(line) == 0 {
			return fields, rest, unfold(fields)
		}
		if line[0] == ' ' || line[0] == '\t' {
			if len(fields) == 0 {
				return nil, nil, fmt.Errorf("line %d goes on with a header field, and there is none before it", n)
			}
			f := &fields[len(fields)-1]
			f.raw = f.raw[:len(f.raw)+end+2] // the next line stands right behind
		} else {
			name, _, ok := bytes.Cut(line, []byte(":"))
			name = bytes.TrimRight(name, " \t") // obsolete, and legal to read (RFC 5322 4.5)
			if !ok || !isName(name) {
				return nil, nil, fmt.Errorf("line %d, %s, is no header field; write NAME: VALUE, and an empty line between header and text", n, quote(string(line)))
			}
			fields = append(fields, field{name: string(name), raw: raw[:end+2], line: n})
		}
		if size += end + 2; size > maxHeader {
			return nil, nil, fmt.Errorf("the header is longer than %d bytes at line %d; is an empty line missing behind it?", maxHeader, n)
		}
		raw = rest
	}
	return fields, nil, unfold(fields)
}

// unfold fills in the values of the fields.
func unfold(fields []field) error {
	if len(fields) == 0 {
		return errors.New("the message has no header; write From:, To: and Subject:, an empty line, and the text")
	}
	for i, f := range fields {
		_, value, _ := strings.Cut(string(f.raw), ":")
		fields[i].value = strings.Trim(strings.ReplaceAll(value, "\r\n", ""), " \t")
	}
	return nil
}

// isName reports whether a field may have this name (RFC 5322 2.2).
func isName(name []byte) bool {
	return len(name) > 0 && !bytes.ContainsFunc(name, func(r rune) bool { return r <= ' ' || r > '~' })
}

// first is the value of the first field of that name.
func first(fields []field, name string) string {
	for _, f := range fields {
		if f.is(name) {
			return f.value
		}
	}
	return ""
}

// only is the one field of that name; RFC 5322 3.6 allows no second one.
func only(fields []field, name string) (*field, error) {
	var out *field
	for i, f := range fields {
		if !f.is(name) {
			continue
		}
		if out != nil {
			return nil, fmt.Errorf("line %d is a second %s field, beside line %d; leave one", f.line, name, out.line)
		}
		out = &fields[i]
	}
	return out, nil
}

// envelope reads the sender and the recipients. A message by several authors
// needs a Sender (RFC 5322 3.6.2).
func (b *Built) envelope(fields []field) error {
	from, err := only(fields, "From")
	if err != nil {
		return err
	}
	sender, err := only(fields, "Sender")
	if err != nil {
		return err
	}
	if from == nil || from.value == "" {
		return errors.New("the message has no From field; write From: name@example.org into its header")
	}
	authors, err := from.mailboxes()
	if err != nil {
		return err
	}
	if sender != nil {
		if authors, err = sender.mailboxes(); err != nil {
			return err
		}
		from = sender
	}
	if len(authors) != 1 {
		return fmt.Errorf("line %d: %s names %d mailboxes; leave one, or name the one that sends in a Sender field", from.line, from.name, len(authors))
	}
	b.From = envelope(authors[0])
	return b.recipients(fields)
}

func (b *Built) recipients(fields []field) error {
	seen := map[string]bool{}
	for _, f := range fields {
		if !f.is("To") && !f.is("Cc") && !f.is("Bcc") {
			continue
		}
		to, err := f.mailboxes()
		if err != nil {
			return err
		}
		for _, a := range to {
			if addr := envelope(a); !seen[addr] {
				seen[addr] = true
				b.To = append(b.To, addr)
			}
		}
	}
	if len(b.To) > maxTo {
		return fmt.Errorf("the message names %d recipients; %d are allowed", len(b.To), maxTo)
	}
	return nil
}

// mailboxes reads a list of addresses. An empty field, and a group of nobody,
// are none.
func (f field) mailboxes() ([]*mail.Address, error) {
	value := strings.ToValidUTF8(f.value, "\uFFFD")
	if strings.Trim(unquoted(value), " \t,") == "" {
		return nil, nil
	}
	list, err := (&mail.AddressParser{WordDecoder: words()}).ParseList(value)
	if err != nil {
		return nil, fmt.Errorf("line %d: %s cannot be read as mail addresses: %s", f.line, f.name, quote(f.value))
	}
	for _, a := range list {
		if err := judge(a); err != nil {
			return nil, fmt.Errorf("line %d: %s: %w", f.line, f.name, err)
		}
	}
	return list, nil
}

// messageID is what stands in the angle brackets.
func messageID(value string) string {
	if _, in, ok := strings.Cut(value, "<"); ok {
		if id, _, ok := strings.Cut(in, ">"); ok {
			return strings.TrimSpace(id)
		}
	}
	return value
}

// decodeWords decodes encoded words (RFC 2047), or leaves a text with one in an
// unknown charset as it is.
func decodeWords(s string) string {
	if d, err := (&mime.WordDecoder{CharsetReader: charsetReader}).DecodeHeader(s); err == nil {
		return d
	}
	return s
}

func isASCII(b []byte) bool {
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
