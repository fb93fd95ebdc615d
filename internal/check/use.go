package check

import (
	"cmp"

	"github.com/maildoctor/maildoctor/internal/apps"
	"github.com/maildoctor/maildoctor/internal/facts"
	"github.com/maildoctor/maildoctor/internal/provider"
	"github.com/maildoctor/maildoctor/internal/report"
	"github.com/maildoctor/maildoctor/internal/target"
)

// use picks the settings to recommend: this port as it was seen to work, else
// what was tried and works, else this port once it is mended, else what the
// provider documents. Nil when nothing can be recommended.
func use(f *facts.Facts) *report.Use {
	t, ok := recommended(f)
	if !ok {
		return nil
	}
	u := &report.Use{Host: t.Host, Port: t.Port, Mode: t.Mode, Proof: proofWords(f, t)}
	login := ""
	if p := providerFor(f); p != nil {
		login = p.Username.Literal
		credentials(u, p)
	}
	switch name := acceptedUser(f, t); {
	case name == "":
	case hiddenUser(name): // it logged in all the same
		login = cmp.Or(login, apps.Nobody)
	default:
		login, u.Username = name, name
	}
	if !f.Case.Asked.Few { // the lines are for somebody who is about to set up an application
		u.Apps = apps.Lines(t.Host, t.Port, t.Mode, login)
	}
	if u.Apps == nil {
		u.Apps = []report.App{}
	}
	return u
}

// acceptedUser is the user name that this port took, masked where it is a secret
// itself; "" where none was.
func acceptedUser(f *facts.Facts, t report.Trial) string {
	a := f.Case.Asked.Account
	if a == nil || f.Login().State != facts.StateAccepted || t.Port != f.Case.Target.Port {
		return ""
	}
	return a.User
}

func credentials(u *report.Use, p *provider.Provider) {
	u.Username = cmp.Or(p.Username.Literal, p.Username.Convention)
	u.Password = p.Password.Kind
	u.Source = p.Docs
	u.Unverified = !p.Trusted("username") || !p.Trusted("password")
}

func recommended(f *facts.Facts) (report.Trial, bool) {
	own := here(f)
	others := elsewhere(f)
	encrypted := f.Mode == target.STARTTLS || f.Mode == target.Implicit
	if own.Result == report.Works && encrypted && !relayOnly(f) {
		return own, true
	}
	for _, t := range others {
		if t.Result == report.Works && t.Mode != target.Cleartext {
			return t, true
		}
	}
	if f.Protocol == "smtp" && f.LastExt() != nil && (own.Result != report.Fails || mendable(f)) && !relayOnly(f) && (encrypted || f.Mode == target.Cleartext && (local(f) || !submissionPort(own.Port))) {
		return own, true
	}
	if p := providerFor(f); p != nil && f.Reach != facts.Unresolved {
		return untried(others)
	}
	return report.Trial{}, false
}

// untried is the first of the provider's other ports that nobody tried.
func untried(others []report.Trial) (report.Trial, bool) {
	for _, t := range others {
		if t.Result == report.NotTried {
			return t, true
		}
	}
	return report.Trial{}, false
}

// mendable reports whether what makes this port fail leaves its settings
// right: the certificate is renewed at the server, or that of the client set.
func mendable(f *facts.Facts) bool {
	return clientCertMissing(f) || f.TLS != nil && f.TLS.Version >= "1.2" && f.Main.ExtTLS != nil && f.Certificate.Status != facts.CertificateOK
}

// relayOnly reports whether this is a port between mail servers that takes no
// logins, such as that of an MX.
func relayOnly(f *facts.Facts) bool {
	return f.Case.Target.Port == 25 && len(facts.Mechanisms(f.Main.Ext))+len(facts.Mechanisms(f.Main.ExtTLS)) == 0
}

func proofWords(f *facts.Facts, t report.Trial) string {
	switch t.Result {
	case report.Works:
		if t.Port == f.Case.Target.Port {
			return "tried: works" + shortOfLogin(f)
		}
		return "tried: works"
	case report.Fails:
		if clientCertMissing(f) {
			return "tried: fails until a client certificate is set"
		}
		return "tried: fails until mended (" + t.Detail + ")"
	}
	return "not tried"
}

// shortOfLogin says of a port that works how a login went that was asked for and
// not accepted; "" where nothing is wanting.
func shortOfLogin(f *facts.Facts) string {
	const upTo = " up to the login, which "
	switch l := f.Login(); {
	case f.Case.Asked.Account == nil, l.State == facts.StateAccepted:
		return ""
	case l.State == facts.StateRefused:
		return upTo + "is refused"
	case l.State == facts.StateNotTried:
		return upTo + "was not tried"
	case l.Attempt.Fault == nil && l.Attempt.Reply != nil && l.Attempt.Reply.Code/100 == 4:
		return upTo + "is put off"
	}
	return upTo + "came to no verdict"
}
