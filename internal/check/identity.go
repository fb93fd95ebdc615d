package check

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/provider"
	"github.com/maildoctor/maildoctor/internal/report"
)

// What settings lack, so that nothing can be said of who logs in and who sends.
const (
	noUser     = "the settings name no user"
	noPassword = "the settings hold no password"
	noKey      = "the settings hold no Resend API key"
	noSender   = "the settings name no sender that can be read"
)

// withSender is for checks that only remarks on the sender find.
func withSender(s *evidence.Settings) (string, []report.Finding) {
	if s.From.V == "" || s.From.Unknown {
		return noSender, nil
	}
	return "", nil
}

// setUsername is for remarks on the user name: only that of a provider where it
// is one fixed word is judged.
func setUsername(s *evidence.Settings) (string, []report.Finding) {
	x := setupOf(s)
	switch {
	case x.p == nil:
		return "the host belongs to no known provider", nil
	case !hasValue(s.User) || s.User.Unknown:
		return noUser, nil
	case x.p.Username.Literal == "":
		return "a user name of this provider cannot be judged by itself", nil
	}
	return "", nil
}

// setResendKey finds the key that is missing. Whether one is good only Resend
// can tell.
func setResendKey(s *evidence.Settings) (string, []report.Finding) {
	switch {
	case s.Channel != "resend":
		return noKey, nil
	case !s.APIKey.Set && s.APIKey.From.File == "": // no line holds one, which is setting-missing
		return noKey, nil
	case s.APIKey.Set || s.APIKey.Unknown || !s.InForce:
		return "nothing was asked of Resend", nil
	}
	key := cmp.Or(s.APIKey.From.Key, "The API key")
	return "", one(report.Finding{Summary: key + " is empty, and Resend is what sends", Source: originOf(s.APIKey.From),
		Detail: "Resend answers that the API key is missing, or its library stops before it asks.",
		Fix:    []string{fmt.Sprintf("Set %s to a key of https://resend.com/api-keys; it begins with re_", key)}})
}

func setPasswordKind(s *evidence.Settings) (string, []report.Finding) {
	x := setupOf(s)
	switch {
	case !s.Password.Set || s.Password.Unknown:
		return noPassword, nil
	case x.p == nil:
		return "the host belongs to no known provider", nil
	case s.Password.Wrong == "":
		return "", nil
	}
	return "", one(report.Finding{Summary: fmt.Sprintf("%s has the form of %s", cmp.Or(s.Password.From.Key, "The password"), s.Password.Wrong),
		Detail: fmt.Sprintf("%s wants another secret for SMTP: %s. %s", x.p.Name, cmp.Or(x.p.Password.Kind, "the SMTP password of the account"), sentence(x.p.Password.Note)),
		Fix:    []string{fmt.Sprintf("Set %s to what %s wants: %s", s.Password.From.Key, x.p.Name, cmp.Or(x.p.Password.Kind, "the SMTP password of the account"))}, Source: originOf(s.Password.From)})
}

func setCredentials(s *evidence.Settings) (string, []report.Finding) {
	if s.Channel != "smtp" || s.Host.V == "" {
		return "the settings name no server", nil
	}
	switch {
	case s.Password.Set && !s.Password.Unknown:
		return "", nil
	case s.Login == "off":
		return "the application is told not to log in", nil
	case !hasValue(s.User):
		return noUser, nil
	case s.Password.From.File == "" || s.Password.Unknown:
		return noPassword, nil
	}
	return "", one(report.Finding{Summary: fmt.Sprintf("%s is empty, though a user name is set", s.Password.From.Key), Source: originOf(s.Password.From),
		Detail: "The login fails, or does not take place, and the server refuses the mail."})
}

func hasValue(s evidence.Setting) bool { return !s.Default && (s.V != "" || s.Unknown) }

func setPlaceholder(s *evidence.Settings) (string, []report.Finding) {
	var out []report.Finding
	if s.Password == (evidence.Secret{}) && s.APIKey == (evidence.Secret{}) {
		return "the settings hold no secret", nil
	}
	for _, p := range []evidence.Secret{s.Password, s.APIKey} {
		if p.Placeholder && p == s.APIKey && s.Channel == "resend" && s.InForce {
			out = append(out, report.Finding{Summary: p.From.Key + " is the placeholder of an example, and Resend refuses every message", Source: originOf(p.From),
				Detail: "Resend is what sends, and this value is no key of an account.", Fix: []string{fmt.Sprintf("Set %s to a key of https://resend.com/api-keys; it begins with re_", p.From.Key)}})
			continue
		}
		if p.Placeholder {
			out = append(out, report.Finding{Summary: p.From.Key + " looks like the placeholder of an example", Source: originOf(p.From),
				Fix: []string{"Set " + p.From.Key + " to the real secret"}})
		}
	}
	return "", out
}

