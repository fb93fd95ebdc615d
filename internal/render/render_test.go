package render

import (
	"bytes"
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/maildoctor/maildoctor/internal/report"
)

var update = flag.Bool("update", false, "rewrite the golden files")

const reports = "../../testdata/reports"

// goldens are the files made of each report: how the name ends, the format and
// its options.
var goldens = []struct {
	ext, format string
	options     Options
	only        []string // of these reports alone; nil: of all
}{
	{".txt", "text", Options{}, nil},
	{".verbose.txt", "text", Options{Verbose: true, Width: 100, Plain: true}, nil},
	{".md", "markdown", Options{}, nil},
	{".out.json", "json", Options{}, nil},
	{".ndjson", "ndjson", Options{}, nil},
	{".prom", "prometheus", Options{}, nil},
	{".html", "html", Options{}, []string{"brevo-587-as-implicit", "login-refused", "settings-laravel"}},
}

// ciGoldens are those of the formats for CI systems, of a few reports that tell.
var ciGoldens = map[string][]string{
	"junit":  {"interrupted", "no-port", "settings-laravel"},
	"sarif":  {"cert-expired", "interrupted", "settings-joined"},
	"github": {"interrupted", "no-port", "settings-laravel"},
	"gitlab": {"cert-expired", "interrupted", "settings-laravel"},
}

// ciGolden names the golden file of a report.
func ciGolden(stem, format string) string { return stem + "." + format }

// stems names the recorded reports, without their extension.
func stems(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob(reports + "/*.json")
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, f := range files {
		if !strings.HasSuffix(f, ".out.json") {
			out = append(out, strings.TrimSuffix(filepath.Base(f), ".json"))
		}
	}
	if len(out) == 0 {
		t.Fatalf("no reports in %s", reports)
	}
	return out
}

// load reads a report and puts back what its JSON leaves out.
func load(t *testing.T, stem string) report.Report {
	t.Helper()
	r := decode(t, stem)
	if _, offset := r.Run.Started.Zone(); offset == 3600 { // whatever zone the tests run in
		r.Run.Started = r.Run.Started.In(time.FixedZone("CET", offset))
	}
	for i := range r.Subjects {
		s := &r.Subjects[i]
		for j := range s.Corrected {
			s.Corrected[j].Diff = diffOf(s.Changes, s.Corrected[j])
		}
		for j := range s.Changes {
			s.Changes[j].Hide = s.Changes[j].New == "<kept>"
		}
	}
	return r
}

// diffOf is the diff of a .env, made of its changes as package settings makes it
// of the two texts.
func diffOf(changes []report.Change, to report.Corrected) []string {
	var out []string
	lines := strings.Split(to.Text, "\n")
	for _, c := range changes {
		if c.File == to.File {
			out = append(out, fmt.Sprintf("@@ -%d +%d @@", c.Line, c.Line), "-"+c.Key+"="+c.Old, "+"+lines[c.Line-1])
		}
	}
	return out
}

func decode(t *testing.T, stem string) report.Report {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(reports, stem+".json"))
	if err != nil {
		t.Fatal(err)
	}
	var r report.Report
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(&r); err != nil {
		t.Fatalf("%s: %v", stem, err)
	}
	return r
}

func write(t *testing.T, format string, r report.Report, o Options) string {
	t.Helper()
	f, ok := ByName(format)
	if !ok {
		t.Fatalf("no format %q", format)
	}
	var b strings.Builder
	if err := f.Write(&b, r, o); err != nil {
		t.Fatalf("%s: %v", format, err)
	}
	return b.String()
}

func TestGoldens(t *testing.T) {
	t.Parallel()
	for format, stems := range ciGoldens {
		for _, stem := range stems {
			t.Run(ciGolden(stem, format), func(t *testing.T) {
				t.Parallel()
				compare(t, filepath.Join(reports, ciGolden(stem, format)), write(t, format, inCI(t, stem), Options{}))
			})
		}
	}
	for _, stem := range stems(t) {
		for _, g := range goldens {
			if g.only != nil && !slices.Contains(g.only, stem) {
				continue
			}
			t.Run(stem+g.ext, func(t *testing.T) {
				t.Parallel()
				compare(t, filepath.Join(reports, stem+g.ext), write(t, g.format, load(t, stem), g.options))
			})
		}
	}
}

