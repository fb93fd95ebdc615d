package probe

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"net/netip"
	"slices"
	"time"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/plan"
)

// make opens the connection of a visit, waits for its turn and does its work.
func (a *address) make(v *visit) {
	t := &talk{a: a, r: a.r, v: v, ctx: v.ctx}
	t.s = a.r.newSession(a.ip, v.plan)
	a.r.update(func() { v.session = t.s })
	if !t.dial() {
		return
	}
	defer t.conn.Close()
	b, ok := t.turn()
	if !ok {
		a.r.update(func() { t.s.Cut = true })
		return
	}
	a.r.update(func() { t.s.Role, t.s.Why, t.s.Opens, t.s.Ceiling = b.Role, b.Why, b.Opens, ceilingOf(b, v.plan) })
	t.do(b)
}

// ceilingOf: a spare connection has a ceiling only when it is used for one.
func ceilingOf(b plan.Branch, p plan.Visit) string {
	if b.Do == plan.Handshake {
		return p.Ceiling
	}
	return ""
}

// talk is one connection at work. It alone writes to its session, through
// run.update.
type talk struct {
	a    *address
	r    *run
	v    *visit
	s    *evidence.Session
	ctx  context.Context
	conn *link
	tls  *tls.Conn // once the handshake is done
	rd   *reader

	secrets *secrets // known from the login on
	unsent  bool     // the last step was held back: the connection is none the worse for it
}

// candidate reports whether this session may find the mode and do the work.
func (t *talk) candidate() bool { return t.s.Role == evidence.Opening || t.s.Role == evidence.Main }

// dial connects. The first connection to an address tells the address what
// became of it.
func (t *talk) dial() bool {
	p := t.v.plan
	sets := p.Dial == plan.Start
	if sets {
		late := time.AfterFunc(plan.ConnectLateAfter, func() { t.a.post(plan.ConnectLate) })
		defer late.Stop()
	}
	begin := t.r.since()
	t.r.update(func() { t.a.dialled = cmp.Or(t.a.dialled, begin) })
	to := t.r.route(t.a.ip, p.Port)
	ctx, cancel := context.WithTimeout(t.ctx, t.r.o.Limits.Connect)
	defer cancel()
	conn, err := t.r.env.Dial(ctx, "tcp", to.String())
	for starved(err) && pause(ctx) {
		begin = t.r.since()
		conn, err = t.r.env.Dial(ctx, "tcp", to.String())
	}
	took := t.r.since() - begin
	step := evidence.Step{Name: evidence.StepConnect, At: begin, Took: took}
	if err != nil {
		step.Fault = dialFault(t.ctx, err)
	}
	t.add(step)
	if err != nil {
		if starved(err) {
			t.r.update(func() { t.r.starved = true })
		}
		if sets && step.Fault.Class != evidence.Cancelled {
			t.a.post(plan.Dead)
		}
		return false
	}
	t.conn = newLink(t.ctx, conn)
	t.rd = newReader(t.conn)
	t.r.update(func() {
		if t.a.connect == 0 {
			t.a.connect = took
		}
	})
	if sets {
		t.a.post(plan.Connected)
	}
	return true
}

// untilFree is how soon it is tried again whether this machine has a socket: another
// conversation of ours may have ended.
const untilFree = 50 * time.Millisecond

func pause(ctx context.Context) bool {
	select {
	case <-time.After(untilFree):
		return true
	case <-ctx.Done():
		return false
	}
}

// over reports whether the time of ctx is over, which it notices itself a moment
// later.
func over(ctx context.Context) bool {
	end, ok := ctx.Deadline()
	return ok && time.Until(end) <= 0
}

// dialFault tells the limit of one dial (a time-out) from the end of the run, which
// the socket may notice a moment before the context does.
func dialFault(ctx context.Context, err error) *evidence.Fault {
	if isTimeout(err) && over(ctx) {
		<-ctx.Done()
	}
	if ctx.Err() != nil {
		return ctxFault(ctx, context.Canceled)
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return &evidence.Fault{Class: evidence.Timeout, Text: "no answer to the connection request in time"}
	}
	return faultOf(err)
}

// route is where a connection really goes: --connect-to names another port.
func (r *run) route(ip netip.Addr, port uint16) netip.AddrPort {
	for _, m := range r.o.Mappings {
		if exact, _ := m.Applies(r.c.Target.Host, port); exact && m.Addr.Unmap() == ip && m.ToPort != 0 {
			return netip.AddrPortFrom(ip, m.ToPort)
		}
	}
	return netip.AddrPortFrom(ip, port)
}

// turn waits for the first branch whose event has come.
func (t *talk) turn() (plan.Branch, bool) {
	var own *watch
	if slices.ContainsFunc(t.v.plan.Branches, func(b plan.Branch) bool { return b.Own }) {
		own = t.ownBytes()
		defer own.stop()
	}
	t.r.update(func() { t.v.waiting = true })
	for {
		var b plan.Branch
		found := false
		changed := t.r.look(func() {
			b, found = t.a.pick(t.v, own.came())
			t.v.waiting = !found
		})
		if found {
			return b, true
		}
		select {
		case <-changed:
		case <-own.wait():
		case <-t.ctx.Done():
			return b, false
		}
	}
}

func (t *talk) do(b plan.Branch) {
	switch b.Do {
	case plan.Work:
		if t.work(b.Opens) && t.a.isMain(t.v) {
			t.goOn()
		}
	case plan.MailClear:
		t.mailClear()
	case plan.Handshake:
		t.handshakeOnly(b.Opens)
	case plan.Speak:
		t.speak()
	case plan.Touch, plan.Leave:
	}
	t.quit()
	if t.a.isMain(t.v) {
		t.a.done()
	}
}

func (a *address) isMain(v *visit) bool {
	is := false
	a.r.look(func() { is = a.main == v })
	return is
}

// add writes a step down.
func (t *talk) add(st evidence.Step) {
	t.r.update(func() { t.s.Steps = append(t.s.Steps, st) })
}

// step runs f within limit and writes down what came of it.
func (t *talk) step(name evidence.StepName, sent string, limit time.Duration, f func() (*evidence.Reply, error)) (*evidence.Reply, *evidence.Fault) {
	if t.r.o.Watch != nil {
		t.r.o.Watch(string(name))
	}
	begin := t.r.since()
	t.conn.limit(time.Now().Add(limit))
	rep, err := f()
	t.secrets.clean(rep)
	t.unsent = false
	st := evidence.Step{Name: name, Sent: sent, Reply: rep, At: begin, Took: t.r.since() - begin}
	if err != nil {
		st.Fault = t.conn.fault(err)
		st.Fault.Text = t.secrets.text(st.Fault.Text)
		if name == evidence.StepTLS && st.Fault.Class == evidence.Other {
			st.Fault.Class = evidence.TLSFailed
		}
	}
	t.add(st)
	return rep, st.Fault
}
