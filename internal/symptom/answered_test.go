package symptom

import "testing"

// TestReadReplyKnowsWhatItAnswers: the same reply means another thing after
// another command, at another host, and on any port.
func TestReadReplyKnowsWhatItAnswers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		step, sent, host string
		port             uint16
		code             int
		enhanced, text   string
		want             string
	}{
		{"auth", "AUTH PLAIN", "mail.example.org", 10587, 550, "", "No", "auth-bad-credentials"},
		{"mail", "MAIL FROM", "mail.example.org", 10587, 550, "", "No", "sender-not-owned"},
		{"rcpt", "RCPT TO", "mail.example.org", 10587, 550, "", "No", "recipient-unknown"},
		{"message", "message", "mail.example.org", 10587, 550, "", "No", "content-rejected"},
		{"auth", "AUTH LOGIN", "smtp.resend.com", 465, 535, "", "Authentication credentials invalid", "resend-key-invalid"},
		{"auth", "AUTH LOGIN", "mail.example.org", 465, 535, "", "Authentication credentials invalid", "auth-bad-credentials"},
		{"auth", "AUTH LOGIN", "127.0.0.1", 6379, 535, "", "no", "auth-bad-credentials"},
	} {
		got := ReadReply(Answered{Step: c.step, Sent: c.sent, Code: c.code, Enhanced: c.enhanced, Lines: []string{c.text}, Host: c.host, Port: c.port})
		if len(got.Causes) == 0 || got.Causes[0].ID != c.want {
			t.Errorf("%s at %s:%d, %d %s: %+v, want %s", c.sent, c.host, c.port, c.code, c.text, got.Causes, c.want)
		}
	}
}

// TestReadReplyOfAnything: no reply is too odd to be read.
func TestReadReplyOfAnything(t *testing.T) {
	t.Parallel()
	for _, a := range []Answered{{}, {Code: 550}, {Step: "mail", Code: 599, Lines: []string{""}}, {Step: "auth", Code: 535, Lines: []string{"\x00\xff", "5.7.8\n\n", "…"}}} {
		for _, c := range ReadReply(a).Causes {
			if c.Confidence <= 0 || c.Confidence > 1 || c.From > c.To || c.To > len(c.Text) {
				t.Errorf("%+v: %+v", a, c)
			}
		}
	}
}
