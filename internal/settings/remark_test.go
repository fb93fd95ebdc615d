package settings

import (
	"slices"
	"strings"
	"testing"

	"github.com/maildoctor/maildoctor/internal/conf"
	"github.com/maildoctor/maildoctor/internal/dialect"
	"github.com/maildoctor/maildoctor/internal/target"
)

// said lists the remarks as "check key", "!" before those that are notes and
// "~" before warnings.
func said(a *App) []string {
	var out []string
	for _, c := range a.Channels(Proof{}) {
		for _, r := range c.Evidence.Remarks {
			out = append(out, map[string]string{isNote: "!", isWarning: "~"}[r.Severity]+r.Check+" "+r.From.Key)
		}
	}
	return out
}

// put is the text of the first file with the corrections in it.
func put(a *App) string {
	for _, c := range Correct(a, Proof{}) {
		if c.File == a.Files[0].Name {
			return c.Bytes
		}
	}
	return a.Files[0].Text.Raw
}

// full is an application with a bit of everything that a remark is about.
func full() *dialect.Dialect {
	d := words()
	d.Keys = append(d.Keys,
		dialect.Key{Name: "M_FROM", Role: dialect.From},
		dialect.Key{Name: "M_OLD_USER", Role: dialect.User, Old: "*", Instead: "M_USER"},
		dialect.Key{Name: "M_GONE_USER", Role: dialect.User, Until: "2", Instead: "M_USER"},
		dialect.Key{Name: "M_NEW_HELO", Role: dialect.HELO, Since: "5"},
		dialect.Key{Name: "M_AUTH", Role: dialect.Ignored, Why: "nobody reads it"},
		dialect.Key{Name: "M_SILENT", Role: dialect.Ignored, Silent: true},
		dialect.Key{Name: "M_OLD_ENC", Role: dialect.Ignored, Instead: "M_ENC"},
		dialect.Key{Name: "M_STRICT", Role: dialect.Known, Bools: dialect.Strict},
		dialect.Key{Name: "M_VERIFY", Role: dialect.Verify, Bools: dialect.NonEmpty},
		dialect.Key{Name: "M_ZERO", Role: dialect.Login, Bools: dialect.ZeroOne},
		dialect.Key{Name: "M_CIPHERS", Role: dialect.Ciphers},
	)
	d.Mistaken = []dialect.Wrong{{Name: "M_PASSWORD", Right: "M_PASS", Why: "it has another name"}, {Name: "M_SSL"}, {Name: "M_HARMLESS", Note: true}}
	return d
}

const usual = "M_HOST=smtp.example.com\nM_PORT=587\nM_ENC=tls\n"

func TestRemarks(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		version string
		text    string // behind the usual lines
		want    []string
		fixed   string // behind the usual lines
	}{
		{"nothing", "", "M_USER=u\nM_PASS=p\nM_FROM=a@example.com\n", nil, "M_USER=u\nM_PASS=p\nM_FROM=a@example.com\n"},
		{"ignored", "", "M_AUTH=login\n", []string{"setting-ignored M_AUTH"}, ""},
		{"ignored in silence", "", "M_SILENT=x\n", nil, "M_SILENT=x\n"},
		{"ignored, a switch stands there", "", "M_OLD_ENC=ssl\n", []string{"setting-ignored M_OLD_ENC"}, ""},
		{"old name", "", "M_OLD_USER=u\n", []string{"setting-deprecated M_OLD_USER"}, "M_USER=u\n"},
		{"old name beside the new", "", "M_OLD_USER=u\nM_USER=v\n", []string{"setting-deprecated M_OLD_USER"}, "M_USER=v\n"},
		{"not read any more", "2.1", "M_GONE_USER=u\n", []string{"setting-ignored M_GONE_USER"}, "M_USER=u\n"},
		{"still read", "1.9", "M_GONE_USER=u\n", nil, "M_GONE_USER=u\n"},
		{"not yet read", "4", "M_NEW_HELO=h\n", []string{"setting-ignored M_NEW_HELO"}, ""},
		{"read now", "5", "M_NEW_HELO=h\n", nil, "M_NEW_HELO=h\n"},
		{"mistaken", "", "M_PASSWORD=p\n", []string{"setting-misspelt M_PASSWORD"}, "M_PASS=p\n"},
		{"mistaken, the right one stands there", "", "M_PASSWORD=p\nM_PASS=q\n", []string{"setting-misspelt M_PASSWORD"}, "M_PASS=q\n"},
		{"mistaken, nothing to put there", "", "M_SSL=true\n", []string{"setting-misspelt M_SSL"}, ""},
		{"mistaken, harmless", "", "M_HARMLESS=1\n", []string{"!setting-misspelt M_HARMLESS"}, "M_HARMLESS=1\n"},
		{"commented out", "", "#M_PASSWORD=p\n# M_AUTH=x\n", nil, "#M_PASSWORD=p\n# M_AUTH=x\n"},
		{"misspelt", "", "M_CIPHRES=x\n", []string{"setting-misspelt M_CIPHRES"}, "M_CIPHERS=x\n"},
		{"misspelt, the right one is set", "", "M_CIPHRES=x\nM_CIPHERS=y\n", nil, "M_CIPHRES=x\nM_CIPHERS=y\n"},
		{"0 or 1", "", "M_ZERO=true\n", []string{"client-config-invalid M_ZERO"}, "M_ZERO=true\n"},
		{"any text is true", "", "M_VERIFY=false\n", []string{"setting-read-as-true M_VERIFY"}, "M_VERIFY=false\n"},
		{"no mail address", "", "M_FROM=Shop\n", []string{"~sender-address-invalid M_FROM"}, "M_FROM=Shop\n"},
		{"old ciphers", "", "M_CIPHERS=SSLv3\n", []string{"weak-setting M_CIPHERS"}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := said(of(full(), c.version, usual+c.text)); !slices.Equal(got, c.want) {
				t.Errorf("remarks %q, want %q", got, c.want)
			}
			if got := put(of(full(), c.version, usual+c.text)); got != usual+c.fixed {
				t.Errorf("corrected:\n%s\nwant:\n%s", got, usual+c.fixed)
			}
		})
	}
}

