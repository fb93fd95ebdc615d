package conf

import (
	"slices"
	"strconv"
	"strings"
)

// seqKind is what a sequence of items is.
type seqKind uint8

const (
	block seqKind = iota // statements, or the text itself
	dict                 // what stands in braces
	list                 // what stands in square brackets, PHP arrays and tuples
	args                 // the arguments of a call
)

// context is where an item stands.
type context struct {
	path  string
	kind  seqKind
	depth int
	plain bool // a list: elements without a key get an index
	place place
}

// formKind is how an entry is written.
type formKind uint8

const (
	pairForm   formKind = iota // key: value
	assignForm                 // a.b = value
	callForm                   // a.b(value)
	putForm                    // define('key', value)
	itemForm                   // a value by its position
	blockForm                  // key { }
)

// place is where an item stands in the text.
type place struct {
	item span    // from its first to its last character
	sep  span    // the comma or semicolon behind it
	prev span    // the comma before it
	kind seqKind // of the sequence
}

// form is what edits must know of an entry.
type form struct {
	kind  formKind
	place place
	start int // where the key begins, its quotes and its path included
	note  bool
}

// reader reads the tokens of a text.
type reader struct {
	raw     string
	lang    *traits
	toks    []token
	notes   []note
	entries []Entry
	forms   []form
	inside  int  // containers that held entries, so far
	off     bool // a comment is read
}

// text is what a token is in the text.
func (r *reader) text(i int) string { return r.raw[r.toks[i].from:r.toks[i].to] }

func (r *reader) is(i int, text string) bool {
	k := r.toks[i].kind
	return (k == tOp || k == tWord || k == tOpen || k == tClose) && r.text(i) == text
}

// after is the index of the token behind i, where a bracket counts as a whole.
func (r *reader) after(i, to int) int {
	if r.toks[i].kind == tOpen {
		return min(r.toks[i].match+1, to)
	}
	return i + 1
}

// seq reads the items between two tokens.
func (r *reader) seq(from, to int, c context) {
	if c.depth > maxDepth || len(c.path) > maxPath {
		return
	}
	start, index, prev := from, 0, span{}
	for i := from; i < to; i = r.after(i, to) {
		r.remarks(i, c)
		comma := r.is(i, ",") && !r.tuple(start, i, to, c)
		ends := comma || r.is(i, ";") || r.is(i, "?>") || r.is(i, "<?php")
		if ends || i > start && r.breaks(i, c) {
			sep := span{}
			if ends {
				sep = span{r.toks[i].from, r.toks[i].to}
			}
			index = r.item(start, i, c, index, sep, prev)
			start, prev = i, span{}
			if ends {
				start = i + 1
			}
			if comma {
				prev = sep
			}
		}
		if i == start {
			if next := r.command(i, to, c); next > i {
				start, prev, i = next, span{}, next-1
			}
		}
	}
	r.remarks(to, c)
	r.item(start, to, c, index, span{}, prev)
}

// tuple says whether the comma at i makes a tuple of what is assigned, as it
// does in Python, where without blanks around the = it ends an argument; in Go
// it parts what is assigned to.
func (r *reader) tuple(start, i, to int, c context) bool {
	if r.lang.flavour != Python && r.lang.flavour != Go || c.kind != block || r.off {
		return false
	}
	if r.lang.flavour == Go {
		return start+1 < to && !r.is(start+1, ":")
	}
	for k := start; k < i; k = r.after(k, i) {
		if r.is(k, ":") && k == start+1 && r.toks[start].kind == tStr {
			return false
		}
		if r.is(k, "=") {
			return k > 0 && r.toks[k-1].to < r.toks[k].from
		}
	}
	return false
}

// breaks says whether the line end before a token ends the item.
func (r *reader) breaks(i int, c context) bool {
	t := r.toks[i]
	f := r.lang.flavour
	if !t.nl {
		return c.kind == block && f != Python && f != Elixir && f != Ruby && r.is(i-1, "}") && t.kind == tWord && !slices.Contains(joiners, r.text(i))
	}
	if r.startsPair(i) {
		return r.endsOperand(i-1) || r.is(i-1, "{")
	}
	switch {
	case f == HOCON:
		return !r.is(i-1, "=") && !r.is(i-1, ":") && !r.is(i-1, "+=")
	case f == Python:
		return c.kind == block
	case c.kind == args || c.kind == list:
		return false
	case !r.endsOperand(i - 1):
		return false
	}
	return t.kind == tStr || t.kind == tNum || t.kind == tSym || t.kind == tWord && !slices.Contains(joiners, r.text(i))
}

// joiners are words that go on with what stands before them.
var joiners = []string{"and", "or", "in", "not", "is", "as", "else", "elseif", "catch", "finally", "instanceof", "satisfies", "do", "extends", "implements"}

