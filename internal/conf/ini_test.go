package conf

import (
	"strings"
	"testing"
)

func TestINI(t *testing.T) {
	t.Parallel()
	kvCheck(t, INI, []kvCase{
		{"sections", Usual, "top = 1\n[a.b]\nkey: v\n\n  [c]\r\n  k=v w \r\n", "", []string{`1:1 top="1"`, `3:1 a.b.key="v"`, `6:3 c.k="v w"`}},
		{"off", GoINI, "[smtp]\n;enabled = true\n#key=v\n# prose is = not a key\n;; host =\n; see: there\n", "",
			[]string{`2:2 smtp.enabled="true" off`, `3:2 smtp.key="v" off`, `5:4 smtp.host="" off`}},
		{"usual comments", Usual, "a = x ; c\nb = x#y\nc = \"x # y\" ; c\nd = 'q\ne = \n", "",
			[]string{`1:1 a="x"`, `2:1 b="x#y"`, `3:1 c="x # y" quote "`, `4:1 d="'q" unclosed-quote<q>`, `5:1 e=""`}},
		{"usual cut", Usual, "a = #x\n", "", []string{`1:1 a="" cut-at-hash<"#x">`}},
		{"go raw", GoINI, "[m]\nP = `a;b#c`\nQ = \"\"\"x\"y\"\"\" ; c\nR = \"z\"\nS = 'it''s'\n", "",
			[]string{"2:1 m.P=\"a;b#c\" quote `", `3:1 m.Q="x\"y" quote """`, `4:1 m.R="z" quote "`, "5:1 m.S=\"'it''s'\" kept-quotes<it''s>"}},
		{"go cut", GoINI, "P = ab#cd ; note\nQ = ab # cd\nR = \"a;b\"\nS = ; c\nT = #x\n", "",
			[]string{"1:1 P=\"ab\" cut-at-hash<`ab#cd`>", `2:1 Q="ab"`, "3:1 R=\"\\\"a\" cut-at-hash<`a;b`>", `4:1 S=""`, "5:1 T=\"\" cut-at-hash<`#x`>"}},
		{"go name and address", GoINI, "F = \"Gitea\" <g@x.org> ; c\nT = 'G' <g@x.org>\nU = \"Gitea <g@x.org>\n", "",
			[]string{`1:1 F="\"Gitea\" <g@x.org>"`, `2:1 T="'G' <g@x.org>"`, `3:1 U="\"Gitea <g@x.org>" unclosed-quote<Gitea <g@x.org>>`}},
		{"go whole", GoINI, "P = \"\"\"S#x;\"\"\"\nQ = `S#x;`\nR = \"\"\"a#\nb;c\"\"\" ; c\nS = \"\"\"a#\"\"\"\"\n", "",
			[]string{`1:1 P="S#x;" quote """`, "2:1 Q=\"S#x;\" quote `", `3:1 R="a#\nb;c" quote """`, `5:1 S="a#\"" quote """`}},
		{"go cut unquoted", GoINI, "P = S#x\nQ = S;x\nR = S`#x\n", "",
			[]string{"1:1 P=\"S\" cut-at-hash<`S#x`>", "2:1 Q=\"S\" cut-at-hash<`S;x`>", "3:1 R=\"S`\" cut-at-hash<`S`#x`>"}},
		{"go lines", GoINI, "P = `a\nb`\nQ = c\n", "", []string{"1:1 P=\"a\\nb\" quote `", `3:1 Q="c"`}},
		{"go unclosed", GoINI, "P = `a\nQ = c\n", "line 1: a quote is not closed", []string{"1:1 P=\"a\" quote ` unclosed-quote<`a`>", `2:1 Q="c"`}},
		{"go joined", GoINI, "P = a\\\nQ = c\nR = d\n", "", []string{"1:1 P=\"aQ = c\" escaped<`a\\`\nQ = c>", `3:1 R="d"`}},
		{"go variables", GoINI, "P = $__env{SMTP_PASS}\nQ = ${X}\nR = $__file{/run/x}\nS = a%(P)s\n", "",
			[]string{`1:1 P="" expr env SMTP_PASS`, `2:1 Q="" expr env X`, `3:1 R="$__file{/run/x}" expr`, `4:1 S="a%(P)s" expanded`}},
		{"go refuses", GoINI, "[m\nnonsense\n", "line 1: the section has no ]", nil},
		{"python", ConfigParser, "[smtp]\na = \"x\"\nb = y # c\nc = 5%\nd = 5%%\ne = %(a)s\n", "",
			[]string{`2:1 smtp.a="\"x\"" kept-quotes<x>`, `3:1 smtp.b="y # c" kept-comment<y>`, `4:1 smtp.c="5%" escaped<5%%>`, `5:1 smtp.d="5%"`, `6:1 smtp.e="%(a)s" expanded`}},
		{"python raw", RawConfigParser, "a = 5%%\nb = %\n", "", []string{`1:1 a="5%%"`, `2:1 b="%"`}},
		{"python continued", ConfigParser, "[s]\na = x\n  y\n\n  z\n\nb = 1\n  c = 2\n", "",
			[]string{`2:1 s.a="x\ny\n\nz"`, `7:1 s.b="1\nc = 2" bad-syntax`}},
		{"python indented", ConfigParser, "  a = x\n  b = y\n", "", []string{`1:3 a="x"`, `2:3 b="y"`}},
		{"python twice", ConfigParser, "a = x\nA = y\n", "line 1: the key stands twice in its section", []string{`1:1 a="x" duplicate`, `2:1 A="y"`}},
		{"twice", Usual, "[s]\na = x\n[t]\na = y\n[s]\na = z\n", "", []string{`2:1 s.a="x" duplicate`, `4:1 t.a="y"`, `6:1 s.a="z"`}},
		{"odd characters", Usual, "a = “x”\nb = x\u200by\n\u00fc = 1\n", "", []string{`1:1 a="“x”" smart-quotes<x>`, `2:1 b="x\u200by" invisible<xy>`, `3:1 ü="1"`}},
		{"php", PHPINI, "[mail function]\nSMTP = localhost ; c\nmail.x = \"a;b\"\nu = a#b\nv = a;b\n", "",
			[]string{`2:1 mail function.SMTP="localhost"`, `3:1 mail function.mail.x="a;b" quote "`, `4:1 mail function.u="a#b"`, `5:1 mail function.v="a" cut-at-hash<"a;b">`}},
	})
}

