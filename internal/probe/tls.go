package probe

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/plan"
	"github.com/maildoctor/maildoctor/internal/target"
)

// tlsWish is what a ClientHello offers. The zero value offers everything that
// Go speaks, old versions and ciphers included: the judge says what an
// ordinary client would make of what the server chose.
type tlsWish struct {
	ceiling string // highest version, such as "1.1"; empty: 1.3
	only    bool   // the ceiling is also the lowest
	small   bool   // no post-quantum key share: fits one packet
}

var versionNames = map[uint16]string{tls.VersionTLS10: "1.0", tls.VersionTLS11: "1.1", tls.VersionTLS12: "1.2", tls.VersionTLS13: "1.3"}

func versionNumber(name string) uint16 {
	for n, s := range versionNames {
		if s == name {
			return n
		}
	}
	return tls.VersionTLS13
}

// config makes the client's side of a handshake. Certificates are verified
// afterwards, by verify, so that a bad one can be described.
func (t *talk) config(w tlsWish, seen *evidence.TLS) *tls.Config {
	c := &tls.Config{
		ServerName:         seen.ServerName,
		InsecureSkipVerify: true,
		MinVersion:         tls.VersionTLS10,
		MaxVersion:         versionNumber(w.ceiling),
		CipherSuites:       everyCipher(),
		GetClientCertificate: func(*tls.CertificateRequestInfo) (*tls.Certificate, error) {
			if own := t.r.o.Certificate; own != nil {
				seen.ClientCert = "sent"
				return own, nil
			}
			seen.ClientCert = "requested"
			return &tls.Certificate{}, nil
		},
	}
	if w.only {
		c.MinVersion = c.MaxVersion
	}
	if w.small {
		c.CurvePreferences = []tls.CurveID{tls.X25519, tls.CurveP256, tls.CurveP384}
	}
	return c
}

var everyCipher = sync.OnceValue(func() []uint16 {
	var ids []uint16
	for _, s := range append(tls.CipherSuites(), tls.InsecureCipherSuites()...) {
		ids = append(ids, s.ID)
	}
	return ids
})

// handshake holds a TLS handshake and writes down what it showed. Its limit is
// that of a reply.
func (t *talk) handshake(w tlsWish) *evidence.Fault {
	seen := &evidence.TLS{ServerName: t.r.serverName()}
	t.conn.mark()
	late := func() {}
	if t.s.Opens == evidence.SpeaksTLS {
		late = t.after(plan.HelloWait(t.a.connectTime(), t.r.c.Asked.Few), plan.HelloLate)
		defer t.after(plan.SilentAfter(t.v.plan.Port)-t.sinceConnect(), plan.Silent)()
	}
	conn := tls.Client(&unread{t.conn, t.left()}, t.config(w, seen))
	_, fault := t.step(evidence.StepTLS, "ClientHello", t.handshakeLimit(), func() (*evidence.Reply, error) {
		defer late()
		return nil, conn.HandshakeContext(t.ctx)
	})
	if fault != nil {
		t.handshakeFailed(seen, fault)
		return fault
	}
	t.tls = conn
	t.rd.over(conn)
	state := conn.ConnectionState()
	seen.Version = versionNames[state.Version]
	seen.Cipher = tls.CipherSuiteName(state.CipherSuite)
	seen.Group = groupName(state.CurveID)
	seen.StaticRSA = strings.HasPrefix(seen.Cipher, "TLS_RSA_")
	seen.Chain, seen.Verified = t.r.env.Chains.verify(state.PeerCertificates, seen.ServerName, t.r.env.Roots, t.r.c.Now)
	t.r.update(func() { t.s.TLS = seen })
	return nil
}

// aside is the limit for a greeting or a handshake on the side: a server that
// is worth recommending, or that answers a second kind of ClientHello at all,
// does so in this time.
const aside = 4 * time.Second

// left is what the server said before the handshake on a connection that opens
// with TLS: a client reads it as the answer to its ClientHello. What came with
// the 220 to STARTTLS is thrown away (RFC 3207 4.2).
func (t *talk) left() []byte {
	if t.s.Opens == evidence.SpeaksTLS {
		return t.rd.buffered()
	}
	return nil
}

