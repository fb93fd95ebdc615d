package check

import (
	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/target"
)

// The functions here write the settings of applications as their reader would:
// a .env of Laravel that is in order, and what is wrong with it.

// inEnv is a place in the .env.
func inEnv(line int, key string) evidence.Origin {
	return evidence.Origin{File: ".env", Line: line, Column: 1, Key: key}
}

func set(v string, line int, key string) evidence.Setting {
	return evidence.Setting{V: v, From: inEnv(line, key)}
}

// dotenv is a .env that is in order.
func dotenv() *evidence.Settings {
	return &evidence.Settings{
		Dialect: "laravel-8minus", App: "Laravel 5 to 8", File: ".env", Files: []string{".env"}, Channel: "smtp", InForce: true,
		Driver: set("smtp", 1, "MAIL_MAILER"), Host: set("mail.example.org", 2, "MAIL_HOST"), Port: set("587", 3, "MAIL_PORT"),
		User: set("app@example.org", 4, "MAIL_USERNAME"), Password: evidence.Secret{Set: true, From: inEnv(5, "MAIL_PASSWORD")},
		Mode: encrypted(target.STARTTLS, "tls"), From: set("noreply@example.org", 7, "MAIL_FROM_ADDRESS"),
	}
}

func encrypted(m target.Mode, value string) evidence.Mode {
	return evidence.Mode{Is: m, Keys: []evidence.Origin{inEnv(6, "MAIL_ENCRYPTION")}, Says: "MAIL_ENCRYPTION=" + value}
}

// A change of the .env.
type change = func(*evidence.Settings)

func switchedTo(m target.Mode, value string) change {
	return func(s *evidence.Settings) { s.Mode = encrypted(m, value) }
}

func onPort(port string) change { return func(s *evidence.Settings) { s.Port.V = port } }

func onHost(name string) change { return func(s *evidence.Settings) { s.Host.V = name } }

func sentAs(from string) change { return func(s *evidence.Settings) { s.From.V = from } }

func remarking(r evidence.Remark) change {
	return func(s *evidence.Settings) { s.Remarks = append(s.Remarks, r) }
}

// wanting is what the correction is to lead to.
func wanting(port uint16, m target.Mode, steps ...string) change {
	return func(s *evidence.Settings) { s.Want = &evidence.Want{Port: port, Mode: m, Steps: steps} }
}

// byResend is the channel of the Resend API beside the SMTP settings.
func byResend(s *evidence.Settings) {
	*s = evidence.Settings{
		Dialect: "laravel-resend", App: "Laravel with Resend", File: ".env", Files: []string{".env"}, Channel: "resend", InForce: true,
		Driver: set("resend", 1, "MAIL_MAILER"), From: set("noreply@example.org", 7, "MAIL_FROM_ADDRESS"),
		APIKey: evidence.Secret{Set: true, From: inEnv(2, "RESEND_API_KEY"), Prefix: "re_AbCdEfGh"},
	}
}

// demanding is an application that demands STARTTLS without being told to.
func demanding(s *evidence.Settings) { s.Mode = evidence.Mode{Is: target.STARTTLS} }

// settled are the settings with changes.
func settled(changes ...change) *evidence.Settings {
	s := dotenv()
	for _, c := range changes {
		c(s)
	}
	return s
}

// read is a case of settings alone.
func read(changes ...change) func() *evidence.Case {
	return func() *evidence.Case {
		return &evidence.Case{Now: now, Here: evidence.Here{OS: "linux/amd64"}, Settings: settled(changes...)}
	}
}

// seenWith are settings with what was seen of their server.
func seenWith(c *evidence.Case, changes ...change) *evidence.Case {
	c.Settings = settled(changes...)
	c.Settings.Host.V = c.Target.Host
	return c
}

