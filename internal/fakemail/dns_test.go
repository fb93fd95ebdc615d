package fakemail

import (
	"net"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/miekg/dns"
)

func TestDNS(t *testing.T) {
	t.Parallel()
	v4, v6 := netip.MustParseAddr("192.0.2.1"), netip.MustParseAddr("2001:db8::1")
	d, err := ListenDNS(Zone{
		"mail.example.test":     {Addrs: []netip.Addr{v4, v6}},
		"alias.example.test":    {CNAME: "mail.example.test"},
		"dangling.example.test": {CNAME: "gone.example.test"},
		"loop-a.example.test":   {CNAME: "loop-b.example.test"},
		"loop-b.example.test":   {CNAME: "loop-a.example.test"},
		"example.test":          {MX: []MX{{10, "mail.example.test"}}, TXT: []string{"v=spf1 -all"}},
		"key.example.test":      {TXT: []string{strings.Repeat("k", 257)}},
		"fail.example.test":     {Fails: ServFail},
		"refuse.example.test":   {Fails: Refuses},
		"long.example.test":     {Addrs: []netip.Addr{v4}, Fails: Truncates},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	tests := []struct {
		net, name string
		kind      uint16
		rcode     int
		answers   []string
		truncated bool
	}{
		{"udp", "mail.example.test.", dns.TypeA, dns.RcodeSuccess, []string{"mail.example.test.\t60\tIN\tA\t192.0.2.1"}, false},
		{"tcp", "MAIL.example.test.", dns.TypeAAAA, dns.RcodeSuccess, []string{"mail.example.test.\t60\tIN\tAAAA\t2001:db8::1"}, false},
		{"udp", "alias.example.test.", dns.TypeA, dns.RcodeSuccess, []string{"alias.example.test.\t60\tIN\tCNAME\tmail.example.test.", "mail.example.test.\t60\tIN\tA\t192.0.2.1"}, false},
		{"udp", "alias.example.test.", dns.TypeCNAME, dns.RcodeSuccess, []string{"alias.example.test.\t60\tIN\tCNAME\tmail.example.test."}, false},
		{"udp", "dangling.example.test.", dns.TypeA, dns.RcodeNameError, []string{"dangling.example.test.\t60\tIN\tCNAME\tgone.example.test."}, false},
		{"udp", "dangling.example.test.", dns.TypeCNAME, dns.RcodeSuccess, []string{"dangling.example.test.\t60\tIN\tCNAME\tgone.example.test."}, false},
		{"udp", "mail.example.test.", dns.TypeCNAME, dns.RcodeSuccess, nil, false},
		{"tcp", "key.example.test.", dns.TypeTXT, dns.RcodeSuccess, []string{"key.example.test.\t60\tIN\tTXT\t\"" + strings.Repeat("k", 255) + "\" \"kk\""}, false},
		{"udp", "example.test.", dns.TypeMX, dns.RcodeSuccess, []string{"example.test.\t60\tIN\tMX\t10 mail.example.test."}, false},
		{"udp", "example.test.", dns.TypeTXT, dns.RcodeSuccess, []string{"example.test.\t60\tIN\tTXT\t\"v=spf1 -all\""}, false},
		{"udp", "example.test.", dns.TypeA, dns.RcodeSuccess, nil, false},
		{"udp", "nobody.example.test.", dns.TypeA, dns.RcodeNameError, nil, false},
		{"udp", "fail.example.test.", dns.TypeA, dns.RcodeServerFailure, nil, false},
		{"udp", "refuse.example.test.", dns.TypeA, dns.RcodeRefused, nil, false},
		{"udp", "long.example.test.", dns.TypeA, dns.RcodeSuccess, nil, true},
		{"tcp", "long.example.test.", dns.TypeA, dns.RcodeSuccess, []string{"long.example.test.\t60\tIN\tA\t192.0.2.1"}, false},
	}
	for _, test := range tests {
		got := ask(t, d, test.net, test.name, test.kind)
		var answers []string
		for _, rr := range got.Answer {
			answers = append(answers, rr.String())
		}
		if got.Rcode != test.rcode || got.Truncated != test.truncated || !slices.Equal(answers, test.answers) {
			t.Errorf("%s %s %s: got %s, truncated %v, %q; want %s, %v, %q", test.net, dns.TypeToString[test.kind], test.name,
				dns.RcodeToString[got.Rcode], got.Truncated, answers, dns.RcodeToString[test.rcode], test.truncated, test.answers)
		}
	}
	loop := ask(t, d, "udp", "loop-a.example.test.", dns.TypeA)
	if len(loop.Answer) < 2 || loop.Answer[1].(*dns.CNAME).Target != "loop-a.example.test." {
		t.Errorf("CNAME loop: got %v, want it to come back to its beginning", loop.Answer)
	}
	if got, want := d.Asked()[1], "tcp AAAA mail.example.test"; got != want {
		t.Errorf("second question %q, want %q", got, want)
	}
}

func ask(t *testing.T, d *DNS, network, name string, kind uint16) *dns.Msg {
	t.Helper()
	client := &dns.Client{Net: network, Timeout: patience}
	reply, _, err := client.ExchangeContext(waiting(t), new(dns.Msg).SetQuestion(name, kind), d.Addr().String())
	if err != nil {
		t.Fatalf("%s %s: %v", network, name, err)
	}
	return reply
}

// A mute name is asked for and not answered; the question after it is. Both are
// asked again where a busy machine loses datagrams.
func TestDNSMute(t *testing.T) {
	t.Parallel()
	d, err := ListenDNS(Zone{"mute.test": {Fails: Mute}, "loud.test": {}})
	if err != nil {
		t.Fatal(err)
	}
	c, err := net.Dial("udp", d.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	conn := &dns.Conn{Conn: c}
	var got *dns.Msg
	const tries = 20
	for range tries {
		conn.WriteMsg(new(dns.Msg).SetQuestion("mute.test.", dns.TypeA))
		conn.WriteMsg(new(dns.Msg).SetQuestion("loud.test.", dns.TypeA))
		c.SetDeadline(time.Now().Add(patience / tries))
		if got, err = conn.ReadMsg(); err == nil && slices.Contains(d.Asked(), "udp A mute.test") {
			break
		}
	}
	if err != nil || got.Question[0].Name != "loud.test." || !slices.Contains(d.Asked(), "udp A mute.test") {
		t.Errorf("got %v, %v, asked %q; want the answer for loud.test alone", got, err, d.Asked())
	}
	if err := d.Close(); err != nil {
		t.Error(err)
	}
	if err := d.Close(); err != nil {
		t.Errorf("second Close: %v", err)
	}
}
