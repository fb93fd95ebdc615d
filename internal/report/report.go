// Package report holds what is said: findings, outcomes and the facts of each
// subject, in the shape of the JSON contract (schema maildoctor.report/1). It
// is plain data, filled by check and cli and written out by render.
package report

import (
	"cmp"
	"time"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/target"
)

// Schema names the JSON form of Report. Fields are only ever added.
const Schema = "maildoctor.report/1"

// Severity says what happens to the mail.
type Severity string

// The severities.
const (
	Error   Severity = "error"   // it will not arrive
	Warning Severity = "warning" // it may stop, or is unsafe
	Note    Severity = "note"    // worth knowing
)

// Rank orders severities, worst highest: 3 error, 2 warning, 1 note, 0 none.
func (s Severity) Rank() int {
	switch s {
	case Error:
		return 3
	case Warning:
		return 2
	case Note:
		return 1
	}
	return 0
}

// Report is one run.
type Report struct {
	Schema   string    `json:"schema"`
	Tool     Tool      `json:"tool"`
	Command  string    `json:"command"`
	Exit     int       `json:"exit"`
	Complete bool      `json:"complete"`
	Run      Run       `json:"run"`
	Summary  *Summary  `json:"summary,omitempty"` // of a run over many targets
	Subjects []Subject `json:"subjects"`

	Catalogue []Page `json:"-"` // every check, for the formats that list them
}

// Tool is the program that made the report.
type Tool struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

// Run is where and when the report was made.
type Run struct {
	Started     time.Time     `json:"started"` // with the local zone
	Took        time.Duration `json:"took_ns"`
	CommandLine string        `json:"command_line"` // without secrets
	Here        evidence.Here `json:"here"`
	FailOn      string        `json:"fail_on"`
	Config      string        `json:"config,omitempty"`   // the project file that was used
	Recorded    string        `json:"recorded,omitempty"` // of evidence that is judged again: by which version, on which command
}

// Subject is one thing looked at.
type Subject struct {
	Kind        string      `json:"kind"` // "endpoint", "settings", "error-text" or "resend"
	Name        string      `json:"name"` // "smtp.example.org:587"
	Recommended bool        `json:"recommended,omitempty"`
	Verdict     string      `json:"verdict"` // one line, no full stop
	Healthy     bool        `json:"healthy"` // no finding of severity error or warning
	Cut         string      `json:"cut,omitempty"`
	As          target.Mode `json:"as,omitempty"`
	Endpoint    *Endpoint   `json:"endpoint,omitempty"`
	Use         *Use        `json:"use,omitempty"`
	Settings    *Settings   `json:"settings,omitempty"`
	Resend      *Resend     `json:"resend,omitempty"`
	Context     *Context    `json:"context,omitempty"`
	Message     *Message    `json:"message,omitempty"`
	Findings    []Finding   `json:"findings"`
	Next        []string    `json:"next,omitempty"` // commands that prove or settle the findings
	Changes     []Change    `json:"changes,omitempty"`
	Corrected   []Corrected `json:"corrected,omitempty"`
	Outcomes    []Outcome   `json:"outcomes"`

	Sessions []evidence.Session `json:"sessions,omitempty"` // the transcript
	Lookups  []evidence.Lookup  `json:"lookups,omitempty"`
}

// Settings is one channel of an application's mail settings, as the application
// reads them.
type Settings struct {
	Dialect     string      `json:"dialect,omitempty"`
	App         string      `json:"app,omitempty"` // its name for people
	AppVersion  string      `json:"app_version,omitempty"`
	File        string      `json:"file,omitempty"`
	Scope       string      `json:"scope,omitempty"` // service of a compose file, account, team
	Channel     string      `json:"channel,omitempty"`
	InForce     bool        `json:"in_force"`
	Idle        string      `json:"idle,omitempty"` // why it is not in force
	Host        string      `json:"host,omitempty"`
	Port        uint16      `json:"port,omitempty"`
	Mode        target.Mode `json:"mode,omitempty"`
	Says        string      `json:"says,omitempty"` // the switches that make the mode, as the files have them
	Username    string      `json:"username,omitempty"`
	PasswordSet bool        `json:"password_set"`
	APIKeySet   bool        `json:"api_key_set,omitempty"`
	From        string      `json:"from,omitempty"`
	Provider    string      `json:"provider,omitempty"`
	Restart     string      `json:"restart,omitempty"` // what to do for a change to be read
}

