package cli

import (
	"cmp"
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/message"
	"github.com/maildoctor/maildoctor/internal/resendapi"
)

// maxSendTo bounds the recipients of a test message: this is no mailer.
const maxSendTo = 3

// sendTimeout is the limit for one channel: content filters answer the message
// after half a minute now and then (RFC 5321 4.5.3.2.6 allows them ten).
const sendTimeout = 90 * time.Second

// maxEML bounds what is read of a message; the parser has its own limit below.
const maxEML = 32 << 20

type sendOptions struct {
	output
	network
	account  accountOptions
	from     string
	to       []string
	subject  string
	text     string
	eml      string
	settings []string
	dialect  string
	version  string
	channel  string
	all      bool
	via      *choice
	keyFile  string
	base     string
	dryRun   bool
	record   string
}

// The ways to send.
const (
	viaSMTP   = "smtp"
	viaResend = "resend"
)

func newSend(sys *Sys) *cobra.Command {
	o := &sendOptions{}
	c := &cobra.Command{
		Use:   "send [TARGET] --to ADDRESS",
		Short: "Send one real test message, and say what became of it",
		Long: `send sends one real message, marked as automatic and of low importance, which
says what it is and carries the id of the run. It is the only command that
sends.

TARGET is a server as for probe; the login comes from --user. With --settings
the server, the login and the sender come from the settings of an application,
as check reads them; --channel picks one of several ways to send, and
--all-channels tries each of them. --via resend sends through Resend's API.

A message that was accepted has not arrived yet: look for it in the mailbox.`,
		Example: `  maildoctor send --settings .env --to you@example.net
  maildoctor send --settings .env --channel backup --to you@example.net
  maildoctor send smtp.example.org:587 --user app@example.org --password-stdin \
    --from app@example.org --to you@example.net
  maildoctor send --via resend --from app@example.org --to delivered@resend.dev
  maildoctor send --settings .env --to you@example.net --dry-run`,
		Args:              cobra.MaximumNArgs(1),
		ValidArgsFunction: first(hostWords),
		RunE:              func(c *cobra.Command, args []string) error { return runSend(c.Context(), sys, o, args, c.Flags()) },
	}
	addOutput(c, &o.output)
	o.project.add(c)
	addNetwork(c, &o.network)
	o.timeout = sendTimeout
	f := c.Flags()
	f.Lookup("timeout").DefValue = sendTimeout.String()
	f.Lookup("timeout").Usage = "limit for each channel"
	o.account.add(f)
	f.StringArrayVar(&o.to, "to", nil, fmt.Sprintf("send to this `ADDRESS`; repeatable, %d at most", maxSendTo))
	f.StringVar(&o.from, "from", "", "send from this `ADDRESS` (default: that of the settings, or of the file)")
	f.StringVar(&o.subject, "subject", "", "the `SUBJECT` of the message")
	f.StringVar(&o.text, "text", "", "the `TEXT` of the message")
	f.StringVar(&o.eml, "eml", "", "send the message in `FILE` (RFC 5322) as it is; - is the standard input")
	f.StringArrayVar(&o.settings, "settings", nil, "take server, login and sender from `FILE`, as maildoctor check reads it; repeatable")
	f.StringVar(&o.dialect, "dialect", "", "whose settings these are, an `ID` of maildoctor check --list")
	f.StringVar(&o.version, "app-version", "", "`RELEASE` of the application, such as 11.36")
	f.StringVar(&o.channel, "channel", "", "which of several ways to send: `primary|backup|smtp|resend|NUMBER`")
	f.BoolVar(&o.all, "all-channels", false, "send one message by each way to send, also by those that are not in force")
	o.via = choose(c, "via", "", "how to send (default: SMTP, or what the settings say)", viaSMTP, viaResend)
	f.StringVar(&o.keyFile, "key-file", "", "read the Resend API key from `FILE` (default: RESEND_API_KEY)")
	f.StringVar(&o.base, "base-url", "", "ask the API of Resend at this `URL`")
	f.BoolVar(&o.dryRun, "dry-run", false, "print the message and where it would go, and contact nobody")
	f.StringVar(&o.record, "record", "", "write the evidence to `FILE`, for maildoctor judge and for a bug report")
	return c
}

