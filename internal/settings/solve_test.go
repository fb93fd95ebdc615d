package settings

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/maildoctor/maildoctor/internal/conf"
	"github.com/maildoctor/maildoctor/internal/dialect"
	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/target"
)

// of reads a .env in a dialect, at a release ("" is the newest).
func of(d *dialect.Dialect, version, raw string) *App {
	a := &App{Dialect: d, Version: dialect.ParseVersion(version), Files: []*File{{Name: ".env", Text: conf.Parse(raw, conf.Dotenv, conf.Usual), Form: dialect.Env}}}
	a.Read()
	return a
}

// words is an application with one switch that is a word.
func words() *dialect.Dialect {
	return &dialect.Dialect{ID: "words", App: "Words", Form: dialect.Env, Mode: dialect.ByWord, Keys: []dialect.Key{
		{Name: "M_HOST", Role: dialect.Host}, {Name: "M_PORT", Role: dialect.Port}, {Name: "M_USER", Role: dialect.User}, {Name: "M_PASS", Role: dialect.Pass},
		{Name: "M_ENC", Role: dialect.Scheme, Words: []dialect.Word{{V: "tls", Mode: target.STARTTLS}, {V: "ssl", Mode: target.Implicit}, {V: "none", Mode: target.Cleartext}, {V: "smtps", Mode: target.Implicit, Not: true}}},
	}, Params: dialect.Params{Fixed: target.Cleartext, DefaultPort: "587/465/25"}}
}

// bools is one with two switches that are bools: implicit TLS, and STARTTLS.
func bools() *dialect.Dialect {
	return &dialect.Dialect{ID: "bools", App: "Bools", Form: dialect.Env, Keys: []dialect.Key{
		{Name: "B_HOST", Role: dialect.Host}, {Name: "B_PORT", Role: dialect.Port, Default: "25"}, {Name: "B_USER", Role: dialect.User}, {Name: "B_PASS", Role: dialect.Pass},
		{Name: "B_SSL", Role: dialect.Secure}, {Name: "B_TLS", Role: dialect.Start},
	}, Mode: func(in dialect.In) dialect.Effect {
		ssl, tls := in.Yes(dialect.Secure), in.Yes(dialect.Start)
		switch {
		case in.On(dialect.Secure) == dialect.Unreadable || in.On(dialect.Start) == dialect.Unreadable:
			return dialect.Effect{Mode: target.Unknown}
		case ssl && tls:
			return dialect.Effect{Mode: target.Unknown, Refuses: "both"}
		case ssl:
			return dialect.Effect{Mode: target.Implicit}
		case tls:
			return dialect.Effect{Mode: target.STARTTLS}
		}
		return dialect.Effect{Mode: target.Cleartext}
	}}
}

func urls() *dialect.Dialect {
	return &dialect.Dialect{ID: "urls", App: "URLs", Form: dialect.Env, Mode: dialect.Symfony, Keys: []dialect.Key{{Name: "U_DSN", Role: dialect.URL}}, Params: dialect.Params{
		Schemes: []dialect.Word{{V: "smtp"}, {V: "smtps", Mode: target.Implicit}},
		Options: []dialect.Key{{Name: "require_tls", Role: dialect.Require}, {Name: "auto_tls", Role: dialect.AutoTLS, Beside: "-"}, {Name: "old", Role: dialect.Ignored, Why: "It is gone"}},
	}}
}

// requires is a client that speaks implicit TLS unless STARTTLS is demanded.
func requires(in dialect.In) dialect.Effect {
	if in.Yes(dialect.Require) {
		return dialect.Effect{Mode: target.STARTTLS}
	}
	return dialect.Effect{Mode: target.Implicit}
}

// solved writes the text with all that the solver wants, and where it leads.
func solved(a *App, proof Proof) string {
	c := a.Channels(proof)[0]
	w := c.Evidence.Want
	if w == nil {
		return "nothing"
	}
	text := fmt.Sprintf("%d %s", w.Port, w.Mode)
	if w.Host != "" {
		text = w.Host + " " + text
	}
	var to string
	a.Files[0].apply(merged(a.Files[0], c.wanted()), &to)
	return text + "\n" + to
}

