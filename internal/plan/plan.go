// Package plan decides what may be contacted, and when: which connections are
// opened to an address, who speaks first on them, and what they are used for
// once it is known what the server speaks. It is pure; nothing is contacted
// that a Visit does not list.
package plan

import (
	"fmt"
	"net/netip"
	"slices"
	"time"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/provider"
	"github.com/maildoctor/maildoctor/internal/target"
)

// Event is something that became known about one address. Events only ever
// come; none is taken back.
type Event string

// The events, in the order they can come.
const (
	Start         Event = "start"
	ConnectLate   Event = "connect-late" // no answer to the SYN when one retransmission is due
	Dead          Event = "dead"         // the connection failed, or ended before a byte
	Connected     Event = "connected"
	Overdue       Event = "overdue"         // no greeting when there should be one
	HelloLate     Event = "hello-late"      // no answer to the ClientHello when there should be one
	Plain         Event = "plain"           // the server speaks, and not TLS
	Greeted       Event = "greeted"         // an SMTP greeting in clear text, 220
	Offered       Event = "offered"         // EHLO lists STARTTLS
	NotOffered    Event = "not-offered"     // EHLO does not
	TLSUp         Event = "tls-up"          // implicit TLS: the handshake is done
	HelloFailed   Event = "hello-failed"    // the ClientHello was answered by an alert, a close, a reset or not at all
	TLSBroken     Event = "tls-broken"      // STARTTLS was offered and did not lead to TLS
	OldHelloTaken Event = "old-hello-taken" // a small ClientHello without TLS 1.3 led to TLS
	TLSSilent     Event = "tls-silent"      // implicit TLS is up, and then nothing comes
	Silent        Event = "silent"          // neither way of opening drew a byte for a while
	Done          Event = "done"            // the session that does the work has ended
)

// Do is what a connection is used for.
type Do string

// The uses.
const (
	Work      Do = "work"      // an ordinary session up to the last EHLO
	MailClear Do = "mail"      // MAIL FROM:<> and RSET without TLS
	Handshake Do = "handshake" // up to the TLS handshake
	Speak     Do = "speak"     // send Visit.Line and see what comes
	Touch     Do = "touch"     // connect only
	Leave     Do = "leave"     // close
)

// Branch is one use of a connection; it is taken when On comes.
type Branch struct {
	On    Event
	Own   bool // taken, too, when the server speaks on this very connection
	Role  evidence.Role
	Why   string
	Opens evidence.Opens
	Do    Do
}

// Visit is one connection that may be opened.
type Visit struct {
	Key      string // a visit is made once for each address (a remedy once for each run)
	Port     uint16
	Dial     Event    // opened when this comes
	Branches []Branch // the first whose event comes is taken
	Wants    target.Mode
	Ceiling  string // highest TLS version offered; empty: no limit
	Only     bool   // Ceiling is also the lowest
	Small    bool   // ClientHello without a post-quantum key share
	Line     string // for Speak, CRLF included
	InTLS    bool   // for Speak: after a handshake
	Needed   bool   // the report waits for it; otherwise it is cut when the work is done
}

// State is what plan decides from.
type State struct {
	Target  target.Target
	Asked   evidence.Asked
	Addr    netip.Addr
	Has     func(Event) bool // on this address
	Alive   bool             // some address of this host took a connection
	Working bool             // some address of this host has greeted or has TLS up
	Reach   bool             // beyond the addresses that get a session: connect only
}

// The bounds on what a server sees of us. Those on connections hold for one
// port of one address; a remedy is one more, to another port.
const (
	MaxAtOnce    = 3  // connections at a time
	MaxVisits    = 6  // connections in all
	MaxSessions  = 4  // addresses of a host that get a session; others a connect only
	MaxAddresses = 16 // addresses that are looked at: who owns a name must not aim us at the world
)

// earlyTalk is how long port 25 is listened to in silence: postscreen and
// other servers that punish early talkers wait 6 s.
const earlyTalk = 8 * time.Second

