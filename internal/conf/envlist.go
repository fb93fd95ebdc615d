package conf

import (
	"regexp"
	"slices"
	"strings"
)

// parseEnvList reads the environment of containers, pods and tasks: the lists and
// maps below environment, env and their like, ConfigMaps, and pieces of them.
func parseEnvList(raw string, f Flavour) *Text {
	r := readEnvList(raw)
	for _, w := range r.wants {
		e := &r.t.Entries[w.entry]
		e.Quirks[w.quirk].Fix = r.write(w.value, *e, r.styles[w.entry])
	}
	markDuplicates(r.t)
	return r.t
}

// envStyle is the form in which a variable is given.
type envStyle struct {
	item    bool // a list element KEY=value
	pair    bool // a list element with name and value, all of them strings
	compose bool // docker compose reads it: $ begins a variable
	strings bool // the reader takes strings only
	flow    bool // within brackets
}

// envListReader makes variables of what the YAML reader found.
type envListReader struct {
	raw      string
	t        *Text
	tree     []envNode
	branches map[string]bool
	values   map[string]string // of the names of list elements
	places   map[string]int    // the lines of branches
	docs     []envDoc          // the documents of the text
	doc      int               // the one at hand: the same path is another place in each
	styles   []envStyle        // of the entries
	wants    []envWant
	pairs    map[string]int // the entries of name and value elements, by their path
	scopes   map[string]int
}

// envNode is an entry of the tree with its path in parts.
type envNode struct {
	Entry
	parts []string
}

// envHeads are the keys below which variables stand.
var envHeads = []string{"environment", "env", "environment_variables", "environmentVariables", "envVars", "env_vars", "extraEnv", "extraEnvVars", "extra_env", "containerEnv"}

var (
	indexPart = regexp.MustCompile(`^\d+$`)
	// variableName tells variables from other keys where nothing above says so.
	variableName = regexp.MustCompile(`^([A-Z][A-Z0-9]*|[A-Z_][A-Za-z0-9]*(_+[A-Za-z0-9]+)+_?|[A-Za-z0-9]+(_?[A-Za-z0-9]+)*__[A-Za-z0-9_]+)$`)
	listItem     = regexp.MustCompile(`^([A-Za-z_][A-Za-z0-9_.-]*)(=|$)`)
)

func readEnvList(raw string) *envListReader {
	y := parseYAML(raw, Usual)
	r := &envListReader{
		raw: raw, t: &Text{Kind: EnvList, Raw: raw, Broken: y.Broken},
		branches: map[string]bool{}, values: map[string]string{}, places: map[string]int{}, pairs: map[string]int{}, scopes: map[string]int{},
	}
	r.docs = documents(raw)
	for _, e := range y.Entries {
		r.note(e)
	}
	for _, e := range y.Entries {
		r.tree = append(r.tree, envNode{e, r.parts(e.Key)})
	}
	r.maps()
	for _, n := range r.tree {
		r.enter(n.Entry)
		r.scope(n)
		r.headed(n)
	}
	if len(r.t.Entries) == 0 {
		for _, n := range r.tree {
			r.enter(n.Entry)
			r.loose(n)
		}
	}
	r.offItems()
	r.finish()
	return r
}

// note keeps what other entries ask for.
func (r *envListReader) note(e Entry) {
	r.enter(e)
	at := r.at(e.Key)
	if _, ok := r.places[at]; e.Type == Branch && !ok {
		r.branches[e.Key], r.places[at] = true, e.Line
	}
	if _, ok := r.values[at]; noted.MatchString(e.Key) && !e.Off && !ok {
		r.values[at] = e.Value
	}
}

// parts are the components of a path. A dot within a key is told from one
// between keys by the branches that there are.
func (r *envListReader) parts(key string) []string {
	var out []string
	from := 0
	for i := range len(key) {
		if key[i] == '.' && (r.branches[key[:i]] || indexPart.MatchString(key[from:i])) {
			out = append(out, key[from:i])
			from = i + 1
		}
	}
	return append(out, key[from:])
}

