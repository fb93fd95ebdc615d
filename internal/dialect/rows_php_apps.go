package dialect

import "github.com/maildoctor/maildoctor/internal/target"

// mailOrSMTP are the ways to send that many applications in PHP know.
var mailOrSMTP = []Word{
	{V: "smtp", Channel: "smtp"}, {V: "mail", Channel: "sendmail"}, {V: "sendmail", Channel: "sendmail"}, {V: "qmail", Channel: "sendmail"},
	{V: "php", Channel: "sendmail"}, {V: "null", Channel: "none", Swallows: "sends no mail"},
}

// phpApps are further applications in PHP.
var phpApps = []Dialect{
	{
		ID: "kimai", App: "Kimai", Form: SymfonyEnv, Also: []Form{Env}, Mode: SymfonyDSN,
		Images: []string{"kimai/kimai2"}, Packages: []string{"kimai/kimai"},
		Keys:     []Key{{Name: "MAILER_URL", Role: URL}, {Name: "MAILER_FROM", Role: From, Must: "Kimai sends no mail without it"}, {Name: "TRUSTED_HOSTS", Role: Known}, {Name: "ADMINMAIL", Role: Known}},
		Params:   symfonyURL,
		Marks:    []Mark{{Key: "MAILER_FROM", Worth: 4}, {Key: "MAILER_URL", Worth: 3}, {Value: "kimai", Worth: 8}},
		Mistaken: []Wrong{{Name: "MAILER_DSN", Right: "MAILER_URL", Why: "Kimai reads the DSN from MAILER_URL"}, {Name: "MAIL_FROM", Right: "MAILER_FROM"}},
		Traps:    []Trap{nullDSN("MAILER_URL")},
		Sources:  []string{"kimai/kimai .env.dist, config/packages/mailer.yaml"},
	},
	{
		ID: "wallabag", App: "wallabag", Form: Env, Also: []Form{YAML}, Mode: Mixed,
		Images: []string{"wallabag/wallabag"}, Packages: []string{"wallabag/wallabag"}, Files: []string{"parameters.yml"},
		Keys: []Key{
			{Name: "SYMFONY__ENV__MAILER_DSN", Also: []string{"mailer_dsn"}, Role: URL, Since: "2.6"},
			{Name: "SYMFONY__ENV__MAILER_HOST", Also: []string{"mailer_host"}, Role: Host},
			{Name: "SYMFONY__ENV__MAILER_PORT", Also: []string{"mailer_port"}, Role: Port, Default: "25"},
			{Name: "SYMFONY__ENV__MAILER_USER", Also: []string{"mailer_user"}, Role: User},
			{Name: "SYMFONY__ENV__MAILER_PASSWORD", Also: []string{"mailer_password"}, Role: Pass},
			{Name: "SYMFONY__ENV__MAILER_ENCRYPTION", Also: []string{"mailer_encryption"}, Role: Level, Words: encryptionWords, Beside: "SYMFONY__ENV__MAILER_HOST"},
			{Name: "SYMFONY__ENV__FROM_EMAIL", Also: []string{"from_email"}, Role: From},
		},
		Params:  symfonyURL,
		Marks:   []Mark{{Key: "SYMFONY__ENV__MAILER_DSN", Worth: 10}, {Key: "SYMFONY__ENV__FROM_EMAIL", Worth: 9}},
		Traps:   []Trap{nullDSN("SYMFONY__ENV__MAILER_DSN")},
		Sources: []string{"wallabag/docker README, wallabag/wallabag parameters.yml.dist"},
	},
	{
		ID: "mautic", App: "Mautic 5 and later", Form: PHP, Also: []Form{Env}, Mode: SymfonyDSN,
		Images: []string{"mautic/mautic"}, Packages: []string{"mautic/core-lib"}, Files: []string{"local.php"},
		Keys: []Key{
			{Name: "mailer_dsn", Role: URL, Percents: true}, {Name: "MAUTIC_MAILER_DSN", Role: URL}, {Name: "mailer_from_email", Also: []string{"MAUTIC_MAILER_FROM_EMAIL"}, Role: From},
			{Name: "mailer_from_name", Role: FromName}, {Name: "messenger_dsn_email", Role: Known},
		},
		Params:  symfonyURL,
		Marks:   []Mark{{Key: "mailer_dsn", Worth: 7}, {Key: "MAUTIC_MAILER_DSN", Worth: 10}, {Key: "mailer_from_email", Worth: 5}},
		Traps:   []Trap{nullDSN("mailer_dsn")},
		Restart: "Run php bin/console cache:clear",
		Sources: []string{"mautic/mautic EmailBundle, docs for 5.0"},
	},
	{
		ID: "mautic-4", App: "Mautic up to 4", Form: PHP, Also: []Form{Env}, Mode: Swift, Files: []string{"local.php"},
		Keys: []Key{
			{Name: "mailer_transport", Role: Driver, Words: []Word{{V: "smtp", Channel: "smtp"}, {V: "mail", Channel: "sendmail"}, {V: "sendmail", Channel: "sendmail"}, {V: "gmail", Channel: "smtp"}}, Else: "smtp"},
			{Name: "mailer_host", Role: Host}, {Name: "mailer_port", Role: Port, Default: "25"}, {Name: "mailer_user", Role: User}, {Name: "mailer_password", Role: Pass},
			{Name: "mailer_encryption", Role: Scheme, Words: encryptionWords}, {Name: "mailer_auth_mode", Role: Mech}, {Name: "mailer_from_email", Role: From}, {Name: "mailer_from_name", Role: FromName},
			{Name: "mailer_spool_type", Role: Known}, {Name: "mailer_return_path", Role: Known},
		},
		Params:  Params{Fixed: target.Cleartext},
		Marks:   []Mark{{Key: "mailer_auth_mode", Worth: 4}, {Key: "mailer_spool_type", Worth: 9}, {Key: "mailer_from_email", Worth: 4}},
		Sources: []string{"mautic/mautic 4.x EmailBundle/Config/config.php"},
	},
	{
		ID: "matomo", App: "Matomo", Form: INI, Mode: ByWord, Images: []string{"matomo"}, Files: []string{"config.ini.php"},
		Keys: []Key{
			{Name: "mail.transport", Role: Driver, Words: []Word{{V: "smtp", Channel: "smtp"}, {V: "", Channel: "sendmail"}}, Must: "Without it Matomo sends by PHP's mail()"},
			{Name: "mail.host", Role: Host}, {Name: "mail.port", Role: Port, Default: "25"}, {Name: "mail.type", Role: Mech, Why: "It switches the login on"}, {Name: "mail.username", Role: User}, {Name: "mail.password", Role: Pass},
			{Name: "mail.encryption", Role: Scheme, Words: []Word{{V: "tls", Mode: target.STARTTLS}, {V: "ssl", Mode: target.Implicit}, {V: "", Mode: target.Opportunistic}, {V: "none", Mode: target.Cleartext}}},
			{Name: "General.noreply_email_address", Role: From}, {Name: "General.emails_enabled", Role: Enabled, Default: "true", Yes: "1", No: "0"},
			{Name: "mail.ssl_verify_peer", Role: Verify}, {Name: "mail.ssl_disallow_self_signed", Role: Known}, {Name: "mail.ssl_verify_peer_name", Role: Verify},
		},
		Params: Params{Fixed: target.Opportunistic},
		Marks:  []Mark{{File: "config.ini.php", Worth: 9}, {Key: "General.noreply_email_address", Worth: 8}},
		Traps: []Trap{{
			Check: "login-switched-off", Severity: "error", Key: "mail.type",
			When:    func(s Settings) bool { return s.Role(User) != "" && !filled(s, "mail.type") },
			Summary: "type is not set in [mail]: Matomo does not log in, though username is set",
			Fix:     []string{"Set type = Login in [mail]"},
			Set:     map[string]string{"mail.type": "Login"},
		}},
		Sources: []string{"matomo-org/matomo config/global.ini.php, core/Mail/Transport.php"},
	},
	{
		ID: "limesurvey", App: "LimeSurvey", Form: PHP, Mode: ByWord, Images: []string{"martialblog/limesurvey", "acspri/limesurvey"}, Files: []string{"config.php"},
		Keys: []Key{
			{Name: "emailmethod", Role: Driver, Words: mailOrSMTP, Must: "Without it LimeSurvey sends by PHP's mail()"},
			{Name: "emailsmtphost", Role: HostPort}, {Name: "emailsmtpuser", Role: User}, {Name: "emailsmtppassword", Role: Pass},
			{Name: "emailsmtpssl", Role: Scheme, Words: []Word{{V: "tls", Mode: target.STARTTLS}, {V: "ssl", Mode: target.Implicit}, {V: "", Mode: target.Cleartext}, {V: "1", Mode: target.Implicit, Not: true}}}, {Name: "siteadminemail", Role: From}, {Name: "siteadminname", Role: FromName}, {Name: "siteadminbounce", Role: Known}, {Name: "emailsmtpdebug", Role: Known},
		},
		Params:   Params{DefaultPort: "25/25/25", Fixed: target.Cleartext},
		Marks:    []Mark{{Key: "emailsmtphost", Worth: 10}, {Key: "emailmethod", Worth: 6}},
		Mistaken: []Wrong{{Name: "emailsmtpport", Why: "LimeSurvey has no key for the port: write host:port in emailsmtphost"}, {Name: "emailsmtpusername", Right: "emailsmtpuser"}, {Name: "emailsmtppass", Right: "emailsmtppassword"}},
		Traps:    []Trap{usesPHPMail("emailmethod", "smtp", "mail", "sendmail", "qmail")},
		Sources:  []string{"LimeSurvey/LimeSurvey application/config/config-defaults.php, application/core/LimeMailer.php (SMTPAutoTLS is off)"},
	},
	{
		ID: "dolibarr", App: "Dolibarr", Form: Env, Also: []Form{PHP, INI, JSON}, Mode: SMTPLib, Images: []string{"dolibarr/dolibarr", "tuxgasy/dolibarr"},
		Keys: []Key{
			{Name: "MAIN_MAIL_SENDMODE", Role: Driver, Words: []Word{{V: "smtps", Channel: "smtp"}, {V: "swiftmailer", Channel: "smtp"}, {V: "mail", Channel: "sendmail"}}, Must: "Without it Dolibarr sends by PHP's mail()"},
			{Name: "MAIN_MAIL_SMTP_SERVER", Role: Host}, {Name: "MAIN_MAIL_SMTP_PORT", Role: Port, Default: "25"}, {Name: "MAIN_MAIL_SMTPS_ID", Role: User}, {Name: "MAIN_MAIL_SMTPS_PW", Role: Pass},
			{Name: "MAIN_MAIL_EMAIL_TLS", Role: Secure}, {Name: "MAIN_MAIL_EMAIL_STARTTLS", Role: Start}, {Name: "MAIN_MAIL_EMAIL_SMTP_ALLOW_SELF_SIGNED", Role: NoVerify},
			{Name: "MAIN_MAIL_EMAIL_FROM", Role: From}, {Name: "MAIN_DISABLE_ALL_MAILS", Role: Disabled}, {Name: "MAIN_MAIL_SMTPS_AUTH_TYPE", Role: Mech},
		},
		Params:  Params{Yes: "1", No: "0"},
		Marks:   []Mark{{Key: "MAIN_MAIL_SMTP_SERVER", Worth: 10}, {Key: "MAIN_MAIL_*", Worth: 6}},
		Traps:   []Trap{usesPHPMail("MAIN_MAIL_SENDMODE", "swiftmailer", "mail")},
		Sources: []string{"Dolibarr/dolibarr htdocs/core/class/CMailFile.class.php, admin/mails.php"},
	},
	{
		ID: "espocrm", App: "EspoCRM", Form: PHP, Mode: ByWord, Images: []string{"espocrm/espocrm"}, Files: []string{"config.php", "config-internal.php"},
		Keys: []Key{
			{Name: "smtpServer", Role: Host}, {Name: "smtpPort", Role: Port, Default: "25"}, {Name: "smtpAuth", Role: Login, Default: "true"}, {Name: "smtpUsername", Role: User}, {Name: "smtpPassword", Role: Pass},
			{Name: "smtpSecurity", Role: Scheme, Words: []Word{{V: "TLS", Mode: target.STARTTLS}, {V: "SSL", Mode: target.Implicit}, {V: "", Mode: target.Cleartext}}},
			{Name: "outboundEmailFromAddress", Role: From}, {Name: "outboundEmailFromName", Role: FromName},
		},
		Params:   Params{Fixed: target.Cleartext},
		Marks:    []Mark{{Key: "smtpSecurity", Worth: 6}, {Key: "outboundEmailFromAddress", Worth: 9}},
		Mistaken: []Wrong{{Name: "smtpHost", Right: "smtpServer"}, {Name: "smtpUser", Right: "smtpUsername"}, {Name: "smtpSecure", Right: "smtpSecurity"}},
		Sources:  []string{"espocrm/espocrm application/Espo/Core/Mail"},
	},
	{
		ID: "suitecrm", App: "SuiteCRM", Form: PHP, Also: []Form{Env, JSON}, Mode: PHPMailer, Files: []string{"config_override.php"},
		Keys: []Key{
			{Name: "mail_sendtype", Role: Driver, Words: []Word{{V: "SMTP", Channel: "smtp"}, {V: "sendmail", Channel: "sendmail"}}},
			{Name: "mail_smtpserver", Role: Host}, {Name: "mail_smtpport", Role: Port, Default: "25"}, {Name: "mail_smtpuser", Role: User}, {Name: "mail_smtppass", Role: Pass},
			{Name: "mail_smtpauth_req", Role: Login, Yes: "1", No: "0"},
			{Name: "mail_smtpssl", Role: Scheme, Words: []Word{{V: "2", Mode: target.STARTTLS}, {V: "1", Mode: target.Implicit}, {V: "0"}, {V: "", Not: true}}},
			{Name: "notify_fromaddress", Role: From}, {Name: "notify_fromname", Role: FromName},
		},
		Marks:   []Mark{{Key: "mail_smtpauth_req", Worth: 9}, {Key: "mail_smtpssl", Worth: 8}},
		Sources: []string{"salesagility/SuiteCRM include/SugarPHPMailer.php, OutboundEmail.php"},
	},
	{
		ID: "opencart", App: "OpenCart", Form: Env, Also: []Form{PHP, JSON}, Mode: SchemeOrWord,
		Keys: []Key{
			{Name: "config_mail_engine", Also: []string{"config_mail_protocol"}, Role: Driver, Words: []Word{{V: "smtp", Channel: "smtp"}, {V: "mail", Channel: "sendmail"}}},
			{Name: "config_mail_smtp_hostname", Role: Host}, {Name: "config_mail_smtp_port", Role: Port, Default: "25"}, {Name: "config_mail_smtp_username", Role: User}, {Name: "config_mail_smtp_password", Role: Pass}, {Name: "config_mail_smtp_timeout", Role: Timeout}, {Name: "config_email", Role: From},
		},
		Params: Params{Fixed: target.STARTTLS, Schemes: []Word{{V: "tls", Mode: target.STARTTLS}, {V: "ssl", Mode: target.Implicit}}},
		Marks:  []Mark{{Key: "config_mail_smtp_hostname", Worth: 10}},
		Traps: []Trap{
			usesPHPMail("config_mail_engine", "smtp", "mail"),
			{
				Check: "starttls-on-tls-port", Key: "config_mail_smtp_hostname",
				When:    func(s Settings) bool { return s.Mode() == target.Cleartext && s.Port() == 465 },
				Summary: "Port 465 is implicit TLS, and config_mail_smtp_hostname has no ssl:// before the host",
				Fix:     []string{"Write ssl:// before the host in config_mail_smtp_hostname"},
				Sets:    schemeBefore("ssl://", "config_mail_smtp_hostname"),
			},
			{
				Check: "cleartext-submission", Key: "config_mail_smtp_hostname",
				When:    func(s Settings) bool { return s.Mode() == target.Cleartext && s.Port() == 587 && remote(s.Role(Host)) },
				Summary: "config_mail_smtp_hostname has no tls:// before the host: OpenCart asks for no STARTTLS",
				Fix:     []string{"Write tls:// before the host in config_mail_smtp_hostname"},
				Sets:    schemeBefore("tls://", "config_mail_smtp_hostname"),
			},
		},
		Sources: []string{"opencart/opencart system/library/mail/smtp.php"},
	},
	{
		ID: "mediawiki", App: "MediaWiki", Form: PHP, Mode: PearMail, Images: []string{"mediawiki"}, Files: []string{"LocalSettings.php"},
		Keys: []Key{
			{Name: "wgSMTP.host", Role: Host}, {Name: "wgSMTP.port", Role: Port, Default: "25"}, {Name: "wgSMTP.auth", Role: Login, Default: "false"}, {Name: "wgSMTP.username", Role: User}, {Name: "wgSMTP.password", Role: Pass},
			{Name: "wgSMTP.IDHost", Role: HELO}, {Name: "wgPasswordSender", Role: From}, {Name: "wgEmergencyContact", Role: Known}, {Name: "wgEnableEmail", Role: Enabled, Default: "true"},
			{Name: "wgSMTP.socket_options.ssl.verify_peer", Role: Verify}, {Name: "wgSMTP.timeout", Role: Timeout},
		},
		Params:   Params{Schemes: []Word{{V: "ssl", Mode: target.Implicit}, {V: "tls", Mode: target.Implicit}}},
		Marks:    []Mark{{Key: "wgSMTP.host", Worth: 10}, {Value: "$wgSMTP", Worth: 10}},
		Mistaken: []Wrong{{Name: "wgSMTP.user", Right: "wgSMTP.username"}, {Name: "wgSMTP.pass", Right: "wgSMTP.password"}, {Name: "wgSMTP.secure", Why: "An ssl:// before the host is implicit TLS; STARTTLS comes by itself"}},
		Traps: []Trap{{
			Check: "starttls-on-tls-port", Severity: "error", Key: "wgSMTP.host",
			When:    func(s Settings) bool { return s.Mode() == target.Opportunistic && s.Port() == 465 },
			Summary: "Port 465 is implicit TLS, and wgSMTP has no ssl:// before the host",
			Fix:     []string{"Write ssl:// before the host in wgSMTP"},
			Sets:    schemeBefore("ssl://", "wgSMTP.host"),
		}},
		Sources: []string{"mediawiki/core includes/mail/UserMailer.php; Manual:$wgSMTP"},
	},
	{
		ID: "craft-cms", App: "Craft CMS", Form: YAML, Also: []Form{PHP}, Mode: Craft, Doubt: true, Packages: []string{"craftcms/cms"}, Files: []string{"project.yaml"},
		Keys: []Key{
			{Name: "transportSettings.host", Role: Host}, {Name: "transportSettings.port", Role: Port}, {Name: "transportSettings.username", Role: User}, {Name: "transportSettings.password", Role: Pass},
			{Name: "transportSettings.useAuthentication", Role: Login, Yes: "1", No: "0"}, {Name: "transportSettings.encryptionMethod", Role: Scheme, Words: encryptionWords, Until: "4.0", Why: "Since Craft 4 the port alone decides", Beside: "-"}, {Name: "transportSettings.timeout", Role: Known}, {Name: "email.fromEmail", Role: From},
		},
		Marks:   []Mark{{Key: "transportSettings.host", Worth: 9}, {Key: "transportSettings.encryptionMethod", Worth: 8}},
		Sources: []string{"craftcms/cms src/mail/transportadapters/Smtp.php (3.0; what 4 does is from memory)"},
	},
	{
		ID: "osticket", App: "osTicket (image's variables)", Form: Env, Mode: StartOnly, Doubt: true, Images: []string{"campbellsoftwaresolutions/osticket", "devinsolutions/osticket"},
		Keys: []Key{
			{Name: "SMTP_HOST", Role: Host}, {Name: "SMTP_PORT", Role: Port, Default: "25"}, {Name: "SMTP_TLS", Role: Start, Yes: "1", No: "0"}, {Name: "SMTP_FROM", Role: From}, {Name: "SMTP_USER", Role: User}, {Name: "SMTP_PASSWORD", Role: Pass}, {Name: "SMTP_TLS_CERTS", Role: Known},
		},
		Marks:   []Mark{{Key: "SMTP_TLS_CERTS", Worth: 9}},
		Sources: []string{"CampbellSoftwareSolutions/docker-osticket README (from memory)"},
	},
	{
		ID: "passbolt", App: "Passbolt", Form: Env, Mode: CakePHP, Images: []string{"passbolt/passbolt"},
		Keys: []Key{
			{Name: "EMAIL_TRANSPORT_DEFAULT_HOST", Role: Host, Default: "localhost"}, {Name: "EMAIL_TRANSPORT_DEFAULT_PORT", Role: Port, Default: "25"},
			{Name: "EMAIL_TRANSPORT_DEFAULT_USERNAME", Role: User}, {Name: "EMAIL_TRANSPORT_DEFAULT_PASSWORD", Role: Pass}, {Name: "EMAIL_TRANSPORT_DEFAULT_TLS", Role: Start},
			{Name: "EMAIL_TRANSPORT_DEFAULT_CLIENT", Role: HELO}, {Name: "EMAIL_TRANSPORT_DEFAULT_CLASS_NAME", Role: Known}, {Name: "EMAIL_TRANSPORT_DEFAULT_TIMEOUT", Role: Timeout}, {Name: "EMAIL_DEFAULT_FROM", Role: From}, {Name: "EMAIL_DEFAULT_FROM_NAME", Role: FromName},
		},
		Params:  Params{Schemes: []Word{{V: "ssl", Mode: target.Implicit}}},
		Marks:   []Mark{{Key: "EMAIL_TRANSPORT_DEFAULT_HOST", Worth: 10}},
		Sources: []string{"passbolt/passbolt_docker README; cakephp SmtpTransport"},
	},
	{
		ID: "sendmail-ini", App: "sendmail.exe (XAMPP)", Form: INI, Mode: ByWord, Files: []string{"sendmail.ini"},
		Keys: []Key{
			{Name: "sendmail.smtp_server", Role: Host}, {Name: "sendmail.smtp_port", Role: Port, Default: "25"}, {Name: "sendmail.auth_username", Role: User}, {Name: "sendmail.auth_password", Role: Pass}, {Name: "sendmail.force_sender", Role: From},
			{Name: "sendmail.smtp_ssl", Role: Scheme, Default: "auto", Else: "auto", Words: []Word{{V: "tls", Mode: target.STARTTLS}, {V: "ssl", Mode: target.Implicit}, {V: "auto"}, {V: "none", Mode: target.Cleartext}}}, {Name: "sendmail.hostname", Role: HELO},
			{Name: "sendmail.default_domain", Role: Known}, {Name: "sendmail.error_logfile", Role: Known}, {Name: "sendmail.debug_logfile", Role: Known}, {Name: "sendmail.pop3_server", Role: Known},
		},
		Marks:    []Mark{{File: "sendmail.ini", Worth: 9}, {Key: "sendmail.smtp_server", Worth: 9}, {Key: "sendmail.force_sender", Worth: 8}, {Key: "auth_username", Worth: 4}},
		Mistaken: []Wrong{{Name: "sendmail.smtp_host", Right: "sendmail.smtp_server"}, {Name: "sendmail.username", Right: "sendmail.auth_username"}, {Name: "sendmail.smtp_username", Right: "sendmail.auth_username"}, {Name: "sendmail.password", Right: "sendmail.auth_password"}, {Name: "sendmail.smtp_password", Right: "sendmail.auth_password"}},
		Sources:  []string{"glob.com.au/sendmail sendmail.ini"},
	},
}
