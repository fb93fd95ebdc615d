package symptom

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/maildoctor/maildoctor/internal/target"
)

func TestContext(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text string
		want Context
	}{
		{`Connection could not be established with host "ssl://smtp-relay.brevo.com:587": wrong version number`, Context{"php-symfony-mailer", "brevo", "smtp-relay.brevo.com", 587, target.Implicit}},
		{"com.sun.mail.util.MailConnectException: Couldn't connect to host, port: smtp.gmail.com, 465; timeout 4000;", Context{"java-javamail", "gmail", "smtp.gmail.com", 465, target.NoMode}},
		{"dial tcp 203.0.113.25:587: connect: connection refused", Context{"go-net-smtp", "", "203.0.113.25", 587, target.NoMode}},
		{"read tcp 172.18.0.5:42060->203.0.113.25:465: read: connection reset by peer", Context{"go-net-smtp", "", "203.0.113.25", 465, target.NoMode}},
		{"dial tcp [2001:db8::25]:587: connect: network is unreachable", Context{"go-net-smtp", "", "2001:db8::25", 587, target.NoMode}},
		{"Error: getaddrinfo ENOTFOUND smtp.example.org\n    at GetAddrInfoReqWrap.onlookup (node:dns:122:26) { code: 'EDNS', command: 'CONN' }", Context{"node-nodemailer", "", "smtp.example.org", 0, target.NoMode}},
		{"postfix/smtp[1]: connect to mx.example.net[192.0.2.7]:25: Connection timed out", Context{"postfix-client", "", "mx.example.net", 25, target.NoMode}},
		{"msmtp: cannot connect to smtp.example.com, port 587: Connection timed out", Context{"msmtp", "", "smtp.example.com", 587, target.NoMode}},
		{"SMTPAuthenticationError(535, b'5.7.8 Username and Password not accepted. - gsmtp')", Context{"python-smtplib", "gmail", "", 0, target.NoMode}},
		{"Unable to connect with STARTTLS: stream_socket_enable_crypto(): SSL operation failed", Context{"php-symfony-mailer", "", "", 0, target.STARTTLS}},
		{"at SMTPConnection._formatError (/app/node_modules/nodemailer/lib/smtp-connection/index.js:605:19): Connection timeout", Context{"node-nodemailer", "", "", 0, target.NoMode}},
		{"smtps://app:secret@mail.example.com:465 timed out", Context{"", "", "mail.example.com", 465, target.Implicit}},
	} {
		if got := Read(c.text).Context; got != c.want {
			t.Errorf("context of %q:\n got %+v\nwant %+v", c.text, got, c.want)
		}
	}
}

func TestSameWordsOtherPort(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, want string }{
		{"nodemailer: host: 'mail.example.com', port: 465, Greeting never received", "starttls-on-tls-port"},
		{"nodemailer: host: 'mail.example.com', port: 587, Greeting never received", "greeting-timeout"},
		{`could not be established with host "ssl://mail.example.com:1025": wrong version number`, "tls-on-plaintext-server"},
		{`could not be established with host "ssl://mail.example.com:2525": wrong version number`, "tls-on-starttls-port"},
		{`could not be established with host "ssl://mail.example.com:143": wrong version number`, "wrong-protocol-imap-pop"},
		{"gomail: dial tcp 127.0.0.1:25: connect: connection refused", "client-falls-back-to-localhost"},
		{"gomail: dial tcp 192.0.2.1:25: connect: connection refused", "connection-refused"},
		{"gomail: x509: certificate is valid for web.example.net, not mail.example.com", "cert-name-mismatch"},
		{"gomail: x509: certificate is valid for web.example.net, not smtp.gmail.com", "hosting-smtp-redirect"},
	} {
		causes := Read(c.text).Causes
		if len(causes) == 0 || causes[0].ID != c.want {
			t.Errorf("%q means %+v, want %s", c.text, causes, c.want)
		}
	}
}

func TestBareErrorsAreNotSure(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"wrong version number", "connection refused", "certificate has expired", "EOF", "TimeoutError: timed out", "no such host"} {
		causes := Read(text).Causes
		if len(causes) == 0 || causes[0].Confidence > 0.6 {
			t.Errorf("%q: %+v, want a cause of at most 0.6", text, causes)
		}
	}
}

