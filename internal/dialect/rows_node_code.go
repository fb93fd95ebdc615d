package dialect

import (
	"fmt"
	"strings"
)

// nodeCode is nodemailer in code, and frameworks that take its options there.
var nodeCode = []Dialect{
	{
		ID: "strapi", App: "Strapi", Form: JS, Mode: Nodemailer,
		Files: []string{"plugins.js", "plugins.ts"}, Packages: []string{"@strapi/provider-email-nodemailer", "strapi-provider-email-nodemailer"},
		Keys: []Key{
			{Name: "config.provider", Also: []string{"email.provider"}, Role: Driver},
			{Name: "providerOptions.host", Role: Host},
			{Name: "providerOptions.port", Role: Port},
			{Name: "providerOptions.secure", Role: Secure},
			{Name: "providerOptions.requireTLS", Role: Require},
			{Name: "providerOptions.ignoreTLS", Role: NoTLS, Beside: "-"},
			{Name: "providerOptions.service", Role: Service},
			{Name: "providerOptions.auth.user", Role: User},
			{Name: "providerOptions.auth.pass", Role: Pass},
			{Name: "providerOptions.tls.rejectUnauthorized", Role: Verify},
			{Name: "providerOptions.tls.ciphers", Role: Ciphers},
			{Name: "settings.defaultFrom", Role: From},
			{Name: "settings.defaultReplyTo", Role: Known},
		},
		Params: Params{Bools: Strict, DefaultPort: byModeOfNode},
		Mistaken: []Wrong{
			{Name: "providerOptions.auth.password", Right: "providerOptions.auth.pass"},
			{Name: "providerOptions.auth.username", Right: "providerOptions.auth.user"},
			{Name: "providerOptions.secureConnection", Right: "providerOptions.secure", Why: "nodemailer reads secure"},
			{Name: "providerOptions.ssl", Right: "providerOptions.secure"},
			{Name: "settings.from", Right: "settings.defaultFrom"},
		},
		Traps: []Trap{
			{
				Check: "client-credentials-missing", Severity: "error", Key: "config.auth.user",
				When:    func(s Settings) bool { return s.Has("config.auth.user") || s.Has("config.auth.pass") },
				Summary: "auth stands outside providerOptions, and nodemailer does not see it",
				Detail:  `It says: Missing credentials for "PLAIN", or the server refuses the sender.`,
				Fix:     []string{"Move auth into providerOptions"},
			},
			{
				Check: "setting-ignored", Severity: "error", Key: "config.host",
				When:    func(s Settings) bool { return s.Has("config.provider") && s.Has("config.host") },
				Summary: "host stands outside providerOptions, and nodemailer does not see it",
				Fix:     []string{"Move host, port, secure and auth into providerOptions"},
			},
			{
				Check: "mailer-swallows-mail", Severity: "error", Key: "config.provider",
				When: func(s Settings) bool {
					return value(s, "config.provider") == "sendmail" && s.Role(Host) != ""
				},
				Summary: "provider is sendmail: the SMTP settings are not read",
				Detail:  "Strapi sends straight from the machine through port 25, which most hosts block.",
				Fix:     []string{"Set provider to nodemailer, with @strapi/provider-email-nodemailer installed"}, Set: map[string]string{"config.provider": "nodemailer"},
			},
			{
				Check: "mailer-swallows-mail", Severity: "warning", Key: "config.provider",
				When: func(s Settings) bool {
					return value(s, "config.provider") == "sendmail" && s.Role(Host) == ""
				},
				Summary: "provider is sendmail: mail leaves straight from the machine, if at all",
				Detail:  "Most hosts block port 25, and what goes out lands among spam.",
				Fix:     []string{"Install @strapi/provider-email-nodemailer, and set provider to nodemailer with providerOptions"},
			},
			{
				Check: "mailer-swallows-mail", Severity: "error", Key: "config.provider",
				When: func(s Settings) bool {
					return s.Role(Host) != "" && s.Has("email.config.providerOptions.host") && !s.Has("config.provider")
				},
				Summary: "provider is not set, and Strapi takes its sendmail provider",
				Fix:     []string{"Set provider to nodemailer, with @strapi/provider-email-nodemailer installed"}, Set: map[string]string{"config.provider": "nodemailer"},
			},
			{
				Check: "from-missing", Severity: "warning", Key: "settings.defaultFrom",
				When: func(s Settings) bool {
					return s.Role(Host) != "" && s.Has("config.provider") && !s.Has("settings.defaultFrom")
				},
				Summary: "settings.defaultFrom is not set: Strapi writes its own address, which providers refuse",
				Fix:     []string{"Set settings.defaultFrom to an address that the provider accepts"},
			},
			{
				Check: "setting-ignored", Severity: "warning", Key: "providerOptions.host", When: presetWins("providerOptions.host"),
				Summary: "host has no effect: service names another server, and wins",
				Fix:     []string{"Remove service"}, Set: map[string]string{"providerOptions.service": ""},
			},
		},
		Restart:  "Restart Strapi; in the cloud, deploy again",
		Marks:    []Mark{{Key: "providerOptions.host", Worth: 9}, {Key: "providerOptions.*", Worth: 7}, {Key: "settings.defaultFrom", Worth: 6}, {Value: "provider-email-nodemailer", Worth: 8}},
		Channels: Channels{Unset: "Strapi takes its sendmail provider, which sends straight from the machine"},
		Sources:  []string{"strapi/strapi packages/providers/email-nodemailer", "docs.strapi.io: email"},
	},
	{
		ID: "payload", App: "Payload", Form: JS, Mode: Nodemailer,
		Files: []string{"payload.config.ts", "payload.config.js"}, Packages: []string{"@payloadcms/email-nodemailer", "@payloadcms/email-resend", "payload"},
		Keys: []Key{
			{Name: "transportOptions.host", Also: []string{"createTransport.host"}, Role: Host},
			{Name: "transportOptions.port", Also: []string{"createTransport.port"}, Role: Port},
			{Name: "transportOptions.secure", Also: []string{"createTransport.secure"}, Role: Secure},
			{Name: "transportOptions.requireTLS", Also: []string{"createTransport.requireTLS"}, Role: Require},
			{Name: "transportOptions.ignoreTLS", Also: []string{"createTransport.ignoreTLS"}, Role: NoTLS, Beside: "-"},
			{Name: "transportOptions.service", Also: []string{"createTransport.service"}, Role: Service},
			{Name: "transportOptions.auth.user", Also: []string{"createTransport.auth.user"}, Role: User},
			{Name: "transportOptions.auth.pass", Also: []string{"createTransport.auth.pass"}, Role: Pass},
			{Name: "transportOptions.tls.rejectUnauthorized", Also: []string{"createTransport.tls.rejectUnauthorized"}, Role: Verify},
			{Name: "nodemailerAdapter.defaultFromAddress", Also: []string{"resendAdapter.defaultFromAddress"}, Role: From},
			{Name: "nodemailerAdapter.defaultFromName", Also: []string{"resendAdapter.defaultFromName"}, Role: FromName},
			{Name: "nodemailerAdapter.skipVerify", Role: Known},
			{Name: "resendAdapter.apiKey", Role: APIKey},
		},
		Params: Params{Bools: Strict, DefaultPort: byModeOfNode},
		Mistaken: []Wrong{
			{Name: "transportOptions.auth.password", Right: "transportOptions.auth.pass"},
			{Name: "transportOptions.auth.username", Right: "transportOptions.auth.user"},
			{Name: "nodemailerAdapter.from", Right: "nodemailerAdapter.defaultFromAddress"},
			{Name: "nodemailerAdapter.fromAddress", Right: "nodemailerAdapter.defaultFromAddress"},
			{Name: "nodemailerAdapter.fromName", Right: "nodemailerAdapter.defaultFromName"},
			{Name: "resendAdapter.from", Right: "resendAdapter.defaultFromAddress"},
			{Name: "nodemailerAdapter.transport.host", Why: "Payload takes the options of SMTP in transportOptions, and in transport what createTransport returns"},
		},
		Traps: []Trap{
			{
				Check: "mailer-swallows-mail", Severity: "error", Key: "nodemailerAdapter.defaultFromAddress",
				When: func(s Settings) bool {
					email, _ := s.Get("email")
					bare := strings.HasSuffix(strings.ReplaceAll(strings.TrimPrefix(email, "await "), " ", ""), "nodemailerAdapter()")
					return bare || s.Has("nodemailerAdapter.defaultFromAddress") && s.Role(Host) == "" && s.Role(Service) == "" && !s.Has("transportOptions.host") &&
						!s.Has("createTransport.host") && !s.Has("nodemailerAdapter.transport") && !s.Has("nodemailerAdapter.transportOptions")
				},
				Summary: "nodemailerAdapter has no transportOptions: mail goes to a test account, and nobody gets it",
				Detail:  "Payload makes an account at ethereal.email then, which delivers nothing.",
				Fix:     []string{"Set transportOptions with host, port, secure and auth"},
			},
			{
				Check: "from-missing", Severity: "error", Key: "nodemailerAdapter.defaultFromAddress",
				When: func(s Settings) bool {
					return (s.Role(Host) != "" && s.Has("nodemailerAdapter.transportOptions.host") || s.Has("resendAdapter.apiKey")) && !s.Has("nodemailerAdapter.defaultFromAddress") && !s.Has("resendAdapter.defaultFromAddress")
				},
				Summary: "defaultFromAddress is not set: Payload writes its own address, which providers refuse",
				Fix:     []string{"Set defaultFromAddress to an address that the provider accepts"},
			},
		},
		Marks:    []Mark{{Value: "nodemailerAdapter(", Worth: 9}, {Value: "resendAdapter(", Worth: 9}, {Value: "buildConfig(", Worth: 3}},
		Channels: Channels{Unset: "mail is written to the console and not sent"},
		Sources:  []string{"payloadcms/payload packages/email-nodemailer, packages/email-resend"},
	},
	{
		ID: "medusa", App: "Medusa", Form: JS, Mode: Nodemailer,
		Files: []string{"medusa-config.ts", "medusa-config.js"}, Packages: []string{"@medusajs/medusa"},
		Keys: []Key{
			{Name: "options.host", Also: []string{"options.smtp.host", "options.transport.host", "options.config.host"}, Role: Host},
			{Name: "options.port", Also: []string{"options.smtp.port", "options.transport.port", "options.config.port"}, Role: Port},
			{Name: "options.secure", Also: []string{"options.smtp.secure", "options.transport.secure", "options.config.secure"}, Role: Secure},
			{Name: "options.requireTLS", Also: []string{"options.smtp.requireTLS", "options.transport.requireTLS", "options.config.requireTLS"}, Role: Require, Beside: "-"},
			{Name: "options.auth.user", Also: []string{"options.smtp.auth.user", "options.transport.auth.user", "options.config.auth.user", "options.user"}, Role: User},
			{Name: "options.auth.pass", Also: []string{"options.smtp.auth.pass", "options.transport.auth.pass", "options.config.auth.pass", "options.password"}, Role: Pass},
			{Name: "options.from", Also: []string{"options.fromEmail", "options.from_email"}, Role: From},
			{Name: "options.api_key", Also: []string{"options.apiKey"}, Role: APIKey},
		},
		Params: Params{Bools: Strict, DefaultPort: byModeOfNode},
		Traps: []Trap{
			{
				Check: "client-config-invalid", Severity: "error", Key: "providers.*.resolve",
				When:    func(s Settings) bool { return medusaProvider(s, "") && !medusaChannel(s) },
				Summary: "no notification provider has the channel email",
				Detail:  "Medusa says: Could not find a notification provider for channel: email. Each channel belongs to one provider.",
				Fix:     []string{"Set channels: ['email'] in the options of the provider that sends mail"},
			},
			{
				Check: "mailer-swallows-mail", Severity: "warning", Key: "providers.*.resolve",
				When:    func(s Settings) bool { return medusaProvider(s, "notification-local") },
				Summary: "the channel email belongs to the local provider, which writes mail to the log",
				Fix:     []string{"Give the channel email to a provider that sends, such as SendGrid's or one for SMTP or Resend"},
			},
		},
		Marks:    []Mark{{Value: "@medusajs/medusa/notification", Worth: 10}, {Value: "notification-local", Worth: 5}, {Value: "medusa-plugin", Worth: 5}, {Value: "@medusajs/", Worth: 4}},
		Channels: Channels{Unset: "Medusa has no provider for mail by itself, and none for SMTP"},
		Sources:  []string{"docs.medusajs.com: notification module"},
	},
	{
		ID: "better-auth", App: "Better Auth", Form: JS, Mode: Nodemailer,
		Files: []string{"auth.ts", "auth.js"}, Packages: []string{"better-auth"},
		Keys: []Key{
			{Name: "createTransport.host", Role: Host},
			{Name: "createTransport.port", Role: Port},
			{Name: "createTransport.secure", Role: Secure},
			{Name: "createTransport.requireTLS", Role: Require},
			{Name: "createTransport.ignoreTLS", Role: NoTLS, Beside: "-"},
			{Name: "createTransport.service", Role: Service},
			{Name: "createTransport.auth.user", Role: User},
			{Name: "createTransport.auth.pass", Role: Pass},
			{Name: "createTransport.tls.rejectUnauthorized", Role: Verify},
			{Name: "send.from", Also: []string{"sendMail.from"}, Role: From},
			{Name: "Resend", Role: APIKey},
		},
		Params:   Params{Bools: Strict, DefaultPort: byModeOfNode},
		Mistaken: []Wrong{{Name: "createTransport.auth.password", Right: "createTransport.auth.pass"}},
		Traps: []Trap{
			{
				Check: "mailer-switched-off", Severity: "warning", Key: "betterAuth.emailAndPassword.enabled",
				When: func(s Settings) bool {
					return s.Has("betterAuth.emailAndPassword.enabled") && nothingAmong(s, "sendResetPassword", "sendVerificationEmail", "emailVerification", "send.from", "sendMail.from", "createTransport.host")
				},
				Summary: "no sendResetPassword is given: Better Auth says that reset password isn't enabled",
				Detail:  "Better Auth sends no mail by itself; it calls the functions that are given.",
				Fix:     []string{"Give emailAndPassword.sendResetPassword a function that sends the mail"},
			},
			{
				Check: "mailer-switched-off", Severity: "warning", Key: "emailAndPassword.requireEmailVerification",
				When: func(s Settings) bool {
					return value(s, "emailAndPassword.requireEmailVerification") == "true" && nothingAmong(s, "sendVerificationEmail", "emailVerification", "send.from", "sendMail.from", "createTransport.host")
				},
				Summary: "requireEmailVerification is on, and no sendVerificationEmail is given: nothing is sent",
				Fix:     []string{"Give emailVerification.sendVerificationEmail a function that sends the mail"},
			},
		},
		Marks:   []Mark{{Value: "betterAuth(", Worth: 10}, {Value: "better-auth", Worth: 6}, {Value: "sendVerificationEmail", Worth: 4}, {Value: "sendResetPassword", Worth: 4}},
		Sources: []string{"better-auth docs: email", "better-auth packages/better-auth/src/api/routes/forget-password.ts"},
	},
	{
		ID: "supertokens", App: "SuperTokens", Form: JS, Mode: Nodemailer, Packages: []string{"supertokens-node"},
		Keys: []Key{
			{Name: "smtpSettings.host", Role: Host},
			{Name: "smtpSettings.port", Role: Port},
			{Name: "smtpSettings.secure", Role: Secure, Default: "false"},
			{Name: "smtpSettings.authUsername", Role: User},
			{Name: "smtpSettings.password", Role: Pass},
			{Name: "smtpSettings.from.email", Role: From},
			{Name: "smtpSettings.from.name", Role: FromName},
		},
		Params: Params{Bools: Strict},
		Mistaken: []Wrong{
			{Name: "smtpSettings.username", Right: "smtpSettings.authUsername"}, {Name: "smtpSettings.user", Right: "smtpSettings.authUsername"}, {Name: "smtpSettings.pass", Right: "smtpSettings.password"},
		},
		Marks:   []Mark{{Key: "smtpSettings.host", Worth: 9}, {Key: "smtpSettings.authUsername", Worth: 9}, {Value: "supertokens", Worth: 6}},
		Sources: []string{"supertokens-node ingredients/emaildelivery/services/smtp.ts"},
	},
	{
		ID: "resend-node", App: "Resend's library for Node.js", Form: JS,
		Packages: []string{"resend"},
		Keys: []Key{
			{Name: "Resend", Role: APIKey},
			{Name: "send.from", Role: From},
		},
		Params:  Params{Bools: Strict},
		Marks:   []Mark{{Value: "from 'resend'", Worth: 6}, {Value: `from "resend"`, Worth: 6}, {Value: "require('resend')", Worth: 6}, {Value: `require("resend")`, Worth: 6}, {Value: "new Resend(", Worth: 3}},
		Sources: []string{"resend-node: README"},
	},
	{
		ID: "nodemailer-js", App: "nodemailer", Form: JS, Mode: Nodemailer,
		Packages: []string{"nodemailer", "@nestjs-modules/mailer"},
		Keys: []Key{
			{Name: "createTransport", Role: URL},
			{Name: "createTransport.host", Also: options("host"), Role: Host},
			{Name: "createTransport.port", Also: options("port"), Role: Port},
			{Name: "createTransport.secure", Also: options("secure"), Role: Secure},
			{Name: "createTransport.requireTLS", Also: options("requireTLS"), Role: Require},
			{Name: "createTransport.ignoreTLS", Also: options("ignoreTLS"), Role: NoTLS, Beside: "-"},
			{Name: "createTransport.service", Also: options("service"), Role: Service},
			{Name: "createTransport.auth.user", Also: options("auth.user"), Role: User},
			{Name: "createTransport.auth.pass", Also: options("auth.pass"), Role: Pass},
			{Name: "createTransport.auth.type", Also: options("auth.type"), Role: Mech},
			{Name: "createTransport.tls.rejectUnauthorized", Also: options("tls.rejectUnauthorized"), Role: Verify},
			{Name: "createTransport.tls.ciphers", Also: options("tls.ciphers"), Role: Ciphers},
			{Name: "createTransport.tls.minVersion", Also: options("tls.minVersion"), Role: Known},
			{Name: "createTransport.name", Also: options("name"), Role: HELO},
			{Name: "createTransport.from", Also: append(options("from"), "sendMail.from", "defaults.from"), Role: From},
			{Name: "createTransport.pool", Also: options("pool"), Role: Known},
			{Name: "createTransport.secureConnection", Also: options("secureConnection"), Role: Ignored, Instead: "createTransport.secure", Why: "nodemailer reads secure since 1.0"},
			{Name: "createTransport.ssl", Also: options("ssl"), Role: Ignored, Instead: "createTransport.secure", Why: "nodemailer has no option ssl; secure is implicit TLS"},
			{Name: "createTransport.requireTls", Also: options("requireTls"), Role: Ignored, Instead: "createTransport.requireTLS", Why: "the option is requireTLS, with three capitals"},
			{Name: "createTransport.starttls", Also: options("starttls"), Role: Ignored, Instead: "createTransport.requireTLS", Why: "nodemailer uses STARTTLS if offered; requireTLS demands it"},
			{Name: "createTransport.ignoreTls", Also: options("ignoreTls"), Role: Ignored, Why: "the option is ignoreTLS, with three capitals"},
			{Name: "createTransport.requiresAuth", Also: options("requiresAuth"), Role: Ignored, Silent: true},
		},
		Params: Params{Bools: Strict, DefaultPort: byModeOfNode, Schemes: nodemailerSchemes, Options: nodemailerOptions},
		Mistaken: []Wrong{
			{Name: "*ransport*.auth.password", Right: "createTransport.auth.pass", Why: `Without auth.pass nodemailer says: Missing credentials for "PLAIN"`},
			{Name: "*ransport*.auth.username", Right: "createTransport.auth.user", Why: `Without auth.user nodemailer says: Missing credentials for "PLAIN"`},
			{Name: "*ransport*.auth.passwd", Right: "createTransport.auth.pass"},
			{Name: "*ransport*.auth.email", Right: "createTransport.auth.user"},
			{Name: "*ransport*.auth.login", Right: "createTransport.auth.user"},
			{Name: "auth.password", Right: "createTransport.auth.pass"},
			{Name: "auth.username", Right: "createTransport.auth.user"},
			{Name: "*ransport*.hostname", Right: "createTransport.host"},
			{Name: "*ransport*.server", Right: "createTransport.host"},
			{Name: "createTransport.rejectUnauthorized", Why: "nodemailer reads it in tls: tls.rejectUnauthorized", Note: true},
		},
		Traps: []Trap{
			{
				Check: "setting-ignored", Severity: "warning", Key: "createTransport.host", When: presetWins("createTransport.host", "*ransport*.host"),
				Summary: "host has no effect: service names another server, and wins",
				Detail:  "nodemailer takes host, port and secure from its own table of services then.",
				Fix:     []string{"Remove service"}, Set: map[string]string{"createTransport.service": ""},
			},
			{
				Check: "client-credentials-missing", Severity: "error", Key: "createTransport.user",
				When: func(s Settings) bool {
					return s.Role(User) == "" && (s.Has("createTransport.user") || s.Has("createTransport.pass") || s.Has("createTransport.password")) && !s.Has("createTransport.auth.user") && s.Has("createTransport.host")
				},
				Summary: "user and password stand outside auth, and nodemailer does not log in",
				Fix:     []string{"Put them in auth: { user, pass }"},
			},
			{
				Check: "client-config-invalid", Severity: "error", Key: "createTransporter.host",
				When: func(s Settings) bool {
					return s.Has("createTransporter.host") && s.Has("createTransporter.port") && !s.Has("createTransport.host")
				},
				Summary: "nodemailer has no createTransporter; it is called createTransport",
				Detail:  "It says: nodemailer.createTransporter is not a function.",
				Fix:     []string{"Call nodemailer.createTransport"},
			},
		},
		Marks:   []Mark{{Value: "createTransport(", Worth: 8}, {Value: "createTransporter(", Worth: 8}, {Value: "nodemailer", Worth: 3}, {Value: "MailerModule.forRoot", Worth: 8}, {Value: "SMTPTransport(", Worth: 6}},
		Sources: []string{"nodemailer lib/smtp-connection, lib/smtp-transport, lib/well-known", "nodemailer.com/smtp"},
	},
}

