package settings

import (
	"slices"
	"testing"

	"github.com/maildoctor/maildoctor/internal/conf"
)

func TestJoined(t *testing.T) {
	t.Parallel()
	const was = "a\nb\nc\nd\n"
	for _, c := range []struct{ name, first, second, want string }{
		{"apart", "A\nb\nc\nd\n", "a\nb\nc\nD\n", "A\nb\nc\nD\n"},
		{"apart, in the other order", "a\nb\nc\nD\n", "A\nb\nc\nd\n", "A\nb\nc\nD\n"},
		{"neighbours", "a\nB\nc\nd\n", "a\nb\nC\nd\n", "a\nB\nC\nd\n"},
		{"the same line: the first counts", "a\nX\nc\nd\n", "a\nY\nc\nd\n", "a\nX\nc\nd\n"},
		{"the same change", "a\nX\nc\nd\n", "a\nX\nc\nd\n", "a\nX\nc\nd\n"},
		{"one puts in, one takes out", "a\nb\nnew\nc\nd\n", "a\nb\nc\n", "a\nb\nnew\nc\n"},
		{"both put in at one place", "a\nb\nx\nc\nd\n", "a\nb\ny\nc\nd\n", "a\nb\nx\nc\nd\n"},
		{"at the ends", "x\na\nb\nc\nd\n", "a\nb\nc\nd\ny\n", "x\na\nb\nc\nd\ny\n"},
	} {
		got := Joined([]Correction{{File: "f", Was: was, Bytes: c.first}, {File: "g", Was: "1\n", Bytes: "2\n"}, {File: "f", Was: was, Bytes: c.second}})
		if len(got) != 2 || got[0].Bytes != c.want || got[1].Bytes != "2\n" {
			t.Errorf("%s: %+v, want %q", c.name, got, c.want)
		}
	}
}

func TestDiff(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		was, now string
		want     []string
	}{
		{"a\nb\nc\n", "a\nB\nc\n", []string{"@@ -2 +2 @@", "-b", "+B"}},
		{"a\nb\n", "a\nx\nb\n", []string{"@@ -1,0 +2 @@", "+x"}},
		{"a\nb\nc\n", "a\nc\n", []string{"@@ -2 +1,0 @@", "-b"}},
		{"a\nb\nc\nd\n", "a\nX\nY\nd\nz\n", []string{"@@ -2,2 +2,2 @@", "-b", "-c", "+X", "+Y", "@@ -4,0 +5 @@", "+z"}},
		{"a\n", "a\n", nil},
	} {
		if got := Diff(Correction{masked: c.was, Text: c.now}); !slices.Equal(got, c.want) {
			t.Errorf("%q to %q: %q, want %q", c.was, c.now, got, c.want)
		}
	}
}

// TestMasked: what is shown of a text holds no secret, and is otherwise the text.
func TestMasked(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		kind       conf.Kind
		flavour    conf.Flavour
		text, want string
	}{
		{conf.Dotenv, conf.Usual, "M_HOST=h # x\nM_PASS=canary7\n", "M_HOST=h # x\nM_PASS=<kept>\n"},
		{conf.Dotenv, conf.Usual, "M_PASS='canary7' # was canary6\r\nA=1 # b\r\n", "M_PASS='<kept>' # <kept>\r\nA=1 # b\r\n"},
		{conf.Dotenv, conf.Usual, "DB_PASSWORD=canary7\nDB_PASSWORD_FIELD=no\nSMTP_AUTH=login\n", "DB_PASSWORD=<kept>\nDB_PASSWORD_FIELD=no\nSMTP_AUTH=login\n"},
		{conf.Dotenv, conf.Usual, "REDIS_URL=redis://:canary7@r:6379\nA=http://h:80/?token=canary7&x=1\nB=http://h/x\n", "REDIS_URL=redis://:<kept>@r:6379\nA=http://h:80/?token=<kept>&x=1\nB=<kept>\n"},
		{conf.Dotenv, conf.Usual, "X=smtp://longkey0longkey0@h\nY=smtp://me@h\nZ=resend+api://k@default\n", "X=smtp://<kept>@h\nY=smtp://me@h\nZ=resend+api://<kept>@default\n"},
		{conf.Dotenv, conf.Usual, "X=me:canary7@h\n", "X=me:<kept>@h\n"},
		{conf.Dotenv, conf.Usual, "#M_PASSWORD=canary7\n", "#M_PASSWORD=****\n"},
		{conf.Command, conf.Usual, "docker run -e M_PASS='canary7' --name x # y\n", "docker run -e M_PASS='<kept>' --name x # y\n"},
		{conf.Code, conf.PHP, "<?php\n$mail->Password = 'canary7'; // was canary6\n$x = 1; // y\n", "<?php\n$mail->Password = '<kept>'; // <kept>\n$x = 1; // y\n"},
		{conf.Dotenv, conf.Usual, "# old canary6\nM_HOST=h\nNAME=canary7\nM_USER=${NAME}\nJWT=canary8\nHOOK=https://h/T0/canary9\nN=12345\n", "# <kept>\nM_HOST=h\nNAME=canary7\nM_USER=${NAME}\nJWT=<kept>\nHOOK=<kept>\nN=<kept>\n"},
		{conf.Code, conf.PHP, "<?php\nuse A\\B;\n$mail->Host = 'smtp.example.org';\n$x['AUTH'] = array('admin', 'canary7');\nf(\"canary8\");\n", "<?php\nuse A\\B;\n$mail->Host = 'smtp.example.org';\n$x['AUTH'] = array('<kept>', '<kept>');\nf(\"<kept>\");\n"},
		{conf.YAML, conf.Usual, "a:\n  labels:\n    - \"x.users=admin:canary7\"\n    - y=canary8\n  command: [\"-pcanary9\"]\nM_HOST: h\n", "a:\n  labels:\n    - \"<kept>\"\n    - <kept>\n  command: [\"<kept>\"]\nM_HOST: h\n"},
		{conf.INI, conf.Usual, "[a]\nsecret = canary7 ; canary6\nhost = h ; x\n", "[a]\nsecret = <kept> ; <kept>\nhost = h ; x\n"},
	} {
		f := &File{Name: "x", Text: conf.Parse(c.text, c.kind, c.flavour)}
		a := &App{Dialect: words(), Files: []*File{f}}
		a.Read()
		if got := masked(f, c.text, []*Channel{{App: a}}); got != c.want {
			t.Errorf("%q is shown as %q, want %q", c.text, got, c.want)
		}
	}
}