// TestValueRemarks: what stands in one field and does not belong there.
func TestValueRemarks(t *testing.T) {
	t.Parallel()
	hostport := words()
	hostport.Keys[0] = dialect.Key{Name: "M_HOST", Role: dialect.HostPort}
	hostport.Keys = slices.Delete(hostport.Keys, 1, 2)
	hostport.Params.NeedsPort = true
	strict := urls()
	strict.Params.NeedsPort = true
	strict.Params.Schemes = append(strict.Params.Schemes, dialect.Word{V: "tls", Not: true, Why: "it is none"})
	plus := urls()
	plus.Params.PlusIsBlank = true
	for _, c := range []struct {
		name, text string
		d          *dialect.Dialect
		want       []string
		fixed      string
	}{
		{"scheme", "M_HOST=smtp://smtp.example.com\nM_PORT=587\nM_ENC=tls\n", words(), []string{"setting-host-has-scheme M_HOST"}, "M_HOST=smtp.example.com\nM_PORT=587\nM_ENC=tls\n"},
		{"scheme, path and port", "M_HOST=https://smtp.example.com:587/\nM_PORT=587\nM_ENC=tls\n", words(), []string{"setting-host-has-scheme M_HOST"}, "M_HOST=smtp.example.com\nM_PORT=587\nM_ENC=tls\n"},
		{"port", "M_HOST=smtp.example.com:587\nM_PORT=587\nM_ENC=tls\n", words(), []string{"client-config-invalid M_HOST"}, "M_HOST=smtp.example.com\nM_PORT=587\nM_ENC=tls\n"},
		{"path", "M_HOST=smtp.example.com/\nM_PORT=587\nM_ENC=tls\n", words(), []string{"client-config-invalid M_HOST"}, "M_HOST=smtp.example.com\nM_PORT=587\nM_ENC=tls\n"},
		{"address", "M_HOST=me@example.com\nM_PORT=587\nM_ENC=tls\n", words(), []string{"client-config-invalid M_HOST"}, "M_HOST=me@example.com\nM_PORT=587\nM_ENC=tls\n"},
		{"blank", "M_HOST=\"smtp example.com\"\nM_PORT=587\nM_ENC=tls\n", words(), []string{"client-config-invalid M_HOST"}, "M_HOST=\"smtp example.com\"\nM_PORT=587\nM_ENC=tls\n"},
		{"IPv6", "M_HOST=2001:db8::1\nM_PORT=587\nM_ENC=tls\n", words(), nil, "M_HOST=2001:db8::1\nM_PORT=587\nM_ENC=tls\n"},
		{"no port", "M_HOST=smtp.example.com\nM_PORT=tls\nM_ENC=tls\n", words(), []string{"client-config-invalid M_PORT"}, ""},
		{"host:port without a port", "M_HOST=smtp.example.com\nM_ENC=tls\n", hostport, []string{"setting-port-missing M_HOST"}, "M_HOST=smtp.example.com:587\nM_ENC=tls\n"},
		{"host:port with a scheme", "M_HOST=smtp://smtp.example.com:587\nM_ENC=tls\n", hostport, []string{"setting-host-has-scheme M_HOST"}, "M_HOST=smtp.example.com:587\nM_ENC=tls\n"},
		{"host:port", "M_HOST=smtp.example.com:587\nM_ENC=tls\n", hostport, nil, "M_HOST=smtp.example.com:587\nM_ENC=tls\n"},
		{"no URL", "U_DSN=smtp.example.com\n", urls(), []string{"client-config-invalid U_DSN"}, "U_DSN=smtp.example.com\n"},
		{"scheme not known", "U_DSN=mail://h.example:587\n", urls(), []string{"client-config-invalid U_DSN"}, ""},
		{"scheme that does not work", "U_DSN=tls://h.example:587\n", strict, []string{"client-config-invalid U_DSN"}, ""},
		{"scheme of another transport", "U_DSN=resend+api://KEY@default\n", urls(), nil, ""},
		{"password not encoded", "U_DSN=smtp://u:p@w/x@h.example:587\n", urls(), []string{"setting-url-not-encoded U_DSN"}, "U_DSN=smtp://u:p%40w%2Fx@h.example:587\n"},
		{"user not encoded", "U_DSN=smtp://me@x.example:p@h.example:587\n", urls(), []string{"setting-url-not-encoded U_DSN"}, "U_DSN=smtp://me%40x.example:p@h.example:587\n"},
		{"password encoded", "U_DSN=smtp://u:p%40w@h.example:587\n", urls(), nil, "U_DSN=smtp://u:p%40w@h.example:587\n"},
		{"password elsewhere", "U_DSN=smtp://u:${NOWHERE}@h.example:587\n", urls(), []string{"!setting-mangled U_DSN"}, ""},
		{"plus", "U_DSN=smtp://u:p+w@h.example:587\n", plus, []string{"setting-url-not-encoded U_DSN"}, "U_DSN=smtp://u:p%2Bw@h.example:587\n"},
		{"plus that is one", "U_DSN=smtp://u:p+w@h.example:587\n", urls(), nil, "U_DSN=smtp://u:p+w@h.example:587\n"},
		{"URL without a port", "U_DSN=smtp://u:p@h.example\n", strict, []string{"setting-port-missing U_DSN"}, ""},
		{"option not known", "U_DSN=smtp://h.example:587?tls=1&require_tls=true\n", urls(), []string{"setting-ignored tls"}, "U_DSN=smtp://h.example:587?require_tls=true\n"},
		{"option that is gone", "U_DSN=smtp://h.example:587?old=1\n", urls(), []string{"setting-ignored old"}, "U_DSN=smtp://h.example:587\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := said(of(c.d, "", c.text)); !slices.Equal(got, c.want) {
				t.Errorf("remarks %q, want %q", got, c.want)
			}
			if got := put(of(c.d, "", c.text)); c.fixed != "" && got != c.fixed {
				t.Errorf("corrected:\n%s\nwant:\n%s", got, c.fixed)
			}
		})
	}
}