// unhurried is how long a server among many may take to answer before a second
// connection is opened: servers look up who connects (reverse DNS, block lists)
// before they greet, and nobody waits for one of thousands.
const unhurried = 2500 * time.Millisecond

// SpeakFirst returns how long after connecting to a port that listens first a
// greeting is overdue, when connecting took connect: a quarter over the one
// round trip that it should have taken, 50 ms at least; where few connections are
// asked for, much longer.
func SpeakFirst(port uint16, connect time.Duration, few bool) time.Duration {
	switch {
	case port == 25:
		return earlyTalk
	case few:
		return connect + unhurried
	}
	return max(connect*5/4, connect+50*time.Millisecond)
}

// HelloWait returns how long after a ClientHello the answer is overdue. A
// server needs time for its key, so this is generous: being wrong costs a
// connection that was not needed.
func HelloWait(connect time.Duration, few bool) time.Duration {
	if few {
		return connect + unhurried
	}
	return max(4*connect, 700*time.Millisecond)
}

// SilentAfter returns how long a port may be silent to both ways of opening
// before something harmless is said to it.
func SilentAfter(port uint16) time.Duration {
	if port == 25 {
		return earlyTalk + 2*time.Second
	}
	return 3 * time.Second
}

// TLSSilentAfter is how long a server may keep its greeting back under TLS
// before it is asked, on another connection, whether it is a web server.
const TLSSilentAfter = 2500 * time.Millisecond

// ConnectLateAfter is when a SYN without an answer makes the other ports
// interesting: after the first retransmission (RFC 6298 2.1) had its chance.
const ConnectLateAfter = 1500 * time.Millisecond

// Slack is how long the report waits for side visits when the work is done: a
// part of a round trip, or what a server takes to start a process for each
// connection (Dovecot's logins, Postfix), whichever is longer. Side visits are
// mostly done by then; close by, waiting longer costs nothing to speak of.
func Slack(connect time.Duration) time.Duration {
	if connect < 10*time.Millisecond {
		return 120 * time.Millisecond
	}
	return max(connect/4, 50*time.Millisecond)
}

// Visits returns every visit to make at this state of knowledge, those already
// under way included; the order is that of importance.
func Visits(s State) []Visit {
	port := s.Target.Port
	if s.Reach {
		return []Visit{{Key: "reach", Port: port, Dial: Start, Needed: true,
			Branches: []Branch{{On: Start, Role: evidence.Reach, Why: "does this address answer", Opens: evidence.Connects, Do: Touch}}}}
	}
	v := append(openings(s), versions(s)...)
	v = append(v, smallerHellos(s)...)
	v = append(v, pokes(s)...)
	return append(v, remedies(s)...)
}

// openings are the ways in which the port is opened.
func openings(s State) []Visit {
	mode := target.ModeByPort(s.Target.Port)
	switch {
	case s.Asked.Few:
		return few(s)
	case mode == target.Implicit:
		return tlsFirst(s)
	case mode == target.STARTTLS:
		return listenFirst(s)
	}
	return bothWays(s)
}

// few makes do with one connection to a port that is in order: the ordinary
// session. A second one is opened where the first is not answered as it should
// be, and for the client that is set to what cannot work here. What side visits
// would tell is not known then.
func few(s State) []Visit {
	first, second, doubts := workListening, workTLS, []Event{Overdue}
	if target.ModeByPort(s.Target.Port) == target.Implicit {
		first, second, doubts = workTLS, workListening, []Event{Plain, HelloLate, HelloFailed}
		second.Own = true
	}
	v := []Visit{work(s, "main", first)}
	if i := slices.IndexFunc(doubts, s.Has); i >= 0 {
		v = append(v, Visit{Key: "second", Port: s.Target.Port, Dial: doubts[i], Branches: []Branch{on(doubts[i], second)}})
	}
	if s.Asked.As == target.Implicit && s.Has(Greeted) {
		client := asClient(s, s.Asked.As)
		client.Dial = Greeted
		v = append(v, client)
	}
	return v
}

