package check

import (
	"slices"
	"strings"

	"github.com/maildoctor/maildoctor/internal/evidence"
)

// A Question is a name to look up, and for what.
type Question struct {
	Kind string // "txt", "mx", "cname", "address", as evidence.Lookup has it
	Name string // lower case, without a final dot
}

// mostQuestions bounds what one run asks of DNS.
const mostQuestions = 60

// ResendNames are the names to look up for what is known of a key and its
// sender, most telling first, those left out that were asked already.
func ResendNames(r *evidence.Resend, done ...evidence.Lookup) []Question {
	if r == nil {
		return nil
	}
	q := &inquiry{Resend: r}
	var all []Question
	ask := func(name string, kinds ...string) {
		for _, kind := range kinds {
			if x := (Question{kind, dotless(name)}); !slices.Contains(all, x) {
				all = append(all, x)
			}
		}
	}
	for _, d := range q.watched() {
		if listed := q.listed(d); listed != nil {
			for i := range listed.Records {
				askRecord(d, &listed.Records[i], ask)
			}
		}
	}
	for _, d := range q.watched() {
		zone := zoneOf(d)
		ask("resend._domainkey."+d, "txt")
		ask("send."+d, "cname", "mx", "txt", "address")
		ask("rsend."+d, "cname", "address", "txt")
		ask("_dmarc."+d, "txt")
		ask("_dmarc."+zone, "txt")
		ask("resend._domainkey."+d+"."+zone, "txt")
		ask(d, "txt", "mx")
		ask("resend._domainkey."+zone, "txt")
	}
	return remaining(all, done)
}

// askRecord asks for a record that Resend wants, and where else it may stand.
func askRecord(domain string, r *evidence.ResendRecord, ask func(string, ...string)) {
	name := recordName(domain, r.Name)
	kind := strings.ToLower(r.Type)
	switch kind {
	case "cname":
		ask(name, "cname", "address", "txt", "mx")
	case "txt", "mx":
		ask(name, kind, "cname")
	default:
		return // CAA and what may come are not looked up
	}
	ask(name+"."+zoneOf(domain), kind)
}

func remaining(all []Question, done []evidence.Lookup) []Question {
	all = slices.DeleteFunc(all, func(x Question) bool {
		return slices.ContainsFunc(done, func(l evidence.Lookup) bool { return l.Kind == x.Kind && dotless(l.Name) == x.Name })
	})
	return all[:min(len(all), max(mostQuestions-len(done), 0))]
}

// recordName is the full name of a record. Resend writes names relative to the
// registered zone, and some in full; a name that does not lie within the domain
// that way is taken as relative to the domain.
func recordName(domain, name string) string {
	domain, name = dotless(domain), dotless(name)
	zone := zoneOf(domain)
	within := func(s string) bool { return s == domain || strings.HasSuffix(s, "."+domain) }
	switch {
	case name == "" || name == "@":
		return zone
	case within(name), name == zone, strings.HasSuffix(name, "."+zone):
		return name
	case within(name + "." + zone):
		return name + "." + zone
	}
	return name + "." + domain
}

// An answer says what came of a look-up. What failed is not known: it is never
// taken for a record that is missing.
type answer int

const (
	notKnown answer = iota
	nothing
	something
)

// lookup is what was seen for a name and kind.
func (q *inquiry) lookup(kind, name string) (*evidence.Lookup, answer) {
	best, state := &evidence.Lookup{}, notKnown
	for i := range q.lookups {
		l := &q.lookups[i]
		if l.Kind != kind || dotless(l.Name) != name || l.Skipped != "" {
			continue
		}
		if s := answerOf(l); s > state {
			best, state = l, s
		}
	}
	return best, state
}

func answerOf(l *evidence.Lookup) answer {
	switch n := map[string]int{"txt": len(l.TXT), "mx": len(l.MX), "cname": len(l.Chain), "address": len(l.Addrs)}[l.Kind]; {
	case n > 0:
		return something
	case len(l.Faults) == 0:
		return notKnown
	}
	for _, f := range l.Faults {
		if f.Fault.Class != evidence.NXDomain && f.Fault.Class != evidence.NoData {
			return notKnown
		}
	}
	return nothing
}

// chainAt are the targets of the CNAME at a name, whatever it was asked for.
func (q *inquiry) chainAt(name string) []string {
	for _, l := range q.lookups {
		if dotless(l.Name) == name && len(l.Chain) > 0 {
			out := make([]string, len(l.Chain))
			for i, t := range l.Chain {
				out[i] = dotless(t)
			}
			return out
		}
	}
	return nil
}

// beside reports whether records stand at a name next to its CNAME: they came
// without following it.
func (q *inquiry) beside(name string) bool {
	if _, state := q.lookup("cname", name); state != something {
		return false
	}
	for _, kind := range []string{"txt", "mx"} {
		if l, state := q.lookup(kind, name); state == something && len(l.Chain) == 0 {
			return true
		}
	}
	return false
}