// TestQuirks: a value that is not read as it looks, and what is made of it.
func TestQuirks(t *testing.T) {
	t.Parallel()
	read := func(flavour conf.Flavour, text string) *App {
		a := &App{Dialect: full(), Files: []*File{{Name: ".env", Text: conf.Parse(usual+text, conf.Dotenv, flavour)}}}
		a.Read()
		return a
	}
	for _, c := range []struct {
		name, text string
		flavour    conf.Flavour
		want       []string
		fixed      string
	}{
		{"cut at #", "M_PASS=ab#cd\n", conf.NodeDotenv, []string{"setting-mangled M_PASS"}, "M_PASS=\"ab#cd\"\n"},
		{"quotes are kept", "M_PASS='ab'\n", conf.EnvFile, []string{"setting-mangled M_PASS"}, "M_PASS=ab\n"},
		{"curly quotes", "M_PASS=“ab”\n", conf.PHPDotenv, []string{"setting-mangled M_PASS"}, "M_PASS=ab\n"},
		{"nothing wrong", "M_PASS=\"ab\"\n", conf.PHPDotenv, nil, "M_PASS=\"ab\"\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := said(read(c.flavour, c.text)); !slices.Equal(got, c.want) {
				t.Errorf("remarks %q, want %q", got, c.want)
			}
			if got := put(read(c.flavour, c.text)); got != usual+c.fixed {
				t.Errorf("corrected:\n%s\nwant:\n%s", got, usual+c.fixed)
			}
		})
	}
}