func setSender(s *evidence.Settings) (string, []report.Finding) {
	addr := addressOf(s.From.V)
	if addr == "" || s.From.Unknown || s.From.Default {
		return noSender, nil
	}
	_, domain, _ := strings.Cut(addr, "@")
	x := setupOf(s)
	delivers := s.Channel == "resend" || x.p != nil && x.p.Kind == provider.Transactional
	if p, ok := provider.ByDomain(domain); !ok || !delivers || p.Kind != provider.Mailbox {
		return "", nil
	}
	return "", one(report.Finding{Severity: report.Error, Summary: fmt.Sprintf("From is at %s, a domain that cannot be verified at a provider for applications", domain), Source: originOf(s.From.From),
		Detail: "The provider sends only for domains that the account has verified in DNS. Nobody but its owner can do that for a public mailbox domain.",
		Fix:    []string{fmt.Sprintf("Set %s to an address at a domain of your own that is verified with the provider", s.From.From.Key)}})
}

func setTestSender(s *evidence.Settings) (string, []report.Finding) {
	addr := addressOf(s.From.V)
	if addr == "" {
		return noSender, nil
	}
	if !strings.HasSuffix(addr, "@resend.dev") {
		return "", nil
	}
	return "", one(report.Finding{Severity: report.Warning, Summary: "From is at resend.dev: mail reaches the owner of the account alone", Source: originOf(s.From.From)})
}

// addressOf is the address of a From, in lower case; "" where there is none.
func addressOf(from string) string {
	if i, j := strings.LastIndexByte(from, '<'), strings.LastIndexByte(from, '>'); i >= 0 && j > i {
		from = from[i+1 : j]
	}
	from = strings.ToLower(strings.TrimSpace(from))
	if strings.Count(from, "@") != 1 || strings.ContainsAny(from, " ${") {
		return ""
	}
	return from
}

// remarkedOn reports whether a dialect has a remark of its own for a check.
func remarkedOn(s *evidence.Settings, id string) bool {
	return slices.ContainsFunc(s.Remarks, func(r evidence.Remark) bool { return r.Check == id })
}

func setKeptKey(s *evidence.Settings) (string, []report.Finding) {
	if s.Channel != "resend" || !s.APIKey.Set {
		return noKey, nil
	}
	if s.InForce || remarkedOn(s, "resend-key-kept") {
		return "", nil
	}
	name := s.APIKey.From.Key
	if s.APIKey.Prefix != "" {
		name += " (" + s.APIKey.Prefix + "...)"
	}
	if s.KeyInUse {
		return "", one(report.Finding{Summary: name + " is kept for the API, and is the password in force", Source: originOf(s.APIKey.From),
			Detail: fmt.Sprintf("Not in force: %s. The same key is the password of the SMTP settings that send.", cmp.Or(s.Idle, "another way to send is chosen")),
			Fix:    keepKey(s)})
	}
	return "", one(report.Finding{Summary: name + " is kept, though Resend is not in force", Source: originOf(s.APIKey.From),
		Detail: fmt.Sprintf("Not in force: %s. Until it is deleted at Resend, a key works for whoever reads it.", cmp.Or(s.Idle, "another way to send is chosen")),
		Fix: []string{
			fmt.Sprintf("Remove %s where Resend is not to be used again", s.APIKey.From.Key),
			"Delete the key at https://resend.com/api-keys and make a new one where others may have read it",
		}})
}

// keepKey are the steps for a kept key that sends over SMTP: whoever deletes it
// stops the mail.
func keepKey(s *evidence.Settings) []string {
	return []string{
		"Keep the key at Resend: SMTP stops without it",
		fmt.Sprintf("Clear %s where the API of Resend is not to be used again, and leave the password", cmp.Or(s.APIKey.From.Key, "the kept key")),
	}
}

// spared is a remark on a kept key that is in use: its steps are not to end it.
func spared(r evidence.Remark, s *evidence.Settings) evidence.Remark {
	if r.Check == keptKey && s.KeyInUse {
		r.Detail = strings.TrimSpace("The same key is the password of the SMTP settings that send: it must not be deleted at Resend. " + r.Detail)
		r.Fix = append(keepKey(s)[:1], slices.DeleteFunc(slices.Clone(r.Fix), func(step string) bool { return strings.HasPrefix(step, "Delete ") })...)
	}
	return r
}
