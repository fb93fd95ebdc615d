package settings

import (
	"fmt"
	"slices"
	"strings"

	"github.com/maildoctor/maildoctor/internal/conf"
	"github.com/maildoctor/maildoctor/internal/dialect"
	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/target"
)

// words tells of values that the application does not know.
func (c *Channel) words() {
	for _, v := range c.App.values {
		if v.Unknown || len(v.Key.Words) == 0 && !c.refusedBool(v) || v.Part == scheme || !v.Key.Read(c.App.Version) {
			continue
		}
		if len(v.Key.Words) > 0 {
			c.wordOf(v)
			continue
		}
		c.say(evidence.Remark{Check: "client-config-invalid", From: v.origin(), Summary: fmt.Sprintf("%s takes 0 or 1, and is %q", v.Name(), v.Text),
			Fix: []string{fmt.Sprintf("Set %s to 0 or 1", place(v.origin()))}})
	}
}

// refusedBool reports whether a switch has a value that is refused.
func (c *Channel) refusedBool(v *Value) bool {
	return c.App.bools(v.Key) == dialect.ZeroOne && isBoolRole(v.Role) && v.Text != "" && c.App.bools(v.Key).Read(v.Text, v.Type) == dialect.Invalid
}

func isBoolRole(r dialect.Role) bool {
	return slices.Contains([]dialect.Role{dialect.Secure, dialect.Start, dialect.Require, dialect.AutoTLS, dialect.NoTLS, dialect.Login, dialect.Enabled, dialect.Disabled, dialect.Verify, dialect.NoVerify}, r)
}

func (c *Channel) wordOf(v *Value) {
	w, known := c.App.word(v.Key, v.Text)
	name := cmpName(v)
	if w != nil && known && c.exact(v, w) {
		if w.Why != "" {
			c.say(evidence.Remark{Check: "client-config-invalid", Severity: isWarning, From: v.origin(), Summary: fmt.Sprintf("%s=%s does not mean what it says", name, v.Text), Detail: sentence(w.Why)})
		}
		return
	}
	if v.Text == "" && v.Role != dialect.Driver {
		return
	}
	r := evidence.Remark{Check: "client-config-invalid", From: v.origin(), Summary: fmt.Sprintf("%s=%s is a value that %s does not take", name, shown(v), c.App.Dialect.App),
		Detail: fmt.Sprintf("It takes %s.", oneOf(c.App, v.Key)), Fix: []string{fmt.Sprintf("Set %s to %s", place(v.origin()), oneOf(c.App, v.Key))}}
	if known {
		r.Severity = isWarning
		r.Summary = fmt.Sprintf("%s=%s has no effect: %s does not know the value", name, shown(v), c.App.Dialect.App)
		c.say(r, c.rightWord(v)...)
		return
	}
	c.say(r, c.plainWord(v)...)
}

// plainWord sets the way to log in that any server with passwords has, the check
// of certificates, or a driver that sends, in place of a word that is refused.
func (c *Channel) plainWord(v *Value) []edit {
	if v.Role != dialect.Login && v.Role != dialect.Mech && v.Role != dialect.Verify || v.Part != whole {
		return nil
	}
	right := firstOn(v.Key)
	if right == "" {
		return nil
	}
	return c.App.setKey(v.Key, v, right, conf.String)
}

// exact reports whether a word is the one that stands there, not one that an
// unknown value counts as.
func (c *Channel) exact(v *Value, w *dialect.Word) bool {
	return strings.EqualFold(strings.TrimSpace(v.Text), w.V) || v.Text == ""
}

// shown is a value as it may be shown.
func shown(v *Value) string {
	if v.Role.Secret() || v.Role == dialect.URL {
		return Kept
	}
	return v.Text
}

func cmpName(v *Value) string {
	if v.Option != "" {
		return v.Option
	}
	return v.Name()
}

// oneOf lists the values of a key for people.
func oneOf(a *App, k *dialect.Key) string {
	var names []string
	for _, w := range k.Words {
		if !w.Not && a.Version.Is(w.Since, w.Until) {
			if w.V == "" {
				names = append(names, "nothing")
				continue
			}
			names = append(names, w.V)
		}
	}
	const most = 8
	if len(names) > most {
		names = append(names[:most], "...")
	}
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " or " + names[len(names)-1]
}

