package dialect

import (
	"slices"

	"github.com/maildoctor/maildoctor/internal/target"
)

// javaProtocol are the values of the protocol of Jakarta Mail.
var javaProtocol = []Word{{V: "smtp"}, {V: "smtps", Mode: target.Implicit, Not: true}}

var java = []Dialect{
	{
		ID: "gravitee", App: "Gravitee", Form: YAML, Also: []Form{Env}, Mode: Jakarta, Params: Params{Millis: true},
		Files: []string{"gravitee.yml", "gravitee.yaml"}, Images: []string{"graviteeio/apim-management-api", "graviteeio/am-management-api"},
		Keys: []Key{
			{Name: "email.enabled", Also: []string{"gravitee_email_enabled"}, Role: Enabled},
			{Name: "email.host", Also: []string{"gravitee_email_host"}, Role: Host},
			{Name: "email.port", Also: []string{"gravitee_email_port"}, Role: Port, Default: "587"},
			{Name: "email.username", Also: []string{"gravitee_email_username"}, Role: User},
			{Name: "email.password", Also: []string{"gravitee_email_password"}, Role: Pass},
			{Name: "email.from", Also: []string{"gravitee_email_from"}, Role: From},
			{Name: "email.subject", Role: Known},
			{Name: "email.protocol", Role: Scheme, Words: javaProtocol, Beside: "-"},
			{Name: "email.properties.auth", Also: []string{"gravitee_email_properties_auth"}, Role: Known},
			{Name: "email.properties.starttls.enable", Also: []string{"gravitee_email_properties_starttls_enable", "gravitee_email_properties_starttlsenable"}, Role: Start},
			{Name: "email.properties.ssl.enable", Role: Secure}, {Name: "email.properties.starttls.required", Role: Require, Beside: "-"},
			{Name: "email.properties.ssl.trust", Role: Known},
		},
		Marks:    []Mark{{File: "gravitee.y*ml", Worth: 10}, {Key: "email.properties.auth", Worth: 6}, {Key: "email.properties.starttls.enable", Worth: 6}},
		Mistaken: []Wrong{{Name: "email.protocal", Right: "email.protocol", Why: "it is misspelt, and nothing reads it"}, {Name: "email.user", Right: "email.username"}},
		Traps:    []Trap{trustAll("email.properties.ssl.trust")},
		Restart:  "Restart the management API", Sources: []string{"documentation.gravitee.io, SMTP configuration", "gravitee-io/issues#2721"},
	},
	{
		ID: "spring-boot", App: "Spring Boot", Form: YAML, Also: []Form{Properties, Env}, Mode: Jakarta, Params: Params{Millis: true, DefaultPort: "25/465/25"},
		Files: []string{"application.properties", "application.y*ml", "application-*.properties", "application-*.y*ml", "bootstrap.y*ml"},
		Keys: slices.Concat([]Key{
			{Name: "spring.mail.host", Also: []string{"SPRING_MAIL_HOST", "email.host"}, Role: Host},
			{Name: "spring.mail.port", Also: []string{"SPRING_MAIL_PORT", "email.port"}, Role: Port},
			{Name: "spring.mail.username", Also: []string{"SPRING_MAIL_USERNAME", "email.username"}, Role: User},
			{Name: "spring.mail.password", Also: []string{"SPRING_MAIL_PASSWORD", "email.password"}, Role: Pass},
			{Name: "spring.mail.protocol", Also: []string{"SPRING_MAIL_PROTOCOL", "email.protocol", "mail.transport.protocol"}, Role: Scheme, Words: javaProtocol, Beside: "-"},
			{Name: "spring.mail.ssl.enabled", Also: []string{"SPRING_MAIL_SSL_ENABLED"}, Role: Secure, Since: "3.4", Beside: "-"},
			{Name: "spring.mail.ssl.bundle", Also: []string{"SPRING_MAIL_SSL_BUNDLE"}, Role: Known},
			{Name: "spring.mail.default-encoding", Role: Known}, {Name: "spring.mail.test-connection", Role: Known}, {Name: "spring.mail.jndi-name", Role: Known},
			{Name: "spring.mail.properties.mail.smtp.auth", Also: []string{"SPRING_MAIL_PROPERTIES_MAIL_SMTP_AUTH", "email.properties.auth"}, Role: Known},
			{Name: "email.from", Role: From}, {Name: "email.enabled", Role: Enabled},
		}, jakartaKeys("spring.mail.properties.mail.smtp.", "SPRING_MAIL_PROPERTIES_MAIL_SMTP_", "email.properties.")),
		Marks: []Mark{{Key: "spring.mail.host", Worth: 8}, {Key: "spring.mail.properties.*", Worth: 6}, {Key: "spring.mail.properties.mail.smtp.*", Worth: 6}, {Key: "spring.mail.properties.mail.smtp.*.*", Worth: 6}, {Key: "SPRING_MAIL_HOST", Worth: 8}},
		Mistaken: []Wrong{
			{Name: "spring.mail.user", Right: "spring.mail.username"}, {Name: "spring.mail.pass", Right: "spring.mail.password"}, {Name: "spring.mail.hostname", Right: "spring.mail.host"}, {Name: "spring.mail.server", Right: "spring.mail.host"},
			{Name: "spring.mail.starttls"}, {Name: "spring.mail.ssl.enable", Why: "the key is spring.mail.ssl.enabled (3.4 and later), or spring.mail.properties.mail.smtp.ssl.enable"}, {Name: "email.protocal", Right: "email.protocol", Why: "it is misspelt, and nothing reads it"},
			{Name: "spring.mail.from", Note: true, Why: "Spring Boot has no key for the sender; the application sets it"},
		},
		Traps: slices.Concat([]Trap{
			{
				Check: "setting-ignored", Severity: "warning", Key: "spring.mail.protocol",
				When: func(s Settings) bool {
					return valueIs("spring.mail.protocol", "smtps")(s) && s.Port() != 587 && s.Has("spring.mail.properties.mail.smtp.auth") && !s.Has("spring.mail.properties.mail.smtps.auth")
				},
				Summary: "With protocol=smtps the properties of mail.smtp.* are not read, those of mail.smtps.* are", Detail: "Login, timeouts and trust that are set for mail.smtp have no effect.",
				Fix: []string{"Set spring.mail.protocol=smtp and spring.mail.properties.mail.smtp.ssl.enable=true"}, Set: map[string]string{"spring.mail.protocol": "smtp", "spring.mail.properties.mail.smtp.ssl.enable": "true"},
			},
			{
				Check: "client-config-invalid", Severity: "note", Key: "spring.mail.properties.mail.smtp.connectiontimeout",
				When: func(s Settings) bool {
					return s.Role(Host) != "" && s.Role(Timeout) == "" && !s.Has("spring.mail.properties.mail.smtp.timeout")
				},
				Summary: "No timeouts are set: a server that does not answer holds a thread for ever", Fix: []string{"Set connectiontimeout, timeout and writetimeout of spring.mail.properties.mail.smtp to 10000"},
			},
		}, springPathTraps(), jakartaTraps("spring.mail.properties.mail.smtp.")),
		Restart: "Restart the application", Sources: []string{"docs.spring.io MailProperties", "apereo CAS documentation (spring.mail.*)", "gravitee#2721, thingsboard#1439, #524, halo#892, alf.io#536"},
	},
	{
		ID: "alfresco", App: "Alfresco", Form: Properties, Mode: Jakarta, Files: []string{"alfresco-global.properties"}, Params: Params{Millis: true},
		Keys: []Key{
			{Name: "mail.host", Role: Host, Default: "localhost"}, {Name: "mail.port", Role: Port, Default: "25"}, {Name: "mail.username", Role: User}, {Name: "mail.password", Role: Pass},
			{Name: "mail.protocol", Role: Scheme, Words: []Word{{V: "smtp"}, {V: "smtps", Mode: target.Implicit}}},
			{Name: "mail.smtp.auth", Role: Login}, {Name: "mail.smtps.auth", Role: Known}, {Name: "mail.smtp.starttls.enable", Role: Start}, {Name: "mail.smtps.starttls.enable", Role: Known},
			{Name: "mail.from.default", Role: From}, {Name: "mail.from.enabled", Role: Known}, {Name: "mail.encoding", Role: Known}, {Name: "mail.smtp.timeout", Role: Timeout},
		},
		Marks: []Mark{{File: "alfresco-global.properties", Worth: 10}, {Key: "mail.from.default", Worth: 5}, {Key: "mail.smtps.starttls.enable", Worth: 2}}, Doubt: true, Sources: []string{"Alfresco documentation, outbound email (memory)"},
	},
	{
		ID: "dspace", App: "DSpace", Form: Properties, Mode: Jakarta, Files: []string{"dspace.cfg", "local.cfg"}, Params: Params{Millis: true},
		Keys: []Key{
			{Name: "mail.server", Role: Host, Default: "localhost"}, {Name: "mail.server.port", Role: Port, Default: "25"}, {Name: "mail.server.username", Role: User}, {Name: "mail.server.password", Role: Pass}, {Name: "mail.server.disabled", Role: Disabled},
			{Name: "mail.from.address", Role: From}, {Name: "mail.extraproperties", Role: Scheme, Else: "=", Beside: "-", Words: []Word{
				{V: "mail.smtp.starttls.enable=true", Mode: target.STARTTLS}, {V: "mail.smtp.starttls.enable=true, mail.smtp.starttls.required=true", Mode: target.STARTTLS}, {V: "mail.smtp.ssl.enable=true", Mode: target.Implicit},
			}},
		},
		Marks: []Mark{{Key: "mail.server.disabled", Worth: 4}, {Key: "mail.extraproperties", Worth: 5}}, Doubt: true, Sources: []string{"DSpace documentation, dspace.cfg (memory)"},
	},
	{
		ID: "jakarta-mail", App: "Jakarta Mail", Form: YAML, Also: []Form{Properties, Groovy, Env}, Mode: Jakarta, Params: Params{Millis: true, DefaultPort: "25/465/25"},
		Files: []string{"mail.properties", "javamail.properties", "Config.groovy", "application.groovy", "portal-ext.properties", "rundeck-config.properties", "xwiki.properties"},
		Keys: slices.Concat([]Key{
			{Name: "mail.smtp.host", Also: []string{"mail.smtps.host", "grails.mail.host", "mail.host", "mail.sender.host", "*.setHost", "MAIL_SMTP_HOST"}, Role: Host, Default: "localhost"},
			{Name: "mail.smtp.port", Also: []string{"mail.smtps.port", "grails.mail.port", "mail.port", "mail.sender.port", "*.setPort", "MAIL_SMTP_PORT"}, Role: Port},
			{Name: "mail.smtp.user", Also: []string{"mail.smtps.user", "grails.mail.username", "mail.user", "mail.sender.username", "*.setUsername", "mail.smtp.username", "mail.username"}, Role: User},
			{Name: "mail.smtp.password", Also: []string{"mail.smtps.password", "grails.mail.password", "mail.password", "mail.sender.password", "*.setPassword"}, Role: Pass},
			{Name: "mail.transport.protocol", Also: []string{"mail.protocol", "*.setProtocol"}, Role: Scheme, Words: javaProtocol, Beside: "-"},
			{Name: "mail.smtp.auth", Also: []string{"mail.smtps.auth", "MAIL_SMTP_AUTH"}, Role: Login},
			{Name: "mail.from", Also: []string{"mail.smtp.from", "grails.mail.default.from", "mail.sender.from"}, Role: From},
			{Name: "grails.mail.disabled", Role: Disabled}, {Name: "mail.debug", Role: Known}, {Name: "mail.store.protocol", Role: Known},
		}, jakartaKeys("mail.smtp.", "mail.smtps.", "MAIL_SMTP_")),
		Marks: []Mark{{Key: "mail.smtp.host", Worth: 5}, {Key: "mail.smtp.starttls.enable", Worth: 4}, {Key: "mail.smtp.socketFactory.class", Worth: 6}, {Key: "grails.mail.host", Worth: 8}, {Key: "grails.mail.props", Worth: 6}},
		Mistaken: []Wrong{
			{Name: "mail.smtp.hostname", Right: "mail.smtp.host"}, {Name: "mail.smtp.server", Right: "mail.smtp.host"}, {Name: "mail.smtp.tls.enable"}, {Name: "mail.smtp.starttls", Why: "the property is mail.smtp.starttls.enable"}, {Name: "mail.smtp.startttls.enable"}, {Name: "mail.smtp.ssl", Why: "the property is mail.smtp.ssl.enable"},
			{Name: "mail.smtp.starttls.enabled", Right: "mail.smtp.starttls.enable"}, {Name: "mail.smtp.ssl.enabled", Right: "mail.smtp.ssl.enable"}, {Name: "mail.smtp.socketFactoryClass"}, {Name: "mail.smtp.EnableSSL.enable", Note: true, Why: "Jakarta Mail knows no such property"},
		},
		Traps: slices.Concat([]Trap{
			{
				Check: "login-switched-off", Severity: "warning", Key: "mail.smtp.auth",
				When: func(s Settings) bool {
					return s.Has("mail.smtp.user") && !s.Has("mail.smtp.auth") && s.Has("mail.smtp.host") && !s.Has("mail.smtps.auth")
				},
				Summary: "mail.smtp.auth is not set, and Transport.send does not log in then", Fix: []string{"Set mail.smtp.auth=true"}, Set: map[string]string{"mail.smtp.auth": "true"},
			},
		}, jakartaTraps("mail.smtp.")),
		Restart: "Restart the application", Sources: []string{"Jakarta Mail, package com.sun.mail.smtp (documentation of the properties)", "grails-plugins/grails-mail#27, joscha/play-authenticate#282, jhipster/generator-jhipster#1216"},
	},
	{
		ID: "keycloak", App: "Keycloak", Form: JSON, Also: []Form{YAML}, Mode: Jakarta, Params: Params{Bools: Strings, Millis: true},
		Files: []string{"realm.json", "*-realm.json", "realm-export.json", "keycloak*.json"}, Images: []string{"quay.io/keycloak/keycloak", "jboss/keycloak", "bitnami/keycloak"},
		Keys: []Key{
			{Name: "smtpServer.host", Role: Host},
			{Name: "smtpServer.port", Role: Port, Default: "25"},
			{Name: "smtpServer.ssl", Role: Secure},
			{Name: "smtpServer.starttls", Role: Start},
			{Name: "smtpServer.auth", Role: Login, Default: "false"},
			{Name: "smtpServer.user", Role: User},
			{Name: "smtpServer.password", Role: Pass},
			{Name: "smtpServer.from", Role: From, Must: "Keycloak refuses to send without a sender: Please provide a valid address"},
			{Name: "smtpServer.fromDisplayName", Role: FromName}, {Name: "smtpServer.replyTo", Role: Known}, {Name: "smtpServer.replyToDisplayName", Role: Known}, {Name: "smtpServer.envelopeFrom", Role: Known},
			{Name: "smtpServer.authType", Role: Mech, Since: "26.2", Words: []Word{{V: "basic"}, {V: "token"}}},
			{Name: "smtpServer.timeout", Role: Known}, {Name: "smtpServer.connectionTimeout", Role: Timeout}, {Name: "smtpServer.writeTimeout", Role: Known}, {Name: "smtpServer.allowutf8", Role: Known},
			{Name: "smtpServer.authTokenUrl", Role: Known}, {Name: "smtpServer.authTokenScope", Role: Known}, {Name: "smtpServer.authTokenClientId", Role: Known}, {Name: "smtpServer.authTokenClientSecret", Role: APIKey},
		},
		Marks: []Mark{{Key: "smtpServer", Worth: 9}, {Key: "smtpServer.host", Worth: 4}, {Key: "realm", Worth: 1}},
		Mistaken: []Wrong{
			{Name: "smtpServer.username", Right: "smtpServer.user"}, {Name: "smtpServer.pass", Right: "smtpServer.password"}, {Name: "smtpServer.enableSsl"}, {Name: "smtpServer.enableStartTls"}, {Name: "smtpServer.startTls", Right: "smtpServer.starttls"}, {Name: "smtpServer.tls"}, {Name: "smtpServer.server", Right: "smtpServer.host"},
		},
		Restart: "Import the realm again, or save the realm's email settings: an import skips a realm that exists",
		Sources: []string{"keycloak/keycloak services DefaultEmailSenderProvider.java @003569c", "keycloak/keycloak#20769, #13916, #27756"},
	},
	{
		ID: "jenkins", App: "Jenkins", Form: YAML, Mode: Jakarta, Params: Params{DefaultPort: "587/465/25"}, Files: []string{"jenkins.yaml", "jenkins.yml", "casc.yaml", "casc.yml"}, Images: []string{"jenkins/jenkins", "bitnami/jenkins"},
		Keys: []Key{
			{Name: "mailer.smtpHost", Also: []string{"mailAccount.smtpHost"}, Role: Host},
			{Name: "mailer.smtpPort", Also: []string{"mailAccount.smtpPort"}, Role: Port},
			{Name: "mailer.useSsl", Also: []string{"mailAccount.useSsl"}, Role: Secure},
			{Name: "mailer.useTls", Also: []string{"mailAccount.useTls"}, Role: Require},
			{Name: "mailer.authentication.username", Also: []string{"mailer.smtpAuth.username", "mailAccount.smtpUsername", "mailer.smtpAuthUsername"}, Role: User},
			{Name: "mailer.authentication.password", Also: []string{"mailer.smtpAuth.password", "mailAccount.smtpPassword", "mailer.smtpAuthPassword", "mailer.smtpAuthPasswordSecret"}, Role: Pass},
			{Name: "location.adminAddress", Role: From},
			{Name: "mailer.replyToAddress", Role: Known}, {Name: "mailer.charset", Role: Known}, {Name: "mailer.defaultSuffix", Role: Known},
		},
		Marks: []Mark{{Key: "unclassified.mailer.*", Worth: 8}, {Key: "mailer.smtpHost", Worth: 6}, {Key: "mailAccount.smtpHost", Worth: 6}},
		Mistaken: []Wrong{
			{Name: "mailer.useSSL", Right: "mailer.useSsl"}, {Name: "mailer.useTLS", Right: "mailer.useTls"}, {Name: "mailer.smtpServer", Right: "mailer.smtpHost"}, {Name: "mailer.host", Right: "mailer.smtpHost"}, {Name: "mailer.port", Right: "mailer.smtpPort"}, {Name: "mailer.username"}, {Name: "mailer.password"},
		},
		Traps: []Trap{
			{
				Check: "from-missing", Severity: "warning", Key: "location.adminAddress",
				When: func(s Settings) bool {
					return s.Has("unclassified.mailer.smtpHost") && s.Has("jenkins.mode") && !s.Has("location.adminAddress")
				},
				Summary: "adminAddress is not set: Jenkins sends from \"address not configured yet\", which servers refuse", Fix: []string{"Set unclassified.location.adminAddress to an address that your provider lets you send from"},
			},
		},
		Restart: "Reload the configuration (Manage Jenkins, Configuration as Code)", Sources: []string{"jenkinsci/mailer-plugin Mailer.java @9708121 (534.v1b_)"},
	},
	{
		ID: "sonarqube", App: "SonarQube", Form: Properties, Also: []Form{Env, JSON}, Mode: ByWord, Params: Params{Fixed: target.Cleartext}, Images: []string{"sonarqube"}, Files: []string{"sonar.properties"},
		Keys: []Key{
			{Name: "email.smtp_host.secured", Role: Host},
			{Name: "email.smtp_port.secured", Role: Port, Default: "25"},
			{Name: "email.smtp_secure_connection.secured", Role: Scheme, Else: "=", Words: []Word{
				{V: "starttls", Mode: target.STARTTLS}, {V: "ssl", Mode: target.Implicit}, {V: "SSLTLS", Mode: target.Implicit, Not: true}, {V: "NONE", Mode: target.Cleartext, Not: true}, {V: "", Mode: target.Cleartext, Not: true},
			}},
			{Name: "email.smtp_username.secured", Role: User},
			{Name: "email.smtp_password.secured", Role: Pass},
			{Name: "email.from", Role: From, Must: "SonarQube sends from noreply@nowhere, which servers refuse with 550"},
			{Name: "email.fromName", Role: FromName}, {Name: "email.prefix", Role: Known},
		},
		Marks: []Mark{{Key: "email.smtp_host.secured", Worth: 10}, {Key: "email.smtp_secure_connection.secured", Worth: 8}},
		Mistaken: []Wrong{
			{Name: "email.smtp_host", Right: "email.smtp_host.secured"}, {Name: "email.smtp_port", Right: "email.smtp_port.secured"}, {Name: "email.smtp_username", Right: "email.smtp_username.secured"}, {Name: "email.smtp_password", Right: "email.smtp_password.secured"}, {Name: "email.smtp_secure_connection"},
		},
		Sources: []string{"SonarQube documentation (memory)", "SonarSource/sonarqube#1216"},
	},
	{
		ID: "metabase", App: "Metabase", Form: Env, Mode: ByWord, Params: Params{Fixed: target.Cleartext, DefaultPort: "25/465/25"}, Images: []string{"metabase/metabase", "metabase/metabase-enterprise"},
		Keys: []Key{
			{Name: "MB_EMAIL_SMTP_HOST", Role: Host},
			{Name: "MB_EMAIL_SMTP_PORT", Role: Port},
			{Name: "MB_EMAIL_SMTP_SECURITY", Role: Scheme, Default: "none", Else: "=", Words: []Word{
				{V: "starttls", Mode: target.STARTTLS}, {V: "ssl", Mode: target.Implicit}, {V: "tls", Mode: target.Opportunistic, Not: true}, {V: "none", Mode: target.Cleartext},
			}},
			{Name: "MB_EMAIL_SMTP_USERNAME", Role: User},
			{Name: "MB_EMAIL_SMTP_PASSWORD", Role: Pass},
			{Name: "MB_EMAIL_FROM_ADDRESS", Role: From, Default: "notifications@metabase.com"},
			{Name: "MB_EMAIL_FROM_NAME", Role: FromName}, {Name: "MB_EMAIL_REPLY_TO", Role: Known},
		},
		Marks: []Mark{{Key: "MB_EMAIL_SMTP_HOST", Worth: 10}, {Key: "MB_EMAIL_*", Worth: 4}, {Key: "MB_DB_TYPE", Worth: 1}},
		Mistaken: []Wrong{
			{Name: "MB_EMAIL_HOST", Right: "MB_EMAIL_SMTP_HOST"}, {Name: "MB_EMAIL_PORT", Right: "MB_EMAIL_SMTP_PORT"}, {Name: "MB_SMTP_HOST", Right: "MB_EMAIL_SMTP_HOST"}, {Name: "MB_EMAIL_SMTP_USER", Right: "MB_EMAIL_SMTP_USERNAME"}, {Name: "MB_EMAIL_SMTP_SECURE"}, {Name: "MB_EMAIL_SMTP_FROM", Right: "MB_EMAIL_FROM_ADDRESS"},
		},
		Restart: "Restart Metabase; what the environment sets wins over the admin page and locks it", Sources: []string{"metabase/metabase#4272, #12334, #33836, #51678, #9827"},
	},
	{
		ID: "play-mailer", App: "Play mailer", Form: HOCON, Mode: Jakarta, Params: Params{Yes: "yes", No: "no", Millis: true}, Files: []string{"application.conf", "production.conf"},
		Keys: []Key{
			{Name: "play.mailer.host", Also: []string{"smtp.host"}, Role: Host},
			{Name: "play.mailer.port", Also: []string{"smtp.port"}, Role: Port, Default: "25"},
			{Name: "play.mailer.ssl", Also: []string{"smtp.ssl"}, Role: Secure, Default: "no"},
			{Name: "play.mailer.tls", Also: []string{"smtp.tls"}, Role: Start, Default: "no"},
			{Name: "play.mailer.tlsRequired", Also: []string{"smtp.tlsRequired"}, Role: Require, Default: "no"},
			{Name: "play.mailer.user", Also: []string{"smtp.user"}, Role: User},
			{Name: "play.mailer.password", Also: []string{"smtp.password"}, Role: Pass},
			{Name: "play.mailer.mock", Also: []string{"smtp.mock"}, Role: Disabled},
			{Name: "play.mailer.debug", Role: Known}, {Name: "play.mailer.timeout", Role: Known}, {Name: "play.mailer.connectiontimeout", Role: Timeout}, {Name: "play.mailer.props", Role: Known},
		},
		Marks:    []Mark{{Key: "play.mailer.host", Worth: 9}, {Key: "play.mailer", Worth: 6}, {Key: "play.mailer.mock", Worth: 3}},
		Mistaken: []Wrong{{Name: "play.mailer.username", Right: "play.mailer.user"}, {Name: "play.mailer.pass", Right: "play.mailer.password"}, {Name: "play.mailer.starttls"}, {Name: "play.mailer.server", Right: "play.mailer.host"}},
		Restart:  "Restart the application", Sources: []string{"playframework/play-mailer README (memory)", "joscha/play-authenticate#282"},
	},
}
