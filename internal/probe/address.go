package probe

import (
	"context"
	"errors"
	"net/netip"
	"slices"
	"time"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/plan"
)

// address is one IP address of the host, with the visits made to it. Its
// fields are behind run.mu.
type address struct {
	r       *run
	ip      netip.Addr
	reach   bool // connect only
	has     map[plan.Event]bool
	visits  map[string]*visit
	ctx     context.Context
	running int           // visits under way
	open    int           // connections to the port now
	made    int           // connections to the port in all
	dialled time.Duration // offset of the first dial; 0: none yet
	connect time.Duration // that the first connection took
	main    *visit        // the visit whose session does the work, once it is known
	slack   time.Time     // side visits are cut after this, once the work is done
	cutDone bool
}

// visit is a plan.Visit under way.
type visit struct {
	plan    plan.Visit
	session *evidence.Session
	ctx     context.Context
	cancel  context.CancelCauseFunc
	ended   bool
	side    bool // cut when the work is done
	waiting bool // connected, for an event
	cut     bool // told to end
}

// The causes of a visit that was cut.
var (
	errNotNeeded = errors.New("not needed any more")
	errLate      = errors.New("no answer while another address of the host was done")
)

// lateAddress is how long an address may go without answering our SYN while
// another address of the host is done: until a second retransmission, 3 s after
// the first SYN (RFC 6298 5.5), has had its chance.
const lateAddress = 3500 * time.Millisecond

// run makes the visits that plan asks for until all that matter have ended.
func (a *address) run(ctx context.Context) {
	a.ctx = ctx
	a.post(plan.Start)
	for {
		var timer <-chan time.Time
		running, stuck := 0, false
		a.launch()
		changed := a.r.look(func() {
			running, stuck, timer = a.running, a.stuck(), a.deadline()
		})
		if running == 0 {
			break
		}
		if stuck {
			a.cut()
			continue
		}
		select {
		case <-changed:
		case <-timer:
			a.timeUp()
		}
	}
	a.nameMain()
}

// launch begins the visits that are due. Whoever posts an event calls it at
// once: on a busy machine the goroutine of run may not come to its turn before
// a short session is over.
func (a *address) launch() {
	var due []*visit
	a.r.look(func() {
		if a.ctx.Err() == nil {
			due = a.due()
		}
		a.running += len(due)
	})
	for _, v := range due {
		go a.visit(v)
	}
}

// visit makes one visit. A panic is kept for Endpoint to pass on.
func (a *address) visit(v *visit) {
	defer func() {
		p := recover()
		v.cancel(nil)
		a.r.update(func() {
			a.running--
			a.ended(v)
			a.r.panicked = orFirst(a.r.panicked, p)
		})
	}()
	a.make(v)
}

// due returns the visits to begin now. The caller holds run.mu.
func (a *address) due() []*visit {
	var out []*visit
	for _, p := range plan.Visits(a.state()) {
		if a.visits[p.Key] != nil || !a.has[p.Dial] || a.has[plan.Done] && !p.Needed || a.elsewhere(p) {
			continue
		}
		other := p.Port != a.r.c.Target.Port
		if !other && (a.open >= plan.MaxAtOnce || a.made >= a.most()) {
			continue
		}
		v := &visit{plan: p, side: !p.Needed}
		v.ctx, v.cancel = context.WithCancelCause(a.ctx)
		a.visits[p.Key] = v
		if !other {
			a.open++
			a.made++
		} else {
			a.r.remedies[p.Key] = true
		}
		out = append(out, v)
	}
	return out
}

// ended makes place for another visit. The caller holds run.mu.
func (a *address) ended(v *visit) {
	v.ended = true
	if v.plan.Port == a.r.c.Target.Port {
		a.open--
	}
}

// elsewhere reports whether the remedy is being tried from another address.
func (a *address) elsewhere(p plan.Visit) bool {
	return p.Port != a.r.c.Target.Port && a.r.remedies[p.Key]
}

// most is the number of connections this address may see.
func (a *address) most() int {
	if a.r.c.Asked.AllVersions {
		return plan.MaxVisits + 4
	}
	return plan.MaxVisits
}

