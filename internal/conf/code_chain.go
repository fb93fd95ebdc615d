package conf

import (
	"slices"
	"strings"
)

// inner is a token without its quotes.
func (r *reader) inner(i int) span {
	t := r.toks[i]
	if t.kind == tStr {
		return span{t.from + int(t.open), t.to - int(t.shut)}
	}
	return span{t.from, t.to}
}

// name is a key or a component of one: a word without its sigil, a literal's value.
func (r *reader) name(i int) string {
	switch r.toks[i].kind {
	case tStr, tSym, tNum:
		v, _, _, _ := r.literal(i, i+1)
		return clip(v)
	}
	return clip(strings.TrimLeft(r.text(i), "$"))
}

// clip bounds a component of a key.
func clip(s string) string { return s[:min(len(s), maxCode)] }

func under(path, name string) string {
	switch {
	case path == "":
		return name
	case name == "":
		return path
	}
	return path + "." + name
}

// link is a component of a chain such as a.b['c'].
type link struct {
	name string
	key  span
	tok  int // where it begins
	next int // the token behind it
}

// chain reads a.b->c::d['e'].
func (r *reader) chain(from, to int) ([]link, int) {
	if from >= to || r.toks[from].kind != tWord {
		if r.lang.flavour == HOCON && from < to && r.toks[from].kind == tStr {
			return r.links([]link{{r.name(from), r.inner(from), from, from + 1}}, from+1, to)
		}
		return nil, from
	}
	t := r.toks[from]
	k := span{t.from, t.to}
	if strings.HasPrefix(r.text(from), "$") {
		k.from++
	}
	return r.links([]link{{r.name(from), k, from, from + 1}}, from+1, to)
}

func (r *reader) links(links []link, i, to int) ([]link, int) {
	for i < to && len(links) < 50 {
		switch op := r.opText(i); {
		case (op == "." || op == "->" || op == "?." || op == "?->" || op == "&." || op == "::") && i+1 < to &&
			(r.toks[i+1].kind == tWord || r.lang.flavour == HOCON && (r.toks[i+1].kind == tStr || r.toks[i+1].kind == tNum)):
			k := r.inner(i + 1)
			if strings.HasPrefix(r.text(i+1), "$") {
				k.from++
			}
			l := link{r.name(i + 1), k, i + 1, i + 2}
			if op == "::" {
				l.name = links[len(links)-1].name + "::" + l.name
				links = links[:len(links)-1]
			}
			links, i = append(links, l), i+2
		case r.is(i, "[") && i+2 < to && r.toks[i].match == i+2 && !r.toks[i].nl && r.toks[i+1].kind != tWord && r.toks[i+1].kind != tOp:
			k := r.inner(i + 1)
			links, i = append(links, link{r.name(i + 1), k, i, i + 3}), i+3
		default:
			return links, i
		}
	}
	return links, i
}

// join is the key of a chain. What only says "here" is no part of it.
func join(links []link) string {
	for len(links) > 1 && slices.Contains([]string{"this", "self", "module", "exports", "@this"}, links[0].name) {
		links = links[1:]
	}
	parts := make([]string, len(links))
	for i, l := range links {
		parts[i] = l.name
	}
	if len(parts) == 1 && parts[0] == "exports" {
		return ""
	}
	return Join(parts...)
}
