package resendapi

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/maildoctor/maildoctor/internal/evidence"
)

// The objects of good answers.
const (
	objectList   = "list"
	objectDomain = "domain"
)

// word is a string, or what else stands in its place: an answer is not thrown
// away for one field of an unexpected type. null, objects and lists are empty.
type word string

// UnmarshalJSON implements json.Unmarshaler.
func (w *word) UnmarshalJSON(b []byte) error {
	*w = ""
	switch b[0] {
	case '"':
		var s string
		if err := json.Unmarshal(b, &s); err != nil {
			return err
		}
		*w = word(s)
	case '{', '[', 'n':
	default:
		*w = word(b)
	}
	return nil
}

// capabilities are an object; anything else is none.
type capabilities struct{ Sending, Receiving word }

// UnmarshalJSON implements json.Unmarshaler.
func (c *capabilities) UnmarshalJSON(b []byte) error {
	type plain capabilities
	if b[0] == '{' {
		return json.Unmarshal(b, (*plain)(c))
	}
	return nil
}

// list is the frame of GET /domains and GET /api-keys.
type list[T any] struct {
	Object word
	Data   *[]T
	More   bool `json:"has_more"`
}

// readList reports whether body is such a list: one without data, or of
// something else, comes from somebody else.
func readList[T any](body []byte, fits func(T) bool) (list[T], bool) {
	var l list[T]
	if json.Unmarshal(body, &l) != nil || l.Object != objectList || l.Data == nil {
		return list[T]{}, false
	}
	for _, item := range *l.Data {
		if !fits(item) {
			return list[T]{}, false
		}
	}
	return l, true
}

// domainJSON is a domain of Resend; the SDK's own type lacks capabilities.
type domainJSON struct {
	Object       word
	ID           word
	Name         word
	Status       word
	Region       word
	CreatedAt    word `json:"created_at"`
	Capabilities capabilities
	Records      *[]recordJSON
}

type recordJSON struct {
	Record, Type, Name, Value, Priority, Status word
}

// domainList is one page.
type domainList struct {
	domains []evidence.ResendDomain
	more    bool
	last    string // id of the last one; empty when it cannot stand in a URL
}

func (c *Client) readDomains(body []byte) (domainList, bool) {
	l, ok := readList(body, func(d domainJSON) bool { return d.ID != "" && d.Name != "" })
	if !ok {
		return domainList{}, false
	}
	page := domainList{more: l.More}
	for _, d := range *l.Data {
		page.domains = append(page.domains, evidence.ResendDomain{
			ID: c.word(d.ID), Name: c.word(d.Name), Status: c.word(d.Status), Region: c.word(d.Region), CreatedAt: date(d.CreatedAt),
			Sending: c.word(d.Capabilities.Sending), Receiving: c.word(d.Capabilities.Receiving),
		})
		page.last = ""
		if isID(string(d.ID)) {
			page.last = string(d.ID)
		}
	}
	return page, true
}

func (c *Client) readKeys(body []byte) ([]evidence.ResendListed, bool) {
	type keyJSON struct {
		ID, Name word
		Created  word `json:"created_at"`
		Used     word `json:"last_used_at"`
	}
	l, ok := readList(body, func(k keyJSON) bool { return k.ID != "" })
	if !ok {
		return nil, false
	}
	var keys []evidence.ResendListed
	for _, k := range *l.Data {
		keys = append(keys, evidence.ResendListed{Name: c.word(k.Name), CreatedAt: date(k.Created), LastUsed: date(k.Used)})
	}
	return keys, true
}

// readRecords reads the records of a domain.
func (c *Client) readRecords(body []byte) ([]evidence.ResendRecord, bool) {
	var d domainJSON
	if json.Unmarshal(body, &d) != nil || d.Object != objectDomain || d.ID == "" {
		return nil, false
	}
	var out []evidence.ResendRecord
	if d.Records == nil {
		return nil, true
	}
	for _, r := range *d.Records {
		priority, _ := strconv.Atoi(string(r.Priority)) // none, or none that can be read
		out = append(out, evidence.ResendRecord{
			For: purpose(c.word(r.Record)), Type: strings.ToUpper(c.word(r.Type)), Name: c.word(r.Name),
			Value: c.text(unquote(string(r.Value)), maxText), Priority: priority, Status: c.word(r.Status),
		})
	}
	return out, true
}

// purpose: webhooks say "Receiving MX" for what the API calls Receiving.
func purpose(s string) string {
	if s == "Receiving MX" {
		return "Receiving"
	}
	return s
}

// unquote takes off the quotation marks of a TXT record in a zone file, also
// those between its character strings (RFC 1035 5.1).
func unquote(s string) string {
	s = strings.TrimSpace(s)
	if len(s) < 2 || s[0] != '"' || s[len(s)-1] != '"' {
		return s
	}
	return strings.ReplaceAll(s[1:len(s)-1], `" "`, "")
}

// readProblem reads one of Resend's errors and reports whether it is one. A
// message without a name is kept, too: gateways speak like that.
func (c *Client) readProblem(call *evidence.Call, body []byte) bool {
	var p struct {
		Name    word
		Message json.RawMessage
	}
	if json.Unmarshal(body, &p) != nil {
		return false
	}
	call.Error = c.word(p.Name)
	call.Message = c.text(message(p.Message), maxText)
	return call.Error != ""
}

// message is a text; a list of texts where several fields are wrong.
func message(raw json.RawMessage) string {
	var one string
	var many []word
	switch {
	case len(raw) == 0 || bytes.Equal(raw, []byte("null")):
		return ""
	case json.Unmarshal(raw, &one) == nil:
		return one
	case json.Unmarshal(raw, &many) == nil:
		var parts []string
		for _, m := range many {
			if m != "" {
				parts = append(parts, string(m))
			}
		}
		return strings.Join(parts, "; ")
	}
	return string(raw)
}

func (c *Client) word(w word) string { return c.text(string(w), maxWord) }

// isID: only such an id goes into a path; the SDK escapes nothing.
func isID(s string) bool {
	if s == "" || len(s) > 100 {
		return false
	}
	for i := range len(s) {
		if c := s[i]; (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '-' {
			return false
		}
	}
	return true
}

// dates are the forms that Resend writes. Each takes fractions of a second.
var dates = []string{time.RFC3339, "2006-01-02 15:04:05Z07", "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05", "2006-01-02T15:04:05", time.DateOnly}

// date is zero when w is none.
func date(w word) time.Time {
	for _, layout := range dates {
		if t, err := time.Parse(layout, strings.TrimSpace(string(w))); err == nil {
			return t.UTC()
		}
	}
	return time.Time{}
}