func (r *reader) endsOperand(i int) bool {
	switch r.toks[i].kind {
	case tNum, tStr, tSym, tClose, tSubst, tOpaque:
		return true
	case tWord:
		return !slices.Contains(joiners, r.text(i)) || r.is(i, "do") || r.is(i, "else")
	}
	return false
}

// startsPair says whether a key and what follows a key stand at i.
func (r *reader) startsPair(i int) bool {
	if k := r.toks[i].kind; k != tStr && k != tSym && (k != tWord || r.is(i, "default") || r.is(i, "else")) {
		return false
	}
	return i+1 < len(r.toks) && slices.Contains(r.lang.pairs, r.opText(i+1)) && (r.lang.flavour != Python || r.toks[i].kind == tStr)
}

func (r *reader) opText(i int) string {
	if r.toks[i].kind != tOp {
		return ""
	}
	return r.text(i)
}

// item reads one item and returns the index of the next list element.
func (r *reader) item(from, to int, c context, index int, sep, prev span) int {
	if from >= to || len(r.entries) >= maxEntries {
		return index
	}
	c.place = place{item: span{r.toks[from].from, r.toks[to-1].to}, sep: sep, prev: prev, kind: c.kind}
	from = r.modifiers(from, to, c)
	switch {
	case from >= to:
	case r.pair(from, to, c) || r.assignment(from, to, c) || r.named(from, to, c):
	case c.kind == args:
		r.argument(from, to, c, index)
		return index + 1
	case c.plain:
		r.element(from, to, c, index)
		return index + 1
	default:
		r.statement(from, to, c)
	}
	return index
}

// leading are the words before what a statement declares, gives back or assigns.
var leading = []string{"public", "private", "protected", "static", "final", "readonly", "var", "const", "let", "export", "default",
	"return", "await", "def", "declare", "echo", "global", "val"}

func (r *reader) modifiers(from, to int, c context) int {
	for from+1 < to && r.toks[from].kind == tWord && slices.Contains(leading, r.text(from)) && (r.toks[from+1].kind != tOp || r.is(from+1, "?")) &&
		(r.lang.flavour != Python && r.lang.flavour != Ruby && r.lang.flavour != HOCON || r.is(from, "return")) {
		from++
	}
	if c.kind != block && c.kind != dict || r.lang.flavour == Elixir || r.lang.flavour == Ruby || r.lang.flavour == HOCON || r.lang.flavour == Python {
		return from
	}
	// A type before a name: String host = "x", ?string $x = 'y'.
	for k := from; k+1 < to && r.toks[k].kind == tWord && !slices.Contains(keywords, r.text(k)); k++ {
		if r.toks[k+1].kind == tOp && r.text(k+1) == "=" {
			return k
		}
	}
	if from+2 < to && r.is(from, "?") {
		return r.modifiers(from+1, to, c)
	}
	return from
}

// keywords are words before brackets that are no calls, and before names that
// are no types.
var keywords = []string{"if", "elseif", "elsif", "for", "foreach", "while", "switch", "catch", "function", "fn", "func", "def", "return", "class",
	"else", "match", "and", "or", "not", "in", "is", "async", "typeof", "unless", "with", "when", "new", "await", "echo", "do", "case", "throw",
	"defp", "defmodule", "try", "use", "import", "from", "interface", "type", "struct", "extends", "lambda", "end", "raise", "namespace", "package", "elif", "assert", "yield"}

// pair reads key: value and 'key' => value.
func (r *reader) pair(from, to int, c context) bool {
	if r.lang.flavour == HOCON || from+1 >= to {
		return false
	}
	name, eq, ok := r.pairKey(from, to, c)
	if !ok {
		return false
	}
	k := r.inner(from)
	if r.toks[from].kind == tSym {
		k = span{r.toks[from].from + 1, r.toks[from].to}
	}
	if r.toks[from].kind == tWord && eq > from+1 {
		k = span{r.toks[eq-1].from, r.toks[eq-1].to}
	}
	r.value(Entry{Key: under(c.path, name), key: k}, eq+1, to, c, form{kind: pairForm, place: c.place, start: r.toks[from].from})
	return true
}

// pairKey is the key of a pair and the index of what stands behind it.
func (r *reader) pairKey(from, to int, c context) (name string, eq int, ok bool) {
	t, f, eq := r.toks[from], r.lang.flavour, from+1
	if t.kind == tWord && f == PHP && r.is(eq, "::") {
		links, next := r.chain(from, to)
		if next < to && r.is(next, "=>") && len(links) > 0 {
			return links[len(links)-1].name, next, true
		}
		return "", 0, false
	}
	op := r.opText(eq)
	if !slices.Contains(r.lang.pairs, op) {
		return "", 0, false
	}
	switch {
	case r.lang.colonAtKey && op == ":" && r.toks[eq].from != t.to:
		return "", 0, false
	case f == PHP && op == ":" && (t.kind != tWord || c.kind != args):
		return "", 0, false
	case f == Python && c.kind == block && t.kind != tStr:
		return "", 0, false
	case c.kind == block && (r.is(from, "default") || r.is(from, "else")):
		return "", 0, false
	}
	switch t.kind {
	case tStr, tSym, tNum, tWord:
		return r.name(from), eq, true
	}
	return "", 0, false
}

