package conf

import (
	"regexp"
	"strings"
	"unicode"

	"go.yaml.in/yaml/v4"
)

// duplicateQuirk is that of a key that stands again below.
var duplicateQuirk = Quirk{Kind: Duplicate, Text: "the key stands again below; that one counts"}

// treeEnvs are the forms of a value that is nothing but a variable. The groups
// are its name, what it is converted to and its default.
var treeEnvs = []struct {
	form                  *regexp.Regexp
	name, convert, preset int
}{
	{regexp.MustCompile(`^\$\{([A-Za-z_][\w.-]*?)(?::?[-=?+](.*)|:(.*))?\}$`), 1, 0, 2}, // shell, compose; Spring's ${X:d}
	{regexp.MustCompile(`^%env\((?:([\w:.-]+):)?(\w+)\)%$`), 2, 1, 0},                   // Symfony
}

// treeExpr makes an Expr of a string that is a variable or a template as a whole.
func treeExpr(e *Entry) {
	if e.Type != String {
		return
	}
	if strings.Contains(e.Value, "{{") && strings.Contains(e.Value, "}}") {
		e.Type = Expr
		return
	}
	for _, f := range treeEnvs {
		m := f.form.FindStringSubmatch(e.Value)
		if m == nil {
			continue
		}
		e.Type, e.Env, e.Value = Expr, m[f.name], ""
		if f.preset > 0 {
			e.Value = m[2] + m[3]
		}
		if f.convert > 0 {
			e.Convert = symfonyConvert(m[f.convert])
		}
		return
	}
}

func symfonyConvert(processor string) string {
	switch processor {
	case "", "string", "trim":
		return ""
	case "bool", "int":
		return processor
	}
	return "other"
}

// homeAssistantEnv is the variable of !env_var NAME and its default; of any other
// tag, the code.
func homeAssistantEnv(n *yaml.Node, code string) (name, value string) {
	words := strings.Fields(n.Value)
	if n.Tag == "!env_var" && len(words) > 0 {
		return words[0], strings.Join(words[1:], " ")
	}
	return "", code
}

// reservedQuirk is that of a value that is empty because its first character
// means something to YAML.
func reservedQuirk(word string) Quirk {
	what := "&, which begins an anchor"
	if word[0] == '!' {
		what = "!, which begins a tag"
	}
	return Quirk{Kind: BadSyntax, Text: "an unquoted value begins with " + what + "; the value is empty", Fix: yamlDouble(word)}
}

var (
	baseSixty  = regexp.MustCompile(`^[-+]?[1-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?$`)
	plainTens  = regexp.MustCompile(`^-?(0|[1-9][0-9]*)$`)
	leadZeroes = regexp.MustCompile(`^[-+]?0[0-9]+$`)
)

// plainQuirks are those of an unquoted value.
func (y *yamlReader) plainQuirks(value string, s yamlScalar, e *Entry) []Quirk {
	var all []Quirk
	if q, ok := y.cutAtHash(s, e); ok {
		all = append(all, q)
	}
	text := ""
	switch {
	case e.Type == Number && leadZeroes.MatchString(value):
		text = "a number with a leading zero is octal for some readers and loses the zero with others"
	case e.Type == Number && !plainTens.MatchString(value):
		text = "YAML made a number of it"
	case e.Type == String && baseSixty.MatchString(value):
		text = "YAML 1.1 readers take it for a number to the base 60"
	}
	if text != "" {
		all = append(all, Quirk{Kind: NotTheType, Text: text, Fix: yamlDouble(value)})
	}
	return all
}

// cutAtHash finds the word behind " #" that may have been meant as part of the
// value. More than a word, or a blank behind the #, is a comment.
func (y *yamlReader) cutAtHash(s yamlScalar, e *Entry) (Quirk, bool) {
	end := s.end
	if s.span == (span{}) {
		end = e.value.to
	}
	from := end
	for from < len(y.raw) && (y.raw[from] == ' ' || y.raw[from] == '\t') {
		from++
	}
	if from == end && !strings.HasSuffix(y.raw[:end], " ") || !strings.HasPrefix(y.raw[from:], "#") {
		return Quirk{}, false
	}
	blanks := y.raw[end:from]
	word := strings.TrimRight(y.raw[from:from+lineLen(y.raw[from:])], " \t")
	if len(word) < 2 || word[0] != '#' || strings.ContainsAny(word, " \t") || strings.Trim(word, "#-=*") == "" {
		return Quirk{}, false
	}
	q := Quirk{Kind: CutAtHash, Text: "the # behind a blank begins a comment; what follows is not part of the value"}
	if s.span != (span{}) {
		q.Fix = yamlDouble(y.raw[s.from:s.to] + blanks + word)
	} else {
		q.Fix = yamlDouble(word)
	}
	return q, true
}

const curly = "\u201c\u201d\u201e\u201f\u2018\u2019\u201a\u201b\u00ab\u00bb"

// treeQuirks are those of any value.
func treeQuirks(v string, typ Type) []Quirk {
	if typ != String && typ != Expr {
		return nil
	}
	var all []Quirk
	if inner := strings.Trim(v, curly); inner != v {
		all = append(all, Quirk{Kind: SmartQuotes, Text: "curly quotes are no quotes; they are part of the value", Fix: yamlDouble(inner)})
	}
	if typ == Expr {
		return all
	}
	if trimmed := strings.TrimLeft(v, " \t"); trimmed != v {
		all = append(all, Quirk{Kind: LeadingBlank, Text: "blanks at the beginning are part of the value"})
	}
	if trimmed := strings.TrimRight(v, " \t\r"); trimmed != v {
		all = append(all, Quirk{Kind: TrailingBlank, Text: "blanks at the end are part of the value"})
	}
	if strings.ContainsFunc(v, treeInvisible) {
		all = append(all, Quirk{Kind: InvisibleChar, Text: "a character that cannot be seen is part of the value"})
	}
	return all
}

// treeControl reports whether no text should hold r.
func treeControl(r rune) bool { return unicode.IsControl(r) && r != '\u0085' }

// treeInvisible reports whether r looks like nothing or like a blank and is no
// blank. The line feeds of a block are seen.
func treeInvisible(r rune) bool {
	return treeControl(r) && r != '\n' && r != '\t' || r == '\u00a0' || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Zl, r) ||
		r != ' ' && unicode.Is(unicode.Zs, r)
}