// unread is a connection of which something was read already.
type unread struct {
	*link
	before []byte
}

func (u *unread) Read(p []byte) (int, error) {
	if len(u.before) == 0 {
		return u.link.Read(p)
	}
	n := copy(p, u.before)
	u.before = u.before[n:]
	u.link.saw(p[:n])
	return n, nil
}

// handshakeLimit is the whole limit only where TLS is what the port is for.
func (t *talk) handshakeLimit() time.Duration {
	expected := t.candidate() && (t.s.Opens == evidence.Listens || target.ModeByPort(t.v.plan.Port) == target.Implicit)
	if expected {
		return t.r.o.Limits.Reply
	}
	return min(t.r.o.Limits.Reply, aside)
}

// handshakeFailed keeps what came in place of a ServerHello, and what was seen
// of the handshake until it failed.
func (t *talk) handshakeFailed(seen *evidence.TLS, fault *evidence.Fault) {
	in, out := t.conn.head()
	if fault.Class == evidence.NotTLS || echoes(in, out) {
		if !strings.Contains(string(in), "\n") {
			t.rd.more()
			in, _ = t.conn.head()
		}
		t.r.update(func() { t.s.First = first(in, out, "clear", "ClientHello") })
		return
	}
	if fault.Class == evidence.TLSAlert {
		seen.Alert = fault.Text
	}
	if len(in) > 0 {
		t.r.update(func() { t.s.TLS = seen })
	}
}

func echoes(in, out []byte) bool {
	return len(in) >= 16 && len(out) >= 16 && string(in[:16]) == string(out[:16])
}

// serverName is the name asked for in SNI and verified: the host, as an
// application does, unless --servername says otherwise.
func (r *run) serverName() string {
	if r.c.Asked.ServerName != "" {
		return r.c.Asked.ServerName
	}
	return r.c.Target.Host
}

func groupName(id tls.CurveID) string {
	if id == 0 {
		return ""
	}
	return id.String()
}

func describeAll(certs []*x509.Certificate) []evidence.Cert {
	out := make([]evidence.Cert, 0, len(certs))
	for _, c := range certs {
		out = append(out, describe(c))
	}
	return out
}

func describe(c *x509.Certificate) evidence.Cert {
	key, bits := keyName(c)
	sum := sha256.Sum256(c.Raw)
	e := evidence.Cert{
		Subject: c.Subject.String(), Issuer: c.Issuer.String(), CommonName: c.Subject.CommonName, Names: []string{},
		NotBefore: c.NotBefore.UTC(), NotAfter: c.NotAfter.UTC(), Key: key, KeyBits: bits, Signature: c.SignatureAlgorithm.String(),
		CA: c.IsCA, SelfIssued: selfIssued(c), ServerAuth: forServers(c), Fingerprint: hex.EncodeToString(sum[:]),
	}
	e.Names = append(e.Names, c.DNSNames...)
	for _, ip := range c.IPAddresses {
		e.Names = append(e.Names, ip.String())
	}
	if len(c.IssuingCertificateURL) > 0 {
		e.IssuerURL = c.IssuingCertificateURL[0]
	}
	return e
}

func keyName(c *x509.Certificate) (string, int) {
	switch k := c.PublicKey.(type) {
	case *rsa.PublicKey:
		return fmt.Sprintf("RSA %d", k.N.BitLen()), k.N.BitLen()
	case *ecdsa.PublicKey:
		return "ECDSA " + k.Curve.Params().Name, k.Curve.Params().BitSize
	case ed25519.PublicKey:
		return "Ed25519", 256
	}
	return c.PublicKeyAlgorithm.String(), 0
}

// selfIssued: the certificate signed itself. CheckSignature, not
// CheckSignatureFrom: a self-signed leaf is seldom marked as a CA.
func selfIssued(c *x509.Certificate) bool {
	return string(c.RawSubject) == string(c.RawIssuer) && c.CheckSignature(c.SignatureAlgorithm, c.RawTBSCertificate, c.Signature) == nil
}

