package conf

import (
	"fmt"
	"strings"
	"unicode"
)

// parseDotenv reads KEY=value lines as the reader of the flavour does.
func parseDotenv(raw string, f Flavour) *Text {
	r := readDotenv(raw, f)
	markDuplicates(r.t)
	for _, w := range r.wants {
		e := &r.t.Entries[w.entry]
		e.Quirks[w.quirk].Fix = dotenvRaw(r.t, w.value, *e)
	}
	return r.t
}

// envWant is a value that a quirk kept from being read, to be written as its Fix.
type envWant struct {
	entry, quirk int
	value        string
}

// dotenvReader reads one text. It works no Fix out, which takes further readings.
type dotenvReader struct {
	raw   string
	rules dotenvRules
	t     *Text
	lines *lines
	vars  *variables // what the lines above set
	wants []envWant
}

func readDotenv(raw string, f Flavour) *dotenvReader {
	r := &dotenvReader{
		raw: raw, rules: rulesOf(f), lines: newLines(raw), vars: &variables{},
		t: &Text{Kind: Dotenv, Flavour: f, Raw: raw},
	}
	at := 0
	if strings.HasPrefix(raw, envBOM) {
		at = len(envBOM)
		if f == Shell {
			r.refuse(0, "a byte order mark stands before the first line, a shell takes it for part of the name")
		}
	}
	for at < len(raw) {
		at = r.statement(at)
	}
	return r
}

// envBOM is the byte order mark, which every reader but the shell passes over.
const envBOM = "\ufeff"

// statement reads the line at an offset, and those that its value goes on in,
// and returns where the next one begins.
func (r *dotenvReader) statement(at int) int {
	line := r.lines.line(at)
	end := envTrimEnd(r.raw, at, line.to)
	from := envSkip(r.raw, at, end, " \t\v\f")
	switch {
	case from == end:
	case r.raw[from] == '#' || r.raw[from] == ';':
		r.off(line, from, end)
	default:
		return r.assignment(line, from, end)
	}
	return line.to
}

// off reads a line that is commented out. Prose holds no assignment right behind
// the mark.
func (r *dotenvReader) off(line span, from, end int) {
	at := envSkip(r.raw, from, end, "#; \t")
	e := Entry{Off: true, whole: line, Type: String}
	eq := r.name(&e, at, end)
	if eq < 0 || eq == end || r.raw[eq] != '=' || !isVariable(e.Key) {
		return
	}
	muted := &dotenvReader{raw: r.raw, rules: r.rules, lines: r.lines, vars: r.vars, t: &Text{}}
	muted.value(&e, eq, end)
	e.Quirks = nil
	if e.value.to > end {
		e.value.to = end
	}
	e.Line, e.Column = r.lines.at(e.key.from)
	r.t.Entries = append(r.t.Entries, e)
}

// name reads the name of a statement and returns where its = (or :) is. It is
// -1 where there is none, and the end where the name is all there is.
func (r *dotenvReader) name(e *Entry, from, end int) int {
	if rest := r.raw[from:end]; r.rules.export && strings.HasPrefix(rest, "export") {
		if n := envSkip(r.raw, from+6, end, " \t"); n > from+6 && n < end && r.raw[n] != '=' {
			from = n
		}
	}
	to := from
	for to < end && r.raw[to] != '=' && (r.rules.anyName || r.rules.inName(r.raw[to:end])) {
		to++
	}
	if r.rules.anyName && (to == end || to == from || strings.ContainsFunc(r.raw[from:to], unicode.IsSpace)) {
		if to < end || strings.ContainsFunc(r.raw[from:to], unicode.IsSpace) {
			return -1
		}
	}
	e.Key, e.key = r.raw[from:to], span{from, to}
	if to == from {
		return -1
	}
	eq := to
	if r.rules.blanks {
		eq = envSkip(r.raw, to, end, " \t\v\f")
	}
	switch {
	case eq == end:
		return end
	case r.raw[eq] == '=':
		return eq
	case r.raw[eq] == ':' && r.rules.colon && eq+1 < end && envBlank(r.raw[eq+1]):
		return eq
	case r.raw[eq] == '#' && eq > to:
		return end
	}
	return -1
}

