package fakemail

import (
	"context"
	"crypto/tls"
	"io"
	"net"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/wneessen/go-mail"

	"github.com/maildoctor/maildoctor/internal/target"
)

// talk sends lines in one go after the greeting and returns all that came.
func talk(t *testing.T, serve Handler, lines ...string) string {
	t.Helper()
	c := dial(t, listen(t, serve).Addr())
	for _, line := range lines {
		io.WriteString(c, line+"\r\n") // a server that hung up shows in what is read
	}
	c.(*net.TCPConn).CloseWrite()
	got, _ := io.ReadAll(c) // so does a reset
	return string(got)
}

func TestScriptDialogue(t *testing.T) {
	t.Parallel()
	garbage := &Reply{Text: "\x00\x01garbage"}
	tests := map[string]struct {
		script Script
		send   []string
		want   string
	}{
		"greeting":               {Script{}, nil, "220 mail.example.test ESMTP\r\n"},
		"several lines":          {Script{Greeting: Reply{Text: "220-one\n220 two"}}, nil, "220-one\r\n220 two\r\n"},
		"rejects":                {Script{Greeting: Reply{Text: "554 no", Then: ThenClose}}, []string{"EHLO a"}, "554 no\r\n"},
		"silent":                 {Script{Greeting: Reply{Then: ThenHang}}, []string{"EHLO a"}, ""},
		"EHLO":                   {Script{Caps: []string{"SIZE 1", "DSN"}}, []string{"ehlo a"}, "220 mail.example.test ESMTP\r\n250-mail.example.test\r\n250-SIZE 1\r\n250 DSN\r\n"},
		"no keywords":            {Script{Caps: []string{}}, []string{"EHLO a"}, "220 mail.example.test ESMTP\r\n250 mail.example.test\r\n"},
		"HELO":                   {Script{}, []string{"HELO a"}, "220 mail.example.test ESMTP\r\n250 mail.example.test\r\n"},
		"offers STARTTLS":        {Script{Mode: target.STARTTLS, Caps: []string{"DSN"}}, []string{"EHLO a"}, "220 mail.example.test ESMTP\r\n250-mail.example.test\r\n250-DSN\r\n250 STARTTLS\r\n"},
		"bare LF":                {Script{LineEnd: "\n"}, []string{"NOOP"}, "220 mail.example.test ESMTP\n250 2.0.0 Ok\n"},
		"LMTP":                   {Script{LMTP: true, Caps: []string{"DSN"}}, []string{"EHLO a", "LHLO a"}, "220 mail.example.test LMTP\r\n500 5.5.1 Command unrecognized\r\n250-mail.example.test\r\n250 DSN\r\n"},
		"not LMTP":               {Script{}, []string{"LHLO a"}, "220 mail.example.test ESMTP\r\n500 5.5.1 Command unrecognized\r\n"},
		"TLS required":           {Script{Mode: target.STARTTLS, RequireTLS: true}, []string{"MAIL FROM:<>"}, "220 mail.example.test ESMTP\r\n530 5.7.0 Must issue a STARTTLS command first\r\n"},
		"TLS not required":       {Script{Mode: target.STARTTLS}, []string{"MAIL FROM:<>"}, "220 mail.example.test ESMTP\r\n250 2.1.0 Ok\r\n"},
		"no STARTTLS":            {Script{}, []string{"STARTTLS"}, "220 mail.example.test ESMTP\r\n503 5.5.1 STARTTLS not available\r\n"},
		"STARTTLS refused":       {Script{Mode: target.STARTTLS, Replies: map[string]Reply{"STARTTLS": {Text: "454 4.7.0 no"}}}, []string{"STARTTLS", "NOOP"}, "220 mail.example.test ESMTP\r\n454 4.7.0 no\r\n250 2.0.0 Ok\r\n"},
		"garbage for TLS":        {Script{Mode: target.STARTTLS, InsteadOfTLS: garbage}, []string{"STARTTLS"}, "220 mail.example.test ESMTP\r\n220 2.0.0 Ready to start TLS\r\n\x00\x01garbage\r\n"},
		"clear text goes on":     {Script{Mode: target.STARTTLS, InsteadOfTLS: &Reply{}}, []string{"STARTTLS", "NOOP"}, "220 mail.example.test ESMTP\r\n220 2.0.0 Ready to start TLS\r\n250 2.0.0 Ok\r\n"},
		"injects":                {Script{Mode: target.STARTTLS, Inject: "250 x\r\n", InsteadOfTLS: &Reply{Then: ThenClose}}, []string{"STARTTLS"}, "220 mail.example.test ESMTP\r\n220 2.0.0 Ready to start TLS\r\n250 x\r\n"},
		"closes at MAIL":         {Script{Replies: map[string]Reply{"MAIL": {Then: ThenClose}}}, []string{"MAIL FROM:<>", "NOOP"}, "220 mail.example.test ESMTP\r\n"},
		"a message":              {Script{}, []string{"DATA", "NOOP", ".", "QUIT"}, "220 mail.example.test ESMTP\r\n354 End data with <CR><LF>.<CR><LF>\r\n250 2.0.0 Ok: queued\r\n221 2.0.0 Bye\r\n"},
		"login refused":          {Script{}, []string{"AUTH PLAIN AAA="}, "220 mail.example.test ESMTP\r\n535 5.7.8 Error: authentication failed\r\n"},
		"replies under TLS only": {Script{RepliesTLS: map[string]Reply{"NOOP": {Text: "500 no"}}}, []string{"NOOP"}, "220 mail.example.test ESMTP\r\n250 2.0.0 Ok\r\n"},
		"unknown verb":           {Script{}, []string{"VRFY a"}, "220 mail.example.test ESMTP\r\n502 5.5.2 Error: command not recognized\r\n"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := talk(t, test.script.Serve, test.send...); got != test.want {
				t.Errorf("sent %q\n got %q\nwant %q", test.send, got, test.want)
			}
		})
	}
}

