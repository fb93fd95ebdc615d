package packaging

import (
	"bufio"
	"bytes"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
)

// action is what is read of action.yml.
type action struct {
	Inputs map[string]struct{ Default string }
	Runs   struct {
		Steps []struct {
			ID, Shell, Run, If, Uses string
			Env                      map[string]string
			With                     map[string]string
			Dir                      string `yaml:"working-directory"`
		}
	}
}

func read(t *testing.T, name string, to any) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, name))
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal(text, to); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

// TestActionInputs: an input gets into a script by the environment, and never
// into its text, where it would be run.
func TestActionInputs(t *testing.T) {
	t.Parallel()
	var a action
	read(t, "action.yml", &a)
	for _, s := range a.Runs.Steps {
		if strings.Contains(s.Run, "${{") {
			t.Errorf("a script of action.yml holds an expression:\n%s", s.Run)
		}
	}
}

// expression is one of the few kinds that action.yml has.
var expression = regexp.MustCompile(`\$\{\{ (inputs|steps\.(\w+)\.outputs)\.([\w-]+) \}\}`)

// runAction runs the scripts of action.yml as a runner does, in a checkout of a
// repository, and returns the outputs of its step "run".
func runAction(t *testing.T, workspace string, inputs map[string]string, env ...string) (map[string]string, error) {
	t.Helper()
	bash, err := exec.LookPath("bash")
	if err != nil || runtime.GOOS == "windows" {
		t.Skip("no bash, or none as a runner has it")
	}
	var a action
	read(t, "action.yml", &a)
	path, err := filepath.Abs(root)
	if err != nil {
		t.Fatal(err)
	}
	temp := t.TempDir()
	outputs := map[string]map[string]string{}
	value := func(text string) string {
		return expression.ReplaceAllStringFunc(text, func(s string) string {
			m := expression.FindStringSubmatch(s)
			if m[2] != "" {
				return outputs[m[2]][m[3]]
			}
			if v, ok := inputs[m[3]]; ok {
				return v
			}
			return a.Inputs[m[3]].Default
		})
	}
	for _, s := range a.Runs.Steps {
		if s.Run == "" {
			continue
		}
		output := filepath.Join(temp, "output-"+s.ID)
		c := exec.CommandContext(t.Context(), bash, "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", s.Run)
		c.Dir = filepath.Join(workspace, value(s.Dir))
		c.Env = append(os.Environ(), "GITHUB_ACTION_PATH="+path, "RUNNER_TEMP="+temp, "GITHUB_WORKSPACE="+workspace, "RUNNER_OS=Linux", "GITHUB_OUTPUT="+output, "NO_PROXY=*", "no_proxy=*",
			"GITHUB_PATH="+filepath.Join(temp, "path"), "GITHUB_STEP_SUMMARY="+filepath.Join(temp, "summary"), "GITHUB_WORKFLOW_REF=octo/repo/.github/workflows/mail.yml@refs/heads/main")
		c.Env = append(c.Env, env...)
		for _, name := range slices.Sorted(maps.Keys(s.Env)) {
			c.Env = append(c.Env, name+"="+value(s.Env[name]))
		}
		if out, err := c.CombinedOutput(); err != nil {
			t.Logf("step %q: %v\n%s", s.ID, err, out)
			return outputs["run"], err
		}
		outputs[s.ID] = lines(t, output)
	}
	return outputs["run"], nil
}

// lines reads a file of NAME=VALUE.
func lines(t *testing.T, file string) map[string]string {
	t.Helper()
	out := map[string]string{}
	text, err := os.ReadFile(file)
	if os.IsNotExist(err) {
		return out
	}
	if err != nil {
		t.Fatal(err)
	}
	for s := bufio.NewScanner(bytes.NewReader(text)); s.Scan(); {
		name, v, _ := strings.Cut(s.Text(), "=")
		out[name] = v
	}
	return out
}

// TestAction: arguments arrive as they are written, whatever a shell would make of
// them; the reports are outputs; the job ends as maildoctor did.
func TestAction(t *testing.T) {
	t.Parallel()
	base := release(t, rightSums)
	for status, args := range map[string]string{
		"0": "smtp.example.org:587 --expect mode=starttls,tls>=1.2",
		"1": "--offline\n$(touch pwned)\n`touch pwned` ; touch pwned * ${HOME}",
		"2": "",
	} {
		t.Run(status, func(t *testing.T) {
			t.Parallel()
			arguments := filepath.Join(t.TempDir(), "arguments")
			workspace := t.TempDir()
			got, err := runAction(t, workspace, map[string]string{"command": "probe", "args": args}, "MAILDOCTOR_BASE_URL="+base, "ARGUMENTS="+arguments, "STATUS_WANTED="+status)
			if (err == nil) != (status == "0") {
				t.Errorf("the job ended with %v, maildoctor with %s", err, status)
			}
			if got["exit-status"] != status {
				t.Errorf("exit-status %q, want %s", got["exit-status"], status)
			}
			for _, name := range []string{"json", "sarif"} {
				if text, err := os.ReadFile(got[name]); err != nil || string(text) != "a report\n" {
					t.Errorf("output %s is %q: %q, %v", name, got[name], text, err)
				}
			}
			text, err := os.ReadFile(arguments)
			if err != nil {
				t.Fatal(err)
			}
			_, rest, _ := strings.Cut(string(text), "--sarif-file\n"+workspace+"/.github/workflows/mail.yml\n--fail-on\nerror\n")
			if want := strings.Fields(args); strings.Join(want, " ") != strings.Join(strings.Fields(rest), " ") || strings.Count(rest, "\n") != len(want) {
				t.Errorf("arguments %q, want %q", text, want)
			}
		})
	}
}

