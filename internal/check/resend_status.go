package check

import (
	"slices"
	"strings"

	"github.com/maildoctor/maildoctor/internal/evidence"
)

// A keyStatus is what an answer of Resend says of the key that asked.
type keyStatus string

// The statuses. Those of the report's contract come first; the others are ways
// of not knowing, or of knowing only that the key is good.
const (
	keyFull      keyStatus = "full-access"
	keySendOnly  keyStatus = "send-only"
	keyInactive  keyStatus = "inactive"
	keySuspended keyStatus = "suspended"
	keyInvalid   keyStatus = "invalid"
	keyMissing   keyStatus = "missing"
	keyOAuth     keyStatus = "oauth"

	keyAccepted  keyStatus = "accepted"     // good; with which rights is not told
	keyQuota     keyStatus = "quota"        // good; its account has sent all it may
	keyLimited   keyStatus = "rate-limited" // not looked at: too many requests
	keyBlocked   keyStatus = "blocked"      // Cloudflare answered in place of Resend
	keyFailing   keyStatus = "failing"      // Resend has a trouble of its own
	keyElsewhere keyStatus = "elsewhere"    // something that is not Resend answered
	keyUnreached keyStatus = "unreached"    // no answer came
	keyUntold    keyStatus = "untold"       // an answer that says nothing of the key
	keyUnfit     keyStatus = "unfit"        // cannot be asked with: no HTTP header can carry it
	keyUnasked   keyStatus = ""             // nothing was asked
)

// keyUnknown is what the report calls all that is not known.
const keyUnknown = "unknown"

// settled reports whether a status is a verdict on the key.
func (s keyStatus) settled() bool {
	return s.good() || slices.Contains([]keyStatus{keyInactive, keySuspended, keyInvalid, keyMissing, keyOAuth}, s)
}

// good reports whether Resend took the key.
func (s keyStatus) good() bool {
	return slices.Contains([]keyStatus{keyFull, keySendOnly, keyAccepted, keyQuota}, s)
}

// resendKeyOf is what the answers say of the key, and the one that says it: the
// first that settles it, else the last one.
func resendKeyOf(r *evidence.Resend) (keyStatus, *evidence.Call) {
	status, call := keyUnasked, (*evidence.Call)(nil)
	for i := range r.Calls {
		s := statusOf(&r.Calls[i])
		if s == keyUnreached && unfit(r, &r.Calls[i]) {
			s = keyUnfit
		}
		switch {
		case s.settled():
			return s, &r.Calls[i]
		case s != keyUnasked:
			status, call = s, &r.Calls[i]
		}
	}
	return status, call
}

// unfit reports whether a call was not made since the key cannot stand in a header:
// it is empty, or holds what no header can carry (RFC 9110 5.5). Such a call takes no
// time.
func unfit(r *evidence.Resend, c *evidence.Call) bool {
	return c.Fault != nil && c.Fault.Class == evidence.Other && c.Peer == "" && c.Took == 0 &&
		slices.ContainsFunc(r.Key.Shape, func(s string) bool {
			return s == evidence.ShapeEmpty || s == evidence.ShapePlaceholder || s == evidence.ShapeInside || s == evidence.ShapeNotASCII
		})
}

// statusOf classifies an answer by name and message first and by status second:
// one name stands for several things, and one thing comes with several statuses.
func statusOf(c *evidence.Call) keyStatus {
	switch {
	case c.Status == 0 && c.Fault == nil, c.Fault != nil && c.Fault.Class == evidence.Cancelled:
		return keyUnasked
	case c.Status == 0:
		return keyUnreached
	}
	if s := statusByName(c); s != keyUnasked {
		return s
	}
	return statusByAnswer(c)
}

