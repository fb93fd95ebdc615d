package message

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/textproto"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// Bounds of a body (RFC 2046): messages people send stay far below them.
const (
	maxDepth = 8
	maxParts = 200
)

// Attachment is a file of a message.
type Attachment struct {
	Name      string // never empty
	Type      string // "image/png"
	ContentID string // without angle brackets; empty where the text does not refer to it
	Content   []byte
}

// content is what the body of a message holds, as far as an API can carry it.
type content struct {
	text, html       string
	hasText, hasHTML bool
	loose            bool // one of them is no alternative to the other
	files            []Attachment
	parts            int
}

// readText is the plain text of a message, where it can be read.
func readText(fields []field, body []byte) string {
	var c content
	// An error means that a part is of a kind that an API cannot carry: the
	// text before it is what is asked for.
	_ = c.read(mimeHeader(fields), body, place{})
	return c.text
}

func mimeHeader(fields []field) textproto.MIMEHeader {
	h := textproto.MIMEHeader{}
	for _, f := range fields {
		h.Add(f.name, f.value)
	}
	return h
}

// errApart leaves out the reader's error, which repeats lines of the message.
var errApart = errors.New("its parts cannot be told apart; a boundary is missing, or a part's header is broken")

// place is where a part stands.
type place struct {
	depth int
	alt   bool // inside multipart/alternative
}

func (c *content) read(h textproto.MIMEHeader, body []byte, at place) error {
	if c.parts++; c.parts > maxParts || at.depth > maxDepth {
		return fmt.Errorf("it has more than %d parts, or is nested more than %d deep", maxParts, maxDepth)
	}
	kind, params, err := mediaType(h)
	if err != nil {
		return err
	}
	if strings.HasPrefix(kind, "multipart/") {
		return c.readParts(kind, params["boundary"], body, at)
	}
	raw, err := transfer(h.Get("Content-Transfer-Encoding"), body)
	if err != nil {
		return err
	}
	name, attached := fileName(h, params)
	if (kind == "text/plain" || kind == "text/html") && !attached && name == "" {
		return c.readBody(kind, params["charset"], raw, at)
	}
	if at.alt && !attached && h.Get("Content-ID") == "" {
		return fmt.Errorf("it has an alternative of type %s", quote(kind))
	}
	if name == "" {
		name = fmt.Sprintf("attachment-%d", len(c.files)+1)
	}
	if strings.ContainsFunc(name+h.Get("Content-ID"), unicode.IsControl) || !utf8.ValidString(name+h.Get("Content-ID")) {
		return fmt.Errorf("the name of attachment %d has a control character in it", len(c.files)+1)
	}
	c.files = append(c.files, Attachment{Name: name, Type: kind, ContentID: strings.Trim(h.Get("Content-ID"), "<> \t"), Content: raw})
	return nil
}

func mediaType(h textproto.MIMEHeader) (string, map[string]string, error) {
	value := h.Get("Content-Type")
	if value == "" {
		return "text/plain", nil, nil // RFC 2045 5.2
	}
	kind, params, err := mime.ParseMediaType(value)
	if err != nil {
		return "", nil, fmt.Errorf("its Content-Type %s cannot be read", quote(value))
	}
	return kind, params, nil
}

func (c *content) readParts(kind, boundary string, body []byte, at place) error {
	switch kind {
	case "multipart/alternative":
		at.alt = true
	case "multipart/mixed", "multipart/related":
	case "multipart/signed", "multipart/encrypted":
		return fmt.Errorf("it is %s, which would not survive", strings.TrimPrefix(kind, "multipart/"))
	default:
		return fmt.Errorf("it has the type %s", quote(kind))
	}
	if boundary == "" {
		return fmt.Errorf("its %s names no boundary", kind)
	}
	at.depth++
	for r := multipart.NewReader(bytes.NewReader(body), boundary); ; {
		p, err := r.NextRawPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return errApart
		}
		b, err := io.ReadAll(p)
		if err != nil {
			return errApart
		}
		if err := c.read(p.Header, b, at); err != nil {
			return err
		}
	}
}

func (c *content) readBody(kind, charset string, raw []byte, at place) error {
	to, has := &c.text, &c.hasText
	if kind == "text/html" {
		to, has = &c.html, &c.hasHTML
	}
	if *has {
		return fmt.Errorf("it has more than one part of type %s", kind)
	}
	if (c.hasText || c.hasHTML) && (c.loose || !at.alt) {
		return errors.New("it shows plain text and HTML one after the other")
	}
	r, err := charsetReader(charset, bytes.NewReader(raw))
	if err != nil {
		return err
	}
	b, err := io.ReadAll(r)
	if err != nil {
		return fmt.Errorf("its text cannot be read: %w", err)
	}
	if !utf8.Valid(b) {
		return fmt.Errorf("its text is not in the charset %s that it names", quote(charset))
	}
	*to, *has = strings.ReplaceAll(string(b), "\r\n", "\n"), true
	c.loose = c.loose || !at.alt
	return nil
}

// fileName is the name of a part, and whether it is to be saved rather than
// shown (RFC 2183).
func fileName(h textproto.MIMEHeader, params map[string]string) (name string, attached bool) {
	if d, dp, err := mime.ParseMediaType(h.Get("Content-Disposition")); err == nil {
		name, attached = dp["filename"], d == "attachment"
	}
	if name == "" {
		name = params["name"]
	}
	return decodeWords(name), attached
}

// transfer undoes a Content-Transfer-Encoding (RFC 2045 6).
func transfer(name string, body []byte) ([]byte, error) {
	var r io.Reader = bytes.NewReader(body)
	switch strings.ToLower(strings.TrimSpace(name)) {
	case "", "7bit", "8bit", "binary":
		return body, nil
	case "quoted-printable":
		r = quotedprintable.NewReader(r)
	case "base64":
		r = base64.NewDecoder(base64.StdEncoding, r)
	default:
		return nil, fmt.Errorf("it has a part with the encoding %s", quote(name))
	}
	out, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("it has a part that is no %s: %w", strings.ToLower(name), err)
	}
	return out, nil
}

// charsets are those that mail is still written in, beside UTF-8.
var charsets = map[string]*charmap.Charmap{
	"iso-8859-1":   charmap.ISO8859_1,
	"iso-8859-2":   charmap.ISO8859_2,
	"iso-8859-15":  charmap.ISO8859_15,
	"windows-1250": charmap.Windows1250,
	"windows-1251": charmap.Windows1251,
	"windows-1252": charmap.Windows1252,
	"koi8-r":       charmap.KOI8R,
}

func charsetReader(name string, in io.Reader) (io.Reader, error) {
	name = strings.ToLower(name)
	switch name {
	case "", "us-ascii", "utf-8", "utf8":
		return in, nil
	}
	m := charsets[name]
	if m == nil {
		return nil, fmt.Errorf("it has a text in the charset %s", quote(name))
	}
	return m.NewDecoder().Reader(in), nil
}
