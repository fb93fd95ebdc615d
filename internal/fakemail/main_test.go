package fakemail

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"net/netip"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"
)

// patience bounds every wait of the tests; none of them takes that long.
const patience = 20 * time.Second

// TestMain fails when a goroutine of a server outlives the tests: each of them
// closes what it started.
func TestMain(m *testing.M) {
	status := m.Run()
	if left := lingering(); left != "" && status == 0 {
		fmt.Fprintf(os.Stderr, "goroutines left after Close:\n%s\n", left)
		status = 1
	}
	os.Exit(status)
}

// lingering returns the stacks of goroutines that run code of this package or
// of the DNS library. A goroutine that is just ending gets the time to do so.
func lingering() string {
	deadline := time.Now().Add(time.Second)
	for {
		left := ""
		buf := make([]byte, 1<<20)
		stacks := string(buf[:runtime.Stack(buf, true)])
		for stack := range strings.SplitSeq(stacks, "\n\n") {
			if strings.Contains(stack, "fakemail.(*") || strings.Contains(stack, "miekg/dns.") {
				left += stack + "\n\n"
			}
		}
		if left == "" || time.Now().After(deadline) {
			return left
		}
		runtime.Gosched()
	}
}

// now is the present of certificates and demos in the tests.
var now = time.Now()

func listen(t *testing.T, serve Handler) *Server {
	t.Helper()
	s, err := Listen(serve)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func dial(t *testing.T, to netip.AddrPort) net.Conn {
	t.Helper()
	c, err := net.DialTimeout("tcp", to.String(), patience)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	c.SetDeadline(time.Now().Add(patience))
	return c
}

func waiting(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	t.Cleanup(cancel)
	return ctx
}

// ended waits for n connections to come and end.
func ended(t *testing.T, s *Server, n int) []Seen {
	t.Helper()
	seen, err := s.Ended(waiting(t), n)
	if err != nil {
		t.Fatal(err)
	}
	return seen
}

func authority(t *testing.T) *Authority {
	t.Helper()
	ca, err := NewAuthority("Test CA", now)
	if err != nil {
		t.Fatal(err)
	}
	return ca
}

func config(t *testing.T, ca *Authority, l Leaf) *tls.Config {
	t.Helper()
	config, err := ca.Config(l)
	if err != nil {
		t.Fatal(err)
	}
	return config
}

func leaf() Leaf { return Leaf{Names: []string{"mail.example.test"}} }
