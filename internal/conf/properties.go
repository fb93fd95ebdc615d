package conf

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf16"
)

// propertiesReader reads Java properties.
type propertiesReader struct{ kv }

func parseProperties(raw string, _ Flavour) *Text {
	r := &propertiesReader{kv{raw: raw, lines: newLines(raw)}}
	for at := 0; at < len(raw); {
		at = r.property(at)
	}
	r.duplicates(false)
	return &Text{Entries: r.entries, Broken: r.broken}
}

// property reads the logical line that begins at an offset and returns where the
// next one begins.
func (r *propertiesReader) property(at int) int {
	end, next := kvLine(r.raw, at)
	body := kvTrim(r.raw, at, end)
	if body.len() == 0 {
		return next
	}
	switch r.raw[body.from] {
	case '#':
		r.offProperty(at, end, next)
		return next
	case '!':
		return next
	}
	end, next = propertyEnd(r.raw, at)
	e := propertyEntry(r.raw, body.from, end)
	e.whole = span{at, next}
	if bad := badUnicode.MatchString(strings.ReplaceAll(r.raw[e.key.from:end], `\\`, "")); bad {
		r.refuse(e.key.from, `\u is not followed by four hexadecimal digits`)
	}
	r.put(e)
	return next
}

// badUnicode finds what java.util.Properties throws an exception at.
var badUnicode = regexp.MustCompile(`\\u([0-9A-Fa-f]{0,3}([^0-9A-Fa-f]|$))`)

