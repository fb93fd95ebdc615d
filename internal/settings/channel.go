package settings

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/maildoctor/maildoctor/internal/conf"
	"github.com/maildoctor/maildoctor/internal/dialect"
	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/provider"
	"github.com/maildoctor/maildoctor/internal/redact"
	"github.com/maildoctor/maildoctor/internal/secret"
	"github.com/maildoctor/maildoctor/internal/target"
)

// Channel is one way in which an application sends mail, or could.
type Channel struct {
	App      *App
	Evidence evidence.Settings
	remedies []remedy
	solved   solution
	want     bool
}

// remedy is what cures one remark.
type remedy struct {
	edits []edit
}

// edit is one change of a file.
type edit struct {
	file *File
	conf.Edit
	key    string // as it is shown
	secret bool
}

// Channels reads the ways to send, the one in force first.
func (a *App) Channels(proof Proof) []*Channel {
	if members := a.members(); len(members) > 0 {
		return a.failover(members, proof)
	}
	smtp := a.smtp(proof)
	all := []*Channel{smtp}
	if api := a.resend(); api != nil && smtp.Evidence.Channel == "smtp" {
		all = append(all, api)
	}
	if len(all) > 1 && !a.configured() { // what is remarked is about the one way that there is
		api := all[1]
		own := api.Evidence.Remarks
		api.Evidence.Remarks, api.remedies = slices.Clone(smtp.Evidence.Remarks), smtp.remedies
		if !slices.ContainsFunc(smtp.Evidence.Remarks, func(r evidence.Remark) bool { return r.Check == "client-credentials-missing" }) { // the dialect's own words for it
			api.Evidence.Remarks = append(api.Evidence.Remarks, own...)
		}
		all = all[1:]
	}
	a.choose(all)
	for _, c := range all {
		c.Evidence.KeyInUse = c.Evidence.Channel == "resend" && !c.Evidence.InForce && smtp.Evidence.InForce && a.sameSecret()
	}
	if smtp.empty() && len(all) > 1 {
		all = all[1:]
	}
	slices.SortStableFunc(all, func(x, y *Channel) int { return compareBool(!x.Evidence.InForce, !y.Evidence.InForce) })
	return all
}

// empty reports whether nothing of the channel is set but a driver.
func (c *Channel) empty() bool {
	e := c.Evidence
	return !hasText(e.Host) && !hasText(e.User) && !e.Password.Set && len(e.Remarks) == 0 && !e.Port.Unknown && (e.Port.V == "" || e.Port.Default)
}

func hasText(s evidence.Setting) bool { return !s.Default && (s.V != "" || s.Unknown) }

// newChannel is what all channels of an application share.
func (a *App) newChannel(kind string) *Channel {
	e := evidence.Settings{Dialect: a.Dialect.ID, App: a.Dialect.App, AppVersion: a.Version.String(), Scope: withoutLogin(a.Scope), Channel: kind, Guessed: a.Guessed, Doubt: a.Dialect.Doubt, Restart: a.Dialect.Restart}
	for _, f := range a.Files {
		e.Files = append(e.Files, f.Name)
	}
	e.From = a.setting(dialect.From)
	if l, ok := a.get(dialect.Local); ok && e.From.V == "" {
		e.From = a.joined(l)
	}
	e.Driver = a.setting(dialect.Driver)
	return &Channel{App: a, Evidence: e}
}

// joined is a From that is set in two parts.
func (a *App) joined(l *Value) evidence.Setting {
	s := evidence.Setting{V: l.Text, From: l.origin(), Default: l.Default, Unknown: l.Unknown}
	if d, ok := a.get(dialect.Domain); ok && l.Text != "" {
		s.V, s.Unknown = l.Text+"@"+d.Text, l.Unknown || d.Unknown
	}
	return s
}

