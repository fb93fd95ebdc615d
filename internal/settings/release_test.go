package settings

import (
	"slices"
	"strings"
	"testing"

	"github.com/maildoctor/maildoctor/internal/evidence"
)

// TestTwice: that older releases ask for STARTTLS within TLS is said.
func TestTwice(t *testing.T) {
	t.Parallel()
	const text = "global:\n  smtp_smarthost: 'smtp.example.com:465'\n  smtp_from: a@example.com\n"
	apps, _ := Load(files("alertmanager.yml", text), []string{"alertmanager.yml"}, Options{})
	e := apps[0].Channels(Proof{})[0].Evidence
	if len(e.Ranges) != 1 || e.Ranges[0].Releases != "before 0.31" || !strings.Contains(e.Ranges[0].Refuses, "within implicit TLS") {
		t.Errorf("ranges %+v", e.Ranges)
	}
}

// TestOffByDefault: what is not there is not there in a file that is named.
func TestOffByDefault(t *testing.T) {
	t.Parallel()
	apps, _ := Load(files("grafana.ini", "[smtp]\nhost = smtp.example.com:587\nfrom_address = a@example.com\n"), []string{"grafana.ini"}, Options{})
	e := apps[0].Channels(Proof{})[0].Evidence
	i := slices.IndexFunc(e.Remarks, func(r evidence.Remark) bool { return r.Check == "mailer-switched-off" })
	if i < 0 || e.Remarks[i].From.File != "grafana.ini" {
		t.Errorf("remarks %+v", e.Remarks)
	}
}