// TestDisguises: the same error, as it comes out of shells, containers, logs
// and web pages.
func TestDisguises(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"Expected response code \"250\" but got code \"550\", with message \"550-5.7.26 This mail is unauthenticated\"",
		"{\"message\":\"Expected response code \\\"250\\\" but got code \\\"550\\\", with message \\\"550-5.7.26 This mail is\\nunauthenticated\\\"\"}",
		"{\\\"message\\\":\\\"550-5.7.26 This mail\\\\nis unauthenticated\\\"}",
		"550-5.7.26 This mail is\r\n550-5.7.26 unauthenticated\r\n550 5.7.26 and rejected",
		"\x1b[31m550-5.7.26\x1b[0m \x1b[1mThis mail\x1b[0m is unauthenticated",
		"mailer-1  | 550-5.7.26 This mail is unauthenticated",
		"Nov 24 12:00:00 host app[1]: 550-5.7.26 This mail is unauthenticated",
		"&lt;user@example.com&gt;: 550-5.7.26 This mail<br/>is&nbsp;unauthenticated",
		"550-5.7.26 This\u00a0mail is\xff\xfe unauthenticated 550 5.7.26",
		"550-5.7.26 THIS MAIL IS UNAUTHENTICATED",
	} {
		causes := Read(text).Causes
		if len(causes) == 0 || causes[0].ID != "domain-auth-failed" {
			t.Errorf("%q means %+v, want domain-auth-failed", text, causes)
		}
	}
}

// TestFindInALog: of a long log, the stretch with the mail error is picked, and
// the line numbers are those of the log.
func TestFindInALog(t *testing.T) {
	t.Parallel()
	noise := strings.Repeat("2026-11-24 GET /index 200\n2026-11-24 redis: connection refused 127.0.0.1:6379\n", 400)
	log := noise + "production.ERROR: Failed to authenticate on SMTP server with username \"a\"\n" + noise
	line, stretch := Find(log)
	if line < 700 || line > 801 || !strings.Contains(stretch, "Failed to authenticate") || strings.Count(stretch, "\n") > 110 {
		t.Fatalf("Find picks line %d, %d lines; want around 801", line, strings.Count(stretch, "\n"))
	}
	causes := Read(stretch).Causes
	if len(causes) == 0 || causes[0].ID != "auth-bad-credentials" || line+causes[0].Line-1 != 801 {
		t.Errorf("%+v from line %d, want auth-bad-credentials in line 801", causes, line)
	}
	if line, stretch := Find(noise); line != 0 || stretch != "" {
		t.Errorf("Find picks line %d of a log without mail: %.80q", line, stretch)
	}
}

func TestFindKeepsTheReading(t *testing.T) {
	t.Parallel()
	for _, s := range readLines[sampleText](t, "testdata/samples.jsonl") {
		whole := Read(s.Text).Causes
		_, stretch := Find(s.Text)
		again := Read(stretch).Causes
		if len(whole) == 0 || len(again) == 0 || whole[0].ID != again[0].ID {
			t.Errorf("%s: %+v as a whole, %+v as Find picks it", short(s.Text), whole, again)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("550-5.7.1 [192.0.2.1] x 550 5.7.1 \\u00e9 \\n &lt; \x1b[0m")
	f.Add("ssl://a:587 wrong version number\n\n\n")
	f.Add("host=[::1]:25 EOF")
	f.Fuzz(func(t *testing.T, s string) {
		line, stretch := Find(s)
		if line < 0 || !strings.Contains(s, stretch) {
			t.Fatalf("Find(%q) = %d, %q", s, line, stretch)
		}
		for _, c := range Read(s).Causes {
			if c.Confidence <= 0 || c.Confidence > 1 || c.From > c.To || c.To > len(c.Text) || c.From < 0 {
				t.Fatalf("Read(%q) has %+v", s, c)
			}
			if utf8.ValidString(s) && !utf8.ValidString(c.Text[c.From:c.To]) {
				t.Fatalf("Read(%q) cuts a letter: %q", s, c.Text[c.From:c.To])
			}
		}
	})
}

func BenchmarkReadLine(b *testing.B) {
	for b.Loop() {
		Read(`Connection could not be established with host "ssl://smtp.example.com:587": wrong version number`)
	}
}

func BenchmarkFindInLog(b *testing.B) {
	log := strings.Repeat("2026-11-24T12:00:00Z INFO request GET /api/orders status=200 took=12ms user=app@example.com\n", 1<<20/96) +
		"ERROR Failed to authenticate on SMTP server\n"
	b.SetBytes(int64(len(log)))
	for b.Loop() {
		Find(log)
	}
}

// BenchmarkHostile is 5 MB of what costs most: words of the table, over and
// over, with their ends cut off.
func BenchmarkHostile(b *testing.B) {
	var words strings.Builder
	for i := 0; words.Len() < 5<<20; i++ {
		for _, p := range Rows[i%len(Rows)].Any {
			words.WriteString(p[:len(p)-1] + "\n" + p + " 550 5.7.1 ")
		}
	}
	b.SetBytes(int64(words.Len()))
	for b.Loop() {
		Find(words.String())
	}
}
