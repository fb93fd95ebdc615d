package dialect

import (
	"slices"

	"github.com/maildoctor/maildoctor/internal/target"
)

// PlausibleMail is Plausible CE: Bamboo.Mua since 2.1, which goes by the port
// where the switch is not set, and gen_smtp before.
func PlausibleMail(in In) Effect {
	w := in.Words[Level]
	mua := w != nil && w.V == "Bamboo.Mua" || w == nil && !in.Version.Before("2.1")
	switch {
	case in.Yes(Secure):
		return does(target.Implicit)
	case !mua:
		return does(target.Opportunistic)
	case in.On(Secure) == Unset && in.Port == 465:
		return byPort(target.Implicit)
	}
	return does(target.STARTTLS)
}

// KeilaMail is Keila: a word, else two switches; STARTTLS if offered without.
func KeilaMail(in In) Effect {
	switch {
	case in.Words[Scheme] != nil && in.Means(Scheme) != target.NoMode:
		return does(in.Means(Scheme))
	case in.Yes(Secure):
		return does(target.Implicit)
	case in.Yes(Start):
		return does(target.STARTTLS)
	}
	return does(target.Opportunistic)
}

// genWords are the values of tls of gen_smtp.
var genWords = []Word{
	{V: "always", Mode: target.STARTTLS}, {V: "never", Mode: target.Cleartext}, {V: "if_available", Mode: target.Opportunistic},
	{V: "true", Mode: target.STARTTLS, Not: true}, {V: "false", Mode: target.Cleartext, Not: true},
}

// genLogin are those of auth.
var genLogin = []Word{{V: "always"}, {V: "if_available"}, {V: "never", Channel: "off", Not: true}, {V: "true", Not: true}, {V: "false", Channel: "off", Not: true}}

// peers are those of verify.
var peers = []Word{{V: "verify_peer"}, {V: "verify_none", Channel: "off"}}

// adapters are the modules that send, by the last part of their names.
func adapters(swallows ...Word) []Word {
	all := append([]Word{{V: "SMTP", Channel: "smtp", Not: true}, {V: "SMTPAdapter", Channel: "smtp", Not: true}, {V: "Mua", Channel: "smtp", Not: true}}, swallows...)
	for _, api := range []string{"Mailgun", "Sendgrid", "Postmark", "AmazonSES", "Brevo", "Sendinblue", "Mandrill", "SparkPost", "Mailjet", "Sendmail", "MailgunAdapter", "SendGridAdapter", "PostmarkAdapter", "SESAdapter", "MandrillAdapter"} {
		all = append(all, Word{V: api, Channel: "api", Not: true})
	}
	return append(all, Word{V: "Adapter", Channel: "resend", Not: true}, Word{V: "Resend", Channel: "resend", Not: true})
}

var swooshAdapters = adapters(
	Word{V: "Local", Channel: "none", Swallows: "keeps every mail in memory, for /dev/mailbox, and sends none", Not: true},
	Word{V: "Test", Channel: "none", Swallows: "hands every mail to the tests and sends none", Not: true},
	Word{V: "Logger", Channel: "log", Swallows: "writes every mail to the log and sends none", Not: true})

var bambooAdapters = adapters(
	Word{V: "LocalAdapter", Channel: "none", Swallows: "keeps every mail in memory and sends none", Not: true},
	Word{V: "TestAdapter", Channel: "none", Swallows: "hands every mail to the tests and sends none", Not: true})

// swooshKeys are the settings of Swoosh.Adapters.SMTP.
var swooshKeys = []Key{
	{Name: "adapter", Role: Driver, Words: swooshAdapters},
	{Name: "relay", Role: Host}, {Name: "port", Role: Port},
	{Name: "username", Role: User}, {Name: "password", Role: Pass},
	{Name: "ssl", Role: Secure, Bools: Strict},
	{Name: "tls", Role: Scheme, Words: genWords},
	{Name: "auth", Role: Login, Words: genLogin},
	{Name: "hostname", Role: HELO},
	{Name: "no_mx_lookups", Role: Known}, {Name: "retries", Role: Known}, {Name: "dkim", Role: Known},
	{Name: "tls_options.verify", Also: []string{"sockopts.verify"}, Role: Verify, Words: peers},
	{Name: "api_key", Role: APIKey},
}

