package settings

import (
	"cmp"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/maildoctor/maildoctor/internal/conf"
	"github.com/maildoctor/maildoctor/internal/dialect"
	"github.com/maildoctor/maildoctor/internal/evidence"
)

// The severities of remarks that differ from their check's.
const (
	isError   = "error"
	isWarning = "warning"
	isNote    = "note"
)

// remark finds what the dialect, and the readers of its files, have to say.
func (c *Channel) remark() {
	for _, f := range []func(){
		c.broken, c.passed, c.quirks, c.keys, c.mistaken, c.misspelt, c.words, c.truthy, c.host, c.ports, c.percents, c.urls, c.options,
		c.driverKeys, c.onOff, c.logins, c.musts, c.conflicts, c.ciphers, c.verify, c.user, c.sender, c.helo, c.traps, c.noSender, // a row says more of its own sender
	} {
		f()
	}
}

// rowSays are the checks whose remarks rest on the row of the dialect alone.
var rowSays = []string{"setting-ignored", "setting-misspelt", "setting-deprecated", "setting-missing", "from-missing", "release-bug", "from-mismatch", "weak-setting", "setting-not-passed"}

// say adds a remark with what cures it. One place has one remark of a kind.
func (c *Channel) say(r evidence.Remark, edits ...edit) {
	if c.App.Dialect.Doubt && slices.Contains(rowSays, r.Check) {
		r.Severity = isNote
	}
	if slices.ContainsFunc(c.Evidence.Remarks, func(o evidence.Remark) bool { return o.Check == r.Check && o.From == r.From }) {
		return
	}
	c.Evidence.Remarks = append(c.Evidence.Remarks, r)
	if len(edits) > 0 {
		c.remedies = append(c.remedies, remedy{edits})
	}
}

// place names a setting for people: "MAIL_PORT in .env (line 12)".
func place(o evidence.Origin) string {
	switch {
	case o.File == "":
		return o.Key
	case o.Line == 0:
		return fmt.Sprintf("%s in %s", o.Key, o.File)
	}
	return fmt.Sprintf("%s in %s (line %d)", o.Key, o.File, o.Line)
}

var lineNumber = regexp.MustCompile(`\bline (\d+)`)

// lineOf is the line that a reader complains of; 0 where it names none.
func lineOf(why string) int {
	if m := lineNumber.FindStringSubmatch(why); m != nil {
		n, _ := strconv.Atoi(m[1])
		return n
	}
	return 0
}

// broken tells of a file that its own application cannot read.
func (c *Channel) broken() {
	for _, f := range c.App.Files {
		if f.Text.Broken != "" {
			c.say(evidence.Remark{Check: "settings-file-broken", From: evidence.Origin{File: f.Name, Line: lineOf(f.Text.Broken)}, Summary: fmt.Sprintf("%s cannot be read: %s", path.Base(f.Name), f.Text.Broken),
				Detail: "The application reads none of it, or stops.", Fix: []string{"Correct the line that is named"}})
		}
	}
}

// mangled says how bad each quirk is for a value that has to be exact; "" is
// not worth a word.
var mangled = map[conf.QuirkKind]string{
	conf.CutAtHash: isError, conf.KeptQuotes: isError, conf.KeptHash: isError, conf.SmartQuotes: isError, conf.LeadingBlank: isWarning,
	conf.TrailingBlank: isWarning, conf.Expanded: isWarning, conf.Unclosed: isError, conf.Escaped: isWarning, conf.InvisibleChar: isError,
	conf.NotTheType: isNote, conf.Unresolved: isNote, conf.Duplicate: isNote, conf.BadSyntax: isError,
}

// quirks tells of values that read otherwise than they look.
func (c *Channel) quirks() {
	for _, v := range c.App.values {
		if v.Part != whole || slices.Contains([]dialect.Role{dialect.FromName, dialect.Known, dialect.Ignored, dialect.To}, v.Role) {
			continue
		}
		for _, q := range v.Entry.Quirks {
			c.quirk(v, q)
		}
		c.quoted(v)
	}
}

