package conf

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// hashRule says where a # begins a comment behind a value without quotes.
type hashRule int

const (
	hashCuts       hashRule = iota // anywhere
	hashAfterBlank                 // behind a blank
	hashNever
)

// dotenvRules is what sets the readers of .env files apart.
type dotenvRules struct {
	quotes  string // that a value can stand in
	hash    hashRule
	export  bool   // "export " before the name
	blanks  bool   // blanks around the =
	colon   bool   // KEY: value
	alone   bool   // KEY without a value means something
	anyName bool   // all up to the = is the name
	strict  bool   // a line that cannot be read fails the file
	marks   string // beside letters, digits and _ in names
	solid   bool   // a value without quotes holds no blanks

	// The escapes in each kind of quotes, and without.
	double, single, bare escapes
	// The quotes in which a $ counts; "-" for none.
	dollarIn string
	dollar   dollarRule
}

func rulesOf(f Flavour) dotenvRules {
	switch f {
	case PHPDotenv: // 5.6: src/Parser/EntryParser.php
		return dotenvRules{quotes: `"'`, export: true, blanks: true, alone: true, strict: true, marks: ".", solid: true,
			double: escapes{plain: `"\$`, letters: "fnrtv", other: refuseEscape}, dollarIn: `"-`, dollar: dollarBraced}
	case SymfonyEnv: // src/Symfony/Component/Dotenv/Dotenv.php
		return dotenvRules{quotes: `"'`, hash: hashAfterBlank, export: true, strict: true, solid: true, marks: ".",
			double: escapes{plain: `"\$`, letters: "nr", other: keepEscape}, dollarIn: `"-`, dollar: dollarCompose}
	case NodeDotenv: // 17: lib/main.js
		return dotenvRules{quotes: "\"'`", export: true, blanks: true, colon: true, marks: ".-",
			double: escapes{letters: "nr", other: keepEscape}}
	case RubyDotenv: // 3: lib/dotenv/parser.rb
		return dotenvRules{quotes: `"'`, export: true, blanks: true, colon: true, marks: ".",
			double: escapes{kept: "nr", other: dropEscape}, bare: escapes{other: dropEscape}, dollarIn: `"-`, dollar: dollarRuby}
	case PythonDotenv: // 1.1: src/dotenv/parser.py, variables.py
		return dotenvRules{quotes: `"'`, hash: hashAfterBlank, export: true, blanks: true, alone: true, marks: ".-:[]/@",
			double: escapes{plain: `"'\`, letters: "abfnrtv", other: keepEscape}, single: escapes{plain: `'\`, other: keepEscape},
			dollarIn: `"'-`, dollar: dollarPython}
	case ComposeEnv: // compose-go 2: dotenv/parser.go
		return dotenvRules{quotes: `"'`, hash: hashAfterBlank, export: true, blanks: true, colon: true, alone: true, strict: true, marks: ".-[]",
			double: escapes{plain: `"\$`, letters: "abfnrtv", other: keepEscape}, single: escapes{plain: `'`, other: keepEscape},
			dollarIn: `"-`, dollar: dollarCompose}
	case EnvFile: // docker/cli: pkg/kvfile
		return dotenvRules{hash: hashNever, alone: true, anyName: true, strict: true}
	case Shell:
		return dotenvRules{quotes: `"'`, hash: hashAfterBlank, export: true, solid: true}
	}
	return dotenvRules{quotes: "\"'`", export: true, blanks: true, marks: ".-",
		double: escapes{plain: `"\$`, letters: "fnrtv", other: keepEscape}, dollarIn: `"-`, dollar: dollarBraced}
}

// inName reports whether the character that s begins with belongs to a name.
func (r *dotenvRules) inName(s string) bool {
	c, _ := utf8.DecodeRuneInString(s)
	return c == '_' || unicode.IsLetter(c) || unicode.IsDigit(c) || !utf8.RuneStart(s[0]) || strings.ContainsRune(r.marks, c)
}

// escapesIn is the escapes of a value in a quote.
func (r *dotenvRules) escapesIn(quote string) escapes {
	switch quote {
	case `"`:
		return r.double
	case `'`:
		return r.single
	case "":
		return r.bare
	}
	return escapes{}
}

// dollarsIn is the rule for $ in a quote.
func (r *dotenvRules) dollarsIn(quote string) dollarRule {
	if quote == "" {
		quote = "-"
	}
	if strings.Contains(r.dollarIn, quote) {
		return r.dollar
	}
	return dollarPlain
}

// skipsEscaped reports whether a backslash before the quote keeps it from closing
// the value.
func (r *dotenvRules) skipsEscaped(f Flavour, quote byte) bool {
	switch f {
	case NodeDotenv, RubyDotenv, PythonDotenv, ComposeEnv:
		return true
	}
	return quote == '"'
}
