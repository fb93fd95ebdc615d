// Package evidence holds what was seen: plain data that can be written to a
// file, attached to a ticket and judged again without a network. It knows no
// good or bad, opens nothing and reads no clock; secrets are left out by those
// who fill it in.
package evidence

import (
	"time"

	"github.com/maildoctor/maildoctor/internal/target"
)

// Schema names the format of a recording. Fields are only ever added.
const Schema = "maildoctor.case/1"

// Recording is what --record writes and judge reads: one run, its subjects.
type Recording struct {
	Schema  string `json:"schema"`
	Tool    string `json:"tool"` // name and version that recorded it
	Command string `json:"command"`
	Cases   []Case `json:"cases"`
}

// Case is all that is known about one subject: for probe, one host and port.
// The zero Case is valid: nothing was looked at, every check says not-run.
type Case struct {
	Now      time.Time     `json:"now"`                // when the run started; what the checks take for the present
	Target   target.Target `json:"target"`             // what was asked about
	Asked    Asked         `json:"asked,omitzero"`     // claims and expectations to judge by
	Here     Here          `json:"here,omitzero"`      // the machine that looked
	Lookups  []Lookup      `json:"lookups,omitempty"`  // names resolved, in the order of asking
	Sessions []Session     `json:"sessions,omitempty"` // connections, in the order of dialling
	Siblings []Sibling     `json:"siblings,omitempty"` // the other ports of a run without a port
	Pasted   *Pasted       `json:"pasted,omitempty"`   // an error text that somebody pasted; Target is then the server it names, if any
	Settings *Settings     `json:"settings,omitempty"` // an application's settings; Target is then the server they name, if any
	Resend   *Resend       `json:"resend,omitempty"`   // a Resend API key; Target is then empty unless Settings name a server
	Message  *Message      `json:"message,omitempty"`  // one that was sent, or was to be
	Cut      string        `json:"cut,omitempty"`      // why looking ended early: "timeout", "interrupted"; empty when it was completed
	Elapsed  time.Duration `json:"elapsed_ns"`         // from start to the end of the main session
}

// Pasted is an error text or a log that somebody pasted: the stretch of it that
// tells, without its secrets.
type Pasted struct {
	Name string `json:"name"`           // where it came from: a file's name, "standard input", "argument"
	Line int    `json:"line,omitempty"` // of the whole text at which Text begins, from 1
	Text string `json:"text,omitempty"` // empty when nothing in the whole text tells
	Size int    `json:"size"`           // of the whole text, in bytes
}

// Asked is what the caller claims about the client and expects of the server.
type Asked struct {
	As          target.Mode       `json:"as,omitempty"`     // the mode the client is set to; empty: no claim
	Expect      map[string]string `json:"expect,omitempty"` // key with operator, such as "mode=" or "days>=", to value
	NoPort      bool              `json:"no_port,omitempty"`
	ServerName  string            `json:"server_name,omitempty"` // name asked for and verified in TLS when it is not the host
	AllVersions bool              `json:"all_versions,omitempty"`
	Few         bool              `json:"few,omitempty"`      // one connection to a port that is in order: there are many to look at
	Account     *Account          `json:"account,omitempty"`  // whom to log in as
	Envelope    *Envelope         `json:"envelope,omitempty"` // whom to try as sender and recipients
}

// Here is what is known of the machine that looked.
type Here struct {
	OS         string   `json:"os,omitempty"`        // GOOS/GOARCH
	Resolver   string   `json:"resolver,omitempty"`  // the DNS servers asked
	Container  bool     `json:"container,omitempty"` // ran in a container
	Roots      string   `json:"roots,omitempty"`     // "system", "system+file", "file", "none": the store certificates were verified against
	RootsCount int      `json:"roots_count,omitempty"`
	HasIPv4    bool     `json:"has_ipv4,omitempty"` // a route beyond loopback exists
	HasIPv6    bool     `json:"has_ipv6,omitempty"`
	Hosters    []string `json:"hosters,omitempty"` // ids of provider.Blocks whose environment variables are set here
	Proxy      string   `json:"proxy,omitempty"`   // the SOCKS proxy in use, without credentials
	Inside     string   `json:"inside,omitempty"`  // whose network was used, "container coolify (pid 123)"; empty: that of the machine
}

// Sibling is the outcome at another port of the same run, as the checks of a
// run without a port need it.
type Sibling struct {
	Port  uint16      `json:"port"`
	Mode  target.Mode `json:"mode"`
	Works bool        `json:"works"`
}

