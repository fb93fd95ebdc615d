package fakemail

import (
	"strconv"
	"strings"
	"testing"

	"github.com/maildoctor/maildoctor/internal/target"
)

// Each fault is really there: a client of another make, set as the story says,
// fails with the words that its kind prints.
func TestScenarios(t *testing.T) {
	t.Parallel()
	want := map[string]string{
		"tls-on-starttls-port":      "first record does not look like a TLS handshake",
		"starttls-on-tls-port":      "", // hangs: see TestScenarioThatHangs
		"tls-on-plaintext-server":   "first record does not look like a TLS handshake",
		"starttls-stripped":         "STARTTLS",
		"starttls-refused":          "4.7.0 TLS not available",
		"cert-expired":              "certificate has expired",
		"cert-name-mismatch":        "not mail.customer.example",
		"cert-self-signed":          "unknown authority",
		"cert-missing-intermediate": "unknown authority",
		"wrong-protocol-http":       "", // waits for each other: see TestScenarioThatHangs
		"connection-refused":        "refused",
		"greeting-rejected":         "554",
		"tls-version-too-old":       "protocol version",
	}
	for _, s := range Scenarios() {
		t.Run(s.ID, func(t *testing.T) {
			t.Parallel()
			run := start(t, s)
			words, ok := want[s.ID]
			if !ok {
				t.Fatal("no expectation for this scenario")
			}
			if words == "" {
				return
			}
			err := gomail(t, s.As, run.RootPEM, s.Host, route(t, run, s.Port).To)
			if err == nil || !strings.Contains(err.Error(), words) {
				t.Errorf("a client set to %s at %s:%d got %v, want %q", s.As, s.Host, s.Port, err, words)
			}
		})
	}
	if len(want) != len(Scenarios()) {
		t.Errorf("%d scenarios, %d expectations", len(Scenarios()), len(want))
	}
}

// The remedy of a story works, where it has one.
func TestScenarioRemedies(t *testing.T) {
	t.Parallel()
	tests := []struct {
		id   string
		port uint16
		mode target.Mode
	}{
		{"tls-on-starttls-port", 587, target.STARTTLS},
		{"tls-on-starttls-port", 465, target.Implicit},
		{"starttls-on-tls-port", 465, target.Implicit},
		{"starttls-on-tls-port", 587, target.STARTTLS},
		{"tls-on-plaintext-server", 1025, target.Cleartext},
		{"starttls-stripped", 465, target.Implicit},
		{"connection-refused", 587, target.STARTTLS},
		{"connection-refused", 465, target.Implicit},
	}
	for _, test := range tests {
		t.Run(test.id+" "+strconv.Itoa(int(test.port)), func(t *testing.T) {
			t.Parallel()
			s := scenario(t, test.id)
			run := start(t, s)
			if err := gomail(t, test.mode, run.RootPEM, s.Host, route(t, run, test.port).To); err != nil {
				t.Errorf("%s at port %d: %v", test.mode, test.port, err)
			}
		})
	}
}

// A client that listens on an implicit TLS port, or to a web server, hears
// nothing; that it spoke first is what the server sees of any other.
func TestScenarioThatHangs(t *testing.T) {
	t.Parallel()
	for _, id := range []string{"starttls-on-tls-port", "wrong-protocol-http"} {
		s := scenario(t, id)
		run := start(t, s)
		c := dial(t, route(t, run, s.Port).To)
		server := run.close[0].(*Server)
		arrived(t, server)
		c.Close()
		if seen := ended(t, server, 1)[0]; len(seen.Received) != 0 || seen.Ended != EndedByEOF {
			t.Errorf("%s: server saw %+v, want a client that left without a word", id, seen)
		}
	}
}

func TestScenarioFields(t *testing.T) {
	t.Parallel()
	ids := map[string]bool{}
	for _, s := range Scenarios() {
		if ids[s.ID] || s.Title == "" || s.Story == "" || s.As == target.NoMode || len(s.Want) == 0 {
			t.Errorf("scenario %q: twice, or a field is missing: %+v", s.ID, s)
		}
		ids[s.ID] = true
		if !strings.HasSuffix(s.Host, ".example.test") && !strings.HasSuffix(s.Host, ".example") {
			t.Errorf("scenario %q: host %q may belong to somebody (RFC 2606)", s.ID, s.Host)
		}
		run := start(t, s)
		for _, port := range []uint16{s.Port, 25, 465, 587, 2465, 2525, 2587} {
			route(t, run, port)
		}
	}
}

func TestRouteString(t *testing.T) {
	t.Parallel()
	run := start(t, scenario(t, "greeting-rejected"))
	r := route(t, run, 587)
	if got, want := r.String(), "mx.example.test:587:127.0.0.1:"+strconv.Itoa(int(r.To.Port())); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if err := run.Close(); err != nil {
		t.Error(err)
	}
	if err := run.Close(); err != nil {
		t.Errorf("second Close: %v", err)
	}
}

func scenario(t *testing.T, id string) Scenario {
	t.Helper()
	for _, s := range Scenarios() {
		if s.ID == id {
			return s
		}
	}
	t.Fatalf("no scenario %q", id)
	return Scenario{}
}

func start(t *testing.T, s Scenario) *Running {
	t.Helper()
	run, err := s.Start(now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := run.Close(); err != nil {
			t.Error(err)
		}
	})
	return run
}

func route(t *testing.T, run *Running, port uint16) Route {
	t.Helper()
	for _, r := range run.Map {
		if r.Port == port {
			return r
		}
	}
	t.Fatalf("no route for port %d in %v", port, run.Map)
	return Route{}
}
