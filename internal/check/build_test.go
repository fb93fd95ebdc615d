package check

import (
	"strings"
	"time"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/target"
)

// The functions here write evidence as the probe would: the cases under
// testdata/cases are made with them (go test -update).

var now = time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)

const rtt = 20 * time.Millisecond

// talk builds one session step by step; each step takes a round trip.
type talk struct {
	s  evidence.Session
	at time.Duration
}

func dial(role evidence.Role, port uint16, opens evidence.Opens) *talk {
	t := &talk{s: evidence.Session{Role: role, Why: why(role, opens), Host: "mail.example.org", Port: port, Peer: "192.0.2.25", Family: "ipv4", Opens: opens}}
	return t.step(evidence.StepConnect, "", nil, nil)
}

// refusedDial is a session whose connection did not come about.
func refusedDial(role evidence.Role, port uint16, class evidence.Class, text string) *talk {
	t := &talk{s: evidence.Session{Role: role, Why: why(role, evidence.Undecided), Host: "mail.example.org", Port: port, Peer: "192.0.2.25", Family: "ipv4", Opens: evidence.Undecided}}
	return t.fault(evidence.StepConnect, "", class, text)
}

func why(role evidence.Role, opens evidence.Opens) string {
	switch role {
	case evidence.Clear:
		return "is mail taken without TLS?"
	case evidence.Ceiling:
		return "TLS 1.1 at most"
	case evidence.Hello:
		return "a smaller ClientHello"
	case evidence.Remedy:
		return "tries a remedy"
	case evidence.Poke:
		return "speaks to a silent port"
	}
	if opens == evidence.SpeaksTLS {
		return "opens with TLS"
	}
	return "waits for the greeting"
}

func (t *talk) step(name evidence.StepName, sent string, r *evidence.Reply, f *evidence.Fault) *talk {
	took := rtt
	if f != nil && f.Class == evidence.Timeout {
		took = 10 * time.Second
	}
	t.s.Steps = append(t.s.Steps, evidence.Step{Name: name, Sent: sent, Reply: r, Fault: f, At: t.at, Took: took})
	t.at += took
	return t
}

func (t *talk) fault(name evidence.StepName, sent string, class evidence.Class, text string) *talk {
	return t.step(name, sent, nil, &evidence.Fault{Class: class, Text: text})
}

func (t *talk) alert(name evidence.StepName, n int, text string) *talk {
	return t.step(name, "ClientHello", nil, &evidence.Fault{Class: evidence.TLSAlert, Text: text, Alert: n})
}

// reply makes a reply of "250-A\n250 B" texts: code, then one line each.
func reply(code int, lines ...string) *evidence.Reply {
	r := &evidence.Reply{Code: code, Lines: lines}
	if len(lines) > 0 {
		if first, _, ok := strings.Cut(lines[0], " "); ok && strings.Count(first, ".") == 2 && first[0] >= '2' && first[0] <= '5' {
			r.Enhanced = first
		}
	}
	return r
}

func (t *talk) greeted(code int, lines ...string) *talk {
	name := evidence.StepGreeting
	if t.s.Opens == evidence.SpeaksTLS {
		name = evidence.StepGreetingTLS
	}
	t.s.Greeting = reply(code, lines...)
	return t.step(name, "", t.s.Greeting, nil)
}

func (t *talk) hi() *talk { return t.greeted(220, "mail.example.org ESMTP Postfix") }

func extensions(lines []string) *evidence.Extensions {
	e := &evidence.Extensions{Domain: "mail.example.org", Keywords: []evidence.Keyword{}}
	for _, l := range lines {
		name, params, _ := strings.Cut(l, " ")
		e.Keywords = append(e.Keywords, evidence.Keyword{Name: strings.ToUpper(name), Params: params, Raw: l})
	}
	return e
}

func (t *talk) ehlo(lines ...string) *talk {
	t.s.Ext = extensions(lines)
	return t.step(evidence.StepEHLO, "EHLO client.example.net", reply(250, append([]string{"mail.example.org"}, lines...)...), nil)
}

func (t *talk) ehloTLS(lines ...string) *talk {
	t.s.ExtTLS = extensions(lines)
	t.step(evidence.StepEHLOTLS, "EHLO client.example.net", reply(250, append([]string{"mail.example.org"}, lines...)...), nil)
	return t.step(evidence.StepQuit, "QUIT", nil, nil)
}

