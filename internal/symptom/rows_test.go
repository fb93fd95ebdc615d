package symptom

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

// sampleText is a text as a client printed it, a public thread has it, or the
// documentation of a server gives it, with the row that explains it.
type sampleText struct {
	Row    string `json:"row"` // see rowKey
	Stack  string `json:"stack"`
	Source string `json:"source"` // "run of the client", an address, or what documents it
	Text   string `json:"text"`
}

// rowKey names a row: its cause, and which of the cause's rows it is, from 1.
func rowKey(i int) string {
	n := 0
	for j := range i + 1 {
		if Rows[j].ID == Rows[i].ID {
			n++
		}
	}
	return fmt.Sprintf("%s/%d", Rows[i].ID, n)
}

func readLines[T any](t *testing.T, name string) []T {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []T
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var v T
		if err := json.Unmarshal(lines.Bytes(), &v); err != nil {
			t.Fatalf("%s:%d: %v", name, len(out)+1, err)
		}
		out = append(out, v)
	}
	return out
}

// TestSamples: each sample's first match is its own row, and there is no row
// without one.
func TestSamples(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, s := range readLines[sampleText](t, "testdata/samples.jsonl") {
		seen[s.Row] = true
		causes := Read(s.Text).Causes
		if len(causes) == 0 {
			t.Errorf("%s: nothing found, want %s", short(s.Text), s.Row)
			continue
		}
		if got := rowKey(causes[0].Row); got != s.Row {
			t.Errorf("%s: explained by %s, want %s", short(s.Text), got, s.Row)
		}
	}
	for i := range Rows {
		if !seen[rowKey(i)] {
			t.Errorf("row %s (%.60q) has no sample in testdata/samples.jsonl", rowKey(i), Rows[i].Any)
		}
	}
}

func short(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	return s[:min(len(s), 100)]
}

// TestEnoughStacks: a cause is met in samples of three stacks, or nobody is
// told that it is sure.
func TestEnoughStacks(t *testing.T) {
	t.Parallel()
	stacks := map[string]map[string]bool{}
	for _, s := range readLines[sampleText](t, "testdata/samples.jsonl") {
		id, _, _ := strings.Cut(s.Row, "/")
		if stacks[id] == nil {
			stacks[id] = map[string]bool{}
		}
		stacks[id][s.Stack] = true
	}
	for i := range Rows {
		if n := len(stacks[Rows[i].ID]); n < 3 && (Rows[i].Confidence == 0 || Rows[i].Confidence > 0.6) {
			t.Errorf("%s: samples of %d stacks only, and a confidence above 0.6", rowKey(i), n)
		}
	}
}

// TestOthers: texts about other things are not explained.
func TestOthers(t *testing.T) {
	t.Parallel()
	for _, s := range readLines[sampleText](t, "testdata/others.jsonl") {
		if causes := Read(s.Text).Causes; len(causes) > 0 {
			t.Errorf("%s (%s): taken for %s by row %s", short(s.Text), s.Source, causes[0].ID, rowKey(causes[0].Row))
		}
	}
}

// TestRowsAreWellFormed: what the index and the pages rely on.
func TestRowsAreWellFormed(t *testing.T) {
	t.Parallel()
	for i := range Rows {
		r := &Rows[i]
		if len(r.Any) == 0 && r.Reply == nil {
			t.Errorf("row %s asks for nothing", rowKey(i))
		}
		if r.Confidence < 0 || r.Confidence > 0.98 {
			t.Errorf("row %s is sure by %v", rowKey(i), r.Confidence)
		}
		for _, words := range slices.Concat(r.Any, r.With, r.Not) {
			for n, part := range strings.Split(strings.Trim(words, "|"), "…") {
				if n == 0 && len(part) < 4 || part == "" {
					t.Errorf("row %s: %q has a part too short to look for", rowKey(i), words)
				}
			}
		}
	}
	for _, p := range topics {
		if len(strings.Trim(p.says, "|")) < 4 || p.says != strings.ToLower(p.says) {
			t.Errorf("topic %q is too short or not in lower case", p.says)
		}
	}
}
