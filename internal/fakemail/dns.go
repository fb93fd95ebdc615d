package fakemail

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"strings"
	"sync"
	"time"

	"github.com/miekg/dns"
)

// Zone is all that a DNS double knows: names, in lower case and without the
// final dot, to their records. Any other name is answered with NXDOMAIN.
type Zone map[string]Records

// Records are those of one name. The zero Records is a name that exists and
// has nothing: NODATA.
type Records struct {
	Addrs []netip.Addr // A and AAAA
	CNAME string       // followed within the zone; two that point at each other make a loop
	MX    []MX
	TXT   []string
	Fails Failure
}

// MX is a mail exchanger.
type MX struct {
	Pref uint16
	Host string
}

// Failure is how a name fails.
type Failure int

// The failures.
const (
	Answers   Failure = iota
	ServFail          // the server could not find out
	Refuses           // the server will not answer
	Mute              // no answer comes
	Truncates         // cut short over UDP, whole over TCP (RFC 1035 4.2.1)
)

// DNS is a DNS server on loopback, UDP and TCP on the same port.
type DNS struct {
	zone Zone
	addr netip.AddrPort
	udp  *dns.Server
	tcp  *dns.Server
	work sync.WaitGroup
	once sync.Once
	err  error

	mu    sync.Mutex
	asked []string
}

// ListenDNS starts a DNS server on a free port of 127.0.0.1.
func ListenDNS(zone Zone) (*DNS, error) {
	ln, pc, err := listenBoth()
	if err != nil {
		return nil, err
	}
	d := &DNS{zone: zone, addr: ln.Addr().(*net.TCPAddr).AddrPort()}
	d.udp = &dns.Server{PacketConn: pc, Handler: d}
	d.tcp = &dns.Server{Listener: ln, Handler: d}
	for _, s := range []*dns.Server{d.udp, d.tcp} {
		d.start(s)
	}
	return d, nil
}

// start waits until s serves: Shutdown fails before that.
func (d *DNS) start(s *dns.Server) {
	started := make(chan struct{})
	s.NotifyStartedFunc = func() { close(started) }
	d.work.Go(func() {
		// It ends when Close shuts it down; an error of the listener shows as a time-out in the test.
		_ = s.ActivateAndServe()
	})
	<-started
}

// listenBoth finds a port that is free for TCP and UDP alike.
func listenBoth() (net.Listener, net.PacketConn, error) {
	const tries = 20
	var last error
	for range tries {
		ln, err := net.Listen("tcp4", "127.0.0.1:0")
		if err != nil {
			return nil, nil, fmt.Errorf("listen for DNS over TCP: %w", err)
		}
		pc, err := net.ListenPacket("udp4", ln.Addr().String())
		if err == nil {
			return ln, pc, nil
		}
		ln.Close()
		last = err
	}
	return nil, nil, fmt.Errorf("listen for DNS over UDP: %w", last)
}

// Addr is the address to ask.
func (d *DNS) Addr() netip.AddrPort { return d.addr }

// Asked lists the questions in the order they came: "udp A mail.example.test".
func (d *DNS) Asked() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return append([]string(nil), d.asked...)
}

// Close stops both servers and waits for them. It may be called more than once.
func (d *DNS) Close() error {
	d.once.Do(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		d.err = errors.Join(d.udp.ShutdownContext(ctx), d.tcp.ShutdownContext(ctx))
		d.work.Wait()
	})
	return d.err
}

// ServeDNS answers one query; it is for the DNS library to call.
func (d *DNS) ServeDNS(w dns.ResponseWriter, query *dns.Msg) {
	question := query.Question[0]
	name := strings.ToLower(strings.TrimSuffix(question.Name, "."))
	network := w.LocalAddr().Network()
	d.mu.Lock()
	d.asked = append(d.asked, fmt.Sprintf("%s %s %s", network, dns.TypeToString[question.Qtype], name))
	d.mu.Unlock()

	reply := new(dns.Msg).SetReply(query)
	reply.RecursionAvailable = true
	switch d.zone[name].Fails {
	case Mute:
		return
	case ServFail:
		reply.Rcode = dns.RcodeServerFailure
	case Refuses:
		reply.Rcode = dns.RcodeRefused
	case Truncates:
		reply.Truncated = network == "udp"
		if !reply.Truncated {
			d.fill(reply, name, question.Qtype)
		}
	default:
		d.fill(reply, name, question.Qtype)
	}
	w.WriteMsg(reply) // a client that left has no use for it
}

// fill answers as a resolver does: the CNAME chain, then the records at its end.
func (d *DNS) fill(reply *dns.Msg, name string, kind uint16) {
	const maxChain = 8
	for range maxChain {
		records, ok := d.zone[name]
		if !ok {
			reply.Rcode = dns.RcodeNameError
			return
		}
		if records.CNAME == "" || kind == dns.TypeCNAME {
			reply.Answer = append(reply.Answer, records.of(name, kind)...)
			return
		}
		reply.Answer = append(reply.Answer, &dns.CNAME{Hdr: header(name, dns.TypeCNAME), Target: dns.Fqdn(records.CNAME)})
		name = strings.ToLower(strings.TrimSuffix(records.CNAME, "."))
	}
}

func (r Records) of(name string, kind uint16) []dns.RR {
	var list []dns.RR
	switch kind {
	case dns.TypeA, dns.TypeAAAA:
		for _, a := range r.Addrs {
			list = append(list, addressRecord(name, kind, a)...)
		}
	case dns.TypeCNAME:
		if r.CNAME != "" {
			list = append(list, &dns.CNAME{Hdr: header(name, kind), Target: dns.Fqdn(r.CNAME)})
		}
	case dns.TypeMX:
		for _, mx := range r.MX {
			list = append(list, &dns.MX{Hdr: header(name, kind), Preference: mx.Pref, Mx: dns.Fqdn(mx.Host)})
		}
	case dns.TypeTXT:
		for _, text := range r.TXT {
			list = append(list, &dns.TXT{Hdr: header(name, kind), Txt: split255(text)})
		}
	}
	return list
}

// addressRecord is empty when the address is of the other family.
func addressRecord(name string, kind uint16, a netip.Addr) []dns.RR {
	switch {
	case kind == dns.TypeA && a.Is4():
		return []dns.RR{&dns.A{Hdr: header(name, kind), A: a.AsSlice()}}
	case kind == dns.TypeAAAA && a.Is6():
		return []dns.RR{&dns.AAAA{Hdr: header(name, kind), AAAA: a.AsSlice()}}
	}
	return nil
}

func header(name string, kind uint16) dns.RR_Header {
	return dns.RR_Header{Name: dns.Fqdn(name), Rrtype: kind, Class: dns.ClassINET, Ttl: 60}
}

// split255 cuts a text into the character strings of a TXT record (RFC 1035 3.3).
func split255(text string) []string {
	var parts []string
	for len(text) > 255 {
		parts, text = append(parts, text[:255]), text[255:]
	}
	return append(parts, text)
}
