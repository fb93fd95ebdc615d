package conf

import (
	"path"
	"regexp"
	"sort"
	"strings"
	"unicode/utf8"
)

// Limits that keep the cost linear and the memory small whatever the text is.
const (
	maxDepth   = 200   // brackets within brackets; what lies deeper is skipped
	maxEntries = 50000 // no settings file has as many
	maxPath    = 1000  // bytes of a key; what lies below a longer one is skipped
	maxCode    = 200   // bytes of an expression that Value keeps
)

// traits are what tells one language from another here.
type traits struct {
	flavour    Flavour
	comments   []string // marks that begin a comment up to the line end
	block      bool     // has /* */
	quotes     string   // characters that begin a string
	multiline  string   // those of them whose strings may go on over lines
	triple     bool     // has """ or '''
	pairs      []string // what stands between key and value in a container
	quote      string   // for a string where no neighbour shows the style
	yes, no    string
	null       string
	colonAtKey bool // key: is one token, without a blank before the colon
	strict     bool // no comma may follow the last element
}

var languages = map[Flavour]*traits{
	PHP: {flavour: PHP, comments: []string{"//", "#"}, block: true, quotes: `'"`, multiline: `'"`,
		pairs: []string{"=>", ":"}, quote: "'", yes: "true", no: "false", null: "null"},
	JS: {flavour: JS, comments: []string{"//"}, block: true, quotes: "'\"`", multiline: "`",
		pairs: []string{":"}, quote: "'", yes: "true", no: "false", null: "null"},
	Python: {flavour: Python, comments: []string{"#"}, quotes: `'"`, triple: true,
		pairs: []string{":"}, quote: `"`, yes: "True", no: "False", null: "None"},
	Ruby: {flavour: Ruby, comments: []string{"#"}, quotes: "'\"`", multiline: `'"`,
		pairs: []string{":", "=>"}, quote: `"`, yes: "true", no: "false", null: "nil", colonAtKey: true},
	Elixir: {flavour: Elixir, comments: []string{"#"}, quotes: `'"`, multiline: `'"`, triple: true,
		pairs: []string{":", "=>"}, quote: `"`, yes: "true", no: "false", null: "nil", colonAtKey: true, strict: true},
	Go: {flavour: Go, comments: []string{"//"}, block: true, quotes: "\"`'", multiline: "`",
		pairs: []string{":"}, quote: `"`, yes: "true", no: "false", null: "nil"},
	Groovy: {flavour: Groovy, comments: []string{"//"}, block: true, quotes: `'"`, triple: true,
		pairs: []string{":"}, quote: `"`, yes: "true", no: "false", null: "null"},
	HOCON: {flavour: HOCON, comments: []string{"//", "#"}, quotes: `"`, triple: true,
		pairs: []string{":", "="}, quote: `"`, yes: "true", no: "false", null: "null"},
}

var codeExtensions = map[string]Flavour{
	".php": PHP, ".phtml": PHP, ".inc": PHP,
	".js": JS, ".mjs": JS, ".cjs": JS, ".jsx": JS, ".ts": JS, ".mts": JS, ".cts": JS, ".tsx": JS,
	".py": Python, ".rb": Ruby, ".rake": Ruby, ".ru": Ruby, ".ex": Elixir, ".exs": Elixir,
	".go": Go, ".groovy": Groovy, ".gradle": Groovy, ".conf": HOCON, ".hocon": HOCON,
}

