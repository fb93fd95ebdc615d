package check

import (
	"fmt"
	"slices"

	"github.com/maildoctor/maildoctor/internal/facts"
	"github.com/maildoctor/maildoctor/internal/report"
)

// ports are the checks of a run without a port, and of the port as such.
var ports = []Check{
	{
		ID:       "no-submission-port",
		Title:    "No submission port of this host works",
		Severity: report.Error,
		Seen:     "The host was asked on all usual submission ports, and none of them took a client to the point where it could send.",
		Why:      "Whatever port is set, mail does not go out through this host.",
		Fix: []string{
			"Compare the host name with the provider's documentation; a web site's name is seldom the mail server's",
			"Look whether the sending machine's host blocks outgoing mail ports",
			"Give the port, when the server uses an unusual one: maildoctor probe HOST:PORT",
		},
		Tell: "Where one port works, the closed ones among the others are notes.",
		Refs: []string{"RFC 6409 3.1", "RFC 8314 3.3"},
		Needs: func(f *facts.Facts) string {
			if !f.Case.Asked.NoPort {
				return "a port was given"
			}
			if len(f.Case.Siblings) == 0 {
				return "no other port was tried"
			}
			return dialled(f)
		},
		Find: noPortWorks,
	},
	{
		ID:       "provider-port-unknown",
		Title:    "The provider does not document this port",
		Severity: report.Note,
		Seen:     "The host belongs to a known provider, whose documented ports do not include this one.",
		Why:      "It may work today, but the provider has promised nothing for it.",
		Fix:      []string{"Use a port of the provider's documentation"},
		Tell:     "port-convention is a port that speaks another TLS mode than its number stands for.",
		Refs:     []string{"RFC 6409 3.1"},
		Needs: func(f *facts.Facts) string {
			if providerFor(f) == nil {
				return "the host belongs to no known provider"
			}
			if f.Case.Asked.NoPort {
				return "no port was given"
			}
			return answered(f)
		},
		Find:     undocumented,
		Settings: setProviderPort,
	},
}

// noPortWorks speaks once a run: in the subject of port 587, else of the
// lowest port.
func noPortWorks(f *facts.Facts) []report.Finding {
	own := f.Case.Target.Port
	leader := own
	tried := []string{fmt.Sprint(own)}
	for _, s := range f.Case.Siblings {
		if s.Works {
			return nil
		}
		if n := fmt.Sprint(s.Port); !slices.Contains(tried, n) { // the same port in another mode
			tried = append(tried, n)
		}
		if leader != 587 && (s.Port < leader || s.Port == 587) {
			leader = s.Port
		}
	}
	if facts.Try(f.Main, f.Mode, f.Case.Now).Works || own != leader {
		return nil
	}
	host := f.Case.Target.Host
	return one(report.Finding{
		Summary:  fmt.Sprintf("No submission port of %s works", host),
		Detail:   fmt.Sprintf("Tried: %s. Each port's own result stands in its part of the report.", list(tried)),
		Evidence: connectQuotes(f),
	})
}

func undocumented(f *facts.Facts) []report.Finding {
	p := providerFor(f)
	var known []string
	for _, port := range p.Ports {
		if port.Port == f.Case.Target.Port {
			return nil
		}
		known = append(known, fmt.Sprintf("%d (%s)", port.Port, modeWords(port.Mode)))
	}
	if len(known) == 0 {
		return nil
	}
	return one(report.Finding{
		Confidence: 0.8,
		Summary:    fmt.Sprintf("%s does not document port %d", p.Name, f.Case.Target.Port),
		Detail:     fmt.Sprintf("The ports known of %s are %s.", p.Name, list(known)),
		Fix:        []string{"Use one of them: " + list(known)},
	})
}
