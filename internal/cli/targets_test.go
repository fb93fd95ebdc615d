package cli

import (
	"strings"
	"testing"
)

// TestTargetsShowSomeErrors: a file that is no list does not fill the screen.
func TestTargetsShowSomeErrors(t *testing.T) {
	t.Parallel()
	_, err := readTargets(&Sys{Stdin: strings.NewReader(wrongLines(30))}, "-")
	if err == nil || strings.Count(err.Error(), "\n") != 20 || !strings.HasPrefix(err.Error(), "-:1: ") || !strings.HasSuffix(err.Error(), "\nand 10 more") {
		t.Errorf("error %v, want 20 lines and the number of those left out", err)
	}
}

// wrongLines are so many targets that are none.
func wrongLines(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString("mail.example.org:" + strings.Repeat("9", 6+i) + "\n")
	}
	return b.String()
}
