// Command gendocs writes CHECKS.md from the catalogue: make generate. With
// -check it only says whether the file is fresh.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"

	"github.com/maildoctor/maildoctor/internal/check"
	"github.com/maildoctor/maildoctor/internal/render"
)

func main() {
	only := flag.Bool("check", false, "compare, do not write")
	flag.Parse()
	if err := run(*only); err != nil {
		fmt.Fprintln(os.Stderr, "gendocs:", err)
		os.Exit(1)
	}
}

func run(only bool) error {
	const name = "CHECKS.md"
	var b bytes.Buffer
	if err := render.Catalogue(&b, check.Pages()); err != nil {
		return err
	}
	if !only {
		return os.WriteFile(name, b.Bytes(), 0o644)
	}
	old, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	if !bytes.Equal(old, b.Bytes()) {
		return fmt.Errorf("%s is not what the catalogue says; run make generate", name)
	}
	return nil
}
