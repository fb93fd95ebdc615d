package cli

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/maildoctor/maildoctor/internal/render"
)

// Term is a word with what it means, for help and manual pages.
type Term struct{ Word, Means string }

// Statuses are the exit statuses, as people are told of them.
func Statuses() []Term {
	return []Term{
		{"0", "nothing was found that counts: no finding at or above --fail-on"},
		{"1", "there are findings; a server that cannot be reached is one, and so is a run that a time limit cut short"},
		{"2", "wrong usage; nothing was contacted"},
		{"3", "maildoctor itself failed"},
		{"130", "interrupted; the report says what was known by then"},
	}
}

// Variables are what is read from the environment.
func Variables() []Term {
	return []Term{
		{passwordVariable, "the password of --user"},
		{keyVariables[0], "the API key of Resend; else " + keyVariables[1]},
		{baseVariable, "reported, and not followed"},
		{"HTTPS_PROXY", "the proxy to Resend's API, with NO_PROXY (HTTP_PROXY for an http --base-url)"},
		{"NO_COLOR", "where set, no colours"},
		{"FORCE_COLOR", "where set, colours also where the output is no terminal; CLICOLOR_FORCE does the same"},
		{"TERM", "where it is dumb, no colours, no progress, and words in place of glyphs"},
		{"CI", "where set, no progress"},
		{"GITHUB_STEP_SUMMARY", "the file that --format github adds the whole report to, in Markdown"},
		{"GITHUB_WORKSPACE", "the root that files are named from in reports for a forge; GitLab's is CI_PROJECT_DIR; else the nearest directory with a .git"},
	}
}

// Files are what is read without being named on the command line.
func Files() []Term {
	return []Term{
		{".maildoctor.yaml", "the project file: targets, expectations, what does not count; here or above, up to the root of the repository (--config, --no-config)"},
		{"/etc/hosts, /etc/resolv.conf", "names are resolved as applications do (Linux); --dns takes their place"},
		{"the system's certificates", "the roots that certificates are verified against; SSL_CERT_FILE and SSL_CERT_DIR name others"},
		{"FILE.bak", "what check --write leaves of a file that it corrects"},
	}
}

// Synopsis is how a command is called.
func Synopsis(c *cobra.Command) string {
	if !c.HasParent() {
		return c.Name() + " COMMAND [flags]"
	}
	return c.UseLine()
}

// FlagGroup is a heading with its flags.
type FlagGroup struct {
	Title string
	Flags []*pflag.Flag
}

// flagGroups say under which heading a flag stands, in this order. What is named
// nowhere is a command's own.
var flagGroups = []struct {
	title string
	names []string
}{
	{"Login", []string{"login", "user", "password-file", "password-stdin", "auth", "insecure-login"}},
	{"Network and TLS", []string{"ipv4", "ipv6", "dns", "connect-to", "proxy", "from-inside", "helo", "servername", "ca-file", "no-system-roots", "cert", "key", "step-timeout", "timeout", "total-timeout"}},
	{"Project", []string{"config", "no-config", "baseline", "write-baseline"}},
	{"Output", []string{"format", "output", "fail-on", "only", "skip", "record", "sarif-file", "color", "plain", "verbose"}},
}

// FlagGroups are the flags of a command under their headings.
func FlagGroups(c *cobra.Command) []FlagGroup {
	c.InitDefaultHelpFlag()
	c.Flags().Lookup("help").Usage = "print this help"
	own := FlagGroup{Title: "Flags"}
	grouped := map[string]bool{}
	for _, g := range flagGroups {
		for _, name := range g.names {
			grouped[name] = true
		}
	}
	c.Flags().SortFlags = false
	c.Flags().VisitAll(func(f *pflag.Flag) {
		if !f.Hidden && !grouped[f.Name] {
			own.Flags = append(own.Flags, f)
		}
	})
	all := []FlagGroup{own}
	for _, g := range flagGroups {
		group := FlagGroup{Title: g.title}
		for _, name := range g.names {
			if f := c.Flags().Lookup(name); f != nil && !f.Hidden {
				group.Flags = append(group.Flags, f)
			}
		}
		all = append(all, group)
	}
	return slices.DeleteFunc(all, func(g FlagGroup) bool { return len(g.Flags) == 0 })
}

// FlagValue is what a flag takes, "" where it takes nothing, and what it does.
func FlagValue(f *pflag.Flag) (takes, does string) {
	takes, does = pflag.UnquoteUsage(f)
	if !slices.Contains([]string{"", "false", "[]"}, f.DefValue) {
		does += " (default " + f.DefValue + ")"
	}
	return takes, does
}

