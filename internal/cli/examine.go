package cli

import (
	"cmp"
	"context"
	"maps"
	"net/netip"
	"slices"
	"time"

	"github.com/maildoctor/maildoctor/internal/check"
	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/facts"
	"github.com/maildoctor/maildoctor/internal/probe"
	"github.com/maildoctor/maildoctor/internal/provider"
	"github.com/maildoctor/maildoctor/internal/report"
	"github.com/maildoctor/maildoctor/internal/target"
)

// examination is how the endpoints of one run are looked at.
type examination struct {
	sys        *Sys
	way        *route
	as         target.Mode
	serverName string
	deep       bool
	allPorts   bool
	few        bool // one connection to a port that is in order
	timeout    time.Duration
	progress   *progress
	enter      func(context.Context, []netip.Addr) func() // waits for a place at these addresses; nil: none is needed
}

// visit is an endpoint to look at, and what to do there beside looking.
type visit struct {
	target.Target
	account  *probe.Account     // whom to log in as; nil: nobody
	envelope *evidence.Envelope // whom to try as sender and recipients; nil: nobody
	message  []byte             // to send; nil: nothing is sent
	expect   map[string]string  // what must hold, as evidence.Asked has it
}

// acts reports whether more is done than to look.
func (v visit) acts() bool { return v.account != nil || v.envelope != nil || v.message != nil }

// same reports whether w does the same at the same server.
func (v visit) same(w visit) bool {
	if v.Target != w.Target || (v.account == nil) != (w.account == nil) || (v.envelope == nil) != (w.envelope == nil) {
		return false
	}
	return (v.account == nil || v.account.User == w.account.User && v.account.Password.Reveal() == w.account.Password.Reveal()) &&
		(v.envelope == nil || v.envelope.From == w.envelope.From)
}

// atOnce is how many endpoints are looked at side by side.
const atOnce = 12

// until looks at the targets, again and again when there is a limit to wait,
// until they are well. The pause between grows, since each try is a visit to
// somebody's server.
func (e *examination) until(ctx context.Context, visits []visit, wait time.Duration, well func([]evidence.Case) bool) []evidence.Case {
	end := e.sys.Now().Add(wait)
	for pause := time.Second; ; pause = min(2*pause, 15*time.Second) {
		cases := e.all(ctx, visits)
		left := end.Sub(e.sys.Now())
		if left <= 0 || ctx.Err() != nil || acted(cases) || well(slices.Clone(cases)) {
			return cases
		}
		e.progress.say("waiting for the server to be well")
		select {
		case <-time.After(min(pause, left)):
		case <-ctx.Done():
			return cases
		}
	}
}

// acted: a login is not tried again and again, since that locks mailboxes, nor is
// an envelope, which looks like somebody who tries out addresses.
func acted(cases []evidence.Case) bool {
	return slices.ContainsFunc(cases, func(c evidence.Case) bool {
		return slices.ContainsFunc(c.Sessions, func(s evidence.Session) bool {
			return len(s.Logins) > 0 || c.Asked.Envelope != nil && s.Role == evidence.Main && facts.Step(&s, evidence.StepMail) != nil
		})
	})
}

// all makes every visit and returns the cases in the order asked for.
func (e *examination) all(ctx context.Context, visits []visit) []evidence.Case {
	places := make(chan struct{}, atOnce)
	groups := make([][]evidence.Case, len(visits))
	sideBySide(len(visits), func(i int) { groups[i] = e.one(ctx, visits[i], places) })
	return slices.Concat(groups...)
}

// sideBySide calls f with 0 to n-1 at once and waits for all. A panic of one is
// passed on, so that Main reports it.
func sideBySide(n int, f func(int)) {
	done := make(chan any, n)
	for i := range n {
		go func() {
			defer func() { done <- recover() }()
			f(i)
		}()
	}
	var panicked any
	for range n {
		if p := <-done; p != nil {
			panicked = p
		}
	}
	if panicked != nil {
		panic(panicked)
	}
}

// one looks at what a target stands for: an endpoint, the submission ports of
// a host, or the servers of a mail address.
func (e *examination) one(ctx context.Context, v visit, places chan struct{}) []evidence.Case {
	if v.Port != 0 && !e.allPorts {
		return []evidence.Case{e.endpoint(ctx, v, false, places)}
	}
	var cases []evidence.Case
	if v.Mail != "" {
		cases = e.mailAddress(ctx, v, places)
	} else {
		cases = e.ports(ctx, v, places)
	}
	if v.acts() {
		e.act(ctx, v, cases, places)
	}
	return cases
}

// act does at the port to use what is more than looking: nobody logs in at every
// port of a host, nor sends there.
func (e *examination) act(ctx context.Context, v visit, cases []evidence.Case, places chan struct{}) {
	i := best(cases, anyPort)
	if at := slices.IndexFunc(cases, func(c evidence.Case) bool { return v.Port != 0 && c.Target.Port == v.Port }); at >= 0 {
		i = at
	}
	if i < 0 { // an internal relay, or a server for incoming mail
		i = slices.IndexFunc(cases, func(c evidence.Case) bool { return works(&c) })
	}
	if i < 0 || ctx.Err() != nil {
		return
	}
	was := cases[i]
	v.Target = was.Target
	cases[i] = e.endpoint(ctx, v, was.Asked.NoPort, places)
	cases[i].Siblings = was.Siblings
}