func compare(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v (go test ./internal/render -update writes it)", err)
	}
	if got == string(want) {
		return
	}
	g, w := strings.Split(got, "\n"), strings.Split(string(want), "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			t.Fatalf("%s, line %d:\n got %q\nwant %q", file, i+1, g[i], w[i])
		}
	}
	t.Fatalf("%s: got %d lines, want %d", file, len(g), len(w))
}

// TestNoOrphans finds files that no test reads.
func TestNoOrphans(t *testing.T) {
	t.Parallel()
	known := []string{"page.txt", "page.md"}
	for _, stem := range stems(t) {
		known = append(known, stem+".json")
		for _, g := range goldens {
			if g.only != nil && !slices.Contains(g.only, stem) {
				continue
			}
			known = append(known, stem+g.ext)
		}
	}
	for format, stems := range ciGoldens {
		for _, stem := range stems {
			known = append(known, ciGolden(stem, format))
		}
	}
	entries, err := os.ReadDir(reports)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !slices.Contains(known, e.Name()) {
			t.Errorf("%s/%s belongs to no test", reports, e.Name())
		}
	}
}

func TestEveryFormatHasAGolden(t *testing.T) {
	t.Parallel()
	for _, f := range Formats {
		if f.Help == "" || f.Write == nil {
			t.Errorf("format %q lacks its help or its function", f.Name)
		}
		found := len(ciGoldens[f.Name]) > 0
		for _, g := range goldens {
			found = found || g.format == f.Name
		}
		if !found {
			t.Errorf("format %q has no golden", f.Name)
		}
	}
	if f, ok := ByName("yaml"); ok {
		t.Errorf("ByName(yaml) = %q, want none", f.Name)
	}
}

// TestWidth: a line may be wider than the terminal only when it is one word, or
// what is to be copied: a line of an application's settings, a command.
func TestWidth(t *testing.T) {
	t.Parallel()
	for _, stem := range stems(t) {
		r := load(t, stem)
		for i := range r.Subjects {
			if u := r.Subjects[i].Use; u != nil {
				u.Apps = nil
			}
		}
		for _, columns := range []int{0, 10, 40, 50, 70, 100, 200} {
			o := Options{Width: columns, Verbose: true}
			for line := range strings.SplitSeq(write(t, "text", r, o), "\n") {
				if width(line) > o.columns() && !oneWord(line, o.columns()) && !strings.Contains(line, "maildoctor ") {
					t.Errorf("%s at %d columns: %d columns in %q", stem, columns, width(line), line)
				}
			}
		}
	}
}

// oneWord reports whether a line is as long as it is because of a word.
func oneWord(line string, columns int) bool {
	fields := strings.Fields(line)
	return width(fields[len(fields)-1]) > min(columns/2, 36)
}

const evil = "\x1b[2J\x1b[31mred\a \r\n::error file=x::pwn\n\t::set-env name=a::b ##[error]x ##vso[a]b \u202e\u2066\u200b\ufeff\u2028" +
	"\u00ad\U000e0041\x9b31m\u0085 ]]> | ` ``` ```` </details> <script> <!-- [a](http://evil.test) ![i](//x) @admin www.evil.test a/b#12 #3 !4 $5 ~bug %v1 %\"v 2\" &6 GH-7 0a1b2c3d4e5f60718293a4b5c6d7e8f901234567 {code} [~jo] !i.png! &#x202e; \\| \\\\| *b* _e_\n# h\n- l\n```\n| a | b |\n|---|---|\n/close\n\x00\xff\xfe\xed\xa0\x80"

