package dialect

import (
	"strings"

	"github.com/maildoctor/maildoctor/internal/conf"
	"github.com/maildoctor/maildoctor/internal/target"
)

// mta are mail servers, relays in containers, and what stands in for sendmail.
var mta = joined(mtaServers, mtaRelays, mtaClients, mtaMore)

// postfixLevels are the values of smtp_tls_security_level.
var postfixLevels = []Word{
	{V: "encrypt", Mode: target.STARTTLS}, {V: "may", Mode: target.Opportunistic}, {V: "none", Mode: target.Cleartext},
	{V: "verify", Mode: target.STARTTLS, Not: true}, {V: "secure", Mode: target.STARTTLS, Not: true}, {V: "fingerprint", Mode: target.STARTTLS, Not: true},
	{V: "dane", Mode: target.Opportunistic, Not: true}, {V: "dane-only", Mode: target.STARTTLS, Not: true}, {V: "", Mode: target.NoMode, Not: true},
}

// postfixAuth reports whether Postfix logs in at the relay.
func postfixAuth(s Settings) bool {
	return is(s, "smtp_sasl_auth_enable", "yes") && filled(s, "relayhost")
}

// bareRelay reports whether a relay stands without brackets.
func bareRelay(v string) bool {
	v = strings.TrimSpace(v)
	host, _, _ := strings.Cut(v, ":")
	return v != "" && !strings.HasPrefix(v, "[") && !strings.Contains(v, ",") && !strings.Contains(v, "$") && strings.Contains(host, ".")
}

// inBrackets is a relay whose name is taken as it is.
func inBrackets(v string) string {
	host, port, found := strings.Cut(strings.TrimSpace(v), ":")
	if !found {
		return "[" + host + "]"
	}
	return "[" + host + "]:" + port
}

