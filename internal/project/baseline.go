package project

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/maildoctor/maildoctor/internal/report"
)

// BaselineSchema names the form of a baseline. Fields are only ever added.
const BaselineSchema = "maildoctor.baseline/1"

// Baseline is the findings that are known: they do not count unless they have
// become worse.
type Baseline struct {
	Schema   string  `json:"schema"`
	Findings []Known `json:"findings"` // sorted

	Name string `json:"-"` // of its file, as messages call it

	byPrint map[string]Known // Findings by fingerprint; of one that was read
}

// Known is a finding of a baseline. Only the fingerprint tells it; the rest is for
// people who read the file.
type Known struct {
	ID          string          `json:"id"`             // of the check
	Severity    report.Severity `json:"severity"`       // when it was written: what is worse counts
	Subject     string          `json:"subject"`        // what was looked at
	File        string          `json:"file,omitempty"` // to blame, or that of the settings
	Key         string          `json:"key,omitempty"`  // of the file, to blame
	Fingerprint string          `json:"fingerprint"`    // tells the finding again in the next run
}

// ReadBaseline reads the text of a baseline. The error is of type Errors.
func ReadBaseline(name, text string) (*Baseline, error) {
	b := &baselineReader{name: name, text: text, dec: json.NewDecoder(strings.NewReader(text))}
	out := &Baseline{Name: name, byPrint: map[string]Known{}}
	err := b.valid()
	if err == nil {
		err = b.file(out)
	}
	switch wrong := (Error{}); {
	case errors.As(err, &wrong):
		return nil, Errors{wrong}
	case err != nil:
		return nil, Errors{b.at(b.next(), "this cannot be read; --write-baseline writes a baseline")}
	}
	return out, nil
}

// baselineReader reads a baseline token by token, to know where it is.
type baselineReader struct {
	name, text string
	dec        *json.Decoder
}

// at is an error at an offset.
func (b *baselineReader) at(offset int64, format string, args ...any) Error {
	before := b.text[:min(max(int(offset), 0), len(b.text))]
	line := 1 + strings.Count(before, "\n")
	column := 1 + utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:])
	return Error{b.name, Place{line, column}, fmt.Sprintf(format, args...)}
}

// next is the offset at which the next value or key begins.
func (b *baselineReader) next() int64 {
	at := int(b.dec.InputOffset())
	return int64(at + len(b.text[at:]) - len(strings.TrimLeft(b.text[at:], " \t\r\n,:")))
}

// valid says where a text stops to be JSON, without repeating it.
func (b *baselineReader) valid() error {
	var syntax *json.SyntaxError
	if err := json.Unmarshal([]byte(b.text), new(json.RawMessage)); !errors.As(err, &syntax) {
		return err
	}
	if i := strings.Index(b.text, "<<<<<<<"); i >= 0 {
		return b.at(int64(i), "this is no JSON; two versions of the file were not merged")
	}
	if int(syntax.Offset) >= len(b.text) {
		return b.at(int64(len(b.text)), "the file ends too early to be a baseline; --write-baseline writes one")
	}
	return b.at(syntax.Offset-1, "this is no JSON; --write-baseline writes a baseline")
}

func (b *baselineReader) file(out *Baseline) error {
	if err := b.open('{', "a baseline, which is a JSON object"); err != nil {
		return err
	}
	for b.dec.More() {
		key, err := b.dec.Token()
		if err != nil {
			return err
		}
		switch at := b.next(); key {
		case "schema":
			err = b.schema(out, at)
		case "findings":
			err = b.findings(out)
		default: // of a newer release
			err = b.dec.Decode(new(json.RawMessage))
		}
		if err != nil {
			return err
		}
	}
	if _, err := b.dec.Token(); err != nil {
		return err
	}
	if out.Schema == "" {
		return b.at(0, "there is no schema; this is no baseline of maildoctor, and --write-baseline writes one")
	}
	return nil
}

// open reads a bracket that has to stand next.
func (b *baselineReader) open(want json.Delim, what string) error {
	at := b.next()
	token, err := b.dec.Token()
	if err == nil && token != want {
		return b.at(at, "this is not %s", what)
	}
	return err
}

func (b *baselineReader) schema(out *Baseline, at int64) error {
	var schema any
	if err := b.dec.Decode(&schema); err != nil {
		return err
	}
	if schema != BaselineSchema {
		return b.at(at, "the schema is not %q; this is no baseline that this maildoctor reads, and --write-baseline writes one", BaselineSchema)
	}
	out.Schema = BaselineSchema
	return nil
}

