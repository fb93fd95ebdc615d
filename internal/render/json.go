package render

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"unicode/utf8"

	"github.com/maildoctor/maildoctor/internal/report"
)

// writeJSON writes the report as the contract has it: lists are never null and
// text stands as it came, with all that cannot be seen escaped.
func writeJSON(w io.Writer, r report.Report, _ Options) error {
	return encode(w, rewrite(r, keep))
}

func pageJSON(w io.Writer, p report.Page, _ Options) error {
	return encode(w, rewrite(p, keep))
}

func keep(s string) string { return s }

func encode(w io.Writer, v any) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		return fmt.Errorf("encode report: %w", err)
	}
	_, err := w.Write(escapeHidden(b.Bytes()))
	return err
}

// escapeHidden turns characters that cannot be seen into \u escapes (RFC 8259
// 7). In JSON made by encoding/json they occur within strings only. The second
// # of "##[", which a CI log would obey, is escaped too.
func escapeHidden(doc []byte) []byte {
	var out bytes.Buffer
	var last rune
	for len(doc) > 0 {
		r, size := utf8.DecodeRune(doc)
		switch {
		case r == '#' && last == '#':
			out.WriteString(`\u0023`)
		case r == '\n' || !hidden(r):
			out.Write(doc[:size])
		case r <= 0xffff:
			fmt.Fprintf(&out, `\u%04x`, r)
		default:
			r -= 0x10000
			fmt.Fprintf(&out, `\u%04x\u%04x`, 0xd800+r>>10, 0xdc00+r&0x3ff)
		}
		last, doc = r, doc[size:]
	}
	return out.Bytes()
}
