package settings_test

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode"

	"golang.org/x/tools/txtar"

	"github.com/maildoctor/maildoctor/internal/check"
	"github.com/maildoctor/maildoctor/internal/conf"
	"github.com/maildoctor/maildoctor/internal/dialect"
	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/report"
	"github.com/maildoctor/maildoctor/internal/settings"
)

// sample is one text of testdata/settings with the dialect that it is of.
type sample struct{ dialect, version, file, text string }

func samples(t testing.TB) []sample {
	t.Helper()
	names, err := filepath.Glob("../../testdata/settings/*/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("no files (%v)", err)
	}
	var out []sample
	for _, name := range names {
		a, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		s := sample{dialect: filepath.Base(filepath.Dir(name))}
		for line := range strings.Lines(string(a.Comment)) {
			if v, ok := strings.CutPrefix(line, "version:"); ok {
				s.version = strings.TrimSpace(v)
			}
		}
		for _, f := range a.Files {
			if !strings.HasPrefix(f.Name, "corrected: ") {
				s.file, s.text = f.Name, string(f.Data)
				out = append(out, s)
			}
		}
	}
	return out
}

// read reads a text in its dialect; nil where nothing of it is there.
func (s sample) read() []*settings.App {
	apps, _ := settings.Load(fstest.MapFS{s.file: {Data: []byte(s.text)}}, []string{s.file}, settings.Options{Dialect: s.dialect, Version: s.version})
	return apps
}

// errors counts what keeps mail from being sent, by the settings alone.
func errors(app *settings.App) int {
	n := 0
	for _, c := range app.Channels(settings.Proof{}) {
		s := c.Evidence
		if s.Want != nil {
			n++
		}
		for _, f := range check.Subject(&evidence.Case{Settings: &s}).Findings {
			if f.Severity == report.Error {
				n++
			}
		}
	}
	return n
}

// broken reports whether the reader of one of the files refuses it.
func broken(app *settings.App) bool {
	return slices.ContainsFunc(app.Files, func(f *settings.File) bool { return f.Text.Broken != "" })
}

// holds sees what a correction of a text is worth.
func holds(t *testing.T, s sample) {
	t.Helper()
	for _, app := range s.read() {
		before := errors(app)
		if broken(app) {
			before = math.MaxInt // whatever is changed, its reader takes none of it
		}
		all := settings.Correct(app, settings.Proof{})
		for _, c := range all {
			secretsStay(t, s, app, c)
			outsideStays(t, s, c)
			readsBack(t, s, app, c)
		}
		if len(all) == 0 || reveals(all) {
			continue
		}
		if after := errors(app.With(all)); after > before {
			t.Errorf("%s: %d errors before, %d after:\n%s\ncorrected:\n%s", s.dialect, before, after, s.text, all[0].Bytes)
		}
	}
}

// reveals reports whether something gets read, or counts, that did not before: a
// name is mended, or what stood in its way is gone.
func reveals(all []settings.Correction) bool {
	return slices.ContainsFunc(all, func(c settings.Correction) bool {
		return slices.ContainsFunc(c.Changes, func(ch settings.Change) bool { return ch.Key == ch.New || ch.New == "" })
	})
}

