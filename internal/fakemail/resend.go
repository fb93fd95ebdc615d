package fakemail

import (
	"cmp"
	"context"
	"crypto/tls"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/mail"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// ResendAPI is an account at Resend, and how its API misbehaves. The zero
// ResendAPI takes any key, which has full access, and knows no domain.
type ResendAPI struct {
	Key      string          // the only good one; empty: any
	SendOnly bool            // the key may send and nothing else
	Scope    string          // name of the only domain that the key may send from; empty: all
	Owner    string          // the mail address of the account, which resend.dev may write to
	Domains  []ResendDomain  // in the order of listing
	Keys     []ResendListed  // in the order of listing
	Fails    map[string]Fail // by path, such as "/domains", before the account is looked at
	TLS      *tls.Config     // nil: in clear text
	Addr     netip.AddrPort  // must be on loopback; zero: a free port of 127.0.0.1
}

// ResendDomain is a domain of an account.
type ResendDomain struct {
	ID, Name, Status, Region, CreatedAt string
	Sending, Receiving                  string // "enabled" or "disabled"; both empty: an API that has no capabilities yet
	Records                             []ResendRecord
}

// ResendRecord is a DNS record as the API returns it.
type ResendRecord struct {
	Record   string `json:"record"`
	Name     string `json:"name"`
	Type     string `json:"type"`
	TTL      string `json:"ttl"`
	Status   string `json:"status"`
	Value    string `json:"value"`
	Priority any    `json:"priority,omitempty"` // a number; a string in older answers
}

// ResendListed is a key as the account lists it.
type ResendListed struct {
	ID        string  `json:"id"`
	Name      string  `json:"name"`
	CreatedAt string  `json:"created_at"`
	LastUsed  *string `json:"last_used_at"`
}

// Fail is an answer in place of the account's. With an empty Type it is JSON.
type Fail struct {
	Status int
	Type   string
	Header map[string]string
	Body   string
	Times  int           // how many requests it is for, the following ones get the account's; 0: all
	After  time.Duration // the answer is late
	Cut    bool          // half of the body comes and the connection ends
	Hangs  bool          // no answer comes
	Drops  bool          // the connection ends without an answer
}

// ResendRequest is what a client asked.
type ResendRequest struct {
	Method, Path string // with the query
	Host, Proto  string
	Header       http.Header
	Body         []byte
}

// Resend is a double of Resend's API on loopback. ListenResend makes one.
type Resend struct {
	api  ResendAPI
	ln   net.Listener
	srv  *http.Server
	done chan struct{} // closed by Close
	work sync.WaitGroup
	once sync.Once

	mu     sync.Mutex
	closed bool
	asked  []ResendRequest
	times  map[string]int
	sent   map[string]string // idempotency key to body
}

// ListenResend starts the double on a free port.
func ListenResend(api ResendAPI) (*Resend, error) {
	if !api.Addr.IsValid() {
		api.Addr = netip.AddrPortFrom(netip.AddrFrom4([4]byte{127, 0, 0, 1}), 0)
	}
	if !api.Addr.Addr().IsLoopback() {
		return nil, fmt.Errorf("listen on %q: not a loopback address, use 127.0.0.1 or ::1", api.Addr)
	}
	ln, err := net.ListenTCP("tcp", net.TCPAddrFromAddrPort(api.Addr))
	if err != nil {
		return nil, fmt.Errorf("listen on loopback: %w", err)
	}
	r := &Resend{api: api, ln: ln, done: make(chan struct{}), times: map[string]int{}, sent: map[string]string{}}
	r.srv = &http.Server{Handler: r, TLSConfig: api.TLS, ReadHeaderTimeout: 20 * time.Second, ErrorLog: slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)}
	if api.TLS != nil && len(api.TLS.CipherSuites) > 0 { // HTTP/2 insists on some (RFC 9113 9.2.2)
		r.srv.Protocols = new(http.Protocols)
		r.srv.Protocols.SetHTTP1(true)
	}
	r.work.Go(func() {
		// It ends when Close shuts it down; an error of the listener shows as a time-out in the test.
		if api.TLS != nil {
			_ = r.srv.ServeTLS(ln, "", "")
			return
		}
		_ = r.srv.Serve(ln)
	})
	return r, nil
}

