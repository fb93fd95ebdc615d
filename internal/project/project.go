// Package project reads what a project says of its own mail in files that stand
// beside it: the project file (.maildoctor.yaml), which names what to look at and
// what must hold there, and the baseline, which holds the findings that are known.
// It says which findings they waive. It is handed texts, and opens nothing.
package project

import (
	"fmt"
	"strings"

	"github.com/maildoctor/maildoctor/internal/target"
)

// Name is what a project file is called.
const Name = ".maildoctor.yaml"

// Place is where something stands in a file; both count from 1.
type Place struct{ Line, Column int }

// File is a project file. The zero File says nothing.
type File struct {
	Name     string // as messages call it; "": there is none
	Targets  []Target
	Expect   Expect
	Settings []string // relative to the file
	FailOn   string   // "": not said
	Ignore   []Rule
	Baseline string // relative to the file; "": none
	At       Place  // of Baseline
}

// Target is a server to look at. Its Mode is that of as, where that is set.
type Target struct {
	target.Target
	Expect Expect
	Place
}

// Expect is what must hold of a server.
type Expect []Expectation

// Expectation is one value that must hold.
type Expectation struct {
	Name  string // as the file has it: "min_tls"
	Key   string // as evidence.Asked has it: "tls>="
	Value string
	Place
}

// Rule is an entry of ignore: findings that do not count.
type Rule struct {
	ID      string
	Reason  string
	Until   string // the last day on which it holds, "2027-03-31"; "": for good
	Subject string // a pattern for the name of the subject or a file; "": any
	Place
}

// TargetOf is the target of the file that is the same server as t.
func (f *File) TargetOf(t target.Target) (Target, bool) {
	for _, known := range f.Targets {
		if sameServer(known.Target, t) {
			return known, true
		}
	}
	return Target{}, false
}

func sameServer(a, b target.Target) bool {
	return a.Host == b.Host && a.Port == b.Port && a.Mail == b.Mail
}

// ExpectOf is what must hold of a server: of every one, and of this one, which
// wins.
func (f *File) ExpectOf(t target.Target) Expect {
	own, _ := f.TargetOf(t)
	return f.Expect.With(own.Expect)
}

// With is e with what others say, who win.
func (e Expect) With(others Expect) Expect {
	var out Expect
	for _, x := range e {
		if others.find(x.Key) < 0 {
			out = append(out, x)
		}
	}
	return append(out, others...)
}

func (e Expect) find(key string) int {
	for i, x := range e {
		if x.Key == key {
			return i
		}
	}
	return -1
}

// Asked is e as evidence.Asked has it; nil where nothing is expected.
func (e Expect) Asked() map[string]string {
	if len(e) == 0 {
		return nil
	}
	out := map[string]string{}
	for _, x := range e {
		out[x.Key] = x.Value
	}
	return out
}

// Error is something wrong in a file.
type Error struct {
	File string
	Place
	Text string
}

func (e Error) Error() string { return fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Column, e.Text) }

// Errors are what is wrong with a file, in the order of the text; never none.
type Errors []Error

func (all Errors) Error() string {
	var lines []string
	for _, e := range all {
		lines = append(lines, e.Error())
	}
	return Few(lines)
}

// Few are the first of some complaints, a line each, and how many there are more:
// who mends those runs it again.
func Few(complaints []string) string {
	const shown = 20
	if more := len(complaints) - shown; more > 0 {
		complaints = append(complaints[:shown:shown], fmt.Sprintf("and %d more", more))
	}
	return strings.Join(complaints, "\n")
}
