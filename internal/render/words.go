package render

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/report"
	"github.com/maildoctor/maildoctor/internal/target"
)

// modeWords says a mode as people do.
func modeWords(m target.Mode) string {
	switch m {
	case target.Implicit:
		return "implicit TLS"
	case target.STARTTLS:
		return "STARTTLS"
	case target.Opportunistic:
		return "STARTTLS if offered"
	case target.Cleartext:
		return "clear text"
	case target.NoMode:
		return "no claim"
	}
	return string(m)
}

// resultWords says what comes of a client or a remedy.
func resultWords(result string) string {
	if result == "works-unencrypted" {
		return "works, unencrypted"
	}
	return strings.ReplaceAll(result, "-", " ")
}

// tried says what came of a remedy: "tried: works".
func tried(t report.Trial) string {
	if t.Result == report.NotTried {
		return because("not tried", t.Detail)
	}
	return because("tried: "+resultWords(t.Result), t.Detail)
}

func because(s, reason string) string {
	if reason == "" {
		return s
	}
	return s + " (" + reason + ")"
}

// took writes a duration with as many digits as matter: 0.4 ms, 236 ms, 12.0 s.
func took(d time.Duration) string {
	ms := float64(d) / float64(time.Millisecond)
	switch {
	case ms < 9.95:
		return fmt.Sprintf("%.1f ms", ms)
	case ms < 999.5:
		return fmt.Sprintf("%.0f ms", ms)
	}
	return fmt.Sprintf("%.1f s", ms/1000)
}

func tookMS(ms *float64) string {
	if ms == nil {
		return ""
	}
	return took(time.Duration(*ms * float64(time.Millisecond)))
}

// count writes n with its noun: "1 check", "2 checks", "3 addresses".
func count(n int, noun string) string {
	many := noun + "s"
	switch {
	case strings.HasSuffix(noun, "s"):
		many = noun + "es"
	case strings.HasSuffix(noun, "ry"):
		many = strings.TrimSuffix(noun, "y") + "ies"
	}
	return strconv.Itoa(n) + " " + Plural(n, noun, many)
}

// Plural is the words for n things.
func Plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// some joins the first n of list and counts the rest. A negative n is no limit.
func some(list []string, n int) string {
	if n < 0 || len(list) <= n {
		return strings.Join(list, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(list[:n], ", "), len(list)-n)
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

// replyLines writes a reply as it stood on the wire (RFC 5321 4.2.1), at most
// limit lines of it.
func replyLines(r *evidence.Reply, limit int) []string {
	var out []string
	for i, text := range r.Lines {
		if i == limit {
			return append(out, fmt.Sprintf("(%s more)", count(len(r.Lines)-limit, "line")))
		}
		sep := "-"
		if i == len(r.Lines)-1 {
			sep = " "
		}
		out = append(out, fmt.Sprintf("%03d%s%s", r.Code, sep, text))
	}
	if len(out) == 0 {
		return []string{fmt.Sprintf("%03d", r.Code)}
	}
	return out
}

// worst returns the severity of the subject's worst finding that counts, "" without
// one.
func worst(s report.Subject) report.Severity { return worstOf(s, false) }

// worstKnown is worst for the findings that are waived.
func worstKnown(s report.Subject) report.Severity { return worstOf(s, true) }

func worstOf(s report.Subject, waived bool) report.Severity {
	var out report.Severity
	for _, f := range s.Findings {
		if (f.Waived != nil) == waived && f.Severity.Rank() > out.Rank() {
			out = f.Severity
		}
	}
	return out
}

// verdict is the subject's verdict with its full name: "587 speaks STARTTLS"
// becomes "mail.example.org:587 speaks STARTTLS".
func verdict(s report.Subject) string {
	rest, host := withoutName(s), hostOf(s)
	switch {
	case rest != s.Verdict:
		return s.Name + " " + rest
	case namesServer(s):
		file, _, _ := strings.Cut(s.Name, ": ")
		return file + ": " + s.Verdict
	case s.Name == "" || strings.Contains(s.Verdict, s.Name), host != "" && strings.HasPrefix(s.Verdict, host+" "):
		return s.Verdict
	}
	return s.Name + ": " + s.Verdict
}

// namesServer reports whether the verdict on settings names what stands behind
// the file in their name, so that it need not be said twice.
func namesServer(s report.Subject) bool {
	_, server, ok := strings.Cut(s.Name, ": ")
	return s.Kind == "settings" && ok && strings.Contains(s.Verdict, server)
}

// withoutName is the verdict for a list that has the names already.
func withoutName(s report.Subject) string {
	short := ""
	if s.Endpoint != nil {
		short = strconv.Itoa(int(s.Endpoint.Port))
	}
	for _, name := range []string{s.Name, short} {
		if rest, ok := strings.CutPrefix(s.Verdict, name); ok && name != "" && strings.HasPrefix(rest, " ") {
			return strings.TrimLeft(rest, " ")
		}
	}
	return s.Verdict
}

// ending says why a run or subject ended early, "" when it did not.
func ending(cut string) string {
	switch cut {
	case "":
		return ""
	case "timeout":
		return "The time limit ended the run early: this is what was known by then."
	case "interrupted":
		return "The run was interrupted: this is what was known by then."
	}
	return "The run ended early (" + cut + "): this is what was known by then."
}
