package dialect

import "github.com/maildoctor/maildoctor/internal/target"

// rubyVerify are the values of openssl_verify_mode. client_once and
// fail_if_no_peer_cert are for servers: a client that has them alone checks
// nothing.
var rubyVerify = []Word{
	{V: "peer"}, {V: "none", Channel: "off", Not: true}, {V: "client_once", Channel: "off", Not: true}, {V: "fail_if_no_peer_cert", Channel: "off", Not: true},
	{V: "VERIFY_PEER", Not: true}, {V: "VERIFY_NONE", Channel: "off", Not: true}, {V: "1", Not: true}, {V: "0", Channel: "off", Not: true},
}

// rubyLogin are the values of authentication.
var rubyLogin = []Word{
	{V: "plain"}, {V: "login"}, {V: "cram_md5"}, {V: "cram-md5", Not: true}, {V: "xoauth2", Not: true}, {V: "none", Channel: "off", Not: true},
	{V: ":plain", Not: true}, {V: ":login", Not: true}, {V: ":cram_md5", Not: true}, {V: ":none", Channel: "off", Not: true},
	{V: "nil", Channel: "off", Not: true}, {V: "false", Channel: "off", Not: true},
}

// railsMethods are the values of delivery_method that gems register.
var railsMethods = []Word{
	{V: "smtp", Channel: "smtp"}, {V: ":smtp", Channel: "smtp", Not: true}, {V: "smtp_pool", Channel: "smtp", Not: true},
	{V: "resend", Channel: "resend"}, {V: "sendmail", Channel: "sendmail"}, {V: ":sendmail", Channel: "sendmail", Not: true}, {V: "exim", Channel: "sendmail", Not: true},
	{V: "letter_opener", Channel: "none", Swallows: "opens every mail in a browser and sends none", Not: true},
	{V: "letter_opener_web", Channel: "none", Swallows: "keeps every mail for a page of its own and sends none", Not: true},
	{V: "test", Channel: "none", Swallows: "keeps every mail in memory and sends none", Not: true},
	{V: "file", Channel: "none", Swallows: "writes every mail to a file and sends none", Not: true},
	{V: "logger", Channel: "log", Swallows: "writes every mail to the log and sends none", Not: true},
	{V: "postmark", Channel: "api"}, {V: "mailgun", Channel: "api"}, {V: "ses", Channel: "api"}, {V: "ses_v2", Channel: "api"}, {V: "aws_sdk", Channel: "api"}, {V: "amazon_ses", Channel: "api"},
	{V: "sendgrid", Channel: "api"}, {V: "sendgrid_actionmailer", Channel: "api"}, {V: "mandrill", Channel: "api"}, {V: "mailjet", Channel: "api"}, {V: "mailjet_api", Channel: "api"},
	{V: "sparkpost", Channel: "api"}, {V: "brevo", Channel: "api"}, {V: "sendinblue", Channel: "api"}, {V: "mailtrap", Channel: "api"}, {V: "notify", Channel: "api"},
	{V: "microsoft_graph", Channel: "api"}, {V: "gmail_api", Channel: "api"}, {V: "mailersend", Channel: "api"}, {V: "loops", Channel: "api"}, {V: "zeptomail", Channel: "api"},
}

// mailGem29 is what the gem mail does since 2.9; since is the first release of an
// application that has it.
func mailGem29(b Bools, since string) Params {
	return Params{Bools: b, Both: "refuse", BothSince: since, BothSays: mailGemSays}
}

