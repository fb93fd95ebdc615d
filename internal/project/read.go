package project

import (
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"

	"github.com/maildoctor/maildoctor/internal/check"
	"github.com/maildoctor/maildoctor/internal/report"
	"github.com/maildoctor/maildoctor/internal/target"
)

// Read reads the text of a project file. name is what messages call it; near
// names the nearest of some words, as the end of a sentence, or says nothing. The
// error is of type Errors.
func Read(name, text string, near func(string, []string) string) (*File, error) {
	r := &reader{name: name, near: near}
	f := &File{Name: name}
	if root, ok := r.document(text); ok {
		r.mapping(root, "the file", "version: 1, and what to look at", []field{
			{"version", true, r.version},
			{"targets", false, func(n *yaml.Node) { f.Targets = r.targets(n) }},
			{"expect", false, func(n *yaml.Node) { f.Expect = r.expect(n) }},
			{"settings", false, func(n *yaml.Node) { f.Settings = r.settings(n) }},
			{"fail_on", false, func(n *yaml.Node) { f.FailOn, _ = r.word(n, "fail_on", report.FailOn()) }},
			{"ignore", false, func(n *yaml.Node) { f.Ignore = r.ignore(n) }},
			{"baseline", false, func(n *yaml.Node) { f.Baseline, f.At = r.file(n, "baseline"), placeOf(n) }},
		})
	}
	if err := r.done(); err != nil {
		return nil, err
	}
	return f, nil
}

func (r *reader) version(n *yaml.Node) {
	if v, ok := r.number(n, "version", "1"); ok && v != 1 {
		r.wrong(n, "version %s is not known; this maildoctor reads version 1", short(n.Value))
	}
}

const targetExample = `"- mail.example.org:587"`

func (r *reader) targets(n *yaml.Node) []Target {
	var out []Target
	r.list(n, "targets", targetExample, func(n *yaml.Node) {
		t, ok := r.target(n)
		if i := slices.IndexFunc(out, func(o Target) bool { return sameServer(o.Target, t.Target) }); ok && i >= 0 {
			r.wrong(n, "the target %q stands on line %d already", t.Name(), out[i].Line)
		} else if ok {
			out = append(out, t)
		}
	})
	return out
}

// target reads a target: a text, or a mapping that says more.
func (r *reader) target(n *yaml.Node) (Target, bool) {
	if kindOf(n) != mapping {
		t, ok := r.parsed(n)
		return Target{Target: t, Place: placeOf(n)}, ok
	}
	var t Target
	ok, as := false, target.NoMode
	r.mapping(n, "the target", targetExample, []field{
		{"target", true, func(n *yaml.Node) { t.Target, ok = r.parsed(n) }},
		{"as", false, func(n *yaml.Node) {
			word, _ := r.word(n, "as", target.ClientModes())
			as = target.Mode(word)
		}},
		{"expect", false, func(n *yaml.Node) { t.Expect = r.expect(n) }},
	})
	if as != target.NoMode {
		t.Mode = as
	}
	t.Place = placeOf(n)
	return t, ok
}

func (r *reader) parsed(n *yaml.Node) (target.Target, bool) {
	s, ok := r.text(n, "the target", "HOST, HOST:PORT or a URL")
	if !ok {
		return target.Target{}, false
	}
	t, err := target.Parse(s)
	if err != nil {
		r.wrong(n, "%s", err)
	}
	return t, err == nil
}

// settings reads names of files.
func (r *reader) settings(n *yaml.Node) []string {
	var out []string
	r.list(n, "settings", `"- .env"`, func(n *yaml.Node) {
		name := r.file(n, "the name of the settings")
		switch {
		case name == "":
		case slices.ContainsFunc(out, func(o string) bool { return path.Clean(o) == path.Clean(name) }):
			r.wrong(n, "%q stands in settings already", short(name))
		default:
			out = append(out, name)
		}
	})
	return out
}

// file reads the name of a file.
func (r *reader) file(n *yaml.Node, what string) string {
	name, ok := r.text(n, what, "the name of a file")
	if ok && name == "-" {
		r.wrong(n, "%s is the standard input (-), which a project has not; give the name of a file", what)
		return ""
	}
	return name
}

// expectKeys are the keys of expect: what they are called here and by --expect,
// and how their values are written.
func expectKeys() []struct{ name, key, kind, such string } {
	return []struct{ name, key, kind, such string }{
		{"mode", "mode=", text, "implicit, starttls or cleartext"},
		{"min_tls", "tls>=", "a version", "1.2"},
		{"days_left", "days>=", number, "days, such as 14"},
		{"cert", "cert=", text, "ok"},
		{"starttls_required", "starttls_required=", truth, truth},
		{"auth", "auth=", text, "the name of a mechanism such as PLAIN"},
		{"login", "login=", text, "accepted or refused"},
		{"envelope", "envelope=", text, "accepted"},
	}
}

