package dialect

import (
	"slices"
	"strings"

	"github.com/maildoctor/maildoctor/internal/conf"
)

// Tri is a bool that may not be set, or not be one.
type Tri int

// The states.
const (
	Unset Tri = iota
	No
	Yes
	Invalid    // a value that the application refuses
	Unreadable // set by what cannot be read here
)

var (
	truths = []string{"true", "1", "yes", "on", "t", "y", "enabled", "enable"}
	lies   = []string{"false", "0", "no", "off", "f", "n", "disabled", "disable", "none", "null", "nil", ""}
)

// Read reads a bool the way b does. A literal of a language is what it says; of
// a Strict reader, a text is true whatever it says.
func (b Bools) Read(value string, typ conf.Type) Tri {
	word := strings.ToLower(strings.TrimSpace(value))
	switch typ {
	case conf.Expr:
		return Unreadable
	case conf.Null:
		return No
	case conf.Bool:
		if b == Strings {
			return No
		}
		return usually(word)
	}
	switch b {
	case OnlyTrue, Strings:
		return yes(word == "true")
	case NotFalse:
		return yes(word != "false")
	case NonEmpty:
		return yes(value != "")
	case ZeroOne:
		if word != "0" && word != "1" {
			return Invalid
		}
		return yes(word == "1")
	case Strict:
		if typ == conf.Number {
			return yes(word != "0")
		}
		return yes(value != "")
	}
	return usually(word)
}

func usually(word string) Tri {
	switch {
	case slices.Contains(truths, word):
		return Yes
	case slices.Contains(lies, word):
		return No
	}
	return Invalid
}

func yes(v bool) Tri {
	if v {
		return Yes
	}
	return No
}