// remarkSamples are the remarks that the readers of dialects make, by check.
func remarkSamples() []evidence.Remark {
	return []evidence.Remark{
		{Check: "client-config-invalid", From: inEnv(6, "MAIL_ENCRYPTION"), Summary: `MAIL_ENCRYPTION=yes is a value that Laravel 5 to 8 does not take`,
			Detail: "It takes tls, ssl or nothing.", Fix: []string{"Set MAIL_ENCRYPTION in .env (line 6) to tls"}},
		{Check: "provider-username-convention", From: inEnv(4, "MAIL_USERNAME"), Summary: `MAIL_USERNAME is "app@example.org"; the user name at SendGrid is the word apikey`,
			Detail: "The account is told by the password alone. Every other user name is refused.", Fix: []string{"Set MAIL_USERNAME in .env (line 4) to apikey"}},
		{Check: "sender-address-invalid", Severity: "warning", From: inEnv(7, "MAIL_FROM_ADDRESS"), Summary: "MAIL_FROM_ADDRESS=noreply is no mail address",
			Fix: []string{"Set MAIL_FROM_ADDRESS in .env (line 7) to an address such as noreply@example.com"}},
		{Check: "settings-file-broken", From: evidence.Origin{File: ".env"}, Summary: ".env cannot be read: line 5 opens a quote that is not closed",
			Detail: "The application reads none of it, or stops.", Fix: []string{"Correct the line that is named"}},
		{Check: "setting-ignored", From: inEnv(8, "MAIL_VERIFY_PEER"), Summary: "MAIL_VERIFY_PEER has no effect", Detail: "Nothing reads it before Laravel 11.",
			Fix: []string{"Remove MAIL_VERIFY_PEER in .env (line 8)"}},
		{Check: "setting-misspelt", From: inEnv(6, "MAIL_ENCRYPTON"), Summary: "MAIL_ENCRYPTON is no setting of Laravel 5 to 8; it is called MAIL_ENCRYPTION",
			Fix: []string{"Rename MAIL_ENCRYPTON in .env (line 6) to MAIL_ENCRYPTION"}},
		{Check: "setting-deprecated", From: inEnv(1, "MAIL_DRIVER"), Summary: "MAIL_DRIVER is an old name", Detail: "Laravel 7 reads it for the last time.",
			Fix: []string{"Set MAIL_MAILER in place of MAIL_DRIVER in .env (line 1)"}},
		{Check: "setting-missing", From: evidence.Origin{File: ".env", Key: "MAIL_MAILER"}, Summary: "MAIL_MAILER is not set", Detail: "Without it the mail goes to the log.",
			Fix: []string{"Set MAIL_MAILER to smtp"}},
		{Check: "setting-mangled", Severity: "error", From: inEnv(5, "MAIL_PASSWORD"), Summary: "MAIL_PASSWORD is not read as it looks: it is cut at the #",
			Fix: []string{"Put the value of MAIL_PASSWORD in .env (line 5) in quotes"}},
		{Check: "setting-read-as-true", From: inEnv(6, "SMTP_SECURE"), Summary: "SMTP_SECURE=false counts as true: any text does", Detail: "The application looks only whether there is a text.",
			Fix: []string{"Remove SMTP_SECURE in .env (line 6)"}},
		{Check: "setting-url-not-encoded", From: inEnv(2, "MAIL_URL"), Summary: "MAIL_URL: the password must be percent-encoded in a URL",
			Detail: "The parser takes @ : / ? # for the end of a part. The host, the user or the password is then another one, or the URL is refused.",
			Fix:    []string{"Write @ as %40, : as %3A, / as %2F, # as %23, ? as %3F, % as %25 and + as %2B in MAIL_URL in .env (line 2)"}},
		{Check: "setting-host-has-scheme", From: inEnv(2, "MAIL_HOST"), Summary: "MAIL_HOST holds a URL scheme; it takes the name alone",
			Fix: []string{"Set MAIL_HOST in .env (line 2) to mail.example.org"}},
		{Check: "setting-port-missing", From: inEnv(2, "GF_SMTP_HOST"), Summary: "GF_SMTP_HOST names no port, and Grafana wants one",
			Fix: []string{"Write host and port in GF_SMTP_HOST in .env (line 2), such as mail.example.org:587"}},
		{Check: "setting-unresolved", From: inEnv(5, "MAIL_PASSWORD"), Summary: "MAIL_PASSWORD refers to ${SMTP_PASSWORD}, which has no value here"},
		{Check: "setting-not-passed", From: inEnv(2, "MAIL_HOST"), Summary: "MAIL_HOST stands in .env alone; the service worker does not get it",
			Fix: []string{"Name MAIL_HOST under environment: of the service worker"}},
		{Check: "release-bug", From: inEnv(6, "MAIL_ENCRYPTION"), Summary: "Laravel 11.35.0 refuses MAIL_ENCRYPTION=tls", Fix: []string{"Update to 11.35.1 or set MAIL_SCHEME=smtp"}},
		{Check: "tls-switches-conflict", From: inEnv(6, "EMAIL_USE_TLS"), Summary: "EMAIL_USE_TLS=True, EMAIL_USE_SSL=True: Django refuses this combination",
			Detail: "It says: EMAIL_USE_TLS/EMAIL_USE_SSL are mutually exclusive, so only set one of those settings to True.", Fix: []string{"Set EMAIL_USE_SSL in .env (line 7) to False"}},
		{Check: "cert-check-off", From: inEnv(8, "MAIL_VERIFY_PEER"), Summary: "MAIL_VERIFY_PEER=false switches the check of certificates off",
			Fix: []string{"Set MAIL_VERIFY_PEER in .env (line 8) to true"}},
		{Check: "weak-setting", From: inEnv(8, "MAIL_TLS_CIPHERS"), Summary: "MAIL_TLS_CIPHERS=SSLv3 limits TLS to what is old and weak",
			Detail: "It is a remedy that is copied from thread to thread, and cures nothing.", Fix: []string{"Remove MAIL_TLS_CIPHERS in .env (line 8)"}},
		{Check: "mailer-swallows-mail", From: inEnv(1, "MAIL_MAILER"), Summary: "MAIL_MAILER=log writes mail to the log and sends nothing", Fix: []string{"Set MAIL_MAILER=smtp in .env"}},
		{Check: "mailer-switched-off", From: inEnv(1, "GF_SMTP_ENABLED"), Summary: "GF_SMTP_ENABLED is not set, and mail is off by default", Fix: []string{"Set GF_SMTP_ENABLED to true"}},
		{Check: "login-switched-off", From: inEnv(8, "SMTP_AUTH"), Summary: "SMTP_AUTH=none: nobody logs in, though a user name is set", Fix: []string{"Set SMTP_AUTH to plain"}},
		{Check: "failover-hides-errors", From: inEnv(1, "MAIL_MAILER"), Summary: "MAIL_MAILER=failover ends with log: where smtp fails, mail goes to the log",
			Fix: []string{"Put a second real mailer behind smtp in config/mail.php"}},
		{Check: "from-missing", From: evidence.Origin{File: ".env", Key: "MAIL_FROM_ADDRESS"}, Summary: "MAIL_FROM_ADDRESS is not set", Detail: "Mail goes out as hello@example.com.",
			Fix: []string{"Set MAIL_FROM_ADDRESS to an address that your provider lets you send from"}},
		{Check: "from-mismatch", From: inEnv(7, "MAIL_FROM_ADDRESS"), Summary: "MAIL_FROM_ADDRESS is at gmail.com, and the server is that of example.org",
			Fix: []string{"Set MAIL_FROM_ADDRESS to an address at example.org"}},
	}
}

