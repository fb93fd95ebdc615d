package symptom

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// text is a pasted text made ready for matching: lower case, with blanks, line
// ends and escapes as one blank each, so that a phrase is found however the
// text was wrapped, coloured or quoted on its way. It begins and ends with a
// blank.
type text struct {
	raw    string
	folded string
	marks  []mark // one a line, in order
}

// mark says where a line begins. A line ends at a line feed, an escaped one
// ("\n" in JSON) or an HTML break.
type mark struct{ raw, folded int }

// line is the index of the line that holds an offset of the folded text.
func (t *text) line(offset int) int {
	i, found := slices.BinarySearchFunc(t.marks, offset, func(m mark, at int) int { return m.folded - at })
	if found {
		for i+1 < len(t.marks) && t.marks[i+1].folded == offset {
			i++ // empty lines begin where the next one does
		}
		return i
	}
	return max(i-1, 0)
}

// rawLine is a line as it was pasted, without its end.
func (t *text) rawLine(i int) string {
	end := len(t.raw)
	if i+1 < len(t.marks) {
		end = t.marks[i+1].raw
	}
	return t.raw[t.marks[i].raw:end]
}

// number is the number, from 1, that an editor gives the line: an escaped line
// feed ends a line here and none there.
func (t *text) number(i int) int { return 1 + strings.Count(t.raw[:t.marks[i].raw], "\n") }

// fold makes a text ready for matching, in one pass.
func fold(raw string) *text {
	f := folder{raw: raw, out: make([]byte, 0, len(raw)+2), marks: []mark{{raw: 0, folded: 1}}}
	f.put(' ')
	for f.at < len(raw) {
		f.step()
	}
	f.put(' ')
	return &text{raw: raw, folded: string(f.out), marks: f.marks}
}

// unfold turns offsets in the folded form of a line into offsets in the line
// itself; what lies beyond its end ends with it.
func unfold(line string, from, to int) (int, int) {
	f := folder{raw: line, blank: true}
	start, end := 0, len(line)
	for f.at < len(line) {
		f.step()
		if len(f.out) <= from {
			start = f.at
		}
		if len(f.out) >= to {
			end = f.at
			break
		}
	}
	return min(start, end), end
}

type folder struct {
	raw   string
	at    int
	out   []byte
	marks []mark
	blank bool // the last byte written is a blank, or none is

	code   string // the last reply prefix written, "550-5.7.1" without the code: see prefix
	codeAt int
}

