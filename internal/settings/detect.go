package settings

import (
	"cmp"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/maildoctor/maildoctor/internal/conf"
	"github.com/maildoctor/maildoctor/internal/dialect"
)

// enough is the score from which on a text is taken for a dialect's own.
const enough = 2.0

// index finds the dialects of a key by its last component.
type index struct {
	by   map[string][]hit
	rare map[string]float64 // worth of a name: the fewer dialects have it, the more
}

type hit struct {
	d *dialect.Dialect
	k *dialect.Key
}

// newIndex is made once for a run.
func newIndex() *index {
	x := &index{by: map[string][]hit{}, rare: map[string]float64{}}
	for _, d := range dialect.All() {
		seen := map[string]bool{}
		for i := range d.Keys {
			k := &d.Keys[i]
			for _, name := range append([]string{k.Name}, k.Also...) {
				end := strings.ToLower(lastPart(name))
				x.by[end] = append(x.by[end], hit{d, k})
				if !seen[end] {
					seen[end] = true
					x.rare[end]++
				}
			}
		}
	}
	for name, n := range x.rare {
		x.rare[name] = 3 / n
	}
	return x
}

// candidate is a dialect that a text may be of, with how well it fits.
type candidate struct {
	d     *dialect.Dialect
	form  dialect.Form
	text  *conf.Text
	scope conf.Scope
	score float64
}

// Detect finds the dialect of a text by its name, its keys and what stands
// beside it; false where none fits.
func (x *index) detect(name, raw string, around clues) (candidate, bool) {
	var best candidate
	for _, form := range formsOf(name, raw) {
		t := conf.Parse(raw, form.Kind, form.Flavour)
		for _, c := range x.score(name, raw, t, form, around) {
			if c.score > best.score {
				best = c
			}
		}
	}
	if best.score < enough {
		return byNames(name, raw)
	}
	return best.own(name, raw), true
}

// own reads a .env, INI or JSON file anew in the form of its dialect: which application
// it belongs to shows in any of them, what the application makes of quotes and
// comments does not.
func (c candidate) own(name, raw string) candidate {
	if slices.Contains([]conf.Kind{conf.Dotenv, conf.INI, conf.JSON}, c.form.Kind) {
		c.form = formFor(c.d, name, raw)
		c.text = conf.Parse(raw, c.form.Kind, c.form.Flavour)
	}
	return c
}

// byNames is a text of no application that is known, whose keys say by their names
// that they are server and port of mail.
func byNames(name, raw string) (candidate, bool) {
	for _, form := range formsOf(name, raw) {
		t := conf.Parse(raw, form.Kind, form.Flavour)
		for _, d := range dialect.All() {
			if !d.ByNames || !fitsForm(d, form) {
				continue
			}
			for _, s := range append(slices.Clone(t.Scopes), conf.Scope{}) {
				if names(d, dialect.Host, t, s) && names(d, dialect.Port, t, s) {
					return candidate{d, form, t, s, enough}, true
				}
			}
		}
	}
	return candidate{}, false
}

// names reports whether a key of mail has a role by its name, and a value.
func names(d *dialect.Dialect, r dialect.Role, t *conf.Text, s conf.Scope) bool {
	return slices.ContainsFunc(t.Entries, func(e conf.Entry) bool {
		return !e.Off && e.Type != conf.Branch && e.Scope == s.Name && (e.Value != "" || e.Env != "") && mailish(e.Key) &&
			slices.ContainsFunc(d.Keys, func(k dialect.Key) bool { return k.Role == r && matchesKey(&k, e.Key, true) })
	})
}

