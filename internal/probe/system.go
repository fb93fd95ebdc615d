package probe

import (
	"context"
	"errors"
	"net"
	"strings"

	"github.com/maildoctor/maildoctor/internal/evidence"
)

// System asks the resolver of the operating system, where its settings are not
// in a resolv.conf (Windows, macOS). It tells less: no CNAME chain, one fault
// for both query types.
type System struct{ Resolver *net.Resolver }

// Addresses implements Resolver.
func (s System) Addresses(ctx context.Context, name string) evidence.Lookup {
	l := evidence.Lookup{Name: name, Kind: "address", Source: "dns", Server: "system"}
	ips, err := s.Resolver.LookupNetIP(ctx, "ip", name)
	if err != nil {
		l.Faults = []evidence.LookupFault{{Fault: systemFault(err)}}
		return l
	}
	var v6, v4 []evidence.Addr
	for _, ip := range ips {
		ip = ip.Unmap()
		a := evidence.Addr{IP: ip.String(), Family: family(ip)}
		if ip.Is4() {
			v4 = append(v4, a)
		} else {
			v6 = append(v6, a)
		}
	}
	l.Addrs = interleave(v6, v4)
	return l
}

// MX implements Resolver.
func (s System) MX(ctx context.Context, domain string) evidence.Lookup {
	l := evidence.Lookup{Name: domain, Kind: "mx", Source: "dns", Server: "system"}
	all, err := s.Resolver.LookupMX(ctx, domain)
	if err != nil {
		l.Faults = []evidence.LookupFault{{Type: "MX", Fault: systemFault(err)}}
	}
	for _, mx := range all {
		l.MX = append(l.MX, evidence.MX{Host: strings.ToLower(strings.TrimSuffix(mx.Host, ".")), Pref: mx.Pref})
	}
	return l
}

func systemFault(err error) evidence.Fault {
	var d *net.DNSError
	switch {
	case errors.As(err, &d) && d.IsNotFound:
		return evidence.Fault{Class: evidence.NXDomain, Text: "no such host"}
	case errors.As(err, &d) && d.IsTimeout:
		return evidence.Fault{Class: evidence.DNSTimeout, Text: "no answer from the DNS server"}
	}
	return evidence.Fault{Class: evidence.ServFail, Text: err.Error()}
}
