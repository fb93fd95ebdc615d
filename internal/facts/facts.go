// Package facts says what the evidence amounts to: which session speaks for
// an address and which address for the endpoint, how far it was reached, what
// it speaks, how TLS comes about, what its certificate is worth. Everything
// is a pure function of a Case; it reads no clock and judges nothing to be
// good or bad.
package facts

import (
	"slices"
	"time"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/target"
)

// Reach says how far connections to an address came.
type Reach string

// The reaches, as in the report's contract.
const (
	NotTried    Reach = ""            // no attempt came to an end
	Open        Reach = "open"        // it answered with at least one byte
	Silent      Reach = "silent"      // it accepted, and no byte came
	Closed      Reach = "closed"      // it accepted and closed before a byte
	Reset       Reach = "reset"       // it accepted and reset before a byte
	Refused     Reach = "refused"     // RST to the connection attempt
	Filtered    Reach = "filtered"    // no answer to the connection attempt
	Unreachable Reach = "unreachable" // no route, or this machine or its proxy would not connect
	Unresolved  Reach = "unresolved"  // no address to connect to
)

// rank orders reaches by how much they answer; the first address with the
// highest rank speaks for the endpoint.
func (r Reach) rank() int {
	return slices.Index([]Reach{NotTried, Unresolved, Unreachable, Filtered, Refused, Silent, Closed, Reset, Open}, r)
}

// Facts is what is known of the endpoint of one Case.
type Facts struct {
	Case      *evidence.Case
	Addresses []Address // in the order of the resolver, then of dialling
	Address             // the one that speaks for the endpoint; the zero Address when there is none
}

// Address is what is known of one IP address.
type Address struct {
	IP          string
	Family      string
	Source      string              // of the look-up: hosts, dns, connect-to, literal
	Sessions    []*evidence.Session // with this address and the target's port, in the order of dialling
	Main        *evidence.Session   // found the mode and did the work; an empty session when none did, never nil
	Reach       Reach
	Protocol    string      // "smtp", "imap", ...; "unknown" for bytes of no known protocol; "" when no byte came
	Mode        target.Mode // implicit, starttls, cleartext or unknown
	TLS         *evidence.TLS
	Certificate Certificate
}

// Of draws the facts from a case. It accepts any Case, however incomplete.
func Of(c *evidence.Case) *Facts {
	f := &Facts{Case: c, Addresses: addresses(c)}
	for i := range f.Addresses {
		f.Addresses[i].conclude(c.Now)
	}
	f.Address = speaker(f.Addresses)
	if f.Reach == NotTried && f.Unresolved() {
		f.Reach = Unresolved
	}
	return f
}

// speaker picks the address that speaks for the endpoint.
func speaker(all []Address) Address {
	best := Address{Main: &evidence.Session{}, Mode: target.Unknown}
	for _, a := range all {
		if a.Reach.rank() > best.Reach.rank() || best.IP == "" {
			best = a
		}
	}
	return best
}

// addresses lists the addresses looked up, then those only dialled, each with
// its sessions.
func addresses(c *evidence.Case) []Address {
	var all []Address
	at := func(ip, family, source string) *Address {
		for i := range all {
			if all[i].IP == ip {
				return &all[i]
			}
		}
		all = append(all, Address{IP: ip, Family: family, Source: source})
		return &all[len(all)-1]
	}
	for _, l := range c.Lookups {
		if l.Kind != "address" || (l.Name != c.Target.Host && l.Name != "") {
			continue
		}
		for _, a := range l.Addrs {
			at(a.IP, a.Family, l.Source)
		}
	}
	for i := range c.Sessions {
		s := &c.Sessions[i]
		if s.Role == evidence.Remedy || s.Peer == "" {
			continue
		}
		a := at(s.Peer, s.Family, "")
		a.Sessions = append(a.Sessions, s)
	}
	return all
}

// conclude fills in what follows from the sessions.
func (a *Address) conclude(now time.Time) {
	a.Main = a.mainSession()
	a.Reach = a.reach()
	a.Protocol = a.protocol()
	a.Mode = a.mode()
	a.TLS = a.tls()
	a.Certificate = certificate(a.TLS, now)
}

func (a *Address) mainSession() *evidence.Session {
	for _, s := range a.Sessions {
		if s.Role == evidence.Main {
			return s
		}
	}
	return &evidence.Session{}
}

// With lists the sessions of a role.
func (a *Address) With(role evidence.Role) []*evidence.Session {
	var out []*evidence.Session
	for _, s := range a.Sessions {
		if s.Role == role {
			out = append(out, s)
		}
	}
	return out
}

// Unresolved reports whether the name was asked for and has no address.
func (f *Facts) Unresolved() bool {
	asked := false
	for _, l := range f.Case.Lookups {
		if l.Kind != "address" || l.Skipped != "" {
			continue
		}
		if len(l.Addrs) > 0 {
			return false
		}
		asked = asked || slices.ContainsFunc(l.Faults, func(lf evidence.LookupFault) bool { return lf.Fault.Class != evidence.Cancelled })
	}
	return asked && len(f.Addresses) == 0
}

// Claimed is the mode the client is set to, by --as or by the scheme of the
// target; NoMode without a claim.
func (f *Facts) Claimed() target.Mode {
	if f.Case.Asked.As != target.NoMode {
		return f.Case.Asked.As
	}
	return f.Case.Target.Mode
}

// Step is the first step of a session with that name, or nil.
func Step(s *evidence.Session, name evidence.StepName) *evidence.Step {
	for i := range s.Steps {
		if s.Steps[i].Name == name {
			return &s.Steps[i]
		}
	}
	return nil
}

// FaultAt is the fault of a step, or the zero Fault when the step is missing
// or succeeded.
func FaultAt(s *evidence.Session, name evidence.StepName) evidence.Fault {
	if st := Step(s, name); st != nil && st.Fault != nil {
		return *st.Fault
	}
	return evidence.Fault{}
}

// ReplyAt is the reply to a step, or the zero Reply.
func ReplyAt(s *evidence.Session, name evidence.StepName) evidence.Reply {
	if st := Step(s, name); st != nil && st.Reply != nil {
		return *st.Reply
	}
	return evidence.Reply{}
}

// Broken is the first step of a session that failed on its own, QUIT aside;
// nil when none did. What we ended ourselves did not fail.
func Broken(s *evidence.Session) *evidence.Step {
	for i := range s.Steps {
		st := &s.Steps[i]
		if st.Fault != nil && st.Fault.Class != evidence.Cancelled && st.Name != evidence.StepQuit {
			return st
		}
	}
	return nil
}
