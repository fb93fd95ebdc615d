// Package arch holds tests only: the directions of the imports, the few ways
// out of the process, and the reasons for the modules.
package arch

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/maildoctor/maildoctor/"

// pkg is what go list says of a package.
type pkg struct {
	ImportPath string
	Dir        string
	GoFiles    []string
	Imports    []string
}

// name is the import path below the module.
func (p pkg) name() string { return strings.TrimPrefix(p.ImportPath, module) }

// packages lists the module's packages, for the system the tests run on.
func packages(t *testing.T) []pkg {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", "list", "-json=ImportPath,Dir,GoFiles,Imports", "./...")
	cmd.Dir = filepath.Join("..", "..")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var all []pkg
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p pkg
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
	if len(all) < 10 {
		t.Fatalf("go list found %d packages only", len(all))
	}
	return all
}

// forbidden are imports that would turn an arrow round, with the reason. A
// name without a dot is a package of this module, below internal; "std:" marks
// a standard package.
var forbidden = []struct {
	from   string
	to     []string
	reason string
}{
	{"check", []string{"probe", "plan", "render", "fakemail", "cli", "wire", "std:net", "std:os", "std:net/http"}, "a check is pure: it judges evidence"},
	{"facts", []string{"probe", "plan", "render", "fakemail", "cli", "check", "report", "std:net", "std:os"}, "facts are drawn from evidence and judge nothing"},
	{"render", []string{"check", "probe", "plan", "facts", "fakemail", "cli", "provider", "std:net", "std:os"}, "render writes a report and knows no catalogue"},
	{"evidence", []string{"probe", "plan", "check", "render", "facts", "report", "provider", "fakemail", "cli", "std:net", "std:os", "std:crypto/tls"}, "evidence is plain data"},
	{"report", []string{"probe", "plan", "check", "render", "facts", "fakemail", "cli", "std:net", "std:os"}, "a report is plain data"},
	{"target", []string{"evidence", "probe", "plan", "check", "render", "report", "facts", "fakemail", "cli", "std:os"}, "a target is what was typed, and nothing is resolved"},
	{"plan", []string{"probe", "check", "render", "report", "facts", "fakemail", "cli", "std:net", "std:os"}, "the plan is pure"},
	{"wire", []string{"probe", "plan", "check", "render", "report", "facts", "fakemail", "cli", "std:net", "std:os", "std:time"}, "a reader reads"},
	{"probe", []string{"check", "render", "report", "facts", "fakemail", "cli", "symptom", "apps", "std:os/exec"}, "the probe writes down and judges nothing"},
	{"inside", []string{"probe", "plan", "check", "render", "report", "facts", "evidence", "target", "provider", "fakemail", "cli"}, "it knows networks of processes and nothing of mail"},
	{"resendapi", []string{"plan", "settings", "check", "render", "report", "facts", "fakemail", "cli", "symptom", "apps", "provider", "redact", "std:os", "std:os/exec"}, "it writes down what Resend's API said and judges nothing"},
	{"fakemail", []string{"probe", "resendapi", "wire", "plan", "facts", "check", "render", "report", "evidence", "cli"}, "a mistake in both would cancel out"},
	{"provider", []string{"probe", "plan", "check", "render", "report", "facts", "evidence", "fakemail", "cli", "std:net", "std:os"}, "a table of facts"},
	{"symptom", []string{"probe", "plan", "check", "render", "facts", "fakemail", "cli", "std:net", "std:os"}, "a table of words"},
	{"conf", []string{"settings", "dialect", "evidence", "probe", "plan", "check", "render", "report", "facts", "fakemail", "cli", "std:net", "std:os"}, "a text is read, and nothing is opened or judged"},
	{"dialect", []string{"settings", "evidence", "probe", "plan", "check", "render", "report", "facts", "fakemail", "cli", "std:net", "std:os"}, "a table of applications"},
	{"settings", []string{"probe", "plan", "check", "render", "report", "facts", "fakemail", "cli", "std:net", "std:os"}, "settings are read through the fs.FS that is handed in"},
	{"coolify", []string{"probe", "plan", "check", "render", "report", "facts", "fakemail", "cli", "std:net", "std:os", "std:os/exec", "std:time"}, "it is handed rows and keys, and reads them"},
	{"message", []string{"settings", "evidence", "probe", "plan", "check", "render", "report", "facts", "fakemail", "cli", "std:net", "std:net/http", "std:os", "std:crypto/rand", "std:math/rand/v2"}, "a message is made of arguments alone"},
	{"project", []string{"settings", "dialect", "evidence", "probe", "plan", "render", "facts", "fakemail", "cli", "std:net", "std:os", "std:path/filepath"}, "it is handed texts, and says what they waive"},
	{"apps", []string{"probe", "plan", "check", "render", "facts", "fakemail", "cli", "std:net", "std:os"}, "a table of settings"},
}

