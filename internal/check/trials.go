package check

import (
	"fmt"
	"slices"
	"strings"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/facts"
	"github.com/maildoctor/maildoctor/internal/report"
	"github.com/maildoctor/maildoctor/internal/target"
)

// modeWords names a mode for people.
func modeWords(m target.Mode) string {
	switch m {
	case target.Implicit:
		return "implicit TLS"
	case target.STARTTLS:
		return "STARTTLS"
	case target.Opportunistic:
		return "STARTTLS if offered"
	case target.Cleartext:
		return "no encryption"
	}
	return "an unknown mode"
}

// triedFirst turns the first trial that works into the first step of a fix.
// To go without encryption is no such step, even where it works.
func triedFirst(trials []report.Trial) []string {
	for _, t := range trials {
		if t.Result == report.Works && t.Mode != target.Cleartext {
			return []string{fmt.Sprintf("Use port %d with %s: tried from here, works", t.Port, modeWords(t.Mode))}
		}
	}
	return nil
}

// here is the endpoint itself as a remedy: the same port in the mode that it
// speaks. The main session is the proof.
func here(f *facts.Facts) report.Trial {
	t := report.Trial{Host: f.Case.Target.Host, Port: f.Case.Target.Port, Mode: f.Mode}
	settle(&t, f.Main, f)
	return t
}

// elsewhere lists what was tried on other ports or in other modes, best
// first, and what the provider documents and nobody tried.
func elsewhere(f *facts.Facts) []report.Trial {
	out := []report.Trial{}
	for i := range f.Case.Sessions {
		s := &f.Case.Sessions[i]
		if s.Role != evidence.Remedy {
			continue
		}
		t := report.Trial{Host: s.Host, Port: s.Port, Mode: s.Wants}
		settle(&t, s, f)
		out = merge(out, t)
	}
	for _, p := range documented(f) {
		if p.Port != f.Case.Target.Port {
			out = merge(out, report.Trial{Host: f.Case.Target.Host, Port: p.Port, Mode: p.Mode, Result: report.NotTried})
		}
	}
	best(out)
	return out
}

// trials are the endpoint itself and what was tried elsewhere, best first.
func trials(f *facts.Facts) []report.Trial {
	out := append([]report.Trial{here(f)}, elsewhere(f)...)
	best(out)
	return out
}

func settle(t *report.Trial, s *evidence.Session, f *facts.Facts) {
	got := facts.Try(s, t.Mode, f.Case.Now)
	t.Session, t.Detail = s.ID, got.Detail
	switch {
	case !got.Known:
		t.Result = report.NotTried
	case got.Works:
		t.Result = report.Works
	default:
		t.Result = report.Fails
	}
}

// merge adds a trial. Of several for one setting, such as one for each address
// of the host, the best counts.
func merge(all []report.Trial, t report.Trial) []report.Trial {
	for i := range all {
		if all[i].Host == t.Host && all[i].Port == t.Port && all[i].Mode == t.Mode {
			if worth(t) > worth(all[i]) {
				all[i] = t
			}
			return all
		}
	}
	return append(all, t)
}

func worth(t report.Trial) int {
	return slices.Index([]string{report.NotTried, report.Fails, report.Works}, t.Result)
}

// best sorts works before not-tried before fails.
func best(all []report.Trial) {
	rank := map[string]int{report.Works: 0, report.NotTried: 1, report.Fails: 2}
	slices.SortStableFunc(all, func(a, b report.Trial) int { return rank[a.Result] - rank[b.Result] })
}

// trialOf finds the trial of a mode.
func trialOf(all []report.Trial, m target.Mode) (report.Trial, bool) {
	i := slices.IndexFunc(all, func(t report.Trial) bool { return t.Mode == m })
	if i < 0 {
		return report.Trial{}, false
	}
	return all[i], true
}

// ways are the settings that the pages of the checks name by port.
var ways = []struct {
	port  uint16
	words string
}{
	{465, "465 with implicit TLS"},
	{587, "587 with STARTTLS"},
}

// openWays leaves out of the steps of a page the ports that the trials below
// them answer: those that failed, and all where one works and stands first.
// The port of this run is no other way either. Steps that name no port, or one
// to keep away from, stay as they are.
func openWays(steps []string, trials []report.Trial, own uint16) []string {
	works := len(triedFirst(trials)) > 0
	var out []string
	for _, step := range steps {
		var named, open []string
		for _, w := range ways {
			if !strings.Contains(step, fmt.Sprint(w.port)) || !advisesPort(step) {
				continue
			}
			named = append(named, w.words)
			failed := slices.ContainsFunc(trials, func(t report.Trial) bool { return t.Port == w.port && t.Result == report.Fails })
			if !works && !failed && w.port != own {
				open = append(open, w.words)
			}
		}
		switch {
		case strings.HasPrefix(step, "Try another submission port") && len(trials) > 0:
		case len(named) == len(open):
			out = append(out, step)
		case len(open) > 0:
			out = append(out, advice(step)+open[0])
		}
	}
	return out
}

// portAdvice are the beginnings of steps that name a port to go to.
var portAdvice = []string{"Use a port of the server that has TLS: ", "Or use port ", "Set port "}

func advisesPort(step string) bool { return advice(step) != "" }

func advice(step string) string {
	for _, a := range portAdvice {
		if strings.HasPrefix(step, a) {
			return a
		}
	}
	return ""
}
