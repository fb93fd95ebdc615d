package project

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v4"

	"github.com/maildoctor/maildoctor/internal/conf"
	"github.com/maildoctor/maildoctor/internal/schema"
)

// compiled is a schema, with formats asserted.
func compiled(t *testing.T, name string) *jsonschema.Schema {
	t.Helper()
	s, _ := schema.ByName(name)
	text, err := s.Text()
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource(s.ID(), doc); err != nil {
		t.Fatal(err)
	}
	out, err := c.Compile(s.ID())
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// asJSON is a node as editors hand it to a schema: YAML 1.2, in which a day is a
// text, without tags.
func asJSON(n *yaml.Node) (any, error) {
	switch {
	case n.Kind == yaml.DocumentNode:
		return asJSON(n.Content[0])
	case n.Kind == yaml.AliasNode:
		return asJSON(n.Alias)
	case n.Kind == yaml.MappingNode:
		out := map[string]any{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			key := n.Content[i].Value
			if _, twice := out[key]; twice || n.Content[i].Kind != yaml.ScalarNode {
				return nil, fmt.Errorf("key %q has no place in JSON", key)
			}
			v, err := asJSON(n.Content[i+1])
			if err != nil {
				return nil, err
			}
			out[key] = v
		}
		return out, nil
	case n.Kind == yaml.SequenceNode:
		out := []any{}
		for _, e := range n.Content {
			v, err := asJSON(e)
			if err != nil {
				return nil, err
			}
			out = append(out, v)
		}
		return out, nil
	}
	switch kindOf(n) {
	case number:
		if f, err := json.Number(n.Value).Float64(); err != nil || n.Value == ".inf" {
			return nil, fmt.Errorf("%q is no number of JSON: %v", n.Value, f)
		}
		return json.Number(n.Value), nil
	case truth:
		return n.Value == "true", nil
	case nothing:
		return nil, nil
	}
	return n.Value, nil
}

// rights are files that are read.
var rights = []struct{ name, text string }{
	{"all of it", whole},
	{"the least", "version: 1\n"},
	{"the least in JSON", `{"version": 1}`},
	{"begins with a mark", "\ufeff---\nversion: 1\n"},
	{"lines of Windows", "version: 1\r\nfail_on: never\r\n"},
	{"empty lists", "version: 1\ntargets: []\nsettings: []\nignore: []\nexpect: {}\n"},
	{"a mail address, an IPv6 address, a URL", "version: 1\ntargets: [me@example.org, '[2001:db8::25]:587', 2001:db8::25, 'smtps://a.example.org', b.example.org]\n"},
	{"every mode of a client", "version: 1\ntargets:\n- {target: a.test:1, as: implicit}\n- {target: a.test:2, as: starttls}\n- {target: a.test:3, as: opportunistic}\n- {target: a.test:4, as: cleartext}\n"},
	{"TLS as a whole number", "version: 1\nexpect: {min_tls: 1}\n"},
	{"TLS with a zero", "version: 1\nexpect: {min_tls: 1.20}\n"},
	{"TLS as text", "version: 1\nexpect: {min_tls: '1.0'}\n"},
	{"days with a fraction of none", "version: 1\nexpect: {days_left: 30.0}\n"},
	{"no days", "version: 1\nexpect: {days_left: 0}\n"},
	{"a century of days", "version: 1\nexpect: {days_left: 36500}\n"},
	{"not required", "version: 1\nexpect: {starttls_required: false, cert: self-signed, login: refused, envelope: accepted}\n"},
	{"two rules of one check", "version: 1\nignore:\n- {id: cert-expired, reason: x, subject: a}\n- {id: cert-expired, reason: x, subject: b}\n"},
	{"a quoted day", "version: 1\nignore: [{id: cert-expired, reason: x, until: '2027-03-31'}]\n"},
	{"an anchor that nobody uses", "version: 1\nexpect: &e {mode: starttls}\n"},
}

// beyond are files that we refuse and the schema takes, and why it cannot know.
var beyond = map[string]string{
	"bad target":             "what a target is made of",
	"target with a password": "what a target is made of",
	"target twice":           "two ways to write one target",
	"settings twice":         "two ways to write one file",
	"rule twice":             "an id and a subject that are the same, with another reason",
	"alias":                  "it sees the value that an alias stands for",
	"documents":              "it sees one document at a time",
}

// TestSchemaAgrees: editors, by the schema, and we say the same of a file.
func TestSchemaAgrees(t *testing.T) {
	t.Parallel()
	s := compiled(t, "config")
	for _, c := range rights {
		if _, err := Read("p.yaml", c.text, near); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		docs, _ := conf.LoadYAML(c.text)
		v, err := asJSON(docs[0])
		if err == nil {
			err = s.Validate(v)
		}
		if err != nil {
			t.Errorf("%s: the schema refuses it: %v", c.name, err)
		}
	}
	refused := 0
	for _, c := range wrongs {
		docs, trouble := conf.LoadYAML(c.text)
		if trouble != nil || len(docs) == 0 {
			continue // an editor says so by itself
		}
		v, err := asJSON(docs[0])
		if err == nil {
			err = s.Validate(v)
		}
		why, unknown := beyond[c.name]
		switch {
		case err == nil && why == "":
			t.Errorf("%s: we refuse it, the schema does not", c.name)
		case err != nil && unknown && why != "":
			t.Errorf("%s: the schema refuses it after all: %v", c.name, err)
		case err != nil:
			refused++
		}
	}
	if refused < 30 {
		t.Errorf("the schema refused %d files only", refused)
	}
}

// TestBaselineSchemaAgrees: the same for a baseline.
func TestBaselineSchemaAgrees(t *testing.T) {
	t.Parallel()
	s := compiled(t, "baseline")
	text, err := Waivers{}.Accept("b.json", run("warning", "error")).Text()
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{string(text), head + "[]}", head + `[{"id": "a", "severity": "note", "subject": "s", "fingerprint": "f", "more": 1}], "more": 1}`} {
		v, err := jsonschema.UnmarshalJSON(bytes.NewReader([]byte(text)))
		if err == nil {
			err = s.Validate(v)
		}
		if _, e := ReadBaseline("b.json", text); err != nil || e != nil {
			t.Errorf("%s: %v; %v", text, err, e)
		}
	}
	for _, c := range wrongBaselines {
		v, err := jsonschema.UnmarshalJSON(bytes.NewReader([]byte(c.text)))
		if err != nil || c.name == "twice" { // the schema cannot compare one field of many
			continue
		}
		if err := s.Validate(v); err == nil {
			t.Errorf("%s: we refuse it, the schema does not", c.name)
		}
	}
}

// TestSchemaFresh: the ids of the schema are those of the catalogue, as gendocs
// writes them.
func TestSchemaFresh(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.Join("..", "schema", "config-1.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range IDs() {
		if !bytes.Contains(text, fmt.Appendf(nil, "%q", id)) {
			t.Errorf("the schema lacks %s; run make generate", id)
		}
	}
}
