package conf

import "strings"

// otherEscape says what becomes of a backslash before any other character.
type otherEscape int

const (
	noEscapes otherEscape = iota // the backslash means nothing
	keepEscape
	dropEscape
	refuseEscape
)

// escapes is what backslashes mean within one kind of quotes.
type escapes struct {
	plain   string // the characters that a backslash leaves as they are
	letters string // the letters that stand for control characters
	kept    string // the characters before which the backslash stays, whatever other says
	other   otherEscape
}

// dollarRule says what a $ begins.
type dollarRule int

const (
	dollarPlain   dollarRule = iota // nothing
	dollarBraced                    // ${NAME}, left alone where it has no value: phpdotenv
	dollarPython                    // ${NAME} and ${NAME:-default}
	dollarRuby                      // $NAME, ${NAME} and $(command)
	dollarCompose                   // $NAME, ${NAME}, ${NAME:-default}, and $$ for a $
	dollarShell                     // all that, and $1, $?, $(command)
)

// reference is a variable that a value names.
type reference struct {
	name, fallback string
	hasFallback    bool
	braced, found  bool
	from, to       int // in the text that was decoded
}

// decoded is a value with its escapes and variables undone.
type decoded struct {
	text    string
	refs    []reference
	escaped bool   // a backslash changed a letter
	command bool   // a command is run for it
	wrong   string // why the reader refuses it
}

// controls are the letters of control characters behind a backslash.
const controls = "a\ab\bf\fn\nr\rt\tv\v"

// Limits of what variables put in, far above what settings need. Lines that each
// name the one before them several times would double without an end.
const (
	maxExpanded = 64 << 10 // bytes of one value
	maxPutIn    = 1 << 20  // bytes of all values of a text
)

// variables are those that have a value in a text.
type variables struct {
	values map[string]varValue
	putIn  int
	over   bool // the value that is being read goes over a limit
}

type varValue struct {
	value string
	over  bool // not all of it was read
}

// overLimit is what a quirk says of a value that goes over a limit.
const overLimit = "with its variables put in the value is longer than a setting can be"

// get is what a variable puts in behind so many bytes of a value.
func (v *variables) get(name string, before int) (string, bool) {
	x, found := v.values[name]
	if x.over || found && (before+len(x.value) > maxExpanded || v.putIn+len(x.value) > maxPutIn) {
		v.over = true
		return "", false
	}
	v.putIn += len(x.value)
	return x.value, found
}

// set gives a variable the value that was read last.
func (v *variables) set(name, value string) {
	if v.values == nil {
		v.values = map[string]varValue{}
	}
	v.values[name] = varValue{value, v.over}
}

// decode undoes escapes and variables; vars holds those that have a value.
func decode(s string, esc escapes, dollar dollarRule, vars *variables) decoded {
	var d decoded
	var b strings.Builder
	for i := 0; i < len(s); {
		switch {
		case s[i] == '\\' && esc.other != noEscapes && i+1 < len(s) && !(s[i+1] == '$' && dollar == dollarRuby):
			d.escape(&b, s[i+1], esc)
			i += 2
		case s[i] == '\\' && i+1 < len(s) && s[i+1] == '$' && dollar == dollarRuby:
			b.WriteByte('$')
			i += 2
		case s[i] == '$' && dollar != dollarPlain:
			i = d.dollar(&b, s, i, dollar, vars)
		default:
			b.WriteByte(s[i])
			i++
		}
	}
	d.text = b.String()
	return d
}

func (d *decoded) escape(b *strings.Builder, c byte, esc escapes) {
	switch {
	case strings.IndexByte(esc.plain, c) >= 0:
		b.WriteByte(c)
	case strings.IndexByte(esc.letters, c) >= 0:
		b.WriteByte(controls[strings.IndexByte(controls, c)+1])
		d.escaped = true
	case esc.other == keepEscape || strings.IndexByte(esc.kept, c) >= 0:
		b.WriteByte('\\')
		b.WriteByte(c)
	default:
		if esc.other == refuseEscape {
			d.wrong = "a backslash stands before a character that it cannot escape"
		}
		d.escaped = true
		b.WriteByte(c)
	}
}

