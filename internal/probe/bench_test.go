package probe_test

import (
	"context"
	"crypto/tls"
	"testing"
	"time"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/fakemail"
	"github.com/maildoctor/maildoctor/internal/probe"
	"github.com/maildoctor/maildoctor/internal/target"
)

// BenchmarkRoundTrips tells how many round trips a probe takes until its main
// session is done, and until the mode is known. The floors are 6 for STARTTLS
// with TLS 1.3 (connect, greeting, EHLO, STARTTLS, TLS, EHLO) and 4 for
// implicit TLS (connect, TLS, greeting, EHLO).
func BenchmarkRoundTrips(b *testing.B) {
	const rtt = 100 * time.Millisecond
	ca, conf := testAuthority(b)
	tls12 := conf.Clone()
	tls12.MaxVersion = tls.VersionTLS12
	implicit := fakemail.Script{Mode: target.Implicit, TLS: conf}.Serve
	starttls := fakemail.Script{Mode: target.STARTTLS, TLS: conf, RequireTLS: true}.Serve
	for _, c := range []struct {
		name  string
		port  uint16 // of convention
		serve fakemail.Handler
		as    target.Mode
	}{
		{"STARTTLS", 587, starttls, ""},
		{"STARTTLS with TLS 1.2", 587, fakemail.Script{Mode: target.STARTTLS, TLS: tls12}.Serve, ""},
		{"implicit TLS", 465, implicit, ""},
		{"clear text", 2525, fakemail.Script{}.Serve, ""},
		{"STARTTLS, no convention", 4587, starttls, ""},
		{"implicit TLS, no convention", 4465, implicit, ""},
		{"implicit TLS behind 587", 587, implicit, ""},
		{"STARTTLS behind 465", 465, starttls, ""},
		{"as implicit on 587", 587, starttls, target.Implicit},
		{"as STARTTLS on 465", 465, implicit, target.STARTTLS},
		{"silent port", 587, fakemail.Silent, ""},
	} {
		b.Run(c.name, func(b *testing.B) {
			s, err := fakemail.Listen(c.serve)
			if err != nil {
				b.Fatal(err)
			}
			defer s.Close()
			var main, mode time.Duration
			for b.Loop() {
				k := newCase(c.port, c.as)
				probe.Endpoint(context.Background(), probe.Env{Dial: farAway(rtt), Now: time.Now, Roots: ca.Pool()}, mapped(s, c.port), &k)
				main, mode = main+k.Elapsed, mode+modeKnown(k)
			}
			b.ReportMetric(float64(main)/float64(b.N)/float64(rtt), "RTTs")
			b.ReportMetric(float64(mode)/float64(b.N)/float64(rtt), "RTTs-to-mode")
		})
	}
}

// modeKnown is the earliest time at which a session of k settled the mode.
func modeKnown(k evidence.Case) time.Duration {
	var first time.Duration
	for _, s := range k.Sessions {
		if s.Role == evidence.Main && s.ModeKnown > 0 && (first == 0 || s.ModeKnown < first) {
			first = s.ModeKnown
		}
	}
	return first
}
