package message

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"mime/quotedprintable"
	"net/mail"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"
)

const run = "k3jq7xv2mabc"

func draft() Draft {
	return Draft{
		From: "Shop <shop@example.org>", To: []string{"ops@example.net"}, Run: run, Version: "1.2.3",
		Now: time.Date(2026, 11, 26, 16, 59, 8, 0, time.FixedZone("CET", 3600)), Channel: ".env, Laravel, smtp.example.org:587",
	}
}

func TestCompose(t *testing.T) {
	t.Parallel()
	b, err := Compose(draft())
	if err != nil {
		t.Fatal(err)
	}
	const want = `Auto-Submitted: auto-generated
Date: Thu, 26 Nov 2026 16:59:08 +0100
Importance: low
MIME-Version: 1.0
Message-ID: <k3jq7xv2mabc.1795708748@example.org>
Priority: non-urgent
Subject: maildoctor test message k3jq7xv2mabc
X-Auto-Response-Suppress: All
X-Maildoctor-Run: k3jq7xv2mabc
X-Mailer: maildoctor/1.2.3
X-Priority: 5
From: "Shop" <shop@example.org>
To: <ops@example.net>
Content-Transfer-Encoding: 7bit
Content-Type: text/plain; charset=UTF-8

This is a test message. No reply is needed, and it may be deleted.

It was asked for with the command "maildoctor send", to see whether mail
arrives by this way:

    by:  .env, Laravel, smtp.example.org:587
    at:  Thu, 26 Nov 2026 16:59:08 +0100
    run: k3jq7xv2mabc
`
	if got := string(b.Bytes); got != strings.ReplaceAll(want, "\n", "\r\n") {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
	_, text, _ := strings.Cut(want, "\n\n")
	if b.MessageID != run+".1795708748@example.org" || b.Subject != "maildoctor test message "+run || b.Text != text ||
		b.From != "shop@example.org" || !slices.Equal(b.To, []string{"ops@example.net"}) || b.HidBcc {
		t.Errorf("got %+v", b)
	}
}

// TestComposeTellsNothing: the machine and the library stay unnamed, and the
// same draft is the same message.
func TestComposeTellsNothing(t *testing.T) {
	t.Parallel()
	host, err := os.Hostname()
	if err != nil {
		t.Fatal(err)
	}
	d := draft()
	d.Version = ""
	one, err := Compose(d)
	if err != nil {
		t.Fatal(err)
	}
	two, err := Compose(d)
	if err != nil || !bytes.Equal(one.Bytes, two.Bytes) {
		t.Errorf("two messages of one draft differ: %v", err)
	}
	for _, word := range []string{host, "go-mail", "wneessen", "User-Agent", "Precedence", "X-MSMail", "localhost"} {
		if bytes.Contains(bytes.ToLower(one.Bytes), []byte(strings.ToLower(word))) {
			t.Errorf("the message has %q in it:\n%s", word, one.Bytes)
		}
	}
	if !bytes.Contains(one.Bytes, []byte("\r\nX-Mailer: maildoctor\r\n")) {
		t.Errorf("X-Mailer: got\n%s", one.Bytes)
	}
}

// TestComposeReadsBack: an independent reader sees what was asked for.
func TestComposeReadsBack(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]func(*Draft){
		"plain":            func(*Draft) {},
		"several":          func(d *Draft) { d.To = []string{"a@x.test", "B <b@y.test>", "a@x.test", "c@z.test"} },
		"names":            func(d *Draft) { d.From = "Jörg Müller <jm@example.org>"; d.To = []string{`"Doe, \"J\"" <j@x.test>`} },
		"long names":       func(d *Draft) { d.From = strings.Repeat("Größe ", 60) + "<g@example.org>" },
		"many blanks":      func(d *Draft) { d.From = `"A` + strings.Repeat(" ", 300) + `B" <a@example.org>` },
		"encoded name":     func(d *Draft) { d.From = "=?utf-8?q?J=C3=B6rg?= <j@example.org>" },
		"idn":              func(d *Draft) { d.From = "shop@bücher.example"; d.To = []string{"Ops <ops@日本.test>"} },
		"utf-8 local":      func(d *Draft) { d.From = "müller@bücher.example" },
		"quoted local":     func(d *Draft) { d.From = `"john doe"@example.org`; d.To = []string{`"a,b;c>\"@\\"@x.test`} },
		"literal":          func(d *Draft) { d.From = "a@[192.0.2.1]" },
		"reply to":         func(d *Draft) { d.ReplyTo = "Büro <office@bücher.example>" },
		"domain":           func(d *Draft) { d.Domain = "Bücher.example" },
		"subject":          func(d *Draft) { d.Subject = "Hello, world" },
		"utf-8 subject":    func(d *Draft) { d.Subject = strings.Repeat("Grüße aus 東京 🎉 ", 12) },
		"wide subject":     func(d *Draft) { d.Subject = "a" + strings.Repeat("🎉", 40) },
		"encoded subject":  func(d *Draft) { d.Subject = "literally =?utf-8?q?x?=" },
		"blanks subject":   func(d *Draft) { d.Subject = "  a" + strings.Repeat(" ", 200) + "b " },
		"long word":        func(d *Draft) { d.Subject = strings.Repeat("x", 900) },
		"long words":       func(d *Draft) { d.Subject = strings.Repeat("word ", 150) + "end" },
		"text":             func(d *Draft) { d.Text = "one\r\ntwo\nthree\rfour\r\n" },
		"utf-8 text":       func(d *Draft) { d.Text = "Grüße\n.\n..\nFrom here\n\ttab and blank \n" + strings.Repeat("ü", 600) },
		"equals signs":     func(d *Draft) { d.Text = "a=3D b=\n" },
		"long line":        func(d *Draft) { d.Text = strings.Repeat("word ", 3000) },
		"one newline":      func(d *Draft) { d.Text = "\n" },
		"channel":          func(d *Draft) { d.Channel = "Größe=1, " + strings.Repeat("x", 500) },
		"no channel":       func(d *Draft) { d.Channel = "" },
		"long domain":      func(d *Draft) { d.From = "a@" + strings.Repeat(strings.Repeat("x", 60)+".", 3) + "example.org" },
		"long quoted name": func(d *Draft) { d.From = `"` + strings.Repeat("word ", 40) + `" <a@example.org>` },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := draft()
			c(&d)
			b, err := Compose(d)
			if err != nil {
				t.Fatal(err)
			}
			readBack(t, d, b)
			again, err := Parse(b.Bytes)
			if err != nil || again.From != b.From || !slices.Equal(again.To, b.To) || again.MessageID != b.MessageID || !bytes.Equal(again.Bytes, b.Bytes) {
				t.Errorf("parsed again: got %+v, %v, want %+v", again, err, b)
			}
		})
	}
}

