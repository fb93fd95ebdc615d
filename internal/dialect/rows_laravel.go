package dialect

import (
	"strings"

	"github.com/maildoctor/maildoctor/internal/target"
)

const laravelRestart = "Run php artisan config:clear (or config:cache again) and restart the queue workers: cached settings hide a change"

// laravelMailers are the values of MAIL_MAILER.
var laravelMailers = []Word{
	{V: "smtp", Channel: "smtp"},
	{V: "resend", Channel: "resend"},
	{V: "mailgun", Channel: "api"}, {V: "ses", Channel: "api"}, {V: "ses-v2", Channel: "api"}, {V: "postmark", Channel: "api"},
	{V: "mailersend", Channel: "api"}, {V: "cloudflare", Channel: "api"}, {V: "brevo", Channel: "api"}, {V: "sendgrid", Channel: "api"},
	{V: "mailjet", Channel: "api"}, {V: "mailtrap", Channel: "api"}, {V: "mailtrap-sdk", Channel: "api"}, {V: "microsoft-graph", Channel: "api"},
	{V: "sendinblue", Channel: "api"}, {V: "mandrill", Channel: "api"}, {V: "sparkpost", Channel: "api"}, {V: "zeptomail", Channel: "api"},
	{V: "sendmail", Channel: "sendmail"}, {V: "mail", Channel: "sendmail"},
	{V: "failover", Channel: "failover"}, {V: "roundrobin", Channel: "failover"},
	{V: "log", Channel: "log", Swallows: "writes every mail to the log and sends none"},
	{V: "array", Channel: "none", Swallows: "keeps every mail in memory and sends none"},
	{V: "null", Channel: "none", Swallows: "sends no mail"},
}

// laravelSchemes are the values of MAIL_SCHEME.
var laravelSchemes = []Word{{V: "smtp"}, {V: "smtps", Mode: target.Implicit}, {V: "null", Not: true}, {V: "", Not: true}}

// laravelEncryption are the values of MAIL_ENCRYPTION since Laravel 9: tls, or
// anything else.
var laravelEncryption = []Word{{V: "tls"}, {V: "null"}, {V: "ssl", Not: true}, {V: "", Not: true}}

// laravelURL is what MAIL_URL takes: its scheme is the name of a transport.
var laravelURL = Params{
	Fixed: target.STARTTLS,
	Schemes: []Word{
		{V: "smtp", Channel: "smtp"},
		{V: "smtps", Mode: target.Unknown, Not: true, Why: "The scheme of MAIL_URL is the name of a transport, and there is none called smtps. Write smtp:// and port 465"},
	},
	Options: []Key{{Name: "scheme", Role: Scheme, Words: laravelSchemes, Beside: "-"}, {Name: "verify_peer", Role: Verify}, {Name: "timeout", Role: Timeout}, {Name: "local_domain", Role: HELO}, {Name: "auto_tls", Role: Known}, {Name: "require_tls", Role: Known}},
}

// laravelServer are the keys that all skeletons share.
var laravelServer = []Key{
	{Name: "MAIL_USERNAME", Role: User},
	{Name: "MAIL_PASSWORD", Role: Pass},
	{Name: "MAIL_FROM_NAME", Role: FromName},
	{Name: "MAIL_EHLO_DOMAIN", Role: HELO},
	{Name: "MAIL_AUTH_MODE", Role: Ignored, Why: "No release of Laravel reads it: the mailer chooses the login itself"},
	{Name: "MAIL_LOG_CHANNEL", Role: Known},
	{Name: "MAIL_SENDMAIL_PATH", Role: Known},
	{Name: "MAIL_TIMEOUT", Role: Known},
	{Name: "APP_KEY", Role: Known},
	{Name: "MAIL_VERIFY_PEER", Role: Ignored, Silent: true},
}

