package settings

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/maildoctor/maildoctor/internal/conf"
	"github.com/maildoctor/maildoctor/internal/dialect"
)

// The bounds of what is read.
const (
	maxFile  = 5 << 20 // bytes of one file; settings are far below
	maxFiles = 20000   // files of one run
	maxDepth = 24      // directories below the one named
)

// Trouble is a file that could not be read, or one that was named and holds no
// mail settings.
type Trouble struct {
	File  string
	Text  string
	Empty bool // it was read and holds no mail settings
}

// Options say how to read.
type Options struct {
	Dialect string // id; empty: told by the text
	Version string
	Env     map[string]string // of the process, for references
}

// Load reads what is named: files, and directories with all below that looks
// like settings. Names are those of fsys.
func Load(fsys fs.FS, names []string, o Options) ([]*App, []Trouble) {
	l := &loader{fsys: fsys, o: o, seen: map[string]bool{}, compose: map[string]*conf.Text{}}
	for _, name := range names {
		l.named(name)
	}
	return l.apps, l.troubles
}

type loader struct {
	fsys     fs.FS
	o        Options
	index    *index
	seen     map[string]bool
	apps     []*App
	troubles []Trouble
	count    int
	compose  map[string]*conf.Text // texts with services, of the directory at hand
}

func (l *loader) trouble(name, text string) {
	l.troubles = append(l.troubles, Trouble{File: shownName(name), Text: text})
}

// named reads a file or a directory that somebody named.
func (l *loader) named(name string) {
	info, err := fs.Stat(l.fsys, name)
	switch {
	case err != nil:
		l.trouble(name, reason(err))
	case info.IsDir():
		l.dir(name, 0)
	default:
		before := len(l.apps) + len(l.troubles)
		l.group(path.Dir(name), []string{name}, true)
		if len(l.apps)+len(l.troubles) == before {
			l.troubles = append(l.troubles, Trouble{File: shownName(name), Text: "holds no mail settings that maildoctor knows", Empty: true})
		}
	}
}

// reason says why a file could not be read, without its name.
func reason(err error) string {
	var p *fs.PathError
	if errors.As(err, &p) {
		err = p.Err
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "there is no such file"
	case errors.Is(err, fs.ErrPermission):
		return "it may not be read by this user"
	}
	return err.Error()
}

// skipped are directories that hold what others wrote.
var skipped = []string{"node_modules", "vendor", ".git", ".hg", ".svn", "__pycache__", ".venv", "venv", "site-packages", "target", "dist", "build", ".next", ".nuxt", ".terraform", ".cache", "bower_components"}

// dir reads the settings in a directory, and in those below it.
func (l *loader) dir(name string, depth int) {
	if depth > maxDepth {
		l.trouble(name, fmt.Sprintf("not read: it lies more than %d directories deep", maxDepth))
		return
	}
	entries, err := fs.ReadDir(l.fsys, name)
	if err != nil {
		l.trouble(name, reason(err))
		return
	}
	var files []string
	for _, e := range entries {
		full := path.Join(name, e.Name())
		switch {
		case e.IsDir() && !slices.Contains(skipped, e.Name()):
			l.dir(full, depth+1)
		case e.Type().IsRegular() && telling(e.Name()):
			files = append(files, full)
		case e.Type()&fs.ModeSymlink != 0 && telling(e.Name()): // a link to a directory may lead back here
			if info, err := fs.Stat(l.fsys, full); err == nil && info.Mode().IsRegular() {
				files = append(files, full)
			}
		}
	}
	l.group(name, files, false)
}

// telling reports whether a file's name is one under which settings are found.
func telling(name string) bool {
	lower := strings.ToLower(name)
	if sample.MatchString(lower) {
		return false
	}
	return strings.HasPrefix(lower, ".env") || endings.MatchString(lower) || slices.Contains(bareNames, lower)
}

// sample are files that nobody reads but people.
var sample = regexp.MustCompile(`example|sample|template|\.dist$|\.tpl$|\.tmpl$|\.bak$|\.orig$|~$|package-lock|\.lock$|\.min\.js$|\.d\.ts$|_test\.go$|\.test\.[jt]s$|\.spec\.[jt]s$`)

var endings = regexp.MustCompile(`\.(env|ini|ya?ml|toml|json|properties|php|rb|py|exs?|js|ts|mjs|cjs|go|groovy|sql|conf|cf|cnf|cfg)$`)

var bareNames = []string{"dockerfile", ".msmtprc", "msmtprc", "procfile", "env"}

// group reads the files of one directory that belong together: those of one
// dialect, in the order in which its application lets later ones win.
func (l *loader) group(dir string, names []string, asked bool) {
	around := l.clues(dir)
	sortByPrecedence(names)
	var apps []*App
	for _, name := range names {
		apps = l.file(apps, name, around, asked)
	}
	apps = l.envFiles(apps)
	l.unpassed(apps, l.compose)
	clear(l.compose)
	for _, a := range apps {
		a.Env = environment(l.o.Env, a, around)
		a.Read()
	}
	l.apps = append(l.apps, apps...)
}

