package redact

import "strings"

// A shape is a key that tells itself by its beginning.
type shape struct {
	prefix string
	least  int // characters behind the prefix
}

// shapes are the keys of mail providers and of what stands beside them in logs:
// SendGrid, Brevo, MailerSend, Stripe, GitHub, GitLab, Slack, Google.
var shapes = []shape{
	{"SG.", 16}, {"xsmtpsib-", 16}, {"xkeysib-", 16}, {"mlsn.", 16}, {"mssp.", 16},
	{"sk_live_", 10}, {"pk_live_", 10}, {"rk_live_", 10}, {"sk_test_", 10}, {"pk_test_", 10}, {"rk_test_", 10},
	{"ghp_", 16}, {"gho_", 16}, {"ghu_", 16}, {"ghs_", 16}, {"ghr_", 16}, {"github_pat_", 16}, {"glpat-", 12},
	{"xoxb-", 10}, {"xoxp-", 10}, {"xoxa-", 10}, {"xoxr-", 10}, {"xoxs-", 10}, {"xoxe-", 10}, {"xoxo-", 10},
	{"ya29.", 10}, {"GOCSPX-", 16}, {"1//0", 20},
}

// maxKey bounds how much of a key is read to know it.
const maxKey = 256

// shapes hides keys by their form, wherever they stand.
func (x *scan) shapes() {
	for i := 0; i < len(x.s); {
		if !isAlnum(x.s[i]) {
			i++
			continue
		}
		if next := x.shape(i); next > i {
			i = next
			continue
		}
		if at(x.s, i-1) == '\\' && strings.IndexByte("nrt", x.s[i]) >= 0 {
			i++ // a word begins behind an escape such as \n
			continue
		}
		i = run(x.s, i, func(c byte) bool { return isAlnum(c) || c == '_' })
	}
}

// shape hides the key that begins at i and returns its end, or i.
func (x *scan) shape(i int) int {
	end, from := i, i
	switch at(x.s, i) {
	case 'r', 's', 'p', 'g', 'S', 'x', 'm', 'y', 'G', '1':
		end = x.prefixed(i)
	case 'k':
		end = mailgunOld(x.s, i)
	case 'e':
		if end = jwt(x.s, i); end == i && strings.HasPrefix(x.s[i:], "eyJ") {
			return run(x.s, i, isURL64)
		}
	case 'B', 'b':
		from, end = scheme64(x.s, i)
	}
	if end == i || end < 0 {
		from, end = i, max(mailgun(x.s, i), sesPassword(x.s, i))
		if end > i && x.isPublic(i) {
			return i
		}
	}
	if end <= i {
		return i
	}
	x.hide(from, end)
	return end
}

// prefixed returns the end of a key of shapes or of Resend at i, or i.
func (x *scan) prefixed(i int) int {
	s := x.s
	if strings.HasPrefix(s[i:], "re_") {
		// The bound keeps a long run of hyphenated words from being read anew at each.
		end := run(s[:min(len(s), i+maxKey)], i, isURL64)
		if publicPrefix(s[i:end]) > 0 && !identifier(s[i:end]) {
			return run(s, end, isURL64)
		}
		return i
	}
	for _, p := range shapes {
		if !strings.HasPrefix(s[i:], p.prefix) {
			continue
		}
		from := i + len(p.prefix)
		end := run(s, from, func(c byte) bool { return isURL64(c) || c == '.' })
		for end > from && s[end-1] == '.' {
			end-- // the full stop of a sentence
		}
		if end-from >= p.least {
			return end
		}
	}
	return i
}

func isURL64(c byte) bool { return isAlnum(c) || c == '_' || c == '-' }

func is64(c byte) bool { return isAlnum(c) || c == '+' || c == '/' }

// A Resend key is re_, 8 characters, an underscore, 24 characters. The first
// part names the key in Resend's dashboard and is no secret.
const (
	resendPublic = len("re_12345678_")
	resendHidden = 24
	resendLeast  = 16 // shorter than that is a placeholder or a name
)

// publicPrefix returns how much of a Resend key may be seen: 12 bytes of a
// whole key, 3 of one that is odd, 0 of anything else.
func publicPrefix(v string) int {
	if !strings.HasPrefix(v, "re_") || len(v) < resendLeast || run(v, 0, isURL64) < len(v) {
		return 0
	}
	if len(v) == resendPublic+resendHidden && v[resendPublic-1] == '_' &&
		run(v, 3, isAlnum) == resendPublic-1 && run(v, resendPublic, isAlnum) == len(v) {
		return resendPublic
	}
	return len("re_")
}

// identifier tells re_enter_password from a key: lower-case words, no digits.
func identifier(v string) bool {
	return strings.Count(v, "_")+strings.Count(v, "-") > 1 && run(v, 0, func(c byte) bool { return isLower(c) || c == '_' || c == '-' }) == len(v)
}

func isHex(c byte) bool { return isDigit(c) || 'a' <= c && c <= 'f' }

// hexRun returns the end of exactly n hexadecimal digits at i, or -1.
func hexRun(s string, i, n int) int {
	end := run(s[:min(len(s), i+n)], min(i, len(s)), isHex)
	if end-i != n || isAlnum(at(s, end)) {
		return -1
	}
	return end
}

// mailgunOld reads key- and 32 letters and digits.
func mailgunOld(s string, i int) int {
	if !strings.HasPrefix(s[i:], "key-") {
		return i
	}
	end := run(s[:min(len(s), i+4+33)], i+4, isAlnum)
	if end-i-4 != 32 || strings.Trim(s[i+4:end], "0123456789") == "" || !strings.ContainsAny(s[i+4:end], "0123456789") {
		return -1
	}
	return end
}

