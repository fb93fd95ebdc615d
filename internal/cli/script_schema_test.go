package cli_test

import (
	"bytes"
	"os"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// valid wants a file to be what a schema in another file says: "valid SCHEMA FILE".
func valid(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: valid SCHEMA FILE")
	}
	read := func(name string) any {
		text, err := os.ReadFile(ts.MkAbs(name))
		ts.Check(err)
		v, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		ts.Check(err)
		return v
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	ts.Check(c.AddResource("file:///schema.json", read(args[0])))
	s, err := c.Compile("file:///schema.json")
	ts.Check(err)
	if err := s.Validate(read(args[1])); (err != nil) != neg {
		ts.Fatalf("%s: %v", args[1], err)
	}
}