// laravelSlips are names that people write in place of Laravel's.
var laravelSlips = []Wrong{
	{Name: "MAIL_FROM", Right: "MAIL_FROM_ADDRESS", Why: "Laravel reads the sender from MAIL_FROM_ADDRESS"},
	{Name: "MAIL_FROM_EMAIL", Right: "MAIL_FROM_ADDRESS"}, {Name: "MAIL_FROM_ADDR", Right: "MAIL_FROM_ADDRESS"},
	{Name: "MAIL_SENDER", Right: "MAIL_FROM_ADDRESS"}, {Name: "MAIL_ADDRESS", Right: "MAIL_FROM_ADDRESS"},
	{Name: "MAIL_USER", Right: "MAIL_USERNAME"}, {Name: "MAIL_USER_NAME", Right: "MAIL_USERNAME"}, {Name: "MAIL_LOGIN", Right: "MAIL_USERNAME"},
	{Name: "MAIL_PASS", Right: "MAIL_PASSWORD"}, {Name: "MAIL_PWD", Right: "MAIL_PASSWORD"},
	{Name: "MAIL_SERVER", Right: "MAIL_HOST"}, {Name: "MAIL_SMTP_HOST", Right: "MAIL_HOST"}, {Name: "SMTP_HOST", Right: "MAIL_HOST"},
	{Name: "MAIL_SMTP_PORT", Right: "MAIL_PORT"}, {Name: "SMTP_PORT", Right: "MAIL_PORT"},
	{Name: "MAIL_SMTP_USERNAME", Right: "MAIL_USERNAME"}, {Name: "SMTP_USERNAME", Right: "MAIL_USERNAME"}, {Name: "SMTP_USER", Right: "MAIL_USERNAME"},
	{Name: "MAIL_SMTP_PASSWORD", Right: "MAIL_PASSWORD"}, {Name: "SMTP_PASSWORD", Right: "MAIL_PASSWORD"}, {Name: "SMTP_PASS", Right: "MAIL_PASSWORD"},
	{Name: "MAIL_SECURE"}, {Name: "MAIL_TLS"}, {Name: "MAIL_SSL"}, {Name: "MAIL_STARTTLS"}, {Name: "MAIL_SMTP_SECURE"}, {Name: "SMTP_SECURE"}, {Name: "SMTP_ENCRYPTION"},
	{Name: "MAIL_TRANSPORT", Right: "MAIL_MAILER"}, {Name: "MAIL_PROTOCOL", Right: "MAIL_MAILER"},
}

func slips(more ...Wrong) []Wrong { return append(more, laravelSlips...) }

func keys(groups ...[]Key) []Key {
	var all []Key
	for _, g := range groups {
		all = append(all, g...)
	}
	return all
}

// is reports whether a key is set to one of some words.
func is(s Settings, key string, words ...string) bool {
	v, set := s.Get(key)
	for _, w := range words {
		if set && strings.EqualFold(strings.TrimSpace(v), w) {
			return true
		}
	}
	return false
}

// filled reports whether a key is set to something.
func filled(s Settings, key string) bool {
	v, set := s.Get(key)
	return set && strings.TrimSpace(v) != "" && !strings.EqualFold(v, "null")
}

