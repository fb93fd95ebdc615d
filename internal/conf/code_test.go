package conf

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// show is an entry in one line: key, value, and what is not usual about it.
func show(e Entry) string {
	s := fmt.Sprintf("%s=%s", e.Key, e.Value)
	if e.Type != String {
		s += " " + string(e.Type)
	}
	if e.Env != "" {
		s += " $" + e.Env
	}
	if e.Convert != "" {
		s += " " + e.Convert
	}
	if e.Quote == ":" {
		s += " :"
	}
	if e.Off {
		s += " off"
	}
	return s
}

func TestCode(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		f    Flavour
		raw  string
		want []string // each of them among the entries; one that begins with ! is not
	}{
		{"php array", PHP, "<?php\nreturn ['default' => env('MAIL_MAILER', 'smtp'), 'mailers' => ['smtp' => ['scheme' => 'smtps', 'port' => (int) env('P', 587)]]];",
			[]string{"default=smtp expr $MAIL_MAILER", "mailers= branch", "mailers.smtp.scheme=smtps", "mailers.smtp.port=587 expr $P int"}},
		{"php fragment", PHP, "'a' => array('k' => 'v\\'w'),\n# 'off' => true,\n'l' => ['x', 'y'],\n'u' => $_ENV['X'], 's' => $_SERVER['Y'], 'g' => getenv('Z'),",
			[]string{"a.k=v'w", "off=true bool off", "l.0=x", "l.1=y", "u= expr $X", "s= expr $Y", "g= expr $Z"}},
		{"php null default", PHP, "'scheme' => env('MAIL_SCHEME', null), 'q' => \"a$b\", 'n' => null, 'b' => (bool) env('B')",
			[]string{"scheme= expr $MAIL_SCHEME", "q=\"a$b\" expr", "n=null null", "b= expr $B"}},
		{"php statements", PHP, "define( 'WPMS_SSL', 'ssl' );\n$CFG->smtphosts = 'x';\npublic $smtpsecure = 'tls';\npublic ?string $a = 'b';\n$this->mail->Port = 465;",
			[]string{"WPMS_SSL=ssl", "CFG.smtphosts=x", "smtpsecure=tls", "a=b", "mail.Port=465 number"}},
		{"phpmailer", PHP, "$mail->SMTPSecure = PHPMailer::ENCRYPTION_STARTTLS;\n$mail->isSMTP();\n$mail->setFrom('a@b');\nif ($x) {\n  $mail->SMTPOptions = array('ssl' => array('verify_peer' => false));\n}\n//$mail->SMTPSecure = 'ssl';\n",
			[]string{"mail.SMTPSecure=PHPMailer::ENCRYPTION_STARTTLS expr", "mail.isSMTP=() expr", "mail.setFrom=a@b", "mail.SMTPOptions.ssl.verify_peer=false bool", "mail.SMTPSecure=ssl off"}},
		{"drupal", PHP, "$config['system.mail']['mailer_dsn'] = ['scheme' => 'smtp', 'options' => ['require_tls' => 'true']];",
			[]string{"config.system.mail.mailer_dsn.scheme=smtp", "config.system.mail.mailer_dsn.options.require_tls=true"}},
		{"php strings", PHP, "<p>it's</p>\n<?php $a = <<<EOT\n it's 'x' => 'y' \nEOT;\n$b = 'two\nlines'; $c = 'a' . 'b'; /* it's */ $d = \"\\n\\x41\\$\";",
			[]string{"b=two\nlines", "c='a' . 'b' expr", "d=\nA$", "!x=y"}},
		{"nodemailer", JS, "const re = /don't/;\nconst t = await nodemailer.createTransport({\n  host: process.env.HOST || 'h',\n  port: 587,\n  // secure: true,\n  auth: { user: process.env[\"U\"], pass: `p` }, // it's\n  tls: { rejectUnauthorized: false },\n})\n",
			[]string{"createTransport= branch", "createTransport.host=h expr $HOST", "createTransport.port=587 number", "createTransport.secure=true bool off", "createTransport.auth.user= expr $U", "createTransport.auth.pass=p", "createTransport.tls.rejectUnauthorized=false bool"}},
		{"js conversions", JS, "x({ a: process.env.A === 'true', b: Number(process.env.B), c: parseInt(process.env.C ?? '5', 10), d: +process.env.D, e: env('E'), f: env.bool('F', false), g: env.int('G', 587), h: `a${b}`, i: !!process.env.I, j: process.env.J as string, k: process.env.K && 1 })",
			[]string{"x.a= expr $A compare", "x.b= expr $B int", "x.c=5 expr $C int", "x.d= expr $D int", "x.e= expr $E", "x.f=false expr $F bool", "x.g=587 expr $G int", "x.h=`a${b}` expr", "x.i= expr $I", "x.j= expr $J", "x.k= expr $K other"}},
		{"js url", JS, "createTransport(\"smtps://u:p@h\"); nodemailer.createTransport(process.env.URL)", []string{"createTransport=smtps://u:p@h", "createTransport= expr $URL"}},
		{"strapi", JS, "module.exports = ({ env }) => ({ email: { config: { provider: 'nodemailer', providerOptions: { host: env('H') } } } });",
			[]string{"email.config.provider=nodemailer", "email.config.providerOptions.host= expr $H"}},
		{"payload", JS, "export default buildConfig({ email: nodemailerAdapter({ transportOptions: { host: 'x', auth: { pass: process.env.P } } }) })",
			[]string{"nodemailerAdapter.transportOptions.host=x", "nodemailerAdapter.transportOptions.auth.pass= expr $P"}},
		{"resend", JS, "const resend = new Resend(process.env.RESEND_API_KEY);", []string{"Resend= expr $RESEND_API_KEY"}},
		{"java", Usual, "props.put(\"mail.smtp.host\", \"x\");\nprops.put(\"mail.smtp.port\", 587);", []string{"mail.smtp.host=x", "mail.smtp.port=587 number"}},
		{"django", Python, "# EMAIL_USE_TLS = True\nEMAIL_HOST = \"x\"\nEMAIL_PORT: int = 587\nN = None\nclass S:\n    \"\"\"It's\"\"\"\n    host = 'y'\nMAILERS = {\"default\": {\"OPTIONS\": {\"host\": \"h\"}}}\nT = \"x\",\n",
			[]string{"EMAIL_USE_TLS=True bool off", "EMAIL_HOST=x", "EMAIL_PORT=587 number", "N=None null", "host=y", "MAILERS.default.OPTIONS.host=h", "T=\"x\", expr"}},
		{"flask", Python, "app.config['MAIL_SERVER'] = 'x'\napp.config.update(MAIL_SERVER='y', MAIL_PORT=25)\nc = ConnectionConfig(\n  MAIL_STARTTLS=True,\n)\ns = smtplib.SMTP_SSL(\"h\", 465)\ns.starttls()",
			[]string{"app.config.MAIL_SERVER=x", "app.config.update.MAIL_SERVER=y", "ConnectionConfig.MAIL_STARTTLS=True bool", "smtplib.SMTP_SSL.0=h", "smtplib.SMTP_SSL.1=465 number", "s.starttls=() expr"}},
		{"python env", Python, "A = os.getenv(\"A\", \"d\")\nB = os.environ[\"B\"]\nC = os.environ.get(\"C\")\nD = config(\"D\", default=True, cast=bool)\nE = env.bool(\"E\", default=False)\nF = int(os.getenv(\"F\"))\nG = bool(os.getenv(\"G\"))\nH = os.getenv(\"H\", \"False\").lower() in (\"true\", \"1\")\nI = os.getenv(\"I\") == \"True\"\nJ = config('J', cast=int)",
			[]string{"A=d expr $A", "B= expr $B", "C= expr $C", "D=True expr $D bool", "E=False expr $E bool", "F= expr $F int", "G= expr $G", "H=False expr $H compare", "I= expr $I compare", "J= expr $J int"}},
		{"rails", Ruby, "Rails.application.configure do\n  config.action_mailer.delivery_method = :smtp if x\n  config.action_mailer.smtp_settings = {\n    address: ENV[\"A\"],\n    :port => ENV[\"P\"].to_i, 'user_name' => ENV.fetch(\"U\", \"d\"),\n    password: ENV.fetch(\"W\") { \"e\" }, tls: ENV['T'] == \"true\", domain: nil }\nend",
			[]string{"config.action_mailer.delivery_method=smtp :", "config.action_mailer.smtp_settings.address= expr $A", "config.action_mailer.smtp_settings.port= expr $P int", "config.action_mailer.smtp_settings.user_name=d expr $U", "config.action_mailer.smtp_settings.password=e expr $W", "config.action_mailer.smtp_settings.tls= expr $T compare", "config.action_mailer.smtp_settings.domain=nil null"}},
		{"ruby others", Ruby, "ActionMailer::Base.smtp_settings = { address: 'x' }\ngitlab_rails['smtp_tls'] = true\nMail.defaults do\n delivery_method :smtp, address: 'y', port: 25\nend",
			[]string{"ActionMailer::Base.smtp_settings.address=x", "gitlab_rails.smtp_tls=true bool", "delivery_method.address=y", "!address=y"}},
		{"elixir", Elixir, "config :my_app, MyApp.Mailer,\n  adapter: Swoosh.Adapters.SMTP,\n  relay: \"x\",\n  tls: :always, # it's\n  # ssl: false,\n  user: System.get_env(\"U\") || \"d\",\n  pass: {:system, \"W\"},\n  port: String.to_integer(System.get_env(\"P\")),\n  tls_options: [verify: :verify_peer, sni: ~c\"h\"]\n\nconfig :swoosh, :api_client, false\n",
			[]string{"config.MyApp.Mailer.adapter=Swoosh.Adapters.SMTP expr", "config.MyApp.Mailer.relay=x", "config.MyApp.Mailer.tls=always :", "config.MyApp.Mailer.ssl=false bool off", "config.MyApp.Mailer.user=d expr $U", "config.MyApp.Mailer.pass= expr $W", "config.MyApp.Mailer.port= expr $P int", "config.MyApp.Mailer.tls_options.verify=verify_peer :", "config.MyApp.Mailer.tls_options.sni=h", "config.swoosh.api_client=false bool"}},
		{"go", Go, "func main() {\n\td := gomail.NewDialer(\"smtp.x\", 587, \"u\", os.Getenv(\"P\"))\n\td.SSL = true\n\td.TLSConfig = &tls.Config{InsecureSkipVerify: true}\n\tc, err := mail.NewClient(\"h\", mail.WithPort(25))\n}",
			[]string{"gomail.NewDialer.0=smtp.x", "gomail.NewDialer.1=587 number", "gomail.NewDialer.3= expr $P", "d.SSL=true bool", "d.TLSConfig.InsecureSkipVerify=true bool", "mail.WithPort=25 number"}},
		{"groovy", Groovy, "grails {\n  mail {\n    host = \"x\"\n    props = [\"mail.smtp.auth\":\"true\",\n      \"mail.smtp.port\":\"587\"]\n  }\n}\ngrails.mail.port = 25\n",
			[]string{"grails.mail.host=x", "grails.mail.props.mail.smtp.auth=true", "grails.mail.props.mail.smtp.port=587", "grails.mail.port=25 number"}},
		{"hocon", HOCON, "include \"x\"\nplay.mailer {\n  host = \"x\"\n  ssl = yes\n  user = me@x.org\n  # tls = yes\n  password = ${?SMTP_PASSWORD}\n}\nplay.mailer.port = 587",
			[]string{"play.mailer.host=x", "play.mailer.ssl=yes bool", "play.mailer.user=me@x.org", "play.mailer.tls=yes bool off", "play.mailer.password= expr $SMTP_PASSWORD", "play.mailer.port=587 number"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := map[string]bool{}
			var all []string
			for _, e := range Parse(c.raw, Code, c.f).Entries {
				got[show(e)] = true
				all = append(all, show(e))
			}
			for _, w := range c.want {
				if no, ok := strings.CutPrefix(w, "!"); ok && got[no] || !ok && !got[w] {
					t.Errorf("want %q, got\n%s", w, strings.Join(all, "\n"))
				}
			}
		})
	}
}

