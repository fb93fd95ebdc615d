package settings

import (
	"regexp"
	"slices"
	"strings"

	"github.com/maildoctor/maildoctor/internal/conf"
	"github.com/maildoctor/maildoctor/internal/redact"
)

// A corrected file is shown whole, and most of it is none of our business: nobody
// knows all names that secrets go by. So of what has nothing to do with mail only
// the keys are shown, and values that cannot be secrets.

// mailAlone is a text in which the values of other things than mail stand as Kept.
func mailAlone(f *File, raw string, channels []*Channel) string {
	t := conf.Parse(raw, f.Text.Kind, f.Text.Flavour)
	used := counted(raw)
	var edits []conf.Edit
	mail := map[int]bool{} // lines
	for _, e := range t.Entries {
		_, partly := maskEntry(e, channels)
		switch {
		case e.Type == conf.Branch && ofMail(e, channels):
			mail[e.Line] = true
		case e.Off || e.Type == conf.Branch || partly: // a URL keeps its host
		case ofMail(e, channels) || used[lastPart(e.Key)] > 1 && !secretName.MatchString(e.Key):
			mail[e.Line] = true
		case !shows(e):
			edits = append(edits, conf.Edit{Op: conf.Set, Entry: e, Value: Kept})
		}
	}
	text := applied(t, edits)
	if slices.Contains([]conf.Kind{conf.Code, conf.YAML, conf.EnvList}, f.Text.Kind) {
		text = withoutLiterals(text, mail)
	}
	return otherComment.ReplaceAllString(text, "$1 "+Kept)
}

// applied makes the edits, all at once where that goes.
func applied(t *conf.Text, edits []conf.Edit) string {
	if text, err := t.Apply(edits); err == nil {
		return text
	}
	now := *t
	for _, e := range slices.Backward(edits) { // from the end, so that the places of those before stay
		if text, err := now.Apply([]conf.Edit{e}); err == nil {
			now.Raw = text
		} else if len(e.Entry.Value) >= leastSecret {
			now.Raw = strings.ReplaceAll(now.Raw, e.Entry.Value, Kept)
		}
	}
	return now.Raw
}

// leastSecret is how long a secret is at least.
const leastSecret = 4

// ofMail reports whether an entry is a setting of mail, of an application that is
// read here or by its name.
func ofMail(e conf.Entry, channels []*Channel) bool {
	if mailish(e.Key) {
		return true
	}
	for _, c := range channels {
		for i := range c.App.Dialect.Keys {
			if matchesKey(&c.App.Dialect.Keys[i], e.Key, true) {
				return true
			}
		}
	}
	return false
}

// structure are keys that tell what a text is.
var structure = []string{"image", "env_file", "extends", "kind", "apiversion", "version", "name"}

// shows reports whether the value of an entry can be no secret.
func shows(e conf.Entry) bool {
	return e.Type == conf.Number || e.Type == conf.Bool || e.Type == conf.Null || e.Type == conf.Expr ||
		len(e.Value) < leastSecret || harmless(e) || plainWord.MatchString(e.Value) && mailish(e.Value) || slices.Contains(structure, strings.ToLower(lastPart(e.Key)))
}

var plainWord = regexp.MustCompile(`^[A-Za-z]{1,12}$`)

var word = regexp.MustCompile(`\w+`)

// counted counts the words of a text: a name that stands twice is referred to.
func counted(raw string) map[string]int {
	out := map[string]int{}
	for _, w := range word.FindAllString(raw, -1) {
		out[w]++
	}
	return out
}

// otherComment is a line that is a comment with words in it.
var otherComment = regexp.MustCompile(`(?m)^([ \t]*(?:#|//|;|--))[ \t]+\S[^\r\n]*`)

var (
	literal = regexp.MustCompile(`(\w\[)?("(?:[^"\\\n]|\\.){4,}"|'(?:[^'\\\n]|\\.){4,}')(\]|\s*(?:=>|:))?`)
	imports = regexp.MustCompile(`\b(require|import|from|use|include|namespace|package|extends|defined?)\b`)
)

// item is an element of a YAML list that sets something: a label, a variable.
var item = regexp.MustCompile(`^(\s*-\s+[\w.\-]+=)[^\r\n]+`)

// withoutLiterals hides the texts in lines that have nothing to do with mail, where
// a reader of settings makes no entries of them.
func withoutLiterals(code string, mail map[int]bool) string {
	lines := strings.SplitAfter(code, "\n")
	for i, line := range lines {
		if mail[i+1] || mailish(line) || imports.MatchString(line) {
			continue
		}
		line = item.ReplaceAllString(line, "${1}"+Kept)
		lines[i] = literal.ReplaceAllStringFunc(line, func(s string) string {
			m := literal.FindStringSubmatch(s)
			if key := m[1] != "" && m[3] == "]" || m[3] != "" && m[3] != "]"; key {
				return s
			}
			return m[1] + m[2][:1] + Kept + m[2][len(m[2])-1:] + m[3]
		})
	}
	return strings.Join(lines, "")
}

// blotted takes out what has the shape of a secret, between the settings of mail,
// which are masked by what they are.
func blotted(f *File, text string, channels []*Channel) string {
	mail := map[int]bool{}
	for _, e := range conf.Parse(text, f.Text.Kind, f.Text.Flavour).Entries {
		mail[e.Line] = mail[e.Line] || ofMail(e, channels)
	}
	var out, others strings.Builder
	flush := func() {
		out.WriteString(redact.Text(others.String()))
		others.Reset()
	}
	for i, line := range strings.SplitAfter(text, "\n") {
		if mail[i+1] {
			flush()
			out.WriteString(line)
			continue
		}
		others.WriteString(line)
	}
	flush()
	return out.String()
}
