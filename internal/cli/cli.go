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

func newRoot(sys *Sys) *cobra.Command {
	root := &cobra.Command{
		Use:   "maildoctor",
		Short: "Tells why an application does not send mail, and which line to change",
		Long: `maildoctor tells why an application does not send mail, and which line to change.

  maildoctor probe smtp-relay.brevo.com:587    what does this server speak, and who can talk to it
  maildoctor check .env                        which line of these settings is wrong, and what it should be
  maildoctor explain 'PASTED ERROR'            what an error text or a log means, and what to do
  maildoctor resend --from app@example.org     is the Resend API key alive, and is its domain in order
  maildoctor send --settings .env --to ADDRESS  one real test message, and what became of it
  maildoctor demo                              watch it diagnose a server that it starts itself`,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          noCommand,
		RunE:          func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	root.SetIn(sys.Stdin)
	root.SetOut(sys.Stdout)
	root.SetErr(sys.Stderr)
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return usage("%w; %s", err, secretHint(err, c.CommandPath()))
	})
	root.AddCommand(newProbe(sys), newCheck(sys), newResend(sys), newSend(sys), newJudge(sys), newExplain(sys), newProviders(sys), newDemo(sys), newSchema(sys), newVersion(sys))
	root.SetHelpCommand(newHelp(root))
	root.InitDefaultCompletionCmd()
	for _, c := range root.Commands() {
		if c.Name() == "completion" {
			c.Args, c.RunE = shells, nil
			c.Run = func(c *cobra.Command, _ []string) { _ = c.Help() }
		}
	}
	checkArgs(root)
	return root
}

// secretHint says where a secret goes to those who look for a flag that takes it.
func secretHint(err error, path string) string {
	text := strings.ToLower(err.Error())
	switch {
	case strings.Contains(text, "api-key") || strings.Contains(text, "apikey") || strings.Contains(text, "--token"):
		return "a key is never an argument: set RESEND_API_KEY, or give --key-file FILE"
	case strings.Contains(text, "--pass"):
		return "a password is never an argument: set " + passwordVariable + ", or give --password-file FILE or --password-stdin"
	}
	return "see " + path + " --help"
}

// noCommand names the nearest command for an unknown one.
func noCommand(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	if near := c.SuggestionsFor(args[0]); len(near) > 0 {
		return usage("there is no command %q; did you mean %q?", args[0], near[0])
	}
	return usage("there is no command %q; maildoctor --help lists them", args[0])
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
		Short: "Help about a command",
		RunE: func(_ *cobra.Command, args []string) error {
			c, rest, err := root.Find(args)
			if err != nil || len(rest) > 0 {
				return usage("there is no command %q; maildoctor --help lists them", strings.Join(args, " "))
			}
			c.InitDefaultHelpFlag()
			return c.Help()
		},
	}
}
