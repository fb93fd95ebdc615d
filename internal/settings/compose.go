package settings

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/maildoctor/maildoctor/internal/conf"
	"github.com/maildoctor/maildoctor/internal/dialect"
	"github.com/maildoctor/maildoctor/internal/evidence"
)

// envFiles gives the applications of compose services the files that their
// env_file names. What stands under environment wins over them, and a later
// file over an earlier one.
func (l *loader) envFiles(apps []*App) []*App {
	for _, a := range slices.Clone(apps) {
		for _, f := range slices.Clone(a.Files) {
			s, ok := scopeNamed(f.Text, a.Scope)
			if !ok {
				continue
			}
			at := 0
			for _, name := range s.EnvFiles {
				file := l.envFile(path.Join(path.Dir(f.Name), name))
				if file == nil || slices.ContainsFunc(a.Files, func(o *File) bool { return o.Name == file.Name }) {
					continue
				}
				a.Files = slices.Insert(a.Files, at, file)
				at++
				apps = without(apps, file.Name)
			}
		}
	}
	return apps
}

// without takes a file from the applications that it was taken for when it was met
// alone, and those that have no other.
func without(apps []*App, name string) []*App {
	for _, a := range apps {
		if a.Scope == "" {
			a.Files = slices.DeleteFunc(a.Files, func(f *File) bool { return f.Name == name })
		}
	}
	return slices.DeleteFunc(apps, func(a *App) bool { return len(a.Files) == 0 })
}

// byEnvFiles finds the applications of services that have nothing but an env_file:
// by their image, and by what that file holds.
func (l *loader) byEnvFiles(apps []*App, name string, t *conf.Text, around clues) []*App {
	for _, s := range t.Scopes {
		known := slices.ContainsFunc(apps, func(a *App) bool {
			return a.Scope == s.Name && slices.ContainsFunc(a.Files, func(f *File) bool { return f.Name == shownName(name) })
		})
		for _, env := range s.EnvFiles {
			file := l.envFile(path.Join(path.Dir(name), env))
			if known || file == nil {
				continue
			}
			one := *file.Text
			one.Scopes = []conf.Scope{{Image: s.Image}}
			all := l.index.score(env, one.Raw, &one, file.Form, around)
			if known = len(all) > 0 && all[0].score >= enough; known {
				compose := &File{Name: shownName(name), Text: t, Form: dialect.Form{Kind: conf.EnvList}}
				apps = append(apps, &App{Dialect: all[0].d, Version: l.version(all[0].d, s, around), Guessed: true, Scope: s.Name, Files: []*File{compose}})
			}
		}
	}
	return apps
}

func scopeNamed(t *conf.Text, name string) (conf.Scope, bool) {
	i := slices.IndexFunc(t.Scopes, func(s conf.Scope) bool { return s.Name == name })
	if i < 0 || name == "" {
		return conf.Scope{}, false
	}
	return t.Scopes[i], true
}

func (l *loader) envFile(name string) *File {
	raw, why := l.read(name)
	if why != "" {
		return nil
	}
	form := dialect.Form{Kind: conf.Dotenv, Flavour: conf.ComposeEnv}
	return &File{Name: name, Text: conf.Parse(raw, form.Kind, form.Flavour), Form: form}
}

// fed leaves out a .env that only fills in the variables of the compose file beside
// it: its settings are those of a service, and are judged there.
func fed(apps []*App) []*App {
	return slices.DeleteFunc(slices.Clone(apps), func(a *App) bool {
		if len(a.Files) != 1 || path.Base(a.Files[0].Name) != ".env" {
			return false
		}
		return slices.ContainsFunc(apps, func(o *App) bool {
			return slices.ContainsFunc(o.Files, func(f *File) bool { return composeFile.MatchString(path.Base(f.Name)) && o.asksFor(f, a) })
		})
	})
}

// asksFor reports whether a mail setting of a compose file is filled in from the
// settings of another application.
func (a *App) asksFor(f *File, from *App) bool {
	return slices.ContainsFunc(f.Text.Entries, func(e conf.Entry) bool {
		return !e.Off && a.inScope(e) && slices.ContainsFunc(a.Dialect.Keys, func(k dialect.Key) bool { return matchesKey(&k, e.Key, false) }) &&
			slices.ContainsFunc(asked(f.Text, e), func(name string) bool { _, ok := from.Files[0].Text.Last(name, ""); return ok })
	})
}

// asked are the variables that an entry of a compose file asks for: those in its
// value, or that of its own name where it has none.
func asked(t *conf.Text, e conf.Entry) []string {
	if e.Type == conf.Null {
		return []string{e.Key}
	}
	var out []string
	for _, m := range reference.FindAllStringSubmatch(t.Code(e), -1) {
		out = append(out, m[1])
	}
	return out
}

var reference = regexp.MustCompile(`\$\{?([A-Za-z_][A-Za-z0-9_]*)`)

// unpassed finds settings in a .env beside a compose file that starts their very
// application and hands none of them on: such a .env only fills in ${NAME}.
func (l *loader) unpassed(apps []*App, texts map[string]*conf.Text) {
	for _, a := range apps {
		if len(a.Files) != 1 || path.Base(a.Files[0].Name) != ".env" || len(a.Dialect.Images) == 0 {
			continue
		}
		for name, t := range texts {
			for _, s := range t.Scopes {
				if image, _ := cutTag(s.Image); hasImage(a.Dialect, image) && !hands(t, s, a) {
					a.unpassed = &evidence.Origin{File: name, Line: s.Line, Key: s.Name}
				}
			}
		}
	}
}

func hasImage(d *dialect.Dialect, image string) bool {
	return image != "" && slices.ContainsFunc(d.Images, func(i string) bool { return i == image || strings.HasSuffix(image, "/"+i) })
}

// hands reports whether a service gets the settings of an application: by
// env_file, or by a variable that it names.
func hands(t *conf.Text, s conf.Scope, a *App) bool {
	if len(s.EnvFiles) > 0 {
		return true
	}
	return slices.ContainsFunc(t.Entries, func(e conf.Entry) bool {
		return e.Scope == s.Name && !e.Off && slices.ContainsFunc(a.Dialect.Keys, func(k dialect.Key) bool { return matchesKey(&k, e.Key, false) })
	})
}

// passed tells of settings that do not reach the container.
func (c *Channel) passed() {
	o := c.App.unpassed
	if o == nil {
		return
	}
	c.say(evidence.Remark{Check: "setting-not-passed", From: evidence.Origin{File: c.Evidence.File}, Summary: fmt.Sprintf("These settings do not reach the service %s of %s", o.Key, path.Base(o.File)),
		Detail: "Docker Compose reads a .env beside it only to fill in ${NAME}. The container gets what stands under environment or env_file of its service, and there is none of this.",
		Fix:    []string{fmt.Sprintf("Add \"env_file: .env\" to the service %s in %s (line %d), or name the variables under environment", o.Key, o.File, o.Line)}})
}
