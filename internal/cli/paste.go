package cli

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
	"golang.org/x/text/transform"
)

// readable turns what was pasted into text: UTF-16 as PowerShell writes it and
// UTF-32 into UTF-8, bytes that are no UTF-8 into the characters of
// Windows-1252, and the colours of a terminal away, as the zero bytes that
// copytruncate leaves in a log. It is false for what is no text at all.
func readable(raw string) (string, bool) {
	raw = strings.ReplaceAll(decoded(raw), "\x00", "")
	if binary(raw) {
		return "", false
	}
	if !utf8.ValidString(raw) {
		raw = patched(raw)
	}
	return unseen.Replace(sequences.ReplaceAllString(raw, "")), true
}

// unseen takes away what a name or a password may be broken up with unseen, and
// how browsers show the debug output of PHPMailer.
var unseen = strings.NewReplacer(
	"\u00a0", " ", "\u200b", "", "\u200c", "", "\u200d", "", "\u2060", "", "\ufeff", "",
	"-&gt;", "->", "<br>\n", "\n", "<br/>\n", "\n", "<br />\n", "\n",
)

// binary reports whether more than a tenth of the beginning are control
// characters that no text has.
func binary(raw string) bool {
	head := raw[:min(len(raw), 4<<10)]
	n := 0
	for i := range len(head) {
		if c := head[i]; c < ' ' && strings.IndexByte("\t\r\n\f\b\a\x1b", c) < 0 {
			n++
		}
	}
	return n > len(head)/10
}

// sequences are those of ECMA-48: colours, cursor movements, window titles.
var sequences = regexp.MustCompile("\x1b(?:\\[[0-?]*[ -/]*[@-~]|\\][^\x07\x1b\n]*(?:\x07|\x1b\\\\)|[@-Z\\\\-_])")

// decoded reads UTF-16 and UTF-32, told by their mark or, UTF-16 without one, by
// the zero bytes of its ASCII.
func decoded(raw string) string {
	var d transform.Transformer
	switch order := utf16Order(raw); {
	case strings.HasPrefix(raw, "\xff\xfe\x00\x00"):
		d = utf32.UTF32(utf32.LittleEndian, utf32.UseBOM).NewDecoder()
	case strings.HasPrefix(raw, "\x00\x00\xfe\xff"):
		d = utf32.UTF32(utf32.BigEndian, utf32.UseBOM).NewDecoder()
	case strings.HasPrefix(raw, "\xff\xfe"), strings.HasPrefix(raw, "\xfe\xff"), strings.HasPrefix(raw, "\xef\xbb\xbf"):
		d = unicode.BOMOverride(transform.Nop)
	case order >= 0:
		d = unicode.UTF16([]unicode.Endianness{unicode.BigEndian, unicode.LittleEndian}[order], unicode.IgnoreBOM).NewDecoder()
	default:
		return raw
	}
	text, _, err := transform.String(d, raw)
	if err != nil {
		return raw
	}
	return text
}

// utf16Order is where the zero bytes of UTF-16 without a mark stand, 0 or 1; -1
// for a text that has none, or has them everywhere.
func utf16Order(raw string) int {
	head := raw[:min(len(raw), 4<<10)]
	var zeros [2]int
	for i := range len(head) {
		if head[i] == 0 {
			zeros[i%2]++
		}
	}
	for order := range zeros {
		if len(head) >= 8 && zeros[order] > len(head)/4 && zeros[1-order] == 0 {
			return order
		}
	}
	return -1
}

// patched replaces each byte that is no UTF-8. A log may mix encodings, so the
// rest stays.
func patched(raw string) string {
	var b strings.Builder
	for i := 0; i < len(raw); {
		r, size := utf8.DecodeRuneInString(raw[i:])
		if r == utf8.RuneError && size == 1 {
			r = charmap.Windows1252.DecodeByte(raw[i])
		}
		b.WriteRune(r)
		i += size
	}
	return b.String()
}
