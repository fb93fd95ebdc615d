package conf

import "testing"

const composeFile = `services:
  web:
    image: ghost:5
    env_file:
      - .env
      - path: smtp.env
    environment:
      - A=1
      - B="two"
      - 'C=th#ree'
      - D
      - E=${PASS:-x}
      - F=$user
      - G=a$b
      - H=a$$b
      # - I=9
  db:
    image: "postgres:16"
    environment:
      J: true
      K: 587
      L: "0587"
      M:
      N: ${X}
      # O: off
`

func TestEnvListCompose(t *testing.T) {
	t.Parallel()
	x := wantBriefs(t, composeFile, EnvList, Usual,
		"web:A=1", `web:B="two" [kept-quotes two]`, "web:C=th#ree", "web:D= (null)", "web:E=x (expr) env PASS", "web:F= (expr) env user",
		"web:G=a [expanded a$$b]", "web:H=a$b", "web:I=9 off",
		"db:J=true (bool)", "db:K=587 (number)", "db:L=0587", "db:M= (null)", "db:N= (expr) env X", "db:O=off (bool) off")
	if len(x.Scopes) != 2 || x.Scopes[0].Image != "ghost:5" || len(x.Scopes[0].EnvFiles) != 2 || x.Scopes[1].Name != "db" || x.Scopes[1].Image != "postgres:16" || x.Scopes[1].Line != 17 {
		t.Errorf("scopes: %+v", x.Scopes)
	}
	if e, _ := x.Last("B", "web"); e.Line != 9 || e.Column != 9 {
		t.Errorf("B at %d:%d, want 9:9", e.Line, e.Column)
	}
}

func TestEnvListForms(t *testing.T) {
	t.Parallel()
	wantBriefs(t, "- A_B=1\n- \"C_D=2 # x\"\n", EnvList, Usual, "A_B=1", "C_D=2 # x")
	wantBriefs(t, "A_B: \"1\"\nC_D: 2 # x\nnote: z\n", EnvList, Usual, "A_B=1", "C_D=2 (number)")
	wantBriefs(t, "environment:\n  mail__transport: SMTP\n  url: x\n", EnvList, Usual, "mail__transport=SMTP", "url=x")
	wantBriefs(t, "env: {A: 1, B: x}\n", EnvList, Usual, "A=1 (number)", "B=x")
	wantBriefs(t, "      - A_B=1\n      - C_D=2\n    ports:\n      - 80\n", EnvList, Usual, "A_B=1", "C_D=2")
	wantBriefs(t, "templates: [x]\nenv:\n  LANG: en\n  DISCOURSE_SMTP_PORT: 587 # c\n  #DISCOURSE_SMTP_USER_NAME: u\n", EnvList, Usual,
		"LANG=en", "DISCOURSE_SMTP_PORT=587 (number)", "DISCOURSE_SMTP_USER_NAME=u off")
	wantBriefs(t, "kind: ConfigMap\ndata:\n  SMTP_PORT: 587\n  SMTP_HOST: h\n", EnvList, Usual, `SMTP_PORT=587 (number) [other-type "587"]`, "SMTP_HOST=h")
	wantBriefs(t, "jobs:\n  x:\n    env:\n      P: ${{ secrets.P }}\n", EnvList, Usual, "x:P=${{ secrets.P }} (expr)")
	wantBriefs(t, "x: &e\n  A: 1\nservices:\n  w:\n    environment:\n      <<: *e\n      B: 2\n", EnvList, Usual, "w:A=1 (number)", "w:B=2 (number)")
}

