package facts

import (
	"cmp"
	"slices"
	"strings"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/provider"
)

// State is what became of something that was asked of the server.
type State string

// The states, as in the report's contract.
const (
	StateNotTried State = "not-tried"
	StateAccepted State = "accepted"
	StateDeferred State = "deferred" // refused for now: the same may succeed later
	StateRefused  State = "refused"  // for good
	StateUnknown  State = "unknown"  // tried, and no verdict came
)

// Login is what became of the logins at the endpoint.
type Login struct {
	State   State             // never deferred: a login put off has no verdict
	Attempt *evidence.Attempt // the one that decided; nil when none was made
	Session *evidence.Session // that of the attempt, or that which did not log in; nil for none
	Why     string            // why none was made
}

// Login says whether the server takes user name and password. Where it took
// them once they are good; otherwise the last attempt decides.
func (f *Facts) Login() Login {
	l := Login{State: StateNotTried, Why: "no login was asked for"}
	if f.Case.Asked.Account != nil {
		l.Why = f.farther()
	}
	for _, s := range f.spoken() {
		if len(s.Logins) == 0 && l.Attempt == nil && s.NoLogin != "" && (l.Session == nil || l.Session.NoLogin == "") {
			l.Session, l.Why = s, s.NoLogin
		}
		for i := range s.Logins {
			if l.State != StateAccepted {
				l = Login{State: loginState(s, &s.Logins[i]), Attempt: &s.Logins[i], Session: s}
			}
		}
	}
	return l
}

func loginState(s *evidence.Session, a *evidence.Attempt) State {
	switch {
	case a.Result == evidence.LoginAccepted:
		return StateAccepted
	case GaveUp(s, a):
		return StateUnknown
	case a.Result == evidence.LoginRefused && (a.Reply == nil || Lasting(s.Host, a.Reply)):
		return StateRefused
	}
	return StateUnknown
}

// GaveUp reports whether an attempt was ended by us: the line "*" cancels it (RFC
// 4954 4). What the server says to that is no verdict on the password.
func GaveUp(s *evidence.Session, a *evidence.Attempt) bool {
	return slices.ContainsFunc(s.Steps, func(st evidence.Step) bool {
		return st.Name == evidence.StepAuthMore && st.Sent == "*" && st.At >= a.At && st.At <= a.At+a.Took
	})
}

// Failed are the attempts before the one that was accepted in its session.
func (l Login) Failed() []*evidence.Attempt {
	var out []*evidence.Attempt
	if l.State != StateAccepted {
		return nil
	}
	for i := range l.Session.Logins {
		a := &l.Session.Logins[i]
		if a == l.Attempt {
			break
		}
		out = append(out, a)
	}
	return out
}

// spoken are the sessions that go through a conversation as a client would. The
// one that asks for mail without TLS, and those that try remedies, do not.
func (f *Facts) spoken() []*evidence.Session {
	var out []*evidence.Session
	for i := range f.Case.Sessions {
		if s := &f.Case.Sessions[i]; s.Role == evidence.Main {
			out = append(out, s)
		}
	}
	return out
}

// Lasting reports whether a refusal is for good. Some providers say with 4xx
// what no later attempt changes.
func Lasting(host string, r *evidence.Reply) bool {
	if p, ok := provider.ByHost(host); ok {
		if said, ok := provider.Said(p.ID, strings.Join(r.Lines, " ")); ok && said.Lasts != "" {
			return said.Permanent()
		}
	}
	return r.Code >= 500
}

// Answer is what was said to one address.
type Answer struct {
	Address string
	State   State
	Step    *evidence.Step // nil when it was not tried
}

// Reply is the server's answer, or nil.
func (a Answer) Reply() *evidence.Reply {
	if a.Step == nil {
		return nil
	}
	return a.Step.Reply
}

// Envelope is what was said to sender and recipients (RFC 5321 3.3).
type Envelope struct {
	Session    *evidence.Session // nil when MAIL was not sent
	Sender     Answer
	Recipients []Answer // those asked for, then others that were tried
	Why        string   // why MAIL was not sent
}

// Envelope reads the last MAIL of the endpoint with what followed it. A session
// that logged in counts before one that did not.
func (f *Facts) Envelope() Envelope {
	e := Envelope{Sender: Answer{State: StateNotTried}}
	if asked := f.Case.Asked.Envelope; asked != nil {
		e.Sender.Address = asked.From
		for _, to := range asked.To {
			e.Recipients = append(e.Recipients, Answer{Address: to, State: StateNotTried})
		}
	}
	from := -1
	for _, s := range f.spoken() {
		if i := lastStep(s, evidence.StepMail); i >= 0 && (e.Session == nil || accepted(s) || !accepted(e.Session)) {
			e.Session, from = s, i
		}
	}
	if e.Session == nil {
		e.Why = f.noEnvelope()
		return e
	}
	asked := e.Sender.Address
	if e.Sender = f.answer(e.Session, &e.Session.Steps[from]); e.Sender.State == StateNotTried { // it was kept back
		e.Sender.Address = asked
	}
	for i := from + 1; i < len(e.Session.Steps); i++ {
		if st := &e.Session.Steps[i]; st.Name == evidence.StepRcpt {
			e.take(f.answer(e.Session, st))
		}
	}
	return e
}