func TestScriptResets(t *testing.T) {
	t.Parallel()
	s := listen(t, Script{Replies: map[string]Reply{"EHLO": {Then: ThenReset}}}.Serve)
	c := dial(t, s.Addr())
	io.WriteString(c, "EHLO a\r\n")
	if got, err := io.ReadAll(c); err == nil {
		t.Errorf("read %q to the end, want a reset", got)
	}
	if got := ended(t, s, 1)[0].Ended; got != EndedServer {
		t.Errorf("Ended = %q, want %q", got, EndedServer)
	}
}

// upgrade goes through STARTTLS by hand and returns the connection under TLS.
func upgrade(t *testing.T, c net.Conn, ca *Authority) *tls.Conn {
	t.Helper()
	expect(t, c, "220 mail.example.test ESMTP\r\n")
	io.WriteString(c, "STARTTLS\r\n")
	expect(t, c, "220 2.0.0 Ready to start TLS\r\n")
	under := tls.Client(c, &tls.Config{ServerName: "mail.example.test", RootCAs: ca.Pool()})
	if err := under.HandshakeContext(waiting(t)); err != nil {
		t.Fatal(err)
	}
	return under
}

func expect(t *testing.T, c io.Reader, want string) {
	t.Helper()
	got := make([]byte, len(want))
	if n, err := io.ReadFull(c, got); err != nil || string(got) != want {
		t.Fatalf("read %q, %v; want %q", got[:n], err, want)
	}
}

func TestScriptUnderTLS(t *testing.T) {
	t.Parallel()
	ca := authority(t)
	tests := map[string]struct {
		script Script
		want   string // answers to EHLO, STARTTLS and QUIT, sent at once
	}{
		"usual":                      {Script{Caps: []string{"DSN"}}, "250-mail.example.test\r\n250-DSN\r\n250 AUTH PLAIN LOGIN\r\n503 5.5.1 STARTTLS not available\r\n221 2.0.0 Bye\r\n"},
		"other keywords":             {Script{CapsTLS: []string{"AUTH XOAUTH2"}}, "250-mail.example.test\r\n250 AUTH XOAUTH2\r\n503 5.5.1 STARTTLS not available\r\n221 2.0.0 Bye\r\n"},
		"closes after the handshake": {Script{AfterTLS: Reply{Then: ThenClose}}, ""},
		"silent after the handshake": {Script{AfterTLS: Reply{Then: ThenHang}}, ""},
		"second greeting":            {Script{AfterTLS: Reply{Text: "220 again", Then: ThenClose}}, "220 again\r\n"},
		"other replies":              {Script{Replies: map[string]Reply{"EHLO": {Text: "500 a"}}, RepliesTLS: map[string]Reply{"EHLO": {Text: "500 b", Then: ThenClose}}}, "500 b\r\n"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test.script.Mode = target.STARTTLS
			test.script.TLS = config(t, ca, leaf())
			s := listen(t, test.script.Serve)
			tcp := dial(t, s.Addr())
			c := upgrade(t, tcp, ca)
			io.WriteString(c, "EHLO a\r\nSTARTTLS\r\nQUIT\r\n")
			tcp.(*net.TCPConn).CloseWrite()
			got, err := io.ReadAll(c)
			if string(got) != test.want || err != nil {
				t.Errorf("got %q, %v; want %q", got, err, test.want)
			}
		})
	}
}

