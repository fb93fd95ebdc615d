package cli

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/maildoctor/maildoctor/internal/check"
	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/message"
	"github.com/maildoctor/maildoctor/internal/report"
	"github.com/maildoctor/maildoctor/internal/settings"
	"github.com/maildoctor/maildoctor/internal/target"
)

// applications are what check found, with what was seen of their servers.
type applications struct {
	apps     []*application
	troubles []settings.Trouble
	visits   []visit  // the servers to look at
	skipped  []string // endpoints beyond the limit
}

// application is one of them.
type application struct {
	app         *settings.App
	channels    []*settings.Channel
	visits      []int           // of each channel, the place in applications.visits; -1: none
	cases       []evidence.Case // one a channel
	corrections []settings.Correction
	read        func([]settings.Proof) []evidence.Settings // where they stand in no file; app is nil then
	secrets     func() []settings.Credentials              // of the channels that read reads
}

// settings are those of its channels, with what was seen of their servers.
func (app *application) settings(proofs []settings.Proof) []evidence.Settings {
	if app.read != nil {
		return app.read(proofs)
	}
	out := make([]evidence.Settings, len(app.channels))
	for i, c := range app.channels {
		out[i] = c.Evidence
	}
	return out
}

// claims are the files that are read: those that were named, and those that were
// found in a directory.
func (a *applications) claims(args []string) []claim {
	files := slices.Clone(args)
	for _, app := range a.apps {
		for _, c := range app.channels {
			files = append(files, c.Evidence.Files...)
		}
	}
	slices.Sort(files)
	return read(slices.Compact(files))
}

// credentials are those of its channels.
func (app *application) credentials() []settings.Credentials {
	if app.read != nil {
		return app.secrets()
	}
	out := make([]settings.Credentials, len(app.channels))
	for i, c := range app.channels {
		out[i] = c.Credentials()
	}
	return out
}

// maxEndpoints is how many servers one run contacts; the rest are named.
const maxEndpoints = 20

// applications reads the files. Nothing found is wrong usage without --allow-none.
func (o *checkOptions) applications(sys *Sys, args []string) (*applications, error) {
	if o.coolify.asked() {
		return o.coolify.load(sys, o)
	}
	names := args
	if len(names) == 0 {
		names = []string{"."}
	}
	files := disk{stdin: sys.Stdin}
	apps, troubles := settings.Load(files, names, settings.Options{Dialect: o.dialect, Version: o.appVersion, Env: environ(sys)})
	if len(args) == 0 && o.dialect == "" {
		apps = append(apps, settings.FromEnvironment(environ(sys), o.appVersion)...)
	}
	a := &applications{}
	for _, app := range apps {
		a.apps = append(a.apps, &application{app: app, channels: app.Channels(settings.Proof{})})
	}
	unread := slices.ContainsFunc(troubles, func(t settings.Trouble) bool { return !t.Empty })
	if len(a.apps) == 0 && !unread {
		hint := "name the file, or the application with --dialect (--list prints them)"
		for _, t := range troubles {
			hint = cmp.Or(t.Hint, hint)
		}
		if o.allowNone {
			fmt.Fprintf(sys.Stderr, "maildoctor: no mail settings found in %s\n", strings.Join(names, ", "))
			return a, nil
		}
		return nil, usage("no mail settings found in %s; %s", strings.Join(names, ", "), hint)
	}
	for _, t := range troubles {
		if t.Empty {
			fmt.Fprintf(sys.Stderr, "maildoctor: %s %s\n", t.File, t.Text)
			continue
		}
		a.troubles = append(a.troubles, t)
	}
	return a, nil
}

func environ(sys *Sys) map[string]string {
	out := map[string]string{}
	for _, pair := range sys.Environ() {
		if name, value, ok := strings.Cut(pair, "="); ok && name != "" {
			out[name] = value
		}
	}
	return out
}

// examine makes a case of every channel, probes the servers that they name, and
// lets what was seen decide what to change.
func (a *applications) examine(ctx context.Context, e *examination, o *checkOptions, out *sink) {
	var seen []evidence.Case
	if !o.offline && len(a.visits) > 0 {
		seen = e.until(ctx, a.visits, o.wait, func(seen []evidence.Case) bool { return a.well(e, out, seen) })
	}
	for _, app := range a.apps {
		proof := app.join(e, seen)
		if app.app != nil {
			app.correct(proof)
		}
	}
	if !o.offline {
		a.askResend(ctx, e, o)
	}
}

