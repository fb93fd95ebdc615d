package render

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/report"
)

// folds are the elements of ours.
var folds = regexp.MustCompile(`^(<details>\n<summary>[A-Za-z0-9 :]*</summary>|</details>)\n?$`)

var (
	unescaped = regexp.MustCompile(`\\([[:punct:]])`)
	// bare is what GitHub and GitLab look up where it is no code.
	bare = regexp.MustCompile(`@\w|[#!$&]\d|~\w|%[\w"]|\bGH-\d|\b[0-9a-f]{40}\b`)
)

// structure is what a reader of GitHub Flavored Markdown that is not ours makes of a
// ticket. It fails on all that text from outside could have made: HTML, links,
// images, rules, quotes, cells too many.
func structure(t *testing.T, doc string) []string {
	t.Helper()
	src := []byte(doc)
	var out []string
	tree := goldmark.New(goldmark.WithExtensions(extension.GFM)).Parser().Parse(text.NewReader(src))
	err := ast.Walk(tree, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Heading:
			out = append(out, strings.Repeat("#", n.Level)+" "+string(n.Lines().Value(src)))
		case *ast.HTMLBlock:
			if got := string(n.Lines().Value(src)); !folds.MatchString(got) {
				t.Errorf("HTML: %.200q", got)
			}
			out = append(out, "html")
		case *ast.AutoLink:
			if !strings.HasPrefix(string(n.URL(src)), "https://") || n.AutoLinkType != ast.AutoLinkURL || !strings.HasPrefix(string(n.Parent().Lines().Value(src)), "More: <https://") {
				t.Errorf("link: %.200q", n.URL(src))
			}
		case *ast.Text:
			seen := unescaped.ReplaceAllString(string(n.Value(src)), "$1") // what forges search
			if _, code := n.Parent().(*ast.CodeSpan); !code && bare.MatchString(seen) {
				t.Errorf("looked up: %.200q", seen)
			}
		case *east.Table:
			out = append(out, "table")
		case *east.TableRow, *east.TableHeader:
			if want := n.Parent().FirstChild().ChildCount(); n.ChildCount() != want || want < 2 {
				t.Errorf("a row of %d cells, want %d", n.ChildCount(), want)
			}
		case *ast.RawHTML, *ast.Link, *ast.Image, *ast.ThematicBreak, *ast.Blockquote, *ast.CodeBlock, *east.Strikethrough, *east.TaskCheckBox:
			t.Errorf("%s in %.300q", n.Kind(), doc)
		}
		return ast.WalkContinue, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestTicketStructure(t *testing.T) {
	t.Parallel()
	for name, r := range hostileReports(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, o := range []Options{{}, {Verbose: true}, {Plain: true}, {Plain: true, Verbose: true}} {
				doc := write(t, "markdown", r, o)
				harmless(t, "markdown", doc)
				contained(t, "markdown", doc)
				got := structure(t, doc)
				if o.Plain && slices.Contains(got, "html") {
					t.Error("HTML, though plain")
				}
				if !slices.Contains(got, "table") {
					t.Errorf("no table in %q", got)
				}
			}
		})
	}
}

// TestTicketOrder: what is wrong and what to do, then where and when, then the
// details; with plain, what is long stands last.
func TestTicketOrder(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		stem  string
		plain bool
		want  []string
	}{
		{"brevo-587-as-implicit", false, []string{"## ✗ smtp-relay", "### [error] tls-on-starttls-port", "**Fix**", "### [note]", "### Use these settings", "<summary>How applications", "### This run", "| Started ", "### A client set to", "### Seen", "### Checks", "<summary>Transcript: 4 sessions"}},
		{"brevo-587-as-implicit", true, []string{"## error: smtp-relay", "### [error] tls-on-starttls-port", "### Use these settings", "### This run", "### Checks", "### How applications write this", "### Transcript: 4 sessions"}},
		{"no-port", false, []string{"## maildoctor: 6 endpoints", "- ✓ mail", "## ✓ mail.example.org:587", "## ! mail.example.org:25 ", "### [warning]", "## This run", "## Details: mail.example.org:587", "<summary>Transcript", "## Details: mail.example.org:465", "### [note] connect-refused", "## Details: mail.example.org:25"}},
		{"no-port", true, []string{"## ok: mail", "## This run", "## Details: mail.example.org:25", "### How applications write this of mail.example.org:587", "### Transcript of mail.example.org:587: "}},
	} {
		doc := write(t, "markdown", load(t, tt.stem), Options{Plain: tt.plain})
		rest := doc
		for _, w := range tt.want {
			_, after, ok := strings.Cut(rest, w)
			if !ok {
				t.Fatalf("%s: no %q after the one before it in\n%s", tt.stem, w, doc)
			}
			rest = after
		}
	}
}

