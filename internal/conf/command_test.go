package conf

import "testing"

func TestCommandForms(t *testing.T) {
	t.Parallel()
	x := wantBriefs(t, "docker run -d --name app -p 80:80 \\\n  -e 'A=1 2' -eB=\"x\" --env C=a$b --env=D='q' -e E \\\n  --env-file smtp.env \\\n  ghost:5 run -e Z=1\n", Command, Usual,
		"app:A=1 2", "app:B=x", "app:C=a [expanded 'a$b']", "app:D=q", "app:E= (null)")
	if len(x.Scopes) != 1 || x.Scopes[0].Image != "ghost:5" || x.Scopes[0].EnvFiles[0] != "smtp.env" {
		t.Errorf("scopes: %+v", x.Scopes)
	}
	wantBriefs(t, "export A=1\nexport B=\"$A/x\" C='$A'\nD=${E:-d} F=f ./run --x=y\n", Command, Usual, "A=1", "B=1/x", "C=$A", "D=d (expr) env E", "F=f")
	wantBriefs(t, "ENV A=1 B=\"2 3\"\nENV C four five\n", Command, Usual, "A=1", "B=2 3", "C=four five")
	wantBriefs(t, "[Service]\nEnvironment=\"A=1 2\" B=3\nEnvironmentFile=-/etc/x\n", Command, Usual, "A=1 2", "B=3")
	wantBriefs(t, "fly secrets set A=1 B='2 3'\n$ heroku config:set C=4 -a app\n", Command, Usual, "A=1", "B=2 3", "C=4")
	wantBriefs(t, "bin/magento config:set --lock-env system/smtp/host h.example\n", Command, Usual, "system/smtp/host=h.example")
	wantBriefs(t, "sudo -u www-data php occ config:system:set mail_smtphost --value=\"h\"\nocc config:system:set mail_smtpport --value 587\n", Command, Usual, "mail_smtphost=h", "mail_smtpport=587")
	wantBriefs(t, "wp config set WPMS_SSL 'tls' --type=constant\n", Command, Usual, "WPMS_SSL=tls")
	wantBriefs(t, "export P=a\\b Q='\"x\"' R=$(cat f)\n", Command, Usual, `P=ab [escaped 'a\b']`, `Q="x" [kept-quotes 'x']`, "R=$(cat f) (expr)")
}

func TestCommandEdits(t *testing.T) {
	t.Parallel()
	tests := []struct {
		raw  string
		edit Edit // of the first entry
		want string
	}{
		{"docker run \\\n  -e 'A=1' \\\n  x\n", Edit{Op: Set, Value: "it's"}, "docker run \\\n  -e 'A=it'\\''s' \\\n  x\n"},
		{"docker run -e A=1 x\n", Edit{Op: Set, Value: "a b"}, "docker run -e A='a b' x\n"},
		{"docker run -e \"A=1\" x\n", Edit{Op: Set, Value: "a$b"}, "docker run -e \"A=a\\$b\" x\n"},
		{"docker run -e A x\n", Edit{Op: Set, Value: "1"}, "docker run -e A=1 x\n"},
		{"docker run \\\n  -e 'A=1' \\\n  x\n", Edit{Op: Add, Key: "N", Value: "v"}, "docker run \\\n  -e 'A=1' \\\n  -e 'N=v' \\\n  x\n"},
		{"docker run -e A=1 x\n", Edit{Op: Add, Key: "N", Value: "v"}, "docker run -e A=1 -e N=v x\n"},
		{"  -e 'A=1'\n", Edit{Op: Add, Key: "N", Value: "v"}, "  -e 'A=1' \\\n  -e 'N=v'\n"},
		{"docker run \\\n  -e 'A=1' \\\n  x\n", Edit{Op: Remove}, "docker run \\\n  x\n"},
		{"docker run -e A=1 x\n", Edit{Op: Remove}, "docker run x\n"},
		{"export A=1\nexport B=2\n", Edit{Op: Add, Key: "N", Value: "v w"}, "export A=1\nexport N='v w'\nexport B=2\n"},
		{"export A=1\nexport B=2\n", Edit{Op: Remove}, "export B=2\n"},
		{"bin/magento config:set a/b 1\n", Edit{Op: Set, Value: "x y"}, "bin/magento config:set a/b 'x y'\n"},
		{"bin/magento config:set a/b 1\n", Edit{Op: Add, Key: "a/c", Value: "2"}, "bin/magento config:set a/b 1\nbin/magento config:set a/c 2\n"},
		{"php occ config:system:set a --value=\"x\"\n", Edit{Op: Set, Value: "z"}, "php occ config:system:set a --value=\"z\"\n"},
		{"fly secrets set A=1 B=2\n", Edit{Op: Add, Key: "N", Value: "v"}, "fly secrets set A=1 N=v B=2\n"},
	}
	for _, tt := range tests {
		x := Parse(tt.raw, Command, Usual)
		if len(x.Entries) == 0 {
			t.Errorf("%q has no entries", tt.raw)
			continue
		}
		tt.edit.Entry = x.Entries[0]
		wantApply(t, x, tt.edit, tt.want)
	}
}

func TestDetectEnv(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, raw string
		kind      Kind
		flavour   Flavour
	}{
		{"", "A=1\nB=2\n", Dotenv, Usual}, {"settings", "A: 1\nB: x\n", EnvList, Usual}, {"", "- A=1\n", EnvList, Usual},
		{"", "docker run -e A=1 \\\n -e B=2 x\n", Command, Usual}, {"", "{\"A\": \"1\"}", JSON, Usual}, {"", "environment:\n  - A=1\n", EnvList, Usual},
		{".env.production", "A=1\n", Dotenv, Usual}, {"prod.env", "A: x\n", EnvList, Usual}, {"docker-compose.yml", "", EnvList, Usual},
		{"Dockerfile", "FROM x\nENV A=1\n", Command, Usual}, {"", "ENV A=1\n", Command, Usual}, {"run.sh", "A=1\n", Dotenv, Shell},
		{"", "export A=1\n", Dotenv, Usual}, {"", "bin/magento config:set a/b 1\n", Command, Usual}, {"", "  -e 'A=1' \\\n  -e 'B=2'\n", Command, Usual},
		{"", "- name: A\n  value: x\n", EnvList, Usual}, {"", "", Dotenv, Usual},
	}
	for _, tt := range tests {
		if k, f := DetectEnv(tt.name, tt.raw); k != tt.kind || f != tt.flavour {
			t.Errorf("DetectEnv(%q, %q) = %s %s, want %s %s", tt.name, tt.raw, k, f, tt.kind, tt.flavour)
		}
	}
}
