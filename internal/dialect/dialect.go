// Package dialect knows applications and libraries that send mail: which keys
// of their settings mean what, which values those keys take, and what a set of
// switches makes the mail client do, by version. It is a table with the engines
// behind it; it reads no file and judges nothing.
package dialect

import (
	"slices"

	"github.com/maildoctor/maildoctor/internal/conf"
	"github.com/maildoctor/maildoctor/internal/target"
)

// Dialect is the settings of one application, or of one mail library as it is
// used in code. The zero Dialect is invalid; rows come from the table and are
// shared: read them, do not write to them.
type Dialect struct {
	ID   string // kebab case, never renamed
	App  string // for people
	Form Form
	Also []Form // other forms that the same settings come in
	Keys []Key
	Mode Engine // what the switches amount to; nil where there is no SMTP
	// Params are what the engine needs to know of this application.
	Params Params

	Marks    []Mark   // how a text is recognised as its own
	Mistaken []Wrong  // names that people write and the application does not read
	Traps    []Trap   // what else goes wrong with it
	Channels Channels // how it chooses among ways to send
	Ranges   []string // releases at which the meaning of the switches changed, oldest first: "9.0.3", "11.35.0"
	Doubt    bool     // from memory: what only this row says is a note, never an error
	ByNames  bool     // a program that nobody knows: what its keys are called says what they are for
	Sources  []string // where the semantics were read
	Restart  string   // what to do for a change to be read, such as "php artisan config:clear"
	Files    []string // names of its files, with * as in path.Match: "app.ini", ".env.production"
	Images   []string // container images, without tag: "n8nio/n8n"
	Packages []string // names in composer.json, package.json, Gemfile.lock, requirements: "laravel/framework"
}

// Form is how the settings are written.
type Form struct {
	Kind    conf.Kind
	Flavour conf.Flavour
}

// The forms that many rows share. Env is environment variables in whatever text
// hands them over.
var (
	Env        = Form{Kind: conf.Dotenv}
	LaravelEnv = Form{conf.Dotenv, conf.PHPDotenv}
	SymfonyEnv = Form{conf.Dotenv, conf.SymfonyEnv}
	YAML       = Form{Kind: conf.YAML}
	JSON       = Form{Kind: conf.JSON}
	JSONC      = Form{Kind: conf.JSON, Flavour: conf.JSONC}
	TOML       = Form{Kind: conf.TOML}
	INI        = Form{Kind: conf.INI}
	GoINI      = Form{conf.INI, conf.GoINI}
	PyINI      = Form{conf.INI, conf.ConfigParser}
	Properties = Form{Kind: conf.Properties}
	PHP        = Form{conf.Code, conf.PHP}
	JS         = Form{conf.Code, conf.JS}
	Python     = Form{conf.Code, conf.Python}
	Ruby       = Form{conf.Code, conf.Ruby}
	Elixir     = Form{conf.Code, conf.Elixir}
	Go         = Form{conf.Code, conf.Go}
	Groovy     = Form{conf.Code, conf.Groovy}
	HOCON      = Form{conf.Code, conf.HOCON}
	Commands   = Form{Kind: conf.Command}
	SQL        = Form{Kind: conf.SQL}
)

// Role is what a key is for.
type Role string