// URL is the base URL, with the address in it.
func (r *Resend) URL() string {
	scheme := "http"
	if r.api.TLS != nil {
		scheme = "https"
	}
	return scheme + "://" + r.ln.Addr().String() + "/"
}

// Addr is the address to connect to.
func (r *Resend) Addr() netip.AddrPort { return r.ln.Addr().(*net.TCPAddr).AddrPort() }

// Asked lists the requests in the order they came.
func (r *Resend) Asked() []ResendRequest {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.asked)
}

// Close ends every request and waits for them. It may be called more than once.
func (r *Resend) Close() error {
	var err error
	r.once.Do(func() {
		r.mu.Lock()
		r.closed = true
		r.mu.Unlock()
		close(r.done)
		err = r.srv.Close()
		r.work.Wait()
	})
	return err
}

// ServeHTTP answers one request; it is for package net/http to call.
func (r *Resend) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	if !r.enter() {
		return
	}
	defer r.work.Done()
	const mostSent = 1 << 20
	body, _ := io.ReadAll(io.LimitReader(req.Body, mostSent)) // what broke off is no JSON
	r.mu.Lock()
	r.asked = append(r.asked, ResendRequest{Method: req.Method, Path: req.URL.RequestURI(), Host: req.Host, Proto: req.Proto, Header: req.Header.Clone(), Body: body})
	r.times[req.URL.Path]++
	times := r.times[req.URL.Path]
	r.mu.Unlock()

	h := w.Header()
	h.Set("Server", "cloudflare")
	h.Set("Cf-Ray", "9c0ffee0c0ffee00-FRA")
	if f, ok := r.api.Fails[req.URL.Path]; ok && (f.Times == 0 || times <= f.Times) {
		r.fail(w, req, f)
		return
	}
	if req.UserAgent() == "" { // Cloudflare's answer, before the API is reached
		r.fail(w, req, Fail{Status: http.StatusForbidden, Type: "text/plain; charset=UTF-8", Body: "error code: 1010"})
		return
	}
	h.Set("Ratelimit-Limit", "10")
	h.Set("Ratelimit-Remaining", "9")
	h.Set("Ratelimit-Reset", "1")
	h.Set("X-Resend-Monthly-Quota", "7")
	status, answer := r.answer(req, body)
	b, err := json.Marshal(answer)
	if err != nil {
		status, b = http.StatusInternalServerError, []byte("{}")
	}
	h.Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(b) // a client that left has no use for it
}

// enter counts a request in, so that Close waits for it.
func (r *Resend) enter() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.closed {
		r.work.Add(1)
	}
	return !r.closed
}

// fail gives a planned answer.
func (r *Resend) fail(w http.ResponseWriter, req *http.Request, f Fail) {
	if f.Hangs {
		r.wait(req.Context(), nil)
	}
	if f.After > 0 {
		t := time.NewTimer(f.After)
		defer t.Stop()
		r.wait(req.Context(), t.C)
	}
	if f.Drops || f.Hangs {
		if conn, _, err := http.NewResponseController(w).Hijack(); err == nil { // HTTP/2 has none, and answers 200 without a body
			conn.Close()
		}
		return
	}
	h := w.Header()
	h.Set("Content-Type", cmp.Or(f.Type, "application/json; charset=utf-8"))
	for name, value := range f.Header {
		h.Set(name, value)
	}
	if f.Cut { // the server ends a connection that owes bytes
		h.Set("Content-Length", strconv.Itoa(len(f.Body)))
		f.Body = f.Body[:len(f.Body)/2]
	}
	w.WriteHeader(cmp.Or(f.Status, http.StatusOK))
	_, _ = io.WriteString(w, f.Body)
}

