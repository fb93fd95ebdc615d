package dialect

import (
	"strings"

	"github.com/maildoctor/maildoctor/internal/target"
)

// encryptionWords are what SwiftMailer makes of its encryption setting. Empty or
// null is clear text: it never asks for STARTTLS by itself.
var encryptionWords = []Word{
	{V: "tls", Mode: target.STARTTLS}, {V: "ssl", Mode: target.Implicit},
	{V: "null", Mode: target.Cleartext}, {V: "", Mode: target.Cleartext, Not: true},
}

// Swift is SwiftMailer 4 to 6: the word decides on every port.
func Swift(in In) Effect { return ByWord(in) }

// Laravel is MailManager::createSmtpTransport since Laravel 9. A scheme that is
// set counts. Without one, releases before 11.35.1 made one of the encryption:
// 9.0.0 to 9.0.2 and 11.35.0 took tls for implicit TLS on every port, and 11.34
// handed on an empty scheme for all else, which Symfony Mailer 7.2 refuses. Since
// then the port alone decides.
func Laravel(in In) Effect {
	s := in.Words[Scheme]
	switch {
	case s == nil || s.Mode == target.NoMode:
	case s.Mode == target.Unknown && s.V != "":
		return refuses("Unsupported mail transport [" + s.V + "].")
	case s.Mode == target.Unknown:
		return unknown
	default:
		return Effect{Mode: s.Mode, Port: 465}
	}
	e := in.Words[Level]
	tls := e != nil && e.V == "tls" || e == nil && in.P.Fixed == target.STARTTLS
	bare := s == nil || s.Channel != "" || s.V == "" || s.V == "null"
	switch v := in.Version; {
	case bare && tls && v.Known() && (v.Is("9.0", "9.0.3") || v.Is("11.35.0", "11.35.1")):
		return does(target.Implicit)
	case bare && !tls && v.Known() && v.Is("11.34", "11.35.0"):
		return refuses(`The "" scheme is not supported; supported schemes for mailer "smtp" are: "smtp", "smtps".`)
	}
	return byNumber(in)
}

// LaravelConfig is config/mail.php of any release: SwiftMailer before Laravel 9.
func LaravelConfig(in In) Effect {
	if !in.Version.Before("9.0") {
		return Laravel(in)
	}
	in.Words = map[Role]*Word{Scheme: in.Words[Level]}
	in.P.Fixed = target.Cleartext
	return Swift(in)
}

// SymfonyDSN is Symfony Mailer by a DSN, whose scheme may be no SMTP at all.
func SymfonyDSN(in In) Effect {
	switch w := in.Words[Scheme]; {
	case w != nil && w.Not:
		return refuses(`The "` + w.V + `" scheme is not supported.`)
	case in.Means(Scheme) == target.Unknown:
		return unknown
	}
	return Symfony(in)
}

// byNumber is Symfony Mailer with the scheme smtp.
func byNumber(in In) Effect {
	in.Words = nil
	return Symfony(in)
}

// BookStack makes STARTTLS mandatory where MAIL_ENCRYPTION is tls or ssl; port
// 465 is implicit TLS whatever it says. Before 22.09 it was SwiftMailer.
func BookStack(in In) Effect {
	w := in.Words[Scheme]
	if in.Version.Before("22.09") {
		in.P.Fixed = target.STARTTLS
		return Swift(in)
	}
	if w != nil && (w.V == "tls" || w.V == "ssl") && in.Port != 465 {
		return does(target.STARTTLS)
	}
	return byNumber(in)
}

// Nextcloud is Symfony Mailer since 26: ssl is implicit TLS, all else is left to
// the port. Before, it was SwiftMailer.
func Nextcloud(in In) Effect {
	w := in.Words[Scheme]
	switch {
	case in.Version.Before("26") && w == nil:
		return does(target.Cleartext)
	case in.Version.Before("26"):
		return Swift(in)
	case w != nil && w.Mode == target.Unknown:
		return unknown
	case w != nil && w.V == "ssl":
		return Effect{Mode: target.Implicit, Port: 465}
	}
	return byNumber(in)
}

// NextcloudEnv is Nextcloud by the variables of its image, which takes port 465
// for any SMTP_SECURE where none is set.
func NextcloudEnv(in In) Effect {
	e := Nextcloud(in)
	if w := in.Words[Scheme]; in.Port == 0 && w != nil && w.V != "" {
		in.Port = 465
		e = Nextcloud(in)
		e.Port = 465
	}
	return e
}

// Magento is Laminas Mail up to 2.4.7, where the word decides; Symfony Mailer
// since. 2.4.8 takes tls for implicit TLS (magento2#39947).
func Magento(in In) Effect {
	w := in.Words[Scheme]
	switch {
	case w != nil && w.Mode == target.Unknown:
		return unknown
	case in.Version.Before("2.4.8") && w == nil:
		return does(target.Cleartext)
	case in.Version.Before("2.4.8"):
		return does(w.Mode)
	case w != nil && (w.V == "ssl" || w.V == "tls" && in.Version.Known() && in.Version.Before("2.4.9")):
		return does(target.Implicit)
	}
	return byNumber(in)
}

