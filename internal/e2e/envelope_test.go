//go:build e2e && linux

package e2e

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// dryRun is an envelope that is tried, and what the servers say of it.
type dryRun struct {
	name, server string
	user         *user // nil: nobody logs in
	from         string
	to           []string
	size         string
	sender       string   // what becomes of the sender
	recipients   []string // and of each recipient
	findings     []string
}

var dryRuns = []dryRun{
	{name: "all is well", server: "postfix-accounts", user: &app, from: app.name, to: []string{inbox}, sender: "accepted", recipients: []string{"accepted"}},
	{name: "the null sender", server: "postfix-accounts", from: "<>", to: []string{inbox}, sender: "accepted", recipients: []string{"accepted"}},
	// Postfix waits until RCPT with what it says of a sender, unless it is told not to.
	{name: "another's address", server: "postfix-accounts", user: &app, from: odd.name, to: []string{inbox}, sender: "accepted", recipients: []string{"refused"},
		findings: []string{"sender-not-owned"}},
	{name: "another's address, told at MAIL", server: "postfix-strict", user: &app, from: odd.name, to: []string{inbox}, sender: "refused", recipients: []string{"not-tried"},
		findings: []string{"sender-not-owned"}},
	{name: "a sender refused", server: "postfix-accounts", user: &app, from: blocked, to: []string{inbox}, sender: "accepted", recipients: []string{"refused"},
		findings: []string{"sender-not-owned"}},
	{name: "a sender refused, told at MAIL", server: "postfix-strict", user: &app, from: blocked, to: []string{inbox}, sender: "refused", recipients: []string{"not-tried"},
		findings: []string{"sender-not-owned"}},
	{name: "own address without a login", server: "postfix-accounts", from: app.name, to: []string{inbox}, sender: "accepted", recipients: []string{"refused"},
		findings: []string{"auth-required"}},
	{name: "relay without a login", server: "postfix-accounts", from: stranger, to: []string{elsewhere}, sender: "accepted", recipients: []string{"refused"},
		findings: []string{"relay-denied"}},
	// The words of submission services as Debian's master.cf has them.
	{name: "members only, told of the recipient", server: "postfix-strict", from: stranger, to: []string{inbox}, sender: "accepted", recipients: []string{"refused"},
		findings: []string{"auth-required"}},
	{name: "members only, told of the client", server: "postfix-members", from: stranger, to: []string{inbox}, sender: "accepted", recipients: []string{"refused"},
		findings: []string{"auth-required"}},
	{name: "relay with a login", server: "postfix-accounts", user: &app, from: app.name, to: []string{elsewhere}, sender: "accepted", recipients: []string{"accepted"}},
	{name: "some recipients", server: "postfix-accounts", user: &app, from: app.name, to: []string{nobody, inbox, elsewhere}, sender: "accepted", recipients: []string{"refused", "accepted", "accepted"},
		findings: []string{"recipient-unknown"}},
	{name: "unknown and elsewhere", server: "postfix-accounts", from: stranger, to: []string{nobody, elsewhere}, sender: "accepted", recipients: []string{"refused", "refused"},
		findings: []string{"recipient-unknown", "relay-denied"}},
	{name: "size that fits", server: "postfix-strict", user: &app, from: app.name, to: []string{inbox}, size: "19KB", sender: "accepted", recipients: []string{"accepted"}},
	{name: "size that does not", server: "postfix-strict", user: &app, from: app.name, to: []string{inbox}, size: "25MB", sender: "refused", recipients: []string{"not-tried"},
		findings: []string{"message-too-large"}},
	{name: "SMTPUTF8", server: "postfix-accounts", user: &app, from: app.name, to: []string{greetings}, sender: "accepted", recipients: []string{"accepted"}},
	{name: "no SMTPUTF8", server: "postfix-strict", user: &app, from: app.name, to: []string{greetings, inbox}, sender: "accepted", recipients: []string{"not-tried", "accepted"},
		findings: []string{"smtputf8-not-offered"}},

	{name: "Exim, all is well", server: "exim-required", user: &app, from: app.name, to: []string{inbox}, sender: "accepted", recipients: []string{"accepted"}},
	{name: "Exim, some recipients", server: "exim-required", user: &app, from: app.name, to: []string{inbox, nobody}, sender: "accepted", recipients: []string{"accepted", "refused"},
		findings: []string{"recipient-unknown"}},
	{name: "Exim, relay", server: "exim-required", from: stranger, to: []string{elsewhere}, sender: "accepted", recipients: []string{"refused"},
		findings: []string{"relay-denied"}},

	{name: "Dovecot, all is well", server: "dovecot-submission", user: &app, from: app.name, to: []string{inbox}, sender: "accepted", recipients: []string{"accepted"}},
	{name: "Dovecot, some recipients", server: "dovecot-submission", user: &app, from: app.name, to: []string{inbox, nobody}, sender: "accepted", recipients: []string{"accepted", "refused"},
		findings: []string{"recipient-unknown"}},
	{name: "Dovecot without a login", server: "dovecot-submission", from: app.name, to: []string{inbox}, sender: "refused", recipients: []string{"not-tried"},
		findings: []string{"auth-required"}},

	{name: "OpenSMTPD, not a recipient of its own", server: "opensmtpd-cleartext", from: stranger, to: []string{inbox}, sender: "accepted", recipients: []string{"refused"},
		findings: []string{"recipient-unknown"}},
}

