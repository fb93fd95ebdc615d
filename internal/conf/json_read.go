package conf

import (
	"encoding/json"
	"regexp"
	"strings"
	"unicode/utf8"
)

// skip passes over blanks and comments. A line that is commented out and holds a
// member becomes an entry that is off.
func (j *jsonReader) skip(in *jsonIn) {
	for j.at < len(j.raw) {
		rest := j.raw[j.at:]
		switch {
		case strings.IndexByte(" \t\r\n", rest[0]) >= 0:
			j.at++
		case strings.HasPrefix(rest, "//"), rest[0] == '#':
			j.comment(rest[0] == '#')
			from := j.at
			j.at += lineLen(rest)
			j.off(in, from)
		case strings.HasPrefix(rest, "/*"):
			j.comment(false)
			j.at = len(j.raw)
			if i := strings.Index(rest[2:], "*/"); i >= 0 {
				j.at -= len(rest) - i - 4
			}
		default:
			return
		}
	}
}

// comment notes that one is here. # begins one for no reader of JSON at all.
func (j *jsonReader) comment(hash bool) {
	if hash || !j.comments {
		j.fault(j.at, "JSON has no comments")
	}
}

// jsonOff is a member that is commented out as a whole line.
var jsonOff = regexp.MustCompile(`^(?://|#)[ \t]*("[^"\\]+"[ \t]*:[ \t]*)("(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|true|false|null)[ \t]*(,?)[ \t\r]*$`)

func (j *jsonReader) off(in *jsonIn, from int) {
	line, alone := j.place.alone(from)
	m := jsonOff.FindStringSubmatchIndex(j.raw[from:j.at])
	if m == nil || !alone || in.list || len(j.entries) >= maxTreeEntries {
		return
	}
	sub := newJSONReader(j.raw[from+m[2] : from+m[5]])
	sub.member("", 0, &jsonIn{names: map[string]int{}})
	if len(sub.entries) != 1 {
		return
	}
	e, by := sub.entries[0], from+m[2]
	e.Key, e.Off, e.whole = treePath(in.path, e.Key), true, line
	e.key, e.value = span{e.key.from + by, e.key.to + by}, span{e.value.from + by, e.value.to + by}
	e.Line, e.Column = j.place.at(by)
	if !j.fits(in, m[6] < m[7]) {
		// In force, the line would lack its comma or have one too many: a value
		// right behind the mark keeps Enable from it.
		e.value = span{from + 1, from + 1}
	}
	j.entries = append(j.entries, e)
}

// fits reports whether the line that ends here could be put in force where it
// stands, with or without a comma at its end.
func (j *jsonReader) fits(in *jsonIn, comma bool) bool {
	rest := strings.TrimLeft(j.raw[j.at:], " \t\r\n")
	last := rest == "" || rest[0] == '}' || strings.HasPrefix(rest, "//") || strings.HasPrefix(rest, "/*")
	return (in.first || in.comma >= 0) && comma != last
}

// jsonWord is a string, in whatever quotes, or a bare word.
type jsonWord struct {
	span
	inner  span
	value  string
	quote  string
	quirks []Quirk
}

// jsonQuotes are the quotes that a string may stand in, curly ones by mistake.
var jsonQuotes = []struct{ open, end, reason string }{
	{`"`, `"`, ""},
	{"'", "'", "a string is in single quotes"},
	{"\u201c", "\u201d\u201c", "a string is in curly quotes"},
	{"\u201e", "\u201c\u201d", "a string is in curly quotes"},
	{"\u2018", "\u2019\u2018", "a string is in curly quotes"},
}

// word reads the string or bare word at the place reached.
func (j *jsonReader) word() jsonWord {
	for _, q := range jsonQuotes {
		if strings.HasPrefix(j.raw[j.at:], q.open) {
			if q.reason != "" {
				j.fault(j.at, q.reason)
			}
			return j.quoted(q.open, q.end)
		}
	}
	from := j.at
	for j.at < len(j.raw) && strings.IndexByte(",:{}[] \t\r\n\"'", j.raw[j.at]) < 0 {
		j.at++
	}
	s := span{from, j.at}
	return jsonWord{span: s, inner: s, value: j.raw[from:j.at]}
}