// propertyEnd is where a logical line ends and the next one begins: a backslash
// at the end of a line continues it.
func propertyEnd(raw string, at int) (end, next int) {
	for {
		end, next = kvLine(raw, at)
		line := raw[at:end]
		slashes := len(line) - len(strings.TrimRight(line, `\`))
		if slashes%2 == 0 || next >= len(raw) {
			return end, next
		}
		at = next
	}
}

// offProperty reads a commented line that looks like an entry.
func (r *propertiesReader) offProperty(at, end, next int) {
	from := kvUncomment(r.raw, at, end)
	e := propertyEntry(r.raw, from, end)
	if !kvIdentifier(e.Key) || !strings.ContainsAny(r.raw[e.key.to:e.value.from], "=") {
		return
	}
	e.Off, e.whole, e.Quirks = true, span{at, next}, nil
	r.put(e)
}

// propertyEntry reads a key and a value between two offsets.
func propertyEntry(raw string, from, end int) Entry {
	s := raw[:end]
	key := span{from, keyEnd(s, from)}
	at := skipSoft(s, key.to)
	if at < end && (s[at] == '=' || s[at] == ':') {
		at = skipSoft(s, at+1)
	}
	e := Entry{Key: unescapeProperty(s[key.from:key.to]), key: key, value: span{at, end}}
	text := s[at:end]
	e.Value = unescapeProperty(text)
	e.Quirks = propertyQuirks(text, e.Value)
	placeholder(&e)
	return e
}

// keyEnd is where a key ends: at a blank, = or : without a backslash before it.
func keyEnd(s string, at int) int {
	for at < len(s) && strings.IndexByte(" \t\f=:\r\n", s[at]) < 0 {
		if s[at] != '\\' {
			at++
			continue
		}
		if at+1 == len(s) {
			break
		}
		at = skipEscape(s, at)
	}
	return at
}

// skipEscape is the place behind the escape that begins at an offset: two
// characters, or a line end with the blanks of the next line.
func skipEscape(s string, at int) int {
	at++
	if s[at] == '\r' && at+1 < len(s) && s[at+1] == '\n' {
		at++
	}
	if s[at] != '\n' {
		return at + 1
	}
	for at++; at < len(s) && strings.IndexByte(" \t\f", s[at]) >= 0; {
		at++
	}
	return at
}

// skipSoft skips blanks and continued line ends.
func skipSoft(s string, at int) int {
	for at < len(s) {
		switch {
		case strings.IndexByte(" \t\f", s[at]) >= 0:
			at++
		case s[at] == '\\' && at+1 < len(s) && (s[at+1] == '\r' || s[at+1] == '\n'):
			at = skipEscape(s, at)
		default:
			return at
		}
	}
	return at
}

// propertyEscapes are the letters that stand for a character behind a backslash.
var propertyEscapes = map[byte]string{'n': "\n", 't': "\t", 'r': "\r", 'f': "\f"}

func unescapeProperty(s string) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	var b strings.Builder
	for at := 0; at < len(s); {
		if s[at] != '\\' || at+1 >= len(s) {
			if s[at] != '\\' {
				b.WriteByte(s[at])
			}
			at++
			continue
		}
		next := skipEscape(s, at)
		letter, known := propertyEscapes[s[at+1]]
		units, to := unicodeEscapes(s, at)
		switch {
		case len(units) > 0:
			b.WriteString(string(utf16.Decode(units)))
			next = to
		case known:
			b.WriteString(letter)
		case s[at+1] != '\n' && s[at+1] != '\r':
			b.WriteString(s[at+1 : next])
		}
		at = next
	}
	return b.String()
}

// unicodeEscapes reads the \uXXXX that stand together from an offset on: two may
// be one character.
func unicodeEscapes(s string, at int) (units []uint16, to int) {
	for at+6 <= len(s) && s[at] == '\\' && s[at+1] == 'u' {
		n, err := strconv.ParseUint(s[at+2:at+6], 16, 16)
		if err != nil {
			break
		}
		units = append(units, uint16(n))
		at += 6
	}
	return units, at
}

// plainEscapes are the escapes that mean what they look like.
var plainEscapes = regexp.MustCompile(`\\(\\|[:=#! ]|u[0-9A-Fa-f]{4}|\r?\n[ \t\f]*)`)

func propertyQuirks(raw, value string) []Quirk {
	var out []Quirk
	if strings.Contains(plainEscapes.ReplaceAllString(raw, ""), `\`) {
		out = append(out, Quirk{
			Kind: Escaped, Text: `a backslash begins an escape; as a character it is written \\`,
			Fix: strings.ReplaceAll(strings.ReplaceAll(raw, `\\`, `\`), `\`, `\\`),
		})
	}
	if trimmed := strings.TrimRight(value, " \t"); trimmed != value {
		out = append(out, Quirk{Kind: TrailingBlank, Text: "the blanks at the end are part of the value", Fix: propertyForm(trimmed)})
	}
	if v := strings.TrimRight(value, " \t"); kvQuoted(v) {
		out = append(out, Quirk{Kind: KeptQuotes, Text: "the quotes are part of the value: property files know none", Fix: propertyForm(v[1 : len(v)-1])})
	}
	if i := kvComment(value, "#!"); i >= 0 {
		out = append(out, Quirk{Kind: KeptHash, Text: "what looks like a comment is part of the value", Fix: propertyForm(strings.TrimRight(value[:i], " \t"))})
	}
	return append(out, kvOddities(value, propertyForm)...)
}

// placeholders of Spring: ${NAME} and ${NAME:default}.
var placeholders = regexp.MustCompile(`^\s*\$\{([\w.-]+)(?::([^{}]*))?\}\s*$`)

// variable is what can be the name of an environment variable.
var variable = regexp.MustCompile(`^[A-Za-z_]\w*$`)

// placeholder finds a variable in place of a value.
func placeholder(e *Entry) {
	m := placeholders.FindStringSubmatch(e.Value)
	switch {
	case m != nil:
		e.Type, e.Value = Expr, m[2]
		if variable.MatchString(m[1]) {
			e.Env = m[1]
		}
	case strings.Contains(e.Value, "${"):
		e.Type = Expr
	}
}

// propertyForm is the raw form of a value. Characters beyond ASCII are escaped:
// Java read these files as Latin-1 up to version 8.
func propertyForm(value string) string { return escapeProperty(value, "") }

// escapeProperty escapes what Java reads otherwise at the beginning, and the
// characters of inside wherever they stand.
func escapeProperty(value, inside string) string {
	var b strings.Builder
	for i, c := range value {
		switch {
		case c == '\\' || i == 0 && strings.ContainsRune(" \t\f=:", c) || strings.ContainsRune(inside, c):
			b.WriteByte('\\')
			b.WriteRune(c)
		case c == '\n':
			b.WriteString(`\n`)
		case c == '\r':
			b.WriteString(`\r`)
		case c < 0x20 && c != '\t' || c > 0x7e:
			for _, u := range utf16.Encode([]rune{c}) {
				fmt.Fprintf(&b, `\u%04x`, u)
			}
		default:
			b.WriteRune(c)
		}
	}
	return b.String()
}

// propertyKey is the raw form of a key.
func propertyKey(key string) string {
	if strings.HasPrefix(key, "#") || strings.HasPrefix(key, "!") {
		return `\` + escapeProperty(key, " \t\f=:")
	}
	return escapeProperty(key, " \t\f=:")
}

func writeProperties(t *Text, value string, typ Type, like Entry) string {
	if like.value.len() > 0 && like.key.to == like.value.from {
		// A lone backslash is all that stands behind the key.
		return "=" + propertyForm(value)
	}
	return kvFit(t, propertyForm(value), "=", like)
}

func lineProperties(t *Text, key, value string, typ Type, like Entry) (int, string) {
	indent, between, name := "", "=", propertyKey(key)
	if model, ok := kvModel(t, like); ok {
		indent, between = kvStyle(t, model, len(name), "=")
	}
	return kvInsert(t, kvPlace(t, like), indent+name+between+propertyForm(value))
}
