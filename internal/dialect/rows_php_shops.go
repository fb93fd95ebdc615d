package dialect

import (
	"strings"

	"github.com/maildoctor/maildoctor/internal/target"
)

// sslOrTLS are the words of PHPMailer where an application hands them on.
var sslOrTLS = []Word{{V: "tls", Mode: target.STARTTLS}, {V: "ssl", Mode: target.Implicit}, {V: "", Mode: target.Cleartext, Not: true}}

// phpShops are shops and platforms.
var phpShops = []Dialect{
	{
		ID: "magento", App: "Magento 2", Form: Commands, Also: []Form{PHP, Env}, Mode: Magento,
		Files: []string{"env.php", "config.php"}, Packages: []string{"magento/product-community-edition", "magento/project-community-edition", "magento/framework", "mage-os/product-community-edition"},
		Keys: []Key{
			{Name: "system/smtp/transport", Also: []string{"system.smtp.transport", "CONFIG__DEFAULT__SYSTEM__SMTP__TRANSPORT"}, Role: Driver, Words: []Word{{V: "smtp", Channel: "smtp"}, {V: "sendmail", Channel: "sendmail"}},
				Must: "Without it Magento sends by sendmail"},
			{Name: "system/smtp/host", Also: []string{"system.smtp.host", "CONFIG__DEFAULT__SYSTEM__SMTP__HOST"}, Role: Host, Default: "localhost"},
			{Name: "system/smtp/port", Also: []string{"system.smtp.port", "CONFIG__DEFAULT__SYSTEM__SMTP__PORT"}, Role: Port, Default: "25"},
			{Name: "system/smtp/ssl", Also: []string{"system.smtp.ssl", "CONFIG__DEFAULT__SYSTEM__SMTP__SSL"}, Role: Scheme, Words: []Word{
				{V: "tls", Mode: target.STARTTLS}, {V: "ssl", Mode: target.Implicit}, {V: "", Mode: target.Cleartext}, {V: "none", Mode: target.Cleartext, Not: true},
			}},
			{Name: "system/smtp/auth", Also: []string{"system.smtp.auth", "CONFIG__DEFAULT__SYSTEM__SMTP__AUTH"}, Role: Login, Default: "none", Words: []Word{
				{V: "login"}, {V: "plain"}, {V: "none", Channel: "off"}, {V: "", Channel: "off"}, {V: "crammd5"},
			}},
			{Name: "system/smtp/username", Also: []string{"system.smtp.username", "CONFIG__DEFAULT__SYSTEM__SMTP__USERNAME"}, Role: User},
			{Name: "system/smtp/password", Also: []string{"system.smtp.password", "CONFIG__DEFAULT__SYSTEM__SMTP__PASSWORD"}, Role: Pass},
			{Name: "system/smtp/disable", Also: []string{"system.smtp.disable", "CONFIG__DEFAULT__SYSTEM__SMTP__DISABLE"}, Role: Disabled, Yes: "1", No: "0"},
			{Name: "trans_email/ident_general/email", Also: []string{"trans_email.ident_general.email", "CONFIG__DEFAULT__TRANS_EMAIL__IDENT_GENERAL__EMAIL"}, Role: From},
			{Name: "system/smtp/set_return_path", Also: []string{"system.smtp.set_return_path"}, Role: Known}, {Name: "system/smtp/return_path_email", Also: []string{"system.smtp.return_path_email"}, Role: Known},
		},
		Marks: []Mark{{Key: "system/smtp/host", Worth: 10}, {Value: "system/smtp/", Worth: 10}, {Key: "system.smtp.transport", Worth: 10}, {File: "env.php", Worth: 4}},
		Mistaken: []Wrong{
			{Name: "system/smtp/user", Right: "system/smtp/username"}, {Name: "system/smtp/pass", Right: "system/smtp/password"}, {Name: "system/smtp/encryption", Right: "system/smtp/ssl"}, {Name: "system/smtp/protocol", Right: "system/smtp/ssl"}, {Name: "system/smtp/tls", Right: "system/smtp/ssl"}, {Name: "system/smtp/authentication", Right: "system/smtp/auth"},
			{Name: "system.smtp.user", Right: "system.smtp.username"}, {Name: "system.smtp.pass", Right: "system.smtp.password"}, {Name: "system.smtp.encryption", Right: "system.smtp.ssl"}, {Name: "system.smtp.tls", Right: "system.smtp.ssl"},
		},
		Traps: []Trap{
			{
				Check: "release-bug", Severity: "warning", Key: "system/smtp/ssl", Since: "2.4.8", Until: "2.4.9",
				When:    func(s Settings) bool { return s.VersionKnown() && s.Mode() == target.Implicit && s.Port() != 465 },
				Summary: "Magento 2.4.8 takes system/smtp/ssl=tls for implicit TLS on every port",
				Detail:  "It is magento2#39947. With an empty value STARTTLS is used where the server offers it.",
				Fix:     []string{"Set system/smtp/ssl to nothing, or update to 2.4.9"},
			},
			{
				Check: "setting-ignored", Severity: "note", Key: "system/smtp/host",
				When: func(s Settings) bool {
					return s.Has("smtp/configuration_option/host") || s.Has("smtp.configuration_option.host") || s.Has("system/gmailsmtpapp/host")
				},
				Summary: "An SMTP extension is set up, too: its settings win over those of the core",
				Fix:     []string{"Keep the settings in one place"},
			},
			usesPHPMail("system/smtp/transport", "smtp", "sendmail"),
		},
		Ranges:  []string{"2.4.8", "2.4.9"},
		Restart: "Run bin/magento cache:flush",
		Sources: []string{"magento/magento2 Magento/Email/Model/Transport.php; #39947, #40028"},
	},
	{
		ID: "magento-mageplaza", App: "Magento 2, Mageplaza SMTP", Form: Commands, Also: []Form{PHP}, Mode: ByWord, Doubt: true,
		Packages: []string{"mageplaza/module-smtp"},
		Keys: []Key{
			{Name: "smtp/general/enabled", Also: []string{"smtp.general.enabled"}, Role: Enabled, Yes: "1", No: "0"},
			{Name: "smtp/configuration_option/host", Also: []string{"smtp.configuration_option.host"}, Role: Host},
			{Name: "smtp/configuration_option/port", Also: []string{"smtp.configuration_option.port"}, Role: Port},
			{Name: "smtp/configuration_option/protocol", Also: []string{"smtp.configuration_option.protocol"}, Role: Scheme, Words: sslOrTLS},
			{Name: "smtp/configuration_option/authentication", Also: []string{"smtp.configuration_option.authentication"}, Role: Login, Words: []Word{{V: "login"}, {V: "plain"}, {V: "crammd5"}, {V: "", Channel: "off"}}},
			{Name: "smtp/configuration_option/username", Also: []string{"smtp.configuration_option.username"}, Role: User},
			{Name: "smtp/configuration_option/password", Also: []string{"smtp.configuration_option.password"}, Role: Pass},
		},
		Params:  Params{Fixed: target.Cleartext},
		Marks:   []Mark{{Key: "smtp/configuration_option/host", Worth: 10}, {Key: "smtp.configuration_option.host", Worth: 10}},
		Sources: []string{"mageplaza/magento-2-smtp#429"},
	},
	{
		ID: "prestashop", App: "PrestaShop", Form: Env, Also: []Form{SQL, INI, JSON, YAML}, Mode: PrestaShop,
		Packages: []string{"prestashop/prestashop"}, Images: []string{"prestashop/prestashop"},
		Keys: []Key{
			{Name: "PS_MAIL_METHOD", Role: Driver, Default: "1", Words: []Word{{V: "2", Channel: "smtp"}, {V: "1", Channel: "sendmail"}, {V: "3", Channel: "none", Swallows: "sends no mail"}}},
			{Name: "PS_MAIL_SERVER", Role: Host},
			{Name: "PS_MAIL_SMTP_PORT", Role: Port, Default: "25"},
			{Name: "PS_MAIL_SMTP_ENCRYPTION", Role: Scheme, Default: "off", Words: []Word{{V: "tls", Mode: target.STARTTLS}, {V: "ssl", Mode: target.Implicit}, {V: "off", Mode: target.Cleartext}, {V: "", Mode: target.Cleartext, Not: true}}},
			{Name: "PS_MAIL_USER", Role: User},
			{Name: "PS_MAIL_PASSWD", Role: Pass},
			{Name: "PS_MAIL_DOMAIN", Role: HELO},
			{Name: "PS_SHOP_EMAIL", Role: From},
			{Name: "PS_MAIL_TYPE", Role: Known}, {Name: "PS_MAIL_EMAIL_MESSAGE", Role: Known},
		},
		Marks: []Mark{{Key: "PS_MAIL_SMTP_ENCRYPTION", Worth: 10}, {Key: "PS_MAIL_SERVER", Worth: 8}, {Key: "PS_MAIL_METHOD", Worth: 8}},
		Mistaken: []Wrong{{Name: "PS_MAIL_HOST", Right: "PS_MAIL_SERVER"}, {Name: "PS_MAIL_SMTP_SERVER", Right: "PS_MAIL_SERVER"}, {Name: "PS_MAIL_PORT", Right: "PS_MAIL_SMTP_PORT"}, {Name: "PS_MAIL_PASSWORD", Right: "PS_MAIL_PASSWD"}, {Name: "PS_MAIL_PASS", Right: "PS_MAIL_PASSWD"},
			{Name: "PS_MAIL_USERNAME", Right: "PS_MAIL_USER"}, {Name: "PS_MAIL_ENCRYPTION", Right: "PS_MAIL_SMTP_ENCRYPTION"}, {Name: "PS_MAIL_FROM", Right: "PS_SHOP_EMAIL"}},
		Traps: []Trap{
			{
				Check: "release-bug", Severity: "warning", Key: "PS_MAIL_SMTP_ENCRYPTION", Since: "9.0.0", Until: "9.0.1",
				When: func(s Settings) bool {
					return s.VersionKnown() && is(s, "PS_MAIL_SMTP_ENCRYPTION", "tls") && s.Port() != 465
				},
				Summary: "PrestaShop 9.0.0 takes tls for implicit TLS on every port; up to 8 it was STARTTLS",
				Detail:  "It is PrestaShop#36663. With off, STARTTLS is used where the server offers it.",
				Fix:     []string{"Set PS_MAIL_SMTP_ENCRYPTION to off, or move to port 465, or update PrestaShop"},
			},
			usesPHPMail("PS_MAIL_METHOD", "2", "1"),
		},
		Ranges:  []string{"9.0.0", "9.0.1"},
		Restart: "Clear the cache of the shop",
		Sources: []string{"PrestaShop/PrestaShop#36663, #38774, classes/Mail.php"},
	},
	{
		ID: "appwrite", App: "Appwrite", Form: Env, Mode: ByWord,
		Images: []string{"appwrite/appwrite"}, Files: []string{".env"},
		Keys: []Key{
			{Name: "_APP_SMTP_HOST", Role: Host},
			{Name: "_APP_SMTP_PORT", Role: Port, Default: "25"},
			{Name: "_APP_SMTP_SECURE", Role: Scheme, Words: append([]Word{}, sslOrTLS...)},
			{Name: "_APP_SMTP_USERNAME", Role: User},
			{Name: "_APP_SMTP_PASSWORD", Role: Pass},
			{Name: "_APP_SYSTEM_EMAIL_ADDRESS", Role: From, Default: "noreply@appwrite.io"},
			{Name: "_APP_SYSTEM_EMAIL_NAME", Role: FromName}, {Name: "_APP_SYSTEM_TEAM_EMAIL", Role: Known}, {Name: "_APP_SYSTEM_RESPONSE_FORMAT", Role: Known}, {Name: "_APP_SYSTEM_SECURITY_EMAIL_ADDRESS", Role: Known}, {Name: "_APP_EMAIL_SECURITY", Role: Known},
		},
		Params: Params{Fixed: target.Cleartext, Case: true},
		Marks:  []Mark{{Key: "_APP_SMTP_HOST", Worth: 10}, {Key: "_APP_SMTP_*", Worth: 6}},
		Mistaken: []Wrong{{Name: "_APP_SMTP_USER", Right: "_APP_SMTP_USERNAME"}, {Name: "_APP_SMTP_PASS", Right: "_APP_SMTP_PASSWORD"}, {Name: "_APP_SMTP_TLS", Right: "_APP_SMTP_SECURE"}, {Name: "_APP_SMTP_SSL", Right: "_APP_SMTP_SECURE"}, {Name: "_APP_SMTP_ENCRYPTION", Right: "_APP_SMTP_SECURE"},
			{Name: "_APP_SMTP_FROM", Right: "_APP_SYSTEM_EMAIL_ADDRESS"}, {Name: "_APP_EMAIL_FROM", Right: "_APP_SYSTEM_EMAIL_ADDRESS"}},
		Traps: []Trap{{
			Check: "from-mismatch", Severity: "warning", Key: "_APP_SYSTEM_EMAIL_ADDRESS",
			When: func(s Settings) bool {
				v, set := s.Get("_APP_SYSTEM_EMAIL_ADDRESS")
				return s.Role(Host) != "" && (!set || v == "" || strings.HasSuffix(v, "@appwrite.io"))
			},
			Summary: "_APP_SYSTEM_EMAIL_ADDRESS is not yours: mail goes out from an address at appwrite.io",
			Detail:  "Your provider refuses a sender that is not yours, mostly with 550.",
			Fix:     []string{"Set _APP_SYSTEM_EMAIL_ADDRESS to an address that your provider lets you send from"},
		}},
		Restart: "Run docker compose up -d --force-recreate: appwrite-worker-mails sends, and has to get the new values",
		Sources: []string{"appwrite/appwrite app/init/registers.php (SMTPAutoTLS is off), src/Appwrite/Platform/Workers/Mails.php"},
	},
	{
		ID: "coolify", App: "Coolify", Form: JSON, Also: []Form{Env}, Mode: Coolify,
		Images: []string{"ghcr.io/coollabsio/coolify", "coollabsio/coolify"},
		Keys: []Key{
			{Name: "resend_enabled", Role: Known},
			{Name: "smtp_enabled", Role: Known},
			{Name: "use_instance_email_settings", Role: Known},
			{Name: "smtp_host", Role: Host},
			{Name: "smtp_port", Role: Port},
			{Name: "smtp_encryption", Role: Scheme, Words: []Word{
				{V: "starttls", Since: "4.0.0-beta.380"}, {V: "tls"}, {V: "none"}, {V: "ssl", Until: "4.0.0-beta.380"}, {V: "", Not: true},
			}},
			{Name: "smtp_username", Role: User},
			{Name: "smtp_password", Role: Pass},
			{Name: "smtp_from_address", Role: From},
			{Name: "smtp_from_name", Role: FromName},
			{Name: "smtp_timeout", Role: Timeout},
			{Name: "smtp_ehlo_domain", Role: HELO, Since: "4.3.10"},
			{Name: "smtp_recipients", Role: Ignored, Silent: true, Why: "Coolify writes to the members of the team"},
			{Name: "resend_api_key", Role: APIKey},
		},
		Marks:   []Mark{{Key: "smtp_encryption", Worth: 5}, {Key: "resend_enabled", Worth: 8}, {Key: "smtp_enabled", Worth: 4}, {Key: "use_instance_email_settings", Worth: 8}},
		Traps:   coolifyTraps(),
		Ranges:  []string{"4.0.0-beta.377", "4.0.0-beta.380", "4.0.0-beta.381", "4.0.0-beta.401", "4.3.10"},
		Restart: "Run docker restart coolify: queue workers may hold the old values",
		Sources: []string{"coollabsio/coolify app/Notifications/Channels/EmailChannel.php, app/Support/SmtpTransportFactory.php; #4634, #4649, #11384"},
	},
}

