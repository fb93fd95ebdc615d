//go:build unix

package cli

import (
	"io/fs"
	"os"
	"syscall"
)

// own gives a file the owner of another. Who may not do that is its owner
// already, or could not have written it.
func own(name string, was fs.FileInfo) error {
	s, ok := was.Sys().(*syscall.Stat_t)
	if !ok || os.Geteuid() != 0 {
		return nil
	}
	return os.Chown(name, int(s.Uid), int(s.Gid))
}
