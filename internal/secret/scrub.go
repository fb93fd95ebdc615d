package secret

import (
	"encoding/base64"
	"encoding/hex"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// Scrubber takes known secrets out of texts, also where a server or a library
// gives them back in an encoding: base64 at any alignment, as in the answer to
// AUTH PLAIN, hex, a URL, a quoted string. The nil Scrubber changes nothing. It
// may be used by several goroutines.
type Scrubber struct {
	mu      sync.RWMutex
	needles []string // longest first
	short   []string // secrets that stand in words by chance: the whole line goes
}

// The lengths that decide. The mask in place of a short secret would tell it:
// "****word" is "password". Encoded forms that are shorter stand in any word.
const (
	minPlain   = 8
	minEncoded = 6
)

// NewScrubber knows the secrets given.
func NewScrubber(secrets ...Text) *Scrubber {
	s := &Scrubber{}
	for _, t := range secrets {
		s.Add(t)
	}
	return s
}

// Add makes a secret known.
func (s *Scrubber) Add(t Text) {
	v := t.Reveal()
	if v == "" {
		return
	}
	quoted, ascii, query := strconv.Quote(v), strconv.QuoteToASCII(v), url.QueryEscape(v)
	python := strings.ReplaceAll(strings.ReplaceAll(query, "+", "%20"), "%2F", "/") // urllib.parse.quote
	s.know(minPlain, v, query, strings.ReplaceAll(query, "+", "%20"), python, url.PathEscape(v), quoted[1:len(quoted)-1], ascii[1:len(ascii)-1])
	encoded := []string{hex.EncodeToString([]byte(v)), strings.ToUpper(hex.EncodeToString([]byte(v)))}
	for _, enc := range []*base64.Encoding{base64.StdEncoding, base64.URLEncoding} {
		encoded = append(encoded, enc.EncodeToString([]byte(v)))
		encoded = append(encoded, aligned(enc, v)...)
	}
	s.know(minEncoded, encoded...)
}

// AddSent makes a line known that carries a secret in some form, such as the
// answer to a challenge.
func (s *Scrubber) AddSent(line string) { s.know(minEncoded, line) }

func (s *Scrubber) know(shortest int, forms ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range forms {
		switch {
		case f == "" || slices.Contains(s.needles, f) || slices.Contains(s.short, f):
		case len(f) >= shortest:
			s.needles = append(s.needles, f)
		case shortest == minPlain:
			s.short = append(s.short, f)
		}
	}
	slices.SortStableFunc(s.needles, func(a, b string) int { return len(b) - len(a) })
}

// aligned are the characters that v gives within a longer text in base64, by
// where it begins in a group of three bytes; those that its neighbours have a
// part in are left off.
func aligned(enc *base64.Encoding, v string) []string {
	var out []string
	for before := range 3 {
		s := enc.WithPadding(base64.NoPadding).EncodeToString([]byte(strings.Repeat("\x00", before) + v))
		first := (8*before + 5) / 6 // characters with a bit of what is before
		last := (before + len(v)) * 8 / 6
		if first < last {
			out = append(out, s[first:last])
		}
	}
	return out
}

// Text returns text with every known form replaced by the mask, and every line
// that holds a short secret replaced as a whole.
func (s *Scrubber) Text(text string) string {
	if s == nil || text == "" {
		return text
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	for _, n := range s.needles {
		text = strings.ReplaceAll(text, n, mask)
	}
	if len(s.short) == 0 {
		return text
	}
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		if slices.ContainsFunc(s.short, func(short string) bool { return strings.Contains(l, short) }) {
			lines[i] = mask
		}
	}
	return strings.Join(lines, "\n")
}
