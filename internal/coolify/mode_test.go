package coolify

import (
	"testing"

	"github.com/maildoctor/maildoctor/internal/dialect"
	"github.com/maildoctor/maildoctor/internal/target"
)

// TestMode is the whole matrix: per release, way and word, the modes on ports
// 587, 465 and 2465: o is STARTTLS where it is offered, i implicit TLS, p clear
// text, ? a value that the release does not know.
func TestMode(t *testing.T) {
	t.Parallel()
	short := map[target.Mode]byte{target.Opportunistic: 'o', target.Implicit: 'i', target.Cleartext: 'p', target.Unknown: '?'}
	for _, c := range []struct {
		releases              []string
		word                  string
		team, instance, mails string
	}{
		{[]string{"4.0.0-beta.300", "4.0.0-beta.376"}, "tls", "oio", "oio", "oio"},
		{[]string{"4.0.0-beta.376"}, "none", "oio", "oio", "oio"},
		{[]string{"4.0.0-beta.376"}, "", "oio", "oio", "oio"},
		{[]string{"4.0.0-beta.377", "4.0.0-beta.378", "4.0.0-beta.379"}, "tls", "iii", "iii", "iii"},
		{[]string{"4.0.0-beta.377", "4.0.0-beta.379"}, "ssl", "oio", "oio", "oio"},
		{[]string{"4.0.0-beta.377", "4.0.0-beta.379"}, "none", "ppp", "oio", "oio"},
		{[]string{"4.0.0-beta.379"}, "", "oio", "oio", "oio"},
		{[]string{"4.0.0-beta.379"}, "starttls", "???", "???", "???"},
		{[]string{"4.0.0-beta.380"}, "starttls", "oio", "oio", "oio"},
		{[]string{"4.0.0-beta.380"}, "tls", "iii", "iii", "iii"},
		{[]string{"4.0.0-beta.380"}, "none", "ppp", "ppp", "ppp"},
		{[]string{"4.0.0-beta.380"}, "", "oio", "oio", "oio"},
		{[]string{"4.0.0-beta.380"}, "ssl", "???", "???", "???"},
		{[]string{"4.0.0-beta.381", "4.0.0-beta.400"}, "starttls", "oio", "oio", "oio"},
		{[]string{"4.0.0-beta.381", "4.0.0-beta.400"}, "tls", "oio", "oio", "oio"},
		{[]string{"4.0.0-beta.381", "4.0.0-beta.400"}, "none", "pip", "pip", "pip"},
		{[]string{"4.0.0-beta.400"}, "", "oio", "oio", "oio"},
		{[]string{"4.0.0-beta.401", "4.0.0-beta.420.8", "4.0.0", "4.3.9"}, "starttls", "oio", "oio", "oio"},
		{[]string{"4.0.0-beta.401", "4.0.0", "4.3.9"}, "tls", "iii", "iii", "oio"},
		{[]string{"4.0.0-beta.401", "4.0.0", "4.3.9"}, "none", "oio", "oio", "pip"},
		{[]string{"4.3.9"}, "", "oio", "oio", "oio"},
		{[]string{"4.3.10", "4.4-rc.1", ""}, "starttls", "oio", "oio", "oio"},
		{[]string{"4.3.10", ""}, "tls", "iii", "iii", "iii"},
		{[]string{"4.3.10", ""}, "none", "ppp", "ppp", "ppp"},
		{[]string{"4.3.10", ""}, "", "oio", "oio", "oio"},
		{[]string{"4.3.10", ""}, "ssl", "oio", "oio", "oio"},
		{[]string{"4.3.10"}, "StartTLS", "oio", "oio", "oio"},
	} {
		for _, release := range c.releases {
			for w, want := range map[Way]string{TeamNotices: c.team, InstanceNotices: c.instance, InstanceMails: c.mails} {
				got := ""
				for _, port := range []uint16{587, 465, 2465} {
					got += string(short[Mode(dialect.ParseVersion(release), w, c.word, port)])
				}
				if got != want {
					t.Errorf("%q at %q, %s: got %s, want %s", c.word, release, w, got, want)
				}
			}
		}
	}
}

func TestRelease(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"ghcr.io/coollabsio/coolify:4.0.0-beta.379":                   "4.0.0-beta.379",
		"localhost:5000/coollabsio/coolify:v4.3.10@sha256:0123456789": "4.3.10",
		"ghcr.io/coollabsio/coolify:latest":                           "",
		"ghcr.io/coollabsio/coolify@sha256:0123456789":                "",
		"coollabsio/coolify:4":                                        "",
		"4.0.0-beta.418":                                              "4.0.0-beta.418",
		"v4.3.10\n":                                                   "4.3.10",
		"nightly":                                                     "",
		"":                                                            "",
	} {
		if got := Release(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}
