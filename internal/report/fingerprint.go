package report

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path"
	"strings"
)

// AddFingerprints gives every finding a text that is the same in the next run,
// and no other finding's: made of the check, the subject, the file and the key
// to blame, and of how many such there are before it. Lines, words, times and
// the severity play no part, so that it outlives an edit of the file and a new
// release of this program. named is what a file is called wherever the run is
// started; nil: as it is.
func AddFingerprints(subjects []Subject, named func(string) string) {
	seen := map[string]int{}
	for i := range subjects {
		for j := range subjects[i].Findings {
			f := &subjects[i].Findings[j]
			id := identity(subjects[i], *f, named)
			seen[id]++
			sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%d", id, seen[id]))
			f.Fingerprint = hex.EncodeToString(sum[:16])
		}
	}
}

// SlashPath is the name of a file as every system has it: with slashes, and
// without what leads nowhere.
func SlashPath(name string) string { return path.Clean(strings.ReplaceAll(name, `\`, "/")) }

func identity(s Subject, f Finding, named func(string) string) string {
	words := []string{f.ID, s.Kind}
	file := func(name string) string {
		if named != nil {
			name = named(name)
		}
		return SlashPath(name)
	}
	switch {
	case f.Source != nil:
		words = append(words, file(f.Source.File), f.Source.Key)
	case s.Settings != nil:
		words = append(words, file(s.Settings.File))
	default:
		words = append(words, s.Name)
	}
	if s.Settings != nil {
		words = append(words, s.Settings.Scope, s.Settings.Channel)
	}
	return strings.Join(words, "\x00")
}
