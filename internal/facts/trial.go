package facts

import (
	"fmt"
	"time"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/target"
)

// Trial is what came of a session that tried one mode.
type Trial struct {
	Works  bool
	Known  bool   // false: the session ended before it could tell
	Detail string // why it fails, in a few words
}

// Try judges a session as that of a client set to mode: the mode came about,
// EHLO was answered, and under TLS the certificate holds at now. A client set
// to opportunistic does what STARTTLS or clear text gives.
func Try(s *evidence.Session, mode target.Mode, now time.Time) Trial {
	if st := Broken(s); st != nil {
		return Trial{Known: true, Detail: failure(st)}
	}
	if s.Greeting != nil && s.Greeting.Code != 220 {
		return Trial{Known: true, Detail: fmt.Sprintf("the greeting is a refusal (%d)", s.Greeting.Code)}
	}
	if s.First != nil {
		return Trial{Known: true, Detail: "the server speaks " + s.First.Protocol}
	}
	if r := ReplyAt(s, evidence.StepEHLO); r.Code != 0 && r.Code != 250 && s.Ext == nil {
		return Trial{Known: true, Detail: fmt.Sprintf("EHLO is refused (%d)", r.Code)}
	}
	if mode == target.Opportunistic {
		mode = target.Cleartext
		if s.TLS != nil {
			mode = target.STARTTLS
		}
	}
	if mode == target.Cleartext {
		return Trial{Known: s.Ext != nil, Works: s.Ext != nil}
	}
	if mode == target.STARTTLS && s.Ext != nil && !Offers(s.Ext, "STARTTLS") {
		return Trial{Known: true, Detail: "STARTTLS is not offered"}
	}
	return underTLS(s, mode, now)
}

func underTLS(s *evidence.Session, mode target.Mode, now time.Time) Trial {
	if r := ReplyAt(s, evidence.StepSTARTTLS); r.Code >= 400 {
		return Trial{Known: true, Detail: fmt.Sprintf("STARTTLS is refused (%d)", r.Code)}
	}
	if (mode == target.Implicit) != OpenedTLS(s) || s.TLS == nil || s.TLS.Version == "" {
		return Trial{}
	}
	if s.TLS.Version < "1.2" {
		return Trial{Known: true, Detail: "TLS " + s.TLS.Version + " is the newest version it speaks"}
	}
	if c := certificate(s.TLS, now); c.Status != CertificateOK {
		return Trial{Known: true, Detail: "certificate: " + c.Status}
	}
	if r := ReplyAt(s, evidence.StepEHLOTLS); s.ExtTLS == nil && r.Code != 0 {
		return Trial{Known: true, Detail: fmt.Sprintf("EHLO under TLS is refused (%d)", r.Code)}
	}
	if s.ExtTLS == nil {
		return Trial{}
	}
	return Trial{Known: true, Works: true}
}

// failure puts the fault of a step into a few words.
func failure(st *evidence.Step) string {
	what := map[evidence.Class]string{
		evidence.Refused:     "connection refused",
		evidence.Timeout:     "no answer",
		evidence.Reset:       "connection reset",
		evidence.EOF:         "connection closed",
		evidence.Unreachable: "network unreachable",
		evidence.Denied:      "not permitted on this machine",
		evidence.NotTLS:      "the answer is not TLS",
		evidence.TLSAlert:    "TLS handshake refused",
		evidence.TLSFailed:   "TLS handshake failed",
		evidence.Proxy:       "the proxy failed",
	}[st.Fault.Class]
	if what == "" {
		what = "failed"
	}
	if st.Name == evidence.StepConnect || st.Name == evidence.StepTLS {
		return what
	}
	return what + " at " + Phase(st.Name)
}

// Phase names a step for people.
func Phase(name evidence.StepName) string {
	switch name {
	case evidence.StepGreeting:
		return "the greeting"
	case evidence.StepGreetingTLS:
		return "the greeting under TLS"
	case evidence.StepEHLO:
		return "EHLO"
	case evidence.StepEHLOTLS:
		return "EHLO under TLS"
	case evidence.StepTLS:
		return "the TLS handshake"
	case evidence.StepSTARTTLS:
		return "STARTTLS"
	case evidence.StepMail:
		return "MAIL"
	case evidence.StepAuth, evidence.StepAuthMore:
		return "AUTH"
	case evidence.StepRcpt:
		return "RCPT"
	case evidence.StepData:
		return "DATA"
	case evidence.StepMessage:
		return "the message"
	}
	return string(name)
}
