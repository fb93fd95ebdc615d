package redact

import (
	"encoding/base64"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxDecoded bounds the base64 that is looked into. An XOAUTH2 answer with a
// long token has some 3,000 characters.
const maxDecoded = 12288

// base64s hides tokens that decode to an answer of SASL, wherever they stand.
func (x *scan) base64s() {
	for i := 0; i < len(x.s); {
		end := run(x.s, i, is64)
		if end == i {
			i++
			continue
		}
		from := i
		if at(x.s, from-1) == '\\' && strings.IndexByte("nrt", x.s[from]) >= 0 {
			from++
		}
		i = run(x.s, end, func(c byte) bool { return c == '=' })
		if end-from < 8 || end-from > maxDecoded {
			continue
		}
		if text, ok := decode(x.s[from:end]); ok && answer(text) {
			x.hide(from, i)
		}
	}
}

// decode reads base64 without its padding. Of a token that was cut off it reads
// what there is.
func decode(v string) (string, bool) {
	if len(v)%4 == 1 {
		v = v[:len(v)-1]
	}
	b, err := base64.RawStdEncoding.DecodeString(v)
	return string(b), err == nil
}

// answer reports whether text is what a client proves itself with: PLAIN
// (RFC 4616 2), XOAUTH2, OAUTHBEARER (RFC 7628 3.1) or CRAM-MD5 (RFC 2195 2).
func answer(text string) bool {
	if strings.HasPrefix(text, "user=") || strings.HasPrefix(text, "n,") {
		return strings.Contains(text, "\x01")
	}
	if _, rest, ok := strings.Cut(text, "\x00"); ok {
		user, password, two := strings.Cut(rest, "\x00")
		return two && user != "" && password != "" && !absent[password] && printable(strings.ReplaceAll(text, "\x00", ""))
	}
	_, digest, ok := strings.Cut(text, " ")
	return ok && len(digest) == 32 && run(digest, 0, isHex) == 32
}

// printable reports whether text is UTF-8 without control characters.
func printable(text string) bool {
	return utf8.ValidString(text) && !strings.ContainsFunc(text, unicode.IsControl)
}

// absent are passwords that a program sends when it has none: the cause of the
// error, and no secret.
var absent = set("undefined null None nil false")

// absentAnswer reports whether v is an answer of PLAIN whose password is absent.
func absentAnswer(v string) bool {
	text, ok := decode(strings.TrimRight(v, "="))
	return ok && absent[text[strings.LastIndexByte(text, 0)+1:]]
}

// mechanisms are what may follow AUTH and one another in the reply to EHLO.
var mechanisms = set(`plain login cram-md5 digest-md5 xoauth xoauth2 oauthbearer plain-clienttoken ntlm gssapi external
	anonymous xymcookie kerberos_v4 otp skey scram-sha-1 scram-sha-256 scram-sha-512 scram-sha-1-plus scram-sha-256-plus atokenv2 wstoken`)

// patience is how many lines after a 334 the client's answer may come.
const patience = 6

// sasl follows the dialogs: initial responses, and the client's lines that
// answer a 334. A line ends at a line feed, or at an escaped one in a string.
func (x *scan) sasl() {
	waiting, stop := 0, -1
	for i := 0; i < len(x.s); {
		if i > stop {
			stop = lineEnd(x.s, i)
		}
		end, next := turn(x.s, i, stop)
		line := x.s[i:end]
		switch {
		case challenge(line):
			waiting = patience
		case strings.Trim(line, " \t\r'\"") == "":
		case x.command(i, end):
			waiting = 0
		case asksLogin(line):
			waiting = patience
		case replied(line):
			waiting = 0
		case waiting > 0:
			waiting--
			if x.answered(i, end) {
				waiting = 0
			}
		}
		x.response(i, end)
		i = next
	}
}

// turn returns where the line that begins at i ends and the next one begins. The
// text's own line ends at stop.
func turn(s string, i, stop int) (end, next int) {
	if n := strings.Index(s[i:stop], `\n`); n >= 0 {
		end, next = i+n, i+n+2
	} else {
		end, next = stop, stop+1
	}
	for end > i && s[end-1] == '\\' {
		end--
	}
	if end-2 >= i && s[end-2:end] == `\r` {
		end -= 2
		for end > i && s[end-1] == '\\' {
			end--
		}
	}
	for end > i && (s[end-1] == '\r' || isBlank(s[end-1])) {
		end--
	}
	return end, next
}

// challenge reports whether line holds the reply code 334 as a word.
func challenge(line string) bool {
	for i := 0; ; {
		n := strings.Index(line[i:], "334")
		if n < 0 {
			return false
		}
		i += n
		before, after := at(line, i-1), at(line, i+3)
		if !isAlnum(before) && before != '.' && before != '-' && (after <= ' ' || strings.IndexByte(`-)'"\;`, after) >= 0) {
			return true
		}
		i += 3
	}
}

// replied reports whether line holds another reply of the server's: the dialog
// is over. A timestamp or a name may stand before the code.
func replied(line string) bool {
	for i := range min(len(line), 96) {
		if c := line[i]; c != '2' && c != '4' && c != '5' || i > 0 && isAlnum(line[i-1]) {
			continue
		}
		if isDigit(at(line, i+1)) && isDigit(at(line, i+2)) && (at(line, i+3) <= ' ' || line[i+3] == '-') && marked(line[:i]) {
			return true
		}
	}
	return false
}

// asksLogin reports whether line ends in AUTH and a mechanism, sent by a client.
// With 250 before it, it is a line of the reply to EHLO.
func asksLogin(line string) bool {
	before, mech, ok := strings.Cut(strings.ToUpper(line[max(0, len(line)-maxName):]), "AUTH ")
	before = strings.TrimRight(before, " -")
	return ok && mechanisms[strings.ToLower(strings.Trim(mech, " '\""))] && !strings.HasSuffix(before, "250")
}

// command hides initial responses, AUTH PLAIN <base64>, in the line from i to
// end (RFC 4954 4).
func (x *scan) command(i, end int) bool {
	found := false
	for i < end {
		n := strings.IndexByte(x.s[i:end], ' ')
		if n < 0 {
			return found
		}
		k := i + n
		i = k + 1
		if k < 4 || !strings.EqualFold(x.s[k-4:k], "auth") || isAlnum(at(x.s, k-5)) && at(x.s, k-6) != '\\' {
			continue
		}
		mech := skipBlanks(x.s, k)
		after := run(x.s[:end], mech, isURL64)
		from := skipBlanks(x.s[:end], after)
		if !mechanisms[strings.ToLower(x.s[mech:after])] || from == after {
			continue
		}
		stop := tokenEnd(x.s[:end], from)
		if v := x.s[from:stop]; !mechanisms[strings.ToLower(v)] && credential(v) {
			x.hide(from, stop)
			x.wrapped(from, stop)
			found = true
		}
	}
	return found
}

// tokenEnd returns where base64 with its padding ends; some clients use the
// alphabet for URLs.
func tokenEnd(s string, i int) int {
	return run(s, i, func(c byte) bool { return is64(c) || c == '=' || c == '-' || c == '_' })
}

// credential tells base64 from a word such as failed: it has both cases, a
// digit or padding, or is longer than words are.
func credential(v string) bool {
	if v == "=" || absentAnswer(v) { // = is an empty response, RFC 4954 4
		return false
	}
	whole := len(v)%4 == 0 || len(v) >= 12
	return len(v) >= 4 && whole && (mixed(v) || strings.HasSuffix(v, "=") || len(v) >= 16 && strings.IndexByte(v, '-') < 0)
}

// challenges are what servers ask for with AUTH LOGIN: "Username:", "Password:".
var challenges = set("VXNlcm5hbWU6 UGFzc3dvcmQ6 VXNlciBOYW1lAA== UGFzc3dvcmQA dXNlcm5hbWU6 cGFzc3dvcmQ6")

// verbs are commands that a client may send in place of an answer, and that
// could be base64.
var verbs = set("QUIT RSET NOOP DATA EHLO HELO HELP VRFY EXPN STARTTLS")

// answered hides the line from i to end, if it is the answer to a challenge: a
// token of base64 alone, behind a mark of its logger at most.
func (x *scan) answered(i, end int) bool {
	s := x.s
	stop := end
	for stop > i && (s[stop-1] == '\'' || s[stop-1] == '"') {
		stop--
	}
	from := stop
	for from > i && strings.IndexByte(" \t'\":>\\", s[from-1]) < 0 {
		from--
	}
	v := s[from:stop]
	if strings.Trim(v, "*") == "" && len(v) >= len(Mask) {
		return true
	}
	if tokenEnd(v, 0) != len(v) || challenges[v] || verbs[strings.ToUpper(v)] || !marked(s[i:from]) || !loneAnswer(v) || absentAnswer(v) {
		return false
	}
	x.hide(from, stop)
	x.wrapped(from, stop)
	return true
}

// loneAnswer reports whether v may be an answer. A short one is hardly told from
// a word, but words do not stand alone after a challenge.
func loneAnswer(v string) bool {
	return len(v) >= 4 && (len(v)%4 == 0 || len(v) >= 40) && (mixed(v) || strings.HasSuffix(v, "=") || run(v, 0, isDigit) < len(v) || len(v) > 4)
}

// headers are fields of a message that one word may follow: a server that
// answers DATA with 334 gets them instead of an answer.
var headers = set("subject: from: to: cc: bcc: reply-to: x-mailer: precedence: importance:")

// marked reports whether before, what stands in front of a token, is a mark
// such as "C: ", "-> ", "CLIENT -> SERVER: " or "send: '", and no sentence.
func marked(before string) bool {
	before = strings.TrimRight(before, " \t'\"b\\")
	last := before[strings.LastIndexByte(before, ' ')+1:]
	if headers[strings.ToLower(last)] {
		return false
	}
	return before == "" || strings.IndexByte(":>]|)~", before[len(before)-1]) >= 0
}

// wrapped hides the lines on which base64 goes on that was broken at the edge of
// a terminal. The token from i to end must be long and unfinished.
func (x *scan) wrapped(i, end int) {
	const edge = 40
	for end-i >= edge && !strings.HasSuffix(x.s[i:end], "=") {
		next := lineEnd(x.s, end)
		if strings.TrimSpace(x.s[end:next]) != "" {
			return
		}
		i = skipBlanks(x.s, min(next+1, len(x.s)))
		end = tokenEnd(x.s, i)
		if c := at(x.s, end); c != '\n' && c != '\r' || !mixed(x.s[i:end]) && !strings.HasSuffix(x.s[i:end], "=") {
			return
		}
		x.hide(i, end)
	}
}

// response hides base64 that a message quotes as the command that failed: bad
// response on command '<base64>'.
func (x *scan) response(i, end int) {
	for i < end {
		n := strings.Index(x.s[i:end], "command")
		if n < 0 {
			return
		}
		i += n + len("command")
		k := skipBlanks(x.s[:end], run(x.s[:end], i, func(c byte) bool { return c == ':' || c == '=' }))
		q, ok := quoteAt(x.s, k)
		if !ok {
			continue
		}
		from := k + q.size()
		stop := tokenEnd(x.s[:max(end, min(from, len(x.s)))], from)
		if v := x.s[from:stop]; strings.HasPrefix(x.s[stop:], q.mark) && credential(v) && len(v)%4 == 0 && mixed(v) && !challenges[v] {
			x.hide(from, stop)
		}
	}
}
