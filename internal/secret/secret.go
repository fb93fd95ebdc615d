// Package secret holds passwords and keys on their way to where they are used,
// and takes them out of what comes back. It reads nothing and writes nothing.
package secret

import (
	"fmt"
	"io"
	"log/slog"
)

// mask stands wherever a secret would be printed.
const mask = "****"

// Text is a secret that cannot be printed, encoded or logged by accident. The
// zero Text is none. The value is behind a pointer, since package fmt calls no
// methods on the unexported fields of other types.
type Text struct{ p *string }

// New makes a secret of s; the empty string is none.
func New(s string) Text {
	if s == "" {
		return Text{}
	}
	return Text{&s}
}

// Reveal returns the secret itself, for the one place that sends it.
func (t Text) Reveal() string {
	if t.p == nil {
		return ""
	}
	return *t.p
}

// IsSet reports whether there is a secret.
func (t Text) IsSet() bool { return t.p != nil }

// Format implements fmt.Formatter: every verb prints the mask.
func (t Text) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, mask) }

// MarshalText implements encoding.TextMarshaler, which package json uses, too.
func (t Text) MarshalText() ([]byte, error) { return []byte(mask), nil }

// LogValue implements slog.LogValuer.
func (t Text) LogValue() slog.Value { return slog.StringValue(mask) }
