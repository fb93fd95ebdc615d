package report

// Resend is what was learnt of a Resend API key, its domains and its SMTP side.
type Resend struct {
	Base      string         `json:"base"` // what was asked, without credentials
	From      string         `json:"from,omitempty"`
	Key       ResendKey      `json:"key"`
	Calls     []ResendCall   `json:"calls"`
	RateLimit *RateLimit     `json:"rate_limit,omitempty"`
	Quota     *Quota         `json:"quota,omitempty"`
	Domains   []ResendDomain `json:"domains"`
	Partial   bool           `json:"partial,omitempty"` // there are more domains than these
	SMTP      []ResendPort   `json:"smtp"`
	SMTPOff   string         `json:"smtp_off,omitempty"` // why the SMTP side was not looked at
	Sent      *ResendSent    `json:"sent,omitempty"`
	Remark    string         `json:"remark"` // what no dry run can tell
}

// ResendKey is what may be said of a key.
type ResendKey struct {
	From   string `json:"from,omitempty"`   // where it was read
	Prefix string `json:"prefix,omitempty"` // public
	Status string `json:"status"`           // full-access, send-only, inactive, suspended, invalid, missing, oauth, unknown
	Why    string `json:"why"`
}

// ResendCall is one request to the API.
type ResendCall struct {
	Name    string  `json:"name"`
	Method  string  `json:"method"`
	Path    string  `json:"path"`
	Status  int     `json:"status,omitempty"` // left out where no answer came
	Error   string  `json:"error,omitempty"`  // the name of Resend's error, or the fault
	Message string  `json:"message,omitempty"`
	MS      float64 `json:"ms"`

	AtMS *float64 `json:"at_ms,omitempty"` // from the start of the run
}

// RateLimit is the team's limit as the last answer told it.
type RateLimit struct {
	Limit     string `json:"limit,omitempty"`
	Remaining string `json:"remaining,omitempty"`
	Reset     string `json:"reset,omitempty"` // seconds
}

// Quota is what the account has sent and received, not what is left.
type Quota struct {
	DailyUsed   string `json:"daily_used,omitempty"`
	MonthlyUsed string `json:"monthly_used,omitempty"`
}

// ResendDomain is a domain of the account.
type ResendDomain struct {
	Name     string         `json:"name"`
	Status   string         `json:"status"`
	Region   string         `json:"region,omitempty"`
	Sending  string         `json:"sending,omitempty"`
	FromFits bool           `json:"from_fits"` // From is at this very domain
	Records  []ResendRecord `json:"records"`
}

// ResendRecord is a DNS record that Resend asks for, and what DNS has.
type ResendRecord struct {
	For       string `json:"for"`
	Type      string `json:"type"`
	Name      string `json:"name"` // in full
	Value     string `json:"value,omitempty"`
	APIStatus string `json:"api_status,omitempty"`
	DNS       string `json:"dns"` // ok, missing, wrong, not-run
	Seen      string `json:"seen,omitempty"`
}

// ResendPort is one port of Resend's SMTP server.
type ResendPort struct {
	Port  uint16   `json:"port"`
	Mode  string   `json:"mode,omitempty"`
	Reach string   `json:"reach,omitempty"`
	Seen  string   `json:"seen,omitempty"` // of an open port that cannot be used: what it does
	Login string   `json:"login"`          // not-tried, accepted, refused, unknown
	MS    *float64 `json:"ms,omitempty"`
}

// ResendSent is a message that Resend took.
type ResendSent struct {
	ID string   `json:"id"`
	To []string `json:"to"`
}
