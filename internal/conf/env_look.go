package conf

import (
	"strings"
	"unicode"
)

// look is a quirk that a value has whatever reads it.
type look struct {
	kind         QuirkKind
	text, wanted string
}

// curlyQuotes are the quotes that word processors write.
const curlyQuotes = "“”„‟‘’‚‛«»"

// looksOf is what a value holds that nobody sees: curly quotes around it, blanks
// at its ends where quotes keep them, characters without a shape.
func looksOf(value string, quoted bool) []look {
	var out []look
	plain := visible(value)
	trimmed := strings.Trim(plain, " \t")
	if inner := strings.Trim(trimmed, curlyQuotes); inner != trimmed && len(trimmed)-len(inner) > 3 && strings.ContainsRune(curlyQuotes, firstRune(trimmed)) {
		out = append(out, look{SmartQuotes, "curly quotes are no quotes: they are part of the value", inner})
		trimmed = inner
	}
	if quoted && strings.TrimLeft(value, " \t") != value {
		out = append(out, look{LeadingBlank, "the value begins with a blank", trimmed})
	}
	if quoted && strings.TrimRight(value, " \t") != value && trimmed != "" {
		out = append(out, look{TrailingBlank, "the value ends with a blank", trimmed})
	}
	if plain != value {
		out = append(out, look{InvisibleChar, "the value holds a character that is not to be seen", trimmed})
	}
	return out
}

func firstRune(s string) rune {
	for _, c := range s {
		return c
	}
	return 0
}

// visible is a value without the characters that have no shape; a no-break space
// becomes the blank that it looks like.
func visible(s string) string {
	return strings.Map(func(c rune) rune {
		switch {
		case c == '\u00a0' || c == '\u202f' || c == '\u2007':
			return ' '
		case c == '\n' || c == '\t' || c == '\r':
			return c
		case c < ' ' || c == '\u007f' || unicode.Is(unicode.Cf, c):
			return -1
		}
		return c
	}, s)
}
