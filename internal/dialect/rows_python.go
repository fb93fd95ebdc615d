package dialect

import (
	"slices"

	"github.com/maildoctor/maildoctor/internal/target"
)

// djangoBackends are the values of EMAIL_BACKEND.
var djangoBackends = []Word{
	{V: "django.core.mail.backends.smtp.EmailBackend", Channel: "smtp"},
	{V: "django.core.mail.backends.console.EmailBackend", Channel: "log", Swallows: "prints every mail to the terminal and sends none"},
	{V: "django.core.mail.backends.filebased.EmailBackend", Channel: "log", Swallows: "writes every mail to a file and sends none"},
	{V: "django.core.mail.backends.locmem.EmailBackend", Channel: "none", Swallows: "keeps every mail in memory and sends none"},
	{V: "django.core.mail.backends.dummy.EmailBackend", Channel: "none", Swallows: "sends no mail"},
	{V: "console", Channel: "log", Swallows: "prints every mail to the terminal and sends none", Not: true}, {V: "smtp", Channel: "smtp"}, // the words of Taiga and others
	{V: "anymail.backends.resend.EmailBackend", Channel: "resend", Not: true},
	{V: "anymail.backends.amazon_ses.EmailBackend", Channel: "api", Not: true}, {V: "anymail.backends.brevo.EmailBackend", Channel: "api", Not: true},
	{V: "anymail.backends.sendinblue.EmailBackend", Channel: "api", Not: true}, {V: "anymail.backends.sendgrid.EmailBackend", Channel: "api", Not: true},
	{V: "anymail.backends.mailgun.EmailBackend", Channel: "api", Not: true}, {V: "anymail.backends.mailjet.EmailBackend", Channel: "api", Not: true},
	{V: "anymail.backends.postmark.EmailBackend", Channel: "api", Not: true}, {V: "anymail.backends.mandrill.EmailBackend", Channel: "api", Not: true},
	{V: "anymail.backends.sparkpost.EmailBackend", Channel: "api", Not: true}, {V: "anymail.backends.mailersend.EmailBackend", Channel: "api", Not: true},
	{V: "anymail.backends.scaleway.EmailBackend", Channel: "api", Not: true}, {V: "django_ses.SESBackend", Channel: "api", Not: true},
	{V: "sendgrid_backend.SendgridBackend", Channel: "api", Not: true},
	{V: "djcelery_email.backends.CeleryEmailBackend", Channel: "smtp", Not: true}, {V: "post_office.EmailBackend", Channel: "smtp", Not: true},
	{V: "mailer.backend.DbBackend", Channel: "smtp", Not: true}, {V: "django_smtp_ssl.SSLEmailBackend", Channel: "smtp", Not: true},
}

// djangoBackend is EMAIL_BACKEND under a prefix. A class of the project's own
// is taken for one that sends.
func djangoBackend(name string) Key {
	words := append(slices.Clone(djangoBackends), Word{V: "", Channel: "smtp", Not: true})
	return Key{Name: name, Role: Driver, Words: words, Default: djangoBackends[0].V, Else: djangoBackends[0].V}
}

// djangoKeys are the settings of Django's SMTP backend. Each is read under a
// prefix: PAPERLESS_EMAIL_HOST.
func djangoKeys(prefix, port string, more ...Key) []Key {
	return append([]Key{
		{Name: prefix + "EMAIL_HOST", Role: Host, Default: "localhost"},
		{Name: prefix + "EMAIL_PORT", Role: Port, Default: port},
		{Name: prefix + "EMAIL_HOST_USER", Role: User},
		{Name: prefix + "EMAIL_HOST_PASSWORD", Role: Pass},
		{Name: prefix + "EMAIL_USE_TLS", Role: Start},
		{Name: prefix + "EMAIL_USE_SSL", Role: Secure},
	}, more...)
}

