package dialect

import "github.com/maildoctor/maildoctor/internal/target"

// goPolicies are the constants of StartTLSPolicy.
var goPolicies = []Word{
	{V: "MandatoryStartTLS", Mode: target.STARTTLS}, {V: "OpportunisticStartTLS", Mode: target.Opportunistic}, {V: "NoStartTLS", Mode: target.Cleartext},
}

// goSMTPKeys are the arguments of net/smtp; the address stands in one of a call.
func goSMTPKeys(address string, also ...string) []Key {
	return []Key{
		{Name: address, Also: also, Role: HostPort},
		{Name: "smtp.PlainAuth.1", Also: []string{"smtp.CRAMMD5Auth.0"}, Role: User},
		{Name: "smtp.PlainAuth.2", Also: []string{"smtp.CRAMMD5Auth.1"}, Role: Pass},
		{Name: "smtp.PlainAuth.3", Role: Known},
		{Name: "smtp.SendMail.2", Also: []string{"*.Mail"}, Role: From},
		{Name: "*.InsecureSkipVerify", Role: NoVerify},
	}
}

// goWrongHost is a login that net/smtp keeps back from a server of another name.
var goWrongHost = Trap{
	Check: "client-config-invalid", Severity: "error", Key: "smtp.PlainAuth.3",
	When: func(s Settings) bool {
		host, set := s.Get("smtp.PlainAuth.3")
		return set && host != "" && s.Role(Host) != "" && host != s.Role(Host)
	},
	Summary: "PlainAuth names another host than the address, and no login is sent",
	Detail:  "net/smtp says: wrong host name.",
	Fix:     []string{"Write the same host in both places"},
	Sets:    func(s Settings) map[string]string { return map[string]string{"smtp.PlainAuth.3": s.Role(Host)} },
}

