package check

import (
	"slices"
	"time"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/target"
)

// sample is one file under testdata/cases.
type sample struct {
	id   string // of the check
	name string // "found-..." or "passed-..."
	make func() *evidence.Case
}

// Cases that several samples share.
var (
	refused587 = func() *evidence.Case {
		return endpointCase(587, refusedDial(evidence.Main, 587, evidence.Refused, "connection refused"))
	}
	filtered587 = func() *evidence.Case {
		return endpointCase(587,
			refusedDial(evidence.Main, 587, evidence.Timeout, "no answer in time"),
			remedy(2525, target.STARTTLS),
			wants(target.Implicit, refusedDial(evidence.Remedy, 465, evidence.Timeout, "no answer in time")))
	}
	silent587 = func() *evidence.Case {
		return endpointCase(587, silent(evidence.Main, 587), dial(evidence.Opening, 587, evidence.SpeaksTLS).fault(evidence.StepTLS, "ClientHello", evidence.Timeout, "no answer in time"))
	}
	mission = func() *evidence.Case {
		return as(target.Implicit, host(endpointCase(587, main587(secured()), drawn(587), enforced(), oldRefused(), remedy(465, target.Implicit)), "smtp-relay.brevo.com"))
	}
)

// remedy is a session that tried another port and got through.
func remedy(port uint16, m target.Mode) *talk {
	var t *talk
	if m == target.Implicit {
		t = dial(evidence.Remedy, port, evidence.SpeaksTLS).tls(secured()).hi().ehloTLS(after...)
	} else {
		t = dial(evidence.Remedy, port, evidence.Listens).hi().ehlo(before...).starttls().tls(secured()).ehloTLS(after...)
	}
	t.s.Wants = m
	return t
}

func wants(m target.Mode, t *talk) *talk {
	t.s.Wants = m
	return t
}

func claimed(m target.Mode) func() *evidence.Case {
	return func() *evidence.Case { return as(m, healthy587()) }
}

func onTLS(x func() *evidence.TLS) func() *evidence.Case {
	return func() *evidence.Case { return endpointCase(587, main587(x()), enforced(), oldRefused()) }
}

func greets(code int, text ...string) func() *evidence.Case {
	return func() *evidence.Case {
		return endpointCase(25, dial(evidence.Main, 25, evidence.Listens).greeted(code, text...))
	}
}

func speaksOther(port uint16, protocol, text, inReply string) func() *evidence.Case {
	return func() *evidence.Case { return endpointCase(port, foreignBytes(port, protocol, text, inReply)) }
}

func quirky(quirks ...string) func() *evidence.Case {
	return func() *evidence.Case {
		c := healthy587()
		c.Sessions[0].Greeting.Quirks = quirks
		c.Sessions[0].Steps[1].Reply = c.Sessions[0].Greeting
		return c
	}
}

func slowBy(d time.Duration) func() *evidence.Case {
	return func() *evidence.Case {
		c := healthy587()
		c.Sessions[0].Steps[1].Took = d
		return c
	}
}

func noPort(siblings ...evidence.Sibling) func() *evidence.Case {
	return func() *evidence.Case {
		c := refused587()
		c.Asked.NoPort, c.Siblings = true, siblings
		return c
	}
}

func offering(lines ...string) func() *evidence.Case {
	return func() *evidence.Case {
		return endpointCase(587, dial(evidence.Main, 587, evidence.Listens).hi().ehlo(before...).starttls().tls(secured()).ehloTLS(lines...))
	}
}

// smallHello is a server that takes only a smaller ClientHello.
func smallHello() *evidence.Case {
	t := dial(evidence.Hello, 465, evidence.SpeaksTLS).tls(with(func(x *evidence.TLS) { x.Group = "X25519" }))
	return endpointCase(465, dial(evidence.Main, 465, evidence.SpeaksTLS).fault(evidence.StepTLS, "ClientHello", evidence.Reset, "connection reset by peer"), t)
}

// samples are all cases but those of texts.
func samples() []sample {
	return slices.Concat(liveSamples(), loginSamples(), settingsSamples(), resendSamples())
}

