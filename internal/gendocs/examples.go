package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/maildoctor/maildoctor/internal/cli"
)

// example is a run of maildoctor that the docs show, as it really goes. Its files
// are those of testdata/examples/<name>.
type example struct {
	name, title, what string
	args              []string
}

var examples = []example{
	{"laravel", "Laravel", "A value of an old guide, and a key of an old release.", []string{"check", "--offline", ".env"}},
	{"nodemailer", "nodemailer", "`secure: true` on port 587, and `password` in place of `pass`.", []string{"check", "--offline", "mailer.js"}},
	{"coolify", "Coolify", "Release 4.0.0-beta.379 with TLS on port 587, Resend switched off and its key still stored.",
		[]string{"check", "--offline", "--coolify-json", "coolify.json", "--coolify-env", "coolify.env", "--app-version", "4.0.0-beta.379"}},
}

// run is what a terminal of 80 columns shows: the command, then its output
// without the last lines, which tell the version and the time.
func (e example) run() (string, error) {
	home, err := os.Getwd()
	if err != nil {
		return "", err
	}
	if err := os.Chdir(filepath.Join("testdata", "examples", e.name)); err != nil {
		return "", err
	}
	var out, problems bytes.Buffer
	sys := cli.Sys{
		Stdin: strings.NewReader(""), Stdout: &out, Stderr: &problems, Version: "example",
		Getenv: func(string) string { return "" }, Environ: func() []string { return nil }, Now: func() time.Time { return time.Unix(0, 0).UTC() },
		Dial: func(context.Context, string, string) (net.Conn, error) {
			return nil, errors.New("examples contact nobody")
		},
		Run: func(context.Context, string, ...string) ([]byte, error) {
			return nil, errors.New("examples run no program")
		},
	}
	cli.Main(context.Background(), sys, e.args)
	if err := os.Chdir(home); err != nil {
		return "", err
	}
	if problems.Len() > 0 {
		return "", fmt.Errorf("example %s: %s", e.name, problems.String())
	}
	text, _, _ := strings.Cut(out.String(), "\nMore: ")
	return "$ maildoctor " + strings.Join(e.args, " ") + "\n" + strings.TrimRight(text, "\n"), nil
}

// fenced is an example as Markdown.
func fenced(text string) string { return "```console\n" + text + "\n```\n" }

// cases is the part of CHECKS.md that shows the examples.
func cases() (string, error) {
	var b strings.Builder
	b.WriteString("\n# Examples\n\nEach is a run of maildoctor on the files of `testdata/examples`.\n")
	for _, e := range examples {
		text, err := e.run()
		if err != nil {
			return "", err
		}
		fmt.Fprintf(&b, "\n## %s\n\n%s\n\n%s", e.title, e.what, fenced(text))
	}
	return b.String(), nil
}

// shown puts the examples into a text that has places for them: what stands
// between two comments that name one is replaced, without the checks that passed.
func shown(readme string) (string, error) {
	for _, e := range examples {
		begin, end := "<!-- example: "+e.name+" -->\n", "<!-- end of "+e.name+" -->\n"
		before, rest, ok := strings.Cut(readme, begin)
		if !ok {
			continue
		}
		_, after, ok := strings.Cut(rest, end)
		if !ok {
			return "", fmt.Errorf("README.md: the example %s has no end", e.name)
		}
		text, err := e.run()
		if err != nil {
			return "", err
		}
		text, _, _ = strings.Cut(text, "\npassed: ")
		readme = before + begin + fenced(strings.TrimRight(text, "\n")+"\n...") + end + after
	}
	return readme, nil
}