// file reads one file into the applications of its directory.
func (l *loader) file(apps []*App, name string, around clues, asked bool) []*App {
	if l.seen[name] {
		return apps
	}
	l.seen[name] = true
	if l.count++; l.count > maxFiles {
		if l.count == maxFiles+1 {
			l.trouble(name, fmt.Sprintf("not read, and none after it: %d files are the most that are read in one run", maxFiles))
		}
		return apps
	}
	raw, why := l.read(name)
	if why != "" {
		if asked || why != notText {
			l.trouble(name, why)
		}
		return apps
	}
	if !asked && !mentionsMail(raw) && !strings.Contains(raw, "image:") {
		return apps
	}
	if composeFile.MatchString(path.Base(name)) {
		l.compose[name] = conf.Parse(raw, conf.EnvList, conf.Usual)
	}
	if l.o.Dialect != "" {
		return l.as(apps, name, raw, around)
	}
	return l.guessed(apps, name, raw, around)
}

// composeFile are the names under which Docker Compose finds its file.
var composeFile = regexp.MustCompile(`(?i)^(docker-)?compose(\.[a-z0-9_\-]+)*\.ya?ml$`)

// Stdin is how the standard input is called in what is shown.
const Stdin = "standard input"

func shownName(name string) string {
	if name == "-" {
		return Stdin
	}
	return name
}

const notText = "it is no text"

// read reads a whole file, within bounds.
func (l *loader) read(name string) (text, why string) {
	f, err := l.fsys.Open(name)
	if err != nil {
		return "", reason(err)
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	switch {
	case err != nil:
		return "", reason(err)
	case len(b) > maxFile:
		return "", fmt.Sprintf("it is over %d MiB; name the file that holds the mail settings", maxFile>>20)
	case strings.Contains(string(b[:min(len(b), 8<<10)]), "\x00") || !utf8.Valid(b):
		return "", notText
	}
	return string(b), ""
}

var mailText = regexp.MustCompile(`(?i)mail|smtp|resend|relayhost`)

func mentionsMail(raw string) bool { return mailText.MatchString(raw) }

// bareURL is a text that is one mail URL and nothing else.
var bareURL = regexp.MustCompile(`^\s*[A-Za-z][A-Za-z0-9+.\-]*://\S+\s*$`)

// as reads a text in the dialect that was named.
func (l *loader) as(apps []*App, name, raw string, around clues) []*App {
	d, _ := dialect.ByID(l.o.Dialect)
	form := formFor(d, name, raw)
	t := conf.Parse(raw, form.Kind, form.Flavour)
	if k, ok := d.KeyOf(dialect.URL, dialect.ParseVersion(l.o.Version)); ok && bareURL.MatchString(raw) {
		form = dialect.Form{Kind: conf.Value}
		t = conf.Parse(raw, form.Kind, form.Flavour)
		t.Entries[0].Key = k.Name
	}
	scopes := scopesOf(t, d)
	for _, s := range scopes {
		a := join2(apps, d, s.Name)
		if a == nil {
			a = &App{Dialect: d, Version: l.version(d, s, around), Scope: s.Name}
			apps = append(apps, a)
		}
		a.Files = append(a.Files, &File{Name: shownName(name), Text: t, Form: form})
	}
	return apps
}

// guessed reads a text in the dialect that fits it best.
func (l *loader) guessed(apps []*App, name, raw string, around clues) []*App {
	if l.index == nil {
		l.index = newIndex()
	}
	best, ok := l.index.detect(name, raw, around)
	if !ok && bareURL.MatchString(raw) && mailURL.MatchString(strings.TrimSpace(raw)) {
		l.trouble(name, "it is a mail URL alone, and libraries read those in different ways; name the application with --dialect")
	}
	if !ok {
		return apps
	}
	found := []candidate{best}
	if scopes := ownScopes(best.text); len(scopes) > 1 || len(scopes) < len(best.text.Scopes) { // each service of a compose file may be another application
		found = found[:0]
		for _, s := range scopes {
			one := *best.text
			one.Scopes = []conf.Scope{s}
			if all := l.index.score(name, raw, &one, best.form, around); len(all) > 0 && all[0].score >= enough {
				found = append(found, all[0])
			}
		}
	}
	for _, c := range found {
		a := join2(apps, c.d, c.scope.Name)
		if a == nil {
			a = &App{Dialect: c.d, Version: l.version(c.d, c.scope, around), Guessed: true, Scope: c.scope.Name}
			apps = append(apps, a)
		}
		a.Files = append(a.Files, &File{Name: shownName(name), Text: c.text, Form: c.form})
	}
	return apps
}

// join2 finds the application of the same directory, dialect and scope.
func join2(apps []*App, d *dialect.Dialect, scope string) *App {
	for _, a := range apps {
		if a.Dialect == d && a.Scope == scope {
			return a
		}
	}
	return nil
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
	forms := ofExtension(append([]dialect.Form{d.Form}, d.Also...), name)
	best, most := forms[0], -1
	for _, f := range forms {
		for _, f := range variants(f, name, raw) {
			t := conf.Parse(raw, f.Kind, f.Flavour)
			n := 0
			for _, e := range t.Entries {
				known := e.Type != conf.Branch && (e.Type != conf.Expr || e.Env != "" || f.Kind != conf.Code)
				if !e.Off && known && slices.ContainsFunc(d.Keys, func(k dialect.Key) bool { return matchesKey(&k, e.Key, true) }) {
					n++
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
	}[strings.ToLower(path.Ext(name))]
	fit := slices.DeleteFunc(slices.Clone(forms), func(f dialect.Form) bool { return !slices.Contains(kinds, f.Kind) })
	if len(fit) == 0 {
		return forms
	}
	return fit
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
