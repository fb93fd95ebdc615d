package wire

import (
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/maildoctor/maildoctor/internal/evidence"
)

func TestReadReply(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		in   string
		want evidence.Reply
		err  error
	}{
		{"220 mail ESMTP\r\n", evidence.Reply{Code: 220, Lines: []string{"mail ESMTP"}}, nil},
		{"220-a\r\n220-b\r\n220 c\r\n", evidence.Reply{Code: 220, Lines: []string{"a", "b", "c"}}, nil},
		{"220\r\n", evidence.Reply{Code: 220, Lines: []string{""}, Quirks: []string{NoText}}, nil},
		{"250-x\r\n250\r\n", evidence.Reply{Code: 250, Lines: []string{"x", ""}}, nil},
		{"220 lf\n", evidence.Reply{Code: 220, Lines: []string{"lf"}, Quirks: []string{BareLF}}, nil},
		{"535 5.7.8 no\r\n", evidence.Reply{Code: 535, Enhanced: "5.7.8", Lines: []string{"5.7.8 no"}}, nil},
		{"220 5.2.1 ready\r\n", evidence.Reply{Code: 220, Lines: []string{"5.2.1 ready"}}, nil},
		{"550 5.7.1399 x\r\n", evidence.Reply{Code: 550, Lines: []string{"5.7.1399 x"}}, nil},
		{"250-a\r\n220 b\r\n", evidence.Reply{Code: 220, Lines: []string{"a", "b"}, Quirks: []string{MixedCodes}}, nil},
		{"220 \x1b[31mred\r\n", evidence.Reply{Code: 220, Lines: []string{"\x1b[31mred"}, Quirks: []string{Control}}, nil},
		{"220 bo\xeete\r\n", evidence.Reply{Code: 220, Lines: []string{"bo\xeete"}, Quirks: []string{NotASCII}}, nil},
		{"220 half a li", evidence.Reply{Code: 220, Lines: []string{"half a li"}}, io.EOF},
		{"220-one\r\n", evidence.Reply{Code: 220, Lines: []string{"one"}}, io.EOF},
		{"", evidence.Reply{}, io.EOF},
		{"22", evidence.Reply{}, io.EOF},
		{"* OK IMAP4\r\n", evidence.Reply{}, ErrNotReply},
		{"\x16\x03\x01", evidence.Reply{}, ErrNotReply},
		{"HTTP/1.1 400 Bad Request\r\n", evidence.Reply{}, ErrNotReply},
		{"2200 four digits\r\n", evidence.Reply{}, ErrNotReply},
		{"12\r\n", evidence.Reply{}, ErrNotReply},
		{"220-a\r\nnonsense\r\n", evidence.Reply{Code: 220, Lines: []string{"a"}}, ErrNotReply},
	} {
		for name, r := range map[string]io.Reader{"whole": strings.NewReader(c.in), "byte by byte": iotest.OneByteReader(strings.NewReader(c.in))} {
			got, err := NewReader(r).ReadReply()
			if !errors.Is(err, c.err) || !reflect.DeepEqual(got, c.want) {
				t.Errorf("%s %q: got %+v, %v, want %+v, %v", name, c.in, got, err, c.want, c.err)
			}
		}
	}
}

func TestReadReplyIsBounded(t *testing.T) {
	t.Parallel()
	for name, in := range map[string]string{
		"line":    "220 " + strings.Repeat("x", 4*MaxReply),
		"endless": strings.Repeat("220-wait\r\n", MaxReply/8),
	} {
		r := strings.NewReader(in)
		rep, err := NewReader(r).ReadReply()
		if !errors.Is(err, ErrTooLong) || len(in)-r.Len() > MaxReply+2*MaxLine {
			t.Errorf("%s: read %d bytes, %d lines, %v, want %v", name, len(in)-r.Len(), len(rep.Lines), err, ErrTooLong)
		}
	}
	rep, _ := NewReader(strings.NewReader("220 " + strings.Repeat("x", 600) + "\r\n")).ReadReply()
	if !reflect.DeepEqual(rep.Quirks, []string{LongLine}) {
		t.Errorf("quirks of 600 octets: %v", rep.Quirks)
	}
}

