package check

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/report"
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
	if c.Name == evidence.CallSend && c.Status >= 400 && c.Status < 500 {
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
const (
	rotateAfter = 90 * 24 * time.Hour // a new key every 90 days
	unusedAfter = 30 * 24 * time.Hour // keys that nobody used for 30 days are flagged
)

const (
	keysPage  = "https://resend.com/api-keys"
	keysDocs  = "https://resend.com/docs/dashboard/api-keys/introduction"
	errorDocs = "https://resend.com/docs/api-reference/errors"
	keptKey   = "resend-key-kept"
)

// resendKey are the checks of a Resend key: what the API says of it.
var resendKey = []Check{
	{
		ID:       "resend-full-access",
		Title:    "The Resend API key has full access",
		Severity: report.Note,
		Seen:     "Resend listed the domains of the account for this key.",
		Why:      "The key is good. It may also change domains and make keys; an application that only sends needs sending access, and whoever steals such a key can only send.",
		Fix:      []string{"Make a key with sending access at " + keysPage + " for the application, and keep this one for administration"},
		Tell:     "resend-send-only is a key that may send and nothing else.",
		Refs:     []string{keysDocs},
		Needs:    unasked(nothingSaid),
		Resend:   fullAccess,
	},
	{
		ID:       "resend-send-only",
		Title:    "The Resend API key may only send",
		Severity: report.Note,
		Seen:     "Resend answered 401 restricted_api_key: this API key is restricted to only send emails.",
		Why:      "The key is good, and that is all an application needs. Such a key cannot tell the domains of its account, nor the one domain that it may be bound to.",
		Fix: []string{
			"Keep it: nothing has to be changed",
			"To have domains and From judged, run maildoctor resend with a key that has full access",
		},
		Tell:   "resend-key-inactive comes under the same name, with 403 and other words; resend-key-restricted is a key that was refused for what it was to do.",
		Refs:   []string{errorDocs, keysDocs},
		Needs:  unasked(nothingSaid),
		Resend: sendOnly,
	},
	{
		ID:       "resend-key-inactive",
		Title:    "The Resend API key is not active",
		Severity: report.Error,
		Seen:     "Resend answered 403 restricted_api_key: API key is not active.",
		Why:      "Resend knows the key and does not let it work. Nothing is sent with it.",
		Fix: []string{
			"Look at " + keysPage + " for the state of the key",
			"Make a new key there, set it in the application and restart it",
		},
		Tell:   "resend-send-only has the same name and status 401; resend-key-invalid is a key that Resend does not know; account-suspended-or-locked is a key that Resend suspended.",
		Refs:   []string{errorDocs},
		Needs:  unasked(nothingSaid),
		Resend: inactiveKey,
	},
	{
		ID:       "resend-oauth-token",
		Title:    "An OAuth access token is set in place of a Resend API key",
		Severity: report.Error,
		Seen:     "The key has the two dots of an access token, or Resend answered invalid_permission: access token is missing required scopes.",
		Why:      "Access tokens end after a short time and carry scopes. An application needs an API key, which begins with re_ and does not end.",
		Fix: []string{
			"Make an API key at " + keysPage + " and set it in place of the token",
			"If it is to be a token, ask for the scope emails:send and renew it before it ends",
		},
		Tell:   "resend-key-invalid is a key that is wrong; resend-key-restricted is an API key with fewer rights.",
		Refs:   []string{errorDocs, "RFC 6749 1.4"},
		Needs:  unasked(nothingSaid),
		Resend: oauthToken,
	},
	{
		ID:       "resend-cloudflare-block",
		Title:    "Cloudflare turned the request to Resend away",
		Severity: report.Warning,
		Seen:     "The answer was 403 with error code: 1010, or a page of Cloudflare, in place of JSON.",
		Why:      "Cloudflare stands before Resend's API. It turns away requests without a User-Agent, and addresses that it holds for robots. The key was not looked at.",
		Fix: []string{
			"See that the application sends a User-Agent; hand-made requests often have none",
			"Try from another network: addresses of data centres and VPNs are blocked at times",
			"Send over SMTP meanwhile (smtp.resend.com): it does not pass Cloudflare",
		},
		Tell:   "resend-wrong-server is a page of somebody else; rate-limited is Resend's own limit.",
		Refs:   []string{"https://resend.com/docs/api-reference/introduction", "https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-1xxx-errors/"},
		Needs:  unasked(nothingSaid),
		Resend: cloudflareBlock,
	},
	{
		ID:       "resend-wrong-server",
		Title:    "What answered is not Resend's API",
		Severity: report.Error,
		Seen:     "The answer is a page, a redirect or JSON that Resend does not write.",
		Why:      "A proxy, a captive portal or another base URL stands between. The key went there and was not looked at by Resend.",
		Fix: []string{
			"Set the base URL to https://api.resend.com, or take it out",
			"Look for a proxy (HTTPS_PROXY) or a firewall that answers in place of the API",
			"If the key was sent to a server that is not yours, delete it at " + keysPage + " and make a new one",
		},
		Tell:   "resend-cloudflare-block is a page of Cloudflare, which stands before the real API; resend-unreachable is no answer at all.",
		Refs:   []string{"https://resend.com/docs/api-reference/introduction"},
		Needs:  unasked(nothingSaid),
		Resend: wrongServer,
	},
	{
		ID:       "resend-answer-unclear",
		Title:    "The answer of Resend's API says nothing of the key",
		Severity: report.Warning,
		Seen:     "The answer is empty, is cut, is too long, or is an error that does not speak of the key.",
		Why:      "Nothing is known of the key, neither that it is good nor that it is bad.",
		Fix: []string{
			"Run maildoctor again; look at https://resend-status.com where the same answer comes",
			"Look for a proxy that cuts or changes answers, and see that the base URL is that of Resend",
		},
		Tell:   "resend-wrong-server is an answer that Resend does not write; server-temporary-failure is an answer with 5xx; rate-limited comes with 429.",
		Refs:   []string{errorDocs},
		Needs:  unasked(nothingSaid),
		Resend: answerUnclear,
	},
	{
		ID:       "resend-unreachable",
		Title:    "Resend's API cannot be reached",
		Severity: report.Error,
		Seen:     "The name was not found, the connection failed, TLS failed or no answer came in time.",
		Why:      "An application on this machine meets the same. The key is not judged: the network is the trouble.",
		Fix: []string{
			"See that this machine may open connections to api.resend.com, port 443, and that its DNS answers",
			"Where TLS fails, look for a proxy that breaks it open, and install its certificate or bypass it",
			"In a container, see that it has a network and the certificates of the authorities (ca-certificates)",
		},
		Tell:   "resend-wrong-server answers, and is not Resend; server-temporary-failure is an answer of Resend.",
		Refs:   []string{"https://resend-status.com"},
		Needs:  unasked(nothingSaid),
		Resend: unreachableAPI,
	},
	{
		ID:       "resend-base-url",
		Title:    "RESEND_BASE_URL sends the key to another server",
		Severity: report.Warning,
		Seen:     "The environment variable RESEND_BASE_URL is set, and not to https://api.resend.com.",
		Why:      "Resend's libraries (Node, Go and others) send every request with the key there. That was meant for a proxy or a test; left behind, mail does not reach Resend. maildoctor does not follow it.",
		Fix:      []string{"Remove RESEND_BASE_URL where it is not meant", "If it is meant, have maildoctor ask there with --base-url"},
		Tell:     "resend-wrong-server is what such an address may answer.",
		Refs:     []string{"https://resend.com/docs/api-reference/introduction", "https://github.com/resend/resend-go"},
		Needs:    unasked(nothingSaid),
		Resend:   baseURL,
	},
	{
		ID:       "resend-rotation-due",
		Title:    "The Resend API key is older than 90 days",
		Severity: report.Note,
		Seen:     "The account lists one key, made more than 90 days ago.",
		Why:      "Keys do not end by themselves. Resend advises a new one every 90 days, so that a copy in an old backup or log is worth nothing.",
		Fix:      []string{"Make a new key at " + keysPage + ", set it, restart the application, and delete the old one"},
		Tell:     "resend-unused is a key that nobody uses.",
		Refs:     []string{"https://resend.com/docs/knowledge-base/how-to-handle-api-keys", keysDocs},
		Needs:    unasked(nothingSaid),
		Resend:   rotationDue,
	},
	{
		ID:       "resend-unused",
		Title:    "The Resend API key was not used for 30 days",
		Severity: report.Note,
		Seen:     "The account lists one key, and its last use lies more than 30 days back, or there was none.",
		Why:      "An application that should send with this key has not done so, or uses another account's. A key that nobody needs is better deleted.",
		Fix:      []string{"See that the application really uses this key; its logs or " + keysPage + " tell", "Delete the key where nobody needs it"},
		Tell:     "resend-rotation-due is about the age of a key, used or not.",
		Refs:     []string{keysDocs},
		Needs:    unasked(nothingSaid),
		Resend:   unusedKey,
	},
}

// calledKey names the key in a sentence: "The API key re_AbCdEfGh".
func (q *inquiry) calledKey() string {
	if q.Key.Prefix != "" {
		return "The API key " + q.Key.Prefix
	}
	return "The API key"
}

// judgedKey is why nothing can be said where no answer settles the key.
func (q *inquiry) judgedKey() string {
	if q.status.settled() {
		return ""
	}
	return "the key is " + q.words()
}

func fullAccess(q *inquiry) (string, []report.Finding) {
	if q.status != keyFull {
		return q.judgedKey(), nil
	}
	return "", one(report.Finding{
		Summary:  q.calledKey() + " is valid and has full access",
		Evidence: []report.Quote{{From: q.call.Method + " " + q.call.Path, Text: fmt.Sprintf("%d, domains listed: %d", q.call.Status, len(q.Domains))}},
	})
}

func sendOnly(q *inquiry) (string, []report.Finding) {
	if q.status != keySendOnly {
		return q.judgedKey(), nil
	}
	detail := "Without sending, nothing else can be learnt with it: not the domains of the account, not which domain the key is bound to, and not whether that one is verified."
	switch x := q.login(); {
	case x == nil:
	case x.Result == evidence.LoginAccepted:
		detail += " The login over SMTP was accepted with it, which confirms the key."
	}
	return "", one(report.Finding{Summary: q.calledKey() + " is valid and may only send", Detail: detail, Evidence: callQuote(q.call)})
}

func inactiveKey(q *inquiry) (string, []report.Finding) {
	if q.status != keyInactive {
		return q.judgedKey(), nil
	}
	return "", one(report.Finding{Summary: q.calledKey() + " is known to Resend and is not active", Evidence: callQuote(q.call)})
}

func oauthToken(q *inquiry) (string, []report.Finding) {
	shaped := slices.Contains(q.Key.Shape, evidence.ShapeOAuth)
	switch {
	case q.status == keyOAuth:
		return "", one(report.Finding{Summary: "Resend takes what is set for an access token that lacks the right to do this", Evidence: callQuote(q.call)})
	case shaped && !q.status.good():
		return "", one(report.Finding{Confidence: 0.9, Summary: "What is set has the form of an OAuth access token, not of an API key",
			Detail: "It has two dots, and API keys of Resend begin with re_ and have none. Such a token ends after a short time.", Evidence: callQuote(q.call)})
	case shaped:
		return "", one(report.Finding{Severity: report.Warning, Summary: "An OAuth access token is set, which ends after a short time",
			Detail: "Resend takes it now. When it ends, mail stops.", Evidence: callQuote(q.call)})
	case len(q.Calls) == 0:
		return nothingSaid, nil
	}
	return "", nil
}

func cloudflareBlock(q *inquiry) (string, []report.Finding) {
	c := q.said(keyBlocked)
	if c == nil {
		return q.answered(), nil
	}
	summary := "Cloudflare answered in place of Resend; the key was not judged"
	if strings.Contains(c.Body+c.Message, "1010") {
		summary = "Cloudflare turned the request away (error code: 1010); the key was not judged"
	}
	return "", one(report.Finding{Severity: alarmOf(c), Summary: summary, Evidence: callQuote(c)})
}

// unanswered reports whether a connection stood and nothing came over it.
func (q *inquiry) unanswered() bool {
	return q.status == keyUnreached && q.call != nil && q.call.Peer != ""
}

// answered is why nothing can be said of the answers: "" where one came.
func (q *inquiry) answered() string {
	switch {
	case q.status == keyUnasked:
		return nothingSaid
	case q.unanswered():
		return "no answer of Resend came"
	case q.status == keyUnreached:
		return "Resend was not reached"
	case q.status == keyUnfit:
		return "no request can be made with this key"
	}
	return ""
}

func wrongServer(q *inquiry) (string, []report.Finding) {
	c := q.said(keyElsewhere)
	if c == nil {
		return q.answered(), nil
	}
	what := "an answer that is not Resend's"
	switch {
	case c.Status >= 300 && c.Status < 400:
		what = "a redirect, which was not followed"
	case c.Type == "text/html":
		what = "a web page"
	case c.Status < 300:
		what = "JSON that is not what Resend answers"
	}
	if c.Error == "not_found" {
		return "", one(report.Finding{Severity: alarmOf(c), Evidence: callQuote(c),
			Summary: fmt.Sprintf("There is no %s %s below %s", c.Method, pathOnly(c.Path), cmp.Or(strings.TrimRight(q.Base, "/"), apiBase)),
			Detail:  "The answer has the form of Resend's, and says that the whole path does not exist: the base URL is another one than Resend's, or has a path too many. The key was not looked at.",
			Fix:     []string{"Set the base URL to " + apiBase + ", or take it out (--base-url, RESEND_BASE_URL)"}})
	}
	out := report.Finding{Summary: fmt.Sprintf("%s answers with %s", cmp.Or(hostOfURL(q.Base), "The server that was asked"), what), Evidence: callQuote(c)}
	if to := c.Header["location"]; to != "" {
		out.Evidence = append(out.Evidence, report.Quote{From: "Location", Text: clip(to)})
	}
	return "", one(out)
}

// quotedWhole: of an answer that is none of Resend's fewer bytes are quoted when it
// has no more.
const quotedWhole = 300

// answerUnclear is an answer of which nothing follows.
func answerUnclear(q *inquiry) (string, []report.Finding) {
	c := q.call
	switch {
	case q.status != keyUntold && q.answered() != "":
		return q.answered(), nil
	case q.status != keyUntold || c.Name == evidence.CallSend:
		return "", nil
	}
	out := report.Finding{Evidence: callQuote(c)}
	asked := strings.TrimSpace(c.Method + " " + pathOnly(c.Path))
	switch {
	case c.Fault != nil && c.Fault.Class == evidence.Limit:
		out.Summary = fmt.Sprintf("The answer %d to %s is longer than maildoctor reads; the key was not judged", c.Status, asked)
	case c.Broken && strings.TrimSpace(c.Body) == "" && c.Fault == nil:
		out.Summary = fmt.Sprintf("The answer %d to %s is empty; the key was not judged", c.Status, asked)
	case c.Fault != nil, c.Broken && len(c.Body) < quotedWhole && strings.HasPrefix(strings.TrimSpace(c.Body), "{"):
		out.Summary = fmt.Sprintf("The answer %d to %s breaks off; the key was not judged", c.Status, asked)
	case c.Broken && len(c.Body) < quotedWhole:
		out.Summary = fmt.Sprintf("The answer %d to %s is said to be JSON and is none; the key was not judged", c.Status, asked)
	case c.Broken:
		out.Summary = fmt.Sprintf("The answer %d to %s is too long, or breaks off; the key was not judged", c.Status, asked)
		out.Detail = "It is no whole JSON. maildoctor reads 1 MiB of an answer at most; the list of 100 domains has some 30 KiB."
	case saysOf(c, notAuthorized...):
		out.Summary = fmt.Sprintf("Resend answers %s as if it were a message: %d, not authorized to send", asked, c.Status)
		out.Detail = "It speaks of a domain that the key may not send from, and nothing was to be sent. The key is bound to a domain; more does not follow of it."
	case c.Error == "" && c.Message == "":
		out.Summary = fmt.Sprintf("Resend answers %s with %d and no reason; the key was not judged", asked, c.Status)
	default:
		out.Summary = fmt.Sprintf("Resend answers %s with %d %s; the key was not judged", asked, c.Status, clipTo(cmp.Or(c.Error, c.Message), 40))
		out.Detail = "It says: " + sentence(clip(cmp.Or(c.Message, c.Error))) + " What that means for the key is not known."
	}
	return "", one(out)
}

// pathOnly is a path without its query.
func pathOnly(path string) string {
	path, _, _ = strings.Cut(path, "?")
	return path
}

// hostOfURL is the host of a base URL, without a port.
func hostOfURL(base string) string {
	_, rest, ok := strings.Cut(base, "://")
	if !ok {
		return ""
	}
	host, _, _ := strings.Cut(rest, "/")
	return host
}

func unreachableAPI(q *inquiry) (string, []report.Finding) {
	c := q.said(keyUnreached)
	if c == nil {
		return q.answered(), nil
	}
	out := report.Finding{Evidence: callQuote(c), Fix: q.reachIt(c)}
	host := cmp.Or(hostOfURL(q.Base), "api.resend.com")
	what, _ := q.fate()
	switch {
	case c.Fault.Class == evidence.Timeout && c.Peer != "":
		out.Summary = cmp.Or(q.named(), "Resend") + " did not answer in time"
		out.Detail = "The connection stands, and the request went out. No answer came. The key is not judged."
	default:
		out.Summary = strings.TrimSuffix(host+" cannot be reached: "+unreachedWords[c.Fault.Class], ": ")
	}
	if what == inDoubt {
		out.Detail = "The request went out, and the answer that would tell whether the message was taken did not come."
	}
	return "", one(out)
}

var unreachedWords = map[evidence.Class]string{
	evidence.Refused: "the connection is refused", evidence.Timeout: "no answer in time", evidence.Reset: "the connection is reset",
	evidence.EOF: "the connection is closed", evidence.Unreachable: "there is no way to it", evidence.Denied: "this machine forbids it",
	evidence.NXDomain: "the name does not exist", evidence.NoData: "the name has no address", evidence.ServFail: "DNS fails", evidence.DNSTimeout: "DNS does not answer",
	evidence.NotTLS: "the answer is not TLS", evidence.TLSAlert: "the TLS handshake is refused", evidence.TLSFailed: "the TLS handshake fails",
	evidence.Proxy: "the proxy fails",
}

// named is the server that was asked, where it is not Resend itself.
func (q *inquiry) named() string {
	if host := hostOfURL(q.Base); host != "" && host != hostOfURL(apiBase) {
		return host
	}
	return ""
}

// endpoint is host and port of the base URL, in words.
func (q *inquiry) endpoint() string {
	u, err := url.Parse(cmp.Or(q.Base, apiBase))
	if err != nil || u.Hostname() == "" {
		return "api.resend.com, port 443"
	}
	port := map[string]string{"http": "80"}[u.Scheme]
	return u.Hostname() + ", port " + cmp.Or(u.Port(), port, "443")
}

// reachIt are the steps for the fault at hand.
func (q *inquiry) reachIt(c *evidence.Call) []string {
	open := "See that this machine may open connections to " + q.endpoint()
	switch c.Fault.Class {
	case evidence.NXDomain, evidence.NoData, evidence.ServFail, evidence.DNSTimeout, evidence.BadName:
		return []string{"See that the DNS of this machine finds " + hostName(q.endpoint()), "In a container, see that it has a network and a DNS server"}
	case evidence.NotTLS, evidence.TLSAlert, evidence.TLSFailed:
		return []string{"Look for a proxy or virus scanner that breaks TLS open to " + q.endpoint() + ", and install its certificate or bypass it", "In a container, see that it has the certificates of the authorities (ca-certificates)"}
	case evidence.Proxy:
		return []string{"See that the proxy (--proxy, HTTPS_PROXY) works and lets connections through to " + q.endpoint()}
	case evidence.Timeout, evidence.Reset, evidence.EOF:
		if c.Peer != "" {
			return []string{"Try again in some minutes; look at https://resend-status.com", "Look for a proxy or firewall before " + q.endpoint() + " that takes requests and does not pass them on"}
		}
	}
	return []string{open, "In a container, see that it has a network"}
}

func hostName(endpoint string) string {
	host, _, _ := strings.Cut(endpoint, ",")
	return host
}

// apiBase is the one address of Resend's API.
const apiBase = "https://api.resend.com"

// badBase is a base URL with which Resend's libraries send nothing, or send the key
// readable; nil for any other.
func badBase(set string) *report.Finding {
	f := &report.Finding{Evidence: []report.Quote{{From: "environment", Text: "RESEND_BASE_URL=" + clip(set)}}, Fix: []string{"Remove RESEND_BASE_URL, or set it to " + apiBase}}
	u, err := url.Parse(strings.TrimSpace(set))
	switch {
	case err != nil:
		f.Summary = "RESEND_BASE_URL cannot be read as an address: libraries cannot send at all with it"
	case u.Scheme != "https" && u.Scheme != "http" || u.Host == "":
		f.Summary = "RESEND_BASE_URL is no https address: libraries cannot send at all with it"
	case u.Scheme == "http" && u.Hostname() == hostOfURL(apiBase):
		f.Summary = "RESEND_BASE_URL begins with http: libraries send the key in clear text"
		f.Detail = "Whoever is on the way reads the key, before the server can redirect to https. maildoctor did not follow it."
		return f
	default:
		return nil
	}
	f.Detail = "Libraries of Resend (Node, Go and others) take their base URL from it; some of them stop with a crash. maildoctor did not follow it."
	return f
}

func baseURL(q *inquiry) (string, []report.Finding) {
	set := strings.TrimRight(q.BaseEnv, "/")
	switch {
	case q.BaseEnv == "" && len(q.Calls) == 0:
		return nothingSaid, nil
	case set == "" || strings.EqualFold(set, apiBase):
		return "", nil
	}
	if f := badBase(q.BaseEnv); f != nil {
		return "", one(*f)
	}
	detail := "Libraries of Resend (Node, Go and others) send every request there, with the key. maildoctor did not: it asked " + cmp.Or(q.Base, "nobody") + "."
	if strings.EqualFold(set, strings.TrimRight(q.Base, "/")) {
		detail = "Libraries of Resend (Node, Go and others) send every request there, with the key. maildoctor was told to ask there, too."
	}
	return "", one(report.Finding{Summary: "RESEND_BASE_URL is set: libraries send the key to another server than Resend's", Detail: detail,
		Evidence: []report.Quote{{From: "environment", Text: "RESEND_BASE_URL=" + clip(q.BaseEnv)}}})
}

// ownKey is the listed key that must be ours; a list of several does not tell.
func (q *inquiry) ownKey() (evidence.ResendListed, string) {
	switch len(q.Keys) {
	case 0:
		return evidence.ResendListed{}, "the keys of the account were not listed"
	case 1:
		return q.Keys[0], ""
	}
	return evidence.ResendListed{}, "the account has several keys, and the list does not say which one this is"
}

func rotationDue(q *inquiry) (string, []report.Finding) {
	k, why := q.ownKey()
	if why != "" {
		return why, nil
	}
	if k.CreatedAt.IsZero() {
		return "the list does not say when the key was made", nil
	}
	age := q.now.Sub(k.CreatedAt)
	if age <= rotateAfter {
		return "", nil
	}
	return "", one(report.Finding{Summary: fmt.Sprintf("The only key of the account is %d days old", int(age.Hours()/24)), Evidence: listedQuote(k)})
}

func unusedKey(q *inquiry) (string, []report.Finding) {
	k, why := q.ownKey()
	if why != "" {
		return why, nil
	}
	last, summary := k.LastUsed, "The only key of the account was last used %d days ago"
	if last.IsZero() {
		last, summary = k.CreatedAt, "The only key of the account was never used in the %d days since it was made"
	}
	if last.IsZero() {
		return "the list does not say when the key was used", nil
	}
	idle := q.now.Sub(last)
	if idle <= unusedAfter {
		return "", nil
	}
	return "", one(report.Finding{Summary: fmt.Sprintf(summary, int(idle.Hours()/24)), Evidence: listedQuote(k)})
}

func listedQuote(k evidence.ResendListed) []report.Quote {
	day := func(t time.Time) string {
		if t.IsZero() {
			return "never"
		}
		return t.UTC().Format(time.DateOnly)
	}
	return []report.Quote{{From: "GET /api-keys", Text: fmt.Sprintf("%q: made %s, last used %s", clip(k.Name), day(k.CreatedAt), day(k.LastUsed))}}
}