func (o *sendOptions) validate(args []string, f *pflag.FlagSet) error {
	fromSettings := len(o.settings) > 0
	switch {
	case len(args) > 0 && fromSettings:
		return usage("the server comes from %q or from --settings, not from both", args[0])
	case len(args) == 0 && !fromSettings && o.via.value != viaResend:
		return usage("send needs to know how: a TARGET such as smtp.example.org:587, --settings FILE, or --via resend")
	case len(args) > 0 && o.via.value == viaResend:
		return usage("--via resend goes to Resend's API; leave out %q", args[0])
	case !fromSettings && (o.channel != "" || o.all || o.dialect != "" || o.version != ""):
		return usage("--channel, --all-channels, --dialect and --app-version are about settings; add --settings FILE")
	case o.channel != "" && o.all:
		return usage("--channel picks one way to send and --all-channels takes each; give one of the two")
	case len(o.to) == 0 && o.eml == "":
		return usage("send needs a recipient; add --to ADDRESS")
	case o.eml != "" && (o.subject != "" || o.text != ""):
		return usage("--eml sends a message as it is; leave out --subject and --text")
	case o.account.passwordStdin && o.eml == "-":
		return usage("--password-stdin and --eml - both read the standard input")
	case fromSettings && o.account.asked() && o.all:
		return usage("--user is one login, and --all-channels takes each one's own")
	case o.via.value == viaResend && (o.account.asked() || o.account.passwordFile != "" || o.account.passwordStdin):
		return usage("--via resend sends with an API key; leave out --user and its password")
	case !fromSettings && o.via.value != viaResend && (o.keyFile != "" || o.base != ""):
		return usage("--key-file and --base-url are about Resend's API; add --via resend")
	case fromSettings && o.keyFile != "":
		return usage("the key comes from the settings or from --key-file, not from both")
	}
	for _, a := range args {
		if err := noKey("the target", a); err != nil {
			return err
		}
	}
	return o.account.validate(f, fromSettings)
}

