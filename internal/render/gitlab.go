package render

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"strings"

	"github.com/maildoctor/maildoctor/internal/report"
)

// A gitlabEntry is one of a Code Quality report. GitLab shows the description,
// the severity and the place, and stops reading at the first entry that lacks
// one of them or its fingerprint.
type gitlabEntry struct {
	Description string         `json:"description"`
	CheckName   string         `json:"check_name"`
	Fingerprint string         `json:"fingerprint"`
	Severity    string         `json:"severity"`
	Location    gitlabLocation `json:"location"`
}

type gitlabLocation struct {
	Path  string      `json:"path"`
	Lines gitlabLines `json:"lines"`
}

type gitlabLines struct {
	Begin int `json:"begin"`
}

// writeGitLab writes what is not waived. Subjects that were not looked at to the
// end have an entry that says so.
func writeGitLab(w io.Writer, r report.Report, _ Options) error {
	r = cleaned(r)
	out := []gitlabEntry{}
	for _, s := range r.Subjects {
		if text := ending(s.Cut); text != "" {
			sum := sha256.Sum256([]byte("incomplete\x00" + s.Kind + "\x00" + s.Name))
			out = append(out, gitlabEntry{Description: s.Name + ": " + text, CheckName: "incomplete", Fingerprint: hex.EncodeToString(sum[:16]),
				Severity: "critical", Location: gitlabPlace(nil, s)})
		}
	}
	for _, f := range everything(r) {
		if f.Waived == nil {
			out = append(out, gitlabEntry{Description: gitlabText(f), CheckName: f.ID, Fingerprint: f.Fingerprint,
				Severity: gitlabSeverity(f.Severity), Location: gitlabPlace(f.At, f.of)})
		}
	}
	return encode(w, out)
}

// gitlabText is what is wrong and what to do, in the one line that GitLab shows.
func gitlabText(f listed) string {
	text := f.headline()
	if len(f.Fix) == 1 {
		text += " Fix: " + period(f.Fix[0])
	}
	return strings.Join(strings.Fields(text), " ")
}

func gitlabSeverity(s report.Severity) string {
	switch s {
	case report.Error:
		return "critical"
	case report.Warning:
		return "major"
	}
	return "info"
}

// gitlabPlace is where an entry stands. GitLab wants a path of every one; where
// there is no file the name of the subject, which GitLab shows, says more than a
// file that has nothing to do with it, and leaving the finding out would say less.
func gitlabPlace(at *report.Place, s report.Subject) gitlabLocation {
	if at == nil || at.File == "" {
		return gitlabLocation{Path: orNone(s.Name), Lines: gitlabLines{1}}
	}
	return gitlabLocation{Path: at.File, Lines: gitlabLines{max(at.Line, 1)}}
}