func TestEnvListPod(t *testing.T) {
	t.Parallel()
	pod := "spec:\n  containers:\n    - name: app\n      image: app:1\n      env:\n        - name: A\n          value: \"1\"\n        - name: B\n          value: 587\n        - name: C\n          valueFrom:\n            secretKeyRef: {name: s, key: k}\n"
	x := wantBriefs(t, pod, EnvList, Usual, "app:A=1", `app:B=587 (number) [other-type "587"]`, "app:C=valueFrom.secretKeyRef.key (expr)")
	if len(x.Scopes) != 1 || x.Scopes[0].Name != "app" || x.Scopes[0].Image != "app:1" {
		t.Errorf("scopes: %+v", x.Scopes)
	}
	wantApply(t, x, Edit{Op: Remove, Entry: x.Entries[0]}, "spec:\n  containers:\n    - name: app\n      image: app:1\n      env:\n        - name: B\n          value: 587\n        - name: C\n          valueFrom:\n            secretKeyRef: {name: s, key: k}\n")
	y := Parse("- name: A\n  value: \"1\"\n", EnvList, Usual)
	wantApply(t, y, Edit{Op: Add, Entry: y.Entries[0], Key: "N", Value: "465"}, "- name: A\n  value: \"1\"\n- name: N\n  value: \"465\"\n")
	wantApply(t, y, Edit{Op: Rename, Entry: y.Entries[0], Key: "N"}, "- name: N\n  value: \"1\"\n")
}

func wantApply(t *testing.T, x *Text, e Edit, want string) {
	t.Helper()
	if got, err := x.Apply([]Edit{e}); err != nil || got != want {
		t.Errorf("%s in %q: got %q %v, want %q", e.Op, x.Raw, got, err, want)
	}
}

func TestEnvListEdits(t *testing.T) {
	t.Parallel()
	tests := []struct {
		raw  string
		edit Edit // of the first entry
		want string
	}{
		{"- A_B=1 # c\n", Edit{Op: Set, Value: "x$y"}, "- A_B=x$$y # c\n"},
		{"- \"A_B=1\"\n", Edit{Op: Set, Value: `x"y`}, "- \"A_B=x\\\"y\"\n"},
		{"- 'A_B=1'\n", Edit{Op: Set, Value: `x'y`}, "- 'A_B=x''y'\n"},
		{"- A_B\n", Edit{Op: Set, Value: "1"}, "- A_B=1\n"},
		{"A_B: 587\n", Edit{Op: Set, Value: "465"}, "A_B: 465\n"},
		{"A_B: \"587\"\n", Edit{Op: Set, Value: "465"}, "A_B: \"465\"\n"},
		{"A_B: x\n", Edit{Op: Set, Value: "a: #b"}, "A_B: \"a: #b\"\n"},
		{"A_B:\n", Edit{Op: Set, Value: "x"}, "A_B: x\n"},
		{"A_B: x\n", Edit{Op: Set, Value: "yes"}, "A_B: \"yes\"\n"},
		{"e:\n  - A_B=1 # c\n  - C_D=2\n", Edit{Op: Add, Key: "N", Value: "v"}, "e:\n  - A_B=1 # c\n  - N=v\n  - C_D=2\n"},
		{"  - A_B=1\n", Edit{Op: Add, Key: "N", Value: "a #b"}, "  - A_B=1\n  - \"N=a #b\"\n"},
		{"  - 'A_B=1'\n", Edit{Op: Add, Key: "N", Value: "v"}, "  - 'A_B=1'\n  - 'N=v'\n"},
		{"  A_B: \"1\"\n", Edit{Op: Add, Key: "N", Value: "true"}, "  A_B: \"1\"\n  N: \"true\"\n"},
		{"  A_B: 1", Edit{Op: Add, Key: "N", Value: "2"}, "  A_B: 1\n  N: 2"},
		{"environment: {A: 1, B: x}\n", Edit{Op: Add, Key: "N", Value: "v"}, "environment: {A: 1, N: \"v\", B: x}\n"},
		{"e:\n  - A_B=1\n  - C_D=2\n", Edit{Op: Remove}, "e:\n  - C_D=2\n"},
		{"e:\n  # - A_B=1\n  - C_D=2\n", Edit{Op: Enable, Value: "3"}, "e:\n  - A_B=3\n  - C_D=2\n"},
	}
	for _, tt := range tests {
		x := Parse(tt.raw, EnvList, Usual)
		if len(x.Entries) == 0 {
			t.Errorf("%q has no entries", tt.raw)
			continue
		}
		tt.edit.Entry = x.Entries[0]
		wantApply(t, x, tt.edit, tt.want)
	}
}
