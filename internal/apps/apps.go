// Package apps writes one endpoint's settings in the words of common
// applications and mail libraries. It knows how each of them asks for a TLS
// mode; it reads no settings and holds no secret.
package apps

import (
	"strings"

	"github.com/maildoctor/maildoctor/internal/report"
	"github.com/maildoctor/maildoctor/internal/target"
)

// secret stands where a password belongs.
const secret = "<your SMTP password>"

// Nobody stands where a user name belongs that is not known.
const Nobody = "<your SMTP user name>"

// Lines writes host, port, mode and user name as each known application does,
// in the order of the table. The mode is implicit, starttls or cleartext; any
// other gives nil. An empty user is a placeholder, and in clear text no login
// at all: relays and mail catchers without TLS ask for none as a rule, and Nobody
// keeps it. Where
// an application cannot do the mode, a line says so.
func Lines(host string, port uint16, mode target.Mode, user string) []report.App {
	switch mode {
	case target.Implicit, target.STARTTLS, target.Cleartext:
	default:
		return nil
	}
	s := settings{host: host, port: port, mode: mode, user: user}
	s.login = user != "" || mode != target.Cleartext
	if user == "" {
		s.user = Nobody
	}
	all := make([]report.App, 0, len(table))
	for _, app := range table {
		all = append(all, report.App{Name: app.name, Lines: app.lines(s)})
	}
	return all
}

// table is the order of the report: what people bring most often comes first.
var table = []struct {
	name  string
	lines func(settings) []string
}{
	{"Coolify", coolify},
	{"Laravel 11 and later", laravel},
	{"Laravel 9 and 10", laravelOld},
	{"Symfony", symfony},
	{"PHPMailer", phpMailer},
	{"WordPress, WP Mail SMTP", wpMailSMTP},
	{"nodemailer", nodemailer},
	{"Django", django},
	{"Rails", rails},
	{"Spring Boot", springBoot},
	{".NET, MailKit", mailKit},
	{"Go, go-mail", goMail},
	{"msmtp", msmtp},
	{"Postfix", postfix},
}

// settings is what every application has to be told.
type settings struct {
	host  string
	port  uint16
	mode  target.Mode
	user  string
	login bool // credentials are to be set
}

func (s settings) is(mode target.Mode) bool { return s.mode == mode }

// byMode picks one of three: what the application calls each mode.
func (s settings) byMode(implicit, starttls, cleartext string) string {
	switch s.mode {
	case target.Implicit:
		return implicit
	case target.STARTTLS:
		return starttls
	}
	return cleartext
}

// onlyWithLogin is lines, or none where no credentials are to be set.
func (s settings) onlyWithLogin(lines ...string) []string {
	if !s.login {
		return nil
	}
	return lines
}

// single quotes as PHP and Ruby do between single quotes.
func single(v string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(v) + "'"
}

// double quotes for JavaScript, Python, C#, Go and msmtp.
func double(v string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(v) + `"`
}

// dotenv quotes for .env files, in which "$" starts a variable.
func dotenv(v string) string {
	if strings.IndexFunc(v, unsafeInDotenv) < 0 {
		return v
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, `$`, `\$`).Replace(v) + `"`
}

func unsafeInDotenv(r rune) bool {
	return !strings.ContainsRune("@._+-", r) && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
}