// codeMarks tell a language by what its text holds. The weights add up; the
// first flavour of the highest sum wins.
var codeMarks = []struct {
	flavour Flavour
	weight  int
	mark    *regexp.Regexp
}{
	{PHP, 9, regexp.MustCompile(`<\?php`)},
	{PHP, 5, regexp.MustCompile(`\$\w+->\w|\b(?:public|protected|private|var) (?:\w+ )?\$\w|\$\w+\[['"]`)},
	{PHP, 4, regexp.MustCompile(`(?m)^\s*(?:define\(|ini_set\()|\barray\(|\b(?:env|getenv)\('\w+'`)},
	{PHP, 3, regexp.MustCompile(`(?m)^\s*(?:#|//)?\s*['"][\w.]+['"]\s*=>`)},
	{JS, 5, regexp.MustCompile(`\bcreateTransport\b|process\.env\b|module\.exports|\bnodemailer|\bexport (?:default|const)\b`)},
	{JS, 3, regexp.MustCompile(`(?m)^\s*(?:const|let|var) [\w{]|\bawait |\) => |^\s*//`)},
	{Python, 5, regexp.MustCompile(`(?m)^\s*(?:def \w+\(|class \w+.*:\s*$|from [\w.]+ import )|\bos\.(?:getenv|environ)\b|\bsmtplib\b|"""`)},
	{Python, 4, regexp.MustCompile(`[=:(]\s*(?:True|False|None)\b|^\s*[A-Z][A-Z_]+ = |\bcast=`)},
	{Python, 2, regexp.MustCompile(`(?m)^\s*(?:# ?)?[A-Z][A-Z0-9_]+\s*=\s*\S`)},
	{Ruby, 6, regexp.MustCompile(`config\.action_mailer|ActionMailer::|gitlab_rails\[|\bENV(?:\[|\.fetch)|\bRails\.`)},
	{Ruby, 4, regexp.MustCompile(`(?m):\w+\s*=>|^\s*\w[\w.:]* do\b(?: \|\w+\|)?\s*$|^\s*end\s*$`)},
	{Ruby, 3, regexp.MustCompile(`(?m)^\s*\w+: :\w`)},
	{Elixir, 8, regexp.MustCompile(`(?m)^\s*config :\w+|\bSystem\.(?:get_env|fetch_env!?)|\{:system, "|\bSwoosh\b|\bBamboo\.|~c"|^import Config`)},
	{Elixir, 4, regexp.MustCompile(`(?m)^\s*\w+: (?::(?:always|never|if_available)\b|[A-Z]\w*\.[A-Z])`)},
	{Go, 8, regexp.MustCompile(`(?m)\bgomail\.|^package \w+\s*$|\bos\.Getenv\(|&?\btls\.Config\{|\bsmtp\.PlainAuth\(`)},
	{Go, 4, regexp.MustCompile(`\w := |\bfunc \w*\(`)},
	{Groovy, 8, regexp.MustCompile(`(?m)^\s*grails\b\s*[.{]|\["[\w.]+":`)},
	{HOCON, 8, regexp.MustCompile(`(?m)^\s*play\.(?:mailer|\w+)[\w.]*\s*[{=:]|\$\{\??[\w.]+\}\s*$`)},
	{HOCON, 2, regexp.MustCompile(`(?m)^\s*[\w.-]+\s*\{\s*$|^\s*\w+ = (?:yes|no)\s*$`)},
}

// DetectCode says which language a text is in: by the extension of its file,
// else by what it holds. JS, whose syntax most others of the family share, is
// what remains.
func DetectCode(name, raw string) Flavour {
	if f, ok := codeExtensions[strings.ToLower(path.Ext(name))]; ok {
		return f
	}
	head := raw[:min(len(raw), 1<<16)]
	sums := map[Flavour]int{}
	best, most := JS, 0
	for _, m := range codeMarks {
		if m.mark.MatchString(head) {
			sums[m.flavour] += m.weight
			if sums[m.flavour] > most {
				best, most = m.flavour, sums[m.flavour]
			}
		}
	}
	return best
}

// language is that of a text; a flavour of another kind is guessed over.
func language(raw string, f Flavour) *traits {
	if l, ok := languages[f]; ok {
		return l
	}
	return languages[DetectCode("", raw)]
}

func parseCode(raw string, f Flavour) *Text {
	r := readCode(raw, language(raw, f))
	return &Text{Entries: r.entries, Broken: r.broken()}
}

// readCode reads a text with the forms of its entries, which edits need.
func readCode(raw string, l *traits) *reader {
	r := &reader{raw: raw, lang: l}
	r.toks, r.notes = scanCode(raw, span{0, len(raw)}, l)
	r.seq(0, len(r.toks)-1, context{kind: block})
	r.tidy()
	return r
}

// tidy drops the entries that turned out to be none and counts lines and
// columns, in one pass over the text.
func (r *reader) tidy() {
	kept, forms := r.entries[:0], r.forms[:0]
	for i, e := range r.entries {
		if e.Type != "" {
			kept, forms = append(kept, e), append(forms, r.forms[i])
		}
	}
	r.entries, r.forms = kept, forms
	sort.Stable(byPlace{r})
	line, column, at := 1, 1, 0
	for i := range r.entries {
		to := r.forms[i].start
		between := r.raw[at:to]
		if n := strings.Count(between, "\n"); n > 0 {
			line, column = line+n, 1
			between = between[strings.LastIndexByte(between, '\n')+1:]
		}
		column += utf8.RuneCountInString(between)
		at = to
		r.entries[i].Line, r.entries[i].Column = line, column
	}
}

// byPlace sorts entries and their forms as they stand in the text.
type byPlace struct{ *reader }

func (b byPlace) Len() int           { return len(b.entries) }
func (b byPlace) Less(i, j int) bool { return b.forms[i].start < b.forms[j].start }
func (b byPlace) Swap(i, j int) {
	b.entries[i], b.entries[j] = b.entries[j], b.entries[i]
	b.forms[i], b.forms[j] = b.forms[j], b.forms[i]
}
