package render

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/maildoctor/maildoctor/internal/report"
)

// The part of SARIF 2.1.0 (OASIS standard, 2020, with errata 01) that is written
// here. What omitzero leaves out is a list that is nil; an empty one is written.
type sarifLog struct {
	Schema  string     `json:"$schema"`
	Version string     `json:"version"`
	Runs    []sarifRun `json:"runs"`
}

type sarifRun struct {
	Tool struct {
		Driver sarifDriver `json:"driver"`
	} `json:"tool"`
	Invocations []sarifInvocation `json:"invocations"`
	ColumnKind  string            `json:"columnKind"`
	Language    string            `json:"language"`
	Results     []sarifResult     `json:"results"`
}

type sarifDriver struct {
	Name           string      `json:"name"`
	Version        string      `json:"version,omitempty"`
	InformationURI string      `json:"informationUri"`
	Language       string      `json:"language"`
	Rules          []sarifRule `json:"rules"`
}

type sarifRule struct {
	ID      string       `json:"id"`
	Short   sarifMessage `json:"shortDescription"`
	Full    sarifMessage `json:"fullDescription"`
	Help    sarifMessage `json:"help"`
	HelpURI string       `json:"helpUri,omitempty"`
	Default struct {
		Level report.Severity `json:"level"`
	} `json:"defaultConfiguration"`
	Properties sarifRuleProperties `json:"properties"`
}

// sarifRuleProperties are those that GitHub's code scanning reads.
type sarifRuleProperties struct {
	Tags      []string `json:"tags"`
	Precision string   `json:"precision"`
	Severity  string   `json:"problem.severity"`
}

type sarifMessage struct {
	Text     string `json:"text"`
	Markdown string `json:"markdown,omitempty"`
}

type sarifInvocation struct {
	CommandLine string              `json:"commandLine,omitempty"`
	Started     string              `json:"startTimeUtc"`
	Ended       string              `json:"endTimeUtc"`
	ExitCode    int                 `json:"exitCode"`
	Successful  bool                `json:"executionSuccessful"`
	Said        []sarifNotification `json:"toolExecutionNotifications,omitempty"`
}

type sarifNotification struct {
	Level   string       `json:"level"`
	Message sarifMessage `json:"message"`
}

type sarifResult struct {
	RuleID        string             `json:"ruleId"`
	RuleIndex     int                `json:"ruleIndex"`
	Level         report.Severity    `json:"level"`
	Message       sarifMessage       `json:"message"`
	Locations     []sarifLocation    `json:"locations"`
	Fingerprints  map[string]string  `json:"partialFingerprints,omitempty"`
	BaselineState string             `json:"baselineState,omitempty"`
	Suppressions  []sarifSuppression `json:"suppressions,omitzero"`
	Fixes         []sarifFix         `json:"fixes,omitempty"`
	Properties    struct {
		Confidence float64 `json:"confidence"`
	} `json:"properties"`
}

type sarifLocation struct {
	Physical *sarifPhysical `json:"physicalLocation,omitempty"`
	Logical  []sarifLogical `json:"logicalLocations,omitempty"`
}

type sarifPhysical struct {
	Artifact sarifArtifact `json:"artifactLocation"`
	Region   sarifRegion   `json:"region"`
}

type sarifArtifact struct {
	URI    string `json:"uri"`
	BaseID string `json:"uriBaseId,omitempty"`
}

type sarifRegion struct {
	StartLine   int `json:"startLine"`
	StartColumn int `json:"startColumn,omitempty"`
}

type sarifLogical struct {
	Name string `json:"name,omitempty"`
	Full string `json:"fullyQualifiedName"`
	Kind string `json:"kind"`
}

type sarifSuppression struct {
	Kind          string `json:"kind"`
	Justification string `json:"justification"`
}

type sarifFix struct {
	Description sarifMessage  `json:"description"`
	Changes     []sarifChange `json:"artifactChanges"`
}

type sarifChange struct {
	Artifact     sarifArtifact      `json:"artifactLocation"`
	Replacements []sarifReplacement `json:"replacements"`
}

type sarifReplacement struct {
	Deleted  sarifRegion  `json:"deletedRegion"`
	Inserted sarifMessage `json:"insertedContent"`
}

const sarifTime = "2006-01-02T15:04:05.000Z"

