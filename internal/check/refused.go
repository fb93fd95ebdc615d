package check

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/facts"
	"github.com/maildoctor/maildoctor/internal/provider"
	"github.com/maildoctor/maildoctor/internal/report"
	"github.com/maildoctor/maildoctor/internal/symptom"
)

// refusedWords are summaries of refusals where the title of the check speaks of
// another way to find it. %s is the command.
var refusedWords = map[string]string{
	"auth-mechanism-unsupported": "The server does not take %s",
	"auth-not-offered":           "The server takes no login",
	"auth-needs-tls":             "The server refuses %s without TLS",
	"tls-required-by-server":     "The server refuses %s without TLS",
	"protocol-error":             "The server does not understand %s, or not here",
	"helo-rejected":              "The server refuses the name given in EHLO",
	"provider-password-kind":     "The provider wants another secret as password",
}

// told is the finding of refusals that mean the same.
func (a *answers) told(c Check, refused []refusal) report.Finding {
	first := refused[0]
	out := report.Finding{
		Severity: report.Error, Confidence: first.causes[0].Confidence,
		Summary: a.summary(c, refused), Detail: c.Why, Fix: c.Fix, Evidence: a.quotes(refused),
	}
	if c.ID == "greylisted" && !realMessage(a.f) {
		out.Severity = report.Warning
	}
	if own, ok := a.inOwnWords(c.ID, first); ok {
		out.Detail = cmp.Or(own.detail, out.Detail)
		if own.fix != nil {
			out.Fix = own.fix
		}
	}
	id, p := "", providerFor(a.f)
	if p != nil {
		id = p.ID
		out.Detail = ownSentences(id, out.Detail)
	}
	out.Fix = atProvider(p, c.ID, forProvider(id, out.Fix))
	if i := slices.IndexFunc(a.offline, func(x report.Finding) bool { return x.ID == c.ID }); i >= 0 {
		own := a.offline[i]
		out.Summary, out.Detail, out.Fix = own.Summary, own.Detail, own.Fix
		if c.ID == "setting-mangled" {
			out.Detail = "The server refuses the login, most likely for this. " + out.Detail
		}
		if a.f.Case.Settings == nil { // joined puts those of settings to it
			out.Evidence = slices.Concat(own.Evidence, out.Evidence)
		}
	}
	a.inWords(&out, id, first)
	if !a.ownFix(c.ID) {
		out.Fix = prepend(credentialsOf(p, c.ID), out.Fix)
	}
	later := ""
	if first.step != evidence.StepAuth && realMessage(a.f) && a.putOff(first) {
		later = onceOnly
		out.Fix = prepend("Send again some minutes later, with the same sender and recipient, or through a mail server with a queue", out.Fix)
	}
	out.Detail = strings.TrimSpace(out.Detail + later + a.stays(first, out.Detail) + otherCauses(first.causes[1:]))
	return out
}

// inWords puts what the row of the table and the provider say of these words.
func (a *answers) inWords(out *report.Finding, id string, r refusal) {
	if row := r.causes[0].Row; row >= 0 && symptom.Rows[row].Fix != "" {
		out.Fix = prepend(symptom.Rows[row].Fix, out.Fix)
	}
	if said, ok := provider.Said(id, strings.Join(r.reply.Lines, " ")); ok && said.Meaning+said.Fix != "" && !(r.causes[0].ID == "auth-oauth-token-invalid" && r.causes[0].Row < 0) { // those of a password, where none was sent
		out.Detail = providerWords(id, said) + " " + out.Detail
		out.Fix = prepend(sentenceOpen(said.Fix), out.Fix)
	}
	if r.detail != "" {
		out.Evidence = append(out.Evidence, report.Quote{From: at(r.session, r.what+", decoded"), Text: clip(r.detail)})
	}
}

// stays says that a code which promises another time does not keep it, unless
// it was said.
func (a *answers) stays(r refusal, detail string) string {
	if r.reply.Code >= 500 || !facts.Lasting(a.f.Case.Target.Host, r.reply) || strings.Contains(detail, "In spite of") {
		return ""
	}
	return fmt.Sprintf(" In spite of the code %d it does not pass by itself; a queue tries in vain.", r.reply.Code)
}

// otherCauses are the alternatives, in one sentence.
func otherCauses(causes []symptom.Cause) string {
	var names []string
	for _, cause := range causes {
		if c, ok := ByID(cause.ID); ok && len(names) < mostOthers {
			names = append(names, fmt.Sprintf("%s (%s)", c.ID, report.Within(c.Title)))
		}
	}
	if len(names) == 0 {
		return ""
	}
	return " If that is not it: " + strings.Join(names, "; ") + "."
}

// mostOthers is how many alternatives a finding names, mostQuotes how many
// replies that mean the same it quotes.
const (
	mostOthers = 3
	mostQuotes = 3
)

// summaryWidth is how many columns a summary has.
const summaryWidth = 100

// summary says what was refused, as far as one line holds it.
func (a *answers) summary(c Check, refused []refusal) string {
	r := refused[0]
	text := c.Title
	if words := refusedWords[c.ID]; words != "" {
		text = words
		if strings.Contains(words, "%s") {
			text = fmt.Sprintf(words, r.what)
		}
	}
	if own, ok := a.inOwnWords(c.ID, r); ok {
		text = cmp.Or(own.summary, text)
	}
	suffix := fmt.Sprintf(" (%d to %s)", r.reply.Code, r.what)
	switch n := len(refused); {
	case r.step == evidence.StepRcpt && n > 1:
		suffix = fmt.Sprintf(" (%d of %d recipients)", n, len(a.envelope.Recipients))
	case r.step == evidence.StepRcpt:
		suffix = fmt.Sprintf(" (%d to RCPT %s)", r.reply.Code, oneLine(r.address))
	}
	for _, s := range []string{suffix, fmt.Sprintf(" (%d)", r.reply.Code)} {
		if utf8.RuneCountInString(text+s) <= summaryWidth {
			return text + s
		}
	}
	return text
}

// oneLine is an address without what would end the line of a summary.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// quotes are the replies in the server's own words, with those that tell.
func (a *answers) quotes(refused []refusal) []report.Quote {
	out := a.triedBefore(refused[0])
	for i, r := range refused {
		if i == mostQuotes {
			out = append(out, report.Quote{From: "transcript", Text: fmt.Sprintf("and %d more replies like these", len(refused)-i)})
			break
		}
		what := r.what
		if r.address != "" {
			what += " " + oneLine(r.address)
		}
		q := replied(r.session, what, r.reply)
		if c := r.causes[0]; c.Row >= 0 && len(symptom.Rows[c.Row].Any) > 0 && strings.Contains(q.Text, c.Text[c.From:c.To]) {
			q.Match = c.Text[c.From:c.To]
		}
		out = append(out, q)
	}
	return out
}

// triedBefore quotes how the attempts to log in ended that came before the one
// that decides.
func (a *answers) triedBefore(r refusal) []report.Quote {
	var out []report.Quote
	if r.step != evidence.StepAuth {
		return nil
	}
	for i := range r.session.Logins {
		if x := &r.session.Logins[i]; x != a.login.Attempt && len(out) < mostQuotes {
			out = append(out, attempted(r.session, x))
		}
	}
	return out
}

// ownFix reports whether the credentials themselves show what to change.
func (a *answers) ownFix(id string) bool {
	return slices.ContainsFunc(a.offline, func(x report.Finding) bool { return x.ID == id })
}
