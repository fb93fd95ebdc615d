package settings

import (
	"slices"
	"testing"
)

// TestFed: a .env that only fills in a compose file is no subject of its own.
func TestFed(t *testing.T) {
	t.Parallel()
	const env = "SMTP_HOST=smtp.example.com\nSMTP_FROM=a@example.com\nSMTP_USERNAME=a\nSMTP_PASSWORD=x\n"
	const service = "services:\n  vw:\n    image: vaultwarden/server\n    environment:\n"
	alone := []string{"vaultwarden vw: compose.yaml"}
	both := []string{"php-generic: .env", "vaultwarden vw: compose.yaml"}
	for _, c := range []struct {
		name, compose string
		names, want   []string
	}{
		{"whole values", service + "      SMTP_HOST: ${SMTP_HOST}\n      SMTP_PORT: \"${SMTP_PORT:-587}\"\n", []string{"."}, alone},
		{"a part of a value", service + "      SMTP_HOST: x.example.com\n      SMTP_FROM: <$SMTP_FROM>\n", []string{"."}, alone},
		{"by name", service + "      - SMTP_HOST\n      - SMTP_PORT=587\n", []string{"."}, alone},
		{"nothing of it", service + "      SMTP_HOST: x.example.com\n      SMTP_FROM: ${FROM:-a@example.com}\n", []string{"."}, both},
		{"no setting of mail", service + "      SMTP_HOST: x.example.com\n      SMTP_PORT: 587\n      DOMAIN: ${SMTP_HOST}\n", []string{"."}, both},
		{"commented out", service + "      SMTP_HOST: x.example.com\n      SMTP_PORT: 587\n      # SMTP_FROM: ${SMTP_FROM}\n", []string{"."}, both},
		{"named", service + "      SMTP_HOST: ${SMTP_HOST}\n      SMTP_PORT: 587\n", []string{".env", "compose.yaml"}, both},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			apps, _ := Load(files(".env", env, "compose.yaml", c.compose), c.names, Options{})
			if got := found(apps); !slices.Equal(got, c.want) {
				t.Errorf("read %q, want %q", got, c.want)
			}
		})
	}
}

// TestUnits: the units of systemd are looked at, Terraform is not read.
func TestUnits(t *testing.T) {
	t.Parallel()
	const unit = "[Service]\nEnvironment=SMTP_HOST=smtp.example.com SMTP_PORT=587 SMTP_SECURITY=starttls SMTP_FROM=a@example.com\n"
	const hcl = "env = [\n  \"SMTP_HOST=smtp.example.com\",\n  \"SMTP_SECURITY=starttls\",\n]\n"
	apps, troubles := Load(files("d/app.service", unit, "d/main.tf", hcl), []string{"d"}, Options{})
	if got := found(apps); !slices.Equal(got, []string{"vaultwarden: d/app.service"}) || len(troubles) > 0 {
		t.Errorf("read %q, %v", got, troubles)
	}
	for _, o := range []Options{{}, {Dialect: "vaultwarden"}} {
		apps, troubles = Load(files("main.tf", hcl), []string{"main.tf"}, o)
		if len(apps) > 0 || len(troubles) != 1 || !troubles[0].Empty || troubles[0].Hint == "" {
			t.Errorf("read %q, %+v", found(apps), troubles)
		}
	}
}

// TestGiven: what a Secret or an environment elsewhere sets is not unset.
func TestGiven(t *testing.T) {
	t.Parallel()
	const head = "containers:\n  - name: vw\n    image: vaultwarden/server\n    env:\n"
	const rest = "      - {name: SMTP_HOST, value: smtp.example.com}\n      - {name: SMTP_USERNAME, value: a}\n"
	for _, c := range []struct {
		name, password, from string
		want                 []string
	}{
		{"secret", "      - name: SMTP_PASSWORD\n        valueFrom:\n          secretKeyRef:\n            name: x\n            key: y\n", "{name: SMTP_FROM, value: a@example.com}", nil},
		{"in brackets", "      - {name: SMTP_PASSWORD, valueFrom: {secretKeyRef: {name: x, key: y}}}\n", "{name: SMTP_FROM, valueFrom: {configMapKeyRef: {name: x, key: y}}}", nil},
		{"field", "      - name: SMTP_PASSWORD\n        valueFrom: {fieldRef: {fieldPath: metadata.name}}\n", "{name: SMTP_FROM, value: a@example.com}", nil},
		{"empty", "      - {name: SMTP_PASSWORD, value: \"\"}\n", "{name: SMTP_FROM, value: \"\"}", []string{"client-credentials-missing", "from-missing"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			apps, _ := Load(files("pod.yaml", head+rest+c.password+"      - "+c.from+"\n"), []string{"pod.yaml"}, Options{})
			if len(apps) != 1 {
				t.Fatalf("read %q", found(apps))
			}
			var got []string
			for _, r := range apps[0].Channels(Proof{})[0].Evidence.Remarks {
				got = append(got, r.Check)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("says %q, want %q", got, c.want)
			}
		})
	}
}
