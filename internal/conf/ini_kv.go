package conf

import (
	"cmp"
	"fmt"
	"strings"
	"unicode"
)

// kv collects the entries of a text that is read line by line.
type kv struct {
	raw     string
	lines   *lines
	entries []Entry
	broken  string
}

// kvValue is a value as a reader takes it.
type kvValue struct {
	text   string
	quote  string
	typ    Type
	env    string
	span   span // with its quotes
	end    int  // where reading goes on: where the last line of the value ends
	quirks []Quirk
}

// put adds an entry that is complete but for its place.
func (k *kv) put(e Entry) {
	e.Line, e.Column = k.lines.at(e.key.from)
	e.Type = cmp.Or(e.Type, String)
	k.entries = append(k.entries, e)
}

// refuse notes why the reader of this kind refuses the text. The first reason is
// the one that it gives.
func (k *kv) refuse(at int, why string) {
	if k.broken == "" {
		line, _ := k.lines.at(at)
		k.broken = fmt.Sprintf("line %d: %s", line, why)
	}
}

// duplicates marks the entries in force whose key stands again below.
func (k *kv) duplicates(fold bool) {
	last := map[[2]string]int{}
	for i := len(k.entries) - 1; i >= 0; i-- {
		e := &k.entries[i]
		if e.Off {
			continue
		}
		id := [2]string{e.Scope, e.Key}
		if fold {
			id[1] = strings.ToLower(e.Key)
		}
		if line, ok := last[id]; ok {
			e.Quirks = append(e.Quirks, Quirk{Kind: Duplicate, Text: fmt.Sprintf("the key stands again in line %d; that one counts", line)})
			continue
		}
		last[id] = e.Line
	}
}

// kvLine is where the content of the line that begins at an offset ends, and
// where the next line begins.
func kvLine(raw string, at int) (end, next int) {
	end, next = len(raw), len(raw)
	if i := strings.IndexByte(raw[at:], '\n'); i >= 0 {
		end, next = at+i, at+i+1
	}
	if end > at && raw[end-1] == '\r' {
		end--
	}
	return end, next
}

// kvTrim is the span of what is left of from to to without blanks at both ends.
// Of nothing but blanks it is the end.
func kvTrim(raw string, from, to int) span {
	s := strings.TrimRight(raw[from:to], " \t\v\f\r\n")
	t := strings.TrimLeft(s, " \t\v\f\r\n")
	if t == "" {
		return span{to, to}
	}
	return span{from + len(s) - len(t), from + len(s)}
}

func kvBlank(c byte) bool { return c == ' ' || c == '\t' }

// kvIdentifier reports whether s looks like a key: what is commented out is
// prose more often than not.
func kvIdentifier(s string) bool {
	for i, c := range s {
		letter := c == '_' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
		if !letter && (i == 0 || c != '.' && c != '-' && (c < '0' || c > '9')) {
			return false
		}
	}
	return s != ""
}

// kvUncomment is where the text behind the comment marks of a line begins.
func kvUncomment(raw string, from, to int) int {
	for from < to && strings.IndexByte("#; \t", raw[from]) >= 0 {
		from++
	}
	return from
}

// kvComment is where a comment behind a value begins: at one of the marks with
// a blank before it. It is -1 when there is none.
func kvComment(s, marks string) int {
	for i := range len(s) {
		if strings.IndexByte(marks, s[i]) >= 0 && i > 0 && kvBlank(s[i-1]) {
			return i
		}
	}
	return -1
}

// kvQuoted reports whether s stands between two of the same quotes.
func kvQuoted(s string) bool {
	return len(s) >= 2 && (s[0] == '"' || s[0] == '\'') && s[len(s)-1] == s[0]
}

// kvCurly are the quotes that word processors and web pages make of straight ones.
const kvCurly = "“”„‟‘’‚‛«»"