// readBack checks a message with the standard library's reader alone.
func readBack(t *testing.T, d Draft, b *Built) {
	t.Helper()
	m, err := mail.ReadMessage(bytes.NewReader(b.Bytes))
	if err != nil {
		t.Fatalf("%v in\n%s", err, b.Bytes)
	}
	for name, values := range m.Header {
		if len(values) != 1 {
			t.Errorf("%s stands %d times", name, len(values))
		}
	}
	sameAddresses(t, m, "From", []string{d.From})
	var to []string
	for _, s := range d.To {
		if !slices.Contains(to, s) {
			to = append(to, s)
		}
	}
	sameAddresses(t, m, "To", to)
	if d.ReplyTo != "" {
		sameAddresses(t, m, "Reply-To", []string{d.ReplyTo})
	}
	if got, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject")); err != nil || d.Subject != "" && got != d.Subject || got != b.Subject {
		t.Errorf("subject: got %q, %v, want %q", got, err, d.Subject)
	}
	if when, err := m.Header.Date(); err != nil || !when.Equal(d.Now) {
		t.Errorf("date: got %v, %v", when, err)
	}
	if id := m.Header.Get("Message-ID"); id != "<"+b.MessageID+">" || !strings.HasPrefix(id, "<"+run+".") {
		t.Errorf("message id: got %q", id)
	}
	body := m.Body
	if m.Header.Get("Content-Transfer-Encoding") == "quoted-printable" {
		body = quotedprintable.NewReader(m.Body)
	}
	text, err := io.ReadAll(body)
	want := strings.TrimRight(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(d.Text), "\n") + "\n"
	if got := strings.ReplaceAll(string(text), "\r\n", "\n"); err != nil || got != b.Text || d.Text != "" && got != want {
		t.Errorf("text: got %q, %v, want %q", got, err, want)
	}
	if d.Text == "" && (!strings.Contains(b.Text, d.Run) || !strings.Contains(b.Text, d.Channel) || !strings.Contains(b.Text, "+0100")) {
		t.Errorf("text: got %q, without run, channel or zone", b.Text)
	}
	if bytes.Contains(b.Bytes, []byte("\r\nSubject:\r\n")) {
		t.Errorf("the subject begins on a second line:\n%s", b.Bytes)
	}
	if bytes.Contains(bytes.ReplaceAll(b.Bytes, []byte("\r\n"), nil), []byte("\n")) || bytes.Contains(b.Bytes, []byte("\r\r")) || !bytes.HasSuffix(b.Bytes, []byte("\r\n")) {
		t.Error("a line end is not CRLF")
	}
	for line := range strings.SplitSeq(string(b.Bytes), "\r\n") {
		if len(line) > 998 || line != "" && strings.TrimSpace(line) == "" && d.Text == "" {
			t.Errorf("a line that is too long, or of blanks only: %q", line)
		}
	}
}

