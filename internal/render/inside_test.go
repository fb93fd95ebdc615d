package render

import (
	"strings"
	"testing"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/report"
)

// TestInside: a report made in a container's network says so.
func TestInside(t *testing.T) {
	t.Parallel()
	const want = "container coolify (pid 123)"
	for _, format := range []string{"text", "markdown", "json"} {
		r := report.Report{Complete: true, Run: report.Run{Here: evidence.Here{Inside: want}}}
		if out := strings.ReplaceAll(write(t, format, r, Options{Width: 200}), `\`, ""); !strings.Contains(out, want) {
			t.Errorf("%s does not say %q:\n%s", format, want, out)
		}
		r.Run.Here.Inside = ""
		if out := write(t, format, r, Options{Width: 200}); strings.Contains(strings.ToLower(out), "inside") {
			t.Errorf("%s says inside of a report from the machine's own network:\n%s", format, out)
		}
	}
}
