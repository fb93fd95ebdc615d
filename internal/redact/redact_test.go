package redact

import (
	"encoding/base64"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// b64 is base64 of s, as SASL sends it.
func b64(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }

// hidden are texts with the secret between « and », which the tests take out.
// Every secret becomes four asterisks and nothing else changes.
var hidden = []string{
	// settings
	"MAIL_PASSWORD=«hunter2»\nMAIL_PORT=587",
	"export SMTP_PASS=«hunter2 with blanks» # the old one",
	`MAIL_PASSWORD="«va lue»"`,
	"MAIL_PASSWORD=«abcd efgh ijkl mnop»\n",
	"login with pass: «abcd efgh ijkl mnop» failed",
	"password: «correct horse battery staple»",
	"MAIL_PASSWORD='«it'\\''s»'",
	"APP_KEY=«base64:c2VjcmV0c2VjcmV0c2VjcmV0»",
	"smtp_pass = «x9»\r\nport = 1\r\n",
	"auth_pass: «x9»",
	"spring.mail.password=«x9»",
	"mail__options__auth__pass: '«x9»'",
	"password = \"\"\"«x9»\"\"\"",
	"PASSWD = `«x9»`",
	"define( 'WPMS_SMTP_PASS', '«x9»' );",
	"API key: «abc123»",
	"private_key: |\n  «line1»\n  «line2»\nport: 1",
	"SMTP_PASS_PROD=«x9»",
	"password «hunter2»\nport 587",
	"token=«abc», user=bob",
	"Server=x;Password=«ab»;Port=1",
	"password=«pa,ss)wo}rd» user=x",
	"'it': 1, 'pwd': '«it''s»'",
	`password: "«a"b»", user: "x"`,
	// objects
	"auth: { user: 'x', pass: '«y»' }",
	"{ user: 'x', pass: «y» }",
	`{"password":"«x»","port":25}`,
	`{"api_key":"«x\"y»"}`,
	`"{\"password\":\"«x»\",\"user\":\"y\"}"`,
	`"{\\\"password\\\":\\\"«x»\\\"}"`,
	`{"text":"MAIL_PASSWORD=«x»\nMAIL_PORT=587"}`,
	"'password' => '«x»',",
	`:client_secret=>"«x»"`,
	"[refresh_token] => «x»",
	"[\"password\"]=>\n  string(7) \"«hunter2»\"",
	`{"tokens":["«a1»","«b1»"],"user":"x"}`,
	`{"name":"SMTP_PASSWORD","value":"«x»"}`,
	"- name: SMTP_PASSWORD\n  value: «x»",
	"&quot;password&quot;:&quot;«x»&quot;",
	"password=b'«x»'",
	"my password is «hunter2» and it fails",
	"sendEmail -s smtp.example.com:587 -xu jane -xp «hunter2» -t a@b.example",
	"mailsend -smtp mail.example.com -user jane -pass «hunter2»",
	"  client_send = : jane@example.com : «hunter2»",
	`client_send = "<; ; jane ; «hunter2»"`,
	"client_send = ^jane^«hunter2»",
	`"Env": ["SMTP_HOST=x", "SMTP_PASSWORD=«correct horse battery»", "A=b"]`,
	"curl smtp://mail.example.com -ujane:«hunter2»",
	"«key-3ax6xnjp29jd6fds4gc373sgvjxteol0» refused",
	`a:2:{s:4:"host";s:1:"x";s:13:"smtp_password";s:7:"«hunter2»";}`,
	"[\"password\":protected]=>\n  string(7) \"«hunter2»\"",
	"[\"password\":\"App\\Mail\":private]=>\n  string(7) \"«hunter2»\"",
	"EsmtpTransport->handleAuth('jane', '«hunter2»', Array)",
	`transport.connect("mail.example.com", 587, "jane", "«hunter2»")`,
	"Net::SMTP.start('mail.example.com', 587, 'localhost', 'jane', '«hunter2»', :plain)",
	"smtp_pw: «hunter2»",
	"SMTP-Kennwort: «hunter2»",
	"MailPasswort=«hunter2»",
	"password:\n  «hunter2»\nport: 587",
	"contraseña: «hunter2»", "密码：«hunter2»", "mot de passe : «hunter2»", "Пароль = «hunter2»",
	"machine mail.example.com login jane password «hunter2»",
	"failed for user jane pass «hunter2»",
	"Login failed for user jane with password «hunter2»",
	`new NetworkCredential("jane", "«hunter2»")`,
	`Credentials::new("jane".to_owned(), "«hunter2»".to_owned())`,
	"a1 LOGIN jane «hunter2»",
	`C: a001 LOGIN "jane@example.com" "«hunter 2»"`,
	"password: Some(\"«x»\")",
	"env('MAIL_PASSWORD', '«x»')",
	"pass: process.env.PASS || '«x»'",
	"<password>«x»</password>",
	"<smtp:password>\n  «x»\n</smtp:password>",
	`<password a="b"><![CDATA[«x»]]></password>`,
	`<entry key="password">«x»</entry>`,
	`<property name="password" value="«x»"/>`,
	// options and calls
	"tool --password «x» --port 25",
	"tool --password=«x» --port 25",
	"#2 SMTP->authenticate('user@example.com', '«x»', NULL)",
	"smtp.PlainAuth(\"\", \"user\", \"«x»\", host)",
	"curl --user a:«pw» https://api.example.com", "curl -v -u a:«pw» smtp://host", "/usr/bin/curl -u 'a:«p w»' x", `"curl -sSu \"a:«pw»\" x"`,
	"curl --url smtp://host \\\n  --mail-from a@b.example \\\n  -u a@b.example:«pw:x»\n", "curl --oauth2-bearer «abc» imap://host",
	"swaks --auth-user a --auth-password «x» --tls", "swaks -t a@b.example -au a -ap «x» -tls", "swaks -ap '«x y»'",
	// POP3 and FTP
	"PASS «x»", "C: PASS «x»", "> PASS «hunter2»", "---> PASS «x y»\n", "2026/11/24 10:00:00 Command:\tPASS «x»",
	"Client -> Server: PASS «x»\r\nServer -> Client: +OK", "*cmd* 'PASS «x»'", `send: b'PASS «x»\r\n'`, "DEBUG POP3: C: PASS «x»",
	// sasl_passwd
	"[smtp.example.com]:587 user@example.com:«hunter2»\n", "#[smtp.example.com]:submission  user:«12345678»\n",
	"smtp.example.com user:«hunter2»", "mail.example.com:587\tuser:«p:w»", "example.com user@example.com:«12345»",
	`echo "[smtp.gmail.com]:587 a@gmail.com:«abcdefghijklmnop»" > /etc/postfix/sasl_passwd`,
	// the value on the line below
	"Username:\nbob\nPassword:\n«hunter2»\nPort:\n587", "SMTP password: \r\n«P@ssw0rd!»\r\n",
	// headers
	"Authorization: Bearer «abc»",
	"authorization: Basic «dXNlcjpwYXNz»",
	"Authorization: Token «abc»",
	`"Authorization":"«abc.def»"`,
	`curl -H "Authorization: Bearer «abc»" https://api.example.com`,
	"Authorization: AWS4-HMAC-SHA256 «Credential=A/B, Signature=c0ffee»",
	"sent Bearer «abcDEF123456»",
	// URLs
	"smtp://user:«p»@host:587?encryption=tls",
	"smtp://key:«x»@host",
	"redis://:«x»@host/0",
	"mysql://root:«p%40ss»@host/db",
	"smtp://user@example.com:«p@s@s»@host:465",
	"smtp://user:«p#s/s»@host:465",
	`smtp:\/\/user:«x»@host`,
	"sendgrid+api://«KEY»@default",
	"https://x.example/a?password=«x»&b=1&token=«y»&key=«z»&sig=«w»#top",
	"https://x.example/cb?code=«4/0AX4XfWhAbCdEf_12»&scope=mail", "GET /cb?state=1&code=«0123456789abcdef0123» HTTP/1.1",
	// SASL
	"AUTH PLAIN «" + b64("\x00user\x00pw") + "»",
	"C: AUTH LOGIN «dXNlcg==»",
	"AUTH XOAUTH2 «" + b64("user=a@example.com\x01auth=Bearer ya29.x\x01\x01") + "»",
	"S: 334 VXNlcm5hbWU6\nC: «dXNlcg==»\nS: 334 UGFzc3dvcmQ6\nC: «aHVudGVyMg==»\nS: 235 ok",
	"< 334 \n> «AG5vAHB3»\n< 535 no",
	"<-  334 UGFzc3dvcmQ6\n -> «aHVudGVyMg==»\n<** 535 5.7.8 no",
	"<~  334 UGFzc3dvcmQ6\n ~> «aHVudGVyMg==»",
	">> 334\n>> «aHVudGVyMg==»",
	"SERVER -> CLIENT: 334 UGFzc3dvcmQ6\r\n\r\nCLIENT -> SERVER: «aHVudGVyMg==»\r\n",
	"SMTP<< 334 UGFzc3dvcmQ6\nSMTP>> «aHVudGVyMg==»",
	"[2026-11-23 17:30:49] DEBUG [x] S: 334 UGFzc3dvcmQ6\n[2026-11-23 17:30:49] DEBUG [x] C: «aHVudGVyMg==»",
	"<id> Recv: 334 UGFzc3dvcmQ6\n<id> Send: «aHVudGVyMg==»",
	"334 UGFzc3dvcmQ6\nDEBUG SMTP: «aHVudGVyMg==»",
	"334 UGFzc3dvcmQ6\n«aHVudGVyMg==»\n535 no",
	`"334 UGFzc3dvcmQ6\r\n«aHVudGVyMg==»\r\n535 no"`,
	"> AUTH LOGIN\n> «dXNlcg==»",
	"334 PDE4OTYuNjk3MTcwOTUyQHNtdHAuZXhhbXBsZS5jb20+\n> «" + b64("u 0123456789abcdef0123456789abcdef") + "»",
	"bad response on command '«aHVudGVyMg==»'",
	"somewhere «" + b64("\x00user@example.com\x00hunter2") + "» stood",
	"reply «" + b64("user=a\x01auth=Bearer x\x01\x01") + "»",
	// shapes
	"new Resend('re_AbCdEfGh_«0123456789abcdefghijABCD»')",
	"RESEND_API_KEY=re_AbCdEfGh_«0123456789abcdefghijABCD»",
	"smtp://resend:re_AbCdEfGh_«0123456789abcdefghijABCD»@smtp.resend.com:587",
	"key re_«AbCdEfGhIjKl123» is odd",
	"key «SG.abcdefghijklmnopqrstuv.abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG» no",
	"«xsmtpsib-0123456789abcdef0123456789abcdef-AbCdEf»", "«xkeysib-0123456789abcdef0123456789abcdef-AbCdEf»",
	"«key-0123456789abcdef0123456789abcdef»", "«0123456789abcdef0123456789abcdef-01234567-89abcdef»",
	"«mlsn.0123456789abcdef0123456789», «mssp.abc123.0123456789abcdef.xyz»",
	"ses «BAb1defghijklmnopqrstuvwxyz0123456789ABCDEFG» x",
	"aws_secret_access_key = «wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY»",
	"«sk_live_0123456789ab» «ghp_0123456789abcdefghij» «gho_0123456789abcdefghij»",
	"«github_pat_0123456789abcdefghij» «glpat-0123456789abcdef» «xoxb-0123456789-abc»",
	"«ya29.a0AfH6SMBx-abc_def» and «1//0abcdefghijklmnopqrstuvwx»",
	"jwt «eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc-def_123».",
	"-----BEGIN RSA PRIVATE KEY-----\n«MIIEpAIBAAKCAQEA»\n«b3BlbnNzaA==»\n-----END RSA PRIVATE KEY-----\nafter",
	"-----BEGIN PRIVATE KEY-----\n«MIIEpAIBAAKCAQEA»",
}

func TestHides(t *testing.T) {
	t.Parallel()
	for _, c := range hidden {
		in := strings.NewReplacer("«", "", "»", "").Replace(c)
		want := maskMarks(c)
		if got := Text(in); got != want {
			t.Errorf("%q:\n got %q\nwant %q", in, got, want)
		}
	}
}

// maskMarks replaces what stands between « and » by the Mask.
func maskMarks(s string) string {
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(s, "«")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		_, s, _ = strings.Cut(rest, "»")
		b.WriteString(Mask)
	}
}