func TestINIEdits(t *testing.T) {
	t.Parallel()
	set := func(v string) Edit { return Edit{Op: Set, Value: v} }
	kvCheckEdits(t, INI, []kvEdit{
		{"plain", GoINI, "[m]\nA   = x ; c\n", "m.A", set("y"), "[m]\nA   = y ; c\n"},
		{"backticks", GoINI, "A = x\r\n", "A", set("a#b"), "A = `a#b`\r\n"},
		{"triple", GoINI, "A = \"\"\"x\"\"\"\n", "A", set("a`b"), "A = \"\"\"a`b\"\"\"\n"},
		{"triple stays", GoINI, "A = \"\"\"x#;\"\"\" ; c\n", "A", set("y\"#"), "A = \"\"\"y\"#\"\"\" ; c\n"},
		{"triple over lines", GoINI, "A = \"\"\"x#\ny\"\"\"\nB = 1\n", "A", set("z;"), "A = \"\"\"z;\"\"\"\nB = 1\n"},
		{"backticks before one in the comment", GoINI, "A = x ; c`d\n", "A", set("a#b"), "A = \"\"\"a#b\"\"\" ; c`d\n"},
		{"name and address", GoINI, "A = x\n", "A", set(`"G" <g@x.org>`), "A = \"G\" <g@x.org>\n"},
		{"quotes give way", GoINI, "A = \"x\"\n", "A", set("a;b"), "A = `a;b`\n"},
		{"cut", GoINI, "A = a#b ; c\n", "A", set("q"), "A = q ; c\n"},
		{"empty", GoINI, "A =\nB = 1\n", "A", set("q"), "A = q\nB = 1\n"},
		{"empty before a comment", Usual, "A = ; c\n", "A", set("q"), "A = q ; c\n"},
		{"percent", ConfigParser, "A = x\n", "A", set("5%"), "A = 5%%\n"},
		{"no new line", ConfigParser, "A = x\n", "A", set("a\nB = 1"), "A = a B = 1\n"},
		{"add aligned", GoINI, "[m]\nENABLED        = true\nHOST           = h\n[o]\nX = 1\n", "m.HOST",
			Edit{Op: Add, Key: "m.SMTP_PORT", Value: "587"}, "[m]\nENABLED        = true\nHOST           = h\nSMTP_PORT      = 587\n[o]\nX = 1\n"},
		{"add by bare name", Usual, "[m]\n  a=1", "m.a", Edit{Op: Add, Key: "b", Value: "2"}, "[m]\n  a=1\n  b=2"},
		{"add to its section", Usual, "[m]\na = 1\n[n]\nb = 1\n", "", Edit{Op: Add, Key: "m.c", Value: "2"}, "[m]\na = 1\nc = 2\n[n]\nb = 1\n"},
		{"add to an empty section", Usual, "[m]\n[n]\nb = 1\n", "", Edit{Op: Add, Key: "m.c", Value: "2"}, "[m]\nc = 2\n[n]\nb = 1\n"},
		{"add a section", Usual, "[n]\nb = 1", "", Edit{Op: Add, Key: "m.c", Value: "2"}, "[n]\nb = 1\n[m]\nc = 2"},
		{"add above sections", Usual, "[n]\nb = 1\n", "", Edit{Op: Add, Key: "c", Value: "2"}, "c = 2\n[n]\nb = 1\n"},
		{"remove", ConfigParser, "a = 1\n  2\nb = 3\n", "a", Edit{Op: Remove}, "b = 3\n"},
		{"enable", GoINI, "[smtp]\n;enabled = false\n", "smtp.enabled", Edit{Op: Enable, Value: "true"}, "[smtp]\nenabled = true\n"},
		{"rename", GoINI, "[m]\nHOST = x\n", "m.HOST", Edit{Op: Rename, Key: "SMTP_ADDR"}, "[m]\nSMTP_ADDR = x\n"},
	})
}

