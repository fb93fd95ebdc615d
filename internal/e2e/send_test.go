//go:build e2e && linux

package e2e

import (
	"bytes"
	"fmt"
	"io"
	"mime"
	"mime/quotedprintable"
	"net/mail"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestSend sends by every server that delivers, and reads the message in the
// mailbox.
func TestSend(t *testing.T) {
	for _, c := range []struct{ server, box string }{
		{"postfix-accounts", "postfix"}, {"postfix-implicit", "postfix"}, {"postfix-cleartext", "postfix"},
		{"dovecot-submission", "postfix"}, {"dovecot-submissions", "postfix"},
		{"exim-required", "exim"}, {"exim-implicit", "exim"},
	} {
		t.Run(c.server, func(t *testing.T) {
			p := send(t, 0, append(byName(t, c.server).asked(), "--user", app.name, "--from", app.name, "--to", inbox)...)
			m := arrived(t, c.box, p, 0)
			m.marked(t)
			if got := m.Header.Get("Subject"); !strings.Contains(got, m.run()) {
				t.Errorf("the subject %q does not have the run %q", got, m.run())
			}
			if m.Header.Get("From") == "" || !strings.Contains(m.Header.Get("To"), inbox) || m.Header.Get("Date") == "" {
				t.Errorf("From %q, To %q, Date %q", m.Header.Get("From"), m.Header.Get("To"), m.Header.Get("Date"))
			}
			if !strings.Contains(m.text(t), m.run()) {
				t.Errorf("the text does not have the run %q:\n%s", m.run(), m.body)
			}
		})
	}
}

// TestSendText sends words of the user's own, with lines that begin with dots and
// letters outside ASCII.
func TestSendText(t *testing.T) {
	const subject, text = "Prüfung ☃ of the shop", ".\n..\n.dot\nÄpfel\n\n. \nend"
	p := send(t, 0, append(byName(t, "postfix-accounts").asked(), "--user", app.name, "--from", "Größe <"+app.name+">", "--to", inbox, "--subject", subject, "--text", text)...)
	m := arrived(t, "postfix", p, 0)
	m.marked(t)
	if got, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject")); err != nil || got != subject {
		t.Errorf("subject %q, %v; want %q", got, err, subject)
	}
	if got := strings.TrimRight(m.text(t), "\n"); got != text {
		t.Errorf("text %q, want %q", got, text)
	}
}

// emlHeader has what servers and libraries like to tidy up.
var emlHeader = "Received: from elsewhere (192.0.2.1)\n\tby nowhere; Thu, 1 Jan 2026 00:00:00 +0000\nFrom: Shop <" + app.name + ">\nTo: someone else <" + elsewhere + ">\nSubject:  two  blanks \nDate: Thu, 1 Jan 2026 00:00:00 +0000\nMessage-ID: <%s@shop.example>\nX-Empty:\n\n"

// TestSendFile sends a file, which arrives byte for byte below what the servers
// put on top.
func TestSendFile(t *testing.T) {
	for name, body := range map[string]string{
		"dots":         ".\n..\n...\n.leading\n\n.\n\nFrom here\n.",
		"eight bits":   "Gr\xc3\xb6\xc3\x9fe and latin-1 \xe4\n.\xff\n",
		"blank lines":  "\n\n\nx\n\n\n",
		"a long line":  strings.Repeat("x", 997) + "\n." + strings.Repeat("y", 996) + "\n",
		"end of input": "the last line has no end",
	} {
		t.Run(name+"/LF", func(t *testing.T) { sendFile(t, "postfix-accounts", "postfix", body, "\n") })
		t.Run(name+"/CRLF", func(t *testing.T) { sendFile(t, "postfix-accounts", "postfix", body, "\r\n") })
		t.Run(name+"/Exim", func(t *testing.T) { sendFile(t, "exim-required", "exim", body, "\n") })
		t.Run(name+"/Dovecot", func(t *testing.T) { sendFile(t, "dovecot-submission", "postfix", body, "\n") })
	}
}

