package settings

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/maildoctor/maildoctor/internal/conf"
	"github.com/maildoctor/maildoctor/internal/dialect"
	"github.com/maildoctor/maildoctor/internal/redact"
)

// Correction is a file as it should be.
type Correction struct {
	File    string
	Text    string   // secrets stand as Kept
	Bytes   string   // the very text, secrets and all: for writing alone
	Was     string   // the text that it was made from
	Changes []Change // by line

	masked string // Was without secrets
}

// Change is one line of it.
type Change struct {
	File     string
	Line     int
	Key      string
	Old, New string // secrets as Kept; New is empty where the key is taken out
	Secret   bool
}

// rounds is how often a correction is looked at again: what a slip of the pen
// kept from being read shows once it is mended.
const rounds = 3

// Correct writes the files anew with all that was found to be wrong and can be
// changed, and again where the new text shows more.
func Correct(a *App, proof Proof) []Correction {
	all := correctOnce(a.Channels(proof))
	for range rounds - 1 {
		if len(all) == 0 {
			return nil
		}
		more := correctOnce(a.With(all).Channels(proof))
		if len(more) == 0 || repeats(all, more) {
			break
		}
		all = joinCorrections(all, more)
	}
	return all
}

// repeats reports whether a round adds what was added before, and did not take:
// there is something else wrong with the text.
func repeats(all, more []Correction) bool {
	for _, m := range more {
		for _, c := range all {
			if c.File == m.File && slices.ContainsFunc(m.Changes, func(n Change) bool {
				return slices.ContainsFunc(c.Changes, func(o Change) bool { return o.Key == n.Key && o.New == n.New && o.Old == "" && n.Old == "" })
			}) {
				return true
			}
		}
	}
	return false
}

// joinCorrections puts a second round on top of a first one.
func joinCorrections(first, second []Correction) []Correction {
	for _, s := range second {
		i := slices.IndexFunc(first, func(f Correction) bool { return f.File == s.File })
		if i < 0 {
			first = append(first, s)
			continue
		}
		f := &first[i]
		f.Bytes, f.Text = s.Bytes, s.Text
		for _, c := range s.Changes {
			if !slices.ContainsFunc(f.Changes, func(o Change) bool { return o.Key == c.Key && o.New == c.Old }) {
				f.Changes = append(f.Changes, c)
				continue
			}
			j := slices.IndexFunc(f.Changes, func(o Change) bool { return o.Key == c.Key && o.New == c.Old })
			f.Changes[j].New = c.New
		}
	}
	return first
}

// correctOnce makes what the channels propose.
func correctOnce(channels []*Channel) []Correction {
	var edits []edit
	for _, c := range channels {
		if c.Evidence.Channel != "smtp" {
			continue
		}
		wanted := c.wanted()
		edits = append(edits, wanted...)
		for _, r := range c.remedies {
			if !r.undoes(wanted) {
				edits = append(edits, r.edits...)
			}
		}
	}
	var files []*File
	for _, e := range edits {
		if e.file != nil && !slices.Contains(files, e.file) {
			files = append(files, e.file)
		}
	}
	var out []Correction
	for _, f := range files {
		if c, ok := f.correct(channels, edits); ok {
			out = append(out, c)
		}
	}
	return out
}

// undoes reports whether a remedy replaces by several lines what is wanted to be
// another value.
func (r remedy) undoes(wanted []edit) bool {
	return len(r.edits) > 1 && slices.ContainsFunc(r.edits, func(e edit) bool {
		return e.Op == conf.Remove && slices.ContainsFunc(wanted, func(w edit) bool { return w.Op == conf.Set && sameEntry(w, e) })
	})
}

