package main

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/facts"
	"github.com/maildoctor/maildoctor/internal/project"
	"github.com/maildoctor/maildoctor/internal/render"
	"github.com/maildoctor/maildoctor/internal/report"
	"github.com/maildoctor/maildoctor/internal/schema"
	"github.com/maildoctor/maildoctor/internal/target"
)

const draft = "https://json-schema.org/draft/2020-12/schema"

// configTemplate is the schema of the project file, written by hand but for the
// lists that stand in the code.
//
//go:embed config.json
var configTemplate []byte

// schemas writes the JSON Schemas: those of what is written follow from the Go
// types, with their comments.
func schemas(only bool) error {
	src, err := parse("report", "render", "evidence", "project", "target", "facts")
	if err != nil {
		return err
	}
	for _, s := range schema.All() {
		var text []byte
		switch s.Name {
		case "config":
			text, err = config(s)
		case "report":
			text, err = src.document(s, reflect.TypeFor[report.Report](), report.Schema, false)
		case "ndjson":
			text, err = src.document(s, reflect.TypeFor[render.Line](), report.Schema+", line by line", false)
		case "baseline":
			text, err = src.document(s, reflect.TypeFor[project.Baseline](), project.BaselineSchema, false)
		case "case":
			text, err = src.document(s, reflect.TypeFor[evidence.Recording](), evidence.Schema, true)
		}
		if err != nil {
			return fmt.Errorf("schema of %s: %w", s.Name, err)
		}
		if err := write(filepath.Join("internal", "schema", s.File), text, only); err != nil {
			return err
		}
	}
	return nil
}

// lines are the kinds of line that render.Line may be.
var lines = []object{
	{{"required", []string{"run"}}},
	{{"required", []string{"part", "of", "checks", "subject"}}},
	{{"required", []string{"end"}}},
}

// config fills the template in, with the lists that stand in the code.
func config(s schema.Schema) ([]byte, error) {
	text := configTemplate
	for name, value := range map[string]any{`"@id"`: s.ID(), `["@ids"]`: project.IDs(), `["@modes"]`: target.ClientModes(),
		`["@fail-on"]`: report.FailOn(), `["@certificates"]`: report.CertificateStatuses()} {
		written, err := json.Marshal(value)
		if err != nil {
			return nil, err
		}
		text = bytes.Replace(text, []byte(name), written, 1)
	}
	var out bytes.Buffer
	err := json.Indent(&out, bytes.TrimSpace(text), "", "  ")
	out.WriteByte('\n')
	return out.Bytes(), err
}

// fixed are the values of fields that Go has no type of their own for.
func fixed() map[string][]any {
	answers, certificate := values(report.Answers()), values(report.CertificateStatuses())
	reach := values(report.Reaches(), facts.NotTried)
	return map[string][]any{
		"report.Report.Exit":         {0, 1, 2, 3, 130},
		"report.Run.FailOn":          values(report.FailOn()),
		"report.Subject.Kind":        {"endpoint", "settings", "error-text", "resend"},
		"report.Subject.Cut":         {"timeout", "interrupted"},
		"report.Endpoint.Reach":      reach,
		"report.Address.Result":      reach,
		"report.Address.Family":      {"ipv4", "ipv6"},
		"report.Address.Certificate": certificate,
		"report.Certificate.Status":  certificate,
		"report.Auth.Login":          values(report.Logins(), ""), // "": before the first release that logs in
		"report.Envelope.Result":     answers,
		"report.Recipient.Result":    answers,
		"report.Delivery.Result":     answers,
		"report.Client.Result":       {"works", "fails", "unknown", "works-unencrypted"},
		"report.Client.Proof":        {"", "seen", "derived"}, // "": of an unknown result
		"report.Trial.Result":        {report.Works, report.Fails, report.NotTried},
		"report.Waiver.By":           {report.ByBaseline, report.ByProject},
		"report.Message.Via":         {"smtp", "resend"},
		"render.RunLine.Schema":      {report.Schema},
	}
}

