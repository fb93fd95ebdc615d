// Package schema holds the JSON Schemas (draft 2020-12) of what maildoctor reads
// and writes. They are generated: make generate.
package schema

import "embed"

//go:embed *.json
var files embed.FS

// Schema is one of them. Name is that of the command line, File that in this
// directory: it carries the version, which a later one does not change.
type Schema struct{ Name, File, Help string }

// All lists the schemas.
func All() []Schema {
	return []Schema{
		{"config", "config-1.json", "the project file, .maildoctor.yaml"},
		{"report", "report-1.json", "a report, --format json"},
		{"ndjson", "ndjson-1.json", "a line of a report, --format ndjson and --resume"},
		{"baseline", "baseline-1.json", "the findings that are known, --baseline"},
		{"case", "case-1.json", "recorded evidence, --record"},
	}
}

// ID is the $id of a schema, and where it can be fetched.
func (s Schema) ID() string {
	return "https://raw.githubusercontent.com/maildoctor/maildoctor/main/internal/schema/" + s.File
}

// Text is the schema itself.
func (s Schema) Text() ([]byte, error) { return files.ReadFile(s.File) }

// ByName returns the schema called name.
func ByName(name string) (Schema, bool) {
	for _, s := range All() {
		if s.Name == name {
			return s, true
		}
	}
	return Schema{}, false
}
