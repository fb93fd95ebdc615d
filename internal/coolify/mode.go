package coolify

import (
	"slices"
	"strings"

	"github.com/maildoctor/maildoctor/internal/dialect"
	"github.com/maildoctor/maildoctor/internal/target"
)

// Way is a way that mail takes through Coolify. They were built apart for long,
// and differ in what they make of the same row.
type Way string

// The ways.
const (
	TeamNotices     Way = "notifications of the team"                // EmailChannel with the team's own row
	InstanceNotices Way = "notifications and test mails"             // EmailChannel with the instance's row
	InstanceMails   Way = "invitations, password resets, mail codes" // Laravel's Mail facade, the instance's row always
)

// behaviour is what a release makes of a word, before it knows the port.
type behaviour int

const (
	never     behaviour = iota + 1 // clear text on every port
	neverBut                       // clear text, but implicit TLS on port 465
	byPort                         // implicit TLS on port 465, else STARTTLS where it is offered
	always                         // implicit TLS on every port
	notTaken                       // the form does not know the word
	laravel11                      // always, by the fault of Laravel 11.35.0
)

// trio is a behaviour for each way: team, instance, mails.
type trio [3]behaviour

func all(b behaviour) trio { return trio{b, b, b} }

// releases is what each range of releases makes of smtp_encryption. until is the
// first release that is not in it; the last range has none. other is what holds
// for a word that is not listed.
var releases = []struct {
	until string
	words map[string]trio
	other trio
}{
	{"4.0.0-beta.377", map[string]trio{"": all(byPort)}, all(byPort)}, // a free text: only tls on 465 would matter, and there the port decides
	{"4.0.0-beta.380", map[string]trio{"tls": all(laravel11), "ssl": all(byPort), "none": {never, byPort, byPort}, "": all(byPort)}, all(notTaken)},
	{"4.0.0-beta.381", map[string]trio{"starttls": all(byPort), "tls": all(always), "none": all(never), "": all(byPort)}, all(notTaken)},
	{"4.0.0-beta.401", map[string]trio{"starttls": all(byPort), "tls": all(byPort), "none": all(neverBut), "": all(byPort)}, all(notTaken)},
	{"4.3.10", map[string]trio{"starttls": all(byPort), "tls": {always, always, byPort}, "none": {byPort, byPort, neverBut}, "": all(byPort)}, all(notTaken)},
	{"", map[string]trio{"starttls": all(byPort), "tls": all(always), "none": all(never), "": all(byPort)}, all(byPort)}, // SmtpTransportFactory
}

// does is what a release makes of a word on a way. A release that is not known is
// the newest.
func does(v dialect.Version, w Way, word string) behaviour {
	for _, r := range releases {
		if r.until != "" && !v.Before(r.until) {
			continue
		}
		t, ok := r.words[strings.ToLower(word)]
		if !ok {
			t = r.other
		}
		return t[slices.Index([]Way{TeamNotices, InstanceNotices, InstanceMails}, w)]
	}
	return notTaken
}

// Mode is how a release connects on a way, with smtp_encryption as it is stored
// ("" is NULL). It is target.Unknown for a word that the release does not know.
func Mode(v dialect.Version, w Way, encryption string, port uint16) target.Mode {
	const smtps = 465 // the one port that Symfony Mailer takes for implicit TLS by its number
	switch does(v, w, encryption) {
	case never:
		return target.Cleartext
	case neverBut:
		if port != smtps {
			return target.Cleartext
		}
		return target.Implicit
	case byPort:
		if port != smtps {
			return target.Opportunistic
		}
		return target.Implicit
	case always, laravel11:
		return target.Implicit
	}
	return target.Unknown
}

// label is how the form of a release names a word; "" where it has no such word.
func label(v dialect.Version, word string) string {
	old := v.Before("4.0.0-beta.380")
	switch {
	case v.Before("4.0.0-beta.377"):
		return word
	case word == "none":
		return "None"
	case word == "tls" && old:
		return "TLS"
	case word == "ssl" && old:
		return "SSL"
	case word == "tls":
		return "TLS/SSL"
	case word == "starttls" && !old:
		return "StartTLS"
	}
	return ""
}

// words are those that a release takes and that use TLS, the safest first.
func words(v dialect.Version) []string {
	switch {
	case v.Before("4.0.0-beta.377"):
		return []string{"tls"}
	case v.Before("4.0.0-beta.380"):
		return []string{"ssl", "tls"}
	}
	return []string{"starttls", "tls"}
}
