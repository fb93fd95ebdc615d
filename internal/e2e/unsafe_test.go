//go:build e2e && linux

package e2e

import (
	"errors"
	"io"
	"net"
	"slices"
	"strings"
	"testing"
)

// TestUnsafe: the password goes over a line that is encrypted and verified, or
// nowhere. Loopback is an exception, so that the servers are reached by a proxy,
// behind which nothing is loopback.
func TestUnsafe(t *testing.T) {
	proxy := newSOCKS(t)
	for _, c := range []struct {
		server, finding string // none: safe
	}{
		{"postfix-accounts", ""}, {"postfix-implicit", ""}, {"exim-required", ""}, {"dovecot-submissions", ""},
		{"postfix-cleartext", "login-unsafe"}, {"exim-cleartext", "login-unsafe"}, {"dovecot-submission-cleartext", "login-unsafe"},
		{"postfix-expired", "login-unsafe"}, {"postfix-self-signed", "login-unsafe"}, {"postfix-wrong-name", "login-unsafe"},
		{"postfix-missing-intermediate", "login-unsafe"}, {"postfix-unknown-ca", "login-unsafe"},
		{"exim-self-signed", "login-unsafe"}, {"dovecot-submission-wrong-name", "login-unsafe"},
		{"postfix-tls10", "tls-version-too-old"},
	} {
		t.Run(c.server, func(t *testing.T) {
			e := byName(t, c.server)
			skip := e.quiet(t)
			args := append([]string{"probe", "--format", "json", "--proxy", "socks5://" + proxy, "--user", app.name, "--from", app.name, "--to", inbox}, e.asked()...)
			p := maildoctor(t, "", asUser(app), args...)
			r := p.report(t, 1)
			auth, envelope := r.Subjects[0].Endpoint.Auth, r.Subjects[0].Endpoint.Envelope
			if c.finding == "" {
				if auth.Login != "accepted" || p.exit != 0 {
					t.Errorf("exit %d, login %q, why %q; want it accepted\n%s", p.exit, auth.Login, auth.Why, p.stdout)
				}
				return
			}
			if auth.Login != "not-tried" || auth.Why == "" || !slices.Contains(r.findings(0), c.finding) {
				t.Errorf("login %q, why %q, found %q; want it not tried, and %s", auth.Login, auth.Why, r.findings(0), c.finding)
			}
			if envelope == nil || envelope.Result != "not-tried" {
				t.Errorf("envelope %+v, want it not tried", envelope)
			}
			e.nobodyLoggedIn(t, skip)
			if auth := maildoctor(t, "", asUser(app), append(args, "--insecure-login")...).report(t, 1).Subjects[0].Endpoint.Auth; auth.Login != "accepted" {
				t.Errorf("with --insecure-login: login %q, why %q; want it accepted", auth.Login, auth.Why)
			}
		})
	}
}

// nobodyLoggedIn reads what the server wrote after the first skip lines.
func (e *endpoint) nobodyLoggedIn(t *testing.T, skip int) {
	t.Helper()
	lines := settled(t, func() []string { return e.log(t)[skip:] }, func(lines []string) bool { return len(lines) > 0 && (e.software != "postfix" || sessionsEnded(lines)) })
	for _, line := range lines {
		for _, sign := range []string{" auth=", "authenticator", "C=EHLO,AUTH", ",AUTH", "Login: user", "auth failed"} {
			if strings.Contains(line, sign) {
				t.Errorf("somebody tried to log in: %s", line)
			}
		}
	}
}

// newSOCKS starts a SOCKS proxy without a login (RFC 1928) and returns its
// address.
func newSOCKS(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				_ = serveSOCKS(conn) // what is wrong shows at the client
			}()
		}
	}()
	return l.Addr().String()
}

func serveSOCKS(client net.Conn) error {
	head := make([]byte, 2)
	if _, err := io.ReadFull(client, head); err != nil {
		return err
	}
	if _, err := io.CopyN(io.Discard, client, int64(head[1])); err != nil {
		return err
	}
	if _, err := client.Write([]byte{5, 0}); err != nil {
		return err
	}
	request := make([]byte, 10) // version, command, reserved, type, IPv4 address, port
	if _, err := io.ReadFull(client, request); err != nil {
		return err
	}
	if request[1] != 1 || request[3] != 1 {
		return errors.New("only CONNECT, and only IPv4")
	}
	server, err := net.DialTCP("tcp", nil, &net.TCPAddr{IP: request[4:8], Port: int(request[8])<<8 | int(request[9])})
	if err != nil {
		_, err = client.Write([]byte{5, 5, 0, 1, 0, 0, 0, 0, 0, 0})
		return err
	}
	defer server.Close()
	if _, err := client.Write([]byte{5, 0, 0, 1, 0, 0, 0, 0, 0, 0}); err != nil {
		return err
	}
	go func() {
		_, _ = io.Copy(server, client)
		_ = server.CloseWrite()
	}()
	_, err = io.Copy(client, server)
	return err
}