// truthy tells of a text that says no and counts as yes.
func (c *Channel) truthy() {
	for _, v := range c.App.values {
		b := c.App.bools(v.Key)
		if c.App.bareTrue(v) {
			c.say(evidence.Remark{Check: "client-config-invalid", From: v.origin(), Summary: fmt.Sprintf("%s is a bare true, which counts for nothing; it takes the text \"true\"", v.Name()),
				Fix: []string{fmt.Sprintf("Put the value of %s in quotes", place(v.origin()))}}, c.App.setKey(v.Key, v, "true", conf.String)...)
		}
		if !isBoolRole(v.Role) || len(v.Key.Words) > 0 || b != dialect.Strict && b != dialect.NonEmpty || !v.Key.Read(c.App.Version) {
			continue
		}
		no := v.Type == conf.String && v.Text != "" && dialect.Usual.Read(v.Text, v.Type) == dialect.No
		if v.Unknown && b == dialect.Strict && v.Entry.Env != "" && v.Entry.Convert == "" {
			c.say(evidence.Remark{Check: "setting-read-as-true", Severity: isWarning, From: v.origin(), Summary: fmt.Sprintf("%s is the text of %s, and any text is true, \"false\" too", v.Name(), v.Entry.Env),
				Detail: "A variable of the environment is text. Where it says false, the switch is on all the same.",
				Fix:    []string{fmt.Sprintf("Compare the text in %s, such as %s", place(v.origin()), comparison(v))}},
				edit{file: v.File, Edit: conf.Edit{Op: conf.SetRaw, Entry: v.Entry, Raw: comparison(v)}, key: v.Name()})
			continue
		}
		if v.fallback && b == dialect.Strict && v.Entry.Convert == "" && v.Type == conf.String {
			c.say(evidence.Remark{Check: "setting-read-as-true", Severity: isWarning, From: v.origin(), Summary: fmt.Sprintf("%s is a text, and any text is true, \"false\" too", v.Name()),
				Detail: "A variable of the environment is text. Where it says false, the switch is on all the same.",
				Fix:    []string{fmt.Sprintf("Compare the text in %s, such as %s", place(v.origin()), comparison(v))}},
				edit{file: v.File, Edit: conf.Edit{Op: conf.SetRaw, Entry: v.Entry, Raw: comparison(v)}, key: v.Name()})
			continue
		}
		if no && b.Read(v.Text, v.Type) == dialect.Yes && v.File.Text.Kind == conf.Code && c.works(v) {
			c.say(evidence.Remark{Check: "setting-read-as-true", Severity: isWarning, From: v.origin(), Summary: fmt.Sprintf("%s is the text %q, which counts as true: any text does", v.Name(), v.Text),
				Detail: "Mail goes out with it, by chance: whoever puts a literal in its place breaks that.",
				Fix:    []string{fmt.Sprintf("Set %s to %s, without quotes", place(v.origin()), c.App.yes(v.Key))}},
				edit{file: v.File, Edit: conf.Edit{Op: conf.Set, Entry: v.Entry, Value: c.App.yes(v.Key), Type: conf.Bool}, key: v.Name()})
			continue
		}
		if no && b.Read(v.Text, v.Type) == dialect.Yes {
			c.say(evidence.Remark{Check: "setting-read-as-true", From: v.origin(), Summary: fmt.Sprintf("%s=%s counts as true: any text does", v.Name(), v.Text),
				Detail: fmt.Sprintf("%s looks only whether there is a text.", c.App.Dialect.App),
				Fix:    []string{"Remove " + place(v.origin())}})
		}
	}
}

// works reports whether a switch that reads as on is what the port wants.
func (c *Channel) works(v *Value) bool {
	want := expected(c.Evidence.Host.V, number(c.Evidence.Port.V), Proof{})
	return v.Role == dialect.Secure && want == target.Implicit || v.Role == dialect.Start && want == target.STARTTLS
}

// bareTrue reports whether a value is a true without quotes where only the text
// counts.
func (a *App) bareTrue(v *Value) bool {
	return a.wantsText(v.Key) && isBoolRole(v.Role) && v.Type == conf.Bool && v.Text == "true"
}

// comparison is the code of a value with a comparison behind it, which makes a
// bool of its text.
func comparison(v *Value) string {
	code := v.File.Text.Code(v.Entry)
	switch v.File.Text.Flavour {
	case conf.Python: // True and true are both written; a default of its own stays
		if v.Entry.Value == "" && strings.HasPrefix(code, "os.") {
			return fmt.Sprintf(`os.getenv(%q, "").lower() == "true"`, v.Entry.Env)
		}
		return fmt.Sprintf(`str(%s).lower() == "true"`, code)
	case conf.JS:
		if name, ok := strings.CutPrefix(code, "env("); ok {
			return "env.bool(" + name
		}
		return code + " === 'true'"
	}
	return code + ` == "true"`
}

// host tells of what stands in the host field and is no host.
func (c *Channel) host() {
	for _, v := range c.App.set(dialect.Host) {
		if v.Unknown || v.Text == "" || v.Part != whole {
			continue
		}
		c.hostText(v)
	}
	for _, v := range c.App.set(dialect.HostPort) {
		if v.Unknown || v.Text == "" {
			continue
		}
		if strings.Contains(v.Text, "://") && !schemeTaken(c.App.Dialect, v.Text) {
			h, p, _ := cutHostPort(afterScheme(v.Text), c.App.Dialect.Params.HostPort)
			c.hostIs(v, "setting-host-has-scheme", "holds a URL scheme; it takes host and port alone", joinHostPort(h, strings.Trim(p, "/"), c.App.Dialect.Params.HostPort))
			continue
		}
		h, p, found := cutHostPort(v.Text, c.App.Dialect.Params.HostPort)
		if (!found || p == "") && c.App.Dialect.Params.NeedsPort {
			c.noPort(v, h)
		}
	}
}

