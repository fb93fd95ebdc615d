package inside

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

const id = "4f1c0e9b7a52d3c8e6b1f09a7d5c3e2b1a0f9e8d7c6b5a4938271605f4e3d2c1"

// procDir is a directory like /proc: PIDs to what their cgroup file says.
func procDir(t *testing.T, cgroups map[int]string) string {
	t.Helper()
	dir := t.TempDir()
	for pid, text := range cgroups {
		p := filepath.Join(dir, strconv.Itoa(pid))
		if err := os.Mkdir(p, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(p, "cgroup"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// runner answers by whole command lines; other programs are not there.
func runner(lines map[string]string) Runner {
	return func(_ context.Context, name string, args ...string) ([]byte, error) {
		line := strings.Join(append([]string{name}, args...), " ")
		for l, out := range lines {
			if l != line {
				continue
			}
			if text, failed := strings.CutPrefix(out, "error: "); failed {
				return nil, fmt.Errorf("%s: %s", name, text)
			}
			return []byte(out), nil
		}
		return nil, &exec.Error{Name: name, Err: exec.ErrNotFound}
	}
}

func TestResolve(t *testing.T) {
	t.Parallel()
	docker := func(name string) string { return "docker container inspect -f {{.State.Pid}} {{.Id}} " + name }
	podman := func(name string) string { return "podman container inspect -f {{.State.Pid}} {{.Id}} " + name }
	const crictl = "crictl inspect -o go-template --template {{.info.pid}} {{.status.id}} "
	proc := procDir(t, map[int]string{
		7:  "0::/user.slice\n",
		42: "0::/system.slice/docker-" + id + ".scope\n",
		43: "0::/user.slice/libpod-" + id + ".scope/container\n",
	})
	for _, c := range []struct {
		name, what string
		lines      map[string]string
		want, err  string // String() of the process, or a part of the error
	}{
		{"a PID", "7", nil, "process 7", ""},
		{"a PID of nobody", "8", nil, "", "no process 8"},
		{"zero", "0", nil, "", `"0" is not a PID`},
		{"below zero", "-5", nil, "", `"-5" is not a PID`},
		{"a flag", "--all", nil, "", `"--all" is neither a PID nor`},
		{"nothing", "", nil, "", `"" is neither`},
		{"two words", "my app", nil, "", `"my app" is neither`},
		{"docker", "coolify", map[string]string{docker("coolify"): "42 " + id + "\n"}, "container coolify (pid 42)", ""},
		{"an id of digits only", "123456789012", map[string]string{docker("123456789012"): "42 " + id + "\n"}, "container 123456789012 (pid 42)", ""},
		{"an engine that tells no id", "app", map[string]string{docker("app"): "42"}, "container app (pid 42)", ""},
		{"not running", "app", map[string]string{docker("app"): "0 " + id}, "", `"app" does not run; docker start app`},
		{"podman, docker is not there", "app", map[string]string{podman("app"): "43 " + id}, "container app (pid 43)", ""},
		{"podman, docker does not know it", "app", map[string]string{docker("app"): "error: No such container: app", podman("app"): "43 " + id}, "container app (pid 43)", ""},
		{"crictl by name", "app", map[string]string{"crictl ps -q --name ^app$": id + "\n", crictl + id: "42 " + id}, "container app (pid 42)", ""},
		{"crictl by id", "4f1c", map[string]string{"crictl ps -q --name ^4f1c$": "", crictl + "4f1c": "42 " + id}, "container 4f1c (pid 42)", ""},
		{"nobody knows it", "app", map[string]string{docker("app"): "error: No such container: app", podman("app"): "error: no daemon"}, "", "docker: No such container: app; podman: no daemon"},
		{"no engine", "app", nil, "", "neither docker nor podman"},
		{"no PID told", "app", map[string]string{docker("app"): "<no value>"}, "", "docker: it tells no PID"},
		{"on another machine", "app", map[string]string{docker("app"): "9999 " + id}, "", "is not here"},
		{"on another machine, the PID is somebody else's", "app", map[string]string{docker("app"): "7 " + id}, "", "is not here"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p, err := resolve(t.Context(), c.what, runner(c.lines), proc)
			switch {
			case c.err != "" && (err == nil || !strings.Contains(err.Error(), c.err)):
				t.Errorf("resolve %q: %v, want an error with %q", c.what, err, c.err)
			case c.err == "" && err != nil:
				t.Errorf("resolve %q: %v", c.what, err)
			case c.err == "" && p.String() != c.want:
				t.Errorf("resolve %q is %q, want %q", c.what, p, c.want)
			}
		})
	}
}

// TestRefused: engines that refuse are told apart from none at all.
func TestRefused(t *testing.T) {
	t.Parallel()
	refuse := func(context.Context, string, ...string) ([]byte, error) { return nil, errors.New("permission denied") }
	if _, err := resolve(t.Context(), "app", refuse, t.TempDir()); !errors.Is(err, ErrRefused) {
		t.Errorf("got %v, want ErrRefused", err)
	}
	if _, err := resolve(t.Context(), "app", runner(nil), t.TempDir()); errors.Is(err, ErrRefused) {
		t.Errorf("no engine is there, and the error is %v", err)
	}
}

// TestDialNames: a name would be looked up on this side, so it is not dialled.
func TestDialNames(t *testing.T) {
	t.Parallel()
	dialled := false
	base := func(context.Context, string, string) (net.Conn, error) {
		dialled = true
		return nil, errors.New("dialled")
	}
	if _, err := (&Network{}).Dial(base)(t.Context(), "tcp", "mail.example.test:25"); err == nil || dialled {
		t.Errorf("a name was dialled, with error %v", err)
	}
}