func TestImports(t *testing.T) {
	t.Parallel()
	byName := map[string]pkg{}
	for _, p := range packages(t) {
		byName[p.name()] = p
		if p.name() != "cmd/maildoctor" && p.name() != "internal/gendocs" && slices.Contains(p.Imports, module+"internal/cli") {
			t.Errorf("%s imports cli: nothing but the command does, and what writes its examples", p.name())
		}
	}
	for _, rule := range forbidden {
		from, ok := byName["internal/"+rule.from]
		if !ok {
			t.Errorf("the rules name %s, which is gone", rule.from)
		}
		for _, to := range rule.to {
			path, std := strings.CutPrefix(to, "std:")
			if !std {
				path = module + "internal/" + to
				if _, ok := byName["internal/"+to]; !ok {
					t.Errorf("the rules name %s, which is gone", to)
				}
			}
			if slices.Contains(from.Imports, path) {
				t.Errorf("%s imports %s: %s", rule.from, to, rule.reason)
			}
		}
	}
}

// reasons says of every direct module why it is here.
var reasons = map[string]string{
	"github.com/spf13/cobra":                   "commands, flags, help and completions",
	"github.com/spf13/pflag":                   "cobra's flags: values that check themselves",
	"github.com/fatih/color":                   "colours on terminals, the Windows console included",
	"github.com/schollz/progressbar/v3":        "the bar of a run over many targets: rate, time that is left, width of the terminal",
	"github.com/miekg/dns":                     "DNS queries with CNAME chains and response codes; the DNS double of the tests",
	"golang.org/x/net":                         "international names (idna), the SOCKS5 client (proxy) and registered zones (publicsuffix); tests: pages as a browser reads them (html)",
	"golang.org/x/sys":                         "Linux network namespaces (setns) and paths that stay in a container (openat2), which package syscall lacks; here already below x/term",
	"golang.org/x/term":                        "is this a terminal, and how wide",
	"golang.org/x/text":                        "UTF-16 and Windows-1252 of pasted logs, single-byte charsets of .eml files; here already below x/net",
	"github.com/wneessen/go-mail":              "the SASL mechanisms of a login, the test message of maildoctor send; tests: an independent client that the servers and the remedies are tried with",
	"github.com/resend/resend-go/v2":           "Resend's own client: the calls of the API as an application makes them",
	"github.com/pelletier/go-toml/v2":          "TOML with the place of every value, to edit it there",
	"go.yaml.in/yaml/v4":                       "YAML with lines in every error, a bound on aliases, and the place of every value",
	"golang.org/x/tools":                       "tests: txtar files of settings; here already below testscript",
	"github.com/rogpeppe/go-internal":          "tests: whole command lines as scripts",
	"github.com/prometheus/common":             "tests: Prometheus' own parser reads what is written for it",
	"github.com/prometheus/client_model":       "tests: what that parser returns; here already below it",
	"github.com/yuin/goldmark":                 "tests: a reader of Markdown that is not ours says what a forge makes of a ticket",
	"github.com/santhosh-tekuri/jsonschema/v6": "tests: what is read and written is what the JSON Schemas say; below it only regexp2, which its own tests need",
	"github.com/joshdk/go-junit":               "tests: reads the JUnit reports",
	"github.com/owenrumney/go-sarif/v3":        "tests: reads the SARIF logs, and has the schema of the standard",
}

func TestModules(t *testing.T) {
	t.Parallel()
	mod, err := os.ReadFile(filepath.Join("..", "..", "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	direct := map[string]bool{}
	for _, line := range strings.Split(string(mod), "\n") {
		f := strings.Fields(strings.TrimPrefix(line, "require "))
		if len(f) >= 2 && strings.Contains(f[0], ".") && strings.HasPrefix(f[1], "v") && !strings.Contains(line, "// indirect") {
			direct[f[0]] = true
			if reasons[f[0]] == "" {
				t.Errorf("module %s stands without a reason", f[0])
			}
		}
	}
	for m := range reasons {
		if !direct[m] {
			t.Errorf("there is a reason for %s, which go.mod does not require directly", m)
		}
	}
}
