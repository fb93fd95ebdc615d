// Package provider knows mail providers and the hosts that block mail ports:
// which names, ports and modes they have, what user name and password they
// expect, and how they refuse. The facts are compiled in. The package reads
// no file, asks no network and judges nothing.
package provider

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/maildoctor/maildoctor/internal/target"
)

// Provider is one mail provider. The zero Provider is invalid; rows come from
// the tables and are shared: read them, do not write to them.
type Provider struct {
	ID   string // kebab case, never renamed
	Name string
	Kind Kind

	Hosts        []string // names to submit to, the usual one first; may hold "*", see ByHost
	Loopback     bool     // also met on localhost, where the name tells nothing
	HostTemplate string   // how a host's name is made up, with <placeholders>
	HostNote     string
	Regions      []Region
	RegionNote   string
	Domains      []string // of mail addresses, for mailbox providers
	MX           []string // names of its incoming servers; may hold "*"
	Banner       string   // a piece of the greeting that gives it away

	Ports       []Port
	NoPorts     []uint16 // ports people try that do not exist here
	NoPortsNote string

	Username   Username
	Password   Password
	Mechanisms []string // SASL mechanisms, upper case; empty when not known
	Sender     string   // what the From address has to be
	Rejections []Rejection
	TLS        TLS
	AllowList  AllowList
	DNS        DNS
	Notes      []string // whole sentences
	WebUI      uint16   // port of a test server's web page, or 0

	Docs       string // the vendor's page
	Grounds    []Ground
	Unverified []Doubt
	Checked    string // date of the last look, YYYY-MM-DD
}

// Kind says what a provider is for.
type Kind string

// The kinds.
const (
	Transactional Kind = "transactional" // applications send through it
	Mailbox       Kind = "mailbox"       // people's mailboxes
	Hosting       Kind = "hosting"       // mailboxes of a web host
	Relay         Kind = "relay"         // an organisation's relay
	Test          Kind = "test"          // captures mail, delivers none
)

// Region is one data centre's host.
type Region struct{ Name, Host string }

// Port is a port that takes submission, and how TLS comes to it.
type Port struct {
	Port        uint16
	Mode        target.Mode // implicit, starttls or cleartext
	Recommended bool
	Note        string
}

// Username says what to log in as.
type Username struct {
	Literal    string // a fixed word, the same for each account
	Convention string // in words
	Pattern    string // regular expression; see Fits
	Not        []string
	Note       string
}

// Password says what secret is expected. It never holds one.
type Password struct {
	Kind       string
	Prefix     string
	Pattern    string // regular expression; see Fits
	Length     int    // in characters, or 0
	Not        []string
	WrongKinds []WrongKind
	Note       string
}

// WrongKind is the shape of a secret that is often given by mistake.
type WrongKind struct{ Prefix, Pattern, Is string }

// Rejection is a reply in the provider's own words, with <placeholders>.
type Rejection struct {
	Code     int    // SMTP reply code; HTTP status when Protocol is "rest"
	Enhanced string // RFC 3463, or empty
	Also     []string
	Text     string
	Stages   []string // SMTP verbs it answers; empty when not known
	Lasts    Lasting
	Protocol string // "rest", or empty for SMTP
	Inbound  bool   // said by its incoming servers to mail from elsewhere
	Meaning  string
	Fix      string
	Seen     Seen
}

// Lasting overrides the first digit of a reply that lies. Zero: the digit
// holds (RFC 5321 4.2.1).
type Lasting string

// The overrides.
const (
	Permanent Lasting = "permanent"
	Temporary Lasting = "temporary"
)

// Seen says where the wording of a rejection was met.
type Seen string

// The places, most certain first.
const (
	Documented Seen = "documented" // the vendor's page
	Wild       Seen = "wild"       // several public sources
	Issue      Seen = "issue"      // one public thread
	Secondary  Seen = "secondary"  // somebody's guide
)

// TLS is what the provider demands of a session.
type TLS struct {
	Required Need
	Min      string // lowest version, "1.2"
	Note     string
}

// Need is a rule that may also be unknown, which is its zero value.
type Need string

// The rules.
const (
	Yes      Need = "yes"
	No       Need = "no"
	Optional Need = "optional"
)

// AllowList tells whether logins are bound to IP addresses.
type AllowList struct{ Default, Effect, Note string }

// DNS is what a sender's domain needs.
type DNS struct {
	SPF          SPF
	DKIM         []DKIM
	ReturnPath   ReturnPath
	Verification string
	DMARC        string
	Tracking     string
	MXNote       string
}

