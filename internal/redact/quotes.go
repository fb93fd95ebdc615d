package redact

import "strings"

// quote is a quotation mark as it stands in the text: with the backslashes that
// the strings around it put before it, or as an HTML entity.
type quote struct {
	slashes int
	mark    string
}

func (q quote) size() int { return q.slashes + len(q.mark) }

// entities are quotation marks in HTML, where error pages show dumps.
var entities = []string{"&quot;", "&#34;", "&#39;", "&#039;", "&apos;"}

// quoteAt reads a quotation mark at i.
func quoteAt(s string, i int) (quote, bool) {
	n := 0
	for at(s, i+n) == '\\' && n < 32 {
		n++
	}
	switch c := at(s, i+n); c {
	case '"', '\'', '`':
		return quote{n, string(c)}, true
	case '&':
		for _, e := range entities {
			if n == 0 && strings.HasPrefix(s[i:], e) {
				return quote{0, e}, true
			}
		}
	}
	return quote{}, false
}

// closing finds where the string ends that q opened before i: where its text
// ends, and where one reads on. A string ends with its line at the latest.
func closing(s string, i int, q quote) (end, next int) {
	slashes := 0
	k := i
	for k < len(s) && s[k] != '\n' {
		if !strings.HasPrefix(s[k:], q.mark) {
			if s[k] == '\\' {
				slashes++
			} else {
				slashes = 0
			}
			k++
			continue
		}
		after := k + len(q.mark)
		switch {
		case slashes < q.slashes: // the string around this one ends
			return k - slashes, k - slashes
		case slashes%(2*(q.slashes+1)) == q.slashes && closes(s, after, q, k == i):
			return k - q.slashes, after
		case strings.HasPrefix(s[after:], q.mark) && slashes == 0:
			after += len(q.mark) // doubled: the mark itself, in YAML, SQL and CSV
		}
		k, slashes = after, 0
	}
	end = i + len(strings.TrimRight(s[i:k], "\r"))
	return end, end
}

// closes reports whether a mark that ends before i can end its string. One
// inside a word is part of a password that was not escaped.
func closes(s string, i int, q quote, empty bool) bool {
	c := at(s, i)
	if strings.HasPrefix(s[i:], q.mark) {
		return empty
	}
	if q.slashes == 0 && strings.HasPrefix(s[i:], `\`+q.mark+q.mark) {
		return false // 'it'\''s' of shells
	}
	return !isAlnum(c) && strings.IndexByte("_$@!%^*", c) < 0
}
