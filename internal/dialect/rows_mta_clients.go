package dialect

import (
	"strings"

	"github.com/maildoctor/maildoctor/internal/conf"
	"github.com/maildoctor/maildoctor/internal/target"
)

// mtaClients are programs that stand in for sendmail.
var mtaClients = []Dialect{
	{
		ID: "msmtp", App: "msmtp", Form: Form{conf.Words, conf.MSMTP}, Mode: TwoSteps, Files: []string{".msmtprc", "msmtprc"},
		Keys: []Key{
			{Name: "host", Role: Host}, {Name: "port", Role: Port},
			{Name: "tls", Role: Start, Default: "off"}, {Name: "tls_starttls", Role: AutoTLS, Default: "on"},
			{Name: "tls_certcheck", Role: Verify}, {Name: "tls_trust_file", Role: Known}, {Name: "tls_fingerprint", Role: Known},
			{Name: "auth", Role: Login, Default: "off", Words: []Word{{V: "on"}, {V: "off", Channel: "off", Not: true}, {V: "plain"}, {V: "login"}, {V: "cram-md5", Not: true}, {V: "scram-sha-1", Not: true}, {V: "scram-sha-256", Not: true}, {V: "xoauth2", Not: true}, {V: "oauthbearer", Not: true}, {V: "gssapi", Not: true}, {V: "external", Not: true}, {V: "ntlm", Not: true}}},
			{Name: "user", Role: User}, {Name: "password", Role: Pass}, {Name: "passwordeval", Role: Known},
			{Name: "from", Role: From}, {Name: "domain", Role: HELO}, {Name: "account", Role: Known}, {Name: "logfile", Role: Known}, {Name: "set_from_header", Role: Known},
			{Name: "tls_nocertcheck", Role: Ignored, Instead: "tls_certcheck", Why: "it is tls_certcheck off"},
			{Name: "tls_nostarttls", Role: Ignored, Instead: "tls_starttls", Why: "it is tls_starttls off"},
		},
		Params: Params{Bools: OnOff, Yes: "on", No: "off", DefaultPort: "25/465/25"},
		Mistaken: []Wrong{
			{Name: "username", Right: "user"}, {Name: "pass", Right: "password"}, {Name: "passwd", Right: "password"}, {Name: "server", Right: "host"}, {Name: "hostname", Right: "host"},
			{Name: "starttls", Right: "tls_starttls"}, {Name: "ssl", Right: "tls"}, {Name: "sender", Right: "from"},
		},
		Traps: []Trap{{
			Check: "setting-missing", Severity: "note", Key: "account",
			When:    func(s Settings) bool { return filled(s, "host") && !s.Has("account") },
			Summary: "no account has a name: msmtp looks for the account default",
			Fix:     []string{"Write the line account default before host"},
		}},
		Marks:   []Mark{{Key: "tls_starttls", Worth: 6}, {Key: "account", Worth: 4}, {Key: "passwordeval", Worth: 6}, {Key: "tls_trust_file", Worth: 6}, {Value: "\ndefaults\n", Worth: 2}},
		Restart: "Nothing is to be restarted. The file must be readable by its owner alone (chmod 600), and programs that call sendmail want the package msmtp-mta",
		Sources: []string{"msmtp(1); marlam/msmtp src/conf.c"},
	},
	{
		ID: "ssmtp", App: "sSMTP", Form: Form{conf.Words, conf.SSMTP}, Mode: StartWins, Files: []string{"ssmtp.conf"},
		Keys: []Key{
			{Name: "mailhub", Role: HostPort},
			{Name: "UseTLS", Role: Secure, Default: "NO"}, {Name: "UseSTARTTLS", Role: Start, Default: "NO"},
			{Name: "AuthUser", Role: User}, {Name: "AuthPass", Role: Pass}, {Name: "AuthMethod", Role: Mech},
			{Name: "FromLineOverride", Role: Known}, {Name: "rewriteDomain", Role: Known}, {Name: "hostname", Role: HELO}, {Name: "root", Role: Known}, {Name: "Debug", Role: Known},
			{Name: "TLS_CA_File", Role: Known}, {Name: "UseTLSCert", Role: Known}, {Name: "TLSCert", Role: Known}, {Name: "TLSKey", Role: Known},
		},
		Params: Params{Bools: YesNo, Yes: "YES", No: "NO", DefaultPort: "25/25/25", NoVerify: "sSMTP checks no certificate unless TLS_CA_File is set"},
		Mistaken: []Wrong{
			{Name: "host", Right: "mailhub"}, {Name: "server", Right: "mailhub"}, {Name: "AuthUsername", Right: "AuthUser"}, {Name: "AuthPassword", Right: "AuthPass"},
			{Name: "UseSSL", Right: "UseTLS"}, {Name: "STARTTLS", Right: "UseSTARTTLS"}, {Name: "UseStartTLSs", Right: "UseSTARTTLS"}, {Name: "port", Why: "The port stands in mailhub: HOST:587"},
		},
		Traps: []Trap{
			{
				Check: "setting-mangled", Severity: "error", Key: "AuthPass",
				When:    func(s Settings) bool { v, _ := s.Get("AuthPass"); return strings.ContainsAny(v, "#=: \t") },
				Summary: "AuthPass holds a character that sSMTP reads as the end: it knows no quotes",
				Detail:  "# begins a comment, and = and : part key and value. The password is cut there, and the server says 535.",
				Fix:     []string{"Choose a password of letters and digits, or use msmtp"},
			},
			{
				Check: "client-credentials-missing", Severity: "error", Key: "AuthUser",
				When:    func(s Settings) bool { v, set := s.Get("AuthUser"); return set && v == "" && s.Has("mailhub") },
				Summary: "AuthUser stands there and is empty: sSMTP logs in all the same, without a name",
				Detail:  "The server says 504 or 535. For a relay without a login the lines have to go.",
				Fix:     []string{"Remove AuthUser and AuthPass, or give them values"}, Set: map[string]string{"AuthUser": "", "AuthPass": ""},
			},
			{
				Check: "client-config-invalid", Severity: "note", Key: "mailhub",
				When:    func(s Settings) bool { return filled(s, "mailhub") },
				Summary: "sSMTP is not maintained any more, and checks no certificates",
				Fix:     []string{"Use msmtp with msmtp-mta in its place"},
			},
		},
		Marks:   []Mark{{Key: "mailhub", Worth: 9}, {Key: "UseSTARTTLS", Worth: 7}, {Key: "FromLineOverride", Worth: 7}, {Key: "AuthPass", Worth: 5}},
		Sources: []string{"Debian ssmtp 2.64 ssmtp.c"},
	},
	{
		ID: "dma", App: "DragonFly Mail Agent", Form: Form{conf.Words, conf.MSMTP}, Mode: DMA, Files: []string{"dma.conf"},
		Keys: []Key{
			{Name: "SMARTHOST", Role: Host}, {Name: "PORT", Role: Port, Default: "25"},
			{Name: "SECURETRANSFER", Role: Secure, Words: []Word{{V: ""}}}, {Name: "STARTTLS", Role: Start, Words: []Word{{V: ""}}},
			{Name: "OPPORTUNISTIC_TLS", Role: AutoTLS, Words: []Word{{V: ""}}, Beside: "-"},
			{Name: "AUTHPATH", Role: Known}, {Name: "MAILNAME", Role: HELO}, {Name: "MASQUERADE", Role: From}, {Name: "INSECURE", Role: Known}, {Name: "NULLCLIENT", Role: Known}, {Name: "DEFER", Role: Known},
		},
		Mistaken: []Wrong{{Name: "SMARTHOST_PORT", Right: "PORT"}, {Name: "SECURETRANS", Right: "SECURETRANSFER"}},
		Traps: []Trap{{
			Check: "client-config-invalid", Severity: "warning", Key: "STARTTLS",
			When:    func(s Settings) bool { return s.Has("STARTTLS") && !s.Has("SECURETRANSFER") && s.Has("SMARTHOST") },
			Summary: "STARTTLS has no effect without SECURETRANSFER",
			Fix:     []string{"Add a line SECURETRANSFER"},
		}},
		Marks:   []Mark{{Key: "SMARTHOST", Worth: 7}, {Key: "AUTHPATH", Worth: 6}, {Key: "SECURETRANSFER", Worth: 8}},
		Sources: []string{"corecode/dma conf.c, dma(8)"},
	},
	{
		ID: "esmtp", App: "ESMTP", Form: Form{Kind: conf.Words}, Mode: ByWord, Files: []string{".esmtprc", "esmtprc"}, Doubt: true,
		Keys: []Key{
			{Name: "hostname", Role: HostPort}, {Name: "username", Role: User}, {Name: "password", Role: Pass},
			{Name: "starttls", Role: Scheme, Default: "disabled", Words: []Word{{V: "required", Mode: target.STARTTLS}, {V: "enabled", Mode: target.Opportunistic}, {V: "disabled", Mode: target.Cleartext}}},
			{Name: "mda", Role: Known}, {Name: "identity", Role: Known},
		},
		Marks:   []Mark{{Key: "starttls", Value: "enabled", Worth: 4}, {Key: "starttls", Value: "required", Worth: 4}},
		Sources: []string{"from memory of esmtprc(5)"},
	},
}

