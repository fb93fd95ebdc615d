package check

import (
	"fmt"
	"slices"
	"strings"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/facts"
	"github.com/maildoctor/maildoctor/internal/report"
	"github.com/maildoctor/maildoctor/internal/target"
)

// connection are the checks of the way to the server, up to the TCP connection.
var connection = []Check{
	{
		ID:       "connection-refused",
		Title:    "The connection is refused: nothing listens on this port",
		Severity: report.Error,
		Seen:     "The machine answered the connection attempt with a TCP reset or ICMP port unreachable.",
		Why:      "The host is there, but no service takes connections on this port, or a firewall rejects them. No mail gets in.",
		Fix: []string{
			"Compare host and port with the provider's documentation",
			"If the server is yours: start it, let it listen on this address and port, and publish the port of its container",
		},
		Tell:  "connect-timeout-blocked-port is no answer at all, usually a firewall that drops. A refusal comes at once.",
		Refs:  []string{"RFC 9293 3.5.3"},
		Needs: dialled,
		Find:  refused,
	},
	{
		ID:       "connect-timeout-blocked-port",
		Title:    "No answer to the connection attempt: the port is filtered",
		Severity: report.Error,
		Seen:     "The connection attempt (TCP SYN) got no answer until the time limit.",
		Why:      "Most often the hosting company of the sending machine blocks outgoing mail ports, above all 25, and sometimes 465 and 587. Applications wait a minute or more, then give up.",
		Fix: []string{
			"Use a port that your host does not block: 587, 2525 or 2587 with STARTTLS, 465 or 2465 with implicit TLS",
			"Or ask the host to open outgoing mail ports",
			"Or send through the provider's HTTP API, which uses port 443",
		},
		Tell:  "greeting-timeout is silence after the connection came about; here not even that happened. connection-refused answers at once.",
		Refs:  []string{"RFC 9293 3.8.3", "RFC 5321 4.5.3.2"},
		Needs: dialled,
		Find:  filtered,
	},
	{
		ID:       "network-unreachable",
		Title:    "There is no way to the server's network",
		Severity: report.Error,
		Seen:     "This machine or a router on the way reported that the network or host cannot be reached.",
		Why:      "The connection fails at once, whatever port or encryption is set.",
		Fix: []string{
			"Look at the routes of the machine or container that sends (ip route get ADDRESS)",
			"In Docker, take the network's internal: true away, or add a network with a way out",
			"Look for a firewall that rejects outgoing connections",
		},
		Tell:  "ipv6-unreachable is the same for IPv6 alone; connect-timeout-blocked-port gets no answer at all.",
		Refs:  []string{"RFC 792", "RFC 4443 3.1"},
		Needs: dialled,
		Find:  unreachable,
	},
	{
		ID:       "ipv6-unreachable",
		Title:    "The server's IPv6 address cannot be used",
		Severity: report.Warning,
		Seen:     "The name has IPv6 addresses, and connections to them fail.",
		Why:      "Applications that try IPv6 first wait for it to fail, fail themselves, or show only its error, although IPv4 works.",
		Fix: []string{
			"Repair IPv6 on the sending machine, or switch it off there",
			"Or make the application prefer IPv4, where it has such a setting",
			"If the server is yours: let it listen on IPv6, or take its AAAA record out of DNS",
		},
		Tell:  "network-unreachable concerns IPv4 or both families.",
		Refs:  []string{"RFC 8305", "RFC 6724"},
		Needs: dialled,
		Find:  func(f *facts.Facts) []report.Finding { return brokenFamily(f, "ipv6", "IPv6", "IPv4") },
	},
	{
		ID:       "ipv4-unreachable",
		Title:    "The server's IPv4 address cannot be used",
		Severity: report.Warning,
		Seen:     "IPv6 works, and connections to the IPv4 address of the same name fail.",
		Why:      "Machines without IPv6, which includes most containers, cannot send through this host.",
		Fix: []string{
			"If the server is yours: let it listen on IPv4, or correct its A record",
			"Otherwise try from another network to see which side drops the connection",
		},
		Tell:  "connection-refused and connect-timeout-blocked-port stand for a host that cannot be reached at all.",
		Refs:  []string{"RFC 8305"},
		Needs: dialled,
		Find:  func(f *facts.Facts) []report.Finding { return brokenFamily(f, "ipv4", "IPv4", "IPv6") },
	},
	{
		ID:       "addresses-differ",
		Title:    "The addresses of the host behave differently",
		Severity: report.Warning,
		Seen:     "The name has several addresses, and they differ in whether they answer, in the TLS mode or in the certificate.",
		Why:      "Which address a client gets is chance. Mail goes out sometimes and fails at other times.",
		Fix: []string{
			"If the servers are yours: bring all of them to the same configuration, or take the odd one out of DNS",
			"Otherwise tell the provider which address differs",
		},
		Tell:  "ipv6-unreachable and ipv4-unreachable are a whole family that fails.",
		Refs:  []string{"RFC 5321 5.1"},
		Needs: severalAddresses,
		Find:  different,
	},
	{
		ID:       "local-permission-denied",
		Title:    "This machine does not allow the connection",
		Severity: report.Error,
		Seen:     "The operating system refused to start the connection (EPERM or EACCES).",
		Why:      "A policy on this machine forbids it; the server was never asked.",
		Fix: []string{
			"Look for local rules on outgoing connections: SELinux (setsebool -P httpd_can_network_connect on), AppArmor, nftables, a sandbox",
			"Run maildoctor as the user that the application runs as to see the same rules",
		},
		Tell:  "connection-refused is the answer of the other machine; this one comes from here.",
		Refs:  []string{"connect(2)"},
		Needs: dialled,
		Find:  denied,
	},
	{
		ID:       "proxy-connect-failed",
		Title:    "The SOCKS proxy did not connect",
		Severity: report.Error,
		Seen:     "The proxy named by --proxy could not be reached, refused, or reported that it cannot reach the server.",
		Why:      "Nothing was learned of the mail server itself.",
		Fix:      []string{"Look at address and access rules of the proxy, then try again", "Try without --proxy where a direct way exists"},
		Tell:     "Without a proxy in use this cannot occur.",
		Refs:     []string{"RFC 1928 6"},
		Needs: func(f *facts.Facts) string {
			if f.Case.Here.Proxy == "" {
				return "no proxy was in use"
			}
			return dialled(f)
		},
		Find: proxyFailed,
	},
}

