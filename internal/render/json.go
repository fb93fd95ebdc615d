package render

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"unicode/utf8"

	"github.com/maildoctor/maildoctor/internal/report"
)

// writeJSON writes the report as the contract has it: lists are never null and
// text stands as it came, with all that cannot be seen escaped. Subjects are
// written one by one, since there may be thousands.
func writeJSON(w io.Writer, r report.Report, _ Options) error {
	const list = `"subjects": [`
	subjects := r.Subjects
	r.Subjects = nil
	doc, err := encoded(rewrite(r, keep), "")
	if err != nil {
		return err
	}
	before, after, _ := bytes.Cut(doc, []byte("\n  "+list+"]"))
	b := bufio.NewWriter(w)
	b.Write(before)
	b.WriteString("\n  " + list)
	for i, s := range subjects {
		one, err := encoded(rewrite(s, keep), "    ")
		if err != nil {
			return err
		}
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString("\n    ")
		b.Write(bytes.TrimSuffix(one, []byte("\n")))
	}
	if len(subjects) > 0 {
		b.WriteString("\n  ")
	}
	b.WriteByte(']')
	b.Write(after)
	return b.Flush()
}

func pageJSON(w io.Writer, p report.Page, _ Options) error {
	return encode(w, rewrite(p, keep))
}

func keep(s string) string { return s }

func encode(w io.Writer, v any) error {
	doc, err := encoded(v, "")
	if err != nil {
		return err
	}
	_, err = w.Write(doc)
	return err
}

// encoded is v as JSON; prefix stands before each line but the first.
func encoded(v any, prefix string) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent(prefix, "  ")
	if err := e.Encode(v); err != nil {
		return nil, fmt.Errorf("encode report: %w", err)
	}
	return escapeHidden(b.Bytes()), nil
}

// plain reports whether there is nothing to escape, as in most reports.
func plain(doc []byte) bool {
	for _, c := range doc {
		if c < ' ' && c != '\n' || c >= 0x7f {
			return false
		}
	}
	return !bytes.Contains(doc, []byte("##"))
}

// escapeHidden turns characters that cannot be seen into \u escapes (RFC 8259
// 7). In JSON made by encoding/json they occur within strings only. The second
// # of "##[", which a CI log would obey, is escaped too.
func escapeHidden(doc []byte) []byte {
	if plain(doc) {
		return doc
	}
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
