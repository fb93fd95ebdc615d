package conf

import (
	"regexp"
	"slices"
	"strings"
)

// keep adds an entry and what is to be noted about its value.
func (r *envListReader) keep(e Entry, s envStyle) {
	r.t.Entries = append(r.t.Entries, e)
	r.styles = append(r.styles, s)
}

func (r *envListReader) quirk(e *Entry, k QuirkKind, text, wanted string) {
	if e.Off {
		return
	}
	e.Quirks = append(e.Quirks, Quirk{Kind: k, Text: text})
	r.wants = append(r.wants, envWant{len(r.t.Entries), len(e.Quirks) - 1, wanted})
}

// text is a scalar as YAML reads it, whatever was made of it.
func (r *envListReader) text(n envNode) string {
	if n.Type != Expr || n.value == (span{}) {
		return n.Value
	}
	raw := r.raw[n.value.from:n.value.to]
	docs, err := loadYAML(raw)
	if err != nil || len(docs) != 1 || len(docs[0].Content) != 1 || docs[0].Content[0].Value == "" {
		return raw
	}
	return docs[0].Content[0].Value
}

// variable keeps KEY: value.
func (r *envListReader) variable(n envNode, name, owner string, s envStyle) {
	e := n.Entry
	e.Key, e.Scope = name, owner
	if from := e.key.to - len(name); from >= 0 && r.raw[from:e.key.to] == name {
		e.key.from = from
	}
	s.flow = r.inFlow(e)
	e.Quirks = nil
	for _, q := range n.Quirks {
		if q.Kind != Duplicate {
			e.Quirks = append(e.Quirks, q)
		}
	}
	text := r.text(n)
	switch {
	case e.Type == String && s.compose, e.Type == Expr && s.compose && !strings.Contains(text, "{{"):
		e.Type, e.Env, e.Convert = String, "", ""
		r.interpolate(&e, text)
	case s.strings && e.Type != String && e.Type != Expr:
		r.quirk(&e, NotTheType, "Kubernetes takes strings only and refuses the value without quotes", r.shown(e))
	}
	r.keep(e, s)
}

// shown is a value as it stands in the text.
func (r *envListReader) shown(e Entry) string {
	return strings.TrimSpace(r.raw[e.value.from:e.value.to])
}

// item keeps - KEY=value. Only what stands behind the = is the value: quotes
// around all of it are none of the value's.
func (r *envListReader) item(n envNode, owner string, s envStyle) {
	e := n.Entry
	text := r.text(n)
	m := listItem.FindStringSubmatch(text)
	inner := e.value
	if e.Quote == `"` || e.Quote == `'` {
		inner = span{inner.from + 1, inner.to - 1}
	}
	if m == nil || e.Type == Null || inner.to < inner.from || !strings.HasPrefix(r.raw[inner.from:], m[0]) {
		return
	}
	e.Key, e.Scope, e.Env, e.Convert = m[1], owner, "", ""
	e.key = span{inner.from, inner.from + len(m[1])}
	e.value = span{inner.from + len(m[0]), inner.to}
	e.Quirks = nil
	s.flow = r.inFlow(e)
	if m[2] == "" {
		e.Type, e.Value, e.value = Null, "", span{e.key.to, e.key.to}
		r.keep(e, s)
		return
	}
	for _, q := range n.Quirks {
		if q.Kind == CutAtHash {
			// Quotes would have to stand around the whole element.
			e.Quirks = append(e.Quirks, Quirk{Kind: q.Kind, Text: q.Text})
		}
	}
	e.Type = String
	r.interpolate(&e, text[len(m[0]):])
	if n := len(e.Value); e.Type == String && n > 1 && (e.Value[0] == '"' || e.Value[0] == '\'') && e.Value[n-1] == e.Value[0] {
		r.quirk(&e, KeptQuotes, "the quotes behind the = are part of the value; in a list they belong around the whole element", e.Value[1:n-1])
	}
	for _, l := range looksOf(e.Value, e.Type == String) {
		r.quirk(&e, l.kind, l.text, l.wanted)
	}
	r.keep(e, s)
}

// interpolate puts the variables in as docker compose does, and unwraps $$.
func (r *envListReader) interpolate(e *Entry, text string) {
	if strings.Contains(text, "{{") && strings.Contains(text, "}}") {
		e.Type, e.Value = Expr, text
		return
	}
	d := decode(text, escapes{}, dollarCompose, &variables{})
	if ref, ok := d.whole(text); ok {
		e.Type, e.Env, e.Value = Expr, ref.name, ref.fallback
		return
	}
	e.Value = d.text
	if d.wrong != "" {
		r.quirk(e, BadSyntax, "docker compose refuses the file: "+d.wrong, text)
		return
	}
	for _, ref := range d.refs {
		if ref.braced && !ref.hasFallback {
			e.Quirks = append(e.Quirks, Quirk{Kind: Unresolved, Text: "a variable in the value has no value here"})
		}
		if !ref.braced {
			r.quirk(e, Expanded, "docker compose takes the $ in the value for the begin of a variable; $$ stands for a $", text)
			return
		}
	}
}

