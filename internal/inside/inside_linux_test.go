package inside

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"
)

// nestName is argument 0 of the test binary when it plays the container.
const nestName = "maildoctor-nest"

// nestAddr is where it listens. In a namespace of its own the port is free; out
// here nobody listens there, since the address is no usual one.
const nestAddr = "127.77.7.7:77"

func TestMain(m *testing.M) {
	if filepath.Base(os.Args[0]) == nestName {
		if err := nest(os.Args[1]); err != nil {
			fmt.Println("error:", err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// nest plays a container in a network and a mount namespace of its own: it has
// its own files in /etc, and echoes on loopback until its input ends.
func nest(dir string) error {
	if err := unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, ""); err != nil {
		return fmt.Errorf("private mounts: %w", err)
	}
	for _, name := range []string{"hosts", "resolv.conf"} {
		if err := unix.Mount(filepath.Join(dir, name), "/etc/"+name, "", unix.MS_BIND, ""); err != nil {
			return fmt.Errorf("mount %s: %w", name, err)
		}
	}
	if err := loopbackUp(); err != nil {
		return err
	}
	l, err := net.Listen("tcp", nestAddr)
	if err != nil {
		return err
	}
	u, err := net.ListenPacket("udp", nestAddr)
	if err != nil {
		return err
	}
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			fmt.Fprint(c, "inside\n")
			c.Close()
		}
	}()
	go func() {
		b := make([]byte, 64)
		for {
			n, from, err := u.ReadFrom(b)
			if err != nil {
				return
			}
			_, _ = u.WriteTo(append([]byte("inside "), b[:n]...), from)
		}
	}()
	fmt.Println("up")
	_, _ = os.Stdin.Read(make([]byte, 1))
	return nil
}

// loopbackUp sets the one interface of a new namespace up (netdevice(7)).
func loopbackUp() error {
	s, err := unix.Socket(unix.AF_INET, unix.SOCK_DGRAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return err
	}
	defer unix.Close(s)
	req, err := unix.NewIfreq("lo")
	if err != nil {
		return err
	}
	req.SetUint16(unix.IFF_UP | unix.IFF_RUNNING)
	if _, _, e := unix.Syscall(unix.SYS_IOCTL, uintptr(s), unix.SIOCSIFFLAGS, uintptr(unsafe.Pointer(req))); e != 0 {
		return fmt.Errorf("set lo up: %w", e)
	}
	return nil
}

// startNest starts a process in namespaces of its own and returns its PID, or
// skips the test where that is not allowed.
func startNest(t *testing.T) int {
	t.Helper()
	if os.Geteuid() != 0 {
		t.Skip("network namespaces need root")
	}
	dir := t.TempDir()
	for name, text := range map[string]string{"hosts": "192.0.2.7 mail.inside.test\n", "resolv.conf": "nameserver 192.0.2.53\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Cmd{Path: exe, Args: []string{nestName, dir}, Stderr: os.Stderr, SysProcAttr: &syscall.SysProcAttr{Cloneflags: unix.CLONE_NEWNET | unix.CLONE_NEWNS}}
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); errors.Is(err, fs.ErrPermission) {
		t.Skipf("namespaces are not allowed here: %v", err)
	} else if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		in.Close()
		_ = cmd.Wait()
	})
	line, _ := bufio.NewReader(out).ReadString('\n')
	if line != "up\n" {
		t.Skipf("namespaces do not work here: %q", line)
	}
	return cmd.Process.Pid
}

