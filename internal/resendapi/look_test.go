package resendapi_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/fakemail"
	"github.com/maildoctor/maildoctor/internal/resendapi"
	"github.com/maildoctor/maildoctor/internal/secret"
)

func domains(n int) []fakemail.ResendDomain {
	var out []fakemail.ResendDomain
	for i := range n {
		out = append(out, fakemail.ResendDomain{ID: fmt.Sprintf("d91cd9bd-1176-453e-8fc1-%012d", i), Name: fmt.Sprintf("d%d.example.test", i), Status: "verified",
			Region: "eu-west-1", CreatedAt: "2023-04-26 20:21:26.347412+00", Sending: "enabled", Receiving: "disabled", Records: fakemail.ClassicRecords("eu-west-1", "verified")})
	}
	return out
}

func TestLook(t *testing.T) {
	t.Parallel()
	used := "2026-11-22T10:00:00.000Z"
	api := fakemail.ResendAPI{Key: canary, Domains: domains(3), Keys: []fakemail.ResendListed{
		{ID: "b6d24b8e-af0b-4c3c-be0c-359bbd97381e", Name: "production", CreatedAt: "2023-04-08 00:11:13.110779+00", LastUsed: &used},
		{ID: "b6d24b8e-af0b-4c3c-be0c-359bbd97381f", Name: "never used", CreatedAt: "2026-01-02T03:04:05Z"},
	}}
	api.Domains[1].Records = fakemail.CNAMERecords("eu-west-1", "pending")
	s := listen(t, api)
	var watched []string
	r := look(t, s, []string{"d1.example.test", "elsewhere.test", "d0.example.test", "d1.example.test"}, func(o *resendapi.Options) {
		o.Watch = func(s string) { watched = append(watched, s) }
	})
	want := []string{"/domains?limit=100", "/api-keys?limit=100", "/domains/" + api.Domains[1].ID, "/domains/" + api.Domains[0].ID}
	same(t, "requests", paths(s), want)
	same(t, "calls", calls(r), want)
	if len(watched) != 4 || watched[0] != "GET /domains?limit=100" {
		t.Errorf("watched %q", watched)
	}
	if len(r.Domains) != 3 || r.Partial || r.NotRun != nil || r.Base != s.URL() {
		t.Errorf("got %+v", r)
	}
	d := r.Domains[0]
	if d.Name != "d0.example.test" || d.Status != "verified" || d.Region != "eu-west-1" || d.Sending != "enabled" || d.Receiving != "disabled" || !d.CreatedAt.Equal(time.Date(2023, 4, 26, 20, 21, 26, 347412000, time.UTC)) {
		t.Errorf("got %+v", d)
	}
	records := []evidence.ResendRecord{
		{For: "SPF", Type: "MX", Name: "send", Value: "feedback-smtp.eu-west-1.amazonses.com", Priority: 10, Status: "verified"},
		{For: "SPF", Type: "TXT", Name: "send", Value: "v=spf1 include:amazonses.com ~all", Status: "verified"},
	}
	if !slices.Equal(d.Records[:2], records) || len(d.Records) != 3 || r.Domains[2].Records != nil {
		t.Errorf("got %+v", r.Domains)
	}
	if got := r.Domains[1].Records[1]; got.Type != "CNAME" || got.Name != "rsend" || got.Value != "rsend-euw1.forge.rmta.net" || got.Status != "pending" {
		t.Errorf("got %+v", got)
	}
	if len(r.Keys) != 2 || r.Keys[0].Name != "production" || !r.Keys[0].LastUsed.Equal(time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)) || !r.Keys[1].LastUsed.IsZero() || r.Keys[1].CreatedAt.IsZero() {
		t.Errorf("got %+v", r.Keys)
	}
	for i, c := range r.Calls {
		if wantObject := []string{"list", "list", "domain", "domain"}[i]; c.Object != wantObject || c.Status != 200 || c.Body != "" || c.Header["x-resend-monthly-quota"] != "7" {
			t.Errorf("call %d is %+v", i, c)
		}
	}
	if r.Calls[2].About != "d1.example.test" {
		t.Errorf("about %q", r.Calls[2].About)
	}
}

// TestPace: at most three calls in any second, by the clock that was given.
func TestPace(t *testing.T) {
	t.Parallel()
	k := newClock()
	s := listen(t, fakemail.ResendAPI{Domains: domains(9)})
	var asked []string
	for i := range 9 {
		asked = append(asked, fmt.Sprintf("d%d.example.test", i))
	}
	r := look(t, s, asked, func(o *resendapi.Options) { o.Now, o.Sleep, o.Start = k.Now, k.Sleep, k.Now().Add(-time.Minute) })
	for i, c := range r.Calls {
		if i >= 3 && c.At-r.Calls[i-3].At < time.Second {
			t.Errorf("calls %d to %d began within %v", i-3, i, c.At-r.Calls[i-3].At)
		}
	}
	if len(r.Calls) != 10 || r.Calls[0].At != time.Minute || r.Calls[3].Waited != time.Second || r.Calls[9].At != time.Minute+3*time.Second {
		t.Errorf("got %+v", r.Calls)
	}
	same(t, "left out", r.NotRun, []string{"d8.example.test"})
}

