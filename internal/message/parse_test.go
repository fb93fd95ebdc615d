package message

import (
	"bytes"
	"net/mail"
	"slices"
	"strings"
	"testing"
)

const eml = `From: Shop <shop@example.org>
To: a@x.test, "B, C" <b@y.test>
Cc: =?iso-8859-1?Q?J=F6rg?= <c@bücher.example>
Bcc: hidden@z.test,
 more@z.test
bcc : third@z.test
Message-ID: <1@example.org>
Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=
  and more
Resent-Bcc: fourth@z.test
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

Bcc: this is text
Gr=FC=DFe
`

// mixed is a message as mail programs write it: text and HTML with an image,
// and a file.
const mixed = `Received: from x by y
DKIM-Signature: v=1
From: =?utf-8?q?M=C3=BCller=2C_Max?= <max@example.org>
To: Ann <a@x.test>, b@y.test
Cc: c@z.test
Bcc: d@z.test
Reply-To: Office <office@example.org>
Date: Thu, 26 Nov 2026 16:59:08 +0100
Message-ID: <1@example.org>
Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=
List-Unsubscribe: <https://example.org/u>,
 <mailto:u@example.org>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=m

preamble
--m
Content-Type: multipart/related; boundary=r

--r
Content-Type: multipart/alternative; boundary=a

--a
Content-Type: text/plain; charset=windows-1252
Content-Transfer-Encoding: 8bit

5 ` + "\x80" + `
--a
Content-Type: text/html; charset=UTF-8
Content-Transfer-Encoding: quoted-printable

<img src=3D"cid:1@x">
--a--
--r
Content-Type: image/png
Content-ID: <1@x>
Content-Transfer-Encoding: base64

iVBO
Rw==
--r--
--m
Content-Type: text/plain; charset=UTF-8
Content-Disposition: attachment; filename*=utf-8''r%C3%A9sum%C3%A9.txt

file
--m
Content-Type: application/pdf; name="=?utf-8?q?Gr=C3=B6=C3=9Fe.pdf?="

pdf
--m--
`

