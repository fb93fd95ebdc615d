// Package cli is the command line: flags to options, options to calls, errors
// to exit statuses. It alone reads the environment and writes to the standard
// streams.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
)

// The exit statuses, the same in every format.
const (
	exitOK          = 0
	exitFindings    = 1   // findings at or above --fail-on
	exitUsage       = 2   // wrong usage, before any traffic
	exitFailed      = 3   // maildoctor failed
	exitInterrupted = 130 // 128 + SIGINT
)

// usageError is wrong usage: exit status 2.
type usageError struct{ err error }

func (e usageError) Error() string { return e.err.Error() }
func (e usageError) Unwrap() error { return e.err }

func usage(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// exitError ends a command that has said all there is to say.
type exitError int

func (e exitError) Error() string { return fmt.Sprintf("exit status %d", int(e)) }

// Main runs one command line and returns its exit status.
func Main(ctx context.Context, sys Sys, args []string) (status int) {
	defer func() {
		if p := recover(); p != nil {
			fmt.Fprintf(sys.Stderr, "maildoctor: this is a bug in maildoctor: %v\n%s\nReport it at https://github.com/maildoctor/maildoctor/issues\n", p, debug.Stack())
			status = exitFailed
		}
	}()
	log.SetOutput(io.Discard) // package net/http logs what a server sent unasked, which may repeat a key
	root := newRoot(&sys)
	root.SetArgs(args)
	return exitStatus(sys.Stderr, root.ExecuteContext(ctx))
}

// interruptible ends the context of a command that contacts servers at the
// first interrupt, so that it can report what it knows; a second one ends the
// process at once.
func interruptible(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	return ctx, stop
}

// exitStatus turns the error of a command into an exit status, saying it first.
func exitStatus(stderr io.Writer, err error) int {
	var exit exitError
	var wrong usageError
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &exit):
		return int(exit)
	case errors.As(err, &wrong):
		fmt.Fprintf(stderr, "maildoctor: %s\n", withoutKeys(err.Error()))
		return exitUsage
	}
	fmt.Fprintf(stderr, "maildoctor: %s\n", withoutKeys(err.Error()))
	return exitFailed
}

// Command is the tree of all commands, for what writes the manual.
func Command() *cobra.Command {
	sys := System("")
	return newRoot(&sys)
}

// The groups of commands in the help.
const (
	groupDiagnose = "diagnose"
	groupLookUp   = "look up"
	groupItself   = "itself"
)

func newRoot(sys *Sys) *cobra.Command {
	version := false
	root := &cobra.Command{
		Use:   "maildoctor",
		Short: "Tells why an application does not send mail, and which line to change",
		Long: `maildoctor tells why an application does not send mail, and which line to
change. It finds out what a server speaks, proves it in the server's own words,
says which setting to change, and tries that remedy before it recommends it. It
logs in only where it is asked to, and sends with maildoctor send alone.`,
		Example: `  maildoctor probe smtp-relay.brevo.com:587
  maildoctor check .env
  maildoctor explain 'wrong version number'
  maildoctor resend --from app@example.org
  maildoctor send --settings .env --to you@example.net
  maildoctor demo`,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          noCommand,
		RunE: func(c *cobra.Command, _ []string) error {
			if version {
				return printVersion(sys)
			}
			return overview(c)
		},
	}
	root.SuggestionsMinimumDistance = 2
	root.Flags().BoolVar(&version, "version", false, "print the version")
	root.SetIn(sys.Stdin)
	root.SetOut(sys.Stdout)
	root.SetErr(sys.Stderr)
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		if hint := secretHint(err); hint != "" {
			return usage("%w; %s", err, hint)
		}
		return usage("%w%s", err, flagHint(err, c))
	})
	root.SetHelpFunc(writeHelp)
	root.SetHelpCommand(newHelp(root))
	root.AddGroup(&cobra.Group{ID: groupDiagnose, Title: "Diagnose"}, &cobra.Group{ID: groupLookUp, Title: "Look up and look again"}, &cobra.Group{ID: groupItself, Title: "About maildoctor"})
	addTo(root, groupDiagnose, newProbe(sys), newCheck(sys), newExplain(sys), newResend(sys), newSend(sys))
	addTo(root, groupLookUp, newJudge(sys), newProviders(sys), newDemo(sys))
	addTo(root, groupItself, newSchema(sys), newVersion(sys))
	root.SetHelpCommandGroupID(groupItself)
	root.SetCompletionCommandGroupID(groupItself)
	addCompletion(root)
	completeFlags(root)
	checkArgs(root)
	return root
}

