package cli

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/tools/txtar"

	"github.com/maildoctor/maildoctor/internal/check"
	"github.com/maildoctor/maildoctor/internal/dialect"
	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/report"
	"github.com/maildoctor/maildoctor/internal/settings"
	"github.com/maildoctor/maildoctor/internal/target"
)

var update = flag.Bool("update", false, "write what the settings are read as, what is found and how it is corrected into testdata/settings")

// TestDialects reads every file of testdata/settings/<dialect>: as that dialect, with
// the endpoint, the findings and the correction that its head asks for; and
// without being told, when it is found to be of that dialect.
func TestDialects(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../../testdata/settings/*/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no files (%v)", err)
	}
	for _, file := range files {
		t.Run(strings.TrimPrefix(filepath.ToSlash(file), "../../testdata/settings/"), func(t *testing.T) {
			t.Parallel()
			a, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			c := readCase(filepath.Base(filepath.Dir(file)), a)
			if *update {
				c.update(t, file, a)
				return
			}
			c.run(t)
		})
	}
}

// TestDialectsAllHaveFiles: a row without a file that was read in it is a guess.
func TestDialectsAllHaveFiles(t *testing.T) {
	t.Parallel()
	for _, d := range dialect.All() {
		if files, _ := filepath.Glob("../../testdata/settings/" + d.ID + "/*.txtar"); len(files) == 0 && d.Mode != nil {
			t.Errorf("testdata/settings/%s holds no case", d.ID)
		}
	}
}

// settingsCase is one file: what is read, and what is to come of it.
type settingsCase struct {
	dialect string
	files   fstest.MapFS
	names   []string
	fixed   map[string]string
	reads   map[string]string // host, port, mode, channel as the application reads them
	want    map[string]string // the same once corrected
	version string
	found   []string // "id KEY"
	guess   bool     // the text tells the dialect
}

func readCase(dialect string, a *txtar.Archive) settingsCase {
	c := settingsCase{dialect: dialect, files: fstest.MapFS{}, fixed: map[string]string{}, want: map[string]string{}, reads: map[string]string{}, guess: true}
	for line := range strings.Lines(string(a.Comment)) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ":")
		value = strings.TrimSpace(value)
		switch key {
		case "want", "reads":
			to := map[string]map[string]string{"want": c.want, "reads": c.reads}[key]
			for _, f := range strings.Fields(value) {
				k, v, _ := strings.Cut(f, "=")
				to[k] = v
			}
		case "version":
			c.version = value
		case "found":
			c.found = append(c.found, value)
		case "guess":
			c.guess = value != "no"
		}
	}
	for _, f := range a.Files {
		if name, ok := strings.CutPrefix(f.Name, "corrected: "); ok {
			c.fixed[name] = string(f.Data)
			continue
		}
		c.files[f.Name] = &fstest.MapFile{Data: f.Data}
		c.names = append(c.names, f.Name)
	}
	return c
}

func (c settingsCase) read(t *testing.T, id string) *application {
	t.Helper()
	apps, troubles := settings.Load(c.files, c.names, settings.Options{Dialect: id, Version: c.version})
	if len(apps) == 0 {
		t.Fatalf("nothing was read in %v: %v", c.names, troubles)
	}
	app := &application{app: apps[0], channels: apps[0].Channels(settings.Proof{})}
	for _, ch := range app.channels {
		s := ch.Evidence
		app.cases = append(app.cases, evidence.Case{Now: time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC), Settings: &s})
	}
	app.correct(settings.Proof{})
	return app
}

func (c settingsCase) run(t *testing.T) {
	app := c.read(t, c.dialect)
	c.endpoint(t, check.Subject(&app.cases[0]), c.reads)
	c.endpoint(t, app.corrected(), c.want)
	c.findings(t, app)
	c.corrections(t, app)
	secretless(t, app)
	if c.guess {
		guessed := c.read(t, "")
		if got := guessed.app.Dialect.ID; got != c.dialect {
			t.Errorf("taken for %s, want %s", got, c.dialect)
		}
		c.findings(t, guessed)
	}
}

// secretless: no password of the files stands in what is said or shown.
func secretless(t *testing.T, app *application) {
	t.Helper()
	_, subjects := (&applications{apps: []*application{app}}).report(time.Time{}, evidence.Here{})
	text, err := json.Marshal(subjects)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range subjects {
		for _, c := range s.Corrected {
			text = append(text, strings.Join(c.Diff, "\n")...)
		}
	}
	for _, secret := range app.app.Secrets() {
		if len(secret) > 7 && strings.Contains(string(text), secret) {
			t.Errorf("the report holds the secret of %d bytes that begins with %.3q", len(secret), secret)
		}
	}
}

// corrected is what the settings say once they are corrected, or as they are.
func (app *application) corrected() report.Subject {
	k := app.cases[0]
	if len(app.corrections) > 0 {
		s := app.app.With(app.corrections).Channels(settings.Proof{})[0].Evidence
		k.Settings = &s
	}
	return check.Subject(&k)
}

// update writes a case anew, for a review of what changed.
func (c settingsCase) update(t *testing.T, file string, a *txtar.Archive) {
	app := c.read(t, c.dialect)
	var head strings.Builder
	for line := range strings.Lines(string(a.Comment)) {
		key, value, _ := strings.Cut(line, ":")
		switch {
		case key == "want":
			head.WriteString("want:")
			for _, f := range strings.Fields(value) {
				k, _, _ := strings.Cut(f, "=")
				fmt.Fprintf(&head, " %s=%s", k, said(app.corrected())[k])
			}
			head.WriteByte('\n')
		case key != "found":
			head.WriteString(line)
		}
	}
	for _, f := range c.got(app) {
		head.WriteString("found: " + f + "\n")
	}
	out := &txtar.Archive{Comment: []byte(head.String())}
	for _, f := range a.Files {
		if !strings.HasPrefix(f.Name, "corrected: ") {
			out.Files = append(out.Files, f)
		}
	}
	for _, x := range app.corrections {
		out.Files = append(out.Files, txtar.File{Name: "corrected: " + x.File, Data: []byte(x.Bytes)})
	}
	if err := os.WriteFile(file, txtar.Format(out), 0o644); err != nil {
		t.Fatal(err)
	}
}

// said is what a subject says of its endpoint, by the names of a case's head.
func said(s report.Subject) map[string]string {
	return map[string]string{"host": s.Settings.Host, "port": fmt.Sprint(s.Settings.Port), "mode": string(s.Settings.Mode), "channel": s.Settings.Channel, "user": s.Settings.Username, "from": s.Settings.From}
}

func (c settingsCase) endpoint(t *testing.T, s report.Subject, want map[string]string) {
	t.Helper()
	got := said(s)
	for k, v := range want {
		if k == "mode" && v == "plain" {
			v = string(target.Cleartext)
		}
		if got[k] != v {
			t.Errorf("%s is %q, want %q", k, got[k], v)
		}
	}
}

// got lists the errors and warnings, "id KEY" each.
func (c settingsCase) got(app *application) []string {
	var got []string
	for i := range app.cases {
		for _, f := range check.Subject(&app.cases[i]).Findings {
			if f.Severity == report.Note {
				continue
			}
			line := f.ID
			if f.Source != nil {
				line = strings.TrimSpace(line + " " + f.Source.Key)
			}
			got = append(got, line)
		}
	}
	return got
}

func (c settingsCase) findings(t *testing.T, app *application) {
	t.Helper()
	got := c.got(app)
	for _, want := range c.found {
		if !slices.ContainsFunc(got, func(g string) bool {
			return g == want || !strings.Contains(want, " ") && strings.HasPrefix(g, want+" ") || g == want+" "
		}) {
			t.Errorf("%s is not found; found %q", want, got)
		}
	}
	for _, g := range got {
		if !slices.ContainsFunc(c.found, func(want string) bool {
			return want == g || strings.HasPrefix(g, want+" ") || !strings.Contains(want, " ") && strings.TrimSpace(g) == want
		}) {
			t.Errorf("found %s, which is not asked for", g)
		}
	}
}

func (c settingsCase) corrections(t *testing.T, app *application) {
	t.Helper()
	for name, want := range c.fixed {
		i := slices.IndexFunc(app.corrections, func(x settings.Correction) bool { return x.File == name })
		if i < 0 {
			t.Errorf("%s is not corrected", name)
			continue
		}
		got := app.corrections[i].Bytes
		if strings.Contains(want, settings.Kept) { // as it is shown, not as it is written
			got = app.corrections[i].Text
		}
		if got != want {
			t.Errorf("%s corrected:\n%s\nwant:\n%s", name, got, want)
		}
	}
	if len(c.fixed) == 0 && len(c.found) == 0 && len(app.corrections) > 0 {
		t.Errorf("corrected though nothing is found: %s", app.corrections[0].Bytes)
	}
}
