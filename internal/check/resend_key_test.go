package check

import (
	"fmt"
	"strings"
	"testing"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/report"
)

// alarms are the findings of a case that are more than notes, as "severity id".
func alarms(c *evidence.Case) string {
	var out []string
	for _, f := range Subject(c).Findings {
		if f.Severity != report.Note {
			out = append(out, fmt.Sprintf("%s %s", f.Severity, f.ID))
		}
	}
	return strings.Join(out, ", ")
}

func foundOf(c *evidence.Case, id string) *report.Finding {
	for _, f := range Subject(c).Findings {
		if f.ID == id {
			return &f
		}
	}
	return nil
}

func outcomeOf(c *evidence.Case, id string) report.Outcome {
	_, outcomes := Judge(c)
	for _, o := range outcomes {
		if o.Check == id {
			return o
		}
	}
	return report.Outcome{}
}

func domainsCall(change func(*evidence.Call)) adjust {
	c := evidence.Call{Name: evidence.CallDomains, Method: "GET", Path: "/domains?limit=100"}
	change(&c)
	return calling(c)
}

// page is an answer that is no JSON of Resend's.
func page(status int, kind, body string, ray ...string) adjust {
	return domainsCall(func(c *evidence.Call) {
		c.Status, c.Type, c.Body = status, kind, body
		if len(ray) > 0 {
			c.Header = map[string]string{"cf-ray": ray[0]}
		}
	})
}

func broken(class evidence.Class) adjust {
	return domainsCall(func(c *evidence.Call) { c.Fault = &evidence.Fault{Class: class, Text: string(class)} })
}

