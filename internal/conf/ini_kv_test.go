package conf

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// kvShow is an entry in short: place, key, value and what is odd about it.
func kvShow(e Entry) string {
	s := fmt.Sprintf("%d:%d %s=%q", e.Line, e.Column, e.Key, e.Value)
	if e.Off {
		s += " off"
	}
	if e.Scope != "" {
		s += " in " + e.Scope
	}
	if e.Type != String {
		s += " " + string(e.Type)
	}
	if e.Env != "" {
		s += " env " + e.Env
	}
	if e.Quote != "" {
		s += " quote " + e.Quote
	}
	for _, q := range e.Quirks {
		s += " " + string(q.Kind)
		if q.Fix != "" {
			s += "<" + q.Fix + ">"
		}
	}
	return s
}

// kvCase is a text and what is read of it.
type kvCase struct {
	name    string
	flavour Flavour
	raw     string
	broken  string
	want    []string
}

func kvCheck(t *testing.T, k Kind, cases []kvCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			text := Parse(c.raw, k, c.flavour)
			var got []string
			for _, e := range text.Entries {
				got = append(got, kvShow(e))
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got\n%s\nwant\n%s\nfor\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"), c.raw)
			}
			if text.Broken != c.broken {
				t.Errorf("Broken = %q, want %q", text.Broken, c.broken)
			}
		})
	}
}

// kvEdit is an edit of the entry with a key, the first one of those.
type kvEdit struct {
	name    string
	flavour Flavour
	raw     string
	at      string // key of Edit.Entry; "" for the zero Entry
	edit    Edit
	want    string
}

func kvCheckEdits(t *testing.T, k Kind, cases []kvEdit) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			text := Parse(c.raw, k, c.flavour)
			i := slices.IndexFunc(text.Entries, func(e Entry) bool { return e.Key == c.at })
			if c.at != "" && i < 0 {
				t.Fatalf("no entry %q in %q", c.at, c.raw)
			}
			if c.at != "" {
				c.edit.Entry = text.Entries[i]
			}
			got, err := text.Apply([]Edit{c.edit})
			if err != nil || got != c.want {
				t.Errorf("got %q, %v\nwant %q", got, err, c.want)
			}
		})
	}
}

// kvSpans fails where a span lies outside the text or the parts are out of order.
func kvSpans(t *testing.T, text *Text) {
	t.Helper()
	n := len(text.Raw)
	for _, e := range text.Entries {
		for _, s := range []span{e.key, e.value, e.whole} {
			if s.from < 0 || s.from > s.to || s.to > n {
				t.Fatalf("span %v of %q lies outside of %d bytes", s, e.Key, n)
			}
		}
		if e.key.to > e.value.from || e.whole.len() == 0 {
			t.Fatalf("spans of %q are out of order: key %v, value %v, whole %v", e.Key, e.key, e.value, e.whole)
		}
		if e.Line < 1 || e.Column < 1 {
			t.Fatalf("%q has no place", e.Key)
		}
	}
}

// kvPlain reports whether every reader has a form for a value.
func kvPlain(v string) bool {
	return v != "" && v == strings.TrimSpace(v) && utf8.ValidString(v) && !strings.ContainsFunc(v, func(r rune) bool {
		return unicode.IsControl(r) || kvInvisible(r)
	})
}

// kvSame are the parts of an entry that an edit of another leaves alone.
func kvSame(e Entry) string {
	return fmt.Sprint(e.Line, " ", e.Key, " ", e.Scope, " ", e.Off, " ", e.Value)
}

// kvRoundTrip sets the n-th entry to a value and reads the text again: that value
// is there, and all else is as it was.
func kvRoundTrip(t *testing.T, text *Text, n int, value string) {
	t.Helper()
	if len(text.Entries) == 0 {
		return
	}
	n = n % len(text.Entries)
	e := text.Entries[n]
	if strings.ContainsAny(text.Raw[e.whole.from:e.whole.to], "\r\v\f") {
		return // a CR alone ends a line to some readers and none to others
	}
	got, err := text.Apply([]Edit{{Op: Set, Entry: e, Value: value}})
	if err != nil {
		t.Fatalf("set %q: %v", e.Key, err)
	}
	if !strings.HasPrefix(got, text.Raw[:e.value.from]) || !strings.HasSuffix(got, text.Raw[e.value.to:]) {
		t.Fatalf("%q became %q: more than the value %v changed", text.Raw, got, e.value)
	}
	again := Parse(got, text.Kind, text.Flavour)
	if len(again.Entries) != len(text.Entries) {
		t.Fatalf("%q has %d entries, %q has %d", text.Raw, len(text.Entries), got, len(again.Entries))
	}
	lines := strings.Count(text.Raw[e.value.from:e.value.to], "\n")
	for i, a := range again.Entries {
		was := text.Entries[i]
		if i == n {
			if a.Value != value || a.Key != was.Key || a.Line != was.Line {
				t.Fatalf("set to %q, read %s from %q (was %q)", value, kvShow(a), got, text.Raw)
			}
			continue
		}
		if was.whole.from >= e.whole.to {
			a.Line += lines
		}
		if kvSame(a) != kvSame(was) {
			t.Fatalf("entry %q became %q in %q (was %q)", kvSame(was), kvSame(a), got, text.Raw)
		}
	}
}

// kvAdd adds an entry behind the n-th and reads it again.
func kvAdd(t *testing.T, text *Text, n int, value string) {
	t.Helper()
	if len(text.Entries) == 0 || text.Broken != "" {
		return
	}
	like := text.Entries[n%len(text.Entries)]
	got, err := text.Apply([]Edit{{Op: Add, Entry: like, Key: like.Key + "x9", Value: value}})
	if err != nil {
		t.Fatal(err)
	}
	again := Parse(got, text.Kind, text.Flavour)
	for _, e := range again.Entries {
		if strings.HasSuffix(e.Key, "x9") && e.Value == value && !e.Off {
			return
		}
	}
	t.Fatalf("added a key beside %q of %q: not in %q", like.Key, text.Raw, got)
}
