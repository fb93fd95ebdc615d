package check

import (
	"fmt"
	"slices"
	"strings"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/facts"
	"github.com/maildoctor/maildoctor/internal/provider"
	"github.com/maildoctor/maildoctor/internal/symptom"
)

// particular is a refusal that the page of its check fits in part only: what it
// says in its own words, and what to do. Empty fields leave the words of the page.
type particular struct {
	ids             []string
	when            func(a *answers, r refusal) bool
	summary, detail string // %s is the command, %p the provider
	fix             []string
}

var particulars = []particular{
	{
		ids: []string{"auth-mechanism-unsupported"}, when: func(a *answers, r refusal) bool {
			return transition(r) && slices.Contains(common, a.login.Attempt.Mechanism)
		},
		summary: "The server wants the password to be set anew before it takes a login",
		detail:  "The code stands for a password transition (RFC 4954 6): the server has to take the password over into another form, and did not do it at this login. The password was not judged.",
		fix: []string{
			"Set a new password at the provider's web site, or log in there once, then try again",
			"Otherwise ask the server's operator; the login service that keeps the old form of the password may not run",
		},
	},
	{
		ids: []string{"auth-mechanism-unsupported"}, when: func(_ *answers, r refusal) bool { return transition(r) },
		summary: "The server wants one login with the password itself before %s",
		detail:  "The code stands for a password transition (RFC 4954 6): the server has to see the password once to keep it in the form that this mechanism needs. The password was not judged.",
		fix: []string{
			"Log in once with PLAIN or LOGIN under TLS (maildoctor probe --auth PLAIN), then set the client to the mechanism again",
			"If that fails as well, ask the server's operator to set the password anew",
		},
	},
	{
		ids: []string{"rate-limited"}, when: func(_ *answers, r refusal) bool { return r.step == evidence.StepAuth && tells(r, "login", "auth") },
		summary: "Too many logins failed, and the server takes none for now",
		detail:  "The password of this login may be right. Each further attempt may make the block last longer.",
		fix: []string{
			"Stop trying, and wait until the block ends",
			"Find what still logs in with an old password (an application, a queue worker, a phone, a monitor), and change it there or switch it off",
			"Then log in once with the right password",
		},
	},
	{
		ids: []string{"auth-mechanism-unsupported"}, when: func(_ *answers, r refusal) bool { return r.reply.Code == 504 },
		summary: "The server offers a login and does not take %s",
		detail:  "The code is about the mechanism, not about user name and password, which were not judged (RFC 4954 4).",
		fix: []string{
			"Set the client to another mechanism that the server offers (maildoctor probe --auth tries it)",
			"Where none is left: see whether the provider takes logins on this port at all, and use its submission port",
			"If the server is yours: take out of the offer what its login service does not know (Dovecot: auth_mechanisms, Postfix with Cyrus SASL: mech_list)",
		},
	},
	{
		ids: []string{"protocol-error"}, when: func(_ *answers, r refusal) bool { return r.step == evidence.StepAuth },
		summary: "The server offers a login and does not understand %s",
		detail:  "The code is about the command, not about user name and password, which were not judged (RFC 5321 4.2.2).",
		fix: []string{
			"Set the client to another mechanism where the server offers one (maildoctor probe --auth tries it)",
			"If the server is yours: see that its login service runs and that what it offers in EHLO is set up; a proxy or firewall may rewrite one of the two",
			"Otherwise tell its operator, with the transcript of this run (-v)",
		},
	},
	{
		ids: []string{"auth-bad-credentials"}, when: func(a *answers, r refusal) bool { return r.step == evidence.StepAuth && a.hasAppPassword() },
		summary: "The password has the shape of an app password, and the server refuses it",
		detail:  "It may have been revoked, as a change of the account's password does to all of them, or it belongs to another account than the user name.",
		fix: []string{
			"See that the user name is the full address of the account that the app password was made in",
			"Make a new app password in that account and set it; the old one cannot be shown again",
		},
	},
	{
		ids: []string{"auth-app-password-required"}, when: func(a *answers, r refusal) bool {
			p := providerFor(a.f)
			return p != nil && wantsAppPassword(p) && strings.HasPrefix(p.Password.Kind, "app") && r.reply.Code == 535 && !asksForAppPassword(r)
		},
		summary: "User name or password refused; at %p only an app password counts",
	},
	{
		ids: []string{"server-temporary-failure"}, when: func(_ *answers, r refusal) bool { return firstVisit(r) },
		fix: []string{
			"Send again some minutes later from the same address: greylisting and Postfix's postscreen put a first visit off with this code, and a mail server tries again and is let in",
			"Send through a mail server or a provider with a queue, which does so by itself",
			"If it lasts, send the server's operator the text of the reply; if the server is yours, look into its log at that time",
		},
	},
	{
		ids: []string{"auth-needs-tls", "tls-required-by-server"}, when: func(_ *answers, r refusal) bool { return r.session != nil && r.session.ExtTLS != nil },
		summary: "The server refuses %s for want of TLS, under TLS",
		detail:  "The session was under TLS when the server said this, so it contradicts what was seen. A proxy that ends TLS and passes the session on in clear text does it, or a server that is set up wrong.",
		fix: []string{
			"If the server is yours: see whether something before it ends TLS, and pass the session on with TLS or tell the server that it is safe",
			"Try the other port of the provider, 465 with implicit TLS or 587 with STARTTLS",
			"Otherwise tell its operator, with the transcript of this run (-v)",
		},
	},
	{
		ids: []string{"ip-not-authorised"}, when: func(a *answers, r refusal) bool { return a.clientDenied(r) },
		summary: "The server lets this client's address in for no mail, after an accepted login",
		detail:  "User name and password are right: the login was accepted. What is refused is the address that the client comes from, by a list of the server.",
		fix: []string{
			"Ask the server's operator to let the address in that the server sees, that of the host or NAT",
			"If the server is yours: look for the address in its access tables, and let logins through first (Postfix: permit_sasl_authenticated before check_client_access in smtpd_client_restrictions)",
			"Or send from a host whose address the server lets in",
		},
	},
	{
		ids: []string{"relay-denied"}, when: func(a *answers, r refusal) bool { return a.login.State == facts.StateAccepted },
		detail: "The login was accepted, so it is not user name and password that are missing: what the account may send to, or as, is restricted.",
		fix: []string{
			"Compare recipient and sender with what the account may use; some accounts send inside their own domain only",
			"If the server is yours: let logins relay (Postfix: permit_sasl_authenticated first in smtpd_relay_restrictions and smtpd_recipient_restrictions)",
			"Microsoft 365 (5.7.64), Google Workspace relay: enter the sending address in the inbound connector, or under SMTP relay service",
		},
	},
	{
		ids: []string{"sender-address-invalid"}, when: func(_ *answers, r refusal) bool {
			return byNumber(r.causes[0]) && strings.HasSuffix(r.reply.Enhanced, ".1.8")
		},
		summary: "The server refuses the sender's address or its domain",
		detail:  "The enhanced code X.1.8 is about the sender's domain (RFC 3463 3.2), and the words say no more. Microsoft gives the same code to an account that is barred from sending.",
	},
}