// quoted tells of quotes within quotes, which are part of the value.
func (c *Channel) quoted(v *Value) {
	text := v.Text
	if v.Type != conf.String || len(v.Entry.Quirks) > 0 || len(text) < 3 || text[0] != '\'' && text[0] != '"' || text[len(text)-1] != text[0] || v.Entry.Key == "" {
		return
	}
	c.say(evidence.Remark{Check: "setting-mangled", Severity: isError, From: v.origin(), Summary: v.Name() + " has quotes within quotes, which are part of the value",
		Fix: []string{fmt.Sprintf("Write the value of %s with one pair of quotes", place(v.origin()))}},
		edit{file: v.File, Edit: conf.Edit{Op: conf.Set, Entry: v.Entry, Value: text[1 : len(text)-1]}, key: v.Name(), secret: v.Role.Secret() || v.Role == dialect.URL})
}

func (c *Channel) quirk(v *Value, q conf.Quirk) {
	severity := mangled[q.Kind]
	if severity == isError && !v.Role.Secret() && !slices.Contains([]dialect.Role{dialect.Host, dialect.HostPort, dialect.URL, dialect.User, dialect.Port, dialect.From}, v.Role) {
		severity = isWarning
	}
	if severity == "" {
		return
	}
	fix := fmt.Sprintf("Write %s so that it is read whole", place(v.origin()))
	var edits []edit
	if q.Fix != "" {
		fix = fmt.Sprintf("Put the value of %s in quotes", place(v.origin()))
		if q.Kind == conf.KeptQuotes || q.Kind == conf.LeadingBlank || q.Kind == conf.TrailingBlank || q.Kind == conf.SmartQuotes || q.Kind == conf.InvisibleChar {
			fix = fmt.Sprintf("Write the value of %s without them", place(v.origin()))
		}
		edits = append(edits, edit{file: v.File, Edit: conf.Edit{Op: conf.SetRaw, Entry: v.Entry, Raw: q.Fix}, key: v.Name(), secret: v.Role.Secret() || v.Role == dialect.URL})
	}
	c.say(evidence.Remark{Check: "setting-mangled", Severity: severity, From: v.origin(), Summary: fmt.Sprintf("%s is not read as it looks: %s", v.Name(), q.Text), Fix: []string{fix}}, edits...)
}

// keys tells of keys that this release does not read, or soon will not.
func (c *Channel) keys() {
	for _, v := range c.App.values {
		if v.Part != whole || v.Key.Silent || v.Entry.Key == "" {
			continue
		}
		k := v.Key
		switch {
		case k.Role == dialect.Ignored && k.Read(c.App.Version):
			c.unread(v, cmp.Or(k.Why, fmt.Sprintf("%s does not read it", c.App.Dialect.App)))
		case k.Role != dialect.Ignored && c.App.Version.Before(k.Since):
			c.unread(v, fmt.Sprintf("%s reads it from release %s on; this is %s", c.App.Dialect.App, k.Since, c.App.Version))
		case k.Role != dialect.Ignored && c.App.Version.AtLeast(k.Until):
			c.unread(v, cmp.Or(k.Why, fmt.Sprintf("%s does not read it any more since release %s", c.App.Dialect.App, k.Until)))
		case superseded(k, c.App.Version):
			c.deprecated(v)
		}
	}
}

func (c *Channel) unread(v *Value, why string) {
	r := evidence.Remark{Check: "setting-ignored", From: v.origin(), Summary: fmt.Sprintf("%s has no effect", v.Name()), Detail: sentence(why)}
	if v.Key.Doubt {
		r.Severity = isNote
	}
	instead := v.Key.Instead
	switch {
	case instead == "":
		r.Fix = []string{"Remove " + place(v.origin())}
	case c.App.has(instead):
		r.Fix = []string{fmt.Sprintf("Remove %s; %s counts", place(v.origin()), instead)}
	default:
		r.Fix = []string{fmt.Sprintf("Set %s in place of %s", instead, place(v.origin()))}
	}
	c.say(r, c.replaceKey(v, instead)...)
}

func (c *Channel) deprecated(v *Value) {
	r := evidence.Remark{Check: "setting-deprecated", From: v.origin(), Summary: fmt.Sprintf("%s is an old name", v.Name()),
		Detail: sentence(cmp.Or(v.Key.Why, fmt.Sprintf("%s still reads it; a later release will not", c.App.Dialect.App))), Fix: []string{"Remove " + place(v.origin())}}
	if v.Key.Instead != "" {
		r.Fix = []string{fmt.Sprintf("Set %s in place of %s", v.Key.Instead, place(v.origin()))}
	}
	c.say(r, c.replaceKey(v, v.Key.Instead)...)
}

