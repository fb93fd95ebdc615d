package render

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/report"
)

// An htmlChain is a chain of certificates, the leaf first.
type htmlChain struct {
	ID, Title string
	Links     []htmlCert
	Extra     []htmlCert // sent, and not part of the path
}

// An htmlCert is a box: a certificate, or the place of one that is missing.
type htmlCert struct {
	ID, Role, Subject, Came string
	Names, Issuer           string
	Key, Signature, SHA256  string
	Problems                []string
	Missing                 bool // there is none: the chain breaks off here
	Validity                *htmlValidity
}

// An htmlValidity is the time for which a certificate is valid, on an axis of its
// own that holds the moment of the run.
type htmlValidity struct {
	ID, Text, Desc         string
	From, Until            string
	X, Width, Elapsed, Now string
	NowAnchor              string
	Bad                    bool
}

// mostChains is how many different chains of one subject are drawn.
const mostChains = 3

func newChains(id string, s report.Subject, now time.Time) []htmlChain {
	var out []htmlChain
	var seen []string
	for _, x := range withMainFirst(s) {
		if x.TLS == nil || len(x.TLS.Chain) == 0 || slices.Contains(seen, prints(x.TLS.Chain)) || len(out) == mostChains {
			continue
		}
		seen = append(seen, prints(x.TLS.Chain))
		c := newChain(fmt.Sprintf("%s-chain%d", id, len(out)+1), x.TLS, now)
		if len(out) == 0 {
			c.blame(s.Endpoint, x.TLS)
		}
		title, _, _ := strings.Cut(sessionTitle(x), ": ")
		c.Title = "Certificate chain of " + title
		out = append(out, c)
	}
	return out
}

// withMainFirst are the sessions, first the one that the facts come from.
func withMainFirst(s report.Subject) []evidence.Session {
	m := mainSession(s)
	if m == nil {
		return s.Sessions
	}
	return append([]evidence.Session{*m}, s.Sessions...)
}

// prints tells a chain from others.
func prints(chain []evidence.Cert) string {
	var out []string
	for _, c := range chain {
		out = append(out, cmp.Or(c.Fingerprint, c.Subject))
	}
	return strings.Join(out, " ")
}

// newChain joins what was sent with what was built. Where nothing was built, the
// chain is what was sent, and ends in a gap unless it ends in a root.
func newChain(id string, t *evidence.TLS, now time.Time) htmlChain {
	c := htmlChain{ID: id}
	path := t.Verified.Path
	if len(path) == 0 {
		path = t.Chain
	}
	sent := func(x evidence.Cert) bool {
		return slices.ContainsFunc(t.Chain, func(y evidence.Cert) bool { return same(x, y) })
	}
	for i, x := range path {
		came := "sent by the server"
		if !sent(x) {
			came = "not sent; found in the root store"
			if !x.SelfIssued {
				came = "not sent; found by maildoctor"
			}
		}
		c.Links = append(c.Links, newCert(fmt.Sprintf("%s-%d", id, i+1), x, i, came, now))
	}
	for i, x := range t.Chain {
		if !slices.ContainsFunc(path, func(y evidence.Cert) bool { return same(x, y) }) {
			c.Extra = append(c.Extra, newCert(fmt.Sprintf("%s-x%d", id, i+1), x, i, "sent by the server, not needed", now))
		}
	}
	if len(t.Verified.Path) == 0 {
		c.breakOff(path[len(path)-1], t.Verified)
	}
	return c
}

func same(a, b evidence.Cert) bool {
	return cmp.Or(a.Fingerprint, a.Subject) == cmp.Or(b.Fingerprint, b.Subject)
}

// breakOff says what follows the last certificate when no root was reached.
func (c *htmlChain) breakOff(last evidence.Cert, v evidence.Verified) {
	switch {
	case v.Chain == evidence.ChainOK: // a report of an older release, without the path
		if !last.SelfIssued {
			c.Links = append(c.Links, htmlCert{Role: "trusted root", Subject: last.Issuer, Came: "reached; this report does not hold the rest of the path"})
		}
	case last.SelfIssued:
		end := &c.Links[len(c.Links)-1]
		if len(c.Links) > 1 {
			end.Problems = append(end.Problems, "not in the root store")
		}
	default:
		c.Links = append(c.Links, htmlCert{Role: "gap", Subject: last.Issuer, Missing: true, Came: map[string]string{
			evidence.ChainMissingIntermediate: "not sent by the server, and not in the root store",
			evidence.ChainUnknownCA:           "not in the root store",
			evidence.ChainNoRoots:             "not looked for: there is no root store here",
		}[v.Chain]})
		end := &c.Links[len(c.Links)-1]
		end.Came = cmp.Or(end.Came, v.Detail, "not sent, and not looked for")
	}
}

