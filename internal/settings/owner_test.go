package settings

import (
	"slices"
	"strings"
	"testing"
)

const (
	pod       = "---\nkind: Deployment\nspec:\n  template:\n    spec:\n      containers:\n        - name: app\n          image: IMAGE\n          envFrom:\n            - configMapRef: {name: mail}\n"
	configMap = "kind: ConfigMap\nmetadata: {name: mail}\ndata:\n  SMTP_HOST: smtp.example.com\n  SMTP_PORT: \"587\"\n  SMTP_SECURITY: starttls\n  SMTP_FROM: a@example.com\n"
	smtpTree  = "smtp:\n  enabled: true\n  host: smtp.example.com\n  user: u\n  password: x\n  from_address: a@example.com\n"
)

func podOf(image string) string { return strings.Replace(pod, "IMAGE", image, 1) }

func below(key, tree string) string {
	return key + ":\n  " + strings.ReplaceAll(strings.TrimSpace(tree), "\n", "\n  ") + "\n"
}

// TestOwner: what a YAML text names as its own application is asked before its keys.
func TestOwner(t *testing.T) {
	t.Parallel()
	chart := "image: {registry: docker.io, repository: vaultwarden/server, tag: 1.32.0}\nenv:\n  SMTP_HOST: smtp.example.com\n  SMTP_FROM: a@example.com\n"
	for _, c := range []struct{ name, text, want, version string }{
		{"image of the pod that takes the map", configMap + podOf("ghcr.io/dani-garcia/vaultwarden:1.32.0"), "vaultwarden app: x.yaml", "1.32.0"},
		{"image of another pod", configMap + podOf("postgres"), "vaultwarden app: x.yaml", ""},
		{"a map alone: variables are no keys of a tree", strings.ReplaceAll(configMap, "SMTP_HOST: smtp.example.com", "SMTP_SERVER: smtp.example.com"), "vaultwarden: x.yaml", ""},
		{"image above another's keys", "image: {repository: vaultwarden/server}\nsmtp: {hostname: smtp.example.com, disable_starttls: false, from_address: a@example.com}\n", "", ""},
		{"image of a chart", chart, "vaultwarden: x.yaml", "1.32.0"},
		{"image above a tree", "image: {repository: grafana/grafana, tag: 11.0.0}\n" + below("grafana.ini", smtpTree), "grafana: x.yaml", "11.0.0"},
		{"a file that is a tree", below("grafana.ini", smtpTree), "grafana: x.yaml", ""},
		{"a file of an unknown application", below("other.ini", smtpTree), "", ""},
		{"a server under the name of another", smtpTree, "yaml-generic: x.yaml", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			apps, _ := Load(files("x.yaml", c.text), []string{"x.yaml"}, Options{})
			var want []string
			if c.want != "" {
				want = []string{c.want}
			}
			if got := found(apps); !slices.Equal(got, want) {
				t.Fatalf("read %q, want %q", got, want)
			}
			if len(apps) > 0 && apps[0].Version.String() != c.version {
				t.Errorf("release %q, want %q", apps[0].Version, c.version)
			}
		})
	}
}
