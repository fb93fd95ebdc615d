package redact

import "strings"

// maxUserinfo bounds how far past a delimiter the end of a password is looked
// for.
const maxUserinfo = 96

// urls hides the passwords of URLs and DSNs: scheme://user:password@host.
// PHP's json_encode writes the slashes as \/.
func (x *scan) urls() {
	for i := 0; ; {
		n := strings.Index(x.s[i:], ":")
		if n < 0 {
			return
		}
		colon := i + n
		i = colon + 1
		for _, mark := range []string{"//", `\/\/`} {
			if strings.HasPrefix(x.s[i:], mark) {
				i = x.userinfo(colon, i+len(mark))
				break
			}
		}
	}
}

// userinfo hides the password in the authority that begins at k, behind the
// scheme that ends at colon. It returns where to read on.
func (x *scan) userinfo(colon, k int) int {
	s := x.s
	end := run(s, k, inAuthority)
	host := strings.LastIndexByte(s[k:end], '@')
	if host < 0 {
		if host = x.strayAt(k, end); host < 0 {
			return end
		}
	}
	host += k
	user := strings.IndexByte(s[k:host], ':')
	switch {
	case apiScheme(s[max(0, colon-32):colon]):
		user = k // mailgun+api://KEY@default: the user is the key
	case user < 0:
		return max(end, host)
	default:
		user += k + 1
	}
	if !kept(s[user:host]) {
		x.hide(user, host)
	}
	return max(end, host)
}

// inAuthority reports whether c can stand between // and the path.
func inAuthority(c byte) bool { return c > ' ' && strings.IndexByte("/\\?#\"'`<>", c) < 0 }

// strayAt finds the @ of a URL whose password holds / ? or # as it is. The
// authority from k to end has none then, and what looks like its port is no
// number.
func (x *scan) strayAt(k, end int) int {
	s := x.s
	port := strings.LastIndexByte(s[k:end], ':')
	if port < 0 || strings.IndexByte(`/?#\`, at(s, end)) < 0 || run(s, k+port+1, isDigit) == end {
		return -1
	}
	stop := min(len(s), end+maxUserinfo)
	word := run(s[:stop], end, func(c byte) bool { return inAuthority(c) || c == '/' || c == '?' || c == '#' || c == '\\' })
	return strings.LastIndexByte(s[k:word], '@')
}

// apiScheme reports whether before ends in a DSN scheme of Symfony Mailer whose
// user is the key: sendgrid+api. With +smtp there is a password behind it.
func apiScheme(before string) bool {
	return strings.HasSuffix(before, "+api") || strings.HasSuffix(before, "+https") || strings.HasSuffix(before, "+http")
}
