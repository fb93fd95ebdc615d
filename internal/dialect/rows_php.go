package dialect

import (
	"strings"

	"github.com/maildoctor/maildoctor/internal/target"
)

// symfonySchemes are what a DSN of Symfony Mailer begins with. The bridges of
// providers speak implicit TLS, or STARTTLS, as their provider wants it.
var symfonySchemes = []Word{
	{V: "smtp", Channel: "smtp"},
	{V: "smtps", Mode: target.Implicit, Channel: "smtp"},
	{V: "sendmail", Channel: "sendmail", Mode: target.Unknown}, {V: "native", Channel: "sendmail", Mode: target.Unknown},
	{V: "null", Channel: "none", Mode: target.Unknown, Swallows: "sends no mail"},
	{V: "tls", Mode: target.Unknown, Not: true, Why: noScheme}, {V: "ssl", Mode: target.Unknown, Not: true, Why: noScheme}, {V: "starttls", Mode: target.Unknown, Not: true, Why: noScheme},
	{V: "smtp+tls", Mode: target.Unknown, Not: true, Why: noScheme}, {V: "smtp+starttls", Mode: target.Unknown, Not: true, Why: noScheme}, {V: "smtp+ssl", Mode: target.Unknown, Not: true, Why: noScheme}, {V: "smtptls", Mode: target.Unknown, Not: true, Why: noScheme},
}

const noScheme = "Symfony Mailer refuses it: smtps:// is implicit TLS, smtp:// is STARTTLS, if offered"

// symfonyOptions are the options of a DSN.
var symfonyOptions = []Key{
	{Name: "require_tls", Role: Require, Since: "7.3", Beside: "-", Why: "Symfony Mailer reads require_tls since 7.3; before, STARTTLS is used where the server offers it"},
	{Name: "auto_tls", Role: AutoTLS, Since: "7.1", Beside: "-", Why: "Symfony Mailer reads auto_tls since 7.1"},
	{Name: "verify_peer", Role: Verify},
	{Name: "local_domain", Role: HELO},
	{Name: "peer_fingerprint", Role: Known}, {Name: "max_per_second", Role: Known}, {Name: "restart_threshold", Role: Known},
	{Name: "restart_threshold_sleep", Role: Known}, {Name: "ping_threshold", Role: Known}, {Name: "source_ip", Role: Known}, {Name: "command", Role: Known},
	{Name: "retry_period", Role: Known}, {Name: "region", Role: Known},
	{Name: "encryption", Role: Ignored, Since: "4.4", Why: "It belongs to SwiftMailer. In Symfony Mailer smtps:// is implicit TLS and smtp:// is STARTTLS, if offered"},
	{Name: "auth_mode", Role: Ignored, Since: "4.4", Why: "It belongs to SwiftMailer. Symfony Mailer chooses the login itself"},
	{Name: "timeout", Role: Ignored, Why: "A DSN has no timeout; it is default_socket_timeout of php.ini"},
	{Name: "verify_peer_name", Role: Ignored, Why: "verify_peer covers the name, too"},
	{Name: "allow_self_signed", Role: Ignored, Why: "A DSN has no such option; peer_fingerprint names one certificate"},
	{Name: "tls", Role: Ignored, Why: "smtps:// is implicit TLS and smtp:// is STARTTLS, if offered"},
	{Name: "username", Role: Ignored, Why: "User and password stand before the @ of the DSN"},
	{Name: "password", Role: Ignored, Why: "User and password stand before the @ of the DSN"},
}

var symfonyURL = Params{Schemes: symfonySchemes, Options: symfonyOptions, PlusIsBlank: true, Bridges: true}

// nullDSN is a DSN that sends nothing.
func nullDSN(key string) Trap {
	return Trap{
		Check: "mailer-swallows-mail", Key: key,
		When: func(s Settings) bool {
			v, _ := s.Get(key)
			return strings.HasPrefix(strings.TrimSpace(v), "null:")
		},
		Summary: key + "=null://null: no mail is sent, and no error is shown",
		Fix:     []string{"Set " + key + " to smtp://USER:PASSWORD@HOST:587, user and password percent-encoded"},
	}
}

