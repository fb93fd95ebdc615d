package plan

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/target"
)

// at is the state of knowledge about a port after some events.
func at(port uint16, as target.Mode, events ...Event) State {
	return State{
		Target:  target.Target{Host: "mail.example.test", Port: port},
		Asked:   evidence.Asked{As: as},
		Has:     func(e Event) bool { return e == Start || slices.Contains(events, e) },
		Alive:   slices.Contains(events, Connected),
		Working: slices.Contains(events, Greeted) || slices.Contains(events, TLSUp),
	}
}

// among is a state of a run over many targets.
func among(s State) State { s.Asked.Few = true; return s }

// begun lists the keys of the visits whose dial event has come.
func begun(s State) string {
	var keys []string
	for _, v := range Visits(s) {
		if s.Has(v.Dial) {
			keys = append(keys, v.Key)
		}
	}
	return strings.Join(keys, " ")
}

func TestVisits(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		s    State
		want string
	}{
		{"587 at the start", at(587, ""), "main"},
		{"587 connected", at(587, "", Connected), "main spare ceiling"},
		{"587 healthy: no remedy", at(587, "", Connected, Plain, Greeted, Offered), "main spare ceiling"},
		{"587 as implicit, greeted", at(587, target.Implicit, Connected, Plain, Greeted), "main client clear ceiling remedy-465 remedy-2465"},
		{"587 without STARTTLS", at(587, "", Connected, Plain, Greeted, NotOffered), "main spare ceiling remedy-465 remedy-2465"},
		{"2525 without STARTTLS", at(2525, "", Connected, Plain, Greeted, NotOffered), "main spare ceiling"},
		{"587 with STARTTLS broken", at(587, "", Connected, Plain, Greeted, Offered, TLSBroken), "main spare ceiling hello-1.2 remedy-465 remedy-2465"},
		{"465 healthy", at(465, "", Connected, TLSUp), "main spare"},
		{"465 in clear text", at(465, "", Connected, Plain), "main spare ceiling clear"},
		{"465 as STARTTLS", at(465, target.STARTTLS, Connected, TLSUp), "main client ceiling remedy-587 remedy-2525 remedy-2587"},
		{"465, ClientHello refused", at(465, "", Connected, HelloFailed), "main spare hello-1.2 remedy-587 remedy-2525 remedy-2587"},
		{"465, old ClientHello taken", at(465, "", Connected, HelloFailed, OldHelloTaken), "main spare hello-1.2 hello-small remedy-587 remedy-2525 remedy-2587"},
		{"no convention: both ways at once", at(4000, ""), "main tls"},
		{"587 silent", at(587, "", Connected, Overdue, Silent), "main spare ceiling poke-ehlo poke-proxy poke-rdp remedy-465 remedy-2525 remedy-2465 remedy-2587"},
		{"628 silent", at(628, "", Connected, Silent), "main tls ceiling poke-qmqp remedy-587 remedy-465 remedy-2525 remedy-2465 remedy-2587"},
		{"implicit TLS, silent", at(465, "", Connected, TLSUp, TLSSilent), "main spare poke-tls"},
		{"587 among many, healthy", among(at(587, "", Connected, Plain, Greeted, Offered)), "main"},
		{"587 among many, overdue", among(at(587, "", Connected, Overdue)), "main second"},
		{"587 among many, as implicit", among(at(587, target.Implicit, Connected, Plain, Greeted)), "main client remedy-465 remedy-2465"},
		{"465 among many, healthy", among(at(465, "", Connected, TLSUp)), "main"},
		{"465 among many, in clear text", among(at(465, "", Connected, Plain)), "main second"},
		{"465 among many, late and then refused", among(at(465, "", Connected, HelloLate, HelloFailed)), "main second hello-1.2 remedy-587 remedy-2525 remedy-2587"},
		{"no convention, among many", among(at(4000, "", Connected)), "main"},
		{"no convention, among many, overdue", among(at(4000, "", Connected, Overdue)), "main second"},
		{"filtered", at(587, "", ConnectLate), "main remedy-465 remedy-2525 remedy-2465 remedy-2587"},
		{"refused", at(465, "", Dead), "main remedy-587 remedy-2525 remedy-2465 remedy-2587"},
	} {
		if got := begun(c.s); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestVisitsWithoutPort(t *testing.T) {
	t.Parallel()
	s := at(587, "", Dead)
	s.Asked.NoPort = true
	if got := begun(s); got != "main" {
		t.Errorf("%s; the other ports are looked at anyway", got)
	}
}

func TestReachOnly(t *testing.T) {
	t.Parallel()
	s := at(587, "", Connected, Greeted)
	s.Reach = true
	if v := Visits(s); len(v) != 1 || v[0].Branches[0].Do != Touch {
		t.Errorf("got %+v, want a connection and nothing else", v)
	}
}

func TestDeepTriesEveryVersion(t *testing.T) {
	t.Parallel()
	s := at(465, "", Connected, TLSUp)
	s.Asked.AllVersions = true
	if got := begun(s); got != "main spare version-1.0 version-1.1 version-1.2 version-1.3" {
		t.Errorf("got %s", got)
	}
}

// TestNoEarlyTalk: on port 25 nothing is sent before the server has spoken or
// has been silent for longer than a pregreet test.
func TestNoEarlyTalk(t *testing.T) {
	t.Parallel()
	if d := SpeakFirst(25, time.Millisecond, true); d < 8*time.Second {
		t.Errorf("port 25 is spoken to after %v", d)
	}
	for _, as := range []target.Mode{"", target.Implicit, target.STARTTLS} {
		for _, v := range Visits(at(25, as, Connected)) {
			for _, b := range v.Branches {
				if b.Opens == evidence.SpeaksTLS && b.On != Overdue && b.On != TLSUp && b.On != Silent {
					t.Errorf("as %q: visit %s opens with TLS on %s", as, v.Key, b.On)
				}
			}
		}
	}
}

func TestKeysAreUnique(t *testing.T) {
	t.Parallel()
	for _, port := range []uint16{25, 465, 587, 628, 4000} {
		for _, as := range []target.Mode{"", target.Implicit, target.STARTTLS, target.Opportunistic, target.Cleartext} {
			s := at(port, as, Connected, ConnectLate, Dead, Overdue, Plain, Greeted, Offered, TLSBroken, HelloFailed, Silent, OldHelloTaken)
			seen := map[string]bool{}
			for _, v := range Visits(s) {
				if seen[v.Key] || len(v.Branches) == 0 {
					t.Errorf("port %d as %q: visit %q twice or without a branch", port, as, v.Key)
				}
				seen[v.Key] = true
			}
		}
	}
}

// TestProviderPorts: remedies at a known provider are the ports it documents.
func TestProviderPorts(t *testing.T) {
	t.Parallel()
	got := Alternatives("smtp-relay.brevo.com")
	want := []Endpoint{{587, target.STARTTLS}, {2525, target.STARTTLS}, {465, target.Implicit}}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestOverdue(t *testing.T) {
	t.Parallel()
	for connect, want := range map[time.Duration]time.Duration{
		time.Millisecond:       51 * time.Millisecond,
		100 * time.Millisecond: 150 * time.Millisecond,
		400 * time.Millisecond: 500 * time.Millisecond,
	} {
		if got := SpeakFirst(587, connect, false); got != want {
			t.Errorf("connect %v: overdue after %v, want %v", connect, got, want)
		}
	}
}
