package render

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestClean(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, in, want string }{
		{"plain", "220 mail.example.org ESMTP", "220 mail.example.org ESMTP"},
		{"other scripts", "Grüße, メール, 👍", "Grüße, メール, 👍"},
		{"ANSI", "\x1b[31mred\x1b[0m", `\x1b[31mred\x1b[0m`},
		{"C1 CSI", "\u009b31m", `\u009b31m`},
		{"line ends", "a\r\nb\n", `a\r\nb\n`},
		{"tab and wide blanks", "a\tb\u00a0c\u3000d", "a b c d"},
		{"NUL, DEL", "a\x00b\x7f", `a\x00b\x7f`},
		{"invalid UTF-8", "a\xff\xc3(", `a\xff\xc3(`},
		{"surrogate", "\xed\xa0\x80", `\xed\xa0\x80`},
		{"replacement character as sent", "\ufffd", "\ufffd"},
		{"bidi", "a\u202eb\u2066c", `a\u202eb\u2066c`},
		{"zero width", "a\u200bb\ufeff", `a\u200bb\ufeff`},
		{"filler, braille blank, tag", "\u3164\u2800\U000e0041", `\u3164\u2800\U000e0041`},
		{"GitHub command", "::error file=a::b", `\::error file=a::b`},
		{"GitHub command after a blank", "a ::set-env name=x::y", `a \::set-env name=x::y`},
		{"GitHub command without a name", ":: x", `\:: x`},
		{"Azure and old GitHub commands", "x ##[error]y ##vso[task]z", `x #\#[error]y #\#vso[task]z`},
		{"IPv6", "::1 and ::ffff:192.0.2.1, 2001:db8::25", "::1 and ::ffff:192.0.2.1, 2001:db8::25"},
		{"C++", "std::string", "std::string"},
		{"long", strings.Repeat("ä", 1100), strings.Repeat("ä", 1000) + " [200 more bytes]"},
		{"just long enough", strings.Repeat("a", 1040), strings.Repeat("a", 1040)},
	} {
		if got := Clean(tt.in); got != tt.want {
			t.Errorf("%s: Clean(%q) = %q, want %q", tt.name, tt.in, got, tt.want)
		}
	}
}

// FuzzClean: clean text is printable UTF-8 in one line, obeyed by nobody, and
// cleaning it again changes nothing but what is cut.
func FuzzClean(f *testing.F) {
	f.Add("220 mail.example.org ESMTP")
	f.Add(evil)
	f.Add(":::::: ::1 ::x ###[a]")
	f.Add("::A::A ##a##[")
	f.Fuzz(func(t *testing.T, in string) {
		got := Clean(in)
		if !utf8.ValidString(got) {
			t.Fatalf("Clean(%q) = %q, not UTF-8", in, got)
		}
		for _, r := range got {
			if hidden(r) {
				t.Fatalf("Clean(%q) = %q holds %U", in, got, r)
			}
		}
		if m := command.FindString(got); m != "" && !strings.HasPrefix(strings.TrimSpace(got), "::") {
			t.Fatalf("Clean(%q) = %q: %q is a command", in, got, m)
		}
		if again := Clean(got); again != got && len(in) < maxText {
			if len(got) < maxText {
				t.Fatalf("Clean(%q) = %q, and again %q", in, got, again)
			}
		}
	})
}

func TestMarkdownText(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ in, want string }{
		{"plain text, smtp-relay.brevo.com:587", "plain text, smtp-relay.brevo.com:587"},
		{"MAIL_PORT and _x_", `MAIL_PORT and \_x\_`},
		{"a|b `c` <d> *e* [f]", "a|b \\`c\\` \\<d\\> \\*e\\* \\[f\\]"},
		{"# no heading", `\# no heading`},
		{"1. no list", `1\. no list`},
		{"- no list", `\- no list`},
		{"see https://example.org/a_b.", "see `https://example.org/a_b`."},
		{"ask @admin (www.example.org)", "ask `@admin` (`www.example.org`)"},
		{"&#x202e; R & D", `\&#x202e; R & D`},
		{`a\|b`, `a\\|b`},
		{"", ""},
	} {
		if got := mdText(tt.in); got != tt.want {
			t.Errorf("mdText(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestMarkdownCode(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ in, code, cell string }{
		{"220 ok", "`220 ok`", "`220 ok`"},
		{"a`b", "`` a`b ``", "`` a`b ``"},
		{"a|`b", "`` a|`b ``", "`` a\\|`b ``"},
		{`a\|b`, "`a\\|b`", "`a\\ \\|b`"},
		{`a\\|b`, "`a\\\\|b`", "`a\\\\\\|b`"},
		{" ", "(empty)", "(empty)"},
	} {
		if got := mdCode(tt.in); got != tt.code {
			t.Errorf("mdCode(%q) = %q, want %q", tt.in, got, tt.code)
		}
		if got := mdCell(tt.code); got != tt.cell {
			t.Errorf("mdCell(%q) = %q, want %q", tt.code, got, tt.cell)
		}
	}
	if got, want := mdFence("text", []string{"a", "````"}), "`````text\na\n````\n`````"; got != want {
		t.Errorf("mdFence = %q, want %q", got, want)
	}
}

// TestJSONKeepsText: hidden characters are escaped, and read back as they were.
func TestJSONKeepsText(t *testing.T) {
	t.Parallel()
	want := "a\x1b\u202e\u200b\U000e0041\U000e007f ##[x] <b>&</b> 👍"
	var b strings.Builder
	if err := encode(&b, want); err != nil {
		t.Fatal(err)
	}
	var got string
	if err := json.Unmarshal([]byte(b.String()), &got); err != nil || got != want {
		t.Errorf("%s reads back as %q (%v), want %q", b.String(), got, err, want)
	}
	if !strings.Contains(b.String(), `<b>&</b> 👍`) {
		t.Errorf("%s: what can be seen is escaped", b.String())
	}
}
