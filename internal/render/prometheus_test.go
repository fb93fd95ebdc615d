package render

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	dto "github.com/prometheus/client_model/go"
	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"

	"github.com/maildoctor/maildoctor/internal/report"
)

// scraped reads metrics as Prometheus does, and refuses what it would refuse later
// on: a series that stands twice.
func scraped(t *testing.T, doc string) map[string]*dto.MetricFamily {
	t.Helper()
	parser := expfmt.NewTextParser(model.LegacyValidation)
	families, err := parser.TextToMetricFamilies(strings.NewReader(doc))
	if err != nil {
		t.Fatalf("the parser of Prometheus: %v", err)
	}
	for name, f := range families {
		if !strings.HasPrefix(name, "maildoctor_") || f.GetHelp() == "" || f.GetType() != dto.MetricType_GAUGE {
			t.Errorf("%s: type %v, help %q", name, f.GetType(), f.GetHelp())
		}
		seen := map[string]bool{}
		for _, m := range f.GetMetric() {
			if m.TimestampMs != nil {
				t.Errorf("%s has a timestamp, which the textfile collector refuses", name)
			}
			key := labelsOf(m)
			if seen[key] {
				t.Errorf("%s stands twice with %s", name, key)
			}
			seen[key] = true
		}
	}
	return families
}

func labelsOf(m *dto.Metric) string {
	var list []string
	for _, l := range m.GetLabel() {
		list = append(list, fmt.Sprintf("%s=%q", l.GetName(), l.GetValue()))
	}
	slices.Sort(list)
	return strings.Join(list, " ")
}

// value is that of the series with these labels, its subject aside.
func value(t *testing.T, families map[string]*dto.MetricFamily, name string, labels ...string) float64 {
	t.Helper()
	for _, m := range families[name].GetMetric() {
		got := strings.Fields(labelsOf(m))
		if !slices.ContainsFunc(labels, func(l string) bool { return !slices.Contains(got, l) }) {
			return m.GetGauge().GetValue()
		}
	}
	t.Errorf("no %s with %v", name, labels)
	return -1
}

func TestPrometheusParses(t *testing.T) {
	t.Parallel()
	for name, r := range hostileReports(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			doc := write(t, "prometheus", r, Options{})
			harmless(t, "prometheus", doc)
			scraped(t, doc)
		})
	}
}

// TestPrometheusNoSeriesTwice: a textfile with one series twice is refused as a
// whole, with all that other programs wrote.
func TestPrometheusNoSeriesTwice(t *testing.T) {
	t.Parallel()
	for _, stem := range stems(t) {
		r := load(t, stem)
		all := slices.Concat(r.Subjects, r.Subjects, r.Subjects)
		first := all[0]
		first.Name += " (2)"
		all = append(all, first, report.Subject{}, report.Subject{})
		for i := range all {
			if e := all[i].Endpoint; e != nil {
				e.Addresses = append(e.Addresses, e.Addresses...)
				if e.TLS != nil {
					e.TLS.VersionsTested = append(e.TLS.VersionsTested, "1.3", "1.3")
				}
			}
			if k := all[i].Resend; k != nil {
				k.Domains = append(k.Domains, k.Domains...)
				k.SMTP = append(k.SMTP, k.SMTP...)
			}
			all[i].Findings = append(slices.Clip(all[i].Findings), all[i].Findings...)
		}
		r.Subjects = all
		if got := len(scraped(t, write(t, "prometheus", r, Options{}))["maildoctor_healthy"].GetMetric()); got != len(all) {
			t.Errorf("%s: %d subjects, want %d", stem, got, len(all))
		}
	}
}

// TestPrometheusFilesTogether: two runs have no series in common, which a collector of
// both files would refuse.
func TestPrometheusFilesTogether(t *testing.T) {
	t.Parallel()
	seen := map[string]string{}
	for _, stem := range []string{"brevo-587-as-implicit", "no-port", "resend-full", "error-text"} {
		for line := range strings.SplitSeq(write(t, "prometheus", load(t, stem), Options{}), "\n") {
			series := line[:strings.LastIndex(" "+line, " ")]
			if line == "" || line[0] == '#' {
				continue
			}
			if seen[series] != "" {
				t.Errorf("%s stands in %s as well as in %s", series, stem, seen[series])
			}
			seen[series] = stem
		}
	}
}

