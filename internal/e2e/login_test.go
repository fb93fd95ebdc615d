//go:build e2e && linux

package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// loginServers are the servers at which somebody logs in, with every mechanism
// that they offer, the strongest first but for XOAUTH2, which takes no password.
var loginServers = []struct {
	name       string
	mechanisms []string
}{
	{"postfix-accounts", []string{"SCRAM-SHA-256", "SCRAM-SHA-1", "CRAM-MD5", "PLAIN", "LOGIN", "XOAUTH2"}},
	{"exim-required", []string{"SCRAM-SHA-256", "SCRAM-SHA-1", "CRAM-MD5", "PLAIN", "LOGIN"}},
	{"dovecot-submission", []string{"SCRAM-SHA-256", "SCRAM-SHA-1", "CRAM-MD5", "PLAIN", "LOGIN", "XOAUTH2"}},
}

// TestLogin logs in by every mechanism of every server, with passwords that are
// right and one that is wrong. A mechanism that was named is tried once.
func TestLogin(t *testing.T) {
	for _, s := range loginServers {
		e := byName(t, s.name)
		for _, mechanism := range s.mechanisms {
			right, wrong, finding := []user{app, odd}, user{name: app.name, password: wrongPassword}, "auth-bad-credentials"
			if mechanism == "XOAUTH2" {
				right = []user{{name: app.name, password: token(app.name, time.Now().Add(time.Hour))}}
				wrong.password, finding = token(app.name, time.Now().Add(-time.Hour)), "auth-oauth-token-invalid"
			}
			for _, u := range right {
				t.Run(fmt.Sprintf("%s/%s/%s", s.name, mechanism, u.name), func(t *testing.T) {
					r := logIn(t, e, u, 0, "--auth", mechanism)
					wantLogin(t, r, "accepted", mechanism)
					wantOffered(t, r, s.mechanisms)
				})
			}
			t.Run(fmt.Sprintf("%s/%s/wrong", s.name, mechanism), func(t *testing.T) {
				skip := e.quiet(t)
				r := logIn(t, e, wrong, 1, "--auth", mechanism)
				wantLogin(t, r, "refused", mechanism, finding)
				if got := e.refusals(t, skip); !slices.Equal(got, []string{mechanism}) {
					t.Errorf("the server refused %q, want %s once", got, mechanism)
				}
			})
		}
	}
}

// TestStrongest leaves the mechanism to maildoctor, also where the line is
// encrypted from the first byte and where it is not encrypted at all.
func TestStrongest(t *testing.T) {
	for _, name := range []string{"postfix-accounts", "postfix-implicit", "postfix-cleartext", "exim-required", "exim-implicit", "exim-cleartext",
		"dovecot-submission", "dovecot-submissions", "dovecot-submission-cleartext"} {
		e := byName(t, name)
		t.Run(name, func(t *testing.T) {
			p := maildoctor(t, "", asUser(odd), append([]string{"probe", "--format", "json", "--user", odd.name}, e.asked()...)...)
			auth := p.report(t, 1).Subjects[0].Endpoint.Auth
			if auth.Login != "accepted" || auth.Mechanism != "SCRAM-SHA-256" {
				t.Errorf("login %s by %s, want accepted by SCRAM-SHA-256\n%s", auth.Login, auth.Mechanism, p.stdout)
			}
		})
	}
}

// TestAttempts: mailboxes are locked after a few wrong passwords. One run makes
// two attempts at most, the second by a mechanism that needs no password in the
// clear at the server: a hash of it is of no use to SCRAM.
func TestAttempts(t *testing.T) {
	for _, s := range loginServers {
		e := byName(t, s.name)
		t.Run(s.name+"/wrong", func(t *testing.T) {
			skip := e.quiet(t)
			r := logIn(t, e, user{name: app.name, password: wrongPassword}, 1)
			wantLogin(t, r, "refused", r.Subjects[0].Endpoint.Auth.Mechanism, "auth-bad-credentials")
			if got := e.refusals(t, skip); len(got) < 1 || len(got) > 2 {
				t.Errorf("the server refused %d attempts, %q; want one or two", len(got), got)
			}
		})
		if e.software == "exim" { // its passwords are not hashed
			continue
		}
		t.Run(s.name+"/hashed", func(t *testing.T) {
			skip := e.quiet(t)
			r := logIn(t, e, hashed, 0)
			wantLogin(t, r, "accepted", "PLAIN", "auth-mechanism-broken")
			if e.software == "postfix" { // Dovecot does not tell of refusals before a success
				if got := e.refusals(t, skip); !slices.Equal(got, []string{"SCRAM-SHA-256"}) {
					t.Errorf("the server refused %q, want SCRAM-SHA-256 once", got)
				}
			}
		})
	}
}

