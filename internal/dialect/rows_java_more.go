package dialect

import (
	"slices"
	"strings"

	"github.com/maildoctor/maildoctor/internal/target"
)

// envForms adds the environment's form of keys with dots and dashes, as Quarkus
// and Spring read it.
func envForms(keys []Key) []Key {
	for i := range keys {
		keys[i].Also = append(slices.Clone(keys[i].Also), envName(keys[i].Name))
	}
	return keys
}

// javaMore are further applications on the JVM, most of them from memory.
var javaMore = []Dialect{
	{
		ID: "quarkus", App: "Quarkus", Form: Properties, Also: []Form{YAML, Env}, Mode: Quarkus, Params: Params{DefaultPort: "587/465/25"},
		Keys: envForms([]Key{
			{Name: "quarkus.mailer.host", Role: Host, Default: "localhost"}, {Name: "quarkus.mailer.port", Role: Port}, {Name: "quarkus.mailer.username", Role: User}, {Name: "quarkus.mailer.password", Role: Pass}, {Name: "quarkus.mailer.from", Role: From},
			{Name: "quarkus.mailer.tls", Role: Secure, Beside: "quarkus.mailer.tls"}, {Name: "quarkus.mailer.ssl", Role: Secure},
			{Name: "quarkus.mailer.start-tls", Role: Level, Words: []Word{{V: "REQUIRED", Mode: target.STARTTLS}, {V: "OPTIONAL", Mode: target.Opportunistic}, {V: "DISABLED", Mode: target.Cleartext}}},
			{Name: "quarkus.mailer.login", Role: Login, Words: []Word{{V: "REQUIRED"}, {V: "NONE"}, {V: "OPTIONAL", Not: true}, {V: "XOAUTH2", Not: true}, {V: "DISABLED", Channel: "off", Not: true}}},
			{Name: "quarkus.mailer.mock", Role: Disabled}, {Name: "quarkus.mailer.trust-all", Role: NoVerify}, {Name: "quarkus.mailer.auth-methods", Role: Mech}, {Name: "quarkus.tls.trust-all", Role: NoVerify},
		}),
		Marks:    []Mark{{Key: "quarkus.mailer.*", Worth: 10}, {Key: "QUARKUS_MAILER_*", Worth: 10}},
		Mistaken: []Wrong{{Name: "quarkus.mailer.starttls", Right: "quarkus.mailer.start-tls"}, {Name: "quarkus.mailer.user", Right: "quarkus.mailer.username"}}, Doubt: true, Sources: []string{"quarkus.io guides, mailer reference (memory)"},
	},
	{
		ID: "graylog", App: "Graylog", Form: Properties, Also: []Form{Env}, Mode: SMTPLib, Params: Params{Both: "refuse", BothSays: "SMTP over SSL (SMTPS) and SMTP with STARTTLS cannot be used at the same time"}, Files: []string{"server.conf", "graylog.conf"}, Images: []string{"graylog/graylog", "graylog/graylog-enterprise"},
		Keys: graylogEnv([]Key{
			{Name: "transport_email_enabled", Role: Enabled, Default: "false"}, {Name: "transport_email_hostname", Role: Host}, {Name: "transport_email_port", Role: Port, Default: "25"}, {Name: "transport_email_use_auth", Role: Login, Default: "false"},
			{Name: "transport_email_auth_username", Role: User}, {Name: "transport_email_auth_password", Role: Pass}, {Name: "transport_email_from_email", Role: From}, {Name: "transport_email_use_tls", Role: Start, Default: "true"}, {Name: "transport_email_use_ssl", Role: Secure, Default: "false"},
			{Name: "transport_email_subject_prefix", Role: Known}, {Name: "transport_email_web_interface_url", Role: Known},
		}),
		Marks: []Mark{{Key: "transport_email_*", Worth: 10}, {Key: "GRAYLOG_TRANSPORT_EMAIL_*", Worth: 10}}, Doubt: true, Sources: []string{"Graylog2/graylog2-server EmailConfiguration.java (memory)"},
	},
	{
		ID: "penpot", App: "Penpot", Form: Env, Mode: Jakarta, Params: Params{Both: "", DefaultPort: "25/25/25"}, Images: []string{"penpotapp/backend"},
		Keys: []Key{
			{Name: "PENPOT_SMTP_HOST", Role: Host}, {Name: "PENPOT_SMTP_PORT", Role: Port}, {Name: "PENPOT_SMTP_USERNAME", Role: User}, {Name: "PENPOT_SMTP_PASSWORD", Role: Pass}, {Name: "PENPOT_SMTP_TLS", Role: Start, Default: "false"}, {Name: "PENPOT_SMTP_SSL", Role: Secure, Default: "false"},
			{Name: "PENPOT_SMTP_DEFAULT_FROM", Role: From}, {Name: "PENPOT_SMTP_DEFAULT_REPLY_TO", Role: Known}, {Name: "PENPOT_FLAGS", Role: Known}, {Name: "PENPOT_SMTP_ENABLED", Role: Ignored, Instead: "PENPOT_FLAGS", Why: "the flag enable-smtp in PENPOT_FLAGS switches SMTP on"},
		},
		Marks: []Mark{{Key: "PENPOT_SMTP_*", Worth: 10}},
		Traps: []Trap{{
			Check: "mailer-switched-off", Severity: "warning", Key: "PENPOT_FLAGS",
			When: func(s Settings) bool {
				flags, set := s.Get("PENPOT_FLAGS")
				return set && s.Has("PENPOT_SMTP_HOST") && !slices.ContainsFunc(strings.Fields(flags), func(f string) bool { return f == "enable-smtp" || f == "smtp" })
			},
			Summary: "PENPOT_FLAGS does not hold enable-smtp: Penpot writes mail to its log", Fix: []string{"Add enable-smtp to PENPOT_FLAGS"},
		}},
		Doubt: true, Sources: []string{"help.penpot.app, configuration (memory)"},
	},
	{
		ID: "gerrit", App: "Gerrit", Form: INI, Mode: ByWord, Params: Params{Fixed: target.Cleartext, DefaultPort: "25/465/25"}, Files: []string{"gerrit.config"},
		Keys: []Key{
			{Name: "sendemail.smtpServer", Role: Host, Default: "127.0.0.1"}, {Name: "sendemail.smtpServerPort", Role: Port}, {Name: "sendemail.smtpEncryption", Role: Scheme, Default: "none", Words: []Word{{V: "tls", Mode: target.STARTTLS}, {V: "ssl", Mode: target.Implicit}, {V: "none", Mode: target.Cleartext}}},
			{Name: "sendemail.smtpUser", Role: User}, {Name: "sendemail.smtpPass", Role: Pass}, {Name: "sendemail.sslVerify", Role: Verify}, {Name: "sendemail.enable", Role: Enabled}, {Name: "sendemail.from", Role: Known}, {Name: "user.email", Role: From},
		},
		Marks: []Mark{{Key: "sendemail.smtpServer", Worth: 6}, {File: "gerrit.config", Worth: 8}}, Doubt: true, Sources: []string{"gerrit-review.googlesource.com, config-gerrit, sendemail (memory)"},
	},
	{
		ID: "thingsboard", App: "ThingsBoard", Form: JSON, Mode: Jakarta, Images: []string{"thingsboard/tb-postgres", "thingsboard/tb-node"},
		Keys: []Key{
			{Name: "jsonValue.smtpHost", Role: Host}, {Name: "jsonValue.smtpPort", Role: Port}, {Name: "jsonValue.username", Role: User}, {Name: "jsonValue.password", Role: Pass}, {Name: "jsonValue.mailFrom", Role: From}, {Name: "jsonValue.enableTls", Role: Start},
			{Name: "jsonValue.smtpProtocol", Role: Scheme, Words: []Word{{V: "smtp"}, {V: "smtps", Mode: target.Implicit}}}, {Name: "jsonValue.timeout", Role: Known}, {Name: "jsonValue.tlsVersion", Role: Ciphers},
		},
		Marks: []Mark{{Key: "smtpProtocol", Worth: 5}, {Key: "mailFrom", Worth: 2}, {Key: "enableTls", Worth: 1}}, Doubt: true, Sources: []string{"thingsboard/thingsboard DefaultMailService (memory), #1439, #524"},
	},
	{
		ID: "nexus", App: "Nexus Repository", Form: JSON, Mode: Jakarta, Images: []string{"sonatype/nexus3"},
		Keys: []Key{
			{Name: "emailConfiguration.enabled", Role: Enabled}, {Name: "emailConfiguration.host", Role: Host}, {Name: "emailConfiguration.port", Role: Port}, {Name: "emailConfiguration.username", Role: User}, {Name: "emailConfiguration.password", Role: Pass}, {Name: "emailConfiguration.fromAddress", Role: From}, {Name: "emailConfiguration.startTlsEnabled", Role: Start}, {Name: "emailConfiguration.startTlsRequired", Role: Require},
			{Name: "emailConfiguration.sslOnConnectEnabled", Role: Secure}, {Name: "emailConfiguration.sslServerIdentityCheckEnabled", Role: Verify}, {Name: "emailConfiguration.nexusTrustStoreEnabled", Role: Known}, {Name: "emailConfiguration.subjectPrefix", Role: Known},
		},
		Marks: []Mark{{Key: "sslOnConnectEnabled", Worth: 8}, {Key: "startTlsRequired", Worth: 4}}, Doubt: true, Sources: []string{"help.sonatype.com, email API (memory)"},
	},
	{
		ID: "wso2", App: "WSO2", Form: TOML, Mode: Jakarta, Files: []string{"deployment.toml"},
		Keys: []Key{
			{Name: "output_adapter.email.hostname", Role: Host}, {Name: "output_adapter.email.port", Role: Port}, {Name: "output_adapter.email.username", Role: User}, {Name: "output_adapter.email.password", Role: Pass}, {Name: "output_adapter.email.from_address", Role: From},
			{Name: "output_adapter.email.enable_start_tls", Role: Start}, {Name: "output_adapter.email.enable_authentication", Role: Login},
		},
		Marks: []Mark{{Key: "output_adapter.email.*", Worth: 10}}, Doubt: true, Sources: []string{"WSO2 documentation, deployment.toml (memory)"},
	},
}

// graylogEnv adds the environment's form of Graylog's keys.
func graylogEnv(keys []Key) []Key {
	for i := range keys {
		keys[i].Also = []string{"GRAYLOG_" + envName(keys[i].Name)}
	}
	return keys
}
