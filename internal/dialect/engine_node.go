package dialect

import (
	"slices"
	"strings"

	"github.com/maildoctor/maildoctor/internal/target"
)

// nodemailerSchemes is what nodemailer makes of the scheme of a URL
// (lib/shared parseConnectionUrl): smtp is secure: false on every port, 465 too.
var nodemailerSchemes = []Word{{V: "smtp", Mode: target.Opportunistic}, {V: "smtps", Mode: target.Implicit}}

// nodemailerOptions is what it makes of the query. What the URL itself has said
// already is not taken from the query.
var nodemailerOptions = []Key{
	{Name: "requireTLS", Role: Require},
	{Name: "ignoreTLS", Role: NoTLS},
	{Name: "opportunisticTLS", Role: Known},
	{Name: "tls.rejectUnauthorized", Role: Verify},
	{Name: "tls.ciphers", Role: Ciphers},
	{Name: "secure", Role: Ignored, Why: "nodemailer takes the scheme alone: smtps is implicit TLS, smtp is not"},
	{Name: "name", Role: HELO},
	{Name: "service", Role: Service},
	{Name: "pool", Role: Known},
	{Name: "from", Role: Known},
}

// byModeOfNode are nodemailer's own ports, where none is set.
const byModeOfNode = "587/465/587"

// NodemailerOr465 is nodemailer below an application that sets secure on port
// 465 whatever its switch says.
func NodemailerOr465(in In) Effect {
	if in.implicitPort() && in.On(Secure) != Unreadable {
		return byPort(target.Implicit)
	}
	return Nodemailer(in)
}

// MeteorURL is nodemailer below Meteor, which takes smtp and smtps alone for the
// scheme.
func MeteorURL(in In) Effect {
	if w := in.Words[Scheme]; w != nil && w.Channel == notMeteor {
		return refuses("Email protocol in $MAIL_URL (MAIL_URL) must be 'smtp' or 'smtps'")
	}
	return Nodemailer(in)
}

// notMeteor marks a scheme that Meteor refuses.
const notMeteor = "refused"

var meteorSchemes = append(nodemailerSchemes[:2:2], meteorRefuses("ssl", "tls", "starttls", "smtp+tls", "smtp+starttls", "submission", "submissions", "http", "https", "mailto")...)

func meteorRefuses(schemes ...string) []Word {
	var all []Word
	for _, s := range schemes {
		all = append(all, Word{V: s, Channel: notMeteor, Not: true, Why: "Meteor takes smtp and smtps alone, and prints the whole URL with the password to the log when it refuses another"})
	}
	return all
}

// fromURL marks a scheme that stands in MAIL_URL and not in SMTP_Protocol.
const fromURL = "url"

var rocketSchemes = []Word{{V: "smtp", Mode: target.Opportunistic, Channel: fromURL}, {V: "smtps", Mode: target.Implicit, Channel: fromURL}}

// RocketChat builds a URL of its settings and adds ignoreTLS=true unless
// SMTP_IgnoreTLS is off. Of a MAIL_URL that is set by hand, that counts for
// nothing.
func RocketChat(in In) Effect {
	if w := in.Words[Scheme]; w == nil || w.Channel != fromURL {
		return Nodemailer(in)
	}
	switch {
	case in.Means(Scheme) == target.Implicit:
		return Effect{Mode: target.Implicit, Port: 465}
	case in.Means(Level) == target.Cleartext:
		return does(target.Cleartext)
	case in.Yes(Require):
		return does(target.STARTTLS)
	}
	return Effect{Mode: target.Opportunistic, Port: 587}
}

// anyOf reports whether one of the keys is set to something.
func anyOf(s Settings, keys ...string) bool {
	for _, k := range keys {
		if v, ok := s.Get(k); ok && strings.TrimSpace(v) != "" {
			return true
		}
	}
	return false
}

// nothing reports whether none of the keys is set to something.
func nothing(s Settings, keys ...string) bool { return !anyOf(s, keys...) }

// value is what a key is set to, without blanks and in small letters.
func value(s Settings, key string) string {
	v, _ := s.Get(key)
	return strings.ToLower(strings.TrimSpace(v))
}

// presetWins reports whether a service is named whose host is another than the
// one that is set under one of the names: nodemailer takes the service's.
func presetWins(hostKeys ...string) func(Settings) bool {
	return func(s Settings) bool {
		host, _, _, ok := Preset(s.Role(Service))
		return ok && slices.ContainsFunc(hostKeys, func(k string) bool { set := value(s, k); return set != "" && set != host })
	}
}

// isAddress reports whether a text looks like a mail address.
func isAddress(s string) bool {
	local, domain, ok := strings.Cut(s, "@")
	return ok && local != "" && strings.Contains(domain, ".")
}

// isOneOf reports whether a value is one of the words.
func isOneOf(v string, words ...string) bool { return slices.Contains(words, v) }