func (j *jsonReader) quoted(open, end string) jsonWord {
	from := j.at
	w := jsonWord{quote: open}
	i := from + len(open)
	for i < len(j.raw) && j.raw[i] != '\n' {
		if j.raw[i] == '\\' && i+1 < len(j.raw) && j.raw[i+1] != '\n' {
			i += 2
			continue
		}
		if r, n := utf8.DecodeRuneInString(j.raw[i:]); strings.ContainsRune(end, r) && r != utf8.RuneError {
			w.span, w.inner, j.at = span{from, i + n}, span{from + len(open), i}, i+n
			j.unescape(&w)
			return w
		}
		i++
	}
	i = min(i, len(j.raw))
	i = from + len(strings.TrimRight(j.raw[from:i], " \t\r"))
	if i > from+len(open) && j.raw[i-1] == ',' {
		i--
	}
	j.fault(from, "a string is not closed on its line")
	w.span, w.inner, j.at = span{from, i}, span{min(from+len(open), i), i}, i
	j.unescape(&w)
	w.quirks = append(w.quirks, Quirk{Kind: Unclosed, Text: "the quote is not closed", Fix: jsonString(w.value)})
	return w
}

// unescape reads the escapes of a string. One with an escape that JSON does not
// know keeps it.
func (j *jsonReader) unescape(w *jsonWord) {
	text := j.raw[w.inner.from:w.inner.to]
	if w.value = text; !strings.Contains(text, `\`) {
		if strings.ContainsFunc(text, func(r rune) bool { return r < ' ' }) {
			j.fault(w.from, "a control character or tab stands in a string")
		}
		return
	}
	if w.quote != `"` {
		text = strings.ReplaceAll(strings.ReplaceAll(text, `\'`, "'"), `"`, `\"`)
	}
	var v string
	if err := json.Unmarshal([]byte(`"`+text+`"`), &v); err != nil {
		j.fault(w.from, "a backslash in a string begins no escape that JSON knows")
		w.quirks = append(w.quirks, Quirk{Kind: Escaped, Text: "a backslash begins no escape that JSON knows", Fix: jsonString(text)})
		return
	}
	w.value = v
}

var jsonNumber = regexp.MustCompile(`^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$`)

// value reads a value of any kind. It returns its entry, -1 for none.
func (j *jsonReader) value(at jsonAt, in *jsonIn) int {
	if j.at >= len(j.raw) {
		j.fault(len(j.raw)-1, "a value is missing")
		return -1
	}
	full := len(j.entries) >= maxTreeEntries || at.depth > maxTreeDepth || len(at.path) > maxTreePath
	if c := j.raw[j.at]; c == '{' || c == '[' {
		own := -1
		switch {
		case full:
			j.at = jsonSkip(j.raw, j.at)
			return -1
		case at.keyed:
			own = j.add(Entry{Type: Branch}, at)
		}
		j.container(at.path, at.depth)
		return own
	}
	from := j.at
	w := j.word()
	e := Entry{Value: w.value, Quote: w.quote, value: w.span, Type: String, Quirks: w.quirks}
	if w.quote == "" {
		j.bare(&e, from, in)
	}
	treeExpr(&e)
	e.Quirks = append(e.Quirks, treeQuirks(e.Value, e.Type)...)
	for i := range e.Quirks {
		if e.Quirks[i].Kind == SmartQuotes {
			e.Quirks[i].Fix = jsonString(strings.Trim(e.Value, curly))
		}
	}
	if full {
		return -1
	}
	return j.add(e, at)
}

// bare settles what a word without quotes is.
func (j *jsonReader) bare(e *Entry, from int, in *jsonIn) {
	switch w := e.Value; {
	case w == "":
		e.Type, e.value = Null, span{from, from}
		j.fault(from, "a value is missing")
	case w == "true" || w == "false":
		e.Type = Bool
	case w == "null":
		e.Type, e.Value = Null, ""
	case jsonNumber.MatchString(w):
		e.Type = Number
	case strings.Trim(w, "0123456789") == "":
		e.Type = Number
		j.fault(from, "a number begins with a zero")
	default:
		e.Type = Expr
		j.fault(from, "a string is not in double quotes")
		j.rest(e, from, in)
	}
}

// rest takes in the words that follow a bare one up to the comma or line end.
func (j *jsonReader) rest(e *Entry, from int, in *jsonIn) {
	for j.at < len(j.raw) && strings.IndexByte(",}]\r\n", j.raw[j.at]) < 0 {
		j.at++
	}
	j.at = from + len(strings.TrimRight(j.raw[from:j.at], " \t"))
	e.Value, e.value = j.raw[from:j.at], span{from, j.at}
}

func (j *jsonReader) add(e Entry, at jsonAt) int {
	e.Key, e.key = at.path, lastPart(j.raw, at.key)
	from := j.at
	if e.Type != Branch {
		from = e.value.from
	}
	if at.keyed {
		from = at.from
	} else {
		e.key = span{}
	}
	e.Line, e.Column = j.place.at(from)
	j.entries = append(j.entries, e)
	return len(j.entries) - 1
}

// jsonSkip is the place behind the object or list that begins at from.
func jsonSkip(raw string, from int) int {
	depth := 0
	for i := from; i < len(raw); i++ {
		switch raw[i] {
		case '"':
			i = doubleEnd(raw, i) - 1
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return len(raw)
}