// pair keeps the elements with name and value that Kubernetes has. Their two
// entries become one.
func (r *envListReader) pair(n envNode, path string, rest []string, owner string) {
	i, ok := r.pairs[r.at(path)]
	if !ok {
		i = len(r.t.Entries)
		r.pairs[r.at(path)] = i
		r.keep(Entry{Scope: owner, Type: Null, whole: n.whole, Off: n.Off}, envStyle{pair: true, strings: true, flow: r.inFlow(n.Entry)})
	}
	e := &r.t.Entries[i]
	e.whole = span{min(e.whole.from, n.whole.from), max(e.whole.to, n.whole.to)}
	if from := lineStart(r.raw, e.whole.from); strings.HasPrefix(strings.TrimLeft(r.raw[from:], " "), "-") {
		e.whole = span{from, lineEndAt(r.raw, max(e.whole.to-1, 0))}
	}
	switch rest[0] {
	case "name":
		e.Key, e.Line, e.Column = n.Value, n.Line, n.Column
		e.key = n.value
		if n.Quote != "" && n.value.len() > 1 {
			e.key = span{n.value.from + 1, n.value.to - 1}
		}
	case "value":
		e.Value, e.Type, e.Quote, e.value, e.Env = n.Value, n.Type, n.Quote, n.value, n.Env
		e.Quirks = append(e.Quirks, n.Quirks...)
		if n.Type == Number || n.Type == Bool {
			e.Quirks = append(e.Quirks, Quirk{Kind: NotTheType, Text: "Kubernetes takes strings only and refuses the value without quotes"})
			r.wants = append(r.wants, envWant{i, len(e.Quirks) - 1, n.Value})
		}
	case "valueFrom":
		e.Type, e.Value = Expr, strings.Join(rest, ".")
	}
}

// finish drops the pairs without a name and puts the rest in the order of the text.
func (r *envListReader) finish() {
	order := make([]int, 0, len(r.t.Entries))
	for i, e := range r.t.Entries {
		if e.Key != "" {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return r.t.Entries[a].key.from - r.t.Entries[b].key.from })
	moved := map[int]int{}
	var entries []Entry
	var styles []envStyle
	for _, i := range order {
		moved[i] = len(entries)
		entries, styles = append(entries, r.t.Entries[i]), append(styles, r.styles[i])
	}
	var wants []envWant
	for _, w := range r.wants {
		if to, ok := moved[w.entry]; ok {
			w.entry = to
			wants = append(wants, w)
		}
	}
	r.t.Entries, r.styles, r.wants = entries, styles, wants
}

// offItem is a list element that is commented out: the blanks before its mark,
// those behind it, and the element.
var offItem = regexp.MustCompile(`^([ \t]*)#([ \t]*)-[ \t]+(["']?)([A-Za-z_][\w.-]*)=`)

// offItems keeps the list elements that are commented out. They belong where
// the elements around them do.
func (r *envListReader) offItems() {
	ln := newLines(r.raw)
	known := r.items()
	for l := range treeLines(r.raw, span{0, len(r.raw)}) {
		m := offItem.FindStringSubmatchIndex(r.raw[l.from:l.to])
		if m == nil {
			continue
		}
		if len(known) == 0 {
			return
		}
		for len(known) > 1 && r.t.Entries[known[1]].key.from < l.from {
			known = known[1:]
		}
		near, style := r.t.Entries[known[0]], r.styles[known[0]]
		e := Entry{Key: r.raw[l.from+m[8] : l.from+m[9]], Type: String, Off: true, Scope: near.Scope, whole: l}
		e.key = span{l.from + m[8], l.from + m[9]}
		e.Quote = r.raw[l.from+m[6] : l.from+m[7]]
		e.value = r.offValue(l, l.from+m[1], e.Quote)
		e.Line, e.Column = ln.at(e.key.from)
		raw := r.raw[e.value.from:e.value.to]
		if n, ok := loadScalar("k: " + e.Quote + raw + e.Quote + "\n"); ok {
			raw = n.Value
		}
		r.interpolate(&e, raw)
		e.Quirks = nil
		if mark := m[3]; mark != r.dashColumn(near) {
			// Without its mark the line would stand at the wrong indentation: a
			// value right behind the mark keeps Enable from it.
			e.value = span{l.from + mark + 1, l.from + mark + 1}
		}
		r.keep(e, style)
	}
}

// items are the places of the list elements in force, in the order of the text.
func (r *envListReader) items() []int {
	var out []int
	for i, e := range r.t.Entries {
		if r.styles[i].item && !r.styles[i].flow && !e.Off {
			out = append(out, i)
		}
	}
	slices.SortStableFunc(out, func(a, b int) int { return r.t.Entries[a].key.from - r.t.Entries[b].key.from })
	return out
}

func (r *envListReader) dashColumn(e Entry) int {
	return strings.IndexByte(r.raw[lineStart(r.raw, e.key.from):e.key.from], '-')
}

// offValue is the stretch of the value that begins at from.
func (r *envListReader) offValue(l span, from int, quote string) span {
	end := envTrimBlanks(r.raw, from, envTrimEnd(r.raw, from, l.to))
	if quote != "" {
		if n := strings.LastIndex(r.raw[from:end], quote); n >= 0 {
			end = from + n
		}
		return span{from, end}
	}
	if n := strings.Index(r.raw[from:end], " #"); n >= 0 {
		end = from + n
	}
	return span{from, envTrimBlanks(r.raw, from, end)}
}

// inFlow reports whether an entry stands within brackets.
func (r *envListReader) inFlow(e Entry) bool {
	line := r.raw[lineStart(r.raw, e.whole.from):e.whole.from]
	return e.whole.len() > 0 && (strings.TrimSpace(line) != "" && !strings.HasSuffix(strings.TrimSpace(line), "-") || !strings.Contains(r.raw[e.whole.from:e.whole.to], "\n") && e.whole.to < len(r.raw))
}

// lineWindow bounds how far the begin and the end of a line are looked for: the
// lines that matter are short.
const lineWindow = 4_096

func lineStart(s string, i int) int {
	from := max(0, i-lineWindow)
	return from + strings.LastIndexByte(s[from:i], '\n') + 1
}

// lineEndAt is where the line ends that i stands in, its line end included.
func lineEndAt(s string, i int) int {
	if n := strings.IndexByte(s[i:], '\n'); n >= 0 {
		return i + n + 1
	}
	return len(s)
}
