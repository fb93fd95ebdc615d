// Package conf reads the texts that applications keep their settings in: every
// value with its place, as that kind of file is read by those who read it, and
// what such a reader makes of values that were meant otherwise. It edits a text
// in place and keeps all else byte for byte. It knows no application, opens
// nothing and evaluates nothing.
package conf

import (
	"fmt"
	"strings"
)

// Kind is a kind of text.
type Kind string

// The kinds. Env stands for environment variables in whatever text hands them
// over; Detect tells which form it is.
const (
	Dotenv     Kind = "dotenv"     // KEY=value lines, in one of the flavours
	EnvList    Kind = "env-list"   // the environment of a compose file, pod or task: lists or maps below a service, or a fragment of one
	Command    Kind = "command"    // docker run -e, export, occ, magento config:set
	INI        Kind = "ini"        // [section] and key = value
	Properties Kind = "properties" // Java properties
	YAML       Kind = "yaml"
	TOML       Kind = "toml"
	JSON       Kind = "json"  // whole files and fragments, comments and trailing commas tolerated
	Code       Kind = "code"  // literals in PHP, JavaScript, Python, Ruby, Elixir, Go, Groovy, HOCON
	Words      Kind = "words" // KEY VALUE or KEY = VALUE lines: msmtp, Postfix, sSMTP, Exim, Proxmox
)

// Flavour is the reader among those of one kind: they differ in quotes, comments
// and escapes.
type Flavour string

// The flavours.
const (
	Usual Flavour = "" // the most common reader of the kind

	PHPDotenv    Flavour = "phpdotenv" // vlucas/phpdotenv (Laravel)
	SymfonyEnv   Flavour = "symfony-dotenv"
	NodeDotenv   Flavour = "node-dotenv"   // npm dotenv
	RubyDotenv   Flavour = "ruby-dotenv"   // the gem
	PythonDotenv Flavour = "python-dotenv" // python-dotenv, django-environ
	EnvFile      Flavour = "env-file"      // docker --env-file: no quotes, no comments behind values
	ComposeEnv   Flavour = "compose-env"   // env_file and .env of docker compose
	Shell        Flavour = "shell"         // sourced by a shell

	GoINI        Flavour = "go-ini"       // gopkg.in/ini: Gitea (backticks), Grafana (triple quotes)
	ConfigParser Flavour = "configparser" // Python: Odoo, Airflow (% is an escape there)

	PHP    Flavour = "php"
	JS     Flavour = "js"
	Python Flavour = "python"
	Ruby   Flavour = "ruby"
	Elixir Flavour = "elixir"
	Go     Flavour = "go"
	Groovy Flavour = "groovy"
	HOCON  Flavour = "hocon"

	JSONC Flavour = "jsonc" // with comments, and commas behind last elements (.NET)

	Postfix Flavour = "postfix" // name = value, continued by leading blanks
	MSMTP   Flavour = "msmtp"   // name value, or name = value
	SSMTP   Flavour = "ssmtp"   // name=value
	Debconf Flavour = "debconf" // name='value': update-exim4.conf.conf
	Proxmox Flavour = "proxmox" // "smtp: NAME" sections with indented name value lines
)

// Type is what a value is to its reader.
type Type string

// The types. An Expr is code that is not a literal: its value is not known.
const (
	String Type = "string"
	Number Type = "number"
	Bool   Type = "bool"
	Null   Type = "null"
	Expr   Type = "expr"
	Branch Type = "branch" // has children and no value of its own
)

// Entry is one key with its value.
type Entry struct {
	// Key is the whole path, components joined by dots as Path joins them:
	// "MAIL_HOST", "mailer.SMTP_ADDR", "receivers.0.email_configs.0.smarthost",
	// "mailers.smtp.host". The index of a list element counts from 0.
	Key   string
	Value string // as the reader of this kind takes it, quotes and escapes undone; of an Expr, the code
	Type  Type
	Quote string // the quote that it stands in: `"`, `'`, "`", `"""`, "|" for a YAML block; "" for none

	// Env is the environment variable that an Expr reads, where it is just that
	// (env('X', d), process.env.X, os.getenv("X"), ENV["X"], ${X:-d}), and
	// Value then its default, with Type Expr. Convert is what the expression
	// makes of the variable: "" nothing (a string stays a string), "bool",
	// "int", "compare" (== "true") or "other".
	Env     string
	Convert string

	Line, Column int    // of the key, from 1; column in characters
	Off          bool   // commented out: not in force
	Scope        string // the service, pod, task or section that it belongs to, where a text has several; see Text.Scopes

	// Quirks are what the reader made of the value that its writer may not have meant.
	Quirks []Quirk

	key, value, whole span // of the text; whole is what Remove takes out
}

