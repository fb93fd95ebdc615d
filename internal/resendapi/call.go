package resendapi

import (
	"context"
	"encoding/json"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/maildoctor/maildoctor/internal/evidence"
)

// rateLimited is the one error that is asked about again. Quotas, which have
// the same status, do not pass by waiting.
const rateLimited = "rate_limit_exceeded"

// asking is a call that is to be made.
type asking struct {
	name, method, path, about string

	do   func(context.Context) error              // by the SDK
	take func(*evidence.Call, []byte) (ours bool) // reads a good answer
}

// ask makes a call, writes it down, and makes it once more where Resend says
// that there were too many. It returns the last one; nil when the context
// ended before there was one.
func (u *run) ask(ctx context.Context, a asking) *evidence.Call {
	first := u.once(ctx, a, 0)
	if first == nil || first.Error != rateLimited || u.left == 0 {
		return first
	}
	now := u.c.o.Now()
	wait := retryAfter(first.Header["retry-after"], now)
	if end, ok := ctx.Deadline(); wait > maxWait || ok && end.Sub(now) <= wait {
		return first
	}
	if second := u.once(ctx, a, wait); second != nil {
		return second
	}
	return first
}

// once makes one call when its turn has come, after wait at the earliest.
func (u *run) once(ctx context.Context, a asking, wait time.Duration) *evidence.Call {
	c := u.c
	call := evidence.Call{Name: a.name, Method: a.method, Path: a.path, About: a.about}
	if c.unsendable != "" {
		call.At = c.o.Now().Sub(c.o.Start)
		call.Fault = &evidence.Fault{Class: evidence.Other, Text: c.unsendable}
		return u.keep(call)
	}
	var err error
	if call.Waited, err = c.pace(ctx, wait); err != nil {
		return nil
	}
	u.left--
	c.o.Watch(a.method + " " + a.path)
	start := c.o.Now()
	call.At = start.Sub(c.o.Start)
	limited, cancel := context.WithTimeout(ctx, c.o.Timeout)
	defer cancel()
	got := &answer{}
	err = a.do(context.WithValue(limited, answerKey{}, got))
	call.Took = c.o.Now().Sub(start)
	call.Peer = got.address()
	switch {
	case got.status != 0:
		c.fill(ctx, &call, got, a.take)
	case got.err != nil:
		call.Fault = c.fault(ctx, got.err)
		if got.badTLS.Load() && call.Fault.Class == evidence.Other {
			call.Fault.Class = evidence.TLSFailed
		}
	case err != nil: // the SDK made no request
		call.Fault = c.fault(ctx, err)
	}
	return u.keep(call)
}

func (u *run) keep(call evidence.Call) *evidence.Call {
	u.r.Calls = append(u.r.Calls, call)
	return &call
}

// Pace is when calls were made: clients that share one keep to three a second
// together. It is for one goroutine at a time.
type Pace struct{ sent []time.Time }

// pace waits until another call may be made.
func (c *Client) pace(ctx context.Context, wait time.Duration) (time.Duration, error) {
	p := c.o.Pace
	if n := len(p.sent); n >= perSecond {
		wait = max(wait, p.sent[n-perSecond].Add(time.Second).Sub(c.o.Now()))
	}
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	if wait > 0 {
		if err := c.o.Sleep(ctx, wait); err != nil {
			return 0, err
		}
	}
	p.sent = append(p.sent, c.o.Now())
	return max(wait, 0), nil
}

// retryAfter reads the field of RFC 9110 10.2.3: seconds or a date. One that
// is missing, cannot be read or has passed is a second.
func retryAfter(field string, now time.Time) time.Duration {
	var wait time.Duration
	if seconds, err := strconv.Atoi(field); err == nil {
		wait = time.Duration(min(seconds, 1<<20)) * time.Second
	} else if at, err := http.ParseTime(field); err == nil {
		wait = at.Sub(now)
	}
	if wait <= 0 {
		return defaultWait
	}
	return wait
}

// fill writes down an answer. What is none of Resend's is quoted.
func (c *Client) fill(ctx context.Context, call *evidence.Call, got *answer, take func(*evidence.Call, []byte) bool) {
	call.Status = got.status
	call.Type = c.text(mediaType(got.header.Get("Content-Type")), maxWord)
	call.Header = c.tell(got.header)
	isJSON := call.Type == "application/json" || strings.HasSuffix(call.Type, "+json")
	call.Broken = got.cut || got.err != nil || isJSON && !json.Valid(got.body)
	if got.err != nil {
		call.Fault = c.fault(ctx, got.err)
	}
	ours := false
	switch {
	case call.Broken:
	case got.status >= 200 && got.status < 300:
		ours = take(call, got.body)
	default:
		ours = c.readProblem(call, got.body)
	}
	if !ours {
		const enough = 64 << 10 // no key is that long
		call.Body = c.text(string(got.body[:min(len(got.body), enough)]), maxQuote)
	}
}

func mediaType(field string) string {
	if t, _, err := mime.ParseMediaType(field); err == nil {
		return t
	}
	t, _, _ := strings.Cut(field, ";")
	return strings.ToLower(strings.TrimSpace(t))
}

// tell picks the header fields that tell something: limits, quotas, who
// answered. Of a Location it keeps the host, since the rest may hold a token.
func (c *Client) tell(h http.Header) map[string]string {
	out := map[string]string{}
	for name, values := range h {
		name = strings.ToLower(name)
		value := strings.Join(values, ", ")
		switch name {
		case "retry-after", "cf-ray", "cf-mitigated", "server", "content-type", "date":
		case "location":
			value = hostOf(value)
		default:
			if !strings.HasPrefix(name, "ratelimit-") && !strings.HasPrefix(name, "x-resend-") {
				continue
			}
		}
		if len(out) < maxFields {
			out[c.text(name, maxWord)] = c.text(value, maxQuote)
		}
	}
	return out
}

// hostOf is scheme and host of a URL: a scheme that changes is the point of a
// redirect to clear text.
func hostOf(location string) string {
	u, err := url.Parse(location)
	switch {
	case err != nil:
		return "(unreadable)"
	case u.Host == "":
		return "(same host)"
	case u.Scheme == "":
		return u.Host
	}
	return u.Scheme + "://" + u.Host
}

// Bounds of what is kept of an answer, in bytes.
const (
	maxQuote  = 300
	maxWord   = 300
	maxText   = 2000 // Resend's messages; a TXT record with a 2048-bit key has 400
	maxFields = 40
)

// text is s without the key, and no longer than most. The key is taken out
// first, so that no half of it stands at the end.
func (c *Client) text(s string, most int) string {
	s = c.scrub.Text(s)
	if len(s) > most {
		s = s[:most]
	}
	return strings.ToValidUTF8(s, "\uFFFD")
}