// options are the places in code where an option of nodemailer stands: in the
// object that createTransport is given, or in one that is named after what it is.
func options(name string) []string {
	var all []string
	for _, of := range []string{"*ransport*", "*mtp*", "*SMTP*", "*ail*"} {
		all = append(all, of+"."+name)
	}
	return all
}

// nothingAmong reports whether none of the names stands in the text.
func nothingAmong(s Settings, names ...string) bool {
	for _, n := range names {
		if s.Has(n) {
			return false
		}
	}
	return true
}

// mostOfMedusa is how many providers, and channels of one, are looked at.
const mostOfMedusa = 6

// medusaProvider reports whether a provider whose module has a text in its name
// has the channel email; with no text, whether there is a provider at all.
func medusaProvider(s Settings, module string) bool {
	for p := range mostOfMedusa {
		name, ok := s.Get(fmt.Sprintf("options.providers.%d.resolve", p))
		if ok && (module == "" || strings.Contains(name, module) && medusaHas(s, p)) {
			return true
		}
	}
	return false
}

// medusaChannel reports whether any provider has the channel email.
func medusaChannel(s Settings) bool {
	for p := range mostOfMedusa {
		if medusaHas(s, p) {
			return true
		}
	}
	return false
}

func medusaHas(s Settings, provider int) bool {
	for c := range mostOfMedusa {
		if value(s, fmt.Sprintf("providers.%d.options.channels.%d", provider, c)) == "email" {
			return true
		}
	}
	return false
}
