package message

import (
	"errors"
	"fmt"
	"io"
	"mime"
	"net/mail"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/maildoctor/maildoctor/internal/target"
)

// Limits of an address (RFC 5321 4.5.3.1; a path of 256 has two brackets).
const (
	maxLocal   = 64
	maxAddress = 254
)

// ParseAddress reads one mailbox, "a@b" or "Name <a@b>", and returns its
// address as an envelope holds it: the domain in ASCII and lower case, the
// local part as typed, in quotation marks where it needs them.
func ParseAddress(s string) (string, error) {
	a, err := mailbox(s)
	if err != nil {
		return "", err
	}
	return envelope(a), nil
}

// mailbox reads one mailbox. The address that it returns has an ASCII domain
// and a local part without quotation marks.
func mailbox(s string) (*mail.Address, error) {
	const write = "write name@example.org, or Name <name@example.org>"
	switch {
	case strings.TrimSpace(s) == "":
		return nil, errors.New("the mail address is empty; " + write)
	case len(s) > maxLine:
		return nil, fmt.Errorf("the mail address %s has %d bytes; %d are allowed", quote(s), len(s), maxLine)
	case !utf8.ValidString(s):
		return nil, fmt.Errorf("the mail address %s is not UTF-8", quote(s))
	case strings.ContainsFunc(s, unicode.IsControl):
		return nil, fmt.Errorf("the mail address %s has a control character in it; %s", quote(s), write)
	}
	switch bare := unquoted(s); {
	case strings.ContainsAny(bare, ":;"):
		return nil, fmt.Errorf("%s is a group, or has a colon or a semicolon in it; give one mail address", quote(s))
	case strings.Contains(bare, ","):
		return nil, fmt.Errorf("%s has a comma in it; give one mail address, and put a name that has a comma in quotation marks", quote(s))
	}
	a, err := (&mail.AddressParser{WordDecoder: words()}).Parse(s)
	if err != nil {
		return nil, fmt.Errorf("%s is no mail address; %s", quote(s), write)
	}
	if strings.ContainsFunc(a.Name, unicode.IsControl) {
		return nil, fmt.Errorf("the name in %s has a control character in it", quote(s))
	}
	a.Name = strings.Join(strings.Fields(a.Name), " ")
	return a, judge(a)
}

// unquoted leaves out quoted strings, comments and domain literals (RFC 5322
// 3.2.2, 3.2.4, 3.4.1), whose marks separate nothing.
func unquoted(s string) string {
	var out strings.Builder
	var in byte // what closes the part that is left out; 0 outside
	depth := 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\':
			i++
		case in == ')' && c == '(':
			depth++
		case in == ')' && c == ')' && depth > 1:
			depth--
		case in != 0 && c == in:
			in = 0
		case in != 0:
		case c == '"':
			in = '"'
		case c == '(':
			in, depth = ')', 1
		case c == '[':
			in = ']'
		default:
			out.WriteByte(c)
		}
	}
	return out.String()
}

// judge checks the parts of an address, and writes its domain in ASCII.
func judge(a *mail.Address) error {
	at := strings.LastIndexByte(a.Address, '@')
	local := a.Address[:at]
	for _, r := range local {
		if r == utf8.RuneError || unicode.IsControl(r) || r != ' ' && unicode.In(r, unicode.Z, unicode.Cf) {
			return fmt.Errorf("the mail address %s has the character %U before the @, which cannot be seen; type the address anew", quote(a.Address), r)
		}
	}
	dom, err := domain(a.Address[at+1:])
	if err != nil {
		return fmt.Errorf("the mail address %s: %w", quote(a.Address), err)
	}
	a.Address = local + "@" + dom
	switch n := len(envelope(a)); {
	case len(local) > maxLocal:
		return fmt.Errorf("the mail address %s has %d bytes before the @; %d are allowed", quote(a.Address), len(local), maxLocal)
	case n > maxAddress:
		return fmt.Errorf("the mail address %s has %d bytes; %d are allowed", quote(a.Address), n, maxAddress)
	}
	return nil
}

// domain is a domain in ASCII and lower case, or an IPv4 literal (RFC 5321
// 4.1.3). Literals of IPv6 are refused: package net/mail reads them only as no
// server does.
func domain(s string) (string, error) {
	literal := strings.HasPrefix(s, "[") && strings.HasSuffix(s, "]")
	name := s
	if literal {
		name = s[1 : len(s)-1]
	}
	t, err := target.Parse("x@" + name)
	switch {
	case err != nil:
		return "", err
	case literal && (!t.IsIP() || strings.Contains(t.Host, ":")):
		return "", fmt.Errorf("%s is no IPv4 address in brackets; write a domain", quote(s))
	case literal:
		return "[" + t.Host + "]", nil
	case t.IsIP():
		return "", fmt.Errorf("write a domain, or the IPv4 address in brackets, behind the @: %s is neither", quote(s))
	}
	return t.Host, nil
}

// envelope is an address without its name and its angle brackets.
func envelope(a *mail.Address) string {
	s := (&mail.Address{Address: a.Address}).String()
	return strings.TrimSuffix(strings.TrimPrefix(s, "<"), ">")
}

// words decodes the encoded words of names. One in a charset that is not known
// is no reason to refuse the address: its text is U+FFFD.
func words() *mime.WordDecoder {
	return &mime.WordDecoder{CharsetReader: func(name string, in io.Reader) (io.Reader, error) {
		if r, err := charsetReader(name, in); err == nil {
			return r, nil
		}
		return strings.NewReader("\uFFFD"), nil
	}}
}

// quote writes a value for an error, of which a person needs the beginning.
func quote(s string) string {
	const most = 80
	if len(s) <= most {
		return fmt.Sprintf("%q", s)
	}
	cut := most
	for cut > 0 && !utf8.RuneStart(s[cut]) {
		cut--
	}
	return fmt.Sprintf("%q", s[:cut]+"...")
}
