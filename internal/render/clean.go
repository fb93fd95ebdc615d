package render

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/maildoctor/maildoctor/internal/report"
)

// maxText is how many characters of one piece of text are shown. An SMTP reply
// line is at most 512 octets (RFC 5321 4.5.3.1.5); what is longer says nothing
// more to a person.
const maxText = 1000

// Clean makes text from outside safe to show on a terminal, in a log and in a
// ticket. What cannot be seen stands as an escape such as \x1b or \u202e:
// control bytes, bidi marks, zero-width characters, invalid UTF-8. A line that a
// CI system would obey as a command is broken up, and text beyond 1000
// characters is cut, with the number of bytes left out. The result is one line.
func Clean(s string) string {
	s, cut := shorten(s)
	var b strings.Builder
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		b.WriteString(visible(r, s[i:i+size]))
		i += size
	}
	out := disarm(b.String())
	if cut > 0 {
		out += fmt.Sprintf(" [%d more bytes]", cut)
	}
	return out
}

// cleanLines is Clean for text of ours in several lines.
func cleanLines(s string) string {
	lines := strings.Split(s, "\n")
	for i := range lines {
		lines[i] = Clean(lines[i])
	}
	return strings.Join(lines, "\n")
}

// shorten cuts s after maxText characters and tells how many bytes went. A few
// characters more are let pass, so that cleaned text is not cut again.
func shorten(s string) (string, int) {
	const slack = 40
	count, end := 0, len(s)
	for i := range s {
		if count == maxText {
			end = i
		}
		if count++; count > maxText+slack {
			return s[:end], len(s) - end
		}
	}
	return s, 0
}

// visible returns r, which stands as raw in the text, in a form that shows.
func visible(r rune, raw string) string {
	switch {
	case r == utf8.RuneError && len(raw) <= 1:
		return fmt.Sprintf(`\x%02x`, raw[0])
	case r == '\n':
		return `\n`
	case r == '\r':
		return `\r`
	case r == '\t', unicode.Is(unicode.Zs, r):
		return " "
	case !hidden(r):
		return raw
	case r < utf8.RuneSelf:
		return fmt.Sprintf(`\x%02x`, r)
	case r <= 0xffff:
		return fmt.Sprintf(`\u%04x`, r)
	}
	return fmt.Sprintf(`\U%08x`, r)
}

// hidden reports whether r has no ink of its own or changes what stands around
// it: controls, format characters (bidi, zero-width, tags), line separators,
// fillers, variation selectors, what is not assigned.
func hidden(r rune) bool {
	if r < utf8.RuneSelf {
		return r < ' ' || r == 0x7f
	}
	return !unicode.IsPrint(r) ||
		unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector) ||
		r == '\u2800' // BRAILLE PATTERN BLANK
}

var (
	// GitHub's runner obeys "::name::" at the start of a line, leading blanks
	// aside, and a wrapped line may start at any word.
	colonCommand = regexp.MustCompile(`(^|\s)::[^\s:]*`)
	// GitHub, Azure and TeamCity obey "##[name]", "##vso[...]", "##teamcity[...]".
	hashCommand = regexp.MustCompile(`##([a-zA-Z]*)\[`)
	// An IPv6 address such as ::1 or ::ffff:192.0.2.1 is no command.
	ipv6Start = regexp.MustCompile(`^\s?::[0-9a-fA-F.%/\]]*$`)
)

// disarm breaks up what a CI log would take for a command.
func disarm(s string) string {
	if strings.Contains(s, "##") {
		s = hashCommand.ReplaceAllString(s, `#\#$1[`)
	}
	if !strings.Contains(s, "::") {
		return s
	}
	return colonCommand.ReplaceAllStringFunc(s, func(m string) string {
		if ipv6Start.MatchString(m) && strings.TrimSpace(m) != "::" {
			return m
		}
		return strings.Replace(m, "::", `\::`, 1)
	})
}

// sideBySide puts the lines of a text from outside into one, to be cleaned then. A
// bare CR ends no line, and stays to be seen.
func sideBySide(s string) string {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == '\n' }), " / ")
}

// cleaned returns a copy of r, all of whose text is clean. Detail, Fix
// and messages keep their lines; all else becomes single lines.
func cleaned(r report.Report) report.Report {
	out, c := cleanedRun(r), cleaner{}
	for _, s := range r.Subjects {
		out.Subjects = append(out.Subjects, c.subject(s))
	}
	return out
}

// cleanedRun is what cleaned returns, without the subjects.
func cleanedRun(r report.Report) report.Report {
	r.Subjects = nil
	return rewrite(r, Clean)
}

// A cleaner cleans subjects one by one, for there may be thousands. The zero value
// is ready.
type cleaner struct {
	outcomes map[*report.Outcome][]report.Outcome // of many targets, the lists are mostly one
}

func (c *cleaner) subject(s report.Subject) report.Subject {
	raw := s
	raw.Outcomes = nil
	out := rewrite(raw, Clean)
	if len(s.Outcomes) > 0 {
		out.Outcomes = c.list(s.Outcomes)
	}
	if s.Message != nil {
		out.Message.Text = cleanLines(strings.ReplaceAll(s.Message.Text, "\r\n", "\n"))
	}
	for i, call := range resendCalls(s) {
		out.Resend.Calls[i].Message = Clean(sideBySide(call.Message))
	}
	for i, f := range s.Findings {
		for j, q := range f.Evidence {
			out.Findings[i].Evidence[j].Text = Clean(sideBySide(q.Text))
			out.Findings[i].Evidence[j].Match = Clean(sideBySide(q.Match))
		}
		out.Findings[i].Detail = cleanLines(f.Detail)
		for j, fix := range f.Fix {
			out.Findings[i].Fix[j] = cleanLines(fix)
		}
	}
	return out
}

func (c *cleaner) list(outcomes []report.Outcome) []report.Outcome {
	first := &outcomes[0]
	if c.outcomes[first] == nil {
		if c.outcomes == nil {
			c.outcomes = map[*report.Outcome][]report.Outcome{}
		}
		c.outcomes[first] = rewrite(outcomes, Clean)
	}
	return c.outcomes[first]
}

func resendCalls(s report.Subject) []report.ResendCall {
	if s.Resend == nil {
		return nil
	}
	return s.Resend.Calls
}