// TestKeyOfEveryAnswer walks the table of what Resend answers. What does not speak
// of the key leaves it unknown, and raises no finding that calls it invalid.
func TestKeyOfEveryAnswer(t *testing.T) {
	t.Parallel()
	const invalid, only, limit = "API key is invalid", "This API key is restricted to only send emails", "Too many requests. Please limit the number of requests per second."
	tests := map[string]struct {
		answer adjust
		status keyStatus
		want   string // findings above notes
	}{
		"list":                    {func(*evidence.Case) {}, keyFull, ""},
		"send only":               {answering(401, "restricted_api_key", only), keySendOnly, ""},
		"send only, other words":  {answering(401, "restricted_api_key", ""), keySendOnly, ""},
		"inactive":                {answering(403, "restricted_api_key", "API key is not active"), keyInactive, "error resend-key-inactive"},
		"restricted, other words": {answering(403, "restricted_api_key", "something new"), keyUntold, "error resend-answer-unclear"},
		"suspended":               {answering(403, "suspended_api_key", "This API key is suspended"), keySuspended, "error account-suspended-or-locked"},
		"missing":                 {answering(401, "missing_api_key", "Missing API key in the authorization header."), keyMissing, "error resend-key-invalid"},
		"invalid 400":             {answering(400, "validation_error", invalid), keyInvalid, "error resend-key-invalid"},
		"invalid 401":             {answering(401, "validation_error", invalid), keyInvalid, "error resend-key-invalid"},
		"invalid 403":             {answering(403, "validation_error", invalid), keyInvalid, "error resend-key-invalid"},
		"invalid, no name":        {answering(401, "", invalid), keyInvalid, "error resend-key-invalid"},
		"invalid, old name":       {answering(403, "invalid_api_key", ""), keyInvalid, "error resend-key-invalid"},
		"validation of a field":   {answering(422, "validation_error", "The pagination limit must be a number between 1 and 100."), keyUntold, "error resend-answer-unclear"},
		"oauth":                   {answering(403, "invalid_permission", "Access token is missing required scopes."), keyOAuth, "error resend-oauth-token"},
		"1010":                    {page(403, "text/plain", "error code: 1010"), keyBlocked, "error resend-cloudflare-block"},
		"challenge":               {page(503, "text/html", "<html>", "9a1b-FRA"), keyBlocked, "error resend-cloudflare-block"},
		"html of somebody":        {page(403, "text/html", "<html>"), keyElsewhere, "error resend-wrong-server"},
		"problem+json":            {page(401, "application/problem+json", `{"title":"no"}`), keyElsewhere, "error resend-wrong-server"},
		"problem+json, 500":       {page(500, "application/problem+json", `{"title":"no"}`), keyElsewhere, "error resend-wrong-server"},
		"redirect":                {page(302, "", ""), keyElsewhere, "error resend-wrong-server"},
		"200 html":                {page(200, "text/html", "<html>"), keyElsewhere, "error resend-wrong-server"},
		"200 {}":                  {page(200, "application/json", "{}"), keyElsewhere, "error resend-wrong-server"},
		"200 object of a list":    {domainsCall(func(c *evidence.Call) { c.Status, c.Object = 200, "domain" }), keyElsewhere, "error resend-wrong-server"},
		"200 cut":                 {domainsCall(func(c *evidence.Call) { c.Status, c.Broken = 200, true }), keyUntold, "error resend-answer-unclear"},
		"proxy wants a login":     {page(407, "text/plain", "no"), keyElsewhere, "error resend-wrong-server"},
		"401 without words":       {page(401, "application/json", "{}"), keyUntold, "error resend-answer-unclear"},
		"404":                     {answering(404, "not_found", "The requested endpoint does not exist."), keyElsewhere, "error resend-wrong-server"},
		"rate limit":              {answering(429, "rate_limit_exceeded", limit), keyLimited, "error rate-limited"},
		"429 without a name":      {page(429, "application/json", "{}"), keyLimited, "error rate-limited"},
		"daily quota":             {answering(429, "daily_quota_exceeded", "You have exceeded your daily email sending quota."), keyQuota, "error quota-exceeded"},
		"monthly quota":           {answering(429, "monthly_quota_exceeded", ""), keyQuota, "error quota-exceeded"},
		"500":                     {answering(500, "application_error", "An unexpected error occurred."), keyFailing, "error server-temporary-failure"},
		"500, old name":           {answering(500, "internal_server_error", ""), keyFailing, "error server-temporary-failure"},
		"503":                     {answering(503, "service_unavailable", "API is temporarily unavailable"), keyFailing, "error server-temporary-failure"},
		"502 of Cloudflare":       {page(502, "text/html", "<html>", "9a1b-FRA"), keyFailing, "error server-temporary-failure"},
		"502 of somebody":         {page(502, "text/html", "<html>"), keyElsewhere, "error resend-wrong-server"},
		"timeout":                 {broken(evidence.Timeout), keyUnreached, "error resend-unreachable"},
		"no name":                 {broken(evidence.NXDomain), keyUnreached, "error resend-unreachable"},
		"TLS":                     {broken(evidence.TLSFailed), keyUnreached, "error resend-unreachable"},
		"ended by us":             {broken(evidence.Cancelled), keyUnasked, ""},
		"limited, then answered":  {calling(evidence.Call{Name: evidence.CallDomains, Method: "GET", Path: "/domains", Status: 429, Error: "rate_limit_exceeded"}, listCall(evidence.CallDomains, "/domains")), keyFull, "error resend-domain-not-verified"},
		"answered, then limited": {func(c *evidence.Case) {
			c.Resend.Calls = append(c.Resend.Calls, evidence.Call{Name: evidence.CallDomain, Status: 429, Error: "rate_limit_exceeded"})
		}, keyFull, ""},
		"domains cut, keys listed": {calling(evidence.Call{Name: evidence.CallDomains, Status: 500, Error: "application_error"}, evidence.Call{Name: evidence.CallDomains, Fault: &evidence.Fault{Class: evidence.Timeout}}), keyUnreached, "error resend-unreachable"},
	}
	for name, tt := range tests {
		c := resendAsked(tt.answer)()
		s := Subject(c)
		if status, _ := resendKeyOf(c.Resend); status != tt.status {
			t.Errorf("%s: the key is %q, want %q", name, status, tt.status)
		}
		if got := alarms(c); got != tt.want {
			t.Errorf("%s: found %q, want %q", name, got, tt.want)
		}
		if s.Kind != "resend" || s.Resend == nil || s.Resend.Key.Why == "" || s.Resend.Remark != atData || s.Verdict == "" {
			t.Errorf("%s: subject %+v", name, s)
		}
		if known := s.Resend.Key.Status != keyUnknown; known != (tt.status.settled() && tt.status != keyQuota) {
			t.Errorf("%s: reported as %q", name, s.Resend.Key.Status)
		}
		if s.Healthy != (tt.status.good() && tt.want == "") {
			t.Errorf("%s: healthy %v", name, s.Healthy)
		}
		for _, f := range s.Findings {
			if tt.status == keyFull && strings.HasPrefix(f.ID, "resend-key") {
				t.Errorf("%s: %s is found of a valid key with full access", name, f.ID)
			}
		}
	}
}

