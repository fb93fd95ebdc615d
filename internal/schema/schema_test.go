package schema_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/maildoctor/maildoctor/internal/schema"
)

func compiled(t *testing.T, name string) *jsonschema.Schema {
	t.Helper()
	s, ok := schema.ByName(name)
	if !ok {
		t.Fatalf("no schema %q", name)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource(s.ID(), document(t, s)); err != nil {
		t.Fatal(err)
	}
	out, err := c.Compile(s.ID())
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func document(t *testing.T, s schema.Schema) any {
	t.Helper()
	text, err := s.Text()
	if err != nil {
		t.Fatal(err)
	}
	return decoded(t, text)
}

func decoded(t *testing.T, text []byte) any {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// TestMeta: every schema is one, by the schema of schemas.
func TestMeta(t *testing.T) {
	t.Parallel()
	meta, err := jsonschema.NewCompiler().Compile("https://json-schema.org/draft/2020-12/schema")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range schema.All() {
		doc := document(t, s)
		if err := meta.Validate(doc); err != nil {
			t.Errorf("%s: %v", s.Name, err)
		}
		if m, ok := doc.(map[string]any); !ok || m["$id"] != s.ID() || !strings.HasSuffix(s.ID(), s.File) {
			t.Errorf("%s: $id is not %s", s.Name, s.ID())
		}
		compiled(t, s.Name)
	}
}

// TestRecorded: the reports and the cases of the tests are what the schemas say.
func TestRecorded(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		schema, files string
		least         int
	}{
		{"report", "reports/*.out.json", 15},
		{"ndjson", "reports/*.ndjson", 15},
		{"case", "cases/*/*.json", 300},
	} {
		s := compiled(t, c.schema)
		files, err := filepath.Glob(filepath.Join("..", "..", "testdata", filepath.FromSlash(c.files)))
		if err != nil || len(files) < c.least {
			t.Fatalf("%s: %d files, %v", c.files, len(files), err)
		}
		for _, name := range files {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			documents := [][]byte{text}
			if c.schema == "ndjson" {
				documents = slices.Collect(bytes.Lines(text))
			}
			for i, doc := range documents {
				if err := s.Validate(decoded(t, doc)); err != nil {
					t.Errorf("%s, document %d: %v", name, i+1, err)
				}
			}
		}
	}
}

// TestStrict: the schemas refuse what is none of them.
func TestStrict(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"report":   `{"schema":"maildoctor.report/1","tool":{"name":"maildoctor","version":"1"},"command":"probe","exit":4,"complete":true,"run":{"started":"2026-11-24T02:41:07+01:00","took_ns":1,"command_line":"","here":{},"fail_on":"error"},"subjects":[]}`,
		"ndjson":   `{"end":{"exit":0,"complete":true,"took_ns":1},"checks":{"passed":1,"found":0,"not_run":0},"part":1,"of":1,"subject":{"kind":"endpoint","name":"a","verdict":"v","healthy":true,"findings":[],"outcomes":[]}}`,
		"baseline": `{"schema":"maildoctor.baseline/1","findings":[{"id":"a","severity":"bad","subject":"s","fingerprint":"f"}]}`,
		"case":     `{"schema":"maildoctor.case/1","tool":"maildoctor","command":"probe","cases":[{"now":"yesterday","target":{"host":"a","typed":"a"},"elapsed_ns":0}]}`,
	} {
		if err := compiled(t, name).Validate(decoded(t, []byte(text))); err == nil {
			t.Errorf("%s: taken: %s", name, text)
		}
	}
}
