package dialect

import (
	"slices"

	"github.com/maildoctor/maildoctor/internal/target"
)

// laravel are Laravel and what is built on it: applications with names of their
// own come before the framework.
var laravel = slices.Concat(laravelApps, laravelCore)

// laravelApps are applications on Laravel whose variables have names of their own.
var laravelApps = []Dialect{
	{
		ID: "bookstack", App: "BookStack", Form: LaravelEnv, Also: []Form{Env}, Mode: BookStack,
		Images: []string{"linuxserver/bookstack", "lscr.io/linuxserver/bookstack", "solidnerd/bookstack"}, Files: []string{".env"},
		Keys: []Key{
			{Name: "MAIL_DRIVER", Role: Driver, Default: "smtp", Words: []Word{{V: "smtp", Channel: "smtp"}, {V: "sendmail", Channel: "sendmail"}, {V: "log", Channel: "log", Swallows: "writes every mail to the log and sends none"}, {V: "array", Channel: "none", Swallows: "sends no mail"}}},
			{Name: "MAIL_HOST", Role: Host, Default: "smtp.mailgun.org"},
			{Name: "MAIL_PORT", Role: Port, Default: "587"},
			{Name: "MAIL_ENCRYPTION", Role: Scheme, Else: "null", Words: []Word{
				{V: "tls", Mode: target.STARTTLS}, {V: "null", Mode: target.Cleartext}, {V: "ssl", Mode: target.Implicit, Not: true}, {V: "", Mode: target.Cleartext, Not: true},
			}},
			{Name: "MAIL_USERNAME", Role: User},
			{Name: "MAIL_PASSWORD", Role: Pass},
			{Name: "MAIL_VERIFY_SSL", Role: Verify},
			{Name: "MAIL_FROM", Role: From, Default: "mail@bookstackapp.com"},
			{Name: "MAIL_FROM_NAME", Role: FromName},
			{Name: "MAIL_SENDMAIL_COMMAND", Role: Known}, {Name: "MAIL_EHLO_DOMAIN", Role: HELO},
		},
		Marks: []Mark{{Key: "MAIL_VERIFY_SSL", Worth: 8}, {Key: "MAIL_FROM", Worth: 3}, {Key: "MAIL_DRIVER", Worth: 3}, {Key: "APP_URL", Worth: 1}, {Value: "BookStack", Worth: 7}, {Value: "bookstack", Worth: 7}},
		Mistaken: []Wrong{
			{Name: "MAIL_MAILER", Right: "MAIL_DRIVER", Why: "BookStack has names of its own; MAIL_MAILER is plain Laravel's"},
			{Name: "MAIL_FROM_ADDRESS", Right: "MAIL_FROM", Why: "BookStack has names of its own; MAIL_FROM_ADDRESS is plain Laravel's"},
			{Name: "MAIL_SCHEME", Right: "MAIL_ENCRYPTION", Why: "BookStack reads MAIL_ENCRYPTION"}, {Name: "MAIL_VERIFY_PEER", Right: "MAIL_VERIFY_SSL"},
			{Name: "MAIL_USER", Right: "MAIL_USERNAME"}, {Name: "MAIL_PASS", Right: "MAIL_PASSWORD"}, {Name: "MAIL_SMTP_HOST", Right: "MAIL_HOST"}, {Name: "MAIL_FROM_EMAIL", Right: "MAIL_FROM"},
		},
		Restart: "Run php artisan cache:clear and restart the container: it reads .env at start",
		Sources: []string{"BookStackApp/BookStack app/Config/mail.php, .env.example.complete @6f1c54d (24.10)"},
	},
	{
		ID: "firefly-iii", App: "Firefly III", Form: LaravelEnv, Also: []Form{Env}, Mode: Laravel,
		Images: []string{"fireflyiii/core"}, Packages: []string{"grumpydictator/firefly-iii"},
		Keys: []Key{
			{Name: "MAIL_MAILER", Role: Driver, Default: "log", Words: laravelMailers},
			{Name: "MAIL_HOST", Role: Host, Default: "smtp.mailgun.org"},
			{Name: "MAIL_PORT", Role: Port, Default: "2525"},
			{Name: "MAIL_ENCRYPTION", Role: Level, Words: laravelEncryption, Else: "null", Beside: "-"},
			{Name: "MAIL_USERNAME", Role: User},
			{Name: "MAIL_PASSWORD", Role: Pass},
			{Name: "MAIL_FROM", Role: From, Default: "changeme@example.com"},
			{Name: "MAIL_SENDMAIL_COMMAND", Role: Known}, {Name: "SITE_OWNER", Role: To}, {Name: "SEND_ERROR_MESSAGE", Role: Known},
		},
		Params:   Params{Fixed: target.STARTTLS},
		Marks:    []Mark{{Key: "SITE_OWNER", Worth: 6}, {Key: "MAIL_FROM", Worth: 3}, {Key: "MAIL_MAILER", Worth: 2}, {Value: "fireflyiii", Worth: 9}},
		Mistaken: []Wrong{{Name: "MAIL_FROM_ADDRESS", Right: "MAIL_FROM", Why: "Firefly III reads MAIL_FROM"}, {Name: "MAIL_DRIVER", Right: "MAIL_MAILER"}, {Name: "MAIL_USER", Right: "MAIL_USERNAME"}, {Name: "MAIL_PASS", Right: "MAIL_PASSWORD"}},
		Restart:  laravelRestart, Sources: []string{"firefly-iii/firefly-iii .env.example, config/mail.php"},
	},
	{
		ID: "snipe-it", App: "Snipe-IT", Form: LaravelEnv, Also: []Form{Env}, Mode: SnipeIT,
		Images: []string{"snipe/snipe-it", "linuxserver/snipe-it"}, Packages: []string{"grokability/snipe-it"},
		Keys: []Key{
			{Name: "MAIL_MAILER", Also: []string{"MAIL_DRIVER"}, Role: Driver, Default: "smtp", Words: laravelMailers},
			{Name: "MAIL_HOST", Role: Host},
			{Name: "MAIL_PORT", Role: Port, Default: "587"},
			{Name: "MAIL_ENCRYPTION", Role: Scheme, Words: encryptionWords, Else: "null", Beside: "-"},
			{Name: "MAIL_USERNAME", Role: User},
			{Name: "MAIL_PASSWORD", Role: Pass},
			{Name: "MAIL_FROM_ADDR", Role: From, Must: "Without it mail has no sender, and none goes out"},
			{Name: "MAIL_FROM_NAME", Role: FromName}, {Name: "MAIL_REPLYTO_ADDR", Role: Known}, {Name: "MAIL_REPLYTO_NAME", Role: Known},
			{Name: "MAIL_TLS_VERIFY_PEER", Role: Verify}, {Name: "MAIL_AUTO_EMBED_METHOD", Role: Known}, {Name: "MAIL_BACKUP_NOTIFICATION_ADDRESS", Role: Known},
		},
		Marks:    []Mark{{Key: "MAIL_FROM_ADDR", Worth: 8}, {Key: "MAIL_REPLYTO_ADDR", Worth: 8}, {Key: "MAIL_TLS_VERIFY_PEER", Worth: 8}},
		Mistaken: []Wrong{{Name: "MAIL_FROM_ADDRESS", Right: "MAIL_FROM_ADDR", Why: "Snipe-IT reads MAIL_FROM_ADDR"}, {Name: "MAIL_FROM", Right: "MAIL_FROM_ADDR"}, {Name: "MAIL_VERIFY_PEER", Right: "MAIL_TLS_VERIFY_PEER"}},
		Ranges:   []string{"7.0"},
		Restart:  laravelRestart, Sources: []string{"snipe/snipe-it config/mail.php, .env.example"},
	},
	{
		ID: "pixelfed", App: "Pixelfed", Form: LaravelEnv, Also: []Form{Env}, Mode: Laravel,
		Images: []string{"pixelfed/pixelfed", "ghcr.io/pixelfed/pixelfed"}, Packages: []string{"pixelfed/pixelfed"},
		Keys: keys([]Key{
			{Name: "MAIL_DRIVER", Role: Driver, Default: "smtp", Words: laravelMailers},
			{Name: "MAIL_URL", Role: URL},
			{Name: "MAIL_HOST", Role: Host, Default: "127.0.0.1"},
			{Name: "MAIL_PORT", Role: Port, Default: "2525"},
			{Name: "MAIL_ENCRYPTION", Role: Level, Words: laravelEncryption, Else: "null", Beside: "-"},
			{Name: "MAIL_SMTP_VERIFY_PEER", Role: Verify},
			{Name: "MAIL_FROM_ADDRESS", Role: From, Default: "hello@example.com"},
		}, laravelServer),
		Params:   laravelURL,
		Marks:    []Mark{{Key: "MAIL_SMTP_VERIFY_PEER", Worth: 9}, {Key: "PF_*", Worth: 8}, {Key: "INSTANCE_DESCRIPTION", Worth: 6}, {Key: "ACTIVITY_PUB", Worth: 6}, {Value: "pixelfed", Worth: 8}},
		Mistaken: slips(Wrong{Name: "MAIL_MAILER", Right: "MAIL_DRIVER", Why: "Pixelfed reads MAIL_DRIVER"}),
		Restart:  laravelRestart, Sources: []string{"pixelfed/pixelfed config/mail.php"},
	},
	{
		ID: "freescout", App: "FreeScout", Form: LaravelEnv, Also: []Form{Env}, Mode: Swift,
		Images: []string{"tiredofit/freescout", "nfrastack/freescout"}, Packages: []string{"freescout-helpdesk/freescout"},
		Keys: keys([]Key{
			{Name: "MAIL_DRIVER", Role: Driver, Default: "mail", Words: laravelMailers},
			{Name: "MAIL_HOST", Role: Host},
			{Name: "MAIL_PORT", Role: Port, Default: "587"},
			{Name: "MAIL_ENCRYPTION", Role: Scheme, Words: encryptionWords},
			{Name: "MAIL_FROM_ADDRESS", Role: From},
		}, laravelServer),
		Params:   Params{Fixed: target.STARTTLS},
		Marks:    []Mark{{Value: "freescout", Worth: 12}, {Value: "FreeScout", Worth: 12}},
		Mistaken: slips(Wrong{Name: "MAIL_MAILER", Right: "MAIL_DRIVER", Why: "FreeScout is on Laravel 5.5, which reads MAIL_DRIVER"}),
		Restart:  laravelRestart, Sources: []string{"freescout-help-desk/freescout config/mail.php"},
	},
}