func TestParse(t *testing.T) {
	t.Parallel()
	b, err := Parse([]byte(strings.ReplaceAll(eml, "bücher", "xn--bcher-kva")))
	if err != nil {
		t.Fatal(err)
	}
	want := strings.ReplaceAll(eml, "bücher", "xn--bcher-kva")
	for _, gone := range []string{"Bcc: hidden@z.test,\n more@z.test\n", "bcc : third@z.test\n", "Resent-Bcc: fourth@z.test\n"} {
		want = strings.Replace(want, gone, "", 1)
	}
	if got := string(b.Bytes); got != strings.ReplaceAll(want, "\n", "\r\n") {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
	if b.MessageID != "1@example.org" || b.Subject != "Grüße  and more" || b.Text != "Bcc: this is text\nGrüße\n" || b.From != "shop@example.org" || !b.HidBcc {
		t.Errorf("got %+v", b)
	}
	if to := []string{"a@x.test", "b@y.test", "c@xn--bcher-kva.example", "hidden@z.test", "more@z.test", "third@z.test"}; !slices.Equal(b.To, to) {
		t.Errorf("to: got %q, want %q", b.To, to)
	}
}

// TestParseLineEnds: whatever ends the lines, the same message is sent.
func TestParseLineEnds(t *testing.T) {
	t.Parallel()
	lines := []string{"From: a@x.test", "To: b@y.test,", "\tc@y.test", "Bcc: d@y.test,", " e@y.test", "", ".one", "", "two", ""}
	want := "From: a@x.test\r\nTo: b@y.test,\r\n\tc@y.test\r\n\r\n.one\r\n\r\ntwo\r\n"
	for name, ends := range map[string][]string{
		"LF": {"\n"}, "CRLF": {"\r\n"}, "CR": {"\r"}, "converted twice": {"\r\r\n"}, "mixed": {"\n", "\r\n"}, // A CR before an empty line that ends in LF or CRLF cannot be told from one
		// that a conversion left.
		"mixed with CR": {"\r", "\n", "\r\n", "\r", "\r\n", "\n", "\n", "\r\n"},
	} {
		for _, last := range []bool{true, false} {
			var in strings.Builder
			for i, l := range lines[:len(lines)-1] {
				in.WriteString(l)
				if last || i < len(lines)-2 {
					in.WriteString(ends[i%len(ends)])
				}
			}
			b, err := Parse([]byte(in.String()))
			if err != nil || string(b.Bytes) != want || !slices.Equal(b.To, []string{"b@y.test", "c@y.test", "d@y.test", "e@y.test"}) {
				t.Errorf("%s, last line ended %t: got %+v, %v", name, last, b, err)
			}
		}
	}
}

func TestParseEnvelope(t *testing.T) {
	t.Parallel()
	for header, want := range map[string]struct {
		from string
		to   []string
	}{
		"From: a@x.test": {"a@x.test", nil},
		"From: a@x.test\nTo: undisclosed-recipients:;":                       {"a@x.test", nil},
		"From: a@x.test\nTo: team: b@y.test, C <c@y.test>;\nBcc:":            {"a@x.test", []string{"b@y.test", "c@y.test"}},
		"From: a@x.test\nSender: S <s@x.test>\nTo: b@y.test":                 {"s@x.test", []string{"b@y.test"}},
		"From: a@x.test, b@x.test\nSender: b@x.test":                         {"b@x.test", nil},
		"FROM: a@x.test\nTO: b@y.test\nto: B@Y.test, b@y.test\ncC: d@y.test": {"a@x.test", []string{"b@y.test", "B@y.test", "d@y.test"}},
		"From:\n a@x.test\nTo:\n\tb@y.test\n ,\n c@y.test":                   {"a@x.test", []string{"b@y.test", "c@y.test"}},
		"From: J\xf6rg <a@x.test>":                                           {"a@x.test", nil},
		"From: =?x-unknown?q?J?= <a@x.test>":                                 {"a@x.test", nil},
	} {
		b, err := Parse([]byte(header + "\n\nx"))
		if err != nil || b.From != want.from || !slices.Equal(b.To, want.to) {
			t.Errorf("%q: got %+v, %v, want %+v", header, b, err, want)
		}
	}
}

func TestParseText(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"\n\none\n":                         "one\n",
		"":                                  "",
		"\nContent-Type: text/html\n\n<p>x": "",
		"\nContent-Type: ;;\n\nx":           "",
		"\nContent-Type: text/plain; charset=iso-2022-jp\n\nx":                                                  "",
		"\nContent-Transfer-Encoding: base64\n\nR3LDvMOfZQ==\n":                                                 "Grüße",
		"\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\none\n--b\nContent-Type: text/html\n\n<p>\n--b--": "one",
		"\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\ncut off":                                         "",
	} {
		b, err := Parse([]byte("From: a@x.test" + in))
		if err != nil || b.Text != want {
			t.Errorf("%q: got %+v, %v, want %q", in, b, err, want)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ in, want string }{
		"empty":             {"", "the message is empty"},
		"blank":             {" \r\n\n\t", "the message is empty"},
		"no header":         {"\nFrom: a@x.test\n", "the message has no header"},
		"text only":         {"Hello,\n\nFrom: a@x.test\n", `line 1, "Hello,", is no header field`},
		"no empty line":     {"From: a@x.test\nHello world\n", `line 2, "Hello world", is no header field`},
		"bad name":          {"From: a@x.test\nMy Name: x\n", "line 2"},
		"no name":           {"From: a@x.test\n: x\n", "line 2"},
		"folded first":      {" From: a@x.test\n\nx", "line 1 goes on"},
		"NUL":               {"From: a@x.test\n\none\ntwo\x00\n", "line 4 has a NUL byte"},
		"UTF-16":            {"\xff\xfeF\x00r\x00o\x00m\x00:\x00", "line 1 has a NUL byte"},
		"mark":              {"\xef\xbb\xbfFrom: a@x.test\n\n", "byte order mark"},
		"mailbox":           {"From a@x.test Thu Nov 26 15:59:08 2026\nFrom: a@x.test\n\nx", `line 1 is a mailbox file's "From " line`},
		"huge":              {"From: a@x.test\n\n" + strings.Repeat("x\r\n", maxSize/3), "bytes; 26214400 are allowed"},
		"huge with CRLF":    {"From: a@x.test\n\n" + strings.Repeat(strings.Repeat("x", 255)+"\n", maxSize/256-1), "with its line ends; 26214400 are allowed"},
		"huge header":       {"From: a@x.test\n" + strings.Repeat(" \n", maxHeader), "the header is longer than 1048576 bytes at line 349"},
		"long line":         {"From: a@x.test\r\n\r\none\r\n" + strings.Repeat("x", 999) + "\r\n", "line 4 has 999 bytes; 998 are allowed"},
		"long header":       {"From: a@x.test\nSubject: " + strings.Repeat("x", 990) + "\n\n", "line 2 has 999 bytes"},
		"no From":           {"To: a@x.test\n\nx", "the message has no From field"},
		"no From, Sender":   {"Sender: a@x.test\n\nx", "the message has no From field"},
		"empty From":        {"From:\nTo: a@x.test\n\nx", "the message has no From field"},
		"two From":          {"From: a@x.test\nTo: b@y.test\nfrom: c@x.test\n\nx", "line 3 is a second From field, beside line 1"},
		"two Sender":        {"From: a@x.test\nSender: b@y.test\nSender: c@x.test\n\nx", "line 3 is a second Sender field"},
		"From of two":       {"From: a@x.test, b@x.test\n\nx", "line 1: From names 2 mailboxes"},
		"From of none":      {"From: team:;\n\nx", "line 1: From names 0 mailboxes"},
		"Sender of two":     {"From: a@x.test\nSender: a@x.test, b@x.test\n\nx", "line 2: Sender names 2 mailboxes"},
		"From is a word":    {"Subject: x\nFrom: shop\n\nx", `line 2: From cannot be read as mail addresses: "shop"`},
		"To is a word":      {"From: a@x.test\nTo: b@y.test, ops\n\nx", "line 2: To cannot be read"},
		"Bcc is a word":     {"From: a@x.test\nBcc: ops\n\nx", "line 2: Bcc cannot be read"},
		"hidden character":  {"From: a@x.test\nTo: \u200bb@y.test\n\nx", "line 2: To: the mail address"},
		"latin 1 address":   {"From: a@x.test\nTo: j\xf6rg@y.test\n\nx", "line 2: To: the mail address"},
		"C1 character":      {"From: a@x.test\nTo: a\u0085b@y.test\n\nx", "line 2: To: the mail address"},
		"control character": {"From: a@x.test\nTo: \"a\x0bb\"@y.test\n\nx", "line 2: To"},
		"many":              {"From: a@x.test\nTo: " + manyAddresses(101) + "\n\nx", "names 101 recipients; 100 are allowed"},
	} {
		b, err := Parse([]byte(c.in))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %+v, %v, want %q", name, b, err, c.want)
		} else if len(err.Error()) > 500 {
			t.Errorf("%s: the error is %d bytes long", name, len(err.Error()))
		}
	}
	if _, err := Parse([]byte("From: a@x.test\n\n" + strings.Repeat(strings.Repeat("x", 253)+"\r\n", maxSize/255-1))); err != nil {
		t.Errorf("just below the limit: got %v", err)
	}
	if _, err := Parse([]byte("From: a@x.test\n\n" + strings.Repeat("x", 998))); err != nil {
		t.Errorf("a line of 998 bytes: got %v", err)
	}
}

