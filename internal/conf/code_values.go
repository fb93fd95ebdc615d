package conf

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// value reads what is assigned to a key and what that holds.
func (r *reader) value(e Entry, from, to int, c context, f form) {
	for (r.lang.flavour == Ruby || r.lang.flavour == Elixir) && from < to {
		cut := r.modifier(from, to)
		if cut == to {
			break
		}
		to = cut
	}
	if from >= to {
		return
	}
	e.value = span{r.toks[from].from, r.toks[to-1].to}
	if v, typ, quote, ok := r.literal(from, to); ok {
		e.Value, e.Type, e.Quote = v, typ, quote
		r.emit(e, f)
		return
	}
	e.Type, e.Value = Expr, code(r.raw, e.value)
	env, isEnv := r.env(from, to, 0)
	if isEnv {
		e.Env, e.Value, e.Convert = env.name, env.preset, env.convert
	}
	at := r.emit(e, f)
	if at < 0 || isEnv && !env.called {
		return
	}
	held := r.inside
	r.walk(from, to, context{path: e.Key, kind: c.kind, depth: c.depth + 1, place: f.place})
	if !isEnv && (r.inside > held || r.isContainer(from, to)) {
		r.entries[at].Type, r.entries[at].Value = Branch, ""
	}
}

// modifier is where a trailing "if x" of Ruby begins, or to.
func (r *reader) modifier(from, to int) int {
	for i := r.after(from, to); i < to; i = r.after(i, to) {
		if r.toks[i].kind == tWord && (r.is(i, "if") || r.is(i, "unless") || r.is(i, "rescue")) {
			return i
		}
	}
	return to
}

// code is an expression as Value holds it.
func code(raw string, s span) string {
	text := raw[s.from:s.to]
	if len(text) <= maxCode {
		return text
	}
	n := maxCode
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	return text[:n]
}

// isContainer says whether a value is one container.
func (r *reader) isContainer(from, to int) bool {
	if r.lang.flavour == PHP && r.is(from, "array") && from+1 < to {
		from++
	}
	for from < to && (r.is(from, "&") || r.is(from, "%")) {
		from++
	}
	if r.lang.flavour == Go {
		_, from = r.chain(from, to)
	}
	return from < to && r.toks[from].kind == tOpen && r.toks[from].match >= to-1 && (!r.is(from, "(") || r.is(from-1, "array"))
}

// literal reads a value that is one literal.
func (r *reader) literal(from, to int) (value string, typ Type, quote string, ok bool) {
	t := r.toks[from]
	if r.lang.flavour == HOCON && (to-from > 1 || t.kind != tStr && t.kind != tSubst) {
		return r.bare(from, to)
	}
	if to-from == 2 && r.is(from, "-") && r.toks[from+1].kind == tNum {
		return r.raw[t.from:r.toks[from+1].to], Number, "", true
	}
	if to-from != 1 {
		return "", "", "", false
	}
	switch t.kind {
	case tNum:
		return r.text(from), Number, "", true
	case tSym:
		name := strings.TrimPrefix(r.text(from), ":")
		if strings.HasPrefix(name, `"`) {
			name = unescape(name[1:len(name)-1], `"`, "", r.lang.flavour)
		}
		return name, String, ":", true
	case tStr:
		if t.live {
			return "", "", "", false
		}
		head := r.raw[t.from : t.from+int(t.open)]
		prefix := strings.TrimRight(head, "'\"`")
		quote = head[len(prefix):]
		return unescape(r.raw[t.from+int(t.open):t.to-int(t.shut)], quote, prefix, r.lang.flavour), String, quote, true
	case tWord:
		return r.constant(from)
	}
	return "", "", "", false
}

func (r *reader) constant(i int) (value string, typ Type, quote string, ok bool) {
	w := r.text(i)
	if r.lang.flavour == PHP {
		w = strings.ToLower(w)
	}
	switch {
	case w == r.lang.yes || w == r.lang.no:
		return w, Bool, "", true
	case w == r.lang.null, r.lang.flavour == JS && w == "undefined":
		return w, Null, "", true
	}
	return "", "", "", false
}

