package probe_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"math/big"
	"testing"
	"time"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/fakemail"
	"github.com/maildoctor/maildoctor/internal/probe"
	"github.com/maildoctor/maildoctor/internal/target"
)

// TestRenewedAuthority: a certificate that expired before its authority was made
// anew, with the same key, still leads to it.
func TestRenewedAuthority(t *testing.T) {
	t.Parallel()
	now := time.Now()
	make := func(c, issuer *x509.Certificate, key, issuerKey *ecdsa.PrivateKey) *x509.Certificate {
		t.Helper()
		der, err := x509.CreateCertificate(rand.Reader, c, issuer, &key.PublicKey, issuerKey)
		if err != nil {
			t.Fatal(err)
		}
		made, err := x509.ParseCertificate(der)
		if err != nil {
			t.Fatal(err)
		}
		return made
	}
	rootKey, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	root := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Renewed CA"}, NotBefore: now.AddDate(0, 0, -1), NotAfter: now.AddDate(1, 0, 0), IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign}
	root = make(root, root, rootKey, rootKey)
	leaf := &x509.Certificate{SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: host}, DNSNames: []string{host}, NotBefore: now.AddDate(-2, 0, 0), NotAfter: now.AddDate(-1, 0, 0), ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}}
	leaf = make(leaf, root, rootKey, rootKey)
	conf := &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{leaf.Raw}, PrivateKey: rootKey}}}
	s, err := fakemail.Listen(fakemail.Script{Mode: target.Implicit, TLS: conf}.Serve)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	pool := x509.NewCertPool()
	pool.AddCert(root)
	k := newCase(465, "")
	k.Asked.Few = true
	probe.Endpoint(t.Context(), probe.Env{Dial: farAway(0), Now: time.Now, Roots: pool}, mapped(s, 465), &k)
	if len(k.Sessions) == 0 || k.Sessions[0].TLS == nil || k.Sessions[0].TLS.Verified.Chain != evidence.ChainOK || len(k.Sessions[0].TLS.Verified.Path) != 2 {
		t.Errorf("got %+v", k.Sessions)
	}
}