// hostileReports are reports whose every text, whatever the field, is hostile.
func hostileReports(t *testing.T) map[string]report.Report {
	t.Helper()
	r := load(t, "brevo-587-as-implicit")
	out := map[string]report.Report{
		"before":        rewrite(r, func(s string) string { return evil + s }),
		"after":         rewrite(r, func(s string) string { return s + evil }),
		"instead":       rewrite(r, func(string) string { return evil }),
		"start of line": rewrite(r, func(string) string { return "::error::x\n\x1b]0;t\a" }),
		"long":          rewrite(r, func(s string) string { return s + strings.Repeat("A", 2000) }),
		"actions":       rewrite(r, func(string) string { return "/close\n/label ~bug" }),
		"empty":         rewrite(r, func(string) string { return "" }),
	}
	for _, stem := range stems(t) {
		out[stem] = load(t, stem)
	}
	return out
}

func TestHostileText(t *testing.T) {
	t.Parallel()
	for name, r := range hostileReports(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			harmless(t, "text", write(t, "text", r, Options{}))
			harmless(t, "text, verbose", write(t, "text", r, Options{Verbose: true, Plain: true}))
			doc := write(t, "markdown", r, Options{})
			harmless(t, "markdown", doc)
			contained(t, "markdown", doc)
			harmless(t, "html", write(t, "html", r, Options{}))
			data := write(t, "json", r, Options{})
			harmless(t, "json", data)
			if !json.Valid([]byte(data)) {
				t.Error("json does not parse")
			}
		})
	}
}

var command = regexp.MustCompile(`^\s*::|##[a-z]*\[`)

// harmless checks that a terminal and a CI log show got and obey none of it.
func harmless(t *testing.T, name, got string) {
	t.Helper()
	if !utf8.ValidString(got) {
		t.Errorf("%s: not UTF-8", name)
	}
	for _, r := range got {
		if r != '\n' && hidden(r) {
			t.Errorf("%s: %U got through", name, r)
			break
		}
	}
	for line := range strings.SplitSeq(got, "\n") {
		if m := command.FindString(line); m != "" {
			t.Errorf("%s: a CI log would obey %q", name, m)
		}
	}
}

var (
	ours      = regexp.MustCompile(`</?(details|summary)>|<https://[^<> ]*>`)
	escaped   = regexp.MustCompile(`\\[[:punct:]]`)
	dangerous = regexp.MustCompile("[<`]|\\]\\(|://|(^|\\W)@\\w|&(#|\\w+;)")
)

// contained checks that no text of the report has a meaning as Markdown: what
// is left when code and our own marks are taken away is plain.
func contained(t *testing.T, name, doc string) {
	t.Helper()
	fence := ""
	open, columns := 0, 0
	for line := range strings.SplitSeq(doc, "\n") {
		trimmed := strings.TrimSpace(line)
		switch {
		case fence != "":
			if trimmed == fence {
				fence = ""
			}
			continue
		case strings.HasPrefix(line, "```"):
			fence = strings.TrimRight(line, "abcdefghijklmnopqrstuvwxyz")
			continue
		case line == "<details>":
			open++
		case line == "</details>":
			open--
		}
		if strings.HasPrefix(line, "/") {
			t.Fatalf("%s: GitLab would obey %.200q", name, line)
		}
		rest := ours.ReplaceAllString(withoutCode(line), "")
		rest = escaped.ReplaceAllString(rest, "")
		if m := dangerous.FindString(rest); m != "" {
			t.Fatalf("%s: %q stands bare in %.200q", name, m, rest)
		}
		if bars := strings.Count(escaped.ReplaceAllString(line, ""), "|"); strings.HasPrefix(line, "|") {
			columns = cmp.Or(columns, bars)
			if bars != columns {
				t.Fatalf("%s: not %d cells: %.200q", name, columns-1, line)
			}
		} else {
			columns = 0
		}
	}
	if fence != "" || open != 0 {
		t.Errorf("%s: fence %q or %d details left open", name, fence, open)
	}
}

// withoutCode takes code spans out of a line, as CommonMark 6.1 finds them.
func withoutCode(line string) string {
	var out strings.Builder
	for i := 0; i < len(line); {
		switch {
		case line[i] == '\\' && i+1 < len(line):
			out.WriteString(line[i : i+2])
			i += 2
		case line[i] == '`':
			n := len(line[i:]) - len(strings.TrimLeft(line[i:], "`"))
			end := closing(line[i+n:], n)
			if end < 0 {
				out.WriteString(line[i : i+n])
				i += n
				continue
			}
			i += n + end
		default:
			out.WriteByte(line[i])
			i++
		}
	}
	return out.String()
}

