package apps

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/maildoctor/maildoctor/internal/target"
)

// smtps is the port on which Symfony Mailer, and all that builds on it,
// speaks implicit TLS unless TLS is switched off altogether.
const smtps = 465

// startsOn465 tells of a wish that Symfony Mailer cannot fulfil.
func (s settings) startsOn465() bool { return s.is(target.STARTTLS) && s.port == smtps }

func coolify(s settings) []string {
	encryption := s.byMode("TLS/SSL (smtp_encryption=tls)", "StartTLS (smtp_encryption=starttls)", "None (smtp_encryption=none)")
	lines := []string{
		"Host: " + s.host,
		fmt.Sprintf("Port: %d", s.port),
		"Encryption: " + encryption,
	}
	lines = append(lines, s.onlyWithLogin("SMTP Username: "+s.user, "SMTP Password: "+secret)...)
	switch {
	case s.startsOn465():
		lines = append(lines, "Note: on port 465 StartTLS becomes implicit TLS")
	case s.is(target.STARTTLS):
		lines = append(lines, "Note: StartTLS is used where the server offers it; it cannot be demanded")
	case s.is(target.Cleartext):
		lines = append(lines, "Note: before v4.3.10, None still uses STARTTLS where the server offers it")
	}
	return lines
}

// laravel is the skeleton since 11.5, which has MAIL_SCHEME and ignores
// MAIL_ENCRYPTION.
func laravel(s settings) []string {
	lines := []string{
		"MAIL_MAILER=smtp",
		"MAIL_SCHEME=" + s.byMode("smtps", "smtp", "smtp"),
	}
	lines = append(lines, s.laravelServer()...)
	switch {
	case s.startsOn465():
		lines = append(lines, "# on port 465 the scheme smtp becomes implicit TLS")
	case s.is(target.STARTTLS):
		lines = append(lines, "# to demand STARTTLS: 'require_tls' => true in config/mail.php (Symfony Mailer 7.3 and later)")
	case s.is(target.Cleartext):
		lines = append(lines, "# to never use STARTTLS: 'auto_tls' => false in config/mail.php (Symfony Mailer 7.1 and later)")
	}
	return lines
}

// laravelOld has MAIL_ENCRYPTION: tls means implicit TLS on port 465 and
// STARTTLS, if offered, on any other. A value of ssl changes nothing.
func laravelOld(s settings) []string {
	lines := []string{"MAIL_MAILER=smtp"}
	lines = append(lines, s.laravelServer()...)
	lines = append(lines, "MAIL_ENCRYPTION="+s.byMode("tls", "tls", "null"))
	switch {
	case s.startsOn465():
		lines = append(lines, "# cannot do STARTTLS on port 465: that port is implicit TLS here")
	case s.is(target.Implicit) && s.port != smtps:
		lines = append(lines, "# implicit TLS comes with port 465 only; elsewhere add 'scheme' => 'smtps' in config/mail.php")
	case s.is(target.STARTTLS):
		lines = append(lines, "# cannot demand STARTTLS: it is used where the server offers it")
	case s.is(target.Cleartext):
		lines = append(lines, "# cannot switch STARTTLS off: it is used where the server offers it")
	}
	return lines
}

func (s settings) laravelServer() []string {
	lines := []string{"MAIL_HOST=" + dotenv(s.host), fmt.Sprintf("MAIL_PORT=%d", s.port)}
	return append(lines, s.onlyWithLogin("MAIL_USERNAME="+dotenv(s.user), "MAIL_PASSWORD="+dotenv(secret))...)
}

func symfony(s settings) []string {
	dsn := s.byMode("smtps", "smtp", "smtp") + "://"
	if s.login {
		dsn += userinfo(s.user) + ":<your SMTP password, percent-encoded>@"
	}
	dsn += target.Join(s.host, s.port) + s.byMode("", "?require_tls=true", "?auto_tls=false")
	lines := []string{`MAILER_DSN="` + dsn + `"`}
	switch {
	case s.startsOn465():
		lines = append(lines, "# cannot do STARTTLS on port 465: that port is implicit TLS here")
	case s.is(target.STARTTLS):
		lines = append(lines, "# require_tls needs Symfony Mailer 7.3; before, STARTTLS is used where the server offers it")
	case s.is(target.Cleartext):
		lines = append(lines, "# auto_tls needs Symfony Mailer 7.1; before, STARTTLS is used where the server offers it")
	}
	return lines
}

// userinfo percent-encodes a user name for a URL (RFC 3986 3.2.1) and leaves
// the placeholder readable.
func userinfo(user string) string {
	if user == Nobody {
		return user
	}
	return strings.ReplaceAll(url.QueryEscape(user), "+", "%20")
}

func phpMailer(s settings) []string {
	lines := []string{
		"$mail->isSMTP();",
		"$mail->Host = " + single(s.host) + ";",
		fmt.Sprintf("$mail->Port = %d;", s.port),
		"$mail->SMTPSecure = " + s.byMode("PHPMailer::ENCRYPTION_SMTPS", "PHPMailer::ENCRYPTION_STARTTLS", "''") + ";",
	}
	if s.is(target.Cleartext) {
		lines = append(lines, "$mail->SMTPAutoTLS = false;")
	}
	if !s.login {
		return append(lines, "$mail->SMTPAuth = false;")
	}
	return append(lines,
		"$mail->SMTPAuth = true;",
		"$mail->Username = "+single(s.user)+";",
		"$mail->Password = "+single(secret)+";")
}

// wpMailSMTP is the plugin's constants for wp-config.php.
func wpMailSMTP(s settings) []string {
	define := func(name, value string) string { return "define( 'WPMS_" + name + "', " + value + " );" }
	boolean := func(b bool) string {
		if b {
			return "true"
		}
		return "false"
	}
	return slices.Concat([]string{
		define("ON", "true"),
		define("MAILER", "'smtp'"),
		define("SMTP_HOST", single(s.host)),
		define("SMTP_PORT", fmt.Sprint(s.port)),
		define("SSL", s.byMode("'ssl'", "'tls'", "''")),
		define("SMTP_AUTOTLS", boolean(s.is(target.STARTTLS))),
		define("SMTP_AUTH", boolean(s.login)),
	}, s.onlyWithLogin(
		define("SMTP_USER", single(s.user)),
		define("SMTP_PASS", single(secret)),
	))
}
