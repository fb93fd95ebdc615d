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
		for _, told := range []string{f.Summary, Within(f.Summary)} {
			if before, after, ok := strings.Cut(s.Verdict, told); ok {
				summary := counts.Summary
				if told != f.Summary {
					summary = Within(summary)
				}
				s.Verdict = before + summary + after
				return
			}
		}
	}
}

// Within makes a summary the second half of a sentence: its first letter small,
// unless it begins with an acronym or a name.
func Within(s string) string {
	first, _, _ := strings.Cut(s, " ")
	r := []rune(first)
	if len(r) == 0 || first == "Resend" || !unicode.IsUpper(r[0]) || strings.IndexFunc(string(r[1:]), func(c rune) bool { return unicode.IsUpper(c) || c == '.' }) >= 0 {
		return s
	}
	return string(unicode.ToLower(r[0])) + s[len(string(r[0])):]
}
