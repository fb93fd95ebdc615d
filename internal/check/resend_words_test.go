package check

import (
	"slices"
	"strings"
	"testing"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/report"
)

// TestOneStoryOfAKey: headline and key line do not contradict each other, also where
// API and SMTP do.
func TestOneStoryOfAKey(t *testing.T) {
	t.Parallel()
	accepted, rejected := keyLogin(evidence.LoginAccepted, 235, "ok"), keyLogin(evidence.LoginRefused, 535, "API key not found")
	invalid := answering(401, "validation_error", "API key is invalid")
	for name, tt := range map[string]struct {
		changes      []adjust
		why, verdict string
	}{
		"API no, SMTP yes":      {[]adjust{invalid, accepted}, "The API says that the key is invalid; SMTP took it.", "Resend takes the key over SMTP and calls it invalid over its API"},
		"API yes, SMTP no":      {[]adjust{restrictedTo, rejected}, "The API says that the key is valid, for sending only; SMTP refused it.", "valid, for sending only, with a warning: Resend takes the key over its API and refuses it over SMTP"},
		"API silent, SMTP yes":  {[]adjust{broken(evidence.Cancelled), accepted}, "The key is valid: SMTP took it. Over the API it is not known: looking was ended before Resend answered.", "valid: SMTP took it; over the API it is not known: looking was ended before Resend answered"},
		"ended by us":           {[]adjust{broken(evidence.Cancelled)}, "The key is not known: looking was ended before Resend answered.", "not known: looking was ended before Resend answered"},
		"quota":                 {[]adjust{answering(429, "daily_quota_exceeded", "")}, "The key is valid; its account has sent all that it may for now.", "valid; mail does not go out for now: the daily quota of the Resend account is used up"},
		"header taken off":      {[]adjust{answering(401, "missing_api_key", "Missing API key in the authorization header.")}, "The key is not known: it was sent, and did not reach Resend.", "Resend got no API key, though one was sent: something took the header off"},
		"more than were listed": {[]adjust{having(stated("other.org", "verified")), func(c *evidence.Case) { c.Resend.Partial = true }}, "The key is valid, with full access.", "valid, with full access; From was not judged: the account has more domains than were listed"},
	} {
		s := Subject(resendAsked(tt.changes...)())
		if s.Resend.Key.Why != tt.why || s.Verdict != tt.verdict {
			t.Errorf("%s: %q\nwant %q\nverdict %q\nwant    %q", name, s.Resend.Key.Why, tt.why, s.Verdict, tt.verdict)
		}
	}
}

// TestWordsOfResend: what is known stands in the finding, and once.
func TestWordsOfResend(t *testing.T) {
	t.Parallel()
	limited := domainsCall(func(c *evidence.Call) {
		c.Status, c.Error, c.Header = 429, "rate_limit_exceeded", map[string]string{"retry-after": "7"}
	})
	refusal := answering(400, "validation_error", "API key is invalid")
	if f := foundOf(resendAsked(limited)(), "rate-limited"); !strings.Contains(f.Fix[0], "after 7 seconds") {
		t.Errorf("retry-after: %q", f.Fix)
	}
	if got := alarms(resendAsked(refusal, shape(evidence.ShapeOAuth))()); got != "error resend-oauth-token" {
		t.Errorf("a token with two dots that is refused: %q", got)
	}
	if got := alarms(resendAsked(broken(evidence.Cancelled), shape(evidence.ShapeOAuth), keyLogin(evidence.LoginRefused, 535, "API key not found"))()); got != "error resend-oauth-token" {
		t.Errorf("a token with two dots that SMTP refuses: %q", got)
	}
	if f := foundOf(resendAsked(refusal, shape(evidence.ShapePlaceholder))(), "resend-key-invalid"); slices.ContainsFunc(f.Fix, func(s string) bool { return strings.Contains(s, "placeholder") || strings.Contains(s, "SMTP") }) {
		t.Errorf("of a known cause: %q", f.Fix)
	}
	inSettings := resendAsked(shape(evidence.ShapeBearer))()
	inSettings.Settings = settled(byResend)
	if got := alarms(inSettings); got != "error resend-key-invalid" {
		t.Errorf("Bearer in settings: %q", got)
	}
	d := verified("example.org")
	d.Status = domainPartly
	d.Records[0].Status, d.Records[2].Status = "pending", "failed"
	if f := foundOf(resendAsked(having(d))(), "resend-domain-partial"); !strings.Contains(f.Detail, "send MX (SPF) and resend._domainkey TXT (DKIM)") {
		t.Errorf("verified in part: %q", f.Detail)
	}
	c := resendAsked(state("pending"), dns(dnsNone("send.example.org", "txt")...))()
	n := 0
	for _, f := range Subject(c).Findings {
		if strings.Contains(strings.Join(f.Fix, "\n"), amazonSPF) {
			n++
		}
	}
	if f := foundOf(c, isMissing); n != 1 || f.Severity != report.Note {
		t.Errorf("%d findings name the record to add; %+v", n, f)
	}
	d = verified("example.org")
	d.Records = append(d.Records, evidence.ResendRecord{For: "Receiving", Type: "MX", Name: "example.org", Value: "inbound-smtp.us-east-1.amazonaws.com", Priority: 10})
	c = resendAsked(having(d), state("pending"), dns(dnsNone("send.example.org", "txt")...), dns(dnsNone("example.org", "mx")...))()
	for _, f := range Subject(c).Findings {
		if f.ID == isMissing && strings.Contains(f.Summary, "receiving") && !strings.HasPrefix(f.Fix[0], "Add example.org.  MX") {
			t.Errorf("of a record that the state does not name: %q", f.Fix)
		}
	}
	failed := resendAsked(restrictedTo, noDNS, func(c *evidence.Case) { c.Resend.Asked = []string{"b.example"} },
		dns(faultyDNS(evidence.ServFail, "send.example.org", "txt")...), dns(faultyDNS(evidence.DNSTimeout, "send.b.example", "txt")...))()
	if o := outcomeOf(failed, isMissing); o.Reason != "the DNS records of example.org could not be looked up: the DNS server failed; the DNS records of b.example could not be looked up: no DNS server answered" {
		t.Errorf("look-ups that failed: %+v", o)
	}
}