// TestWaiting: a login that is refused is not tried again and again.
func TestWaiting(t *testing.T) {
	e := byName(t, "postfix-accounts")
	skip := e.quiet(t)
	wantLogin(t, logIn(t, e, user{name: app.name, password: wrongPassword}, 1, "--auth", "PLAIN", "--wait", "5s"), "refused", "PLAIN", "auth-bad-credentials")
	if got := e.refusals(t, skip); len(got) != 1 {
		t.Errorf("the server refused %q, want PLAIN once", got)
	}
	wantLogin(t, logIn(t, e, app, 0, "--expect", "login=accepted,mode=starttls"), "accepted", "SCRAM-SHA-256")
}

// TestEveryPort: of the ports of a host, one is logged in at, that to use.
func TestEveryPort(t *testing.T) {
	ports := map[int]*endpoint{587: byName(t, "postfix-accounts"), 465: byName(t, "postfix-implicit"), 25: byName(t, "postfix-cleartext")}
	const host = "every." + domain
	args := []string{"probe", host, "--format", "json", "--ca-file", running.pki.rootFile, "--user", app.name, "--from", app.name, "--to", inbox}
	skip := map[int]int{}
	for _, port := range []int{25, 465, 587, 2465, 2525, 2587} {
		at := "127.86.0.1:1"
		if e := ports[port]; e != nil {
			at, skip[port] = e.at(), e.quiet(t)
		}
		args = append(args, "--connect-to", fmt.Sprintf("%s:%d:%s", host, port, at))
	}
	r := maildoctor(t, "", asUser(app), args...).report(t, 0)
	var accepted []string
	for _, s := range r.Subjects {
		if s.Endpoint.Auth.Login == "accepted" {
			accepted = append(accepted, s.Name)
		} else if s.Endpoint.Auth.Login != "not-tried" {
			t.Errorf("%s: login %q", s.Name, s.Endpoint.Auth.Login)
		}
	}
	if !slices.Equal(accepted, []string{host + ":465"}) && !slices.Equal(accepted, []string{host + ":587"}) {
		t.Errorf("logged in at %q, want one of the ports with TLS", accepted)
	}
	logins := 0
	for port, e := range ports {
		lines := settled(t, func() []string { return e.log(t)[skip[port]:] }, sessionsEnded)
		for _, line := range lines {
			if strings.Contains(line, " auth=") {
				logins++
			}
		}
	}
	if logins != 1 {
		t.Errorf("%d sessions logged in, want one", logins)
	}
}

// TestNoLogin: OpenSMTPD's configuration takes no AUTH without TLS ("auth
// requires tls/smtps"), and the TLS of Debian 12's breaks (see opensmtpdConf),
// so that nobody can log in there.
func TestNoLogin(t *testing.T) {
	for _, c := range []struct {
		name string
		exit int
		args []string
	}{
		{"opensmtpd-cleartext", 1, nil},
		{"opensmtpd-required", 1, nil},
		{"opensmtpd-implicit", 1, nil},
		{"postfix-relay", 1, nil},
		{"exim-required", 1, []string{"--auth", "XOAUTH2"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := byName(t, c.name)
			r := logIn(t, e, app, c.exit, c.args...)
			auth := r.Subjects[0].Endpoint.Auth
			if auth.Login != "not-tried" || auth.Mechanism != "" || auth.Why == "" {
				t.Errorf("login %q by %q, why %q; want it not tried, with a reason", auth.Login, auth.Mechanism, auth.Why)
			}
			if ids := r.findings(0); len(ids) == 0 {
				t.Error("nobody could log in, and nothing is found")
			}
		})
	}
}

