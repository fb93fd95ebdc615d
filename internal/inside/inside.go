// Package inside looks out of another process's network, as a container has
// one of its own: it finds the container's process, opens sockets in its network
// namespace and reads the files of its root. It changes nothing there, and
// starts no program itself.
package inside

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// Runner runs a program and returns what it wrote to its standard output. A
// program that is not there is exec.ErrNotFound.
type Runner func(ctx context.Context, name string, args ...string) ([]byte, error)

// DialFunc opens a connection. It has to make the socket on the goroutine that
// calls it, as net.Dialer does for an address that is no name.
type DialFunc func(ctx context.Context, network, address string) (net.Conn, error)

// Process is a process that runs on this machine. Resolve makes it; the zero
// Process is none.
type Process struct {
	PID    int
	Name   string // of its container, as it was asked for; empty: it was asked for by its PID
	Engine string // the program that knows the container: docker, podman, nerdctl or crictl
	proc   string // where proc(5) is mounted
}

// String names the process as a report does.
func (p Process) String() string {
	if p.Name == "" {
		return "process " + strconv.Itoa(p.PID)
	}
	return fmt.Sprintf("container %s (pid %d)", p.Name, p.PID)
}

func (p Process) path(name string) string {
	return filepath.Join(p.proc, strconv.Itoa(p.PID), name)
}

// Denied says that the process is there, and that only root may do this.
type Denied struct {
	Process Process
	err     error
}

func (e *Denied) Error() string {
	return "the network of " + e.Process.String() + " is not open to this user: " + e.err.Error()
}
func (e *Denied) Unwrap() error { return e.err }

// ErrRefused says that every engine that is here was asked, and none told. Some
// tell root more.
var ErrRefused = errors.New("cannot be looked up")

// maxPID is the highest PID of Linux (proc(5), pid_max). More digits are the id
// of a container.
const maxPID = 1 << 22

// containerName is what engines take for a name or an id. A dash at the front
// would be one of their flags.
var containerName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_.-]*$`)

// Resolve finds the process that a PID or a container stands for. No network is
// touched, but for the engine that is asked.
func Resolve(ctx context.Context, what string, run Runner) (Process, error) {
	if !supported {
		return Process{}, errors.New("only Linux can use the network of another process; run maildoctor on the machine that the container runs on")
	}
	return resolve(ctx, what, run, "/proc")
}

func resolve(ctx context.Context, what string, run Runner, proc string) (Process, error) {
	if n, err := strconv.Atoi(what); err == nil && n <= maxPID {
		if n < 1 {
			return Process{}, fmt.Errorf("%q is not a PID", what)
		}
		p := Process{PID: n, proc: proc}
		if _, err := os.Stat(p.path("")); err != nil {
			return Process{}, fmt.Errorf("no process %d is to be seen here", n)
		}
		return p, nil
	}
	if !containerName.MatchString(what) {
		return Process{}, fmt.Errorf("%q is neither a PID nor the name of a container", what)
	}
	return container(ctx, what, run, proc)
}

// engines are asked in turn, until one knows the container. What they print is
// the PID and the id.
var engines = []struct {
	name string
	args []string // before the name
}{
	{"docker", []string{"container", "inspect", "-f", "{{.State.Pid}} {{.Id}}"}},
	{"podman", []string{"container", "inspect", "-f", "{{.State.Pid}} {{.Id}}"}},
	{"nerdctl", []string{"container", "inspect", "-f", "{{.State.Pid}} {{.Id}}"}},
	{"crictl", []string{"inspect", "-o", "go-template", "--template", "{{.info.pid}} {{.status.id}}"}},
}

// container asks the engines for the first process of a container.
func container(ctx context.Context, name string, run Runner, proc string) (Process, error) {
	var said []string
	for _, e := range engines {
		out, err := ask(ctx, e.name, e.args, name, run)
		if errors.Is(err, exec.ErrNotFound) {
			continue
		}
		if err != nil {
			said = append(said, e.name+": "+strings.TrimPrefix(err.Error(), e.name+": "))
			continue
		}
		pid, id, ok := firstProcess(out)
		if !ok {
			said = append(said, e.name+": it tells no PID")
			continue
		}
		return running(Process{PID: pid, Name: name, Engine: e.name, proc: proc}, id)
	}
	if len(said) == 0 {
		return Process{}, fmt.Errorf("container %q cannot be looked up: neither docker nor podman, nerdctl or crictl is in the PATH; give a PID of the container", name)
	}
	return Process{}, fmt.Errorf("container %q %w: %s", name, ErrRefused, strings.Join(said, "; "))
}

// ask inspects a container. crictl takes ids only, and finds them by name.
func ask(ctx context.Context, engine string, args []string, name string, run Runner) ([]byte, error) {
	if engine == "crictl" {
		ids, err := run(ctx, engine, "ps", "-q", "--name", "^"+regexp.QuoteMeta(name)+"$")
		if err != nil {
			return nil, err
		}
		if f := strings.Fields(string(ids)); len(f) > 0 {
			name = f[0]
		}
	}
	return run(ctx, engine, append(args[:len(args):len(args)], name)...)
}

// firstProcess reads "PID ID".
func firstProcess(out []byte) (pid int, id string, ok bool) {
	f := strings.Fields(string(out))
	if len(f) == 0 {
		return 0, "", false
	}
	pid, err := strconv.Atoi(f[0])
	if err != nil || pid < 0 {
		return 0, "", false
	}
	if len(f) > 1 {
		id = f[1]
	}
	return pid, id, true
}

// running makes sure that the PID is that of the container here: an engine on
// another machine or in a virtual one counts processes of its own.
func running(p Process, id string) (Process, error) {
	if p.PID == 0 {
		return Process{}, fmt.Errorf("container %q does not run; %s start %s starts it", p.Name, p.Engine, p.Name)
	}
	groups, err := os.ReadFile(p.path("cgroup"))
	if err == nil && strings.Contains(string(groups), id) {
		return p, nil
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return Process{}, fmt.Errorf("container %q: %w", p.Name, err)
	}
	return Process{}, fmt.Errorf("container %q is process %d where %s runs it, and that is not here: it runs on another machine (DOCKER_HOST), in a virtual machine (Docker Desktop) or outside of this container; run maildoctor there, or give a PID of the container", p.Name, p.PID, p.Engine)
}

// Dial makes a dial function that opens its sockets inside. The address must
// be an IP address with a port: a name would be looked up out here.
func (n *Network) Dial(base DialFunc) DialFunc {
	return func(ctx context.Context, network, address string) (conn net.Conn, err error) {
		if _, err := netip.ParseAddrPort(address); err != nil {
			return nil, fmt.Errorf("dial inside %s: %w", n.process, err)
		}
		if failed := n.do(func() { conn, err = base(ctx, network, address) }); failed != nil {
			return nil, failed
		}
		return conn, err
	}
}

// Addrs lists the addresses of the interfaces inside.
func (n *Network) Addrs() (addrs []net.Addr, err error) {
	if failed := n.do(func() { addrs, err = net.InterfaceAddrs() }); failed != nil {
		return nil, failed
	}
	return addrs, err
}