var ruby = []Dialect{
	{
		ID: "mastodon", App: "Mastodon", Form: Env, Mode: Mastodon, Params: mailGem29(Usual, "4.5"),
		Files: []string{".env.production"}, Images: []string{"tootsuite/mastodon", "mastodon/mastodon", "linuxserver/mastodon", "glitch-soc/mastodon"},
		Keys: []Key{
			{Name: "SMTP_SERVER", Role: Host},
			{Name: "SMTP_PORT", Role: Port},
			{Name: "SMTP_LOGIN", Role: User},
			{Name: "SMTP_PASSWORD", Role: Pass},
			{Name: "SMTP_AUTH_METHOD", Role: Login, Default: "plain", Words: rubyLogin},
			{Name: "SMTP_ENABLE_STARTTLS", Role: Scheme, Else: "=", Words: []Word{
				{V: "always", Mode: target.STARTTLS}, {V: "never", Mode: target.Cleartext}, {V: "auto", Mode: target.Opportunistic}, {V: "", Not: true},
			}},
			{Name: "SMTP_ENABLE_STARTTLS_AUTO", Role: AutoTLS, Bools: NotFalse, Default: "true", Since: "3.5", Silent: true, Beside: "-"},
			{Name: "SMTP_ENABLE_STARTTLS_AUTO", Role: AutoTLS, Bools: NonEmpty, Default: "true", Until: "3.5", Silent: true, Beside: "-"},
			{Name: "SMTP_TLS", Role: Secure, Bools: OnlyTrue, Since: "3.5", Silent: true, Yes: "true"},
			{Name: "SMTP_SSL", Role: Secure, Bools: OnlyTrue, Since: "3.5", Silent: true, Beside: "-"},
			{Name: "SMTP_TLS", Role: Secure, Bools: NonEmpty, Until: "3.5", Silent: true, Avoid: "false"},
			{Name: "SMTP_SSL", Role: Secure, Bools: NonEmpty, Until: "3.5", Silent: true, Avoid: "false", Beside: "-"},
			{Name: "SMTP_OPENSSL_VERIFY_MODE", Role: Verify, Words: rubyVerify},
			{Name: "SMTP_FROM_ADDRESS", Role: From, Default: "notifications@localhost"},
			{Name: "SMTP_DELIVERY_METHOD", Role: Driver, Default: "smtp", Words: railsMethods},
			{Name: "SMTP_DOMAIN", Role: HELO},
			{Name: "SMTP_CA_FILE", Role: Known}, {Name: "SMTP_REPLY_TO", Role: Known}, {Name: "SMTP_RETURN_PATH", Role: Known}, {Name: "LOCAL_DOMAIN", Role: Known},
		},
		Marks: []Mark{{Key: "SMTP_LOGIN", Worth: 3}, {Key: "LOCAL_DOMAIN", Worth: 2}, {Key: "SMTP_FROM_ADDRESS", Worth: 1}, {Key: "SMTP_AUTH_METHOD", Worth: 2}},
		Mistaken: []Wrong{
			{Name: "SMTP_HOST", Right: "SMTP_SERVER"}, {Name: "SMTP_ADDRESS", Right: "SMTP_SERVER"}, {Name: "SMTP_USERNAME", Right: "SMTP_LOGIN"}, {Name: "SMTP_USER", Right: "SMTP_LOGIN"}, {Name: "SMTP_USER_NAME", Right: "SMTP_LOGIN"},
			{Name: "SMTP_PASS", Right: "SMTP_PASSWORD"}, {Name: "SMTP_FROM", Right: "SMTP_FROM_ADDRESS"}, {Name: "SMTP_AUTHENTICATION", Right: "SMTP_AUTH_METHOD"}, {Name: "SMTP_ENCRYPTION"}, {Name: "SMTP_SECURE"}, {Name: "SMTP_STARTTLS"},
		},
		Traps: []Trap{
			{
				Check: "client-config-invalid", Severity: "warning", Key: "SMTP_AUTH_METHOD",
				When: func(s Settings) bool {
					login, set := s.Get("SMTP_LOGIN")
					method, _ := s.Get("SMTP_AUTH_METHOD")
					return set && login == "" && s.Role(Pass) == "" && lower(method) != "none"
				},
				Summary: "SMTP_LOGIN is empty, and Mastodon tries to log in all the same", Detail: "A relay without logins answers 503 5.5.1 Error: authentication not enabled.",
				Fix: []string{"Set SMTP_AUTH_METHOD=none"}, Set: map[string]string{"SMTP_AUTH_METHOD": "none"},
			},
			{
				Check: "setting-ignored", Severity: "note", Key: "SMTP_ENABLE_STARTTLS_AUTO", Since: "4.4",
				When: func(s Settings) bool {
					_, other := s.Get("SMTP_ENABLE_STARTTLS")
					return isFalse(s, "SMTP_ENABLE_STARTTLS_AUTO") && !other
				},
				Summary: "SMTP_ENABLE_STARTTLS_AUTO=false may have no effect since config/email.yml reads it", Fix: []string{"Set SMTP_ENABLE_STARTTLS=never in its place"},
			},
		},
		Ranges: []string{"3.5"}, Restart: "Restart web, sidekiq and streaming",
		Sources: []string{"mastodon/mastodon config/email.yml @0e66f13, lib/mastodon/email_configuration_helper.rb @48451b7", "mastodon/mastodon#23180, #772, #17215, #17216, #36646"},
	},
	{
		ID: "discourse", App: "Discourse", Form: YAML, Also: []Form{Env, Properties}, Mode: MailGem, Params: mailGem29(Usual, "3.6"),
		Files: []string{"app.yml", "web_only.yml", "discourse.conf"}, Images: []string{"discourse/discourse", "local_discourse/app"},
		Keys: []Key{
			{Name: "DISCOURSE_SMTP_ADDRESS", Also: []string{"smtp_address"}, Role: Host},
			{Name: "DISCOURSE_SMTP_PORT", Also: []string{"smtp_port"}, Role: Port, Default: "25"},
			{Name: "DISCOURSE_SMTP_USER_NAME", Also: []string{"smtp_user_name"}, Role: User},
			{Name: "DISCOURSE_SMTP_PASSWORD", Also: []string{"smtp_password"}, Role: Pass},
			{Name: "DISCOURSE_SMTP_ENABLE_START_TLS", Also: []string{"smtp_enable_start_tls"}, Role: AutoTLS, Default: "true"},
			{Name: "DISCOURSE_SMTP_FORCE_TLS", Also: []string{"smtp_force_tls"}, Role: Secure, Since: "2.7"},
			{Name: "DISCOURSE_SMTP_AUTHENTICATION", Also: []string{"smtp_authentication"}, Role: Login, Default: "plain", Words: rubyLogin},
			{Name: "DISCOURSE_SMTP_OPENSSL_VERIFY_MODE", Also: []string{"smtp_openssl_verify_mode"}, Role: Verify, Words: rubyVerify},
			{Name: "DISCOURSE_NOTIFICATION_EMAIL", Role: From},
			{Name: "DISCOURSE_SMTP_DOMAIN", Also: []string{"smtp_domain"}, Role: HELO},
			{Name: "DISCOURSE_HOSTNAME", Role: Known}, {Name: "DISCOURSE_DEVELOPER_EMAILS", Role: To},
		},
		Marks: []Mark{{Key: "DISCOURSE_SMTP_ADDRESS", Worth: 6}, {Key: "DISCOURSE_SMTP_ENABLE_START_TLS", Worth: 4}, {Key: "DISCOURSE_DEVELOPER_EMAILS", Worth: 3}},
		Mistaken: []Wrong{
			{Name: "DISCOURSE_SMTP_HOST", Right: "DISCOURSE_SMTP_ADDRESS", Why: "DISCOURSE_SMTP_HOST is of the image of Bitnami"}, {Name: "DISCOURSE_SMTP_USER", Right: "DISCOURSE_SMTP_USER_NAME"}, {Name: "DISCOURSE_SMTP_USERNAME", Right: "DISCOURSE_SMTP_USER_NAME"},
			{Name: "DISCOURSE_SMTP_PASS", Right: "DISCOURSE_SMTP_PASSWORD"}, {Name: "DISCOURSE_SMTP_ENABLE_STARTTLS", Right: "DISCOURSE_SMTP_ENABLE_START_TLS"}, {Name: "DISCOURSE_SMTP_ENABLE_TLS"}, {Name: "DISCOURSE_SMTP_TLS"}, {Name: "DISCOURSE_SMTP_SSL"}, {Name: "DISCOURSE_SMTP_PROTOCOL"},
		},
		Traps:   []Trap{beforeMail29("DISCOURSE_SMTP_ENABLE_START_TLS", "false")},
		Restart: "Run ./launcher rebuild app: the container keeps the values that it was built with",
		Sources: []string{"discourse/discourse config/environments/production.rb @003c7bc, #11733", "discourse/discourse_docker#881, #948, #256"},
	},
	{
		ID: "discourse-bitnami", App: "Discourse (Bitnami)", Form: Env, Mode: ByWord, Params: Params{Fixed: target.Opportunistic, Implicit: nil},
		Images: []string{"bitnami/discourse", "bitnamilegacy/discourse", "public.ecr.aws/bitnami/discourse"},
		Keys: []Key{
			{Name: "SMTP_HOST", Also: []string{"DISCOURSE_SMTP_HOST"}, Role: Host},
			{Name: "SMTP_PORT", Also: []string{"DISCOURSE_SMTP_PORT_NUMBER", "DISCOURSE_SMTP_PORT", "SMTP_PORT_NUMBER"}, Role: Port},
			{Name: "SMTP_USER", Also: []string{"DISCOURSE_SMTP_USER"}, Role: User},
			{Name: "SMTP_PASSWORD", Also: []string{"DISCOURSE_SMTP_PASSWORD"}, Role: Pass},
			{Name: "SMTP_PROTOCOL", Also: []string{"DISCOURSE_SMTP_PROTOCOL"}, Role: Scheme, Words: []Word{
				{V: "tls", Mode: target.Opportunistic}, {V: "ssl", Mode: target.Opportunistic, Not: true},
			}},
			{Name: "SMTP_AUTH", Also: []string{"DISCOURSE_SMTP_AUTH"}, Role: Mech, Words: []Word{{V: "login"}, {V: "plain"}, {V: "cram_md5"}}},
			{Name: "SMTP_TLS", Role: Ignored, Why: "the image writes smtp_enable_start_tls = true whatever it says"},
			{Name: "DISCOURSE_SMTP_ENABLE_START_TLS", Role: Ignored, Why: "the image writes smtp_enable_start_tls itself"},
			{Name: "DISCOURSE_EMAIL", Role: Known}, {Name: "DISCOURSE_HOST", Role: Known}, {Name: "DISCOURSE_SMTP_DOMAIN", Role: HELO},
		},
		Marks:    []Mark{{Key: "DISCOURSE_SMTP_HOST", Worth: 6}, {Key: "DISCOURSE_SMTP_PROTOCOL", Worth: 4}, {Key: "DISCOURSE_EMAIL", Worth: 2}, {Key: "DISCOURSE_USERNAME", Worth: 2}},
		Mistaken: []Wrong{{Name: "SMTP_USERNAME", Right: "SMTP_USER"}, {Name: "DISCOURSE_SMTP_ADDRESS", Right: "DISCOURSE_SMTP_HOST"}, {Name: "DISCOURSE_SMTP_USER_NAME", Right: "DISCOURSE_SMTP_USER"}},
		Restart:  "Remove the container's volume of discourse or edit its discourse.conf: the image writes the settings once",
		Sources:  []string{"bitnami/bitnami-docker-discourse#108, #86", "bitnami/containers libdiscourse.sh"},
	},
	{
		ID: "chatwoot", App: "Chatwoot", Form: Env, Mode: MailGem, Params: mailGem29(Usual, "4.8"),
		Images: []string{"chatwoot/chatwoot"},
		Keys: []Key{
			{Name: "SMTP_ADDRESS", Role: Host, Default: "localhost"},
			{Name: "SMTP_PORT", Role: Port, Default: "587"},
			{Name: "SMTP_USERNAME", Role: User},
			{Name: "SMTP_PASSWORD", Role: Pass},
			{Name: "SMTP_AUTHENTICATION", Role: Login, Words: rubyLogin},
			{Name: "SMTP_DOMAIN", Role: HELO},
			{Name: "SMTP_ENABLE_STARTTLS_AUTO", Role: AutoTLS, Default: "true"},
			{Name: "SMTP_TLS", Role: Secure},
			{Name: "SMTP_SSL", Role: Secure, Beside: "-"},
			{Name: "SMTP_OPENSSL_VERIFY_MODE", Role: Verify, Words: rubyVerify},
			{Name: "MAILER_SENDER_EMAIL", Role: From, Default: "Chatwoot <accounts@chatwoot.com>"},
			{Name: "MAILER_INBOUND_EMAIL_DOMAIN", Role: Known}, {Name: "RAILS_INBOUND_EMAIL_SERVICE", Role: Known}, {Name: "FRONTEND_URL", Role: Known},
		},
		Marks:    []Mark{{Key: "MAILER_SENDER_EMAIL", Worth: 5}, {Key: "MAILER_INBOUND_EMAIL_DOMAIN", Worth: 4}, {Key: "FRONTEND_URL", Worth: 1}, {Key: "SMTP_ENABLE_STARTTLS_AUTO", Worth: 1}},
		Mistaken: []Wrong{{Name: "SMTP_HOST", Right: "SMTP_ADDRESS"}, {Name: "SMTP_SERVER", Right: "SMTP_ADDRESS"}, {Name: "SMTP_USER", Right: "SMTP_USERNAME"}, {Name: "SMTP_USER_NAME", Right: "SMTP_USERNAME"}, {Name: "SMTP_PASS", Right: "SMTP_PASSWORD"}, {Name: "SMTP_FROM", Right: "MAILER_SENDER_EMAIL"}, {Name: "SMTP_SECURE"}, {Name: "SMTP_ENABLE_STARTTLS", Right: "SMTP_ENABLE_STARTTLS_AUTO"}},
		Traps:    []Trap{beforeMail29("SMTP_ENABLE_STARTTLS_AUTO", "false")},
		Restart:  "Restart rails and sidekiq: sidekiq sends the mail",
		Sources:  []string{"chatwoot/chatwoot config/initializers/mailer.rb @0d58012", "chatwoot/chatwoot#5409, #3328, #1437, #1903, #2207, #6527"},
	},
	{
		ID: "docuseal", App: "DocuSeal", Form: Env, Mode: MailGem, Params: mailGem29(NotFalse, "2.3"),
		Images: []string{"docuseal/docuseal"},
		Keys: []Key{
			{Name: "SMTP_ADDRESS", Role: Host},
			{Name: "SMTP_PORT", Role: Port, Default: "587"},
			{Name: "SMTP_USERNAME", Role: User},
			{Name: "SMTP_PASSWORD", Role: Pass},
			{Name: "SMTP_AUTHENTICATION", Role: Login, Default: "plain", Words: rubyLogin},
			{Name: "SMTP_ENABLE_STARTTLS", Role: Start, Bools: NotFalse, Default: "true"},
			{Name: "SMTP_ENABLE_TLS", Role: Secure, Bools: OnlyTrue},
			{Name: "SMTP_ENABLE_SSL", Role: Secure, Bools: OnlyTrue, Beside: "-"},
			{Name: "SMTP_SSL_VERIFY", Role: Verify, Bools: NotFalse},
			{Name: "SMTP_FROM", Role: From, Must: "DocuSeal stops with KeyError: key not found: SMTP_FROM"},
			{Name: "SMTP_DOMAIN", Role: HELO},
		},
		Marks:    []Mark{{Key: "SMTP_ENABLE_TLS", Worth: 3}, {Key: "SMTP_ENABLE_STARTTLS", Worth: 1}, {Key: "SMTP_SSL_VERIFY", Worth: 1}},
		Mistaken: []Wrong{{Name: "SMTP_ENABLE_STARTTLS_AUTO", Right: "SMTP_ENABLE_STARTTLS"}, {Name: "SMTP_HOST", Right: "SMTP_ADDRESS"}, {Name: "SMTP_USER", Right: "SMTP_USERNAME"}, {Name: "SMTP_TLS"}, {Name: "SMTP_SSL"}, {Name: "SMTP_FROM_ADDRESS", Right: "SMTP_FROM"}, {Name: "SMTP_FROM_EMAIL", Right: "SMTP_FROM"}},
		Traps:    []Trap{beforeMail29("SMTP_ENABLE_STARTTLS", "false")},
		Sources:  []string{"docusealco/docuseal config/environments/production.rb, lib/action_mailer_configs_interceptor.rb, Gemfile.lock @a2d8b85 (3.1.7, mail 2.9.1)"},
	},
	{
		ID: "openproject", App: "OpenProject", Form: Env, Also: []Form{YAML}, Mode: MailGem, Params: mailGem29(Usual, "17.0"),
		Images: []string{"openproject/openproject", "openproject/community"},
		Keys: []Key{
			{Name: "OPENPROJECT_EMAIL__DELIVERY__METHOD", Also: []string{"email_delivery_method"}, Role: Driver, Words: railsMethods},
			{Name: "OPENPROJECT_SMTP__ADDRESS", Also: []string{"smtp_address"}, Role: Host},
			{Name: "OPENPROJECT_SMTP__PORT", Also: []string{"smtp_port"}, Role: Port, Default: "587"},
			{Name: "OPENPROJECT_SMTP__USER__NAME", Also: []string{"smtp_user_name"}, Role: User},
			{Name: "OPENPROJECT_SMTP__PASSWORD", Also: []string{"smtp_password"}, Role: Pass},
			{Name: "OPENPROJECT_SMTP__AUTHENTICATION", Also: []string{"smtp_authentication"}, Role: Login, Default: "plain", Words: rubyLogin},
			{Name: "OPENPROJECT_SMTP__ENABLE__STARTTLS__AUTO", Also: []string{"smtp_enable_starttls_auto"}, Role: AutoTLS, Default: "false"},
			{Name: "OPENPROJECT_SMTP__SSL", Also: []string{"smtp_ssl"}, Role: Secure, Default: "false"},
			{Name: "OPENPROJECT_SMTP__OPENSSL__VERIFY__MODE", Also: []string{"smtp_openssl_verify_mode"}, Role: Verify, Words: rubyVerify},
			{Name: "OPENPROJECT_MAIL__FROM", Also: []string{"mail_from"}, Role: From},
			{Name: "OPENPROJECT_SMTP__DOMAIN", Also: []string{"smtp_domain"}, Role: HELO},
			{Name: "OPENPROJECT_SMTP__TIMEOUT", Role: Timeout},
		},
		Marks: []Mark{{Key: "OPENPROJECT_*", Worth: 6}},
		Mistaken: append(openProjectSingle(),
			Wrong{Name: "OPENPROJECT_SMTP__HOST", Right: "OPENPROJECT_SMTP__ADDRESS"}, Wrong{Name: "OPENPROJECT_SMTP__USERNAME", Right: "OPENPROJECT_SMTP__USER__NAME"}, Wrong{Name: "OPENPROJECT_SMTP__USER_NAME", Right: "OPENPROJECT_SMTP__USER__NAME"},
			Wrong{Name: "OPENPROJECT_SMTP__ENABLE_STARTTLS_AUTO", Right: "OPENPROJECT_SMTP__ENABLE__STARTTLS__AUTO"}, Wrong{Name: "OPENPROJECT_SMTP__TLS"}, Wrong{Name: "OPENPROJECT_EMAIL__DELIVERY_METHOD", Right: "OPENPROJECT_EMAIL__DELIVERY__METHOD"}),
		Traps:   []Trap{beforeMail29("OPENPROJECT_SMTP__ENABLE__STARTTLS__AUTO", "false")},
		Restart: "Recreate web and worker with docker compose up -d; a variable in .env reaches them only where compose.yaml passes it on",
		Sources: []string{"opf/openproject-docker-compose#155, #134, #161, #20", "opf/openproject#3241, #10685"},
	},
}

