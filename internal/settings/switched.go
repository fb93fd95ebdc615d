package settings

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/maildoctor/maildoctor/internal/conf"
	"github.com/maildoctor/maildoctor/internal/dialect"
	"github.com/maildoctor/maildoctor/internal/evidence"
)

// configured reports whether somebody set up SMTP here: a host, by key or URL.
func (a *App) configured() bool {
	v, ok := a.get(dialect.Host)
	s, has := a.get(dialect.Service)
	return ok && !v.Default && (v.Text != "" || v.Unknown) || has && s.Text != ""
}

// driverKeys tells of a way to send that sends nothing.
func (c *Channel) driverKeys() {
	v, ok := c.App.get(dialect.Driver)
	if !ok || v.Unknown || v.fallback {
		return
	}
	w, _ := c.App.word(v.Key, v.Text)
	if w == nil || w.Swallows == "" || v.Default && !c.App.configured() {
		return
	}
	r := evidence.Remark{Check: "mailer-swallows-mail", From: v.origin(), Summary: fmt.Sprintf("%s=%s %s", v.Name(), v.Text, w.Swallows)}
	if v.Default {
		r.Summary = fmt.Sprintf("%s is not set, and %s then %s", v.Key.Name, c.App.Dialect.App, w.Swallows)
	}
	if !c.App.configured() {
		r.Severity = isWarning
		r.Fix = []string{fmt.Sprintf("Set %s to a way that sends, where this is not a test installation", place(v.origin()))}
		c.say(r)
		return
	}
	smtp := wordLike(v.Key, "smtp", v.Text)
	if smtp == "" {
		c.say(r)
		return
	}
	r.Fix = []string{fmt.Sprintf("Set %s=%s in %s", v.Name(), smtp, cmp.Or(fileOf(v), c.App.mainFile()))}
	c.say(r, c.App.setKey(v.Key, v, smtp, conf.String)...)
}

// firstWord is the first value of a key that leads to a channel.
func firstWord(k *dialect.Key, channel string) string {
	for _, w := range k.Words {
		if w.Channel == channel && !w.Not {
			return w.V
		}
	}
	return ""
}

// wordLike is the first value that leads to a channel and is written as another
// one is: a path with dots, or a word.
func wordLike(k *dialect.Key, channel, like string) string {
	for _, w := range k.Words {
		if w.Channel == channel && !w.Not && strings.Contains(w.V, ".") == strings.Contains(like, ".") {
			return w.V
		}
	}
	return firstWord(k, channel)
}

// onOff tells of mail that is switched off.
func (c *Channel) onOff() {
	for _, r := range []dialect.Role{dialect.Enabled, dialect.Disabled} {
		v, ok := c.App.get(r)
		if !ok || v.Unknown || v.Default && !c.App.configured() || v.Text == "" && !v.Default {
			continue
		}
		tri := c.App.bools(v.Key).Read(v.Text, v.Type)
		if r == dialect.Enabled && tri != dialect.No || r == dialect.Disabled && tri != dialect.Yes {
			continue
		}
		right := c.App.yes(v.Key)
		if r == dialect.Disabled {
			right = c.App.no(v.Key)
		}
		rem := evidence.Remark{Check: "mailer-switched-off", From: v.origin(), Summary: fmt.Sprintf("%s=%s switches mail off", v.Name(), v.Text),
			Fix: []string{fmt.Sprintf("Set %s=%s", place(v.origin()), right)}}
		var value *Value
		if v.Default {
			rem.From.File = cmp.Or(rem.From.File, c.Evidence.File)
			rem.Summary = fmt.Sprintf("%s is not set, and mail is off by default", lastPart(v.Key.Name))
			rem.Fix = []string{fmt.Sprintf("Set %s to %s", lastPart(v.Key.Name), right)}
		} else {
			value = v
		}
		c.say(rem, c.App.setKey(v.Key, value, right, conf.Bool)...)
	}
}

// logins tells of a login that is switched off though a user is set.
func (c *Channel) logins() {
	v, ok := c.App.get(dialect.Login)
	if !ok || v.Unknown || !c.App.off(v) || c.App.bareTrue(v) {
		return
	}
	u, has := c.App.get(dialect.User)
	if !has || u.Default || u.Text == "" && !u.Unknown {
		return
	}
	r := evidence.Remark{Check: "login-switched-off", From: v.origin(), Summary: fmt.Sprintf("%s=%s: nobody logs in, though a user name is set", v.Name(), v.Text),
		Fix: []string{fmt.Sprintf("Switch the login on with %s", place(v.origin()))}}
	var value *Value
	if !v.Default {
		value = v
	} else {
		r.Summary = fmt.Sprintf("%s is not set, and nobody logs in then, though a user name is set", lastPart(v.Key.Name))
	}
	right, typ := c.App.yes(v.Key), conf.Bool
	if len(v.Key.Words) > 0 {
		right, typ = firstOn(v.Key), conf.String
	}
	if right == "" {
		c.say(r)
		return
	}
	r.Fix = []string{fmt.Sprintf("Set %s to %s", lastPart(v.Name()), right)}
	c.say(r, c.App.setKey(v.Key, value, right, typ)...)
}

