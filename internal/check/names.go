package check

import (
	"fmt"
	"strings"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/facts"
	"github.com/maildoctor/maildoctor/internal/report"
)

// names are the checks of name resolution.
var names = []Check{
	{
		ID:       "dns-no-such-host",
		Title:    "The host name does not exist or has no address",
		Severity: report.Error,
		Seen:     "DNS answered that the name does not exist (NXDOMAIN), or that it has no A and no AAAA record, or the text in the host field is not a name at all.",
		Why:      "Without an address there is nothing to connect to. Every attempt fails at once, before any port or encryption setting matters.",
		Fix: []string{
			"Compare the host name letter by letter with the provider's documentation",
			"Leave only the name in the host field: no scheme, port, path, blank or mail address",
			"In Docker or Kubernetes, use the service name and put both containers on one network",
		},
		Tell:  "dns-timeout is a resolver that does not answer; here it answered that there is no such name.",
		Refs:  []string{"RFC 1035 4.1.1", "RFC 2308 2"},
		Needs: lookedUp,
		Find:  noSuchHost,
	},
	{
		ID:       "dns-timeout",
		Title:    "The name could not be resolved: DNS does not answer",
		Severity: report.Error,
		Seen:     "The DNS server reported a failure (SERVFAIL, REFUSED) or gave no answer in time.",
		Why:      "The name may be right, but applications on this machine cannot find its address. When only the IPv6 question fails, applications that ask both wait for it each time.",
		Fix: []string{
			"Look at the name servers in /etc/resolv.conf of the machine or container that sends",
			"Ask another resolver: maildoctor probe --dns 9.9.9.9 HOST:PORT",
			"If every resolver fails, the zone of the name is broken: tell its owner",
		},
		Tell:  "dns-no-such-host is an answer: the name does not exist. Here no usable answer came.",
		Refs:  []string{"RFC 1035 4.1.1", "RFC 2308 7"},
		Needs: lookedUp,
		Find:  noDNSAnswer,
	},
}

// missing are the fault classes that say there is no such address.
func missing(c evidence.Class) bool {
	return c == evidence.NXDomain || c == evidence.NoData || c == evidence.BadName
}

func noSuchHost(f *facts.Facts) []report.Finding {
	faults, ok := lookupFaults(f)
	if !ok || len(faults) == 0 {
		return nil
	}
	for _, lf := range faults {
		if !missing(lf.Fault.Class) {
			return nil
		}
	}
	out := report.Finding{Evidence: faultQuotes(f, faults)}
	host := f.Case.Target.Host
	switch faults[0].Fault.Class {
	case evidence.NXDomain:
		out.Summary = fmt.Sprintf("The host name %s does not exist", host)
		out.Detail = "DNS answered NXDOMAIN: there is no such name. " + hostHint(f)
	case evidence.BadName:
		out.Summary = fmt.Sprintf("%s is not a host name", f.Case.Target.Typed)
		out.Detail = "DNS cannot hold this text as a name. " + hostHint(f)
	default:
		out.Summary = fmt.Sprintf("The host name %s has no address", host)
		out.Detail = "The name exists, but it has neither an A nor an AAAA record. " + hostHint(f)
	}
	out.Detail = strings.TrimSpace(out.Detail)
	return one(out)
}

// hostHint looks for what people leave in a host field.
func hostHint(f *facts.Facts) string {
	typed := f.Case.Target.Typed
	switch {
	case strings.ContainsAny(strings.TrimSpace(typed), " \t"):
		return "There is a blank in it."
	case strings.Contains(typed, "://"):
		return "The scheme does not belong into the host field of most applications."
	case strings.Contains(typed, "@"):
		return "It is the domain of a mail address; the server that takes mail from applications usually has another name, such as smtp." + f.Case.Target.Host + "."
	case !strings.Contains(f.Case.Target.Host, "."):
		return "A name without a dot is known only inside its own network, such as a Docker network."
	}
	return ""
}

func noDNSAnswer(f *facts.Facts) []report.Finding {
	faults, without := lookupFaults(f)
	var failed []evidence.LookupFault
	for _, lf := range faults {
		if !missing(lf.Fault.Class) && lf.Fault.Class != evidence.Cancelled {
			failed = append(failed, lf)
		}
	}
	if len(failed) == 0 {
		return nil
	}
	out := report.Finding{Evidence: faultQuotes(f, failed)}
	if without {
		out.Summary = fmt.Sprintf("DNS gave no address for %s: %s", f.Case.Target.Host, dnsWords(failed[0].Fault.Class))
		out.Detail = "The resolver failed, so it is not known whether the name exists. Applications on this machine meet the same."
		return one(out)
	}
	out.Severity = report.Warning
	out.Summary = fmt.Sprintf("One of two DNS questions about %s fails: %s", f.Case.Target.Host, dnsWords(failed[0].Fault.Class))
	out.Detail = "An address was found, but the question for " + failed[0].Type + " records got no usable answer. Applications that ask for both wait for it before they connect."
	return one(out)
}

func dnsWords(c evidence.Class) string {
	switch c {
	case evidence.ServFail:
		return "the DNS server reports a failure"
	case evidence.DNSTimeout, evidence.Timeout:
		return "no DNS server answers"
	}
	return "the look-up failed"
}

// lookupFaults lists the faults of the address look-ups, and whether no
// address came of them.
func lookupFaults(f *facts.Facts) (faults []evidence.LookupFault, without bool) {
	without = true
	for _, l := range f.Case.Lookups {
		if l.Kind != "address" || l.Skipped != "" {
			continue
		}
		faults = append(faults, l.Faults...)
		without = without && len(l.Addrs) == 0
	}
	return faults, without
}

func faultQuotes(f *facts.Facts, faults []evidence.LookupFault) []report.Quote {
	server := ""
	for _, l := range f.Case.Lookups {
		if l.Server != "" {
			server = " at " + l.Server
		}
	}
	var out []report.Quote
	for _, lf := range faults {
		what := "look-up"
		if lf.Type != "" {
			what = lf.Type + " look-up"
		}
		text := lf.Fault.Text
		if text == "" {
			text = string(lf.Fault.Class)
		}
		out = append(out, report.Quote{From: what + server, Text: clip(text)})
	}
	return out
}