// The branches that visits share.
var (
	workListening = Branch{Role: evidence.Opening, Why: "waits for the greeting", Opens: evidence.Listens, Do: Work}
	workTLS       = Branch{Role: evidence.Opening, Why: "opens with TLS", Opens: evidence.SpeaksTLS, Do: Work}
	mailClear     = Branch{On: Offered, Role: evidence.Clear, Why: "is mail taken without TLS", Opens: evidence.Listens, Do: MailClear}
)

func on(e Event, b Branch) Branch { b.On = e; return b }

func leave(events ...Event) []Branch {
	var out []Branch
	for _, e := range events {
		out = append(out, Branch{On: e, Role: evidence.Spare, Why: "opened beforehand, not needed", Opens: evidence.Undecided, Do: Leave})
	}
	return out
}

// listenFirst is for ports that greet in clear text by convention. The spare
// connection opens with TLS when the greeting is overdue; when it is not, it
// learns whether STARTTLS is enforced.
func listenFirst(s State) []Visit {
	v := []Visit{work(s, "main", workListening)}
	if s.Asked.As == target.Implicit {
		v = append(v, asClient(s, target.Implicit), Visit{Key: "clear", Port: s.Target.Port, Dial: Greeted, Branches: append([]Branch{mailClear}, leave(NotOffered, Done)...)})
	} else {
		b := append([]Branch{mailClear}, leave(NotOffered, Dead, Done)...)
		v = append(v, Visit{Key: "spare", Port: s.Target.Port, Dial: Connected, Branches: append(b, on(Overdue, workTLS))})
		if s.Has(Overdue) { // the spare is used up
			v = append(v, Visit{Key: "clear", Port: s.Target.Port, Dial: Greeted, Branches: b})
		}
	}
	return append(v, ceiling(s, Connected))
}

// tlsFirst is for ports that are implicit TLS by convention. The spare
// connection goes on in clear text when the ClientHello draws a greeting;
// when TLS comes up, it learns whether old versions are taken.
func tlsFirst(s State) []Visit {
	port := s.Target.Port
	v := []Visit{work(s, "main", workTLS)}
	listening := workListening
	listening.Own = true
	if s.Asked.As == target.STARTTLS || s.Asked.As == target.Opportunistic || s.Asked.As == target.Cleartext {
		v = append(v, asClient(s, s.Asked.As), ceiling(s, Connected))
	} else {
		b := append([]Branch{on(Plain, listening), on(TLSUp, ceilingBranch), on(HelloLate, listening), on(HelloFailed, listening)}, leave(Dead, Done)...)
		v = append(v, Visit{Key: "spare", Port: port, Dial: Connected, Branches: b, Ceiling: "1.1"},
			Visit{Key: "ceiling", Port: port, Dial: Plain, Branches: append([]Branch{on(Greeted, ceilingBranch)}, leave(Done)...), Ceiling: "1.1"})
	}
	return append(v, Visit{Key: "clear", Port: port, Dial: Plain, Branches: append([]Branch{mailClear}, leave(NotOffered, Done)...)})
}

// bothWays is for ports without a convention: one connection listens, one
// opens with TLS, at the same time.
func bothWays(s State) []Visit {
	return []Visit{work(s, "main", workListening), work(s, "tls", workTLS), ceiling(s, Connected),
		{Key: "clear", Port: s.Target.Port, Dial: Plain, Branches: append([]Branch{mailClear}, leave(NotOffered, Done)...)}}
}

func work(s State, key string, b Branch) Visit {
	return Visit{Key: key, Port: s.Target.Port, Dial: Start, Branches: []Branch{on(Start, b)}}
}

