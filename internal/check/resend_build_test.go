package check

import (
	"slices"
	"time"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/target"
)

// The functions here write what Resend answers, and what DNS has for its domains,
// as those who ask would.

// An adjust changes the case of a key that is in order.
type adjust = func(*evidence.Case)

const (
	dkimValue = "p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC3vWl8"
	classicMX = "feedback-smtp.us-east-1.amazonses.com"
	amazonSPF = "v=spf1 include:amazonses.com ~all"
	relaySPF  = "v=spf1 ip4:52.3.252.119 ip4:44.222.39.36 ~all"
)

// asked is the case of a key with full access whose domain is in order.
func resendAsked(changes ...adjust) func() *evidence.Case {
	return func() *evidence.Case {
		c := &evidence.Case{
			Now: now, Here: evidence.Here{OS: "linux/amd64", Resolver: "192.0.2.53"}, Elapsed: 300 * time.Millisecond,
			Resend: &evidence.Resend{
				Key: evidence.ResendKey{From: "RESEND_API_KEY", Prefix: "re_AbCdEfGh"}, Base: apiBase, From: "Shop <noreply@example.org>",
				Calls: []evidence.Call{
					listCall(evidence.CallDomains, "/domains?limit=100"), listCall(evidence.CallKeys, "/api-keys"),
					{Name: evidence.CallDomain, Method: "GET", Path: "/domains/d1", About: "example.org", Status: 200, Type: "application/json", Object: "domain", Took: 80 * time.Millisecond},
				},
				Domains: []evidence.ResendDomain{verified("example.org")},
				Keys: []evidence.ResendListed{
					{Name: "app", CreatedAt: now.AddDate(0, 0, -10), LastUsed: now.AddDate(0, 0, -1)}, {Name: "old", CreatedAt: now.AddDate(-1, 0, 0)},
				},
				SMTPOff: "not asked for",
			},
		}
		dns(classic("example.org")...)(c)
		for _, change := range changes {
			change(c)
		}
		return c
	}
}

func listCall(name, path string) evidence.Call {
	return evidence.Call{Name: name, Method: "GET", Path: path, Status: 200, Type: "application/json", Object: "list", Took: 90 * time.Millisecond,
		Header: map[string]string{"ratelimit-limit": "10", "ratelimit-remaining": "9", "ratelimit-reset": "1", "x-resend-monthly-quota": "120", "cf-ray": "9a1b-FRA"}}
}

// verified is a domain of the classic shape.
func verified(name string) evidence.ResendDomain {
	return evidence.ResendDomain{ID: "d1", Name: name, Status: "verified", Region: "us-east-1", Sending: "enabled", Records: []evidence.ResendRecord{
		{For: "SPF", Type: "MX", Name: "send", Value: classicMX, Priority: 10, Status: "verified"},
		{For: "SPF", Type: "TXT", Name: "send", Value: amazonSPF, Status: "verified"},
		{For: "DKIM", Type: "TXT", Name: "resend._domainkey", Value: dkimValue, Status: "verified"},
	}}
}

// relayed is the newer shape: two CNAMEs for the return path.
func relayed(name string) evidence.ResendDomain {
	d := verified(name)
	d.Records = []evidence.ResendRecord{
		{For: "SPF", Type: "CNAME", Name: "send", Value: "send.forge.rmta.net", Status: "verified"},
		{For: "SPF", Type: "CNAME", Name: "rsend", Value: "rsend.forge.rmta.net", Status: "verified"},
		d.Records[2],
	}
	return d
}

// hybrid is the classic shape with a CNAME beside it.
func hybrid(name string) evidence.ResendDomain {
	d := verified(name)
	d.Records = append(d.Records, evidence.ResendRecord{For: "SPF", Type: "CNAME", Name: "rsend", Value: "send.forge.rmta.net", Status: "verified"})
	return d
}

// answering leaves one answer to GET /domains, and nothing that a list told.
func answering(status int, name, message string) adjust {
	return calling(evidence.Call{Name: evidence.CallDomains, Method: "GET", Path: "/domains?limit=100", Status: status, Type: "application/json", Error: name, Message: message, Took: 70 * time.Millisecond})
}

func calling(calls ...evidence.Call) adjust {
	return func(c *evidence.Case) {
		c.Resend.Calls, c.Resend.Domains, c.Resend.Keys = slices.Clone(calls), nil, nil
	}
}

// restrictedTo is the answer to a key that may only send.
var restrictedTo = answering(401, "restricted_api_key", "This API key is restricted to only send emails")

func shape(shapes ...string) adjust {
	return func(c *evidence.Case) { c.Resend.Key.Shape = shapes }
}

func from(address string) adjust { return func(c *evidence.Case) { c.Resend.From = address } }

func having(domains ...evidence.ResendDomain) adjust {
	return func(c *evidence.Case) {
		c.Resend.Domains = slices.Clone(domains)
		for i := range c.Resend.Domains {
			c.Resend.Domains[i].Records = slices.Clone(domains[i].Records)
		}
	}
}

// state is the classic domain in another state.
func state(status string) adjust {
	return func(c *evidence.Case) { c.Resend.Domains[0].Status = status }
}

// sending adds the answer to a message.
func sending(status int, name, message string) adjust {
	return func(c *evidence.Case) {
		call := evidence.Call{Name: evidence.CallSend, Method: "POST", Path: "/emails", Status: status, Type: "application/json", Error: name, Message: message, Took: 110 * time.Millisecond}
		if name == "" {
			call.Created, c.Resend.SentTo = "49a3999c-0ce1-4ea6-ab68-afcd6dc2e794", []string{"delivered@resend.dev"}
		}
		c.Resend.Calls = append(c.Resend.Calls, call)
	}
}

