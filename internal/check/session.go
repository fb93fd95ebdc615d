package check

import (
	"fmt"
	"strings"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/facts"
	"github.com/maildoctor/maildoctor/internal/report"
)

// session are the checks of the conversation after the greeting.
var session = []Check{
	{
		ID:       "helo-rejected",
		Title:    "The server refuses the name in EHLO or HELO",
		Severity: report.Error,
		Replies:  atEnvelope,
		Seen:     "EHLO was answered with 4xx or 5xx, and HELO did not help.",
		Why:      "Without an accepted EHLO or HELO no message can begin. Applications in containers often send localhost or a container id as their name.",
		Fix: []string{
			"Give the client a full host name to introduce itself with (Laravel: MAIL_EHLO_DOMAIN, nodemailer: name, Rails: domain)",
			"Repeat this run with that name: maildoctor probe --helo NAME HOST:PORT",
		},
		Tell:  "ehlo-refused is a server that knows HELO only.",
		Refs:  []string{"RFC 5321 4.1.1.1", "RFC 5321 4.1.4"},
		Needs: all(welcomed, helloTried),
		Find:  heloRejected,
	},
	{
		ID:       "ehlo-refused",
		Title:    "The server knows HELO only",
		Severity: report.Warning,
		Seen:     "EHLO was refused and HELO accepted.",
		Why:      "Without EHLO there are no extensions: no STARTTLS, no login, no size limit. Clients that need one of them fail.",
		Fix: []string{
			"Use another port or server for submission",
			"If the server is yours: switch ESMTP on, or SMTP inspection off on the firewall before it",
		},
		Tell:  "helo-rejected refuses both.",
		Refs:  []string{"RFC 5321 3.2", "RFC 5321 4.1.1.1"},
		Needs: all(welcomed, helloTried),
		Find:  heloOnly,
	},
	{
		ID:       "protocol-error",
		Title:    "A reply breaks the rules of SMTP",
		Severity: report.Warning,
		Replies:  fromLogin,
		Seen:     "A reply after the greeting has codes that change, is no reply, is longer than any client reads, or has a code that neither goes on nor refuses, such as 250 to DATA; or a command was not understood.",
		Why:      "Strict clients stop here; lenient ones may misread what the server offers.",
		Fix: []string{
			"If the server is yours: update it, or look for a proxy or firewall that rewrites replies",
			"Otherwise tell its operator, with the transcript of this run (-v)",
		},
		Tell:  "greeting-malformed is the same in the first reply.",
		Refs:  []string{"RFC 5321 4.2", "RFC 5321 4.2.1"},
		Needs: all(welcomed, helloTried),
		Find:  protocolError,
	},
	{
		ID:       "session-timeout",
		Title:    "The server stops answering in the middle of the session",
		Severity: report.Error,
		Seen:     "After the greeting, a command got no complete answer within the time limit.",
		Why:      "Clients wait for their own time limit and give up; the message stays where it is.",
		Fix: []string{
			"If the server is yours: look into its log at the time of this run; slow DNS, a content filter or a login service may hold it up",
			"Try again, then from another network, to see whether a device between the two holds packets back",
		},
		Tell:  "greeting-timeout never begins; connection-dropped-mid-session ends with a closed connection. Silence inside the TLS handshake is tls-handshake-failed.",
		Refs:  []string{"RFC 5321 4.5.3.2"},
		Needs: all(mayBeSMTP, helloTried),
		Find:  stalled,
	},
	{
		ID:       "connection-dropped-mid-session",
		Title:    "The connection ends in the middle of the session",
		Severity: report.Error,
		Seen:     "After the greeting the server closed or reset the connection, or said 421, before the session was done.",
		Why:      "No message gets in. A broken login service, a limit, or a firewall with SMTP inspection does this.",
		Fix: []string{
			"If the server is yours: look into its log at the time of this run for the reason",
			"Try again, then from another network, to see whether a device between the two ends the connection",
		},
		Tell:  "connection-closed-before-greeting ends before a byte; tls-handshake-failed inside the handshake.",
		Refs:  []string{"RFC 5321 3.8"},
		Needs: all(mayBeSMTP, helloTried),
		Find:  dropped,
	},
}

// helloTried: EHLO was sent, in clear or under TLS, and its answer awaited.
func helloTried(f *facts.Facts) string {
	for _, name := range []evidence.StepName{evidence.StepEHLO, evidence.StepHELO, evidence.StepEHLOTLS} {
		st := facts.Step(f.Main, name)
		if st != nil && (st.Fault == nil || st.Fault.Class != evidence.Cancelled) {
			return ""
		}
	}
	return "EHLO was not sent"
}

