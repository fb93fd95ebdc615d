package settings

import (
	"slices"
	"strings"

	"github.com/maildoctor/maildoctor/internal/conf"
	"github.com/maildoctor/maildoctor/internal/dialect"
)

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
			if e.Off && a.isKey(f, k, e.Key) && a.inScope(e) && a.plausible(f, e) {
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
	if n > o { // a fragment: what its path lacks at the front, the new one lacks too
		missing, rest := strings.Split(name, ".")[:n-o], strings.Split(added, ".")
		if len(rest) > len(missing) && slices.Equal(rest[:len(missing)], missing) {
			return strings.Join(rest[len(missing):], ".")
		}
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