// closing finds the end of the first run of exactly n backticks, -1 without one.
func closing(s string, n int) int {
	for i := 0; i < len(s); i++ {
		run := len(s[i:]) - len(strings.TrimLeft(s[i:], "`"))
		if run == n {
			return i + run
		}
		i += run
	}
	return -1
}

// TestNoNull: a list that is empty is [], whatever field it stands in.
func TestNoNull(t *testing.T) {
	t.Parallel()
	var full report.Report
	fill(reflect.ValueOf(&full).Elem())
	for name, r := range map[string]report.Report{"zero": {}, "one of each": full} {
		var v any
		if err := json.Unmarshal([]byte(write(t, "json", r, Options{})), &v); err != nil {
			t.Fatal(err)
		}
		noNull(t, name, v)
	}
	if full.Subjects[0].Findings[0].Fix != nil {
		t.Error("the report that was passed in has changed")
	}
}

// fill gives every list of structs one element and every pointer a value, and
// leaves the lists of strings nil.
func fill(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem())
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Struct {
			v.Set(reflect.MakeSlice(v.Type(), 1, 1))
			fill(v.Index(0))
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			return
		}
		for i := range v.NumField() {
			fill(v.Field(i))
		}
	}
}

func noNull(t *testing.T, path string, v any) {
	t.Helper()
	switch v := v.(type) {
	case nil:
		t.Errorf("%s is null", path)
	case []any:
		for _, e := range v {
			noNull(t, path+"[]", e)
		}
	case map[string]any:
		for k, e := range v {
			noNull(t, path+"."+k, e)
		}
	}
}

// TestJSONRoundTrip: what was written reads back as the same report.
func TestJSONRoundTrip(t *testing.T) {
	t.Parallel()
	for _, stem := range stems(t) {
		want := decode(t, stem)
		var got report.Report
		if err := json.Unmarshal([]byte(write(t, "json", want, Options{})), &got); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(rewrite(got, keep), rewrite(want, keep)) {
			t.Errorf("%s: got another report back", stem)
		}
	}
}

func TestColor(t *testing.T) {
	t.Parallel()
	r := load(t, "brevo-587-as-implicit")
	plain, coloured := write(t, "text", r, Options{}), write(t, "text", r, Options{Color: true})
	if strings.Contains(plain, "\x1b") {
		t.Error("colour without being asked")
	}
	if !strings.Contains(coloured, "\x1b[31;1m✗ ") {
		t.Errorf("no red mark in %q", coloured[:80])
	}
	if got := regexp.MustCompile("\x1b\\[[0-9;]*m").ReplaceAllString(coloured, ""); got != plain {
		t.Error("the text is another with colour")
	}
}

func TestPlainHasNoGlyphs(t *testing.T) {
	t.Parallel()
	for _, stem := range stems(t) {
		for _, format := range []string{"text", "markdown"} {
			got := write(t, format, load(t, stem), Options{Plain: true})
			if i := strings.IndexAny(got, "✓✗│"); i >= 0 {
				t.Errorf("%s, %s: glyph in %q", stem, format, got[i:min(i+40, len(got))])
			}
		}
	}
}

// TestPhrasesStayWhole: an error text that was pasted is found in the report by
// searching for it.
func TestPhrasesStayWhole(t *testing.T) {
	t.Parallel()
	got := write(t, "text", load(t, "brevo-587-as-implicit"), Options{})
	for _, phrase := range []string{"wrong version number", "first record does not look like a TLS handshake", "Unsupported or unrecognized SSL message"} {
		if !strings.Contains(got, `"`+phrase+`"`) {
			t.Errorf("%q does not stand in one line", phrase)
		}
	}
}

