package render

import (
	"strings"
	"testing"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/report"
)

// TestLoginRows: an answer for now is put off, a login without one has no verdict.
func TestLoginRows(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		a    report.Auth
		want string
	}{
		{report.Auth{Login: "unknown", Mechanism: "PLAIN", Reply: "421 4.7.0 no"}, "put off with PLAIN (421 4.7.0 no)"},
		{report.Auth{Login: "unknown", Mechanism: "PLAIN", Reply: "501 no"}, "no verdict with PLAIN (501 no)"},
		{report.Auth{Login: "unknown", Mechanism: "PLAIN", Reply: "451 no", Why: "EOF"}, "no verdict with PLAIN (451 no)"},
		{report.Auth{Login: "refused", Mechanism: "PLAIN", Reply: "535 no"}, "refused with PLAIN (535 no)"},
	} {
		if rows := loginRows(tt.a); len(rows) != 1 || rows[0].text != tt.want {
			t.Errorf("%+v: %+v, want %q", tt.a, rows, tt.want)
		}
	}
}

// TestLongReplyIsCut: a row says how much of a reply it leaves out.
func TestLongReplyIsCut(t *testing.T) {
	t.Parallel()
	st := evidence.Step{Name: evidence.StepSTARTTLS, Reply: &evidence.Reply{Code: 220, Lines: []string{strings.Repeat("A", 4000)}}}
	if got := stepText(&evidence.Session{}, st); len(got) > rowBytes+40 || !strings.HasSuffix(got, "... (and 3504 more bytes)") {
		t.Errorf("%d bytes: %.40q ... %q", len(got), got, got[max(0, len(got)-40):])
	}
}