func TestBufferedIsWhatCameBeyond(t *testing.T) {
	t.Parallel()
	r := NewReader(strings.NewReader("220 go ahead\r\n250 injected\r\n"))
	if _, err := r.ReadReply(); err != nil || string(r.Buffered()) != "250 injected\r\n" {
		t.Errorf("buffered %q, %v", r.Buffered(), err)
	}
}

func TestExtensions(t *testing.T) {
	t.Parallel()
	rep, err := NewReader(strings.NewReader("250-mail.example.org greets you\r\n250-size 1000\r\n250-AUTH LOGIN plain\r\n250-AUTH=LOGIN PLAIN\r\n250-\r\n250 XXXXXXXA\r\n")).ReadReply()
	x := Extensions(rep)
	want := evidence.Extensions{Domain: "mail.example.org", Keywords: []evidence.Keyword{
		{Name: "SIZE", Params: "1000", Raw: "size 1000"},
		{Name: "AUTH", Params: "LOGIN plain", Raw: "AUTH LOGIN plain"},
		{Name: "AUTH", Params: "LOGIN PLAIN", Raw: "AUTH=LOGIN PLAIN"},
		{Name: "XXXXXXXA", Raw: "XXXXXXXA"},
	}}
	if err != nil || !reflect.DeepEqual(x, want) {
		t.Errorf("got %+v, %v, want %+v", x, err, want)
	}
	if !Has(&x, "SIZE") || Has(&x, "STARTTLS") || Has(nil, "SIZE") {
		t.Error("Has is wrong")
	}
}

// FuzzReadReply: whatever is read as a whole reply prints to a reply that
// reads back as the same.
func FuzzReadReply(f *testing.F) {
	for _, s := range []string{"220 a\r\n", "250-x\r\n250 y\r\n", "535 5.7.8 no\r\n", "220\n", "250-a\r\n220 b\r\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		rep, err := NewReader(strings.NewReader(s)).ReadReply()
		if err != nil {
			return
		}
		Extensions(rep)
		again, err := NewReader(strings.NewReader(print(rep))).ReadReply()
		if err != nil || !reflect.DeepEqual(again.Lines, rep.Lines) || again.Code != rep.Code {
			t.Errorf("%q: %+v reads back as %+v, %v", s, rep, again, err)
		}
	})
}

func print(rep evidence.Reply) string {
	var b strings.Builder
	for i, l := range rep.Lines {
		sep := "-"
		if i == len(rep.Lines)-1 {
			sep = " "
		}
		b.WriteString(string([]byte{byte('0' + rep.Code/100), byte('0' + rep.Code/10%10), byte('0' + rep.Code%10)}) + sep + l + "\r\n")
	}
	return b.String()
}

func TestMechanisms(t *testing.T) {
	t.Parallel()
	for lines, want := range map[string]string{
		"":                                       "",
		"SIZE 1":                                 "",
		"AUTH":                                   "",
		"AUTH PLAIN LOGIN":                       "PLAIN LOGIN",
		"auth login plain":                       "LOGIN PLAIN",
		"AUTH=LOGIN PLAIN":                       "LOGIN PLAIN",
		"AUTH =LOGIN":                            "LOGIN",
		"AUTH PLAIN|AUTH=LOGIN":                  "PLAIN LOGIN",
		"AUTH SCRAM-SHA-1-PLUS|AUTH SCRAM-SHA-1": "SCRAM-SHA-1-PLUS SCRAM-SHA-1",
	} {
		x := Extensions(evidence.Reply{Lines: append([]string{"mail.example.test"}, strings.Split(lines, "|")...)})
		if got := strings.Join(Mechanisms(&x), " "); got != want {
			t.Errorf("%q offers %q, want %q", lines, got, want)
		}
	}
	if got := Mechanisms(nil); len(got) != 0 {
		t.Errorf("nil offers %q", got)
	}
}
