package probe

import (
	"net"
	"slices"
	"strings"
	"time"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/plan"
	"github.com/maildoctor/maildoctor/internal/wire"
)

// work is an ordinary session: greeting, EHLO, STARTTLS where it is offered,
// EHLO again. It stops where the peer turns out to be something else, and
// reports whether the session stands and may go on.
func (t *talk) work(opens evidence.Opens) bool {
	if opens == evidence.SpeaksTLS {
		return t.workTLS()
	}
	if !t.greet(evidence.StepGreeting) || !t.hello(evidence.StepEHLO, evidence.StepHELO) {
		return false
	}
	if !wire.Has(t.s.Ext, "STARTTLS") {
		t.tell(plan.NotOffered)
		return true
	}
	t.tell(plan.Offered)
	if !t.startTLS(tlsWish{}) {
		if t.ctx.Err() == nil {
			t.tell(plan.TLSBroken)
		}
		return false
	}
	return t.hello(evidence.StepEHLOTLS, "")
}

func (t *talk) workTLS() bool {
	fault := t.handshake(tlsWish{})
	if fault != nil {
		t.noTLS(fault)
		return false
	}
	if !t.claim() {
		return false
	}
	t.settle()
	t.tell(plan.TLSUp)
	silent := t.after(plan.TLSSilentAfter, plan.TLSSilent)
	ok := t.greet(evidence.StepGreetingTLS)
	silent()
	return ok && t.hello(evidence.StepEHLOTLS, "")
}

// noTLS tells what a handshake that failed showed of the port.
func (t *talk) noTLS(fault *evidence.Fault) {
	switch {
	case fault.Class == evidence.Cancelled:
	case t.s.First != nil:
		// A protocol that only answers is known for what it is by now; one that
		// greets shows itself on the connection that listens.
		if slices.Contains([]string{"http", "echo", "redis", "rdp", "qmqp"}, t.s.First.Protocol) {
			t.claim()
		}
		t.tell(plan.Plain)
	default:
		if t.s.TLS != nil { // it answered with a TLS record: implicit TLS, though it fails
			t.claim()
			t.settle()
		}
		t.tell(plan.HelloFailed)
	}
}

// tell posts what became known, if this session speaks for the address.
func (t *talk) tell(events ...plan.Event) {
	if t.candidate() {
		t.a.post(events...)
	}
}

// after posts e when d has passed, unless it is stopped before.
func (t *talk) after(d time.Duration, e plan.Event) (stop func()) {
	if !t.candidate() {
		return func() {}
	}
	timer := time.AfterFunc(d, func() { t.a.post(e) })
	return func() { timer.Stop() }
}

// claim makes this session the main one. Sessions that are no candidates go
// on in their own right.
func (t *talk) claim() bool { return !t.candidate() || t.a.claim(t.v) }

// settle notes when it became known who speaks first, and so whether TLS is
// implicit: with the first bytes that came.
func (t *talk) settle() {
	t.r.update(func() {
		if t.s.ModeKnown == 0 {
			t.s.ModeKnown = t.conn.cameAt().Sub(t.r.start)
		}
	})
}

// greet waits for the greeting. It reports whether an SMTP session may go on.
func (t *talk) greet(name evidence.StepName) bool {
	clear := name == evidence.StepGreeting
	if clear {
		defer t.after(plan.SpeakFirst(t.v.plan.Port, t.a.connectTime(), t.r.c.Asked.Few)-t.sinceConnect(), plan.Overdue)()
		defer t.after(plan.SilentAfter(t.v.plan.Port)-t.sinceConnect(), plan.Silent)()
	}
	rep, fault := t.step(name, "", t.patience(clear), t.rd.reply)
	if fault != nil {
		t.noGreeting(fault, clear)
		return false
	}
	protocol := protocolOf([]byte(greetingLine(rep)), nil)
	t.r.update(func() { t.s.Greeting = rep })
	if !t.claim() {
		return false
	}
	if clear {
		t.settle()
		t.tell(plan.Plain)
	}
	switch {
	case protocol == "nntp", protocol == "lmtp":
		t.foreign(protocol, clear, "")
		if protocol == "lmtp" {
			t.command(evidence.StepLHLO, "LHLO "+t.heloName())
		}
		return false
	case rep.Code/100 != 2:
		return false
	}
	if clear {
		t.tell(plan.Greeted)
	}
	return true
}

// patience is how long a greeting is waited for. A server that already hung up
// on a ClientHello has shown that it is awake.
func (t *talk) patience(clear bool) time.Duration {
	switch {
	case clear && t.candidate() && t.a.knows(plan.HelloFailed):
		return min(t.r.o.Limits.Greeting, plan.SilentAfter(t.v.plan.Port))
	case t.s.Role == evidence.Remedy:
		return min(t.r.o.Limits.Greeting, aside)
	}
	return t.r.o.Limits.Greeting
}