// score rates every dialect that shares a key or a mark with the text.
func (x *index) score(name, raw string, t *conf.Text, form dialect.Form, around clues) []candidate {
	scopes := t.Scopes
	if len(scopes) == 0 {
		scopes = []conf.Scope{{}}
	}
	o := ownersOf(raw, t)
	var all []candidate
	for _, s := range scopes {
		by, met := map[*dialect.Dialect]float64{}, map[*dialect.Key]bool{}
		mails := 0.0
		for _, e := range t.Entries {
			if e.Off || e.Type == conf.Branch || s.Name != "" && e.Scope != s.Name {
				continue
			}
			x.entry(e, form, by, met, o)
			if mailish(e.Key) {
				mails++
			}
		}
		for d := range by {
			by[d] += extra(d, name, raw, t, s, around)
			switch {
			case o.has(d):
				by[d] += worthImage
			case t.Kind == conf.YAML && misnamed(d, t, s):
				by[d] -= worthServer
			}
		}
		for _, d := range dialect.All() {
			if by[d] == 0 && fitsForm(d, form) {
				if n := extra(d, name, raw, t, s, around); n >= 8 && mails > 0 {
					by[d] = n
				}
			}
		}
		for _, d := range dialect.All() {
			if n := by[d]; n > 0 && o.allows(d) {
				all = append(all, candidate{d, form, t, o.scope(d, s), n})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b candidate) int { return cmp.Compare(b.score, a.score) })
	return all
}

// entry adds what one key says for the dialects that have it. A key of mail that
// a dialect does not have speaks against it, a little. A key that was met before
// says nothing more: in a list of records each has it.
func (x *index) entry(e conf.Entry, form dialect.Form, by map[*dialect.Dialect]float64, met map[*dialect.Key]bool, o owners) {
	end := strings.ToLower(lastPart(e.Key))
	fold := foldsKey(form.Kind, e.Key)
	counted := map[*dialect.Dialect]bool{}
	for _, h := range x.by[end] {
		if counted[h.d] || h.k.Role == dialect.Known || !fitsForm(h.d, form) && !o.embeds(h, e.Key) || !matchesKey(h.k, e.Key, fold) || !fold && !anySame(h.k, e.Key) {
			continue
		}
		if h.k.Role == dialect.Host && mailURL.MatchString(e.Value) {
			continue // another application's key of the same name
		}
		counted[h.d] = true
		if met[h.k] {
			continue
		}
		met[h.k] = true
		by[h.d] += 0.4 + x.rare[end]
		if h.k.Role == dialect.URL && mailURL.MatchString(e.Value) {
			by[h.d] += worthURL
		}
	}
	if len(counted) > 0 {
		for d := range by {
			if !counted[d] {
				by[d] -= 0.3
			}
		}
	}
}

// worthURL is what a mail URL adds to the key that holds it: the value alone says
// what it is for.
const worthURL = 2

var mailURL = regexp.MustCompile(`^(smtps?|submissions?|failover\(smtps?|[a-z]+\+(smtps?|api)):?//`)

// anySame: names of variables are told apart by case.
func anySame(k *dialect.Key, key string) bool {
	return fits(k.Name, key, false) || slices.ContainsFunc(k.Also, func(n string) bool { return fits(n, key, false) })
}

var mailWords = []string{"mail", "smtp", "resend", "sendgrid", "mailgun", "postmark", "relay"}

func mailish(key string) bool {
	key = strings.ToLower(key)
	return slices.ContainsFunc(mailWords, func(w string) bool { return strings.Contains(key, w) })
}

// extra is what marks, file name, image and packages say.
func extra(d *dialect.Dialect, name, raw string, t *conf.Text, s conf.Scope, around clues) float64 {
	n := 0.0
	for _, m := range d.Marks {
		if marked(m, name, raw, t, s) {
			n += float64(m.Worth)
		}
	}
	base := path.Base(name)
	for _, f := range d.Files {
		if ok, _ := path.Match(f, base); ok && f != "*" {
			n += 1.5
			break
		}
	}
	image, _ := cutTag(s.Image)
	if image != "" && slices.ContainsFunc(d.Images, func(i string) bool { return i == image || strings.HasSuffix(image, "/"+i) }) {
		n += worthImage
	}
	if slices.ContainsFunc(d.Packages, func(p string) bool { _, ok := around.packages[p]; return ok }) {
		n += 6
	}
	return n
}

func marked(m dialect.Mark, name, raw string, t *conf.Text, s conf.Scope) bool {
	if m.File != "" {
		if ok, _ := path.Match(m.File, path.Base(name)); !ok {
			return false
		}
	}
	if m.Key == "" {
		return m.Value == "" || strings.Contains(raw, m.Value)
	}
	return slices.ContainsFunc(t.Entries, func(e conf.Entry) bool {
		if s.Name != "" && e.Scope != s.Name || !markKey(m.Key, e.Key, t.Kind) {
			return false
		}
		if m.Value == "" {
			return true
		}
		ok, _ := path.Match(m.Value, e.Value)
		return ok || m.Value == e.Value
	})
}

// markKey: the pattern is the end of the key; a fragment is not enough.
func markKey(pattern, key string, kind conf.Kind) bool {
	return strings.Count(pattern, ".") <= strings.Count(key, ".") && fits(pattern, key, kind != conf.YAML || foldsKey(kind, key))
}

// variable is a name that only a variable of the environment has.
var variable = regexp.MustCompile(`^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$`)

// foldsKey reports whether a key is the same in any case. Names of variables are
// not, wherever they stand.
func foldsKey(kind conf.Kind, key string) bool {
	switch kind {
	case conf.Dotenv, conf.EnvList, conf.Command:
		return false
	case conf.YAML:
		return !variable.MatchString(lastPart(key))
	}
	return true
}

// cutTag parts an image and its tag.
func cutTag(image string) (name, tag string) {
	image, _, _ = strings.Cut(image, "@")
	i := strings.LastIndexByte(image, ':')
	if i < 0 || strings.Contains(image[i:], "/") {
		return image, ""
	}
	return image[:i], image[i+1:]
}

// fitsForm reports whether a dialect is written in a form. Environment variables
// come in several.
func fitsForm(d *dialect.Dialect, form dialect.Form) bool {
	return slices.ContainsFunc(append([]dialect.Form{d.Form}, d.Also...), func(f dialect.Form) bool {
		if f.Kind == conf.Code {
			return form.Kind == conf.Code && (form.Flavour == f.Flavour || form.Flavour == conf.Usual)
		}
		if f.Kind == conf.Dotenv {
			return form.Kind == conf.Dotenv || form.Kind == conf.EnvList || form.Kind == conf.Command
		}
		if f.Kind == conf.Words && f.Flavour != conf.Usual && form.Flavour != conf.Usual {
			return form.Kind == conf.Words && form.Flavour == f.Flavour
		}
		return form.Kind == f.Kind
	})
}

// formsOf are the forms that a text may be in, by its name, else by how it looks.
func formsOf(name, raw string) []dialect.Form {
	base := strings.ToLower(path.Base(name))
	switch ext := path.Ext(base); {
	case strings.HasSuffix(base, ".ini.php"): // an INI file behind a line of PHP
		return []dialect.Form{dialect.INI}
	case ext == ".php":
		return []dialect.Form{dialect.PHP}
	case slices.Contains([]string{".js", ".ts", ".mjs", ".cjs", ".mts", ".cts", ".jsx", ".tsx"}, ext):
		return []dialect.Form{dialect.JS}
	case ext == ".py":
		return []dialect.Form{dialect.Python}
	case ext == ".rb":
		return []dialect.Form{dialect.Ruby}
	case ext == ".ex" || ext == ".exs":
		return []dialect.Form{dialect.Elixir}
	case ext == ".go":
		return []dialect.Form{dialect.Go}
	case ext == ".java" || ext == ".kt" || ext == ".cs":
		return []dialect.Form{{Kind: conf.Code, Flavour: conf.Usual}}
	case ext == ".sql":
		return []dialect.Form{dialect.SQL}
	case ext == ".groovy":
		return []dialect.Form{dialect.Groovy}
	case ext == ".json":
		return []dialect.Form{dialect.JSON}
	case ext == ".toml":
		return []dialect.Form{dialect.TOML}
	case ext == ".properties":
		return []dialect.Form{dialect.Properties}
	case ext == ".ini":
		return []dialect.Form{dialect.INI, dialect.GoINI}
	case ext == ".yml" || ext == ".yaml":
		return []dialect.Form{dialect.YAML, {Kind: conf.EnvList}}
	case strings.HasPrefix(base, ".env") || ext == ".env":
		return []dialect.Form{dialect.Env}
	case base == "main.cf":
		return []dialect.Form{{Kind: conf.Words, Flavour: conf.Postfix}}
	case strings.Contains(base, "msmtprc"):
		return []dialect.Form{{Kind: conf.Words, Flavour: conf.MSMTP}}
	}
	return guessForms(raw)
}

// guessForms are the forms that a text without a telling name looks like.
func guessForms(raw string) []dialect.Form {
	trimmed := strings.TrimSpace(raw)
	kind, flavour := conf.DetectEnv("", raw)
	forms := []dialect.Form{{Kind: kind, Flavour: flavour}}
	switch {
	case strings.HasPrefix(trimmed, "{"), strings.HasPrefix(trimmed, `"`):
		forms = append(forms, dialect.JSON)
	case strings.HasPrefix(trimmed, "["):
		forms = append(forms, dialect.INI, dialect.GoINI, dialect.TOML, dialect.JSON)
	}
	code := dialect.Form{Kind: conf.Code, Flavour: conf.DetectCode("", raw)}
	for _, f := range []dialect.Form{dialect.YAML, code, dialect.INI, dialect.TOML, dialect.Properties,
		{Kind: conf.Words, Flavour: conf.Postfix}, {Kind: conf.Words, Flavour: conf.MSMTP}, {Kind: conf.Words, Flavour: conf.SSMTP}, {Kind: conf.Words, Flavour: conf.Debconf}, {Kind: conf.Words, Flavour: conf.Proxmox}, dialect.Commands, dialect.SQL} {
		if !slices.Contains(forms, f) {
			forms = append(forms, f)
		}
	}
	return forms
}
