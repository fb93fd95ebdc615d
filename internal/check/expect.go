package check

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/facts"
	"github.com/maildoctor/maildoctor/internal/report"
	"github.com/maildoctor/maildoctor/internal/target"
)

// expect is the check of what the caller said to expect.
var expect = []Check{
	{
		ID:       report.ExpectationMissed,
		Title:    "The server is not as expected",
		Severity: report.Error,
		Seen:     "A value named by --expect, or by expect in the project file, differs from what was seen, or could not be seen.",
		Why:      "Whoever runs this wants to be told when the server changes, in a pipeline or after a deployment.",
		Fix: []string{
			"Bring the server to the expected state, or correct the expectation",
			"After a deployment, give it time: --wait 60s tries again until the expectations hold",
		},
		Tell: "Every other finding is a fault by itself; this one is a difference from what was asked for.",
		Needs: func(f *facts.Facts) string {
			if len(f.Case.Asked.Expect) == 0 {
				return "nothing was expected (--expect)"
			}
			if f.Case.Asked.NoPort && f.Reach != facts.Open {
				return "no port was given, and this one is not open"
			}
			return ""
		},
		Find: missed,
	},
}

// expectation is one key of --expect: how its value is written and read off
// the facts.
type expectation struct {
	key   string // with its operator
	means string
	valid func(string) string
	met   func(f *facts.Facts, want string) (got string, ok bool)
}

func expectations() []expectation {
	return []expectation{
		{"mode=", "how TLS comes to the connection", oneOf(string(target.Implicit), string(target.STARTTLS), string(target.Cleartext)), func(f *facts.Facts, want string) (string, bool) {
			return string(f.Mode), string(f.Mode) == want
		}},
		{"tls>=", "the lowest TLS version that the server takes", oneOf("1.0", "1.1", "1.2", "1.3"), metTLS},
		{"days>=", "how many days the certificate is still valid", wholeNumber, metDays},
		{"cert=", "what is to be said of the certificate", oneOf(report.CertificateStatuses()...), func(f *facts.Facts, want string) (string, bool) {
			return f.Certificate.Status, f.Certificate.Status == want
		}},
		{"starttls_required=", "whether the server insists on STARTTLS", oneOf("true", "false"), func(f *facts.Facts, want string) (string, bool) {
			r := f.Required()
			if r == nil {
				return "", false
			}
			return strconv.FormatBool(*r), strconv.FormatBool(*r) == want
		}},
		{"auth=", "a login that is offered", mechanism, metAuth},
		{"login=", "what becomes of the login of --user", oneOf(string(facts.StateAccepted), string(facts.StateRefused)), metLogin},
		{"envelope=", "what becomes of sender and recipients, --from and --to", oneOf(string(facts.StateAccepted)), metEnvelope},
	}
}

// Expectation is a key of --expect, with its operator.
type Expectation struct{ Key, Means string }

// Expectations are what --expect can be about.
func Expectations() []Expectation {
	var out []Expectation
	for _, e := range expectations() {
		out = append(out, Expectation{e.key, e.means})
	}
	return out
}

// WrongExpectation says what is wrong with a value for a key of Expectations, as
// the end of a sentence; "" where nothing is.
func WrongExpectation(key, value string) string {
	e, _, err := expected(key)
	if err != nil {
		return "cannot be expected"
	}
	return e.valid(value)
}

// Asked are the checks of what the caller asked for in this very run. What to
// report does not leave them out, and nothing that was written down before makes
// them not count.
func Asked() []string { return []string{report.ExpectationMissed, undoneID} }

// ParseExpect reads what --expect takes: KEY=VALUE or KEY>=VALUE, separated by
// commas. The result maps each key with its operator to the value, as
// evidence.Asked keeps it.
func ParseExpect(s string) (map[string]string, error) {
	out := map[string]string{}
	for _, part := range strings.Split(s, ",") {
		part = strings.TrimSpace(part)
		e, value, err := expected(part)
		if err != nil {
			return nil, err
		}
		if _, twice := out[e.key]; twice {
			return nil, fmt.Errorf("expectation %q is given twice", e.key)
		}
		if why := e.valid(value); why != "" {
			return nil, fmt.Errorf("expectation %q: value %q %s", e.key, value, why)
		}
		out[e.key] = value
	}
	return out, nil
}

