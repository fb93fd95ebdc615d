package project

import (
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/maildoctor/maildoctor/internal/check"
	"github.com/maildoctor/maildoctor/internal/target"
)

// near stands for what cli hands in: it suggests a word that differs by its last
// letter.
func near(s string, words []string) string {
	for _, w := range words {
		if len(w) == len(s) && len(s) > 1 && w[:len(w)-1] == s[:len(s)-1] {
			return fmt.Sprintf("; did you mean %q?", w)
		}
	}
	return ""
}

const whole = `# what the pipeline looks at
version: 1
targets:
  - smtp-relay.brevo.com:587
  - target: mail.example.org:465
    as: implicit
    expect: {mode: implicit, min_tls: 1.2, days_left: 30, login: accepted}
expect:
  mode: starttls
  min_tls: "1.3"
  starttls_required: true
  auth: plain
settings: [.env, app/config/mail.php]
fail_on: warning
ignore:
  - id: tls-old-versions-accepted
    reason: the relay is replaced in March
    until: 2027-03-31
    subject: mail.example.org:*
baseline: .maildoctor-baseline.json
`

func TestRead(t *testing.T) {
	t.Parallel()
	f, err := Read("p.yaml", whole, near)
	if err != nil {
		t.Fatal(err)
	}
	if len(f.Targets) != 2 || f.Targets[1].Mode != target.Implicit || f.Targets[1].Line != 5 {
		t.Errorf("targets %+v", f.Targets)
	}
	if want := []string{".env", "app/config/mail.php"}; !reflect.DeepEqual(f.Settings, want) {
		t.Errorf("settings %q, want %q", f.Settings, want)
	}
	if want := (Rule{"tls-old-versions-accepted", "the relay is replaced in March", "2027-03-31", "mail.example.org:*", Place{16, 5}}); len(f.Ignore) != 1 || f.Ignore[0] != want {
		t.Errorf("ignore %+v, want %+v", f.Ignore, want)
	}
	if f.FailOn != "warning" || f.Baseline != ".maildoctor-baseline.json" || f.At != (Place{20, 11}) {
		t.Errorf("fail_on %q, baseline %q at %v", f.FailOn, f.Baseline, f.At)
	}
	every := map[string]string{"mode=": "starttls", "tls>=": "1.3", "starttls_required=": "true", "auth=": "plain"}
	if got := f.Expect.Asked(); !reflect.DeepEqual(got, every) {
		t.Errorf("expect %v, want %v", got, every)
	}
	at, _ := target.Parse("smtps://Mail.example.org")
	want := map[string]string{"mode=": "implicit", "tls>=": "1.2", "days>=": "30", "login=": "accepted", "starttls_required=": "true", "auth=": "plain"}
	if got := f.ExpectOf(at).Asked(); !reflect.DeepEqual(got, want) {
		t.Errorf("expected of %s: %v, want %v", at.Name(), got, want)
	}
}

// TestEveryExpectation: what --expect can ask, a project file can.
func TestEveryExpectation(t *testing.T) {
	t.Parallel()
	var got, want []string
	for _, k := range expectKeys() {
		got = append(got, k.key)
	}
	for _, e := range check.Expectations() {
		want = append(want, e.Key)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("keys %q, want %q", got, want)
	}
}

