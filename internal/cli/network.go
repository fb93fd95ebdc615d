package cli

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"os"
	"runtime"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/inside"
	"github.com/maildoctor/maildoctor/internal/probe"
	"github.com/maildoctor/maildoctor/internal/provider"
	"github.com/maildoctor/maildoctor/internal/target"
)

// defaultTimeout is the limit for one endpoint: the slowest sound server, a
// tarpit on port 25, is done by then.
const defaultTimeout = 20 * time.Second

// network are the flags that say how to get there.
type network struct {
	ipv4, ipv6    bool
	dns           string
	connectTo     []string
	caFile        string
	noSystemRoots bool
	cert, key     string
	serverName    string
	helo          string
	proxy         string
	fromInside    string
	timeout       time.Duration
	totalTimeout  time.Duration
	stepTimeout   time.Duration
	command       *cobra.Command // that has the flags; nil: none has
}

func addNetwork(c *cobra.Command, n *network) {
	n.command = c
	f := c.Flags()
	f.BoolVarP(&n.ipv4, "ipv4", "4", false, "IPv4 only")
	f.BoolVarP(&n.ipv6, "ipv6", "6", false, "IPv6 only")
	f.StringVar(&n.dns, "dns", "", "ask this DNS `SERVER[:PORT]`, and neither the hosts file nor the system's servers")
	f.StringArrayVar(&n.connectTo, "connect-to", nil, "`HOST:PORT:ADDR:PORT`: connect to ADDR:PORT where HOST:PORT is meant; repeatable")
	f.StringVar(&n.caFile, "ca-file", "", "trust the certificates in `FILE` (PEM) in addition to the system's")
	f.BoolVar(&n.noSystemRoots, "no-system-roots", false, "do not trust the system's root certificates")
	f.StringVar(&n.cert, "cert", "", "log in with the client certificate in `FILE` (PEM); with --key")
	f.StringVar(&n.key, "key", "", "the client certificate's key in `FILE` (PEM)")
	f.StringVar(&n.serverName, "servername", "", "the `NAME` to ask for and to verify in TLS, where it is not the host")
	f.StringVar(&n.helo, "helo", "", "the `NAME` to give in EHLO (default: the address of this end)")
	f.StringVar(&n.proxy, "proxy", "", "go through this proxy: `socks5://HOST:PORT`")
	f.StringVar(&n.fromInside, "from-inside", "", "go out from the network of this `CONTAINER|PID`, by its hosts file and resolv.conf (Linux, as root)")
	duration(f, &n.timeout, "timeout", defaultTimeout, "limit for each endpoint")
	duration(f, &n.totalTimeout, "total-timeout", 0, "limit for the whole run")
	duration(f, &n.stepTimeout, "step-timeout", 0, "limit for each step (default: connect 5s, greeting 12s, reply 10s)")
}

// within bounds the whole run.
func (n *network) within(ctx context.Context) (context.Context, context.CancelFunc) {
	if n.totalTimeout > 0 {
		return context.WithTimeout(ctx, n.totalTimeout)
	}
	return context.WithCancel(ctx)
}

// cutBy is why a run ended early, as a case says it.
func cutBy(ctx context.Context) string {
	switch {
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return "timeout"
	case ctx.Err() != nil:
		return "interrupted"
	}
	return ""
}

// route is a network that was checked and can be used.
type route struct {
	env     probe.Env
	options probe.Options
	here    evidence.Here
	dial    inside.DialFunc // the sockets of env.Dial and of the resolver
	within  *inside.Network // whose network it is; nil: this process's own
}

// open checks the flags and makes the way out; nothing is contacted yet.
func (n *network) open(sys *Sys) (*route, error) {
	r := &route{options: probe.Options{Limits: probe.DefaultLimits(), HELO: n.helo}, dial: sys.Dial}
	if n.stepTimeout > 0 {
		r.options.Limits = probe.Limits{Connect: n.stepTimeout, Greeting: n.stepTimeout, Reply: n.stepTimeout}
	}
	steps := []func(*Sys, *route) error{n.families, n.names, n.mappings, n.roots, n.clientCertificate, n.enter, n.resolver, n.through}
	for _, step := range steps {
		if err := step(sys, r); err != nil {
			return nil, usageError{err}
		}
	}
	r.env.Now, r.env.Chains = sys.Now, &probe.Chains{}
	describe(sys, &r.here)
	if r.within != nil {
		r.describeInside()
	}
	return r, nil
}

// describe says what is known of this machine without asking anybody.
func describe(sys *Sys, here *evidence.Here) {
	here.OS = runtime.GOOS + "/" + runtime.GOARCH
	here.Container = inContainer(sys)
	here.HasIPv4, here.HasIPv6 = families(net.InterfaceAddrs())
	here.Hosters = provider.Here(sys.Getenv)
}

func (n *network) families(_ *Sys, r *route) error {
	switch {
	case n.ipv4 && n.ipv6:
		return fmt.Errorf("-4 and -6 exclude each other; leave both out for both families")
	case n.ipv4:
		r.options.Family = "ipv4"
	case n.ipv6:
		r.options.Family = "ipv6"
	}
	return nil
}