// smtp is the channel of the SMTP settings.
func (a *App) smtp(proof Proof) *Channel {
	c := a.newChannel("smtp")
	e := &c.Evidence
	a.server(e)
	e.User, e.HELO = a.setting(dialect.User), a.setting(dialect.HELO)
	e.User.V = a.shownUser(e.User.V)
	e.Password = a.secret(dialect.Pass)
	if v, ok := a.get(dialect.Login); ok && a.off(v) {
		e.Login = "off"
	}
	e.File = a.mainFile()
	a.mode(e)
	a.judgeSecret(e)
	c.remark()
	e.Ranges = a.ranges(e.Mode)
	if v, ok := a.bridged(); ok && bridge(a.Dialect, v.Text).Channel != "smtp" {
		e.Channel, e.APIKey, e.Password = bridge(a.Dialect, v.Text).Channel, e.Password, evidence.Secret{}
		e.User, e.Mode = evidence.Setting{}, evidence.Mode{}
		return c
	}
	c.solve(proof)
	return c
}

// server fills in host and port: those set, those of a preset by name.
func (a *App) server(e *evidence.Settings) {
	e.Host = a.setting(dialect.Host)
	e.Host.V = strings.ToLower(strings.TrimSuffix(bareHost(e.Host.V), "."))
	p, _ := a.endpoint(nil)
	e.Port = a.setting(dialect.Port)
	if e.Host.V == "" && !e.Host.Default && e.Host.From.File == "" && hasText(e.Port) {
		e.Host.Unknown = true // a part of the settings: the host is set elsewhere
	}
	if in := portInHost(a.text(dialect.Host)); in != 0 && (e.Port.V == "" || e.Port.Default) {
		p, e.Port = in, evidence.Setting{V: fmt.Sprint(in), From: e.Host.From}
	}
	if n := number(e.Port.V); n != p || e.Port.V == "" {
		if p != 0 && (e.Port.V == "" || e.Port.Default) {
			e.Port = evidence.Setting{V: fmt.Sprint(p), Default: true, From: e.Port.From}
		}
	}
	if v, ok := a.get(dialect.Service); ok && v.Text != "" {
		if host, port, _, ok := dialect.Preset(v.Text); ok {
			e.Host = evidence.Setting{V: host, From: v.origin()}
			e.Port = evidence.Setting{V: fmt.Sprint(port), From: v.origin()}
		}
	}
}

// portInHost is a port that stands in the host field; 0 for none.
func portInHost(text string) uint16 {
	if strings.Count(text, ":") != 1 || strings.Contains(text, ";") {
		return 0
	}
	_, p, _ := strings.Cut(text, ":")
	return number(p)
}

// bareHost takes off what does not belong to a host name: a scheme, a port, a
// path, blanks.
func bareHost(s string) string {
	s = strings.Trim(strings.TrimSpace(s), `"'“”‘’`)
	if _, rest, ok := strings.Cut(s, "://"); ok {
		s = rest
	}
	s, _, _ = strings.Cut(s, "/")
	s, _, _ = strings.Cut(s, ";")
	if i := strings.LastIndexByte(s, '@'); i >= 0 {
		s = s[i+1:]
	}
	if in, _, ok := strings.Cut(strings.TrimPrefix(s, "["), "]"); ok && s[0] == '[' {
		return in
	}
	if h, p, ok := strings.Cut(s, ":"); ok && !strings.Contains(p, ":") {
		s = h
	}
	return strings.Trim(s, "[]")
}

func (a *App) setting(r dialect.Role) evidence.Setting {
	v, ok := a.get(r)
	if !ok {
		return evidence.Setting{}
	}
	return evidence.Setting{V: v.Text, From: v.origin(), Default: v.Default, Unknown: v.Unknown}
}

// shownUser is a user name as it may be shown: a token that is user name and
// password at once is a secret, and so is a key that got into the wrong setting.
func (a *App) shownUser(user string) string {
	if user != "" && user == a.known(dialect.Pass) {
		return redact.Mask
	}
	return redact.Text(user)
}

// secret says of a secret what may be said.
func (a *App) secret(r dialect.Role) evidence.Secret {
	v, ok := a.get(r)
	if !ok || v.Default {
		return evidence.Secret{}
	}
	s := evidence.Secret{Set: v.Text != "" || v.Unknown, From: v.origin(), Unknown: v.Unknown, Placeholder: Placeholder(v.Text)}
	if !s.Placeholder {
		s.Prefix = secret.ResendPrefix(strings.TrimSpace(v.Text))
	}
	return s
}

