package provider

import (
	"slices"
	"testing"
)

func TestByHost(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ host, want string }{
		{"smtp-relay.brevo.com", "brevo"},
		{"SMTP-Relay.Brevo.com.", "brevo"},
		{"smtp.resend.com", "resend"},
		{"email-smtp.eu-west-1.amazonaws.com", "amazon-ses"},
		{"email-smtp.amazonaws.com", ""},
		{"email-smtp.a.b.amazonaws.com", ""},
		{"smtp.gmail.com", "gmail"},
		{"smtp-relay.gmail.com", "google-workspace-relay"},
		{"xsmtp.gmail.com", ""},
		{"smtp.hve.mx.microsoft", "microsoft365-hve"},
		{"contoso-com.mx.microsoft", "microsoft365-direct-send"},
		{"contoso-com.a-v1.mx.microsoft", "microsoft365-direct-send"},
		{"mx.microsoft", ""},
		{"smtp.yandex.kz", "yandex"},
		{"smtp.yandex.com.tr", "yandex"},
		{"smtp.yandex.example.net", ""},
		{"smtp.yandex", ""},
		{"smtp.1and1.co.uk", "ionos"},
		{"localhost", ""},
		{"127.0.0.1", ""},
		{"mailpit", "mailpit"},
		{"brevo.com", ""},
		{"", ""},
	} {
		got, ok := ByHost(tt.host)
		if ok != (tt.want != "") || ok && got.ID != tt.want {
			t.Errorf("ByHost(%q) = %s, want %q", tt.host, id(got), tt.want)
		}
	}
}

func TestByDomainAndMX(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		find func(string) (*Provider, bool)
		want string
	}{
		{"gmail.com", ByDomain, "gmail"},
		{"Outlook.com", ByDomain, "outlook-com"},
		{"yahoo.com.", ByDomain, "yahoo"},
		{"example.org", ByDomain, ""},
		{"alt1.aspmx.l.google.com", ByMX, "gmail"},
		{"contoso-com.mail.protection.outlook.com.", ByMX, "microsoft365"},
		{"hotmail-com.olc.protection.outlook.com", ByMX, "outlook-com"},
		{"in1-smtp.messagingengine.com", ByMX, "fastmail"},
		{"mx.example.org", ByMX, ""},
	} {
		got, ok := tt.find(tt.name)
		if ok != (tt.want != "") || ok && got.ID != tt.want {
			t.Errorf("find %q = %s, want %q", tt.name, id(got), tt.want)
		}
	}
}

func TestOnLoopback(t *testing.T) {
	t.Parallel()
	want := []string{"mailcatcher", "maildev", "mailhog", "mailpit", "proton-bridge"}
	if got := ids(OnLoopback(1025)); !slices.Equal(got, want) {
		t.Errorf("OnLoopback(1025) = %v, want %v", got, want)
	}
	if got := OnLoopback(587); len(got) != 0 {
		t.Errorf("OnLoopback(587) = %v, want none", ids(got))
	}
}

func ids(list []Provider) []string {
	var out []string
	for _, p := range list {
		out = append(out, p.ID)
	}
	return out
}

func TestFind(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		query   string
		want    []string
		nearest string
	}{
		{"brevo", []string{"brevo"}, ""},
		{" Brevo ", []string{"brevo"}, ""},
		{"gmail", []string{"gmail"}, ""},
		{"someone@gmail.com", []string{"gmail"}, ""},
		{"email-smtp.us-east-1.amazonaws.com", []string{"amazon-ses"}, ""},
		{"sendinblue", []string{"brevo"}, ""},
		{"microsoft 365", []string{"microsoft365", "microsoft365-direct-send", "microsoft365-hve"}, ""},
		{"mailtrap.io", []string{"mailtrap", "mailtrap-sandbox"}, ""},
		{"sengrid", nil, "sendgrid"},
		{"postmrak", nil, "postmark"},
		{"bervo", nil, "brevo"},
		{"quite something else", nil, ""},
		{"", nil, ""},
	} {
		hits, nearest := Find(tt.query)
		if got := ids(hits); !slices.Equal(got, tt.want) || nearest != tt.nearest {
			t.Errorf("Find(%q) = %v, %q; want %v, %q", tt.query, got, nearest, tt.want, tt.nearest)
		}
	}
}
