package report

// Never is the word of --fail-on by which no finding makes a run fail.
const Never = "never"

// Severities are worst first.
func Severities() []Severity { return []Severity{Error, Warning, Note} }

// FailOn are the words of --fail-on, and of fail_on in the project file.
func FailOn() []string {
	var out []string
	for _, s := range Severities() {
		out = append(out, string(s))
	}
	return append(out, Never)
}

// Reaches are the values of Endpoint.Reach and Address.Result, without "", which
// is that of an attempt that did not come to an end.
func Reaches() []string {
	return []string{"open", "refused", "filtered", "unresolved", "unreachable", "closed", "reset", "silent"}
}

// CertificateStatuses are the values of Certificate.Status and
// Address.Certificate.
func CertificateStatuses() []string {
	return []string{"ok", "not-yet-valid", "expired", "self-signed", "missing-intermediate", "unknown-ca", "name-mismatch", "weak", "wrong-usage", "not-verified"}
}

// Answers are what became of sender, recipients and message.
func Answers() []string {
	return []string{"accepted", "deferred", "refused", "unknown", NotTried}
}

// Logins are what became of a login: one that was put off has no verdict.
func Logins() []string { return []string{"accepted", "refused", "unknown", NotTried} }
