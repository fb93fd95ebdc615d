package conf

import (
	"fmt"
	"strings"
	"testing"
)

// brief is an entry in one line: key=value, its quirks with their fixes.
func brief(e Entry) string {
	var b strings.Builder
	if e.Scope != "" {
		b.WriteString(e.Scope + ":")
	}
	b.WriteString(e.Key + "=" + e.Value)
	if e.Type != String {
		b.WriteString(" (" + string(e.Type) + ")")
	}
	if e.Env != "" {
		b.WriteString(" env " + e.Env)
	}
	if e.Off {
		b.WriteString(" off")
	}
	for _, q := range e.Quirks {
		fmt.Fprintf(&b, " [%s %s]", q.Kind, q.Fix)
	}
	return b.String()
}

func briefs(t *Text) []string {
	var out []string
	for _, e := range t.Entries {
		out = append(out, brief(e))
	}
	return out
}

func wantBriefs(t *testing.T, raw string, k Kind, f Flavour, want ...string) *Text {
	t.Helper()
	x := Parse(raw, k, f)
	if got := briefs(x); strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("%s %s\n%s\ngot\n%s\nwant\n%s", k, f, raw, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	return x
}

func TestDotenvReaders(t *testing.T) {
	t.Parallel()
	tests := []struct {
		raw  string
		want map[Flavour]string
	}{
		{"K=abc#def", map[Flavour]string{
			Usual: `K=abc [cut-at-hash "abc#def"]`, PHPDotenv: `K=abc [cut-at-hash "abc#def"]`, NodeDotenv: `K=abc [cut-at-hash "abc#def"]`,
			RubyDotenv: `K=abc [cut-at-hash "abc#def"]`, PythonDotenv: "K=abc#def", SymfonyEnv: "K=abc#def", ComposeEnv: "K=abc#def", EnvFile: "K=abc#def", Shell: "K=abc#def"}},
		{"K=abc # def", map[Flavour]string{
			Usual: "K=abc", PHPDotenv: "K=abc", NodeDotenv: "K=abc", RubyDotenv: "K=abc", PythonDotenv: "K=abc", ComposeEnv: "K=abc", Shell: "K=abc",
			EnvFile: "K=abc # def [kept-comment abc]"}},
		{"K=#abc", map[Flavour]string{Usual: `K= [cut-at-hash "#abc"]`, PythonDotenv: "K=#abc", ComposeEnv: "K=#abc"}},
		{"K= # c", map[Flavour]string{NodeDotenv: "K=", PHPDotenv: "K=", PythonDotenv: "K=# c [kept-comment ]"}},
		{`K="a#b" # c`, map[Flavour]string{
			Usual: "K=a#b", NodeDotenv: "K=a#b", PHPDotenv: "K=a#b", PythonDotenv: "K=a#b", EnvFile: `K="a#b" # c [kept-quotes a#b]`}},
		{`K=a$b`, map[Flavour]string{
			PHPDotenv: "K=a$b", NodeDotenv: "K=a$b", PythonDotenv: "K=a$b", EnvFile: "K=a$b",
			RubyDotenv: "K=a [expanded 'a$b']", ComposeEnv: "K=a [expanded 'a$b']", SymfonyEnv: "K=a [expanded 'a$b']", Shell: "K=a [expanded 'a$b']"}},
		{`K="a$b"`, map[Flavour]string{ComposeEnv: `K=a [expanded "a\$b"]`, PHPDotenv: "K=a$b"}},
		{`K='a$b'`, map[Flavour]string{RubyDotenv: "K=a$b", ComposeEnv: "K=a$b", Shell: "K=a$b"}},
		{"A=1\nK=${A}2", map[Flavour]string{
			PHPDotenv: "K=12", RubyDotenv: "K=12", PythonDotenv: "K=12", ComposeEnv: "K=12", Shell: "K=12", NodeDotenv: "K=${A}2", EnvFile: "K=${A}2"}},
		{`K="${APP}"`, map[Flavour]string{PHPDotenv: "K= (expr) env APP [unresolved ]", NodeDotenv: "K=${APP}"}},
		{"K=${A:-d}", map[Flavour]string{SymfonyEnv: "K=d (expr) env A", ComposeEnv: "K=d (expr) env A", PythonDotenv: "K=d (expr) env A", Shell: "K=d (expr) env A"}},
		{"K=a b", map[Flavour]string{
			Usual: "K=a b", NodeDotenv: "K=a b", PHPDotenv: `K=a b [bad-syntax "a b"]`, SymfonyEnv: `K=a [bad-syntax "a b"]`, Shell: `K=a [bad-syntax "a b"]`}},
		{`K="a\nb"`, map[Flavour]string{PHPDotenv: "K=a\nb [escaped \"a\\\\nb\"]", RubyDotenv: `K=a\nb`, Shell: `K=a\nb`}},
		{`K="a\"b"`, map[Flavour]string{PHPDotenv: `K=a"b`, NodeDotenv: `K=a\"b`, PythonDotenv: `K=a"b`, ComposeEnv: `K=a"b`, Shell: `K=a"b`}},
		{`K="ab"cd"`, map[Flavour]string{NodeDotenv: `K=ab"cd`, Usual: `K="ab"cd" [bad-syntax ab"cd]`}},
		{`K="abc`, map[Flavour]string{
			Usual: "K=abc [unclosed-quote abc]", NodeDotenv: `K="abc [unclosed-quote abc]`, PythonDotenv: "K=abc [unclosed-quote abc]"}},
		{"K=`a'b`", map[Flavour]string{NodeDotenv: "K=a'b", PythonDotenv: "K=`a'b`"}},
		{"K=\"a\nb\"", map[Flavour]string{PHPDotenv: "K=a\nb", NodeDotenv: "K=a\nb", ComposeEnv: "K=a\nb"}},
		{"K=“abc”", map[Flavour]string{Usual: "K=“abc” [smart-quotes abc]"}},
		{`K=" abc "`, map[Flavour]string{Usual: `K= abc  [leading-blank "abc"] [trailing-blank "abc"]`}},
		{"K= abc", map[Flavour]string{
			Usual: "K=abc [leading-blank abc]", NodeDotenv: "K=abc", EnvFile: "K= abc [leading-blank abc]"}},
		{"K=abc ", map[Flavour]string{Usual: "K=abc", EnvFile: "K=abc  [trailing-blank abc]"}},
		{"K=ab\u200bc", map[Flavour]string{Usual: "K=ab\u200bc [invisible abc]"}},
		{"K", map[Flavour]string{EnvFile: "K= (null)", ComposeEnv: "K= (null)"}},
		{"export K = v", map[Flavour]string{Usual: "K=v", PHPDotenv: "K=v", NodeDotenv: "K=v"}},
		{"K: v", map[Flavour]string{NodeDotenv: "K=v", RubyDotenv: "K=v", ComposeEnv: "K=v"}},
		{"# K=v", map[Flavour]string{Usual: "K=v off", PHPDotenv: "K=v off", EnvFile: "K=v off"}},
		{";K=v", map[Flavour]string{Usual: "K=v off"}},
		{"\ufeffK=v\r", map[Flavour]string{Usual: "K=v", PHPDotenv: "K=v", EnvFile: "K=v"}},
		{"K=v\r", map[Flavour]string{Shell: "K=v", EnvFile: "K=v"}},
	}
	for _, tt := range tests {
		for f, want := range tt.want {
			x := Parse(tt.raw+"\n", Dotenv, f)
			got := ""
			if n := len(x.Entries); n > 0 {
				got = brief(x.Entries[n-1])
			}
			if got != want {
				t.Errorf("%s reads %q as %q, want %q", f, tt.raw, got, want)
			}
		}
	}
}

func TestDotenvBroken(t *testing.T) {
	t.Parallel()
	tests := []struct {
		raw  string
		f    Flavour
		want string
	}{
		{"A=1\nB=a b\n", PHPDotenv, "line 2: a value with blanks stands without quotes"},
		{"A=1\nB=a b\n", NodeDotenv, ""},
		{"some words\n", PHPDotenv, "line 1: this is no assignment"},
		{"some words\n", Usual, ""},
		{"A = 1\n", EnvFile, "line 1: this is no assignment"},
		{"A='x\n", ComposeEnv, "line 1: a quote is not closed"},
		{"A=${\n", ComposeEnv, "line 1: ${ begins no variable"},
		{`A="\q"`, PHPDotenv, "line 1: a backslash stands before a character that it cannot escape"},
	}
	for _, tt := range tests {
		if got := Parse(tt.raw, Dotenv, tt.f).Broken; got != tt.want {
			t.Errorf("%s of %q: broken %q, want %q", tt.f, tt.raw, got, tt.want)
		}
	}
}

func TestDotenvDuplicate(t *testing.T) {
	t.Parallel()
	wantBriefs(t, "A=1\n#A=2\nA=3\n", Dotenv, Usual, "A=1 [duplicate ]", "A=2 off", "A=3")
}

func TestDotenvEdits(t *testing.T) {
	t.Parallel()
	tests := []struct {
		raw  string
		f    Flavour
		edit Edit // of the first entry
		want string
	}{
		{"K=\"a\" # c\nB=1\n", Usual, Edit{Op: Set, Value: "x"}, "K=\"x\" # c\nB=1\n"},
		{"K=a\n", Usual, Edit{Op: Set, Value: "p#q"}, "K=\"p#q\"\n"},
		{"K=a\n", Usual, Edit{Op: Set, Value: "p$q"}, "K='p$q'\n"},
		{"K=a\n", PHPDotenv, Edit{Op: Set, Value: "p${q}'"}, "K=\"p\\${q}'\"\n"},
		{"K=a\n", EnvFile, Edit{Op: Set, Value: "p #q"}, "K=p #q\n"},
		{"K='a'\n", Shell, Edit{Op: Set, Value: "it's"}, "K='it'\\''s'\n"},
		{"K=a\n", NodeDotenv, Edit{Op: Set, Value: "p'\"#"}, "K=`p'\"#`\n"},
		{"K\nB=1\n", EnvFile, Edit{Op: Set, Value: "x"}, "K=x\nB=1\n"},
		{"K= a\n", Usual, Edit{Op: Set, Value: "b"}, "K=b\n"},
		{"  export K = 'a' # c\nB=1\n", Usual, Edit{Op: Add, Key: "N", Value: "v"}, "  export K = 'a' # c\n  export N = 'v'\nB=1\n"},
		{"K=a", Usual, Edit{Op: Add, Key: "N", Value: "v w"}, "K=a\nN=\"v w\""},
		{"K=a\r\nB=1\r\n", Usual, Edit{Op: Add, Key: "N", Value: "v"}, "K=a\r\nN=v\r\nB=1\r\n"},
		{"K=\"a\nb\"\nB=1\n", Usual, Edit{Op: Remove}, "B=1\n"},
		{"# K=a\nB=1\n", Usual, Edit{Op: Enable, Value: "b"}, "K=b\nB=1\n"},
		{"#K=a\n", Usual, Edit{Op: Enable}, "K=a\n"},
		{"K=a\n", Usual, Edit{Op: Rename, Key: "N"}, "N=a\n"},
	}
	for _, tt := range tests {
		x := Parse(tt.raw, Dotenv, tt.f)
		tt.edit.Entry = x.Entries[0]
		got, err := x.Apply([]Edit{tt.edit})
		if err != nil || got != tt.want {
			t.Errorf("%s %q %s: got %q %v, want %q", tt.f, tt.raw, tt.edit.Op, got, err, tt.want)
		}
	}
	x := Parse("K=a", Dotenv, Usual)
	if got, _ := x.Apply([]Edit{{Op: Add, Key: "N", Value: "v"}}); got != "K=a\nN=v\n" {
		t.Errorf("Add at the end: got %q", got)
	}
}

// A fix must read as the value looks.
func TestDotenvFixes(t *testing.T) {
	t.Parallel()
	for _, f := range allDotenv {
		for raw, want := range map[string]string{"K=a#b": "a#b", "K=p$q": "p$q", "K=\"v \"": "v", "K=“q”": "q"} {
			x := Parse(raw+"\n", Dotenv, f)
			for _, q := range x.Entries[0].Quirks {
				out, err := x.Apply([]Edit{{Op: SetRaw, Entry: x.Entries[0], Raw: q.Fix}})
				if err != nil {
					t.Fatal(err)
				}
				if got := Parse(out, Dotenv, f).Entries[0].Value; got != want && q.Kind != KeptQuotes {
					t.Errorf("%s: the fix of %q for %s reads %q, want %q", f, raw, q.Kind, got, want)
				}
			}
		}
	}
}

// Passwords must survive in every reader that has a way to write them.
func TestDotenvPasswords(t *testing.T) {
	t.Parallel()
	for _, f := range allDotenv {
		for _, quote := range []string{"", `"`, `'`} {
			for _, v := range []string{"plain", "", "a b", "a#b", "#a", "a #b", "a$b", "$a", "${a}", `a\b`, `a\`, `a"b`, `a'b`, `"a"`, `'a'`, "a'b\"c", "a`b", `\n`, `$a\'"# `, "p=q", "ä€"} {
				raw := dotenvRaw(&Text{Flavour: f}, v, Entry{Quote: quote})
				if survives("K="+raw+"\n", v, f) == 0 && !(f == PythonDotenv && v == "${a}") { // it puts variables in everywhere
					t.Errorf("%s: %q cannot be written, best is %s", f, v, raw)
				}
			}
		}
	}
}