// Change is one line of a correction. Secrets stand as <kept>.
type Change struct {
	File string `json:"file"`
	Line int    `json:"line,omitempty"`
	Key  string `json:"key"`
	Old  string `json:"old"`
	New  string `json:"new"`
	Hide bool   `json:"-"` // the line holds a secret
}

// Corrected is a whole file as it should be. Secrets stand as <kept>.
type Corrected struct {
	File string   `json:"file"`
	Text string   `json:"text"`
	Diff []string `json:"-"` // the lines that differ, with - and + before them
}

// Context is what an error text gives away about the client and the server.
type Context struct {
	Stack    string      `json:"stack,omitempty"`    // library that speaks, such as "php-symfony-mailer"
	Provider string      `json:"provider,omitempty"` // provider id
	Host     string      `json:"host,omitempty"`
	Port     uint16      `json:"port,omitempty"`
	Mode     target.Mode `json:"client_mode,omitempty"` // how the client is set
}

// Endpoint is a server as it was seen; the first address that answers speaks.
type Endpoint struct {
	Host             string       `json:"host"`
	Port             uint16       `json:"port"`
	Provider         string       `json:"provider,omitempty"` // provider id
	Reach            string       `json:"reach"`              // open, refused, filtered, unresolved, unreachable, closed, reset, silent
	Protocol         string       `json:"protocol,omitempty"`
	Mode             target.Mode  `json:"mode,omitempty"` // implicit, starttls, cleartext, unknown
	STARTTLSRequired *bool        `json:"starttls_required,omitempty"`
	Addresses        []Address    `json:"addresses"`
	Greeting         string       `json:"greeting,omitempty"`
	SizeLimit        int64        `json:"size_limit,omitempty"` // bytes; left out when not announced or without limit
	TLS              *TLS         `json:"tls,omitempty"`
	Capabilities     Capabilities `json:"capabilities"`
	Auth             Auth         `json:"auth"`
	Envelope         *Envelope    `json:"envelope,omitempty"`
	Delivery         *Delivery    `json:"delivery,omitempty"`
	Clients          []Client     `json:"clients"`
	Timing           Timing       `json:"timing_ms"`
	Connections      int          `json:"connections"`
}

// Address is one IP address of the host.
type Address struct {
	IP          string      `json:"ip"`
	Family      string      `json:"family"`
	Result      string      `json:"result"` // as Endpoint.Reach
	ConnectMS   *float64    `json:"connect_ms,omitempty"`
	Mode        target.Mode `json:"mode,omitempty"`
	Certificate string      `json:"certificate,omitempty"` // certificate status
	Source      string      `json:"source,omitempty"`      // hosts, dns, connect-to, literal
}

// TLS is what was negotiated and what else was tried.
type TLS struct {
	Versions       []string     `json:"versions"`        // accepted
	VersionsTested []string     `json:"versions_tested"` // tried
	Negotiated     string       `json:"negotiated,omitempty"`
	Cipher         string       `json:"cipher,omitempty"`
	Group          string       `json:"group,omitempty"`
	ClientCert     string       `json:"client_cert,omitempty"`
	Certificate    *Certificate `json:"certificate,omitempty"`
}

// Certificate is the server's leaf. Status is the first that holds of the
// contract's list; Problems lists all that hold.
type Certificate struct {
	Status    string    `json:"status"`
	Problems  []string  `json:"problems"`
	Subject   string    `json:"subject,omitempty"`
	Names     []string  `json:"names"`
	Issuer    string    `json:"issuer,omitempty"`
	NotBefore time.Time `json:"not_before,omitzero"`
	NotAfter  time.Time `json:"not_after,omitzero"`
	DaysLeft  *int      `json:"days_left,omitempty"`
	Key       string    `json:"key,omitempty"`
	Signature string    `json:"signature,omitempty"`
	SHA256    string    `json:"sha256,omitempty"`
}