// wait ends with the time, the client or the server.
func (r *Resend) wait(ctx context.Context, enough <-chan time.Time) {
	select {
	case <-enough:
	case <-ctx.Done():
	case <-r.done:
	}
}

// answer is what the account says.
func (r *Resend) answer(req *http.Request, body []byte) (int, any) {
	key, bearer := strings.CutPrefix(req.Header.Get("Authorization"), "Bearer ")
	id, one := strings.CutPrefix(req.URL.Path, "/domains/")
	sends := req.URL.Path == "/emails" && req.Method == http.MethodPost
	switch {
	case !bearer || key == "":
		return problem(http.StatusUnauthorized, "missing_api_key", "Missing API key in the authorization header.")
	case r.api.Key != "" && key != r.api.Key:
		return problem(http.StatusBadRequest, "validation_error", "API key is invalid")
	case r.api.SendOnly && !sends:
		return problem(http.StatusUnauthorized, "restricted_api_key", "This API key is restricted to only send emails")
	case sends:
		return r.send(req.Header.Get("Idempotency-Key"), body)
	case req.Method != http.MethodGet:
		return problem(http.StatusMethodNotAllowed, "method_not_allowed", "Method is not allowed for the requested path.")
	case req.URL.Path == "/domains":
		return page(req, r.api.Domains, func(d ResendDomain) string { return d.ID }, ResendDomain.listed)
	case req.URL.Path == "/api-keys":
		return page(req, r.api.Keys, func(k ResendListed) string { return k.ID }, func(k ResendListed) any { return k })
	case one && !strings.Contains(id, "/"):
		for _, d := range r.api.Domains {
			if d.ID == id {
				return http.StatusOK, d.whole()
			}
		}
		return problem(http.StatusNotFound, "not_found", "Domain not found")
	}
	return problem(http.StatusNotFound, "not_found", "The requested endpoint does not exist.")
}

func problem(status int, name, message string) (int, any) {
	return status, map[string]any{"statusCode": status, "name": name, "message": message}
}

// page lists items from the query's limit and after; without a limit, all.
func page[T any](req *http.Request, items []T, id func(T) string, show func(T) any) (int, any) {
	q := req.URL.Query()
	limit := len(items)
	if q.Has("limit") {
		n, err := strconv.Atoi(q.Get("limit"))
		if err != nil || n < 1 || n > 100 {
			return problem(http.StatusUnprocessableEntity, "validation_error", "The pagination limit must be a number between 1 and 100.")
		}
		limit = n
	}
	if q.Has("after") {
		i := slices.IndexFunc(items, func(item T) bool { return id(item) == q.Get("after") })
		if i < 0 || q.Has("before") {
			return problem(http.StatusUnprocessableEntity, "invalid_parameter", "The `after` must be a valid UUID.")
		}
		items = items[i+1:]
	}
	data := []any{}
	for _, item := range items[:min(limit, len(items))] {
		data = append(data, show(item))
	}
	return http.StatusOK, map[string]any{"object": "list", "has_more": len(items) > len(data), "data": data}
}

// listed is the domain without its records.
func (d ResendDomain) listed() any {
	m := map[string]any{"id": d.ID, "name": d.Name, "status": d.Status, "region": d.Region, "created_at": d.CreatedAt, "open_tracking": false, "click_tracking": false}
	if d.Sending != "" || d.Receiving != "" {
		m["capabilities"] = map[string]string{"sending": d.Sending, "receiving": d.Receiving}
	}
	return m
}

func (d ResendDomain) whole() any {
	m := d.listed().(map[string]any)
	m["object"] = "domain"
	m["records"] = append([]ResendRecord{}, d.Records...)
	return m
}