var laravelCore = []Dialect{
	{
		ID: "laravel-resend", App: "Laravel with Resend", Form: LaravelEnv, Mode: Laravel,
		Files: []string{".env", ".env.*"}, Packages: []string{"resend/resend-laravel", "resend/resend-php"},
		Keys: keys([]Key{
			{Name: "MAIL_MAILER", Role: Driver, Default: "log", Words: resendFirst},
			{Name: "RESEND_API_KEY", Also: []string{"RESEND_KEY"}, Role: APIKey},
			{Name: "MAIL_SCHEME", Role: Scheme, Words: laravelSchemes},
			{Name: "MAIL_URL", Role: URL},
			{Name: "MAIL_HOST", Role: Host},
			{Name: "MAIL_PORT", Role: Port, Default: "2525"},
			{Name: "MAIL_FROM_ADDRESS", Role: From, Default: "hello@example.com"},
			{Name: "MAIL_ENCRYPTION", Role: Ignored, Instead: "MAIL_SCHEME", Silent: true},
		}, laravelServer),
		Params: laravelURL,
		Marks:  []Mark{{Key: "MAIL_MAILER", Value: "resend", Worth: 20}, {Key: "RESEND_KEY", Worth: 2}},
		Mistaken: slips(Wrong{Name: "RESEND_TOKEN", Right: "RESEND_API_KEY"}, Wrong{Name: "RESEND_APIKEY", Right: "RESEND_API_KEY"},
			Wrong{Name: "RESEND_SECRET", Right: "RESEND_API_KEY"}, Wrong{Name: "RESEND_API_TOKEN", Right: "RESEND_API_KEY"},
			Wrong{Name: "MAIL_DRIVER", Right: "MAIL_MAILER", Why: "MAIL_DRIVER was read up to Laravel 6"}),
		Traps: []Trap{
			{
				Check: "setting-ignored", Severity: "warning", Key: "RESEND_API_KEY",
				When: func(s Settings) bool {
					return s.Before("12.10") && filled(s, "RESEND_API_KEY") && !s.Has("RESEND_KEY") && is(s, "MAIL_MAILER", "resend")
				},
				Summary: "The config/services.php of this release reads RESEND_KEY, not RESEND_API_KEY",
				Detail:  "Skeletons before 12.10 name the variable RESEND_KEY; the package resend/resend-laravel reads RESEND_API_KEY. With the other name the key is empty.",
				Fix:     []string{"Look up 'resend' in config/services.php and set the name that stands there, RESEND_KEY as a rule"},
			},
			{
				Check: "setting-ignored", Severity: "warning", Key: "RESEND_KEY", Since: "12.10",
				When: func(s Settings) bool {
					return s.VersionKnown() && filled(s, "RESEND_KEY") && !s.Has("RESEND_API_KEY") && is(s, "MAIL_MAILER", "resend")
				},
				Summary: "The config/services.php of this release reads RESEND_API_KEY, not RESEND_KEY",
				Fix:     []string{"Look up 'resend' in config/services.php and set the name that stands there, RESEND_API_KEY as a rule"},
			},
			{
				Check: "setting-ignored", Severity: "note", Key: "MAIL_HOST",
				When:    func(s Settings) bool { return is(s, "MAIL_MAILER", "resend") && filled(s, "MAIL_HOST") },
				Summary: "MAIL_MAILER=resend sends over HTTPS: MAIL_HOST and the other SMTP settings are not used",
				Fix:     []string{"Remove the SMTP settings, or set MAIL_MAILER=smtp"},
			},
		},
		Restart: laravelRestart,
		Sources: []string{"laravel/laravel config/services.php (RESEND_API_KEY since 12.10)", "laravel/framework config/services.php", "resend/resend-laravel"},
	},
	{
		ID: "laravel-11plus", App: "Laravel 11.5 and later", Form: LaravelEnv, Mode: Laravel,
		Files: []string{".env", ".env.*"}, Packages: []string{"laravel/framework"},
		Keys: keys([]Key{
			{Name: "MAIL_MAILER", Role: Driver, Default: "log", Words: laravelMailers},
			{Name: "MAIL_SCHEME", Role: Scheme, Words: laravelSchemes},
			{Name: "MAIL_URL", Role: URL},
			{Name: "MAIL_HOST", Role: Host, Default: "127.0.0.1"},
			{Name: "MAIL_PORT", Role: Port, Default: "2525"},
			{Name: "MAIL_ENCRYPTION", Role: Level, Words: laravelEncryption, Else: "null", Until: "11.36", Instead: "MAIL_SCHEME", Beside: "-",
				Why: "Laravel reads MAIL_SCHEME since 11.36, and no MAIL_ENCRYPTION"},
			{Name: "MAIL_FROM_ADDRESS", Role: From, Default: "hello@example.com"},
			{Name: "RESEND_API_KEY", Also: []string{"RESEND_KEY"}, Role: APIKey},
		}, laravelServer),
		Marks:    []Mark{{Key: "MAIL_SCHEME", Worth: 8}, {Key: "MAIL_MAILER", Worth: 4}, {Key: "APP_KEY", Value: "base64:*", Worth: 2}},
		Mistaken: slips(Wrong{Name: "MAIL_DRIVER", Right: "MAIL_MAILER", Why: "MAIL_DRIVER was read up to Laravel 6"}),
		Traps:    []Trap{encryptionBesideSMTPS, encryptionBesideScheme, schemeByPort, failoverHides, nullLogin},
		Params:   laravelURL,
		Restart:  laravelRestart,
		Sources:  []string{"laravel/framework MailManager.php, tags v9.0.0 to v11.36.0 and 12.x", "laravel/laravel .env.example, config/mail.php"},
	},
	{
		ID: "laravel-9-10", App: "Laravel 9 and 10", Form: LaravelEnv, Mode: Laravel,
		Files: []string{".env", ".env.*"}, Packages: []string{"laravel/framework"},
		Keys: keys([]Key{
			{Name: "MAIL_MAILER", Role: Driver, Default: "smtp", Words: laravelMailers},
			{Name: "MAIL_URL", Role: URL, Since: "10.0"},
			{Name: "MAIL_HOST", Role: Host, Default: "smtp.mailgun.org"},
			{Name: "MAIL_PORT", Role: Port, Default: "587"},
			{Name: "MAIL_ENCRYPTION", Role: Level, Words: laravelEncryption, Else: "null"},
			{Name: "MAIL_SCHEME", Role: Ignored, Instead: "MAIL_ENCRYPTION", Why: "The config/mail.php of Laravel 9 and 10 has no scheme; it came with the skeleton of 11.5"},
			{Name: "MAIL_FROM_ADDRESS", Role: From, Default: "hello@example.com"},
			{Name: "RESEND_API_KEY", Also: []string{"RESEND_KEY"}, Role: APIKey},
		}, laravelServer),
		Marks:    []Mark{{Key: "MAIL_ENCRYPTION", Worth: 4}, {Key: "MAIL_MAILER", Worth: 4}, {Key: "APP_KEY", Value: "base64:*", Worth: 2}},
		Mistaken: slips(Wrong{Name: "MAIL_DRIVER", Right: "MAIL_MAILER", Why: "MAIL_DRIVER was read up to Laravel 6"}),
		Traps:    []Trap{sslIsNotSSL, tlsBug90, tlsBug1135, emptyBug1134, failoverHides, nullLogin},
		Params:   laravelURL,
		Ranges:   []string{"9.0.3", "11.34", "11.35.0", "11.35.1"},
		Restart:  laravelRestart,
		Sources:  []string{"laravel/framework MailManager.php, tags v9.0.0 to v11.36.0; #40943, #53749, #53863", "laravel/laravel 9.x, 10.x"},
	},
	{
		ID: "laravel-8minus", App: "Laravel 5 to 8", Form: LaravelEnv, Mode: Swift,
		Files: []string{".env", ".env.*"}, Packages: []string{"laravel/framework", "swiftmailer/swiftmailer"},
		Keys: keys([]Key{
			{Name: "MAIL_MAILER", Also: []string{"MAIL_DRIVER"}, Role: Driver, Default: "smtp", Words: laravelMailers},
			{Name: "MAIL_HOST", Role: Host, Default: "smtp.mailgun.org"},
			{Name: "MAIL_PORT", Role: Port, Default: "587"},
			{Name: "MAIL_ENCRYPTION", Role: Scheme, Words: encryptionWords},
			{Name: "MAIL_SCHEME", Role: Ignored, Instead: "MAIL_ENCRYPTION", Why: "MAIL_SCHEME came with Laravel 11; releases up to 8 read MAIL_ENCRYPTION"},
			{Name: "MAIL_URL", Role: Ignored, Why: "MAIL_URL came with Laravel 10"},
			{Name: "MAIL_FROM_ADDRESS", Role: From, Default: "hello@example.com"},
			{Name: "MAIL_PRETEND", Role: Known},
		}, laravelServer),
		Params:   Params{Fixed: target.STARTTLS},
		Marks:    []Mark{{Key: "MAIL_DRIVER", Worth: 5}, {Key: "MAIL_ENCRYPTION", Worth: 3}, {Key: "MAIL_MAILER", Worth: 2}, {Key: "APP_KEY", Value: "base64:*", Worth: 2}},
		Mistaken: slips(),
		Traps: []Trap{
			nullLogin,
			{
				Check: "setting-ignored", Severity: "warning", Key: "MAIL_DRIVER", Since: "7.0",
				When: func(s Settings) bool {
					return s.VersionKnown() && filled(s, "MAIL_DRIVER") && !s.Has("MAIL_MAILER") && !is(s, "MAIL_DRIVER", "smtp")
				},
				Summary: "MAIL_DRIVER is not read since Laravel 7: the mailer is smtp",
				Detail:  "Applications that were upgraded from Laravel 6 and kept their config/mail.php read it still.",
				Fix:     []string{"Set MAIL_MAILER in place of MAIL_DRIVER"},
			},
			{
				Check: "setting-ignored", Severity: "warning", Key: "MAIL_MAILER", Until: "7.0",
				When: func(s Settings) bool {
					return s.VersionKnown() && filled(s, "MAIL_MAILER") && !s.Has("MAIL_DRIVER")
				},
				Summary: "MAIL_MAILER is read from Laravel 7 on; this release reads MAIL_DRIVER",
				Fix:     []string{"Set MAIL_DRIVER in place of MAIL_MAILER"},
			},
			{
				Check: "setting-ignored", Severity: "warning", Key: "MAIL_PRETEND", Since: "5.4",
				When:    func(s Settings) bool { return is(s, "MAIL_PRETEND", "true") },
				Summary: "MAIL_PRETEND is not read since Laravel 5.4",
				Fix:     []string{"Remove MAIL_PRETEND, and set the mailer to log where no mail may go out"},
			},
		},
		Restart: laravelRestart,
		Sources: []string{"laravel/framework 5.x to 8.x MailManager.php, TransportManager.php", "swiftmailer/swiftmailer EsmtpTransport"},
	},
	{
		ID: "laravel-config-php", App: "Laravel, config/mail.php", Form: PHP, Mode: LaravelConfig,
		Files: []string{"mail.php"}, Packages: []string{"laravel/framework"},
		Keys: []Key{
			{Name: "default", Also: []string{"driver"}, Role: Driver, Default: "log", Words: laravelMailers},
			{Name: "mailers.smtp.scheme", Role: Scheme, Words: laravelSchemes},
			{Name: "mailers.smtp.encryption", Role: Level, Words: configEncryption, Else: "null", Beside: "-"},
			{Name: "mailers.smtp.url", Role: URL},
			{Name: "mailers.smtp.host", Role: Host},
			{Name: "mailers.smtp.port", Role: Port, Default: "25"},
			{Name: "mailers.smtp.username", Role: User},
			{Name: "mailers.smtp.password", Role: Pass},
			{Name: "mailers.smtp.local_domain", Role: HELO},
			{Name: "mailers.smtp.timeout", Role: Timeout},
			{Name: "mailers.smtp.transport", Role: Known},
			{Name: "mailers.smtp.verify_peer", Role: Verify, Since: "9.0"},
			{Name: "mailers.smtp.require_tls", Role: Require, Beside: "-"},
			{Name: "mailers.smtp.auto_tls", Role: AutoTLS, Beside: "-"},
			{Name: "mailers.smtp.auth_mode", Role: Mech, Until: "9.0", Why: "Since Laravel 9 the mailer chooses the login itself"},
			{Name: "mailers.smtp.stream.ssl.verify_peer", Role: Verify, Until: "9.0", Why: "Stream options are not read since Laravel 9; verify_peer stands beside host and port"},
			{Name: "mailers.smtp.stream.ssl.allow_self_signed", Role: NoVerify, Until: "9.0", Why: "Stream options are not read since Laravel 9; verify_peer stands beside host and port"},
			{Name: "mailers.failover.mailers.0", Role: Known}, {Name: "mailers.failover.mailers.1", Role: Known},
			{Name: "from.address", Role: From},
			{Name: "from.name", Role: FromName},
		},
		Params: laravelURL,
		Marks:  []Mark{{Key: "mailers.smtp.host", Worth: 6}, {Key: "mailers.smtp.transport", Worth: 5}, {Key: "mailers.smtp.scheme", Worth: 5}, {Value: "env('MAIL_", Worth: 6}, {File: "mail.php", Worth: 3}},
		Mistaken: []Wrong{
			{Name: "mailers.smtp.user", Right: "mailers.smtp.username"}, {Name: "mailers.smtp.pass", Right: "mailers.smtp.password"},
			{Name: "mailers.smtp.secure", Why: "Laravel has no such switch; scheme is smtp or smtps"}, {Name: "mailers.smtp.tls", Why: "Laravel has no such switch; scheme is smtp or smtps"},
			{Name: "mailers.smtp.verify_peer_name", Why: "verify_peer covers the name, too"}, {Name: "mailers.smtp.allow_self_signed", Why: "Laravel has no such option; verify_peer switches the check off"},
		},
		Traps: []Trap{
			{
				Check: "setting-ignored", Severity: "warning", Key: "mailers.smtp.encryption", Since: "11.35.1",
				When: func(s Settings) bool {
					return s.VersionKnown() && s.Has("mailers.smtp.encryption") && !s.Has("mailers.smtp.scheme")
				},
				Summary: "'encryption' is not read any more, and MAIL_SCHEME has no effect without 'scheme'",
				Detail:  "The file is that of Laravel 10 or older. Since 11.35.1 the port alone decides, unless 'scheme' says smtp or smtps.",
				Fix:     []string{"Replace 'encryption' by 'scheme' => env('MAIL_SCHEME')"},
				Sets: func(s Settings) map[string]string {
					scheme := "smtp"
					if s.Port() == 465 {
						scheme = "smtps"
					}
					return map[string]string{"mailers.smtp.encryption": "", "mailers.smtp.scheme": scheme}
				},
			},
			{
				Check: "mailer-swallows-mail", Key: "mailers.failover.mailers.0",
				When: func(s Settings) bool {
					return is(s, "default", "failover") && is(s, "mailers.failover.mailers.0", "log", "array")
				},
				Summary: "The failover mailer begins with log: it never fails, and nothing is ever sent",
				Fix:     []string{"Put a real mailer first in 'failover', such as ['smtp', 'log']"},
				Set:     map[string]string{"mailers.failover.mailers.0": "smtp"},
			},
			{
				Check: "failover-hides-errors", Severity: "warning", Key: "mailers.failover.mailers.1",
				When: func(s Settings) bool {
					return is(s, "default", "failover") && !is(s, "mailers.failover.mailers.0", "log", "array") && is(s, "mailers.failover.mailers.1", "log", "array")
				},
				Summary: "failover falls back to log: where SMTP fails, the mail goes to the log and counts as sent",
				Fix:     []string{"Put a second real mailer before log, or take log out"},
			},
		},
		Restart: laravelRestart,
		Sources: []string{"laravel/framework config/mail.php and MailManager.php, 7.x to 12.x"},
	},
}

