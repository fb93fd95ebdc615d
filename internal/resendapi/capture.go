package resendapi

import (
	"bytes"
	"crypto/tls"
	"errors"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"sync/atomic"

	"github.com/maildoctor/maildoctor/internal/secret"
)

// answerKey is the context key of the *answer that a request is for.
type answerKey struct{}

// answer is what came, before the SDK makes less of it: it loses status and
// name of most errors, and the body of those that are not JSON.
type answer struct {
	status int
	header http.Header
	body   []byte
	cut    bool  // there was more than maxBody
	err    error // no answer, or its body broke off

	// Of the connection; package net/http may still be dialling when it has given up.
	peer   atomic.Pointer[string]
	badTLS atomic.Bool // a handshake failed
}

// address is the peer's, empty without a connection.
func (a *answer) address() string {
	if p := a.peer.Load(); p != nil {
		return *p
	}
	return ""
}

// capture adds the key, keeps the answer and hands the SDK a copy.
type capture struct {
	base *url.URL
	key  secret.Text
	next http.RoundTripper
}

var errElsewhere = errors.New("the key is for the base URL alone")

// RoundTrip implements http.RoundTripper.
func (t *capture) RoundTrip(req *http.Request) (*http.Response, error) {
	got, ok := req.Context().Value(answerKey{}).(*answer)
	if !ok || req.URL.Scheme != t.base.Scheme || req.URL.Host != t.base.Host {
		return nil, errElsewhere
	}
	trace := &httptrace.ClientTrace{
		GotConn: func(i httptrace.GotConnInfo) {
			peer := i.Conn.RemoteAddr().String()
			got.peer.Store(&peer)
		},
		TLSHandshakeDone: func(_ tls.ConnectionState, err error) {
			if err != nil {
				got.badTLS.Store(true)
			}
		},
	}
	req = req.Clone(httptrace.WithClientTrace(req.Context(), trace))
	req.Header.Set("Authorization", "Bearer "+t.key.Reveal())
	resp, err := t.next.RoundTrip(req)
	if err != nil {
		got.err = err
		return nil, err
	}
	defer resp.Body.Close()
	got.status, got.header = resp.StatusCode, resp.Header
	got.body, got.err = io.ReadAll(io.LimitReader(resp.Body, maxBody+1))
	if len(got.body) > maxBody {
		got.body, got.cut = got.body[:maxBody], true
	}
	resp.Body = io.NopCloser(bytes.NewReader(got.body))
	return resp, nil
}