// TestTextBool: a variable is text, and any text is true to a language's own if.
// What it says by default stays what it says.
func TestTextBool(t *testing.T) {
	t.Parallel()
	d := bools()
	d.Form, d.Params.Bools = dialect.Python, dialect.Strict
	for _, c := range []struct{ port, value, fixed string }{
		{"25", `os.getenv("X")`, `os.getenv("X", "").lower() == "true"`},
		{"465", `os.environ.get('X', 'True')`, `str(os.environ.get('X', 'True')).lower() == "true"`},
		{"465", `os.environ.get('X', 'True') == 'True'`, ""},
		{"465", "True", ""},
	} {
		head := "B_HOST = 'smtp.example.com'\nB_PORT = " + c.port + "\nB_SSL = "
		a := &App{Dialect: d, Files: []*File{{Name: "settings.py", Text: conf.Parse(head+c.value+"\n", conf.Code, conf.Python)}}}
		a.Read()
		if c.fixed == "" {
			c.fixed = c.value
		}
		if got := put(a); got != head+c.fixed+"\n" {
			t.Errorf("%s is corrected as\n%s\nremarks %q", c.value, got, said(a))
		}
		for _, v := range a.With(Correct(a, Proof{})).set(dialect.Secure) {
			if strings.Contains(c.value, "True") && (v.Unknown || dialect.Strict.Read(v.Text, v.Type) != dialect.Yes) {
				t.Errorf("%s corrected reads as %q, unknown %v", c.value, v.Text, v.Unknown)
			}
		}
	}
}

// TestDoubt: what only a row from memory says is a note.
func TestDoubt(t *testing.T) {
	t.Parallel()
	d := full()
	d.Doubt = true
	if got := said(of(d, "", usual+"M_AUTH=x\nM_PASSWORD=y\n")); !slices.Equal(got, []string{"!setting-ignored M_AUTH", "!setting-misspelt M_PASSWORD"}) {
		t.Errorf("remarks %q", got)
	}
}

// TestWordThatIsIgnored: it has no effect, and one that does is written.
func TestWordThatIsIgnored(t *testing.T) {
	t.Parallel()
	d := words()
	d.Keys[4].Else, d.Keys[4].Default = "=", "none"
	a := of(d, "", "M_HOST=smtp.example.com\nM_PORT=465\nM_ENC=tsl\n")
	if got := said(a); !slices.Equal(got, []string{"~client-config-invalid M_ENC"}) {
		t.Errorf("remarks %q", got)
	}
	if got, want := put(a), "M_HOST=smtp.example.com\nM_PORT=465\nM_ENC=ssl\n"; got != want {
		t.Errorf("corrected:\n%s\nwant:\n%s", got, want)
	}
}

// TestNoFalseAlarms: keys of other things beside the mail settings are nobody's
// misspelling.
func TestNoFalseAlarms(t *testing.T) {
	t.Parallel()
	common := strings.Fields(`APP_NAME APP_ENV APP_KEY APP_URL APP_PORT HOST PORT NODE_ENV DB_HOST DB_PORT DB_USER DB_USERNAME DB_PASS DB_PASSWORD DB_NAME DATABASE_URL DATABASE_HOST
		REDIS_URL REDIS_HOST REDIS_PORT REDIS_PASSWORD JWT_SECRET SECRET_KEY SESSION_SECRET LOG_LEVEL TZ DOMAIN BASE_URL AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_REGION S3_BUCKET
		IMAP_HOST IMAP_PORT IMAP_USER IMAP_PASSWORD POP_HOST LDAP_HOST LDAP_PORT LDAP_USER FTP_HOST FTP_USER FTP_PASS PROXY_HOST HTTP_PORT HTTPS_PORT HTTP_HOST SSH_PORT
		ADMIN_EMAIL ADMIN_PASSWORD ADMIN_USER CONTACT_EMAIL SUPPORT_EMAIL EMAIL_VERIFICATION MAIL_QUEUE MAILCHIMP_API_KEY MAILCHIMP_LIST MAILGUN_DOMAIN MAILGUN_SECRET
		STRIPE_KEY STRIPE_SECRET SENTRY_DSN QUEUE_CONNECTION CACHE_DRIVER BROADCAST_DRIVER OAUTH_CLIENT_ID GOOGLE_CLIENT_ID MAILHOG_PORT MAILPIT_UI_PORT POSTGRES_USER POSTGRES_PASSWORD POSTGRES_HOST
		MYSQL_HOST MYSQL_USER MYSQL_PASSWORD SERVER_HOST SERVER_PORT SERVER_NAME USER_NAME PASSWORD_SALT TLS_CERT TLS_KEY SSL_CERT FORCE_SSL DEBUG SECURE_COOKIES EMAILS_PER_HOUR`)
	var text strings.Builder
	for _, k := range common {
		text.WriteString(k + "=x\n")
	}
	for _, d := range dialect.All() {
		if d.Form.Kind != conf.Dotenv {
			continue
		}
		a := of(d, "", text.String())
		for _, c := range a.Channels(Proof{}) {
			for _, r := range c.Evidence.Remarks {
				if r.Check == "setting-misspelt" && !mistakenFor(d, r.From.Key) {
					t.Errorf("%s: %s: %s", d.ID, r.Summary, r.Detail)
				}
			}
		}
	}
}

