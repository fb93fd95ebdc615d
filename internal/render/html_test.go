package render

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"math"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/report"
)

// TestHTML reads every page as a browser does, and wants it harmless, whole and
// fit to be read aloud.
func TestHTML(t *testing.T) {
	t.Parallel()
	all := hostileReports(t)
	var full report.Report
	fill(reflect.ValueOf(&full).Elem())
	all["zero"], all["one of each"] = report.Report{}, full
	for name, r := range all {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			checkHTML(t, write(t, "html", r, Options{}))
		})
	}
}

func TestHTMLPage(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	err := writeHTMLPage(&b, report.Page{ID: "x-y", Title: "A <title>", Severity: report.Error, Seen: "Prints `<b>`.\n\nAnd stops.",
		Fix: []string{"One", "Two"}, Refs: []string{"https://www.rfc-editor.org/rfc/rfc3207"}, Words: []string{"wrong version number"}}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	checkHTML(t, b.String())
	for _, want := range []string{"<h1>x-y: A &lt;title&gt;</h1>", "<code>&lt;b&gt;</code>", "<ol>\n<li>One</li>", `<a href="https://www.rfc-editor.org/rfc/rfc3207"`, "<code>wrong version number</code>"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %q in\n%s", want, b.String())
		}
	}
}

// elements are all that a page consists of; none of them runs or loads anything.
var elements = strings.Fields(`html head meta title style body header main nav article section footer h1 h2 h3 h4 p ol ul li dl dt dd div span
	strong code pre del ins mark a blockquote figure figcaption details summary table thead tbody tr th td
	svg defs pattern g rect line path circle text desc`)

// attributes are all that elements may have.
var attributes = strings.Fields(`lang charset http-equiv content name id class href rel scope colspan role aria-label aria-labelledby aria-hidden focusable
	width height x y x1 x2 y1 y2 cx cy r rx dx d fill text-anchor overflow patternunits patternUnits`)

// checkHTML wants a page of known elements and attributes, and what holds between
// them.
func checkHTML(t *testing.T, doc string) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(doc))
	if err != nil {
		t.Fatal(err)
	}
	p := &pageCheck{t: t, ids: map[string]bool{}}
	p.walk(root)
	for _, id := range p.wanted {
		if !p.ids[id] {
			t.Errorf("there is no id %q", id)
		}
	}
	sum := sha256.Sum256([]byte(p.style))
	for _, want := range []string{"default-src 'none'", "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'", "script-src 'none'", "base-uri 'none'", "form-action 'none'", "img-src 'none'"} {
		if !strings.Contains(p.policy, want) {
			t.Errorf("the policy %q lacks %s", p.policy, want)
		}
	}
	if p.lang != "en" || p.level == 0 || strings.Contains(p.style, "url(") || strings.Contains(p.style, "@import") {
		t.Errorf("lang %q, last heading %d, style that loads: %t", p.lang, p.level, strings.Contains(p.style, "url("))
	}
}

type pageCheck struct {
	t                   *testing.T
	ids                 map[string]bool
	wanted              []string // ids that are referred to
	style, policy, lang string
	level               int // of the last heading
}

func (p *pageCheck) walk(n *html.Node) {
	if n.Type == html.ElementNode {
		p.element(n)
	}
	for c := range n.ChildNodes() {
		p.walk(c)
	}
}

func (p *pageCheck) element(n *html.Node) {
	if !slices.Contains(elements, n.Data) {
		p.t.Errorf("there is an element %q", n.Data)
	}
	for _, a := range n.Attr {
		p.attribute(n, a)
	}
	switch n.Data {
	case "html":
		p.lang = attr(n, "lang")
	case "style":
		p.style += textOf(n)
	case "meta":
		if strings.EqualFold(attr(n, "http-equiv"), "Content-Security-Policy") {
			p.policy = attr(n, "content")
		}
	case "h1", "h2", "h3", "h4":
		p.heading(n)
	case "th":
		if attr(n, "scope") == "" {
			p.t.Errorf("a th without a scope: %q", textOf(n))
		}
	case "svg":
		p.picture(n)
	}
}

