// Package settings reads an application's mail settings as that application
// reads them: finds its files, merges them in its order, fills in its defaults,
// and says what its mail client will do. It knows what to change and writes the
// changed text. It opens files only through the fs.FS that it is given, and
// contacts nobody.
package settings

import (
	"cmp"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/maildoctor/maildoctor/internal/conf"
	"github.com/maildoctor/maildoctor/internal/dialect"
	"github.com/maildoctor/maildoctor/internal/evidence"
)

// App is one application as its files describe it: texts that are read together
// in one dialect. Of its files, later ones win.
type App struct {
	Dialect *dialect.Dialect
	Version dialect.Version
	Guessed bool // the dialect was told by the text
	Scope   string
	Files   []*File

	// Env are the variables that its files refer to: of other files beside it,
	// and of the process's environment.
	Env func(name string) (value string, ok bool)

	unpassed *evidence.Origin // the service of a compose file that these settings do not reach

	values []*Value // what was found, by key in the order of the dialect's table
}

// File is one text of an application.
type File struct {
	Name string
	Text *conf.Text
	Form dialect.Form

	paths bool // a key stands in it with its whole path
}

// Value is one setting of an application, or a part of one.
type Value struct {
	Key   *dialect.Key
	Role  dialect.Role
	File  *File
	Entry conf.Entry // of the file; of a default the zero Entry
	Part  part       // which part of the entry's value this is
	Text  string     // decoded
	Type  conf.Type
	// Unknown marks what is set by code or by an environment that is not here.
	Unknown bool
	Default bool // not set: Text is what the application takes
	Option  string

	fallback      bool   // the default that stands beside a variable which is not known here
	before, after string // what stands around a mail URL in a value that holds several
}

// part is a piece of a value that holds several settings.
type part string

// The parts; whole is the value itself.
const (
	whole  part = ""
	scheme part = "scheme"
	user   part = "user"
	pass   part = "password"
	host   part = "host"
	port   part = "port"
	option part = "option"
)

// origin is where a value stands.
func (v *Value) origin() evidence.Origin {
	o := evidence.Origin{Key: v.Name(), Line: v.Entry.Line, Column: v.Entry.Column}
	if v.File != nil {
		o.File = v.File.Name
	}
	return o
}

// Name is the key as the file has it, or as the dialect documents it.
func (v *Value) Name() string {
	if v.Entry.Key == "" {
		return v.Key.Name
	}
	return last(v.Entry.Key, v.Key)
}

// given is the text of a value. One that is set elsewhere is shown as a reference:
// nobody knows it, and it is not unset.
func (v *Value) given() string {
	if v.Unknown {
		return "${" + v.Name() + "}"
	}
	return v.Text
}

// last is the key of an entry without the path that the dialect does not speak
// of: "mailer.SMTP_ADDR" of "x.mailer.SMTP_ADDR".
func last(key string, k *dialect.Key) string {
	if k == nil {
		return key
	}
	for _, name := range append([]string{k.Name}, k.Also...) {
		if fits(name, key, true) {
			n := strings.Count(name, ".") + 1
			parts := strings.Split(key, ".")
			return strings.Join(parts[max(0, len(parts)-n):], ".")
		}
	}
	return key
}

// fits reports whether a key of a text is the one that a dialect names: the
// shorter of the two is the end of the longer one. "*" stands for one
// component, such as the index of a list.
func fits(name, key string, fold bool) bool {
	if name == key {
		return true
	}
	for {
		n, k := lastPart(name), lastPart(key)
		if n != k && !(fold && strings.EqualFold(n, k)) && !covers(n, k) {
			return false
		}
		if len(n) == len(name) || len(k) == len(key) {
			return true
		}
		name, key = name[:len(name)-len(n)-1], key[:len(key)-len(k)-1]
	}
}

// covers reports whether a component with a * in it stands for another.
func covers(pattern, part string) bool {
	if !strings.Contains(pattern, "*") {
		return false
	}
	ok, err := path.Match(pattern, part)
	return ok && err == nil
}

