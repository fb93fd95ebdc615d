package cli

import (
	"strings"
	"testing"
)

func TestReadable(t *testing.T) {
	t.Parallel()
	const want = "SMTP é\r\nok"
	utf16 := func(low, high int) string {
		var b strings.Builder
		for _, r := range want {
			pair := [2]byte{}
			pair[low], pair[high] = byte(r), byte(r>>8)
			b.Write(pair[:])
		}
		return b.String()
	}
	for name, raw := range map[string]string{
		"UTF-8":                  want,
		"UTF-8 with a mark":      "\xef\xbb\xbf" + want,
		"UTF-16LE with a mark":   "\xff\xfe" + utf16(0, 1),
		"UTF-16BE with a mark":   "\xfe\xff" + utf16(1, 0),
		"UTF-16LE without one":   utf16(0, 1),
		"UTF-16BE without one":   utf16(1, 0),
		"Windows-1252":           "SMTP \xe9\r\nok",
		"colours":                "\x1b[1;31mSMTP\x1b[0m é\r\n\x1b]0;title\x07ok",
		"unseen characters":      "SM\u200bTP\u00a0é\r\nok",
		"a rotated log":          strings.Repeat("\x00", 5000) + want,
		"a cursor and a charset": "SM\x1b[2KTP é\r\n\x1b[?25lok",
	} {
		if got, ok := readable(raw); !ok || got != want {
			t.Errorf("%s: %q, %v", name, got, ok)
		}
	}
	for _, raw := range []string{"\x7fELF\x02\x01\x01\x00\x00", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x02\x03\x04"} {
		if got, ok := readable(raw); ok {
			t.Errorf("%q is text: %q", raw, got)
		}
	}
}
