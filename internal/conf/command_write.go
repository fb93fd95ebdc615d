package conf

import "strings"

func writeCommand(t *Text, value string, typ Type, like Entry) string {
	return commandRaw(t, value, like)
}

// commandRaw is a value as a shell reads it exactly, in the quotes that it had
// where they serve.
func commandRaw(t *Text, value string, like Entry) string {
	inside := like.Quote != "" && like.value.from > 0 && (like.value.len() == 0 || !strings.HasPrefix(t.Raw[like.value.from:], like.Quote))
	sign := ""
	if like.Type == Null && like.value == (span{like.key.to, like.key.to}) {
		sign = "="
	}
	end := ""
	if inside && !strings.HasPrefix(t.Raw[like.value.to:], like.Quote) {
		end = like.Quote // what stood behind the quote goes with the value
	}
	if inside && like.Quote == `'` {
		return sign + strings.ReplaceAll(value, `'`, `'\''`) + end
	}
	double := strings.NewReplacer(`\`, `\\`, `"`, `\"`, `$`, `\$`, "`", "\\`").Replace(value)
	switch {
	case inside:
		return sign + double + end
	case like.Quote == `"`:
		return sign + `"` + double + `"`
	case like.Quote == `'` || !plainWord(value), value == "" && apart(t.Raw, like):
		return sign + shellSingle(value)
	}
	return sign + value
}

// apart reports whether a value is a word of its own, which vanishes when it is empty.
func apart(raw string, e Entry) bool {
	return e.value.from > 0 && e.value.from <= len(raw) && envBlank(raw[e.value.from-1])
}

// plainWord reports whether a shell reads a text as it is, without quotes.
func plainWord(s string) bool {
	for i := range len(s) {
		if c := s[i]; !wordByte(c) && strings.IndexByte("@%+:,./-=", c) < 0 && c < 0x80 {
			return false
		}
	}
	return true
}

func lineCommand(t *Text, key, value string, typ Type, like Entry) (int, string) {
	nl := newline(t.Raw)
	if like.whole == (span{}) {
		text := "export " + key + "=" + commandRaw(t, value, Entry{}) + nl
		if t.Raw != "" && !strings.HasSuffix(t.Raw, "\n") {
			text = nl + text
		}
		return len(t.Raw), text
	}
	raw := commandRaw(t, value, like)
	whole := like.whole
	head := t.Raw[whole.from:like.key.from] + key + t.Raw[like.key.to:like.value.from] + raw
	tail := t.Raw[like.value.to:whole.to]
	ownLines := whole.from == 0 || t.Raw[whole.from-1] == '\n'
	if !ownLines || whole.to < len(t.Raw) && !strings.HasSuffix(tail, "\n") {
		return inlineCommand(t, head, tail, whole)
	}
	if !strings.HasSuffix(tail, "\n") {
		tail += nl
		head = nl + head
	}
	if option(head) && !strings.HasSuffix(strings.TrimRight(tail, " \t\r\n"), `\`) {
		// The option above must go on in the new line.
		at := envTrimBlanks(t.Raw, whole.from, envTrimEnd(t.Raw, whole.from, whole.to))
		return at, ` \` + nl + strings.TrimLeft(head, "\r\n") + strings.TrimRight(tail, " \t\r\n")
	}
	return whole.to, head + tail
}

// inlineCommand puts a new word behind those that stand on a line with others.
func inlineCommand(t *Text, head, tail string, whole span) (int, string) {
	if trimmed := strings.TrimRight(tail, " \t\r\n\\"); trimmed != tail {
		return whole.to, head + tail
	}
	if whole.from > 0 && !envBlank(t.Raw[whole.from]) {
		head = " " + head
	}
	return whole.to, head + tail
}

// option reports whether a line holds a word of a longer command.
func option(line string) bool {
	line = strings.TrimLeft(line, " \t\r\n")
	word, _, _ := strings.Cut(line, " ")
	return envOption(word)
}
