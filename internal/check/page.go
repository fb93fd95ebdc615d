package check

import (
	"github.com/maildoctor/maildoctor/internal/report"
	"github.com/maildoctor/maildoctor/internal/symptom"
)

// Page is the page of a check.
func Page(c Check) report.Page {
	return report.Page{
		ID: c.ID, Title: c.Title, Severity: c.Severity,
		Seen: c.Seen, Why: c.Why, Fix: c.Fix, Tell: c.Tell, Refs: nonNil(c.Refs),
		Words: nonNil(symptom.Words(c.ID)), URL: URL(c.ID),
	}
}

// Pages are the pages of the whole catalogue, in its order.
func Pages() []report.Page {
	var out []report.Page
	for _, c := range Catalogue() {
		out = append(out, Page(c))
	}
	return out
}

func nonNil(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}