// djangoMistakes are names that people write for them.
func djangoMistakes(prefix, from string) []Wrong {
	why := "Django knows no such setting"
	wrong := func(name, right string) Wrong { return Wrong{Name: prefix + name, Right: prefix + right, Why: why} }
	all := []Wrong{
		wrong("EMAIL_HOST_USERNAME", "EMAIL_HOST_USER"), wrong("EMAIL_USERNAME", "EMAIL_HOST_USER"), wrong("EMAIL_USER", "EMAIL_HOST_USER"),
		wrong("EMAIL_LOGIN", "EMAIL_HOST_USER"), wrong("EMAIL_PASSWORD", "EMAIL_HOST_PASSWORD"), wrong("EMAIL_PASS", "EMAIL_HOST_PASSWORD"),
		wrong("EMAIL_HOST_PASS", "EMAIL_HOST_PASSWORD"), wrong("EMAIL_USE_STARTTLS", "EMAIL_USE_TLS"), wrong("EMAIL_TLS", "EMAIL_USE_TLS"),
		wrong("EMAIL_STARTTLS", "EMAIL_USE_TLS"), wrong("EMAIL_HOST_TLS", "EMAIL_USE_TLS"), wrong("EMAIL_HOST_USE_TLS", "EMAIL_USE_TLS"),
		wrong("EMAIL_SSL", "EMAIL_USE_SSL"), wrong("EMAIL_HOST_USE_SSL", "EMAIL_USE_SSL"), wrong("EMAIL_HOST_PORT", "EMAIL_PORT"),
		wrong("EMAIL_SERVER", "EMAIL_HOST"), wrong("EMAIL_SMTP_HOST", "EMAIL_HOST"), wrong("EMAIL_SMTP_PORT", "EMAIL_PORT"),
	}
	if from != "" {
		for _, name := range []string{"DEFAULT_EMAIL_FROM", "DEFAULT_FROM_MAIL", "DEFAULT_FROM", "EMAIL_DEFAULT_FROM", "EMAIL_FROM", "FROM_EMAIL", "DEFAULT_EMAIL"} {
			if name != from {
				all = append(all, Wrong{Name: prefix + name, Right: prefix + from, Why: why, Note: true})
			}
		}
	}
	return all
}

// hostSet reports whether the host is one out in the world.
func hostSet(s Settings) bool {
	h := s.Role(Host)
	return h != "" && h != "localhost" && h != "127.0.0.1"
}

// ownFrom warns that nobody set the sender: the application's own address is
// not one that a provider lets through.
func ownFrom(key, own string) Trap {
	return Trap{Check: "from-missing", Severity: "note", Key: key, Summary: key + " is not set: mail is sent as " + own,
		Detail: "No provider lets that address through.", Fix: []string{"Set " + key + " to an address that your provider lets you send from"},
		When: func(s Settings) bool { return s.Role(From) == "" && hostSet(s) }}
}

// python are all applications in Python, the generic ones last.
var python = slices.Concat(pythonFirst, pythonApps, pythonFiles, pythonEnv)