// The roles.
const (
	Host     Role = "host"
	Port     Role = "port"
	HostPort Role = "host:port" // both in one, in the style of Params.HostPort
	URL      Role = "url"       // scheme://user:password@host:port?options
	User     Role = "user"
	Pass     Role = "password"
	UserPass Role = "user:password"
	From     Role = "from"        // an address, or a name with an address
	FromName Role = "from-name"   // no address
	Local    Role = "from-local"  // what stands before the @ of From
	Domain   Role = "from-domain" // what stands behind it
	HELO     Role = "helo"
	Driver   Role = "driver"    // which way to send; see Channels
	Service  Role = "service"   // a preset by name that replaces host and port
	Enabled  Role = "enabled"   // mail is sent at all
	Disabled Role = "disabled"  // mail is not sent
	Login    Role = "login"     // whether to log in, a bool or a mechanism
	Mech     Role = "mechanism" // SASL mechanism, no switch
	APIKey   Role = "api-key"
	Verify   Role = "verify"    // certificates are checked; Words tell, else a bool
	NoVerify Role = "no-verify" // certificates are not checked
	Ciphers  Role = "ciphers"
	Timeout  Role = "timeout" // seconds, unless Params.Millis
	To       Role = "to"
	Known    Role = "known"   // read by the application, no business of ours
	Ignored  Role = "ignored" // not read by it, whatever people think

	// The switches of encryption. An engine reads them.
	Secure  Role = "secure"   // bool: implicit TLS
	Start   Role = "starttls" // bool: STARTTLS (demanded, or if offered: the engine knows)
	Require Role = "require"  // bool: STARTTLS is demanded
	AutoTLS Role = "auto-tls" // bool: STARTTLS if offered
	NoTLS   Role = "no-tls"   // bool: never TLS
	Scheme  Role = "scheme"   // a word: what Words make of it
	Level   Role = "level"    // a second word
	Factory Role = "factory"  // Java's socket factory
)

// Switch reports whether a role is a switch of encryption.
func (r Role) Switch() bool {
	return slices.Contains([]Role{Secure, Start, Require, AutoTLS, NoTLS, Scheme, Level, Factory}, r)
}

// Secret reports whether a value of this role is a secret.
func (r Role) Secret() bool { return r == Pass || r == APIKey || r == UserPass }

// Key is one setting of an application.
type Key struct {
	Name string   // as the application documents it: "MAIL_PORT", "mailer.SMTP_PORT"; a suffix of the path is enough
	Also []string // other spellings that are read alike; the environment's form of a file's key among them
	Role Role
	// Default is what the application takes where the key is not set; "" where
	// it takes nothing. A bool is "true" or "false".
	Default string
	Bools   Bools  // how a bool is read; the dialect's where zero
	Words   []Word // the values of Scheme, Level, Driver, Verify; empty: any
	Else    string // what a value that is none of Words counts as: "" is refused, "=" is ignored (Default holds), else the word that it is read as
	Yes, No string // how the bool is written; "" is the dialect's
	Since   string // first release that reads it
	Until   string // first release that does not read it any more
	Old     string // release from which another key is to be used; it is still read. "*": for ever so
	Instead string // the key to use in its place, where Until or Old is set; for Ignored, what to use
	Why     string // for Ignored and Old: a sentence
	Doubt   bool   // from memory
	Must    string // what happens where it is not set though the host is; "" where nothing does
	Avoid   string // a value that is written only where nothing else will do
	Beside  string // it may be added only where that key stands; "-" is never
	// Percents marks a value in which %% stands for one %.
	Percents bool
	// Silent keeps an Ignored key from being remarked on.
	Silent bool
}

// Word is one value of a switch that is a word.
type Word struct {
	V            string      // compared without case, unless Params.Case
	Mode         target.Mode // what it makes of the connection, for engines that go by words
	Swallows     string      // for a Driver: why mail does not go out, such as "writes mail to the log"
	Channel      string      // for a Driver: smtp, resend, api, sendmail, log, failover, none
	Since, Until string
	Why          string // what is wrong with it, where it is taken and something is
	Not          bool   // never written by us
	Bridge       bool   // the scheme of a provider's bridge for Symfony Mailer, which decides on host and port
}

// Bools is how an application reads a bool.
type Bools string

// The readers of bools.
const (
	Usual    Bools = ""          // true, 1, yes, on, t, y and their opposites
	OnlyTrue Bools = "only-true" // the word true alone, in any case; all else is false
	NotFalse Bools = "not-false" // all but the word false is true
	NonEmpty Bools = "non-empty" // any text is true, "false" too
	ZeroOne  Bools = "0-1"       // 0 or 1 alone; all else is refused
	YesNo    Bools = "yes-no"    // yes or no (Postfix, sSMTP)
	OnOff    Bools = "on-off"    // on or off (msmtp)
	Strings  Bools = "strings"   // a JSON string "true"; a JSON true counts for nothing (Keycloak)
	Strict   Bools = "strict"    // a literal of the language; a string is true whatever it says (JavaScript, Python, Ruby)
)

