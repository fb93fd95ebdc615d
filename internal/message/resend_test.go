package message

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
)

func TestForResend(t *testing.T) {
	t.Parallel()
	b, err := Parse([]byte(mixed))
	if err != nil {
		t.Fatal(err)
	}
	got, err := b.ForResend()
	want := &Resend{
		From: `"Müller, Max" <max@example.org>`, To: []string{"Ann <a@x.test>", "b@y.test"}, CC: []string{"c@z.test"}, BCC: []string{"d@z.test"},
		ReplyTo: "Office <office@example.org>", Subject: "Grüße", Text: "5 €", HTML: `<img src="cid:1@x">`,
		Headers: map[string]string{"List-Unsubscribe": "<https://example.org/u>, <mailto:u@example.org>"},
		Attachments: []Attachment{
			{Name: "attachment-1", Type: "image/png", ContentID: "1@x", Content: []byte("\x89PNG")},
			{Name: "résumé.txt", Type: "text/plain", Content: []byte("file")},
			{Name: "Größe.pdf", Type: "application/pdf", Content: []byte("pdf")},
		},
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v\nwant %+v", got, err, want)
	}
}

func TestForResendOfOurs(t *testing.T) {
	t.Parallel()
	d := draft()
	d.From, d.ReplyTo = "Jörg Müller <jm@bücher.example>", "r@x.test"
	b, err := Compose(d)
	if err != nil {
		t.Fatal(err)
	}
	r, err := b.ForResend()
	if err != nil {
		t.Fatal(err)
	}
	if r.From != "Jörg Müller <jm@xn--bcher-kva.example>" || !slices.Equal(r.To, b.To) || r.CC != nil || len(r.BCC) > 0 || r.ReplyTo != "r@x.test" ||
		r.Subject != b.Subject || r.Text != b.Text || r.HTML != "" || r.Attachments != nil {
		t.Errorf("got %+v of %+v", r, b)
	}
	headers := map[string]string{"Auto-Submitted": "auto-generated", "Importance": "low", "Priority": "non-urgent", "X-Priority": "5",
		"X-Auto-Response-Suppress": "All", "X-Maildoctor-Run": run, "X-Mailer": "maildoctor/1.2.3"}
	if !maps.Equal(r.Headers, headers) {
		t.Errorf("headers: got %v, want %v", r.Headers, headers)
	}
}

// TestForResendRecipients: the envelope decides who gets it, also where the
// caller has changed it.
func TestForResendRecipients(t *testing.T) {
	t.Parallel()
	const head = "From: a@x.test\n"
	for name, c := range map[string]struct {
		header  string
		to      []string // nil: as parsed
		want    Resend
		refused string
	}{
		"bcc alone":   {head + "Bcc: b@y.test", nil, Resend{To: []string{"b@y.test"}}, ""},
		"bcc of two":  {head + "Bcc: b@y.test, c@y.test", nil, Resend{}, "none of its recipients stands in To"},
		"cc alone":    {head + "Cc: b@y.test", nil, Resend{}, "none of its recipients stands in To"},
		"nobody":      {head + "Subject: x", nil, Resend{}, "it has no recipient"},
		"other":       {head + "To: b@y.test\nCc: c@y.test", []string{"z@y.test"}, Resend{To: []string{"z@y.test"}}, ""},
		"one of them": {head + "To: b@y.test, c@y.test", []string{"c@y.test"}, Resend{To: []string{"c@y.test"}}, ""},
		"both":        {head + "To: B <b@y.test>\nCc: b@y.test", nil, Resend{To: []string{"B <b@y.test>"}}, ""},
	} {
		b, err := Parse([]byte(c.header + "\n\nx"))
		if err != nil {
			t.Fatal(name, err)
		}
		if c.to != nil {
			b.To = c.to
		}
		r, err := b.ForResend()
		if c.refused != "" {
			if err == nil || !strings.Contains(err.Error(), c.refused) {
				t.Errorf("%s: got %+v, %v, want %q", name, r, err, c.refused)
			}
			continue
		}
		if err != nil || !slices.Equal(r.To, c.want.To) || !slices.Equal(r.CC, c.want.CC) || !slices.Equal(r.BCC, c.want.BCC) {
			t.Errorf("%s: got %+v, %v, want %+v", name, r, err, c.want)
		}
	}
}

