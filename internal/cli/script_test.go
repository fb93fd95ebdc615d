package cli_test

import (
	"context"
	"crypto/tls"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/maildoctor/maildoctor/internal/cli"
	"github.com/maildoctor/maildoctor/internal/fakemail"
	"github.com/maildoctor/maildoctor/internal/target"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		nestName:     nest,
		"maildoctor": func() { os.Exit(cli.Main(context.Background(), cli.System("test"), os.Args[1:])) },
	})
}

// TestScripts runs the stories of testdata/script: whole command lines with
// their output and their exact exit status.
func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("..", "..", "testdata", "script"),
		RequireExplicitExec: true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":    exits,
			"serve":    serve,
			"received": received, "resend": resend, "asked": asked, "valid": valid,
		},
		Setup: func(e *testscript.Env) error {
			e.Setenv("TZ", "UTC")
			self, err := exec.LookPath("maildoctor")
			if err != nil {
				return err
			}
			e.Setenv("BIN", filepath.Dir(self)) // for a PATH with nothing else in it
			return nil
		},
	})
}

// exits runs a command and wants one exit status: testscript's own "!" takes
// any but zero, that of a panic, too.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	want, err := strconv.Atoi(args[0])
	if neg || err != nil {
		ts.Fatalf("usage: exits STATUS COMMAND...")
	}
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		m := regexp.MustCompile(`exit status (\d+)`).FindStringSubmatch(err.Error())
		if m == nil {
			ts.Fatalf("%v", err)
		}
		got, _ = strconv.Atoi(m[1])
	}
	if got != want {
		ts.Fatalf("exit status %d, want %d", got, want)
	}
}

// serve starts a server of package fakemail for mail.example.test, writes the
// authority to ca.pem and sets $ADDR and $PORT.
func serve(ts *testscript.TestScript, _ bool, args []string) {
	ca, err := fakemail.NewAuthority("Script", time.Now())
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs("ca.pem"), ca.PEM(), 0o600))
	leaf := fakemail.Leaf{Names: []string{"mail.example.test"}}
	if args[0] == "expiring" {
		leaf.NotBefore, leaf.NotAfter = time.Now().AddDate(0, 0, -80), time.Now().AddDate(0, 0, 10)
	}
	conf, err := ca.Config(leaf)
	ts.Check(err)
	handler, ok := handlers(conf)[args[0]]
	if !ok {
		ts.Fatalf("no server %q", args[0])
	}
	s, err := fakemail.Listen(handler)
	ts.Check(err)
	ts.Defer(func() { s.Close(); servers.Delete(ts) })
	servers.Store(ts, s)
	ts.Setenv("ADDR", s.Addr().Addr().String())
	ts.Setenv("PORT", fmt.Sprint(s.Addr().Port()))
}

// servers are the last server of each script.
var servers sync.Map

// received writes to a file what a server saw, one conversation after the other,
// when it had as many as are named: "received FILE 1". Lines that the client sent
// come first, then messages.
func received(ts *testscript.TestScript, _ bool, args []string) {
	s, ok := servers.Load(ts)
	if !ok {
		ts.Fatalf("no server runs")
	}
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	all, err := s.(*fakemail.Server).Ended(ctx, n)
	ts.Check(err)
	var b strings.Builder
	for _, c := range all {
		for _, line := range append(c.Lines, c.LinesTLS...) {
			b.WriteString(line + "\n")
		}
		for _, m := range c.Messages {
			b.WriteString("--- message\n" + strings.ReplaceAll(string(m.Text), "\r\n", "\n"))
		}
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(b.String()), 0o600))
}

func handlers(conf *tls.Config) map[string]fakemail.Handler {
	starttls := fakemail.Script{Mode: target.STARTTLS, TLS: conf, RequireTLS: true}
	login := starttls
	login.Accounts = map[string]string{"app@example.org": "canary-7#x"}
	login.RequireAuth = true
	refuses := starttls
	refuses.Replies = map[string]fakemail.Reply{".": {Text: "554 5.7.1 no"}}
	tokens := login
	tokens.Mechanisms = []string{"XOAUTH2"}
	hostile := starttls
	hostile.Greeting = fakemail.Reply{Text: "220 \x1b[31mmail\x07 \u202e ::error::x <script>| ```"}
	return map[string]fakemail.Handler{
		"starttls":  starttls.Serve,
		"login":     login.Serve,
		"refuses":   refuses.Serve,
		"tokens":    tokens.Serve,
		"expiring":  starttls.Serve,
		"implicit":  fakemail.Script{Mode: target.Implicit, TLS: conf}.Serve,
		"cleartext": fakemail.Script{}.Serve,
		"hostile":   hostile.Serve,
		"silent":    fakemail.Silent,
	}
}
