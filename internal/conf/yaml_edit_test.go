package conf

import (
	"slices"
	"strings"
	"testing"
)

// treeEdit is one edit of a text, of the entry with a key.
type treeEdit struct {
	name, raw, key string
	edit           Edit
	want           string
}

var yamlEdits = []treeEdit{
	{"plain stays", "a: x # c\n", "a", Edit{Op: Set, Value: "z"}, "a: z # c\n"},
	{"plain becomes quoted", "a: x\n", "a", Edit{Op: Set, Value: "y #z"}, "a: 'y #z'\n"},
	{"a number as a string", "a: x\n", "a", Edit{Op: Set, Value: "587"}, "a: '587'\n"},
	{"a number", "a: 465\n", "a", Edit{Op: Set, Value: "587", Type: Number}, "a: 587\n"},
	{"a quoted number", "a: \"465\"\n", "a", Edit{Op: Set, Value: "587", Type: Number}, "a: \"587\"\n"},
	{"single", "a: 'x'\n", "a", Edit{Op: Set, Value: "it's"}, "a: 'it''s'\n"},
	{"double", "a: \"x\"\n", "a", Edit{Op: Set, Value: "a\"b\\"}, "a: \"a\\\"b\\\\\"\n"},
	{"empty", "a:\nb: 1\n", "a", Edit{Op: Set, Value: "x"}, "a: x\nb: 1\n"},
	{"empty with a comment", "a: # c\n", "a", Edit{Op: Set, Value: "x"}, "a: x # c\n"},
	{"empty with blanks", "a:  \n", "a", Edit{Op: Set, Value: "x"}, "a: x\n"},
	{"a tag", "a: !secret x\n", "a", Edit{Op: Set, Value: "z"}, "a: z\n"},
	{"an alias", "a: &p 1\nb: *p\n", "b", Edit{Op: Set, Value: "2", Type: Number}, "a: &p 1\nb: 2\n"},
	{"a block", "a: |\n  x\n  y\nb: 1\n", "a", Edit{Op: Set, Value: "z"}, "a: 'z'\nb: 1\n"},
	{"rename", "m:\n  use-tls: true\n", "m.use-tls", Edit{Op: Rename, Key: "use-ssl"}, "m:\n  use-ssl: true\n"},
	{"rename with dots", "mail.use-tls: true\n", "mail.use-tls", Edit{Op: Rename, Key: "use-ssl"}, "mail.use-ssl: true\n"},
	{"rename quoted", "\"a\": 1\n", "a", Edit{Op: Rename, Key: "b"}, "\"b\": 1\n"},
	{"remove", "m:\n  a: 1 # c\n  b: 2\n", "m.a", Edit{Op: Remove}, "m:\n  b: 2\n"},
	{"remove a map", "m:\n  a: 1\n  b: 2\nc: 3\n", "m", Edit{Op: Remove}, "c: 3\n"},
	{"remove behind a dash", "- a: 1\n  b: 2\n", "0.a", Edit{Op: Remove}, "- b: 2\n"},
	{"remove the last line", "a: 1\nb: 2", "b", Edit{Op: Remove}, "a: 1\n"},
	{"remove the first in braces", "m: {a: 1, b: 2}\n", "m.a", Edit{Op: Remove}, "m: {b: 2}\n"},
	{"remove the last in braces", "m: {a: 1, b: 2}\n", "m.b", Edit{Op: Remove}, "m: {a: 1}\n"},
	{"enable", "m:\n  # a: 1\n  b: 2\n", "m.a", Edit{Op: Enable}, "m:\n  a: 1\n  b: 2\n"},
	{"enable with a value", "m:\n  #a: 1\n  b: 2\n", "m.a", Edit{Op: Enable, Value: "3", Type: Number}, "m:\n  a: 3\n  b: 2\n"},
	{"add", "m:\n  a: 1\n  b: 2\n", "m.a", Edit{Op: Add, Key: "m.c", Value: "x"}, "m:\n  a: 1\n  c: x\n  b: 2\n"},
	{"add in the style", "m:\n  a: 'x'\n", "m.a", Edit{Op: Add, Key: "m.c", Value: "y"}, "m:\n  a: 'x'\n  c: 'y'\n"},
	{"add a bool beside a quoted string", "a: 'x'\n", "a", Edit{Op: Add, Key: "c", Value: "true", Type: Bool}, "a: 'x'\nc: true\n"},
	{"add behind a dash", "l:\n  - a: 1\n", "l.0.a", Edit{Op: Add, Key: "l.0.c", Value: "x"}, "l:\n  - a: 1\n    c: x\n"},
	{"add without a line end", "a: 1", "a", Edit{Op: Add, Key: "b", Value: "x"}, "a: 1\nb: x\n"},
	{"add with CR LF", "a: 1\r\n", "a", Edit{Op: Add, Key: "b", Value: "x"}, "a: 1\r\nb: x\r\n"},
	{"add with dots", "mail.host: a\n", "mail.host", Edit{Op: Add, Key: "mail.use-ssl", Value: "true", Type: Bool}, "mail.host: a\nmail.use-ssl: true\n"},
	{"add deeper", "m:\n  host: a\n", "m.host", Edit{Op: Add, Key: "m.ssl.enable", Value: "true", Type: Bool}, "m:\n  host: a\n  ssl:\n    enable: true\n"},
	{"add to a map that is there", "m:\n  host: a\n  ssl:\n    trust: b\nz: 1\n", "m.host", Edit{Op: Add, Key: "m.ssl.enable", Value: "true", Type: Bool},
		"m:\n  host: a\n  ssl:\n    trust: b\n    enable: true\nz: 1\n"},
	{"add deeper with dots", "p:\n  mail.smtp.host: a\n", "p.mail.smtp.host", Edit{Op: Add, Key: "p.mail.smtp.ssl.enable", Value: "true", Type: Bool},
		"p:\n  mail.smtp.host: a\n  mail.smtp.ssl.enable: true\n"},
	{"add in braces", "m: {a: 1, b: 2}\n", "m.a", Edit{Op: Add, Key: "m.c", Value: "x"}, "m: {a: 1, c: x, b: 2}\n"},
	{"add behind the last in braces", "m: {a: 1, b: 2}\n", "m.b", Edit{Op: Add, Key: "m.c", Value: "x"}, "m: {a: 1, b: 2, c: x}\n"},
	{"add beside a map", "m:\n  a: 1\nn: 2\n", "m", Edit{Op: Add, Key: "c", Value: "x"}, "m:\n  a: 1\nc: x\nn: 2\n"},
	{"add at the end", "a: 1\n", "", Edit{Op: Add, Key: "b", Value: "x"}, "a: 1\nb: x\n"},
	{"add to nothing", "", "", Edit{Op: Add, Key: "b.c", Value: "x"}, "b:\n  c: x\n"},
	{"add beside a block", "m:\n  a: |\n    x\n  b: 1\n", "m.a", Edit{Op: Add, Key: "m.c", Value: "x"}, "m:\n  a: |\n    x\n  c: x\n  b: 1\n"},
}

