package resendapi

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/maildoctor/maildoctor/internal/secret"
)

// TestKeyForTheBaseAlone: the SDK has no way to ask elsewhere, and would be
// refused.
func TestKeyForTheBaseAlone(t *testing.T) {
	t.Parallel()
	next := func(*http.Request) { t.Error("it was asked") }
	c := &capture{base: &url.URL{Scheme: "https", Host: "api.resend.com", Path: "/"}, key: secret.New("re_x"), next: asks(next)}
	for _, to := range []string{"https://elsewhere.test/domains", "http://api.resend.com/domains", "https://api.resend.com:8443/domains"} {
		ctx := context.WithValue(t.Context(), answerKey{}, &answer{})
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, to, nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := c.RoundTrip(req); !errors.Is(err, errElsewhere) {
			t.Errorf("%s: got %v", to, err)
		}
	}
}

type asks func(*http.Request)

func (f asks) RoundTrip(req *http.Request) (*http.Response, error) {
	f(req)
	return nil, errors.New("no")
}

func TestDate(t *testing.T) {
	t.Parallel()
	at := time.Date(2023, 4, 26, 20, 21, 26, 0, time.UTC)
	for s, want := range map[word]time.Time{
		"2023-04-26T20:21:26Z":          at,
		"2023-04-26T20:21:26.347412Z":   at.Add(347412 * time.Microsecond),
		"2023-04-26T22:21:26+02:00":     at,
		"2023-04-26 20:21:26.347412+00": at.Add(347412 * time.Microsecond),
		"2023-04-26 22:21:26+02":        at,
		"2023-04-26 22:21:26.0+02:00":   at,
		"2023-04-26 20:21:26":           at,
		"2023-04-26T20:21:26":           at,
		"2023-04-26":                    at.Truncate(24 * time.Hour),
		"":                              {},
		"yesterday":                     {},
		"1682540486":                    {},
	} {
		if got := date(s); !got.Equal(want) || got.IsZero() != want.IsZero() {
			t.Errorf("date(%q) is %v, want %v", s, got, want)
		}
	}
}

// TestPatterns: patterns are compiled at the time of use.
func TestPatterns(t *testing.T) {
	t.Parallel()
	for _, o := range others {
		matches(o.pattern, "x")
	}
	isPlaceholder("x")
}
