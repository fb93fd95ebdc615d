package conf

import (
	"fmt"
	"path"
	"regexp"
	"strings"
)

// parseCommand reads what command lines, Dockerfiles and units set: docker run
// -e, export, ENV, Environment=, fly secrets set, config:set and their like.
func parseCommand(raw string, f Flavour) *Text {
	r := &commandReader{raw: raw, lines: newLines(raw), t: &Text{Kind: Command, Flavour: f, Raw: raw}, vars: &variables{}}
	for at := 0; at < len(raw); {
		at = r.statement(at)
	}
	markDuplicates(r.t)
	for _, w := range r.wants {
		e := &r.t.Entries[w.entry]
		e.Quirks[w.quirk].Fix = commandRaw(r.t, w.value, *e)
	}
	return r.t
}

type commandReader struct {
	raw   string
	lines *lines
	t     *Text
	vars  *variables // what export set
	wants []envWant
	scope string
}

// settingName is a name that settings have: words of a program's own options have
// no capitals.
var settingName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_.-]*$`)

// directive is a line of a Dockerfile or a systemd unit.
var directive = regexp.MustCompile(`^(?i:(ENV)[ \t]|((?:Pass)?Environment(?:File)?)[ \t]*=)`)

// statement reads the command that begins at an offset and returns where the next
// one begins.
func (r *commandReader) statement(at int) int {
	r.scope = ""
	from := envSkip(r.raw, at, len(r.raw), " \t")
	if m := directive.FindStringSubmatchIndex(r.raw[from:]); m != nil {
		return r.directive(from, m)
	}
	words, next := shellWords(r.raw, from)
	r.unclosed(words)
	words = withoutPrompt(words)
	switch c := commandOf(words); {
	case len(words) == 0:
	case c.docker >= 0:
		r.assignments(words[:c.docker], words)
		r.docker(words, c.docker)
	case c.set >= 0:
		r.set(words, c.set)
	default:
		r.assignments(words, words)
	}
	return max(next, at+1)
}

// unclosed notes a quote that is open: a shell waits for more, or reads all that
// follows otherwise.
func (r *commandReader) unclosed(words []shellWord) {
	for _, w := range words {
		if w.unclosed && r.t.Broken == "" {
			n, _ := r.lines.at(w.from)
			r.t.Broken = fmt.Sprintf("line %d: a quote is not closed", n)
		}
	}
}

// withoutPrompt drops the sign of the prompt that was copied along.
func withoutPrompt(words []shellWord) []shellWord {
	for len(words) > 0 && (words[0].text == "$" || words[0].text == ">" || words[0].text == "sudo") {
		words = words[1:]
	}
	return words
}

// commandKind says where in a statement the words begin that make it one.
type commandKind struct{ docker, set int }

// commandOf tells what kind of command the words are.
func commandOf(words []shellWord) commandKind {
	c := commandKind{-1, -1}
	for i, w := range words {
		switch base := path.Base(w.text); {
		case base == "docker" || base == "podman" || base == "nerdctl" || base == "docker-compose":
			c.docker = i
			return c
		case i == 0 && envOption(w.text):
			c.docker = 0
			return c
		case w.text == "config:set" && i > 0 && strings.Contains(words[i-1].text, "magento"),
			w.text == "config:system:set",
			(w.text == "set" || w.text == "update") && i > 1 && path.Base(words[i-2].text) == "wp":
			c.set = i
			return c
		}
	}
	return c
}

// envOption reports whether a word is an option that sets a variable.
func envOption(s string) bool {
	return strings.HasPrefix(s, "-e") && !strings.HasPrefix(s, "-exec") || s == "--env" || strings.HasPrefix(s, "--env=") || strings.HasPrefix(s, "--env-file")
}

// switches are the options of docker run that take no value.
const switches = " --detach --rm --interactive --tty --init --privileged --read-only --publish-all --no-healthcheck --oom-kill-disable --sig-proxy --quiet --replace --no-deps --service-ports "

// docker reads the options of a container that is started, up to its image.
func (r *commandReader) docker(words []shellWord, at int) {
	s := Scope{}
	s.Line, _ = r.lines.at(words[at].from)
	i, first := dockerOptions(words, at), len(r.t.Entries)
	for ; i < len(words); i++ {
		w := words[i]
		value, attached, next := dockerValue(words, i)
		switch {
		case !strings.HasPrefix(w.text, "-"):
			s.Image, i = w.text, len(words)
			continue
		case envOption(w.text) && !strings.HasPrefix(w.text, "--env-file"):
			if value < len(words) {
				r.assignment(words, i, value, attached)
			}
		case strings.HasPrefix(w.text, "--env-file") && value < len(words):
			s.EnvFiles = append(s.EnvFiles, words[value].text[attached:])
		case strings.HasPrefix(w.text, "--name") && value < len(words):
			s.Name = words[value].text[attached:]
		}
		i = next
	}
	for j := first; j < len(r.t.Entries); j++ {
		r.t.Entries[j].Scope = s.Name
	}
	if s.Image != "" || s.Name != "" || s.EnvFiles != nil {
		r.t.Scopes = append(r.t.Scopes, s)
	}
}

// dockerOptions is where the options begin: behind "docker run" and its like.
func dockerOptions(words []shellWord, at int) int {
	if strings.HasPrefix(words[at].text, "-") {
		return at
	}
	i := at + 1
	for i < len(words) && !strings.HasPrefix(words[i].text, "-") {
		i++
		if t := words[i-1].text; t == "run" || t == "create" || t == "exec" || t == "update" {
			break
		}
	}
	return i
}

// dockerValue is the word that holds the value of the option at i, where in it
// the value begins, and the last word that belongs to the option.
func dockerValue(words []shellWord, i int) (value, attached, last int) {
	t := words[i].text
	if n := strings.IndexByte(t, '='); strings.HasPrefix(t, "--") && n > 0 {
		return i, n + 1, i
	}
	if strings.HasPrefix(t, "-e") && len(t) > 2 {
		return i, 2, i
	}
	if strings.Contains(switches, " "+t+" ") || !strings.HasPrefix(t, "--") && strings.Trim(t, "-ditPq") == "" {
		return len(words), 0, i
	}
	return i + 1, 0, i + 1
}

// assignment reads KEY=value in a word; option is the first word that belongs to it.
func (r *commandReader) assignment(words []shellWord, option, i, skipped int) {
	w := words[i]
	eq := strings.IndexByte(w.text[skipped:], '=')
	e := Entry{Type: String}
	if eq >= 0 {
		eq += skipped
	}
	to := eq
	if eq < 0 {
		to = len(w.text)
	}
	if to <= skipped || !settingName.MatchString(w.text[skipped:to]) || w.at[to-1]-w.at[skipped] != to-1-skipped {
		return
	}
	if behind := r.raw[w.at[to-1]+1 : w.to]; eq >= 0 && w.at[eq] != w.at[to-1]+1 || eq < 0 && strings.Trim(behind, `"'`) != "" {
		return
	}
	e.Key, e.key = w.text[skipped:to], span{w.at[skipped], w.at[to-1] + 1}
	e.whole = r.whole(words, option, i)
	r.t.Entries = append(r.t.Entries, Entry{})
	if eq < 0 {
		e.Type, e.value = Null, span{e.key.to, e.key.to}
	} else {
		w.assign(&e, r.raw, eq, r.vars, r.quirk)
		r.looks(&e)
	}
	r.keep(e)
}