func TestYAMLEdits(t *testing.T) {
	t.Parallel()
	runEdits(t, YAML, yamlEdits)
}

func runEdits(t *testing.T, k Kind, all []treeEdit) {
	for _, c := range all {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			x := Parse(c.raw, k, Usual)
			e := c.edit
			for _, entry := range x.Entries {
				if entry.Key == c.key {
					e.Entry = entry
				}
			}
			if c.key != "" && e.Entry.Key == "" {
				t.Fatalf("%q: %s was not read", c.raw, c.key)
			}
			got, err := x.Apply([]Edit{e})
			if err != nil || got != c.want {
				t.Errorf("%q: got %q, %v, want %q", c.raw, got, err, c.want)
			}
		})
	}
}

func TestYAMLOffStays(t *testing.T) {
	t.Parallel()
	x := Parse("m:\n  b: 2\n#  a: 1\n", YAML, Usual)
	e := x.Entries[len(x.Entries)-1]
	if e.Key != "m.a" || !e.Off {
		t.Fatalf("got %s, off %v, want m.a", e.Key, e.Off)
	}
	if got, err := x.Apply([]Edit{{Op: Enable, Entry: e}}); err == nil {
		t.Errorf("it was enabled at the wrong indentation: %q", got)
	}
}

// setOne sets one entry of a text and checks that it reads so, that nothing else
// changed and that no byte outside did.
func setOne(t *testing.T, k Kind, raw, value string, pick int) {
	x := Parse(raw, k, Usual)
	checkSpans(t, x)
	var able []Entry
	for _, e := range x.Entries {
		if !e.Off && e.value != (span{}) && !isShared(x, e) {
			able = append(able, e)
		}
	}
	if len(able) == 0 {
		return
	}
	e := able[pick%len(able)]
	got, err := x.Apply([]Edit{{Op: Set, Entry: e, Value: value}})
	if err != nil {
		t.Fatalf("%q: set %s: %v", raw, e.Key, err)
	}
	if !strings.HasPrefix(got, raw[:e.value.from]) || !strings.HasSuffix(got, raw[e.value.to:]) {
		t.Fatalf("%q: set %s changed more than the value: %q", raw, e.Key, got)
	}
	if strings.Contains(raw, "&") && strings.Contains(raw, "*") {
		return // What an alias repeats changes with its anchor.
	}
	if x.Broken != "" {
		return // What a strict reader refuses may read otherwise when it is mended.
	}
	y := Parse(got, k, Usual)
	if y.Broken != "" {
		t.Fatalf("%q: set %s to %q broke it: %q: %s", raw, e.Key, value, got, y.Broken)
	}
	compare(t, x, y, e, value)
}

