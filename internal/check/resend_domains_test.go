package check

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/report"
)

// stated is a domain in a state, without records.
func stated(name, status string) evidence.ResendDomain {
	return evidence.ResendDomain{ID: "d2", Name: name, Status: status, Region: "us-east-1", Sending: "enabled"}
}

// told is what a check says of a case: the finding with its severity, or the
// outcome with its reason.
func said(c *evidence.Case, id string) string {
	if f := foundOf(c, id); f != nil {
		return fmt.Sprintf("%s %s", f.Severity, f.Summary)
	}
	o := outcomeOf(c, id)
	return strings.TrimSpace(fmt.Sprintf("%s %s", o.Status, o.Reason))
}

// TestSenderAgainstDomains: From must be at the very domain that is verified, and
// what is not known is no finding.
func TestSenderAgainstDomains(t *testing.T) {
	t.Parallel()
	partial := func(c *evidence.Case) { c.Resend.Partial = true }
	disabled := func(c *evidence.Case) { c.Resend.Domains[0].Sending = "disabled" }
	asking := func(d string) adjust { return func(c *evidence.Case) { c.Resend.Asked = []string{d} } }
	tests := map[string]struct {
		changes []adjust
		want    string
	}{
		"verified":               {nil, "passed"},
		"capitals":               {[]adjust{from("App <App@EXAMPLE.org>")}, "passed"},
		"subdomain of it":        {[]adjust{from("a@shop.example.org")}, "error From is at shop.example.org, and only example.org is verified: a subdomain is another domain"},
		"its return path":        {[]adjust{from("a@send.example.org")}, "error From uses send.example.org, which holds the records of example.org: From must be at example.org"},
		"above it":               {[]adjust{having(stated("mail.example.org", "verified"))}, "error From is at example.org, and only its subdomain mail.example.org is verified"},
		"many below it":          {[]adjust{having(stated("a.example.org", "verified"), stated("b.example.org", "verified"), stated("c.example.org", "pending"))}, "error From is at example.org, and only 2 of its subdomains are verified"},
		"asked, below one":       {[]adjust{from(""), asking("shop.example.org")}, "error shop.example.org is not a domain of this Resend account; example.org is"},
		"asked, above one":       {[]adjust{from(""), asking("example.org"), having(stated("a.example.org", "verified"))}, "error example.org is not a domain of this Resend account; a.example.org is"},
		"like it":                {[]adjust{from("a@notexample.org")}, "error notexample.org is not a domain of this Resend account"},
		"no domain at all":       {[]adjust{having()}, "error example.org is not verified at Resend: the account has no domain at all"},
		"pending":                {[]adjust{state("pending")}, "error example.org is not verified at Resend yet: verification is pending"},
		"not started":            {[]adjust{state("not_started")}, "error example.org is not verified at Resend: verification was not started"},
		"failed":                 {[]adjust{state("failed")}, "error example.org failed verification at Resend: nothing can be sent from it"},
		"records gone":           {[]adjust{state("temporary_failure")}, "error example.org was verified at Resend, and its DNS records are gone"},
		"new state":              {[]adjust{state("under_review")}, "error example.org is not verified at Resend: its state is under review"},
		"partly":                 {[]adjust{state("partially_verified")}, "passed"},
		"sending off":            {[]adjust{disabled}, "error Sending is switched off for example.org at Resend"},
		"list is cut":            {[]adjust{having(stated("other.org", "verified")), partial}, "not-run not every domain of the account was listed, and example.org is not among those that were"},
		"key for sending":        {[]adjust{restrictedTo}, "not-run a key that may only send does not tell the domains of its account"},
		"key unknown":            {[]adjust{broken(evidence.Timeout)}, "not-run the domains are not known: the key is not known: Resend was not reached"},
		"no sender":              {[]adjust{from("")}, "not-run no sender was named (--from)"},
		"no sender, no domain":   {[]adjust{from(""), having()}, "warning The account has no domain: Resend sends test mails to its owner only"},
		"no sender, none fit":    {[]adjust{from(""), having(stated("other.org", "pending"))}, "warning No domain of the account is verified: Resend sends test mails to its owner only"},
		"no sender, asked about": {[]adjust{from(""), having(stated("other.org", "pending")), asking("other.org")}, "error other.org is not verified at Resend yet: verification is pending"},
		"asked beside From":      {[]adjust{having(verified("example.org"), stated("other.org", "pending")), asking("other.org")}, "warning other.org is not verified at Resend yet: verification is pending"},
		"testing address":        {[]adjust{from("onboarding@resend.dev")}, "not-run From is at resend.dev"},
	}
	for name, tt := range tests {
		if got := said(resendAsked(tt.changes...)(), "resend-domain-not-verified"); got != tt.want {
			t.Errorf("%s: %q\nwant %q", name, got, tt.want)
		}
	}
	if got := said(resendAsked(from("Shop <onboarding@resend.dev>"))(), "resend-testing-only"); !strings.HasPrefix(got, "warning From is at resend.dev") {
		t.Errorf("onboarding@resend.dev: %q", got)
	}
}

