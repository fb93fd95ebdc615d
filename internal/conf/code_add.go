package conf

import (
	"slices"
	"strings"
)

// addition is a new entry beside a sibling.
type addition struct {
	r    *reader
	l    *traits
	like Entry
	form form
	rest string // the key below the parent of the sibling
	key  string
	text string // the value as it is written
	nl   string
}

func lineCode(t *Text, key, value string, typ Type, like Entry) (int, string) {
	l := language(t.Raw, t.Flavour)
	r := readCode(t.Raw, l)
	quote := like.Quote
	if quote != "'" && quote != `"` {
		quote = ""
	}
	a := addition{r: r, l: l, key: key, text: writeLiteral(t, l, value, typ, quote), nl: newline(t.Raw)}
	i := r.sibling(like)
	if i < 0 {
		return a.atEnd()
	}
	if child := r.lastChild(i, key); child >= 0 {
		i = child
	} else if r.entries[i].Type == Branch && strings.HasPrefix(key, r.entries[i].Key+".") && r.forms[i].kind != callForm {
		return a.intoEmpty(r.entries[i])
	}
	a.like, a.form = r.entries[i], r.forms[i]
	a.relate()
	return a.place()
}

// sibling is the index of an entry of the text; for the zero entry, the last
// one that stands for itself.
func (r *reader) sibling(like Entry) int {
	if like.value == (span{}) {
		for i := len(r.entries) - 1; i >= 0; i-- {
			if f := r.forms[i]; f.place.kind == block && f.kind != callForm && f.kind != itemForm && !f.note {
				return i
			}
		}
		return -1
	}
	return slices.IndexFunc(r.entries, func(e Entry) bool { return e.key == like.key && e.value == like.value && e.Key == like.Key })
}

// lastChild is the last entry right below a branch that a key belongs to.
func (r *reader) lastChild(i int, key string) int {
	b := r.entries[i]
	if b.Type != Branch || !strings.HasPrefix(key, b.Key+".") {
		return -1
	}
	for k := len(r.entries) - 1; k > i; k-- {
		e := r.entries[k]
		inside := e.value.from >= b.value.from && e.value.to <= b.value.to
		if inside && !e.Off && e.Key == b.Key+"."+r.raw[e.key.from:e.key.to] && r.forms[k].kind != itemForm {
			return k
		}
	}
	return -1
}

// relate finds what of the key is new beside the sibling.
func (a *addition) relate() {
	name := a.r.raw[a.like.key.from:a.like.key.to]
	parent, ok := strings.CutSuffix(a.like.Key, name)
	if !ok {
		parent = a.like.Key[:strings.LastIndexByte(a.like.Key, '.')+1]
	}
	rest, ok := strings.CutPrefix(a.key, parent)
	if !ok {
		rest = a.key[strings.LastIndexByte(a.key, '.')+1:]
		if a.form.place.kind == block && a.form.kind != pairForm {
			a.form.kind = callForm // nothing to clone: a statement of its own
		}
	}
	a.rest = rest
	if a.form.kind == putForm || strings.Contains(name, ".") || a.l.flavour == HOCON || a.l.flavour == Groovy && a.form.kind == assignForm {
		return
	}
	if parts := strings.Split(rest, "."); len(parts) > 1 && ok && a.form.kind != callForm {
		a.rest = parts[0]
		for _, p := range slices.Backward(parts[1:]) {
			a.text = a.l.nest(p, a.text)
		}
	}
}

// nest writes a container with one pair.
func (l *traits) nest(key, value string) string {
	switch l.flavour {
	case PHP:
		return "['" + key + "' => " + value + "]"
	case Python:
		return `{"` + key + `": ` + value + "}"
	case Elixir, Groovy:
		return "[" + key + ": " + value + "]"
	}
	return "{ " + key + ": " + value + " }"
}

// clone is the new entry in the form of its sibling, without what separates it
// from the next.
func (a *addition) clone() string {
	raw, e, p := a.r.raw, a.like, a.form.place
	switch a.form.kind {
	case itemForm:
		return a.text
	case callForm:
		return a.statement()
	case blockForm:
		return raw[p.item.from:e.key.from] + a.rest + " = " + a.text
	}
	head, name := raw[p.item.from:e.key.from], a.rest
	quoted := e.key.from > 0 && strings.IndexByte("'\"", raw[e.key.from-1]) >= 0
	if !quoted && a.form.kind == pairForm && !identifier.MatchString(name) && !strings.HasSuffix(head, ":") {
		name = enquote(name, "", a.l.flavour)
	}
	return head + name + raw[e.key.to:e.value.from] + a.text + raw[e.value.to:p.item.to]
}

