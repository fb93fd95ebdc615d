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

func TestKeyInUse(t *testing.T) {
	t.Parallel()
	const key = "re_Ab3dEf6h_abcdefghijklmnopqrstuvwx"
	for password, want := range map[string]bool{key: true, "another": false, "<kept>": false} {
		text := laravel + "MAIL_HOST=smtp.resend.com\nMAIL_PASSWORD=" + password + "\nRESEND_API_KEY=" + key + "\n"
		apps, _ := Load(fstest.MapFS{".env": {Data: []byte(text)}}, []string{".env"}, Options{Dialect: "laravel-11plus"})
		got := false
		for _, c := range apps[0].Channels(Proof{}) {
			got = got || c.Evidence.KeyInUse
		}
		if got != want {
			t.Errorf("password %q: in use %v, want %v", password, got, want)
		}
	}
}
