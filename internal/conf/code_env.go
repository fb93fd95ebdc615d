package conf

import (
	"regexp"
	"slices"
	"strings"
)

// reading is an expression that reads an environment variable.
type reading struct {
	name, preset, convert string
	called                bool // through a function that is not known
}

// maxNesting bounds how deep a reading may be wrapped.
const maxNesting = 8

// operators of an expression by what they do to a reading on their left.
var (
	presets  = []string{"||", "??", "?:", "or"}
	compares = []string{"==", "===", "in", "is", "=~"}
	others   = []string{"?", "!=", "!==", "&&", "and", "not", "if", "+", "-", "*", "<", ">", "%"}
)

// env reads an expression that yields an environment variable, perhaps converted.
func (r *reader) env(from, to, depth int) (reading, bool) {
	if depth > maxNesting || from >= to {
		return reading{}, false
	}
	if r.lang.flavour == HOCON {
		return r.substituted(from, to)
	}
	for _, ops := range [][]string{{"?"}, presets, compares, others, {"|>"}} {
		if i := r.operator(from, to, ops); i > from {
			return r.binary(from, i, to, depth+1)
		}
	}
	if r.toks[from].kind == tOpen {
		return r.bracketed(from, to, depth+1)
	}
	switch r.opText(from) {
	case "+":
		e, ok := r.env(from+1, to, depth+1)
		e.convert = "int"
		return e, ok
	case "!":
		e, ok := r.env(from+1, to, depth+1)
		if e.convert == "other" {
			e.convert = "" // !!x: whether there is any text
		} else {
			e.convert = "other"
		}
		return e, ok
	}
	if name, end, ok := r.envBase(from, to); ok {
		return r.converted(name, end, to), true
	}
	return r.wrapped(from, to, depth+1)
}

// substituted reads ${?X}. A lower-case path is a setting, not a variable.
func (r *reader) substituted(from, to int) (reading, bool) {
	if to-from != 1 || r.toks[from].kind != tSubst {
		return reading{}, false
	}
	name := strings.TrimPrefix(strings.Trim(r.text(from), "${} "), "?")
	return reading{name: name}, codeVariable.MatchString(name)
}

var codeVariable = regexp.MustCompile(`^[A-Z_][A-Z0-9_]*$`)

// operator is the first operator of some that stands behind the first token.
func (r *reader) operator(from, to int, ops []string) int {
	for i := r.after(from, to); i < to; i = r.after(i, to) {
		if k := r.toks[i].kind; (k == tOp || k == tWord) && slices.Contains(ops, r.text(i)) {
			return i
		}
	}
	return -1
}

func (r *reader) binary(from, op, to, depth int) (reading, bool) {
	e, ok := r.env(from, op, depth)
	text := r.text(op)
	switch {
	case slices.Contains(compares, text):
		if !ok {
			e, ok = r.env(op+1, to, depth)
		}
		e.convert = "compare"
	case slices.Contains(presets, text):
		if e.preset == "" && op+1 < to {
			e.preset = r.preset(op+1, to)
		}
	case text == "|>":
		for ok && op < to {
			links, next := r.chain(op+1, to)
			if len(links) == 0 {
				break
			}
			e.convert = conversion(links[len(links)-1].name, e.convert)
			if op = r.operator(next-1, to, []string{"|>"}); op < 0 {
				break
			}
		}
	default:
		e.convert = "other"
	}
	return e, ok
}

// preset is the text of a default that is a literal.
func (r *reader) preset(from, to int) string {
	if v, typ, _, ok := r.literal(from, to); ok && typ != Null {
		return v
	}
	return ""
}

// bracketed reads (x), the casts of PHP and {:system, "X"}.
func (r *reader) bracketed(from, to, depth int) (reading, bool) {
	end := r.toks[from].match
	switch {
	case r.is(from, "{") && r.lang.flavour == Elixir && end == to-1 && from+3 < end && r.text(from+1) == ":system" && r.toks[from+3].kind == tStr:
		e := reading{name: r.name(from + 3)}
		if from+5 < end {
			e.preset = r.preset(from+5, end)
		}
		return e, true
	case !r.is(from, "("):
		return reading{}, false
	case end == to-1:
		return r.env(from+1, end, depth)
	case r.lang.flavour == PHP && end == from+2 && r.toks[from+1].kind == tWord:
		e, ok := r.env(end+1, to, depth)
		if !strings.HasPrefix(r.text(from+1), "bool") { // any text but "0" is true
			e.convert = conversion(r.text(from+1), e.convert)
		}
		return e, ok
	}
	if e, ok := r.env(from+1, end, depth); ok {
		rest := r.converted(e, end+1, to)
		return rest, true
	}
	return reading{}, false
}

// conversions is what functions and casts make of a string. A cast to bool
// is none: it asks only whether there is any text.
var conversions = map[string]string{
	"int": "int", "integer": "int", "Integer": "int", "Number": "int", "parseInt": "int", "parseFloat": "int", "float": "int", "intval": "int",
	"to_i": "int", "to_integer": "int", "toInteger": "int", "Atoi": "int", "number": "int", "port": "int",
	"bool": "bool", "boolean": "bool", "strtobool": "bool", "parse": "bool", "toBoolean": "bool", "ParseBool": "bool",
	"str": "", "String": "", "string": "", "strip": "", "trim": "", "to_s": "", "toString": "", "lower": "", "upper": "", "toLowerCase": "", "downcase": "",
	"to_sym": "", "to_atom": "", "to_charlist": "", "Boolean": "", "get": "", "getOrThrow": "",
}

func conversion(name, before string) string {
	if c, ok := conversions[name]; ok {
		if before != "" && c == "" {
			return before
		}
		return c
	}
	return "other"
}

