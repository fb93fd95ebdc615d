package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"time"

	"golang.org/x/term"
)

// Sys is the process around a command: streams, environment, clock, network.
type Sys struct {
	Stdin   io.Reader
	Stdout  io.Writer
	Stderr  io.Writer
	Getenv  func(string) string
	Environ func() []string
	Now     func() time.Time
	Dial    func(ctx context.Context, network, address string) (net.Conn, error)
	Run     func(ctx context.Context, name string, args ...string) ([]byte, error)
	Version string // stamped; empty: from the build info
}

// System is the process that runs.
func System(version string) Sys {
	d := &net.Dialer{}
	return Sys{
		Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Getenv: os.Getenv, Environ: os.Environ, Now: time.Now,
		Dial: d.DialContext, Run: runProgram, Version: version,
	}
}

// runProgram runs a program without input. Its error carries the first line
// that the program wrote to its standard error; one that is not there is
// exec.ErrNotFound.
func runProgram(ctx context.Context, name string, args ...string) ([]byte, error) {
	c := exec.CommandContext(ctx, name, args...)
	c.WaitDelay = time.Second // for a child of it that holds the pipes open
	out, err := c.Output()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return out, nil
	case ctx.Err() != nil:
		return out, fmt.Errorf("%s did not end in time: %w", name, ctx.Err())
	case errors.As(err, &exit):
		return out, fmt.Errorf("%s: %s (%w)", name, cmp.Or(complaint(string(exit.Stderr)), "no word of why"), err)
	}
	return out, err
}

// complaint is the first line that a program wrote to its standard error;
// docker and podman warn of other things before they come to it.
func complaint(stderr string) string {
	first := ""
	for line := range strings.Lines(stderr) {
		line = strings.TrimSpace(line)
		if line != "" && !strings.Contains(strings.ToLower(line), "warning") {
			return line
		}
		first = cmp.Or(first, line)
	}
	return first
}

// terminal reports whether a stream is one, and how wide it is.
func terminal(stream any) (width int, is bool) {
	f, ok := stream.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return 0, false
	}
	width, _, err := term.GetSize(int(f.Fd()))
	if err != nil {
		width = 0
	}
	return width, true
}

// color decides for one stream: the flag, then NO_COLOR, then FORCE_COLOR and
// CLICOLOR_FORCE, then whether it is a terminal that has colours.
func (s *Sys) color(flag string, stream any) bool {
	switch {
	case flag == "always":
		return true
	case flag == "never", s.Getenv("NO_COLOR") != "":
		return false
	case set(s.Getenv("FORCE_COLOR")), set(s.Getenv("CLICOLOR_FORCE")):
		return true
	case s.Getenv("TERM") == "dumb", s.Getenv("TERM") == "" && runtime.GOOS != "windows":
		return false
	}
	_, is := terminal(stream)
	return is
}

func set(v string) bool { return v != "" && v != "0" }
