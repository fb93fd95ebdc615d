package target

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"strconv"
	"strings"

	"golang.org/x/net/idna"
)

// maxHost is the longest name DNS can hold, without the trailing dot (RFC 1035 2.3.4).
const maxHost = 253

// schemes maps a URL scheme to the mode it claims and its port. "submissions"
// is the registered name of implicit TLS on 465 (RFC 8314 7.3).
var schemes = map[string]struct {
	mode Mode
	port uint16
}{
	"smtp":        {NoMode, 587},
	"smtps":       {Implicit, 465},
	"submission":  {STARTTLS, 587},
	"submissions": {Implicit, 465},
}

// portNames are service names people type for a port. Ports are numbers here;
// the names serve to say which number was meant.
var portNames = map[string]uint16{"smtp": 25, "smtps": 465, "submission": 587, "submissions": 465}

// Parse reads HOST, HOST:PORT, [v6], [v6]:PORT, a bare IPv4 or IPv6 address,
// an smtp, smtps, submission or submissions URL, or a mail address. The error
// names the part that is wrong; it never repeats a password.
func Parse(typed string) (Target, error) {
	s := strings.TrimSpace(typed)
	if s == "" {
		return Target{}, errors.New("the target is empty; give HOST, HOST:PORT or a URL such as smtps://mail.example.org")
	}
	if scheme, rest, ok := strings.Cut(s, "://"); ok {
		return parseURL(s, scheme, rest)
	}
	if strings.Contains(s, "@") {
		return parseMail(s)
	}
	t := Target{Typed: s}
	return t, t.split(s)
}

func parseURL(s, scheme, rest string) (Target, error) {
	known, ok := schemes[strings.ToLower(scheme)]
	if !ok {
		return Target{}, fmt.Errorf("scheme %q is not known; use smtps:// (implicit TLS), submission:// (STARTTLS) or smtp:// (no claim)", scheme)
	}
	if strings.Contains(rest, "@") {
		return Target{}, errors.New("the URL holds a user name or a password; leave them out, the target is only scheme://HOST:PORT")
	}
	host, path, _ := strings.Cut(rest, "/")
	if path != "" || strings.ContainsAny(host, "?#") {
		return Target{}, fmt.Errorf("%q has a path or options behind the host; leave them out", s)
	}
	t := Target{Typed: s, Mode: known.mode}
	if err := t.split(host); err != nil {
		return Target{}, err
	}
	if t.Port == 0 {
		t.Port = known.port
	}
	return t, nil
}

// specials cannot stand in a local part without quotes (RFC 5321 4.1.2).
const specials = "()<>[]:;@\\,\" \t\r\n"

func parseMail(s string) (Target, error) {
	local, domain := s[:strings.LastIndexByte(s, '@')], s[strings.LastIndexByte(s, '@')+1:]
	if local == "" || domain == "" || strings.ContainsAny(local, specials) {
		// The text may be a login with its password: it is not repeated.
		return Target{}, errors.New("what stands before the @ is not that of a mail address; write name@example.org, or a HOST without @")
	}
	host, err := parseHost(domain)
	if err != nil {
		return Target{}, fmt.Errorf("domain of the mail address: %w", err)
	}
	return Target{Typed: s, Mail: s, Host: host}, nil
}

// split fills in host and port from HOST, HOST:PORT or [v6]:PORT.
func (t *Target) split(s string) error {
	host, port, err := cutPort(s)
	if err != nil {
		return err
	}
	if t.Host, err = parseHost(host); err != nil {
		return err
	}
	if port != nil {
		t.Port, err = parsePort(*port)
	}
	return err
}

