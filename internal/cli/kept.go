package cli

import (
	"context"
	"fmt"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/message"
	"github.com/maildoctor/maildoctor/internal/resendapi"
	"github.com/maildoctor/maildoctor/internal/settings"
)

// maxKeys is how many Resend keys one run asks about: each is a call that counts
// against the limit of its team.
const maxKeys = 5

// askResend asks Resend about the keys in the settings: those in force, and with
// --check-kept-keys those that are kept while Resend is switched off.
func (a *applications) askResend(ctx context.Context, e *examination, o *checkOptions) {
	ask := &asking{sys: e.sys, way: e.way, base: resendBase(), timeout: e.timeout, progress: e.progress}
	known := map[string]*evidence.Resend{}
	for _, app := range a.apps {
		secrets := app.credentials()
		for i := range app.cases {
			s := app.cases[i].Settings
			if s.Channel != "resend" || !secrets[i].APIKey.IsSet() || !s.InForce && !o.keptKeys {
				continue
			}
			id := fmt.Sprint(secrets[i].APIKey.Reveal(), s.From.V, s.InForce)
			r, asked := known[id]
			if !asked && len(known) < maxKeys {
				r = ask.inSettings(ctx, s, secrets[i], &app.cases[i])
				known[id] = r
			}
			app.cases[i].Resend = r
		}
	}
}

// inSettings asks about the key of a channel.
func (a *asking) inSettings(ctx context.Context, s *evidence.Settings, c settings.Credentials, k *evidence.Case) *evidence.Resend {
	key := resendKey{text: c.APIKey, from: s.APIKey.From.Key}
	r := a.about(key)
	r.Kept = !s.InForce
	var err error
	if r.Kept {
		err = a.ask(ctx, key, k.Now, func(ctx context.Context, c *resendapi.Client) { c.Alive(ctx, r) })
	} else {
		if from, bad := message.ParseAddress(s.From.V); bad == nil {
			r.From, r.Asked = from, []string{domainOf(from)}
		}
		k.Lookups, err = a.look(ctx, key, r, k.Now)
	}
	if err != nil {
		r.Calls = append(r.Calls, evidence.Call{Name: evidence.CallDomains, Method: "GET", Path: "/domains", Fault: &evidence.Fault{Class: evidence.Other, Text: err.Error()}})
	}
	return r
}
