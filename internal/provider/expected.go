package provider

import (
	"fmt"

	"github.com/maildoctor/maildoctor/internal/target"
)

// smtps163 is the port on which NetEase and a few others speak implicit TLS.
const smtps163 = 994

// Expected is the mode that a port of a host has, as far as that is known without
// asking: what its provider documents, else what the number stands for. It is
// NoMode for a port without a convention, and for a host of one's own network,
// whose ports may be without TLS.
func Expected(host string, port uint16) target.Mode {
	if p, ok := ByHost(host); ok {
		if m := p.ModeAt(port); m != target.NoMode && p.Trusted(fmt.Sprintf("ports.%d", port)) {
			return m
		}
	}
	if port == smtps163 {
		return target.Implicit
	}
	if m := target.ModeByPort(port); m == target.Implicit || !target.Nearby(host) {
		return m
	}
	return target.NoMode
}