// bare reads the unquoted values of HOCON.
func (r *reader) bare(from, to int) (value string, typ Type, quote string, ok bool) {
	for i := from; i < to; i++ {
		if k := r.toks[i].kind; k == tOpen || k == tStr || k == tSubst {
			return "", "", "", false
		}
	}
	v := r.raw[r.toks[from].from:r.toks[to-1].to]
	switch v {
	case "true", "false", "yes", "no", "on", "off":
		return v, Bool, "", true
	case "null":
		return v, Null, "", true
	}
	if _, err := strconv.ParseFloat(v, 64); err == nil {
		return v, Number, "", true
	}
	return v, String, "", true
}

// walk reads the calls and containers within an expression.
func (r *reader) walk(from, to int, c context) {
	if c.depth > maxDepth || len(c.path) > maxPath {
		return
	}
	c.depth++
	for i := from; i < to; {
		switch t := r.toks[i]; {
		case t.kind == tWord:
			i = r.walkWord(i, to, c)
		case t.kind == tOpen:
			r.container(i, c)
			i = r.after(i, to)
		default:
			i++
		}
		if i < to {
			r.remarks(i, c)
		}
	}
}

// container reads what a bracket holds, under the path of the context.
func (r *reader) container(i int, c context) {
	open, before := r.text(i), len(r.entries)
	in := context{path: c.path, depth: c.depth + 1, kind: dict}
	switch {
	case open == "[":
		in.kind, in.plain = list, true
	case open == "(" && r.lang.flavour == Python && c.path != "":
		in.kind, in.plain = list, r.commas(i)
	case open == "(":
		in.kind = list
	case r.lang.flavour != Python && (i == 0 || r.is(i-1, ")") || r.is(i-1, "=>")) || c.path == "":
		in.kind = block
	}
	r.seq(i+1, r.toks[i].match, in)
	if len(r.entries) > before && open != "(" {
		r.inside++
	}
}

func (r *reader) commas(open int) bool {
	for i := open + 1; i < r.toks[open].match; i = r.after(i, r.toks[open].match) {
		if r.is(i, ",") {
			return true
		}
	}
	return false
}

// walkWord reads a chain within an expression and the call that it may be. It
// returns the token behind.
func (r *reader) walkWord(i, to int, c context) int {
	if slices.Contains(keywords, r.text(i)) {
		return r.keyword(i, to)
	}
	links, next := r.chain(i, to)
	if next >= to || !r.is(next, "(") || r.toks[next].nl {
		return next
	}
	end := r.toks[next].match
	switch last := links[len(links)-1].name; {
	case len(links) == 1 && (last == "array" && r.lang.flavour == PHP || last == "dict" && r.lang.flavour == Python):
		before := len(r.entries)
		r.seq(next+1, end, context{path: c.path, kind: list, plain: last == "array", depth: c.depth + 1})
		if len(r.entries) > before {
			r.inside++
		}
	case end+1 < to && r.is(end+1, "{") && (i == 0 || !r.is(i-1, "new")) && r.lang.flavour != Ruby:
		// A method that is defined, not called.
	default:
		if _, ok := r.env(i, min(end+1, to), 0); !ok || !r.readsEnv(i, to) {
			r.call(links, next, c, false)
		}
	}
	return min(end+1, to)
}

// readsEnv says whether the chain at i is a reading of the environment itself.
func (r *reader) readsEnv(i, to int) bool {
	_, _, ok := r.envBase(i, to)
	return ok
}

// keyword steps over a keyword, and over the head of a function.
func (r *reader) keyword(i, to int) int {
	switch r.text(i) {
	case "function", "func", "fn", "def", "defp":
		for i++; i < to && !r.is(i, "{") && !r.is(i, "=>") && !r.is(i, ":"); i = r.after(i, to) {
		}
		return i
	}
	return i + 1
}

