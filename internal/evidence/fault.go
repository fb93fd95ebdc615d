package evidence

// Class sorts faults so that a check compares a class, never an error text.
type Class string

// The classes of faults.
const (
	Refused     Class = "refused"     // RST or ICMP port unreachable to our SYN
	Timeout     Class = "timeout"     // no answer in time
	Reset       Class = "reset"       // RST after connect
	EOF         Class = "eof"         // closed by the peer
	Unreachable Class = "unreachable" // no route, host or network unreachable
	Denied      Class = "denied"      // this machine forbids it (EPERM, EACCES)
	NXDomain    Class = "nxdomain"    // the name does not exist
	NoData      Class = "nodata"      // the name exists, without an address of this type
	ServFail    Class = "servfail"    // the DNS server failed or refused
	DNSTimeout  Class = "dns-timeout" // no DNS server answered
	BadName     Class = "bad-name"    // not a name that DNS could hold
	NotTLS      Class = "not-tls"     // the answer to a ClientHello is no TLS record
	TLSAlert    Class = "tls-alert"   // the server sent an alert
	TLSFailed   Class = "tls-failed"  // the handshake failed on our side: version, cipher, bad record
	Protocol    Class = "protocol"    // an answer that SMTP does not allow
	Limit       Class = "limit"       // more than we are willing to read
	Proxy       Class = "proxy"       // the SOCKS proxy refused or failed
	Cancelled   Class = "cancelled"   // ended by us: not needed any more, time limit, interrupt
	Other       Class = "other"
)

// Fault is why a step did not succeed. Text is for people and never compared.
type Fault struct {
	Class Class  `json:"class"`
	Text  string `json:"text"`
	Alert int    `json:"alert,omitempty"` // TLS alert code, with class tls-alert
}
