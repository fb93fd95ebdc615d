package conf

import (
	"regexp"
	"strings"
)

// wordsReader reads a text of KEY VALUE or KEY = VALUE lines.
type wordsReader struct {
	kv
	flavour Flavour
	scope   string
	scopes  []Scope
}

func parseWords(raw string, f Flavour) *Text {
	r := &wordsReader{kv: kv{raw: raw, lines: newLines(raw)}, flavour: f}
	at := 0
	if strings.HasPrefix(raw, "\ufeff") {
		at = len("\ufeff")
	}
	for at < len(raw) {
		at = r.line(at)
	}
	r.duplicates(f == SSMTP)
	return &Text{Entries: r.entries, Scopes: r.scopes, Broken: r.broken}
}

// line reads the line that begins at an offset and returns where the next one does.
func (r *wordsReader) line(at int) int {
	end, next := kvLine(r.raw, at)
	body := kvTrim(r.raw, at, end)
	if body.len() == 0 {
		return next
	}
	if r.raw[body.from] == '#' || r.raw[body.from] == ';' && r.flavour == Usual {
		r.off(at, end, next)
		return next
	}
	if r.flavour == Postfix {
		body.to, next = postfixEnd(r.raw, body.to, next)
	}
	if r.header(at, body, next) {
		return next
	}
	w, ok := r.words(body.from, body.to)
	if !ok {
		if r.flavour == Postfix {
			r.refuse(body.from, "there is no = behind the name")
		}
		return next
	}
	r.finish(w, span{at, next}, false)
	return next
}

// finish adds the entry of a line.
func (r *wordsReader) finish(w word, whole span, off bool) {
	v := r.value(w)
	if off {
		v.quirks = nil
	} else {
		v.quirks = append(v.quirks, r.quirks(v)...)
	}
	r.put(Entry{
		Key: r.raw[w.key.from:w.key.to], Value: v.text, Quote: v.quote, Off: off, Scope: r.scope, Quirks: v.quirks,
		key: w.key, value: v.span, whole: whole,
	})
}

// postfixEnd is where a logical line ends: a line that begins with a blank goes
// on with the one above, past comments and empty lines.
func postfixEnd(raw string, end, next int) (int, int) {
	for at := next; at < len(raw); {
		stop, after := kvLine(raw, at)
		body := kvTrim(raw, at, stop)
		if body.len() > 0 && raw[body.from] != '#' {
			if body.from == at {
				break
			}
			end, next = body.to, after
		}
		at = after
	}
	return end, next
}

// Headers of sections.
var (
	msmtpAccount  = regexp.MustCompile(`^(account)[ \t]+([^ \t:]+)[ \t]*(?::.*)?$`)
	proxmoxTarget = regexp.MustCompile(`^([A-Za-z][\w-]*):[ \t]*(\S+)$`)
	eximBlock     = regexp.MustCompile(`^([A-Za-z_][\w-]*):$`)
)

// header reads the line that begins a section. Those that name something are
// entries too: "account" of msmtp, with the parent in the value, and "smtp" of
// Proxmox.
func (r *wordsReader) header(at int, body span, next int) bool {
	line := r.raw[body.from:body.to]
	var m []int
	switch r.flavour {
	case MSMTP:
		if line == "defaults" {
			r.open("defaults", body.from)
			return true
		}
		m = msmtpAccount.FindStringSubmatchIndex(line)
	case Proxmox:
		m = proxmoxTarget.FindStringSubmatchIndex(line)
	case Usual:
		if m := eximBlock.FindStringSubmatch(line); m != nil {
			r.open(m[1], body.from)
			return true
		}
	}
	if m == nil {
		return false
	}
	r.open(line[m[4]:m[5]], body.from)
	r.put(Entry{
		Key: line[m[2]:m[3]], Value: line[m[4]:], Scope: r.scope,
		key: span{body.from + m[2], body.from + m[3]}, value: span{body.from + m[4], body.to}, whole: span{at, next},
	})
	return true
}

func (r *wordsReader) open(name string, at int) {
	line, _ := r.lines.at(at)
	r.scope = name
	r.scopes = append(r.scopes, Scope{Name: name, Line: line})
}

