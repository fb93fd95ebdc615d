package dialect

import "github.com/maildoctor/maildoctor/internal/target"

// node are applications of Node.js that take their settings from the
// environment or a file, and hand them to nodemailer.
var node = []Dialect{
	{
		ID: "rocketchat", App: "Rocket.Chat", Form: Env, Mode: RocketChat,
		Images: []string{"rocketchat/rocket.chat", "rocket.chat", "registry.rocket.chat/rocketchat/rocket.chat"},
		Keys: []Key{
			{Name: "OVERWRITE_SETTING_SMTP_Host", Also: []string{"SMTP_Host"}, Role: Host},
			{Name: "OVERWRITE_SETTING_SMTP_Port", Also: []string{"SMTP_Port"}, Role: Port},
			{Name: "OVERWRITE_SETTING_SMTP_Protocol", Also: []string{"SMTP_Protocol"}, Role: Scheme, Default: "smtp", Words: []Word{
				{V: "smtp", Mode: target.Opportunistic}, {V: "smtps", Mode: target.Implicit},
			}},
			{Name: "OVERWRITE_SETTING_SMTP_IgnoreTLS", Also: []string{"SMTP_IgnoreTLS"}, Role: NoTLS, Default: "true", Beside: "OVERWRITE_SETTING_SMTP_Host"},
			{Name: "OVERWRITE_SETTING_SMTP_Username", Also: []string{"SMTP_Username"}, Role: User},
			{Name: "OVERWRITE_SETTING_SMTP_Password", Also: []string{"SMTP_Password"}, Role: Pass},
			{Name: "OVERWRITE_SETTING_From_Email", Also: []string{"From_Email"}, Role: From},
			{Name: "OVERWRITE_SETTING_SMTP_Pool", Also: []string{"SMTP_Pool"}, Role: Known},
			{Name: "MAIL_URL", Role: URL},
		},
		Params: Params{DefaultPort: byModeOfNode, Schemes: rocketSchemes, Options: []Key{
			{Name: "requireTLS", Role: Require},
			{Name: "ignoreTLS", Role: Level, Words: []Word{{V: "false", Mode: target.Opportunistic}, {V: "true", Mode: target.Cleartext}}, Else: "false"},
			{Name: "secure", Role: Ignored, Why: "the scheme decides: smtps is implicit TLS, smtp is not"},
			{Name: "tls.rejectUnauthorized", Role: Verify},
			{Name: "pool", Role: Known},
		}},
		Mistaken: []Wrong{
			{Name: "OVERWRITE_SETTING_SMTP_User", Right: "OVERWRITE_SETTING_SMTP_Username"},
			{Name: "OVERWRITE_SETTING_SMTP_Pass", Right: "OVERWRITE_SETTING_SMTP_Password"},
			{Name: "OVERWRITE_SETTING_SMTP_From", Right: "OVERWRITE_SETTING_From_Email"},
			{Name: "OVERWRITE_SETTING_SMTP_From_Email", Right: "OVERWRITE_SETTING_From_Email"},
			{Name: "OVERWRITE_SETTING_FROM_EMAIL", Right: "OVERWRITE_SETTING_From_Email", Why: "The name of the setting keeps its capitals"},
			{Name: "OVERWRITE_SETTING_SMTP_HOST", Right: "OVERWRITE_SETTING_SMTP_Host", Why: "The name of the setting keeps its capitals"},
			{Name: "OVERWRITE_SETTING_SMTP_PORT", Right: "OVERWRITE_SETTING_SMTP_Port", Why: "The name of the setting keeps its capitals"},
			{Name: "OVERWRITE_SETTING_SMTP_USERNAME", Right: "OVERWRITE_SETTING_SMTP_Username", Why: "The name of the setting keeps its capitals"},
			{Name: "OVERWRITE_SETTING_SMTP_PASSWORD", Right: "OVERWRITE_SETTING_SMTP_Password", Why: "The name of the setting keeps its capitals"},
		},
		Traps: []Trap{
			{
				Check: "from-missing", Severity: "note", Key: "OVERWRITE_SETTING_SMTP_Host",
				When: func(s Settings) bool {
					return anyOf(s, "OVERWRITE_SETTING_SMTP_Host", "SMTP_Host") && s.Role(From) == ""
				},
				Summary: "the sender is not set here: without From_Email Rocket.Chat sends no mail",
				Detail:  "It may be set in the workspace, under Email. The button for a test mail says that it was sent even where it was not; the log tells.",
				Fix:     []string{"Set OVERWRITE_SETTING_From_Email to an address that the provider accepts"},
			},
			{
				Check: "setting-ignored", Severity: "warning", Key: "MAIL_URL",
				When: func(s Settings) bool {
					return anyOf(s, "MAIL_URL") && anyOf(s, "OVERWRITE_SETTING_SMTP_Host", "SMTP_Host")
				},
				Summary: "MAIL_URL has no effect: Rocket.Chat builds its own of the SMTP settings",
				Detail:  "Where SMTP_Host is set, Rocket.Chat writes MAIL_URL anew at every start.",
				Fix:     []string{"Remove MAIL_URL"}, Set: map[string]string{"MAIL_URL": ""},
			},
		},
		Marks:    []Mark{{Key: "MONGO_URL", Worth: 2}, {Key: "MONGO_OPLOG_URL", Worth: 2}, {Value: "rocketchat", Worth: 4}, {Value: "rocket.chat", Worth: 4}},
		Channels: Channels{Unset: "mail is printed to the log and not sent"},
		Sources:  []string{"RocketChat apps/meteor/app/lib/server/startup/mailSettings and server/settings/email.ts"},
	},
	{
		ID: "ghost", App: "Ghost", Form: Env, Also: []Form{JSON}, Mode: Nodemailer,
		Files: []string{"config.production.json", "config.development.json"}, Images: []string{"ghost", "library/ghost", "bitnami/ghost"}, Packages: []string{"ghost"},
		Keys: []Key{
			{
				Name: "mail__transport", Also: []string{"mail.transport"}, Role: Driver, Default: "Direct", Yes: "SMTP",
				Words: []Word{
					{V: "SMTP", Channel: "smtp"},
					{V: "Direct", Channel: "direct", Swallows: "sends straight to the recipients' servers through port 25, which most networks block and most servers refuse"},
					{V: "stub", Channel: "none", Swallows: "sends no mail"},
					{V: "sendmail", Channel: "sendmail"}, {V: "SES", Channel: "api"}, {V: "mailgun", Channel: "api"},
				},
			},
			{Name: "mail__options__host", Also: []string{"mail.options.host"}, Role: Host},
			{Name: "mail__options__port", Also: []string{"mail.options.port"}, Role: Port},
			{Name: "mail__options__secure", Also: []string{"mail.options.secure"}, Role: Secure, Since: "4.0"},
			{Name: "mail__options__secureConnection", Also: []string{"mail.options.secureConnection"}, Role: Secure, Until: "4.0", Instead: "mail__options__secure", Why: "the switch is mail__options__secure since Ghost 4"},
			{Name: "mail__options__requireTLS", Also: []string{"mail.options.requireTLS"}, Role: Require},
			{Name: "mail__options__ignoreTLS", Also: []string{"mail.options.ignoreTLS"}, Role: NoTLS, Beside: "-"},
			{Name: "mail__options__service", Also: []string{"mail.options.service"}, Role: Service},
			{Name: "mail__options__auth__user", Also: []string{"mail.options.auth.user"}, Role: User},
			{Name: "mail__options__auth__pass", Also: []string{"mail.options.auth.pass"}, Role: Pass},
			{Name: "mail__options__tls__rejectUnauthorized", Also: []string{"mail.options.tls.rejectUnauthorized"}, Role: Verify},
			{Name: "mail__options__tls__ciphers", Also: []string{"mail.options.tls.ciphers"}, Role: Ciphers},
			{Name: "mail__options__name", Also: []string{"mail.options.name"}, Role: HELO},
			{Name: "mail__from", Also: []string{"mail.from"}, Role: From},
		},
		Params: Params{DefaultPort: byModeOfNode},
		Mistaken: []Wrong{
			{Name: "mail__options__auth__password", Right: "mail__options__auth__pass"},
			{Name: "mail__options__auth__username", Right: "mail__options__auth__user"},
			{Name: "mail.options.auth.password", Right: "mail.options.auth.pass"},
			{Name: "mail.options.auth.username", Right: "mail.options.auth.user"},
			{Name: "mail__auth__user", Right: "mail__options__auth__user"},
			{Name: "mail__auth__pass", Right: "mail__options__auth__pass"},
			{Name: "mail__options__user", Right: "mail__options__auth__user"},
			{Name: "mail__options__pass", Right: "mail__options__auth__pass"},
			{Name: "mail__options__password", Right: "mail__options__auth__pass"},
			{Name: "mail__host", Right: "mail__options__host"},
			{Name: "mail__port", Right: "mail__options__port"},
			{Name: "mail__secure", Right: "mail__options__secure"},
			{Name: "mail__service", Right: "mail__options__service"},
			{Name: "mail__options__from", Right: "mail__from"},
			{Name: "mail__fromaddress", Right: "mail__from"},
			{Name: "mail__options__transport", Right: "mail__transport"},
			{Name: "GHOST_MAIL__*", Why: "Ghost reads the names without a prefix: mail__transport, mail__options__host"},
		},
		Traps: []Trap{
			{
				Check: "from-missing", Severity: "warning", Key: "mail__from",
				When: func(s Settings) bool {
					return anyOf(s, "mail__options__host", "mail.options.host", "mail__options__service", "mail.options.service") && s.Role(From) == ""
				},
				Summary: "mail__from is not set: Ghost makes up a sender of its own",
				Detail:  "It writes noreply@ and the name of the blog, which a provider takes only where that domain is verified there.",
				Fix:     []string{"Set mail__from (mail.from in config.production.json) to an address that the provider accepts"},
			},
			{
				Check: "client-falls-back-to-localhost", Severity: "note", Key: "mail__options__service",
				When: func(s Settings) bool {
					return value(s, "mail__options__service") == "mailgun" && nothing(s, "mail__options__host", "mail__options__port")
				},
				Summary: "host and port come from a table in Ghost, by the name of the service",
				Detail:  "The table differs by release, and Ghost connects to 127.0.0.1 where it does not get the name. Host and port that are written out can be seen and tested.",
				Fix:     []string{"Set mail__options__host=smtp.mailgun.org, mail__options__port=587 and mail__options__secure=false in place of mail__options__service"},
				Set:     map[string]string{"mail__options__service": "", "mail__options__host": "smtp.mailgun.org", "mail__options__port": "587", "mail__options__secure": "false"},
			},
			{
				Check: "setting-ignored", Severity: "warning", Key: "mail__options__host", When: presetWins("mail__options__host", "mail.options.host"),
				Summary: "mail__options__host has no effect: mail__options__service names another server, and wins",
				Fix:     []string{"Remove mail__options__service"}, Set: map[string]string{"mail__options__service": "", "mail.options.service": ""},
			},
		},
		Restart: "Restart Ghost: it reads its settings at the start",
		Marks:   []Mark{{Key: "mail__transport", Worth: 8}, {Key: "mail__options__*", Worth: 8}, {Key: "mail.options.host", Worth: 6}, {Key: "mail.options.service", Worth: 6}, {Key: "database__client", Worth: 4}, {Value: "ghost", Worth: 1}},
		Sources: []string{"TryGhost/Ghost core/server/services/mail/GhostMailer.js, core/shared/config/loader", "TryGhost/nodemailer"},
	},
	{
		ID: "n8n", App: "n8n", Form: Env, Mode: Nodemailer,
		Images: []string{"n8nio/n8n", "docker.n8n.io/n8nio/n8n"}, Packages: []string{"n8n"},
		Keys: []Key{
			{Name: "N8N_EMAIL_MODE", Role: Driver, Default: "smtp", Words: []Word{{V: "smtp", Channel: "smtp"}, {V: "", Channel: "none", Not: true}}},
			{Name: "N8N_SMTP_HOST", Role: Host},
			{Name: "N8N_SMTP_PORT", Role: Port, Default: "465"},
			{Name: "N8N_SMTP_SSL", Role: Secure, Default: "true"},
			{Name: "N8N_SMTP_STARTTLS", Role: AutoTLS, Default: "true", Since: "1.60"},
			{Name: "N8N_SMTP_USER", Role: User},
			{Name: "N8N_SMTP_PASS", Also: []string{"N8N_SMTP_PASS_FILE"}, Role: Pass},
			{Name: "N8N_SMTP_SENDER", Role: From},
			{Name: "N8N_SMTP_OAUTH_SERVICE_CLIENT", Role: Known}, {Name: "N8N_SMTP_OAUTH_PRIVATE_KEY", Role: Known},
			{Name: "N8N_SMTP_SECURE", Role: Ignored, Instead: "N8N_SMTP_SSL", Why: "n8n has no such variable; N8N_SMTP_SSL is implicit TLS"},
			{Name: "N8N_SMTP_TLS", Role: Ignored, Instead: "N8N_SMTP_SSL", Why: "n8n has no such variable; N8N_SMTP_SSL is implicit TLS, N8N_SMTP_STARTTLS is STARTTLS"},
			{Name: "N8N_SMTP_USE_TLS", Role: Ignored, Instead: "N8N_SMTP_SSL", Why: "n8n has no such variable; N8N_SMTP_SSL is implicit TLS"},
		},
		Mistaken: []Wrong{
			{Name: "N8N_SMTP_PASSWORD", Right: "N8N_SMTP_PASS"},
			{Name: "N8N_SMTP_USERNAME", Right: "N8N_SMTP_USER"},
			{Name: "N8N_SMTP_FROM", Right: "N8N_SMTP_SENDER"},
			{Name: "N8N_SMTP_FROM_EMAIL", Right: "N8N_SMTP_SENDER"},
			{Name: "N8N_SMTP_SENDER_EMAIL", Right: "N8N_SMTP_SENDER"},
			{Name: "N8N_EMAIL_FROM", Right: "N8N_SMTP_SENDER"},
			{Name: "N8N_SMTP_SERVER", Right: "N8N_SMTP_HOST"},
			{Name: "N8N_EMAIL_HOST", Right: "N8N_SMTP_HOST"},
			{Name: "N8N_USER_MANAGEMENT", Why: "n8n has no such variable: users are always on"},
			{Name: "N8N_USER_INVITATION", Why: "n8n has no such variable: invitations go out once SMTP works"},
		},
		Traps: []Trap{
			{
				Check: "from-missing", Severity: "warning", Key: "N8N_SMTP_SENDER",
				When: func(s Settings) bool {
					return anyOf(s, "N8N_SMTP_HOST") && nothing(s, "N8N_SMTP_SENDER") && !isAddress(s.Role(User)) &&
						nothingAmong(s, "N8N_SMTP_FROM", "N8N_SMTP_FROM_EMAIL", "N8N_SMTP_SENDER_EMAIL", "N8N_EMAIL_FROM")
				},
				Summary: "N8N_SMTP_SENDER is not set, and the user name is no address",
				Detail:  "n8n takes the user name for the sender where it is an address; else mail has none.",
				Fix:     []string{"Set N8N_SMTP_SENDER to an address that the provider accepts"},
			},
			{
				Check: "mailer-switched-off", Severity: "error", Key: "N8N_EMAIL_MODE",
				When: func(s Settings) bool {
					mode, set := s.Get("N8N_EMAIL_MODE")
					return set && mode == "" && anyOf(s, "N8N_SMTP_HOST")
				},
				Summary: "N8N_EMAIL_MODE is empty, which switches mail off",
				Fix:     []string{"Set N8N_EMAIL_MODE to smtp"}, Set: map[string]string{"N8N_EMAIL_MODE": "smtp"},
			},
		},
		Marks:   []Mark{{Key: "N8N_*", Worth: 3}},
		Sources: []string{"n8n packages/cli/src/user-management/email/node-mailer.ts, packages/@n8n/config user-management.config.ts"},
	},
	{
		ID: "directus", App: "Directus", Form: Env, Mode: Nodemailer,
		Images: []string{"directus/directus"}, Packages: []string{"directus"},
		Keys: []Key{
			{
				Name: "EMAIL_TRANSPORT", Role: Driver, Default: "sendmail", Yes: "smtp",
				Must: "Directus hands mail to sendmail, which its image does not have, and reads no EMAIL_SMTP_ setting",
				Words: []Word{
					{V: "smtp", Channel: "smtp"}, {V: "sendmail", Channel: "sendmail"},
					{V: "ses", Channel: "api"}, {V: "mailgun", Channel: "api"}, {V: "mailtrap", Channel: "api"},
				},
			},
			{Name: "EMAIL_SMTP_HOST", Role: Host},
			{Name: "EMAIL_SMTP_PORT", Role: Port},
			{Name: "EMAIL_SMTP_SECURE", Role: Secure, Default: "false"},
			{Name: "EMAIL_SMTP_IGNORE_TLS", Role: NoTLS, Default: "false", Avoid: "true"},
			{Name: "EMAIL_SMTP_USER", Role: User},
			{Name: "EMAIL_SMTP_PASSWORD", Also: []string{"EMAIL_SMTP_PASSWORD_FILE"}, Role: Pass},
			{Name: "EMAIL_SMTP_NAME", Role: HELO},
			{Name: "EMAIL_SMTP_POOL", Role: Known},
			{Name: "EMAIL_SMTP_TLS_REJECT_UNAUTHORIZED", Role: Verify},
			{Name: "EMAIL_SMTP_TLS_CIPHERS", Role: Ciphers},
			{Name: "EMAIL_FROM", Role: From},
			{Name: "EMAIL_VERIFY_SETUP", Role: Known},
			{Name: "EMAIL_SENDMAIL_NEW_LINE", Role: Known}, {Name: "EMAIL_SENDMAIL_PATH", Role: Known},
			{Name: "EMAIL_SMTP_SSL", Role: Ignored, Instead: "EMAIL_SMTP_SECURE", Why: "Directus has no such variable"},
			{Name: "EMAIL_SMTP_TLS", Role: Ignored, Instead: "EMAIL_SMTP_SECURE", Why: "Directus has no such variable; EMAIL_SMTP_SECURE is implicit TLS, and STARTTLS is used without it"},
		},
		Params: Params{DefaultPort: byModeOfNode},
		Mistaken: []Wrong{
			{Name: "EMAIL_SMTP_USERNAME", Right: "EMAIL_SMTP_USER"},
			{Name: "EMAIL_SMTP_PASS", Right: "EMAIL_SMTP_PASSWORD"},
			{Name: "EMAIL_SMTP_IGNORETLS", Right: "EMAIL_SMTP_IGNORE_TLS"},
			{Name: "EMAIL_SMTP_FROM", Right: "EMAIL_FROM"},
			{Name: "EMAIL_SMTP_TRANSPORT", Right: "EMAIL_TRANSPORT"},
			{Name: "EMAIL_DRIVER", Right: "EMAIL_TRANSPORT"},
		},
		Traps: []Trap{{
			Check: "mailer-swallows-mail", Key: "EMAIL_TRANSPORT",
			When:    func(s Settings) bool { return value(s, "EMAIL_TRANSPORT") == "sendmail" && anyOf(s, "EMAIL_SMTP_HOST") },
			Summary: "EMAIL_TRANSPORT=sendmail: no EMAIL_SMTP_ setting is read",
			Detail:  "Directus hands mail to a sendmail program, which its image does not have.",
			Fix:     []string{"Set EMAIL_TRANSPORT to smtp"}, Set: map[string]string{"EMAIL_TRANSPORT": "smtp"},
		}},
		Marks:   []Mark{{Key: "EMAIL_TRANSPORT", Worth: 6}, {Key: "EMAIL_VERIFY_SETUP", Worth: 6}, {Key: "PUBLIC_URL", Worth: 1}},
		Sources: []string{"directus api/src/mailer.ts", "docs: configuration, email"},
	},
}