// asClient holds the session of the client that is set to mode, so that the
// report can show what it meets. One that opens with TLS gets an answer; one
// that waits in vain for a greeting is cut when the work is done. Port 25 is not
// spoken to before it spoke.
func asClient(s State, mode target.Mode) Visit {
	b := workListening
	if mode == target.Implicit {
		b = workTLS
	}
	b.Why = "a client set to " + string(mode)
	b.On = Connected
	if mode == target.Implicit && s.Target.Port == 25 {
		b.On, b.Own = Overdue, true
	}
	return Visit{Key: "client", Port: s.Target.Port, Dial: Connected, Wants: mode, Needed: mode == target.Implicit, Branches: append([]Branch{b}, leave(Dead, Done)...)}
}

var ceilingBranch = Branch{Role: evidence.Ceiling, Why: "are TLS 1.1 and older taken", Opens: evidence.SpeaksTLS, Do: Handshake}

// ceiling offers TLS 1.1 at most, the way the main session found.
func ceiling(s State, dial Event) Visit {
	return Visit{Key: "ceiling", Port: s.Target.Port, Dial: dial, Ceiling: "1.1",
		Branches: append([]Branch{on(Greeted, viaSTARTTLS(ceilingBranch)), on(TLSUp, ceilingBranch)}, leave(Dead, Silent, NotOffered, Done)...)}
}

func viaSTARTTLS(b Branch) Branch { b.Opens = evidence.Listens; return b }

// versions tries every TLS version on its own, for --deep.
func versions(s State) []Visit {
	if !s.Asked.AllVersions {
		return nil
	}
	var v []Visit
	for _, version := range []string{"1.0", "1.1", "1.2", "1.3"} {
		b := Branch{Role: evidence.Ceiling, Why: "is TLS " + version + " taken", Opens: evidence.SpeaksTLS, Do: Handshake}
		dial := TLSUp
		if s.Has(Offered) {
			dial, b.Opens = Offered, evidence.Listens
		}
		v = append(v, Visit{Key: "version-" + version, Port: s.Target.Port, Dial: dial, Ceiling: version, Only: true, Needed: true, Branches: []Branch{on(dial, b)}})
	}
	return v
}

// smallerHellos follow a ClientHello that got no ServerHello: some middleboxes
// and servers choke on TLS 1.3 or on a hello over one packet.
func smallerHellos(s State) []Visit {
	var when Event
	b := Branch{Role: evidence.Hello, Opens: evidence.SpeaksTLS, Do: Handshake}
	switch {
	case s.Has(TLSBroken):
		when, b.Opens = TLSBroken, evidence.Listens
	case s.Has(TLSUp), s.Has(Plain), s.Has(Greeted):
		return nil
	case s.Has(HelloFailed) && target.ModeByPort(s.Target.Port) != target.STARTTLS:
		when = HelloFailed
	case s.Has(HelloLate) && target.ModeByPort(s.Target.Port) == target.Implicit:
		when = HelloLate
	default:
		return nil
	}
	old, small := on(when, b), on(OldHelloTaken, b)
	old.Why, small.Why = "TLS 1.2 at most, in a small ClientHello", "TLS 1.3 in a small ClientHello"
	return []Visit{
		{Key: "hello-1.2", Port: s.Target.Port, Dial: when, Small: true, Ceiling: "1.2", Needed: true, Branches: []Branch{old}},
		{Key: "hello-small", Port: s.Target.Port, Dial: OldHelloTaken, Small: true, Needed: true, Branches: []Branch{small}},
	}
}

// x224 asks a remote desktop for a connection (RFC 1006, MS-RDPBCGR 2.2.1.1).
const x224 = "\x03\x00\x00\x13\x0e\xe0\x00\x00\x00\x00\x00\x01\x00\x08\x00\x03\x00\x00\x00"

// qmqp is the port of QMQP, which takes netstrings and nothing else.
const qmqp = 628

