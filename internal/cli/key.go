package cli

import (
	"errors"
	"fmt"
	"os"
	"strings"

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

// findKey reads the key from a file, from the standard input where it is asked
// for or holds something, or from the environment. It is never an argument:
// those can be seen by everybody on the machine.
func findKey(sys *Sys, file string, stdin bool) (resendKey, error) {
	switch {
	case file != "":
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
	if _, is := terminal(sys.Stdin); !is && waits(sys) {
		return keyFromStdin(sys)
	}
	return resendKey{}, errNoKey
}

var errNoKey = usageError{errors.New("no Resend API key: set RESEND_API_KEY, or give --key-file FILE, or write the key to the standard input and add -")}

// withHint says of a file with several lines what reads such a file.
func withHint(err error, file string) error {
	if err == nil || !strings.Contains(err.Error(), "several lines") {
		return err
	}
	return usage("%w; the settings of an application are read by maildoctor check %s", err, quoted(file))
}

// waits reports whether something stands in the standard input without anybody
// having to ask for it: a pipe or a file, not the null device of a service.
func waits(sys *Sys) bool {
	f, ok := sys.Stdin.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && (info.Mode()&os.ModeNamedPipe != 0 || info.Mode().IsRegular() && info.Size() > 0)
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
