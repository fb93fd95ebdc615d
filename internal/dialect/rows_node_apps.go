package dialect

// nodeApps are further applications of Node.js.
var nodeApps = []Dialect{
	{
		ID: "outline", App: "Outline", Form: Env, Mode: Nodemailer,
		Images: []string{"outlinewiki/outline", "docker.getoutline.com/outlinewiki/outline"},
		Keys: []Key{
			{Name: "SMTP_HOST", Role: Host},
			{Name: "SMTP_PORT", Role: Port},
			{Name: "SMTP_SECURE", Role: Secure, Default: "true"},
			{Name: "SMTP_DISABLE_STARTTLS", Role: NoTLS, Default: "false", Beside: "-"},
			{Name: "SMTP_SERVICE", Role: Service},
			{Name: "SMTP_USERNAME", Role: User},
			{Name: "SMTP_PASSWORD", Role: Pass},
			{Name: "SMTP_FROM_EMAIL", Role: From, Must: "Outline sends no mail then: Email not sent due to missing SMTP_FROM_EMAIL configuration"},
			{Name: "SMTP_REPLY_EMAIL", Role: Known},
			{Name: "SMTP_NAME", Role: HELO},
			{Name: "SMTP_TLS_CIPHERS", Role: Ciphers},
			{Name: "SMTP_SSL", Role: Ignored, Instead: "SMTP_SECURE"},
			{Name: "SMTP_TLS", Role: Ignored, Instead: "SMTP_SECURE"},
		},
		Params: Params{DefaultPort: byModeOfNode},
		Mistaken: []Wrong{
			{Name: "SMTP_USER", Right: "SMTP_USERNAME"},
			{Name: "SMTP_PASS", Right: "SMTP_PASSWORD"},
			{Name: "SMTP_FROM", Right: "SMTP_FROM_EMAIL"},
			{Name: "SMTP_FROM_ADDRESS", Right: "SMTP_FROM_EMAIL"},
			{Name: "SMTP_SENDER", Right: "SMTP_FROM_EMAIL"},
			{Name: "SMTP_SENDER_EMAIL", Right: "SMTP_FROM_EMAIL"},
			{Name: "SMTP_REPLY_TO", Right: "SMTP_REPLY_EMAIL", Note: true},
		},
		Traps: []Trap{
			{
				Check: "client-config-invalid", Severity: "error", Key: "SMTP_SERVICE",
				When:    func(s Settings) bool { return anyOf(s, "SMTP_SERVICE") && anyOf(s, "SMTP_HOST") },
				Summary: "SMTP_SERVICE and SMTP_HOST are both set: Outline does not start",
				Detail:  "It says that SMTP_HOST cannot be used with SMTP_SERVICE.",
				Fix:     []string{"Remove SMTP_SERVICE"}, Set: map[string]string{"SMTP_SERVICE": ""},
			},
			{
				Check: "client-config-invalid", Severity: "error", Key: "SMTP_SECURE",
				When: func(s Settings) bool {
					return isOneOf(value(s, "SMTP_SECURE"), "yes", "no", "on", "off", "ssl", "tls", "starttls", "none")
				},
				Summary: "SMTP_SECURE takes true or false, and Outline does not start with another word",
				Fix:     []string{"Set SMTP_SECURE to true (implicit TLS, port 465) or to false (STARTTLS, port 587)"},
			},
			{
				Check: "cert-check-off", Severity: "note", Key: "SMTP_SECURE",
				When:    func(s Settings) bool { return s.Role(Host) != "" && value(s, "SMTP_SECURE") == "false" },
				Summary: "with SMTP_SECURE=false Outline does not check the server's certificate",
				Detail:  "Outline sets rejectUnauthorized to false then. Somebody on the way could read password and mail.",
				Fix:     []string{"Use port 465 with SMTP_SECURE=true where the provider has it"},
			},
		},
		Marks:   []Mark{{Key: "SMTP_FROM_EMAIL", Worth: 3}, {Key: "SMTP_REPLY_EMAIL", Worth: 5}, {Key: "UTILS_SECRET", Worth: 5}, {Key: "SMTP_DISABLE_STARTTLS", Worth: 3}, {Value: "outline", Worth: 2}},
		Sources: []string{"outline/outline server/env.ts, server/emails/mailer.tsx"},
	},
	{
		ID: "documenso", App: "Documenso", Form: Env, Mode: Nodemailer,
		Images: []string{"documenso/documenso", "ghcr.io/documenso/documenso"},
		Keys: []Key{
			{Name: "NEXT_PRIVATE_SMTP_TRANSPORT", Role: Driver, Default: "smtp-auth", Else: "smtp-auth", Words: []Word{
				{V: "smtp-auth", Channel: "smtp"}, {V: "smtp-api", Channel: "smtp"}, {V: "resend", Channel: "resend"}, {V: "mailchannels", Channel: "api"},
			}},
			{Name: "NEXT_PRIVATE_SMTP_HOST", Role: Host},
			{Name: "NEXT_PRIVATE_SMTP_PORT", Role: Port, Default: "587"},
			{Name: "NEXT_PRIVATE_SMTP_SECURE", Role: Secure, Default: "false"},
			{Name: "NEXT_PRIVATE_SMTP_UNSAFE_IGNORE_TLS", Role: NoTLS, Default: "false", Beside: "-"},
			{Name: "NEXT_PRIVATE_SMTP_SERVICE", Role: Service},
			{Name: "NEXT_PRIVATE_SMTP_USERNAME", Role: User},
			{Name: "NEXT_PRIVATE_SMTP_PASSWORD", Role: Pass},
			{Name: "NEXT_PRIVATE_SMTP_APIKEY_USER", Role: Known}, {Name: "NEXT_PRIVATE_SMTP_APIKEY", Role: Known},
			{Name: "NEXT_PRIVATE_SMTP_FROM_ADDRESS", Role: From},
			{Name: "NEXT_PRIVATE_SMTP_FROM_NAME", Role: FromName},
			{Name: "NEXT_PRIVATE_RESEND_API_KEY", Role: APIKey},
		},
		Params: Params{Bools: OnlyTrue},
		Mistaken: []Wrong{
			{Name: "NEXT_PRIVATE_SMTP_USER", Right: "NEXT_PRIVATE_SMTP_USERNAME"},
			{Name: "NEXT_PRIVATE_SMTP_PASS", Right: "NEXT_PRIVATE_SMTP_PASSWORD"},
			{Name: "NEXT_PRIVATE_SMTP_FROM", Right: "NEXT_PRIVATE_SMTP_FROM_ADDRESS"},
			{Name: "NEXT_PRIVATE_SMTP_FROM_EMAIL", Right: "NEXT_PRIVATE_SMTP_FROM_ADDRESS"},
			{Name: "NEXT_PUBLIC_SMTP_HOST", Right: "NEXT_PRIVATE_SMTP_HOST"},
			{Name: "NEXT_PRIVATE_SMTP_DRIVER", Right: "NEXT_PRIVATE_SMTP_TRANSPORT"},
			{Name: "RESEND_API_KEY", Right: "NEXT_PRIVATE_RESEND_API_KEY"},
		},
		Traps: []Trap{
			{
				Check: "client-credentials-missing", Severity: "error", Key: "NEXT_PRIVATE_SMTP_TRANSPORT",
				When: func(s Settings) bool {
					return value(s, "NEXT_PRIVATE_SMTP_TRANSPORT") == "resend" && nothing(s, "NEXT_PRIVATE_RESEND_API_KEY")
				},
				Summary: "NEXT_PRIVATE_SMTP_TRANSPORT=resend without an API key",
				Detail:  "Documenso says: Resend transport requires NEXT_PRIVATE_RESEND_API_KEY.",
				Fix:     []string{"Set NEXT_PRIVATE_RESEND_API_KEY to an API key of Resend"},
			},
			{
				Check: "client-credentials-missing", Severity: "error", Key: "NEXT_PRIVATE_SMTP_TRANSPORT",
				When: func(s Settings) bool {
					return value(s, "NEXT_PRIVATE_SMTP_TRANSPORT") == "smtp-api" && nothing(s, "NEXT_PRIVATE_SMTP_APIKEY") && anyOf(s, "NEXT_PRIVATE_SMTP_PASSWORD")
				},
				Summary: "NEXT_PRIVATE_SMTP_TRANSPORT=smtp-api logs in with NEXT_PRIVATE_SMTP_APIKEY, which is not set",
				Fix:     []string{"Set NEXT_PRIVATE_SMTP_TRANSPORT to smtp-auth"}, Set: map[string]string{"NEXT_PRIVATE_SMTP_TRANSPORT": "smtp-auth"},
			},
			{
				Check: "from-missing", Severity: "warning", Key: "NEXT_PRIVATE_SMTP_FROM_ADDRESS",
				When:    func(s Settings) bool { return anyOf(s, "NEXT_PRIVATE_SMTP_HOST") && s.Role(From) == "" },
				Summary: "NEXT_PRIVATE_SMTP_FROM_ADDRESS is not set: Documenso writes its own address",
				Detail:  "Mail from noreply@documenso.com is refused by any provider but their own.",
				Fix:     []string{"Set NEXT_PRIVATE_SMTP_FROM_ADDRESS to an address that the provider accepts"},
			},
		},
		Marks:   []Mark{{Key: "NEXT_PRIVATE_*", Worth: 3}},
		Sources: []string{"documenso/documenso packages/email/mailer.ts"},
	},
	{
		ID: "formbricks", App: "Formbricks", Form: Env, Mode: NodemailerOr465,
		Images: []string{"formbricks/formbricks", "ghcr.io/formbricks/formbricks"},
		Keys: []Key{
			{Name: "SMTP_HOST", Role: Host},
			{Name: "SMTP_PORT", Role: Port},
			{Name: "SMTP_SECURE_ENABLED", Role: Secure, Default: "0"},
			{Name: "SMTP_USER", Role: User},
			{Name: "SMTP_PASSWORD", Role: Pass},
			{Name: "SMTP_AUTHENTICATED", Role: Login, Default: "1"},
			{Name: "SMTP_REJECT_UNAUTHORIZED_TLS", Role: Verify, Default: "1"},
			{Name: "MAIL_FROM", Role: From},
			{Name: "MAIL_FROM_NAME", Role: FromName},
			{Name: "SMTP_SECURE", Role: Ignored, Instead: "SMTP_SECURE_ENABLED"},
			{Name: "SMTP_SSL", Role: Ignored, Instead: "SMTP_SECURE_ENABLED"},
			{Name: "SMTP_TLS", Role: Ignored, Instead: "SMTP_SECURE_ENABLED"},
		},
		Params: Params{Bools: ZeroOne, Yes: "1", No: "0", DefaultPort: "587/465/587"},
		Mistaken: []Wrong{
			{Name: "SMTP_USERNAME", Right: "SMTP_USER"},
			{Name: "SMTP_PASS", Right: "SMTP_PASSWORD"},
			{Name: "SMTP_FROM", Right: "MAIL_FROM"},
			{Name: "EMAIL_FROM", Right: "MAIL_FROM"},
			{Name: "MAIL_FROM_ADDRESS", Right: "MAIL_FROM"},
			{Name: "SMTP_AUTH", Right: "SMTP_AUTHENTICATED", Note: true},
		},
		Traps: []Trap{
			{
				Check: "client-credentials-missing", Severity: "error", Key: "SMTP_HOST",
				When: func(s Settings) bool {
					return anyOf(s, "SMTP_HOST") && nothing(s, "SMTP_USER") && !s.Has("SMTP_USERNAME") && value(s, "SMTP_AUTHENTICATED") != "0"
				},
				Summary: `Formbricks logs in by default, and SMTP_USER is not set: Missing credentials for "PLAIN"`,
				Fix:     []string{"Set SMTP_USER and SMTP_PASSWORD; of a relay without a login, set SMTP_AUTHENTICATED=0"},
				Sets: func(s Settings) map[string]string { // a relay: no password either
					if anyOf(s, "SMTP_PASSWORD") {
						return nil
					}
					return map[string]string{"SMTP_AUTHENTICATED": "0"}
				},
			},
			{
				Check: "from-missing", Severity: "warning", Key: "MAIL_FROM",
				When:    func(s Settings) bool { return anyOf(s, "SMTP_HOST") && nothing(s, "MAIL_FROM") },
				Summary: "MAIL_FROM is not set: Formbricks writes its own address",
				Detail:  "Mail from noreply@formbricks.com is refused by any provider but their own.",
				Fix:     []string{"Set MAIL_FROM to an address that the provider accepts"},
			},
		},
		Marks:   []Mark{{Key: "SMTP_SECURE_ENABLED", Worth: 7}, {Key: "SMTP_AUTHENTICATED", Worth: 6}, {Key: "SMTP_REJECT_UNAUTHORIZED_TLS", Worth: 6}, {Key: "WEBAPP_URL", Worth: 2}},
		Sources: []string{"formbricks/formbricks apps/web/lib/env.ts, modules/email/index.tsx"},
	},
	{
		ID: "calcom", App: "Cal.com", Form: Env, Mode: Nodemailer,
		Images: []string{"calcom/cal.com", "calcom.docker.scarf.sh/calcom/cal.com"},
		Keys: []Key{
			{Name: "EMAIL_SERVER", Role: URL},
			{Name: "EMAIL_SERVER_HOST", Role: Host},
			{Name: "EMAIL_SERVER_PORT", Role: Port, Default: "587"},
			{Name: "EMAIL_SERVER_USER", Role: User},
			{Name: "EMAIL_SERVER_PASSWORD", Role: Pass},
			{Name: "EMAIL_FROM", Role: From},
			{Name: "EMAIL_FROM_NAME", Role: FromName},
			{Name: "RESEND_API_KEY", Role: APIKey},
			{Name: "EMAIL_SERVER_SECURE", Role: Ignored, Why: portDecides},
			{Name: "EMAIL_SERVER_TLS", Role: Ignored, Why: portDecides},
			{Name: "EMAIL_SERVER_SSL", Role: Ignored, Why: portDecides},
		},
		Params: Params{Schemes: nodemailerSchemes, Options: nodemailerOptions},
		Mistaken: []Wrong{
			{Name: "EMAIL_SERVER_PASS", Right: "EMAIL_SERVER_PASSWORD"},
			{Name: "EMAIL_SERVER_USERNAME", Right: "EMAIL_SERVER_USER"},
			{Name: "EMAIL_SERVER_FROM", Right: "EMAIL_FROM"},
			{Name: "EMAIL_HOST", Right: "EMAIL_SERVER_HOST"},
			{Name: "EMAIL_PORT", Right: "EMAIL_SERVER_PORT"},
			{Name: "EMAIL_USER", Right: "EMAIL_SERVER_USER"},
			{Name: "EMAIL_PASSWORD", Right: "EMAIL_SERVER_PASSWORD"},
			{Name: "SMTP_HOST", Right: "EMAIL_SERVER_HOST"},
			{Name: "SMTP_PORT", Right: "EMAIL_SERVER_PORT"},
			{Name: "SMTP_USER", Right: "EMAIL_SERVER_USER"},
			{Name: "SMTP_PASSWORD", Right: "EMAIL_SERVER_PASSWORD"},
			{Name: "SMTP_FROM", Right: "EMAIL_FROM"},
		},
		Traps: []Trap{
			{
				Check: "setting-ignored", Severity: "warning", Key: "RESEND_API_KEY",
				When: func(s Settings) bool {
					return anyOf(s, "RESEND_API_KEY") && anyOf(s, "EMAIL_SERVER", "EMAIL_SERVER_HOST") && s.Role(Host) != "smtp.resend.com"
				},
				Summary: "RESEND_API_KEY is set, and Cal.com reads no EMAIL_SERVER setting then",
				Detail:  "With the key it sends through smtp.resend.com on port 465, whatever else is set.",
				Fix:     []string{"Remove RESEND_API_KEY where mail is to go through EMAIL_SERVER_HOST, else the lines that begin with EMAIL_SERVER"}, Set: map[string]string{"RESEND_API_KEY": ""},
			},
			{
				Check: "client-credentials-missing", Severity: "error", Key: "EMAIL_SERVER_HOST",
				When: func(s Settings) bool {
					return nothing(s, "RESEND_API_KEY", "EMAIL_SERVER") && anyOf(s, "EMAIL_SERVER_PASSWORD") && nothing(s, "EMAIL_SERVER_USER") && nothingAmong(s, "EMAIL_SERVER_USERNAME", "EMAIL_USER", "SMTP_USER")
				},
				Summary: "EMAIL_SERVER_USER is not set, and Cal.com does not log in then",
				Fix:     []string{"Set EMAIL_SERVER_USER"},
			},
			{
				Check: "client-credentials-missing", Severity: "error", Key: "EMAIL_SERVER_PASSWORD",
				When: func(s Settings) bool {
					return nothing(s, "RESEND_API_KEY", "EMAIL_SERVER") && anyOf(s, "EMAIL_SERVER_USER") && nothingAmong(s, "EMAIL_SERVER_PASSWORD", "EMAIL_SERVER_PASS", "EMAIL_PASSWORD", "SMTP_PASSWORD")
				},
				Summary: "EMAIL_SERVER_PASSWORD is not set, and Cal.com does not log in then",
				Fix:     []string{"Set EMAIL_SERVER_PASSWORD"},
			},
			{
				Check: "from-missing", Severity: "warning", Key: "EMAIL_FROM",
				When: func(s Settings) bool {
					return anyOf(s, "EMAIL_SERVER", "EMAIL_SERVER_HOST", "RESEND_API_KEY") && nothing(s, "EMAIL_FROM")
				},
				Summary: "EMAIL_FROM is not set, and mail has no sender",
				Fix:     []string{"Set EMAIL_FROM to an address that the provider accepts"},
			},
			{
				Check: "mailer-swallows-mail", Severity: "error", Key: "EMAIL_SERVER_HOST",
				When: func(s Settings) bool {
					return nothingAmong(s, "EMAIL_SERVER", "EMAIL_SERVER_HOST", "RESEND_API_KEY", "SMTP_HOST", "EMAIL_HOST", "SENDGRID_API_KEY") && s.Has("EMAIL_FROM")
				},
				Summary: "no mail server is set: Cal.com hands mail to sendmail, which its image does not have",
				Fix:     []string{"Set EMAIL_SERVER_HOST, EMAIL_SERVER_PORT, EMAIL_SERVER_USER and EMAIL_SERVER_PASSWORD, or RESEND_API_KEY"},
			},
			{
				Check: "setting-port-missing", Severity: "note", Key: "EMAIL_SERVER_PORT",
				When:    func(s Settings) bool { return anyOf(s, "EMAIL_SERVER_HOST") && nothing(s, "EMAIL_SERVER_PORT") },
				Summary: "EMAIL_SERVER_PORT is not set, and Cal.com ends up with 587",
				Fix:     []string{"Set EMAIL_SERVER_PORT"},
			},
		},
		Marks:    []Mark{{Key: "NEXT_PUBLIC_WEBAPP_URL", Worth: 6}, {Key: "CALENDSO_ENCRYPTION_KEY", Worth: 9}, {Key: "CALCOM_*", Worth: 6}, {Value: "cal.com", Worth: 2}},
		Channels: Channels{Unset: "mail is handed to sendmail, which the image does not have"},
		Sources:  []string{"calcom/cal.com packages/lib/serverConfig.ts"},
	},
	{
		ID: "uptime-kuma", App: "Uptime Kuma", Form: JSON, Mode: Nodemailer,
		Keys: []Key{
			{Name: "smtpHost", Role: Host},
			{Name: "smtpPort", Role: Port},
			{Name: "smtpSecure", Role: Secure},
			{Name: "smtpIgnoreSTARTTLS", Role: NoTLS, Default: "false", Since: "2.0", Beside: "-"},
			{Name: "smtpIgnoreTLSError", Role: NoVerify, Default: "false"},
			{Name: "smtpUsername", Role: User},
			{Name: "smtpPassword", Role: Pass},
			{Name: "smtpFrom", Role: From},
			{Name: "smtpTo", Role: To}, {Name: "smtpCC", Role: To}, {Name: "smtpBCC", Role: To},
		},
		Params: Params{Bools: Strict, DefaultPort: byModeOfNode},
		Mistaken: []Wrong{
			{Name: "smtpUser", Right: "smtpUsername"}, {Name: "smtpPass", Right: "smtpPassword"}, {Name: "smtpTLS", Right: "smtpSecure"}, {Name: "smtpSSL", Right: "smtpSecure"},
		},
		Marks:   []Mark{{Key: "smtpIgnoreTLSError", Worth: 8}, {Key: "smtpSecure", Worth: 5}, {Key: "type", Value: "smtp", Worth: 2}},
		Sources: []string{"louislam/uptime-kuma server/notification-providers/smtp.js"},
	},
	{
		ID: "wikijs", App: "Wiki.js", Form: JSON, Mode: Nodemailer,
		Keys: []Key{
			{Name: "mail.host", Role: Host},
			{Name: "mail.port", Role: Port, Default: "465"},
			{Name: "mail.secure", Role: Secure, Default: "true"},
			{Name: "mail.verifySSL", Role: Verify, Default: "true"},
			{Name: "mail.user", Role: User},
			{Name: "mail.pass", Role: Pass},
			{Name: "mail.senderEmail", Role: From},
			{Name: "mail.senderName", Role: FromName},
			{Name: "mail.name", Role: HELO},
			{Name: "mail.useDKIM", Role: Known}, {Name: "mail.dkimDomainName", Role: Known}, {Name: "mail.dkimKeySelector", Role: Known}, {Name: "mail.dkimPrivateKey", Role: Known},
		},
		Params: Params{Bools: Strict},
		Mistaken: []Wrong{
			{Name: "mail.password", Right: "mail.pass"}, {Name: "mail.username", Right: "mail.user"},
			{Name: "mail.from", Right: "mail.senderEmail"}, {Name: "mail.sender", Right: "mail.senderEmail"},
		},
		Traps: []Trap{
			{
				Check: "client-config-invalid", Severity: "error", Key: "mail.host",
				When: func(s Settings) bool {
					host, set := s.Get("mail.host")
					return set && len(host) < 3
				},
				Summary: "host is too short: Wiki.js counts mail as not set up",
				Detail:  "It says: the mail configuration is incomplete or invalid.",
				Fix:     []string{"Set host to the name of the mail server"},
			},
			{
				Check: "from-missing", Severity: "warning", Key: "mail.senderEmail",
				When:    func(s Settings) bool { return s.Role(Host) != "" && s.Role(From) == "" },
				Summary: "senderEmail is not set, and mail has no sender",
				Fix:     []string{"Set senderEmail to an address that the provider accepts"},
			},
		},
		Marks:   []Mark{{Key: "verifySSL", Worth: 6}, {Key: "useDKIM", Worth: 6}, {Key: "senderEmail", Worth: 4}, {Key: "dkimKeySelector", Worth: 4}},
		Sources: []string{"requarks/wiki server/core/mail.js, server/setup.js"},
	},
	{
		ID: "immich", App: "Immich", Form: JSON, Also: []Form{YAML}, Mode: Nodemailer,
		Keys: []Key{
			{Name: "notifications.smtp.enabled", Role: Enabled, Default: "false"},
			{Name: "notifications.smtp.transport.host", Role: Host},
			{Name: "notifications.smtp.transport.port", Role: Port, Default: "587"},
			{Name: "notifications.smtp.transport.secure", Role: Secure, Default: "false"},
			{Name: "notifications.smtp.transport.ignoreCert", Role: NoVerify, Default: "false"},
			{Name: "notifications.smtp.transport.username", Role: User},
			{Name: "notifications.smtp.transport.password", Role: Pass},
			{Name: "notifications.smtp.from", Role: From},
			{Name: "notifications.smtp.replyTo", Role: Known},
		},
		Params: Params{Bools: Strict},
		Mistaken: []Wrong{
			{Name: "notifications.smtp.transport.user", Right: "notifications.smtp.transport.username"},
			{Name: "notifications.smtp.transport.pass", Right: "notifications.smtp.transport.password"},
			{Name: "notifications.smtp.host", Why: "Immich reads it one level down: notifications.smtp.transport.host"},
			{Name: "notifications.smtp.port", Why: "Immich reads it one level down: notifications.smtp.transport.port"},
			{Name: "notifications.smtp.username", Why: "Immich reads it one level down: notifications.smtp.transport.username"},
			{Name: "notifications.smtp.password", Why: "Immich reads it one level down: notifications.smtp.transport.password"},
		},
		Traps: []Trap{{
			Check: "from-missing", Severity: "warning", Key: "notifications.smtp.from",
			When:    func(s Settings) bool { return s.Role(Host) != "" && s.Role(From) == "" },
			Summary: "notifications.smtp.from is not set, and mail has no sender",
			Fix:     []string{"Set notifications.smtp.from to an address that the provider accepts"},
		}},
		Marks:   []Mark{{Key: "notifications.smtp.*", Worth: 9}, {Key: "notifications.smtp.transport.*", Worth: 9}, {Key: "transport.ignoreCert", Worth: 5}},
		Sources: []string{"immich-app/immich server/src/config.ts, server/src/repositories/email.repository.ts"},
	},
	{
		ID: "meteor-mail-url", App: "Meteor", Form: Env, Mode: MeteorURL, Also: []Form{JSON},
		Packages: []string{"meteor-node-stubs"},
		Keys: []Key{
			{Name: "MAIL_URL", Role: URL},
			{Name: "packages.email.service", Role: Service},
			{Name: "packages.email.user", Role: User},
			{Name: "packages.email.password", Role: Pass},
			{Name: "MAIL_FROM", Role: From, Silent: true},
		},
		Params: Params{DefaultPort: byModeOfNode, Schemes: meteorSchemes, Options: nodemailerOptions},
		Mistaken: []Wrong{
			{Name: "SMTP_URL", Right: "MAIL_URL"}, {Name: "EMAIL_URL", Right: "MAIL_URL"}, {Name: "MAILER_URL", Right: "MAIL_URL"}, {Name: "MAIL_SERVER_URL", Right: "MAIL_URL"},
		},
		Traps: []Trap{{
			Check: "mailer-swallows-mail", Severity: "warning", Key: "MAIL_URL",
			When: func(s Settings) bool {
				return nothingAmong(s, "MAIL_URL", "packages.email.service", "SMTP_URL", "EMAIL_URL", "MAILER_URL", "MAIL_SERVER_URL") && s.Has("ROOT_URL")
			},
			Summary: "MAIL_URL is not set: mail is printed to standard output and not sent",
			Detail:  "In production Meteor throws an error instead, since release 2.2.",
			Fix:     []string{"Set MAIL_URL to smtps://user:password@host:465 or smtp://user:password@host:587"},
		}},
		Marks:    []Mark{{Key: "MAIL_URL", Worth: 3}, {Key: "ROOT_URL", Worth: 3}, {Key: "METEOR_SETTINGS", Worth: 5}, {Key: "MONGO_URL", Worth: 1}},
		Channels: Channels{Unset: "mail is printed to standard output in development; in production it is an error since Meteor 2.2"},
		Sources:  []string{"meteor packages/email/email.js"},
	},
	{
		ID: "authjs", App: "Auth.js", Form: Env, Also: []Form{JS}, Mode: Nodemailer,
		Packages: []string{"next-auth", "@auth/core"},
		Keys: []Key{
			{Name: "EMAIL_SERVER", Also: []string{"EmailProvider.server", "Nodemailer.server", "Email.server", "NodemailerProvider.server"}, Role: URL},
			{Name: "EMAIL_SERVER_HOST", Also: []string{"server.host"}, Role: Host},
			{Name: "EMAIL_SERVER_PORT", Also: []string{"server.port"}, Role: Port},
			{Name: "server.secure", Role: Secure, Bools: Strict, Beside: "server.host"},
			{Name: "EMAIL_SERVER_SECURE", Role: Secure, Beside: "-"},
			{Name: "EMAIL_SERVER_USER", Also: []string{"server.auth.user"}, Role: User},
			{Name: "EMAIL_SERVER_PASSWORD", Also: []string{"server.auth.pass"}, Role: Pass},
			{Name: "EMAIL_FROM", Also: []string{"EmailProvider.from", "Nodemailer.from", "Email.from", "NodemailerProvider.from", "Resend.from"}, Role: From},
			{Name: "AUTH_RESEND_KEY", Role: APIKey},
		},
		Params: Params{DefaultPort: byModeOfNode, Schemes: nodemailerSchemes, Options: nodemailerOptions},
		Mistaken: []Wrong{
			{Name: "EMAIL_SERVER_PASS", Right: "EMAIL_SERVER_PASSWORD", Note: true},
			{Name: "EMAIL_SERVER_USERNAME", Right: "EMAIL_SERVER_USER", Note: true},
			{Name: "server.auth.password", Right: "server.auth.pass"},
			{Name: "AUTH_RESEND_API_KEY", Right: "AUTH_RESEND_KEY"},
		},
		Traps: []Trap{{
			Check: "setting-misspelt", Severity: "warning", Key: "RESEND_API_KEY",
			When: func(s Settings) bool {
				return anyOf(s, "RESEND_API_KEY", "RESEND_KEY") && nothing(s, "AUTH_RESEND_KEY", "EMAIL_SERVER", "EMAIL_SERVER_HOST")
			},
			Summary: "RESEND_API_KEY is not read by Auth.js; it is called AUTH_RESEND_KEY",
			Detail:  "The Resend provider of Auth.js 5 reads AUTH_RESEND_KEY unless its code names another variable.",
			Fix:     []string{"Rename RESEND_API_KEY to AUTH_RESEND_KEY"},
		}},
		Marks:   []Mark{{Key: "EMAIL_SERVER", Value: "smtp*", Worth: 6}, {Key: "EMAIL_SERVER_HOST", Worth: 3}, {Key: "AUTH_RESEND_KEY", Worth: 9}, {Key: "NEXTAUTH_URL", Worth: 2}, {Key: "NEXTAUTH_SECRET", Worth: 2}, {Key: "AUTH_SECRET", Worth: 2}, {Value: "EmailProvider(", Worth: 5}, {Value: "next-auth", Worth: 3}},
		Sources: []string{"nextauthjs/next-auth packages/core/src/providers/nodemailer.ts, resend.ts", "nodemailer lib/shared"},
	},
	{
		ID: "umami", App: "Umami", Form: Env,
		Images: []string{"ghcr.io/umami-software/umami", "umamisoftware/umami", "docker.umami.is/umami-software/umami"},
		Keys: []Key{
			umamiKey("SMTP_HOST"), umamiKey("SMTP_PORT"), umamiKey("SMTP_USER"), umamiKey("SMTP_USERNAME"), umamiKey("SMTP_PASS"), umamiKey("SMTP_PASSWORD"),
			umamiKey("SMTP_SECURE"), umamiKey("SMTP_TLS"), umamiKey("SMTP_FROM"), umamiKey("SMTP_SENDER"), umamiKey("EMAIL_HOST"), umamiKey("EMAIL_PORT"),
			umamiKey("EMAIL_FROM"), umamiKey("EMAIL_SERVER"), umamiKey("MAIL_HOST"), umamiKey("MAIL_PORT"), umamiKey("MAIL_FROM"), umamiKey("RESEND_API_KEY"),
		},
		Marks:    []Mark{{Value: "umami", Worth: 8}},
		Channels: Channels{Unset: "Umami sends no mail"},
		Sources:  []string{"umami-software/umami: no mail library among its packages"},
	},
}

// umamiKey is a key of mail, of which Umami knows none.
func umamiKey(name string) Key {
	return Key{Name: name, Role: Ignored, Why: "Umami sends no mail, and reads no setting of it"}
}

// portDecides is why a switch has no effect where the number of the port counts.
const portDecides = "the port decides: 465 is implicit TLS, every other one is STARTTLS"