// expect reads what must hold of a server.
func (r *reader) expect(n *yaml.Node) Expect {
	var out Expect
	var fields []field
	for _, k := range expectKeys() {
		fields = append(fields, field{k.name, false, func(n *yaml.Node) {
			value, ok := r.expected(n, k.name, k.kind, k.such)
			if !ok {
				return
			}
			if why := check.WrongExpectation(k.key, value); why != "" {
				r.wrong(n, "%s: %q %s", k.name, short(value), why)
				return
			}
			out = append(out, Expectation{k.name, k.key, value, placeOf(n)})
		}})
	}
	r.mapping(n, "expect", "mode: starttls, min_tls: 1.2, days_left: 30", fields)
	return out
}

// maxDays bounds days_left: no certificate lasts for a century.
const maxDays = 36500

// expected reads a value of expect as --expect would write it.
func (r *reader) expected(n *yaml.Node, what, kind, such string) (string, bool) {
	switch {
	case kind == "a version" && kindOf(n) == number:
		v, ok := r.number(n, what, such)
		return tlsVersion(v), ok
	case kind == number:
		v, ok := r.number(n, what, such)
		if ok && (v < 0 || v > maxDays || v != float64(int(v))) {
			r.wrong(n, "%s: %q is not a number of days such as 14", what, short(n.Value))
			return "", false
		}
		return strconv.Itoa(int(v)), ok
	case kind == truth:
		return strings.ToLower(n.Value), r.is(n, what, truth, such)
	}
	return r.text(n, what, such)
}

// tlsVersion writes a number as a version: YAML takes 1.0 for the number 1.
func tlsVersion(v float64) string {
	if s := strconv.FormatFloat(v, 'f', -1, 64); strings.Contains(s, ".") {
		return s
	}
	return strconv.FormatFloat(v, 'f', 1, 64)
}

// ignore reads the rules by which findings do not count.
func (r *reader) ignore(n *yaml.Node) []Rule {
	var out []Rule
	r.list(n, "ignore", `"- id: tls-old-versions-accepted", with its reason`, func(n *yaml.Node) {
		rule := Rule{Place: placeOf(n)}
		r.mapping(n, "the rule", "id: tls-old-versions-accepted, and reason", []field{
			{"id", true, func(n *yaml.Node) { rule.ID = r.id(n) }},
			{"reason", true, func(n *yaml.Node) { rule.Reason, _ = r.text(n, "reason", "why this finding does not count") }},
			{"until", false, func(n *yaml.Node) { rule.Until = r.day(n) }},
			{"subject", false, func(n *yaml.Node) {
				rule.Subject, _ = r.text(n, "subject", "a pattern such as mail.example.org:* for the server or the file")
			}},
		})
		i := slices.IndexFunc(out, func(o Rule) bool { return o.ID == rule.ID && o.Subject == rule.Subject })
		if i >= 0 && rule.ID != "" {
			r.wrong(n, "there is a rule for %q on line %d already", rule.ID, out[i].Line)
			return
		}
		out = append(out, rule)
	})
	return out
}

// id reads the id of a check that may be ignored.
func (r *reader) id(n *yaml.Node) string {
	s, ok := r.text(n, "id", "the id of a check; maildoctor explain --list prints them")
	if !ok {
		return ""
	}
	if slices.Contains(check.Asked(), s) {
		r.wrong(n, "%q is about what this very run was asked for, and always counts; take what is not wanted out of expect", s)
		return ""
	}
	if ids := IDs(); !slices.Contains(ids, s) {
		r.wrong(n, "there is no check %q%s; maildoctor explain --list prints them all", short(s), r.near(s, ids))
		return ""
	}
	return s
}

// IDs are the checks that may be ignored.
func IDs() []string {
	var out []string
	for _, c := range check.Catalogue() {
		if !slices.Contains(check.Asked(), c.ID) {
			out = append(out, c.ID)
		}
	}
	return out
}

// day reads a date.
func (r *reader) day(n *yaml.Node) string {
	s, ok := r.text(n, "until", "the last day on which it holds, such as 2027-03-31")
	if !ok {
		return ""
	}
	if _, err := time.Parse(time.DateOnly, s); err != nil {
		r.wrong(n, "until: %q is not a day such as 2027-03-31", short(s))
		return ""
	}
	return s
}
