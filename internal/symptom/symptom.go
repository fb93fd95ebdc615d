// Package symptom explains error texts: what mail clients, libraries and
// servers print when mail does not go out, and what it means. The symptoms are
// data, one row each; reading holds a text against them. It opens nothing,
// asks nobody and reads no clock.
package symptom

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/maildoctor/maildoctor/internal/target"
)

// Row is one symptom: the words, what has to stand around them, and the cause.
// The rows are held against a text in their order; the first that holds is the
// cause, the others are alternatives. So what says more stands before what
// says less: a provider's own words, then words of replies, then those of TLS
// libraries, of sockets, and the codes and exceptions that say only that
// something failed.
type Row struct {
	ID    string   // id of the check
	Any   []string // one of these words; "…" is up to 160 bytes of anything, "|" the end of a word
	With, // and one of these in the same incident
	Not []string // and none of these
	Reply *Reply              // and a reply of the server like this
	When  func(s *scene) bool // and this about the client and the server
	Words speech              // whether the words speak of mail by themselves
	// Confidence is that of the cause when the row holds; 0 means 0.9.
	Confidence float64
	Or         []string // causes that print the same words, likeliest first
	Fix        string   // what to change, where these words say more than the cause does
}

// speech says how far the words of a row speak of mail by themselves.
type speech uint8

// The kinds of words.
const (
	own    speech = iota // nobody else says this
	bare                 // sockets and TLS libraries say it to everybody: at most 0.6 without a word of mail
	shared               // other services say it as well: nothing without a word of mail
)

// Reply is what a row asks of a server's reply. Empty fields ask nothing.
type Reply struct {
	Codes    []int    // reply codes, RFC 5321 4.2
	Enhanced []string // RFC 3463; "4.7" and "5.7" stand for all that begin so
	Stages   []stage  // the command it answers
}

func (r *Reply) is(got reply) bool {
	return got.framed && (len(r.Codes) == 0 || slices.Contains(r.Codes, got.code)) &&
		(len(r.Enhanced) == 0 || slices.ContainsFunc(r.Enhanced, got.hasEnhanced)) &&
		(len(r.Stages) == 0 || slices.Contains(r.Stages, got.stage))
}

func (r reply) hasEnhanced(want string) bool {
	return r.enhanced == want || len(want) == 3 && len(r.enhanced) > 4 && r.enhanced[:4] == want+"."
}

// Conditions on the client and the server.

// ports holds for these ports of the server.
func ports(list ...uint16) func(*scene) bool {
	return func(s *scene) bool { return slices.Contains(list, s.Port) }
}

// tlsPort: the port stands for implicit TLS and the client did not open with it.
func tlsPort(s *scene) bool {
	return slices.Contains([]uint16{465, 2465, 8465, 9465, 994}, s.Port) && s.Mode != target.Implicit
}

// local: the server is this machine.
func local(s *scene) bool { return loopback(s.Host) }

// public: the server belongs to a provider that everybody knows, whose
// certificates are in order.
func public(s *scene) bool { return s.Provider != "" && s.Host != "" && !loopback(s.Host) }

// in holds for these providers.
func in(providers ...string) func(*scene) bool {
	return func(s *scene) bool { return slices.Contains(providers, s.Provider) }
}

// midway: the server had answered EHLO or more.
func midway(s *scene) bool { return s.reached >= hello }

// either holds when one of the conditions does.
func either(list ...func(*scene) bool) func(*scene) bool {
	return func(s *scene) bool {
		return slices.ContainsFunc(list, func(c func(*scene) bool) bool { return c(s) })
	}
}

// both holds when all conditions do.
func both(list ...func(*scene) bool) func(*scene) bool {
	return func(s *scene) bool {
		return !slices.ContainsFunc(list, func(c func(*scene) bool) bool { return !c(s) })
	}
}

// no turns a condition round.
func no(c func(*scene) bool) func(*scene) bool { return func(s *scene) bool { return !c(s) } }

