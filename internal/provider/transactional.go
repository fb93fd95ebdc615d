package provider

import "github.com/maildoctor/maildoctor/internal/target"

// transactional are the services that applications send through.
// What is listed under Unverified is a hint only.
var transactional = []Provider{
	{
		ID:    "ahasend",
		Name:  "AhaSend",
		Kind:  Transactional,
		Hosts: []string{"send.ahasend.com", "send-us.ahasend.com"},
		Regions: []Region{
			{"eu", "send.ahasend.com"},
			{"us", "send-us.ahasend.com"},
		},
		Ports: []Port{
			{Port: 587, Mode: target.STARTTLS, Recommended: true},
			{Port: 25, Mode: target.STARTTLS},
			{Port: 2525, Mode: target.STARTTLS},
		},
		Username: Username{
			Convention: "generated SMTP credential user",
			Pattern:    `^[A-Za-z0-9]{10}$`,
		},
		Password: Password{
			Kind: "generated SMTP credential password",
		},
		Notes: []string{
			"Port 465 is named by the vendor's CLI and by no guide; it is left out here.",
		},
		Docs: "https://ahasend.com/docs",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: Medium, Sources: []string{"public code: send.ahasend.com (incl. AhaSend CLI source)"}},
			{Group: "auth", Confidence: Medium, Sources: []string{"public code: send.ahasend.com (incl. AhaSend CLI source)"}},
		},
		Checked: "2026-11-23",
	},
	{
		ID:    "aliyun-directmail",
		Name:  "Alibaba Cloud DirectMail",
		Kind:  Transactional,
		Hosts: []string{"smtpdm.aliyun.com", "smtpdm-*.aliyun.com", "smtpdm-*.aliyuncs.com"},
		Ports: []Port{
			{Port: 465, Mode: target.Implicit, Recommended: true},
			{Port: 80, Mode: target.Cleartext, Note: "for hosts that block 25; STARTTLS is not confirmed"},
			{Port: 25, Mode: target.Cleartext, Note: "blocked on Alibaba ECS"},
		},
		Username: Username{
			Convention: "the full sender address made in the DirectMail console",
		},
		Password: Password{
			Kind: "SMTP password set for that sender address",
			Not:  []string{"Alibaba account password", "AccessKey secret"},
		},
		Sender: "envelope sender and From equal the login",
		Rejections: []Rejection{
			{Code: 526, Text: "Authentication failure[0]", Stages: []string{"AUTH"}, Meaning: "a wrong SMTP password, or a user name that is not the full address", Seen: Wild},
		},
		Docs: "https://www.alibabacloud.com/help/en/direct-mail",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: Medium, Sources: []string{"public code: smtpdm.aliyun.com"}},
			{Group: "rejections", Confidence: Medium, Sources: []string{"public code: '526 Authentication failure'"}},
			{Group: "auth", Confidence: Medium},
		},
		Unverified: []Doubt{
			{Field: "hosts.smtpdm-*.aliyun.com"},
			{Field: "hosts.smtpdm-*.aliyuncs.com"},
			{Field: "ports.25", Note: "block on Alibaba ECS"},
			{Field: "ports.80", Note: "STARTTLS there"},
			{Field: "sender"},
		},
		Checked: "2026-11-23",
	},
	{
		ID:           "amazon-ses",
		Name:         "Amazon SES",
		Kind:         Transactional,
		Hosts:        []string{"email-smtp.*.amazonaws.com", "email-smtp-fips.*.amazonaws.com", "email-smtp.*.api.aws", "email-smtp-fips.*.api.aws"},
		HostTemplate: "email-smtp.<region>.amazonaws.com",
		Regions: []Region{
			{"us-east-1", "email-smtp.us-east-1.amazonaws.com"},
			{"us-east-2", "email-smtp.us-east-2.amazonaws.com"},
			{"us-west-1", "email-smtp.us-west-1.amazonaws.com"},
			{"us-west-2", "email-smtp.us-west-2.amazonaws.com"},
			{"ca-central-1", "email-smtp.ca-central-1.amazonaws.com"},
			{"sa-east-1", "email-smtp.sa-east-1.amazonaws.com"},
			{"eu-west-1", "email-smtp.eu-west-1.amazonaws.com"},
			{"eu-west-2", "email-smtp.eu-west-2.amazonaws.com"},
			{"eu-west-3", "email-smtp.eu-west-3.amazonaws.com"},
			{"eu-central-1", "email-smtp.eu-central-1.amazonaws.com"},
			{"eu-north-1", "email-smtp.eu-north-1.amazonaws.com"},
			{"ap-northeast-1", "email-smtp.ap-northeast-1.amazonaws.com"},
			{"ap-northeast-2", "email-smtp.ap-northeast-2.amazonaws.com"},
			{"ap-northeast-3", "email-smtp.ap-northeast-3.amazonaws.com"},
			{"ap-south-1", "email-smtp.ap-south-1.amazonaws.com"},
			{"ap-southeast-1", "email-smtp.ap-southeast-1.amazonaws.com"},
			{"ap-southeast-2", "email-smtp.ap-southeast-2.amazonaws.com"},
			{"us-gov-east-1", "email-smtp.us-gov-east-1.amazonaws.com"},
			{"us-gov-west-1", "email-smtp.us-gov-west-1.amazonaws.com"},
		},
		RegionNote: "Other regions may have opened since; a region not listed is no error.",
		Ports: []Port{
			{Port: 587, Mode: target.STARTTLS, Recommended: true},
			{Port: 2587, Mode: target.STARTTLS},
			{Port: 25, Mode: target.STARTTLS, Note: "throttled on EC2"},
			{Port: 465, Mode: target.Implicit},
			{Port: 2465, Mode: target.Implicit},
		},
		Username: Username{
			Convention: "the SMTP user name from the SES console, an IAM access key id",
			Pattern:    `^(AKIA|ASIA)[A-Z0-9]{16}$`,
			Note:       "temporary keys (ASIA) do not work with SMTP",
		},
		Password: Password{
			Kind:    "IAM-derived SMTP password, region-bound",
			Pattern: `^B[A-P][A-Za-z0-9+/]{42}$`,
			Length:  44,
			Not:     []string{"AWS secret access key"},
			WrongKinds: []WrongKind{
				{Pattern: `^[A-Za-z0-9+/]{40}$`, Is: "an AWS secret access key, which has to be converted to an SMTP password of the region first"},
			},
			Note: "a password belongs to one region; any other answers 535; base64 of a version byte 0x04 and an HMAC-SHA256, 33 bytes in all; passwords made before 2019-01-10 carry version 0x02",
		},
		Sender: "the sender identity is verified in the same region; in the sandbox each recipient is, too",
		Rejections: []Rejection{
			{Code: 421, Text: "Too many concurrent SMTP connections", Meaning: "too many connections at a time", Seen: Documented},
			{Code: 451, Text: "Temporary service failure", Meaning: "transient", Seen: Documented},
			{Code: 451, Text: "Timeout waiting for data from client", Seen: Documented},
			{Code: 454, Text: "Throttling failure: Daily message quota exceeded", Meaning: "the quota of 24 hours is used up", Fix: "ask for a higher quota", Seen: Documented},
			{Code: 454, Text: "Throttling failure: Maximum sending rate exceeded", Meaning: "the rate per second is exceeded", Fix: "slow down and retry with growing pauses", Seen: Documented},
			{Code: 454, Text: "Temporary authentication failure", Meaning: "SES could not check the credentials", Seen: Documented},
			{Code: 454, Text: "Temporary service failure", Seen: Documented},
			{Code: 530, Text: "Authentication required", Meaning: "the client did not log in", Seen: Documented},
			{Code: 530, Text: "Must issue a STARTTLS command first", Meaning: "the session is in clear text and TLS is demanded", Seen: Wild},
			{Code: 535, Text: "Authentication Credentials Invalid", Meaning: "a wrong pair, another region's password, or the raw secret key as password", Fix: "create SMTP credentials in the SES console of this region", Seen: Documented},
			{Code: 535, Text: "Account not subscribed to SES", Seen: Documented},
			{Code: 552, Text: "Message is too long.", Seen: Documented},
			{Code: 553, Text: "<email-address> Invalid email address", Stages: []string{"MAIL"}, Seen: Documented},
			{Code: 553, Text: "<email-address> address unknown", Stages: []string{"RCPT"}, Seen: Documented},
			{Code: 554, Text: "Access denied: User <arn> is not authorized to perform ses:SendRawEmail on resource <arn>", Meaning: "an IAM or sending-authorization policy forbids it", Fix: "allow ses:SendRawEmail for this identity", Seen: Documented},
			{Code: 554, Text: "Message rejected: Email address is not verified. The following identities failed the check in region <REGION>: <id>", Meaning: "the sender is not verified in this region, or the account is in the sandbox and the recipient is not verified", Fix: "verify the identity in the region named, or ask for production access", Seen: Documented},
		},
		TLS: TLS{Required: Yes},
		DNS: DNS{
			SPF: SPF{Include: "amazonses.com", Note: "counts on a custom MAIL FROM subdomain only; by default the envelope sender is amazonses.com"},
			DKIM: []DKIM{
				{Selector: "<token>", Type: "CNAME", Target: "<token>.dkim.amazonses.com", Count: 3},
			},
			ReturnPath: ReturnPath{Records: []string{"MX 10 feedback-smtp.<region>.amazonses.com", "TXT \"v=spf1 include:amazonses.com ~all\""}},
		},
		Docs: "https://docs.aws.amazon.com/ses/latest/dg/smtp-connect.html",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: High, Sources: []string{"https://docs.aws.amazon.com/ses/latest/dg/smtp-connect.html", "nodemailer services.json"}},
			{Group: "auth", Confidence: High, Sources: []string{"github.com/awsdocs/amazon-ses-developer-guide doc-source/smtp-credentials.md (2022)"}},
			{Group: "rejections", Confidence: High, Sources: []string{"github.com/awsdocs/amazon-ses-developer-guide doc-source/troubleshoot-smtp.md (2022)", "https://docs.aws.amazon.com/ses/latest/dg/troubleshoot-smtp.html"}},
			{Group: "dns", Confidence: High, Sources: []string{"github.com/awsdocs/amazon-ses-developer-guide doc-source/regions.md (2022)"}},
		},
		Checked: "2026-11-23",
	},
	{
		ID:    "azure-acs",
		Name:  "Azure Communication Services Email (SMTP)",
		Kind:  Transactional,
		Hosts: []string{"smtp.azurecomm.net"},
		Ports: []Port{
			{Port: 587, Mode: target.STARTTLS, Recommended: true},
			{Port: 25, Mode: target.STARTTLS},
		},
		Username: Username{
			Convention: "resource name, Entra application id and tenant id joined by dots or pipes; or a custom SMTP user name",
			Pattern:    `^[^.|]+[.|][0-9a-fA-F-]{36}[.|][0-9a-fA-F-]{36}$`,
		},
		Password: Password{
			Kind: "value of the Entra application's client secret",
			Not:  []string{"client secret ID", "ACS access key", "connection string"},
		},
		Sender: "the sender is a configured user name on a verified, connected domain",
		TLS:    TLS{Required: Yes, Min: "1.2"},
		DNS: DNS{
			SPF: SPF{Include: "spf.protection.outlook.com"},
			DKIM: []DKIM{
				{Selector: "selector1-azurecomm-prod-net", Type: "CNAME", Target: "selector1-azurecomm-prod-net._domainkey.azurecomm.net"},
				{Selector: "selector2-azurecomm-prod-net", Type: "CNAME", Target: "selector2-azurecomm-prod-net._domainkey.azurecomm.net"},
			},
			Verification: "TXT @ \"ms-domain-verification=<guid>\"",
		},
		Docs: "https://learn.microsoft.com/azure/communication-services/quickstarts/email/send-email-smtp/smtp-authentication",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: High, Sources: []string{"github.com/MicrosoftDocs/azure-docs articles/communication-services/quickstarts/email/send-email-smtp/smtp-authentication.md (2023-10)"}},
			{Group: "auth", Confidence: High, Sources: []string{"github.com/MicrosoftDocs/azure-docs articles/communication-services/quickstarts/email/send-email-smtp/smtp-authentication.md (2023-10)"}},
			{Group: "dns", Confidence: High, Sources: []string{"public code: _domainkey.azurecomm.net"}},
		},
		Unverified: []Doubt{
			{Field: "username.convention", Note: "custom SMTP user names"},
			{Field: "dns.verification"},
		},
		Checked: "2026-11-23",
	},
	{
		ID:       "brevo",
		Name:     "Brevo (formerly Sendinblue)",
		Kind:     Transactional,
		Hosts:    []string{"smtp-relay.brevo.com", "smtp-relay.sendinblue.com"},
		HostNote: "the sendinblue.com name dates from before 2023; use smtp-relay.brevo.com",
		Ports: []Port{
			{Port: 587, Mode: target.STARTTLS, Recommended: true, Note: "listed as unencrypted by Brevo, yet STARTTLS is offered"},
			{Port: 2525, Mode: target.STARTTLS},
			{Port: 465, Mode: target.Implicit},
		},
		Username: Username{
			Convention: "the SMTP login of the SMTP & API page, which is neither the sender nor, on newer accounts, the account address",
			Pattern:    `^[0-9a-f]+\d{3}@smtp-brevo\.com$`,
			Not:        []string{"account address on newer accounts", "sender address", "API key"},
			Note:       "accounts opened as Sendinblue log in with the account address instead",
		},
		Password: Password{
			Kind:    "SMTP key",
			Prefix:  "xsmtpsib-",
			Pattern: `^xsmtpsib-[0-9a-f]{64}-[A-Za-z0-9]{16}$`,
			Length:  90,
			Not:     []string{"v3 API key", "account password"},
			WrongKinds: []WrongKind{
				{Prefix: "xkeysib-", Pattern: `^xkeysib-[0-9a-f]{64}-[A-Za-z0-9]{16}$`, Is: "a Brevo API key, which SMTP never accepts"},
			},
			Note: "the first key of very old accounts has no prefix",
		},
		Sender: "the From address is a verified sender or belongs to an authenticated domain",
		Rejections: []Rejection{
			{Code: 525, Enhanced: "5.7.1", Text: "Unauthorized IP address", Stages: []string{"AUTH"}, Meaning: "the address this client comes from is not among the account's authorized IPs; SMTP keys and API keys have a switch each", Fix: "add the outgoing IP under Security > Authorized IPs, or switch the block off for SMTP keys where the IP changes", Seen: Wild},
			{Code: 535, Enhanced: "5.7.8", Text: "Authentication failed", Stages: []string{"AUTH"}, Meaning: "wrong login or wrong key, often an API key or the account address", Fix: "copy both login and key from SMTP & API > SMTP", Seen: Wild},
		},
		AllowList: AllowList{Default: "on for accounts opened after 2024-05-16; older ones switch it on after 30 days without a new IP", Effect: "SMTP answers 525 5.7.1; the API says unauthorized"},
		DNS: DNS{
			SPF: SPF{Include: "spf.brevo.com", Legacy: "spf.sendinblue.com", Required: Optional},
			DKIM: []DKIM{
				{Selector: "brevo1", Type: "CNAME", Target: "b1.<domain-with-dots-as-dashes>.dkim.brevo.com"},
				{Selector: "brevo2", Type: "CNAME", Target: "b2.<domain-with-dots-as-dashes>.dkim.brevo.com"},
				{Selector: "mail", Type: "TXT", Note: "older domains"},
			},
			Verification: "TXT @ \"brevo-code:<32 hex>\"",
			DMARC:        "the panel suggests v=DMARC1; p=none; rua=mailto:rua@dmarc.brevo.com",
		},
		Docs: "https://developers.brevo.com/docs/smtp-integration",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: High, Sources: []string{"https://developers.brevo.com/docs/smtp-integration"}},
			{Group: "auth", Confidence: High, Sources: []string{"https://help.brevo.com/hc/en-us/articles/7959631848850-Create-and-manage-your-SMTP-keys", "public code: xsmtpsib- (public repos)", "gitleaks config/gitleaks.toml sendinblue-api-token"}},
			{Group: "rejections", Confidence: High, Sources: []string{"public code: '525 5.7.1 Unauthorized IP' (10+ public repos, 2026)"}},
			{Group: "ip_allowlist", Confidence: High, Sources: []string{"https://wpmailsmtp.com/docs/brevo-unauthorized-not-verified/"}},
			{Group: "dns", Confidence: Medium, Sources: []string{"public code: brevo1._domainkey (10+ public zone files)"}},
		},
		Unverified: []Doubt{
			{Field: "password.pattern", Note: "shape of the oldest keys"},
			{Field: "dns.dkim.mail", Note: "seen on older domains"},
		},
		Checked: "2026-11-23",
	},
	{
		ID:    "cloudflare-email",
		Name:  "Cloudflare Email Service (Email Sending)",
		Kind:  Transactional,
		Hosts: []string{"smtp.mx.cloudflare.net"},
		Ports: []Port{
			{Port: 465, Mode: target.Implicit, Recommended: true},
		},
		NoPorts:     []uint16{25, 587},
		NoPortsNote: "submission is on 465 with implicit TLS only",
		Username: Username{
			Literal: "api_token",
		},
		Password: Password{
			Kind: "Cloudflare API token with the right Email Sending: Edit",
		},
		Mechanisms: []string{"PLAIN", "LOGIN"},
		Sender:     "the From domain is onboarded under Email Sending",
		DNS: DNS{
			SPF: SPF{Include: "_spf.mx.cloudflare.net"},
		},
		Docs: "https://developers.cloudflare.com/email-service/api/send-emails/smtp/",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: High, Sources: []string{"https://developers.cloudflare.com/email-service/api/send-emails/smtp/"}},
			{Group: "auth", Confidence: High, Sources: []string{"https://developers.cloudflare.com/email-service/api/send-emails/smtp/"}},
			{Group: "dns", Confidence: Medium},
		},
		Unverified: []Doubt{
			{Field: "dns.spf", Note: "seen beside Email Routing"},
		},
		Checked: "2026-11-23",
	},
	{
		ID:    "elastic-email",
		Name:  "Elastic Email",
		Kind:  Transactional,
		Hosts: []string{"smtp.elasticemail.com", "smtp25.elasticemail.com"},
		Ports: []Port{
			{Port: 2525, Mode: target.STARTTLS, Recommended: true},
			{Port: 587, Mode: target.STARTTLS},
			{Port: 25, Mode: target.STARTTLS},
			{Port: 465, Mode: target.Implicit},
		},
		Username: Username{
			Convention: "the user name of an SMTP credential, an address; the account address by default",
		},
		Password: Password{
			Kind: "SMTP credential password, shown once",
			Not:  []string{"API key on current accounts"},
			WrongKinds: []WrongKind{
				{Pattern: `^[A-F0-9]{96}$`, Is: "API key (96 chars)"},
			},
			Note: "on very old accounts the API key is the password",
		},
		TLS:       TLS{Min: "1.2", Note: "TLS 1.0 and 1.1 were to end on 2025-03-31"},
		AllowList: AllowList{Default: "off", Note: "an SMTP credential can be bound to an IP"},
		DNS: DNS{
			SPF: SPF{Include: "_spf.elasticemail.com"},
			DKIM: []DKIM{
				{Selector: "api", Type: "TXT"},
			},
			Tracking: "CNAME tracking -> api.elasticemail.com",
		},
		Docs: "https://help.elasticemail.com/en/articles/4803409-smtp-settings",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: High, Sources: []string{"https://help.elasticemail.com/en/articles/4803409-smtp-settings"}},
			{Group: "auth", Confidence: High, Sources: []string{"https://help.elasticemail.com/en/articles/4803409-smtp-settings", "trufflehog elasticemail (96)"}},
			{Group: "dns", Confidence: High, Sources: []string{"public code: _spf.elasticemail.com"}},
			{Group: "tls", Confidence: High},
		},
		Checked: "2026-11-23",
	},
	{
		ID:    "emailit",
		Name:  "Emailit",
		Kind:  Transactional,
		Hosts: []string{"smtp.emailit.com"},
		Ports: []Port{
			{Port: 587, Mode: target.STARTTLS, Recommended: true},
		},
		Username: Username{
			Convention: "not checked by the relay",
		},
		Password: Password{
			Kind: "active API key",
		},
		Mechanisms: []string{"PLAIN", "LOGIN"},
		Rejections: []Rejection{
			{Code: 535, Text: "Authentication failed", Stages: []string{"AUTH"}, Meaning: "a dashboard password, a deleted key, stray characters, or a client that knows CRAM-MD5 only", Seen: Documented},
			{Code: 454, Text: "Temporary authentication failure", Stages: []string{"AUTH"}, Meaning: "a passing fault of the server", Seen: Documented},
			{Code: 452, Enhanced: "4.4.5", Text: "Messages per second limit exceeded", Stages: []string{"MAIL"}, Seen: Documented},
			{Code: 452, Enhanced: "4.5.3", Text: "Daily message limit exceeded", Stages: []string{"MAIL"}, Seen: Documented},
		},
		Docs: "https://emailit.com/docs/smtp/troubleshooting/",
		Grounds: []Ground{
			{Group: "rejections", Confidence: High, Sources: []string{"https://emailit.com/docs/smtp/troubleshooting.md (2026-10)", "https://emailit.com/es/docs/kb/smtp-535-authentication-failed.md"}},
			{Group: "endpoint", Confidence: Low},
			{Group: "auth", Confidence: High},
		},
		Unverified: []Doubt{
			{Field: "ports.587"},
			{Field: "hosts.smtp.emailit.com"},
		},
		Checked: "2026-11-23",
	},
	{
		ID:    "infobip",
		Name:  "Infobip Email (SMTP API)",
		Kind:  Transactional,
		Hosts: []string{"smtp-api.infobip.com", "smtp.infobip.com"},
		Ports: []Port{
			{Port: 587, Mode: target.STARTTLS, Recommended: true},
			{Port: 465, Mode: target.Implicit},
		},
		Username: Username{
			Literal:    "App",
			Convention: "the word App with an API key, or the Infobip user name with its password",
		},
		Password: Password{
			Kind: "API key for the user App, else the account password",
		},
		Docs: "https://www.infobip.com/docs/email/email-over-api/send-email-over-smtp-api",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: High, Sources: []string{"https://www.infobip.com/docs/email/email-over-api/send-email-over-smtp-api.md", "symfony InfobipSmtpTransport"}},
			{Group: "auth", Confidence: High},
		},
		Checked: "2026-11-23",
	},
	{
		ID:    "lettermint",
		Name:  "Lettermint",
		Kind:  Transactional,
		Hosts: []string{"smtp.lettermint.co"},
		Ports: []Port{
			{Port: 465, Mode: target.Implicit, Recommended: true},
			{Port: 587, Mode: target.STARTTLS},
		},
		Username: Username{
			Literal: "lettermint",
		},
		Password: Password{
			Kind:   "project API token",
			Prefix: "lm_",
		},
		Sender: "From on a verified domain",
		Docs:   "https://lettermint.co/docs/guides/send-email-with-smtp",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: High, Sources: []string{"public code: smtp.lettermint.co (10 repos incl. a Symfony bridge and Lettermint's Odoo guide)"}},
			{Group: "auth", Confidence: High, Sources: []string{"public code: smtp.lettermint.co (10 repos incl. a Symfony bridge and Lettermint's Odoo guide)"}},
		},
		Unverified: []Doubt{
			{Field: "sender"},
		},
		Checked: "2026-11-23",
	},
	{
		ID:    "loops",
		Name:  "Loops",
		Kind:  Transactional,
		Hosts: []string{"smtp.loops.so"},
		Ports: []Port{
			{Port: 587, Mode: target.STARTTLS, Recommended: true},
		},
		Username: Username{
			Literal: "loops",
		},
		Password: Password{
			Kind:    "Loops API key",
			Pattern: `^[0-9a-f]{32}$`,
		},
		Notes: []string{
			"The body is JSON that names a Loops template. Ordinary mail passes the login and is refused after it.",
		},
		Docs: "https://loops.so/docs/smtp",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: High, Sources: []string{"public code: smtp.loops.so (Loops docs repo text)", "nodemailer services.json"}},
			{Group: "auth", Confidence: High, Sources: []string{"public code: smtp.loops.so (Loops docs repo text)"}},
		},
		Checked: "2026-11-23",
	},
	{
		ID:    "mailersend",
		Name:  "MailerSend",
		Kind:  Transactional,
		Hosts: []string{"smtp.mailersend.net"},
		Ports: []Port{
			{Port: 587, Mode: target.STARTTLS, Recommended: true},
			{Port: 2525, Mode: target.STARTTLS},
		},
		Username: Username{
			Convention: "the generated SMTP user of the domain, MS_xxxxxx@domain",
			Pattern:    `^MS_[A-Za-z0-9]+@[^@\s]+$`,
		},
		Password: Password{
			Kind:   "generated SMTP password",
			Prefix: "mssp.",
			Not:    []string{"API token (mlsn.)"},
			WrongKinds: []WrongKind{
				{Prefix: "mlsn.", Pattern: `^mlsn\.[0-9a-f]{64}$`, Is: "MailerSend API token"},
			},
			Note: "older passwords are 16 random characters without the prefix",
		},
		Sender: "the From address is on the domain of that SMTP user; a trial account reaches its owner only",
		DNS: DNS{
			SPF: SPF{Include: "_spf.mailersend.net"},
			DKIM: []DKIM{
				{Selector: "mlsend2", Type: "CNAME", Target: "mlsend2._domainkey.mailersend.net"},
				{Selector: "ms1", Type: "CNAME", Target: "ms1._domainkey.mailersend.net", Note: "newer domains"},
				{Selector: "ms2", Type: "CNAME", Target: "ms2._domainkey.mailersend.net", Note: "newer domains"},
			},
			ReturnPath: ReturnPath{Host: "mta.<domain>", Type: "CNAME", Target: "mailersend.net"},
			Tracking:   "CNAME email -> links.mailersend.net",
		},
		Docs: "https://www.mailersend.com/help/smtp-relay",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: High, Sources: []string{"nodemailer services.json", "symfony MailerSendSmtpTransport"}},
			{Group: "auth", Confidence: High, Sources: []string{"public code: smtp.mailersend.net"}},
			{Group: "dns", Confidence: High, Sources: []string{"public code: include:_spf.mailersend.net"}},
		},
		Unverified: []Doubt{
			{Field: "ports.2525"},
			{Field: "sender", Note: "limits of a trial"},
		},
		Checked: "2026-11-23",
	},
	{
		ID:    "mailgun",
		Name:  "Mailgun",
		Kind:  Transactional,
		Hosts: []string{"smtp.mailgun.org", "smtp.eu.mailgun.org"},
		Regions: []Region{
			{"us", "smtp.mailgun.org"},
			{"eu", "smtp.eu.mailgun.org"},
		},
		RegionNote: "A domain lives in the US or in the EU; the other region's host refuses its login.",
		MX:         []string{"mxa.mailgun.org", "mxb.mailgun.org"},
		Ports: []Port{
			{Port: 587, Mode: target.STARTTLS, Recommended: true},
			{Port: 2525, Mode: target.STARTTLS},
			{Port: 25, Mode: target.STARTTLS},
			{Port: 465, Mode: target.Implicit},
		},
		Username: Username{
			Convention: "the full SMTP user of the sending domain, such as postmaster@mg.example.com",
			Pattern:    `^[^@\s]+@[^@\s]+$`,
			Not:        []string{"account address", "word api", "local part alone"},
		},
		Password: Password{
			Kind: "SMTP password of that user, shown once when made or reset",
			Not:  []string{"private API key"},
			WrongKinds: []WrongKind{
				{Prefix: "key-", Pattern: `^key-[a-f0-9]{32}$`, Is: "old-style API key"},
				{Prefix: "pubkey-", Is: "public validation key"},
			},
			Note: "a generated password has the shape of a new API key, so shape tells nothing",
		},
		Sender: "the From address is on a verified domain; a sandbox domain mails authorized recipients only",
		Rejections: []Rejection{
			{Code: 535, Text: "Authentication failed", Stages: []string{"AUTH"}, Meaning: "an API key as password, a host of the other region, or a password that was reset", Fix: "reset the password under SMTP credentials and use the host of the domain's region", Seen: Secondary},
			{Code: 421, Text: "Domain sandbox<id>.mailgun.org is not allowed to send: Free accounts are for test purposes only. Please upgrade or add the address to your authorized recipients.", Stages: []string{"RCPT", "DATA"}, Lasts: Permanent, Meaning: "a sandbox domain or free account mails someone who is not authorized; permanent in spite of the 4xx code", Fix: "send from a verified domain, or add the recipient to Authorized Recipients", Seen: Wild},
			{Code: 403, Text: "Sandbox subdomains are for test purposes only. Please add your own domain or add the address to authorized recipients in Account Settings.", Protocol: "rest", Meaning: "the sandbox rule, as the API words it", Seen: Wild},
		},
		DNS: DNS{
			SPF: SPF{Include: "mailgun.org"},
			DKIM: []DKIM{
				{Selector: "chosen per domain (pic seen)", Type: "TXT"},
				{Selector: "pdk1", Type: "CNAME", Target: "pdk1._domainkey.<id>.dkim1.mailgun.com", Note: "automatic sender security, with pdk2"},
			},
		},
		Docs: "https://help.mailgun.com/hc/en-us/articles/203380100-Where-can-I-find-my-API-keys-and-SMTP-credentials",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: High, Sources: []string{"https://kb.umbhost.net/email-smtp/sending-email-via-mailgun-smtp/ (copy of Mailgun doc text)", "symfony MailgunSmtpTransport (smtp.<region>.mailgun.org:587)", "nodemailer services.json (465)"}},
			{Group: "auth", Confidence: High, Sources: []string{"https://help.mailgun.com/hc/en-us/articles/203380100-Where-can-I-find-my-API-keys-and-SMTP-credentials", "https://smtptester.org/guides/mailgun-smtp-test/"}},
			{Group: "dns", Confidence: Medium, Sources: []string{"public code: zone files (2026)"}},
			{Group: "rejections", Confidence: High},
		},
		Unverified: []Doubt{
			{Field: "password.wrong_kinds", Note: "public validation key"},
			{Field: "dns.spf", Note: "current advice of the vendor"},
		},
		Checked: "2026-11-23",
	},
	{
		ID:       "mailjet",
		Name:     "Mailjet (Sinch)",
		Kind:     Transactional,
		Hosts:    []string{"in-v3.mailjet.com", "in.mailjet.com"},
		HostNote: "in.mailjet.com is the older name",
		Ports: []Port{
			{Port: 587, Mode: target.STARTTLS, Recommended: true},
			{Port: 2525, Mode: target.STARTTLS, Note: "used in Google Cloud's Mailjet guide"},
			{Port: 25, Mode: target.STARTTLS},
			{Port: 588, Mode: target.STARTTLS},
			{Port: 80, Mode: target.STARTTLS},
			{Port: 465, Mode: target.Implicit},
		},
		Username: Username{
			Convention: "API key (public part)",
			Pattern:    `^[0-9a-f]{32}$`,
		},
		Password: Password{
			Kind:    "Secret key of the same API key pair",
			Pattern: `^[0-9a-f]{32}$`,
			Not:     []string{"account password"},
			Note:    "key and secret look alike; a swap answers 535",
		},
		Sender: "the From address or its domain is validated",
		Rejections: []Rejection{
			{Code: 535, Text: "Authentication failed", Stages: []string{"AUTH"}, Meaning: "the account password, a swapped pair, or a key of another subaccount", Fix: "set the API key as user and the secret key as password", Seen: Secondary},
			{Code: 550, Text: "Sender not allowed", Stages: []string{"MAIL", "DATA"}, Meaning: "the From address is not validated", Fix: "validate the sender or its domain", Seen: Secondary},
		},
		DNS: DNS{
			SPF: SPF{Include: "spf.mailjet.com"},
			DKIM: []DKIM{
				{Selector: "mailjet", Type: "TXT"},
			},
			ReturnPath: ReturnPath{Note: "the default return path is on Mailjet's own domain, so SPF does not align and DMARC rests on DKIM"},
		},
		Docs: "https://www.mailjet.com/blog/email-best-practices/which-smtp-port-mailjet/",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: High, Sources: []string{"https://www.mailjet.com/blog/email-best-practices/which-smtp-port-mailjet/", "https://cloud.google.com/compute/docs/tutorials/sending-mail/using-mailjet", "symfony MailjetSmtpTransport"}},
			{Group: "auth", Confidence: High, Sources: []string{"https://smtptester.org/guides/mailjet-smtp-test/", "rubydoc mailjet gem"}},
			{Group: "dns", Confidence: Medium, Sources: []string{"https://www.captaindns.com/de/blog/mailjet-transactional-email-technical-guide (2026-01)"}},
			{Group: "rejections", Confidence: Low},
		},
		Unverified: []Doubt{
			{Field: "rejections", Note: "wording"},
			{Field: "username.pattern", Note: "known from two samples"},
			{Field: "password.pattern", Note: "known from two samples"},
		},
		Checked: "2026-11-23",
	},
	{
		ID:    "mailpace",
		Name:  "MailPace (formerly OhMySMTP)",
		Kind:  Transactional,
		Hosts: []string{"smtp.mailpace.com", "smtp.ohmysmtp.com"},
		Ports: []Port{
			{Port: 587, Mode: target.STARTTLS, Recommended: true},
		},
		Username: Username{
			Convention: "Server API token (same value as password)",
		},
		Password: Password{
			Kind: "Server API token",
		},
		Docs: "https://docs.mailpace.com",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: High, Sources: []string{"symfony MailPaceSmtpTransport", "nodemailer services.json (OhMySMTP)"}},
			{Group: "auth", Confidence: High, Sources: []string{"symfony MailPaceSmtpTransport (id as user and password)"}},
		},
		Checked: "2026-11-23",
	},
	{
		ID:       "mailtrap",
		Name:     "Mailtrap Email Sending",
		Kind:     Transactional,
		Hosts:    []string{"live.smtp.mailtrap.io", "bulk.smtp.mailtrap.io"},
		HostNote: "live serves transactional mail, bulk serves bulk mail; the sandbox has its own host",
		Ports: []Port{
			{Port: 587, Mode: target.STARTTLS, Recommended: true},
			{Port: 2525, Mode: target.STARTTLS},
		},
		Username: Username{
			Literal:    "api",
			Convention: "the literal 'api'",
		},
		Password: Password{
			Kind:    "API token",
			Pattern: `^[0-9a-f]{32}$`,
			Length:  32,
		},
		Sender: "the From domain is verified in Mailtrap; a demomailtrap domain reaches the owner only",
		Rejections: []Rejection{
			{Code: 535, Enhanced: "5.7.0", Text: "Invalid login or password", Stages: []string{"AUTH"}, Meaning: "credentials of the sandbox, or an address as user name", Fix: "set the user name api with an API token; the sandbox host has credentials of its own", Seen: Documented},
		},
		DNS: DNS{
			SPF: SPF{Include: "_spf.smtp.mailtrap.live"},
			DKIM: []DKIM{
				{Selector: "rwmt1", Type: "CNAME", Target: "rwmt1.dkim.smtp.mailtrap.live"},
				{Selector: "rwmt2", Type: "CNAME", Target: "rwmt2.dkim.smtp.mailtrap.live"},
			},
			Verification: "CNAME mt<nn> -> smtp.mailtrap.live",
			DMARC:        "v=DMARC1; p=none; rua=mailto:dmarc@smtp.mailtrap.live",
			Tracking:     "CNAME mt-link -> t.mailtrap.live",
		},
		Docs: "https://docs.mailtrap.io/email-api-smtp/setup/smtp-integration",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: High, Sources: []string{"https://docs.mailtrap.io/email-api-smtp/setup/smtp-integration", "symfony MailtrapSmtpTransport", "nodemailer services.json", "public code: bulk.smtp.mailtrap.io"}},
			{Group: "auth", Confidence: High, Sources: []string{"symfony MailtrapSmtpTransport (user 'api')", "public code: bulk.smtp.mailtrap.io"}},
			{Group: "dns", Confidence: High, Sources: []string{"public code: rwmt1.dkim.smtp.mailtrap.live"}},
			{Group: "rejections", Confidence: Medium},
		},
		Unverified: []Doubt{
			{Field: "ports.2525"},
			{Field: "sender", Note: "demomailtrap domains"},
		},
		Checked: "2026-11-23",
	},
	{
		ID:    "mandrill",
		Name:  "Mailchimp Transactional (Mandrill)",
		Kind:  Transactional,
		Hosts: []string{"smtp.mandrillapp.com"},
		Ports: []Port{
			{Port: 587, Mode: target.STARTTLS, Recommended: true},
		},
		Username: Username{
			Convention: "any text that is not empty, by custom the account address",
		},
		Password: Password{
			Kind:    "Mandrill API key",
			Pattern: `^(md-)?[A-Za-z0-9_-]{22}$`,
			Not:     []string{"Mailchimp marketing API key (-usNN suffix)", "account password"},
			WrongKinds: []WrongKind{
				{Pattern: `^[0-9a-f]{32}-us\d{1,2}$`, Is: "Mailchimp marketing API key"},
			},
		},
		Sender: "the From domain is verified and has DKIM",
		DNS: DNS{
			DKIM: []DKIM{
				{Selector: "mte1", Type: "CNAME", Target: "dkim1.mandrillapp.com"},
				{Selector: "mte2", Type: "CNAME", Target: "dkim2.mandrillapp.com"},
				{Selector: "mandrill", Type: "TXT", Note: "legacy"},
			},
			Verification: "TXT @ \"mandrill_verify.<key>\"",
		},
		Docs: "https://mailchimp.com/developer/transactional/docs/smtp-integration/",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: High, Sources: []string{"symfony MandrillSmtpTransport", "nodemailer services.json"}},
			{Group: "auth", Confidence: Medium, Sources: []string{"trufflehog mandrill/mailchimp", "https://docs.n8n.io/credentials/mandrill"}},
			{Group: "dns", Confidence: High, Sources: []string{"public code: dkim1.mandrillapp.com"}},
		},
		Unverified: []Doubt{
			{Field: "username.convention"},
			{Field: "password.pattern", Note: "the md- prefix"},
			{Field: "dns.dkim.mandrill", Note: "older domains"},
		},
		Checked: "2026-11-23",
	},
	{
		ID:    "netcore",
		Name:  "Netcore Email API (formerly Pepipost)",
		Kind:  Transactional,
		Hosts: []string{"smtp.netcorecloud.net", "smtp.pepipost.com"},
		Ports: []Port{
			{Port: 587, Mode: target.STARTTLS, Recommended: true},
			{Port: 2525, Mode: target.STARTTLS},
			{Port: 25, Mode: target.STARTTLS},
			{Port: 465, Mode: target.Implicit},
		},
		Username: Username{
			Convention: "the SMTP user name of Settings > SMTP details",
		},
		Password: Password{
			Kind:    "SMTP password, as a rule the user name, an underscore and 32 hex digits",
			Pattern: `_[0-9a-f]{32}$`,
		},
		Docs: "https://emaildocs.netcorecloud.com",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: Medium, Sources: []string{"public code: smtp.netcorecloud.net"}},
			{Group: "auth", Confidence: Medium, Sources: []string{"public code: smtp.netcorecloud.net"}},
		},
		Unverified: []Doubt{
			{Field: "ports.465", Note: "one source"},
			{Field: "hosts.smtp.pepipost.com"},
		},
		Checked: "2026-11-23",
	},
	{
		ID:           "oci-email-delivery",
		Name:         "Oracle Cloud (OCI) Email Delivery",
		Kind:         Transactional,
		Hosts:        []string{"smtp.email.*.oci.oraclecloud.com"},
		HostTemplate: "smtp.email.<region>.oci.oraclecloud.com",
		Ports: []Port{
			{Port: 587, Mode: target.STARTTLS, Recommended: true},
			{Port: 25, Mode: target.STARTTLS},
			{Port: 465, Mode: target.Implicit, Note: "from one public source"},
		},
		Username: Username{
			Convention: "generated: user OCID @ tenancy OCID, then two letters and .com",
			Pattern:    `^ocid1\.user\.oc\d\.\..+@ocid1\.tenancy\.oc\d\.\..+\.[a-z0-9]{2}\.com$`,
		},
		Password: Password{
			Kind: "password of the generated SMTP credential, shown once",
			Not:  []string{"OCI console password", "API signing key", "auth token"},
		},
		Sender: "envelope sender and From are approved senders of the same region",
		Docs:   "https://docs.oracle.com/en-us/iaas/Content/Email/home.htm",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: High, Sources: []string{"public code: smtp.email.eu-frankfurt-1.oci.oraclecloud.com"}},
			{Group: "auth", Confidence: High, Sources: []string{"public code: smtp.email.eu-frankfurt-1.oci.oraclecloud.com"}},
		},
		Unverified: []Doubt{
			{Field: "ports.465", Note: "one source"},
			{Field: "ports.25"},
			{Field: "sender"},
		},
		Checked: "2026-11-23",
	},
	{
		ID:       "plunk",
		Name:     "Plunk",
		Kind:     Transactional,
		Hosts:    []string{"next-smtp.useplunk.com", "smtp.useplunk.com"},
		HostNote: "smtp.useplunk.com belongs to the former platform",
		Ports: []Port{
			{Port: 2587, Mode: target.STARTTLS, Recommended: true},
			{Port: 587, Mode: target.STARTTLS},
		},
		Username: Username{
			Literal: "plunk",
		},
		Password: Password{
			Kind:   "project secret key",
			Prefix: "sk_",
		},
		Sender: "the From domain is verified; SMTP has no sender to fall back on",
		Rejections: []Rejection{
			{Code: 550, Text: "This domain is not associated with your account", Stages: []string{"MAIL"}, Meaning: "the From domain is not verified", Fix: "verify the domain in Plunk", Seen: Issue},
		},
		Docs: "https://docs.useplunk.com",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: Medium, Sources: []string{"public code: next-smtp.useplunk.com"}},
			{Group: "auth", Confidence: Medium, Sources: []string{"public code: next-smtp.useplunk.com", "github.com/useplunk/plunk/issues/164"}},
			{Group: "rejections", Confidence: High, Sources: []string{"github.com/useplunk/plunk/issues/164 (2025-03)"}},
		},
		Unverified: []Doubt{
			{Field: "password.prefix"},
			{Field: "ports.587", Note: "one source"},
		},
		Checked: "2026-11-23",
	},
	{
		ID:       "postmark",
		Name:     "Postmark",
		Kind:     Transactional,
		Hosts:    []string{"smtp.postmarkapp.com", "smtp-broadcasts.postmarkapp.com"},
		HostNote: "the broadcasts host serves broadcast streams only",
		Ports: []Port{
			{Port: 587, Mode: target.STARTTLS, Recommended: true},
			{Port: 2525, Mode: target.STARTTLS},
			{Port: 25, Mode: target.STARTTLS},
		},
		NoPorts:     []uint16{465},
		NoPortsNote: "there is no port with implicit TLS; 465 stays silent",
		Username: Username{
			Convention: "the Server API token, the same value as the password; or the access key of an SMTP token",
			Pattern:    `^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$|^PM-T-`,
		},
		Password: Password{
			Kind:    "the Server API token, the same as the user name; or the secret key of an SMTP token",
			Pattern: `^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`,
			Not:     []string{"Account API token", "account password"},
		},
		Mechanisms: []string{"PLAIN", "LOGIN", "CRAM-MD5"},
		Sender:     "the From address is a confirmed sender signature or on a verified domain; before approval only the owner's domain is reached",
		TLS:        TLS{Required: No, Note: "STARTTLS is offered, not enforced"},
		DNS: DNS{
			SPF: SPF{Include: "spf.mtasv.net", Required: No},
			DKIM: []DKIM{
				{Selector: "<yyyymmddhhmmss>pm", Type: "TXT"},
			},
			ReturnPath: ReturnPath{Host: "pm-bounces.<domain>", Type: "CNAME", Target: "pm.mtasv.net"},
		},
		Docs: "https://postmarkapp.com/developer/user-guide/send-email-with-smtp",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: High, Sources: []string{"https://postmarkapp.com/support/article/811-what-are-the-smtp-details-api-tokens-i-should-be-using", "https://spreecommerce.org/docs/integrations/email/postmark"}},
			{Group: "auth", Confidence: High, Sources: []string{"https://postmarkapp.com/support/article/811-what-are-the-smtp-details-api-tokens-i-should-be-using", "trufflehog postmark"}},
			{Group: "sender", Confidence: High, Sources: []string{"https://postmarkapp.com/developer/get-started"}},
			{Group: "dns", Confidence: High, Sources: []string{"public code: 'pm-bounces CNAME pm.mtasv.net'", "public code: pm._domainkey (three zones with <14 digits>pm)"}},
		},
		Unverified: []Doubt{
			{Field: "username.pattern", Note: "shape of the access key of SMTP tokens"},
			{Field: "sender", Note: "wording of the approval rule"},
		},
		Checked: "2026-11-23",
	},
	{
		ID:    "resend",
		Name:  "Resend",
		Kind:  Transactional,
		Hosts: []string{"smtp.resend.com"},
		Ports: []Port{
			{Port: 465, Mode: target.Implicit, Recommended: true},
			{Port: 587, Mode: target.STARTTLS},
			{Port: 2465, Mode: target.Implicit},
			{Port: 2587, Mode: target.STARTTLS},
			{Port: 25, Mode: target.STARTTLS},
		},
		Username: Username{
			Literal:    "resend",
			Convention: "the literal word 'resend'",
		},
		Password: Password{
			Kind:    "API key",
			Prefix:  "re_",
			Pattern: `^re_[A-Za-z0-9_]+$`,
			Note:    "one key serves API and SMTP; sending access is enough",
		},
		Sender: "the From domain is verified in Resend; onboarding@resend.dev reaches the account's owner only",
		Rejections: []Rejection{
			{Code: 403, Text: "The <domain> domain is not verified. Please, add and verify your domain on https://resend.com/domains", Protocol: "rest", Meaning: "From domain not verified", Fix: "verify the domain, or mail yourself from onboarding@resend.dev", Seen: Issue},
			{Code: 450, Text: "The <domain> domain is not verified. Please, add and verify your domain on https://resend.com/domains", Stages: []string{"DATA"}, Lasts: Permanent, Meaning: "From domain not verified", Fix: "verify the domain in Resend, or change the From address", Seen: Wild},
			{Code: 450, Text: "You can only send testing emails to your own email address (<addr>). To send emails to other recipients, please verify a domain at resend.com/domains", Stages: []string{"DATA"}, Lasts: Permanent, Meaning: "without a verified domain, mail goes to the account's owner only", Fix: "verify a domain and send from it", Seen: Wild},
			{Code: 450, Text: "The associated domain with your API key is not verified. Please, create a new API key with full access or with a verified domain.", Stages: []string{"DATA"}, Lasts: Permanent, Meaning: "the key is bound to a domain that is not verified, or to another one", Fix: "create a key with full access or for a verified domain", Seen: Wild},
			{Code: 450, Text: "Missing `html` or `text` field.", Stages: []string{"DATA"}, Lasts: Permanent, Meaning: "the message has no body, as from an empty template", Fix: "give the message a text or HTML body", Seen: Wild},
		},
		DNS: DNS{
			DKIM: []DKIM{
				{Selector: "resend", Type: "TXT"},
			},
			ReturnPath: ReturnPath{Host: "send.<domain>", Records: []string{"MX 10 feedback-smtp.<region>.amazonses.com", "TXT \"v=spf1 include:amazonses.com ~all\""}, Note: "SPF stands on the send subdomain; the domain itself needs no include"},
		},
		Notes: []string{
			"Permanent mistakes are answered with 450, so clients retry for ever; the text decides.",
			"There are no SMTP logs to look into.",
		},
		Docs: "https://resend.com/docs/send-with-smtp",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: High, Sources: []string{"https://resend.com/docs/send-with-smtp.md", "https://resend.com/changelog/smtp-service"}},
			{Group: "auth", Confidence: High, Sources: []string{"https://resend.com/docs/send-with-smtp.md"}},
			{Group: "rejections", Confidence: Medium, Sources: []string{"github.com/code-with-antonio/nextjs-next-auth-v5-masterclass/issues/35"}},
			{Group: "dns", Confidence: Medium, Sources: []string{"public code: zone files with Resend records (2026)", "github.com/resend/resend-skills"}},
		},
		Unverified: []Doubt{
			{Field: "password.note", Note: "a key limited to sending is enough"},
		},
		Checked: "2026-11-23",
	},
	{
		ID:       "scaleway-tem",
		Name:     "Scaleway Transactional Email",
		Kind:     Transactional,
		Hosts:    []string{"smtp.tem.scaleway.com", "smtp.tem.scw.cloud"},
		HostNote: "smtp.tem.scw.cloud is the older name",
		MX:       []string{"blackhole.tem.scaleway.com", "blackhole.scw-tem.cloud"},
		Ports: []Port{
			{Port: 587, Mode: target.STARTTLS, Recommended: true},
			{Port: 2587, Mode: target.STARTTLS},
			{Port: 25, Mode: target.STARTTLS},
			{Port: 465, Mode: target.Implicit},
			{Port: 2465, Mode: target.Implicit},
		},
		Username: Username{
			Convention: "the id (UUID) of the project that holds the domain",
			Pattern:    `^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`,
			Not:        []string{"access key", "e-mail address"},
		},
		Password: Password{
			Kind:    "secret key (UUID) of an IAM API key that may send transactional mail",
			Pattern: `^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`,
			Not:     []string{"access key (SCW...)"},
		},
		Mechanisms: []string{"PLAIN", "LOGIN"},
		TLS:        TLS{Required: Yes},
		DNS: DNS{
			SPF: SPF{Include: "_spf.tem.scaleway.com"},
			DKIM: []DKIM{
				{Selector: "<project-id>", Type: "TXT"},
			},
			MXNote: "asked for when the domain takes no mail",
		},
		Docs: "https://www.scaleway.com/en/docs/transactional-email/reference-content/smtp-configuration/",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: High, Sources: []string{"github.com/scaleway/docs-content pages/transactional-email/reference-content/smtp-configuration.mdx (2024-11)", "github.com/scaleway/docs-content pages/transactional-email/troubleshooting/smtp-connection.mdx (2026-05)"}},
			{Group: "auth", Confidence: High, Sources: []string{"github.com/scaleway/docs-content pages/transactional-email/reference-content/smtp-configuration.mdx (2024-11)"}},
			{Group: "dns", Confidence: High, Sources: []string{"public code: include:_spf.tem.scaleway.com"}},
		},
		Checked: "2026-11-23",
	},
	{
		ID:    "sender-net",
		Name:  "Sender",
		Kind:  Transactional,
		Hosts: []string{"smtp.sender.net"},
		Ports: []Port{
			{Port: 587, Mode: target.STARTTLS, Recommended: true},
		},
		Username: Username{
			Convention: "an SMTP user made under Transactional emails > SMTP",
			Not:        []string{"account address"},
		},
		Password: Password{
			Kind: "SMTP user password",
			Not:  []string{"API token"},
		},
		Docs: "https://www.sender.net",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: Medium, Sources: []string{"public code: smtp.sender.net (10 repos)"}},
			{Group: "auth", Confidence: Medium},
		},
		Unverified: []Doubt{
			{Field: "username.not"},
			{Field: "password.not"},
		},
		Checked: "2026-11-23",
	},
	{
		ID:    "sendgrid",
		Name:  "Twilio SendGrid",
		Kind:  Transactional,
		Hosts: []string{"smtp.sendgrid.net", "smtp.eu.sendgrid.net"},
		Ports: []Port{
			{Port: 587, Mode: target.STARTTLS, Recommended: true},
			{Port: 2525, Mode: target.STARTTLS},
			{Port: 25, Mode: target.STARTTLS},
			{Port: 465, Mode: target.Implicit},
		},
		Username: Username{
			Literal:    "apikey",
			Convention: "the literal word apikey",
		},
		Password: Password{
			Kind:    "API key with Mail Send permission",
			Prefix:  "SG.",
			Pattern: `^SG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}$`,
			Length:  69,
			Not:     []string{"account password"},
		},
		Sender: "the From address is a verified single sender or of an authenticated domain",
		Rejections: []Rejection{
			{Code: 550, Text: "Unauthenticated senders not allowed", Stages: []string{"MAIL"}, Meaning: "the client did not log in", Fix: "switch the login on, with the user name apikey", Seen: Documented},
			{Code: 550, Text: "The from address does not match a verified Sender Identity. Mail cannot be sent until this error is resolved.", Stages: []string{"DATA"}, Meaning: "the From address is not verified", Fix: "verify the sender or its domain", Seen: Wild},
			{Code: 403, Text: "You are not authorized to send from that email address", Meaning: "the From address is not verified; so shown in SendGrid's own table", Seen: Documented},
			{Code: 451, Text: "Authentication failed: Maximum credits exceeded", Stages: []string{"AUTH"}, Meaning: "the credits of the plan are used up; not a login problem", Fix: "upgrade the plan, or wait for new credits", Seen: Documented},
			{Code: 452, Text: "Too many recipients received this hour (throttled)", Seen: Documented},
			{Code: 535, Text: "Authentication failed: Bad username / password", Stages: []string{"AUTH"}, Meaning: "the user name is not the word apikey, or the key is wrong or revoked", Fix: "set the user name apikey and create a new key", Seen: Wild},
		},
		AllowList: AllowList{Default: "off", Note: "IP Access Management, once switched on, covers SMTP as well"},
		DNS: DNS{
			SPF: SPF{Include: "sendgrid.net", Note: "needed only without automated security, which puts SPF on a CNAME"},
			DKIM: []DKIM{
				{Selector: "s1", Type: "CNAME", Target: "s1.domainkey.u<id>.wl.sendgrid.net"},
				{Selector: "s2", Type: "CNAME", Target: "s2.domainkey.u<id>.wl.sendgrid.net"},
			},
			ReturnPath: ReturnPath{Host: "em<id>.<domain>", Type: "CNAME", Target: "u<id>.wl.sendgrid.net", Note: "wl<nnn>.sendgrid.net also seen"},
		},
		Docs: "https://www.twilio.com/docs/sendgrid/for-developers/sending-email/integrating-with-the-smtp-api",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: High, Sources: []string{"github.com/sendgrid/docs integrating-with-the-smtp-api.md (2021)", "symfony SendgridSmtpTransport (smtp.<region>.sendgrid.net)"}},
			{Group: "auth", Confidence: High, Sources: []string{"github.com/sendgrid/docs integrating-with-the-smtp-api.md (2021)", "gitleaks sendgrid-api-token, trufflehog sendgrid"}},
			{Group: "rejections", Confidence: High, Sources: []string{"github.com/sendgrid/docs smtp-errors-and-troubleshooting.md (2021)", "public code: '550 The from address does not match a verified' and 'Authentication failed: Bad username / password'"}},
			{Group: "dns", Confidence: High, Sources: []string{"public code: .wl.sendgrid.net"}},
		},
		Checked: "2026-11-23",
	},
	{
		ID:    "sendpulse",
		Name:  "SendPulse",
		Kind:  Transactional,
		Hosts: []string{"smtp-pulse.com"},
		Ports: []Port{
			{Port: 587, Mode: target.STARTTLS, Recommended: true},
			{Port: 2525, Mode: target.STARTTLS},
			{Port: 465, Mode: target.Implicit},
		},
		Username: Username{
			Convention: "the SMTP login of SMTP > Settings, often the account address",
		},
		Password: Password{
			Kind: "generated SMTP password of SMTP > Settings",
			Not:  []string{"account password", "API secret"},
		},
		Sender: "From must be verified",
		Docs:   "https://sendpulse.com/integrations/api/smtp",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: High, Sources: []string{"nodemailer services.json (465)", "public code: smtp-pulse.com"}},
			{Group: "auth", Confidence: Low},
		},
		Unverified: []Doubt{
			{Field: "username"},
			{Field: "password"},
			{Field: "sender"},
		},
		Checked: "2026-11-23",
	},
	{
		ID:    "smtp2go",
		Name:  "SMTP2GO",
		Kind:  Transactional,
		Hosts: []string{"mail.smtp2go.com", "mail-*.smtp2go.com"},
		Ports: []Port{
			{Port: 2525, Mode: target.STARTTLS, Recommended: true},
			{Port: 587, Mode: target.STARTTLS},
			{Port: 8025, Mode: target.STARTTLS},
			{Port: 25, Mode: target.STARTTLS},
		},
		Username: Username{
			Convention: "an SMTP user made under Sending > SMTP Users; the dashboard login does not work",
		},
		Password: Password{
			Kind: "SMTP user's password",
			WrongKinds: []WrongKind{
				{Prefix: "api-", Is: "SMTP2GO API key"},
			},
		},
		Sender: "the From domain or the single sender is verified",
		Rejections: []Rejection{
			{Code: 550, Text: "From header sender domain not verified. On your Settings > Sender Domains page verify the sender domain to be allowed to send.", Stages: []string{"DATA"}, Meaning: "the sender's domain is not verified", Fix: "verify the domain or the sender", Seen: Issue},
		},
		DNS: DNS{
			SPF: SPF{Required: No, Note: "an include from older days may go; SPF rests on the em CNAME"},
			DKIM: []DKIM{
				{Selector: "s<account-id>", Type: "CNAME", Target: "dkim.smtp2go.net"},
			},
			ReturnPath: ReturnPath{Host: "em<account-id>.<domain>", Type: "CNAME", Target: "return.smtp2go.net"},
			Tracking:   "CNAME link -> track.smtp2go.net",
		},
		Notes: []string{
			"Ports 465, 8465, 443 and 80 are mentioned elsewhere and not confirmed.",
		},
		Docs: "https://support.smtp2go.com/hc/en-gb/articles/223087627",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: Medium, Sources: []string{"https://www.smtp2go.com/blog/how-we-keep-your-emails-secure-at-smtp2go/", "nodemailer services.json"}},
			{Group: "rejections", Confidence: Medium, Sources: []string{"github.com/PHPMailer/PHPMailer/issues/2683 (2022)"}},
			{Group: "dns", Confidence: High, Sources: []string{"public code: return.smtp2go.net"}},
			{Group: "auth", Confidence: Medium},
		},
		Unverified: []Doubt{
			{Field: "password.wrong_kinds", Note: "prefix api-"},
			{Field: "username.convention"},
			{Field: "hosts.mail-*.smtp2go.com"},
		},
		Checked: "2026-11-23",
	},
	{
		ID:    "socketlabs",
		Name:  "SocketLabs",
		Kind:  Transactional,
		Hosts: []string{"smtp.socketlabs.com"},
		Ports: []Port{
			{Port: 587, Mode: target.STARTTLS, Recommended: true},
			{Port: 2525, Mode: target.STARTTLS},
			{Port: 25, Mode: target.STARTTLS},
		},
		Username: Username{
			Convention: "server<id>",
			Pattern:    `^server\d+$`,
		},
		Password: Password{
			Kind: "SMTP password of the server",
		},
		Docs: "https://help.socketlabs.com",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: Medium, Sources: []string{"public code: smtp.socketlabs.com"}},
			{Group: "auth", Confidence: High, Sources: []string{"public code: smtp.socketlabs.com"}},
		},
		Checked: "2026-11-23",
	},
	{
		ID:    "sparkpost",
		Name:  "SparkPost (Bird)",
		Kind:  Transactional,
		Hosts: []string{"smtp.sparkpostmail.com", "smtp.eu.sparkpostmail.com"},
		Regions: []Region{
			{"us", "smtp.sparkpostmail.com"},
			{"eu", "smtp.eu.sparkpostmail.com"},
		},
		Ports: []Port{
			{Port: 587, Mode: target.STARTTLS, Recommended: true},
			{Port: 2525, Mode: target.STARTTLS},
		},
		Username: Username{
			Literal: "SMTP_Injection",
		},
		Password: Password{
			Kind:    "API key with the permission Send via SMTP",
			Pattern: `^[0-9a-f]{40}$`,
			Length:  40,
		},
		Mechanisms: []string{"LOGIN", "PLAIN"},
		Sender:     "the From domain is a verified sending domain",
		Rejections: []Rejection{
			{Code: 550, Enhanced: "5.7.1", Text: "Unconfigured Sending Domain <domain>", Stages: []string{"DATA"}, Meaning: "the From domain is not a sending domain of the account; also met when an app sends as localhost", Fix: "add the domain to the sending domains and verify it", Seen: Wild},
		},
		TLS: TLS{Note: "STARTTLS is advised, not enforced"},
		DNS: DNS{
			DKIM: []DKIM{
				{Selector: "scph<mmyy>", Type: "TXT"},
			},
		},
		Docs: "https://developers.sparkpost.com/api/smtp/",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: High, Sources: []string{"https://developers.sparkpost.com/api/smtp/"}},
			{Group: "auth", Confidence: High, Sources: []string{"https://developers.sparkpost.com/api/smtp/", "trufflehog sparkpost"}},
			{Group: "rejections", Confidence: Medium, Sources: []string{"https://pastebin.com/xieze6a2"}},
			{Group: "dns", Confidence: Low},
		},
		Unverified: []Doubt{
			{Field: "dns.dkim", Note: "form of the selector"},
		},
		Checked: "2026-11-23",
	},
	{
		ID:    "sweego",
		Name:  "Sweego",
		Kind:  Transactional,
		Hosts: []string{"smtp.sweego.io"},
		Ports: []Port{
			{Port: 587, Mode: target.STARTTLS, Recommended: true},
			{Port: 465, Mode: target.Implicit},
		},
		Username: Username{
			Convention: "SMTP login from the Sweego dashboard",
		},
		Password: Password{
			Kind: "SMTP password or API key of the dashboard",
		},
		Docs: "https://learn.sweego.io",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: Low, Sources: []string{"public code: smtp.sweego.io (7 repos)", "symfony SweegoSmtpTransport (host and port from the DSN, TLS on)"}},
			{Group: "auth", Confidence: Low},
		},
		Checked: "2026-11-23",
	},
	{
		ID:    "tencent-ses",
		Name:  "Tencent Cloud SES",
		Kind:  Transactional,
		Hosts: []string{"smtp.qcloudmail.com", "gz-smtp.qcloudmail.com", "sg-smtp.qcloudmail.com"},
		Regions: []Region{
			{"hongkong", "smtp.qcloudmail.com"},
			{"guangzhou", "gz-smtp.qcloudmail.com"},
			{"singapore", "sg-smtp.qcloudmail.com"},
		},
		Ports: []Port{
			{Port: 465, Mode: target.Implicit, Recommended: true},
			{Port: 587, Mode: target.Implicit, Note: "one source says implicit TLS here; not confirmed"},
		},
		Username: Username{
			Convention: "the sender address set up in the SES console",
		},
		Password: Password{
			Kind: "SMTP password of that sender address",
		},
		Docs: "https://cloud.tencent.com/document/product/1288",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: Medium, Sources: []string{"public code: smtp.qcloudmail.com"}},
			{Group: "auth", Confidence: Medium},
		},
		Unverified: []Doubt{
			{Field: "ports.587", Note: "mode"},
			{Field: "username.convention"},
			{Field: "password.kind"},
		},
		Checked: "2026-11-23",
	},
	{
		ID:    "turbosmtp",
		Name:  "turboSMTP",
		Kind:  Transactional,
		Hosts: []string{"pro.turbo-smtp.com", "pro.eu.turbo-smtp.com"},
		Regions: []Region{
			{"global", "pro.turbo-smtp.com"},
			{"eu", "pro.eu.turbo-smtp.com"},
		},
		Ports: []Port{
			{Port: 465, Mode: target.Implicit},
			{Port: 587, Mode: target.STARTTLS},
		},
		Username: Username{
			Convention: "the consumer key (20 hex digits); the account address on old accounts",
			Pattern:    `^[0-9a-f]{20}$|@`,
		},
		Password: Password{
			Kind: "consumer secret; on old accounts the account password",
		},
		Docs: "https://serversmtp.com",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: High, Sources: []string{"nodemailer services.json", "public code: pro.turbo-smtp.com"}},
			{Group: "auth", Confidence: Low, Sources: []string{"public code: pro.turbo-smtp.com"}},
		},
		Checked: "2026-11-23",
	},
	{
		ID:    "usesend",
		Name:  "useSend (open source)",
		Kind:  Transactional,
		Hosts: []string{"smtp.usesend.com"},
		Ports: []Port{
			{Port: 465, Mode: target.Implicit},
			{Port: 587, Mode: target.STARTTLS},
			{Port: 2465, Mode: target.Implicit},
			{Port: 2587, Mode: target.STARTTLS},
		},
		Username: Username{
			Literal: "usesend",
		},
		Password: Password{
			Kind:   "API key",
			Prefix: "us_",
		},
		Docs: "https://docs.usesend.com/get-started/smtp",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: High, Sources: []string{"https://docs.usesend.com/get-started/smtp"}},
			{Group: "auth", Confidence: High},
		},
		Checked: "2026-11-23",
	},
	{
		ID:         "zeptomail",
		Name:       "Zoho ZeptoMail",
		Kind:       Transactional,
		Hosts:      []string{"smtp.zeptomail.com", "smtp.zeptomail.in", "smtp.zeptomail.eu", "smtp.zeptomail.*"},
		RegionNote: "The last label of the host is the account's data centre; another one refuses the login.",
		Ports: []Port{
			{Port: 587, Mode: target.STARTTLS, Recommended: true},
			{Port: 465, Mode: target.Implicit},
		},
		Username: Username{
			Literal: "emailapikey",
		},
		Password: Password{
			Kind: "Send Mail token of the Mail Agent, from its SMTP tab",
			Not:  []string{"Zoho account password", "token with the 'Zoho-enczapikey ' prefix"},
		},
		Sender: "the From domain is verified and bound to the Mail Agent",
		Docs:   "https://www.zoho.com/zeptomail/help/smtp-home.html",
		Grounds: []Ground{
			{Group: "endpoint", Confidence: Medium, Sources: []string{"public code: smtp.zeptomail. (10 public repos)"}},
			{Group: "auth", Confidence: High, Sources: []string{"public code: smtp.zeptomail. (10 public repos)", "rdrr.io emayili zeptomail()"}},
		},
		Unverified: []Doubt{
			{Field: "hosts.smtp.zeptomail.eu"},
			{Field: "sender"},
			{Field: "password.not", Note: "the prefix of the API token"},
		},
		Checked: "2026-11-23",
	},
}