// headed keeps a variable that stands below one of the keys for them.
func (r *envListReader) headed(n envNode) {
	if n.Type == Branch || r.ofMap(n) {
		return
	}
	for i, p := range n.parts[:len(n.parts)-1] {
		if slices.Contains(envHeads, p) {
			r.below(n, n.parts[i+1:], n.parts[:i], p == "environment")
			return
		}
	}
}

// below keeps what stands under a key for variables, in whatever form.
func (r *envListReader) below(n envNode, rest, above []string, compose bool) {
	owner := r.owner(above)
	index := indexPart.MatchString(rest[0])
	switch {
	case len(rest) == 1 && index:
		r.item(n, owner, envStyle{item: true, compose: compose})
	case len(rest) == 1:
		r.variable(n, rest[0], owner, envStyle{compose: compose})
	case index:
		path := Join(n.parts[:len(n.parts)-len(rest)+1]...)
		r.pair(n, path, rest[1:], owner)
	}
}

// loose keeps a variable of a piece that no key for variables stands in.
func (r *envListReader) loose(n envNode) {
	last := n.parts[len(n.parts)-1]
	above := n.parts[:len(n.parts)-1]
	switch {
	case n.Type == Branch:
	case len(above) > 0 && indexPart.MatchString(above[len(above)-1]) && (last == "name" || last == "value"):
		r.pair(n, Join(above...), []string{last}, r.owner(above[:len(above)-1]))
	case len(above) > 1 && indexPart.MatchString(above[1]) && above[len(above)-1] == "valueFrom":
		r.pair(n, Join(above[:2]...), n.parts[2:], "")
	case indexPart.MatchString(last):
		if text := r.text(n); strings.Contains(text, "=") || variableName.MatchString(text) {
			r.item(n, r.owner(above), envStyle{item: true, compose: true})
		}
	case variableName.MatchString(last):
		r.variable(n, last, r.owner(above), envStyle{compose: true})
	}
}

// owner is the name of what an environment belongs to: that of the container, or
// the key that it stands below.
func (r *envListReader) owner(above []string) string {
	if len(above) == 0 {
		return ""
	}
	last := above[len(above)-1]
	if indexPart.MatchString(last) {
		if name, ok := r.values[r.at(Join(append(slices.Clone(above), "name")...))]; ok {
			return name
		}
		return r.owner(above[:len(above)-1])
	}
	return last
}

// scope notes the image of a service and the files that its environment is read from.
func (r *envListReader) scope(n envNode) {
	if n.Off || n.Type == Branch {
		return
	}
	for i, p := range n.parts {
		above := n.parts[:i]
		switch {
		case p == "image" && i == len(n.parts)-1:
			s := r.scopeOf(above, n.Line)
			s.Image = n.Value
			return
		case p == "image" && i == len(n.parts)-2 && n.parts[i+1] == "repository":
			s := r.scopeOf(above, n.Line)
			s.Image = r.imageOf(n, above)
			return
		case p == "env_file" && (i >= len(n.parts)-2 || n.parts[len(n.parts)-1] == "path"):
			s := r.scopeOf(above, n.Line)
			s.EnvFiles = append(s.EnvFiles, n.Value)
			return
		case p == "environment" && i < len(n.parts)-1 && i > 0:
			r.scopeOf(above, n.Line)
			return
		}
	}
}

func (r *envListReader) scopeOf(above []string, line int) *Scope {
	path := r.at(Join(above...))
	i, ok := r.scopes[path]
	if !ok {
		i = len(r.t.Scopes)
		r.scopes[path] = i
		if at, ok := r.places[path]; ok {
			line = at
		}
		r.t.Scopes = append(r.t.Scopes, Scope{Name: r.owner(above), Line: line})
	}
	return &r.t.Scopes[i]
}
