package cli_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/maildoctor/maildoctor/internal/cli"
	"github.com/maildoctor/maildoctor/internal/fakemail"
	"github.com/maildoctor/maildoctor/internal/report"
)

// nestName is the command that plays a container with a mail server in it.
const nestName = "maildoctor-nest"

// nest runs in network and mount namespaces of its own, with the hosts file of
// argument 1, and serves mail in clear text until its input ends.
func nest() {
	if err := serveNest(os.Args[1]); err != nil {
		fmt.Println("error:", err)
	}
}

func serveNest(hosts string) error {
	if err := unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, ""); err != nil {
		return fmt.Errorf("private mounts: %w", err)
	}
	if err := unix.Mount(hosts, "/etc/hosts", "", unix.MS_BIND, ""); err != nil {
		return fmt.Errorf("mount hosts: %w", err)
	}
	if out, err := exec.Command("ip", "link", "set", "lo", "up").CombinedOutput(); err != nil {
		return fmt.Errorf("ip link: %w: %s", err, out)
	}
	s, err := fakemail.Listen(fakemail.Script{}.Serve)
	if err != nil {
		return err
	}
	defer s.Close()
	relay, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	go socks(relay)
	names, err := fakemail.ListenDNS(fakemail.Zone{"zone.inside.test": {Addrs: []netip.Addr{s.Addr().Addr()}}})
	if err != nil {
		return err
	}
	defer names.Close()
	fmt.Println(s.Addr(), relay.Addr(), names.Addr())
	_, _ = io.Copy(io.Discard, os.Stdin)
	return nil
}

// socks is a SOCKS5 proxy (RFC 1928) without a login, for IPv4 addresses.
func socks(l net.Listener) {
	for {
		c, err := l.Accept()
		if err != nil {
			return
		}
		go func() {
			defer c.Close()
			hello := make([]byte, 2)
			if _, err := io.ReadFull(c, hello); err != nil {
				return
			}
			_, _ = io.ReadFull(c, make([]byte, hello[1]))
			_, _ = c.Write([]byte{5, 0})
			req := make([]byte, 10)
			if _, err := io.ReadFull(c, req); err != nil {
				return
			}
			to := netip.AddrPortFrom(netip.AddrFrom4([4]byte(req[4:8])), uint16(req[8])<<8|uint16(req[9]))
			out, err := net.Dial("tcp", to.String())
			if err != nil {
				_, _ = c.Write([]byte{5, 5, 0, 1, 0, 0, 0, 0, 0, 0})
				return
			}
			defer out.Close()
			_, _ = c.Write([]byte{5, 0, 0, 1, 0, 0, 0, 0, 0, 0})
			go func() { _, _ = io.Copy(out, c) }()
			_, _ = io.Copy(c, out)
		}()
	}
}

// container is a nest that runs.
type container struct {
	pid              int
	port, sock, name string // of the mail server, the proxy and the DNS server
}

func startContainer(t *testing.T) container {
	t.Helper()
	if os.Geteuid() != 0 {
		t.Skip("network namespaces need root")
	}
	hosts := filepath.Join(t.TempDir(), "hosts")
	if err := os.WriteFile(hosts, []byte("127.0.0.1 mail.inside.test proxy.inside.test\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	exe, err := exec.LookPath(nestName)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe, hosts)
	cmd.SysProcAttr = &syscall.SysProcAttr{Cloneflags: unix.CLONE_NEWNET | unix.CLONE_NEWNS}
	cmd.Stderr = os.Stderr
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
	f := strings.Fields(line)
	if len(f) != 3 {
		t.Skipf("namespaces do not work here: %q", line)
	}
	port := func(i int) string { return strings.TrimPrefix(f[i], "127.0.0.1:") }
	return container{pid: cmd.Process.Pid, port: port(0), sock: port(1), name: port(2)}
}

// commandLine runs one in this process, with run in place of other programs.
func commandLine(t *testing.T, run func(context.Context, string, ...string) ([]byte, error), args ...string) (stdout, stderr string) {
	t.Helper()
	var out, said bytes.Buffer
	sys := cli.System("test")
	sys.Stdin, sys.Stdout, sys.Stderr, sys.Run = strings.NewReader(""), &out, &said, run
	cli.Main(t.Context(), sys, args)
	return out.String(), said.String()
}

// TestFromInside: a name that only the container knows, at a port that only
// listens in there, is found; also through a proxy in there.
func TestFromInside(t *testing.T) {
	t.Parallel()
	c := startContainer(t)
	cgroup, err := os.ReadFile("/proc/" + strconv.Itoa(c.pid) + "/cgroup")
	if err != nil {
		t.Fatal(err)
	}
	id := strings.Fields(string(cgroup))[0] // an id is looked for in this text
	docker := func(context.Context, string, ...string) ([]byte, error) {
		return []byte(strconv.Itoa(c.pid) + " " + id), nil
	}
	target := "mail.inside.test:" + c.port
	for name, args := range map[string][]string{
		"direct":                {"probe", target, "--from-inside", "mailer"},
		"by PID":                {"probe", target, "--from-inside", strconv.Itoa(c.pid)},
		"--connect-to":          {"probe", "else.test:" + c.port, "--connect-to", "else.test:" + c.port + ":127.0.0.1:" + c.port, "--from-inside", "mailer"},
		"--dns":                 {"probe", "zone.inside.test:" + c.port, "--dns", "127.0.0.1:" + c.name, "--from-inside", "mailer"},
		"through a proxy":       {"probe", target, "--from-inside", "mailer", "--proxy", "socks5://127.0.0.1:" + c.sock},
		"through a named proxy": {"probe", target, "--from-inside", "mailer", "--proxy", "socks5://Proxy.inside.test:" + c.sock},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			out, said := commandLine(t, docker, append(args, "--format", "json", "--timeout", "10s")...)
			var r report.Report
			if err := json.Unmarshal([]byte(out), &r); err != nil {
				t.Fatalf("%v: %q, %s", err, out, said)
			}
			if e := r.Subjects[0].Endpoint; e == nil || e.Mode != "cleartext" {
				t.Errorf("mode is %+v, want cleartext", e)
			}
			here := r.Run.Here
			if !here.Container || here.HasIPv4 || here.HasIPv6 || !strings.Contains(here.Inside, strconv.Itoa(c.pid)) {
				t.Errorf("here is %+v; want a container that has loopback only", here)
			}
		})
	}
}