// correct makes the edits of one file.
func (f *File) correct(channels []*Channel, all []edit) (Correction, bool) {
	edits := merged(f, all)
	if len(edits) == 0 {
		return Correction{}, false
	}
	slices.SortStableFunc(edits, func(a, b edit) int { return compareBool(a.Op == conf.Remove, b.Op == conf.Remove) }) // what is added may stand beside what goes
	c := Correction{File: f.Name, Was: f.Text.Raw}
	for _, e := range f.apply(edits, &c.Bytes) {
		c.Changes = append(c.Changes, changeOf(e))
	}
	if c.Bytes == f.Text.Raw {
		return Correction{}, false
	}
	slices.SortStableFunc(c.Changes, func(x, y Change) int { return cmp.Compare(x.Line, y.Line) })
	c.Text, c.masked = masked(f, c.Bytes, channels), masked(f, c.Was, channels)
	return c, true
}

// apply makes the edits one after the other, each in the text as the ones before
// left it, and returns those that could be made: two neighbours may share a comma.
func (f *File) apply(edits []edit, to *string) []edit {
	t := f.Text
	var done []edit
	for _, e := range edits {
		now := e.Edit
		if e.Entry.Key != "" {
			i := sameIn(t, f.Text, e.Entry)
			if i < 0 {
				continue
			}
			now.Entry = t.Entries[i]
		}
		raw, err := t.Apply([]conf.Edit{now})
		if err != nil {
			continue
		}
		t = conf.Parse(raw, t.Kind, t.Flavour)
		done = append(done, e)
	}
	*to = t.Raw
	return done
}

// sameIn is the index of an entry of a text in a later form of that text: the
// same one among those of its key; -1 where it is gone.
func sameIn(now, was *conf.Text, e conf.Entry) int {
	same := func(o conf.Entry) bool {
		return o.Key == e.Key && o.Scope == e.Scope && o.Off == e.Off && o.Type == e.Type
	}
	n := 0
	for _, o := range was.Entries {
		if same(o) {
			if o.Line == e.Line && o.Column == e.Column {
				break
			}
			n++
		}
	}
	loose := func(o conf.Entry) bool { return o.Key == e.Key && o.Scope == e.Scope && o.Off == e.Off }
	for i, o := range now.Entries {
		if loose(o) {
			if n == 0 {
				return i
			}
			n--
		}
	}
	return -1
}

// merged are the edits of a file, one for each entry: what the solver wants
// stands before what a remark proposes, and to take an entry out before to
// change it. Entries that are added twice are added once, and not at all where
// another one gets their name.
func merged(f *File, all []edit) []edit {
	var out []edit
	for _, e := range all {
		if e.file != f {
			continue
		}
		i := slices.IndexFunc(out, func(o edit) bool { return sameEntry(o, e) })
		switch {
		case i < 0:
			out = append(out, e)
		case out[i].Op == conf.Rename && e.Op == conf.Set, out[i].Op == conf.Add:
		case e.Op == conf.Rename && out[i].Op == conf.Set:
			out[i] = e
		}
	}
	return slices.DeleteFunc(out, func(e edit) bool {
		return e.Op == conf.Add && slices.ContainsFunc(out, func(o edit) bool { return o.Op == conf.Rename && lastPart(e.Edit.Key) == o.Edit.Key })
	})
}

func sameEntry(a, b edit) bool {
	if a.Op == conf.Add || b.Op == conf.Add {
		return a.Op == b.Op && a.Key == b.Key
	}
	return a.Entry.Line == b.Entry.Line && a.Entry.Key == b.Entry.Key && a.Entry.Column == b.Entry.Column
}

func changeOf(e edit) Change {
	c := Change{File: e.file.Name, Line: e.Entry.Line, Key: e.key, Old: e.Entry.Value, New: e.Value, Secret: e.secret}
	switch e.Op {
	case conf.Add:
		c.Old, c.Line = "", e.Entry.Line+1
	case conf.Remove:
		c.New = ""
	case conf.Rename:
		c.Key, c.Old, c.New = e.Key, e.key, e.Key
	case conf.SetRaw:
		c.New = e.Raw
	case conf.Enable:
		c.New = cmp.Or(e.Value, e.Entry.Value)
	}
	if e.Op == conf.Rename {
		return c
	}
	if c.Secret = e.secret || secretName.MatchString(lastPart(e.Entry.Key)) && !harmless(e.Entry) || strayKey(c.Old); c.Secret {
		c.Old, c.New = maskOf(c.Old), maskOf(c.New)
	} else {
		c.Old, c.New = withoutLogin(c.Old), withoutLogin(c.New)
	}
	if s, ok := cutURL(e.Entry); ok && c.Old != "" {
		c.Old = s
	}
	return c
}