// wrongs are files that are refused, with the whole error.
var wrongs = []struct{ name, text, want string }{
	{"empty", "", "1:1: the file is empty; begin it with version: 1"},
	{"comment", "# nothing\n", "1:1: the file is empty; begin it with version: 1"},
	{"null", "---\n", "1:1: the file is empty; begin it with version: 1"},
	{"list", "- version: 1\n", "1:1: the file is a list, and has to be a mapping: version: 1, and what to look at"},
	{"no YAML", "version: 1\ntargets: [a\n", "2:10: a bracket or brace is not closed"},
	{"no version", "fail_on: error\n", `1:1: the file lacks "version"`},
	{"other version", "version: 2\n", "1:10: version 2 is not known; this maildoctor reads version 1"},
	{"version as text", "version: \"1\"\n", "1:10: version is text, and has to be a number: 1"},
	{"documents", "version: 1\n---\nversion: 1\n", "2:1: a second document begins; a project file is one, without a line ---"},
	{"unknown key", "version: 1\ntargett: []\n", `2:1: the file has no key "targett"; did you mean "targets"?`},
	{"key unlike any", "version: 1\nhosts: []\n", `2:1: the file has no key "hosts"; it takes version, targets, expect, settings, fail_on, ignore, baseline`},
	{"key twice", "version: 1\nfail_on: error\nfail_on: note\n", `3:1: "fail_on" stands twice; first on line 2`},
	{"key that is a list", "version: 1\n? [a]\n: b\n", "2:3: a key is a list, and has to be a word"},
	{"password", "version: 1\npassword: hunter2\n", `2:1: "password" does not belong into a file that others read; set MAILDOCTOR_PASSWORD, or give --password-file FILE or --password-stdin`},
	{"api key", "version: 1\nresend_api_key: re_x\n", `2:1: "resend_api_key" does not belong into a file that others read; set RESEND_API_KEY, or give --key-file FILE; a password goes into MAILDOCTOR_PASSWORD, or --password-file FILE`},
	{"user", "version: 1\ntargets:\n- target: a.example.org:25\n  user: me\n", `4:3: "user" does not belong into a file that others read; give --user NAME, with the password in MAILDOCTOR_PASSWORD, --password-file or --password-stdin`},
	{"empty value", "version: 1\ntargets:\n", `2:9: targets is empty; give "- mail.example.org:587"`},
	{"targets as text", "version: 1\ntargets: a.example.org:25\n", `2:10: targets is text, and has to be a list: "- mail.example.org:587"`},
	{"target as number", "version: 1\ntargets: [587]\n", "2:11: the target is a number, and has to be text; put it in quotes"},
	{"bad target", "version: 1\ntargets: ['mail.example.org:0']\n", "2:11: port 0 cannot be connected to"},
	{"target with a password", "version: 1\ntargets: ['smtp://me:hunter2@mail.example.org']\n", "2:11: the URL holds a user name or a password; leave them out, the target is only scheme://HOST:PORT"},
	{"target twice", "version: 1\ntargets:\n- mail.example.org:465\n- target: smtps://Mail.example.org\n", `4:3: the target "mail.example.org:465" stands on line 3 already`},
	{"mapping without target", "version: 1\ntargets:\n- as: implicit\n", `3:3: the target lacks "target"`},
	{"bad mode of a client", "version: 1\ntargets:\n- {target: a.example.org:25, as: starttlz}\n", `3:34: as: "starttlz" is none of implicit, starttls, opportunistic, cleartext; did you mean "starttls"?`},
	{"bad mode", "version: 1\nexpect: {mode: opportunistic}\n", `2:16: mode: "opportunistic" is none of implicit, starttls, cleartext`},
	{"bad TLS", "version: 1\nexpect: {min_tls: 1.4}\n", `2:19: min_tls: "1.4" is none of 1.0, 1.1, 1.2, 1.3`},
	{"bad days", "version: 1\nexpect: {days_left: 1.5}\n", `2:21: days_left: "1.5" is not a number of days such as 14`},
	{"days below zero", "version: 1\nexpect: {days_left: -1}\n", `2:21: days_left: "-1" is not a number of days such as 14`},
	{"more days than that", "version: 1\nexpect: {days_left: 36501}\n", `2:21: days_left: "36501" is not a number of days such as 14`},
	{"days as text", "version: 1\nexpect: {days_left: soon}\n", "2:21: days_left is text, and has to be a number: days, such as 14"},
	{"endless days", "version: 1\nexpect: {days_left: .inf}\n", `2:21: days_left: ".inf" is not a number that can be used; give days, such as 14`},
	{"required as text", "version: 1\nexpect: {starttls_required: yes}\n", "2:29: starttls_required is text, and has to be true or false"},
	{"expectation by its flag", "version: 1\nexpect: {tls: 1.2}\n", `2:10: expect has no key "tls"; it takes mode, min_tls, days_left, cert, starttls_required, auth, login, envelope`},
	{"settings twice", "version: 1\nsettings: [.env, ./.env]\n", `2:18: "./.env" stands in settings already`},
	{"settings from a pipe", "version: 1\nsettings: ['-']\n", "2:12: the name of the settings is the standard input (-), which a project has not; give the name of a file"},
	{"bad fail_on", "version: 1\nfail_on: errors\n", `2:10: fail_on: "errors" is none of error, warning, note, never`},
	{"rule without a reason", "version: 1\nignore:\n- id: cert-expired\n", `3:3: the rule lacks "reason"`},
	{"blank reason", "version: 1\nignore:\n- {id: cert-expired, reason: ' '}\n", "3:30: reason is empty; give why this finding does not count"},
	{"unknown id", "version: 1\nignore:\n- {id: cert-expirex, reason: x}\n", `3:8: there is no check "cert-expirex"; did you mean "cert-expired"?; maildoctor explain --list prints them all`},
	{"id that always counts", "version: 1\nignore:\n- {id: expectation-missed, reason: x}\n", `3:8: "expectation-missed" is about what this very run was asked for, and always counts; take what is not wanted out of expect`},
	{"bad day", "version: 1\nignore:\n- {id: cert-expired, reason: x, until: 2027-02-30}\n", `3:40: until: "2027-02-30" is not a day such as 2027-03-31`},
	{"time of a day", "version: 1\nignore:\n- {id: cert-expired, reason: x, until: 2027-02-03 04:05:06}\n", `3:40: until: "2027-02-03 04:05:06" is not a day such as 2027-03-31`},
	{"rule twice", "version: 1\nignore:\n- {id: cert-expired, reason: x}\n- {id: cert-expired, reason: y}\n", `4:3: there is a rule for "cert-expired" on line 3 already`},
	{"alias", "version: 1\nexpect: &e {mode: starttls}\ntargets:\n- {target: a.example.org:25, expect: *e}\n", "4:38: expect is an alias (*e), which is not taken here; write the value itself"},
	{"merge key", "version: 1\n<<: {fail_on: error}\n", `2:1: the file has no key "<<"; it takes version, targets, expect, settings, fail_on, ignore, baseline`},
	{"tag", "version: 1\nfail_on: !env FAIL_ON\n", `2:10: fail_on has the tag "!env", which is not taken here; write the value without it`},
	{"alias bomb", "a: &a [x, x]\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b]\nversion: 1\ntargets: *c\n",
		`1:1: the file has no key "a"; it takes version, targets, expect, settings, fail_on, ignore, baseline` + "\n" +
			`p.yaml:2:1: the file has no key "b"; it takes version, targets, expect, settings, fail_on, ignore, baseline` + "\n" +
			`p.yaml:3:1: the file has no key "c"; it takes version, targets, expect, settings, fail_on, ignore, baseline` + "\n" +
			"p.yaml:5:10: targets is an alias (*c), which is not taken here; write the value itself"},
	{"control character", "version: 1\nfail_on: \x1b[31m\n", "2:10: a control character stands in the text"},
	{"several at once", "version: 1\nfail_on: x\nexpect: {mode: y}\n", "2:10: fail_on: \"x\" is none of error, warning, note, never\np.yaml:3:16: mode: \"y\" is none of implicit, starttls, cleartext"},
}