// TestTenCalls: pages and repetitions count; what is left out is named.
func TestTenCalls(t *testing.T) {
	t.Parallel()
	var asked []string
	for i := range 15 {
		asked = append(asked, fmt.Sprintf("d%d.example.test", i))
	}
	once := row(t, "rate")
	once.Times = 1
	api := fakemail.ResendAPI{Domains: domains(250), Fails: map[string]fakemail.Fail{"/api-keys": once}}
	s := listen(t, api)
	r := look(t, s, asked)
	if len(s.Asked()) != 10 || len(r.Calls) != 10 || len(r.Domains) != 250 || r.Partial {
		t.Errorf("%d requests, %d calls, %d domains, partial %v", len(s.Asked()), len(r.Calls), len(r.Domains), r.Partial)
	}
	same(t, "left out", r.NotRun, asked[5:]) // three pages, the keys twice, five domains
}

// TestTenthCallIsLimited: no eleventh follows.
func TestTenthCallIsLimited(t *testing.T) {
	t.Parallel()
	d := domains(8)
	var asked []string
	for _, one := range d {
		asked = append(asked, one.Name)
	}
	s := listen(t, fakemail.ResendAPI{Domains: d, Fails: map[string]fakemail.Fail{"/domains/" + d[7].ID: row(t, "rate")}})
	if r := look(t, s, asked); len(r.Calls) != 10 || r.Calls[9].Error != "rate_limit_exceeded" || len(s.Asked()) != 10 {
		t.Errorf("%d calls, %d requests", len(r.Calls), len(s.Asked()))
	}
}

func TestPages(t *testing.T) {
	t.Parallel()
	api := fakemail.ResendAPI{Domains: domains(1100)}
	s := listen(t, api)
	r := look(t, s, []string{"d1099.example.test", "d5.example.test"})
	if len(r.Domains) != 800 || !r.Partial || len(r.Calls) != 10 {
		t.Errorf("%d domains, partial %v, %d calls", len(r.Domains), r.Partial, len(r.Calls))
	}
	same(t, "left out", r.NotRun, []string{"d1099.example.test"})
	if got, want := r.Calls[1].Path, "/domains?after="+api.Domains[99].ID+"&limit=100"; got != want || paths(s)[1] != want {
		t.Errorf("the second page is %q, want %q", got, want)
	}
	if got := r.Calls[9].About; got != "d5.example.test" {
		t.Errorf("the last call is about %q", got)
	}
}

// TestPagesThatDoNotEnd: an after that leads nowhere is not followed.
func TestPagesThatDoNotEnd(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{
		"same page": `{"object":"list","has_more":true,"data":[{"id":"a-1","name":"a.test"}]}`,
		"no items":  `{"object":"list","has_more":true,"data":[]}`,
		"bad id":    `{"object":"list","has_more":true,"data":[{"id":"../api-keys","name":"a.test"}]}`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := listen(t, fails(fakemail.Fail{Body: body}))
			r := look(t, s, []string{"a.test"})
			if !r.Partial || len(s.Asked()) > 4 {
				t.Errorf("partial %v, %q", r.Partial, paths(s))
			}
			for _, p := range paths(s) {
				if strings.Contains(p, "..") {
					t.Errorf("asked %q", p)
				}
			}
		})
	}
}

// TestSecondPageFails: what came is kept, and there is more.
func TestSecondPageFails(t *testing.T) {
	t.Parallel()
	f := row(t, "restricted")
	s := listen(t, fakemail.ResendAPI{Domains: domains(150)})
	n := 0
	r := look(t, s, nil, func(o *resendapi.Options) {
		o.HTTP = second{o.HTTP, &n, f}
	})
	if len(r.Domains) != 100 || !r.Partial || len(r.Calls) != 2 || r.Calls[1].Error != "restricted_api_key" {
		t.Errorf("%d domains, partial %v, calls %q", len(r.Domains), r.Partial, calls(r))
	}
}

// second changes the answer to the second request.
type second struct {
	http.RoundTripper
	n *int
	f fakemail.Fail
}

func (s second) RoundTrip(req *http.Request) (*http.Response, error) {
	resp, err := s.RoundTripper.RoundTrip(req)
	if *s.n++; *s.n == 2 && err == nil {
		resp.Body.Close()
		resp.StatusCode, resp.Body = s.f.Status, nopBody{strings.NewReader(s.f.Body)}
	}
	return resp, err
}

