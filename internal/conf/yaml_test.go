package conf

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// listing is what was read, an entry a line.
func listing(t *Text) string {
	var b strings.Builder
	for _, e := range t.Entries {
		if e.Type == Branch {
			continue
		}
		off := ""
		if e.Off {
			off = " off"
		}
		fmt.Fprintf(&b, "%d %s=%q %s%s", e.Line, e.Key, e.Value, e.Type, off)
		if e.Env != "" {
			fmt.Fprintf(&b, " env:%s/%s", e.Env, e.Convert)
		}
		for _, q := range e.Quirks {
			fmt.Fprintf(&b, " %s", q.Kind)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// yamlSamples are texts of the kinds that people keep mail settings in, and what
// is in them.
var yamlSamples = []struct {
	name, raw, broken, want string
}{
	{"alertmanager", `receivers:
  - name: 'team'
    email_configs:
    - to: 'ops@example.org'
      require_tls: true
      smarthost: mail.example.org:465
`, "", `2 receivers.0.name="team" string
4 receivers.0.email_configs.0.to="ops@example.org" string
5 receivers.0.email_configs.0.require_tls="true" bool
6 receivers.0.email_configs.0.smarthost="mail.example.org:465" string
`},
	{"sentry", `mail.host: 'mail.example.org'
mail.port: 465
# mail.use-ssl: false
mail.from:
`, "", `1 mail.host="mail.example.org" string
2 mail.port="465" number
3 mail.use-ssl="false" bool off
4 mail.from="" null
`},
	{"comments within a map", `email:
  smtp_host: mx.example.org
  #smtp_port: 25
#  smtp_user: me
  # Leave this as it is
other: 1
`, "", `2 email.smtp_host="mx.example.org" string
3 email.smtp_port="25" number off
4 email.smtp_user="me" string off
6 other="1" number
`},
	{"a map all of comments", `email:
  # smtp_host: mx.example.org
`, "", `1 email="" null
2 email.smtp_host="mx.example.org" string off
`},
	{"a block commented out", `a: 1
# email:
#   smtp_host: mx.example.org
`, "", `1 a="1" number
2 email="" null off
3 email.smtp_host="mx.example.org" string off
`},
	{"home assistant", `notify:
  - platform: smtp
    password: !secret smtp_password
    server: !env_var SMTP_SERVER mail.example.org
`, "", `2 notify.0.platform="smtp" string
3 notify.0.password="!secret smtp_password" expr
4 notify.0.server="mail.example.org" expr env:SMTP_SERVER/
`},
	{"variables", `spring:
  mail:
    host: ${SMTP_HOST:mail.example.org}
    port: "${SMTP_PORT:-587}"
    user: ${SMTP_USER}
    dsn: '%env(MAILER_DSN)%'
    n: '%env(int:N)%'
    t: "{{ smtp_host }}"
    u: {{ smtp_user }}
    part: a${X}b
`, "", `3 spring.mail.host="mail.example.org" expr env:SMTP_HOST/
4 spring.mail.port="587" expr env:SMTP_PORT/
5 spring.mail.user="" expr env:SMTP_USER/
6 spring.mail.dsn="" expr env:MAILER_DSN/
7 spring.mail.n="" expr env:N/int
8 spring.mail.t="{{ smtp_host }}" expr
9 spring.mail.u="{{ smtp_user }}" expr
10 spring.mail.part="a${X}b" string
`},
	{"anchors", `base: &b
  host: one.example.org
  port: 25
mail:
  port: 587
  <<: *b
copy: *b
`, "", `2 base.host="one.example.org" string
3 base.port="25" number
5 mail.port="587" number
2 mail.host="one.example.org" string
2 copy.host="one.example.org" string
3 copy.port="25" number
`},
	{"documents", "a: 1\n---\nb: 2\n", "", "1 a=\"1\" number\n3 b=\"2\" number\n"},
	{"types", `a: yes
b: Off
c: ~
d: 0587
e: 1_000
f: 22:22
g: 'true'
h: y
i: 2024-01-01
`, "", `1 a="yes" bool
2 b="Off" bool
3 c="" null
4 d="0587" number other-type
5 e="1_000" number other-type
6 f="22:22" string other-type
7 g="true" string
8 h="y" string
9 i="2024-01-01" string
`},
	{"hashes", `a: abc #def
b: abc # a comment
c: #def
d: abc#def
e: "abc #def"
`, "", `1 a="abc" string cut-at-hash
2 b="abc" string
3 c="" null cut-at-hash
4 d="abc#def" string
5 e="abc #def" string
`},
	{"odd values", "a: \u201cmail.example.org\u201d\nb: &Str0ng\nc: \" x \"\nd: mail\u200b.example.org\n", "", `1 a="“mail.example.org”" string smart-quotes
2 b="" null bad-syntax
3 c=" x " string leading-blank trailing-blank
4 d="mail\u200b.example.org" string invisible
`},
	{"blocks", "a: |\n  # no: key\n  two\nb: >-\n  c\n  d\nc: x\n  y\n", "", `1 a="# no: key\ntwo\n" string
4 b="c d" string
7 c="x y" string
`},
	{"indented fragments", "    host: a\n    port: 1\nother: b\n", "", `1 host="a" string
2 port="1" number
3 other="b" string
`},
	{"an indented fragment", "\n    - to: a\n      port: 1\n", "", "2 0.to=\"a\" string\n3 0.port=\"1\" number\n"},
	{"a key twice", "m:\n  a: 1\n  a: 2\n", "line 3: a key stands twice in the same map; first on line 2", "2 m.a=\"1\" number duplicate\n3 m.a=\"2\" number\n"},
	{"a tab", "email:\n\thost: a\n\tport: 25\nx: 1\n", "line 2: a tab indents the line; YAML takes blanks only", `2 email.host="a" string
3 email.port="25" number
4 x="1" number
`},
	{"bad indentation", "email:\n  host: a\n   port: 25\n  user: b\n", "line 3: the indentation does not fit the key above, which has a value already", `2 email.host="a" string
3 email.port="25" number
4 email.user="b" string
`},
	{"a reserved character", "a: 1\nb: %abc\nc: 'x'\n", "line 2: an unquoted value begins with a character that YAML reserves; put it in quotes", `1 a="1" number
2 b="%abc" string bad-syntax
3 c="x" string
`},
	{"a star", "a: *abc\n", "line 1: an unquoted value begins with *, which YAML takes for an alias; put it in quotes", "1 a=\"*abc\" string bad-syntax\n"},
	{"no blank", "a: 1\nhost:mail.example.org\nport: 25\n", "line 2: the line is no \"key: value\"; a colon with a blank behind it is missing", `1 a="1" number
2 host="mail.example.org" string bad-syntax
3 port="25" number
`},
	{"an open quote", "a: 'x\nb: 1\n", "line 1: a quote is not closed", "1 a=\"x\" string unclosed-quote\n2 b=\"1\" number\n"},
	{"a colon", "a: b: c\n", "line 1: an unquoted value holds a colon with a blank behind it; put it in quotes", "1 a=\"b: c\" string bad-syntax\n"},
}

func TestYAML(t *testing.T) {
	t.Parallel()
	for _, c := range yamlSamples {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			for _, raw := range []string{c.raw, strings.ReplaceAll(c.raw, "\n", "\r\n")} {
				got := Parse(raw, YAML, Usual)
				if got.Broken != c.broken {
					t.Errorf("%q: broken %q, want %q", raw, got.Broken, c.broken)
				}
				if l := listing(got); l != c.want {
					t.Errorf("%q: got\n%swant\n%s", raw, l, c.want)
				}
				checkSpans(t, got)
			}
		})
	}
}

// checkSpans sees to it that every place lies in the text, and that a value
// stands where it is said to.
func checkSpans(t *testing.T, x *Text) {
	t.Helper()
	lines := 1 + strings.Count(x.Raw, "\n")
	for _, e := range x.Entries {
		for _, s := range []span{e.key, e.value, e.whole} {
			if s.from < 0 || s.to < s.from || s.to > len(x.Raw) {
				t.Fatalf("%q: %s: span %v is not in the text", x.Raw, e.Key, s)
			}
		}
		if e.Line < 1 || e.Column < 1 || e.Line > lines {
			t.Fatalf("%q: %s stands at %d:%d", x.Raw, e.Key, e.Line, e.Column)
		}
	}
}

func TestYAMLBounds(t *testing.T) {
	t.Parallel()
	bomb := "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
	for i := range 12 {
		bomb += fmt.Sprintf("a%d: &a%d [%s]\n", i+1, i+1, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", i), 9), ", "))
	}
	for name, raw := range map[string]string{
		"aliases":  bomb,
		"itself":   "a: &a [*a]\nb: &b {<<: *b}\n",
		"deep":     strings.Repeat("[", 5000) + strings.Repeat("]", 5000),
		"one line": "{" + strings.Repeat("k\u00e9: {a: 1}, ", 20000) + "}",
		"dashes":   strings.Repeat("- ", 5000) + "x",
		"stairs":   stairs(2000),
		"comments": strings.Repeat("# a: 1\n", 20000),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			begin := time.Now()
			got := Parse(raw, YAML, Usual)
			if took := time.Since(begin); took > 10*time.Second {
				t.Errorf("took %v", took)
			}
			if len(got.Entries) > 2*maxTreeEntries {
				t.Errorf("%d entries", len(got.Entries))
			}
			checkSpans(t, got)
		})
	}
}

func stairs(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat(" ", i) + "k:\n")
	}
	return b.String()
}

// TestYAMLKeepsSecrets sees to it that no complaint repeats what the text holds.
func TestYAMLKeepsSecrets(t *testing.T) {
	t.Parallel()
	for _, raw := range []string{
		"a: *s3cret\n", "a: !s3cret!x y\n", "a: %s3cret\n", "a: 's3cret\n", "a: s3cret: x\n", "a: [s3cret\n", "s3cret\nb: 1\n",
		"a: \"s3\\cret s3cret\"\n", "a:\n\ts3cret: 1\n", "a: @s3cret\n", "a: {s3cret: 1, s3cret: 2}\n", "a: &s3cret\n", "a: x #s3cret\n",
	} {
		got := Parse(raw, YAML, Usual)
		words := got.Broken
		for _, e := range got.Entries {
			for _, q := range e.Quirks {
				words += q.Text
			}
		}
		if strings.Contains(words, "cret") {
			t.Errorf("%q: %q repeats the secret", raw, words)
		}
	}
}

func isShared(x *Text, e Entry) bool {
	return slices.ContainsFunc(x.Entries, func(o Entry) bool { return o.Key != e.Key && o.value == e.value })
}