func sameAddresses(t *testing.T, m *mail.Message, header string, want []string) {
	t.Helper()
	got, err := m.Header.AddressList(header)
	if err != nil || len(got) != len(want) {
		t.Errorf("%s: got %v, %v, want %q", header, got, err, want)
		return
	}
	for i, a := range got {
		w, err := mail.ParseAddress(want[i])
		if err != nil {
			t.Fatal(err)
		}
		local, _, _ := strings.Cut(w.Address, "@")
		if a.Name != strings.Join(strings.Fields(w.Name), " ") || !strings.HasPrefix(a.Address, local) {
			t.Errorf("%s: got %v, want %v", header, a, w)
		}
	}
}

// TestComposeRefuses: no argument writes a header field, and each error names
// the field that is wrong.
func TestComposeRefuses(t *testing.T) {
	t.Parallel()
	set := map[string]func(*Draft, string){
		"from":     func(d *Draft, s string) { d.From = s },
		"to":       func(d *Draft, s string) { d.To = []string{"a@x.test", s} },
		"reply-to": func(d *Draft, s string) { d.ReplyTo = s },
		"subject":  func(d *Draft, s string) { d.Subject = s },
		"run":      func(d *Draft, s string) { d.Run = s },
		"version":  func(d *Draft, s string) { d.Version = s },
		"domain":   func(d *Draft, s string) { d.Domain = s },
		"channel":  func(d *Draft, s string) { d.Channel = s },
	}
	for field, put := range set {
		for _, bad := range []string{"\r", "\n", "\r\nBcc: x@x.test", "\x00", "\x1b[31m", "\x7f", "\u0085", "\xff"} {
			for _, value := range []string{"a@x.test" + bad, "Name" + bad + " <a@x.test>", bad + "a@x.test"} {
				d := draft()
				put(&d, value)
				b, err := Compose(d)
				if err == nil || !strings.HasPrefix(err.Error(), field+": ") {
					t.Errorf("%s %q: got %v, %v", field, value, b, err)
				} else if strings.ContainsAny(bad, "\r\n") != strings.Contains(err.Error(), "line break") {
					t.Errorf("%s %q: got %v", field, value, err)
				}
			}
		}
	}
	for name, c := range map[string]struct {
		set  func(*Draft)
		want string
	}{
		"no sender":         {func(d *Draft) { d.From = "" }, "from: the mail address is empty"},
		"null sender":       {func(d *Draft) { d.From = "<>" }, "from: "},
		"no recipient":      {func(d *Draft) { d.To = nil }, "to: there is no recipient"},
		"empty recipient":   {func(d *Draft) { d.To = []string{""} }, "to: the mail address is empty"},
		"many":              {func(d *Draft) { d.To = slices.Repeat([]string{"a@x.test"}, 101) }, "to: there are 101 recipients"},
		"hidden newline":    {func(d *Draft) { d.From = "=?utf-8?q?a=0D=0ABcc=3A_x?= <a@x.test>" }, "from: the name in"},
		"no run":            {func(d *Draft) { d.Run = "" }, "run: "},
		"run":               {func(d *Draft) { d.Run = "a@b>" }, "run: "},
		"version":           {func(d *Draft) { d.Version = "1 2" }, "version: "},
		"no time":           {func(d *Draft) { d.Now = time.Time{} }, "now: "},
		"domain":            {func(d *Draft) { d.Domain = "a b" }, "domain of the message id: "},
		"domain with at":    {func(d *Draft) { d.Domain = "a@b.test" }, "domain of the message id: "},
		"domain is URL":     {func(d *Draft) { d.Domain = "smtp://b.test" }, "domain of the message id: "},
		"domain is literal": {func(d *Draft) { d.Domain = "[b.test]" }, "domain of the message id: \"[b.test]\" is no IPv4 address"},
		"long subject":      {func(d *Draft) { d.Subject = strings.Repeat("x", 999) }, "subject: "},
		"text NUL":          {func(d *Draft) { d.Text = "a\x00" }, "text: it has a NUL"},
		"text latin 1":      {func(d *Draft) { d.Text = "a\xfc" }, "text: it is not UTF-8"},
		"text huge":         {func(d *Draft) { d.Text = strings.Repeat("x", maxSize+1) }, "text: it has 26214401 bytes"},
	} {
		d := draft()
		c.set(&d)
		if b, err := Compose(d); err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s: got %v, %v, want %q", name, b, err, c.want)
		}
	}
}

func TestNewRun(t *testing.T) {
	t.Parallel()
	got, err := NewRun(strings.NewReader("\x00\x44\x32\x14\xc7\x42\x54\xb6"))
	if err != nil || got != "abcdefghijkl" {
		t.Errorf("got %q, %v", got, err)
	}
	if !isRun(got) || len(got) != 12 {
		t.Errorf("%q is no run", got)
	}
	if _, err := NewRun(strings.NewReader("short")); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("short: got %v", err)
	}
	broken := errors.New("broken")
	if _, err := NewRun(iotest.ErrReader(broken)); !errors.Is(err, broken) {
		t.Errorf("broken: got %v", err)
	}
	if got := IdempotencyKey(run); got != "maildoctor-"+run {
		t.Errorf("got %q", got)
	}
}