// Quirk is a value that reads otherwise than it looks.
type Quirk struct {
	Kind QuirkKind
	Text string // what happens to it, for people; never holds the value
	Fix  string // the raw text, quotes included, that this reader would read as it looks; "" when there is none. Never shown.
}

// QuirkKind sorts quirks.
type QuirkKind string

// The kinds of quirks.
const (
	CutAtHash     QuirkKind = "cut-at-hash"    // an unquoted # began a comment
	KeptQuotes    QuirkKind = "kept-quotes"    // the quotes are part of the value
	KeptHash      QuirkKind = "kept-comment"   // what looks like a comment is part of the value
	SmartQuotes   QuirkKind = "smart-quotes"   // curly quotes are part of the value
	LeadingBlank  QuirkKind = "leading-blank"  // blanks at the beginning are part of the value
	TrailingBlank QuirkKind = "trailing-blank" // blanks or a CR at the end are part of the value
	Expanded      QuirkKind = "expanded"       // $ began a variable
	Unresolved    QuirkKind = "unresolved"     // a variable that has no value here
	Unclosed      QuirkKind = "unclosed-quote" // a quote was not closed
	Escaped       QuirkKind = "escaped"        // a backslash or % was taken for an escape
	InvisibleChar QuirkKind = "invisible"      // no-break space, zero-width or control character
	NotTheType    QuirkKind = "other-type"     // YAML made it a bool, a number or null
	Duplicate     QuirkKind = "duplicate"      // the key stands again below; that one counts
	BadSyntax     QuirkKind = "bad-syntax"     // the reader refuses the line or the file
)

// Scope is a part of a text that belongs to one process: a service of a compose
// file, a container of a pod.
type Scope struct {
	Name     string
	Image    string   // with its tag, where one is given
	EnvFiles []string // files that are read into its environment
	Line     int
}

// Text is a text that was read.
type Text struct {
	Kind    Kind
	Flavour Flavour
	Raw     string
	Entries []Entry // in the order of the text, those that are off among them
	Scopes  []Scope // none where all belongs to one
	Broken  string  // why the reader of this kind refuses the whole text, with a line; "" when it does not. Entries may hold what could be read all the same. Never quotes a value.
}

// span is a stretch of Raw, the end not included. Its zero value is none.
type span struct{ from, to int }

func (s span) len() int { return s.to - s.from }

// parsers is the table of kinds.
var parsers = map[Kind]struct {
	parse func(raw string, f Flavour) *Text
	// write returns the raw form of a value, in the style of the entry that it
	// replaces or stands beside (its quote, its separator).
	write func(t *Text, value string, typ Type, like Entry) string
	// line returns a new entry, to stand right behind like (or, where like is
	// the zero Entry, at the end), and the place to put it in.
	line func(t *Text, key, value string, typ Type, like Entry) (at int, text string)
}{
	Dotenv:     {parseDotenv, writeDotenv, lineDotenv},
	EnvList:    {parseEnvList, writeEnvList, lineEnvList},
	Command:    {parseCommand, writeCommand, lineCommand},
	INI:        {parseINI, writeINI, lineINI},
	Properties: {parseProperties, writeProperties, lineProperties},
	YAML:       {parseYAML, writeYAML, lineYAML},
	TOML:       {parseTOML, writeTOML, lineTOML},
	JSON:       {parseJSON, writeJSON, lineJSON},
	Code:       {parseCode, writeCode, lineCode},
	Words:      {parseWords, writeWords, lineWords},
	Value:      {parseValue, writeValue, lineValue},
	SQL:        {parseSQL, writeSQL, lineSQL},
}

// Parse reads raw. It accepts anything: what cannot be read leaves Broken or a
// quirk, and never panics. The cost is linear in the length.
func Parse(raw string, k Kind, f Flavour) *Text {
	p, ok := parsers[k]
	if !ok {
		return &Text{Kind: k, Flavour: f, Raw: raw, Broken: fmt.Sprintf("there is no reader for %q", k)}
	}
	t := p.parse(raw, f)
	t.Kind, t.Flavour, t.Raw = k, f, raw
	return t
}

// Last is the entry in force with this very key in a scope: the last one that
// is not off.
func (t *Text) Last(key, scope string) (Entry, bool) {
	for i := len(t.Entries) - 1; i >= 0; i-- {
		if e := t.Entries[i]; e.Key == key && !e.Off && e.Scope == scope {
			return e, true
		}
	}
	return Entry{}, false
}

// Join joins the components of a path.
func Join(parts ...string) string { return strings.Join(parts, ".") }
