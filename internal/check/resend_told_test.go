package check

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/report"
)

// unjudged are answers that leave a key unknown, with the check that says so.
func unjudged() map[string]struct {
	answer adjust
	id     string
} {
	return map[string]struct {
		answer adjust
		id     string
	}{
		"rate limit": {answering(429, "rate_limit_exceeded", ""), "rate-limited"},
		"Cloudflare": {page(403, "text/plain", "error code: 1010"), "resend-cloudflare-block"},
		"cut":        {domainsCall(func(c *evidence.Call) { c.Status, c.Broken = 200, true }), "resend-answer-unclear"},
		"huge": {domainsCall(func(c *evidence.Call) {
			c.Status, c.Broken, c.Fault = 200, true, &evidence.Fault{Class: evidence.Limit, Text: "too long"}
		}), "resend-answer-unclear"},
		"404":         {answering(404, "not_found", "The requested endpoint does not exist."), "resend-wrong-server"},
		"page":        {page(200, "text/html", "<html>"), "resend-wrong-server"},
		"500":         {answering(500, "application_error", "An unexpected error occurred."), "server-temporary-failure"},
		"unreachable": {broken(evidence.Refused), "resend-unreachable"},
	}
}

// TestUnjudgedKeyIsAnError: whoever asks about a key must not take silence for
// success. SMTP may have judged it, and settings have more than their key.
func TestUnjudgedKeyIsAnError(t *testing.T) {
	t.Parallel()
	for name, tt := range unjudged() {
		if got := alarms(resendAsked(tt.answer)()); got != "error "+tt.id {
			t.Errorf("%s: found %q, want an error", name, got)
		}
		if tt.id == "resend-unreachable" {
			continue
		}
		if got := alarms(resendAsked(tt.answer, keyLogin(evidence.LoginAccepted, 235, "ok"))()); got != "warning "+tt.id {
			t.Errorf("%s, and SMTP took it: found %q, want a warning", name, got)
		}
		c := resendAsked(tt.answer)()
		c.Settings = settled(byResend)
		if got := alarms(c); got != "warning "+tt.id {
			t.Errorf("%s, of settings: found %q, want a warning", name, got)
		}
	}
}

// TestKeptKeyUnknown: a kept key that nobody could judge is no success, and nothing
// is said of it that is not known.
func TestKeptKeyUnknown(t *testing.T) {
	t.Parallel()
	idle := func(s *evidence.Settings) { s.InForce, s.Idle = false, "MAIL_MAILER=smtp" }
	for name, tt := range unjudged() {
		c := resendAsked(tt.answer, func(c *evidence.Case) { c.Resend.Kept = true })()
		c.Settings = settled(byResend, idle)
		s := Subject(c)
		if got := alarms(c); got != "warning "+tt.id {
			t.Errorf("%s: found %q", name, got)
		}
		if s.Healthy || !strings.HasPrefix(s.Verdict, "Whether the kept key is alive is not known") || utf8.RuneCountInString(s.Verdict) > summaryWidth {
			t.Errorf("%s: healthy %v, %q", name, s.Healthy, s.Verdict)
		}
		for _, f := range s.Findings {
			if strings.Contains(f.Detail, "The key goes on working") || strings.Contains(f.Detail, "It goes on working") {
				t.Errorf("%s: %s", name, f.Detail)
			}
		}
	}
}

// TestNotKnownWhetherSent: some answers leave open what became of a message, and
// some tell nothing of the key.
func TestNotKnownWhetherSent(t *testing.T) {
	t.Parallel()
	problem := func(status int, name, text string) *evidence.Case {
		return posting(evidence.Call{Status: status, Type: "application/json", Error: name, Message: text, Peer: "192.0.2.1:443"})
	}
	const maybe = "it is not known whether the message was sent: "
	expectTold(t, map[string]wordsCase{
		"500":        {problem(500, "application_error", "An unexpected error occurred."), "error server-temporary-failure", maybe + "Resend answered 500|" + emailsPage, "gateway"},
		"concurrent": {problem(409, "concurrent_idempotent_requests", "Same idempotency key used while original request is still in progress."), "error resend-invalid-request", maybe + "Resend is at work on a request with the same idempotency key|" + emailsPage, "Correct the field|Give the message a text"},
		"security":   {problem(451, "security_error", "We may have found a security issue with the request."), "error message-not-sent", "the message was not sent: Resend did not take the message: 451 security_error", "The key is good|Correct the field"},
		"a field":    {problem(422, "missing_required_field", "Missing `to` field."), "error resend-invalid-request", "the message was not sent|The key is good|Correct the field", ""},
	})
	if got := Subject(problem(451, "security_error", "no")).Resend.Key.Status; got != keyUnknown {
		t.Errorf("security_error: the key is %q", got)
	}
}

// TestWordingOfResend: sentences that read well.
func TestWordingOfResend(t *testing.T) {
	t.Parallel()
	c := resendAsked(broken(evidence.Refused), func(c *evidence.Case) { c.Resend.Key.Wrong = "an API key of SendGrid" })()
	if got := Subject(c).Resend.Key.Why; strings.Contains(got, "By its form, it has the form") || !strings.Contains(got, " It has the form of an API key of SendGrid.") {
		t.Errorf("form: %q", got)
	}
	if f := foundOf(resendAsked(page(404, "text/plain", "no"))(), "resend-wrong-server"); f != nil && strings.Contains(f.Summary, "answers with an answer") {
		t.Errorf("%q", f.Summary)
	}
	if f := foundOf(resendAsked(page(302, "text/plain", "no"))(), "resend-wrong-server"); f == nil || strings.Contains(f.Summary, "answers with an answer") {
		t.Errorf("%+v", f)
	}
	if f := foundOf(resendAsked(page(404, "application/problem+json", "{}"))(), "resend-wrong-server"); f == nil || !strings.Contains(f.Summary, "answers with something that is not Resend's") {
		t.Errorf("%+v", f)
	}
	limited := domainsCall(func(c *evidence.Call) {
		c.Status, c.Error, c.Header = 429, "rate_limit_exceeded", map[string]string{"retry-after": "1"}
	})
	if f := foundOf(resendAsked(limited)(), "rate-limited"); !strings.Contains(f.Fix[0], "after a second, as") {
		t.Errorf("retry-after: %q", f.Fix)
	}
	if o := outcomeOf(resendAsked(onlyKey(60, -1))(), keptKey); strings.Contains(o.Reason, "in use") {
		t.Errorf("of a key that was never used: %+v", o)
	}
}

// TestResendWasContacted: where Resend was asked about settings, it is not said that
// nobody was.
func TestResendWasContacted(t *testing.T) {
	t.Parallel()
	c := resendAsked()()
	c.Settings = settled(byResend)
	_, outcomes := Judge(c)
	seen := false
	for _, o := range outcomes {
		if o.Reason == offline {
			t.Errorf("%s: %s", o.Check, o.Reason)
		}
		seen = seen || o.Status == report.NotRun && o.Reason == onlyResend
	}
	if !seen {
		t.Error("nothing says that only Resend was asked")
	}
	c.Resend.Calls = nil
	if o := outcomeOf(c, "connection-refused"); o.Reason != offline {
		t.Errorf("nobody was asked: %+v", o)
	}
}