// sendFile sends a message from a file with the line ends given, and compares
// what arrives. A Maildir has line ends of Unix.
func sendFile(t *testing.T, server, box, body, newline string) {
	t.Helper()
	id := fmt.Sprintf("e2e.%d", time.Now().UnixNano())
	text := fmt.Sprintf(emlHeader, id) + body
	file := filepath.Join(t.TempDir(), "message.eml")
	if err := os.WriteFile(file, []byte(strings.ReplaceAll(text, "\n", newline)), 0o600); err != nil {
		t.Fatal(err)
	}
	m := arrived(t, box, send(t, 0, append(byName(t, server).asked(), "--user", app.name, "--eml", file, "--to", inbox)...), 0)
	if m.id() != id+"@shop.example" {
		t.Errorf("message id %q, want that of the file", m.id())
	}
	if !strings.HasSuffix(text, "\n") {
		text += "\n" // a message ends with the end of a line (RFC 5321 4.1.1.4)
	}
	top, same := strings.CutSuffix(string(m.raw), text)
	if !same {
		t.Fatalf("arrived\n%q\nwant at its end\n%q", m.raw, text)
	}
	if !added.MatchString(top) {
		t.Errorf("on top of it stands\n%s", top)
	}
}

// added are the header fields that the servers put on top.
var added = regexp.MustCompile(`^(?:Return-Path: .*\nX-Original-To: .*\nDelivered-To: .*\n)?(?:Received: .*\n(?:[ \t].*\n)+)+$`)

// TestSendSettings sends by what a .env of Laravel holds, the password between
// quotes included.
func TestSendSettings(t *testing.T) {
	for _, c := range []struct {
		server, box, user, password string
	}{
		{"postfix-accounts", "postfix", app.name, app.password},
		{"postfix-implicit", "postfix", odd.name, quoted(odd.password)},
		{"exim-required", "exim", odd.name, quoted(odd.password)},
	} {
		t.Run(c.server, func(t *testing.T) {
			e := byName(t, c.server)
			file := laravel(t, e, c.user, c.password, c.user)
			m := arrived(t, c.box, send(t, 0, append(mapped(e), "--settings", file, "--to", inbox)...), 0)
			m.marked(t)
			if from := m.Header.Get("From"); !strings.Contains(from, c.user) {
				t.Errorf("from %q, want that of the settings, %q", from, c.user)
			}
		})
	}
}

