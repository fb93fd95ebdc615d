package settings

import (
	"testing"
	"testing/fstest"
)

func TestCredentials(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, dialect, text, user, password, key string
	}{
		{"SMTP", "laravel-11plus", laravel, "a@example.com", "b7Qw", ""},
		{"quoted as the application reads it", "laravel-11plus", laravel + "MAIL_PASSWORD='x #y'\n", "a@example.com", "x #y", ""},
		{"a placeholder is none", "laravel-11plus", laravel + "MAIL_PASSWORD=changeme\n", "a@example.com", "", ""},
		{"what was kept from sight is none", "laravel-11plus", laravel + "MAIL_PASSWORD=<kept>\n", "a@example.com", "", ""},
		{"in a URL", "symfony-dsn", "MAILER_DSN=smtp://a:b%3Ac@smtp.example.com:587\n", "a", "b:c", ""},
		{"Resend", "laravel-11plus", "APP_KEY=base64:AA\nMAIL_MAILER=resend\nMAIL_FROM_ADDRESS=a@example.com\nRESEND_API_KEY=re_Ab3dEf6h_abcdefghijklmnopqrstuvwx\n", "", "", "re_Ab3dEf6h_abcdefghijklmnopqrstuvwx"},
		{"Resend by a bridge", "symfony-dsn", "MAILER_DSN=resend+api://re_Ab3dEf6h_abcdefghijklmnopqrstuvwx@default\n", "", "", "re_Ab3dEf6h_abcdefghijklmnopqrstuvwx"},
	} {
		apps, troubles := Load(fstest.MapFS{".env": {Data: []byte(c.text)}}, []string{".env"}, Options{Dialect: c.dialect})
		if len(apps) != 1 || len(troubles) > 0 {
			t.Errorf("%s: %d applications, %v", c.name, len(apps), troubles)
			continue
		}
		got := apps[0].Channels(Proof{})[0].Credentials()
		if got.User != c.user || got.Password.Reveal() != c.password || got.APIKey.Reveal() != c.key {
			t.Errorf("%s: %q %q %q, want %q %q %q", c.name, got.User, got.Password.Reveal(), got.APIKey.Reveal(), c.user, c.password, c.key)
		}
	}
}
