package probe

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/miekg/dns"

	"github.com/maildoctor/maildoctor/internal/evidence"
)

// DNS is the resolver of the machine, or one that asks a given server. The
// zero value knows no server: every name times out.
type DNS struct {
	Hosts   []HostsLine // of the hosts file; empty when a server was given by flag
	Servers []netip.AddrPort
	Search  []string
	NDots   int
	Dial    func(ctx context.Context, network, address string) (net.Conn, error)
}

// The bounds of asking: tries for each server, and the wait for each try.
const (
	dnsTries = 2
	dnsWait  = 2500 * time.Millisecond
	maxChain = 10 // CNAMEs followed
)

// Addresses implements Resolver.
func (d *DNS) Addresses(ctx context.Context, name string) evidence.Lookup {
	l := evidence.Lookup{Name: name, Kind: "address", Source: "hosts"}
	if addrs := d.hosts(name); len(addrs) > 0 {
		l.Addrs = addrs
		return l
	}
	l.Source = "dns"
	for _, fqdn := range d.candidates(name) {
		l.Chain, l.Faults, l.Addrs = nil, nil, nil
		if d.both(ctx, fqdn, &l); len(l.Addrs) > 0 || !missing(l.Faults) {
			break
		}
	}
	return l
}

// missing reports whether the name is simply not there, so that the next one
// of the search list is worth asking.
func missing(faults []evidence.LookupFault) bool {
	return !slices.ContainsFunc(faults, func(f evidence.LookupFault) bool {
		return f.Fault.Class != evidence.NXDomain && f.Fault.Class != evidence.NoData
	})
}

// both asks for A and AAAA side by side.
func (d *DNS) both(ctx context.Context, fqdn string, l *evidence.Lookup) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	answers := make(chan answer, 2)
	for _, t := range []uint16{dns.TypeAAAA, dns.TypeA} {
		go func() {
			a := answer{qtype: t}
			defer func() {
				a.panicked = recover()
				answers <- a
			}()
			a = d.ask(ctx, fqdn, t)
		}()
	}
	first := <-answers
	stop := time.AfterFunc(laggard, func() { cancel(context.DeadlineExceeded) })
	second := <-answers
	stop.Stop()
	if p := orFirst(first.panicked, second.panicked); p != nil {
		panic(p)
	}
	if first.qtype != dns.TypeAAAA {
		first, second = second, first
	}
	l.Addrs = interleave(first.addrs(), second.addrs())
	for _, a := range []answer{first, second} {
		if len(a.chain) > len(l.Chain) {
			l.Chain = a.chain
		}
		if a.server != "" {
			l.Server = a.server
		}
		if a.fault != nil {
			l.Faults = append(l.Faults, evidence.LookupFault{Type: dns.TypeToString[a.qtype], Fault: *a.fault})
		}
	}
}

// MX implements Resolver.
func (d *DNS) MX(ctx context.Context, domain string) evidence.Lookup {
	l := evidence.Lookup{Name: domain, Kind: "mx", Source: "dns"}
	a := d.ask(ctx, dns.Fqdn(domain), dns.TypeMX)
	l.Server = a.server
	if a.fault != nil {
		l.Faults = []evidence.LookupFault{{Type: "MX", Fault: *a.fault}}
	}
	for _, rr := range a.records {
		if mx, ok := rr.(*dns.MX); ok {
			l.MX = append(l.MX, evidence.MX{Host: strings.ToLower(strings.TrimSuffix(mx.Mx, ".")), Pref: mx.Preference})
		}
	}
	slices.SortStableFunc(l.MX, func(a, b evidence.MX) int { return int(a.Pref) - int(b.Pref) })
	return l
}

// answer is what one query came to, CNAMEs followed.
type answer struct {
	qtype   uint16
	server  string
	chain   []string
	records []dns.RR
	fault   *evidence.Fault

	panicked any // passed on, so that a bug is reported as one
}

func (a answer) addrs() []evidence.Addr {
	var out []evidence.Addr
	for _, rr := range a.records {
		switch r := rr.(type) {
		case *dns.A:
			if ip, ok := netip.AddrFromSlice(r.A.To4()); ok {
				out = append(out, evidence.Addr{IP: ip.String(), Family: "ipv4"})
			}
		case *dns.AAAA:
			if ip, ok := netip.AddrFromSlice(r.AAAA); ok {
				out = append(out, evidence.Addr{IP: ip.String(), Family: "ipv6"})
			}
		}
	}
	return out
}

