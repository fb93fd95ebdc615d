package dialect

import "github.com/maildoctor/maildoctor/internal/target"

// exclusive is what Django says where both switches are on.
const exclusive = "EMAIL_USE_TLS/EMAIL_USE_SSL are mutually exclusive, so only set one of those settings to True."

// DjangoWords is an application whose switches are the words True and False, and
// which stops at any other (Healthchecks).
func DjangoWords(in In) Effect {
	in.Bools = map[Role]Tri{Secure: wordBool(in, Secure), Start: wordBool(in, Start)}
	return SMTPLib(in)
}

// wordBool is a bool that is told by a word whose mode is the role's.
func wordBool(in In, r Role) Tri {
	switch w := in.Words[r]; {
	case w == nil:
		return Unset
	case w.Mode == target.Unknown:
		return Unreadable
	case w.Mode == target.NoMode:
		return No
	}
	return Yes
}

// ByDjangoURL is a URL as dj-email-url and django-environ read it, and the
// single switches of Django where there is none.
func ByDjangoURL(in In) Effect {
	if in.Words[Scheme] == nil {
		return SMTPLib(in)
	}
	switch {
	case in.Yes(Secure):
		return does(target.Implicit)
	case in.Yes(Start):
		return Effect{Mode: target.STARTTLS, Port: 587}
	case in.Means(Scheme) == target.NoMode:
		return Effect{Mode: target.Cleartext, Port: 25}
	}
	return does(in.Means(Scheme))
}

// Weblate is the container of Weblate: where neither switch is set, the port
// decides; TLS is on where only SSL is set to false.
func Weblate(in In) Effect {
	if in.On(Secure) == Unset && in.On(Start) == Unset {
		switch in.Port {
		case 465:
			return byPort(target.Implicit)
		case 0:
			return Effect{Mode: target.STARTTLS, ByPort: true, Port: 25}
		case 25, 587:
			return byPort(target.STARTTLS)
		}
		return does(target.Cleartext)
	}
	if in.On(Start) == Unset && in.No(Secure) {
		in.Bools[Start] = Yes
	}
	e := SMTPLib(in)
	if e.Port = 587; in.On(Start) == Unset {
		e.Port = 465
	}
	return e
}

// Odoo is odoo.conf, whose smtp_ssl is STARTTLS, or a mail server record, whose
// word decides.
func Odoo(in In) Effect {
	if in.Words[Scheme] != nil {
		return does(in.Means(Scheme))
	}
	return SMTPLib(in)
}

// Dify has one switch for TLS at all and one that makes it STARTTLS.
func Dify(in In) Effect {
	switch {
	case in.Yes(Start) && !in.Yes(Secure):
		return refuses("SMTP_OPPORTUNISTIC_TLS is not supported without enabling SMTP_USE_TLS")
	case in.Yes(Start):
		return does(target.STARTTLS)
	case in.Yes(Secure):
		return does(target.Implicit)
	}
	return does(target.Cleartext)
}

// AirflowConnection is the connection of Airflow's SMTP provider: implicit TLS
// and STARTTLS are both on until they are switched off (disable_ssl is Level,
// disable_tls is NoTLS).
func AirflowConnection(in In) Effect {
	ssl, start := !in.Yes(Level), !in.Yes(NoTLS)
	switch {
	case ssl && start:
		return Effect{Mode: target.Implicit, Twice: true}
	case ssl:
		return does(target.Implicit)
	case start:
		return does(target.STARTTLS)
	}
	return does(target.Cleartext)
}

// GuessBool is a program that nobody knows, with switches by their usual names:
// Secure is implicit TLS, Start is STARTTLS, AutoTLS is nodemailer's secure, and
// Level is a bare tls, which some mean so and some otherwise. What is not
// certain goes by the port, so that nothing is said against it.
func GuessBool(in In) Effect {
	tls, ssl, start := in.On(Level), in.On(Secure), in.On(Start)
	switch {
	case in.Words[Scheme] != nil && in.Means(Scheme) == target.NoMode:
		return ByPort(in)
	case in.Words[Scheme] != nil:
		return does(in.Means(Scheme))
	case in.unreadable(Secure, Start, Level, AutoTLS):
		return unknown
	case ssl == Yes, in.Yes(AutoTLS):
		if start == Yes || tls == Yes && ssl == Yes {
			return unknown
		}
		return does(target.Implicit)
	case start == Yes:
		return does(target.STARTTLS)
	case tls == Yes && ssl == No && start == Unset:
		return does(target.STARTTLS)
	case tls == Yes && start == No:
		return does(target.Implicit)
	case tls == Yes:
		return ByPort(in)
	case in.No(AutoTLS), ssl == No && tls == Unset && start == Unset: // the one switch is off
		return does(target.Opportunistic)
	}
	return unsaid(in)
}

// unsaid is a program whose switches are off, or not there. With one for STARTTLS
// that is off it is clear text; else it may upgrade by itself.
func unsaid(in In) Effect {
	if in.No(Start) && in.Port != 465 {
		return does(target.Cleartext)
	}
	return unknown
}

// GuessPython is Python's smtplib in code. A call stands in the text or does
// not; its value says nothing.
func GuessPython(in In) Effect {
	called := func(r Role) bool { t := in.On(r); return t != Unset && t != No }
	switch {
	case called(Secure):
		return Effect{Mode: target.Implicit, Port: 465}
	case called(Start):
		return Effect{Mode: target.STARTTLS, Port: 25}
	case called(NoTLS):
		return Effect{Mode: target.Cleartext, Port: 25}
	}
	return unknown
}

// GuessTOML is a program in Go or Rust, whose Secure is implicit TLS. Where it
// is off, the program may ask for STARTTLS by itself.
func GuessTOML(in In) Effect {
	ssl, start := in.On(Secure), in.On(Start)
	switch {
	case in.Words[Scheme] != nil:
		return GuessBool(in)
	case ssl == Yes:
		return does(target.Implicit)
	case start == Yes:
		return does(target.STARTTLS)
	case ssl == No:
		return unsaid(in)
	}
	return GuessBool(in)
}

// Synapse is Synapse's own check of its switches, before Twisted sees them.
func Synapse(in In) Effect {
	if in.Yes(Require) && in.No(AutoTLS) {
		return refuses("email.require_transport_security requires email.enable_tls to be true")
	}
	return Twisted(in)
}