type nopBody struct{ *strings.Reader }

func (nopBody) Close() error { return nil }

func TestRateLimit(t *testing.T) {
	t.Parallel()
	date := newClock().Now().Add(4 * time.Second).Format(http.TimeFormat)
	tests := map[string]struct {
		after string
		times int
		calls int
		waits time.Duration
	}{
		"seconds":     {"2", 1, 3, 2 * time.Second},
		"twice":       {"2", 0, 2, 2 * time.Second},
		"date":        {date, 1, 3, 4 * time.Second},
		"none":        {"", 1, 3, time.Second},
		"words":       {"soon", 1, 3, time.Second},
		"zero":        {"0", 1, 3, time.Second},
		"negative":    {"-5", 1, 3, time.Second},
		"ten":         {"10", 1, 3, 10 * time.Second},
		"too long":    {"11", 1, 1, 0},
		"enormous":    {"9223372036854775807", 1, 1, 0},
		"overflowing": {"92233720368547758070", 1, 3, time.Second},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			k := newClock()
			f := row(t, "rate")
			f.Times = tt.times
			f.Header = map[string]string{"Retry-After": tt.after}
			s := listen(t, fails(f))
			r := look(t, s, nil, func(o *resendapi.Options) { o.Now, o.Sleep = k.Now, k.Sleep })
			if len(r.Calls) != tt.calls || len(s.Asked()) != tt.calls || r.Calls[0].Error != "rate_limit_exceeded" || r.Calls[0].Waited != 0 {
				t.Fatalf("calls are %+v, want %d", r.Calls, tt.calls)
			}
			if tt.calls > 1 && r.Calls[1].Waited != tt.waits {
				t.Errorf("waited %v, want %v", r.Calls[1].Waited, tt.waits)
			}
			if tt.times == 1 && tt.calls > 1 && r.Calls[1].Object != "list" {
				t.Errorf("the second call is %+v", r.Calls[1])
			}
		})
	}
}

// TestNoRetry: a wait that ends behind the deadline is not begun.
func TestNoRetry(t *testing.T) {
	t.Parallel()
	f := row(t, "rate")
	f.Header = map[string]string{"Retry-After": "9"}
	s := listen(t, fails(f))
	ctx, cancel := context.WithTimeout(t.Context(), 8*time.Second)
	defer cancel()
	r := &evidence.Resend{}
	client(t, s.URL(), func(o *resendapi.Options) { o.Now = time.Now }).Look(ctx, r)
	only(t, r)
}

// TestRefusedLater: after a refusal of the key no record is asked for; after
// another failure they are.
func TestRefusedLater(t *testing.T) {
	t.Parallel()
	for id, want := range map[string]int{"restricted": 2, "invalid-400": 2, "invalid_permission": 2, "daily-quota": 2, "html": 2, "redirect": 2, "application_error": 3, "not_found": 3} {
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			s := listen(t, fakemail.ResendAPI{Domains: domains(1), Fails: map[string]fakemail.Fail{"/api-keys": row(t, id)}})
			if r := look(t, s, []string{"d0.example.test"}); len(r.Calls) != want || len(r.Domains) != 1 || r.NotRun != nil {
				t.Errorf("%d calls, want %d: %+v", len(r.Calls), want, r)
			}
		})
	}
}

// TestRecords: the fields that came in other types in other years.
func TestRecords(t *testing.T) {
	t.Parallel()
	d := domains(1)
	s := listen(t, fakemail.ResendAPI{Domains: d, Fails: map[string]fakemail.Fail{"/domains/" + d[0].ID: {Body: `{"object":"domain","id":"` + d[0].ID + `","name":"d0.example.test","capabilities":[],"new":{"a":[1]},"records":[
		{"record":"Receiving MX","type":"mx","name":"@","value":"inbound-smtp.eu-west-1.amazonaws.com","priority":"10","ttl":60,"status":null},
		{"record":"SPF","type":"TXT","name":"send","value":"\"v=spf1 \" \"include:amazonses.com ~all\"","priority":null,"ttl":"Auto","status":"verified"},
		{"record":"TrackingCAA","type":"CAA","name":"links.example.test","value":"0 issue \"amazon.com\"","priority":true}]}`}}})
	r := look(t, s, []string{"d0.example.test"})
	want := []evidence.ResendRecord{
		{For: "Receiving", Type: "MX", Name: "@", Value: "inbound-smtp.eu-west-1.amazonaws.com", Priority: 10},
		{For: "SPF", Type: "TXT", Name: "send", Value: "v=spf1 include:amazonses.com ~all", Status: "verified"},
		{For: "TrackingCAA", Type: "CAA", Name: "links.example.test", Value: `0 issue "amazon.com"`},
	}
	if !slices.Equal(r.Domains[0].Records, want) {
		t.Errorf("got %+v", r.Domains[0].Records)
	}
}