// failover are two servers in a DSN of Symfony's.
func failover(t *testing.T, first, second *endpoint) string {
	t.Helper()
	dsn := func(e *endpoint, u user) string {
		scheme := map[bool]string{true: "smtps", false: "smtp"}[e.tls == wrapped]
		return fmt.Sprintf("%s://%s:%s@%s:%d", scheme, url.QueryEscape(u.name), strings.ReplaceAll(url.QueryEscape(u.password), "+", "%20"), e.host(), e.ask)
	}
	file := filepath.Join(t.TempDir(), ".env")
	text := fmt.Sprintf("APP_ENV=prod\nMAILER_DSN='failover(%s %s)'\n", dsn(first, app), dsn(second, odd))
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// TestSendChannels sends by each server of a failover, and by the second alone.
func TestSendChannels(t *testing.T) {
	first, second := byName(t, "postfix-accounts"), byName(t, "exim-implicit")
	args := append(mapped(first, second), "--settings", failover(t, first, second), "--to", inbox)
	t.Run("all", func(t *testing.T) {
		// Both servers want the sender to be the one that logs in, or do not mind.
		p := send(t, 0, append(args, "--from", app.name, "--all-channels")...)
		r := p.report(t, 2)
		if r.Subjects[0].Endpoint.Host != first.host() || r.Subjects[1].Endpoint.Host != second.host() {
			t.Errorf("sent by %q and %q", r.Subjects[0].Endpoint.Host, r.Subjects[1].Endpoint.Host)
		}
		one, other := arrived(t, "postfix", p, 0), arrived(t, "exim", p, 1)
		one.marked(t)
		other.marked(t)
		if one.id() == other.id() || one.run() == other.run() {
			t.Errorf("both messages have the id %q and %q, the run %q and %q", one.id(), other.id(), one.run(), other.run())
		}
	})
	t.Run("backup", func(t *testing.T) {
		queued := messagesQueued(t)
		p := send(t, 0, append(args, "--from", odd.name, "--channel", "backup")...)
		arrived(t, "exim", p, 0)
		if now := messagesQueued(t); now != queued+1 {
			t.Errorf("%d messages were sent, want one", now-queued)
		}
	})
}

// TestSendFails: what is refused is not delivered, and what is taken is, even
// where a part of it is refused.
func TestSendFails(t *testing.T) {
	large := filepath.Join(t.TempDir(), "large.eml")
	if err := os.WriteFile(large, []byte("From: "+app.name+"\nTo: "+inbox+"\nSubject: large\nDate: Thu, 1 Jan 2026 00:00:00 +0000\nMessage-ID: <large@shop.example>\n\n"+strings.Repeat("0123456789 large\n", 2000)), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, server string
		password     string
		args         []string
		finding      string
		sent         int
	}{
		{"wrong password", "postfix-accounts", wrongPassword, []string{"--from", app.name, "--to", inbox}, "auth-bad-credentials", 0},
		{"another's address", "postfix-accounts", app.password, []string{"--from", odd.name, "--to", inbox}, "sender-not-owned", 0},
		{"too large", "postfix-strict", app.password, []string{"--eml", large}, "message-too-large", 0},
		{"unknown", "postfix-accounts", app.password, []string{"--from", app.name, "--to", nobody}, "recipient-unknown", 0},
		{"one of two", "postfix-accounts", app.password, []string{"--from", app.name, "--to", nobody, "--to", inbox}, "recipient-unknown", 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			queued, held := messagesQueued(t), len(mails(t))
			args := append([]string{"send", "--format", "json", "--user", app.name}, byName(t, c.server).asked()...)
			p := maildoctor(t, "", asUser(user{password: c.password}), append(args, c.args...)...)
			r := p.report(t, 1)
			if got := r.findings(0); p.exit != 1 || !slices.Equal(got, []string{c.finding}) {
				t.Errorf("exit %d, found %q; want 1, %s\n%s", p.exit, got, c.finding, p.stdout)
			}
			d := r.Subjects[0].Endpoint.Delivery
			if c.sent > 0 {
				arrived(t, "postfix", p, 0)
			} else if d != nil && (d.Result == "accepted" || d.QueueID != "") {
				t.Errorf("delivery %+v of what was refused", d)
			}
			settled(t, func() []string { return serverLog(t, "postfix.log") }, always)
			if now := messagesQueued(t); now != queued+c.sent || len(mails(t)) != held+c.sent {
				t.Errorf("%d messages were sent, %d arrived; want %d", now-queued, len(mails(t))-held, c.sent)
			}
		})
	}
}

// TestSendDry contacts nobody.
func TestSendDry(t *testing.T) {
	e := byName(t, "postfix-accounts")
	before := len(settled(t, func() []string { return e.log(t) }, always))
	p := maildoctor(t, "", asUser(app), append([]string{"send", "--user", app.name, "--from", app.name, "--to", inbox, "--dry-run"}, e.asked()...)...)
	if !strings.Contains(p.stdout, "X-Maildoctor-Run: ") || p.exit != 0 {
		t.Errorf("exit %d, or the message is not shown:\n%s\n%s", p.exit, p.stdout, p.stderr)
	}
	settled(t, func() []string { return e.log(t) }, always)
	if now := len(e.log(t)); now != before {
		t.Errorf("the server was contacted:\n%s", strings.Join(e.log(t)[before:], "\n"))
	}
}

// send runs maildoctor send, as app where the arguments name a user.
func send(t *testing.T, exit int, args ...string) printed {
	t.Helper()
	p := maildoctor(t, "", asUser(app), append([]string{"send", "--format", "json"}, args...)...)
	if p.exit != exit {
		t.Fatalf("exit %d, want %d\n%s\n%s", p.exit, exit, p.stdout, p.stderr)
	}
	return p
}