// mailersendDSN is a bridge that was wrong.
func mailersendDSN(key string) Trap {
	return Trap{
		Check: "release-bug", Severity: "error", Key: key, Since: "7.2", Until: "7.4",
		When: func(s Settings) bool {
			v, _ := s.Get(key)
			return strings.HasPrefix(v, "mailersend+smtp:") || strings.HasPrefix(v, "mailersend:")
		},
		Summary: "mailersend+smtp:// speaks implicit TLS on port 587, which MailerSend refuses",
		Fix:     []string{"Set " + key + " to smtp://USER:PASSWORD@smtp.mailersend.net:587"},
	}
}

var phpCore = []Dialect{
	{
		ID: "symfony-dsn", App: "Symfony Mailer", Form: SymfonyEnv, Also: []Form{YAML, Env}, Mode: SymfonyDSN,
		Files: []string{".env", ".env.*", "mailer.yaml", "framework.yaml"}, Packages: []string{"symfony/mailer", "symfony/framework-bundle"},
		Keys: []Key{
			{Name: "MAILER_DSN", Role: URL},
			{Name: "framework.mailer.dsn", Role: URL, Percents: true},
			{Name: "MAILER_FROM", Also: []string{"framework.mailer.envelope.sender"}, Role: From},
			{Name: "MAILER_URL", Role: Ignored, Instead: "MAILER_DSN", Why: "MAILER_URL belongs to the SwiftMailer bundle; Symfony Mailer reads MAILER_DSN"},
			{Name: "RESEND_API_KEY", Role: Known},
		},
		Marks:    []Mark{{Key: "MAILER_DSN", Worth: 8}, {Key: "framework.mailer.dsn", Worth: 10}, {Key: "APP_SECRET", Worth: 1}},
		Mistaken: []Wrong{{Name: "MAILER_DNS", Right: "MAILER_DSN"}, {Name: "MAIL_DSN", Right: "MAILER_DSN"}, {Name: "SYMFONY_MAILER_DSN", Right: "MAILER_DSN"}, {Name: "MAILER_TRANSPORT_DSN", Right: "MAILER_DSN"}},
		Traps: []Trap{
			nullDSN("MAILER_DSN"), nullDSN("framework.mailer.dsn"), mailersendDSN("MAILER_DSN"), mailersendDSN("framework.mailer.dsn"),
		},
		Params:  symfonyURL,
		Ranges:  []string{"7.1", "7.3"},
		Restart: "Run php bin/console cache:clear, and restart messenger:consume where mail goes through Messenger",
		Sources: []string{"symfony/symfony src/Symfony/Component/Mailer: Transport.php, Dsn.php, EsmtpTransportFactory.php", "symfony/symfony#57508, #44817, #60636"},
	},
	{
		ID: "symfony-swift-url", App: "Symfony with SwiftMailer", Form: SymfonyEnv, Also: []Form{YAML, Env}, Mode: Swift,
		Files: []string{".env", ".env.*", "swiftmailer.yaml", "swiftmailer.yml", "parameters.yml", "config.yml"}, Packages: []string{"symfony/swiftmailer-bundle", "swiftmailer/swiftmailer"},
		Keys: []Key{
			{Name: "MAILER_URL", Also: []string{"swiftmailer.url"}, Role: URL},
			{Name: "swiftmailer.transport", Also: []string{"mailer_transport"}, Role: Driver, Words: []Word{
				{V: "smtp", Channel: "smtp"}, {V: "gmail", Channel: "smtp"}, {V: "sendmail", Channel: "sendmail"}, {V: "mail", Channel: "sendmail"},
				{V: "null", Channel: "none", Swallows: "sends no mail"}, {V: "", Channel: ""},
			}},
			{Name: "swiftmailer.host", Also: []string{"mailer_host"}, Role: Host, Default: "localhost"},
			{Name: "swiftmailer.port", Also: []string{"mailer_port"}, Role: Port},
			{Name: "swiftmailer.encryption", Also: []string{"mailer_encryption"}, Role: Scheme, Words: encryptionWords},
			{Name: "swiftmailer.auth_mode", Also: []string{"mailer_auth_mode"}, Role: Mech},
			{Name: "swiftmailer.username", Also: []string{"mailer_user"}, Role: User},
			{Name: "swiftmailer.password", Also: []string{"mailer_password"}, Role: Pass},
			{Name: "swiftmailer.sender_address", Also: []string{"mailer_sender_address"}, Role: From},
			{Name: "swiftmailer.disable_delivery", Role: Disabled},
			{Name: "swiftmailer.spool.type", Role: Known},
			{Name: "MAILER_DSN", Role: Ignored, Instead: "MAILER_URL", Why: "The SwiftMailer bundle reads MAILER_URL; MAILER_DSN belongs to Symfony Mailer"},
		},
		Params: Params{
			Fixed: target.Cleartext, DefaultPort: "25/465/25", PlusIsBlank: true,
			Schemes: []Word{{V: "smtp"}, {V: "gmail", Mode: target.Implicit, Why: "It is an alias of SwiftMailer for smtp.gmail.com, port 465"}, {V: "sendmail"}, {V: "null", Swallows: "sends no mail"},
				{V: "smtps", Not: true, Why: "SwiftMailer has no smtps. Write smtp:// with encryption=ssl"}},
			Options: []Key{
				{Name: "encryption", Role: Scheme, Words: encryptionWords},
				{Name: "auth_mode", Role: Mech}, {Name: "username", Role: User}, {Name: "password", Role: Pass}, {Name: "timeout", Role: Timeout},
				{Name: "require_tls", Role: Ignored, Why: "It belongs to Symfony Mailer; SwiftMailer takes encryption=tls"},
				{Name: "auto_tls", Role: Ignored, Why: "It belongs to Symfony Mailer"},
				{Name: "verify_peer", Role: Ignored, Why: "It belongs to Symfony Mailer; SwiftMailer takes stream_options in the YAML file"},
			},
		},
		Marks: []Mark{{Key: "MAILER_URL", Value: "*encryption=*", Worth: 10}, {Key: "MAILER_URL", Worth: 4}, {Key: "swiftmailer.*", Worth: 8}, {Key: "mailer_transport", Worth: 6}},
		Traps: []Trap{nullDSN("MAILER_URL"), {
			Check: "setting-deprecated", Severity: "warning", Key: "MAILER_URL",
			When: func(s Settings) bool {
				v, _ := s.Get("MAILER_URL")
				return strings.HasPrefix(v, "gmail:")
			},
			Summary: "gmail:// is an alias of SwiftMailer, which is not maintained any more",
			Fix:     []string{"Move to Symfony Mailer and set MAILER_DSN=smtp://USER:APP-PASSWORD@smtp.gmail.com:587"},
		}},
		Restart: "Run php bin/console cache:clear",
		Sources: []string{"symfony/swiftmailer-bundle SwiftmailerTransportFactory", "swiftmailer/swiftmailer EsmtpTransport"},
	},
	{
		ID: "phpmailer", App: "PHPMailer", Form: PHP, Mode: PHPMailer,
		Packages: []string{"phpmailer/phpmailer"},
		Keys: []Key{
			{Name: "Host", Role: HostPort, Default: "localhost"},
			{Name: "Port", Role: Port, Default: "25"},
			{Name: "SMTPSecure", Role: Scheme, Words: phpmailerWords, Else: "="},
			{Name: "SMTPAutoTLS", Role: AutoTLS, Default: "true", Beside: "-"},
			{Name: "SMTPAuth", Role: Login, Default: "false"},
			{Name: "Username", Role: User},
			{Name: "Password", Role: Pass},
			{Name: "setFrom.0", Also: []string{"SetFrom.0", "From"}, Role: From},
			{Name: "FromName", Also: []string{"setFrom.1"}, Role: FromName},
			{Name: "Mailer", Role: Driver, Words: []Word{{V: "smtp", Channel: "smtp"}, {V: "mail", Channel: "sendmail"}, {V: "sendmail", Channel: "sendmail"}, {V: "qmail", Channel: "sendmail"}}},
			{Name: "AuthType", Role: Mech}, {Name: "Timeout", Role: Timeout}, {Name: "Helo", Role: HELO}, {Name: "Hostname", Role: Known},
			{Name: "SMTPOptions.ssl.verify_peer", Also: []string{"smtpConnect.0.ssl.verify_peer"}, Role: Verify},
			{Name: "SMTPOptions.ssl.verify_peer_name", Also: []string{"smtpConnect.0.ssl.verify_peer_name"}, Role: Verify},
			{Name: "SMTPOptions.ssl.allow_self_signed", Also: []string{"smtpConnect.0.ssl.allow_self_signed"}, Role: NoVerify},
			{Name: "SMTPOptions.tls.verify_peer", Role: Verify},
			{Name: "SMTPOptions.ssl.ciphers", Role: Ciphers},
			{Name: "Sender", Role: Known},
		},
		Params: Params{Case: true},
		Marks:  []Mark{{Key: "SMTPSecure", Worth: 8}, {Key: "SMTPAuth", Worth: 5}, {Key: "isSMTP", Worth: 6}, {Key: "IsSMTP", Worth: 6}, {Value: "PHPMailer", Worth: 6}},
		Mistaken: []Wrong{
			{Name: "SMTPHost", Right: "Host"}, {Name: "SMTPPort", Right: "Port"}, {Name: "SMTPUser", Right: "Username"}, {Name: "SMTPPass", Right: "Password"},
			{Name: "UserName", Right: "Username"}, {Name: "SMTPUsername", Right: "Username"}, {Name: "SMTPPassword", Right: "Password"},
			{Name: "SMTPsecure", Right: "SMTPSecure"}, {Name: "SmtpSecure", Right: "SMTPSecure"}, {Name: "smtpSecure", Right: "SMTPSecure"}, {Name: "SMTPEncryption", Right: "SMTPSecure"},
			{Name: "SMTPauth", Right: "SMTPAuth"}, {Name: "SmtpAuth", Right: "SMTPAuth"}, {Name: "SMTPAutoTls", Right: "SMTPAutoTLS"},
		},
		Traps: []Trap{
			{
				Check: "client-config-invalid", Severity: "warning", Key: "Host",
				When: func(s Settings) bool {
					return s.Has("Host") && !s.Has("isSMTP") && !s.Has("IsSMTP") && !s.Has("Mailer") && (s.Has("SMTPAuth") || s.Has("SMTPSecure"))
				},
				Summary: "isSMTP() is not called: PHPMailer sends by PHP's mail(), and reads none of these settings",
				Detail:  "Mail then goes to spam or nowhere.",
				Fix:     []string{"Call $mail->isSMTP() before the settings"},
				Set:     map[string]string{"Mailer": "smtp"},
			},
			usesPHPMail("Mailer", "smtp", "mail", "sendmail", "qmail"),
			{
				Check: "client-config-invalid", Severity: "warning", Key: "Host",
				When: func(s Settings) bool {
					v, _ := s.Get("Host")
					return s.Role(Port) != "25" && isIPv4(v) && !strings.HasPrefix(v, "127.") && s.Mode() != target.Cleartext
				},
				Summary: "Host is an IP address: no certificate is made out for it, and the check of the name fails",
				Fix:     []string{"Set Host to the name of the server"},
			},
		},
		Sources: []string{"PHPMailer/PHPMailer src/PHPMailer.php, 5.2 to 7.0"},
	},
}

