package report

import (
	"cmp"
	"slices"
	"time"
)

// Summary counts a run over many targets.
type Summary struct {
	Targets   int           `json:"targets"`  // looked at, in this run or in one that it goes on with
	Earlier   int           `json:"earlier"`  // of them, looked at before
	Left      int           `json:"left"`     // not looked at, since the run ended early
	Subjects  int           `json:"subjects"` // a target without a port has several
	Healthy   int           `json:"healthy"`
	Waived    int           `json:"waived"` // findings that a baseline or the project file knows of; they do not count
	Took      time.Duration `json:"took_ns"`
	Providers []Group       `json:"providers"` // the largest first
	Modes     []Group       `json:"modes"`     // the largest first
	Findings  []Kind        `json:"findings"`  // the worst first, then the most frequent
}

// Group is the subjects that have something in common. Each is counted once: by
// the worst that was found and counts, else as healthy or other.
type Group struct {
	Name     string `json:"name"`
	Subjects int    `json:"subjects"`
	Healthy  int    `json:"healthy"`
	Warnings int    `json:"warnings"`
	Errors   int    `json:"errors"`
	Other    int    `json:"other"` // cut short, nothing there to use, or what was found does not count
}

// Kind is how often something was found.
type Kind struct {
	ID       string   `json:"id"`
	Severity Severity `json:"severity"`
	Subjects int      `json:"subjects"`
}

// Tally adds up subjects one by one. The zero value is ready.
type Tally struct {
	subjects, healthy, waived int
	providers, modes          map[string]*Group
	kinds                     map[Kind]int
}

// Add counts one subject.
func (t *Tally) Add(s Subject) {
	if t.kinds == nil {
		t.providers, t.modes, t.kinds = map[string]*Group{}, map[string]*Group{}, map[Kind]int{}
	}
	t.subjects++
	provider, mode := "other", "none"
	if e := s.Endpoint; e != nil {
		provider, mode = cmp.Or(e.Provider, provider), cmp.Or(string(e.Mode), mode)
	}
	worst := Severity("")
	counted := map[Kind]bool{}
	for _, f := range s.Findings {
		if f.Waived != nil {
			t.waived++
			continue
		}
		if f.Severity.Rank() > worst.Rank() {
			worst = f.Severity
		}
		if k := (Kind{ID: f.ID, Severity: f.Severity}); !counted[k] {
			counted[k] = true
			t.kinds[k]++
		}
	}
	if ready(s) {
		t.healthy++
	}
	grouped(t.providers, provider).add(s, worst)
	grouped(t.modes, mode).add(s, worst)
}

// ready reports whether a subject can be used: nothing is wrong with a port that is
// closed beside others, and it cannot.
func ready(s Subject) bool { return s.Healthy && (s.Endpoint == nil || s.Endpoint.Reach == "open") }

func grouped(all map[string]*Group, name string) *Group {
	if all[name] == nil {
		all[name] = &Group{Name: name}
	}
	return all[name]
}

func (g *Group) add(s Subject, worst Severity) {
	g.Subjects++
	switch {
	case worst == Error:
		g.Errors++
	case worst == Warning:
		g.Warnings++
	case ready(s):
		g.Healthy++
	default:
		g.Other++
	}
}

// Summary is what was counted so far.
func (t *Tally) Summary() Summary {
	s := Summary{Subjects: t.subjects, Healthy: t.healthy, Waived: t.waived, Providers: groups(t.providers), Modes: groups(t.modes), Findings: []Kind{}}
	for k, n := range t.kinds {
		k.Subjects = n
		s.Findings = append(s.Findings, k)
	}
	slices.SortFunc(s.Findings, func(a, b Kind) int {
		return cmp.Or(cmp.Compare(b.Severity.Rank(), a.Severity.Rank()), cmp.Compare(b.Subjects, a.Subjects), cmp.Compare(a.ID, b.ID))
	})
	return s
}

func groups(all map[string]*Group) []Group {
	out := []Group{}
	for _, g := range all {
		out = append(out, *g)
	}
	slices.SortFunc(out, func(a, b Group) int {
		return cmp.Or(cmp.Compare(b.Subjects, a.Subjects), cmp.Compare(a.Name, b.Name))
	})
	return out
}
