package redact

import "strings"

// value hides the value that follows sep and returns where to read on.
func (x *scan) value(sep separator, kind nameKind) int {
	s, k := x.s, sep.value
	if sep.sign == '>' {
		return x.element(k)
	}
	if end, ok := x.nextLine(k); ok {
		return end
	}
	if end, ok := x.wordBelow(sep, kind); ok {
		return end
	}
	if next := at(s, k+1); (next == '"' || next == '\'') && strings.IndexByte("bBuUrRfFLN@$", at(s, k)) >= 0 {
		k++ // b'x' of Python, $'x' of shells
	}
	q, quoted := quoteAt(s, k)
	switch {
	case quoted && sep.sign == '=' || quoted && sep.sign == ':' || quoted && sep.sign == ',' || quoted && sep.bare:
		return x.quoted(k, q, kind)
	case sep.sign == ',':
		return k
	case at(s, k) == '[' && (isOpen(s, k+1)):
		return x.list(k + 1)
	case at(s, k) == '{' || strings.HasPrefix(s[k:], "-----BEGIN"):
		return k
	case kind == headerName:
		return x.header(k, headerEnd(s, k))
	case sep.sign == ':' && yamlBlock(s, k):
		return x.block(k)
	}
	return x.bare(k, sep)
}

// isOpen reports whether a string of a list begins at i, blanks aside.
func isOpen(s string, i int) bool {
	for i < len(s) && strings.IndexByte(" \t\r\n", s[i]) >= 0 {
		i++
	}
	_, ok := quoteAt(s, i)
	return ok
}

// quoted hides a string that begins with q at k.
func (x *scan) quoted(k int, q quote, kind nameKind) int {
	s := x.s
	if triple := strings.Repeat(q.mark, 3); len(q.mark) == 1 && strings.HasPrefix(s[k:], triple) {
		q = quote{0, triple} // TOML, and the INI files of Grafana
	}
	from := k + q.size()
	end, next := closing(s, from, q)
	v := s[from:end]
	switch {
	case kind == headerName:
		x.header(from, end)
	case strings.HasPrefix(v, "-----BEGIN"), kept(v), prose(v):
		return from
	default:
		x.hide(from, end)
	}
	return next
}

// hideString hides what is between from and to, unless it says what became of
// the secret.
func (x *scan) hideString(from, to int) {
	if v := x.s[from:to]; !kept(v) && !prose(v) {
		x.hide(from, to)
	}
}

// list hides the strings of a list that begins at k.
func (x *scan) list(k int) int {
	for {
		for k < len(x.s) && strings.IndexByte(" \t\r\n,", x.s[k]) >= 0 {
			k++
		}
		q, ok := quoteAt(x.s, k)
		if !ok {
			return k
		}
		end, next := closing(x.s, k+q.size(), q)
		if c, _ := sign(x.s, skipBlanks(x.s, next)); c == '=' || c == ':' {
			return k // no list: this string is the next key
		}
		x.hideString(k+q.size(), end)
		k = max(next, k+q.size())
	}
}

// maxElement bounds the text of an XML element.
const maxElement = 4096

// element hides the text of an XML element that begins at k, if its end tag
// follows.
func (x *scan) element(k int) int {
	if rest, ok := strings.CutPrefix(x.s[k:], "<![CDATA["); ok {
		from := len(x.s) - len(rest)
		if n := strings.Index(rest[:min(len(rest), maxElement)], "]]>"); n >= 0 {
			x.hideLines(from, from+n)
			return from + n
		}
		return from
	}
	rest := x.s[k:min(len(x.s), k+maxElement)]
	n := strings.IndexByte(rest, '<')
	if n < 0 || !strings.HasPrefix(rest[n:], "</") {
		return k
	}
	if !kept(strings.TrimSpace(rest[:n])) && !prose(rest[:n]) {
		x.hideLines(k, k+n)
	}
	return k + n
}

// nextLine hides a string that stands on the line after its key: quoted and
// indented, or as var_dump of PHP prints it: string(7) "hunter2".
func (x *scan) nextLine(k int) (int, bool) {
	s, from := x.s, k
	if at(s, k) == '\r' {
		k++
	}
	if k < len(s) && s[k] == '\n' {
		k = skipBlanks(s, k+1)
		if k == from+1 {
			return 0, false
		}
	}
	if strings.HasPrefix(s[k:], "string(") {
		if n := strings.Index(s[k:min(len(s), k+32)], ") "); n > 0 {
			k += n + 2
			from = -1
		}
	}
	q, ok := quoteAt(s, k)
	if !ok || k == from {
		return 0, false
	}
	// A quoted line that has a separator is the next key.
	end, next := closing(s, k+q.size(), q)
	if c, _ := sign(s, skipBlanks(s, next)); c == '=' || c == ':' {
		return 0, false
	}
	x.hideString(k+q.size(), end)
	return next, true
}

// wordBelow hides a bare word on the line below its key, as a copied form has
// it. It must look like a password, and neither like a time, a host or an
// address nor like the next key.
func (x *scan) wordBelow(sep separator, kind nameKind) (int, bool) {
	s := x.s
	from := sep.value
	if at(s, from) == '\r' {
		from++
	}
	if sep.sign != ':' || kind != secretName || from >= len(s) || s[from] != '\n' {
		return 0, false
	}
	from++
	from = skipBlanks(s, from)
	end := from + len(strings.TrimRight(s[from:lineEnd(s, from)], " \t\r"))
	v := s[from:end]
	_, domain, _ := strings.Cut(v, "@")
	switch {
	case len(v) < 6, len(v) > maxName, !mixed(v), !strings.ContainsAny(v, "0123456789"), strings.ContainsAny(v, " \t:=\"'`<>"), strings.HasPrefix(v, "0x"):
		return 0, false
	case run(v, 0, isName) == len(v) && strings.Contains(v, "."), strings.Contains(domain, "."):
		return 0, false
	}
	x.hide(from, end)
	return end, true
}

