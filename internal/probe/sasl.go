package probe

import (
	"bytes"
	"crypto/tls"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/wneessen/go-mail/smtp"

	"github.com/maildoctor/maildoctor/internal/evidence"
)

// preference lists the mechanisms that are tried unasked, the strongest first.
// XOAUTH2 is not among them: it takes a token, not a password.
var preference = []string{"SCRAM-SHA-256-PLUS", "SCRAM-SHA-256", "SCRAM-SHA-1-PLUS", "SCRAM-SHA-1", "CRAM-MD5", "PLAIN", "LOGIN"}

const xoauth2 = "XOAUTH2"

// mechanism is one way to log in.
type mechanism struct {
	auth   func(user, password string, state *tls.ConnectionState) smtp.Auth
	early  bool                                      // the client speaks first: its answer goes with AUTH
	accept func(stage int, challenge []byte) *denial // what may be answered, beyond what auth finds itself; nil: all
}

// denial is why a challenge is not answered.
type denial struct {
	class evidence.Class
	text  string
}

// mechanisms are those that maildoctor speaks. The library wants to know that
// the line is safe: that was decided before.
var mechanisms = map[string]mechanism{
	"PLAIN": {early: true, auth: func(user, password string, _ *tls.ConnectionState) smtp.Auth {
		return smtp.PlainAuth("", user, password, "", true)
	}},
	"LOGIN": {auth: func(user, password string, _ *tls.ConnectionState) smtp.Auth {
		return smtp.LoginAuth(user, password, "", true)
	}},
	"CRAM-MD5": {accept: acceptOnce, auth: func(user, password string, _ *tls.ConnectionState) smtp.Auth {
		return smtp.CRAMMD5Auth(user, password)
	}},
	"SCRAM-SHA-1": {early: true, accept: acceptSCRAM, auth: func(user, password string, _ *tls.ConnectionState) smtp.Auth {
		return smtp.ScramSHA1Auth(user, password)
	}},
	"SCRAM-SHA-1-PLUS": {early: true, accept: acceptSCRAM, auth: smtp.ScramSHA1PlusAuth},
	"SCRAM-SHA-256": {early: true, accept: acceptSCRAM, auth: func(user, password string, _ *tls.ConnectionState) smtp.Auth {
		return smtp.ScramSHA256Auth(user, password)
	}},
	"SCRAM-SHA-256-PLUS": {early: true, accept: acceptSCRAM, auth: smtp.ScramSHA256PlusAuth},
	xoauth2: {early: true, accept: acceptOnce, auth: func(user, password string, _ *tls.ConnectionState) smtp.Auth {
		return smtp.XOAuth2Auth(user, password)
	}},
}

// acceptOnce: a second answer, or one to nothing, would help only those who
// collect answers.
func acceptOnce(stage int, challenge []byte) *denial {
	if stage > 0 || len(challenge) == 0 {
		return &denial{evidence.Protocol, "the challenge makes no sense"}
	}
	return nil
}

// maxIterations is the work that a server may ask of us, about a second of it;
// servers ask for 4,096 (RFC 7677 4) up to some 600,000.
const maxIterations = 1_000_000

// acceptSCRAM keeps the order of RFC 5802 5: the server's first message, then
// its signature or an error.
func acceptSCRAM(stage int, challenge []byte) *denial {
	first := stage == 0 && bytes.HasPrefix(challenge, []byte("r="))
	last := stage == 1 && (bytes.HasPrefix(challenge, []byte("v=")) || bytes.HasPrefix(challenge, []byte("e=")))
	if !first && !last {
		return &denial{evidence.Protocol, "the challenge makes no sense"}
	}
	for part := range strings.SplitSeq(string(challenge), ",") {
		count, ok := strings.CutPrefix(part, "i=")
		if n, err := strconv.Atoi(count); ok && first && (err != nil || n < 1 || n > maxIterations) {
			return &denial{evidence.Limit, fmt.Sprintf("the challenge asks for more rounds of hashing than %d, or for none", maxIterations)}
		}
	}
	return nil
}

// exchange is one attempt to log in.
type exchange struct {
	t       *talk
	name    string
	mech    mechanism
	auth    smtp.Auth
	initial []byte // sent with AUTH
	again   bool   // it was asked for once more
	stage   int    // challenges answered
	proved  bool   // the server proved that it knows the password (SCRAM)
	forged  bool   // its proof is wrong, or it stands at the end of another TLS session
	detail  string
	raw     string // the challenge that came last, which is not written down
}

// authenticate makes one attempt with a mechanism (RFC 4954 4).
func (t *talk) authenticate(name string) evidence.Attempt {
	at := t.r.since()
	account, m := t.r.o.Account, mechanisms[name]
	x := &exchange{t: t, name: name, mech: m}
	var state *tls.ConnectionState
	if t.tls != nil {
		s := t.tls.ConnectionState()
		state = &s
	}
	x.auth = m.auth(account.User, account.Password.Reveal(), state)
	a := x.run()
	a.Mechanism, a.Detail, a.Impostor, a.At, a.Took = name, t.secrets.text(x.detail), x.forged, at, t.r.since()-at
	return a
}