// swooshTraps are its traps.
var swooshTraps = []Trap{
	mxLookup("relay"),
	{
		Check: "client-config-invalid", Severity: "note", Key: "tls_options",
		When: func(s Settings) bool {
			return filled(s, "relay") && !s.Has("tls_options.*") && !s.Has("sockopts.*") && !s.Has("tls_options") && !s.Has("sockopts")
		},
		Summary: "no certificates are named: from OTP 26 on the connection fails without",
		Detail:  "Erlang checks certificates by default since OTP 26, and gen_smtp brings none. It says: options incompatible, verify_peer, cacerts undefined.",
		Fix:     []string{"Set tls_options (of ssl: true, sockopts) to [verify: :verify_peer, cacerts: :public_key.cacerts_get(), depth: 99] with the server_name_indication of the relay"},
	},
}

// mxLookup tells that gen_smtp looks up the MX of the relay's name.
func mxLookup(host string) Trap {
	return Trap{
		Check: "client-config-invalid", Severity: "note", Key: "no_mx_lookups",
		When:    func(s Settings) bool { return filled(s, host) && !is(s, "no_mx_lookups", "true") },
		Summary: "gen_smtp looks up the MX of the relay's name, and connects to that where there is one",
		Fix:     []string{"Set no_mx_lookups: true, so that the relay is the one that is named"},
	}
}

// swooshMistakes are names that people write for those of the adapter.
var swooshMistakes = misspellings("Mailer.", "server", "relay", "host", "relay", "smtp_server", "relay", "user", "username", "pass", "password", "starttls", "tls", "use_tls", "tls")

