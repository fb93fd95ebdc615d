package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"

	"github.com/maildoctor/maildoctor/internal/cli"
)

// completions writes the scripts for the shells into a directory, under the names
// that the shells look for.
func completions(dir string) error {
	root := cli.Command()
	scripts := []struct {
		name  string
		write func(io.Writer) error
	}{
		{"maildoctor.bash", func(w io.Writer) error { return root.GenBashCompletionV2(w, true) }},
		{"_maildoctor", root.GenZshCompletion},
		{"maildoctor.fish", func(w io.Writer) error { return root.GenFishCompletion(w, true) }},
		{"maildoctor.ps1", root.GenPowerShellCompletionWithDesc},
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for _, s := range scripts {
		var b bytes.Buffer
		if err := s.write(&b); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, s.name), b.Bytes(), 0o644); err != nil {
			return err
		}
	}
	return nil
}
