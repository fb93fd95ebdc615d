package conf

import (
	"strings"
	"testing"
)

func TestProperties(t *testing.T) {
	t.Parallel()
	kvCheck(t, Properties, []kvCase{
		{"separators", Usual, "a=1\nb: 2\nc 3\nd = 4\n  e\n", "", []string{`1:1 a="1"`, `2:1 b="2"`, `3:1 c="3"`, `4:1 d="4"`, `5:3 e=""`}},
		{"dots", Usual, "spring.mail.host=h\r\nspring.mail.port = 587\r\n", "", []string{`1:1 spring.mail.host="h"`, `2:1 spring.mail.port="587"`}},
		{"off", Usual, "#a.b=1\n# a = 1\n! c = 2\n# prose: here\n#\n", "", []string{`1:2 a.b="1" off`, `2:3 a="1" off`}},
		{"comments stay", Usual, "a=x # y\nb=x#y\n", "", []string{`1:1 a="x # y" kept-comment<x>`, `2:1 b="x#y"`}},
		{"escapes", Usual, "a=D\\OM\nb=x\\ty\nc=a\\\\b\nd=\\u00e9\\ud83d\\ude00\nk\\:\\=x=1\n", "",
			[]string{`1:1 a="DOM" escaped<D\\OM>`, `2:1 b="x\ty" escaped<x\\ty>`, `3:1 c="a\\b"`, `4:1 d="é😀"`, `5:1 k:=x="1"`}},
		{"bad unicode", Usual, "a=1\nb=D\\user\nc=\\\\user\n", `line 2: \u is not followed by four hexadecimal digits`,
			[]string{`1:1 a="1"`, `2:1 b="Duser" escaped<D\\user>`, `3:1 c="\\user"`}},
		{"continued", Usual, "a=x,\\\n   y\nb=1\\\\\nc=2", "", []string{`1:1 a="x,y"`, `3:1 b="1\\"`, `4:1 c="2"`}},
		{"blanks and quotes", Usual, "a=x  \nb=\"y\"\nc=“z”\n", "", []string{`1:1 a="x  " trailing-blank<x>`, `2:1 b="\"y\"" kept-quotes<y>`, `3:1 c="“z”" smart-quotes<z>`}},
		{"placeholders", Usual, "a=${MAIL_HOST:localhost}\nb=${X}\nc=${mail.host:h}\nd=p${X}\n", "",
			[]string{`1:1 a="localhost" expr env MAIL_HOST`, `2:1 b="" expr env X`, `3:1 c="h" expr`, `4:1 d="p${X}" expr`}},
		{"twice", Usual, "a=1\na=2\n", "", []string{`1:1 a="1" duplicate`, `2:1 a="2"`}},
	})
}

func TestPropertiesEdits(t *testing.T) {
	t.Parallel()
	kvCheckEdits(t, Properties, []kvEdit{
		{"set", Usual, "a = 1\r\nb=2\r\n", "a", Edit{Op: Set, Value: `D\u é`}, "a = D\\\\u \\u00e9\r\nb=2\r\n"},
		{"set without a separator", Usual, "a\nb=2\n", "a", Edit{Op: Set, Value: "x"}, "a=x\nb=2\n"},
		{"set a placeholder", Usual, "a=${X:1}\n", "a", Edit{Op: Set, Value: "2"}, "a=2\n"},
		{"set over lines", Usual, "a=1,\\\n 2\nb=3", "a", Edit{Op: Set, Value: "4"}, "a=4\nb=3"},
		{"add", Usual, "a.b = 1\n", "a.b", Edit{Op: Add, Key: "a.c", Value: "2"}, "a.b = 1\na.c = 2\n"},
		{"add at the end", Usual, "a=1", "", Edit{Op: Add, Key: "a.c", Value: " 2"}, "a=1\na.c=\\ 2"},
		{"remove", Usual, "a=1\\\n2\nb=3\n", "a", Edit{Op: Remove}, "b=3\n"},
		{"enable", Usual, "# a.b=1\n", "a.b", Edit{Op: Enable, Value: "2"}, "a.b=2\n"},
	})
}

func FuzzProperties(f *testing.F) {
	for _, s := range []string{"a=1\n# b=2\nc : x\\\n  y\nd\n", "a\\ b=\\u00e9 \n!x\n", "a=${X:1}\na=2\\", "\\\n=x\n"} {
		f.Add(s, uint8(0), `D\user #1`)
		f.Add(s, uint8(2), " é\t")
	}
	f.Fuzz(func(t *testing.T, raw string, n uint8, value string) {
		text := Parse(raw, Properties, Usual)
		kvSpans(t, text)
		if kvPlain(value) {
			kvRoundTrip(t, text, int(n), value)
			if !strings.HasSuffix(raw, `\`) {
				kvAdd(t, text, int(n), value)
			}
		}
	})
}
