package check

import (
	"fmt"
	"slices"
	"time"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/report"
)

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
		Seen:     "The answer was 403 with error code: 1010, or a page of Cloudflare, in place of JSON. It is an error where the key alone was asked about.",
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
		Seen:     "The answer is a page, a redirect or JSON that Resend does not write. It is a warning where settings were looked at, or SMTP took the key.",
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
		Seen:     "The answer is empty, is cut, is too long, or is an error that does not speak of the key. It is an error where the key alone was asked about.",
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