// inForce is a text without the entries that are off: they may belong elsewhere
// once a key above them has a value.
func inForce(x *Text) *Text {
	out := *x
	out.Entries = slices.DeleteFunc(slices.Clone(x.Entries), func(e Entry) bool { return e.Off })
	return &out
}

func compare(t *testing.T, x, y *Text, e Entry, value string) {
	x, y = inForce(x), inForce(y)
	if len(x.Entries) != len(y.Entries) {
		t.Fatalf("%q: set %s to %q: %d entries, now %d: %q", x.Raw, e.Key, value, len(x.Entries), len(y.Entries), y.Raw)
	}
	lines := strings.Count(x.Raw[e.value.from:e.value.to], "\n")
	for i, old := range x.Entries {
		now := y.Entries[i]
		switch {
		case old.Key != now.Key:
			t.Fatalf("%q: %s is now %s: %q", x.Raw, old.Key, now.Key, y.Raw)
		case old.value == e.value && old.Line == e.Line && old.Key == e.Key && old.whole == e.whole:
			if now.Value != value && now.Type != Expr {
				t.Fatalf("%q: set %s to %q, got %q: %q", x.Raw, e.Key, value, now.Value, y.Raw)
			}
		case old.Value != now.Value || old.Type != now.Type && old.Type != Null:
			t.Fatalf("%q: set %s to %q: %s was %q, now %q: %q", x.Raw, e.Key, value, old.Key, old.Value, now.Value, y.Raw)
		case lines == 0 && old.Line != now.Line:
			t.Fatalf("%q: %s was on line %d, now %d", x.Raw, old.Key, old.Line, now.Line)
		}
	}
}

func FuzzYAML(f *testing.F) {
	for i, c := range yamlSamples {
		f.Add(c.raw, "a #b", i)
	}
	for i, c := range yamlEdits {
		f.Add(c.raw, "p\"w'd: {x}\\", i)
	}
	f.Fuzz(func(t *testing.T, raw, value string, pick int) {
		setOne(t, YAML, raw, strings.ToValidUTF8(value, "\ufffd"), max(0, pick))
	})
}

// TestTreeAddRemove adds beside and removes every key of the samples that are
// not broken: the rest stays.
func TestTreeAddRemove(t *testing.T) {
	t.Parallel()
	for _, c := range yamlSamples {
		if c.broken == "" && !strings.Contains(c.raw, "<<") {
			addRemove(t, YAML, c.raw)
		}
	}
	for _, c := range jsonSamples {
		if c.broken == "" {
			addRemove(t, JSON, c.raw)
		}
	}
}

func addRemove(t *testing.T, k Kind, raw string) {
	x := Parse(raw, k, Usual)
	for _, e := range inForce(x).Entries {
		if e.key == (span{}) {
			continue
		}
		key := e.Key + "_new"
		got, err := x.Apply([]Edit{{Op: Add, Entry: e, Key: key, Value: "it's"}})
		y := Parse(got, k, Usual)
		if added, ok := y.Last(key, ""); err != nil || !ok || added.Value != "it's" || y.Broken != "" {
			t.Errorf("%q: add %s: %q, %v, %s", raw, key, got, err, y.Broken)
		}
		if have, want := keysOf(y, key), keysOf(x, ""); have != want {
			t.Errorf("%q: add %s: keys %s, want %s", raw, key, have, want)
		}
		got, err = x.Apply([]Edit{{Op: Remove, Entry: e}})
		if y = Parse(got, k, Usual); err != nil || y.Broken != "" {
			t.Errorf("%q: remove %s: %q, %v, %s", raw, e.Key, got, err, y.Broken)
		}
	}
}

func keysOf(x *Text, but string) string {
	var all []string
	for _, e := range inForce(x).Entries {
		if e.Key != but {
			all = append(all, e.Key)
		}
	}
	return strings.Join(all, " ")
}