// replaceKey renames an entry, or takes it out where the right key stands
// already or is a switch, whose value the solver finds.
func (c *Channel) replaceKey(v *Value, instead string) []edit {
	e := edit{file: v.File, Edit: conf.Edit{Op: conf.Remove, Entry: v.Entry}, key: v.Name(), secret: v.Role.Secret()}
	if k, ok := c.App.key(instead); ok && !c.App.has(instead) && !k.Role.Switch() && k.Role != dialect.HostPort && v.Role != dialect.HostPort {
		e.Op, e.Key = conf.Rename, lastPart(instead)
	}
	return []edit{e}
}

// key finds a key of the dialect by its name.
func (a *App) key(name string) (*dialect.Key, bool) {
	for i := range a.Dialect.Keys {
		if k := &a.Dialect.Keys[i]; k.Name == name || slices.Contains(k.Also, name) {
			return k, true
		}
	}
	return nil, false
}

func lastPart(key string) string { return key[strings.LastIndexByte(key, '.')+1:] }

// mistaken tells of names that people write and the application does not read.
func (c *Channel) mistaken() {
	c.entries(func(f *File, e conf.Entry) {
		for _, w := range c.App.Dialect.Mistaken {
			if c.App.is(f, w.Name, e.Key) && !c.App.knows(f, e) {
				c.wrongName(f, e, w)
				return
			}
		}
	})
}

// entries calls f with every entry in force.
func (c *Channel) entries(f func(*File, conf.Entry)) {
	for _, file := range c.App.Files {
		for _, e := range file.Text.Entries {
			if !e.Off && c.App.inScope(e) {
				f(file, e)
			}
		}
	}
}

// knows reports whether an entry is a key of the dialect.
func (a *App) knows(f *File, e conf.Entry) bool {
	return slices.ContainsFunc(a.values, func(v *Value) bool { return v.File == f && v.Entry.Key == e.Key && v.Entry.Line == e.Line }) ||
		slices.ContainsFunc(a.Dialect.Keys, func(k dialect.Key) bool { return a.isKey(f, &k, e.Key) })
}

func matchesKey(k *dialect.Key, key string, fold bool) bool {
	return fits(k.Name, key, fold) || slices.ContainsFunc(k.Also, func(n string) bool { return fits(n, key, fold) })
}

func (c *Channel) wrongName(f *File, e conf.Entry, w dialect.Wrong) {
	name := lastPart(e.Key)
	o := evidence.Origin{File: f.Name, Line: e.Line, Column: e.Column, Key: name}
	r := evidence.Remark{Check: "setting-misspelt", From: o, Summary: fmt.Sprintf("%s is no setting of %s", name, c.App.Dialect.App), Detail: sentence(w.Why)}
	if w.Note {
		r.Severity = isNote
	}
	ed := edit{file: f, Edit: conf.Edit{Op: conf.Remove, Entry: e}, key: name}
	switch k, ok := c.App.key(w.Right); {
	case w.Right == "":
		r.Fix = []string{"Remove " + place(o)}
	case c.App.has(w.Right):
		r.Fix = []string{fmt.Sprintf("Remove %s; %s counts", place(o), w.Right)}
	default:
		r.Summary = fmt.Sprintf("%s is no setting of %s; it is called %s", name, c.App.Dialect.App, lastPart(w.Right))
		r.Fix = []string{fmt.Sprintf("Rename %s to %s", place(o), lastPart(w.Right))}
		if ok {
			ed.secret = k.Role.Secret()
		}
		ed.Op, ed.Key = conf.Rename, lastPart(w.Right)
	}
	if w.Note {
		c.say(r)
		return
	}
	c.say(r, ed)
}

