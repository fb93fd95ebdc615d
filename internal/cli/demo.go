package cli

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/maildoctor/maildoctor/internal/fakemail"
	"github.com/maildoctor/maildoctor/internal/report"
	"github.com/maildoctor/maildoctor/internal/target"
)

func newDemo(sys *Sys) *cobra.Command {
	o := &output{}
	c := &cobra.Command{
		Use:   "demo [SCENARIO|list]",
		Short: "Diagnose a misconfigured server that maildoctor itself starts",
		Long: `demo starts a misconfigured mail server on this machine's loopback address and
diagnoses it with the very code of probe. Nothing leaves the machine. The exit
status is 0 when the planted fault was found.`,
		Args:              cobra.MaximumNArgs(1),
		ValidArgsFunction: first(scenarioWords),
		RunE: func(c *cobra.Command, args []string) error {
			all := fakemail.Scenarios()
			switch {
			case len(args) == 0:
				return runDemo(c.Context(), sys, o, all[0], c.Flags())
			case args[0] == "list":
				return listDemos(sys, all)
			}
			i := slices.IndexFunc(all, func(s fakemail.Scenario) bool { return s.ID == args[0] })
			if i < 0 {
				return usage("there is no scenario %q%s; maildoctor demo list names them", args[0], didYouMean(args[0], scenarioIDs()))
			}
			return runDemo(c.Context(), sys, o, all[i], c.Flags())
		},
	}
	addOutput(c, o)
	return c
}

func scenarioIDs() []string {
	var out []string
	for _, s := range fakemail.Scenarios() {
		out = append(out, s.ID)
	}
	return out
}

func listDemos(sys *Sys, all []fakemail.Scenario) error {
	var b strings.Builder
	for _, s := range all {
		b.WriteString(pad(s.ID, 34) + s.Title + "\n")
	}
	_, err := sys.Stdout.Write([]byte(b.String()))
	return err
}

// runDemo starts the scenario's servers and looks at them as probe does, with
// the certificates of the story as the only roots.
func runDemo(ctx context.Context, sys *Sys, o *output, s fakemail.Scenario, flags *pflag.FlagSet) error {
	ctx, stop := interruptible(ctx)
	defer stop()
	servers, err := s.Start(sys.Now())
	if err != nil {
		return err
	}
	defer servers.Close()
	way, err := demoRoute(sys, servers)
	if err != nil {
		return err
	}
	out, err := o.open(sys)
	if err != nil {
		return err
	}
	if o.formats.main() == "text" && o.file == "" {
		h := newHelpText(sys.Stderr)
		h.prose(s.Story)
		fmt.Fprintf(sys.Stderr, "%s\n$ maildoctor probe %s%s\n\n", h, target.Join(s.Host, s.Port), asFlag(s.As))
	}
	e := &examination{sys: sys, way: way, as: s.As, timeout: defaultTimeout, progress: newProgress(sys, o.plain)}
	started := sys.Now()
	cases := e.all(ctx, []visit{{Target: target.Target{Host: s.Host, Port: s.Port, Typed: target.Join(s.Host, s.Port)}}})
	e.progress.clear()
	subjects := judgeAll(cases)
	missed := undiagnosed(s, subjects)
	diagnosed := func(int) int {
		if len(missed) > 0 {
			return exitFailed
		}
		return exitOK
	}
	err = out.write(ctx, sys, run{command: "demo", args: []string{s.ID}, flags: flags, exit: diagnosed, started: started, here: way.here}, subjects)
	var status exitError
	if err == nil || !errors.As(err, &status) || status != exitFailed {
		return err
	}
	if len(missed) > 0 {
		return fmt.Errorf("demo %s: the planted fault was not found: %s", s.ID, strings.Join(missed, ", "))
	}
	return err
}

func asFlag(m target.Mode) string {
	if m == target.NoMode {
		return ""
	}
	return " --as " + string(m)
}

// undiagnosed lists the ids that the scenario wants and the subjects lack.
func undiagnosed(s fakemail.Scenario, subjects []report.Subject) []string {
	return slices.DeleteFunc(slices.Clone(s.Want), func(id string) bool {
		return slices.ContainsFunc(subjects, func(sub report.Subject) bool {
			return slices.ContainsFunc(sub.Findings, func(f report.Finding) bool { return f.ID == id })
		})
	})
}

func demoRoute(sys *Sys, servers *fakemail.Running) (*route, error) {
	n := &network{noSystemRoots: true}
	for _, r := range servers.Map {
		n.connectTo = append(n.connectTo, r.String())
	}
	way, err := n.open(sys)
	if err != nil {
		return nil, err
	}
	way.env.Roots = x509.NewCertPool()
	if !way.env.Roots.AppendCertsFromPEM(servers.RootPEM) {
		return nil, fmt.Errorf("the demo's root certificate does not parse")
	}
	way.here.Roots = "file"
	return way, nil
}
