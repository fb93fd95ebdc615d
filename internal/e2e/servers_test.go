//go:build e2e && linux

package e2e

import (
	"bytes"
	"fmt"
	"net"
	"strings"
	"text/template"
)

// tlsUse is how a listener is configured to use TLS.
type tlsUse int

const (
	noTLS    tlsUse = iota
	optional        // STARTTLS offered, clear text will do
	required        // STARTTLS demanded before MAIL
	wrapped         // TLS from the first byte
)

// listener is one service of one server.
type listener struct {
	name     string // also its host name, below domain
	software string // postfix, exim, opensmtpd, dovecot
	service  string // Dovecot's name of it: submission, lmtp, imap, pop3; empty elsewhere
	tls      tlsUse
	cert     string   // directory below /pki; empty: good
	old      bool     // TLS 1.0 and nothing newer
	options  []string // parameters of this one, "name=value"; Postfix alone
}

// endpoint is a listener with an address, and a case.
type endpoint struct {
	listener
	ask  uint16   // the port maildoctor is asked about; the real one differs
	args []string // further arguments
	want outcome

	ip   string
	port int
}

func (e *endpoint) host() string { return e.name + "." + domain }
func (e *endpoint) at() string   { return net.JoinHostPort(e.ip, fmt.Sprint(e.port)) }

// Pki is the certificate's directory, for the templates.
func (e *endpoint) Pki() string {
	if e.cert == "" {
		return "/pki/good"
	}
	return "/pki/" + e.cert
}

// What the templates ask of an endpoint.
func (e *endpoint) Name() string      { return e.name }
func (e *endpoint) Service() string   { return e.service }
func (e *endpoint) IP() string        { return e.ip }
func (e *endpoint) Port() int         { return e.port }
func (e *endpoint) Old() bool         { return e.old }
func (e *endpoint) Options() []string { return e.options }
func (e *endpoint) NoTLS() bool       { return e.tls == noTLS }
func (e *endpoint) Optional() bool    { return e.tls == optional }
func (e *endpoint) Required() bool    { return e.tls == required }
func (e *endpoint) Wrapped() bool     { return e.tls == wrapped }

// assign gives every endpoint a loopback address of its own, so that a server
// can tell them apart by it, and a free port. No two share a number: Exim's
// tls_on_connect_ports lists numbers alone, whatever the address.
func assign(cases []*endpoint) error {
	taken := make(map[int]bool)
	for i, e := range cases {
		e.ip = fmt.Sprintf("127.86.0.%d", i+1)
		for e.port == 0 || taken[e.port] {
			port, err := freePort(e.ip)
			if err != nil {
				return err
			}
			e.port = port
		}
		taken[e.port] = true
	}
	return nil
}

// freePort returns a port of an address at which nobody listens now.
func freePort(ip string) (int, error) {
	l, err := net.Listen("tcp", net.JoinHostPort(ip, "0"))
	if err != nil {
		return 0, err
	}
	return l.Addr().(*net.TCPAddr).Port, l.Close()
}

// named returns the endpoint of a name, or nil.
func named(cases []*endpoint, name string) *endpoint {
	for _, e := range cases {
		if e.name == name {
			return e
		}
	}
	return nil
}

// of returns the endpoints of one server.
func of(software string, cases []*endpoint) []*endpoint {
	var mine []*endpoint
	for _, e := range cases {
		if e.software == software {
			mine = append(mine, e)
		}
	}
	return mine
}

// fill executes a configuration template over the endpoints. Its delimiters are
// [[ and ]]: Exim has its own use for braces.
func fill(text string, mine any) []byte {
	var out bytes.Buffer
	if err := template.Must(template.New("").Delims("[[", "]]").Parse(strings.TrimLeft(text, "\n"))).Execute(&out, mine); err != nil {
		panic(err) // a mistake in a template of this file's neighbours
	}
	return out.Bytes()
}
