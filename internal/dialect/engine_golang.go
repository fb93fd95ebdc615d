package dialect

import (
	"cmp"

	"github.com/maildoctor/maildoctor/internal/target"
)

// Gitea is [mailer] of Gitea and Forgejo. Since 1.18 PROTOCOL decides, else
// IS_TLS_ENABLED, else the port; a port that is none of the usual ones is taken
// for implicit TLS. Up to 1.17 it was IS_TLS_ENABLED, or a port that ends with 465.
func Gitea(in In) Effect {
	if in.Version.Before("1.18") {
		switch {
		case in.Yes(Secure):
			return does(target.Implicit)
		case in.Port%1000 == 465:
			return byPort(target.Implicit)
		}
		return Effect{Mode: target.Opportunistic, Port: 25}
	}
	if w := in.Words[Scheme]; w != nil {
		return Effect{Mode: w.Mode, Port: portOf(w.Mode)}
	}
	switch in.On(Secure) {
	case Unreadable:
		return unknown
	case Yes:
		return Effect{Mode: target.Implicit, Port: 465}
	case No:
		return Effect{Mode: target.STARTTLS, Port: 587}
	}
	switch in.Port {
	case 25:
		return byPort(target.Cleartext)
	case 587:
		return byPort(target.STARTTLS)
	}
	return Effect{Mode: target.Implicit, ByPort: true, Port: 465}
}

// portOf is the port that goes with a mode.
func portOf(m target.Mode) uint16 {
	switch m {
	case target.Implicit:
		return 465
	case target.STARTTLS:
		return 587
	}
	return 25
}

// Authelia is Authelia's notifier: the scheme of address, or port 465 where host
// and port are set; STARTTLS is demanded unless an option says otherwise.
func Authelia(in In) Effect {
	port := map[string]uint16{"smtp": 25, "submission": 587, "submissions": 465}[in.Text[Scheme]]
	switch {
	case in.Means(Scheme) == target.Implicit:
		return Effect{Mode: target.Implicit, Port: port}
	case in.Words[Scheme] == nil && in.Port == 465:
		return byPort(target.Implicit)
	case in.Yes(NoTLS):
		return Effect{Mode: target.Cleartext, Port: port}
	case in.Yes(AutoTLS):
		return Effect{Mode: target.Opportunistic, Port: port}
	}
	return Effect{Mode: target.STARTTLS, Port: cmp.Or(port, 25)}
}

// Listmonk is listmonk: tls_type since 2.1, before it the bool tls_enabled, which
// was STARTTLS.
func Listmonk(in In) Effect {
	switch {
	case in.Words[Scheme] != nil:
		return does(in.Means(Scheme))
	case in.Yes(Start):
		return does(target.STARTTLS)
	}
	return does(target.Cleartext)
}

// ForceSSL is a client of go-mail with one switch: implicit TLS where it is on,
// else STARTTLS, if offered or as Params.Fixed says.
func ForceSSL(in In) Effect {
	switch in.On(Secure) {
	case Unreadable:
		return unknown
	case Yes:
		return does(target.Implicit)
	}
	if in.P.Fixed != target.NoMode {
		return does(in.P.Fixed)
	}
	return does(target.Opportunistic)
}

// SecureOrStart is a client with a bool for implicit TLS and one for STARTTLS,
// the first of which counts where both are set; without either, Params.Fixed.
func SecureOrStart(in In) Effect {
	switch {
	case in.unreadable(Secure, Start):
		return unknown
	case in.Yes(Secure):
		return does(target.Implicit)
	case in.Yes(Start):
		return does(target.STARTTLS)
	case in.P.Fixed != target.NoMode:
		return does(in.P.Fixed)
	}
	return does(target.Cleartext)
}

// TLSByPort is a client with one switch for TLS at all, which tries implicit TLS
// and goes over to STARTTLS where the server greets in clear text.
func TLSByPort(in In) Effect {
	switch {
	case in.unreadable(Start):
		return unknown
	case !in.Yes(Start):
		return does(target.Cleartext)
	case in.implicitPort():
		return byPort(target.Implicit)
	}
	return byPort(target.STARTTLS)
}

// StartIfOffered is a client with one switch: STARTTLS if offered, or clear text.
// It knows no implicit TLS.
func StartIfOffered(in In) Effect {
	switch {
	case in.unreadable(Start):
		return unknown
	case in.Yes(Start):
		return does(target.Opportunistic)
	}
	return does(target.Cleartext)
}
