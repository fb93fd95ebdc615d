package probe_test

import (
	"errors"
	"io"
	"net"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/fakemail"
	"github.com/maildoctor/maildoctor/internal/probe"
	"github.com/maildoctor/maildoctor/internal/target"
)

func TestRecords(t *testing.T) {
	t.Parallel()
	long := "v=DKIM1; p=" + strings.Repeat("A", 400)
	d := resolver(t, fakemail.Zone{
		"resend._domainkey.example.test": {TXT: []string{long}},
		"_dmarc.example.test":            {TXT: []string{"v=DMARC1; p=none", "other"}},
		"send.example.test":              {CNAME: "send.forge.example.net"},
		"send.forge.example.net":         {TXT: []string{"v=spf1 -all"}, MX: []fakemail.MX{{Pref: 10, Host: "in.example.net"}}},
		"mx.example.test":                {MX: []fakemail.MX{{Pref: 20, Host: "b.example.net"}, {Pref: 10, Host: "A.example.net"}}},
		"fails.example.test":             {Fails: fakemail.ServFail},
		"empty.example.test":             {},
	})
	for _, c := range []struct{ name, kind, want string }{
		{"resend._domainkey.example.test", "txt", long},
		{"_dmarc.example.test", "txt", "v=DMARC1; p=none|other"},
		{"send.example.test", "cname", "-> send.forge.example.net"},
		{"send.example.test", "txt", "-> send.forge.example.net v=spf1 -all"},
		{"send.example.test", "mx", "in.example.net"},
		{"mx.example.test", "mx", "a.example.net|b.example.net"},
		{"mx.example.test", "cname", "nodata"},
		{"empty.example.test", "txt", "nodata"},
		{"nowhere.example.test", "txt", "nxdomain"},
		{"fails.example.test", "cname", "servfail"},
	} {
		l := d.Records(t.Context(), c.name, c.kind)
		var got []string
		if len(l.Chain) > 0 {
			got = append(got, "-> "+strings.Join(l.Chain, ","))
		}
		var hosts []string
		for _, mx := range l.MX {
			hosts = append(hosts, mx.Host)
		}
		for _, f := range l.Faults {
			got = append(got, string(f.Fault.Class))
		}
		if s := strings.Join(append(l.TXT, hosts...), "|"); s != "" {
			got = append(got, s)
		}
		if s := strings.Join(got, " "); s != c.want || l.Kind != c.kind || l.Name != c.name {
			t.Errorf("%s %s: %q of kind %q, want %q", c.name, c.kind, s, l.Kind, c.want)
		}
	}
}

// TestByName: the name comes from the resolver, the mapping wins, and an address
// that refuses does not keep the next one from being tried.
func TestByName(t *testing.T) {
	t.Parallel()
	s, err := fakemail.Listen(func(c *fakemail.Conn) { _ = c.Send("hello") })
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	dead := netip.MustParseAddr("127.0.0.9")
	var dialer net.Dialer
	env := probe.Env{Dial: dialer.DialContext, Now: time.Now}
	env.Resolver = resolver(t, fakemail.Zone{
		"both.example.test": {Addrs: []netip.Addr{dead, s.Addr().Addr()}},
		"dead.example.test": {Addrs: []netip.Addr{dead}},
	})
	port := s.Addr().Port()
	dial := probe.ByName(env, probe.Options{Limits: probe.DefaultLimits(), Mappings: []target.Mapping{{Host: "mapped.example.test", Port: 443, Addr: s.Addr().Addr(), ToPort: port}}})
	for _, address := range []string{target.Join("both.example.test", port), "mapped.example.test:443", s.Addr().String()} {
		conn, err := dial(t.Context(), "tcp", address)
		if err != nil {
			t.Errorf("%s: %v", address, err)
			continue
		}
		if b, _ := io.ReadAll(conn); string(b) != "hello" {
			t.Errorf("%s: read %q", address, b)
		}
		conn.Close()
	}
	var name *probe.NameError
	if _, err := dial(t.Context(), "tcp", "nowhere.example.test:443"); !errors.As(err, &name) || name.Lookup.Faults[0].Fault.Class != evidence.NXDomain {
		t.Errorf("a name that is not there: %v", err)
	}
	var op *net.OpError
	if _, err := dial(t.Context(), "tcp", target.Join("dead.example.test", port)); !errors.As(err, &op) {
		t.Errorf("an address that refuses: %v", err)
	}
}
