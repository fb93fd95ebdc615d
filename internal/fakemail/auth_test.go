package fakemail

import (
	"context"
	"crypto/tls"
	"net"
	"slices"
	"strings"
	"testing"

	"github.com/wneessen/go-mail"

	"github.com/maildoctor/maildoctor/internal/target"
)

var everyMechanism = []string{"SCRAM-SHA-256-PLUS", "SCRAM-SHA-256", "SCRAM-SHA-1-PLUS", "SCRAM-SHA-1", "CRAM-MD5", "PLAIN", "LOGIN", "XOAUTH2"}

// TestAnotherClientLogsIn: a client of another make is taken with the right
// password, and not with another.
func TestAnotherClientLogsIn(t *testing.T) {
	t.Parallel()
	ca := authority(t)
	for _, version := range []uint16{tls.VersionTLS12, tls.VersionTLS13} {
		for _, mechanism := range everyMechanism {
			t.Run(mechanism+"/"+tls.VersionName(version), func(t *testing.T) {
				t.Parallel()
				conf := config(t, ca, leaf())
				conf.MinVersion, conf.MaxVersion = version, version
				s := listen(t, Script{Mode: target.STARTTLS, TLS: conf, RequireAuth: true, Accounts: map[string]string{"user=a,b": "right"}, Mechanisms: everyMechanism}.Serve)
				if err := gomailLogsIn(t, ca, s, mechanism, "right"); err != nil {
					t.Errorf("the right password: %v", err)
				}
				if err := gomailLogsIn(t, ca, s, mechanism, "wrong"); err == nil || !strings.Contains(err.Error(), "535") {
					t.Errorf("the wrong password: %v, want 535", err)
				}
				seen := ended(t, s, 2)
				if !slices.Equal(seen[0].Users, []string{"user=a,b"}) || seen[1].Users != nil {
					t.Errorf("logged in: %q and %q, want the first alone", seen[0].Users, seen[1].Users)
				}
			})
		}
	}
}

func gomailLogsIn(t *testing.T, ca *Authority, s *Server, mechanism, password string) error {
	t.Helper()
	client, err := mail.NewClient("mail.example.test", mail.WithTimeout(patience), mail.WithHELO("client.example.test"),
		mail.WithTLSConfig(&tls.Config{ServerName: "mail.example.test", RootCAs: ca.Pool(), MinVersion: tls.VersionTLS12}), mail.WithTLSPolicy(mail.TLSMandatory),
		mail.WithSMTPAuth(mail.SMTPAuthType(mechanism)), mail.WithUsername("user=a,b"), mail.WithPassword(password),
		mail.WithDialContextFunc(func(ctx context.Context, network, _ string) (net.Conn, error) {
			var d net.Dialer
			return d.DialContext(ctx, network, s.Addr().String())
		}))
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

func TestLoginDialogue(t *testing.T) {
	t.Parallel()
	known := Script{Accounts: map[string]string{"user": "right"}, Mechanisms: everyMechanism, RequireAuth: true}
	limited := Script{SizeLimit: 10, Addresses: map[string]Reply{"bad@example.test": {Text: "550 5.1.1 no"}, "": {Text: "553 no null"}}}
	const greeting = "220 mail.example.test ESMTP\r\n"
	tests := map[string]struct {
		script Script
		send   []string
		want   string
	}{
		"initial response":   {known, []string{"AUTH plain AHVzZXIAcmlnaHQ="}, "235 2.7.0 Authentication successful\r\n"},
		"asked for":          {known, []string{"AUTH PLAIN", "AHVzZXIAcmlnaHQ="}, "334 \r\n235 2.7.0 Authentication successful\r\n"},
		"LOGIN":              {known, []string{"AUTH LOGIN", "dXNlcg==", "cmlnaHQ="}, "334 VXNlcm5hbWU6\r\n334 UGFzc3dvcmQ6\r\n235 2.7.0 Authentication successful\r\n"},
		"an empty response":  {known, []string{"AUTH PLAIN ="}, "535 5.7.8 Error: authentication failed\r\n"},
		"cancelled":          {known, []string{"AUTH LOGIN", "*"}, "334 VXNlcm5hbWU6\r\n501 5.7.0 Authentication aborted\r\n"},
		"garbled":            {known, []string{"AUTH PLAIN !!!"}, "501 5.5.2 Cannot decode response\r\n"},
		"unknown":            {known, []string{"AUTH NTLM"}, "504 5.5.4 Unrecognized authentication type\r\n"},
		"not offered":        {Script{Accounts: map[string]string{"user": "right"}}, []string{"AUTH XOAUTH2 AAAA"}, "504 5.5.4 Unrecognized authentication type\r\n"},
		"without a login":    {known, []string{"MAIL FROM:<a@example.test>"}, "530 5.7.0 Authentication required\r\n"},
		"PLUS in clear text": {known, []string{"AUTH SCRAM-SHA-1-PLUS cD10bHMtZXhwb3J0ZXIsLG49dXNlcixyPWE="}, "535 5.7.8 Error: authentication failed\r\n"},
		"one answer to all":  {Script{AuthReply: &Reply{Text: "454 4.7.0 later"}}, []string{"AUTH PLAIN AAAA"}, "454 4.7.0 later\r\n"},
		"announced size":     {limited, []string{"MAIL FROM:<a@example.test> SIZE=11"}, "552 5.3.4 Message size exceeds fixed limit\r\n"},
		"size that fits":     {limited, []string{"MAIL FROM:<a@example.test> SIZE=10"}, "250 2.1.0 Ok\r\n"},
		"by address":         {limited, []string{"MAIL FROM:<>", "RCPT TO:<bad@example.test>"}, "553 no null\r\n550 5.1.1 no\r\n"},
		"too large":          {limited, []string{"DATA", "0123456789", "."}, "354 End data with <CR><LF>.<CR><LF>\r\n552 5.3.4 Message size exceeds fixed limit\r\n"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := talk(t, test.script.Serve, test.send...); got != greeting+test.want {
				t.Errorf("sent %q\n got %q\nwant %q", test.send, got, test.want)
			}
		})
	}
}

// TestMessagesAreKept: byte by byte, without the dots of the way.
func TestMessagesAreKept(t *testing.T) {
	t.Parallel()
	s := listen(t, Script{}.Serve)
	c := dial(t, s.Addr())
	c.Write([]byte("MAIL FROM:<a@example.test>\r\nRCPT TO:<b@example.test>\r\nDATA\r\n..x\r\nbare\n.\r\n\r\n.\r\nQUIT\r\n"))
	got := ended(t, s, 1)[0].Messages
	want := Message{"a@example.test", []string{"b@example.test"}, ".x\r\nbare\n.\r\n\r\n"}
	if len(got) != 1 || got[0].Text != want.Text || got[0].From != want.From || !slices.Equal(got[0].To, want.To) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}
