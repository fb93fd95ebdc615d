package dialect

import (
	"strings"

	"github.com/maildoctor/maildoctor/internal/conf"
	"github.com/maildoctor/maildoctor/internal/target"
)

// supabaseKey is a setting of Supabase Auth under its three names.
func supabaseKey(k Key, short, local string) Key {
	k.Name = "GOTRUE_" + k.Name
	if short != "" {
		k.Also = append(k.Also, short)
	}
	if local != "" {
		k.Also = append(k.Also, "auth.email.smtp."+local)
	}
	return k
}

// golangAuth are Go programs for accounts.
var golangAuth = []Dialect{
	{
		ID: "supabase-auth", App: "Supabase Auth", Form: Env, Also: []Form{TOML}, Mode: GoMail,
		Images: []string{"supabase/gotrue", "supabase/auth"},
		Keys: append([]Key{
			supabaseKey(Key{Name: "SMTP_HOST", Role: Host}, "SMTP_HOST", "host"),
			supabaseKey(Key{Name: "SMTP_PORT", Role: Port, Default: "587"}, "SMTP_PORT", "port"),
			supabaseKey(Key{Name: "SMTP_USER", Role: User}, "SMTP_USER", "user"),
			supabaseKey(Key{Name: "SMTP_PASS", Role: Pass}, "SMTP_PASS", "pass"),
			supabaseKey(Key{Name: "SMTP_ADMIN_EMAIL", Role: From}, "SMTP_ADMIN_EMAIL", "admin_email"),
			supabaseKey(Key{Name: "SMTP_SENDER_NAME", Role: FromName}, "SMTP_SENDER_NAME", "sender_name"),
			{Name: "auth.email.smtp.enabled", Role: Enabled},
			{Name: "GOTRUE_SMTP_MAX_FREQUENCY", Role: Known}, {Name: "GOTRUE_MAILER_AUTOCONFIRM", Role: Known}, {Name: "ENABLE_EMAIL_AUTOCONFIRM", Role: Known},
		}, append(noSwitch("GOTRUE_SMTP_", portDecides, "TLS", "SSL", "SECURE", "STARTTLS", "ENCRYPTION", "USE_TLS", "USE_SSL"),
			noSwitch("SMTP_", portDecides, "TLS", "SSL", "SECURE", "STARTTLS", "ENCRYPTION", "USE_TLS", "USE_SSL")...)...),
		Mistaken: append(misspellings("GOTRUE_SMTP_", "USERNAME", "USER", "PASSWORD", "PASS", "FROM", "ADMIN_EMAIL", "SENDER", "ADMIN_EMAIL", "SENDER_EMAIL", "ADMIN_EMAIL", "FROM_EMAIL", "ADMIN_EMAIL", "SERVER", "HOST", "FROM_NAME", "SENDER_NAME"),
			misspellings("SMTP_", "USERNAME", "USER", "PASSWORD", "PASS", "FROM", "ADMIN_EMAIL", "SENDER", "ADMIN_EMAIL", "SENDER_EMAIL", "ADMIN_EMAIL", "FROM_EMAIL", "ADMIN_EMAIL", "SERVER", "HOST", "FROM_NAME", "SENDER_NAME")...),
		Traps: []Trap{
			{
				Check: "setting-placeholder", Severity: "error", Key: "GOTRUE_SMTP_HOST",
				When:    func(s Settings) bool { return strings.EqualFold(s.Role(Host), "supabase-mail") },
				Summary: "supabase-mail is the host of the example, and there is no such server",
				Detail:  "Auth says: dial tcp: lookup supabase-mail: no such host, and Error sending confirmation email.",
				Fix:     []string{"Set the host, port, user and password of a real mail server"},
			},
			{
				Check: "setting-placeholder", Severity: "error", Key: "GOTRUE_SMTP_USER",
				When:    func(s Settings) bool { return strings.HasPrefix(s.Role(User), "fake_mail_") },
				Summary: "fake_mail_user is the user of the example",
				Fix:     []string{"Set the user and password of a real account"},
			},
			{
				Check: "client-config-invalid", Severity: "warning", Key: "GOTRUE_SMTP_USER",
				When: func(s Settings) bool {
					return catcher(s) && s.Role(User) != "" && !strings.HasPrefix(s.Role(User), "fake_mail_")
				},
				Summary: "a mail catcher has no TLS, and Auth sends no password without",
				Detail:  "It says: unencrypted connection. Only localhost is excepted.",
				Fix:     []string{"Leave the user and the password empty"},
			},
			{
				Check: "from-missing", Severity: "warning", Key: "GOTRUE_SMTP_ADMIN_EMAIL",
				When:    func(s Settings) bool { return s.Role(Host) != "" && s.Role(From) == "" },
				Summary: "SMTP_ADMIN_EMAIL is not set, and mail has no sender",
				Detail:  "The provider refuses such mail: Error sending confirmation email.",
				Fix:     []string{"Set the admin e-mail to an address that the provider accepts"},
			},
		},
		Marks:    []Mark{{Key: "SMTP_ADMIN_EMAIL", Worth: 8}, {Key: "GOTRUE_*", Worth: 6}, {Key: "auth.email.smtp.*", Worth: 8}},
		Channels: Channels{Unset: "Auth sends no mail, and confirms no address"},
		Restart:  "Create the container anew (docker compose up -d auth): a restart keeps the old environment",
		Sources:  []string{"supabase/auth internal/conf/configuration.go, internal/mailer", "supabase/supabase docker/.env.example"},
	},
	{
		ID: "authelia", App: "Authelia", Form: YAML, Also: []Form{Env}, Mode: Authelia,
		Files: []string{"configuration.yml", "configuration.yaml"}, Images: []string{"authelia/authelia", "ghcr.io/authelia/authelia"},
		Keys: []Key{
			{Name: "notifier.smtp.address", Also: []string{"AUTHELIA_NOTIFIER_SMTP_ADDRESS"}, Role: URL, Since: "4.38"},
			{Name: "notifier.smtp.host", Also: []string{"AUTHELIA_NOTIFIER_SMTP_HOST"}, Role: Host},
			{Name: "notifier.smtp.port", Also: []string{"AUTHELIA_NOTIFIER_SMTP_PORT"}, Role: Port},
			{Name: "notifier.smtp.username", Also: []string{"AUTHELIA_NOTIFIER_SMTP_USERNAME"}, Role: User},
			{Name: "notifier.smtp.password", Also: []string{"AUTHELIA_NOTIFIER_SMTP_PASSWORD"}, Role: Pass},
			{Name: "AUTHELIA_NOTIFIER_SMTP_PASSWORD_FILE", Role: Known},
			{Name: "notifier.smtp.sender", Also: []string{"AUTHELIA_NOTIFIER_SMTP_SENDER"}, Role: From},
			{Name: "notifier.smtp.identifier", Also: []string{"AUTHELIA_NOTIFIER_SMTP_IDENTIFIER"}, Role: HELO},
			{Name: "notifier.smtp.timeout", Role: Known}, {Name: "notifier.smtp.subject", Role: Known},
			{Name: "notifier.smtp.startup_check_address", Role: Known}, {Name: "notifier.smtp.disable_html_emails", Role: Known}, {Name: "notifier.disable_startup_check", Role: Known},
			{Name: "notifier.smtp.disable_require_tls", Also: []string{"AUTHELIA_NOTIFIER_SMTP_DISABLE_REQUIRE_TLS"}, Role: AutoTLS, Default: "false", Avoid: "true"},
			{Name: "notifier.smtp.disable_starttls", Also: []string{"AUTHELIA_NOTIFIER_SMTP_DISABLE_STARTTLS"}, Role: NoTLS, Default: "false", Since: "4.37", Avoid: "true"},
			{Name: "notifier.smtp.tls.skip_verify", Also: []string{"AUTHELIA_NOTIFIER_SMTP_TLS_SKIP_VERIFY"}, Role: NoVerify, Default: "false"},
			{Name: "notifier.smtp.tls.server_name", Role: Known}, {Name: "notifier.smtp.tls.minimum_version", Role: Known},
			{Name: "notifier.smtp.disable_verify_cert", Role: NoVerify, Until: "4.30", Instead: "notifier.smtp.tls.skip_verify", Why: "since Authelia 4.25 it is tls.skip_verify"},
			{Name: "notifier.smtp.trusted_cert", Role: Known},
		},
		Params: Params{Schemes: []Word{
			{V: "submission", Mode: target.STARTTLS}, {V: "submissions", Mode: target.Implicit}, {V: "smtp", Mode: target.STARTTLS},
			{V: "smtps", Mode: target.Unknown, Not: true, Why: "Authelia knows smtp, submission and submissions, which is implicit TLS, and does not start"},
		}},
		Mistaken: misspellings("notifier.smtp.", "user", "username", "pass", "password", "from", "sender", "server", "address", "url", "address", "secure", "", "ssl", "", "starttls", "", "encryption", "", "use_tls", ""),
		Traps: []Trap{
			{
				Check: "setting-deprecated", Severity: "warning", Key: "notifier.smtp.host", Since: "4.38",
				When: func(s Settings) bool {
					return anyOf(s, "notifier.smtp.host", "AUTHELIA_NOTIFIER_SMTP_HOST") && nothing(s, "notifier.smtp.address", "AUTHELIA_NOTIFIER_SMTP_ADDRESS")
				},
				Summary: "host and port are old names: since Authelia 4.38 it is address",
				Detail:  "Authelia 4 still reads them, and makes of port 465 submissions://. Authelia 5 will not.",
				Fix:     []string{"Set address in place of host and port, such as submission://HOST:587 or submissions://HOST:465"},
				Sets:    autheliaAddress,
			},
			{
				Check: "setting-missing", Severity: "error", Key: "notifier.smtp.host", Until: "4.38",
				When: func(s Settings) bool {
					return s.VersionKnown() && s.Has("notifier.smtp.address") && !s.Has("notifier.smtp.host")
				},
				Summary: "host is not set, and releases before Authelia 4.38 read no address",
				Fix:     []string{"Set host and port in place of address"},
				Sets:    autheliaHostPort,
			},
			{
				Check: "setting-ignored", Severity: "warning", Key: "notifier.smtp.host", Since: "4.38",
				When:    func(s Settings) bool { return anyOf(s, "notifier.smtp.host") && anyOf(s, "notifier.smtp.address") },
				Summary: "host and port stand beside address, and Authelia takes only one of the two",
				Detail:  "It refuses the configuration: host and port are deprecated, and address is set.",
				Fix:     []string{"Remove host and port"}, Set: map[string]string{"notifier.smtp.host": "", "notifier.smtp.port": ""},
			},
			{
				Check: "setting-ignored", Severity: "error", Key: "notifier.filesystem",
				When: func(s Settings) bool {
					return s.Role(Host) != "" && (s.Has("notifier.filesystem.filename") || s.Has("filesystem.filename"))
				},
				Summary: "filesystem stands beside smtp, and Authelia takes only one notifier",
				Detail:  "It says: notifier: please ensure only one of the smtp or filesystem notifier is configured, and does not start.",
				Fix:     []string{"Remove notifier.filesystem"}, Set: map[string]string{"notifier.filesystem.filename": ""},
			},
			{
				Check: "from-missing", Severity: "error", Key: "notifier.smtp.sender",
				When: func(s Settings) bool {
					return s.Role(Host) != "" && s.Role(From) == "" && s.Role(User) != ""
				},
				Summary: "sender is not set, and Authelia does not start without",
				Detail:  "It says: notifier: smtp: option 'sender' is required.",
				Fix:     []string{"Set sender to an address that the provider accepts"},
			},
		},
		Marks:   []Mark{{Key: "notifier.smtp.*", Worth: 8}, {Key: "AUTHELIA_NOTIFIER_*", Worth: 9}, {Value: "submissions://", Worth: 4}, {Value: "submission://", Worth: 4}, {Key: "startup_check_address", Worth: 5}, {Key: "disable_require_tls", Worth: 5}},
		Restart: "Restart Authelia: it sends itself through the startup check, and stops where that fails",
		Sources: []string{"authelia/authelia internal/configuration/schema/notifier.go, types_address.go; internal/notification/smtp_notifier.go"},
	},
	{
		ID: "kratos", App: "Ory Kratos", Form: YAML, Also: []Form{Env, JSON}, Mode: BySchemeAndLevel,
		Files: []string{"kratos.yml", "kratos.yaml"}, Images: []string{"oryd/kratos"},
		Keys: []Key{
			{Name: "courier.smtp.connection_uri", Also: []string{"COURIER_SMTP_CONNECTION_URI"}, Role: URL},
			{Name: "courier.smtp.from_address", Also: []string{"COURIER_SMTP_FROM_ADDRESS"}, Role: From},
			{Name: "courier.smtp.from_name", Also: []string{"COURIER_SMTP_FROM_NAME"}, Role: FromName},
			{Name: "courier.smtp.local_name", Also: []string{"COURIER_SMTP_LOCAL_NAME"}, Role: HELO},
			{Name: "courier.delivery_strategy", Also: []string{"COURIER_DELIVERY_STRATEGY"}, Role: Driver, Default: "smtp", Words: []Word{{V: "smtp", Channel: "smtp"}, {V: "http", Channel: "api"}}},
		},
		Params: Params{Fixed: target.STARTTLS, NeedsPort: true,
			Schemes: []Word{{V: "smtp", Mode: target.STARTTLS}, {V: "smtps", Mode: target.Implicit}},
			Options: []Key{
				{Name: "skip_ssl_verify", Role: NoVerify}, {Name: "disable_starttls", Role: NoTLS, Avoid: "true"}, {Name: "server_name", Role: Known}, {Name: "legacy_ssl", Role: Known},
			}},
		Mistaken: []Wrong{
			{Name: "courier.smtp.connection_url", Right: "courier.smtp.connection_uri"}, {Name: "COURIER_SMTP_CONNECTION_URL", Right: "COURIER_SMTP_CONNECTION_URI"},
			{Name: "courier.smtp.uri", Right: "courier.smtp.connection_uri"}, {Name: "courier.smtp.url", Right: "courier.smtp.connection_uri"},
			{Name: "COURIER_SMTP_URI", Right: "COURIER_SMTP_CONNECTION_URI"}, {Name: "KRATOS_COURIER_SMTP_CONNECTION_URI", Right: "COURIER_SMTP_CONNECTION_URI"},
			{Name: "courier.smtp.from", Right: "courier.smtp.from_address"}, {Name: "courier.from_address", Right: "courier.smtp.from_address"},
			{Name: "courier.smtp.host", Why: "Kratos reads one connection_uri"}, {Name: "courier.smtp.port", Why: "Kratos reads one connection_uri"},
			{Name: "courier.smtp.username", Why: "Kratos reads one connection_uri"}, {Name: "courier.smtp.password", Why: "Kratos reads one connection_uri"},
		},
		Traps: []Trap{
			{
				Check: "mailer-swallows-mail", Severity: "warning", Key: "courier.smtp.connection_uri",
				When:    func(s Settings) bool { return strings.EqualFold(s.Role(Host), "mailslurper") },
				Summary: "mailslurper is the catcher of the quickstart: no mail leaves it",
				Fix:     []string{"Set connection_uri to a real mail server, such as smtp://USER:PASSWORD@HOST:587/"},
			},
			{
				Check: "from-missing", Severity: "warning", Key: "courier.smtp.from_address",
				When:    func(s Settings) bool { return s.Role(Host) != "" && s.Role(From) == "" },
				Summary: "from_address is not set: Kratos writes no-reply@ory.kratos.sh",
				Detail:  "No provider accepts mail from that domain.",
				Fix:     []string{"Set courier.smtp.from_address to an address that the provider accepts"},
			},
		},
		Marks:    []Mark{{Key: "courier.smtp.connection_uri", Worth: 9}, {Key: "COURIER_SMTP_CONNECTION_URI", Worth: 10}, {Key: "connection_uri", Value: "smtp*", Worth: 6}},
		Channels: Channels{Unset: "Kratos does not start, or queues mail that it cannot send"},
		Sources:  []string{"ory/kratos courier/smtp.go, embedx/config.schema.json, quickstart"},
	},
	{
		ID: "mattermost", App: "Mattermost", Form: JSON, Also: []Form{Env}, Mode: ByWord,
		Files: []string{"config.json"}, Images: []string{"mattermost/mattermost-team-edition", "mattermost/mattermost-enterprise-edition", "mattermost/mattermost-prod-app"},
		Keys: []Key{
			mattermostKey("SMTPServer", Key{Role: Host}),
			mattermostKey("SMTPPort", Key{Role: Port, Default: "10025"}),
			mattermostKey("ConnectionSecurity", Key{Role: Scheme, Words: []Word{
				{V: "STARTTLS", Mode: target.STARTTLS}, {V: "TLS", Mode: target.Implicit}, {V: "", Mode: target.Cleartext}, {V: "PLAIN", Mode: target.Cleartext, Not: true},
			}}),
			mattermostKey("EnableSMTPAuth", Key{Role: Login, Default: "false"}),
			mattermostKey("SMTPUsername", Key{Role: User}),
			mattermostKey("SMTPPassword", Key{Role: Pass}),
			mattermostKey("FeedbackEmail", Key{Role: From}),
			mattermostKey("FeedbackName", Key{Role: FromName}),
			mattermostKey("ReplyToAddress", Key{Role: Known}),
			mattermostKey("SendEmailNotifications", Key{Role: Enabled}),
			mattermostKey("SkipServerCertificateVerification", Key{Role: NoVerify, Default: "false"}),
			mattermostKey("SMTPServerTimeout", Key{Role: Timeout}),
			mattermostKey("RequireEmailVerification", Key{Role: Known}), mattermostKey("EnableSignUpWithEmail", Key{Role: Known}),
			mattermostKey("EnableSignInWithEmail", Key{Role: Known}), mattermostKey("SendPushNotifications", Key{Role: Known}),
		},
		Params: Params{Fixed: target.Cleartext, Case: true},
		Mistaken: append(misspellings("EmailSettings.", "SMTPHost", "SMTPServer", "SMTPUser", "SMTPUsername", "SMTPPass", "SMTPPassword", "FromEmail", "FeedbackEmail", "FromAddress", "FeedbackEmail", "SMTPFrom", "FeedbackEmail", "Encryption", "ConnectionSecurity", "SMTPSecurity", "ConnectionSecurity", "EnableTLS", "", "UseTLS", "", "SMTPAuth", "EnableSMTPAuth"),
			misspellings("MM_EMAILSETTINGS_", "SMTPHOST", "SMTPSERVER", "SMTP_SERVER", "SMTPSERVER", "SMTP_PORT", "SMTPPORT", "SMTPUSER", "SMTPUSERNAME", "SMTP_USERNAME", "SMTPUSERNAME", "SMTP_PASSWORD", "SMTPPASSWORD", "FEEDBACK_EMAIL", "FEEDBACKEMAIL", "CONNECTION_SECURITY", "CONNECTIONSECURITY", "ENABLE_SMTP_AUTH", "ENABLESMTPAUTH")...),
		Traps: []Trap{{
			Check: "from-missing", Severity: "warning", Key: "EmailSettings.FeedbackEmail",
			When: func(s Settings) bool {
				return s.Role(Host) != "" && s.Role(From) == "" && s.Has("EmailSettings.SMTPServer")
			},
			Summary: "FeedbackEmail is not set: notifications have no sender",
			Fix:     []string{"Set FeedbackEmail to an address that the provider accepts"},
		}},
		Marks:   []Mark{{Key: "EmailSettings.*", Worth: 8}, {Value: "MM_EMAILSETTINGS_", Worth: 10}, {Key: "ConnectionSecurity", Worth: 5}},
		Restart: "Reload the configuration in the System Console, or restart Mattermost; what MM_EMAILSETTINGS_ variables set cannot be changed in the console",
		Sources: []string{"mattermost/mattermost server/public/model/config.go, server/platform/shared/mail/mail.go"},
	},
	{
		ID: "zitadel", App: "ZITADEL", Form: Env, Also: []Form{YAML}, Mode: TLSByPort,
		Images: []string{"ghcr.io/zitadel/zitadel", "zitadel/zitadel"},
		Keys: []Key{
			{Name: "ZITADEL_DEFAULTINSTANCE_SMTPCONFIGURATION_SMTP_HOST", Also: []string{"SMTPConfiguration.SMTP.Host"}, Role: HostPort},
			{Name: "ZITADEL_DEFAULTINSTANCE_SMTPCONFIGURATION_SMTP_USER", Also: []string{"SMTPConfiguration.SMTP.User"}, Role: User},
			{Name: "ZITADEL_DEFAULTINSTANCE_SMTPCONFIGURATION_SMTP_PASSWORD", Also: []string{"SMTPConfiguration.SMTP.Password"}, Role: Pass},
			{Name: "ZITADEL_DEFAULTINSTANCE_SMTPCONFIGURATION_TLS", Also: []string{"SMTPConfiguration.TLS"}, Role: Start, Default: "false"},
			{Name: "ZITADEL_DEFAULTINSTANCE_SMTPCONFIGURATION_SMTP_SSL", Role: Ignored, Instead: "ZITADEL_DEFAULTINSTANCE_SMTPCONFIGURATION_TLS", Why: "the switch is SMTPCONFIGURATION_TLS"},
			{Name: "ZITADEL_DEFAULTINSTANCE_SMTPCONFIGURATION_SMTP_TLS", Role: Ignored, Instead: "ZITADEL_DEFAULTINSTANCE_SMTPCONFIGURATION_TLS", Why: "the switch is SMTPCONFIGURATION_TLS"},
			{Name: "ZITADEL_DEFAULTINSTANCE_SMTPCONFIGURATION_SMTP_PORT", Role: Ignored, Why: "the port stands in SMTP_HOST, behind a colon"},
			{Name: "ZITADEL_DEFAULTINSTANCE_SMTPCONFIGURATION_FROM", Also: []string{"SMTPConfiguration.From"}, Role: From},
			{Name: "ZITADEL_DEFAULTINSTANCE_SMTPCONFIGURATION_FROMNAME", Also: []string{"SMTPConfiguration.FromName"}, Role: FromName},
			{Name: "ZITADEL_DEFAULTINSTANCE_SMTPCONFIGURATION_REPLYTOADDRESS", Also: []string{"SMTPConfiguration.ReplyToAddress"}, Role: Known},
		},
		Params:  Params{NeedsPort: true},
		Marks:   []Mark{{Value: "SMTPCONFIGURATION", Worth: 8}, {Key: "SMTPConfiguration.*", Worth: 8}},
		Restart: "These values count when the instance is made; change later ones in the console, under SMTP settings",
		Sources: []string{"zitadel/zitadel internal/notification/channels/smtp/channel.go, cmd/defaults.yaml"},
	},
}

