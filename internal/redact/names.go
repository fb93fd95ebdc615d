package redact

import "strings"

// nameKind says what stands under a key.
type nameKind int

const (
	plainName  nameKind = iota
	secretName          // a password, key or token
	headerName          // an Authorization header: a scheme, then the secret
)

// maxName bounds how much of a name is read: its end is what counts.
const maxName = 64

// secretParts make a key secret wherever they stand in its name. The names are
// compared in lower case and without _ - and dots.
var secretParts = []string{
	"password", "passwd", "passphrase", "passcode", "pwd", "secret", "token", "credential",
	"apikey", "accesskey", "privatekey", "passwort", "kennwort", "wachtwoord", "senha", "lozinka", "haslo",
}

// keyOwners make a key secret that ends in their name and "key": APP_KEY.
var keyOwners = []string{
	"api", "access", "private", "secret", "app", "master", "encryption", "signing", "auth", "smtp", "mail", "account",
	"shared", "resend", "mailgun", "sendgrid", "postmark", "mailjet", "brevo", "sparkpost", "mandrill", "ses",
}

// plainEnds are the ends of names that tell about a secret and do not hold it.
var plainEnds = []string{
	"type", "url", "uri", "endpoint", "file", "path", "field", "name", "user", "email", "host", "port", "ref",
	"error", "exception", "failure", "failed", "required", "expired", "expires", "expiresin", "expiry", "invalid",
	"length", "count", "policy", "hint", "label", "reset", "ttl", "timeout", "algorithm", "method", "mode",
	"command", "status", "changed", "enabled", "authentication", "provider", "handler", "manager", "service", "controller",
}

// notPass are words that end in "pass" and are none.
var notPass = []string{"bypass", "compass", "trespass", "surpass", "encompass", "overpass", "underpass"}

// sourceFiles are the endings of file names that a stack trace follows with a
// colon and a line number: reset-password.js:184.
var sourceFiles = []string{
	".js", ".mjs", ".cjs", ".ts", ".jsx", ".tsx", ".vue", ".php", ".py", ".rb", ".go", ".java", ".kt", ".cs", ".rs",
	".c", ".h", ".ex", ".erl", ".pl", ".pm", ".html", ".twig",
}

// kindOf judges a key by its name.
func kindOf(name string) nameKind {
	if len(name) > maxName {
		name = name[len(name)-maxName:]
	}
	name = strings.ToLower(strings.Trim(name, "-."))
	if len(name) < 3 || hasSuffix(name, sourceFiles) {
		return plainName
	}
	flat := strings.Map(joined, name)
	switch {
	case hasSuffix(flat, plainEnds):
		return plainName
	case strings.HasSuffix(flat, "authorization"):
		return headerName
	case hasPart(flat), endsInPass(name, flat), ownedKey(flat):
		return secretName
	}
	return plainName
}

// joined drops what separates the words of a name.
func joined(r rune) rune {
	if r == '_' || r == '-' || r == '.' {
		return -1
	}
	return r
}

// hasPart looks for the secretParts.
func hasPart(flat string) bool {
	for i := range len(flat) {
		if strings.IndexByte("pstcakwlh", flat[i]) < 0 {
			continue
		}
		for _, p := range secretParts {
			if strings.HasPrefix(flat[i:], p) {
				return true
			}
		}
	}
	return false
}

// endsInPass reports whether name is pass, ends in it as smtppass does, or has
// it between underscores as SMTP_PASS_PROD does.
func endsInPass(name, flat string) bool {
	if strings.Contains(name, "_pass_") {
		return true
	}
	if strings.HasSuffix(name, "_pw") || name == "pw" {
		return true
	}
	return strings.HasSuffix(flat, "pass") && !hasSuffix(flat, notPass)
}

func ownedKey(flat string) bool {
	owner, ok := strings.CutSuffix(flat, "key")
	return ok && hasSuffix(owner, keyOwners)
}

func hasSuffix(s string, ends []string) bool {
	for _, e := range ends {
		if strings.HasSuffix(s, e) {
			return true
		}
	}
	return false
}

// queryKind judges the name of a parameter of a URL, where key and sig are
// secret too.
func queryKind(name string) nameKind {
	switch strings.ToLower(name) {
	case "key", "sig", "signature", "x-amz-signature", "auth":
		return secretName
	}
	return kindOf(name)
}
