package resendapi

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/url"
	"strconv"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/probe"
)

// refusedByProxy is the answer of an HTTP proxy to CONNECT.
type refusedByProxy struct{ status string }

func (r *refusedByProxy) Error() string { return "the proxy answered " + strconv.Quote(r.status) }

// fault turns the error of a call into a Fault: what is of HTTP here, what is
// of connections in package probe.
func (c *Client) fault(ctx context.Context, err error) *evidence.Fault {
	f := classify(ctx, err)
	f.Text = c.text(f.Text, maxText)
	return f
}

func classify(ctx context.Context, err error) *evidence.Fault {
	if errors.Is(ctx.Err(), context.Canceled) {
		return &evidence.Fault{Class: evidence.Cancelled, Text: "ended by us"}
	}
	var outer *url.Error
	if errors.As(err, &outer) {
		err = outer.Err
	}
	f := ofHTTP(err)
	if f == nil {
		f = probe.FaultOf(err)
	}
	if f.Class == evidence.Other && errors.Is(ctx.Err(), context.DeadlineExceeded) { // the error is then what the caller gave as cause
		return &evidence.Fault{Class: evidence.Timeout, Text: timeoutText}
	}
	if throughProxy(err) && f.Class != evidence.Proxy {
		return &evidence.Fault{Class: evidence.Proxy, Text: "proxy: " + f.Text}
	}
	return f
}

const timeoutText = "no answer in time"

// ofHTTP knows the errors that package probe does not; nil for any other.
func ofHTTP(err error) *evidence.Fault {
	var unresolved *probe.NameError
	var refused *refusedByProxy
	var dns *net.DNSError
	var record tls.RecordHeaderError
	var untrusted *tls.CertificateVerificationError
	switch {
	case errors.As(err, &unresolved):
		return unresolved.Fault()
	case errors.As(err, &refused):
		return &evidence.Fault{Class: evidence.Proxy, Text: refused.Error()}
	case errors.As(err, &dns):
		return &evidence.Fault{Class: dnsClass(dns), Text: dns.Err}
	case errors.As(err, &record) && string(record.RecordHeader[:]) == "HTTP/":
		return &evidence.Fault{Class: evidence.NotTLS, Text: "HTTP in clear text came in answer to a ClientHello"}
	case errors.As(err, &untrusted):
		return &evidence.Fault{Class: evidence.TLSFailed, Text: untrustedText(untrusted)}
	case errors.Is(err, context.DeadlineExceeded):
		return &evidence.Fault{Class: evidence.Timeout, Text: timeoutText}
	}
	return nil
}

func dnsClass(err *net.DNSError) evidence.Class {
	switch {
	case err.IsNotFound:
		return evidence.NXDomain
	case err.IsTimeout:
		return evidence.DNSTimeout
	}
	return evidence.ServFail
}

// throughProxy: package net/http marks what failed on the way to a proxy by
// the operation.
func throughProxy(err error) bool {
	for {
		var op *net.OpError
		if !errors.As(err, &op) {
			return false
		}
		if op.Op == "proxyconnect" || op.Op == "socks connect" {
			return true
		}
		err = op.Err
	}
}

// untrustedText names the issuer: that of a company's proxy which opens TLS
// tells where the certificate comes from.
func untrustedText(err *tls.CertificateVerificationError) string {
	text := err.Err.Error()
	if len(err.UnverifiedCertificates) > 0 {
		text += "; issued by " + err.UnverifiedCertificates[0].Issuer.String()
	}
	return text
}