func (f *folder) step() {
	c := f.raw[f.at]
	switch {
	case c == '\n':
		f.at++
		f.newline()
	case c == '\\':
		f.backslash()
	case c == 0x1b:
		f.at++
		f.ansi()
	case c == '&':
		f.entity()
	case c == '<' && f.skip("<br>", "<br/>", "<br />"):
		f.newline()
	case c <= ' ' || c == 0x7f:
		f.at++
		f.put(' ')
	case c < utf8.RuneSelf:
		if f.blank && '0' <= c && c <= '9' && f.prefix() {
			return
		}
		f.at++
		f.put(lower(c))
	default:
		f.letter()
	}
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

func (f *folder) put(c byte) {
	if c == ' ' && f.blank {
		return
	}
	f.out = append(f.out, c)
	f.blank = c == ' '
}

func (f *folder) newline() {
	f.put(' ')
	f.marks = append(f.marks, mark{raw: f.at, folded: len(f.out)})
}

// skip passes over the first of the words that stands here.
func (f *folder) skip(words ...string) bool {
	for _, w := range words {
		if len(f.raw)-f.at >= len(w) && strings.EqualFold(f.raw[f.at:f.at+len(w)], w) {
			f.at += len(w)
			return true
		}
	}
	return false
}

// backslash resolves the escapes of JSON, PHP and Python literals. A run of
// backslashes counts as one: JSON in JSON doubles them. In a Windows path such
// as C:\node_modules it is a backslash.
func (f *folder) backslash() {
	for f.at < len(f.raw) && f.raw[f.at] == '\\' {
		f.at++
	}
	if f.at == len(f.raw) || f.skip("u001b", "x1b", "033", "e[") {
		f.ansi()
		return
	}
	switch rest := f.raw[f.at:]; {
	case strings.HasPrefix(rest, "node"):
		f.put('\\')
	case rest[0] == 'n':
		f.at++
		f.newline()
	case rest[0] == 'r' || rest[0] == 't':
		f.at++
		f.put(' ')
	case rest[0] == 'u' && len(rest) >= 5 && isHex(rest[1:5]):
		f.at += 5
		f.rune(hexRune(rest[1:5]))
	case strings.IndexByte(`"'/`, rest[0]) >= 0:
		f.at++
		f.put(rest[0])
	default:
		f.put('\\')
	}
}

// ansi passes over a terminal sequence: "[" or "]", parameters, a letter.
func (f *folder) ansi() {
	if f.at > 0 && f.raw[f.at-1] != '[' {
		if f.at == len(f.raw) || (f.raw[f.at] != '[' && f.raw[f.at] != ']') {
			return
		}
		f.at++
	}
	for range 32 {
		if f.at == len(f.raw) || f.raw[f.at] < ' ' {
			return
		}
		c := f.raw[f.at]
		f.at++
		if '@' <= c && c <= '~' {
			return
		}
	}
}

// entities are the HTML entities that error pages and tickets are full of.
var entities = []struct {
	name string
	is   byte
}{{"&lt;", '<'}, {"&gt;", '>'}, {"&amp;", '&'}, {"&quot;", '"'}, {"&#34;", '"'}, {"&#034;", '"'}, {"&#39;", '\''}, {"&#039;", '\''}, {"&apos;", '\''}, {"&#x27;", '\''}, {"&nbsp;", ' '}, {"&#96;", '`'}}

func (f *folder) entity() {
	for _, e := range entities {
		if f.skip(e.name) {
			f.put(e.is)
			return
		}
	}
	f.at++
	f.put('&')
}

func (f *folder) letter() {
	r, size := utf8.DecodeRuneInString(f.raw[f.at:])
	f.at += size
	f.rune(r)
}

// rune writes one rune: quotes of typography as those of ASCII, blanks of all
// kinds as a blank, what does not show not at all.
func (f *folder) rune(r rune) {
	switch r {
	case '‘', '’', '´', '‚':
		f.put('\'')
	case '“', '”', '„', '«', '»':
		f.put('"')
	case utf8.RuneError:
		f.put('?')
	default:
		if unicode.IsSpace(r) || unicode.IsControl(r) {
			f.put(' ')
			return
		}
		if unicode.Is(unicode.Cf, r) {
			return
		}
		f.out = utf8.AppendRune(f.out, unicode.ToLower(r))
		f.blank = false
	}
}

func isHex(s string) bool {
	return strings.Trim(s, "0123456789abcdefABCDEF") == ""
}

func hexRune(s string) rune {
	var r rune
	for i := range len(s) {
		c := lower(s[i])
		if c > '9' {
			c -= 'a' - 10 - '0'
		}
		r = r<<4 | rune(c-'0')
	}
	return r
}

// gap is how far the prefix of a continued reply may stand from the last one.
const gap = 400

// prefix passes over the code with which every line of a long reply begins
// ("550-5.7.1 not 550-5.7.1 authorized"), where it repeats the last one. It
// reports whether it did.
func (f *folder) prefix() bool {
	rest := f.raw[f.at:min(len(f.raw), f.at+16)]
	digits := 0
	for digits < len(rest) && (rest[digits] == '.' || '0' <= rest[digits] && rest[digits] <= '9' || digits == 3 && rest[3] == '-') {
		digits++
	}
	if digits == len(rest) || rest[digits] > ' ' && rest[digits] != '\\' {
		return false
	}
	code := rest[:digits]
	if len(code) > 4 && (code[3] == '-') {
		code = code[4:]
	}
	if strings.Count(code, ".") != 2 || strings.IndexByte("245", code[0]) < 0 {
		return false
	}
	repeated := code == f.code && len(f.out)-f.codeAt < gap
	f.code, f.codeAt = code, len(f.out)
	if repeated {
		f.at += digits
	}
	return repeated
}
