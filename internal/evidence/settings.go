package evidence

import "github.com/maildoctor/maildoctor/internal/target"

// Settings is one channel of an application's mail settings, as that
// application reads them: what is in force, where it stands, and what the
// dialect has to say of it. It holds no password and no key.
type Settings struct {
	Dialect    string   `json:"dialect"`               // id of the dialect
	App        string   `json:"app"`                   // its name for people
	AppVersion string   `json:"app_version,omitempty"` // empty: not known, read as the newest
	File       string   `json:"file,omitempty"`        // the file that holds most of it
	Files      []string `json:"files,omitempty"`       // every file that was read, in the order in which later ones win
	Scope      string   `json:"scope,omitempty"`       // service or section of the file
	Channel    string   `json:"channel"`               // "smtp", "resend", "api", "sendmail", "log", "none"
	Name       string   `json:"name,omitempty"`        // what the application calls it, where it has several
	InForce    bool     `json:"in_force"`
	Idle       string   `json:"idle,omitempty"` // why it is not in force

	Driver   Setting  `json:"driver,omitzero"`
	Host     Setting  `json:"host,omitzero"`
	Port     Setting  `json:"port,omitzero"`
	User     Setting  `json:"user,omitzero"`
	From     Setting  `json:"from,omitzero"`
	HELO     Setting  `json:"helo,omitzero"`
	Password Secret   `json:"password,omitzero"`
	APIKey   Secret   `json:"api_key,omitzero"`
	KeyInUse bool     `json:"key_in_use,omitempty"` // the API key is the password of the channel in force, too
	Login    string   `json:"login,omitempty"`      // "off" where the application is told not to log in
	Mode     Mode     `json:"mode,omitzero"`
	Remarks  []Remark `json:"remarks,omitempty"` // worst first is not promised
	Ranges   []Range  `json:"ranges,omitempty"`  // what other releases make of the same settings, where the release is not known
	Want     *Want    `json:"want,omitempty"`    // what to change; nil where nothing is or nobody knows
	Restart  string   `json:"restart,omitempty"` // what to do for a change to be read
	Doubt    bool     `json:"doubt,omitempty"`   // what this dialect says is from memory
	Guessed  bool     `json:"guessed,omitempty"` // the dialect was told by the text, not named
}

// Setting is one value with its place.
type Setting struct {
	V       string `json:"v,omitempty"`
	From    Origin `json:"from,omitzero"`
	Default bool   `json:"default,omitempty"` // not set: what the application takes then
	Unknown bool   `json:"unknown,omitempty"` // set by what cannot be read here: code, an environment elsewhere
}

// Secret says of a secret what may be said.
type Secret struct {
	Set         bool   `json:"set,omitempty"`
	From        Origin `json:"from,omitzero"`
	Placeholder bool   `json:"placeholder,omitempty"` // an example's value
	Kind        string `json:"kind,omitempty"`        // what its shape says that it is, where that tells
	Wrong       string `json:"wrong,omitempty"`       // what it is instead of what this provider wants
	Unknown     bool   `json:"unknown,omitempty"`     // set elsewhere
	Prefix      string `json:"prefix,omitempty"`      // the public prefix of a Resend key
}

// Mode is how the client comes to TLS, and what makes it so.
type Mode struct {
	Is      target.Mode `json:"is,omitempty"`      // unknown where a switch cannot be read
	Keys    []Origin    `json:"keys,omitempty"`    // the switches that were read, set ones first
	ByPort  bool        `json:"by_port,omitempty"` // it follows from the number of the port alone
	Refuses string      `json:"refuses,omitempty"` // what the application says where it does not start with these switches
	Twice   bool        `json:"twice,omitempty"`   // STARTTLS is asked for inside implicit TLS, which no server offers
	Says    string      `json:"says,omitempty"`    // the switches in words: "MAIL_SCHEME=smtps"
	Why     string      `json:"why,omitempty"`     // what makes them mean that, in sentences, where it is not plain
}

// Origin is where a setting stands.
type Origin struct {
	File   string `json:"file,omitempty"`
	Line   int    `json:"line,omitempty"`
	Column int    `json:"column,omitempty"`
	Key    string `json:"key,omitempty"`
}

// Remark is what a dialect, or the reader of its files, says of a setting: a
// fact about that application. Check is the id of the catalogue's entry that it
// belongs to.
type Remark struct {
	Check    string   `json:"check"`
	Severity string   `json:"severity,omitempty"` // of the finding, where it is not the check's own
	From     Origin   `json:"from,omitzero"`
	Summary  string   `json:"summary"`
	Detail   string   `json:"detail,omitempty"`
	Fix      []string `json:"fix,omitempty"`
	Quote    string   `json:"quote,omitempty"` // the setting as it stands, without secrets
	Sure     float64  `json:"sure,omitempty"`  // confidence; 0: that of the check
}

// Range is what the releases of a range make of the switches.
type Range struct {
	Releases string      `json:"releases"` // "before 11.36", "11.35.0 only"
	Mode     target.Mode `json:"mode,omitempty"`
	Refuses  string      `json:"refuses,omitempty"`
}

// Want is the endpoint that the settings should name.
type Want struct {
	Host  string      `json:"host,omitempty"`
	Port  uint16      `json:"port"`
	Mode  target.Mode `json:"mode"`
	Steps []string    `json:"steps"` // what to change, in the words of the dialect
}

// Proof is what was seen of a server, in the words of those who correct settings:
// ports of a host that work in a mode, and ports that do not.
type Proof struct {
	Host  string
	Works []Tried
	Fails []Tried // with no mode: in none
}

// Tried is one endpoint that was tried.
type Tried struct {
	Port uint16
	Mode target.Mode
}