// login is a user name and a password before a host, without a scheme.
var login = regexp.MustCompile(`^\s*["']?[^\s:/@"']+:([^\s@]+)@[^\s@]+$`)

// withoutLogin hides the password that stands in a value which has no business
// with one: a host, say.
func withoutLogin(s string) string {
	if m := login.FindStringSubmatchIndex(s); m != nil {
		return s[:m[2]] + Kept + s[m[3]:]
	}
	if u, ok := conf.ParseURL(strings.Trim(s, `"'`)); ok && maskURL(u) != u.String() {
		return maskURL(u)
	}
	return s
}

// maskOf hides a secret, or that of a URL; the rest of a URL may be seen.
func maskOf(s string) string {
	if s == "" {
		return ""
	}
	if u, ok := conf.ParseURL(strings.Trim(s, `"'`)); ok {
		return maskURL(u)
	}
	return Kept
}

// maskURL writes a URL without its secrets. The user of a provider's scheme may
// be its key, and what stands for a port and is none may be the end of a password.
func maskURL(u conf.URL) string {
	if u.HasPassword {
		u.Password = Kept
	}
	if strayKey(u.User) || !u.HasPassword && (keyForUser(u) || longName(u.User)) {
		u.User = Kept
	}
	if notPort(u.Port) {
		u.Port = Kept
	}
	u.Query = slices.Clone(u.Query)
	for i := range u.Query {
		if secretName.MatchString(u.Query[i].Name) {
			u.Query[i].Value = Kept
		}
	}
	return u.String()
}

// strayKey reports whether a value has the shape of a key or a token: it may have
// got into a setting that holds none, such as that of the user name.
func strayKey(s string) bool { return redact.Text(s) != s }

// keyForUser reports whether the user of a URL is the key of a provider:
// resend+api://KEY@default.
func keyForUser(u conf.URL) bool {
	return u.HasUser && !u.HasPassword && u.User != "" && (strings.Contains(u.Scheme, "+") || dialect.BridgeWord(strings.ToLower(u.Scheme)) != nil)
}

// longName reports whether a user name without a password may be a key: long, and
// no address.
func longName(user string) bool {
	const names = 16 // of people and accounts are shorter
	return len(user) >= names && !strings.Contains(conf.Decode(user, false), "@") && !strings.HasPrefix(user, "$")
}

// notPort reports whether what stands for a port is neither a number nor a
// reference.
func notPort(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return r < '0' || r > '9' }) && !strings.HasPrefix(s, "$") && !strings.HasPrefix(s, "{")
}

// secretName are names of keys that hold secrets, whatever application reads them.
var secretName = regexp.MustCompile(`(?i)passw|pass?wo?r?d|passphrase|pwd|secret|token|api[-_.]?key|apikey|private[-_.]?key|credential|(^|[-_.])(pass|key)$|(^|_)(app|encryption|jwt|signing|access|license)[-_]?key`)

// masked is a text of a file without its secrets: those of the dialect, whatever
// else is called one or has the shape of one, and what comments hold.
func masked(f *File, raw string, channels []*Channel) string {
	text := mailAlone(f, raw, channels)
	t := conf.Parse(text, f.Text.Kind, f.Text.Flavour)
	for i := len(t.Entries) - 1; i >= 0; i-- { // from the end, so that the places of those before stay
		e := t.Entries[i]
		if e.Off || e.Type == conf.Branch || e.Type == conf.Null || e.Type == conf.Bool || e.Value == "" {
			continue
		}
		mask, ok := maskEntry(e, channels)
		if !ok || mask == e.Value {
			continue
		}
		now := *t
		now.Raw = text
		if out, err := now.Apply([]conf.Edit{{Op: conf.Set, Entry: e, Value: mask}}); err == nil {
			text = out
		} else if text = strings.ReplaceAll(text, e.Value, Kept); strings.Contains(text, e.Value) {
			return ""
		}
	}
	if f.Text.Kind != conf.Command { // # is anything there
		text = behindSecret.ReplaceAllString(text, "$1 "+Kept)
	}
	return blotted(f, withoutComments(text), channels)
}