// TestGoINIRoundTrip: whatever form a value stands in, what takes its place is read whole.
func TestGoINIRoundTrip(t *testing.T) {
	t.Parallel()
	for _, form := range []string{"x", "`x#`", `"""x;"""`, "\"\"\"x#\ny\"\"\"", `"x"`, "'x'", "x#y", "x ; c`d", `x # """`, `"G" <g@x.org>`} {
		for _, value := range []string{"a#b", "a;b", `"a"`, `'a;'`, "a`b#", "`a`", "a\"#", `"""a#`, `"G;x" <g@x.org>`, `a\`, "a#`\""} {
			text := Parse("[m]\nA = "+form+"\nB = 1\n", INI, GoINI)
			kvRoundTrip(t, text, 0, value)
		}
	}
}

func FuzzINI(f *testing.F) {
	for _, s := range []string{
		"[m]\nA = `x`\n;B = 1\nC = \"\"\"a\nb\"\"\"\nD=a#b ; c\n", "a = 1\n  b\n\n  c\n# x\nd: 2\n", "[s]\r\nk = 'v' # c\r\nl =\r\n", "a = b\\\nc = d\ne = “x”",
	} {
		for i := range uint8(5) {
			f.Add(s, i, uint8(1), "a#b;c\"d")
		}
	}
	f.Fuzz(func(t *testing.T, raw string, flavour, n uint8, value string) {
		flavours := []Flavour{Usual, GoINI, ConfigParser, RawConfigParser, PHPINI}
		text := Parse(raw, INI, flavours[int(flavour)%len(flavours)])
		kvSpans(t, text)
		if !kvPlain(value) || iniAlone(text.Flavour, iniForm(text.Flavour, value, "", "")) != value || strings.ContainsAny(raw, "\r\v\f") {
			return
		}
		kvRoundTrip(t, text, int(n), value)
		kvAdd(t, text, int(n), value)
	})
}