// statement reads an item that is neither a pair nor an assignment.
func (r *reader) statement(from, to int, c context) {
	links, i := r.chain(from, to)
	if len(links) > 0 && i < to && r.is(i, "(") && r.toks[i].match >= to-1 && !slices.Contains(keywords, links[0].name) && !r.readsEnv(from, to) &&
		!(len(links) == 1 && (r.is(from, "array") || r.is(from, "dict"))) {
		r.call(links, i, c, true)
		return
	}
	r.walk(from, to, c)
}

// callName is the path that a call gives its arguments. In JavaScript, where
// the receiver is whatever a module was imported as, it is the last name only.
func (r *reader) callName(links []link) string {
	if r.lang.flavour == JS {
		return links[len(links)-1].name
	}
	return join(links)
}

// puts are the calls that give a named setting a value.
var puts = []string{"define", "put", "setProperty", "set", "ini_set", "addProperty"}

// call reads the arguments of a call.
func (r *reader) call(links []link, open int, c context, alone bool) {
	end := r.toks[open].match
	split := r.split(open+1, end)
	last := links[len(links)-1]
	f := form{kind: callForm, place: c.place, start: r.toks[links[0].tok].from}
	if len(split) == 2 && r.put(last.name, split, c, f) {
		return
	}
	e := Entry{Key: r.callName(links), key: last.key}
	if len(split) == 1 {
		a := split[0]
		if _, _, _, ok := r.literal(a[0], a[1]); ok {
			r.value(e, a[0], a[1], c, f)
			return
		}
		if env, ok := r.env(a[0], a[1], 0); ok && !env.called {
			r.value(e, a[0], a[1], c, f)
			return
		}
	}
	e.Type, e.value = "", r.group(open)
	if alone {
		e.Type, e.Value = Expr, code(r.raw, e.value)
	}
	at, before := r.emit(e, f), len(r.entries)
	r.seq(open+1, end, context{path: e.Key, kind: args, depth: c.depth + 1})
	if at < 0 || at >= len(r.entries) {
		return
	}
	if len(r.entries) > before && strings.HasPrefix(r.entries[before].Key, e.Key+".") {
		r.entries[at].Type, r.entries[at].Value = Branch, ""
	}
}

// split cuts the arguments of a call. More than three are not told apart.
func (r *reader) split(from, to int) [][2]int {
	var all [][2]int
	start := from
	for i := from; i < to; i = r.after(i, to) {
		if r.is(i, ",") {
			all, start = append(all, [2]int{start, i}), i+1
			if len(all) > 3 {
				return all
			}
		}
	}
	if start < to {
		all = append(all, [2]int{start, to})
	}
	return all
}

// put reads define('KEY', value) and props.put("a.b", value).
func (r *reader) put(name string, split [][2]int, c context, f form) bool {
	k, v := split[0], split[1]
	if !slices.Contains(puts, name) || k[1]-k[0] != 1 || r.toks[k[0]].kind != tStr || v[0] >= v[1] {
		return false
	}
	key := r.name(k[0])
	if name != "define" && name != "ini_set" && !strings.Contains(key, ".") || key == "" {
		return false
	}
	f.kind = putForm
	r.value(Entry{Key: key, key: r.inner(k[0])}, v[0], v[1], c, f)
	return true
}

// argument reads one argument: a literal or a variable by its position, or what
// a container holds under the name of the call.
func (r *reader) argument(from, to int, c context, index int) {
	_, _, _, ok := r.literal(from, to)
	env, isEnv := r.env(from, to, 0)
	if ok || isEnv && !env.called {
		f := form{kind: itemForm, place: c.place, start: r.toks[from].from}
		r.value(Entry{Key: under(c.path, strconv.Itoa(index))}, from, to, c, f)
		return
	}
	r.walk(from, to, context{path: c.path, kind: args, depth: c.depth, place: c.place})
}
