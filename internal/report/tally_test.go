package report

import (
	"encoding/json"
	"testing"
)

// TestTally: each subject once in its provider and its mode, by the worst of it.
func TestTally(t *testing.T) {
	t.Parallel()
	var all Tally
	at := func(provider string, mode string, healthy bool, findings ...Finding) {
		s := Subject{Kind: "endpoint", Healthy: healthy, Endpoint: &Endpoint{Provider: provider, Reach: "open"}, Findings: findings}
		s.Endpoint.Mode = "starttls"
		if mode == "" {
			s.Endpoint.Mode = ""
		}
		all.Add(s)
	}
	note, warning, bad := Finding{ID: "n", Severity: Note}, Finding{ID: "w", Severity: Warning}, Finding{ID: "e", Severity: Error}
	at("brevo", "starttls", true)
	at("brevo", "starttls", true, note)
	at("", "starttls", false, warning, note)
	at("", "", false, bad, bad, warning)
	at("brevo", "starttls", false, bad)
	known := bad
	known.Waived = &Waiver{By: "baseline"}
	at("", "starttls", false, known, note, known)
	at("", "starttls", false, note)
	got, _ := json.Marshal(all.Summary())
	want := `{"targets":0,"earlier":0,"left":0,"subjects":7,"healthy":2,"waived":2,"took_ns":0,` +
		`"providers":[{"name":"other","subjects":4,"healthy":0,"warnings":1,"errors":1,"other":2},{"name":"brevo","subjects":3,"healthy":2,"warnings":0,"errors":1,"other":0}],` +
		`"modes":[{"name":"starttls","subjects":6,"healthy":2,"warnings":1,"errors":1,"other":2},{"name":"none","subjects":1,"healthy":0,"warnings":0,"errors":1,"other":0}],` +
		`"findings":[{"id":"e","severity":"error","subjects":2},{"id":"w","severity":"warning","subjects":2},{"id":"n","severity":"note","subjects":4}]}`
	if string(got) != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	empty, _ := json.Marshal((&Tally{}).Summary())
	if want := `{"targets":0,"earlier":0,"left":0,"subjects":0,"healthy":0,"waived":0,"took_ns":0,"providers":[],"modes":[],"findings":[]}`; string(empty) != want {
		t.Errorf("nothing: %s", empty)
	}
}
