package cli_test

import (
	"bytes"
	"os"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// valid wants a file to be what a schema in another file says: "valid SCHEMA FILE". Of
// a FILE.ndjson, each line is to be that.
func valid(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: valid SCHEMA FILE")
	}
	read := func(name string) []byte {
		text, err := os.ReadFile(ts.MkAbs(name))
		ts.Check(err)
		return text
	}
	decoded := func(text []byte) any {
		v, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		ts.Check(err)
		return v
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	ts.Check(c.AddResource("file:///schema.json", decoded(read(args[0]))))
	s, err := c.Compile("file:///schema.json")
	ts.Check(err)
	documents := [][]byte{read(args[1])}
	if strings.HasSuffix(args[1], ".ndjson") {
		documents = slices.Collect(bytes.Lines(documents[0]))
	}
	for i, doc := range documents {
		if err := s.Validate(decoded(doc)); (err != nil) != neg {
			ts.Fatalf("%s, document %d: %v", args[1], i+1, err)
		}
	}
}