// assignment reads a.b['c'] = value.
func (r *reader) assignment(from, to int, c context) bool {
	links, i := r.chain(from, to)
	if len(links) == 0 || r.lang.flavour == HOCON && r.is(from, "include") {
		return false
	}
	if len(links) == 1 && i < to && r.is(i, ":") && c.kind != list && c.kind != args && r.lang.flavour != HOCON {
		for i < to && !r.is(i, "=") { // name: type = value
			i = r.after(i, to)
		}
	}
	if i >= to || !slices.Contains([]string{"=", ":=", "||=", "??="}, r.opText(i)) && (r.lang.flavour != HOCON || !r.is(i, ":")) {
		return false
	}
	key := join(links)
	if f := r.lang.flavour; f == Groovy || f == HOCON || c.kind == args {
		key = under(c.path, key)
	}
	last := links[len(links)-1]
	e := Entry{Key: key, key: last.key}
	f := form{kind: assignForm, place: c.place, start: r.toks[from].from}
	if key == "" {
		r.walk(i+1, to, c)
		return true
	}
	r.value(e, i+1, to, c, f)
	return true
}

// named reads name { }, which nests in Groovy and HOCON.
func (r *reader) named(from, to int, c context) bool {
	if r.lang.flavour != Groovy && r.lang.flavour != HOCON {
		return false
	}
	links, i := r.chain(from, to)
	if len(links) == 0 || i >= to || !r.is(i, "{") || slices.Contains(keywords, links[0].name) {
		return false
	}
	key := under(c.path, join(links))
	r.emit(Entry{Key: key, Type: Branch, key: links[len(links)-1].key, value: r.group(i)},
		form{kind: blockForm, place: c.place, start: r.toks[from].from})
	r.seq(i+1, r.toks[i].match, context{path: key, kind: dict, depth: c.depth + 1})
	return true
}

// group is the stretch of a bracket and what it holds.
func (r *reader) group(i int) span {
	return span{r.toks[i].from, r.toks[r.toks[i].match].to}
}

// emit keeps an entry. It returns its index.
func (r *reader) emit(e Entry, f form) int {
	if len(r.entries) >= maxEntries {
		return len(r.entries) - 1
	}
	e.Off = r.off
	e.whole = r.whole(f.place)
	if f.start == 0 && e.key != (span{}) {
		f.start = e.key.from
	}
	r.entries, r.forms = append(r.entries, e), append(r.forms, f)
	return len(r.entries) - 1
}

// element reads an element of a list.
func (r *reader) element(from, to int, c context, index int) {
	key := under(c.path, strconv.Itoa(index))
	f := form{kind: itemForm, place: c.place, start: r.toks[from].from}
	r.value(Entry{Key: key}, from, to, c, f)
}

// remarks reads the comments that stand before a token: one that holds a single
// pair or assignment is an entry that is off.
func (r *reader) remarks(i int, c context) {
	if r.off {
		return
	}
	first := 0
	if i > 0 {
		first = r.toks[i-1].notes
	}
	for _, n := range r.notes[first:r.toks[i].notes] {
		r.comment(n, c)
	}
}

func (r *reader) comment(n note, c context) {
	text := n.text
	for text.from < text.to && strings.IndexByte("#/ \t", r.raw[text.from]) >= 0 {
		text.from++
	}
	if text.len() > maxPath || len(r.entries) >= maxEntries {
		return
	}
	sub := &reader{raw: r.raw, lang: r.lang, off: true}
	sub.toks, _ = scanCode(r.raw, text, r.lang)
	to := len(sub.toks) - 1
	c.plain, c.depth = false, 0
	if to < 2 {
		return
	}
	sub.seq(0, to, c)
	if len(sub.entries) != 1 || !sub.simple(to) {
		return
	}
	e, f := sub.entries[0], sub.forms[0]
	e.whole = r.fullLines(n.line)
	f.note = true
	f.start = max(f.start, text.from)
	r.entries, r.forms = append(r.entries, e), append(r.forms, f)
}

// simple says whether the only entry of a comment is all that it holds, and a
// value rather than prose.
func (r *reader) simple(to int) bool {
	e, f := r.entries[0], r.forms[0]
	if f.kind != pairForm && f.kind != assignForm && f.kind != putForm || e.Type == Branch {
		return false
	}
	end := r.toks[to-1].to
	if f.place.item.from != r.toks[0].from || f.place.item.to != end && f.place.sep.to != end {
		return false
	}
	code := r.raw[e.value.from:e.value.to]
	return e.Env != "" || e.Type != Expr && (e.Quote != "" || !strings.ContainsAny(code, " \t")) ||
		e.Type == Expr && !strings.ContainsAny(code, " \t") && (strings.Contains(code, "::") || strings.Contains(code, "."))
}
