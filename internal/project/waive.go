package project

import (
	"slices"

	"github.com/maildoctor/maildoctor/internal/check"
	"github.com/maildoctor/maildoctor/internal/report"
	"github.com/maildoctor/maildoctor/internal/target"
)

// Waivers say which findings do not count. The zero Waivers waive none.
type Waivers struct {
	File     *File               // nil: no rules
	Baseline *Baseline           // nil: none
	Today    string              // "2027-03-31", where the run is
	Path     func(string) string // a file as the project calls it; nil: as it is
	Clean    func(string) string // makes text from outside safe to show in a baseline; nil: it is
}

// Apply waives what the rules and the baseline cover, a rule first. It returns
// the rules that have ended and would have covered something.
func (w Waivers) Apply(subjects []report.Subject) (ended []Rule) {
	for i := range subjects {
		for j := range subjects[i].Findings {
			f := &subjects[i].Findings[j]
			f.Waived = nil // what an earlier run waived may count now
			if !mayWaive(*f) {
				continue
			}
			rule, ok, late := w.rule(subjects[i], *f)
			for _, r := range late {
				if !slices.Contains(ended, r) {
					ended = append(ended, r)
				}
			}
			switch {
			case ok:
				f.Waived = &report.Waiver{By: report.ByProject, File: w.File.Name, Reason: rule.Reason, Until: rule.Until}
			case w.Baseline.covers(*f):
				f.Waived = &report.Waiver{By: report.ByBaseline, File: w.Baseline.Name}
			}
		}
	}
	return ended
}

// mayWaive: what this very run was asked for always counts. Who does not want it
// does not ask.
func mayWaive(f report.Finding) bool { return !slices.Contains(check.Asked(), f.ID) }

// rule is the first rule that covers a finding. late are those that have ended and
// did, where none does now.
func (w Waivers) rule(s report.Subject, f report.Finding) (rule Rule, ok bool, late []Rule) {
	if w.File == nil {
		return Rule{}, false, nil
	}
	for _, r := range w.File.Ignore {
		switch {
		case r.ID != f.ID || !w.about(r, s, f):
		case r.Until != "" && r.Until < w.Today: // days in this form sort as they follow each other
			late = append(late, r)
		default:
			return r, true, nil
		}
	}
	return Rule{}, false, late
}

// about reports whether a rule is about this subject, or about a file of it.
func (w Waivers) about(r Rule, s report.Subject, f report.Finding) bool {
	if r.Subject == "" {
		return true
	}
	names := []string{s.Name}
	if s.Endpoint != nil {
		names = append(names, target.Join(s.Endpoint.Host, s.Endpoint.Port))
	}
	if s.Settings != nil {
		names = append(names, report.SlashPath(s.Settings.File), w.path(s.Settings.File))
	}
	if f.Source != nil {
		names = append(names, report.SlashPath(f.Source.File), w.path(f.Source.File))
	}
	return slices.ContainsFunc(names, func(name string) bool { return fits(r.Subject, name) })
}

// path is a name as the project calls it.
func (w Waivers) path(name string) string {
	if w.Path == nil {
		return report.SlashPath(name)
	}
	return report.SlashPath(w.Path(name))
}

// clean is text from outside as a baseline has it.
func (w Waivers) clean(s string) string {
	if w.Clean == nil {
		return s
	}
	return w.Clean(s)
}

// fits reports whether a name fits a pattern, in which * stands for any
// characters, a slash among them, and ? for one. Brackets are themselves: they
// stand around IPv6 addresses.
func fits(pattern, name string) bool {
	p, n := []rune(pattern), []rune(name)
	star, from := -1, 0
	i, j := 0, 0
	for j < len(n) {
		switch {
		case i < len(p) && p[i] == '*':
			star, from = i, j
			i++
		case i < len(p) && (p[i] == '?' || p[i] == n[j]):
			i, j = i+1, j+1
		case star >= 0:
			from++
			i, j = star+1, from
		default:
			return false
		}
	}
	for i < len(p) && p[i] == '*' {
		i++
	}
	return i == len(p)
}
