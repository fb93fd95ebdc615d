package report

import (
	"strings"
	"unicode"
)

// Retell has the verdicts name what counts: one that tells of a finding that is
// waived tells of the worst of the others, where there is one.
func Retell(subjects []Subject) {
	for i := range subjects {
		subjects[i].retell()
	}
}

func (s *Subject) retell() {
	var counts *Finding
	for i := range s.Findings {
		f := &s.Findings[i]
		if f.Waived == nil && f.Severity != Note && (counts == nil || WorstFirst(*f, *counts) < 0) {
			counts = f
		}
	}
	if counts == nil {
		return
	}
	for _, f := range s.Findings {
		if f.Waived == nil || f.Summary == "" {
			continue
		}
		for _, told := range []string{f.Summary, small(f.Summary)} {
			if before, after, ok := strings.Cut(s.Verdict, told); ok {
				summary := counts.Summary
				if told != f.Summary {
					summary = small(summary)
				}
				s.Verdict = before + summary + after
				return
			}
		}
	}
}

// small begins with a small letter, within a sentence.
func small(s string) string {
	r := []rune(s)
	if len(r) > 1 && unicode.IsUpper(r[1]) {
		return s
	}
	for i := range r[:min(1, len(r))] {
		r[i] = unicode.ToLower(r[i])
	}
	return string(r)
}
