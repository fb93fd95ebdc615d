package main

import (
	"slices"
	"testing"

	"github.com/maildoctor/maildoctor/internal/facts"
	"github.com/maildoctor/maildoctor/internal/report"
)

// TestWords: what a report may say is what the facts can be.
func TestWords(t *testing.T) {
	t.Chdir("../..")
	src, err := parse("facts")
	if err != nil {
		t.Fatal(err)
	}
	certificate := values([]string{facts.CertificateOK, facts.NotYetValid, facts.Expired, facts.SelfSigned, facts.MissingIntermediate,
		facts.UnknownCA, facts.NameMismatch, facts.Weak, facts.WrongUsage, facts.NotVerified})
	for name, c := range map[string]struct{ got, want []any }{
		"reach":              {values(report.Reaches(), ""), src.values["facts.Reach"]},
		"answer":             {values(report.Answers()), src.values["facts.State"]},
		"login":              {values(report.Logins(), string(facts.StateDeferred)), src.values["facts.State"]},
		"certificate status": {values(report.CertificateStatuses()), certificate},
	} {
		if !slices.Equal(sorted(c.got), sorted(c.want)) {
			t.Errorf("%s: a report says %q, the facts are %q", name, c.got, c.want)
		}
	}
}

func sorted(words []any) []string {
	var out []string
	for _, w := range words {
		out = append(out, w.(string))
	}
	slices.Sort(out)
	return out
}