// unreadable is a file that could not be opened.
func unreadable() *evidence.Case {
	return &evidence.Case{Now: now, Settings: &evidence.Settings{File: "mail.db", App: "mail.db", Remarks: []evidence.Remark{
		{Check: "settings-file-unreadable", From: evidence.Origin{File: "mail.db"}, Summary: "mail.db could not be looked at: it is no text"}}}}
}

// settingsSamples are the cases of what settings tell.
func settingsSamples() []sample {
	const brevo, sendgrid = "smtp-relay.brevo.com", "smtp.sendgrid.net"
	found := func(id string, c func() *evidence.Case) sample { return sample{id, "found-settings", c} }
	passed := func(id string, changes ...change) sample { return sample{id, "passed-settings", read(changes...)} }
	out := []sample{
		found("settings-file-unreadable", unreadable),
		passed("settings-file-unreadable"),

		found("tls-on-starttls-port", read(switchedTo(target.Implicit, "ssl"), wanting(587, target.STARTTLS, "Set MAIL_ENCRYPTION in .env (line 6) to tls"))),
		passed("tls-on-starttls-port"),
		found("starttls-on-tls-port", read(onPort("465"))),
		passed("starttls-on-tls-port", onPort("465"), switchedTo(target.Implicit, "ssl")),
		found("starttls-not-offered", read(onHost("localhost"), demanding, wanting(587, target.Opportunistic, "Add MAIL_AUTO_TLS=false to .env"))),
		passed("starttls-not-offered", onHost("localhost"), switchedTo(target.Opportunistic, "tls")),
		found("cleartext-submission", read(switchedTo(target.Cleartext, "null"))),
		passed("cleartext-submission"),
		found("starttls-not-demanded", read(switchedTo(target.Opportunistic, "tls"))),
		passed("starttls-not-demanded"),
		found("provider-port-unknown", read(onHost("smtp.postmarkapp.com"), onPort("465"), switchedTo(target.Implicit, "ssl"))),
		passed("provider-port-unknown", onHost(brevo)),
		found("port-25-submission", read(onPort("25"))),
		passed("port-25-submission"),
		found("wrong-protocol-http", read(onHost("mailpit"), onPort("8025"), switchedTo(target.Cleartext, "null"))),
		passed("wrong-protocol-http", onHost("mailpit"), onPort("1025"), switchedTo(target.Cleartext, "null")),
		found("wrong-protocol-imap-pop", read(onPort("993"), switchedTo(target.Implicit, "ssl"))),
		passed("wrong-protocol-imap-pop"),
		found("wrong-protocol-other", read(onPort("4190"))),
		passed("wrong-protocol-other"),

		found("client-falls-back-to-localhost", read(func(s *evidence.Settings) {
			s.Host = evidence.Setting{V: "127.0.0.1", Default: true, From: evidence.Origin{Key: "MAIL_HOST"}}
		})),
		passed("client-falls-back-to-localhost"),
		found("client-credentials-missing", read(func(s *evidence.Settings) { s.Password.Set = false })),
		passed("client-credentials-missing"),
		found("setting-placeholder", read(func(s *evidence.Settings) { s.Password.Placeholder = true })),
		passed("setting-placeholder"),
		found("provider-password-kind", read(onHost(brevo), func(s *evidence.Settings) { s.Password.Wrong = "an API key" })),
		passed("provider-password-kind", onHost(brevo)),
		found("sender-not-verified", read(onHost(brevo), sentAs("shop@gmail.com"))),
		passed("sender-not-verified", onHost(brevo)),
		found("setting-version-matters", read(func(s *evidence.Settings) {
			s.Ranges = []evidence.Range{{Releases: "before 7.0", Mode: target.Implicit}, {Releases: "from 7.0 on, before 8.1", Refuses: `The "tls" scheme is not supported.`}}
		})),
		passed("setting-version-matters"),

		found("resend-key-invalid", read(byResend, func(s *evidence.Settings) { s.APIKey = evidence.Secret{From: inEnv(2, "RESEND_API_KEY")} })),
		found("resend-testing-only", read(byResend, sentAs("Shop <onboarding@resend.dev>"))),
		passed("resend-testing-only", byResend),
		found("resend-key-kept", read(byResend, func(s *evidence.Settings) { s.InForce, s.Idle = false, "MAIL_MAILER=smtp" })),
		passed("resend-key-kept", byResend),
	}
	for _, r := range remarkSamples() {
		what := []change{}
		if r.Check == "provider-username-convention" {
			what = append(what, onHost(sendgrid))
		}
		out = append(out, found(r.Check, read(append(what, remarking(r))...)), passed(r.Check, what...))
	}
	return out
}