func (x *exchange) run() evidence.Attempt {
	line, denied := x.opening()
	if denied != nil {
		return evidence.Attempt{Result: evidence.LoginBroken, Fault: denied.fault(x.name)}
	}
	rep, fault := x.send(evidence.StepAuth, line)
	for fault == nil && rep.Code == 334 {
		answer, denied := x.answer(rep)
		if denied != nil {
			rep, _ = x.send(evidence.StepAuthMore, "*")
			return evidence.Attempt{Result: evidence.LoginBroken, Reply: rep, Fault: denied.fault(x.name)}
		}
		x.knowSent(answer)
		rep, fault = x.send(evidence.StepAuthMore, base64.StdEncoding.EncodeToString(answer))
	}
	a := evidence.Attempt{Result: evidence.LoginBroken, Reply: rep, Fault: fault}
	if fault == nil {
		a.Result = resultOf(rep.Code)
	}
	if a.Result == evidence.LoginAccepted && strings.HasPrefix(x.name, "SCRAM-") && !x.proved {
		x.detail = "the server did not prove that it knows the password (RFC 5802 5)"
	}
	return a
}

// resultOf reads the last reply to AUTH. 500 to 504 are about the command and
// the mechanism (RFC 5321 4.2.2, RFC 4954 4); 4xx says nothing of the password,
// for now; every other 5xx is a no to these credentials.
func resultOf(code int) string {
	switch {
	case code == 235:
		return evidence.LoginAccepted
	case code/100 == 5 && code > 504:
		return evidence.LoginRefused
	}
	return evidence.LoginBroken
}

func (d denial) fault(mechanism string) *evidence.Fault {
	return &evidence.Fault{Class: d.class, Text: mechanism + ": " + d.text}
}

// opening is the AUTH command, with the initial response of mechanisms that
// have one: it saves a round trip.
func (x *exchange) opening() (string, *denial) {
	_, initial, err := x.auth.Start(&smtp.ServerInfo{TLS: true})
	if err == nil && initial == nil && x.mech.early {
		initial, err = x.auth.Next(nil, true)
	}
	if err != nil {
		return "", &denial{evidence.Other, "no answer can be made of this user name and password"}
	}
	line := "AUTH " + x.name
	if !x.mech.early {
		return line, nil
	}
	x.initial = initial
	x.knowSent(initial)
	if whole := line + " " + encodedInitial(initial); len(whole)+len("\r\n") <= maxCommand {
		return whole, nil
	}
	return line, nil // the server asks for it by an empty challenge
}

// maxCommand is the length of a command line (RFC 5321 4.5.3.1.4). A longer
// initial response does not go with AUTH (RFC 4954 4); OAuth tokens are longer.
const maxCommand = 512

// encodedInitial: an empty initial response is a sign of its own (RFC 4954 4).
func encodedInitial(b []byte) string {
	if len(b) == 0 {
		return "="
	}
	return base64.StdEncoding.EncodeToString(b)
}

// answer answers the challenge that came last.
func (x *exchange) answer(rep *evidence.Reply) ([]byte, *denial) {
	challenge, err := decoded(x.raw)
	if err != nil || len(rep.Lines) != 1 {
		return nil, &denial{evidence.Protocol, "the challenge is not base64"}
	}
	if len(challenge) == 0 && x.stage == 0 && x.initial != nil && !x.again {
		x.again = true // the server does not read what comes with AUTH
		return x.initial, nil
	}
	if x.mech.accept != nil {
		if denied := x.mech.accept(x.stage, challenge); denied != nil {
			return nil, denied
		}
	}
	x.stage++
	if x.note(challenge) {
		return nil, nil
	}
	answer, err := x.auth.Next(challenge, true)
	proof := bytes.HasPrefix(challenge, []byte("v="))
	if err != nil && proof {
		x.forged = true
		return nil, &denial{evidence.Protocol, "the server does not know the password (its proof is wrong)"}
	}
	if err != nil {
		return nil, &denial{evidence.Protocol, "the challenge makes no sense, or no answer can be made of this password"}
	}
	x.proved = x.proved || proof
	return answer, nil
}

func decoded(s string) ([]byte, error) {
	return base64.RawStdEncoding.DecodeString(strings.TrimRight(strings.TrimSpace(s), "="))
}

// scramErrors are the errors of RFC 5802 7.
var scramErrors = []string{
	"invalid-encoding", "extensions-not-supported", "invalid-proof", "channel-bindings-dont-match", "server-does-support-channel-binding",
	"channel-binding-not-supported", "unsupported-channel-binding-type", "unknown-user", "invalid-username-encoding", "no-resources", "other-error",
}

// maxDetail is how much of an error in a challenge is kept.
const maxDetail = 500

// note keeps an error that the challenge tells of, which wants an empty answer:
// the reply with the verdict follows.
func (x *exchange) note(challenge []byte) bool {
	if x.name == xoauth2 {
		if len(challenge) <= maxDetail && json.Valid(challenge) {
			x.detail = string(challenge)
		}
		return true
	}
	e, ok := strings.CutPrefix(string(challenge), "e=")
	ok = ok && strings.HasPrefix(x.name, "SCRAM-")
	if ok && slices.Contains(scramErrors, e) {
		x.detail = e
		x.forged = e == "channel-bindings-dont-match" || e == "server-does-support-channel-binding"
	}
	return ok
}

// send sends a line of the exchange, which is never written down, and reads the
// reply, of which a challenge is not.
func (x *exchange) send(name evidence.StepName, line string) (*evidence.Reply, *evidence.Fault) {
	t := x.t
	return t.step(name, shownLine(line, x.name), t.r.o.Limits.Reply, func() (*evidence.Reply, error) {
		if _, err := t.rd.w.Write([]byte(line + "\r\n")); err != nil {
			return nil, err
		}
		rep, err := t.rd.reply()
		x.raw = hideChallenge(rep, x.name)
		return rep, err
	})
}

// knowSent makes what was sent known, so that it is not shown where the server
// repeats it.
func (x *exchange) knowSent(answer []byte) {
	x.t.secrets.sends(string(answer), string(answer) != x.t.r.o.Account.User)
}
