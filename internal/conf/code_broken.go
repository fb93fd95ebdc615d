package conf

import (
	"fmt"
	"regexp"
	"strings"
)

// beginnings are how a whole file begins, its comments aside, in the languages
// whose strings and brackets are told apart for sure.
var beginnings = map[Flavour]*regexp.Regexp{
	PHP:    regexp.MustCompile(`^\x{feff}?\s*<\?php\s`),
	JS:     regexp.MustCompile(`^\x{feff}?(?:(?:import|export|const|require|module\.exports)\b|['"]use strict['"])`),
	Python: regexp.MustCompile(`^\x{feff}?(?:(?:import|from)\b|"""|''')`),
	Go:     regexp.MustCompile(`^\x{feff}?package \w`),
}

// leftOut are dots that stand for lines, not those before or behind a name.
var leftOut = regexp.MustCompile(`…|(?m)(?:^|[\s{(\[,;])\.\.\.(?:[\s})\],;*]|$)|(?://|#|\*)[ \t]*\.\.\.`)

// unsure finds the tags of JSX, between which quotes are none, and templates
// within templates.
var unsure = regexp.MustCompile("</|/>|\\$\\{[^}]*`")

// broken says what is not closed in a whole file. A piece of one is never broken:
// it may have been cut anywhere.
func (r *reader) broken() string {
	if !r.wholeFile() {
		return ""
	}
	at, what := r.notClosed()
	if what == "" {
		return ""
	}
	return fmt.Sprintf("line %d: %s is not closed", strings.Count(r.raw[:at], "\n")+1, what)
}

func (r *reader) wholeFile() bool {
	begins, sure := beginnings[r.lang.flavour]
	from := r.toks[0].from
	if r.lang.flavour == PHP {
		from = 0 // the tokens begin behind the tag
	}
	if !sure || !begins.MatchString(r.raw[from:]) || leftOut.MatchString(r.raw) {
		return false
	}
	return r.lang.flavour != JS || !unsure.MatchString(r.raw)
}

// notClosed is the first string that nothing closes, else the first bracket: an
// open string swallows what closes the brackets.
func (r *reader) notClosed() (at int, what string) {
	for _, t := range r.toks {
		if t.kind == tStr && t.shut == 0 {
			return t.from, "a string"
		}
	}
	for _, t := range r.toks {
		if t.kind != tOpen {
			continue
		}
		open, end := r.raw[t.from], r.toks[t.match]
		if end.kind != tClose || r.raw[end.from] != closer(open) {
			return t.from, "a " + string(open)
		}
	}
	return 0, ""
}