// PrestaShop is SwiftMailer up to 8. 9.0.0 took tls for implicit TLS on every
// port (PrestaShop#36663); later ones leave it to the port.
func PrestaShop(in In) Effect {
	w := in.Words[Scheme]
	switch {
	case w != nil && w.Mode == target.Unknown:
		return unknown
	case in.Version.Before("9.0") && w == nil:
		return does(target.Cleartext)
	case in.Version.Before("9.0"):
		return does(w.Mode)
	case w != nil && (w.V == "ssl" || w.V == "tls" && in.Version.Known() && in.Version.Before("9.0.1")):
		return does(target.Implicit)
	}
	return byNumber(in)
}

// Drupal is Symfony Mailer where the DSN of the core is set, else PHPMailer by
// the protocol of the SMTP module.
func Drupal(in In) Effect {
	if in.Words[Scheme] != nil {
		return Symfony(in)
	}
	in.Words = map[Role]*Word{Scheme: in.Words[Level]}
	if in.Words[Scheme] == nil {
		in.Words = nil
	}
	return PHPMailer(in)
}

// Coolify sends by two paths that differed for long; where they do, this is the
// one that the row's traps do not speak of. Without an encryption the port decides.
// Up to beta.379 the values were tls, ssl and none.
func Coolify(in In) Effect {
	w, v := in.Words[Scheme], in.Version
	switch {
	case w == nil || w.V == "":
		return byNumber(in)
	case w.Mode == target.Unknown:
		return unknown
	case w.V == "tls":
		return coolifyTLS(in)
	case w.V == "none" && in.Port == 465 && !v.Before("4.0.0-beta.381") && v.Before("4.3.10"):
		return byPort(target.Implicit)
	case w.V == "none" && !v.Before("4.0.0-beta.377"):
		return does(target.Cleartext)
	}
	return byNumber(in)
}

func coolifyTLS(in In) Effect {
	v := in.Version
	old := v.Before("4.0.0-beta.377")
	laravel := !v.Before("4.0.0-beta.381") && v.Before("4.0.0-beta.401")
	if (old || laravel) && in.Port != 465 {
		return does(target.Opportunistic)
	}
	return does(target.Implicit)
}

// PearMail is PEAR Mail with Net_SMTP: a scheme before the host is implicit TLS;
// without one STARTTLS is used if offered and somebody logs in.
func PearMail(in In) Effect {
	if strings.HasPrefix(in.Host, "ssl://") || strings.HasPrefix(in.Host, "tls://") {
		return does(target.Implicit)
	}
	return does(target.Opportunistic)
}

// SchemeOrWord is a client that takes ssl:// or tls:// before the host for
// implicit TLS, and has a word for STARTTLS besides (CodeIgniter 3, OpenCart).
func SchemeOrWord(in In) Effect {
	if strings.HasPrefix(in.Host, "ssl://") {
		return does(target.Implicit)
	}
	if strings.HasPrefix(in.Host, "tls://") && in.P.Fixed != target.STARTTLS {
		return does(target.Implicit)
	}
	if strings.HasPrefix(in.Host, "tls://") {
		return does(target.STARTTLS)
	}
	if w := in.Words[Scheme]; w != nil && w.Mode != target.NoMode {
		return does(w.Mode)
	}
	return does(target.Cleartext)
}

// CakePHP is implicit TLS where the host says ssl://, else STARTTLS where tls is
// on.
func CakePHP(in In) Effect {
	switch {
	case strings.HasPrefix(in.Host, "ssl://"):
		return does(target.Implicit)
	case in.unreadable(Start):
		return unknown
	case in.Yes(Start):
		return does(target.STARTTLS)
	}
	return does(target.Cleartext)
}

// SnipeIT is SwiftMailer up to 6, and Symfony Mailer by the port since.
func SnipeIT(in In) Effect {
	if in.Version.Before("7.0") {
		in.P.Fixed = target.STARTTLS
		return Swift(in)
	}
	return byNumber(in)
}

// Craft is Yii's SwiftMailer up to Craft 3, and Symfony Mailer by the port since.
func Craft(in In) Effect {
	if in.Version.Before("4.0") {
		in.P.Fixed = target.Cleartext
		return Swift(in)
	}
	return byNumber(in)
}

// schemeBefore writes a scheme before the host.
func schemeBefore(scheme, key string) func(Settings) map[string]string {
	return func(s Settings) map[string]string {
		host, _ := s.Get(key)
		return map[string]string{key: scheme + host}
	}
}

// Mixed is an application that took SwiftMailer's settings and takes a DSN, or
// the scheme of one, since.
func Mixed(in In) Effect {
	if in.Words[Scheme] != nil || in.Words[Level] == nil {
		return SymfonyDSN(in)
	}
	in.Words = map[Role]*Word{Scheme: in.Words[Level]}
	return Swift(in)
}

// CodeIgniter is version 4 where its own keys are used: 465 is implicit TLS
// whatever they say. In version 3 the word counts, or ssl:// before the host.
func CodeIgniter(in In) Effect {
	w := in.Words[Scheme]
	switch {
	case w != nil && in.Port == 465:
		return byPort(target.Implicit)
	case w != nil:
		return does(w.Mode)
	}
	in.Words = map[Role]*Word{Scheme: in.Words[Level]}
	if in.Words[Scheme] == nil {
		in.Words = nil
	}
	return SchemeOrWord(in)
}

// StartOnly has one switch, for STARTTLS.
func StartOnly(in In) Effect {
	switch {
	case in.unreadable(Start):
		return unknown
	case in.Yes(Start):
		return does(target.STARTTLS)
	}
	return does(target.Cleartext)
}
