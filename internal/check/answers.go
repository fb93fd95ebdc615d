package check

import (
	"slices"
	"strings"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/facts"
	"github.com/maildoctor/maildoctor/internal/provider"
	"github.com/maildoctor/maildoctor/internal/report"
	"github.com/maildoctor/maildoctor/internal/symptom"
)

// The steps at which a refusal may mean what a check is about.
var (
	atLogin    = []evidence.StepName{evidence.StepAuth}
	atEnvelope = []evidence.StepName{evidence.StepMail, evidence.StepRcpt}
	atMessage  = []evidence.StepName{evidence.StepData, evidence.StepMessage}
	fromMail   = slices.Concat(atEnvelope, atMessage)
	fromRcpt   = slices.Concat([]evidence.StepName{evidence.StepRcpt}, atMessage)
	fromLogin  = slices.Concat(atLogin, fromMail)
	untilRcpt  = slices.Concat(atLogin, atEnvelope)
)

// refusal is one thing that the server refused, and what it means.
type refusal struct {
	step    evidence.StepName // StepAuth for every step of a login
	what    string            // the command, for people: "AUTH PLAIN", "RCPT"
	address string            // that was refused
	session *evidence.Session
	reply   *evidence.Reply
	detail  string          // what a challenge told
	causes  []symptom.Cause // likeliest first, never empty
}

// answers are the refusals of a case: to the login, to sender and recipients,
// and to the message.
type answers struct {
	f         *facts.Facts
	login     facts.Login
	envelope  facts.Envelope
	delivery  facts.Delivery
	refusals  []refusal
	offline   []report.Finding          // what the credentials tell by themselves
	offlineOK map[string]report.Outcome // what each check makes of their shape
}

// readAnswers reads every refusal of a case once. What only follows from an
// earlier refusal is left out: one cause, one finding.
func readAnswers(f *facts.Facts) *answers {
	a := &answers{f: f, login: f.Login(), envelope: f.Envelope(), delivery: f.Delivery()}
	a.readCredentials()
	a.readLogin()
	if a.readSender() && a.readRecipients() {
		a.readMessage()
	}
	return a
}

func (a *answers) readLogin() {
	l := a.login
	if l.Attempt == nil || l.Attempt.Impostor || l.State == facts.StateAccepted || l.Attempt.Reply == nil || l.Attempt.Reply.Code < 400 || senselessAnswer(l.Attempt.Fault) {
		return
	}
	a.add(refusal{step: evidence.StepAuth, what: "AUTH " + l.Attempt.Mechanism, session: l.Session, reply: l.Attempt.Reply, detail: l.Attempt.Detail})
}

// readSender reports whether MAIL was not refused.
func (a *answers) readSender() bool {
	return a.answer(evidence.StepMail, "MAIL", a.envelope.Session, a.envelope.Sender)
}

// readRecipients reports whether a recipient was not refused, so that DATA has
// an answer of its own.
func (a *answers) readRecipients() bool {
	open := len(a.envelope.Recipients) == 0
	for _, r := range a.envelope.Recipients {
		if a.answer(evidence.StepRcpt, "RCPT", a.envelope.Session, r) {
			open = true
		}
	}
	return open
}

func (a *answers) answer(step evidence.StepName, what string, s *evidence.Session, to facts.Answer) bool {
	r := to.Reply()
	if r == nil || r.Code < 400 || senselessAnswer(to.Step.Fault) {
		return true
	}
	a.add(refusal{step: step, what: what, address: to.Address, session: s, reply: r})
	return false
}

func (a *answers) readMessage() {
	d := a.delivery
	if d.Step == nil || d.Step.Reply == nil || d.Step.Reply.Code < 400 || senselessAnswer(d.Step.Fault) {
		return
	}
	what := "the message"
	if d.Step.Name == evidence.StepData {
		what = "DATA"
	}
	a.add(refusal{step: d.Step.Name, what: what, session: d.Session, reply: d.Step.Reply})
}