// values are the members of an enum.
func values(words []string, more ...any) []any {
	var out []any
	for _, w := range words {
		out = append(out, w)
	}
	return append(out, more...)
}

// source is what the Go source says beside the types: comments, and the values of
// types that are words.
type source struct {
	docs   map[string]string // "report.Finding", "report.Finding.Summary"
	values map[string][]any  // "report.Severity"
}

// parse reads the source of these packages below internal.
func parse(packages ...string) (*source, error) {
	s := &source{docs: map[string]string{}, values: map[string][]any{}}
	for _, p := range packages {
		names, err := filepath.Glob(filepath.Join("internal", p, "*.go"))
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments|parser.SkipObjectResolution)
			if err != nil {
				return nil, err
			}
			s.file(p, f)
		}
	}
	return s, nil
}

func (s *source) file(pkg string, f *ast.File) {
	for _, d := range f.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok {
			continue
		}
		for _, spec := range g.Specs {
			switch spec := spec.(type) {
			case *ast.TypeSpec:
				s.typed(pkg+"."+spec.Name.Name, spec, g)
			case *ast.ValueSpec:
				s.value(pkg, spec)
			}
		}
	}
}

func (s *source) typed(name string, spec *ast.TypeSpec, g *ast.GenDecl) {
	s.docs[name] = prose(spec.Doc, g.Doc)
	st, ok := spec.Type.(*ast.StructType)
	if !ok {
		return
	}
	for _, f := range st.Fields.List {
		for _, n := range f.Names {
			s.docs[name+"."+n.Name] = prose(f.Doc, f.Comment)
		}
	}
}

// value notes a constant of a type that is a word.
func (s *source) value(pkg string, spec *ast.ValueSpec) {
	t, ok := spec.Type.(*ast.Ident)
	if !ok || len(spec.Values) != 1 {
		return
	}
	if lit, ok := spec.Values[0].(*ast.BasicLit); ok && lit.Kind == token.STRING {
		if v, err := strconv.Unquote(lit.Value); err == nil {
			s.values[pkg+"."+t.Name] = append(s.values[pkg+"."+t.Name], v)
		}
	}
}

// prose is the first comment that says something, as one line.
func prose(comments ...*ast.CommentGroup) string {
	for _, c := range comments {
		if text := strings.Join(strings.Fields(c.Text()), " "); text != "" {
			return text
		}
	}
	return ""
}

// object is a JSON object whose members keep their order.
type object []member

type member struct {
	key   string
	value any
}