// coolifyTraps are those of the table instance_settings and of the teams'.
func coolifyTraps() []Trap {
	return []Trap{
		{
			Check: "release-bug", Severity: "warning", Key: "smtp_encryption", Since: "4.0.0-beta.401", Until: "4.3.10",
			When:    func(s Settings) bool { return s.VersionKnown() && is(s, "smtp_encryption", "none") },
			Summary: "Before v4.3.10 notifications and test mails use STARTTLS in spite of smtp_encryption=none",
			Detail:  "Only invitations and resets of passwords go out in clear text. A relay whose certificate does not hold then fails. It is #11384.",
			Fix:     []string{"Update Coolify to v4.3.10 or later, or give the relay a certificate that holds"},
		},
		{
			Check: "release-bug", Severity: "warning", Key: "smtp_encryption", Since: "4.0.0-beta.377", Until: "4.0.0-beta.380",
			When:    func(s Settings) bool { return s.VersionKnown() && is(s, "smtp_encryption", "tls") && s.Port() != 465 },
			Summary: "v4.0.0-beta.377 to 379 take TLS for implicit TLS on every port",
			Detail:  "They carry Laravel 11.35.0. SSL uses STARTTLS there, where the server offers it. It is #4634.",
			Fix:     []string{"Update Coolify to v4.0.0-beta.380 or later, or choose SSL"},
		},
		{
			Check: "release-bug", Severity: "warning", Key: "smtp_encryption", Since: "4.0.0-beta.381", Until: "4.3.10",
			When: func(s Settings) bool {
				return s.VersionKnown() && is(s, "smtp_encryption", "tls") && s.Port() != 465 && s.Role(Port) != "587" && s.Role(Port) != "25"
			},
			Summary: "Before v4.3.10 tls is implicit TLS on port 465 alone for some of the mails",
			Fix:     []string{"Set smtp_port to 465, or update Coolify"},
		},
		{
			Check: "setting-ignored", Severity: "warning", Key: "smtp_enabled",
			When: func(s Settings) bool {
				return is(s, "resend_enabled", "true", "1", "t") && is(s, "smtp_enabled", "true", "1", "t")
			},
			Summary: "resend_enabled and smtp_enabled are both on: Resend is used, SMTP is not",
			Fix:     []string{"Set one of them to false"},
			Set:     map[string]string{"smtp_enabled": "false"},
		},
		{
			Check: "mailer-switched-off", Key: "smtp_enabled",
			When: func(s Settings) bool {
				return is(s, "smtp_enabled", "false", "0", "f") && !is(s, "resend_enabled", "true", "1", "t") && !is(s, "use_instance_email_settings", "true", "1", "t") && filled(s, "smtp_host")
			},
			Summary: "smtp_enabled is false and Resend is off: Coolify sends no mail, and says that it did",
			Fix:     []string{"Set smtp_enabled to true"},
			Set:     map[string]string{"smtp_enabled": "true"},
		},
		{
			Check: "client-config-invalid", Severity: "warning", Key: "smtp_timeout",
			When:    func(s Settings) bool { return is(s, "smtp_timeout", "0") },
			Summary: "smtp_timeout=0 makes every connection time out at once",
			Fix:     []string{"Set smtp_timeout to 30, or to nothing"},
			Set:     map[string]string{"smtp_timeout": "30"},
		},
		{
			Check: "setting-ignored", Severity: "note", Key: "use_instance_email_settings",
			When:    func(s Settings) bool { return is(s, "use_instance_email_settings", "true", "1", "t") },
			Summary: "This team sends by the settings of the instance; its own SMTP values are not used",
			Fix:     []string{"Check the settings of the instance"},
		},
	}
}