// closedPort is the severity of a port that does not answer: one among many
// is worth knowing in a run without a port, the one asked for is an error.
func closedPort(f *facts.Facts) report.Severity {
	if f.Case.Asked.NoPort {
		return report.Note
	}
	return report.Error
}

func refused(f *facts.Facts) []report.Finding {
	if f.Reach != facts.Refused {
		return nil
	}
	name := f.Case.Target.Name()
	out := report.Finding{
		Severity: closedPort(f),
		Summary:  fmt.Sprintf("%s refuses connections: nothing listens there", name),
		Detail:   "The machine answers, but not on this port: the service is down, listens elsewhere, or a firewall rejects the connection.",
		Evidence: connectQuotes(f),
		Try:      elsewhere(f),
	}
	if loopback(f) {
		out.Detail += " The address is this machine itself. In a container that is the container, not its host."
		out.Fix = append(triedFirst(out.Try),
			"Set the mail host in the application; localhost is often the default of settings that were not loaded",
			"In a container, use the service name of the mail container, or host.docker.internal for the host",
			"Start the mail server on this machine, if it is meant to be here",
		)
	}
	return one(out)
}

func loopback(f *facts.Facts) bool {
	return f.IP == "::1" || strings.HasPrefix(f.IP, "127.")
}

func filtered(f *facts.Facts) []report.Finding {
	if f.Reach != facts.Filtered {
		return nil
	}
	out := report.Finding{
		Severity: closedPort(f),
		Summary:  fmt.Sprintf("No answer from %s: the port is filtered", f.Case.Target.Name()),
		Detail:   "The connection attempt was dropped on the way or at the server. " + blockers(f),
		Evidence: connectQuotes(f),
		Try:      elsewhere(f),
	}
	out.Detail = strings.TrimSpace(out.Detail)
	out.Fix = append(triedFirst(out.Try), otherPorts(f, out.Try)...)
	return one(out)
}