func (t *talk) starttls() *talk {
	return t.step(evidence.StepSTARTTLS, "STARTTLS", reply(220, "2.0.0 Ready to start TLS"), nil)
}

func (t *talk) tls(x *evidence.TLS) *talk {
	t.s.TLS = x
	return t.step(evidence.StepTLS, "ClientHello", nil, nil)
}

// secured is a handshake with a certificate that holds.
func secured() *evidence.TLS {
	leaf := evidence.Cert{
		Subject: "CN=mail.example.org", Issuer: "CN=R11,O=Let's Encrypt,C=US", CommonName: "mail.example.org",
		Names: []string{"mail.example.org", "smtp.example.org"}, NotBefore: now.AddDate(0, 0, -20), NotAfter: now.AddDate(0, 0, 70),
		Key: "RSA 2048", KeyBits: 2048, Signature: "SHA256-RSA", ServerAuth: true, IssuerURL: "http://r11.i.lencr.org/",
		Fingerprint: strings.Repeat("a1", 32),
	}
	intermediate := evidence.Cert{
		Subject: leaf.Issuer, Issuer: "CN=ISRG Root X1,O=Internet Security Research Group,C=US", Names: []string{},
		NotBefore: now.AddDate(-2, 0, 0), NotAfter: now.AddDate(1, 0, 0), Key: "RSA 2048", KeyBits: 2048, Signature: "SHA256-RSA", CA: true,
		Fingerprint: strings.Repeat("b2", 32),
	}
	root := evidence.Cert{
		Subject: intermediate.Issuer, Issuer: intermediate.Issuer, Names: []string{}, NotBefore: now.AddDate(-11, 0, 0), NotAfter: now.AddDate(9, 0, 0),
		Key: "RSA 4096", KeyBits: 4096, Signature: "SHA256-RSA", CA: true, SelfIssued: true, Fingerprint: strings.Repeat("c3", 32),
	}
	return &evidence.TLS{
		ServerName: "mail.example.org", Version: "1.3", Cipher: "TLS_AES_128_GCM_SHA256", Group: "X25519MLKEM768",
		Chain:    []evidence.Cert{leaf, intermediate},
		Verified: evidence.Verified{Chain: evidence.ChainOK, Path: []evidence.Cert{leaf, intermediate, root}, Name: true},
	}
}

// with changes a handshake.
func with(change func(*evidence.TLS)) *evidence.TLS {
	x := secured()
	change(x)
	return x
}

// leaf changes the certificate of the server, as sent and in the path.
func leaf(change func(*evidence.Cert)) *evidence.TLS {
	return with(func(x *evidence.TLS) {
		change(&x.Chain[0])
		x.Verified.Path[0] = x.Chain[0]
	})
}

// untrusted is a handshake whose chain leads to no known root.
func untrusted(chain string, change func(*evidence.TLS)) *evidence.TLS {
	return with(func(x *evidence.TLS) {
		x.Verified.Chain, x.Verified.Path = chain, nil
		change(x)
	})
}

// endpointCase is a case about one port of a host: the name is
// looked up in DNS and has one address.
func endpointCase(port uint16, talks ...*talk) *evidence.Case {
	c := &evidence.Case{
		Now:    now,
		Target: target.Target{Host: "mail.example.org", Port: port, Typed: target.Join("mail.example.org", port)},
		Here:   evidence.Here{OS: "linux/amd64", Resolver: "192.0.2.53", Roots: "system", RootsCount: 140, HasIPv4: true, HasIPv6: true},
		Lookups: []evidence.Lookup{{
			Name: "mail.example.org", Kind: "address", Source: "dns", Server: "192.0.2.53",
			Addrs: []evidence.Addr{{IP: "192.0.2.25", Family: "ipv4"}}, Took: 4 * time.Millisecond,
		}},
	}
	for i, t := range talks {
		t.s.ID = i + 1
		c.Sessions = append(c.Sessions, t.s)
		if t.s.Role == evidence.Main {
			c.Elapsed = max(c.Elapsed, t.at)
		}
	}
	return c
}

// host gives a case another host name, certificate and all.
func host(c *evidence.Case, name string) *evidence.Case {
	c.Target.Host, c.Target.Typed = name, target.Join(name, c.Target.Port)
	for i := range c.Lookups {
		c.Lookups[i].Name = name
	}
	for i := range c.Sessions {
		c.Sessions[i].Host = name
		if x := c.Sessions[i].TLS; x != nil {
			x.ServerName = name
		}
	}
	return c
}