func (b *baselineReader) findings(out *Baseline) error {
	if err := b.open('[', "a list of findings"); err != nil {
		return err
	}
	for b.dec.More() {
		at := b.next()
		var k Known
		err := b.dec.Decode(&k)
		var kind *json.UnmarshalTypeError
		_, twice := out.byPrint[k.Fingerprint]
		switch {
		case errors.As(err, &kind):
			return b.at(at, "%q of this finding cannot be a JSON %s", short(kind.Field), kind.Value)
		case err != nil:
			return err
		case k.Fingerprint == "" || k.ID == "":
			return b.at(at, "this finding lacks its id or its fingerprint")
		case k.Severity.Rank() == 0:
			return b.at(at, "the severity of this finding is none of error, warning, note")
		case twice:
			return b.at(at, "this finding stands twice")
		}
		out.byPrint[k.Fingerprint] = k
		out.Findings = append(out.Findings, k)
	}
	_, err := b.dec.Token()
	return err
}

// covers reports whether a finding is known, and no worse than it was.
func (b *Baseline) covers(f report.Finding) bool {
	if b == nil {
		return false
	}
	k, ok := b.byPrint[f.Fingerprint]
	return ok && f.Severity.Rank() <= k.Severity.Rank()
}

// survey is what a run looked at, by the names that a baseline has, and the
// fingerprints of what it found.
type survey struct {
	byName, byFile map[string][]report.Subject
	found          map[string]bool
}

func (w Waivers) survey(subjects []report.Subject) survey {
	v := survey{map[string][]report.Subject{}, map[string][]report.Subject{}, map[string]bool{}}
	for _, s := range subjects {
		name := w.clean(s.Name)
		v.byName[name] = append(v.byName[name], s)
		if s.Settings != nil {
			file := w.clean(w.path(s.Settings.File))
			v.byFile[file] = append(v.byFile[file], s)
		}
		for _, f := range s.Findings {
			v.found[f.Fingerprint] = true
		}
	}
	return v
}

// looked reports whether the check of a known finding came to a verdict on its
// subject, or on its file where there is no such subject: the name of a subject
// follows what its file says.
func (v survey) looked(k Known) bool {
	subjects := v.byName[k.Subject]
	if k.File != "" && len(subjects) == 0 {
		subjects = v.byFile[k.File]
	}
	return slices.ContainsFunc(subjects, func(s report.Subject) bool { return judged(s, k.ID) })
}

// gone reports whether a known finding is there no more: its check has looked at
// its subject, and did not find it. What was not looked at may still be there.
func (v survey) gone(k Known) bool { return !v.found[k.Fingerprint] && v.looked(k) }

// Gone are the findings of the baseline that are there no more in this run.
func (w Waivers) Gone(subjects []report.Subject) []Known {
	if w.Baseline == nil {
		return nil
	}
	v := w.survey(subjects)
	return slices.DeleteFunc(slices.Clone(w.Baseline.Findings), func(k Known) bool { return !v.gone(k) })
}

// judged reports whether a check came to a verdict on a subject.
func judged(s report.Subject, id string) bool {
	return slices.ContainsFunc(s.Outcomes, func(o report.Outcome) bool { return o.Check == id && o.Status != report.NotRun })
}

// Accept makes a baseline of what counts in this run, and waives it by that
// baseline. What the old one knows of subjects that were not looked at stays.
func (w Waivers) Accept(name string, subjects []report.Subject) *Baseline {
	out := &Baseline{Schema: BaselineSchema, Findings: []Known{}, Name: name}
	for i := range subjects {
		for j := range subjects[i].Findings {
			f := &subjects[i].Findings[j]
			if f.Waived != nil && f.Waived.By != report.ByBaseline || !mayWaive(*f) {
				continue
			}
			out.Findings = append(out.Findings, w.known(subjects[i], *f))
			f.Waived = &report.Waiver{By: report.ByBaseline, File: name}
		}
	}
	if w.Baseline != nil {
		v := w.survey(subjects)
		for _, k := range w.Baseline.Findings {
			if !v.found[k.Fingerprint] && !v.looked(k) {
				out.Findings = append(out.Findings, k)
			}
		}
	}
	slices.SortFunc(out.Findings, func(a, b Known) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Subject, b.Subject), cmp.Compare(a.ID, b.ID), cmp.Compare(a.Key, b.Key), cmp.Compare(a.Fingerprint, b.Fingerprint))
	})
	return out
}

func (w Waivers) known(s report.Subject, f report.Finding) Known {
	k := Known{ID: f.ID, Severity: f.Severity, Subject: w.clean(s.Name), Fingerprint: f.Fingerprint}
	switch {
	case f.Source != nil && f.Source.File != "":
		k.File, k.Key = w.clean(w.path(f.Source.File)), w.clean(f.Source.Key)
	case s.Settings != nil && s.Settings.File != "":
		k.File = w.clean(w.path(s.Settings.File))
	}
	return k
}

// Text is the baseline as a file, one field a line, so that versions of it can be
// compared.
func (b *Baseline) Text() ([]byte, error) {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(b); err != nil {
		return nil, fmt.Errorf("encode baseline: %w", err)
	}
	return out.Bytes(), nil
}