// Params are small differences between applications with one engine.
type Params struct {
	Bools       Bools
	Yes, No     string      // "true" and "false" where empty
	Case        bool        // words are told apart by case
	Implicit    []uint16    // ports that mean implicit TLS by their number alone
	Fixed       target.Mode // the mode, where there is no switch
	DefaultPort string      // where no Port key has a default: by mode, "587/465/25" for starttls/implicit/cleartext
	Millis      bool        // timeouts are in milliseconds
	HostPort    string      // "": host:port; "[]": [host]:port (Postfix); "::": host::port (Exim)
	PlusIsBlank bool        // + in the user part of a URL is a blank
	Bridges     bool        // a URL may have the scheme of a bridge of Symfony Mailer
	NeedsPort   bool        // host:port without a port is refused
	NoVerify    string      // why certificates are not checked whatever is set; "" where they are
	Both        string      // both switches on: "refuse" or "twice"
	BothSince   string      // first release that does so; empty: all
	BothSays    string      // what it prints then
	Schemes     []Word      // for URL: what the scheme means
	Options     []Key       // for URL: what its query knows
}

// Mark is a piece of evidence that a text is of this dialect.
type Mark struct {
	Key   string // a key of the text (suffix of the path, * as in path.Match)
	Value string // with Key: a value (path.Match); alone: text that occurs anywhere
	File  string // base name of the file, * as in path.Match
	Worth int    // points; 10 is as good as certain
}

// Wrong is a name that people write in place of another.
type Wrong struct {
	Name  string // * as in path.Match
	Right string // the key that is read; "" when there is none
	Why   string
	Note  bool // harmless
}

// Trap is something that goes wrong with this application alone.
type Trap struct {
	Check        string // id of the catalogue
	Severity     string // error, warning, note; empty: the check's own
	When         func(Settings) bool
	Key          string // the key that is at fault: it gives the finding its place
	Summary      string
	Detail       string
	Fix          []string
	Set          map[string]string                // keys to be set by the correction; a value of "" removes the key
	Sets         func(Settings) map[string]string // the same, made of what stands there
	Since, Until string
}

// Settings is what a trap may look at.
type Settings interface {
	Get(key string) (value string, set bool) // by the name of the key; set is false for what is commented out or defaulted. "image" is the container image
	Role(r Role) string
	Mode() target.Mode
	Port() uint16
	Has(name string) bool       // any entry of the text with this suffix, known to the dialect or not
	Mentions(text string) bool  // it occurs anywhere in the files, comments among them
	Before(version string) bool // the release is known and older
	VersionKnown() bool
}

// Channels says how an application chooses among ways to send.
type Channels struct {
	// Wins lists keys whose presence puts a channel in force, the strongest
	// first: a Resend key that beats SMTP.
	Wins []Winner
	// Needs is the key without which mail goes nowhere though SMTP is set:
	// "mail__transport" of Ghost.
	Unset string // what happens where no host is set; "" where nothing is known
}

// Winner is a key that decides.
type Winner struct{ Key, Channel, Why string }

// ByID finds a dialect by its id, or by that of an application that reads its
// settings alike.
func ByID(id string) (*Dialect, bool) {
	if row, ok := Aliases[id]; ok {
		id = row
	}
	for _, table := range tables() {
		for i := range table {
			if table[i].ID == id {
				return &table[i], true
			}
		}
	}
	return nil, false
}

// All lists every dialect, in the order of the table.
func All() []*Dialect {
	var all []*Dialect
	for _, table := range tables() {
		for i := range table {
			all = append(all, &table[i])
		}
	}
	return all
}

// KeyOf finds the key with a role that a release reads.
func (d *Dialect) KeyOf(r Role, v Version) (*Key, bool) {
	for i := range d.Keys {
		if k := &d.Keys[i]; k.Role == r && k.Read(v) {
			return k, true
		}
	}
	return nil, false
}

// Read reports whether a release reads the key.
func (k *Key) Read(v Version) bool { return !v.Before(k.Since) && !v.AtLeast(k.Until) }