// mistakenFor reports whether the row itself names a key as one that people
// write by mistake.
func mistakenFor(d *dialect.Dialect, key string) bool {
	return slices.ContainsFunc(d.Mistaken, func(w dialect.Wrong) bool { return fits(w.Name, key, true) })
}

// TestSecretsAreNotSaid: no remark quotes a password, wherever it stands.
func TestSecretsAreNotSaid(t *testing.T) {
	t.Parallel()
	const secret = "canary7f3Q"
	strict := words()
	strict.Keys[3].Words = []dialect.Word{{V: "a", Mode: target.STARTTLS}}
	for name, a := range map[string]*App{
		"host with a login":     of(words(), "", "M_HOST=smtp://u:"+secret+"@smtp.example.com:587\nM_PORT=587\n"),
		"host with a login 2":   of(words(), "", "M_HOST=u:"+secret+"@smtp.example.com\nM_PORT=587\n"),
		"URL without a host":    of(urls(), "", "U_DSN=smtp://u:"+secret+"\n"),
		"URL in another shape":  of(urls(), "", "U_DSN=u:"+secret+"@smtp.example.com:587\n"),
		"URL cut in two":        of(urls(), "", "U_DSN=smtp://u:"+secret+"/x@\n"),
		"URL, wrong scheme":     of(urls(), "", "U_DSN=mail://u:"+secret+"@h:25\n"),
		"URL, mode of the port": of(urls(), "", "U_DSN=smtps://u:"+secret+"@smtp.example.com:587\n"),
		"key of a provider":     of(urls(), "", "U_DSN=resend+api://"+secret+"@default?x=1\n"),
		"key of a provider 2":   of(urls(), "", "U_DSN=sendgrid+smtp://"+secret+"@default?x=1\n"),
		"user and password":     of(words(), "", "M_HOST=smtp.example.com\nM_PORT=587\nM_ENC=tls\nM_PASS='"+secret+"\n"),
		"mistaken":              of(full(), "", usual+"M_PASSWORD="+secret+"\n"),
		"password of words":     of(strict, "", "M_HOST=smtp.example.com\nM_PASS="+secret+"\n"),
	} {
		for _, c := range a.Channels(Proof{}) {
			for _, r := range c.Evidence.Remarks {
				for _, s := range append([]string{r.Summary, r.Detail, r.Quote}, r.Fix...) {
					if strings.Contains(s, secret) {
						t.Errorf("%s: %s says %q", name, r.Check, s)
					}
				}
			}
			if w := c.Evidence.Want; w != nil && strings.Contains(strings.Join(w.Steps, " "), secret) {
				t.Errorf("%s: the steps are %q", name, w.Steps)
			}
			if strings.Contains(c.Evidence.Host.V+c.Evidence.Port.V+c.Evidence.User.V+c.Evidence.Mode.Says, secret) {
				t.Errorf("%s: the evidence holds it: %+v %+v", name, c.Evidence.Host, c.Evidence.Port)
			}
		}
		for _, c := range Correct(a, Proof{}) {
			if strings.Contains(c.Text+strings.Join(Diff(c), "\n"), secret) {
				t.Errorf("%s: the corrected text holds it:\n%s", name, c.Text)
			}
			for _, ch := range c.Changes {
				if strings.Contains(ch.Old+ch.New, secret) {
					t.Errorf("%s: the change %+v holds it", name, ch)
				}
			}
		}
	}
}
