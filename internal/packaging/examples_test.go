package packaging

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"github.com/maildoctor/maildoctor/internal/cli"
)

// A line of the documents by which maildoctor is run, as its words, and where it
// stands.
type line struct {
	file  string
	words []string
}

var (
	fence = regexp.MustCompile("(?s)\n```(\\w+)\n(.*?)\n```\n")
	word  = regexp.MustCompile(`(?:'[^']*'|"[^"]*"|[^\s'"])+`)
	// ours are the words before those of maildoctor, in a shell and in a container.
	ours = regexp.MustCompile(`^(\$ )?(.*[| /])?maildoctor `)
)

// split are the words of a line of a shell after maildoctor, up to where the line
// goes on with something else; nil for a line that does not run it.
func split(text string) []string {
	before := ours.FindString(text)
	if before == "" || strings.Contains(before, "install") {
		return nil
	}
	var out []string
	for _, w := range word.FindAllString(text[len(before):], -1) {
		if strings.ContainsAny(w[:1], "|><") || w == "2>&1" {
			break
		}
		out = append(out, strings.NewReplacer(`'`, "", `"`, "").Replace(w))
	}
	return out
}

// inYAML are the lines of a document of YAML: steps of GitHub, scripts of other
// systems, hooks and containers.
func inYAML(t *testing.T, file string, n *yaml.Node) []line {
	t.Helper()
	var out []line
	if words := split(n.Value); n.Kind == yaml.ScalarNode && words != nil {
		out = append(out, line{file, words})
	}
	var step struct {
		Uses  string
		With  map[string]string
		Image string
		Args  []string
	}
	if n.Kind == yaml.MappingNode && n.Decode(&step) == nil {
		switch {
		case strings.HasPrefix(step.Uses, "maildoctor/maildoctor@"):
			out = append(out, line{file, inputs(t, file, step.With)})
		case strings.Contains(step.Image, "/maildoctor:"):
			out = append(out, line{file, step.Args})
		}
	}
	for _, c := range n.Content {
		out = append(out, inYAML(t, file, c)...)
	}
	return out
}

// inputs are the words that action.yml makes of the inputs of a step.
func inputs(t *testing.T, file string, with map[string]string) []string {
	t.Helper()
	var a action
	read(t, "action.yml", &a)
	for name := range with {
		if _, ok := a.Inputs[name]; !ok {
			t.Errorf("%s: action.yml has no input %q", file, name)
		}
	}
	return append([]string{with["command"]}, strings.Fields(with["args"])...)
}

// documents are the lines in all that people copy from.
func documents(t *testing.T) []line {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(root, "examples", "*.y*ml"))
	if err != nil || len(files) < 3 {
		t.Fatalf("examples %q, %v", files, err)
	}
	var out []line
	for _, file := range append(files, filepath.Join(root, ".pre-commit-hooks.yaml")) {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, parsed(t, filepath.Base(file), string(text))...)
	}
	text, err := os.ReadFile(filepath.Join(root, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range fence.FindAllStringSubmatch(string(text), -1) {
		switch m[1] {
		case "yaml":
			out = append(out, parsed(t, "README.md", m[2])...)
		case "console":
			for text := range strings.Lines(m[2]) {
				if words := split(text); strings.HasPrefix(text, "$ ") && words != nil {
					out = append(out, line{"README.md", words})
				}
			}
		}
	}
	return out
}

// parsed are the lines of a file of YAML, document for document.
func parsed(t *testing.T, file, text string) []line {
	t.Helper()
	var out []line
	for part := range strings.SplitSeq(text, "\n---\n") {
		var doc yaml.Node
		if err := yaml.Unmarshal([]byte(part), &doc); err != nil || len(doc.Content) == 0 {
			t.Errorf("%s: %v", file, err)
		}
		out = append(out, inYAML(t, file, &doc)...)
	}
	return out
}

// taken says why maildoctor would not take these words.
func taken(words []string) error {
	c, rest, err := cli.Command().Find(words)
	switch {
	case err != nil:
		return err
	case !c.HasParent():
		return fmt.Errorf("there is no command in %q", words)
	}
	if err := c.ParseFlags(rest); err != nil {
		return err
	}
	return c.ValidateArgs(c.Flags().Args())
}

// TestExamples: what people copy is YAML, and runs maildoctor as it can be run.
func TestExamples(t *testing.T) {
	t.Parallel()
	found := map[string]int{}
	for _, l := range documents(t) {
		found[l.file]++
		if err := taken(l.words); err != nil {
			t.Errorf("%s: maildoctor %s: %v", l.file, strings.Join(l.words, " "), err)
		}
	}
	for file, least := range map[string]int{"README.md": 25, "github-workflow.yml": 2, "gitlab-ci.yml": 2, "kubernetes.yaml": 2, ".pre-commit-hooks.yaml": 1} {
		if found[file] < least {
			t.Errorf("%s: %d lines that run maildoctor were found, want %d", file, found[file], least)
		}
	}
}

// TestExamplePinned: the installer of a pipeline is of the release that it installs.
func TestExamplePinned(t *testing.T) {
	t.Parallel()
	var ci struct {
		Job struct {
			Variables map[string]string
			Before    []string `yaml:"before_script"`
		} `yaml:".maildoctor"`
	}
	read(t, filepath.Join("examples", "gitlab-ci.yml"), &ci)
	const name = "MAILDOCTOR_VERSION"
	if v := ci.Job.Variables[name]; !regexp.MustCompile(`^v\d+\.\d+\.\d+$`).MatchString(v) {
		t.Errorf("%s is %q, want a release", name, v)
	}
	script := strings.Join(ci.Job.Before, "\n")
	for _, want := range []string{"/maildoctor/maildoctor/$" + name + "/install.sh", `--version "$` + name + `"`} {
		if !strings.Contains(script, want) {
			t.Errorf("the pipeline installs by %q, without %s", script, want)
		}
	}
}