var mtaServers = []Dialect{
	{
		ID: "postfix", App: "Postfix", Form: Form{conf.Words, conf.Postfix}, Mode: MainCF, Files: []string{"main.cf"},
		Keys: []Key{
			{Name: "relayhost", Role: HostPort},
			{Name: "smtp_tls_wrappermode", Role: Secure, Default: "no", Since: "3.0"},
			{Name: "smtp_tls_security_level", Role: Level, Words: postfixLevels, Else: "none"},
			{Name: "smtp_use_tls", Role: AutoTLS, Beside: "-"}, {Name: "smtp_enforce_tls", Role: Require, Beside: "-"},
			{Name: "smtp_sasl_auth_enable", Role: Known}, {Name: "smtp_sasl_password_maps", Role: Known},
			{Name: "smtp_sasl_security_options", Role: Known}, {Name: "smtp_sasl_tls_security_options", Role: Known}, {Name: "smtp_sasl_mechanism_filter", Role: Mech},
			{Name: "smtp_tls_CAfile", Role: Known}, {Name: "smtp_tls_CApath", Role: Known}, {Name: "smtp_tls_loglevel", Role: Known},
			{Name: "smtp_tls_protocols", Role: Known}, {Name: "smtp_tls_mandatory_protocols", Role: Known}, {Name: "smtp_tls_ciphers", Role: Known},
			{Name: "smtp_helo_name", Role: HELO}, {Name: "myhostname", Role: Known}, {Name: "mydestination", Role: Known}, {Name: "smtp_generic_maps", Role: Known},
		},
		Params: Params{Bools: YesNo, Yes: "yes", No: "no", HostPort: "[]", DefaultPort: "25/25/25"},
		Mistaken: []Wrong{
			{Name: "relay_host", Right: "relayhost"}, {Name: "smtp_tls_wrapper_mode", Right: "smtp_tls_wrappermode"}, {Name: "smtp_wrappermode", Right: "smtp_tls_wrappermode"},
			{Name: "smtp_tls_level", Right: "smtp_tls_security_level"}, {Name: "smtp_sasl_auth_enabled", Right: "smtp_sasl_auth_enable"}, {Name: "smtp_sasl_password_map", Right: "smtp_sasl_password_maps"},
			{Name: "smtp_sasl_passwd_maps", Right: "smtp_sasl_password_maps"}, {Name: "smtp_sasl_security_option", Right: "smtp_sasl_security_options"},
			{Name: "relayport", Why: "The port stands in relayhost: [HOST]:587"}, {Name: "smtp_port", Why: "The port stands in relayhost: [HOST]:587"},
		},
		Traps: []Trap{
			{
				Check: "client-config-invalid", Severity: "warning", Key: "relayhost",
				When:    func(s Settings) bool { v, set := s.Get("relayhost"); return set && bareRelay(v) },
				Summary: "relayhost has no brackets: Postfix looks up the MX of that name and connects to it",
				Detail:  "That is another host than the one named, as a rule. The entry of sasl_passwd must have the same text as relayhost, brackets and port included.",
				Fix:     []string{"Write relayhost as [HOST]:PORT, and the same in sasl_passwd"},
				Sets: func(s Settings) map[string]string {
					v, _ := s.Get("relayhost")
					return map[string]string{"relayhost": inBrackets(v)}
				},
			},
			{
				Check: "client-config-invalid", Severity: "error", Key: "smtp_sasl_security_options",
				When: func(s Settings) bool {
					options, set := s.Get("smtp_sasl_security_options")
					tls, own := s.Get("smtp_sasl_tls_security_options")
					if own {
						options, set = tls, true
					}
					return postfixAuth(s) && (!set || strings.Contains(options, "noplaintext"))
				},
				Summary: "smtp_sasl_security_options forbids PLAIN and LOGIN, which is the default: no mechanism available",
				Detail:  "It is noplaintext, noanonymous where it is not set, and most providers offer PLAIN and LOGIN alone.",
				Fix:     []string{"Set smtp_sasl_security_options = noanonymous"},
				Sets: func(s Settings) map[string]string {
					if v, own := s.Get("smtp_sasl_tls_security_options"); own && strings.Contains(v, "noplaintext") {
						return map[string]string{"smtp_sasl_tls_security_options": "noanonymous"}
					}
					return map[string]string{"smtp_sasl_security_options": "noanonymous"}
				},
			},
			{
				Check: "login-switched-off", Severity: "error", Key: "smtp_sasl_auth_enable",
				When: func(s Settings) bool {
					return filled(s, "smtp_sasl_password_maps") && filled(s, "relayhost") && !is(s, "smtp_sasl_auth_enable", "yes")
				},
				Summary: "smtp_sasl_auth_enable is not yes: nobody logs in, though there are passwords",
				Fix:     []string{"Set smtp_sasl_auth_enable = yes"}, Set: map[string]string{"smtp_sasl_auth_enable": "yes"},
			},
			{
				Check: "client-credentials-missing", Severity: "error", Key: "smtp_sasl_password_maps",
				When:    func(s Settings) bool { return postfixAuth(s) && !filled(s, "smtp_sasl_password_maps") },
				Summary: "smtp_sasl_password_maps is not set, and there is nothing to log in with",
				Fix:     []string{"Set smtp_sasl_password_maps = hash:/etc/postfix/sasl_passwd, and run postmap /etc/postfix/sasl_passwd"},
				Set:     map[string]string{"smtp_sasl_password_maps": "hash:/etc/postfix/sasl_passwd"},
			},
			{
				Check: "setting-deprecated", Severity: "note", Key: "smtp_use_tls",
				When:    func(s Settings) bool { return s.Has("smtp_use_tls") || s.Has("smtp_enforce_tls") },
				Summary: "smtp_use_tls and smtp_enforce_tls are old: smtp_tls_security_level is what counts",
				Fix:     []string{"Set smtp_tls_security_level = encrypt in their place"},
			},
			{
				Check: "weak-setting", Severity: "warning", Key: "smtp_tls_mandatory_protocols",
				When: func(s Settings) bool {
					return isWord("smtp_tls_mandatory_protocols", "TLSv1", "SSLv3", "SSLv2", "SSLv3, TLSv1")(s) || isWord("smtp_tls_protocols", "TLSv1", "SSLv3", "SSLv2", "SSLv3, TLSv1")(s)
				},
				Summary: "only old versions of TLS are allowed, which providers refuse",
				Fix:     []string{"Remove smtp_tls_protocols and smtp_tls_mandatory_protocols"}, Set: map[string]string{"smtp_tls_mandatory_protocols": "", "smtp_tls_protocols": ""},
			},
		},
		Marks:    []Mark{{Key: "relayhost", Worth: 6}, {Key: "smtp_tls_security_level", Worth: 6}, {Key: "smtp_sasl_password_maps", Worth: 7}, {Key: "smtp_tls_wrappermode", Worth: 7}, {Key: "smtp_sasl_auth_enable", Worth: 5}},
		Channels: Channels{Unset: "Postfix sends straight to the recipients' servers through port 25, which most networks block"},
		Restart:  "Run postmap /etc/postfix/sasl_passwd where that file changed, then postfix reload. Its key is the very text of relayhost. Where the log says no mechanism available, install libsasl2-modules",
		Sources:  []string{"postfix smtp(8), postconf(5), TLS_README, SASL_README"},
	},
	{
		ID: "exim", App: "Exim on Debian", Form: Form{conf.Words, conf.Debconf}, Mode: EximSmarthost, Files: []string{"update-exim4.conf.conf"},
		Keys: []Key{
			{Name: "dc_smarthost", Role: HostPort},
			{Name: "dc_eximconfig_configtype", Role: Driver, Words: []Word{
				{V: "smarthost", Channel: "smtp"}, {V: "satellite", Channel: "smtp"},
				{V: "internet", Channel: "direct", Swallows: "sends straight to the recipients' servers through port 25, not through the smarthost"},
				{V: "local", Channel: "none", Swallows: "delivers on this machine alone"}, {V: "none", Channel: "none", Swallows: "is not set up"},
			}},
			{Name: "dc_mailname_in_oh", Role: Known}, {Name: "dc_readhost", Role: Known}, {Name: "dc_hide_mailname", Role: Known}, {Name: "dc_local_interfaces", Role: Known},
			{Name: "dc_other_hostnames", Role: Known}, {Name: "dc_relay_nets", Role: Known}, {Name: "dc_relay_domains", Role: Known}, {Name: "dc_use_split_config", Role: Known},
		},
		Params: Params{HostPort: "::", DefaultPort: "25/25/25"},
		Traps: []Trap{
			{
				Check: "client-config-invalid", Severity: "error", Key: "dc_smarthost",
				When:    singleColon,
				Summary: "dc_smarthost has one colon before the port, and Exim wants two",
				Detail:  "A single colon parts hosts from each other: the port is taken for a host.",
				Fix:     []string{"Write dc_smarthost as HOST::587"},
				Sets: func(s Settings) map[string]string {
					v, _ := s.Get("dc_smarthost")
					return map[string]string{"dc_smarthost": strings.Replace(strings.TrimSpace(v), ":", "::", 1)}
				},
			},
			{
				Check: "starttls-on-tls-port", Severity: "error", Key: "dc_smarthost",
				When:    func(s Settings) bool { return s.Port() == 465 && !s.Mentions("smtps") },
				Summary: "port 465 wants implicit TLS, and Exim's transport speaks STARTTLS unless protocol = smtps",
				Fix:     []string{"Set dc_smarthost to HOST::587, or REMOTE_SMTP_SMARTHOST_PROTOCOL = smtps in exim4.conf.localmacros"},
				Sets: func(s Settings) map[string]string {
					return map[string]string{"dc_smarthost": s.Role(Host) + "::587"}
				},
			},
		},
		Marks:   []Mark{{Key: "dc_smarthost", Worth: 10}, {Key: "dc_eximconfig_configtype", Worth: 10}},
		Restart: "Run update-exim4.conf and restart exim4. passwd.client is looked up by the canonical name of the host: a line that begins with *: fits every host",
		Sources: []string{"Debian exim4-config, README.Debian; Exim specification, chapter 30"},
	},
	{
		ID: "proxmox", App: "Proxmox notifications", Form: Form{conf.Words, conf.Proxmox}, Mode: ByWord, Files: []string{"notifications.cfg"},
		Keys: []Key{
			{Name: "server", Role: Host}, {Name: "port", Role: Port},
			{Name: "mode", Role: Scheme, Default: "tls", Words: []Word{{V: "starttls", Mode: target.STARTTLS}, {V: "tls", Mode: target.Implicit}, {V: "insecure", Mode: target.Cleartext}}},
			{Name: "username", Role: User}, {Name: "password", Role: Pass},
			{Name: "from-address", Role: From}, {Name: "author", Role: FromName}, {Name: "mailto", Role: To}, {Name: "mailto-user", Role: Known},
			{Name: "comment", Role: Known}, {Name: "disable", Role: Disabled},
		},
		Params:   Params{DefaultPort: "587/465/25"},
		Mistaken: []Wrong{{Name: "host", Right: "server"}, {Name: "user", Right: "username"}, {Name: "from", Right: "from-address"}, {Name: "encryption", Right: "mode"}, {Name: "tls", Right: "mode"}},
		Traps: []Trap{{
			Check: "client-config-invalid", Severity: "note", Key: "server",
			When:    func(s Settings) bool { return filled(s, "server") && !s.Has("matcher") },
			Summary: "no matcher names this target here, and one without a matcher gets no mail",
			Detail:  "default-matcher sends to mail-to-root unless it was changed.",
			Fix:     []string{"Name the target in a matcher, such as default-matcher"},
		}},
		Marks:   []Mark{{Key: "from-address", Worth: 4}, {Key: "mailto-user", Worth: 7}, {Key: "smtp", Worth: 3}},
		Sources: []string{"Proxmox VE administration guide, chapter Notifications; proxmox-notify"},
	},
}

// singleColon reports whether the smarthost has its port behind one colon.
func singleColon(s Settings) bool {
	v, set := s.Get("dc_smarthost")
	return set && strings.Count(v, ":") == 1
}

// EximSmarthost is Debian's Exim. Whether 465 works is said by another file, and
// where nothing mentions it a trap tells.
func EximSmarthost(in In) Effect {
	if in.Port == 465 {
		return byPort(target.Implicit)
	}
	return Effect{Mode: target.Opportunistic, Port: 25}
}
