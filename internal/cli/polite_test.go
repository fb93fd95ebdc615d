package cli

import (
	"context"
	"net/netip"
	"sync"
	"sync/atomic"
	"testing"
)

// TestPolitenessHasTwoPlaces: the third waits, also where only one of its
// addresses is crowded, and takes no place meanwhile.
func TestPolitenessHasTwoPlaces(t *testing.T) {
	t.Parallel()
	p := newPoliteness()
	a, b := netip.MustParseAddr("192.0.2.1"), netip.MustParseAddr("192.0.2.2")
	first := p.enter(t.Context(), []netip.Addr{a})
	p.enter(t.Context(), []netip.Addr{a})
	if _, ok := p.try([]netip.Addr{b, a}); ok || p.busy[b] != 0 {
		t.Errorf("a third came in, or took a place while it waits: %v", p.busy)
	}
	first()
	if _, ok := p.try([]netip.Addr{b, a}); !ok {
		t.Error("a place that was given back cannot be taken")
	}
}

// TestPoliteness: however many come, an address has two at a time, and nobody
// waits for ever.
func TestPoliteness(t *testing.T) {
	t.Parallel()
	p := newPoliteness()
	a, b := netip.MustParseAddr("192.0.2.1"), netip.MustParseAddr("2001:db8::1")
	var now, most atomic.Int32
	var all sync.WaitGroup
	for i := range 100 {
		all.Go(func() {
			addrs := []netip.Addr{a, b}
			if i%2 == 0 {
				addrs = []netip.Addr{b, a}
			}
			defer p.enter(t.Context(), addrs)()
			n := now.Add(1)
			for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
			}
			now.Add(-1)
		})
	}
	all.Wait()
	if most.Load() > perAddress {
		t.Errorf("%d at a time", most.Load())
	}
	if len(p.busy) != 0 {
		t.Errorf("places were not given back: %v", p.busy)
	}
}

func TestPolitenessEndsWithTheRun(t *testing.T) {
	t.Parallel()
	p := newPoliteness()
	a := []netip.Addr{netip.MustParseAddr("192.0.2.1")}
	for range perAddress {
		defer p.enter(t.Context(), a)()
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	p.enter(ctx, a)() // returns, and gives back no place that it did not have
	if p.busy[a[0]] != perAddress {
		t.Errorf("%d places are taken, want %d", p.busy[a[0]], perAddress)
	}
}
