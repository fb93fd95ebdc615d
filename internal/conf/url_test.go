package conf

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestParseURL(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, text string
		want       URL
	}{
		{"host alone", "smtp://host", URL{Scheme: "smtp", Host: "host"}},
		{"blanks around", " smtp://host\t", URL{Scheme: "smtp", Host: "host"}},
		{"empty port", "smtp://host:", URL{Scheme: "smtp", Host: "host", HasPort: true}},
		{"port that is none", "smtp://host:abc", URL{Scheme: "smtp", Host: "host", Port: "abc", HasPort: true}},
		{"all parts", "smtps://u:p@h.example:465/path?x=1&y#z", URL{Scheme: "smtps", User: "u", HasUser: true, Password: "p", HasPassword: true, Host: "h.example", Port: "465", HasPort: true,
			Path: "/path", Query: []Option{{Name: "x", Value: "1"}, {Name: "y", Bare: true}}, HasQuery: true, Fragment: "#z"}},
		{"user without password", "smtp://u@h:25", URL{Scheme: "smtp", User: "u", HasUser: true, Host: "h", Port: "25", HasPort: true}},
		{"password without user", "smtp://:p@h", URL{Scheme: "smtp", HasUser: true, Password: "p", HasPassword: true, Host: "h"}},
		{"empty password", "smtp://u:@h", URL{Scheme: "smtp", User: "u", HasUser: true, HasPassword: true, Host: "h"}},
		{"empty user part", "smtp://@h", URL{Scheme: "smtp", HasUser: true, Host: "h"}},
		{"IPv6", "smtp://[::1]:25", URL{Scheme: "smtp", Host: "[::1]", Port: "25", HasPort: true}},
		{"IPv6 without port", "smtp://u:p@[2001:db8::1]", URL{Scheme: "smtp", User: "u", HasUser: true, Password: "p", HasPassword: true, Host: "[2001:db8::1]"}},
		{"address as user", "smtp://me@x.example:p@h:587", URL{Scheme: "smtp", User: "me@x.example", HasUser: true, Password: "p", HasPassword: true, Host: "h", Port: "587", HasPort: true}},
		{"everything in the password", "smtp://u:a@b:c/d?e#f@h:587", URL{Scheme: "smtp", User: "u", HasUser: true, Password: "a@b:c/d?e#f", HasPassword: true, Host: "h", Port: "587", HasPort: true}},
		{"option with @", "smtp://u:p@h.example:587?from=me@x.example", URL{Scheme: "smtp", User: "u", HasUser: true, Password: "p", HasPassword: true, Host: "h.example", Port: "587", HasPort: true,
			Query: []Option{{Name: "from", Value: "me@x.example"}}, HasQuery: true}},
		{"option with @, host without a domain", "smtp://u:p@mail:587/?from=me@x.example", URL{Scheme: "smtp", User: "u", HasUser: true, Password: "p", HasPassword: true, Host: "mail", Port: "587", HasPort: true,
			Path: "/", Query: []Option{{Name: "from", Value: "me@x.example"}}, HasQuery: true}},
		{"option with @, no port", "smtp://u:p@localhost?from=me@x.example", URL{Scheme: "smtp", User: "u", HasUser: true, Password: "p", HasPassword: true, Host: "localhost",
			Query: []Option{{Name: "from", Value: "me@x.example"}}, HasQuery: true}},
		{"option with @, IPv6", "smtp://u:p@[::1]?from=me@x.example", URL{Scheme: "smtp", User: "u", HasUser: true, Password: "p", HasPassword: true, Host: "[::1]",
			Query: []Option{{Name: "from", Value: "me@x.example"}}, HasQuery: true}},
		{"password that looks a little like an option", "smtp://u:p@ss?w=1@h:25", URL{Scheme: "smtp", User: "u", HasUser: true, Password: "p@ss?w=1", HasPassword: true, Host: "h", Port: "25", HasPort: true}},
		{"fragment", "smtp://h#x", URL{Scheme: "smtp", Host: "h", Fragment: "#x"}},
		{"empty query", "smtp://h?", URL{Scheme: "smtp", Host: "h", HasQuery: true}},
		{"options of all kinds", "smtp://h?a&b=&c=1=2", URL{Scheme: "smtp", Host: "h", HasQuery: true, Query: []Option{{Name: "a", Bare: true}, {Name: "b"}, {Name: "c", Value: "1=2"}}}},
		{"provider", "resend+api://KEY@default", URL{Scheme: "resend+api", User: "KEY", HasUser: true, Host: "default"}},
		{"null", "null://null", URL{Scheme: "null", Host: "null"}},
		{"references", "smtp://${U}:${P}@${H}:${PORT}", URL{Scheme: "smtp", User: "${U}", HasUser: true, Password: "${P}", HasPassword: true, Host: "${H}", Port: "${PORT}", HasPort: true}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, ok := ParseURL(c.text)
			if !ok || !sameURL(got, c.want) {
				t.Errorf("ParseURL(%q) = %+v, %v; want %+v", c.text, got, ok, c.want)
			}
			if s := got.String(); s != strings.TrimSpace(c.text) {
				t.Errorf("it prints as %q, want %q", s, c.text)
			}
		})
	}
}