// statusByName reads Resend's own errors; keyUnasked for any other answer.
func statusByName(c *evidence.Call) keyStatus {
	said := strings.ToLower(c.Message)
	switch c.Error {
	case "restricted_api_key":
		if c.Name == evidence.CallSend && !strings.Contains(said, "not active") {
			return keyAccepted // it refuses the message; a key for sending would not be told so
		}
		return restricted(c.Status, said)
	case "suspended_api_key":
		return keySuspended
	case "missing_api_key":
		return keyMissing
	case "invalid_api_key":
		return keyInvalid
	case "invalid_permission":
		return keyOAuth
	case "rate_limit_exceeded":
		return keyLimited
	case "daily_quota_exceeded", "monthly_quota_exceeded":
		return keyQuota
	case "application_error", "service_unavailable", "internal_server_error":
		return keyFailing
	case "not_found":
		if strings.Contains(said, "endpoint does not exist") {
			return keyElsewhere // all that maildoctor asks for exists below the right base URL
		}
	case "validation_error", "":
		if strings.Contains(said, "api key is invalid") {
			return keyInvalid
		}
	}
	if c.Error == "" {
		return keyUnasked
	}
	if c.Name == evidence.CallSend && c.Status >= 400 && c.Status < 500 && c.Error != "security_error" {
		return keyAccepted // the message was looked at, and the key before it
	}
	return keyUntold
}

// restricted tells apart what comes under one name: a key that may only send, one
// for another domain, and one that is not active.
func restricted(status int, said string) keyStatus {
	switch {
	case strings.Contains(said, "not active"):
		return keyInactive
	case strings.Contains(said, "only send"):
		return keySendOnly
	case strings.Contains(said, "not authorized to send"):
		return keyAccepted
	case status == 401:
		return keySendOnly
	}
	return keyUntold
}

// statusByAnswer reads an answer without an error of Resend's.
func statusByAnswer(c *evidence.Call) keyStatus {
	switch {
	case byCloudflare(c):
		return keyBlocked
	case c.Status >= 200 && c.Status < 300:
		return statusOfGood(c)
	case c.Status < 400, foreignType(c) && c.Header["cf-ray"] == "", foreignType(c) && c.Status < 500, c.Status == 407:
		return keyElsewhere
	case c.Status == 429:
		return keyLimited
	case c.Status >= 500:
		return keyFailing
	}
	return keyUntold
}

// statusOfGood: a 200 counts only where it is what was asked for.
func statusOfGood(c *evidence.Call) keyStatus {
	switch want := map[string]string{evidence.CallDomains: "list", evidence.CallKeys: "list", evidence.CallDomain: "domain"}[c.Name]; {
	case c.Broken:
		return keyUntold
	case want != "" && c.Object == want:
		return keyFull
	case c.Name == evidence.CallSend && c.Created != "":
		return keyAccepted
	}
	return keyElsewhere
}

// byCloudflare reports whether Cloudflare turned the request away before Resend
// saw it: 1010 is the answer to a User-Agent that it does not like.
func byCloudflare(c *evidence.Call) bool {
	if strings.Contains(strings.ToLower(c.Body+c.Message), "error code: 10") {
		return true
	}
	if c.Header["cf-mitigated"] != "" {
		return true
	}
	return c.Header["cf-ray"] != "" && c.Type == "text/html" && (c.Status == 403 || c.Status == 503)
}

// foreignType reports whether an error is of a kind that Resend does not write.
func foreignType(c *evidence.Call) bool {
	return c.Type == "application/problem+json" || c.Type == "text/html"
}

// reported is the status in the words of the report's contract.
func (s keyStatus) reported() string {
	if slices.Contains([]keyStatus{keyFull, keySendOnly, keyInactive, keySuspended, keyInvalid, keyMissing, keyOAuth}, s) {
		return string(s)
	}
	return keyUnknown
}

// words say a status in half a sentence.
func (s keyStatus) words() string {
	switch s {
	case keyFull:
		return "valid, with full access"
	case keySendOnly:
		return "valid, for sending only"
	case keyInactive:
		return "known to Resend, and not active"
	case keySuspended:
		return "suspended by Resend"
	case keyInvalid:
		return "invalid"
	case keyMissing:
		return "missing: the request carried none"
	case keyOAuth:
		return "an access token of OAuth, not an API key"
	case keyAccepted:
		return "valid; its rights are not told"
	case keyQuota:
		return "valid; its account has sent all that it may for now"
	case keyLimited:
		return "not known: Resend had too many requests to look at it"
	case keyBlocked:
		return "not known: Cloudflare answered in place of Resend"
	case keyFailing:
		return "not known: Resend has a trouble of its own"
	case keyElsewhere:
		return "not known: what answered is not Resend"
	case keyUnreached:
		return "not known: Resend was not reached"
	case keyUnfit:
		return "not known: no request can be made with it"
	case keyUntold:
		return "not known: the answer does not speak of the key"
	}
	return "not known: Resend was not asked"
}

// How long a key may do without attention, as Resend itself advises.
