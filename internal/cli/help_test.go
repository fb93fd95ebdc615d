package cli

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// everyCommand calls f for each command that people see.
func everyCommand(c *cobra.Command, f func(*cobra.Command)) {
	f(c)
	for _, sub := range c.Commands() {
		everyCommand(sub, f)
	}
}

func helpOf(c *cobra.Command) string {
	var out bytes.Buffer
	c.SetOut(&out)
	writeHelp(c, nil)
	return out.String()
}

// TestHelp: help fits a screen of 80 columns, a command fits its line in the
// list, and every flag stands under one heading.
func TestHelp(t *testing.T) {
	t.Parallel()
	everyCommand(Command(), func(c *cobra.Command) {
		if !c.HasAvailableSubCommands() && c.HasParent() && len("  completion  "+c.Short) > helpColumns {
			t.Errorf("%s: %q is too long for the list of commands", c.CommandPath(), c.Short)
		}
		text := helpOf(c)
		for line := range strings.Lines(text) {
			if line = strings.TrimSuffix(line, "\n"); len(line) > helpColumns {
				t.Errorf("%s --help: %d columns: %s", c.CommandPath(), len(line), line)
			}
		}
		c.Flags().VisitAll(func(f *pflag.Flag) {
			if n := len(flagLine(text, f.Name)); n != 1 {
				t.Errorf("%s --help has --%s %d times", c.CommandPath(), f.Name, n)
			}
			if takes, does := FlagValue(f); takes == "string" || takes == "strings" || does == "" {
				t.Errorf("%s --%s %s %q: a flag says what it takes and what it does", c.CommandPath(), f.Name, takes, does)
			}
		})
	})
}

// flagLine are the lines of help that name a flag at their beginning.
func flagLine(text, name string) []string {
	return regexp.MustCompile(`(?m)^(      |  -., )--`+name+`( |$)`).FindAllString(text, -1)
}

// TestFlagGroups: the table names flags that there are, each once.
func TestFlagGroups(t *testing.T) {
	t.Parallel()
	there, seen := map[string]bool{}, map[string]bool{}
	everyCommand(Command(), func(c *cobra.Command) {
		c.Flags().VisitAll(func(f *pflag.Flag) { there[f.Name] = true })
	})
	for _, g := range flagGroups {
		for _, name := range g.names {
			if !there[name] || seen[name] {
				t.Errorf("%s: --%s is no flag, or stands twice", g.title, name)
			}
			seen[name] = true
		}
	}
}

// TestNarrowHelp: on a narrow screen descriptions stand below their words, and
// nothing but an example or a word is wider than the screen.
func TestNarrowHelp(t *testing.T) {
	t.Parallel()
	for _, columns := range []int{40, 50} {
		h := &help{columns: columns}
		h.prose("The first paragraph, which was wrapped\nat some other width than this one.\n\n  an example that stays as it is, however wide it may be")
		h.term("      --as implicit|starttls|opportunistic|cleartext", "judge as the client that is set this way, and say so", besideColumn)
		h.term("  probe", "find out what a server speaks", 14)
		want := "        judge as the client that"
		if !strings.Contains(h.String(), want) || !strings.Contains(h.String(), "\n  an example that stays as it is, however wide it may be\n") {
			t.Errorf("%d columns: no %q in\n%s", columns, want, h.String())
		}
		for line := range strings.Lines(h.String()) {
			if len(line)-1 > columns && !strings.Contains(line, "example") && !strings.Contains(line, "--as") {
				t.Errorf("%d columns: %q", columns, line)
			}
		}
	}
}
