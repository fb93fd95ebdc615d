package render

import (
	"slices"
	"strings"

	"github.com/maildoctor/maildoctor/internal/report"
)

// An htmlVersions is the bar of TLS versions: what is taken, what is refused, and
// what nobody tried, which is neither.
type htmlVersions struct {
	ID, Text string
	Parts    []htmlVersion
}

type htmlVersion struct {
	X, Mid, Name, Word, Class string
	Negotiated                bool
}

func newVersions(id string, e *report.Endpoint) *htmlVersions {
	if e == nil || e.TLS == nil || len(e.TLS.Versions) == 0 {
		return nil
	}
	v := &htmlVersions{ID: id + "-versions"}
	said := map[string][]string{}
	for i, name := range []string{"1.0", "1.1", "1.2", "1.3"} {
		p := htmlVersion{X: percent(25 * float64(i)), Mid: percent(25*float64(i) + 12), Name: name, Word: "not tried", Class: "untried"}
		switch {
		case slices.Contains(e.TLS.Versions, name):
			p.Word, p.Class, p.Negotiated = "taken", "taken", e.TLS.Negotiated == name
		case slices.Contains(e.TLS.VersionsTested, name):
			p.Word, p.Class = "refused", "refused"
		}
		said[p.Word] = append(said[p.Word], name)
		v.Parts = append(v.Parts, p)
	}
	v.Text = versionsText(said, e.TLS.Negotiated)
	return v
}

// versionsText says the same in words.
func versionsText(said map[string][]string, negotiated string) string {
	var out []string
	for _, word := range []string{"taken", "refused", "not tried"} {
		if list := said[word]; len(list) > 0 {
			out = append(out, sentence(word)+": TLS "+strings.Join(list, ", ")+".")
		}
	}
	if negotiated != "" {
		out = append(out, "This connection used TLS "+negotiated+".")
	}
	if len(said["not tried"]) > 0 {
		out = append(out, "With --deep every version is tried.")
	}
	return strings.Join(out, " ")
}
