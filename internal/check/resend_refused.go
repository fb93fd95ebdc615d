package check

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/report"
)

// has reports whether the key has an oddity.
func (q *inquiry) shaped(shapes ...string) bool {
	return slices.ContainsFunc(q.Key.Shape, func(s string) bool { return slices.Contains(shapes, s) })
}

// keyShape is what the shape of a key makes likely, in a sentence; "" for a key
// like others.
func (q *inquiry) keyShape() string {
	switch {
	case q.shaped(evidence.ShapeEmpty):
		return "the value is empty"
	case q.shaped(evidence.ShapePlaceholder):
		return "it is the placeholder of an example"
	case q.Key.Wrong != "":
		return "it has the form of " + q.Key.Wrong
	case q.shaped(evidence.ShapeForeign):
		return "it does not begin with re_, as keys of Resend do"
	case q.shaped(evidence.ShapeInside):
		return "a blank or control character stands inside it"
	case q.shaped(evidence.ShapeNotASCII):
		return "it holds characters that no key has"
	}
	return q.oddLength()
}

// wrapped is what stands around the key. maildoctor asks without it, and an
// application sends it along.
func (q *inquiry) wrapped() string {
	switch {
	case q.shaped(evidence.ShapeQuoted):
		return "it stands in quotation marks"
	case q.shaped(evidence.ShapeBearer):
		return "it begins with the word Bearer, which the library adds by itself"
	case q.shaped(evidence.ShapeBlank):
		return "it begins or ends with a blank, a line end or a mark that is not seen"
	}
	return ""
}

// wrappedAlarm: of settings the application sends the word Bearer along, and Resend
// refuses that. Quotation marks and blanks are trimmed by some readers.
func (q *inquiry) wrappedAlarm() report.Severity {
	if q.settings && q.shaped(evidence.ShapeBearer) {
		return report.Error
	}
	return report.Warning
}

// oddLength is how the key differs from others. No promise of Resend says how
// long keys are, so that this is never certain.
func (q *inquiry) oddLength() string {
	switch {
	case q.shaped(evidence.ShapeTruncated):
		return "it is shorter than other keys, and may be cut"
	case q.shaped(evidence.ShapeUnusual):
		return "it is unlike other keys, and may be cut, changed or pasted twice"
	}
	return ""
}

// odd is the confidence of what rests on the shape of keys as they are seen, which
// nobody promises.
const odd = 0.6

// setKey are the steps that give the application a good key.
func (q *inquiry) setKey() []string {
	where := cmp.Or(q.Key.From, "RESEND_API_KEY")
	switch {
	case q.shaped(evidence.ShapeEmpty):
		return []string{fmt.Sprintf("Set %s to a key of %s; it begins with re_", where, keysPage)}
	case q.shaped(evidence.ShapePlaceholder, evidence.ShapeForeign, evidence.ShapeInside, evidence.ShapeNotASCII, evidence.ShapeTruncated, evidence.ShapeUnusual) || q.Key.Wrong != "":
		return []string{fmt.Sprintf("Set %s to a key of %s, copied once and whole; it begins with re_", where, keysPage), "See that it reaches the running process, and restart it"}
	case q.wrapped() != "":
		return []string{fmt.Sprintf("Set %s to the key alone: from re_ to its last character, without quotation marks, blanks, line ends or the word Bearer", where)}
	}
	return nil
}