// TestTicketSaysWhere: who reads a ticket knows when it was, and where.
func TestTicketSaysWhere(t *testing.T) {
	t.Parallel()
	r := load(t, "brevo-587-as-implicit")
	r.Run.Here.OS, r.Run.Here.HasIPv6 = "linux/arm64", true
	for zone, want := range map[*time.Location]string{
		time.UTC:                            "01:41:07 +00:00 (UTC), took",
		time.FixedZone("IST", 5*3600+30*60): "07:11:07 +05:30 (IST), took",
		time.FixedZone("+0545", 20700):      "07:26:07 +05:45, took", // the zone has no letters
		time.FixedZone("", -3600):           "00:41:07 -01:00, took",
	} {
		r.Run.Started = r.Run.Started.In(zone)
		doc := write(t, "markdown", r, Options{})
		for _, w := range []string{want, "linux/arm64, container: yes", "192.0.2.53", "IPv4: yes, IPv6: yes", "maildoctor v0.1.0", "`maildoctor probe", "1, with --fail-on error"} {
			if !strings.Contains(doc, w) {
				t.Errorf("no %q", w)
			}
		}
	}
}

// talkative is a report of n subjects, every second one healthy, each with a
// transcript of about lines * 70 bytes.
func talkative(n, lines int) report.Report {
	r := report.Report{Tool: report.Tool{Name: "maildoctor"}, Complete: true}
	for i := range n {
		s := report.Subject{Kind: "endpoint", Name: fmt.Sprintf("host%d.example.org:587", i), Verdict: "is looked at", Healthy: i%2 == 0,
			Outcomes: []report.Outcome{{Check: "x", Status: report.Passed}}}
		if !s.Healthy {
			s.Findings = []report.Finding{{ID: "cert-expired", Severity: report.Error, Summary: "The certificate has expired"}}
		}
		reply := &evidence.Reply{Code: 250}
		for range lines {
			reply.Lines = append(reply.Lines, strings.Repeat("x", 50))
		}
		for range (lines + maxReplyLines - 1) / maxReplyLines {
			x := evidence.Session{ID: 1, Role: evidence.Main, Peer: "192.0.2.1", Port: 587, Steps: []evidence.Step{{Name: evidence.StepEHLO, Sent: "EHLO a", Reply: reply}}}
			s.Sessions = append(s.Sessions, x)
		}
		r.Subjects = append(r.Subjects, s)
	}
	return r
}

// TestTicketFits: what is longer than a ticket loses whole parts, the transcripts of
// healthy subjects first, and says so.
func TestTicketFits(t *testing.T) {
	t.Parallel()
	for _, plain := range []bool{false, true} {
		for _, tt := range []struct {
			subjects, lines          int
			healthy, others, details int // how many are left of them
		}{
			{2, 100, 1, 1, 2},
			{4, 280, 0, 2, 4},
			{4, 900, 0, 0, 4},
			{300, 1, 0, 0, 300},
		} {
			r := talkative(tt.subjects, tt.lines)
			doc := write(t, "markdown", r, Options{Plain: plain})
			contained(t, "markdown", doc)
			structure(t, doc)
			cut := tt.healthy+tt.others+tt.details < 2*tt.subjects
			if len(doc) > ticketBytes+1000 || strings.Contains(doc, "Left out,") != cut || cut && !strings.Contains(doc, "`-v`") {
				t.Errorf("%d subjects: %d bytes, cut: %t", tt.subjects, len(doc), strings.Contains(doc, "Left out,"))
			}
			if got := strings.Count(doc, ": "+count(len(r.Subjects[0].Sessions), "session")); tt.subjects < 300 && got != tt.healthy+tt.others {
				t.Errorf("%d subjects of %d lines, plain %t: %d transcripts, want %d", tt.subjects, tt.lines, plain, got, tt.healthy+tt.others)
			}
			if got := strings.Count(doc, "## Details: "); got > tt.details || got < tt.details && tt.subjects < 9 {
				t.Errorf("%d subjects of %d lines, plain %t: %d details, want %d", tt.subjects, tt.lines, plain, got, tt.details)
			}
			for i := range tt.subjects {
				gone := strings.Contains(doc, fmt.Sprintf("the transcript of host%d.example.org:587", i))
				if tt.subjects < 9 && gone != (i%2 == 0 && tt.healthy == 0 || i%2 == 1 && tt.others == 0) {
					t.Errorf("%d subjects of %d lines, plain %t: is the transcript of subject %d told to be left out: %t", tt.subjects, tt.lines, plain, i, gone)
				}
				if i < mostListed && !strings.Contains(doc, fmt.Sprintf("host%d.example.org:587: is looked at", i)) {
					t.Fatalf("the verdict of subject %d is lost", i)
				}
			}
			whole := write(t, "markdown", r, Options{Plain: plain, Verbose: true})
			if strings.Contains(whole, "Left out,") || strings.Count(whole, "session 1 (main)") < tt.subjects {
				t.Error("-v leaves something out")
			}
		}
	}
}

