package resendapi_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/resendapi"
)

func TestShape(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		key, shape, prefix, wrong, cleaned string
	}{
		"good":          {canary, "", "re_canary00", "", canary},
		"line end":      {canary + "\n", "blank", "re_canary00", "", canary},
		"NBSP":          {canary + "\u00a0", "blank", "re_canary00", "", canary},
		"BOM":           {"\ufeff" + canary, "blank", "re_canary00", "", canary},
		"quotes":        {`"` + canary + `"`, "quoted", "re_canary00", "", canary},
		"one quote":     {canary + "'", "quoted", "re_canary00", "", canary},
		"curly quotes":  {"\u201c" + canary + "\u201d", "quoted", "re_canary00", "", canary},
		"bearer":        {"Bearer " + canary, "bearer", "re_canary00", "", canary},
		"all of them":   {` "bearer ` + canary + `" `, "blank quoted bearer", "re_canary00", "", canary},
		"inside":        {canary[:20] + "\n" + canary[20:], "inside unusual", "", "", canary[:20] + "\n" + canary[20:]},
		"not ASCII":     {canary + "é", "not-ascii unusual", "", "", canary + "é"},
		"35 bytes":      {canary[:35], "truncated", "re_canary00", "", canary[:35]},
		"stump":         {"re_canary", "truncated", "", "", "re_canary"},
		"prefix alone":  {"re_canary00_", "truncated", "", "", "re_canary00_"},
		"37 bytes":      {canary + "x", "unusual", "re_canary00", "", canary + "x"},
		"no underscore": {strings.Replace(canary, "00_", "000", 1), "unusual", "", "", strings.Replace(canary, "00_", "000", 1)},
		"capitals":      {"RE" + canary[2:], "foreign", "", "", "RE" + canary[2:]},
		"OAuth":         {"eyJhbGciOi.eyJzdWIiOi.c2lnbmF0dXJl", "oauth", "", "", "eyJhbGciOi.eyJzdWIiOi.c2lnbmF0dXJl"},
		"empty":         {"", "empty", "", "", ""},
		"blanks":        {" \n", "blank empty", "", "", ""},
		"bearer alone":  {"Bearer ", "blank bearer empty", "", "", ""},
		"two quotes":    {`""`, "quoted empty", "", "", ""},
	}
	for _, p := range []string{"re_xxxxxxxxx", "re_123456789", "re_123", "re_your_api_key", "your-api-key", "<your key>", "${RESEND_API_KEY}", "{{ key }}", "changeme", "RESEND_API_KEY", "re_...", "re_\u2026", "re_xxxxxxxx_xxxxxxxxxxxxxxxxxxxxxxxx", "YOUR_RESEND_API_KEY", "re_test_key"} {
		tests["placeholder "+p] = struct{ key, shape, prefix, wrong, cleaned string }{p, "placeholder", "", "", p}
	}
	for k, is := range map[string]string{
		"SG." + strings.Repeat("a", 22) + "." + strings.Repeat("b", 43): "a SendGrid API key",
		"xsmtpsib-" + strings.Repeat("0a", 32) + "-aB3dE6gH9jK2mN5p":    "a Brevo SMTP key",
		"xkeysib-" + strings.Repeat("0a", 32) + "-aB3dE6gH9jK2mN5p":     "a Brevo API key",
		"key-" + strings.Repeat("3a", 16):                               "a Mailgun API key",
		strings.Repeat("3a", 16) + "-1a2b3c4d-5e6f7a8b":                 "a Mailgun API key",
		"AKIA" + "IOSFODNN7EXAMPLE":                                     "an AWS access key id",
		strings.Repeat("3a", 16) + "-us12":                              "a Mailchimp API key",
		"md-" + "aBcDeFgHiJkLmNoPqRsTuV":                                "a Mailchimp Transactional API key",
		"mlsn." + strings.Repeat("0a", 32):                              "a MailerSend API token",
		"mssp." + "aBcDeFg.x.y":                                         "a MailerSend SMTP password",
		"D91CD9BD-1176-453e-8fc1-35364d380206":                          "a UUID, as a Postmark server token is, or the id of a Resend key instead of the key",
		"whsec_" + "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw":                   "the signing secret of a webhook",
		"sk_live_" + "4eC39HqLyjWDarjtT1zdp7dc":                         "a Stripe key",
		"ghp_" + strings.Repeat("aB3", 12):                              "a GitHub token",
		"sk-" + "proj-aBcDeFgHiJkLmNoPqR":                               "an OpenAI or Anthropic API key",
		"https://api.resend.com":                                        "a URL",
		"onboarding@resend.dev":                                         "a mail address",
		"RESEND_API_KEY=re_canary00_0123456789abcdefCANARYxx":           "a line of a settings file with the name of the variable",
		"resend": "the user name for Resend's SMTP server",
	} {
		tests["wrong "+is+k[:4]] = struct{ key, shape, prefix, wrong, cleaned string }{k, "foreign", "", is, k}
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := resendapi.Shape(tt.key)
			if strings.Join(got.Shape, " ") != tt.shape || got.Prefix != tt.prefix || got.Wrong != tt.wrong || got.From != "" {
				t.Errorf("Shape(%q) is %+v, want %+v", tt.key, got, tt)
			}
			if got := resendapi.Clean(tt.key); got != tt.cleaned {
				t.Errorf("Clean(%q) is %q, want %q", tt.key, got, tt.cleaned)
			}
		})
	}
	if got := resendapi.Shape("re_canary0\x01_x"); len(got.Shape) == 0 || got.Shape[0] != evidence.ShapeInside {
		t.Errorf("got %+v", got)
	}
}

