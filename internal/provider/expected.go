package provider

import (
	"fmt"

	"github.com/maildoctor/maildoctor/internal/target"
)

// smtps163 is the port on which NetEase and a few others speak implicit TLS.
const smtps163 = 994

// Expected is the mode that a port of a host has, as far as that is known without
// asking: what its provider documents, else what the number stands for. It is
// Opportunistic for a host of one's own network, which greets in clear text on
// such a port and may have no TLS, and NoMode for a port without a convention.
func Expected(host string, port uint16) target.Mode {
	if p, ok := ByHost(host); ok {
		if m := p.ModeAt(port); m != target.NoMode && p.Trusted(fmt.Sprintf("ports.%d", port)) {
			return m
		}
	}
	if port == smtps163 {
		return target.Implicit
	}
	m := target.ModeByPort(port)
	if m == target.STARTTLS && target.Nearby(host) {
		return target.Opportunistic
	}
	return m
}