// TestPartlyVerified: the records tell what a state in part means for mail.
func TestPartlyVerified(t *testing.T) {
	t.Parallel()
	pending := func(d evidence.ResendDomain, i ...int) adjust {
		d.Status = "partially_verified"
		for _, n := range i {
			d.Records[n].Status = "pending"
		}
		return having(d)
	}
	receiving := verified("example.org")
	receiving.Records = append(receiving.Records, evidence.ResendRecord{For: "Receiving", Type: "MX", Name: "example.org", Value: "inbound-smtp.us-east-1.amazonaws.com"})
	tests := map[string]struct {
		change adjust
		want   string
	}{
		"verified":    {having(verified("example.org")), "passed"},
		"fallback":    {pending(relayed("example.org"), 1), "warning example.org is verified in part: it sends, without all records of the return path"},
		"DKIM":        {pending(verified("example.org"), 2), "warning example.org is verified in part: its DKIM record is not verified, and mail may be refused"},
		"return path": {pending(verified("example.org"), 0, 1), "warning example.org is verified in part: its return-path records are not, and mail may be refused"},
		"receiving":   {pending(receiving, 3), "note example.org is verified for sending; its records for receiving are not"},
		"no records":  {having(stated("example.org", "partially_failed")), "warning example.org is verified in part at Resend; which records are missing is not known"},
		"none lacks":  {pending(verified("example.org")), "note example.org is verified in part by its state, and each of its records is verified"},
		"of another":  {having(verified("example.org"), stated("other.org", "partially_verified")), "passed"},
	}
	for name, tt := range tests {
		if got := said(resendAsked(tt.change)(), "resend-domain-partial"); got != tt.want {
			t.Errorf("%s: %q\nwant %q", name, got, tt.want)
		}
	}
}

// TestStateNamesItsRecords: a domain that is not verified names the records to
// set, and the records are then no alarm of their own.
func TestStateNamesItsRecords(t *testing.T) {
	t.Parallel()
	c := resendAsked(state("pending"), dns(dnsNone("send.example.org", "txt")...), dns(dnsMX("send.example.org", "feedback-smtp.eu-west-1.amazonses.com")))()
	if got := alarms(c); got != "error resend-domain-not-verified" {
		t.Errorf("found %q", got)
	}
	f := foundOf(c, "resend-domain-not-verified")
	if steps := strings.Join(f.Fix, "\n"); !strings.Contains(steps, `Add send.example.org.  TXT  "v=spf1 include:amazonses.com ~all"`) || !strings.Contains(steps, "Correct send.example.org.  MX  10 feedback-smtp.us-east-1.amazonses.com.") {
		t.Errorf("steps %q", steps)
	}
	if !strings.Contains(f.Detail, "1 record is missing and 1 record is wrong") {
		t.Errorf("detail %q", f.Detail)
	}
}

