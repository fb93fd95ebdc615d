package cli

import (
	"context"
	"fmt"
	"slices"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/message"
	"github.com/maildoctor/maildoctor/internal/resendapi"
	"github.com/maildoctor/maildoctor/internal/settings"
)

// maxKeys is how many Resend keys one run asks about: with three calls each that
// is within the ten which the limit of a team leaves us.
const maxKeys = 3

// keyUse is a Resend key in the settings of a run, with every channel that has it.
type keyUse struct {
	key      resendKey
	cases    []*evidence.Case
	inForce  bool     // in one of them
	password bool     // it is the password of an SMTP channel in force
	domains  []string // of their senders
}

// askResend asks Resend about the keys in the settings, each once: those in force,
// and with --check-kept-keys those that are kept while Resend is switched off.
func (a *applications) askResend(ctx context.Context, e *examination, o *checkOptions) {
	ask := &asking{sys: e.sys, way: e.way, base: resendBase(), timeout: e.timeout, progress: e.progress}
	left := maxKeys
	for _, u := range a.keys() {
		if !u.inForce && !o.keptKeys {
			continue
		}
		r := ask.about(u.key)
		r.Asked, r.AlsoPassword = u.domains, u.password
		var lookups []evidence.Lookup
		switch {
		case left == 0:
			r.Unasked = fmt.Sprintf("%d keys are the most in one run; check this file by itself", maxKeys)
		default:
			left--
			lookups = ask.inSettings(ctx, r, u)
		}
		u.share(r, lookups)
	}
}

// keys lists the Resend keys of all channels, in the order of their coming.
func (a *applications) keys() []*keyUse {
	var all []*keyUse
	a.channels(func(s *evidence.Settings, c settings.Credentials, k *evidence.Case) {
		if s.Channel != "resend" || !c.APIKey.IsSet() {
			return
		}
		i := slices.IndexFunc(all, func(u *keyUse) bool { return u.key.text.Reveal() == c.APIKey.Reveal() })
		if i < 0 {
			all = append(all, &keyUse{key: resendKey{text: c.APIKey, from: s.APIKey.From.Key}})
			i = len(all) - 1
		}
		all[i].add(s, k)
	})
	a.channels(func(s *evidence.Settings, c settings.Credentials, _ *evidence.Case) {
		for _, u := range all {
			u.password = u.password || s.InForce && s.Channel == "smtp" && c.Password.Reveal() == u.key.text.Reveal()
		}
	})
	return all
}

func (u *keyUse) add(s *evidence.Settings, k *evidence.Case) {
	u.cases = append(u.cases, k)
	if !s.InForce {
		return
	}
	u.inForce = true
	if from, err := message.ParseAddress(s.From.V); err == nil && !slices.Contains(u.domains, domainOf(from)) {
		u.domains = append(u.domains, domainOf(from))
	}
}

// channels calls f with every channel, its credentials and its case.
func (a *applications) channels(f func(*evidence.Settings, settings.Credentials, *evidence.Case)) {
	for _, app := range a.apps {
		secrets := app.credentials()
		for i := range app.cases {
			f(app.cases[i].Settings, secrets[i], &app.cases[i])
		}
	}
}

// share gives every channel what was learnt of its key, as it concerns it.
func (u *keyUse) share(r *evidence.Resend, lookups []evidence.Lookup) {
	for _, k := range u.cases {
		own := *r
		own.Kept = !k.Settings.InForce && !u.inForce
		own.From, own.Asked = "", nil
		if from, err := message.ParseAddress(k.Settings.From.V); err == nil && k.Settings.InForce {
			own.From, own.Asked = from, []string{domainOf(from)}
		}
		k.Resend, k.Lookups = &own, append(k.Lookups, lookups...)
	}
}

// inSettings asks about a key: all of it where it is in force, else whether it is
// alive.
func (a *asking) inSettings(ctx context.Context, r *evidence.Resend, u *keyUse) (lookups []evidence.Lookup) {
	var err error
	start := u.cases[0].Now
	if u.inForce {
		lookups, err = a.look(ctx, u.key, r, start)
	} else {
		err = a.ask(ctx, u.key, start, func(ctx context.Context, c *resendapi.Client) { c.Alive(ctx, r) })
	}
	if err != nil {
		r.Calls = append(r.Calls, evidence.Call{Name: evidence.CallDomains, Method: "GET", Path: "/domains", Fault: &evidence.Fault{Class: evidence.Other, Text: err.Error()}})
	}
	return lookups
}
