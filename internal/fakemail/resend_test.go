package fakemail

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/netip"
	"runtime"
	"strings"
	"testing"
)

const resendKey = "re_abcdefgh_0123456789abcdefghijklmn"

func listenResend(t *testing.T, api ResendAPI) *Resend {
	t.Helper()
	r, err := ListenResend(api)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		for range 2 {
			if err := r.Close(); err != nil {
				t.Error(err)
			}
		}
	})
	return r
}

// request speaks HTTP by hand, as a client that need not be a good one.
func request(t *testing.T, r *Resend, method, path, headers, body string) (int, string) {
	t.Helper()
	c := dial(t, r.Addr())
	fmt.Fprintf(c, "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: %d\r\n%s\r\n%s", method, path, len(body), headers, body)
	resp, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		return 0, err.Error()
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		return resp.StatusCode, err.Error()
	}
	return resp.StatusCode, string(b)
}

const goodHeaders = "User-Agent: test\r\nAuthorization: Bearer " + resendKey + "\r\n"

func TestResend(t *testing.T) {
	t.Parallel()
	full := ResendAPI{Key: resendKey, Owner: "owner@example.test", Domains: []ResendDomain{
		{ID: "id-1", Name: "one.example.test", Status: "verified", Sending: "enabled", Records: ClassicRecords("eu-west-1", "verified")},
		{ID: "id-2", Name: "two.example.test", Status: "pending"},
	}, Keys: []ResendListed{{ID: "k-1", Name: "production"}}}
	only, scoped := full, full
	only.SendOnly = true
	scoped.Scope = "two.example.test"
	mail := func(from, to string) string {
		return `{"from":"` + from + `","to":["` + to + `"],"subject":"x","text":"y"}`
	}
	tests := []struct {
		name                        string
		api                         ResendAPI
		method, path, headers, body string
		status                      int
		want                        string
	}{
		{"no agent", full, "GET", "/domains", "Authorization: Bearer " + resendKey + "\r\n", "", 403, "error code: 1010"},
		{"no key", full, "GET", "/domains", "User-Agent: x\r\n", "", 401, "missing_api_key"},
		{"not bearer", full, "GET", "/domains", "User-Agent: x\r\nAuthorization: Basic eA==\r\n", "", 401, "missing_api_key"},
		{"other key", full, "GET", "/domains", "User-Agent: x\r\nAuthorization: Bearer re_x\r\n", "", 400, "API key is invalid"},
		{"all domains", full, "GET", "/domains", goodHeaders, "", 200, `"has_more":false`},
		{"one page", full, "GET", "/domains?limit=1", goodHeaders, "", 200, `"has_more":true`},
		{"next page", full, "GET", "/domains?limit=1&after=id-1", goodHeaders, "", 200, `two.example.test`},
		{"limit 0", full, "GET", "/domains?limit=0", goodHeaders, "", 422, "pagination limit"},
		{"limit 101", full, "GET", "/api-keys?limit=101", goodHeaders, "", 422, "pagination limit"},
		{"after nothing", full, "GET", "/domains?after=x", goodHeaders, "", 422, "invalid_parameter"},
		{"keys", full, "GET", "/api-keys", goodHeaders, "", 200, `"last_used_at":null`},
		{"domain", full, "GET", "/domains/id-1", goodHeaders, "", 200, `"records":[{`},
		{"domain without records", full, "GET", "/domains/id-2", goodHeaders, "", 200, `"records":[]`},
		{"no domain", full, "GET", "/domains/id-3", goodHeaders, "", 404, "Domain not found"},
		{"verify", full, "POST", "/domains/id-1/verify", goodHeaders, "", 405, "method_not_allowed"},
		{"elsewhere", full, "GET", "/x", goodHeaders, "", 404, "not_found"},
		{"send-only", only, "GET", "/domains", goodHeaders, "", 401, "restricted_api_key"},
		{"send-only sends", only, "POST", "/emails", goodHeaders, mail("a@one.example.test", "b@c.test"), 200, `"id"`},
		{"no fields", full, "POST", "/emails", goodHeaders, "{}", 422, "missing_required_field"},
		{"no text", full, "POST", "/emails", goodHeaders, `{"from":"a@one.example.test","to":["x@y.test"]}`, 422, "Missing `html`"},
		{"no address", full, "POST", "/emails", goodHeaders, mail("one", "b@c.test"), 422, "Invalid `from`"},
		{"not verified", full, "POST", "/emails", goodHeaders, mail("a@two.example.test", "b@c.test"), 403, "is not verified"},
		{"subdomain", full, "POST", "/emails", goodHeaders, mail("a@send.one.example.test", "b@c.test"), 403, "is not verified"},
		{"scoped", scoped, "POST", "/emails", goodHeaders, mail("a@one.example.test", "b@c.test"), 403, "not authorized to send emails from one.example.test"},
		{"testing", full, "POST", "/emails", goodHeaders, mail("onboarding@resend.dev", "b@c.test"), 403, "testing emails"},
		{"testing to the owner", full, "POST", "/emails", goodHeaders, mail("onboarding@resend.dev", "owner@example.test"), 200, `"id"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := listenResend(t, tt.api)
			status, body := request(t, r, tt.method, tt.path, tt.headers, tt.body)
			if status != tt.status || !strings.Contains(body, tt.want) {
				t.Errorf("got %d %s, want %d %s", status, body, tt.status, tt.want)
			}
			if q := r.Asked(); len(q) != 1 || q[0].Method != tt.method || q[0].Path != tt.path || string(q[0].Body) != tt.body {
				t.Errorf("recorded %+v", q)
			}
		})
	}
}

func TestResendIdempotency(t *testing.T) {
	t.Parallel()
	r := listenResend(t, ResendAPI{Domains: []ResendDomain{{Name: "a.test", Status: "verified"}}})
	for i, want := range []int{200, 200, 409} {
		status, body := request(t, r, "POST", "/emails", goodHeaders+"Idempotency-Key: 1\r\n", fmt.Sprintf(`{"from":"a@a.test","to":["b@c.test"],"text":"%d"}`, i/2))
		if status != want {
			t.Errorf("request %d: got %d %s, want %d", i, status, body, want)
		}
	}
}

// TestResendErrors: the table is what the double answers, each id once.
func TestResendErrors(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, e := range ResendErrors {
		if seen[e.ID] {
			t.Errorf("%s stands twice", e.ID)
		}
		seen[e.ID] = true
		f, err := ResendRow(e.ID)
		if err != nil {
			t.Fatal(err)
		}
		r := listenResend(t, ResendAPI{Fails: map[string]Fail{"/domains": f}})
		status, body := request(t, r, "GET", "/domains", "", "")
		if status != e.Status || body != f.Body {
			t.Errorf("%s: got %d %.100s, want %d %.100s", e.ID, status, body, e.Status, f.Body)
		}
		var p struct{ Name, Message string }
		if e.Body == "" && (json.Unmarshal([]byte(body), &p) != nil || p.Name != e.Name || p.Message != e.Message) {
			t.Errorf("%s: got %s", e.ID, body)
		}
	}
	if _, err := ResendRow("none"); err == nil {
		t.Error("there is a row with the id none")
	}
}

func TestResendFails(t *testing.T) {
	t.Parallel()
	r := listenResend(t, ResendAPI{Fails: map[string]Fail{
		"/domains":  {Status: 500, Body: "{}", Times: 1},
		"/api-keys": {Body: "0123456789", Cut: true},
		"/a":        {Drops: true},
	}})
	for i, want := range []int{500, 200} {
		if status, body := request(t, r, "GET", "/domains", goodHeaders, ""); status != want {
			t.Errorf("request %d: got %d %s, want %d", i, status, body, want)
		}
	}
	if status, body := request(t, r, "GET", "/api-keys", goodHeaders, ""); status != 200 || body != io.ErrUnexpectedEOF.Error() {
		t.Errorf("got %d %s", status, body)
	}
	if status, body := request(t, r, "GET", "/a", goodHeaders, ""); status != 0 {
		t.Errorf("got %d %s", status, body)
	}
}

// TestResendClosesInTime: requests that hang end with the server.
func TestResendClosesInTime(t *testing.T) {
	t.Parallel()
	r := listenResend(t, ResendAPI{Fails: map[string]Fail{"/domains": {Hangs: true}}})
	c := dial(t, r.Addr())
	fmt.Fprint(c, "GET /domains HTTP/1.1\r\nHost: x\r\n\r\n")
	ctx := waiting(t)
	for len(r.Asked()) == 0 {
		if err := ctx.Err(); err != nil {
			t.Fatal(err)
		}
		runtime.Gosched()
	}
	if err := r.Close(); err != nil {
		t.Error(err)
	}
	if _, err := c.Read(make([]byte, 1)); err == nil {
		t.Error("an answer came")
	}
}

func TestResendRecords(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		records []ResendRecord
		want    string
	}{
		"classic": {ClassicRecords("sa-east-1", "pending"), "MX send feedback-smtp.sa-east-1.amazonses.com, TXT send \"v=spf1 include:amazonses.com ~all\", TXT resend._domainkey "},
		"cname":   {CNAMERecords("ap-northeast-1", "pending"), "CNAME send send.forge.rmta.net, CNAME rsend rsend-apne1.forge.rmta.net, TXT resend._domainkey "},
		"us":      {CNAMERecords("us-east-1", "pending"), "CNAME send send.forge.rmta.net, CNAME rsend rsend.forge.rmta.net, "},
		"hybrid":  {HybridRecords("us-east-1", "pending"), "MX send feedback-smtp.us-east-1.amazonses.com, TXT send "},
	} {
		var got []string
		for _, r := range tt.records {
			got = append(got, r.Type+" "+r.Name+" "+r.Value)
		}
		if s := strings.Join(got, ", "); !strings.HasPrefix(s, tt.want) {
			t.Errorf("%s: got %s, want %s", name, s, tt.want)
		}
	}
	if n := len(HybridRecords("us-east-1", "")); n != 4 {
		t.Errorf("%d hybrid records", n)
	}
}

func TestResendOnLoopbackOnly(t *testing.T) {
	t.Parallel()
	if r, err := ListenResend(ResendAPI{Addr: netip.MustParseAddrPort("192.0.2.1:0")}); err == nil {
		r.Close()
		t.Error("it listens elsewhere")
	}
}