// left are texts that have no secret and come out as they are.
var left = []string{
	"the password is wrong", "password is incorrect for 192.0.2.1", "your password is missing",
	"login with password failed", "try again with password authentication", "user jane password expired", "LOGIN failed for jane", "a1 NO LOGIN failed",
	"", "\n\n", "\xff\xfe\x00",
	"535 5.7.8 Username and Password not accepted. For more information, go to",
	"534-5.7.9 Application-specific password required. For more information",
	"password: authentication failed", "Invalid password", "Authorization: required", "Password: Invalid for this user",
	`  code: "EAUTH",`, "  command: 'AUTH PLAIN'", "  command: 'AUTH PLAIN',\n  responseCode: 535",
	"API key is invalid", "Missing API key in the authorization header.",
	`{"statusCode":401,"name":"missing_api_key","message":"Missing API key in the authorization header."}`,
	`{"errors":{"password":["The password field is required."]}}`,
	"Authentication failed: Bad username / password')", "SMTP ERROR: Password command failed: 535 5.7.8 Error",
	"SASL authentication failure: Password verification failed", "(using password: YES)", "TokenExpiredError: jwt expired",
	"MAIL_PASSWORD=\nMAIL_PORT=587", `MAIL_PASSWORD=""`, "password: null", "pass: undefined,", "password=<kept>",
	"password: (hidden)", "password: '***'", "password=none", "password=<non-null>", "secret: false", "SMTP_PASSWORD=${SMTP_PASSWORD}",
	"password: ENV['SMTP_PASSWORD'],", "pass: process.env.SMTP_PASS,", "CLIENT -> SERVER: [credentials hidden]",
	"credentials: 'include'", "PWD=/var/www/html", "--- PASS: TestLogin (0.00s)", "token_type=bearer&expires_in=3600",
	"at getToken (/app/lib/token.js:123:18)", "POST /auth/v1/token?grant_type=password 400", "Unexpected token: }",
	"AUTH PLAIN AHVuZGVmaW5lZAB1bmRlZmluZWQ=", // undefined, undefined
	"SERVER: 334 UGFzc3dvcmQ6\nCLIENT -> SERVER: [credentials hidden]\nSERVER: 235 ok\nCLIENT -> SERVER: Subject: Test",
	"SERVER -> CLIENT: 334 Go\nCLIENT -> SERVER: Subject: Test",
	"250-AUTH PLAIN LOGIN XOAUTH2\n250 8BITMIME", "250-AUTH LOGIN\n250-SMTPUTF8", "AUTH LOGIN command trace suppressed",
	"AUTH LOGIN failed", "AUTH PLAIN mechanism not supported", "AUTH=PLAIN LOGIN", "-p x -w y",
	"334 VXNlcm5hbWU6", "334 UGFzc3dvcmQ6", "334 VXNlcm5hbWU6\n334 UGFzc3dvcmQ6\n535 no",
	"< 334 eyJzdGF0dXMiOiI0MDAiLCJzY2hlbWVzIjoiQmVhcmVyIn0=\n> \n< 535-5.7.8 Username and Password not accepted",
	"javax.mail.AuthenticationFailedException: 334 VXNlcm5hbWU6\n\tat com.sun.mail.smtp.SMTPTransport.connect(SMTPTransport.java:826)",
	"334 UGFzc3dvcmQ6\nCLIENT -> SERVER: QUIT", "reply: retcode (334); Msg: b'VXNlcm5hbWU6'",
	"user@example.com host.example.com:587 192.0.2.1 [2001:db8::1]:25 <a.b@mail.example.com>",
	"https://support.google.com/mail/?p=BadCredentials s81-v6sm12080461qke.47 - gsmtp", "250 2.0.0 Ok: queued as A16D218A1FD9",
	"[AM0PR02CA0001.eurprd02.prod.outlook.com 2023-08-28T10:00:00.000Z 08DBB276B7E699C4]",
	"80ACE2B47E7F0000:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:../record/ssl3_record.c:350:",
	"commit 9865fe5c7f944f5c3d50b57dfbe11e7f9865fe5c id 123e4567-e89b-12d3-a456-426614174000",
	"SHA256 Fingerprint=AB:CD:EF:01:23:45 sha256//n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=",
	"-----BEGIN CERTIFICATE-----\nMIIDdzCCAl+gAwIBAgIEAgAAuTANBgkqhkiG9w0BAQUFADBaMQswCQYDVQQGEwJJ\nBAb1defghijklmnopqrstuvwxyz0123456789ABCDEFG\n-----END CERTIFICATE-----",
	"#0 /var/www/vendor/phpmailer/src/PHPMailer.php(1234): PHPMailer->send()", "smtp://host.example.com:587", "ssl://smtp.gmail.com:465 a@b.example",
	"http://localhost:3000/@vite/client", "smtp://user:@host", "re_enter_password_field", `new Resend("re_123")`,
	`WWW-Authenticate: Bearer realm="mail.example.com"`, "Extended master secret: no", "dkim=pass header.i=@example.com spf=pass (ok)",
	"curl -u user https://x.example", "curl -u user: https://x.example", "curl: (67) see -u, --user", "sudo -u www:data curl https://x.example",
	"docker run -u 1000:1000 alpine", "date -u +%H:%M", "lsof -ap 123", "curl -U http://proxy:8080", "curl --user-agent a:b",
	"curl https://x.example\ndocker run -u a:b x", "swaks --auth-password ****", "swaks -ap ''",
	"SPF: PASS with IP 192.0.2.1", "DKIM:\t'PASS' with domain example.com", "DMARC: 'PASS'", "PASS", "> BYPASS x", "[result] => PASS x", "<td>PASS x",
	"--- PASS: TestLogin (0.00s)\nPASS\nok  \tpkg\t0.1s", "C: PASS ****", "arc=pass dmarc=pass", "> PASS <hidden>",
	"mail.example.com host.example.org:587", "mail.example.com 12:34:56", "mail.example.com 2a00:1450:4001::1b", "mail.example.com fe80::1",
	"mail.example.com aa:bb:cc:dd:ee:ff", "example.com smtp:[relay.example.com]:587", "example.com lmtp:unix:private/dovecot", "[192.0.2.1]:587 status:deferred",
	"smtp.example.com https://x.example", "mail.example.com postfix/smtp[12]: connect", "smtp.example.com tls:yes", "main.go a:b", "mailer.js:12 line:34",
	"password:\n  host: x", "Password:\nLast login: Mon", "Password:\nConnected", "password:\nmail1.example.com", "password:\nuser1@example.com",
	"password:\n2026-11-24T10:00:00Z", "password:\n\nhunter2", "password:\nport587: x", "password:\n535-5.7.8", "password:\n0x80040217",
	"https://x.example/e?code=ECONNREFUSED", "https://x.example/e?code=535&x=1", "/e?a=1&code=ERR_SSL_WRONG_VERSION_NUMBER", "?code=invalid_verification_code",
	"code=0123456789abcdef0123", "?error_code=0123456789abcdef0123",
	"re_AbCdEfGh_****", "password: ****", "smtp://u:****@host", "AUTH PLAIN ****",
}

