package cli

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"

	"golang.org/x/net/http/httpproxy"

	"github.com/maildoctor/maildoctor/internal/check"
	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/probe"
	"github.com/maildoctor/maildoctor/internal/resendapi"
)

// baseVariable is what Resend's libraries take their base URL from.
const baseVariable = "RESEND_BASE_URL"

// asking is how Resend is asked.
type asking struct {
	sys      *Sys
	way      *route
	base     *url.URL
	timeout  time.Duration
	progress *progress
	pace     resendapi.Pace // of all clients of the run
}

// newAsking checks the base URL; the empty one is Resend's own.
func newAsking(sys *Sys, way *route, base string, timeout time.Duration, plain bool) (*asking, error) {
	u := resendBase()
	if base != "" {
		var err error
		if u, err = resendapi.ParseBase(base); err != nil {
			return nil, usage("--base-url: %w", err)
		}
	}
	if way.here.Proxy != "" && u.Scheme == "http" {
		return nil, usage("--base-url %q is not encrypted, and --proxy carries it over the network; give an https URL", base)
	}
	return &asking{sys: sys, way: way, base: u, timeout: timeout, progress: newProgress(sys, plain)}, nil
}

// resendBase is where Resend is asked when nothing else was said.
func resendBase() *url.URL {
	u, err := resendapi.ParseBase(resendapi.Base)
	if err != nil {
		panic(err) // a constant
	}
	return u
}

// own reports whether it is Resend itself that is asked.
func (a *asking) own() bool { return a.base.String() == resendapi.Base }

// about is what is known of a key before anybody is asked.
func (a *asking) about(key resendKey) *evidence.Resend {
	r := &evidence.Resend{Key: resendapi.Shape(key.text.Reveal()), Base: a.base.String()}
	r.Key.From = key.from
	if v := a.sys.Getenv(baseVariable); v != "" {
		r.BaseEnv = resendapi.ShownBase(v)
	}
	return r
}

// client makes a client; the caller closes it.
func (a *asking) client(key resendKey, start time.Time) (*resendapi.Client, error) {
	proxy := (&httpproxy.Config{HTTPProxy: either(a.sys, "HTTP_PROXY"), HTTPSProxy: either(a.sys, "HTTPS_PROXY"), NoProxy: either(a.sys, "NO_PROXY")}).ProxyFunc()
	transport := resendapi.NewTransport(probe.ByName(a.way.env, a.way.options), a.way.env.Roots, func(r *http.Request) (*url.URL, error) {
		if a.way.here.Proxy != "" { // --proxy is on the way already
			return nil, nil
		}
		return proxy(r.URL)
	})
	return resendapi.New(resendapi.Options{Base: a.base, Key: key.text, HTTP: transport, Now: a.sys.Now, Start: start,
		UserAgent: "maildoctor/" + a.sys.version(), Pace: &a.pace, Watch: func(step string) { a.progress.say("Resend: " + step) }})
}

// either is a variable in upper or lower case, as curl and Go read it.
func either(sys *Sys, name string) string {
	if v := sys.Getenv(name); v != "" {
		return v
	}
	return sys.Getenv(strings.ToLower(name))
}

// ask has f ask Resend within the limit for an endpoint. The secret of another
// provider is not shown to Resend.
func (a *asking) ask(ctx context.Context, key resendKey, start time.Time, f func(context.Context, *resendapi.Client)) error {
	if !mayShow(key) {
		return nil
	}
	client, err := a.client(key, start)
	if err != nil {
		return err
	}
	defer client.Close()
	ctx, cancel := context.WithTimeout(ctx, a.timeout)
	defer cancel()
	f(ctx, client)
	return nil
}

// atOnceDNS is how many questions of DNS are on their way at a time.
const atOnceDNS = 8

// names looks up what the checks want to know of the domains and is not among
// what was looked up.
func (a *asking) names(ctx context.Context, r *evidence.Resend, start time.Time, have []evidence.Lookup) []evidence.Lookup {
	questions := check.ResendNames(r, have...)
	ctx, cancel := context.WithTimeout(ctx, a.timeout)
	defer cancel()
	out := make([]evidence.Lookup, len(questions))
	places := make(chan struct{}, atOnceDNS)
	sideBySide(len(questions), func(i int) {
		places <- struct{}{}
		defer func() { <-places }()
		a.progress.say("DNS: " + questions[i].Name)
		out[i] = a.lookUp(ctx, questions[i], start)
	})
	return out
}

func (a *asking) lookUp(ctx context.Context, q check.Question, start time.Time) evidence.Lookup {
	begin := a.sys.Now().Sub(start)
	var l evidence.Lookup
	if q.Kind == "address" {
		l = a.way.env.Resolver.Addresses(ctx, q.Name)
	} else {
		l = a.way.env.Resolver.Records(ctx, q.Name, q.Kind)
	}
	l.At, l.Took = begin, a.sys.Now().Sub(start)-begin
	return l
}

// look asks the API and DNS about a key and its domains, side by side.
func (a *asking) look(ctx context.Context, key resendKey, r *evidence.Resend, start time.Time) ([]evidence.Lookup, error) {
	var early []evidence.Lookup
	var err error
	before := *r // what is known without the API
	sideBySide(2, func(i int) {
		if i == 0 {
			early = a.names(ctx, &before, start, nil)
		} else {
			err = a.ask(ctx, key, start, func(ctx context.Context, c *resendapi.Client) { c.Look(ctx, r) })
		}
	})
	return append(early, a.names(ctx, r, start, early)...), err
}