func (p *pageCheck) heading(n *html.Node) {
	level := int(n.Data[1] - '0')
	if level > p.level+1 || level == 1 && p.level != 0 {
		p.t.Errorf("%s follows a heading of level %d: %q", n.Data, p.level, textOf(n))
	}
	if strings.TrimSpace(textOf(n)) == "" {
		p.t.Errorf("%s is empty", n.Data)
	}
	p.level = level
}

// picture wants a name and a description, or none where a picture repeats what
// stands beside it.
func (p *pageCheck) picture(n *html.Node) {
	if n.Parent.Data == "svg" || attr(n, "aria-hidden") == "true" {
		return
	}
	var parts []string
	for c := range n.ChildNodes() {
		if (c.Data == "title" || c.Data == "desc") && strings.TrimSpace(textOf(c)) != "" {
			parts = append(parts, attr(c, "id"))
		}
	}
	if attr(n, "role") != "img" || len(parts) != 2 || attr(n, "aria-labelledby") != strings.Join(parts, " ") {
		p.t.Errorf("a picture of role %q, labelled by %q, with %q", attr(n, "role"), attr(n, "aria-labelledby"), parts)
	}
}

var (
	svgNumber    = regexp.MustCompile(`^(-?\d+(\.\d+)?)%?$`)
	urlReference = regexp.MustCompile(`^url\(#([a-z0-9-]+)\)$`)
	drawing      = regexp.MustCompile(`^[MLHV0-9 .-]+$`)
)

func (p *pageCheck) attribute(n *html.Node, a html.Attribute) {
	if !slices.Contains(attributes, a.Key) {
		p.t.Errorf("%s has an attribute %s=%q", n.Data, a.Key, a.Val)
	}
	switch a.Key {
	case "id":
		if p.ids[a.Val] {
			p.t.Errorf("the id %q stands twice", a.Val)
		}
		p.ids[a.Val] = true
	case "aria-labelledby":
		p.wanted = append(p.wanted, strings.Fields(a.Val)...)
	case "href":
		if id, ok := strings.CutPrefix(a.Val, "#"); ok {
			p.wanted = append(p.wanted, id)
		} else if n.Data != "a" || !strings.HasPrefix(a.Val, "https://") || attr(n, "rel") != "noreferrer" {
			p.t.Errorf("%s points to %q", n.Data, a.Val)
		}
	case "fill":
		m := urlReference.FindStringSubmatch(a.Val)
		if m == nil {
			p.t.Fatalf("fill=%q", a.Val)
		}
		p.wanted = append(p.wanted, m[1])
	case "d":
		if !drawing.MatchString(a.Val) {
			p.t.Errorf("d=%q", a.Val)
		}
	case "width", "height", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "rx", "dx":
		m := svgNumber.FindStringSubmatch(a.Val)
		if m == nil {
			p.t.Fatalf("%s %s=%q is no number", n.Data, a.Key, a.Val)
		}
		if v, err := strconv.ParseFloat(m[1], 64); err != nil || math.IsInf(v, 0) || strings.HasSuffix(a.Val, "%") && (v < 0 || v > 100) {
			p.t.Errorf("%s %s=%q leaves the picture", n.Data, a.Key, a.Val)
		}
	}
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func textOf(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var b strings.Builder
	for c := range n.ChildNodes() {
		b.WriteString(textOf(c))
	}
	return b.String()
}

// visibleText is the text of a page, blanks made one.
func visibleText(t *testing.T, doc string) string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(doc))
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(strings.Fields(textOf(root)), " ")
}

