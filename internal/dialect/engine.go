package dialect

import (
	"slices"

	"github.com/maildoctor/maildoctor/internal/target"
)

// Engine is a mail library: what it makes of a set of switches.
type Engine func(In) Effect

// In are the switches as an engine reads them: defaults filled in, bools and
// words understood.
type In struct {
	Version Version
	Host    string
	Port    uint16 // 0: not set, or not known
	P       Params
	Bools   map[Role]Tri
	Words   map[Role]*Word // nil for one that is not set
	Text    map[Role]string
}

// Effect is what the client does.
type Effect struct {
	Mode    target.Mode // Unknown where a switch cannot be read
	ByPort  bool        // it follows from the number of the port
	Refuses string      // what the application says where it does not start or send
	Twice   bool        // STARTTLS is asked for inside implicit TLS
	Port    uint16      // the port that it takes where none is set; 0: it is for the dialect to say
}

func does(m target.Mode) Effect   { return Effect{Mode: m} }
func byPort(m target.Mode) Effect { return Effect{Mode: m, ByPort: true} }
func refuses(says string) Effect  { return Effect{Mode: target.Unknown, Refuses: says} }

var unknown = Effect{Mode: target.Unknown}

// On is a switch; Unset where it is not set and has no default.
func (in In) On(r Role) Tri { return in.Bools[r] }

// Yes and No are a switch that is set so, by itself or by default.
func (in In) Yes(r Role) bool { return in.Bools[r] == Yes }
func (in In) No(r Role) bool  { return in.Bools[r] == No }

// Means is the mode of a switch that is a word; NoMode where it is not set or
// its word names none.
func (in In) Means(r Role) target.Mode {
	if w := in.Words[r]; w != nil {
		return w.Mode
	}
	return target.NoMode
}

// unreadable reports whether one of the switches is set by what cannot be read.
func (in In) unreadable(roles ...Role) bool {
	return slices.ContainsFunc(roles, func(r Role) bool { return in.Bools[r] == Unreadable })
}

// both is what this release does where both switches are on: "refuse", "twice"
// or nothing.
func (in In) both() string {
	if in.Version.Before(in.P.BothSince) {
		return ""
	}
	return in.P.Both
}

// implicitPort reports whether the port stands for implicit TLS by its number
// alone: 465, and what Params.Implicit has.
func (in In) implicitPort() bool { return in.Port == 465 || slices.Contains(in.P.Implicit, in.Port) }

// Nodemailer is nodemailer 4 to 9 (lib/smtp-connection): secure decides, and
// where it is not set, port 465 does. A URL sets it by its scheme.
func Nodemailer(in In) Effect {
	secure := in.On(Secure)
	switch in.Means(Scheme) {
	case target.Implicit:
		secure = Yes
	case target.NoMode:
	default:
		secure = No
	}
	switch {
	case secure == Unreadable:
		return unknown
	case secure == Yes:
		return Effect{Mode: target.Implicit, Port: 465}
	case secure == Unset && in.Port == 465:
		return byPort(target.Implicit)
	case slices.Contains(in.P.Implicit, in.Port):
		return byPort(target.Implicit)
	case in.Yes(NoTLS):
		return does(target.Cleartext)
	case in.Yes(Require):
		return does(target.STARTTLS)
	case in.No(AutoTLS):
		return does(target.Cleartext)
	}
	return Effect{Mode: target.Opportunistic, Port: 587}
}

// Symfony is Symfony Mailer's EsmtpTransport: smtps is implicit TLS on any port,
// smtp is on 465 and where no port is given, else STARTTLS if offered.
func Symfony(in In) Effect {
	switch {
	case in.Means(Scheme) == target.Implicit:
		return Effect{Mode: target.Implicit, Port: 465}
	case in.Means(Scheme) == target.Cleartext:
		return does(target.Cleartext)
	case in.Port == 465:
		return byPort(target.Implicit)
	case in.Port == 0 && in.Host != "localhost" && in.Host != "":
		return Effect{Mode: target.Implicit, ByPort: true, Port: 465}
	case in.Yes(Require):
		return does(target.STARTTLS)
	case in.No(AutoTLS), in.Yes(NoTLS):
		return does(target.Cleartext)
	}
	return Effect{Mode: target.Opportunistic, Port: 25}
}

