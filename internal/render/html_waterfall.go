package render

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/report"
)

// A phase is a kind of step; each has a colour and, for those who do not see it,
// a pattern.
type phase string

// phases are all kinds, in the order of a conversation.
var phases = []htmlPhase{
	{"dns", "DNS"}, {"http", "HTTP request"}, {"connect", "connect"}, {"greeting", "greeting"}, {"ehlo", "EHLO"}, {"starttls", "STARTTLS"},
	{"tls", "TLS handshake"}, {"login", "login"}, {"envelope", "MAIL, RCPT"}, {"message", "message"}, {"other", "QUIT and other"},
}

type htmlPhase struct {
	Class phase
	Name  string
}

// An htmlWaterfall is a picture of what happened when: a row for each look-up,
// request and session, on one axis.
type htmlWaterfall struct {
	ID     string
	Notes  []string
	Ticks  []htmlTick
	Cuts   []htmlCut
	Lanes  []htmlLane
	Legend []htmlPhase
	Faults bool // a lane has one
	Ended  bool // a lane was ended by maildoctor
}

// An htmlLane is a row. X and Width are of the thin line from its first to its
// last moment.
type htmlLane struct {
	ID, Label, Why, Fault, Desc string
	Ended                       bool
	X, Width                    string
	Bars                        []htmlBar
	Steps                       []htmlStep // the same as a table
}

type htmlBar struct {
	X, Width, End, Text, Label string
	Class                      phase
	Bad, Ended, Thin           bool
	After                      bool // the mark of a fault stands after the bar, which has no room for it
}

type htmlStep struct {
	Name, At, Took, Came string
	Bad                  bool
}

// A lane is a row with its times.
type lane struct {
	label, why, fault string
	ended             bool
	spans             []span
}

type span struct {
	name, came string
	phase      phase
	at, took   time.Duration
	bad, ended bool
}

// mostLookups is how many look-ups have a row of their own.
const mostLookups = 12

func newWaterfall(id string, s report.Subject) *htmlWaterfall {
	lanes := lanesOf(s)
	if len(lanes) == 0 {
		return nil
	}
	var moments []time.Duration
	for _, l := range lanes {
		for _, x := range l.spans {
			moments = append(moments, x.at, x.at+x.took)
		}
	}
	a := newAxis(moments)
	w := &htmlWaterfall{ID: id + "-time", Ticks: a.ticks(), Cuts: a.cuts(), Notes: timeNotes(s)}
	for i, l := range lanes {
		w.Lanes = append(w.Lanes, newHTMLLane(fmt.Sprintf("%s-lane%d", id, i+1), l, a))
		w.Faults, w.Ended = w.Faults || l.fault != "", w.Ended || l.ended
	}
	for _, p := range phases {
		if slices.ContainsFunc(lanes, func(l lane) bool {
			return slices.ContainsFunc(l.spans, func(x span) bool { return x.phase == p.Class })
		}) {
			w.Legend = append(w.Legend, p)
		}
	}
	return w
}

// timeNotes say what the picture does not show as it was.
func timeNotes(s report.Subject) []string {
	var out []string
	if n := len(s.Lookups) - mostLookups; n > 0 {
		out = append(out, fmt.Sprintf("%s more of DNS are listed above.", count(n, "look-up")))
	}
	if s.Kind == "resend" && len(s.Sessions) > 0 {
		out = append(out, "Each SMTP port is shown from its own start: ports are looked at side by side with the requests.")
	}
	return out
}

func lanesOf(s report.Subject) []lane {
	var out []lane
	for _, l := range s.Lookups {
		if l.Skipped == "" && l.Source != "literal" && len(out) < mostLookups {
			out = append(out, lookupLane(l))
		}
	}
	for _, c := range resendCalls(s) {
		if c.AtMS != nil {
			out = append(out, callLane(c))
		}
	}
	for _, x := range s.Sessions {
		if len(x.Steps) > 0 {
			out = append(out, sessionLane(x))
		}
	}
	return out
}

func lookupLane(l evidence.Lookup) lane {
	name := lookupKind(l.Kind)
	x := span{name: name, came: lookupText(l), phase: "dns", at: l.At, took: l.Took, bad: len(l.Addrs)+len(l.MX)+len(l.TXT)+len(l.Chain) == 0}
	if len(l.TXT) > 0 {
		x.came = count(len(l.TXT), "record")
	}
	out := lane{label: l.Name, why: "DNS, " + name, spans: []span{x}}
	if x.bad {
		out.fault = x.came
	}
	return out
}