// behindSecret is a comment on the line of a secret: it may tell of an older one.
var behindSecret = regexp.MustCompile(`(?m)(<kept>[^\w\s]*(?:[ \t]+(?:#|//|;)|#))[^\r\n]*`)

var comment = regexp.MustCompile(`(?m)^[ \t]*(#|//|;|--|\*|/\*).*$`)

// lone is a comment behind a value that is one word, long or with a digit in it: an
// older value, as a rule.
var lone = regexp.MustCompile(`(?m)(\S[ \t]+(?:#|//|;)[ \t]*)(?:[^\s<]*[A-Za-z0-9][^\s<]{11,}|[^\s<]{0,11}\d[^\s<]{5,11})([ \t]*\r?)$`)

// withoutComments hides the secrets of comments, where old ones are often left.
func withoutComments(text string) string {
	text = lone.ReplaceAllString(text, "${1}"+Kept+"${2}")
	return comment.ReplaceAllStringFunc(text, redact.Text)
}

func maskEntry(e conf.Entry, channels []*Channel) (string, bool) {
	if s, ok := cutURL(e); ok {
		return s, true
	}
	if u, ok := conf.ParseURL(e.Value); ok && (u.HasUser || len(u.Query) > 0 || notPort(u.Port)) {
		return maskURL(u), true
	}
	if hidden := withoutLogin(e.Value); hidden != e.Value {
		return hidden, true
	}
	if several.MatchString(e.Value) {
		return inURLs.ReplaceAllStringFunc(e.Value, maskOf), true
	}
	for _, c := range channels {
		for i := range c.App.Dialect.Keys {
			k := &c.App.Dialect.Keys[i]
			if k.Role.Secret() && (matchesKey(k, e.Key, true) || near(lastPart(e.Key), lastPart(k.Name))) {
				return Kept, true
			}
		}
		for _, v := range c.App.values {
			if v.Role.Secret() && v.Part == whole && len(v.Text) > 3 && v.Text == e.Value && !harmless(e) {
				return Kept, true
			}
		}
	}
	if secretName.MatchString(lastPart(e.Key)) && !harmless(e) || e.Type != conf.Expr && redact.Text(e.Value) != e.Value {
		return Kept, true
	}
	return "", false
}

// cutURL is what may be shown of a URL that ends within its password, or may: what
// was taken for the host is a part of it then.
func cutURL(e conf.Entry) (string, bool) {
	u, ok := conf.ParseURL(e.Value)
	if !ok || !u.HasPassword || !cut(e) {
		return "", false
	}
	if strayKey(u.User) {
		u.User = Kept
	}
	return u.Scheme + "://" + u.User + ":" + Kept, true
}

// cut reports whether a value ends before its text does.
func cut(e conf.Entry) bool {
	return slices.ContainsFunc(e.Quirks, func(q conf.Quirk) bool { return q.Kind == conf.CutAtHash })
}

// inURLs are the mail URLs within a value that holds several.
var inURLs = regexp.MustCompile(`[a-z+]+://[^\s()]+`)

// lookupTable is where Postfix keeps its secrets, and none itself.
var lookupTable = regexp.MustCompile(`^(?:hash|btree|lmdb|cdb|texthash|mysql|pgsql|sqlite|ldap|proxy:\w+):/[\w./-]+$`)

// harmless are values that cannot be secrets.
func harmless(e conf.Entry) bool {
	return lookupTable.MatchString(e.Value) || e.Type == conf.Number || slices.Contains([]string{"true", "false", "yes", "no", "on", "off", "null", "none", "plain", "login", "always", "auto", "never"}, strings.ToLower(strings.TrimPrefix(e.Value, ":"))) || strings.HasPrefix(e.Value, "$")
}
