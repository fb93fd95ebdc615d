package provider

import "github.com/maildoctor/maildoctor/internal/target"

// testServers are the servers that capture mail and deliver none.
// What is listed under Unverified is a hint only.
var testServers = []Provider{
	{
		ID:    "ethereal",
		Name:  "Ethereal (hosted test inbox)",
		Kind:  Test,
		Hosts: []string{"smtp.ethereal.email"},
		Ports: []Port{
			{Port: 587, Mode: target.STARTTLS, Recommended: true},
		},
		Username: Username{
			Convention: "generated address @ethereal.email",
		},
		Password: Password{
			Kind: "generated",
		},
		Docs: "https://ethereal.email",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: High, Sources: []string{"nodemailer services.json"}},
			{Group: "auth", Confidence: High},
		},
		Checked: "2026-11-23",
	},
	{
		ID:       "greenmail",
		Name:     "GreenMail (JVM test server)",
		Kind:     Test,
		Hosts:    []string{"greenmail"},
		Loopback: true,
		Ports: []Port{
			{Port: 3025, Mode: target.Cleartext, Recommended: true},
			{Port: 3465, Mode: target.Implicit},
		},
		Username: Username{
			Convention: "a configured user, or any where logins are not checked",
		},
		Password: Password{
			Kind: "configured",
		},
		WebUI: 8080,
		Docs:  "https://greenmail-mail-test.github.io/greenmail/",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: High, Sources: []string{"github.com/greenmail-mail-test/greenmail ServerSetupTest.java, docker README (2026-08)"}},
		},
		Checked: "2026-11-23",
	},
	{
		ID:       "mailcatcher",
		Name:     "MailCatcher (local test server)",
		Kind:     Test,
		Hosts:    []string{"mailcatcher"},
		Loopback: true,
		Ports: []Port{
			{Port: 1025, Mode: target.Cleartext, Recommended: true},
		},
		Username: Username{
			Convention: "none",
		},
		Password: Password{
			Kind: "none",
		},
		WebUI: 1080,
		Docs:  "https://github.com/sj26/mailcatcher",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: High, Sources: []string{"github.com/sj26/mailcatcher README.md (2026-08)"}},
		},
		Checked: "2026-11-23",
	},
	{
		ID:       "maildev",
		Name:     "MailDev (local test server)",
		Kind:     Test,
		Hosts:    []string{"maildev"},
		Loopback: true,
		Ports: []Port{
			{Port: 1025, Mode: target.Cleartext, Recommended: true},
		},
		Username: Username{
			Convention: "none by default",
		},
		Password: Password{
			Kind: "none by default",
		},
		Docs: "https://github.com/maildev/maildev",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: High, Sources: []string{"nodemailer services.json (1025, ignoreTLS)"}},
		},
		Checked: "2026-11-23",
	},
	{
		ID:       "mailhog",
		Name:     "MailHog (local test server, unmaintained)",
		Kind:     Test,
		Hosts:    []string{"mailhog"},
		Loopback: true,
		Ports: []Port{
			{Port: 1025, Mode: target.Cleartext, Recommended: true},
		},
		Username: Username{
			Convention: "none",
		},
		Password: Password{
			Kind: "none",
		},
		TLS: TLS{Required: No, Note: "no TLS at all"},
		Notes: []string{
			"The last change dates from 2022-08. Mailpit is its successor in use.",
		},
		WebUI: 8025,
		Docs:  "https://github.com/mailhog/MailHog",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: High, Sources: []string{"github.com/mailhog/MailHog docs/CONFIG.md (2022-08)"}},
		},
		Checked: "2026-11-23",
	},
	{
		ID:       "mailpit",
		Name:     "Mailpit (local test server)",
		Kind:     Test,
		Hosts:    []string{"mailpit"},
		Loopback: true,
		Ports: []Port{
			{Port: 1025, Mode: target.Cleartext, Recommended: true},
		},
		Username: Username{
			Convention: "none by default; a login can be set up",
		},
		Password: Password{
			Kind: "none by default",
		},
		TLS:   TLS{Note: "TLS only where a certificate is configured"},
		WebUI: 8025,
		Docs:  "https://mailpit.axllent.org",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: High, Sources: []string{"github.com/axllent/mailpit config/config.go (2026-07)"}},
		},
		Checked: "2026-11-23",
	},
	{
		ID:    "mailtrap-sandbox",
		Name:  "Mailtrap Email Sandbox (testing)",
		Kind:  Test,
		Hosts: []string{"sandbox.smtp.mailtrap.io", "smtp.mailtrap.io"},
		Ports: []Port{
			{Port: 2525, Mode: target.STARTTLS, Recommended: true},
			{Port: 587, Mode: target.STARTTLS},
			{Port: 25, Mode: target.STARTTLS},
			{Port: 465, Mode: target.STARTTLS, Note: "listed among the STARTTLS ports; implicit TLS is not ruled out"},
		},
		Username: Username{
			Convention: "inbox-specific user",
			Pattern:    `^[0-9a-f]{14}$`,
		},
		Password: Password{
			Kind:    "inbox-specific",
			Pattern: `^[0-9a-f]{14}$`,
		},
		Mechanisms: []string{"PLAIN", "LOGIN", "CRAM-MD5"},
		Rejections: []Rejection{
			{Code: 535, Enhanced: "5.7.0", Text: "Invalid login or password", Stages: []string{"AUTH"}, Seen: Documented},
			{Code: 550, Enhanced: "5.7.0", Text: "Too many emails per second. Please upgrade your plan https://mailtrap.io/billing/plans/testing", Stages: []string{"DATA"}, Lasts: Temporary, Meaning: "the sandbox's rate limit; temporary in spite of the 5xx code", Fix: "leave a pause between messages", Seen: Wild},
		},
		TLS: TLS{Required: No},
		Notes: []string{
			"Mail is captured here and never delivered.",
		},
		Docs: "https://docs.mailtrap.io/email-sandbox",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: Medium, Sources: []string{"https://pastebin.com/hG6tL9Bt", "https://pastebin.com/4d6iUGyE (session transcript)"}},
			{Group: "auth", Confidence: Medium, Sources: []string{"https://pastebin.com/hG6tL9Bt"}},
			{Group: "rejections", Confidence: Medium},
		},
		Unverified: []Doubt{
			{Field: "ports.587"},
			{Field: "ports.465", Note: "implicit or STARTTLS"},
		},
		Checked: "2026-11-23",
	},
	{
		ID:       "smtp4dev",
		Name:     "smtp4dev (local test server)",
		Kind:     Test,
		Hosts:    []string{"smtp4dev"},
		Loopback: true,
		Ports: []Port{
			{Port: 25, Mode: target.Cleartext, Recommended: true},
			{Port: 2525, Mode: target.Cleartext, Note: "common docker mapping"},
		},
		Username: Username{
			Convention: "any, unless users are configured",
		},
		Password: Password{
			Kind: "any",
		},
		TLS:   TLS{Note: "none by default; STARTTLS or implicit TLS by setting"},
		WebUI: 5000,
		Docs:  "https://github.com/rnwood/smtp4dev",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: High, Sources: []string{"github.com/rnwood/smtp4dev appsettings.json (Port 25, Urls 5000, TlsMode None; 2026-03)"}},
		},
		Unverified: []Doubt{
			{Field: "ports.2525", Note: "the mapping of its container"},
		},
		Checked: "2026-11-23",
	},
}
