package conf

import "testing"

// TestLoadYAML: a text that cannot be read has the place where that shows.
func TestLoadYAML(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		raw  string
		want Trouble
	}{
		{"a: 1\nb: 'x\n", Trouble{2, 4, "a quote is not closed"}},
		{"a: 1\nb: *x\n", Trouble{2, 4, "an unquoted value begins with *, which YAML takes for an alias; put it in quotes"}},
		{"\ufeffa: 1\n  b: 2\n", Trouble{2, 4, "the indentation does not fit the key above, which has a value already"}},
		{"a: 1\nb: ü\x01", Trouble{2, 5, "a control character stands in the text"}},
		{"a: 1\nb: \xff\n", Trouble{2, 4, "the text is not UTF-8"}},
	} {
		if docs, got := LoadYAML(c.raw); got == nil || *got != c.want {
			t.Errorf("%q: %+v, %d documents, want %+v", c.raw, got, len(docs), c.want)
		}
	}
	if docs, got := LoadYAML("a: 1\n---\nb: 2\n"); got != nil || len(docs) != 2 {
		t.Errorf("two documents: %d, %+v", len(docs), got)
	}
}
