package probe

import (
	"context"
	"net"
	"net/netip"
	"time"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/target"
)

// stagger is how long an address is waited for before the next one is tried as
// well (RFC 8305 5).
const stagger = 250 * time.Millisecond

// NameError is a name that could not be resolved.
type NameError struct{ Lookup evidence.Lookup }

func (e *NameError) Error() string { return "look up " + e.Lookup.Name + ": " + e.Fault().Text }

// Fault is why: that of the first question which got no address.
func (e *NameError) Fault() *evidence.Fault {
	if len(e.Lookup.Faults) == 0 {
		return &evidence.Fault{Class: evidence.NoData, Text: "no address of this family"}
	}
	f := e.Lookup.Faults[0].Fault
	return &f
}

// ByName makes a dial function that resolves names as Endpoint does: by the
// Resolver, the mappings and the family of o. It is for protocols other than
// SMTP, whose libraries dial by name.
func ByName(env Env, o Options) func(ctx context.Context, network, address string) (net.Conn, error) {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		t, err := target.Parse(address)
		if err != nil {
			return nil, err
		}
		r := &run{env: env, o: o, c: &evidence.Case{Target: t}, start: env.Now(), changed: make(chan struct{})}
		addrs := r.resolve(ctx)
		if len(addrs) == 0 {
			return nil, &NameError{r.c.Lookups[0]}
		}
		return r.first(ctx, network, addrs, t.Port)
	}
}

// first connects to the address that answers first; they are tried one after the
// other, each a while after the one before it.
func (r *run) first(ctx context.Context, network string, addrs []netip.Addr, port uint16) (net.Conn, error) {
	type result struct {
		conn net.Conn
		err  error
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	results := make(chan result)
	begun, pending := 0, 0
	next := func() {
		ip := addrs[begun]
		begun, pending = begun+1, pending+1
		go func() {
			limited, stop := context.WithTimeout(ctx, r.o.Limits.Connect)
			defer stop()
			conn, err := r.env.Dial(limited, network, r.route(ip, port).String())
			results <- result{conn, err}
		}()
	}
	next()
	var last error
	for pending > 0 {
		var wait <-chan time.Time
		if begun < len(addrs) {
			wait = time.After(stagger)
		}
		select {
		case got := <-results:
			pending--
			if got.err == nil {
				cancel()
				go func() { // those that were begun and are not needed
					for range pending {
						if late := <-results; late.conn != nil {
							late.conn.Close()
						}
					}
				}()
				return got.conn, nil
			}
			last = got.err
			if begun < len(addrs) && ctx.Err() == nil {
				next()
			}
		case <-wait:
			next()
		}
	}
	return nil, last
}
