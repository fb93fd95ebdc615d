package cli

import (
	"context"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/maildoctor/maildoctor/internal/check"
	"github.com/maildoctor/maildoctor/internal/target"
)

// looking is what the commands that look at servers have in common: what to judge
// them by, how deep and how long to look, where the evidence goes.
type looking struct {
	output
	network
	as     *choice
	expect string
	wait   time.Duration
	deep   bool
	record string
}

// add declares the flags; as and expect are what they say of those two.
func (o *looking) add(c *cobra.Command, as, expect string) {
	addOutput(c, &o.output)
	addNetwork(c, &o.network)
	f := c.Flags()
	o.as = choose(c, "as", "", as, clientModes()...)
	f.StringVar(&o.expect, "expect", "", expect)
	duration(f, &o.wait, "wait", 0, "try again until the exit status would be 0, for this long")
	f.BoolVar(&o.deep, "deep", false, "try every TLS version")
	f.StringVar(&o.record, "record", "", "write the evidence to `FILE`, for maildoctor judge and for a bug report")
}

// expected is what must hold; nil where nothing was said.
func (o *looking) expected(flags *pflag.FlagSet) (map[string]string, error) {
	if !flags.Changed("expect") {
		return nil, nil
	}
	expect, err := check.ParseExpect(o.expect)
	if err != nil {
		return nil, usage("--expect: %w", err)
	}
	return expect, nil
}

// files opens what is written to.
func (o *looking) files(sys *Sys) (*sink, *recorder, error) {
	if o.record != "" && o.record == o.output.file {
		return nil, nil, usage("--record and --output name the same file %q", o.record)
	}
	out, err := o.output.open(sys)
	if err != nil {
		return nil, nil, err
	}
	rec, err := openRecord(o.record)
	return out, rec, err
}

// within bounds the whole run.
func (o *looking) within(ctx context.Context) (context.Context, context.CancelFunc) {
	if o.totalTimeout > 0 {
		return context.WithTimeout(ctx, o.totalTimeout)
	}
	return context.WithCancel(ctx)
}

func (o *looking) examination(sys *Sys, way *route, expect map[string]string) *examination {
	return &examination{sys: sys, way: way, expect: expect, as: target.Mode(o.as.value), serverName: o.serverName,
		deep: o.deep || expect["tls>="] != "", timeout: o.timeout, progress: newProgress(sys)}
}

// clientModes are the ways a client can be set.
func clientModes() []string {
	return []string{string(target.Implicit), string(target.STARTTLS), string(target.Opportunistic), string(target.Cleartext)}
}