func (r *dotenvReader) assignment(line span, from, end int) int {
	e := Entry{whole: line, Type: String}
	eq := r.name(&e, from, end)
	if eq < 0 {
		if r.rules.strict {
			r.refuse(from, "this is no assignment")
		}
		return line.to
	}
	e.Line, e.Column = r.lines.at(e.key.from)
	if eq == end {
		r.alone(e)
		return line.to
	}
	r.t.Entries = append(r.t.Entries, Entry{})
	r.value(&e, eq, end)
	e.whole.to = max(line.to, r.lines.line(max(e.value.from, e.value.to-1)).to)
	r.t.Entries[len(r.t.Entries)-1] = e
	r.vars.set(e.Key, e.Value)
	return e.whole.to
}

// alone keeps a name without a value where it means something: docker passes the
// variable of the host on.
func (r *dotenvReader) alone(e Entry) {
	if !r.rules.alone || !isVariable(e.Key) {
		return
	}
	e.Type, e.value = Null, span{e.key.to, e.key.to}
	r.t.Entries = append(r.t.Entries, e)
}

// quirk notes what happened to a value; wanted is how it looks, to be written as
// the Fix.
func (r *dotenvReader) quirk(e *Entry, k QuirkKind, text, wanted string) {
	r.mark(e, k, text)
	r.wants = append(r.wants, envWant{len(r.t.Entries) - 1, len(e.Quirks) - 1, wanted})
}

func (r *dotenvReader) mark(e *Entry, k QuirkKind, text string) {
	e.Quirks = append(e.Quirks, Quirk{Kind: k, Text: text})
}

// refuse notes that the reader takes nothing of the file; the first reason counts.
func (r *dotenvReader) refuse(at int, why string) {
	if r.t.Broken == "" {
		n, _ := r.lines.at(at)
		r.t.Broken = fmt.Sprintf("line %d: %s", n, why)
	}
}

// markDuplicates notes the entries in force that stand again below. Every reader
// takes the last one.
func markDuplicates(t *Text) {
	type place struct{ key, scope string }
	last := map[place]int{}
	for i := len(t.Entries) - 1; i >= 0; i-- {
		e := &t.Entries[i]
		if e.Off {
			continue
		}
		p := place{e.Key, e.Scope}
		if n, ok := last[p]; ok {
			e.Quirks = append(e.Quirks, Quirk{Kind: Duplicate, Text: fmt.Sprintf("%s stands again in line %d; that one counts", e.Key, n)})
			continue
		}
		last[p] = e.Line
	}
}

// isVariable reports whether a name is one that environment variables have.
func isVariable(s string) bool {
	for i, c := range s {
		if c != '_' && !unicode.IsLetter(c) && (i == 0 || c != '.' && c != '-' && !unicode.IsDigit(c)) {
			return false
		}
	}
	return s != ""
}

// envSkip returns the first position from i on, before end, that holds none of the
// characters.
func envSkip(s string, i, end int, chars string) int {
	for i < end && strings.IndexByte(chars, s[i]) >= 0 {
		i++
	}
	return i
}

// envTrimEnd returns where a stretch ends without its line end.
func envTrimEnd(s string, from, to int) int {
	if to > from && s[to-1] == '\n' {
		to--
	}
	if to > from && s[to-1] == '\r' {
		to--
	}
	return to
}

// envTrimBlanks returns where a stretch ends without the blanks at its end.
func envTrimBlanks(s string, from, to int) int {
	for to > from && strings.IndexByte(" \t\r\v\f", s[to-1]) >= 0 {
		to--
	}
	return to
}

func envBlank(c byte) bool { return c == ' ' || c == '\t' }