func open(t *testing.T, pid int) *Network {
	t.Helper()
	p, err := Resolve(t.Context(), strconv.Itoa(pid), nil)
	if err != nil {
		t.Fatal(err)
	}
	n, err := p.Open()
	if denied := new(Denied); errors.As(err, &denied) {
		t.Skipf("namespaces may not be entered here: %v", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestDial reaches the loopback of another namespace, from many goroutines at
// once, and leaves every other goroutine where it was.
func TestDial(t *testing.T) {
	n := open(t, startNest(t))
	base := (&net.Dialer{Timeout: 10 * time.Second}).DialContext
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() {
			if got := hear(t, n.Dial(base), "tcp", nestAddr); got != "inside\n" {
				t.Errorf("tcp inside: read %q", got)
			}
			if got := hear(t, n.Dial(base), "udp", nestAddr); got != "inside ?" {
				t.Errorf("udp inside: read %q", got)
			}
			if c, err := base(t.Context(), "tcp", nestAddr); err == nil {
				c.Close()
				t.Errorf("tcp out here reached %s", nestAddr)
			}
		})
	}
	all.Wait()
	_, err := n.Dial(base)(t.Context(), "tcp", "127.0.0.1:1")
	if !errors.Is(err, unix.ECONNREFUSED) {
		t.Errorf("a closed port inside: %v, want that it is refused", err)
	}
}

// hear says "?" and returns what comes back.
func hear(t *testing.T, dial DialFunc, network, address string) string {
	c, err := dial(t.Context(), network, address)
	if err != nil {
		t.Errorf("dial %s %s: %v", network, address, err)
		return ""
	}
	defer c.Close()
	_ = c.SetDeadline(time.Now().Add(10 * time.Second))
	_, _ = c.Write([]byte("?"))
	b := make([]byte, 64)
	k, err := c.Read(b)
	if err != nil {
		t.Errorf("read %s %s: %v", network, address, err)
	}
	return string(b[:k])
}

func TestAddrs(t *testing.T) {
	t.Parallel()
	n := open(t, startNest(t))
	addrs, err := n.Addrs()
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range addrs {
		if ip, ok := a.(*net.IPNet); !ok || !ip.IP.IsLoopback() {
			t.Errorf("%v is not loopback: this is another namespace", a)
		}
	}
	if len(addrs) == 0 {
		t.Error("no address inside, not even loopback")
	}
}

// TestHeld: the network outlives its process, whose PID may be another's then.
func TestHeld(t *testing.T) {
	t.Parallel()
	var n *Network
	t.Run("process", func(t *testing.T) { n = open(t, startNest(t)) })
	if n == nil {
		t.Skip("no namespace was opened")
	}
	if _, err := n.Addrs(); err != nil {
		t.Errorf("after its process ended: %v", err)
	}
	if _, err := n.process.Open(); err == nil {
		t.Error("a process that has ended was opened")
	}
}

func TestReadFileInside(t *testing.T) {
	t.Parallel()
	n := open(t, startNest(t))
	for name, want := range map[string]string{"etc/hosts": "192.0.2.7 mail.inside.test\n", "etc/resolv.conf": "nameserver 192.0.2.53\n"} {
		if got, err := n.ReadFile(name); err != nil || string(got) != want {
			t.Errorf("%s: %q, %v; want %q", name, got, err, want)
		}
	}
}

// TestReadFileStaysInside: the root belongs to the container, and so do its links.
func TestReadFileStaysInside(t *testing.T) {
	t.Parallel()
	outer := t.TempDir()
	root := filepath.Join(outer, "root")
	if err := os.MkdirAll(filepath.Join(root, "run"), 0o700); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{filepath.Join(outer, "secret"): "outside", filepath.Join(root, "run", "resolv.conf"): "inside"} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for name, to := range map[string]string{"absolute": "/run/resolv.conf", "relative": "run/resolv.conf", "up": "../secret", "out": outer + "/secret"} {
		if err := os.Symlink(to, filepath.Join(root, name)); err != nil {
			t.Fatal(err)
		}
	}
	if err := unix.Mkfifo(filepath.Join(root, "pipe"), 0o600); err != nil {
		t.Fatal(err)
	}
	dir, err := os.Open(root)
	if err != nil {
		t.Fatal(err)
	}
	defer dir.Close()
	n := &Network{root: dir}
	for name, want := range map[string]string{"absolute": "inside", "relative": "inside", "run/resolv.conf": "inside", "up": "", "out": "", "pipe": "", "run": "", "missing": ""} {
		got, err := n.ReadFile(name)
		if errors.Is(err, unix.ELOOP) {
			t.Skip("the kernel is older than 5.6: links are not followed")
		}
		if string(got) != want || want == "" && err == nil {
			t.Errorf("%s: %q, %v; want %q", name, got, err, want)
		}
	}
}

// TestDenied: who may not enter is told apart from what is not there.
func TestDenied(t *testing.T) {
	t.Parallel()
	p := Process{PID: 5, proc: t.TempDir()}
	for err, want := range map[error]bool{unix.EPERM: true, unix.EACCES: true, unix.ENOENT: false, unix.ESRCH: false, unix.EINVAL: false} {
		got := p.openError(&os.PathError{Op: "open", Path: "ns/net", Err: err})
		if denied := new(Denied); errors.As(got, &denied) != want {
			t.Errorf("%v is %v; denied: want %v", err, got, want)
		}
	}
}