func TestLeaves(t *testing.T) {
	t.Parallel()
	for _, in := range left {
		if got := Text(in); got != in {
			t.Errorf("changed:\n  in %q\n got %q", in, got)
		}
	}
}

// TestTranscripts: the files hold dialogs as several clients print them. What
// stands between « and » in them is secret.
func TestTranscripts(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join("testdata", "*.txt"))
	if err != nil || len(files) < 7 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		in := strings.NewReplacer("«", "", "»", "").Replace(string(raw))
		if got, want := Text(in), maskMarks(string(raw)); got != want || in == want {
			t.Errorf("%s:\n got %s\nwant %s", f, got, want)
		}
	}
}

func TestStable(t *testing.T) {
	t.Parallel()
	for _, c := range append(append([]string{}, hidden...), left...) {
		checkText(t, strings.NewReplacer("«", "", "»", "").Replace(c))
	}
}

// checkText wants that Text keeps the line feeds and is idempotent.
func checkText(t *testing.T, in string) {
	t.Helper()
	once := Text(in)
	if again := Text(once); again != once {
		t.Errorf("%q: not idempotent\n once %q\ntwice %q", in, once, again)
	}
	if got, want := strings.Count(once, "\n"), strings.Count(in, "\n"); got != want {
		t.Errorf("%q: %d line feeds, want %d: %q", in, got, want, once)
	}
}