func keyRefused(q *inquiry) (string, []report.Finding) {
	login := q.login()
	refused := login != nil && login.Result == evidence.LoginRefused && keyRefusedWords(login)
	switch {
	case q.status == keyInvalid && q.shaped(evidence.ShapeOAuth):
		return "it is an OAuth token by its form", nil
	case q.status == keyInvalid:
		return "", one(q.invalid(login))
	case q.status == keyMissing && !q.shaped(evidence.ShapeEmpty):
		return "", one(report.Finding{Summary: "Resend got no API key, though one was sent: something took the header off", Evidence: callQuote(q.call),
			Detail: "The request carried the key in the header Authorization. Something on the way, such as a proxy, took it off.",
			Fix:    []string{"Look for a proxy (HTTPS_PROXY) or gateway that takes the header Authorization off", "See that the base URL leads to Resend itself: " + apiBase}})
	case q.status == keyMissing:
		return "", one(report.Finding{Summary: "Resend got no API key: the header was empty", Detail: "The variable is empty, or did not reach the process.",
			Fix: []string{fmt.Sprintf("Set %s to a key of %s; it begins with re_", cmp.Or(q.Key.From, "RESEND_API_KEY"), keysPage), "See that it reaches the running process, and restart it"}, Evidence: callQuote(q.call)})
	}
	switch {
	case refused && q.shaped(evidence.ShapeOAuth) && !q.status.good():
		return "it is an OAuth token by its form", nil
	case refused && q.status.good():
		return "", one(report.Finding{Severity: report.Warning, Confidence: 0.6, Summary: "Resend takes the key over its API and refuses it over SMTP",
			Detail: "The two disagree, which they do for a while after a key was made or deleted. If it lasts, ask Resend's support.", Evidence: slices.Concat(callQuote(q.call), q.loginQuote())})
	case refused:
		return "", one(report.Finding{Summary: q.calledKey() + " is refused over SMTP", Detail: "The user name was right: SMTP says so of the key." + q.because(),
			Fix: q.setKey(), Evidence: q.loginQuote()})
	case q.status.good() && q.wrapped() != "":
		return "", one(report.Finding{Severity: q.wrappedAlarm(), Confidence: 0.85, Summary: "The key is good, but " + q.wrapped(),
			Detail: "It was asked about without that. An application sends it as it stands, and Resend then answers that the API key is invalid; some libraries trim it.", Fix: q.setKey(), Evidence: callQuote(q.call)})
	case q.status.good(), q.status == keyInactive, q.status == keySuspended, q.status == keyOAuth:
		return "", nil
	}
	return q.shapeAlone()
}

// keyRefusedWords reports whether a refused login was about the key, not about
// the user name.
func keyRefusedWords(a *evidence.Attempt) bool {
	said := strings.ToLower(replyText(a.Reply))
	return strings.Contains(said, "api key not found") || strings.Contains(said, "credentials invalid")
}

// because is the likely cause as a sentence after others.
func (q *inquiry) because() string {
	if s := q.keyShape(); s != "" {
		return " Likely because " + s + "."
	}
	return ""
}

// invalid is the verdict of the API.
func (q *inquiry) invalid(login *evidence.Attempt) report.Finding {
	f := report.Finding{Summary: "Resend says that the API key is invalid", Fix: q.setKey(), Evidence: callQuote(q.call)}
	f.Detail = "It was mistyped, cut, deleted, or is a key of something else. Capital and small letters differ."
	if s := q.keyShape(); s != "" {
		f.Summary += ": " + s
		f.Detail = "Resend refuses it, and its form tells the likely cause: " + s + "."
	}
	if w := q.wrapped(); w != "" {
		f.Detail += " Besides, " + w + "; it was asked about without that, and is invalid all the same."
		f.Fix = append([]string{"Make a new API key at " + keysPage + " and copy it whole"}, f.Fix...)
	}
	if login != nil {
		f.Evidence = append(f.Evidence, q.loginQuote()...)
		if login.Result == evidence.LoginAccepted {
			f.Severity, f.Confidence = report.Warning, 0.6
			f.Summary = "Resend takes the key over SMTP and calls it invalid over its API"
			f.Detail = "The two disagree, which they do for a while after a key was made or deleted."
		} else if keyRefusedWords(login) {
			f.Detail += " SMTP refuses it, too."
		}
	}
	return f
}

