package facts

import (
	"slices"
	"strconv"
	"strings"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/target"
	"github.com/maildoctor/maildoctor/internal/wire"
)

// Offers reports whether an EHLO answer lists a keyword. Nil lists nothing.
func Offers(e *evidence.Extensions, name string) bool {
	_, ok := keyword(e, name)
	return ok
}

func keyword(e *evidence.Extensions, name string) (evidence.Keyword, bool) {
	if e == nil {
		return evidence.Keyword{}, false
	}
	for _, k := range e.Keywords {
		if strings.EqualFold(k.Name, name) {
			return k, true
		}
	}
	return evidence.Keyword{}, false
}

// Masked is the EHLO line that a middlebox wrote over STARTTLS, such as
// "XXXXXXXA"; "" when there is none.
func Masked(e *evidence.Extensions) string {
	if e == nil {
		return ""
	}
	for _, k := range e.Keywords {
		n := strings.ToUpper(k.Name)
		if len(n) == len("STARTTLS") && strings.Count(n, "X") >= len(n)-1 {
			return k.Raw
		}
	}
	return ""
}

// Mechanisms are the SASL mechanisms offered, upper case, in the order of
// first mention.
func Mechanisms(e *evidence.Extensions) []string { return wire.Mechanisms(e) }

// LastExt is the EHLO answer that counts: the one under TLS, else the one
// before it; nil when there is none.
func (a *Address) LastExt() *evidence.Extensions {
	if a.Main.ExtTLS != nil {
		return a.Main.ExtTLS
	}
	return a.Main.Ext
}

// SizeLimit is the greatest message in bytes (RFC 1870); 0 when none is
// announced.
func (a *Address) SizeLimit() int64 {
	k, ok := keyword(a.LastExt(), "SIZE")
	if !ok {
		return 0
	}
	n, err := strconv.ParseInt(strings.TrimSpace(k.Params), 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// Required reports whether mail is taken only after STARTTLS, as far as the
// clear-text session showed; nil when it showed nothing. A server that asks
// for a login first has not asked for TLS (530 5.7.0 stands for both).
func (a *Address) Required() *bool {
	if a.Mode != target.STARTTLS {
		return nil
	}
	for _, s := range a.With(evidence.Clear) {
		for _, name := range []evidence.StepName{evidence.StepMail, evidence.StepEHLO} {
			if yes, known := wantsTLS(ReplyAt(s, name), name); known {
				return &yes
			}
		}
	}
	return nil
}

// ClearMail is the reply to MAIL FROM without TLS, with its session; nil when
// there is none.
func (a *Address) ClearMail() (*evidence.Session, *evidence.Reply) {
	for _, s := range a.With(evidence.Clear) {
		if st := Step(s, evidence.StepMail); st != nil && st.Reply != nil {
			return s, st.Reply
		}
	}
	return nil, nil
}

// wantsTLS reads a reply given before TLS. Replies about the sender, the
// client or the server's own trouble tell nothing about TLS.
func wantsTLS(r evidence.Reply, name evidence.StepName) (yes, known bool) {
	text := strings.ToLower(strings.Join(r.Lines, " "))
	switch {
	case r.Code/100 == 2:
		return false, name == evidence.StepMail
	case r.Code < 400 || r.Code == 421:
		return false, false
	case aboutTLS(text), r.Enhanced == "5.7.10", r.Code == 538:
		return true, true
	case r.Code == 530 || strings.Contains(text, "authenticat") || strings.Contains(text, "log in"):
		return false, name == evidence.StepMail
	}
	return false, false
}

// aboutTLS looks for the words servers use to ask for STARTTLS.
func aboutTLS(text string) bool {
	return slices.ContainsFunc([]string{"starttls", "tls", "ssl", "encrypt", "secure connection"}, func(w string) bool {
		return strings.Contains(text, w)
	})
}
