package check

import (
	"cmp"
	"slices"
	"strings"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/facts"
	"github.com/maildoctor/maildoctor/internal/report"
	"github.com/maildoctor/maildoctor/internal/target"
)

// atData stands in every report: a dry run proves nothing about From.
const atData = "Resend judges From only after the whole message (DATA): a login, MAIL and RCPT that are accepted prove nothing about it."

// resendSubject says all about a Resend key.
func resendSubject(f *facts.Facts) report.Subject {
	c := f.Case
	findings, outcomes := judgeResend(c)
	q := inquiryOf(c)
	s := report.Subject{
		Kind: "resend", Name: "Resend API key", Cut: c.Cut, Resend: q.reported(),
		Findings: findings, Outcomes: outcomes, Lookups: c.Lookups,
	}
	if c.Resend.Key.Prefix != "" {
		s.Name += " " + c.Resend.Key.Prefix
	}
	for i := range c.Resend.SMTP {
		s.Sessions = append(s.Sessions, c.Resend.SMTP[i].Sessions...)
	}
	s.Healthy = healthy(findings) && q.known() && c.Cut == ""
	s.Verdict = q.verdict(findings)
	return s
}

// known reports whether the key is known to be good, over the API or over SMTP.
func (q *inquiry) known() bool {
	return q.status.good() || !q.status.settled() && q.login() != nil && q.login().Result == evidence.LoginAccepted
}

// words say the status in half a sentence, with what the answer alone does not tell.
func (q *inquiry) words() string {
	switch {
	case q.status == keyUnasked && len(q.Calls) > 0:
		return "not known: looking was ended before Resend answered"
	case q.unanswered():
		return "not known: no answer of Resend came"
	case q.status == keyMissing && !q.shaped(evidence.ShapeEmpty):
		return "not known: it was sent, and did not reach Resend"
	}
	return q.status.words()
}

// why is what the status rests on, in a sentence. Where the API and SMTP disagree,
// it says so.
func (q *inquiry) why() string {
	s := "The key is " + q.words() + "."
	x := q.login()
	switch {
	case x == nil:
	case x.Result == evidence.LoginAccepted && !q.status.settled():
		return "The key is valid: SMTP took it. Over the API it is " + q.words() + "."
	case x.Result == evidence.LoginAccepted && !q.status.good():
		return "The API says that the key is " + q.words() + "; SMTP took it."
	case keyRefusedWords(x) && q.status.good():
		return "The API says that the key is " + q.words() + "; SMTP refused it."
	case keyRefusedWords(x) && !q.status.settled():
		return "SMTP refused the key. Over the API it is " + q.words() + "."
	}
	if !q.status.settled() {
		if shape := cmp.Or(q.keyShape(), q.wrapped()); shape != "" {
			if strings.HasPrefix(shape, "it has the form") {
				return s + " " + sentence(shape)
			}
			return s + " By its form, " + shape + "."
		}
	}
	return s
}

// verdict is the answer in one line.
func (q *inquiry) verdict(findings []report.Finding) string {
	words := q.words()
	if !q.status.settled() && q.known() {
		words = "valid: SMTP took it; over the API it is " + words
	}
	worst := worstOf(findings)
	if what, c := q.fate(); what != noMessage {
		return q.sentVerdict(what, c, findings)
	}
	switch {
	case q.Kept && worst != nil:
		return half(worst.Summary)
	case worst == nil && !q.known():
		return words
	case worst == nil && q.mayUse() != "":
		return words + "; " + q.mayUse()
	case worst == nil:
		return words
	case !q.known():
		return half(worst.Summary)
	case worst.Severity == report.Error && worst.ID == "resend-domain-not-verified" && q.sender() == "":
		return words + "; " + half(worst.Summary) // nobody said what is sent from
	case worst.Severity == report.Error && q.status == keyQuota:
		return "valid; mail does not go out for now: " + half(worst.Summary)
	case worst.Severity == report.Error:
		return words + ", but mail does not go out: " + half(worst.Summary)
	}
	return words + ", with a warning: " + half(worst.Summary)
}

// half makes a summary the second half of a sentence; names keep their capital.
func half(summary string) string {
	for _, name := range []string{"Resend ", "From ", "Cloudflare "} {
		if strings.HasPrefix(summary, name) {
			return summary
		}
	}
	return report.Within(summary)
}

// mayUse says that the sender is one that Resend lets send.
func (q *inquiry) mayUse() string {
	if d := q.listed(q.sender()); d != nil && d.Status == domainVerified && d.Sending != "disabled" {
		return "From is at " + dotless(d.Name) + ", which is verified"
	}
	if from := q.sender(); from != "" && from != testDomain && q.status == keyFull && q.Partial && q.listed(from) == nil {
		return "From was not judged: the account has more domains than were listed"
	}
	return ""
}

