package settings

import (
	"testing"

	"github.com/maildoctor/maildoctor/internal/dialect"
)

func TestFits(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, key string
		fold      bool
		want      bool
	}{
		{"MAIL_HOST", "MAIL_HOST", false, true},
		{"MAIL_HOST", "mail_host", false, false},
		{"MAIL_HOST", "mail_host", true, true},
		{"mailer.SMTP_ADDR", "SMTP_ADDR", false, true},
		{"SMTP_ADDR", "x.mailer.SMTP_ADDR", false, true},
		{"mailer.SMTP_ADDR", "x.mailer.SMTP_ADDR", false, true},
		{"mailer.HOST", "database.HOST", false, false},
		{"x.mailer.HOST", "y.mailer.HOST", false, false},
		{"HOST", "MAIL_HOST", false, false},
		{"list.*.host", "a.list.3.host", false, true},
		{"list.*.host", "a.list.host", false, false},
		{"MAIL_*", "MAIL_HOST", false, true},
		{"MAIL_*", "SMTP_HOST", false, false},
		{"[", "x", false, false}, // no pattern of path.Match
		{"", "MAIL_HOST", false, false},
	} {
		if got := fits(c.name, c.key, c.fold); got != c.want {
			t.Errorf("fits(%q, %q, %v) = %v, want %v", c.name, c.key, c.fold, got, c.want)
		}
	}
}

func TestLast(t *testing.T) {
	t.Parallel()
	k := &dialect.Key{Name: "mailer.SMTP_ADDR", Also: []string{"GITEA__mailer__SMTP_ADDR", "list.*.host"}}
	for key, want := range map[string]string{
		"x.mailer.SMTP_ADDR":         "mailer.SMTP_ADDR",
		"SMTP_ADDR":                  "SMTP_ADDR",
		"x.GITEA__mailer__SMTP_ADDR": "GITEA__mailer__SMTP_ADDR",
		"a.list.0.host":              "list.0.host",
		"a.other":                    "a.other",
	} {
		if got := last(key, k); got != want {
			t.Errorf("last(%q) = %q, want %q", key, got, want)
		}
	}
	if got := last("a.b", nil); got != "a.b" {
		t.Errorf("without a key it is %q", got)
	}
}

func TestNear(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"MAIL_HOST", "MAIL_HOST", false},
		{"mail_host", "MAIL_HOST", true},
		{"MAILHOST", "MAIL_HOST", true},
		{"MAIL_HSOT", "MAIL_HOST", true},
		{"MAIL_HOAT", "MAIL_HOST", true},
		{"MAIL_HOSTT", "MAIL_HOST", true},
		{"MAIL_HOS", "MAIL_HOST", true},
		{"MAIL_PASWORD", "MAIL_PASSWORD", true},
		{"MAIL_HOSTS", "MAIL_HOST", false},
		{"MAIL_HOST2", "MAIL_HOST", false},
		{"MAIL_HOST1", "MAIL_HOST2", false},
		{"MAIL_PORT", "MAIL_HOST", false},
		{"MAIL_TLS", "MAIL_SSL", false},
		{"SMTP_USE_TLS", "SMTP_USE_SSL", false},
		{"DB_HOST", "DB_HOSE", false}, // short names differ by a letter by chance
		{"HTTP_PORT", "SMTP_PORT", false},
		{"", "MAIL_HOST", false},
	} {
		for _, p := range [][2]string{{c.a, c.b}, {c.b, c.a}} {
			if got := near(p[0], p[1]); got != c.want {
				t.Errorf("near(%q, %q) = %v, want %v", p[0], p[1], got, c.want)
			}
		}
	}
}

func TestHostPort(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text, style, host, port string
		found                   bool
	}{
		{"smtp.example.com:587", "", "smtp.example.com", "587", true},
		{"smtp.example.com", "", "smtp.example.com", "", false},
		{"smtp.example.com:", "", "smtp.example.com", "", true},
		{"[2001:db8::1]:25", "", "[2001:db8::1]", "25", true},
		{"[2001:db8::1]", "", "[2001:db8::1]", "", false},
		{"2001:db8::1", "", "2001:db8::1", "", false},
		{"[2001:db8::1", "", "[2001:db8::1", "", false},
		{"[smtp.example.com]:587", "[]", "smtp.example.com", "587", true},
		{"[smtp.example.com]", "[]", "smtp.example.com", "", false},
		{"smtp.example.com:587", "[]", "smtp.example.com", "587", true},
		{"smtp.example.com::587", "::", "smtp.example.com", "587", true},
		{"smtp.example.com", "::", "smtp.example.com", "", false},
		{"a:25;b:26", "", "a", "25", true},
		{"smtp://a:25", "", "smtp://a", "25", true},
		{"smtp://a", "", "smtp://a", "", false},
		{"", "", "", "", false},
	} {
		h, p, found := cutHostPort(c.text, c.style)
		if h != c.host || p != c.port || found != c.found {
			t.Errorf("cutHostPort(%q, %q) = %q, %q, %v; want %q, %q, %v", c.text, c.style, h, p, found, c.host, c.port, c.found)
		}
	}
	for _, c := range [][4]string{
		{"h", "587", "", "h:587"}, {"h", "", "", "h"}, {"h", "25", "[]", "[h]:25"}, {"[h]", "25", "[]", "[h]:25"}, {"h", "25", "::", "h::25"}, {"[::1]", "25", "", "[::1]:25"}, {"h", "", "[]", "h"},
	} {
		if got := joinHostPort(c[0], c[1], c[2]); got != c[3] {
			t.Errorf("joinHostPort(%q, %q, %q) = %q, want %q", c[0], c[1], c[2], got, c[3])
		}
	}
}

