package conf

import (
	"slices"
	"strings"
)

// RawConfigParser is Python's configparser without interpolation, where % is
// any character: Odoo.
const RawConfigParser Flavour = "configparser-raw"

// PHPINI is PHP's own reader of ini files: only ; begins a comment.
const PHPINI Flavour = PHP

// iniReader reads a text of [section] and key = value lines.
type iniReader struct {
	kv
	flavour  Flavour
	section  string
	at       int
	unclosed []string // quotes that are not closed in the rest of the text
	alone    bool     // one value is read, not a text
}

func parseINI(raw string, f Flavour) *Text {
	r := &iniReader{kv: kv{raw: raw, lines: newLines(raw)}, flavour: f}
	if strings.HasPrefix(raw, "\ufeff") {
		r.at = len("\ufeff")
	}
	for r.at < len(raw) {
		r.line()
	}
	r.duplicates(f == ConfigParser || f == RawConfigParser)
	r.strict()
	return &Text{Entries: r.entries, Broken: r.broken}
}

func (r *iniReader) python() bool {
	return r.flavour == ConfigParser || r.flavour == RawConfigParser
}

// line reads a line and what continues it.
func (r *iniReader) line() {
	end, next := kvLine(r.raw, r.at)
	body := kvTrim(r.raw, r.at, end)
	start := r.at
	r.at = next
	switch {
	case body.len() == 0:
	case r.raw[body.from] == '#' || r.raw[body.from] == ';':
		r.off(start, end, next)
	case r.raw[body.from] == '[':
		r.header(body)
	default:
		r.entry(start, body, end, next)
	}
}

func (r *iniReader) header(body span) {
	line := r.raw[body.from:body.to]
	i := strings.LastIndexByte(line, ']')
	if i < 0 {
		r.refuse(body.from, "the section has no ]")
		i = len(line)
	}
	r.section = strings.TrimSpace(line[1:i])
}

// delimiters are what ends a key.
func (r *iniReader) delimiters() string {
	if r.flavour == PHPINI {
		return "="
	}
	return "=:"
}

// key is the span of the key and the place behind its separator.
func (r *iniReader) key(from, end int, delimiters string) (span, int, bool) {
	i := strings.IndexAny(r.raw[from:end], delimiters)
	if i < 0 {
		return span{}, 0, false
	}
	key := kvTrim(r.raw, from, from+i)
	return key, from + i + 1, key.len() > 0
}

func (r *iniReader) entry(start int, body span, end, next int) {
	key, behind, ok := r.key(body.from, end, r.delimiters())
	if !ok {
		if r.flavour == GoINI || r.python() {
			r.refuse(body.from, "this is neither a section nor key = value")
		}
		return
	}
	v := r.scan(behind, end)
	if r.python() {
		r.continued(&v, body.from-start)
	}
	if v.end > end {
		_, next = kvLine(r.raw, v.end)
	}
	r.at = next
	v.quirks = append(v.quirks, r.quirks(v)...)
	r.put(r.finish(key, v, span{start, next}))
}

func (r *iniReader) finish(key span, v kvValue, whole span) Entry {
	name := r.raw[key.from:key.to]
	if r.section != "" {
		name = Join(r.section, name)
	}
	return Entry{Key: name, Value: v.text, Type: v.typ, Env: v.env, Quote: v.quote, Quirks: v.quirks, key: key, value: v.span, whole: whole}
}

// off reads a commented line that looks like an entry.
func (r *iniReader) off(start, end, next int) {
	key, behind, ok := r.key(kvUncomment(r.raw, start, end), end, "=")
	if !ok || !kvIdentifier(r.raw[key.from:key.to]) {
		return
	}
	// The line stands alone: a quote that is open here does not reach below.
	alone := &iniReader{kv: kv{raw: r.raw[:end], lines: r.lines}, flavour: r.flavour}
	v := alone.scan(behind, end)
	v.quirks = nil
	e := r.finish(key, v, span{start, next})
	e.Off = true
	r.put(e)
}

// strict refuses what Python's reader does: a key that stands twice.
func (r *iniReader) strict() {
	if !r.python() {
		return
	}
	for _, e := range r.entries {
		if slices.ContainsFunc(e.Quirks, func(q Quirk) bool { return q.Kind == Duplicate }) {
			r.refuse(e.key.from, "the key stands twice in its section")
		}
	}
}

func writeINI(t *Text, value string, typ Type, like Entry) string {
	tail := ""
	if like.value != (span{}) {
		end, _ := kvLine(t.Raw, like.value.to)
		tail = t.Raw[like.value.to:end]
		if like.value.len() == 0 {
			tail = " " + tail
		}
	}
	return kvFit(t, iniForm(t.Flavour, value, like.Quote, tail), " = ", like)
}

func lineINI(t *Text, key, value string, typ Type, like Entry) (int, string) {
	section, name, like := iniTarget(t, key, like)
	indent, between := "", " = "
	model, ok := kvModel(t, like)
	if ok {
		indent, between = kvStyle(t, model, len(name), " = ")
	}
	line := indent + name + between + iniForm(t.Flavour, value, model.Quote, "")
	if like.whole != (span{}) {
		return kvInsert(t, kvPlace(t, like), line)
	}
	if at, ok := iniHeader(t.Raw, section); ok {
		return kvInsert(t, at, line)
	}
	if section == "" {
		return kvInsert(t, len(t.Raw), line)
	}
	nl := newline(t.Raw)
	return kvInsert(t, len(t.Raw), "["+section+"]"+nl+line)
}

// iniTarget is the section that a new key belongs to, its name there, and the
// entry that it goes behind: like when that is in the section, else the last one
// of the section.
func iniTarget(t *Text, key string, like Entry) (section, name string, behind Entry) {
	if like.whole != (span{}) {
		own := iniSection(t, like)
		if rest, ok := strings.CutPrefix(key, own+"."); ok && own != "" {
			return own, rest, like
		}
		if own == "" && !sectioned(t.Raw) || !strings.Contains(key, ".") {
			return own, key, like
		}
	}
	for i := len(t.Entries) - 1; i >= 0; i-- {
		own := iniSection(t, t.Entries[i])
		if rest, ok := strings.CutPrefix(key, own+"."); ok && own != "" {
			return own, rest, t.Entries[i]
		}
	}
	i := strings.LastIndexByte(key, '.')
	if i < 0 {
		return "", key, like
	}
	return key[:i], key[i+1:], Entry{}
}

// iniSection is the section of an entry.
func iniSection(t *Text, e Entry) string {
	return strings.TrimSuffix(strings.TrimSuffix(e.Key, t.Raw[e.key.from:e.key.to]), ".")
}

// iniHeader is the place behind the header of a section, or, where section is
// empty, before the first header.
func iniHeader(raw, section string) (int, bool) {
	for at := 0; at < len(raw); {
		end, next := kvLine(raw, at)
		line := strings.TrimSpace(raw[at:end])
		if section == "" && strings.HasPrefix(line, "[") {
			return at, true
		}
		if section != "" && strings.HasPrefix(line, "["+section+"]") {
			return next, true
		}
		at = next
	}
	return 0, false
}

// sectioned reports whether a text has sections.
func sectioned(raw string) bool {
	_, ok := iniHeader(raw, "")
	return ok
}