// Read finds the settings in the files. It is called once, before anything else.
func (a *App) Read() {
	if a.Env == nil {
		a.Env = func(string) (string, bool) { return "", false }
	}
	for _, f := range a.Files {
		f.paths = a.hasPaths(f)
	}
	for i := range a.Dialect.Keys {
		if v := a.find(&a.Dialect.Keys[i]); v != nil {
			a.values = append(a.values, v)
		}
	}
	for _, v := range slices.Clone(a.values) {
		a.values = append(a.values, a.split(v)...)
	}
}

// find is the entry of a key that is in force: the last one of the last file,
// under whichever of its names.
func (a *App) find(k *dialect.Key) *Value {
	for _, ok := range []func(name, key string) bool{wholePath, anyPath} {
		for i := len(a.Files) - 1; i >= 0; i-- {
			f := a.Files[i]
			for _, name := range append([]string{k.Name}, k.Also...) {
				if e, found := a.entryIf(f, name, ok); found {
					return a.value(k, f, e)
				}
			}
		}
	}
	return nil
}

// wholePath tells a key that has all of a name's path from a fragment, which
// counts only where nothing else is there: host of another object is not the
// mail server.
func wholePath(name, key string) bool { return strings.Count(key, ".") >= strings.Count(name, ".") }

func anyPath(string, string) bool { return true }

// hasPaths reports whether a file holds a key of the dialect with its whole path,
// section or object.
func (a *App) hasPaths(f *File) bool {
	return slices.ContainsFunc(f.Text.Entries, func(e conf.Entry) bool {
		return !e.Off && a.inScope(e) && slices.ContainsFunc(a.Dialect.Keys, func(k dialect.Key) bool {
			return slices.ContainsFunc(append([]string{k.Name}, k.Also...), func(name string) bool {
				return strings.Contains(name, ".") && wholePath(name, e.Key) && fits(name, e.Key, a.folds(f))
			})
		})
	})
}

// is reports whether a key of a file is the one that a dialect names. A part of
// its path will do in a piece of a file alone: where whole paths stand, server or
// password of another object is none of the mail's.
func (a *App) is(f *File, name, key string) bool {
	return fits(name, key, a.folds(f)) && (!f.paths || wholePath(name, key))
}

// isKey is the same for all names of a key.
func (a *App) isKey(f *File, k *dialect.Key, key string) bool {
	return a.is(f, k.Name, key) || slices.ContainsFunc(k.Also, func(n string) bool { return a.is(f, n, key) })
}

// entry is the last entry of a file that a name fits; one with the whole path
// comes before fragments.
func (a *App) entry(f *File, name string) (conf.Entry, bool) {
	if e, ok := a.entryIf(f, name, wholePath); ok {
		return e, true
	}
	return a.entryIf(f, name, anyPath)
}

func (a *App) entryIf(f *File, name string, ok func(name, key string) bool) (conf.Entry, bool) {
	best, found := conf.Entry{}, false
	for _, e := range f.Text.Entries {
		if e.Off || e.Type == conf.Branch || !a.inScope(e) || !a.is(f, name, e.Key) || !ok(name, e.Key) {
			continue
		}
		best, found = e, true
	}
	return best, found
}

// inScope reports whether an entry belongs to the process that is looked at.
func (a *App) inScope(e conf.Entry) bool {
	return a.Scope == "" || e.Scope == a.Scope || e.Scope == "" || e.Scope == "defaults"
}

// folds reports whether keys of such a file are the same in any case.
func (a *App) folds(f *File) bool {
	switch f.Text.Kind {
	case conf.INI, conf.Words, conf.JSON:
		return true
	}
	return false
}