// converted reads the methods that follow a reading.
func (r *reader) converted(e reading, i, to int) reading {
	for i < to {
		switch op := r.opText(i); {
		case op == "!":
			i++
		case (op == "." || op == "?." || op == "&." || op == "->") && i+1 < to:
			name := r.text(i + 1)
			e.convert = conversion(name, e.convert)
			if i += 2; i < to && r.is(i, "(") {
				i = r.after(i, to)
			}
		case r.lang.flavour == JS && r.is(i, "as"):
			return e
		default:
			e.convert = "other"
			return e
		}
	}
	return e
}

// wrapped reads f(x). What a function that is not known makes of a variable is
// not known either; a constructor is no value.
func (r *reader) wrapped(from, to, depth int) (reading, bool) {
	links, open := r.chain(from, to)
	if len(links) == 0 || open >= to || !r.is(open, "(") || slices.Contains(keywords, links[0].name) {
		return reading{}, false
	}
	end := r.toks[open].match
	split := r.split(open+1, end)
	if len(split) == 0 {
		return reading{}, false
	}
	e, ok := r.env(split[0][0], split[0][1], depth)
	if !ok {
		return reading{}, false
	}
	name := links[len(links)-1].name
	_, known := conversions[name]
	switch {
	case name == "filter_var":
		e.convert, known = "other", true
		if len(split) == 2 && strings.Contains(r.raw[r.toks[split[1][0]].from:r.toks[split[1][1]-1].to], "BOOL") {
			e.convert = "bool"
		}
	case name == "bool" || name == "boolval":
		known = true // any text is true
	case known:
		e.convert = conversion(name, e.convert)
	case len(split) > 1 || 'A' <= name[0] && name[0] <= 'Z':
		return reading{}, false
	default:
		e.convert = "other"
	}
	e.called = e.called || !known
	return r.converted(e, end+1, to), true
}

// envBase reads what the languages write for an environment variable.
func (r *reader) envBase(from, to int) (e reading, next int, ok bool) {
	links, end := r.chain(from, to)
	if len(links) == 0 {
		return reading{}, 0, false
	}
	if n, ok := r.envIndex(links); ok {
		return reading{name: links[n].name}, links[n].next, true
	}
	for n := range links {
		open := links[n].next
		if open < to && r.is(open, "(") && n == len(links)-1 && end == open {
			return r.envCall(links, open, to)
		}
	}
	return reading{}, 0, false
}

// envTables are what is indexed by the name of a variable.
var envTables = map[Flavour][]string{
	PHP:    {"_ENV", "_SERVER"},
	JS:     {"process.env", "import.meta.env", "Bun.env"},
	Python: {"os.environ", "environ"},
	Ruby:   {"ENV"},
	Groovy: {"System.env"},
}

func (r *reader) envIndex(links []link) (int, bool) {
	path := ""
	for n, l := range links[:len(links)-1] {
		path = under(path, l.name)
		if slices.Contains(envTables[r.lang.flavour], path) {
			next := links[n+1]
			called := next.next < len(r.toks) && r.is(next.next, "(") && r.toks[next.tok].kind == tWord && r.lang.flavour != JS
			return n + 1, !called && (r.is(next.tok, "[") || r.lang.flavour == JS || r.lang.flavour == Groovy)
		}
	}
	return 0, false
}

// envCalls are the functions that take the name of a variable.
var envCalls = map[Flavour][]string{
	PHP:    {"env", "getenv", "Env::get"},
	JS:     {"env", "env.bool", "env.int", "env.float", "env.json", "env.array", "Deno.env.get"},
	Python: {"os.getenv", "getenv", "os.environ.get", "environ.get", "config", "env", "env.bool", "env.int", "env.str", "env.get_value"},
	Ruby:   {"ENV.fetch"},
	Elixir: {"System.get_env", "System.fetch_env!"},
	Go:     {"os.Getenv", "os.LookupEnv"},
	Groovy: {"System.getenv"},
}

func (r *reader) envCall(links []link, open, to int) (reading, int, bool) {
	last := links[len(links)-1].name
	known := slices.Contains(envCalls[r.lang.flavour], strings.TrimPrefix(join(links), `\`))
	service := r.lang.flavour == JS && len(links) > 1 && (last == "get" || last == "getOrThrow")
	split := r.split(open+1, r.toks[open].match)
	if !known && !service || len(split) == 0 || split[0][1]-split[0][0] != 1 || r.toks[split[0][0]].kind != tStr {
		return reading{}, 0, false
	}
	e := reading{name: r.name(split[0][0])}
	if service && !codeVariable.MatchString(e.name) || e.name == "" {
		return reading{}, 0, false
	}
	for _, a := range split[1:] {
		r.envOption(&e, a[0], a[1])
	}
	switch last {
	case "bool", "int":
		e.convert = last
	case "float":
		e.convert = "int"
	case "json", "array", "get_value":
		e.convert = "other"
	}
	next := r.after(open, to)
	if r.lang.flavour == Ruby && next < to && r.is(next, "{") {
		e.preset = r.preset(next+1, r.toks[next].match)
		next = r.after(next, to)
	}
	return e, next, true
}

// envOption reads a default, as it comes or by name, and the cast of decouple.
func (r *reader) envOption(e *reading, from, to int) {
	if to-from >= 3 && r.toks[from].kind == tWord && (r.is(from+1, "=") || r.is(from+1, ":")) {
		switch r.text(from) {
		case "cast":
			e.convert = conversion(r.text(from+2), "")
			return
		case "default":
			from += 2
		default:
			return
		}
	}
	if from < to && e.preset == "" {
		e.preset = r.preset(from, to)
	}
}
