package message

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"mime/quotedprintable"
	"net/mail"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	gomail "github.com/wneessen/go-mail"
)

// Compose makes the test message.
func Compose(d Draft) (*Built, error) {
	p, err := d.parts()
	if err != nil {
		return nil, err
	}
	m := gomail.NewMsg(gomail.WithEncoding(encoding(p.text)))
	m.SetAddrHeaderFromMailAddress(gomail.HeaderFrom, p.from)
	m.SetAddrHeaderFromMailAddress(gomail.HeaderTo, p.to...)
	if p.replyTo != nil {
		m.SetAddrHeaderFromMailAddress(gomail.HeaderReplyTo, p.replyTo)
	}
	m.SetGenHeader(gomail.HeaderSubject, encodeSubject(p.subject))
	m.SetMessageIDWithValue(p.id)
	m.SetDateWithValue(d.Now)
	for _, h := range marks(d) {
		m.SetGenHeader(gomail.Header(h.name), h.value)
	}
	m.SetBodyString(gomail.TypeTextPlain, p.text)
	var out bytes.Buffer
	if _, err := m.WriteTo(&out); err != nil {
		return nil, fmt.Errorf("write the message: %w", err)
	}
	return p.check(out.Bytes())
}

type mark struct{ name, value string }

// marks are the fields that say what the message is, to programs.
//
// Auto-Submitted (RFC 3834 5) and Exchange's X-Auto-Response-Suppress keep
// vacation notices away. There is no Precedence: RFC 2076 3.9 calls it
// controversial and discouraged, sendmail queues such mail behind other mail,
// and the message is to meet what the application's mail meets.
//
// Of the priority fields, go-mail's SetImportance would write Priority: 0 and
// X-MSMail-Priority: 0. The first has words for values (RFC 2156), and the
// second is Outlook's own, which knows no 0.
//
// One of X-Mailer and User-Agent has to be there, or go-mail names itself.
func marks(d Draft) []mark {
	mailer := "maildoctor"
	if d.Version != "" {
		mailer += "/" + d.Version
	}
	return []mark{
		{"Auto-Submitted", "auto-generated"},
		{"X-Auto-Response-Suppress", "All"},
		{"Importance", "low"},
		{"Priority", "non-urgent"},
		{"X-Priority", "5"},
		{"X-Mailer", mailer},
		{runField, d.Run},
	}
}

// runField holds the run, so that the message is found again.
const runField = "X-Maildoctor-Run"

// parts are a Draft's fields, read and found right.
type parts struct {
	from, replyTo     *mail.Address
	to                []*mail.Address
	subject, text, id string
}

func (d Draft) parts() (*parts, error) {
	if err := d.plain(); err != nil {
		return nil, err
	}
	p := &parts{subject: d.Subject}
	var err error
	if p.from, err = mailbox(d.From); err != nil {
		return nil, fmt.Errorf("from: %w", err)
	}
	if err := p.recipients(d.To); err != nil {
		return nil, fmt.Errorf("to: %w", err)
	}
	if d.ReplyTo != "" {
		if p.replyTo, err = mailbox(d.ReplyTo); err != nil {
			return nil, fmt.Errorf("reply-to: %w", err)
		}
	}
	dom := d.Domain
	if dom == "" {
		dom = p.from.Address[strings.LastIndexByte(p.from.Address, '@')+1:]
	}
	if dom, err = domain(dom); err != nil {
		return nil, fmt.Errorf("domain of the message id: %w", err)
	}
	p.id = fmt.Sprintf("%s.%d@%s", d.Run, d.Now.Unix(), dom)
	if p.subject == "" {
		p.subject = "maildoctor test message " + d.Run
	}
	if p.text = d.Text; p.text == "" {
		p.text = ours(d)
	}
	p.text = strings.TrimRight(strings.ReplaceAll(string(crlf([]byte(p.text))), "\r\n", "\n"), "\n") + "\n"
	return p, nil
}

func (p *parts) recipients(to []string) error {
	if len(to) == 0 {
		return errors.New("there is no recipient; give a mail address")
	}
	if len(to) > maxTo {
		return fmt.Errorf("there are %d recipients; %d are allowed", len(to), maxTo)
	}
	seen := map[string]bool{}
	for _, s := range to {
		a, err := mailbox(s)
		if err != nil {
			return err
		}
		if !seen[a.Address] {
			seen[a.Address] = true
			p.to = append(p.to, a)
		}
	}
	return nil
}