func find(t *testing.T, x *Text, key string) Entry {
	t.Helper()
	for _, e := range x.Entries {
		if e.Key == key {
			return e
		}
	}
	t.Fatalf("no %q in %q", key, x.Raw)
	return Entry{}
}

func TestCodeEdit(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		f    Flavour
		raw  string
		at   string
		edit Edit
		want string
	}{
		{"set keeps the quote", JS, "x({ a: \"b\" })", "x.a", Edit{Op: Set, Value: `c"d`}, "x({ a: \"c\\\"d\" })"},
		{"set php", PHP, "'a' => 'b',", "a", Edit{Op: Set, Value: `c'\d`}, `'a' => 'c\'\\d',`},
		{"set bool", Python, "A = False\n", "A", Edit{Op: Set, Value: "true", Type: Bool}, "A = True\n"},
		{"set over an expression", PHP, "'a' => env('X', 1),", "a", Edit{Op: Set, Value: "587", Type: Number}, "'a' => 587,"},
		{"set a symbol", Elixir, "config :a, B, tls: :never", "config.B.tls", Edit{Op: Set, Value: "always"}, "config :a, B, tls: :always"},
		{"set yes", HOCON, "a { ssl = no }", "a.ssl", Edit{Op: Set, Value: "true", Type: Bool}, "a { ssl = yes }"},
		{"raw", JS, "x({ secure: process.env.S })", "x.secure", Edit{Op: SetRaw, Raw: "process.env.S === 'true'"}, "x({ secure: process.env.S === 'true' })"},
		{"add a line", JS, "x({\n  a: 1,\n  b: 2,\n})", "x.a", Edit{Op: Add, Key: "x.c", Value: "true", Type: Bool}, "x({\n  a: 1,\n  c: true,\n  b: 2,\n})"},
		{"add behind the last", JS, "x({\n  a: 1\n})", "x.a", Edit{Op: Add, Key: "x.c", Value: "v"}, "x({\n  a: 1,\n  c: 'v'\n})"},
		{"add before a comment", JS, "x({\n  a: 1 // one\n})", "x.a", Edit{Op: Add, Key: "x.c", Value: "2", Type: Number}, "x({\n  c: 2,\n  a: 1 // one\n})"},
		{"add inline", PHP, "$c = ['a' => 'b'];", "c.a", Edit{Op: Add, Key: "c.d", Value: "e"}, "$c = ['a' => 'b', 'd' => 'e'];"},
		{"add nested", JS, "x({\n  a: 1,\n})", "x.a", Edit{Op: Add, Key: "x.tls.ok", Value: "false", Type: Bool}, "x({\n  a: 1,\n  tls: { ok: false },\n})"},
		{"add a statement", PHP, "  $mail->Host = 'x'; // h\n", "mail.Host", Edit{Op: Add, Key: "mail.Port", Value: "587", Type: Number}, "  $mail->Host = 'x'; // h\n  $mail->Port = 587;\n"},
		{"add below a call", PHP, "$mail->isSMTP();\n$x = 1;\n", "mail.isSMTP", Edit{Op: Add, Key: "mail.Port", Value: "587", Type: Number}, "$mail->isSMTP();\n$mail->Port = 587;\n$x = 1;\n"},
		{"add a define", PHP, "define( 'A', 'b' );\n", "A", Edit{Op: Add, Key: "C", Value: "true", Type: Bool}, "define( 'A', 'b' );\ndefine( 'C', true );\n"},
		{"add a property", PHP, "  public $a = 'b';\n", "a", Edit{Op: Add, Key: "c", Value: "d"}, "  public $a = 'b';\n  public $c = 'd';\n"},
		{"add to gitlab.rb", Ruby, "gitlab_rails['a'] = \"b\"\n", "gitlab_rails.a", Edit{Op: Add, Key: "gitlab_rails.c", Value: "true", Type: Bool}, "gitlab_rails['a'] = \"b\"\ngitlab_rails['c'] = true\n"},
		{"add to settings.py", Python, "A = \"b\"", "A", Edit{Op: Add, Key: "C", Value: "true", Type: Bool}, "A = \"b\"\nC = True"},
		{"add to a dialer", Go, "\td := gomail.NewDialer(\"h\", 465)\n", "gomail.NewDialer.1", Edit{Op: Add, Key: "d.SSL", Value: "true", Type: Bool}, "\td := gomail.NewDialer(\"h\", 465)\n\td.SSL = true\n"},
		{"add java", JS, "props.put(\"mail.smtp.host\", \"x\");\n", "mail.smtp.host", Edit{Op: Add, Key: "mail.smtp.ssl.enable", Value: "true"}, "props.put(\"mail.smtp.host\", \"x\");\nprops.put(\"mail.smtp.ssl.enable\", \"true\");\n"},
		{"add elixir", Elixir, "config :a, B,\n  ssl: true\n", "config.B.ssl", Edit{Op: Add, Key: "config.B.tls", Value: ":never", Type: Expr}, "config :a, B,\n  ssl: true,\n  tls: :never\n"},
		{"add to a branch", JS, "x({ tls: { a: 1 } })", "x.tls", Edit{Op: Add, Key: "x.tls.b", Value: "2", Type: Number}, "x({ tls: { a: 1, b: 2 } })"},
		{"add groovy", Groovy, "grails {\n  mail {\n    host = \"x\"\n  }\n}\n", "grails.mail.host", Edit{Op: Add, Key: "grails.mail.port", Value: "465", Type: Number}, "grails {\n  mail {\n    host = \"x\"\n    port = 465\n  }\n}\n"},
		{"remove a line", PHP, "[\n  'a' => 1,\n  'b' => 2, // two\n]", "b", Edit{Op: Remove}, "[\n  'a' => 1,\n]"},
		{"remove inline", JS, "x({ a: 1, b: 2, c: 3 })", "x.b", Edit{Op: Remove}, "x({ a: 1, c: 3 })"},
		{"remove the last inline", JS, "x({ a: 1, b: 2 })", "x.b", Edit{Op: Remove}, "x({ a: 1 })"},
		{"remove a block", JS, "x({\n  a: 1,\n  tls: {\n    b: 2,\n  },\n})", "x.tls", Edit{Op: Remove}, "x({\n  a: 1,\n})"},
		{"remove the last in elixir", Elixir, "config :a, B,\n  c: 1,\n  d: 2\n", "config.B.d", Edit{Op: Remove}, "config :a, B,\n  c: 1\n"},
		{"rename", JS, "x({ auth: { 'password': p } })", "x.auth.password", Edit{Op: Rename, Key: "pass"}, "x({ auth: { 'pass': p } })"},
		{"enable", JS, "x({\n  // secure: true,\n})", "x.secure", Edit{Op: Enable, Value: "false", Type: Bool}, "x({\n  secure: false,\n})"},
		{"enable php", PHP, "  //$m->a = 'b';\n", "m.a", Edit{Op: Enable}, "  $m->a = 'b';\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			x := Parse(c.raw, Code, c.f)
			c.edit.Entry = find(t, x, c.at)
			got, err := x.Apply([]Edit{c.edit})
			if err != nil || got != c.want {
				t.Errorf("got\n%q, %v\nwant\n%q", got, err, c.want)
			}
		})
	}
}