// blame writes problems that do not follow from dates at the leaf, or at the
// certificate that has them.
func (c *htmlChain) blame(e *report.Endpoint, t *evidence.TLS) {
	if e == nil || e.TLS == nil || e.TLS.Certificate == nil {
		return
	}
	for _, p := range e.TLS.Certificate.Problems {
		at, text := 0, ""
		switch p {
		case "self-signed":
			text = "signed by itself"
		case "name-mismatch":
			text = "not valid for " + cmp.Or(t.ServerName, e.Host)
		case "wrong-usage":
			text = "not made for servers"
		case "weak":
			at, text = weakest(c.Links), "a key or signature that TLS libraries do not take any more"
		default:
			continue // by dates, or a gap
		}
		c.Links[at].Problems = append(c.Links[at].Problems, text)
	}
}

// weakest is the certificate that "weak" is about: RSA below 2048 bits, SHA-1 or
// MD5.
func weakest(links []htmlCert) int {
	i := slices.IndexFunc(links, func(c htmlCert) bool {
		return strings.Contains(c.Signature, "SHA1") || strings.Contains(c.Signature, "MD5") || c.Key == "RSA 1024" || c.Key == "RSA 512"
	})
	return max(i, 0)
}

func newCert(id string, c evidence.Cert, depth int, came string, now time.Time) htmlCert {
	out := htmlCert{ID: id, Role: "intermediate", Subject: cmp.Or(c.Subject, c.CommonName, "no subject"), Came: came, Issuer: c.Issuer,
		Key: c.Key, Signature: c.Signature, SHA256: c.Fingerprint, Validity: newValidity(id, c, now)}
	switch {
	case depth == 0:
		out.Role, out.Names = "leaf", some(c.Names, -1)
		if out.Names == "" {
			out.Names = "no names"
		}
	case c.SelfIssued:
		out.Role = "root"
	}
	if v := out.Validity; v != nil && v.Bad {
		out.Problems = append(out.Problems, v.Text)
	}
	return out
}

// newValidity draws the time in seconds: a time.Duration ends after 292 years,
// and certificates may not.
func newValidity(id string, c evidence.Cert, now time.Time) *htmlValidity {
	if c.NotBefore.IsZero() || c.NotAfter.IsZero() || now.IsZero() || !c.NotAfter.After(c.NotBefore) {
		return nil
	}
	from, until, at := float64(c.NotBefore.Unix()), float64(c.NotAfter.Unix()), float64(now.Unix())
	low, high := min(from, at), max(until, at)
	x := func(t float64) float64 { return full * (t - low) / (high - low) }
	days := wholeDays(c.NotAfter.Sub(now))
	v := &htmlValidity{ID: id + "-valid", From: c.NotBefore.Format(time.DateOnly), Until: c.NotAfter.Format(time.DateOnly),
		X: percent(x(from)), Width: percent(x(until) - x(from)), Elapsed: percent(max(0, x(min(at, until))-x(from))), Now: percent(x(at)), NowAnchor: anchorWide(x(at)),
		Text: validity(&report.Certificate{NotAfter: c.NotAfter, DaysLeft: &days}), Bad: now.After(c.NotAfter) || now.Before(c.NotBefore)}
	if now.Before(c.NotBefore) {
		v.Text = "not valid before " + v.From
	}
	v.Desc = fmt.Sprintf("from %s until %s, looked at on %s: %s", v.From, v.Until, now.Format(time.DateOnly), v.Text)
	return v
}

// wholeDays counts days as a certificate's reported days left are counted: those
// that have begun since its end, those that are whole before it.
func wholeDays(d time.Duration) int { return int(math.Floor(d.Hours() / 24)) }

// anchorWide is anchor for a label of a few words.
func anchorWide(x float64) string {
	switch {
	case x < 15:
		return "start"
	case x > full-15:
		return "end"
	}
	return "middle"
}