// senselessAnswer reports whether what was answered breaks the rules, or what a login
// was challenged with: that has a finding of its own, and what came after it is
// the answer to our giving up, no verdict.
func senselessAnswer(f *evidence.Fault) bool {
	return f != nil && (f.Class == evidence.Protocol || f.Class == evidence.Limit)
}

// add takes a refusal with its causes, unless a refused login is what it comes
// from.
func (a *answers) add(r refusal) {
	r.causes = a.causesOf(r)
	follows := r.step != evidence.StepAuth && a.login.State == facts.StateRefused && slices.Contains([]string{"auth-required", "relay-denied"}, r.causes[0].ID)
	if !follows {
		a.refusals = append(a.refusals, r)
	}
}

// causesOf are the meanings of a refusal that its step can have.
func (a *answers) causesOf(r refusal) []symptom.Cause {
	reading := symptom.ReadReply(symptom.Answered{
		Step: string(r.step), Sent: r.what, Code: r.reply.Code, Enhanced: r.reply.Enhanced, Lines: r.reply.Lines,
		Host: a.f.Case.Target.Host, Port: a.f.Case.Target.Port,
	})
	causes := slices.DeleteFunc(reading.Causes, func(c symptom.Cause) bool { return !means(c.ID, r.step) })
	if len(causes) == 0 || causes[0].Row < 0 { // what its words meant cannot be meant here
		causes = likelier(causes, otherwise(r), byCode(r))
	}
	causes = a.byItsWords(r, causes)
	if r.step != evidence.StepAuth && a.login.State == facts.StateAccepted && len(causes) > 1 { // it has logged in
		causes = append(causes[:1:1], without(causes[1:], []string{"auth-required"})...)
	}
	switch {
	case r.step == evidence.StepAuth:
		causes = a.loginCauses(r, causes)
	case a.stranger() && deniesAccess(r.reply):
		causes = likelier(causes, "auth-required", plainReply)
	}
	return causes
}

// stranger reports whether nobody logged in at a server that offers a login.
func (a *answers) stranger() bool {
	return a.login.Attempt == nil && len(facts.Mechanisms(a.f.LastExt())) > 0
}

// deniesAccess knows how Postfix says no to whoever no rule lets in: its
// submission service lets in those who logged in (permit_sasl_authenticated,
// reject), and names the address that it was asked about at that moment.
func deniesAccess(r *evidence.Reply) bool {
	return r.Code == 554 && strings.HasSuffix(strings.TrimSuffix(strings.Join(r.Lines, " "), "."), "rejected: Access denied")
}

// How sure a cause is that the code of a reply alone tells, and one whose code
// means nothing else (RFC 4954 6).
const (
	bareReply  = 0.6
	plainReply = 0.9
)

func byCode(r refusal) float64 {
	if r.step == evidence.StepAuth && (r.reply.Code == 538 || r.reply.Code == 504) {
		return plainReply
	}
	return bareReply
}

// means reports whether a check takes refusals of a step.
func means(id string, step evidence.StepName) bool {
	c, ok := ByID(id)
	return ok && slices.Contains(c.Replies, step)
}

// likelier puts a cause first.
func likelier(causes []symptom.Cause, id string, confidence float64) []symptom.Cause {
	first := symptom.Cause{ID: id, Confidence: confidence, Row: -1}
	out := []symptom.Cause{first}
	for _, c := range causes {
		if c.ID == id {
			out[0] = c
			out[0].Confidence = max(c.Confidence, confidence)
			continue
		}
		c.Confidence = min(c.Confidence, confidence*lesser)
		out = append(out, c)
	}
	return out
}

// lesser is how much less likely an alternative is.
const lesser = 0.5

// behind puts a cause last, as something else that it may be.
func behind(causes []symptom.Cause, id string) []symptom.Cause {
	if slices.ContainsFunc(causes, func(c symptom.Cause) bool { return c.ID == id }) {
		return causes
	}
	return append(causes, symptom.Cause{ID: id, Confidence: causes[0].Confidence * lesser, Row: -1})
}