// addTo adds commands to a group.
func addTo(root *cobra.Command, group string, commands ...*cobra.Command) {
	for _, c := range commands {
		c.GroupID = group
		root.AddCommand(c)
	}
}

// scripts say where the script of a shell goes.
var scripts = map[string]string{
	"bash": `Prints the script for bash, which needs the package bash-completion. For this
shell alone:

  source <(maildoctor completion bash)

For every shell of yours:

  maildoctor completion bash \
    > ~/.local/share/bash-completion/completions/maildoctor`,
	"zsh": `Prints the script for zsh. For every shell of yours, once:

  maildoctor completion zsh > "${fpath[1]}/_maildoctor"

Where zsh does not complete anything yet, put this into ~/.zshrc:

  autoload -U compinit; compinit`,
	"fish": `Prints the script for fish. For every shell of yours, once:

  maildoctor completion fish > ~/.config/fish/completions/maildoctor.fish`,
	"powershell": `Prints the script for PowerShell. For every shell of yours, put this into the
file that $PROFILE names:

  maildoctor completion powershell | Out-String | Invoke-Expression`,
}

// addCompletion adds cobra's own command with texts of ours.
func addCompletion(root *cobra.Command) {
	root.InitDefaultCompletionCmd()
	for _, c := range root.Commands() {
		if c.Name() != "completion" {
			continue
		}
		c.Short = "Print a script by which a shell completes maildoctor"
		c.Long = `completion prints a script by which bash, zsh, fish or PowerShell completes the
commands, flags and values of maildoctor. The help of each says where it goes.`
		c.Example = `  source <(maildoctor completion bash)
  maildoctor completion zsh > "${fpath[1]}/_maildoctor"
  maildoctor completion fish > ~/.config/fish/completions/maildoctor.fish`
		c.Args, c.RunE, c.DisableFlagsInUseLine = shells, nil, true
		c.Use = "completion bash|zsh|fish|powershell"
		c.Run = writeHelp
		for _, sub := range c.Commands() {
			sub.Short = "Print the script for " + sub.Name()
			sub.Long = scripts[sub.Name()]
		}
	}
}

// secretHint says where a secret goes to those who look for a flag that takes
// it; "" for others.
func secretHint(err error) string {
	text := strings.ToLower(err.Error())
	switch {
	case strings.Contains(text, "api-key") || strings.Contains(text, "apikey") || strings.Contains(text, "--token"):
		return "a key is never an argument: set RESEND_API_KEY, or give --key-file FILE"
	case strings.Contains(text, "--pass"):
		return "a password is never an argument: set " + passwordVariable + ", or give --password-file FILE or --password-stdin"
	}
	return ""
}

// noCommand names the nearest command for an unknown one.
func noCommand(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return usage("there is no command %q%s", args[0], commandHint(c, args[0]))
}

// shells refuses a shell that there is no completion for.
func shells(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var names []string
	for _, sub := range c.Commands() {
		names = append(names, sub.Name())
	}
	return usage("there is no completion for %q; there is for %s", args[0], strings.Join(names, ", "))
}

// checkArgs makes wrong arguments of every command a usage error: cobra
// reports them without passing through its FlagErrorFunc.
func checkArgs(c *cobra.Command) {
	if args := c.Args; args != nil {
		c.Args = func(c *cobra.Command, a []string) error {
			err := args(c, a)
			var wrong usageError
			if err == nil || errors.As(err, &wrong) {
				return err
			}
			return usage("%w; see %s --help", err, c.CommandPath())
		}
	}
	for _, sub := range c.Commands() {
		checkArgs(sub)
	}
}

// newHelp is cobra's help command with an error for a topic that is none.
func newHelp(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND]",
		Short: "Print the help of a command",
		Long:  "help prints the help of a command, as --help does.",
		RunE: func(_ *cobra.Command, args []string) error {
			c, rest, err := root.Find(args)
			if err != nil || len(rest) > 0 {
				return usage("there is no command %q; maildoctor --help lists them", strings.Join(args, " "))
			}
			writeHelp(c, nil)
			return nil
		},
	}
}