func TestDetectCode(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]Flavour{
		"<?php return [];":                      PHP,
		"$mail->Host = 'x';":                    PHP,
		"'mail_smtphost' => 'x',":               PHP,
		"nodemailer.createTransport({":          JS,
		"EMAIL_USE_TLS = True":                  Python,
		"EMAIL_HOST = 'x'":                      Python,
		"config.action_mailer.smtp_settings =":  Ruby,
		"gitlab_rails['smtp_tls'] = true":       Ruby,
		"config :app, Mod,\n  relay: \"x\"":     Elixir,
		"d := gomail.NewDialer(\"h\", 25)":      Go,
		"grails {\n mail {":                     Groovy,
		"play.mailer {\n  host = x":             HOCON,
		"props.put(\"mail.smtp.host\", \"x\");": JS,
	} {
		if got := DetectCode("", raw); got != want {
			t.Errorf("DetectCode(%q) = %q, want %q", raw, got, want)
		}
	}
	if got := DetectCode("settings.PY", "x"); got != Python {
		t.Errorf("by the extension: got %q", got)
	}
}

// TestCodeCost reads texts that would blow up a reader that is not linear or
// that recurses for every bracket.
func TestCodeCost(t *testing.T) {
	t.Parallel()
	for _, piece := range []string{"{", "(", "[", "a{", "a(", "a:{", "'", "\"#{", "`${", "/*", "<<<A\n", "<<~A\n", "x=[", "a:1,", "\\'\n", "%w[", "$a->", "a=>", "process.env.A||", "~s(", "!", "({", "env('a',"} {
		raw := strings.Repeat(piece, 200000/len(piece))
		for f := range languages {
			// A linear reader takes some hundredths of a second.
			if began := time.Now(); len(Parse(raw, Code, f).Entries) > maxEntries || time.Since(began) > 5*time.Second {
				t.Errorf("%q in %s: too many entries or too slow", piece, f)
			}
		}
	}
}

