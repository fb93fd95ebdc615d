package redact

import "strings"

// keptWords are values that are no secret and tell something: that there is
// none, what became of it, or its type.
var keptWords = set(`null none undefined nil nan true false yes no on off n/a empty hidden masked redacted filtered
	removed suppressed omitted required missing invalid incorrect wrong expired failed denied rejected unknown unset
	present absent set ok str string bool boolean include same-origin omit bearer basic error`)

// vocabulary is the words that errors are made of. Prose is told by them, not
// by its form: a pass phrase is made of words too.
var vocabulary = set(`a an the this that your our you it is are was were be been being has have had do does did not no
	cannot can't can could must should may will would only and or but if for from with without to of in on at by as than
	too all any more please check use using used enter set see try again learn
	password passwords passphrase token tokens key keys api secret credential credentials user username login account
	authentication authenticate authenticated authorization authorized auth access permission permissions header value field
	character characters server client request response message mechanism method mode command code error errors failure failed fails
	invalid incorrect wrong bad missing required requires require needs needed expected unexpected expired expires revoked
	rejected denied refused disabled enabled unknown unable unsupported supported empty blank short long least most found
	match matches mismatch mismatched malformed verification verify verified verifying validation valid accepted accept allowed allow
	provided given supplied specified configured sent received blocked locked changed change reset new old option flag argument
	when while because before after during get got read reading parse parsing end input string json format type object null undefined
	temporarily currently already insufficient exceeded limit`)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// plain returns a word in lower case without the punctuation around it.
func plain(w string) string { return strings.ToLower(strings.Trim(w, `.,;:!?'"()[]{}`+"`")) }

// kept reports whether the value v is no secret: empty, a placeholder, a word
// such as null, a reference, or hidden already.
func kept(v string) bool {
	v = strings.TrimSpace(v)
	if len(v) > 128 {
		return strings.Trim(v, "*") == ""
	}
	if len(v) == 0 || len(v) == 1 && !isAlnum(v[0]) || strings.Trim(v, "*.•…") == "" || keptWords[plain(v)] {
		return true
	}
	return masked(v) || placeholder(v)
}

// masked reports whether v is what is left of a Resend key.
func masked(v string) bool {
	head, stars := strings.CutSuffix(v, Mask)
	return stars && (head == "re_" || len(head) == resendPublic && publicPrefix(head+strings.Repeat("0", resendHidden)) == len(head))
}

// brackets enclose placeholders, and references that a program fills in.
var brackets = []struct {
	open, shut string
	digits     bool
}{
	{"<", ">", false}, {"(", ")", false}, {"[", "]", false}, {"&lt;", "&gt;", false},
	{"${", "}", true}, {"$(", ")", true}, {"{{", "}}", true}, {"${{", "}}", true}, {"%(", ")s", true},
}

// placeholderAt reports whether a placeholder begins s.
func placeholderAt(s string) bool {
	if s == "" || strings.IndexByte("<([&${%", s[0]) < 0 {
		return false
	}
	s = s[:min(len(s), maxName)]
	for _, b := range brackets {
		if n := strings.Index(s, b.shut); n >= 0 && strings.HasPrefix(s, b.open) && placeholder(s[:n+len(b.shut)]) {
			return endsWord(s, n+len(b.shut)) || strings.IndexByte(closers, s[n+len(b.shut)]) >= 0
		}
	}
	return false
}

// placeholder reports whether v is words in brackets, such as <non-null>,
// [FILTERED] or ${SMTP_PASS}.
func placeholder(v string) bool {
	if v == "" || strings.IndexByte("<([&${%", v[0]) < 0 {
		return false
	}
	for _, b := range brackets {
		in, ok := strings.CutPrefix(v, b.open)
		if in, ok = cutSuffix(in, b.shut, ok); ok && letters(in, b.digits) {
			return true
		}
	}
	return false
}

func cutSuffix(s, end string, ok bool) (string, bool) {
	if !ok {
		return s, false
	}
	return strings.CutSuffix(s, end)
}

func letters(s string, digits bool) bool {
	for i := range len(s) {
		if c := s[i]; !isLower(c) && !isUpper(c) && !(isDigit(c) && digits) && strings.IndexByte(" -_.", c) < 0 {
			return false
		}
	}
	return s != ""
}

// prose reports whether v is a sentence about a secret: it begins with two
// words, the first of the vocabulary, and has another one of it near.
func prose(v string) bool {
	words := strings.Fields(v[:min(len(v), 256)])
	if len(words) < 2 || appPassword(strings.TrimSpace(v)) > 0 {
		return false
	}
	known := 0
	for i, w := range words[:min(len(words), 8)] {
		w = plain(w)
		if i == 0 && !vocabulary[w] || i < 2 && !letters(strings.ReplaceAll(w, "'", ""), false) {
			return false
		}
		if vocabulary[w] {
			known++
		}
	}
	return known >= 2
}

// reply reports whether v begins with an SMTP reply: a code, then a blank or a
// hyphen and an enhanced code or a word that errors are made of.
func reply(v string) bool {
	if len(v) < 6 || v[0] < '2' || v[0] > '5' || !isDigit(v[1]) || !isDigit(v[2]) || v[3] != ' ' && v[3] != '-' {
		return false
	}
	word, _, _ := strings.Cut(v[4:min(len(v), maxName)], " ")
	return isDigit(v[4]) && v[5] == '.' || vocabulary[plain(word)]
}
