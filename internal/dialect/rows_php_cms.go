package dialect

import (
	"strings"

	"github.com/maildoctor/maildoctor/internal/target"
)

// phpCMS are shops and sites that are set up in PHP files or by commands.
var phpCMS = []Dialect{
	{
		ID: "wordpress-wpms", App: "WordPress, WP Mail SMTP", Form: PHP, Mode: PHPMailer,
		Files: []string{"wp-config.php"}, Packages: []string{"wpackagist-plugin/wp-mail-smtp"}, Images: []string{"wordpress"},
		Keys: []Key{
			{Name: "WPMS_ON", Role: Enabled, Yes: "true", Must: "The plugin reads the constants only where WPMS_ON is true; without it the settings of the database count"},
			{Name: "WPMS_MAILER", Role: Driver, Must: "Without it the mailer of the database counts, which is PHP's mail() as a rule", Words: []Word{
				{V: "smtp", Channel: "smtp"}, {V: "mail", Channel: "sendmail"}, {V: "sendinblue", Channel: "api"}, {V: "sendlayer", Channel: "api"}, {V: "smtpcom", Channel: "api"},
				{V: "amazonses", Channel: "api"}, {V: "gmail", Channel: "api"}, {V: "mailgun", Channel: "api"}, {V: "mailersend", Channel: "api"}, {V: "mailjet", Channel: "api"},
				{V: "outlook", Channel: "api"}, {V: "postmark", Channel: "api"}, {V: "sendgrid", Channel: "api"}, {V: "smtp2go", Channel: "api"}, {V: "sparkpost", Channel: "api"},
				{V: "zoho", Channel: "api"}, {V: "elasticemail", Channel: "api"}, {V: "mandrill", Channel: "api"}, {V: "pepipost", Channel: "api"}, {V: "pepipostapi", Channel: "api"},
				{V: "resend", Channel: "api"}, {V: "brevo", Channel: "api", Not: true, Why: "The plugin calls Brevo sendinblue"},
			}},
			{Name: "WPMS_SMTP_HOST", Role: Host},
			{Name: "WPMS_SMTP_PORT", Role: Port},
			{Name: "WPMS_SSL", Role: Scheme, Else: "=", Words: []Word{{V: "tls", Mode: target.STARTTLS}, {V: "ssl", Mode: target.Implicit}, {V: ""}, {V: "none", Not: true}}},
			{Name: "WPMS_SMTP_AUTOTLS", Role: AutoTLS, Default: "true", Beside: "-"},
			{Name: "WPMS_SMTP_AUTH", Role: Login, Default: "true"},
			{Name: "WPMS_SMTP_USER", Role: User},
			{Name: "WPMS_SMTP_PASS", Role: Pass},
			{Name: "WPMS_MAIL_FROM", Role: From},
			{Name: "WPMS_MAIL_FROM_FORCE", Role: Known}, {Name: "WPMS_MAIL_FROM_NAME", Role: FromName}, {Name: "WPMS_MAIL_FROM_NAME_FORCE", Role: Known},
			{Name: "WPMS_SET_RETURN_PATH", Role: Known}, {Name: "WPMS_DO_NOT_SEND", Role: Disabled},
		},
		Params: Params{Case: true},
		Marks:  []Mark{{Key: "WPMS_ON", Worth: 10}, {Key: "WPMS_SMTP_HOST", Worth: 8}},
		Mistaken: []Wrong{
			{Name: "WPMS_SMTP_SSL", Right: "WPMS_SSL"}, {Name: "WPMS_SMTP_SECURE", Right: "WPMS_SSL"}, {Name: "WPMS_SMTP_ENCRYPTION", Right: "WPMS_SSL"}, {Name: "WPMS_ENCRYPTION", Right: "WPMS_SSL"}, {Name: "WPMS_TLS", Right: "WPMS_SSL"},
			{Name: "WPMS_SMTP_USERNAME", Right: "WPMS_SMTP_USER"}, {Name: "WPMS_SMTP_PASSWORD", Right: "WPMS_SMTP_PASS"}, {Name: "WPMS_HOST", Right: "WPMS_SMTP_HOST"}, {Name: "WPMS_PORT", Right: "WPMS_SMTP_PORT"},
			{Name: "WPMS_FROM", Right: "WPMS_MAIL_FROM"}, {Name: "WPMS_SMTP_FROM", Right: "WPMS_MAIL_FROM"}, {Name: "WPMS_AUTH", Right: "WPMS_SMTP_AUTH"},
			{Name: "SMTP_HOST", Right: "WPMS_SMTP_HOST", Why: "Neither WordPress nor the plugin reads it"}, {Name: "SMTP_PORT", Right: "WPMS_SMTP_PORT"}, {Name: "SMTP_USER", Right: "WPMS_SMTP_USER"},
			{Name: "SMTP_PASS", Right: "WPMS_SMTP_PASS"}, {Name: "SMTP_SECURE", Right: "WPMS_SSL"}, {Name: "SMTP_FROM", Right: "WPMS_MAIL_FROM"},
		},
		Traps:   []Trap{usesPHPMail("WPMS_MAILER", "smtp", "mail")},
		Sources: []string{"WP Mail SMTP documentation of constants", "awesomemotive/WP-Mail-SMTP#131", "PHPMailer/PHPMailer#1351"},
	},
	{
		ID: "nextcloud", App: "Nextcloud", Form: PHP, Also: []Form{Commands, JSON}, Mode: Nextcloud,
		Files: []string{"config.php", "*.config.php"}, Images: []string{"linuxserver/nextcloud", "lscr.io/linuxserver/nextcloud"},
		Keys: []Key{
			{Name: "mail_smtpmode", Role: Driver, Default: "smtp", Words: []Word{
				{V: "smtp", Channel: "smtp"}, {V: "sendmail", Channel: "sendmail"}, {V: "qmail", Channel: "sendmail"}, {V: "php", Channel: "sendmail", Until: "15"},
				{V: "null", Channel: "none", Swallows: "sends no mail"},
			}},
			{Name: "mail_smtphost", Role: Host, Default: "127.0.0.1"},
			{Name: "mail_smtpport", Role: Port, Default: "25"},
			{Name: "mail_smtpsecure", Role: Scheme, Else: "=", Words: []Word{{V: "", Mode: target.Cleartext, Since: "26"}, {V: "tls", Mode: target.STARTTLS}, {V: "ssl", Mode: target.Implicit}, {V: "", Mode: target.Cleartext, Until: "26"}}},
			{Name: "mail_smtpauth", Role: Login, Default: "false", Yes: "true"},
			{Name: "mail_smtpauthtype", Role: Mech, Until: "26", Why: "Since Nextcloud 26 the mailer chooses the login itself"},
			{Name: "mail_smtpname", Role: User},
			{Name: "mail_smtppassword", Role: Pass},
			{Name: "mail_from_address", Role: Local},
			{Name: "mail_domain", Role: Domain},
			{Name: "mail_smtptimeout", Role: Timeout},
			{Name: "mail_smtpstreamoptions.ssl.verify_peer", Role: Verify},
			{Name: "mail_smtpstreamoptions.ssl.verify_peer_name", Role: Verify},
			{Name: "mail_smtpstreamoptions.ssl.allow_self_signed", Role: NoVerify},
			{Name: "mail_sendmailmode", Role: Known}, {Name: "mail_smtpdebug", Role: Known}, {Name: "mail_template_class", Role: Known}, {Name: "mail_send_plaintext_only", Role: Known},
		},
		Marks: []Mark{{Key: "mail_smtpmode", Worth: 10}, {Key: "mail_smtphost", Worth: 8}},
		Mistaken: []Wrong{
			{Name: "mail_smtpuser", Right: "mail_smtpname"}, {Name: "mail_smtpusername", Right: "mail_smtpname"}, {Name: "mail_smtp_user", Right: "mail_smtpname"},
			{Name: "mail_smtppass", Right: "mail_smtppassword"}, {Name: "mail_smtp_password", Right: "mail_smtppassword"}, {Name: "mail_password", Right: "mail_smtppassword"},
			{Name: "mail_smtpencryption", Right: "mail_smtpsecure"}, {Name: "mail_smtpssl", Right: "mail_smtpsecure"}, {Name: "mail_from_domain", Right: "mail_domain"}, {Name: "mail_from", Right: "mail_from_address"},
		},
		Traps: nextcloudTraps(), Ranges: []string{"26"},
		Sources: []string{"nextcloud/server lib/private/Mail/Mailer.php, config/config.sample.php, 25 and 26 to 31"},
	},
	{
		ID: "nextcloud-docker", App: "Nextcloud (image's variables)", Form: Env, Mode: NextcloudEnv,
		Images: []string{"nextcloud"}, Files: []string{"db.env"},
		Keys: []Key{
			{Name: "SMTP_HOST", Role: Host},
			{Name: "SMTP_PORT", Role: Port},
			{Name: "SMTP_SECURE", Role: Scheme, Words: []Word{{V: "", Mode: target.Cleartext}, {V: "tls", Mode: target.STARTTLS}, {V: "ssl", Mode: target.Implicit}}, Else: "="},
			{Name: "SMTP_AUTHTYPE", Role: Known},
			{Name: "SMTP_NAME", Role: User},
			{Name: "SMTP_PASSWORD", Also: []string{"SMTP_PASSWORD_FILE"}, Role: Pass},
			{Name: "MAIL_FROM_ADDRESS", Role: Local, Must: "The image reads the mail settings only where SMTP_HOST, MAIL_FROM_ADDRESS and MAIL_DOMAIN are all set"},
			{Name: "MAIL_DOMAIN", Role: Domain, Must: "The image reads the mail settings only where SMTP_HOST, MAIL_FROM_ADDRESS and MAIL_DOMAIN are all set"},
			{Name: "NEXTCLOUD_ADMIN_USER", Role: Known}, {Name: "NEXTCLOUD_TRUSTED_DOMAINS", Role: Known},
		},
		Params:   Params{DefaultPort: "465/465/25"},
		Marks:    []Mark{{Key: "SMTP_NAME", Worth: 5}, {Key: "SMTP_AUTHTYPE", Worth: 5}, {Key: "NEXTCLOUD_ADMIN_USER", Worth: 6}, {Key: "NEXTCLOUD_TRUSTED_DOMAINS", Worth: 6}},
		Mistaken: []Wrong{{Name: "SMTP_USER", Right: "SMTP_NAME"}, {Name: "SMTP_USERNAME", Right: "SMTP_NAME"}, {Name: "SMTP_PASS", Right: "SMTP_PASSWORD"}, {Name: "SMTP_FROM", Right: "MAIL_FROM_ADDRESS"}},
		Traps:    []Trap{wholeAddress("MAIL_FROM_ADDRESS", "MAIL_DOMAIN")}, Ranges: []string{"26"},
		Sources: []string{"nextcloud/docker .config/smtp.config.php, README"},
	},
	{
		ID: "moodle", App: "Moodle", Form: PHP, Also: []Form{Commands}, Mode: PHPMailer,
		Files: []string{"config.php"},
		Keys: []Key{
			{Name: "smtphosts", Role: HostPort},
			{Name: "smtpsecure", Role: Scheme, Words: phpmailerWords, Else: "="},
			{Name: "smtpauthtype", Role: Mech},
			{Name: "smtpuser", Role: User},
			{Name: "smtppass", Role: Pass},
			{Name: "noreplyaddress", Role: From},
			{Name: "noemailever", Role: Disabled},
			{Name: "smtpmaxbulk", Role: Known}, {Name: "divertallemailsto", Role: Known}, {Name: "emailfromvia", Role: Known}, {Name: "allowedemaildomains", Role: Known},
		},
		Params: Params{Case: true, DefaultPort: "25/25/25"},
		Marks:  []Mark{{Key: "smtphosts", Worth: 10}, {Key: "noreplyaddress", Worth: 4}},
		Mistaken: []Wrong{
			{Name: "smtpport", Why: "Moodle has no key for the port: write host:port in smtphosts"}, {Name: "smtphost", Right: "smtphosts"},
			{Name: "smtpusername", Right: "smtpuser"}, {Name: "smtppassword", Right: "smtppass"}, {Name: "smtpencryption", Right: "smtpsecure"}, {Name: "smtpauth", Why: "Moodle logs in where smtpuser is set"},
			{Name: "noreply", Right: "noreplyaddress"}, {Name: "smtpfrom", Right: "noreplyaddress"},
		},
		Traps: []Trap{
			{
				Check: "setting-port-missing", Severity: "warning", Key: "smtphosts",
				When: func(s Settings) bool {
					v, _ := s.Get("smtphosts")
					return v != "" && !strings.Contains(v, ":") && (s.Role(User) != "" || filled(s, "smtpsecure"))
				},
				Summary: "smtphosts names no port: Moodle connects to 25, which many networks block",
				Detail:  "There is no smtpport; the port stands behind the host.",
				Fix:     []string{"Write host and port in smtphosts, such as smtp.example.com:587"},
				Sets: func(s Settings) map[string]string {
					v, _ := s.Get("smtphosts")
					port, set := s.Get("smtpport")
					if !set || port == "" {
						port = "587"
						if is(s, "smtpsecure", "ssl") {
							port = "465"
						}
					}
					return map[string]string{"smtphosts": v + ":" + port}
				},
			},
			{
				Check: "mailer-swallows-mail", Severity: "warning", Key: "divertallemailsto",
				When:    func(s Settings) bool { return filled(s, "divertallemailsto") },
				Summary: "divertallemailsto is set: every mail goes to that address, none to its recipient",
				Fix:     []string{"Remove divertallemailsto"},
			},
		},
		Restart: "Purge the caches: php admin/cli/purge_caches.php",
		Sources: []string{"moodle/moodle lib/moodlelib.php, lib/phpmailer/moodle_phpmailer.php, config-dist.php"},
	},
	{
		ID: "joomla", App: "Joomla", Form: PHP, Mode: PHPMailer,
		Files: []string{"configuration.php"}, Images: []string{"joomla"},
		Keys: []Key{
			{Name: "mailer", Role: Driver, Words: []Word{{V: "smtp", Channel: "smtp"}, {V: "mail", Channel: "sendmail"}, {V: "sendmail", Channel: "sendmail"}}, Must: "Without it Joomla sends by PHP's mail()"},
			{Name: "smtphost", Role: Host, Default: "localhost"},
			{Name: "smtpport", Role: Port, Default: "25"},
			{Name: "smtpsecure", Role: Scheme, Default: "none", Else: "=", Words: []Word{{V: "tls", Mode: target.STARTTLS}, {V: "ssl", Mode: target.Implicit}, {V: "none"}, {V: "", Not: true}}},
			{Name: "smtpauth", Role: Login, Default: "false"},
			{Name: "smtpuser", Role: User},
			{Name: "smtppass", Role: Pass},
			{Name: "mailfrom", Role: From},
			{Name: "fromname", Role: FromName},
			{Name: "mailonline", Role: Enabled, Default: "true"},
			{Name: "massmailoff", Role: Known}, {Name: "sendmail", Role: Known}, {Name: "replyto", Role: Known},
		},
		Marks: []Mark{{Key: "mailonline", Worth: 6}, {Value: "class JConfig", Worth: 10}, {Value: "public $smtp", Worth: 20}, {Key: "mailfrom", Worth: 6}},
		Mistaken: []Wrong{{Name: "smtpusername", Right: "smtpuser"}, {Name: "smtppassword", Right: "smtppass"}, {Name: "smtpencryption", Right: "smtpsecure"}, {Name: "smtpserver", Right: "smtphost"}, {Name: "smtphosts", Right: "smtphost"},
			{Name: "smtpssl", Right: "smtpsecure"}, {Name: "from", Right: "mailfrom"}},
		Traps:   []Trap{usesPHPMail("mailer", "smtp", "mail", "sendmail")},
		Sources: []string{"joomla/joomla-cms libraries/src/Mail/Mail.php, installation/configuration.php-dist"},
	},
	{
		ID: "drupal", App: "Drupal", Form: PHP, Also: []Form{YAML, Commands}, Mode: Drupal,
		Files: []string{"settings.php", "settings.local.php", "smtp.settings.yml", "system.mail.yml"}, Packages: []string{"drupal/core-recommended", "drupal/core", "drupal/smtp"}, Images: []string{"drupal"},
		Keys: []Key{
			{Name: "mailer_dsn.scheme", Role: Scheme, Words: []Word{{V: "smtp"}, {V: "smtps", Mode: target.Implicit}, {V: "sendmail", Mode: target.Unknown, Not: true}, {V: "native", Mode: target.Unknown, Not: true}, {V: "null", Mode: target.Unknown, Not: true}}, Beside: "mailer_dsn.host"},
			{Name: "mailer_dsn.host", Role: Host},
			{Name: "mailer_dsn.port", Role: Port},
			{Name: "mailer_dsn.user", Role: User},
			{Name: "mailer_dsn.password", Role: Pass},
			{Name: "mailer_dsn.options.require_tls", Role: Require, Beside: "-"}, {Name: "mailer_dsn.options.auto_tls", Role: AutoTLS, Beside: "-"}, {Name: "mailer_dsn.options.verify_peer", Role: Verify},
			{Name: "interface.default", Role: Known},
			{Name: "smtp_on", Role: Enabled},
			{Name: "smtp_host", Role: Host},
			{Name: "smtp_port", Role: Port},
			{Name: "smtp_protocol", Role: Level, Words: []Word{{V: "tls", Mode: target.STARTTLS}, {V: "ssl", Mode: target.Implicit}, {V: "standard"}, {V: "", Not: true}}, Beside: "smtp_host"},
			{Name: "smtp_autotls", Role: AutoTLS, Beside: "-"},
			{Name: "smtp_username", Role: User},
			{Name: "smtp_password", Role: Pass},
			{Name: "smtp_from", Role: From}, {Name: "smtp_fromname", Role: FromName},
			{Name: "system.site.mail", Role: From},
			{Name: "smtp_timeout", Role: Timeout}, {Name: "smtp_client_hostname", Role: HELO}, {Name: "smtp_hostbackup", Role: Known}, {Name: "smtp_allowhtml", Role: Known},
			{Name: "smtp_verifypeer", Role: Known}, {Name: "smtp_debugging", Role: Known}, {Name: "smtp_keepalive", Role: Known},
		},
		Marks: []Mark{{Key: "mailer_dsn.host", Worth: 9}, {Key: "mailer_dsn.scheme", Worth: 9}, {Key: "smtp_protocol", Worth: 6}, {Key: "smtp.settings.*", Worth: 10}, {Key: "smtp_on", Worth: 5}, {Value: "['smtp.settings']", Worth: 9}},
		Mistaken: []Wrong{{Name: "mailer_dsn.username", Right: "mailer_dsn.user"}, {Name: "mailer_dsn.pass", Right: "mailer_dsn.password"}, {Name: "mailer_dsn.options.encryption", Why: "It belongs to SwiftMailer; the scheme is smtp or smtps"},
			{Name: "smtp_user", Right: "smtp_username"}, {Name: "smtp_pass", Right: "smtp_password"}, {Name: "smtp_encryption", Right: "smtp_protocol"}, {Name: "smtp_secure", Right: "smtp_protocol"}},
		Traps: []Trap{
			{
				Check: "setting-ignored", Severity: "warning", Key: "mailer_dsn.scheme",
				When: func(s Settings) bool {
					return s.Has("mailer_dsn.host") && !is(s, "interface.default", "symfony_mailer") && !s.Has("smtp_host")
				},
				Summary: "mailer_dsn is read by the mail plugin symfony_mailer alone, and that is not chosen",
				Detail:  "The default plugin, php_mail, sends by PHP's mail().",
				Fix:     []string{"Set $config['system.mail']['interface']['default'] = 'symfony_mailer'"},
			},
			{
				Check: "mailer-switched-off", Severity: "note", Key: "smtp_on",
				When:    func(s Settings) bool { return s.Has("smtp_host") && !s.Has("smtp_on") },
				Summary: "smtp_on is not set here; where the SMTP module is off, these settings are not used",
				Fix:     []string{"Set $config['smtp.settings']['smtp_on'] = TRUE"},
			},
			{
				Check: "mailer-swallows-mail", Key: "mailer_dsn.scheme",
				When:    func(s Settings) bool { return is(s, "mailer_dsn.scheme", "null") },
				Summary: "mailer_dsn has the scheme null: no mail is sent",
				Fix:     []string{"Set the scheme to smtp or smtps"},
				Set:     map[string]string{"mailer_dsn.scheme": "smtp"},
			},
		},
		Restart: "Run drush cache:rebuild",
		Sources: []string{"drupal core mailer_dsn (change record 3369935)", "drupal/smtp smtp.settings schema"},
	},
	{
		ID: "drupal-symfony-mailer", App: "Drupal, Symfony Mailer module", Form: YAML, Also: []Form{PHP}, Mode: byNumber,
		Files: []string{"symfony_mailer.mailer_transport.*.yml"}, Packages: []string{"drupal/symfony_mailer"},
		Keys: []Key{
			{Name: "plugin", Role: Driver, Words: []Word{{V: "smtp", Channel: "smtp"}, {V: "sendmail", Channel: "sendmail"}, {V: "native", Channel: "sendmail"}, {V: "dsn", Channel: "smtp"}, {V: "null", Channel: "none", Swallows: "sends no mail"}}},
			{Name: "configuration.host", Role: Host}, {Name: "configuration.port", Role: Port, Default: "25"},
			{Name: "configuration.user", Role: User}, {Name: "configuration.pass", Role: Pass}, {Name: "configuration.query.verify_peer", Role: Verify}, {Name: "configuration.query.local_domain", Role: HELO},
		},
		Marks:   []Mark{{Key: "configuration.query.verify_peer", Worth: 9}, {Value: "symfony_mailer.mailer_transport", Worth: 9}},
		Sources: []string{"drupal/symfony_mailer src/Plugin/MailerTransport/SmtpTransport.php"},
	},
}

