package cli

import (
	"cmp"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/maildoctor/maildoctor/internal/dialect"
	"github.com/maildoctor/maildoctor/internal/settings"
	"github.com/maildoctor/maildoctor/internal/target"
)

// ways are the ways to send that were asked for, without their messages.
func (o *sendOptions) ways(sys *Sys, args []string) ([]shipment, error) {
	switch {
	case len(o.settings) > 0:
		return o.fromSettings(sys)
	case o.via.value == viaResend:
		key, err := findKey(sys, o.keyFile, false)
		return []shipment{{key: key, words: "Resend's API"}}, err
	}
	t, err := target.Parse(args[0])
	if err != nil {
		return nil, usageError{err}
	}
	if t.Mail != "" {
		return nil, usage("%q is a mail address; give the server to send through, such as smtp.example.org:587", args[0])
	}
	account, err := o.account.open(sys)
	return []shipment{{visit: visit{Target: t, account: account}, words: t.Name()}}, err
}

// fromSettings are those of an application's settings that were picked.
func (o *sendOptions) fromSettings(sys *Sys) ([]shipment, error) {
	if _, ok := dialect.ByID(o.dialect); o.dialect != "" && !ok {
		return nil, usage("there is no dialect %q%s; maildoctor check --list prints them all", o.dialect, didYouMean(o.dialect, dialectIDs()))
	}
	apps, troubles := settings.Load(disk{stdin: sys.Stdin}, o.settings, settings.Options{Dialect: o.dialect, Version: o.version, Env: environ(sys)})
	for _, t := range troubles {
		return nil, usage("--settings: %s: %s", t.File, t.Text)
	}
	var all []shipment
	accounts := budgets{}
	for _, app := range apps {
		for _, c := range app.Channels(settings.Proof{}) {
			if s, ok := o.wayOf(c, accounts); ok {
				all = append(all, s)
			}
		}
	}
	if o.via.value != "" {
		all = slices.DeleteFunc(all, func(s shipment) bool { return s.via() != o.via.value })
	}
	if len(all) == 0 {
		return nil, usage("no way to send that is set up whole stands in %s; maildoctor check %s says what is missing", strings.Join(o.settings, ", "), quoted(o.settings[0]))
	}
	picked, err := o.pick(all)
	if err != nil {
		return nil, err
	}
	if !o.account.asked() {
		return picked, whole(picked)
	}
	account, err := o.account.open(sys)
	for i := range picked {
		picked[i].account = account
	}
	return picked, err
}

// whole refuses ways whose login does not stand in the settings: a message that
// goes out without it proves nothing of them.
func whole(all []shipment) error {
	for _, s := range all {
		if s.lacks != "" {
			return usage("%s: the %s is not known here (set elsewhere, or an example's); set it, or log in with --user NAME", s.words, s.lacks)
		}
	}
	return nil
}

// wayOf is a channel as a way to send; false where a part of it is missing.
func (o *sendOptions) wayOf(c *settings.Channel, accounts budgets) (shipment, bool) {
	e, secrets := c.Evidence, c.Credentials()
	s := shipment{settings: &e, from: e.From.V, words: strings.Join(nonEmpty(baseName(e.File), e.App, e.Scope), ", ")}
	if secrets.APIKey.IsSet() && e.Channel == "resend" {
		s.key, s.words = resendKey{secrets.APIKey, cmp.Or(e.APIKey.From.File, e.File)}, s.words+", Resend's API"
		return s, true
	}
	asIf := e
	asIf.InForce = true
	t, ok := serverOf(asIf, target.NoMode)
	if !ok {
		return s, false
	}
	s.Target, s.words = t, s.words+", "+t.Name()
	switch {
	case secrets.User != "" && secrets.Password.IsSet():
		s.account = o.account.with(accounts.account(secrets.User, secrets.Password))
	case e.User.V != "" || e.Password.Set:
		s.lacks = "user name or password"
	}
	return s, true
}

// baseName is the name of a file without the path, which tells of this machine.
func baseName(file string) string {
	if file == "" {
		return ""
	}
	return filepath.Base(file)
}

func nonEmpty(words ...string) []string {
	return slices.DeleteFunc(words, func(w string) bool { return w == "" })
}

// pick takes the channels that were asked for: without a word the one in force.
func (o *sendOptions) pick(all []shipment) ([]shipment, error) {
	inForce := func(s shipment) bool { return s.settings.InForce }
	switch name := strings.ToLower(o.channel); {
	case o.all:
		return all, nil
	case name == "" || name == "primary":
		first := slices.Collect(filtered(all, inForce))
		if len(first) == 1 || len(first) > 1 && sameApp(first) {
			return first[:1], nil
		}
		return nil, usage("%s; pick one with --channel NUMBER, or take --all-channels:\n%s", cmp.Or(map[bool]string{true: "no way to send is in force"}[len(first) == 0], "several applications stand in these settings"), choices(all))
	case name == "backup":
		backups := slices.Collect(filtered(all, func(s shipment) bool { return !inForce(s) }))
		if len(backups) == 0 && sameApp(all) { // a list of which each is in force
			backups = all[1:]
		}
		if len(backups) == 0 {
			return nil, usage("these settings have no backup; the ways to send are:\n%s", choices(all))
		}
		return backups[:1], nil
	default:
		return o.pickNamed(all, name)
	}
}

func (o *sendOptions) pickNamed(all []shipment, name string) ([]shipment, error) {
	if n, err := strconv.Atoi(name); err == nil && n >= 1 && n <= len(all) {
		return all[n-1 : n], nil
	}
	found := slices.Collect(filtered(all, func(s shipment) bool { return s.via() == name || strings.EqualFold(s.settings.Name, name) }))
	if len(found) == 1 {
		return found, nil
	}
	return nil, usage("--channel %q names %d of the ways to send; they are:\n%s", o.channel, len(found), choices(all))
}

func filtered(all []shipment, keep func(shipment) bool) func(func(shipment) bool) {
	return func(yield func(shipment) bool) {
		for _, s := range all {
			if keep(s) && !yield(s) {
				return
			}
		}
	}
}

// sameApp reports whether all are ways of one application.
func sameApp(all []shipment) bool {
	return !slices.ContainsFunc(all, func(s shipment) bool {
		return s.settings.App != all[0].settings.App || s.settings.File != all[0].settings.File
	})
}
