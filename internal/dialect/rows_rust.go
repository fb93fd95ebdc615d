package dialect

import "github.com/maildoctor/maildoctor/internal/target"

// Vaultwarden is Vaultwarden: SMTP_SECURITY, else the two switches of old, of
// which SMTP_EXPLICIT_TLS means implicit TLS.
func Vaultwarden(in In) Effect {
	switch {
	case in.Words[Scheme] != nil:
		return does(in.Means(Scheme))
	case in.unreadable(Secure, Start):
		return unknown
	case in.No(Start) && (in.Version.Before("1.25") || !in.Yes(Secure)):
		return does(target.Cleartext)
	case in.Yes(Secure):
		return does(target.Implicit)
	}
	return does(target.STARTTLS)
}

// LettreURL is a connection URL of lettre: smtps is implicit TLS, smtp is clear
// text unless the option tls says more.
func LettreURL(in In) Effect {
	switch {
	case in.Means(Scheme) == target.Implicit:
		return Effect{Mode: target.Implicit, Port: 465}
	case in.Words[Level] != nil:
		return Effect{Mode: in.Means(Level), Port: 587}
	}
	return Effect{Mode: target.Cleartext, Port: 25}
}

// Rauthy is Rauthy: implicit TLS, unless one of two switches says otherwise.
func Rauthy(in In) Effect {
	switch {
	case in.unreadable(Start, NoTLS):
		return unknown
	case in.Yes(NoTLS):
		return does(target.Cleartext)
	case in.Yes(Start):
		return Effect{Mode: target.STARTTLS, Port: 587}
	}
	return Effect{Mode: target.Implicit, Port: 465}
}

const (
	explicitMeansImplicit = "since Vaultwarden 1.25 it is SMTP_SECURITY=force_tls; the old name says explicit and means implicit TLS"
	sslMeantSTARTTLS      = "since Vaultwarden 1.25 it is SMTP_SECURITY; the old name says SSL and means STARTTLS"
)