func as(m target.Mode, c *evidence.Case) *evidence.Case {
	c.Asked.As = m
	return c
}

// second gives a session the host's second address.
func second(t *talk, ip, family string) *talk {
	t.s.Peer, t.s.Family = ip, family
	return t
}

func twoAddresses(c *evidence.Case, ip, family string) *evidence.Case {
	c.Lookups[0].Addrs = append(c.Lookups[0].Addrs, evidence.Addr{IP: ip, Family: family})
	return c
}

var (
	before = []string{"PIPELINING", "SIZE 10240000", "STARTTLS", "ENHANCEDSTATUSCODES", "8BITMIME"}
	after  = []string{"PIPELINING", "SIZE 10240000", "AUTH PLAIN LOGIN", "ENHANCEDSTATUSCODES", "8BITMIME"}
)

// main587 is a STARTTLS session that goes well with the given handshake.
func main587(x *evidence.TLS) *talk {
	t := dial(evidence.Main, 587, evidence.Listens).hi().ehlo(before...).starttls().tls(x).ehloTLS(after...)
	t.s.ModeKnown = 3 * rtt
	return t
}

// main465 is an implicit TLS session that goes well.
func main465(x *evidence.TLS) *talk {
	t := dial(evidence.Main, 465, evidence.SpeaksTLS).tls(x).hi().ehloTLS(after...)
	t.s.ModeKnown = 2 * rtt
	return t
}

// enforced is the clear-text session of a server that requires STARTTLS.
func enforced() *talk {
	return dial(evidence.Clear, 587, evidence.Listens).hi().ehlo(before...).
		step(evidence.StepMail, "MAIL FROM:<>", reply(530, "5.7.0 Must issue a STARTTLS command first"), nil)
}

// optional is that of a server that does not.
func optional() *talk {
	return dial(evidence.Clear, 587, evidence.Listens).hi().ehlo(before...).
		step(evidence.StepMail, "MAIL FROM:<>", reply(250, "2.1.0 Ok"), nil).step(evidence.StepReset, "RSET", reply(250, "2.0.0 Ok"), nil)
}

// oldRefused is a handshake with a ceiling that the server does not take.
func oldRefused() *talk {
	t := dial(evidence.Ceiling, 587, evidence.Listens).hi().ehlo(before...).starttls().alert(evidence.StepTLS, 70, "protocol_version (70)")
	t.s.Ceiling = "1.1"
	return t
}

// healthy587 is port 587 as it should be.
func healthy587() *evidence.Case {
	return endpointCase(587, main587(secured()), enforced(), oldRefused())
}

// healthy465 is port 465 as it should be.
func healthy465() *evidence.Case { return endpointCase(465, main465(secured())) }

// plain is a server without TLS.
func plain(port uint16, keywords ...string) *evidence.Case {
	return endpointCase(port, dial(evidence.Main, port, evidence.Listens).hi().ehlo(keywords...))
}

// drawn is the session of a client that opens with TLS and draws the greeting.
func drawn(port uint16) *talk {
	t := dial(evidence.Opening, port, evidence.SpeaksTLS)
	t.s.First = &evidence.Bytes{Protocol: "smtp", Under: "clear", Text: `"220 mail.example.org ESMTP Postfix\r\n"`, InReply: "ClientHello"}
	return t.fault(evidence.StepTLS, "ClientHello", evidence.NotTLS, "tls: first record does not look like a TLS handshake")
}

// foreignBytes is a session that met another protocol.
func foreignBytes(port uint16, protocol, text, inReply string) *talk {
	t := dial(evidence.Main, port, evidence.Listens)
	t.s.First = &evidence.Bytes{Protocol: protocol, Under: "clear", Text: text, InReply: inReply}
	return t.fault(evidence.StepGreeting, "", evidence.Protocol, "not an SMTP greeting")
}

// silent is a session that waited in vain.
func silent(role evidence.Role, port uint16) *talk {
	return dial(role, port, evidence.Listens).fault(evidence.StepGreeting, "", evidence.Timeout, "no answer in time")
}

func lookupFault(c *evidence.Case, faults ...evidence.LookupFault) *evidence.Case {
	c.Lookups[0].Faults = faults
	c.Sessions, c.Lookups[0].Addrs = nil, nil
	return c
}

func dnsFault(kind string, class evidence.Class, text string) evidence.LookupFault {
	return evidence.LookupFault{Type: kind, Fault: evidence.Fault{Class: class, Text: text}}
}
