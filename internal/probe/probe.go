// Package probe holds the conversations and writes down what happened: names
// resolved, connections, replies, handshakes. It never says good or bad; what
// it may contact is decided by package plan.
package probe

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/netip"
	"time"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/plan"
	"github.com/maildoctor/maildoctor/internal/target"
)

// Env is every way out of the process. All fields must be set; cli makes the
// real one, tests another.
type Env struct {
	Dial     func(ctx context.Context, network, address string) (net.Conn, error)
	Resolver Resolver
	Now      func() time.Time
	Roots    *x509.CertPool // nil: there is no root store, chains are not verified
	Chains   *Chains        // verified against Roots before; nil: each is verified anew
	Proxied  bool           // Dial goes through a proxy: a loopback address is not this machine's
}

// Limits bounds every wait.
type Limits struct {
	Connect  time.Duration
	Greeting time.Duration
	Reply    time.Duration // also a TLS handshake
}

// DefaultLimits are those of the contract: postscreen waits 6 s before it
// greets, many tarpits 10 s.
func DefaultLimits() Limits {
	return Limits{Connect: 5 * time.Second, Greeting: 12 * time.Second, Reply: 10 * time.Second}
}

// Options is what one run was asked for, beside the target.
type Options struct {
	Limits      Limits
	HELO        string // EHLO name; empty: the address literal of the connection
	Mappings    []target.Mapping
	Family      string // "ipv4" or "ipv6": that family alone
	Certificate *tls.Certificate
	Watch       func(step string) // told of each step as it begins, from several goroutines; may be nil

	// Whole bounds the look-up, and after it the conversations with what is left
	// of it; 0: nothing does but the context.
	Whole time.Duration
	// Enter waits until the addresses may be visited, and returns what is called
	// when the visit is over; nil: at once. The wait counts for nothing.
	Enter func(ctx context.Context, addrs []netip.Addr) (leave func())

	// One session of the run goes on with these when it has come to its end.
	Account  *Account           // to log in as; nil: no login
	Envelope *evidence.Envelope // to try, after the login where there is an Account; nil: none
	Message  []byte             // to send in Envelope; nil: RSET follows the envelope, and nothing is sent
}

// Endpoint looks at c.Target and fills in c's look-ups and sessions. When ctx
// or o.Whole ends before the work is done, c holds what is known so far and
// c.Cut says why. It returns with every connection closed and no goroutine left.
func Endpoint(ctx context.Context, env Env, o Options, c *evidence.Case) {
	r := &run{env: env, o: o, c: c, attempts: o.Account.budget(), start: env.Now(), changed: make(chan struct{}), remedies: map[string]bool{}}
	whole, cancel := o.within(ctx, 0)
	addrs := r.resolve(whole)
	cancel()
	spent := r.since()
	if o.Enter != nil && len(addrs) > 0 {
		defer o.Enter(ctx, addrs)()
		r.start = env.Now().Add(-spent)
	}
	whole, cancel = o.within(ctx, spent)
	defer cancel()
	r.addresses(whole, addrs)
	if r.panicked != nil {
		panic(r.panicked)
	}
	r.finish(whole)
}

// within is what is left of the whole limit.
func (o Options) within(ctx context.Context, spent time.Duration) (context.Context, context.CancelFunc) {
	if o.Whole == 0 {
		return context.WithCancel(ctx)
	}
	return context.WithTimeout(ctx, o.Whole-spent)
}

// addresses holds the sessions with every address side by side.
func (r *run) addresses(ctx context.Context, addrs []netip.Addr) {
	all := make([]*address, len(addrs))
	addrs = addrs[:min(len(addrs), plan.MaxAddresses)]
	all = all[:len(addrs)]
	for i, ip := range addrs {
		all[i] = &address{r: r, ip: ip, reach: i >= plan.MaxSessions, has: map[plan.Event]bool{}, visits: map[string]*visit{}}
	}
	r.all = all
	ended := make(chan struct{})
	for _, a := range all {
		go func() {
			defer func() {
				p := recover()
				r.update(func() { r.panicked = orFirst(r.panicked, p) })
				ended <- struct{}{}
			}()
			a.run(ctx)
		}()
	}
	for range all {
		<-ended
	}
}
