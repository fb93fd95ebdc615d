package cli

import (
	"errors"
	"os/exec"
	"strings"
	"testing"

	"github.com/maildoctor/maildoctor/internal/inside"
	"github.com/maildoctor/maildoctor/internal/target"
)

// TestInstead: who may not enter is given lines that can be pasted: the same
// command, without --from-inside where something else leads inside, and without
// the proxy's password.
func TestInstead(t *testing.T) {
	t.Parallel()
	const args = "smtp.example.test:587 --as implicit --from-inside mailer --proxy socks5://jane:canary-7@127.0.0.1:1"
	const rest = "probe smtp.example.test:587 --as implicit --proxy socks5://127.0.0.1:1"
	for _, c := range []struct {
		name, args string
		process    inside.Process
		want, not  []string
	}{
		{"docker", args, inside.Process{PID: 123, Name: "mailer", Engine: "docker"}, []string{
			"sudo " + quoted(itself()) + " probe smtp.example.test:587 --as implicit --from-inside mailer --proxy socks5://127.0.0.1:1\n",
			"sudo nsenter -t 123 -n " + quoted(itself()) + " " + rest + " ",
			"docker run --rm --network container:mailer -v " + quoted(itself()+":/maildoctor:ro"),
			" debian:stable-slim /maildoctor " + rest,
		}, []string{"canary"}},
		{"podman", args, inside.Process{PID: 123, Name: "mailer", Engine: "podman"}, []string{"podman run --rm --network container:mailer "}, []string{"docker"}},
		{"crictl has no such network", args, inside.Process{PID: 123, Name: "mailer", Engine: "crictl"}, []string{"nsenter -t 123"}, []string{"container:"}},
		{"a PID", args, inside.Process{PID: 123}, []string{"nsenter -t 123"}, []string{"container:"}},
		{"a file that the other container lacks", args + " --ca-file ca.pem", inside.Process{PID: 123, Name: "mailer", Engine: "docker"}, []string{"nsenter -t 123"}, []string{"container:"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			n := &network{}
			cmd := newProbe(&Sys{})
			cmd.ResetFlags()
			addNetwork(cmd, n)
			choose(cmd, "as", "", "", target.ClientModes()...)
			if err := cmd.ParseFlags(strings.Fields(c.args)); err != nil {
				t.Fatal(err)
			}
			got := n.instead(c.process)
			for _, w := range c.want {
				if !strings.Contains(got, w) {
					t.Errorf("got\n%s\nwant %q in it", got, w)
				}
			}
			for _, w := range c.not {
				if strings.Contains(got, w) {
					t.Errorf("got\n%s\nwant no %q in it", got, w)
				}
			}
		})
	}
}

func TestRunProgram(t *testing.T) {
	t.Parallel()
	if _, err := runProgram(t.Context(), "maildoctor-no-such-program"); !errors.Is(err, exec.ErrNotFound) {
		t.Errorf("a program that is not there: %v, want exec.ErrNotFound", err)
	}
	if _, err := exec.LookPath("sh"); err != nil {
		t.Skip("there is no sh")
	}
	out, err := runProgram(t.Context(), "sh", "-c", "echo out; echo err >&2")
	if err != nil || string(out) != "out\n" {
		t.Errorf("got %q, %v", out, err)
	}
	for said, want := range map[string]string{
		`echo "no such container"; echo more`:               "sh: no such container (exit status 3)",
		`echo; echo "WARNING: no config"; echo "no daemon"`: "sh: no daemon (exit status 3)",
		`echo 'level=warning msg=x'`:                        "sh: level=warning msg=x (exit status 3)",
		`true`:                                              "sh: no word of why (exit status 3)",
	} {
		if _, err := runProgram(t.Context(), "sh", "-c", "{ "+said+"; } >&2; exit 3"); err == nil || err.Error() != want {
			t.Errorf("%s: got %v, want %q", said, err, want)
		}
	}
}
