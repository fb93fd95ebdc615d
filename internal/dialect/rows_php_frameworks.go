package dialect

import (
	"slices"

	"github.com/maildoctor/maildoctor/internal/target"
)

// php is all else in PHP.
var php = slices.Concat(phpCore, phpCMS, phpShops, phpApps, phpFrameworks)

// phpFrameworks are frameworks in PHP, images that set applications up by
// variables, and what is left for PHP.
var phpFrameworks = []Dialect{
	{
		ID: "codeigniter", App: "CodeIgniter", Form: PHP, Also: []Form{Env}, Mode: CodeIgniter, Packages: []string{"codeigniter4/framework", "codeigniter/framework"}, Files: []string{"Email.php", "email.php"},
		Keys: []Key{
			{Name: "protocol", Also: []string{"email.protocol"}, Role: Driver, Words: mailOrSMTP, Must: "Without it CodeIgniter sends by PHP's mail()"},
			{Name: "SMTPHost", Also: []string{"email.SMTPHost"}, Role: Host}, {Name: "SMTPPort", Also: []string{"email.SMTPPort"}, Role: Port}, {Name: "SMTPUser", Also: []string{"email.SMTPUser"}, Role: User}, {Name: "SMTPPass", Also: []string{"email.SMTPPass"}, Role: Pass},
			{Name: "SMTPCrypto", Also: []string{"email.SMTPCrypto"}, Role: Scheme, Words: []Word{{V: "tls", Mode: target.STARTTLS}, {V: "ssl", Mode: target.Implicit}, {V: "", Mode: target.Cleartext}}, Beside: "SMTPHost"},
			{Name: "fromEmail", Also: []string{"email.fromEmail"}, Role: From}, {Name: "fromName", Also: []string{"email.fromName"}, Role: FromName},
			{Name: "smtp_host", Role: Host}, {Name: "smtp_port", Role: Port, Default: "25"}, {Name: "smtp_user", Role: User}, {Name: "smtp_pass", Role: Pass},
			{Name: "smtp_crypto", Role: Level, Words: []Word{{V: "tls", Mode: target.STARTTLS}, {V: "ssl", Mode: target.Implicit}, {V: "", Mode: target.Cleartext}}, Beside: "smtp_host"},
			{Name: "smtp_timeout", Role: Timeout}, {Name: "mailtype", Also: []string{"mailType"}, Role: Known}, {Name: "newline", Role: Known}, {Name: "crlf", Role: Known},
		},
		Params:   Params{Schemes: []Word{{V: "ssl", Mode: target.Implicit}, {V: "tls", Mode: target.Implicit}}},
		Marks:    []Mark{{Key: "SMTPCrypto", Worth: 9}, {Key: "smtp_crypto", Worth: 7}, {Key: "SMTPHost", Worth: 6}, {Value: "$config['smtp_host']", Worth: 8}},
		Mistaken: []Wrong{{Name: "smtp_password", Right: "smtp_pass"}, {Name: "smtp_username", Right: "smtp_user"}, {Name: "smtp_secure", Right: "smtp_crypto"}, {Name: "SMTPPassword", Right: "SMTPPass"}, {Name: "SMTPUsername", Right: "SMTPUser"}, {Name: "SMTPSecure", Right: "SMTPCrypto"}},
		Traps:    []Trap{usesPHPMail("protocol", "smtp", "mail", "sendmail")},
		Sources:  []string{"codeigniter4/CodeIgniter4 system/Email/Email.php", "bcit-ci/CodeIgniter system/libraries/Email.php"},
	},
	{
		ID: "cakephp", App: "CakePHP", Form: PHP, Also: []Form{Env}, Mode: CakePHP, Packages: []string{"cakephp/cakephp"}, Files: []string{"app_local.php", "app.php"},
		Keys: []Key{
			{Name: "EmailTransport.default.className", Role: Driver, Words: []Word{{V: "Smtp", Channel: "smtp"}, {V: "Mail", Channel: "sendmail"}, {V: "Debug", Channel: "none", Swallows: "keeps every mail and sends none"}}, Else: "Smtp"},
			{Name: "EmailTransport.default.host", Role: Host, Default: "localhost"}, {Name: "EmailTransport.default.port", Role: Port, Default: "25"},
			{Name: "EmailTransport.default.username", Role: User}, {Name: "EmailTransport.default.password", Role: Pass}, {Name: "EmailTransport.default.tls", Role: Start}, {Name: "EmailTransport.default.client", Role: HELO}, {Name: "EmailTransport.default.timeout", Role: Timeout},
			{Name: "EMAIL_TRANSPORT_DEFAULT_URL", Also: []string{"EmailTransport.default.url"}, Role: URL}, {Name: "Email.default.from", Role: From},
		},
		Params:   Params{Schemes: []Word{{V: "smtp"}, {V: "ssl", Mode: target.Implicit}, {V: "mail"}, {V: "debug", Not: true, Why: "It sends no mail"}}, Options: []Key{{Name: "tls", Role: Start}, {Name: "client", Role: HELO}, {Name: "timeout", Role: Timeout}}},
		Marks:    []Mark{{Key: "EmailTransport.default.*", Worth: 10}, {Key: "EMAIL_TRANSPORT_DEFAULT_URL", Worth: 10}},
		Mistaken: []Wrong{{Name: "EmailTransport.default.user", Right: "EmailTransport.default.username"}, {Name: "EmailTransport.default.ssl", Why: "CakePHP has no such switch: ssl:// before the host is implicit TLS, and tls is STARTTLS"}},
		Sources:  []string{"cakephp/cakephp src/Network/Socket.php, src/Mailer/Transport/SmtpTransport.php"},
	},
	{
		ID: "yii2", App: "Yii 2", Form: PHP, Mode: Mixed, Packages: []string{"yiisoft/yii2", "yiisoft/yii2-symfonymailer", "yiisoft/yii2-swiftmailer"}, Files: []string{"main-local.php", "web.php"},
		Keys: []Key{
			{Name: "mailer.transport.dsn", Role: URL}, {Name: "mailer.transport.scheme", Role: Scheme, Words: []Word{{V: "smtp"}, {V: "smtps", Mode: target.Implicit}}, Beside: "-"},
			{Name: "mailer.transport.host", Role: Host}, {Name: "mailer.transport.port", Role: Port, Default: "25"}, {Name: "mailer.transport.username", Role: User}, {Name: "mailer.transport.password", Role: Pass},
			{Name: "mailer.transport.encryption", Role: Level, Words: encryptionWords, Beside: "-"}, {Name: "mailer.transport.class", Role: Known},
			{Name: "mailer.useFileTransport", Role: Disabled}, {Name: "mailer.viewPath", Role: Known}, {Name: "adminEmail", Role: Known}, {Name: "senderEmail", Role: From},
		},
		Params:  symfonyURL,
		Marks:   []Mark{{Key: "mailer.useFileTransport", Worth: 10}, {Key: "mailer.transport.host", Worth: 4}, {Value: "yii\\", Worth: 6}},
		Sources: []string{"yiisoft/yii2-symfonymailer src/Mailer.php", "yiisoft/yii2-swiftmailer"},
	},
	bitnami("wordpress", "WordPress", "WORDPRESS"), bitnami("joomla", "Joomla", "JOOMLA"), bitnami("drupal", "Drupal", "DRUPAL"), bitnami("moodle", "Moodle", "MOODLE"),
	bitnami("prestashop", "PrestaShop", "PRESTASHOP"), bitnami("opencart", "OpenCart", "OPENCART"), bitnami("suitecrm", "SuiteCRM", "SUITECRM"),
	bitnami("matomo", "Matomo", "MATOMO"), bitnami("phpbb", "phpBB", "PHPBB"), bitnami("osclass", "Osclass", "OSCLASS"),
	{
		ID: "mediawiki-bitnami", App: "MediaWiki (Bitnami image)", Form: Env, Mode: PearMail, Images: []string{"bitnami/mediawiki", "bitnamilegacy/mediawiki"},
		Keys: []Key{
			{Name: "MEDIAWIKI_SMTP_HOST", Role: Host}, {Name: "MEDIAWIKI_SMTP_PORT_NUMBER", Also: []string{"MEDIAWIKI_SMTP_PORT"}, Role: Port}, {Name: "MEDIAWIKI_SMTP_USER", Role: User}, {Name: "MEDIAWIKI_SMTP_PASSWORD", Also: []string{"MEDIAWIKI_SMTP_PASSWORD_FILE"}, Role: Pass},
			{Name: "MEDIAWIKI_ENABLE_SMTP_AUTH", Role: Known}, {Name: "MEDIAWIKI_SMTP_HOST_ID", Role: HELO}, {Name: "MEDIAWIKI_EMAIL", Role: From},
		},
		Params:   Params{Schemes: []Word{{V: "ssl", Mode: target.Implicit}, {V: "tls", Mode: target.Implicit}}},
		Marks:    []Mark{{Key: "MEDIAWIKI_SMTP_HOST", Worth: 9}},
		Mistaken: []Wrong{{Name: "MEDIAWIKI_SMTP_USERNAME", Right: "MEDIAWIKI_SMTP_USER"}, {Name: "MEDIAWIKI_SMTP_PASS", Right: "MEDIAWIKI_SMTP_PASSWORD"}, {Name: "MEDIAWIKI_SMTP_PROTOCOL", Why: "This image has no such variable: ssl:// before the host is implicit TLS, and STARTTLS comes by itself"}},
		Traps: []Trap{{
			Check: "starttls-on-tls-port", Severity: "error", Key: "MEDIAWIKI_SMTP_HOST",
			When:    func(s Settings) bool { return s.Mode() == target.Opportunistic && s.Port() == 465 },
			Summary: "Port 465 is implicit TLS, and MEDIAWIKI_SMTP_HOST has no ssl:// before the host",
			Fix:     []string{"Write ssl:// before the host in MEDIAWIKI_SMTP_HOST"},
			Sets:    schemeBefore("ssl://", "MEDIAWIKI_SMTP_HOST"),
		}},
		Restart: bitnamiOnce, Sources: []string{"bitnami/containers bitnami/mediawiki: README, rootfs mediawiki-env.sh"},
	},
	{
		ID: "php-generic", App: "PHP application", Form: Env, Also: []Form{PHP, INI}, Mode: PHPMailer, Doubt: true,
		Keys: []Key{
			{Name: "SMTP_HOST", Also: []string{"smtp_host", "MAIL_HOST", "smtp.host", "mail.host"}, Role: Host}, {Name: "SMTP_PORT", Also: []string{"smtp_port", "MAIL_PORT", "smtp.port", "mail.port"}, Role: Port, Default: "25"},
			{Name: "SMTP_SECURE", Also: []string{"smtp_secure", "SMTP_ENCRYPTION", "MAIL_ENCRYPTION", "smtp.secure", "smtp.encryption", "mail.encryption"}, Role: Scheme, Words: phpmailerWords, Else: "="},
			{Name: "SMTP_AUTH", Also: []string{"smtp_auth", "smtp.auth"}, Role: Login}, {Name: "SMTP_USER", Also: []string{"SMTP_USERNAME", "smtp_user", "smtp_username", "MAIL_USERNAME", "smtp.username", "smtp.user"}, Role: User},
			{Name: "SMTP_PASS", Also: []string{"SMTP_PASSWORD", "smtp_pass", "smtp_password", "MAIL_PASSWORD", "smtp.password", "smtp.pass"}, Role: Pass}, {Name: "SMTP_FROM", Also: []string{"SMTP_FROM_EMAIL", "MAIL_FROM", "smtp_from", "smtp.from"}, Role: From},
		},
		Sources: []string{"PHPMailer/PHPMailer: names by convention only"},
	},
}

