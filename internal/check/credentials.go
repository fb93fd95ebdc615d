package check

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/facts"
	"github.com/maildoctor/maildoctor/internal/report"
)

// ofCredentials are the checks that user name and password tell by their shape,
// the surest first. A login that is accepted disproves them.
var ofCredentials = []string{"setting-placeholder", "provider-username-convention", "provider-password-kind", "setting-mangled"}

// readCredentials judges the credentials by their shape, as settings are.
func (a *answers) readCredentials() {
	s := a.credentials()
	if s == nil {
		return
	}
	a.offlineOK = map[string]report.Outcome{}
	for _, id := range ofCredentials {
		c, ok := ByID(id)
		if !ok || id == "setting-mangled" && a.f.Case.Settings == nil && !s.Password.Set {
			continue
		}
		found, o := c.settle(s)
		if id == "setting-mangled" && a.f.Case.Settings != nil { // of other values as well
			found = ofPassword(s, found)
		} else {
			a.offlineOK[id] = o
		}
		for _, x := range found {
			a.offline = append(a.offline, unnamed(x))
		}
	}
}

// ofPassword are the findings about the password, and no other setting.
func ofPassword(s *evidence.Settings, found []report.Finding) []report.Finding {
	return slices.DeleteFunc(found, func(x report.Finding) bool {
		return x.Source == nil || x.Source.Key == "" || x.Source.Key != s.Password.From.Key
	})
}

// credentials are the settings, or the account of a probe as settings have it;
// nil where there is none.
func (a *answers) credentials() *evidence.Settings {
	c := a.f.Case
	if c.Settings != nil {
		return c.Settings
	}
	if c.Asked.Account == nil || c.Target.Host == "" {
		return nil
	}
	secret := c.Asked.Account.Password
	if secret.Set {
		secret.From.Key = cmp.Or(secret.From.Key, thePassword)
	}
	s := &evidence.Settings{Channel: "smtp", InForce: true, Password: secret,
		Host: evidence.Setting{V: c.Target.Host}, Port: evidence.Setting{V: fmt.Sprint(c.Target.Port)}, User: evidence.Setting{V: c.Asked.Account.User}}
	s.Remarks = a.remarksOn(c.Asked.Account)
	return s
}

// thePassword stands for the name of a password that no file holds.
const thePassword = "The password"

// unnamed is a finding about a password without a name.
func unnamed(x report.Finding) report.Finding {
	if x.Source != nil && x.Source.File == "" {
		x.Source = nil
	}
	for i, step := range x.Fix {
		x.Fix[i] = strings.ReplaceAll(step, thePassword, "the password")
	}
	return x
}

// remarksOn are what the shape of an account tells.
func (a *answers) remarksOn(account *evidence.Account) []evidence.Remark {
	var out []evidence.Remark
	p, user := providerFor(a.f), account.User
	if p != nil && !hiddenUser(user) && p.Username.Literal != "" && user != p.Username.Literal && p.Trusted("username.literal") && (p.Username.Pattern == "" || !p.Username.Fits(user)) {
		out = append(out, evidence.Remark{Check: "provider-username-convention", Summary: fmt.Sprintf("The user name is %q; at %s it is the word %s", user, p.Name, p.Username.Literal),
			Detail: "The account is told by the password alone. Every other user name is refused.", Fix: []string{"Set the user name to " + p.Username.Literal}})
	}
	if account.Quoted {
		out = append(out, evidence.Remark{Check: "setting-mangled", Summary: "The password stands in quotation marks, and they count as part of it",
			Detail: "Where it was read from keeps them. The server compares the password with the marks.", Fix: []string{"Give the password without quotation marks"}})
	}
	if account.Blank {
		out = append(out, evidence.Remark{Check: "setting-mangled", Summary: "The password begins or ends with a blank",
			Detail: "A password that was copied often has one too many. The server compares the password with it.", Fix: []string{"Give the password without the blank, unless it belongs to it"}})
	}
	return out
}

// hiddenUser reports whether a user name is not there to be judged: it is left out, or
// stands masked since it is a secret itself.
func hiddenUser(user string) bool { return user == "" || strings.ContainsAny(user, "*…<") }

// withOffline puts what the credentials of a probe tell to what a check found.
// The server knows better: of a login that it takes nothing is said, and where
// it refuses for this reason the findings are one.
func (a *answers) withOffline(c Check, found []report.Finding, refused bool) []report.Finding {
	if a.f.Case.Settings != nil || refused || a.login.State == facts.StateAccepted {
		return found
	}
	for _, x := range a.offline {
		if x.ID == c.ID {
			found = append(found, x)
		}
	}
	return found
}

// disprovedByLogin reports whether the server took the credentials that a check
// of settings finds fault with.
func (a *answers) disprovedByLogin(id string) bool {
	account, s := a.f.Case.Asked.Account, a.f.Case.Settings
	return a.login.State == facts.StateAccepted && id != "setting-mangled" && slices.Contains(ofCredentials, id) &&
		account != nil && s != nil && account.User == s.User.V
}
