package fakemail

import (
	"crypto/ecdsa"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/maildoctor/maildoctor/internal/target"
)

func poolOf(t *testing.T, pem []byte) *x509.CertPool {
	t.Helper()
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(pem) {
		t.Fatalf("no certificate in %q", pem)
	}
	return pool
}

// shake connects as a client that wants the name and trusts the authority.
func shake(t *testing.T, serve Handler, client *tls.Config) (tls.ConnectionState, error) {
	t.Helper()
	c := tls.Client(dial(t, listen(t, serve).Addr()), client)
	err := c.HandshakeContext(waiting(t))
	return c.ConnectionState(), err
}

func trusts(ca *Authority, name string) *tls.Config {
	return &tls.Config{ServerName: name, RootCAs: ca.Pool()}
}

// kind names the x509 error that a client would report.
func kind(err error) string {
	switch e := unwrap(err).(type) {
	case nil:
		return "ok"
	case x509.UnknownAuthorityError:
		return "unknown authority"
	case x509.HostnameError:
		return "name"
	case x509.CertificateInvalidError:
		switch e.Reason {
		case x509.Expired:
			return "date"
		case x509.IncompatibleUsage:
			return "usage"
		}
	}
	return err.Error()
}

func unwrap(err error) error {
	if v, ok := err.(*tls.CertificateVerificationError); ok {
		return v.Err
	}
	return err
}

func TestIssue(t *testing.T) {
	t.Parallel()
	ca := authority(t)
	name := []string{"mail.example.test"}
	ip := netip.MustParseAddr("127.0.0.1")
	tests := map[string]struct {
		leaf  Leaf
		as    string
		want  string
		chain int
	}{
		"in order":             {Leaf{Names: name}, name[0], "ok", 2},
		"wildcard":             {Leaf{Names: []string{"*.example.test"}}, name[0], "ok", 2},
		"address":              {Leaf{IPs: []netip.Addr{ip}}, ip.String(), "ok", 2},
		"other name":           {Leaf{Names: []string{"b.test"}}, name[0], "name", 2},
		"common name only":     {Leaf{CommonName: name[0]}, name[0], "name", 2},
		"expired":              {Leaf{Names: name, NotBefore: now.Add(-9 * day), NotAfter: now.Add(-day)}, name[0], "date", 2},
		"not yet valid":        {Leaf{Names: name, NotBefore: now.Add(day)}, name[0], "date", 2},
		"for clients":          {Leaf{Names: name, Usage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}}, name[0], "usage", 2},
		"leaf only":            {Leaf{Names: name, Chain: LeafOnly}, name[0], "unknown authority", 1},
		"with root":            {Leaf{Names: name, Chain: WithRoot}, name[0], "ok", 3},
		"reversed":             {Leaf{Names: name, Chain: Reversed}, name[0], "ok", 3},
		"expired intermediate": {Leaf{Names: name, Chain: ExpiredIntermediate}, name[0], "date", 2},
		"RSA 2048":             {Leaf{Names: name, Key: RSA2048}, name[0], "ok", 2},
		"RSA 1024":             {Leaf{Names: name, Key: RSA1024}, name[0], "ok", 2},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			serve := OverTLS(config(t, ca, test.leaf), Silent)
			_, err := shake(t, serve, trusts(ca, test.as))
			if got := kind(err); got != test.want {
				t.Errorf("a client that wants %q got %q, want %q", test.as, got, test.want)
			}
			state, err := shake(t, serve, &tls.Config{InsecureSkipVerify: true})
			if err != nil || len(state.PeerCertificates) != test.chain {
				t.Errorf("%d certificates sent, %v; want %d", len(state.PeerCertificates), err, test.chain)
			}
		})
	}
}

func TestKeys(t *testing.T) {
	t.Parallel()
	ca := authority(t)
	for kind, want := range map[KeyKind]int{RSA2048: 2048, RSA1024: 1024, ECDSA256: 256} {
		cert, err := ca.Issue(Leaf{Names: []string{"a.test"}, Key: kind})
		if err != nil {
			t.Fatal(err)
		}
		got := 0
		switch key := cert.Leaf.PublicKey.(type) {
		case *rsa.PublicKey:
			got = key.N.BitLen()
		case *ecdsa.PublicKey:
			got = key.Params().BitSize
		}
		if got != want {
			t.Errorf("key kind %d has %d bits, want %d", kind, got, want)
		}
	}
}

func TestSHA1Signature(t *testing.T) {
	t.Parallel()
	cert, err := authority(t).Issue(Leaf{Names: []string{"a.test"}, Signature: x509.ECDSAWithSHA1})
	if err != nil || cert.Leaf.SignatureAlgorithm != x509.ECDSAWithSHA1 {
		t.Errorf("got %v, %v; want a signature with SHA-1", cert.Leaf, err)
	}
}

func TestIssuerURL(t *testing.T) {
	t.Parallel()
	const url = "http://ca.example.test/issuing.der"
	cert, err := authority(t).Issue(Leaf{Names: []string{"a.test"}, IssuerURL: url})
	if err != nil || !slices.Equal(cert.Leaf.IssuingCertificateURL, []string{url}) {
		t.Errorf("got %v, want a certificate that points to %q", err, url)
	}
}