var pythonFirst = []Dialect{
	{
		ID: "django-settings", App: "Django", Form: Python, Mode: SMTPLib,
		Keys: djangoKeys("", "25",
			djangoBackend("EMAIL_BACKEND"),
			Key{Name: "DEFAULT_FROM_EMAIL", Role: From}, Key{Name: "SERVER_EMAIL", Role: Known},
			Key{Name: "EMAIL_TIMEOUT", Role: Timeout}, Key{Name: "EMAIL_SUBJECT_PREFIX", Role: Known}, Key{Name: "EMAIL_USE_LOCALTIME", Role: Known},
			Key{Name: "EMAIL_SSL_CERTFILE", Role: Known}, Key{Name: "EMAIL_SSL_KEYFILE", Role: Known}, Key{Name: "EMAIL_FILE_PATH", Role: Known},
			Key{Name: "RESEND_API_KEY", Also: []string{"ANYMAIL.RESEND_API_KEY"}, Role: APIKey},
		),
		Params:   Params{Bools: Strict, Yes: "True", No: "False", Both: "refuse", BothSays: "ValueError: " + exclusive},
		Mistaken: djangoMistakes("", "DEFAULT_FROM_EMAIL"),
		Traps: []Trap{
			ownFrom("DEFAULT_FROM_EMAIL", "webmaster@localhost"),
			{Check: "client-config-invalid", Key: "EMAIL_BACKEND", Summary: "EMAIL_BACKEND names a module, not the class in it",
				Detail: "Django fails with an ImportError when it sends.", Fix: []string{"Set EMAIL_BACKEND to django.core.mail.backends.smtp.EmailBackend"},
				Set: map[string]string{"EMAIL_BACKEND": djangoBackends[0].V},
				When: func(s Settings) bool {
					v, _ := s.Get("EMAIL_BACKEND")
					return v == "django.core.mail.backends.smtp" || v == "django.core.mail.backends.EmailBackend" || v == "smtp"
				}},
			{Check: "setting-ignored", Severity: "error", Key: "EMAIL_HOST", Summary: "Django 7.0 and later read no EMAIL_ settings",
				Detail: "MAILERS took their place in 6.1, and 7.0 dropped them.", Fix: []string{"Move the settings to MAILERS"},
				When: func(s Settings) bool { return s.VersionKnown() && !s.Before("7.0") && s.Has("EMAIL_HOST") }},
			{Check: "setting-deprecated", Severity: "note", Key: "EMAIL_HOST", Summary: "the EMAIL_ settings are deprecated since Django 6.1",
				Detail: "Django 7.0 will not read them; MAILERS takes their place.", Fix: []string{"Move the settings to MAILERS"},
				When: func(s Settings) bool {
					return s.VersionKnown() && !s.Before("6.1") && s.Before("7.0") && s.Has("EMAIL_HOST") && !s.Has("MAILERS.*.OPTIONS.host")
				}},
		},
		Marks: []Mark{
			{Key: "EMAIL_BACKEND", Value: "django.core.mail.*", Worth: 6}, {Value: "os.environ", Worth: 5}, {Value: "os.getenv", Worth: 5}, {Value: "config(", Worth: 4},
			{Value: "EMAIL_HOST = ", Worth: 6}, {Value: "EMAIL_PORT = ", Worth: 3}, {Value: "EMAIL_USE_TLS = ", Worth: 3},
			{Key: "INSTALLED_APPS", Worth: 4}, {File: "settings.py", Worth: 4}, {File: "local_settings.py", Worth: 3}, {File: "seahub_settings.py", Worth: 6},
		},
		Files: []string{"settings.py", "local_settings.py", "base.py", "production.py", "seahub_settings.py"}, Packages: []string{"Django", "django"},
		Restart: "Restart the web server process and the workers",
		Sources: []string{"django/django django/core/mail/backends/smtp.py, 1.7 to 6.x", "django/core/mail/__init__.py"},
	},
	{
		ID: "django-mailers", App: "Django 6.1 and later", Form: Python, Mode: SMTPLib,
		Keys: []Key{
			func() Key { k := djangoBackend("MAILERS.*.BACKEND"); return k }(),
			{Name: "MAILERS.*.OPTIONS.host", Role: Host, Default: "localhost"},
			{Name: "MAILERS.*.OPTIONS.port", Role: Port, Default: "25"},
			{Name: "MAILERS.*.OPTIONS.username", Role: User},
			{Name: "MAILERS.*.OPTIONS.password", Role: Pass},
			{Name: "MAILERS.*.OPTIONS.use_tls", Role: Start},
			{Name: "MAILERS.*.OPTIONS.use_ssl", Role: Secure},
			{Name: "MAILERS.*.OPTIONS.timeout", Role: Timeout},
			{Name: "MAILERS.*.OPTIONS.ssl_certfile", Role: Known}, {Name: "MAILERS.*.OPTIONS.ssl_keyfile", Role: Known},
			{Name: "DEFAULT_FROM_EMAIL", Role: From},
			{Name: "EMAIL_HOST", Role: Ignored, Why: mailersOnly}, {Name: "EMAIL_PORT", Role: Ignored, Why: mailersOnly},
			{Name: "EMAIL_HOST_USER", Role: Ignored, Why: mailersOnly}, {Name: "EMAIL_HOST_PASSWORD", Role: Ignored, Why: mailersOnly},
			{Name: "EMAIL_USE_TLS", Role: Ignored, Why: mailersOnly}, {Name: "EMAIL_USE_SSL", Role: Ignored, Why: mailersOnly},
			{Name: "EMAIL_BACKEND", Role: Ignored, Why: mailersOnly}, {Name: "EMAIL_TIMEOUT", Role: Ignored, Why: mailersOnly},
		},
		Params: Params{Bools: Strict, Yes: "True", No: "False", Both: "refuse", BothSays: "ValueError: use_tls/use_ssl are mutually exclusive, so only set one of those options to True."},
		Mistaken: []Wrong{
			{Name: "MAILERS.*.OPTIONS.user", Right: "MAILERS.*.OPTIONS.username", Why: "The backend takes the argument username"},
			{Name: "MAILERS.*.OPTIONS.host_user", Right: "MAILERS.*.OPTIONS.username", Why: "The backend takes the argument username"},
			{Name: "MAILERS.*.OPTIONS.pass", Right: "MAILERS.*.OPTIONS.password", Why: "The backend takes the argument password"},
			{Name: "MAILERS.*.OPTIONS.host_password", Right: "MAILERS.*.OPTIONS.password", Why: "The backend takes the argument password"},
			{Name: "MAILERS.*.OPTIONS.use_starttls", Right: "MAILERS.*.OPTIONS.use_tls", Why: "STARTTLS is called use_tls"},
			{Name: "MAILERS.*.OPTIONS.tls", Right: "MAILERS.*.OPTIONS.use_tls", Why: "STARTTLS is called use_tls"},
			{Name: "MAILERS.*.OPTIONS.ssl", Right: "MAILERS.*.OPTIONS.use_ssl", Why: "Implicit TLS is called use_ssl"},
		},
		Traps:   []Trap{ownFrom("DEFAULT_FROM_EMAIL", "webmaster@localhost")},
		Marks:   []Mark{{Key: "MAILERS.*.OPTIONS.host", Worth: 10}, {Key: "MAILERS.*.BACKEND", Worth: 8}},
		Files:   []string{"settings.py"},
		Restart: "Restart the web server process and the workers",
		Sources: []string{"docs.djangoproject.com, email, 6.1", "django/core/mail/backends/smtp.py"},
	},
	{
		ID: "authentik", App: "authentik", Form: Env, Also: []Form{YAML}, Mode: SMTPLib,
		Keys: []Key{
			{Name: "AUTHENTIK_EMAIL__HOST", Also: []string{"email.host"}, Role: Host, Default: "localhost"},
			{Name: "AUTHENTIK_EMAIL__PORT", Also: []string{"email.port"}, Role: Port, Default: "25"},
			{Name: "AUTHENTIK_EMAIL__USERNAME", Also: []string{"email.username"}, Role: User},
			{Name: "AUTHENTIK_EMAIL__PASSWORD", Also: []string{"email.password"}, Role: Pass},
			{Name: "AUTHENTIK_EMAIL__USE_TLS", Also: []string{"email.use_tls"}, Role: Start},
			{Name: "AUTHENTIK_EMAIL__USE_SSL", Also: []string{"email.use_ssl"}, Role: Secure},
			{Name: "AUTHENTIK_EMAIL__FROM", Also: []string{"email.from"}, Role: From},
			{Name: "AUTHENTIK_EMAIL__TIMEOUT", Also: []string{"email.timeout"}, Role: Timeout, Default: "10"},
			{Name: "AUTHENTIK_EMAIL__TEMPLATE_DIR", Also: []string{"email.template_dir"}, Role: Known},
		},
		Params:   Params{Bools: OnlyTrue, Both: "refuse", BothSays: "ValueError: " + exclusive},
		Mistaken: authentikMistakes(),
		Traps: []Trap{
			ownFrom("AUTHENTIK_EMAIL__FROM", "authentik@localhost"),
			{Check: "client-config-invalid", Key: "AUTHENTIK_EMAIL__USE_TLS", Summary: "AUTHENTIK_EMAIL__USE_TLS is off: authentik takes only the word true",
				Fix: []string{"Set AUTHENTIK_EMAIL__USE_TLS=true"}, When: saysYes("AUTHENTIK_EMAIL__USE_TLS"), Set: map[string]string{"AUTHENTIK_EMAIL__USE_TLS": "true"}},
			{Check: "client-config-invalid", Key: "AUTHENTIK_EMAIL__USE_SSL", Summary: "AUTHENTIK_EMAIL__USE_SSL is off: authentik takes only the word true",
				Fix: []string{"Set AUTHENTIK_EMAIL__USE_SSL=true"}, When: saysYes("AUTHENTIK_EMAIL__USE_SSL"), Set: map[string]string{"AUTHENTIK_EMAIL__USE_SSL": "true"}},
		},
		Marks:   []Mark{{Key: "AUTHENTIK_EMAIL__HOST", Worth: 10}, {Key: "AUTHENTIK_*", Worth: 6}, {Key: "authentik.email.*", Worth: 8}},
		Images:  []string{"ghcr.io/goauthentik/server", "goauthentik/server", "beryju/authentik"},
		Restart: "Recreate the server and the worker container; both need the settings, and the worker sends the mail",
		Sources: []string{"goauthentik/authentik authentik/lib/config.py, default.yml", "authentik/stages/email"},
	},
	{
		ID: "paperless", App: "Paperless-ngx", Form: Env, Mode: SMTPLib,
		Keys:     djangoKeys("PAPERLESS_", "25", Key{Name: "PAPERLESS_EMAIL_FROM", Role: From}),
		Params:   Params{Both: "refuse", BothSays: "ValueError: " + exclusive},
		Mistaken: djangoMistakes("PAPERLESS_", "EMAIL_FROM"),
		Traps: []Trap{
			{Check: "from-missing", Severity: "warning", Key: "PAPERLESS_EMAIL_FROM", Summary: "PAPERLESS_EMAIL_FROM is not set, and the user name, which is no address, is the sender",
				Fix: []string{"Set PAPERLESS_EMAIL_FROM to an address that your provider lets you send from"},
				When: func(s Settings) bool {
					return hostSet(s) && s.Role(From) == "" && s.Role(User) != "" && !mailAddress(s.Role(User))
				}},
			{Check: "mailer-switched-off", Severity: "warning", Key: "PAPERLESS_EMAIL_HOST", Summary: "PAPERLESS_EMAIL_HOST is localhost and no user is set: Paperless takes mail for switched off",
				Fix: []string{"Set PAPERLESS_EMAIL_HOST to the mail server"},
				When: func(s Settings) bool {
					h, set := s.Get("PAPERLESS_EMAIL_HOST")
					return set && h == "localhost" && s.Role(User) == ""
				}},
		},
		Marks:   []Mark{{Key: "PAPERLESS_EMAIL_*", Worth: 8}, {Key: "PAPERLESS_*", Worth: 4}},
		Files:   []string{"docker-compose.env", "paperless.conf"},
		Images:  []string{"ghcr.io/paperless-ngx/paperless-ngx", "paperlessngx/paperless-ngx"},
		Restart: "Recreate the container: docker compose up -d",
		Sources: []string{"paperless-ngx/paperless-ngx src/paperless/settings.py"},
	},
	{
		ID: "sentry", App: "Sentry", Form: YAML, Also: []Form{Python, Env}, Mode: SMTPLib,
		Keys: []Key{
			{Name: "mail.backend", Role: Driver, Default: "smtp", Else: "smtp", Words: []Word{
				{V: "smtp", Channel: "smtp"}, {V: "django.core.mail.backends.smtp.EmailBackend", Channel: "smtp", Not: true},
				{V: "dummy", Channel: "none", Swallows: "sends no mail"}, {V: "console", Channel: "log", Swallows: "prints every mail to the log and sends none"},
				{V: "django.core.mail.backends.dummy.EmailBackend", Channel: "none", Swallows: "sends no mail"},
				{V: "django.core.mail.backends.console.EmailBackend", Channel: "log", Swallows: "prints every mail to the log and sends none"},
			}},
			{Name: "mail.host", Role: Host, Default: "localhost"},
			{Name: "mail.port", Role: Port, Default: "25"},
			{Name: "mail.username", Role: User},
			{Name: "mail.password", Role: Pass},
			{Name: "mail.use-tls", Also: []string{"mail.useTls"}, Role: Start, Beside: "mail.host"},
			{Name: "mail.use-ssl", Also: []string{"mail.useSsl"}, Role: Secure, Since: "20.9", Beside: "mail.host"},
			{Name: "mail.from", Role: From},
			{Name: "mail.list-namespace", Role: Known}, {Name: "mail.enable-replies", Role: Known}, {Name: "mail.reply-hostname", Role: Known},
			{Name: "mail.mailgun-api-key", Role: Known}, {Name: "mail.timeout", Role: Timeout}, {Name: "mail.subject-prefix", Role: Known},
			{Name: "SENTRY_EMAIL_HOST", Role: Host}, {Name: "SENTRY_EMAIL_PORT", Role: Port},
			{Name: "SENTRY_EMAIL_USER", Also: []string{"SENTRY_EMAIL_USERNAME"}, Role: User}, {Name: "SENTRY_EMAIL_PASSWORD", Role: Pass},
			{Name: "SENTRY_EMAIL_USE_TLS", Role: Start, Beside: "SENTRY_EMAIL_HOST"}, {Name: "SENTRY_EMAIL_USE_SSL", Role: Secure, Beside: "-"},
			{Name: "SENTRY_SERVER_EMAIL", Role: From}, {Name: "SENTRY_ENABLE_EMAIL_REPLIES", Role: Known}, {Name: "SENTRY_SMTP_HOSTNAME", Role: Known},
			{Name: "EMAIL_HOST", Role: Host}, {Name: "EMAIL_PORT", Role: Port}, {Name: "EMAIL_HOST_USER", Role: User}, {Name: "EMAIL_HOST_PASSWORD", Role: Pass},
			{Name: "EMAIL_USE_TLS", Role: Start, Beside: "EMAIL_HOST"}, {Name: "EMAIL_USE_SSL", Role: Secure, Beside: "-"}, {Name: "SERVER_EMAIL", Role: From},
			{Name: "SENTRY_MAIL_HOST", Role: Known},
		},
		Params: Params{Both: "refuse", BothSays: "ValueError: " + exclusive},
		Mistaken: []Wrong{
			{Name: "mail.user", Right: "mail.username"}, {Name: "mail.pass", Right: "mail.password"}, {Name: "mail.server", Right: "mail.host"},
			{Name: "mail.use_tls", Right: "mail.use-tls", Why: "Sentry writes its options with a hyphen"}, {Name: "mail.use_ssl", Right: "mail.use-ssl", Why: "Sentry writes its options with a hyphen"},
			{Name: "mail.tls", Right: "mail.use-tls"}, {Name: "mail.ssl", Right: "mail.use-ssl"}, {Name: "mail.starttls", Right: "mail.use-tls"},
			{Name: "mail.from-address", Right: "mail.from"}, {Name: "mail.sender", Right: "mail.from"}, {Name: "SENTRY_EMAIL_FROM", Right: "SENTRY_SERVER_EMAIL"},
		},
		Traps: []Trap{
			ownFrom("mail.from", "root@localhost"),
			{Check: "setting-ignored", Key: "SENTRY_MAIL_HOST", Summary: "SENTRY_MAIL_HOST is no mail server: it is the domain that Sentry sends from",
				Detail: "The server that mail goes through is mail.host in sentry/config.yml.", Fix: []string{"Set mail.host in sentry/config.yml to the server"},
				When: func(s Settings) bool {
					v, set := s.Get("SENTRY_MAIL_HOST")
					return set && looksLikeServer(v)
				}},
			{Check: "client-falls-back-to-localhost", Severity: "note", Key: "mail.host", Summary: "mail.host is the relay container of Sentry, which delivers from this server's own address",
				Detail: "Most receivers take such mail for spam, and many hosters block port 25.", Fix: []string{"Set mail.host, mail.port, mail.username and mail.password to those of a provider"},
				When: func(s Settings) bool { v, _ := s.Get("mail.host"); return v == "smtp" }},
		},
		Marks:   []Mark{{Key: "mail.host", Worth: 1}, {Key: "mail.use-tls", Worth: 8}, {Key: "mail.use-ssl", Worth: 8}, {Key: "SENTRY_EMAIL_*", Worth: 9}, {Key: "SENTRY_OPTIONS.*", Worth: 8}, {Key: "system.secret-key", Worth: 6}},
		Files:   []string{"config.yml", "sentry.conf.py"},
		Images:  []string{"getsentry/sentry", "sentry", "ghcr.io/getsentry/sentry"},
		Restart: "Restart Sentry: docker compose restart web worker cron. What was set in the web interface is in the database and wins over config.yml",
		Sources: []string{"getsentry/sentry src/sentry/options/defaults.py, src/sentry/utils/email", "getsentry/self-hosted sentry/config.example.yml", "getsentry/docker-sentry sentry.conf.py"},
	},
	{
		ID: "healthchecks", App: "Healthchecks", Form: Env, Mode: DjangoWords,
		Keys: []Key{
			{Name: "EMAIL_HOST", Role: Host},
			{Name: "EMAIL_PORT", Role: Port, Default: "587"},
			{Name: "EMAIL_HOST_USER", Role: User}, {Name: "EMAIL_HOST_PASSWORD", Role: Pass},
			{Name: "EMAIL_USE_TLS", Role: Start, Default: "True", Words: []Word{{V: "True", Mode: target.STARTTLS}, {V: "False"}, {V: "", Not: true}}},
			{Name: "EMAIL_USE_SSL", Role: Secure, Default: "False", Since: "2.3", Words: []Word{{V: "True", Mode: target.Implicit}, {V: "False"}, {V: "", Not: true}}},
			{Name: "EMAIL_USE_VERIFICATION", Role: Known},
			{Name: "DEFAULT_FROM_EMAIL", Role: From},
		},
		Params:   Params{Case: true, Both: "refuse", BothSays: "ValueError: " + exclusive},
		Mistaken: djangoMistakes("", "DEFAULT_FROM_EMAIL"),
		Traps: []Trap{
			{Check: "from-missing", Severity: "warning", Key: "DEFAULT_FROM_EMAIL", Summary: "DEFAULT_FROM_EMAIL is not set: Healthchecks sends as healthchecks@example.org",
				Detail: "No provider lets that address through.", Fix: []string{"Set DEFAULT_FROM_EMAIL to an address that your provider lets you send from"},
				When: func(s Settings) bool { return hostSet(s) && s.Role(User) != "" && s.Role(From) == "" }},
		},
		Marks:   []Mark{{Key: "PING_ENDPOINT", Worth: 8}, {Key: "PING_EMAIL_DOMAIN", Worth: 8}, {Key: "SITE_ROOT", Worth: 5}, {Key: "EMAIL_USE_VERIFICATION", Worth: 8}},
		Images:  []string{"healthchecks/healthchecks", "lscr.io/linuxserver/healthchecks", "linuxserver/healthchecks"},
		Restart: "Recreate the container, sendalerts and sendreports included",
		Sources: []string{"healthchecks/healthchecks hc/settings.py, CHANGELOG 2.3"},
	},
}

const mailersOnly = "with MAILERS set, Django reads no EMAIL_ settings"
