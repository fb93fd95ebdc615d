package settings

import (
	"fmt"
	"slices"
	"strings"

	"github.com/maildoctor/maildoctor/internal/conf"
	"github.com/maildoctor/maildoctor/internal/dialect"
	"github.com/maildoctor/maildoctor/internal/evidence"
)

// urls tells of mail URLs that their parser reads otherwise than they look.
func (c *Channel) urls() {
	for _, v := range c.App.set(dialect.URL) {
		if v.Unknown || v.Text == "" {
			continue
		}
		u, ok := conf.ParseURL(v.Text)
		if !ok {
			if several.MatchString(v.Text) {
				continue
			}
			c.say(evidence.Remark{Check: "client-config-invalid", From: v.origin(), Summary: v.Name() + " is no mail URL",
				Fix: []string{fmt.Sprintf("Write %s as scheme://user:password@host:port", place(v.origin()))}})
			continue
		}
		c.schemeOf(v, u)
		c.bridgeLogin(v, u)
		c.encoding(v, u)
		if u.Port == "" && c.App.Dialect.Params.NeedsPort && u.Host != "" {
			c.urlPort(v, u)
		}
	}
}

func (c *Channel) schemeOf(v *Value, u conf.URL) {
	schemes := c.App.Dialect.Params.Schemes
	if len(schemes) == 0 {
		return
	}
	i := slices.IndexFunc(schemes, func(w dialect.Word) bool {
		return strings.EqualFold(w.V, u.Scheme) && c.App.Version.Is(w.Since, w.Until)
	})
	switch {
	case i < 0 && bridge(c.App.Dialect, u.Scheme) == nil && (c.App.Dialect.Params.Bridges || !strings.Contains(u.Scheme, "+")):
		var names []string
		for _, w := range schemes {
			if !w.Not {
				names = append(names, w.V+"://")
			}
		}
		c.say(evidence.Remark{Check: "client-config-invalid", From: v.origin(), Summary: fmt.Sprintf("%s begins with %s://, which %s does not know", v.Name(), u.Scheme, c.App.Dialect.App),
			Fix: []string{fmt.Sprintf("Begin %s with %s", place(v.origin()), strings.Join(names, " or "))}})
	case i >= 0 && schemes[i].Not:
		c.say(evidence.Remark{Check: "client-config-invalid", From: v.origin(), Summary: fmt.Sprintf("%s begins with %s://, which does not work", v.Name(), u.Scheme), Detail: sentence(schemes[i].Why)})
	}
}

// bridgeLogin tells of a login that a bridge of Symfony Mailer reads elsewhere:
// SendGrid's takes the user for the key, Resend's the password.
func (c *Channel) bridgeLogin(v *Value, u conf.URL) {
	w, fixed := bridge(c.App.Dialect, u.Scheme), u
	if w == nil || w.Channel != "smtp" {
		return
	}
	name, _, _ := strings.Cut(w.V, "+")
	r := evidence.Remark{Check: "client-config-invalid", From: v.origin()}
	switch {
	case name == "sendgrid" && u.HasPassword:
		r.Summary = fmt.Sprintf("%s: the bridge for SendGrid takes the user for the API key, and does not look at the password", v.Name())
		r.Fix = []string{fmt.Sprintf("Write the API key alone before the @ of %s", place(v.origin()))}
		fixed.User, fixed.Password, fixed.HasPassword = u.Password, "", false
	case name == "resend" && keyForUser(u):
		r.Summary = fmt.Sprintf("%s: the bridge for Resend takes the API key for the password; Symfony Mailer says: Password is not set", v.Name())
		r.Fix = []string{fmt.Sprintf("Write resend: before the API key in %s", place(v.origin()))}
		fixed.User, fixed.Password, fixed.HasPassword = "resend", u.User, true
	default:
		return
	}
	c.say(r, urlEdit(v, fixed))
}