func TestAlive(t *testing.T) {
	t.Parallel()
	s := listen(t, fakemail.ResendAPI{Domains: domains(120)})
	r := &evidence.Resend{Asked: []string{"d0.example.test"}}
	client(t, s.URL()).Alive(t.Context(), r)
	if only(t, r).Object != "list" || !r.Partial || len(r.Domains) != 100 || len(s.Asked()) != 1 || r.NotRun != nil {
		t.Errorf("got %+v", r)
	}
}

func TestSend(t *testing.T) {
	t.Parallel()
	once := row(t, "rate")
	once.Times = 1
	s := listen(t, fakemail.ResendAPI{Key: canary, SendOnly: true, Domains: domains(1), Fails: map[string]fakemail.Fail{"/emails": once}})
	r := &evidence.Resend{}
	m := resendapi.Message{From: "Test <a@d0.example.test>", To: []string{"b@example.test"}, Subject: "Test", Text: "Text", Headers: map[string]string{"Importance": "low"}, Idempotency: "run-1"}
	client(t, s.URL()).Send(t.Context(), r, m)
	clean(t, r)
	if len(r.Calls) != 2 || r.Calls[1].Created != "49a3999c-0ce1-4ea6-ab68-afcd6dc2e794" || r.Calls[1].Name != evidence.CallSend || r.Calls[1].Method != "POST" || r.Calls[1].Path != "/emails" {
		t.Fatalf("got %+v", r.Calls)
	}
	same(t, "recipients", r.SentTo, m.To)
	var sent struct {
		From, Subject, Text string
		Headers             map[string]string
	}
	for _, q := range s.Asked() {
		if err := json.Unmarshal(q.Body, &sent); err != nil || sent.From != m.From || sent.Headers["Importance"] != "low" || q.Header.Get("Idempotency-Key") != "run-1" {
			t.Errorf("sent %s with %q, %v", q.Body, q.Header.Get("Idempotency-Key"), err)
		}
	}
}

func TestSendRefused(t *testing.T) {
	t.Parallel()
	for _, id := range []string{"not-verified", "testing-only", "not-authorized", "daily-quota", "missing_required_field", "invalid_idempotent_request", "html", "empty-object"} {
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			s := listen(t, fakemail.ResendAPI{Fails: map[string]fakemail.Fail{"/emails": row(t, id)}})
			r := &evidence.Resend{}
			client(t, s.URL()).Send(t.Context(), r, resendapi.Message{From: "a@b.test", To: []string{"c@d.test"}, Text: "x"})
			call := only(t, r)
			if call.Created != "" || r.SentTo != nil || call.Error == "" && call.Body == "" {
				t.Errorf("got %+v", call)
			}
			if got := s.Asked()[0].Header.Get("Idempotency-Key"); !strings.HasPrefix(got, "maildoctor-") || len(got) > 256 {
				t.Errorf("the idempotency key is %q", got)
			}
		})
	}
}

// TestKeysThatNoHeaderCarries: no request, no panic, no leak.
func TestKeysThatNoHeaderCarries(t *testing.T) {
	t.Parallel()
	for name, key := range map[string]string{"newline": canary[:20] + "\n" + canary[20:], "not ASCII": canary + "é", "NUL": canary[:20] + "\x00" + canary[20:], "empty": "", "blank": " \n"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := listen(t, fakemail.ResendAPI{})
			r := &evidence.Resend{Asked: []string{"a.test"}}
			client(t, s.URL(), func(o *resendapi.Options) { o.Key = secret.New(key) }).Look(t.Context(), r)
			call := only(t, r)
			clean(t, r)
			if len(s.Asked()) != 0 || call.Status != 0 || call.Fault == nil || call.Fault.Class != evidence.Other || !strings.Contains(call.Fault.Text, "key") {
				t.Errorf("got %+v, %+v", call, call.Fault)
			}
		})
	}
}

// TestKeyIsCleaned: the answer is about the key itself.
func TestKeyIsCleaned(t *testing.T) {
	t.Parallel()
	for i, key := range []string{canary + "\n", `"` + canary + `"`, "Bearer " + canary, "\ufeff 'bearer\t" + canary + "' \r\n"} {
		t.Run(strconv.Itoa(i), func(t *testing.T) {
			t.Parallel()
			s := listen(t, fakemail.ResendAPI{Key: canary})
			if call := look(t, s, nil, func(o *resendapi.Options) { o.Key = secret.New(key) }).Calls[0]; call.Object != "list" {
				t.Errorf("got %+v", call)
			}
		})
	}
}
