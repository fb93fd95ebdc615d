package probe

import (
	"context"
	"errors"
	"net"
	"net/url"

	"golang.org/x/net/proxy"
)

// proxyError marks a connection that failed at the SOCKS proxy.
type proxyError struct {
	address string // of the proxy
	err     error
}

func (e *proxyError) Error() string { return "proxy " + e.address + ": " + e.err.Error() }
func (e *proxyError) Unwrap() error { return e.err }

// ThroughProxy makes a dial function that goes through a SOCKS5 proxy
// (RFC 1928), given as socks5://[user:password@]HOST:PORT.
func ThroughProxy(u *url.URL, dial func(ctx context.Context, network, address string) (net.Conn, error)) (func(ctx context.Context, network, address string) (net.Conn, error), error) {
	var auth *proxy.Auth
	if u.User != nil {
		password, _ := u.User.Password()
		auth = &proxy.Auth{User: u.User.Username(), Password: password}
	}
	d, err := proxy.SOCKS5("tcp", u.Host, auth, dialer(dial))
	if err != nil {
		return nil, err
	}
	through, ok := d.(proxy.ContextDialer)
	if !ok {
		return nil, errors.New("proxy cannot be cancelled")
	}
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		c, err := through.DialContext(ctx, network, address)
		if err != nil && ctx.Err() == nil {
			return nil, &proxyError{u.Host, err}
		}
		return c, err
	}, nil
}

// dialer fits a dial function to what x/net/proxy wants.
type dialer func(ctx context.Context, network, address string) (net.Conn, error)

func (d dialer) Dial(network, address string) (net.Conn, error) {
	return d(context.Background(), network, address)
}

func (d dialer) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	return d(ctx, network, address)
}
