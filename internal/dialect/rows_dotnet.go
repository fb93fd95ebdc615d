package dialect

import "github.com/maildoctor/maildoctor/internal/target"

var dotnet = []Dialect{
	{
		ID: "bitwarden-server", App: "Bitwarden server", Form: Env, Mode: Bitwarden, Files: []string{"global.override.env", "settings.env"},
		Images: []string{"bitwarden/api", "bitwarden/identity", "bitwarden/self-host", "bitwarden/lite", "ghcr.io/bitwarden/self-host", "ghcr.io/bitwarden/lite"},
		Keys: []Key{
			{Name: "globalSettings__mail__smtp__host", Also: []string{"BW_MAIL_SMTP_HOST"}, Role: Host},
			{Name: "globalSettings__mail__smtp__port", Role: Port, Default: "25"},
			{Name: "globalSettings__mail__smtp__ssl", Role: Secure, Default: "false"},
			{Name: "globalSettings__mail__smtp__startTls", Role: Start, Default: "false", Beside: "-"},
			{Name: "globalSettings__mail__smtp__sslOverride", Role: Require, Default: "false", Beside: "-"},
			{Name: "globalSettings__mail__smtp__username", Role: User},
			{Name: "globalSettings__mail__smtp__password", Role: Pass},
			{Name: "globalSettings__mail__smtp__trustServer", Role: NoVerify},
			{Name: "globalSettings__mail__replyToEmail", Role: From, Must: "Bitwarden refuses to start the mailer: A GlobalSettings.Mail.ReplyToEmail is required"},
			{Name: "globalSettings__mail__smtp__useDefaultCredentials", Role: Known}, {Name: "globalSettings__mail__smtp__authType", Role: Known}, {Name: "globalSettings__mail__sendGridApiKey", Role: APIKey},
		},
		Marks: []Mark{{Key: "globalSettings__mail__*", Worth: 10}},
		Mistaken: []Wrong{
			{Name: "globalSettings__mail__smtp__user", Right: "globalSettings__mail__smtp__username"}, {Name: "globalSettings__mail__smtp__tls"}, {Name: "globalSettings__mail__smtp__starttls", Right: "globalSettings__mail__smtp__startTls", Note: true},
			{Name: "globalSettings__mail__host", Right: "globalSettings__mail__smtp__host"}, {Name: "globalSettings__mail__smtp__security"}, {Name: "globalSettings__mail__from", Right: "globalSettings__mail__replyToEmail"}, {Name: "globalSettings__mail__smtp__from", Right: "globalSettings__mail__replyToEmail"},
			{Name: "SMTP_HOST", Right: "globalSettings__mail__smtp__host", Why: "SMTP_HOST is of Vaultwarden"}, {Name: "SMTP_SECURITY", Why: "SMTP_SECURITY is of Vaultwarden"},
		},
		Traps: []Trap{
			{
				Check: "setting-ignored", Severity: "note", Key: "globalSettings__mail__smtp__ssl",
				When: func(s Settings) bool {
					return s.Port() == 587 && isTrue(s, "globalSettings__mail__smtp__ssl") && !isTrue(s, "globalSettings__mail__smtp__sslOverride")
				},
				Summary: "ssl=true has no effect on port 587, where Bitwarden uses STARTTLS", Since: "1.25", Fix: []string{"Leave it, or set globalSettings__mail__smtp__ssl=false"},
			},
			{
				Check: "release-bug", Key: "globalSettings__mail__smtp__port", Until: "1.25", When: func(s Settings) bool { return s.VersionKnown() && s.Port() == 465 },
				Summary: "Bitwarden before 1.25 cannot use port 465", Detail: "It sends with System.Net.Mail, which knows STARTTLS alone.", Fix: []string{"Update to 1.25 or later", "Set globalSettings__mail__smtp__port=587 and globalSettings__mail__smtp__ssl=true"},
				Set: map[string]string{"globalSettings__mail__smtp__port": "587"},
			},
		},
		Restart: "Run ./bitwarden.sh restart: the containers keep the values that they were started with",
		Sources: []string{"bitwarden/server MailKitSmtpMailDeliveryService.cs @1b08e0c", "bitwarden/server#237, #275, #464, #1021, #6322; nextcloud/vm#1370"},
	},
	{
		ID: "umbraco", App: "Umbraco", Form: JSONC, Also: []Form{Env}, Mode: DotNet, Params: Params{},
		Keys: underscored([]Key{
			{Name: "Umbraco.CMS.Global.Smtp.Host", Role: Host}, {Name: "Umbraco.CMS.Global.Smtp.Port", Role: Port}, {Name: "Umbraco.CMS.Global.Smtp.Username", Role: User}, {Name: "Umbraco.CMS.Global.Smtp.Password", Role: Pass},
			{Name: "Umbraco.CMS.Global.Smtp.From", Role: From, Must: "Umbraco counts SMTP as not configured without a sender"}, {Name: "Umbraco.CMS.Global.Smtp.SecureSocketOptions", Role: Scheme, Default: "Auto", Words: secureSocketOptions},
			{Name: "Umbraco.CMS.Global.Smtp.DeliveryMethod", Role: Driver, Words: []Word{{V: "Network", Channel: "smtp"}, {V: "SpecifiedPickupDirectory", Channel: "none", Swallows: "writes every mail to a directory and sends none"}, {V: "PickupDirectoryFromIis", Channel: "none", Swallows: "writes every mail to a directory and sends none"}}},
		}),
		Marks: []Mark{{Key: "Umbraco.CMS.Global.Smtp.Host", Worth: 10}}, Doubt: true, Sources: []string{"umbraco/Umbraco-CMS SmtpSettings.cs (memory)"},
	},
	{
		ID: "orchardcore", App: "Orchard Core", Form: JSONC, Also: []Form{Env}, Mode: OrchardCore,
		Keys: underscored([]Key{
			{Name: "OrchardCore_Email_Smtp.Host", Also: []string{"OrchardCore_Email.Host"}, Role: Host}, {Name: "OrchardCore_Email_Smtp.Port", Also: []string{"OrchardCore_Email.Port"}, Role: Port, Default: "25"},
			{Name: "OrchardCore_Email_Smtp.UserName", Also: []string{"OrchardCore_Email.UserName"}, Role: User}, {Name: "OrchardCore_Email_Smtp.Password", Also: []string{"OrchardCore_Email.Password"}, Role: Pass},
			{Name: "OrchardCore_Email_Smtp.DefaultSender", Also: []string{"OrchardCore_Email.DefaultSender"}, Role: From},
			{Name: "OrchardCore_Email_Smtp.AutoSelectEncryption", Also: []string{"OrchardCore_Email.AutoSelectEncryption"}, Role: AutoTLS},
			{Name: "OrchardCore_Email_Smtp.EncryptionMethod", Also: []string{"OrchardCore_Email.EncryptionMethod"}, Role: Scheme, Words: []Word{{V: "STARTTLS", Mode: target.STARTTLS}, {V: "SSLTLS", Mode: target.Implicit}, {V: "None", Mode: target.Cleartext}}},
			{Name: "OrchardCore_Email_Smtp.RequireCredentials", Also: []string{"OrchardCore_Email.RequireCredentials"}, Role: Login, Default: "false"},
			{Name: "OrchardCore_Email_Smtp.UseDefaultCredentials", Role: Known}, {Name: "OrchardCore_Email_Smtp.IgnoreInvalidSslCertificate", Role: NoVerify}, {Name: "OrchardCore_Email_Smtp.IsEnabled", Role: Enabled},
		}),
		Marks: []Mark{{Key: "OrchardCore_Email_Smtp.*", Worth: 10}, {Key: "OrchardCore_Email.*", Worth: 10}}, Doubt: true, Sources: []string{"OrchardCore documentation, Email and SMTP (memory)"},
	},
	{
		ID: "abp", App: "ABP", Form: JSONC, Also: []Form{Env}, Mode: DotNet, Params: Params{},
		Keys: []Key{
			{Name: "Abp.Mailing.Smtp.Host", Role: Host, Default: "127.0.0.1"}, {Name: "Abp.Mailing.Smtp.Port", Role: Port, Default: "25"}, {Name: "Abp.Mailing.Smtp.UserName", Role: User}, {Name: "Abp.Mailing.Smtp.Password", Role: Pass},
			{Name: "Abp.Mailing.Smtp.EnableSsl", Role: Start, Default: "false"}, {Name: "Abp.Mailing.Smtp.UseDefaultCredentials", Role: Known}, {Name: "Abp.Mailing.Smtp.Domain", Role: Known}, {Name: "Abp.Mailing.DefaultFromAddress", Role: From}, {Name: "Abp.Mailing.DefaultFromDisplayName", Role: FromName},
		},
		Marks: []Mark{{Key: "Abp.Mailing.Smtp.*", Worth: 10}}, Doubt: true, Sources: []string{"abp.io documentation, Email Sending (memory)"},
	},
	{
		ID: "aspnet", App: "ASP.NET", Form: JSONC, Also: []Form{Env}, Mode: DotNet, Files: []string{"appsettings.json", "appsettings.*.json", "secrets.json"},
		Keys: []Key{
			inSections(Key{Role: Host}, "Host", "SmtpServer", "Server", "SmtpHost", "MailServer", "HostName"),
			inSections(Key{Role: Port}, "Port", "SmtpPort", "Port", "SmtpPort", "MailPort", "Port"),
			inSections(Key{Role: User}, "Username", "SmtpUsername", "User", "SmtpUser", "UserName", "Login"),
			inSections(Key{Role: Pass}, "Password", "SmtpPassword", "Password", "SmtpPass", "Pass", "Password"),
			inSections(Key{Role: From}, "From", "FromEmail", "FromAddress", "SenderEmail", "Sender", "Mail"),
			inSections(Key{Role: FromName}, "FromName", "SenderName", "DisplayName"),
			inSections(Key{Role: Start, Beside: "-"}, "EnableSsl", "EnableSSL", "SmtpEnableSsl", "EnableTls"),
			inSections(Key{Role: Secure, Beside: "-"}, "UseSsl", "UseSSL", "SmtpUseSsl", "Ssl", "SSL"),
			inSections(Key{Role: Require, Beside: "-"}, "UseStartTls", "StartTls", "UseTls"),
			inSections(Key{Role: Scheme, Beside: "-", Words: secureSocketOptions}, "SecureSocketOptions", "SecureSocketOption", "SocketOptions", "Security", "SslOptions"),
			inSections(Key{Role: Login}, "RequiresAuthentication", "UseAuthentication", "RequireAuthentication"),
			inSections(Key{Role: Known}, "UseDefaultCredentials", "Timeout", "DeliveryMethod"),
		},
		Marks: []Mark{{Key: "*.EnableSsl", Worth: 4}, {Key: "*.SecureSocketOptions", Worth: 5}, {Key: "*.UseSsl", Worth: 2}, {Key: "ConnectionStrings", Worth: 1}},
		Traps: []Trap{
			{
				Check: "release-bug", Severity: "note", Key: "EnableSsl", When: func(s Settings) bool { return s.Mode() == target.STARTTLS && s.Port() == 465 && hasEnd(s, "EnableSsl") },
				Summary: "EnableSsl is System.Net.Mail, which knows no implicit TLS", Fix: []string{"Set the port to 587, or send with MailKit"},
			},
		},
		Restart: "Restart the application", Sources: []string{"MailKit documentation (memory)", "bitwarden/server#237 (System.Net.Mail)"},
	},
}

// hasEnd reports whether a section of mail has a key.
func hasEnd(s Settings, name string) bool {
	for _, section := range mailSections {
		if s.Has(section + "." + name) {
			return true
		}
	}
	return false
}

// OrchardCore goes by the word, unless AutoSelectEncryption leaves it to the port.
func OrchardCore(in In) Effect {
	if in.Yes(AutoTLS) {
		return ByPort(in)
	}
	return ByWord(in)
}
