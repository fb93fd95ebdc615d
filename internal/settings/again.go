package settings

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/maildoctor/maildoctor/internal/conf"
	"github.com/maildoctor/maildoctor/internal/dialect"
)

// With is the application as it would be with corrected files.
func (a *App) With(corrections []Correction) *App {
	out := &App{Dialect: a.Dialect, Version: a.Version, Guessed: a.Guessed, Scope: a.Scope, Env: a.Env}
	for _, f := range a.Files {
		i := slices.IndexFunc(corrections, func(c Correction) bool { return c.File == f.Name })
		if i < 0 {
			out.Files = append(out.Files, f)
			continue
		}
		t := conf.Parse(corrections[i].Bytes, f.Text.Kind, f.Text.Flavour)
		if f.Text.Kind == conf.Value && len(t.Entries) == 1 {
			t.Entries[0].Key = f.Text.Entries[0].Key
		}
		out.Files = append(out.Files, &File{Name: f.Name, Form: f.Form, Text: t})
	}
	out.Read()
	return out
}

// Diff is what a correction changes, line by line, without lines around it:
// those that go begin with -, those that come with +. Secrets stand as Kept.
func Diff(c Correction) []string {
	was := strings.Split(strings.TrimSuffix(c.masked, "\n"), "\n")
	now := strings.Split(strings.TrimSuffix(c.Text, "\n"), "\n")
	var out []string
	for _, h := range hunks(was, now) {
		out = append(out, fmt.Sprintf("@@ -%s +%s @@", lineRange(h.from, h.to), lineRange(h.at, h.until)))
		for _, l := range was[h.from:h.to] {
			out = append(out, "-"+l)
		}
		for _, l := range now[h.at:h.until] {
			out = append(out, "+"+l)
		}
	}
	return out
}

// lineRange is a range of lines as in a unified diff (POSIX diff -U).
func lineRange(from, to int) string {
	switch n := to - from; n {
	case 1:
		return fmt.Sprint(from + 1)
	case 0:
		return fmt.Sprintf("%d,0", from)
	default:
		return fmt.Sprintf("%d,%d", from+1, n)
	}
}

// hunk is a stretch of lines [from, to) that became [at, until).
type hunk struct{ from, to, at, until int }

// hunks finds what differs. Corrections are small, so what is the same at both
// ends and between is found line by line.
func hunks(was, now []string) []hunk {
	var out []hunk
	i, j := 0, 0
	for i < len(was) || j < len(now) {
		if i < len(was) && j < len(now) && was[i] == now[j] {
			i, j = i+1, j+1
			continue
		}
		h := hunk{from: i, at: j}
		i, j = meet(was, now, i, j)
		h.to, h.until = i, j
		out = append(out, h)
	}
	return out
}

// meet is the nearest pair of places from which on both texts have the same line.
func meet(was, now []string, i, j int) (int, int) {
	for d := 1; d < len(was)-i+len(now)-j; d++ {
		for a := min(d, len(was)-i); a >= 0; a-- {
			b := d - a
			if i+a < len(was) && j+b < len(now) && was[i+a] == now[j+b] && strings.TrimSpace(was[i+a]) != "" {
				return i + a, j + b
			}
		}
	}
	return len(was), len(now)
}

// FromEnvironment reads the mail settings among the variables of a process.
func FromEnvironment(env map[string]string, version string) []*App {
	names := make([]string, 0, len(env))
	for name := range env {
		names = append(names, name)
	}
	slices.Sort(names)
	t := &conf.Text{Kind: conf.Dotenv}
	for _, name := range names {
		t.Entries = append(t.Entries, conf.Entry{Key: name, Value: env[name], Type: conf.String})
	}
	var best candidate
	for _, c := range newIndex().score("environment", "", t, dialect.Env, clues{}) {
		if c.score > best.score {
			best = c
		}
	}
	if best.score < enough {
		return nil
	}
	a := &App{Dialect: best.d, Version: dialect.ParseVersion(cmp.Or(version, "")), Guessed: true, Files: []*File{{Name: "environment", Text: t, Form: dialect.Env}}}
	a.Read()
	return []*App{a}
}