func TestSolve(t *testing.T) {
	t.Parallel()
	change := func(d *dialect.Dialect, edit func(*dialect.Dialect)) *dialect.Dialect { edit(d); return d }
	for _, c := range []struct {
		name    string
		d       *dialect.Dialect
		version string
		text    string
		proof   Proof
		want    string
	}{
		{"the switch changes, the port stays", words(), "", "M_HOST=smtp.example.com\nM_PORT=587\nM_ENC=ssl\n", Proof{}, "587 starttls\nM_HOST=smtp.example.com\nM_PORT=587\nM_ENC=tls\n"},
		{"the other way round", words(), "", "M_HOST=smtp.example.com\nM_PORT=465\nM_ENC=tls\n", Proof{}, "465 implicit\nM_HOST=smtp.example.com\nM_PORT=465\nM_ENC=ssl\n"},
		{"a switch is added behind the port", words(), "", "M_HOST=smtp.example.com\nM_PORT=465\nM_USER=u\n", Proof{}, "465 implicit\nM_HOST=smtp.example.com\nM_PORT=465\nM_ENC=ssl\nM_USER=u\n"},
		{"one that is commented out is put in force", words(), "", "M_HOST=smtp.example.com\n#M_ENC=tls\nM_PORT=465\n", Proof{}, "465 implicit\nM_HOST=smtp.example.com\nM_ENC=ssl\nM_PORT=465\n"},
		{"fine", words(), "", "M_HOST=smtp.example.com\nM_PORT=465\nM_ENC=ssl\n", Proof{}, "nothing"},
		{"no word of its own is changed into one that is never written", words(), "", "M_HOST=smtp.example.com\nM_PORT=587\nM_ENC=smtps\n", Proof{}, "587 starttls\nM_HOST=smtp.example.com\nM_PORT=587\nM_ENC=tls\n"},
		{"the port changes where no switch helps", change(words(), func(d *dialect.Dialect) {
			d.Mode = dialect.ByPort
			d.Keys = d.Keys[:4]
			d.Params = dialect.Params{Fixed: target.Cleartext}
		}), "", "M_HOST=smtp.example.com\nM_PORT=587\nM_USER=u\n", Proof{}, "465 implicit\nM_HOST=smtp.example.com\nM_PORT=465\nM_USER=u\n"},
		{"nothing helps", change(words(), func(d *dialect.Dialect) {
			d.Mode = func(dialect.In) dialect.Effect { return dialect.Effect{Mode: target.Cleartext} }
			d.Keys = d.Keys[:4]
		}), "", "M_HOST=smtp.example.com\nM_PORT=587\n", Proof{}, "nothing"},
		{"a value to avoid: rather another port", change(words(), func(d *dialect.Dialect) { d.Keys[4].Avoid = "tls" }), "", "M_HOST=smtp.example.com\nM_PORT=587\nM_ENC=none\n", Proof{}, "465 implicit\nM_HOST=smtp.example.com\nM_PORT=465\nM_ENC=ssl\n"},
		{"a value to avoid where nothing else does", change(words(), func(d *dialect.Dialect) { d.Keys[4].Avoid = "tls" }), "", "M_HOST=smtp.gmail.com\nM_PORT=587\nM_ENC=none\n",
			Proof{Host: "smtp.gmail.com", Fails: []evidence.Tried{{Port: 465, Mode: target.Implicit}}}, "587 starttls\nM_HOST=smtp.gmail.com\nM_PORT=587\nM_ENC=tls\n"},
		{"a switch that is never added", change(words(), func(d *dialect.Dialect) { d.Keys[4].Beside = "-"; d.Params.Fixed = target.STARTTLS }), "", "M_HOST=smtp.example.com\nM_PORT=465\n", Proof{},
			"587 starttls\nM_HOST=smtp.example.com\nM_PORT=587\n"},
		{"a switch that is added beside another alone", change(words(), func(d *dialect.Dialect) { d.Keys[4].Beside = "M_USER" }), "", "M_HOST=smtp.example.com\nM_PORT=465\nM_USER=u\n", Proof{},
			"465 implicit\nM_HOST=smtp.example.com\nM_PORT=465\nM_ENC=ssl\nM_USER=u\n"},
		{"several switches", bools(), "", "B_HOST=smtp.example.com\nB_PORT=587\nB_SSL=true\nB_TLS=false\n", Proof{}, "587 starttls\nB_HOST=smtp.example.com\nB_PORT=587\nB_SSL=false\nB_TLS=true\n"},
		{"switches that refuse each other", bools(), "", "B_HOST=smtp.example.com\nB_PORT=465\nB_SSL=true\nB_TLS=true\n", Proof{}, "465 implicit\nB_HOST=smtp.example.com\nB_PORT=465\nB_SSL=true\nB_TLS=false\n"},
		{"the default port", bools(), "", "B_HOST=smtp.example.com\nB_USER=u\nB_PASS=p\n", Proof{}, "25 starttls\nB_HOST=smtp.example.com\nB_TLS=true\nB_USER=u\nB_PASS=p\n"},
		{"a provider without port 25", bools(), "", "B_HOST=smtp.gmail.com\nB_PORT=993\nB_SSL=true\n", Proof{}, "465 implicit\nB_HOST=smtp.gmail.com\nB_PORT=465\nB_SSL=true\n"},
		{"IMAP named", words(), "", "M_HOST=imap.gmail.com\nM_PORT=993\nM_ENC=ssl\n", Proof{}, "smtp.gmail.com 465 implicit\nM_HOST=smtp.gmail.com\nM_PORT=465\nM_ENC=ssl\n"},
		{"a word that is refused", words(), "", "M_HOST=smtp.example.com\nM_PORT=587\nM_ENC=starttls\n", Proof{}, "587 starttls\nM_HOST=smtp.example.com\nM_PORT=587\nM_ENC=tls\n"},
		{"a port that nobody knows", words(), "", "M_HOST=smtp.example.com\nM_PORT=10025\nM_ENC=ssl\n", Proof{}, "nothing"},
		{"seen to be STARTTLS", words(), "", "M_HOST=smtp.example.com\nM_PORT=10025\nM_ENC=ssl\n", Proof{Host: "smtp.example.com", Works: []evidence.Tried{{Port: 10025, Mode: target.STARTTLS}}}, "10025 starttls\nM_HOST=smtp.example.com\nM_PORT=10025\nM_ENC=tls\n"},
		{"seen to be implicit TLS", words(), "", "M_HOST=smtp.example.com\nM_PORT=10025\nM_ENC=tls\n", Proof{Host: "smtp.example.com", Works: []evidence.Tried{{Port: 10025, Mode: target.Implicit}}}, "10025 implicit\nM_HOST=smtp.example.com\nM_PORT=10025\nM_ENC=ssl\n"},
		{"seen against what is usual", words(), "", "M_HOST=smtp.example.com\nM_PORT=587\nM_ENC=tls\n", Proof{Host: "smtp.example.com", Works: []evidence.Tried{{Port: 587, Mode: target.Implicit}}}, "587 implicit\nM_HOST=smtp.example.com\nM_PORT=587\nM_ENC=ssl\n"},
		{"seen to fail, another works", words(), "", "M_HOST=smtp.example.com\nM_PORT=587\nM_ENC=tls\n", Proof{Host: "smtp.example.com", Fails: []evidence.Tried{{Port: 587, Mode: target.STARTTLS}}, Works: []evidence.Tried{{Port: 465, Mode: target.Implicit}}},
			"465 implicit\nM_HOST=smtp.example.com\nM_PORT=465\nM_ENC=ssl\n"},
		{"seen to fail, none works", words(), "", "M_HOST=smtp.example.com\nM_PORT=587\nM_ENC=tls\n", Proof{Host: "smtp.example.com", Fails: []evidence.Tried{{Port: 587, Mode: target.STARTTLS}, {Port: 465, Mode: target.Implicit}}}, "nothing"},
		{"seen of another host", words(), "", "M_HOST=smtp.example.com\nM_PORT=587\nM_ENC=tls\n", Proof{Host: "other.example", Fails: []evidence.Tried{{Port: 587, Mode: target.STARTTLS}}}, "nothing"},
		{"this machine's relay, told to demand TLS", words(), "", "M_HOST=localhost\nM_PORT=25\nM_ENC=tls\n", Proof{}, "nothing"},
		{"this machine's relay, TLS by default", change(words(), func(d *dialect.Dialect) { d.Params.Fixed = target.STARTTLS }), "", "M_HOST=localhost\nM_PORT=25\n", Proof{}, "25 cleartext\nM_HOST=localhost\nM_PORT=25\nM_ENC=none\n"},
		{"a mail catcher's web page", words(), "", "M_HOST=mailpit\nM_PORT=8025\nM_ENC=none\n", Proof{}, "1025 cleartext\nM_HOST=mailpit\nM_PORT=1025\nM_ENC=none\n"},
		{"the scheme of a URL", urls(), "", "U_DSN=smtps://u:p@smtp.example.com:587\n", Proof{}, "587 opportunistic\nU_DSN=smtp://u:p@smtp.example.com:587\n"},
		{"the port of a URL", change(urls(), func(d *dialect.Dialect) { d.Params.Schemes = d.Params.Schemes[1:] }), "", "U_DSN=smtps://u:p@smtp.example.com:587?old=1\n", Proof{}, "465 implicit\nU_DSN=smtps://u:p@smtp.example.com:465?old=1\n"},
		{"an option of a URL changes", urls(), "", "U_DSN=smtp://u:p@smtp.example.com:587?auto_tls=false&x\n", Proof{}, "587 opportunistic\nU_DSN=smtp://u:p@smtp.example.com:587?auto_tls=true&x\n"},
		{"an option of a URL is added", change(urls(), func(d *dialect.Dialect) { d.Params.Options = d.Params.Options[:1]; d.Mode = requires }), "", "U_DSN=smtp://u:p@smtp.example.com:587\n", Proof{},
			"587 starttls\nU_DSN=smtp://u:p@smtp.example.com:587?require_tls=true\n"},
		{"an option of a URL goes", change(urls(), func(d *dialect.Dialect) { d.Params.Options = d.Params.Options[:1]; d.Mode = requires }), "", "U_DSN=smtp://u:p@smtp.example.com:465?require_tls=true\n", Proof{},
			"465 implicit\nU_DSN=smtp://u:p@smtp.example.com:465?require_tls=false\n"},
		{"a URL with a bare password", urls(), "", "U_DSN=smtps://u:p@w@smtp.example.com:587\n", Proof{}, "587 opportunistic\nU_DSN=smtp://u:p%40w@smtp.example.com:587\n"},
		{"the release does not read the switch", change(words(), func(d *dialect.Dialect) { d.Keys[4].Since = "2"; d.Params.Fixed = target.STARTTLS }), "1.5", "M_HOST=smtp.example.com\nM_PORT=465\nM_ENC=ssl\n", Proof{},
			"587 starttls\nM_HOST=smtp.example.com\nM_PORT=587\nM_ENC=ssl\n"},
		{"the release reads it", change(words(), func(d *dialect.Dialect) { d.Keys[4].Since = "2" }), "2.0", "M_HOST=smtp.example.com\nM_PORT=465\nM_ENC=tls\n", Proof{}, "465 implicit\nM_HOST=smtp.example.com\nM_PORT=465\nM_ENC=ssl\n"},
		{"port set by code", words(), "", "M_HOST=smtp.example.com\nM_PORT=${NOWHERE}\nM_ENC=ssl\n", Proof{}, "nothing"},
		{"the host is set elsewhere", words(), "", "M_PORT=465\nM_ENC=tls\n", Proof{}, "465 implicit\nM_PORT=465\nM_ENC=ssl\n"},
		{"an empty host", words(), "", "M_HOST=\nM_PORT=465\nM_ENC=tls\n", Proof{}, "nothing"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := solved(of(c.d, c.version, c.text), c.proof); got != c.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, c.want)
			}
		})
	}
}

