package cli

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
)

// replace puts what write writes under a name in one step (rename(2)): who reads sees the old
// text or the new one, whole. It gets the mode and, where the system lets it, the
// owner of the file that was there; nil is no file, and the umask decides.
func replace(name string, write func(io.Writer) error, was fs.FileInfo) error {
	perm := fs.FileMode(0o666)
	if was != nil {
		perm = 0o600 // until it has the mode of the other: there may be secrets in it
	}
	f, err := beside(name, perm)
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	w := bufio.NewWriter(f)
	err = cmp.Or(write(w), w.Flush())
	if was != nil && err == nil {
		err = f.Chmod(was.Mode().Perm())
	}
	if e := f.Sync(); err == nil {
		err = e
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if was != nil && err == nil {
		err = own(f.Name(), was)
	}
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	return err
}

// beside creates a file in the directory of name, under a name that is not taken,
// hidden, and without an ending: who collects *.prom or *.json does not see it.
func beside(name string, perm fs.FileMode) (*os.File, error) {
	for {
		f, err := os.OpenFile(filepath.Join(filepath.Dir(name), fmt.Sprintf(".maildoctor-%08x", rand.Uint32())), os.O_RDWR|os.O_CREATE|os.O_EXCL, perm)
		if !os.IsExist(err) {
			return f, err
		}
	}
}
