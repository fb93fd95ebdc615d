package conf

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Edit is one change of a text.
type Edit struct {
	Op    Op
	Entry Entry  // of the text: what to change, remove or rename; what a new one stands beside. For Add the zero Entry is the end of the text.
	Key   string // for Add, the whole path (its last component where Entry has the same parent); for Rename, the new last component
	Value string // for Set and Add
	Type  Type   // for Set and Add; String when empty
	Raw   string // for SetRaw: written as it is
}

// Op is what an edit does.
type Op string

// The operations.
const (
	Set    Op = "set"     // another value, in the style of the old one
	SetRaw Op = "set-raw" // another value, as Raw has it
	Add    Op = "add"     // a new entry behind Entry, in its style
	Remove Op = "remove"  // without the entry, its line and what belongs to it
	Rename Op = "rename"  // another name for the key, the value kept byte for byte
	Enable Op = "enable"  // an entry that is off is put in force, with Value where it is not empty
)

// ErrEdit is a change that cannot be made to this text.
var ErrEdit = errors.New("the text cannot be edited there")

// replacement is a stretch of the text and what comes in its place.
type replacement struct {
	span
	text string
}

// Apply makes the edits, all of them relative to the text as it was read, and
// returns the new text. Edits must not overlap.
func (t *Text) Apply(edits []Edit) (string, error) {
	var all []replacement
	for _, e := range edits {
		r, err := t.replacement(e)
		if err != nil {
			return "", err
		}
		all = append(all, r)
	}
	slices.SortStableFunc(all, func(a, b replacement) int { return cmp.Compare(a.from, b.from) })
	var b strings.Builder
	at := 0
	for _, r := range all {
		if r.from < at || r.to > len(t.Raw) || r.from > r.to {
			return "", fmt.Errorf("%w: two changes meet at the same place", ErrEdit)
		}
		b.WriteString(t.Raw[at:r.from])
		b.WriteString(r.text)
		at = r.to
	}
	b.WriteString(t.Raw[at:])
	return b.String(), nil
}

func (t *Text) replacement(e Edit) (replacement, error) {
	typ := cmp.Or(e.Type, String)
	if needs, ok := map[Op]span{Set: e.Entry.value, SetRaw: e.Entry.value, Remove: e.Entry.whole, Rename: e.Entry.key}[e.Op]; ok && needs == (span{}) {
		return replacement{}, fmt.Errorf("%w: %s has no place of its own", ErrEdit, e.Entry.Key)
	}
	switch e.Op {
	case Set:
		return replacement{e.Entry.value, parsers[t.Kind].write(t, e.Value, typ, e.Entry)}, nil
	case SetRaw:
		return replacement{e.Entry.value, e.Raw}, nil
	case Remove:
		return replacement{e.Entry.whole, ""}, nil
	case Rename:
		return replacement{lastPart(t.Raw, e.Entry.key), e.Key}, nil // of a key with dots in quotes, too
	case Add:
		at, text := parsers[t.Kind].line(t, e.Key, e.Value, typ, e.Entry)
		return replacement{span{at, at}, text}, nil
	case Enable:
		return t.enable(e)
	}
	return replacement{}, fmt.Errorf("%w: %q is no operation", ErrEdit, e.Op)
}

// enable takes the comment mark off a line: whole of an entry that is off begins
// with it.
func (t *Text) enable(e Edit) (replacement, error) {
	line := t.Raw[e.Entry.whole.from:e.Entry.value.from]
	key := strings.TrimLeft(line, "#;/ \t")
	if !e.Entry.Off || key == "" {
		return replacement{}, fmt.Errorf("%w: %s is in force already", ErrEdit, e.Entry.Key)
	}
	indent := line[:len(line)-len(strings.TrimLeft(line, " \t"))]
	value := t.Raw[e.Entry.value.from:e.Entry.value.to]
	if e.Value != "" {
		value = parsers[t.Kind].write(t, e.Value, cmp.Or(e.Type, String), e.Entry)
	}
	return replacement{span{e.Entry.whole.from, e.Entry.value.to}, indent + key + value}, nil
}

// Code is the value of an entry as it stands in the text, quotes and all. It may
// hold a secret.
func (t *Text) Code(e Entry) string { return t.Raw[e.value.from:e.value.to] }
