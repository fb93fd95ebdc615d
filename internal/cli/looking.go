package cli

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/maildoctor/maildoctor/internal/check"
	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/project"
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
	o.project.add(c)
	addNetwork(c, &o.network)
	f := c.Flags()
	o.as = choose(c, "as", "", as, target.ClientModes()...)
	o.as.hints = map[string]string{"ssl": encryptionWords, "tls": encryptionWords, "none": "; that is cleartext"}
	f.StringVar(&o.expect, "expect", "", expect)
	o.account.add(f)
	o.envelope.add(c)
	duration(f, &o.wait, "wait", 0, "try again until the exit status would be 0, for this long")
	f.BoolVar(&o.deep, "deep", false, "try every TLS version")
	f.StringVar(&o.record, "record", "", "write the evidence to `FILE`, for maildoctor judge and for a bug report")
}

// expected is what --expect says; nil where it says nothing. login says that
// somebody logs in.
func (o *looking) expected(flags *pflag.FlagSet, login bool) (project.Expect, error) {
	if !flags.Changed("expect") {
		return nil, nil
	}
	values, err := check.ParseExpect(o.expect)
	if err != nil {
		return nil, usage("--expect: %w", err)
	}
	var out project.Expect
	for _, key := range slices.Sorted(maps.Keys(values)) {
		out = append(out, project.Expectation{Key: key, Value: values[key]})
	}
	return out, o.answerable(out, flags, login)
}

// expectedOf is what must hold of a server: what the project file says, and the
// flag, which wins.
func (o *looking) expectedOf(t target.Target, flag project.Expect, flags *pflag.FlagSet, login bool) (map[string]string, error) {
	all := flag
	if o.project.file != nil {
		all = o.project.file.ExpectOf(t).With(flag)
	}
	return all.Asked(), o.answerable(all, flags, login)
}

// answerable refuses what nothing that is asked of a server can answer.
func (o *looking) answerable(all project.Expect, flags *pflag.FlagSet, login bool) error {
	asked := evidence.Asked{Expect: all.Asked()}
	if login {
		asked.Account = &evidence.Account{}
	}
	if flags.Changed("from") || len(o.envelope.to) > 0 {
		asked.Envelope = &evidence.Envelope{}
	}
	key := check.Unanswerable(asked)
	i := slices.IndexFunc(all, func(e project.Expectation) bool { return e.Key == key })
	if i < 0 {
		return nil
	}
	from := "--expect " + key + all[i].Value
	if all[i].Line > 0 {
		from = fmt.Sprintf("%s:%d:%d: %s: %s", o.project.name(), all[i].Line, all[i].Column, all[i].Name, all[i].Value)
	}
	if key == "login=" {
		return usage("%s is about a login; add --user NAME", from)
	}
	return usage("%s is about sender and recipients; add --from ADDRESS and --to ADDRESS", from)
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

func (o *looking) examination(sys *Sys, way *route) *examination {
	return &examination{sys: sys, way: way, as: target.Mode(o.as.value), serverName: o.serverName,
		deep: o.deep, timeout: o.timeout, progress: newProgress(sys, o.plain)}
}

// encryptionWords are for those who look for the words of applications.
const encryptionWords = "; what applications call SSL or TLS is implicit where it is for port 465, starttls for port 587"
