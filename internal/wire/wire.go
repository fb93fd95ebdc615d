// Package wire reads SMTP replies strictly and within limits, and writes down
// what is odd about them. It does not connect, time or judge.
package wire

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/maildoctor/maildoctor/internal/evidence"
)

// The limits on what a server may make us read.
const (
	MaxLine  = 64 << 10 // bytes of one reply line; RFC 5321 4.5.3.1.5 allows 512
	MaxReply = 1 << 20  // bytes of one reply
	longLine = 512      // RFC 5321 4.5.3.1.5, with CRLF
	manyLine = 100      // lines after which a reply is worth a remark
)

// Errors of ReadReply. An error of the connection comes as it is.
var (
	ErrNotReply = errors.New("not an SMTP reply")
	ErrTooLong  = errors.New("reply is longer than maildoctor reads")
)

// The quirks of a reply.
const (
	BareLF     = "bare-lf"     // a line ends without CR (RFC 5321 2.3.8)
	LongLine   = "long-line"   // over 512 octets
	MixedCodes = "mixed-codes" // RFC 5321 4.2.1: the code must be the same on every line
	NotASCII   = "not-ascii"
	Control    = "control"    // control characters in the text
	ManyLines  = "many-lines" // over 100
	NoText     = "no-text"    // a code alone
)

// Reader reads replies from one connection.
type Reader struct{ br *bufio.Reader }

// buffer holds an ordinary reply; a run over thousands of servers makes two for
// each connection.
const buffer = 4 << 10

// NewReader returns a Reader over r.
func NewReader(r io.Reader) *Reader { return &Reader{br: bufio.NewReaderSize(r, buffer)} }

// Peek waits until there is a byte to read, without taking it.
func (r *Reader) Peek() error {
	_, err := r.br.Peek(1)
	return err
}

// Buffered returns what was received beyond the last reply, without reading on.
func (r *Reader) Buffered() []byte {
	b, _ := r.br.Peek(r.br.Buffered())
	return b
}

// ReadReply reads one reply, of one or more lines. With an error it returns
// what had been read until then. ErrNotReply comes as soon as the bytes cannot
// be a reply any more: a peer of another protocol is not waited for.
func (r *Reader) ReadReply() (evidence.Reply, error) {
	var rep evidence.Reply
	for size := 0; ; {
		line, err := r.line()
		if err != nil {
			if len(line) >= 3 {
				_, _ = add(&rep, line) // the part that came is evidence, whatever it is
			}
			return rep, err
		}
		if size += len(line); size > MaxReply {
			return rep, ErrTooLong
		}
		last, err := add(&rep, line)
		if err != nil || last {
			return rep, err
		}
	}
}

// line reads one line with its end. What came of a line that was not finished
// is returned with the error.
func (r *Reader) line() ([]byte, error) {
	for n := 1; n <= 4; n++ {
		b, err := r.br.Peek(n)
		if !canStart(b) {
			return nil, ErrNotReply
		}
		if err != nil {
			break // ReadSlice below returns it with the part that came
		}
		if b[n-1] == '\n' {
			break
		}
	}
	line, err := r.br.ReadSlice('\n')
	if !errors.Is(err, bufio.ErrBufferFull) {
		return line, err
	}
	long := bytes.Clone(line)
	for errors.Is(err, bufio.ErrBufferFull) && len(long) <= MaxLine {
		line, err = r.br.ReadSlice('\n')
		long = append(long, line...)
	}
	if len(long) > MaxLine {
		return long, ErrTooLong
	}
	return long, err
}

// canStart reports whether b, up to four bytes, can begin a reply line:
// three digits, then a blank, a hyphen or the end (RFC 5321 4.2).
func canStart(b []byte) bool {
	for i, c := range b {
		switch {
		case i < 3 && (c < '0' || c > '9'):
			return false
		case i == 3 && c != ' ' && c != '-' && c != '\r' && c != '\n':
			return false
		}
	}
	return true
}