// rust are applications written in Rust.
var rust = []Dialect{
	{
		ID: "vaultwarden", App: "Vaultwarden", Form: Env, Mode: Vaultwarden, Also: []Form{JSON},
		Images: []string{"vaultwarden/server", "ghcr.io/dani-garcia/vaultwarden", "quay.io/vaultwarden/server", "bitwardenrs/server"}, Files: []string{"vaultwarden.env"},
		Keys: []Key{
			{Name: "SMTP_HOST", Role: Host},
			{Name: "SMTP_PORT", Role: Port},
			{Name: "SMTP_SECURITY", Role: Scheme, Since: "1.25", Words: []Word{
				{V: "starttls", Mode: target.STARTTLS}, {V: "force_tls", Mode: target.Implicit}, {V: "off", Mode: target.Cleartext},
			}},
			{Name: "SMTP_EXPLICIT_TLS", Role: Secure, Old: "1.25", Instead: "SMTP_SECURITY", Why: explicitMeansImplicit},
			{Name: "SMTP_SSL", Role: Start, Old: "1.25", Instead: "SMTP_SECURITY", Why: sslMeantSTARTTLS},
			{Name: "SMTP_FROM", Role: From},
			{Name: "SMTP_FROM_NAME", Role: FromName},
			{Name: "SMTP_USERNAME", Role: User},
			{Name: "SMTP_PASSWORD", Role: Pass}, {Name: "SMTP_PASSWORD_FILE", Role: Known},
			{Name: "SMTP_AUTH_MECHANISM", Role: Mech},
			{Name: "SMTP_ACCEPT_INVALID_CERTS", Role: NoVerify, Default: "false"},
			{Name: "SMTP_ACCEPT_INVALID_HOSTNAMES", Role: NoVerify, Default: "false"},
			{Name: "SMTP_TIMEOUT", Role: Timeout, Default: "15"},
			{Name: "SMTP_EMBED_IMAGES", Role: Known}, {Name: "SMTP_DEBUG", Role: Known}, {Name: "HELO_NAME", Role: HELO},
			{Name: "USE_SENDMAIL", Role: Known}, {Name: "SENDMAIL_COMMAND", Role: Known}, {Name: "ADMIN_TOKEN", Role: Known},
			{Name: "SMTP_TLS", Role: Ignored, Instead: "SMTP_SECURITY", Why: "the switch is SMTP_SECURITY: starttls, force_tls or off"},
			{Name: "SMTP_SECURE", Role: Ignored, Instead: "SMTP_SECURITY", Why: "the switch is SMTP_SECURITY: starttls, force_tls or off"},
			{Name: "SMTP_STARTTLS", Role: Ignored, Instead: "SMTP_SECURITY", Why: "the switch is SMTP_SECURITY: starttls, force_tls or off"},
		},
		Params: Params{DefaultPort: "587/465/25", Case: true},
		Mistaken: misspellings("SMTP_", "USER", "USERNAME", "PASS", "PASSWORD", "FROM_ADDRESS", "FROM", "FROM_EMAIL", "FROM", "SENDER", "FROM", "SERVER", "HOST", "ENCRYPTION", "SECURITY", "SECURITY_TYPE", "SECURITY",
			"AUTH", "AUTH_MECHANISM", "ACCEPT_INVALID_CERT", "ACCEPT_INVALID_CERTS"),
		Traps: []Trap{
			{
				Check: "client-credentials-missing", Severity: "error", Key: "SMTP_USERNAME",
				When: func(s Settings) bool {
					return anyOf(s, "SMTP_HOST") && nothing(s, "SMTP_PASSWORD_FILE") && halfSet("SMTP_USERNAME", "SMTP_PASSWORD")(s)
				},
				Summary: "of SMTP_USERNAME and SMTP_PASSWORD one is not set, and Vaultwarden does not start",
				Detail:  "It says: Both SMTP_USERNAME and SMTP_PASSWORD need to be set to enable email authentication.",
				Fix:     []string{"Set SMTP_USERNAME and SMTP_PASSWORD, or neither"},
			},
			{
				Check: "from-missing", Severity: "error", Key: "SMTP_FROM",
				When:    func(s Settings) bool { return anyOf(s, "SMTP_HOST") && nothing(s, "SMTP_FROM") },
				Summary: "SMTP_FROM is not set, and Vaultwarden does not start",
				Detail:  "It says: Both SMTP_HOST and SMTP_FROM need to be set for email support without USE_SENDMAIL.",
				Fix:     []string{"Set SMTP_FROM to an address that the provider accepts"},
			},
			{
				Check: "setting-ignored", Severity: "warning", Key: "USE_SENDMAIL",
				When:    func(s Settings) bool { return is(s, "USE_SENDMAIL", "true") && anyOf(s, "SMTP_HOST") },
				Summary: "USE_SENDMAIL is on: the SMTP settings are not used",
				Fix:     []string{"Remove USE_SENDMAIL"}, Set: map[string]string{"USE_SENDMAIL": ""},
			},
		},
		Marks:    []Mark{{Key: "SMTP_SECURITY", Worth: 5}, {Key: "SMTP_EXPLICIT_TLS", Worth: 6}, {Key: "SMTP_ACCEPT_INVALID_CERTS", Worth: 7}, {Value: "vaultwarden", Worth: 5}, {Value: "bitwarden_rs", Worth: 5}},
		Channels: Channels{Unset: "Vaultwarden sends no mail, and knows no verification by e-mail"},
		Restart:  "Create the container anew; what was saved on the admin page (data/config.json) wins over the environment, so change it there or delete it there",
		Sources:  []string{"dani-garcia/vaultwarden src/config.rs, src/mail.rs"},
	},
	{
		ID: "lemmy", App: "Lemmy", Form: HOCON, Also: []Form{JSON}, Mode: LemmyMail, Files: []string{"lemmy.hjson", "config.hjson"}, Images: []string{"dessalines/lemmy"},
		Keys: []Key{
			{Name: "email.smtp_server", Role: HostPort}, {Name: "email.smtp_login", Role: User}, {Name: "email.smtp_password", Role: Pass},
			{Name: "email.smtp_from_address", Role: From},
			{Name: "email.tls_type", Role: Level, Default: "none", Else: "none", Words: []Word{{V: "starttls", Mode: target.STARTTLS}, {V: "tls", Mode: target.Implicit}, {V: "none", Mode: target.Cleartext}}},
			{Name: "email.connection", Role: URL},
			{Name: "email.use_tls", Role: Ignored, Instead: "email.tls_type", Why: "since Lemmy 0.16 it is tls_type: none, tls or starttls"},
		},
		Params: Params{NeedsPort: false, Case: true, Schemes: []Word{{V: "smtp", Mode: target.Cleartext}, {V: "smtps", Mode: target.Implicit}},
			Options: []Key{{Name: "tls", Role: Scheme, Words: lettreLevels}}},
		Mistaken: misspellings("email.", "smtp_user", "smtp_login", "smtp_username", "smtp_login", "smtp_host", "smtp_server", "smtp_port", "", "smtp_pass", "smtp_password", "from", "smtp_from_address", "tls", "tls_type"),
		Marks:    []Mark{{Key: "email.smtp_from_address", Worth: 8}, {Key: "email.smtp_login", Worth: 6}, {Key: "email.tls_type", Worth: 6}, {Value: "pictrs", Worth: 3}},
		Sources:  []string{"LemmyNet/lemmy crates/email, crates/utils/src/settings/structs.rs"},
	},
	{
		ID: "matrix-authentication-service", App: "Matrix Authentication Service", Form: YAML, Mode: ByWord, Images: []string{"ghcr.io/element-hq/matrix-authentication-service"},
		Keys: []Key{
			{Name: "email.transport", Role: Driver, Default: "blackhole", Words: []Word{
				{V: "smtp", Channel: "smtp"}, {V: "sendmail", Channel: "sendmail"}, {V: "blackhole", Channel: "none", Swallows: "throws every mail away"},
			}},
			{Name: "email.mode", Role: Scheme, Words: []Word{{V: "starttls", Mode: target.STARTTLS}, {V: "tls", Mode: target.Implicit}, {V: "plain", Mode: target.Cleartext}}},
			{Name: "email.hostname", Role: Host}, {Name: "email.port", Role: Port},
			{Name: "email.username", Role: User}, {Name: "email.password", Role: Pass},
			{Name: "email.from", Role: From}, {Name: "email.reply_to", Role: Known},
		},
		Params:   Params{DefaultPort: "587/465/25", Case: true},
		Mistaken: misspellings("email.", "host", "hostname", "server", "hostname", "user", "username", "pass", "password", "tls", "mode", "encryption", "mode", "smtp_host", "hostname"),
		Marks:    []Mark{{Key: "email.transport", Worth: 6}, {Key: "email.mode", Worth: 5}, {Key: "email.hostname", Worth: 3}},
		Sources:  []string{"element-hq/matrix-authentication-service crates/config/src/sections/email.rs"},
	},
	{
		ID: "rauthy", App: "Rauthy", Form: Env, Also: []Form{TOML}, Mode: Rauthy, Images: []string{"ghcr.io/sebadob/rauthy"},
		Keys: []Key{
			{Name: "SMTP_URL", Also: []string{"email.smtp_url"}, Role: Host}, {Name: "SMTP_PORT", Also: []string{"email.smtp_port"}, Role: Port},
			{Name: "SMTP_USERNAME", Also: []string{"email.smtp_username"}, Role: User}, {Name: "SMTP_PASSWORD", Also: []string{"email.smtp_password"}, Role: Pass},
			{Name: "SMTP_FROM", Also: []string{"email.smtp_from"}, Role: From},
			{Name: "SMTP_STARTTLS_ONLY", Also: []string{"email.starttls_only"}, Role: Start, Default: "false"},
			{Name: "SMTP_DANGER_INSECURE", Also: []string{"email.danger_insecure"}, Role: NoTLS, Default: "false", Avoid: "true"},
		},
		Mistaken: misspellings("SMTP_", "HOST", "URL", "USER", "USERNAME", "PASS", "PASSWORD", "STARTTLS", "STARTTLS_ONLY", "TLS", ""),
		Marks:    []Mark{{Key: "SMTP_STARTTLS_ONLY", Worth: 9}, {Key: "SMTP_DANGER_INSECURE", Worth: 9}, {Key: "email.starttls_only", Worth: 9}, {Value: "rauthy", Worth: 5}},
		Sources:  []string{"sebadob/rauthy src/data/src/rauthy_config.rs, src/data/src/email"},
	},
	{
		ID: "lettre-url", App: "lettre", Form: Env, Also: []Form{TOML, YAML}, Mode: LettreURL, Packages: []string{"lettre"},
		Keys: []Key{
			{Name: "SMTP_URL", Also: []string{"smtp_url", "smtp.url", "LETTRE_URL", "SMTP_CONNECTION_URL", "MAILER_URL", "EMAIL_URL"}, Role: URL},
			{Name: "SMTP_FROM", Also: []string{"MAIL_FROM", "EMAIL_FROM", "smtp_from", "smtp.from"}, Role: From},
		},
		Params: Params{Schemes: []Word{{V: "smtp", Mode: target.Cleartext}, {V: "smtps", Mode: target.Implicit}},
			Options: []Key{{Name: "tls", Role: Level, Words: lettreLevels}}},
		Traps: []Trap{{
			Check: "client-credentials-missing", Severity: "warning", Key: "SMTP_URL",
			When:    func(s Settings) bool { return s.Role(User) != "" && s.Role(Pass) == "" && s.Role(Host) != "" },
			Summary: "the URL has a user and no password, and lettre does not log in then",
			Fix:     []string{"Write the password into the URL: smtps://USER:PASSWORD@HOST:465"},
		}},
		Marks:   []Mark{{Value: "?tls=required", Worth: 7}, {Value: "?tls=opportunistic", Worth: 7}},
		Sources: []string{"lettre/lettre src/transport/smtp/connection_url.rs"},
	},
}

// lettreLevels are the values of the option tls in a URL of lettre.
var lettreLevels = []Word{{V: "required", Mode: target.STARTTLS}, {V: "opportunistic", Mode: target.Opportunistic}}

// LemmyMail is Lemmy: a URL of lettre, or tls_type.
func LemmyMail(in In) Effect {
	if w := in.Words[Scheme]; w != nil && w.Mode != target.Cleartext {
		return Effect{Mode: w.Mode, Port: portOf(w.Mode)}
	}
	return does(in.Means(Level))
}
