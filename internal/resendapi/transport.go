package resendapi

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"time"
)

// NewTransport makes a transport over the caller's connections. dial resolves
// names itself, and returns a *probe.NameError where one leads nowhere. With no
// roots no certificate is accepted. proxy may be nil; requests in clear text,
// which go to loopback alone, never take one.
func NewTransport(dial func(ctx context.Context, network, address string) (net.Conn, error), roots *x509.CertPool, proxy func(*http.Request) (*url.URL, error)) *http.Transport {
	if roots == nil {
		roots = x509.NewCertPool() // nil would be the system's
	}
	t := &http.Transport{
		DialContext:            onLoopback(dial),
		TLSClientConfig:        &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12},
		ForceAttemptHTTP2:      true, // a dial function of one's own turns it off
		TLSHandshakeTimeout:    10 * time.Second,
		ResponseHeaderTimeout:  10 * time.Second,
		IdleConnTimeout:        15 * time.Second,
		MaxIdleConns:           2,
		MaxResponseHeaderBytes: 64 << 10,
		OnProxyConnectResponse: func(_ context.Context, _ *url.URL, _ *http.Request, resp *http.Response) error {
			if resp.StatusCode != http.StatusOK {
				return &refusedByProxy{status: resp.Status}
			}
			return nil
		},
	}
	if proxy != nil {
		t.Proxy = func(r *http.Request) (*url.URL, error) {
			if r.URL.Scheme == "http" {
				return nil, nil
			}
			return proxy(r)
		}
	}
	return t
}

// connectTimeout bounds a dial, the look-up included.
const connectTimeout = 10 * time.Second

// onLoopback refuses a connection that was meant for loopback, where the key
// goes in clear text, and led elsewhere: localhost is what the hosts file says.
func onLoopback(dial func(ctx context.Context, network, address string) (net.Conn, error)) func(ctx context.Context, network, address string) (net.Conn, error) {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		ctx, cancel := context.WithTimeout(ctx, connectTimeout)
		defer cancel()
		conn, err := dial(ctx, network, address)
		if err != nil || !isLoopback((&url.URL{Host: address}).Hostname()) {
			return conn, err
		}
		to, err := netip.ParseAddrPort(conn.RemoteAddr().String())
		if err != nil || !to.Addr().Unmap().IsLoopback() {
			conn.Close()
			return nil, fmt.Errorf("%s led to %s, which is not on loopback", address, conn.RemoteAddr())
		}
		return conn, nil
	}
}
