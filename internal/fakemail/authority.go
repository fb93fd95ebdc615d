package fakemail

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"net/netip"
	"sync"
	"time"
)

const day = 24 * time.Hour

// Authority is a certificate authority in memory: a root, an intermediate that
// issues, and an intermediate of the same key that has expired. Two authorities
// have nothing in common, whatever their names: the second is the rogue.
type Authority struct {
	now          time.Time
	root         *x509.Certificate
	intermediate *x509.Certificate
	expired      *x509.Certificate
	key          *ecdsa.PrivateKey // of both intermediates
}

// NewAuthority makes an authority that is valid around now, for ten years.
func NewAuthority(name string, now time.Time) (*Authority, error) {
	rootKey, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("make root key: %w", err)
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("make intermediate key: %w", err)
	}
	a := &Authority{now: now, key: key}
	root := caTemplate(name+" Root", now.Add(-365*day), now.Add(10*365*day))
	if a.root, err = sign(root, root, &rootKey.PublicKey, rootKey); err != nil {
		return nil, err
	}
	issuing := caTemplate(name+" Issuing CA", now.Add(-200*day), now.Add(5*365*day))
	if a.intermediate, err = sign(issuing, a.root, &key.PublicKey, rootKey); err != nil {
		return nil, err
	}
	old := caTemplate(name+" Issuing CA", now.Add(-300*day), now.Add(-day))
	a.expired, err = sign(old, a.root, &key.PublicKey, rootKey)
	return a, err
}

// Root is the certificate that a client has to trust.
func (a *Authority) Root() *x509.Certificate { return a.root }

// Pool holds the root alone.
func (a *Authority) Pool() *x509.CertPool {
	pool := x509.NewCertPool()
	pool.AddCert(a.root)
	return pool
}

// PEM is the root, as a CA file holds it.
func (a *Authority) PEM() []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: a.root.Raw})
}

// Leaf says what certificate to issue. The zero Leaf is a server's certificate
// without a name, ECDSA P-256, valid from yesterday for 60 days, sent with its
// intermediate.
type Leaf struct {
	CommonName string // empty: the first of Names
	Names      []string
	IPs        []netip.Addr
	NotBefore  time.Time // zero: a day before the authority's now
	NotAfter   time.Time // zero: 60 days after it
	Key        KeyKind
	Signature  x509.SignatureAlgorithm // zero: as fits the issuer's key
	Usage      []x509.ExtKeyUsage      // nil: server; empty: none
	IssuerURL  string                  // where the intermediate can be had (AIA caIssuers)
	Chain      Chain
}

// KeyKind is a kind of key.
type KeyKind int

// The kinds of keys.
const (
	ECDSA256 KeyKind = iota
	RSA2048
	RSA1024
)

// Chain is what a server sends along with its certificate.
type Chain int

// The chains.
const (
	FullChain           Chain = iota // leaf and intermediate
	LeafOnly                         // the intermediate is missing
	WithRoot                         // leaf, intermediate and root
	Reversed                         // leaf, root and then the intermediate
	ExpiredIntermediate              // leaf and an intermediate that expired yesterday
	HugeChain                        // leaf and some 200 KiB of intermediates
)

// Issue makes a certificate with its key and chain.
func (a *Authority) Issue(l Leaf) (tls.Certificate, error) {
	key, err := newKey(l.Key)
	if err != nil {
		return tls.Certificate{}, err
	}
	cert, err := sign(l.template(a.now), a.intermediate, key.Public(), a.key)
	if err != nil {
		return tls.Certificate{}, err
	}
	return tls.Certificate{Certificate: a.chain(l.Chain, cert.Raw), PrivateKey: key, Leaf: cert}, nil
}

// Config issues l and returns a server's configuration with it.
func (a *Authority) Config(l Leaf) (*tls.Config, error) {
	cert, err := a.Issue(l)
	if err != nil {
		return nil, err
	}
	return &tls.Config{Certificates: []tls.Certificate{cert}}, nil
}