// TestShapeOfAKey: the form of a key names the cause of a refusal, and is itself
// no proof that a key is bad.
func TestShapeOfAKey(t *testing.T) {
	t.Parallel()
	refused, silent := answering(400, "validation_error", "API key is invalid"), broken(evidence.Timeout)
	good := func(*evidence.Case) {}
	foreign := func(c *evidence.Case) {
		c.Resend.Key.Shape, c.Resend.Key.Wrong = []string{evidence.ShapeForeign}, "a Brevo SMTP key"
	}
	tests := map[string]struct {
		answer, shape adjust
		want          string // severity, then words of the summary; "" for no finding
	}{
		"refused, plain":            {refused, good, "error Resend says that the API key is invalid"},
		"refused, placeholder":      {refused, shape(evidence.ShapePlaceholder), "error Resend says that the API key is invalid: it is the placeholder of an example"},
		"refused, quoted":           {refused, shape(evidence.ShapeQuoted), "error Resend says that the API key is invalid"},
		"refused, cut":              {refused, shape(evidence.ShapeTruncated), "error Resend says that the API key is invalid: it is shorter than other keys, and may be cut"},
		"refused, foreign":          {refused, foreign, "error Resend says that the API key is invalid: it has the form of a Brevo SMTP key"},
		"unknown, placeholder":      {silent, shape(evidence.ShapePlaceholder), "error What is set is no API key of Resend: it is the placeholder of an example"},
		"unknown, foreign":          {silent, shape(evidence.ShapeForeign), "error What is set is no API key of Resend: it does not begin with re_, as keys of Resend do"},
		"unknown, blank inside":     {silent, shape(evidence.ShapeInside), "error What is set is no API key of Resend: a blank or control character stands inside it"},
		"unknown, empty":            {silent, shape(evidence.ShapeEmpty), "error No Resend API key is set: the value is empty"},
		"not asked, empty":          {calling(), shape(evidence.ShapeEmpty), "error No Resend API key is set: the value is empty"},
		"unknown, quoted":           {silent, shape(evidence.ShapeQuoted), "warning The API key is not set as Resend wants it: it stands in quotation marks"},
		"unknown, Bearer":           {silent, shape(evidence.ShapeBearer), "warning The API key is not set as Resend wants it: it begins with the word Bearer, which the library adds by itself"},
		"unknown, cut":              {silent, shape(evidence.ShapeTruncated), "warning The API key looks wrong: it is shorter than other keys, and may be cut"},
		"unknown, unusual":          {silent, shape(evidence.ShapeUnusual), "warning The API key looks wrong: it is unlike other keys, and may be cut, changed or pasted twice"},
		"unknown, plain":            {silent, good, ""},
		"unknown, OAuth":            {silent, shape(evidence.ShapeOAuth), ""},
		"good, quoted":              {good, shape(evidence.ShapeQuoted), "warning The key is good, but it stands in quotation marks"},
		"good, blank at the end":    {restrictedTo, shape(evidence.ShapeBlank), "warning The key is good, but it begins or ends with a blank, a line end or a mark that is not seen"},
		"good, cut":                 {good, shape(evidence.ShapeTruncated), ""},
		"good, placeholder by form": {good, shape(evidence.ShapePlaceholder), ""},
		"missing":                   {answering(401, "missing_api_key", ""), good, "error Resend got no API key, though one was sent: something took the header off"},
		"missing, empty":            {answering(401, "missing_api_key", ""), shape(evidence.ShapeEmpty), "error Resend got no API key: the header was empty"},
		"refused, OAuth":            {refused, shape(evidence.ShapeOAuth), ""},
	}
	for name, tt := range tests {
		c := resendAsked(tt.answer, tt.shape)()
		got := ""
		if f := foundOf(c, "resend-key-invalid"); f != nil {
			got = fmt.Sprintf("%s %s", f.Severity, f.Summary)
			if strings.Contains(f.Summary, "may be cut") && f.Severity == report.Warning && f.Confidence >= 0.8 {
				t.Errorf("%s: confidence %v for what is only seen", name, f.Confidence)
			}
		}
		if got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
	if got := alarms(resendAsked(silent, shape(evidence.ShapeOAuth))()); !strings.Contains(got, "error resend-oauth-token") {
		t.Errorf("a token with two dots: %q", got)
	}
	if f := foundOf(resendAsked(refused, shape(evidence.ShapeQuoted))(), "resend-key-invalid"); !strings.Contains(f.Detail, "Besides, it stands in quotation marks") || len(f.Fix) != 2 {
		t.Errorf("refused without its quotation marks: %q, %q", f.Detail, f.Fix)
	}
	if got := Subject(resendAsked(refused)()).Verdict; got != "Resend says that the API key is invalid" {
		t.Errorf("verdict %q", got)
	}
	if got := Subject(resendAsked(calling(), shape(evidence.ShapePlaceholder))()).Resend.Key.Status; got != keyUnknown {
		t.Errorf("a placeholder that nobody asked about is reported as %q", got)
	}
}

// TestBaseURL: a variable that sends the key elsewhere is a finding, one that names
// Resend is not.
func TestBaseURL(t *testing.T) {
	t.Parallel()
	for set, want := range map[string]report.Status{"": report.Passed, "https://api.resend.com/": report.Passed, "http://localhost:4010": report.Found, "://x": report.Found} {
		c := resendAsked(func(c *evidence.Case) { c.Resend.BaseEnv = set })()
		if got := outcomeOf(c, "resend-base-url").Status; got != want {
			t.Errorf("RESEND_BASE_URL=%q: %s, want %s", set, got, want)
		}
	}
	for set, want := range map[string]string{
		"http://[::1":            "warning RESEND_BASE_URL cannot be read as an address: libraries cannot send at all with it",
		"ftp://api.resend.com":   "warning RESEND_BASE_URL is no https address: libraries cannot send at all with it",
		"api.resend.com":         "warning RESEND_BASE_URL is no https address: libraries cannot send at all with it",
		"http://api.resend.com/": "warning RESEND_BASE_URL begins with http: libraries send the key in clear text",
		"https://mail.example":   "warning RESEND_BASE_URL is set: libraries send the key to another server than Resend's",
	} {
		if got := said(resendAsked(func(c *evidence.Case) { c.Resend.BaseEnv = set })(), "resend-base-url"); got != want {
			t.Errorf("RESEND_BASE_URL=%q: %q\nwant %q", set, got, want)
		}
	}
}

// TestAgeOfAKey walks both bounds. A list of several keys tells nothing.
func TestAgeOfAKey(t *testing.T) {
	t.Parallel()
	tests := []struct {
		age, idle    int // days; idle below 0: never used
		old, useless report.Status
	}{
		{90, 1, report.Passed, report.Passed},
		{91, 1, report.Found, report.Passed},
		{60, 30, report.Passed, report.Passed},
		{60, 31, report.Passed, report.Found},
		{10, -1, report.Passed, report.Passed},
		{40, -1, report.Passed, report.Found},
	}
	for _, tt := range tests {
		c := resendAsked(onlyKey(tt.age, tt.idle))()
		if old, useless := outcomeOf(c, "resend-rotation-due").Status, outcomeOf(c, "resend-unused").Status; old != tt.old || useless != tt.useless {
			t.Errorf("%d days old, used %d days ago: %s and %s, want %s and %s", tt.age, tt.idle, old, useless, tt.old, tt.useless)
		}
	}
	if o := outcomeOf(resendAsked()(), "resend-rotation-due"); o.Status != report.NotRun || !strings.Contains(o.Reason, "several keys") {
		t.Errorf("of two keys one is judged: %+v", o)
	}
}

// TestSendingThroughTheAPI: what Resend says to a message.
func TestSendingThroughTheAPI(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		reply adjust
		want  string
	}{
		"taken":          {sending(200, "", ""), ""},
		"testing only":   {sending(403, "validation_error", "You can only send testing emails to your own email address (a@example.net)."), "error resend-testing-only"},
		"unverified":     {sending(403, "validation_error", "The example.org domain is not verified. Please, add and verify your domain on https://resend.com/domains"), "error resend-domain-not-verified"},
		"other domain":   {sending(403, "validation_error", "This API key is not authorized to send emails from example.org"), "error resend-key-restricted"},
		"field missing":  {sending(422, "missing_required_field", "Missing `to` field."), "error resend-invalid-request"},
		"idempotency":    {sending(409, "invalid_idempotent_request", "modified"), "error resend-invalid-request"},
		"daily quota":    {sending(429, "daily_quota_exceeded", ""), "error quota-exceeded"},
		"trouble":        {sending(500, "application_error", ""), "error server-temporary-failure"},
		"too many":       {sending(429, "rate_limit_exceeded", ""), "error rate-limited"},
		"key is invalid": {sending(401, "validation_error", "API key is invalid"), "error message-not-sent"},
	}
	for name, tt := range tests {
		if got := alarms(resendAsked(restrictedTo, tt.reply)()); got != tt.want {
			t.Errorf("%s: found %q, want %q", name, got, tt.want)
		}
	}
	alone := resendAsked(calling(), sending(200, "", ""))()
	if s := Subject(alone); s.Resend.Sent == nil || s.Resend.Sent.ID == "" || !s.Healthy || s.Resend.Key.Status != keyUnknown {
		t.Errorf("a message that was taken: %+v", s.Resend)
	}
}

