package provider

import "github.com/maildoctor/maildoctor/internal/target"

// relays are the relays of an organisation's mail service.
// What is listed under Unverified is a hint only.
var relays = []Provider{
	{
		ID:    "google-workspace-relay",
		Name:  "Google Workspace SMTP relay",
		Kind:  Relay,
		Hosts: []string{"smtp-relay.gmail.com"},
		Ports: []Port{
			{Port: 587, Mode: target.STARTTLS, Recommended: true},
			{Port: 465, Mode: target.Implicit},
			{Port: 25, Mode: target.STARTTLS},
		},
		Username: Username{
			Convention: "none by IP; the user's full address where the relay rule demands a login",
		},
		Password: Password{
			Kind: "app password or none (IP-based)",
		},
		Rejections: []Rejection{
			{Code: 550, Enhanced: "5.7.0", Text: "Mail relay denied [<ip>]. Invalid credentials for relay for one of the domains in: <domain>", Meaning: "neither this IP nor the domain is known to the relay settings", Fix: "add the outgoing IP to the relay settings and send from a Workspace domain", Seen: Documented},
			{Code: 550, Enhanced: "5.7.1", Text: "Invalid credentials for relay [<ip>]", Meaning: "the IP is known, but the domain of MAIL FROM or EHLO does not fit it", Fix: "log in, or name your own domain in EHLO", Seen: Documented},
			{Code: 550, Enhanced: "5.4.5", Text: "Daily SMTP relay limit exceeded for user", Seen: Documented},
			{Code: 550, Enhanced: "5.7.1", Text: "Daily SMTP relay limit exceeded for customer", Seen: Documented},
			{Code: 450, Enhanced: "4.2.1", Text: "Peak SMTP relay limit exceeded for customer", Seen: Documented},
			{Code: 452, Enhanced: "4.5.3", Text: "Your message has too many recipients", Meaning: "more than 100 recipients in one transaction", Seen: Documented},
		},
		TLS:       TLS{Note: "3DES went on 2025-05-30; TLS 1.2 with AES-GCM or ChaCha20 is needed"},
		AllowList: AllowList{Default: "by rule: the admin lists outgoing IPs in the SMTP relay service of Gmail's routing settings"},
		Notes: []string{
			"EHLO names a real host, best one of a Workspace domain; localhost is refused.",
		},
		Docs: "https://support.google.com/a/answer/2956491",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: High, Sources: []string{"nodemailer services.json", "https://cloud-captains.com/en/article/how-to-configure-smtp-relay-google-workspace/"}},
			{Group: "rejections", Confidence: High, Sources: []string{"https://google-support.mirrorblogs.com/a/answer/6140680", "sisimai rhost/for-google.go", "public code: 'Invalid credentials for relay'"}},
			{Group: "auth", Confidence: High},
		},
		Checked: "2026-11-23",
	},
	{
		ID:           "microsoft365-direct-send",
		Name:         "Microsoft 365 direct send / connector relay",
		Kind:         Relay,
		Hosts:        []string{"*.mail.protection.outlook.com", "*.mx.microsoft"},
		HostTemplate: "<domain-with-dashes>.mail.protection.outlook.com",
		Ports: []Port{
			{Port: 25, Mode: target.STARTTLS, Recommended: true},
		},
		Username: Username{
			Convention: "none: no authentication",
		},
		Password: Password{
			Kind: "none",
		},
		Sender: "the From domain is accepted by the tenant; recipients outside it need a connector for the fixed IP or certificate",
		Rejections: []Rejection{
			{Code: 550, Enhanced: "5.7.64", Text: "TenantAttribution; Relay Access Denied", Meaning: "a recipient outside the tenant and no connector that fits", Seen: Documented},
		},
		Notes: []string{
			"Most clouds block port 25. This host with a user name and password is a mix of direct send and SMTP AUTH.",
		},
		Docs: "https://learn.microsoft.com/exchange/mail-flow-best-practices/how-to-set-up-a-multifunction-device-or-application-to-send-email-using-microsoft-365-or-office-365",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: High, Sources: []string{"public code: preset tables after Microsoft Learn", "sisimai rhost/for-microsoft.go"}},
			{Group: "auth", Confidence: High},
			{Group: "rejections", Confidence: High},
		},
		Unverified: []Doubt{
			{Field: "hosts.*.mx.microsoft"},
		},
		Checked: "2026-11-23",
	},
	{
		ID:       "microsoft365-hve",
		Name:     "Microsoft 365 High Volume Email",
		Kind:     Relay,
		Hosts:    []string{"smtp.hve.mx.microsoft", "smtp-hve.office365.com"},
		HostNote: "smtp-hve.office365.com is the old name",
		Ports: []Port{
			{Port: 587, Mode: target.STARTTLS, Recommended: true},
		},
		Username: Username{
			Convention: "HVE account address",
		},
		Password: Password{
			Kind: "password of the HVE account, which security defaults forbid, or OAuth2",
		},
		Sender: "internal recipients of the tenant only",
		Rejections: []Rejection{
			{Code: 535, Enhanced: "5.7.3", Text: "Authentication unsuccessful", Stages: []string{"AUTH"}, Seen: Wild},
		},
		Notes: []string{
			"A pay-as-you-go billing policy is needed. The tenant's SMTP AUTH switch does not matter here.",
		},
		Docs: "https://learn.microsoft.com/exchange/mail-flow-best-practices/high-volume-mails-m365",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: High, Sources: []string{"public code: smtp.hve.mx.microsoft (10 repos, 2026)", "public code: smtp-hve.office365.com"}},
			{Group: "auth", Confidence: Medium},
		},
		Unverified: []Doubt{
			{Field: "password.kind", Note: "scope of the token"},
		},
		Checked: "2026-11-23",
	},
}
