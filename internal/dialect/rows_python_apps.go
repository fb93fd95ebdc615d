package dialect

import (
	"github.com/maildoctor/maildoctor/internal/conf"
	"github.com/maildoctor/maildoctor/internal/target"
)

// rawINI is configparser without interpolation: % is itself.
var rawINI = Form{conf.INI, conf.RawConfigParser}

// noExtension is what a server says that is asked for STARTTLS inside TLS.
const noExtension = "STARTTLS extension not supported by server."

// airflowKey is a key of [smtp] with its variable.
func airflowKey(name string, r Role, def string) Key {
	return Key{Name: "smtp." + name, Also: []string{"AIRFLOW__SMTP__" + upper(name)}, Role: r, Default: def}
}

var pythonApps = []Dialect{
	{
		ID: "airflow", App: "Apache Airflow", Form: PyINI, Also: []Form{Env}, Mode: SMTPLib,
		Keys: []Key{
			airflowKey("smtp_host", Host, "localhost"), airflowKey("smtp_port", Port, "25"),
			airflowKey("smtp_starttls", Start, "true"), airflowKey("smtp_ssl", Secure, ""),
			airflowKey("smtp_user", User, ""), airflowKey("smtp_password", Pass, ""),
			airflowKey("smtp_mail_from", From, ""), airflowKey("smtp_timeout", Timeout, "30"), airflowKey("smtp_retry_limit", Known, ""),
			{Name: "AIRFLOW__SMTP__SMTP_PASSWORD_CMD", Also: []string{"AIRFLOW__SMTP__SMTP_PASSWORD_SECRET", "smtp.smtp_password_cmd", "smtp.smtp_password_secret"}, Role: Known},
			{Name: "email.email_backend", Also: []string{"AIRFLOW__EMAIL__EMAIL_BACKEND"}, Role: Driver, Default: "airflow.utils.email.send_email_smtp", Else: "airflow.utils.email.send_email_smtp", Words: []Word{
				{V: "airflow.utils.email.send_email_smtp", Channel: "smtp"},
				{V: "airflow.providers.sendgrid.utils.emailer.send_email", Channel: "api"}, {V: "airflow.contrib.utils.sendgrid.send_email", Channel: "api", Not: true},
				{V: "airflow.providers.amazon.aws.utils.emailer.send_email", Channel: "api"},
			}},
			{Name: "email.from_email", Also: []string{"AIRFLOW__EMAIL__FROM_EMAIL"}, Role: Known},
		},
		Params:   Params{Yes: "True", No: "False", Both: "twice", BothSays: noExtension},
		Mistaken: airflowMistakes(),
		Traps: []Trap{
			ownFrom("smtp_mail_from", "airflow@example.com"),
			{Check: "setting-ignored", Severity: "warning", Key: "smtp_user", Summary: "Airflow 3 takes user and password from the connection smtp_default, not from [smtp]",
				Fix:  []string{"Create the connection smtp_default with host, port, login and password"},
				When: func(s Settings) bool { return s.VersionKnown() && !s.Before("3.0") && s.Role(User) != "" }},
		},
		Marks:   []Mark{{Key: "AIRFLOW__SMTP__*", Worth: 10}, {Key: "AIRFLOW_SMTP_*", Worth: 8}, {Key: "AIRFLOW__*", Worth: 5}, {Key: "smtp.smtp_mail_from", Worth: 6}, {Key: "smtp.smtp_starttls", Worth: 6}},
		Files:   []string{"airflow.cfg"},
		Images:  []string{"apache/airflow", "bitnami/airflow", "puckel/docker-airflow"},
		Restart: "Restart the scheduler, the workers and the triggerer",
		Sources: []string{"apache/airflow airflow/utils/email.py, default_airflow.cfg, 1.4 to 2.x"},
	},
	{
		ID: "airflow-connection", App: "Apache Airflow, connection smtp_default", Form: Env, Mode: AirflowConnection,
		Keys: []Key{{Name: "AIRFLOW_CONN_SMTP_DEFAULT", Role: URL}},
		Params: Params{Bools: NonEmpty, Schemes: []Word{{V: "smtp"}}, Options: []Key{
			{Name: "disable_ssl", Role: Level}, {Name: "disable_tls", Role: NoTLS}, {Name: "from_email", Role: From}, {Name: "timeout", Role: Timeout},
		}},
		Marks:   []Mark{{Key: "AIRFLOW_CONN_SMTP_DEFAULT", Worth: 10}},
		Sources: []string{"apache/airflow providers/smtp hooks/smtp.py (bool of a text: false counts as true, too)"},
	},
	{
		ID: "superset", App: "Apache Superset", Form: Python, Mode: SMTPLib,
		Keys: []Key{
			{Name: "SMTP_HOST", Role: Host, Default: "localhost"}, {Name: "SMTP_PORT", Role: Port, Default: "25"},
			{Name: "SMTP_STARTTLS", Role: Start, Default: "true"}, {Name: "SMTP_SSL", Role: Secure},
			{Name: "SMTP_SSL_SERVER_AUTH", Role: Verify}, {Name: "SMTP_USER", Role: User}, {Name: "SMTP_PASSWORD", Role: Pass},
			{Name: "SMTP_MAIL_FROM", Role: From}, {Name: "EMAIL_NOTIFICATIONS", Role: Enabled},
			{Name: "ALERT_REPORTS_NOTIFICATION_DRY_RUN", Role: Disabled}, {Name: "EMAIL_REPORTS_SUBJECT_PREFIX", Role: Known},
		},
		Params: Params{Bools: Strict, Yes: "True", No: "False", Both: "twice", BothSays: noExtension},
		Mistaken: []Wrong{
			{Name: "SMTP_USERNAME", Right: "SMTP_USER"}, {Name: "SMTP_PASS", Right: "SMTP_PASSWORD"}, {Name: "SMTP_FROM", Right: "SMTP_MAIL_FROM"}, {Name: "SMTP_MAIL_SENDER", Right: "SMTP_MAIL_FROM"},
			{Name: "SMTP_SERVER", Right: "SMTP_HOST"}, {Name: "SMTP_TLS", Right: "SMTP_STARTTLS"}, {Name: "SMTP_USE_TLS", Right: "SMTP_STARTTLS"}, {Name: "SMTP_USE_SSL", Right: "SMTP_SSL"},
		},
		Traps: []Trap{
			{Check: "from-missing", Severity: "warning", Key: "SMTP_MAIL_FROM", Summary: "SMTP_MAIL_FROM is not set: Superset sends as superset@superset.com",
				Detail: "No provider lets that address through.", Fix: []string{"Set SMTP_MAIL_FROM to an address that your provider lets you send from"},
				When: func(s Settings) bool { return hostSet(s) && s.Role(From) == "" }},
			{Check: "from-missing", Severity: "warning", Key: "SMTP_MAIL_FROM", Summary: "SMTP_MAIL_FROM is the address of Superset's example",
				Fix: []string{"Set SMTP_MAIL_FROM to an address that your provider lets you send from"}, When: isWord("SMTP_MAIL_FROM", "superset@superset.com")},
		},
		Marks:   []Mark{{Key: "SMTP_SSL_SERVER_AUTH", Worth: 8}, {Key: "ALERT_REPORTS_*", Worth: 8}, {Key: "SMTP_MAIL_FROM", Worth: 5}, {Key: "SMTP_STARTTLS", Worth: 2}, {Key: "EMAIL_NOTIFICATIONS", Worth: 5}, {File: "superset_config*.py", Worth: 10}, {Value: "superset", Worth: 3}},
		Files:   []string{"superset_config.py", "superset_config_docker.py"},
		Images:  []string{"apache/superset"},
		Restart: "Restart the web server, the worker and the beat",
		Sources: []string{"apache/superset superset/config.py, superset/utils/core.py"},
	},
	{
		ID: "home-assistant", App: "Home Assistant", Form: YAML, Mode: ByWord,
		Keys: []Key{
			{Name: "notify*.*.platform", Role: Known},
			{Name: "notify*.*.server", Role: Host, Default: "localhost"}, {Name: "notify*.*.port", Role: Port, Default: "587"},
			{Name: "notify*.*.encryption", Role: Scheme, Default: "starttls", Words: []Word{
				{V: "starttls", Mode: target.STARTTLS}, {V: "tls", Mode: target.Implicit}, {V: "none", Mode: target.Cleartext},
			}},
			{Name: "notify*.*.username", Role: User}, {Name: "notify*.*.password", Role: Pass},
			{Name: "notify*.*.sender", Role: From, Must: "Home Assistant refuses the notifier without a sender"},
			{Name: "notify*.*.sender_name", Role: FromName}, {Name: "notify*.*.recipient", Also: []string{"notify*.*.recipient.*"}, Role: To},
			{Name: "notify*.*.verify_ssl", Role: Verify, Default: "true"}, {Name: "notify*.*.timeout", Role: Timeout, Default: "5"},
			{Name: "notify*.*.starttls", Role: Ignored, Instead: "notify*.*.encryption", Why: "encryption took the place of starttls in 0.48, and the schema refuses the old key"},
		},
		Params: Params{Fixed: target.STARTTLS},
		Mistaken: []Wrong{
			{Name: "notify*.*.host", Right: "notify*.*.server", Why: "The schema refuses it"}, {Name: "notify*.*.smtp_server", Right: "notify*.*.server", Why: "The schema refuses it"},
			{Name: "notify*.*.user", Right: "notify*.*.username", Why: "The schema refuses it"}, {Name: "notify*.*.from", Right: "notify*.*.sender", Why: "The schema refuses it"},
			{Name: "notify*.*.email", Right: "notify*.*.sender", Why: "The schema refuses it"}, {Name: "notify*.*.to", Right: "notify*.*.recipient", Why: "The schema refuses it"},
			{Name: "notify*.*.smtp_port", Right: "notify*.*.port", Why: "The schema refuses it"}, {Name: "notify*.*.ssl", Right: "notify*.*.encryption", Why: "The schema refuses it"},
			{Name: "notify*.*.security", Right: "notify*.*.encryption", Why: "The schema refuses it"}, {Name: "notify*.*.tls", Right: "notify*.*.encryption", Why: "The schema refuses it"},
		},
		Marks:   []Mark{{Key: "platform", Value: "smtp", Worth: 9}, {Key: "notify*.*.server", Worth: 4}, {File: "configuration.yaml", Worth: 4}, {File: "notify.yaml", Worth: 4}},
		Files:   []string{"configuration.yaml", "notify.yaml"},
		Images:  []string{"homeassistant/home-assistant", "ghcr.io/home-assistant/home-assistant"},
		Restart: "Restart Home Assistant: it tries the server at the start, and without an answer there is no notifier",
		Sources: []string{"home-assistant/core homeassistant/components/smtp/notify.py"},
	},
	{
		ID: "odoo", App: "Odoo", Form: rawINI, Also: []Form{JSON, YAML}, Mode: Odoo,
		Keys: []Key{
			{Name: "smtp_server", Role: Host, Default: "localhost"}, {Name: "smtp_host", Role: Host},
			{Name: "smtp_port", Role: Port, Default: "25"},
			{Name: "smtp_ssl", Role: Start, Bools: NotFalse, Beside: "smtp_server"},
			{Name: "smtp_encryption", Role: Scheme, Beside: "smtp_host", Words: []Word{
				{V: "none", Mode: target.Cleartext}, {V: "starttls", Mode: target.STARTTLS}, {V: "ssl", Mode: target.Implicit},
				{V: "starttls_strict", Mode: target.STARTTLS, Not: true}, {V: "ssl_strict", Mode: target.Implicit, Not: true},
			}},
			{Name: "smtp_user", Role: User}, {Name: "smtp_password", Also: []string{"smtp_pass"}, Role: Pass},
			{Name: "email_from", Role: From}, {Name: "from_filter", Role: Known},
			{Name: "smtp_ssl_certificate_filename", Role: Known}, {Name: "smtp_ssl_private_key_filename", Role: Known}, {Name: "smtp_authentication", Role: Known},
		},
		Params: Params{Yes: "True", No: "False"},
		Mistaken: []Wrong{
			{Name: "options.smtp_username", Right: "options.smtp_user"}, {Name: "options.smtp_starttls", Right: "options.smtp_ssl", Why: "STARTTLS is called smtp_ssl"},
			{Name: "options.smtp_tls", Right: "options.smtp_ssl", Why: "STARTTLS is called smtp_ssl"}, {Name: "options.smtp_from", Right: "options.email_from"}, {Name: "options.mail_from", Right: "options.email_from"},
		},
		Traps: []Trap{
			{Check: "setting-ignored", Severity: "error", Key: "smtp_host", Summary: "odoo.conf knows no smtp_host; it is called smtp_server",
				Fix:  []string{"Write smtp_server in place of smtp_host"},
				When: func(s Settings) bool { return s.Has("options.smtp_host") && s.Has("db_host") && !s.Has("smtp_server") }},
			{Check: "setting-ignored", Severity: "warning", Key: "smtp_encryption", Summary: "odoo.conf knows no smtp_encryption; it belongs to a mail server record",
				Fix:  []string{"Remove smtp_encryption, or create the server under Settings > Technical > Outgoing Mail Servers"},
				When: func(s Settings) bool { return s.Has("smtp_encryption") && s.Has("smtp_server") }},
			{Check: "starttls-on-tls-port", Severity: "error", Key: "smtp_ssl", Summary: "smtp_ssl is STARTTLS, whatever its name says; odoo.conf cannot do implicit TLS",
				Detail: "Implicit TLS takes a record under Settings > Technical > Outgoing Mail Servers. Where such records exist, odoo.conf counts for nothing.",
				Fix:    []string{"Or create a mail server record with SSL/TLS and port 465"}, When: func(s Settings) bool { return s.Port() == 465 && s.Has("smtp_server") }},
		},
		Marks:   []Mark{{Key: "options.smtp_server", Worth: 8}, {Key: "options.smtp_ssl", Worth: 6}, {Key: "addons_path", Worth: 6}, {Key: "smtp_encryption", Worth: 5}, {Key: "from_filter", Worth: 5}},
		Files:   []string{"odoo.conf", "openerp-server.conf", ".odoorc"},
		Images:  []string{"odoo", "bitnami/odoo"},
		Restart: "Restart Odoo. Mail server records in the database win over odoo.conf",
		Sources: []string{"odoo/odoo odoo/tools/config.py, odoo/addons/base/models/ir_mail_server.py, 7 to 19"},
	},
	{
		ID: "synapse", App: "Matrix Synapse", Form: YAML, Also: []Form{Env}, Mode: Synapse,
		Keys: []Key{
			{Name: "email.smtp_host", Also: []string{"SYNAPSE_SMTP_HOST"}, Role: Host, Default: "localhost"},
			{Name: "email.smtp_port", Also: []string{"SYNAPSE_SMTP_PORT"}, Role: Port},
			{Name: "email.smtp_user", Also: []string{"SYNAPSE_SMTP_USER"}, Role: User}, {Name: "email.smtp_pass", Also: []string{"SYNAPSE_SMTP_PASSWORD"}, Role: Pass},
			{Name: "email.force_tls", Role: Secure, Since: "1.64"}, {Name: "email.require_transport_security", Role: Require},
			{Name: "email.enable_tls", Role: AutoTLS}, {Name: "email.tlsname", Role: Known},
			{Name: "email.notif_from", Also: []string{"SYNAPSE_SMTP_FROM"}, Role: From, Must: "Synapse sends no mail without it"},
			{Name: "email.enable_notifs", Role: Known}, {Name: "email.app_name", Role: Known}, {Name: "email.client_base_url", Role: Known}, {Name: "email.riot_base_url", Role: Known},
		},
		Params: Params{Bools: Strict},
		Mistaken: []Wrong{
			{Name: "email.smtp_password", Right: "email.smtp_pass"}, {Name: "email.smtp_username", Right: "email.smtp_user"}, {Name: "email.smtp_server", Right: "email.smtp_host"},
			{Name: "email.host", Right: "email.smtp_host"}, {Name: "email.port", Right: "email.smtp_port"}, {Name: "email.from", Right: "email.notif_from"}, {Name: "email.smtp_from", Right: "email.notif_from"},
			{Name: "email.require_tls", Right: "email.require_transport_security"}, {Name: "email.smtp_tls", Right: "email.require_transport_security"}, {Name: "email.use_tls", Right: "email.force_tls"}, {Name: "email.smtp_ssl", Right: "email.force_tls"},
		},
		Marks:   []Mark{{Key: "email.notif_from", Worth: 8}, {Key: "email.require_transport_security", Worth: 8}, {Key: "email.force_tls", Worth: 8}, {Key: "email.smtp_pass", Worth: 4}, {Key: "SYNAPSE_*", Worth: 6}, {File: "homeserver.yaml", Worth: 10}},
		Files:   []string{"homeserver.yaml"},
		Images:  []string{"matrixdotorg/synapse", "ghcr.io/element-hq/synapse"},
		Ranges:  []string{"1.64"},
		Restart: "Restart Synapse",
		Sources: []string{"element-hq/synapse synapse/config/emailconfig.py, synapse/handlers/send_email.py"},
	},
	{
		ID: "flask-mail", App: "Flask-Mail", Form: Python, Also: []Form{Env}, Mode: SMTPLib,
		Keys: []Key{
			{Name: "MAIL_SERVER", Role: Host, Default: "localhost"}, {Name: "MAIL_PORT", Role: Port, Default: "25"},
			{Name: "MAIL_USE_TLS", Role: Start}, {Name: "MAIL_USE_SSL", Role: Secure},
			{Name: "MAIL_USERNAME", Role: User}, {Name: "MAIL_PASSWORD", Role: Pass}, {Name: "MAIL_DEFAULT_SENDER", Also: []string{"MAIL_DEFAULT_SENDER.1"}, Role: From},
			{Name: "MAIL_SUPPRESS_SEND", Role: Disabled}, {Name: "MAIL_DEBUG", Role: Known}, {Name: "MAIL_MAX_EMAILS", Role: Known}, {Name: "MAIL_ASCII_ATTACHMENTS", Role: Known},
		},
		Params: Params{Bools: Strict, Yes: "True", No: "False", Both: "twice", BothSays: noExtension},
		Mistaken: []Wrong{
			{Name: "MAIL_HOST", Right: "MAIL_SERVER"}, {Name: "MAIL_SMTP_SERVER", Right: "MAIL_SERVER"}, {Name: "MAIL_USER", Right: "MAIL_USERNAME"}, {Name: "MAIL_PASS", Right: "MAIL_PASSWORD"},
			{Name: "MAIL_TLS", Right: "MAIL_USE_TLS"}, {Name: "MAIL_SSL", Right: "MAIL_USE_SSL"}, {Name: "MAIL_STARTTLS", Right: "MAIL_USE_TLS"}, {Name: "MAIL_USE_STARTTLS", Right: "MAIL_USE_TLS"},
			{Name: "DEFAULT_MAIL_SENDER", Right: "MAIL_DEFAULT_SENDER", Why: "That was its name before 0.9"}, {Name: "MAIL_SENDER", Right: "MAIL_DEFAULT_SENDER", Note: true}, {Name: "MAIL_FROM", Right: "MAIL_DEFAULT_SENDER", Note: true},
		},
		Traps: []Trap{
			{Check: "mailer-swallows-mail", Severity: "warning", Key: "TESTING", Summary: "TESTING is on, and Flask-Mail sends nothing while it is",
				Fix: []string{"Remove TESTING, or set MAIL_SUPPRESS_SEND = False"}, When: func(s Settings) bool {
					_, set := s.Get("MAIL_SUPPRESS_SEND")
					return !set && isWord("TESTING", "True", "1")(s)
				}},
		},
		Marks: []Mark{{Key: "MAIL_SERVER", Worth: 5}, {Key: "MAIL_USE_TLS", Worth: 5}, {Key: "MAIL_USE_SSL", Worth: 5}, {Key: "MAIL_DEFAULT_SENDER", Worth: 6}, {Value: "flask_mail", Worth: 9}},
		Files: []string{"config.py", "app.py"}, Packages: []string{"Flask-Mail", "flask-mail", "Flask-Mailman"},
		Restart: "Restart the application; Mail(app) reads the settings when it is made",
		Sources: []string{"pallets-eco/flask-mail flask_mail.py"},
	},
	{
		ID: "zabbix-api", App: "Zabbix, media type by API", Form: JSON, Mode: ByWord,
		Keys: []Key{
			{Name: "smtp_server", Role: Host}, {Name: "smtp_port", Role: Port, Default: "25"},
			{Name: "smtp_security", Role: Scheme, Default: "0", Words: []Word{{V: "1", Mode: target.STARTTLS}, {V: "2", Mode: target.Implicit}, {V: "0", Mode: target.Cleartext}}},
			{Name: "smtp_verify_peer", Role: Verify}, {Name: "smtp_verify_host", Role: Verify},
			{Name: "smtp_authentication", Role: Login, Default: "0", Words: []Word{{V: "1"}, {V: "0", Channel: "off"}, {V: "2", Not: true}}},
			{Name: "username", Role: User}, {Name: "passwd", Role: Pass}, {Name: "smtp_email", Role: From}, {Name: "smtp_helo", Role: HELO},
		},
		Params: Params{Yes: "1", No: "0"}, Marks: []Mark{{Key: "smtp_security", Value: "[012]", Worth: 20}},
		Sources: []string{"zabbix.com/documentation, API, media type object"},
	},
	{
		ID: "zabbix", App: "Zabbix", Form: YAML, Also: []Form{JSON}, Mode: ByWord,
		Keys: []Key{
			{Name: "smtp_server", Role: Host}, {Name: "smtp_port", Role: Port, Default: "25"},
			{Name: "smtp_security", Role: Scheme, Default: "NONE", Words: []Word{
				{V: "STARTTLS", Mode: target.STARTTLS}, {V: "SSL_OR_TLS", Mode: target.Implicit}, {V: "NONE", Mode: target.Cleartext},
				{V: "1", Mode: target.STARTTLS, Not: true}, {V: "2", Mode: target.Implicit, Not: true}, {V: "0", Mode: target.Cleartext, Not: true},
			}},
			{Name: "smtp_verify_peer", Role: Verify}, {Name: "smtp_verify_host", Role: Verify},
			{Name: "smtp_authentication", Role: Login, Default: "NONE", Words: []Word{{V: "PASSWORD"}, {V: "NONE", Channel: "off"}, {V: "OAUTH", Not: true}, {V: "1", Not: true}, {V: "2", Not: true}, {V: "0", Channel: "off", Not: true}}},
			{Name: "username", Role: User}, {Name: "password", Also: []string{"passwd"}, Role: Pass},
			{Name: "smtp_email", Role: From, Must: "Zabbix needs an address to send from"}, {Name: "smtp_helo", Role: HELO},
			{Name: "status", Role: Known},
		},
		Params: Params{Yes: "YES", No: "NO"},
		Mistaken: []Wrong{
			{Name: "smtp_host", Right: "smtp_server"}, {Name: "smtp_user", Right: "username"}, {Name: "smtp_username", Right: "username"}, {Name: "smtp_password", Right: "password"}, {Name: "smtp_from", Right: "smtp_email"},
			{Name: "smtp_auth", Right: "smtp_authentication"}, {Name: "smtp_tls", Right: "smtp_security"}, {Name: "smtp_ssl", Right: "smtp_security"}, {Name: "smtp_encryption", Right: "smtp_security"},
		},
		Traps: []Trap{{Check: "mailer-switched-off", Key: "status", Summary: "the media type is disabled, and Zabbix sends nothing through it",
			Fix: []string{"Set status: ENABLED"}, When: isWord("status", "DISABLED"), Set: map[string]string{"status": "ENABLED"}}},
		Marks:   []Mark{{Key: "smtp_security", Worth: 6}, {Key: "smtp_email", Worth: 6}, {Key: "smtp_verify_peer", Worth: 6}, {Key: "zabbix_export.*", Worth: 8}, {Key: "media_types.*", Worth: 6}},
		Restart: "Nothing: the server reads media types every minute",
		Sources: []string{"zabbix.com/documentation, media types, XML and YAML export", "zabbix src/libs/zbxmedia/email.c"},
	},
}