// TestResendSMTP: ports, logins, and the two sides that agree or not.
func TestResendSMTP(t *testing.T) {
	t.Parallel()
	const blocked, key, user = "resend-smtp-blocked", "resend-key-invalid", "provider-username-convention"
	hang, no := evidence.Timeout, evidence.Refused
	tests := map[string]struct {
		changes []adjust
		id      string
		want    string
	}{
		"not looked at":     {nil, blocked, "not-run not asked for"},
		"all open":          {[]adjust{smtp(openSMTP(465), openSMTP(587))}, blocked, "passed"},
		"alternates answer": {[]adjust{smtp(shutSMTP(465, hang), shutSMTP(587, no), shutSMTP(25, hang), openSMTP(2465))}, blocked, "warning Ports 465 and 25 of smtp.resend.com give no answer from here, port 587 is refused; 2465 answers"},
		"one is blocked":    {[]adjust{smtp(shutSMTP(465, hang), openSMTP(587))}, blocked, "note Port 465 of smtp.resend.com gives no answer from here; 587 answers"},
		"25 alone":          {[]adjust{smtp(shutSMTP(25, hang), openSMTP(465), openSMTP(587))}, blocked, "passed"},
		"none":              {[]adjust{smtp(shutSMTP(465, hang), shutSMTP(587, hang), shutSMTP(2465, hang))}, blocked, "warning No port of smtp.resend.com answers from here"},
		"ended by us":       {[]adjust{smtp(shutSMTP(465, evidence.Cancelled))}, blocked, "not-run the SMTP side of Resend was not looked at"},

		"accepted":               {[]adjust{keyLogin(evidence.LoginAccepted, 235, "Authentication successful")}, key, "passed"},
		"not found":              {[]adjust{broken(evidence.Timeout), keyLogin(evidence.LoginRefused, 535, "API key not found")}, key, "error The API key re_AbCdEfGh is refused over SMTP"},
		"credentials invalid":    {[]adjust{broken(evidence.Timeout), keyLogin(evidence.LoginRefused, 535, "Authentication credentials invalid")}, key, "error The API key re_AbCdEfGh is refused over SMTP"},
		"SMTP alone refuses":     {[]adjust{restrictedTo, keyLogin(evidence.LoginRefused, 535, "API key not found")}, key, "warning Resend takes the key over its API and refuses it over SMTP"},
		"SMTP alone takes it":    {[]adjust{answering(400, "validation_error", "API key is invalid"), keyLogin(evidence.LoginAccepted, 235, "ok")}, key, "warning Resend takes the key over SMTP and calls it invalid over its API"},
		"another refusal":        {[]adjust{restrictedTo, keyLogin(evidence.LoginRefused, 454, "Temporary trouble")}, key, "passed"},
		"broken login":           {[]adjust{restrictedTo, keyLogin(evidence.LoginBroken, 535, "API key not found")}, key, "passed"},
		"wrong user":             {[]adjust{keyLogin(evidence.LoginRefused, 535, "Invalid username")}, user, "error The user name at smtp.resend.com is the word resend, and another one was sent"},
		"wrong user, not key":    {[]adjust{keyLogin(evidence.LoginRefused, 535, "Invalid username")}, key, "passed"},
		"odd key that SMTP took": {[]adjust{broken(evidence.Timeout), shape(evidence.ShapeTruncated), keyLogin(evidence.LoginAccepted, 235, "ok")}, key, "passed"},
	}
	for name, tt := range tests {
		if got := said(resendAsked(tt.changes...)(), tt.id); got != tt.want {
			t.Errorf("%s: %q\nwant %q", name, got, tt.want)
		}
	}
	c := resendAsked(restrictedTo, keyLogin(evidence.LoginAccepted, 235, "ok"))()
	if f := foundOf(c, "resend-send-only"); f == nil || !strings.Contains(f.Detail, "SMTP was accepted") {
		t.Errorf("a key for sending that SMTP took: %+v", f)
	}
	if p := Subject(c).Resend.SMTP; len(p) != 1 || p[0].Login != "accepted" || p[0].Port != 465 || p[0].Mode != "implicit" || p[0].Reach != "open" {
		t.Errorf("ports %+v", p)
	}
	if f := foundOf(resendAsked(smtp(shutSMTP(465, hang), shutSMTP(587, hang), openSMTP(2465), openSMTP(2587)))(), blocked); !strings.Contains(f.Fix[0], "port 2465 with implicit TLS (it answers), or port 2587 with STARTTLS") {
		t.Errorf("steps %q", f.Fix)
	}
}

