package cli

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/message"
	"github.com/maildoctor/maildoctor/internal/probe"
	"github.com/maildoctor/maildoctor/internal/provider"
	"github.com/maildoctor/maildoctor/internal/resendapi"
	"github.com/maildoctor/maildoctor/internal/secret"
	"github.com/maildoctor/maildoctor/internal/target"
)

type resendOptions struct {
	output
	network
	keyFile string
	base    string
	from    string
	domains []string
	smtp    *choice
	record  string
}

// The ways to look at the SMTP side.
const (
	smtpAuto  = "auto"
	smtpLogin = "login"
	smtpReach = "reach"
	smtpOff   = "off"
)

func newResend(sys *Sys) *cobra.Command {
	o := &resendOptions{}
	c := &cobra.Command{
		Use:   "resend [-]",
		Short: "Check a Resend API key, its domains and their DNS records",
		Long: `resend says what a Resend API key is good for: whether it is alive, may read or
only send, which domains it can send from, whether their DNS records are what
Resend asks for, and whether its SMTP servers can be reached from here. Nothing
is sent and nothing is changed.

The key is read from RESEND_API_KEY, else RESEND_KEY, from --key-file, or from
the standard input ("-"). It is never an argument, and stands in no output. Two
calls are made, and one for each domain asked for by --from or --domain; ten at
most.`,
		Example: `  maildoctor resend
  maildoctor resend --from app@example.org
  maildoctor resend --domain example.org --format markdown
  maildoctor resend --key-file /run/secrets/resend_api_key --smtp off
  pass show resend | maildoctor resend -`,
		Args: func(_ *cobra.Command, args []string) error {
			switch {
			case len(args) == 0 || len(args) == 1 && args[0] == "-":
				return nil
			case strings.HasPrefix(args[0], "re_"):
				return usage("the key was given as an argument, where everybody on this machine can read it; set RESEND_API_KEY, or give --key-file FILE or -, and make a new key")
			}
			return usage("resend takes no argument but -, which reads the key from the standard input")
		},
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE:              func(c *cobra.Command, args []string) error { return runResend(c.Context(), sys, o, args, c.Flags()) },
	}
	addOutput(c, &o.output)
	o.project.add(c)
	addNetwork(c, &o.network)
	f := c.Flags()
	f.StringVar(&o.keyFile, "key-file", "", "read the key from `FILE`, which holds nothing else")
	f.StringVar(&o.from, "from", "", "say whether the account can send from this `ADDRESS`, and check the records of its domain")
	f.StringArrayVar(&o.domains, "domain", nil, "check the DNS records of this `DOMAIN` of the account; repeatable")
	f.StringVar(&o.base, "base-url", "", "ask the API at this `URL` (https, or http on loopback) in place of https://api.resend.com")
	o.smtp = choose(c, "smtp", smtpAuto, "look at smtp.resend.com: log in with the key, connect only, or not at all; auto logs in unless --base-url is given", smtpAuto, smtpLogin, smtpReach, smtpOff)
	f.StringVar(&o.record, "record", "", "write the evidence to `FILE`, for maildoctor judge and for a bug report")
	return c
}

func runResend(ctx context.Context, sys *Sys, o *resendOptions, args []string, flags *pflag.FlagSet) error {
	asked, err := o.asked()
	if err != nil {
		return err
	}
	if err := o.load(sys, flags); err != nil {
		return err
	}
	way, err := o.network.open(sys)
	if err != nil {
		return err
	}
	a, err := newAsking(sys, way, o.base, o.timeout, o.plain)
	if err != nil {
		return err
	}
	key, err := findKey(sys, o.keyFile, len(args) > 0)
	if err != nil {
		return err
	}
	j, err := begin(ctx, sys, &o.output, &o.network, o.record, run{command: "resend", args: args, flags: flags, here: way.here})
	if err != nil {
		return err
	}
	defer j.close()
	k, err := o.look(j.ctx, a, key, asked, j.started)
	a.progress.clear()
	if err != nil {
		return err
	}
	return j.report([]evidence.Case{k})
}

// asked are the domains whose records are looked at; --from is checked.
func (o *resendOptions) asked() ([]string, error) {
	var out []string
	add := func(domain string) {
		if domain = strings.ToLower(strings.TrimSuffix(domain, ".")); !slices.Contains(out, domain) {
			out = append(out, domain)
		}
	}
	if err := noKey("--from", o.from); err != nil {
		return nil, err
	}
	for _, d := range o.domains {
		if err := noKey("--domain", d); err != nil {
			return nil, err
		}
	}
	if o.from != "" {
		from, err := message.ParseAddress(o.from)
		if err != nil {
			return nil, usage("--from: %w", err)
		}
		o.from = from
		add(domainOf(from))
	}
	for _, d := range o.domains {
		t, err := target.Parse(d)
		if err != nil || t.Port != 0 || t.Mail != "" || t.IsIP() {
			return nil, usage("--domain %q is not the name of a domain such as example.org", d)
		}
		add(t.Host)
	}
	return out, nil
}

// domainOf is what stands behind the @ of an address.
func domainOf(address string) string {
	return strings.ToLower(address[strings.LastIndexByte(address, '@')+1:])
}

// look asks the API and DNS, and the SMTP servers, side by side.
func (o *resendOptions) look(ctx context.Context, a *asking, key resendKey, asked []string, started time.Time) (evidence.Case, error) {
	r := a.about(key)
	r.From, r.Asked = o.from, asked
	k := evidence.Case{Now: started, Here: a.way.here, Resend: r}
	var err error
	var smtp []evidence.Case
	var off string
	sideBySide(2, func(i int) {
		if i == 0 {
			k.Lookups, err = a.look(ctx, key, r, started)
		} else {
			smtp, off = o.smtpSide(ctx, a, key)
		}
	})
	r.SMTP, r.SMTPOff = smtp, off
	k.Elapsed, k.Cut = a.sys.Now().Sub(started), cutBy(ctx)
	for _, port := range smtp {
		k.Cut = cmp.Or(k.Cut, port.Cut)
	}
	return k, err
}

// resendHost is Resend's SMTP server.
const resendHost = "smtp.resend.com"

// smtpSide connects to the ports of Resend's SMTP server, and logs in at the best
// one of those that answer: a send-only key is told to be good in no other way.
func (o *resendOptions) smtpSide(ctx context.Context, a *asking, key resendKey) ([]evidence.Case, string) {
	how := o.smtp.value
	if how == smtpOff {
		return nil, "left out by --smtp off"
	}
	e := &examination{sys: a.sys, way: a.way, timeout: o.timeout, progress: a.progress}
	v := visit{Target: target.Target{Host: resendHost, Typed: resendHost}}
	if how == smtpLogin || how == smtpAuto && a.own() {
		v.account = resendAccount(key)
	}
	if !mayShow(key) {
		v.account = nil
	}
	places := make(chan struct{}, atOnce)
	cases := e.portsOf(ctx, v, resendPorts(), places)
	if v.acts() {
		e.act(ctx, v, cases, places)
	}
	return cases, ""
}

// resendAccount is the login of a key: the user name is the word resend.
func resendAccount(key resendKey) *probe.Account {
	return budgets{}.account("resend", secret.New(resendapi.Clean(key.text.Reveal())))
}

func resendPorts() []uint16 {
	p, _ := provider.ByID("resend")
	var out []uint16
	for _, port := range p.Ports {
		out = append(out, port.Port)
	}
	return out
}