// cutPort separates host and port without judging either. A bare IPv6 address
// keeps its colons.
func cutPort(s string) (host string, port *string, err error) {
	if strings.HasPrefix(s, "[") {
		end := strings.IndexByte(s, ']')
		if end < 0 {
			return "", nil, fmt.Errorf("%q opens a bracket and does not close it; write [IPv6]:PORT", s)
		}
		if _, err := netip.ParseAddr(s[1:end]); err != nil || !strings.Contains(s[1:end], ":") {
			return "", nil, fmt.Errorf("%q in brackets is not an IPv6 address", s[1:end])
		}
		host, rest := s[1:end], s[end+1:]
		if rest == "" {
			return host, nil, nil
		}
		if rest[0] != ':' {
			return "", nil, fmt.Errorf("%q follows the bracket; only :PORT may", rest)
		}
		rest = rest[1:]
		return host, &rest, nil
	}
	if strings.Count(s, ":") > 1 {
		if _, err := netip.ParseAddr(s); err == nil {
			return s, nil, nil
		}
		if h, p, _ := strings.Cut(s, ":"); net.ParseIP(h) != nil || isName(h) {
			return "", nil, fmt.Errorf("%q has more than one port (%q); write HOST:PORT", s, p)
		}
		return "", nil, fmt.Errorf("%q is neither HOST:PORT nor an IPv6 address; write an IPv6 address with a port as [IPv6]:PORT", s)
	}
	host, p, ok := strings.Cut(s, ":")
	if !ok {
		return s, nil, nil
	}
	return host, &p, nil
}

func parsePort(s string) (uint16, error) {
	if s == "" {
		return 0, errors.New("the port behind the colon is missing")
	}
	if n, ok := portNames[strings.ToLower(s)]; ok {
		return 0, fmt.Errorf("port %q is a name; write its number %d", s, n)
	}
	if strings.Trim(s, "0123456789") != "" {
		return 0, fmt.Errorf("port %q is not a number from 1 to 65535", s)
	}
	n, err := strconv.ParseUint(s, 10, 32)
	switch {
	case err != nil || n > 65535:
		return 0, fmt.Errorf("port %s is above 65535", s)
	case n == 0:
		return 0, errors.New("port 0 cannot be connected to")
	}
	return uint16(n), nil
}

// profile maps international names as browsers do (UTS 46), without the rule
// that forbids the underscore: Docker service names have it.
var profile = idna.New(idna.MapForLookup(), idna.BidiRule(), idna.StrictDomainName(false), idna.Transitional(false))

func parseHost(s string) (string, error) {
	if s == "" {
		return "", errors.New("the host is missing")
	}
	if a, err := netip.ParseAddr(s); err == nil {
		if strings.Contains(a.Zone(), ":") {
			return "", fmt.Errorf("%q has a colon in its zone; write an address with a port as [IPv6%%zone]:PORT", s)
		}
		return a.Unmap().String(), nil
	}
	if strings.ContainsAny(s, " \t\r\n") {
		return "", fmt.Errorf("host %q has a blank in it", s)
	}
	name := strings.TrimSuffix(s, ".")
	if !isASCII(name) {
		ascii, err := profile.ToASCII(name)
		if err != nil {
			return "", fmt.Errorf("host %q is not a valid international name: %w", s, err)
		}
		name = ascii
	}
	name = strings.ToLower(name)
	return name, checkName(s, name)
}

func checkName(typed, name string) error {
	if len(name) > maxHost {
		return fmt.Errorf("host of %d characters is longer than the %d that DNS allows", len(name), maxHost)
	}
	labels := strings.Split(name, ".")
	for _, l := range labels {
		switch {
		case l == "":
			return fmt.Errorf("host %q has an empty part between dots", typed)
		case len(l) > 63:
			return fmt.Errorf("host has a part of %d characters; DNS allows 63", len(l))
		case !isLabel(l):
			return fmt.Errorf("host %q has a character that no host name can have", typed)
		}
	}
	if last := labels[len(labels)-1]; strings.Trim(last, "0123456789") == "" {
		if len(labels) == 1 {
			return fmt.Errorf("%q is a number, not a host; write HOST:%s", typed, typed)
		}
		return fmt.Errorf("host %q is neither a name nor a whole IPv4 address", typed)
	}
	return nil
}

func isName(s string) bool {
	return s != "" && checkName(s, strings.ToLower(strings.TrimSuffix(s, "."))) == nil
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// isLabel reports whether DNS host software will take l: letters, digits,
// hyphens inside (RFC 1123 2.1) and, beyond it, underscores.
func isLabel(l string) bool {
	for i := 0; i < len(l); i++ {
		c := l[i]
		switch {
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9', c == '_':
		case c == '-' && i > 0 && i < len(l)-1:
		default:
			return false
		}
	}
	return true
}