// Secrets are the secrets of the settings, for those who see to it that none is
// printed. Placeholders are not among them.
func (a *App) Secrets() []string {
	var out []string
	for _, v := range a.values {
		if v.Role.Secret() {
			if v.Text != "" && v.Text != Kept && !v.Unknown && !Placeholder(v.Text) {
				out = append(out, v.Text)
			}
		}
	}
	return out
}

// judgeSecret says what the shape of the password tells for this provider.
func (a *App) judgeSecret(e *evidence.Settings) {
	v, ok := a.get(dialect.Pass)
	p, known := provider.ByHost(e.Host.V)
	if !ok || v.Unknown || v.Text == "" || e.Password.Placeholder || !known {
		return
	}
	e.Password.Wrong = p.Password.WrongKind(v.Text)
}

// off reports whether a login key says that nobody logs in.
func (a *App) off(v *Value) bool {
	if v.Unknown || v.Text == "" && v.Type != conf.Null {
		return false
	}
	if len(v.Key.Words) > 0 {
		w, _ := a.word(v.Key, v.Text)
		return w != nil && w.Channel == "off"
	}
	return a.bools(v.Key).Read(v.Text, v.Type) == dialect.No
}

// mainFile is the file that holds the host, else the first one.
func (a *App) mainFile() string {
	for _, r := range []dialect.Role{dialect.Host, dialect.Port, dialect.Driver, dialect.User} {
		for _, v := range a.set(r) {
			if v.File != nil {
				return v.File.Name
			}
		}
	}
	if len(a.Files) > 0 {
		return a.Files[len(a.Files)-1].Name
	}
	return ""
}

func (a *App) mode(e *evidence.Settings) {
	_, eff := a.endpoint(nil)
	if v, ok := a.get(dialect.Service); ok && v.Text != "" {
		if _, port, secure, ok := dialect.Preset(v.Text); ok {
			eff = a.effect(nil, port)
			if secure {
				eff.Mode = target.Implicit
			}
		}
	}
	e.Mode = evidence.Mode{Is: eff.Mode, ByPort: eff.ByPort, Refuses: eff.Refuses, Twice: eff.Twice, Says: a.says()}
	for _, s := range a.switches() {
		if s.value != nil {
			e.Mode.Keys = append(e.Mode.Keys, s.value.origin())
		}
	}
}

// ranges is what other releases make of the switches, where the release is not
// known and they differ from the newest one.
func (a *App) ranges(now evidence.Mode) []evidence.Range {
	if a.Version.Known() || len(a.Dialect.Ranges) == 0 {
		return nil
	}
	var out []evidence.Range
	older := *a
	for i, release := range a.Dialect.Ranges {
		words := "before " + release
		older.Version = dialect.ParseVersion(before(release))
		if i > 0 {
			words = "from " + a.Dialect.Ranges[i-1] + " on, before " + release
			older.Version = dialect.ParseVersion(a.Dialect.Ranges[i-1])
		}
		_, e := older.endpoint(nil)
		if e.Twice && !now.Twice {
			e.Refuses = "STARTTLS is demanded within implicit TLS, where no server offers it"
		}
		if e.Mode != now.Is || e.Refuses != now.Refuses {
			out = append(out, evidence.Range{Releases: words, Mode: e.Mode, Refuses: e.Refuses})
		}
	}
	return out
}

// before is a release that comes before another.
func before(release string) string {
	first, _, _ := strings.Cut(release, ".")
	if n := number(first); n > 0 {
		return fmt.Sprint(n - 1)
	}
	return "0.0.1"
}

// resend is the channel of a Resend API key, where the application has one.
func (a *App) resend() *Channel {
	v, ok := a.get(dialect.APIKey)
	if !ok || v.Default {
		return a.keyless()
	}
	if v.Text == "" && !v.Unknown && a.driver() != "resend" {
		return nil
	}
	c := a.newChannel("resend")
	c.Evidence.File = cmp.Or(fileOf(v), a.mainFile())
	c.Evidence.APIKey = a.secret(dialect.APIKey)
	return c
}

