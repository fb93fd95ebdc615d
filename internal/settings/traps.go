package settings

import (
	"slices"
	"strings"

	"github.com/maildoctor/maildoctor/internal/conf"
	"github.com/maildoctor/maildoctor/internal/dialect"
	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/target"
)

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

// facts is what a trap may look at.
type facts struct{ c *Channel }

func (f facts) Get(key string) (string, bool) {
	if key == "image" {
		image := f.c.App.image()
		return image, image != ""
	}
	for _, v := range f.c.App.values {
		if v.Part == whole && matchesKey(v.Key, key, false) && fits(key, v.Entry.Key, true) {
			return v.given(), true
		}
	}
	for i := len(f.c.App.Files) - 1; i >= 0; i-- {
		if e, ok := f.c.App.entry(f.c.App.Files[i], key); ok {
			return e.Value, true
		}
	}
	return "", false
}

func (f facts) Role(r dialect.Role) string {
	if v, ok := f.c.App.get(r); ok {
		return v.given()
	}
	return ""
}

func (f facts) Mode() target.Mode { return f.c.Evidence.Mode.Is }

func (f facts) Port() uint16 { return number(f.c.Evidence.Port.V) }

func (f facts) Has(name string) bool { return f.c.App.has(name) || f.c.App.branch(name) }

func (f facts) Mentions(text string) bool {
	return slices.ContainsFunc(f.c.App.Files, func(file *File) bool { return strings.Contains(file.Text.Raw, text) })
}

func (f facts) Before(version string) bool { return f.c.App.Version.Before(version) }

func (f facts) VersionKnown() bool { return f.c.App.Version.Known() }

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
