package conf

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
)

var jsonSamples = []struct {
	name, raw, broken, want string
}{
	{"coolify", `{"smtp_enabled": true, "smtp_host": "relay.example.org", "smtp_port": 25, "smtp_username": null}`, "",
		`1 smtp_enabled="true" bool
1 smtp_host="relay.example.org" string
1 smtp_port="25" number
1 smtp_username="" null
`},
	{"keycloak fragment", "\"smtpServer\": {\n  \"port\": \"587\",\n  \"starttls\": \"true\"\n}\n", "", `2 smtpServer.port="587" string
3 smtpServer.starttls="true" string
`},
	{"lists", `{"smtp": [{"host": "a"}, {"host": "b"}], "to": ["x", "y"]}`, "", `1 smtp.0.host="a" string
1 smtp.1.host="b" string
1 to.0="x" string
1 to.1="y" string
`},
	{"lines", "{\"a\": 1}\n{\"b\": 2}\n", "", "1 a=\"1\" number\n2 b=\"2\" number\n"},
	{"a single line", `  "Port": 587,`, "", "1 Port=\"587\" number\n"},
	{"the end of a file", "  \"a\": 1\n }\n}\n", "", "1 a=\"1\" number\n"},
	{"escapes", `{"a": "x\"\u00e9\\\/", "b": "${X:-d}"}`, "", `1 a="x\"é\\/" string
1 b="d" expr env:X/
`},
	{"appsettings", "{\n  // a note\n  \"Smtp\": {\n    \"Port\": 25, // usual\n    /* \"x\": 1, */\n    // \"Ssl\": true,\n    \"Host\": \"a\",\n  },\n}\n",
		"line 2: JSON has no comments", `4 Smtp.Port="25" number
6 Smtp.Ssl="true" bool off
7 Smtp.Host="a" string
`},
	{"a trailing comma", "{\n  \"a\": 1,\n}\n", "line 2: a comma stands behind the last element", "2 a=\"1\" number\n"},
	{"a missing comma", "{\n  \"a\": 1\n  \"b\": 2\n}\n", "line 2: a comma is missing behind the value", "2 a=\"1\" number\n3 b=\"2\" number\n"},
	{"no closing brace", "{\n  \"a\": 1\n", "line 1: a brace or bracket is not closed", "2 a=\"1\" number\n"},
	{"curly quotes", "{\u201ca\u201d: \u201cx\u201d}", "line 1: a string is in curly quotes", "1 a=\"x\" string\n"},
	{"single quotes", "{'a': 'it\\'s'}", "line 1: a string is in single quotes", "1 a=\"it's\" string\n"},
	{"bare words", "{a: smtp.example.org, \"b\": True}", "line 1: a key is not in double quotes", "1 a=\"smtp.example.org\" expr\n1 b=\"True\" expr\n"},
	{"an open quote", "{\"a\": \"x,\n\"b\": 1}", "line 1: a string is not closed on its line", "1 a=\"x\" string unclosed-quote\n2 b=\"1\" number\n"},
	{"a bad escape", `{"a": "x\y"}`, "line 1: a backslash in a string begins no escape that JSON knows", "1 a=\"x\\\\y\" string escaped\n"},
	{"a leading zero", `{"a": 025}`, "line 1: a number begins with a zero", "1 a=\"025\" number\n"},
	{"a key twice", `{"a": 1, "a": 2}`, "", "1 a=\"1\" number duplicate\n1 a=\"2\" number\n"},
	{"a byte order mark", "\ufeff{\"a\": 1}", "", "1 a=\"1\" number\n"},
}

// TestJSONC: what .NET reads is not broken; what it refuses is.
func TestJSONC(t *testing.T) {
	t.Parallel()
	for raw, broken := range map[string]string{
		"{\n  // a note\n  \"a\": 1, /* b */\n  \"c\": [1,],\n}\n": "",
		"{\n  # a note\n  \"a\": 1\n}\n":                           "line 2: JSON has no comments",
		"{\n  // a note\n  \"a\": 1\n  \"b\": 2\n}\n":              "line 3: a comma is missing behind the value",
	} {
		got := Parse(raw, JSON, JSONC)
		if got.Broken != broken || len(got.Entries) == 0 {
			t.Errorf("%q: broken %q, want %q; %d entries", raw, got.Broken, broken, len(got.Entries))
		}
	}
}