// inOwnWords finds what fits a refusal better than the page of its check.
func (a *answers) inOwnWords(id string, r refusal) (particular, bool) {
	i := slices.IndexFunc(particulars, func(p particular) bool { return slices.Contains(p.ids, id) && p.when(a, r) })
	if i < 0 {
		return particular{}, false
	}
	p := particulars[i]
	p.summary = strings.ReplaceAll(p.summary, "%s", r.what)
	if at := providerFor(a.f); at != nil {
		p.summary = strings.ReplaceAll(p.summary, "%p", providerName(at))
	}
	return p, true
}

// hasAppPassword reports whether the password looks like one of the provider's app
// passwords.
func (a *answers) hasAppPassword() bool {
	account := a.f.Case.Asked.Account
	return account != nil && account.Password.Kind == provider.AppPassword
}

// transition reports whether the server wants a password once in another way (RFC
// 4954 6, RFC 5248: 4.7.12).
func transition(r refusal) bool {
	return r.step == evidence.StepAuth && (r.reply.Code == 432 || r.reply.Enhanced == "4.7.12")
}

// tells reports whether the words of a refusal hold one of these.
func tells(r refusal, words ...string) bool {
	text := strings.ToLower(strings.Join(r.reply.Lines, " "))
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(text, w) })
}

// clientDenied reports whether a server refuses the client's address though the
// login was accepted, as a table of Postfix does.
func (a *answers) clientDenied(r refusal) bool {
	return a.login.State == facts.StateAccepted && r.step != evidence.StepAuth && tells(r, "client host rejected: access denied")
}

