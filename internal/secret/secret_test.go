package secret

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"
)

const canary = "canary-7#Ää/+x"

func TestTextIsNeverPrinted(t *testing.T) {
	t.Parallel()
	s := New(canary)
	inside := struct{ hidden Text }{s}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		for _, v := range []any{s, &s, inside, []Text{s}} {
			if got := fmt.Sprintf(verb, v); leaks(got) {
				t.Errorf("%s of %T prints %q", verb, v, got)
			}
		}
	}
	b, err := json.Marshal(map[string]any{"a": s, "b": inside})
	if err != nil || leaks(string(b)) {
		t.Errorf("JSON is %s, %v", b, err)
	}
	var log strings.Builder
	slog.New(slog.NewTextHandler(&log, nil)).Info("x", "s", s, "in", inside)
	if leaks(log.String()) {
		t.Errorf("the log is %s", log.String())
	}
	if s.Reveal() != canary || !s.IsSet() {
		t.Error("the secret itself is gone")
	}
}

func leaks(s string) bool {
	return strings.Contains(s, "canary") || strings.Contains(s, fmt.Sprintf("%x", canary)) || strings.Contains(s, base64.StdEncoding.EncodeToString([]byte(canary)))
}

func TestEmptyIsNone(t *testing.T) {
	t.Parallel()
	if New("").IsSet() || (Text{}).Reveal() != "" {
		t.Error("the empty secret is set")
	}
	if got := NewScrubber(Text{}).Text("abc"); got != "abc" {
		t.Errorf("got %q", got)
	}
	if got := (*Scrubber)(nil).Text("abc"); got != "abc" {
		t.Errorf("got %q", got)
	}
}

func TestScrubber(t *testing.T) {
	t.Parallel()
	s := NewScrubber(New(canary))
	for _, user := range []string{"", "a", "ab", "abc", "user@example.org"} {
		for _, enc := range []*base64.Encoding{base64.StdEncoding, base64.RawStdEncoding, base64.URLEncoding} {
			sent := enc.EncodeToString([]byte("\x00" + user + "\x00" + canary))
			got := s.Text("535 5.7.8 bad response " + sent)
			if d, _ := base64.RawStdEncoding.DecodeString(strings.TrimRight(strings.TrimPrefix(got, "535 5.7.8 bad response "), "=")); strings.Contains(string(d), "canary") || !strings.Contains(got, mask) {
				t.Errorf("user %q: %q still holds the password", user, got)
			}
		}
	}
	for _, form := range []string{canary, "canary-7%23%C3%84%C3%A4%2F%2Bx", "canary-7%23%C3%84%C3%A4/%2Bx", fmt.Sprintf("%x", canary), fmt.Sprintf("%X", canary), fmt.Sprintf("%+q", canary)} {
		if got := s.Text("<" + form + ">"); strings.Contains(got, "anary") || strings.Contains(strings.ToLower(got), "616e617279") {
			t.Errorf("%q became %q", form, got)
		}
	}
}

// TestShortSecrets: the mask in the place of one would tell it.
func TestShortSecrets(t *testing.T) {
	t.Parallel()
	s := NewScrubber(New("pass"))
	if got := s.Text("5.7.8 password mismatch\nbye"); got != mask+"\nbye" {
		t.Errorf("got %q", got)
	}
	if got := NewScrubber(New("x")).Text("535 no"); got != "535 no" {
		t.Errorf("got %q", got)
	}
}

func TestScrubberLeavesTheRest(t *testing.T) {
	t.Parallel()
	s := NewScrubber(New(canary))
	const text = "5.7.8 Error: authentication failed"
	if got := s.Text(text); got != text {
		t.Errorf("got %q", got)
	}
	s.AddSent("dXNlcgBh")
	if got := s.Text("bad dXNlcgBh"); got != "bad ****" {
		t.Errorf("got %q", got)
	}
}

func TestResendPrefix(t *testing.T) {
	t.Parallel()
	for key, want := range map[string]string{
		"re_Ab3dEf6h_abcdefghijklmnopqrstuvwx": "re_Ab3dEf6h",
		"re_Ab3dEf6h_cut":                      "re_Ab3dEf6h",
		"re_canary_secretpart":                 "",
		"re_canarysecretpart":                  "",
		"SG.Ab3dEf6h_abcdef":                   "",
		"":                                     "",
	} {
		if got := ResendPrefix(key); got != want {
			t.Errorf("%q: %q, want %q", key, got, want)
		}
	}
}