// keyless is the channel of Resend where it is chosen, and no line holds its key;
// nil where the dialect knows no name for one.
func (a *App) keyless() *Channel {
	if a.driver() != "resend" {
		return nil
	}
	for i := range a.Dialect.Keys {
		k := &a.Dialect.Keys[i]
		if k.Role != dialect.APIKey || !k.Read(a.Version) {
			continue
		}
		c := a.newChannel("resend")
		c.Evidence.File = a.mainFile()
		c.Evidence.APIKey.From.Key = lastPart(k.Name)
		c.say(evidence.Remark{Check: "setting-missing", From: evidence.Origin{File: c.Evidence.File, Key: lastPart(k.Name)}, Summary: fmt.Sprintf("Resend is chosen (%s), and there is no API key", a.chooses()),
			Detail: lastPart(k.Name) + " is not set. Resend's library stops before it asks, or Resend answers that the key is missing.", Fix: []string{fmt.Sprintf("Set %s to a key of https://resend.com/api-keys; it begins with re_", lastPart(k.Name))}})
		return c
	}
	return nil
}

func fileOf(v *Value) string {
	if v.File == nil {
		return ""
	}
	return v.File.Name
}

// driver is the channel that the driver chooses; "" where there is no driver, or
// an unknown one.
func (a *App) driver() string {
	v, ok := a.get(dialect.Driver)
	if !ok {
		v, ok = a.bridged()
	}
	if !ok || v.Unknown {
		return ""
	}
	if v.Part == scheme {
		return bridge(a.Dialect, v.Text).Channel
	}
	if w, _ := a.word(v.Key, v.Text); w != nil {
		return w.Channel
	}
	return ""
}

// bridged is the scheme of a bridge that chooses the channel.
func (a *App) bridged() (*Value, bool) {
	for _, v := range a.set(dialect.Scheme) {
		if v.Part == scheme && bridge(a.Dialect, v.Text) != nil {
			return v, true
		}
	}
	return nil, false
}

// chooses is the setting by which the channel is chosen, as it is shown.
func (a *App) chooses() string {
	if v, ok := a.get(dialect.Driver); ok {
		return fmt.Sprintf("%s=%s", v.Name(), v.Text)
	}
	v, _ := a.bridged()
	return fmt.Sprintf("%s=%s://...", v.Name(), v.Text)
}

// choose says which channel is in force, and why another is not.
func (a *App) choose(all []*Channel) {
	chosen, why := a.driver(), ""
	if chosen != "" {
		why = a.chooses()
	}
	for _, w := range a.Dialect.Channels.Wins {
		if v, set := a.lookup(w.Key); set && v != "" && dialect.Usual.Read(v, conf.String) != dialect.No {
			chosen, why = w.Channel, cmp.Or(w.Why, w.Key+" is set and wins")
			break
		}
	}
	if chosen == "" || chosen == "failover" || len(all) == 1 && (chosen == "smtp" || chosen == all[0].Evidence.Channel) {
		for _, c := range all {
			c.Evidence.InForce = true
		}
		if len(all) > 1 && chosen == "" {
			all[1].Evidence.InForce = all[0].empty()
			all[1].Evidence.Idle = "nothing here chooses it; SMTP is set"
		}
		return
	}
	for _, c := range all {
		if c.Evidence.InForce = c.Evidence.Channel == chosen; !c.Evidence.InForce {
			c.Evidence.Idle = why
		}
	}
}

// lookup is the value of a key by its name, known to the dialect or not.
func (a *App) lookup(name string) (string, bool) {
	for _, v := range a.values {
		if v.Key.Name == name && v.Part == whole {
			return v.Text, true
		}
	}
	for i := len(a.Files) - 1; i >= 0; i-- {
		if e, ok := a.entry(a.Files[i], name); ok {
			return e.Value, true
		}
	}
	return "", false
}