// mtaMore are what PHP on Windows has.
var mtaMore = []Dialect{
	{
		ID: "php-ini", App: "PHP", Form: INI, Mode: ByWord, Files: []string{"php.ini"},
		Keys: []Key{
			{Name: "mail function.SMTP", Role: Host}, {Name: "mail function.smtp_port", Role: Port, Default: "25"}, {Name: "mail function.sendmail_from", Role: From},
			{Name: "mail function.sendmail_path", Role: Known}, {Name: "mail function.mail.add_x_header", Role: Known},
			{Name: "mail function.smtp_server", Role: Ignored, Why: "it is a setting of sendmail.ini, and PHP reads SMTP"},
			{Name: "mail function.auth_username", Role: Ignored, Why: phpNoLogin}, {Name: "mail function.auth_password", Role: Ignored, Why: phpNoLogin},
			{Name: "mail function.username", Role: Ignored, Why: phpNoLogin}, {Name: "mail function.password", Role: Ignored, Why: phpNoLogin},
			{Name: "mail function.smtp_ssl", Role: Ignored, Why: phpNoLogin}, {Name: "mail function.smtp_secure", Role: Ignored, Why: phpNoLogin},
		},
		Params: Params{Fixed: target.Cleartext},
		Traps: []Trap{
			{
				Check: "client-config-invalid", Severity: "error", Key: "mail function.SMTP",
				When: func(s Settings) bool {
					return strings.Contains(s.Role(Host), ".") && isOneOf(itoaPort(s), "587", "465", "2525")
				},
				Summary: "mail() of PHP knows neither TLS nor a login: no provider takes mail from it",
				Detail:  "SMTP and smtp_port are for Windows alone; elsewhere sendmail_path counts.",
				Fix:     []string{"Send with PHPMailer or Symfony Mailer, or set sendmail_path to a program such as msmtp"},
			},
			{
				Check: "setting-ignored", Severity: "note", Key: "mail function.SMTP",
				When: func(s Settings) bool {
					return filled(s, "mail function.SMTP") && filled(s, "mail function.sendmail_path")
				},
				Summary: "sendmail_path is set, and SMTP and smtp_port have no effect then",
				Fix:     []string{"Set up the program that sendmail_path names"},
			},
		},
		Marks:   []Mark{{Key: "mail function.SMTP", Worth: 9}, {Key: "mail function.sendmail_path", Worth: 9}, {Key: "sendmail_from", Worth: 6}},
		Sources: []string{"php-src ext/standard/mail.c, win32/sendmail.c"},
	},
}

const phpNoLogin = "PHP's own mail() knows neither TLS nor a login"

// itoaPort is the port as a text.
func itoaPort(s Settings) string {
	for _, p := range []string{"587", "465", "2525"} {
		if v, _ := s.Get("mail function.smtp_port"); strings.TrimSpace(v) == p {
			return p
		}
	}
	return ""
}