// openProjectSingle are the names with one underscore where two stand for one
// that belongs to the name.
func openProjectSingle() []Wrong {
	const why = "an underscore within a name is written twice; one alone parts the levels of a setting, and nothing reads this"
	return []Wrong{
		{"OPENPROJECT_SMTP_ADDRESS", "OPENPROJECT_SMTP__ADDRESS", why, false}, {"OPENPROJECT_SMTP_PORT", "OPENPROJECT_SMTP__PORT", why, false},
		{"OPENPROJECT_SMTP_USER_NAME", "OPENPROJECT_SMTP__USER__NAME", why, false}, {"OPENPROJECT_SMTP_USERNAME", "OPENPROJECT_SMTP__USER__NAME", why, false}, {"OPENPROJECT_SMTP_PASSWORD", "OPENPROJECT_SMTP__PASSWORD", why, false},
		{"OPENPROJECT_SMTP_AUTHENTICATION", "OPENPROJECT_SMTP__AUTHENTICATION", why, false}, {"OPENPROJECT_SMTP_ENABLE_STARTTLS_AUTO", "OPENPROJECT_SMTP__ENABLE__STARTTLS__AUTO", why, false},
		{"OPENPROJECT_SMTP_SSL", "OPENPROJECT_SMTP__SSL", why, false}, {"OPENPROJECT_SMTP_DOMAIN", "OPENPROJECT_SMTP__DOMAIN", why, false}, {"OPENPROJECT_SMTP_HOST", "OPENPROJECT_SMTP__ADDRESS", why, false},
		{"OPENPROJECT_EMAIL_DELIVERY_METHOD", "OPENPROJECT_EMAIL__DELIVERY__METHOD", why, false}, {"OPENPROJECT_MAIL_FROM", "OPENPROJECT_MAIL__FROM", why, false},
	}
}
