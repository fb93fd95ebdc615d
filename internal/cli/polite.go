package cli

import (
	"context"
	"net/netip"
	"sync"
)

// perAddress is how many endpoints are looked at behind one address at a time,
// however many names lead to it.
const perAddress = 2

// politeness keeps a run over many targets from crowding one server.
type politeness struct {
	mu   sync.Mutex
	busy map[netip.Addr]int
	left chan struct{} // closed, and made anew, when somebody leaves
}

func newPoliteness() *politeness {
	return &politeness{busy: map[netip.Addr]int{}, left: make(chan struct{})}
}

// enter waits for a place at every one of the addresses; leave gives them back.
// It does not wait longer than ctx.
func (p *politeness) enter(ctx context.Context, addrs []netip.Addr) (leave func()) {
	for {
		wait, ok := p.try(addrs)
		if ok {
			return func() { p.leave(addrs) }
		}
		select {
		case <-wait:
		case <-ctx.Done():
			return func() {}
		}
	}
}

// try takes the places, all of them or none.
func (p *politeness) try(addrs []netip.Addr) (<-chan struct{}, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, a := range addrs {
		if p.busy[a] >= perAddress {
			return p.left, false
		}
	}
	for _, a := range addrs {
		p.busy[a]++
	}
	return nil, true
}

func (p *politeness) leave(addrs []netip.Addr) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, a := range addrs {
		if p.busy[a]--; p.busy[a] == 0 {
			delete(p.busy, a)
		}
	}
	close(p.left)
	p.left = make(chan struct{})
}
