package redact

import "strings"

// keys finds values by the names they stand under.
func (x *scan) keys() {
	for i := 0; i < len(x.s); {
		if !isName(x.s[i]) {
			i++
			continue
		}
		end := run(x.s, i, isName)
		i = max(end, x.key(i, end))
	}
}

// key looks at the name from i to end and hides its value, if it is secret. It
// returns where to read on.
func (x *scan) key(i, end int) int {
	if !maySeparate(at(x.s, end)) || end-i < 3 {
		return end
	}
	sep, ok := x.separator(i, end)
	if !ok {
		return end
	}
	kind := kindOf(x.s[i:end])
	switch {
	case sep.query && authCode(x.s[i:end], x.s[sep.value:]):
		kind = secretName
	case sep.query:
		kind = queryKind(x.s[i:end])
	case kind == plainName && strings.EqualFold(x.s[i:end], "key"):
		kind = kindOf(x.wordBefore(i) + "key") // "API key: x"
	}
	if kind == plainName || workingDir(x.s[i:end], x.s[sep.value:]) || testPassed(x.s[:i], x.s[i:end]) {
		return end
	}
	return x.value(sep, kind)
}

// maxErrorCode is the length that codes of errors have at most, in URLs.
const maxErrorCode = 15

// authCode tells the code that an OAuth server sends back (RFC 6749 4.1.2) from
// that of an error.
func authCode(name, value string) bool {
	if !strings.EqualFold(name, "code") {
		return false
	}
	value = value[:min(len(value), maxKey)]
	value = value[:bareEnd(value, 0, separator{query: true})]
	return len(value) > maxErrorCode && mixed(value)
}

// maxTag bounds the attributes of an XML element.
const maxTag = 256

// maySeparate reports whether c can follow a name that has a value.
func maySeparate(c byte) bool { return strings.IndexByte(" \t\r\n=:>,\"'`]\\&", c) >= 0 }

// wordBefore returns the word before i, one blank away.
func (x *scan) wordBefore(i int) string {
	if at(x.s, i-1) != ' ' {
		return ""
	}
	from := i - 1
	for from > 0 && isAlnum(x.s[from-1]) && i-from < maxName {
		from--
	}
	return x.s[from : i-1]
}

// workingDir tells the shell's PWD from a password: its value is a path.
func workingDir(name, value string) bool {
	return (name == "PWD" || name == "OLDPWD") && strings.HasPrefix(value, "/")
}

// testPassed knows the line of go test: "--- PASS: TestLogin".
func testPassed(before, name string) bool { return name == "PASS" && strings.HasSuffix(before, "--- ") }

// bareKey reports whether a blank alone is enough after the name: "--password x",
// and "password x" as in .netrc and .msmtprc.
func bareKey(name string) bool {
	switch strings.ToLower(name) {
	case "password", "passwd", "pass":
		return true
	}
	return strings.HasPrefix(name, "--")
}

// separator is what stands between a key and its value.
type separator struct {
	value int  // where the value begins
	sign  byte // = : > , or a blank
	query bool // the key is a parameter of a URL
	bare  bool // only blanks
	tight bool // no blank after the sign
	line  bool // the key begins its line: the value may be the rest of it
	exact bool // nothing but blanks and export is before the key

	around byte // the quotation mark that key and value stand in together
}

// separator reads what follows the name from i to end.
func (x *scan) separator(i, end int) (separator, bool) {
	s := x.s
	sep := separator{query: at(s, i-1) == '?' || at(s, i-1) == '&' || strings.HasSuffix(s[:i], "&amp;")}
	k := end
	q, quoted := quoteAt(s, k)
	if quoted {
		k += q.size()
	}
	k = dumped(s, k, quoted)
	if next, ok := x.paired(i, k, quoted); ok {
		k = next
	}
	k = skipBlanks(s, k)
	tag := x.opensTag(i)
	if tag && k > end {
		k = tagEnd(s, k)
	}
	sep.sign, sep.value = sign(s, k)
	switch {
	case sep.sign == '>' && tag, sep.sign == '>' && quoted && x.namesEntry(i, q):
	case sep.sign == ',' && quoted && strings.HasSuffix(strings.TrimRight(before(s, i-q.size(), 8), " "), "("):
	case sep.sign == '=' || sep.sign == ':':
	case sep.sign != 0 || quoted || !bareKey(s[i:end]):
		return sep, false
	case !tag && k > end && x.standsAlone(i, k):
		sep.sign, sep.bare, sep.value = ' ', true, k
	case tellsOf(s[k:min(len(s), k+maxName)]):
		sep.sign, sep.bare, sep.value = ' ', true, k+len("is ")
	default:
		return sep, false
	}
	sep.tight = sep.value < len(s) && !isBlank(s[sep.value])
	sep.value = skipBlanks(s, sep.value)
	sep.line, sep.exact = lineStart(s, i)
	if c := at(s, i-1); !quoted && (c == '"' || c == '\'') {
		sep.around = c
	}
	return sep, true
}

// tellsOf reports whether rest is what people write after "my password": is, and a
// word that looks like one.
func tellsOf(rest string) bool {
	if !strings.HasPrefix(rest, "is ") {
		return false
	}
	words := strings.Fields(rest)
	return len(words) > 1 && len(words[1]) >= 6 && mixed(words[1]) && strings.ContainsAny(words[1], "0123456789")
}