// mattermostKey is one of EmailSettings, and its variable.
func mattermostKey(name string, k Key) Key {
	k.Name = "EmailSettings." + name
	k.Also = []string{"MM_EMAILSETTINGS_" + strings.ToUpper(name)}
	return k
}

// autheliaAddress makes the address of host and port.
func autheliaAddress(s Settings) map[string]string {
	host := s.Role(Host)
	if host == "" || strings.Contains(host, "/") || !s.Has("notifier.smtp.host") {
		return nil
	}
	address := "submission://" + host + ":587"
	switch port, _ := s.Get("notifier.smtp.port"); port {
	case "465":
		address = "submissions://" + host + ":465"
	case "", "587":
	default:
		address = "smtp://" + host + ":" + port
	}
	return map[string]string{"notifier.smtp.host": "", "notifier.smtp.port": "", "notifier.smtp.address": address}
}

// autheliaHostPort makes host and port of the address.
func autheliaHostPort(s Settings) map[string]string {
	address, _ := s.Get("notifier.smtp.address")
	u, ok := conf.ParseURL(address)
	if !ok || u.Host == "" {
		return nil
	}
	port := u.Port
	if port == "" {
		port = map[string]string{"submissions": "465", "submission": "587"}[strings.ToLower(u.Scheme)]
	}
	if port == "" {
		port = "25"
	}
	return map[string]string{"notifier.smtp.host": u.Host, "notifier.smtp.port": port}
}
