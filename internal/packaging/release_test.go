package packaging

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestReleaseSystems: what is released is what make check compiles.
func TestReleaseSystems(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.Join(root, "Makefile"))
	if err != nil {
		t.Fatal(err)
	}
	m := regexp.MustCompile(`(?m)^TARGETS *= *(.+)$`).FindSubmatch(text)
	if m == nil {
		t.Fatal("the Makefile has no TARGETS")
	}
	checked := strings.Fields(string(m[1]))
	var release struct {
		Builds []struct{ Goos, Goarch, Targets, Ignore []string }
	}
	read(t, ".goreleaser.yaml", &release)
	var released []string
	for _, b := range release.Builds {
		if b.Targets != nil || b.Ignore != nil {
			t.Error("a build has targets or ignore, which this test does not read")
		}
		for _, system := range b.Goos {
			for _, processor := range b.Goarch {
				released = append(released, system+"/"+processor)
			}
		}
	}
	slices.Sort(checked)
	slices.Sort(released)
	if !slices.Equal(checked, released) {
		t.Errorf("make check compiles for %q, a release is made for %q", checked, released)
	}
}
