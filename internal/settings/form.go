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

// ofSame finds the application of the same directory, dialect and scope.
func ofSame(apps []*App, d *dialect.Dialect, scope string) *App {
	for _, a := range apps {
		if a.Dialect == d && a.Scope == scope {
			return a
		}
	}
	return nil
}

// another reports whether a text of JavaScript is a program beside those of the
// application: each names a server of its own, and no file there wins over
// another. Other languages layer their settings by the environment.
func (a *App) another(c candidate) bool {
	return c.form == dialect.JS && holdsServer(c.d, c.text) && slices.ContainsFunc(a.Files, func(f *File) bool {
		return f.Form == dialect.JS && holdsServer(a.Dialect, f.Text)
	})
}

// holdsServer reports whether a text holds a host of the dialect, or a mail URL.
func holdsServer(d *dialect.Dialect, t *conf.Text) bool {
	return slices.ContainsFunc(t.Entries, func(e conf.Entry) bool {
		return !e.Off && slices.ContainsFunc(d.Keys, func(k dialect.Key) bool {
			return namesServer(k.Role) && e.Type != conf.Branch && matchesKey(&k, e.Key, true)
		})
	})
}

// scopesOf are the parts of a text to read one by one: those that hold a key of
// the dialect.
func scopesOf(t *conf.Text, d *dialect.Dialect) []conf.Scope {
	var out []conf.Scope
	for _, s := range ownScopes(t) {
		if slices.ContainsFunc(t.Entries, func(e conf.Entry) bool {
			return e.Scope == s.Name && slices.ContainsFunc(d.Keys, func(k dialect.Key) bool { return matchesKey(&k, e.Key, false) })
		}) {
			out = append(out, s)
		}
	}
	if len(out) == 0 {
		return []conf.Scope{{}}
	}
	return out
}

// ownScopes are the scopes that stand for themselves: what msmtp has under
// defaults belongs to every account.
func ownScopes(t *conf.Text) []conf.Scope {
	if len(t.Scopes) < 2 {
		return t.Scopes
	}
	return slices.DeleteFunc(slices.Clone(t.Scopes), func(s conf.Scope) bool { return s.Name == "defaults" && t.Kind == conf.Words })
}

// formFor is the form of a text that is to be read in a dialect.
func formFor(d *dialect.Dialect, name, raw string) dialect.Form {
	forms := ofLooks(ofExtension(append([]dialect.Form{d.Form}, d.Also...), name), raw)
	if ext := strings.ToLower(path.Ext(name)); d.Form.Kind == conf.INI && (ext == ".yaml" || ext == ".yml") {
		forms = append(slices.Clone(forms), dialect.YAML) // a chart holds the file as a tree
	}
	best, most := forms[0], -1
	for _, f := range forms {
		for _, f := range variants(f, name, raw) {
			t := conf.Parse(raw, f.Kind, f.Flavour)
			n := 0
			for _, e := range t.Entries {
				known := e.Type != conf.Branch && (e.Type != conf.Expr || e.Env != "" || f.Kind != conf.Code)
				if e.Off || !known || !slices.ContainsFunc(d.Keys, func(k dialect.Key) bool { return matchesKey(&k, e.Key, true) }) {
					continue
				}
				if n += 2; slices.ContainsFunc(e.Quirks, func(q conf.Quirk) bool { return q.Kind == conf.KeptQuotes || q.Kind == conf.BadSyntax }) {
					n-- // another form may read it without ado
				}
			}
			if t.Broken != "" {
				n--
			}
			if n > most {
				best, most = f, n
			}
		}
	}
	return best
}

// ofExtension are the forms that a file with such a name comes in; all of them
// where the name tells none.
func ofExtension(forms []dialect.Form, name string) []dialect.Form {
	kinds := map[string][]conf.Kind{
		".yml": {conf.YAML, conf.Dotenv}, ".yaml": {conf.YAML, conf.Dotenv}, ".json": {conf.JSON, conf.Dotenv}, ".toml": {conf.TOML}, ".properties": {conf.Properties},
		".py": {conf.Code}, ".rb": {conf.Code}, ".exs": {conf.Code}, ".go": {conf.Code}, ".js": {conf.Code}, ".mjs": {conf.Code}, ".cjs": {conf.Code}, ".ts": {conf.Code},
	}[strings.ToLower(path.Ext(name))]
	fit := slices.DeleteFunc(slices.Clone(forms), func(f dialect.Form) bool { return !slices.Contains(kinds, f.Kind) })
	if len(fit) == 0 {
		return forms
	}
	return fit
}

// section is the head of one.
var section = regexp.MustCompile(`(?m)^[ \t]*\[[^\]\r\n=]+\][ \t]*\r?$`)

// ofLooks leaves out variables of the environment where the text has sections: in
// a flat reading, all their keys would be one heap.
func ofLooks(forms []dialect.Form, raw string) []dialect.Form {
	sections := func(f dialect.Form) bool { return f.Kind == conf.INI || f.Kind == conf.TOML }
	if !slices.ContainsFunc(forms, sections) || !section.MatchString(raw) {
		return forms
	}
	return slices.DeleteFunc(slices.Clone(forms), func(f dialect.Form) bool { return f.Kind == conf.Dotenv })
}

// variants are the texts that a form may come in: variables of the environment
// in whatever hands them over.
func variants(f dialect.Form, name, raw string) []dialect.Form {
	if f.Kind != conf.Dotenv {
		return []dialect.Form{f}
	}
	kind, flavour := conf.DetectEnv(name, raw)
	if kind == conf.Dotenv {
		return []dialect.Form{{Kind: kind, Flavour: cmp.Or(f.Flavour, flavour)}}
	}
	return []dialect.Form{{Kind: kind, Flavour: flavour}, f}
}
