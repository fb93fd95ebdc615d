package cli

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"github.com/maildoctor/maildoctor/internal/inside"
	"github.com/maildoctor/maildoctor/internal/target"
)

// engineWait is how long docker and its like may take to name a process; one
// whose daemon hangs says nothing at all.
const engineWait = 10 * time.Second

// enter takes the network of --from-inside in place of the machine's own.
func (n *network) enter(sys *Sys, r *route) error {
	if n.command == nil || !n.command.Flags().Changed("from-inside") { // an empty value is a slip, not the machine itself
		return nil
	}
	ctx, cancel := context.WithTimeout(n.command.Context(), engineWait)
	defer cancel()
	p, err := inside.Resolve(ctx, n.fromInside, sys.Run)
	if errors.Is(err, inside.ErrRefused) && os.Geteuid() > 0 {
		return usage("--from-inside: %w\nRoot may be told more:\n  %s", err, n.asRoot())
	}
	if err != nil {
		return usage("--from-inside: %w", err)
	}
	r.within, err = p.Open()
	if denied := new(inside.Denied); errors.As(err, &denied) {
		return usage("--from-inside: %w\n%s", err, n.instead(p))
	}
	if err != nil {
		return usage("--from-inside: %w", err)
	}
	r.here.Inside = p.String()
	r.dial = r.within.Dial(sys.Dial)
	return nil
}

// describeInside corrects what is said of this machine to what holds inside.
func (r *route) describeInside() {
	r.here.Container = true
	r.here.HasIPv4, r.here.HasIPv6 = families(r.within.Addrs())
}

// file reads a file that resolving names goes by; name begins below the root.
func (r *route) file(name string) ([]byte, error) {
	if r.within != nil {
		return r.within.ReadFile(name)
	}
	return os.ReadFile("/" + name)
}

// byName makes a function that dials the proxy, whatever the address: inside,
// its name is looked up as every other name is.
func (r *route) byName(proxy *url.URL) (inside.DialFunc, error) {
	t, err := target.Parse(proxy.Host)
	if err != nil {
		return nil, fmt.Errorf("--proxy: %w", err)
	}
	if t.IsIP() {
		return r.dial, nil
	}
	return func(ctx context.Context, network, _ string) (net.Conn, error) {
		var last error = &net.DNSError{Err: "no such host inside", Name: t.Host, IsNotFound: true}
		for _, a := range r.env.Resolver.Addresses(ctx, t.Host).Addrs {
			conn, err := r.dial(ctx, network, target.Join(a.IP, t.Port))
			if err == nil || ctx.Err() != nil {
				return conn, err
			}
			last = err
		}
		return nil, last
	}, nil
}

// again is this run, for its command line.
func (n *network) again() run {
	r := run{command: n.command.Name(), args: n.command.Flags().Args(), flags: n.command.Flags()}
	if r.command == "explain" {
		r.args = shown(r.args)
	}
	if u, err := n.proxyURL(); err == nil {
		r.here.Proxy = bareProxy(u)
	}
	return r
}

// itself is the file of this program, which sudo may not find by its name.
func itself() string {
	exe, err := os.Executable()
	if err != nil {
		return "maildoctor"
	}
	return exe
}

func (n *network) asRoot() string { return "sudo " + quoted(itself()) + " " + arguments(n.again(), "") }

// instead are the lines that do the same with the rights that lack here.
func (n *network) instead(p inside.Process) string {
	r, exe := n.again(), itself()
	rest := arguments(r, "from-inside")
	lines := []string{
		n.asRoot(),
		"sudo nsenter -t " + itoa(int64(p.PID)) + " -n " + quoted(exe) + " " + rest + "   # by the hosts file and resolv.conf out here",
	}
	if runs := slices.Contains([]string{"docker", "podman", "nerdctl"}, p.Engine); runs && r.command == "probe" && !namesFile(r.flags) {
		lines = append(lines, p.Engine+" run --rm --network container:"+p.Name+" -v "+quoted(exe+":/maildoctor:ro")+rootsMount()+" debian:stable-slim /maildoctor "+rest)
	}
	where := ""
	if os.Geteuid() == 0 {
		where = " on the host itself; root in here may not, as in a container without --privileged"
	}
	return "Run one of these" + where + ":\n  " + strings.Join(lines, "\n  ")
}

// namesFile reports whether a flag names a file, which another container has not.
func namesFile(flags *pflag.FlagSet) bool {
	return slices.ContainsFunc([]string{"ca-file", "cert", "key", "record", "output"}, flags.Changed)
}

// rootsMount hands the machine's root certificates to a container whose image
// has none.
func rootsMount() string {
	for _, f := range []string{"/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem"} {
		if _, err := os.Stat(f); err == nil {
			return " -v " + f + ":/etc/ssl/certs/ca-certificates.crt:ro"
		}
	}
	return ""
}