func TestParseURLRefuses(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"", "host", "host:587", "mailto:me@x.example", "//host", "1smtp://host", "smtp:/host", "smtp://a host", "smtp://h\n:25", "failover(smtp://a smtp://b)"} {
		if u, ok := ParseURL(s); ok {
			t.Errorf("ParseURL(%q) = %+v, want none", s, u)
		}
	}
}

func TestURLOption(t *testing.T) {
	t.Parallel()
	u, _ := ParseURL("smtp://h?a=x%20y&a=2&b")
	if v, ok := u.Option("a"); !ok || v != "x y" {
		t.Errorf("a is %q, %v; want the first, decoded", v, ok)
	}
	if v, ok := u.Option("b"); !ok || v != "" {
		t.Errorf("b is %q, %v; want an empty one", v, ok)
	}
	if _, ok := u.Option("c"); ok {
		t.Error("c is there, and is not")
	}
}

func TestEncodeDecode(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		raw     string
		plus    bool
		decoded string
		encoded bool
	}{
		{"plain-._~9Z", false, "plain-._~9Z", true},
		{"a%40b", false, "a@b", true},
		{"a@b", false, "a@b", false},
		{"a:b", false, "a:b", false},
		{"a/b", false, "a/b", false},
		{"a?b", false, "a?b", false},
		{"a#b", false, "a#b", false},
		{"a b", false, "a b", false},
		{"100%", false, "100%", false},
		{"%zz", false, "%zz", false},
		{"a+b", false, "a+b", true},
		{"a+b", true, "a b", true},
		{"a%2Bb", true, "a+b", true},
		{"$!*'(),;=&", false, "$!*'(),;=&", true},
	} {
		if got := Decode(c.raw, c.plus); got != c.decoded {
			t.Errorf("Decode(%q, %v) = %q, want %q", c.raw, c.plus, got, c.decoded)
		}
		if got := Encoded(c.raw); got != c.encoded {
			t.Errorf("Encoded(%q) = %v, want %v", c.raw, got, c.encoded)
		}
	}
	if got, want := Encode("a@b:c/é+%"), "a%40b%3Ac%2F%C3%A9%2B%25"; got != want {
		t.Errorf("Encode = %q, want %q", got, want)
	}
}

func sameURL(a, b URL) bool {
	q := slices.Equal(a.Query, b.Query)
	a.Query, b.Query = nil, nil
	return q && a.String() == b.String() && a.Scheme == b.Scheme && a.User == b.User && a.HasUser == b.HasUser && a.Password == b.Password && a.HasPassword == b.HasPassword &&
		a.Host == b.Host && a.Port == b.Port && a.HasPort == b.HasPort && a.Path == b.Path && a.Fragment == b.Fragment && a.HasQuery == b.HasQuery
}

// emptyOption is one without a name, which is not kept.
var emptyOption = regexp.MustCompile(`[?&](&|#|$)`)

// FuzzURL: what is printed reads back as the same; a URL prints as it was
// written; what is encoded decodes, and parts nothing off in a URL.
func FuzzURL(f *testing.F) {
	for _, s := range []string{"smtp://u:p@h.example:587?from=a@b.example", "smtp://a@b:c/d?e#f@[::1]:25/x?y&z=#q", "resend+api://KEY@default", "x://:", "x://@:?", "x://a@h:1?b=@c d"} {
		f.Add(s, "p@:/?#% é+")
	}
	f.Fuzz(func(t *testing.T, s, secret string) {
		enc := Encode(secret)
		if !Encoded(enc) || Decode(enc, false) != secret || Decode(enc, true) != secret {
			t.Fatalf("%q encodes as %q, which does not decode to it", secret, enc)
		}
		u, ok := ParseURL(s)
		if !ok {
			return
		}
		again, ok := ParseURL(u.String())
		if !ok || !sameURL(u, again) {
			t.Fatalf("%q reads as %+v, prints as %q and reads as %+v", s, u, u.String(), again)
		}
		if s = strings.TrimSpace(s); u.String() != s && !emptyOption.MatchString(s) {
			t.Fatalf("%q prints as %q", s, u.String())
		}
		if u.Host == "" || strings.ContainsAny(u.String()[len(u.Scheme)+3:], "@") {
			return
		}
		u.User, u.Password, u.HasUser, u.HasPassword = enc, enc, true, true
		again, ok = ParseURL(u.String())
		if !ok || again.User != enc || again.Password != enc || again.Host != u.Host || again.Port != u.Port {
			t.Fatalf("with the user %q: %q reads as %+v", enc, u.String(), again)
		}
	})
}
