package resendapi

import (
	"fmt"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
)

// ParseBase reads a base URL: https, or http on loopback for a double of the
// API. Its errors show neither credentials nor what stands behind a question
// mark.
func ParseBase(s string) (*url.URL, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return nil, fmt.Errorf("the base URL is empty: leave it out, or set %s", Base)
	}
	u, err := url.Parse(s)
	if err != nil {
		return nil, fmt.Errorf("base URL %q cannot be read: write it as %s", ShownBase(s), Base)
	}
	return checkBase(u)
}

// checkBase returns a copy with a slash at its end: without one the last part
// of a path is dropped.
func checkBase(u *url.URL) (*url.URL, error) {
	bad := func(why string) (*url.URL, error) {
		return nil, fmt.Errorf("base URL %q %s", ShownBase(u.String()), why)
	}
	switch {
	case u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.Hostname() == "":
		return bad("is no web address: write it as " + Base)
	case u.User != nil:
		return bad("holds a user name or password: take it out, the API key is all that is sent")
	case u.RawQuery != "" || u.ForceQuery || u.Fragment != "" || u.RawFragment != "":
		return bad("holds a question mark or a hash: end it with the path")
	case strings.HasSuffix(u.Host, ":") || u.Port() != "" && !isPort(u.Port()):
		return bad("has no port between 1 and 65535: correct it or leave it out")
	case u.Scheme == "http" && !isLoopback(u.Hostname()):
		return bad("would send the key in clear text: use https; http is for loopback only")
	}
	out := *u
	if !strings.HasSuffix(out.Path, "/") {
		out = *out.JoinPath("/")
	}
	return &out, nil
}

func isPort(s string) bool {
	n, err := strconv.ParseUint(s, 10, 16)
	return err == nil && n > 0
}

func isLoopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.Unmap().IsLoopback()
}

// ShownBase is what may be seen of a base URL, or of what somebody took for one:
// no credentials, nothing behind a question mark, no key.
func ShownBase(s string) string {
	if i := strings.IndexAny(s, "?#"); i >= 0 {
		s = s[:i]
	}
	if i := strings.LastIndexByte(s, '@'); i >= 0 {
		scheme, _, ok := strings.Cut(s, "://")
		if s = s[i+1:]; ok && !strings.Contains(scheme, "@") {
			s = scheme + "://" + s
		}
	}
	if i := strings.Index(s, "re_"); i >= 0 {
		s = s[:i] + "****" // a key in the wrong place
	}
	return s
}