// TestSolveIsBounded: a search that finds nothing ends.
func TestSolveIsBounded(t *testing.T) {
	t.Parallel()
	d := words()
	d.Mode = func(dialect.In) dialect.Effect { return dialect.Effect{Mode: target.Unknown} }
	text := "M_HOST=smtp.example.com\nM_PORT=587\n"
	for i := range 40 {
		name := fmt.Sprintf("M_SWITCH%d", i)
		d.Keys = append(d.Keys, dialect.Key{Name: name, Role: dialect.Start})
		text += name + "=true\n"
	}
	if _, ok := of(d, "", text).solve([]goal{{587, []target.Mode{target.STARTTLS}, 0}, {465, []target.Mode{target.Implicit}, 1}}); ok {
		t.Error("a solution is found where there is none")
	}
}

func TestGoals(t *testing.T) {
	t.Parallel()
	say := func(g []goal) string {
		var out []string
		for _, x := range g {
			out = append(out, fmt.Sprintf("%d/%s", x.port, x.modes[0]))
		}
		return strings.Join(out, " ")
	}
	for _, c := range []struct {
		host  string
		port  uint16
		proof Proof
		want  string
	}{
		{"smtp.example.com", 587, Proof{}, "587/starttls 465/implicit"},
		{"smtp.example.com", 465, Proof{}, "465/implicit 587/starttls"},
		{"smtp.example.com", 0, Proof{}, "587/starttls 465/implicit"},
		{"smtp.example.com", 10025, Proof{}, "587/starttls 465/implicit"},
		{"smtp.example.com", 587, Proof{Host: "smtp.example.com", Fails: []evidence.Tried{{Port: 587, Mode: target.STARTTLS}}, Works: []evidence.Tried{{Port: 2525, Mode: target.STARTTLS}}}, "2525/starttls 465/implicit"},
		{"smtp.example.com", 587, Proof{Host: "smtp.example.com", Works: []evidence.Tried{{Port: 587, Mode: target.Cleartext}}}, "587/cleartext 465/implicit"},
	} {
		if got := say(goals(c.host, c.port, c.proof)); got != c.want {
			t.Errorf("goals(%s, %d, %v) = %s, want %s", c.host, c.port, c.proof, got, c.want)
		}
	}
	if got := goals("smtp.resend.com", 587, Proof{}); got[0].port != 587 || !slices.ContainsFunc(got, func(g goal) bool { return g.port == 2465 }) {
		t.Errorf("of a provider: %s", say(got))
	}
}

