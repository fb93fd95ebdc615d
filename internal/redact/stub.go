// Package redact is being written.
package redact

// Text is a stand-in.
func Text(s string) string { return s }
