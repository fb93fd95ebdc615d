package check

import (
	"fmt"
	"strings"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/facts"
	"github.com/maildoctor/maildoctor/internal/report"
)

// protocol are the checks for servers that speak something other than SMTP.
var protocol = []Check{
	{
		ID:       "wrong-protocol-http",
		Title:    "A web server answers on this port",
		Severity: report.Error,
		Seen:     "The answer was HTTP.",
		Why:      "A web server takes no mail. Host or port lead to a web site, its proxy, or a load balancer.",
		Fix: []string{
			"Set the mail server's name, not the web site's: mail.example.org or what the provider names",
			"Set port 587 with STARTTLS or 465 with implicit TLS",
			"If the name runs through a web proxy such as Cloudflare, use a name that does not",
		},
		Tell:     "wrong-protocol-imap-pop is a server for reading mail; wrong-protocol-other any other service.",
		Refs:     []string{"RFC 9112 2.1"},
		Needs:    answered,
		Find:     func(f *facts.Facts) []report.Finding { return speaks(f, "http") },
		Settings: setOtherService("HTTP"),
	},
	{
		ID:       "wrong-protocol-imap-pop",
		Title:    "An IMAP or POP3 server answers on this port",
		Severity: report.Error,
		Seen:     "The greeting was that of a server for reading mail (* OK or +OK).",
		Why:      "IMAP and POP3 fetch mail; sending needs the SMTP server, which has another port and often another name.",
		Fix: []string{
			"Set the outgoing (SMTP) server, often smtp.example.org in place of imap. or pop.",
			"Set port 587 with STARTTLS or 465 with implicit TLS, not 143, 993, 110 or 995",
		},
		Tell:     "The greeting decides: SMTP begins with 220, IMAP with * OK, POP3 with +OK.",
		Refs:     []string{"RFC 9051 7.1.1", "RFC 1939 4"},
		Needs:    answered,
		Find:     func(f *facts.Facts) []report.Finding { return speaks(f, "imap", "pop3") },
		Settings: setOtherService("IMAP", "POP3"),
	},
	{
		ID:       "wrong-protocol-other",
		Title:    "Another service answers on this port",
		Severity: report.Error,
		Seen:     "The first bytes were not SMTP: SSH, FTP, LMTP, a database, or nothing known.",
		Why:      "Host or port lead to a service that takes no mail from applications.",
		Fix: []string{
			"Compare host and port with the provider's documentation",
			"Set port 587 with STARTTLS or 465 with implicit TLS",
		},
		Tell:     "wrong-protocol-http and wrong-protocol-imap-pop are the two most frequent ones.",
		Refs:     []string{"RFC 5321 4.2", "RFC 2033 4.1"},
		Needs:    answered,
		Find:     otherService,
		Settings: setOtherService("ManageSieve"),
	},
	{
		ID:       "proxy-protocol-expected",
		Title:    "The server waits for the PROXY protocol",
		Severity: report.Error,
		Seen:     "The server stayed silent, and greeted once a PROXY protocol header was sent.",
		Why:      "It is set up to stand behind a load balancer that sends the client's address first. A mail client does not, and both wait.",
		Fix: []string{
			"Connect to the load balancer in front of this server",
			"Or switch the header off for this port (Postfix: smtpd_upstream_proxy_protocol empty; HAProxy side: send-proxy)",
		},
		Tell:  "greeting-timeout stays silent to the header as well.",
		Refs:  []string{"https://www.haproxy.org/download/3.0/doc/proxy-protocol.txt"},
		Needs: poked,
		Find:  wantsProxy,
	},
}

// poked: a silent port was sent a PROXY protocol header, and the attempt came
// to an end.
func poked(f *facts.Facts) string {
	if why := connected(f); why != "" {
		return why
	}
	for _, s := range f.With(evidence.Poke) {
		st := facts.Step(s, evidence.StepPoke)
		if st != nil && strings.HasPrefix(st.Sent, "PROXY") && (st.Fault == nil || st.Fault.Class != evidence.Cancelled) {
			return ""
		}
	}
	return "no PROXY protocol header was sent"
}