func TestExpected(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		host string
		port uint16
		want target.Mode
	}{
		{"smtp.example.com", 587, target.STARTTLS}, {"smtp.example.com", 465, target.Implicit}, {"smtp.example.com", 10025, target.NoMode},
		{"localhost", 587, target.Opportunistic}, {"localhost", 465, target.Implicit}, {"mailpit", 1025, target.Cleartext}, {"relay", 25, target.Opportunistic}, {"10.0.0.1", 25, target.Opportunistic}, {"relay", 10025, target.NoMode},
		{"smtp.resend.com", 2465, target.Implicit}, {"smtp.resend.com", 2587, target.STARTTLS}, {"smtp.163.com", 994, target.Implicit},
	} {
		if got := expected(c.host, c.port, Proof{}); got != c.want {
			t.Errorf("%s:%d is expected to be %q, want %q", c.host, c.port, got, c.want)
		}
	}
	seen := Proof{Host: "localhost", Works: []evidence.Tried{{Port: 587, Mode: target.Implicit}}}
	if got := expected("localhost", 587, seen); got != target.Implicit {
		t.Errorf("what was seen does not count: %q", got)
	}
	if got := expected("smtp.example.com", 587, seen); got != target.STARTTLS {
		t.Errorf("what was seen of another host counts: %q", got)
	}
}