func manyAddresses(n int) string {
	var out []string
	for i := range n {
		out = append(out, strings.Repeat("x", i%60+1)+string(rune('a'+i/60))+"@y.test")
	}
	return strings.Join(out, ",\n ")
}

// FuzzParse: what is sent has CRLF alone, no Bcc and no long line, reads as
// itself, and the standard library agrees on who it is from and to.
func FuzzParse(f *testing.F) {
	for _, s := range []string{eml, mixed, "From: a@x.test\r\rTo: b@y.test\r\n\nx", "From: a@x.test\nSender: b@x.test\nBcc: c@x.test\n d\n\n\n.\n",
		"From: a@x.test, b@x.test\n\n", "From: a@x.test\nTo: team: b@y.test;\n\n", "From: ü@x.test\nContent-Type: multipart/alternative; boundary=\"\"\n\n", "a:b\n \n\nx"} {
		f.Add([]byte(s))
	}
	if b, err := Compose(draft()); err == nil {
		f.Add(b.Bytes)
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		b, err := Parse(in)
		if err != nil {
			return
		}
		if bare := bytes.ReplaceAll(b.Bytes, []byte("\r\n"), nil); bytes.ContainsAny(bare, "\r\n\x00") || !bytes.HasSuffix(b.Bytes, []byte("\r\n")) {
			t.Errorf("a line end is not CRLF in %q", b.Bytes)
		}
		again, err := Parse(b.Bytes)
		if err != nil || !bytes.Equal(again.Bytes, b.Bytes) || again.From != b.From || again.MessageID != b.MessageID || again.Text != b.Text {
			t.Errorf("again: got %+v, %v, want %+v", again, err, b)
		}
		if m, err := mail.ReadMessage(bytes.NewReader(b.Bytes)); err == nil {
			if len(m.Header["Bcc"]) > 0 {
				t.Errorf("Bcc is sent: %q", b.Bytes)
			}
			if from, err := m.Header.AddressList("From"); err == nil && m.Header.Get("Sender") == "" && (len(from) != 1 || from[0].Name == "" && from[0].Address == "") {
				t.Errorf("the library reads From as %v of %q", from, b.Bytes)
			}
		}
		if r, err := b.ForResend(); err == nil && (len(r.To)+len(r.CC)+len(r.BCC) != len(b.To) || r.Text+r.HTML == "") {
			t.Errorf("for Resend: got %+v of %+v", r, b)
		}
	})
}
