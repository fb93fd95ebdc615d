package settings

import (
	"fmt"
	"slices"
	"strings"

	"github.com/maildoctor/maildoctor/internal/conf"
	"github.com/maildoctor/maildoctor/internal/dialect"
)

// split takes apart a value that holds several settings.
func (a *App) split(v *Value) []*Value {
	if v.Unknown && v.Role == dialect.URL && !a.hostBeside() {
		s := piece(v, scheme, dialect.Scheme, "")
		s.Unknown = true
		return append(unknownEndpoint(v), s)
	}
	if v.Unknown || v.Text == "" {
		return nil
	}
	switch v.Role {
	case dialect.URL:
		return a.splitURL(v)
	case dialect.HostPort:
		h, p, _ := cutHostPort(v.Text, a.Dialect.Params.HostPort)
		parts := []*Value{piece(v, host, dialect.Host, h)}
		if p != "" {
			parts = append(parts, piece(v, port, dialect.Port, p))
		}
		return parts
	case dialect.UserPass:
		u, p, _ := strings.Cut(v.Text, ":")
		return []*Value{piece(v, user, dialect.User, u), piece(v, pass, dialect.Pass, p)}
	}
	return nil
}

// hostBeside reports whether a host is set beside a URL.
func (a *App) hostBeside() bool {
	return slices.ContainsFunc(a.values, func(v *Value) bool { return v.Role == dialect.Host && !v.Default })
}

func piece(v *Value, p part, r dialect.Role, text string) *Value {
	out := *v
	out.Part, out.Role, out.Text, out.Type = p, r, text, conf.String
	return &out
}

// splitURL reads a mail URL as it was meant; how its own parser reads it is for
// the remarks.
func (a *App) splitURL(v *Value) []*Value {
	u, ok := conf.ParseURL(v.Text)
	if !ok {
		return nil
	}
	plus := a.Dialect.Params.PlusIsBlank
	parts := append([]*Value{piece(v, scheme, dialect.Scheme, strings.ToLower(u.Scheme))}, a.endpoints(v, u)...)
	if keyForUser(u) {
		parts = append(parts, piece(v, pass, dialect.Pass, conf.Decode(u.User, plus)))
	} else if u.HasUser && u.User != "" {
		parts = append(parts, piece(v, user, dialect.User, conf.Decode(u.User, plus)))
	}
	if u.HasPassword {
		parts = append(parts, piece(v, pass, dialect.Pass, conf.Decode(u.Password, plus)))
	}
	for i := range a.Dialect.Params.Options {
		k := &a.Dialect.Params.Options[i]
		if text, ok := u.Option(k.Name); ok {
			p := piece(v, option, k.Role, text)
			p.Key, p.Option = k, k.Name
			parts = append(parts, p)
		}
	}
	return parts
}

// endpoints are host and port of a URL. Those of a provider's bridge are its own.
func (a *App) endpoints(v *Value, u conf.URL) []*Value {
	w := bridge(a.Dialect, u.Scheme)
	_, cut := cutURL(v.Entry)
	switch {
	case cut:
		return unknownEndpoint(v)
	case w != nil && w.Channel != "smtp":
		return nil
	case w != nil:
		region, _ := u.Option("region")
		b, known := dialect.SymfonyBridge(strings.ToLower(u.Scheme), u.Host, number(u.Port), region)
		if !known {
			return unknownEndpoint(v)
		}
		u.Host, u.Port = b.Host, fmt.Sprint(b.Port)
	}
	parts := []*Value{piece(v, host, dialect.Host, u.Host)}
	if notPort(u.Port) { // smtp://user:password without a host
		u.Port = Kept
	}
	if u.Port != "" {
		parts = append(parts, piece(v, port, dialect.Port, u.Port))
	}
	return parts
}

// unknownEndpoint is a host and a port that cannot be told.
func unknownEndpoint(v *Value) []*Value {
	h, p := piece(v, host, dialect.Host, ""), piece(v, port, dialect.Port, "")
	h.Unknown, p.Unknown = true, true
	return []*Value{h, p}
}

// cutHostPort parts "host:port" in a dialect's style: "[]" is [host]:port, "::"
// is host::port.
func cutHostPort(s, style string) (h, p string, found bool) {
	switch {
	case style == "::":
		return strings.Cut(s, "::")
	case strings.HasPrefix(s, "["):
		in, rest, ok := strings.Cut(s[1:], "]")
		if !ok {
			return s, "", false
		}
		p, found = strings.CutPrefix(rest, ":")
		if style != "[]" && strings.Contains(in, ":") {
			in = "[" + in + "]"
		}
		return in, p, found
	}
	s, _, _ = strings.Cut(s, ";") // PHPMailer and Moodle try several hosts in turn
	if strings.Count(s, ":") > 1 && !strings.Contains(s, "://") {
		return s, "", false
	}
	i := strings.LastIndexByte(s, ':')
	if i < 0 || strings.HasPrefix(s[i:], "://") {
		return s, "", false
	}
	return s[:i], s[i+1:], true
}

// joinHostPort is its reverse.
func joinHostPort(h, p, style string) string {
	switch {
	case p == "":
		return h
	case style == "::":
		return h + "::" + p
	case style == "[]" && !strings.HasPrefix(h, "["):
		return "[" + h + "]:" + p
	}
	return h + ":" + p
}