func TestReadRefuses(t *testing.T) {
	t.Parallel()
	for _, c := range wrongs {
		f, err := Read("p.yaml", c.text, near)
		if err == nil {
			t.Errorf("%s: read as %+v, want %s", c.name, f, c.want)
			continue
		}
		if got := err.Error(); got != "p.yaml:"+c.want {
			t.Errorf("%s:\n got %s\nwant p.yaml:%s", c.name, got, c.want)
		}
		if strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: the error repeats a password: %s", c.name, err)
		}
	}
}

func TestReadShowsSomeErrors(t *testing.T) {
	t.Parallel()
	_, err := Read("p.yaml", "version: 1\ntargets: ["+strings.Repeat("587, ", 30)+"]\n", near)
	if err == nil || !strings.HasSuffix(err.Error(), "\nand 10 more") {
		t.Errorf("error %v, want 20 lines and the number of those left out", err)
	}
}

// place is how every line of an error begins.
var place = regexp.MustCompile(`^p\.yaml:[1-9][0-9]*:[1-9][0-9]*: .`)

func FuzzRead(f *testing.F) {
	f.Add(whole)
	for _, c := range wrongs {
		f.Add(c.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		file, err := Read("p.yaml", text, near)
		if err == nil {
			if file == nil {
				t.Fatal("neither a file nor an error")
			}
			return
		}
		var all Errors
		if !errors.As(err, &all) || len(all) == 0 {
			t.Fatalf("error %T", err)
		}
		for _, e := range all {
			if !place.MatchString(e.Error()) || e.Line > strings.Count(text, "\n")+strings.Count(text, "\r")+2 {
				t.Fatalf("the error has no place: %q", e)
			}
		}
	})
}