// TestWorkGrowsWithLength: hostile texts, one 32 times as long as the other. A
// reader that looks back at all it has read takes 1,000 times as long for it.
func TestWorkGrowsWithLength(t *testing.T) {
	t.Parallel()
	for _, unit := range []string{
		"a", "=", "pass=", `pass="`, `"pass":"`, `password:"a"b`, "\\", `\"`, "://", "a://x:y/", "a://b:c@", "334\n", "AUTH PLAIN ", "eyJ", "re_",
		"-----BEGIN PRIVATE KEY-----", "-----BEGIN ", "<password>", "login('", "password: |\n ", "Authorization: ", "token=[\"a\",", "command '", "'", "pass=a ", ",a",
		"AUTH PLAIN " + strings.Repeat("Ab1d", 12) + "\n", `\n`, "key=,", "password=a,b;c)", " ", "334\nAb12\n",
		"curl ", "curl -u ", "curl -u a:b\\\n", "curl -u \"a:", "C: PASS ", "> PASS a\n", "[a.b]:1 a:b", "[a.b]:1 a:b\n", "password:\n", "password:\na1\n", "?code=a1", "?code=",
	} {
		const size, times = 8 << 10, 32
		short, long := quickest(unit, size), quickest(unit, times*size)
		if ratio := long / max(short, 50*time.Microsecond); ratio > 5*times {
			t.Errorf("%q repeated: %v for %d bytes, %v for %d", unit, short, size, long, times*size)
		}
	}
}

