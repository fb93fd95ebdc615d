package check

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/facts"
	"github.com/maildoctor/maildoctor/internal/report"
)

// smtpDocs is the page of Resend's SMTP side.
const smtpDocs = "https://resend.com/docs/send-with-smtp"

// resendSMTP are the checks of Resend's SMTP side.
var resendSMTP = []Check{
	{
		ID:       "resend-smtp-blocked",
		Title:    "Ports of Resend's SMTP server are blocked on the way",
		Severity: report.Warning,
		Seen:     "Connections to smtp.resend.com on ports 465 and 587 got no answer or were refused, while others answered; or none of its ports answered.",
		Why:      "Many hosts and clouds block outgoing mail ports, mostly without an answer. Resend listens on 2465 and 2587 for that reason. Its HTTP API uses port 443 and is not concerned.",
		Fix: []string{
			"Use port 2465 with implicit TLS, or 2587 with STARTTLS",
			"Or send through the HTTP API, which uses port 443",
			"Or ask the host of this machine to open outgoing ports 465 and 587",
		},
		Tell:   "connect-timeout-blocked-port is the same at any server; resend-unreachable is the HTTP API.",
		Refs:   []string{smtpDocs},
		Needs:  unasked(nothingSaid),
		Resend: smtpBlocked,
	},
}

// A door is one port of Resend's SMTP server, as it was found.
type door struct {
	port  uint16
	reach facts.Reach
	f     *facts.Facts
}

func (d door) open() bool { return d.reach == facts.Open }

// doors are the ports that were tried to an end, in the order of trying.
func (q *inquiry) doors() []door {
	var out []door
	for i := range q.SMTP {
		f := facts.Of(&q.SMTP[i])
		if f.Reach != facts.NotTried {
			out = append(out, door{port: q.SMTP[i].Target.Port, reach: f.Reach, f: f})
		}
	}
	return out
}

// attempt is the login that tells most, and its session: one that was accepted,
// else one that was refused, else nil.
func (q *inquiry) attempt() (*evidence.Session, *evidence.Attempt) {
	var of *evidence.Session
	var told *evidence.Attempt
	for i := range q.SMTP {
		for j := range q.SMTP[i].Sessions {
			s := &q.SMTP[i].Sessions[j]
			for k := range s.Logins {
				switch a := &s.Logins[k]; {
				case a.Result == evidence.LoginAccepted:
					return s, a
				case a.Result == evidence.LoginRefused && told == nil:
					of, told = s, a
				}
			}
		}
	}
	return of, told
}

func (q *inquiry) login() *evidence.Attempt {
	_, a := q.attempt()
	return a
}

// loginQuote quotes the reply to that login.
func (q *inquiry) loginQuote() []report.Quote {
	s, a := q.attempt()
	if a == nil || a.Reply == nil {
		return nil
	}
	return []report.Quote{{From: fmt.Sprintf("smtp.resend.com:%d, AUTH", s.Port), Text: replyText(a.Reply)}}
}

// usual are the ports that applications are set to, 25 left out: hosts block it
// for everybody.
var usual = []uint16{465, 587}

func smtpBlocked(q *inquiry) (string, []report.Finding) {
	all := q.doors()
	if len(all) == 0 {
		return cmp.Or(q.SMTPOff, "the SMTP side of Resend was not looked at"), nil
	}
	var open, shut []string
	var quotes []report.Quote
	blocked, tried := 0, 0
	for _, d := range all {
		if slices.Contains(usual, d.port) {
			tried++
		}
		if d.open() {
			open = append(open, fmt.Sprint(d.port))
			continue
		}
		if slices.Contains(usual, d.port) {
			blocked++
		}
		shut = append(shut, fmt.Sprint(d.port))
		quotes = append(quotes, report.Quote{From: fmt.Sprintf("smtp.resend.com:%d", d.port), Text: reachWords(d.reach)})
	}
	switch {
	case len(open) == 0:
		return "", one(report.Finding{Summary: "No port of smtp.resend.com answers from here", Evidence: quotes,
			Detail: fmt.Sprintf("Tried: %s. Something between this machine and Resend blocks outgoing mail ports. The HTTP API does not use them.", list(shut)),
			Fix:    []string{"Send through the HTTP API of Resend, which uses port 443", "Ask the host of this machine to open outgoing ports 465, 587, 2465 and 2587"}})
	case blocked == 0:
		return "", nil
	}
	out := report.Finding{
		Summary:  fmt.Sprintf("%s of smtp.resend.com %s no answer from here; %s %s", portsWord(shut), gets(shut), list(open), answerWord(open)),
		Detail:   "Something on the way blocks these ports: the same server answers on others.",
		Evidence: quotes, Fix: []string{"Use " + useDoors(all), "Or send through the HTTP API, which uses port 443"},
	}
	if blocked < tried {
		out.Severity = report.Note
	}
	return "", one(out)
}

func portsWord(ports []string) string {
	if len(ports) == 1 {
		return "Port " + ports[0]
	}
	return "Ports " + list(ports)
}

func gets(ports []string) string {
	if len(ports) == 1 {
		return "gives"
	}
	return "give"
}

func answerWord(ports []string) string {
	if len(ports) == 1 {
		return "answers"
	}
	return "answer"
}

// useDoors names the open ports with the mode of each, as Resend documents them.
func useDoors(all []door) string {
	var words []string
	for _, d := range all {
		if !d.open() || d.port == 25 {
			continue
		}
		mode := "STARTTLS"
		if d.port == 465 || d.port == 2465 {
			mode = "implicit TLS"
		}
		words = append(words, fmt.Sprintf("port %d with %s (it answers)", d.port, mode))
	}
	if len(words) == 0 {
		return "another network: of the ports with TLS none answers"
	}
	return strings.Join(words, ", or ")
}

// wrongUser: Resend says 535 Invalid username before it looks at the key.
func wrongUser(q *inquiry) (string, []report.Finding) {
	a := q.login()
	switch {
	case a == nil:
		return "nobody logged in over SMTP", nil
	case a.Result != evidence.LoginRefused || !strings.Contains(strings.ToLower(replyText(a.Reply)), "invalid username"):
		return "", nil
	}
	return "", one(report.Finding{Summary: "The user name at smtp.resend.com is the word resend, and another one was sent",
		Detail: "It must be that word byte for byte: no capital, no blank at the end, not the address of From. The key was not looked at.",
		Fix:    []string{"Set the user name to resend, and keep the API key as password"}, Evidence: q.loginQuote()})
}