// TestTicketOfManySubjects: how applications write the settings goes before what
// was seen, and that before what is to be done; the verdicts stay.
func TestTicketOfManySubjects(t *testing.T) {
	t.Parallel()
	for _, plain := range []bool{false, true} {
		for subjects, want := range map[int]struct{ apps, details, fixes int }{3: {3, 3, 3}, 12: {11, 12, 12}, 150: {0, 0, 150}, 400: {0, 0, 399}} {
			r := talkative(subjects, 1)
			for i := range r.Subjects {
				s := &r.Subjects[i]
				s.Healthy, s.Sessions = false, nil
				s.Findings = []report.Finding{{ID: "cert-expired", Severity: report.Error, Summary: "The certificate has expired", Fix: []string{"Renew it"}}}
				s.Use = &report.Use{Host: "host.example.org", Port: 587, Mode: "starttls", Apps: []report.App{{Name: "An application", Lines: slices.Repeat([]string{"KEY=value"}, 500)}}}
			}
			doc := write(t, "markdown", r, Options{Plain: plain})
			contained(t, "markdown", doc)
			if len(doc) > ticketBytes+1000 {
				t.Errorf("%d subjects: %d bytes", subjects, len(doc))
			}
			fixes := strings.Count(doc, "1. Renew it")
			if apps := strings.Count(doc, "An application:"); apps > want.apps || apps < want.apps && subjects == 3 || fixes > want.fixes || fixes < min(want.fixes, 100) {
				t.Errorf("%d subjects, plain %t: %d lists of applications, %d remedies", subjects, plain, apps, fixes)
			}
			if verdicts := strings.Count(doc, "- ✗ ") + strings.Count(doc, "- error: "); verdicts != min(subjects, mostListed) {
				t.Errorf("%d subjects, plain %t: %d verdicts", subjects, plain, verdicts)
			}
		}
	}
}

// TestReferences: nothing that a forge would look up stands bare.
func TestReferences(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"by @user, @org/team": "by `@user`, `@org/team`",
		"#123 and (#4)":       "`#123` and (`#4`)",
		"GH-1 gh-22":          "`GH-1` `gh-22`",
		"user/repo#1":         "`user/repo#1`",
		"org/repo@0a1b2c3":    "`org/repo@0a1b2c3`",
		"5f3a5f3a5f3a5f3a5f3a5f3a5f3a5f3a5f3a5f3a": "`5f3a5f3a5f3a5f3a5f3a5f3a5f3a5f3a5f3a5f3a`",
		"in 0a1b2c3.":               "in `0a1b2c3`.",
		"/close":                    `\/close`,
		"/label ~bug":               "\\/label `~bug`",
		"see !123 group/p!4":        "see !`123` `group/p!4`",
		"$1 &2 %v1.0 %\"next one\"": "`$1` `&2` `%v1.0` `%\"next` one\"",
		`~"a label"`:                "`~\"a` label\"",
		"{code} {color:red}":        `\{code} \{color:red}`,
		"[~user]":                   "\\[`~user`\\]",
		"!image.png!":               `\!image.png!`,
		"$x$ and ${VAR}":            `\$x$ and \$\{VAR}`,
		"Hello! 100% of $ & C#":     "Hello! 100% of $ & C#",
		"SIZE 20971520, SHA-256":    "SIZE 20971520, SHA-256",
		"~ is home":                 `\~ is home`,
	} {
		if got := mdText(in); got != want {
			t.Errorf("mdText(%q) = %q, want %q", in, got, want)
		}
	}
}
