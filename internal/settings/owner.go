package settings

import (
	"path"
	"slices"
	"strings"

	"github.com/maildoctor/maildoctor/internal/conf"
	"github.com/maildoctor/maildoctor/internal/dialect"
)

// worthImage is what an image says of a dialect: nearly all.
const worthImage = 10

// owners are the applications that a YAML text names as its own: by the images
// of a pod or chart, and by a file that a chart has as a key (grafana.ini:).
type owners struct {
	images []conf.Scope
	files  []string
}

func ownersOf(raw string, t *conf.Text) owners {
	var o owners
	if t.Kind != conf.YAML {
		return o
	}
	if strings.Contains(raw, "image") {
		for _, s := range conf.Parse(raw, conf.EnvList, conf.Usual).Scopes {
			if known(s) {
				o.images = append(o.images, s)
			}
		}
	}
	for _, e := range t.Entries {
		if e.Type == conf.Branch && !e.Off && strings.HasSuffix(e.Key, ".ini") {
			o.files = append(o.files, e.Key)
		}
	}
	return o
}

// known reports whether the image of a scope is that of a dialect.
func known(s conf.Scope) bool {
	image, _ := cutTag(s.Image)
	return slices.ContainsFunc(dialect.All(), func(d *dialect.Dialect) bool { return hasImage(d, image) })
}

// has reports whether the text names a dialect's application.
func (o owners) has(d *dialect.Dialect) bool {
	return o.scope(d, conf.Scope{}).Image != "" || slices.ContainsFunc(o.files, func(key string) bool { return hasFile(d, key) })
}

// hasFile reports whether the key of a branch ends with the name of a dialect's file.
func hasFile(d *dialect.Dialect, key string) bool {
	return slices.ContainsFunc(d.Files, func(f string) bool {
		return path.Ext(f) == ".ini" && (key == f || strings.HasSuffix(key, "."+f))
	})
}

// allows reports whether a text may be of a dialect: the image at the top of a
// chart, and a file that it holds, leave no other.
func (o owners) allows(d *dialect.Dialect) bool {
	top := slices.ContainsFunc(o.images, func(s conf.Scope) bool { return s.Name == "" })
	return !top && len(o.files) == 0 || o.has(d)
}

// scope is that of the dialect's image, as far as the whole text is read with it.
func (o owners) scope(d *dialect.Dialect, s conf.Scope) conf.Scope {
	for _, i := range o.images {
		if image, _ := cutTag(i.Image); hasImage(d, image) {
			return conf.Scope{Image: i.Image, Line: i.Line}
		}
	}
	return s
}

// embeds reports whether a key is one of an INI file that the text holds as a tree,
// section and all. A variable of the environment in YAML is no such key.
func (o owners) embeds(h hit, key string) bool {
	return h.d.Form.Kind == conf.INI && slices.ContainsFunc(append([]string{h.k.Name}, h.k.Also...), func(name string) bool {
		return strings.Contains(name, ".") && wholePath(name, key) && fits(name, key, true)
	}) && o.has(h.d)
}

// worthServer is what speaks against a dialect that calls the server otherwise
// than the text does. Keys of a tree are common words, and one mark is no proof.
const worthServer = 6

// misnamed reports whether a text has the server under a name that is none of the
// dialect's, and under none that is.
func misnamed(d *dialect.Dialect, t *conf.Text, s conf.Scope) bool {
	host, ok := d.KeyOf(dialect.Host, dialect.Version{})
	if !ok {
		return false
	}
	wrong := false
	for _, e := range t.Entries {
		if e.Off || e.Type == conf.Branch || s.Name != "" && e.Scope != s.Name {
			continue
		}
		if slices.ContainsFunc(d.Keys, func(k dialect.Key) bool { return namesServer(k.Role) && matchesKey(&k, e.Key, true) }) {
			return false
		}
		wrong = wrong || slices.ContainsFunc(d.Mistaken, func(w dialect.Wrong) bool {
			return w.Right == host.Name && markKey(w.Name, e.Key, t.Kind)
		})
	}
	return wrong
}

func namesServer(r dialect.Role) bool {
	return r == dialect.Host || r == dialect.HostPort || r == dialect.URL || r == dialect.Service
}