// serverIn is the server that the domain of a mail address names by its first
// part; "" for any other domain.
func serverIn(address string) string {
	_, domain, _ := strings.Cut(address, "@")
	first, _, _ := strings.Cut(strings.ToLower(domain), ".")
	if !slices.Contains([]string{"mail", "smtp", "mx", "relay", "smtp-relay", "email", "mailout"}, first) {
		return ""
	}
	return bareHost(domain)
}

func afterScheme(s string) string {
	_, rest, _ := strings.Cut(s, "://")
	return rest
}

func (c *Channel) noPort(v *Value, host string) {
	g := goals(strings.ToLower(host), 0, Proof{})
	r := evidence.Remark{Check: "setting-port-missing", From: v.origin(), Summary: fmt.Sprintf("%s names no port, and %s wants one", v.Name(), c.App.Dialect.App),
		Fix: []string{fmt.Sprintf("Write host and port in %s, such as %s", place(v.origin()), joinHostPort(host, "587", c.App.Dialect.Params.HostPort))}}
	if len(g) == 0 {
		c.say(r)
		return
	}
	c.say(r, edit{file: v.File, Edit: conf.Edit{Op: conf.Set, Entry: v.Entry, Value: joinHostPort(host, fmt.Sprint(g[0].port), c.App.Dialect.Params.HostPort)}, key: v.Name()})
}

func (c *Channel) hostText(v *Value) {
	text := strings.TrimSpace(v.Text)
	_, hasPortKey := c.App.portKey()
	if strings.Contains(text, "://") && schemeTaken(c.App.Dialect, text) {
		text = afterScheme(text)
	}
	switch {
	case strings.Contains(text, "://"):
		c.hostIs(v, "setting-host-has-scheme", "holds a URL scheme; it takes the name alone", bareHost(text))
	case strings.Contains(text, "@"):
		c.hostIs(v, "client-config-invalid", "is a mail address; it takes the name of the server", serverIn(text))
	case strings.Contains(text, "/"):
		c.hostIs(v, "client-config-invalid", "holds a path; it takes the name alone", bareHost(text))
	case strings.Count(text, ":") == 1 && hasPortKey && !strings.Contains(text, ";"):
		c.hostIs(v, "client-config-invalid", "holds a port; the port has its own key", bareHost(text))
	case strings.ContainsAny(text, " \t"):
		c.hostIs(v, "client-config-invalid", "has a blank in it; it takes one name", "")
	}
}

// schemeTaken reports whether a dialect takes a scheme before the host, as
// PHPMailer does. Where there is a URL as well, those of SMTP are its own.
func schemeTaken(d *dialect.Dialect, text string) bool {
	s, _, _ := strings.Cut(text, "://")
	if strings.HasPrefix(strings.ToLower(s), "smtp") && slices.ContainsFunc(d.Keys, func(k dialect.Key) bool { return k.Role == dialect.URL }) {
		return false
	}
	return slices.ContainsFunc(d.Params.Schemes, func(w dialect.Word) bool { return strings.EqualFold(w.V, s) })
}

func (a *App) portKey() (*dialect.Key, bool) { return a.Dialect.KeyOf(dialect.Port, a.Version) }

func (c *Channel) hostIs(v *Value, check, what, right string) {
	r := evidence.Remark{Check: check, From: v.origin(), Summary: fmt.Sprintf("%s %s", v.Name(), what), Fix: []string{fmt.Sprintf("Write only the name of the mail server in %s", place(v.origin()))}}
	if right == "" {
		c.say(r)
		return
	}
	r.Fix[0] = fmt.Sprintf("Set %s to %s", place(v.origin()), right)
	edits := []edit{}
	if k, ok := c.App.portKey(); ok && portInHost(v.Text) != 0 && len(c.App.set(dialect.Port)) == 0 {
		edits = c.App.addKey(k, fmt.Sprint(portInHost(v.Text)), conf.Number)
		r.Fix = append(r.Fix, fmt.Sprintf("Set %s to %d", lastPart(k.Name), portInHost(v.Text)))
	}
	c.say(r, append(edits, edit{file: v.File, Edit: conf.Edit{Op: conf.Set, Entry: v.Entry, Value: right}, key: v.Name()})...)
}

// ports tells of a port that is no number.
func (c *Channel) ports() {
	for _, v := range c.App.set(dialect.Port) {
		if v.Unknown || v.Text == "" || number(v.Text) != 0 || v.Part == port && !strings.ContainsFunc(v.Text, func(r rune) bool { return r < '0' || r > '9' }) {
			continue
		}
		is := fmt.Sprintf("%s is %q, which is no port", v.Name(), v.Text)
		if v.Part == port {
			is = fmt.Sprintf("What stands for the port in %s is no port", v.Name())
		}
		c.say(evidence.Remark{Check: "client-config-invalid", From: v.origin(), Summary: is,
			Fix: []string{fmt.Sprintf("Set %s to a number, such as 587 or 465", place(v.origin()))}})
	}
}
