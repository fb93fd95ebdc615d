package dialect

import "github.com/maildoctor/maildoctor/internal/target"

// named is a key by another name than Django's.
func named(r Role, name string, also ...string) Key { return Key{Name: name, Also: also, Role: r} }

// withDefault is a key with what the application takes where it is not set.
func withDefault(k Key, def string) Key {
	k.Default = def
	return k
}

// djangoLike are the six settings of Django's SMTP backend under names of the
// application's own, in the order host, port, user, password, TLS, SSL.
func djangoLike(port string, names [6]string, more ...Key) []Key {
	roles := [6]Role{Host, Port, User, Pass, Start, Secure}
	var keys []Key
	for i, name := range names {
		if name != "" {
			keys = append(keys, Key{Name: name, Role: roles[i]})
		}
	}
	keys[1].Default = port
	return append(keys, more...)
}

var djangoParams = Params{Yes: "True", No: "False", Both: "refuse", BothSays: "ValueError: " + exclusive}

// pythonEnv are applications in Python that are set up by their environment, the
// generic one last.
var pythonEnv = []Dialect{
	{
		ID: "weblate", App: "Weblate", Form: Env, Mode: Weblate,
		Keys: djangoLike("", [6]string{"WEBLATE_EMAIL_HOST", "WEBLATE_EMAIL_PORT", "WEBLATE_EMAIL_HOST_USER", "WEBLATE_EMAIL_HOST_PASSWORD", "WEBLATE_EMAIL_USE_TLS", "WEBLATE_EMAIL_USE_SSL"},
			named(User, "WEBLATE_EMAIL_USER"), named(Pass, "WEBLATE_EMAIL_PASSWORD"), named(Known, "WEBLATE_EMAIL_HOST_PASSWORD_FILE"),
			named(From, "WEBLATE_DEFAULT_FROM_EMAIL"), named(Known, "WEBLATE_SERVER_EMAIL"), named(Known, "WEBLATE_ADMIN_EMAIL"), djangoBackend("WEBLATE_EMAIL_BACKEND")),
		Params: djangoParams, Mistaken: djangoMistakes("WEBLATE_", ""),
		Marks: []Mark{{Key: "WEBLATE_*", Worth: 6}}, Images: []string{"weblate/weblate"},
		Sources: []string{"WeblateOrg/weblate weblate/settings_docker.py"},
	},
	{
		ID: "plane", App: "Plane", Form: Env, Mode: SMTPLib,
		Keys: djangoLike("587", [6]string{"EMAIL_HOST", "EMAIL_PORT", "EMAIL_HOST_USER", "EMAIL_HOST_PASSWORD", "EMAIL_USE_TLS", "EMAIL_USE_SSL"},
			named(From, "EMAIL_FROM"), named(Known, "ENABLE_SMTP")),
		Params: Params{Bools: ZeroOne, Yes: "1", No: "0", Both: "refuse", BothSays: "ValueError: " + exclusive}, Mistaken: djangoMistakes("", "EMAIL_FROM"),
		Marks:   []Mark{{Key: "NGINX_PORT", Worth: 1}, {Key: "WEB_URL", Worth: 2}, {Key: "ENABLE_SMTP", Worth: 6}, {Key: "APP_RELEASE", Worth: 2}},
		Images:  []string{"makeplane/plane-backend", "artifacts.plane.so/makeplane/plane-backend"},
		Restart: "Recreate the api and worker containers. What was set in god-mode is in the database and wins",
		Sources: []string{"makeplane/plane apps/api/plane/bgtasks, license/utils/instance_value.py"},
	},
	{
		ID: "posthog", App: "PostHog", Doubt: true, Form: Env, Mode: SMTPLib,
		Keys:   djangoKeys("", "25", withDefault(named(Enabled, "EMAIL_ENABLED"), "true"), named(From, "EMAIL_DEFAULT_FROM"), named(Known, "EMAIL_REPLY_TO")),
		Params: Params{Both: "refuse", BothSays: "ValueError: " + exclusive}, Mistaken: djangoMistakes("", "EMAIL_DEFAULT_FROM"),
		Marks: []Mark{{Key: "EMAIL_DEFAULT_FROM", Worth: 3}, {Key: "EMAIL_ENABLED", Worth: 2}, {Key: "CLICKHOUSE_HOST", Worth: 5}}, Images: []string{"posthog/posthog"},
		Sources: []string{"PostHog/posthog posthog/settings/dynamic_settings.py"},
	},
	{
		ID: "taiga", App: "Taiga", Doubt: true, Form: Env, Mode: SMTPLib,
		Keys: djangoKeys("", "587", named(From, "EMAIL_DEFAULT_FROM", "DEFAULT_FROM_EMAIL"), Key{Name: "EMAIL_BACKEND", Role: Driver, Else: "smtp", Words: append([]Word{
			{V: "smtp", Channel: "smtp"}, {V: "console", Channel: "log", Swallows: "prints every mail to the log and sends none"}}, djangoBackends...)}),
		Params: Params{Bools: OnlyTrue, Yes: "True", No: "False", Both: "refuse", BothSays: "ValueError: " + exclusive}, Mistaken: djangoMistakes("", "EMAIL_DEFAULT_FROM"),
		Marks: []Mark{{Key: "TAIGA_*", Worth: 6}, {Key: "EMAIL_DEFAULT_FROM", Worth: 2}}, Images: []string{"taigaio/taiga-back"},
		Restart: "Recreate taiga-back and taiga-async; both need the settings", Sources: []string{"taigaio/taiga-docker .env, taiga-back docker/config.py"},
	},
	{
		ID: "netbox", App: "NetBox", Doubt: true, Form: Env, Also: []Form{Python}, Mode: SMTPLib,
		Keys: []Key{
			withDefault(named(Host, "EMAIL_SERVER", "EMAIL.SERVER"), "localhost"), withDefault(named(Port, "EMAIL_PORT", "EMAIL.PORT"), "25"),
			named(User, "EMAIL_USERNAME", "EMAIL.USERNAME"), named(Pass, "EMAIL_PASSWORD", "EMAIL.PASSWORD"),
			named(Start, "EMAIL_USE_TLS", "EMAIL.USE_TLS"), named(Secure, "EMAIL_USE_SSL", "EMAIL.USE_SSL"),
			named(From, "EMAIL_FROM", "EMAIL.FROM_EMAIL"), named(Timeout, "EMAIL_TIMEOUT", "EMAIL.TIMEOUT"), named(Known, "EMAIL_SSL_CERTFILE", "EMAIL.SSL_CERTFILE"), named(Known, "EMAIL_SSL_KEYFILE", "EMAIL.SSL_KEYFILE"),
		},
		Params: Params{Yes: "true", No: "false", Both: "refuse", BothSays: "ValueError: " + exclusive},
		Mistaken: []Wrong{{Name: "EMAIL_HOST", Right: "EMAIL_SERVER"}, {Name: "EMAIL_HOST_USER", Right: "EMAIL_USERNAME"}, {Name: "EMAIL_HOST_PASSWORD", Right: "EMAIL_PASSWORD"}, {Name: "DEFAULT_FROM_EMAIL", Right: "EMAIL_FROM"},
			{Name: "EMAIL.HOST", Right: "EMAIL.SERVER"}, {Name: "EMAIL.USER", Right: "EMAIL.USERNAME"}},
		Marks: []Mark{{Key: "EMAIL_SERVER", Worth: 1}, {Key: "EMAIL.SERVER", Worth: 8}, {Key: "EMAIL.FROM_EMAIL", Worth: 4}}, Images: []string{"netboxcommunity/netbox"}, Files: []string{"netbox.env", "configuration.py"},
		Sources: []string{"netbox-community/netbox-docker configuration/configuration.py", "netbox docs, EMAIL"},
	},
	{
		ID: "baserow", App: "Baserow", Form: Env, Mode: SMTPLib,
		Keys: djangoLike("25", [6]string{"EMAIL_SMTP_HOST", "EMAIL_SMTP_PORT", "EMAIL_SMTP_USER", "EMAIL_SMTP_PASSWORD", "EMAIL_SMTP_USE_TLS", "EMAIL_SMTP_USE_SSL"},
			besides("-", named(Start, "EMAIL_SMPT_USE_TLS")), Key{Name: "EMAIL_SMTP", Role: Enabled, Must: "Baserow prints every mail to its log until it is set", Yes: "true"}, named(From, "FROM_EMAIL"), named(Known, "EMAIL_SMTP_SSL_CERTFILE_PATH"), named(Known, "EMAIL_SMTP_SSL_KEYFILE_PATH")),
		Params:   Params{Bools: NonEmpty, Yes: "true", No: "", Both: "refuse", BothSays: "EMAIL_SMTP_USE_SSL and EMAIL_SMTP_USE_TLS are mutually exclusive"},
		Mistaken: []Wrong{{Name: "EMAIL_HOST", Right: "EMAIL_SMTP_HOST"}, {Name: "EMAIL_PORT", Right: "EMAIL_SMTP_PORT"}, {Name: "EMAIL_SMTP_USERNAME", Right: "EMAIL_SMTP_USER"}, {Name: "EMAIL_FROM", Right: "FROM_EMAIL"}, {Name: "DEFAULT_FROM_EMAIL", Right: "FROM_EMAIL"}},
		Marks:    []Mark{{Key: "BASEROW_*", Worth: 6}, {Key: "EMAIL_SMTP", Worth: 4}}, Images: []string{"baserow/baserow", "baserow/backend"},
		Sources: []string{"bram2w/baserow backend/src/baserow/config/settings/base.py"},
	},
	{
		ID: "zulip", App: "Zulip", Form: Env, Also: []Form{Python}, Mode: SMTPLib,
		Keys: []Key{
			named(Host, "SETTING_EMAIL_HOST", "EMAIL_HOST"), withDefault(named(Port, "SETTING_EMAIL_PORT", "EMAIL_PORT"), "25"), named(User, "SETTING_EMAIL_HOST_USER", "EMAIL_HOST_USER"),
			named(Pass, "SECRETS_email_password", "email_password"), named(Start, "SETTING_EMAIL_USE_TLS", "EMAIL_USE_TLS"), named(Secure, "SETTING_EMAIL_USE_SSL", "EMAIL_USE_SSL"),
			named(From, "SETTING_NOREPLY_EMAIL_ADDRESS", "NOREPLY_EMAIL_ADDRESS"), named(Known, "SETTING_ADD_TOKENS_TO_NOREPLY_ADDRESS", "ADD_TOKENS_TO_NOREPLY_ADDRESS"), named(Known, "SETTING_ZULIP_ADMINISTRATOR", "ZULIP_ADMINISTRATOR"),
			{Name: "SETTING_EMAIL_HOST_PASSWORD", Role: Ignored, Instead: "SECRETS_email_password", Why: "The password is a secret of its own"},
			{Name: "EMAIL_HOST_PASSWORD", Role: Ignored, Why: "Zulip takes the password from email_password in zulip-secrets.conf"},
		},
		Params: djangoParams, Marks: []Mark{{Key: "SETTING_*", Worth: 8}, {Key: "SECRETS_email_password", Worth: 8}, {Key: "ZULIP_ADMINISTRATOR", Worth: 14}, {Key: "NOREPLY_EMAIL_ADDRESS", Worth: 6}}, Images: []string{"zulip/docker-zulip", "ghcr.io/zulip/zulip-server"},
		Sources: []string{"zulip.readthedocs.io, production/email", "zulip/zulip zproject/computed_settings.py"},
	},
	{
		ID: "redash", App: "Redash", Form: Env, Mode: SMTPLib,
		Keys: djangoLike("25", [6]string{"REDASH_MAIL_SERVER", "REDASH_MAIL_PORT", "REDASH_MAIL_USERNAME", "REDASH_MAIL_PASSWORD", "REDASH_MAIL_USE_TLS", "REDASH_MAIL_USE_SSL"},
			Key{Name: "REDASH_MAIL_DEFAULT_SENDER", Role: From, Must: "Redash takes mail for not set up without it"}, named(Known, "REDASH_MAIL_MAX_EMAILS"), named(Known, "REDASH_MAIL_ASCII_ATTACHMENTS")),
		Params: Params{Both: "twice", BothSays: noExtension}, Mistaken: []Wrong{{Name: "REDASH_MAIL_HOST", Right: "REDASH_MAIL_SERVER"}, {Name: "REDASH_MAIL_USER", Right: "REDASH_MAIL_USERNAME"}, {Name: "REDASH_MAIL_FROM", Right: "REDASH_MAIL_DEFAULT_SENDER"}, {Name: "REDASH_MAIL_TLS", Right: "REDASH_MAIL_USE_TLS"}, {Name: "REDASH_MAIL_SSL", Right: "REDASH_MAIL_USE_SSL"}},
		Marks: []Mark{{Key: "REDASH_*", Worth: 8}}, Images: []string{"redash/redash"}, Restart: "Recreate the server and the workers; both need the settings", Sources: []string{"getredash/redash redash/settings/__init__.py"},
	},
	{
		ID: "fastapi-mail", App: "fastapi-mail", Doubt: true, Form: Env, Also: []Form{Python}, Mode: SMTPLib,
		Keys: []Key{
			named(Host, "MAIL_SERVER"), named(Port, "MAIL_PORT"), named(User, "MAIL_USERNAME"), named(Pass, "MAIL_PASSWORD"),
			{Name: "MAIL_STARTTLS", Role: Start, Since: "1.0"}, {Name: "MAIL_SSL_TLS", Role: Secure, Since: "1.0"},
			{Name: "MAIL_TLS", Role: Start, Until: "1.0", Instead: "MAIL_STARTTLS", Why: "it is called MAIL_STARTTLS since 1.0, and the old name is a validation error"},
			{Name: "MAIL_SSL", Role: Secure, Until: "1.0", Instead: "MAIL_SSL_TLS", Why: "it is called MAIL_SSL_TLS since 1.0, and the old name is a validation error"},
			named(From, "MAIL_FROM"), named(FromName, "MAIL_FROM_NAME"), named(Login, "USE_CREDENTIALS"), named(Verify, "VALIDATE_CERTS"), named(Disabled, "SUPPRESS_SEND"), named(Known, "MAIL_DEBUG"), named(Timeout, "TIMEOUT"),
		},
		Params:   Params{Yes: "True", No: "False", Both: "refuse", BothSays: "ValueError: The start_tls and use_tls options are not compatible."},
		Mistaken: []Wrong{{Name: "MAIL_USE_TLS", Right: "MAIL_STARTTLS"}, {Name: "MAIL_USE_SSL", Right: "MAIL_SSL_TLS"}, {Name: "MAIL_HOST", Right: "MAIL_SERVER"}, {Name: "MAIL_USER", Right: "MAIL_USERNAME"}},
		Marks:    []Mark{{Key: "MAIL_STARTTLS", Worth: 8}, {Key: "MAIL_SSL_TLS", Worth: 9}, {Key: "USE_CREDENTIALS", Worth: 6}, {Key: "MAIL_TLS", Worth: 4}, {Key: "MAIL_SSL", Worth: 4}, {Key: "MAIL_FROM", Worth: 2}, {Value: "fastapi_mail", Worth: 10}}, Packages: []string{"fastapi-mail"},
		Sources: []string{"sabuhish/fastapi-mail fastapi_mail/config.py, connection.py"},
	},
	{
		ID: "dify", App: "Dify", Form: Env, Mode: Dify,
		Keys: []Key{
			{Name: "MAIL_TYPE", Role: Driver, Words: []Word{{V: "smtp", Channel: "smtp"}, {V: "resend", Channel: "resend"}, {V: "sendgrid", Channel: "api"}, {V: "", Channel: "none", Swallows: "sends no mail", Not: true}}, Must: "Dify sends no mail until it names a way"},
			named(Host, "SMTP_SERVER"), withDefault(named(Port, "SMTP_PORT"), "465"), named(User, "SMTP_USERNAME"), named(Pass, "SMTP_PASSWORD"),
			named(Secure, "SMTP_USE_TLS"), named(Start, "SMTP_OPPORTUNISTIC_TLS"), named(HELO, "SMTP_LOCAL_HOSTNAME"),
			named(From, "MAIL_DEFAULT_SEND_FROM"), named(APIKey, "RESEND_API_KEY"), named(Known, "RESEND_API_URL"), named(Known, "SENDGRID_API_KEY"),
		},
		Mistaken: []Wrong{{Name: "SMTP_HOST", Right: "SMTP_SERVER"}, {Name: "SMTP_USER", Right: "SMTP_USERNAME"}, {Name: "SMTP_PASS", Right: "SMTP_PASSWORD"}, {Name: "SMTP_TLS", Right: "SMTP_USE_TLS"}, {Name: "SMTP_USE_SSL", Right: "SMTP_USE_TLS"}, {Name: "MAIL_FROM", Right: "MAIL_DEFAULT_SEND_FROM"}, {Name: "SMTP_FROM", Right: "MAIL_DEFAULT_SEND_FROM"}},
		Marks:    []Mark{{Key: "SMTP_OPPORTUNISTIC_TLS", Worth: 9}, {Key: "MAIL_DEFAULT_SEND_FROM", Worth: 9}, {Key: "MAIL_TYPE", Worth: 4}}, Images: []string{"langgenius/dify-api"},
		Restart: "Recreate the api and worker containers: docker compose up -d", Sources: []string{"langgenius/dify api/extensions/ext_mail.py, api/libs/smtp.py"},
	},
	{
		ID: "mealie", App: "Mealie", Form: Env, Mode: ByWord, Doubt: true,
		Keys: []Key{named(Host, "SMTP_HOST"), withDefault(named(Port, "SMTP_PORT"), "587"), named(User, "SMTP_USER"), named(Pass, "SMTP_PASSWORD"), named(From, "SMTP_FROM_EMAIL"), named(FromName, "SMTP_FROM_NAME"),
			{Name: "SMTP_AUTH_STRATEGY", Role: Scheme, Default: "TLS", Words: []Word{{V: "TLS", Mode: target.STARTTLS}, {V: "SSL", Mode: target.Implicit}, {V: "NONE", Mode: target.Cleartext}}}},
		Marks: []Mark{{Key: "SMTP_AUTH_STRATEGY", Worth: 9}}, Images: []string{"ghcr.io/mealie-recipes/mealie", "hkotel/mealie"}, Sources: []string{"docs.mealie.io, backend configuration"},
	},
	{
		ID: "inventree", App: "InvenTree", Doubt: true, Form: Env, Also: []Form{YAML}, Mode: SMTPLib,
		Keys:   djangoLike("25", [6]string{"INVENTREE_EMAIL_HOST", "INVENTREE_EMAIL_PORT", "INVENTREE_EMAIL_USERNAME", "INVENTREE_EMAIL_PASSWORD", "INVENTREE_EMAIL_TLS", "INVENTREE_EMAIL_SSL"}, named(From, "INVENTREE_EMAIL_SENDER"), djangoBackend("INVENTREE_EMAIL_BACKEND")),
		Params: djangoParams, Marks: []Mark{{Key: "INVENTREE_*", Worth: 8}}, Images: []string{"inventree/inventree"}, Sources: []string{"docs.inventree.org, start/config"},
	},
	{
		ID: "mayan", App: "Mayan EDMS", Doubt: true, Form: Env, Mode: SMTPLib,
		Keys:   djangoKeys("MAYAN_", "25", named(From, "MAYAN_DEFAULT_FROM_EMAIL"), djangoBackend("MAYAN_EMAIL_BACKEND"), named(Timeout, "MAYAN_EMAIL_TIMEOUT")),
		Params: djangoParams, Mistaken: djangoMistakes("MAYAN_", ""), Marks: []Mark{{Key: "MAYAN_*", Worth: 8}}, Images: []string{"mayanedms/mayanedms"}, Sources: []string{"docs.mayan-edms.com, settings"},
	},
	{
		ID: "tutor", App: "Open edX, Tutor", Doubt: true, Form: YAML, Also: []Form{Commands}, Mode: SMTPLib,
		Keys:   djangoLike("25", [6]string{"SMTP_HOST", "SMTP_PORT", "SMTP_USERNAME", "SMTP_PASSWORD", "SMTP_USE_TLS", "SMTP_USE_SSL"}, named(Known, "RUN_SMTP"), named(Known, "CONTACT_EMAIL")),
		Params: Params{Both: "refuse", BothSays: "ValueError: " + exclusive},
		Marks:  []Mark{{Key: "RUN_SMTP", Worth: 9}, {Key: "LMS_HOST", Worth: 5}}, Restart: "Run tutor local start -d (or k8s) again", Sources: []string{"docs.tutor.edly.io, configuration"},
	},
	{
		ID: "mailman3-web", App: "Mailman 3, web container", Doubt: true, Form: Env, Mode: SMTPLib,
		Keys:   djangoLike("25", [6]string{"SMTP_HOST", "SMTP_PORT", "SMTP_HOST_USER", "SMTP_HOST_PASSWORD", "SMTP_USE_TLS", "SMTP_USE_SSL"}),
		Params: djangoParams, Marks: []Mark{{Key: "SMTP_HOST_USER", Worth: 6}, {Key: "HYPERKITTY_API_KEY", Worth: 8}, {Key: "SERVE_FROM_DOMAIN", Worth: 6}}, Images: []string{"maxking/mailman-web"}, Sources: []string{"maxking/docker-mailman web/README.md"},
	},
	{
		ID: "dj-email-url", App: "Django, dj-email-url", Doubt: true, Form: Env, Mode: ByDjangoURL,
		Keys: []Key{named(URL, "EMAIL_URL"), named(From, "DEFAULT_FROM_EMAIL")},
		Params: Params{
			Schemes: []Word{{V: "smtp"}, {V: "submission", Mode: target.STARTTLS}, {V: "smtps", Mode: target.STARTTLS}},
			Options: []Key{{Name: "ssl", Role: Secure, Yes: "True"}, {Name: "tls", Role: Start, Yes: "True"}, {Name: "timeout", Role: Timeout}, {Name: "_default_from_email", Role: From}, {Name: "_server_email", Role: Known}},
		},
		Marks: []Mark{{Value: "EMAIL_URL=submission:", Worth: 9}, {Value: "EMAIL_URL=smtps:", Worth: 3}, {Value: "?ssl=", Worth: 4}, {Value: "?tls=", Worth: 4}, {Key: "EMAIL_URL", Worth: 1}}, Images: []string{"ghcr.io/saleor/saleor"}, Packages: []string{"dj-email-url"},
		Sources: []string{"migonzalvar/dj-email-url dj_email_url.py"},
	},
	{
		ID: "django-environ", App: "Django, django-environ", Doubt: true, Form: Env, Also: []Form{Python}, Mode: ByDjangoURL,
		Keys: djangoKeys("", "25", named(URL, "EMAIL_URL", "*.email_url.default", "*.email.default", "EMAIL_CONFIG"), named(From, "DEFAULT_FROM_EMAIL")),
		Params: Params{Both: "refuse", BothSays: "ValueError: " + exclusive,
			Schemes: []Word{{V: "smtp"}, {V: "smtp+tls", Mode: target.STARTTLS}, {V: "smtp+ssl", Mode: target.Implicit}, {V: "smtps", Mode: target.STARTTLS}}},
		Marks: []Mark{{Key: "env.email_url.default", Worth: 9}, {Key: "env.email.default", Worth: 9}, {Key: "env.email_url", Worth: 6}, {Key: "env.email", Worth: 6}, {Value: "EMAIL_URL=smtp+", Worth: 9}, {Value: "EMAIL_CONFIG=smtp", Worth: 9}, {Key: "GLITCHTIP_*", Worth: 8}, {Key: "FUNKWHALE_*", Worth: 8}}, Images: []string{"glitchtip/glitchtip", "funkwhale/api"}, Packages: []string{"django-environ"},
		Sources: []string{"joke2k/django-environ environ/environ.py, email_url_config"},
	},
	{
		ID: "django-env-generic", App: "this Django application", Form: Env, Also: []Form{YAML}, Mode: SMTPLib,
		Keys:     djangoKeys("", "", djangoBackend("EMAIL_BACKEND"), named(From, "DEFAULT_FROM_EMAIL", "EMAIL_DEFAULT_FROM", "EMAIL_FROM", "FROM_EMAIL", "EMAIL_SENDER", "SENDER_EMAIL"), named(Known, "SERVER_EMAIL"), named(Timeout, "EMAIL_TIMEOUT"), named(Known, "EMAIL_SUBJECT_PREFIX")),
		Params:   djangoParams,
		Mistaken: djangoMistakes("", ""),
		Marks:    []Mark{{Key: "EMAIL_HOST_USER", Worth: 3}, {Key: "EMAIL_HOST_PASSWORD", Worth: 3}, {Key: "EMAIL_USE_TLS", Worth: 2}, {Key: "EMAIL_USE_SSL", Worth: 3}},
		Restart:  "Recreate the container, and that of the workers", Sources: []string{"django/django django/core/mail/backends/smtp.py"},
	},
}
