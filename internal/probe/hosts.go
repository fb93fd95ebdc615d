package probe

import (
	"bufio"
	"io"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"github.com/maildoctor/maildoctor/internal/evidence"
)

// HostsLine is one line of a hosts file.
type HostsLine struct {
	IP    netip.Addr
	Names []string // lower case
}

// ReadHosts reads a hosts file (hosts(5)); lines that do not parse are passed
// over, as every resolver does.
func ReadHosts(r io.Reader) []HostsLine {
	var out []HostsLine
	for line := range lines(r) {
		f := strings.Fields(line)
		if len(f) < 2 {
			continue
		}
		ip, err := netip.ParseAddr(f[0])
		if err != nil {
			continue
		}
		names := make([]string, 0, len(f)-1)
		for _, n := range f[1:] {
			names = append(names, strings.TrimSuffix(strings.ToLower(n), "."))
		}
		out = append(out, HostsLine{IP: ip.Unmap(), Names: names})
	}
	return out
}

// lines yields lines without comments.
func lines(r io.Reader) func(func(string) bool) {
	return func(yield func(string) bool) {
		for s := bufio.NewScanner(r); s.Scan(); {
			line, _, _ := strings.Cut(s.Text(), "#")
			if line, _, _ = strings.Cut(line, ";"); !yield(line) {
				return
			}
		}
	}
}

// hosts finds a name in the hosts file. "localhost" is loopback even where the
// file does not say so (RFC 6761 6.3), but not for a server given by flag.
func (d *DNS) hosts(name string) []evidence.Addr {
	var v6, v4 []evidence.Addr
	for _, l := range d.Hosts {
		if !slices.Contains(l.Names, name) {
			continue
		}
		a := evidence.Addr{IP: l.IP.String(), Family: family(l.IP)}
		if l.IP.Is4() {
			v4 = append(v4, a)
		} else {
			v6 = append(v6, a)
		}
	}
	if len(v4)+len(v6) == 0 && name == "localhost" {
		return []evidence.Addr{{IP: "::1", Family: "ipv6"}, {IP: "127.0.0.1", Family: "ipv4"}}
	}
	return interleave(v6, v4)
}

// ResolvConf fills in servers, search list and ndots from a resolv.conf(5).
func (d *DNS) ResolvConf(r io.Reader) {
	d.NDots = 1
	for line := range lines(r) {
		f := strings.Fields(line)
		if len(f) < 2 {
			continue
		}
		switch f[0] {
		case "nameserver":
			if ip, err := netip.ParseAddr(f[1]); err == nil && len(d.Servers) < 3 {
				d.Servers = append(d.Servers, netip.AddrPortFrom(ip, 53))
			}
		case "domain", "search":
			d.Search = nil
			for _, s := range f[1:] {
				if s != "." {
					d.Search = append(d.Search, strings.TrimSuffix(s, "."))
				}
			}
		case "options":
			for _, o := range f[1:] {
				if n, ok := strings.CutPrefix(o, "ndots:"); ok {
					d.NDots, _ = strconv.Atoi(n)
				}
			}
		}
	}
	if len(d.Servers) == 0 {
		d.Servers = []netip.AddrPort{netip.AddrPortFrom(netip.AddrFrom4([4]byte{127, 0, 0, 1}), 53)}
	}
}
