package probe_test

import (
	"context"
	"net"
	"time"
)

// farAway is a dial function over a link of one round-trip time: a connection
// takes one, and every segment half of one in either direction.
func farAway(rtt time.Duration) func(context.Context, string, string) (net.Conn, error) {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		// The server hears of the connection half a round trip after we do.
		accepted := time.Now().Add(rtt + rtt/2)
		timer := time.NewTimer(rtt)
		defer timer.Stop()
		var d net.Dialer
		near, err := d.DialContext(ctx, network, address)
		if err != nil {
			return nil, err
		}
		select {
		case <-timer.C:
		case <-ctx.Done():
			near.Close()
			return nil, ctx.Err()
		}
		c, far := net.Pipe()
		go carry(far, near, accepted, rtt/2)
		go carry(near, far, time.Time{}, rtt/2)
		return tcpLike{c, near}, nil
	}
}

// tcpLike has the addresses of the connection behind the pipe.
type tcpLike struct {
	net.Conn
	near net.Conn
}

func (c tcpLike) LocalAddr() net.Addr { return c.near.LocalAddr() }

// carry copies segments, each delayed on its own, so that many can be under
// way. None is sent before begin.
func carry(to, from net.Conn, begin time.Time, delay time.Duration) {
	type segment struct {
		bytes []byte
		due   time.Time
	}
	queue := make(chan segment, 1024)
	go func() {
		defer to.Close()
		for s := range queue {
			time.Sleep(time.Until(s.due))
			if _, err := to.Write(s.bytes); err != nil {
				from.Close()
			}
		}
	}()
	defer close(queue)
	for {
		b := make([]byte, 16<<10)
		n, err := from.Read(b)
		if n > 0 {
			sent := time.Now()
			if sent.Before(begin) {
				sent = begin
			}
			queue <- segment{b[:n], sent.Add(delay)}
		}
		if err != nil {
			return
		}
	}
}