// TestPartialResend judges every sample with parts missing: nothing may panic, and
// no finding is without its words.
func TestPartialResend(t *testing.T) {
	t.Parallel()
	for _, s := range resendSamples() {
		for i, cut := range []adjust{
			noDNS,
			func(c *evidence.Case) { c.Resend.Calls = nil },
			func(c *evidence.Case) {
				for i := range c.Resend.Calls {
					c.Resend.Calls[i].Fault, c.Resend.Calls[i].Header = nil, nil
				}
			},
			func(c *evidence.Case) {
				for i := range c.Resend.Calls {
					c.Resend.Calls[i].Fault, c.Resend.Calls[i].Status = &evidence.Fault{}, 0
				}
			},
			func(c *evidence.Case) {
				for i := range c.Resend.Calls {
					c.Resend.Calls[i] = evidence.Call{}
				}
			},
			func(c *evidence.Case) {
				c.Resend.Domains = []evidence.ResendDomain{{}, {Records: []evidence.ResendRecord{{}}}}
			},
			func(c *evidence.Case) { c.Resend.Keys = []evidence.ResendListed{{}} },
			func(c *evidence.Case) { c.Resend.From, c.Resend.Asked = "", nil },
			func(c *evidence.Case) { c.Resend.From, c.Resend.Asked = "@", []string{"com", "co.uk", "..", "", "x"} },
			func(c *evidence.Case) {
				c.Resend.SMTP = append(c.Resend.SMTP, evidence.Case{}, evidence.Case{Sessions: []evidence.Session{{Logins: []evidence.Attempt{{}, {Result: "refused"}}}}})
			},
			func(c *evidence.Case) {
				for i := range c.Lookups {
					c.Lookups[i] = evidence.Lookup{Name: c.Lookups[i].Name, Kind: c.Lookups[i].Kind}
				}
			},
			func(c *evidence.Case) { c.Now = c.Now.AddDate(10, 0, 0) },
		} {
			c := s.make()
			cut(c)
			sub := Subject(c)
			if len(sub.Outcomes) != len(Catalogue()) {
				t.Errorf("%s/%s, cut %d: %d outcomes", s.id, s.name, i, len(sub.Outcomes))
			}
			for _, f := range sub.Findings {
				if f.Summary == "" || f.Detail == "" || len(f.Fix) == 0 {
					t.Errorf("%s/%s, cut %d: %+v", s.id, s.name, i, f)
				}
			}
		}
	}
}

