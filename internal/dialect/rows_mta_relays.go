package dialect

import "github.com/maildoctor/maildoctor/internal/target"

// mtaRelays are Postfix in containers.
var mtaRelays = []Dialect{
	{
		ID: "docker-mailserver-relay", App: "docker-mailserver", Form: Env, Mode: ByWord, Files: []string{"mailserver.env"},
		Images: []string{"mailserver/docker-mailserver", "ghcr.io/docker-mailserver/docker-mailserver"},
		Keys: []Key{
			{Name: "RELAY_HOST", Role: Host}, {Name: "RELAY_PORT", Role: Port, Default: "25"},
			{Name: "RELAY_USER", Role: User}, {Name: "RELAY_PASSWORD", Role: Pass},
			{Name: "DEFAULT_RELAY_HOST", Role: HostPort},
		},
		Params:   Params{Fixed: target.STARTTLS, HostPort: "[]"},
		Mistaken: misspellings("RELAY_", "USERNAME", "USER", "PASS", "PASSWORD", "SERVER", "HOST", "HOST_PORT", "PORT"),
		Traps:    []Trap{bareDefault("DEFAULT_RELAY_HOST")},
		Marks:    []Mark{{Key: "RELAY_HOST", Worth: 7}, {Key: "DEFAULT_RELAY_HOST", Worth: 9}, {Key: "POSTMASTER_ADDRESS", Worth: 4}},
		Restart:  "Create the container anew (docker compose up -d --force-recreate)",
		Sources:  []string{"docker-mailserver target/scripts/helpers/relay.sh, docs"},
	},
	{
		ID: "mailu", App: "Mailu", Form: Env, Mode: MainCF, Files: []string{"mailu.env"},
		Keys: []Key{
			{Name: "RELAYHOST", Role: HostPort}, {Name: "RELAYUSER", Role: User}, {Name: "RELAYPASSWORD", Role: Pass},
			{Name: "OUTBOUND_TLS_LEVEL", Role: Level, Default: "may", Words: postfixLevels, Beside: "-"},
		},
		Params:   Params{HostPort: "[]", DefaultPort: "25/25/25"},
		Mistaken: []Wrong{{Name: "RELAY_HOST", Right: "RELAYHOST"}, {Name: "RELAY_USER", Right: "RELAYUSER"}, {Name: "RELAY_PASSWORD", Right: "RELAYPASSWORD"}, {Name: "RELAYUSERNAME", Right: "RELAYUSER"}, {Name: "RELAYPORT"}},
		Traps:    []Trap{bareDefault("RELAYHOST")},
		Marks:    []Mark{{Key: "RELAYUSER", Worth: 8}, {Key: "RELAYPASSWORD", Worth: 8}, {Key: "OUTBOUND_TLS_LEVEL", Worth: 8}, {Value: "mailu", Worth: 5}},
		Sources:  []string{"Mailu core/postfix/conf/main.cf"},
	},
	{
		ID: "postfix-docker", App: "Postfix in a container (boky/postfix)", Form: Env, Mode: MainCF, Images: []string{"boky/postfix", "bokysan/docker-postfix"},
		Keys: []Key{
			{Name: "RELAYHOST", Role: HostPort}, {Name: "RELAYHOST_USERNAME", Role: User}, {Name: "RELAYHOST_PASSWORD", Role: Pass},
			{Name: "RELAYHOST_TLS_LEVEL", Also: []string{"POSTFIX_smtp_tls_security_level"}, Role: Level, Default: "may", Words: postfixLevels},
			{Name: "POSTFIX_smtp_tls_wrappermode", Role: Secure, Bools: YesNo, Yes: "yes", No: "no"},
			{Name: "ALLOWED_SENDER_DOMAINS", Role: Known}, {Name: "POSTFIX_myhostname", Role: HELO}, {Name: "HOSTNAME", Role: Known},
		},
		Params:   Params{HostPort: "[]", DefaultPort: "25/25/25"},
		Mistaken: misspellings("RELAYHOST_", "USER", "USERNAME", "PASS", "PASSWORD", "PORT", "", "TLS", "TLS_LEVEL"),
		Traps: []Trap{bareDefault("RELAYHOST"), {
			Check: "client-config-invalid", Severity: "warning", Key: "ALLOWED_SENDER_DOMAINS",
			When: func(s Settings) bool {
				return filled(s, "RELAYHOST_USERNAME") && !s.Has("ALLOWED_SENDER_DOMAINS") && !s.Has("ALLOW_EMPTY_SENDER_DOMAINS")
			},
			Summary: "ALLOWED_SENDER_DOMAINS is not set, and the container does not start",
			Fix:     []string{"Set ALLOWED_SENDER_DOMAINS to the domains that you send from"},
		}},
		Marks:   []Mark{{Key: "RELAYHOST_USERNAME", Worth: 9}, {Key: "ALLOWED_SENDER_DOMAINS", Worth: 6}, {Key: "RELAYHOST_TLS_LEVEL", Worth: 9}},
		Sources: []string{"bokysan/docker-postfix scripts/common-run.sh, README"},
	},
	{
		ID: "docker-postfix", App: "Postfix in a container (juanluisbaptiste/postfix)", Form: Env, Mode: ByPort, Images: []string{"juanluisbaptiste/postfix"},
		Keys: []Key{
			{Name: "SMTP_SERVER", Role: Host}, {Name: "SMTP_PORT", Role: Port, Default: "587"},
			{Name: "SMTP_USERNAME", Role: User}, {Name: "SMTP_PASSWORD", Role: Pass}, {Name: "SMTP_PASSWORD_FILE", Role: Known},
			{Name: "SERVER_HOSTNAME", Role: HELO}, {Name: "SMTP_HEADER_TAG", Role: Known}, {Name: "SMTP_NETWORKS", Role: Known}, {Name: "OVERWRITE_FROM", Role: Known}, {Name: "ALWAYS_ADD_MISSING_HEADERS", Role: Known},
		},
		Mistaken: misspellings("SMTP_", "HOST", "SERVER", "USER", "USERNAME", "PASS", "PASSWORD", "TLS", "", "SSL", ""),
		Traps: []Trap{{
			Check: "client-config-invalid", Severity: "warning", Key: "SERVER_HOSTNAME",
			When:    func(s Settings) bool { return filled(s, "SMTP_SERVER") && !s.Has("SERVER_HOSTNAME") },
			Summary: "SERVER_HOSTNAME is not set, and the container does not start",
			Fix:     []string{"Set SERVER_HOSTNAME to the name of this machine, such as mail.example.com"},
		}},
		Marks:   []Mark{{Key: "SMTP_HEADER_TAG", Worth: 8}, {Key: "SMTP_NETWORKS", Worth: 7}, {Key: "SERVER_HOSTNAME", Worth: 6}},
		Sources: []string{"juanluisbaptiste/docker-postfix run.sh"},
	},
}

// bareDefault tells of a relay without brackets.
func bareDefault(key string) Trap {
	return Trap{
		Check: "client-config-invalid", Severity: "note", Key: key,
		When:    func(s Settings) bool { v, set := s.Get(key); return set && bareRelay(v) },
		Summary: key + " has no brackets: Postfix looks up the MX of that name and connects to it",
		Fix:     []string{"Write it as [HOST]:PORT"},
	}
}