// nextcloudTraps are those of config.php.
func nextcloudTraps() []Trap {
	return []Trap{
		{
			Check: "client-config-invalid", Severity: "warning", Key: "mail_smtpauth", Since: "26",
			When: func(s Settings) bool {
				v, set := s.Get("mail_smtpauth")
				return set && v == "" && s.Role(User) == ""
			},
			Summary: "mail_smtpauth is empty text, which Nextcloud 26.0 stumbles over",
			Fix:     []string{"Set mail_smtpauth to false"}, Set: map[string]string{"mail_smtpauth": "false"},
		},
		wholeAddress("mail_from_address", "mail_domain"),
		usesPHPMail("mail_smtpmode", "smtp", "sendmail", "qmail", "php"),
	}
}

// wholeAddress is a whole address where only what stands before the @ belongs.
func wholeAddress(local, domain string) Trap {
	return Trap{
		Check: "client-config-invalid", Severity: "error", Key: local,
		When: func(s Settings) bool {
			v, _ := s.Get(local)
			return strings.Contains(v, "@")
		},
		Summary: local + " holds a whole address; it takes what stands before the @ alone",
		Detail:  "The sender becomes user@example.com@example.com, which servers refuse.",
		Fix:     []string{"Write what stands before the @ in " + local + " and the rest in " + domain},
		Sets: func(s Settings) map[string]string {
			v, _ := s.Get(local)
			before, behind, _ := strings.Cut(v, "@")
			if d, set := s.Get(domain); set && d != "" {
				return map[string]string{local: before}
			}
			return map[string]string{local: before, domain: behind}
		},
	}
}