// noGreeting writes down what came in place of a greeting.
func (t *talk) noGreeting(fault *evidence.Fault, clear bool) {
	in := t.rd.seen()
	switch {
	case fault.Class == evidence.Cancelled:
		return
	case fault.Class == evidence.Protocol:
		t.rd.more()
		in = t.rd.seen()
		under := "tls"
		if clear {
			under = "clear"
		}
		t.r.update(func() { t.s.First = first(in, nil, under, "") })
		t.claim()
		if clear {
			t.tell(plan.Plain)
		}
	case clear && len(in) == 0 && fault.Class == evidence.Timeout:
		t.tell(plan.Silent)
	case clear && len(in) == 0:
		t.tell(plan.Dead)
	case clear && len(in) > 0: // a greeting that never ends
		t.claim()
		t.tell(plan.Plain)
	}
}

// foreign notes that the peer speaks another protocol with codes like SMTP's.
func (t *talk) foreign(protocol string, clear bool, inReply string) {
	under := "tls"
	if clear {
		under = "clear"
	}
	b := first([]byte(greetingLine(t.s.Greeting)), nil, under, inReply)
	b.Protocol = protocol
	t.r.update(func() { t.s.First = b })
}

func greetingLine(rep *evidence.Reply) string {
	if rep == nil || len(rep.Lines) == 0 {
		return ""
	}
	return string([]byte{byte('0' + rep.Code/100), byte('0' + rep.Code/10%10), byte('0' + rep.Code%10)}) + " " + strings.Join(rep.Lines, " ") + "\n"
}

// hello sends EHLO, and HELO where EHLO is refused (RFC 5321 4.1.1.1). It
// reports whether the session may go on.
func (t *talk) hello(ehlo, helo evidence.StepName) bool {
	rep, fault := t.command(ehlo, "EHLO "+t.heloName())
	if fault != nil {
		if protocolOf([]byte(greetingLine(t.s.Greeting)), nil) == "ftp" {
			t.foreign("ftp", ehlo == evidence.StepEHLO, "EHLO")
		}
		return false
	}
	x := wire.Extensions(*rep)
	if rep.Code != 250 && !has250(rep) {
		return t.helloRefused(rep, helo, ehlo == evidence.StepEHLO)
	}
	t.r.update(func() {
		if ehlo == evidence.StepEHLO {
			t.s.Ext = &x
		} else {
			t.s.ExtTLS = &x
		}
	})
	return true
}

// has250 takes a reply with mixed codes for what most clients take it for.
func has250(rep *evidence.Reply) bool {
	return rep.Code/100 == 2 && slices.Contains(rep.Quirks, wire.MixedCodes)
}

func (t *talk) helloRefused(rep *evidence.Reply, helo evidence.StepName, clear bool) bool {
	if rep.Code/100 != 5 {
		return false
	}
	if isFTP(rep) {
		t.foreign("ftp", clear, "EHLO")
		return false
	}
	if helo == "" {
		return false
	}
	again, fault := t.command(helo, "HELO "+t.heloName())
	if fault != nil {
		return false
	}
	if again.Code == 250 {
		t.r.update(func() { t.s.Ext = &evidence.Extensions{Domain: firstWord(again), HELO: true} })
		return true
	}
	if lhlo, fault := t.command(evidence.StepLHLO, "LHLO "+t.heloName()); fault == nil && lhlo.Code == 250 {
		t.foreign("lmtp", clear, "LHLO")
	} else if protocolOf([]byte(greetingLine(t.s.Greeting)), nil) == "ftp" {
		t.foreign("ftp", clear, "EHLO")
	}
	return false
}

// isFTP: servers of FTP ask for USER and PASS before anything else (RFC 959 4.2, 530).
func isFTP(rep *evidence.Reply) bool {
	text := strings.Join(rep.Lines, " ")
	return rep.Code == 530 && strings.Contains(text, "USER") && strings.Contains(text, "PASS")
}

func firstWord(rep *evidence.Reply) string {
	if len(rep.Lines) == 0 {
		return ""
	}
	w, _, _ := strings.Cut(rep.Lines[0], " ")
	return w
}

// startTLS asks for TLS and holds the handshake. Bytes that came with the 220
// were sent in clear text: a server or a middlebox injected them (CVE-2011-0411).
func (t *talk) startTLS(w tlsWish) bool {
	rep, fault := t.command(evidence.StepSTARTTLS, "STARTTLS")
	if fault != nil || rep.Code != 220 {
		return false
	}
	if extra := t.rd.buffered(); len(extra) > 0 {
		t.r.update(func() { t.s.Injected = first(extra, nil, "clear", "STARTTLS").Text })
	}
	return t.handshake(w) == nil
}

// mailClear learns whether STARTTLS is enforced: a null reverse-path, then
// RSET; no message comes of it.
func (t *talk) mailClear() {
	if !t.greet(evidence.StepGreeting) || !t.hello(evidence.StepEHLO, evidence.StepHELO) {
		return
	}
	if _, fault := t.command(evidence.StepMail, "MAIL FROM:<>"); fault == nil {
		t.command(evidence.StepReset, "RSET")
	}
}

