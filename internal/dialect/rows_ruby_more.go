package dialect

// rubyMore are further Ruby applications, most of them from memory.
var rubyMore = []Dialect{
	{
		ID: "huginn", App: "Huginn", Form: Env, Mode: MailGem, Params: mailGem29(OnlyTrue, ""), Images: []string{"huginn/huginn", "ghcr.io/huginn/huginn"},
		Keys: []Key{
			{Name: "SMTP_SERVER", Role: Host}, {Name: "SMTP_PORT", Role: Port, Default: "587"}, {Name: "SMTP_USER_NAME", Role: User}, {Name: "SMTP_PASSWORD", Role: Pass},
			{Name: "SMTP_AUTHENTICATION", Role: Login, Default: "plain", Words: rubyLogin}, {Name: "SMTP_ENABLE_STARTTLS_AUTO", Role: AutoTLS, Default: "false"}, {Name: "SMTP_SSL", Role: Secure},
			{Name: "SMTP_OPENSSL_VERIFY_MODE", Role: Verify, Words: rubyVerify}, {Name: "EMAIL_FROM_ADDRESS", Role: From}, {Name: "SMTP_DOMAIN", Role: HELO}, {Name: "SEND_EMAIL_IN_DEVELOPMENT", Role: Known},
		},
		Marks: []Mark{{Key: "EMAIL_FROM_ADDRESS", Worth: 2}, {Key: "SMTP_USER_NAME", Worth: 2}, {Key: "SEND_EMAIL_IN_DEVELOPMENT", Worth: 6}, {Key: "APP_SECRET_TOKEN", Worth: 3}},
		Doubt: true, Sources: []string{"huginn/huginn .env.example (memory), #3542"},
	},
	{
		ID: "errbit", App: "Errbit", Form: Env, Mode: MailGem, Params: mailGem29(Usual, ""), Images: []string{"errbit/errbit"},
		Keys: []Key{
			{Name: "SMTP_SERVER", Role: Host}, {Name: "SMTP_PORT", Role: Port}, {Name: "SMTP_USERNAME", Role: User}, {Name: "SMTP_PASSWORD", Role: Pass}, {Name: "SMTP_AUTHENTICATION", Role: Login, Words: rubyLogin},
			{Name: "SMTP_ENABLE_STARTTLS_AUTO", Role: AutoTLS, Beside: "-"}, {Name: "SMTP_OPENSSL_VERIFY_MODE", Role: Verify, Words: rubyVerify}, {Name: "EMAIL_DELIVERY_METHOD", Role: Driver, Words: railsMethods}, {Name: "ERRBIT_EMAIL_FROM", Role: From}, {Name: "SMTP_DOMAIN", Role: HELO},
		},
		Marks: []Mark{{Key: "ERRBIT_*", Worth: 8}}, Doubt: true, Sources: []string{"errbit/errbit docs/configuration.md (memory)"},
	},
	{
		ID: "decidim", App: "Decidim", Form: Env, Mode: MailGem, Params: mailGem29(Usual, ""), Images: []string{"decidim/decidim"},
		Keys: []Key{
			{Name: "SMTP_ADDRESS", Role: Host}, {Name: "SMTP_PORT", Role: Port, Default: "587"}, {Name: "SMTP_USERNAME", Role: User}, {Name: "SMTP_PASSWORD", Role: Pass}, {Name: "SMTP_AUTHENTICATION", Role: Login, Default: "plain", Words: rubyLogin},
			{Name: "SMTP_STARTTLS_AUTO", Role: AutoTLS, Default: "true", Beside: "-"}, {Name: "SMTP_DOMAIN", Role: HELO}, {Name: "DECIDIM_MAILER_SENDER", Role: From},
		},
		Marks: []Mark{{Key: "DECIDIM_*", Worth: 6}, {Key: "SMTP_STARTTLS_AUTO", Worth: 2}}, Doubt: true, Sources: []string{"decidim/decidim, environment variables (memory)"},
	},
	{
		ID: "greenlight", App: "Greenlight 3", Form: Env, Mode: MailGem, Params: mailGem29(Usual, ""), Images: []string{"bigbluebutton/greenlight"},
		Keys: []Key{
			{Name: "SMTP_SERVER", Role: Host}, {Name: "SMTP_PORT", Role: Port}, {Name: "SMTP_USERNAME", Role: User}, {Name: "SMTP_PASSWORD", Role: Pass}, {Name: "SMTP_AUTH", Role: Login, Words: rubyLogin},
			{Name: "SMTP_STARTTLS_AUTO", Role: AutoTLS, Default: "true"}, {Name: "SMTP_STARTTLS", Role: Start, Beside: "-"}, {Name: "SMTP_TLS", Role: Secure}, {Name: "SMTP_SSL_VERIFY", Role: Verify},
			{Name: "SMTP_SENDER_EMAIL", Role: From}, {Name: "SMTP_SENDER_NAME", Role: FromName}, {Name: "SMTP_DOMAIN", Role: HELO},
		},
		Marks: []Mark{{Key: "SMTP_SENDER_EMAIL", Worth: 3}, {Key: "BIGBLUEBUTTON_ENDPOINT", Worth: 6}}, Doubt: true, Sources: []string{"bigbluebutton/greenlight sample.env (memory)"},
	},
	{
		ID: "dawarich", App: "Dawarich", Form: Env, Mode: MailGem, Params: mailGem29(Usual, ""), Images: []string{"freikin/dawarich"},
		Keys: []Key{
			{Name: "SMTP_SERVER", Role: Host}, {Name: "SMTP_PORT", Role: Port}, {Name: "SMTP_USERNAME", Role: User}, {Name: "SMTP_PASSWORD", Role: Pass}, {Name: "SMTP_FROM", Role: From}, {Name: "SMTP_DOMAIN", Role: HELO},
			{Name: "SMTP_STARTTLS", Role: Start, Default: "true", Beside: "-"},
		},
		Marks: []Mark{{Key: "APPLICATION_HOSTS", Worth: 2}, {Key: "PHOTON_API_HOST", Worth: 4}}, Doubt: true, Sources: []string{"Freika/dawarich#2203"},
	},
	{
		ID: "maybe-finance", App: "Maybe", Form: Env, Mode: MailGem, Params: mailGem29(OnlyTrue, ""), Images: []string{"ghcr.io/maybe-finance/maybe", "ghcr.io/we-promise/sure"},
		Keys: []Key{
			{Name: "SMTP_ADDRESS", Role: Host}, {Name: "SMTP_PORT", Role: Port}, {Name: "SMTP_USERNAME", Role: User}, {Name: "SMTP_PASSWORD", Role: Pass}, {Name: "SMTP_TLS_ENABLED", Role: Secure}, {Name: "EMAIL_SENDER", Role: From},
		},
		Marks: []Mark{{Key: "SMTP_TLS_ENABLED", Worth: 5}, {Key: "EMAIL_SENDER", Worth: 2}}, Doubt: true, Sources: []string{"maybe-finance/maybe .env.example (memory)"},
	},
	{
		ID: "loomio", App: "Loomio", Form: Env, Mode: MailGem, Params: mailGem29(Usual, ""), Images: []string{"loomio/loomio"},
		Keys: []Key{
			{Name: "SMTP_SERVER", Role: Host}, {Name: "SMTP_PORT", Role: Port}, {Name: "SMTP_USERNAME", Role: User}, {Name: "SMTP_PASSWORD", Role: Pass}, {Name: "SMTP_AUTH", Role: Login, Words: rubyLogin}, {Name: "SMTP_DOMAIN", Role: HELO},
			{Name: "SMTP_USE_SSL", Role: Secure, Yes: "1", No: "0"}, {Name: "SMTP_SSL_VERIFY_MODE", Role: Verify, Words: rubyVerify}, {Name: "REPLY_HOSTNAME", Role: Known}, {Name: "FROM_EMAIL", Role: From},
		},
		Marks: []Mark{{Key: "SMTP_USE_SSL", Worth: 3}, {Key: "REPLY_HOSTNAME", Worth: 5}}, Doubt: true, Sources: []string{"loomio/loomio-deploy env_template (memory)"},
	},
	{
		ID: "lago", App: "Lago", Form: Env, Mode: MailGem, Params: Params{}, Images: []string{"getlago/api"},
		Keys: []Key{
			{Name: "LAGO_SMTP_ADDRESS", Role: Host}, {Name: "LAGO_SMTP_PORT", Role: Port}, {Name: "LAGO_SMTP_USERNAME", Role: User}, {Name: "LAGO_SMTP_PASSWORD", Role: Pass}, {Name: "LAGO_FROM_EMAIL", Role: From},
		},
		Marks: []Mark{{Key: "LAGO_SMTP_*", Worth: 10}}, Doubt: true, Sources: []string{"getlago documentation (memory)"},
	},
	{
		ID: "forem", App: "Forem", Form: Env, Mode: MailGem, Images: []string{"forem/forem"},
		Keys: []Key{
			{Name: "SMTP_ADDRESS", Role: Host}, {Name: "SMTP_PORT", Role: Port, Default: "25"}, {Name: "SMTP_USER_NAME", Role: User}, {Name: "SMTP_PASSWORD", Role: Pass}, {Name: "SMTP_AUTHENTICATION", Role: Login, Words: rubyLogin}, {Name: "SMTP_DOMAIN", Role: HELO},
			{Name: "DEFAULT_EMAIL", Role: From}, {Name: "SENDGRID_API_KEY", Role: Known},
		},
		Marks: []Mark{{Key: "FOREM_OWNER_SECRET", Worth: 8}, {Key: "DEFAULT_EMAIL", Worth: 2}}, Channels: Channels{Wins: []Winner{{"SENDGRID_API_KEY", "api", "SENDGRID_API_KEY is set, and Forem sends through SendGrid"}}},
		Doubt: true, Sources: []string{"forem/forem app/models/settings/smtp.rb (memory)"},
	},
	{
		ID: "canvas-lms", App: "Canvas LMS", Form: YAML, Mode: MailGem, Params: mailGem29(Usual, ""), Files: []string{"outgoing_mail.yml"},
		Keys: []Key{
			{Name: "production.address", Role: Host, Default: "localhost"}, {Name: "production.port", Role: Port, Default: "25"}, {Name: "production.user_name", Role: User}, {Name: "production.password", Role: Pass}, {Name: "production.authentication", Role: Login, Words: rubyLogin}, {Name: "production.domain", Role: HELO},
			{Name: "production.outgoing_address", Role: From}, {Name: "production.default_name", Role: FromName}, {Name: "production.enable_starttls_auto", Role: AutoTLS, Beside: "-"}, {Name: "production.ssl", Role: Secure}, {Name: "production.tls", Role: Secure, Beside: "-"},
		},
		Marks: []Mark{{Key: "outgoing_address", Worth: 5}, {File: "outgoing_mail.yml", Worth: 10}}, Doubt: true, Sources: []string{"instructure/canvas-lms config/outgoing_mail.yml.example (memory)"},
	},
	{
		ID: "diaspora", App: "diaspora*", Form: YAML, Also: []Form{TOML}, Mode: MailGem, Params: mailGem29(Usual, ""), Files: []string{"diaspora.yml", "diaspora.toml"}, Images: []string{"diaspora/diaspora"},
		Keys: []Key{
			{Name: "mail.enable", Role: Enabled, Default: "false"}, {Name: "mail.sender_address", Role: From}, {Name: "mail.method", Role: Driver, Words: []Word{{V: "smtp", Channel: "smtp"}, {V: "sendmail", Channel: "sendmail"}, {V: "messagebus", Channel: "api"}}},
			{Name: "mail.smtp.host", Role: Host}, {Name: "mail.smtp.port", Role: Port, Default: "587"}, {Name: "mail.smtp.username", Role: User}, {Name: "mail.smtp.password", Role: Pass}, {Name: "mail.smtp.authentication", Role: Login, Default: "plain", Words: rubyLogin},
			{Name: "mail.smtp.starttls_auto", Role: AutoTLS, Default: "true", Beside: "-"}, {Name: "mail.smtp.domain", Role: HELO}, {Name: "mail.smtp.openssl_verify_mode", Role: Verify, Words: rubyVerify},
		},
		Marks: []Mark{{Key: "mail.sender_address", Worth: 5}, {Key: "mail.smtp.starttls_auto", Worth: 6}}, Doubt: true, Sources: []string{"diaspora/diaspora config/diaspora.toml.example (memory)"},
	},
	{
		ID: "manageiq", App: "ManageIQ", Form: YAML, Mode: MailGem, Params: mailGem29(Usual, ""),
		Keys: []Key{
			{Name: "smtp.host", Role: Host}, {Name: "smtp.port", Role: Port, Default: "25"}, {Name: "smtp.user_name", Role: User}, {Name: "smtp.password", Role: Pass}, {Name: "smtp.authentication", Role: Login, Words: rubyLogin}, {Name: "smtp.enable_starttls_auto", Role: AutoTLS, Beside: "-"},
			{Name: "smtp.openssl_verify_mode", Role: Verify, Words: rubyVerify}, {Name: "smtp.from", Role: From}, {Name: "smtp.domain", Role: HELO},
		},
		Marks: []Mark{{Key: "smtp.enable_starttls_auto", Worth: 6}}, Doubt: true, Sources: []string{"ManageIQ/manageiq config/settings.yml (memory)"},
	},
}