// TestActionDirectory: maildoctor runs where it is to, and what is about no file
// is at the workflow all the same, which lies at the root.
func TestActionDirectory(t *testing.T) {
	t.Parallel()
	workspace, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	app := filepath.Join(workspace, "app")
	if err := os.Mkdir(app, 0o755); err != nil {
		t.Fatal(err)
	}
	for file, want := range map[string]string{"": workspace + "/.github/workflows/mail.yml", "mail.yaml": "mail.yaml"} {
		arguments, directory := filepath.Join(t.TempDir(), "arguments"), filepath.Join(t.TempDir(), "directory")
		if _, err := runAction(t, workspace, map[string]string{"working-directory": "app", "sarif-file": file},
			"MAILDOCTOR_BASE_URL="+release(t, rightSums), "ARGUMENTS="+arguments, "DIRECTORY="+directory, "STATUS_WANTED=0"); err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(directory); string(got) != app+"\n" {
			t.Errorf("run in %q, want %s, %v", got, app, err)
		}
		got, err := os.ReadFile(arguments)
		if !strings.Contains(string(got), "\n--sarif-file\n"+want+"\n") {
			t.Errorf("arguments %q, want --sarif-file %s, %v", got, want, err)
		}
		if err := taken(strings.Fields(string(got))); err != nil {
			t.Errorf("arguments %q: %v", got, err)
		}
	}
}

// TestActionSummary: the summary of the job is written once, or not at all.
func TestActionSummary(t *testing.T) {
	t.Parallel()
	base := release(t, rightSums)
	for summary, want := range map[string]string{"true": "a report\n", "false": ""} {
		file := filepath.Join(t.TempDir(), "summary")
		if _, err := runAction(t, t.TempDir(), map[string]string{"summary": summary}, "MAILDOCTOR_BASE_URL="+base, "ARGUMENTS="+os.DevNull, "STATUS_WANTED=0", "GITHUB_STEP_SUMMARY="+file); err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(file); string(got) != want || (err == nil) != (want != "") {
			t.Errorf("summary %s: %q, %v", summary, got, err)
		}
	}
}

func TestActionCommand(t *testing.T) {
	t.Parallel()
	arguments := filepath.Join(t.TempDir(), "arguments")
	if _, err := runAction(t, t.TempDir(), map[string]string{"command": "demo; touch pwned"}, "MAILDOCTOR_BASE_URL="+release(t, rightSums), "ARGUMENTS="+arguments, "STATUS_WANTED=0"); err == nil {
		t.Error("a command that is none was run")
	}
	if _, err := os.Stat(arguments); err == nil {
		t.Error("maildoctor was run")
	}
}

// TestHookFiles: what pre-commit hands to the hook, by name.
func TestHookFiles(t *testing.T) {
	t.Parallel()
	var hooks []struct{ ID, Entry, Files, Exclude string }
	read(t, ".pre-commit-hooks.yaml", &hooks)
	// Python's verbose flag is not Go's: blanks are left out here.
	files := regexp.MustCompile("(?i)" + strings.Join(strings.Fields(strings.TrimPrefix(hooks[0].Files, "(?xi)")), ""))
	exclude := regexp.MustCompile(hooks[0].Exclude)
	for name, want := range map[string]bool{
		".env": true, "app/.env.production": true, "prod.env": true, "compose.yaml": true, "docker-compose.override.yml": true,
		"config/mail.php": true, "src/mailer.ts": true, "config/packages/mailer.yaml": true, "smtp.json": true, "application-prod.yml": true,
		"appsettings.Production.json": true, "mysite/settings.py": true, "conf/app.ini": true, "grafana.ini": true, ".msmtprc": true,
		"config/environments/production.rb": true, "config/runtime.exs": true, "wp-config.php": true, "etc/postfix/main.cf": true,
		"settings/production.py": true, "mysite/settings_prod.py": true, "config.production.json": true, "chart/values.yaml": true, "stack.yml": true, "gitlab.rb": true, "config/services.yaml": true, "emails/email.tsx": true,
		"README.md": false, "main.go": false, "environment.ts": false, "package.json": false, "docs/mail.md": false, ".env.bak": false, ".env.bak1": false,
		"node_modules/x/mailer.js": false, "vendor/laravel/config/mail.php": false, "composer.json": false,
	} {
		if got := files.MatchString(name) && !exclude.MatchString(name); got != want {
			t.Errorf("%s: handed over %v, want %v", name, got, want)
		}
	}
}