// dollar undoes the $ at i and returns where the text goes on.
func (d *decoded) dollar(b *strings.Builder, s string, i int, rule dollarRule, vars *variables) int {
	rest := s[i+1:]
	if rule == dollarCompose && strings.HasPrefix(rest, "$") {
		b.WriteByte('$')
		return i + 2
	}
	if (rule == dollarRuby || rule == dollarShell) && strings.HasPrefix(rest, "(") {
		d.command = true
		b.WriteString("$(")
		return i + 2
	}
	ref, ok := readReference(s, i, rule)
	if !ok {
		if strings.HasPrefix(rest, "{") && rule == dollarCompose {
			d.wrong = "${ begins no variable"
		}
		b.WriteByte('$')
		return i + 1
	}
	value, found := vars.get(ref.name, b.Len())
	ref.found = found
	switch {
	case found:
		b.WriteString(value)
	case rule == dollarBraced:
		b.WriteString(s[ref.from:ref.to])
	case ref.hasFallback:
		b.WriteString(ref.fallback)
	}
	d.refs = append(d.refs, ref)
	return ref.to
}

// readReference reads the variable that the $ at i begins.
func readReference(s string, i int, rule dollarRule) (reference, bool) {
	ref := reference{from: i}
	at := i + 1
	ref.braced = at < len(s) && s[at] == '{'
	if ref.braced {
		at++
	}
	to := at
	for to < len(s) && (wordByte(s[to]) && (to > at || !digit(s[to]) || rule == dollarBraced || rule == dollarRuby) || rule == dollarBraced && s[to] == '.') {
		to++
	}
	if to == at && rule == dollarShell && to < len(s) && strings.IndexByte("0123456789?!#@*-$", s[to]) >= 0 {
		to++
	}
	if to == at || !ref.braced && (rule == dollarBraced || rule == dollarPython) {
		return ref, false
	}
	ref.name = s[at:to]
	if !ref.braced {
		ref.to = to
		return ref, true
	}
	if rule == dollarRuby && (to == len(s) || s[to] != '}') {
		ref.to = to
		return ref, true
	}
	return closeReference(ref, s, to, rule)
}

// maxReference bounds how far the brace is looked for that closes a variable.
const maxReference = 4_096

// closeReference reads what stands between the name and the brace.
func closeReference(ref reference, s string, at int, rule dollarRule) (reference, bool) {
	n := strings.IndexByte(s[at:min(len(s), at+maxReference)], '}')
	if n < 0 {
		return ref, false
	}
	ref.to = at + n + 1
	inner := s[at : at+n]
	if inner == "" {
		return ref, true
	}
	if rule == dollarBraced {
		return ref, false
	}
	op := strings.TrimPrefix(inner, ":")
	switch {
	case rule == dollarPython && !strings.HasPrefix(inner, ":-"):
		return ref, false
	case strings.HasPrefix(op, "-"):
		ref.fallback, ref.hasFallback = op[1:], true
		return ref, true
	case strings.HasPrefix(op, "+"), strings.HasPrefix(op, "?"), strings.HasPrefix(op, "="), rule == dollarShell:
		return ref, true
	}
	return ref, false
}

// whole is the reference that makes up all of a text, when one does.
func (d *decoded) whole(s string) (reference, bool) {
	if len(d.refs) == 1 && d.refs[0].from == 0 && d.refs[0].to == len(s) {
		return d.refs[0], true
	}
	return reference{}, false
}

func wordByte(c byte) bool {
	return c == '_' || digit(c) || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

func digit(c byte) bool { return c >= '0' && c <= '9' }
