package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/maildoctor/maildoctor/internal/check"
	"github.com/maildoctor/maildoctor/internal/cli"
	"github.com/maildoctor/maildoctor/internal/render"
)

// manuals writes a manual page for every command into a directory. cobra/doc is
// not used: its pages have neither headings among the flags nor exit statuses, and
// mandoc has warnings about each of their flags.
func manuals(dir, epoch string) error {
	date, err := pageDate(epoch)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	root := cli.Command()
	for _, c := range documented(root) {
		text := manual(c, date)
		if err := os.WriteFile(filepath.Join(dir, pageName(c)+".1"), []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// pageDate is the day of SOURCE_DATE_EPOCH (reproducible-builds.org), in seconds
// since 1970; none without it, so that two builds of one source are alike.
func pageDate(epoch string) (string, error) {
	if epoch == "" {
		return "", nil
	}
	seconds, err := strconv.ParseInt(epoch, 10, 64)
	if err != nil {
		return "", fmt.Errorf("-epoch %q is not a number of seconds", epoch)
	}
	return time.Unix(seconds, 0).UTC().Format(time.DateOnly), nil
}

// documented are the commands with a page of their own.
func documented(root *cobra.Command) []*cobra.Command {
	return slices.Concat([]*cobra.Command{root}, slices.DeleteFunc(slices.Clone(root.Commands()), func(c *cobra.Command) bool {
		return c.Hidden || c.Name() == "help"
	}))
}

// pageName is maildoctor-probe for maildoctor probe.
func pageName(c *cobra.Command) string { return strings.ReplaceAll(c.CommandPath(), " ", "-") }

// page is a manual page in the man macros, man(7).
type page struct{ strings.Builder }

// manual is the page of a command.
func manual(c *cobra.Command, date string) string {
	p := &page{}
	p.line(`.TH %s 1 "%s" maildoctor "User Commands"`, strings.ToUpper(roff(pageName(c))), date)
	p.line(".nr HY 0\n.nh\n.ad l")
	p.section("NAME")
	p.line(`%s \- %s`, roff(pageName(c)), roff(strings.ToLower(c.Short[:1])+c.Short[1:]))
	p.section("SYNOPSIS")
	p.line(`.B %s`, roff(c.CommandPath()))
	p.line("%s", roff(strings.TrimSpace(strings.TrimPrefix(cli.Synopsis(c), c.CommandPath()))))
	p.section("DESCRIPTION")
	p.prose(c.Long)
	p.commands(c)
	p.options(c)
	p.values(c)
	if c.HasExample() {
		p.section("EXAMPLES")
		p.verbatim(c.Example)
	}
	p.terms("EXIT STATUS", cli.Statuses())
	p.terms("ENVIRONMENT", cli.Variables())
	p.terms("FILES", cli.Files())
	p.seeAlso(c)
	return p.String()
}

func (p *page) line(format string, args ...any) { fmt.Fprintf(p, format+"\n", args...) }

func (p *page) section(title string) { p.line(".SH %s", title) }

// prose writes paragraphs; one that is set in is an example.
func (p *page) prose(text string) {
	for i, paragraph := range strings.Split(text, "\n\n") {
		if i > 0 {
			p.line(".PP")
		}
		if strings.HasPrefix(paragraph, " ") {
			p.verbatim(paragraph)
			continue
		}
		p.line("%s", roff(paragraph))
	}
}

// verbatim writes lines as they are.
func (p *page) verbatim(text string) {
	p.line(".in +4n\n.EX")
	for line := range strings.SplitSeq(text, "\n") {
		p.line("%s", roff(strings.TrimPrefix(line, "  ")))
	}
	p.line(".EE\n.in")
}

func (p *page) term(word, means string) {
	p.line(".TP\n.B %s\n%s", roff(word), roff(means))
}

func (p *page) terms(title string, list []cli.Term) {
	p.section(title)
	for _, t := range list {
		p.term(t.Word, t.Means)
	}
}

func (p *page) options(c *cobra.Command) {
	p.section("OPTIONS")
	for _, g := range cli.FlagGroups(c) {
		p.line(".SS %s", roff(g.Title))
		for _, f := range g.Flags {
			takes, does := cli.FlagValue(f)
			word := `\fB\-\-` + roff(f.Name) + `\fP`
			if f.Shorthand != "" {
				word = `\fB\-` + f.Shorthand + `\fP, ` + word
			}
			if takes != "" {
				word += ` \fI` + roff(takes) + `\fP`
			}
			p.line(".TP\n%s\n%s", word, roff(does))
		}
	}
}

// commands are those below a command, with what they do; those below
// completion have no page of their own.
func (p *page) commands(c *cobra.Command) {
	if !c.HasAvailableSubCommands() {
		return
	}
	p.section("COMMANDS")
	for _, sub := range c.Commands() {
		if c.HasParent() {
			p.line(".SS %s", roff(sub.Name()))
			p.prose(sub.Long)
			continue
		}
		p.term(sub.Name(), sub.Short)
	}
}

// values are what flags take whose values are many.
func (p *page) values(c *cobra.Command) {
	if f := c.Flags().Lookup("format"); f != nil && c.Flags().Lookup("output") != nil {
		p.section("FORMATS")
		for _, f := range render.Formats {
			p.term(f.Name, f.Help)
		}
	}
	if c.Flags().Lookup("expect") == nil {
		return
	}
	p.section("EXPECTATIONS")
	p.prose("The keys of --expect, with their operators.")
	for _, e := range check.Expectations() {
		p.term(e.Key, e.Means)
	}
}

func (p *page) seeAlso(c *cobra.Command) {
	p.section("SEE ALSO")
	var names []string
	for _, other := range documented(c.Root()) {
		if other != c {
			names = append(names, ".BR "+roff(pageName(other))+" (1)")
		}
	}
	p.line("%s", strings.Join(names, " ,\n"))
	p.line(".PP")
	p.prose("Every finding has a page: maildoctor explain ID. https://github.com/maildoctor/maildoctor")
}

// escapes are what roff would take for its own, or print as a typographer would.
var escapes = strings.NewReplacer(`\`, `\e`, "-", `\-`, "'", `\(aq`, `"`, `\(dq`, "`", `\(ga`, "^", `\(ha`, "~", `\(ti`)

// roff is a text for roff; a dot at the beginning of a line is no macro.
func roff(text string) string {
	lines := strings.Split(escapes.Replace(text), "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, ".") {
			lines[i] = `\&` + line
		}
	}
	return strings.Join(lines, "\n")
}