func TestParseBase(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{
		"https://api.resend.com":          "https://api.resend.com/",
		" https://api.resend.com/\n":      "https://api.resend.com/",
		"HTTPS://proxy.example.test/a/b":  "https://proxy.example.test/a/b/",
		"https://[2001:db8::1]:8443/v1/":  "https://[2001:db8::1]:8443/v1/",
		"http://127.0.0.1:4010":           "http://127.0.0.1:4010/",
		"http://127.8.9.1":                "http://127.8.9.1/",
		"http://[::1]:4010/x":             "http://[::1]:4010/x/",
		"http://[::ffff:127.0.0.1]:4010/": "http://[::ffff:127.0.0.1]:4010/",
		"http://LocalHost:80":             "http://LocalHost:80/",
	} {
		if u, err := resendapi.ParseBase(s); err != nil || u.String() != want {
			t.Errorf("ParseBase(%q) is %v, %v, want %q", s, u, err, want)
		}
	}
	for s, says := range map[string]string{
		"":                                      "empty",
		"api.resend.com":                        "is no web address",
		"//api.resend.com":                      "is no web address",
		"ftp://api.resend.com":                  "is no web address",
		"https:api.resend.com":                  "is no web address",
		"https://":                              "is no web address",
		"https://:443":                          "is no web address",
		"://x":                                  "cannot be read",
		"http://[::1":                           "cannot be read",
		"https://a b":                           "cannot be read",
		"http://api.resend.com":                 "clear text",
		"http://10.0.0.1":                       "clear text",
		"http://127.0.0.1.example.test":         "clear text",
		"http://localhost.example.test":         "clear text",
		"http://2130706433":                     "clear text",
		"http://[fe80::1]":                      "clear text",
		"https://user:topsecret@api.resend.com": "user name",
		"https://user:top@secret@[::1":          "cannot be read",
		"https://api.resend.com?topsecret":      "question mark",
		"https://api.resend.com/?":              "question mark",
		"https://api.resend.com/#topsecret":     "hash",
		"https://api.resend.com:0":              "port",
		"https://api.resend.com:65536":          "port",
		"https://api.resend.com:":               "port",
		canary:                                  "is no web address",
	} {
		u, err := resendapi.ParseBase(s)
		if err == nil {
			t.Errorf("ParseBase(%q) is %v, want an error", s, u)
			continue
		}
		if got := err.Error(); !strings.Contains(got, says) || strings.Contains(got, "secret") || strings.Contains(got, "CANARY") {
			t.Errorf("ParseBase(%q) says %q, want %q and no secret", s, got, says)
		}
	}
}

func TestShownBase(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{
		"http://[::1":                            "http://[::1",
		"":                                       "",
		"https://user:pass@api.test/x?k=v":       "https://api.test/x",
		"https://user:p@ss@api.test/x#y":         "https://api.test/x",
		"user:pass@api.test":                     "api.test",
		canary:                                   "****",
		"https://api.resend.com/" + canary + "/": "https://api.resend.com/****",
	} {
		if got := resendapi.ShownBase(s); got != want {
			t.Errorf("ShownBase(%q) is %q, want %q", s, got, want)
		}
	}
}

// TestNewChecksBase: a URL that did not come from ParseBase is looked at again.
func TestNewChecksBase(t *testing.T) {
	t.Parallel()
	k := newClock()
	for _, u := range []*url.URL{nil, {}, {Scheme: "http", Host: "api.resend.com", Path: "/"}} {
		if _, err := resendapi.New(resendapi.Options{Base: u, HTTP: transport(t), Now: k.Now}); err == nil {
			t.Errorf("New takes %v", u)
		}
	}
}
