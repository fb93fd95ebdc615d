package dialect

import (
	"slices"
	"strings"
	"unicode"

	"github.com/maildoctor/maildoctor/internal/target"
)

// anyCase is a pattern of path.Match for a name in any case.
func anyCase(name string) string {
	var b strings.Builder
	for _, r := range name {
		if unicode.IsLetter(r) {
			b.WriteString("[" + string(r) + string(unicode.ToUpper(r)) + "]")
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// inFile is a key by its usual names: in a section for mail, or alone with such
// a word before it. Its first name is the one that people are told.
func inFile(r Role, names ...string) Key {
	k := Key{Name: "smtp." + names[0], Role: r}
	add := func(pattern string) {
		if !slices.Contains(k.Also, pattern) {
			k.Also = append(k.Also, pattern)
		}
	}
	for _, section := range []string{"smtp", "mail"} {
		for _, n := range names {
			add("*" + anyCase(section) + "*." + n)
			add("*" + anyCase(section) + "*." + camel(n))
		}
	}
	if r == User || r == Pass {
		add("smtp.auth." + names[0])
		add("smtp.auth." + names[1])
		add("mail.auth." + names[0])
		add("mail.auth." + names[1])
	}
	for _, n := range names {
		for _, pattern := range flat(n) {
			add(pattern)
		}
	}
	return k
}

// camel is smtp_host as smtpHost.
func camel(name string) string {
	var b strings.Builder
	up := false
	for _, r := range name {
		if r == '_' {
			up = true
			continue
		}
		if up {
			r = unicode.ToUpper(r)
		}
		up = false
		b.WriteRune(r)
	}
	return b.String()
}

// flat are the names of a key outside any section: smtp_host, MAIL_HOST,
// emailHost, SMTP-Host, Smtp__Host.
func flat(name string) []string {
	word := strings.TrimPrefix(strings.TrimPrefix(name, "smtp_"), "mail_")
	var all []string
	if !strings.Contains(word, ".") {
		for _, before := range []string{"smtp_", "mail_", "email_", "mailer_"} {
			all = append(all, before+word, strings.ToUpper(before+word))
		}
	}
	for _, before := range []string{"*" + anyCase("smtp"), "*" + anyCase("mail")} {
		all = append(all, before+`*[_\-]`+strings.ReplaceAll(anyCase(word), "_", `[_\-]`), before+anyCase(strings.ReplaceAll(word, "_", "")))
	}
	return all
}

// switchIn is a switch of encryption that is never added.
func switchIn(r Role, names ...string) Key {
	k := inFile(r, names...)
	k.Beside = "-"
	return k
}

// plainKeys are the keys of a program that nobody knows, without switches.
func plainKeys() []Key {
	return []Key{
		inFile(Host, "host", "server", "hostname", "smtp_host", "smtp_server", "smtp_hostname", "mail_host", "mail_server", "host_name", "relay", "relay_host", "server_address"),
		inFile(Port, "port", "smtp_port", "mail_port", "server_port"),
		inFile(User, "user", "username", "login", "user_name", "smtp_user", "smtp_username", "smtp_login", "auth_user", "mail_user", "mail_username", "host_user", "account"),
		inFile(Pass, "password", "pass", "passwd", "pwd", "smtp_password", "smtp_pass", "smtp_passwd", "auth_password", "auth_pass", "mail_password", "host_password", "app_password"),
		inFile(From, "from", "sender", "from_address", "from_email", "from_addr", "mail_from", "email_from", "smtp_from", "default_from", "default_sender", "sender_email", "sender_address", "smtp_sender", "from.address", "from.email"),
		inFile(FromName, "from_name", "sender_name", "from.name"),
		inFile(To, "to", "recipient", "recipients", "to_address"),
		inFile(HELO, "helo", "ehlo", "helo_host", "helo_name", "local_name"),
	}
}

// securityWords are what encryption is called. A bare tls is STARTTLS to some
// and implicit TLS to others: it goes by the port.
var securityWords = []Word{
	{V: "starttls", Mode: target.STARTTLS}, {V: "start_tls", Mode: target.STARTTLS, Not: true}, {V: "start-tls", Mode: target.STARTTLS, Not: true}, {V: "explicit", Mode: target.STARTTLS, Not: true},
	{V: "ssl", Mode: target.Implicit}, {V: "ssl/tls", Mode: target.Implicit, Not: true}, {V: "ssl_tls", Mode: target.Implicit, Not: true}, {V: "smtps", Mode: target.Implicit, Not: true},
	{V: "implicit", Mode: target.Implicit, Not: true}, {V: "force_tls", Mode: target.Implicit, Not: true}, {V: "wrapper", Mode: target.Implicit, Not: true},
	{V: "none", Mode: target.Cleartext}, {V: "off", Mode: target.Cleartext, Not: true}, {V: "plain", Mode: target.Cleartext, Not: true},
	{V: "tls", Not: true}, {V: "auto", Not: true}, {V: "true", Not: true}, {V: "false", Not: true}, {V: "", Not: true}, {V: "smtp", Not: true},
}

// security is the switch that is a word.
func security() Key {
	k := switchIn(Scheme, "encryption", "security", "smtp_encryption", "smtp_security", "protocol", "smtp_secure", "connection_security", "encryption_type", "tls_mode", "ssl_mode", "auth_strategy")
	k.Words, k.Else = securityWords, "tls"
	return k
}

var (
	startNames = []string{"starttls", "use_starttls", "enable_starttls", "smtp_starttls", "start_tls", "use_start_tls", "starttls_enable", "require_starttls", "enable_start_tls"}
	sslNames   = []string{"ssl", "use_ssl", "usessl", "smtp_ssl", "enable_ssl", "smtp_use_ssl", "is_ssl", "implicit_tls", "force_tls", "force_ssl", "smtps"}
	tlsNames   = []string{"tls", "use_tls", "usetls", "smtp_tls", "enable_tls", "smtp_use_tls", "is_tls", "tls_enabled"}
)

// unsure are the switches of a program of which nothing is known. A bare secure
// is nodemailer's.
func unsure() []Key {
	return append(plainKeys(), security(), switchIn(Start, startNames...), switchIn(Secure, sslNames...), switchIn(Level, tlsNames...), also(switchIn(AutoTLS, "secure"), "with.secure", "mail_options.secure"))
}

// mailURL is a URL that holds all, in a section or alone.
func mailURL() Key {
	return Key{Name: "smtp.url", Role: URL, Also: []string{"*smtp*.uri", "*smtp*.dsn", "*mail*.url", "*mail*.uri", "*mail*.dsn", "smtp_url", "SMTP_URL", "SMTP_URI", "*_SMTP_URL", "MAIL_URL", "EMAIL_URL", "MAILER_URL", "*EMAIL_CONFIG"}}
}

// urlWords are schemes of mail URLs whose meaning is the same to all who know
// them. Others, smtps among them, differ from reader to reader.
var urlWords = []Word{
	{V: "smtp"}, {V: "smtp+starttls", Mode: target.STARTTLS}, {V: "smtp+tls", Mode: target.STARTTLS}, {V: "submission", Mode: target.STARTTLS},
	{V: "smtps"}, {V: "smtp+ssl", Mode: target.Implicit}, {V: "submissions", Mode: target.Implicit},
}

// In INI files, which are Python's as a rule, usetls is STARTTLS. In TOML, which
// Go and Rust programs read, tls is implicit TLS.
var genericFiles = []Dialect{
	{
		ID: "python-generic", App: "this Python program", Form: Python, Mode: GuessPython,
		Keys: []Key{
			{Name: "smtplib.SMTP_SSL.0", Also: []string{"smtplib.SMTP_SSL.host", "smtplib.SMTP.0", "smtplib.SMTP.host", "aiosmtplib.send.hostname", "*.SMTP.hostname", "yagmail.SMTP.host", "*smtp*server", "*smtp*host", "*SMTP*SERVER", "*SMTP*HOST", "*mail*server", "*mail*host", "*MAIL*SERVER", "*MAIL*HOST", "*.connect.0"}, Role: Host},
			{Name: "smtplib.SMTP_SSL.1", Also: []string{"smtplib.SMTP_SSL.port", "smtplib.SMTP.1", "smtplib.SMTP.port", "aiosmtplib.send.port", "*.SMTP.port", "yagmail.SMTP.port", "*smtp*port", "*SMTP*PORT", "*mail*port", "*MAIL*PORT", "*.connect.1", "port", "PORT"}, Role: Port},
			{Name: "*.login.0", Also: []string{"*.login.user", "aiosmtplib.send.username", "yagmail.SMTP.0", "yagmail.SMTP.user", "*smtp*user*", "*SMTP*USER*", "*sender_email", "*EMAIL*USER*", "*MAIL*USER*"}, Role: User},
			{Name: "*.login.1", Also: []string{"*.login.password", "aiosmtplib.send.password", "yagmail.SMTP.1", "yagmail.SMTP.password", "*smtp*pass*", "*SMTP*PASS*", "*MAIL*PASS*", "password"}, Role: Pass},
			{Name: "*.sendmail.0", Also: []string{"*.sendmail.from_addr", "*.send_message.from_addr", "aiosmtplib.send.sender", "*sender", "*from_addr*", "*from_email", "*FROM_EMAIL", "msg.From", "message.From"}, Role: From},
			{Name: "smtplib.SMTP_SSL", Also: []string{"smtplib.SMTP_SSL.0", "smtplib.SMTP_SSL.context", "smtplib.SMTP_SSL.1", "smtplib.SMTP_SSL.port", "smtplib.SMTP_SSL.host"}, Role: Secure, Beside: "-", Avoid: "false"},
			{Name: "aiosmtplib.send.use_tls", Also: []string{"*.SMTP.use_tls", "*.SMTP.smtp_ssl"}, Role: Secure, Beside: "-"},
			{Name: "*.starttls", Also: []string{"*.starttls.context", "aiosmtplib.send.start_tls", "*.SMTP.start_tls", "*.SMTP.smtp_starttls"}, Role: Start, Beside: "-", Avoid: "false"},
			{Name: "smtplib.SMTP", Also: []string{"smtplib.SMTP.0", "smtplib.SMTP.host"}, Role: NoTLS, Beside: "-", Avoid: "false"},
		},
		Params:  Params{Bools: NonEmpty, Yes: "True", No: "False"},
		Marks:   []Mark{{Value: "smtplib", Worth: 6}, {Key: "smtplib.*.0", Worth: 6}, {Value: "aiosmtplib", Worth: 6}, {Value: "yagmail", Worth: 6}},
		Sources: []string{"docs.python.org/3/library/smtplib.html"},
	},
	{
		ID: "ini-generic", App: "this program", ByNames: true, Form: INI, Mode: GuessBool,
		Keys:    append(plainKeys(), security(), switchIn(Start, append(append([]string{}, tlsNames...), startNames...)...), switchIn(Secure, sslNames...)),
		Marks:   []Mark{{Key: "email.host", Worth: 3}, {Key: "email.usetls", Worth: 3}, {Key: "email.smtp_server", Worth: 3}, {Key: "mail.smtp_server", Worth: 3}},
		Params:  Params{Yes: "True", No: "False"},
		Sources: []string{"by their names"},
	},
	{
		ID: "toml-generic", App: "this program", ByNames: true, Form: TOML, Mode: GuessTOML,
		Keys: append(plainKeys(), security(), mailURL(),
			besides("smtp.use_tls", switchIn(Start, "use_starttls")), switchIn(Start, startNames...), switchIn(Secure, "use_tls"), switchIn(Secure, append([]string{"tls", "usetls", "smtp_tls", "enable_tls", "is_tls", "tls_enabled", "secure"}, sslNames...)...)),
		Marks:   []Mark{{Key: "*smtp*.host", Worth: 3}, {Key: "*mail*.host", Worth: 3}, {Key: "*mail*.smtp_server", Worth: 3}, {Key: "*mail*.smtp_host", Worth: 3}},
		Params:  Params{Schemes: urlWords},
		Sources: []string{"by their names; lettre, go-mail and gomail"},
	},
	{
		ID: "yaml-generic", App: "this program", ByNames: true, Form: YAML, Mode: GuessBool,
		Keys: append(unsure(), mailURL()), Params: Params{Schemes: urlWords},
		Sources: []string{"by their names"},
	},
	{
		ID: "json-generic", App: "this program", ByNames: true, Form: JSON, Mode: GuessBool,
		Keys: append(unsure(), mailURL()), Params: Params{Schemes: urlWords},
		Sources: []string{"by their names"},
	},
	{
		ID: "properties-generic", App: "this program", ByNames: true, Form: Properties, Mode: GuessBool,
		Keys: append(unsure(), mailURL()), Params: Params{Schemes: urlWords},
		Sources: []string{"by their names"},
	},
	{
		ID: "env-generic", App: "this program", ByNames: true, Form: Env, Mode: GuessBool,
		Keys: append(unsure(), mailURL()), Params: Params{Schemes: urlWords},
		Sources: []string{"by their names"},
	},
}

// also gives a key further names.
func also(k Key, names ...string) Key {
	k.Also = append(k.Also, names...)
	return k
}

// besides lets a switch be added where another stands.
func besides(key string, k Key) Key {
	k.Beside = key
	return k
}
