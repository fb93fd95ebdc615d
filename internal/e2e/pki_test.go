//go:build e2e && linux

package e2e

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"time"
)

// domain is where the servers of a run live; every certificate but wrong-name
// is for all names directly below it.
const domain = "e2e.test"

// authority is a throw-away PKI: a root that maildoctor is told to trust, an
// intermediate, and the certificates below files/pki, one directory each with
// chain.pem, key.pem and all.pem (key first, as Postfix wants it).
type authority struct {
	rootFile string // for --ca-file
	files    map[string][]byte
}

// issuer is a certificate that signs others.
type issuer struct {
	cert *x509.Certificate
	key  crypto.Signer
}

func newAuthority(dir string) (*authority, error) {
	root, err := newIssuer("maildoctor e2e root", nil)
	if err != nil {
		return nil, err
	}
	middle, err := newIssuer("maildoctor e2e intermediate", root)
	if err != nil {
		return nil, err
	}
	stranger, err := newIssuer("somebody else's root", nil)
	if err != nil {
		return nil, err
	}
	// One RSA key for all leaves: TLS 1.0 in GnuTLS and OpenSSL knows what to do
	// with it, and it is made once.
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return nil, err
	}
	a := &authority{rootFile: filepath.Join(dir, "root.pem"), files: map[string][]byte{}}
	now := time.Now()
	leaves := []struct {
		name     string
		by       *issuer
		host     string
		notAfter time.Time
		sent     []*x509.Certificate
	}{
		{"good", middle, "*." + domain, now.AddDate(0, 0, 90), []*x509.Certificate{middle.cert}},
		{"expired", middle, "*." + domain, now.AddDate(0, 0, -3), []*x509.Certificate{middle.cert}},
		{"wrong-name", middle, "www.example.net", now.AddDate(0, 0, 90), []*x509.Certificate{middle.cert}},
		{"missing-intermediate", middle, "*." + domain, now.AddDate(0, 0, 90), nil},
		{"unknown-ca", stranger, "*." + domain, now.AddDate(0, 0, 90), []*x509.Certificate{stranger.cert}},
		{"self-signed", nil, "*." + domain, now.AddDate(0, 0, 90), nil},
	}
	for _, leaf := range leaves {
		template := &x509.Certificate{
			Subject:     pkix.Name{CommonName: leaf.host},
			DNSNames:    []string{leaf.host},
			NotBefore:   now.AddDate(0, 0, -30),
			NotAfter:    leaf.notAfter,
			KeyUsage:    x509.KeyUsageDigitalSignature | x509.KeyUsageKeyEncipherment,
			ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		}
		cert, err := sign(template, key, leaf.by)
		if err != nil {
			return nil, err
		}
		if err := a.add(leaf.name, key, append([]*x509.Certificate{cert}, leaf.sent...)); err != nil {
			return nil, err
		}
	}
	return a, os.WriteFile(a.rootFile, pemCert(root.cert), 0o644)
}

// newIssuer makes a CA certificate signed by the parent, or by itself.
func newIssuer(name string, parent *issuer) (*issuer, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	template := &x509.Certificate{
		Subject:               pkix.Name{CommonName: name},
		NotBefore:             time.Now().AddDate(0, 0, -30),
		NotAfter:              time.Now().AddDate(1, 0, 0),
		IsCA:                  true,
		BasicConstraintsValid: true,
		KeyUsage:              x509.KeyUsageCertSign,
	}
	cert, err := sign(template, key, parent)
	return &issuer{cert, key}, err
}

// sign issues the template for the key; without an issuer it signs itself.
func sign(template *x509.Certificate, key crypto.Signer, by *issuer) (*x509.Certificate, error) {
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	if err != nil {
		return nil, err
	}
	template.SerialNumber = serial
	if by == nil {
		by = &issuer{template, key}
	}
	der, err := x509.CreateCertificate(rand.Reader, template, by.cert, key.Public(), by.key)
	if err != nil {
		return nil, fmt.Errorf("sign %q: %w", template.Subject.CommonName, err)
	}
	return x509.ParseCertificate(der)
}

func (a *authority) add(name string, key crypto.Signer, sent []*x509.Certificate) error {
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return err
	}
	keyPEM := pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})
	var chain bytes.Buffer
	for _, cert := range sent {
		chain.Write(pemCert(cert))
	}
	dir := "pki/" + name + "/"
	a.files[dir+"key.pem"] = keyPEM
	a.files[dir+"chain.pem"] = chain.Bytes()
	a.files[dir+"all.pem"] = append(bytes.Clone(keyPEM), chain.Bytes()...)
	return nil
}

func pemCert(cert *x509.Certificate) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: cert.Raw})
}
