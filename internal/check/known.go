package check

import (
	"fmt"
	"slices"

	"github.com/maildoctor/maildoctor/internal/facts"
	"github.com/maildoctor/maildoctor/internal/provider"
	"github.com/maildoctor/maildoctor/internal/target"
)

// providerFor is the provider of the target's host, or nil.
func providerFor(f *facts.Facts) *provider.Provider {
	p, ok := provider.ByHost(f.Case.Target.Host)
	if !ok {
		return nil
	}
	return p
}

// documented lists the provider's ports, those in doubt left out.
func documented(f *facts.Facts) []provider.Port {
	p := providerFor(f)
	if p == nil {
		return nil
	}
	var out []provider.Port
	for _, port := range p.Ports {
		if p.Trusted(fmt.Sprintf("ports.%d", port.Port)) {
			out = append(out, port)
		}
	}
	return out
}

// promisedMode is the mode that the provider documents for the target's port.
func promisedMode(f *facts.Facts) target.Mode {
	for _, port := range documented(f) {
		if port.Port == f.Case.Target.Port {
			return port.Mode
		}
	}
	return target.NoMode
}

// blockers names the hosts that are known to block a port. Where this machine
// is known to be at one of them, that one alone is named.
func blockers(f *facts.Facts) string {
	port := f.Case.Target.Port
	var names []string
	for _, b := range provider.Blocking(port) {
		if slices.Contains(f.Case.Here.Hosters, b.ID) {
			return fmt.Sprintf("This machine seems to be at %s, which blocks port %d. %s", b.Name, port, sentence(b.Advice))
		}
		if b.Confidence != provider.Low {
			names = append(names, b.Name)
		}
	}
	if len(names) == 0 {
		return ""
	}
	return fmt.Sprintf("Known to block port %d: %s.", port, list(names))
}
