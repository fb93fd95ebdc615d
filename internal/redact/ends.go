package redact

import "strings"

// closers end a value when nothing but closers follow up to the next blank.
const closers = ",;)]}>\"'`"

// bareEnd returns where the value that begins at k ends.
func bareEnd(s string, k int, sep separator) int {
	for j := k; j < len(s); j++ {
		switch c := s[j]; {
		case c == '\n' || c == '\r' || c == sep.around && c != 0:
			return j
		case isBlank(c) && sep.around != 0:
		case isBlank(c):
			text := skipBlanks(s, j)
			if !sep.line || sep.bare || endsAt(s, text) {
				if s[j-1] == ',' && j-1 > k {
					j-- // the comma of a list of keys
				}
				return j
			}
			j = text - 1
		case c == '\\' && (escapedBreak(s, j) || escapedQuote(s, j)):
			return j
		case c == '&' && (sep.query || entity(s[j:])), c == '#' && sep.query, c == '<' && at(s, j+1) == '/':
			return j
		case strings.IndexByte(closers, c) >= 0 && !(sep.exact && sep.sign == '='):
			after := run(s, j, func(c byte) bool { return strings.IndexByte(closers, c) >= 0 })
			if endsWord(s, after) || (s[after-1] == ',' || s[after-1] == ';') && nameAhead(s, after) {
				return j
			}
			j = after - 1
		}
	}
	return len(s)
}

// endsWord reports whether a word ends before i.
func endsWord(s string, i int) bool {
	return at(s, i) <= ' ' || s[i] == '\\' && (escapedBreak(s, i) || escapedQuote(s, i)) || s[i] == '.' && at(s, i+1) <= ' '
}

// endsAt reports whether a value that goes on over blanks ends before i: with
// its line, a comment, an option or the next key.
func endsAt(s string, i int) bool {
	c := at(s, i)
	if c == '\n' || c == '\r' || c == '#' || c == '|' {
		return true
	}
	for _, p := range []string{"//", "--", "\\\n", "\\\r", "&&"} {
		if strings.HasPrefix(s[i:], p) {
			return true
		}
	}
	return nameAhead(s, i)
}

// nameAhead reports whether a key and its sign stand at i.
func nameAhead(s string, i int) bool {
	if q, ok := quoteAt(s, i); ok {
		i += q.size()
	}
	if c := at(s, i); !isLower(c) && !isUpper(c) {
		return false
	}
	end := run(s[:min(len(s), i+maxName)], i, isName)
	if q, ok := quoteAt(s, end); ok {
		end += q.size()
	}
	c, _ := sign(s, end)
	return c == '=' || c == ':'
}

// escapedBreak reports whether an escaped line feed stands at i with what may
// be a new line behind it. In a password \n is no line feed.
func escapedBreak(s string, i int) bool {
	if at(s, i) != '\\' {
		return false
	}
	for at(s, i) == '\\' {
		i++
	}
	c := at(s, i)
	if c == 'r' && at(s, i+1) == '\\' {
		return escapedBreak(s, i+1)
	}
	if c != 'n' {
		return false
	}
	next := at(s, i+1)
	return next <= ' ' || strings.IndexByte(closers+`\<`, next) >= 0 || nameAhead(s, i+1) ||
		isDigit(next) && isDigit(at(s, i+2)) && isDigit(at(s, i+3))
}

// escapedQuote reports whether an escaped quotation mark at i ends a word.
func escapedQuote(s string, i int) bool {
	q, ok := quoteAt(s, i)
	if !ok {
		return false
	}
	c := at(s, i+q.size())
	return c <= ' ' || strings.IndexByte(closers+`:\`, c) >= 0
}

// entity reports whether an HTML entity that ends a value begins s.
func entity(s string) bool {
	_, ok := quoteAt(s, 0)
	return ok || strings.HasPrefix(s, "&lt;") || strings.HasPrefix(s, "&gt;")
}

// appPassword returns the length of a password of four groups of four letters
// that begins s, as Google hands them out, or 0.
func appPassword(s string) int {
	const size = 19
	if len(s) < size || len(s) > size && (isAlnum(s[size]) || s[size] == '_') {
		return 0
	}
	for i := range size {
		if i%5 == 4 && s[i] != ' ' || i%5 != 4 && !isLower(s[i]) {
			return 0
		}
	}
	return size
}