// writeSARIF writes one run: a rule for each check, a result for each finding.
func writeSARIF(w io.Writer, r report.Report, o Options) error {
	raw, pages := r, r.Catalogue
	r.Catalogue = nil // words of ours, to be kept as they are
	r = cleaned(r)
	run := sarifRun{ColumnKind: "unicodeCodePoints", Language: "en", Invocations: []sarifInvocation{invocation(r)}, Results: []sarifResult{}}
	run.Tool.Driver = sarifDriver{Name: "maildoctor", Version: strings.TrimPrefix(r.Tool.Version, "v"), InformationURI: "https://github.com/maildoctor/maildoctor", Language: "en", Rules: []sarifRule{}}
	index := map[string]int{}
	for _, p := range rulePages(r, pages) {
		rule, err := sarifRuleOf(p)
		if err != nil {
			return err
		}
		index[p.ID] = len(run.Tool.Driver.Rules)
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, rule)
	}
	for i, s := range r.Subjects {
		for _, f := range s.Findings {
			result := sarifResultOf(listed{f, s})
			result.RuleIndex = index[f.ID]
			if !o.Written {
				result.Fixes = sarifFixes(raw.Subjects[i], f)
			}
			run.Results = append(run.Results, result)
		}
	}
	suppress(run.Results, r)
	return encode(w, sarifLog{Schema: "https://json.schemastore.org/sarif-2.1.0.json", Version: "2.1.0", Runs: []sarifRun{run}})
}

// rulePages are the pages of the catalogue, and one for each finding of a check
// that it does not have.
func rulePages(r report.Report, pages []report.Page) []report.Page {
	out := slices.Clone(pages)
	for _, f := range everything(r) {
		if !slices.ContainsFunc(out, func(p report.Page) bool { return p.ID == f.ID }) {
			out = append(out, report.Page{ID: f.ID, Title: orNone(f.ID), Severity: f.Severity})
		}
	}
	return out
}

func sarifRuleOf(p report.Page) (sarifRule, error) {
	var text, markdown strings.Builder
	if err := pageText(&text, p, Options{Plain: true, Width: maxWidth}); err != nil {
		return sarifRule{}, err
	}
	if err := pageMarkdown(&markdown, p, Options{Plain: true}); err != nil {
		return sarifRule{}, err
	}
	out := sarifRule{ID: p.ID, Short: sarifMessage{Text: period(p.Title)}, Full: sarifMessage{Text: period(cmp.Or(p.Seen, p.Title))},
		Help: sarifMessage{Text: text.String(), Markdown: markdown.String()}, HelpURI: p.URL}
	out.Default.Level = sarifLevel(p.Severity)
	out.Properties = sarifRuleProperties{Tags: []string{"mail"}, Precision: "high", Severity: string(out.Default.Level)}
	if out.Default.Level == report.Note {
		out.Properties.Severity = "recommendation"
	}
	return out, nil
}

// sarifLevel is a severity as a level: they have the same names.
func sarifLevel(s report.Severity) report.Severity {
	if s.Rank() == 0 {
		return report.Note
	}
	return s
}

func invocation(r report.Report) sarifInvocation {
	out := sarifInvocation{CommandLine: r.Run.CommandLine, ExitCode: r.Exit, Successful: r.Complete && r.Exit <= 1,
		Started: r.Run.Started.UTC().Format(sarifTime), Ended: r.Run.Started.Add(max(r.Run.Took, 0)).UTC().Format(sarifTime)}
	for _, s := range r.Subjects {
		if text := ending(s.Cut); text != "" {
			out.Said = append(out.Said, sarifNotification{Level: "error", Message: sarifMessage{Text: s.Name + ": " + text}})
		}
	}
	return out
}

func sarifResultOf(f listed) sarifResult {
	m := &markdown{}
	m.finding(f.Finding, hostOf(f.of))
	out := sarifResult{RuleID: f.ID, Level: sarifLevel(f.Severity), Locations: []sarifLocation{sarifPlace(f)},
		Message: sarifMessage{Text: strings.Join(f.brief(), "\n"), Markdown: m.b.String()}}
	if f.Fingerprint != "" {
		out.Fingerprints = map[string]string{"maildoctor/v1": f.Fingerprint}
	}
	if c := f.Confidence; !math.IsNaN(c) && !math.IsInf(c, 0) {
		out.Properties.Confidence = c
	}
	return out
}

