//go:build e2e && linux

package e2e

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"
)

// printed is what a run of maildoctor printed.
type printed struct {
	exit           int
	stdout, stderr string
}

// maildoctor runs the binary. input is its standard input; it is nobody's
// business where the password comes from, it must come out nowhere.
func maildoctor(t *testing.T, input string, env []string, args ...string) printed {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), probeTime)
	defer cancel()
	cmd := exec.CommandContext(ctx, *binary, args...)
	cmd.Env = append(os.Environ(), env...)
	cmd.Stdin = strings.NewReader(input)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	if _, ended := errors.AsType[*exec.ExitError](err); err != nil && !ended {
		t.Fatalf("run %q: %v", args, err)
	}
	p := printed{cmd.ProcessState.ExitCode(), stdout.String(), stderr.String()}
	quiet(t, "maildoctor "+strings.Join(args, " "), p.stdout+p.stderr)
	return p
}

// asUser is the environment in which the user's password is.
func asUser(u user) []string { return []string{"MAILDOCTOR_PASSWORD=" + u.password} }

// quiet wants none of the passwords in a text, nor a form of one in which a
// protocol or a library would have it: base64 at any alignment, alone or after
// the user name as PLAIN, CRAM-MD5 and XOAUTH2 have it, and hex.
func quiet(t *testing.T, what, text string) {
	t.Helper()
	for _, form := range leaks() {
		if i := strings.Index(text, form); i >= 0 {
			t.Errorf("%s: %q is printed: %q", what, form, text[max(0, i-100):min(len(text), i+100)])
		}
	}
}

// leaks are the forms that quiet looks for. Every password begins with canary,
// no user name is ever printed encoded, and the proof of SCRAM, by which a
// password can be guessed, goes with c=biws (RFC 5802 6).
func leaks() []string {
	forms := []string{"canary", hex.EncodeToString([]byte("canary")), "c=biws"}
	for _, word := range []string{"canary", "c=biws", app.name, odd.name, hashed.name} {
		forms = append(forms, aligned(word)...)
	}
	return forms
}

// aligned are the parts of a word's base64 that do not depend on what stands
// before and after it, with none, one and two bytes before.
func aligned(word string) []string {
	var forms []string
	for before := range 3 {
		text := base64.RawStdEncoding.EncodeToString([]byte(strings.Repeat("\x00", before) + word))
		skip := (before*8 + 5) / 6
		whole := (before + len(word)) * 8 / 6 // the characters after these hold bits of what follows
		forms = append(forms, text[skip:whole])
	}
	return forms
}

// accountReport is the part of the contract about logins, envelopes and
// messages, written down anew as jsonReport is.
type accountReport struct {
	Schema   string
	Exit     int
	Complete bool
	Subjects []struct {
		Name     string
		Endpoint accountEndpoint
		Findings []struct{ ID, Severity, Summary, Detail string }
	}
}

type accountEndpoint struct {
	Host string
	Auth struct {
		BeforeTLS                    []string `json:"before_tls"`
		AfterTLS                     []string `json:"after_tls"`
		Login, Mechanism, Reply, Why string
	}
	Envelope *struct {
		From, Result, Reply, Proves string
		Recipients                  []struct{ To, Result, Reply string }
	}
	Delivery *struct {
		Result, Reply string
		QueueID       string `json:"queue_id"`
		MessageID     string `json:"message_id"`
	}
}

// report reads the JSON that a run printed; it has as many subjects as said,
// 0 is any number.
func (p printed) report(t *testing.T, subjects int) accountReport {
	t.Helper()
	var r accountReport
	if err := json.Unmarshal([]byte(p.stdout), &r); err != nil {
		t.Fatalf("exit %d, %v\nstdout: %s\nstderr: %s", p.exit, err, p.stdout, p.stderr)
	}
	if r.Schema != "maildoctor.report/1" || !r.Complete || len(r.Subjects) == 0 || subjects > 0 && len(r.Subjects) != subjects || r.Exit != p.exit {
		t.Fatalf("got schema %q, complete %t, %d subjects, exit %d with status %d; want maildoctor.report/1, complete, %d subjects, the same exit\n%s",
			r.Schema, r.Complete, len(r.Subjects), r.Exit, p.exit, subjects, p.stdout)
	}
	return r
}

// findings are the ids of what is not a note, sorted.
func (r accountReport) findings(subject int) []string {
	ids := []string{}
	for _, f := range r.Subjects[subject].Findings {
		if f.Severity != "note" {
			ids = append(ids, f.ID)
		}
	}
	slices.Sort(ids)
	return ids
}

// asked is the endpoint as it is asked for, with the flags that lead there.
func (e *endpoint) asked() []string {
	return append([]string{fmt.Sprintf("%s:%d", e.host(), e.ask)}, mapped(e)...)
}

// always is for a log in which nothing is waited for.
func always([]string) bool { return true }

// quiet waits until the sessions of earlier tests have ended in the server's log,
// and returns how many lines it has.
func (e *endpoint) quiet(t *testing.T) int {
	t.Helper()
	done := sessionsEnded
	if e.software != "postfix" {
		done = always
	}
	return len(settled(t, func() []string { return e.log(t) }, done))
}

// settled waits until a server that writes its log when it likes has written
// what is waited for, and then nothing more.
func settled(t *testing.T, read func() []string, done func([]string) bool) []string {
	t.Helper()
	deadline := time.Now().Add(logTime)
	last := read()
	for still := 0; ; {
		time.Sleep(20 * time.Millisecond) // the server tells nobody when it has written
		now := read()
		if len(now) == len(last) && done(now) {
			still++
		} else {
			still = 0
		}
		last = now
		if still == 5 {
			return last
		}
		if time.Now().After(deadline) {
			t.Fatalf("the server did not log what was waited for:\n%s", strings.Join(last, "\n"))
		}
	}
}
