package target

import (
	"fmt"
	"net"
	"net/netip"
	"strconv"
	"strings"
)

// Name is host and port as people write them: "mail.example.org:587",
// "[2001:db8::25]:465". Without a port it is the host alone.
func (t Target) Name() string {
	if t.Port == 0 {
		return t.Host
	}
	return Join(t.Host, t.Port)
}

// IsIP reports whether the host is an address.
func (t Target) IsIP() bool {
	_, err := netip.ParseAddr(t.Host)
	return err == nil
}

// Join writes host and port, with brackets around an IPv6 address.
func Join(host string, port uint16) string {
	return net.JoinHostPort(host, strconv.Itoa(int(port)))
}

// Mapping is one --connect-to: connections to Host and Port go to Addr and
// ToPort instead. An empty Host or a Port of 0 stands for any, as in curl.
type Mapping struct {
	Host   string
	Port   uint16
	Addr   netip.Addr
	ToPort uint16 // 0: the port stays
}

// ParseMapping reads HOST:PORT:ADDR:PORT. IPv6 addresses stand in brackets.
func ParseMapping(s string) (Mapping, error) {
	f, err := fields(s)
	if err != nil || len(f) != 4 {
		return Mapping{}, fmt.Errorf("%q is not HOST:PORT:ADDR:PORT (an IPv6 address stands in brackets)", s)
	}
	var m Mapping
	if f[0] != "" {
		if m.Host, err = parseHost(f[0]); err != nil {
			return Mapping{}, fmt.Errorf("in %q: %w", s, err)
		}
	}
	if m.Port, err = optionalPort(f[1]); err != nil {
		return Mapping{}, fmt.Errorf("in %q: %w", s, err)
	}
	if m.ToPort, err = optionalPort(f[3]); err != nil {
		return Mapping{}, fmt.Errorf("in %q: %w", s, err)
	}
	if m.Addr, err = netip.ParseAddr(f[2]); err != nil {
		return Mapping{}, fmt.Errorf("in %q: %q is not an IP address", s, f[2])
	}
	return m, nil
}

// Applies reports whether connections to host and port are mapped. A mapping
// for another port of the same host applies as well, without its port: a
// remedy is tried at the machine that was named.
func (m Mapping) Applies(host string, port uint16) (exact, sameHost bool) {
	if m.Host != "" && m.Host != host {
		return false, false
	}
	return m.Port == 0 || m.Port == port, m.Host == host
}

// fields splits at colons outside brackets, and takes the brackets off.
func fields(s string) ([]string, error) {
	var out []string
	for {
		if rest, ok := strings.CutPrefix(s, "["); ok {
			in, after, ok := strings.Cut(rest, "]")
			if !ok || (after != "" && after[0] != ':') {
				return nil, fmt.Errorf("bracket in %q", s)
			}
			out = append(out, in)
			if after == "" {
				return out, nil
			}
			s = after[1:]
			continue
		}
		f, rest, ok := strings.Cut(s, ":")
		out = append(out, f)
		if !ok {
			return out, nil
		}
		s = rest
	}
}

func optionalPort(s string) (uint16, error) {
	if s == "" {
		return 0, nil
	}
	return parsePort(s)
}

// ParseServer reads an IP address with an optional port, for a server that is
// named by address such as a DNS server.
func ParseServer(s string, port uint16) (netip.AddrPort, error) {
	if a, err := netip.ParseAddr(s); err == nil {
		return netip.AddrPortFrom(a, port), nil
	}
	host, p, err := cutPort(s)
	if err != nil {
		return netip.AddrPort{}, err
	}
	a, err := netip.ParseAddr(host)
	if err != nil {
		return netip.AddrPort{}, fmt.Errorf("%q is not an IP address", host)
	}
	if p != nil {
		if port, err = parsePort(*p); err != nil {
			return netip.AddrPort{}, err
		}
	}
	return netip.AddrPortFrom(a, port), nil
}

// ModeByPort is the mode that a port has by convention: implicit on 465
// (RFC 8314 7.3), and 2465 and 8465 after it; STARTTLS on 587 (RFC 6409) and
// its siblings; none for others. Port 25 is STARTTLS, if offered.
func ModeByPort(port uint16) Mode {
	switch port {
	case 465, 2465, 8465:
		return Implicit
	case 587, 2587, 2525, 25:
		return STARTTLS
	}
	return NoMode
}

// SubmissionPorts are those tried when no port is given, the likeliest first.
func SubmissionPorts() []uint16 { return []uint16{587, 465, 2525, 2465, 2587, 25} }
