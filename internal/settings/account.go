package settings

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/maildoctor/maildoctor/internal/conf"
	"github.com/maildoctor/maildoctor/internal/dialect"
	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/provider"
	"github.com/maildoctor/maildoctor/internal/target"
)

// verify tells of certificates that are not checked.
func (c *Channel) verify() {
	v := c.App.unverified()
	if v == nil {
		if why := c.App.Dialect.Params.NoVerify; why != "" && c.App.configured() {
			c.say(evidence.Remark{Check: "cert-check-off", Severity: isNote, From: evidence.Origin{File: c.Evidence.File}, Summary: c.App.Dialect.App + " does not check certificates", Detail: sentence(why)})
		}
		return
	}
	if target.Nearby(c.Evidence.Host.V) {
		c.say(evidence.Remark{Check: "cert-check-off", Severity: isNote, From: v.origin(), Summary: fmt.Sprintf("%s=%s switches the check of certificates off", cmpName(v), v.Text),
			Detail: "For a server of one's own network that may be meant so."})
		return
	}
	right, typ := c.App.checked(v)
	r := evidence.Remark{Check: "cert-check-off", From: v.origin(), Summary: fmt.Sprintf("%s=%s switches the check of certificates off", cmpName(v), v.Text)}
	if right == "" || v.Part != whole {
		r.Fix = []string{"Take " + place(v.origin()) + " out"}
		c.say(r)
		return
	}
	r.Fix = []string{fmt.Sprintf("Set %s to %s", place(v.origin()), right)}
	c.say(r, edit{file: v.File, Edit: conf.Edit{Op: conf.Set, Entry: v.Entry, Value: right, Type: typ}, key: v.Name()})
}

// checked is the value that switches the check of certificates on.
func (a *App) checked(v *Value) (string, conf.Type) {
	if len(v.Key.Words) > 0 {
		return firstOn(v.Key), v.Type
	}
	typ := cmp.Or(v.Type, conf.Bool)
	if v.Role == dialect.NoVerify {
		return a.no(v.Key), typ
	}
	return a.yes(v.Key), typ
}

// user tells of a user name that cannot be the one that the provider gives out.
func (c *Channel) user() {
	e := &c.Evidence
	p, known := provider.ByHost(e.Host.V)
	v, ok := c.App.get(dialect.User)
	if !known || !ok || v.Default || v.Unknown || v.Text == "" || v.Text == Kept {
		return
	}
	want := p.Username.Literal
	if _, bridged := c.App.bridged(); bridged || want == "" || v.Text == want || !p.Trusted("username.literal") || p.Username.Pattern != "" && p.Username.Fits(v.Text) {
		return
	}
	r := evidence.Remark{Check: "provider-username-convention", From: v.origin(), Summary: fmt.Sprintf("%s is %q; the user name at %s is the word %s", v.Name(), c.App.shownUser(v.Text), p.Name, want),
		Detail: "The account is told by the password alone. Every other user name is refused.", Fix: []string{fmt.Sprintf("Set %s to %s", place(v.origin()), want)}}
	switch v.Part {
	case whole:
		c.say(r, edit{file: v.File, Edit: conf.Edit{Op: conf.Set, Entry: v.Entry, Value: want}, key: v.Name()})
	case user:
		u, ok := conf.ParseURL(v.urlText())
		if !ok {
			c.say(r)
			return
		}
		u.User = want
		r.Summary = fmt.Sprintf("The user name in %s is %q; at %s it is the word %s", v.Name(), c.App.shownUser(v.Text), p.Name, want)
		r.Fix = []string{fmt.Sprintf("Write %s in place of the user name in %s", want, place(v.origin()))}
		c.say(r, urlEdit(v, u))
	default:
		c.say(r)
	}
}

// helo tells of a name for EHLO that no host can have.
func (c *Channel) helo() {
	v, ok := c.App.get(dialect.HELO)
	if !ok || v.Default || v.Unknown || !strings.ContainsAny(strings.TrimSpace(v.Text), " \t@/\"'") || strings.Contains(v.Text, "$") {
		return
	}
	r := evidence.Remark{Check: "client-config-invalid", From: v.origin(), Summary: fmt.Sprintf("%s=%s is no name of a host", v.Name(), v.Text),
		Detail: "It is said in EHLO. Servers refuse it, and some clients do not connect with it.", Fix: []string{fmt.Sprintf("Set %s to the full name of this machine, such as app.example.com", place(v.origin()))}}
	_, domain, _ := strings.Cut(c.Evidence.From.V, "@")
	domain = strings.Trim(domain, "> ")
	if domain == "" || strings.ContainsAny(domain, " ${%") || v.Part != whole {
		c.say(r)
		return
	}
	r.Fix = []string{fmt.Sprintf("Set %s to the name of this machine, or to %s", place(v.origin()), domain)}
	c.say(r, edit{file: v.File, Edit: conf.Edit{Op: conf.Set, Entry: v.Entry, Value: domain}, key: v.Name()})
}

// noSender tells of a sender that is not set where the user name cannot stand in
// for it: it is a word of the provider's, not an address.
func (c *Channel) noSender() {
	k, ok := c.App.Dialect.KeyOf(dialect.From, c.App.Version)
	if !ok || k.Must != "" || !c.App.configured() || c.Evidence.From.V != "" || c.Evidence.From.Unknown {
		return
	}
	p, known := provider.ByHost(c.Evidence.Host.V)
	if !known || p.Username.Literal == "" || c.Evidence.User.Unknown || strings.Contains(c.Evidence.User.V, "@") || !c.App.variables() || c.App.url() != nil || c.App.Dialect.ByNames {
		return
	}
	c.say(evidence.Remark{Check: "from-missing", Severity: isNote, From: evidence.Origin{File: c.Evidence.File, Key: lastPart(k.Name)},
		Summary: fmt.Sprintf("%s is not set, and the user name at %s is no address", lastPart(k.Name), p.Name),
		Detail:  "Applications take the user name, or an address of this machine, for the sender then. The provider refuses both.",
		Fix:     []string{fmt.Sprintf("Set %s to an address at a domain that %s sends for", lastPart(k.Name), p.Name)}})
}

// sender tells of a From that is no address.
func (c *Channel) sender() {
	v, ok := c.App.get(dialect.From)
	if !ok || v.Default || v.Unknown || v.Text == "" || strings.ContainsAny(v.Text, "${%") {
		return
	}
	if strings.Contains(v.Text, "@") || Placeholder(v.Text) {
		return
	}
	c.say(evidence.Remark{Check: "sender-address-invalid", Severity: isWarning, From: v.origin(), Summary: fmt.Sprintf("%s=%s is no mail address", v.Name(), v.Text),
		Fix: []string{fmt.Sprintf("Set %s to an address such as noreply@example.com", place(v.origin()))}})
}

// unverified is the value that switches the check of certificates off, or nil.
func (a *App) unverified() *Value {
	for _, r := range []dialect.Role{dialect.NoVerify, dialect.Verify} {
		for _, v := range a.set(r) {
			if !v.Unknown && v.Text != "" && a.switchesOff(v) {
				return v
			}
		}
	}
	return nil
}

// switchesOff reports whether a value of Verify or NoVerify means that nobody
// looks at the certificate.
func (a *App) switchesOff(v *Value) bool {
	if len(v.Key.Words) > 0 {
		w, _ := a.word(v.Key, v.Text)
		return w != nil && w.Channel == "off"
	}
	tri := a.bools(v.Key).Read(v.Text, v.Type)
	return v.Role == dialect.NoVerify && tri == dialect.Yes || v.Role == dialect.Verify && tri == dialect.No
}