func callLane(c report.ResendCall) lane {
	ms := func(v float64) time.Duration { return time.Duration(v * float64(time.Millisecond)) }
	bad := c.Status == 0 || c.Status >= 400
	x := span{name: c.Method, came: callText(c), phase: "http", at: ms(*c.AtMS), took: ms(c.MS), bad: bad}
	out := lane{label: c.Method + " " + path(c.Path), why: "HTTP request to Resend", spans: []span{x}}
	if bad {
		out.fault = x.came
	}
	return out
}

func sessionLane(s evidence.Session) lane {
	title, why, _ := strings.Cut(sessionTitle(s), ": ")
	if s.Why == "" {
		title, why = sessionTitle(s), ""
	}
	out := lane{label: title, why: why, ended: s.Cut}
	for _, st := range s.Steps {
		x := span{name: stepLabel(st.Name), came: stepCame(s, st), phase: phaseOf(st.Name), at: st.At, took: st.Took}
		switch {
		case st.Fault == nil:
		case st.Fault.Class == evidence.Cancelled:
			x.ended, out.ended = true, true
		default:
			x.bad, out.fault = true, stepLabel(st.Name)+": "+st.Fault.Text
		}
		out.spans = append(out.spans, x)
	}
	return out
}

func phaseOf(n evidence.StepName) phase {
	switch n {
	case evidence.StepConnect, evidence.StepProxy:
		return "connect"
	case evidence.StepGreeting, evidence.StepGreetingTLS:
		return "greeting"
	case evidence.StepEHLO, evidence.StepHELO, evidence.StepLHLO, evidence.StepEHLOTLS:
		return "ehlo"
	case evidence.StepSTARTTLS:
		return "starttls"
	case evidence.StepTLS:
		return "tls"
	case evidence.StepAuth, evidence.StepAuthMore:
		return "login"
	case evidence.StepMail, evidence.StepRcpt, evidence.StepReset:
		return "envelope"
	case evidence.StepData, evidence.StepMessage:
		return "message"
	}
	return "other"
}

// stepCame is what came of a step, in one line.
func stepCame(s evidence.Session, st evidence.Step) string {
	switch {
	case st.Fault != nil:
		return st.Fault.Text
	case st.Reply == nil && st.Name != evidence.StepConnect && st.Name != evidence.StepTLS:
		return "not waited for"
	}
	return stepText(&s, st)
}

// Widths, in hundredths of the picture: the least of a bar, and that of a letter
// where the picture is as wide as a page.
const (
	leastBar    = 0.25
	letterWidth = 1.05
)

func newHTMLLane(id string, l lane, a axis) htmlLane {
	out := htmlLane{ID: id, Label: cmp.Or(strings.TrimSpace(l.label), "no name"), Why: l.why, Fault: l.fault, Ended: l.ended}
	var said []string
	first, last := l.spans[0].at, l.spans[0].at
	for _, x := range l.spans {
		first, last = min(first, x.at), max(last, x.at+x.took)
		said = append(said, x.name+" "+took(x.took))
		out.Bars = append(out.Bars, newBar(x, a))
		out.Steps = append(out.Steps, htmlStep{x.name, took(x.at), took(x.took), x.came, x.bad})
	}
	out.X, out.Width = percent(a.at(first)), percent(a.at(last)-a.at(first))
	out.Desc = strings.Join(said, ", ")
	if l.fault != "" {
		out.Desc += "; failed: " + l.fault
	}
	if l.ended {
		out.Desc += "; ended by maildoctor"
	}
	return out
}

func newBar(x span, a axis) htmlBar {
	from, to := a.at(x.at), a.at(x.at+x.took)
	wide := max(to-from, leastBar)
	from = min(from, full-wide)
	b := htmlBar{X: percent(from), Width: percent(wide), End: percent(from + wide), Class: x.phase, Bad: x.bad, Ended: x.ended, Thin: wide < 1, After: wide < 3 && from+wide < 96}
	b.Text = fmt.Sprintf("%s: %s, from %s", x.name, took(x.took), took(x.at))
	for _, label := range []string{x.name + " " + took(x.took), x.name} {
		if float64(len(label)+1)*letterWidth < wide {
			b.Label = label
			break
		}
	}
	return b
}
