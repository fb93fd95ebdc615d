package dialect

import "github.com/maildoctor/maildoctor/internal/target"

// MainCF is Postfix, with the two switches of old that smtp_tls_security_level
// overrides.
func MainCF(in In) Effect {
	level := in.Means(Level)
	if in.Words[Level] == nil {
		switch {
		case in.Yes(Require):
			level = target.STARTTLS
		case in.Yes(AutoTLS):
			level = target.Opportunistic
		}
	}
	return wrapped(in, level)
}

// DMA is DragonFly's mail agent: SECURETRANSFER is TLS at all, STARTTLS is how,
// OPPORTUNISTIC_TLS is whether it may do without. They are on where they stand.
func DMA(in In) Effect {
	switch {
	case in.Words[Secure] == nil:
		return does(target.Cleartext)
	case in.Words[Start] != nil && in.Words[AutoTLS] != nil:
		return does(target.Opportunistic)
	case in.Words[Start] != nil:
		return does(target.STARTTLS)
	}
	return does(target.Implicit)
}