func TestJSON(t *testing.T) {
	t.Parallel()
	for _, c := range jsonSamples {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			for _, raw := range []string{c.raw, strings.ReplaceAll(c.raw, "\n", "\r\n")} {
				got := Parse(raw, JSON, Usual)
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

var jsonEdits = []treeEdit{
	{"a string", `{"a": "x"}`, "a", Edit{Op: Set, Value: `p"w<`}, `{"a": "p\"w<"}`},
	{"a number", `{"a": 25}`, "a", Edit{Op: Set, Value: "587", Type: Number}, `{"a": 587}`},
	{"a string of a bool", `{"a": "false"}`, "a", Edit{Op: Set, Value: "true", Type: Bool}, `{"a": "true"}`},
	{"a bool", `{"a": false}`, "a", Edit{Op: Set, Value: "true", Type: Bool}, `{"a": true}`},
	{"null to a string", `{"a": null}`, "a", Edit{Op: Set, Value: "x"}, `{"a": "x"}`},
	{"rename", `{"a.b": 1}`, "a.b", Edit{Op: Rename, Key: "c"}, `{"a.c": 1}`},
	{"remove the first", `{"a": 1, "b": 2}`, "a", Edit{Op: Remove}, `{"b": 2}`},
	{"remove the last", `{"a": 1, "b": 2}`, "b", Edit{Op: Remove}, `{"a": 1}`},
	{"remove the only one", "{\n  \"a\": 1\n}\n", "a", Edit{Op: Remove}, "{\n}\n"},
	{"remove the first line", "{\n  \"a\": 1,\n  \"b\": 2\n}\n", "a", Edit{Op: Remove}, "{\n  \"b\": 2\n}\n"},
	{"remove the last line", "{\n  \"a\": 1,\n  \"b\": 2\n}\n", "b", Edit{Op: Remove}, "{\n  \"a\": 1\n}\n"},
	{"remove an object", "{\n  \"a\": 1,\n  \"b\": {\n    \"c\": 2\n  },\n  \"d\": 3\n}\n", "b", Edit{Op: Remove}, "{\n  \"a\": 1,\n  \"d\": 3\n}\n"},
	{"add on the line", `{"a": 1, "b": 2}`, "a", Edit{Op: Add, Key: "c", Value: "x"}, `{"a": 1, "c": "x", "b": 2}`},
	{"add closely", `{"a":1,"b":2}`, "b", Edit{Op: Add, Key: "c", Value: "true", Type: Bool}, `{"a":1,"b":2,"c":true}`},
	{"add a line", "{\n  \"a\": 1,\n  \"b\": 2\n}\n", "a", Edit{Op: Add, Key: "c", Value: "x"}, "{\n  \"a\": 1,\n  \"c\": \"x\",\n  \"b\": 2\n}\n"},
	{"add behind the last", "{\n  \"a\": 1\n}\n", "a", Edit{Op: Add, Key: "c", Value: "x"}, "{\n  \"a\": 1,\n  \"c\": \"x\"\n}\n"},
	{"add with CR LF", "{\r\n  \"a\": 1\r\n}\r\n", "a", Edit{Op: Add, Key: "c", Value: "x"}, "{\r\n  \"a\": 1,\r\n  \"c\": \"x\"\r\n}\r\n"},
	{"add before a comment", "{\n  \"a\": 1, // n\n  \"b\": 2\n}\n", "a", Edit{Op: Add, Key: "c", Value: "x"}, "{\n  \"a\": 1, // n\n  \"c\": \"x\",\n  \"b\": 2\n}\n"},
	{"add beside an object", "{\n  \"a\": {\n    \"b\": 1\n  }\n}\n", "a", Edit{Op: Add, Key: "c", Value: "x"}, "{\n  \"a\": {\n    \"b\": 1\n  },\n  \"c\": \"x\"\n}\n"},
	{"add deeper", `{"m": {"host": "a"}}`, "m.host", Edit{Op: Add, Key: "m.ssl.enable", Value: "true", Type: Bool}, `{"m": {"host": "a", "ssl": {"enable": true}}}`},
	{"add with dots", `{"mail.host": "a"}`, "mail.host", Edit{Op: Add, Key: "mail.ssl.enable", Value: "true", Type: Bool}, `{"mail.host": "a", "mail.ssl.enable": true}`},
	{"add to an object that is there", `{"m": {"host": "a", "ssl": {"t": 1}}}`, "m.host", Edit{Op: Add, Key: "m.ssl.enable", Value: "true", Type: Bool}, `{"m": {"host": "a", "ssl": {"t": 1, "enable": true}}}`},
	{"add at the end", "{\n  \"a\": {\n    \"b\": 1\n  }\n}\n", "", Edit{Op: Add, Key: "c", Value: "x"}, "{\n  \"a\": {\n    \"b\": 1\n  },\n  \"c\": \"x\"\n}\n"},
	{"add to an empty object", `{}`, "", Edit{Op: Add, Key: "c", Value: "x"}, `{"c": "x"}`},
	{"enable", "{\n  // \"b\": 2,\n  \"a\": 1\n}\n", "b", Edit{Op: Enable}, "{\n  \"b\": 2,\n  \"a\": 1\n}\n"},
}

func TestJSONEdits(t *testing.T) {
	t.Parallel()
	runEdits(t, JSON, jsonEdits)
}

// TestJSONStaysValid adds and removes every key of a text that is valid: what
// comes out is valid as well.
func TestJSONStaysValid(t *testing.T) {
	t.Parallel()
	for _, raw := range []string{
		`{"a": 1, "b": {"c": [1, {"d": "x"}], "e": {}}, "f": null}`,
		"{\n  \"a\": 1,\n  \"b\": {\n    \"c\": [\n      1,\n      {\"d\": 2}\n    ]\n  },\n  \"f\": []\n}\n",
	} {
		x := Parse(raw, JSON, Usual)
		for _, e := range x.Entries {
			edits := []Edit{{Op: Remove, Entry: e}}
			if e.key != (span{}) {
				edits = append(edits, Edit{Op: Add, Entry: e, Key: e.Key + "2", Value: "v"})
			}
			for _, edit := range edits {
				if got, err := x.Apply([]Edit{edit}); err != nil || !json.Valid([]byte(got)) {
					t.Errorf("%q: %s %s: %q, %v", raw, edit.Op, e.Key, got, err)
				}
			}
		}
	}
}

func TestJSONBounds(t *testing.T) {
	t.Parallel()
	for name, raw := range map[string]string{
		"deep":     strings.Repeat("[", 200000),
		"braces":   strings.Repeat(`{"a":`, 50000),
		"one line": "{" + strings.Repeat(`"a": {"b": 1}, `, 50000) + "}",
		"quotes":   strings.Repeat(`"`, 200000),
		"comments": strings.Repeat("// \"a\": 1,\n", 20000),
		"colons":   strings.Repeat("a:", 100000),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			begin := time.Now()
			checkSpans(t, Parse(raw, JSON, Usual))
			if took := time.Since(begin); took > 10*time.Second {
				t.Errorf("took %v", took)
			}
		})
	}
}

func FuzzJSON(f *testing.F) {
	for i, c := range jsonSamples {
		f.Add(c.raw, `a"b`, i)
	}
	for i, c := range jsonEdits {
		f.Add(c.raw, "x", i)
	}
	f.Fuzz(func(t *testing.T, raw, value string, pick int) {
		setOne(t, JSON, raw, strings.ToValidUTF8(value, "\ufffd"), max(0, pick))
	})
}