// encoding tells of user names and passwords that are not percent-encoded.
func (c *Channel) encoding(v *Value, u conf.URL) {
	fixed, what := u, ""
	if u.HasUser && !conf.Encoded(u.User) {
		fixed.User, what = reencoded(u.User), "the user name"
	}
	if u.HasPassword && u.Password != Kept && !conf.Encoded(u.Password) && !strings.Contains(u.Password, "${") {
		fixed.Password = reencoded(u.Password)
		if what != "" {
			what += " and "
		}
		what += "the password"
	}
	if plus := c.App.Dialect.Params.PlusIsBlank && strings.Contains(u.Password, "+"); plus && what == "" {
		fixed.Password, what = strings.ReplaceAll(u.Password, "+", "%2B"), "the + of the password, which reads as a blank,"
	}
	if what == "" {
		fixed, what = c.plusInOptions(u)
	}
	if what == "" {
		return
	}
	c.say(evidence.Remark{Check: "setting-url-not-encoded", From: v.origin(), Summary: fmt.Sprintf("%s: %s must be percent-encoded in a URL", v.Name(), what),
		Detail: "The parser takes @ : / ? # for the end of a part. The host, the user or the password is then another one, or the URL is refused.",
		Fix:    []string{fmt.Sprintf("Write @ as %%40, : as %%3A, / as %%2F, # as %%23, ? as %%3F, %% as %%25 and + as %%2B in %s", place(v.origin()))}},
		urlEdit(v, fixed))
}

// plusInOptions finds a + in the user name or password among the options, where
// it reads as a blank.
func (c *Channel) plusInOptions(u conf.URL) (conf.URL, string) {
	what := ""
	u.Query = slices.Clone(u.Query)
	for i, o := range u.Query {
		k := slices.IndexFunc(c.App.Dialect.Params.Options, func(k dialect.Key) bool { return k.Name == o.Name })
		if k < 0 || !c.App.Dialect.Params.PlusIsBlank || !strings.Contains(o.Value, "+") {
			continue
		}
		if r := c.App.Dialect.Params.Options[k].Role; r == dialect.User || r == dialect.Pass {
			u.Query[i].Value = strings.ReplaceAll(o.Value, "+", "%2B")
			what = "the + of user name or password, which reads as a blank,"
		}
	}
	return u, what
}

// reencoded is a raw part in percent form. What is encoded already stays.
func reencoded(raw string) string { return conf.Encode(conf.Decode(raw, false)) }

func (c *Channel) urlPort(v *Value, u conf.URL) {
	fixed := u
	fixed.Port, fixed.HasPort = "587", true
	c.say(evidence.Remark{Check: "setting-port-missing", From: v.origin(), Summary: fmt.Sprintf("%s names no port, and %s wants one", v.Name(), c.App.Dialect.App),
		Fix: []string{fmt.Sprintf("Write the port behind the host in %s", place(v.origin()))}}, urlEdit(v, fixed))
}

// options tells of options of a URL that nothing reads.
func (c *Channel) options() {
	known := c.App.Dialect.Params.Options
	for _, v := range c.App.set(dialect.URL) {
		u, ok := conf.ParseURL(v.Text)
		if !ok || len(known) == 0 {
			continue
		}
		for _, o := range u.Query {
			i := slices.IndexFunc(known, func(k dialect.Key) bool { return k.Name == o.Name })
			if i >= 0 && known[i].Role != dialect.Ignored && known[i].Read(c.App.Version) {
				continue
			}
			why := "nothing reads it"
			if i >= 0 && known[i].Why != "" {
				why = known[i].Why
			}
			fixed := u
			fixed.Query = slices.DeleteFunc(slices.Clone(u.Query), func(x conf.Option) bool { return x.Name == o.Name })
			fixed.HasQuery = len(fixed.Query) > 0
			at := v.origin()
			at.Key = o.Name
			c.say(evidence.Remark{Check: "setting-ignored", From: at, Summary: fmt.Sprintf("The option %s of %s has no effect", o.Name, v.Name()), Detail: sentence(why),
				Fix: []string{fmt.Sprintf("Remove the option %s from %s", o.Name, place(v.origin()))}}, urlEdit(v, fixed))
		}
	}
}