// resendFirst is MAIL_MAILER where Resend is what people want.
var resendFirst = append([]Word{{V: "resend", Channel: "resend"}, {V: "smtp", Channel: "smtp"}}, laravelMailers[2:]...)

// configEncryption is the encryption of config/mail.php: SwiftMailer's before
// Laravel 9.
var configEncryption = []Word{
	{V: "tls", Mode: target.STARTTLS}, {V: "ssl", Mode: target.Implicit, Until: "9.0"}, {V: "ssl", Not: true, Since: "9.0"},
	{V: "null", Mode: target.Cleartext, Not: true}, {V: "", Mode: target.Cleartext, Not: true},
}

// The traps that Laravel's rows share.
var (
	encryptionBesideSMTPS = Trap{
		Check: "setting-ignored", Severity: "warning", Key: "MAIL_ENCRYPTION", Until: "11.36",
		When: func(s Settings) bool {
			return s.VersionKnown() && s.Has("MAIL_ENCRYPTION") && is(s, "MAIL_SCHEME", "smtp") && s.Port() == 465
		},
		Summary: "MAIL_SCHEME is set, so MAIL_ENCRYPTION has no effect",
		Detail:  "The connection is implicit TLS only because port 465 is. With smtps it stays so on another port.",
		Fix:     []string{"Remove MAIL_ENCRYPTION and set MAIL_SCHEME=smtps"},
		Set:     map[string]string{"MAIL_ENCRYPTION": "", "MAIL_SCHEME": "smtps"},
	}
	encryptionBesideScheme = Trap{
		Check: "setting-ignored", Severity: "warning", Key: "MAIL_ENCRYPTION", Until: "11.36",
		When: func(s Settings) bool {
			return s.VersionKnown() && s.Has("MAIL_ENCRYPTION") && filled(s, "MAIL_SCHEME") && !(is(s, "MAIL_SCHEME", "smtp") && s.Port() == 465)
		},
		Summary: "MAIL_SCHEME is set, so MAIL_ENCRYPTION has no effect",
		Fix:     []string{"Remove MAIL_ENCRYPTION"},
		Set:     map[string]string{"MAIL_ENCRYPTION": ""},
	}
	schemeByPort = Trap{
		Check: "client-config-invalid", Severity: "note", Key: "MAIL_SCHEME",
		When: func(s Settings) bool {
			return is(s, "MAIL_SCHEME", "smtp") && s.Port() == 465 && !(s.Has("MAIL_ENCRYPTION") && s.Before("11.36"))
		},
		Summary: "MAIL_SCHEME=smtp on port 465 is implicit TLS all the same, by the number of the port",
		Fix:     []string{"Set MAIL_SCHEME=smtps, which says what happens"},
	}
	failoverHides = Trap{
		Check: "failover-hides-errors", Severity: "warning", Key: "MAIL_MAILER",
		When:    func(s Settings) bool { return is(s, "MAIL_MAILER", "failover") },
		Summary: "MAIL_MAILER=failover falls back to log: where SMTP fails, the mail counts as sent",
		Detail:  "So it is where config/mail.php has the failover mailer of the skeleton.",
		Fix:     []string{"Set MAIL_MAILER=smtp, or put a second real mailer before log in config/mail.php"},
		Set:     map[string]string{"MAIL_MAILER": "smtp"},
	}
	sslIsNotSSL = Trap{
		Check: "client-config-invalid", Severity: "warning", Key: "MAIL_ENCRYPTION",
		When: func(s Settings) bool {
			fixed := s.VersionKnown() && (s.Before("9.0.3") || !s.Before("11.35.0") && s.Before("11.35.1"))
			return is(s, "MAIL_ENCRYPTION", "ssl") && s.Mode() == target.Opportunistic && !fixed
		},
		Summary: "MAIL_ENCRYPTION=ssl is not implicit TLS since Laravel 9: STARTTLS is used, if offered",
		Detail:  "Implicit TLS comes with port 465 alone.",
		Fix:     []string{"Set MAIL_ENCRYPTION=tls"},
		Set:     map[string]string{"MAIL_ENCRYPTION": "tls"},
	}
	tlsBug90 = Trap{
		Check: "release-bug", Severity: "warning", Key: "MAIL_ENCRYPTION", Until: "9.0.3",
		When:    func(s Settings) bool { return s.VersionKnown() && s.Mode() == target.Implicit && s.Port() != 465 },
		Summary: "Laravel 9.0.0 to 9.0.2 takes MAIL_ENCRYPTION=tls for implicit TLS on every port",
		Fix:     []string{"Update laravel/framework to 9.1.0 or later"},
	}
	tlsBug1135 = Trap{
		Check: "release-bug", Severity: "warning", Key: "MAIL_ENCRYPTION", Since: "11.35.0", Until: "11.35.1",
		When:    func(s Settings) bool { return s.VersionKnown() && s.Mode() == target.Implicit && s.Port() != 465 },
		Summary: "Laravel 11.35.0 takes MAIL_ENCRYPTION=tls for implicit TLS on every port",
		Fix:     []string{"Update laravel/framework to 11.35.1 or later"},
	}
	emptyBug1134 = Trap{
		Check: "release-bug", Severity: "warning", Key: "MAIL_ENCRYPTION", Since: "11.34", Until: "11.35.0",
		When: func(s Settings) bool {
			return s.VersionKnown() && s.Has("MAIL_ENCRYPTION") && !is(s, "MAIL_ENCRYPTION", "tls")
		},
		Summary: "Laravel 11.34 hands on an empty scheme, which Symfony Mailer 7.2 refuses",
		Fix:     []string{"Update laravel/framework to 11.36 or later, or set MAIL_ENCRYPTION=tls"},
		Set:     map[string]string{"MAIL_ENCRYPTION": "tls"},
	}
	nullLogin = Trap{
		Check: "client-credentials-missing", Severity: "warning", Key: "MAIL_USERNAME",
		When: func(s Settings) bool {
			port := s.Port()
			return is(s, "MAIL_USERNAME", "null", "(null)") && is(s, "MAIL_MAILER", "smtp") && remote(s.Role(Host)) && (port == 587 || port == 465 || port == 2465 || port == 2587)
		},
		Summary: "MAIL_USERNAME=null: nobody logs in, and the server will ask for it",
		Detail:  "Laravel reads the word null as no value. Servers answer 530 Authentication required.",
		Fix:     []string{"Set MAIL_USERNAME and MAIL_PASSWORD to those of your provider"},
	}
)

// remote reports whether a host is a server of somebody else.
func remote(host string) bool {
	for _, near := range []string{"127.", "10.", "192.168.", "172."} {
		if strings.HasPrefix(host, near) {
			return false
		}
	}
	return strings.Contains(host, ".") && !strings.HasSuffix(host, ".local") && !strings.HasSuffix(host, ".internal") && !strings.HasSuffix(host, ".test")
}
