package conf

import "strings"

// set reads NAME VALUE behind config:set, config:system:set and wp config set.
func (r *commandReader) set(words []shellWord, at int) {
	occ := words[at].text == "config:system:set"
	var names []int
	value, skipped := -1, 0
	for i := at + 1; i < len(words); i++ {
		t := words[i].text
		switch {
		case strings.HasPrefix(t, "--value="):
			value, skipped = i, len("--value=")
		case t == "--value" || t == "--scope" || t == "--scope-code" || t == "--type":
			if i++; t == "--value" && i < len(words) {
				value, skipped = i, 0
			}
		case !strings.HasPrefix(t, "-"):
			names = append(names, i)
		}
	}
	if !occ && len(names) > 1 {
		value, skipped, names = names[1], 0, names[:1]
	}
	if value < 0 || len(names) == 0 || !r.literalName(words[names[0]]) {
		return
	}
	r.setting(words, names, value, skipped)
}

// literalName reports whether a word is written as it reads, so that it can be
// changed in place.
func (r *commandReader) literalName(w shellWord) bool {
	return w.text != "" && len(w.refs) == 0 && r.raw[w.at[0]:w.at[len(w.at)-1]+1] == w.text
}

// setting keeps the value of a statement that sets just one.
func (r *commandReader) setting(words []shellWord, names []int, value, skipped int) {
	first, w := words[names[0]], words[value]
	e := Entry{Type: String, key: span{first.at[0], first.at[len(first.at)-1] + 1}}
	var parts []string
	for _, n := range names {
		parts = append(parts, words[n].text)
	}
	e.Key = Join(parts...)
	e.whole = r.whole(words, 0, len(words)-1)
	r.t.Entries = append(r.t.Entries, Entry{})
	w.assign(&e, r.raw, skipped-1, &variables{}, r.quirk)
	r.looks(&e)
	r.keep(e)
}

// directive reads a line ENV or Environment=. m holds the places of the two names.
func (r *commandReader) directive(from int, m []int) int {
	line := r.lines.line(from)
	words, next := directiveWords(r.raw, from+m[1])
	r.unclosed(words)
	if len(words) == 0 {
		return max(next, line.to)
	}
	if m[2] < 0 && strings.EqualFold(r.raw[from+m[4]:from+m[5]], "EnvironmentFile") {
		r.t.Scopes = append(r.t.Scopes, Scope{EnvFiles: []string{strings.TrimPrefix(words[0].text, "-")}})
		return max(next, line.to)
	}
	if m[2] >= 0 && !strings.Contains(words[0].text, "=") {
		r.oldENV(words[0], line)
		return max(next, line.to)
	}
	for i, w := range words {
		if strings.Contains(w.text, "=") {
			r.assignment(words, i, i, 0)
			if len(words) == 1 && len(r.t.Entries) > 0 {
				r.t.Entries[len(r.t.Entries)-1].whole = span{line.from, max(next, line.to)}
			}
		}
	}
	if m[2] < 0 {
		r.systemd(words)
	}
	return max(next, line.to)
}

// directiveWords reads words to the end of the line: ; and & separate nothing there.
func directiveWords(raw string, at int) ([]shellWord, int) {
	var words []shellWord
	for at < len(raw) {
		more, next := shellWords(raw, at)
		words = append(words, more...)
		at = next
		if next > 0 && raw[next-1] == '\n' || next == len(raw) {
			break
		}
	}
	return words, at
}

// oldENV reads "ENV KEY value with blanks", all of which is the value.
func (r *commandReader) oldENV(w shellWord, line span) {
	end := envTrimBlanks(r.raw, line.from, envTrimEnd(r.raw, line.from, line.to))
	from := envSkip(r.raw, w.to, end, " \t")
	if !settingName.MatchString(w.text) || from >= end || from == w.to || !r.literalName(w) {
		return
	}
	e := Entry{Type: String, Key: w.text, key: w.span, value: span{from, end}, whole: line}
	e.Value = r.raw[from:end]
	if v := readShellWord(r.raw[:end], from); v.to == end && len(v.refs) == 0 {
		e.Value, e.Quote = v.text, quoteAround(e.Value)
	}
	r.t.Entries = append(r.t.Entries, Entry{})
	r.looks(&e)
	r.keep(e)
}

// systemd notes what a unit does to values: it expands % and cuts at blanks.
func (r *commandReader) systemd(words []shellWord) {
	for i := range r.t.Entries {
		e := &r.t.Entries[i]
		if e.key.from >= words[0].from && strings.Contains(strings.ReplaceAll(e.Value, "%%", ""), "%") {
			e.Quirks = append(e.Quirks, Quirk{Kind: Escaped, Text: "systemd takes % for a specifier; it is written %%"})
		}
	}
}
