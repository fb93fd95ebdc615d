package cli

import (
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/spf13/pflag"
)

// TestJournalHasOneWriter: two runs at once would write into each other's lines.
func TestJournalHasOneWriter(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("not kept apart there")
	}
	name := filepath.Join(t.TempDir(), "done")
	sys := &Sys{Version: "test"}
	read := func() *journal {
		t.Helper()
		j, err := readJournal(sys, name, "error", run{command: "probe", flags: pflag.NewFlagSet("", pflag.ContinueOnError)})
		if err != nil {
			t.Fatal(err)
		}
		return j
	}
	first, second := read(), read()
	if err := first.open(time.Now()); err != nil {
		t.Fatal(err)
	}
	if err := second.open(time.Now()); err == nil || !strings.Contains(err.Error(), "another run writes") {
		t.Errorf("a second writer: %v", err)
	}
	if err := first.close(); err != nil {
		t.Fatal(err)
	}
	if err := second.open(time.Now()); err == nil || !strings.Contains(err.Error(), "meanwhile") {
		t.Errorf("over what another run has written: %v", err)
	}
	if err := read().open(time.Now()); err != nil {
		t.Errorf("after the first has ended: %v", err)
	}
}
