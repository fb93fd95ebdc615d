package cli

import (
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/maildoctor/maildoctor/internal/check"
	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/target"
)

// looking is what the commands that look at servers have in common: what to judge
// them by, how deep and how long to look, where the evidence goes.
type looking struct {
	output
	network
	account  accountOptions
	envelope envelopeOptions
	as       *choice
	expect   string
	wait     time.Duration
	deep     bool
	record   string
}

// add declares the flags; as and expect are what they say of those two.
func (o *looking) add(c *cobra.Command, as, expect string) {
	addOutput(c, &o.output)
	addNetwork(c, &o.network)
	f := c.Flags()
	o.as = choose(c, "as", "", as, clientModes()...)
	f.StringVar(&o.expect, "expect", "", expect)
	o.account.add(f)
	o.envelope.add(c)
	duration(f, &o.wait, "wait", 0, "try again until the exit status would be 0, for this long")
	f.BoolVar(&o.deep, "deep", false, "try every TLS version")
	f.StringVar(&o.record, "record", "", "write the evidence to `FILE`, for maildoctor judge and for a bug report")
}

// expected is what must hold; nil where nothing was said.
func (o *looking) expected(flags *pflag.FlagSet, login bool) (map[string]string, error) {
	if !flags.Changed("expect") {
		return nil, nil
	}
	expect, err := check.ParseExpect(o.expect)
	if err != nil {
		return nil, usage("--expect: %w", err)
	}
	asked := evidence.Asked{Expect: expect}
	if login {
		asked.Account = &evidence.Account{}
	}
	if flags.Changed("from") || len(o.envelope.to) > 0 {
		asked.Envelope = &evidence.Envelope{}
	}
	switch check.Unanswerable(asked) {
	case "login=":
		return nil, usage("--expect login=%s is about a login; add --user NAME", expect["login="])
	case "envelope=":
		return nil, usage("--expect envelope=%s is about sender and recipients; add --from ADDRESS and --to ADDRESS", expect["envelope="])
	}
	return expect, nil
}

// acts reads who is to log in, and whom to try as sender and recipients.
// settings says that login and sender may come from settings.
func (o *looking) acts(sys *Sys, flags *pflag.FlagSet, settings bool) (visit, error) {
	if err := o.account.validate(flags, settings); err != nil {
		return visit{}, err
	}
	envelope, err := o.envelope.open(flags, settings)
	if err != nil {
		return visit{}, err
	}
	account, err := o.account.open(sys)
	return visit{account: account, envelope: envelope}, err
}

func (o *looking) examination(sys *Sys, way *route, expect map[string]string) *examination {
	return &examination{sys: sys, way: way, expect: expect, as: target.Mode(o.as.value), serverName: o.serverName,
		deep: o.deep || expect["tls>="] != "", timeout: o.timeout, progress: newProgress(sys, o.plain)}
}

// clientModes are the ways a client can be set.
func clientModes() []string {
	return []string{string(target.Implicit), string(target.STARTTLS), string(target.Opportunistic), string(target.Cleartext)}
}
