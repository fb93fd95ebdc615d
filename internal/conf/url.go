package conf

import (
	"net/url"
	"regexp"
	"strings"
)

// URL is a mail URL as it was meant: the last @ before the host parts off user
// and password, whatever they hold. Parts are raw, percent-encoding and all.
type URL struct {
	Scheme         string
	User, Password string
	HasUser        bool
	HasPassword    bool
	Host, Port     string
	HasPort        bool
	Path           string // from the slash behind the host on, without the query
	Query          []Option
	Fragment       string // # and behind it
	HasQuery       bool
}

// Option is one part of a query, raw.
type Option struct {
	Name, Value string
	Bare        bool // without =
}

// authority is a URL whose user part may hold anything.
var authority = regexp.MustCompile(`^([A-Za-z][A-Za-z0-9+.\-]*)://(?:(.*)@)?(\[[^\]]*\]|[^@/?#:\s]*)(?::([^/?#@]*))?([/?#].*)?$`)

// ParseURL reads a mail URL as its writer meant it; false for what is none.
func ParseURL(s string) (URL, bool) {
	s = strings.TrimSpace(s)
	m := authority.FindStringSubmatch(s)
	if m == nil {
		return URL{}, false
	}
	if at := earlierAt(m[2]); at >= 0 { // an @ in an option, not in the user part
		scheme := len(m[1]) + len("://")
		head, tail := s[scheme:scheme+at], s[scheme+at+1:]
		if p := hostFirst.FindStringSubmatch(tail); p != nil {
			return fromParts([]string{"", m[1], head, p[1], p[2], p[3]}, true, strings.HasPrefix(tail[len(p[1]):], ":")), true
		}
	}
	hostEnd := strings.TrimSuffix(s, m[5])
	return fromParts(m, strings.Contains(hostEnd, "@"), strings.HasSuffix(hostEnd, ":"+m[4]) && (m[4] != "" || strings.HasSuffix(hostEnd, ":"))), true
}

// earlierAt is the place of an @ that is followed by a host and an option, so
// that a later @ belongs to the option; -1 for none.
func earlierAt(user string) int {
	i := optionAt.FindStringIndex(user)
	if i == nil {
		return -1
	}
	return i[0]
}

// optionAt wants a host that can be no part of a password by its looks: one with
// a port, or a name with a domain, or an address.
var optionAt = regexp.MustCompile(`@(?:[A-Za-z0-9.\-]+:\d+|[A-Za-z0-9.\-]+\.[A-Za-z]{2,}|localhost|\d+\.\d+\.\d+\.\d+|\[[0-9A-Fa-f:.]+\](?::\d+)?)/?\?[A-Za-z_]+=`)

// hostFirst is what stands behind the @ of a URL.
var hostFirst = regexp.MustCompile(`^(\[[^\]]*\]|[^@/?#:\s]*)(?::([^/?#@]*))?([/?#].*)?$`)

func fromParts(m []string, hasUser, hasPort bool) URL {
	u := URL{Scheme: m[1], Host: m[3], Port: m[4], HasPort: hasPort, HasUser: hasUser}
	u.User, u.Password, u.HasPassword = strings.Cut(m[2], ":")
	rest := m[5]
	if i := strings.IndexByte(rest, '#'); i >= 0 {
		rest, u.Fragment = rest[:i], rest[i:]
	}
	u.Path, rest, u.HasQuery = strings.Cut(rest, "?")
	for o := range strings.SplitSeq(rest, "&") {
		if name, value, ok := strings.Cut(o, "="); o != "" {
			u.Query = append(u.Query, Option{name, value, !ok})
		}
	}
	return u
}

// String writes the URL with its raw parts.
func (u URL) String() string {
	var b strings.Builder
	b.WriteString(u.Scheme + "://")
	if u.HasUser {
		b.WriteString(u.User)
		if u.HasPassword {
			b.WriteString(":" + u.Password)
		}
		b.WriteByte('@')
	}
	b.WriteString(u.Host)
	if u.HasPort {
		b.WriteString(":" + u.Port)
	}
	b.WriteString(u.Path)
	for i, o := range u.Query {
		b.WriteByte("?&"[min(i, 1)])
		b.WriteString(o.Name)
		if !o.Bare {
			b.WriteString("=" + o.Value)
		}
	}
	if u.HasQuery && len(u.Query) == 0 {
		b.WriteByte('?')
	}
	b.WriteString(u.Fragment)
	return b.String()
}

// Option is the value of an option, decoded.
func (u URL) Option(name string) (string, bool) {
	for _, o := range u.Query {
		if o.Name == name {
			return Decode(o.Value, false), true
		}
	}
	return "", false
}

// Decode undoes percent-encoding; plus says that + is a blank, as in PHP. What
// is no encoding stays as it is.
func Decode(s string, plus bool) string {
	if plus {
		s = strings.ReplaceAll(s, "+", " ")
	}
	if d, err := url.PathUnescape(s); err == nil {
		return d
	}
	return s
}

// Encode writes a user name or password for a URL: everything but the
// unreserved characters of RFC 3986 2.3 in percent form.
func Encode(s string) string {
	var b strings.Builder
	for i := range len(s) {
		if c := s[i]; strings.IndexByte("-._~", c) >= 0 || '0' <= c && c <= '9' || 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z' {
			b.WriteByte(c)
		} else {
			b.WriteString("%" + strings.ToUpper(string("0123456789abcdef"[c>>4])+string("0123456789abcdef"[c&15])))
		}
	}
	return b.String()
}

// Encoded reports whether a raw user name or password is written as a URL wants
// it: no delimiter of RFC 3986 that ends the part early, every % the beginning
// of two hexadecimal digits.
func Encoded(raw string) bool {
	if strings.ContainsAny(raw, "@/?#[]: \"<>\\^`{|}") {
		return false
	}
	_, err := url.PathUnescape(raw)
	return err == nil
}