// Lookup is one name resolved.
type Lookup struct {
	Name    string        `json:"name"`
	Kind    string        `json:"kind"`             // "address", "mx", "txt", "cname"
	Source  string        `json:"source"`           // "hosts", "dns", "connect-to", "literal"
	Server  string        `json:"server,omitempty"` // DNS server that answered
	Chain   []string      `json:"chain,omitempty"`  // CNAME targets, in order
	Addrs   []Addr        `json:"addrs,omitempty"`
	MX      []MX          `json:"mx,omitempty"`
	TXT     []string      `json:"txt,omitempty"`    // the character strings of a record joined
	Faults  []LookupFault `json:"faults,omitempty"` // by query type
	At      time.Duration `json:"at_ns"`
	Took    time.Duration `json:"took_ns"`
	Skipped string        `json:"skipped,omitempty"` // why it was not asked
}

// LookupFault is a query type that got no address.
type LookupFault struct {
	Type  string `json:"type"` // "A", "AAAA", "MX", or "" for the whole look-up
	Fault Fault  `json:"fault"`
}

// Addr is one address of a name.
type Addr struct {
	IP     string `json:"ip"`
	Family string `json:"family"` // "ipv4" or "ipv6"
}

// MX is one mail exchanger.
type MX struct {
	Host string `json:"host"`
	Pref uint16 `json:"pref"`
}

// Role says what a session was for.
type Role string

// The roles of sessions.
const (
	Main    Role = "main"    // found the mode and did the work
	Opening Role = "opening" // opened the other way round, to find the mode or to show what such a client meets
	Clear   Role = "clear"   // MAIL FROM:<> without TLS, to learn whether STARTTLS is required
	Ceiling Role = "ceiling" // a handshake with a limited TLS version
	Hello   Role = "hello"   // a handshake with another ClientHello, after the first one failed
	Poke    Role = "poke"    // a harmless line to a silent port
	Reach   Role = "reach"   // connect only
	Remedy  Role = "remedy"  // tries what a finding recommends
	Spare   Role = "spare"   // opened beforehand, not needed
)

// Opens says who is expected to speak first.
type Opens string

// The ways a session opens.
const (
	Listens   Opens = "listens"   // waits for the greeting
	SpeaksTLS Opens = "tls"       // sends a ClientHello
	SpeaksRaw Opens = "speaks"    // sends a line in clear text
	Connects  Opens = "connects"  // says nothing
	Undecided Opens = "undecided" // never came to it
)

// Session is one connection: the transcript and what was read from it.
type Session struct {
	ID        int           `json:"id"` // from 1, in the order of dialling
	Role      Role          `json:"role"`
	Why       string        `json:"why"`  // one line for people
	Host      string        `json:"host"` // the name it is about
	Port      uint16        `json:"port"`
	Peer      string        `json:"peer"`   // IP address dialled
	Family    string        `json:"family"` // "ipv4" or "ipv6"
	Opens     Opens         `json:"opens"`
	Wants     target.Mode   `json:"wants,omitempty"`   // the mode a remedy or a client session sets out to use
	Ceiling   string        `json:"ceiling,omitempty"` // highest TLS version offered, when limited: "1.1"
	At        time.Duration `json:"at_ns"`             // offset of the dial from the start of the run
	Steps     []Step        `json:"steps"`
	Greeting  *Reply        `json:"greeting,omitempty"`
	First     *Bytes        `json:"first,omitempty"`        // first bytes that came unasked or in place of TLS, when they were no SMTP greeting
	Ext       *Extensions   `json:"ext,omitempty"`          // EHLO before TLS
	ExtTLS    *Extensions   `json:"ext_tls,omitempty"`      // EHLO under TLS
	TLS       *TLS          `json:"tls,omitempty"`          // set once a ServerHello was seen or a handshake failed
	Injected  string        `json:"injected,omitempty"`     // bytes after the 220 to STARTTLS, before the handshake
	ModeKnown time.Duration `json:"mode_known_ns,omitzero"` // offset from the start of the run when this session settled whether TLS is implicit
	Cut       bool          `json:"cut,omitempty"`          // ended by us because its answer was not needed any more
	Logins    []Attempt     `json:"logins,omitempty"`       // in the order of trying
	NoLogin   string        `json:"no_login,omitempty"`     // why this session, which could have, did not log in
	Unsafe    bool          `json:"unsafe,omitempty"`       // it is because the line is not safe
}

// Bytes is the beginning of something that is not SMTP.
type Bytes struct {
	Protocol string `json:"protocol"` // as in the report: "http", "ssh", "imap", ... or "unknown"
	Under    string `json:"under"`    // "clear" or "tls"
	Text     string `json:"text"`     // Go-quoted, at most 200 bytes of it
	InReply  string `json:"in_reply"` // what drew it: "", "ClientHello", "EHLO", ...
}

// StepName names a step of a conversation.
type StepName string

