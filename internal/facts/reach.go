package facts

import (
	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/target"
)

// Connected reports whether the session's TCP connection came about.
func Connected(s *evidence.Session) bool {
	st := Step(s, evidence.StepConnect)
	return st != nil && st.Fault == nil && FaultAt(s, evidence.StepProxy).Class == ""
}

// Answered reports whether a byte of the server's own accord or in answer to a
// ClientHello, an EHLO or the like came in.
func Answered(s *evidence.Session) bool {
	if s.Greeting != nil || s.First != nil || s.Ext != nil || s.ExtTLS != nil || TLSRecord(s) {
		return true
	}
	for i := range s.Steps {
		if s.Steps[i].Reply != nil || spoke(s.Steps[i].Fault) {
			return true
		}
	}
	return false
}

// spoke reports whether a fault can occur only after bytes came in.
func spoke(f *evidence.Fault) bool {
	return f != nil && (f.Class == evidence.NotTLS || f.Class == evidence.Protocol || f.Class == evidence.Limit)
}

// TLSRecord reports whether the server answered a ClientHello with a TLS
// record: a ServerHello or an alert.
func TLSRecord(s *evidence.Session) bool {
	if s.TLS != nil && (s.TLS.Version != "" || s.TLS.Alert != "" || len(s.TLS.Chain) > 0) {
		return true
	}
	c := FaultAt(s, evidence.StepTLS).Class
	return c == evidence.TLSAlert || c == evidence.TLSFailed
}

// proxied reports whether the answer came only because a PROXY protocol header
// was sent: to its clients such a port is silent.
func proxied(s *evidence.Session) bool {
	return s.Role == evidence.Poke && ProxyHeader(s) != nil
}

// ProxyHeader is the step that sent a PROXY protocol header and drew an SMTP
// greeting, or nil.
func ProxyHeader(s *evidence.Session) *evidence.Step {
	st := Step(s, evidence.StepPoke)
	if st == nil || len(st.Sent) < 5 || st.Sent[:5] != "PROXY" {
		return nil
	}
	if s.Greeting != nil || st.Reply != nil || (s.First != nil && s.First.Protocol == "smtp") {
		return st
	}
	return nil
}

func (a *Address) reach() Reach {
	connected := false
	for _, s := range a.Sessions {
		if Answered(s) && !proxied(s) {
			return Open
		}
		connected = connected || Connected(s)
	}
	if connected {
		return a.mute()
	}
	return a.unconnected()
}

// mute sorts addresses that accept connections and never sent a byte. The
// main session has the first word: it waited longest.
func (a *Address) mute() Reach {
	if cancelled(a.Main) {
		return NotTried
	}
	for _, s := range append([]*evidence.Session{a.Main}, a.Sessions...) {
		st := Broken(s)
		if st == nil || !Connected(s) || s.Role == evidence.Poke {
			continue
		}
		switch st.Fault.Class {
		case evidence.Reset:
			return Reset
		case evidence.EOF:
			return Closed
		case evidence.Timeout:
			return Silent
		}
	}
	switch {
	case a.waited():
		return Silent
	case len(a.Main.Steps) == 0:
		return Open // asked for no more than a connection
	}
	return NotTried
}

// cancelled reports whether we ended a session ourselves while it waited.
func cancelled(s *evidence.Session) bool {
	for i := range s.Steps {
		if f := s.Steps[i].Fault; f != nil && f.Class == evidence.Cancelled && s.Steps[i].Name != evidence.StepQuit {
			return true
		}
	}
	return false
}

// waited reports whether a session was listened to until it was given up, with
// no verdict of its own.
func (a *Address) waited() bool {
	for _, s := range a.Sessions {
		if len(s.Steps) > 1 && !s.Cut {
			return true
		}
	}
	return false
}

func (a *Address) unconnected() Reach {
	for _, s := range a.Sessions {
		if FaultAt(s, evidence.StepProxy).Class == evidence.Proxy {
			return Unreachable
		}
		switch FaultAt(s, evidence.StepConnect).Class {
		case evidence.Refused:
			return Refused
		case evidence.Timeout:
			return Filtered
		case evidence.Reset, evidence.EOF:
			return Reset
		case evidence.Unreachable, evidence.Denied, evidence.Proxy, evidence.Other:
			return Unreachable
		}
	}
	return NotTried
}

// protocol names what the address speaks, by the first session that tells.
func (a *Address) protocol() string {
	for _, s := range append([]*evidence.Session{a.Main}, a.Sessions...) {
		switch {
		case s.First != nil && s.First.Protocol != "" && s.First.Protocol != "unknown":
			return s.First.Protocol
		case s.Greeting != nil || s.Ext != nil || s.ExtTLS != nil:
			return "smtp"
		}
	}
	for _, s := range a.Sessions {
		if s.First != nil {
			return "unknown"
		}
	}
	return ""
}

// mode tells how TLS comes to an SMTP connection. Where the greeting came in
// clear, EHLO decides; where it did not, an answer in TLS records does.
func (a *Address) mode() target.Mode {
	if a.Protocol != "smtp" && a.Protocol != "" && a.Protocol != "unknown" {
		return target.Unknown
	}
	if m := plainMode(a.Main); m != target.Unknown {
		return m
	}
	if a.Main.Greeting == nil || OpenedTLS(a.Main) {
		for _, s := range a.Sessions {
			if OpenedTLS(s) && TLSRecord(s) && s.First == nil {
				return target.Implicit
			}
		}
	}
	return target.Unknown
}

// OpenedTLS reports whether the session began with a ClientHello.
func OpenedTLS(s *evidence.Session) bool { return s.Opens == evidence.SpeaksTLS }

// plainMode reads the mode off a session that was greeted in clear text.
func plainMode(s *evidence.Session) target.Mode {
	switch {
	case OpenedTLS(s) || s.First != nil && s.Ext == nil:
		return target.Unknown
	case Offers(s.Ext, "STARTTLS") || Step(s, evidence.StepSTARTTLS) != nil:
		return target.STARTTLS
	case FaultAt(s, evidence.StepEHLO).Class != "":
		return target.Unknown // the list may go on
	case s.Ext != nil || ReplyAt(s, evidence.StepEHLO).Code == 250:
		return target.Cleartext
	}
	return target.Unknown
}

// tls is the handshake that shows most: the main session's, or that of a
// session which succeeded with another ClientHello after the main one failed.
func (a *Address) tls() *evidence.TLS {
	if a.Main.TLS != nil && len(a.Main.TLS.Chain) > 0 {
		return a.Main.TLS
	}
	for _, s := range a.Sessions {
		if s.TLS != nil && len(s.TLS.Chain) > 0 && s.Role != evidence.Opening {
			return s.TLS
		}
	}
	return a.Main.TLS
}

// TLSTried reports whether a handshake was begun with the address.
func (a *Address) TLSTried() bool {
	return a.TLS != nil || Step(a.Main, evidence.StepTLS) != nil
}
