// Package resendapi asks Resend's API what a key is good for, and writes down
// what came: status, name, message and telling headers of every answer, which
// the SDK drops. It judges nothing, changes nothing but by Send, and reads
// neither the environment nor the clock of the system.
package resendapi

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/resend/resend-go/v2"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/secret"
)

// Base is where Resend's API is; there is no other host for any region.
const Base = "https://api.resend.com/"

// What a run may ask. The limit of Resend counts all keys of a team, so that
// each call here competes with the application's own: it was 2 a second at
// first and is 10 now.
const (
	maxCalls    = 10 // of one Look, pages and repetitions included
	perSecond   = 3
	pageSize    = 100 // the most that Resend allows
	maxBody     = 1 << 20
	maxWait     = 10 * time.Second // the longest Retry-After that is waited for
	defaultWait = time.Second      // without a Retry-After
	callTimeout = 10 * time.Second
)

// Options says whom to ask and by what means. Base, Key, HTTP and Now are needed.
type Options struct {
	Base      *url.URL          // of ParseBase
	Key       secret.Text       // as the caller found it; what is sent is Clean of it
	HTTP      http.RoundTripper // of NewTransport; Close closes its idle connections
	Now       func() time.Time
	Sleep     func(context.Context, time.Duration) error // returns early with an error when the context ends; nil: by a timer
	Start     time.Time                                  // what offsets count from; zero: when New is called
	Watch     func(string)                               // told of each call before it is made; may be nil
	Pace      *Pace                                      // shared with other clients of the run; nil: its own
	Timeout   time.Duration                              // of one call, its body included; zero: 10 s
	UserAgent string                                     // Resend refuses an empty one; empty: "maildoctor"
}

// Client asks with one key. It is for one goroutine at a time.
type Client struct {
	o          Options
	sdk        *resend.Client // holds no key: the capture adds it
	scrub      *secret.Scrubber
	unsendable string // why no request can be made with this key
}

// New checks the options. Keys are not looked at: one that no header can carry
// shows as the Fault of the first call, without a request.
func New(o Options) (*Client, error) {
	if o.HTTP == nil || o.Now == nil || o.Base == nil {
		return nil, errors.New("base URL, transport and clock are needed to ask Resend")
	}
	base, err := checkBase(o.Base)
	if err != nil {
		return nil, err
	}
	o.Base = base
	if o.Sleep == nil {
		o.Sleep = sleep
	}
	if o.Start.IsZero() {
		o.Start = o.Now()
	}
	if o.Timeout <= 0 {
		o.Timeout = callTimeout
	}
	if o.UserAgent == "" {
		o.UserAgent = "maildoctor"
	}
	if o.Watch == nil {
		o.Watch = func(string) {}
	}
	if o.Pace == nil {
		o.Pace = &Pace{}
	}
	given := o.Key.Reveal()
	sends := Clean(given)
	c := &Client{o: o, unsendable: unsendable(sends), scrub: secret.NewScrubber(o.Key, secret.New(sends))}
	if prefix := secret.ResendPrefix(sends); prefix != "" {
		c.scrub.Add(secret.New(sends[len(prefix)+1:]))
	}
	o.Key = secret.New(sends)
	c.o.Key = o.Key
	c.sdk = resend.NewCustomClient(&http.Client{
		Transport:     &capture{base: base, key: o.Key, next: o.HTTP},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}, "")
	// The SDK took its base URL from the environment when the process began;
	// nil, and so a panic at the first call, if it could not be read.
	c.sdk.BaseURL = base
	c.sdk.UserAgent = o.UserAgent
	return c, nil
}

// Close ends the connections that are kept for further calls.
func (c *Client) Close() {
	if t, ok := c.o.HTTP.(interface{ CloseIdleConnections() }); ok {
		t.CloseIdleConnections()
	}
}

