package check

import (
	"strings"
	"testing"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/report"
)

// posting is a run that made these calls to send, and no other.
func posting(calls ...evidence.Call) *evidence.Case {
	for i := range calls {
		calls[i].Name, calls[i].Method, calls[i].Path = evidence.CallSend, "POST", "/emails"
	}
	c := resendAsked(calling(calls...), noDNS, from("a@example.org"))()
	c.Resend.SentTo = []string{"b@example.net"}
	c.Message = &evidence.Message{Via: "resend", Run: "run-7"}
	return c
}

// TestWhatBecameOfAMessage: nothing looks like success but the id of a message,
// and an answer that is lost is neither success nor failure.
func TestWhatBecameOfAMessage(t *testing.T) {
	t.Parallel()
	const id, peer = "49a3999c-0ce1-4ea6-ab68-afcd6dc2e794", "192.0.2.1:443"
	fault := func(class evidence.Class, peer string) evidence.Call {
		return evidence.Call{Fault: &evidence.Fault{Class: class, Text: string(class)}, Peer: peer}
	}
	problem := func(status int, name, text string) evidence.Call {
		return evidence.Call{Status: status, Type: "application/json", Error: name, Message: text, Peer: peer}
	}
	good := evidence.Call{Status: 200, Type: "application/json", Created: id, Peer: peer}
	const no, maybe = "the message was not sent: ", "it is not known whether the message was sent: "
	tests := map[string]struct {
		c       *evidence.Case
		verdict string // its beginning
		found   string
	}{
		"taken":                 {posting(good), "Resend accepted the message as " + id, ""},
		"limited, then taken":   {posting(problem(429, "rate_limit_exceeded", ""), good), "Resend accepted the message as " + id, ""},
		"limited":               {posting(problem(429, "rate_limit_exceeded", "")), no + "Resend had too many requests", "error rate-limited"},
		"quota":                 {posting(problem(429, "daily_quota_exceeded", "")), no, "error quota-exceeded"},
		"500":                   {posting(problem(500, "application_error", "An unexpected error occurred.")), maybe + "Resend answered 500", "error server-temporary-failure"},
		"Cloudflare":            {posting(evidence.Call{Status: 403, Type: "text/plain", Body: "error code: 1010", Peer: peer}), no + "Cloudflare", "error resend-cloudflare-block"},
		"page of somebody":      {posting(evidence.Call{Status: 200, Type: "text/html", Body: "<html>", Peer: peer}), no, "error resend-wrong-server"},
		"key is invalid":        {posting(problem(401, "validation_error", "API key is invalid")), no + "Resend says that the API key is invalid", "error resend-key-invalid"},
		"restricted":            {posting(problem(401, "restricted_api_key", "This API key is restricted to only send emails")), no + "Resend refused the message", "error resend-key-restricted"},
		"new words":             {posting(problem(403, "restricted_thing", "No.")), no + "Resend did not take the message: 403 restricted_thing: No.", "error message-not-sent"},
		"refused connection":    {posting(fault(evidence.Refused, "")), no + "api.resend.com cannot be reached", "error resend-unreachable"},
		"no connection in time": {posting(fault(evidence.Timeout, "")), no + "api.resend.com cannot be reached", "error resend-unreachable"},
		"no answer in time":     {posting(fault(evidence.Timeout, peer)), maybe + "no answer came in time", "error resend-unreachable"},
		"reset":                 {posting(fault(evidence.Reset, peer)), maybe + "the connection ended", "error resend-unreachable"},
		"closed":                {posting(fault(evidence.EOF, peer)), maybe + "the connection ended", "error resend-unreachable"},
		"ended by us":           {posting(fault(evidence.Cancelled, peer)), maybe + "the run was ended", "error message-not-sent"},
		"ended before":          {posting(fault(evidence.Cancelled, "")), no, "error message-not-sent"},
		"cut":                   {posting(evidence.Call{Status: 200, Type: "application/json", Broken: true, Body: `{"id":"49`, Peer: peer}), maybe + "the answer 200 breaks off", "error message-not-sent"},
		"empty":                 {posting(evidence.Call{Status: 200, Type: "application/json", Broken: true, Peer: peer}), maybe + "the answer 200 is empty", "error message-not-sent"},
		"gateway":               {posting(evidence.Call{Status: 504, Type: "application/json", Peer: peer}), maybe + "a gateway answered 504", "error server-temporary-failure"},
		"nothing was asked":     {posting(), no + "nothing was asked of Resend", "error message-not-sent"},
	}
	for name, tt := range tests {
		s := Subject(tt.c)
		if !strings.HasPrefix(s.Verdict, tt.verdict) {
			t.Errorf("%s: verdict %q\nwant %q", name, s.Verdict, tt.verdict)
		}
		if got := alarms(tt.c); got != tt.found {
			t.Errorf("%s: found %q, want %q", name, got, tt.found)
		}
		if s.Healthy != (tt.found == "") {
			t.Errorf("%s: healthy %v", name, s.Healthy)
		}
		for _, f := range s.Findings {
			if f.Severity == report.Error && strings.HasPrefix(tt.verdict, maybe) && !strings.Contains(strings.Join(f.Fix, "\n"), emailsPage+" for the message of the run run-7") {
				t.Errorf("%s: steps %q do not say where to look", name, f.Fix)
			}
			if strings.Contains(f.Summary, "may only send") {
				t.Errorf("%s: %s", name, f.Summary)
			}
		}
	}
}

// TestMessageOfSettings: the headline of a channel that carried a message says so,
// in force or not.
func TestMessageOfSettings(t *testing.T) {
	t.Parallel()
	good := evidence.Call{Status: 200, Created: "49a3999c", Peer: "192.0.2.1:443"}
	idle := func(s *evidence.Settings) { s.InForce, s.Idle = false, "MAIL_MAILER=smtp" }
	tests := map[string]struct {
		c    *evidence.Case
		s    []change
		want string
	}{
		"in force": {posting(good), nil, "Resend accepted the message as 49a3999c"},
		"backup":   {posting(good), []change{idle}, "Resend accepted the message as 49a3999c"},
		"refused":  {posting(evidence.Call{Status: 429, Error: "rate_limit_exceeded"}), nil, "the message was not sent: Resend had too many requests from this team"},
	}
	for name, tt := range tests {
		tt.c.Settings = settled(append([]change{byResend}, tt.s...)...)
		if got := Subject(tt.c).Verdict; got != tt.want {
			t.Errorf("%s: %q\nwant %q", name, got, tt.want)
		}
	}
	smtp := asked(underTLS(after...).in().taken().message(250, "2.0.0 Ok: queued as 4bX"))
	smtp.Settings = settled(onHost(smtp.Target.Host), idle)
	if got := Subject(smtp).Verdict; strings.Contains(got, "not in force") || !strings.Contains(got, "accepted the message") {
		t.Errorf("a backup over SMTP: %q", got)
	}
	c := posting(good)
	c.Message.DryRun, c.Resend.Calls = true, nil
	if s := Subject(c); !strings.HasPrefix(s.Verdict, "nothing was sent: this is") || len(s.Findings) != 0 {
		t.Errorf("a dry run: %q, %v", s.Verdict, ids(s.Findings))
	}
}