func firstOn(k *dialect.Key) string {
	for _, w := range k.Words {
		if w.Channel != "off" && !w.Not {
			return w.V
		}
	}
	return ""
}

// musts tells of settings without which nothing is sent.
func (c *Channel) musts() {
	if !c.App.configured() {
		return
	}
	for i := range c.App.Dialect.Keys {
		k := &c.App.Dialect.Keys[i]
		if k.Must == "" || !k.Read(c.App.Version) || c.App.filled(k) {
			continue
		}
		r := evidence.Remark{Check: "setting-missing", From: evidence.Origin{File: c.Evidence.File, Key: lastPart(k.Name)}, Summary: fmt.Sprintf("%s is not set", lastPart(k.Name)), Detail: sentence(k.Must)}
		r.Fix = []string{fmt.Sprintf("Set %s", lastPart(k.Name))}
		if k.Role == dialect.From {
			r.Check = "from-missing"
			r.Fix = []string{fmt.Sprintf("Set %s to an address that your provider lets you send from", lastPart(k.Name))}
		}
		text, typ := cmp.Or(k.Yes, firstWord(k, "smtp")), conf.String
		if isBoolRole(k.Role) && len(k.Words) == 0 {
			typ = conf.Bool
		}
		if text == "" {
			c.say(r)
			continue
		}
		r.Fix = []string{fmt.Sprintf("Set %s to %s", lastPart(k.Name), text)}
		c.say(r, c.App.setKey(k, c.App.valueOf(k), text, typ)...)
	}
}

func (a *App) valueOf(k *dialect.Key) *Value {
	for _, v := range a.values {
		if v.Key == k && v.Part == whole {
			return v
		}
	}
	return nil
}

// filled reports whether a key, or another with its role, has a value.
func (a *App) filled(k *dialect.Key) bool {
	for _, v := range a.values {
		if (v.Key == k || v.Role == k.Role && !k.Role.Switch() && k.Role != dialect.Known) && (v.Text != "" || v.Unknown) {
			return true
		}
	}
	return false
}

// conflicts tells of switches that exclude each other.
func (c *Channel) conflicts() {
	m := c.Evidence.Mode
	if m.Refuses == "" && !m.Twice {
		return
	}
	r := evidence.Remark{Check: "tls-switches-conflict", Summary: fmt.Sprintf("%s: %s refuses this combination", m.Says, c.App.Dialect.App), Detail: fmt.Sprintf("It says: %s", m.Refuses)}
	if m.Twice {
		r.Summary = fmt.Sprintf("%s asks for STARTTLS inside implicit TLS", cmp.Or(m.Says, "This"))
		r.Detail = "No server offers STARTTLS where TLS is up already, and the client stops."
	}
	if m.Says == "" {
		r.Summary = fmt.Sprintf("%s refuses its switches of encryption as they are by default", c.App.Dialect.App)
	}
	if len(m.Keys) > 0 {
		r.From = m.Keys[0]
	}
	if slices.ContainsFunc(c.Evidence.Remarks, func(o evidence.Remark) bool { return o.Check == "client-config-invalid" && o.From == r.From }) {
		return // the value is refused by itself, and that has been said
	}
	c.say(r)
}

var oldCiphers = regexp.MustCompile(`(?i)sslv[23]|rc4|(^|[^a-z])(des|md5|export|null|anull)([^a-z]|$)|tlsv?1(\.0)?$`)

// ciphers tells of lists of ciphers that folk remedies recommend.
func (c *Channel) ciphers() {
	for _, v := range c.App.set(dialect.Ciphers) {
		if v.Unknown || !oldCiphers.MatchString(v.Text) {
			continue
		}
		c.say(evidence.Remark{Check: "weak-setting", From: v.origin(), Summary: fmt.Sprintf("%s=%s limits TLS to what is old and weak", v.Name(), v.Text),
			Detail: "It is a remedy that is copied from thread to thread, and cures nothing.", Fix: []string{"Remove " + place(v.origin())}},
			edit{file: v.File, Edit: conf.Edit{Op: conf.Remove, Entry: v.Entry}, key: v.Name()})
	}
}
