package probe

import (
	"context"
	"errors"
	"net/netip"
	"sync"
	"time"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/plan"
)

// run is one Endpoint call. Everything that several connections share is
// behind mu; changed is closed and made anew whenever something became known.
type run struct {
	env   Env
	o     Options
	start time.Time
	all   []*address

	mu       sync.Mutex
	c        *evidence.Case
	sessions []*evidence.Session
	changed  chan struct{}
	starved  bool            // this machine had no socket left: what was not seen says nothing
	panicked any             // of a visit; Endpoint passes it on
	remedies map[string]bool // keys of remedies begun; each is tried once in a run
	attempts *Attempts       // to log in that are left
	goesOn   *visit          // the visit whose session logs in and tries the envelope
}

// since is the offset from the start of the run.
func (r *run) since() time.Duration { return r.env.Now().Sub(r.start) }

// update changes what is shared and wakes whoever waits for it.
func (r *run) update(f func()) {
	r.mu.Lock()
	defer r.mu.Unlock()
	f()
	close(r.changed)
	r.changed = make(chan struct{})
}

// look reads what is shared, and returns the channel that the next change closes.
func (r *run) look(f func()) <-chan struct{} {
	r.mu.Lock()
	defer r.mu.Unlock()
	f()
	return r.changed
}

// newSession adds a session to the case.
func (r *run) newSession(ip netip.Addr, v plan.Visit) *evidence.Session {
	s := &evidence.Session{Host: r.c.Target.Host, Port: v.Port, Peer: ip.String(), Family: family(ip), Opens: evidence.Undecided, Role: evidence.Spare, Wants: v.Wants, At: r.since()}
	if b := v.Branches[0]; b.On == v.Dial { // what it is for is known beforehand
		s.Role, s.Why = b.Role, b.Why
	} else {
		s.Why = "opened beforehand"
	}
	r.update(func() {
		r.sessions = append(r.sessions, s)
		s.ID = len(r.sessions)
	})
	return s
}

// finish writes the sessions into the case, and says whether it was cut.
func (r *run) finish(ctx context.Context) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, s := range r.sessions {
		if s.Steps == nil {
			s.Steps = []evidence.Step{}
		}
		r.c.Sessions = append(r.c.Sessions, *s)
	}
	r.c.Elapsed = r.since()
	switch err := ctx.Err(); {
	case errors.Is(err, context.DeadlineExceeded), err == nil && over(ctx):
		r.c.Cut = "timeout"
	case err != nil:
		r.c.Cut = "interrupted"
	case r.starved:
		r.c.Cut = "this machine has no socket left"
	}
}

func family(ip netip.Addr) string {
	if ip.Is4() {
		return "ipv4"
	}
	return "ipv6"
}