// SPF is the include of a domain's SPF record.
type SPF struct {
	Include  string
	Legacy   string
	Required Need
	Note     string
}

// DKIM is one selector; it and its target may hold <placeholders>.
type DKIM struct {
	Selector string
	Type     string // CNAME or TXT
	Target   string
	Count    int // how many such selectors; 0 means one
	Note     string
}

// ReturnPath is the host of the envelope sender, with its records.
type ReturnPath struct {
	Host    string
	Type    string
	Target  string
	Records []string
	Note    string
}

// Ground is what a group of facts rests on.
type Ground struct {
	Group      string // endpoint, auth, sender, rejections, tls, dns, ip_allowlist, deprecations
	Confidence Confidence
	Sources    []string
}

// Confidence is how much a group of facts is worth.
type Confidence string

// The levels.
const (
	High   Confidence = "high"
	Medium Confidence = "medium"
	Low    Confidence = "low"
)

// Doubt marks one field as a hint. Field is a path in the words of Trusted.
type Doubt struct{ Field, Note string }

// Delivers tells whether mail given to p goes on to its recipients.
func (p Provider) Delivers() bool {
	return p.Kind != Test
}

// Port finds the row of a port.
func (p Provider) Port(n uint16) (Port, bool) {
	i := slices.IndexFunc(p.Ports, func(port Port) bool { return port.Port == n })
	if i < 0 {
		return Port{}, false
	}
	return p.Ports[i], true
}

// ModeAt is the mode of a port, or NoMode for a port that is not listed.
func (p Provider) ModeAt(n uint16) target.Mode {
	port, _ := p.Port(n)
	return port.Mode
}

// Lacks tells whether n is known not to exist here. A port that is neither
// listed nor lacking is unknown.
func (p Provider) Lacks(n uint16) bool { return slices.Contains(p.NoPorts, n) }

// Best is the port to advise: a recommended one before others, and among
// those a verified one. Every row has a port.
func (p Provider) Best() Port {
	return slices.MaxFunc(p.Ports, func(a, b Port) int {
		return cmp.Compare(p.worth(a), p.worth(b))
	})
}

// worth orders ports; MaxFunc keeps the first of equals, which is table order.
func (p Provider) worth(port Port) int {
	worth := 0
	if p.Trusted(portField(port.Port)) {
		worth += 2
	}
	if port.Recommended {
		worth++
	}
	return worth
}

// Fits tells whether a user name has the shape that the provider gives out.
// A row without literal and pattern fits all.
func (u Username) Fits(name string) bool {
	if u.Literal != "" && name == u.Literal {
		return true
	}
	if u.Pattern == "" {
		return u.Literal == ""
	}
	return matches(u.Pattern, name)
}

// Fits tells whether a secret has the shape that the provider gives out. A row
// without pattern looks at the prefix, one without either fits all.
func (w Password) Fits(secret string) bool {
	if w.Pattern == "" {
		return strings.HasPrefix(secret, w.Prefix)
	}
	return matches(w.Pattern, secret)
}

// AppPassword is the kind of a secret with the shape of an app password.
const AppPassword = "app password"

// Shape names what a secret looks like where the provider takes app passwords of a
// certain shape; "" where the shape does not tell.
func (w Password) Shape(secret string) string {
	if w.Pattern != "" && strings.HasPrefix(w.Kind, AppPassword) && w.Fits(secret) {
		return AppPassword
	}
	return ""
}

// WrongKind names the kind of a secret that is known never to work here, or
// is empty.
func (w Password) WrongKind(secret string) string {
	for _, k := range w.WrongKinds {
		if k.fits(secret) {
			return k.Is
		}
	}
	return ""
}

func (k WrongKind) fits(secret string) bool {
	if k.Pattern != "" {
		return matches(k.Pattern, secret)
	}
	return strings.HasPrefix(secret, k.Prefix)
}

// matches compiles at the time of use: a run needs a few patterns at most, and
// compiling all of them would cost each start. Tests compile every pattern.
func matches(pattern, s string) bool {
	return regexp.MustCompile(pattern).MatchString(s)
}

// Permanent tells whether trying again later is of no use.
func (r Rejection) Permanent() bool {
	if r.Lasts != "" {
		return r.Lasts == Permanent
	}
	return r.Code >= 500 || r.Protocol == "rest" && r.Code != 429
}
