package conf

import "slices"

// command reads a call without brackets, as Ruby and Elixir have them:
// config :app, Mod, key: value. It returns the token behind, or from where there
// is none.
func (r *reader) command(from, to int, c context) int {
	f := r.lang.flavour
	if f != Ruby && f != Elixir || c.kind != block || from+1 >= to || r.toks[from].kind != tWord || slices.Contains(keywords, r.text(from)) {
		return from
	}
	links, first := r.chain(from, to)
	if first >= to || r.toks[first].nl || !r.begins(first) {
		return from
	}
	end := r.commandEnd(first, to)
	c.place = place{item: span{r.toks[from].from, r.toks[end-1].to}, kind: block}
	path := join(links)
	if f == Elixir && path == "config" {
		return r.elixirConfig(links, first, end, c)
	}
	r.arguments(links, path, first, end, c)
	return end
}

// begins says whether the first argument of a command may begin at i.
func (r *reader) begins(i int) bool {
	switch t := r.toks[i]; t.kind {
	case tSym, tStr, tNum:
		return true
	case tWord:
		return r.lang.flavour == Ruby && r.is(i+1, ":") && r.toks[i+1].from == t.to
	}
	return false
}

// commandEnd is where a command ends: at the end of a line that nothing goes on
// from, or at the block that it takes.
func (r *reader) commandEnd(from, to int) int {
	for i := from; i < to; i = r.after(i, to) {
		if i > from && (r.is(i, "do") || r.is(i, ";") || r.toks[i].nl && r.endsOperand(i-1) && r.toks[i].kind != tOp) {
			return i
		}
	}
	return to
}

// arguments reads those of a command like those of a call.
func (r *reader) arguments(links []link, path string, from, end int, c context) {
	last := links[len(links)-1]
	f := form{kind: callForm, place: c.place, start: r.toks[links[0].tok].from}
	e := Entry{Key: path, key: last.key}
	split := r.split(from, end)
	if len(split) == 1 {
		if _, _, _, ok := r.literal(split[0][0], split[0][1]); ok {
			r.value(e, from, end, c, f)
			return
		}
	}
	e.value = span{r.toks[from].from, r.toks[end-1].to}
	r.branch(e, f, func() {
		r.seq(from, end, context{path: path, kind: args, depth: c.depth + 1})
	})
}

// elixirConfig reads config :app, Mod, key: value, where the module or the last
// atom names what is configured.
func (r *reader) elixirConfig(links []link, from, end int, c context) int {
	path, i := "config", from
	for n := 0; n < 2 && i < end; n++ {
		name, next := "", i+1
		switch {
		case r.toks[i].kind == tSym:
			name = r.name(i)
		case r.toks[i].kind == tWord && !r.is(i+1, ":"):
			var module []link
			module, next = r.chain(i, end)
			name = join(module)
		}
		if name == "" || next < end && !r.is(next, ",") {
			break
		}
		if r.toks[i].kind == tWord {
			path = "config"
		}
		path, i = under(path, name), min(next+1, end)
	}
	if i >= end {
		return end
	}
	f := form{kind: callForm, place: c.place, start: r.toks[links[0].tok].from}
	e := Entry{Key: path, key: links[0].key, value: span{r.toks[i].from, r.toks[end-1].to}}
	if _, _, ok := r.pairKey(i, end, context{kind: args}); !ok {
		r.value(e, i, end, c, f)
		return end
	}
	r.branch(e, f, func() {
		r.seq(i, end, context{path: path, kind: args, depth: c.depth + 1})
	})
	return end
}

// branch keeps an entry where reading what is below it finds entries.
func (r *reader) branch(e Entry, f form, below func()) {
	at, before := r.emit(e, f), len(r.entries)
	below()
	if at >= 0 && len(r.entries) > before && under(e.Key, "") != r.entries[before].Key {
		r.entries[at].Type = Branch
	}
}