// TestSettingsWithResend: what Resend says of the key of settings stands at the
// setting, once.
func TestSettingsWithResend(t *testing.T) {
	t.Parallel()
	joinedWith := func(s []change, changes ...adjust) *evidence.Case {
		c := resendAsked(changes...)()
		c.Settings = settled(append([]change{byResend}, s...)...)
		return c
	}
	idle := func(s *evidence.Settings) { s.InForce, s.Idle = false, "MAIL_MAILER=smtp" }
	kept := func(c *evidence.Case) { c.Resend.Kept = true }
	refused := answering(401, "validation_error", "API key is invalid")
	empty := func(s *evidence.Settings) { s.APIKey = evidence.Secret{From: inEnv(2, "RESEND_API_KEY")} }
	tests := map[string]struct {
		c    *evidence.Case
		id   string
		line int
		want string
	}{
		"good":          {joinedWith(nil), "resend-key-invalid", 0, "passed"},
		"refused":       {joinedWith(nil, refused), "resend-key-invalid", 2, "error Resend says that the API key is invalid"},
		"empty":         {joinedWith([]change{empty}, calling(), shape(evidence.ShapeEmpty)), "resend-key-invalid", 2, "error No Resend API key is set: the value is empty"},
		"sender":        {joinedWith(nil, from("a@shop.example.org")), "resend-domain-not-verified", 7, "error From is at shop.example.org, and only example.org is verified: a subdomain is another domain"},
		"test sender":   {joinedWith([]change{sentAs("onboarding@resend.dev")}, from("onboarding@resend.dev")), "resend-testing-only", 7, "warning From is at resend.dev: mail reaches the owner of the account alone"},
		"record":        {joinedWith(nil, dns(dnsNone("send.example.org", "txt")...)), "resend-record-missing", 7, "warning The DNS record send.example.org (TXT) is missing"},
		"kept, alive":   {joinedWith([]change{idle}, kept), "resend-key-kept", 2, "warning The API key re_AbCdEfGh is kept, and still works: it is valid, with full access"},
		"kept, dead":    {joinedWith([]change{idle}, kept, refused), "resend-key-kept", 2, "note The API key re_AbCdEfGh is kept, and is dead: it is invalid"},
		"kept, unknown": {joinedWith([]change{idle}, kept, broken(evidence.Timeout)), "resend-unreachable", 2, "warning Whether the kept key is alive is not known: api.resend.com cannot be reached: no answer in time"},
	}
	for name, tt := range tests {
		if got := said(tt.c, tt.id); got != tt.want {
			t.Errorf("%s: %q\nwant %q", name, got, tt.want)
			continue
		}
		if f := foundOf(tt.c, tt.id); f != nil && (f.Source == nil || f.Source.Line != tt.line) {
			t.Errorf("%s: at %+v, want line %d", name, f.Source, tt.line)
		}
		s := Subject(tt.c)
		if s.Kind != "settings" || s.Resend == nil || s.Endpoint != nil {
			t.Errorf("%s: kind %s, endpoint %v", name, s.Kind, s.Endpoint)
		}
		n := 0
		for _, f := range s.Findings {
			if f.Severity != report.Note || f.ID == tt.id {
				n++
			}
		}
		if n > 1 {
			t.Errorf("%s: %d findings for one cause: %v", name, n, ids(s.Findings))
		}
	}
	if f := foundOf(joinedWith([]change{idle}, kept, refused), "resend-key-kept"); len(f.Fix) != 1 || !strings.HasPrefix(f.Fix[0], "Clear") {
		t.Errorf("of a dead key: %q, want it cleared and no more", f.Fix)
	}
	if got := alarms(joinedWith([]change{idle}, kept, refused)); got != "" {
		t.Errorf("a key that is switched off and dead is an alarm: %s", got)
	}
}

// TestRecordsAreNoServer: what is looked up for a sending domain is not taken for
// the mail server of the settings.
func TestRecordsAreNoServer(t *testing.T) {
	t.Parallel()
	c := seenWith(host(healthy587(), "smtp.resend.com"), func(s *evidence.Settings) { s.User.V = "resend" })
	c.Resend = resendAsked()().Resend
	c.Lookups = append(c.Lookups, slices.Concat(classic("example.org"), faultyDNS(evidence.ServFail, "send.example.org", "address"))...)
	if got := alarms(c); got != "" {
		t.Errorf("found %s", got)
	}
	if o := outcomeOf(c, "resend-record-missing"); o.Status != report.Passed {
		t.Errorf("records: %+v", o)
	}
	if s := Subject(c); s.Endpoint == nil || len(s.Lookups) != 1 {
		t.Errorf("endpoint %v, %d look-ups", s.Endpoint, len(s.Lookups))
	}
}

