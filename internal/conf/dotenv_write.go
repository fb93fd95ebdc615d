package conf

import "strings"

func writeDotenv(t *Text, value string, typ Type, like Entry) string {
	return dotenvRaw(t, value, like)
}

// dotenvRaw is a value as the reader of the text takes it exactly: in the quotes
// that it had where they serve, in others where they do not.
func dotenvRaw(t *Text, value string, like Entry) string {
	before, after := "K=", ""
	if like.value != (span{}) {
		before, after = around(t.Raw, like)
	}
	sign := ""
	if like.Type == Null && like.value.len() == 0 && !strings.HasSuffix(before, "=") {
		sign = "="
	}
	if strings.HasPrefix(after, "#") {
		after = " " + after
	}
	best, score := "", -1
	for _, c := range dotenvForms(value, like.Quote, t.Flavour) {
		if n := survives(before+sign+c+after, value, t.Flavour); n > score {
			best, score = c, n
		}
	}
	if strings.HasPrefix(after, " #") && like.value.to < len(t.Raw) && t.Raw[like.value.to] == '#' {
		best += " "
	}
	return sign + best
}

// around is what stands on the lines of an entry before its value and behind it,
// the comment mark of one that is off left out.
func around(raw string, e Entry) (before, after string) {
	before, after = raw[e.whole.from:e.value.from], raw[e.value.to:max(e.whole.to, e.value.to)]
	if e.Off {
		before = strings.TrimLeft(before, "#; \t")
	}
	return strings.TrimPrefix(before, envBOM), after
}

// dotenvForms are the ways to write a value, the best first.
func dotenvForms(value, quote string, f Flavour) []string {
	double := strings.NewReplacer(`\`, `\\`, `"`, `\"`, `$`, `\$`, "\n", `\n`).Replace(value)
	breaks := strings.NewReplacer(`\`, `\\`, `"`, `\"`, `$`, `\$`).Replace(value)
	forms := []string{value, `"` + value + `"`, `'` + value + `'`, `"` + double + `"`, `"` + breaks + `"`,
		`'` + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(value) + `'`, `'` + strings.ReplaceAll(value, `'`, `\'`) + `'`}
	switch f {
	case NodeDotenv, Usual:
		forms = append(forms, "`"+value+"`")
	case Shell:
		forms = append(forms, shellSingle(value))
	case ComposeEnv:
		forms = append(forms, strings.ReplaceAll(value, "$", "$$"))
	case RubyDotenv:
		forms = append(forms, strings.NewReplacer(`\`, `\\`, `$`, `\$`).Replace(value))
	}
	if quote == "" {
		return forms
	}
	var first, rest []string
	for _, c := range forms {
		if strings.HasPrefix(c, quote) && c != value {
			first = append(first, c)
		} else {
			rest = append(rest, c)
		}
	}
	return append(first, rest...)
}

// shellSingle writes a word for a shell in single quotes.
func shellSingle(value string) string {
	return `'` + strings.ReplaceAll(value, `'`, `'\''`) + `'`
}

// survives counts the readers that take a value from a line as it is. The reader
// of the text itself must. Where nothing says which it is, the others count too.
func survives(line, value string, f Flavour) int {
	if !readsAs(line, value, f) {
		return 0
	}
	score := 1
	if f == Usual {
		for _, other := range []Flavour{PHPDotenv, NodeDotenv, RubyDotenv, PythonDotenv, ComposeEnv} {
			if readsAs(line, value, other) {
				score++
			}
		}
	}
	return score
}

func readsAs(line, value string, f Flavour) bool {
	t := readDotenv(line, f).t
	if len(t.Entries) != 1 || t.Broken != "" {
		return false
	}
	e := t.Entries[0]
	for _, q := range e.Quirks {
		switch q.Kind {
		case CutAtHash, KeptHash, Unclosed, BadSyntax, Escaped, Unresolved, Expanded:
			if f != EnvFile && !(q.Kind == Escaped && strings.Contains(value, "\n")) {
				return false
			}
		}
	}
	return e.Value == value && e.Type == String && e.Env == ""
}

func lineDotenv(t *Text, key, value string, typ Type, like Entry) (int, string) {
	nl := newline(t.Raw)
	if like.whole == (span{}) {
		text := key + "=" + dotenvRaw(t, value, Entry{}) + nl
		if t.Raw != "" && !strings.HasSuffix(t.Raw, "\n") {
			text = nl + text
		}
		return len(t.Raw), text
	}
	prefix, sep := t.Raw[like.whole.from:like.key.from], "="
	if like.Off {
		prefix = strings.TrimLeft(prefix, "#; \t")
	}
	if like.value.from > like.key.to {
		sep = t.Raw[like.key.to:like.value.from]
	}
	line := strings.TrimPrefix(prefix, envBOM) + key + sep + dotenvRaw(t, value, Entry{Quote: like.Quote})
	if !strings.HasSuffix(t.Raw[:like.whole.to], "\n") {
		return like.whole.to, nl + line
	}
	return like.whole.to, line + nl
}
