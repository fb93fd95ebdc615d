package resendapi

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/secret"
)

// Clean is what is asked with: the key without blanks, byte order mark,
// quotation marks and the word Bearer around it. So the answer is about the
// key itself; what was around it is for Shape to say, since an application
// sends it along.
func Clean(key string) string {
	s, _ := clean(key)
	return s
}

// Shape says what may be said of a key without asking anybody. Resend promises
// no form; what its keys have looked like so far is re_, eight letters and
// digits, an underscore and 24 more. From is left for the caller.
func Shape(key string) evidence.ResendKey {
	k, odd := clean(key)
	add := func(when bool, shape string) {
		if when && !slices.Contains(odd, shape) {
			odd = append(odd, shape)
		}
	}
	out := evidence.ResendKey{Prefix: secret.ResendPrefix(k)}
	begins := strings.HasPrefix(k, "re_")
	switch {
	case k == "":
		add(true, evidence.ShapeEmpty)
	case isPlaceholder(k):
		out.Prefix = ""
		add(true, evidence.ShapePlaceholder)
	default:
		add(strings.ContainsFunc(k, isBlank), evidence.ShapeInside)
		add(strings.ContainsFunc(k, func(r rune) bool { return r > unicode.MaxASCII }), evidence.ShapeNotASCII)
		if !begins {
			out.Wrong = whose(k)
		}
		token := out.Wrong == "" && strings.Count(k, ".") == 2
		add(token, evidence.ShapeOAuth)
		add(!token && !begins, evidence.ShapeForeign)
		add(!token && begins && len(k) < wholeKey, evidence.ShapeTruncated)
		add(!token && begins && len(k) >= wholeKey && !matches(`^re_[A-Za-z0-9]{8}_[A-Za-z0-9]{24}$`, k), evidence.ShapeUnusual)
	}
	out.Shape = odd
	return out
}

// wholeKey is the length of the keys seen so far, in bytes.
const wholeKey = len("re_12345678_") + 24

// clean takes off what is around a key, layer by layer.
func clean(key string) (string, []string) {
	var odd []string
	for s := key; ; {
		peeled, shape := peel(s)
		if shape == "" {
			return s, odd
		}
		if s = peeled; !slices.Contains(odd, shape) {
			odd = append(odd, shape)
		}
	}
}

// peel takes off one layer and says what it was.
func peel(s string) (string, string) {
	const quotes = "\"'`\u201c\u201d\u2018\u2019\u00ab\u00bb"
	if t := strings.TrimFunc(s, isBlank); t != s {
		return t, evidence.ShapeBlank
	}
	if t := strings.Trim(s, quotes); t != s {
		return t, evidence.ShapeQuoted
	}
	const bearer = "bearer"
	if len(s) >= len(bearer) && strings.EqualFold(s[:len(bearer)], bearer) {
		if t := strings.TrimLeftFunc(s[len(bearer):], isBlank); len(t) < len(s)-len(bearer) || t == "" {
			return t, evidence.ShapeBearer
		}
	}
	return s, ""
}

// isBlank: also what is not seen on a screen, such as a byte order mark.
func isBlank(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r)
}

// unsendable says why a key cannot stand in a header (RFC 9110 5.5), or is
// empty. Bytes above ASCII are possible there and mean nothing to a server.
func unsendable(key string) string {
	if key == "" {
		return "there is no key to ask with"
	}
	for i := range len(key) {
		if key[i] < ' ' || key[i] > '~' {
			return "the key holds a character that no HTTP header can carry"
		}
	}
	return ""
}

// isPlaceholder: the value of an example.
func isPlaceholder(k string) bool {
	if matches(`^re_[A-Za-z0-9]{8}_[A-Za-z0-9]{12,}$`, k) {
		hidden := k[len("re_12345678_"):]
		return strings.Count(hidden, hidden[:1]) == len(hidden)
	}
	return matches(`(?i)^(?:re[_-](?:x{3,}|[*.\x{2022}]{3,}|\x{2026}|123|test|key|your|my|abc|example|placeholder|replace|change|insert|dummy|fake|secret|api_?key)[^.]*|`+
		`x{4,}|\*{3,}|\.{3,}|<[^>]*>|\[[^\]]*\]|\$?\{\{?[^}]*\}?\}|%[A-Z_]+%|\$[A-Z_]+|(?:your|my|the)[-_ ].*|.*[-_ ]?your[-_ ](?:resend[-_ ])?(?:api[-_ ])?key.*|`+
		`change[-_ ]?me.*|replace[-_ ]?(?:me|with).*|placeholder|example|secret|todo|tbd|n/?a|none|null|undefined|dummy|(?:resend[-_ ])?api[-_ ]?key(?:[-_ ]?here)?|.*[-_ ]here)$`, k)
}

// others are secrets, and things that are none, that end up in the place of a
// Resend key.
var others = []struct{ pattern, is string }{
	{`^SG\.`, "a SendGrid API key"},
	{`^xsmtpsib-`, "a Brevo SMTP key"},
	{`^xkeysib-`, "a Brevo API key"},
	{`^key-[0-9a-z]{32}$`, "a Mailgun API key"},
	{`^[0-9a-f]{32}-[0-9a-f]{8}-[0-9a-f]{8}$`, "a Mailgun API key"},
	{`^(?:AKIA|ASIA)[A-Z0-9]{16}$`, "an AWS access key id"},
	{`^[0-9a-f]{32}-us[0-9]{1,3}$`, "a Mailchimp API key"},
	{`^md-[A-Za-z0-9_-]{20,}$`, "a Mailchimp Transactional API key"},
	{`^mlsn\.`, "a MailerSend API token"},
	{`^mssp\.`, "a MailerSend SMTP password"},
	{`^(?i)[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$`, "a UUID, as a Postmark server token is, or the id of a Resend key instead of the key"},
	{`^whsec_`, "the signing secret of a webhook"},
	{`^(?:sk|pk|rk)_(?:live|test)_`, "a Stripe key"},
	{`^(?:gh[pousr]_|github_pat_)`, "a GitHub token"},
	{`^sk-[A-Za-z0-9_-]{16,}$`, "an OpenAI or Anthropic API key"},
	{`^(?i)https?://`, "a URL"},
	{`^[^@\s]+@[^@\s]+\.[^@\s]+$`, "a mail address"},
	{`^(?i)[A-Z_]*KEY\s*[=:]`, "a line of a settings file with the name of the variable"},
	{`^(?i)resend$`, "the user name for Resend's SMTP server"},
}

// whose names what a text is instead of a key of Resend, or is empty.
func whose(k string) string {
	for _, o := range others {
		if matches(o.pattern, k) {
			return o.is
		}
	}
	return ""
}

// matches compiles at the time of use, which is once or twice a run. The tests
// compile every pattern.
func matches(pattern, s string) bool { return regexp.MustCompile(pattern).MatchString(s) }
