package inside

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"runtime"

	"golang.org/x/sys/unix"
)

const supported = true

// Network is the network of a process, held open: it stays the same one when
// the process ends and its PID goes to another.
type Network struct {
	process Process
	home    *os.File // the network namespace of this process
	there   *os.File // the one to work in
	root    *os.File // the root directory of the process
}

// Open takes hold of the process's network and root, and enters the network
// once to see that it can be. A *Denied says that root is needed.
func (p Process) Open() (*Network, error) {
	n := &Network{process: p}
	for _, f := range []struct {
		to   **os.File
		name string
		mode int
	}{
		{&n.home, "/proc/thread-self/ns/net", unix.O_RDONLY},
		{&n.there, p.path("ns/net"), unix.O_RDONLY},
		{&n.root, p.path("root"), unix.O_PATH | unix.O_DIRECTORY},
	} {
		file, err := os.OpenFile(f.name, f.mode|unix.O_CLOEXEC, 0)
		if err != nil {
			return nil, p.openError(err)
		}
		*f.to = file
	}
	if err := n.do(func() {}); err != nil {
		return nil, p.openError(err)
	}
	return n, nil
}

func (p Process) openError(err error) error {
	switch {
	case errors.Is(err, fs.ErrPermission): // EACCES of ptrace(2)'s check, EPERM of setns(2)
		return &Denied{p, err}
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, unix.ESRCH):
		return fmt.Errorf("%s has ended", p)
	}
	return fmt.Errorf("enter the network of %s: %w", p, err)
}

// do calls f on a thread that is in the network namespace, and waits for it.
// Only sockets that f makes on its own goroutine are inside; they stay there.
func (n *Network) do(f func()) error {
	done := make(chan error)
	go func() {
		// A goroutine that ends with its thread locked takes the thread along:
		// so does this one, if the thread does not find home.
		runtime.LockOSThread()
		err := setns(n.there)
		if err == nil {
			f()
			if setns(n.home) == nil {
				runtime.UnlockOSThread()
			}
		} else {
			runtime.UnlockOSThread() // setns(2) that fails changes nothing
		}
		done <- err
	}()
	return <-done
}

func setns(f *os.File) error {
	return os.NewSyscallError("setns", unix.Setns(int(f.Fd()), unix.CLONE_NEWNET))
}

// maxFile bounds what is read of a file inside, which its owner chooses.
const maxFile = 1 << 20

// ReadFile reads a file as the process sees it, by a name such as
// "etc/resolv.conf". Links lead nowhere outside of the process's root.
func (n *Network) ReadFile(name string) ([]byte, error) {
	fd, err := unix.Openat2(int(n.root.Fd()), name, &unix.OpenHow{
		Flags:   unix.O_RDONLY | unix.O_CLOEXEC | unix.O_NONBLOCK, // a pipe must not hold us up
		Resolve: unix.RESOLVE_IN_ROOT | unix.RESOLVE_NO_MAGICLINKS,
	})
	if errors.Is(err, unix.ENOSYS) { // before Linux 5.6
		fd, err = unix.Openat(int(n.root.Fd()), name, unix.O_RDONLY|unix.O_CLOEXEC|unix.O_NONBLOCK|unix.O_NOFOLLOW, 0)
	}
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: n.process.path("root/" + name), Err: err}
	}
	f := os.NewFile(uintptr(fd), name)
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s of %s is not a regular file", name, n.process)
	}
	return io.ReadAll(io.LimitReader(f, maxFile))
}