// statement assigns the value to the key where there is no assignment to clone.
func (a *addition) statement() string {
	receiver := a.r.raw[a.form.start:max(a.form.start, a.like.key.from)]
	prefix, _, _ := strings.Cut(a.key, ".")
	end := ""
	if strings.HasPrefix(a.r.raw[min(len(a.r.raw), a.form.place.sep.from):], ";") && a.form.place.sep != (span{}) {
		end = ";"
	}
	switch {
	case strings.HasPrefix(a.like.Key, prefix+".") && a.form.start < a.like.key.from:
		return receiver + a.rest + " = " + a.text + end
	case a.l.flavour == PHP:
		return "$" + strings.ReplaceAll(a.key, ".", "->") + " = " + a.text + ";"
	}
	return a.key + " = " + a.text + end
}

// place puts the new entry on a line of its own where its sibling has one, and
// behind it on the line otherwise.
func (a *addition) place() (int, string) {
	raw, p := a.r.raw, a.form.place
	if a.form.note {
		return a.belowComment()
	}
	if a.form.kind == callForm || a.form.kind == itemForm && p.kind == args {
		if p = a.enclosing(); p.kind == block {
			a.form.kind = callForm
			return a.newLine(p, a.clone())
		}
		a.form.place, a.form.kind = p, itemForm
	}
	text := a.clone()
	comma := p.kind == args || p.kind == list || a.form.kind == pairForm
	sep := raw[p.sep.from:p.sep.to]
	switch alone := a.r.alone(p); {
	case alone && (sep != "" || !comma):
		return a.newLine(p, text+sep)
	case alone && a.r.indent(p.item.from) >= 0 && a.commented(p.item.to):
		at := a.r.indent(p.item.from)
		return at, raw[at:p.item.from] + text + "," + a.nl
	case alone:
		at := a.r.indent(p.item.from)
		return p.item.to, "," + a.nl + raw[at:p.item.from] + text
	case comma || sep == ",":
		return p.item.to, ", " + text
	case sep != "":
		return p.sep.to, " " + text + sep
	}
	return p.item.to, a.inlineSep() + text
}

// inlineSep parts assignments that share a line.
func (a *addition) inlineSep() string {
	if a.l.flavour == HOCON {
		return ", "
	}
	return "; "
}

// commented says whether a comment follows on the line.
func (a *addition) commented(at int) bool {
	rest := strings.TrimLeft(a.r.raw[at:], " \t")
	return a.r.remark(len(a.r.raw) - len(rest))
}

// newLine is a line behind the lines of an item, indented as they are.
func (a *addition) newLine(p place, text string) (int, string) {
	raw := a.r.raw
	end := max(p.item.to, p.sep.to)
	from := strings.LastIndexByte(raw[:p.item.from], '\n') + 1
	indent := raw[from : len(raw)-len(strings.TrimLeft(raw[from:], " \t"))]
	at := a.r.fullLines(span{p.item.from, end}).to
	if !strings.HasSuffix(raw[:at], "\n") {
		return at, a.nl + indent + text
	}
	return at, indent + text + a.nl
}

// belowComment is a line behind an entry that is off, in force.
func (a *addition) belowComment() (int, string) {
	p := a.form.place
	sep := a.r.raw[p.sep.from:p.sep.to]
	if sep == "" && a.form.kind == pairForm && a.l.flavour != HOCON {
		sep = ","
	}
	at, text := a.newLine(p, a.clone()+sep)
	return at, text
}

// enclosing is the place of the statement that a call or an argument stands in.
func (a *addition) enclosing() place {
	best := a.form.place
	for i, e := range a.r.entries {
		f := a.r.forms[i]
		if f.place.kind == block && f.place.item.from <= a.like.value.from && a.like.value.to <= f.place.item.to && e.value != (span{}) {
			best = f.place
		}
	}
	return best
}

// intoEmpty puts an entry into a container that holds none.
func (a *addition) intoEmpty(e Entry) (int, string) {
	a.rest = strings.TrimPrefix(a.key, e.Key+".")
	at := max(e.value.from, e.value.to-1)
	body := a.l.nest(a.rest, a.text)
	return at, strings.TrimSpace(body[1 : len(body)-1])
}

// atEnd is an entry behind all else where there is nothing to clone.
func (a *addition) atEnd() (int, string) {
	raw := a.r.raw
	text := a.key + " = " + a.text + a.nl
	switch {
	case a.l.flavour == PHP && strings.Contains(raw, "<?php"):
		text = "$" + strings.ReplaceAll(a.key, ".", "->") + " = " + a.text + ";" + a.nl
	case a.l.flavour == PHP:
		text = "'" + a.key + "' => " + a.text + "," + a.nl
	case a.l.flavour == JS, a.l.flavour == Elixir, a.l.flavour == Go:
		text = a.key + ": " + a.text + "," + a.nl
	}
	if raw != "" && !strings.HasSuffix(raw, "\n") {
		text = a.nl + text
	}
	return len(raw), text
}
