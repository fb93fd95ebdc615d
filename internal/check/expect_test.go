package check

import (
	"maps"
	"strings"
	"testing"

	"github.com/maildoctor/maildoctor/internal/evidence"
)

func TestParseExpect(t *testing.T) {
	t.Parallel()
	got, err := ParseExpect("mode=starttls, tls>=1.2,days>=14")
	if want := map[string]string{"mode=": "starttls", "tls>=": "1.2", "days>=": "14"}; err != nil || !maps.Equal(got, want) {
		t.Errorf("got %v, %v; want %v", got, err, want)
	}
	for in, want := range map[string]string{
		"":                       `"" is not known`,
		"port=587":               `"port=587" is not known; use mode=, tls>=`,
		"mode=tls":               `value "tls" is none of implicit, starttls, cleartext`,
		"tls>=1.4":               `value "1.4"`,
		"days>=soon":             `value "soon" is not a number of days`,
		"days>=-1":               `value "-1"`,
		"mode=starttls,mode=x":   `"mode=" is given twice`,
		"cert=good":              `value "good"`,
		"starttls_required=yes":  `value "yes" is none of true, false`,
		"auth=":                  "is not the name of a mechanism",
		"mode=starttls,,tls=1.2": `"" is not known`,
	} {
		if _, err := ParseExpect(in); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want one with %q", in, err, want)
		}
	}
}

// TestExpectations asks a healthy and a dead endpoint for each key.
func TestExpectations(t *testing.T) {
	t.Parallel()
	for expect, met := range map[string]bool{
		"mode=starttls": true, "mode=implicit": false, "tls>=1.2": true, "tls>=1.3": true, "days>=70": true, "days>=71": false,
		"cert=ok": true, "cert=expired": false, "starttls_required=true": true, "starttls_required=false": false, "auth=login": true, "auth=XOAUTH2": false,
	} {
		want, err := ParseExpect(expect)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range []*evidence.Case{healthy587(), refused587()} {
			c.Asked.Expect = want
			findings, _ := Judge(c)
			missed := false
			for _, f := range findings {
				missed = missed || f.ID == "expectation-missed"
			}
			alive := c.Sessions[0].Greeting != nil
			if wantMissed := !alive && expect != "cert=not-verified" || alive && !met; missed != wantMissed {
				t.Errorf("%s, alive %v: missed %v, want %v", expect, alive, missed, wantMissed)
			}
		}
	}
}
