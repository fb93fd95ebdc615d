package cli_test

import (
	"bytes"
	"context"
	"encoding/json"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/maildoctor/maildoctor/internal/cli"
	"github.com/maildoctor/maildoctor/internal/fakemail"
	"github.com/maildoctor/maildoctor/internal/report"
)

// TestInterrupted: the report of what is known so far, and exit status 130.
func TestInterrupted(t *testing.T) {
	t.Parallel()
	ctx, interrupt := context.WithCancel(t.Context())
	s, err := fakemail.Listen(func(c *fakemail.Conn) {
		c.Send("220 mail.example.test ESMTP\r\n")
		if _, err := c.Line(); err == nil {
			interrupt()
		}
		c.Hold()
	})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var out, errs bytes.Buffer
	var d net.Dialer
	sys := cli.Sys{Stdin: strings.NewReader(""), Stdout: &out, Stderr: &errs, Getenv: func(string) string { return "" }, Now: time.Now, Dial: d.DialContext}
	status := cli.Main(ctx, sys, []string{"probe", "mail.example.test:587", "--format", "json", "--connect-to", "mail.example.test:587:" + s.Addr().String()})
	var rep report.Report
	if err := json.Unmarshal(out.Bytes(), &rep); err != nil {
		t.Fatalf("%v in %q, stderr %q", err, out.String(), errs.String())
	}
	if status != 130 || rep.Exit != 130 || rep.Complete || rep.Subjects[0].Endpoint.Greeting == "" || errs.Len() > 0 {
		t.Errorf("status %d, exit %d, complete %v, stderr %q; want 130 with the greeting", status, rep.Exit, rep.Complete, errs.String())
	}
}

// TestPanicIsReported: a bug of ours is exit status 3 and says so.
func TestPanicIsReported(t *testing.T) {
	t.Parallel()
	var errs bytes.Buffer
	sys := cli.Sys{Stdin: strings.NewReader(""), Stdout: &bytes.Buffer{}, Stderr: &errs, Getenv: func(string) string { return "" }, Now: time.Now,
		Dial: func(context.Context, string, string) (net.Conn, error) { panic("planted") }}
	status := cli.Main(t.Context(), sys, []string{"probe", "192.0.2.1:587"})
	if status != 3 || !strings.Contains(errs.String(), "bug in maildoctor: planted") {
		t.Errorf("status %d, stderr %q", status, errs.String())
	}
}
