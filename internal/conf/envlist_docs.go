package conf

import (
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"
)

// envDoc is one document of a text: with Kubernetes, one object.
type envDoc struct {
	line  int // where it begins
	kind  string
	name  string
	owner string // the container that takes a ConfigMap or Secret whole
}

var docMark = regexp.MustCompile(`(?m)^---(\s|$)`)

// documents are those of a text, without what they are.
func documents(raw string) []envDoc {
	docs := []envDoc{{line: 1}}
	line, from := 1, 0
	for _, m := range docMark.FindAllStringIndex(raw, -1) {
		line += strings.Count(raw[from:m[0]], "\n")
		from = m[0]
		docs = append(docs, envDoc{line: line})
	}
	return docs
}

// enter turns to the document that an entry stands in.
func (r *envListReader) enter(e Entry) {
	r.doc = max(0, sort.Search(len(r.docs), func(i int) bool { return r.docs[i].line > e.Line })-1)
}

// at is a path within its document.
func (r *envListReader) at(path string) string { return strconv.Itoa(r.doc) + ":" + path }

// maps notes what the documents are, and which container has a ConfigMap or
// Secret for its environment (envFrom).
func (r *envListReader) maps() {
	owners := map[string]string{} // by "kind name"
	for _, n := range r.tree {
		r.enter(n.Entry)
		last := len(n.parts) - 1
		switch {
		case n.Off || n.Type == Branch:
		case n.Key == "kind":
			r.docs[r.doc].kind = n.Value
		case n.Key == "metadata.name":
			r.docs[r.doc].name = n.Value
		case last > 2 && n.parts[last] == "name" && n.parts[last-3] == "envFrom":
			kind := map[string]string{"configMapRef": "ConfigMap", "secretRef": "Secret"}[n.parts[last-1]]
			owners[kind+" "+n.Value] = r.owner(n.parts[:last-3])
		}
	}
	for i, d := range r.docs {
		r.docs[i].owner = owners[d.kind+" "+d.name]
	}
}

// ofMap keeps a variable of a ConfigMap or Secret. What a Secret has under data
// is encoded, and taken for a value that is not known.
func (r *envListReader) ofMap(n envNode) bool {
	if len(n.parts) != 2 {
		return false
	}
	d := r.docs[r.doc]
	switch head := n.parts[0]; {
	case head == "stringData", head == "data" && d.kind == "ConfigMap":
	case head == "data" && d.kind == "Secret":
		n.Type, n.Env, n.Quirks = Expr, "", nil
	default:
		return false
	}
	r.variable(n, n.parts[1], d.owner, envStyle{strings: true})
	return true
}

// noted are the ends of keys whose values other entries ask for.
var noted = regexp.MustCompile(`name$|(^|\.)image\.(registry|tag)$`)

// imageOf is an image that a Helm chart has in parts.
func (r *envListReader) imageOf(n envNode, above []string) string {
	part := func(name string) string { return r.values[r.at(Join(append(slices.Clone(above), "image", name)...))] }
	image := n.Value
	if registry := part("registry"); registry != "" {
		image = registry + "/" + image
	}
	if tag := part("tag"); tag != "" {
		image += ":" + tag
	}
	return image
}