func (a *address) state() plan.State {
	s := plan.State{Target: a.r.c.Target, Asked: a.r.c.Asked, Addr: a.ip, Has: func(e plan.Event) bool { return a.has[e] }, Reach: a.reach}
	for _, o := range a.r.all {
		s.Alive = s.Alive || o.has[plan.Connected]
		s.Working = s.Working || o.has[plan.Greeted] || o.has[plan.TLSUp]
	}
	return s
}

// stuck reports whether all that goes on is connections that wait for an event
// which nobody is left to bring about. The caller holds run.mu.
func (a *address) stuck() bool {
	any := false
	for _, v := range a.visits {
		if v.ended || v.cut {
			continue
		}
		if _, ready := a.pick(v, false); !v.waiting || ready {
			return false
		}
		any = true
	}
	return any
}

// pick finds the first branch of v whose event has come, or that is taken when
// the server speaks on v's own connection. The caller holds run.mu.
func (a *address) pick(v *visit, own bool) (plan.Branch, bool) {
	for _, b := range v.plan.Branches {
		if a.has[b.On] || b.Own && own {
			return b, true
		}
	}
	return plan.Branch{}, false
}

// deadline is when visits are to be cut; nil while there is no reason to.
func (a *address) deadline() <-chan time.Time {
	now := a.r.env.Now()
	switch {
	case a.cutDone:
		return nil
	case a.has[plan.Done]:
		return time.After(a.slack.Sub(now))
	case a.late():
		return time.After(a.r.start.Add(a.dialled + lateAddress).Sub(now))
	}
	return nil
}

// late reports whether only this address keeps the run waiting, and has not
// taken a connection yet.
func (a *address) late() bool {
	return a.dialled > 0 && !a.has[plan.Connected] && a.othersDone()
}

func (a *address) othersDone() bool {
	return slices.ContainsFunc(a.r.all, func(o *address) bool { return o != a && o.has[plan.Done] })
}

// timeUp cuts when the reason for it still holds.
func (a *address) timeUp() {
	holds := false
	a.r.look(func() { holds = a.has[plan.Done] || a.late() })
	if holds {
		a.cut()
	}
}

// cut ends the visits that nobody waits for any more.
func (a *address) cut() {
	a.r.update(func() {
		a.cutDone = true
		cause := errNotNeeded
		if !a.has[plan.Done] {
			cause = errLate
		}
		for _, v := range a.visits {
			if !v.ended && v != a.main && (v.side || v.waiting || v.plan.Key == "reach") {
				v.cut = true
				v.cancel(cause)
			}
		}
	})
}

// nameMain names the main session where none claimed the work: the first one
// that was planned.
func (a *address) nameMain() {
	a.r.update(func() {
		if v := a.visits["main"]; a.main == nil && v != nil && v.session != nil {
			v.session.Role = evidence.Main
		}
	})
}

// claim makes v the visit that does the work, unless another one is.
func (a *address) claim(v *visit) bool {
	ok := false
	a.r.update(func() {
		if a.main == nil {
			a.main = v
			v.session.Role = evidence.Main
		}
		ok = a.main == v
	})
	return ok
}

func (a *address) post(events ...plan.Event) {
	a.r.update(func() {
		for _, e := range events {
			a.has[e] = true
		}
	})
	a.launch()
}

// done says that the work is finished: side visits have a little time left,
// and who still waits for a greeting waits in vain.
func (a *address) done() {
	a.r.update(func() {
		a.has[plan.Done] = true
		a.slack = a.r.env.Now().Add(plan.Slack(a.connect))
		for _, v := range a.visits {
			if v.side && !v.ended && v != a.main && v.session != nil && v.session.Role == evidence.Opening {
				v.cancel(errNotNeeded)
			}
		}
	})
}

// foreign ends the wait for a greeting that will not come: it is known that
// another protocol is spoken here.
func (a *address) foreign() {
	a.done()
	a.r.update(func() {
		if a.main != nil && !a.main.ended {
			a.main.cancel(errNotNeeded)
		}
	})
}

func orFirst(a, b any) any {
	if a != nil {
		return a
	}
	return b
}