// yamlBlock reports whether the value at k is a block of YAML: | or > and the
// rest of the line empty.
func yamlBlock(s string, k int) bool {
	if c := at(s, k); c != '|' && c != '>' {
		return false
	}
	k = run(s, k+1, func(c byte) bool { return c == '-' || c == '+' || isDigit(c) })
	c := at(s, skipBlanks(s, k))
	return c == '\n' || c == '\r'
}

// block hides the lines after the one of k that stand deeper than it.
func (x *scan) block(k int) int {
	start := strings.LastIndexByte(x.s[max(0, k-1024):k], '\n') + 1
	indent := skipBlanks(x.s, max(0, k-1024)+start) - max(0, k-1024) - start
	for i := lineEnd(x.s, k) + 1; i < len(x.s); {
		text := skipBlanks(x.s, i)
		end := lineEnd(x.s, i)
		if strings.TrimSpace(x.s[i:end]) != "" && text-i <= indent {
			return i
		}
		if strings.HasPrefix(x.s[text:], "-----BEGIN") {
			return i
		}
		x.hideLines(i, end)
		i = end + 1
	}
	return len(x.s)
}

// header hides what follows the scheme of an Authorization header between k and
// end; without a scheme, all.
func (x *scan) header(k, end int) int {
	v := x.s[k:end]
	word := run(v, 0, func(c byte) bool { return c > ' ' })
	rest := skipBlanks(v, word)
	switch {
	case kept(v), prose(v), reply(v):
	case rest >= len(v):
		if !scheme(v[:word]) {
			x.hide(k, k+word)
		}
	case !scheme(v[:word]) && len(v[:word]) > 24:
		x.hide(k, k+word)
	case kept(v[rest:]), prose(v[rest:]):
	case oneWord[strings.ToLower(v[:word])]:
		x.hide(k+rest, k+rest+run(v[rest:], 0, func(c byte) bool { return c > ' ' && strings.IndexByte(",;)]}", c) < 0 }))
	default:
		x.hide(k+rest, end)
	}
	return end
}

// headerEnd returns where a header that begins at k ends: with its line, or with
// the string that it stands in.
func headerEnd(s string, k int) int {
	end := k
	for end < len(s) && strings.IndexByte("\r\n\"'`", s[end]) < 0 && !escapedBreak(s, end) && !escapedQuote(s, end) {
		end++
	}
	if end < len(s) && s[end] == '"' && at(s, end-1) == '=' { // a parameter: Digest username="x"
		end = lineEnd(s, end)
	}
	return k + len(strings.TrimRight(s[k:end], " \t\r,;)]}>"))
}

// oneWord are the authentication schemes whose secret is one word.
var oneWord = set("bearer basic token apikey")

// schemes are the other ones (RFC 9110 11.1).
var schemes = set("digest negotiate ntlm")

func scheme(w string) bool {
	w = strings.ToLower(w)
	return oneWord[w] || schemes[w]
}

// bare hides a value that is not in quotes.
func (x *scan) bare(k int, sep separator) int {
	s := x.s
	if next, ok := x.reference(k); ok {
		return next
	}
	end := bareEnd(s, k, sep)
	if n := appPassword(s[k:]); k+n > end {
		end = k + n
	}
	v := s[k:end]
	// One line is enough to tell prose; the readers stop at the first words.
	said := s[k:lineEnd(s[:min(len(s), k+256)], k)]
	switch {
	case kept(v), placeholderAt(s[k:]), strings.HasPrefix(v, "http://"), strings.HasPrefix(v, "https://"):
		return k
	case sep.bare && vocabulary[plain(v)]:
		return k
	case sep.sign == ':' && !sep.tight && (prose(said) || reply(said)):
		return k
	}
	x.hide(k, end)
	return max(end, k)
}

// reference reads a value that names where the secret is, such as
// process.env.SMTP_PASS or env('MAIL_PASSWORD'), which stays, and one wrapped
// in a call, such as Some("x"), whose string goes.
func (x *scan) reference(k int) (int, bool) {
	s := x.s
	end := run(s, k, func(c byte) bool { return isName(c) || c == '$' })
	word := strings.ToLower(s[k:min(end, k+maxName)])
	open := at(s, end) == '(' || at(s, end) == '['
	from := strings.Contains(word, "environ") || strings.Contains(word, "getenv") || strings.HasPrefix(word, "env") || strings.HasPrefix(word, "$_env") || strings.HasPrefix(word, "config")
	switch {
	case strings.HasPrefix(word, "process.env."), strings.HasPrefix(word, "import.meta.env."), open && from, open && strings.HasPrefix(word, "process.env"):
		return x.fallback(end)
	case open && end > k:
		q, ok := quoteAt(s, end+1)
		if !ok {
			return 0, false
		}
		return x.quoted(end+1, q, secretName), true
	}
	return 0, false
}

// fallback hides the string that stands in for a reference that ends at k:
// process.env.PASS || 'x'.
func (x *scan) fallback(k int) (int, bool) {
	k = skipBlanks(x.s, k)
	for _, or := range []string{"||", "??", "or "} {
		if strings.HasPrefix(x.s[k:], or) {
			from := skipBlanks(x.s, k+len(or))
			if q, ok := quoteAt(x.s, from); ok {
				return x.quoted(from, q, secretName), true
			}
		}
	}
	return k, true
}