// phpmailerWords are the values of SMTPSecure. They are compared by case, and
// what is none of them counts for nothing.
var phpmailerWords = []Word{{V: "tls", Mode: target.STARTTLS}, {V: "ssl", Mode: target.Implicit}, {V: ""}}

// usesPHPMail is a way to send that leaves the SMTP settings unread.
func usesPHPMail(key, smtp string, others ...string) Trap {
	name := key[strings.LastIndexAny(key, "./")+1:]
	return Trap{
		Check: "setting-ignored", Severity: "warning", Key: key,
		When: func(s Settings) bool {
			return is(s, key, others...) && s.Role(Host) != "" && s.Role(Host) != "localhost"
		},
		Summary: name + " chooses PHP's own mail() or sendmail: the SMTP settings are not used",
		Detail:  "Mail then goes to spam, or nowhere where there is no mail server on the machine.",
		Fix:     []string{"Set " + name + " to " + smtp},
		Set:     map[string]string{key: smtp},
	}
}

// isIPv4 reports whether a text is four numbers.
func isIPv4(s string) bool {
	parts := strings.Split(s, ".")
	if len(parts) != 4 {
		return false
	}
	for _, p := range parts {
		if p == "" || strings.Trim(p, "0123456789") != "" {
			return false
		}
	}
	return true
}
