package dialect

import (
	"strings"

	"github.com/maildoctor/maildoctor/internal/target"
)

// grafanaKey is a setting of [smtp], and the variable that overrides it.
func grafanaKey(name string, k Key) Key {
	k.Name = "smtp." + name
	k.Also = []string{"GF_SMTP_" + strings.ToUpper(name)}
	return k
}

// alertKey is a setting of Alertmanager: of all receivers, and of one.
func alertKey(global, own string, k Key) Key {
	k.Name = "global." + global
	k.Also = []string{"email_configs.[0-9]*." + own}
	return k
}

// alertMistakes are names of one level that stand in the other.
func alertMistakes() []Wrong {
	pairs := []string{"smarthost", "smtp_smarthost", "require_tls", "smtp_require_tls", "from", "smtp_from", "hello", "smtp_hello",
		"auth_username", "smtp_auth_username", "auth_password", "smtp_auth_password", "auth_identity", "smtp_auth_identity", "force_implicit_tls", "smtp_force_implicit_tls"}
	var all []Wrong
	for i := 0; i < len(pairs); i += 2 {
		all = append(all,
			Wrong{Name: "global." + pairs[i], Right: "global." + pairs[i+1], Why: "In global the names begin with smtp_. Newer releases refuse an unknown name"},
			Wrong{Name: "email_configs.[0-9]*." + pairs[i+1], Right: "email_configs.[0-9]*." + pairs[i], Why: "In email_configs the names have no smtp_. Newer releases refuse an unknown name"})
	}
	for _, p := range [][2]string{{"smtp_host", "smtp_smarthost"}, {"smtp_username", "smtp_auth_username"}, {"smtp_user", "smtp_auth_username"}, {"smtp_auth_user", "smtp_auth_username"},
		{"smtp_password", "smtp_auth_password"}, {"smtp_pass", "smtp_auth_password"}, {"smtp_auth_pass", "smtp_auth_password"}, {"smtp_sender", "smtp_from"}, {"smtp_tls", ""}, {"smtp_port", ""},
		{"smtp_starttls", ""}, {"smtp_use_tls", ""}, {"smtp_skip_verify", ""}} {
		w := Wrong{Name: "global." + p[0], Why: "Alertmanager refuses the file for it"}
		if p[1] != "" {
			w.Right = "global." + p[1]
		}
		all = append(all, w)
	}
	for _, p := range [][2]string{{"host", "smarthost"}, {"username", "auth_username"}, {"user", "auth_username"}, {"password", "auth_password"}, {"starttls", ""}, {"tls", ""}, {"port", ""}} {
		w := Wrong{Name: "email_configs.[0-9]*." + p[0], Why: "Alertmanager refuses the file for it"}
		if p[1] != "" {
			w.Right = "email_configs.[0-9]*." + p[1]
		}
		all = append(all, w)
	}
	return all
}

