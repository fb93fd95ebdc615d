package cli

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/resendapi"
	"github.com/maildoctor/maildoctor/internal/secret"
)

// keyVariables are where applications keep a Resend API key; the first is that of
// Resend's own libraries.
var keyVariables = []string{"RESEND_API_KEY", "RESEND_KEY"}

// resendKey is an API key with the place where it was found.
type resendKey struct {
	text secret.Text
	from string
}

// findKey reads the key from a file, from the standard input where that is asked
// for, or from the environment. It is never an argument: those can be seen by
// everybody on the machine.
func findKey(sys *Sys, file string, stdin bool) (resendKey, error) {
	switch {
	case file != "":
		if err := noKey("--key-file", file); err != nil {
			return resendKey{}, err
		}
		text, err := readSecret(file)
		if err != nil {
			return resendKey{}, usage("--key-file: %w", err)
		}
		key, err := oneSecret(fmt.Sprintf("--key-file %q", file), text)
		return resendKey{secret.New(key), file}, withHint(err, file)
	case stdin:
		return keyFromStdin(sys)
	}
	for _, name := range keyVariables {
		if key := sys.Getenv(name); key != "" {
			return resendKey{secret.New(key), name}, nil
		}
	}
	return resendKey{}, errNoKey
}

var errNoKey = usageError{errors.New("no Resend API key: set RESEND_API_KEY, or give --key-file FILE (maildoctor resend - reads it from the standard input)")}

// withHint says of a file with several lines what reads such a file.
func withHint(err error, file string) error {
	if err == nil || !strings.Contains(err.Error(), "several lines") {
		return err
	}
	return usage("%w; the settings of an application are read by maildoctor check %s", err, quoted(file))
}

func keyFromStdin(sys *Sys) (resendKey, error) {
	text, err := askSecret(sys, "Resend API key: ")
	if err != nil {
		return resendKey{}, usage("read the key from the standard input: %w", err)
	}
	if strings.TrimSpace(string(text)) == "" {
		return resendKey{}, errNoKey
	}
	key, err := oneSecret("the standard input", text)
	return resendKey{secret.New(key), "standard input"}, err
}

// keyInText is a Resend key, with what is public of it.
var keyInText = regexp.MustCompile(`(?i)\b(re_[a-z0-9]{8})_[a-z0-9_]{8,}`)

// mayShow reports whether a key may be shown to Resend: the secret of another
// provider, or one without the form of a key, is none of its business.
func mayShow(key resendKey) bool {
	s := resendapi.Shape(key.text.Reveal())
	foreign := slices.Contains(s.Shape, evidence.ShapeForeign) && !slices.Contains(s.Shape, evidence.ShapeOAuth)
	return s.Wrong == "" && !foreign
}

// withoutKeys takes keys out of what was typed in the wrong place.
func withoutKeys(s string) string { return keyInText.ReplaceAllString(s, "${1}_****") }

// noKey refuses a key where something else is asked for.
func noKey(flag, value string) error {
	if keyInText.MatchString(value) {
		return usage("%s was given a Resend API key, which everybody on this machine can read there; set RESEND_API_KEY, or give --key-file FILE, and make a new key", flag)
	}
	return nil
}
