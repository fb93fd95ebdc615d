package settings

import (
	"slices"
	"testing"
)

func TestJoined(t *testing.T) {
	t.Parallel()
	const was = "a\nb\nc\nd\n"
	for _, c := range []struct{ name, first, second, want string }{
		{"apart", "A\nb\nc\nd\n", "a\nb\nc\nD\n", "A\nb\nc\nD\n"},
		{"apart, in the other order", "a\nb\nc\nD\n", "A\nb\nc\nd\n", "A\nb\nc\nD\n"},
		{"neighbours", "a\nB\nc\nd\n", "a\nb\nC\nd\n", "a\nB\nC\nd\n"},
		{"the same line: the first counts", "a\nX\nc\nd\n", "a\nY\nc\nd\n", "a\nX\nc\nd\n"},
		{"the same change", "a\nX\nc\nd\n", "a\nX\nc\nd\n", "a\nX\nc\nd\n"},
		{"one puts in, one takes out", "a\nb\nnew\nc\nd\n", "a\nb\nc\n", "a\nb\nnew\nc\n"},
		{"both put in at one place", "a\nb\nx\nc\nd\n", "a\nb\ny\nc\nd\n", "a\nb\nx\nc\nd\n"},
		{"at the ends", "x\na\nb\nc\nd\n", "a\nb\nc\nd\ny\n", "x\na\nb\nc\nd\ny\n"},
	} {
		got := Joined([]Correction{{File: "f", Was: was, Bytes: c.first}, {File: "g", Was: "1\n", Bytes: "2\n"}, {File: "f", Was: was, Bytes: c.second}})
		if len(got) != 2 || got[0].Bytes != c.want || got[1].Bytes != "2\n" {
			t.Errorf("%s: %+v, want %q", c.name, got, c.want)
		}
	}
}

func TestDiff(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		was, now string
		want     []string
	}{
		{"a\nb\nc\n", "a\nB\nc\n", []string{"@@ -2 +2 @@", "-b", "+B"}},
		{"a\nb\n", "a\nx\nb\n", []string{"@@ -1,0 +2 @@", "+x"}},
		{"a\nb\nc\n", "a\nc\n", []string{"@@ -2 +1,0 @@", "-b"}},
		{"a\nb\nc\nd\n", "a\nX\nY\nd\nz\n", []string{"@@ -2,2 +2,2 @@", "-b", "-c", "+X", "+Y", "@@ -4,0 +5 @@", "+z"}},
		{"a\n", "a\n", nil},
	} {
		if got := Diff(Correction{masked: c.was, Text: c.now}); !slices.Equal(got, c.want) {
			t.Errorf("%q to %q: %q, want %q", c.was, c.now, got, c.want)
		}
	}
}