// plain checks what every field must be: without it, one argument could write
// the header fields of another.
func (d Draft) plain() error {
	fields := []mark{{"from", d.From}, {"reply-to", d.ReplyTo}, {"subject", d.Subject}, {"run", d.Run},
		{"version", d.Version}, {"domain", d.Domain}, {"channel", d.Channel}}
	for _, to := range d.To {
		fields = append(fields, mark{"to", to})
	}
	for _, f := range fields {
		switch {
		case strings.ContainsAny(f.value, "\r\n"):
			return fmt.Errorf("%s: %s has a line break in it; write it on one line", f.name, quote(f.value))
		case strings.ContainsFunc(f.value, unicode.IsControl):
			return fmt.Errorf("%s: %s has a control character in it; leave it out", f.name, quote(f.value))
		case !utf8.ValidString(f.value):
			return fmt.Errorf("%s: %s is not UTF-8", f.name, quote(f.value))
		}
	}
	switch {
	case !isRun(d.Run):
		return fmt.Errorf("run: %s is no run id: letters, digits and hyphens, up to 64", quote(d.Run))
	case strings.ContainsFunc(d.Version, func(r rune) bool { return r <= ' ' || r > '~' }) || len(d.Version) > 100:
		return fmt.Errorf("version: %s is no version", quote(d.Version))
	case len(d.Subject) > maxLine:
		return fmt.Errorf("subject: it has %d bytes; %d are allowed", len(d.Subject), maxLine)
	case d.Now.IsZero():
		return errors.New("now: the time is missing")
	case len(d.Text) > maxSize:
		return fmt.Errorf("text: it has %d bytes; a message may have %d", len(d.Text), maxSize)
	case !utf8.ValidString(d.Text):
		return errors.New("text: it is not UTF-8")
	case strings.Contains(d.Text, "\x00"):
		return errors.New("text: it has a NUL byte in it")
	}
	return nil
}

func isRun(s string) bool {
	return s != "" && len(s) <= 64 && !strings.ContainsFunc(s, func(r rune) bool {
		return r != '-' && (r < '0' || r > '9') && (r < 'a' || r > 'z')
	})
}

// ours is the text of a message for which none was given.
func ours(d Draft) string {
	var b strings.Builder
	b.WriteString("This is a test message. No reply is needed, and it may be deleted.\n\n")
	b.WriteString("It was asked for with the command \"maildoctor send\", to see whether mail\narrives by this way:\n\n")
	if d.Channel != "" {
		b.WriteString("    by:  " + d.Channel + "\n")
	}
	b.WriteString("    at:  " + d.Now.Format(time.RFC1123Z) + "\n")
	b.WriteString("    run: " + d.Run + "\n")
	return b.String()
}

// encoding is 7bit where quoted-printable would change nothing, since go-mail
// writes quoted-printable under either name.
func encoding(text string) gomail.Encoding {
	var b strings.Builder
	w := quotedprintable.NewWriter(&b)
	// Neither fails: a strings.Builder takes everything.
	_, _ = w.Write([]byte(text))
	_ = w.Close()
	if strings.ReplaceAll(b.String(), "\r\n", "\n") == text {
		return gomail.EncodingUSASCII
	}
	return gomail.EncodingQP
}

// encodeSubject writes a subject as encoded words (RFC 2047 2) where it is not
// plain: where it is not ASCII, would read as an encoded word, or has blanks
// or words that would not survive folding.
func encodeSubject(s string) string {
	const longest = 60 // of a word that fits the first line
	plain := strings.Join(strings.Fields(s), " ") == s && !strings.Contains(s, "=?")
	for _, w := range strings.Fields(s) {
		plain = plain && len(w) <= longest
	}
	if plain && !strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r > '~' }) {
		return s
	}
	const most = 36 // bytes of a word: it fits the line behind "Subject: "
	var out []string
	for s != "" {
		n := 0
		for n < len(s) {
			_, size := utf8.DecodeRuneInString(s[n:])
			if n+size > most {
				break
			}
			n += size
		}
		out = append(out, "=?utf-8?b?"+base64.StdEncoding.EncodeToString([]byte(s[:n]))+"?=")
		s = s[n:]
	}
	return strings.Join(out, " ")
}

// check reads the message back, as a server will: what it says must be what was
// asked for.
func (p *parts) check(raw []byte) (*Built, error) {
	b, err := Parse(raw)
	if err != nil {
		return nil, fmt.Errorf("the message that was made cannot be read: %w", err)
	}
	var to []string
	for _, a := range p.to {
		to = append(to, envelope(a))
	}
	if b.From != envelope(p.from) || !slices.Equal(b.To, to) || b.MessageID != p.id || b.Subject != p.subject || b.Text != p.text {
		return nil, errors.New("the message that was made does not say what was asked for")
	}
	return b, nil
}
