package check

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/maildoctor/maildoctor/internal/facts"
	"github.com/maildoctor/maildoctor/internal/report"
	"github.com/maildoctor/maildoctor/internal/target"
)

// verdict is the answer in one line.
func verdict(f *facts.Facts, findings []report.Finding) string {
	port := fmt.Sprint(f.Case.Target.Port)
	if f.Case.Target.Port == 0 {
		port = f.Case.Target.Host
	}
	worst := worstOf(findings)
	switch {
	case f.Case.Cut != "" && worst == nil && !ended(f):
		return fmt.Sprintf("%s is not known: looking was cut after %s", port, seconds(f.Case.Elapsed))
	case f.Reach == facts.NotTried && worst == nil:
		return port + " was not judged: nothing was seen of it"
	case f.Reach == facts.Unresolved:
		return f.Case.Target.Host + " cannot be reached: " + unresolvedWords(worst)
	case f.Reach == facts.Unreachable && worst != nil:
		return port + " cannot be used: " + report.Within(worst.Summary)
	case handshakeOnly(f):
		return port + " cannot be used: the connection ends at the TLS ClientHello"
	case f.Reach != facts.Open:
		return port + " cannot be used: " + reachWords(f.Reach)
	case otherProtocol(f):
		return fmt.Sprintf("%s speaks %s, not SMTP", port, protocolName(f.Protocol))
	case mismatched(f):
		return fmt.Sprintf("%s; a client set to %s fails here", speaksWords(f, port), modeWords(f.Claimed()))
	}
	return judged(speaksWords(f, port), worst, f)
}

func unresolvedWords(worst *report.Finding) string {
	if worst == nil || worst.ID != "dns-timeout" {
		return "the name has no address"
	}
	return "the name could not be resolved"
}

// worstOf is the worst finding that is more than a note, a missed expectation
// only when there is no other; nil when there is none.
func worstOf(findings []report.Finding) *report.Finding {
	var worst *report.Finding
	for i := range findings {
		f := &findings[i]
		if f.Severity == report.Note {
			break
		}
		if worst == nil || worst.ID == report.ExpectationMissed && f.Severity == worst.Severity {
			worst = f
		}
	}
	return worst
}

// judged joins what the port speaks with how it went.
func judged(speaks string, worst *report.Finding, f *facts.Facts) string {
	switch {
	case worst == nil && f.Case.Cut != "" && mayHaveIt(f.Delivery()):
		return speaks + "; the run was cut short (" + f.Case.Cut + "): " + undone(f)
	case (worst == nil || worst.Severity != report.Error) && f.Case.Cut != "" && realMessage(f) && !mayHaveIt(f.Delivery()) && f.Delivery().State != facts.StateAccepted:
		return speaks + "; the run was cut short (" + f.Case.Cut + "): the message was not sent"
	case worst == nil && f.Case.Cut != "":
		return speaks + "; the run was cut short (" + f.Case.Cut + ")"
	case worst != nil && worst.Severity == report.Error && f.Delivery().State == facts.StateAccepted:
		return speaks + cameOf(f) + "; but " + report.Within(worst.Summary)
	case worst == nil && (!ended(f) || !facts.Try(f.Main, f.Mode, f.Case.Now).Works):
		return speaks + "; the session did not come to its end"
	case worst == nil && !asDone(f):
		return speaks + "; " + undone(f)
	case worst == nil && cameOf(f) != "":
		return speaks + cameOf(f)
	case worst == nil && f.Mode == target.Cleartext:
		return speaks + " and takes mail unencrypted"
	case worst == nil:
		return speaks + " and is ready for use"
	case worst.ID == undoneID:
		return speaks + "; " + undone(f)
	case worst.ID == report.ExpectationMissed:
		return speaks + ", which is not as expected: " + report.Within(worst.Summary)
	case worst.Severity == report.Error:
		return speaks + refusedAt(f, worst) + report.Within(worst.Summary)
	}
	return speaks + cameOf(f) + ", with a warning: " + report.Within(worst.Summary)
}

// mismatched reports whether the client's mode cannot work on this port.
func mismatched(f *facts.Facts) bool {
	as := f.Claimed()
	if as == target.NoMode || !known(f.Mode) {
		return false
	}
	if as == target.STARTTLS {
		return f.Mode != target.STARTTLS
	}
	return (as == target.Implicit) != (f.Mode == target.Implicit)
}

func speaksWords(f *facts.Facts, port string) string {
	switch f.Mode {
	case target.Implicit:
		return port + " speaks implicit TLS"
	case target.STARTTLS:
		if f.Claimed() == target.Implicit {
			return port + " greets in clear text and wants STARTTLS"
		}
		return port + " speaks STARTTLS"
	case target.Cleartext:
		return port + " speaks clear text only"
	}
	return port + " answers"
}

func protocolName(p string) string {
	if name := protocolNames[p]; name != "" {
		return name
	}
	return p
}

// sentence begins with a capital and ends in a full stop.
func sentence(s string) string {
	if s == "" {
		return ""
	}
	r := []rune(s)
	r[0] = unicode.ToUpper(r[0])
	return strings.TrimSuffix(string(r), ".") + "."
}
