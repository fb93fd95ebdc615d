package dialect

import (
	"strings"

	"github.com/maildoctor/maildoctor/internal/target"
)

// mailGemSays is what the gem mail prints from 2.9 on where implicit TLS and
// STARTTLS are both on.
const mailGemSays = ":enable_starttls and :tls are mutually exclusive (ArgumentError)"

// RailsMail is Action Mailer. The release that counts is that of the gem mail,
// which a Gemfile.lock tells; the release of Rails (4 and later) says little of
// it, but what came before 8.1 was made for mail 2.8 and older.
func RailsMail(in In) Effect {
	if in.Version.Known() && in.Version.AtLeast("4") && in.Version.Before("8.1") {
		in.P.Both = ""
	}
	return MailGem(in)
}

// Mastodon is what lib/mastodon/email_configuration_helper.rb makes of its
// variables: SMTP_ENABLE_STARTTLS leaves SMTP_ENABLE_STARTTLS_AUTO without
// effect, and since 4.5 implicit TLS leaves out STARTTLS by default.
func Mastodon(in In) Effect {
	auto := in.On(AutoTLS)
	switch m := in.Means(Scheme); {
	case m == target.STARTTLS, m == target.Cleartext:
		auto = Unset
	case m == target.Opportunistic:
		auto = Yes
	case in.Yes(Secure) && in.Version.AtLeast("4.5"):
		auto = No
	}
	in.Bools = map[Role]Tri{Secure: in.On(Secure), AutoTLS: auto}
	return MailGem(in)
}

// Zammad takes port 465 for implicit TLS and 25 and 587 for STARTTLS where the
// channel does not say.
func Zammad(in In) Effect {
	if in.On(Secure) == Unset && in.Port == 465 {
		return byPort(target.Implicit)
	}
	return MailGem(in)
}

// isTrue reports whether a key is set to a word for yes.
func isTrue(s Settings, key string) bool {
	v, set := s.Get(key)
	return set && usually(lower(strings.TrimSpace(v))) == Yes
}

// isFalse reports whether a key is set to a word for no.
func isFalse(s Settings, key string) bool {
	v, set := s.Get(key)
	return set && v != "" && usually(lower(strings.TrimSpace(v))) == No
}

// valueIs reports whether a key is set to one of some words.
func valueIs(key string, words ...string) func(Settings) bool {
	return func(s Settings) bool {
		v, set := s.Get(key)
		for _, w := range words {
			if set && lower(strings.TrimSpace(v)) == w {
				return true
			}
		}
		return false
	}
}

// beforeMail29 warns of a setting that works until the gem mail is updated:
// implicit TLS with STARTTLS switched on beside it.
func beforeMail29(key, off string) Trap {
	return Trap{
		Check: "tls-switches-conflict", Severity: "warning", Key: key,
		When: func(s Settings) bool {
			return s.Mode() == target.Implicit && s.Port() == 465 && isTrue(s, key)
		},
		Summary: key + " is on beside implicit TLS, which the gem mail refuses from 2.9 on",
		Detail:  "This release takes it for implicit TLS. An update that brings mail 2.9 stops every mail with an ArgumentError.",
		Fix:     []string{"Set " + key + " to " + off},
		Set:     map[string]string{key: off},
	}
}
