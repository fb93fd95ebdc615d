package cli

import (
	"cmp"
	"context"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/project"
	"github.com/maildoctor/maildoctor/internal/target"
)

type probeOptions struct {
	looking
	allPorts bool
	many     manyOptions
}

func newProbe(sys *Sys) *cobra.Command {
	o := &probeOptions{}
	c := &cobra.Command{
		Use:   "probe [TARGET...|-f FILE]",
		Short: "Find out what a server speaks, and who can talk to it",
		Long: `probe connects to a mail server as an application would, and says what it speaks
(implicit TLS, STARTTLS, clear text, not SMTP at all), whether its certificate
holds, and which setting to change. No message is sent, and nobody logs in
without --user.

TARGET is HOST, HOST:PORT, [IPv6]:PORT, a URL (smtps:// means implicit TLS,
submission:// means STARTTLS, smtp:// makes no claim) or a mail address. Without
a port, every submission port is tried and the best one named. Without a TARGET,
those of the project file (.maildoctor.yaml) are looked at.

With -f the targets come from a file. There may be thousands: each server that is
in order sees one connection, an address two at a time, and the report counts the
findings. What takes more connections to learn is then not known; --deep looks at
each as if it was alone.`,
		Example: `  maildoctor probe smtp-relay.brevo.com:587
  maildoctor probe smtp-relay.brevo.com:587 --as implicit
  maildoctor probe mail.example.org
  maildoctor probe mail.example.org --expect 'mode=implicit,tls>=1.2,days>=14'
  maildoctor probe smtp.example.org:587 --user app@example.org --password-stdin
  maildoctor probe smtp.example.org --from app@example.org --to you@example.net
  maildoctor probe -f targets.txt --format ndjson --resume done.ndjson`,
		ValidArgsFunction: always(hostWords),
		RunE:              func(c *cobra.Command, args []string) error { return runProbe(c.Context(), sys, o, args, c.Flags()) },
	}
	o.add(c, "judge as the client that is set this way (what apps call SSL is implicit)",
		"what must hold: `KEY=VALUE,...`, such as mode=starttls,tls>=1.2,days>=14; a miss is an error")
	o.many.add(c)
	c.Flags().BoolVar(&o.allPorts, "all-ports", false, "look at every submission port, beside the one given")
	return c
}

func runProbe(ctx context.Context, sys *Sys, o *probeOptions, args []string, flags *pflag.FlagSet) error {
	if err := o.validateMany(args, flags); err != nil {
		return err
	}
	if o.many.from != "" {
		return runMany(ctx, sys, o, flags)
	}
	typed, err := parseTargets(args)
	if err != nil {
		return err
	}
	all, way, err := o.plan(sys, typed, flags)
	if err != nil {
		return err
	}
	j, err := begin(ctx, sys, &o.output, &o.network, o.record, run{command: "probe", args: args, flags: flags, here: way.here, masked: maskedUser(all[0].account)})
	if err != nil {
		return err
	}
	defer j.close()
	e := o.examination(sys, way)
	e.allPorts = o.allPorts
	cases := e.until(j.ctx, all, o.wait, func(cases []evidence.Case) bool { return j.out.well(judgeAll(cases)) })
	e.progress.clear()
	return j.report(cases)
}

// plan decides whom to look at, as what client and what to expect, and by which
// way. Nothing is contacted.
func (o *probeOptions) plan(sys *Sys, typed []target.Target, flags *pflag.FlagSet) ([]visit, *route, error) {
	expect, err := o.expected(flags, o.account.asked())
	if err != nil {
		return nil, nil, err
	}
	if err := o.load(sys, flags); err != nil {
		return nil, nil, err
	}
	targets, err := o.targets(typed)
	if err != nil {
		return nil, nil, err
	}
	like, err := o.acts(sys, flags, false)
	if err != nil {
		return nil, nil, err
	}
	if len(targets) > 1 && like.acts() {
		return nil, nil, usage("a login or an envelope is for one server; %d targets were given%s", len(targets), o.nameOne(typed))
	}
	all, err := o.visits(targets, like, expect, flags)
	if err != nil {
		return nil, nil, err
	}
	way, err := o.network.open(sys)
	return all, way, err
}

// targets are those that were typed, else those of the project file. One that was
// typed and stands in the file is looked at as the client that stands there, too,
// unless its scheme says otherwise.
func (o *probeOptions) targets(typed []target.Target) ([]target.Target, error) {
	f := o.project.file
	if f == nil {
		f = &project.File{}
	}
	if len(typed) == 0 && len(f.Targets) == 0 {
		return nil, usage("probe needs a TARGET: HOST, HOST:PORT, a URL or a mail address; or -f FILE with one a line; or targets in %s", cmp.Or(f.Name, project.Name))
	}
	for i, t := range typed {
		if known, ok := f.TargetOf(t); ok {
			typed[i].Mode = cmp.Or(t.Mode, known.Mode)
		}
	}
	if len(typed) == 0 {
		for _, t := range f.Targets {
			typed = append(typed, t.Target)
		}
	}
	return typed, nil
}

// nameOne says what to do where the targets are those of the project file.
func (o *probeOptions) nameOne(typed []target.Target) string {
	if len(typed) > 0 {
		return ""
	}
	return " by " + o.project.name() + "; name one of them"
}

// visits does the same at every target, and expects of each what holds for it.
func (o *probeOptions) visits(targets []target.Target, like visit, expect project.Expect, flags *pflag.FlagSet) ([]visit, error) {
	out := make([]visit, len(targets))
	for i, t := range targets {
		out[i] = like
		out[i].Target = t
		var err error
		if out[i].expect, err = o.expectedOf(t, expect, flags, o.account.asked()); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func parseTargets(args []string) ([]target.Target, error) {
	var out []target.Target
	for _, a := range args {
		if err := noKey("the target", a); err != nil {
			return nil, err
		}
		t, err := target.Parse(a)
		if err != nil {
			return nil, usageError{err}
		}
		out = append(out, t)
	}
	return out, nil
}
