package evidence

import "time"

// Account is the login that the caller asked for, without its secret.
type Account struct {
	User      string `json:"user"`                // masked where it is a secret itself, as a Postmark token is
	Mechanism string `json:"mechanism,omitempty"` // the one to use, upper case; empty: the strongest that is offered
	Password  Secret `json:"password,omitzero"`
	Blank     bool   `json:"blank,omitempty"`    // the password begins or ends with a blank
	Quoted    bool   `json:"quoted,omitempty"`   // the password stands in quotation marks
	Insecure  bool   `json:"insecure,omitempty"` // may be sent over a line that is not safe
}

// Envelope is the sender and the recipients that the caller asked to try (RFC
// 5321 3.3).
type Envelope struct {
	From string   `json:"from"` // "" is the null reverse-path
	To   []string `json:"to,omitempty"`
	Size int64    `json:"size,omitempty"` // announced with MAIL (RFC 1870), in bytes; 0: nothing is announced
}

// Message is a real message that was sent, or was to be.
type Message struct {
	Via       string `json:"via"`        // "smtp" or "resend"
	MessageID string `json:"message_id"` // without angle brackets; empty where the file has none
	Run       string `json:"run"`        // id of the run, which the message carries
	Subject   string `json:"subject,omitempty"`
	File      string `json:"file,omitempty"`    // of --eml
	Size      int64  `json:"size"`              // in bytes, as sent
	HidBcc    bool   `json:"hid_bcc,omitempty"` // a Bcc field of the file was taken out
	DryRun    bool   `json:"dry_run,omitempty"`
	Text      string `json:"text,omitempty"` // the message itself, for a dry run
}

// The results of an attempt to log in.
const (
	LoginAccepted = "accepted"
	LoginRefused  = "refused" // the server said no to these credentials, for now or for good
	LoginBroken   = "broken"  // no verdict: a fault, a challenge that makes no sense, a mechanism that is not taken
)

// Attempt is one try to log in (RFC 4954). Its steps stand in the session, with
// the answers to challenges masked.
type Attempt struct {
	Mechanism string        `json:"mechanism"`
	Result    string        `json:"result"`             // one of the Login constants
	Reply     *Reply        `json:"reply,omitempty"`    // the last one
	Fault     *Fault        `json:"fault,omitempty"`    // of the connection or of the mechanism
	Detail    string        `json:"detail,omitempty"`   // what the challenge told, decoded: the JSON of XOAUTH2
	Impostor  bool          `json:"impostor,omitempty"` // its proof of the password was wrong, or its TLS is not ours (SCRAM): nothing else was tried
	At        time.Duration `json:"at_ns"`              // offset from the start of the run
	Took      time.Duration `json:"took_ns"`
}
