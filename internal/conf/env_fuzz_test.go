package conf

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// settable reports whether a value can stand in the place of an entry: not in a
// list element without quotes, where YAML would cut or refuse it.
func settable(t *Text, e Entry, v string) bool {
	if e.Off || e.value == (span{}) || !utf8.ValidString(v) || strings.ContainsAny(v, "\r\x00\ufffd") || visible(v) != v {
		return false
	}
	switch t.Kind {
	case EnvList:
		r := readEnvList(t.Raw)
		s := r.styleOf(e)
		return !s.item || e.Quote != "" || envItem("K="+v, "") == "K="+v && !s.flow
	case Command:
		// A value of its own that begins with a dash is an option to every program.
		return !strings.Contains(v, "\n") && !(apart(t.Raw, e) && strings.HasPrefix(v, "-"))
	}
	raw := dotenvRaw(&Text{Flavour: t.Flavour}, v, Entry{Quote: e.Quote})
	return !strings.Contains(v, "\n") && survives("K="+raw+"\n", v, t.Flavour) > 0
}

func spansLie(t *testing.T, x *Text) {
	t.Helper()
	for _, e := range x.Entries {
		for _, s := range []span{e.key, e.value, e.whole} {
			if s.from < 0 || s.to < s.from || s.to > len(x.Raw) {
				t.Fatalf("%s: span %v does not lie in a text of %d bytes", e.Key, s, len(x.Raw))
			}
		}
	}
}

// setHolds sets one entry and sees what became of all.
func setHolds(t *testing.T, x *Text, i int, v string) {
	t.Helper()
	e := x.Entries[i]
	out, err := x.Apply([]Edit{{Op: Set, Entry: e, Value: v}})
	if err != nil {
		return
	}
	if !strings.HasPrefix(out, x.Raw[:e.value.from]) || !strings.HasSuffix(out, x.Raw[e.value.to:]) {
		t.Fatalf("bytes outside the value changed: %q, want those of %q", out, x.Raw)
	}
	y := Parse(out, x.Kind, x.Flavour)
	if len(y.Entries) != len(x.Entries) {
		t.Fatalf("%d entries after Set %q to %q, want %d\n%q\n%q", len(y.Entries), e.Key, v, len(x.Entries), x.Raw, out)
	}
	for j, got := range y.Entries {
		want := x.Entries[j].Value
		if j == i {
			want = v
		}
		if got.Key != x.Entries[j].Key || got.Value != want && !dependent(x, x.Entries[j]) {
			t.Fatalf("entry %d is %q = %q after Set %q to %q, want %q = %q\n%q\n%q", j, got.Key, got.Value, e.Key, v, x.Entries[j].Key, want, x.Raw, out)
		}
	}
}

// dependent reports whether a value holds others.
func dependent(x *Text, e Entry) bool {
	return strings.Contains(x.Raw[e.value.from:e.value.to], "$")
}

func fuzzKind(f *testing.F, k Kind, flavours []Flavour, seeds ...string) {
	for _, s := range seeds {
		for i := range flavours {
			f.Add(s, byte(i), byte(0), "x y#z")
			f.Add(s, byte(i), byte(1), "465")
		}
	}
	f.Fuzz(func(t *testing.T, raw string, flavour, which byte, v string) {
		x := Parse(raw, k, flavours[int(flavour)%len(flavours)])
		spansLie(t, x)
		if x.Broken != "" || len(x.Entries) == 0 || strings.ContainsAny(raw, "\r\x00") {
			return
		}
		i := int(which) % len(x.Entries)
		for _, e := range x.Entries {
			for _, q := range e.Quirks {
				if q.Kind == Unclosed || q.Kind == BadSyntax {
					return
				}
			}
		}
		if settable(x, x.Entries[i], v) {
			setHolds(t, x, i, v)
		}
	})
}

var allDotenv = []Flavour{Usual, PHPDotenv, SymfonyEnv, NodeDotenv, RubyDotenv, PythonDotenv, EnvFile, ComposeEnv, Shell}

func FuzzDotenv(f *testing.F) {
	fuzzKind(f, Dotenv, allDotenv,
		"A=1\nB = \"x y\" # c\n#C=3\nexport D='q'\nE=\nF=a#b\nG= lead\n",
		"A=\"one\ntwo\"\nB=${A}/x\nC=$A\n\nD=`x`\n; E=1\n",
		"A=\"open\nB=1\n", "A\nB=1", "A=“x”\n", "A=\\$x\\n\nB=\"\\\"\"", growing("", 12))
}

func FuzzEnvList(f *testing.F) {
	fuzzKind(f, EnvList, []Flavour{Usual},
		"services:\n  a:\n    image: x:1\n    environment:\n      - A=1\n      - \"B=2\"\n      - 'C=3'\n      - D\n",
		"environment:\n  A: 1\n  B: \"x\"\n  C: 'y'\n  D:\n  # E: 5\n", "- A=1\n- B=\"x\"\n# - C=2\n",
		"env:\n- name: A\n  value: \"1\"\n- name: B\n  valueFrom: {secretKeyRef: {name: a, key: b}}\n",
		"environment: {A: 1, B: x}\n", "environment: [A=1, B=x]\n", "A_B: $x\nC_D: ${E:-1}\nE_F: a$$b\n", "  - A=1\n  B_C: 2\n")
}

func FuzzCommand(f *testing.F) {
	fuzzKind(f, Command, []Flavour{Usual},
		"docker run -d \\\n  -e 'A=1' \\\n  -e B=2 --env C=\"x y\" \\\n  img:1 cmd\n", "export A=1\nB=2 ./x\n",
		"ENV A=1 B=\"2 3\"\nENV C four five\n", "Environment=\"A=1\" 'B=2' C=3\n", "fly secrets set A=1 B='2'\n",
		"bin/magento config:set a/b/c 1\nphp occ config:system:set mail --value=\"x\"\nwp config set N v\n", "export A=$B C=${D:-x}y\n", growing("export ", 12))
}

func FuzzDetectEnv(f *testing.F) {
	f.Add("a.env", "A=1")
	f.Add("", "- A=1")
	f.Fuzz(func(t *testing.T, name, raw string) {
		k, flavour := DetectEnv(name, raw)
		if _, ok := parsers[k]; !ok {
			t.Fatalf("kind %q of %q has no reader", k, name)
		}
		Parse(raw, k, flavour)
	})
}
