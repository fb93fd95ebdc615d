package cli

import (
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/maildoctor/maildoctor/internal/project"
	"github.com/maildoctor/maildoctor/internal/target"
)

// maxList bounds a list of targets: some millions of them.
const maxList = 256 << 20

// readTargets reads a list, a target a line. What follows a "#" is a remark. A
// target that stands there again is left out. All that is wrong is told at once.
func readTargets(sys *Sys, name string) ([]target.Target, error) {
	text, err := readList(sys, name)
	if err != nil {
		return nil, err
	}
	var out []target.Target
	var wrong []string
	seen := map[target.Target]bool{} // however it is typed
	n := 0
	for line := range strings.Lines(strings.TrimPrefix(decoded(text), "\ufeff")) {
		n++
		typed, _, _ := strings.Cut(line, "#")
		if typed = strings.TrimSpace(typed); typed == "" {
			continue
		}
		t, err := parseTargets([]string{typed})
		if err != nil {
			wrong = append(wrong, fmt.Sprintf("%s:%d: %s", name, n, err))
			continue
		}
		same := t[0]
		same.Typed = ""
		if !seen[same] {
			seen[same] = true
			out = append(out, t[0])
		}
	}
	switch {
	case len(wrong) > 0:
		return nil, usage("%s", project.Few(wrong))
	case len(out) == 0:
		return nil, usage("%q holds no target; write one a line", name)
	}
	return out, nil
}

func readList(sys *Sys, name string) (string, error) {
	in := sys.Stdin
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return "", usage("-f: %w", err)
		}
		defer f.Close()
		in = f
	} else if _, is := terminal(sys.Stdin); is {
		fmt.Fprintln(sys.Stderr, "maildoctor: reading targets from the terminal, one a line; end with Ctrl-D")
	}
	text, err := io.ReadAll(io.LimitReader(in, maxList+1))
	switch {
	case err != nil:
		return "", usage("-f: %w", err)
	case len(text) > maxList:
		return "", usage("-f: %q is over %d MiB", name, maxList>>20)
	}
	return string(text), nil
}