// refusedHello is the step of an EHLO, and HELO after it, that were refused;
// nil when one of them was accepted.
func refusedHello(s *evidence.Session) *evidence.Step {
	for _, name := range []evidence.StepName{evidence.StepEHLOTLS, evidence.StepEHLO} {
		st := facts.Step(s, name)
		if st == nil || st.Reply == nil || st.Reply.Code < 400 {
			continue
		}
		if r := facts.ReplyAt(s, evidence.StepHELO); r.Code/100 == 2 {
			return nil
		}
		return st
	}
	return nil
}

func heloRejected(f *facts.Facts) []report.Finding {
	st := refusedHello(f.Main)
	if st == nil || st.Reply.Code == 421 || clientCertMissing(f) {
		return nil
	}
	out := report.Finding{
		Summary:  fmt.Sprintf("%s refuses EHLO (%d)", f.Case.Target.Name(), st.Reply.Code),
		Detail:   fmt.Sprintf("Sent was %q. The server does not take this name, or not this client.", st.Sent),
		Evidence: []report.Quote{replied(f.Main, facts.Phase(st.Name), st.Reply)},
		Try:      elsewhere(f),
	}
	if helo := facts.Step(f.Main, evidence.StepHELO); helo != nil && helo.Reply != nil {
		out.Evidence = append(out.Evidence, replied(f.Main, "HELO", helo.Reply))
	}
	return one(out)
}

func heloOnly(f *facts.Facts) []report.Finding {
	if f.Main.Ext == nil || !f.Main.Ext.HELO {
		return nil
	}
	out := report.Finding{
		Summary: f.Case.Target.Name() + " refuses EHLO and takes HELO only",
		Detail:  "It offers no extensions: no STARTTLS and no login.",
	}
	if st := facts.Step(f.Main, evidence.StepEHLO); st != nil && st.Reply != nil {
		out.Evidence = []report.Quote{replied(f.Main, "EHLO", st.Reply)}
	}
	return one(out)
}

func protocolError(f *facts.Facts) []report.Finding {
	for i := range f.Main.Steps {
		st := &f.Main.Steps[i]
		if st.Name == evidence.StepGreeting || st.Name == evidence.StepGreetingTLS || st.Name == evidence.StepQuit {
			continue
		}
		if st.Fault != nil && (st.Fault.Class == evidence.Protocol || st.Fault.Class == evidence.Limit) {
			return one(report.Finding{
				Severity: report.Error,
				Summary:  fmt.Sprintf("The answer to %s breaks the rules of SMTP", facts.Phase(st.Name)),
				Detail:   "A client cannot go on after it: " + strings.TrimSuffix(st.Fault.Text, ".") + "." + mayBeTaken(st),
				Evidence: stepQuotes(f.Main, st),
			})
		}
		if st.Reply == nil {
			continue
		}
		if wants := misplaced(st); wants != "" {
			return one(report.Finding{
				Severity: report.Error,
				Summary:  fmt.Sprintf("%s was answered with %d, not %s", sentenceOpen(facts.Phase(st.Name)), st.Reply.Code, wants),
				Detail:   "The code is neither the one that goes on here nor a refusal (RFC 5321 4.3.2), so clients stop." + notSent(st) + mayBeTaken(st),
				Evidence: []report.Quote{replied(f.Main, facts.Phase(st.Name), st.Reply)},
			})
		}
		if st.Name == evidence.StepMessage && st.Fault == nil && st.Reply.Code/100 == 2 && st.Reply.Code != 250 {
			return one(report.Finding{
				Summary:  fmt.Sprintf("The message was answered with %d, not 250", st.Reply.Code),
				Detail:   "The message is taken for accepted: clients go by the first digit (RFC 5321 4.3.2 knows 250 alone here). A strict client may send it again, or the server meant something else.",
				Evidence: []report.Quote{replied(f.Main, facts.Phase(st.Name), st.Reply)},
			})
		}
		if strangeHello(f.Main, st) {
			return one(report.Finding{
				Severity: report.Error,
				Summary:  fmt.Sprintf("The answer to %s has the code %d in place of 250", facts.Phase(st.Name), st.Reply.Code),
				Detail:   "RFC 5321 4.3.2 knows 250 for success here. Clients take any other code for a refusal and stop.",
				Evidence: []report.Quote{replied(f.Main, facts.Phase(st.Name), st.Reply)},
				Try:      elsewhere(f),
			})
		}
		if how := grave(st.Reply); how != "" {
			return one(report.Finding{
				Summary:  fmt.Sprintf("The answer to %s breaks a rule of SMTP: %s", facts.Phase(st.Name), how),
				Detail:   "Clients differ in what they make of it; some stop here.",
				Evidence: []report.Quote{replied(f.Main, facts.Phase(st.Name), st.Reply)},
			})
		}
	}
	return nil
}

// misplaced is the code that should have come, where a command of the envelope or
// the message was neither refused nor answered by it; "" where all is well.
func misplaced(st *evidence.Step) string {
	code := st.Reply.Code
	switch st.Name {
	case evidence.StepData:
		if code < 400 && code != 354 {
			return "354"
		}
	case evidence.StepMail, evidence.StepRcpt, evidence.StepMessage:
		if code < 200 || code >= 300 && code < 400 {
			return "250"
		}
	}
	return ""
}