// TestHTMLHasAll: what the Markdown of a report says, its page says too.
func TestHTMLHasAll(t *testing.T) {
	t.Parallel()
	for _, stem := range stems(t) {
		r := load(t, stem)
		got := visibleText(t, write(t, "html", r, Options{}))
		if r.Summary != nil { // it has those that are not in order
			r.Subjects, _ = notInOrder(r.Subjects)
		}
		for _, s := range cleaned(r).Subjects {
			want := []string{verdict(s), s.Name}
			sure, guesses := bySureness(s)
			for _, f := range guesses {
				want = append(want, f.ID, f.Summary, f.Detail)
			}
			for _, f := range sure {
				want = append(append(want, f.ID, f.Summary), f.Fix...)
				for _, q := range f.Evidence {
					want = append(want, q.From, q.Text)
				}
				for _, try := range f.Try {
					want = append(want, tried(try))
				}
			}
			for _, rows := range [][]row{seen(s, Options{Verbose: true}), settingsRows(s.Settings), contextRows(s.Context), sentRows(s.Message), runRows(cleaned(r))} {
				for _, x := range rows {
					want = append(want, x.label, x.text)
				}
			}
			for _, x := range s.Sessions {
				want = append(want, sessionTitle(x))
				for _, y := range transcript(x) {
					want = append(want, y.text)
				}
			}
			for _, text := range append(want, s.Next...) {
				if text := strings.Join(strings.Fields(text), " "); !strings.Contains(got, text) {
					t.Errorf("%s: no %q", stem, text)
				}
			}
		}
	}
}

// TestHTMLLinks: an address from outside is text. Only the pages of checks are links.
func TestHTMLLinks(t *testing.T) {
	t.Parallel()
	const theirs = "https://evil.example/u"
	for _, stem := range stems(t) {
		r := rewrite(load(t, stem), func(s string) string {
			if strings.ContainsAny(s, ".@ ") { // a word, such as a kind or a mode, stays
				return theirs
			}
			return s
		})
		for i := range r.Subjects {
			for j := range r.Subjects[i].Findings {
				r.Subjects[i].Findings[j].URL = "https://example.org/#page"
			}
		}
		doc := write(t, "html", r, Options{})
		if !strings.Contains(doc, theirs) || strings.Contains(doc, `href="`+theirs) {
			t.Errorf("%s: %s is not there, or is a link", stem, theirs)
		}
	}
}

func TestHTMLWaived(t *testing.T) {
	t.Parallel()
	r := load(t, "settings-laravel")
	f := r.Subjects[0].Findings
	f[0].Waived = &report.Waiver{By: "baseline", File: "known.json"}
	f[1].Waived = &report.Waiver{By: "project", File: ".maildoctor.yml", Reason: "the <old> host goes in May", Until: "2027-05-31"}
	doc := write(t, "html", r, Options{})
	checkHTML(t, doc)
	got := visibleText(t, doc)
	_, folded, ok := strings.Cut(got, "Known, not counted 2 findings")
	for _, want := range []string{"in the baseline known.json", "ignored by .maildoctor.yml until 2027-05-31: the <old> host goes in May", f[0].Summary, f[1].Summary} {
		if !ok || !strings.Contains(folded, want) {
			t.Errorf("no %q among the waived", want)
		}
	}
}

// TestHTMLMarksTheWords: the words that tell are marked in what was pasted.
func TestHTMLMarksTheWords(t *testing.T) {
	t.Parallel()
	if got := write(t, "html", load(t, "error-text"), Options{}); !strings.Contains(got, "<mark>wrong version number</mark>") {
		t.Error("the words that tell are not marked")
	}
}

