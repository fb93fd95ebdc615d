package check

import (
	"testing"

	"github.com/maildoctor/maildoctor/internal/dialect"
	"github.com/maildoctor/maildoctor/internal/report"
)

// TestTrapsNameChecks: a trap whose check is not in the catalogue would say
// nothing.
func TestTrapsNameChecks(t *testing.T) {
	t.Parallel()
	for _, d := range dialect.All() {
		for _, trap := range d.Traps {
			c, ok := ByID(trap.Check)
			if !ok || c.Settings == nil {
				t.Errorf("%s: the trap %q names the check %q, which settings do not lead to", d.ID, trap.Summary, trap.Check)
			}
			if s := report.Severity(trap.Severity); trap.Severity != "" && s.Rank() == 0 {
				t.Errorf("%s: %q is no severity", d.ID, trap.Severity)
			}
			if trap.When == nil || trap.Summary == "" {
				t.Errorf("%s: a trap of %s without condition or summary", d.ID, trap.Check)
			}
		}
	}
}
