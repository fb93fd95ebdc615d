// Package target turns what a person typed into one endpoint: host, port and
// the TLS mode that goes with it. It is the only place that splits or joins
// host and port; it does not resolve or contact anything.
package target

// Mode is how TLS comes to a connection, or how a client is set.
type Mode string

// The modes. A server is implicit, starttls or cleartext; opportunistic is a
// client's setting only: STARTTLS if offered, else clear text.
const (
	NoMode        Mode = ""
	Implicit      Mode = "implicit"      // TLS from the first byte (RFC 8314 3.3)
	STARTTLS      Mode = "starttls"      // RFC 3207
	Opportunistic Mode = "opportunistic" // RFC 7435
	Cleartext     Mode = "cleartext"
	Unknown       Mode = "unknown"
)

// ClientModes are the ways a client can be set, as flags and files have them.
func ClientModes() []string {
	return []string{string(Implicit), string(STARTTLS), string(Opportunistic), string(Cleartext)}
}

// Target is an endpoint as typed. The zero Target is invalid; Parse makes one.
type Target struct {
	Host  string `json:"host"`           // lower case ASCII, no brackets, no trailing dot; an IP literal in canonical form
	Port  uint16 `json:"port,omitempty"` // 0: none given
	Mode  Mode   `json:"mode,omitempty"` // claimed by the scheme: smtps, submission
	Mail  string `json:"mail,omitempty"` // the address typed, when a mail address was given; Host is its domain
	Typed string `json:"typed"`
}
