package cli

import (
	"context"
	"io"
	"net"
	"os"
	"runtime"
	"time"

	"golang.org/x/term"
)

// Sys is the process around a command: streams, environment, clock, network.
type Sys struct {
	Stdin   io.Reader
	Stdout  io.Writer
	Stderr  io.Writer
	Getenv  func(string) string
	Now     func() time.Time
	Dial    func(ctx context.Context, network, address string) (net.Conn, error)
	Version string // stamped; empty: from the build info
}

// System is the process that runs.
func System(version string) Sys {
	d := &net.Dialer{}
	return Sys{
		Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Getenv: os.Getenv, Now: time.Now,
		Dial: d.DialContext, Version: version,
	}
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
