package settings

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/maildoctor/maildoctor/internal/conf"
	"github.com/maildoctor/maildoctor/internal/dialect"
	"github.com/maildoctor/maildoctor/internal/target"
)

// change is a setting as it would be after a correction.
type change struct {
	text   string
	typ    conf.Type
	absent bool
}

// outcome is what an engine makes of the switches.
type outcome struct {
	dialect.Effect
	Refused string // a switch has a value that the application does not know
}

// switchOf is one switch of encryption: the key, and what is set, if anything.
type switchOf struct {
	key   *dialect.Key
	value *Value // nil where it is not set
}

// switches lists the switches that this release reads, set or not, without
// those of keys that do not stand here and belong to a URL that is not there.
func (a *App) switches() []switchOf {
	var out []switchOf
	seen := map[*dialect.Key]bool{}
	for _, v := range a.values {
		if v.Role.Switch() && v.Key.Read(a.Version) && v.Part != scheme {
			out = append(out, switchOf{v.Key, v})
			seen[v.Key] = true
		}
		if v.Part == scheme {
			out = append(out, switchOf{schemeKey(a.Dialect, v), v})
		}
	}
	keys := make([]*dialect.Key, 0, len(a.Dialect.Keys))
	for i := range a.Dialect.Keys {
		keys = append(keys, &a.Dialect.Keys[i])
	}
	if a.url() != nil {
		for i := range a.Dialect.Params.Options {
			keys = append(keys, &a.Dialect.Params.Options[i])
		}
	}
	for _, k := range keys {
		if k.Role.Switch() && k.Read(a.Version) && !seen[k] {
			out = append(out, switchOf{k, nil})
		}
	}
	return out
}

// schemeKey is the scheme of a URL as a switch.
func schemeKey(d *dialect.Dialect, v *Value) *dialect.Key {
	k := &dialect.Key{Name: v.Key.Name, Role: dialect.Scheme, Words: d.Params.Schemes, Else: cmp.Or(v.Key.Else, "=")}
	if w := bridge(d, v.Text); w != nil {
		k.Words = append(slices.Clone(k.Words), *w)
	}
	return k
}

// bridge is what the scheme of a provider's bridge for Symfony Mailer means; nil
// for other schemes, and other clients.
func bridge(d *dialect.Dialect, scheme string) *dialect.Word {
	if !d.Params.Bridges || slices.ContainsFunc(d.Params.Schemes, func(w dialect.Word) bool { return strings.EqualFold(w.V, scheme) }) {
		return nil
	}
	return dialect.BridgeWord(strings.ToLower(scheme))
}

// url is the mail URL that is set, or nil.
func (a *App) url() *Value {
	for _, v := range a.set(dialect.URL) {
		if v.Text != "" && !v.Unknown {
			return v
		}
	}
	return nil
}

// effect is what the client does with the switches, those in changes replaced.
func (a *App) effect(changes map[*dialect.Key]change, port uint16) outcome {
	d := a.Dialect
	if d.Mode == nil {
		return outcome{}
	}
	in := dialect.In{
		Version: a.Version, Host: strings.ToLower(a.text(dialect.Host)), Port: port, P: d.Params,
		Bools: map[dialect.Role]dialect.Tri{}, Words: map[dialect.Role]*dialect.Word{}, Text: map[dialect.Role]string{},
	}
	refused := ""
	for _, s := range a.switches() {
		text, typ, set, unknown := s.now(a.Version, a.bools(s.key))
		if c, ok := changes[s.id()]; ok {
			text, typ, set, unknown = c.text, c.typ, !c.absent, false
			if c.absent {
				text, typ, set = s.key.Default, defaultType(a.bools(s.key), s.key.Default), s.key.Default != ""
			}
		}
		if set {
			a.feed(&in, s.key, text, typ, unknown)
		}
		if set && !unknown && a.refuses(s.key, text, typ) {
			refused = fmt.Sprintf("%s does not take the value of %s", d.App, s.key.Name)
		}
	}
	e := outcome{Effect: d.Mode(in)}
	if refused != "" {
		e.Mode, e.Refused = target.Unknown, refused
	}
	return e
}

// refuses reports whether the application does not take a value of a switch.
func (a *App) refuses(k *dialect.Key, text string, typ conf.Type) bool {
	if text == "" || !k.Read(a.Version) {
		return false
	}
	if len(k.Words) > 0 {
		w, known := a.word(k, text)
		return !known || w != nil && w.Not && w.Mode == target.Unknown
	}
	return a.bools(k) == dialect.ZeroOne && a.bools(k).Read(text, typ) == dialect.Invalid
}

// id is what a switch is known by in a set of changes: the scheme of a URL by
// the URL's key.
func (s switchOf) id() *dialect.Key {
	if s.value != nil && s.value.Part == scheme {
		return s.value.Key
	}
	return s.key
}