// onlyKey leaves one key in the list.
func onlyKey(age, idle int) adjust {
	return func(c *evidence.Case) {
		k := evidence.ResendListed{Name: "app", CreatedAt: now.AddDate(0, 0, -age)}
		if idle >= 0 {
			k.LastUsed = now.AddDate(0, 0, -idle)
		}
		c.Resend.Keys = []evidence.ResendListed{k}
	}
}

// dns puts look-ups in place of those of the same name and kind.
func dns(all ...evidence.Lookup) adjust {
	return func(c *evidence.Case) {
		for _, l := range all {
			c.Lookups = slices.DeleteFunc(c.Lookups, func(x evidence.Lookup) bool { return x.Kind == l.Kind && x.Name == l.Name })
			c.Lookups = append(c.Lookups, l)
		}
	}
}

func noDNS(c *evidence.Case) { c.Lookups = nil }

func lookup(kind, name string) evidence.Lookup {
	return evidence.Lookup{Kind: kind, Name: name, Source: "dns", Server: "192.0.2.53", Took: 5 * time.Millisecond}
}

func dnsTXT(name string, texts ...string) evidence.Lookup {
	l := lookup("txt", name)
	l.TXT = texts
	return l
}

func dnsMX(name string, hosts ...string) evidence.Lookup {
	l := lookup("mx", name)
	for _, h := range hosts {
		l.MX = append(l.MX, evidence.MX{Host: h, Pref: 10})
	}
	return l
}

func dnsAddr(name string, ips ...string) evidence.Lookup {
	l := lookup("address", name)
	for _, ip := range ips {
		l.Addrs = append(l.Addrs, evidence.Addr{IP: ip, Family: "ipv4"})
	}
	return l
}

// dnsCNAME is a name that leads to a server of Resend's, asked for all that it may
// hold.
func dnsCNAME(name, to string) []evidence.Lookup {
	c, t, m := lookup("cname", name), dnsTXT(name, relaySPF), dnsMX(name, "inbound.forge.rmta.net")
	c.Chain, t.Chain, m.Chain = []string{to}, []string{to}, []string{to}
	return []evidence.Lookup{c, t, m}
}

// dnsNone is a name without records of these kinds.
func dnsNone(name string, kinds ...string) []evidence.Lookup {
	return faultyDNS(evidence.NXDomain, name, kinds...)
}

func faultyDNS(class evidence.Class, name string, kinds ...string) []evidence.Lookup {
	var out []evidence.Lookup
	for _, kind := range kinds {
		l := lookup(kind, name)
		l.Faults = []evidence.LookupFault{{Fault: evidence.Fault{Class: class, Text: string(class)}}}
		out = append(out, l)
	}
	return out
}

// classic is the DNS of a domain of the classic shape, as it should be.
func classic(domain string) []evidence.Lookup {
	send := "send." + domain
	return slices.Concat([]evidence.Lookup{dnsMX(send, classicMX), dnsTXT(send, amazonSPF), dnsTXT("resend._domainkey."+domain, dkimValue), dnsTXT("_dmarc."+domain, "v=DMARC1; p=none;")},
		dnsNone(send, "cname"), dnsNone("rsend."+domain, "cname", "txt", "mx", "address"))
}

// relays is that of the newer shape.
func relays(domain string) []evidence.Lookup {
	return slices.Concat(dnsCNAME("send."+domain, "send.forge.rmta.net"), dnsCNAME("rsend."+domain, "rsend.forge.rmta.net"),
		[]evidence.Lookup{dnsTXT("resend._domainkey."+domain, dkimValue), dnsTXT("_dmarc."+domain, "v=DMARC1; p=none;")})
}

// bare is a domain without a record of Resend.
func bare(domain string) []evidence.Lookup {
	return slices.Concat(dnsNone("send."+domain, "cname", "mx", "txt", "address"), dnsNone("rsend."+domain, "cname", "mx", "txt", "address"),
		dnsNone("resend._domainkey."+domain, "txt"), dnsNone("_dmarc."+domain, "txt"))
}

// smtpAt is a port of Resend's server.
func smtpAt(port uint16, talks ...*talk) evidence.Case {
	c := host(endpointCase(port, talks...), "smtp.resend.com")
	for i := range c.Sessions {
		c.Sessions[i].Port = port
	}
	return *c
}

func openSMTP(port uint16) evidence.Case {
	if port == 465 || port == 2465 {
		return smtpAt(port, main465(secured()))
	}
	return smtpAt(port, main587(secured()))
}

func shutSMTP(port uint16, class evidence.Class) evidence.Case {
	return smtpAt(port, refusedDial(evidence.Main, port, class, string(class)))
}

// smtp are the ports that were looked at.
func smtp(cases ...evidence.Case) adjust {
	return func(c *evidence.Case) { c.Resend.SMTP, c.Resend.SMTPOff = slices.Clone(cases), "" }
}

// loggingIn is a login at port 465 and what came of it.
func keyLogin(result string, code int, text string) adjust {
	x := openSMTP(465)
	x.Target = target.Target{Host: "smtp.resend.com", Port: 465}
	x.Sessions[0].Logins = []evidence.Attempt{{Mechanism: "PLAIN", Result: result, Reply: reply(code, text)}}
	return smtp(x)
}
