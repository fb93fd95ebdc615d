// Package redact takes the secrets out of a pasted text: passwords, keys,
// tokens, SASL answers. It reads text by its shape alone; it knows no file
// format, opens nothing and keeps nothing.
package redact

import (
	"slices"
	"strings"
)

// Mask stands where a secret stood.
// Mask stands for a secret.
const Mask = "****"

// rounds bounds how often the text is read. One round finds what there is; the
// next ones see to it that a text once redacted stays as it is, where hiding
// one thing changes how its neighbour reads.
const rounds = 6

// Text returns s with every secret replaced by four asterisks. All else stays
// byte for byte, and so do the line feeds. A Resend key keeps its public prefix:
// re_ and eight characters.
func Text(s string) string {
	for range rounds {
		out := once(s)
		if out == s {
			break
		}
		s = out
	}
	return s
}

// once reads s once with every reader. All of them see the text as it came.
func once(s string) string {
	x := &scan{s: s}
	x.armor()
	x.keys()
	x.calls()
	x.urls()
	x.shapes()
	x.base64s()
	x.sasl()
	x.lines()
	x.foreignNames()
	return x.apply()
}

// span is a stretch of the text, the end not included.
type span struct{ from, to int }

// scan is one reading of a text.
type scan struct {
	s      string
	spans  []span // to be hidden, in no order
	public []span // PEM blocks that hold no secret, in order
}

// hide marks a secret. What is public of a Resend key stays.
func (x *scan) hide(from, to int) {
	if masked(x.s[from:to]) {
		return
	}
	from += publicPrefix(x.s[from:to])
	if from < to && strings.Trim(x.s[from:to], "*") != "" {
		x.spans = append(x.spans, span{from, to})
	}
}

// hideLines marks all that is not blank between from and to, line by line.
func (x *scan) hideLines(from, to int) {
	for from < to {
		end := lineEnd(x.s[:to], from)
		line := x.s[from:end]
		start := from + len(line) - len(strings.TrimLeft(line, " \t"))
		x.hide(start, max(start, from+len(strings.TrimRight(line, " \t\r"))))
		from = end + 1
	}
}

// apply returns the text with what was marked replaced.
func (x *scan) apply() string {
	if len(x.spans) == 0 {
		return x.s
	}
	slices.SortFunc(x.spans, func(a, b span) int { return a.from - b.from })
	var b strings.Builder
	at := 0
	for i := 0; i < len(x.spans); {
		cur := x.spans[i]
		for i++; i < len(x.spans) && x.spans[i].from <= cur.to; i++ {
			cur.to = max(cur.to, x.spans[i].to)
		}
		b.WriteString(x.s[at:cur.from])
		b.WriteString(Mask)
		// No reader marks a line feed, but line numbers must hold whatever happens.
		b.WriteString(strings.Repeat("\n", strings.Count(x.s[cur.from:cur.to], "\n")))
		at = cur.to
	}
	b.WriteString(x.s[at:])
	return b.String()
}

// lineEnd returns where the line that i stands in ends: at its line feed or at
// the end of the text.
func lineEnd(s string, i int) int {
	if n := strings.IndexByte(s[i:], '\n'); n >= 0 {
		return i + n
	}
	return len(s)
}

// skipBlanks returns the first position from i on that is no space or tab.
func skipBlanks(s string, i int) int {
	for i < len(s) && isBlank(s[i]) {
		i++
	}
	return i
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' }

func isLower(c byte) bool { return 'a' <= c && c <= 'z' }

func isUpper(c byte) bool { return 'A' <= c && c <= 'Z' }

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isAlnum(c byte) bool { return isLower(c) || isUpper(c) || isDigit(c) }

// isName reports whether c can stand in a key such as mail.smtp-auth_pass.
func isName(c byte) bool { return isAlnum(c) || c == '_' || c == '-' || c == '.' }

// at returns the byte at i, or a line feed beyond either end of s.
func at(s string, i int) byte {
	if i < 0 || i >= len(s) {
		return '\n'
	}
	return s[i]
}

// before returns up to n bytes that stand before i.
func before(s string, i, n int) string { return s[max(0, min(i-n, len(s))):max(0, i)] }

// run returns where the bytes that in accepts end, from i on.
func run(s string, i int, in func(byte) bool) int {
	for i < len(s) && in(s[i]) {
		i++
	}
	return i
}