// now is the switch as it stands: set, or by default.
func (s switchOf) now(v dialect.Version, b dialect.Bools) (text string, typ conf.Type, set, unknown bool) {
	if s.value != nil && (s.value.Text != "" || s.value.Unknown || s.key.Default == "") {
		return s.value.Text, s.value.Type, true, s.value.Unknown
	}
	if superseded(s.key, v) {
		return "", conf.String, false, false
	}
	return s.key.Default, defaultType(b, s.key.Default), s.key.Default != "", false
}

// defaultType is the type of a default: for a reader that takes any text for
// true, true and false are literals of its own.
func defaultType(b dialect.Bools, text string) conf.Type {
	if (b == dialect.Strict || b == dialect.NonEmpty) && (text == "true" || text == "false") {
		return conf.Bool
	}
	return conf.String
}

// feed hands one switch to the engine.
func (a *App) feed(in *dialect.In, k *dialect.Key, text string, typ conf.Type, unknown bool) {
	if len(k.Words) > 0 {
		w, _ := a.word(k, text)
		if unknown {
			w = &dialect.Word{Mode: target.Unknown}
		}
		if w != nil && (in.Words[k.Role] == nil || in.Words[k.Role].Mode == target.NoMode) {
			in.Words[k.Role], in.Text[k.Role] = w, text
		}
		return
	}
	tri := a.bools(k).Read(text, typ)
	if unknown {
		tri = dialect.Unreadable
	}
	if typ == conf.Null || text == "" && a.bools(k) != dialect.NonEmpty && a.bools(k) != dialect.NotFalse {
		tri = dialect.Unset
	}
	if tri > in.Bools[k.Role] && in.Bools[k.Role] != dialect.Yes {
		in.Bools[k.Role] = tri
	}
}

// bools is how a bool of a key is read. Where the settings of a library that is
// used in code come as variables, the code has to understand their text.
func (a *App) bools(k *dialect.Key) dialect.Bools {
	b := cmp.Or(k.Bools, a.Dialect.Params.Bools)
	if b == dialect.Strict && a.variables() {
		return dialect.Usual
	}
	return b
}

// variables reports whether all files hold variables of the environment.
func (a *App) variables() bool {
	return !slices.ContainsFunc(a.Files, func(f *File) bool {
		return f.Text.Kind != conf.Dotenv && f.Text.Kind != conf.EnvList && f.Text.Kind != conf.Command
	})
}

// word is the word of a key that a value is; false where the application does
// not know it. A value that it ignores gives nil and true.
func (a *App) word(k *dialect.Key, text string) (*dialect.Word, bool) {
	find := func(text string) *dialect.Word {
		i := slices.IndexFunc(k.Words, func(w dialect.Word) bool {
			same := w.V == text || !a.Dialect.Params.Case && strings.EqualFold(w.V, text)
			return same && a.Version.Is(w.Since, w.Until)
		})
		if i < 0 {
			return nil
		}
		return &k.Words[i]
	}
	text = strings.TrimSpace(text)
	if w := find(text); w != nil {
		return w, true
	}
	switch k.Else {
	case "":
		return nil, false
	case "=":
		return find(k.Default), true
	}
	return find(k.Else), true
}

// Endpoint is where the client connects: the port is the one set, else what the
// application takes for its mode.
func (a *App) endpoint(changes map[*dialect.Key]change) (port uint16, e outcome) {
	if v, ok := a.get(dialect.Port); ok && !v.Default {
		port = number(v.Text)
		return port, a.effect(changes, port)
	}
	if v, ok := a.get(dialect.Port); ok && v.Default && number(v.Text) != 0 && a.Dialect.Params.DefaultPort == "" {
		port = number(v.Text)
		return port, a.effect(changes, port)
	}
	e = a.effect(changes, 0)
	port = e.Port
	if ports := strings.Split(a.Dialect.Params.DefaultPort, "/"); len(ports) == 3 {
		i := slices.Index([]target.Mode{target.STARTTLS, target.Implicit, target.Cleartext}, e.Mode)
		port = number(ports[max(i, 0)])
	}
	return port, a.effect(changes, port)
}

// number is a port, or 0 for what is none.
func number(s string) uint16 {
	n, err := strconv.ParseUint(strings.TrimSpace(s), 10, 16)
	if err != nil {
		return 0
	}
	return uint16(n)
}

// says writes the switches that are set as the files have them: "MAIL_SCHEME=smtps".
func (a *App) says() string {
	var out []string
	for _, s := range a.switches() {
		if s.value == nil || s.value.Unknown {
			continue
		}
		if s.value.Part == scheme {
			out = append(out, fmt.Sprintf("%s=%s://...", s.value.Name(), s.value.Text))
			continue
		}
		out = append(out, fmt.Sprintf("%s=%s", cmp.Or(s.value.Option, s.value.Name()), s.value.Text))
	}
	return strings.Join(out, ", ")
}
