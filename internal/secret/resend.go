package secret

import "regexp"

// resendKey is a key of Resend as far as its parts can be told: re_, eight
// characters that the dashboard shows, and the secret.
var resendKey = regexp.MustCompile(`^re_[A-Za-z0-9]{8}_[A-Za-z0-9]+$`)

// ResendPrefix is what is public of a Resend key: re_ and the eight characters
// after it; "" where they are not told from the secret.
func ResendPrefix(key string) string {
	if resendKey.MatchString(key) {
		return key[:len("re_12345678")]
	}
	return ""
}
