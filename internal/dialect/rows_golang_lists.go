package dialect

import (
	"strings"

	"github.com/maildoctor/maildoctor/internal/target"
)

// listmonkKey is a setting of one server of listmonk's list: smtp of the settings
// in the database and of the API, [smtp.NAME] of the file up to 0.7.
func listmonkKey(name string, k Key) Key {
	k.Name = "smtp.*." + name
	return k
}

// vikunjaKey is a setting of mailer, and its variable.
func vikunjaKey(name string, k Key) Key {
	k.Name = "mailer." + name
	k.Also = []string{"VIKUNJA_MAILER_" + strings.ToUpper(name)}
	return k
}

// golangLists are Go programs that people write to.
var golangLists = []Dialect{
	{
		ID: "listmonk", App: "listmonk", Form: JSON, Also: []Form{TOML}, Mode: Listmonk,
		Images: []string{"listmonk/listmonk"},
		Keys: []Key{
			listmonkKey("enabled", Key{Role: Enabled}),
			listmonkKey("host", Key{Role: Host}),
			listmonkKey("port", Key{Role: Port}),
			listmonkKey("auth_protocol", Key{Role: Login, Words: []Word{{V: "login"}, {V: "plain"}, {V: "cram", Not: true}, {V: "none", Channel: "off", Not: true}, {V: "", Channel: "off", Not: true}}}),
			listmonkKey("username", Key{Role: User}),
			listmonkKey("password", Key{Role: Pass}),
			listmonkKey("tls_type", Key{Role: Scheme, Since: "2.1", Else: "STARTTLS", Words: []Word{
				{V: "STARTTLS", Mode: target.STARTTLS}, {V: "TLS", Mode: target.Implicit}, {V: "none", Mode: target.Cleartext},
			}}),
			listmonkKey("tls_enabled", Key{Role: Start, Until: "2.1", Instead: "smtp.*.tls_type", Beside: "-", Why: "since listmonk 2.1 the switch is tls_type: none, STARTTLS or TLS"}),
			listmonkKey("tls_skip_verify", Key{Role: NoVerify}),
			listmonkKey("hello_hostname", Key{Role: HELO}),
			listmonkKey("max_conns", Key{Role: Known}), listmonkKey("max_msg_retries", Key{Role: Known}), listmonkKey("idle_timeout", Key{Role: Known}),
			listmonkKey("wait_timeout", Key{Role: Known}), listmonkKey("email_headers", Key{Role: Known}), listmonkKey("uuid", Key{Role: Known}),
			{Name: "app.from_email", Role: From},
		},
		Params: Params{Case: true},
		Mistaken: misspellings("smtp.*.", "user", "username", "pass", "password", "tls", "tls_type", "encryption", "tls_type", "secure", "tls_type", "ssl", "tls_type", "auth", "auth_protocol", "auth_type", "auth_protocol",
			"skip_verify", "tls_skip_verify", "server", "host"),
		Traps: []Trap{
			{
				Check: "client-config-invalid", Severity: "warning", Key: "smtp.*.auth_protocol",
				When: func(s Settings) bool {
					return (is(s, "smtp.*.auth_protocol", "cram")) && s.Role(Host) != ""
				},
				Summary: "auth_protocol=cram is CRAM-MD5, which hardly any provider offers",
				Detail:  "The server answers 504, or 535. It is the value that a new server has at first.",
				Fix:     []string{"Set auth_protocol to login or plain"}, Set: map[string]string{"smtp.*.auth_protocol": "login"},
			},
			{
				Check: "from-mismatch", Severity: "warning", Key: "app.from_email",
				When:    func(s Settings) bool { return strings.Contains(s.Role(From), "listmonk.yoursite.com") },
				Summary: "from_email is listmonk's example, which no provider accepts",
				Fix:     []string{"Set app.from_email to an address of yours"},
			},
		},
		Marks:   []Mark{{Key: "tls_type", Worth: 5}, {Key: "auth_protocol", Worth: 6}, {Key: "max_msg_retries", Worth: 6}, {Key: "hello_hostname", Worth: 4}},
		Restart: "Save the settings in listmonk, which restarts itself",
		Sources: []string{"knadh/listmonk cmd/init.go, internal/messenger/email/email.go", "knadh/smtppool"},
	},
	{
		ID: "vikunja", App: "Vikunja", Form: Env, Also: []Form{YAML, TOML, JSON}, Mode: ForceSSL,
		Images: []string{"vikunja/vikunja", "vikunja/api"},
		Keys: []Key{
			vikunjaKey("enabled", Key{Role: Enabled, Default: "false"}),
			vikunjaKey("host", Key{Role: Host}), vikunjaKey("port", Key{Role: Port, Default: "587"}),
			vikunjaKey("username", Key{Role: User}), vikunjaKey("password", Key{Role: Pass}),
			vikunjaKey("authtype", Key{Role: Mech}),
			vikunjaKey("fromemail", Key{Role: From}),
			vikunjaKey("forcessl", Key{Role: Secure, Default: "false"}),
			vikunjaKey("skiptlsverify", Key{Role: NoVerify, Default: "false"}),
			vikunjaKey("queuelength", Key{Role: Known}), vikunjaKey("queuetimeout", Key{Role: Known}),
		},
		Mistaken: append(misspellings("VIKUNJA_MAILER_", "USER", "USERNAME", "PASS", "PASSWORD", "FROM", "FROMEMAIL", "FROM_EMAIL", "FROMEMAIL", "FORCE_SSL", "FORCESSL", "SSL", "FORCESSL", "TLS", "", "STARTTLS", "", "SKIP_TLS_VERIFY", "SKIPTLSVERIFY", "AUTH_TYPE", "AUTHTYPE"),
			misspellings("mailer.", "user", "username", "pass", "password", "from", "fromemail", "ssl", "forcessl", "tls", "", "starttls", "")...),
		Traps: []Trap{{
			Check: "from-missing", Severity: "warning", Key: "mailer.fromemail",
			When:    func(s Settings) bool { return s.Role(Host) != "" && s.Role(From) == "" },
			Summary: "fromemail is not set: Vikunja writes mail@vikunja",
			Fix:     []string{"Set mailer.fromemail to an address that the provider accepts"},
		}},
		Marks:   []Mark{{Value: "VIKUNJA_", Worth: 9}, {Key: "mailer.forcessl", Worth: 8}, {Key: "mailer.skiptlsverify", Worth: 8}, {Key: "mailer.fromemail", Worth: 6}},
		Restart: "Restart Vikunja, and try with vikunja testmail ADDRESS",
		Sources: []string{"go-vikunja/vikunja pkg/mail/mail.go, config-raw.json"},
	},
	{
		ID: "fider", App: "Fider", Form: Env, Mode: StartIfOffered, Images: []string{"getfider/fider"},
		Keys: []Key{
			{Name: "EMAIL_SMTP_HOST", Role: Host}, {Name: "EMAIL_SMTP_PORT", Role: Port},
			{Name: "EMAIL_SMTP_USERNAME", Role: User}, {Name: "EMAIL_SMTP_PASSWORD", Role: Pass},
			{Name: "EMAIL_SMTP_ENABLE_STARTTLS", Role: Start, Default: "true"},
			{Name: "EMAIL_NOREPLY", Role: From},
			{Name: "EMAIL", Role: Driver, Words: []Word{{V: "smtp", Channel: "smtp"}, {V: "mailgun", Channel: "api"}, {V: "awsses", Channel: "api"}, {V: "none", Channel: "none", Swallows: "sends no mail"}}},
			{Name: "EMAIL_MAILGUN_API", Role: Known}, {Name: "EMAIL_MAILGUN_DOMAIN", Role: Known}, {Name: "EMAIL_MAILGUN_REGION", Role: Known},
		},
		Mistaken: misspellings("EMAIL_SMTP_", "USER", "USERNAME", "PASS", "PASSWORD", "SERVER", "HOST", "STARTTLS", "ENABLE_STARTTLS", "TLS", "", "SSL", "", "SECURE", "", "ENABLE_TLS", "ENABLE_STARTTLS"),
		Traps: []Trap{
			{
				Check: "setting-ignored", Severity: "warning", Key: "EMAIL_MAILGUN_API",
				When: func(s Settings) bool {
					return anyOf(s, "EMAIL_MAILGUN_API") && anyOf(s, "EMAIL_SMTP_HOST") && nothing(s, "EMAIL")
				},
				Summary: "EMAIL_MAILGUN_API is set, and Fider uses Mailgun then, not SMTP",
				Fix:     []string{"Remove EMAIL_MAILGUN_API, or set EMAIL=smtp"},
			},
			{
				Check: "from-missing", Severity: "warning", Key: "EMAIL_NOREPLY",
				When:    func(s Settings) bool { return s.Role(Host) != "" && s.Role(From) == "" },
				Summary: "EMAIL_NOREPLY is not set, and Fider does not start without",
				Fix:     []string{"Set EMAIL_NOREPLY to an address that the provider accepts"},
			},
		},
		Marks:   []Mark{{Key: "EMAIL_NOREPLY", Worth: 7}, {Key: "EMAIL_SMTP_ENABLE_STARTTLS", Worth: 9}},
		Sources: []string{"getfider/fider app/pkg/env/env.go, app/services/email/smtp"},
	},
	{
		ID: "ntfy", App: "ntfy", Form: YAML, Also: []Form{Env}, Mode: ByWord, Images: []string{"binwiederhier/ntfy"},
		Keys: []Key{
			{Name: "smtp-sender-addr", Also: []string{"NTFY_SMTP_SENDER_ADDR"}, Role: HostPort},
			{Name: "smtp-sender-user", Also: []string{"NTFY_SMTP_SENDER_USER"}, Role: User},
			{Name: "smtp-sender-pass", Also: []string{"NTFY_SMTP_SENDER_PASS"}, Role: Pass},
			{Name: "smtp-sender-from", Also: []string{"NTFY_SMTP_SENDER_FROM"}, Role: From},
			{Name: "smtp-server-listen", Role: Known}, {Name: "smtp-server-domain", Role: Known}, {Name: "smtp-server-addr-prefix", Role: Known},
		},
		Params:   Params{Fixed: target.Opportunistic, NeedsPort: true},
		Mistaken: misspellings("smtp-sender-", "host", "addr", "address", "addr", "username", "user", "password", "pass", "port", "", "tls", ""),
		Traps: []Trap{{
			Check: "from-missing", Severity: "error", Key: "smtp-sender-from",
			When:    func(s Settings) bool { return s.Role(Host) != "" && s.Role(From) == "" },
			Summary: "smtp-sender-from is not set, and ntfy does not start without",
			Detail:  "It says: if smtp-sender-addr is set, base-url, and smtp-sender-from must also be set.",
			Fix:     []string{"Set smtp-sender-from to an address that the provider accepts"},
		}},
		Marks:   []Mark{{Key: "smtp-sender-addr", Worth: 10}, {Key: "NTFY_SMTP_SENDER_ADDR", Worth: 10}},
		Sources: []string{"binwiederhier/ntfy server/smtp_sender.go (net/smtp SendMail), cmd/serve.go"},
	},
	{
		ID: "pocketbase", App: "PocketBase", Form: JSON, Mode: ForceSSL,
		Keys: []Key{
			{Name: "smtp.enabled", Role: Enabled, Default: "false"},
			{Name: "smtp.host", Role: Host}, {Name: "smtp.port", Role: Port},
			{Name: "smtp.username", Role: User}, {Name: "smtp.password", Role: Pass},
			{Name: "smtp.tls", Role: Secure, Default: "false"},
			{Name: "smtp.authMethod", Role: Mech}, {Name: "smtp.localName", Role: HELO},
			{Name: "meta.senderAddress", Role: From}, {Name: "meta.senderName", Role: FromName},
		},
		Mistaken: misspellings("smtp.", "user", "username", "pass", "password", "ssl", "tls", "secure", "tls", "starttls", ""),
		Traps: []Trap{{
			Check: "from-mismatch", Severity: "warning", Key: "meta.senderAddress",
			When:    func(s Settings) bool { return s.Role(From) == "support@example.com" && s.Role(Host) != "" },
			Summary: "senderAddress is PocketBase's example, which no provider accepts",
			Fix:     []string{"Set meta.senderAddress to an address of yours"},
		}},
		Marks:   []Mark{{Key: "meta.senderAddress", Worth: 8}, {Key: "smtp.localName", Worth: 6}, {Key: "smtp.authMethod", Worth: 5}},
		Sources: []string{"pocketbase/pocketbase tools/mailer/smtp.go, core/settings_model.go"},
	},
}
