package probe

import (
	"crypto/sha256"
	"crypto/x509"
	"encoding/binary"
	"sync"
	"time"

	"github.com/maildoctor/maildoctor/internal/evidence"
)

// Chains remembers which chains were verified, so that the servers of one
// provider, and the connections to one server, are verified once. Only what
// follows from the certificates, the name and the roots is kept; that the peer
// has the key is proved by each handshake, and dates are judged from the
// certificates. The zero value is ready; it belongs to one root store.
type Chains struct {
	mu    sync.Mutex
	known map[[sha256.Size]byte]chain
}

type chain struct {
	sent     []evidence.Cert
	verified evidence.Verified
}

// maxChains bounds the memory that servers can fill.
const maxChains = 4096

// verify describes the certificates as sent, and verifies them.
func (c *Chains) verify(certs []*x509.Certificate, name string, roots *x509.CertPool, now time.Time) ([]evidence.Cert, evidence.Verified) {
	if c == nil {
		return describeAll(certs), verify(certs, name, roots, now)
	}
	key := chainKey(certs, name)
	c.mu.Lock()
	k, ok := c.known[key]
	c.mu.Unlock()
	if ok {
		return k.sent, k.verified
	}
	k = chain{describeAll(certs), verify(certs, name, roots, now)}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.known == nil || len(c.known) >= maxChains {
		c.known = map[[sha256.Size]byte]chain{}
	}
	c.known[key] = k
	return k.sent, k.verified
}

func chainKey(certs []*x509.Certificate, name string) [sha256.Size]byte {
	h := sha256.New()
	add := func(b []byte) {
		var size [8]byte
		binary.BigEndian.PutUint64(size[:], uint64(len(b)))
		h.Write(size[:])
		h.Write(b)
	}
	add([]byte(name))
	for _, c := range certs {
		add(c.Raw)
	}
	return [sha256.Size]byte(h.Sum(nil))
}
