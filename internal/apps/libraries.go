package apps

import (
	"fmt"
	"slices"

	"github.com/maildoctor/maildoctor/internal/target"
)

func nodemailer(s settings) []string {
	lines := []string{
		"nodemailer.createTransport({",
		"  host: " + double(s.host) + ",",
		fmt.Sprintf("  port: %d,", s.port),
	}
	switch s.mode {
	case target.Implicit:
		lines = append(lines, "  secure: true,")
	case target.STARTTLS:
		lines = append(lines, "  secure: false,", "  requireTLS: true,")
	default:
		lines = append(lines, "  secure: false,", "  ignoreTLS: true,")
	}
	lines = append(lines, s.onlyWithLogin("  auth: { user: "+double(s.user)+", pass: "+double(secret)+" },")...)
	return append(lines, "});")
}

// django is settings.py. The two switches exclude each other.
func django(s settings) []string {
	return slices.Concat([]string{
		"EMAIL_HOST = " + double(s.host),
		fmt.Sprintf("EMAIL_PORT = %d", s.port),
	}, s.onlyWithLogin(
		"EMAIL_HOST_USER = "+double(s.user),
		"EMAIL_HOST_PASSWORD = "+double(secret),
	), []string{
		"EMAIL_USE_TLS = " + s.byMode("False", "True", "False"),
		"EMAIL_USE_SSL = " + s.byMode("True", "False", "False"),
	})
}

// rails is for the gem mail 2.8 and later. Before 2.9 STARTTLS is on by
// default where offered, so clear text has to switch off both keys; from 2.9
// tls beside a STARTTLS key is an error.
func rails(s settings) []string {
	lines := []string{
		"config.action_mailer.delivery_method = :smtp",
		"config.action_mailer.smtp_settings = {",
		"  address: " + single(s.host) + ",",
		fmt.Sprintf("  port: %d,", s.port),
	}
	lines = append(lines, s.onlyWithLogin(
		"  user_name: "+single(s.user)+",",
		"  password: "+single(secret)+",",
		"  authentication: :plain,",
	)...)
	switch s.mode {
	case target.Implicit:
		lines = append(lines, "  tls: true")
	case target.STARTTLS:
		lines = append(lines, "  enable_starttls: true")
	default:
		lines = append(lines, "  enable_starttls: false,", "  enable_starttls_auto: false")
	}
	return append(lines, "}")
}

func springBoot(s settings) []string {
	const smtp = "spring.mail.properties.mail.smtp."
	lines := slices.Concat([]string{
		"spring.mail.host=" + s.host,
		fmt.Sprintf("spring.mail.port=%d", s.port),
	}, s.onlyWithLogin(
		"spring.mail.username="+s.user,
		"spring.mail.password="+secret,
		smtp+"auth=true",
	))
	switch s.mode {
	case target.Implicit:
		return append(lines, smtp+"ssl.enable=true")
	case target.STARTTLS:
		return append(lines, smtp+"starttls.enable=true", smtp+"starttls.required=true")
	}
	return append(lines, smtp+"ssl.enable=false", smtp+"starttls.enable=false")
}

// mailKit takes the options by name: its useSsl argument means implicit TLS
// or, when false, STARTTLS where offered.
func mailKit(s settings) []string {
	option := s.byMode("SslOnConnect", "StartTls", "None")
	lines := []string{fmt.Sprintf("client.Connect(%s, %d, SecureSocketOptions.%s);", double(s.host), s.port, option)}
	return append(lines, s.onlyWithLogin("client.Authenticate("+double(s.user)+", "+double(secret)+");")...)
}

func goMail(s settings) []string {
	// go-mail keeps PLAIN from a clear-text session unless it is named so.
	auth := s.byMode("mail.SMTPAuthAutoDiscover", "mail.SMTPAuthAutoDiscover", "mail.SMTPAuthPlainNoEnc")
	return slices.Concat([]string{
		"mail.NewClient(" + double(s.host) + ",",
		fmt.Sprintf("  mail.WithPort(%d),", s.port),
		"  " + s.byMode("mail.WithSSL()", "mail.WithTLSPolicy(mail.TLSMandatory)", "mail.WithTLSPolicy(mail.NoTLS)") + ",",
	}, s.onlyWithLogin(
		"  mail.WithSMTPAuth("+auth+"),",
		"  mail.WithUsername("+double(s.user)+"),",
		"  mail.WithPassword("+double(secret)+"),",
	), []string{")"})
}

func msmtp(s settings) []string {
	lines := []string{"host " + s.host, fmt.Sprintf("port %d", s.port)}
	switch s.mode {
	case target.Implicit:
		lines = append(lines, "tls on", "tls_starttls off")
	case target.STARTTLS:
		lines = append(lines, "tls on", "tls_starttls on")
	default:
		lines = append(lines, "tls off")
	}
	if !s.login {
		return append(lines, "auth off")
	}
	return append(lines, "auth on", "user "+double(s.user), "password "+double(secret))
}

// postfix is main.cf. Brackets keep it from looking for MX records; the key in
// sasl_passwd has to be spelt as relayhost is.
func postfix(s settings) []string {
	relayhost := fmt.Sprintf("[%s]:%d", s.host, s.port)
	lines := []string{
		"relayhost = " + relayhost,
		"smtp_tls_wrappermode = " + s.byMode("yes", "no", "no"),
		"smtp_tls_security_level = " + s.byMode("encrypt", "encrypt", "none"),
	}
	if !s.login {
		return append(lines, "smtp_sasl_auth_enable = no")
	}
	return append(lines,
		"smtp_sasl_auth_enable = yes",
		"smtp_sasl_security_options = noanonymous",
		"smtp_sasl_password_maps = hash:/etc/postfix/sasl_passwd",
		"# in /etc/postfix/sasl_passwd, then run postmap on it:",
		"# "+relayhost+" "+s.user+":"+secret)
}
