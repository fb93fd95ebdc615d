package dialect

import "github.com/maildoctor/maildoctor/internal/target"

// gitlabLogin are the values of smtp_authentication. false was no login up to
// net-smtp 0.4, and is refused by 0.5.
var gitlabLogin = append([]Word{{V: "false", Since: "19.0", Not: true}}, rubyLogin...)

const asyncSMTP = "is gone since Redmine 4, and no mail is sent"

// rubyCode are the Ruby applications whose settings are code, YAML or JSON.
var rubyCode = []Dialect{
	{
		ID: "gitlab-omnibus", App: "GitLab (Omnibus)", Form: Ruby, Mode: MailGem, Params: mailGem29(Strict, "19.0"),
		Files: []string{"gitlab.rb"}, Images: []string{"gitlab/gitlab-ce", "gitlab/gitlab-ee"},
		Keys: []Key{
			{Name: "gitlab_rails.smtp_enable", Role: Enabled, Default: "false"},
			{Name: "gitlab_rails.smtp_address", Role: Host},
			{Name: "gitlab_rails.smtp_port", Role: Port, Default: "25"},
			{Name: "gitlab_rails.smtp_user_name", Role: User},
			{Name: "gitlab_rails.smtp_password", Role: Pass},
			{Name: "gitlab_rails.smtp_domain", Role: HELO},
			{Name: "gitlab_rails.smtp_authentication", Role: Login, Words: gitlabLogin},
			{Name: "gitlab_rails.smtp_enable_starttls_auto", Role: AutoTLS, Default: "true"},
			{Name: "gitlab_rails.smtp_tls", Role: Secure, Default: "false"},
			{Name: "gitlab_rails.smtp_ssl", Role: Secure, Default: "false", Beside: "-"},
			{Name: "gitlab_rails.smtp_openssl_verify_mode", Role: Verify, Words: rubyVerify},
			{Name: "gitlab_rails.gitlab_email_from", Role: From},
			{Name: "gitlab_rails.gitlab_email_display_name", Role: FromName},
			{Name: "gitlab_rails.gitlab_email_enabled", Role: Known}, {Name: "gitlab_rails.smtp_pool", Role: Known}, {Name: "gitlab_rails.smtp_ca_file", Role: Known}, {Name: "gitlab_rails.gitlab_email_reply_to", Role: Known},
		},
		Marks: []Mark{{Key: "gitlab_rails.smtp_*", Worth: 8}, {Value: "gitlab_rails[", Worth: 4}},
		Mistaken: []Wrong{
			{Name: "gitlab_rails.smtp_username", Right: "gitlab_rails.smtp_user_name"}, {Name: "gitlab_rails.smtp_user", Right: "gitlab_rails.smtp_user_name"}, {Name: "gitlab_rails.smtp_host", Right: "gitlab_rails.smtp_address"}, {Name: "gitlab_rails.smtp_server", Right: "gitlab_rails.smtp_address"},
			{Name: "gitlab_rails.smtp_enabled", Right: "gitlab_rails.smtp_enable"}, {Name: "gitlab_rails.smtp_enable_starttls"}, {Name: "gitlab_rails.smtp_starttls"}, {Name: "gitlab_rails.smtp_from", Right: "gitlab_rails.gitlab_email_from"},
		},
		Traps: []Trap{
			{
				Check: "mailer-switched-off", Key: "gitlab_rails.gitlab_email_enabled", When: func(s Settings) bool { return isFalse(s, "gitlab_rails.gitlab_email_enabled") },
				Summary: "gitlab_email_enabled is false: GitLab sends no mail", Fix: []string{"Set gitlab_rails['gitlab_email_enabled'] = true"}, Set: map[string]string{"gitlab_rails.gitlab_email_enabled": "true"},
			},
			{
				Check: "release-bug", Key: "gitlab_rails.smtp_authentication", Since: "19.0", When: valueIs("gitlab_rails.smtp_authentication", "false"),
				Summary: "smtp_authentication = false stops mail since GitLab 19.0: wrong authentication type false", Detail: "The gem net-smtp 0.5 refuses false where older ones took it for no login.",
				Fix: []string{"Remove gitlab_rails['smtp_authentication'], or set it to plain where the server wants a login"}, Set: map[string]string{"gitlab_rails.smtp_authentication": ""},
			},
			{
				Check: "client-config-invalid", Severity: "warning", Key: "gitlab_rails.smtp_pool", When: func(s Settings) bool { return isTrue(s, "gitlab_rails.smtp_pool") },
				Summary: "smtp_pool keeps connections that servers close when idle; mail then fails now and again", Fix: []string{"Set gitlab_rails['smtp_pool'] = false"}, Set: map[string]string{"gitlab_rails.smtp_pool": "false"},
			},
			beforeMail29("gitlab_rails.smtp_enable_starttls_auto", "false"),
		},
		Restart: "Run gitlab-ctl reconfigure: nothing reads gitlab.rb before",
		Sources: []string{"gitlab-org/gitlab work item 603334 (19.0.2, mail 2.9.0, net-smtp 0.5.1)", "mailcow/mailcow-dockerized#2931, gitlabhq/gitlabhq#9236"},
	},
	{
		ID: "gitlab-sameersbn", App: "GitLab or Redmine (sameersbn)", Form: Env, Mode: MailGem, Params: mailGem29(OnlyTrue, "19.0"),
		Images: []string{"sameersbn/gitlab", "sameersbn/redmine"},
		Keys: []Key{
			{Name: "SMTP_ENABLED", Role: Enabled},
			{Name: "SMTP_HOST", Role: Host, Default: "smtp.gmail.com"},
			{Name: "SMTP_PORT", Role: Port, Default: "587"},
			{Name: "SMTP_USER", Role: User},
			{Name: "SMTP_PASS", Role: Pass},
			{Name: "SMTP_STARTTLS", Role: AutoTLS, Default: "true"},
			{Name: "SMTP_TLS", Role: Secure, Default: "false"},
			{Name: "SMTP_DOMAIN", Role: HELO},
			{Name: "SMTP_OPENSSL_VERIFY_MODE", Role: Verify, Words: rubyVerify},
			{Name: "SMTP_AUTHENTICATION", Role: Login, Words: rubyLogin},
			{Name: "GITLAB_EMAIL", Role: From},
			{Name: "GITLAB_EMAIL_DISPLAY_NAME", Role: FromName},
			{Name: "GITLAB_EMAIL_ENABLED", Role: Known}, {Name: "SMTP_CA_ENABLED", Role: Known}, {Name: "SMTP_CA_FILE", Role: Known}, {Name: "SMTP_CA_PATH", Role: Known}, {Name: "GITLAB_HOST", Role: Known}, {Name: "GITLAB_EMAIL_REPLY_TO", Role: Known},
		},
		Marks:    []Mark{{Key: "GITLAB_EMAIL", Worth: 3}, {Key: "SMTP_STARTTLS", Worth: 2}, {Key: "SMTP_OPENSSL_VERIFY_MODE", Worth: 1}, {Key: "GITLAB_SECRETS_DB_KEY_BASE", Worth: 5}},
		Mistaken: []Wrong{{Name: "SMTP_USERNAME", Right: "SMTP_USER"}, {Name: "SMTP_PASSWORD", Right: "SMTP_PASS"}, {Name: "SMTP_ADDRESS", Right: "SMTP_HOST"}, {Name: "SMTP_SSL"}, {Name: "SMTP_SECURE"}, {Name: "SMTP_ENABLE_STARTTLS_AUTO", Right: "SMTP_STARTTLS"}},
		Traps: []Trap{
			{
				Check: "mailer-switched-off", Severity: "warning", Key: "SMTP_ENABLED",
				When: func(s Settings) bool {
					_, set := s.Get("SMTP_ENABLED")
					return !set && !s.Has("SMTP_USER") && s.Has("SMTP_HOST")
				},
				Summary: "Without SMTP_ENABLED and SMTP_USER the container hands mail to its own sendmail", Fix: []string{"Set SMTP_ENABLED=true"}, Set: map[string]string{"SMTP_ENABLED": "true"},
			},
			{
				Check: "cert-check-off", Severity: "note", Key: "SMTP_OPENSSL_VERIFY_MODE", When: func(s Settings) bool { return s.Role(Host) != "" && !s.Has("SMTP_OPENSSL_VERIFY_MODE") },
				Summary: "SMTP_OPENSSL_VERIFY_MODE is not set, and the container checks no certificate then", Fix: []string{"Set SMTP_OPENSSL_VERIFY_MODE=peer"},
			},
			beforeMail29("SMTP_STARTTLS", "false"),
		},
		Restart: "Recreate the container: it writes its settings when it starts",
		Sources: []string{"sameersbn/docker-gitlab#816, #170, #1008, #315 and README"},
	},
	{
		ID: "gitlab-helm", App: "GitLab (Helm chart)", Form: YAML, Mode: MailGem, Params: mailGem29(Usual, "19.0"), Files: []string{"values.yaml", "values.yml", "gitlab-values.y*ml"},
		Keys: []Key{
			{Name: "global.smtp.enabled", Role: Enabled, Default: "false"},
			{Name: "global.smtp.address", Role: Host, Default: "smtp.mailgun.org"},
			{Name: "global.smtp.port", Role: Port, Default: "2525"},
			{Name: "global.smtp.user_name", Role: User},
			{Name: "global.smtp.authentication", Role: Login, Default: "plain", Words: append([]Word{{V: "", Channel: "off", Not: true}}, rubyLogin...)},
			{Name: "global.smtp.starttls_auto", Role: AutoTLS, Default: "false"},
			{Name: "global.smtp.tls", Role: Secure, Default: "false"},
			{Name: "global.smtp.openssl_verify_mode", Role: Verify, Words: rubyVerify},
			{Name: "global.email.from", Role: From}, {Name: "global.email.display_name", Role: FromName},
			{Name: "global.smtp.password.secret", Role: Known}, {Name: "global.smtp.password.key", Role: Known}, {Name: "global.smtp.pool", Role: Known}, {Name: "global.smtp.domain", Role: HELO},
		},
		Marks:   []Mark{{Key: "global.smtp.address", Worth: 8}, {Key: "global.smtp.starttls_auto", Worth: 6}},
		Sources: []string{"GitLab charts, doc/charts/globals.md (memory)"},
	},
	{
		ID: "redmine", App: "Redmine", Form: YAML, Mode: MailGem, Params: mailGem29(Usual, "6.1"), Files: []string{"configuration.yml"}, Images: []string{"redmine", "library/redmine", "bitnami/redmine"},
		Keys: []Key{
			{Name: "email_delivery.delivery_method", Role: Driver, Words: []Word{
				{V: ":smtp", Channel: "smtp"}, {V: "smtp", Channel: "smtp", Not: true}, {V: ":sendmail", Channel: "sendmail"}, {V: "sendmail", Channel: "sendmail", Not: true},
				{V: ":async_smtp", Channel: "smtp", Until: "4.0", Not: true}, {V: ":async_smtp", Channel: "none", Since: "4.0", Swallows: asyncSMTP, Not: true}, {V: "async_smtp", Channel: "none", Since: "4.0", Swallows: asyncSMTP, Not: true}, {V: ":async_sendmail", Channel: "none", Since: "4.0", Swallows: asyncSMTP, Not: true},
				{V: ":test", Channel: "none", Swallows: "keeps every mail in memory and sends none", Not: true},
			}},
			{Name: "email_delivery.smtp_settings.address", Role: Host},
			{Name: "email_delivery.smtp_settings.port", Role: Port, Default: "25"},
			{Name: "email_delivery.smtp_settings.user_name", Role: User},
			{Name: "email_delivery.smtp_settings.password", Role: Pass},
			{Name: "email_delivery.smtp_settings.enable_starttls_auto", Role: AutoTLS},
			{Name: "email_delivery.smtp_settings.enable_starttls", Role: Start, Beside: "-"},
			{Name: "email_delivery.smtp_settings.ssl", Role: Secure},
			{Name: "email_delivery.smtp_settings.tls", Role: Secure, Beside: "-"},
			{Name: "email_delivery.smtp_settings.authentication", Role: Login, Words: rubyLogin},
			{Name: "email_delivery.smtp_settings.domain", Role: HELO},
			{Name: "email_delivery.smtp_settings.openssl_verify_mode", Role: Verify, Words: rubyVerify},
		},
		Marks: []Mark{{Key: "email_delivery.smtp_settings.*", Worth: 8}, {Key: "email_delivery.delivery_method", Worth: 6}},
		Mistaken: []Wrong{
			{Name: "smtp_settings.username", Right: "email_delivery.smtp_settings.user_name"}, {Name: "smtp_settings.user", Right: "email_delivery.smtp_settings.user_name"}, {Name: "smtp_settings.host", Right: "email_delivery.smtp_settings.address"}, {Name: "smtp_settings.server", Right: "email_delivery.smtp_settings.address"},
			{Name: "smtp_settings.starttls"}, {Name: "smtp_settings.enable_tls"}, {Name: "smtp_settings.secure"},
		},
		Traps: []Trap{
			{
				Check: "setting-ignored", Severity: "warning", Key: "email_delivery.smtp_settings.address",
				When: func(s Settings) bool {
					return s.Has("development.email_delivery.smtp_settings.address") && s.Has("development.email_delivery.smtp_settings.port") && !s.Has("default.email_delivery.smtp_settings.address") && !s.Has("production.email_delivery.smtp_settings.address")
				},
				Summary: "The settings stand under development: a production Redmine does not read them", Fix: []string{"Put email_delivery under default: or production:"},
			},
			beforeMail29("email_delivery.smtp_settings.enable_starttls_auto", "false"),
		},
		Restart: "Restart Redmine: configuration.yml is read when it starts",
		Sources: []string{"redmine/redmine config/configuration.yml.example, Gemfile (mail ~> 2.9.0) @890812e (7.0.0)"},
	},
	{
		ID: "zammad", App: "Zammad", Form: JSON, Mode: Zammad, Params: mailGem29(Usual, "7.0.1"), Images: []string{"zammad/zammad", "ghcr.io/zammad/zammad"}, Files: []string{"auto_wizard.json"},
		Keys: []Key{
			{Name: "outbound.adapter", Role: Driver, Words: []Word{{V: "smtp", Channel: "smtp"}, {V: "sendmail", Channel: "sendmail"}, {V: "imap", Channel: "imap", Not: true}, {V: "pop3", Channel: "pop3", Not: true}, {V: "null", Channel: "none", Swallows: "sends no mail", Not: true}, {V: "microsoft_graph_outbound", Channel: "api"}}},
			{Name: "options.host", Role: Host},
			{Name: "options.port", Role: Port, Default: "25"},
			{Name: "options.user", Role: User},
			{Name: "options.password", Role: Pass},
			{Name: "options.ssl", Role: Secure},
			{Name: "options.enable_starttls_auto", Role: AutoTLS},
			{Name: "options.ssl_verify", Role: Verify},
			{Name: "options.domain", Role: HELO},
		},
		Marks:    []Mark{{Key: "adapter", Value: "smtp", Worth: 4}, {Key: "options.ssl_verify", Worth: 3}, {Key: "options.enable_starttls_auto", Worth: 4}},
		Mistaken: []Wrong{{Name: "options.username", Right: "options.user"}, {Name: "options.user_name", Right: "options.user"}, {Name: "options.address", Right: "options.host"}},
		Traps:    []Trap{beforeMail29("options.enable_starttls_auto", "false")},
		Restart:  "Save the channel again in the admin page",
		Sources:  []string{"zammad/zammad#6186, #648, #3144"},
	},
	{
		ID: "rails", App: "Rails", Form: Ruby, Also: []Form{YAML}, Mode: RailsMail, Params: mailGem29(Strict, "2.9"),
		Files: []string{"production.rb", "development.rb", "staging.rb", "application.rb", "smtp.rb", "mailer.rb", "setup_mail.rb", "action_mailer.rb"}, Packages: []string{"mail", "actionmailer", "rails"},
		Keys: []Key{
			{Name: "action_mailer.delivery_method", Also: []string{"ActionMailer::Base.delivery_method"}, Role: Driver, Default: "smtp", Words: railsMethods},
			{Name: "action_mailer.perform_deliveries", Also: []string{"ActionMailer::Base.perform_deliveries"}, Role: Enabled},
			{Name: "action_mailer.raise_delivery_errors", Also: []string{"ActionMailer::Base.raise_delivery_errors"}, Role: Known},
			{Name: "smtp_settings.address", Role: Host, Default: "localhost"},
			{Name: "smtp_settings.port", Role: Port, Default: "25"},
			{Name: "smtp_settings.user_name", Role: User},
			{Name: "smtp_settings.password", Role: Pass},
			{Name: "smtp_settings.authentication", Role: Login, Words: rubyLogin},
			{Name: "smtp_settings.enable_starttls", Role: Scheme, Else: "true", Words: []Word{
				{V: "true", Mode: target.STARTTLS}, {V: "always", Mode: target.STARTTLS, Not: true}, {V: ":always", Mode: target.STARTTLS, Not: true}, {V: "auto", Mode: target.Opportunistic, Not: true}, {V: ":auto", Mode: target.Opportunistic, Not: true}, {V: "false", Mode: target.Cleartext},
			}},
			{Name: "smtp_settings.enable_starttls_auto", Role: AutoTLS, Beside: "-"},
			{Name: "smtp_settings.tls", Role: Secure, Avoid: "false"},
			{Name: "smtp_settings.ssl", Role: Secure, Avoid: "false", Beside: "-"},
			{Name: "smtp_settings.openssl_verify_mode", Role: Verify, Words: rubyVerify},
			{Name: "smtp_settings.domain", Role: HELO},
			{Name: "smtp_settings.open_timeout", Role: Timeout}, {Name: "smtp_settings.read_timeout", Role: Known},
			{Name: "action_mailer.default_options.from", Also: []string{"default_from"}, Role: From},
			{Name: "action_mailer.default_url_options.host", Role: Known},
		},
		Marks: []Mark{{Key: "action_mailer.smtp_settings", Worth: 10}, {Key: "ActionMailer::Base.smtp_settings", Worth: 10}, {Value: "action_mailer", Worth: 4}, {Key: "smtp_settings.enable_starttls", Worth: 3}},
		Mistaken: []Wrong{
			{Name: "smtp_settings.username", Right: "smtp_settings.user_name", Why: "the gem mail reads user_name; without it nobody logs in"}, {Name: "smtp_settings.user", Right: "smtp_settings.user_name", Why: "the gem mail reads user_name; without it nobody logs in"},
			{Name: "smtp_settings.host", Right: "smtp_settings.address"}, {Name: "smtp_settings.server", Right: "smtp_settings.address"}, {Name: "smtp_settings.hostname", Right: "smtp_settings.address"}, {Name: "smtp_settings.pass", Right: "smtp_settings.password"},
			{Name: "smtp_settings.auth", Right: "smtp_settings.authentication"}, {Name: "smtp_settings.enable_tls"}, {Name: "smtp_settings.enable_ssl"}, {Name: "smtp_settings.use_tls"}, {Name: "smtp_settings.use_ssl"}, {Name: "smtp_settings.secure"}, {Name: "smtp_settings.starttls"},
		},
		Traps: []Trap{
			{
				Check: "setting-ignored", Severity: "note", Key: "action_mailer.raise_delivery_errors", When: func(s Settings) bool { return isFalse(s, "action_mailer.raise_delivery_errors") },
				Summary: "raise_delivery_errors is false: Rails hides why a mail was not sent", Fix: []string{"Set config.action_mailer.raise_delivery_errors = true until mail arrives"},
			},
			beforeMail29("smtp_settings.enable_starttls_auto", "false"),
		},
		Restart: "Restart the application and its job workers",
		Sources: []string{"mikel/mail lib/mail/network/delivery_methods/smtp.rb @d645d7b (2.9.1), #1536", "CircuitVerse/CircuitVerse#7648, huginn/huginn#3542"},
	},
}
