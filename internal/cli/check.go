package cli

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/maildoctor/maildoctor/internal/dialect"
	"github.com/maildoctor/maildoctor/internal/target"
)

type checkOptions struct {
	looking
	offline    bool
	dialect    string
	appVersion string
	list       bool
	diff       bool
	write      bool
	login      bool
	allowNone  bool
	keptKeys   bool
	coolify    coolifyOptions
}

func newCheck(sys *Sys) *cobra.Command {
	o := &checkOptions{}
	c := &cobra.Command{
		Use:   "check [FILE|DIR...]",
		Short: "Judge an application's mail settings and print the corrected lines",
		Long: `check reads mail settings as the very application would: its keys, its
defaults, its quoting, its order of files. It finds what is wrong without a
network, probes the server that is configured as the client that is configured,
and prints the corrected lines. A Resend key in force is asked whether it
works. Nothing is sent, and nobody logs in without --login or --user.

FILE is a .env, a compose file, an ini, YAML, TOML, properties or JSON file,
PHP, JavaScript, Python, Ruby, Elixir, Go or Groovy with settings in it; DIR is
looked through. Without either, the settings of the project file
(.maildoctor.yaml) are read, else this directory and the environment.`,
		Example: `  maildoctor check .env
  maildoctor check --offline compose.yaml config/mail.php
  maildoctor check --dialect laravel-11plus --app-version 11.35.0 .env
  maildoctor check . --diff
  maildoctor check .env --write
  maildoctor check .env --login
  maildoctor check --coolify
  maildoctor check --list`,
		RunE: func(c *cobra.Command, args []string) error { return runCheck(c.Context(), sys, o, args, c.Flags()) },
	}
	f := c.Flags()
	f.BoolVar(&o.offline, "offline", false, "contact nobody")
	f.StringVar(&o.dialect, "dialect", "", "whose settings these are, an `ID` of --list (default: told by the text)")
	f.StringVar(&o.appVersion, "app-version", "", "`RELEASE` of the application, such as 11.36 (default: told by what stands beside, else the newest)")
	f.BoolVar(&o.allowNone, "allow-none", false, "exit with 0 where no mail settings are found, as a hook or a pipeline may want it")
	f.BoolVar(&o.list, "list", false, "list every dialect")
	f.BoolVar(&o.diff, "diff", false, "print the corrected lines alone, as a diff without context")
	f.BoolVar(&o.write, "write", false, "write the corrections into the files, with a backup beside each")
	f.BoolVar(&o.login, "login", false, "log in with the user name and the password of the settings")
	f.BoolVar(&o.keptKeys, "check-kept-keys", false, "ask Resend as well about keys that are kept while Resend is switched off")
	o.coolify.add(f)
	o.add(c, "judge as the client that is set this way, whatever the settings say", "what must hold of the server, as for probe: `KEY=VALUE,...`; a miss is an error")
	return c
}

func dialectIDs() []string {
	var ids []string
	for _, d := range dialect.All() {
		ids = append(ids, d.ID)
	}
	for id := range dialect.Aliases {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

func (o *checkOptions) validate(args []string) error {
	switch {
	case o.list && len(args) > 0:
		return usage("--list takes no files")
	case o.diff && o.project.writeBaseline:
		return usage("--diff prints the corrected lines alone; leave it out to write a baseline")
	case o.diff && o.write:
		return usage("--diff shows the corrections and --write makes them; give one of the two")
	case o.diff && (o.formats.main() != "text" || len(o.formats.files) > 0):
		return usage("--diff is text; with --format %s the report holds the changes", o.formats.GetSlice()[0])
	case o.offline && o.wait > 0:
		return usage("--wait waits for a server, and --offline contacts none")
	case o.offline && o.expect != "":
		return usage("--expect is about a server, and --offline contacts none")
	case o.login && o.account.asked():
		return usage("--login takes the user name of the settings and --user another one; give one of the two")
	case o.offline && (o.login || o.account.asked() || o.keptKeys || o.envelope.from != "" || len(o.envelope.to) > 0 || o.envelope.size > 0):
		return usage("--login, --user, --from, --to, --size and --check-kept-keys ask a server, and --offline contacts none")
	}
	if err := o.coolify.validate(o, args); err != nil {
		return err
	}
	if _, ok := dialect.ByID(o.dialect); o.dialect != "" && !ok {
		return usage("there is no dialect %q%s; maildoctor check --list prints them all", o.dialect, didYouMean(o.dialect, dialectIDs()))
	}
	if o.appVersion != "" && !dialect.ParseVersion(o.appVersion).Known() {
		return usage("--app-version %q holds no number; give a release such as 11.36", o.appVersion)
	}
	return nil
}

func runCheck(ctx context.Context, sys *Sys, o *checkOptions, args []string, flags *pflag.FlagSet) error {
	if err := o.validate(args); err != nil {
		return err
	}
	if o.list {
		return listDialects(sys)
	}
	expect, err := o.expected(flags, o.account.asked() || o.login)
	if err != nil {
		return err
	}
	if err := o.load(sys, flags); err != nil {
		return err
	}
	like, err := o.acts(sys, flags, true)
	if err != nil {
		return err
	}
	way, err := o.way(sys)
	if err != nil {
		return err
	}
	found, err := o.applications(sys, o.names(args))
	if err != nil {
		return err
	}
	if err := found.plan(o, like, func(t target.Target) (map[string]string, error) {
		return o.expectedOf(t, expect, flags, o.account.asked() || o.login)
	}); err != nil {
		return err
	}
	j, err := begin(ctx, sys, &o.output, &o.network, o.record, run{command: "check", args: args, flags: flags, here: way.here, masked: maskedUser(like.account)}, found.claims(args)...)
	if err != nil {
		return err
	}
	defer j.close()
	e := o.examination(sys, way)
	found.examine(j.ctx, e, o, j.out)
	e.progress.clear()
	return o.finish(j, found)
}

// names are the files to read: those that were typed, else those of the project
// file.
func (o *checkOptions) names(typed []string) []string {
	if len(typed) > 0 || o.project.file == nil || o.coolify.asked() {
		return typed
	}
	var out []string
	for _, name := range o.project.file.Settings {
		out = append(out, o.project.below(name))
	}
	return out
}

// finish writes what was found, and the corrections where they are wanted.
func (o *checkOptions) finish(j *job, found *applications) error {
	cases, subjects := found.report(j.sys.Now(), j.here)
	notRecorded := j.rec.write(j.sys, j.command, cases)
	switch {
	case o.diff:
		return cmp.Or(notRecorded, found.printDiff(j.sys, j.out, subjects))
	case o.write:
		if err := found.writeAll(j.sys); err != nil {
			return err
		}
		j.out.written = true
	}
	return cmp.Or(notRecorded, j.out.write(j.ctx, j.sys, j.run, subjects))
}

// way is the network; nothing of it is opened for --offline.
func (o *checkOptions) way(sys *Sys) (*route, error) {
	if !o.offline {
		return o.network.open(sys)
	}
	way := &route{}
	describe(sys, &way.here)
	return way, nil
}

func listDialects(sys *Sys) error {
	var b strings.Builder
	for _, d := range dialect.All() {
		b.WriteString(pad(d.ID, 26) + d.App + "\n")
	}
	aliases := make([]string, 0, len(dialect.Aliases))
	for id, as := range dialect.Aliases {
		aliases = append(aliases, pad(id, 26)+"read as "+as)
	}
	slices.Sort(aliases)
	b.WriteString(strings.Join(append(aliases, ""), "\n"))
	_, err := sys.Stdout.Write([]byte(b.String()))
	return err
}