// ByWord goes by a word alone; Params.Fixed where it is not set. A word without
// a mode leaves it to the port.
func ByWord(in In) Effect {
	w := in.Words[Scheme]
	switch {
	case w == nil && in.P.Fixed != target.NoMode:
		return does(in.P.Fixed)
	case w == nil || w.Mode == target.NoMode:
		return ByPort(in)
	}
	return does(w.Mode)
}

// ByPort is a client without a switch: implicit TLS on 465, else STARTTLS, if
// offered (or Params.Fixed).
func ByPort(in In) Effect {
	if in.implicitPort() {
		return byPort(target.Implicit)
	}
	if in.P.Fixed != target.NoMode {
		return does(in.P.Fixed)
	}
	return does(target.Opportunistic)
}

// PHPMailer is PHPMailer 5.2 to 7: SMTPSecure decides, and without it STARTTLS
// is used if offered, unless SMTPAutoTLS is off or the host is localhost.
func PHPMailer(in In) Effect {
	switch m := in.Means(Scheme); {
	case m == target.Implicit, m == target.STARTTLS:
		return does(m)
	case in.No(AutoTLS), in.Host == "localhost":
		return does(target.Cleartext)
	}
	return does(target.Opportunistic)
}

// MailGem is the Ruby gem mail. Since 2.9 (November 2025) tls beside a STARTTLS
// switch is an error, where 2.8 took it for implicit TLS.
func MailGem(in In) Effect {
	start := in.On(Start)
	if m := in.Means(Scheme); m == target.STARTTLS {
		start = Yes
	} else if m == target.Cleartext {
		start = No
	}
	auto := in.On(AutoTLS)
	if in.Means(Scheme) == target.Opportunistic {
		auto = Yes
	}
	switch {
	case in.unreadable(Secure, Start, AutoTLS):
		return unknown
	case in.Yes(Secure) && (start == Yes || auto == Yes) && in.both() == "refuse":
		return refuses(in.P.BothSays)
	case in.Yes(Secure):
		return does(target.Implicit)
	case start == Yes:
		return does(target.STARTTLS)
	case auto == Yes:
		return does(target.Opportunistic)
	case start == No || auto == No:
		return does(target.Cleartext)
	}
	return does(target.Opportunistic)
}

// SMTPLib is what applications make of Python's smtplib: one switch for
// implicit TLS, one for STARTTLS, clear text without either.
func SMTPLib(in In) Effect {
	switch {
	case in.unreadable(Secure, Start):
		return unknown
	case in.Yes(Secure) && in.Yes(Start) && in.both() == "refuse":
		return refuses(in.P.BothSays)
	case in.Yes(Secure) && in.Yes(Start) && in.both() == "twice":
		return Effect{Mode: target.Implicit, Twice: true}
	case in.Yes(Secure):
		return does(target.Implicit)
	case in.Yes(Start):
		return does(target.STARTTLS)
	}
	return does(target.Cleartext)
}

// Jakarta is JavaMail, Jakarta Mail and Angus: an SSL socket, by whatever switch,
// leaves starttls without effect.
func Jakarta(in In) Effect {
	switch {
	case in.unreadable(Secure, Start, Require):
		return unknown
	case in.Yes(Secure), in.Yes(Factory), in.Means(Scheme) == target.Implicit:
		return does(target.Implicit)
	case in.Yes(Require), in.Means(Scheme) == target.STARTTLS:
		return does(target.STARTTLS)
	case in.Yes(Start):
		return does(target.Opportunistic)
	}
	return does(target.Cleartext)
}

// GoMail is gomail.v2 and its heirs: implicit TLS on the number 465 alone, or
// where SSL is set; else STARTTLS by policy, if offered by default.
func GoMail(in In) Effect {
	switch {
	case in.Yes(Secure):
		return does(target.Implicit)
	case in.On(Secure) == Unset && in.Port == 465:
		return byPort(target.Implicit)
	case in.Means(Scheme) != target.NoMode:
		return does(in.Means(Scheme))
	}
	return does(target.Opportunistic)
}

