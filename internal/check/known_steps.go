package check

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/maildoctor/maildoctor/internal/provider"
)

// blamePassword are causes of a refused login that the provider's own user name
// and password answer first.
var blamePassword = []string{"auth-bad-credentials", "auth-app-password-required", "provider-username-convention"}

// atProvider are the steps of a refusal at a known provider: none that name another
// one.
func atProvider(p *provider.Provider, id string, steps []string) []string {
	if p == nil {
		return steps
	}
	own := slices.DeleteFunc(slices.Clone(steps), func(s string) bool { return namesOther(p.ID, s) })
	if id == "provider-username-convention" {
		own = []string{"Write the user name exactly, without a blank at the end"}
	}
	if id == "auth-app-password-required" && len(own) == 0 {
		own = []string{"Make an app password in the security settings of the account, and set it in place of the account's password"}
	}
	if len(own) == 0 {
		return steps
	}
	return own
}

// credentialsOf says what the provider takes, as the step that a refused login at it
// begins with; "" where that is not known, or does not matter.
func credentialsOf(p *provider.Provider, id string) string {
	if p == nil || !slices.Contains(blamePassword, id) {
		return ""
	}
	user := p.Username.Convention
	if p.Username.Literal != "" {
		user = "the word " + p.Username.Literal
	}
	secret := p.Password.Kind
	if user == "" || secret == "" {
		return ""
	}
	step := fmt.Sprintf("Set what %s takes. User name: %s. Password: %s", providerName(p), user, secret)
	if note, _, _ := strings.Cut(p.Password.Note, ";"); note != "" {
		step += " (" + note + ")"
	}
	if !p.Trusted("username.convention") || !p.Trusted("password.kind") {
		step += ". This is as far as is known"
	}
	return step
}

// providerName is the name without what stands in brackets.
func providerName(p *provider.Provider) string {
	name, _, _ := strings.Cut(p.Name, " (")
	return name
}

// ownSentences leaves out the sentences that speak of another provider.
func ownSentences(id, text string) string {
	var own []string
	for s := range strings.SplitSeq(text, ". ") {
		if !namesOther(id, s) {
			own = append(own, s)
		}
	}
	out := strings.Join(own, ". ")
	if out != "" && !strings.HasSuffix(out, ".") && strings.HasSuffix(text, ".") {
		out += "."
	}
	return cmp.Or(out, text)
}

// namesOther reports whether a text names providers, and not this one.
func namesOther(id, text string) bool {
	words := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '.' })
	other := false
	for i, w := range words {
		two := ""
		if i > 0 {
			two = words[i-1] + " " + w
		}
		for _, name := range []string{two, strings.TrimRight(w, ".")} {
			of := providerCalled(name)
			if of == "" || strings.ToLower(name) == name {
				continue
			}
			if strings.HasPrefix(id, of) {
				return false
			}
			other = true
		}
	}
	return other
}