func TestAxis(t *testing.T) {
	t.Parallel()
	ms := func(list ...float64) []time.Duration {
		var out []time.Duration
		for _, v := range list {
			out = append(out, time.Duration(v*float64(time.Millisecond)))
		}
		return out
	}
	for _, c := range []struct {
		name    string
		moments []time.Duration
		cuts    string // lengths of the stretches that are cut
		ticks   string
	}{
		{"nothing", nil, "", ""},
		{"no time passes", ms(0, 0), "", ""},
		{"alike", ms(0, 2, 23, 44, 64, 85, 109, 129), "", "0 50 ms 100 ms"},
		{"short and long", ms(0, 0.2, 0.4, 1, 2, 3), "", "0 1 ms 2 ms 3 ms"},
		{"two short before many", ms(0, 0.2, 2.2, 22.2, 42.2, 62.2, 82.2), "", "0 20 ms 40 ms 60 ms"},
		{"a wait among steps", ms(0, 2, 20, 40, 60, 12060, 12080, 12100, 12120), "12.0 s", "0 50 ms 12.10 s"},
		{"two waits", ms(0, 2, 20, 40, 60, 5060, 5080, 17080, 17100), "5.0 s 12.0 s", "0 50 ms 17.10 s"},
		{"a wait at the end", ms(0, 1.5, 2, 5002), "5.0 s", "0 2 ms"},
		{"a wait alone", ms(0, 5000), "", "0 1 s 2 s 3 s 4 s"},
		{"years", []time.Duration{0, time.Hour, math.MaxInt64}, "", "0 9223372036.854776 s"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			a := newAxis(c.moments)
			var cuts, ticks []string
			for _, x := range a.cuts() {
				cuts = append(cuts, x.Label)
			}
			for _, x := range a.ticks() {
				ticks = append(ticks, x.Label)
			}
			if strings.Join(cuts, " ") != c.cuts || strings.Join(ticks, " ") != c.ticks {
				t.Errorf("cuts %q, want %q; ticks %q, want %q", cuts, c.cuts, ticks, c.ticks)
			}
			last := 0.0
			for _, d := range slices.Sorted(slices.Values(c.moments)) {
				x := a.at(d)
				if math.IsNaN(x) || x < last || x > full+0.01 {
					t.Errorf("%v is at %v after %v", d, x, last)
				}
				last = x
			}
		})
	}
}

// TestNoBarIsTooThin: a step that took no time is seen, and one at the end too.
func TestNoBarIsTooThin(t *testing.T) {
	t.Parallel()
	s := evidence.Session{ID: 1, Role: evidence.Main, Steps: []evidence.Step{
		{Name: evidence.StepConnect, At: 0, Took: 12 * time.Second}, {Name: evidence.StepGreeting, At: 12 * time.Second, Took: 200 * time.Microsecond},
		{Name: evidence.StepQuit, At: 12*time.Second + 200*time.Microsecond}}}
	w := newWaterfall("s1", report.Subject{Sessions: []evidence.Session{s}})
	for _, b := range w.Lanes[0].Bars {
		x, wide := 0.0, 0.0
		if _, err := fmt.Sscanf(b.X+" "+b.Width, "%f%% %f%%", &x, &wide); err != nil || wide < leastBar || x+wide > full+0.01 {
			t.Errorf("%s: at %s, width %s, %v", b.Text, b.X, b.Width, err)
		}
	}
}