// sarifPlace is where a finding is: its line, where that is in a file, and the
// server and the setting. GitHub takes no result without a line of a file.
func sarifPlace(f listed) sarifLocation {
	out := sarifLocation{Logical: []sarifLogical{{Name: orNone(f.of.Name), Full: orNone(f.of.Name), Kind: "resource"}}}
	if o := f.Source; o != nil && o.Key != "" {
		out.Logical = append(out.Logical, sarifLogical{Name: o.Key, Full: o.File + ": " + o.Key, Kind: "property"})
	}
	if f.At != nil && f.At.File != "" {
		out.Physical = &sarifPhysical{Artifact: artifact(f.At.File), Region: sarifRegion{max(f.At.Line, 1), max(f.At.Column, 0)}}
	}
	return out
}

var driveLetter = regexp.MustCompile(`^[A-Za-z]:/`)

// artifact is a file as a URI, from the root of the repository or absolute.
func artifact(file string) sarifArtifact {
	switch {
	case driveLetter.MatchString(file):
		return sarifArtifact{URI: (&url.URL{Scheme: "file", Path: "/" + file}).String()}
	case strings.HasPrefix(file, "/"):
		return sarifArtifact{URI: (&url.URL{Scheme: "file", Path: file}).String()}
	}
	return sarifArtifact{URI: (&url.URL{Path: file}).String(), BaseID: "%SRCROOT%"}
}

// suppress marks what is waived. Either all results of a run say of themselves
// whether they are suppressed, or none does (3.27.23), and so with the state
// against a baseline (3.27.24).
func suppress(results []sarifResult, r report.Report) {
	var waivers []*report.Waiver
	for _, s := range r.Subjects {
		for _, f := range s.Findings {
			waivers = append(waivers, f.Waived)
		}
	}
	told := slices.ContainsFunc(waivers, func(w *report.Waiver) bool { return w != nil })
	baseline := slices.ContainsFunc(waivers, fromBaseline)
	for i, w := range waivers {
		if told {
			results[i].Suppressions = []sarifSuppression{}
		}
		if w != nil {
			results[i].Suppressions = []sarifSuppression{{Kind: "external", Justification: waiver(*w)}}
		}
		switch {
		case fromBaseline(w):
			results[i].BaselineState = "unchanged"
		case baseline:
			results[i].BaselineState = "new"
		}
	}
}

func fromBaseline(w *report.Waiver) bool { return w != nil && w.By == report.ByBaseline }

// sarifFixes is the correction of the file that a finding points to, where that
// corrects the finding, is all of the correction and stands here byte for byte:
// where nothing of it is a secret, and nothing had to be cleaned.
func sarifFixes(s report.Subject, f report.Finding) []sarifFix {
	if f.At == nil || f.Source == nil || len(s.Corrected) != 1 || s.Corrected[0].File != f.Source.File {
		return nil
	}
	own := func(c report.Change) bool { return c.File == f.Source.File && c.Line == f.Source.Line && c.Line > 0 }
	if !slices.ContainsFunc(s.Changes, own) || slices.ContainsFunc(s.Changes, func(c report.Change) bool { return c.Hide }) {
		return nil
	}
	lines, ok := replacements(s.Corrected[0].Diff)
	if !ok {
		return nil
	}
	return []sarifFix{{Description: sarifMessage{Text: "Correct the mail settings in " + f.Source.File + "."},
		Changes: []sarifChange{{Artifact: artifact(f.At.File), Replacements: lines}}}}
}

// replaced is a stretch of a diff in which one line takes the place of another.
var replaced = regexp.MustCompile(`^@@ -(\d+) \+\d+ @@$`)

// replacements turns a diff whose every stretch is one line for another into
// regions, each of which is a line without its end.
func replacements(diff []string) ([]sarifReplacement, bool) {
	var out []sarifReplacement
	for ; len(diff) >= 3; diff = diff[3:] {
		m := replaced.FindStringSubmatch(diff[0])
		if m == nil || !exact(diff[1], "-") || !exact(diff[2], "+") {
			return nil, false
		}
		at := 0
		if _, err := fmt.Sscan(m[1], &at); err != nil || at < 1 {
			return nil, false
		}
		out = append(out, sarifReplacement{Deleted: sarifRegion{StartLine: at}, Inserted: sarifMessage{Text: diff[2][1:]}})
	}
	return out, len(diff) == 0 && len(out) > 0
}

// exact says that a line of a diff stands there as in its file.
func exact(line, mark string) bool {
	text, ok := strings.CutPrefix(line, mark)
	return ok && Clean(text) == text && !strings.Contains(text, "<kept>")
}