// SelfSigned makes a certificate that is its own issuer; l.Chain is ignored.
func SelfSigned(l Leaf, now time.Time) (tls.Certificate, error) {
	key, err := newKey(l.Key)
	if err != nil {
		return tls.Certificate{}, err
	}
	template := l.template(now)
	cert, err := sign(template, template, key.Public(), key)
	if err != nil {
		return tls.Certificate{}, err
	}
	return tls.Certificate{Certificate: [][]byte{cert.Raw}, PrivateKey: key, Leaf: cert}, nil
}

func (a *Authority) chain(kind Chain, leaf []byte) [][]byte {
	switch kind {
	case LeafOnly:
		return [][]byte{leaf}
	case WithRoot:
		return [][]byte{leaf, a.intermediate.Raw, a.root.Raw}
	case Reversed:
		return [][]byte{leaf, a.root.Raw, a.intermediate.Raw}
	case ExpiredIntermediate:
		return [][]byte{leaf, a.expired.Raw}
	case HugeChain:
		chain := [][]byte{leaf}
		for size := 0; size < 200<<10; size += len(a.intermediate.Raw) {
			chain = append(chain, a.intermediate.Raw)
		}
		return chain
	}
	return [][]byte{leaf, a.intermediate.Raw}
}

func (l Leaf) template(now time.Time) *x509.Certificate {
	t := &x509.Certificate{
		Subject:            pkix.Name{CommonName: l.CommonName},
		DNSNames:           l.Names,
		NotBefore:          l.NotBefore,
		NotAfter:           l.NotAfter,
		KeyUsage:           x509.KeyUsageDigitalSignature | x509.KeyUsageKeyEncipherment,
		ExtKeyUsage:        l.Usage,
		SignatureAlgorithm: l.Signature,
	}
	if l.CommonName == "" && len(l.Names) > 0 {
		t.Subject.CommonName = l.Names[0]
	}
	for _, ip := range l.IPs {
		t.IPAddresses = append(t.IPAddresses, net.IP(ip.AsSlice()))
	}
	if t.NotBefore.IsZero() {
		t.NotBefore = now.Add(-day)
	}
	if t.NotAfter.IsZero() {
		t.NotAfter = now.Add(60 * day)
	}
	if l.Usage == nil {
		t.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}
	}
	if l.IssuerURL != "" {
		t.IssuingCertificateURL = []string{l.IssuerURL}
	}
	return t
}

func caTemplate(name string, from, to time.Time) *x509.Certificate {
	return &x509.Certificate{
		Subject:               pkix.Name{CommonName: name, Organization: []string{"maildoctor test"}},
		NotBefore:             from,
		NotAfter:              to,
		KeyUsage:              x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
		BasicConstraintsValid: true,
		IsCA:                  true,
	}
}

func sign(template, parent *x509.Certificate, public crypto.PublicKey, by crypto.Signer) (*x509.Certificate, error) {
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	if err != nil {
		return nil, fmt.Errorf("make serial number: %w", err)
	}
	template.SerialNumber = serial
	der, err := x509.CreateCertificate(rand.Reader, template, parent, public, by)
	if err != nil {
		return nil, fmt.Errorf("sign certificate for %q: %w", template.Subject.CommonName, err)
	}
	return x509.ParseCertificate(der)
}

// RSA keys take long to make, so that each size is made once a process.
var (
	rsa2048 = sync.OnceValues(func() (*rsa.PrivateKey, error) { return rsa.GenerateKey(rand.Reader, 2048) })
	rsa1024 = sync.OnceValues(func() (*rsa.PrivateKey, error) { return rsa.GenerateKey(rand.Reader, 1024) })
)

func newKey(kind KeyKind) (crypto.Signer, error) {
	switch kind {
	case RSA2048:
		return rsa2048()
	case RSA1024:
		return rsa1024()
	}
	return ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
}