func TestOtherSubjects(t *testing.T) {
	t.Parallel()
	r := report.Report{Subjects: []report.Subject{{Kind: "settings", Name: ".env", Verdict: "reads as STARTTLS on port 587"}}}
	for _, f := range Formats {
		want := "reads as STARTTLS"
		switch f.Name {
		case "sarif", "gitlab":
			continue // lists of findings, which it has none of
		case "prometheus": // numbers
			want = `{subject=".env"}`
		}
		if got := write(t, f.Name, r, Options{Verbose: true}); !strings.Contains(got, want) {
			t.Errorf("%s without an endpoint: %q", f.Name, got)
		}
	}
}

func TestPage(t *testing.T) {
	t.Parallel()
	p := report.Page{ID: "tls-on-starttls-port", Title: "TLS is spoken to a port that starts in clear text", Severity: report.Error,
		Seen:  "A client sent a TLS ClientHello, and a mail server answered with its greeting, `220 ...`.",
		Why:   "The client's TLS library takes the greeting for a TLS record and gives up before any mail command.\n\nNo password was sent: the login comes later.",
		Fix:   []string{"Set the encryption to STARTTLS: in Laravel `MAIL_SCHEME=smtp`", "Or set the port to 465 and keep implicit TLS"},
		Tell:  "With starttls-on-tls-port it is the other way round: the client waits for a greeting that never comes. <host> and *port* are yours.",
		Refs:  []string{"RFC 8314 section 3", "https://www.rfc-editor.org/rfc/rfc3207"},
		Words: []string{"wrong version number", "tls: first record does not look like a TLS handshake"}}
	for file, format := range map[string]string{"page.txt": "text", "page.md": "markdown"} {
		f, _ := ByName(format)
		var b strings.Builder
		if err := f.Page(&b, p, Options{}); err != nil {
			t.Fatal(err)
		}
		compare(t, filepath.Join(reports, file), b.String())
	}
	f, _ := ByName("json")
	var b strings.Builder
	if err := f.Page(&b, report.Page{ID: "x"}, Options{}); err != nil || strings.Contains(b.String(), "null") {
		t.Errorf("page as json: %v, %s", err, b.String())
	}
}

// TestAnswersAreShownAndCleaned: what became of login, envelope and message
// stands among what was seen, without what a hostile server wrote into it.
func TestAnswersAreShownAndCleaned(t *testing.T) {
	t.Parallel()
	r := load(t, "message-accepted")
	e := r.Subjects[0].Endpoint
	const evil = "\x1b[31m::error::\u202e"
	e.Auth = report.Auth{AfterTLS: e.Auth.AfterTLS, BeforeTLS: []string{}, Login: "unknown", Mechanism: "PLAIN", Reply: "454-4.7.0 later" + evil + "\n454 4.7.0 and later"}
	e.Envelope = &report.Envelope{Result: "accepted", Reply: "250 Ok" + evil, Recipients: []report.Recipient{{To: "b@example.net" + evil, Result: "deferred", Reply: "450 wait"}, {To: "c@example.net", Result: "not-tried"}}, Proves: "Nothing."}
	e.Delivery = &report.Delivery{Result: "refused", Reply: "554 no", MessageID: "run1@example.org"}
	for _, format := range []string{"text", "markdown"} {
		got := strings.Join(strings.Fields(write(t, format, r, Options{Width: 200, Plain: true})), " ")
		for _, want := range []string{"put off with PLAIN (454-4.7.0 later", ", 2 lines)", "from <>: accepted (250 Ok", "to b@example.net", "put off (450 wait)", "to c@example.net: not tried", "Nothing.", "refused (554 no)", "Message-ID run1@example.org"} {
			if !strings.Contains(got, want) {
				t.Errorf("%s: no %q in\n%s", format, want, got)
			}
		}
		if strings.ContainsAny(got, "\x1b\u202e") {
			t.Errorf("%s: control characters of the server in\n%q", format, got)
		}
	}
	e.Auth = report.Auth{AfterTLS: e.Auth.AfterTLS, BeforeTLS: []string{}, Login: "not-tried", Why: "the line is not safe"}
	if got := write(t, "text", r, Options{Width: 200, Plain: true}); !strings.Contains(got, "not tried: the line is not safe") {
		t.Errorf("no reason in\n%s", got)
	}
}