// beam are applications written in Elixir.
var beam = []Dialect{
	{
		ID: "pleroma", App: "Pleroma and Akkoma", Form: Elixir, Mode: GenSMTP, Files: []string{"prod.secret.exs", "config.exs"},
		Keys:     append(slices.Clone(swooshKeys), Key{Name: "enabled", Role: Enabled, Default: "false"}, Key{Name: "instance.notify_email", Role: From}, Key{Name: "instance.email", Role: Known}),
		Params:   Params{DefaultPort: "25/465/25"},
		Mistaken: swooshMistakes, Traps: swooshTraps,
		Marks:   []Mark{{Value: "Pleroma.Emails.Mailer", Worth: 16}},
		Sources: []string{"pleroma docs/configuration/cheatsheet.md", "swoosh/swoosh lib/swoosh/adapters/smtp.ex"},
	},
	{
		ID: "swoosh", App: "Swoosh", Form: Elixir, Mode: GenSMTP, Files: []string{"runtime.exs", "prod.exs", "config.exs", "prod.secret.exs", "releases.exs"}, Packages: []string{"swoosh"},
		Keys:     swooshKeys,
		Params:   Params{DefaultPort: "25/465/25"},
		Mistaken: swooshMistakes, Traps: swooshTraps,
		Marks:   []Mark{{Value: "Swoosh.Adapters", Worth: 9}, {Value: "Swoosh", Worth: 3}},
		Sources: []string{"swoosh/swoosh lib/swoosh/adapters/smtp.ex", "gen-smtp/gen_smtp src/gen_smtp_client.erl"},
	},
	{
		ID: "bamboo-smtp", App: "Bamboo with SMTP", Form: Elixir, Mode: GenSMTP, Packages: []string{"bamboo_smtp"},
		Keys: []Key{
			{Name: "adapter", Role: Driver, Words: bambooAdapters},
			{Name: "server", Role: Host}, {Name: "port", Role: Port},
			{Name: "username", Role: User}, {Name: "password", Role: Pass},
			{Name: "ssl", Role: Secure}, {Name: "tls", Role: Scheme, Words: genWords},
			{Name: "auth", Role: Login, Words: genLogin},
			{Name: "hostname", Role: HELO}, {Name: "retries", Role: Known}, {Name: "no_mx_lookups", Role: Known},
			{Name: "tls_verify", Role: Verify, Words: peers},
			{Name: "tls_cacertfile", Role: Known}, {Name: "tls_depth", Role: Known}, {Name: "allowed_tls_versions", Role: Known},
		},
		Params:   Params{DefaultPort: "25/465/25"},
		Mistaken: misspellings("Mailer.", "relay", "server", "host", "server", "user", "username", "pass", "password", "starttls", "tls", "tls_options", "tls_verify"),
		Traps: []Trap{
			mxLookup("server"),
			{
				Check: "weak-setting", Severity: "note", Key: "allowed_tls_versions",
				When: func(s Settings) bool {
					return filled(s, "server") && s.Mentions("allowed_tls_versions") && !s.Mentions("tlsv1.3")
				},
				Summary: "allowed_tls_versions leaves TLS 1.3 out, and some servers want it",
				Fix:     []string{`Add :"tlsv1.3" to allowed_tls_versions`},
			},
		},
		Marks:   []Mark{{Value: "Bamboo.SMTPAdapter", Worth: 10}, {Value: "Bamboo.", Worth: 5}, {Key: "allowed_tls_versions", Worth: 5}},
		Sources: []string{"fewlinesco/bamboo_smtp lib/bamboo/adapters/smtp_adapter.ex"},
	},
	{
		ID: "plausible", App: "Plausible CE", Form: Env, Mode: PlausibleMail, Files: []string{"plausible-conf.env"},
		Images: []string{"plausible/analytics", "ghcr.io/plausible/community-edition"},
		Keys: []Key{
			{Name: "MAILER_ADAPTER", Role: Level, Beside: "-", Words: []Word{
				{V: "Bamboo.Mua", Since: "2.1", Channel: "smtp"}, {V: "Bamboo.SMTPAdapter", Channel: "smtp", Not: true},
				{V: "Bamboo.PostmarkAdapter", Not: true}, {V: "Bamboo.MailgunAdapter", Not: true}, {V: "Bamboo.MandrillAdapter", Not: true}, {V: "Bamboo.SendGridAdapter", Not: true},
				{V: "Bamboo.LocalAdapter", Not: true}, {V: "Bamboo.TestAdapter", Not: true},
			}},
			{Name: "SMTP_HOST_ADDR", Role: Host}, {Name: "SMTP_HOST_PORT", Role: Port},
			{Name: "SMTP_USER_NAME", Role: User}, {Name: "SMTP_USER_PWD", Role: Pass},
			{Name: "SMTP_HOST_SSL_ENABLED", Role: Secure},
			{Name: "MAILER_EMAIL", Role: From}, {Name: "MAILER_NAME", Role: FromName},
			{Name: "SMTP_RETRIES", Role: Known}, {Name: "SMTP_MX_LOOKUPS_ENABLED", Role: Known}, {Name: "SMTP_MIDDLEBOX_COMP_MODE", Role: Known},
		},
		Params: Params{DefaultPort: "587/587/25"},
		Mistaken: []Wrong{
			{Name: "SMTP_HOST", Right: "SMTP_HOST_ADDR"}, {Name: "SMTP_PORT", Right: "SMTP_HOST_PORT"}, {Name: "SMTP_USER", Right: "SMTP_USER_NAME"}, {Name: "SMTP_USERNAME", Right: "SMTP_USER_NAME"},
			{Name: "SMTP_PASSWORD", Right: "SMTP_USER_PWD"}, {Name: "SMTP_PASS", Right: "SMTP_USER_PWD"}, {Name: "SMTP_USER_PASSWORD", Right: "SMTP_USER_PWD"}, {Name: "SMTP_SSL", Right: "SMTP_HOST_SSL_ENABLED"},
			{Name: "SMTP_SSL_ENABLED", Right: "SMTP_HOST_SSL_ENABLED"}, {Name: "SMTP_HOST_TLS_ENABLED"}, {Name: "SMTP_TLS"}, {Name: "SMTP_FROM", Right: "MAILER_EMAIL"}, {Name: "SMTP_HOST_ADDRESS", Right: "SMTP_HOST_ADDR"},
			{Name: "MAILER_FROM", Right: "MAILER_EMAIL"},
		},
		Traps: []Trap{
			{
				Check: "mailer-swallows-mail", Severity: "error", Key: "MAILER_ADAPTER",
				When:    isWord("MAILER_ADAPTER", "Bamboo.LocalAdapter", "Bamboo.TestAdapter"),
				Summary: "this adapter keeps mail in memory and sends none",
				Fix:     []string{"Set MAILER_ADAPTER to Bamboo.Mua"}, Set: map[string]string{"MAILER_ADAPTER": "Bamboo.Mua"},
			},
			{
				Check: "release-bug", Severity: "warning", Key: "MAILER_ADAPTER", Since: "2.1",
				When:    isWord("MAILER_ADAPTER", "Bamboo.SMTPAdapter"),
				Summary: "Bamboo.SMTPAdapter fails on the Erlang of Plausible 2.0 and 2.1",
				Detail:  "It says: options incompatible, verify_peer, cacerts undefined. Bamboo.Mua is the default since 2.1.",
				Fix:     []string{"Set MAILER_ADAPTER to Bamboo.Mua"}, Set: map[string]string{"MAILER_ADAPTER": "Bamboo.Mua"},
			},
			{
				Check: "from-missing", Severity: "warning", Key: "MAILER_EMAIL",
				When: func(s Settings) bool {
					return anyOf(s, "SMTP_HOST_ADDR") && (s.Role(From) == "" || isOneOf(value(s, "MAILER_EMAIL"), "hello@plausible.local", "plausible@localhost"))
				},
				Summary: "MAILER_EMAIL is not set: Plausible writes a sender of its own, which no provider accepts",
				Fix:     []string{"Set MAILER_EMAIL to an address that the provider accepts"},
			},
			{
				Check: "client-config-invalid", Severity: "warning", Key: "SMTP_HOST_PORT", Since: "2.1",
				When: func(s Settings) bool {
					return s.VersionKnown() && catcher(s) && !is(s, "MAILER_ADAPTER", "Bamboo.SMTPAdapter")
				},
				Summary: "Bamboo.Mua demands STARTTLS where it logs in, and a mail catcher has none",
				Fix:     []string{"Leave SMTP_USER_NAME empty, or use a relay with TLS"},
			},
		},
		Marks:   []Mark{{Key: "SMTP_HOST_ADDR", Worth: 8}, {Key: "MAILER_EMAIL", Worth: 4}, {Key: "SMTP_USER_PWD", Worth: 7}},
		Ranges:  []string{"2.1"},
		Restart: "Create the container anew (docker compose up -d plausible)",
		Sources: []string{"plausible/analytics config/runtime.exs, 1.4 to 3.0"},
	},
	{
		ID: "mobilizon", App: "Mobilizon", Form: Env, Mode: GenSMTP, Images: []string{"framasoft/mobilizon", "kaihuri/mobilizon"},
		Keys: []Key{
			{Name: "MOBILIZON_SMTP_SERVER", Role: Host}, {Name: "MOBILIZON_SMTP_PORT", Role: Port, Default: "25"},
			{Name: "MOBILIZON_SMTP_USERNAME", Role: User}, {Name: "MOBILIZON_SMTP_PASSWORD", Role: Pass},
			{Name: "MOBILIZON_SMTP_SSL", Role: Secure, Default: "false", Bools: OnlyTrue},
			{Name: "MOBILIZON_SMTP_TLS", Role: Scheme, Words: genWords},
			{Name: "MOBILIZON_SMTP_AUTH", Role: Login, Words: genLogin},
			{Name: "MOBILIZON_INSTANCE_EMAIL", Role: From}, {Name: "MOBILIZON_REPLY_EMAIL", Role: Known},
		},
		Mistaken: misspellings("MOBILIZON_SMTP_", "HOST", "SERVER", "USER", "USERNAME", "PASS", "PASSWORD", "STARTTLS", "TLS"),
		Marks:    []Mark{{Value: "MOBILIZON_", Worth: 10}},
		Sources:  []string{"mobilizon docker/production/env.template, config/docker.exs"},
	},
	{
		ID: "keila", App: "Keila", Form: Env, Mode: KeilaMail, Images: []string{"pentacent/keila"},
		Keys: []Key{
			{Name: "MAILER_SMTP_HOST", Role: Host}, {Name: "MAILER_SMTP_PORT", Role: Port, Default: "587"},
			{Name: "MAILER_SMTP_USER", Role: User}, {Name: "MAILER_SMTP_PASSWORD", Role: Pass},
			{Name: "MAILER_SMTP_FROM_EMAIL", Role: From},
			{Name: "MAILER_ENABLE_SSL", Role: Secure, Default: "false"}, {Name: "MAILER_ENABLE_STARTTLS", Role: Start, Default: "false"},
			{Name: "MAILER_SMTP_TLS_MODE", Role: Scheme, Beside: "-", Words: []Word{{V: "starttls", Mode: target.STARTTLS}, {V: "tls", Mode: target.Implicit}, {V: "none", Mode: target.Cleartext}, {V: "auto"}}},
			{Name: "MAILER_SMTP_AUTH_METHOD", Role: Login, Words: []Word{{V: "auto"}, {V: "password"}, {V: "none", Channel: "off", Not: true}}},
			{Name: "MAILER_TYPE", Role: Known},
		},
		Mistaken: misspellings("MAILER_SMTP_", "USERNAME", "USER", "PASS", "PASSWORD", "FROM", "FROM_EMAIL", "SSL", "", "STARTTLS", ""),
		Marks:    []Mark{{Key: "MAILER_ENABLE_STARTTLS", Worth: 6}, {Key: "MAILER_ENABLE_SSL", Worth: 6}, {Key: "MAILER_SMTP_FROM_EMAIL", Worth: 7}},
		Sources:  []string{"pentacent/keila config/runtime.exs"},
	},
}
