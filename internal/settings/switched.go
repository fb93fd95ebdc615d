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
	"github.com/maildoctor/maildoctor/internal/target"
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

// setKey sets a key to a value, where it stands or beside what stands near it.
func (a *App) setKey(k *dialect.Key, v *Value, text string, typ conf.Type) []edit {
	if v == nil {
		v = a.valueOf(k) // it stands there, and is empty
	}
	if a.wantsText(k) {
		typ = conf.String
	}
	if v != nil && v.File != nil {
		e := edit{file: v.File, Edit: conf.Edit{Op: conf.Set, Entry: v.Entry, Value: text, Type: typ}, key: v.Name()}
		return []edit{e}
	}
	return a.addKey(k, text, typ)
}

// addKey puts a new key beside those of the same application: an entry that is
// commented out is put in force, else the line comes behind the last one.
func (a *App) addKey(k *dialect.Key, text string, typ conf.Type) []edit {
	if len(a.Files) == 0 {
		return nil
	}
	for _, f := range a.Files {
		for _, e := range f.Text.Entries {
			if e.Off && matchesKey(k, e.Key, a.folds(f)) && a.inScope(e) && a.plausible(f, e) {
				return []edit{{file: f, Edit: conf.Edit{Op: conf.Enable, Entry: e, Value: text, Type: typ}, key: lastPart(e.Key)}}
			}
		}
	}
	beside := a.neighbour(k)
	if beside == nil {
		return nil
	}
	name := a.spelling(k, beside)
	if beside.File.Text.Flavour == conf.Elixir && len(k.Words) > 0 && typ == conf.String {
		text, typ = ":"+text, conf.Expr // words are atoms there
	}
	return []edit{{file: beside.File, Edit: conf.Edit{Op: conf.Add, Entry: beside.Entry, Key: name, Value: text, Type: typ}, key: lastPart(name)}}
}

// plausible reports whether a line that is commented out stands among those in
// force: in their section.
func (a *App) plausible(f *File, off conf.Entry) bool {
	parent := strings.TrimSuffix(off.Key, lastPart(off.Key))
	return slices.ContainsFunc(a.values, func(v *Value) bool {
		return v.File == f && strings.TrimSuffix(v.Entry.Key, lastPart(v.Entry.Key)) == parent
	})
}

// neighbour is the setting that a new key comes behind: one with the same path,
// the port before others.
func (a *App) neighbour(k *dialect.Key) *Value {
	var best *Value
	for _, r := range []dialect.Role{dialect.Port, dialect.HostPort, dialect.Host, dialect.User, dialect.Pass, dialect.From} {
		for _, v := range a.values {
			if v.Role != r || v.File == nil || v.Entry.Key == "" || v.Part != whole {
				continue
			}
			if sharesPath(k, v) {
				return v
			}
			if best == nil {
				best = v
			}
		}
	}
	if best != nil {
		return best
	}
	for _, v := range a.values {
		if v.File != nil && v.Part == whole {
			return v
		}
	}
	return nil
}

// sharesPath reports whether one of the names of a key has the path of a value.
func sharesPath(k *dialect.Key, v *Value) bool {
	for _, name := range append([]string{k.Name}, k.Also...) {
		parent, path := strings.TrimSuffix(name, lastPart(name)), strings.TrimSuffix(v.Entry.Key, lastPart(v.Entry.Key))
		if strings.HasSuffix(path, parent) && (parent != "" || path == "") {
			return true
		}
	}
	return false
}

// spelling is the name under which a key is added beside a value: the one whose
// path is that of the value.
func (a *App) spelling(k *dialect.Key, beside *Value) string {
	own := beside.Entry.Key
	for i, name := range append([]string{beside.Key.Name}, beside.Key.Also...) {
		if !fits(name, own, a.folds(beside.File)) {
			continue
		}
		if i > 0 && i <= len(k.Also) {
			return join(own, name, k.Also[i-1])
		}
		break
	}
	return join(own, beside.Key.Name, k.Name)
}