func (o object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, m := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		key, err := json.Marshal(m.key)
		if err != nil {
			return nil, err
		}
		var value bytes.Buffer
		e := json.NewEncoder(&value)
		e.SetEscapeHTML(false)
		if err := e.Encode(m.value); err != nil {
			return nil, err
		}
		b.Write(key)
		b.WriteByte(':')
		b.Write(bytes.TrimSpace(value.Bytes()))
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// drawing is one schema while it is made.
type drawing struct {
	*source
	root  reflect.Type
	word  string // of the field schema
	nulls bool   // an empty list may be null
	fixed map[string][]any
	names []string
	defs  map[string]object
}

// document is the schema of a Go type. word is what its field schema holds; nulls
// says that an empty list is written as null.
func (s *source) document(sch schema.Schema, root reflect.Type, word string, nulls bool) ([]byte, error) {
	d := &drawing{source: s, root: root, word: word, nulls: nulls, fixed: fixed(), defs: map[string]object{}}
	out := object{{"$schema", draft}, {"$id", sch.ID()}, {"title", word},
		{"description", "maildoctor: " + sch.Help + ". Fields are only ever added; a reader passes over those that it does not know."}}
	out = append(out, d.structure(root)[1:]...) // without the description of the Go type
	if root == reflect.TypeFor[render.Line]() {
		out = append(out, member{"oneOf", lines})
	}
	defs := object{}
	for i := 0; i < len(d.names); i++ {
		defs = append(defs, member{d.names[i], d.defs[d.names[i]]})
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(append(out, member{"$defs", defs}))
	return b.Bytes(), err
}

// name is a type with its package.
func name(t reflect.Type) string { return filepath.Base(t.PkgPath()) + "." + t.Name() }

// defined is the name of a type in $defs: with its package, unless that is the
// document's own.
func (d *drawing) defined(t reflect.Type) string {
	if t.PkgPath() == d.root.PkgPath() {
		return t.Name()
	}
	return name(t)
}

// structure is an object with the fields of a struct.
func (d *drawing) structure(t reflect.Type) object {
	properties, required := d.fields(t)
	return object{{"description", d.docs[name(t)]}, {"type", "object"}, {"properties", properties}, {"required", required}}
}

// fields are those of a struct and of what is embedded in it, and which of them
// there must be.
func (d *drawing) fields(t reflect.Type) (properties object, required []string) {
	properties, required = object{}, []string{}
	for i := range t.NumField() {
		f := t.Field(i)
		key, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case key == "-" || !f.IsExported():
			continue
		case f.Anonymous:
			p, r := d.fields(f.Type)
			properties, required = append(properties, p...), append(required, r...)
			continue
		}
		properties = append(properties, member{key, d.field(t, f)})
		if !strings.Contains(options, "omit") {
			required = append(required, key)
		}
	}
	return properties, required
}

func (d *drawing) field(t reflect.Type, f reflect.StructField) object {
	at := name(t) + "." + f.Name
	var out object
	switch values, ok := d.fixed[at]; {
	case t == d.root && f.Name == "Schema":
		out = object{{"const", d.word}}
	case ok:
		out = object{{"enum", values}}
	case at == "report.Finding.Confidence":
		out = object{{"type", "number"}, {"minimum", 0}, {"maximum", 1}}
	default:
		out = d.value(f.Type, strings.Contains(f.Tag.Get("json"), ",omit"))
	}
	if text := d.docs[at]; text != "" {
		out = append(object{{"description", text}}, out...)
	}
	return out
}

// value is what a Go value becomes in JSON. absent says that an empty one is left
// out.
func (d *drawing) value(t reflect.Type, absent bool) object {
	switch t {
	case reflect.TypeFor[time.Time]():
		return object{{"type", "string"}, {"format", "date-time"}}
	case reflect.TypeFor[time.Duration]():
		return object{{"type", "integer"}} // nanoseconds, as the name of the field says
	}
	switch t.Kind() {
	case reflect.Pointer:
		return d.value(t.Elem(), true)
	case reflect.Struct:
		return d.reference(t)
	case reflect.Slice:
		kind := any("array")
		if d.nulls && !absent {
			kind = []string{"array", "null"}
		}
		return object{{"type", kind}, {"items", d.value(t.Elem(), true)}}
	case reflect.Map:
		return object{{"type", "object"}, {"additionalProperties", d.value(t.Elem(), true)}}
	case reflect.String:
		if values := d.values[name(t)]; len(values) > 0 {
			return object{{"enum", values}}
		}
		return object{{"type", "string"}}
	case reflect.Bool:
		return object{{"type", "boolean"}}
	case reflect.Uint16:
		return object{{"type", "integer"}, {"minimum", 0}, {"maximum", 65535}}
	case reflect.Float64:
		return object{{"type", "number"}}
	}
	return object{{"type", "integer"}}
}

func (d *drawing) reference(t reflect.Type) object {
	as := d.defined(t)
	if _, ok := d.defs[as]; !ok {
		d.names = append(d.names, as)
		d.defs[as] = nil // a type may hold itself
		d.defs[as] = d.structure(t)
	}
	return object{{"$ref", "#/$defs/" + as}}
}