// otherwise is what a reply means whose words nobody knows, by its code (RFC
// 5321 4.2.3, RFC 4954 6) and enhanced code (RFC 3463).
func otherwise(r refusal) string {
	code, enhanced := r.reply.Code, r.reply.Enhanced
	later := code < 500
	if slices.Contains([]int{500, 502, 503}, code) && r.step != evidence.StepAuth || code == 501 && r.step == evidence.StepData {
		return "protocol-error"
	}
	switch r.step {
	case evidence.StepAuth:
		return loginOtherwise(code)
	case evidence.StepMail:
		switch {
		case later:
			return "server-temporary-failure"
		case code == 552 || enhanced == "5.3.4":
			return "message-too-large"
		case code == 530:
			return "auth-required"
		case code == 501 || code == 553:
			return "sender-address-invalid"
		}
		return "sender-not-owned"
	case evidence.StepRcpt:
		switch {
		case (code == 450 || code == 451) && mayBeGreylisted(enhanced):
			return "greylisted"
		case later:
			return "server-temporary-failure"
		case code == 530:
			return "auth-required"
		case code == 501 || code == 553:
			return "recipient-address-invalid"
		case code == 552:
			return "recipient-mailbox-full"
		case code == 554:
			return "relay-denied"
		}
		return "recipient-unknown"
	}
	switch {
	case later:
		return "server-temporary-failure"
	case code == 552 || enhanced == "5.3.4":
		return "message-too-large"
	}
	return "content-rejected"
}

// loginOtherwise reads the codes of RFC 4954 6.
func loginOtherwise(code int) string {
	switch {
	case code == 538 || code == 530:
		return "auth-needs-tls"
	case code == 504:
		return "auth-mechanism-unsupported"
	case code == 502 || code == 503:
		return "auth-not-offered"
	case code == 500 || code == 501:
		return "protocol-error"
	case code < 500:
		return "server-temporary-failure"
	}
	return "auth-bad-credentials"
}

// password are causes that blame the pair of user name and password, where the
// words of the reply do not decide which half or why.
var password = []string{"auth-bad-credentials", "resend-key-invalid"}

// passwordOnly are causes that a login with a token cannot have.
var passwordOnly = []string{"auth-bad-credentials", "auth-app-password-required", "resend-key-invalid", "provider-username-convention", "provider-password-kind"}

// loginCauses refines what a refused login means by what is known of the
// provider, the mechanism and the credentials.
func (a *answers) loginCauses(r refusal, causes []symptom.Cause) []symptom.Cause {
	p := providerFor(a.f)
	credentials := slices.Contains(password, causes[0].ID) || causes[0].ID == "auth-app-password-required" && causes[0].Row < 0
	switch {
	case r.reply.Code < 500 && !facts.Lasting(a.f.Case.Target.Host, r.reply) && (credentials || causes[0].ID == "auth-app-password-required"):
		return likelier(causes, "server-temporary-failure", bareReply)
	case oauth(a.login.Attempt.Mechanism) && (credentials || slices.Contains(passwordOnly, causes[0].ID)):
		return likelier(without(causes, passwordOnly), "auth-oauth-token-invalid", sure)
	case oauth(a.login.Attempt.Mechanism):
		return append(causes[:1:1], without(causes[1:], passwordOnly)...)
	case !credentials && causes[0].ID != "provider-username-convention":
		return causes
	}
	if p != nil && p.ID == "resend" && causes[0].ID == "auth-bad-credentials" {
		causes = likelier(causes, "resend-key-invalid", causes[0].Confidence)
	}
	if p != nil && wantsAppPassword(p) && causes[0].ID == "auth-bad-credentials" && !a.hasAppPassword() {
		causes = likelier(causes, "auth-app-password-required", appPassword)
	}
	if p != nil && causes[0].ID == "auth-bad-credentials" && a.otherForm(p) {
		causes = likelier(causes, "provider-username-convention", unusualUser)
	}
	if p != nil && len(p.Regions) > 1 && causes[0].ID == "auth-bad-credentials" {
		causes = behind(causes, "auth-wrong-region-or-host")
	}
	if len(a.offline) > 0 && a.offline[0].ID != causes[0].ID {
		causes = likelier(causes, a.offline[0].ID, seenInCredentials)
	}
	return append(causes[:1:1], slices.DeleteFunc(slices.Clone(causes[1:]), a.outOfTheQuestion)...)
}