// ask queries the servers in turn and follows CNAMEs that a server left open.
func (d *DNS) ask(ctx context.Context, fqdn string, qtype uint16) answer {
	a, began := answer{qtype: qtype}, time.Now()
	fqdn = strings.ToLower(fqdn)
	for range maxChain {
		reply, server, err := d.exchange(ctx, fqdn, qtype)
		a.server = server
		if err != nil {
			a.fault = dnsFault(ctx, err, time.Since(began))
			return a
		}
		next := a.take(reply, fqdn)
		if len(a.records) > 0 || next == fqdn {
			if len(a.records) == 0 {
				a.fault = rcodeFault(reply.Rcode)
			}
			return a
		}
		if slices.Contains(a.chain[:len(a.chain)-1], strings.TrimSuffix(next, ".")) {
			break
		}
		fqdn = next
	}
	a.fault = &evidence.Fault{Class: evidence.ServFail, Text: "the CNAME records lead in a circle"}
	return a
}

// take collects the records and the CNAME chain of a reply, and returns the
// name at the end of the chain.
func (a *answer) take(reply *dns.Msg, fqdn string) string {
	name := strings.ToLower(fqdn)
	for range maxChain {
		moved := false
		for _, rr := range reply.Answer {
			if c, ok := rr.(*dns.CNAME); ok && strings.EqualFold(c.Hdr.Name, name) && !strings.EqualFold(c.Target, name) {
				name, moved = strings.ToLower(c.Target), true
				a.chain = append(a.chain, strings.TrimSuffix(name, "."))
				break
			}
		}
		if !moved {
			break
		}
	}
	for _, rr := range reply.Answer {
		if rr.Header().Rrtype == a.qtype {
			a.records = append(a.records, rr)
		}
	}
	return name
}

// exchange asks each server, some of them again. SERVFAIL and REFUSED make it
// go on to the next server; the last such answer stands.
func (d *DNS) exchange(ctx context.Context, fqdn string, qtype uint16) (*dns.Msg, string, error) {
	var bad *dns.Msg
	var from string
	err := errors.New("no DNS server is known on this machine")
	for range dnsTries {
		for _, s := range d.Servers {
			var reply *dns.Msg
			from = s.String()
			reply, err = d.query(ctx, s, fqdn, qtype)
			switch {
			case err == nil && (reply.Rcode == dns.RcodeSuccess || reply.Rcode == dns.RcodeNameError):
				return reply, from, nil
			case err == nil:
				bad = reply
			case ctx.Err() != nil:
				return nil, from, err
			}
		}
		if bad != nil {
			return bad, from, nil
		}
	}
	return nil, from, err
}

// query asks by UDP, and by TCP when the answer was cut (RFC 7766 5).
func (d *DNS) query(ctx context.Context, server netip.AddrPort, fqdn string, qtype uint16) (*dns.Msg, error) {
	m := new(dns.Msg).SetQuestion(fqdn, qtype)
	m.SetEdns0(1232, false)
	reply, err := d.over(ctx, "udp", server, m)
	if err == nil && reply.Truncated {
		return d.over(ctx, "tcp", server, m)
	}
	return reply, err
}

func (d *DNS) over(ctx context.Context, network string, server netip.AddrPort, m *dns.Msg) (*dns.Msg, error) {
	ctx, cancel := context.WithTimeout(ctx, dnsWait)
	defer cancel()
	conn, err := d.Dial(ctx, network, server.String())
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	stop := context.AfterFunc(ctx, func() { _ = conn.SetDeadline(time.Unix(1, 0)) })
	defer stop()
	client := dns.Client{Net: network, Timeout: dnsWait, UDPSize: 1232}
	reply, _, err := client.ExchangeWithConnContext(ctx, m, &dns.Conn{Conn: conn})
	return reply, err
}

func rcodeFault(rcode int) *evidence.Fault {
	switch rcode {
	case dns.RcodeNameError:
		return &evidence.Fault{Class: evidence.NXDomain, Text: "NXDOMAIN"}
	case dns.RcodeSuccess:
		return &evidence.Fault{Class: evidence.NoData, Text: "no record of this type"}
	}
	return &evidence.Fault{Class: evidence.ServFail, Text: dns.RcodeToString[rcode]}
}

// dnsFault is why there was no answer after so long. A run that ends before a
// server had its time says nothing of the server.
func dnsFault(ctx context.Context, err error, waited time.Duration) *evidence.Fault {
	f := faultOf(err)
	switch {
	case errors.Is(context.Cause(ctx), context.Canceled), starved(err), over(ctx) && waited < dnsWait:
		f.Class = evidence.Cancelled
	case f.Class == evidence.Timeout, f.Class == evidence.Cancelled:
		f.Class, f.Text = evidence.DNSTimeout, "no answer from the DNS server"
	default:
		f.Class, f.Text = evidence.DNSTimeout, "the DNS server cannot be asked: "+f.Text
	}
	return f
}

// candidates are the names to ask in turn, as the resolver of the machine does
// (resolv.conf(5): search, ndots).
func (d *DNS) candidates(name string) []string {
	out := []string{dns.Fqdn(name)}
	for _, s := range d.Search {
		out = append(out, dns.Fqdn(name+"."+s))
	}
	if strings.Count(name, ".") < max(d.NDots, 1) && len(out) > 1 {
		return append(out[1:], out[0])
	}
	return out
}
