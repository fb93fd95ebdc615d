package probe

import (
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/secret"
	"github.com/maildoctor/maildoctor/internal/target"
	"github.com/maildoctor/maildoctor/internal/wire"
)

// Account is whom to log in as.
type Account struct {
	User      string
	Password  secret.Text
	Mechanism string    // the one to use, upper case; empty: the strongest that is offered
	Insecure  bool      // may go over a line that is not safe
	Attempts  *Attempts // shared by the runs of one command; nil: this run has its own two
}

// Attempts is a budget of attempts to log in with one account: servers lock
// accounts, and those who try passwords, after a few. It may be used by several
// goroutines. The zero Attempts has none left.
type Attempts struct {
	turn chan struct{} // one login at a time: what became of it decides on the next; nil: no login
	mu   sync.Mutex
	left int
	over string // why there are no more
}

// MaxAttempts is how many attempts that are not accepted an account sees at most:
// one, and another one where the first gave no verdict on the password.
const MaxAttempts = 2

// NewAttempts makes the budget of one account.
func NewAttempts() *Attempts { return &Attempts{turn: make(chan struct{}, 1), left: MaxAttempts} }

// enter waits until nobody else logs in with the account.
func (a *Attempts) enter(ctx context.Context) bool {
	if a.turn == nil {
		return true
	}
	select {
	case a.turn <- struct{}{}:
		return true
	case <-ctx.Done():
		return false
	}
}

func (a *Attempts) leave() {
	if a.turn != nil {
		<-a.turn
	}
}

// take takes one attempt, or says why there is none.
func (a *Attempts) take() (why string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.left <= 0 {
		return cmp.Or(a.over, "the attempts to log in are used up")
	}
	a.left--
	return ""
}

// giveBack returns an attempt that was accepted: that locks nobody out.
func (a *Attempts) giveBack() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.left++
}

// end leaves no attempt.
func (a *Attempts) end(why string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.left, a.over = 0, why
}

func (a *Account) budget() *Attempts {
	if a != nil && a.Attempts != nil {
		return a.Attempts
	}
	return NewAttempts()
}

// goOn logs in and tries the envelope, where that was asked for, in one session
// of the run. An account that is not taken ends it: what follows would show how
// the server treats strangers.
func (t *talk) goOn() {
	o := t.r.o
	if why := t.otherMode(); o.Message != nil && why != "" {
		t.unlike(why)
		return
	}
	switch {
	case o.Account == nil && o.Envelope == nil:
		return
	case o.Account == nil && !t.r.takes(t.v):
		return
	case o.Account != nil && !t.login():
		return
	}
	if o.Envelope != nil {
		t.envelope()
	}
}

// unlike keeps the message back.
func (t *talk) unlike(why string) {
	if t.r.takes(t.v) {
		t.noLogin(why, false)
		t.withhold(evidence.StepMail, why)
	}
}

// otherMode is why the client that is set as was asked would not come this far: a
// message that goes out all the same would prove nothing of its settings. A client
// that takes what it gets comes this far everywhere.
func (t *talk) otherMode() string {
	as := t.r.c.Asked.As
	is := target.Cleartext
	switch {
	case t.s.Opens == evidence.SpeaksTLS:
		is = target.Implicit
	case t.tls != nil:
		is = target.STARTTLS
	}
	if (as == target.Implicit || as == target.STARTTLS) && as != is {
		return fmt.Sprintf("the client is set to %s, and this is %s: it does not come this far", modeNames[as], modeNames[is])
	}
	return ""
}

var modeNames = map[target.Mode]string{target.Implicit: "implicit TLS", target.STARTTLS: "STARTTLS", target.Cleartext: "clear text"}

// takes makes v the visit that goes on, unless another one is: that of another
// address of the host.
func (r *run) takes(v *visit) bool {
	ok := false
	r.update(func() {
		if r.goesOn == nil {
			r.goesOn = v
		}
		ok = r.goesOn == v
	})
	return ok
}

// login tries to log in and reports whether it did. A session that may not is
// left, so that one with another address can.
func (t *talk) login() bool {
	list, why := t.choices()
	danger := ""
	if why == "" {
		danger = t.unsafe()
	}
	if why+danger != "" {
		t.noLogin(why+danger, danger != "")
		return false
	}
	if !t.r.takes(t.v) {
		return false
	}
	if !t.r.attempts.enter(t.ctx) {
		return false
	}
	defer t.r.attempts.leave()
	t.secrets = newSecrets(t.r.o.Account.Password)
	for range MaxAttempts {
		if len(list) == 0 {
			return false
		}
		if why := t.r.attempts.take(); why != "" {
			t.noLogin(why, false)
			return false
		}
		a := t.authenticate(list[0])
		t.r.update(func() { t.s.Logins = append(t.s.Logins, a) })
		if a.Result == evidence.LoginAccepted {
			t.r.attempts.giveBack()
			return true
		}
		list = t.another(list, a)
	}
	return false
}

