package symptom

import (
	"slices"
	"strings"
)

// stage is how far a conversation had come, or the command that a reply
// answers.
type stage uint8

// The stages, in their order.
const (
	unknownStage stage = iota
	connecting
	greeting
	hello
	startTLS
	login
	mailFrom
	rcptTo
	content
	quitting
)

// stageNames are the words by which clients name the command that failed.
var stageNames = []struct {
	says  string
	stage stage
}{
	{"invalid greeting", greeting}, {"bad greeting", greeting}, {`expected response code "220"`, greeting},
	{"expected response code 220", greeting}, {"smtpconnecterror", greeting}, {"greeting:", greeting},
	{"initial ok message", greeting},
	{"|ehlo|", hello}, {"|helo|", hello}, {"smtphelo", hello}, {".helo(", hello}, {"ehlo or helo", hello},
	{"starttls", startTLS}, {"start tls", startTLS},
	{"|auth|", login}, {"auth plain", login}, {"auth login", login}, {"auth failed", login}, {"invalid login", login},
	{"authenticat", login}, {"smtpauth", login}, {"eauth", login}, {"login denied", login}, {"|sasl", login},
	{"logging in", login}, {`code "235"`, login}, {"code 235", login},
	{"mail from", mailFrom}, {"mail command", mailFrom}, {"mailfrom", mailFrom}, {"smtpsenderrefused", mailFrom},
	{"from address", mailFrom}, {"envelope from", mailFrom}, {"mail failed", mailFrom}, {"sender rejected", mailFrom},
	{"rcpt to", rcptTo}, {"|rcpt|", rcptTo}, {"rcptto", rcptTo}, {"recipient", rcptTo},
	{"smtprecipientsrefused", rcptTo}, {"250/251/252", rcptTo}, {"smtpaddressfailed", rcptTo},
	{"|data|", content}, {"message failed", content}, {"end of data", content}, {"data command", content},
	{"smtpdataerror", content}, {"emessage", content}, {"finishdata", content}, {"data not accepted", content},
	{"end-of-message", content}, {"did not accept the mail", content},
}

// reply is a refusal of the server as it stands in a text. Libraries print
// the code before the text, after it, or leave it out.
type reply struct {
	code     int    // 400 to 599, or 0
	enhanced string // RFC 3463, or ""
	stage    stage
	framed   bool // stands where clients print a reply, not among other numbers
	from, to int
}

// numbers scans folded text for reply codes (RFC 5321 4.2) and enhanced codes
// (RFC 3463 2), and pairs those that stand together.
func numbers(t *text, from, to int) []reply {
	s := t.folded
	var found []reply
	for i := from; i < to; i++ {
		if s[i] < '4' || s[i] > '5' || i > 0 && inNumber(s[i-1]) {
			continue
		}
		if r, ok := replyAt(s, i); ok {
			r.framed = stands(t, r)
			found = append(found, r)
			i = r.to - 1
			if len(found) == often {
				break
			}
		}
	}
	return found
}

// stands reports whether r stands where a reply does.
func stands(t *text, r reply) bool {
	switch {
	case r.code == 0:
		return !versionOf(t.folded[:r.from])
	case r.enhanced != "":
		return true
	}
	return framed(t, r)
}

// versioned are programs whose versions look like enhanced codes: PHP 5.1.1.
var versioned = []string{
	"wordpress", "php", "laravel", "drupal", "version", "plugin", "mysql", "linux", "perl", "kernel", "woocommerce",
	"magento",
}

// versionOf reports whether the number that follows is the version of what
// stands before it.
func versionOf(before string) bool {
	before = strings.TrimRight(before, " :=(v")
	return slices.ContainsFunc(versioned, func(name string) bool { return strings.HasSuffix(before, name) })
}

// inNumber are the bytes after which digits are part of something longer: a
// number, a word, a version, an address.
func inNumber(c byte) bool {
	return wordByte(c) || c == '.' || c == '/' || c == '-' || c == '#' || c == '$' || c == ':'
}

func replyAt(s string, i int) (reply, bool) {
	if n := enhancedLength(s[i:]); n > 0 {
		return reply{enhanced: s[i : i+n], from: i, to: i + n}, true
	}
	if i+3 > len(s) || !digit(s[i+1]) || s[i+1] > '5' || !digit(s[i+2]) {
		return reply{}, false
	}
	r := reply{code: int(s[i]-'0')*100 + int(s[i+1]-'0')*10 + int(s[i+2]-'0'), from: i, to: i + 3}
	if i+3 < len(s) && (wordByte(s[i+3]) || s[i+3] == '.' && i+4 < len(s) && digit(s[i+4]) || s[i+3] == '/' || s[i+3] == '%') {
		return reply{}, false
	}
	for _, lead := range []string{" ", "-", ` "`, ", b'", `, b"`, ", '", `, "`, ": ", " #"} {
		if at := r.to + len(lead); strings.HasPrefix(s[r.to:], lead) && at < len(s) {
			if n := enhancedLength(s[at:]); n > 0 && s[at] == s[i] {
				r.enhanced, r.to = s[at:at+n], at+n
				break
			}
		}
	}
	return r, true
}

// leads are the words that clients print before a reply code.
var leads = []string{
	"code", "code=", "code:", `code "`, "codes", "failed", "failed:", "error", "error:", "said:", "reply:",
	"response:", "response=", "returned", "got", "message:", `message "`, "login:", "rejected:", "smtp;", "error (",
	"err:", "err=", `err="`, `error="`, "<<<", "s:", "<-", "<--", "<", "<**", "smtp<<", "client:", "server:", "(",
	"[", "{", `"`, "'", ":", ">", "with:", "refused:", "retcode (", "denied:", "status:", "fehler (", "me:", "recv:",
	"in:",
}

// framed reports whether a bare code stands where clients print a reply: at
// the begin of a line or after one of the leads, and followed by words.
func framed(t *text, r reply) bool {
	s := t.folded
	next := strings.TrimLeft(s[r.to:min(len(s), r.to+4)], ` "',)-:`)
	if next != "" && (digit(next[0]) || strings.IndexByte("}=%*+", next[0]) >= 0) {
		return false
	}
	if t.marks[t.line(r.from)].folded == r.from {
		return true
	}
	before := strings.TrimSuffix(s[max(0, r.from-16):r.from], " ")
	for _, l := range leads {
		if strings.HasSuffix(before, l) {
			return true
		}
	}
	return false
}

func digit(c byte) bool { return '0' <= c && c <= '9' }

// enhancedLength is the length of the enhanced code that s begins with, or 0.
// It is a whole token: 5.7.1399 is not 5.7.139, nor is 5.7.1.2 one.
func enhancedLength(s string) int {
	if len(s) < 5 || s[0] != '4' && s[0] != '5' || s[1] != '.' {
		return 0
	}
	i, dots := 2, 1
	for start := 2; i <= len(s); i++ {
		if i < len(s) && digit(s[i]) {
			continue
		}
		if i == start || i-start > 3 {
			return 0
		}
		if dots == 2 {
			break
		}
		if i == len(s) || s[i] != '.' {
			return 0
		}
		dots, start = 2, i+1
	}
	if i < len(s) && (wordByte(s[i]) || s[i] == '-' || s[i] == '.' && i+1 < len(s) && wordByte(s[i+1])) {
		return 0
	}
	return i
}