func (a *App) value(k *dialect.Key, f *File, e conf.Entry) *Value {
	v := &Value{Key: k, Role: k.Role, File: f, Entry: e, Text: e.Value, Type: e.Type}
	if e.Type == conf.Expr {
		a.resolve(v)
	}
	if e.Type == conf.Null {
		v.Text = ""
	}
	if k.Percents && e.Type == conf.String {
		v.Text = strings.ReplaceAll(v.Text, "%%", "%")
	}
	return v
}

// written is a text as it stands in the file.
func (v *Value) written(text string) string {
	if v.Key.Percents {
		return strings.ReplaceAll(text, "%", "%%")
	}
	return text
}

// resolve replaces a reference to a variable by its value, where that is known
// here, or by the default that stands with it.
func (a *App) resolve(v *Value) {
	e := v.Entry
	if e.Env != "" {
		if text, ok := a.Env(e.Env); ok {
			v.Text, v.Type = converted(text, e.Convert)
			return
		}
		if e.Value != "" && !strings.Contains(e.Value, e.Env) {
			v.fallback = true
			v.Text, v.Type = converted(e.Value, e.Convert)
			return
		}
	}
	if t, ok := a.constant(e.Value); ok {
		v.Text, v.Type = t, conf.String
		return
	}
	v.Text, v.Unknown = "", true
}

// converted is the text of a variable as the code around it takes it.
func converted(text, by string) (string, conf.Type) {
	switch by {
	case "bool":
		return text, conf.Bool
	case "compare":
		return strconv.FormatBool(strings.EqualFold(text, "true")), conf.Bool
	case "int":
		return text, conf.Number
	}
	return text, conf.String
}

// constants are names that libraries have for a value of a switch.
var constants = map[string]string{
	"ENCRYPTION_STARTTLS": "tls", "ENCRYPTION_SMTPS": "ssl",
}

// constant reads a literal that is written as a name: the last part of
// PHPMailer::ENCRYPTION_SMTPS, SecureSocketOptions.StartTls.
func (a *App) constant(code string) (string, bool) {
	name := code[strings.LastIndexAny(code, ":.")+1:]
	if t, ok := constants[name]; ok {
		return t, true
	}
	for _, k := range a.Dialect.Keys {
		for _, w := range k.Words {
			if name != code && name != "" && strings.EqualFold(w.V, name) {
				return w.V, true
			}
		}
	}
	return "", false
}

// set are the values with a role that are set, in the order in which they
// count: what this release reads and is not superseded first.
func (a *App) set(r dialect.Role) []*Value {
	var out []*Value
	for _, v := range a.values {
		if v.Role == r && v.Key.Read(a.Version) {
			out = append(out, v)
		}
	}
	slices.SortStableFunc(out, func(x, y *Value) int {
		return cmp.Or(cmp.Compare(rankPart(x), rankPart(y)), compareBool(superseded(x.Key, a.Version), superseded(y.Key, a.Version)))
	})
	return out
}

// rankPart lets what a URL says win over the single keys.
func rankPart(v *Value) int {
	if v.Key.Role == dialect.URL || v.Key.Role == dialect.HostPort {
		return 0
	}
	return 1
}

func superseded(k *dialect.Key, v dialect.Version) bool {
	return k.Old != "" && (k.Old == "*" || v.AtLeast(k.Old))
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// get is the value in force for a role: the one that is set, else the default.
func (a *App) get(r dialect.Role) (*Value, bool) {
	for _, v := range a.set(r) {
		if v.Text != "" || v.Unknown {
			return v, true
		}
	}
	for i := range a.Dialect.Keys {
		k := &a.Dialect.Keys[i]
		if k.Role == r && k.Default != "" && k.Read(a.Version) && !superseded(k, a.Version) {
			return &Value{Key: k, Role: r, Text: k.Default, Type: defaultType(a.bools(k), k.Default), Default: true}, true
		}
	}
	if set := a.set(r); len(set) > 0 {
		return set[0], true
	}
	return nil, false
}

// text is the value in force for a role as text.
func (a *App) text(r dialect.Role) string {
	if v, ok := a.get(r); ok {
		return v.Text
	}
	return ""
}
