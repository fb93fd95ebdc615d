package project

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"github.com/maildoctor/maildoctor/internal/conf"
)

// reader reads the nodes of one file and collects what is wrong with them.
type reader struct {
	name   string
	near   func(string, []string) string
	wrongs Errors
}

// wrong notes what is wrong at a node.
func (r *reader) wrong(n *yaml.Node, format string, args ...any) {
	r.wrongs = append(r.wrongs, Error{r.name, placeOf(n), fmt.Sprintf(format, args...)})
}

// done are the errors in the order of the text; nil where there are none.
func (r *reader) done() error {
	if len(r.wrongs) == 0 {
		return nil
	}
	slices.SortStableFunc(r.wrongs, func(a, b Error) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return r.wrongs
}

func placeOf(n *yaml.Node) Place { return Place{max(n.Line, 1), max(n.Column, 1)} }

// document is the root of the one document of a text.
func (r *reader) document(text string) (*yaml.Node, bool) {
	docs, trouble := conf.LoadYAML(text)
	start := &yaml.Node{Line: 1, Column: 1}
	switch {
	case trouble != nil:
		r.wrong(&yaml.Node{Line: trouble.Line, Column: trouble.Column}, "%s", trouble.Reason)
		return nil, false
	case len(docs) == 0 || len(docs[0].Content) == 0 || len(docs) == 1 && kindOf(docs[0].Content[0]) == nothing:
		r.wrong(start, "the file is empty; begin it with version: 1")
		return nil, false
	case len(docs) > 1:
		r.wrong(docs[1], "a second document begins; a project file is one, without a line ---")
		return nil, false
	}
	return docs[0].Content[0], true
}

// The kinds of nodes, as messages call them.
const (
	mapping = "a mapping"
	list    = "a list"
	text    = "text"
	number  = "a number"
	truth   = "true or false"
	nothing = "empty"
	alias   = "an alias"
	tagged  = "a value with a tag"
)

func kindOf(n *yaml.Node) string {
	if n.Kind == yaml.AliasNode {
		return alias
	}
	switch n.ShortTag() {
	case "!!map":
		return mapping
	case "!!seq":
		return list
	case "!!str", "!!timestamp", "!!merge":
		return text
	case "!!int", "!!float":
		return number
	case "!!bool":
		return truth
	case "!!null":
		return nothing
	}
	return tagged
}

// is notes where a node is not of a kind. what names it.
func (r *reader) is(n *yaml.Node, what, want, such string) bool {
	switch got := kindOf(n); {
	case got == want:
		return true
	case got == alias:
		r.wrong(n, "%s is an alias (*%s), which is not taken here; write the value itself", what, short(n.Value))
	case got == tagged:
		r.wrong(n, "%s has the tag %q, which is not taken here; write the value without it", what, short(n.Tag))
	case got == nothing:
		r.wrong(n, "%s is empty; give %s", what, such)
	case want == text && got != mapping && got != list:
		r.wrong(n, "%s is %s, and has to be text; put it in quotes", what, got)
	case want == such:
		r.wrong(n, "%s is %s, and has to be %s", what, got, want)
	default:
		r.wrong(n, "%s is %s, and has to be %s: %s", what, got, want, such)
	}
	return false
}

// field is a key of a mapping, and what reads its value.
type field struct {
	name     string
	required bool
	read     func(*yaml.Node)
}

// mapping reads a mapping with these keys. what names it; such is an example.
func (r *reader) mapping(n *yaml.Node, what, such string, fields []field) {
	if !r.is(n, what, mapping, such) {
		return
	}
	seen := map[string]int{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		at := slices.IndexFunc(fields, func(f field) bool { return f.name == key.Value })
		switch was, twice := seen[key.Value]; {
		case kindOf(key) != text:
			r.wrong(key, "a key is %s, and has to be a word", kindOf(key))
		case twice:
			r.wrong(key, "%q stands twice; first on line %d", short(key.Value), was)
		case at < 0:
			r.wrong(key, "%s", r.unknown(key.Value, what, fields))
		default:
			seen[key.Value] = key.Line
			fields[at].read(value)
		}
	}
	for _, f := range fields {
		if _, ok := seen[f.name]; f.required && !ok {
			r.wrong(n, "%s lacks %q", what, f.name)
		}
	}
}

// unknown says of a key that it is not known, and what to write in its place.
func (r *reader) unknown(key, what string, fields []field) string {
	if to := secretPlace(key); to != "" {
		return fmt.Sprintf("%q does not belong into a file that others read; %s", short(key), to)
	}
	var names []string
	for _, f := range fields {
		names = append(names, f.name)
	}
	if near := r.near(key, names); near != "" {
		return fmt.Sprintf("%s has no key %q%s", what, short(key), near)
	}
	return fmt.Sprintf("%s has no key %q; it takes %s", what, short(key), strings.Join(names, ", "))
}

// secretPlace says where a secret goes, or a login, to those who look for a key
// that takes it; "" for other keys.
func secretPlace(key string) string {
	key = strings.ToLower(strings.NewReplacer("_", "", "-", "").Replace(key))
	for _, s := range []string{"apikey", "token", "key", "secret"} {
		if strings.HasSuffix(key, s) {
			return "set RESEND_API_KEY, or give --key-file FILE; a password goes into MAILDOCTOR_PASSWORD, or --password-file FILE"
		}
	}
	for _, s := range []string{"pass", "pwd"} {
		if strings.Contains(key, s) {
			return "set MAILDOCTOR_PASSWORD, or give --password-file FILE or --password-stdin"
		}
	}
	if key == "user" || key == "username" || key == "login" {
		return "give --user NAME, with the password in MAILDOCTOR_PASSWORD, --password-file or --password-stdin"
	}
	return ""
}

// list reads a list, element by element.
func (r *reader) list(n *yaml.Node, what, such string, read func(*yaml.Node)) {
	if !r.is(n, what, list, such) {
		return
	}
	for _, e := range n.Content {
		read(e)
	}
}

// text reads a text that is not blank.
func (r *reader) text(n *yaml.Node, what, such string) (string, bool) {
	if !r.is(n, what, text, such) {
		return "", false
	}
	if strings.TrimSpace(n.Value) == "" {
		r.wrong(n, "%s is empty; give %s", what, such)
		return "", false
	}
	return n.Value, true
}

// word reads one word of a list.
func (r *reader) word(n *yaml.Node, what string, words []string) (string, bool) {
	s, ok := r.text(n, what, strings.Join(words, ", "))
	if ok && !slices.Contains(words, s) {
		r.wrong(n, "%s: %q is none of %s%s", what, short(s), strings.Join(words, ", "), r.near(s, words))
		return "", false
	}
	return s, ok
}

// number reads a number, as YAML has numbers.
func (r *reader) number(n *yaml.Node, what, such string) (float64, bool) {
	if !r.is(n, what, number, such) {
		return 0, false
	}
	plain := strings.ReplaceAll(n.Value, "_", "")
	if i, err := strconv.ParseInt(plain, 0, 64); err == nil {
		return float64(i), true
	}
	f, err := strconv.ParseFloat(plain, 64)
	if err != nil || math.IsInf(f, 0) || math.IsNaN(f) {
		r.wrong(n, "%s: %q is not a number that can be used; give %s", what, short(n.Value), such)
		return 0, false
	}
	return f, true
}

// maxShown is how much of a value of the file is repeated.
const maxShown = 60

func short(s string) string {
	if utf8.RuneCountInString(s) <= maxShown {
		return s
	}
	return string([]rune(s)[:maxShown]) + "..."
}
