package settings

import (
	"regexp"
	"strings"
)

// Kept stands for a secret in a text that is shown. It reads back as a secret
// that is set.
const Kept = "<kept>"

// examples are the beginnings and whole words of secrets in examples.
var examples = regexp.MustCompile(`(?i)^(?:x{4,}|\*{3,}|\.{3,}|(?:re|sg|key|sk|pk)[_.\-]x{3,}.*|re_123.*|re_replace.*|<[^>]+>|\[[^\]]+\]|\{\{?[^}]+\}?\}|your[-_ ]?.*|.*[-_]?your[-_](?:api[-_])?(?:smtp[-_])?(?:key|password|pass|secret|token).*|(?:my|the)[-_ ]?(?:smtp[-_ ]?)?(?:password|secret|key)|change[-_ ]?me.*|changeit|replace[-_ ]?(?:me|with).*|placeholder|example|(?:smtp|mail|email)?[-_ ]?pass(?:word)?|secret|todo|tbd|n/?a|dummy|fake_mail_.*|insert[-_ ].*|enter[-_ ].*|api[-_ ]?key(?:[-_ ]?here)?|.*[-_ ]here)$`)

// Placeholder reports whether a secret is that of an example.
func Placeholder(s string) bool {
	s = strings.TrimSpace(s)
	if s == "" || s == Kept || strings.HasSuffix(strings.ToUpper(strings.TrimRight(s, "]>})*")), "REDACTED") {
		return false
	}
	return examples.MatchString(s)
}
