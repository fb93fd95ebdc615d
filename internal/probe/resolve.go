package probe

import (
	"context"
	"net/netip"
	"slices"
	"time"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/target"
)

// Resolver turns names into addresses, as evidence. Real ones are made by
// NewResolver; tests have their own.
type Resolver interface {
	// Addresses looks up A and AAAA, hosts file first.
	Addresses(ctx context.Context, name string) evidence.Lookup
	// MX looks up mail exchangers, the best first.
	MX(ctx context.Context, domain string) evidence.Lookup
	// Records looks up the records of a kind: "mx", "txt" or "cname". A name is
	// taken as it is, without the search list and the hosts file.
	Records(ctx context.Context, name, kind string) evidence.Lookup
}

// resolve finds the addresses of the host and writes the look-up down. A name
// in --connect-to and an address are not looked up.
func (r *run) resolve(ctx context.Context) []netip.Addr {
	l := r.lookup(ctx)
	r.update(func() {
		r.c.Lookups = append(r.c.Lookups, l)
		r.starved = r.starved || ctx.Err() == nil && !over(ctx) && slices.ContainsFunc(l.Faults, func(f evidence.LookupFault) bool { return f.Fault.Class == evidence.Cancelled })
	})
	var out []netip.Addr
	for _, a := range l.Addrs {
		ip, err := netip.ParseAddr(a.IP)
		if err == nil && (r.o.Family == "" || a.Family == r.o.Family) && !slices.Contains(out, ip) {
			out = append(out, ip)
		}
	}
	return out
}

func (r *run) lookup(ctx context.Context) evidence.Lookup {
	host := r.c.Target.Host
	if m, ok := mapping(r.o.Mappings, host, r.c.Target.Port); ok {
		return given(host, "connect-to", m.Addr)
	}
	if ip, err := netip.ParseAddr(host); err == nil {
		return given(host, "literal", ip)
	}
	begin := r.since()
	l := r.env.Resolver.Addresses(ctx, host)
	l.At, l.Took = begin, r.since()-begin
	return l
}

// mapping finds the --connect-to for host and port; one for another port of
// the host gives its address, too.
func mapping(all []target.Mapping, host string, port uint16) (target.Mapping, bool) {
	var near *target.Mapping
	for i, m := range all {
		exact, same := m.Applies(host, port)
		if exact {
			return m, true
		}
		if same && near == nil {
			near = &all[i]
		}
	}
	if near == nil {
		return target.Mapping{}, false
	}
	return *near, true
}

func given(name, source string, ip netip.Addr) evidence.Lookup {
	ip = ip.Unmap()
	return evidence.Lookup{Name: name, Kind: "address", Source: source, Addrs: []evidence.Addr{{IP: ip.String(), Family: family(ip)}}}
}

// interleave orders addresses as they are tried: the families in turn, IPv6
// first as RFC 8305 4 prefers it.
func interleave(v6, v4 []evidence.Addr) []evidence.Addr {
	out := []evidence.Addr{}
	for i := range max(len(v6), len(v4)) {
		if i < len(v6) {
			out = append(out, v6[i])
		}
		if i < len(v4) {
			out = append(out, v4[i])
		}
	}
	return out
}

// laggard is how long the second query type may take after the first was
// answered; applications wait for both, and so a laggard is a finding.
const laggard = 2 * time.Second