// shapeAlone judges the key by its form, where Resend did not.
func (q *inquiry) shapeAlone() (string, []report.Finding) {
	f := report.Finding{Detail: "Resend itself did not judge it: the key is " + q.words() + ".", Fix: q.setKey(), Evidence: callQuote(q.call)}
	switch shape := cmp.Or(q.keyShape(), q.wrapped()); {
	case q.login() != nil && q.login().Result == evidence.LoginAccepted && q.wrapped() == "":
		return "", nil // SMTP took it
	case shape == "":
		return cmp.Or(q.judgedKey(), nothingSaid), nil
	case q.shaped(evidence.ShapeOAuth):
		return "it is an OAuth token by its form", nil
	case q.shaped(evidence.ShapeEmpty):
		f.Summary = "No Resend API key is set: " + shape
	case q.wrapped() == shape:
		f.Severity, f.Confidence, f.Summary = q.wrappedAlarm(), 0.85, "The API key is not set as Resend wants it: "+shape
	case q.oddLength() == shape:
		f.Severity, f.Confidence, f.Summary = report.Warning, odd, "The API key looks wrong: "+shape
	default:
		f.Confidence, f.Summary = 0.9, "What is set is no API key of Resend: "+shape
	}
	return "", one(f)
}

func keySuspendedNow(q *inquiry) (string, []report.Finding) {
	c := q.said(keySuspended)
	if c == nil {
		return q.judgedKey(), nil
	}
	return "", one(report.Finding{Summary: "Resend has suspended " + report.Within(q.calledKey()), Fix: []string{"Log in at https://resend.com and read what it says about the account", "Ask Resend's support, with the text of the answer"}, Evidence: callQuote(c)})
}

func tooManyRequests(q *inquiry) (string, []report.Finding) {
	c := q.said(keyLimited)
	if c == nil {
		return q.answered(), nil
	}
	detail := "All keys and the SMTP side of a team share one limit, counted by the second. The key was not judged."
	if n := c.Header["ratelimit-limit"]; n != "" {
		detail = fmt.Sprintf("All keys and the SMTP side of a team share one limit: %s requests in a second. The key was not judged.", clip(n))
	}
	when := "in a moment"
	if n := c.Header["retry-after"]; n != "" && strings.Trim(n, "0123456789") == "" {
		if when = "after " + n + " seconds"; n == "1" {
			when = "after a second"
		}
		when += ", as Resend asks (retry-after)"
	}
	return "", one(report.Finding{Severity: q.alarmOf(c), Summary: "Resend had too many requests from this team", Detail: detail, Evidence: callQuote(c),
		Fix: []string{"Run maildoctor again " + when, "Let the application send at a lower rate, and try again after the seconds that retry-after names"}})
}

func quotaUsedUp(q *inquiry) (string, []report.Finding) {
	c := q.said(keyQuota)
	if c == nil {
		if len(q.calls(evidence.CallSend)) > 0 && q.status.good() {
			return "", nil
		}
		return "a quota shows when a message is sent", nil
	}
	which, until := "daily", "midnight UTC"
	if strings.HasPrefix(c.Error, "monthly") {
		which, until = "monthly", "the next month"
	}
	return "", one(report.Finding{Summary: "The " + which + " quota of the Resend account is used up", Detail: fmt.Sprintf("The key is good. Messages sent and received count, each recipient for itself. Nothing goes out before %s.", until),
		Fix: []string{"Wait until " + until, "Raise the plan at https://resend.com/settings/billing", "Look for what sends more than it should: a loop, or a form used by bots"}, Evidence: callQuote(c)})
}

func resendFailing(q *inquiry) (string, []report.Finding) {
	c := q.said(keyFailing)
	if c == nil {
		return q.answered(), nil
	}
	return "", one(report.Finding{Severity: q.alarmOf(c), Summary: fmt.Sprintf("Resend answers with %d: it has a trouble of its own", c.Status), Detail: "The key was not judged, and messages may fail until it passes.",
		Fix: []string{"Look at https://resend-status.com", "Try again some minutes later, or let a queue do it"}, Evidence: callQuote(c)})
}

