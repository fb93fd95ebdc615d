package resendapi_test

import (
	"context"
	"encoding/json"
	"net"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/fakemail"
	"github.com/maildoctor/maildoctor/internal/resendapi"
	"github.com/maildoctor/maildoctor/internal/secret"
)

// canary is a key whose secret part must be nowhere.
const (
	canary = "re_canary00_0123456789abcdefCANARYxx"
	hidden = "0123456789abcdefCANARYxx"
)

// childBase names the variable that makes this binary a child: it asks the base
// URL in it once, and prints the evidence.
const childBase = "RESENDAPI_TEST_BASE"

func TestMain(m *testing.M) {
	if base := os.Getenv(childBase); base != "" {
		os.Exit(child(base))
	}
	os.Exit(m.Run())
}

func child(base string) int {
	b, err := resendapi.ParseBase(base)
	if err != nil {
		return 9
	}
	c, err := resendapi.New(resendapi.Options{Base: b, Key: secret.New(canary), HTTP: resendapi.NewTransport((&net.Dialer{}).DialContext, nil, nil), Now: time.Now})
	if err != nil {
		return 9
	}
	defer c.Close()
	var r evidence.Resend
	c.Alive(context.Background(), &r)
	if json.NewEncoder(os.Stdout).Encode(r) != nil {
		return 9
	}
	return 0
}

// clock is a time that passes by sleeping only.
type clock struct {
	mu    sync.Mutex
	now   time.Time
	slept []time.Duration
}

func newClock() *clock { return &clock{now: time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)} }

func (k *clock) Now() time.Time {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.now
}

func (k *clock) Sleep(ctx context.Context, d time.Duration) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.now = k.now.Add(d)
	k.slept = append(k.slept, d)
	return ctx.Err()
}

func listen(t *testing.T, api fakemail.ResendAPI) *fakemail.Resend {
	t.Helper()
	s, err := fakemail.ListenResend(api)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// client asks base with the canary, unless change says otherwise.
func client(t *testing.T, base string, change ...func(*resendapi.Options)) *resendapi.Client {
	t.Helper()
	k := newClock()
	o := resendapi.Options{Base: parse(t, base), Key: secret.New(canary), HTTP: transport(t), Now: k.Now, Sleep: k.Sleep, UserAgent: "maildoctor/test"}
	for _, f := range change {
		f(&o)
	}
	c, err := resendapi.New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

func transport(t *testing.T) *http.Transport {
	t.Helper()
	tr := resendapi.NewTransport((&net.Dialer{}).DialContext, nil, nil)
	t.Cleanup(tr.CloseIdleConnections)
	return tr
}

func parse(t *testing.T, base string) *url.URL {
	t.Helper()
	u, err := resendapi.ParseBase(base)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// look makes a whole run, and sees that no secret got into the evidence and
// that nothing was asked that may not be.
func look(t *testing.T, s *fakemail.Resend, asked []string, change ...func(*resendapi.Options)) *evidence.Resend {
	t.Helper()
	r := &evidence.Resend{Asked: asked}
	client(t, s.URL(), change...).Look(t.Context(), r)
	clean(t, r)
	reads(t, s)
	return r
}

// clean: the secret part of the canary is in no form in the evidence.
func clean(t *testing.T, r *evidence.Resend) {
	t.Helper()
	b, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(b), hidden) || strings.Contains(string(b), "CANARY") {
		t.Errorf("the evidence holds the key: %s", b)
	}
}

// reads: nothing but GET of domains, keys and one domain, with the key, an
// agent and nothing else that could be a secret.
func reads(t *testing.T, s *fakemail.Resend) {
	t.Helper()
	for _, q := range s.Asked() {
		path, _, _ := strings.Cut(q.Path, "?")
		id, one := strings.CutPrefix(path, "/domains/")
		if q.Method != http.MethodGet || path != "/domains" && path != "/api-keys" && !(one && id != "" && !strings.Contains(id, "/")) {
			t.Errorf("%s %s was asked", q.Method, q.Path)
		}
		if got := q.Header.Get("Authorization"); got != "Bearer "+canary {
			t.Errorf("Authorization is %q", got)
		}
		if got := q.Header.Get("User-Agent"); got != "maildoctor/test" {
			t.Errorf("User-Agent is %q", got)
		}
	}
}

// paths are what the double was asked, as they stand in the calls.
func paths(s *fakemail.Resend) []string {
	var out []string
	for _, q := range s.Asked() {
		out = append(out, q.Path)
	}
	return out
}

func calls(r *evidence.Resend) []string {
	var out []string
	for _, c := range r.Calls {
		out = append(out, c.Path)
	}
	return out
}

func same(t *testing.T, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s are\n%q, want\n%q", what, got, want)
	}
}

// only returns the single call of a run.
func only(t *testing.T, r *evidence.Resend) evidence.Call {
	t.Helper()
	if len(r.Calls) != 1 {
		t.Fatalf("%d calls, want one: %q", len(r.Calls), calls(r))
	}
	return r.Calls[0]
}

func row(t *testing.T, id string) fakemail.Fail {
	t.Helper()
	f, err := fakemail.ResendRow(id)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func fails(f fakemail.Fail) fakemail.ResendAPI {
	return fakemail.ResendAPI{Fails: map[string]fakemail.Fail{"/domains": f}}
}