// join makes a case of every channel of what was seen of its server, and says what
// of that is the base for a correction.
func (app *application) join(e *examination, seen []evidence.Case) settings.Proof {
	proof, proofs := settings.Proof{}, []settings.Proof{}
	for _, i := range app.visits {
		if i >= 0 && i < len(seen) {
			proof = check.Proof(&seen[i])
			proofs = append(proofs, proof)
		}
	}
	if app.app != nil {
		app.channels = app.app.Channels(proof)
	}
	app.cases = nil
	for n, s := range app.settings(proofs) {
		k := evidence.Case{Now: e.sys.Now(), Here: e.way.here}
		if t, ok := serverOf(s, e.as); ok {
			k.Target = t
		}
		if i := app.visit(n); i >= 0 && i < len(seen) {
			k = seen[i]
		}
		k.Settings = &s
		app.cases = append(app.cases, k)
	}
	return proof
}

// visit is the place in applications.visits of a channel; -1: none.
func (app *application) visit(n int) int {
	if n < len(app.visits) {
		return app.visits[n]
	}
	return -1
}

// well says that there is nothing to wait for. It is the servers that count:
// waiting does not mend settings. A finding that is waived beside the settings is
// waived of the server, too.
func (a *applications) well(e *examination, out *sink, seen []evidence.Case) bool {
	for _, app := range a.apps {
		app.join(e, seen)
	}
	_, joined := a.report(e.sys.Now(), e.way.here)
	out.settle(joined)
	servers := judgeAll(seen)
	for i := range servers {
		servers[i].Findings = slices.DeleteFunc(servers[i].Findings, func(f report.Finding) bool { return a.waived(joined, i, f.ID) })
	}
	return out.well(servers)
}

// waived reports whether a finding of a visit stands in the subjects of the
// channels that go there, and counts in none of them.
func (a *applications) waived(joined []report.Subject, visit int, id string) bool {
	there, counts, at := false, false, 0
	for _, app := range a.apps {
		for n := range app.cases {
			for _, f := range joined[at].Findings {
				if app.visit(n) == visit && f.ID == id {
					there, counts = true, counts || f.Waived == nil
				}
			}
			at++
		}
	}
	return there && !counts
}

// serverOf is the server that a channel connects to, and the mode it is set to;
// false where it names none that can be dialled.
func serverOf(s evidence.Settings, as target.Mode) (target.Target, bool) {
	if s.Channel != "smtp" || s.Host.V == "" || s.Host.Unknown || s.Port.V == "" || s.Port.Unknown || !s.InForce {
		return target.Target{}, false
	}
	host := s.Host.V
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	t, err := target.Parse(host + ":" + s.Port.V)
	if err != nil || t.Mail != "" {
		return target.Target{}, false
	}
	t.Mode = cmp.Or(as, s.Mode.Is)
	if t.Mode == target.Unknown {
		t.Mode = target.NoMode
	}
	return t, true
}

// plan decides which servers to contact: each once, as the client that is
// configured, with each login that is to be tried there.
func (a *applications) plan(o *checkOptions, like visit, expect func(target.Target) (map[string]string, error)) error {
	as, accounts := target.Mode(o.as.value), budgets{}
	for _, app := range a.apps {
		secrets := app.credentials()
		for i, s := range app.settings(nil) {
			t, ok := serverOf(s, as)
			if !ok || o.offline {
				app.visits = append(app.visits, -1)
				continue
			}
			v := like
			v.Target = t
			var err error
			if v.expect, err = expect(t); err != nil {
				return err
			}
			if err := o.fill(&v, s, secrets[i], accounts); err != nil {
				return err
			}
			app.visits = append(app.visits, a.place(v))
		}
	}
	if len(a.visits) == 0 && !o.offline && (like.acts() || o.login || o.expect != "") {
		return usage("these settings name no server that could be asked; leave out --login, --user, --from, --to and --expect")
	}
	if like.account != nil && len(a.visits) > 1 {
		return usage("--user is a login for one server, and these settings name %d; --login takes each one's own, or name one file", len(a.visits))
	}
	return nil
}

