package render

import (
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/report"
)

func TestWrap(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		in      string
		columns int
		want    []string
	}{
		{"", 10, []string{""}},
		{"one two three", 7, []string{"one two", "three"}},
		{"one two three", 6, []string{"one", "two", "three"}},
		{"a verylongword b", 6, []string{"a", "verylongword", "b"}},
		{"メール メール", 6, []string{"メール", "メール"}},
		{"メール メール", 13, []string{"メール メール"}},
		{"e\u0301e\u0301 e\u0301", 4, []string{"e\u0301e\u0301 e\u0301"}},
	} {
		if got := wrap(tt.in, tt.columns); !slices.Equal(got, tt.want) {
			t.Errorf("wrap(%q, %d) = %q, want %q", tt.in, tt.columns, got, tt.want)
		}
	}
}

func TestPhrases(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		in      []string
		columns int
		want    []string
	}{
		{[]string{"a b", "c d"}, 20, []string{`"a b", "c d"`}},
		{[]string{"a b", "c d"}, 11, []string{`"a b",`, `"c d"`}},
		{[]string{"a", "long phrase that goes on", "b"}, 14, []string{`"a",`, `"long phrase`, `that goes on",`, `"b"`}},
	} {
		if got := phrases(tt.in, tt.columns); !slices.Equal(got, tt.want) {
			t.Errorf("phrases(%q, %d) = %q, want %q", tt.in, tt.columns, got, tt.want)
		}
	}
}

func TestTook(t *testing.T) {
	t.Parallel()
	for in, want := range map[time.Duration]string{
		0: "0.0 ms", 430 * time.Microsecond: "0.4 ms", 9949 * time.Microsecond: "9.9 ms", 9950 * time.Microsecond: "10 ms",
		236 * time.Millisecond: "236 ms", 999600 * time.Microsecond: "1.0 s", 12 * time.Second: "12.0 s",
	} {
		if got := took(in); got != want {
			t.Errorf("took(%d) = %q, want %q", in, got, want)
		}
	}
}

func TestState(t *testing.T) {
	t.Parallel()
	finding := func(s report.Severity) []report.Finding {
		return []report.Finding{{Severity: report.Note}, {Severity: s}}
	}
	for _, tt := range []struct {
		name string
		in   report.Subject
		want verdictState
	}{
		{"nothing found", report.Subject{}, good},
		{"not finished", report.Subject{Endpoint: &report.Endpoint{Reach: "open"}}, doubt},
		{"a note", report.Subject{Healthy: true, Findings: finding(report.Note), Endpoint: &report.Endpoint{Reach: "open"}}, good},
		{"a warning", report.Subject{Findings: finding(report.Warning)}, doubt},
		{"an error", report.Subject{Findings: finding(report.Error), Cut: "timeout"}, bad},
		{"cut short", report.Subject{Cut: "interrupted"}, doubt},
		{"a closed port that is none's fault", report.Subject{Findings: finding(report.Note), Endpoint: &report.Endpoint{Reach: "refused"}}, useless},
	} {
		if got := state(tt.in); got != tt.want {
			t.Errorf("%s: state = %q, want %q", tt.name, got, tt.want)
		}
	}
}

// TestMainSession: the address that answers speaks, not the first one tried.
func TestMainSession(t *testing.T) {
	t.Parallel()
	s := report.Subject{
		Endpoint: &report.Endpoint{Addresses: []report.Address{{IP: "2001:db8::25", Result: "filtered"}, {IP: "192.0.2.25", Result: "open"}}},
		Sessions: []evidence.Session{
			{ID: 1, Role: evidence.Reach, Peer: "192.0.2.25"},
			{ID: 2, Role: evidence.Main, Peer: "2001:db8::25"},
			{ID: 3, Role: evidence.Main, Peer: "192.0.2.25"},
		},
	}
	if got := mainSession(s); got == nil || got.ID != 3 {
		t.Errorf("with one address open: got %+v, want session 3", got)
	}
	s.Endpoint.Addresses[1].Result = "refused"
	if got := mainSession(s); got == nil || got.ID != 2 {
		t.Errorf("with no address open: got %+v, want session 2", got)
	}
	if got := mainSession(report.Subject{}); got != nil {
		t.Errorf("without sessions: got %+v, want none", got)
	}
}

func TestVerdict(t *testing.T) {
	t.Parallel()
	e := &report.Endpoint{Host: "mail.example.org", Port: 587}
	for _, tt := range []struct{ verdict, want, short string }{
		{"587 speaks STARTTLS", "mail.example.org:587 speaks STARTTLS", "speaks STARTTLS"},
		{"mail.example.org:587 speaks STARTTLS", "mail.example.org:587 speaks STARTTLS", "speaks STARTTLS"},
		{"mail.example.org cannot be reached", "mail.example.org cannot be reached", "mail.example.org cannot be reached"},
		{"speaks STARTTLS", "mail.example.org:587: speaks STARTTLS", "speaks STARTTLS"},
		{"the port 587 is closed", "mail.example.org:587: the port 587 is closed", "the port 587 is closed"},
		{"5870 is no port", "mail.example.org:587: 5870 is no port", "5870 is no port"},
	} {
		s := report.Subject{Name: "mail.example.org:587", Verdict: tt.verdict, Endpoint: e}
		if got := verdict(s); got != tt.want {
			t.Errorf("verdict of %q = %q, want %q", tt.verdict, got, tt.want)
		}
		if got := withoutName(s); got != tt.short {
			t.Errorf("withoutName of %q = %q, want %q", tt.verdict, got, tt.short)
		}
	}
}

// TestPlain: words in place of glyphs means that nothing but ASCII is ours, for
// screen readers and for terminals without Unicode.
func TestPlain(t *testing.T) {
	t.Parallel()
	for _, stem := range stems(t) {
		r := rewrite(load(t, stem), func(s string) string {
			return strings.Map(func(c rune) rune {
				if c > unicode.MaxASCII {
					return '?'
				}
				return c
			}, s)
		})
		for _, o := range []Options{{Plain: true}, {Plain: true, Verbose: true, Width: 40}} {
			for line := range strings.SplitSeq(write(t, "text", r, o), "\n") {
				if strings.ContainsFunc(line, func(c rune) bool { return c > unicode.MaxASCII || c == '\x1b' }) {
					t.Errorf("%s: %q", stem, line)
				}
			}
		}
	}
}
