package dialect

import "testing"

func TestPreset(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, host string
		port       uint16
		secure, ok bool
	}{
		{"Mailgun", "smtp.mailgun.org", 465, true, true},
		{"mailgun", "smtp.mailgun.org", 465, true, true},
		{"SendinBlue", "smtp-relay.brevo.com", 587, false, true},
		{"Brevo", "smtp-relay.brevo.com", 587, false, true},
		{"Google Mail", "smtp.gmail.com", 465, true, true},
		{"someone@gmail.com", "smtp.gmail.com", 465, true, true},
		{"outlook.com", "smtp-mail.outlook.com", 587, false, true},
		{"SES-EU-WEST-1", "email-smtp.eu-west-1.amazonaws.com", 465, true, true},
		{"Loopia", "mailcluster.loopia.se", 465, true, true},
		{"hot.ee", "mail.hot.ee", 587, false, true},
		{"Maildev", "localhost", 1025, false, true},
		{"nobody", "", 0, false, false},
		{"", "", 0, false, false},
		{"!!", "", 0, false, false},
	} {
		host, port, secure, ok := Preset(c.name)
		if host != c.host || port != c.port || secure != c.secure || ok != c.ok {
			t.Errorf("Preset(%q) = %q, %d, %t, %t, want %q, %d, %t, %t", c.name, host, port, secure, ok, c.host, c.port, c.secure, c.ok)
		}
	}
}
