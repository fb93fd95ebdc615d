package check

import (
	"path/filepath"
	"slices"
	"testing"

	"github.com/maildoctor/maildoctor/internal/evidence"
)

// onlyAsked reports whether only Resend, or DNS for its domains, tells of a check.
func onlyAsked(c Check) bool {
	return slices.ContainsFunc(slices.Concat(resendSend, resendKey, resendDomains, resendRecords, resendSMTP), func(x Check) bool { return x.ID == c.ID })
}

// TestResendCases: every check that Resend has a say in has recordings of it, in
// which it is found and in which it passed.
func TestResendCases(t *testing.T) {
	t.Parallel()
	for _, c := range Catalogue() {
		if c.Resend == nil {
			continue
		}
		for _, kind := range []string{"found", "passed"} {
			pattern := kind + "-resend*.json"
			if onlyAsked(c) {
				pattern = kind + "-*.json"
			}
			files, err := filepath.Glob(filepath.Join(casesDir, c.ID, pattern))
			if err != nil || len(files) == 0 {
				t.Errorf("no %s in testdata/cases/%s (%v)", pattern, c.ID, err)
			}
			for _, file := range files {
				expectCase(t, c, kind, file)
			}
		}
	}
}

// resendSamples are the cases of what Resend and its DNS tell.
func resendSamples() []sample {
	const cloudflare = "<!DOCTYPE html><title>Just a moment...</title>"
	off := func(c *evidence.Case) {
		c.Resend.Kept, c.Settings = true, settled(byResend, func(s *evidence.Settings) { s.InForce, s.Idle = false, "MAIL_MAILER=smtp" })
	}
	html := evidence.Call{Name: evidence.CallDomains, Method: "GET", Path: "/domains?limit=100", Status: 200, Type: "text/html", Body: "<html>Sign in to the network"}
	lost := evidence.Call{Name: evidence.CallDomains, Method: "GET", Path: "/domains?limit=100", Fault: &evidence.Fault{Class: evidence.Timeout, Text: "no answer in time"}}
	list := func(of string, found, passed adjust) []sample {
		kind := "-resend"
		if c, ok := ByID(of); ok && onlyAsked(c) {
			kind = "-asked"
		}
		return []sample{{of, "found" + kind, resendAsked(found)}, {of, "passed" + kind, resendAsked(passed)}}
	}
	fine := func(*evidence.Case) {}
	both := func(all ...adjust) adjust {
		return func(c *evidence.Case) {
			for _, a := range all {
				a(c)
			}
		}
	}
	out := slices.Concat(
		list("resend-full-access", fine, restrictedTo),
		list("resend-send-only", restrictedTo, fine),
		list("resend-key-inactive", answering(403, "restricted_api_key", "API key is not active"), fine),
		list("resend-oauth-token", answering(403, "invalid_permission", "Access token is missing required scopes."), fine),
		list("resend-cloudflare-block", calling(evidence.Call{Name: evidence.CallDomains, Method: "GET", Path: "/domains?limit=100", Status: 403, Type: "text/plain", Body: "error code: 1010"}), fine),
		list("resend-wrong-server", calling(html), fine),
		list("resend-answer-unclear", answering(405, "method_not_allowed", "Method is not allowed for the requested path."), fine),
		list("resend-unreachable", calling(lost), fine),
		list("resend-base-url", func(c *evidence.Case) { c.Resend.BaseEnv = "http://localhost:4010" }, fine),
		list("resend-rotation-due", onlyKey(120, 1), onlyKey(20, 1)),
		list("resend-unused", onlyKey(60, 40), onlyKey(20, 1)),
		list("resend-domain-partial", both(having(relayed("example.org")), state("partially_verified"), dns(relays("example.org")...),
			func(c *evidence.Case) { c.Resend.Domains[0].Records[1].Status = "pending" }), fine),
		list("resend-domain-not-asked", both(having(stated("example.org", "verified")), func(c *evidence.Case) { c.Resend.NotRun = []string{"example.org"} }), fine),
		list("resend-record-missing", dns(dnsNone("send.example.org", "txt")...), fine),
		list("resend-record-wrong", dns(dnsMX("send.example.org", "feedback-smtp.eu-west-1.amazonses.com")), fine),
		list("resend-fallback-missing", both(having(relayed("example.org")), dns(relays("example.org")...), dns(dnsNone("rsend.example.org", "cname", "txt", "mx", "address")...)), fine),
		list("dmarc-missing", dns(dnsNone("_dmarc.example.org", "txt")...), fine),
		list("resend-smtp-blocked", smtp(shutSMTP(465, evidence.Timeout), shutSMTP(587, evidence.Timeout), openSMTP(2465), openSMTP(2587)), smtp(openSMTP(465), openSMTP(587))),

		list("resend-key-invalid", both(answering(400, "validation_error", "API key is invalid"), shape(evidence.ShapeTruncated)), fine),
		list("resend-key-restricted", both(restrictedTo, sending(403, "validation_error", "This API key is not authorized to send emails from example.org")), sending(200, "", "")),
		list("resend-domain-not-verified", both(state("pending"), dns(dnsNone("resend._domainkey.example.org", "txt")...)), fine),
		list("resend-testing-only", from("onboarding@resend.dev"), fine),
		list("resend-invalid-request", sending(422, "missing_required_field", "Missing `html` or `text` field."), sending(200, "", "")),
		list("account-suspended-or-locked", answering(403, "suspended_api_key", "This API key is suspended"), fine),
		list("rate-limited", answering(429, "rate_limit_exceeded", "Too many requests. Please limit the number of requests per second."), fine),
		list("quota-exceeded", both(restrictedTo, sending(429, "daily_quota_exceeded", "You have exceeded your daily email sending quota.")), sending(200, "", "")),
		list("server-temporary-failure", answering(503, "service_unavailable", "API is temporarily unavailable"), fine),
		list("provider-username-convention", keyLogin(evidence.LoginRefused, 535, "Invalid username"), keyLogin(evidence.LoginAccepted, 235, "Authentication successful")),
		list("resend-key-kept", off, func(c *evidence.Case) { c.Settings = settled(byResend) }),
	)
	more := func(id, name string, a ...adjust) { out = append(out, sample{id, name, resendAsked(a...)}) }
	broke := sending(200, "", "")
	more(notSentID, "found-asked", calling(), broke, func(c *evidence.Case) {
		x := &c.Resend.Calls[0]
		x.Created, x.Broken, x.Body, x.Peer = "", true, `{"id":"49a3`, "192.0.2.1:443"
	})
	more(notSentID, "passed-asked", calling(), sending(200, "", ""))
	more("resend-cloudflare-block", "found-challenge", calling(evidence.Call{Name: evidence.CallDomains, Method: "GET", Path: "/domains?limit=100", Status: 403, Type: "text/html", Header: map[string]string{"cf-ray": "9a1b-FRA"}, Body: cloudflare}))
	more("resend-smtp-blocked", "found-none", smtp(shutSMTP(465, evidence.Timeout), shutSMTP(587, evidence.Refused), shutSMTP(2465, evidence.Timeout)))
	more("resend-record-missing", "found-guessed", restrictedTo, noDNS, dns(bare("example.org")...))
	more("resend-record-wrong", "found-proxied", having(relayed("example.org")), dns(relays("example.org")...), dns(dnsNone("rsend.example.org", "cname", "txt", "mx")...), dns(dnsAddr("rsend.example.org", "104.16.0.1")))
	more("resend-domain-not-verified", "found-resend-return-path", from("app@send.example.org"))
	more("resend-testing-only", "found-resend-sent", sending(403, "validation_error", "You can only send testing emails to your own email address (a@example.net)."))
	return out
}