// TestPrometheusRun: a run is known by its command and a hash; what was typed, with
// the addresses of people, is not told.
func TestPrometheusRun(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, typed := range []string{"maildoctor probe mail.example.org:587", "maildoctor probe mail.example.org:587 --from ann@example.org", "maildoctor probe mail.example.org:587 --from bob@example.org"} {
		doc := write(t, "prometheus", report.Report{Command: "probe", Run: report.Run{CommandLine: typed}}, Options{})
		if strings.Contains(doc, "example.org") {
			t.Errorf("the command line is told:\n%s", doc)
		}
		labels := labelsOf(scraped(t, doc)["maildoctor_exit_status"].GetMetric()[0])
		if !regexp.MustCompile(`^command="probe" run="[0-9a-f]{8}"$`).MatchString(labels) || seen[labels] {
			t.Errorf("labels %s, seen %v", labels, seen)
		}
		seen[labels] = true
	}
}

// TestPrometheusLabels: a value reads back as the clean text that it was.
func TestPrometheusLabels(t *testing.T) {
	t.Parallel()
	for _, name := range []string{`a\b"c`, "a\nb\\n", "\\", `"`, "ü \xff {}=,# HELP", strings.Repeat("ä", 3000)} {
		r := report.Report{Subjects: []report.Subject{{Name: name}}}
		got := scraped(t, write(t, "prometheus", r, Options{}))["maildoctor_healthy"].GetMetric()[0].GetLabel()[0].GetValue()
		if got != Clean(name) {
			t.Errorf("%.40q reads back as %.60q", name, got)
		}
	}
}

func TestPrometheusValues(t *testing.T) {
	t.Parallel()
	r := load(t, "brevo-587-as-implicit")
	s := &r.Subjects[0]
	s.Findings = append(s.Findings, report.Finding{ID: "cert-expires-soon", Severity: report.Warning, Waived: &report.Waiver{By: "baseline", File: "b.json"}})
	s.Endpoint.Auth.Login = "of another kind"
	f := scraped(t, write(t, "prometheus", r, Options{}))
	certificate := s.Endpoint.TLS.Certificate
	for _, want := range []struct {
		name   string
		labels []string
		value  float64
	}{
		{"maildoctor_build_info", []string{`version="v0.1.0"`}, 1},
		{"maildoctor_run_timestamp_seconds", nil, float64(r.Run.Started.Unix())},
		{"maildoctor_exit_status", nil, float64(r.Exit)},
		{"maildoctor_up", []string{`endpoint="smtp-relay.brevo.com:587"`, `host="smtp-relay.brevo.com"`, `port="587"`}, 1},
		{"maildoctor_mode", []string{`mode="starttls"`}, 1},
		{"maildoctor_mode", []string{`mode="implicit"`}, 0},
		{"maildoctor_certificate_not_after_timestamp_seconds", nil, float64(certificate.NotAfter.Unix())},
		{"maildoctor_certificate_expiry_seconds", nil, float64(certificate.NotAfter.Sub(r.Run.Started) / time.Second)},
		{"maildoctor_certificate_status", []string{`status="ok"`}, 1},
		{"maildoctor_phase_duration_seconds", []string{`phase="total"`}, s.Endpoint.Timing.Total / 1000},
		{"maildoctor_message_size_limit_bytes", nil, float64(s.Endpoint.SizeLimit)},
		{"maildoctor_findings", []string{`severity="error"`}, 1},
		{"maildoctor_findings", []string{`severity="warning"`}, 0},
		{"maildoctor_findings_waived", []string{`severity="warning"`}, 1},
		{"maildoctor_finding", []string{`id="cert-expires-soon"`, `waived="true"`}, 1},
		{"maildoctor_finding", []string{`id="tls-on-starttls-port"`, `waived="false"`, `severity="error"`}, 1},
		{"maildoctor_login", []string{`result="accepted"`}, 0},
	} {
		if got := value(t, f, want.name, want.labels...); got != want.value {
			t.Errorf("%s %v = %v, want %v", want.name, want.labels, got, want.value)
		}
	}
	if !strings.Contains(write(t, "prometheus", r, Options{}), `result="of another kind"} 1`) {
		t.Error("a state that nobody has heard of is lost")
	}
}