// take puts the answer to a recipient to the recipient that was asked for.
func (e *Envelope) take(a Answer) {
	i := slices.IndexFunc(e.Recipients, func(r Answer) bool { return r.Step == nil && (r.Address == a.Address || a.Address == "") })
	if i < 0 {
		e.Recipients = append(e.Recipients, a)
		return
	}
	a.Address = cmp.Or(a.Address, e.Recipients[i].Address)
	e.Recipients[i] = a
}

func lastStep(s *evidence.Session, name evidence.StepName) int {
	for i := len(s.Steps) - 1; i >= 0; i-- {
		if s.Steps[i].Name == name {
			return i
		}
	}
	return -1
}

func accepted(s *evidence.Session) bool {
	return slices.ContainsFunc(s.Logins, func(a evidence.Attempt) bool { return a.Result == evidence.LoginAccepted })
}

func (f *Facts) noEnvelope() string {
	login := f.Login()
	switch {
	case f.Case.Asked.Envelope == nil && f.Case.Message == nil:
		return "no envelope was asked for"
	case login.State == StateRefused:
		return "the login was refused"
	case login.State == StateUnknown:
		return "the login came to no verdict"
	case f.Case.Asked.Account != nil && login.State == StateNotTried:
		return "nobody logged in: " + login.Why
	}
	return f.farther()
}

// farther is why a session did not come to a step.
func (f *Facts) farther() string {
	if f.Case.Cut != "" {
		return "the run was cut"
	}
	return "the session did not come that far"
}

func (f *Facts) answer(s *evidence.Session, st *evidence.Step) Answer {
	return Answer{Address: addressIn(st.Sent), State: stateOf(s.Host, st), Step: st}
}

// stateOf is what became of one command.
func stateOf(host string, st *evidence.Step) State {
	switch {
	case st.Sent == "" && st.Fault != nil && st.Fault.Class == evidence.Other: // it was kept back
		return StateNotTried
	case st.Reply == nil || st.Reply.Code < 200, st.Fault != nil && st.Reply.Code < 400: // none, or one that was cut off
		return StateUnknown
	case st.Reply.Code < 300, st.Reply.Code == 354 && st.Name == evidence.StepData:
		return StateAccepted
	case st.Reply.Code < 400: // nothing that goes on here (RFC 5321 4.3.2)
		return StateUnknown
	case Lasting(host, st.Reply):
		return StateRefused
	}
	return StateDeferred
}

// addressIn is the address of "MAIL FROM:<a@b> SIZE=1", which may be quoted and
// hold angle brackets then; "" without one.
func addressIn(sent string) string {
	i := strings.IndexByte(sent, '<')
	if i < 0 {
		return ""
	}
	quoted := false
	for j := i + 1; j < len(sent); j++ {
		switch c := sent[j]; {
		case c == '\\' && quoted:
			j++
		case c == '"':
			quoted = !quoted
		case c == '>' && !quoted:
			return sent[i+1 : j]
		}
	}
	return ""
}

// Delivery is what became of the message.
type Delivery struct {
	State   State
	Session *evidence.Session // nil when neither DATA nor the message was sent
	Step    *evidence.Step    // that decided
	QueueID string            // under which the server keeps it, as far as it says
	Why     string            // why it was not sent
}

// Delivery reads what the server said to DATA and to the message. One whose
// answer got lost may have been taken.
func (f *Facts) Delivery() Delivery {
	d := Delivery{State: StateNotTried}
	for _, s := range f.spoken() {
		i := max(lastStep(s, evidence.StepData), lastStep(s, evidence.StepMessage))
		if i < 0 || d.State == StateAccepted {
			continue
		}
		st := &s.Steps[i]
		if stateOf(s.Host, st) == StateNotTried {
			d.Why = st.Fault.Text
			continue
		}
		d = Delivery{State: stateOf(s.Host, st), Session: s, Step: st}
		if st.Name == evidence.StepData && d.State == StateAccepted { // 354, and then nothing
			d.State = StateUnknown
		}
		if d.State == StateAccepted {
			d.QueueID = QueueID(st.Reply.Lines)
		}
	}
	if d.Session == nil {
		d.Why = cmp.Or(d.Why, f.noMessage())
	}
	return d
}

func (f *Facts) noMessage() string {
	e := f.Envelope()
	switch {
	case f.Case.Message == nil || f.Case.Message.DryRun || f.Case.Message.Via == "resend":
		return "no message was sent"
	case e.Session == nil:
		return e.Why
	case f.Case.Cut != "" && e.Sender.State == StateUnknown && e.Sender.Reply() == nil:
		return f.farther()
	case e.Sender.State != StateAccepted:
		return "the sender was not accepted"
	case !slices.ContainsFunc(e.Recipients, func(a Answer) bool { return a.State == StateAccepted }):
		return "no recipient was accepted"
	}
	return f.farther()
}