// quickest is the shortest of three times that Text takes for size bytes of unit.
func quickest(unit string, size int) time.Duration {
	in := strings.Repeat(unit, size/len(unit))
	best := time.Hour
	for range 3 {
		start := time.Now()
		Text(in)
		best = min(best, time.Since(start))
	}
	return best
}

// plants are lines that hold the secret «».
var plants = []string{"MAIL_PASSWORD=«»", "smtp://u:«»@h", `"password":"«»"`}

// FuzzText plants a secret on a line of its own, in several shapes.
func FuzzText(f *testing.F) {
	for _, c := range append(append([]string{}, hidden...), left...) {
		f.Add(strings.NewReplacer("«", "", "»", "").Replace(c), "")
	}
	f.Add(`"pass":"x"`, "") // a quoted key at offset 0 once read before the text
	f.Fuzz(func(t *testing.T, before, after string) {
		checkText(t, before+after)
		const canary = "Canary7Secret"
		for _, plant := range plants {
			checkPlanted(t, before, strings.Replace(plant, "«»", canary, 1), after, canary)
		}
		answer := b64("\x00user\x00" + canary)
		checkPlanted(t, before, "AUTH PLAIN "+answer, after, answer)
	})
}

// checkPlanted wants that the secret of line is gone, if it is nowhere else.
func checkPlanted(t *testing.T, before, line, after, secret string) {
	t.Helper()
	in := before + "\n" + line + "\n" + after
	checkText(t, in)
	if out := Text(in); !strings.Contains(before+after, secret) && strings.Contains(out, secret) {
		t.Errorf("%q: the secret survives: %q", in, out)
	}
}