func TestChain(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	cert := func(name, issuer string, days int) evidence.Cert {
		return evidence.Cert{Subject: name, Issuer: issuer, NotBefore: now.AddDate(-1, 0, 0), NotAfter: now.AddDate(0, 0, days), Key: "RSA 2048", SelfIssued: name == issuer, Fingerprint: name}
	}
	leaf, inter, root := cert("leaf", "inter", 30), cert("inter", "root", 900), cert("root", "root", 9000)
	late, old := cert("inter", "root", -3), cert("leaf", "inter", 30)
	old.NotBefore, old.Signature = now.AddDate(0, 0, 2), "SHA1-RSA"
	for _, c := range []struct {
		name       string
		sent, path []evidence.Cert
		verified   string
		problems   []string
		want       string
	}{
		{"complete", []evidence.Cert{leaf, inter}, []evidence.Cert{leaf, inter, root}, evidence.ChainOK, nil, "leaf leaf sent; intermediate inter sent; root root found"},
		{"root sent as well", []evidence.Cert{leaf, inter, root}, []evidence.Cert{leaf, inter, root}, evidence.ChainOK, nil, "leaf leaf sent; intermediate inter sent; root root sent"},
		{"another path", []evidence.Cert{leaf, inter, cert("cross", "old root", 9)}, []evidence.Cert{leaf, inter, root}, evidence.ChainOK, nil, "leaf leaf sent; intermediate inter sent; root root found; as well cross"},
		{"missing", []evidence.Cert{leaf}, nil, evidence.ChainMissingIntermediate, []string{"missing-intermediate"}, "leaf leaf sent; missing inter"},
		{"unknown", []evidence.Cert{leaf, inter}, nil, evidence.ChainUnknownCA, []string{"unknown-ca"}, "leaf leaf sent; intermediate inter sent; missing root"},
		{"unknown root sent", []evidence.Cert{leaf, inter, root}, nil, evidence.ChainUnknownCA, []string{"unknown-ca"}, "leaf leaf sent; intermediate inter sent; root root sent [not in the root store]"},
		{"self-signed", []evidence.Cert{root}, nil, evidence.ChainSelfSigned, []string{"self-signed", "name-mismatch"}, "leaf root sent [signed by itself] [not valid for mail.example.org]"},
		{"intermediate expired", []evidence.Cert{leaf, late}, []evidence.Cert{leaf, late, root}, evidence.ChainOK, []string{"expired"}, "leaf leaf sent; intermediate inter sent [expired 3 days ago, on 2026-11-21]; root root found"},
		{"weak, and not by what is shown", []evidence.Cert{leaf, inter}, []evidence.Cert{leaf, inter, root}, evidence.ChainOK, []string{"weak"},
			"leaf leaf sent [a key or signature that TLS libraries do not take any more]; intermediate inter sent; root root found"},
		{"not yet and weak", []evidence.Cert{old, inter}, []evidence.Cert{old, inter, root}, evidence.ChainOK, []string{"not-yet-valid", "weak"},
			"leaf leaf sent [not valid before 2026-11-26] [a key or signature that TLS libraries do not take any more]; intermediate inter sent; root root found"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := report.Subject{Endpoint: &report.Endpoint{Host: "mail.example.org", TLS: &report.TLS{Certificate: &report.Certificate{Problems: c.problems}}},
				Sessions: []evidence.Session{{ID: 1, Role: evidence.Main, TLS: &evidence.TLS{Chain: c.sent, Verified: evidence.Verified{Chain: c.verified, Path: c.path}}}}}
			chains := newChains("s1", s, now)
			if len(chains) != 1 {
				t.Fatalf("%d chains", len(chains))
			}
			if got := inALine(chains[0]); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// inALine is a chain in a line.
func inALine(c htmlChain) string {
	var out []string
	for _, l := range c.Links {
		text := l.Role + " " + l.Subject
		switch {
		case l.Missing:
			text = "missing " + l.Subject
		case strings.HasPrefix(l.Came, "sent"):
			text += " sent"
		default:
			text += " found"
		}
		for _, p := range l.Problems {
			text += " [" + p + "]"
		}
		out = append(out, text)
	}
	for _, l := range c.Extra {
		out = append(out, "as well "+l.Subject)
	}
	return strings.Join(out, "; ")
}

// TestVersions: what nobody tried is not refused.
func TestVersions(t *testing.T) {
	t.Parallel()
	v := newVersions("s1", &report.Endpoint{TLS: &report.TLS{Versions: []string{"1.0", "1.3"}, VersionsTested: []string{"1.0", "1.1", "1.3"}, Negotiated: "1.3"}})
	var got []string
	for _, p := range v.Parts {
		got = append(got, p.Name+" "+p.Class)
	}
	if want := []string{"1.0 taken", "1.1 refused", "1.2 untried", "1.3 taken"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if want := "Taken: TLS 1.0, 1.3. Refused: TLS 1.1. Not tried: TLS 1.2. This connection used TLS 1.3. With --deep every version is tried."; v.Text != want {
		t.Errorf("got %q, want %q", v.Text, want)
	}
	if newVersions("s1", &report.Endpoint{TLS: &report.TLS{VersionsTested: []string{"1.3"}}}) != nil {
		t.Error("a bar of versions though no handshake came about")
	}
}