// fill takes the login and the sender of the settings, where they are asked for.
func (o *checkOptions) fill(v *visit, s evidence.Settings, c settings.Credentials, accounts budgets) error {
	if o.login { // without a password it is said that nobody logged in
		v.account = o.account.with(accounts.account(c.User, c.Password))
	}
	if v.envelope == nil || v.envelope.From != "" || o.envelope.from != "" {
		return nil
	}
	from, err := message.ParseAddress(s.From.V)
	if err != nil {
		return usage("--to needs a sender, and the settings have none that can be used; add --from ADDRESS")
	}
	with := *v.envelope
	with.From = from
	v.envelope = &with
	return nil
}

// place adds a visit, unless the same one is planned, and returns where it
// stands; -1 beyond the limit.
func (a *applications) place(v visit) int {
	if i := slices.IndexFunc(a.visits, v.same); i >= 0 {
		return i
	}
	if len(a.visits) == maxEndpoints {
		a.skipped = append(a.skipped, v.Name())
		return -1
	}
	a.visits = append(a.visits, v)
	return len(a.visits) - 1
}

// correct writes the corrections of one application, and looks at them again: one
// that leaves as much wrong as there was is none.
func (app *application) correct(proof settings.Proof) {
	before := app.count(app.cases)
	all := settings.Correct(app.app, proof)
	if len(all) == 0 {
		return
	}
	again := app.app.With(all).Channels(proof)
	cases := make([]evidence.Case, len(again))
	for i, c := range again {
		s := c.Evidence
		cases[i] = evidence.Case{Settings: &s}
	}
	after := app.count(cases)
	if after[0] > before[0] || after[0] == before[0] && after[1] >= before[1] {
		return
	}
	app.corrections = all
}

// count counts errors and warnings that the settings alone give.
func (app *application) count(cases []evidence.Case) [2]int {
	var n [2]int
	for i := range cases {
		alone := evidence.Case{Now: cases[i].Now, Settings: cases[i].Settings}
		if cases[i].Settings.Want != nil { // what was seen of the server tells more than the settings alone
			n[0]++
		}
		for _, f := range check.Subject(&alone).Findings {
			switch f.Severity {
			case report.Error:
				n[0]++
			case report.Warning:
				n[1]++
			}
		}
	}
	return n
}

// report turns what was found into cases and subjects: those of files that could
// not be read, then a channel each.
func (a *applications) report(now time.Time, here evidence.Here) ([]evidence.Case, []report.Subject) {
	var cases []evidence.Case
	var subjects []report.Subject
	for _, app := range a.apps {
		for i := range app.cases {
			cases = append(cases, app.cases[i])
			s := check.Subject(&app.cases[i])
			if i == 0 {
				s.Changes, s.Corrected = changes(app.corrections), corrected(app.corrections)
			}
			subjects = append(subjects, s)
		}
	}
	for _, t := range a.troubles {
		k := evidence.Case{Now: now, Here: here, Settings: &evidence.Settings{File: t.File, App: t.File, Remarks: []evidence.Remark{
			{Check: "settings-file-unreadable", From: evidence.Origin{File: t.File}, Summary: fmt.Sprintf("%s could not be looked at: %s", t.File, t.Text)}}}}
		cases = append(cases, k)
		subjects = append(subjects, check.Subject(&k))
	}
	if len(a.skipped) > 0 {
		k := evidence.Case{Now: now, Here: here, Settings: &evidence.Settings{App: "this run", Remarks: []evidence.Remark{
			{Check: "settings-file-unreadable", Severity: "note", Summary: fmt.Sprintf("%d servers were not contacted: %d are the most in one run", len(a.skipped), maxEndpoints),
				Detail: "Not contacted: " + strings.Join(a.skipped, ", ") + ".", Fix: []string{"Name the files one by one to have their servers probed"}}}}}
		cases = append(cases, k)
		subjects = append(subjects, check.Subject(&k))
	}
	return cases, subjects
}

func changes(all []settings.Correction) []report.Change {
	var out []report.Change
	for _, c := range all {
		for _, ch := range c.Changes {
			out = append(out, report.Change{File: ch.File, Line: ch.Line, Key: ch.Key, Old: ch.Old, New: ch.New, Hide: ch.Secret})
		}
	}
	return out
}

func corrected(all []settings.Correction) []report.Corrected {
	var out []report.Corrected
	for _, c := range all {
		out = append(out, report.Corrected{File: c.File, Text: c.Text, Diff: settings.Diff(c)})
	}
	return out
}
