package evidence

import "time"

// Resend is what was learnt of a Resend API key. It holds no key.
type Resend struct {
	Key          ResendKey      `json:"key"`
	Base         string         `json:"base"`                    // the base URL that was asked, without credentials
	BaseEnv      string         `json:"base_env,omitempty"`      // RESEND_BASE_URL of the environment, without credentials; not followed
	From         string         `json:"from,omitempty"`          // the address to send from
	Asked        []string       `json:"asked,omitempty"`         // domains whose records were to be looked at, lower case
	Calls        []Call         `json:"calls,omitempty"`         // in the order of asking
	Domains      []ResendDomain `json:"domains,omitempty"`       // of the account, as listed
	Partial      bool           `json:"partial,omitempty"`       // there are more domains than were listed
	Keys         []ResendListed `json:"keys,omitempty"`          // of the account, as listed before our own call counted
	SMTP         []Case         `json:"smtp,omitempty"`          // a case for each port of smtp.resend.com
	SMTPOff      string         `json:"smtp_off,omitempty"`      // why the SMTP side was not looked at
	Kept         bool           `json:"kept,omitempty"`          // the key belongs to a channel that is switched off
	AlsoPassword bool           `json:"also_password,omitempty"` // the same key is the password of the SMTP channel in force
	NotRun       []string       `json:"not_asked,omitempty"`     // domains left out, since a run makes ten calls at most
	Unasked      string         `json:"unasked,omitempty"`       // why nobody was asked about this key
	SentTo       []string       `json:"sent_to,omitempty"`       // recipients of a message that was sent through the API
}

// ResendKey is what may be said of a key.
type ResendKey struct {
	From   string   `json:"from,omitempty"`   // where it was read: "RESEND_API_KEY", a file's name, "standard input", a setting
	Prefix string   `json:"prefix,omitempty"` // public: re_ and the eight characters after it
	Shape  []string `json:"shape,omitempty"`  // what is odd about it: the Shape constants
	Wrong  string   `json:"wrong,omitempty"`  // whose secret it is by its shape, where it is not Resend's: "a Brevo SMTP key"
}

// The oddities of a key's shape.
const (
	ShapePlaceholder = "placeholder" // an example's value
	ShapeQuoted      = "quoted"      // in quotation marks
	ShapeBearer      = "bearer"      // begins with "Bearer "
	ShapeBlank       = "blank"       // blanks or line ends at an end
	ShapeInside      = "inside"      // a blank or a control character inside
	ShapeNotASCII    = "not-ascii"
	ShapeOAuth       = "oauth"     // two dots: an access token, not an API key
	ShapeForeign     = "foreign"   // does not begin with re_
	ShapeTruncated   = "truncated" // shorter than 36 characters
	ShapeUnusual     = "unusual"   // begins with re_ and is otherwise unlike other keys
	ShapeEmpty       = "empty"
)

// The names of calls.
const (
	CallDomains = "domains"  // GET /domains
	CallKeys    = "api-keys" // GET /api-keys
	CallDomain  = "domain"   // GET /domains/:id
	CallSend    = "send"     // POST /emails
)

// Call is one HTTP request and what came back.
type Call struct {
	Name    string            `json:"name"` // one of the Call constants
	Method  string            `json:"method"`
	Path    string            `json:"path"`              // below the base URL, with the query
	About   string            `json:"about,omitempty"`   // the domain asked for
	Status  int               `json:"status,omitempty"`  // 0: no answer came
	Type    string            `json:"type,omitempty"`    // media type of the answer, without parameters
	Header  map[string]string `json:"header,omitempty"`  // the fields that tell, names in lower case
	Error   string            `json:"error,omitempty"`   // "name" of Resend's error
	Message string            `json:"message,omitempty"` // "message" of Resend's error
	Object  string            `json:"object,omitempty"`  // "object" of a good answer: "list", "domain"
	Created string            `json:"created,omitempty"` // "id" of what a POST made
	Body    string            `json:"body,omitempty"`    // the beginning of an answer that is none of Resend's
	Broken  bool              `json:"broken,omitempty"`  // claims to be JSON and is not, or is cut at the limit
	Peer    string            `json:"peer,omitempty"`    // IP address and port that answered
	Fault   *Fault            `json:"fault,omitempty"`   // of the connection
	Waited  time.Duration     `json:"waited_ns,omitempty"`
	At      time.Duration     `json:"at_ns"`
	Took    time.Duration     `json:"took_ns"`
}

// ResendDomain is a domain of the account.
type ResendDomain struct {
	ID        string         `json:"id"`
	Name      string         `json:"name"`
	Status    string         `json:"status"` // not_started, pending, verified, partially_verified, partially_failed, failed, temporary_failure
	Region    string         `json:"region,omitempty"`
	CreatedAt time.Time      `json:"created_at,omitzero"`
	Sending   string         `json:"sending,omitempty"` // capability: "enabled", "disabled"
	Receiving string         `json:"receiving,omitempty"`
	Records   []ResendRecord `json:"records,omitempty"` // of GET /domains/:id
}

// ResendRecord is a DNS record that Resend asks for.
type ResendRecord struct {
	For      string `json:"for"`                // SPF, DKIM, Receiving, Tracking, TrackingCAA: the purpose
	Type     string `json:"type"`               // MX, TXT, CNAME, CAA
	Name     string `json:"name"`               // as returned, mostly relative to the registered zone
	Value    string `json:"value"`              // without surrounding quotation marks
	Priority int    `json:"priority,omitempty"` // MX
	Status   string `json:"status,omitempty"`
}

// ResendListed is a key as the account lists it: which one is ours is not told.
type ResendListed struct {
	Name      string    `json:"name,omitempty"`
	CreatedAt time.Time `json:"created_at,omitzero"`
	LastUsed  time.Time `json:"last_used_at,omitzero"`
}
