package check

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/maildoctor/maildoctor/internal/facts"
	"github.com/maildoctor/maildoctor/internal/report"
)

// undoneID is the check that closes the list: what was asked for was not done,
// and no other finding says why.
const undoneID = "asked-not-done"

// closing is that check.
var closing = []Check{
	{
		ID:       undoneID,
		Title:    "What was asked for was not done",
		Severity: report.Error,
		Seen:     "A login, an envelope or a message was asked for, and it did not come to a verdict, though nothing else was found wrong.",
		Why:      "Whoever asked must not take silence for success: nobody logged in, or no message was sent.",
		Fix: []string{
			"Read why, and ask in a way that this server can answer: another mechanism (--auth), another port, another address",
			"Look at the transcript: maildoctor ... -v",
		},
		Tell:  "Every other finding says what stands in the way; this one stands only where none does.",
		Refs:  []string{"RFC 4954 4", "RFC 5321 3.3"},
		Needs: askedMore,
		Find:  func(*facts.Facts) []report.Finding { return nil },
	},
}

// askedMore: more was asked for than to look.
func askedMore(f *facts.Facts) string {
	if a := f.Case.Asked; a.Account == nil && a.Envelope == nil && f.Case.Message == nil {
		return "neither a login nor an envelope nor a message was asked for"
	}
	switch {
	case f.Case.Message != nil && f.Case.Message.DryRun:
		return "a dry run contacts nobody"
	case f.Case.Message != nil && f.Case.Message.Via == "resend":
		return "the message went through the API of Resend"
	case f.Case.Cut != "":
		return "the run was cut"
	case len(f.Case.Sessions) == 0:
		return "no server was contacted"
	}
	return ""
}

// closed adds the finding that something was not done, unless an error says why.
func closed(f *facts.Facts, findings []report.Finding, outcomes []report.Outcome) ([]report.Finding, []report.Outcome) {
	i := slices.IndexFunc(outcomes, func(o report.Outcome) bool { return o.Check == undoneID })
	why := undone(f)
	if i < 0 || outcomes[i].Status != report.Passed || why == "" {
		return findings, outcomes
	}
	if slices.ContainsFunc(findings, func(f report.Finding) bool { return f.Severity == report.Error }) {
		outcomes[i] = report.Outcome{Check: undoneID, Status: report.NotRun, Reason: "another finding says why it was not done"}
		return findings, outcomes
	}
	c, _ := ByID(undoneID)
	found := report.Finding{Fix: withheldFix(f), Confidence: 1, Summary: sentenceOpen(why), Detail: "It was asked for, and nothing else was found that keeps it from being done."}
	if utf8.RuneCountInString(found.Summary) > summaryWidth {
		head, reason, _ := strings.Cut(found.Summary, ": ")
		found.Summary, found.Detail = head, sentence(reason)+" "+found.Detail
	}
	c.complete(&found, f.Case.Target.Port)
	outcomes[i] = report.Outcome{Check: undoneID, Status: report.Found}
	return append([]report.Finding{found}, findings...), outcomes
}

// withheldFix are the steps for a message that was kept back since it holds 8-bit
// characters; nil for any other.
func withheldFix(f *facts.Facts) []string {
	why := f.Delivery().Why
	switch {
	case strings.Contains(why, "8BITMIME"):
		return []string{
			"Encode the message for 7 bits: the header by RFC 2047, the text as quoted-printable or base64",
			"Or send it by a server that offers 8BITMIME, and SMTPUTF8 where the header is not encoded",
		}
	case strings.Contains(why, "SMTPUTF8"):
		return []string{"Encode the header of the message (RFC 2047)", "Or send it by a server that offers SMTPUTF8 and 8BITMIME"}
	}
	return nil
}