// Words lists fragments of what clients and servers print for the cause with
// this check id, those of the commonest stacks first, each once, a gap as
// "...". It is nil for an id without known words.
func Words(id string) []string {
	var list []string
	have := map[string]bool{}
	add := func(words string) {
		words = strings.TrimSpace(strings.ReplaceAll(strings.Trim(words, "|"), "…", " ... "))
		if key := strings.ToLower(words); !have[key] && len(list) < mostWords {
			have[key] = true
			list = append(list, words)
		}
	}
	for _, p := range Said(id) {
		add(p.Text)
	}
	for i := range Rows {
		if Rows[i].ID == id {
			for _, words := range Rows[i].Any {
				add(words)
			}
		}
	}
	return list
}

// mostWords is how many fragments a page can hold and still be read.
const mostWords = 30

// Phrase is one text, as a stack prints it. Text is the fragment to recognise
// it by, letter for letter; what stands around it differs by host and version.
type Phrase struct{ Stack, Text string }

// Said lists what stacks print for the cause with this check id, the most
// common stack first. It is nil for an id without known words.
func Said(id string) []Phrase {
	var list []Phrase
	for _, r := range said {
		if r.id == id {
			list = append(list, Phrase{Stack: r.stack, Text: r.text})
		}
	}
	return list
}

// says holds when the incident has one of the words.
func says(words ...string) func(*scene) bool {
	return func(s *scene) bool { return s.says(words...) }
}

// noLoginOffered: the transcript has the answer to EHLO, and no AUTH in it.
func noLoginOffered(s *scene) bool {
	return s.reached >= hello && s.says("250-") && !s.says("250-auth", "250 auth", " auth plain", " auth login", "auth=")
}

// delivered: the message was taken, so a connection that ends is no fault.
func delivered(s *scene) bool {
	return s.says("queued as", "status=sent", "250 2.0.0 ok", "accepted for delivery", "ok: queued", "250 ok")
}

// catcher: the server is one that developers run to look at mail.
func catcher(s *scene) bool {
	return slices.Contains([]string{"mailpit", "mailhog", "maildev", "mailcatcher", "inbucket", "smtp4dev", "greenmail"}, s.Host)
}

// sixes: an IPv6 address stands in the text, and it is the one dialled.
func sixes(s *scene) bool {
	return strings.Contains(s.Host, ":") || sixAddress().MatchString(s.t.folded[s.in.from:min(s.in.to, s.in.from+maxContext)])
}

// oddHost: what stands for the host is an address of mail, a URL, or has a
// port or blanks in it.
func oddHost(s *scene) bool {
	return oddName().MatchString(s.t.folded[s.in.from:min(s.in.to, s.in.from+maxContext)])
}

// otherPort: the port is that of another service.
func otherPort(s *scene) bool { return services[s.Port] }

var sixAddress = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?:^|[\s\["(])[0-9a-f]{1,4}(?::[0-9a-f]{0,4}){3,7}`)
})

var oddName = sync.OnceValue(func() *regexp.Regexp {
	const asked = `(?:enotfound|queryaaaa|querya|ebadname|lookup|getaddrinfo for|resolve host:|locate host|unknownhostexception:|find the host "|name=|server=|hostname:? ')['"]? ?`
	return regexp.MustCompile(asked + `[^\s'"]*@|` + asked + `(?:ssl|tls|smtps?|https?)(?:://| failed|[\s'"])|` +
		asked + `[a-z0-9.-]+\.[a-z]+:[0-9]{2,5}|` + asked + `[a-z0-9-]+ [a-z0-9-]+ [a-z]{2,3}(?:: no such| failed|')|` +
		`host "?[a-z0-9.-]+:[0-9]+:[0-9]+|with host [^ :]*@|with host [a-z0-9-]+ [a-z0-9-]+ [a-z]{2,3} :|smtp connection to \([^)]*[@/]`)
})