// ports looks at all submission ports of a host side by side.
func (e *examination) ports(ctx context.Context, v visit, places chan struct{}) []evidence.Case {
	ports := target.SubmissionPorts()
	if v.Port != 0 && !slices.Contains(ports, v.Port) {
		ports = append([]uint16{v.Port}, ports...)
	}
	return e.portsOf(ctx, v, ports, places)
}

// portsOf looks at these ports of a host side by side, and does nothing else there.
func (e *examination) portsOf(ctx context.Context, v visit, ports []uint16, places chan struct{}) []evidence.Case {
	cases := make([]evidence.Case, len(ports))
	sideBySide(len(ports), func(i int) {
		at := visit{Target: v.Target, expect: v.expect}
		at.Port = ports[i]
		cases[i] = e.endpoint(ctx, at, true, places)
	})
	shareSiblings(cases)
	return cases
}

// shareSiblings lets every case know what became of the other ports.
func shareSiblings(cases []evidence.Case) {
	var all []evidence.Sibling
	for i := range cases {
		all = append(all, evidence.Sibling{Port: cases[i].Target.Port, Mode: facts.Of(&cases[i]).Mode, Works: works(&cases[i])})
	}
	for i := range cases {
		cases[i].Siblings = all
	}
}

// endpoint looks at one host and port.
func (e *examination) endpoint(ctx context.Context, v visit, noPort bool, places chan struct{}) evidence.Case {
	places <- struct{}{}
	defer func() { <-places }()
	c := e.newCase(v)
	c.Asked.NoPort, c.Asked.Account, c.Asked.Envelope = noPort, accountOf(v.account, v.Host), v.envelope
	o := e.way.options
	o.Whole, o.Enter = e.timeout, e.enter
	o.Account, o.Envelope, o.Message = v.account, v.envelope, v.message
	o.Watch = func(step string) { e.progress.say(v.Name() + ": " + step) }
	probe.Endpoint(ctx, e.way.env, o, &c)
	return c
}

func (e *examination) newCase(v visit) evidence.Case {
	as := cmp.Or(e.as, v.Mode)
	return evidence.Case{
		Now: e.sys.Now(), Target: v.Target, Here: e.way.here,
		Asked: evidence.Asked{As: as, Expect: maps.Clone(v.expect), ServerName: e.serverName, AllVersions: e.deep || v.expect["tls>="] != "", Few: e.few},
	}
}

// mailAddress looks at the provider's submission host, where the domain or its
// MX tell the provider, and at the first MX.
func (e *examination) mailAddress(ctx context.Context, v visit, places chan struct{}) []evidence.Case {
	lookup, cancel := context.WithTimeout(ctx, e.timeout)
	l := e.way.env.Resolver.MX(lookup, v.Host)
	cancel()
	known, ok := provider.ByDomain(v.Host)
	for _, mx := range l.MX {
		if !ok {
			known, ok = provider.ByMX(mx.Host)
		}
	}
	var cases []evidence.Case
	if ok && len(known.Hosts) > 0 && known.Hosts[0] != "" {
		if host, err := target.Parse(known.Hosts[0]); err == nil {
			cases = e.ports(ctx, visit{Target: host, expect: v.expect}, places)
		}
	}
	mx := v.Target // the domain itself where it has no MX (RFC 5321 5.1), or one that is no name (RFC 7505)
	mx.Mail = ""
	if len(l.MX) > 0 {
		if first, err := target.Parse(l.MX[0].Host); err == nil {
			mx = first
		}
	}
	mx.Port = 25
	at := e.endpoint(ctx, visit{Target: mx, expect: v.expect}, false, places)
	at.Lookups = append([]evidence.Lookup{l}, at.Lookups...)
	return append(cases, at)
}

// judgeAll turns cases into subjects, and names the one to use.
func judgeAll(cases []evidence.Case) []report.Subject {
	subjects := make([]report.Subject, len(cases))
	for i := range cases {
		subjects[i] = check.Subject(&cases[i])
	}
	i := best(cases, func(i int) bool { return !hasError(subjects[i]) })
	if i < 0 {
		i = best(cases, anyPort)
	}
	if i >= 0 {
		subjects[i].Recommended = true
	}
	return subjects
}

// best is the port to use among those of a run without a port, or -1: what the
// provider recommends, else implicit TLS before STARTTLS (RFC 8314 3), on the
// registered ports before their siblings; of those that fit.
func best(cases []evidence.Case, fits func(int) bool) int {
	rank := []uint16{465, 587, 2465, 2587, 2525, 25}
	at, place := -1, len(rank)+1
	for i, c := range cases {
		if !c.Asked.NoPort || !works(&cases[i]) || !fits(i) {
			continue
		}
		if c.Target.Port == 25 && len(facts.Mechanisms(facts.Of(&cases[i]).LastExt())) == 0 {
			continue // takes mail for its own domains, not submissions
		}
		p := slices.Index(rank, c.Target.Port)
		if known, ok := provider.ByHost(c.Target.Host); ok && known.Best().Port == c.Target.Port {
			p = -1
		}
		if p < place {
			at, place = i, p
		}
	}
	return at
}

// anyPort fits every port.
func anyPort(int) bool { return true }

// hasError reports whether something keeps mail from arriving here, or is not as it
// was asked for.
func hasError(s report.Subject) bool {
	return slices.ContainsFunc(s.Findings, func(f report.Finding) bool { return f.Severity == report.Error })
}

// works reports whether the main session shows that a client set to the
// endpoint's own mode can use it.
func works(c *evidence.Case) bool {
	f := facts.Of(c)
	return f.Main.Port != 0 && facts.Try(f.Main, f.Mode, c.Now).Works
}