// names checks what goes onto the wire as a name.
func (n *network) names(_ *Sys, _ *route) error {
	if strings.ContainsFunc(n.helo, func(c rune) bool { return c <= ' ' || c > '~' }) {
		return fmt.Errorf("--helo %q is not a host name; give one such as app.example.org", n.helo)
	}
	if n.serverName != "" {
		t, err := target.Parse(n.serverName)
		if err != nil || t.Port != 0 || t.Mail != "" {
			return fmt.Errorf("--servername %q is not a host name", n.serverName)
		}
		n.serverName = t.Host
	}
	return nil
}

func (n *network) mappings(_ *Sys, r *route) error {
	for _, s := range n.connectTo {
		m, err := target.ParseMapping(s)
		if err != nil {
			return fmt.Errorf("--connect-to: %w", err)
		}
		r.options.Mappings = append(r.options.Mappings, m)
	}
	return nil
}

func (n *network) roots(_ *Sys, r *route) error {
	pool := x509.NewCertPool()
	var from []string
	if !n.noSystemRoots {
		if system, err := x509.SystemCertPool(); err == nil && !system.Equal(pool) {
			pool, from = system, append(from, "system")
		}
	}
	if n.caFile != "" {
		pem, err := os.ReadFile(n.caFile)
		if err != nil {
			return fmt.Errorf("--ca-file: %w", err)
		}
		if !pool.AppendCertsFromPEM(pem) {
			return fmt.Errorf("--ca-file %q holds no certificate in PEM form", n.caFile)
		}
		from = append(from, "file")
	}
	r.here.Roots = strings.Join(from, "+")
	if len(from) == 0 {
		r.here.Roots = "none"
		return nil
	}
	r.env.Roots = pool
	return nil
}

func (n *network) clientCertificate(_ *Sys, r *route) error {
	if n.cert == "" && n.key == "" {
		return nil
	}
	if n.cert == "" || n.key == "" {
		return fmt.Errorf("--cert and --key go together")
	}
	c, err := tls.LoadX509KeyPair(n.cert, n.key)
	if err != nil {
		return fmt.Errorf("client certificate %q: %w", n.cert, err)
	}
	r.options.Certificate = &c
	return nil
}

func (n *network) through(_ *Sys, r *route) error {
	r.env.Dial = r.dial
	if n.proxy == "" {
		return nil
	}
	u, err := n.proxyURL()
	if err != nil {
		return err
	}
	r.here.Proxy, r.env.Proxied = bareProxy(u), true
	dial := r.dial
	if r.within != nil {
		if dial, err = r.byName(u); err != nil {
			return err
		}
	}
	r.env.Dial, err = probe.ThroughProxy(u, dial)
	return err
}

func (n *network) proxyURL() (*url.URL, error) {
	u, err := url.Parse(n.proxy)
	if err != nil || u.Scheme != "socks5" || u.Port() == "" || u.Hostname() == "" {
		return nil, fmt.Errorf("--proxy is not socks5://HOST:PORT")
	}
	return u, nil
}

// bareProxy is the proxy without its credentials.
func bareProxy(u *url.URL) string { return "socks5://" + u.Host }

// resolver takes the server of --dns, else what the machine is set to.
func (n *network) resolver(_ *Sys, r *route) error {
	d := &probe.DNS{Dial: r.dial}
	r.env.Resolver = d
	if n.dns != "" {
		s, err := target.ParseServer(n.dns, 53)
		if err != nil {
			return fmt.Errorf("--dns: %w", err)
		}
		d.Servers = []netip.AddrPort{s}
		r.here.Resolver = s.String()
		return nil
	}
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" { // their resolver is not in resolv.conf
		r.env.Resolver = probe.System{Resolver: net.DefaultResolver}
		r.here.Resolver = "system"
		return nil
	}
	if text, err := r.file("etc/hosts"); err == nil {
		d.Hosts = probe.ReadHosts(bytes.NewReader(text))
	}
	if text, err := r.file("etc/resolv.conf"); err == nil {
		d.ResolvConf(bytes.NewReader(text))
	}
	var servers []string
	for _, s := range d.Servers {
		servers = append(servers, s.Addr().String())
	}
	r.here.Resolver = strings.Join(servers, ", ")
	return nil
}

// inContainer reports what container runtimes leave behind.
func inContainer(sys *Sys) bool {
	for _, f := range []string{"/.dockerenv", "/run/.containerenv"} {
		if _, err := os.Stat(f); err == nil {
			return true
		}
	}
	return sys.Getenv("KUBERNETES_SERVICE_HOST") != "" || sys.Getenv("container") != ""
}

// families reports which families have an address beyond this machine.
func families(addrs []net.Addr, err error) (v4, v6 bool) {
	if err != nil {
		return false, false
	}
	for _, a := range addrs {
		n, ok := a.(*net.IPNet)
		if !ok || !n.IP.IsGlobalUnicast() {
			continue
		}
		is4 := n.IP.To4() != nil
		v4 = v4 || is4
		v6 = v6 || !is4 && !n.IP.IsPrivate() // container networks have private IPv6 addresses that lead nowhere
	}
	return v4, v6
}