var flavours = []Flavour{PHP, JS, Python, Ruby, Elixir, Go, Groovy, HOCON}

func FuzzCode(f *testing.F) {
	files, _ := filepath.Glob("testdata/code/*")
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		fl := slices.Index(flavours, DetectCode(name, string(raw)))
		for n := range uint8(40) {
			f.Add(string(raw), uint8(fl), n, "a\"b'c\\d#{x}$y${z}`\x01\t")
		}
	}
	f.Add("x({a: 1, // b: 2,\n c: `d`})", uint8(1), uint8(0), "v")
	f.Fuzz(func(t *testing.T, raw string, fl, n uint8, value string) {
		x := Parse(raw, Code, flavours[int(fl)%len(flavours)])
		for _, e := range x.Entries {
			for _, s := range []span{e.key, e.value, e.whole} {
				if s.from < 0 || s.from > s.to || s.to > len(raw) {
					t.Fatalf("%q: span %v of a text of %d", e.Key, s, len(raw))
				}
			}
			if e.Line < 1 || e.Column < 1 || e.Line > strings.Count(raw, "\n")+1 {
				t.Fatalf("%q at %d:%d", e.Key, e.Line, e.Column)
			}
		}
		if len(x.Entries) == 0 {
			return
		}
		e := x.Entries[int(n)%len(x.Entries)]
		checkAdd(t, x, e)
		// A quote that nothing closes meets whatever is written below it.
		toks, _ := scanCode(raw, span{0, len(raw)}, languages[x.Flavour])
		if slices.ContainsFunc(toks, func(t token) bool { return t.kind == tStr && t.shut == 0 }) {
			return
		}
		if e.Type != String || e.Off || strings.ContainsAny(value, "\n\r") || e.Quote == "" {
			return
		}
		out, err := x.Apply([]Edit{{Op: Set, Entry: e, Value: value}})
		if err != nil {
			t.Fatal(err)
		}
		checkSet(t, x, e, out, value)
	})
}