// golangMore are Go code, and applications whose settings are files.
var golangMore = []Dialect{
	{
		ID: "go-gomail", App: "Go with gomail", Form: Go, Mode: GoMail,
		Packages: []string{"gopkg.in/gomail.v2", "gopkg.in/mail.v2", "github.com/go-mail/mail", "github.com/go-gomail/gomail", "github.com/wneessen/go-mail"},
		Keys: []Key{
			{Name: "*.NewDialer.0", Also: []string{"*.NewPlainDialer.0", "Dialer.Host"}, Role: Host},
			{Name: "*.NewDialer.1", Also: []string{"*.NewPlainDialer.1", "Dialer.Port"}, Role: Port},
			{Name: "*.NewDialer.2", Also: []string{"*.NewPlainDialer.2", "Dialer.Username"}, Role: User},
			{Name: "*.NewDialer.3", Also: []string{"*.NewPlainDialer.3", "Dialer.Password"}, Role: Pass},
			{Name: "*.SSL", Role: Secure, Bools: Strict, Beside: "-"},
			{Name: "*.StartTLSPolicy", Role: Scheme, Words: goPolicies, Beside: "-"},
			{Name: "*.TLSConfig.InsecureSkipVerify", Role: NoVerify},
			{Name: "*.LocalName", Role: HELO},
			{Name: "*.Timeout", Role: Known},
		},
		Marks:   []Mark{{Value: "gomail.NewDialer", Worth: 9}, {Value: "gomail.NewPlainDialer", Worth: 9}, {Value: "mail.NewDialer", Worth: 7}, {Value: "gomail.v2", Worth: 5}},
		Sources: []string{"go-gomail/gomail smtp.go", "go-mail/mail smtp.go"},
	},
	{
		ID: "go-net-smtp", App: "Go with net/smtp", Form: Go, Mode: ByWord,
		Keys:    goSMTPKeys("smtp.SendMail.0", "smtp.Dial"),
		Params:  Params{Fixed: target.Opportunistic, NeedsPort: true},
		Traps:   []Trap{goWrongHost},
		Marks:   []Mark{{Value: "smtp.SendMail(", Worth: 9}, {Key: "smtp.Dial", Worth: 7}, {Value: `"net/smtp"`, Worth: 3}},
		Sources: []string{"golang/go src/net/smtp/smtp.go (SendMail, Dial), auth.go"},
	},
	{
		ID: "go-net-smtp-tls", App: "Go with net/smtp on tls.Dial", Form: Go, Mode: ByWord,
		Keys:    goSMTPKeys("tls.Dial.1"),
		Params:  Params{Fixed: target.Implicit, NeedsPort: true},
		Traps:   []Trap{goWrongHost},
		Marks:   []Mark{{Key: "tls.Dial.1", Worth: 4}, {Value: "smtp.NewClient(", Worth: 6}, {Value: `"net/smtp"`, Worth: 3}},
		Sources: []string{"golang/go src/net/smtp/smtp.go (NewClient), src/crypto/tls/tls.go (Dial)"},
	},
	{
		ID: "wireguard-portal", App: "WireGuard Portal", Form: YAML, Also: []Form{Env}, Mode: ByWord, Images: []string{"wgportal/wg-portal", "h44z/wg-portal"},
		Keys: []Key{
			{Name: "mail.host", Also: []string{"EMAIL_HOST"}, Role: Host}, {Name: "mail.port", Also: []string{"EMAIL_PORT"}, Role: Port, Default: "25"},
			{Name: "mail.encryption", Also: []string{"EMAIL_ENCRYPTION"}, Role: Scheme, Default: "none", Else: "none", Words: []Word{
				{V: "starttls", Mode: target.STARTTLS}, {V: "tls", Mode: target.Implicit}, {V: "none", Mode: target.Cleartext},
			}},
			{Name: "mail.cert_validation", Also: []string{"EMAIL_CERT_VALIDATION"}, Role: Verify},
			{Name: "mail.username", Also: []string{"EMAIL_USERNAME"}, Role: User}, {Name: "mail.password", Also: []string{"EMAIL_PASSWORD"}, Role: Pass},
			{Name: "mail.auth_type", Also: []string{"EMAIL_AUTHTYPE"}, Role: Mech}, {Name: "mail.from", Also: []string{"MAIL_FROM"}, Role: From},
			{Name: "mail.link_only", Role: Known},
		},
		Mistaken: misspellings("mail.", "user", "username", "pass", "password", "tls", "encryption", "ssl", "encryption", "starttls", "encryption"),
		Marks:    []Mark{{Key: "mail.cert_validation", Worth: 8}, {Key: "EMAIL_CERT_VALIDATION", Worth: 9}, {Key: "EMAIL_ENCRYPTION", Worth: 4}, {Key: "mail.link_only", Worth: 8}},
		Sources:  []string{"h44z/wg-portal internal/config/mail.go, internal/adapters/mailer.go"},
	},
	{
		ID: "harbor", App: "Harbor", Form: YAML, Also: []Form{JSON, {Kind: INI.Kind}}, Mode: ForceSSL, Images: []string{"goharbor/harbor-core"},
		Files: []string{"harbor.yml", "harbor.cfg"},
		Keys: []Key{
			{Name: "email_host", Also: []string{"email_server"}, Role: Host}, {Name: "email_port", Also: []string{"email_server_port"}, Role: Port, Default: "25"},
			{Name: "email_username", Role: User}, {Name: "email_password", Role: Pass}, {Name: "email_from", Role: From},
			{Name: "email_ssl", Role: Secure, Default: "false"}, {Name: "email_insecure", Role: NoVerify}, {Name: "email_identity", Role: Known},
		},
		Mistaken: []Wrong{{Name: "email_user", Right: "email_username"}, {Name: "email_tls", Right: "email_ssl"}, {Name: "email_starttls"}},
		Marks:    []Mark{{Key: "email_insecure", Worth: 6}, {Key: "email_server_port", Worth: 6}, {Key: "email_identity", Worth: 5}},
		Sources:  []string{"goharbor/harbor src/common/utils/email/mail.go"},
	},
	{
		ID: "semaphore", App: "Semaphore UI", Form: JSON, Also: []Form{Env}, Mode: SemaphoreMail, Images: []string{"semaphoreui/semaphore"}, Doubt: true,
		Keys: []Key{
			{Name: "email_alert", Also: []string{"SEMAPHORE_EMAIL_ALERT"}, Role: Enabled, Default: "false"},
			{Name: "email_host", Also: []string{"SEMAPHORE_EMAIL_HOST"}, Role: Host}, {Name: "email_port", Also: []string{"SEMAPHORE_EMAIL_PORT"}, Role: Port},
			{Name: "email_username", Also: []string{"SEMAPHORE_EMAIL_USERNAME"}, Role: User}, {Name: "email_password", Also: []string{"SEMAPHORE_EMAIL_PASSWORD"}, Role: Pass},
			{Name: "email_sender", Also: []string{"SEMAPHORE_EMAIL_SENDER"}, Role: From},
			{Name: "email_secure", Also: []string{"SEMAPHORE_EMAIL_SECURE"}, Role: Start, Default: "false"},
			{Name: "email_tls", Also: []string{"SEMAPHORE_EMAIL_TLS"}, Role: Secure, Default: "false"},
		},
		Marks:   []Mark{{Key: "email_alert", Worth: 6}, {Key: "email_sender", Worth: 4}, {Value: "SEMAPHORE_", Worth: 7}},
		Sources: []string{"from memory of semaphoreui/semaphore util/mailer"},
	},
	{
		ID: "casdoor", App: "Casdoor", Form: JSON, Mode: CasdoorMail, Doubt: true,
		Keys: []Key{
			{Name: "host", Role: Host}, {Name: "port", Role: Port}, {Name: "clientId", Role: User}, {Name: "clientSecret", Role: Pass},
			{Name: "clientId2", Role: From}, {Name: "disableSsl", Role: NoTLS, Default: "false"},
			{Name: "sslMode", Role: Scheme, Words: []Word{{V: "Auto"}, {V: "Enable", Mode: target.Implicit}, {V: "Disable", Mode: target.Opportunistic}}},
		},
		Marks:   []Mark{{Key: "disableSsl", Worth: 7}, {Key: "category", Value: "Email", Worth: 6}},
		Sources: []string{"from memory of casdoor/casdoor email/smtp.go"},
	},
}

// SemaphoreMail is Semaphore UI: email_tls is implicit TLS, else STARTTLS if
// offered where it logs in.
func SemaphoreMail(in In) Effect {
	if in.Yes(Secure) {
		return does(target.Implicit)
	}
	if in.Yes(Start) {
		return does(target.Opportunistic)
	}
	return does(target.Cleartext)
}

// CasdoorMail is Casdoor: implicit TLS unless it is switched off; by port where
// sslMode is Auto.
func CasdoorMail(in In) Effect {
	switch w := in.Words[Scheme]; {
	case w != nil && w.Mode != target.NoMode:
		return does(w.Mode)
	case w != nil:
		return ByPort(in)
	case in.Yes(NoTLS):
		return does(target.Opportunistic)
	}
	return does(target.Implicit)
}