// add appends a line to rep and reports whether it was the last one.
func add(rep *evidence.Reply, line []byte) (last bool, err error) {
	text := strings.TrimSuffix(string(line), "\n")
	quirk(rep, BareLF, len(text) < len(line) && !strings.HasSuffix(text, "\r"))
	text = strings.TrimSuffix(text, "\r")
	if len(text) < 3 || !canStart([]byte(text[:min(4, len(text))])) {
		return false, ErrNotReply
	}
	code := int(text[0]-'0')*100 + int(text[1]-'0')*10 + int(text[2]-'0')
	quirk(rep, MixedCodes, len(rep.Lines) > 0 && rep.Code != code)
	rep.Code = code
	more := len(text) > 3 && text[3] == '-'
	text = text[min(4, len(text)):]
	rep.Lines = append(rep.Lines, text)
	if rep.Enhanced == "" {
		rep.Enhanced = enhanced(code, text)
	}
	quirk(rep, LongLine, len(line) > longLine)
	quirk(rep, ManyLines, len(rep.Lines) > manyLine)
	quirk(rep, NotASCII, strings.ContainsFunc(text, func(c rune) bool { return c >= utf8.RuneSelf }))
	quirk(rep, Control, strings.ContainsFunc(text, func(c rune) bool { return c < ' ' && c != '\t' || c == 0x7f }))
	quirk(rep, NoText, !more && len(rep.Lines) == 1 && text == "")
	return !more, nil
}

func quirk(rep *evidence.Reply, name string, holds bool) {
	if holds && !slices.Contains(rep.Quirks, name) {
		rep.Quirks = append(rep.Quirks, name)
	}
}

// enhanced returns the enhanced status code that text begins with (RFC 3463),
// if it fits the class of code; a version number such as "5.2.1" after 220
// does not.
func enhanced(code int, text string) string {
	word, _, _ := strings.Cut(text, " ")
	parts := strings.Split(word, ".")
	if len(parts) != 3 || len(parts[0]) != 1 || int(parts[0][0]-'0') != code/100 {
		return ""
	}
	for _, p := range parts[1:] {
		if len(p) < 1 || len(p) > 3 || strings.Trim(p, "0123456789") != "" {
			return ""
		}
	}
	return word
}

// Extensions reads the reply to EHLO (RFC 5321 4.1.1.1): the domain, then a
// keyword a line. "AUTH=LOGIN", the form of Exchange before 2003 that some
// servers still add, counts as AUTH.
func Extensions(rep evidence.Reply) evidence.Extensions {
	var x evidence.Extensions
	for i, line := range rep.Lines {
		name, params, _ := strings.Cut(strings.TrimSpace(line), " ")
		if i == 0 {
			x.Domain = name
			continue
		}
		if name == "" {
			continue
		}
		name = strings.ToUpper(name)
		if mech, ok := strings.CutPrefix(name, "AUTH="); ok {
			name, params = "AUTH", strings.TrimSpace(mech+" "+params)
		}
		x.Keywords = append(x.Keywords, evidence.Keyword{Name: name, Params: strings.TrimSpace(params), Raw: line})
	}
	return x
}

// Has reports whether x lists the keyword, given in upper case.
func Has(x *evidence.Extensions, keyword string) bool {
	return x != nil && slices.ContainsFunc(x.Keywords, func(k evidence.Keyword) bool { return k.Name == keyword })
}

// Mechanisms are the SASL mechanisms that an EHLO answer offers (RFC 4954 3),
// upper case, in the order of first mention. The form "AUTH=LOGIN" counts, and
// so do several AUTH lines. Nil offers none.
func Mechanisms(x *evidence.Extensions) []string {
	out := []string{}
	if x == nil {
		return out
	}
	for _, k := range x.Keywords {
		list, ok := authParams(k)
		if !ok {
			continue
		}
		for _, m := range strings.Fields(strings.ToUpper(list)) {
			m = strings.TrimPrefix(m, "=")
			if m != "" && !slices.Contains(out, m) {
				out = append(out, m)
			}
		}
	}
	return out
}

// authParams takes the old form, too, for recordings that hold it as it came.
func authParams(k evidence.Keyword) (string, bool) {
	if strings.EqualFold(k.Name, "AUTH") {
		return k.Params, true
	}
	if len(k.Name) > 5 && strings.EqualFold(k.Name[:5], "AUTH=") {
		return k.Name[5:] + " " + k.Params, true
	}
	return "", false
}