// Look asks for the domains of the account, its keys, and the records of those
// domains of r.Asked that it has. The keys are listed before the records, so
// that few calls of ours stand in their last use. What a run may not ask goes
// on without: nothing follows an answer that says that this key cannot read.
func (c *Client) Look(ctx context.Context, r *evidence.Resend) {
	u := c.begin(r, maxCalls)
	spare := 1 // for the keys
	if len(r.Asked) > 0 {
		spare++ // for the records of one domain at least
	}
	if !u.domains(ctx, spare) || !u.keys(ctx) {
		return
	}
	u.records(ctx)
}

// Alive asks for the domains alone, one page: a key is alive when that, or the
// refusal, says so.
func (c *Client) Alive(ctx context.Context, r *evidence.Resend) {
	u := c.begin(r, 2) // the second is for a repetition
	u.domains(ctx, 1)
}

// Message is what Send sends.
type Message struct {
	From, Subject, Text, HTML string
	To, CC, BCC               []string
	ReplyTo                   string
	Headers                   map[string]string
	Attachments               []Attachment
	Idempotency               string // makes a repetition within 24 hours harmless; empty: made of the message and Options.Start
}

// Send sends a message. Resend's refusal or the id of the message stands in
// the last call.
func (c *Client) Send(ctx context.Context, r *evidence.Resend, m Message) {
	u := c.begin(r, 2)
	if m.Idempotency == "" {
		m.Idempotency = m.fingerprint(c.o.Start)
	}
	call := u.ask(ctx, asking{
		name: evidence.CallSend, method: http.MethodPost, path: "/emails",
		do: func(ctx context.Context) error {
			_, err := c.sdk.Emails.SendWithOptions(ctx, &resend.SendEmailRequest{
				From: m.From, To: m.To, Cc: m.CC, Bcc: m.BCC, Subject: m.Subject, Text: m.Text, Html: m.HTML, ReplyTo: m.ReplyTo, Headers: m.Headers, Attachments: m.attached(),
			}, &resend.SendEmailOptions{IdempotencyKey: m.Idempotency})
			return err
		},
		take: func(call *evidence.Call, body []byte) bool {
			var made struct{ ID word }
			if json.Unmarshal(body, &made) != nil || !isID(string(made.ID)) {
				return false
			}
			call.Created = c.text(string(made.ID), maxWord)
			return true
		},
	})
	if call != nil && call.Created != "" {
		r.SentTo = append(r.SentTo, m.To...)
	}
}

// Attachment is a file that goes with a Message.
type Attachment struct {
	Name, Type, ContentID string
	Content               []byte
}

func (m Message) attached() []*resend.Attachment {
	var out []*resend.Attachment
	for _, a := range m.Attachments {
		out = append(out, &resend.Attachment{Filename: a.Name, ContentType: a.Type, ContentId: a.ContentID, Content: a.Content})
	}
	return out
}

// fingerprint is the same for the same message of the same run alone.
func (m Message) fingerprint(start time.Time) string {
	b, err := json.Marshal(m)
	if err != nil { // a struct of strings: never
		b = []byte(err.Error())
	}
	sum := sha256.Sum256(append(b, start.UTC().Format(time.RFC3339Nano)...))
	return "maildoctor-" + hex.EncodeToString(sum[:16])
}

// run is what one entry point does: where it writes to, and how many calls it
// has left.
type run struct {
	c    *Client
	r    *evidence.Resend
	left int
}

func (c *Client) begin(r *evidence.Resend, calls int) *run {
	r.Base = c.o.Base.String()
	return &run{c: c, r: r, left: calls}
}

// domains lists the domains, page by page, and leaves spare calls for others.
// It reports whether asking on makes sense.
func (u *run) domains(ctx context.Context, spare int) bool {
	u.r.Domains, u.r.Partial = nil, false
	after := ""
	for {
		page, call := u.page(ctx, after)
		switch {
		case call == nil || call.Object != objectList:
			u.r.Partial = after != ""
			return after != "" && call != nil && goesOn(call)
		case !page.more:
			u.r.Partial = false
			return true
		}
		u.r.Partial = true
		if next := page.last; next == "" || next == after || u.left <= spare {
			return true
		}
		after = page.last
	}
}

