package arch

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// ways are the functions that reach out of the process or are wrong in a
// library, and the packages that may use them. A name ending in "*" is a
// prefix.
var ways = []struct {
	uses    string // import path and name
	only    []string
	because string
}{
	{"net.SplitHostPort", []string{"internal/target"}, "one place splits host and port"},
	{"net.JoinHostPort", []string{"internal/target"}, "one place joins host and port"},
	{"net.Dial*", []string{"internal/cli", "internal/fakemail"}, "the probe dials through its Env"},
	{"net.Listen*", []string{"internal/fakemail"}, "only the test servers listen"},
	{"net.Lookup*", nil, "names are resolved by the probe's Resolver"},
	{"crypto/tls.Client", []string{"internal/probe"}, "one place speaks TLS"},
	{"crypto/tls.Server", []string{"internal/fakemail"}, "only the test servers serve TLS"},
	{"crypto/tls.Dial*", nil, "TLS goes over the Env's connections"},
	{"golang.org/x/sys/unix.*", []string{"internal/inside"}, "system calls are for other namespaces only"},
	{"os/exec.Command*", []string{"internal/cli"}, "programs are run by cli"},
	{"time.Now", []string{"internal/cli", "internal/probe", "internal/fakemail"}, "the clock is an argument"},
	{"os.Getenv", []string{"internal/cli"}, "only cli reads the environment"},
	{"os.LookupEnv", []string{"internal/cli"}, "only cli reads the environment"},
	{"os.Environ", []string{"internal/cli"}, "only cli reads the environment"},
	{"os.Exit", []string{"cmd/maildoctor", "internal/gendocs"}, "only a command ends the process"},
	{"fmt.Print*", nil, "output goes to a writer that was handed in"},
	{"log.*", []string{"internal/cli"}, "errors are returned; cli silences what libraries log"},
	{"net/http.Default*", nil, "no shared client"},
}

func TestOneWayOut(t *testing.T) {
	t.Parallel()
	for _, p := range packages(t) {
		for _, name := range p.GoFiles {
			f, err := parser.ParseFile(token.NewFileSet(), filepath.Join(p.Dir, name), nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			for _, w := range wrongs(p.name(), f) {
				t.Errorf("%s/%s %s", p.name(), name, w)
			}
		}
	}
}

// TestOneWayOutSees: the walk finds what it looks for.
func TestOneWayOutSees(t *testing.T) {
	t.Parallel()
	const source = `package x
import ("net"; tt "time"; "fmt")
func init() {}
func f() { net.SplitHostPort(""); _ = tt.Now(); fmt.Println(); panic("x") }
`
	f, err := parser.ParseFile(token.NewFileSet(), "x.go", source, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	if got := wrongs("internal/check", f); len(got) != 5 {
		t.Errorf("found %q, want five", got)
	}
	if got := wrongs("internal/target", f); len(got) != 4 {
		t.Errorf("found %q in a package that may split host and port, want four", got)
	}
}

// wrongs lists what a file does that its package may not.
func wrongs(pkg string, f *ast.File) []string {
	paths := map[string]string{} // local name of an import to its path
	for _, i := range f.Imports {
		path, _ := strconv.Unquote(i.Path.Value)
		local := path[strings.LastIndexByte(path, '/')+1:]
		if i.Name != nil {
			local = i.Name.Name
		}
		paths[local] = path
	}
	var out []string
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			if n.Recv == nil && n.Name.Name == "init" {
				out = append(out, "has an init function: nothing happens at a distance")
			}
		case *ast.CallExpr:
			if id, ok := n.Fun.(*ast.Ident); ok && id.Name == "panic" && !mayPanic(pkg) {
				out = append(out, "panics: errors are returned")
			}
		case *ast.SelectorExpr:
			if id, ok := n.X.(*ast.Ident); ok && paths[id.Name] != "" {
				out = append(out, forbiddenUse(pkg, paths[id.Name]+"."+n.Sel.Name)...)
			}
		}
		return true
	})
	return out
}

// mayPanic: those that pass on the panic of a goroutine, so that it is reported.
func mayPanic(pkg string) bool { return pkg == "internal/probe" || pkg == "internal/cli" }

func forbiddenUse(pkg, use string) []string {
	for _, w := range ways {
		prefix, open := strings.CutSuffix(w.uses, "*")
		if (use == w.uses || open && strings.HasPrefix(use, prefix)) && !slices.Contains(w.only, pkg) {
			return []string{"uses " + use + ": " + w.because}
		}
	}
	return nil
}