// join puts the new name onto the path that the neighbour's own name stands on.
func join(own, name, added string) string {
	n, o := strings.Count(name, "."), strings.Count(own, ".")
	if n > o {
		return lastPart(added)
	}
	parts := strings.Split(own, ".")
	prefix := parts[:len(parts)-n-1]
	new := strings.Split(added, ".")
	old := strings.Split(name, ".")
	for i, p := range new {
		if strings.Contains(p, "*") && i < len(old) { // the same element of a list, the same object
			new[i] = parts[len(parts)-len(old)+i]
		}
	}
	return strings.Join(append(slices.Clone(prefix), new...), ".")
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

// traps asks what else goes wrong with this application.
func (c *Channel) traps() {
	for _, t := range c.App.Dialect.Traps {
		if c.App.Version.Before(t.Since) || c.App.Version.Known() && c.App.Version.AtLeast(t.Until) || !t.When(facts{c}) {
			continue
		}
		r := evidence.Remark{Check: t.Check, Severity: t.Severity, Summary: t.Summary, Detail: t.Detail, Fix: t.Fix, From: c.App.placeOf(t.Key, c.Evidence.File)}
		edits := c.App.setAll(t.Set)
		if t.Sets != nil {
			edits = append(edits, c.App.setAll(t.Sets(facts{c}))...)
		}
		c.say(r, edits...)
	}
}

// placeOf is where a key stands, or would.
func (a *App) placeOf(key, file string) evidence.Origin {
	for _, v := range a.values {
		if v.Part == whole && matchesKey(v.Key, key, true) {
			return v.origin()
		}
	}
	for _, f := range a.Files {
		if e, ok := a.entry(f, key); ok && key != "" {
			return evidence.Origin{File: f.Name, Line: e.Line, Column: e.Column, Key: lastPart(e.Key)}
		}
	}
	return evidence.Origin{File: file, Key: lastPart(key)}
}

// setAll sets keys by their names; "" removes one.
func (a *App) setAll(set map[string]string) []edit {
	var out []edit
	names := make([]string, 0, len(set))
	for name := range set {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		out = append(out, a.setNamed(name, set[name])...)
	}
	return out
}

func (a *App) setNamed(name, text string) []edit {
	var entry conf.Entry
	var file *File
	for _, f := range a.Files {
		if e, ok := a.entry(f, name); ok {
			entry, file = e, f
		}
	}
	k, known := a.key(name)
	typ := conf.String
	if known && (isBoolRole(k.Role) && len(k.Words) == 0 || text == "true" || text == "false") {
		typ = conf.Bool
	} else if known && k.Role == dialect.Port {
		typ = conf.Number
	}
	switch {
	case file != nil && text == "":
		return []edit{{file: file, Edit: conf.Edit{Op: conf.Remove, Entry: entry}, key: lastPart(name)}}
	case file != nil:
		return []edit{{file: file, Edit: conf.Edit{Op: conf.Set, Entry: entry, Value: text, Type: typ}, key: lastPart(name)}}
	case text == "":
		return nil
	case known:
		return a.addKey(k, text, typ)
	}
	return a.addKey(&dialect.Key{Name: name}, text, typ)
}

// facts is what a trap may look at.
type facts struct{ c *Channel }

func (f facts) Get(key string) (string, bool) {
	if key == "image" {
		image := f.c.App.image()
		return image, image != ""
	}
	for _, v := range f.c.App.values {
		if v.Part == whole && matchesKey(v.Key, key, false) && fits(key, v.Entry.Key, true) {
			return v.Text, true
		}
	}
	for i := len(f.c.App.Files) - 1; i >= 0; i-- {
		if e, ok := f.c.App.entry(f.c.App.Files[i], key); ok {
			return e.Value, true
		}
	}
	return "", false
}

func (f facts) Role(r dialect.Role) string { return f.c.App.text(r) }
func (f facts) Mode() target.Mode          { return f.c.Evidence.Mode.Is }
func (f facts) Port() uint16               { return number(f.c.Evidence.Port.V) }
func (f facts) Has(name string) bool       { return f.c.App.has(name) || f.c.App.branch(name) }
func (f facts) Mentions(text string) bool {
	return slices.ContainsFunc(f.c.App.Files, func(file *File) bool { return strings.Contains(file.Text.Raw, text) })
}
func (f facts) Before(version string) bool { return f.c.App.Version.Before(version) }
func (f facts) VersionKnown() bool         { return f.c.App.Version.Known() }

// image is the container image of the service that the settings belong to.
func (a *App) image() string {
	for _, f := range a.Files {
		for _, s := range f.Text.Scopes {
			if s.Image != "" && (s.Name == a.Scope || a.Scope == "" && len(f.Text.Scopes) == 1) {
				return s.Image
			}
		}
	}
	return ""
}

// branch reports whether a key with children stands in one of the files: an
// object, a function.
func (a *App) branch(name string) bool {
	for _, f := range a.Files {
		for _, e := range f.Text.Entries {
			if e.Type == conf.Branch && !e.Off && a.inScope(e) && wholePath(name, e.Key) && fits(name, e.Key, a.folds(f)) {
				return true
			}
		}
	}
	return false
}
