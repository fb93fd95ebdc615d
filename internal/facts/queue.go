package facts

import (
	"regexp"
	"strings"
	"sync"
)

// queueIDs are the ways in which servers name the message that they took, those
// with words of their own before those that go by shape.
var queueIDs = sync.OnceValue(func() []*regexp.Regexp {
	var out []*regexp.Regexp
	for _, p := range []string{
		`(?i)\bqueued as <([^<>\s]+)>`,                      // Brevo
		`(?i)\bqueued as (?:id=)?([^\s<>;()]*[^\s<>,;().])`, // Postfix, SendGrid, Mailjet, 163
		`(?i)\bqueued on \S+ ([^\s<>()]+)`,                  // Yandex
		`(?i)\bqueued with id ([^\s<>()]*[^\s<>().])`,       // Stalwart
		`(?i)\bmessage queued \(([^\s()]+)\)`,               // Haraka
		`(?i)\[InternalId=([0-9]+)`,                         // Exchange
		`(?i)\bid=([^\s<>,;()]*[^\s<>,;().])`,               // Exim, GMX
		`(?i)^ok:? ([0-9]+ qp [0-9]+)$`,                     // qmail
		`^(\S+) Message accepted for delivery`,              // OpenSMTPD, sendmail
		`(?i)^<[^<>\s]+> (\S+) Saved$`,                      // Dovecot
		`(?i)^ok .*?(\S+) - gsmtp$`,                         // Gmail
		`(?i)^ok:? (\S*[0-9]\S*)$`,                          // Amazon SES, SparkPost
		`\b([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\b`,
	} {
		out = append(out, regexp.MustCompile(p))
	}
	return out
})

// enhanced is a status code before the words (RFC 2034).
var enhanced = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^2\.[0-9]{1,3}\.[0-9]{1,3} +`) })

// longestID bounds what is taken for an id.
const longestID = 200

// QueueID is the name under which the server keeps a message, as its answer has
// it; "" where it names none.
func QueueID(lines []string) string {
	for _, pattern := range queueIDs() {
		for _, l := range lines {
			l = strings.TrimSpace(enhanced().ReplaceAllString(l, ""))
			if m := pattern.FindStringSubmatch(l); m != nil && len(m[1]) <= longestID {
				return m[1]
			}
		}
	}
	return ""
}