// reported are the facts for the report.
func (q *inquiry) reported() *report.Resend {
	out := &report.Resend{
		Base: q.Base, From: q.From, Partial: q.Partial, SMTPOff: q.SMTPOff, Remark: atData,
		Key:   report.ResendKey{From: q.Key.From, Prefix: q.Key.Prefix, Status: q.status.reported(), Why: q.why()},
		Calls: []report.ResendCall{}, Domains: []report.ResendDomain{}, SMTP: []report.ResendPort{},
	}
	if out.Key.Status == keyUnknown && q.shaped(evidence.ShapeEmpty) {
		out.Key.Status = string(keyMissing)
	}
	for i := range q.Calls {
		out.Calls = append(out.Calls, reportedCall(&q.Calls[i]))
		limits(out, q.Calls[i].Header)
		if q.Calls[i].Created != "" {
			out.Sent = &report.ResendSent{ID: q.Calls[i].Created, To: append([]string{}, q.SentTo...)}
		}
	}
	for i := range q.Domains {
		out.Domains = append(out.Domains, q.reportedDomain(&q.Domains[i]))
	}
	out.Domains = append(out.Domains, q.unlisted()...)
	for i := range q.SMTP {
		out.SMTP = append(out.SMTP, reportedPort(&q.SMTP[i]))
	}
	return out
}

func reportedCall(c *evidence.Call) report.ResendCall {
	out := report.ResendCall{Name: c.Name, Method: c.Method, Path: c.Path, Status: c.Status, Error: c.Error, Message: cmp.Or(c.Message, c.Body), MS: *ms(c.Took), AtMS: ms(c.At)}
	if c.Status == 0 && c.Fault != nil {
		out.Error, out.Message = string(c.Fault.Class), c.Fault.Text
	}
	out.Message = clip(out.Message)
	return out
}

// limits keeps what the last answer told of limits.
func limits(out *report.Resend, h map[string]string) {
	if h["ratelimit-limit"] != "" {
		out.RateLimit = &report.RateLimit{Limit: h["ratelimit-limit"], Remaining: h["ratelimit-remaining"], Reset: h["ratelimit-reset"]}
	}
	daily, monthly := h["x-resend-daily-quota"], h["x-resend-monthly-quota"]
	if daily != "" || monthly != "" {
		out.Quota = &report.Quota{DailyUsed: daily, MonthlyUsed: monthly}
	}
}

func (q *inquiry) reportedDomain(d *evidence.ResendDomain) report.ResendDomain {
	name := dotless(d.Name)
	out := report.ResendDomain{Name: d.Name, Status: d.Status, Region: d.Region, Sending: d.Sending, FromFits: name == q.sender(), Records: []report.ResendRecord{}}
	if len(d.Records) > 0 || slices.Contains(q.watched(), name) {
		out.Records = q.reportedRecords(name)
	}
	return out
}

func (q *inquiry) reportedRecords(domain string) []report.ResendRecord {
	out := []report.ResendRecord{}
	for _, m := range q.matches(domain) {
		if m.guessed && m.dns == dnsNotRun {
			continue
		}
		seen := m.seen
		if m.how != "" {
			seen += " (" + m.how + ")"
		}
		out = append(out, report.ResendRecord{For: m.rec.For, Type: m.rec.Type, Name: m.name, Value: clip(m.rec.Value), APIStatus: m.rec.Status, DNS: m.dns, Seen: seen})
	}
	return out
}

// unlisted are the domains that the API did not tell of, as DNS shows them.
func (q *inquiry) unlisted() []report.ResendDomain {
	var out []report.ResendDomain
	if q.knowsDomains() == "" && !q.Partial {
		return nil
	}
	for _, name := range q.watched() {
		if q.listed(name) != nil {
			continue
		}
		if records := q.reportedRecords(name); len(records) > 0 {
			out = append(out, report.ResendDomain{Name: name, Status: keyUnknown, Records: records})
		}
	}
	return out
}

func reportedPort(c *evidence.Case) report.ResendPort {
	f := facts.Of(c)
	out := report.ResendPort{Port: c.Target.Port, Reach: string(f.Reach), Login: "not-tried", Mode: string(f.Mode)}
	if f.Mode == target.Unknown || f.Mode == target.NoMode {
		out.Mode = ""
	}
	if d := (door{port: out.Port, reach: f.Reach, f: f}); f.Reach == facts.Open && !d.works() {
		out.Seen = d.words()
	}
	if f.Reach == facts.Open {
		out.MS = ms(c.Elapsed)
	}
	for i := range c.Sessions {
		for _, a := range c.Sessions[i].Logins {
			out.Login = loginResult(out.Login, a.Result)
		}
	}
	return out
}

// loginResult is the result that tells more of two attempts.
func loginResult(before, now string) string {
	switch {
	case before == evidence.LoginAccepted || now == evidence.LoginAccepted:
		return evidence.LoginAccepted
	case before == evidence.LoginRefused || now == evidence.LoginRefused:
		return evidence.LoginRefused
	}
	return keyUnknown
}