// checkSet holds a text with one value changed against the text before.
func checkSet(t *testing.T, x *Text, e Entry, out, value string) {
	t.Helper()
	grown := len(out) - len(x.Raw)
	if out[:e.value.from] != x.Raw[:e.value.from] || out[e.value.to+grown:] != x.Raw[e.value.to:] {
		t.Fatalf("bytes outside the value changed:\n%q\n%q", x.Raw, out)
	}
	y := Parse(out, Code, x.Flavour)
	if len(y.Entries) != len(x.Entries) {
		t.Fatalf("%d entries, were %d:\n%q\n%q", len(y.Entries), len(x.Entries), x.Raw, out)
	}
	for i, now := range y.Entries {
		was := x.Entries[i]
		if was.key == e.key && was.value == e.value {
			if now.Value != value || now.Key != was.Key {
				t.Fatalf("set %q to %q, reads %q=%q:\n%q\n%q", e.Key, value, now.Key, now.Value, x.Raw, out)
			}
			continue
		}
		around := was.value.from <= e.value.from && was.value.to >= e.value.to
		if now.Key != was.Key || now.Value != was.Value && !around || now.Line != was.Line && !strings.Contains(x.Raw[e.value.from:e.value.to], "\n") {
			t.Fatalf("%q=%q at %d was %q=%q at %d:\n%q\n%q", now.Key, now.Value, now.Line, was.Key, was.Value, was.Line, x.Raw, out)
		}
	}
}

// checkAdd sees that additions and removals never fail or leave the text.
func checkAdd(t *testing.T, x *Text, e Entry) {
	t.Helper()
	for _, edit := range []Edit{
		{Op: Add, Entry: e, Key: e.Key + "x", Value: "v"}, {Op: Add, Key: "new", Value: "v"},
		{Op: Add, Entry: e, Key: e.Key + ".new", Value: "v"}, {Op: Remove, Entry: e}, {Op: Rename, Entry: e, Key: "k"},
	} {
		if edit.Op == Rename && e.key == (span{}) {
			continue // an argument has a place in the list, and no name
		}
		if _, err := x.Apply([]Edit{edit}); err != nil {
			t.Fatalf("%s beside %q: %v", edit.Op, e.Key, err)
		}
	}
}