// message is one in a mailbox.
type message struct {
	*mail.Message
	raw, body []byte
}

func (m message) id() string  { return strings.Trim(m.Header.Get("Message-Id"), "<>") }
func (m message) run() string { return m.Header.Get("X-Maildoctor-Run") }

// text is the body as its sender typed it.
func (m message) text(t *testing.T) string {
	t.Helper()
	if !strings.EqualFold(m.Header.Get("Content-Transfer-Encoding"), "quoted-printable") {
		return string(m.body)
	}
	text, err := io.ReadAll(quotedprintable.NewReader(bytes.NewReader(m.body)))
	if err != nil {
		t.Error(err)
	}
	return strings.ReplaceAll(string(text), "\r\n", "\n")
}

// marked wants what says to people and programs that this is a test.
func (m message) marked(t *testing.T) {
	t.Helper()
	for name, want := range map[string]string{"Auto-Submitted": "auto-generated", "Importance": "low"} {
		if got := m.Header.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if m.run() == "" {
		t.Error("no X-Maildoctor-Run")
	}
	if !strings.HasSuffix(m.id(), "@"+mailDomain) {
		t.Errorf("message id %q, want the domain of the sender, %s", m.id(), mailDomain)
	}
	quiet(t, "the message", string(m.raw))
}

// arrived waits for the message of a subject in a mailbox, where it is once, and
// compares its queue id with the one in the server's log.
func arrived(t *testing.T, box string, p printed, subject int) message {
	t.Helper()
	d := p.report(t, 0).Subjects[subject].Endpoint.Delivery
	if d == nil || d.Result != "accepted" || d.Reply == "" || d.MessageID == "" {
		t.Fatalf("delivery %+v, want it accepted\n%s", d, p.stdout)
	}
	wantQueued(t, box, d.QueueID, d.MessageID)
	var found []message
	for deadline := time.Now().Add(logTime); len(found) == 0; found = inMailbox(t, box, d.MessageID) {
		if time.Now().After(deadline) {
			t.Fatalf("%s did not arrive; the box says\n%s", d.MessageID, running.box.complaints())
		}
		time.Sleep(20 * time.Millisecond) // a mailbox tells nobody
	}
	if len(found) > 1 {
		t.Errorf("%s arrived %d times", d.MessageID, len(found))
	}
	return found[0]
}

// inMailbox are the messages of an id in the inbox of a server.
func inMailbox(t *testing.T, box, id string) []message {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(running.box.mail, box, "inbox", "new", "*"))
	if err != nil {
		t.Fatal(err)
	}
	var found []message
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		m, err := mail.ReadMessage(bytes.NewReader(raw))
		if err != nil {
			t.Fatalf("%v in\n%s", err, raw)
		}
		body, err := io.ReadAll(m.Body)
		if err != nil {
			t.Fatal(err)
		}
		if got := (message{m, raw, body}); got.id() == strings.Trim(id, "<>") {
			found = append(found, got)
		}
	}
	return found
}

// wantQueued wants the queue id beside the message id in the log of the server
// that delivers: Postfix writes both, Exim too.
func wantQueued(t *testing.T, box, queue, id string) {
	t.Helper()
	if queue == "" {
		t.Error("no queue id in the report")
		return
	}
	file, line := "postfix.log", ": "+queue+": message-id=<"+strings.Trim(id, "<>")+">"
	if box == "exim" {
		file, line = "exim-mainlog", " "+queue+" <= "
	}
	lines := settled(t, func() []string { return serverLog(t, file) }, func(lines []string) bool { return anyContains(lines, line) })
	if i := slices.IndexFunc(lines, func(s string) bool { return strings.Contains(s, line) }); !strings.Contains(lines[i], strings.Trim(id, "<>")) {
		t.Errorf("the queue id %s belongs to another message than %s: %s", queue, id, lines[i])
	}
}
