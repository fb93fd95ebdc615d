package check

import (
	"slices"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/facts"
	"github.com/maildoctor/maildoctor/internal/target"
)

// The functions here are what checks state in Needs: the evidence without
// which they have nothing to say.

// all joins needs; the first reason counts.
func all(needs ...func(*facts.Facts) string) func(*facts.Facts) string {
	return func(f *facts.Facts) string {
		for _, n := range needs {
			if why := n(f); why != "" {
				return why
			}
		}
		return ""
	}
}

// lookedUp: the host is a name and its look-up came to an end.
func lookedUp(f *facts.Facts) string {
	for _, l := range f.Case.Lookups {
		if l.Kind == "address" && l.Source != "literal" && l.Source != "connect-to" && l.Skipped == "" && concluded(l) {
			return ""
		}
	}
	return "no name was looked up"
}

func concluded(l evidence.Lookup) bool {
	return len(l.Addrs) > 0 || slices.ContainsFunc(l.Faults, func(lf evidence.LookupFault) bool { return lf.Fault.Class != evidence.Cancelled })
}

// dialled: a connection attempt came to an end.
func dialled(f *facts.Facts) string {
	for _, a := range f.Addresses {
		if a.Reach != facts.NotTried {
			return ""
		}
	}
	return "no connection attempt came to an end"
}

// connected: the TCP connection came about.
func connected(f *facts.Facts) string {
	switch f.Reach {
	case facts.Open, facts.Silent, facts.Closed, facts.Reset:
		return ""
	}
	return "no connection came about"
}

// answered: the server sent something.
func answered(f *facts.Facts) string {
	if f.Reach == facts.Open {
		return ""
	}
	return "the server sent nothing"
}

// greeted: an SMTP greeting came.
func greeted(f *facts.Facts) string {
	if f.Main.Greeting != nil && f.Protocol == "smtp" {
		return ""
	}
	return "no SMTP greeting was received"
}

// welcomed: the greeting was 220.
func welcomed(f *facts.Facts) string {
	if f.Main.Greeting == nil || f.Protocol != "smtp" {
		return "no SMTP greeting was received"
	}
	if f.Main.Greeting.Code != 220 {
		return "the greeting was a refusal"
	}
	return ""
}

// extended: EHLO was answered.
func extended(f *facts.Facts) string {
	if f.Protocol == "smtp" && f.LastExt() != nil {
		return ""
	}
	return "EHLO was not answered"
}

// modeKnown: it was seen how TLS comes about.
func modeKnown(f *facts.Facts) string {
	if f.Mode == target.Unknown || f.Mode == target.NoMode {
		return "the TLS mode of the server is not known"
	}
	return ""
}

// claims: the client is said to be set to a mode, by --as or a scheme.
func claims(f *facts.Facts) string {
	if f.Claimed() == target.NoMode {
		return "no client setting was given (--as)"
	}
	return ""
}

// handshakeBegun: a TLS handshake was begun with what may be an SMTP server,
// and the server did more than to turn every connection away.
func handshakeBegun(f *facts.Facts) string {
	if why := mayBeSMTP(f); why != "" && !handshakeOnly(f) {
		return why
	}
	if !f.TLSTried() || facts.FaultAt(f.Main, evidence.StepTLS).Class == evidence.Cancelled {
		return "no TLS handshake was tried to its end"
	}
	return ""
}

// handshakeDone: a TLS handshake succeeded.
func handshakeDone(f *facts.Facts) string {
	if why := mayBeSMTP(f); why != "" {
		return why
	}
	if f.TLS == nil || f.TLS.Version == "" {
		return "no TLS handshake succeeded"
	}
	return ""
}

// certificateSeen: the server sent a certificate.
func certificateSeen(f *facts.Facts) string {
	if why := mayBeSMTP(f); why != "" {
		return why
	}
	if f.Certificate.Leaf == nil {
		return "no certificate was seen"
	}
	return ""
}

// certificateJudged: the certificate was compared with a root store.
func certificateJudged(f *facts.Facts) string {
	if why := certificateSeen(f); why != "" {
		return why
	}
	if !f.Certificate.Judged() {
		return "the certificate was not compared with a root store"
	}
	return ""
}

// mayBeSMTP: nothing showed that the server speaks something else. Its TLS is
// of no interest then.
func mayBeSMTP(f *facts.Facts) string {
	if why := answered(f); why != "" {
		return why
	}
	if f.Protocol != "smtp" && f.Protocol != "" {
		return "the server does not speak SMTP"
	}
	return ""
}

// unasked: nothing that a probe does would show it.
func unasked(why string) func(*facts.Facts) string {
	return func(*facts.Facts) string { return why }
}
