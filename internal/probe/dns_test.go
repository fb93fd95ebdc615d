package probe_test

import (
	"context"
	"net"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/fakemail"
	"github.com/maildoctor/maildoctor/internal/probe"
)

// resolver asks a DNS double.
func resolver(t *testing.T, zone fakemail.Zone) *probe.DNS {
	t.Helper()
	s, err := fakemail.ListenDNS(zone)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	var d net.Dialer
	return &probe.DNS{Servers: []netip.AddrPort{s.Addr()}, Dial: d.DialContext}
}

func TestDNS(t *testing.T) {
	t.Parallel()
	v4, v6 := netip.MustParseAddr("192.0.2.25"), netip.MustParseAddr("2001:db8::25")
	zone := fakemail.Zone{
		"mail.example.test":  {Addrs: []netip.Addr{v4, v6}},
		"v4.example.test":    {Addrs: []netip.Addr{v4}},
		"alias.example.test": {CNAME: "mail.example.test"},
		"loop.example.test":  {CNAME: "pool.example.test"},
		"pool.example.test":  {CNAME: "loop.example.test"},
		"empty.example.test": {},
		"fails.example.test": {Fails: fakemail.ServFail},
		"big.example.test":   {Addrs: []netip.Addr{v4}, Fails: fakemail.Truncates},
	}
	d := resolver(t, zone)
	for _, c := range []struct {
		name   string
		addrs  string
		chain  string
		faults string
	}{
		{"mail.example.test", "2001:db8::25 192.0.2.25", "", ""},
		{"v4.example.test", "192.0.2.25", "", "AAAA nodata"},
		{"alias.example.test", "2001:db8::25 192.0.2.25", "mail.example.test", ""},
		{"big.example.test", "192.0.2.25", "", "AAAA nodata"},
		{"empty.example.test", "", "", "AAAA nodata, A nodata"},
		{"gone.example.test", "", "", "AAAA nxdomain, A nxdomain"},
		{"fails.example.test", "", "", "AAAA servfail, A servfail"},
	} {
		l := d.Addresses(t.Context(), c.name)
		var addrs, faults []string
		for _, a := range l.Addrs {
			addrs = append(addrs, a.IP)
		}
		for _, f := range l.Faults {
			faults = append(faults, f.Type+" "+string(f.Fault.Class))
		}
		if got := strings.Join(addrs, " "); got != c.addrs || strings.Join(l.Chain, " ") != c.chain || strings.Join(faults, ", ") != c.faults {
			t.Errorf("%s: addresses %q, chain %q, faults %q, want %q, %q, %q", c.name, got, l.Chain, faults, c.addrs, c.chain, c.faults)
		}
	}
	if l := d.Addresses(t.Context(), "loop.example.test"); len(l.Addrs) > 0 || len(l.Faults) != 2 {
		t.Errorf("loop: %+v", l)
	}
}

// TestDNSSearch: resolv.conf(5) may hold any case, and a short name is asked
// for below the search list first.
func TestDNSSearch(t *testing.T) {
	t.Parallel()
	d := resolver(t, fakemail.Zone{"mail.corp.example.test": {Addrs: []netip.Addr{netip.MustParseAddr("192.0.2.1")}}})
	servers := d.Servers
	d.ResolvConf(strings.NewReader("# comment\nnameserver 192.0.2.53\nsearch Corp.Example.TEST\noptions ndots:2 timeout:1\n"))
	if d.NDots != 2 || !slices.Equal(d.Search, []string{"Corp.Example.TEST"}) || len(d.Servers) != 2 {
		t.Errorf("read %+v", d)
	}
	d.Servers = servers
	if l := d.Addresses(t.Context(), "mail"); len(l.Addrs) != 1 {
		t.Errorf("mail: %+v", l)
	}
	if l := d.Addresses(t.Context(), "absent.example.test"); len(l.Addrs) != 0 || l.Faults[0].Fault.Class != evidence.NXDomain {
		t.Errorf("absent: %+v", l)
	}
}

func TestDNSMX(t *testing.T) {
	t.Parallel()
	d := resolver(t, fakemail.Zone{"example.test": {MX: []fakemail.MX{{Pref: 20, Host: "b.example.test"}, {Pref: 10, Host: "a.example.test"}}}})
	l := d.MX(t.Context(), "example.test")
	if len(l.MX) != 2 || l.MX[0].Host != "a.example.test" || l.MX[1].Pref != 20 {
		t.Errorf("got %+v", l.MX)
	}
}

func TestDNSCutShort(t *testing.T) {
	t.Parallel()
	d := resolver(t, fakemail.Zone{"mute.example.test": {Fails: fakemail.Mute}})
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	l := d.Addresses(ctx, "mute.example.test")
	if len(l.Addrs) != 0 || len(l.Faults) != 2 {
		t.Errorf("got %+v", l)
	}
}

func TestHostsFile(t *testing.T) {
	t.Parallel()
	d := &probe.DNS{Hosts: probe.ReadHosts(strings.NewReader("127.0.0.1 localhost\n192.0.2.7 Mail.Example.test mail # the old one\nnonsense line\n2001:db8::7 mail\n"))}
	if l := d.Addresses(t.Context(), "mail"); l.Source != "hosts" || len(l.Addrs) != 2 || l.Addrs[0].IP != "2001:db8::7" {
		t.Errorf("mail: %+v", l)
	}
	if l := d.Addresses(t.Context(), "mail.example.test"); len(l.Addrs) != 1 || l.Addrs[0].IP != "192.0.2.7" {
		t.Errorf("mail.example.test: %+v", l)
	}
}

func FuzzResolvConf(f *testing.F) {
	f.Add("nameserver 127.0.0.53\nsearch a b\noptions ndots:5\n")
	f.Fuzz(func(t *testing.T, s string) {
		var d probe.DNS
		d.ResolvConf(strings.NewReader(s))
		if len(d.Servers) == 0 || len(d.Servers) > 3 {
			t.Errorf("%q: %d servers", s, len(d.Servers))
		}
		for _, l := range probe.ReadHosts(strings.NewReader(s)) {
			if !l.IP.IsValid() || len(l.Names) == 0 {
				t.Errorf("%q: line %+v", s, l)
			}
		}
	})
}