// Capabilities are the EHLO lines, cleaned.
type Capabilities struct {
	BeforeTLS []string `json:"before_tls"`
	AfterTLS  []string `json:"after_tls"`
}

// Auth is the login offered, and what became of one.
type Auth struct {
	BeforeTLS []string `json:"before_tls"` // SASL mechanisms, upper case
	AfterTLS  []string `json:"after_tls"`
	Login     string   `json:"login"`               // not-tried, accepted, refused, unknown (tried, without a verdict)
	Mechanism string   `json:"mechanism,omitempty"` // of the attempt that decided
	Reply     string   `json:"reply,omitempty"`     // the server's last to that attempt
	Why       string   `json:"why,omitempty"`       // why none was tried, though one was asked for, or has no verdict
}

// Envelope is what the server said to sender and recipients. Its results are
// not-tried, accepted, deferred, refused and unknown.
type Envelope struct {
	From       string      `json:"from"` // "" is the null reverse-path
	Result     string      `json:"result"`
	Reply      string      `json:"reply,omitempty"`
	Recipients []Recipient `json:"recipients"`
	Proves     string      `json:"proves"` // in one sentence, what this shows and what not
}

// Recipient is one address that mail was to go to.
type Recipient struct {
	To     string `json:"to"`
	Result string `json:"result"`
	Reply  string `json:"reply,omitempty"`
}

// Message is a real message that was sent, or would be.
type Message struct {
	Via       string   `json:"via"` // smtp, resend
	From      string   `json:"from"`
	To        []string `json:"to"`
	MessageID string   `json:"message_id,omitempty"` // without angle brackets
	Run       string   `json:"run"`                  // X-Maildoctor-Run, and in the text
	Subject   string   `json:"subject,omitempty"`
	File      string   `json:"file,omitempty"`    // it was read from
	Size      int64    `json:"size"`              // bytes
	HidBcc    bool     `json:"hid_bcc,omitempty"` // a Bcc field of the file was taken out
	DryRun    bool     `json:"dry_run,omitempty"`
	Text      string   `json:"text,omitempty"` // of a dry run
}

// Delivery is what the server said to a message.
type Delivery struct {
	Result    string `json:"result"`             // accepted, deferred, refused, unknown
	QueueID   string `json:"queue_id,omitempty"` // under which the server keeps it
	Reply     string `json:"reply,omitempty"`
	MessageID string `json:"message_id,omitempty"`
}

// Client says what a client that is set to Mode would meet here.
type Client struct {
	Mode   target.Mode `json:"mode"`
	Result string      `json:"result"` // works, fails, unknown, works-unencrypted
	Proof  string      `json:"proof"`  // "seen" when such a session was held, "derived" when it follows from others
	Detail string      `json:"detail"` // one line
	Says   []string    `json:"says"`   // the words its stack prints
}

// Timing is the main session by phase, in milliseconds.
type Timing struct {
	DNS      *float64 `json:"dns,omitempty"`
	Connect  *float64 `json:"connect,omitempty"`
	Greeting *float64 `json:"greeting,omitempty"`
	TLS      *float64 `json:"tls,omitempty"`
	Mode     *float64 `json:"mode,omitempty"` // from the start until the mode was known
	Total    float64  `json:"total"`
}

// Use is the block "Use these settings".
type Use struct {
	Host       string      `json:"host"`
	Port       uint16      `json:"port"`
	Mode       target.Mode `json:"mode"`
	Proof      string      `json:"proof"`              // "tried: works", or "not tried"
	Username   string      `json:"username,omitempty"` // convention, from the provider table
	Password   string      `json:"password,omitempty"` // kind of secret, never a value
	Source     string      `json:"source,omitempty"`   // where the convention is documented
	Unverified bool        `json:"unverified,omitempty"`
	Apps       []App       `json:"apps"`
}

// App is how one application writes these settings.
type App struct {
	Name  string   `json:"name"`
	Lines []string `json:"lines"`
}

