package provider

import "github.com/maildoctor/maildoctor/internal/target"

// mailboxes are the providers of personal and company mailboxes.
// What is listed under Unverified is a hint only.
var mailboxes = []Provider{
	{
		ID:      "aliyun-qiye",
		Name:    "Alibaba Mail (enterprise) / aliyun.com",
		Kind:    Mailbox,
		Hosts:   []string{"smtp.qiye.aliyun.com", "smtp.mxhichina.com", "smtp.aliyun.com"},
		Domains: []string{"aliyun.com"},
		MX:      []string{"mx1.qiye.aliyun.com", "mx2.qiye.aliyun.com", "mxn.mxhichina.com", "mxw.mxhichina.com"},
		Ports: []Port{
			{Port: 465, Mode: target.Implicit, Recommended: true},
			{Port: 25, Mode: target.Cleartext},
		},
		Username: Username{
			Convention: "full address",
		},
		Password: Password{
			Kind: "mailbox password; the client password once that feature is on",
		},
		Rejections: []Rejection{
			{Code: 526, Text: "Authentication failure[0]", Stages: []string{"AUTH"}, Meaning: "a user name that is not the full address, the wrong kind of password, SMTP switched off, or an access policy", Fix: "use the password for clients and look at the access policy", Seen: Documented},
		},
		Docs: "https://help.aliyun.com/zh/document_detail/602363.html",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: High, Sources: []string{"nodemailer services.json (AliyunQiye, qiye.aliyun, Aliyun)"}},
			{Group: "rejections", Confidence: High, Sources: []string{"public code: '526 Authentication failure' (one hit cites the Aliyun help page 602363)"}},
			{Group: "auth", Confidence: High},
		},
		Unverified: []Doubt{
			{Field: "mx"},
		},
		Checked: "2026-11-23",
	},
	{
		ID:      "aol",
		Name:    "AOL Mail (also Verizon.net)",
		Kind:    Mailbox,
		Hosts:   []string{"smtp.aol.com"},
		Domains: []string{"aol.com", "verizon.net"},
		MX:      []string{"mx-aol.mail.gm0.yahoodns.net"},
		Ports: []Port{
			{Port: 465, Mode: target.Implicit, Recommended: true},
			{Port: 587, Mode: target.STARTTLS},
		},
		Username: Username{
			Convention: "full e-mail address",
		},
		Password: Password{
			Kind: "app password or OAuth2",
			Not:  []string{"account password"},
		},
		Rejections: []Rejection{
			{Code: 535, Enhanced: "5.7.0", Text: "(#AUTH005) Too many bad auth attempts.", Stages: []string{"AUTH"}, Meaning: "as at Yahoo, whose platform it is", Seen: Wild},
		},
		Docs: "https://help.aol.com",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: High, Sources: []string{"ISPDB aol.com, verizon.net", "nodemailer services.json (587)"}},
			{Group: "rejections", Confidence: Medium, Sources: []string{"public code: (#AUTH005)"}},
			{Group: "auth", Confidence: High},
		},
		Unverified: []Doubt{
			{Field: "password.kind"},
			{Field: "mx"},
		},
		Checked: "2026-11-23",
	},
	{
		ID:      "fastmail",
		Name:    "Fastmail",
		Kind:    Mailbox,
		Hosts:   []string{"smtp.fastmail.com"},
		Domains: []string{"fastmail.com", "fastmail.fm"},
		MX:      []string{"*.messagingengine.com"},
		Ports: []Port{
			{Port: 465, Mode: target.Implicit, Recommended: true},
			{Port: 587, Mode: target.STARTTLS},
		},
		Username: Username{
			Convention: "full e-mail address of the account",
		},
		Password: Password{
			Kind: "app password (with SMTP scope) or OAuth2",
			Not:  []string{"account password"},
		},
		Sender: "the From address is a sending identity of the account",
		Rejections: []Rejection{
			{Code: 551, Enhanced: "5.7.1", Text: "Not authorised to send from this header address", Stages: []string{"DATA"}, Meaning: "the account has no sending identity for this From address", Fix: "add the identity at Fastmail, or change the From address", Seen: Wild},
		},
		DNS: DNS{
			SPF: SPF{Include: "spf.messagingengine.com"},
			DKIM: []DKIM{
				{Selector: "fm1", Type: "CNAME", Target: "fm1.<domain>.dkim.fmhosted.com"},
				{Selector: "fm2", Type: "CNAME", Target: "fm2.<domain>.dkim.fmhosted.com"},
				{Selector: "fm3", Type: "CNAME", Target: "fm3.<domain>.dkim.fmhosted.com"},
				{Selector: "mesmtp", Type: "CNAME", Note: "legacy"},
			},
		},
		Docs: "https://www.fastmail.help/hc/en-us/articles/1500000278342",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: High, Sources: []string{"ISPDB MessagingEngine", "nodemailer services.json"}},
			{Group: "rejections", Confidence: High, Sources: []string{"public code: '551 5.7.1 Not authorised to send'"}},
			{Group: "dns", Confidence: High, Sources: []string{"public code: dkim.fmhosted.com"}},
			{Group: "auth", Confidence: Medium},
		},
		Unverified: []Doubt{
			{Field: "ports.587"},
			{Field: "password.kind", Note: "whether an app password is demanded"},
			{Field: "domains"},
			{Field: "mx"},
		},
		Checked: "2026-11-23",
	},
	{
		ID:    "feishu",
		Name:  "Feishu / Lark Mail",
		Kind:  Mailbox,
		Hosts: []string{"smtp.feishu.cn", "smtp.larksuite.com"},
		Ports: []Port{
			{Port: 465, Mode: target.Implicit, Recommended: true},
		},
		Username: Username{
			Convention: "full address",
		},
		Password: Password{
			Kind: "dedicated IMAP/SMTP password",
		},
		Docs: "https://www.feishu.cn",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: Medium, Sources: []string{"nodemailer services.json (smtp.feishu.cn)"}},
			{Group: "auth", Confidence: Low},
		},
		Unverified: []Doubt{
			{Field: "hosts.smtp.larksuite.com"},
			{Field: "password.kind"},
		},
		Checked: "2026-11-23",
	},
	{
		ID:      "gmail",
		Name:    "Gmail (consumer and Workspace user submission)",
		Kind:    Mailbox,
		Hosts:   []string{"smtp.gmail.com", "smtp.googlemail.com"},
		Domains: []string{"gmail.com", "googlemail.com"},
		MX:      []string{"aspmx.l.google.com", "*.aspmx.l.google.com", "aspmx*.googlemail.com", "smtp.google.com", "gmail-smtp-in.l.google.com", "*.gmail-smtp-in.l.google.com"},
		Ports: []Port{
			{Port: 465, Mode: target.Implicit},
			{Port: 587, Mode: target.STARTTLS},
		},
		Username: Username{
			Convention: "full e-mail address",
		},
		Password: Password{
			Kind:    "app password of 16 letters (needs 2-Step Verification), or an OAuth2 token",
			Pattern: `^[a-z]{4} ?[a-z]{4} ?[a-z]{4} ?[a-z]{4}$`,
			Not:     []string{"Google account password"},
			Note:    "the blanks may stay; account passwords ended on 2025-03-14 (Workspace)",
		},
		Mechanisms: []string{"PLAIN", "LOGIN", "XOAUTH2", "OAUTHBEARER"},
		Sender:     "another From address is rewritten unless it is a confirmed alias",
		Rejections: []Rejection{
			{Code: 534, Enhanced: "5.7.9", Text: "Application-specific password required", Stages: []string{"AUTH"}, Meaning: "the account password with 2-Step Verification on", Fix: "make an app password at myaccount.google.com/apppasswords", Seen: Wild},
			{Code: 535, Enhanced: "5.7.8", Text: "Username and Password not accepted", Stages: []string{"AUTH"}, Meaning: "the account password, or an app password that is revoked or of another account", Fix: "make a new app password and log in with the full address", Seen: Documented},
			{Code: 534, Enhanced: "5.7.14", Also: []string{"534 5.7.9", "535 5.7.1"}, Text: "Please log in with your web browser and then try again", Stages: []string{"AUTH"}, Meaning: "the sign-in is held until someone logs in with a browser", Fix: "log in once in a browser", Seen: Documented},
			{Code: 530, Enhanced: "5.7.0", Text: "Must issue a STARTTLS command first", Stages: []string{"MAIL"}, Meaning: "the session is in clear text", Seen: Documented},
			{Code: 530, Enhanced: "5.5.1", Text: "Authentication Required", Stages: []string{"MAIL"}, Seen: Documented},
			{Code: 550, Enhanced: "5.4.5", Text: "Daily user sending limit exceeded", Meaning: "the daily limit: 500 for consumers, 2000 for Workspace", Fix: "wait 24 hours, or send through a relay or an e-mail service", Seen: Documented},
			{Code: 421, Enhanced: "4.7.0", Text: "Try again later, closing connection", Meaning: "a rate limit, or a client held back at the greeting", Seen: Documented},
			{Code: 454, Enhanced: "4.7.0", Text: "Cannot authenticate due to a temporary system problem", Stages: []string{"AUTH"}, Seen: Documented},
			{Code: 552, Enhanced: "5.2.3", Text: "Your message exceeded Google's message size limits", Seen: Documented},
			{Code: 550, Enhanced: "5.7.26", Text: "Unauthenticated email from <domain> is not accepted due to domain's DMARC policy", Inbound: true, Meaning: "DMARC failed", Seen: Documented},
			{Code: 550, Enhanced: "5.7.26", Text: "This message does not have authentication information or fails to pass authentication checks (SPF or DKIM)", Inbound: true, Meaning: "neither SPF nor DKIM passed", Seen: Documented},
			{Code: 550, Enhanced: "5.7.24", Text: "The SPF record of the sending domain has one or more suspicious entries", Inbound: true, Seen: Documented},
			{Code: 550, Enhanced: "5.7.1", Text: "The IP you're using to send mail is not authorized to send email directly to our servers", Inbound: true, Meaning: "a residential or dynamic IP delivers directly", Seen: Documented},
			{Code: 421, Enhanced: "4.7.28", Text: "Gmail has detected an unusual rate of mail", Inbound: true, Seen: Documented},
			{Code: 501, Enhanced: "5.5.4", Text: "HELO/EHLO argument is invalid", Inbound: true, Seen: Documented},
		},
		DNS: DNS{
			SPF: SPF{Include: "_spf.google.com"},
			DKIM: []DKIM{
				{Selector: "google", Type: "TXT"},
			},
		},
		Docs: "https://support.google.com/a/answer/176600",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: High, Sources: []string{"ISPDB googlemail.com", "nodemailer services.json", "https://knowledge.workspace.google.com/admin/gmail/send-email-from-a-printer-scanner-or-app"}},
			{Group: "auth", Confidence: High, Sources: []string{"https://support.google.com/accounts/answer/185833", "public code: 'Application-specific password required'"}},
			{Group: "rejections", Confidence: High, Sources: []string{"github.com/sisimai/go-sisimai rhost/for-google.go (BSD-2, cites support.google.com/a/answer/3726730)", "public code: lists of error texts"}},
			{Group: "dns", Confidence: High, Sources: []string{"public code: provider tables (2026)"}},
		},
		Unverified: []Doubt{
			{Field: "sender", Note: "rewriting of From"},
			{Field: "mx"},
		},
		Checked: "2026-11-23",
	},
	{
		ID:      "gmx",
		Name:    "GMX",
		Kind:    Mailbox,
		Hosts:   []string{"mail.gmx.net", "mail.gmx.com", "smtp.gmx.com"},
		Domains: []string{"gmx.net", "gmx.de", "gmx.at", "gmx.ch", "gmx.com"},
		MX:      []string{"mx00.gmx.net", "mx01.gmx.net"},
		Ports: []Port{
			{Port: 465, Mode: target.Implicit},
			{Port: 587, Mode: target.STARTTLS},
		},
		Username: Username{
			Convention: "full e-mail address",
		},
		Password: Password{
			Kind: "account password, app-specific with 2FA; client access is switched on in the mail settings",
		},
		Docs: "https://hilfe.gmx.net",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: High, Sources: []string{"ISPDB gmx.net, gmx.com", "nodemailer services.json"}},
			{Group: "auth", Confidence: Medium},
		},
		Unverified: []Doubt{
			{Field: "hosts.smtp.gmx.com"},
			{Field: "password.kind", Note: "the access switch"},
			{Field: "mx"},
		},
		Checked: "2026-11-23",
	},
	{
		ID:      "icloud",
		Name:    "Apple iCloud Mail",
		Kind:    Mailbox,
		Hosts:   []string{"smtp.mail.me.com"},
		Domains: []string{"icloud.com", "me.com", "mac.com"},
		MX:      []string{"mx01.mail.icloud.com", "mx02.mail.icloud.com"},
		Ports: []Port{
			{Port: 587, Mode: target.STARTTLS, Recommended: true},
		},
		NoPorts: []uint16{465},
		Username: Username{
			Convention: "the full iCloud address, or the part before the @",
		},
		Password: Password{
			Kind:    "app-specific password",
			Pattern: `^[a-z]{4}-[a-z]{4}-[a-z]{4}-[a-z]{4}$`,
			Not:     []string{"Apple ID password"},
		},
		Sender: "MAIL FROM is an address or alias of the account",
		Rejections: []Rejection{
			{Code: 550, Enhanced: "5.7.0", Text: "From address is not one of your addresses", Stages: []string{"MAIL"}, Meaning: "MAIL FROM is not an address of this account", Fix: "set the sender to the iCloud address or an alias of it", Seen: Wild},
		},
		DNS: DNS{
			SPF: SPF{Include: "icloud.com"},
			DKIM: []DKIM{
				{Selector: "sig1", Type: "CNAME", Target: "sig1.dkim.<domain>.at.icloudmailadmin.com"},
			},
		},
		Docs: "https://support.apple.com/102525",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: High, Sources: []string{"ISPDB me.com", "nodemailer services.json"}},
			{Group: "dns", Confidence: High, Sources: []string{"public code: at.icloudmailadmin.com"}},
			{Group: "auth", Confidence: Medium},
			{Group: "rejections", Confidence: High},
		},
		Unverified: []Doubt{
			{Field: "password.pattern"},
			{Field: "no_ports", Note: "465"},
			{Field: "username.convention", Note: "the local part alone"},
		},
		Checked: "2026-11-23",
	},
	{
		ID:      "infomaniak",
		Name:    "Infomaniak Mail",
		Kind:    Mailbox,
		Hosts:   []string{"mail.infomaniak.com", "smtp.infomaniak.com"},
		Domains: []string{"ik.me", "ikmail.com", "etik.com"},
		MX:      []string{"mta-gw.infomaniak.ch"},
		Ports: []Port{
			{Port: 465, Mode: target.Implicit, Recommended: true},
			{Port: 587, Mode: target.STARTTLS},
		},
		Username: Username{
			Convention: "full e-mail address",
		},
		Password: Password{
			Kind: "mailbox password; an application password where external SMTP or 2FA demands it",
		},
		Rejections: []Rejection{
			{Code: 535, Enhanced: "5.7.0", Text: "Invalid login or password", Stages: []string{"AUTH"}, Meaning: "a wrong password, or the mailbox password where an application password is demanded", Fix: "make an application password in the Infomaniak manager", Seen: Wild},
		},
		DNS: DNS{
			SPF: SPF{Include: "spf.infomaniak.ch"},
			DKIM: []DKIM{
				{Selector: "<yyyymmdd>", Type: "TXT"},
			},
		},
		Docs: "https://www.infomaniak.com/en/support/faq/2023",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: High, Sources: []string{"nodemailer services.json (587)", "public code: '535 5.7.0 Invalid login or password' (465 and 587 both answer)"}},
			{Group: "rejections", Confidence: High, Sources: []string{"nodemailer services.json (587)"}},
			{Group: "dns", Confidence: High, Sources: []string{"public code: spf.infomaniak.ch"}},
			{Group: "auth", Confidence: Medium},
		},
		Checked: "2026-11-23",
	},
	{
		ID:      "mailbox-org",
		Name:    "mailbox.org",
		Kind:    Mailbox,
		Hosts:   []string{"smtp.mailbox.org"},
		Domains: []string{"mailbox.org"},
		MX:      []string{"mxext1.mailbox.org", "mxext2.mailbox.org", "mxext3.mailbox.org"},
		Ports: []Port{
			{Port: 465, Mode: target.Implicit, Recommended: true},
			{Port: 587, Mode: target.STARTTLS},
		},
		Username: Username{
			Convention: "full address",
		},
		Password: Password{
			Kind: "account password; an app password with 2FA",
		},
		DNS: DNS{
			SPF: SPF{Include: "mailbox.org"},
			DKIM: []DKIM{
				{Selector: "MBO0001", Type: "CNAME", Target: "MBO0001._domainkey.mailbox.org"},
				{Selector: "MBO0002", Type: "CNAME", Target: "MBO0002._domainkey.mailbox.org"},
				{Selector: "MBO0003", Type: "CNAME", Target: "MBO0003._domainkey.mailbox.org"},
				{Selector: "MBO0004", Type: "CNAME", Target: "MBO0004._domainkey.mailbox.org"},
			},
		},
		Docs: "https://kb.mailbox.org",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: High, Sources: []string{"public code: smtp.mailbox.org"}},
			{Group: "dns", Confidence: High, Sources: []string{"public code: _domainkey.mailbox.org"}},
			{Group: "auth", Confidence: Medium},
		},
		Unverified: []Doubt{
			{Field: "password.kind", Note: "the app password"},
			{Field: "domains"},
			{Field: "mx"},
		},
		Checked: "2026-11-23",
	},
	{
		ID:      "mailcom",
		Name:    "mail.com",
		Kind:    Mailbox,
		Hosts:   []string{"smtp.mail.com"},
		Domains: []string{"mail.com"},
		Ports: []Port{
			{Port: 465, Mode: target.Implicit},
			{Port: 587, Mode: target.STARTTLS},
		},
		Username: Username{
			Convention: "full e-mail address",
		},
		Password: Password{
			Kind: "account or app-specific password; SMTP is a paid feature on some accounts",
		},
		Docs: "https://support.mail.com",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: High, Sources: []string{"ISPDB mail.com"}},
			{Group: "auth", Confidence: Low},
		},
		Unverified: []Doubt{
			{Field: "password.kind", Note: "SMTP as a paid feature"},
			{Field: "domains"},
		},
		Checked: "2026-11-23",
	},
	{
		ID:      "mailru",
		Name:    "Mail.ru",
		Kind:    Mailbox,
		Hosts:   []string{"smtp.mail.ru"},
		Domains: []string{"mail.ru", "inbox.ru", "list.ru", "bk.ru", "internet.ru"},
		MX:      []string{"mxs.mail.ru", "emx.mail.ru"},
		Ports: []Port{
			{Port: 465, Mode: target.Implicit, Recommended: true},
			{Port: 587, Mode: target.STARTTLS},
		},
		Username: Username{
			Convention: "full address",
		},
		Password: Password{
			Kind: "application password (external app)",
			Not:  []string{"account password"},
		},
		Rejections: []Rejection{
			{Code: 535, Enhanced: "5.7.0", Text: "NEOBHODIM parol prilozheniya https://help.mail.ru/mail/security/protection/external / Application password is REQUIRED", Stages: []string{"AUTH"}, Meaning: "the account password in place of an application password", Fix: "create an application password", Seen: Wild},
		},
		Docs: "https://help.mail.ru/mail/security/protection/external",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: High, Sources: []string{"ISPDB mail.ru", "nodemailer services.json"}},
			{Group: "rejections", Confidence: High, Sources: []string{"public code: 'parol prilozheniya'"}},
			{Group: "auth", Confidence: High},
		},
		Unverified: []Doubt{
			{Field: "domains"},
			{Field: "mx"},
		},
		Checked: "2026-11-23",
	},
	{
		ID:       "microsoft365",
		Name:     "Microsoft 365 / Exchange Online (SMTP AUTH client submission)",
		Kind:     Mailbox,
		Hosts:    []string{"smtp.office365.com", "smtp-legacy.office365.com", "outlook.office365.com"},
		HostNote: "smtp-legacy is the opt-in host for TLS 1.0 and 1.1; outlook.office365.com serves IMAP and takes no submission",
		MX:       []string{"*.mail.protection.outlook.com", "*.mx.microsoft"},
		Ports: []Port{
			{Port: 587, Mode: target.STARTTLS, Recommended: true},
			{Port: 25, Mode: target.STARTTLS},
		},
		NoPorts: []uint16{465},
		Username: Username{
			Convention: "the user principal name of a licensed mailbox",
		},
		Password: Password{
			Kind: "OAuth2 token (XOAUTH2); the mailbox or app password only while the tenant allows it",
		},
		Mechanisms: []string{"LOGIN", "XOAUTH2"},
		Sender:     "the From address is the mailbox logged in, or that mailbox may Send As it",
		Rejections: []Rejection{
			{Code: 535, Enhanced: "5.7.139", Text: "Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled for more information.", Stages: []string{"AUTH"}, Meaning: "SMTP AUTH is switched off for the whole tenant; the password is not at fault", Fix: "run Set-TransportConfig -SmtpClientAuthenticationDisabled $false, or Set-CASMailbox for one mailbox", Seen: Wild},
			{Code: 535, Enhanced: "5.7.139", Text: "Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox.", Stages: []string{"AUTH"}, Meaning: "SMTP AUTH is switched off for this mailbox", Fix: "run Set-CASMailbox <mailbox> -SmtpClientAuthenticationDisabled $false", Seen: Wild},
			{Code: 535, Enhanced: "5.7.139", Text: "Authentication unsuccessful, basic authentication is disabled.", Stages: []string{"AUTH"}, Meaning: "password logins are off, as on each Outlook.com account", Fix: "use OAuth2", Seen: Wild},
			{Code: 535, Enhanced: "5.7.139", Text: "Authentication unsuccessful, user is locked by your organization's security defaults policy. Contact your administrator.", Stages: []string{"AUTH"}, Meaning: "the Entra security defaults forbid password logins", Fix: "use OAuth2, or replace the security defaults by conditional access", Seen: Wild},
			{Code: 535, Enhanced: "5.7.139", Text: "Authentication unsuccessful, the user credentials were incorrect.", Stages: []string{"AUTH"}, Meaning: "a wrong password, or one where MFA is demanded", Seen: Wild},
			{Code: 535, Enhanced: "5.7.3", Text: "Authentication unsuccessful", Stages: []string{"AUTH"}, Meaning: "wrong credentials, or SMTP AUTH is off", Seen: Wild},
			{Code: 550, Enhanced: "5.7.30", Text: "Basic authentication is not supported for Client Submission.", Stages: []string{"AUTH"}, Meaning: "password logins have ended for this tenant", Fix: "use OAuth2, Microsoft Graph, High Volume Email or Azure Communication Services", Seen: Documented},
			{Code: 530, Enhanced: "5.7.57", Text: "Client not authenticated to send mail", Stages: []string{"MAIL"}, Meaning: "MAIL before a login", Seen: Wild},
			{Code: 550, Enhanced: "5.7.60", Text: "SMTP; Client does not have permissions to send as this sender", Stages: []string{"DATA"}, Meaning: "this mailbox may not send as that sender", Fix: "grant Send As, or change the From address", Seen: Documented},
			{Code: 550, Enhanced: "5.1.8", Text: "Access denied, bad outbound sender", Meaning: "the mailbox is blocked for sending spam", Fix: "release it in Defender under Restricted entities", Seen: Documented},
			{Code: 550, Enhanced: "5.7.64", Text: "TenantAttribution; Relay Access Denied", Meaning: "the sending server is not attributed to a tenant", Fix: "set up an inbound connector with the right IP or certificate", Seen: Documented},
		},
		TLS: TLS{Required: Yes, Min: "1.2"},
		DNS: DNS{
			SPF: SPF{Include: "spf.protection.outlook.com"},
			DKIM: []DKIM{
				{Selector: "selector1", Type: "CNAME", Target: "selector1-<domain-with-dashes>._domainkey.<tenant>.onmicrosoft.com"},
				{Selector: "selector2", Type: "CNAME", Target: "selector2-<domain-with-dashes>._domainkey.<tenant>.onmicrosoft.com"},
			},
		},
		Notes: []string{
			"Password logins to SMTP AUTH go off by default at the end of December 2026 (MC786329 as of 2026-01-27); an admin may switch them on again. New tenants have none, and the end is to be announced in the second half of 2027.",
		},
		Docs: "https://learn.microsoft.com/exchange/mail-flow-best-practices/how-to-set-up-a-multifunction-device-or-application-to-send-email-using-microsoft-365-or-office-365",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: High, Sources: []string{"ISPDB office365.com", "nodemailer services.json"}},
			{Group: "deprecations", Confidence: High, Sources: []string{"github.com/OpenCTI-Platform/opencti/issues/12069 (old timeline, error text)", "github.com/msgwing/ZeroSMTP discussions 32/112/460 (2026)", "github.com/solvetus/missivus-wordpress release v0.1.2 (2026-08)", "https://techcommunity.microsoft.com/blog/exchange/exchange-online-to-retire-basic-auth-for-client-submission-smtp-auth/4114750"}},
			{Group: "rejections", Confidence: High, Sources: []string{"public code: '535 5.7.139 Authentication unsuccessful' and 'SmtpClientAuthentication is disabled for the'", "sisimai rhost/for-microsoft.go"}},
			{Group: "auth", Confidence: High},
			{Group: "dns", Confidence: High},
		},
		Unverified: []Doubt{
			{Field: "host_note", Note: "old TLS at smtp-legacy"},
			{Field: "rejections.530", Note: "code and text seen apart"},
			{Field: "dns.dkim", Note: "targets"},
			{Field: "mx"},
		},
		Checked: "2026-11-23",
	},
	{
		ID:    "migadu",
		Name:  "Migadu",
		Kind:  Mailbox,
		Hosts: []string{"smtp.migadu.com"},
		MX:    []string{"aspmx1.migadu.com", "aspmx2.migadu.com"},
		Ports: []Port{
			{Port: 465, Mode: target.Implicit, Recommended: true},
			{Port: 587, Mode: target.STARTTLS},
		},
		Username: Username{
			Convention: "full mailbox or identity address",
		},
		Password: Password{
			Kind: "mailbox or identity password",
		},
		DNS: DNS{
			SPF: SPF{Include: "spf.migadu.com"},
			DKIM: []DKIM{
				{Selector: "key1", Type: "CNAME", Target: "key1.<domain>._domainkey.migadu.com"},
				{Selector: "key2", Type: "CNAME", Target: "key2.<domain>._domainkey.migadu.com"},
				{Selector: "key3", Type: "CNAME", Target: "key3.<domain>._domainkey.migadu.com"},
			},
			Verification: "TXT @ \"hosted-email-verify=<code>\"",
		},
		Docs: "https://www.migadu.com/guides/",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: High, Sources: []string{"public code: smtp.migadu.com (SRV records and configs)"}},
			{Group: "dns", Confidence: High, Sources: []string{"public code: spf.migadu.com"}},
			{Group: "auth", Confidence: Medium},
		},
		Unverified: []Doubt{
			{Field: "password.kind"},
		},
		Checked: "2026-11-23",
	},
	{
		ID:      "naver",
		Name:    "Naver Mail",
		Kind:    Mailbox,
		Hosts:   []string{"smtp.naver.com"},
		Domains: []string{"naver.com"},
		MX:      []string{"mx1.naver.com", "mx2.naver.com", "mx3.naver.com"},
		Ports: []Port{
			{Port: 465, Mode: target.Implicit},
			{Port: 587, Mode: target.STARTTLS},
		},
		Username: Username{
			Convention: "full address or Naver ID",
		},
		Password: Password{
			Kind: "account or app password; POP3/SMTP is switched on",
		},
		Docs: "https://help.naver.com",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: High, Sources: []string{"ISPDB naver.com (465)", "nodemailer services.json (587)"}},
			{Group: "auth", Confidence: Low},
		},
		Unverified: []Doubt{
			{Field: "password.kind"},
			{Field: "domains"},
			{Field: "mx"},
		},
		Checked: "2026-11-23",
	},
	{
		ID:      "netease",
		Name:    "NetEase 163 / 126 / yeah.net",
		Kind:    Mailbox,
		Hosts:   []string{"smtp.163.com", "smtp.126.com", "smtp.yeah.net"},
		Domains: []string{"163.com", "126.com", "yeah.net"},
		Ports: []Port{
			{Port: 465, Mode: target.Implicit, Recommended: true},
			{Port: 25, Mode: target.Cleartext},
		},
		Username: Username{
			Convention: "full address",
		},
		Password: Password{
			Kind: "authorization code for clients; the SMTP service is switched on",
			Not:  []string{"account password"},
		},
		Sender: "envelope sender and From equal the login",
		Rejections: []Rejection{
			{Code: 553, Text: "Mail from must equal authorized user", Stages: []string{"MAIL"}, Meaning: "MAIL FROM is not the login", Fix: "set the sender to the login", Seen: Wild},
		},
		Docs: "https://help.mail.163.com/",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: High, Sources: []string{"ISPDB 163.com, 126.com, yeah.net", "nodemailer services.json"}},
			{Group: "rejections", Confidence: High, Sources: []string{"public code: '553 Mail from must equal authorized user'"}},
			{Group: "auth", Confidence: High},
		},
		Unverified: []Doubt{
			{Field: "ports.25"},
			{Field: "password.kind", Note: "the authorization code"},
		},
		Checked: "2026-11-23",
	},
	{
		ID:      "outlook-com",
		Name:    "Outlook.com / Hotmail / Live (consumer)",
		Kind:    Mailbox,
		Hosts:   []string{"smtp-mail.outlook.com"},
		Domains: []string{"outlook.com", "hotmail.com", "live.com", "msn.com"},
		MX:      []string{"*.olc.protection.outlook.com"},
		Ports: []Port{
			{Port: 587, Mode: target.STARTTLS, Recommended: true},
		},
		Username: Username{
			Convention: "full e-mail address",
		},
		Password: Password{
			Kind: "OAuth2 token; no password is accepted",
			Not:  []string{"account password", "app password"},
		},
		Rejections: []Rejection{
			{Code: 535, Enhanced: "5.7.139", Text: "Authentication unsuccessful, basic authentication is disabled.", Stages: []string{"AUTH"}, Meaning: "consumer accounts take OAuth2 only", Fix: "use OAuth2, or another provider", Seen: Wild},
		},
		Docs: "https://support.microsoft.com/office/d088b986-291d-42b8-9564-9c414e2aa040",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: High, Sources: []string{"ISPDB hotmail.com", "nodemailer services.json"}},
			{Group: "rejections", Confidence: High, Sources: []string{"public code: '535 5.7.139 Authentication unsuccessful' (2024-10 onward)"}},
			{Group: "auth", Confidence: High},
		},
		Unverified: []Doubt{
			{Field: "domains"},
			{Field: "mx"},
		},
		Checked: "2026-11-23",
	},
	{
		ID:      "posteo",
		Name:    "Posteo",
		Kind:    Mailbox,
		Hosts:   []string{"posteo.de"},
		Domains: []string{"posteo.de", "posteo.net"},
		MX:      []string{"mx01.posteo.de", "mx02.posteo.de"},
		Ports: []Port{
			{Port: 465, Mode: target.Implicit},
			{Port: 587, Mode: target.STARTTLS},
		},
		Username: Username{
			Convention: "full address",
		},
		Password: Password{
			Kind: "account password",
		},
		Notes: []string{
			"Own domains are not supported; the From address is one of Posteo.",
		},
		Docs: "https://posteo.de/en/help",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: High, Sources: []string{"ISPDB posteo.de"}},
			{Group: "auth", Confidence: Medium},
		},
		Unverified: []Doubt{
			{Field: "notes", Note: "own domains"},
			{Field: "domains"},
			{Field: "mx"},
		},
		Checked: "2026-11-23",
	},
	{
		ID:       "proton-bridge",
		Name:     "Proton Mail Bridge (local)",
		Kind:     Mailbox,
		Loopback: true,
		HostNote: "Port 1025 on loopback is shared with Mailpit and its like; only a Proton address tells them apart.",
		Ports: []Port{
			{Port: 1025, Mode: target.STARTTLS, Recommended: true, Note: "STARTTLS or implicit TLS by setting, with a self-signed certificate"},
		},
		Username: Username{
			Convention: "address shown by Bridge",
		},
		Password: Password{
			Kind: "Bridge-generated password",
			Not:  []string{"Proton account password"},
		},
		TLS:  TLS{Note: "the certificate is self-signed"},
		Docs: "https://proton.me/mail/bridge",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: High, Sources: []string{"github.com/ProtonMail/proton-bridge internal/bridge/heartbeat.go (IMAP 1143, SMTP 1025; 2025-06)"}},
			{Group: "auth", Confidence: Medium},
		},
		Unverified: []Doubt{
			{Field: "ports.1025", Note: "the switch of modes"},
			{Field: "password.kind"},
		},
		Checked: "2026-11-23",
	},
	{
		ID:    "proton-submission",
		Name:  "Proton Mail SMTP submission (tokens)",
		Kind:  Mailbox,
		Hosts: []string{"smtp.protonmail.ch"},
		MX:    []string{"mail.protonmail.ch", "mailsec.protonmail.ch"},
		Ports: []Port{
			{Port: 587, Mode: target.STARTTLS, Recommended: true},
		},
		Username: Username{
			Convention: "the address the token was made for",
		},
		Password: Password{
			Kind:    "SMTP token of 16 characters from Settings > IMAP/SMTP; business plans with an own domain",
			Pattern: `^[A-Z0-9]{16}$`,
			Not:     []string{"account password", "Bridge password"},
		},
		Sender: "From must be the token's address",
		DNS: DNS{
			SPF: SPF{Include: "_spf.protonmail.ch"},
			DKIM: []DKIM{
				{Selector: "protonmail", Type: "CNAME", Target: "protonmail.domainkey.<hash>.domains.proton.ch"},
				{Selector: "protonmail2", Type: "CNAME"},
				{Selector: "protonmail3", Type: "CNAME"},
			},
		},
		Docs: "https://proton.me/support/smtp-submission",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: High, Sources: []string{"nodemailer services.json", "public code: smtp.protonmail.ch"}},
			{Group: "auth", Confidence: Medium, Sources: []string{"nodemailer services.json"}},
			{Group: "dns", Confidence: High, Sources: []string{"public code: _spf.protonmail.ch"}},
		},
		Unverified: []Doubt{
			{Field: "password.pattern", Note: "known from one sample"},
			{Field: "password.kind", Note: "rule for plans"},
			{Field: "mx"},
		},
		Checked: "2026-11-23",
	},
	{
		ID:    "purelymail",
		Name:  "Purelymail",
		Kind:  Mailbox,
		Hosts: []string{"smtp.purelymail.com"},
		MX:    []string{"mailserver.purelymail.com"},
		Ports: []Port{
			{Port: 465, Mode: target.Implicit, Recommended: true},
		},
		Username: Username{
			Convention: "full address",
		},
		Password: Password{
			Kind: "account password; an app password with 2FA",
		},
		DNS: DNS{
			SPF: SPF{Include: "_spf.purelymail.com"},
			DKIM: []DKIM{
				{Selector: "purelymail1", Type: "CNAME", Target: "key1.dkimroot.purelymail.com"},
				{Selector: "purelymail2", Type: "CNAME", Target: "key2.dkimroot.purelymail.com"},
				{Selector: "purelymail3", Type: "CNAME", Target: "key3.dkimroot.purelymail.com"},
			},
			DMARC: "CNAME _dmarc -> dmarcroot.purelymail.com",
		},
		Docs: "https://purelymail.com/docs",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: High, Sources: []string{"public code: smtp.purelymail.com"}},
			{Group: "dns", Confidence: High, Sources: []string{"public code: key1.dkimroot.purelymail.com"}},
			{Group: "auth", Confidence: Medium},
		},
		Unverified: []Doubt{
			{Field: "password.kind", Note: "the app password"},
		},
		Checked: "2026-11-23",
	},
	{
		ID:      "qq",
		Name:    "QQ Mail",
		Kind:    Mailbox,
		Hosts:   []string{"smtp.qq.com"},
		Domains: []string{"qq.com", "foxmail.com"},
		MX:      []string{"mx1.qq.com", "mx2.qq.com", "mx3.qq.com"},
		Ports: []Port{
			{Port: 465, Mode: target.Implicit, Recommended: true},
			{Port: 587, Mode: target.STARTTLS},
		},
		Username: Username{
			Convention: "full address",
		},
		Password: Password{
			Kind:    "authorization code of 16 letters; the SMTP service is switched on",
			Pattern: `^[a-z]{16}$`,
			Not:     []string{"QQ password"},
		},
		Sender: "From must equal the authenticated account",
		Rejections: []Rejection{
			{Code: 535, Text: "Login Fail. Please enter your authorization code to login. More information in http://service.mail.qq.com/cgi-bin/help?subtype=1&&id=28&&no=1001256", Stages: []string{"AUTH"}, Meaning: "the QQ password in place of the authorization code", Fix: "switch the SMTP service on and make a code", Seen: Wild},
		},
		Docs: "https://service.mail.qq.com/",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: High, Sources: []string{"ISPDB qq.com", "nodemailer services.json"}},
			{Group: "rejections", Confidence: High, Sources: []string{"public code: 'Please enter your authorization code to login'"}},
			{Group: "auth", Confidence: High},
		},
		Unverified: []Doubt{
			{Field: "ports.587"},
			{Field: "password.pattern", Note: "length of the code"},
			{Field: "sender"},
			{Field: "mx"},
		},
		Checked: "2026-11-23",
	},
	{
		ID:      "seznam",
		Name:    "Seznam.cz",
		Kind:    Mailbox,
		Hosts:   []string{"smtp.seznam.cz"},
		Domains: []string{"seznam.cz", "email.cz", "post.cz", "spoluzaci.cz"},
		MX:      []string{"mx1.seznam.cz", "mx2.seznam.cz"},
		Ports: []Port{
			{Port: 465, Mode: target.Implicit, Recommended: true},
		},
		Username: Username{
			Convention: "full address",
		},
		Password: Password{
			Kind: "account password",
		},
		Docs: "https://napoveda.seznam.cz",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: High, Sources: []string{"ISPDB seznam.cz", "nodemailer services.json"}},
			{Group: "auth", Confidence: Low},
		},
		Unverified: []Doubt{
			{Field: "mx"},
		},
		Checked: "2026-11-23",
	},
	{
		ID:      "t-online",
		Name:    "T-Online (Telekom)",
		Kind:    Mailbox,
		Hosts:   []string{"securesmtp.t-online.de"},
		Domains: []string{"t-online.de", "magenta.de"},
		MX:      []string{"mx00.t-online.de", "mx01.t-online.de", "mx02.t-online.de", "mx03.t-online.de"},
		Ports: []Port{
			{Port: 465, Mode: target.Implicit},
			{Port: 587, Mode: target.STARTTLS},
		},
		Username: Username{
			Convention: "full address",
		},
		Password: Password{
			Kind: "separate e-mail password",
			Not:  []string{"Telekom login password"},
		},
		Docs: "https://www.telekom.de/hilfe",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: High, Sources: []string{"ISPDB t-online.de"}},
			{Group: "auth", Confidence: Low},
		},
		Unverified: []Doubt{
			{Field: "password.kind"},
			{Field: "domains"},
			{Field: "mx"},
		},
		Checked: "2026-11-23",
	},
	{
		ID:    "tencent-exmail",
		Name:  "Tencent Exmail (QQ enterprise)",
		Kind:  Mailbox,
		Hosts: []string{"smtp.exmail.qq.com", "hwsmtp.exmail.qq.com"},
		MX:    []string{"mxbiz1.qq.com", "mxbiz2.qq.com"},
		Ports: []Port{
			{Port: 465, Mode: target.Implicit, Recommended: true},
		},
		Username: Username{
			Convention: "full address",
		},
		Password: Password{
			Kind: "mailbox password or one made for clients",
		},
		Docs: "https://service.exmail.qq.com/",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: High, Sources: []string{"nodemailer services.json (QQex)"}},
			{Group: "auth", Confidence: Low},
		},
		Unverified: []Doubt{
			{Field: "hosts.hwsmtp.exmail.qq.com"},
			{Field: "password.kind"},
			{Field: "mx"},
		},
		Checked: "2026-11-23",
	},
	{
		ID:      "webde",
		Name:    "WEB.DE",
		Kind:    Mailbox,
		Hosts:   []string{"smtp.web.de"},
		Domains: []string{"web.de"},
		MX:      []string{"mx-ha02.web.de", "mx-ha03.web.de"},
		Ports: []Port{
			{Port: 465, Mode: target.Implicit},
			{Port: 587, Mode: target.STARTTLS},
		},
		Username: Username{
			Convention: "local part (ISPDB) or full address",
		},
		Password: Password{
			Kind: "account password, app-specific with 2FA; client access is switched on in the mail settings",
		},
		Docs: "https://hilfe.web.de",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: High, Sources: []string{"ISPDB web.de"}},
			{Group: "auth", Confidence: Medium},
		},
		Unverified: []Doubt{
			{Field: "password.kind", Note: "the access switch"},
			{Field: "mx"},
		},
		Checked: "2026-11-23",
	},
	{
		ID:      "yahoo",
		Name:    "Yahoo Mail",
		Kind:    Mailbox,
		Hosts:   []string{"smtp.mail.yahoo.com", "smtp.mail.yahoo.*"},
		Domains: []string{"yahoo.com", "ymail.com", "rocketmail.com"},
		MX:      []string{"mta*.am0.yahoodns.net"},
		Ports: []Port{
			{Port: 465, Mode: target.Implicit, Recommended: true},
			{Port: 587, Mode: target.STARTTLS},
		},
		Username: Username{
			Convention: "full e-mail address",
		},
		Password: Password{
			Kind:   "app password or OAuth2",
			Length: 16,
			Not:    []string{"account password"},
		},
		Rejections: []Rejection{
			{Code: 535, Enhanced: "5.7.0", Text: "(#AUTH005) Too many bad auth attempts.", Stages: []string{"AUTH"}, Meaning: "the account password in place of an app password, said even at the first attempt", Fix: "generate an app password", Seen: Wild},
		},
		Docs: "https://help.yahoo.com/kb/SLN4724.html",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: High, Sources: []string{"ISPDB yahoo.com (465)", "nodemailer services.json (465)"}},
			{Group: "rejections", Confidence: High, Sources: []string{"public code: (#AUTH005)"}},
			{Group: "auth", Confidence: High},
		},
		Unverified: []Doubt{
			{Field: "ports.587"},
			{Field: "hosts.smtp.mail.yahoo.*"},
			{Field: "domains"},
			{Field: "password.length"},
			{Field: "mx"},
		},
		Checked: "2026-11-23",
	},
	{
		ID:      "yandex",
		Name:    "Yandex Mail / Yandex 360",
		Kind:    Mailbox,
		Hosts:   []string{"smtp.yandex.com", "smtp.yandex.ru", "smtp.yandex.*"},
		Domains: []string{"yandex.ru", "yandex.com", "ya.ru"},
		MX:      []string{"mx.yandex.net", "mx.yandex.ru"},
		Ports: []Port{
			{Port: 465, Mode: target.Implicit, Recommended: true},
			{Port: 587, Mode: target.STARTTLS},
		},
		Username: Username{
			Convention: "full address (or login)",
		},
		Password: Password{
			Kind: "app password for mail; client access is switched on in the settings",
		},
		Sender: "the From address is the login or an alias",
		Rejections: []Rejection{
			{Code: 535, Enhanced: "5.7.8", Text: "Error: authentication failed: This user does not have access rights to this service", Stages: []string{"AUTH"}, Meaning: "client access is off, or the app password is not one for mail", Fix: "allow mail clients in the settings and make an app password for mail", Seen: Wild},
		},
		Docs: "https://yandex.com/support/mail/mail-clients.html",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: High, Sources: []string{"ISPDB yandex.ru (smtp.yandex.com:465)", "nodemailer services.json"}},
			{Group: "rejections", Confidence: High, Sources: []string{"public code: 'This user does not have access rights to this ser'"}},
			{Group: "auth", Confidence: High},
		},
		Unverified: []Doubt{
			{Field: "ports.587"},
			{Field: "sender"},
			{Field: "domains"},
			{Field: "mx"},
		},
		Checked: "2026-11-23",
	},
	{
		ID:         "zoho-mail",
		Name:       "Zoho Mail",
		Kind:       Mailbox,
		Hosts:      []string{"smtp.zoho.com", "smtp.zoho.eu", "smtp.zoho.in", "smtp.zoho.com.au", "smtp.zoho.jp", "smtp.zohocloud.ca", "smtppro.zoho.com", "smtppro.zoho.eu", "smtppro.zoho.in", "smtp.zoho.*", "smtppro.zoho.*"},
		RegionNote: "The last label of the host is the account's data centre; another one answers 535. smtppro serves paid organisations, smtp personal addresses.",
		Domains:    []string{"zohomail.com", "zohomail.eu", "zohomail.in"},
		MX:         []string{"mx.zoho.*", "mx2.zoho.*", "mx3.zoho.*"},
		Ports: []Port{
			{Port: 465, Mode: target.Implicit, Recommended: true},
			{Port: 587, Mode: target.STARTTLS},
		},
		Username: Username{
			Convention: "full e-mail address",
		},
		Password: Password{
			Kind: "account password; an application-specific one with 2FA",
		},
		Mechanisms: []string{"LOGIN", "PLAIN"},
		Sender:     "the From address is the login, an alias or a group of it",
		Rejections: []Rejection{
			{Code: 553, Text: "Relaying disallowed as <address>", Stages: []string{"MAIL", "DATA"}, Meaning: "the From address is neither the login nor an alias", Fix: "set the sender to the login, or add the alias", Seen: Wild},
		},
		DNS: DNS{
			SPF: SPF{Include: "zoho.com", Note: "other data centres include zoho.eu, zoho.in and so on"},
			DKIM: []DKIM{
				{Selector: "free choice, zoho or zmail by convention", Type: "TXT"},
			},
		},
		Docs: "https://www.zoho.com/mail/help/zoho-smtp.html",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: High, Sources: []string{"ISPDB zoho.com (6 data centres)", "nodemailer services.json"}},
			{Group: "rejections", Confidence: High, Sources: []string{"public code: '553 Relaying disallowed as'"}},
			{Group: "dns", Confidence: High, Sources: []string{"public code: provider tables (2026)"}},
			{Group: "auth", Confidence: Medium},
		},
		Unverified: []Doubt{
			{Field: "password.kind", Note: "rule for 2FA"},
			{Field: "region_note", Note: "reply of another data centre"},
			{Field: "domains"},
			{Field: "mx"},
		},
		Checked: "2026-11-23",
	},
}
