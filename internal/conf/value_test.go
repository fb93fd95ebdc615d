package conf

import "testing"

func TestValue(t *testing.T) {
	t.Parallel()
	const raw = "\n smtp://u:p@h:25 \n"
	x := Parse(raw, Value, Usual)
	e, ok := x.Last(ValueKey, "")
	if !ok || e.Value != "smtp://u:p@h:25" || e.Line != 2 || e.Column != 2 {
		t.Fatalf("entry %+v (%v)", e, ok)
	}
	got, err := x.Apply([]Edit{{Op: Set, Entry: e, Value: "smtps://h"}})
	if want := "\n smtps://h \n"; err != nil || got != want {
		t.Errorf("written %q (%v), want %q", got, err, want)
	}
	if n := len(Parse(" \n", Value, Usual).Entries); n != 0 {
		t.Errorf("%d entries in an empty text", n)
	}
}
