package render

import (
	"slices"
	"strings"
	"testing"

	"github.com/maildoctor/maildoctor/internal/report"
)

// A runnerCommand is a line as GitHub's runner takes it.
type runnerCommand struct {
	name, text string
	props      map[string]string
}

// obeyed reads a line by the rules of GitHub's runner (version 2 of its
// commands): leading blanks do not count, the first :: after the name ends the
// properties, which commas part, and %25 is taken back last.
func obeyed(line string) (runnerCommand, bool) {
	head, ok := strings.CutPrefix(strings.TrimSpace(line), "::")
	if !ok {
		return runnerCommand{}, false
	}
	head, text, ok := strings.Cut(head, "::")
	if !ok {
		return runnerCommand{}, false
	}
	name, list, _ := strings.Cut(head, " ")
	c := runnerCommand{name: name, text: takeBack(text, "%0D", "\r", "%0A", "\n"), props: map[string]string{}}
	for p := range strings.SplitSeq(strings.TrimSpace(list), ",") {
		if key, value, ok := strings.Cut(p, "="); ok && value != "" {
			c.props[key] = takeBack(value, "%0D", "\r", "%0A", "\n", "%3A", ":", "%2C", ",")
		}
	}
	return c, true
}

func takeBack(s string, pairs ...string) string {
	for i := 0; i < len(pairs); i += 2 {
		s = strings.ReplaceAll(s, pairs[i], pairs[i+1])
	}
	return strings.ReplaceAll(s, "%25", "%")
}

// commands are those of a log; the other lines are none in either version of the
// runner's commands, the older of which stand anywhere in a line.
func commands(t *testing.T, name, log string) []runnerCommand {
	t.Helper()
	var out []runnerCommand
	for line := range strings.SplitSeq(log, "\n") {
		if c, ok := obeyed(line); ok {
			out = append(out, c)
		}
		if strings.Contains(line, "##[") || strings.ContainsAny(line, "\r\x1b\x00") {
			t.Errorf("%s: %q", name, line)
		}
	}
	return out
}

// FuzzGitHub: the runner reads an annotation as it was meant, whatever is in it.
func FuzzGitHub(f *testing.F) {
	for _, s := range []string{"plain", evil, "%0A", "%250A", "a,b=c::d", "a\r\nb", "::error::x", "%"} {
		f.Add(s, s)
	}
	f.Fuzz(func(t *testing.T, value, text string) {
		if value == "" {
			return
		}
		line := annotation{kind: "error", title: value, text: text, at: &report.Place{File: value, Line: 3, Column: 5}}.command()
		got, ok := obeyed(line)
		if strings.TrimSpace(text) != text { // the runner trims the line
			got.text, text = strings.TrimSpace(got.text), strings.TrimSpace(text)
		}
		if strings.TrimSpace(value) != value {
			return // and the list of properties
		}
		if strings.ContainsAny(line, "\r\n") || !ok || got.name != "error" || got.text != text || got.props["file"] != value || got.props["title"] != value || got.props["line"] != "3" || got.props["col"] != "5" {
			t.Errorf("%q reads as %+v", line, got)
		}
	})
}

// TestGitHubHostile: the runner obeys one command for each finding that counts,
// and nothing else.
func TestGitHubHostile(t *testing.T) {
	t.Parallel()
	for name, r := range hostileInCI(t) {
		want := 0
		for _, s := range r.Subjects {
			if s.Cut != "" {
				want++
			}
			for _, f := range s.Findings {
				if f.Waived == nil {
					want++
				}
			}
		}
		got := commands(t, name, write(t, "github", r, Options{}))
		if len(got) != want {
			t.Errorf("%s: %d commands, want %d", name, len(got), want)
		}
		for _, c := range got {
			if !slices.Contains([]string{"error", "warning", "notice"}, c.name) {
				t.Errorf("%s: the command %q", name, c.name)
			}
		}
	}
}

// TestGitHubOrder: the worst of all subjects comes first, what is waived does not
// come, and each subject has a line.
func TestGitHubOrder(t *testing.T) {
	t.Parallel()
	r := load(t, "no-port")
	r.Subjects = append(r.Subjects, twoFindings().Subjects...)
	log := write(t, "github", r, Options{Plain: true})
	var kinds []string
	for _, c := range commands(t, "no-port", log) {
		kinds = append(kinds, c.name)
	}
	if got := strings.Join(kinds, " "); got != "warning notice notice notice notice notice" {
		t.Errorf("got %s", got)
	}
	if strings.Contains(log, "title=cert-expired") || !strings.Contains(log, "\nwarning: mail.example.org:587 is looked at (1 waived)\n") {
		t.Errorf("got %s", log)
	}
	r.Subjects[6].Findings[0].Waived = nil
	if log := write(t, "github", r, Options{}); !strings.HasPrefix(log, "::error title=cert-expired::mail.example.org:587: The certificate expired.") {
		t.Errorf("got %.200s", log)
	}
}