// dumped passes over what the dumps of PHP put between a name and its sign: the
// bracket of print_r, the visibility of var_dump, the type and the length of
// serialize up to the colon before the value.
func dumped(s string, k int, quoted bool) int {
	rest := s[k:min(len(s), k+maxName)]
	switch {
	case !quoted:
	case strings.HasPrefix(rest, ":protected]"):
		k += len(":protected")
	case strings.HasPrefix(rest, ":private]"):
		k += len(":private")
	case strings.HasPrefix(rest, ":"):
		if n := strings.Index(rest, ":private]"); n > 0 {
			k += n + len(":private")
		}
	case strings.HasPrefix(rest, ";s:"):
		if end := run(s, k+len(";s:"), isDigit); at(s, end) == ':' {
			return end
		}
	}
	if at(s, k) == ']' {
		k++
	}
	return k
}

// sign reads = : => := > or a comma at k and returns it as one byte, and the
// position behind it. Comparisons, scope operators and schemes are none.
func sign(s string, k int) (byte, int) {
	rest := s[k:]
	for _, arrow := range []string{"=>", "=&gt;", ":="} {
		if strings.HasPrefix(rest, arrow) {
			return '=', k + len(arrow)
		}
	}
	next := at(s, k+1)
	switch c := at(s, k); {
	case c == '=' && next != '=' && next != '~',
		c == ':' && next != ':' && !strings.HasPrefix(rest, "://"),
		c == '>', c == ',':
		return c, k + 1
	}
	return 0, k
}

// opensTag reports whether the name at i is that of an XML element.
func (x *scan) opensTag(i int) bool {
	if at(x.s, i-1) == ':' { // a name space
		for i--; i > 0 && isName(x.s[i-1]) && x.s[i-1] != '<'; i-- {
		}
	}
	return at(x.s, i-1) == '<'
}

// tagEnd returns where the tag whose attributes begin at k ends.
func tagEnd(s string, k int) int {
	end := run(s[:min(len(s), k+maxTag)], k, func(c byte) bool { return c != '>' && c != '<' && c != '\n' })
	if at(s, end) != '>' || at(s, end-1) == '/' {
		return k
	}
	return end
}

// namesEntry reports whether the quoted name at i is the value of a key or name
// attribute, as in <entry key="password">.
func (x *scan) namesEntry(i int, q quote) bool {
	attr := before(x.s, i-q.size(), 5)
	return strings.HasSuffix(attr, "name=") || strings.HasSuffix(attr, "key=")
}

// paired finds the second half of a pair such as name="password" value="x" or
// {"name":"SMTP_PASSWORD","value":"x"}, and returns the end of the word value.
func (x *scan) paired(i, k int, quoted bool) (int, bool) {
	s := x.s
	if !quoted && (at(s, k) != '\n' || !strings.HasSuffix(strings.TrimRight(before(s, i, 8), " "), "name:")) {
		return 0, false
	}
	limit := min(len(s), k+maxName)
	for k < limit && strings.IndexByte(" \t\r\n,", s[k]) >= 0 {
		k++
	}
	q, ok := quoteAt(s, k)
	if ok {
		k += q.size()
	}
	if k+5 > len(s) || !strings.EqualFold(s[k:k+5], "value") {
		return 0, false
	}
	k += 5
	if ok {
		k += q.size()
	}
	return min(k, len(s)), true
}

// standsAlone reports whether the name at i may have a value at k with a blank
// between them: it is an option, begins its line with one word behind it, or
// the value is in quotes.
func (x *scan) standsAlone(i, k int) bool {
	s := x.s
	if strings.HasPrefix(s[i:], "--") {
		return isAlnum(at(s, i+2)) && at(s, k) != '-'
	}
	if _, ok := quoteAt(s, k); ok {
		return true
	}
	if x.introduced(i) {
		return true
	}
	line, _ := lineStart(s, i)
	word := k
	for word < len(s) && word < k+256 && s[word] > ' ' {
		word++
	}
	after := skipBlanks(s, word)
	return line && word > k && (at(s, after) == '\n' || at(s, after) == '\r')
}

// introduced reports whether the words before the key at i lead to a password:
// "login jane password x" as in .netrc, "user jane pass x", "with password x".
func (x *scan) introduced(i int) bool {
	words := strings.Fields(strings.ToLower(before(x.s, i, 96)))
	n := len(words)
	if n == 0 || at(x.s, i-1) != ' ' {
		return false
	}
	if words[n-1] == "with" {
		return true
	}
	return n > 1 && (words[n-2] == "login" || words[n-2] == "user" || words[n-2] == "username")
}

// lineStart reports whether the key at i begins its line, behind marks such as
// a quote, a bullet, a comment sign or a line number at most; exact, if nothing
// but blanks and export stands before it. A line may begin with an escaped line
// feed, whose n is then part of the name.
func lineStart(s string, i int) (line, exact bool) {
	if at(s, i-1) == '\\' && (at(s, i) == 'n' || at(s, i) == 'r') {
		return true, false
	}
	exact = true
	for from := i; i-from < 40; from-- {
		c := at(s, from-1)
		switch {
		case c == '\n':
			return true, exact
		case isBlank(c):
		case strings.HasSuffix(s[:from], "export"):
			from -= len("export") - 1
		case strings.IndexByte(`"'[<-#/*;>$+|:0123456789`+"`", c) >= 0:
			exact = false
		default:
			return false, false
		}
	}
	return false, false
}
