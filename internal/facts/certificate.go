package facts

import (
	"slices"
	"strings"
	"time"

	"github.com/maildoctor/maildoctor/internal/evidence"
)

// The problems a certificate can have, in the order in which one of them
// becomes the status.
const (
	NotYetValid         = "not-yet-valid"
	Expired             = "expired"
	SelfSigned          = "self-signed"
	MissingIntermediate = "missing-intermediate"
	UnknownCA           = "unknown-ca"
	NameMismatch        = "name-mismatch"
	Weak                = "weak"
	WrongUsage          = "wrong-usage"

	CertificateOK = "ok"
	NotVerified   = "not-verified"
)

// minRSABits is the least RSA key that OpenSSL takes at security level 2, the
// default of Debian and Ubuntu (112 bits of security, NIST SP 800-57).
const minRSABits = 2048

// Certificate is what the server's certificate is worth at Case.Now.
type Certificate struct {
	Status   string         // the first of the problems, else ok or not-verified
	Problems []string       // all that hold, in the order above
	Leaf     *evidence.Cert // nil when none was seen
}

// Has reports whether a problem holds.
func (c Certificate) Has(problem string) bool {
	return slices.Contains(c.Problems, problem)
}

// Judged reports whether the certificate was compared with a root store.
func (c Certificate) Judged() bool { return c.Leaf != nil && c.Status != NotVerified }

func certificate(t *evidence.TLS, now time.Time) Certificate {
	c := Certificate{Status: NotVerified, Problems: []string{}}
	if t == nil || len(t.Chain) == 0 {
		return c
	}
	c.Leaf = &t.Chain[0]
	if t.Verified.Chain == "" {
		return c
	}
	holds := map[string]bool{
		NotYetValid:         Early(t, now) != nil,
		Expired:             Late(t, now) != nil,
		SelfSigned:          t.Verified.Chain == evidence.ChainSelfSigned,
		MissingIntermediate: t.Verified.Chain == evidence.ChainMissingIntermediate,
		UnknownCA:           t.Verified.Chain == evidence.ChainUnknownCA || t.Verified.Chain == evidence.ChainOther && c.Leaf.ServerAuth,
		NameMismatch:        !t.Verified.Name,
		Weak:                WeakLink(t) != "",
		WrongUsage:          !c.Leaf.ServerAuth,
	}
	for _, p := range []string{NotYetValid, Expired, SelfSigned, MissingIntermediate, UnknownCA, NameMismatch, Weak, WrongUsage} {
		if holds[p] {
			c.Problems = append(c.Problems, p)
		}
	}
	switch {
	case len(c.Problems) > 0:
		c.Status = c.Problems[0]
	case t.Verified.Chain == evidence.ChainOK:
		c.Status = CertificateOK
	}
	return c
}

// path is the chain a client would use: the one that was built, else what the
// server sent.
func path(t *evidence.TLS) []evidence.Cert {
	if len(t.Verified.Path) > 0 {
		return t.Verified.Path
	}
	return t.Chain
}

// Early is the first certificate of the path that is not valid yet, or nil.
func Early(t *evidence.TLS, now time.Time) *evidence.Cert {
	return findCert(t, func(c evidence.Cert) bool { return now.Before(c.NotBefore) })
}

// Late is the first certificate of the path that has expired, or nil.
func Late(t *evidence.TLS, now time.Time) *evidence.Cert {
	return findCert(t, func(c evidence.Cert) bool { return now.After(c.NotAfter) })
}

func findCert(t *evidence.TLS, match func(evidence.Cert) bool) *evidence.Cert {
	if t == nil {
		return nil
	}
	p := path(t)
	for i := range p {
		if match(p[i]) {
			return &p[i]
		}
	}
	return nil
}

// FirstToExpire is the certificate of the path that ends first; nil without a
// path.
func FirstToExpire(t *evidence.TLS) *evidence.Cert {
	if t == nil {
		return nil
	}
	var first *evidence.Cert
	p := path(t)
	for i := range p {
		if first == nil || p[i].NotAfter.Before(first.NotAfter) {
			first = &p[i]
		}
	}
	return first
}

// WeakLink says which key or signature of the path current TLS libraries do
// not take: RSA below 2048 bits, SHA-1 or MD5. The signature of a root does
// not count, it is trusted for what it is. "" when all are strong.
func WeakLink(t *evidence.TLS) string {
	if t == nil {
		return ""
	}
	for i, c := range path(t) {
		switch {
		case strings.HasPrefix(c.Key, "RSA") && c.KeyBits > 0 && c.KeyBits < minRSABits:
			return c.Key + " key"
		case c.SelfIssued && i > 0:
			continue
		case strings.Contains(c.Signature, "SHA1") || strings.Contains(c.Signature, "MD5"):
			return c.Signature + " signature"
		}
	}
	return ""
}

// Days is the number of whole days from now until t, negative when it has
// passed.
func Days(now, t time.Time) int {
	d := t.Sub(now)
	n := int(d / (24 * time.Hour))
	if d < 0 && d%(24*time.Hour) != 0 {
		n--
	}
	return n
}

// Versions are the TLS versions accepted and those tried, "1.0" to "1.3" in
// that order. A handshake that settled on a version has tried every later one
// it could have had; a refused ceiling has tried all it offered.
func (a *Address) Versions() (accepted, tested []string) {
	all := []string{"1.0", "1.1", "1.2", "1.3"}
	yes, tried := map[string]bool{}, map[string]bool{}
	for _, s := range a.Sessions {
		ceiling := s.Ceiling
		if ceiling == "" {
			ceiling = "1.3"
		}
		switch {
		case s.TLS != nil && s.TLS.Version != "":
			yes[s.TLS.Version] = true
			for _, v := range all {
				tried[v] = tried[v] || v >= s.TLS.Version && v <= ceiling
			}
		case s.Role == evidence.Ceiling && refusedTLS(s):
			for _, v := range all {
				tried[v] = tried[v] || v <= ceiling
			}
		}
	}
	accepted, tested = []string{}, []string{}
	for _, v := range all {
		if yes[v] {
			accepted = append(accepted, v)
		}
		if tried[v] || yes[v] {
			tested = append(tested, v)
		}
	}
	return accepted, tested
}

// refusedTLS reports whether a handshake was begun and the server would not
// have it.
func refusedTLS(s *evidence.Session) bool {
	switch FaultAt(s, evidence.StepTLS).Class {
	case evidence.TLSAlert, evidence.TLSFailed, evidence.EOF, evidence.Reset:
		return true
	}
	return false
}
