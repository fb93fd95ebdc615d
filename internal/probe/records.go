package probe

import (
	"context"
	"slices"
	"strings"

	"github.com/miekg/dns"

	"github.com/maildoctor/maildoctor/internal/evidence"
)

// recordTypes are the kinds that Records takes.
var recordTypes = map[string]uint16{"mx": dns.TypeMX, "txt": dns.TypeTXT, "cname": dns.TypeCNAME}

// Records implements Resolver.
func (d *DNS) Records(ctx context.Context, name, kind string) evidence.Lookup {
	if kind == "mx" {
		return d.MX(ctx, name)
	}
	l := evidence.Lookup{Name: name, Kind: kind, Source: "dns"}
	a := d.ask(ctx, dns.Fqdn(name), recordTypes[kind])
	l.Server, l.Chain = a.server, a.chain
	if a.fault != nil {
		l.Faults = []evidence.LookupFault{{Type: strings.ToUpper(kind), Fault: *a.fault}}
	}
	for _, rr := range a.records {
		switch r := rr.(type) {
		case *dns.TXT:
			l.TXT = append(l.TXT, strings.Join(r.Txt, ""))
		case *dns.CNAME:
			l.Chain = append(l.Chain, strings.ToLower(strings.TrimSuffix(r.Target, ".")))
		}
	}
	l.Chain = slices.Compact(l.Chain)
	return l
}

// Records implements Resolver. The system's resolver follows CNAMEs and shows
// the end of the chain alone.
func (s System) Records(ctx context.Context, name, kind string) evidence.Lookup {
	if kind == "mx" {
		return s.MX(ctx, name)
	}
	l := evidence.Lookup{Name: name, Kind: kind, Source: "dns", Server: "system"}
	var err error
	switch kind {
	case "txt":
		l.TXT, err = s.Resolver.LookupTXT(ctx, name)
	case "cname":
		var end string
		end, err = s.Resolver.LookupCNAME(ctx, name)
		if end = strings.ToLower(strings.TrimSuffix(end, ".")); err == nil && end != name {
			l.Chain = []string{end}
		}
	}
	if err != nil {
		l.Faults = []evidence.LookupFault{{Type: strings.ToUpper(kind), Fault: systemFault(err)}}
	}
	return l
}
