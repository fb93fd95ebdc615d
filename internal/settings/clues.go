package settings

import (
	"cmp"
	"encoding/json"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/maildoctor/maildoctor/internal/conf"
	"github.com/maildoctor/maildoctor/internal/dialect"
)

// version is the release of an application: as given, else the tag of its image,
// else what a lock file beside it says.
func (l *loader) version(d *dialect.Dialect, s conf.Scope, around clues) dialect.Version {
	if l.o.Version != "" {
		return dialect.ParseVersion(l.o.Version)
	}
	if _, tag := cutTag(s.Image); tag != "" {
		if v := dialect.ParseVersion(tag); v.Known() {
			return v
		}
	}
	for _, p := range d.Packages {
		if v := around.packages[p]; v != "" {
			return dialect.ParseVersion(v)
		}
	}
	return dialect.Version{}
}

// clues is what stands beside the files of a directory.
type clues struct {
	packages map[string]string // names of packages in use, with their release where a lock file tells
	env      map[string]string // of the .env beside them
}

// clues reads the lists of packages of a directory, and of the one above where a
// configuration directory is meant.
func (l *loader) clues(dir string) clues {
	c := clues{packages: map[string]string{}, env: map[string]string{}}
	dirs := []string{dir}
	if base := path.Base(dir); base == "config" || base == "packages" || base == "environments" || base == "initializers" {
		dirs = append(dirs, path.Dir(dir), path.Dir(path.Dir(dir)))
	}
	for _, d := range dirs {
		for _, name := range []string{"composer.json", "composer.lock", "package.json", "Gemfile.lock", "requirements.txt", "pyproject.toml", "go.mod", "mix.exs", "Cargo.toml"} {
			if raw, why := l.read(path.Join(d, name)); why == "" {
				readPackages(name, raw, c.packages)
			}
		}
		if raw, why := l.read(path.Join(d, ".env")); why == "" {
			for _, e := range conf.Parse(raw, conf.Dotenv, conf.Usual).Entries {
				if !e.Off && c.env[e.Key] == "" {
					c.env[e.Key] = e.Value
				}
			}
		}
	}
	return c
}

var (
	gemLine = regexp.MustCompile(`(?m)^    ([a-z0-9_\-]+) \(([^)]+)\)`)
	pyLine  = regexp.MustCompile(`(?mi)^\s*"?([a-z0-9_.\-]+)(?:\[[^\]]*\])?\s*(?:[=~<>!]=?\s*([0-9][0-9.]*))?`)
	goLine  = regexp.MustCompile(`(?m)^\s*([a-z0-9.\-]+\.[a-z]+/\S+) v(\S+)`)
	exLine  = regexp.MustCompile(`\{:([a-z_]+),`)
)

// readPackages lists the packages that a file names.
func readPackages(name, raw string, to map[string]string) {
	switch name {
	case "composer.json", "package.json":
		var f struct {
			Name            string
			Require         map[string]string
			Dependencies    map[string]string
			DevDependencies map[string]string `json:"devDependencies"`
		}
		if json.Unmarshal([]byte(raw), &f) == nil {
			to[f.Name] = cmp.Or(to[f.Name], "")
			for _, deps := range []map[string]string{f.Require, f.Dependencies, f.DevDependencies} {
				for p := range deps {
					to[p] = cmp.Or(to[p], "") // a range of releases is no release
				}
			}
		}
	case "composer.lock":
		var f struct {
			Packages []struct{ Name, Version string }
		}
		if json.Unmarshal([]byte(raw), &f) == nil {
			for _, p := range f.Packages {
				to[p.Name] = p.Version
			}
		}
	case "Gemfile.lock":
		collect(gemLine, raw, to)
	case "requirements.txt", "pyproject.toml":
		collect(pyLine, raw, to)
	case "go.mod":
		collect(goLine, raw, to)
	case "mix.exs":
		collect(exLine, raw, to)
	}
}

func collect(re *regexp.Regexp, raw string, to map[string]string) {
	for _, m := range re.FindAllStringSubmatch(raw, -1) {
		version := ""
		if len(m) > 2 {
			version = m[2]
		}
		to[strings.ToLower(m[1])] = version
	}
}

// environment is where references of a file are looked up: the other files of
// its application, the .env beside it, the environment of the process.
func environment(process map[string]string, a *App, around clues) func(string) (string, bool) {
	return func(name string) (string, bool) {
		for i := len(a.Files) - 1; i >= 0; i-- {
			if a.Files[i].Text.Kind == conf.Dotenv {
				if e, ok := a.Files[i].Text.Last(name, ""); ok && e.Type != conf.Expr {
					return e.Value, true
				}
			}
		}
		if v, ok := process[name]; ok {
			return v, true
		}
		v, ok := around.env[name]
		return v, ok
	}
}

// ranks of environment files: later ones win (Laravel, Symfony, Next.js, Rails).
func precedence(name string) int {
	base := path.Base(name)
	switch {
	case base == ".env":
		return 0
	case base == ".env.local":
		return 2
	case strings.HasPrefix(base, ".env.") && strings.HasSuffix(base, ".local"):
		return 3
	case strings.HasPrefix(base, ".env."):
		return 1
	}
	return 0
}

func sortByPrecedence(names []string) {
	slices.SortStableFunc(names, func(a, b string) int { return cmp.Or(cmp.Compare(precedence(a), precedence(b)), strings.Compare(a, b)) })
}
