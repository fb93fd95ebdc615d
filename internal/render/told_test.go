package render

import (
	"strings"
	"testing"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/report"
)

// TestWithheldRow: an address that was kept back is named, with the reason.
func TestWithheldRow(t *testing.T) {
	t.Parallel()
	const why = "the server does not offer SMTPUTF8"
	s := report.Subject{Endpoint: &report.Endpoint{Envelope: &report.Envelope{From: "jörg@example.org", Result: "not-tried", Proves: "Nothing is proved: " + why + ".", Recipients: []report.Recipient{}}},
		Sessions: []evidence.Session{{Role: evidence.Main, Steps: []evidence.Step{{Name: evidence.StepMail, Fault: &evidence.Fault{Class: evidence.Other, Text: why}}}}}}
	var got []string
	for _, r := range seen(s, Options{}) {
		got = append(got, r.text)
	}
	if text := strings.Join(got, "|"); !strings.Contains(text, "from jörg@example.org: not tried: "+why) || strings.Contains(text, "Nothing is proved") {
		t.Errorf("%q", text)
	}
	s.Sessions = nil
	if rows := envelopeRows(s.Endpoint.Envelope, ""); !strings.HasSuffix(rows[0].text, ": not tried") || len(rows) != 2 {
		t.Errorf("without a session: %+v", rows)
	}
}

// TestNotSentRow: a message whose DATA did not go on was not sent.
func TestNotSentRow(t *testing.T) {
	t.Parallel()
	if rows := messageRows(&report.Delivery{Result: "not-tried", Reply: "250 Ok"}); rows[0].text != "not sent (250 Ok)" || !rows[0].bad {
		t.Errorf("%+v", rows)
	}
}

// TestAskedRow: nobody was asked where no request was made.
func TestAskedRow(t *testing.T) {
	t.Parallel()
	s := report.Subject{Kind: "resend", Resend: &report.Resend{Base: "https://api.resend.com"}}
	for _, asked := range []bool{false, true} {
		got := false
		if asked {
			s.Resend.Calls = []report.ResendCall{{Method: "GET", Path: "/domains", Status: 200}}
		}
		for _, r := range resendRows(s, Options{}) {
			got = got || r.label == "asked"
		}
		if got != asked {
			t.Errorf("asked %v: a row %v", asked, got)
		}
	}
}

// TestQuoteOfSeveralLines: its lines stand side by side, and no escape of a line end
// is shown.
func TestQuoteOfSeveralLines(t *testing.T) {
	t.Parallel()
	r := report.Report{Subjects: []report.Subject{{Kind: "endpoint", Name: "x", Findings: []report.Finding{{ID: "y", Severity: report.Error, Summary: "z",
		Evidence: []report.Quote{{From: "session 1", Text: "550-first\r\n550 ::error second\n", Match: "first"}}}},
		Resend: &report.Resend{Calls: []report.ResendCall{{Method: "GET", Path: "/domains", Status: 502, Message: "<html>\n<body>"}}}}}}
	for _, format := range []string{"text", "markdown"} {
		out := write(t, format, r, Options{Width: 200})
		if strings.Contains(out, `\n`) || strings.Contains(out, `\r`) || !strings.Contains(out, "550-first / 550 ") || !strings.Contains(out, "/ <body") && !strings.Contains(out, `/ \<body`) && !strings.Contains(out, "/ &lt;body") {
			t.Errorf("%s: %s", format, out)
		}
		if strings.Contains(out, " ::error") {
			t.Errorf("%s: a command of CI stands in %s", format, out)
		}
	}
}