// mailgun reads the key of today: 32, 8 and 8 hexadecimal digits with hyphens.
// A UUID has five groups, the first of 8.
func mailgun(s string, i int) int {
	end := hexRun(s, i, 32)
	for range 2 {
		if end < 0 || at(s, end) != '-' {
			return -1
		}
		end = hexRun(s, end+1, 8)
	}
	if end < 0 || at(s, end) == '-' {
		return -1
	}
	return end
}

// sesPassword reads an SMTP password of Amazon SES: 44 characters of base64
// whose first byte is the version 4 (AWS, "Converting existing SMTP credentials").
func sesPassword(s string, i int) int {
	const size = 44
	if at(s, i) != 'B' || at(s, i+1) < 'A' || at(s, i+1) > 'P' || is64(at(s, i-1)) && at(s, i-2) != '\\' {
		return -1
	}
	end := run(s[:min(len(s), i+size+1)], i, is64)
	if end-i != size || at(s, end) == '=' || !mixed(s[i:end]) {
		return -1
	}
	return end
}

// mixed reports whether v has letters of both cases, as base64 of any text has,
// or a digit between letters.
func mixed(v string) bool {
	lower, upper, digit := strings.ContainsFunc(v, asByte(isLower)), strings.ContainsFunc(v, asByte(isUpper)), strings.ContainsFunc(v, asByte(isDigit))
	return lower && upper || digit && (lower || upper)
}

func asByte(in func(byte) bool) func(rune) bool {
	return func(r rune) bool { return r < 0x80 && in(byte(r)) }
}

// jwt reads a JSON Web Token (RFC 7519 3): a header that begins {" in base64,
// then parts with dots. One part alone is no token: Google's error after 334.
func jwt(s string, i int) int {
	if !strings.HasPrefix(s[i:], "eyJ") {
		return i
	}
	head := run(s, i, isURL64)
	end := run(s, head, func(c byte) bool { return isURL64(c) || c == '.' })
	for end > head && s[end-1] == '.' {
		end--
	}
	if head-i < 10 || end-head < 5 {
		return i
	}
	return end
}

// scheme64 reads Bearer and a token, or Basic and base64 of user:password, and
// returns where the secret begins and ends, or i twice.
func scheme64(s string, i int) (from, end int) {
	word := run(s[:min(len(s), i+7)], i, isAlnum)
	from = skipBlanks(s, word)
	if from == word {
		return i, i
	}
	end = run(s, from, func(c byte) bool { return is64(c) || strings.IndexByte("._~-*", c) >= 0 })
	for end > from && s[end-1] == '.' {
		end--
	}
	token := s[from:end]
	end = run(s, end, func(c byte) bool { return c == '=' })
	switch strings.ToLower(s[i:word]) {
	case "bearer":
		// WWW-Authenticate: Bearer realm="x" has no token (RFC 6750 3).
		param := end > from+len(token) && (at(s, end) == '"' || isAlnum(at(s, end)))
		if !param && len(token) >= 8 && (mixed(token) || len(token) >= 20) {
			return from, end
		}
	case "basic":
		if text, ok := decode(token); ok && strings.Contains(text, ":") && printable(text) {
			return from, end
		}
	}
	return i, i
}

// armor hides the lines of PEM private keys and notes the other blocks.
func (x *scan) armor() {
	const begin, end = "-----BEGIN ", "-----END "
	for i := 0; ; {
		n := strings.Index(x.s[i:], begin)
		if n < 0 {
			return
		}
		from := i + n
		label := x.s[from+len(begin) : min(len(x.s), from+len(begin)+maxName)]
		label, _, whole := strings.Cut(label, "-----")
		i = from + len(begin)
		if !whole || strings.ContainsAny(label, "\r\n") {
			continue
		}
		body := i + len(label) + len("-----")
		i = x.armorEnd(body, begin, end)
		if strings.HasSuffix(label, "PRIVATE KEY") || strings.HasSuffix(label, "PRIVATE KEY BLOCK") {
			x.hideLines(body, i)
		} else {
			x.public = append(x.public, span{body, i})
		}
	}
}

// armorEnd returns where the block whose text begins at body ends: at its END
// mark; without one, where lines of base64 end.
func (x *scan) armorEnd(body int, begin, end string) int {
	s := x.s
	stop := len(s)
	if n := strings.Index(s[body:], "-----"); n >= 0 {
		stop = body + n
		if strings.HasPrefix(s[stop:], end) {
			return stop
		}
	}
	i := lineEnd(s[:stop], body)
	for i < stop {
		next := lineEnd(s[:stop], i+1)
		if !armored(s[i+1 : next]) {
			break
		}
		i = next
	}
	return i
}

// armored reports whether line can belong to a PEM block that was cut off.
func armored(line string) bool {
	line = strings.Trim(line, " \t\r\"'+\\>|")
	line = strings.TrimSuffix(line, `\n`)
	word := run(line, 0, func(c byte) bool { return is64(c) || c == '=' || c == '*' })
	return word == len(line) || strings.HasPrefix(line, "Proc-Type:") || strings.HasPrefix(line, "DEK-Info:")
}

// isPublic reports whether i stands in a certificate or another PEM block that
// holds no secret.
func (x *scan) isPublic(i int) bool {
	for len(x.public) > 0 && x.public[0].to <= i {
		x.public = x.public[1:] // positions are asked for in order
	}
	return len(x.public) > 0 && x.public[0].from <= i
}