// liveSamples are the cases of what a probe sees.
func liveSamples() []sample {
	healthy := healthy587
	dualStack := func(t *talk) func() *evidence.Case {
		return func() *evidence.Case {
			return twoAddresses(endpointCase(587, main587(secured()), t), t.s.Peer, t.s.Family)
		}
	}
	return []sample{
		{"dns-no-such-host", "found-nxdomain", func() *evidence.Case {
			return lookupFault(healthy(), dnsFault("A", evidence.NXDomain, "no such host"), dnsFault("AAAA", evidence.NXDomain, "no such host"))
		}},
		{"dns-no-such-host", "found-no-address", func() *evidence.Case {
			return lookupFault(healthy(), dnsFault("A", evidence.NoData, "no A record"), dnsFault("AAAA", evidence.NoData, "no AAAA record"))
		}},
		{"dns-no-such-host", "passed-resolved", healthy},
		{"dns-timeout", "found-servfail", func() *evidence.Case {
			return lookupFault(healthy(), dnsFault("A", evidence.ServFail, "SERVFAIL"), dnsFault("AAAA", evidence.ServFail, "SERVFAIL"))
		}},
		{"dns-timeout", "found-aaaa-unanswered", func() *evidence.Case {
			c := healthy()
			c.Lookups[0].Faults = []evidence.LookupFault{dnsFault("AAAA", evidence.DNSTimeout, "no answer from 192.0.2.53 in time")}
			return c
		}},
		{"dns-timeout", "passed-no-ipv6", func() *evidence.Case {
			c := healthy()
			c.Lookups[0].Faults = []evidence.LookupFault{dnsFault("AAAA", evidence.NoData, "no AAAA record")}
			return c
		}},

		{"connection-refused", "found-587", refused587},
		{"connection-refused", "found-localhost", func() *evidence.Case {
			c := host(refused587(), "localhost")
			c.Lookups[0].Source, c.Lookups[0].Addrs[0].IP, c.Sessions[0].Peer = "hosts", "127.0.0.1", "127.0.0.1"
			return c
		}},
		{"connection-refused", "passed-open", healthy},
		{"connect-timeout-blocked-port", "found-587-but-2525", filtered587},
		{"connect-timeout-blocked-port", "found-at-hoster", func() *evidence.Case {
			c := filtered587()
			c.Here.Hosters = []string{"digitalocean"}
			return c
		}},
		{"connect-timeout-blocked-port", "passed-open", healthy},
		{"network-unreachable", "found-no-route", func() *evidence.Case {
			return endpointCase(587, refusedDial(evidence.Main, 587, evidence.Unreachable, "network is unreachable"))
		}},
		{"network-unreachable", "passed-open", healthy},
		{"ipv6-unreachable", "found-refused", dualStack(second(refusedDial(evidence.Main, 587, evidence.Refused, "connection refused"), "2001:db8::25", "ipv6"))},
		{"ipv6-unreachable", "found-only-family", func() *evidence.Case {
			c := endpointCase(587, second(refusedDial(evidence.Main, 587, evidence.Unreachable, "network is unreachable"), "2001:db8::25", "ipv6"))
			c.Lookups[0].Addrs = []evidence.Addr{{IP: "2001:db8::25", Family: "ipv6"}}
			return c
		}},
		{"ipv6-unreachable", "passed-both", dualStack(second(main587(secured()), "2001:db8::25", "ipv6"))},
		{"ipv4-unreachable", "found-filtered", func() *evidence.Case {
			good := second(main587(secured()), "2001:db8::25", "ipv6")
			return twoAddresses(endpointCase(587, refusedDial(evidence.Main, 587, evidence.Timeout, "no answer in time"), good), "2001:db8::25", "ipv6")
		}},
		{"ipv4-unreachable", "passed-open", healthy},
		{"addresses-differ", "found-one-down", dualStack(second(refusedDial(evidence.Main, 587, evidence.Refused, "connection refused"), "192.0.2.26", "ipv4"))},
		{"addresses-differ", "found-certificates", dualStack(second(main587(leaf(func(c *evidence.Cert) { c.NotAfter = now.AddDate(0, 0, -3) })), "192.0.2.26", "ipv4"))},
		{"addresses-differ", "passed-alike", dualStack(second(main587(secured()), "192.0.2.26", "ipv4"))},
		{"local-permission-denied", "found-selinux", func() *evidence.Case {
			return endpointCase(587, refusedDial(evidence.Main, 587, evidence.Denied, "permission denied"))
		}},
		{"local-permission-denied", "passed-open", healthy},
		{"proxy-connect-failed", "found-refused-by-proxy", func() *evidence.Case {
			c := endpointCase(587, refusedDial(evidence.Main, 587, evidence.Proxy, "SOCKS reply 5: connection refused"))
			c.Here.Proxy = "socks5://192.0.2.80:1080"
			return c
		}},
		{"proxy-connect-failed", "passed-through-proxy", func() *evidence.Case {
			c := healthy()
			c.Here.Proxy = "socks5://192.0.2.80:1080"
			return c
		}},

		{"no-submission-port", "found-all-closed", noPort(evidence.Sibling{Port: 465, Mode: target.Unknown}, evidence.Sibling{Port: 25, Mode: target.Unknown})},
		{"no-submission-port", "passed-465-works", noPort(evidence.Sibling{Port: 465, Mode: target.Implicit, Works: true})},
		{"provider-port-unknown", "found-brevo-8025", func() *evidence.Case { return host(plain(8025, after...), "smtp-relay.brevo.com") }},
		{"provider-port-unknown", "passed-brevo-587", func() *evidence.Case { return host(healthy(), "smtp-relay.brevo.com") }},

		{"connection-closed-before-greeting", "found-closed", func() *evidence.Case {
			return endpointCase(587, dial(evidence.Main, 587, evidence.Listens).fault(evidence.StepGreeting, "", evidence.EOF, "EOF"))
		}},
		{"connection-closed-before-greeting", "found-reset", func() *evidence.Case {
			return endpointCase(587, dial(evidence.Main, 587, evidence.Listens).fault(evidence.StepGreeting, "", evidence.Reset, "connection reset by peer"))
		}},
		{"connection-closed-before-greeting", "found-after-handshake", func() *evidence.Case {
			return endpointCase(465, dial(evidence.Main, 465, evidence.SpeaksTLS).tls(secured()).fault(evidence.StepGreetingTLS, "", evidence.EOF, "EOF"))
		}},
		{"connection-closed-before-greeting", "passed-greeted", healthy},
		{"greeting-timeout", "found-silent", silent587},
		{"greeting-timeout", "found-mute-under-tls", func() *evidence.Case {
			return endpointCase(465, dial(evidence.Main, 465, evidence.SpeaksTLS).tls(secured()).fault(evidence.StepGreetingTLS, "", evidence.Timeout, "no answer in time"))
		}},
		{"greeting-timeout", "found-tarpit", func() *evidence.Case {
			t := dial(evidence.Main, 25, evidence.Listens)
			t.s.First = &evidence.Bytes{Protocol: "unknown", Under: "clear", Text: `"220 tarp"`}
			return endpointCase(25, t.fault(evidence.StepGreeting, "", evidence.Timeout, "no answer in time"))
		}},
		{"greeting-timeout", "passed-greeted", healthy},
		{"greeting-slow", "found-3s", slowBy(3 * time.Second)},
		{"greeting-slow", "found-8s", slowBy(8 * time.Second)},
		{"greeting-slow", "passed-at-once", healthy},
		{"greeting-rejected", "found-554", greets(554, "5.7.1 You are not allowed to connect")},
		{"greeting-rejected", "found-421", greets(421, "4.3.2 System not accepting network messages")},
		{"greeting-rejected", "found-421-late", func() *evidence.Case {
			c := greets(421, "4.3.0 mail.example.org Server local error")()
			c.Sessions[0].Steps[1].Took = 5 * time.Second
			return c
		}},
		{"greeting-rejected", "passed-220", healthy},
		{"ip-reputation-blocked", "found-spamhaus", greets(554, "5.7.1 Service unavailable; Client host [192.0.2.7] blocked using zen.spamhaus.org")},
		{"ip-reputation-blocked", "passed-other-reason", greets(554, "5.7.1 You are not allowed to connect")},
		{"rate-limited", "found-connections", greets(421, "4.7.0 mail.example.org Error: too many connections from 192.0.2.7")},
		{"rate-limited", "passed-220", healthy},
		{"reverse-dns-missing", "found-ptr", greets(554, "5.7.25 The IP address has no PTR record")},
		{"reverse-dns-missing", "passed-220", healthy},
		{"greeting-masked", "found-asterisks", func() *evidence.Case {
			return endpointCase(587, dial(evidence.Main, 587, evidence.Listens).greeted(220, "****************************************").ehlo(before...).starttls().tls(secured()).ehloTLS(after...))
		}},
		{"greeting-masked", "passed-readable", healthy},
		{"greeting-malformed", "found-control", quirky("control")},
		{"greeting-malformed", "found-endless", func() *evidence.Case {
			return endpointCase(25, dial(evidence.Main, 25, evidence.Listens).fault(evidence.StepGreeting, "", evidence.Limit, "the reply is longer than 1 MiB"))
		}},
		{"greeting-malformed", "passed-tidy", healthy},

		{"wrong-protocol-http", "found-587", speaksOther(587, "http", `"HTTP/1.1 400 Bad Request\r\n"`, "ClientHello")},
		{"wrong-protocol-http", "found-https", func() *evidence.Case {
			t := dial(evidence.Poke, 465, evidence.SpeaksTLS).tls(secured())
			t.s.First = &evidence.Bytes{Protocol: "http", Under: "tls", Text: `"HTTP/1.1 400 Bad Request\r\n"`, InReply: "EHLO"}
			mute := dial(evidence.Main, 465, evidence.SpeaksTLS).tls(secured()).fault(evidence.StepGreetingTLS, "", evidence.Timeout, "no answer in time")
			return endpointCase(465, mute, t.step(evidence.StepPoke, "EHLO client.example.net", nil, nil))
		}},
		{"wrong-protocol-http", "passed-smtp", healthy},
		{"wrong-protocol-imap-pop", "found-imap", speaksOther(143, "imap", `"* OK [CAPABILITY IMAP4rev1] Dovecot ready.\r\n"`, "")},
		{"wrong-protocol-imap-pop", "found-pop3", speaksOther(110, "pop3", `"+OK Dovecot ready.\r\n"`, "")},
		{"wrong-protocol-imap-pop", "passed-smtp", healthy},
		{"wrong-protocol-other", "found-ssh", speaksOther(22, "ssh", `"SSH-2.0-OpenSSH_9.2p1\r\n"`, "")},
		{"wrong-protocol-other", "found-lmtp", func() *evidence.Case {
			t := dial(evidence.Main, 24, evidence.Listens).greeted(220, "mail.example.org LMTP").
				step(evidence.StepEHLO, "EHLO client.example.net", reply(500, "5.5.1 Unknown command"), nil).
				step(evidence.StepLHLO, "LHLO client.example.net", reply(250, "mail.example.org"), nil)
			t.s.First = &evidence.Bytes{Protocol: "lmtp", Under: "clear", Text: `"220 mail.example.org LMTP\r\n"`}
			return endpointCase(24, t)
		}},
		{"wrong-protocol-other", "found-unknown", speaksOther(25, "unknown", `"\x00\x00\x00J\x00\x01binary\xff\xfe"`, "")},
		{"wrong-protocol-other", "passed-smtp", healthy},
		{"proxy-protocol-expected", "found-haproxy", func() *evidence.Case {
			t := dial(evidence.Poke, 587, evidence.SpeaksRaw)
			t.s.Greeting = reply(220, "mail.example.org ESMTP Postfix")
			return endpointCase(587, silent(evidence.Main, 587), t.step(evidence.StepPoke, "PROXY UNKNOWN", t.s.Greeting, nil))
		}},
		{"proxy-protocol-expected", "passed-silent-still", func() *evidence.Case {
			return endpointCase(587, silent(evidence.Main, 587), dial(evidence.Poke, 587, evidence.SpeaksRaw).fault(evidence.StepPoke, "PROXY UNKNOWN", evidence.Timeout, "no answer in time"))
		}},

		{"helo-rejected", "found-504", func() *evidence.Case {
			return endpointCase(25, dial(evidence.Main, 25, evidence.Listens).hi().
				step(evidence.StepEHLO, "EHLO localhost", reply(504, "5.5.2 <localhost>: Helo command rejected: need fully-qualified hostname"), nil).
				step(evidence.StepHELO, "HELO localhost", reply(504, "5.5.2 <localhost>: Helo command rejected: need fully-qualified hostname"), nil))
		}},
		{"helo-rejected", "passed-accepted", healthy},
		{"ehlo-refused", "found-502", func() *evidence.Case {
			t := dial(evidence.Main, 25, evidence.Listens).hi().step(evidence.StepEHLO, "EHLO client.example.net", reply(502, "5.5.1 EHLO not implemented"), nil).
				step(evidence.StepHELO, "HELO client.example.net", reply(250, "mail.example.org"), nil)
			t.s.Ext = &evidence.Extensions{Domain: "mail.example.org", Keywords: []evidence.Keyword{}, HELO: true}
			return endpointCase(25, t)
		}},
		{"ehlo-refused", "passed-accepted", healthy},
		{"protocol-error", "found-mixed-codes", func() *evidence.Case {
			t := dial(evidence.Main, 25, evidence.Listens).hi().ehlo("SIZE 10485760", "HELP")
			t.s.Steps[2].Reply.Quirks = []string{"mixed-codes"}
			return endpointCase(25, t)
		}},
		{"protocol-error", "found-no-reply", func() *evidence.Case {
			return endpointCase(25, dial(evidence.Main, 25, evidence.Listens).hi().fault(evidence.StepEHLO, "EHLO client.example.net", evidence.Protocol, `"hello there" is not an SMTP reply`))
		}},
		{"protocol-error", "passed-tidy", healthy},
		{"session-timeout", "found-ehlo", func() *evidence.Case {
			return endpointCase(25, dial(evidence.Main, 25, evidence.Listens).hi().fault(evidence.StepEHLO, "EHLO client.example.net", evidence.Timeout, "no answer in time"))
		}},
		{"session-timeout", "found-ehlo-without-end", func() *evidence.Case {
			t := dial(evidence.Main, 25, evidence.Listens).hi().fault(evidence.StepEHLO, "EHLO client.example.net", evidence.Timeout, "no answer in time")
			t.s.Ext = extensions([]string{"PIPELINING"})
			return endpointCase(25, t)
		}},
		{"session-timeout", "passed-answered", healthy},
		{"connection-dropped-mid-session", "found-ehlo-under-tls", func() *evidence.Case {
			return endpointCase(587, dial(evidence.Main, 587, evidence.Listens).hi().ehlo(before...).starttls().tls(secured()).fault(evidence.StepEHLOTLS, "EHLO client.example.net", evidence.EOF, "EOF"))
		}},
		{"connection-dropped-mid-session", "found-421", func() *evidence.Case {
			return endpointCase(25, dial(evidence.Main, 25, evidence.Listens).hi().step(evidence.StepEHLO, "EHLO client.example.net", reply(421, "4.3.0 closing connection"), nil))
		}},
		{"connection-dropped-mid-session", "passed-answered", healthy},

		{"tls-on-starttls-port", "found-brevo-587", mission},
		{"tls-on-starttls-port", "passed-starttls", claimed(target.STARTTLS)},
		{"tls-on-plaintext-server", "found-1025", func() *evidence.Case {
			return as(target.Implicit, endpointCase(1025, dial(evidence.Main, 1025, evidence.Listens).hi().ehlo("PIPELINING"), drawn(1025)))
		}},
		{"tls-on-plaintext-server", "passed-cleartext", func() *evidence.Case { return as(target.Cleartext, plain(1025, "PIPELINING")) }},
		{"starttls-on-tls-port", "found-465", func() *evidence.Case {
			waiting := dial(evidence.Opening, 465, evidence.Listens).fault(evidence.StepGreeting, "", evidence.Cancelled, "no greeting within 210ms while TLS answered")
			waiting.s.Cut = true
			return as(target.STARTTLS, endpointCase(465, main465(secured()), waiting, remedy(587, target.STARTTLS)))
		}},
		{"starttls-on-tls-port", "passed-implicit", func() *evidence.Case { return as(target.Implicit, healthy465()) }},
		{"starttls-not-offered", "found-client-requires", func() *evidence.Case { return as(target.STARTTLS, plain(25, "PIPELINING", "SIZE 10240000")) }},
		{"starttls-not-offered", "found-provider-offers", func() *evidence.Case { return host(plain(587, "PIPELINING", "SIZE 10240000"), "smtp-relay.brevo.com") }},
		{"starttls-not-offered", "passed-offered", claimed(target.STARTTLS)},
		{"tls-required-by-server", "found-530", claimed(target.Cleartext)},
		{"tls-required-by-server", "passed-optional", func() *evidence.Case {
			return as(target.Cleartext, endpointCase(587, main587(secured()), optional()))
		}},
		{"port-convention", "found-starttls-on-465", func() *evidence.Case {
			return endpointCase(465, dial(evidence.Main, 465, evidence.Listens).hi().ehlo(before...).starttls().tls(secured()).ehloTLS(after...))
		}},
		{"port-convention", "found-implicit-on-587", func() *evidence.Case {
			return endpointCase(587, dial(evidence.Main, 587, evidence.SpeaksTLS).tls(secured()).hi().ehloTLS(after...))
		}},
		{"port-convention", "passed-465", healthy465},

		{"starttls-stripped", "found-inspection", func() *evidence.Case {
			return endpointCase(587, dial(evidence.Main, 587, evidence.Listens).greeted(220, "************************").ehlo("PIPELINING", "SIZE 10240000", "XXXXXXXA"))
		}},
		{"starttls-stripped", "passed-untouched", healthy},
		{"starttls-refused", "found-454", func() *evidence.Case {
			return endpointCase(587, dial(evidence.Main, 587, evidence.Listens).hi().ehlo(before...).step(evidence.StepSTARTTLS, "STARTTLS", reply(454, "4.7.0 TLS not available due to local problem"), nil))
		}},
		{"starttls-refused", "passed-220", healthy},
		{"starttls-injection", "found-bytes", func() *evidence.Case {
			c := healthy()
			c.Sessions[0].Injected = "250 2.0.0 Ok\r\n"
			return c
		}},
		{"starttls-injection", "passed-none", healthy},
		{"cleartext-submission", "found-587", func() *evidence.Case { return plain(587, "PIPELINING", "SIZE 10240000") }},
		{"cleartext-submission", "found-catcher", func() *evidence.Case { return host(plain(1025, "PIPELINING"), "mailpit") }},
		{"cleartext-submission", "passed-starttls", healthy},

		{"tls-handshake-failed", "found-alert-40", func() *evidence.Case {
			return endpointCase(587, dial(evidence.Main, 587, evidence.Listens).hi().ehlo(before...).starttls().alert(evidence.StepTLS, 40, "handshake_failure (40)"))
		}},
		{"tls-handshake-failed", "found-clear-text-after-220", func() *evidence.Case {
			return endpointCase(587, dial(evidence.Main, 587, evidence.Listens).hi().ehlo(before...).starttls().fault(evidence.StepTLS, "ClientHello", evidence.NotTLS, "tls: first record does not look like a TLS handshake"))
		}},
		{"tls-handshake-failed", "found-closed-at-clienthello", func() *evidence.Case {
			return endpointCase(465, dial(evidence.Main, 465, evidence.SpeaksTLS).fault(evidence.StepTLS, "ClientHello", evidence.EOF, "EOF"), silent(evidence.Opening, 465))
		}},
		{"tls-handshake-failed", "passed-handshake", healthy},
		{"tls-hello-intolerant", "found-reset", smallHello},
		{"tls-hello-intolerant", "passed-first-hello", healthy},
		{"tls-version-too-old", "found-1.0", onTLS(func() *evidence.TLS {
			return with(func(x *evidence.TLS) { x.Version, x.Cipher = "1.0", "TLS_RSA_WITH_AES_128_CBC_SHA" })
		})},
		{"tls-version-too-old", "passed-1.3", healthy},
		{"tls-old-versions-accepted", "found-1.1", func() *evidence.Case {
			t := dial(evidence.Ceiling, 587, evidence.Listens).hi().ehlo(before...).starttls().tls(with(func(x *evidence.TLS) { x.Version, x.Cipher = "1.1", "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA" }))
			t.s.Ceiling = "1.1"
			return endpointCase(587, main587(secured()), t)
		}},
		{"tls-old-versions-accepted", "passed-refused", healthy},
		{"tls-old-key-exchange", "found-static-rsa", onTLS(func() *evidence.TLS {
			return with(func(x *evidence.TLS) {
				x.Version, x.Cipher, x.Group, x.StaticRSA = "1.2", "TLS_RSA_WITH_AES_128_GCM_SHA256", "", true
			})
		})},
		{"tls-old-key-exchange", "passed-ecdhe", healthy},
		{"client-cert-required", "found-alert-116", func() *evidence.Case {
			return endpointCase(587, dial(evidence.Main, 587, evidence.Listens).hi().ehlo(before...).starttls().
				tls(with(func(x *evidence.TLS) { x.ClientCert = "requested" })).alert(evidence.StepEHLOTLS, 116, "certificate_required (116)"))
		}},
		{"client-cert-required", "found-421", func() *evidence.Case {
			t := dial(evidence.Main, 587, evidence.Listens).hi().ehlo(before...).starttls().tls(with(func(x *evidence.TLS) { x.ClientCert = "requested" })).
				step(evidence.StepEHLOTLS, "EHLO client.example.net", reply(421, "4.7.1 mail.example.org Error: No client certificate presented"), nil)
			return endpointCase(587, t)
		}},
		{"client-cert-required", "passed-not-asked", healthy},
		{"client-cert-requested", "found-optional", onTLS(func() *evidence.TLS { return with(func(x *evidence.TLS) { x.ClientCert = "requested" }) })},
		{"client-cert-requested", "passed-not-asked", healthy},

		{"cert-expired", "found-leaf", onTLS(func() *evidence.TLS {
			return leaf(func(c *evidence.Cert) { c.NotBefore, c.NotAfter = now.AddDate(0, 0, -93), now.AddDate(0, 0, -3) })
		})},
		{"cert-expired", "found-intermediate", onTLS(func() *evidence.TLS {
			return with(func(x *evidence.TLS) { x.Verified.Path[1].NotAfter = now.AddDate(0, 0, -3) })
		})},
		{"cert-expired", "passed-valid", healthy},
		{"cert-not-yet-valid", "found-leaf", onTLS(func() *evidence.TLS {
			return leaf(func(c *evidence.Cert) { c.NotBefore = now.AddDate(0, 0, 2) })
		})},
		{"cert-not-yet-valid", "passed-valid", healthy},
		{"cert-expires-soon", "found-5-days", onTLS(func() *evidence.TLS {
			return leaf(func(c *evidence.Cert) { c.NotBefore, c.NotAfter = now.AddDate(0, 0, -85), now.AddDate(0, 0, 5) })
		})},
		{"cert-expires-soon", "passed-70-days", healthy},
		{"cert-self-signed", "found-snakeoil", onTLS(func() *evidence.TLS {
			return untrusted(evidence.ChainSelfSigned, func(x *evidence.TLS) {
				x.Chain = x.Chain[:1]
				x.Chain[0].Subject, x.Chain[0].Issuer, x.Chain[0].SelfIssued = "CN=mail", "CN=mail", true
				x.Chain[0].Names, x.Verified.Name = []string{"mail"}, false
			})
		})},
		{"cert-self-signed", "passed-public", healthy},
		{"cert-missing-intermediate", "found-leaf-alone", onTLS(func() *evidence.TLS {
			return untrusted(evidence.ChainMissingIntermediate, func(x *evidence.TLS) { x.Chain = x.Chain[:1] })
		})},
		{"cert-missing-intermediate", "passed-full-chain", healthy},
		{"cert-unknown-ca", "found-private-root", onTLS(func() *evidence.TLS {
			return untrusted(evidence.ChainUnknownCA, func(x *evidence.TLS) { x.Chain[1].Issuer = "CN=Example Corp Root" })
		})},
		{"cert-unknown-ca", "passed-public", healthy},
		{"cert-name-mismatch", "found-other-name", onTLS(func() *evidence.TLS {
			return with(func(x *evidence.TLS) {
				x.Chain[0].Names, x.Verified.Name = []string{"*.hosting.example.com", "hosting.example.com"}, false
			})
		})},
		{"cert-name-mismatch", "found-cn-only", onTLS(func() *evidence.TLS {
			return with(func(x *evidence.TLS) { x.Chain[0].Names, x.Verified.Name = []string{}, false })
		})},
		{"cert-name-mismatch", "passed-name", healthy},
		{"cert-wrong-usage", "found-client-only", onTLS(func() *evidence.TLS { return leaf(func(c *evidence.Cert) { c.ServerAuth = false }) })},
		{"cert-wrong-usage", "passed-server", healthy},
		{"tls-weak-crypto-rejected", "found-rsa-1024", onTLS(func() *evidence.TLS { return leaf(func(c *evidence.Cert) { c.Key, c.KeyBits = "RSA 1024", 1024 }) })},
		{"tls-weak-crypto-rejected", "found-sha1", onTLS(func() *evidence.TLS { return leaf(func(c *evidence.Cert) { c.Signature = "SHA1-RSA" }) })},
		{"tls-weak-crypto-rejected", "passed-strong", healthy},
		{"local-missing-ca-bundle", "found-scratch-image", func() *evidence.Case {
			c := onTLS(func() *evidence.TLS { return untrusted(evidence.ChainNoRoots, func(*evidence.TLS) {}) })()
			c.Here.Roots, c.Here.RootsCount = "none", 0
			return c
		}},
		{"local-missing-ca-bundle", "passed-system", healthy},
		{"local-proxy-or-antivirus-mitm", "found-avast", onTLS(func() *evidence.TLS {
			return untrusted(evidence.ChainUnknownCA, func(x *evidence.TLS) {
				x.Chain = x.Chain[:1]
				x.Chain[0].Issuer = "CN=Avast Web/Mail Shield Root,O=Avast Web/Mail Shield"
			})
		})},
		{"local-proxy-or-antivirus-mitm", "passed-public", healthy},
		{"hosting-smtp-redirect", "found-brevo-by-webhost", func() *evidence.Case {
			x := with(func(x *evidence.TLS) {
				x.Chain[0].Names, x.Verified.Name = []string{"server42.webhost.example", "www.server42.webhost.example"}, false
			})
			return host(endpointCase(587, main587(x)), "smtp-relay.brevo.com")
		}},
		{"hosting-smtp-redirect", "passed-own-name", healthy},

		{"auth-not-offered", "found-587", offering("PIPELINING", "SIZE 10240000")},
		{"auth-not-offered", "passed-offered", healthy},
		{"auth-in-cleartext", "found-no-tls", func() *evidence.Case { return plain(25, "SIZE 10240000", "AUTH PLAIN LOGIN") }},
		{"auth-in-cleartext", "found-beside-starttls", func() *evidence.Case {
			return endpointCase(587, dial(evidence.Main, 587, evidence.Listens).hi().ehlo(append([]string{"AUTH=LOGIN PLAIN"}, before...)...).starttls().tls(secured()).ehloTLS(after...))
		}},
		{"auth-in-cleartext", "passed-tls-only", healthy},
		{"auth-needs-tls", "found-cleartext-client", func() *evidence.Case {
			return as(target.Cleartext, endpointCase(587, main587(secured()), optional()))
		}},
		{"auth-needs-tls", "passed-starttls-client", claimed(target.STARTTLS)},
		{"auth-mechanism-unsupported", "found-xoauth2", offering("AUTH XOAUTH2 OAUTHBEARER")},
		{"auth-mechanism-unsupported", "found-cram-md5", offering("AUTH CRAM-MD5")},
		{"auth-mechanism-unsupported", "passed-plain", healthy},

		{"expectation-missed", "found-mode", func() *evidence.Case {
			c := healthy()
			c.Asked.Expect = map[string]string{"mode=": "implicit", "tls>=": "1.2", "days>=": "14"}
			return c
		}},
		{"expectation-missed", "passed-all", func() *evidence.Case {
			c := healthy()
			c.Asked.Expect = map[string]string{"mode=": "starttls", "tls>=": "1.2", "days>=": "14", "cert=": "ok", "starttls_required=": "true", "auth=": "PLAIN"}
			return c
		}},
	}
}