// TestDomainsNotAsked: a domain that was left out, or whose call failed, is named,
// and nothing is said of its records.
func TestDomainsNotAsked(t *testing.T) {
	t.Parallel()
	with := func(change adjust) adjust {
		return func(c *evidence.Case) {
			c.Resend.Domains = append(c.Resend.Domains, stated("b.example", "verified"))
			c.Resend.Asked = append(c.Resend.Asked, "b.example")
			change(c)
		}
	}
	left := func(c *evidence.Case) { c.Resend.NotRun = []string{"b.example"} }
	failed := func(c *evidence.Case) {
		for range 2 {
			c.Resend.Calls = append(c.Resend.Calls, evidence.Call{Name: evidence.CallDomain, Method: "GET", Path: "/domains/d2", About: "b.example", Status: 429, Error: "rate_limit_exceeded"})
		}
	}
	again := func(c *evidence.Case) {
		failed(c)
		c.Resend.Calls[len(c.Resend.Calls)-1] = evidence.Call{Name: evidence.CallDomain, Method: "GET", Path: "/domains/d2", About: "b.example", Status: 200, Object: "domain"}
	}
	const want = "warning The records of b.example were not told by Resend, and not compared with DNS"
	for name, tt := range map[string]struct {
		change adjust
		want   string
		why    string
	}{
		"limit of calls": {with(left), want, "the records of b.example are not known: a run makes ten calls at most"},
		"429 twice":      {with(failed), want, "the records of b.example are not known: Resend answered 429 rate_limit_exceeded"},
		"429, then told": {with(again), "passed", ""},
	} {
		c := resendAsked(tt.change, dns(bare("b.example")...))()
		if got := said(c, "resend-domain-not-asked"); got != tt.want {
			t.Errorf("%s: %q\nwant %q", name, got, tt.want)
		}
		if tt.why == "" {
			continue
		}
		if o := outcomeOf(c, isMissing); o.Status != report.NotRun || o.Reason != tt.why {
			t.Errorf("%s: records are %+v", name, o)
		}
		if s := Subject(c); s.Healthy || !strings.Contains(s.Verdict, "b.example") {
			t.Errorf("%s: healthy %v, %q", name, s.Healthy, s.Verdict)
		}
	}
}

// TestHangingAPI: a request that got no answer is told from a connection that does
// not come about, and the advice names what was asked.
func TestHangingAPI(t *testing.T) {
	t.Parallel()
	hang := domainsCall(func(c *evidence.Call) {
		c.Fault, c.Peer = &evidence.Fault{Class: evidence.Timeout, Text: "no answer in time"}, "127.0.0.1:4010"
	})
	local := func(c *evidence.Case) { c.Resend.Base = "http://127.0.0.1:4010/" }
	for name, tt := range map[string]struct {
		changes         []adjust
		verdict, advice string
	}{
		"Resend":         {[]adjust{hang}, "Resend did not answer in time", "before api.resend.com, port 443"},
		"another base":   {[]adjust{hang, local}, "127.0.0.1:4010 did not answer in time", "before 127.0.0.1, port 4010"},
		"no connection":  {[]adjust{broken(evidence.Timeout), local}, "127.0.0.1:4010 cannot be reached: no answer in time", "connections to 127.0.0.1, port 4010"},
		"name not found": {[]adjust{broken(evidence.NXDomain)}, "api.resend.com cannot be reached: the name does not exist", "finds api.resend.com"},
	} {
		s := Subject(resendAsked(tt.changes...)())
		f := foundOf(resendAsked(tt.changes...)(), "resend-unreachable")
		if hangs := strings.Contains(tt.verdict, "did not answer"); hangs == strings.Contains(s.Resend.Key.Why, "was not reached") {
			t.Errorf("%s: %q", name, s.Resend.Key.Why)
		}
		if f == nil || s.Verdict != tt.verdict || !strings.Contains(strings.Join(f.Fix, "\n"), tt.advice) {
			t.Errorf("%s: %q, %+v", name, s.Verdict, f)
		}
	}
}

