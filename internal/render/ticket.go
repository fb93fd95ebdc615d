package render

import (
	"slices"
	"strings"

	"github.com/maildoctor/maildoctor/internal/report"
)

// ticketBytes is how much a ticket is given: GitHub takes 65,536 characters, and
// people write something of their own above.
const ticketBytes = 60_000

// A part of a ticket is a run of whole blocks.
type part struct {
	text string
	rank rank
	name string // what is missing without it
}

// A rank says how soon a part is left out where a ticket cannot hold all: the
// highest first.
type rank int

const (
	always rank = iota
	fronts
	details
	healthyDetails
	applications
	transcripts
	healthyTranscripts
)

// ticket writes a report in the order in which it is read: for each subject what is
// wrong and what to do, then where and when that was seen, then the details. Where
// that is more than limit bytes, transcripts are left out, and more if need be: of
// the last subjects all but their verdicts. A limit of 0 is none.
func ticket(r report.Report, o Options, limit int) string {
	several := len(r.Subjects) > 1
	var parts []part
	add := func(k rank, name string, write func(*markdown)) {
		m := &markdown{o: o}
		if write(m); m.b.Len() > 0 {
			parts = append(parts, part{m.b.String(), k, name})
		}
	}
	if several {
		add(always, "", func(m *markdown) { m.summary(r.Subjects) })
	}
	for _, s := range r.Subjects {
		if aside(r.Subjects, s) {
			continue
		}
		if !several {
			add(always, "", func(m *markdown) { m.first(s, !o.Plain) })
			continue
		}
		add(fronts, "what is to be done about "+s.Name, func(m *markdown) { m.first(s, false) })
		if !o.Plain {
			add(applications, "how applications write the settings of "+s.Name, func(m *markdown) { m.apps(s.Use, "") })
		}
	}
	add(always, thisRun, func(m *markdown) { m.run(r, several) })
	for _, s := range r.Subjects {
		add(of(s, details, healthyDetails), "the details of "+s.Name, func(m *markdown) { m.detailed(r.Subjects, s) })
		if !o.Plain {
			add(of(s, transcripts, healthyTranscripts), "the transcript of "+s.Name, func(m *markdown) { m.transcript(s, "") })
		}
	}
	if o.Plain { // nothing folds: what is long stands last
		for _, s := range r.Subjects {
			name := ""
			if several {
				name = " of " + mdText(s.Name)
			}
			add(applications, "how applications write the settings"+name, func(m *markdown) { m.apps(s.Use, name) })
			add(of(s, details, healthyDetails), "the details of "+s.Name, func(m *markdown) { m.text(s.Message, name) })
			add(of(s, transcripts, healthyTranscripts), "the transcript of "+s.Name, func(m *markdown) { m.transcript(s, name) })
		}
	}
	parts, missing := fit(parts, limit)
	if len(missing) > 0 {
		run := slices.IndexFunc(parts, func(p part) bool { return p.name == thisRun })
		parts[run].text += "\nLeft out, for a ticket cannot hold more: " + mdText(some(missing, fewMissing)) +
			". With `-v` all of it is written here; `--record FILE` keeps it in a file of its own.\n"
	}
	texts := make([]string, len(parts))
	for i, p := range parts {
		texts[i] = p.text
	}
	return strings.Join(texts, "\n")
}

// thisRun is the part that is never left out and says what is.
const thisRun = "where and when it ran"

// fewMissing is how many parts that were left out are named.
const fewMissing = 8

func of(s report.Subject, sick, healthy rank) rank {
	if s.Healthy {
		return healthy
	}
	return sick
}

// fit leaves out parts until the others have room, the last of the highest rank
// first, and names them.
func fit(parts []part, limit int) (kept []part, missing []string) {
	size := 0
	for _, p := range parts {
		size += len(p.text) + 1
	}
	kept = slices.Clone(parts)
	for k := healthyTranscripts; k > always; k-- {
		for i := len(kept) - 1; i >= 0 && limit > 0 && size > limit; i-- {
			if kept[i].rank != k {
				continue
			}
			size -= len(kept[i].text) + 1
			if !slices.Contains(missing, kept[i].name) {
				missing = append(missing, kept[i].name)
			}
			kept = slices.Delete(kept, i, i+1)
		}
	}
	slices.Reverse(missing)
	return kept, missing
}

// run says where and when the report was made, below a heading of its own.
func (m *markdown) run(r report.Report, several bool) {
	level := "###"
	if several {
		level = "##"
	}
	m.block("%s This run", level)
	m.environment(r)
}

// aside reports whether the summary says all that is needed of a subject: another is
// to be used, and nothing is wrong with this one.
func aside(all []report.Subject, s report.Subject) bool {
	return recommended(all) && !s.Recommended && max(worst(s).Rank(), worstKnown(s).Rank()) < report.Warning.Rank()
}

// detailed writes the details, below the name of the subject where there are others.
func (m *markdown) detailed(all []report.Subject, s report.Subject) {
	d := &markdown{o: m.o}
	if aside(all, s) {
		d.findings(s)
		d.use(s.Use, false)
		d.known(s)
	}
	d.details(s)
	if d.b.Len() == 0 {
		return
	}
	if len(all) > 1 {
		m.block("## Details: %s", mdText(s.Name))
	}
	m.block("%s", strings.TrimSuffix(d.b.String(), "\n"))
}