// pokes say something harmless to a port that says nothing.
func pokes(s State) []Visit {
	if s.Has(TLSSilent) {
		return []Visit{poke(s, "poke-tls", TLSSilent, "EHLO maildoctor.invalid\r\n", true)}
	}
	if !s.Has(Silent) || s.Has(Plain) || s.Has(TLSUp) {
		return nil
	}
	if s.Target.Port == qmqp {
		return []Visit{poke(s, "poke-qmqp", Silent, "0:,", false)}
	}
	return []Visit{
		poke(s, "poke-ehlo", Silent, "EHLO maildoctor.invalid\r\n", false),
		poke(s, "poke-proxy", Silent, "PROXY UNKNOWN\r\n", false),
		poke(s, "poke-rdp", Silent, x224, false),
	}
}

func poke(s State, key string, when Event, line string, inTLS bool) Visit {
	b := Branch{On: when, Role: evidence.Poke, Why: "does it answer when it is spoken to", Opens: evidence.SpeaksRaw, Do: Speak}
	if inTLS {
		b.Opens = evidence.SpeaksTLS
	}
	return Visit{Key: key, Port: s.Target.Port, Dial: when, Line: line, InTLS: inTLS, Needed: true, Branches: []Branch{b}}
}

// remedies tries what a finding will recommend: the other mode on the port
// that has it, or the other ports of a host that does not answer on this one.
func remedies(s State) []Visit {
	if s.Asked.NoPort {
		return nil
	}
	as, greeted := s.Asked.As, s.Has(Greeted)
	switch {
	case as == target.Implicit && greeted:
		return tryPorts(s, Greeted, target.Implicit)
	case (as == target.STARTTLS || as == target.Cleartext || as == target.Opportunistic) && s.Has(TLSUp):
		return tryPorts(s, TLSUp, target.STARTTLS)
	case s.Has(TLSBroken):
		return tryPorts(s, TLSBroken, target.Implicit)
	case s.Has(HelloFailed) && !s.Working && target.ModeByPort(s.Target.Port) == target.Implicit:
		return tryPorts(s, HelloFailed, target.STARTTLS)
	case s.Has(NotOffered) && (as == target.STARTTLS || s.Target.Port == 587):
		return tryPorts(s, NotOffered, target.Implicit)
	case !s.Working && s.Has(Silent):
		return tryPorts(s, Silent, target.NoMode)
	case !s.Alive && s.Has(ConnectLate):
		return tryPorts(s, ConnectLate, target.NoMode)
	case !s.Working && s.Has(Dead):
		return tryPorts(s, Dead, target.NoMode)
	}
	return nil
}

// tryPorts visits the ports of the host that have the mode (any mode, when it
// is empty): those of its provider, else those of the conventions.
func tryPorts(s State, when Event, mode target.Mode) []Visit {
	var v []Visit
	for _, p := range Alternatives(s.Target.Host) {
		if p.Port == s.Target.Port || mode != target.NoMode && p.Mode != mode {
			continue
		}
		b := Branch{On: when, Role: evidence.Remedy, Why: fmt.Sprintf("remedy: port %d with %s", p.Port, p.Mode), Opens: evidence.Listens, Do: Work}
		if p.Mode == target.Implicit {
			b.Opens = evidence.SpeaksTLS
		}
		v = append(v, Visit{Key: fmt.Sprintf("remedy-%d", p.Port), Port: p.Port, Dial: when, Wants: p.Mode, Needed: true, Branches: []Branch{b}})
	}
	return v
}

// Endpoint is a port with the mode that it should have.
type Endpoint struct {
	Port uint16
	Mode target.Mode
}

// Alternatives lists the submission endpoints of a host, the one to prefer
// first: what its provider documents, else 465, 587 and their siblings.
func Alternatives(host string) []Endpoint {
	var out []Endpoint
	if p, ok := provider.ByHost(host); ok {
		for _, port := range p.Ports {
			if port.Mode == target.Implicit || port.Mode == target.STARTTLS {
				out = append(out, Endpoint{port.Port, port.Mode})
			}
		}
	}
	if len(out) > 0 {
		return out
	}
	for _, port := range target.SubmissionPorts() {
		if port != 25 {
			out = append(out, Endpoint{port, target.ModeByPort(port)})
		}
	}
	return out
}
