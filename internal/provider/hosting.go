package provider

import "github.com/maildoctor/maildoctor/internal/target"

// hosting are the web hosts whose mailboxes send for a site.
// What is listed under Unverified is a hint only.
var hosting = []Provider{
	{
		ID:           "cpanel",
		Name:         "cPanel hosting (Bluehost, HostGator and others)",
		Kind:         Hosting,
		HostTemplate: "mail.<customer-domain>",
		HostNote:     "The host is mail.<customer-domain> or a name of the hosting company; the greeting of Exim gives it away.",
		Ports: []Port{
			{Port: 465, Mode: target.Implicit, Recommended: true},
			{Port: 587, Mode: target.STARTTLS},
			{Port: 26, Mode: target.STARTTLS, Note: "some hosts only"},
		},
		Username: Username{
			Convention: "full mailbox address",
		},
		Password: Password{
			Kind: "mailbox password",
		},
		Rejections: []Rejection{
			{Code: 550, Text: "Please turn on SMTP Authentication in your mail client", Stages: []string{"RCPT"}, Meaning: "the client did not log in", Fix: "switch the login on in the client", Seen: Wild},
		},
		TLS:    TLS{Note: "the certificate often names the server and not mail.<customer-domain>"},
		Banner: "We do not authorize the use of this system to transport unsolicited",
		Notes: []string{
			"Where SMTP restrictions are on, connections to 25, 465 and 587 of any host end at the local Exim: greeting and certificate are the web host's.",
		},
		Docs: "https://docs.cpanel.net",
		Grounds: []Ground{
			{Group: "rejections", Confidence: High, Sources: []string{"https://pastebin.com/e25g8b3J", "https://pastebin.com/uN74jDsi (redirect case)"}},
			{Group: "endpoint", Confidence: Low},
			{Group: "auth", Confidence: Medium},
		},
		Unverified: []Doubt{
			{Field: "ports.26"},
		},
		Checked: "2026-11-23",
	},
	{
		ID:    "dreamhost",
		Name:  "DreamHost",
		Kind:  Hosting,
		Hosts: []string{"smtp.dreamhost.com"},
		MX:    []string{"mx1.dreamhost.com", "mx2.dreamhost.com"},
		Ports: []Port{
			{Port: 465, Mode: target.Implicit, Recommended: true},
			{Port: 587, Mode: target.STARTTLS},
		},
		Username: Username{
			Convention: "full mailbox address",
		},
		Password: Password{
			Kind: "mailbox password",
		},
		Docs: "https://help.dreamhost.com",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: Medium, Sources: []string{"public code: smtp.dreamhost.com (465 and 587)"}},
			{Group: "auth", Confidence: Medium},
		},
		Unverified: []Doubt{
			{Field: "password.kind"},
			{Field: "mx"},
		},
		Checked: "2026-11-23",
	},
	{
		ID:    "gandi",
		Name:  "Gandi Mail",
		Kind:  Hosting,
		Hosts: []string{"mail.gandi.net"},
		MX:    []string{"spool.mail.gandi.net", "fb.mail.gandi.net"},
		Ports: []Port{
			{Port: 465, Mode: target.Implicit, Recommended: true},
			{Port: 587, Mode: target.STARTTLS},
		},
		Username: Username{
			Convention: "full mailbox address",
		},
		Password: Password{
			Kind: "mailbox password",
		},
		DNS: DNS{
			SPF: SPF{Include: "_mailcust.gandi.net"},
		},
		Docs: "https://docs.gandi.net",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: High, Sources: []string{"ISPDB gandi.net", "nodemailer services.json"}},
			{Group: "dns", Confidence: Medium, Sources: []string{"public code: include:_spf.tem.scaleway.com (a Gandi zone)"}},
			{Group: "auth", Confidence: Medium},
		},
		Unverified: []Doubt{
			{Field: "mx"},
		},
		Checked: "2026-11-23",
	},
	{
		ID:       "godaddy",
		Name:     "GoDaddy Workspace Email",
		Kind:     Hosting,
		Hosts:    []string{"smtpout.secureserver.net", "smtp.asia.secureserver.net", "smtp.europe.secureserver.net"},
		HostNote: "smtp.secureserver.net takes incoming mail and refuses logins; newer mailboxes are Microsoft 365 (smtp.office365.com)",
		MX:       []string{"smtp.secureserver.net", "mailstore1.secureserver.net"},
		Ports: []Port{
			{Port: 465, Mode: target.Implicit, Recommended: true},
			{Port: 587, Mode: target.STARTTLS},
			{Port: 25, Mode: target.STARTTLS, Note: "from old client presets; not advised"},
		},
		Username: Username{
			Convention: "full mailbox address",
		},
		Password: Password{
			Kind: "mailbox password",
		},
		Rejections: []Rejection{
			{Code: 535, Text: "Authentication not allowed on IBSMTP Servers. IB401", Stages: []string{"AUTH"}, Meaning: "this is a server for incoming mail", Fix: "set the host smtpout.secureserver.net", Seen: Documented},
			{Code: 550, Text: "Blank From: addresses are not allowed. Provide a valid From. IB501", Seen: Documented},
			{Code: 550, Text: "From: Domain is invalid. Provide a valid From: IB506", Seen: Documented},
			{Code: 550, Text: "Invalid SPF record. Inspect your SPF settings, and try again. IB508", Seen: Documented},
		},
		DNS: DNS{
			SPF: SPF{Include: "secureserver.net"},
		},
		Docs: "https://www.godaddy.com/help/fix-rejected-email-with-a-bounce-error-40685",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: Medium, Sources: []string{"ISPDB wildwestdomains.com (465)", "nodemailer services.json (25)"}},
			{Group: "rejections", Confidence: High, Sources: []string{"sisimai rhost/for-godaddy.go (cites GoDaddy help 40685)"}},
			{Group: "dns", Confidence: Medium, Sources: []string{"public code: provider tables (2026)"}},
			{Group: "auth", Confidence: Medium},
		},
		Unverified: []Doubt{
			{Field: "ports.587"},
			{Field: "host_note", Note: "newer accounts"},
			{Field: "mx"},
		},
		Checked: "2026-11-23",
	},
	{
		ID:    "hetzner",
		Name:  "Hetzner web hosting mail (konsoleH)",
		Kind:  Hosting,
		Hosts: []string{"mail.your-server.de", "*.your-server.de"},
		Ports: []Port{
			{Port: 465, Mode: target.Implicit, Recommended: true},
			{Port: 587, Mode: target.STARTTLS},
		},
		Username: Username{
			Convention: "full mailbox address",
		},
		Password: Password{
			Kind: "mailbox password",
		},
		Docs: "https://docs.hetzner.com/konsoleh/",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: Medium, Sources: []string{"ISPDB hetzner.de (mail.your-server.de:465)"}},
			{Group: "auth", Confidence: Medium},
		},
		Unverified: []Doubt{
			{Field: "ports.587"},
			{Field: "hosts.*.your-server.de"},
		},
		Checked: "2026-11-23",
	},
	{
		ID:    "hostinger",
		Name:  "Hostinger Email",
		Kind:  Hosting,
		Hosts: []string{"smtp.hostinger.com"},
		MX:    []string{"mx1.hostinger.com", "mx2.hostinger.com"},
		Ports: []Port{
			{Port: 465, Mode: target.Implicit, Recommended: true},
			{Port: 587, Mode: target.STARTTLS},
		},
		Username: Username{
			Convention: "full mailbox address",
		},
		Password: Password{
			Kind: "mailbox password",
		},
		Sender: "the From address is the mailbox logged in or an alias",
		Rejections: []Rejection{
			{Code: 553, Enhanced: "5.7.1", Text: "<from>: Sender address rejected: not owned by user <login>", Stages: []string{"MAIL", "RCPT"}, Meaning: "MAIL FROM is not the mailbox logged in", Fix: "set the sender to the mailbox logged in", Seen: Wild},
		},
		DNS: DNS{
			SPF: SPF{Include: "_spf.mail.hostinger.com"},
			DKIM: []DKIM{
				{Selector: "hostingermail-a", Type: "CNAME", Target: "hostingermail-a.dkim.mail.hostinger.com"},
				{Selector: "hostingermail-b", Type: "CNAME", Target: "hostingermail-b.dkim.mail.hostinger.com"},
				{Selector: "hostingermail-c", Type: "CNAME", Target: "hostingermail-c.dkim.mail.hostinger.com"},
			},
		},
		Docs: "https://support.hostinger.com",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: Medium, Sources: []string{"public code: smtp.titan.email (hostinger constant)"}},
			{Group: "rejections", Confidence: Medium, Sources: []string{"public code: 'Sender address rejected: not owned by user' (Postfix text, several hosts)"}},
			{Group: "dns", Confidence: High, Sources: []string{"public code: hostingermail-a.dkim.mail.hostinger.com"}},
			{Group: "auth", Confidence: Medium},
		},
		Unverified: []Doubt{
			{Field: "ports"},
			{Field: "username"},
			{Field: "password"},
			{Field: "rejections.553", Note: "the wording is that of Postfix"},
			{Field: "mx"},
		},
		Checked: "2026-11-23",
	},
	{
		ID:    "ionos",
		Name:  "IONOS (1&1)",
		Kind:  Hosting,
		Hosts: []string{"smtp.ionos.com", "smtp.ionos.de", "smtp.ionos.fr", "smtp.ionos.es", "smtp.ionos.it", "smtp.ionos.co.uk", "smtp.ionos.*", "smtp.1und1.de", "smtp.1and1.*", "auth.smtp.1and1.*"},
		MX:    []string{"mx00.ionos.de", "mx01.ionos.de"},
		Ports: []Port{
			{Port: 465, Mode: target.Implicit, Recommended: true},
			{Port: 587, Mode: target.STARTTLS},
		},
		Username: Username{
			Convention: "full mailbox address",
		},
		Password: Password{
			Kind: "mailbox password",
			Not:  []string{"IONOS account password"},
		},
		Sender: "MAIL FROM is the mailbox logged in, or perhaps another address of its domain",
		Rejections: []Rejection{
			{Code: 535, Text: "Authentication credentials invalid", Stages: []string{"AUTH"}, Meaning: "a wrong mailbox password, or the password of the IONOS account", Seen: Wild},
			{Code: 550, Text: "Sender address is not allowed", Stages: []string{"MAIL", "DATA"}, Meaning: "the sender is not the mailbox or of its domain", Fix: "set the sender to the mailbox logged in", Seen: Wild},
		},
		DNS: DNS{
			SPF: SPF{Include: "_spf-eu.ionos.com", Note: "for the European platform; contracts in the US have another"},
			DKIM: []DKIM{
				{Selector: "s1-ionos", Type: "CNAME", Target: "s1.dkim.ionos.com"},
				{Selector: "s2-ionos", Type: "CNAME", Target: "s2.dkim.ionos.com"},
			},
			DMARC: "_dmarc CNAME dmarc.ionos.<tld>",
		},
		Docs: "https://www.ionos.com/help/email",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: High, Sources: []string{"ISPDB 1und1.de (465 and 587)", "public code: '550 Sender address is not allowed'"}},
			{Group: "rejections", Confidence: High, Sources: []string{"public code: '550 Sender address is not allowed'", "https://pastebin.com/1j77m44f"}},
			{Group: "dns", Confidence: High, Sources: []string{"public code: _spf-eu.ionos.com"}},
			{Group: "auth", Confidence: High},
		},
		Unverified: []Doubt{
			{Field: "hosts.smtp.ionos.*", Note: "countries"},
			{Field: "hosts.smtp.ionos.it"},
			{Field: "hosts.smtp.ionos.co.uk"},
		},
		Checked: "2026-11-23",
	},
	{
		ID:    "namecheap-privateemail",
		Name:  "Namecheap Private Email",
		Kind:  Hosting,
		Hosts: []string{"mail.privateemail.com"},
		MX:    []string{"mx1.privateemail.com", "mx2.privateemail.com"},
		Ports: []Port{
			{Port: 465, Mode: target.Implicit, Recommended: true},
			{Port: 587, Mode: target.STARTTLS},
		},
		Username: Username{
			Convention: "full mailbox address",
		},
		Password: Password{
			Kind: "mailbox password",
		},
		DNS: DNS{
			SPF: SPF{Include: "spf.privateemail.com"},
			DKIM: []DKIM{
				{Selector: "default", Type: "TXT"},
			},
		},
		Docs: "https://www.namecheap.com/support/knowledgebase/article.aspx/1179/2175/",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: Medium, Sources: []string{"public code: mail.privateemail.com (465 and 587)"}},
			{Group: "dns", Confidence: Medium, Sources: []string{"public code: provider tables (2026)"}},
			{Group: "auth", Confidence: Medium},
		},
		Unverified: []Doubt{
			{Field: "mx"},
		},
		Checked: "2026-11-23",
	},
	{
		ID:    "one-com",
		Name:  "one.com",
		Kind:  Hosting,
		Hosts: []string{"send.one.com"},
		Ports: []Port{
			{Port: 465, Mode: target.Implicit, Recommended: true},
		},
		Username: Username{
			Convention: "full mailbox address",
		},
		Password: Password{
			Kind: "mailbox password",
		},
		Docs: "https://help.one.com",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: High, Sources: []string{"ISPDB one.com", "nodemailer services.json"}},
			{Group: "auth", Confidence: Medium},
		},
		Checked: "2026-11-23",
	},
	{
		ID:    "ovh",
		Name:  "OVHcloud (MX Plan, Email Pro, Exchange)",
		Kind:  Hosting,
		Hosts: []string{"ssl0.ovh.net", "smtp.mail.ovh.net", "pro*.mail.ovh.net", "ex*.mail.ovh.net"},
		MX:    []string{"mx*.mail.ovh.net"},
		Ports: []Port{
			{Port: 465, Mode: target.Implicit, Recommended: true},
			{Port: 587, Mode: target.STARTTLS},
		},
		Username: Username{
			Convention: "full mailbox address",
		},
		Password: Password{
			Kind: "mailbox password",
		},
		DNS: DNS{
			SPF: SPF{Include: "mx.ovh.com"},
		},
		Docs: "https://help.ovhcloud.com",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: Medium, Sources: []string{"ISPDB ovh.net (ssl0.ovh.net:465)"}},
			{Group: "dns", Confidence: High, Sources: []string{"public code: spf.infomaniak.ch / _spf.protonmail.ch (zones with include:mx.ovh.com)"}},
			{Group: "auth", Confidence: Medium},
		},
		Unverified: []Doubt{
			{Field: "hosts.smtp.mail.ovh.net"},
			{Field: "hosts.pro*.mail.ovh.net"},
			{Field: "hosts.ex*.mail.ovh.net"},
			{Field: "ports.587"},
			{Field: "mx"},
		},
		Checked: "2026-11-23",
	},
	{
		ID:    "rackspace",
		Name:  "Rackspace Email",
		Kind:  Hosting,
		Hosts: []string{"secure.emailsrvr.com"},
		MX:    []string{"mx1.emailsrvr.com", "mx2.emailsrvr.com"},
		Ports: []Port{
			{Port: 465, Mode: target.Implicit, Recommended: true},
			{Port: 587, Mode: target.STARTTLS},
		},
		Username: Username{
			Convention: "full mailbox address",
		},
		Password: Password{
			Kind: "mailbox password",
		},
		DNS: DNS{
			SPF: SPF{Include: "emailsrvr.com"},
		},
		Docs: "https://docs.rackspace.com",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: Medium, Sources: []string{"ISPDB emailsrvr.com (465)"}},
			{Group: "dns", Confidence: Medium, Sources: []string{"public code: provider tables (2026)"}},
			{Group: "auth", Confidence: Medium},
		},
		Unverified: []Doubt{
			{Field: "ports.587"},
			{Field: "mx"},
		},
		Checked: "2026-11-23",
	},
	{
		ID:    "strato",
		Name:  "STRATO",
		Kind:  Hosting,
		Hosts: []string{"smtp.strato.de", "smtp.strato.com"},
		MX:    []string{"smtpin.rzone.de"},
		Ports: []Port{
			{Port: 465, Mode: target.Implicit, Recommended: true},
			{Port: 587, Mode: target.STARTTLS},
		},
		Username: Username{
			Convention: "full e-mail address",
		},
		Password: Password{
			Kind: "mailbox password",
		},
		Docs: "https://www.strato.de/faq",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: High, Sources: []string{"ISPDB strato.de"}},
			{Group: "auth", Confidence: Medium},
		},
		Unverified: []Doubt{
			{Field: "hosts.smtp.strato.com"},
			{Field: "mx"},
		},
		Checked: "2026-11-23",
	},
	{
		ID:    "titan",
		Name:  "Titan Email",
		Kind:  Hosting,
		Hosts: []string{"smtp.titan.email"},
		MX:    []string{"mx1.titan.email", "mx2.titan.email"},
		Ports: []Port{
			{Port: 465, Mode: target.Implicit, Recommended: true},
			{Port: 587, Mode: target.STARTTLS},
		},
		Username: Username{
			Convention: "full mailbox address",
		},
		Password: Password{
			Kind: "mailbox password, an app password with 2FA; access by other apps is switched on",
		},
		DNS: DNS{
			SPF: SPF{Include: "spf.titan.email"},
			DKIM: []DKIM{
				{Selector: "titan1", Type: "TXT", Note: "number varies (titan1..titan3 seen)"},
			},
		},
		Docs: "https://support.titan.email",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: High, Sources: []string{"public code: smtp.titan.email"}},
			{Group: "dns", Confidence: High, Sources: []string{"public code: include:spf.titan.email"}},
			{Group: "auth", Confidence: Medium},
		},
		Unverified: []Doubt{
			{Field: "password.kind", Note: "the access switch"},
		},
		Checked: "2026-11-23",
	},
}