// secretsStay: what is written holds every secret as often as before; what is
// shown holds none.
func secretsStay(t *testing.T, s sample, app *settings.App, c settings.Correction) {
	t.Helper()
	shown, err := json.Marshal([]any{c.Text, settings.Diff(c), c.Changes})
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range app.Secrets() {
		if len(secret) < 8 || !strings.Contains(c.Was, secret) || strings.ContainsAny(secret, `"\`) || strings.ContainsFunc(secret, func(r rune) bool { return !unicode.IsGraphic(r) }) {
			continue // quotes put around it escape it, and what is invisible goes
		}
		if strings.Contains(string(shown), secret) {
			t.Errorf("%s: the secret %q is shown:\n%s\nof\n%s", s.dialect, secret, shown, s.text)
		}
		bare := strings.Trim(secret, "\"'`“”‘’ ") // quotes that were part of it may have gone
		now, other := strings.Count(c.Bytes, secret), strings.Count(c.Bytes, conf.Encode(secret))
		if bare != secret {
			other += strings.Count(c.Bytes, bare)
		}
		if was := strings.Count(c.Was, secret); now != was && other == 0 {
			t.Errorf("%s: the secret %q stands there %d times, was %d:\n%s\nof\n%s", s.dialect, secret, now, was, c.Bytes, s.text)
		}
	}
}

// outsideStays: all lines but those that are changed stay byte for byte, in their
// order. A value may stand on three lines.
func outsideStays(t *testing.T, s sample, c settings.Correction) {
	t.Helper()
	was, now := strings.SplitAfter(c.Was, "\n"), strings.SplitAfter(c.Bytes, "\n")
	gone := len(was) - common(was, now)
	if gone > 3*len(c.Changes) {
		t.Errorf("%s: %d lines are gone for %d changes:\n%s\nof\n%s", s.dialect, gone, len(c.Changes), c.Bytes, s.text)
	}
}

// common is the length of the longest sequence of lines that two texts share.
func common(a, b []string) int {
	row := make([]int, len(b)+1)
	for i := range a {
		diagonal := 0
		for j := range b {
			above := row[j+1]
			if a[i] == b[j] {
				row[j+1] = diagonal + 1
			} else {
				row[j+1] = max(above, row[j])
			}
			diagonal = above
		}
	}
	return row[len(b)]
}

// readsBack: the text that is shown reads as the one that is written, but for
// the secrets.
func readsBack(t *testing.T, s sample, app *settings.App, c settings.Correction) {
	t.Helper()
	if c.Text == "" || strings.Count(c.Text, "\n") != strings.Count(c.Bytes, "\n") { // it cannot be shown without its secrets, or one of them runs over several lines
		return
	}
	wrote := app.With([]settings.Correction{c}).Channels(settings.Proof{})
	shown := c
	shown.Bytes = c.Text
	reads := app.With([]settings.Correction{shown}).Channels(settings.Proof{})
	if len(wrote) != len(reads) {
		t.Errorf("%s: %d channels, %d as shown:\n%s\nof\n%s", s.dialect, len(wrote), len(reads), c.Text, c.Bytes)
		return
	}
	for i := range wrote {
		w, r := wrote[i].Evidence, reads[i].Evidence
		if r.Host.V == settings.Kept || r.Port.V == settings.Kept || strings.Contains(r.Scope, settings.Kept) { // what looks like a secret where none belongs
			continue
		}
		if w.Host.V != r.Host.V || w.Port.V != r.Port.V || w.Mode.Is != r.Mode.Is || w.User.V != r.User.V && r.User.V != settings.Kept {
			t.Errorf("%s: %s:%s %s %q, as shown %s:%s %s %q:\n%s\nof\n%s", s.dialect, w.Host.V, w.Port.V, w.Mode.Is, w.User.V, r.Host.V, r.Port.V, r.Mode.Is, r.User.V, c.Text, c.Bytes)
		}
		if w.Password.Set != r.Password.Set || r.Password.Placeholder && !w.Password.Placeholder {
			t.Errorf("%s: password %+v, as shown %+v:\n%s\nof\n%s", s.dialect, w.Password, r.Password, c.Text, c.Bytes)
		}
	}
}

func TestCorrectHolds(t *testing.T) {
	t.Parallel()
	for _, s := range samples(t) {
		holds(t, s)
	}
}

// TestCorrectHoldsOfSpoiled: the same of texts with lines dropped, doubled,
// exchanged and mixed with those of others.
func TestCorrectHoldsOfSpoiled(t *testing.T) {
	t.Parallel()
	all := samples(t)
	r := rand.New(rand.NewPCG(1, 2))
	for range 600 {
		s := all[r.IntN(len(all))]
		s.text = spoil(s.text, all[r.IntN(len(all))].text, r)
		holds(t, s)
	}
}

func spoil(text, other string, r *rand.Rand) string {
	lines, others := strings.SplitAfter(text, "\n"), strings.SplitAfter(other, "\n")
	for range 1 + r.IntN(3) {
		i := r.IntN(len(lines))
		switch r.IntN(6) {
		case 0:
			lines = slices.Delete(lines, i, min(i+1, len(lines)-1))
		case 1:
			lines = slices.Insert(lines, i, lines[i])
		case 2:
			lines[i] = others[r.IntN(len(others))]
		case 3:
			lines = slices.Insert(lines, i, others[r.IntN(len(others))])
		case 4:
			lines[i] = swaps.Replace(lines[i])
		case 5:
			j := r.IntN(len(lines))
			lines[i], lines[j] = lines[j], lines[i]
		}
		if len(lines) == 0 {
			return other
		}
	}
	return strings.Join(lines, "")
}

// swaps makes of a setting another one that people have, too.
var swaps = strings.NewReplacer("587", "465", "465", "587", "true", "false", "false", "true", "tls", "ssl", "ssl", "tls", "smtps", "smtp", "smtp.", "imap.", "True", "False", "False", "True", "\n", "\r\n")

// FuzzCorrect: the same of any text in any dialect.
func FuzzCorrect(f *testing.F) {
	ids := dialect.All()
	index := map[string]int{}
	for i, d := range ids {
		index[d.ID] = i
	}
	seeded := map[string]bool{}
	for _, s := range samples(f) {
		if i, ok := index[s.dialect]; ok && !seeded[s.dialect] {
			seeded[s.dialect] = true
			f.Add(i, s.file, s.text)
		}
	}
	f.Fuzz(func(t *testing.T, i int, file, text string) {
		if len(text) > 20_000 || file == "" || !filepath.IsLocal(file) || strings.ContainsAny(file, "\\\x00") || filepath.Clean(file) != file || file == "." {
			return
		}
		d := ids[(i%len(ids)+len(ids))%len(ids)]
		holds(t, sample{dialect: d.ID, file: file, text: text})
	})
}
