package dialect

import "github.com/maildoctor/maildoctor/internal/target"

// pythonFiles are applications in Python with a file of their own.
var pythonFiles = []Dialect{
	{
		ID: "mailman3", App: "Mailman 3", Doubt: true, Form: INI, Mode: ByWord,
		Keys: []Key{withDefault(named(Host, "mta.smtp_host"), "localhost"), withDefault(named(Port, "mta.smtp_port"), "25"), named(User, "mta.smtp_user"), named(Pass, "mta.smtp_pass"),
			{Name: "mta.smtp_secure_mode", Role: Scheme, Default: "smtp", Words: []Word{{V: "starttls", Mode: target.STARTTLS}, {V: "smtps", Mode: target.Implicit}, {V: "smtp", Mode: target.Cleartext}}},
			named(Verify, "mta.smtp_verify_cert"), named(Verify, "mta.smtp_verify_hostname")},
		Params: Params{Yes: "yes", No: "no"}, Files: []string{"mailman.cfg", "mailman-extra.cfg"}, Marks: []Mark{{Key: "mta.smtp_host", Worth: 8}},
		Mistaken: []Wrong{{Name: "mta.smtp_password", Right: "mta.smtp_pass"}, {Name: "mta.smtp_username", Right: "mta.smtp_user"}},
		Sources:  []string{"docs.mailman3.org, config/schema.cfg"},
	},
	{
		ID: "pretix", App: "pretix", Doubt: true, Form: rawINI, Also: []Form{Env}, Mode: SMTPLib,
		Keys: []Key{withDefault(named(Host, "mail.host", "PRETIX_MAIL_HOST"), "localhost"), withDefault(named(Port, "mail.port", "PRETIX_MAIL_PORT"), "25"), named(User, "mail.user", "PRETIX_MAIL_USER"), named(Pass, "mail.password", "PRETIX_MAIL_PASSWORD"),
			named(Start, "mail.tls", "PRETIX_MAIL_TLS"), named(Secure, "mail.ssl", "PRETIX_MAIL_SSL"), named(From, "mail.from", "PRETIX_MAIL_FROM"), named(Known, "mail.admins", "PRETIX_MAIL_ADMINS")},
		Params: Params{Yes: "on", No: "off", Both: "refuse", BothSays: "ValueError: " + exclusive}, Files: []string{"pretix.cfg", "pretalx.cfg"}, Images: []string{"pretix/standalone"},
		Marks: []Mark{{Key: "pretix.*", Worth: 8}, {Key: "PRETIX_*", Worth: 8}, {File: "pretix.cfg", Worth: 8}, {File: "pretalx.cfg", Worth: 8}}, Sources: []string{"docs.pretix.eu, administrator documentation, config"},
	},
	{
		ID: "ckan", App: "CKAN", Doubt: true, Form: INI, Also: []Form{Env}, Mode: SMTPLib,
		Keys: []Key{withDefault(named(HostPort, "smtp.server", "CKAN_SMTP_SERVER"), "localhost"), named(Start, "smtp.starttls", "CKAN_SMTP_STARTTLS"), named(User, "smtp.user", "CKAN_SMTP_USER"), named(Pass, "smtp.password", "CKAN_SMTP_PASSWORD"),
			named(From, "smtp.mail_from", "CKAN_SMTP_MAIL_FROM"), named(Known, "smtp.reply_to", "CKAN_SMTP_REPLY_TO")},
		Params: Params{Yes: "True", No: "False", DefaultPort: "25/25/25"}, Files: []string{"ckan.ini", "production.ini"}, Images: []string{"ckan/ckan-base", "ckan/ckan"},
		Marks: []Mark{{Key: "smtp.mail_from", Worth: 5}, {Key: "CKAN_SMTP_*", Worth: 9}, {Key: "ckan.*", Worth: 6}}, Sources: []string{"docs.ckan.org, configuration, email settings"},
	},
	{
		ID: "frappe", App: "Frappe, ERPNext", Form: JSON, Mode: SMTPLib, Doubt: true,
		Keys: []Key{named(Host, "mail_server"), named(Port, "mail_port"), named(User, "mail_login"), named(Pass, "mail_password"), {Name: "use_tls", Role: Start, Yes: "1", No: "0"}, {Name: "use_ssl", Role: Start, Yes: "1", No: "0", Beside: "-", Avoid: "1"},
			named(From, "auto_email_id"), named(FromName, "email_sender_name"), named(Disabled, "disable_emails", "mute_emails")},
		Files: []string{"site_config.json", "common_site_config.json"}, Marks: []Mark{{Key: "mail_login", Worth: 6}, {Key: "auto_email_id", Worth: 8}, {Key: "db_name", Worth: 2}}, Sources: []string{"frappe/frappe email account of 13: use_ssl meant the same thing as use_tls"},
	},
	{
		ID: "calibre-web", App: "Calibre-Web", Form: JSON, Also: []Form{YAML, INI}, Mode: ByWord, Doubt: true,
		Keys: []Key{named(Host, "mail_server"), withDefault(named(Port, "mail_port"), "25"), named(User, "mail_login"), named(Pass, "mail_password"), named(From, "mail_from"),
			{Name: "mail_use_ssl", Role: Scheme, Default: "0", Words: []Word{{V: "1", Mode: target.STARTTLS}, {V: "2", Mode: target.Implicit}, {V: "0", Mode: target.Cleartext}}}},
		Marks: []Mark{{Key: "mail_use_ssl", Worth: 8}}, Images: []string{"lscr.io/linuxserver/calibre-web"}, Sources: []string{"janeczku/calibre-web cps/tasks/mail.py"},
	},
	{
		ID: "trac", App: "Trac", Doubt: true, Form: INI, Mode: SMTPLib,
		Keys: []Key{withDefault(named(Enabled, "notification.smtp_enabled"), "false"), withDefault(named(Host, "notification.smtp_server"), "localhost"), withDefault(named(Port, "notification.smtp_port"), "25"),
			named(User, "notification.smtp_user"), named(Pass, "notification.smtp_password"), named(Start, "notification.use_tls"), named(From, "notification.smtp_from"), named(FromName, "notification.smtp_from_name")},
		Params: Params{Yes: "enabled", No: "disabled"}, Files: []string{"trac.ini"}, Marks: []Mark{{Key: "notification.smtp_server", Worth: 8}, {File: "trac.ini", Worth: 8}}, Sources: []string{"trac.edgewall.org, TracNotification"},
	},
	{
		ID: "kallithea", App: "Kallithea, RhodeCode", Form: INI, Mode: SMTPLib, Doubt: true,
		Keys:   djangoLike("25", [6]string{"smtp_server", "smtp_port", "smtp_username", "smtp_password", "smtp_use_tls", "smtp_use_ssl"}, named(From, "app_email_from"), named(Known, "error_email_from"), named(Known, "smtp_auth")),
		Params: Params{Both: "twice", BothSays: noExtension}, Marks: []Mark{{Key: "app_email_from", Worth: 9}}, Sources: []string{"kallithea-scm.org, setup"},
	},
}