func wantsProxy(f *facts.Facts) []report.Finding {
	s := proxyPoke(f)
	if s == nil || f.Main.Greeting != nil && f.Main.Greeting.Code < 400 {
		return nil
	}
	out := report.Finding{
		Summary: f.Case.Target.Name() + " greets only after a PROXY protocol header",
		Detail:  "To a plain client the port is silent. It belongs behind a load balancer.",
		Try:     elsewhere(f),
	}
	st := facts.ProxyHeader(s)
	switch {
	case s.Greeting != nil:
		out.Evidence = []report.Quote{replied(s, "answer to "+st.Sent, s.Greeting)}
	case st.Reply != nil:
		out.Evidence = []report.Quote{replied(s, "answer to "+st.Sent, st.Reply)}
	case s.First != nil:
		out.Evidence = []report.Quote{first(s)}
	}
	return one(out)
}

// protocolNames are the contract's names for people.
var protocolNames = map[string]string{
	"lmtp": "LMTP", "imap": "IMAP", "pop3": "POP3", "sieve": "ManageSieve", "nntp": "NNTP", "http": "HTTP",
	"ftp": "FTP", "ssh": "SSH", "telnet": "Telnet", "mysql": "MySQL", "redis": "Redis", "rdp": "Remote Desktop",
	"irc": "IRC", "qmqp": "QMQP", "echo": "the echo protocol",
}

// protocolHints say what a service is for, where its name does not.
var protocolHints = map[string]string{
	"lmtp":  "LMTP hands mail to mailboxes of this site; applications need the SMTP port of the same server.",
	"ftp":   "FTP greets with 220 as SMTP does, which misleads clients until their first command.",
	"echo":  "It sends back what it gets, as test services do.",
	"sieve": "ManageSieve stores mail filters.",
	"nntp":  "NNTP serves news groups.",
	"qmqp":  "QMQP queues mail between servers of one site.",
}

// speaks finds a server that speaks one of the protocols.
func speaks(f *facts.Facts, names ...string) []report.Finding {
	for _, name := range names {
		if f.Protocol == name {
			return one(wrongProtocol(f))
		}
	}
	return nil
}

func wrongProtocol(f *facts.Facts) report.Finding {
	what := protocolName(f.Protocol)
	s := speaking(f)
	under := ""
	if s.First != nil && s.First.Under == "tls" {
		under = " under TLS"
	}
	out := report.Finding{
		Severity: closedPort(f),
		Summary:  fmt.Sprintf("%s speaks %s%s, not SMTP", f.Case.Target.Name(), what, under),
		Detail:   "No mail can be handed in here. " + protocolHints[f.Protocol],
		Try:      elsewhere(f),
	}
	out.Detail = strings.TrimSpace(out.Detail)
	if s.First != nil {
		out.Evidence = append(out.Evidence, first(s))
	}
	out.Evidence = append(out.Evidence, greetingQuote(s)...)
	return out
}

// speaking is the session that showed the protocol.
func speaking(f *facts.Facts) *evidence.Session {
	if f.Main.First != nil {
		return f.Main
	}
	for _, s := range f.Sessions {
		if s.First != nil && (s.First.Protocol == f.Protocol || f.Protocol == "unknown") {
			return s
		}
	}
	return f.Main
}

func otherService(f *facts.Facts) []report.Finding {
	switch f.Protocol {
	case "smtp", "http", "imap", "pop3", "":
		return nil
	case "unknown":
		return unknownBytes(f)
	}
	return one(wrongProtocol(f))
}

func unknownBytes(f *facts.Facts) []report.Finding {
	s := speaking(f)
	if s.First == nil || begun(s.First) {
		return nil
	}
	return one(report.Finding{
		Severity:   closedPort(f),
		Confidence: 0.9,
		Summary:    f.Case.Target.Name() + " sends bytes that are not SMTP",
		Detail:     "An SMTP server begins with 220. What came belongs to no protocol that maildoctor knows.",
		Evidence:   []report.Quote{first(s)},
		Try:        elsewhere(f),
	})
}