// TestKeyThatNoHeaderCarries: what cannot be asked with is no trouble of the
// network.
func TestKeyThatNoHeaderCarries(t *testing.T) {
	t.Parallel()
	fault := evidence.Call{Name: evidence.CallDomains, Method: "GET", Path: "/domains?limit=100", Fault: &evidence.Fault{Class: evidence.Other, Text: "the key holds a character that no HTTP header can carry"}}
	send := fault
	send.Name, send.Method, send.Path = evidence.CallSend, "POST", "/emails"
	for _, call := range []evidence.Call{fault, send} {
		for _, odd := range []string{evidence.ShapeInside, evidence.ShapeNotASCII, evidence.ShapeEmpty, evidence.ShapePlaceholder} {
			c := resendAsked(calling(call), shape(odd))()
			if got := alarms(c); got != "error resend-key-invalid" {
				t.Errorf("%s, %s: found %q", call.Name, odd, got)
			}
			if s := Subject(c); strings.Contains(s.Verdict+s.Resend.Key.Why, "reached") {
				t.Errorf("%s, %s: %q, %q", call.Name, odd, s.Verdict, s.Resend.Key.Why)
			}
		}
	}
	if got := alarms(resendAsked(calling(fault))()); got != "error resend-unreachable" {
		t.Errorf("a fault of a good key: found %q", got)
	}
}