// misspelt tells of a key that is all but the name of one that is not set: a
// letter off, or an underscore too many or too few.
func (c *Channel) misspelt() {
	c.entries(func(f *File, e conf.Entry) {
		name := lastPart(e.Key)
		if len(name) < 6 || e.Type == conf.Branch || c.App.knows(f, e) || c.said(f, e) {
			return
		}
		for i := range c.App.Dialect.Keys {
			k := &c.App.Dialect.Keys[i]
			if k.Role == dialect.Ignored || !k.Read(c.App.Version) || superseded(k, c.App.Version) {
				continue
			}
			for _, right := range append([]string{k.Name}, k.Also...) {
				if c.App.hasKey(k) {
					break
				}
				if near(name, lastPart(right)) && !otherForm(f, right, e.Key) && sameParent(right, e.Key) && (!f.paths || wholePath(right, e.Key)) {
					c.wrongName(f, e, dialect.Wrong{Name: name, Right: right, Why: "It looks like a slip of the pen, and nothing reads it"})
					return
				}
				if k.Role != dialect.Known && c.App.variables() && (c.lacksPrefix(name, right) || wordy(name, right)) {
					c.wrongName(f, e, dialect.Wrong{Name: name, Right: right, Why: "Nothing reads it"})
					return
				}
			}
		}
	})
}

// otherForm reports whether the right name is that of a key of a file, and the
// one at hand a variable of the environment.
func otherForm(f *File, right, key string) bool {
	flat := slices.Contains([]conf.Kind{conf.Dotenv, conf.EnvList, conf.Command}, f.Text.Kind)
	capitals := key == strings.ToUpper(key) && right == strings.ToLower(right)
	return flat && (capitals || !wholePath(right, key))
}

// lacksPrefix reports whether a variable has the name of a key without what all
// keys of this application begin with: SMTP_HOST for NEXT_PRIVATE_SMTP_HOST. It
// takes another key that has the beginning to tell that the application is meant.
func (c *Channel) lacksPrefix(name, right string) bool {
	prefix, ok := strings.CutSuffix(right, "_"+name)
	if !ok || !strings.Contains(name, "_") || len(prefix) < 2 {
		return false
	}
	return slices.ContainsFunc(c.App.values, func(v *Value) bool { return strings.HasPrefix(v.Entry.Key, prefix+"_") })
}

// wordy reports whether a variable has one word too many, of those that all keys
// of mail have: SMTP_MAIL_USER for SMTP_USER.
func wordy(name, right string) bool {
	have, want := strings.Split(name, "_"), strings.Split(right, "_")
	if len(have) != len(want)+1 || len(want) < 2 || have[0] != want[0] {
		return false
	}
	i := 1
	for i < len(want) && have[i] == want[i] {
		i++
	}
	return slices.Contains([]string{"MAIL", "EMAIL", "SMTP", "MAILER"}, have[i]) && slices.Equal(have[i+1:], want[i:])
}

// sameParent reports whether the path before the last part is that of the right
// key, as far as both have one.
func sameParent(right, key string) bool {
	return fits(strings.TrimSuffix(right, lastPart(right))+lastPart(key), key, true)
}

func (a *App) hasKey(k *dialect.Key) bool {
	return slices.ContainsFunc(a.values, func(v *Value) bool { return v.Key == k })
}

// said reports whether there is a remark on an entry.
func (c *Channel) said(f *File, e conf.Entry) bool {
	return slices.ContainsFunc(c.Evidence.Remarks, func(r evidence.Remark) bool {
		return r.From.File == f.Name && r.From.Line == e.Line && r.From.Key == lastPart(e.Key)
	})
}

// near reports whether two names differ by one letter, by two that changed
// places, or by underscores alone. What differs by a digit or by an s at the end
// is another name.
func near(a, b string) bool {
	if a == b || strings.EqualFold(a, b) {
		return a != b
	}
	if strings.ReplaceAll(a, "_", "") == strings.ReplaceAll(b, "_", "") {
		return true
	}
	if len(a) == len(b) {
		i := 0
		for i < len(a) && a[i] == b[i] {
			i++
		}
		rest := a[i+1:] == b[i+1:] && len(a) >= 8
		swapped := i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
		return (rest || swapped) && !digit(a[i]) && !digit(b[i])
	}
	if len(a) < len(b) {
		a, b = b, a
	}
	if len(a) != len(b)+1 || len(b) < 8 {
		return false
	}
	i := 0
	for i < len(b) && a[i] == b[i] {
		i++
	}
	return a[i+1:] == b[i:] && !digit(a[i]) && !(i == len(b) && (a[i] == 's' || a[i] == 'S'))
}

func digit(c byte) bool { return '0' <= c && c <= '9' }

// sentence begins with a capital and ends with a full stop.
func sentence(s string) string {
	if s == "" {
		return ""
	}
	return strings.ToUpper(s[:1]) + strings.TrimSuffix(s[1:], ".") + "."
}
