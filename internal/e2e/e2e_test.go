//go:build e2e && linux

package e2e

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

// probeTime bounds one run of maildoctor; its own limit is 20 s a subject.
const probeTime = 30 * time.Second

// TestEndToEnd probes every endpoint with the built binary and compares what a
// script would read: the JSON report and the exit status. One at a time: a busy
// machine cuts the side visits short.
func TestEndToEnd(t *testing.T) {
	for _, e := range cases {
		t.Run(e.name, func(t *testing.T) {
			got, transcript := probe(t, e)
			for range unasked {
				if got.Required != "" || e.want.Required == "" {
					break
				}
				got, transcript = probe(t, e)
			}
			if !reflect.DeepEqual(got, e.want) {
				t.Errorf("%s\n got %+v\nwant %+v\n%s", e.host(), got, e.want, transcript)
			}
		})
	}
}

// unasked is how often a run may leave starttls_required out. A report does not
// wait for the session that learns it, and the first connection to a server that
// starts a process for each may come too late. A wrong value is never forgiven.
const unasked = 4

// jsonReport is the part of the contract (maildoctor.report/1) compared here. It
// is written down anew so that a renamed field of the product fails.
type jsonReport struct {
	Schema   string
	Exit     int
	Complete bool
	Subjects []struct {
		Endpoint struct {
			Reach            string
			Protocol         string
			Mode             string
			STARTTLSRequired *bool `json:"starttls_required"`
			TLS              struct {
				Certificate struct{ Status string }
			}
		}
		Findings []struct{ ID, Severity, Summary string }
	}
}

// probe runs maildoctor against the endpoint; the port asked about is mapped to
// the real one, as the address is.
func probe(t *testing.T, e *endpoint) (outcome, string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), probeTime)
	defer cancel()
	asked := fmt.Sprintf("%s:%d", e.host(), e.ask)
	args := append([]string{"probe", "--format", "json", "--ca-file", running.pki.rootFile,
		"--connect-to", asked + ":" + e.at(), asked}, e.args...)
	cmd := exec.CommandContext(ctx, *binary, args...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	if _, ended := errors.AsType[*exec.ExitError](err); err != nil && !ended {
		t.Fatalf("run %q: %v", args, err)
	}
	var r jsonReport
	if err := json.Unmarshal(stdout.Bytes(), &r); err != nil {
		t.Fatalf("maildoctor %s: exit %d, %v\nstdout: %s\nstderr: %s", strings.Join(args, " "), cmd.ProcessState.ExitCode(), err, &stdout, &stderr)
	}
	if r.Schema != "maildoctor.report/1" || !r.Complete || len(r.Subjects) != 1 || r.Exit != cmd.ProcessState.ExitCode() {
		t.Errorf("got schema %q, complete %t, %d subjects, exit %d with status %d; want maildoctor.report/1, complete, 1 subject, the same exit",
			r.Schema, r.Complete, len(r.Subjects), r.Exit, cmd.ProcessState.ExitCode())
	}
	return r.outcome(), stdout.String()
}

func (r jsonReport) outcome() outcome {
	if len(r.Subjects) == 0 {
		return outcome{Exit: r.Exit}
	}
	s := r.Subjects[0]
	o := outcome{
		Reach: s.Endpoint.Reach, Protocol: s.Endpoint.Protocol, Mode: s.Endpoint.Mode,
		Certificate: s.Endpoint.TLS.Certificate.Status, Findings: []string{}, Exit: r.Exit,
	}
	switch required := s.Endpoint.STARTTLSRequired; {
	case required == nil:
	case *required:
		o.Required = "yes"
	default:
		o.Required = "no"
	}
	for _, f := range s.Findings {
		if f.Severity != "note" {
			o.Findings = append(o.Findings, f.ID)
		}
	}
	slices.Sort(o.Findings)
	return o
}

// TestManners reads the servers' logs: on an endpoint whose mode is the one its
// port promises, a probe is a polite client.
func TestManners(t *testing.T) {
	for _, software := range []string{"postfix", "exim"} {
		for _, e := range of(software, cases) {
			if e.cert != "" || e.old || len(e.args) > 0 {
				continue
			}
			t.Run(e.name, func(t *testing.T) {
				said := ""
				for range unhurried {
					if said = visit(t, e); said == "" {
						return
					}
				}
				t.Error(said)
			})
		}
	}
}

// unhurried is how often a visit is repeated after which the server complains.
// One that takes more than 50 ms for its greeting, on a busy machine, is tried
// with TLS meanwhile, and says so.
const unhurried = 4

// visit probes the endpoint once and returns what the server complains about.
func visit(t *testing.T, e *endpoint) string {
	t.Helper()
	skip := e.quiet(t)
	_, transcript := probe(t, e)
	lines := endOfSession(t, e, skip)
	for _, word := range rude {
		if anyContains(lines, word) {
			return fmt.Sprintf("the server logged %q:\n%s\n%s", word, strings.Join(lines, "\n"), transcript)
		}
	}
	return ""
}

// rude are the words a server logs about a client that does not keep to SMTP.
var rude = []string{
	"improper command pipelining", "non-SMTP command", "too many errors", // Postfix
	"synchronization error", "SMTP protocol error", "SMTP syntax error", "SMTP call from", // Exim
	"panic", "fatal",
}

// polite is what a server logs at the end of a session that said QUIT.
var polite = map[string]string{"postfix": "quit=1", "exim": "closed by QUIT"}

// logTime bounds how long a server may take to write down the end of a session.
const logTime = 5 * time.Second

// endOfSession waits until the server has noted a session that ended with QUIT,
// and returns what it noted after the first skip lines.
func endOfSession(t *testing.T, e *endpoint, skip int) []string {
	t.Helper()
	deadline := time.NewTimer(logTime)
	defer deadline.Stop()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	lines := e.log(t)[skip:]
	for ; !anyContains(lines, polite[e.software]); lines = e.log(t)[skip:] {
		select {
		case <-tick.C:
		case <-deadline.C:
			t.Fatalf("no session ended with QUIT; the server logged:\n%s", strings.Join(lines, "\n"))
		}
	}
	return lines
}

func anyContains(lines []string, word string) bool {
	return slices.ContainsFunc(lines, func(line string) bool { return strings.Contains(line, word) })
}

// log returns the lines about this endpoint: Postfix stamps them with its name,
// Exim and Dovecot with the address connected to.
func (e *endpoint) log(t *testing.T) []string {
	t.Helper()
	file, mark := "postfix.log", e.name+"/smtpd["
	switch e.software {
	case "exim":
		file, mark = "exim-mainlog", "["+e.ip+"]"
	case "dovecot":
		file, mark = "dovecot.log", "lip="+e.ip+","
	}
	text, err := os.ReadFile(filepath.Join(running.box.logs, file))
	if err != nil {
		t.Fatal(err)
	}
	var mine []string
	for line := range strings.Lines(string(text)) {
		if strings.Contains(line, mark) {
			mine = append(mine, strings.TrimRight(line, "\n"))
		}
	}
	return mine
}