// otherPorts is the advice for a filtered port: those of the usual ports that
// were not seen to fail.
func otherPorts(f *facts.Facts, tried []report.Trial) []string {
	var ports []string
	for _, port := range []uint16{587, 2525, 2587, 465, 2465} {
		m := target.ModeByPort(port)
		failed := slices.ContainsFunc(tried, func(t report.Trial) bool { return t.Port == port && t.Result == report.Fails })
		if port != f.Case.Target.Port && !failed {
			ports = append(ports, fmt.Sprintf("%d (%s)", port, modeWords(m)))
		}
	}
	fix := []string{"Ask the host of this machine to open outgoing mail ports", "Or send through the provider's HTTP API, which uses port 443"}
	if len(ports) == 0 {
		return fix
	}
	return append([]string{"Try a port that the host of this machine does not block: " + list(ports)}, fix...)
}

func unreachable(f *facts.Facts) []report.Finding {
	st, s := connectFault(f, evidence.Unreachable, evidence.Other)
	if f.Reach != facts.Unreachable || st == nil || onlyFamily(f, "ipv6") {
		return nil
	}
	return one(report.Finding{
		Severity: closedPort(f),
		Summary:  fmt.Sprintf("There is no way from here to %s", f.Case.Target.Name()),
		Detail:   fmt.Sprintf("The connection to %s failed at once: %s.", s.Peer, strings.TrimSuffix(st.Fault.Text, ".")),
		Evidence: connectQuotes(f),
		Try:      elsewhere(f),
	})
}

func onlyFamily(f *facts.Facts, family string) bool {
	return len(f.Addresses) > 0 && !slices.ContainsFunc(f.Addresses, func(a facts.Address) bool { return a.Family != family })
}

func denied(f *facts.Facts) []report.Finding {
	st, _ := connectFault(f, evidence.Denied)
	if f.Reach != facts.Unreachable || st == nil {
		return nil
	}
	return one(report.Finding{
		Summary:  "This machine does not allow the connection to " + f.Case.Target.Name(),
		Detail:   "The operating system refused before a packet was sent. The server was not asked.",
		Evidence: connectQuotes(f),
	})
}

func proxyFailed(f *facts.Facts) []report.Finding {
	for i := range f.Case.Sessions {
		s := &f.Case.Sessions[i]
		for _, name := range []evidence.StepName{evidence.StepConnect, evidence.StepProxy} {
			st := facts.Step(s, name)
			if st != nil && st.Fault != nil && st.Fault.Class == evidence.Proxy && f.Reach == facts.Unreachable {
				return one(report.Finding{
					Summary:  "The SOCKS proxy did not connect to " + f.Case.Target.Name(),
					Detail:   "The proxy " + f.Case.Here.Proxy + " stands between; the mail server was not reached.",
					Evidence: []report.Quote{faulted(s, st)},
				})
			}
		}
	}
	return nil
}

// connectFault finds a connection attempt at the speaking address that failed
// with one of the classes.
func connectFault(f *facts.Facts, classes ...evidence.Class) (*evidence.Step, *evidence.Session) {
	for _, s := range f.Sessions {
		st := facts.Step(s, evidence.StepConnect)
		if st != nil && st.Fault != nil && slices.Contains(classes, st.Fault.Class) {
			return st, s
		}
	}
	return nil, nil
}

// connectQuotes quotes the first failed attempt of every address.
func connectQuotes(f *facts.Facts) []report.Quote {
	var out []report.Quote
	for _, a := range f.Addresses {
		for _, s := range a.Sessions {
			st := facts.Step(s, evidence.StepConnect)
			if st != nil && st.Fault != nil && st.Fault.Class != evidence.Cancelled {
				out = append(out, faulted(s, st))
				break
			}
		}
	}
	return out
}

// brokenFamily compares the families of a name. A family fails as a whole, or
// it is not broken; addresses-differ has the mixed case.
func brokenFamily(f *facts.Facts, family, name, other string) []report.Finding {
	tried, open, elsewhere := 0, 0, 0
	var bad []string
	reach := facts.NotTried
	for _, a := range f.Addresses {
		switch {
		case a.Reach == facts.NotTried:
		case a.Family != family:
			if a.Reach == facts.Open {
				elsewhere++
			}
		default:
			tried++
			if a.Reach == facts.Open {
				open++
				continue
			}
			bad = append(bad, a.IP)
			reach = a.Reach
		}
	}
	if tried == 0 || open > 0 {
		return nil
	}
	if elsewhere > 0 {
		return one(halfReached(f, name, other, bad, reach))
	}
	if family == "ipv6" && f.Reach == facts.Unreachable && onlyFamily(f, "ipv6") {
		if st, _ := connectFault(f, evidence.Unreachable, evidence.Other); st != nil {
			return one(report.Finding{
				Severity: closedPort(f),
				Summary:  "There is no IPv6 way from here to " + f.Case.Target.Name(),
				Detail:   "The name has IPv6 addresses only, and this machine cannot reach them.",
				Evidence: connectQuotes(f),
			})
		}
	}
	return nil
}

