package settings

import (
	"slices"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/provider"
	"github.com/maildoctor/maildoctor/internal/target"
)

// Proof is what was seen of a server, and Tried one endpoint of it. The zero Proof
// is nothing seen.
type (
	Proof = evidence.Proof
	Tried = evidence.Tried
)

// expected is the mode that a port of a host has: what was seen, else what is
// known of it.
func expected(host string, port uint16, proof Proof) target.Mode {
	for _, t := range proof.Works {
		if proof.Host == host && t.Port == port {
			return t.Mode
		}
	}
	return provider.Expected(host, port)
}

// goals are the endpoints that would do for a host, the port that is set first.
func goals(host string, port uint16, proof Proof) []goal {
	var out []goal
	add := func(p uint16, m target.Mode, cost int) {
		if p == 0 || m == target.NoMode || slices.ContainsFunc(out, func(g goal) bool { return g.port == p }) || failed(proof, host, p, m) {
			return
		}
		modes := modesFor(m)
		if m == target.Opportunistic && p == 25 { // a relay nearby has no TLS as a rule
			modes = []target.Mode{target.Opportunistic, target.Cleartext, target.STARTTLS}
		}
		out = append(out, goal{p, modes, cost})
	}
	p, known := provider.ByHost(host)
	if !known || !p.Lacks(port) {
		add(port, expected(host, port, proof), 0)
	}
	for i, t := range proof.Works {
		if proof.Host == host {
			add(t.Port, t.Mode, costPort+i)
		}
	}
	family := expected(host, port, proof)
	far := func(m target.Mode) int { // to another port of the same mode is not as far
		if family != target.NoMode && m != family {
			return costLess
		}
		return 0
	}
	if known {
		best := p.Best()
		add(best.Port, best.Mode, costPort+far(best.Mode))
		for i, q := range p.Ports {
			add(q.Port, q.Mode, costPort+1+i+far(q.Mode))
		}
		return out
	}
	add(587, target.STARTTLS, costPort+1+far(target.STARTTLS))
	add(465, target.Implicit, costPort+1+far(target.Implicit))
	return out
}

func failed(proof Proof, host string, p uint16, m target.Mode) bool {
	return proof.Host == host && slices.Contains(proof.Fails, Tried{Port: p, Mode: m})
}

// modesFor are the ways in which a client may be set for a server's mode, the
// best one first.
func modesFor(m target.Mode) []target.Mode {
	switch m {
	case target.STARTTLS:
		return []target.Mode{target.STARTTLS, target.Opportunistic}
	case target.Cleartext:
		return []target.Mode{target.Cleartext, target.Opportunistic}
	case target.Opportunistic:
		return []target.Mode{target.Opportunistic, target.STARTTLS, target.Cleartext}
	}
	return []target.Mode{m}
}