func TestRogueAuthority(t *testing.T) {
	t.Parallel()
	ca, rogue := authority(t), authority(t)
	_, err := shake(t, OverTLS(config(t, rogue, leaf()), Silent), trusts(ca, "mail.example.test"))
	if got := kind(err); got != "unknown authority" {
		t.Errorf("certificate of a rogue of the same name: got %q", got)
	}
}

func TestSelfSigned(t *testing.T) {
	t.Parallel()
	cert, err := SelfSigned(leaf(), now)
	if err != nil {
		t.Fatal(err)
	}
	if cert.Leaf.CheckSignature(cert.Leaf.SignatureAlgorithm, cert.Leaf.RawTBSCertificate, cert.Leaf.Signature) != nil || cert.Leaf.Subject.String() != cert.Leaf.Issuer.String() {
		t.Errorf("issuer %v of subject %v, want the certificate to be its own issuer", cert.Leaf.Issuer, cert.Leaf.Subject)
	}
	if got, want := cert.Leaf.NotAfter.Unix(), now.Add(60*day).Unix(); got != want {
		t.Errorf("NotAfter = %v, want %v", time.Unix(got, 0), time.Unix(want, 0))
	}
}

func TestHugeChain(t *testing.T) {
	t.Parallel()
	ca := authority(t)
	state, err := shake(t, OverTLS(config(t, ca, Leaf{Names: []string{"mail.example.test"}, Chain: HugeChain}), Silent), trusts(ca, "mail.example.test"))
	size := 0
	for _, cert := range state.PeerCertificates {
		size += len(cert.Raw)
	}
	if size < 200<<10 {
		t.Errorf("chain of %d bytes, %v; want 200 KiB at least", size, err)
	}
}

func TestOldTLS(t *testing.T) {
	t.Parallel()
	ca := authority(t)
	rsa := Leaf{Names: []string{"mail.example.test"}, Key: RSA2048}
	old := &tls.Config{ServerName: "mail.example.test", RootCAs: ca.Pool(), MinVersion: tls.VersionTLS10, CipherSuites: []uint16{
		tls.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA, tls.TLS_RSA_WITH_AES_128_GCM_SHA256,
	}}
	tests := map[string]struct {
		server  *tls.Config
		version uint16
		cipher  uint16
	}{
		"1.0":        {TLS10(config(t, ca, leaf())), tls.VersionTLS10, tls.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA},
		"static RSA": {StaticRSA(config(t, ca, rsa)), tls.VersionTLS12, tls.TLS_RSA_WITH_AES_128_GCM_SHA256},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			serve := OverTLS(test.server, Silent)
			state, err := shake(t, serve, old)
			if err != nil || state.Version != test.version || state.CipherSuite != test.cipher {
				t.Errorf("an old client got %x with %x, %v; want %x with %x", state.Version, state.CipherSuite, err, test.version, test.cipher)
			}
			if _, err := shake(t, serve, trusts(ca, "mail.example.test")); err == nil {
				t.Error("a client of today got through, want it to fail")
			}
		})
	}
}

func TestIntoleratesHello(t *testing.T) {
	t.Parallel()
	ca := authority(t)
	server := config(t, ca, leaf())
	small := trusts(ca, "mail.example.test")
	small.CurvePreferences = []tls.CurveID{tls.X25519} // without the post-quantum share of 1184 bytes
	before13 := trusts(ca, "mail.example.test")
	before13.MaxVersion = tls.VersionTLS12

	big := Script{Mode: target.Implicit, TLS: server, BeforeTLS: ResetHelloOver(1024)}.Serve
	tls13 := Script{Mode: target.Implicit, TLS: ResetTLS13(server)}.Serve
	alert := Script{Mode: target.Implicit, TLS: server, BeforeTLS: RefuseHello(40)}.Serve
	demand := OverTLS(WithClientAuth(server, tls.RequireAnyClientCert), Silent)
	tests := map[string]struct {
		serve  Handler
		client *tls.Config
		want   string // end of the error; empty: the handshake succeeds
	}{
		"big hello":               {big, trusts(ca, "mail.example.test"), "connection reset by peer"},
		"small hello":             {big, small, ""},
		"hello with 1.3":          {tls13, trusts(ca, "mail.example.test"), "connection reset by peer"},
		"hello up to 1.2":         {tls13, before13, ""},
		"alert":                   {alert, before13, "remote error: tls: handshake failure"},
		"client certificate, 1.2": {demand, before13, "remote error: tls: handshake failure"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := shake(t, test.serve, test.client)
			if got := words(err); !strings.HasSuffix(got, test.want) || test.want == "" && got != "" {
				t.Errorf("handshake: got error %q, want %q", got, test.want)
			}
		})
	}
}

func TestAlertByNumber(t *testing.T) {
	t.Parallel()
	_, err := shake(t, Steps{RefuseHello(112)}.Serve, trusts(authority(t), "mail.example.test"))
	if want := "remote error: tls: unrecognized name"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %q", err, want)
	}
}
