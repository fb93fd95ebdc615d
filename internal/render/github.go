package render

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/maildoctor/maildoctor/internal/report"
)

// writeGitHub writes the findings as commands that GitHub's runner turns into
// annotations, and then a line for each subject, which is not one. What is waived
// gets no annotation, for GitHub shows ten of a kind for a step.
func writeGitHub(w io.Writer, r report.Report, o Options) error {
	r = cleaned(r)
	var b strings.Builder
	for _, s := range r.Subjects {
		if text := ending(s.Cut); text != "" {
			b.WriteString(annotation{kind: "error", title: "incomplete", text: s.Name + ": " + text}.command() + "\n")
		}
	}
	for _, f := range everything(r) {
		if f.Waived == nil {
			b.WriteString(annotate(f).command() + "\n")
		}
	}
	for _, s := range r.Subjects {
		b.WriteString(o.mark(state(s)) + " " + verdict(s))
		if n := len(waived(s)); n > 0 {
			fmt.Fprintf(&b, " (%d waived)", n)
		}
		b.WriteByte('\n')
	}
	if !r.Complete {
		b.WriteString("The run is not complete.\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// An annotation is a workflow command that leaves a message on a line of a file.
type annotation struct {
	kind, title, text string
	at                *report.Place
}

// annotate makes an annotation of a finding, in the kinds that GitHub has.
func annotate(f listed) annotation {
	kind := string(f.Severity)
	if f.Severity != report.Error && f.Severity != report.Warning {
		kind = "notice"
	}
	text := append(f.brief(), "More: maildoctor explain "+f.ID)
	return annotation{kind: kind, title: f.ID, text: strings.Join(text, "\n"), at: f.At}
}

// command is the annotation as the runner reads it: ::kind key=value,...::text.
func (a annotation) command() string {
	var props []string
	add := func(key, value string) { props = append(props, key+"="+githubValue.Replace(value)) }
	if a.at != nil && a.at.File != "" {
		add("file", a.at.File)
		if a.at.Line > 0 {
			add("line", strconv.Itoa(a.at.Line))
		}
		if a.at.Line > 0 && a.at.Column > 0 {
			add("col", strconv.Itoa(a.at.Column))
		}
	}
	add("title", orNone(a.title))
	return "::" + a.kind + " " + strings.Join(props, ",") + "::" + githubText.Replace(a.text)
}

// What the runner takes back from a text and from the value of a property.
var (
	githubText  = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	githubValue = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)