func notSent(st *evidence.Step) string {
	if st.Name != evidence.StepData {
		return ""
	}
	return " The message was not sent."
}

// strangeHello reports whether an EHLO or HELO was neither refused nor
// answered by the 250 that alone means success.
func strangeHello(s *evidence.Session, st *evidence.Step) bool {
	code := st.Reply.Code
	switch st.Name {
	case evidence.StepEHLO, evidence.StepHELO:
		return code < 400 && code != 250 && s.Ext == nil
	case evidence.StepEHLOTLS:
		return code < 400 && code != 250 && s.ExtTLS == nil
	}
	return false
}

// grave names the quirk of a reply that stops strict clients, or "".
func grave(r *evidence.Reply) string {
	for _, q := range quirkWords[:2] { // mixed-codes and control
		for _, have := range r.Quirks {
			if have == q.quirk {
				return q.words
			}
		}
	}
	return ""
}

func stepQuotes(s *evidence.Session, st *evidence.Step) []report.Quote {
	var out []report.Quote
	if st.Reply != nil {
		out = append(out, replied(s, facts.Phase(st.Name), st.Reply))
	}
	return append(out, faulted(s, st))
}

// spoken are the steps whose answer is an SMTP reply after the greeting.
var spoken = map[evidence.StepName]bool{
	evidence.StepEHLO: true, evidence.StepHELO: true, evidence.StepSTARTTLS: true, evidence.StepEHLOTLS: true,
	evidence.StepAuth: true, evidence.StepAuthMore: true, evidence.StepMail: true, evidence.StepRcpt: true, evidence.StepData: true, evidence.StepMessage: true,
}

// atAuth says of a connection that ends at the login what it may mean.
func atAuth(st *evidence.Step) string {
	if st.Name != evidence.StepAuth && st.Name != evidence.StepAuthMore {
		return ""
	}
	return " Some servers close the connection in place of an answer when the password is wrong, or when too many logins failed."
}

// ownEnd reports whether a session ended after we gave a login up.
func ownEnd(st *evidence.Step) bool { return st.Name == evidence.StepAuthMore && st.Sent == "*" }

// mayBeTaken says of a message whose answer got lost what nobody knows.
func mayBeTaken(st *evidence.Step) string {
	if st.Name != evidence.StepMessage || st.Reply != nil && st.Reply.Code >= 400 {
		return ""
	}
	return " The server may have taken the message: look in the mailbox before you send it again."
}

// lookFirst are the steps where a message may have been taken, which rule out to
// try again; nil leaves those of the check.
func lookFirst(st *evidence.Step) []string {
	if mayBeTaken(st) == "" {
		return nil
	}
	return []string{
		"Look in the mailbox of the recipient whether the message is there, before it is sent again",
		"If the server is yours: look into its log at the time of this run for the message and for the reason",
	}
}

func stalled(f *facts.Facts) []report.Finding {
	st := facts.Broken(f.Main)
	if st == nil || !spoken[st.Name] || ownEnd(st) || st.Fault.Class != evidence.Timeout {
		return nil
	}
	return one(report.Finding{
		Summary:  fmt.Sprintf("%s does not answer %s", f.Case.Target.Name(), facts.Phase(st.Name)),
		Detail:   strings.TrimSpace("The session began well and then stopped. "+waited(st)) + mayBeTaken(st),
		Fix:      lookFirst(st),
		Evidence: append(greetingQuote(f.Main), faulted(f.Main, st)),
		Try:      elsewhere(f),
	})
}

func dropped(f *facts.Facts) []report.Finding {
	st := facts.Broken(f.Main)
	if st != nil && spoken[st.Name] && !ownEnd(st) && (st.Fault.Class == evidence.EOF || st.Fault.Class == evidence.Reset) {
		if clientCertMissing(f) {
			return nil
		}
		return one(report.Finding{
			Summary:  fmt.Sprintf("%s ends the connection at %s", f.Case.Target.Name(), facts.Phase(st.Name)),
			Detail:   "The session began well and was cut off by the other side or a device between." + mayBeTaken(st) + atAuth(st),
			Fix:      lookFirst(st),
			Evidence: append(greetingQuote(f.Main), faulted(f.Main, st)),
			Try:      elsewhere(f),
		})
	}
	if bye := refusedHello(f.Main); bye != nil && bye.Reply.Code == 421 && !clientCertMissing(f) {
		return one(report.Finding{
			Summary:  f.Case.Target.Name() + " ends the session at EHLO (421)",
			Detail:   "421 announces that the server closes the connection. It may be busy, or not like this client.",
			Evidence: []report.Quote{replied(f.Main, facts.Phase(bye.Name), bye.Reply)},
			Try:      elsewhere(f),
		})
	}
	return nil
}
