package target

import (
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		in   string
		want Target
	}{
		{"mail.example.org", Target{Host: "mail.example.org"}},
		{"MAIL.Example.ORG.:587", Target{Host: "mail.example.org", Port: 587}},
		{" mail.example.org:25 ", Target{Host: "mail.example.org", Port: 25}},
		{"smtps://mail.example.org", Target{Host: "mail.example.org", Port: 465, Mode: Implicit}},
		{"SMTPS://mail.example.org:2465/", Target{Host: "mail.example.org", Port: 2465, Mode: Implicit}},
		{"submission://mail.example.org", Target{Host: "mail.example.org", Port: 587, Mode: STARTTLS}},
		{"submissions://mail.example.org", Target{Host: "mail.example.org", Port: 465, Mode: Implicit}},
		{"smtp://mail.example.org", Target{Host: "mail.example.org", Port: 587}},
		{"smtp://[2001:db8::25]:25", Target{Host: "2001:db8::25", Port: 25}},
		{"192.0.2.1:465", Target{Host: "192.0.2.1", Port: 465}},
		{"192.0.2.1", Target{Host: "192.0.2.1"}},
		{"2001:db8::25:1", Target{Host: "2001:db8::25:1"}},
		{"[2001:db8::25:1]:25", Target{Host: "2001:db8::25:1", Port: 25}},
		{"[2001:DB8::1]", Target{Host: "2001:db8::1"}},
		{"::ffff:192.0.2.1", Target{Host: "192.0.2.1"}},
		{"pošta.example.org:587", Target{Host: "xn--pota-h6a.example.org", Port: 587}},
		{"mail_server:1025", Target{Host: "mail_server", Port: 1025}},
		{"localhost:1025", Target{Host: "localhost", Port: 1025}},
		{"jane@Example.ORG", Target{Host: "example.org", Mail: "jane@Example.ORG"}},
	} {
		got, err := Parse(c.in)
		c.want.Typed = strings.TrimSpace(c.in)
		if err != nil || got != c.want {
			t.Errorf("Parse(%q) = %+v, %v, want %+v", c.in, got, err, c.want)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	for in, says := range map[string]string{
		"":                                     "empty",
		"   ":                                  "empty",
		"mail.example.org:58700000":            "port 58700000 is above 65535",
		"mail.example.org:65536":               "port 65536 is above 65535",
		"mail.example.org:0":                   "port 0",
		"mail.example.org:-5":                  `port "-5" is not a number`,
		"mail.example.org:+25":                 `port "+25" is not a number`,
		"mail.example.org:":                    "port behind the colon is missing",
		"mail.example.org:smtp":                "write its number 25",
		"mail.example.com:25:99":               "more than one port",
		"192.0.2.1:25:99":                      "more than one port",
		":587":                                 "host is missing",
		"587":                                  `"587" is a number, not a host`,
		"10.0.0":                               "neither a name nor a whole IPv4 address",
		"10.0.0.256":                           "neither a name nor a whole IPv4 address",
		"mail..example.org":                    "empty part",
		"mail .example.org":                    "blank",
		"-mail.example.org":                    "character that no host name can have",
		"mail/example.org":                     "character that no host name can have",
		"https://mail.example.org":             `scheme "https" is not known`,
		"ssl://mail.example.org":               "smtps://",
		"smtps://mail.example.org/x?y=1":       "path or options",
		"smtps://":                             "host is missing",
		"[2001:db8::1":                         "does not close",
		"[2001:db8::1]25":                      "only :PORT may",
		"[192.0.2.1]:25":                       "not an IPv6 address",
		"[mail.example.org]:25":                "not an IPv6 address",
		"bob:canary-7@localhost":               "mail address",
		"a@b@c":                                "mail address",
		"fe80::1%lo:25":                        "colon in its zone",
		"@example.org":                         "mail address",
		"jane@":                                "mail address",
		"Jane <jane@example.org>":              "mail address",
		strings.Repeat("a", 64) + ".org":       "DNS allows 63",
		strings.Repeat("abcdefg.", 40) + "org": "longer than the 253",
	} {
		got, err := Parse(in)
		if err == nil {
			t.Errorf("Parse(%q) = %+v, want an error that says %q", in, got, says)
		} else if !strings.Contains(err.Error(), says) {
			t.Errorf("Parse(%q): %q, want it to say %q", in, err, says)
		}
	}
}

func TestParseKeepsPasswordsToItself(t *testing.T) {
	t.Parallel()
	for _, in := range []string{"smtps://jane:canary-7@mail.example.org", "jane:canary-7@localhost", "jane canary-7@localhost"} {
		if _, err := Parse(in); err == nil || strings.Contains(err.Error(), "canary") {
			t.Errorf("got %v, want an error without the password", err)
		}
	}
}

func TestParseMapping(t *testing.T) {
	t.Parallel()
	m, err := ParseMapping("Mail.example.org:587:[::1]:2587")
	if err != nil || m.Host != "mail.example.org" || m.Port != 587 || m.Addr.String() != "::1" || m.ToPort != 2587 {
		t.Errorf("got %+v, %v", m, err)
	}
	if m, err := ParseMapping("::127.0.0.1:"); err != nil || m.Host != "" || m.Port != 0 || m.ToPort != 0 {
		t.Errorf("any host: got %+v, %v", m, err)
	}
	for _, bad := range []string{"", "a:1:b", "a:1:127.0.0.1:2:3", "a:1:name:2", "a:x:127.0.0.1:2", "a:1:[::1:2", "a:1:127.0.0.1:70000"} {
		if m, err := ParseMapping(bad); err == nil {
			t.Errorf("ParseMapping(%q) = %+v, want an error", bad, m)
		}
	}
	if exact, same := m.Applies("mail.example.org", 465); exact || !same {
		t.Errorf("other port: exact %v same %v, want false true", exact, same)
	}
}

func TestParseServer(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{"192.0.2.53": "192.0.2.53:53", "192.0.2.53:5353": "192.0.2.53:5353", "::1": "[::1]:53", "[::1]:54": "[::1]:54"} {
		if got, err := ParseServer(in, 53); err != nil || got.String() != want {
			t.Errorf("ParseServer(%q) = %v, %v, want %s", in, got, err, want)
		}
	}
	if got, err := ParseServer("dns.example.org", 53); err == nil {
		t.Errorf("name taken: %v", got)
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"mail.example.org:587", "smtps://x", "[::1]:25", "a@b", "pošta:1", "::1", "1.2.3.4"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, err := Parse(s)
		if err != nil || got.Mail != "" {
			return
		}
		again, err := Parse(got.Name())
		if err != nil || again.Host != got.Host || again.Port != got.Port {
			t.Errorf("Parse(%q) = %+v; its name %q reads back as %+v, %v", s, got, got.Name(), again, err)
		}
	})
}