func runSend(ctx context.Context, sys *Sys, o *sendOptions, args []string, flags *pflag.FlagSet) error {
	if err := o.validate(args, flags); err != nil {
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
	all, err := o.shipments(sys, args)
	if err != nil {
		return err
	}
	r := run{command: "send", args: args, flags: flags, here: way.here, masked: maskedUser(all[0].account)}
	j, err := begin(ctx, sys, &o.output, &o.network, o.record, r)
	if err != nil {
		return err
	}
	defer j.close()
	cases := o.sendAll(j.ctx, a, all)
	a.progress.clear()
	return j.report(cases)
}

// shipment is one message by one way.
type shipment struct {
	visit              // by SMTP
	key      resendKey // by Resend's API; not set: by SMTP
	settings *evidence.Settings
	words    string // the way, for people
	from     string // the sender of the settings
	lacks    string // what of the login does not stand in the settings
	built    *message.Built
	run      string
}

func (s shipment) via() string {
	if s.key.text.IsSet() {
		return viaResend
	}
	return viaSMTP
}

// shipments makes a message for every way that is asked for.
func (o *sendOptions) shipments(sys *Sys, args []string) ([]shipment, error) {
	all, err := o.ways(sys, args)
	if err != nil {
		return nil, err
	}
	var eml []byte
	if o.eml != "" {
		if eml, err = readMessage(sys, o.eml); err != nil {
			return nil, err
		}
	}
	for i := range all {
		if err := o.build(sys, &all[i], eml); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func readMessage(sys *Sys, name string) ([]byte, error) {
	f, err := disk{stdin: sys.Stdin}.Open(name)
	if err != nil {
		return nil, usage("--eml: %w", err)
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, maxEML+1))
	if err != nil {
		return nil, usage("--eml: read %q: %w", name, err)
	}
	if len(text) > maxEML {
		return nil, usage("--eml %q is over %d MiB", name, maxEML>>20)
	}
	return text, nil
}

// build makes the message of a shipment, with an id of its own: two messages of
// the same id are one to many mailboxes.
func (o *sendOptions) build(sys *Sys, s *shipment, eml []byte) error {
	var err error
	if s.run, err = message.NewRun(rand.Reader); err != nil {
		return err
	}
	if eml != nil {
		if s.built, err = message.Parse(eml); err != nil {
			return usage("--eml %q: %w", o.eml, err)
		}
	} else {
		from := cmp.Or(o.from, s.from)
		if from == "" {
			return usage("%s names no sender; add --from ADDRESS", s.words)
		}
		s.built, err = message.Compose(message.Draft{From: from, To: o.to, Subject: o.subject, Text: o.text, Run: s.run, Now: sys.Now(), Version: sys.version(), Channel: s.words})
		if err != nil {
			return usage("%w", err)
		}
	}
	if err := o.envelope(s); err != nil {
		return err
	}
	if s.via() == viaResend {
		if _, err := s.built.ForResend(); err != nil {
			return usage("%w", err)
		}
	}
	s.message = s.built.Bytes
	return nil
}

// envelope takes sender and recipients of the flags before those of a file.
func (o *sendOptions) envelope(s *shipment) error {
	e := &evidence.Envelope{From: s.built.From, To: s.built.To, Size: int64(len(s.built.Bytes))}
	if o.eml != "" && o.from != "" {
		from, err := message.ParseAddress(o.from)
		if err != nil {
			return usage("--from: %w", err)
		}
		e.From = from
	}
	if o.eml != "" && len(o.to) > 0 {
		e.To = nil
		for _, to := range o.to {
			address, err := message.ParseAddress(to)
			if err != nil {
				return usage("--to: %w", err)
			}
			e.To = append(e.To, address)
		}
	}
	switch {
	case len(e.To) == 0:
		return usage("--eml %q names no recipient; add --to ADDRESS", o.eml)
	case len(e.To) > maxSendTo:
		return usage("%d recipients are too many for a test message; %d are the most", len(e.To), maxSendTo)
	}
	s.built.From, s.built.To = e.From, e.To
	s.visit.envelope = e
	return nil
}

// sendAll sends one message after the other.
func (o *sendOptions) sendAll(ctx context.Context, a *asking, all []shipment) []evidence.Case {
	var cases []evidence.Case
	for _, s := range all {
		var made []evidence.Case
		switch {
		case o.dryRun:
			made = []evidence.Case{o.planned(a, s)}
		case s.via() == viaResend:
			made = []evidence.Case{o.sendByResend(ctx, a, s)}
		default:
			made = o.sendBySMTP(ctx, a, s)
		}
		for i := range made {
			made[i].Settings = s.settings
		}
		cases = append(cases, made...)
	}
	return cases
}

// described is what may be said of the message.
func (o *sendOptions) described(s shipment) *evidence.Message {
	return &evidence.Message{Via: s.via(), MessageID: s.built.MessageID, Run: s.run, Subject: s.built.Subject, File: o.eml, Size: int64(len(s.built.Bytes)), HidBcc: s.built.HidBcc, DryRun: o.dryRun}
}

// planned is a shipment that is not sent.
func (o *sendOptions) planned(a *asking, s shipment) evidence.Case {
	m := o.described(s)
	m.Text = string(s.built.Bytes)
	k := evidence.Case{Now: a.sys.Now(), Here: a.way.here, Target: s.Target, Message: m}
	k.Asked.Account, k.Asked.Envelope = accountOf(s.account, s.Host), s.visit.envelope
	if s.via() == viaResend {
		k.Resend = a.about(s.key)
		k.Resend.From, k.Resend.SentTo = s.built.From, s.built.To
	}
	return k
}

// sendBySMTP sends in the session that looks at the server; of a host without a
// port, at the best of its ports.
func (o *sendOptions) sendBySMTP(ctx context.Context, a *asking, s shipment) []evidence.Case {
	e := &examination{sys: a.sys, way: a.way, serverName: o.serverName, timeout: o.timeout, progress: a.progress}
	cases := e.one(ctx, s.visit, make(chan struct{}, atOnce))
	for i := range cases {
		if cases[i].Asked.Envelope != nil || len(cases) == 1 {
			cases[i].Message = o.described(s)
		}
	}
	return cases
}

func (o *sendOptions) sendByResend(ctx context.Context, a *asking, s shipment) evidence.Case {
	started := a.sys.Now()
	r := a.about(s.key)
	r.From = s.built.From
	k := evidence.Case{Now: started, Here: a.way.here, Resend: r, Message: o.described(s)}
	k.Asked.Envelope = s.visit.envelope
	m, err := s.built.ForResend()
	if err == nil {
		err = a.ask(ctx, s.key, started, func(ctx context.Context, c *resendapi.Client) { c.Send(ctx, r, forAPI(m, s.run)) })
	}
	if err != nil {
		r.Calls = append(r.Calls, evidence.Call{Name: evidence.CallSend, Method: "POST", Path: "/emails", Fault: &evidence.Fault{Class: evidence.Other, Text: err.Error()}})
	}
	k.Elapsed = a.sys.Now().Sub(started)
	k.Cut = cutBy(ctx)
	return k
}

// forAPI is a message in the words of the API.
func forAPI(m *message.Resend, run string) resendapi.Message {
	out := resendapi.Message{From: m.From, To: m.To, CC: m.CC, BCC: m.BCC, ReplyTo: m.ReplyTo, Subject: m.Subject, Text: m.Text, HTML: m.HTML, Headers: m.Headers, Idempotency: message.IdempotencyKey(run)}
	for _, f := range m.Attachments {
		out.Attachments = append(out.Attachments, resendapi.Attachment(f))
	}
	return out
}

// choices are ways to send, numbered, for an error that asks to pick one.
func choices(all []shipment) string {
	var lines []string
	for i, s := range all {
		force := ""
		if s.settings != nil && s.settings.InForce {
			force = ", in force"
		}
		lines = append(lines, fmt.Sprintf("  %d: %s%s", i+1, s.words, force))
	}
	return strings.Join(lines, "\n")
}