// GenSMTP is gen_smtp, below Swoosh and Bamboo: tls is always, never or
// if_available, ssl is implicit TLS.
func GenSMTP(in In) Effect {
	m := in.Means(Scheme)
	switch {
	case in.unreadable(Secure):
		return unknown
	case in.Yes(Secure):
		return Effect{Mode: target.Implicit, Twice: m == target.STARTTLS}
	case m != target.NoMode:
		return does(m)
	}
	return does(target.Opportunistic)
}

// MailKit is MailKit of .NET: an option by name, or the bool useSsl, which is
// implicit TLS or, when false, STARTTLS if offered.
func MailKit(in In) Effect {
	switch w := in.Words[Scheme]; {
	case w != nil && w.Mode != target.NoMode:
		return does(w.Mode)
	case w != nil:
		return ByPort(in)
	case in.Yes(Secure):
		return does(target.Implicit)
	case in.Yes(Start):
		return does(target.STARTTLS)
	case in.On(Secure) == Unset && in.On(Start) == Unset:
		return ByPort(in)
	}
	return does(target.Opportunistic)
}

// Postfix is Postfix smtp(8): wrapper mode is implicit TLS and wants a level of
// encrypt or stronger.
func Postfix(in In) Effect { return wrapped(in, in.Means(Level)) }

// wrapped is Postfix at a level of TLS.
func wrapped(in In, level target.Mode) Effect {
	switch {
	case in.Yes(Secure) && level != target.STARTTLS:
		return refuses(`SMTPS wrappermode requires setting "smtp_tls_security_level = encrypt" (or stronger)`)
	case in.Yes(Secure):
		return does(target.Implicit)
	case level != target.NoMode:
		return does(level)
	}
	return does(target.Cleartext)
}

// TwoSteps is msmtp: Start is TLS at all, AutoTLS is whether by STARTTLS.
func TwoSteps(in In) Effect {
	switch {
	case !in.Yes(Start):
		return does(target.Cleartext)
	case in.No(AutoTLS):
		return does(target.Implicit)
	}
	return does(target.STARTTLS)
}

// StartWins is a client that has a bool for implicit TLS and one for STARTTLS,
// the latter of which counts where both are set (sSMTP).
func StartWins(in In) Effect {
	switch {
	case in.Yes(Start):
		return does(target.STARTTLS)
	case in.Yes(Secure):
		return does(target.Implicit)
	}
	return does(target.Cleartext)
}

// Alertmanager is implicit TLS on 465, where up to 0.30 STARTTLS was asked for
// inside it unless require_tls was false; since 0.31 there is a switch.
func Alertmanager(in In) Effect {
	force := in.On(Secure)
	implicit := force == Yes || force != No && in.Port == 465
	switch {
	case implicit && in.Version.Before("0.31") && in.Yes(Require):
		return Effect{Mode: target.Implicit, ByPort: true, Twice: true}
	case implicit:
		return Effect{Mode: target.Implicit, ByPort: force != Yes}
	case in.Yes(Require):
		return does(target.STARTTLS)
	}
	return does(target.Cleartext)
}

// Twisted is Synapse: force_tls is implicit TLS and wants enable_tls.
func Twisted(in In) Effect {
	switch {
	case in.Yes(Secure) && in.No(AutoTLS):
		return refuses("email.force_tls requires email.enable_tls to be true")
	case in.Yes(Secure):
		return Effect{Mode: target.Implicit, Port: 465}
	case in.Yes(Require):
		return Effect{Mode: target.STARTTLS, Port: 25}
	case in.No(AutoTLS):
		return Effect{Mode: target.Cleartext, Port: 25}
	}
	return Effect{Mode: target.Opportunistic, Port: 25}
}

// BySchemeAndLevel is a URL whose scheme is implicit TLS or not, and an option
// that says what smtp does (lettre, Kratos, Authelia).
func BySchemeAndLevel(in In) Effect {
	switch {
	case in.Means(Scheme) == target.Implicit:
		return Effect{Mode: target.Implicit, Port: 465}
	case in.Yes(NoTLS):
		return does(target.Cleartext)
	case in.Yes(AutoTLS):
		return does(target.Opportunistic)
	case in.Words[Level] != nil:
		return does(in.Means(Level))
	case in.P.Fixed != target.NoMode:
		return does(in.P.Fixed)
	}
	return does(target.Cleartext)
}