// noLogin says why there was no attempt, and whether it is for the line.
func (t *talk) noLogin(why string, unsafe bool) {
	t.r.update(func() {
		if len(t.s.Logins) == 0 {
			t.s.NoLogin, t.s.Unsafe = why, unsafe
		}
	})
}

// another lists what may be tried after a, which was the first of list. Servers
// that keep passwords hashed refuse a challenge-response mechanism that they
// offer, and take the password itself.
func (t *talk) another(list []string, a evidence.Attempt) []string {
	rest := list[1:]
	if i := slices.IndexFunc(rest, isPlain); i > 0 { // tells most of the password
		rest = rest[i:]
	}
	code := 0
	if a.Reply != nil {
		code = a.Reply.Code
	}
	switch {
	case a.Impostor:
		t.r.attempts.end("somebody may stand between this machine and the server")
		return nil
	case t.hasFault(), code/100 == 4:
		return nil
	case a.Result == evidence.LoginBroken:
		return rest
	case code == 535 && !isPlain(a.Mechanism) && a.Mechanism != xoauth2:
		return slices.DeleteFunc(slices.Clone(rest), func(m string) bool { return !isPlain(m) })
	}
	t.r.attempts.end("the account was refused before")
	return nil
}

func isPlain(mechanism string) bool { return mechanism == "PLAIN" || mechanism == "LOGIN" }

// choices lists the mechanisms to try, the strongest first, or says why there is none.
func (t *talk) choices() (list []string, why string) {
	account, offered := t.r.o.Account, wire.Mechanisms(t.ext())
	switch forced := account.Mechanism; {
	case !account.Password.IsSet():
		return nil, "there is no password"
	case strings.ContainsAny(account.User+account.Password.Reveal(), "\x00\x01"):
		return nil, "the user name or the password holds a control character that no mechanism can carry"
	case len(offered) == 0:
		return nil, "the server offers no login"
	case forced == "":
	case mechanisms[forced].auth == nil:
		return nil, "maildoctor does not speak " + forced
	case !slices.Contains(offered, forced):
		return nil, "the server does not offer " + forced + ", but " + strings.Join(offered, " ")
	case !t.usable(forced):
		return nil, forced + " is tied to TLS, and the line is not encrypted"
	default:
		return []string{forced}, ""
	}
	for _, m := range preference {
		if slices.Contains(offered, m) && t.usable(m) {
			list = append(list, m)
		}
	}
	switch {
	case len(list) > 0:
	case slices.Contains(offered, xoauth2):
		why = "the server takes OAuth tokens only (XOAUTH2); give a token with --auth XOAUTH2"
	default:
		why = "the server offers no mechanism that maildoctor speaks, but " + strings.Join(offered, " ")
	}
	return list, why
}

// usable: the -PLUS mechanisms are bound to a TLS session.
func (t *talk) usable(mechanism string) bool {
	return t.tls != nil || !strings.HasSuffix(mechanism, "-PLUS")
}

// ext is the EHLO answer that counts: what was said before TLS does not, under
// it (RFC 3207 4.2).
func (t *talk) ext() *evidence.Extensions {
	if t.tls != nil {
		return t.s.ExtTLS
	}
	return t.s.Ext
}

// unsafe says why a password must not go over this line; "" when it may.
func (t *talk) unsafe() string {
	switch {
	case t.r.o.Account.Insecure, t.a.ip.IsLoopback() && !t.r.env.Proxied:
		return ""
	case t.tls == nil:
		return "the line is not encrypted"
	case t.s.Injected != "":
		return "bytes were injected into the line before TLS"
	}
	state := t.tls.ConnectionState()
	cipher := tls.CipherSuiteName(state.CipherSuite)
	switch {
	case state.Version < tls.VersionTLS12:
		return "TLS " + versionNames[state.Version] + " is not safe"
	case strings.Contains(cipher, "RC4"), strings.Contains(cipher, "3DES"):
		return "the cipher " + cipher + " is not safe"
	case t.r.env.Roots == nil:
		return "the certificate is not verified: there is no root store"
	}
	if err := t.verifies(state.PeerCertificates); err != nil {
		return "the certificate is not verified: " + whyNotVerified(err, t.r.c.Now)
	}
	return ""
}

// verifies is strict, as a client's own verification is: chain, dates, name
// and use.
func (t *talk) verifies(certs []*x509.Certificate) error {
	if len(certs) == 0 {
		return errNoCertificate
	}
	o := x509.VerifyOptions{DNSName: t.r.serverName(), Roots: t.r.env.Roots, Intermediates: x509.NewCertPool(), CurrentTime: t.r.c.Now, KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}}
	for _, c := range certs[1:] {
		o.Intermediates.AddCert(c)
	}
	_, err := certs[0].Verify(o)
	return err
}