func TestForResendRefuses(t *testing.T) {
	t.Parallel()
	const (
		head = "From: a@x.test\nTo: b@y.test\n"
		alt  = head + "Content-Type: multipart/alternative; boundary=b\n\n--b\n\none\n--b\n"
		mix  = head + "Content-Type: multipart/mixed; boundary=b\n\n--b\n\none\n--b\n"
	)
	for name, c := range map[string]struct{ in, want string }{
		"signed":            {head + "Content-Type: multipart/signed; boundary=b\n\n--b\n\none\n--b--\n", "it is signed"},
		"report":            {head + "Content-Type: multipart/report; boundary=b\n\n--b\n\none\n--b--\n", `"multipart/report"`},
		"invitation":        {alt + "Content-Type: text/calendar\n\nx\n--b--\n", `alternative of type "text/calendar"`},
		"two texts":         {mix + "\ntwo\n--b--\n", "more than one part of type text/plain"},
		"one after other":   {mix + "Content-Type: text/html\n\n<p>\n--b--\n", "one after the other"},
		"no boundary":       {head + "Content-Type: multipart/mixed\n\nx", "names no boundary"},
		"cut off":           {mix + "\n", "cannot be told apart"},
		"type":              {head + "Content-Type: ;;\n\nx", "Content-Type"},
		"encoding":          {head + "Content-Transfer-Encoding: x-uuencode\n\nx", `encoding "x-uuencode"`},
		"base64":            {head + "Content-Transfer-Encoding: base64\n\n!!!", "no base64"},
		"charset":           {head + "Content-Type: text/plain; charset=iso-2022-jp\n\nx", `charset "iso-2022-jp"`},
		"not its charset":   {head + "Content-Type: text/plain; charset=utf-8\n\n\xfc", "not in the charset"},
		"no text":           {head + "Content-Type: image/png\n\nx", "neither a plain text nor HTML"},
		"header alone":      {head, "neither a plain text nor HTML"},
		"sender":            {head + "Sender: s@x.test\n\nx", "its sender is not its author"},
		"authors":           {"From: a@x.test, s@x.test\nSender: s@x.test\nTo: b@y.test\n\nx", "its sender is not its author"},
		"two replies":       {head + "Reply-To: c@x.test, d@x.test\n\nx", "2 addresses in Reply-To"},
		"twice":             {head + "Comments: a\ncomments: b\n\nx", "more than one comments"},
		"control":           {head + "X-A: a\x1b[31m\n\nx", "control character"},
		"hidden subject":    {head + "Subject: =?utf-8?q?a=0D=0Ab?=\n\nx", "Subject has a control character"},
		"hidden name":       {"From: =?utf-8?q?a=0D=0Ab?= <a@x.test>\nTo: b@y.test\n\nx", ""},
		"charset of name":   {"From: =?x-none?q?a?= <a@x.test>\nTo: b@y.test\n\nx", "unknown charset"},
		"name of a file":    {mix + "Content-Disposition: attachment; filename*=utf-8''a%0Ab\n\nx\n--b--\n", "attachment 1"},
		"nested":            {head + nested(10), "nested more than 8 deep"},
		"hundreds of parts": {mix + strings.Repeat("Content-Disposition: attachment\n\nx\n--b\n", 300) + "\n--b--\n", "more than 200 parts"},
	} {
		b, err := Parse([]byte(c.in))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		r, err := b.ForResend()
		if name == "hidden name" {
			// A line break in a name becomes a blank.
			if err != nil || r.From != "a b <a@x.test>" {
				t.Errorf("%s: got %+v, %v", name, r, err)
			}
			continue
		}
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.HasSuffix(err.Error(), "; send it by SMTP") {
			t.Errorf("%s: got %+v, %v, want %q", name, r, err, c.want)
		}
	}
}

func nested(n int) string {
	if n == 0 {
		return "\nx\n"
	}
	b := strings.Repeat("b", n)
	return "Content-Type: multipart/mixed; boundary=" + b + "\n\n--" + b + "\n" + nested(n-1) + "\n--" + b + "--\n"
}