// Finding is one cause, with its evidence and remedy.
type Finding struct {
	ID         string   `json:"id"`
	Severity   Severity `json:"severity"`
	Confidence float64  `json:"confidence"` // 0 to 1
	Summary    string   `json:"summary"`    // fits 100 columns, no full stop
	Detail     string   `json:"detail,omitempty"`
	Fix        []string `json:"fix"`
	Try        []Trial  `json:"try"`
	Evidence   []Quote  `json:"evidence"`
	Source     *Origin  `json:"source,omitempty"`
	URL        string   `json:"url"`

	Fingerprint string  `json:"fingerprint,omitempty"` // tells it again in the next run
	Waived      *Waiver `json:"waived,omitempty"`      // why it does not count
	At          *Place  `json:"-"`                     // where in the repository to point; nil: nowhere
}

// ExpectationMissed is the check whose findings are no cause, but a difference from
// what was asked for.
const ExpectationMissed = "expectation-missed"

// WorstFirst orders findings: the worst first, then the most certain; of those alike
// a missed expectation last, since the others say why.
func WorstFirst(a, b Finding) int {
	missed := func(f Finding) int {
		if f.ID == ExpectationMissed {
			return 1
		}
		return 0
	}
	return cmp.Or(cmp.Compare(b.Severity.Rank(), a.Severity.Rank()), cmp.Compare(missed(a), missed(b)), cmp.Compare(b.Confidence, a.Confidence))
}

// Counts reports whether a finding makes a run fail: it is as bad as failOn (a
// severity, or "never"), and nobody waived it.
func (f Finding) Counts(failOn string) bool {
	least := Severity(failOn).Rank()
	return f.Waived == nil && least > 0 && f.Severity.Rank() >= least
}

// Waiver says why a finding does not count.
type Waiver struct {
	By     string `json:"by"`   // "baseline" or "project"
	File   string `json:"file"` // that says so
	Reason string `json:"reason,omitempty"`
	Until  string `json:"until,omitempty"` // the last day on which it holds, "2027-03-31"
}

// By what a finding is waived.
const (
	ByProject  = "project"  // a rule of the project file
	ByBaseline = "baseline" // it was there when the baseline was written
)

// Place is a line of a file of the repository.
type Place struct {
	File   string // from the root of the repository, with slashes
	Line   int    // from 1; 0: the whole file
	Column int    // from 1; 0: the whole line
}

// Trial is a remedy and what came of it.
type Trial struct {
	Host    string      `json:"host"`
	Port    uint16      `json:"port"`
	Mode    target.Mode `json:"mode"`
	Result  string      `json:"result"`            // works, fails, not-tried
	Detail  string      `json:"detail,omitempty"`  // why it fails
	Session int         `json:"session,omitempty"` // the session that tried it
}

// The results of a Trial.
const (
	Works    = "works"
	Fails    = "fails"
	NotTried = "not-tried"
)

// Quote is a piece of evidence in the server's own words.
type Quote struct {
	From  string `json:"from"` // "session 1, greeting"
	Text  string `json:"text"`
	Match string `json:"match,omitempty"` // the words of Text that tell
}

// Origin is where a setting came from.
type Origin struct {
	File   string `json:"file"`
	Line   int    `json:"line,omitempty"`
	Column int    `json:"column,omitempty"`
	Key    string `json:"key,omitempty"`
}

// Status is what became of one check.
type Status string

// The statuses. What could not be looked at is not-run, never passed.
const (
	Passed Status = "passed"
	Found  Status = "found"
	NotRun Status = "not-run"
)

// Outcome is what became of one check; every subject has one for every check.
type Outcome struct {
	Check  string `json:"check"`
	Status Status `json:"status"`
	Reason string `json:"reason,omitempty"` // why it was not run
}

// Page is what the catalogue says about one check: the text of explain and of
// CHECKS.md. Seen, Why and Tell are paragraphs, Fix are steps, Refs are RFC
// sections and addresses, Words are what client libraries print.
type Page struct {
	ID       string   `json:"id"`
	Title    string   `json:"title"`
	Severity Severity `json:"severity"` // the usual one; a finding may be milder
	Seen     string   `json:"seen"`
	Why      string   `json:"why"`
	Fix      []string `json:"fix"`
	Tell     string   `json:"tell"`
	Refs     []string `json:"refs"`
	Words    []string `json:"words"`
	URL      string   `json:"url"`
}