// keyStillKept: a key that is switched off and works, or is dead.
func keyStillKept(q *inquiry) (string, []report.Finding) {
	switch {
	case !q.Kept && q.status == keyUnasked:
		return nothingSaid, nil
	case !q.Kept:
		return "the key is not one that is switched off", nil
	case q.asPass && q.status.good():
		return "", one(report.Finding{Severity: report.Note, Summary: q.calledKey() + " is kept for the API, and sends over SMTP: it is the password in force",
			Detail: "Resend's API is switched off, and the same key logs in at its SMTP server. It is " + q.words() + ".", Evidence: callQuote(q.call),
			Fix: []string{"Keep the key at Resend: SMTP stops without it", "Clear the copy that is kept for the API where that is not to be used again"}})
	case q.asPass && q.status.settled():
		return "", one(report.Finding{Severity: report.Warning, Summary: q.calledKey() + " is the password of SMTP, too, and Resend does not take it: it is " + q.words(),
			Detail: "The same key is kept for the API and is the password of the SMTP settings in force.", Evidence: callQuote(q.call),
			Fix: []string{"Make a new key at " + keysPage + " and set it as password of the SMTP settings", "Clear the copy that is kept for the API, or set it to the new key"}})
	case q.status.good():
		return "", one(report.Finding{Severity: report.Warning, Summary: q.calledKey() + " is kept, and still works: it is " + q.words(),
			Detail: "Whoever reads it in the settings, a backup or a log can send with it.", Evidence: callQuote(q.call),
			Fix: []string{"Delete the key at " + keysPage, "Remove it from the settings where Resend is not to be used again"}})
	case q.status.settled():
		return "", one(report.Finding{Severity: report.Note, Summary: q.calledKey() + " is kept, and is dead: it is " + q.words(),
			Detail: "Nobody can send with it. It only misleads whoever reads these settings.", Evidence: callQuote(q.call),
			Fix: []string{"Clear the key in the settings"}})
	}
	return q.judgedKey(), nil
}

// refusedSend is a message that Resend's API refused, or nil.
func (q *inquiry) refusedSend() *evidence.Call {
	if what, c := q.fate(); what != taken && c != nil && c.Status >= 400 {
		return c
	}
	return nil
}

// unsent is why what only sending shows was not judged.
const unsent = "no message was sent"

func saysOf(c *evidence.Call, words ...string) bool {
	said := strings.ToLower(c.Message)
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(said, w) })
}

// The words in which Resend refuses a message for its sender.
var (
	testingOnly   = []string{"only send testing emails"}
	unverified    = []string{"domain is not verified", "domain with your api key is not verified"}
	notAuthorized = []string{"not authorized to send"}
)

func keyRestricted(q *inquiry) (string, []report.Finding) {
	c := q.refusedSend()
	switch {
	case c == nil && len(q.calls(evidence.CallSend)) == 0:
		return unsent, nil
	case c != nil && c.Error == "restricted_api_key" && statusOf(c) == keyAccepted && !saysOf(c, notAuthorized...):
		return "", one(report.Finding{Summary: "Resend refused the message: it says that the key has no right to this", Evidence: callQuote(c),
			Detail: "A key that may only send gets this answer where something else than a message is asked for. Here it came in answer to a message, which was not sent.",
			Fix:    []string{"Look at " + keysPage + " for the permission of the key, and make a new one with sending access", "See that the base URL leads to Resend itself: a proxy may change the request"}})
	case c == nil || !saysOf(c, notAuthorized...):
		return "", nil
	}
	detail := "The key is good and bound to another domain. A subdomain is another domain."
	return "", one(report.Finding{Summary: "The key may not send from the domain of From", Detail: detail, Evidence: callQuote(c)})
}

func requestRefused(q *inquiry) (string, []report.Finding) {
	c := q.refusedSend()
	switch {
	case c == nil && len(q.calls(evidence.CallSend)) == 0:
		return unsent, nil
	case c == nil, statusOf(c) != keyAccepted, c.Status == 403, c.Error == "restricted_api_key":
		return "", nil
	}
	if c.Error == atWork {
		return "", one(report.Finding{Summary: "Resend is still at work on another request with this idempotency key", Evidence: callQuote(c),
			Detail: "The other request may send the message. This one was not looked at: two with the same key are not taken at the same time.",
			Fix:    []string{"Where the message is not there: send the same message again with the same idempotency key after a moment; it then is not sent twice"}})
	}
	return "", one(report.Finding{Summary: "Resend refuses the message: something in the request is wrong", Evidence: callQuote(c)})
}
