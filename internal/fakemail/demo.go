package fakemail

import (
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net/netip"
	"slices"
	"time"

	"github.com/maildoctor/maildoctor/internal/target"
)

// Scenario is one fault that the demo plants and has diagnosed.
type Scenario struct {
	ID    string
	Title string
	Story string      // who sees what, in two or three sentences
	As    target.Mode // how the client in the story is set
	Host  string      // what the person typed
	Port  uint16
	Want  []string // ids of the checks that the diagnosis has to find

	hosts []hosted
	issue func(ca *Authority, host string) (tls.Certificate, error) // nil: a certificate in order
}

// Running is a scenario whose servers are up.
type Running struct {
	Map     []Route
	RootPEM []byte // the authority that the client in the story trusts
	close   []io.Closer
}

// Route leads from the address of the story to a real one.
type Route struct {
	Host string
	Port uint16
	To   netip.AddrPort
}

// String is the route as --connect-to takes it.
func (r Route) String() string { return fmt.Sprintf("%s:%d:%s", r.Host, r.Port, r.To) }

// Close stops the scenario's servers and waits for them. It may be called more
// than once.
func (r *Running) Close() error {
	var errs []error
	for _, c := range r.close {
		errs = append(errs, c.Close())
	}
	return errors.Join(errs...)
}

// hosted is a server of a scenario at a port of its host.
type hosted struct {
	port  uint16
	serve func(*tls.Config) Handler // with the certificate of the scenario
}

// Start brings the scenario up: its servers, and at the other submission ports
// of the host an address that refuses, so that a remedy tried there meets
// nobody else's server.
func (s Scenario) Start(now time.Time) (*Running, error) {
	run, err := s.start(now)
	if err != nil {
		return nil, fmt.Errorf("start demo %q: %w", s.ID, errors.Join(err, run.Close()))
	}
	return run, nil
}

// start returns what it started also when it fails.
func (s Scenario) start(now time.Time) (*Running, error) {
	run := &Running{}
	ca, err := NewAuthority("Example Test CA", now)
	if err != nil {
		return run, err
	}
	run.RootPEM = ca.PEM()
	cert, err := s.certificate(ca)
	if err != nil {
		return run, err
	}
	config := &tls.Config{Certificates: []tls.Certificate{cert}}
	for _, h := range s.hosts {
		server, err := Listen(h.serve(config))
		if err != nil {
			return run, err
		}
		run.close = append(run.close, server)
		run.Map = append(run.Map, Route{s.Host, h.port, server.Addr()})
	}
	return run, s.refuseRest(run)
}

func (s Scenario) certificate(ca *Authority) (tls.Certificate, error) {
	if s.issue != nil {
		return s.issue(ca, s.Host)
	}
	return ca.Issue(Leaf{Names: []string{s.Host}})
}

func (s Scenario) refuseRest(run *Running) error {
	refused, err := Refused()
	if err != nil {
		return err
	}
	for _, port := range []uint16{25, 465, 587, 2465, 2525, 2587} {
		if !slices.ContainsFunc(s.hosts, func(h hosted) bool { return h.port == port }) {
			run.Map = append(run.Map, Route{s.Host, port, refused})
		}
	}
	return nil
}
