package check

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/facts"
	"github.com/maildoctor/maildoctor/internal/report"
	"github.com/maildoctor/maildoctor/internal/target"
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

// works reports whether the port speaks SMTP with TLS, as Resend's does.
func (d door) works() bool {
	return d.reach == facts.Open && d.f.Protocol == "smtp" && d.f.Main.Greeting != nil && d.f.Main.Greeting.Code == 220 && d.f.Main.ExtTLS != nil
}

// words say what a port that does not work does, behind its number.
func (d door) words() string {
	g := d.f.Main.Greeting
	switch {
	case d.reach == facts.Filtered:
		return "no answer"
	case d.reach == facts.Refused:
		return "refused"
	case d.reach != facts.Open:
		return reachWords(d.reach)
	case otherProtocol(d.f):
		return "speaks " + protocolName(d.f.Protocol) + ", not SMTP"
	case d.f.Protocol != "smtp":
		return "answers with something that is not SMTP"
	case g != nil && g.Code != 220:
		return "greets with " + clipTo(oneLine(strings.ReplaceAll(replyText(g), "\n", " ")), 40)
	case d.f.Mode == target.Cleartext:
		return "offers no STARTTLS"
	case d.f.TLSTried() && d.f.Main.TLS == nil:
		return "fails in the TLS handshake"
	}
	return "ends before a session stands"
}

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
	var works []string
	var shut []door
	var quotes []report.Quote
	blocked, tried := 0, 0
	for _, d := range all {
		if slices.Contains(usual, d.port) {
			tried++
		}
		if d.works() {
			works = append(works, fmt.Sprint(d.port))
			continue
		}
		if slices.Contains(usual, d.port) {
			blocked++
		}
		shut = append(shut, d)
		quotes = append(quotes, report.Quote{From: fmt.Sprintf("smtp.resend.com:%d", d.port), Text: d.seen()})
	}
	switch {
	case len(works) == 0:
		return "", one(noDoor(shut, quotes))
	case blocked == 0:
		return "", q.notLoggedIn()
	}
	out := report.Finding{
		Summary:  fmt.Sprintf("%s; %s %s", shutWords(shut, " of smtp.resend.com"), list(works), answerWord(works)),
		Detail:   "Something on the way blocks these ports: the same server answers on others.",
		Evidence: quotes, Fix: []string{"Use " + useDoors(all), "Or send through the HTTP API, which uses port 443"},
	}
	if !slices.ContainsFunc(shut, func(d door) bool { return d.reach != facts.Open }) {
		out.Detail = "Something on the way answers on these ports in place of Resend: the same server is in order on others."
	}
	if blocked < tried {
		out.Severity = report.Note
	}
	return "", append(one(out), q.notLoggedIn()...)
}

// noDoor: no port of the server can be used.
func noDoor(shut []door, quotes []report.Quote) report.Finding {
	f := report.Finding{Summary: "No port of smtp.resend.com answers from here", Evidence: quotes,
		Detail: fmt.Sprintf("Tried: %s. Something between this machine and Resend blocks outgoing mail ports. The HTTP API does not use them. Nobody logged in with the key.", list(portsOf(shut))),
		Fix:    []string{"Send through the HTTP API of Resend, which uses port 443", "Ask the host of this machine to open outgoing ports 465, 587, 2465 and 2587"}}
	if slices.ContainsFunc(shut, func(d door) bool { return d.reach == facts.Open }) {
		f.Summary = "No port of smtp.resend.com can be used from here: " + report.Within(shutWords(shut, ""))
		f.Detail = "Something between this machine and Resend answers in place of its server, or cuts the sessions. The HTTP API does not use these ports. Nobody logged in with the key."
		f.Fix[1] = "Ask the host of this machine what answers on outgoing mail ports, and to open 465, 587, 2465 and 2587"
	}
	return f
}

// notLoggedIn: a login was asked for, and none came about.
func (q *inquiry) notLoggedIn() []report.Finding {
	if q.login() != nil {
		return nil
	}
	for i := range q.SMTP {
		f := facts.Of(&q.SMTP[i])
		if l := f.Login(); q.SMTP[i].Asked.Account != nil && l.State == facts.StateNotTried {
			out := report.Finding{Summary: fmt.Sprintf("Nobody logged in at smtp.resend.com:%d: %s", q.SMTP[i].Target.Port, l.Why),
				Detail: "The login with the key was asked for and did not come about, so that SMTP says nothing of the key.", Fix: []string{fmt.Sprintf("Run maildoctor probe smtp.resend.com:%d, which shows how far a session comes", q.SMTP[i].Target.Port)}}
			if q.status.good() {
				out.Severity = report.Note
			}
			return one(out)
		}
	}
	return nil
}

// seen is what is quoted of a port that does not work.
func (d door) seen() string {
	if d.reach != facts.Open {
		return reachWords(d.reach)
	}
	if d.f.Main.First != nil {
		return clip(firstText(d.f.Main.First))
	}
	return d.words()
}

func portsOf(all []door) []string {
	var out []string
	for _, d := range all {
		out = append(out, fmt.Sprint(d.port))
	}
	return out
}

// shutWords say of ports what each does, those that do the same together.
func shutWords(shut []door, of string) string {
	var order []string
	same := map[string][]string{}
	for _, d := range shut {
		w := d.words()
		if len(same[w]) == 0 {
			order = append(order, w)
		}
		same[w] = append(same[w], fmt.Sprint(d.port))
	}
	var parts []string
	for i, w := range order {
		name := portsWord(same[w])
		if i > 0 {
			name = report.Within(name)
		} else {
			name += of
		}
		parts = append(parts, name+" "+does(w, len(same[w])))
	}
	return strings.Join(parts, ", ")
}

// does puts the words of a port behind its name.
func does(words string, n int) string {
	several := n > 1
	switch first, rest, _ := strings.Cut(words, " "); {
	case words == "no answer" && several:
		return "give no answer from here"
	case words == "no answer":
		return "gives no answer from here"
	case words == "refused" && several:
		return "are refused"
	case words == "refused":
		return "is refused"
	case several && strings.HasSuffix(first, "s") && first != "is":
		return strings.TrimSuffix(first, "s") + " " + rest
	}
	return words
}

func portsWord(ports []string) string {
	if len(ports) == 1 {
		return "Port " + ports[0]
	}
	return "Ports " + list(ports)
}

func answerWord(ports []string) string {
	if len(ports) == 1 {
		return "answers"
	}
	return "answer"
}

// useDoors names the ports that work with the mode of each, as Resend documents
// them. Port 25 is for servers among themselves, and named where it is the only one.
func useDoors(all []door) string {
	var words []string
	only25 := false
	for _, d := range all {
		if !d.works() {
			continue
		}
		if d.port == 25 {
			only25 = true
			continue
		}
		mode := "STARTTLS"
		if d.port == 465 || d.port == 2465 {
			mode = "implicit TLS"
		}
		words = append(words, fmt.Sprintf("port %d with %s (it answers)", d.port, mode))
	}
	if len(words) == 0 && only25 {
		return "port 25 with STARTTLS, the only one that works from here, or another network: many hosts block port 25 sooner or later"
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