// The columns of help: where a description starts beside its word, and below it
// on a narrow terminal.
const (
	helpColumns  = 80
	helpNarrow   = 72
	besideColumn = 28
	belowColumn  = 8
)

// help is a text for a screen of so many columns.
type help struct {
	strings.Builder
	columns int
}

func newHelpText(out io.Writer) *help {
	h := &help{columns: helpColumns}
	if width, is := terminal(out); is && width > 0 {
		h.columns = min(width, helpColumns)
	}
	return h
}

// prose writes paragraphs, those anew that are wider than the screen. One with a
// line that is set in stays as it is.
func (h *help) prose(text string) {
	for i, paragraph := range strings.Split(text, "\n\n") {
		if i > 0 {
			h.WriteString("\n")
		}
		if longestLine(paragraph) > h.columns && !strings.Contains("\n"+paragraph, "\n ") {
			paragraph = strings.Join(render.Wrap(paragraph, h.columns), "\n")
		}
		h.WriteString(paragraph + "\n")
	}
}

func longestLine(text string) int {
	n := 0
	for line := range strings.SplitSeq(text, "\n") {
		n = max(n, len(line))
	}
	return n
}

// term writes a word and beside it what it means, or below it where the word is
// long or the screen is narrow.
func (h *help) term(word, means string, column int) {
	if h.columns < helpNarrow {
		column = belowColumn
	}
	blanks := strings.Repeat(" ", column)
	lines := render.Wrap(means, h.columns-column)
	if len(word)+2 > column {
		h.WriteString(word + "\n" + blanks)
	} else {
		h.WriteString(word + blanks[len(word):])
	}
	h.WriteString(strings.Join(lines, "\n"+blanks) + "\n")
}

func (h *help) terms(title string, list []Term, column int) {
	h.WriteString("\n" + title + ":\n")
	for _, t := range list {
		h.term("  "+t.Word, t.Means, column)
	}
}

// flags writes the flags of a command under their headings.
func (h *help) flags(c *cobra.Command) {
	for _, g := range FlagGroups(c) {
		h.WriteString("\n" + g.Title + ":\n")
		for _, f := range g.Flags {
			takes, does := FlagValue(f)
			word := "      --" + f.Name
			if f.Shorthand != "" {
				word = "  -" + f.Shorthand + ", --" + f.Name
			}
			h.term(strings.TrimRight(word+" "+takes, " "), does, besideColumn)
		}
	}
}

// commands lists the commands below one, by group.
func (h *help) commands(c *cobra.Command) {
	groups := c.Groups()
	if len(groups) == 0 {
		groups = []*cobra.Group{{Title: "Commands"}}
	}
	for _, g := range groups {
		var list []Term
		for _, sub := range c.Commands() {
			if sub.GroupID == g.ID && (sub.IsAvailableCommand() || sub.Name() == "help") {
				list = append(list, Term{sub.Name(), sub.Short})
			}
		}
		h.terms(g.Title, list, 14)
	}
}

// writeHelp is the help of a command: what it does, how it is called, its flags.
func writeHelp(c *cobra.Command, _ []string) {
	h := newHelpText(c.OutOrStdout())
	text := c.Long
	if text == "" {
		text = c.Short + "."
	}
	h.prose(text)
	h.WriteString("\nUsage:\n  " + Synopsis(c) + "\n")
	if c.HasExample() {
		h.WriteString("\nExamples:\n" + c.Example + "\n")
	}
	if c.HasAvailableSubCommands() {
		h.commands(c)
	}
	h.flags(c)
	if !c.HasParent() {
		h.terms("Exit status", Statuses(), 8)
		h.terms("Environment", Variables(), 24)
		h.WriteString("\nmaildoctor COMMAND --help tells more about a command.\n")
	}
	_, _ = io.WriteString(c.OutOrStdout(), h.String()) // a closed pipe: nobody reads on
}

// overview is what maildoctor says when it is called without anything: what one
// can do, with an example each.
func overview(c *cobra.Command) error {
	h := newHelpText(c.OutOrStdout())
	h.prose(`maildoctor tells why an application does not send mail, and which line to
change. None of these sends a message.

Ask a server what it speaks, and who can talk to it:
  maildoctor probe smtp.example.org:587

Check an application's settings, in a file or a directory:
  maildoctor check .env

Have an error or a log explained:
  maildoctor explain 'wrong version number'

Or watch it diagnose a misconfigured server that it starts itself:
  maildoctor demo

maildoctor --help lists all commands, maildoctor COMMAND --help all flags.`)
	_, err := fmt.Fprint(c.OutOrStdout(), h.String())
	return err
}