const bitnamiOnce = "The image reads its variables only when the application is set up for the first time: begin with an empty volume, or change the application's own settings"

// bitnami is an image of Bitnami: its variables have one shape for all
// applications.
func bitnami(id, app, prefix string) Dialect {
	p := prefix + "_SMTP_"
	return Dialect{
		ID: id + "-bitnami", App: app + " (Bitnami image)", Form: Env, Mode: PHPMailer, Images: []string{"bitnami/" + id, "bitnamilegacy/" + id},
		Keys: []Key{
			{Name: p + "HOST", Role: Host}, {Name: p + "PORT_NUMBER", Also: []string{p + "PORT"}, Role: Port}, {Name: p + "USER", Role: User}, {Name: p + "PASSWORD", Also: []string{p + "PASSWORD_FILE"}, Role: Pass},
			{Name: p + "PROTOCOL", Role: Scheme, Words: []Word{{V: "tls", Mode: target.STARTTLS}, {V: "ssl", Mode: target.Implicit}, {V: "standard", Not: true}, {V: "plain", Not: true}, {V: "none", Not: true}, {V: "", Not: true}}},
			{Name: p + "FROM_EMAIL", Role: From}, {Name: prefix + "_EMAIL", Role: From},
		},
		Marks:    []Mark{{Key: p + "HOST", Worth: 9}},
		Mistaken: []Wrong{{Name: p + "USERNAME", Right: p + "USER"}, {Name: p + "PASS", Right: p + "PASSWORD"}, {Name: p + "SECURE", Right: p + "PROTOCOL"}, {Name: p + "ENCRYPTION", Right: p + "PROTOCOL"}, {Name: p + "TLS", Right: p + "PROTOCOL"}},
		Restart:  bitnamiOnce,
		Sources:  []string{"bitnami/containers README of " + id},
	}
}