// kvOddities are the quirks of characters that nobody types on purpose. fix
// writes a value raw.
func kvOddities(value string, fix func(string) string) []Quirk {
	var out []Quirk
	clean := strings.TrimFunc(value, func(r rune) bool { return strings.ContainsRune(kvCurly, r) })
	if clean != value {
		out = append(out, Quirk{Kind: SmartQuotes, Text: "the curly quotes are part of the value", Fix: fix(clean)})
	}
	visible := strings.Map(func(r rune) rune {
		if kvInvisible(r) {
			return -1
		}
		return r
	}, clean)
	if visible != clean {
		out = append(out, Quirk{Kind: InvisibleChar, Text: "the value holds a character that cannot be seen", Fix: fix(strings.TrimSpace(visible))})
	}
	return out
}

// kvInvisible reports whether a character leaves no mark on a screen and is no
// ordinary blank.
func kvInvisible(r rune) bool {
	return r != ' ' && r != '\t' && r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || unicode.IsSpace(r))
}

// kvOneLine takes the line ends out of a value that its reader has no form for:
// what came behind them would be read as another key.
func kvOneLine(value string) string {
	return strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ").Replace(value)
}

// kvPick is the first of the raw forms that reads as value; the last one when
// none does.
func kvPick(value string, forms []string, read func(string) string) string {
	for _, f := range forms {
		if read(f) == value {
			return f
		}
	}
	return forms[len(forms)-1]
}

// kvFit puts a raw value in the place of that of an entry: an empty place may
// lack the blanks around it, and an entry without a separator lacks that too.
// sep is the separator of the kind.
func kvFit(t *Text, form, sep string, like Entry) string {
	if like.value.len() > 0 || like.value.from == 0 || form == "" || like.value.to > len(t.Raw) {
		return form
	}
	before := t.Raw[like.key.to:like.value.from]
	mark := strings.TrimSpace(before)
	switch {
	case mark == "" && strings.TrimSpace(sep) != "":
		form = strings.TrimPrefix(sep, before) + form
	case mark == "" && before == "", mark != "" && kvBlank(before[0]) && strings.HasSuffix(before, mark):
		form = " " + form
	}
	if rest := t.Raw[like.value.to:]; rest != "" && (rest[0] == '#' || rest[0] == ';') {
		form += " "
	}
	return form
}

// kvPlace is where a line goes that stands behind an entry: behind all of its
// lines. Behind the zero Entry it is the end.
func kvPlace(t *Text, like Entry) int {
	if like.whole == (span{}) {
		return len(t.Raw)
	}
	return like.whole.to
}

// kvInsert makes a line of s that goes into the text at an offset.
func kvInsert(t *Text, at int, s string) (int, string) {
	nl := newline(t.Raw)
	if at > 0 && t.Raw[at-1] != '\n' {
		return at, nl + s
	}
	return at, s + nl
}

// kvModel is the entry whose style a new one takes on: like, or else the last
// one of the text.
func kvModel(t *Text, like Entry) (Entry, bool) {
	if like.whole != (span{}) {
		return like, true
	}
	for i := len(t.Entries) - 1; i >= 0; i-- {
		if !t.Entries[i].Off && t.Entries[i].key.len() > 0 {
			return t.Entries[i], true
		}
	}
	return Entry{}, false
}

// kvStyle is the indentation of an entry and, for a key of n bytes, the separator
// that puts the value into the same column; sep when the entry shows none.
func kvStyle(t *Text, like Entry, n int, sep string) (indent, between string) {
	line := t.Raw[like.whole.from:like.key.from]
	indent = line[:len(line)-len(strings.TrimLeft(line, " \t"))]
	between = t.Raw[like.key.to:like.value.from]
	if strings.ContainsAny(between, "\r\n\\") || strings.Trim(between, " \t") == "" && strings.TrimSpace(sep) != "" || between == "" {
		return indent, sep
	}
	mark := strings.TrimLeft(between, " \t")
	pad := between[:len(between)-len(mark)]
	if len(mark) == 1 && pad != "" {
		mark += " "
	}
	return indent, kvPad(pad, like.key.len()-n) + mark
}

// kvPad lengthens the padding of blanks by as much as a key is shorter, and
// shortens it by as much as it is longer. One blank stays: it is no alignment.
func kvPad(pad string, more int) string {
	if len(pad) < 2 || strings.Trim(pad, " ") != "" {
		return pad
	}
	return strings.Repeat(" ", max(1, len(pad)+more))
}