// handshakeOnly goes as far as the handshake, with what the visit offers.
func (t *talk) handshakeOnly(opens evidence.Opens) {
	w := tlsWish{ceiling: t.v.plan.Ceiling, only: t.v.plan.Only, small: t.v.plan.Small}
	ok := false
	if opens == evidence.SpeaksTLS {
		ok = t.handshake(w) == nil
	} else {
		ok = t.greet(evidence.StepGreeting) && t.hello(evidence.StepEHLO, "") && wire.Has(t.s.Ext, "STARTTLS") && t.startTLS(w)
	}
	if ok && t.s.Role == evidence.Hello {
		t.a.post(plan.OldHelloTaken)
	}
}

// pokeWait is how long a poke's answer may take: one that does not answer a
// line in this time does not answer it.
const pokeWait = 3 * time.Second

// speak sends a line to a port that was silent, and quotes what comes.
func (t *talk) speak() {
	line := t.v.plan.Line
	if t.v.plan.InTLS && t.handshake(tlsWish{}) != nil {
		return
	}
	t.conn.mark()
	rep, fault := t.step(evidence.StepPoke, strings.TrimRight(line, "\r\n"), pokeWait, func() (*evidence.Reply, error) {
		if _, err := t.rd.w.Write([]byte(line)); err != nil {
			return nil, err
		}
		return t.rd.reply()
	})
	under := "clear"
	if t.tls != nil {
		under = "tls"
	}
	switch {
	case fault == nil:
		t.r.update(func() { t.s.Greeting = rep })
		if p := protocolOf([]byte(greetingLine(rep)), nil); p != "smtp" {
			t.foreign(p, under == "clear", firstField(line))
		}
	case fault.Class == evidence.Protocol:
		t.rd.more()
		if in := t.rd.seen(); len(in) > 0 {
			t.r.update(func() { t.s.First = first(in, []byte(line), under, firstField(line)) })
		}
	}
	if b := t.s.First; b != nil && b.Protocol != "unknown" && b.Protocol != "smtp" {
		t.a.foreign()
	}
}

func firstField(line string) string {
	w, _, _ := strings.Cut(strings.TrimSpace(line), " ")
	return first([]byte(w), nil, "", "").Text
}

// command sends one line and reads its reply.
func (t *talk) command(name evidence.StepName, line string) (*evidence.Reply, *evidence.Fault) {
	return t.step(name, line, t.r.o.Limits.Reply, func() (*evidence.Reply, error) {
		if _, err := t.rd.w.Write([]byte(line + "\r\n")); err != nil {
			return nil, err
		}
		return t.rd.reply()
	})
}

// quitWait bounds the writing of QUIT to a peer that does not read.
const quitWait = 200 * time.Millisecond

// quit takes leave where a session stands. RFC 5321 4.1.1.10 would have us wait
// for the reply; it is not waited for, since it changes nothing that is reported
// and costs the person who waits a round trip.
func (t *talk) quit() {
	if t.s.Greeting == nil || t.ctx.Err() != nil || t.s.Role == evidence.Spare || t.hasFault() || t.v.plan.Line != "" {
		return
	}
	begin := t.r.since()
	err := t.conn.together(quitWait, func() error {
		_, err := t.rd.w.Write([]byte("QUIT\r\n"))
		if t.tls != nil {
			_ = t.tls.CloseWrite() // close_notify (RFC 8446 6.1)
		}
		return err
	})
	if err == nil {
		t.add(evidence.Step{Name: evidence.StepQuit, Sent: "QUIT", At: begin, Took: t.r.since() - begin})
	}
}

func (t *talk) hasFault() bool {
	n := len(t.s.Steps)
	return n == 0 || t.s.Steps[n-1].Fault != nil && !t.unsent
}

// heloName is the name given in EHLO: the one asked for, else the address
// literal of this end of the connection (RFC 5321 4.1.4).
func (t *talk) heloName() string {
	if t.r.o.HELO != "" {
		return t.r.o.HELO
	}
	if local, ok := t.conn.LocalAddr().(*net.TCPAddr); ok {
		ip := local.AddrPort().Addr().Unmap().WithZone("")
		if ip.Is6() {
			return "[IPv6:" + ip.String() + "]"
		}
		return "[" + ip.String() + "]"
	}
	return "[127.0.0.1]"
}

// connectTime is what the first connection to this address took.
func (a *address) connectTime() (d time.Duration) {
	a.r.look(func() { d = a.connect })
	return d
}

func (a *address) knows(e plan.Event) (yes bool) {
	a.r.look(func() { yes = a.has[e] })
	return yes
}

// sinceConnect is how long this connection stands.
func (t *talk) sinceConnect() time.Duration {
	if len(t.s.Steps) == 0 {
		return 0
	}
	return t.r.since() - t.s.Steps[0].At - t.s.Steps[0].Took
}