func TestSeenUnderTLS(t *testing.T) {
	t.Parallel()
	ca := authority(t)
	s := listen(t, Script{Mode: target.STARTTLS, TLS: config(t, ca, leaf())}.Serve)
	c := upgrade(t, dial(t, s.Addr()), ca)
	io.WriteString(c, "QUIT\r\n")
	c.Close()
	got := ended(t, s, 1)[0]
	if !slices.Equal(got.Lines, []string{"STARTTLS"}) || !slices.Equal(got.LinesTLS, []string{"QUIT"}) || !got.Quit() {
		t.Errorf("lines %q and under TLS %q, want STARTTLS and then QUIT", got.Lines, got.LinesTLS)
	}
	if got.TLS == nil || got.TLS.Version != tls.VersionTLS13 || got.Hello == nil || got.Hello.ServerName != "mail.example.test" {
		t.Errorf("TLS %+v after hello %+v, want 1.3 for mail.example.test", got.TLS, got.Hello)
	}
}

// gomail is a client of another make, set to mode, that sends one message.
func gomail(t *testing.T, mode target.Mode, ca []byte, host string, to netip.AddrPort) error {
	t.Helper()
	options := []mail.Option{
		mail.WithTimeout(patience),
		mail.WithHELO("client.example.test"),
		mail.WithTLSConfig(&tls.Config{ServerName: host, RootCAs: poolOf(t, ca), MinVersion: tls.VersionTLS12}),
		mail.WithDialContextFunc(func(ctx context.Context, network, _ string) (net.Conn, error) {
			var d net.Dialer
			c, err := d.DialContext(ctx, network, to.String())
			if err == nil && mode == target.Implicit {
				return tls.Client(c, &tls.Config{ServerName: host, RootCAs: poolOf(t, ca)}), nil
			}
			return c, err
		}),
	}
	switch mode {
	case target.STARTTLS:
		options = append(options, mail.WithTLSPolicy(mail.TLSMandatory))
	default:
		options = append(options, mail.WithTLSPolicy(mail.NoTLS))
	}
	client, err := mail.NewClient(host, options...)
	if err != nil {
		t.Fatal(err)
	}
	message := mail.NewMsg()
	message.SetBodyString(mail.TypeTextPlain, "test")
	if err := message.From("from@example.test"); err != nil {
		t.Fatal(err)
	}
	if err := message.To("to@example.test"); err != nil {
		t.Fatal(err)
	}
	return client.DialAndSendWithContext(waiting(t), message)
}

func TestAnotherClient(t *testing.T) {
	t.Parallel()
	ca := authority(t)
	config := config(t, ca, leaf())
	startTLS := Script{Mode: target.STARTTLS, TLS: config, RequireTLS: true}
	tests := map[string]struct {
		script Script
		client target.Mode
		want   string // words of its error; empty: the message was taken
	}{
		"clear text":            {Script{}, target.Cleartext, ""},
		"STARTTLS":              {startTLS, target.STARTTLS, ""},
		"implicit":              {Script{Mode: target.Implicit, TLS: config}, target.Implicit, ""},
		"TLS to STARTTLS":       {startTLS, target.Implicit, "first record does not look like a TLS handshake"},
		"TLS to clear text":     {Script{}, target.Implicit, "first record does not look like a TLS handshake"},
		"clear text forbidden":  {startTLS, target.Cleartext, "530"},
		"STARTTLS not offered":  {Masked(), target.STARTTLS, "STARTTLS"},
		"garbage for handshake": {Script{Mode: target.STARTTLS, InsteadOfTLS: &Reply{Text: "garbage"}}, target.STARTTLS, "first record does not look like a TLS handshake"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := listen(t, test.script.Serve)
			err := gomail(t, test.client, ca.PEM(), "mail.example.test", s.Addr())
			if got := words(err); test.want == "" && got != "" || !strings.Contains(got, test.want) {
				t.Errorf("got error %q, want %q", got, test.want)
			}
		})
	}
}

func words(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