// byNumber reports whether a cause is told by codes alone, not by words.
func byNumber(c symptom.Cause) bool { return c.Row < 0 || len(symptom.Rows[c.Row].Any) == 0 }

// byItsWords mends what the codes of a reply, or words that fit several steps,
// are taken for.
func (a *answers) byItsWords(r refusal, causes []symptom.Cause) []symptom.Cause {
	switch first := causes[0]; {
	case transition(r):
		return likelier(nil, "auth-mechanism-unsupported", plainReply)
	case r.step == evidence.StepAuth && a.hasAppPassword() && first.ID == "auth-app-password-required" && !asksForAppPassword(r):
		return likelier(without(causes, []string{first.ID}), "auth-bad-credentials", appPassword)
	case r.step == evidence.StepAuth && byNumber(first) && (r.reply.Code == 500 || r.reply.Code == 501): // about the command, not the password (RFC 5321 4.2.2)
		return likelier(without(causes, password), "protocol-error", bareReply)
	case a.clientDenied(r):
		return likelier(causes, "ip-not-authorised", plainReply)
	case r.step == evidence.StepRcpt && tells(r, "policy") && (byNumber(first) || first.ID == "content-rejected"):
		return likelier(causes, "recipient-refused-by-policy", bareReply)
	case r.step == evidence.StepRcpt && first.ID == "recipient-unknown" && byNumber(first) && strings.HasPrefix(r.reply.Enhanced, "5.7."): // RFC 3463 3.8
		return likelier(causes, "recipient-refused-by-policy", bareReply)
	case first.ID == "sender-address-invalid" && byNumber(first) && strings.HasSuffix(r.reply.Enhanced, ".1.8"):
		causes[0].Confidence = bareReply
		return behind(behind(causes, "sender-not-verified"), "account-suspended-or-locked")
	case first.ID == "greylisted" && byNumber(first) && !mayBeGreylisted(r.reply.Enhanced):
		causes = likelier(without(causes, []string{"greylisted"}), "server-temporary-failure", bareReply)
		if firstVisit(r) {
			causes = behind(causes, "greylisted")
		}
	case first.ID == "server-temporary-failure" && firstVisit(r):
		return behind(causes, "greylisted")
	}
	return causes
}

// firstVisit reports whether a recipient is put off as postscreen does it with
// clients that it does not know yet.
func firstVisit(r refusal) bool {
	return r.step == evidence.StepRcpt && r.reply.Code == 450 && r.reply.Enhanced == "4.3.2"
}

// asksForAppPassword reports whether a refusal says so in words, or by 534 (RFC
// 4954 6: the mechanism is too weak for this password).
func asksForAppPassword(r refusal) bool {
	return r.reply.Code == 534 || tells(r, "app password", "application-specific", "app-specific")
}

// mayBeGreylisted reports whether an enhanced code leaves it open (RFC 3463 3):
// 4.2.1 and its like tell of a mailbox, 4.3.x of the server.
func mayBeGreylisted(enhanced string) bool {
	return enhanced == "" || enhanced == "4.2.0" || strings.HasPrefix(enhanced, "4.7.")
}

func without(causes []symptom.Cause, ids []string) []symptom.Cause {
	return slices.DeleteFunc(slices.Clone(causes), func(c symptom.Cause) bool { return slices.Contains(ids, c.ID) })
}

// putOff reports whether the same may succeed later.
func (a *answers) putOff(r refusal) bool {
	return r.reply.Code < 500 && !transition(r) && !facts.Lasting(a.f.Case.Target.Host, r.reply)
}

// realMessage reports whether a message was to be sent, not only tried.
func realMessage(f *facts.Facts) bool {
	m := f.Case.Message
	return m != nil && m.Via == "smtp" && !m.DryRun
}

// onceOnly says of a real message that is put off what nobody does.
const onceOnly = " Nobody tries again: maildoctor sends once, where a mail server would come back."

// tooBigSaid reports whether MAIL was refused for the size that it announced.
func tooBigSaid(r *evidence.Reply, sent string) bool {
	return r != nil && strings.Contains(sent, " SIZE=") && (r.Code == 552 || r.Code == 452 || strings.HasSuffix(r.Enhanced, ".3.4"))
}

// announced is the size that MAIL announced, as it was written.
func announced(sent string) string {
	_, size, _ := strings.Cut(sent, " SIZE=")
	size, _, _ = strings.Cut(size, " ")
	return fmt.Sprintf("SIZE=%s", size)
}
