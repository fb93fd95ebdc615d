package resendapi_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/fakemail"
)

// TestEveryError: status, name and message of every error reach the evidence,
// and no call follows one.
func TestEveryError(t *testing.T) {
	t.Parallel()
	for _, e := range fakemail.ResendErrors {
		t.Run(e.ID, func(t *testing.T) {
			t.Parallel()
			s := listen(t, fails(e.Fail()))
			r := look(t, s, []string{"example.test"})
			call := r.Calls[0]
			want := 1
			if e.ID == "rate" {
				want = 2
			}
			if len(r.Calls) != want || len(s.Asked()) != want {
				t.Errorf("%d calls and %d requests, want %d", len(r.Calls), len(s.Asked()), want)
			}
			if call.Status != e.Status || call.Name != evidence.CallDomains || call.Fault != nil {
				t.Errorf("got %+v, want status %d", call, e.Status)
			}
			if call.Object != "" || r.Domains != nil || r.Keys != nil {
				t.Errorf("object %q, domains %v: taken for a list", call.Object, r.Domains)
			}
			if e.Body == "" && (call.Error != e.Name || call.Message != e.Message || call.Body != "" || call.Broken) {
				t.Errorf("got %+v, want %q %q", call, e.Name, e.Message)
			}
		})
	}
}

// TestStrangers: what is not Resend's is quoted and not taken for Resend's.
func TestStrangers(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		typ, begins string
		broken      bool
		header      map[string]string
	}{
		"1010":         {typ: "text/plain", begins: "error code: 1010"},
		"blocked":      {typ: "text/html", begins: "<!DOCTYPE html>", header: map[string]string{"cf-mitigated": "challenge", "cf-ray": "9c0ffee0c0ffee00-FRA", "server": "cloudflare"}},
		"challenge":    {typ: "text/html", begins: "<!DOCTYPE html>"},
		"html":         {typ: "text/html", begins: "<html><body>Welcome"},
		"empty-object": {typ: "application/json", begins: "{}"},
		"other-list":   {typ: "application/json", begins: `{"object":"list"`},
		"problem":      {typ: "application/problem+json", begins: `{"type":"https://stoplight`},
		"truncated":    {typ: "application/json", begins: `{"object":"list"`, broken: true},
		"empty":        {typ: "application/json", broken: true},
		"huge":         {typ: "application/json", begins: `{"object":"list"`, broken: true},
		"redirect":     {typ: "text/html", begins: "Found", header: map[string]string{"location": "https://portal.example.test"}},
	}
	for id, want := range tests {
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			call := only(t, look(t, listen(t, fails(row(t, id))), nil))
			if call.Type != want.typ || !strings.HasPrefix(call.Body, want.begins) || call.Broken != want.broken || call.Error != "" || len(call.Body) > 300 {
				t.Errorf("got %+v, want %+v", call, want)
			}
			for name, v := range want.header {
				if call.Header[name] != v {
					t.Errorf("header %s is %q, want %q", name, call.Header[name], v)
				}
			}
		})
	}
}

func TestMessageList(t *testing.T) {
	t.Parallel()
	call := only(t, look(t, listen(t, fails(row(t, "message-list"))), nil))
	if call.Error != "validation_error" || call.Message != "from must be an email; to should not be empty" {
		t.Errorf("got %+v", call)
	}
}

// TestOddErrors: errors of gateways, and fields of unexpected types.
func TestOddErrors(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ body, name, message, quoted string }{
		"gateway":    {`{"message":"Forbidden"}`, "", "Forbidden", `{"message":"Forbidden"}`},
		"number":     {`{"name":7,"message":{"a":1}}`, "7", `{"a":1}`, ""},
		"null":       {`{"name":null,"message":null}`, "", "", `{"name":null,"message":null}`},
		"list":       {`["x"]`, "", "", `["x"]`},
		"key inside": {`{"name":"validation_error","message":"no such key ` + canary + `"}`, "validation_error", "no such key ****", ""},
		"half of it": {`{"name":"validation_error","message":"no such key ` + hidden + `"}`, "validation_error", "no such key ****", ""},
		"echo":       {`{"authorization":"Bearer ` + canary + `"}`, "", "", `{"authorization":"Bearer ****"}`},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			call := only(t, look(t, listen(t, fails(fakemail.Fail{Status: 418, Body: tt.body, Header: map[string]string{"X-Resend-Echo": canary}})), nil))
			if call.Error != tt.name || call.Message != tt.message || call.Body != tt.quoted || call.Header["x-resend-echo"] != "****" {
				t.Errorf("got %+v, want %+v", call, tt)
			}
		})
	}
}

// TestOtherLists: what looks like a list of Resend's is one only in whole.
func TestOtherLists(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{
		"no object":     `{"data":[]}`,
		"other object":  `{"object":"page","data":[]}`,
		"no data":       `{"object":"list"}`,
		"null":          `{"object":"list","data":null}`,
		"text":          `{"object":"list","data":"x"}`,
		"bare":          `[]`,
		"bare items":    `[{"id":"a","name":"a.test"}]`,
		"no names":      `{"object":"list","data":[{"id":"a"}]}`,
		"words":         `{"object":"list","data":["a.test"]}`,
		"a domain":      `{"object":"domain","id":"a","name":"a.test"}`,
		"a string":      `"list"`,
		"null alone":    `null`,
		"trailing junk": `{"object":"list","data":[]}{}`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			call := only(t, look(t, listen(t, fails(fakemail.Fail{Body: body})), []string{"a.test"}))
			if call.Object != "" || call.Body != body || call.Broken != (name == "trailing junk") {
				t.Errorf("got %+v", call)
			}
		})
	}
}

// TestKeyAcrossTheCut: a key at the end of what is quoted leaves no half.
func TestKeyAcrossTheCut(t *testing.T) {
	t.Parallel()
	call := only(t, look(t, listen(t, fails(fakemail.Fail{Status: 502, Type: "text/html", Body: strings.Repeat("x", 280) + canary})), nil))
	if strings.Contains(call.Body, "re_") || len(call.Body) < 280 {
		t.Errorf("the body is %q", call.Body)
	}
}

func TestHeaders(t *testing.T) {
	t.Parallel()
	f := row(t, "daily-quota")
	f.Header = map[string]string{"X-Resend-Daily-Quota": "100", "Ratelimit-Policy": "10;w=1", "Retry-After": "3600", "Set-Cookie": "a=b", "X-Other": "1"}
	call := only(t, look(t, listen(t, fails(f)), nil))
	for name, want := range map[string]string{"x-resend-daily-quota": "100", "ratelimit-policy": "10;w=1", "retry-after": "3600", "server": "cloudflare", "content-type": "application/json; charset=utf-8", "set-cookie": "", "x-other": ""} {
		if got := call.Header[name]; got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if call.Header["date"] == "" || call.Peer == "" {
		t.Errorf("no date or peer in %+v", call)
	}
}

// TestTruncatedOnTheWire: the connection ends in the middle of a body.
func TestTruncatedOnTheWire(t *testing.T) {
	t.Parallel()
	call := only(t, look(t, listen(t, fails(fakemail.Fail{Body: `{"object":"list","data":[],"has_more":false}`, Cut: true})), nil))
	if call.Status != http.StatusOK || !call.Broken || call.Object != "" || call.Fault == nil || call.Fault.Class != evidence.EOF {
		t.Errorf("got %+v, %+v", call, call.Fault)
	}
}
