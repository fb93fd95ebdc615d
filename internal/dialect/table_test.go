package dialect_test

import (
	"regexp"
	"testing"

	"github.com/maildoctor/maildoctor/internal/dialect"
)

// TestRows: every row has an id of its own, in kebab case, and says where its
// semantics were read.
func TestRows(t *testing.T) {
	t.Parallel()
	kebab := regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	seen := map[string]bool{}
	for _, d := range dialect.All() {
		if !kebab.MatchString(d.ID) {
			t.Errorf("%q is not in kebab case", d.ID)
		}
		if seen[d.ID] {
			t.Errorf("%s: two rows", d.ID)
		}
		seen[d.ID] = true
		if d.App == "" || len(d.Keys) == 0 || len(d.Sources) == 0 {
			t.Errorf("%s: app %q, %d keys, %d sources", d.ID, d.App, len(d.Keys), len(d.Sources))
		}
	}
}

// TestAliases: an alias leads to a row, and hides none.
func TestAliases(t *testing.T) {
	t.Parallel()
	rows := map[string]bool{}
	for _, d := range dialect.All() {
		rows[d.ID] = true
	}
	for id, row := range dialect.Aliases {
		if !rows[row] {
			t.Errorf("%s leads to %s, which is no row", id, row)
		}
		if rows[id] {
			t.Errorf("%s is a row, and an alias of %s hides it", id, row)
		}
	}
}