// keep puts an entry in the place that was made for it.
func (r *commandReader) keep(e Entry) {
	e.Line, e.Column = r.lines.at(e.key.from)
	r.t.Entries[len(r.t.Entries)-1] = e
}

func (r *commandReader) quirk(e *Entry, k QuirkKind, text, wanted string) {
	e.Quirks = append(e.Quirks, Quirk{Kind: k, Text: text})
	r.wants = append(r.wants, envWant{len(r.t.Entries) - 1, len(e.Quirks) - 1, wanted})
}

// looks notes what a value holds that its writer may not have meant.
func (r *commandReader) looks(e *Entry) {
	if e.Type != String {
		return
	}
	if n := len(e.Value); n > 1 && (e.Value[0] == '"' || e.Value[0] == '\'') && e.Value[n-1] == e.Value[0] {
		r.quirk(e, KeptQuotes, "the inner quotes are part of the value", e.Value[1:n-1])
	}
	for _, l := range looksOf(e.Value, true) {
		r.quirk(e, l.kind, l.text, l.wanted)
	}
}

// whole is what goes with the words from first to last: their lines, where
// nothing else stands on them, or the words and the blank before them.
func (r *commandReader) whole(words []shellWord, first, last int) span {
	from, to := r.lines.line(words[first].from), r.lines.line(words[last].to-1)
	before := strings.TrimSpace(r.raw[from.from:words[first].from])
	after := strings.TrimSpace(r.raw[words[last].to:max(to.to, words[last].to)])
	if before == "" && (after == "" || after == `\`) {
		return span{from.from, to.to}
	}
	if before == "" && last+1 < len(words) {
		return span{words[first].from, words[last+1].from}
	}
	start := words[first].from
	for start > from.from && envBlank(r.raw[start-1]) {
		start--
	}
	return span{start, words[last].to}
}

// assignments reads every KEY=value among the words. Where it is the only one of
// an export, the whole statement goes with it.
func (r *commandReader) assignments(some, words []shellWord) {
	var found []int
	for i, w := range some {
		if n := strings.IndexByte(w.text, '='); n > 0 && settingName.MatchString(w.text[:n]) && (strings.ToLower(w.text[:n]) != w.text[:n] || i == 0 || exporter(words[0].text)) && !strings.HasPrefix(w.text, "-") {
			found = append(found, i)
		}
	}
	for _, i := range found {
		first := i
		if len(found) == 1 && i == len(words)-1 && exporter(words[0].text) {
			first = 0
		}
		r.assignment(words, first, i, 0)
		if n := len(r.t.Entries); n > 0 && exporter(words[0].text) && (r.t.Entries[n-1].Type == String || r.vars.over) {
			r.vars.set(r.t.Entries[n-1].Key, r.t.Entries[n-1].Value)
		}
	}
}

func exporter(s string) bool { return s == "export" || s == "declare" || s == "set" || s == "setx" }
