package render

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/maildoctor/maildoctor/internal/report"
)

// TestGitLab: GitLab stops reading at the first entry that lacks something, and
// keeps one entry of those with one fingerprint.
func TestGitLab(t *testing.T) {
	t.Parallel()
	for name, r := range hostileInCI(t) {
		doc := write(t, "gitlab", r, Options{})
		harmless(t, name, doc)
		var list []map[string]any
		if err := json.Unmarshal([]byte(doc), &list); err != nil || list == nil {
			t.Fatalf("%s: %v in %.200s", name, err, doc)
		}
		seen := map[any]bool{}
		for _, e := range list {
			at, _ := e["location"].(map[string]any)
			lines, _ := at["lines"].(map[string]any)
			if begin, _ := lines["begin"].(float64); at["path"] == "" || begin < 1 || seen[e["fingerprint"]] || e["fingerprint"] == "" || e["description"] == "" {
				t.Errorf("%s: %v", name, e)
			}
			if severity, _ := e["severity"].(string); !slices.Contains([]string{"info", "minor", "major", "critical", "blocker"}, severity) {
				t.Errorf("%s: %v", name, e)
			}
			harmless(t, name, e["description"].(string))
			seen[e["fingerprint"]] = true
		}
	}
}

// TestGitLabPlace: an entry stands at its line, at the top of its file, or at the
// name of its subject.
func TestGitLabPlace(t *testing.T) {
	t.Parallel()
	s := report.Subject{Name: "mail.example.org:587"}
	for _, tt := range []struct {
		at   *report.Place
		want gitlabLocation
	}{
		{&report.Place{File: "a/.env", Line: 7}, gitlabLocation{"a/.env", gitlabLines{7}}},
		{&report.Place{File: "a/.env"}, gitlabLocation{"a/.env", gitlabLines{1}}},
		{nil, gitlabLocation{"mail.example.org:587", gitlabLines{1}}},
	} {
		if got := gitlabPlace(tt.at, s); got != tt.want {
			t.Errorf("%+v: got %+v, want %+v", tt.at, got, tt.want)
		}
	}
	if got := write(t, "gitlab", twoFindings(), Options{}); strings.Contains(got, "cert-expired") || !strings.Contains(got, `"severity": "info"`) {
		t.Errorf("got %s", got)
	}
}
