package settings

import (
	"bytes"
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
	maxFile  = 1 << 20 // bytes of one file; settings are far below
	maxFiles = 20000   // files of one run
	maxDepth = 24      // directories below the one named
)

// Trouble is a file that could not be read, or one that was named and holds no
// mail settings.
type Trouble struct {
	File  string
	Text  string
	Empty bool   // it was read and holds no mail settings
	Hint  string // what to do instead, where more is known than that
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

var endings = regexp.MustCompile(`\.(env|ini|ya?ml|toml|json|properties|php|rb|py|exs?|js|ts|mjs|cjs|go|groovy|sql|conf|cf|cnf|cfg|service)$`)

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
	apps = fed(apps)
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
		if asked || l.worthTelling(path.Base(name), raw, why) {
			l.trouble(name, why)
		}
		return apps
	}
	if !asked && !mentionsMail(raw) && !strings.Contains(raw, "image:") {
		return apps
	}
	if terraform.MatchString(name) {
		l.troubles = append(l.troubles, Trouble{File: shownName(name), Text: "is Terraform, which maildoctor does not read", Empty: true,
			Hint: "Terraform is not read: put the variables into a .env file and name that"})
		return apps
	}
	if composeFile.MatchString(path.Base(name)) {
		l.compose[name] = conf.Parse(raw, conf.EnvList, conf.Usual)
	}
	if l.o.Dialect != "" {
		return l.as(apps, name, raw, around)
	}
	apps = l.guessed(apps, name, raw, around)
	if t := l.compose[name]; t != nil {
		apps = l.byEnvFiles(apps, name, t, around)
	}
	return apps
}

// worthTelling reports whether a file that cannot be read, and that nobody named, may
// be one of settings: much that lies about is large, or in old encodings.
func (l *loader) worthTelling(base, raw, why string) bool {
	mail := mentionsMail(strings.ReplaceAll(raw, "\x00", ""))
	switch {
	case why == tooLong:
		return envName.MatchString(base)
	case raw == "": // it may not be read by this user
		return true
	case why == notText:
		return strings.HasPrefix(base, ".env") && mail
	}
	return envName.MatchString(base) && mail
}

// terraform are files that look like lists of variables to other readers.
var terraform = regexp.MustCompile(`(?i)\.(tf|tfvars|hcl)$`)

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

const (
	notText = "it is no text"
	tooLong = "it is over 1 MiB, and settings are far below" // maxFile
)

// envName are names of files of variables alone.
var envName = regexp.MustCompile(`(?i)^\.env(\..+)?$|\.env$`)

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
		return "", tooLong
	}
	return string(b), illegible(b)
}

// illegible is why bytes are no text; "" for UTF-8.
func illegible(b []byte) string {
	switch {
	case bytes.HasPrefix(b, []byte("\xff\xfe")), bytes.HasPrefix(b, []byte("\xfe\xff")):
		return "it is UTF-16, which the applications do not read either; save it as UTF-8"
	case bytes.IndexByte(b[:min(len(b), 8<<10)], 0) >= 0:
		return notText
	case utf8.Valid(b):
		return ""
	}
	line := 1
	for r, size := utf8.DecodeRune(b); r != utf8.RuneError || size > 1; r, size = utf8.DecodeRune(b) {
		if r == '\n' {
			line++
		}
		b = b[size:]
	}
	return fmt.Sprintf("line %d holds a character that is not UTF-8; save the file as UTF-8", line)
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
		a := ofSame(apps, d, s.Name)
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
		a := ofSame(apps, c.d, c.scope.Name)
		if a == nil || a.another(c) {
			a = &App{Dialect: c.d, Version: l.version(c.d, c.scope, around), Guessed: true, Scope: c.scope.Name}
			apps = append(apps, a)
		}
		a.Files = append(a.Files, &File{Name: shownName(name), Text: c.text, Form: c.form})
	}
	return apps
}