func halfReached(f *facts.Facts, name, other string, bad []string, reach facts.Reach) report.Finding {
	out := report.Finding{
		Summary:  fmt.Sprintf("%s does not work (%s), %s does", name, reach, other),
		Detail:   fmt.Sprintf("%s: %s. Applications that take this address first wait for it or fail on it.", list(bad), reachWords(reach)),
		Evidence: connectQuotes(f),
	}
	if name == "IPv6" && !f.Case.Here.HasIPv6 && reach == facts.Unreachable {
		// Without an IPv6 route the attempt fails at once and costs nothing.
		out.Severity = report.Note
		out.Summary = "This machine has no IPv6; the server's IPv6 address was not reached"
		out.Detail = "That is no fault of the server. An application that shows only the last error may show the one of IPv6."
	}
	return out
}

func reachWords(r facts.Reach) string {
	switch r {
	case facts.Refused:
		return "the connection is refused"
	case facts.Filtered:
		return "no answer to the connection attempt"
	case facts.Unreachable:
		return "the network cannot be reached"
	case facts.Silent:
		return "accepts the connection and stays silent"
	case facts.Closed:
		return "accepts the connection and closes it"
	case facts.Reset:
		return "accepts the connection and resets it"
	case facts.Open:
		return "answers"
	case facts.Unresolved:
		return "the name has no address"
	}
	return "not tried to the end"
}

// severalAddresses: at least two addresses were tried to an end.
func severalAddresses(f *facts.Facts) string {
	n := 0
	for _, a := range f.Addresses {
		if a.Reach != facts.NotTried {
			n++
		}
	}
	if n < 2 {
		return "fewer than two addresses were tried"
	}
	return ""
}

func different(f *facts.Facts) []report.Finding {
	if f.Reach != facts.Open {
		return nil
	}
	var how []string
	var quotes []report.Quote
	for _, a := range f.Addresses {
		if a.IP == f.IP {
			continue
		}
		if d := difference(f, a); d != "" {
			how = append(how, d)
			quotes = append(quotes, addressQuote(a)...)
		}
	}
	if len(how) == 0 {
		return nil
	}
	return one(report.Finding{
		Summary:  fmt.Sprintf("The addresses of %s behave differently", f.Case.Target.Host),
		Detail:   fmt.Sprintf("%s is judged in this report. ", f.IP) + strings.Join(how, " "),
		Evidence: quotes,
	})
}

// difference says in a sentence how an address differs from the one that
// speaks; "" when it does not, or when its whole family fails.
func difference(f *facts.Facts, a facts.Address) string {
	switch {
	case a.Reach == facts.NotTried:
		return ""
	case a.Reach != facts.Open && a.Family == f.Family:
		return fmt.Sprintf("%s: %s.", a.IP, reachWords(a.Reach))
	case a.Reach != facts.Open:
		return ""
	case known(a.Mode) && known(f.Mode) && a.Mode != f.Mode:
		return fmt.Sprintf("%s speaks %s, not %s.", a.IP, modeWords(a.Mode), modeWords(f.Mode))
	case a.Certificate.Judged() && f.Certificate.Judged() && a.Certificate.Status != f.Certificate.Status:
		return fmt.Sprintf("%s: certificate %s, not %s.", a.IP, a.Certificate.Status, f.Certificate.Status)
	case len(a.With(evidence.Main)) > 0 && a.Protocol != f.Protocol && a.Protocol != "" && f.Protocol != "":
		return fmt.Sprintf("%s speaks %s, not %s.", a.IP, a.Protocol, f.Protocol)
	case a.Main.Greeting != nil && f.Main.Greeting != nil && a.Main.Greeting.Code/100 != f.Main.Greeting.Code/100:
		return fmt.Sprintf("%s greets with %d.", a.IP, a.Main.Greeting.Code)
	}
	return ""
}

func known(m target.Mode) bool { return m != target.Unknown && m != target.NoMode }

func addressQuote(a facts.Address) []report.Quote {
	if st := facts.Broken(a.Main); st != nil {
		return []report.Quote{faulted(a.Main, st)}
	}
	return greetingQuote(a.Main)
}