// The steps, in the order they can occur.
const (
	StepConnect     StepName = "connect"
	StepProxy       StepName = "proxy"
	StepGreeting    StepName = "greeting"
	StepEHLO        StepName = "ehlo"
	StepHELO        StepName = "helo"
	StepLHLO        StepName = "lhlo"
	StepSTARTTLS    StepName = "starttls"
	StepTLS         StepName = "tls"
	StepGreetingTLS StepName = "greeting-tls"
	StepEHLOTLS     StepName = "ehlo-tls"
	StepAuth        StepName = "auth"      // AUTH with the mechanism
	StepAuthMore    StepName = "auth-more" // the answer to a challenge
	StepMail        StepName = "mail"
	StepRcpt        StepName = "rcpt"
	StepData        StepName = "data"
	StepMessage     StepName = "message" // the message itself, up to the line with the dot
	StepReset       StepName = "rset"
	StepPoke        StepName = "poke"
	StepQuit        StepName = "quit"
)

// Step is one exchange.
type Step struct {
	Name  StepName      `json:"name"`
	Sent  string        `json:"sent,omitempty"` // the line sent, without CRLF; "ClientHello" for a handshake
	Reply *Reply        `json:"reply,omitempty"`
	Fault *Fault        `json:"fault,omitempty"`
	At    time.Duration `json:"at_ns"` // offset from the start of the run
	Took  time.Duration `json:"took_ns"`
}

// Reply is an SMTP reply (RFC 5321 4.2) as it came, text cleaned of nothing.
type Reply struct {
	Code     int      `json:"code"`
	Enhanced string   `json:"enhanced,omitempty"` // RFC 3463, such as "5.7.8"
	Lines    []string `json:"lines"`              // texts after the code, one a line
	Quirks   []string `json:"quirks,omitempty"`   // "bare-lf", "long-line", "mixed-codes", "not-ascii", "control", "many-lines", "no-text"
}

// Extensions is an EHLO answer (RFC 5321 4.1.1.1).
type Extensions struct {
	Domain   string    `json:"domain"`
	Keywords []Keyword `json:"keywords"`
	HELO     bool      `json:"helo,omitempty"` // EHLO was refused, HELO was taken
}

// Keyword is one EHLO line, the keyword in upper case.
type Keyword struct {
	Name   string `json:"name"`
	Params string `json:"params,omitempty"`
	Raw    string `json:"raw"`
}

// TLS is what a handshake showed.
type TLS struct {
	ServerName string   `json:"server_name"`
	Version    string   `json:"version,omitempty"` // "1.0".."1.3", empty when the handshake failed
	Cipher     string   `json:"cipher,omitempty"`
	Group      string   `json:"group,omitempty"`       // key exchange group
	StaticRSA  bool     `json:"static_rsa,omitempty"`  // key exchange without forward secrecy
	ClientCert string   `json:"client_cert,omitempty"` // "", "requested", "sent"
	Alert      string   `json:"alert,omitempty"`       // alert received, such as "handshake_failure (40)"
	Chain      []Cert   `json:"chain,omitempty"`       // as sent, leaf first
	Verified   Verified `json:"verified,omitzero"`
}

// Cert is one certificate.
type Cert struct {
	Subject     string    `json:"subject"`
	Issuer      string    `json:"issuer"`
	CommonName  string    `json:"common_name,omitempty"`
	Names       []string  `json:"names"` // DNS names and IP addresses of the SAN
	NotBefore   time.Time `json:"not_before"`
	NotAfter    time.Time `json:"not_after"`
	Key         string    `json:"key"` // "RSA 2048", "ECDSA P-256", "Ed25519"
	KeyBits     int       `json:"key_bits"`
	Signature   string    `json:"signature"` // "SHA256-RSA"
	CA          bool      `json:"ca,omitempty"`
	SelfIssued  bool      `json:"self_issued,omitempty"` // issuer and subject are one and the signature is its own
	ServerAuth  bool      `json:"server_auth"`           // may be used by a TLS server
	IssuerURL   string    `json:"issuer_url,omitempty"`  // AIA caIssuers
	Fingerprint string    `json:"fingerprint"`           // SHA-256, hex
}

// The results of building a chain to a root.
const (
	ChainOK                  = "ok"
	ChainSelfSigned          = "self-signed"
	ChainUnknownCA           = "unknown-ca"
	ChainMissingIntermediate = "missing-intermediate"
	ChainNoRoots             = "no-roots"
	ChainOther               = "other"
)

// Verified is what verification against the root store said, dates and name
// aside: those the checks compute from the certificates and Case.Now.
type Verified struct {
	Chain  string `json:"chain,omitempty"` // one of the Chain constants; empty: not verified
	Detail string `json:"detail,omitempty"`
	Path   []Cert `json:"path,omitempty"` // the chain that was built, leaf to root, when Chain is ok
	Name   bool   `json:"name"`           // the leaf is valid for ServerName (RFC 6125; the CN does not count)
}