// outOfTheQuestion reports whether what a login may fail for is ruled out by what
// is known of the provider and of the user name.
func (a *answers) outOfTheQuestion(c symptom.Cause) bool {
	p, account := providerFor(a.f), a.f.Case.Asked.Account
	switch c.ID {
	case "auth-app-password-required":
		return p != nil && p.Kind == provider.Transactional
	case "provider-username-convention":
		return p != nil && account != nil && p.Username.Literal != "" && account.User == p.Username.Literal
	}
	return false
}

// How sure the cause of a refused login is: with a provider that takes app
// passwords alone, which the one that was refused may have been; with a user name
// of another form than the provider gives out now, which old accounts may have;
// and where the credentials themselves show what is wrong.
const (
	appPassword       = 0.7
	unusualUser       = 0.7
	seenInCredentials = 0.9
)

// otherForm reports whether the user name has not the form that the provider
// gives out.
func (a *answers) otherForm(p *provider.Provider) bool {
	account := a.f.Case.Asked.Account
	return account != nil && !hiddenUser(account.User) && p.Username.Pattern != "" && p.Trusted("username.pattern") && !p.Username.Fits(account.User)
}

func oauth(mechanism string) bool {
	m := strings.ToUpper(mechanism)
	return m == "XOAUTH2" || m == "OAUTHBEARER"
}

// wantsAppPassword reports whether the provider takes no password of the account
// itself.
func wantsAppPassword(p *provider.Provider) bool {
	return p.Kind == provider.Mailbox && p.Trusted("password") && slices.ContainsFunc([]string{"app password", "app-specific", "application password", "authorization code"},
		func(kind string) bool { return strings.HasPrefix(p.Password.Kind, kind) })
}

// of are the refusals that mean this check.
func (a *answers) of(id string) []refusal {
	var out []refusal
	for _, r := range a.refusals {
		if r.causes[0].ID == id {
			out = append(out, r)
		}
	}
	return out
}

// judge puts what the answers tell to what a check found by itself, and says
// whether they show that all is well where it could not look itself.
func (a *answers) judge(c Check, found []report.Finding, o report.Outcome) ([]report.Finding, report.Outcome) {
	refused := a.of(c.ID)
	found = a.withOffline(c, found, len(refused) > 0)
	if len(refused) > 0 {
		told := a.told(c, refused)
		c.complete(&told, a.f.Case.Target.Port)
		if _, own := a.inOwnWords(c.ID, refused[0]); own && len(found) > 0 { // they fit the answer
			told.Evidence = slices.Concat(found[0].Evidence, told.Evidence)
			found[0] = told
		} else if len(found) > 0 {
			found[0].Severity, found[0].Evidence = report.Error, slices.Concat(found[0].Evidence, told.Evidence)
		} else {
			found = append(found, told)
		}
	}
	switch {
	case len(found) > 0:
		return found, report.Outcome{Check: c.ID, Status: report.Found}
	case o.Status != report.NotRun:
		return nil, o
	}
	if by, ok := a.offlineOK[c.ID]; ok && (by.Status == report.Passed || by.Status == report.Found && a.login.State == facts.StateAccepted) {
		return nil, report.Outcome{Check: c.ID, Status: report.Passed}
	}
	if c.Shown == nil {
		return nil, o
	}
	why := c.Shown(a.f)
	if why == "" {
		return nil, report.Outcome{Check: c.ID, Status: report.Passed}
	}
	if o.Reason == "" || a.tried(c.Replies) {
		o.Reason = why
	}
	return nil, o
}

// tried reports whether one of the steps was tried.
func (a *answers) tried(steps []evidence.StepName) bool {
	return a.login.Attempt != nil && slices.Contains(steps, evidence.StepAuth) ||
		a.envelope.Session != nil && (slices.Contains(steps, evidence.StepMail) || slices.Contains(steps, evidence.StepRcpt)) ||
		a.delivery.Session != nil && slices.Contains(steps, evidence.StepMessage)
}