// TestUnclearAnswers: the headline says what the answer was.
func TestUnclearAnswers(t *testing.T) {
	t.Parallel()
	got := func(change func(*evidence.Call)) adjust {
		return domainsCall(func(c *evidence.Call) { c.Status, c.Type = 200, "application/json"; change(c) })
	}
	base := func(c *evidence.Case) { c.Resend.Base = "https://api.resend.com/v1/" }
	tests := map[string]struct {
		changes []adjust
		want    string
	}{
		"empty":         {[]adjust{got(func(c *evidence.Call) { c.Broken = true })}, "the answer 200 to GET /domains is empty; the key was not judged"},
		"cut":           {[]adjust{got(func(c *evidence.Call) { c.Broken, c.Body, c.Fault = true, `{"ob`, &evidence.Fault{Class: evidence.EOF} })}, "the answer 200 to GET /domains breaks off; the key was not judged"},
		"no JSON":       {[]adjust{got(func(c *evidence.Call) { c.Broken, c.Body = true, "OK" })}, "the answer 200 to GET /domains is said to be JSON and is none; the key was not judged"},
		"cut, no fault": {[]adjust{got(func(c *evidence.Call) { c.Broken, c.Body = true, `{"ob` })}, "the answer 200 to GET /domains breaks off; the key was not judged"},
		"long or cut":   {[]adjust{got(func(c *evidence.Call) { c.Broken, c.Body = true, "{"+strings.Repeat("x", 299) })}, "the answer 200 to GET /domains is too long, or breaks off; the key was not judged"},
		"line end":      {[]adjust{got(func(c *evidence.Call) { c.Broken, c.Body = true, "\n" })}, "the answer 200 to GET /domains is empty; the key was not judged"},
		"too long":      {[]adjust{got(func(c *evidence.Call) { c.Broken, c.Body, c.Fault = true, "{", &evidence.Fault{Class: evidence.Limit} })}, "the answer 200 to GET /domains is longer than maildoctor reads; the key was not judged"},
		"path":          {[]adjust{answering(404, "not_found", "The requested endpoint does not exist."), base}, "there is no GET /domains below https://api.resend.com/v1"},
		"other 404":     {[]adjust{answering(404, "not_found", "Domain not found")}, "Resend answers GET /domains with 404 not_found; the key was not judged"},
		"as to send":    {[]adjust{answering(403, "validation_error", "This API key is not authorized to send emails from example.org")}, "Resend answers GET /domains as if it were a message: 403, not authorized to send"},
		"405":           {[]adjust{answering(405, "method_not_allowed", "")}, "Resend answers GET /domains with 405 method_not_allowed; the key was not judged"},
	}
	for name, tt := range tests {
		c := resendAsked(tt.changes...)()
		s := Subject(c)
		if s.Verdict != tt.want || s.Healthy {
			t.Errorf("%s: healthy %v, verdict %q\nwant %q", name, s.Healthy, s.Verdict, tt.want)
		}
		if a := alarms(c); a != "error resend-answer-unclear" && a != "error resend-wrong-server" {
			t.Errorf("%s: found %q", name, a)
		}
	}
}
