package conf

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// literalOnly says whether a string knows no escapes but those of its quote
// and the backslash.
func literalOnly(quote string, f Flavour) bool {
	return quote == "'" && (f == PHP || f == Ruby)
}

// verbatim says whether a string knows no escapes at all.
func verbatim(quote, prefix string, f Flavour) bool {
	return f == Go && quote == "`" || f == HOCON && quote == `"""` || f == Python && strings.ContainsAny(prefix, "rR")
}

// unescape undoes the escapes of a string.
func unescape(s, quote, prefix string, f Flavour) string {
	if verbatim(quote, prefix, f) || !strings.Contains(s, `\`) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		if s[i] != '\\' || i+1 == len(s) {
			b.WriteByte(s[i])
			i++
			continue
		}
		text, n := escape(s[i:], quote, f)
		b.WriteString(text)
		i += n
	}
	return b.String()
}

var simpleEscapes = map[byte]string{'n': "\n", 't': "\t", 'r': "\r", 'b': "\b", 'f': "\f", 'v': "\v", 'e': "\x1b", 'a': "\a"}

// escapeLetters are the letters that mean something behind a backslash.
var escapeLetters = map[Flavour]string{
	PHP: "ntrvef", JS: "ntrbfv", Python: "ntrbfva", Ruby: "ntrbfvea", Elixir: "ntrbfvea", Go: "ntrbfva", Groovy: "ntrbf", HOCON: "ntrbf",
}

// escape reads the escape at the beginning of s: its meaning and its length.
func escape(s, quote string, f Flavour) (string, int) {
	c := s[1]
	switch {
	case c == '\\' || c == quote[0]:
		return string(c), 2
	case literalOnly(quote, f):
		return s[:2], 2
	case strings.IndexByte(escapeLetters[f], c) >= 0:
		return simpleEscapes[c], 2
	case c == '\n' && f != PHP && f != Go && f != HOCON:
		return "", 2
	case c == 'x' && f != Groovy && f != HOCON:
		if text, n := hexEscape(s, 2); n > 0 {
			return text, n
		}
	case c == 'u':
		if text, n := unicodeEscape(s, f); n > 0 {
			return text, n
		}
	case '0' <= c && c <= '7' && f != Elixir && f != HOCON:
		n := 2
		for n < len(s) && n < 4 && '0' <= s[n] && s[n] <= '7' {
			n++
		}
		v, _ := strconv.ParseUint(s[1:n], 8, 16)
		return string(rune(v & 0xff)), n
	}
	switch f {
	case JS, Ruby, Elixir, Groovy:
		_, n := utf8.DecodeRuneInString(s[1:])
		return s[1 : 1+n], 1 + n
	case PHP:
		if c == '$' {
			return "$", 2
		}
	}
	return s[:2], 2
}

// hexEscape reads \xHH.
func hexEscape(s string, digits int) (string, int) {
	if len(s) < 2+digits {
		return "", 0
	}
	v, err := strconv.ParseUint(s[2:2+digits], 16, 32)
	if err != nil {
		return "", 0
	}
	return string(rune(v)), 2 + digits
}

// unicodeEscape reads \uHHHH and \u{H}.
func unicodeEscape(s string, f Flavour) (string, int) {
	if len(s) > 2 && s[2] == '{' {
		end := strings.IndexByte(s[:min(len(s), 12)], '}')
		if end < 0 {
			return "", 0
		}
		v, err := strconv.ParseUint(s[3:end], 16, 32)
		if err != nil || v > utf8.MaxRune {
			return "", 0
		}
		return string(rune(v)), end + 1
	}
	if f == PHP {
		return "", 0
	}
	return hexEscape(s, 4)
}

// enquote writes a string literal. Where the quotes cannot hold the value,
// others are taken.
func enquote(value, quote string, f Flavour) string {
	if quote == "" || quote == ":" || quote == "'" && f == Go {
		quote = languages[f].quote
	}
	control := strings.ContainsFunc(value, func(c rune) bool { return c < ' ' || c == 0x7f })
	if control && literalOnly(quote, f) || verbatim(quote, "", f) && (control || strings.ContainsAny(value, "`\"")) || f == HOCON {
		quote = `"`
	}
	var b strings.Builder
	b.WriteString(quote)
	for i := range len(value) {
		b.WriteString(escaped(value, i, quote, f))
	}
	b.WriteString(quote)
	return b.String()
}

// escaped is the byte at i as it stands in a string literal.
func escaped(value string, i int, quote string, f Flavour) string {
	c := value[i]
	switch {
	case verbatim(quote, "", f):
		return string([]byte{c})
	case c == '\\' || c == quote[0]:
		return `\` + string([]byte{c})
	case literalOnly(quote, f):
		return string([]byte{c})
	case c == '$' && (f == PHP || f == Groovy) && quote[0] == '"',
		c == '#' && (f == Ruby || f == Elixir) && quote[0] == '"' && i+1 < len(value) && strings.IndexByte("{$@", value[i+1]) >= 0,
		c == '$' && f == JS && quote == "`" && i+1 < len(value) && value[i+1] == '{':
		return `\` + string([]byte{c})
	case c == '\n':
		return `\n`
	case c == '\r':
		return `\r`
	case c == '\t':
		return `\t`
	case (c < ' ' || c == 0x7f) && (f == Groovy || f == HOCON):
		return fmt.Sprintf(`\u%04x`, c)
	case c < ' ' || c == 0x7f:
		return fmt.Sprintf(`\x%02x`, c)
	}
	return string([]byte{c})
}
