package check

// Asked are the checks of what the caller asked for in this very run. What to
// report does not leave them out, and nothing that was written down before makes
// them not count.
func Asked() []string { return []string{"expectation-missed", undoneID} }

// ExpectKeys are the keys of what can be expected, each with its operator, as
// evidence.Asked has them.
func ExpectKeys() []string {
	var out []string
	for _, e := range expectations() {
		out = append(out, e.key)
	}
	return out
}

// WrongExpectation says what is wrong with a value for a key of ExpectKeys, as
// the end of a sentence; "" where nothing is.
func WrongExpectation(key, value string) string {
	e, _, err := expected(key)
	if err != nil {
		return "cannot be expected"
	}
	return e.valid(value)
}