// TestDoorsThatAreNone: a port that answers with something else than Resend's SMTP
// does not work, and is not recommended.
func TestDoorsThatAreNone(t *testing.T) {
	t.Parallel()
	const blocked = "resend-smtp-blocked"
	web := func(port uint16) evidence.Case {
		return smtpAt(port, foreignBytes(port, "http", `"HTTP/1.1 400 Bad Request\\r\\n"`, ""))
	}
	ssh := smtpAt(587, foreignBytes(587, "ssh", `"SSH-2.0-OpenSSH_9.2\\r\\n"`, ""))
	no := smtpAt(587, dial(evidence.Main, 587, evidence.Listens).greeted(554, "No SMTP service here"))
	at25 := smtpAt(25, main587(secured()))
	hang := evidence.Timeout
	waiting := openSMTP(465)
	waiting.Asked.Account = &evidence.Account{User: "resend"}
	for name, tt := range map[string]struct {
		answer adjust
		smtp   adjust
		want   string
		fix    string
	}{
		"HTTP":     {restrictedTo, smtp(web(465), web(587), openSMTP(2465)), "warning Ports 465 and 587 of smtp.resend.com speak HTTP, not SMTP; 2465 answers", "Use port 2465 with implicit TLS (it answers)"},
		"SSH":      {restrictedTo, smtp(shutSMTP(465, hang), ssh, openSMTP(2587)), "warning Port 465 of smtp.resend.com gives no answer from here, port 587 speaks SSH, not SMTP; 2587 answers", "Use port 2587 with STARTTLS (it answers)"},
		"554":      {restrictedTo, smtp(openSMTP(465), no), "note Port 587 of smtp.resend.com greets with 554 No SMTP service here; 465 answers", "Use port 465 with implicit TLS (it answers)"},
		"none":     {restrictedTo, smtp(web(465), ssh), "warning No port of smtp.resend.com can be used from here: port 465 speaks HTTP, not SMTP, port 587 speaks SSH, not SMTP", "Send through the HTTP API of Resend, which uses port 443"},
		"only 25":  {restrictedTo, smtp(shutSMTP(465, hang), shutSMTP(587, hang), at25), "warning Ports 465 and 587 of smtp.resend.com give no answer from here; 25 answers", "Use port 25 with STARTTLS, the only one that works from here, or another network: many hosts block port 25 sooner or later"},
		"no login": {broken(hang), smtp(waiting, openSMTP(587)), "warning Nobody logged in at smtp.resend.com:465: the session did not come that far", ""},
		"known":    {restrictedTo, smtp(waiting, openSMTP(587)), "note Nobody logged in at smtp.resend.com:465: the session did not come that far", ""},
	} {
		c := resendAsked(tt.answer, tt.smtp)()
		if got := said(c, blocked); got != tt.want {
			t.Errorf("%s: %q\nwant %q", name, got, tt.want)
			continue
		}
		if f := foundOf(c, blocked); tt.fix != "" && f.Fix[0] != tt.fix {
			t.Errorf("%s: %q, want %q", name, f.Fix[0], tt.fix)
		}
	}
	if p := Subject(resendAsked(smtp(web(587)))()).Resend.SMTP; p[0].Seen != "speaks HTTP, not SMTP" {
		t.Errorf("a port that speaks HTTP: %+v", p)
	}
}

// TestAskedDomainIsNoSender: without From nobody said that mail goes out from a
// domain.
func TestAskedDomainIsNoSender(t *testing.T) {
	t.Parallel()
	for _, d := range []string{"other.net", "shop.example.org"} {
		s := Subject(resendAsked(from(""), func(c *evidence.Case) { c.Resend.Asked = []string{d} })())
		if strings.Contains(s.Verdict, "mail does not go out") || !strings.Contains(s.Verdict, d+" is not a domain of this Resend account") {
			t.Errorf("%s: verdict %q", d, s.Verdict)
		}
	}
}