// golangMonitors are Go programs that watch others.
var golangMonitors = []Dialect{
	{
		ID: "grafana", App: "Grafana", Form: GoINI, Also: []Form{Env}, Mode: GoMail,
		Files: []string{"grafana.ini", "custom.ini", "defaults.ini"}, Images: []string{"grafana/grafana", "grafana/grafana-oss", "grafana/grafana-enterprise"},
		Keys: []Key{
			grafanaKey("enabled", Key{Role: Enabled, Default: "false"}),
			grafanaKey("host", Key{Role: HostPort}),
			grafanaKey("user", Key{Role: User}),
			grafanaKey("password", Key{Role: Pass}),
			{Name: "GF_SMTP_PASSWORD__FILE", Role: Known},
			grafanaKey("startTLS_policy", Key{Role: Scheme, Since: "7.1", Else: "OpportunisticStartTLS", Words: []Word{
				{V: "MandatoryStartTLS", Mode: target.STARTTLS}, {V: "OpportunisticStartTLS", Mode: target.Opportunistic}, {V: "NoStartTLS", Mode: target.Cleartext}, {V: "", Mode: target.Opportunistic, Not: true},
			}}),
			grafanaKey("skip_verify", Key{Role: NoVerify, Default: "false"}),
			grafanaKey("from_address", Key{Role: From}),
			grafanaKey("from_name", Key{Role: FromName}),
			grafanaKey("ehlo_identity", Key{Role: HELO}),
			grafanaKey("cert_file", Key{Role: Known}), grafanaKey("key_file", Key{Role: Known}),
		},
		Params: Params{Case: true, NeedsPort: true},
		Mistaken: append(misspellings("smtp.", "port", "", "username", "user", "passwd", "password", "pass", "password", "from", "from_address", "from_email", "from_address", "sender", "from_address",
			"enable", "enabled", "server", "host", "smtp_host", "host", "tls", "", "ssl", "", "starttls", "", "use_tls", "", "ssl_enabled", "", "skip_tls_verify", "skip_verify", "insecure_skip_verify", "skip_verify", "starttls_policy_", "", "tls_policy", "startTLS_policy"),
			misspellings("GF_SMTP_", "PORT", "", "USERNAME", "USER", "PASSWD", "PASSWORD", "PASS", "PASSWORD", "FROM", "FROM_ADDRESS", "FROM_EMAIL", "FROM_ADDRESS", "ENABLE", "ENABLED", "SERVER", "HOST", "TLS", "", "SSL", "", "STARTTLS", "", "SKIPVERIFY", "SKIP_VERIFY",
				"STARTTLSPOLICY", "STARTTLS_POLICY", "START_TLS_POLICY", "STARTTLS_POLICY", "TLS_POLICY", "STARTTLS_POLICY")...),
		Traps: []Trap{
			{
				Check: "from-missing", Severity: "warning", Key: "smtp.from_address",
				When:    func(s Settings) bool { return s.Role(Host) != "" && s.Role(From) == "" },
				Summary: "from_address is not set: Grafana writes admin@grafana.localhost",
				Detail:  "No provider accepts mail from that domain.",
				Fix:     []string{"Set from_address to an address that the provider accepts"},
			},
			{
				Check: "from-mismatch", Severity: "warning", Key: "smtp.from_address",
				When: func(s Settings) bool {
					return s.Role(Host) != "" && strings.EqualFold(s.Role(From), "admin@grafana.localhost")
				},
				Summary: "from_address is Grafana's own example, which no provider accepts",
				Fix:     []string{"Set from_address to an address of yours"},
			},
		},
		Marks:   []Mark{{Key: "smtp.from_address", Worth: 5}, {Key: "startTLS_policy", Worth: 7}, {Key: "smtp.ehlo_identity", Worth: 6}, {Value: "GF_", Worth: 5}, {Key: "GF_SMTP_*", Worth: 8}},
		Restart: "Restart Grafana: it reads grafana.ini at its start",
		Sources: []string{"grafana/grafana pkg/services/notifications/smtp.go, pkg/setting/setting_smtp.go, conf/defaults.ini"},
	},
	{
		ID: "alertmanager", App: "Alertmanager", Form: YAML, Mode: Alertmanager,
		Files: []string{"alertmanager.yml", "alertmanager.yaml"},
		Keys: []Key{
			alertKey("smtp_smarthost", "smarthost", Key{Role: HostPort}),
			alertKey("smtp_from", "from", Key{Role: From}),
			alertKey("smtp_hello", "hello", Key{Role: HELO}),
			alertKey("smtp_auth_username", "auth_username", Key{Role: User}),
			alertKey("smtp_auth_password", "auth_password", Key{Role: Pass}),
			alertKey("smtp_auth_password_file", "auth_password_file", Key{Role: Known}),
			alertKey("smtp_auth_secret", "auth_secret", Key{Role: Known}),
			alertKey("smtp_auth_identity", "auth_identity", Key{Role: Known}),
			alertKey("smtp_require_tls", "require_tls", Key{Role: Require, Default: "true", Avoid: "false"}),
			alertKey("smtp_force_implicit_tls", "force_implicit_tls", Key{Role: Secure, Since: "0.31"}),
			alertKey("smtp_tls_config.insecure_skip_verify", "tls_config.insecure_skip_verify", Key{Role: NoVerify}),
			{Name: "email_configs.[0-9]*.to", Role: To},
			{Name: "email_configs.[0-9]*.send_resolved", Role: Known}, {Name: "email_configs.[0-9]*.headers", Role: Known}, {Name: "global.resolve_timeout", Role: Known},
		},
		Params:   Params{NeedsPort: true},
		Mistaken: alertMistakes(),
		Traps: []Trap{{
			Check: "from-missing", Severity: "warning", Key: "global.smtp_from",
			When:    func(s Settings) bool { return s.Has("global.smtp_smarthost") && s.Role(From) == "" },
			Summary: "smtp_from is not set, and Alertmanager does not start: no global SMTP from set",
			Fix:     []string{"Set smtp_from to an address that the provider accepts"},
		}},
		Marks:   []Mark{{Key: "smtp_smarthost", Worth: 9}, {Key: "global.smtp_*", Worth: 6}, {Key: "email_configs.[0-9]*.smarthost", Worth: 9}, {Key: "smtp_require_tls", Worth: 9}, {Key: "email_configs.[0-9]*.to", Worth: 6}},
		Ranges:  []string{"0.31"},
		Restart: "Reload Alertmanager (SIGHUP, or POST /-/reload)",
		Sources: []string{"prometheus/alertmanager notify/email/email.go, config/config.go; commit bc26ebb, tag v0.31.0"},
	},
	{
		ID: "crowdsec", App: "CrowdSec, notification by e-mail", Form: YAML, Mode: ByWord,
		Files: []string{"email.yaml"},
		Keys: []Key{
			{Name: "smtp_host", Role: Host}, {Name: "smtp_port", Role: Port, Default: "25"},
			{Name: "smtp_username", Role: User}, {Name: "smtp_password", Role: Pass},
			{Name: "auth_type", Role: Login, Words: []Word{{V: "login"}, {V: "plain"}, {V: "crammd5"}, {V: "none", Channel: "off", Not: true}}},
			{Name: "encryption_type", Role: Scheme, Default: "ssltls", Else: "none", Words: []Word{
				{V: "starttls", Mode: target.STARTTLS}, {V: "ssltls", Mode: target.Implicit}, {V: "none", Mode: target.Cleartext},
			}},
			{Name: "sender_email", Role: From}, {Name: "sender_name", Role: FromName}, {Name: "receiver_emails", Role: To}, {Name: "receiver_emails.[0-9]*", Role: To},
			{Name: "helo_host", Role: HELO}, {Name: "email_subject", Role: Known}, {Name: "group_wait", Role: Known},
		},
		Mistaken: []Wrong{{Name: "smtp_user", Right: "smtp_username"}, {Name: "smtp_pass", Right: "smtp_password"}, {Name: "encryption", Right: "encryption_type"}, {Name: "from", Right: "sender_email"}},
		Marks:    []Mark{{Key: "receiver_emails", Worth: 6}, {Key: "receiver_emails.0", Worth: 6}, {Key: "encryption_type", Worth: 5}, {Key: "sender_email", Worth: 3}, {Key: "type", Value: "email", Worth: 2}},
		Restart:  "Restart CrowdSec, and try with cscli notifications test",
		Sources:  []string{"crowdsecurity/crowdsec cmd/notification-email/main.go"},
	},
	{
		ID: "gatus", App: "Gatus", Form: YAML, Mode: GoMail, Images: []string{"twinproduction/gatus", "ghcr.io/twin/gatus"},
		Keys: []Key{
			{Name: "alerting.email.host", Role: Host}, {Name: "alerting.email.port", Role: Port},
			{Name: "alerting.email.username", Role: User}, {Name: "alerting.email.password", Role: Pass},
			{Name: "alerting.email.from", Role: From}, {Name: "alerting.email.to", Role: To},
			{Name: "alerting.email.client.insecure", Role: NoVerify},
			{Name: "alerting.email.ssl", Role: Ignored, Why: portDecides}, {Name: "alerting.email.tls", Role: Ignored, Why: portDecides}, {Name: "alerting.email.starttls", Role: Ignored, Why: portDecides},
		},
		Mistaken: misspellings("alerting.email.", "user", "username", "pass", "password", "server", "host", "smtp_host", "host"),
		Marks:    []Mark{{Key: "alerting.email.host", Worth: 9}},
		Sources:  []string{"TwiN/gatus alerting/provider/email/email.go"},
	},
	{
		ID: "kapacitor", App: "Kapacitor", Form: TOML, Also: []Form{Env}, Mode: GoMail,
		Files: []string{"kapacitor.conf"}, Images: []string{"kapacitor"},
		Keys: []Key{
			{Name: "smtp.enabled", Also: []string{"KAPACITOR_SMTP_ENABLED"}, Role: Enabled, Default: "false"},
			{Name: "smtp.host", Also: []string{"KAPACITOR_SMTP_HOST"}, Role: Host}, {Name: "smtp.port", Also: []string{"KAPACITOR_SMTP_PORT"}, Role: Port},
			{Name: "smtp.username", Also: []string{"KAPACITOR_SMTP_USERNAME"}, Role: User}, {Name: "smtp.password", Also: []string{"KAPACITOR_SMTP_PASSWORD"}, Role: Pass},
			{Name: "smtp.from", Also: []string{"KAPACITOR_SMTP_FROM"}, Role: From}, {Name: "smtp.to", Role: To}, {Name: "smtp.to.[0-9]*", Role: To},
			{Name: "smtp.no-verify", Also: []string{"KAPACITOR_SMTP_NO_VERIFY"}, Role: NoVerify},
			{Name: "smtp.idle-timeout", Role: Known}, {Name: "smtp.global", Role: Known}, {Name: "smtp.state-changes-only", Role: Known},
		},
		Marks:   []Mark{{Key: "smtp.no-verify", Worth: 6}, {Key: "smtp.idle-timeout", Worth: 7}, {Key: "smtp.state-changes-only", Worth: 8}, {Value: "KAPACITOR_", Worth: 8}},
		Sources: []string{"influxdata/kapacitor services/smtp"},
	},
}