// Unanswerable is the expectation, with its operator, that nothing which is asked
// can answer: login= without an account, envelope= without an envelope; "" where
// there is none.
func Unanswerable(a evidence.Asked) string {
	for _, key := range slices.Sorted(maps.Keys(a.Expect)) {
		if key == "login=" && a.Account == nil || key == "envelope=" && a.Envelope == nil {
			return key
		}
	}
	return ""
}

// expected finds the key that part begins with.
func expected(part string) (expectation, string, error) {
	var keys []string
	for _, e := range expectations() {
		if value, ok := strings.CutPrefix(part, e.key); ok {
			return e, strings.TrimSpace(value), nil
		}
		keys = append(keys, e.key)
	}
	return expectation{}, "", fmt.Errorf("expectation %q is not known; use %s", part, strings.Join(keys, ", "))
}

func oneOf(values ...string) func(string) string {
	return func(s string) string {
		if slices.Contains(values, s) {
			return ""
		}
		return "is none of " + strings.Join(values, ", ")
	}
}

func wholeNumber(s string) string {
	if n, err := strconv.Atoi(s); err != nil || n < 0 {
		return "is not a number of days such as 14"
	}
	return ""
}

func mechanism(s string) string {
	if s == "" || strings.ContainsAny(s, " \t=") {
		return "is not the name of a mechanism such as PLAIN"
	}
	return ""
}

func metTLS(f *facts.Facts, want string) (string, bool) {
	if f.TLS == nil || f.TLS.Version == "" {
		return "", false
	}
	lowest := f.TLS.Version
	if accepted, _ := f.Versions(); len(accepted) > 0 {
		lowest = accepted[0]
	}
	return lowest, lowest >= want
}

func metDays(f *facts.Facts, want string) (string, bool) {
	c := facts.FirstToExpire(f.TLS)
	n, err := strconv.Atoi(want)
	if c == nil || err != nil {
		return "", false
	}
	left := facts.Days(f.Case.Now, c.NotAfter)
	return strconv.Itoa(left), left >= n
}

func metAuth(f *facts.Facts, want string) (string, bool) {
	got := facts.Mechanisms(f.LastExt())
	return strings.Join(got, " "), slices.Contains(got, strings.ToUpper(want))
}

func metLogin(f *facts.Facts, want string) (string, bool) {
	state := string(f.Login().State)
	if state == string(facts.StateNotTried) {
		return "", false
	}
	return state, state == want
}

// metEnvelope holds where sender and all recipients were accepted; otherwise the
// first answer that was not tells.
func metEnvelope(f *facts.Facts, want string) (string, bool) {
	e := f.Envelope()
	if e.Session == nil {
		return "", false
	}
	for _, a := range append([]facts.Answer{e.Sender}, e.Recipients...) {
		if a.State != facts.StateAccepted {
			return string(a.State), false
		}
	}
	return string(facts.StateAccepted), want == string(facts.StateAccepted)
}

func missed(f *facts.Facts) []report.Finding {
	var out []report.Finding
	for _, key := range slices.Sorted(maps.Keys(f.Case.Asked.Expect)) {
		want := f.Case.Asked.Expect[key]
		e, _, err := expected(key)
		if err != nil {
			continue
		}
		got, ok := e.met(f, want)
		if ok {
			continue
		}
		finding := report.Finding{
			Confidence: 1,
			Summary:    fmt.Sprintf("Expected %s%s, seen: %s", key, want, got),
			Detail:     "This was asked for by --expect, or by the project file.",
		}
		if got == "" {
			finding.Summary = fmt.Sprintf("Expected %s%s, %s", key, want, unseen(f, key))
		}
		out = append(out, finding)
	}
	return out
}

// unseen says why nothing was seen of an expectation.
func unseen(f *facts.Facts, key string) string {
	switch none := f.Mode == target.Cleartext; {
	case none && key == "tls>=":
		return "no TLS was seen: the server has none"
	case none && key == "days>=":
		return "no certificate was seen: the server has no TLS"
	}
	return "nothing was seen of it"
}