func TestNumber(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]uint16{"587": 587, " 465 ": 465, "0": 0, "65535": 65535, "65536": 0, "-1": 0, "abc": 0, "": 0, "587.0": 0, "0x24b": 0, "+25": 0} {
		if got := number(s); got != want {
			t.Errorf("number(%q) = %d, want %d", s, got, want)
		}
	}
}

func TestPlaceholder(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"xxxxxxxx", "****", "......", "re_xxxxxxxxx", "re_123456789", "SG.xxxx", "<your-password>", "[password]", "{{ password }}", "your-password", "YOUR_SMTP_KEY", "your api key", "my-password", "changeme", "CHANGE_ME", "change-me-please", "replace_me", "replace with key", "password", "smtp_password", "secret", "TODO", "n/a", "api_key", "key-here", "enter your key", "my-your-smtp-password"} {
		if !Placeholder(s) {
			t.Errorf("%q is taken for a real secret", s)
		}
	}
	for _, s := range []string{"", Kept, "redacted", "[REDACTED]", "X-REDACTED", "hunter22", "re_8hJ2kLmN_abcdefghijk", "xkeysib-0123456789abcdef", "Xx7!pQ", "passw0rd-real", "SG.abcdefghijklmnopqrstuv.x", "mypassword1", "p@ss:word", "secretary1"} {
		if Placeholder(s) {
			t.Errorf("a real secret, or what hides one, is taken for a placeholder: %q", s)
		}
	}
}

func TestBareHost(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"smtp.example.com": "smtp.example.com", " smtp.example.com ": "smtp.example.com", "smtp://smtp.example.com:587/": "smtp.example.com", "ssl://u:p@smtp.example.com": "smtp.example.com",
		"smtp.example.com:587": "smtp.example.com", `"smtp.example.com"`: "smtp.example.com", "“smtp.example.com”": "smtp.example.com", "a;b": "a", "[::1]": "::1", "2001:db8::1": "2001:db8::1", "": "",
		"[::1]:25": "::1", "[2001:db8::1]:587": "2001:db8::1",
	} {
		if got := bareHost(text); got != want {
			t.Errorf("bareHost(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestSubmissionHost(t *testing.T) {
	t.Parallel()
	for host, want := range map[string]string{"imap.gmail.com": "smtp.gmail.com", "pop.example.com": "smtp.example.com", "imap": "imap", "smtp.example.com": "smtp.example.com", "mail.example.com": "mail.example.com", "": ""} {
		if got := submissionHost(host, 993); got != want {
			t.Errorf("submissionHost(%q) = %q, want %q", host, got, want)
		}
	}
}

func TestReencoded(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{"p@ss": "p%40ss", "p%40ss": "p%40ss", "p%40s@": "p%40s%40", "100%": "100%25", "plain": "plain"} {
		if got := reencoded(raw); got != want {
			t.Errorf("reencoded(%q) = %q, want %q", raw, got, want)
		}
	}
}

func TestSinglePercent(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{"a%40b": true, "a%%40b": false, "%env(MAILER_DSN)%": false, "%mailer_dsn%": false, "100%": true, "a%%b%%c": false, "": false} {
		if got := singlePercent(text); got != want {
			t.Errorf("singlePercent(%q) = %v, want %v", text, got, want)
		}
	}
}

func TestJoin(t *testing.T) {
	t.Parallel()
	for _, c := range [][4]string{
		{"MAIL_HOST", "MAIL_HOST", "MAIL_PORT", "MAIL_PORT"},
		{"mailer.SMTP_ADDR", "mailer.SMTP_ADDR", "mailer.PROTOCOL", "mailer.PROTOCOL"},
		{"x.mailer.SMTP_ADDR", "mailer.SMTP_ADDR", "mailer.PROTOCOL", "x.mailer.PROTOCOL"},
		{"SMTP_ADDR", "mailer.SMTP_ADDR", "mailer.PROTOCOL", "PROTOCOL"},
		{"mail.host", "spring.mail.host", "spring.mail.properties.ssl.enable", "mail.properties.ssl.enable"},
		{"host", "spring.mail.host", "spring.mail.properties.ssl.enable", "properties.ssl.enable"},
		{"host", "spring.mail.host", "server.enable", "enable"},
		{"a.list.3.host", "list.*.host", "list.*.tls", "a.list.3.tls"},
	} {
		if got := join(c[0], c[1], c[2]); got != c[3] {
			t.Errorf("join(%q, %q, %q) = %q, want %q", c[0], c[1], c[2], got, c[3])
		}
	}
}