// forServers: no extended key usage at all means any (RFC 5280 4.2.1.12).
func forServers(c *x509.Certificate) bool {
	if len(c.ExtKeyUsage) == 0 && len(c.UnknownExtKeyUsage) == 0 {
		return true
	}
	for _, u := range c.ExtKeyUsage {
		if u == x509.ExtKeyUsageServerAuth || u == x509.ExtKeyUsageAny {
			return true
		}
	}
	return false
}

// verify builds a chain to the roots, with the dates left aside: a date is
// judged from the certificates.
func verify(certs []*x509.Certificate, name string, roots *x509.CertPool, now time.Time) evidence.Verified {
	if len(certs) == 0 {
		return evidence.Verified{Chain: evidence.ChainOther, Detail: "the server sent no certificate"}
	}
	leaf := certs[0]
	v := evidence.Verified{Name: leaf.VerifyHostname(name) == nil}
	if roots == nil {
		v.Chain = evidence.ChainNoRoots
		return v
	}
	o := x509.VerifyOptions{Roots: roots, Intermediates: x509.NewCertPool(), KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageAny}, CurrentTime: now}
	for _, c := range certs[1:] {
		o.Intermediates.AddCert(c)
	}
	_, err := leaf.Verify(o)
	chain := path(leaf, certs[1:], o, new(int))
	if chain == nil {
		v.Chain, v.Detail = whyNoChain(certs), err.Error()
		return v
	}
	v.Chain, v.Path = evidence.ChainOK, describeAll(chain)
	return v
}

// path builds a chain from c to a root with the dates left aside: at the
// present, at the ends of c's own validity, or through one of the certificates
// sent, each by itself. So a chain with an expired link is told apart from one
// that leads nowhere. Steps counts the certificates looked at: a server may send
// many that all seem to have signed one another.
func path(c *x509.Certificate, sent []*x509.Certificate, o x509.VerifyOptions, steps *int) []*x509.Certificate {
	if *steps++; *steps > maxSteps {
		return nil
	}
	now := o.CurrentTime
	for _, o.CurrentTime = range []time.Time{now, c.NotBefore.Add(time.Second), c.NotAfter.Add(-time.Second)} {
		if chains, err := c.Verify(o); err == nil {
			return chains[0]
		}
	}
	if chain := undated(c, o, now); chain != nil {
		return chain
	}
	for i, p := range sent[:min(len(sent), maxSent)] {
		if c.CheckSignatureFrom(p) != nil {
			continue
		}
		if rest := path(p, slices.Delete(slices.Clone(sent), i, i+1), o, steps); rest != nil {
			return append([]*x509.Certificate{c}, rest...)
		}
	}
	return nil
}

// undated builds a chain whose first certificate is taken to hold at all times: its
// authority may have been renewed after it expired.
func undated(c *x509.Certificate, o x509.VerifyOptions, now time.Time) []*x509.Certificate {
	wide := *c
	o.CurrentTime = now
	wide.NotBefore, wide.NotAfter = time.Time{}, time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)
	chains, err := wide.Verify(o)
	if err != nil {
		return nil
	}
	return append([]*x509.Certificate{c}, chains[0][1:]...)
}

// The bounds on what a server may make us verify.
const (
	maxSent  = 4  // certificates tried as issuers of one
	maxSteps = 16 // certificates looked at in all
)

// whyNoChain tells a missing intermediate from an unknown authority. A leaf
// sent alone lacks its intermediate; a chain that was sent and ends at an
// issuer that is neither here nor self-signed ends at a root we do not know,
// since servers leave out the root (RFC 8446 4.4.2).
func whyNoChain(certs []*x509.Certificate) string {
	leaf := certs[0]
	if selfIssued(leaf) {
		return evidence.ChainSelfSigned
	}
	for _, c := range certs[1:] {
		if leaf.CheckSignatureFrom(c) == nil {
			return evidence.ChainUnknownCA
		}
	}
	return evidence.ChainMissingIntermediate
}