// send takes a message as the API does: fields, the key's scope, the domain.
func (r *Resend) send(idempotency string, body []byte) (int, any) {
	var m struct {
		From, Subject, HTML, Text string
		To                        []string
	}
	if json.Unmarshal(body, &m) != nil || m.From == "" || len(m.To) == 0 {
		return problem(http.StatusUnprocessableEntity, "missing_required_field", "The request body is missing one or more required fields.")
	}
	if m.HTML == "" && m.Text == "" {
		return problem(http.StatusUnprocessableEntity, "validation_error", "Missing `html` or `text` field.")
	}
	from, err := mail.ParseAddress(m.From)
	if err != nil {
		return problem(http.StatusUnprocessableEntity, "validation_error", "Invalid `from` field. The email address needs to follow the `email@example.com` or `Name <email@example.com>` format.")
	}
	domain := strings.ToLower(from.Address[strings.LastIndexByte(from.Address, '@')+1:])
	own := slices.ContainsFunc(r.api.Domains, func(d ResendDomain) bool { return d.Name == domain && d.Status == "verified" })
	switch {
	case r.api.Scope != "" && r.api.Scope != domain:
		return problem(http.StatusForbidden, "validation_error", "This API key is not authorized to send emails from "+domain)
	case domain == "resend.dev" && slices.ContainsFunc(m.To, func(to string) bool { return to != r.api.Owner && !strings.HasSuffix(to, "@resend.dev") }):
		return problem(http.StatusForbidden, "validation_error", "You can only send testing emails to your own email address ("+r.api.Owner+"). To send emails to other recipients, please verify a domain at resend.com/domains, and change the `from` address to an email using this domain.")
	case domain != "resend.dev" && !own:
		return problem(http.StatusForbidden, "validation_error", "The "+domain+" domain is not verified. Please, add and verify your domain on https://resend.com/domains")
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if before, ok := r.sent[idempotency]; idempotency != "" && ok && before != string(body) {
		return problem(http.StatusConflict, "invalid_idempotent_request", "This idempotency key has been used on a request within the last 24 hours, but the request body was modified.")
	}
	r.sent[idempotency] = string(body)
	return http.StatusOK, map[string]string{"id": "49a3999c-0ce1-4ea6-ab68-afcd6dc2e794"}
}

// The records that Resend asks for, in the three shapes that are live at once.

const dkimValue = "p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDQ"

func dkim(status string) ResendRecord {
	return ResendRecord{Record: "DKIM", Name: "resend._domainkey", Type: "TXT", TTL: "Auto", Status: status, Value: dkimValue}
}

// ClassicRecords are those of domains from before August 2026: MX and TXT at
// send.
func ClassicRecords(region, status string) []ResendRecord {
	return []ResendRecord{
		{Record: "SPF", Name: "send", Type: "MX", TTL: "Auto", Status: status, Value: "feedback-smtp." + region + ".amazonses.com", Priority: 10},
		{Record: "SPF", Name: "send", Type: "TXT", TTL: "Auto", Status: status, Value: `"v=spf1 include:amazonses.com ~all"`},
		dkim(status),
	}
}

// CNAMERecords are those of newer domains: two CNAMEs with a target that
// carries MX and TXT.
func CNAMERecords(region, status string) []ResendRecord {
	return []ResendRecord{
		{Record: "SPF", Name: "send", Type: "CNAME", TTL: "Auto", Status: status, Value: "send.forge.rmta.net"},
		{Record: "SPF", Name: "rsend", Type: "CNAME", TTL: "Auto", Status: status, Value: fallback(region)},
		dkim(status),
	}
}

// HybridRecords are the classic ones and the CNAME of the second server.
func HybridRecords(region, status string) []ResendRecord {
	return append(ClassicRecords(region, status), ResendRecord{Record: "SPF", Name: "rsend", Type: "CNAME", TTL: "Auto", Status: status, Value: "send.forge.rmta.net"})
}

func fallback(region string) string {
	short := map[string]string{"eu-west-1": "-euw1", "sa-east-1": "-sae1", "ap-northeast-1": "-apne1"}
	return "rsend" + short[region] + ".forge.rmta.net"
}

// ResendRow finds an answer of ResendErrors by its name there.
func ResendRow(id string) (Fail, error) {
	for _, e := range ResendErrors {
		if e.ID == id {
			return e.Fail(), nil
		}
	}
	return Fail{}, fmt.Errorf("no error of Resend has the id %q", id)
}