// off reads a commented line that looks like an entry: with =, or, where blanks
// separate, a key in small letters and one word.
func (r *wordsReader) off(at, end, next int) {
	body := kvTrim(r.raw, kvUncomment(r.raw, at, end), end)
	w, ok := r.words(body.from, body.to)
	if !ok || !kvIdentifier(r.raw[w.key.from:w.key.to]) {
		return
	}
	key, value := r.raw[w.key.from:w.key.to], r.raw[w.value.from:w.value.to]
	if !strings.Contains(r.raw[w.key.to:w.value.from], "=") {
		if strings.ToLower(key) != key || value == "" || strings.ContainsAny(value, " \t") && !kvQuoted(value) {
			return
		}
	}
	r.finish(w, span{at, next}, true)
}

// word is a key with the stretch that holds its value.
type word struct {
	key, value span
	alien      bool // the separator is one that this reader does not know
}

// words splits a line into key and value.
func (r *wordsReader) words(from, to int) (word, bool) {
	line := r.raw[from:to]
	switch r.flavour {
	case MSMTP:
		return r.blankSplit(from, to, "=")
	case Proxmox:
		w, ok := r.blankSplit(from, to, "")
		return w, ok && r.raw[w.key.to-1] != ':'
	case Postfix, SSMTP, Debconf:
		i := strings.IndexByte(line, '=')
		if i < 0 {
			return word{}, false
		}
		key := kvTrim(r.raw, from, from+i)
		w := word{key: key, value: kvTrim(r.raw, from+i+1, to)}
		blank := r.flavour == Debconf && key.to < from+i || strings.ContainsAny(r.raw[key.from:key.to], " \t\r\n")
		return w, key.len() > 0 && !blank
	}
	m := anyWords.FindStringSubmatchIndex(line)
	if m == nil {
		return word{}, false
	}
	return word{key: span{from, from + m[3]}, value: kvTrim(r.raw, from+m[1], to)}, true
}

// anyWords is a key with the separator that fits first.
var anyWords = regexp.MustCompile(`^([A-Za-z_][\w.-]*)(?:[ \t]*=|[ \t]*:|[ \t]+|$)`)

// blankSplit splits at the first blank. alien is a separator that people write
// all the same; it is part of the value to this reader.
func (r *wordsReader) blankSplit(from, to int, alien string) (word, bool) {
	line := r.raw[from:to]
	i := strings.IndexAny(line, " \t"+alien)
	if i < 0 {
		i = len(line)
	}
	w := word{key: span{from, from + i}, value: kvTrim(r.raw, from+i, to)}
	if v := r.raw[w.value.from:w.value.to]; alien != "" && strings.HasPrefix(v, alien) {
		w.alien = w.value.from == w.key.to || len(v) == 1 || kvBlank(v[1])
	}
	return w, i > 0
}

func writeWords(t *Text, value string, typ Type, like Entry) string {
	form := wordsForm(t.Flavour, value, like.Quote)
	if from := like.value.from; like.value.len() > 0 && from == like.key.to {
		// KEY=VALUE for a reader that wants a blank: the = goes with the value.
		form = " " + form
	}
	return kvFit(t, form, wordsSeparator(t.Flavour), like)
}

func lineWords(t *Text, key, value string, typ Type, like Entry) (int, string) {
	sep, indent := wordsSeparator(t.Flavour), ""
	if t.Flavour == Proxmox {
		indent = "\t"
	}
	between, model := sep, Entry{}
	if m, ok := kvModel(t, like); ok && !wordsHeader(t, m) {
		model = m
		indent, between = kvStyle(t, m, len(key), sep)
	}
	if t.Flavour == Postfix {
		indent = "" // a blank at the beginning would continue the line above
	}
	return kvInsert(t, kvPlace(t, like), indent+key+between+wordsForm(t.Flavour, value, model.Quote))
}

// wordsHeader reports whether an entry is the header of a section.
func wordsHeader(t *Text, e Entry) bool {
	return t.Flavour == MSMTP && e.Key == "account" || t.Flavour == Proxmox && strings.HasPrefix(t.Raw[e.key.to:], ":")
}

// wordsSeparator is the usual separator of a reader.
func wordsSeparator(f Flavour) string {
	switch f {
	case MSMTP, Proxmox:
		return " "
	case SSMTP, Debconf:
		return "="
	}
	return " = "
}
