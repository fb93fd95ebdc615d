package conf

import "testing"

func TestTOML(t *testing.T) {
	t.Parallel()
	kvCheck(t, TOML, []kvCase{
		{"types", Usual, "[api.smtp]\n    tls = true\n    port = 587 # c\n  from = \"a\\tb\"\n  u = 'x\\y'\n  d = 2020-01-01\n", "",
			[]string{`2:5 api.smtp.tls="true" bool`, `3:5 api.smtp.port="587" number`, `4:3 api.smtp.from="a\tb" quote "`, `5:3 api.smtp.u="x\\y" quote '`, `6:3 api.smtp.d="2020-01-01"`}},
		{"off", Usual, "[s]\n# host = \"x\"\n#port = 1\n# prose = here\na = 1 # b = 2\n", "",
			[]string{`2:3 s.host="x" off quote "`, `3:2 s.port="1" off number`, `5:1 s.a="1" number`}},
		{"tables", Usual, "[[m]]\na = 1\n[[m]]\na = 2\n[m.sub]\nb.c = 3\n", "",
			[]string{`2:1 m.0.a="1" number`, `4:1 m.1.a="2" number`, `6:3 m.1.sub.b.c="3" number`}},
		{"inline", Usual, "s = { host = \"h\", port = 1 }\nto = [\"a\", 'b']\n", "",
			[]string{`1:7 s.host="h" quote "`, `1:19 s.port="1" number`, `2:1 to.0="a" quote "`, `2:1 to.1="b" quote '`}},
		{"lines", Usual, "a = \"\"\"\nx\ny\"\"\"\nb = '''z'''\n", "", []string{`1:1 a="x\ny" quote """`, `4:1 b="z" quote '''`}},
		{"mistakes", Usual, "[s]\na = 1\nhost = smtp.x # c\non = True\nb = 2\n", "line 3: this is not valid TOML",
			[]string{`2:1 s.a="1" number`, `3:1 s.host="smtp.x" bad-syntax<"smtp.x">`, `4:1 s.on="True" bad-syntax<true>`, `5:1 s.b="2" number`}},
		{"open quote", Usual, "a = \"x\nb = 2\n", "line 1: this is not valid TOML", []string{`1:1 a="x" bad-syntax<"x">`, `2:1 b="2" number`}},
		{"open lines", Usual, "a = \"\"\"x\nb = 2\n", "line 2: this is not valid TOML", []string{`1:1 a="x" bad-syntax<"x">`, `2:1 b="2" number`}},
		{"twice", Usual, "a = 1\na = 2\n", "line 1: the key is defined twice", []string{`1:1 a="1" number duplicate`, `2:1 a="2" number`}},
		{"smart", Usual, "a = \"“x”\"\n", "", []string{`1:1 a="“x”" quote " smart-quotes<"x">`}},
	})
}

func TestTOMLEdits(t *testing.T) {
	t.Parallel()
	kvCheckEdits(t, TOML, []kvEdit{
		{"string", Usual, "a   = \"x\" # c\n", "a", Edit{Op: Set, Value: `q"\`}, "a   = \"q\\\"\\\\\" # c\n"},
		{"literal", Usual, "a = 'x'\n", "a", Edit{Op: Set, Value: `q\`}, "a = 'q\\'\n"},
		{"number", Usual, "a = 1\n", "a", Edit{Op: Set, Value: "587", Type: Number}, "a = 587\n"},
		{"not a number", Usual, "a = 1\n", "a", Edit{Op: Set, Value: "x]", Type: Number}, "a = \"x]\"\n"},
		{"add", Usual, "[s]\n    host = \"h\"\n[t]\nx = 1\n", "s.host", Edit{Op: Add, Key: "s.port", Value: "1", Type: Number}, "[s]\n    host = \"h\"\n    port = 1\n[t]\nx = 1\n"},
		{"add dotted", Usual, "s.host = \"h\"\n", "s.host", Edit{Op: Add, Key: "s.port", Value: "x"}, "s.host = \"h\"\ns.port = \"x\"\n"},
		{"add inline", Usual, "s = { a = 1 }\n", "s.a", Edit{Op: Add, Key: "s.b", Value: "x"}, "s = { a = 1, b = \"x\" }\n"},
		{"add a table", Usual, "a = 1\n", "", Edit{Op: Add, Key: "s.b", Value: "x"}, "a = 1\n[s]\nb = \"x\"\n"},
		{"add an element", Usual, "a = [\"x\"]\n", "a.0", Edit{Op: Add, Key: "a.1", Value: "y"}, "a = [\"x\", \"y\"]\n"},
		{"remove an element", Usual, "a = [\"x\", \"y\"]\n", "a.1", Edit{Op: Remove}, "a = [\"x\"]\n"},
		{"remove", Usual, "a = \"\"\"\nx\"\"\"\nb = 1\n", "a", Edit{Op: Remove}, "b = 1\n"},
		{"remove inline", Usual, "s = { a = 1, b = 2 }\n", "s.a", Edit{Op: Remove}, "s = { b = 2 }\n"},
		{"remove the last inline", Usual, "s = { a = 1, b = 2 }\n", "s.b", Edit{Op: Remove}, "s = { a = 1 }\n"},
		{"enable", Usual, "[s]\n# on = false\n", "s.on", Edit{Op: Enable, Value: "true", Type: Bool}, "[s]\non = true\n"},
		{"rename", Usual, "s.on = false\n", "s.on", Edit{Op: Rename, Key: "off"}, "s.off = false\n"},
	})
}

func FuzzTOML(f *testing.F) {
	for _, s := range []string{
		"[a.b]\n x = \"y\"\n# z = 1\n", "[[a]]\nb = [1, 'c', {d = 1}]\n", "a = \"\"\"x\ny\"\"\"\nb = x\nc = 1\n", "\"q r\".s = '''t'''\r\nd = 1979-05-27T07:32:00Z\n", "a = {b = 1, c = \"d\"}\n",
	} {
		f.Add(s, uint8(0), `q"\'`)
		f.Add(s, uint8(1), "é")
	}
	f.Fuzz(func(t *testing.T, raw string, n uint8, value string) {
		text := Parse(raw, TOML, Usual)
		kvSpans(t, text)
		if !kvPlain(value) || text.Broken != "" {
			return
		}
		kvRoundTrip(t, text, int(n), value)
		if len(text.Entries) > 0 && !tomlElement(text, text.Entries[int(n)%len(text.Entries)]) {
			kvAdd(t, text, int(n), value)
		}
	})
}
