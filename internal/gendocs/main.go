// Command gendocs writes CHECKS.md from the catalogue, the examples of README.md
// from what maildoctor says to them, and the JSON Schemas: make generate. With
// -check it only says whether the files are fresh. With -man or -completions it
// writes manual pages or completions instead, which a release holds and the
// repository does not.
package main

import (
	"bytes"
	"cmp"
	"flag"
	"fmt"
	"os"

	"github.com/maildoctor/maildoctor/internal/check"
	"github.com/maildoctor/maildoctor/internal/render"
)

func main() {
	only := flag.Bool("check", false, "compare, do not write")
	man := flag.String("man", "", "write the manual pages into `DIR`")
	complete := flag.String("completions", "", "write the completions for shells into `DIR`")
	epoch := flag.String("epoch", "", "date of the manual pages, in `SECONDS` since 1970")
	flag.Parse()
	if err := generate(*only, *man, *epoch, *complete); err != nil {
		fmt.Fprintln(os.Stderr, "gendocs:", err)
		os.Exit(1)
	}
}

func generate(only bool, man, epoch, complete string) error {
	if man == "" && complete == "" {
		return cmp.Or(catalogue(only), readme(only), schemas(only))
	}
	var err error
	if man != "" {
		err = manuals(man, epoch)
	}
	if complete != "" {
		err = cmp.Or(err, completions(complete))
	}
	return err
}

func catalogue(only bool) error {
	var b bytes.Buffer
	if err := render.Catalogue(&b, check.Pages()); err != nil {
		return err
	}
	text, err := cases()
	if err != nil {
		return err
	}
	b.WriteString(text)
	return write("CHECKS.md", b.Bytes(), only)
}

func readme(only bool) error {
	old, err := os.ReadFile("README.md")
	if err != nil {
		return err
	}
	text, err := shown(string(old))
	if err != nil {
		return err
	}
	return write("README.md", []byte(text), only)
}

// write writes a file, or says that it is not fresh.
func write(name string, text []byte, only bool) error {
	old, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	if bytes.Equal(old, text) {
		return nil
	}
	if only {
		return fmt.Errorf("%s is not fresh; run make generate", name)
	}
	return os.WriteFile(name, text, 0o644)
}
