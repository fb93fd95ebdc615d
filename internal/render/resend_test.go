package render

import (
	"strings"
	"testing"

	"github.com/maildoctor/maildoctor/internal/report"
)

// TestRecordRows: a phrase is not cut in its middle, a long key is, and what is
// missing names what is wanted.
func TestRecordRows(t *testing.T) {
	t.Parallel()
	const proxied = "104.16.0.1 (it shows as addresses: it is proxied (the orange cloud of Cloudflare), or a wildcard answers)"
	key := "p=" + strings.Repeat("M", 200)
	rows := recordRows(report.ResendDomain{Records: []report.ResendRecord{
		{Type: "CNAME", Name: "rsend.example.org", Value: "rsend.forge.rmta.net", DNS: "wrong", Seen: proxied},
		{Type: "TXT", Name: "resend._domainkey.example.org", Value: key, DNS: "missing"},
	}}, Options{})
	if !strings.Contains(rows[0].text, proxied) {
		t.Errorf("cut: %q", rows[0].text)
	}
	if want := "; wanted: " + key[:fewRunes] + "..."; !strings.HasSuffix(rows[1].text, want) {
		t.Errorf("missing: %q, want %q at its end", rows[1].text, want)
	}
}

// TestRemarkOnSMTP: what a dry run over SMTP proves is said where SMTP was looked at.
func TestRemarkOnSMTP(t *testing.T) {
	t.Parallel()
	for want, r := range map[string]*report.Resend{
		"judged at DATA": {Remark: "judged at DATA", SMTP: []report.ResendPort{{Port: 465}}},
		"SMTP was not looked at: left out by --smtp off.": {Remark: "judged at DATA", SMTPOff: "left out by --smtp off"},
		"": {Remark: "judged at DATA"},
	} {
		if got := smtpNote(r); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if rows := portRows(&report.Resend{SMTP: []report.ResendPort{{Port: 587, Reach: "open", Seen: "speaks HTTP, not SMTP", Login: "not-tried"}}}); !rows[0].bad || !strings.HasPrefix(rows[0].text, "speaks HTTP") {
		t.Errorf("a port that speaks HTTP: %+v", rows)
	}
}

// TestFolded: an answer that is one long word stays within the width, and whole.
func TestFolded(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 25) + "メール"
	got := folded([]string{"short", long}, 10)
	if strings.Join(got, "") != "short"+long {
		t.Errorf("%q is not whole", got)
	}
	for _, line := range got {
		if width(line) > 10 {
			t.Errorf("%d columns in %q", width(line), line)
		}
	}
	r := report.Report{Subjects: []report.Subject{{Kind: "resend", Name: "key", Resend: &report.Resend{Calls: []report.ResendCall{{Method: "GET", Path: "/domains", Status: 200, Message: strings.Repeat("x", 300)}}}}}}
	for line := range strings.SplitSeq(write(t, "text", r, Options{Width: 80}), "\n") {
		if width(line) > 80 {
			t.Errorf("%d columns in %q", width(line), line)
		}
	}
	if len(got) != 5 {
		t.Errorf("%q", got)
	}
}