func airflowMistakes() []Wrong {
	var all []Wrong
	for _, n := range []string{"SMTP_HOST", "SMTP_PORT", "SMTP_STARTTLS", "SMTP_SSL", "SMTP_USER", "SMTP_PASSWORD", "SMTP_MAIL_FROM"} {
		for _, prefix := range []string{"AIRFLOW_SMTP_", "AIRFLOW__SMTP_", "AIRFLOW_SMTP__"} {
			all = append(all, Wrong{Name: prefix + n, Right: "AIRFLOW__SMTP__" + n, Why: "Airflow parts section and key by two underscores"})
		}
	}
	for _, p := range [][2]string{{"HOST", "SMTP_HOST"}, {"PORT", "SMTP_PORT"}, {"USER", "SMTP_USER"}, {"PASSWORD", "SMTP_PASSWORD"}, {"STARTTLS", "SMTP_STARTTLS"}, {"SSL", "SMTP_SSL"},
		{"SMTP_USERNAME", "SMTP_USER"}, {"SMTP_TLS", "SMTP_STARTTLS"}, {"SMTP_USE_TLS", "SMTP_STARTTLS"}, {"SMTP_USE_SSL", "SMTP_SSL"}, {"SMTP_FROM", "SMTP_MAIL_FROM"}, {"MAIL_FROM", "SMTP_MAIL_FROM"}} {
		all = append(all, Wrong{Name: "AIRFLOW__SMTP__" + p[0], Right: "AIRFLOW__SMTP__" + p[1], Why: "Airflow calls it otherwise"},
			Wrong{Name: "smtp." + lower(p[0]), Right: "smtp." + lower(p[1]), Why: "Airflow calls it otherwise"})
	}
	return all
}