// TestDryRun tries senders and recipients, and proves by logs and mailboxes that
// nothing was sent.
func TestDryRun(t *testing.T) {
	delivered := settled(t, func() []string { return mails(t) }, always)
	queued := messagesQueued(t)
	for _, d := range dryRuns {
		t.Run(d.name, func(t *testing.T) {
			e := byName(t, d.server)
			skip := 0
			if e.software == "postfix" {
				skip = e.quiet(t)
			}
			args, env := append([]string{"probe", "--format", "json", "--from", d.from}, e.asked()...), []string(nil)
			for _, to := range d.to {
				args = append(args, "--to", to)
			}
			if d.size != "" {
				args = append(args, "--size", d.size)
			}
			if d.user != nil {
				args, env = append(args, "--user", d.user.name), asUser(*d.user)
			}
			d.compare(t, maildoctor(t, "", env, args...))
			if e.software == "postfix" {
				onlyTried(t, e, skip)
			}
		})
	}
	if now := messagesQueued(t); now != queued {
		t.Errorf("%d messages were sent", now-queued)
	}
	if now := settled(t, func() []string { return mails(t) }, always); !slices.Equal(now, delivered) {
		t.Errorf("the mailboxes hold\n%s\nand held\n%s", strings.Join(now, "\n"), strings.Join(delivered, "\n"))
	}
}

func (d dryRun) compare(t *testing.T, p printed) {
	t.Helper()
	r := p.report(t, 1)
	e := r.Subjects[0].Endpoint.Envelope
	if e == nil {
		t.Fatalf("no envelope in the report\n%s\n%s", p.stdout, p.stderr)
	}
	var recipients []string
	for i, got := range e.Recipients {
		recipients = append(recipients, got.Result)
		if i < len(d.to) && got.To != d.to[i] {
			t.Errorf("recipient %d is %q, want %q", i, got.To, d.to[i])
		}
	}
	if from := strings.Trim(d.from, "<>"); e.From != from || e.Result != d.sender || !slices.Equal(recipients, d.recipients) {
		t.Errorf("sender %q %s, recipients %q; want %q %s, %q\n%+v", e.From, e.Result, recipients, from, d.sender, d.recipients, e)
	}
	if e.Proves == "" {
		t.Error("nothing is said of what this proves")
	}
	if got := r.findings(0); !slices.Equal(got, append([]string{}, d.findings...)) {
		t.Errorf("found %q, want %q: %+v", got, d.findings, r.Subjects[0].Findings)
	}
	if want := min(len(d.findings), 1); p.exit != want {
		t.Errorf("exit %d, want %d", p.exit, want)
	}
}

// onlyTried reads Postfix's count of the commands of each session: MAIL was
// taken back, or its connection left, and no message begun.
func onlyTried(t *testing.T, e *endpoint, skip int) {
	t.Helper()
	lines := settled(t, func() []string { return e.log(t)[skip:] }, func(lines []string) bool { return anyContains(lines, " mail=") && sessionsEnded(lines) })
	for _, line := range lines {
		if strings.Contains(line, " data=") || strings.Contains(line, " bdat=") || strings.Contains(line, " mail=1") && !strings.Contains(line, " rset=1") {
			t.Errorf("a dry run ends with: %s", line)
		}
		for _, word := range rude {
			if strings.Contains(line, word) {
				t.Errorf("the server logged %q: %s", word, line)
			}
		}
	}
}

// sessionsEnded reports whether as many sessions ended as began, of Postfix.
func sessionsEnded(lines []string) bool {
	began, ended := 0, 0
	for _, line := range lines {
		if strings.Contains(line, "]: connect from") {
			began++
		}
		if strings.Contains(line, "]: disconnect from") {
			ended++
		}
	}
	return began == ended
}

// messagesQueued is how many messages the servers have taken so far.
func messagesQueued(t *testing.T) int {
	t.Helper()
	return len(slices.DeleteFunc(serverLog(t, "postfix.log"), func(line string) bool {
		return !strings.Contains(line, "/cleanup[") || !strings.Contains(line, "message-id=")
	})) +
		len(slices.DeleteFunc(serverLog(t, "exim-mainlog"), func(line string) bool { return !strings.Contains(line, " <= ") }))
}

// mails are the files of all mailboxes.
func mails(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(running.box.mail, "*", "*", "new", "*"))
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// serverLog are the lines of a log; none where there is no such file yet.
func serverLog(t *testing.T, name string) []string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(running.box.logs, name))
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimRight(string(text), "\n"), "\n")
}