// page asks for the domains behind one.
func (u *run) page(ctx context.Context, after string) (domainList, *evidence.Call) {
	var got domainList
	limit := pageSize
	o := &resend.ListOptions{Limit: &limit}
	path := "/domains?limit=" + strconv.Itoa(limit)
	if after != "" {
		o.After, path = &after, "/domains?after="+after+"&limit="+strconv.Itoa(limit)
	}
	call := u.ask(ctx, asking{
		name: evidence.CallDomains, method: http.MethodGet, path: path,
		do: func(ctx context.Context) error { _, err := u.c.sdk.Domains.ListWithOptions(ctx, o); return err },
		take: func(call *evidence.Call, body []byte) bool {
			var ok bool
			if got, ok = u.c.readDomains(body); ok {
				call.Object = objectList
			}
			return ok
		},
	})
	u.r.Domains = append(u.r.Domains, got.domains...)
	return got, call
}

// keys lists the keys.
func (u *run) keys(ctx context.Context) bool {
	if u.left == 0 {
		return true
	}
	limit := pageSize
	call := u.ask(ctx, asking{
		name: evidence.CallKeys, method: http.MethodGet, path: "/api-keys?limit=" + strconv.Itoa(limit),
		do: func(ctx context.Context) error {
			_, err := u.c.sdk.ApiKeys.ListWithOptions(ctx, &resend.ListOptions{Limit: &limit})
			return err
		},
		take: func(call *evidence.Call, body []byte) bool {
			keys, ok := u.c.readKeys(body)
			if ok {
				call.Object, u.r.Keys = objectList, keys
			}
			return ok
		},
	})
	return call != nil && goesOn(call)
}

// records asks for the records of the domains in question.
func (u *run) records(ctx context.Context) {
	u.r.NotRun = nil
	going := true
	for i, name := range u.r.Asked {
		if slices.Contains(u.r.Asked[:i], name) {
			continue
		}
		d := u.find(name)
		switch {
		case d == nil && !u.r.Partial, !going, d != nil && !isID(d.ID):
		case d == nil, u.left == 0:
			u.r.NotRun = append(u.r.NotRun, name)
		default:
			going = u.recordsOf(ctx, d)
		}
	}
}

func (u *run) find(name string) *evidence.ResendDomain {
	for i := range u.r.Domains {
		if d := &u.r.Domains[i]; strings.EqualFold(strings.TrimSuffix(d.Name, "."), strings.TrimSuffix(name, ".")) {
			return d
		}
	}
	return nil
}

func (u *run) recordsOf(ctx context.Context, d *evidence.ResendDomain) bool {
	call := u.ask(ctx, asking{
		name: evidence.CallDomain, method: http.MethodGet, path: "/domains/" + d.ID, about: d.Name,
		do: func(ctx context.Context) error { _, err := u.c.sdk.Domains.GetWithContext(ctx, d.ID); return err },
		take: func(call *evidence.Call, body []byte) bool {
			records, ok := u.c.readRecords(body)
			if ok {
				call.Object, d.Records = objectDomain, records
			}
			return ok
		},
	})
	return call != nil && goesOn(call)
}

// goesOn: after a refusal of this key, in a traffic jam, without a connection,
// or where somebody else than Resend answers, no more is asked.
func goesOn(call *evidence.Call) bool {
	switch call.Status {
	case http.StatusBadRequest, http.StatusUnauthorized, http.StatusForbidden, http.StatusTooManyRequests:
		return false
	}
	if call.Status < 300 || call.Status >= 400 {
		return call.Fault == nil && (call.Object != "" || call.Error != "")
	}
	return false
}

// sleep waits by the system's timer.
func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("wait for the next call: %w", ctx.Err())
	}
}