// TestPasswordSources: the password comes from a file or from the standard
// input, with the line end that an editor adds.
func TestPasswordSources(t *testing.T) {
	e := byName(t, "postfix-accounts")
	file := filepath.Join(t.TempDir(), "password")
	if err := os.WriteFile(file, []byte(odd.password+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		input string
		args  []string
	}{
		"file":            {"", []string{"--password-file", file}},
		"standard input":  {odd.password + "\r\n", []string{"--password-stdin"}},
		"without its end": {odd.password, []string{"--password-stdin"}},
	} {
		t.Run(name, func(t *testing.T) {
			args := append([]string{"probe", "--format", "json", "--user", odd.name}, e.asked()...)
			wantLogin(t, maildoctor(t, c.input, nil, append(args, c.args...)...).report(t, 1), "accepted", "SCRAM-SHA-256")
		})
	}
}

// TestCheckLogin logs in with what settings hold, quoted as they hold it.
func TestCheckLogin(t *testing.T) {
	e := byName(t, "postfix-accounts")
	for _, c := range []struct {
		name, password, login string
		exit                  int
		findings              []string
	}{
		{"right", quoted(odd.password), "accepted", 0, nil},
		{"wrong", wrongPassword, "refused", 1, []string{"auth-bad-credentials"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			file := laravel(t, e, odd.name, c.password, odd.name)
			p := maildoctor(t, "", nil, append([]string{"check", file, "--login", "--format", "json"}, mapped(e)...)...)
			r := p.report(t, 1)
			if auth := r.Subjects[0].Endpoint.Auth; auth.Login != c.login {
				t.Errorf("login %q, want %q: %+v", auth.Login, c.login, auth)
			}
			if got := r.findings(0); p.exit != c.exit || !slices.Equal(got, append([]string{}, c.findings...)) {
				t.Errorf("exit %d, findings %q; want %d, %q\n%s", p.exit, got, c.exit, c.findings, p.stdout)
			}
		})
	}
}

// laravel writes a .env of Laravel for the endpoint.
func laravel(t *testing.T, e *endpoint, user, password, from string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), ".env")
	text := fmt.Sprintf("APP_NAME=Shop\nMAIL_MAILER=smtp\nMAIL_SCHEME=%s\nMAIL_HOST=%s\nMAIL_PORT=%d\nMAIL_USERNAME=%s\nMAIL_PASSWORD=%s\nMAIL_FROM_ADDRESS=%s\n",
		map[bool]string{true: "smtps", false: "smtp"}[e.tls == wrapped], e.host(), e.ask, user, password, from)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// quoted is a text between double quotes, as phpdotenv reads it.
func quoted(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, `$`, `\$`).Replace(s) + `"`
}

// logIn probes the endpoint as the user, and wants an exit status.
func logIn(t *testing.T, e *endpoint, u user, exit int, args ...string) accountReport {
	t.Helper()
	all := append([]string{"probe", "--format", "json", "--user", u.name}, e.asked()...)
	p := maildoctor(t, "", asUser(u), append(all, args...)...)
	for _, part := range strings.Split(u.password, ".")[1:] { // a token does not begin with canary
		if strings.Contains(p.stdout+p.stderr, part) {
			t.Errorf("a part of the token is printed: %q", part)
		}
	}
	if p.exit != exit {
		t.Errorf("exit %d, want %d\n%s\n%s", p.exit, exit, p.stdout, p.stderr)
	}
	return p.report(t, 1)
}

func wantLogin(t *testing.T, r accountReport, login, mechanism string, findings ...string) {
	t.Helper()
	auth := r.Subjects[0].Endpoint.Auth
	if auth.Login != login || auth.Mechanism != mechanism || auth.Reply == "" {
		t.Errorf("login %q by %q, the server says %q, why %q; want %q by %q", auth.Login, auth.Mechanism, auth.Reply, auth.Why, login, mechanism)
	}
	if got := r.findings(0); !slices.Equal(got, append([]string{}, findings...)) {
		t.Errorf("found %q, want %q", got, findings)
	}
}

func wantOffered(t *testing.T, r accountReport, want []string) {
	t.Helper()
	got := slices.Sorted(slices.Values(r.Subjects[0].Endpoint.Auth.AfterTLS))
	if want = slices.Sorted(slices.Values(want)); !slices.Equal(got, want) {
		t.Errorf("the server offers %q, want %q", got, want)
	}
}

var (
	postfixRefusal = regexp.MustCompile(`SASL (\S+) authentication failed`)
	eximRefusal    = regexp.MustCompile(`(\S+) authenticator failed`)
	dovecotRefusal = regexp.MustCompile(`auth failed, (\d+) attempts.*method=([^,]+),`)
)

// refusals are the mechanisms by which logins were refused, as the server's log
// has them after the first skip lines. Dovecot names the last of a session only.
func (e *endpoint) refusals(t *testing.T, skip int) []string {
	t.Helper()
	read := func() []string { return e.log(t)[skip:] }
	var all []string
	refused := map[string]*regexp.Regexp{"postfix": postfixRefusal, "exim": eximRefusal, "dovecot": dovecotRefusal}[e.software]
	for _, line := range settled(t, read, func(lines []string) bool { return slices.ContainsFunc(lines, refused.MatchString) }) {
		switch m := refused.FindStringSubmatch(line); {
		case m == nil:
		case e.software == "dovecot":
			for range m[1][0] - '0' {
				all = append(all, m[2])
			}
		case e.software == "exim":
			all = append(all, strings.ToUpper(strings.ReplaceAll(m[1], "_", "-")))
		default:
			all = append(all, m[1])
		}
	}
	return all
}
